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
