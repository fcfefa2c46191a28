//! Which return counts, and how a return is read when it is not as it was issued: through the library, with workbooks made
//! by the same mechanism that issues them.

use jiff::civil::date;
use jtai_benchmark::core::finding::Code;
use jtai_benchmark::core::ids::{AgencyId, CriterionId};
use jtai_benchmark::core::written::Written;
use jtai_benchmark::form::Rating;
use jtai_benchmark::intake::answers::AnswerState;
use jtai_benchmark::intake::selection::select;
use jtai_benchmark::response::{Answer, Response, ReturnFile, SelfRating, TextColumns, Texts};
use jtai_benchmark::round::{self, Round};

fn sample_round() -> Round {
    let text = "format = 1\nid = \"a-round\"\nmarking = \"\"\nrate = [\"S\"]\ntheme = \"t\"\npartnership = \"P\"\ndeadline = 2026-12-11\n\
                [[agency]]\nid = \"police\"\nname = \"Police\"\ngroup = \"POL\"\n";
    round::read("round.toml", text).output.expect("no fault")
}

struct Sent {
    file: &'static str,
    saved: &'static str,
    is_approved: bool,
    rating: SelfRating,
}

fn response(sent: &Sent) -> Response {
    Response {
        agency: AgencyId("police".into()),
        file: ReturnFile {
            name: sent.file.into(),
            sha256: format!("{}{:?}", sent.saved, sent.rating),
            changed: Some(1),
            bytes: 0,
        },
        saved: Some(sent.saved.into()).filter(|saved: &String| !saved.is_empty()),
        speaks_for: Default::default(),
        completed_by: "A".into(),
        approved_by: if sent.is_approved { "B".into() } else { String::new() },
        approved_on: sent.is_approved.then(|| date(2026, 12, 1)),
        approval_settled: None,
        approval_cells: Vec::new(),
        questions: None,
        replies: Vec::new(),
        corrections: Vec::new(),
        headlines: Vec::new(),
        columns: TextColumns::default(),
        answers: vec![Answer {
            taken: Default::default(),
            criterion: CriterionId("T-1.1".into()),
            rating: sent.rating,
            as_written: Written::Nothing,
            texts: Texts::default(),
            action_due: None,
            progress: None,
            still_right: None,
            recheck: None,
            is_action_over: false,
            sheet: "Self-assessment".into(),
            row: 4,
            cell: "D4".into(),
        }],
    }
}

const GREEN: SelfRating = SelfRating::Rated(Rating::Green);
const RED: SelfRating = SelfRating::Rated(Rating::Red);

#[track_caller]
fn check(sent: &[Sent], counts: Option<&str>, codes: &[Code]) {
    let settled =
        select(&sample_round(), &Default::default(), &Default::default(), sent.iter().map(response).collect());
    let chosen = settled.output.first().map(|response| response.file.name.as_str());
    assert_eq!(chosen, counts);
    assert_eq!(settled.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), codes);
}

#[test]
fn the_newest_by_its_own_time_counts() {
    let sent = [
        Sent { file: "new", saved: "2026-12-03T10:00:00Z", is_approved: true, rating: GREEN },
        Sent { file: "old", saved: "2026-12-02T10:00:00.5", is_approved: true, rating: RED },
    ];
    check(&sent, Some("new"), &[Code::ReturnNotCounted, Code::AnswerChanged]);
}

#[test]
fn a_workbook_with_questions_that_came_back_leaves_nothing_to_check() {
    let sent = [("answered", "2026-12-09T10:00:00Z", GREEN), ("first", "2026-12-02T10:00:00Z", RED)];
    let mut responses: Vec<Response> =
        sent.map(|(file, saved, rating)| response(&Sent { file, saved, is_approved: true, rating })).to_vec();
    responses[0].questions = Some(Vec::new());
    let settled = select(&sample_round(), &Default::default(), &Default::default(), responses);
    let codes: Vec<Code> = settled.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::QuestionsAnswered, Code::AnswerChanged]);
    assert!(settled.findings[0].to_string().contains("sent back the workbook with questions, answered, which counts"));
}

#[test]
fn one_without_approval_never_displaces_one_with_it() {
    let sent = [
        Sent { file: "new", saved: "2026-12-03T10:00:00Z", is_approved: false, rating: GREEN },
        Sent { file: "old", saved: "2026-12-02T10:00:00Z", is_approved: true, rating: RED },
    ];
    check(&sent, Some("old"), &[Code::ReturnUnapproved, Code::AnswerChanged]);
}

#[test]
fn an_answer_that_only_the_older_has_is_asked_about() {
    let sent = [
        Sent { file: "new", saved: "2026-12-03T10:00:00Z", is_approved: true, rating: SelfRating::Blank },
        Sent { file: "old", saved: "2026-12-02T10:00:00Z", is_approved: true, rating: RED },
    ];
    check(&sent, Some("new"), &[Code::ReturnNotCounted, Code::AnswerOnlyInOlder]);
}

#[test]
fn the_same_bytes_twice_are_one_return() {
    let saved = "2026-12-03T10:00:00Z";
    let sent = ["a", "b"].map(|file| Sent { file, saved, is_approved: true, rating: GREEN });
    check(&sent, Some("a"), &[Code::ReturnTwice]);
}

#[test]
fn two_that_differ_with_no_order_between_them_count_for_nothing() {
    let sent = [
        Sent { file: "a", saved: "", is_approved: true, rating: GREEN },
        Sent { file: "b", saved: "", is_approved: true, rating: RED },
    ];
    check(&sent, None, &[Code::ReturnUndecided, Code::ReturnUndecided]);
}

#[test]
fn missing_and_blank_are_never_a_colour() {
    for state in [AnswerState::NotApplicable, AnswerState::Blank, AnswerState::Unreadable, AnswerState::Missing] {
        assert_eq!(state.rating_key(), "");
    }
}
