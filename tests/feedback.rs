//! What agencies get back after challenge: nothing of another, no spread that tells what one rates, and a message that nobody has sent.

use std::collections::BTreeSet;

use jiff::civil::date;
use jtai_benchmark::analysis::{analyse, count};
use jtai_benchmark::challenge::worth_asking;
use jtai_benchmark::core::ids::{AgencyId, CriterionId};
use jtai_benchmark::documents::deck;
use jtai_benchmark::documents::feedback::{FeedbackPaper, feedback};
use jtai_benchmark::documents::quoted::quoted_answers;
use jtai_benchmark::documents::scrutineer::AskedAnswer;
use jtai_benchmark::export;
use jtai_benchmark::form::{Rating, TextKind};
use jtai_benchmark::intake::answers::{AnswerRow, AnswerState};
use jtai_benchmark::intake::moderation::{ChallengeStanding, Moderation};
use jtai_benchmark::record::{MeetingDecision, MeetingNotes, MeetingOutcome};

use crate::challenge::{CHANGED, POLICE, Pack, REFS, UPHELD, round};
use crate::deck_text::Staged;
use crate::project::Project;
use crate::web::Served;

/// The papers of a round, as the command lays them out.
fn papers(staged: &Staged) -> Vec<FeedbackPaper> {
    let quoted = quoted_answers(&deck::deck(staged.made()));
    let all = worth_asking(&staged.round, &staged.analysis, &quoted);
    let asked = all.iter().map(|one| AskedAnswer {
        answer: one.answer,
        question: one.questions.join(" "),
        prompts: one.prompts.clone(),
    });
    feedback(staged.made(), &asked.collect::<Vec<_>>())
}

fn of<'p>(papers: &'p [FeedbackPaper], agency: &str) -> &'p FeedbackPaper {
    papers.iter().find(|paper| paper.agency.as_str() == agency).unwrap_or_else(|| panic!("no paper for {agency}"))
}

/// Every word of a paper but what the agency itself wrote of its actions.
fn said(paper: &FeedbackPaper) -> Vec<String> {
    let mut said = vec![paper.received.clone(), paper.decided.clone()];
    said.extend(paper.areas.iter().flat_map(|area| [area.title.clone(), area.counted.clone()]));
    said.extend(
        paper
            .outcomes
            .iter()
            .flat_map(|one| [one.outcome.clone()].into_iter().chain(one.lines.clone()).collect::<Vec<_>>()),
    );
    said.extend(paper.questions.iter().map(|one| one.question.clone()));
    said.extend(paper.actions.iter().flat_map(|one| [one.due.clone(), one.state.clone()]));
    said
}

/// How many agencies gave each rating of a statement, counted from the answers alone; without one agency's where one is named.
fn counted(answers: &[AnswerRow], criterion: &CriterionId, without: Option<&AgencyId>) -> [usize; 3] {
    Rating::ALL.map(|rating| {
        let is_it = |answer: &&AnswerRow| {
            answer.criterion == *criterion
                && answer.state == AnswerState::Rated(rating)
                && without.is_none_or(|agency| answer.agency != *agency)
        };
        answers.iter().filter(is_it).count()
    })
}

#[test]
fn no_paper_names_or_quotes_a_different_agency() {
    let staged = Staged::sample();
    let papers = papers(&staged);
    let returned = staged.analysis.numbers.agencies.iter().filter(|agency| agency.is_returned);
    assert_eq!(papers.len(), returned.clone().count(), "one for each that returned");
    for paper in &papers {
        let said = said(paper).join("\n");
        let all = format!("{said}\n{:?}", (&paper.areas, &paper.actions));
        for other in staged.analysis.numbers.agencies.iter().filter(|other| other.id != paper.agency) {
            assert!(!said.contains(&other.name), "{} in the paper of {}", other.name, paper.name);
        }
        let others = staged.analysis.answers.iter().filter(|answer| answer.agency != paper.agency);
        // A role that leads can be called the same in two agencies.
        let kinds = [TextKind::WorkingWell, TextKind::WorriedAbout, TextKind::NeedsToHappen, TextKind::Evidence];
        for text in others.flat_map(|answer| kinds.map(|kind| answer.texts.text(kind).trim().to_string())) {
            assert!(text.chars().count() < 25 || !all.contains(&text), "{text:?} in the paper of {}", paper.name);
        }
    }
}

#[test]
fn a_spread_is_shown_only_where_it_does_not_tell_what_a_different_agency_rates() {
    let mut staged = Staged::sample();
    // One statement that three agencies rate, and one on which all but the police are Green.
    let ids: Vec<CriterionId> =
        staged.analysis.numbers.criteria.iter().map(|summary| summary.criterion.id.clone()).collect();
    let mut answers = staged.analysis.answers.clone();
    let mut left = 3;
    for answer in answers.iter_mut().filter(|answer| answer.criterion == ids[0]) {
        answer.state = if left > 0 { answer.state } else { AnswerState::Blank };
        left -= usize::from(left > 0 && matches!(answer.state, AnswerState::Rated(_)));
    }
    for answer in answers.iter_mut().filter(|answer| answer.criterion == ids[1]) {
        let rating = if answer.agency.as_str() == "police" { Rating::Red } else { Rating::Green };
        answer.state = AnswerState::Rated(rating);
    }
    count_again(&mut staged, answers);
    let (mut shown, mut hidden) = (0, 0);
    for paper in papers(&staged) {
        for row in paper.areas.iter().flat_map(|area| &area.rows) {
            let criterion = CriterionId(row.reference.clone());
            let all = counted(&staged.analysis.answers, &criterion, None);
            let others = counted(&staged.analysis.answers, &criterion, Some(&paper.agency));
            let is_told = all.iter().sum::<usize>() < 4 || others.iter().filter(|count| **count > 0).count() < 2;
            assert_eq!(row.spread, (!is_told).then_some(all), "{} on {criterion}", paper.name);
            *(if is_told { &mut hidden } else { &mut shown }) += 1;
        }
        for area in &paper.areas {
            // The counts of an area are the agency's own: with all agencies', what is left out could be worked out.
            let own = area.rows.iter().filter(|row| !row.own.rating.is_empty()).count();
            let numbers = area.counted.split(' ').filter_map(|part| part.parse::<usize>().ok()).sum::<usize>();
            assert_eq!(numbers, area.rows.len(), "{}: {} of {own}", paper.name, area.counted);
        }
        // A question about how far apart ratings are is a count of others too.
        let asked = paper.questions.iter().filter(|one| one.question.contains("others Red"));
        for (name, _) in asked.flat_map(|one| &one.statements) {
            let mut rows = paper.areas.iter().flat_map(|area| &area.rows);
            let number = name.split(' ').next().expect("a Ref");
            let row = rows.find(|row| row.reference.ends_with(&format!("-{number}"))).expect("its row");
            assert!(row.spread.is_some(), "{} is asked about others on {name}", paper.name);
        }
    }
    assert!(shown > 20 && hidden > 10, "{shown} shown and {hidden} not");
}

/// Counts and says everything again of these answers.
fn count_again(staged: &mut Staged, answers: Vec<AnswerRow>) {
    let numbers = count(&staged.theme, &staged.round, &[], &answers).expect("numbers");
    // Who returned is known from the responses, which are not kept here.
    let mut analysis = analyse(&staged.theme, &staged.round, numbers, &[], answers);
    for (agency, before) in analysis.numbers.agencies.iter_mut().zip(&staged.analysis.numbers.agencies) {
        agency.is_returned = before.is_returned;
    }
    staged.analysis = analysis;
}

pub fn decided(outcome: MeetingOutcome, rating: Option<Rating>, why: &str) -> Option<Moderation> {
    let by = "S Example, scrutineer".to_string();
    let decision = MeetingDecision { outcome, rating, why: why.into(), by, on: date(2026, 12, 16) };
    let notes = MeetingNotes { dissent: "the hospital: it sees late notices".into(), ..MeetingNotes::default() };
    Some(Moderation { standing: ChallengeStanding::Decided(decision), notes, files: Vec::new() })
}

#[test]
fn a_paper_has_what_was_decided_about_its_own_answers_with_both_views() {
    let mut staged = Staged::sample();
    let mut own = staged.analysis.answers.iter_mut().filter(|answer| answer.agency.as_str() == "police");
    let mut next = |rating: Rating, moderation: Option<Moderation>| {
        let answer = own.next().expect("an answer");
        (answer.state, answer.moderation) = (AnswerState::Rated(rating), moderation);
    };
    next(Rating::Green, decided(MeetingOutcome::Changed, Some(Rating::Amber), "no audit since March"));
    next(Rating::Green, decided(MeetingOutcome::Upheld, None, ""));
    next(Rating::Red, decided(MeetingOutcome::NotAgreed, Some(Rating::Amber), "the logs say otherwise"));
    next(Rating::Amber, decided(MeetingOutcome::Changed, Some(Rating::Red), "Hospitals have not heard of it"));
    let mut noted = decided(MeetingOutcome::Upheld, None, "").expect("a decision");
    noted.notes.will_do = "audit 20 logs".into();
    noted.notes.owner = "Head of response".into();
    noted.notes.review_on = "2027-03-31".into();
    next(Rating::Amber, Some(noted));
    let papers = papers(&staged);
    let paper = of(&papers, "police");
    assert_eq!(paper.decided, "2 upheld, 2 changed and 1 not agreed");
    let outcomes: Vec<String> =
        paper.outcomes.iter().map(|one| format!("{}: {}", one.outcome, one.lines.join(" "))).collect();
    let by = "by S Example, scrutineer on 16 December 2026.";
    assert_eq!(
        outcomes,
        [
            format!("Changed to Amber: Why: no audit since March Agreed {by}"),
            format!("Upheld: Green: Agreed {by}"),
            format!(
                "Not agreed: Your view: Red. The meeting's view: Amber. Both are kept, and your own rating counts. Why: the logs say otherwise Noted {by}"
            ),
            format!(
                "Changed to Red: Why: This names a different agency, so we do not repeat it here. Please ask us. Agreed {by}"
            ),
            format!("Upheld: Amber: Agreed {by}"),
        ]
    );
    assert_eq!(paper.left_out.len(), 1, "the officer is told: {:?}", paper.left_out);
    let agreed = paper.actions.last().expect("an action");
    assert_eq!(
        (agreed.what.as_str(), agreed.lead.as_str(), agreed.due.as_str(), agreed.state.as_str()),
        (
            "audit 20 logs",
            "Head of response",
            "To be looked at again on 31 March 2027",
            "Noted at the challenge meeting"
        )
    );
    let rows: Vec<_> = paper.areas.iter().flat_map(|area| &area.rows).filter_map(|row| row.after.as_ref()).collect();
    assert_eq!(rows.iter().map(|state| state.words).collect::<Vec<_>>(), ["Amber", "Red"]);
    for paper in &papers {
        let all = said(paper).join(" ");
        assert!(!all.contains("late notices"), "who saw it differently is in no paper");
        assert_eq!(all.contains("no audit since March"), paper.agency.as_str() == "police", "{}", paper.name);
        assert_eq!(paper.outcomes.is_empty(), paper.agency.as_str() != "police", "{}", paper.name);
    }
}

#[test]
fn a_long_text_goes_on_and_is_not_cut() {
    let mut staged = Staged::sample();
    let usual = pages(of(&papers(&staged), "police"));
    let mut answers = staged.analysis.answers.clone();
    let long = "We will look at every case of the last six months, one by one, and say what we found. ".repeat(120);
    let first = answers.iter_mut().find(|answer| answer.agency.as_str() == "police").expect("its answers");
    first.texts = first.texts.clone().with(TextKind::NeedsToHappen, long.as_str());
    count_again(&mut staged, answers);
    let papers = papers(&staged);
    let paper = of(&papers, "police");
    assert!(paper.actions.iter().any(|action| action.what == long.trim()), "whole");
    assert!(pages(paper) > usual + 2, "10,000 characters take pages of their own");
}

fn pages(paper: &FeedbackPaper) -> usize {
    export::pdf::feedback(paper).expect("a document that is accessible").pages
}

/// The bytes of a text in base64, as mail has it.
fn from_base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => u32::from(c - b'A'),
        b'a'..=b'z' => u32::from(c - b'a') + 26,
        b'0'..=b'9' => u32::from(c - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u8> = text.bytes().filter(|c| !c.is_ascii_whitespace() && *c != b'=').collect();
    let of_four = |four: &[u8]| {
        let bits = four.iter().fold(0, |bits, c| bits << 6 | value(*c)) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    };
    letters.chunks(4).flat_map(of_four).collect()
}

/// What the message to an agency says.
fn text_of(project: &Project, agency: &str) -> String {
    let eml = String::from_utf8(project.read(&format!("round/feedback/{agency} feedback.eml"))).expect("ASCII");
    eml.split("application/pdf").next().expect("its text").replace("=\r\n", "")
}

#[test]
fn each_agency_that_returned_has_a_paper_and_a_message_that_is_not_sent() {
    let project = round();
    let run = project.run_on("2026-12-14", &["challenge", "round"]);
    assert!(run.code < 2 && run.out.contains("feedback for 2 agencies, one paper each"), "{}{}", run.out, run.err);
    let files: Vec<String> = project.tree("round/feedback").into_keys().collect();
    let expected =
        ["manifest.json", "messages.html", "police feedback.eml", "police.pdf", "schools feedback.eml", "schools.pdf"];
    assert_eq!(files, expected, "the council has not returned");
    let pdf = project.read("round/feedback/police.pdf");
    assert!(pdf.windows(8).any(|part| part == b"pdfuaid:"), "it is tagged for PDF/UA");
    let eml = String::from_utf8(project.read("round/feedback/police feedback.eml")).expect("ASCII");
    for part in ["X-Unsent: 1\r\n", "<police@example.org>", "application/pdf", "filename=\"police.pdf\""] {
        assert!(eml.contains(part), "{part}: {eml}");
    }
    assert!(!eml.contains("\r\nFrom:") && !eml.contains("\r\nDate:"));
    let attached = eml.split("filename=\"police.pdf\"").nth(1).expect("the file");
    let attached = attached.split("\r\n\r\n").nth(1).expect("its content").split("\r\n--").next().expect("its end");
    assert!(from_base64(attached) == pdf, "what goes with it is the agency's own paper");
    let text = text_of(&project, "police");
    assert!(!text.contains("Schools") && text.contains("a short answer to each question"), "{text}");

    // After the meeting it says what was decided; what somebody changed is left.
    let bytes = Pack::open(&project, "challenge/challenge.xlsx").put(POLICE, REFS[0], &CHANGED);
    project.write("round/challenge/challenge.xlsx", &bytes.put(POLICE, REFS[1], &UPHELD).saved());
    project.write("round/feedback/schools.pdf", b"my own");
    let run = project.run_on("2026-12-17", &["challenge", "round"]);
    assert!(run.out.contains("schools (new).pdf"), "{}", run.out);
    assert_eq!(project.read("round/feedback/schools.pdf"), b"my own");
    assert!(project.read("round/feedback/police.pdf") != pdf);
    let text = text_of(&project, "police");
    assert!(text.contains("decided on your answers: 1 upheld and 1 changed"), "{text}");
    assert!(!text_of(&project, "schools").contains("1 changed"));
}

#[test]
fn what_was_sent_is_noted_and_a_reason_that_names_a_different_agency_is_left_out() {
    let project = round();
    assert_eq!(project.run_on("2026-12-14", &["sent", "police", "round", "--what", "feedback"]).code, 2);
    project.run_on("2026-12-14", &["challenge", "round"]);
    let sent = project.run_on("2026-12-14", &["sent", "police", "round", "--what", "feedback"]);
    assert!(sent.code == 0 && sent.out.contains("feedback"), "{}{}", sent.out, sent.err);
    // Of those that wait the other one is left.
    let rest = project.run_on("2026-12-14", &["sent", "round", "--what", "feedback", "--json"]);
    assert!(rest.out.contains("schools") && !rest.out.contains("police"), "{}", rest.out);
    let mut cells = CHANGED;
    cells[2] = ("Reason", "Exampleshire Council sees late notices");
    let bytes = Pack::open(&project, "challenge/challenge.xlsx").put(POLICE, REFS[0], &cells).saved();
    project.write("round/challenge/challenge.xlsx", &bytes);
    let run = project.run_on("2026-12-17", &["challenge", "round"]);
    let said = format!("names a different agency: {POLICE} on {}", REFS[0]);
    assert!(run.out.contains(&said), "{}", run.out);
    // The words are the officer's to change.
    project.edit("round/feedback-message.txt", "The attached paper", "The annexed paper");
    project.run_on("2026-12-17", &["challenge", "round"]);
    assert!(text_of(&project, "police").contains("annexed"));
    project.edit("round/feedback-message.txt", "{{ decided }}", "{{ decidd }}");
    let run = project.run_on("2026-12-17", &["challenge", "round"]);
    assert!(run.code == 2 && run.err.contains("feedback-message.txt"), "{}", run.err);
}

#[test]
fn pages_offer_the_papers_and_their_messages() {
    let project = round();
    project.run_on("2026-12-14", &["challenge", "round"]);
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let files = served.get(&cookie, &format!("{round}/files")).body;
    let group = files.split("<details").find(|part| part.contains("Feedback, each for one agency only"));
    let group = group.unwrap_or_else(|| panic!("{files}"));
    for name in ["police.pdf", "schools.pdf", "police feedback.eml", "messages.html"] {
        assert!(group.contains(name), "{name}: {group}");
    }
    let messages = served.get(&cookie, &format!("{round}/messages")).body;
    assert!(messages.contains("Send each agency its own feedback (2)"), "{messages}");
    assert!(!messages.contains("with feedback are not written yet"), "{messages}");
    project.run_on("2026-12-14", &["sent", "police", "round", "--what", "feedback"]);
    let messages = served.get(&cookie, &format!("{round}/messages")).body;
    assert!(messages.contains("Send each agency its own feedback (1)"), "{messages}");
    // After the meeting a message says something else, and is to be written first.
    let mut cells = UPHELD;
    cells[2] = ("Date", "14/12/2026");
    let bytes = Pack::open(&project, "challenge/challenge.xlsx").put("Exampleshire Schools Forum", REFS[0], &cells);
    project.write("round/challenge/challenge.xlsx", &bytes.saved());
    let messages = served.get(&cookie, &format!("{round}/messages")).body;
    assert!(messages.contains("with feedback is not written yet, or has changed since"), "{messages}");
    project.run_on("2026-12-14", &["challenge", "round"]);
    let messages = served.get(&cookie, &format!("{round}/messages")).body;
    assert!(!messages.contains("with feedback is not written yet"), "{messages}");
}

#[test]
fn what_is_forgotten_is_in_no_paper() {
    let project = round();
    project.run_on("2026-12-14", &["challenge", "round"]);
    std::fs::remove_file(project.path("round/returns/police 1.xlsx")).expect("deleted");
    let run = project.run_on("2026-12-15", &["forget", "returns/police 1.xlsx", "round", "--by", "M Hill"]);
    assert!(run.code < 2, "{}", run.err);
    let left: BTreeSet<String> = project.tree("round/feedback").into_keys().collect();
    assert!(!left.contains("police.pdf") && !left.contains("police feedback.eml"), "{left:?}");
    assert!(!project.path("round/challenge/leaders-only/scrutineer.pdf").exists());
    project.run_on("2026-12-15", &["challenge", "round"]);
    let files: Vec<String> = project.tree("round/feedback").into_keys().collect();
    assert_eq!(files, ["manifest.json", "messages.html", "schools feedback.eml", "schools.pdf"]);
}

#[test]
fn a_round_without_returns_has_no_feedback() {
    let project = Project::issued();
    let run = project.run_on("2026-12-14", &["challenge", "round"]);
    assert!(run.code < 2 && !run.out.contains("feedback"), "{}{}", run.out, run.err);
    assert!(!project.path("round/feedback").exists());
}
