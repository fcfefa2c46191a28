//! Finds Greens without evidence, so that the agency can be asked before inspectors ask.

use crate::core::finding::{Code, Finding, Place};
use crate::form::{ColumnKey, Rating, TextKind};
use crate::response::{Answer, Response, SelfRating};

/// A finding for each Green without evidence in the return that counts.
pub fn missing(response: &Response) -> Vec<Finding> {
    let is_bare = |answer: &&Answer| {
        answer.rating == SelfRating::Rated(Rating::Green) && answer.texts.get(TextKind::Evidence).is_nothing()
    };
    let finding = |answer: &Answer| {
        let cell = response.columns.cell(TextKind::Evidence, answer.row);
        let found = format!("{} is Green, and no evidence is given", answer.criterion);
        let expected = "evidence and where it is kept";
        let place = Place::cell(&response.file.name, &answer.sheet, cell);
        let finding = Finding::new(Code::EvidenceMissing, place, found, expected, "ask the agency what shows it");
        finding
            .about(&response.agency)
            .of_file(&response.file.sha256)
            .on(&answer.criterion)
            .in_field(ColumnKey::Evidence)
    };
    response.answers.iter().filter(is_bare).map(finding).collect()
}
