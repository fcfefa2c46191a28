//! The contract of the workbook, stated once: sheet names, headers, labels, metadata keys, rating words, return codes.
//!
//! The writer and the reader both walk these tables; no other file holds one of these literals.
//!
//! # Changelog of the contract
//!
//! - 1.0: the first.
//! - 1.1: the sheets `Guidance` and `Glossary`; group, contact, deputy, due date and contact for questions on the first sheet; the
//!   number of the issue in the metadata; the sheet `Questions`, with a column for replies, in what goes back to an agency.

mod codes;
mod ratings;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::form::{ColumnKey, StartField};
use crate::response::Answer;
use crate::theme::ColumnOrder;

pub use codes::{CodeReading, MOST_ISSUES, read_return_code, return_code, return_codes};
pub use ratings::{
    RATING_FILLS, RATING_WORDS, is_no_name, is_placeholder, is_plain_rating, rating, rating_of_fill, rating_word,
};

/// The version of the contract: a higher major is refused with advice, a higher minor is read with a warning.
pub const FORMAT: Format = Format { major: 1, minor: 1 };

/// A version of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Format {
    /// Changes when an older reader would misunderstand the workbook.
    pub major: u32,
    /// Changes when something is added that an older reader may pass over.
    pub minor: u32,
}

impl Format {
    /// The version as written in a workbook, as in `1.0`.
    pub fn parse(text: &str) -> Option<Format> {
        let (major, minor) = text.trim().split_once('.')?;
        Some(Format { major: major.parse().ok()?, minor: minor.parse().ok()? })
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// The sheet that says what this is and how to fill it in.
pub const START_SHEET: &str = "Start here";
/// The sheet that holds the table.
pub const SELF_ASSESSMENT_SHEET: &str = "Self-assessment";
/// The sheet with a filled row to learn from.
pub const EXAMPLE_SHEET: &str = "Worked example";
/// The sheet with what helps to answer each statement; left out where the theme has nothing to say.
pub const GUIDANCE_SHEET: &str = "Guidance";
/// The sheet that explains words of the field; left out where the theme explains none.
pub const GLOSSARY_SHEET: &str = "Glossary";
/// The sheet that says where each statement comes from.
pub const SOURCES_SHEET: &str = "Sources";
/// The very-hidden sheet of metadata.
pub const METADATA_SHEET: &str = "jtai";
/// The sheet with the questions on a return, first in a workbook that goes back to an agency.
pub const QUESTIONS_SHEET: &str = "Questions";
/// How many columns of [`QUESTIONS_SHEET`] are given: where, what was written, what to do. Replies stand behind them.
pub const QUESTION_COLUMNS: u16 = 3;
/// What a note of ours on a cell in question begins with; any other note is an agency's.
pub const QUESTION_NOTE: &str = "Question: ";
/// Every sheet that can be issued, in the workbook's order.
pub const SHEETS: [&str; 8] = [
    QUESTIONS_SHEET,
    START_SHEET,
    SELF_ASSESSMENT_SHEET,
    EXAMPLE_SHEET,
    GUIDANCE_SHEET,
    GLOSSARY_SHEET,
    SOURCES_SHEET,
    METADATA_SHEET,
];
/// The name of the Excel table in [`SELF_ASSESSMENT_SHEET`].
pub const TABLE: &str = "SelfAssessment";

/// How a column is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Written when the workbook is issued; locked.
    Given,
    /// One of the rating words, from a list.
    Rating,
    /// Text of any length, with a guide.
    Text,
    /// A short text.
    Short,
    /// A date.
    Date,
}

/// One column of the table.
#[derive(Debug)]
pub struct Column {
    /// What it holds.
    pub key: ColumnKey,
    /// Its header, unique in the table.
    pub header: &'static str,
    /// Its least width in characters of the body font.
    pub width_chars: f64,
    /// How it is filled.
    pub entry: Entry,
    /// What the input message says when a cell is chosen: at most 255 characters; empty for a given column.
    pub prompt: &'static str,
    /// Other headers that are understood, folded as [`fold`] does.
    pub synonyms: &'static [&'static str],
}

/// The columns in their default order. A new column is one entry here; the compiler asks for the rest.
pub const COLUMNS: [Column; 11] = [
    Column {
        key: ColumnKey::Ref,
        header: "Ref",
        width_chars: 12.5,
        entry: Entry::Given,
        prompt: "",
        synonyms: &["reference", "id", "ref no"],
    },
    Column {
        key: ColumnKey::Area,
        header: "Area",
        width_chars: 15.0,
        entry: Entry::Given,
        prompt: "",
        synonyms: &["section"],
    },
    Column {
        key: ColumnKey::Statement,
        header: "Statement",
        width_chars: 31.0,
        entry: Entry::Given,
        prompt: "",
        synonyms: &["criterion", "criteria"],
    },
    Column {
        key: ColumnKey::Rating,
        header: "Our rating",
        width_chars: 12.0,
        entry: Entry::Rating,
        prompt: "Choose Red, Amber, Green or Not applicable for your own agency's part. The sheet Start here says what each means.",
        synonyms: &["rating", "rag", "rag rating", "your rating"],
    },
    Column {
        key: ColumnKey::WorkingWell,
        header: "What is working well",
        width_chars: 36.0,
        entry: Entry::Text,
        prompt: "What your agency does well here, and what difference it has made to children. About 250 characters is a good length.",
        synonyms: &["working well", "whats working well", "what is going well"],
    },
    Column {
        key: ColumnKey::WorriedAbout,
        header: "What are we worried about",
        width_chars: 36.0,
        entry: Entry::Text,
        prompt: "What is not good enough yet, or what you do not know. About 250 characters is a good length. No child may be named.",
        synonyms: &["worried about", "what we are worried about", "worries"],
    },
    Column {
        key: ColumnKey::NeedsToHappen,
        header: "What needs to happen",
        width_chars: 36.0,
        entry: Entry::Text,
        prompt: "The next step that would make the biggest difference. One action is enough; add its lead and date beside it.",
        synonyms: &["needs to happen", "actions", "next steps"],
    },
    Column {
        key: ColumnKey::ActionLead,
        header: "Which role will lead",
        width_chars: 22.0,
        entry: Entry::Short,
        prompt: "A role, not a person's name: for example Head of public protection.",
        synonyms: &["role", "lead", "who will lead", "lead role"],
    },
    Column {
        key: ColumnKey::ActionDue,
        header: "By when",
        width_chars: 14.0,
        entry: Entry::Date,
        prompt: "A date, as in 31/01/2027.",
        synonyms: &["when", "date", "due", "due date"],
    },
    Column {
        key: ColumnKey::Evidence,
        header: "Evidence and where it is kept",
        width_chars: 36.0,
        entry: Entry::Text,
        prompt: "What shows this, its date, and where it is kept. Name it; do not paste it. No child-level data.",
        synonyms: &["evidence", "evidence and location"],
    },
    Column {
        key: ColumnKey::NotApplicableReason,
        header: "If not applicable, why",
        width_chars: 30.0,
        entry: Entry::Text,
        prompt: "Only where the rating is Not applicable: why this is no part of your agency's work.",
        synonyms: &["why not applicable", "reason"],
    },
];

/// The column that holds something.
pub fn column(key: ColumnKey) -> &'static Column {
    // OK because every key has its entry: a test walks them.
    COLUMNS.iter().find(|column| column.key == key).expect("a column for every key")
}

/// The columns in the order that the round chose.
pub fn columns(order: ColumnOrder) -> Vec<&'static Column> {
    let mut columns: Vec<&Column> = COLUMNS.iter().collect();
    if order == ColumnOrder::WorriedFirst {
        let at = |key| COLUMNS.iter().position(|column| column.key == key).unwrap_or_default();
        columns.swap(at(ColumnKey::WorkingWell), at(ColumnKey::WorriedAbout));
    }
    columns
}

/// The longest text that can be a header, in bytes; longer ones are not folded to find out.
const LONGEST_HEADER: usize = 200;

/// What a text means as a header, whatever the case, blanks and punctuation: a column, and whether by its own header or by a
/// synonym; `None` for any other text.
pub fn header(text: &str) -> Option<(ColumnKey, HeaderKind)> {
    static KNOWN: LazyLock<HashMap<String, (ColumnKey, HeaderKind)>> = LazyLock::new(|| {
        let own = COLUMNS.iter().map(|column| (fold(column.header), (column.key, HeaderKind::Own)));
        let of = |column: &'static Column| {
            column.synonyms.iter().map(|text| (text.to_string(), (column.key, HeaderKind::Synonym)))
        };
        own.chain(COLUMNS.iter().flat_map(of)).collect()
    });
    if text.len() > LONGEST_HEADER { None } else { KNOWN.get(&fold(text)).copied() }
}

/// How a header was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderKind {
    /// As it was issued.
    Own,
    /// As one of its synonyms.
    Synonym,
}

/// What an answer says in a column, empty where nothing is written; `None` for the columns that are given.
pub fn entered(answer: &Answer, key: ColumnKey) -> Option<&str> {
    if key == ColumnKey::Rating { Some(&answer.as_written) } else { key.text().map(|kind| answer.texts.get(kind)) }
}

/// The label on [`START_SHEET`] beside which the count of rated rows stands.
pub const PROGRESS_LABEL: &str = "Progress";

impl StartField {
    /// The label in the sheet.
    pub fn label(self) -> &'static str {
        match self {
            StartField::Partnership => "Partnership",
            StartField::Theme => "Theme",
            StartField::Round => "Round",
            StartField::Agency => "Agency",
            StartField::Group => "Group",
            StartField::Contact => "Sent to",
            StartField::Deputy => "If they are away",
            StartField::ReturnBy => "Return by",
            StartField::Questions => "Questions to",
            StartField::ReturnCode => "Return code",
            StartField::CompletedBy => "Completed by (name and role)",
            StartField::ApprovedBy => "Approved by (name and role)",
            StartField::ApprovedOn => "Approved on (date)",
        }
    }
}

/// A piece of identity, kept under one name as a custom document property and as a row of [`METADATA_SHEET`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MetadataKey {
    /// [`FORMAT`].
    Format,
    /// The round's id.
    Round,
    /// The theme's id.
    Theme,
    /// The fingerprint of the theme as issued.
    Fingerprint,
    /// The agency's id.
    Agency,
    /// The return code.
    ReturnCode,
    /// Which issue of the agency's workbook it is, counted from 1.
    Issue,
}

impl MetadataKey {
    /// Every key, in the order of the sheet.
    pub const ALL: [MetadataKey; 7] = [
        MetadataKey::Format,
        MetadataKey::Round,
        MetadataKey::Theme,
        MetadataKey::Fingerprint,
        MetadataKey::Agency,
        MetadataKey::ReturnCode,
        MetadataKey::Issue,
    ];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            MetadataKey::Format => "jtai-format",
            MetadataKey::Round => "jtai-round",
            MetadataKey::Theme => "jtai-theme",
            MetadataKey::Fingerprint => "jtai-theme-fingerprint",
            MetadataKey::Agency => "jtai-agency",
            MetadataKey::ReturnCode => "jtai-return-code",
            MetadataKey::Issue => "jtai-issue",
        }
    }
}

/// Whether a text is a label of ours, folded as [`fold`] does.
pub fn is_label(text: &str, label: &str) -> bool {
    folded(text).eq(folded(label))
}

/// Folds a header or label for comparison: lower case, apostrophes and question marks gone, and every other run of blanks (the
/// non-breaking ones too), full stops, commas, colons, hyphens and underscores made one blank.
pub fn fold(text: &str) -> String {
    folded(text).collect()
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    let (mut is_begun, mut is_after_blank) = (false, false);
    let plain = text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '?')).flat_map(char::to_lowercase);
    let spaced = plain.map(move |c| {
        if c.is_whitespace() || matches!(c, '.' | ',' | ':' | '-' | '_') {
            is_after_blank = is_begun;
            return [None, None];
        }
        is_begun = true;
        [std::mem::take(&mut is_after_blank).then_some(' '), Some(c)]
    });
    spaced.flatten().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_keep_excels_limits_and_are_free_of_doubles() {
        assert!(SHEETS.iter().all(|name| name.len() <= 31));
        let list: Vec<&str> = RATING_WORDS.iter().map(|(_, word, _)| *word).collect();
        assert!(list.join(",").len() <= 255);
        assert!(ColumnKey::ALL.into_iter().all(|key| column(key).key == key));
        let mut seen = Vec::new();
        for column in &COLUMNS {
            assert!(column.prompt.chars().count() <= 255, "{}", column.header);
            seen.push(fold(column.header));
            seen.extend(column.synonyms.iter().map(ToString::to_string));
            assert!(column.synonyms.iter().all(|synonym| fold(synonym) == *synonym), "{}", column.header);
        }
        seen.sort();
        assert!(seen.windows(2).all(|pair| pair[0] != pair[1]), "{seen:?}");
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
