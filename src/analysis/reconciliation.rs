//! Checks that everything issued is accounted for: workbooks, cells, and every sum of them. Anything counted twice or not at all shows up
//! here.

use super::counts::Counts;
use super::summaries::{AgencySummary, AreaSummary, CriterionSummary};
use crate::core::finding::{Code, Finding, Place};
use crate::core::words;
use crate::round::Round;
use crate::theme::Theme;

/// The sums that must agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciliation {
    /// Workbooks issued: agencies that are asked at least one statement.
    pub issued: usize,
    /// Of these, those with a return that counts.
    pub returned: usize,
    /// Of these, those without.
    pub missing: usize,
    /// Cells issued, counted from the round and the theme, without looking at any return.
    pub cells_issued: usize,
    /// The counts of all answers.
    pub cells: Counts,
    /// What does not add up, a sentence each; empty if everything does.
    pub faults: Vec<String>,
}

impl Reconciliation {
    /// "12 workbooks issued = 11 returned + 1 not returned."
    pub fn workbooks(&self) -> String {
        format!(
            "{} issued = {} returned + {} not returned.",
            words::count(self.issued, "workbook"),
            self.returned,
            self.missing
        )
    }
}

/// A finding for each sum that differs from what was issued. That is a fault of the program, and people must be told.
pub fn sums_that_differ(sums: &Reconciliation, place: &Place) -> Vec<Finding> {
    let finding = |fault: &String| {
        let remedy = "do not show these numbers: the program is at fault. Please report this message";
        let finding = Finding::new(Code::SumsDiffer, place.clone(), fault.as_str(), "sums that agree", remedy);
        finding.naming(fault.as_str())
    };
    sums.faults.iter().map(finding).collect()
}

/// Adds everything up in every possible way and compares the sums.
pub(super) fn reconcile(
    theme: &Theme,
    round: &Round,
    cells: Counts,
    areas: &[AreaSummary],
    criteria: &[CriterionSummary],
    agencies: &[AgencySummary],
) -> Reconciliation {
    let asked = |agency: &&crate::round::Agency| round.statements(theme, agency).len();
    let issued = round.agencies.iter().filter(|agency| asked(agency) > 0).count();
    let cells_issued = round.agencies.iter().map(|agency| asked(&agency)).sum();
    let of_asked = || agencies.iter().filter(|agency| agency.counts.asked > 0);
    let returned = of_asked().filter(|agency| agency.is_returned).count();
    let missing = of_asked().filter(|agency| !agency.is_returned).count();
    let mut faults = Vec::new();
    let mut check = |what: &str, found: usize, expected: usize| {
        if found != expected {
            faults.push(format!("{what} are {found} and should be {expected}"));
        }
    };
    check("workbooks returned and not returned", returned + missing, issued);
    check("the cells of the table", cells.asked, cells_issued);
    let parts = |counts: &Counts| counts.rated() + counts.not_applicable + counts.unanswered();
    check("rated, not applicable, blank, unreadable and missing cells", parts(&cells), cells_issued);
    let sums = [
        ("the cells of the areas", areas.iter().map(|area| area.counts).sum::<Counts>()),
        ("the cells of the statements", criteria.iter().map(|summary| summary.counts).sum()),
        (
            "the cells of the groups",
            criteria.iter().flat_map(|summary| &summary.groups).map(|group| group.counts).sum(),
        ),
        ("the cells of the agencies", agencies.iter().map(|agency| agency.counts).sum()),
    ];
    sums.iter().for_each(|(what, sum)| check(what, sum.asked, cells_issued));
    // A sum can have the right total and still be wrong in its parts, so ratings are compared too.
    let unlike = sums.iter().filter(|(_, sum)| *sum != cells && sum.asked == cells.asked);
    faults.extend(unlike.map(|(what, _)| format!("{what} have different ratings from the table as a whole")));
    Reconciliation { issued, returned, missing, cells_issued, cells, faults }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{round, theme};

    #[test]
    fn what_is_counted_twice_or_not_at_all_is_a_fault() {
        let theme = theme::read("t.toml", "t", theme::TEMPLATE).output;
        let text = "format = 1\nid = \"r\"\ntheme = \"t\"\npartnership = \"P\"\ndeadline = 2026-12-11\nmarking = \"\"\n\
                    rate = [\"S\"]\n[[agency]]\nid = \"police\"\nname = \"Police\"\ngroup = \"POL\"\n";
        let round = round::read("round.toml", text).output.expect("no fault");
        let asked = round.statements(&theme, &round.agencies[0]).len();
        let said = |cells: Counts| reconcile(&theme, &round, cells, &[], &[], &[]).faults.join("; ");
        assert!(asked > 0);
        let whole = Counts { asked, missing: asked, ..Counts::default() };
        assert!(!said(whole).contains("the cells of the table"));
        assert!(said(whole).contains("the cells of the areas are 0"));
        let twice = Counts { asked: asked + 1, missing: asked + 1, ..Counts::default() };
        assert!(said(twice).contains(&format!("the cells of the table are {} and should be {asked}", asked + 1)));
        let lost = Counts { asked, missing: asked - 1, ..Counts::default() };
        assert!(said(lost).contains("rated, not applicable, blank, unreadable and missing cells"));
    }
}
