//! The fingerprint of a workbook, made from its agency and the statements that it asks. It changes if a statement does, and then the agency
//! needs a new workbook. A moved deadline, a corrected name or a reworded sentence of ours does not change it.

use crate::core::hash::sha256_hex;
use crate::core::ids::{AgencyId, RoundId};
use crate::form::ColumnKey;
use crate::round::{Agency, Round};
use crate::theme::Theme;
use crate::workbook::contract::{self, METADATA_SHEET, MetadataKey, SELF_ASSESSMENT_SHEET, is_label};
use crate::workbook::file::book::Book;

/// The version of what the fingerprint is made from. The record keeps fingerprints: if what goes into one changes, so must this number.
const FORM: &str = "workbook 1";

/// The fingerprint of the workbook that a round asks of an agency: 64 hexadecimal digits.
pub fn of_round(theme: &Theme, round: &Round, agency: &Agency) -> String {
    let statements = round.statements(theme, agency);
    let asked = statements.iter().map(|(_, criterion)| (criterion.id.as_str(), criterion.text.as_str()));
    fingerprint(round.id(), &agency.id, asked)
}

/// The fingerprint of a workbook as it was issued; `None` where its identity or its table is not there.
pub fn of_book(book: &Book) -> Option<String> {
    let metadata = book.sheets.iter().find(|sheet| sheet.name == METADATA_SHEET)?;
    let value = |key: MetadataKey| {
        let rows = metadata.text_rows();
        let row = rows.iter().find(|(_, cells)| cells.first().is_some_and(|name| name == key.name()))?;
        row.1.get(1).cloned()
    };
    let (round, agency) = (RoundId(value(MetadataKey::Round)?), AgencyId(value(MetadataKey::Agency)?));
    let asked = statements_of_book(book)?;
    Some(fingerprint(&round, &agency, asked.iter().map(|(id, text)| (id.as_str(), text.as_str()))))
}

/// The Ref and the text of each statement that a workbook asks; `None` where its table is not there.
pub fn statements_of_book(book: &Book) -> Option<Vec<(String, String)>> {
    let sheet = book.sheets.iter().find(|sheet| is_label(&sheet.name, SELF_ASSESSMENT_SHEET))?;
    let rows = sheet.rows();
    let (header_row, headers) = rows
        .iter()
        .find(|(_, cells)| cells.iter().any(|(_, value)| value.text() == contract::column(ColumnKey::Rating).header))?;
    // The workbook is as we issued it, so headers are compared exactly.
    let column = |key: ColumnKey| {
        headers.iter().find(|(_, value)| value.text() == contract::column(key).header).map(|(column, _)| *column)
    };
    let (reference, statement) = (column(ColumnKey::Ref)?, column(ColumnKey::Statement)?);
    let text = |row: u32, column: u32| sheet.value(row, column).map(|value| value.text()).unwrap_or_default();
    let below = rows.iter().map(|(row, _)| *row).filter(|row| row > header_row);
    Some(below.map(|row| (text(row, reference), text(row, statement))).filter(|(id, _)| !id.is_empty()).collect())
}

fn fingerprint<'a>(round: &RoundId, agency: &AgencyId, asked: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut form = format!("{FORM}\n{round}\n{agency}\n");
    for (id, text) in asked {
        // Programs change blanks and line ends when they save a workbook, and that is not a different statement.
        let words: Vec<&str> = text.split_whitespace().collect();
        form.push_str(&format!("{id} {}\n", words.join(" ")));
    }
    sha256_hex(form.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::contract::Issue;
    use crate::workbook::file::{read, scan};
    use crate::workbook::write::issued_workbook;
    use crate::{round, theme};

    #[test]
    fn a_workbook_has_the_fingerprint_of_what_the_round_asks_whatever_stands_around_it() {
        let theme = theme::read("t.toml", "t", theme::TEMPLATE).output;
        let text = "format = 2\nid = \"r\"\ntheme = \"t\"\npartnership = \"P\"\ndeadline = 2026-12-11\nmarking = \"\"\nrate = [\"S\"]\n\
                    [[agency]]\nid = \"police\"\nname = \"Police\"\ngroup = \"POL\"\n";
        let read_round = |text: &str| round::read("round.toml", text).output.expect("no fault");
        let round = read_round(text);
        let print = of_round(&theme, &round, &round.agencies[0]);
        let bytes = issued_workbook(&Issue::fresh(&theme, &round, &round.agencies[0], 3)).expect("a workbook");
        let book = read::read(scan::FileKind::Xlsx, &bytes, &[]).expect("readable");
        assert_eq!(of_book(&book), Some(print.clone()));
        // Pinned: the record keeps it.
        assert_eq!(&print[..16], "9105909142c51f0f");
        let moved = read_round(&text.replace("2026-12-11", "2026-12-18").replace("\"Police\"", "\"The Police\""));
        assert_eq!(of_round(&theme, &moved, &moved.agencies[0]), print);
        let other = read_round(&text.replace("\"police\"", "\"constabulary\""));
        assert_ne!(of_round(&theme, &other, &other.agencies[0]), print);
    }
}
