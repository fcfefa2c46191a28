//! The workbooks that were issued, worked out from entries.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::entry::{Entry, EntryId, Issued, Recorded, Sent, SentWhat};
use crate::core::ids::AgencyId;

/// A workbook by the record.
#[derive(Debug, Clone, PartialEq)]
pub struct IssuedWorkbook {
    /// The workbook as it was last written under its code.
    pub issued: Issued,
    /// When it was last written.
    pub written_on: Date,
    /// The entries about it, which an entry that replaces it names.
    pub ids: Vec<EntryId>,
    /// When it was sent, the earliest day if copies of the round differ; `None` if it was not.
    pub sent_on: Option<Date>,
    /// The other days that copies of the round note; usually none.
    pub other_days: Vec<Date>,
    /// The entries that say when it was sent.
    pub sent_ids: Vec<EntryId>,
    /// Whether two different workbooks were issued under its code.
    pub is_contradicted: bool,
}

/// The workbooks of each agency. Several entries may be about one workbook, written on different days; the latest describes the file as it
/// is now.
pub(super) fn workbooks(
    entries: &BTreeMap<EntryId, Recorded>,
    contradicted: &BTreeSet<String>,
) -> BTreeMap<AgencyId, Vec<IssuedWorkbook>> {
    let mut sent: BTreeMap<(&AgencyId, &str), Vec<(&EntryId, Date)>> = BTreeMap::new();
    for Recorded { id, entry, .. } in entries.values() {
        if let Entry::Sent(Sent { agency, what: SentWhat::Workbook, return_code, day, .. }) = entry {
            sent.entry((agency, return_code)).or_default().push((id, *day));
        }
    }
    let mut workbooks: BTreeMap<(&AgencyId, u32), IssuedWorkbook> = BTreeMap::new();
    for Recorded { id, on, entry, .. } in entries.values() {
        let Entry::Issued(issued) = entry else { continue };
        let is_contradicted = entry.is_one_of(contradicted);
        let workbook = workbooks.entry((&issued.agency, issued.issue)).or_insert_with(|| IssuedWorkbook {
            issued: issued.clone(),
            written_on: *on,
            ids: Vec::new(),
            sent_on: None,
            other_days: Vec::new(),
            sent_ids: Vec::new(),
            is_contradicted,
        });
        // Written again under the same code before it was sent: the latest is the file that is there.
        if *on > workbook.written_on {
            (workbook.issued, workbook.written_on) = (issued.clone(), *on);
        }
        workbook.is_contradicted |= is_contradicted;
        workbook.ids.push(id.clone());
        let sent = sent.get(&(&issued.agency, issued.return_code.as_str()));
        let days: BTreeSet<Date> = sent.iter().flat_map(|sent| sent.iter().map(|(_, day)| *day)).collect();
        let mut days = days.into_iter();
        workbook.sent_on = days.next();
        workbook.other_days = days.collect();
        workbook.sent_ids = sent.iter().flat_map(|sent| sent.iter().map(|(id, _)| (*id).clone())).collect();
    }
    let mut by_agency: BTreeMap<AgencyId, Vec<IssuedWorkbook>> = BTreeMap::new();
    for ((agency, _), workbook) in workbooks {
        by_agency.entry(agency.clone()).or_default().push(workbook);
    }
    by_agency
}
