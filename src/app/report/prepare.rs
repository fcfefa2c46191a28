//! What a report is made from: what was collected, the analysis of it, and what the officer chose.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use super::choices::{self, ChoicesFile};
use super::written::written;
use crate::analysis::{self, Analysis, sums_that_differ};
use crate::app::collect::{Collected, gather};
use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::chart::Charts;
use crate::choices::{Choices, ChoicesSource, moved, not_approved, resolve};
use crate::core::finding::{Checked, Finding, Place, Reference};
use crate::core::ids::{AgencyId, CriterionId};
use crate::documents::checks::undrawable;
use crate::documents::deck::{self, Deck};
use crate::documents::{DocumentInputs, Length, MOST_IN_FULL, Picks};
use crate::export::analysis::AnalysisInputs;
use crate::round::CHOICES_FILE;
use crate::style::brand::{Brand, brand};

/// What a report is made from, before anything is laid out.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// What was collected, with the findings of the report itself.
    pub collected: Collected,
    /// What the answers say, by the self-ratings.
    pub analysis: Analysis,
    /// The same by the ratings after challenge; `None` if no answer was looked at.
    as_challenged: Option<Analysis>,
    /// What the officer chose, as far as it fits the answers.
    pub picks: Picks,
    /// The open questions to agencies, each by the first finding that it asks about.
    pub(super) open_questions: Vec<Reference>,
    /// The file that was chosen in; `None` where there is none yet.
    pub(super) choices: Option<ChoicesFile>,
    /// The partnership's own look.
    pub brand: Brand,
    /// The day of the run.
    pub today: Date,
}

impl Prepared {
    /// The inputs for documents of this length, with this code and these charts.
    pub(crate) fn inputs<'a>(&'a self, length: Length, run: &'a str, charts: &'a Charts) -> DocumentInputs<'a> {
        DocumentInputs {
            theme: &self.collected.open.opened.theme,
            round: &self.collected.open.round,
            analysis: self.shown(),
            own: &self.analysis,
            charts,
            picks: &self.picks,
            length,
            brand: &self.brand,
            findings: &self.collected.findings,
            open_questions: &self.open_questions,
            made_on: self.today,
            is_annex_full: self.collected.open.round.agencies.len() <= MOST_IN_FULL,
            run,
        }
    }

    /// What the slides show: the self-ratings, or the ratings after challenge if the officer chose them and there are any.
    pub(crate) fn shown(&self) -> &Analysis {
        self.shown_by(self.choices.as_ref().map(|file| &file.chosen))
    }

    /// The same by choices that are not saved yet.
    pub(super) fn shown_by(&self, chosen: Option<&Choices>) -> &Analysis {
        let is_chosen = chosen.is_some_and(|chosen| chosen.as_challenged.is_some());
        self.as_challenged.as_ref().filter(|_| is_chosen).unwrap_or(&self.analysis)
    }

    /// What the workbook of numbers is made from.
    pub(crate) fn analysis_inputs<'a>(
        &'a self,
        run: &'a str,
        quoted: &'a BTreeSet<(CriterionId, AgencyId)>,
    ) -> AnalysisInputs<'a> {
        AnalysisInputs {
            theme: &self.collected.open.opened.theme,
            round: &self.collected.open.round,
            analysis: &self.analysis,
            quoted,
            findings: &self.collected.findings,
            made_on: self.today,
            run,
        }
    }

    /// Matches what the officer chose with the answers, and adds findings about what does not fit.
    fn pick(&mut self) {
        let Some(file) = &self.choices else { return };
        let without_glyph = undrawable(&[], &file.chosen.texts());
        let Checked { output: picks, findings: unfit } = resolve(&file.chosen, self.shown());
        self.picks = picks;
        self.collected.add(without_glyph.into_iter().chain(unfit));
    }

    /// Uses a renewed file of choices from here on, so that findings about choices name the cells that the officer will see.
    pub(super) fn go_on_from(&mut self, renewed: &Checked<ChoicesFile>) {
        self.collected.findings.retain(|finding| finding.place.file != CHOICES_FILE);
        self.collected.add(renewed.findings.iter().cloned());
        self.choices = Some(renewed.output.clone());
        self.pick();
    }

    /// Adds the findings about a presentation of this length, and those about decisions that no longer apply.
    pub(super) fn add_of_length(&mut self, length: Length) {
        let of_length = self.of_length(length);
        self.collected.add(of_length);
        // A decision on a finding about the other length has not lapsed only because this report is not of that length.
        let others: Vec<Finding> =
            Length::ALL.into_iter().filter(|other| *other != length).flat_map(|other| self.of_length(other)).collect();
        // Nor has one on a finding that only `jtai issue` makes.
        let others = others.into_iter().chain(self.collected.coverage()).collect();
        self.collected.add_lapsed_of_report(others);
    }

    /// The same of every length, with all that a report notices before it writes its files.
    pub(crate) fn with_all_lengths(mut self) -> Prepared {
        let moved: Vec<Finding> = Length::ALL.into_iter().flat_map(|length| self.moved(length)).collect();
        let not_approved = self.not_approved_of_any();
        self.collected.add(moved.into_iter().chain(not_approved));
        self
    }

    /// The findings about a presentation of this length.
    pub(super) fn of_length(&self, length: Length) -> Vec<Finding> {
        self.moved(length).into_iter().chain(self.not_approved(length)).collect()
    }

    fn moved(&self, length: Length) -> Vec<Finding> {
        moved(self.shown(), &self.picks, length)
    }

    /// The finding where the approval that was filled in is not of the presentation of this length.
    fn not_approved(&self, length: Length) -> Option<Finding> {
        let approval = self.picks.approval.as_ref()?;
        not_approved(approval, &self.code(length), length, |other| self.code(other))
    }

    /// The same where no length is asked for: about the presentation that was made, else about the first. Where one length is approved, the
    /// other needs no approval unless it is the one that was made.
    fn not_approved_of_any(&self) -> Option<Finding> {
        let mut open: Vec<(Length, Finding)> =
            Length::ALL.into_iter().filter_map(|length| Some((length, self.not_approved(length)?))).collect();
        let is_any_approved = open.len() < Length::ALL.len();
        let made = written(&self.collected.open.folder);
        let is_made = |length: Length| made.as_ref().is_some_and(|made| made.code == self.code(length));
        let at = open.iter().position(|(length, _)| is_made(*length)).or((!is_any_approved).then_some(0))?;
        Some(open.swap_remove(at).1)
    }

    /// The full presentation as it would be by rule from these answers, without any choices.
    pub(super) fn by_rule(&self, charts: &Charts) -> Deck {
        self.by_rule_of(self.shown(), charts)
    }

    /// The same of an analysis, with its charts.
    pub(super) fn by_rule_of(&self, analysis: &Analysis, charts: &Charts) -> Deck {
        let by_rule = Picks::default();
        // Headlines count dates that have passed. With today's date, what there is to choose from would change every day, and the file of
        // choices would be renewed although no answer changed.
        let made_on = Date::MIN;
        deck::deck(DocumentInputs { analysis, picks: &by_rule, made_on, ..self.inputs(Length::Full, "", charts) })
    }

    /// What the file of choices is made from.
    pub(super) fn choices_source<'a>(&'a self, by_rule: &'a Deck) -> ChoicesSource<'a> {
        let open = &self.collected.open;
        ChoicesSource {
            theme: &open.opened.theme,
            round: &open.round,
            analysis: self.shown(),
            own: &self.analysis,
            deck: by_rule,
            made_on: self.today,
        }
    }

    /// The code of a presentation of this length. It depends on answers and choices only, so it needs no charts.
    pub(crate) fn code(&self, length: Length) -> String {
        deck::code(&self.inputs(length, "", &Charts::default()), length)
    }
}

/// Collects and works out everything that a report says. Writes and draws nothing.
pub(crate) fn prepare(dir: &Path, surroundings: Surroundings<'_>) -> Result<Prepared, Failure> {
    prepare_from(gather(dir, surroundings)?, surroundings.today())
}

/// The same of what was collected before.
///
/// # Errors
///
/// When the choices cannot be read.
pub(crate) fn prepare_from(mut collected: Collected, today: Date) -> Result<Prepared, Failure> {
    let folder = &collected.open.folder;
    let report = Place::file(folder.name_of(&folder.report()));
    let sums = sums_that_differ(&collected.numbers.reconciliation, &report);
    collected.add(sums);
    // Moved, not copied: a large round has hundreds of thousands of answers, and from here on the analysis has them.
    let answers = std::mem::take(&mut collected.answers);
    let (theme, round) = (&collected.open.opened.theme, &collected.open.round);
    let analysis = analysis::analyse(theme, round, collected.numbers.clone(), &collected.responses, answers);
    let analysis = match &collected.open.previous {
        Some(previous) => analysis::compare(theme, round, previous, analysis),
        None => analysis,
    };
    let as_challenged = analysis::as_challenged(theme, round, &analysis, &collected.responses).or_fault()?;
    let Checked { output: choices, findings } = choices::read(&collected.open, &analysis, today)?;
    let without_glyph = undrawable(&collected.responses, &[]);
    collected.add(findings.into_iter().chain(without_glyph));
    let branding = &collected.open.round.branding;
    let logo = branding.logo.as_ref().and_then(|name| {
        // A logo that is missing or a link becomes a finding below, like one that cannot be drawn.
        disk::inside(collected.open.folder.root(), name).and_then(|path| disk::read(&path)).ok()
    });
    let Checked { output: brand, findings } = brand(branding, logo.as_deref());
    collected.add(findings);
    let (picks, open_questions) = (Picks::default(), collected.open_questions());
    let mut prepared = Prepared { collected, analysis, as_challenged, picks, open_questions, choices, brand, today };
    prepared.pick();
    Ok(prepared)
}
