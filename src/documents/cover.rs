//! What every page says about its document.

use jiff::civil::Date;

use super::inputs::DocumentInputs;
use super::picks::Approval;
use crate::analysis::Analysis;
use crate::core::finding::Severity;
use crate::core::words;
use crate::style::brand::Brand;
use crate::style::fonts::{self, Weight};

/// The font size of a slide's foot, and the width for its left part, in points: 4 less than the frame in `layout::foot_frames`.
const NOTE_PT: f32 = 11.0;
const FOOT_ROOM_PT: f32 = 604.0;

/// What every page says about its document.
#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    /// The theme in words.
    pub title: String,
    /// The partnership's name.
    pub partnership: String,
    /// The protective marking; empty for none.
    pub marking: String,
    /// "Returns approved 24 November to 9 December 2026 (9 of 11)", or that no approval date is recorded.
    pub as_at: String,
    /// The same for the foot of a slide, with how many returns it is of: "returns approved 24 Nov to 9 Dec 2026 (9 of 11)".
    pub as_at_short: String,
    /// "Made on 14 December 2026".
    pub made_on: String,
    /// The notice about the theme's wording; empty once it is checked.
    pub notice: String,
    /// Why every page says DRAFT; empty once it is approved.
    pub draft: String,
    /// Who approved it and when, as in "Approved by A. Name, Director on 12 December 2026"; empty while it is a draft.
    pub approved: String,
    /// The code of the data that the numbers were made from.
    pub run: String,
    /// The partnership's own look.
    pub brand: Brand,
}

impl Cover {
    /// The word on every page of a draft; empty once it is approved.
    pub fn state(&self) -> &'static str {
        if self.draft.is_empty() { "" } else { "DRAFT" }
    }

    /// The reference at the foot of a slide, to look its numbers up by: "Numbers: K7Q2-4".
    pub fn numbers(&self, page: usize) -> String {
        format!("Numbers: {}", reference(&self.run, page))
    }

    /// The left of every slide's foot: the partnership, when the returns were approved, and whether the wording is still unchecked. It fits
    /// one line; what has no room is left out, because the first slide has it all.
    pub fn foot(&self) -> String {
        let fits = |text: &String| fonts::width(text, NOTE_PT, Weight::Regular) <= FOOT_ROOM_PT;
        let unchecked = if self.notice.is_empty() { "" } else { "wording not yet checked" };
        let joined = |parts: &[&str]| -> String {
            parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        };
        let offered = [
            joined(&[&self.partnership, unchecked, &self.as_at_short]),
            joined(&[&self.partnership, unchecked]),
            unchecked.to_string(),
        ];
        offered.into_iter().find(fits).unwrap_or_default()
    }

    /// The foot of a picture that may be used without the report: "OFFICIAL-SENSITIVE · DRAFT · Exampleshire ... · Made on 14 December 2026".
    pub fn whose(&self) -> String {
        let parts = [self.marking.as_str(), self.state(), &self.partnership, &self.made_on];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// What a screen reader says of the logo.
    pub fn logo_alt(&self) -> String {
        format!("Logo of {}", self.partnership)
    }
}

/// The reference of a page, to look its numbers up by: the run's code and the page number, as in `K7Q2-4`.
pub fn reference(run: &str, page: usize) -> String {
    format!("{run}-{page}")
}

pub(super) fn cover(inputs: DocumentInputs<'_>) -> Cover {
    let approval = inputs.picks.approval.as_ref();
    Cover {
        title: inputs.theme.title.clone(),
        partnership: inputs.round.partnership.clone(),
        marking: inputs.round.marking.clone(),
        as_at: as_at(inputs.analysis),
        as_at_short: as_at_short(inputs.analysis),
        made_on: format!("Made on {}", words::date(inputs.made_on)),
        notice: inputs.theme.notice().unwrap_or_default().to_string(),
        draft: draft(inputs),
        approved: approval
            // An approval does not count while something keeps this a draft, for example if it is of a different code.
            .filter(|_| draft(inputs).is_empty())
            .map_or(String::new(), |Approval { by, on, .. }| format!("Approved by {by} on {}", words::date(*on))),
        run: inputs.run.to_string(),
        brand: inputs.brand.clone(),
    }
}

/// Why the pages say DRAFT: nobody has approved it, something must be fixed first, or a different version was approved.
fn draft(inputs: DocumentInputs<'_>) -> String {
    let open = inputs.findings.iter().filter(|finding| finding.severity() == Severity::MustFix).count();
    match &inputs.picks.approval {
        None => "Draft until a named person approves it.".into(),
        Some(_) if open > 0 => {
            format!("Draft: {} must be fixed first.", words::count(open, "finding"))
        }
        Some(approval) if !approval.runs.iter().any(|run| run == inputs.run) => {
            format!("Draft: the approved version has a different code, {}.", approval.runs.join(", "))
        }
        Some(_) => String::new(),
    }
}

/// The oldest and newest date on which the answers shown were approved.
fn as_at(analysis: &Analysis) -> String {
    let dates = approval_dates(analysis);
    match (dates.iter().min(), dates.iter().max()) {
        (Some(first), Some(last)) => {
            let returned = analysis.numbers.agencies.iter().filter(|agency| agency.is_returned).count();
            format!("Returns approved {} ({} of {returned})", words::date_span(*first, *last), dates.len())
        }
        _ => "No return has an approval date".into(),
    }
}

/// The approval dates of returns with a recorded approval: a date without a name approves nothing.
fn approval_dates(analysis: &Analysis) -> Vec<Date> {
    let approved = analysis.numbers.agencies.iter().filter(|agency| agency.is_approval_recorded);
    approved.filter_map(|agency| agency.approved_on).collect()
}

/// The same in short, with how many of the returns that count have such a date.
fn as_at_short(analysis: &Analysis) -> String {
    let returned = analysis.numbers.agencies.iter().filter(|agency| agency.is_returned);
    let dates = approval_dates(analysis);
    let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) else { return String::new() };
    let (from, to) = (first.strftime("%-d %b"), last.strftime("%-d %b %Y"));
    let span = if first == last { to.to_string() } else { format!("{from} to {to}") };
    format!("returns approved {span} ({} of {})", dates.len(), returned.count())
}

/// An agency's name by its id.
pub fn agency_name(analysis: &Analysis, id: &crate::core::ids::AgencyId) -> String {
    analysis.numbers.agency(id).map_or_else(|| id.to_string(), |agency| agency.name.clone())
}
