//! Reads any text that an agency typed, in whichever table, with the findings about it.

use super::file_findings::FileFindings;
use crate::core::finding::{Code, Subject};
use crate::core::privacy;
use crate::core::quoting::quote;
use crate::core::written::Written;
use crate::workbook::contract;
use crate::workbook::file::book::Value;

/// The place of a text.
pub(super) struct TextPlace<'a> {
    /// The header of its column.
    pub header: &'a str,
    /// Its cell, as the subject of a finding.
    pub subject: Subject,
    /// The name of the agency that wrote it.
    pub agency: &'a str,
}

/// A text as the agency's statement; nothing if it is a placeholder such as "n/a". Invisible characters are reported, because two texts
/// that look alike may differ by them.
pub(super) fn stated(written: Written, place: &TextPlace<'_>, notes: &mut FileFindings) -> Written {
    let Written::Text(text) = &written else { return written };
    let (header, subject) = (quote(place.header), || place.subject.clone());
    if let Some(unseen) = text.chars().find(|c| is_unseen(*c)) {
        let found = format!("{header} has an invisible character (U+{:04X})", unseen as u32);
        let remedy = "check in the file that the text says what it seems to say".to_string();
        notes.add_here(Code::TextInvisible, subject(), found, "letters, digits and signs", remedy);
    }
    // A weak sign is only reported. A strong one has been held back before the text came here.
    if let Some(sign) = privacy::weak_sign(text) {
        let found = format!("a text under {header} has {}, so it may be about one child", sign.words());
        let remedy = format!(
            "look at it; ask {} to reword it, or leave it: leaders' papers have it, and it is not put on a slide automatically",
            place.agency
        );
        let subject = Subject { written: sign.words().to_string(), ..subject() };
        notes.add_here(Code::TextMayIdentify, subject, found, "words that do not identify a child", remedy);
    }
    if !contract::is_placeholder(text) {
        return written;
    }
    let found = format!("{} under {header} counts as an empty cell", quote(text));
    notes.add_here(Code::Placeholder, subject(), found, "a text, or an empty cell", String::new());
    Written::Nothing
}

/// Reports a cell with a spreadsheet error, or one that could not be read.
pub(super) fn report_error(value: &Value, place: &TextPlace<'_>, notes: &mut FileFindings) {
    let header = quote(place.header);
    let found = match value {
        Value::Unreadable(why) => format!("the cell in the column {header} cannot be read: {why}"),
        _ => format!("{} is in the column {header}", quote(&value.text())),
    };
    let remedy = format!("ask {} what was written there", place.agency);
    notes.add_here(Code::CellError, place.subject.clone(), found, "a text", remedy);
}

/// Reports a text that is struck out. It is read all the same: whether it still applies, only the agency knows.
pub(super) fn report_struck_out(value: Option<&Value>, subject: Subject, agency: &str, notes: &mut FileFindings) {
    let written = value.map(Value::text).unwrap_or_default();
    let found = format!("{} is struck out, whole or in part; it was read as if it were not", quote(&written));
    let remedy = format!("ask {agency} whether it still applies");
    notes.add_here(Code::TextStruckOut, subject, found, "what applies now", remedy);
}

/// Whether a character is invisible: it turns the direction of writing, joins or splits words without a trace, or controls a device. Tabs
/// and line breaks can be seen.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}' | '\u{ad}')
        || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}
