//! Where a number comes from: the answers, statements, agencies or findings that it counts, and their cells.

use crate::intake::answers::{AnswerRow, SourceCell};
use std::collections::{BTreeMap, HashMap};

use super::change::{ActionSince, ChangeRow, RoundChange};
use super::headlines::Headline;
use super::results::Analysis;
use super::summaries::{AgencySummary, CriterionSummary};
use crate::core::finding::Place;
use crate::core::ids::AgencyId;
use crate::core::quoting::quote;
use crate::form::{Rating, TextKind};
use crate::intake::answers::AnswerState;
use crate::theme::Basis;

/// The numbers of one page, or about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// The numbers, each with what it counts.
    pub numbers: Vec<CountedNumber>,
}

/// One number: how many of something there are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CountedNumber {
    /// What is counted, as in "Red".
    pub what: String,
    /// Of what, as in "all statements"; empty if the page is about one thing.
    pub about: String,
    /// The things counted: as many as the number says.
    pub counted: Counted,
    /// Whether it counts things that could be on the page but are not. Only those who prepare it see such numbers.
    pub is_not_here: bool,
}

/// What a number counts, by index into the lists of [`Analysis`]; findings by index into the run's list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Answers, by the cells of their ratings.
    Answers(Vec<usize>),
    /// Answers, by the cells of one of their texts.
    Texts(TextKind, Vec<usize>),
    /// Statements.
    Statements(Vec<usize>),
    /// Agencies.
    Agencies(Vec<usize>),
    /// Agencies' own lines, by their cells.
    Lines(Vec<usize>),
    /// Agencies, by the cells of their approval.
    Approvals(Vec<usize>),
    /// Findings.
    Findings(Vec<usize>),
    /// Rows of change, traced to the cells of both rounds.
    Changes(Vec<usize>),
    /// Actions of the round before that are followed up.
    ActionsSince(Vec<usize>),
    /// Texts of the officer's, by their cells in `choices.xlsx`; they come from no return.
    Written(Vec<Place>),
}

impl CountedNumber {
    /// What is counted and of what, as in "Red, all statements".
    pub fn label(&self) -> String {
        if self.about.is_empty() { self.what.clone() } else { format!("{}, {}", self.what, self.about) }
    }

    /// The number.
    pub fn value(&self) -> usize {
        match &self.counted {
            Counted::Answers(places)
            | Counted::Texts(_, places)
            | Counted::Statements(places)
            | Counted::Agencies(places)
            | Counted::Lines(places)
            | Counted::Approvals(places)
            | Counted::Changes(places)
            | Counted::ActionsSince(places)
            | Counted::Findings(places) => places.len(),
            Counted::Written(places) => places.len(),
        }
    }
}

impl Trace {
    /// Adds the number of answers for which `is_so` is true, each basis separately. A number of zero is left out.
    pub fn answers(mut self, analysis: &Analysis, what: &str, is_so: impl Fn(&AnswerRow) -> bool) -> Trace {
        for (about, places) in by_basis(analysis, places(&analysis.answers, is_so), answer_basis(analysis)) {
            self.add(what, about, Counted::Answers(places));
        }
        self
    }

    /// Adds the number of answers for which `is_so` is true, traced to the cells of one of their texts, each basis separately.
    pub fn texts(
        mut self,
        analysis: &Analysis,
        what: &str,
        kind: TextKind,
        is_so: impl Fn(&AnswerRow) -> bool,
    ) -> Trace {
        for (about, places) in by_basis(analysis, places(&analysis.answers, is_so), answer_basis(analysis)) {
            self.add(what, about, Counted::Texts(kind, places));
        }
        self
    }

    /// The same with all bases together.
    #[must_use]
    pub fn texts_of(
        self,
        analysis: &Analysis,
        what: &str,
        kind: TextKind,
        is_so: impl Fn(&AnswerRow) -> bool,
    ) -> Trace {
        let places = places(&analysis.answers, is_so);
        let mut trace = self;
        if !places.is_empty() {
            trace.add(what, "", Counted::Texts(kind, places));
        }
        trace
    }

    /// Adds the number of returns with an approval.
    pub fn approvals(mut self, analysis: &Analysis, what: &str) -> Trace {
        self.add(
            what,
            "",
            Counted::Approvals(places(&analysis.numbers.agencies, |agency| agency.is_approval_recorded)),
        );
        self
    }

    /// Adds the number of statements for which `is_so` is true, each basis separately.
    pub fn statements(mut self, analysis: &Analysis, what: &str, is_so: impl Fn(&CriterionSummary) -> bool) -> Trace {
        let criteria = &analysis.numbers.criteria;
        let basis = |at: usize| Some(criteria[at].criterion.basis);
        for (about, places) in by_basis(analysis, places(criteria, is_so), basis) {
            self.add(what, about, Counted::Statements(places));
        }
        self
    }

    /// Adds the number of agencies for which `is_so` is true.
    pub fn agencies(mut self, analysis: &Analysis, what: &str, is_so: impl Fn(&AgencySummary) -> bool) -> Trace {
        self.add(what, "", Counted::Agencies(places(&analysis.numbers.agencies, is_so)));
        self
    }

    /// Adds the number of findings at these places.
    pub fn findings(mut self, what: &str, places: Vec<usize>) -> Trace {
        self.add(what, "", Counted::Findings(places));
        self
    }

    /// Adds the number of things that the officer wrote in these cells.
    pub fn written(mut self, what: &str, places: Vec<Place>) -> Trace {
        self.add(what, "", Counted::Written(places));
        self
    }

    /// Adds the number of agencies' own lines for which `is_so` is true.
    pub fn lines(mut self, analysis: &Analysis, what: &str, is_so: impl Fn(&Headline) -> bool) -> Trace {
        self.add(what, "", Counted::Lines(places(&analysis.headlines, is_so)));
        self
    }

    /// Adds the number of rows of change for which `is_so` is true; `about` says of what.
    pub fn changes(
        mut self,
        change: &RoundChange,
        what: &str,
        about: &str,
        is_so: impl Fn(&ChangeRow) -> bool,
    ) -> Trace {
        self.add(what, about, Counted::Changes(places(&change.rows, is_so)));
        self
    }

    /// Adds the number of earlier actions for which `is_so` is true.
    pub fn actions_since(
        mut self,
        change: &RoundChange,
        what: &str,
        about: &str,
        is_so: impl Fn(&ActionSince) -> bool,
    ) -> Trace {
        self.add(what, about, Counted::ActionsSince(places(&change.actions, is_so)));
        self
    }

    /// Adds the number of answers at these places; `about` says of what.
    pub fn answers_at(mut self, what: &str, about: &str, places: Vec<usize>) -> Trace {
        self.add(what, about, Counted::Answers(places));
        self
    }

    /// Marks all numbers as counting things that could be on the page but are not.
    pub fn not_here(mut self) -> Trace {
        self.numbers.iter_mut().for_each(|number| number.is_not_here = true);
        self
    }

    /// Adds the numbers of another trace.
    pub fn and(mut self, other: Trace) -> Trace {
        self.numbers.extend(other.numbers);
        self
    }

    /// Adds every count of the answers of something: asked, rated, each rating, and each kind that is not rated.
    pub fn counts(mut self, analysis: &Analysis, of: &str, is_of: impl Fn(&AnswerRow) -> bool) -> Trace {
        self.add_counts(analysis, of, &places(&analysis.answers, is_of));
        self
    }

    /// Adds every count of all answers, each basis separately if there are several.
    pub fn whole(self, analysis: &Analysis) -> Trace {
        let numbers = &analysis.numbers;
        match numbers.bases.as_slice() {
            [] | [_] => self.counts(analysis, "all statements", |_| true),
            several => several.iter().fold(self, |trace, of| trace.basis(analysis, of.basis)),
        }
    }

    /// Adds every count of the answers of one basis.
    pub fn basis(self, analysis: &Analysis, basis: Basis) -> Trace {
        let bases = analysis.numbers.basis_of_each();
        let about = if analysis.numbers.bases.len() > 1 { basis.name() } else { "all statements" };
        self.counts(analysis, about, |answer| bases.get(&answer.criterion) == Some(&basis))
    }

    /// Adds every count of the answers under each label, in the order of first occurrence.
    pub fn counts_each<'a>(
        mut self,
        analysis: &'a Analysis,
        label: impl Fn(&'a AnswerRow) -> Option<&'a str>,
    ) -> Trace {
        for (label, places) in places_each(analysis, label) {
            self.add_counts(analysis, label, &places);
        }
        self
    }

    /// Adds how many answers under each label are asked, rated, not applicable and not in, but not the ratings: agencies are not to be
    /// compared with each other.
    pub fn answered_each<'a>(
        mut self,
        analysis: &'a Analysis,
        label: impl Fn(&'a AnswerRow) -> Option<&'a str>,
    ) -> Trace {
        for (label, places) in places_each(analysis, label) {
            let mut add = |what: &str, is_so: &dyn Fn(AnswerState) -> bool| {
                let so: Vec<usize> = places.iter().copied().filter(|at| is_so(analysis.answers[*at].state)).collect();
                for (about, so) in by_basis(analysis, so, answer_basis(analysis)) {
                    let what = if about.is_empty() { what.to_string() } else { format!("{what}, {about}") };
                    self.add(&what, label, Counted::Answers(so));
                }
            };
            add("Asked", &|_| true);
            add("Rated", &|state| matches!(state, AnswerState::Rated(_)));
            add(AnswerState::NotApplicable.words(), &|state| state == AnswerState::NotApplicable);
            add("Not in", &|state| {
                matches!(state, AnswerState::Blank | AnswerState::Unreadable | AnswerState::Missing)
            });
        }
        self
    }

    fn add_counts(&mut self, analysis: &Analysis, of: &str, places: &[usize]) {
        let mut add = |what: &str, is_so: &dyn Fn(AnswerState) -> bool| {
            let so = places.iter().copied().filter(|at| is_so(analysis.answers[*at].state));
            self.add(what, of, Counted::Answers(so.collect()));
        };
        add("Asked", &|_| true);
        add("Rated", &|state| matches!(state, AnswerState::Rated(_)));
        let ratings = Rating::ALL.map(AnswerState::Rated);
        let others = [AnswerState::NotApplicable, AnswerState::Blank, AnswerState::Unreadable, AnswerState::Missing];
        ratings.into_iter().chain(others).for_each(|state| add(state.words(), &|other| other == state));
        add("Not in", &|state| matches!(state, AnswerState::Blank | AnswerState::Unreadable | AnswerState::Missing));
    }

    /// The numbers about one statement.
    pub fn of_statement(analysis: &Analysis, summary: &CriterionSummary) -> Trace {
        Trace::default().counts(analysis, "", |answer| answer.criterion == summary.criterion.id)
    }

    /// The numbers about one agency.
    pub fn of_agency(analysis: &Analysis, agency: &AgencySummary) -> Trace {
        let is_of = |answer: &AnswerRow| answer.agency == agency.id;
        let bases = analysis.numbers.basis_of_each();
        match agency.bases.as_slice() {
            [] | [_] => Trace::default().counts(analysis, "", is_of),
            several => several.iter().fold(Trace::default(), |trace, of| {
                let is_of = |answer: &AnswerRow| is_of(answer) && bases.get(&answer.criterion) == Some(&of.basis);
                trace.counts(analysis, of.basis.name(), is_of)
            }),
        }
    }

    fn add(&mut self, what: &str, about: &str, counted: Counted) {
        // A zero has no cells to lead to, so it is not listed.
        let part = CountedNumber { what: what.to_string(), about: about.to_string(), counted, is_not_here: false };
        if part.value() > 0 {
            self.numbers.push(part);
        }
    }
}

/// The basis of an answer's statement, by the answer's index.
fn answer_basis(analysis: &Analysis) -> impl Fn(usize) -> Option<Basis> {
    let bases = analysis.numbers.basis_of_each();
    move |at| bases.get(&analysis.answers[at].criterion).copied()
}

/// Indices by the name of their basis; under an empty name if there is only one basis.
fn by_basis(
    analysis: &Analysis,
    places: Vec<usize>,
    basis: impl Fn(usize) -> Option<Basis>,
) -> Vec<(&'static str, Vec<usize>)> {
    match analysis.numbers.bases.as_slice() {
        [] | [_] => vec![("", places)],
        several => {
            let of = |one: Basis| places.iter().copied().filter(|at| basis(*at) == Some(one)).collect();
            several.iter().map(|one| (one.basis.name(), of(one.basis))).collect()
        }
    }
}

/// The indices of the answers under each label, in the order of first occurrence.
fn places_each<'a>(
    analysis: &'a Analysis,
    label: impl Fn(&'a AnswerRow) -> Option<&'a str>,
) -> Vec<(&'a str, Vec<usize>)> {
    let mut order: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (at, answer) in analysis.answers.iter().enumerate() {
        let Some(label) = label(answer) else { continue };
        let place = *known.entry(label).or_insert_with(|| {
            order.push((label, Vec::new()));
            order.len() - 1
        });
        order[place].1.push(at);
    }
    order
}

fn places<T>(all: &[T], is_so: impl Fn(&T) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, one)| is_so(one)).map(|(at, _)| at).collect()
}

/// Names cells by agency id, so that a number that counts hundreds is still only a few lines of text.
#[derive(Debug)]
pub struct CellNames<'a> {
    analysis: &'a Analysis,
    /// The index of each agency in the round's order.
    order: HashMap<&'a AgencyId, usize>,
    /// The sheet with the answers of each return.
    sheets: HashMap<&'a AgencyId, &'a str>,
}

impl<'a> CellNames<'a> {
    /// Of these answers.
    pub fn new(analysis: &'a Analysis) -> CellNames<'a> {
        let mut sheets = HashMap::new();
        for answer in analysis.answers.iter().filter(|answer| !answer.source.cell.is_empty()) {
            sheets.entry(&answer.agency).or_insert(answer.source.sheet.as_str());
        }
        let order = (0..).zip(&analysis.numbers.agencies).map(|(at, agency)| (&agency.id, at)).collect();
        CellNames { analysis, order, sheets }
    }

    /// The agencies with a return that counts, in the round's order, each with the sheet of its answers.
    pub fn returns(&self) -> Vec<(&'a AgencySummary, &'a str)> {
        let returned = self.analysis.numbers.agencies.iter().filter(|agency| agency.is_returned);
        returned.map(|agency| (agency, self.sheets.get(&agency.id).copied().unwrap_or_default())).collect()
    }

    /// The cells that a number counts, as in "council: D4 to D6, D9; police: D7"; a sheet is named if it is not the one in
    /// [`CellNames::returns`]. Answers that are not in come last, as in "no return: probation (9)". Empty for what has no cells.
    pub fn naming(&self, basis: &Counted) -> String {
        let answers = |places: &[usize], source: &dyn Fn(&AnswerRow) -> SourceCell| {
            let one = |at: &usize| {
                let answer = &self.analysis.answers[*at];
                (answer.agency.clone(), source(answer))
            };
            self.listed(places.iter().map(one))
        };
        match basis {
            Counted::Answers(places) => answers(places, &|answer| answer.source.clone()),
            Counted::Texts(kind, places) => answers(places, &|answer| answer.source_of(*kind)),
            Counted::Lines(places) => {
                let lines = places.iter().map(|at| &self.analysis.headlines[*at]);
                self.listed(lines.map(|line| (line.agency.clone(), line.source.clone())))
            }
            Counted::Approvals(places) => {
                let agencies = places.iter().map(|at| &self.analysis.numbers.agencies[*at]);
                self.listed(agencies.flat_map(|one| one.approval_sources().map(|source| (one.id.clone(), source))))
            }
            Counted::Written(places) => places.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
            Counted::Changes(_) | Counted::ActionsSince(_) => self.naming_change(basis),
            Counted::Statements(_) | Counted::Agencies(_) | Counted::Findings(_) => String::new(),
        }
    }

    /// The cells of both rounds, this round's first: "police: D7; in the round before: police: D6".
    fn naming_change(&self, of: &Counted) -> String {
        let Some(change) = &self.analysis.change else { return String::new() };
        let now = |at: usize| {
            let answer = &self.analysis.answers[at];
            (answer.agency.clone(), answer.source.clone())
        };
        let (now, then): (Vec<_>, Vec<_>) = match of {
            Counted::Changes(places) => {
                let rows = places.iter().map(|at| &change.rows[*at]);
                rows.map(|row| (now(row.answer), (row.agency.clone(), row.previous_source.clone()))).unzip()
            }
            Counted::ActionsSince(places) => {
                let actions = places.iter().map(|at| &change.actions[*at]);
                actions.map(|one| (now(one.answer), (one.agency.clone(), one.previous_source.clone()))).unzip()
            }
            _ => return String::new(),
        };
        format!("{}; in the round before: {}", self.listed(now.into_iter()), self.listed(then.into_iter()))
    }

    /// The same text for given cells, each with its agency.
    pub fn listed(&self, of: impl Iterator<Item = (AgencyId, SourceCell)>) -> String {
        // `None` is the sheet of the answers, so that it sorts before any other; on each sheet, agencies in the round's order.
        let mut sheets: BTreeMap<Option<String>, BTreeMap<usize, Vec<String>>> = BTreeMap::new();
        let mut without: BTreeMap<(bool, usize), usize> = BTreeMap::new();
        for (agency, source) in of {
            let at = self.order[&agency];
            if source.cell.is_empty() {
                *without.entry((source.file.is_empty(), at)).or_default() += 1;
            } else {
                let other = (self.sheets.get(&agency) != Some(&source.sheet.as_str())).then_some(source.sheet);
                sheets.entry(other).or_default().entry(at).or_default().push(source.cell);
            }
        }
        let id = |at: usize| self.analysis.numbers.agencies[at].id.as_str();
        let cells = sheets.into_iter().map(|(other, agencies)| {
            let of = agencies.iter().map(|(at, cells)| format!("{}: {}", id(*at), runs(cells).join(", ")));
            let sheet = other.map_or(String::new(), |sheet| format!("on sheet {}: ", quote(&sheet)));
            format!("{sheet}{}", of.collect::<Vec<_>>().join("; "))
        });
        let without =
            [(false, "no row in the return"), (true, "no return")].into_iter().filter_map(|(is_missing, why)| {
                let of = without.iter().filter(|((missing, _), _)| *missing == is_missing);
                let of: Vec<String> = of.map(|((_, at), count)| format!("{} ({count})", id(*at))).collect();
                (!of.is_empty()).then(|| format!("{why}: {}", of.join(", ")))
            });
        cells.chain(without).collect::<Vec<_>>().join("; ")
    }
}

/// Names of cells, with neighbours in a column as a range: `D4 to D6`.
fn runs<T: AsRef<str>>(cells: &[T]) -> Vec<String> {
    let split = |cell: &str| {
        let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap_or(cell.len());
        (cell[..digits].to_string(), cell[digits..].parse::<u32>().unwrap_or(0))
    };
    let mut sorted: Vec<(String, u32)> = cells.iter().map(|cell| split(cell.as_ref())).collect();
    sorted.sort();
    sorted.dedup();
    let follows = |a: &(String, u32), b: &(String, u32)| a.0 == b.0 && a.1 + 1 == b.1;
    let name = |(column, row): &(String, u32)| format!("{column}{row}");
    sorted
        .chunk_by(follows)
        .map(|run| match run {
            [only] => name(only),
            [first, .., last] => format!("{} to {}", name(first), name(last)),
            [] => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_follow_one_another_are_drawn_together() {
        assert_eq!(runs(&["D10", "D4", "D5", "D6", "F7"]), ["D4 to D6", "D10", "F7"]);
        assert!(runs::<&str>(&[]).is_empty());
    }
}
