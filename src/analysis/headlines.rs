//! Agencies' own headlines, with what a slide must know about each.
//!
//! They are in the round's order, and for each agency by kind and then as it wrote them. Lines that are held back or could not be read are
//! left out.

use std::collections::HashMap;

use super::voices::Names;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::privacy::{self, WeakSign};
use crate::form::{HeadlineKind, Rating};
use crate::intake::answers::{AnswerRow, AnswerState, SourceCell};
use crate::response::{HeadlineEntry, Response};
use crate::round::Round;

/// One line of an agency's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// The agency.
    pub agency: AgencyId,
    /// What it is about.
    pub kind: HeadlineKind,
    /// The statement that it is about; `None` if it names none.
    pub criterion: Option<CriterionId>,
    /// The line, as written: at most 70 characters, unless a finding says that it is longer.
    pub line: String,
    /// The agency's own rating of that statement; `None` if there is none, or the line names no statement.
    pub rating: Option<Rating>,
    /// The cell of the line.
    pub source: SourceCell,
    /// Whether it names another agency of the round, or another group.
    pub names_another: bool,
    /// The sign that it may be about one child, if there is one: the rule passes it over.
    pub may_identify: Option<WeakSign>,
}

impl Headline {
    /// Whether the rule may put it on a slide without a person looking at it first.
    pub fn is_for_rule(&self) -> bool {
        !self.names_another && self.may_identify.is_none()
    }

    /// Whether it is about what children and families tell the agency, and the rule may put it on a slide.
    pub fn is_shown_of_children(&self) -> bool {
        self.kind == HeadlineKind::ChildrenAndFamilies && self.is_for_rule()
    }
}

/// The lines of every return that counts.
pub(super) fn headlines(
    names: &Names<'_>,
    round: &Round,
    responses: &[Response],
    answers: &[AnswerRow],
) -> Vec<Headline> {
    let rated = answers.iter().filter_map(|answer| match answer.state {
        AnswerState::Rated(rating) => Some(((&answer.agency, &answer.criterion), rating)),
        _ => None,
    });
    let ratings: HashMap<(&AgencyId, &CriterionId), Rating> = rated.collect();
    let responses: HashMap<&AgencyId, &Response> =
        responses.iter().map(|response| (&response.agency, response)).collect();
    let headline = |response: &Response, entry: &HeadlineEntry| {
        let line = entry.line.text().trim().to_string();
        let rating =
            entry.criterion.as_ref().and_then(|criterion| ratings.get(&(&response.agency, criterion)).copied());
        Headline {
            agency: response.agency.clone(),
            kind: entry.slot.kind,
            criterion: entry.criterion.clone(),
            rating,
            source: source(response, entry),
            names_another: names.name_another(&response.agency, &line),
            may_identify: privacy::weak_sign(&line),
            line,
        }
    };
    let of_agency = |response: &Response| {
        let mut said: Vec<&HeadlineEntry> = response.headlines.iter().filter(|entry| entry.line.is_said()).collect();
        said.sort_by_key(|entry| entry.slot);
        said.into_iter().map(|entry| headline(response, entry)).collect::<Vec<_>>()
    };
    let counted = round.agencies.iter().filter_map(|agency| responses.get(&agency.id).copied());
    counted.flat_map(of_agency).collect()
}

fn source(response: &Response, entry: &HeadlineEntry) -> SourceCell {
    // A correction can come from a different file than the return that counts: then the source is that file.
    let (file, sheet, cell) = match &entry.taken {
        Some(taken) => (&taken.file, &taken.sheet, &taken.cell),
        None => (&response.file.name, &entry.sheet, &entry.cell),
    };
    SourceCell { file: file.clone(), sheet: sheet.clone(), cell: cell.clone() }
}
