//! Change since the round before: agencies' own ratings then and now, only for pairs that can be compared.
//!
//! A pair can be compared if the agency is the same (also under a new id, if the list of agencies says so), and so are the statement and its
//! wording. Only self-ratings are compared: with ratings after challenge, a stricter meeting would look like a change for children.
//!
//! "Rated" means Red, Amber or Green. A pair that is rated in at least one of the rounds has a [`ChangeRow`]. A pair rated in neither has
//! none. Nor has an answer that was rated then and is merely not in yet, because nobody took that rating back: the agency has not returned,
//! or has not confirmed or changed the answer that was carried over. These are in [`Unmatched`], each with its reason, so every answer asked
//! is in exactly one of the two lists.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::actions::Action;
use super::round_summary::Numbers;
use super::summaries::AreaSummary;
use crate::core::ids::{AgencyId, CriterionId, RoundId};
use crate::core::words;
use crate::core::written::Written;
use crate::form::{ActionProgress, ColumnKey, HeadlineKind, Rating, TextKind};
use crate::intake::answers::{AnswerRow, AnswerState, SourceCell};
use crate::previous::{PreviousAgency, PreviousAnswer, PreviousRound};
use crate::response::SelfRating;
use crate::round::{Agency, Round};
use crate::theme::{Basis, Criterion, Theme};

/// How an agency's rating of a statement compares with the round before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Rated in both, higher now: nearer to Green.
    Higher,
    /// Rated in both, and the same.
    Same,
    /// Rated in both, lower now.
    Lower,
    /// Rated now and not then.
    NewlyRated,
    /// Rated then and not now: the agency returned, and took its rating back.
    NoLongerRated,
}

impl ChangeKind {
    /// Every kind, in the order of tables.
    pub const ALL: [ChangeKind; 5] =
        [ChangeKind::Higher, ChangeKind::Same, ChangeKind::Lower, ChangeKind::NewlyRated, ChangeKind::NoLongerRated];

    /// The word in data.
    pub fn key(self) -> &'static str {
        match self {
            ChangeKind::Higher => "higher",
            ChangeKind::Same => "same",
            ChangeKind::Lower => "lower",
            ChangeKind::NewlyRated => "newly_rated",
            ChangeKind::NoLongerRated => "no_longer_rated",
        }
    }

    /// The words that people read.
    pub fn words(self) -> &'static str {
        match self {
            ChangeKind::Higher => "Higher",
            ChangeKind::Same => "The same",
            ChangeKind::Lower => "Lower",
            ChangeKind::NewlyRated => "Newly rated",
            ChangeKind::NoLongerRated => "No longer rated",
        }
    }

    /// The kind of change between a rating then and one now; `None` if there is neither.
    pub fn new(before: Option<Rating>, now: Option<Rating>) -> Option<ChangeKind> {
        Some(match (before, now) {
            (Some(before), Some(now)) if now > before => ChangeKind::Higher,
            (Some(before), Some(now)) if now < before => ChangeKind::Lower,
            (Some(_), Some(_)) => ChangeKind::Same,
            (None, Some(_)) => ChangeKind::NewlyRated,
            (Some(_), None) => ChangeKind::NoLongerRated,
            (None, None) => return None,
        })
    }
}

/// One pair of ratings that can be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeRow {
    /// The agency, by its id now.
    pub agency: AgencyId,
    /// The statement.
    pub criterion: CriterionId,
    /// The agency's own rating then.
    pub previous: Option<Rating>,
    /// Its own rating now.
    pub rating: Option<Rating>,
    /// How the two compare.
    pub kind: ChangeKind,
    /// The index of this round's answer in `Analysis::answers`.
    pub answer: usize,
    /// The cell of the earlier rating; its file is in the folder of the round before.
    pub previous_source: SourceCell,
    /// The cell of the rating now.
    pub source: SourceCell,
    /// Whether the evidence has the same words as then.
    pub has_same_evidence: bool,
}

/// Why an answer that was asked has no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unmatched {
    /// The agency has not returned.
    NotReturned,
    /// The answer was carried over, and the agency has neither confirmed nor changed it.
    NotConfirmed,
    /// It is rated in neither round.
    NeitherRated,
    /// The statement was not asked then.
    StatementAdded,
    /// The statement was worded differently then.
    StatementReworded,
    /// The agency returned nothing then, or was not asked.
    AgencyNew,
    /// The agency merged or split, so no earlier answer is its own.
    AgencyMerged,
    /// The agency was not asked this statement then, or its return had no row for it.
    NoAnswerThen,
}

impl Unmatched {
    /// Every reason, in the order of display.
    pub const ALL: [Unmatched; 8] = [
        Unmatched::NotReturned,
        Unmatched::NotConfirmed,
        Unmatched::NeitherRated,
        Unmatched::StatementAdded,
        Unmatched::StatementReworded,
        Unmatched::AgencyNew,
        Unmatched::AgencyMerged,
        Unmatched::NoAnswerThen,
    ];

    /// The reason after a number, as in "12 not returned yet".
    ///
    /// The words are also a line of the form that a presentation's code is made from (`deck/shown.rs`): other words here take back every
    /// approval.
    pub fn words(self) -> &'static str {
        match self {
            Unmatched::NotReturned => "not returned yet",
            Unmatched::NotConfirmed => "not confirmed yet",
            Unmatched::NeitherRated => "rated in neither round",
            Unmatched::StatementAdded => "on new statements",
            Unmatched::StatementReworded => "on reworded statements",
            Unmatched::AgencyNew => "from agencies that did not return then",
            Unmatched::AgencyMerged => "from agencies that merged or split",
            Unmatched::NoAnswerThen => "without an answer then",
        }
    }
}

/// Counts of answers by change and by reason for no comparison. Together they are all answers asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangeCounts {
    /// The number of each kind of change, in the order of [`ChangeKind::ALL`].
    changes: [usize; ChangeKind::ALL.len()],
    /// The number without a row for each reason, in the order of [`Unmatched::ALL`].
    unmatched: [usize; Unmatched::ALL.len()],
}

impl ChangeCounts {
    /// Counts with these numbers of each kind of change, in the order of [`ChangeKind::ALL`].
    pub fn of_changes(changes: [usize; ChangeKind::ALL.len()]) -> ChangeCounts {
        ChangeCounts { changes, ..ChangeCounts::default() }
    }

    /// How many have this kind of change.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.changes[kind as usize]
    }

    /// How many have no row for this reason.
    pub fn without(&self, why: Unmatched) -> usize {
        self.unmatched[why as usize]
    }

    /// How many are rated in both rounds: the total of higher, the same and lower.
    pub fn compared(&self) -> usize {
        self.count(ChangeKind::Higher) + self.count(ChangeKind::Same) + self.count(ChangeKind::Lower)
    }

    /// All answers asked.
    pub fn asked(&self) -> usize {
        self.changes.iter().sum::<usize>() + self.unmatched.iter().sum::<usize>()
    }

    /// How many answers are asked and not compared.
    pub fn not_compared(&self) -> usize {
        self.asked() - self.compared()
    }

    /// "4 higher, 6 the same, 2 lower".
    pub fn words(&self) -> String {
        let said = [ChangeKind::Higher, ChangeKind::Same, ChangeKind::Lower]
            .map(|kind| format!("{} {}", self.count(kind), words::uncapitalised(kind.words())));
        said.join(", ")
    }

    /// The counts of answers that are not compared, by reason, as in "12 not returned yet"; zeros are left out.
    pub fn not_compared_words(&self) -> Vec<String> {
        let rated =
            [(ChangeKind::NewlyRated, "rated now and not then"), (ChangeKind::NoLongerRated, "rated then and not now")];
        let rated = rated.into_iter().map(|(kind, what)| (self.count(kind), what));
        let without = Unmatched::ALL.into_iter().map(|why| (self.without(why), why.words()));
        rated.chain(without).filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect()
    }
}

/// The answers on an area's statements of one basis.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaChange {
    /// Its heading.
    pub title: String,
    /// Its heading for charts.
    pub short_title: String,
    /// The basis.
    pub basis: Basis,
    /// How its answers compare with the round before.
    pub counts: ChangeCounts,
}

/// An action proposed in the round before, with the progress that the agency reports.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionSince {
    /// The agency, by its id now.
    pub agency: AgencyId,
    /// The agency, by its id then.
    pub agency_then: AgencyId,
    /// The statement.
    pub criterion: CriterionId,
    /// What was to happen, as the agency wrote then.
    pub what: String,
    /// The progress that the agency reports; `None` if it does not say.
    pub progress: Option<ActionProgress>,
    /// Whether the agency has returned since.
    pub is_returned: bool,
    /// The cell of the rating in the action's row then; its file is in the folder of the round before.
    pub previous_source: SourceCell,
    /// The index of this round's answer in `Analysis::answers`.
    pub answer: usize,
}

impl ActionSince {
    /// The progress of an action of this round, if it is this action in the same words; `None` if it is a new one.
    pub(super) fn progress_of(&self, action: &Action) -> Option<ActionProgress> {
        // Blanks and line breaks do not count, because programs save them differently.
        let is_same = self.what.split_whitespace().eq(action.what.split_whitespace());
        self.progress.filter(|_| is_same)
    }
}

/// A statement that was worded differently in the round before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reworded {
    /// The statement.
    pub criterion: CriterionId,
    /// How it was asked then.
    pub before: String,
    /// How it is asked now. It may equal `before`: then what a rating means for it has changed.
    pub now: String,
}

/// What cannot be compared with the round before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotComparable {
    /// Statements that were not asked then.
    pub added: Vec<CriterionId>,
    /// Statements that were worded differently.
    pub reworded: Vec<Reworded>,
    /// Statements that are no longer asked, each with its wording then.
    pub dropped: Vec<(CriterionId, String)>,
    /// Agencies that returned nothing then, or were not asked.
    pub new: Vec<AgencyId>,
    /// Agencies that returned then and are not asked now, by their names.
    pub gone: Vec<String>,
    /// Agencies that merged or split, each with the names of the agencies they were.
    pub merged: Vec<(AgencyId, Vec<String>)>,
    /// Earlier actions that belong to answers that are not compared, by the agency's name and the statement.
    pub actions: Vec<(String, CriterionId)>,
}

/// Change since the round before.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundChange {
    /// The round before.
    pub round: RoundId,
    /// The date of its answers.
    pub as_at: Date,
    /// That date as people read it: "November 2026"; with the day if this round is due in the same month.
    pub since: String,
    /// Every pair that can be compared, in the order of the answers.
    pub rows: Vec<ChangeRow>,
    /// Every other answer, by its index, with the reason.
    pub unmatched: Vec<(usize, Unmatched)>,
    /// The counts for each basis, in the order of the bases.
    pub bases: Vec<(Basis, ChangeCounts)>,
    /// The same by area, in the order of [`Numbers::areas`].
    pub areas: Vec<AreaChange>,
    /// What cannot be compared.
    pub listed: NotComparable,
    /// Earlier actions that belong to answers that are compared, in the order of the answers.
    pub actions: Vec<ActionSince>,
}

impl RoundChange {
    /// The actions on statements of one basis.
    pub fn actions_of<'a>(&'a self, numbers: &'a Numbers, basis: Basis) -> impl Iterator<Item = &'a ActionSince> {
        let bases = numbers.basis_of_each();
        self.actions.iter().filter(move |action| bases.get(&action.criterion) == Some(&basis))
    }
}

/// Compares this round's answers with those of the round before.
pub(super) fn change(
    theme: &Theme,
    round: &Round,
    numbers: &Numbers,
    answers: &[AnswerRow],
    previous: &PreviousRound,
) -> RoundChange {
    let pairing = Pairing::new(theme, round, previous);
    let (mut rows, mut unmatched, mut actions) = (Vec::new(), Vec::new(), Vec::new());
    for (at, answer) in answers.iter().enumerate() {
        let matched = pairing.matched(answer);
        if let Ok((agency, before)) = matched {
            actions.extend(action(agency, before, (at, answer)));
        }
        match matched.and_then(|(agency, before)| row(agency, before, (at, answer))) {
            Ok(row) => rows.push(row),
            Err(why) => unmatched.push((at, why)),
        }
    }
    let mut listed = pairing.listed(numbers);
    listed.actions = others_proposed(previous, &actions);
    let mut counts = vec![ChangeCounts::default(); answers.len()];
    rows.iter().for_each(|row: &ChangeRow| counts[row.answer].changes[row.kind as usize] += 1);
    unmatched.iter().for_each(|(at, why): &(usize, Unmatched)| counts[*at].unmatched[*why as usize] += 1);
    let (bases, areas) = sums(numbers, answers, &counts);
    RoundChange {
        round: previous.round.clone(),
        as_at: previous.as_at(),
        since: since(previous.as_at(), round.deadline),
        rows,
        unmatched,
        bases,
        areas,
        listed,
        actions,
    }
}

/// "November 2026", or "9 November 2026" if the round is due in the same month.
fn since(as_at: Date, deadline: Date) -> String {
    match (as_at.year(), as_at.month()) == (deadline.year(), deadline.month()) {
        true => words::date(as_at),
        false => as_at.strftime("%B %Y").to_string(),
    }
}

/// The counts of each basis and of each area.
fn sums(
    numbers: &Numbers,
    answers: &[AnswerRow],
    counts: &[ChangeCounts],
) -> (Vec<(Basis, ChangeCounts)>, Vec<AreaChange>) {
    let sum = |is_in: &dyn Fn(&CriterionId) -> bool| {
        let mut sum = ChangeCounts::default();
        for (answer, one) in answers.iter().zip(counts).filter(|(answer, _)| is_in(&answer.criterion)) {
            debug_assert_eq!(one.asked(), 1, "{} {}", answer.agency, answer.criterion);
            sum.changes.iter_mut().zip(one.changes).for_each(|(all, n)| *all += n);
            sum.unmatched.iter_mut().zip(one.unmatched).for_each(|(all, n)| *all += n);
        }
        sum
    };
    let bases = numbers.basis_of_each();
    let of_basis = |basis: Basis| (basis, sum(&|id| bases.get(id) == Some(&basis)));
    let of_area = |area: &AreaSummary| {
        let here: HashSet<&CriterionId> = numbers.criteria_of(area).map(|summary| &summary.criterion.id).collect();
        AreaChange {
            title: area.title.clone(),
            short_title: area.short_title.clone(),
            basis: area.basis,
            counts: sum(&|id| here.contains(id)),
        }
    };
    (numbers.bases.iter().map(|of| of_basis(of.basis)).collect(), numbers.areas.iter().map(of_area).collect())
}

/// Finds the earlier answer of the same agency to the same statement.
struct Pairing<'a> {
    previous: &'a PreviousRound,
    /// The earlier agencies that each agency of this round says it was.
    earlier: HashMap<&'a AgencyId, Vec<&'a PreviousAgency>>,
    /// Earlier agencies that more than one agency of this round says it was: they split.
    shared: HashSet<&'a AgencyId>,
    /// The agencies of this round, in its order.
    agencies: &'a [Agency],
    /// The statements of this round, each with whether it was asked in the same words then; `None` if it was not asked.
    statements: HashMap<&'a CriterionId, Option<bool>>,
    theme: &'a Theme,
}

impl<'a> Pairing<'a> {
    fn new(theme: &'a Theme, round: &'a Round, previous: &'a PreviousRound) -> Pairing<'a> {
        let earlier = |agency: &'a Agency| (&agency.id, previous.earlier(agency).collect::<Vec<_>>());
        let earlier: HashMap<_, _> = round.agencies.iter().map(earlier).collect();
        let (mut seen, mut shared) = (HashSet::new(), HashSet::new());
        for was in round.agencies.iter().flat_map(|agency| &earlier[&agency.id]) {
            if !seen.insert(&was.id) {
                shared.insert(&was.id);
            }
        }
        let asked = |criterion: &'a Criterion| {
            let then = previous.statement(&criterion.id);
            (&criterion.id, then.map(|_| previous.asked_as(criterion)))
        };
        let statements = theme.criteria().map(|(_, criterion)| asked(criterion)).collect();
        Pairing { previous, earlier, shared, agencies: &round.agencies, statements, theme }
    }

    /// The earlier agency that an agency of this round is the same as; else the reason why there is none.
    fn agency(&self, id: &AgencyId) -> Result<&'a PreviousAgency, Unmatched> {
        match self.earlier.get(id).map_or(&[][..], Vec::as_slice) {
            [] => Err(Unmatched::AgencyNew),
            [only] if !self.shared.contains(&only.id) => Ok(only),
            _ => Err(Unmatched::AgencyMerged),
        }
    }

    /// The earlier answer that an answer can be compared with; else the reason why there is none.
    fn matched(&self, answer: &AnswerRow) -> Result<(&'a PreviousAgency, &'a PreviousAnswer), Unmatched> {
        match self.statements.get(&answer.criterion).copied().flatten() {
            None => return Err(Unmatched::StatementAdded),
            Some(false) => return Err(Unmatched::StatementReworded),
            Some(true) => {}
        }
        let agency = self.agency(&answer.agency)?;
        let before = agency.answers.iter().find(|before| before.criterion == answer.criterion);
        before.map(|before| (agency, before)).ok_or(Unmatched::NoAnswerThen)
    }

    /// What cannot be compared, without the actions: they are added later.
    fn listed(&self, numbers: &Numbers) -> NotComparable {
        let asked: HashSet<&CriterionId> = numbers.criteria.iter().map(|summary| &summary.criterion.id).collect();
        let mut listed = NotComparable::default();
        for (_, criterion) in self.theme.criteria().filter(|(_, criterion)| asked.contains(&criterion.id)) {
            match (self.statements[&criterion.id], self.previous.statement(&criterion.id)) {
                (Some(false), Some(then)) => listed.reworded.push(Reworded {
                    criterion: criterion.id.clone(),
                    before: then.text.clone(),
                    now: criterion.text.clone(),
                }),
                (None, _) | (_, None) => listed.added.push(criterion.id.clone()),
                (Some(true), Some(_)) => {}
            }
        }
        // Some statements only inform and are rated by nobody. If that was so then as well, nothing was dropped.
        let answered: HashSet<&CriterionId> =
            self.previous.agencies.iter().flat_map(|agency| &agency.answers).map(|answer| &answer.criterion).collect();
        let was_asked = |id: &CriterionId| answered.contains(id) || !self.statements.contains_key(id);
        let dropped = self.previous.statements.iter();
        let dropped = dropped.filter(|then| !asked.contains(&then.criterion) && was_asked(&then.criterion));
        listed.dropped = dropped.map(|then| (then.criterion.clone(), then.text.clone())).collect();
        for agency in self.agencies {
            match self.agency(&agency.id) {
                Err(Unmatched::AgencyMerged) => {
                    let names = self.earlier[&agency.id].iter().map(|was| was.name.clone()).collect();
                    listed.merged.push((agency.id.clone(), names));
                }
                Err(_) => listed.new.push(agency.id.clone()),
                Ok(_) => {}
            }
        }
        let is_here = |was: &&PreviousAgency| self.earlier.values().flatten().any(|known| known.id == was.id);
        listed.gone = self.previous.agencies.iter().filter(|was| !is_here(was)).map(|was| was.name.clone()).collect();
        listed
    }
}

fn rating_then(before: &PreviousAnswer) -> Option<Rating> {
    match before.rating {
        SelfRating::Rated(rating) => Some(rating),
        SelfRating::NotApplicable | SelfRating::Blank | SelfRating::Unreadable => None,
    }
}

/// The cell of an earlier answer.
fn place_then(agency: &PreviousAgency, before: &PreviousAnswer) -> SourceCell {
    SourceCell { file: agency.file.clone(), sheet: before.sheet.clone(), cell: before.cell.clone() }
}

/// The row of a pair; else the reason why there is none.
fn row(
    agency: &PreviousAgency,
    before: &PreviousAnswer,
    (at, answer): (usize, &AnswerRow),
) -> Result<ChangeRow, Unmatched> {
    let previous = rating_then(before);
    let rating = match answer.state {
        AnswerState::Rated(rating) => Some(rating),
        AnswerState::Missing => return Err(Unmatched::NotReturned),
        // The agency has not taken its rating back; it has not looked at it yet.
        AnswerState::Blank if answer.is_carried_open => return Err(Unmatched::NotConfirmed),
        AnswerState::NotApplicable | AnswerState::Blank | AnswerState::Unreadable => None,
    };
    let kind = ChangeKind::new(previous, rating).ok_or(Unmatched::NeitherRated)?;
    Ok(ChangeRow {
        agency: answer.agency.clone(),
        criterion: answer.criterion.clone(),
        previous,
        rating,
        kind,
        answer: at,
        previous_source: place_then(agency, before),
        source: answer.source.clone(),
        has_same_evidence: Written::from(before.text(ColumnKey::Evidence))
            .is_same(answer.texts.get(TextKind::Evidence)),
    })
}

/// What was to happen: the text of the row then, else the agency's own line on the same statement.
fn proposed_then<'a>(agency: &'a PreviousAgency, before: &'a PreviousAnswer) -> Option<&'a str> {
    let in_line = || {
        let is_it = |line: &&crate::previous::PreviousHeadline| {
            line.slot.kind == HeadlineKind::NeedsToHappen && line.criterion.as_ref() == Some(&before.criterion)
        };
        agency.headlines.iter().find(is_it).map(|line| line.line.as_str())
    };
    let text = Some(before.text(ColumnKey::NeedsToHappen)).filter(|text| !text.trim().is_empty());
    text.or_else(in_line).filter(|text| !text.trim().is_empty())
}

/// The earlier actions that are not followed up.
fn others_proposed(previous: &PreviousRound, followed: &[ActionSince]) -> Vec<(String, CriterionId)> {
    let followed: HashSet<(&AgencyId, &CriterionId)> =
        followed.iter().map(|action| (&action.agency_then, &action.criterion)).collect();
    let of_agency = |agency: &'_ PreviousAgency| -> Vec<(String, CriterionId)> {
        let proposed = agency.answers.iter().filter(|before| proposed_then(agency, before).is_some());
        let others = proposed.filter(|before| !followed.contains(&(&agency.id, &before.criterion)));
        others.map(|before| (agency.name.clone(), before.criterion.clone())).collect()
    };
    previous.agencies.iter().flat_map(of_agency).collect()
}

fn action(agency: &PreviousAgency, before: &PreviousAnswer, (at, answer): (usize, &AnswerRow)) -> Option<ActionSince> {
    Some(ActionSince {
        agency: answer.agency.clone(),
        agency_then: agency.id.clone(),
        criterion: answer.criterion.clone(),
        what: proposed_then(agency, before)?.trim().to_string(),
        progress: answer.progress,
        is_returned: answer.state != AnswerState::Missing,
        previous_source: place_then(agency, before),
        answer: at,
    })
}
