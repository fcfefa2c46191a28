//! What was issued to whom: kept beside the workbooks, because what was sent cannot be worked out from a folder that people
//! tidy up.

use crate::ids::AgencyId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Agency;

/// One workbook that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The agency's id.
    pub agency: String,
    /// The agency's name.
    pub name: String,
    /// The address that it goes to; empty when unknown.
    pub email: String,
    /// Which issue of the agency's workbook it is, counted from 1.
    pub issue: u32,
    /// The file's name.
    pub file: String,
    /// Its return code.
    pub return_code: String,
    /// The SHA-256 of the file as it was written.
    pub sha256: String,
    /// When it was written as it is.
    pub written_on: Date,
    /// When it was sent, as `round.toml` says; `None` for one that was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_on: Option<Date>,
    /// Whether it was sent before the day on which the file got its present content, so that what was sent is not known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_doubtful: bool,
}

/// Everything that was issued in a round.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Record {
    format: u32,
    note: String,
    /// The workbooks, by agency and issue.
    pub issued: Vec<Issued>,
}

impl Record {
    /// Reads a record; `None` where the text is none.
    pub fn read(json: &str) -> Option<Record> {
        serde_json::from_str(json).ok()
    }

    /// A record of these workbooks.
    pub fn of(issued: Vec<Issued>) -> Record {
        let note = "what jtai issued, and when it was sent; kept so that a return code never stands for two workbooks";
        Record { format: 1, note: note.into(), issued }
    }

    /// The record as text.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).expect("texts, numbers and dates are JSON") + "\n"
    }

    /// Which issue of an agency's workbook is the last; 1 where none is on record.
    pub fn last_issue(&self, agency: &AgencyId) -> u32 {
        self.to(agency).last().map_or(1, |issued| issued.issue)
    }

    /// What was issued to an agency, the first issue first.
    pub fn to(&self, agency: &AgencyId) -> Vec<Issued> {
        let mut issued: Vec<Issued> =
            self.issued.iter().filter(|issued| issued.agency == agency.as_str()).cloned().collect();
        issued.sort_by_key(|issued| issued.issue);
        issued
    }
}

/// Notes which of an agency's workbooks was sent, from what `round.toml` says of the agency: the one with the code it names, else
/// the last that was written by that day. Where all were written later, the last one, in doubt.
pub fn note_sent(issued: &mut [Issued], agency: &Agency) {
    let Some(sent_on) = agency.sent_on else { return };
    if !agency.sent_code.is_empty() {
        for one in issued.iter_mut() {
            match one.return_code == agency.sent_code {
                true => one.sent_on = Some(sent_on),
                false if one.sent_on == Some(sent_on) => one.sent_on = None,
                false => {}
            }
        }
        return;
    }
    if issued.iter().any(|one| one.sent_on == Some(sent_on)) {
        return;
    }
    let by_then = issued.iter().rposition(|one| one.written_on <= sent_on);
    if let Some(one) = issued.get_mut(by_then.unwrap_or(issued.len().saturating_sub(1))) {
        one.sent_on = Some(sent_on);
        one.is_doubtful = by_then.is_none();
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn issued(issue: u32, written_on: Date) -> Issued {
        Issued {
            agency: "police".into(),
            name: "Police".into(),
            email: String::new(),
            issue,
            file: format!("{issue}.xlsx"),
            return_code: format!("JT-{issue}"),
            sha256: String::new(),
            written_on,
            sent_on: None,
            is_doubtful: false,
        }
    }

    #[track_caller]
    fn check(sent_on: Date, sent_code: &str, expected: [(Option<Date>, bool); 2]) {
        let mut text = "format = 1\nid = \"r\"\ntheme = \"t\"\npartnership = \"P\"\ndeadline = 2026-12-11\nmarking = \"\"\nrate = [\"S\"]\n\
                        [[agency]]\nid = \"police\"\nname = \"Police\"\ngroup = \"POL\"\n"
            .to_string();
        text += &format!("sent_on = {sent_on}\nsent_code = \"{sent_code}\"\n");
        let agency = super::super::read("round.toml", &text).output.expect("no fault").agencies.remove(0);
        let mut both = [issued(1, date(2026, 11, 23)), issued(2, date(2026, 11, 26))];
        note_sent(&mut both, &agency);
        note_sent(&mut both, &agency);
        assert_eq!(both.map(|one| (one.sent_on, one.is_doubtful)), expected);
    }

    #[test]
    fn the_workbook_that_was_sent_is_the_last_one_written_by_then() {
        let day = |day| date(2026, 11, day);
        check(day(24), "", [(Some(day(24)), false), (None, false)]);
        check(day(26), "", [(None, false), (Some(day(26)), false)]);
        check(day(26), "JT-1", [(Some(day(26)), false), (None, false)]);
        check(day(20), "", [(None, false), (Some(day(20)), true)]);
    }

    #[test]
    fn a_record_is_read_back() {
        let record = Record::of(vec![issued(1, date(2026, 11, 23))]);
        assert_eq!(Record::read(&record.write()), Some(record));
        assert_eq!(Record::read("no record"), None);
    }
}
