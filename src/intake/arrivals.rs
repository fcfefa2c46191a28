//! When each return came, as the record knows it.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::core::finding::{Code, Finding, Place};
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::record::{Received, Record};
use crate::response::{Response, ReturnFile};

/// When each file was first seen, under its name or with its bytes.
pub fn first_seen(record: &Record, files: &[ReturnFile], today: Date) -> HashMap<String, Date> {
    let mut earliest: HashMap<&str, Date> = HashMap::new();
    for (received, day) in record.received() {
        for sign in [&received.file, &received.sha256] {
            let known = earliest.entry(sign.as_str()).or_insert(day);
            *known = (*known).min(day);
        }
    }
    let of = |file: &ReturnFile| {
        let known = [&file.name, &file.sha256].into_iter().filter_map(|sign| earliest.get(sign.as_str()));
        (file.name.clone(), known.min().copied().unwrap_or(today))
    };
    files.iter().map(of).collect()
}

/// When the first return of each agency was first seen, one that was forgotten since included.
pub fn arrived(responses: &[Response], first_seen: &HashMap<String, Date>, record: &Record) -> HashMap<AgencyId, Date> {
    let here = responses.iter().filter_map(|response| {
        let seen = first_seen.get(&response.file.name)?;
        Some((&response.agency, *seen))
    });
    let forgotten = record.forgotten().filter_map(|(gone, _)| Some((gone.agency.as_ref()?, gone.first_day)));
    let mut arrived: HashMap<AgencyId, Date> = HashMap::new();
    for (agency, day) in here.chain(forgotten) {
        let first = arrived.entry(agency.clone()).or_insert(day);
        *first = (*first).min(day);
    }
    arrived
}

/// Files that are not as they were when they were first seen: somebody saved them again in `returns/`.
pub fn changed_here(record: &Record, seen: &[ReturnFile]) -> Vec<Finding> {
    let mut known: HashMap<&str, Vec<(&Received, Date)>> = HashMap::new();
    record.received().for_each(|(received, day)| known.entry(&received.file).or_default().push((received, day)));
    let finding = |seen: &ReturnFile| {
        let others = known.get(seen.name.as_str())?.iter().filter(|(first, _)| first.sha256 != seen.sha256);
        let (_, day) = others.min_by_key(|(_, day)| *day)?;
        let found = format!("this file changed here after it was first seen on {}", words::date(*day));
        let remedy = "if nobody meant to change it, put the file as it was sent back in its place";
        let place = Place::file(&seen.name);
        let finding = Finding::new(Code::ReturnChangedHere, place, found, "a return as it came", remedy);
        Some(finding.of_file(&seen.sha256))
    };
    seen.iter().filter_map(finding).collect()
}
