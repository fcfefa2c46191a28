//! The columns of the table, as the one list that the writer and the reader walk.

use super::labels::fold;
use crate::core::written::Written;
use crate::form::{ActionProgress, ColumnKey, Field};
use crate::response::Answer;
use crate::round::Round;
use crate::theme::ColumnOrder;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How a column is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
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
    /// One of the words of [`choices`], from a list.
    Choice,
}

/// One column of the table.
#[derive(Debug)]
pub struct Column {
    /// Which column it is.
    pub key: ColumnKey,
    /// Its header, unique in the table.
    pub header: &'static str,
    /// Its least width in characters of the body font.
    pub width_chars: f64,
    /// How it is filled.
    pub entry: EntryKind,
    /// The input message of its cells, at most 255 characters (Excel's limit); empty for a given column.
    pub prompt: &'static str,
    /// Other headers that are understood, folded as [`fold`] does.
    pub synonyms: &'static [&'static str],
}

impl Column {
    /// Its name in messages and over its input messages: the header without the help in brackets.
    pub fn name(&self) -> &'static str {
        self.header.split_once(" (").map_or(self.header, |(name, _)| name)
    }
}

/// The columns in their default order. A new column is one entry here; the compiler asks for the rest.
pub const COLUMNS: [Column; 11] = [
    Column {
        key: ColumnKey::Ref,
        header: "Ref",
        width_chars: 10.5,
        entry: EntryKind::Given,
        prompt: "",
        synonyms: &["reference", "id", "ref no"],
    },
    Column {
        key: ColumnKey::Statement,
        header: "Statement",
        width_chars: 28.0,
        entry: EntryKind::Given,
        prompt: "",
        synonyms: &["criterion", "criteria"],
    },
    Column {
        key: ColumnKey::Area,
        header: "Area",
        width_chars: 13.0,
        entry: EntryKind::Given,
        prompt: "",
        synonyms: &["section"],
    },
    Column {
        key: ColumnKey::Rating,
        header: "Our rating",
        width_chars: 11.5,
        entry: EntryKind::Rating,
        prompt: "Choose Red, Amber, Green or Not applicable for your own agency's part. The sheet Start here says what each means.",
        synonyms: &["rating", "rag", "rag rating", "your rating"],
    },
    Column {
        key: ColumnKey::WorkingWell,
        header: "What is working well",
        width_chars: 31.0,
        entry: EntryKind::Text,
        prompt: "What your agency does well here, and what difference it has made to children. About 250 characters is a good length.",
        synonyms: &["working well", "whats working well", "what is going well"],
    },
    Column {
        key: ColumnKey::WorriedAbout,
        header: "What are we worried about",
        width_chars: 31.0,
        entry: EntryKind::Text,
        prompt: "What is not good enough yet, or what you do not know. About 250 characters is a good length. Do not name a child.",
        synonyms: &["worried about", "what we are worried about", "worries"],
    },
    Column {
        key: ColumnKey::NeedsToHappen,
        header: "What needs to happen",
        width_chars: 31.0,
        entry: EntryKind::Text,
        prompt: "The next step that would make the biggest difference. One action is enough. Add who leads it, and by when, beside it.",
        synonyms: &["needs to happen", "actions", "next steps"],
    },
    Column {
        key: ColumnKey::ActionLead,
        header: "Which role will lead",
        width_chars: 15.0,
        entry: EntryKind::Short,
        prompt: "A role, not a person's name: for example Head of public protection.",
        synonyms: &["role", "lead", "who will lead", "lead role"],
    },
    Column {
        key: ColumnKey::ActionDue,
        header: "By when",
        width_chars: 12.0,
        entry: EntryKind::Date,
        prompt: "A date, as in 31/01/2027.",
        // "Date" alone is a guess: `table::columns_in` takes a synonym only where no column has the issued header.
        synonyms: &["when", "date", "due", "due date"],
    },
    Column {
        key: ColumnKey::Evidence,
        header: "What shows this (sample, date, result for children) and where it is kept",
        width_chars: 27.0,
        entry: EntryKind::Text,
        prompt: "What shows this: how many you looked at, when, what difference it made to children, and where the evidence is kept. Name it; do not paste it. No child-level data.",
        // "Evidence and where it is kept" was the header in version 1.3 of the contract and before.
        synonyms: &["evidence", "evidence and location", "evidence and where it is kept", "what shows this"],
    },
    Column {
        key: ColumnKey::NotApplicableReason,
        header: "If not applicable, why",
        width_chars: 17.0,
        entry: EntryKind::Text,
        prompt: "Only where the rating is Not applicable: why it does not apply to your agency.",
        synonyms: &["why not applicable", "reason"],
    },
];

/// The columns that are added in a round that follows an earlier one: the first goes beside the action, the second at the end. They are not
/// in [`COLUMNS`], because in any other round they are columns that nobody issued.
pub const RECHECK_COLUMNS: [Column; 2] = [
    Column {
        key: ColumnKey::Progress,
        header: "Progress since",
        width_chars: 13.0,
        entry: EntryKind::Choice,
        prompt: "How has the action that you proposed last time gone? If it is done or has changed, replace it with what needs to happen now.",
        synonyms: &["progress since last time"],
    },
    Column {
        key: ColumnKey::StillRight,
        header: "Still right?",
        width_chars: 11.5,
        entry: EntryKind::Choice,
        prompt: "Choose Yes if this row is still right. If it is not, change what is different and leave this empty. Your sign-off on the sheet Start here counts as Yes for every row that you have not changed.",
        synonyms: &["still correct", "is this still right"],
    },
];

/// The word under `Still right?` that confirms a row, and the one that does not.
pub const STILL_RIGHT: [&str; 2] = ["Yes", "No"];

/// The words that a column offers; empty for any column that is not an [`EntryKind::Choice`].
pub fn choices(key: ColumnKey) -> Vec<&'static str> {
    match key {
        ColumnKey::Progress => ActionProgress::ALL.map(ActionProgress::word).to_vec(),
        ColumnKey::StillRight => STILL_RIGHT.to_vec(),
        _ => Vec::new(),
    }
}

/// The column with this key.
pub fn column(key: ColumnKey) -> &'static Column {
    // OK because every key has its entry: a test walks them.
    all_columns().find(|column| column.key == key).expect("a column for every key")
}

/// Every column that a round can have.
pub(super) fn all_columns() -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().chain(&RECHECK_COLUMNS)
}

/// The columns of a round's table, in the order that the round chose.
pub fn columns(round: &Round) -> Vec<&'static Column> {
    let mut columns = in_order(round.column_order);
    if round.goes_on_from.is_some() {
        let [progress, still_right] = &RECHECK_COLUMNS;
        let behind =
            columns.iter().position(|column| column.key == ColumnKey::ActionDue).map_or(columns.len(), |at| at + 1);
        columns.insert(behind, progress);
        columns.push(still_right);
    }
    columns
}

fn in_order(order: ColumnOrder) -> Vec<&'static Column> {
    let mut columns: Vec<&Column> = COLUMNS.iter().collect();
    if order == ColumnOrder::WorriedFirst {
        let at = |key| COLUMNS.iter().position(|column| column.key == key).unwrap_or_default();
        columns.swap(at(ColumnKey::WorkingWell), at(ColumnKey::WorriedAbout));
    }
    columns
}

/// The header over evidence in version 1.3 of the contract and before.
pub(super) const EARLIER_EVIDENCE_HEADER: &str = "Evidence and where it is kept";

/// The longest text that can be a header, in bytes. Longer ones are answers, and folding each of them took time for nothing.
pub(super) const LONGEST_HEADER: usize = 200;

/// The column that a header names, whatever its case, blanks and punctuation, and whether by its own header or by a synonym. `None` for any
/// other text.
pub fn header(text: &str) -> Option<(ColumnKey, HeaderKind)> {
    static KNOWN: LazyLock<HashMap<String, (ColumnKey, HeaderKind)>> = LazyLock::new(|| {
        let own = all_columns().map(|column| (fold(column.header), (column.key, HeaderKind::Own)));
        let of = |column: &'static Column| {
            column.synonyms.iter().map(|text| (text.to_string(), (column.key, HeaderKind::Synonym)))
        };
        own.chain(all_columns().flat_map(of)).collect()
    });
    if text.len() > LONGEST_HEADER { None } else { KNOWN.get(&fold(text)).copied() }
}

/// Words in the header of a table that is laid out differently, by the column that they hint at. The first match counts, so the order
/// matters: "Evidence of what works" is evidence, and "Date of next action" a date.
const HEADER_SIGNS: [(ColumnKey, &[&str]); 10] = [
    (ColumnKey::Ref, &["ref", "no", "number"]),
    (ColumnKey::Rating, &["rag", "brag", "rating", "judgement", "self grade"]),
    (ColumnKey::Evidence, &["evidence", "what shows", "how do we know"]),
    (ColumnKey::NotApplicableReason, &["not applicable", "n/a"]),
    (ColumnKey::ActionDue, &["when", "date", "deadline", "timescale"]),
    (ColumnKey::ActionLead, &["lead", "owner", "responsible", "who"]),
    (
        ColumnKey::WorriedAbout,
        &["worr", "concern", "weakness", "challenge", "gap", "risk", "development", "improvement"],
    ),
    (ColumnKey::NeedsToHappen, &["action", "needs to happen", "next step", "to do"]),
    (ColumnKey::WorkingWell, &["well", "strength", "good practice", "in place"]),
    (ColumnKey::Statement, &["statement", "criteri", "standard", "question"]),
];

/// The column that a header of a table that is laid out differently may mean. It is a guess: `repair` uses it for a workbook that the
/// agency then checks, and no return is read by it.
pub fn likely_header(text: &str) -> Option<ColumnKey> {
    let folded = fold(text);
    if text.len() > LONGEST_HEADER {
        return None;
    }
    let is_meant = |signs: &[&str]| signs.iter().any(|sign| is_word_start(&folded, sign));
    header(text)
        .map(|(key, _)| key)
        .or_else(|| HEADER_SIGNS.into_iter().find(|(_, signs)| is_meant(signs)).map(|(key, _)| key))
}

/// Whether a word of a text begins with this.
fn is_word_start(text: &str, sign: &str) -> bool {
    text.match_indices(sign)
        .any(|(at, _)| text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric()))
}

/// How a header was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderKind {
    /// As it was issued.
    Own,
    /// As one of its synonyms.
    Synonym,
    /// As what it may mean: see [`likely_header`].
    Likely,
}

/// The name of a place of the form in a message: a column's name, or a label of the first sheet.
pub fn field_name(field: Field) -> &'static str {
    match field {
        Field::Column(key) => column(key).name(),
        Field::Start(field) => field.label(),
        Field::Headline(cell) => cell.column.header(),
    }
}

/// The part of an answer that is in a column. `None` for the columns that are given, and for those of a re-check, which are never carried
/// in.
pub fn entered(answer: &Answer, key: ColumnKey) -> Option<&Written> {
    if key == ColumnKey::Rating { Some(&answer.as_written) } else { key.text().map(|kind| answer.texts.get(kind)) }
}
