//! Settings and themes on pages, through the real binary.

use crate::project::Project;
use crate::web::Served;

/// Sends settings, each as its name, what it said and what was typed.
fn send(served: &Served, cookie: &str, round: &str, settings: &[(&str, &str, &str)]) -> crate::web::Answer {
    let path = format!("{round}/settings");
    let was: Vec<String> = settings.iter().map(|(name, ..)| format!("was:{name}")).collect();
    let mut fields = Vec::new();
    for ((name, said, typed), was) in settings.iter().zip(&was) {
        fields.extend([(was.as_str(), *said), (*name, *typed)]);
    }
    served.post(cookie, &path, &path, &fields)
}

#[test]
fn settings_are_changed_and_all_else_in_the_file_stays() {
    let project = Project::issued();
    project.edit("round/round.toml", "contact = ", "# asked by phone first\ncontact = ");
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let before = String::from_utf8(project.read("round/round.toml")).expect("text");
    let now = project.round("round");
    let saved = send(
        &served,
        &cookie,
        &round,
        &[
            ("contact", &now.contact, "team@sampleton.example"),
            ("fieldwork_starts", "", "2027-01-25"),
            ("colour", "", "#801650"),
            ("marking", &now.marking, &now.marking),
        ],
    );
    assert_eq!(saved.status, 303, "{}", saved.body);
    let after = project.round("round");
    assert_eq!(after.contact, "team@sampleton.example");
    assert_eq!(after.fieldwork_starts.map(|day| day.to_string()).as_deref(), Some("2027-01-25"));
    assert_eq!(after.branding.colour, "#801650");
    // Whatever was in the file and was not changed is there, line by line.
    let text = String::from_utf8(project.read("round/round.toml")).expect("text");
    let is_changed = |line: &&str| line.starts_with("contact = ") || line.contains("fieldwork_starts");
    let kept: Vec<&str> = before.lines().filter(|line| !is_changed(line)).collect();
    let there: Vec<&str> = text.lines().collect();
    assert!(kept.iter().all(|line| there.contains(line)), "{before}\n-----\n{text}");
    let page = served.get(&cookie, &format!("{round}/settings/saved"));
    assert!(page.body.contains("Saved.") && page.body.contains("value=\"team@sampleton.example\""), "{}", page.body);
    assert_eq!(project.run(&["status", "round"]).code, project.run(&["status", "round"]).code);
}

#[test]
fn what_somebody_else_changed_meanwhile_is_not_overwritten() {
    let project = Project::issued();
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let was = project.round("round");
    project.edit(
        "round/round.toml",
        &format!("contact = \"{}\"", was.contact),
        "contact = \"theirs@sampleton.example\"",
    );
    // A setting that nobody else touched is not saved either: the form is looked at again as a whole.
    let settings = [("contact", was.contact.as_str(), "mine@sampleton.example"), ("officer", &was.officer, "A Name")];
    let refused = send(&served, &cookie, &round, &settings);
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("theirs@sampleton.example") && refused.body.contains("value=\"mine@sampleton.example\"")
    );
    assert_eq!(project.round("round").contact, "theirs@sampleton.example");
    // Whoever has seen it decides.
    let settings =
        [("contact", "theirs@sampleton.example", "mine@sampleton.example"), ("officer", &was.officer, "A Name")];
    assert_eq!(send(&served, &cookie, &round, &settings).status, 303);
    assert_eq!(
        (project.round("round").contact.as_str(), project.round("round").officer.as_str()),
        ("mine@sampleton.example", "A Name")
    );
}

#[test]
fn what_a_setting_cannot_be_is_refused_and_nothing_is_written() {
    let project = Project::issued();
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let before = project.tree("round");
    let was = project.round("round");
    let deadline = was.deadline.to_string();
    let long = "x".repeat(200);
    for (name, said, typed, says) in [
        ("deadline", deadline.as_str(), "next week", "not a date"),
        ("deadline", &deadline, "", "deadline"),
        ("partnership", &was.partnership, "", "empty"),
        ("marking", &was.marking, &long, "at most 60"),
        ("colour", "", "#ffff00", "contrast"),
        ("column_order", "working-well-first", "worried-first", "Make a new round"),
    ] {
        let refused = send(&served, &cookie, &round, &[(name, said, typed)]);
        assert_eq!(refused.status, 422, "{name} {typed}: {}", refused.body);
        assert!(refused.body.contains(says), "{name} {typed}: {}", refused.body);
    }
    let no_picture = served.upload(&cookie, &format!("{round}/settings"), &[("logo.png", b"no picture")]);
    assert_eq!(no_picture.status, 422, "{}", no_picture.body);
    let no_ending = served.upload(&cookie, &format!("{round}/settings"), &[("logo.exe", b"MZ")]);
    assert_eq!(no_ending.status, 422, "{}", no_ending.body);
    let lasting = |tree: std::collections::BTreeMap<String, Vec<u8>>| {
        tree.into_iter().filter(|(name, _)| !name.contains(".jtai/")).collect::<Vec<_>>()
    };
    assert!(lasting(project.tree("round")) == lasting(before), "something was written");
}

#[test]
fn a_logo_is_copied_into_the_round_and_never_over_another_file() {
    let project = Project::issued();
    let logo = br##"<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60"><rect width="120" height="60" fill="#12436D"/></svg>"##;
    project.write("round/logo.svg", b"somebody else's");
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let saved = served.upload(&cookie, &format!("{round}/settings"), &[("Our logo.SVG", logo)]);
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert_eq!(project.read("round/logo.svg"), b"somebody else's");
    assert_eq!(project.read("round/logo-2.svg"), logo);
    let logo = project.round("round").branding.logo;
    assert_eq!(logo.map(|name| name.to_string()).as_deref(), Some("logo-2.svg"));
    let path = format!("{round}/settings");
    let gone = served.post(&cookie, &path, &path, &[("was:logo", "logo-2.svg"), ("no-logo", "yes")]);
    assert_eq!(gone.status, 303, "{}", gone.body);
    assert_eq!(project.round("round").branding.logo, None);
}

#[test]
fn who_checked_the_wording_is_noted_on_a_page() {
    let project = Project::issued();
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let path = format!("{round}/settings");
    let note = |by: &str, on: &str| {
        served.post(&cookie, &path, &format!("{path}/wording"), &[("checked_by", by), ("checked_on", on)])
    };
    assert_eq!(note("", "2026-12-01").status, 422);
    assert_eq!(note("A Name", "2099-01-01").status, 422, "a day to come");
    let theme = String::from_utf8(project.read("round/theme.toml")).expect("text");
    assert!(!theme.contains("A Name"));
    assert_eq!(note("A Name", "2026-12-01").status, 303);
    let page = served.get(&cookie, &path);
    assert!(page.body.contains("Checked by A Name on 1 December 2026."), "{}", page.body);
    // The fingerprint is that of what is asked, so the issued workbooks still hold.
    assert!(project.run(&["collect", "round"]).code < 2);
}

#[test]
fn short_names_are_changed_after_workbooks_are_issued_and_never_over_somebody_else() {
    let project = Project::issued();
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let before = String::from_utf8(project.read("round/theme.toml")).expect("text");
    let line = before.lines().find(|line| line.starts_with("short = ")).expect("a short name").to_string();
    let was = line.trim_start_matches("short = ").trim_matches('"').to_string();
    let id = before.lines().take_while(|known| **known != line).filter(|line| line.starts_with("id = ")).last();
    let id = id.expect("its statement").trim_start_matches("id = ").trim_matches('"').to_string();
    let path = format!("{round}/settings");
    let send = |was: &str, typed: &str| {
        let (name, said) = (format!("short:{id}"), format!("was:short:{id}"));
        let fields = [(said.as_str(), was), (name.as_str(), typed)];
        served.post(&cookie, &path, &format!("{path}/short-names"), &fields)
    };
    let saved = send(&was, "Told by \"morning\"");
    assert_eq!(saved.status, 303, "{}", saved.body);
    let after = String::from_utf8(project.read("round/theme.toml")).expect("text");
    let changed = before.replacen(&line, "short = 'Told by \"morning\"'", 1);
    assert_eq!(after, changed);
    // Workbooks that are out are still those of this theme.
    let status = project.run(&["collect", "round"]);
    assert!(!format!("{}{}", status.out, status.err).contains("theme has changed"), "{}", status.out);
    for (was, typed, says) in [
        (was.as_str(), "Mine", "somebody changed this meanwhile"),
        ("Told by \"morning\"", &"x".repeat(29), "29 characters"),
    ] {
        let refused = send(was, typed);
        assert!(
            refused.status == 422 && refused.body.contains(says) && refused.body.contains(typed),
            "{}",
            refused.body
        );
    }
    assert_eq!(String::from_utf8(project.read("round/theme.toml")).expect("text"), changed);
}

#[test]
fn settings_with_a_fault_can_be_put_right_on_the_page() {
    let project = Project::issued();
    let deadline = project.round("round").deadline;
    project.edit("round/round.toml", &format!("deadline = {deadline}"), "deadline = \"soon\"");
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let page = served.get(&cookie, &format!("{round}/settings"));
    assert!(page.status == 200 && page.body.contains("deadline"), "{}", page.body);
    assert_eq!(send(&served, &cookie, &round, &[("deadline", "soon", "2027-01-15")]).status, 303);
    assert_eq!(project.round("round").deadline.to_string(), "2027-01-15");
    // What is no TOML at all is said with its line.
    project.edit("round/round.toml", "partnership = ", "partnership ");
    let page = served.get(&cookie, &format!("{round}/settings"));
    assert!(page.status == 422 && page.body.contains("line "), "{}", page.body);
}

#[test]
fn themes_are_read_on_pages_and_lead_to_a_round() {
    let project = Project::empty();
    let served = Served::start(&project, &[]);
    let cookie = served.cookie();
    let list = served.get(&cookie, "/themes");
    assert!(
        list.body.contains("/themes/front-door") && list.body.contains("Themes of earlier inspections"),
        "{}",
        list.body
    );
    let one = served.get(&cookie, "/themes/front-door");
    let theme = jtai_benchmark::theme::read(
        "front-door",
        "front-door",
        jtai_benchmark::theme::BUILT_IN.iter().find(|(id, _)| *id == "front-door").expect("it").1,
    )
    .output;
    for (_, criterion) in theme.criteria() {
        assert!(one.body.contains(&format!("<h3>{}. ", criterion.id)), "{} is missing", criterion.id);
    }
    for told in ["For voluntary sector", "read this one for information only, because it asks the same"] {
        assert!(one.body.contains(told), "{told}");
    }
    let form = served.get(&cookie, "/new?theme=front-door");
    assert!(form.body.contains("value=\"front-door\" selected"), "{}", form.body);
    for path in ["/themes/no-such-theme", "/themes/..%2f..%2fx", "/themes/front-door.toml"] {
        assert_eq!(served.get(&cookie, path).status, 404, "{path}");
    }
}

#[test]
fn the_next_round_is_made_on_a_page_with_the_answers_of_this_one() {
    let project = Project::demo();
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let path = format!("{round}/again");
    let refused = served.post(&cookie, &path, &path, &[("deadline", ""), ("fieldwork", "soon")]);
    assert_eq!(refused.status, 422);
    for fault in ["Choose the day when returns are due", "Write the first day of fieldwork"] {
        assert!(refused.body.contains(fault), "{fault}: {}", refused.body);
    }
    assert!(refused.body.contains("value=\"soon\""), "what was typed stays");
    let made = served.post(&cookie, &path, &path, &[("deadline", "2027-05-12"), ("fieldwork", "2027-05-18")]);
    assert_eq!(made.status, 303, "{}", made.body);
    let home = project.path("home/jtai");
    let folder = std::fs::read_dir(&home).expect("the folder of rounds").next().expect("a round").expect("its folder");
    let name = folder.file_name().into_string().expect("text");
    assert!(name.ends_with("2027-05"), "{name}");
    let toml = String::from_utf8(project.read(&format!("home/jtai/{name}/round.toml"))).expect("text");
    assert!(toml.contains("goes_on_from = ") && toml.contains("fieldwork_starts = 2027-05-18"), "{toml}");
    assert!(project.path(&format!("home/jtai/{name}/previous/answers.json")).is_file());
}

#[test]
fn a_return_that_cannot_be_read_is_poured_into_a_fresh_workbook_on_a_page() {
    let project = Project::issued();
    let row = |cells: &[&str]| cells.iter().map(ToString::to_string).collect::<Vec<_>>();
    let rows = [row(&["Criteria ref", "RAG", "Strengths"]), row(&["DA24-1.1", "amber", "We ask every parent."])];
    project.write("round/returns/answers.xlsx", &crate::project::sheet_of(&rows));
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let page = served.get(&cookie, &format!("{round}/returns"));
    let key = page.body.split("<select id=\"file\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1));
    let key = key.and_then(|rest| rest.split('"').next()).expect("the file is offered").to_string();
    let pour = |agency: &str| {
        let fields = [("file", key.as_str()), ("agency", agency)];
        served.post(&cookie, &format!("{round}/returns"), &format!("{round}/repair"), &fields)
    };
    let unknown = pour("");
    assert!(unknown.body.contains("Say which agency it is from"), "{}", unknown.body);
    let poured = pour("police");
    assert_eq!(poured.status, 200, "{}", poured.body);
    assert!(poured.body.contains("Our rating and What is working well"), "{}", poured.body);
    assert!(project.path("round/repaired/police repaired.xlsx").is_file());
}
