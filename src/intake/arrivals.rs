//! Works out from the record when each return came, and notices returns that are gone or changed.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use crate::core::finding::{Code, Finding, Place, Remedy};
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::record::{Received, Record};
use crate::response::{Response, ReturnFile};

/// When each file and each agency's first return came.
#[derive(Debug)]
pub struct Arrivals {
    /// When each file was first seen, by its name.
    pub first_seen: HashMap<String, Date>,
    /// The day on which each file as it is now came, by its SHA-256.
    pub came_in: HashMap<String, Date>,
    /// When the first return of each agency was seen. Lateness goes by this day, so that a corrected return is not late.
    pub first_return: HashMap<AgencyId, Date>,
    /// The workbooks with questions that came back from each agency.
    pub questions_back: HashMap<AgencyId, Vec<QuestionsBack>>,
}

impl Arrivals {
    /// Collects the days from the record, the files in `returns/` and the returns read from them.
    pub fn new(record: &Record, responses: &[Response], files: &[ReturnFile], today: Date) -> Arrivals {
        let first_seen = first_seen(record, files, today);
        let came_in = came_in(record, files, today);
        let first_return = first_returns(responses, &first_seen, record);
        let questions_back = questions_back(responses, &came_in);
        Arrivals { first_seen, came_in, first_return, questions_back }
    }
}

/// When each file was first seen, under its name or with its bytes: neither renaming a file nor saving it again makes it new.
fn first_seen(record: &Record, files: &[ReturnFile], today: Date) -> HashMap<String, Date> {
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

/// The day on which each file's present bytes were first seen, by its SHA-256. A file that was written over came again, on a later day.
fn came_in(record: &Record, files: &[ReturnFile], today: Date) -> HashMap<String, Date> {
    let mut earliest: HashMap<&str, Date> = HashMap::new();
    for (received, day) in record.received() {
        let known = earliest.entry(received.sha256.as_str()).or_insert(day);
        *known = (*known).min(day);
    }
    let of = |file: &ReturnFile| (file.sha256.clone(), earliest.get(file.sha256.as_str()).copied().unwrap_or(today));
    files.iter().map(of).collect()
}

/// When each agency's first return was seen, including a return that was removed with `jtai forget`.
fn first_returns(
    responses: &[Response],
    first_seen: &HashMap<String, Date>,
    record: &Record,
) -> HashMap<AgencyId, Date> {
    let here = responses.iter().filter_map(|response| {
        let seen = first_seen.get(&response.file.name)?;
        Some((&response.agency, *seen))
    });
    // A return that was set aside later still came on its day.
    let received = record.senders().map(|(_, agency, day)| (agency, day));
    let forgotten = record.forgotten().filter_map(|(gone, _)| Some((gone.agency.as_ref()?, gone.first_day)));
    let mut arrived: HashMap<AgencyId, Date> = HashMap::new();
    for (agency, day) in here.chain(received).chain(forgotten) {
        let first = arrived.entry(agency.clone()).or_insert(day);
        *first = (*first).min(day);
    }
    arrived
}

/// A workbook with questions that came back.
#[derive(Debug, Clone)]
pub struct QuestionsBack {
    /// The references of what it asked.
    pub references: BTreeSet<String>,
    /// The day on which it came.
    pub came_on: Date,
}

/// The workbooks with questions that came back, by agency. `came_in` has the day on which each file came, by its SHA-256.
fn questions_back(responses: &[Response], came_in: &HashMap<String, Date>) -> HashMap<AgencyId, Vec<QuestionsBack>> {
    let mut back: HashMap<AgencyId, Vec<QuestionsBack>> = HashMap::new();
    for response in responses {
        let (Some(questions), Some(day)) = (&response.questions, came_in.get(&response.file.sha256)) else { continue };
        let one = QuestionsBack { references: questions.iter().cloned().collect(), came_on: *day };
        back.entry(response.agency.clone()).or_default().push(one);
    }
    back
}

/// A finding for each return that was here and is gone, under any name. [`changed_here`] notes those that changed in place.
///
/// `names` are the names of all files in the folder, read or not.
pub fn gone(record: &Record, seen: &[ReturnFile], names: &[String]) -> Vec<Finding> {
    let hashes = seen.iter().map(|file| file.sha256.as_str());
    // The same name with different bytes is a changed file, and the same bytes under a different name are a renamed one: neither is gone.
    let here: HashSet<&str> = hashes.chain(names.iter().map(String::as_str)).collect();
    // Sorted by hash, so that the findings come in the same order in every run.
    let mut gone: BTreeMap<&str, (&Received, &AgencyId, Date)> = BTreeMap::new();
    for (received, agency, day) in record.senders() {
        if !here.contains(received.sha256.as_str()) && !here.contains(received.file.as_str()) {
            let known = gone.entry(&received.sha256).or_insert((received, agency, day));
            known.2 = known.2.min(day);
        }
    }
    let finding = |(received, agency, day): (&Received, &AgencyId, Date)| {
        let found = format!("this return came on {} and is no longer in returns/", words::date(day));
        let remedy = Remedy::typed(
            "put it back from a copy; if it was taken away on purpose, accept that, or `jtai forget` it",
            "put it back from a copy; if it was taken away on purpose, say so here",
        );
        let finding = Finding::new(Code::ReturnGone, Place::file(&received.file), found, "", remedy).about(agency);
        finding.of_file(&received.sha256).naming(received.sha256.as_str())
    };
    gone.into_values().map(finding).collect()
}

/// A finding for each file that changed since it was first seen: somebody saved it again in `returns/`.
pub fn changed_here(record: &Record, seen: &[ReturnFile]) -> Vec<Finding> {
    let mut known: HashMap<&str, Vec<(&Received, Date)>> = HashMap::new();
    record.received().for_each(|(received, day)| known.entry(&received.file).or_default().push((received, day)));
    let finding = |seen: &ReturnFile| {
        let others = known.get(seen.name.as_str())?.iter().filter(|(first, _)| first.sha256 != seen.sha256);
        let (_, day) = others.min_by_key(|(_, day)| *day)?;
        let found = format!("this file changed here after it was first seen on {}", words::date(*day));
        let remedy = "if nobody meant to change it, replace it with the file that the agency sent";
        let place = Place::file(&seen.name);
        let finding = Finding::new(Code::ReturnChangedHere, place, found, "the file as the agency sent it", remedy);
        Some(finding.of_file(&seen.sha256))
    };
    seen.iter().filter_map(finding).collect()
}
