//! Change between two rounds, worked out a second time: in plain loops over random rounds, and over the sample's own files through the real
//! binary. Identical rounds show no change; a statement in other words is never compared.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use jtai_benchmark::analysis::{self, Analysis, ChangeKind, Unmatched};
use jtai_benchmark::chart::Charts;
use jtai_benchmark::core::ids::{AgencyId, CriterionId, RoundId};
use jtai_benchmark::documents::deck::{self, Body};
use jtai_benchmark::documents::{Length, SlideKey, annex, briefing};
use jtai_benchmark::form::{ActionProgress, ColumnKey, Rating, TextKind};
use jtai_benchmark::intake::answers::{AnswerRow, AnswerState, answers};
use jtai_benchmark::intake::moderation::{ChallengeStanding, Moderation};
use jtai_benchmark::previous::{self, PreviousAgency, PreviousAnswer, PreviousRound, PreviousStatement};
use jtai_benchmark::record::{MeetingDecision, MeetingOutcome};
use jtai_benchmark::response::SelfRating;
use jtai_benchmark::round::{self, Round};
use jtai_benchmark::theme::{self, BUILT_IN, Theme};
use jtai_benchmark::workbook::contract::SELF_ASSESSMENT_SHEET;
use jtai_benchmark::workbook::file::book::column_name;
use proptest::prelude::*;
use serde_json::Value;

use crate::deck_text::{Staged, text};
use crate::filled::Workbook;
use crate::project::{Project, TODAY, csv_rows};

const STATES: [SelfRating; 6] = [
    SelfRating::Rated(Rating::Red),
    SelfRating::Rated(Rating::Amber),
    SelfRating::Rated(Rating::Green),
    SelfRating::NotApplicable,
    SelfRating::Blank,
    SelfRating::Unreadable,
];

fn theme() -> Theme {
    let (id, text) = BUILT_IN.iter().find(|(id, _)| *id == "domestic-abuse-2024").expect("built in");
    theme::read(id, id, text).output
}

/// The statements of a theme as the round before asked them.
fn statements(theme: &Theme) -> Vec<PreviousStatement> {
    let statement = |(_, criterion): (_, &theme::Criterion)| PreviousStatement {
        criterion: criterion.id.clone(),
        text: criterion.text.clone(),
        wording: criterion.wording(),
    };
    theme.criteria().map(statement).collect()
}

/// The round before, in which every agency gave just the answers of now.
fn the_same(theme: &Theme, analysis: &Analysis) -> PreviousRound {
    let answer = |answer: &AnswerRow| PreviousAnswer {
        criterion: answer.criterion.clone(),
        rating: match answer.state {
            AnswerState::Rated(rating) => SelfRating::Rated(rating),
            AnswerState::NotApplicable => SelfRating::NotApplicable,
            AnswerState::Unreadable => SelfRating::Unreadable,
            AnswerState::Blank | AnswerState::Missing => SelfRating::Blank,
        },
        texts: TextKind::ALL
            .into_iter()
            .map(|kind| (kind.column(), answer.texts.text(kind).to_string()))
            .filter(|(_, text)| !text.is_empty())
            .collect(),
        sheet: answer.source.sheet.clone(),
        cell: answer.source.cell.clone(),
    };
    let agency = |summary: &analysis::AgencySummary| PreviousAgency {
        id: summary.id.clone(),
        name: summary.name.clone(),
        file: summary.source_file.clone(),
        sha256: String::new(),
        speaks_for: Default::default(),
        answers: analysis.answers.iter().filter(|row| row.agency == summary.id).map(answer).collect(),
        headlines: Vec::new(),
    };
    let is_asked = |id: &CriterionId| analysis.numbers.criteria.iter().any(|summary| summary.criterion.id == *id);
    PreviousRound {
        round: RoundId("the-round-before".into()),
        deadline: date(2026, 6, 30),
        approved: Some((date(2026, 6, 1), date(2026, 6, 29))),
        statements: statements(theme).into_iter().filter(|one| is_asked(&one.criterion)).collect(),
        agencies: analysis.numbers.agencies.iter().filter(|summary| summary.is_returned).map(agency).collect(),
    }
}

/// The sample, going on from a round before.
fn going_on(change_then: impl FnOnce(&mut PreviousRound)) -> Staged {
    let mut staged = Staged::sample();
    let mut previous = the_same(&staged.theme, &staged.analysis);
    change_then(&mut previous);
    staged.analysis = analysis::compare(&staged.theme, &staged.round, &previous, staged.analysis);
    staged.charts = Charts::lay_out(&staged.analysis);
    staged
}

fn answer_then<'a>(previous: &'a mut PreviousRound, agency: &str, criterion: &str) -> &'a mut PreviousAnswer {
    let agency = previous.agencies.iter_mut().find(|known| known.id.as_str() == agency).expect("the agency");
    agency.answers.iter_mut().find(|answer| answer.criterion.as_str() == criterion).expect("the answer")
}

/// The answers that are rated now, by agency and statement.
fn rated_now(analysis: &Analysis) -> Vec<(String, String, Rating)> {
    let rated = |answer: &AnswerRow| match answer.state {
        AnswerState::Rated(rating) => Some((answer.agency.to_string(), answer.criterion.to_string(), rating)),
        _ => None,
    };
    analysis.answers.iter().filter_map(rated).collect()
}

// What a plain model says.

/// What there is of a statement in the round before.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Asked {
    AsNow,
    InOtherWords,
    Not,
}

/// What an agency of now was in the round before: the place of the one it was, or of two that merged.
type Was = Vec<usize>;

#[derive(Debug, Clone)]
struct Case {
    /// Of each agency, which of the four agencies of then it was.
    was: Vec<Was>,
    /// Of each agency, whether it returned now.
    returned: Vec<bool>,
    /// The state of each answer of now and of then, and whether the one of now is carried over and open; taken in turn.
    cells: Vec<(usize, usize, bool)>,
    asked: Vec<Asked>,
}

fn case() -> impl Strategy<Value = Case> {
    let was = proptest::collection::vec(
        prop_oneof![
            5 => (0..4usize).prop_map(|at| vec![at]),
            1 => Just(Vec::new()),
            1 => Just(vec![0, 1]),
        ],
        3,
    );
    let asked = prop_oneof![4 => Just(Asked::AsNow), 1 => Just(Asked::InOtherWords), 1 => Just(Asked::Not)];
    (
        was,
        proptest::collection::vec(any::<bool>(), 3),
        proptest::collection::vec((0..6usize, 0..7usize, any::<bool>()), 41),
        proptest::collection::vec(asked, 43),
    )
        .prop_map(|(was, returned, cells, asked)| Case { was, returned, cells, asked })
}

/// The round of now: three agencies, both bases rated, its answers as the case says.
fn round_of_now(case: &Case) -> Round {
    let mut text = "format = 2\nid = \"r\"\ntheme = \"t\"\npartnership = \"P\"\ndeadline = 2026-12-11\nmarking = \"\"\nrate = [\"S\", \"L\"]\n".to_string();
    for (at, group) in ["POL", "LA", "HLT"].iter().enumerate() {
        text += &format!("[[agency]]\nid = \"now-{at}\"\nname = \"Now {at}\"\ngroup = \"{group}\"\n");
    }
    let mut round = round::read("round.toml", &text).output.expect("no fault");
    for (agency, was) in round.agencies.iter_mut().zip(&case.was) {
        // One that was nothing says an id that nobody had.
        let ids = was.iter().map(|at| AgencyId(format!("then-{at}")));
        agency.previously = if was.is_empty() { vec![AgencyId("nobody".into())] } else { ids.collect() };
    }
    round
}

fn compared(case: &Case) -> (Analysis, PreviousRound) {
    let (theme, round) = (theme(), round_of_now(case));
    let mut rows = answers(&theme, &round, &[], &[]);
    for (at, row) in rows.iter_mut().enumerate() {
        let agency = round.agencies.iter().position(|agency| agency.id == row.agency).expect("its agency");
        let (now, _, is_open) = case.cells[at % case.cells.len()];
        if !case.returned[agency] {
            continue;
        }
        row.is_carried_open = is_open;
        row.state = match STATES[now] {
            _ if is_open => AnswerState::Blank,
            SelfRating::Rated(rating) => AnswerState::Rated(rating),
            SelfRating::NotApplicable => AnswerState::NotApplicable,
            SelfRating::Blank => AnswerState::Blank,
            SelfRating::Unreadable => AnswerState::Unreadable,
        };
        row.source.cell = format!("D{at}");
    }
    let asked = |at: usize| case.asked[at % case.asked.len()];
    let then = statements(&theme).into_iter().enumerate().filter_map(|(at, statement)| match asked(at) {
        Asked::AsNow => Some(statement),
        Asked::InOtherWords => Some(PreviousStatement { wording: "0".into(), ..statement }),
        Asked::Not => None,
    });
    let then: Vec<PreviousStatement> = then.collect();
    let agency = |which: usize| {
        let answer = |(at, statement): (usize, &PreviousStatement)| {
            let state = *STATES.get(case.cells[(at * 4 + which) % case.cells.len()].1)?;
            Some(PreviousAnswer {
                criterion: statement.criterion.clone(),
                rating: state,
                texts: BTreeMap::from([(ColumnKey::NeedsToHappen, "Act".to_string())]),
                sheet: "S".into(),
                cell: format!("E{at}"),
            })
        };
        PreviousAgency {
            id: AgencyId(format!("then-{which}")),
            name: format!("Then {which}"),
            file: format!("returns/then-{which}.xlsx"),
            sha256: String::new(),
            speaks_for: Default::default(),
            answers: then.iter().enumerate().filter_map(answer).collect(),
            headlines: Vec::new(),
        }
    };
    let previous = PreviousRound {
        round: RoundId("before".into()),
        deadline: date(2026, 6, 30),
        approved: None,
        agencies: (0..4).map(agency).collect(),
        statements: then,
    };
    let numbers = analysis::count(&theme, &round, &[], &rows).expect("numbers");
    let analysis = analysis::analyse(&theme, &round, numbers, &[], rows);
    (analysis::compare(&theme, &round, &previous, analysis), previous)
}

fn code(rating: SelfRating) -> Option<usize> {
    STATES[..3].iter().position(|known| *known == rating)
}

/// What the model says of one answer: the word of its change, else why it has none.
fn by_hand(case: &Case, previous: &PreviousRound, answer: &AnswerRow) -> Result<&'static str, Unmatched> {
    let theme = theme();
    let place = theme.criteria().position(|(_, one)| one.id == answer.criterion).expect("a statement");
    match case.asked[place % case.asked.len()] {
        Asked::Not => return Err(Unmatched::StatementAdded),
        Asked::InOtherWords => return Err(Unmatched::StatementReworded),
        Asked::AsNow => {}
    }
    let at: usize = answer.agency.as_str().trim_start_matches("now-").parse().expect("a number");
    let was = &case.was[at];
    let is_of_others = |one: &usize| case.was.iter().enumerate().any(|(other, was)| other != at && was.contains(one));
    let then = match was.as_slice() {
        [] => return Err(Unmatched::AgencyNew),
        [only] if !is_of_others(only) => &previous.agencies[*only],
        _ => return Err(Unmatched::AgencyMerged),
    };
    let Some(before) = then.answers.iter().find(|one| one.criterion == answer.criterion) else {
        return Err(Unmatched::NoAnswerThen);
    };
    if !case.returned[at] {
        return Err(Unmatched::NotReturned);
    }
    if answer.is_carried_open {
        return Err(Unmatched::NotConfirmed);
    }
    let now = match answer.state {
        AnswerState::Rated(rating) => code(SelfRating::Rated(rating)),
        _ => None,
    };
    match (code(before.rating), now) {
        (None, None) => Err(Unmatched::NeitherRated),
        (None, Some(_)) => Ok("newly_rated"),
        (Some(_), None) => Ok("no_longer_rated"),
        (Some(before), Some(now)) if now > before => Ok("higher"),
        (Some(before), Some(now)) if now < before => Ok("lower"),
        _ => Ok("same"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Every answer asked is in one row, or in none for one reason; and every count agrees with the model.
    #[test]
    fn change_agrees_with_a_plain_model(case in case()) {
        let (analysis, previous) = compared(&case);
        let change = analysis.change.as_ref().expect("a change");
        let bases = analysis.numbers.basis_of_each();
        let (mut kinds, mut reasons) = (BTreeMap::new(), BTreeMap::new());
        for (at, answer) in analysis.answers.iter().enumerate() {
            let row = change.rows.iter().find(|row| row.answer == at);
            let why = change.unmatched.iter().find(|(place, _)| *place == at).map(|(_, why)| *why);
            let said = by_hand(&case, &previous, answer);
            prop_assert_eq!(row.map(|row| row.kind.key()), said.ok(), "{} {}", answer.agency, answer.criterion);
            prop_assert_eq!(why, said.err(), "{} {}", answer.agency, answer.criterion);
            if let Some(row) = row {
                prop_assert_eq!((&row.agency, &row.criterion), (&answer.agency, &answer.criterion));
                *kinds.entry((bases[&row.criterion], row.kind.key())).or_insert(0) += 1;
            }
            if let Some(why) = why {
                *reasons.entry((bases[&answer.criterion], why)).or_insert(0) += 1;
            }
        }
        for (basis, counts) in &change.bases {
            for kind in ChangeKind::ALL {
                prop_assert_eq!(counts.count(kind), kinds.get(&(*basis, kind.key())).copied().unwrap_or(0));
            }
            for why in Unmatched::ALL {
                prop_assert_eq!(counts.without(why), reasons.get(&(*basis, why)).copied().unwrap_or(0));
            }
            let asked = analysis.numbers.bases.iter().find(|of| of.basis == *basis).map(|of| of.counts.asked);
            prop_assert_eq!(Some(counts.asked()), asked);
            let of_areas = change.areas.iter().filter(|area| area.basis == *basis);
            prop_assert_eq!(of_areas.map(|area| area.counts.compared()).sum::<usize>(), counts.compared());
        }
        let proposed: usize = previous.agencies.iter().map(|agency| agency.answers.len()).sum();
        prop_assert_eq!(change.actions.len() + change.listed.actions.len(), proposed, "every action is followed or counted");
    }
}

#[test]
fn identical_rounds_show_no_change() {
    let staged = going_on(|_| {});
    let change = staged.analysis.change.as_ref().expect("a change");
    assert!(change.rows.iter().all(|row| row.kind == ChangeKind::Same));
    assert_eq!(change.rows.len(), rated_now(&staged.analysis).len());
    assert_eq!(change.since, "June 2026");
    let slide = slide(&staged);
    let all = change.rows.len();
    assert_eq!(slide.headline, format!("All {all} comparable ratings are the same as in June 2026"));
    assert!(staged.analysis.prompts.iter().all(|one| one.kind != analysis::PromptKind::HigherWithoutNewEvidence));
}

fn slide(staged: &Staged) -> deck::Slide {
    let deck = deck::deck(staged.made());
    let mut slides = deck.slides.into_iter().filter(|slide| slide.key == SlideKey::ChangedSince);
    let slide = slides.next().expect("the slide");
    assert!(slides.next().is_none(), "one page");
    slide
}

#[test]
fn a_round_that_goes_on_from_none_shows_nothing_of_change() {
    let staged = Staged::sample();
    let deck = deck::deck(staged.made());
    assert!(deck.slides.iter().all(|slide| slide.key != SlideKey::ChangedSince));
    assert!(!deck::keys(&staged.analysis).contains(&SlideKey::ChangedSince));
    assert!(annex::annex(staged.made(), &deck).changed.is_empty() && staged.charts.changed.is_empty());
}

/// A round with one of everything: ratings of then that were higher and lower, statements added, reworded and dropped, an agency gone and
/// one without a return then, and what became of actions.
fn eventful() -> Staged {
    going_on(|previous| {
        for (agency, criterion, rating) in DIFFERENT_THEN {
            answer_then(previous, agency, criterion).rating = rating;
        }
        // What was said to show it then is not what shows it now.
        answer_then(previous, "childrens-social-care", "DA24-1.1")
            .texts
            .insert(ColumnKey::Evidence, "An earlier audit".into());
        let statement = |id: &str| previous.statements.iter().position(|one| one.criterion.as_str() == id).expect("it");
        let (reworded, added) = (statement("DA24-2.2"), statement("DA24-2.1"));
        previous.statements[reworded].wording = "0000".into();
        previous.statements[reworded].text = "Agencies work together.".into();
        previous.statements.remove(added);
        previous.statements.push(PreviousStatement {
            criterion: CriterionId("DA24-9.9".into()),
            text: "Something that is asked no more.".into(),
            wording: "1".into(),
        });
        let gone = PreviousAgency {
            id: AgencyId("gone".into()),
            name: "Exampleshire Gone".into(),
            ..previous.agencies[0].clone()
        };
        previous.agencies.push(gone);
        previous.agencies.retain(|agency| agency.id.as_str() != "early-help");
    })
}

/// Ratings of then that are not those of now.
const DIFFERENT_THEN: [(&str, &str, SelfRating); 4] = [
    ("police", "DA24-1.1", SelfRating::Rated(Rating::Red)),
    ("childrens-social-care", "DA24-1.1", SelfRating::Rated(Rating::Amber)),
    ("care-board", "DA24-1.1", SelfRating::Rated(Rating::Green)),
    ("acute-trust", "DA24-3.1", SelfRating::NotApplicable),
];

#[test]
fn a_reworded_statement_is_never_compared_and_is_listed_with_both_wordings() {
    let staged = eventful();
    let change = staged.analysis.change.as_ref().expect("a change");
    let not_compared = ["DA24-2.1", "DA24-2.2"];
    assert!(change.rows.iter().all(|row| !not_compared.contains(&row.criterion.as_str())));
    let listed = &change.listed;
    let ids = |all: &[CriterionId]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(ids(&listed.added), ["DA24-2.1"]);
    assert_eq!(listed.reworded.len(), 1);
    assert_eq!(listed.reworded[0].before, "Agencies work together.");
    assert_eq!(listed.dropped.len(), 1);
    assert_eq!(listed.gone, ["Exampleshire Gone"]);
    assert!(listed.new.iter().any(|id| id.as_str() == "early-help"));
    let annex = annex::annex(staged.made(), &deck::deck(staged.made()));
    let told: String = annex.changed.iter().flat_map(|table| &table.rows).flatten().map(String::as_str).collect();
    for words in ["Agencies work together.", "Something that is asked no more.", "Exampleshire Gone"] {
        assert!(told.contains(words), "{words} is in no table of the annex");
    }
}

#[test]
fn the_slide_counts_and_the_briefing_names_and_nothing_says_improved() {
    let mut staged = eventful();
    // What agencies say became of their actions.
    let said = [
        ActionProgress::Done,
        ActionProgress::Delayed,
        ActionProgress::OnTrack,
        ActionProgress::Dropped,
        ActionProgress::Done,
    ];
    let mut change = staged.analysis.change.take().expect("a change");
    assert!(change.actions.len() > said.len());
    change.actions.iter_mut().zip(said).for_each(|(action, said)| action.progress = Some(said));
    staged.analysis.change = Some(change);
    let slide = slide(&staged);
    let change = staged.analysis.change.as_ref().expect("a change");
    let (_, counts) = &change.bases[0];
    let (higher, lower) = (counts.count(ChangeKind::Higher), counts.count(ChangeKind::Lower));
    assert!(higher > 0 && lower > 0);
    let is = |n: usize| if n == 1 { "is" } else { "are" };
    assert_eq!(
        slide.headline,
        format!(
            "{higher} of {} ratings {} higher than in June 2026; {lower} {} lower",
            counts.compared(),
            is(higher),
            is(lower)
        )
    );
    let Body::Picture { note, figures, chart, .. } = &slide.body else { panic!("a picture") };
    let actions = change.actions.len();
    assert!(
        note.contains(&format!(
            "Of {actions} actions proposed in June 2026, agencies say 2 are done, 1 on track, 1 delayed, 1 dropped"
        )),
        "{note}"
    );
    assert!(note.contains("in the same words, both times"), "{note}");
    assert_eq!(figures[2].value, format!("2 of {actions}"));
    assert!(chart.alt.contains("not compared"), "{}", chart.alt);

    let deck = deck::deck(staged.made());
    let shown = text(&deck).to_lowercase();
    assert!(!shown.contains("improve") && !shown.contains("better"), "{shown}");
    // What each agency did is for leaders: no slide says whose rating is higher, or whose action is delayed.
    let briefing = briefing::briefing(staged.made(), &deck, None);
    let page = briefing.pages.iter().find(|page| page.title.contains("What changed since")).expect("its page");
    assert!(page.say.iter().any(|line| line.contains(" says: done, ")), "{:#?}", page.say);
    assert!(
        page.say.iter().any(|line| line.starts_with("Rated lower than in June 2026: DA24-1.1 (")),
        "{:#?}",
        page.say
    );
    assert!(page.questions.iter().any(|line| line.contains("what shows the change")), "{:#?}", page.questions);
    // Higher, and its evidence is new: nothing to ask.
    let asked = staged.analysis.prompts.iter().filter(|one| one.kind == analysis::PromptKind::HigherWithoutNewEvidence);
    let asked: BTreeSet<(&str, &str)> = asked
        .map(|one| (one.agency.as_ref().expect("one").as_str(), one.criterion.as_ref().expect("one").as_str()))
        .collect();
    assert_eq!(asked, BTreeSet::from([("police", "DA24-1.1")]));
    for length in Length::ALL {
        staged.length = length;
        crate::slides::check(&deck::deck(staged.made()), length.key());
    }
}

/// A stricter meeting is no change for children: where slides show ratings as challenged, change is still of self-ratings, and says so.
#[test]
fn change_is_of_self_ratings_whichever_ratings_are_shown() {
    let mut staged = eventful();
    let of_police = |row: &&mut AnswerRow| row.agency.as_str() == "police" && row.criterion.as_str() == "DA24-1.1";
    let decision = MeetingDecision {
        outcome: MeetingOutcome::Changed,
        rating: Some(Rating::Red),
        why: "No audit shows it".into(),
        by: "M Hill".into(),
        on: date(2026, 12, 14),
    };
    let moderation = Moderation {
        standing: ChallengeStanding::Decided(decision),
        notes: Default::default(),
        files: vec!["challenge.xlsx".into()],
    };
    staged.analysis.answers.iter_mut().find(of_police).expect("the answer").moderation = Some(moderation);
    let (theme, round) = (&staged.theme, &staged.round);
    staged.analysis.numbers = analysis::count(theme, round, &[], &staged.analysis.answers).expect("numbers");
    let shown =
        analysis::as_challenged(theme, round, &staged.analysis, &[]).expect("numbers").expect("it was looked at");
    assert_ne!(shown.numbers.bases[0].counts, staged.analysis.numbers.bases[0].counts);
    assert_eq!(shown.change, staged.analysis.change);
    let headline = slide(&staged).headline;
    staged.analysis = shown;
    staged.charts = Charts::lay_out(&staged.analysis);
    let slide = slide(&staged);
    assert_eq!((slide.headline, slide.ratings.as_str()), (headline, "Self-ratings"));
}

/// Every number on the slide is one that `explain` follows.
#[test]
fn every_number_of_the_slide_is_counted_somewhere() {
    let staged = eventful();
    let slide = slide(&staged);
    let known: BTreeSet<usize> = slide.trace.numbers.iter().map(|number| number.value()).chain([0]).collect();
    let Body::Picture { note, figures, chart, .. } = &slide.body else { panic!("a picture") };
    let mut said = format!("{} {note} {}", slide.headline, chart.alt);
    figures.iter().for_each(|figure| said.push_str(&format!(" {} {}", figure.value, figure.label)));
    for (_, criterion) in staged.theme.criteria() {
        let (_, number) = criterion.id.as_str().rsplit_once('-').expect("letters and a number");
        said = said.replace(number, "");
    }
    let said = said.replace("2026", "").replace("9.9", "");
    for number in said.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.parse::<usize>().ok()) {
        assert!(known.contains(&number), "{number} is explained nowhere: {said}");
    }
}

// Through the real binary.

/// How `round.toml` begins in a round that goes on from one.
const GOES_ON: &str = "format = 2\ngoes_on_from = \"the-round-before\"\n";

/// A second round of the sample's agencies: the demo, with what the round before said beside it, as the demo's own table has it.
fn second_round(change_then: impl FnOnce(&mut PreviousRound)) -> (Project, PreviousRound) {
    let project = Project::demo();
    let rows = csv_rows(&project.read("demo/report/data/ratings.csv"));
    let theme = theme();
    let mut agencies: Vec<PreviousAgency> = Vec::new();
    for row in rows.iter().filter(|row| row["return_status"] == "returned") {
        if agencies.last().is_none_or(|agency| agency.id.as_str() != row["agency_id"]) {
            agencies.push(PreviousAgency {
                id: AgencyId(row["agency_id"].clone()),
                name: row["agency_name"].clone(),
                file: row["source_file"].clone(),
                sha256: row["source_sha256"].clone(),
                speaks_for: Default::default(),
                answers: Vec::new(),
                headlines: Vec::new(),
            });
        }
        let rating = match row["self_state"].as_str() {
            "rated" => SelfRating::Rated(Rating::from_key(&row["self_rating"]).expect("a rating")),
            "not_applicable" => SelfRating::NotApplicable,
            "blank" => SelfRating::Blank,
            _ => SelfRating::Unreadable,
        };
        let text = |column: ColumnKey| (column, row[column.key()].clone());
        // Nothing is as it was carried in, so that nothing waits to be confirmed.
        let other = (ColumnKey::WorkingWell, "Something else then".to_string());
        let texts = [text(ColumnKey::NeedsToHappen), text(ColumnKey::Evidence), other];
        agencies.last_mut().expect("one").answers.push(PreviousAnswer {
            criterion: CriterionId(row["criterion_id"].clone()),
            rating,
            texts: texts.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
            sheet: row["source_sheet"].clone(),
            cell: row["source_cell"].clone(),
        });
    }
    let is_asked = |id: &CriterionId| rows.iter().any(|row| row["criterion_id"] == id.as_str());
    let mut previous = PreviousRound {
        round: RoundId("the-round-before".into()),
        deadline: date(2026, 6, 30),
        approved: Some((date(2026, 6, 1), date(2026, 6, 29))),
        statements: statements(&theme).into_iter().filter(|one| is_asked(&one.criterion)).collect(),
        agencies,
    };
    change_then(&mut previous);
    project.write("demo/previous/answers.json", &previous::as_json(&previous).expect("JSON"));
    project.edit("demo/round.toml", "format = 2\n", GOES_ON);
    let run = project.run(&["report", "demo"]);
    assert!(run.code < 2, "{}{}", run.out, run.err);
    (project, previous)
}

/// The table of change, worked out a second time from the table of ratings and what the round before said.
fn table_by_hand(project: &Project, previous: &PreviousRound) -> Vec<[String; 5]> {
    let theme = theme();
    let code = |rating: &str| ["red", "amber", "green"].iter().position(|known| *known == rating);
    let mut table = Vec::new();
    for row in csv_rows(&project.read("demo/report/data/ratings.csv")) {
        let now_wording =
            theme.criteria().find(|(_, one)| one.id.as_str() == row["criterion_id"]).map(|(_, one)| one.wording());
        let then = previous.statements.iter().find(|one| one.criterion.as_str() == row["criterion_id"]);
        let agency = previous.agencies.iter().find(|one| one.id.as_str() == row["agency_id"]);
        let before =
            agency.and_then(|agency| agency.answers.iter().find(|one| one.criterion.as_str() == row["criterion_id"]));
        let (Some(then), Some(before)) = (then, before) else { continue };
        if Some(&then.wording) != now_wording.as_ref() || row["return_status"] == "missing" {
            continue;
        }
        let before = match before.rating {
            SelfRating::Rated(rating) => rating.key(),
            _ => "",
        };
        let now = row["self_rating"].as_str();
        let change = match (code(before), code(now)) {
            (None, None) => continue,
            (None, Some(_)) => "newly_rated",
            (Some(_), None) => "no_longer_rated",
            (Some(before), Some(now)) if before < now => "higher",
            (Some(before), Some(now)) if before > now => "lower",
            _ => "same",
        };
        table.push([&row["agency_id"], &row["criterion_id"], before, now, change].map(str::to_string));
    }
    table
}

fn table(project: &Project, round: &str) -> Vec<[String; 5]> {
    let rows = csv_rows(&project.read(&format!("{round}/report/data/change.csv")));
    let columns = ["agency_id", "criterion_id", "previous_rating", "rating", "change"];
    rows.iter().map(|row| columns.map(|name| row[name].clone())).collect()
}

#[test]
fn the_tables_of_a_second_round_agree_with_an_independent_computation() {
    let (project, previous) = second_round(|previous| {
        for (agency, criterion, rating) in DIFFERENT_THEN {
            answer_then(previous, agency, criterion).rating = rating;
        }
        previous.statements[1].wording = "0000".into();
    });
    let found = table(&project, "demo");
    assert_eq!(found, table_by_hand(&project, &previous));
    let kinds: BTreeSet<&str> = found.iter().map(|row| row[4].as_str()).collect();
    assert!(kinds.is_superset(&BTreeSet::from(["higher", "lower", "same", "newly_rated"])), "{kinds:?}");
    let reworded = previous.statements[1].criterion.as_str();
    assert!(found.iter().all(|row| row[1] != reworded));
    assert!(project.path("demo/report/data/change.parquet").is_file());
    assert!(project.path("demo/report/charts/change.svg").is_file());
    let schema: Value = serde_json::from_slice(&project.read("demo/report/data/schema.json")).expect("JSON");
    let resources = schema["resources"].as_array().expect("a list");
    let of_change = resources.iter().find(|one| one["name"] == "change").expect("the table");
    let fields = of_change["schema"]["fields"].as_array().expect("a list");
    assert!(fields.len() == 11 && fields.iter().all(|field| field["description"] != ""), "{fields:#?}");

    // The headline of the slide is of the same numbers.
    let count = |kind: &str| found.iter().filter(|row| row[4] == kind).count();
    let (higher, lower, all) = (count("higher"), count("lower"), count("higher") + count("lower") + count("same"));
    let slide = slide_of_change(&project, "demo", TODAY);
    assert!(slide["what"].as_str().is_some_and(|what| what.contains("higher than in June 2026")), "{}", slide["what"]);
    let number = |what: &str| {
        slide["numbers"]
            .as_array()
            .expect("numbers")
            .iter()
            .find(|one| one["what"] == what)
            .cloned()
            .expect("the number")
    };
    assert_eq!(number("Rated in both rounds")["value"], all);
    assert_eq!(number("Higher")["value"], higher);
    assert_eq!(number("Lower")["value"], lower);
    // Each is followed to its cell in both rounds.
    for from in number("Higher")["from"].as_array().expect("a list") {
        let (agency, criterion) = (from["agency"].as_str().expect("text"), from["criterion"].as_str().expect("text"));
        let row = found.iter().find(|row| row[0] == agency && row[1] == criterion).expect("its row");
        assert_eq!(from["previous_rating"], row[2].as_str());
        let then = previous.agencies.iter().find(|one| one.id.as_str() == agency).expect("it");
        let before = then.answers.iter().find(|one| one.criterion.as_str() == criterion).expect("it");
        assert_eq!(from["previous"]["cell"], before.cell.as_str());
        assert_eq!(from["previous"]["file"], then.file.as_str());
        assert!(
            from["cell"].as_str().is_some_and(|cell| !cell.is_empty())
                && from["file"].as_str().is_some_and(|file| !file.is_empty())
        );
    }
}

/// What `explain` says of the slide of change.
fn slide_of_change(project: &Project, round: &str, day: &str) -> Value {
    let explained = |what: &str| -> Value {
        let run = project.run_on(day, &["explain", what, round, "--json"]);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
    };
    let code = explained("police")["run"].as_str().expect("a code").to_string();
    let is_it =
        |said: &Value| said["said"][0].as_str().is_some_and(|section| section.starts_with("What changed since"));
    (2..6).map(|page| explained(&format!("{code}-{page}"))).find(is_it).expect("the slide")
}

/// As an officer does it: the round is made again, one agency changes an answer and says what became of its actions, one returns and confirms
/// nothing, the others sign.
#[test]
fn a_round_made_again_shows_what_its_agencies_changed_and_no_more() {
    let (issued, day) = ("2027-05-04", "2027-05-07");
    let project = Project::demo();
    let before = csv_rows(&project.read("demo/report/data/ratings.csv"));
    let made = project.run_on(issued, &["round", "again", "demo", "round", "--deadline", "2027-05-12"]);
    assert!(made.code < 2, "{}", made.err);
    assert!(project.run_on(issued, &["issue", "round"]).code < 2);
    let returned: BTreeSet<&str> =
        before.iter().filter(|row| row["return_status"] == "returned").map(|row| row["agency_id"].as_str()).collect();
    for agency in &returned {
        let book = Workbook::issued(&project, agency);
        let book = match *agency {
            "police" => {
                let (done, delayed) = (cell_of(&book, "Progress since", 4), cell_of(&book, "Progress since", 8));
                let book = book.answer(4, 'D', "Amber").put(SELF_ASSESSMENT_SHEET, &done, "Done");
                book.put(SELF_ASSESSMENT_SHEET, &delayed, "Delayed").signed("06/05/2027")
            }
            "care-board" => book,
            _ => book.signed("06/05/2027"),
        };
        project.write(&format!("round/returns/{agency}.xlsx"), &book.saved("2027-05-06"));
    }
    let report = project.run_on(day, &["report", "round"]);
    assert!(report.code < 2, "{}", report.err);
    let found = table(&project, "round");
    assert!(found.iter().all(|row| row[0] != "care-board"), "nobody took a rating back");
    let different: Vec<&[String; 5]> = found.iter().filter(|row| row[4] != "same").collect();
    let expected = ["police", "DA24-1.1", "green", "amber", "lower"].map(str::to_string);
    assert_eq!(different, [&expected]);
    let rated = before.iter().filter(|row| row["self_state"] == "rated" && row["agency_id"] != "care-board");
    assert_eq!(found.len(), rated.count());

    let slide = slide_of_change(&project, "round", day);
    let number = |what: &str| {
        let numbers = slide["numbers"].as_array().expect("numbers");
        numbers.iter().find(|one| one["what"] == what).unwrap_or_else(|| panic!("no {what}: {numbers:#?}")).clone()
    };
    assert!(slide["what"].as_str().is_some_and(|what| what.contains("None of ") && what.contains("; 1 is lower")));
    assert_eq!(number("Lower")["value"], 1);
    let open = before.iter().filter(|row| row["agency_id"] == "care-board" && row["self_state"] != "blank").count();
    assert_eq!(number("Not confirmed yet")["value"], open);
    let done = &number("Earlier actions: done")["from"][0];
    assert_eq!((done["agency"].as_str(), done["criterion"].as_str()), (Some("police"), Some("DA24-1.1")));
    assert_eq!(number("Earlier actions: delayed")["value"], 1);
    let text = project.run_on(day, &["explain", &reference_of(&project, day), "round"]).out;
    assert!(text.contains("in the round before: returns/Police/police self-assessment SIGNED.xlsx"), "{text}");
}

/// The reference of the slide of change, at the foot of its page.
fn reference_of(project: &Project, day: &str) -> String {
    let of = |what: &str| -> Value {
        serde_json::from_str(&project.run_on(day, &["explain", what, "round", "--json"]).out).expect("JSON")
    };
    let code = of("police")["run"].as_str().expect("a code").to_string();
    let pages = (2..6).map(|page| format!("{code}-{page}"));
    let is_it =
        |reference: &String| of(reference)["said"][0].as_str().is_some_and(|said| said.starts_with("What changed"));
    pages.into_iter().find(is_it).expect("the slide")
}

/// The cell of a column of the self-assessment in a row, by the header.
fn cell_of(book: &Workbook, header: &str, row: u32) -> String {
    let sheet = book.book.sheets.iter().find(|sheet| sheet.name == SELF_ASSESSMENT_SHEET).expect("the table");
    let at = sheet.cells.iter().find(|(_, value)| value.text() == header).expect("the header").0.1;
    format!("{}{row}", column_name(at))
}

#[test]
fn identical_rounds_show_no_change_through_the_binary_and_a_round_of_its_own_has_no_table() {
    let (project, _) = second_round(|_| {});
    let found = table(&project, "demo");
    assert!(!found.is_empty() && found.iter().all(|row| row[4] == "same" && row[2] == row[3]));
    // Without a round before, nothing of it is left.
    std::fs::remove_dir_all(project.path("demo/previous")).expect("removed");
    project.edit("demo/round.toml", GOES_ON, "format = 2\n");
    project.run(&["report", "demo"]);
    let tree = project.tree("demo/report");
    assert!(tree.keys().all(|name| !name.contains("change")), "{:?}", tree.keys());
    let schema: Value = serde_json::from_slice(&project.read("demo/report/data/schema.json")).expect("JSON");
    assert!(schema["resources"].as_array().expect("a list").iter().all(|one| one["name"] != "change"));
}
