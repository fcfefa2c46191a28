//! Finds when a return was saved, from the document's own properties or from the file.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::core::words;
use crate::response::Response;

/// The function that gives each of these returns its time: the documents' own where every one has a time, else the files'. The two are
/// never mixed, because they come from different computers.
pub(super) fn clock_for<'r>(mut responses: impl Iterator<Item = &'r Response>) -> fn(&Response) -> Option<i64> {
    if responses.all(|response| saved_at(response).is_some()) {
        |response| saved_at(response).map(Timestamp::as_second)
    } else {
        |response| response.file.changed
    }
}

/// The document's own time of saving; `None` where it has none. OpenDocument writes it without a time zone, and it is then taken as UTC.
pub(super) fn saved_at(response: &Response) -> Option<Timestamp> {
    let saved = response.saved.as_deref()?;
    let local = || saved.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    saved.parse().ok().or_else(local)
}

/// The day on which the document says it was saved; `None` where it does not say.
pub(super) fn saved_on(response: &Response) -> Option<Date> {
    saved_at(response).map(|saved| saved.to_zoned(TimeZone::UTC).date())
}

/// The document's time of saving, for people: "4 December 2026 at 15:42"; empty where it has none.
pub fn saved_words(response: &Response) -> String {
    let said = |saved: Timestamp| {
        let saved = saved.to_zoned(TimeZone::UTC);
        format!("{} at {}", words::date(saved.date()), saved.strftime("%H:%M"))
    };
    saved_at(response).map_or(String::new(), said)
}
