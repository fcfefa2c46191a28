//! Reads `issued/record.json`, which versions before the record wrote, as entries.

use jiff::civil::Date;
use serde::Deserialize;

use super::entry::{Entry, Issued, NewEntry, Sent};
use crate::core::ids::AgencyId;
use crate::core::names::RelativeName;

#[derive(Deserialize)]
struct LegacyText {
    issued: Vec<LegacyLine>,
}

#[derive(Deserialize)]
struct LegacyLine {
    agency: AgencyId,
    name: String,
    issue: u32,
    file: RelativeName,
    return_code: String,
    sha256: String,
    written_on: Date,
    sent_on: Option<Date>,
}

/// The entries for `issued/record.json`; `None` if the text is damaged or names a file outside the folder.
///
/// That file had no fingerprints, so `fingerprint` works one out from a workbook's file, by its name and hash. It is empty if that is not
/// possible.
pub fn issued_by_an_earlier_program(
    json: &str,
    fingerprint: impl Fn(&RelativeName, &str) -> Option<String>,
) -> Option<Vec<NewEntry>> {
    let text: LegacyText = serde_json::from_str(json).ok()?;
    let mut entries = Vec::new();
    for LegacyLine { agency, name, issue, file, return_code, sha256, written_on, sent_on } in text.issued {
        let sent = sent_on.map(|day| {
            let sent = Sent { return_code: return_code.clone(), ..Sent::workbook(&agency, day) };
            NewEntry { on: Some(day), ..NewEntry::from(Entry::Sent(sent)) }
        });
        let fingerprint = fingerprint(&file, &sha256).unwrap_or_default();
        let issued = Issued { agency, name, issue, return_code, file, sha256, fingerprint };
        entries.push(NewEntry { on: Some(written_on), ..NewEntry::from(Entry::Issued(issued)) });
        entries.extend(sent);
    }
    Some(entries)
}
