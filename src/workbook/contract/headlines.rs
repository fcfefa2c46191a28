//! The table of an agency's own headlines: its columns, its kinds of lines, how long a line may be.

use std::sync::LazyLock;

use super::columns;
use super::labels::{fold, is_label};
use crate::form::{ColumnKey, HeadlineColumn, HeadlineKind};
use crate::theme::ColumnOrder;

/// The longest line, in characters: a card on a slide has room for no more.
pub const LONGEST_HEADLINE: usize = 70;

/// The Ref of the invented statement on the sheet with the worked example.
pub const EXAMPLE_REF: &str = "EXAMPLE";

/// What follows the kind in a row that we ask about. [`headline_kind`] takes it off again, so a change here needs the old text there too.
const QUESTION_ON: &str = "\n\nQuestion on: ";

/// A column of the table.
#[derive(Debug)]
pub struct ShortColumn {
    /// Which column it is.
    pub key: HeadlineColumn,
    /// Its header.
    pub header: &'static str,
    /// Its width in characters of the body font.
    pub width_chars: f64,
}

/// The columns in their order.
pub const HEADLINE_COLUMNS: [ShortColumn; 3] = [
    ShortColumn { key: HeadlineColumn::Kind, header: "Kind", width_chars: 34.0 },
    ShortColumn { key: HeadlineColumn::Ref, header: "Ref", width_chars: 16.0 },
    ShortColumn { key: HeadlineColumn::Line, header: "In one line", width_chars: 90.0 },
];

/// The column of this header, whatever its case, blanks and punctuation; `None` for any other text.
pub fn headline_column(text: &str) -> Option<HeadlineColumn> {
    let is_it = |column: &&ShortColumn| text.len() <= columns::LONGEST_HEADER && is_label(text, column.header);
    HEADLINE_COLUMNS.iter().find(is_it).map(|column| column.key)
}

impl HeadlineColumn {
    /// Its header.
    pub fn header(self) -> &'static str {
        // A test checks that both lists have the same order.
        HEADLINE_COLUMNS[self as usize].header
    }
}

impl HeadlineKind {
    /// The words in the sheet: the self-assessment's own header, where it has one for the kind.
    pub fn label(self) -> &'static str {
        match self {
            HeadlineKind::WorkingWell => columns::column(ColumnKey::WorkingWell).header,
            HeadlineKind::WorriedAbout => columns::column(ColumnKey::WorriedAbout).header,
            HeadlineKind::NeedsToHappen => columns::column(ColumnKey::NeedsToHappen).header,
            HeadlineKind::ChildrenAndFamilies => "What children and families tell us",
        }
    }

    /// The input message of a line's cell, at most 255 characters (Excel's limit).
    pub fn prompt(self) -> &'static str {
        match self {
            HeadlineKind::WorkingWell => {
                "At most 70 characters. Give the result if you have one, as in: 15 of 15 seen the same day. Do not name a child."
            }
            HeadlineKind::WorriedAbout => {
                "At most 70 characters. What worries you most, with the number that shows it. Do not name a child."
            }
            HeadlineKind::NeedsToHappen => {
                "At most 70 characters. What will be done, and by when. Do not name a child."
            }
            HeadlineKind::ChildrenAndFamilies => {
                "At most 70 characters. What children and families told you, and how many of them. Nobody must be able to recognise a child."
            }
        }
    }

    /// The label of a row when we ask about these columns of it.
    pub fn label_asked(self, asked: &str) -> String {
        format!("{}{QUESTION_ON}{asked}", self.label())
    }
}

/// The kinds in the order that the round chose.
pub fn headline_kinds(order: ColumnOrder) -> [HeadlineKind; 4] {
    let mut kinds = HeadlineKind::ALL;
    if order == ColumnOrder::WorriedFirst {
        kinds.swap(HeadlineKind::WorkingWell as usize, HeadlineKind::WorriedAbout as usize);
    }
    kinds
}

/// How the text of a kind's cell was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KindReading {
    /// A kind, as issued.
    Issued(HeadlineKind),
    /// A kind that somebody wrote more words behind.
    Extended(HeadlineKind),
}

impl KindReading {
    /// The kind.
    pub fn kind(self) -> HeadlineKind {
        match self {
            KindReading::Issued(kind) | KindReading::Extended(kind) => kind,
        }
    }
}

/// Reads the text of a kind's cell, whatever its case, blanks and punctuation; `None` for any other text.
pub fn headline_kind(text: &str) -> Option<KindReading> {
    static LABELS: LazyLock<[String; HeadlineKind::ALL.len()]> =
        LazyLock::new(|| HeadlineKind::ALL.map(|kind| fold(kind.label())));
    let issued = text.split_once(QUESTION_ON.trim()).map_or(text, |(label, _)| label);
    // Only the beginning is needed, and somebody may have pasted a page into the cell.
    let text = fold(&text.chars().take(columns::LONGEST_HEADER).collect::<String>());
    let of = |kind: HeadlineKind| {
        let label = &LABELS[kind as usize];
        match text.strip_prefix(label) {
            _ if is_label(issued, label) => Some(KindReading::Issued(kind)),
            Some(rest) if rest.starts_with(' ') => Some(KindReading::Extended(kind)),
            _ => None,
        }
    };
    HeadlineKind::ALL.into_iter().find_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_keep_excels_limits_and_their_order() {
        assert!(HEADLINE_COLUMNS.iter().zip(HeadlineColumn::ALL).all(|(column, key)| column.key == key));
        assert!(HeadlineKind::ALL.into_iter().all(|kind| kind.prompt().chars().count() <= 255));
        let room: u32 = HeadlineKind::ALL.into_iter().map(HeadlineKind::lines).sum();
        assert_eq!(room, 11);
        assert_eq!(headline_kinds(ColumnOrder::WorriedFirst)[0], HeadlineKind::WorriedAbout);
    }

    #[test]
    fn a_kind_is_known_in_spite_of_case_and_of_what_is_behind_it() {
        let well = HeadlineKind::WorkingWell;
        assert_eq!(headline_kind(" what is WORKING well?"), Some(KindReading::Issued(well)));
        assert_eq!(headline_kind(&well.label_asked("In one line")), Some(KindReading::Issued(well)));
        assert_eq!(headline_kind("What is working well at night"), Some(KindReading::Extended(well)));
        assert_eq!(headline_kind("Anything else"), None);
        assert_eq!(headline_column("in one LINE:"), Some(HeadlineColumn::Line));
    }
}
