//! One finding on its page, through the real binary: what is shown of it, how a decision is filled in.

use crate::project::Project;
use crate::web::Served;

/// A rating of the sample that can be read in two ways.
const UNCLEAR: &str = "F-8V8XPE";

#[test]
fn a_finding_is_shown_with_its_statement_what_is_beside_it_and_whom_to_ask() {
    let project = Project::demo();
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let page = served.get(&cookie, &format!("{round}/findings/{UNCLEAR}")).body;
    for part in [
        "<strong>DA24-3.1</strong>: Partners effectively protect",
        "What is working well:</p><blockquote>Trusted adults",
        "What needs to happen:</p><blockquote>",
        "Chris Mockup, forum@schools.example",
        "Save the file Schools forum return.xlsx",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("Our rating:"), "it is what the finding quotes: {page}");
    let file = page.split("/files/").nth(1).expect("a link").split('"').next().expect("its end");
    let saved = served.get(&cookie, &format!("{round}/files/{file}"));
    assert!(saved.status == 200 && saved.header("content-disposition").contains("Schools"), "{}", saved.status);
}

#[test]
fn a_value_beside_a_circle_decides_and_nothing_filled_in_is_lost() {
    let project = Project::demo();
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let one = format!("{round}/findings/{UNCLEAR}");
    let send = |fields: &[(&str, &str)]| served.post(&cookie, &one, &format!("{one}/settle"), fields);
    let who = [("by", "M Hill"), ("why", "phoned the lead")];
    let nothing = send(&who);
    assert_eq!(nothing.status, 422);
    let said = "none of the circles is chosen. Choose one of them: “Leave it”, “Read it as a rating”.";
    assert!(nothing.body.contains(said), "{}", nothing.body);
    let empty = send(&[&who[..], &[("decision", "rating"), ("value-rating", "")]].concat());
    assert!(empty.body.contains("“Read it as a rating” is chosen, but the field under it is empty"), "{}", empty.body);
    // Two values and no circle: neither is taken, and both are still there.
    let two = send(&[&who[..], &[("value-rating", "Amber"), ("value-due", "1 April 2027")]].concat());
    assert!(two.status == 422 && two.body.contains("several fields are filled in"), "{}", two.body);
    assert!(two.body.contains("<option value=\"Amber\" selected>"), "{}", two.body);
    // A circle that was chosen counts, whatever is beside a different one.
    let no_why = send(&[("decision", "accept"), ("value-rating", "Green"), ("by", "M Hill"), ("why", "")]);
    assert!(no_why.status == 422 && no_why.body.contains("No reason is given"), "{}", no_why.body);
    for part in ["<option value=\"Green\" selected>", "id=\"decision-accept\" value=\"accept\" checked"] {
        assert!(no_why.body.contains(part), "{part}: {}", no_why.body);
    }
    let settled = send(&[&who[..], &[("value-rating", "Amber")]].concat());
    assert!(settled.body.contains("read as Amber") && settled.body.contains("M Hill"), "{}", settled.body);
    let main = settled.body.split("<main").nth(1).expect("its content");
    let [slides, findings] = ["Look at the presentation", "Go to the findings"].map(|part| main.find(part));
    assert!(slides.is_some() && slides < findings, "nothing is left to fix: {main}");
}
