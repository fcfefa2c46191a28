//! Reads for whom the answers of a return speak, from the first sheet.

use super::file_findings::{FileFindings, start_subject, start_value};
use crate::core::finding::Code;
use crate::core::quoting::quote;
use crate::form::StartField;
use crate::response::SpeaksFor;
use crate::round::Agency;
use crate::workbook::file::book::{Book, Value};

/// Reads the three fields. They are optional. What is written is kept as it is, because "about half" or "42 schools" is an answer too.
pub(super) fn read(book: &Book, agency: &Agency, notes: &mut FileFindings) -> SpeaksFor {
    let [how_many, out_of, asked_by] = StartField::SPEAKS_FOR.map(|field| text(book, field, agency, notes));
    SpeaksFor { how_many, out_of, asked_by }
}

fn text(book: &Book, field: StartField, agency: &Agency, notes: &mut FileFindings) -> String {
    match start_value(book, field) {
        // One that is held back has a finding already.
        None | Some((_, Value::HeldBack)) => String::new(),
        Some((cell, value @ (Value::Error(_) | Value::Unreadable(_)))) => {
            let found = format!("{} is written beside {}", quote(&value.text()), quote(field.label()));
            let remedy = format!("ask {} what it meant", agency.name);
            notes.add_here(Code::CellError, start_subject(field, cell, value), found, "a number or a text", remedy);
            String::new()
        }
        Some((_, value)) => value.text().trim().to_string(),
    }
}
