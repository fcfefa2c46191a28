//! The columns of the table, as the one list that the writer and the reader walk.

use super::labels::fold;
use super::sheets::Format;
use crate::core::written::Written;
use crate::form::{ActionProgress, ColumnKey, Field};
use crate::response::Answer;
use crate::round::Round;
use crate::theme::ColumnOrder;
use std::collections::{BTreeSet, HashMap};
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
    /// One of these words, from a list. Anything else that is written there is asked about.
    Choice(&'static [&'static str]),
}

/// The words by which `repair` knows a column in a table that is laid out differently.
#[derive(Debug, Clone, Copy)]
pub struct HeaderSigns {
    /// Columns are tried in this order, the lowest first, and the first whose word is there counts: "Evidence of what works" is evidence,
    /// and "Date of next action" a date. No two columns have the same turn.
    pub turn: u8,
    /// Beginnings of words, folded as [`fold`] does.
    pub words: &'static [&'static str],
}

impl HeaderSigns {
    /// Of a column that is known by its header and synonyms alone.
    pub const NONE: HeaderSigns = HeaderSigns { turn: 0, words: &[] };
}

/// How the texts of a column are in what is made from the returns.
#[derive(Debug, Clone, Copy)]
pub struct DataColumn {
    /// What they are, in `schema.json`.
    pub meaning: &'static str,
    /// The width of the column in `analysis.xlsx`, in characters.
    pub width_chars: f64,
}

/// One column of the table.
#[derive(Debug)]
pub struct Column {
    /// Which column it is.
    pub key: ColumnKey,
    /// The version of the contract that first had it. A workbook of an earlier version is not told to be without it, and neither is one
    /// whose metadata is lost, if nothing else in it is as late: it is taken for the oldest that it could be.
    pub since: Format,
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
    /// The words in the headers of other tables that hint at it.
    pub signs: HeaderSigns,
    /// Its texts in the data; `None` exactly where [`ColumnKey::text`] is.
    pub data: Option<DataColumn>,
}

impl Column {
    /// The words that it offers; empty for any column that is not an [`EntryKind::Choice`].
    pub fn words(&self) -> &'static [&'static str] {
        if let EntryKind::Choice(words) = self.entry { words } else { &[] }
    }

    /// Its name in messages and over its input messages: the header without the help in brackets.
    pub fn name(&self) -> &'static str {
        self.header.split_once(" (").map_or(self.header, |(name, _)| name)
    }
}

/// The version that the oldest columns came with.
const FIRST: Format = Format { major: 1, minor: 0 };

/// The columns in their default order, which is that of [`ColumnKey::ALL`]. A new column is one entry here; the compiler and the tests ask
/// for the rest.
pub const COLUMNS: [Column; ColumnKey::ALL.len()] = [
    Column {
        key: ColumnKey::Ref,
        since: FIRST,
        header: "Ref",
        width_chars: 10.5,
        entry: EntryKind::Given,
        prompt: "",
        synonyms: &["reference", "id", "ref no"],
        signs: HeaderSigns { turn: 10, words: &["ref", "no", "number"] },
        data: None,
    },
    Column {
        key: ColumnKey::Statement,
        since: FIRST,
        header: "Statement",
        width_chars: 28.0,
        entry: EntryKind::Given,
        prompt: "",
        synonyms: &["criterion", "criteria"],
        signs: HeaderSigns { turn: 100, words: &["statement", "criteri", "standard", "question"] },
        data: None,
    },
    Column {
        key: ColumnKey::Area,
        since: FIRST,
        header: "Area",
        width_chars: 13.0,
        entry: EntryKind::Given,
        prompt: "",
        synonyms: &["section"],
        signs: HeaderSigns::NONE,
        data: None,
    },
    Column {
        key: ColumnKey::Rating,
        since: FIRST,
        header: "Our rating",
        width_chars: 11.5,
        entry: EntryKind::Rating,
        prompt: "Choose Red, Amber, Green or Not applicable for your own agency's part. The sheet Start here says what each means.",
        synonyms: &["rating", "rag", "rag rating", "your rating"],
        signs: HeaderSigns { turn: 20, words: &["rag", "brag", "rating", "judgement", "self grade"] },
        data: None,
    },
    Column {
        key: ColumnKey::WorkingWell,
        since: FIRST,
        header: "What is working well",
        width_chars: 31.0,
        entry: EntryKind::Text,
        prompt: "What your agency does well here, and what difference it has made to children. About 250 characters is a good length.",
        synonyms: &["working well", "whats working well", "what is going well"],
        signs: HeaderSigns { turn: 90, words: &["well", "strength", "good practice", "in place"] },
        data: Some(DataColumn { meaning: "What is working well", width_chars: 50.0 }),
    },
    Column {
        key: ColumnKey::WorriedAbout,
        since: FIRST,
        header: "What are we worried about",
        width_chars: 31.0,
        entry: EntryKind::Text,
        prompt: "What is not good enough yet, or what you do not know. About 250 characters is a good length. Do not name a child.",
        synonyms: &["worried about", "what we are worried about", "worries"],
        signs: HeaderSigns {
            turn: 70,
            words: &["worr", "concern", "weakness", "challenge", "gap", "risk", "development", "improvement"],
        },
        data: Some(DataColumn { meaning: "What the agency is worried about", width_chars: 50.0 }),
    },
    Column {
        key: ColumnKey::NeedsToHappen,
        since: FIRST,
        header: "What needs to happen",
        width_chars: 31.0,
        entry: EntryKind::Text,
        prompt: "The next step that would make the biggest difference. One action is enough. Add who leads it, and by when, beside it.",
        synonyms: &["needs to happen", "actions", "next steps"],
        signs: HeaderSigns { turn: 80, words: &["action", "needs to happen", "next step", "to do"] },
        data: Some(DataColumn { meaning: "What needs to happen", width_chars: 44.0 }),
    },
    Column {
        key: ColumnKey::ActionLead,
        since: FIRST,
        header: "Which role will lead",
        width_chars: 15.0,
        entry: EntryKind::Short,
        prompt: "A role, not a person's name: for example Head of public protection.",
        synonyms: &["role", "lead", "who will lead", "lead role"],
        signs: HeaderSigns { turn: 60, words: &["lead", "owner", "responsible", "who"] },
        data: Some(DataColumn { meaning: "The role that will lead", width_chars: 24.0 }),
    },
    Column {
        key: ColumnKey::ActionDue,
        since: FIRST,
        header: "By when",
        width_chars: 12.0,
        entry: EntryKind::Date,
        prompt: "A date, as in 31/01/2027.",
        // "Date" alone is a guess: `table::columns_in` takes a synonym only where no column has the issued header.
        synonyms: &["when", "date", "due", "due date"],
        signs: HeaderSigns { turn: 50, words: &["when", "date", "deadline", "timescale"] },
        data: Some(DataColumn {
            meaning: "By when: a date as 2027-01-31, or as written where it is not a date",
            width_chars: 14.0,
        }),
    },
    Column {
        key: ColumnKey::Evidence,
        since: FIRST,
        header: "What shows this (sample, date, result for children) and where it is kept",
        width_chars: 27.0,
        entry: EntryKind::Text,
        prompt: "What shows this: how many you looked at, when, what difference it made to children, and where the evidence is kept. Name it; do not paste it. No child-level data.",
        // "Evidence and where it is kept" was the header in version 1.3 of the contract and before.
        synonyms: &["evidence", "evidence and location", "evidence and where it is kept", "what shows this"],
        signs: HeaderSigns { turn: 30, words: &["evidence", "what shows", "how do we know"] },
        data: Some(DataColumn {
            meaning: "What shows it (sample, date, result for children) and where it is kept",
            width_chars: 40.0,
        }),
    },
    Column {
        key: ColumnKey::NotApplicableReason,
        since: FIRST,
        header: "If not applicable, why",
        width_chars: 17.0,
        entry: EntryKind::Text,
        prompt: "Only where the rating is Not applicable: why it does not apply to your agency.",
        synonyms: &["why not applicable", "reason"],
        signs: HeaderSigns { turn: 40, words: &["not applicable", "n/a"] },
        data: Some(DataColumn { meaning: "Why the statement does not apply", width_chars: 30.0 }),
    },
];

/// The columns that are added in a round that follows an earlier one: the first goes beside the action, the second at the end. They are not
/// in [`COLUMNS`], because in any other round they are columns that nobody issued.
pub const RECHECK_COLUMNS: [Column; 2] = [
    Column {
        key: ColumnKey::Progress,
        since: Format { major: 1, minor: 5 },
        header: "Progress since",
        width_chars: 13.0,
        entry: EntryKind::Choice(&ActionProgress::WORDS),
        prompt: "How has the action that you proposed last time gone? If it is done or has changed, replace it with what needs to happen now.",
        synonyms: &["progress since last time"],
        signs: HeaderSigns::NONE,
        data: None,
    },
    Column {
        key: ColumnKey::StillRight,
        since: Format { major: 1, minor: 5 },
        header: "Still right?",
        width_chars: 11.5,
        entry: EntryKind::Choice(&STILL_RIGHT),
        prompt: "Choose Yes if this row is still right. If it is not, change what is different and leave this empty. Your sign-off on the sheet Start here counts as Yes for every row that you have not changed.",
        synonyms: &["still correct", "is this still right"],
        signs: HeaderSigns::NONE,
        data: None,
    },
];

/// The word under `Still right?` that confirms a row, and the one that does not.
pub const STILL_RIGHT: [&str; 2] = ["Yes", "No"];

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

/// The tables that earlier versions of the contract issued for a round: for each version that had fewer columns, those, in both orders that
/// there have been; then today's columns in the earlier order.
pub(super) fn earlier_tables(round: &Round) -> Vec<Vec<&'static Column>> {
    let now = columns(round);
    let versions: BTreeSet<Format> = now.iter().map(|column| column.since).collect();
    let before = |version: Format| now.iter().copied().filter(|column| column.since < version).collect::<Vec<_>>();
    let with_fewer = versions.into_iter().map(before).filter(|table| !table.is_empty());
    with_fewer.flat_map(|table| [area_first(&table), table]).chain([area_first(&now)]).collect()
}

/// A table as version 1.3 of the contract and before had it, with the area before the statement.
fn area_first(table: &[&'static Column]) -> Vec<&'static Column> {
    let mut table = table.to_vec();
    let at = |key| table.iter().position(|column| column.key == key);
    if let (Some(area), Some(statement)) = (at(ColumnKey::Area), at(ColumnKey::Statement)) {
        table.swap(area, statement);
    }
    table
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

/// The column that a header of a table that is laid out differently may mean. It is a guess: `repair` uses it for a workbook that the
/// agency then checks, and no return is read by it.
pub fn likely_header(text: &str) -> Option<ColumnKey> {
    let folded = fold(text);
    if text.len() > LONGEST_HEADER {
        return None;
    }
    let is_meant = |signs: &[&str]| signs.iter().any(|sign| is_word_start(&folded, sign));
    let by_signs =
        || all_columns().filter(|column| is_meant(column.signs.words)).min_by_key(|column| column.signs.turn);
    header(text).map(|(key, _)| key).or_else(|| by_signs().map(|column| column.key))
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
