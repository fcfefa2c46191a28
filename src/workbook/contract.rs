//! The contract of the workbook, stated once: sheet names, headers, labels, metadata keys, rating words, return codes.
//!
//! The writer and the reader both walk these tables, so they cannot disagree. No file outside this room has one of these literals.
//! `tests/tidy.rs` checks that.
//!
//! # Changelog of the contract
//!
//! - 1.0: the first.
//! - 1.1: the sheets `Guidance` and `Glossary`; group, contact, deputy, due date and contact for questions on the first sheet; the
//!   number of the issue in the metadata; the sheet `Questions`, with a column for replies, in what goes back to an agency.
//! - 1.2: on the sheet `Questions` the reference has a column of its own, the first.
//! - 1.3: the sheet `In short`, with a table of an agency's own headlines. It is optional, and so is the sheet.
//! - 1.4: the statement is beside its Ref, and the area after it; the header over evidence says what belongs there; on the first sheet, for
//!   whom the answers speak (optional); the sheet `To print`; links between the sheets, so that the line under a title begins in
//!   the second column; a line for each statement on the sheet `Sources`.
//! - 1.5: in a round that follows an earlier one, the columns `Progress since` and `Still right?`.

mod sheets;
mod labels;
mod codes;
mod ratings;
mod columns;
mod headlines;
mod issued;

pub use codes::{CodeReading, MOST_ISSUES, read_return_code, return_code, return_codes};
pub use columns::{
    COLUMNS, Column, DataColumn, EntryKind, HeaderKind, HeaderSigns, RECHECK_COLUMNS, STILL_RIGHT, column, columns,
    entered, field_name, header, likely_header,
};
pub use headlines::{
    EXAMPLE_REF, HEADLINE_COLUMNS, KindReading, LONGEST_HEADLINE, ShortColumn, headline_column, headline_kind,
    headline_kinds,
};
pub use issued::{
    Caption, CarriedIn, EXAMPLE_RATINGS, Issue, IssuedText, LinkTo, MEANING_HEADER, Paper, PrintPage, Question,
    ReferencePage, ShortPage, ShortRow, StartLine, Wrote, example_in_short, longer_than_its_box, marked, print_page,
    questions_page, reference_pages, short_page, start_lines, table_heads, texts_of_reference, texts_of_start,
};
pub use labels::{PROGRESS_LABEL, fold, is_label};
pub use ratings::{
    RATING_FILLS, RATING_WORDS, is_no_name, is_placeholder, is_plain_rating, rating, rating_of_fill, rating_word,
};
pub use sheets::{
    EARLIER_QUESTION_COLUMNS, EXAMPLE_SHEET, FORMAT, Format, GLOSSARY_SHEET, GUIDANCE_SHEET, IN_SHORT_SHEET,
    IN_SHORT_TABLE, METADATA_SHEET, MetadataKey, PRINT_SHEET, QUESTION_COLUMNS, QUESTION_HEADERS, QUESTION_NOTE,
    QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET, SHEETS, SOURCES_SHEET, START_SHEET, TABLE,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::ColumnKey;

    #[test]
    fn the_tables_keep_excels_limits_and_are_free_of_doubles() {
        assert!(SHEETS.iter().all(|name| name.len() <= 31));
        let list: Vec<&str> = RATING_WORDS.iter().map(|(_, word, _)| *word).collect();
        assert!(list.join(",").len() <= 255);
        assert!(columns::all_columns().all(|column| column.words().join(",").len() <= 255));
        assert!(ColumnKey::ALL.into_iter().all(|key| column(key).key == key));
        let mut seen = Vec::new();
        for column in columns::all_columns() {
            assert!(column.prompt.chars().count() <= 255, "{}", column.header);
            seen.push(fold(column.header));
            seen.extend(column.synonyms.iter().map(ToString::to_string));
            assert!(column.synonyms.iter().all(|synonym| fold(synonym) == *synonym), "{}", column.header);
        }
        seen.sort();
        assert!(seen.windows(2).all(|pair| pair[0] != pair[1]), "{seen:?}");
    }

    /// How many columns each version of the contract has, from 1.0 on, with those of a re-check. Workbooks of a version are out once it is
    /// released, so only the last of these may change, and only until then.
    const COLUMNS_OF_VERSIONS: [usize; 6] = [11, 11, 11, 11, 11, 13];

    #[test]
    fn a_new_column_comes_with_a_new_version_of_the_contract() {
        let count = |version| columns::all_columns().filter(|column| column.since <= version).count();
        for (minor, number) in (0..).zip(COLUMNS_OF_VERSIONS) {
            let version = Format { major: 1, minor };
            assert_eq!(
                count(version),
                number,
                "workbooks of {version} are out: a new column is since the version after FORMAT"
            );
        }
        let newest = columns::all_columns().map(|column| column.since).max();
        assert!(newest <= Some(FORMAT), "FORMAT is not yet that of the newest column");
        assert_eq!(COLUMNS_OF_VERSIONS.len(), FORMAT.minor as usize + 1, "FORMAT has no number in COLUMNS_OF_VERSIONS");
        let changelog = include_str!("contract.rs");
        assert!(changelog.contains(&format!("\n//! - {FORMAT}: ")), "FORMAT is not in the changelog of the contract");
    }

    #[test]
    fn the_signs_of_headers_are_tried_in_an_order_that_is_stated() {
        let signs: Vec<HeaderSigns> = columns::all_columns().map(|column| column.signs).collect();
        let mut turns: Vec<u8> = signs.iter().filter(|signs| !signs.words.is_empty()).map(|signs| signs.turn).collect();
        turns.sort();
        assert!(turns.windows(2).all(|pair| pair[0] != pair[1]), "two columns have one turn: {turns:?}");
        assert!(signs.iter().flat_map(|signs| signs.words).all(|word| fold(word) == *word), "a sign is not folded");
    }

    #[test]
    fn headers_are_understood_in_spite_of_case_and_punctuation() {
        let key = |text: &str| header(text).map(|(key, _)| key);
        assert_eq!(key(" what is WORKING\u{a0}well? "), Some(ColumnKey::WorkingWell));
        assert_eq!(key("What's working well"), Some(ColumnKey::WorkingWell));
        assert_eq!(key("If not applicable: why"), Some(ColumnKey::NotApplicableReason));
        assert_eq!(key("Our manager's view"), None);
    }
}
