//! Phrases that several slides share.

use jiff::civil::Date;

use crate::analysis::Due;

/// By when, in words, as on the day of the run.
pub fn due(due: &Due, today: Date) -> String {
    match due {
        Due::On(due) if due.day < today => format!("{}: date has passed; progress not reported", due.words()),
        Due::On(due) => due.words(),
        Due::AsWritten(text) => format!("“{text}”"),
        Due::NoDate => "no date yet".into(),
    }
}

/// The name of a part of the story on its first and its later slides; nothing stays nothing.
pub(super) fn continued(section: &str, at: usize) -> String {
    if at == 0 || section.is_empty() { section.to_string() } else { format!("{section}, continued") }
}
