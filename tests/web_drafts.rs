//! A theme drafted on pages, corrected beside its source and checked, through the real binary.

use crate::project::Project;
use crate::web::{Answer, Served};

const TEXT: &str = "How agencies answer calls\n\nPrint this page\n\nWhat we will evaluate\n\nPractice\n\
                    - Children are seen alone when the police visit.\n- Plans say what will change, who does it and by when.\n\n\
                    Leadership\n- Leaders know what children live with in their area.\n";

/// A draft made of a text that was pasted: the address of its page.
fn drafted(served: &Served, cookie: &str) -> String {
    let made = served.post(cookie, "/draft", "/draft", &[("title", "Calls"), ("pasted", TEXT)]);
    assert_eq!(made.status, 303, "{}", made.body);
    let address = made.header("location");
    address[address.find("/themes/").expect("a theme's page")..].to_string()
}

/// The number of the piece with these words, and the words of its row.
fn piece(page: &Answer, words: &str) -> (usize, String) {
    let mut rows = page.body.split("<tr id=\"piece-").skip(1);
    let row = rows.find(|row| row.contains(words)).unwrap_or_else(|| panic!("no piece says {words}: {}", page.body));
    let (at, row) = row.split_once('"').expect("its number");
    (at.parse().expect("a number"), row.split("</tr>").next().expect("its end").to_string())
}

fn version(page: &Answer) -> String {
    let value = page.body.split("name=\"version\" value=\"").nth(1).expect("a version");
    value.split('"').next().expect("its end").to_string()
}

#[test]
fn a_theme_is_drafted_corrected_and_checked_on_pages() {
    let project = Project::empty();
    let served = Served::start(&project, &[]);
    let cookie = served.cookie();
    let nothing = served.post(&cookie, "/draft", "/draft", &[("title", "Calls")]);
    assert!(nothing.status == 422 && nothing.body.contains("href=\"#source\""), "{}", nothing.body);
    let draft = drafted(&served, &cookie);
    let page = served.get(&cookie, &draft);
    for line in TEXT.lines().map(|line| line.trim_start_matches("- ")).filter(|line| !line.is_empty()) {
        assert!(page.body.contains(line), "{line} of the source is not on the page: {}", page.body);
    }
    let (at, row) = piece(&page, "Plans say what will change");
    assert!(row.contains("<textarea") && row.contains("word for word"), "{row}");
    let (version, wording, short) = (version(&page), format!("wording:{at}"), format!("short:{at}"));
    let asked = format!("asked:{at}");
    let mut fields = vec![
        ("version", version.as_str()),
        (wording.as_str(), "Plans say who does what by when."),
        (short.as_str(), "Plans"),
        (asked.as_str(), ""),
        (asked.as_str(), "LA"),
        (asked.as_str(), "HLT"),
        ("framework_title", "How agencies answer calls"),
        ("publisher", "The inspectorates"),
    ];
    let nobody = served.post(&cookie, &draft, &draft, &fields);
    assert!(nobody.status == 422 && nobody.body.contains("Plans say who does what by when."), "{}", nobody.body);
    fields.push(("by", "M Hill"));
    assert!(page.body.contains("name=\"agreed\""), "{}", page.body);
    fields.push(("agreed", "yes"));
    let saved = served.post(&cookie, &draft, &draft, &fields);
    assert_eq!(saved.status, 303, "{}", saved.body);
    let page = served.get(&cookie, &draft);
    let (_, row) = piece(&page, "Plans say what will change");
    assert!(row.contains("Plans say who does what by when.") && row.contains("The source says: "), "{row}");
    assert!(row.contains("Asked of: council and health"), "{row}");
    // A second tab that has not seen this: nothing of the first is overwritten, and what was typed is there.
    let late =
        served.post(&cookie, &draft, &draft, &[("version", &version), (&wording, "Other words."), ("by", "A Name")]);
    assert!(late.status == 422 && late.body.contains("Other words."), "{}", late.body);
    assert!(served.get(&cookie, &draft).body.contains("Plans say who does what by when."));
    // Corrected and compared in one go.
    let compared = [
        ("version", crate::web_drafts::version(&served.get(&cookie, &draft))),
        ("by", "M Hill".into()),
        ("compared", "yes".into()),
    ];
    let compared: Vec<(&str, &str)> = compared.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(served.post(&cookie, &draft, &draft, &compared).status, 303);
    assert!(served.get(&cookie, &draft).body.contains("It was checked by M Hill"));
    // Checked on a day, and a round of it is issued.
    let theme = draft.trim_end_matches("/draft").to_string();
    let check =
        |by: &str, on: &str| served.post(&cookie, &draft, &format!("{theme}/checked"), &[("by", by), ("on", on)]);
    assert_eq!(check("M Hill", "2099-01-01").status, 422, "a day to come");
    assert_eq!(check("", "2026-12-10").status, 422, "nobody");
    let checked = check("M Hill", "2026-12-10");
    assert_eq!(checked.status, 303, "{}", checked.body);
    let id = theme.trim_start_matches("/themes/").to_string();
    let fields = [
        ("theme", id.as_str()),
        ("partnership", "Sampleton"),
        ("deadline", "2027-01-29"),
        ("agency-1-name", "Sampleton Council"),
        ("agency-1-group", "LA"),
    ];
    let made = served.post(&cookie, &format!("/new?theme={id}"), "/new", &fields);
    assert_eq!(made.status, 303, "{}", made.body);
    let issued = project.run(&["issue", "home/jtai/sampleton-2027-01"]);
    assert!(issued.code < 2, "{}{}", issued.out, issued.err);
}

#[test]
fn what_no_draft_can_be_made_of_is_said_and_nothing_is_written() {
    let project = Project::empty();
    let served = Served::start(&project, &[]);
    let cookie = served.cookie();
    let refused = served.post(&cookie, "/draft", "/draft", &[("title", "Calls"), ("pasted", "Only words here.")]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Only words here."), "what was pasted stays: {}", refused.body);
    assert!(!project.path("home/jtai").exists());
    for path in ["/themes/no-such-theme/draft", "/themes/front-door/draft"] {
        assert_eq!(served.get(&cookie, path).status, 422, "{path}");
    }
}
