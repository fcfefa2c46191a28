//! Issues many workbooks of one round fast. Parts that are the same in all of them are written and compressed once.
//!
//! Workbooks of agencies that are asked the same differ in a few words: names, the return code, the agency's id. One workbook is written
//! with a mark in each of those places, and its parts are kept. For each agency, the parts with marks are filled in and compressed, and the
//! others are copied. The result has the same parts as that of [`issued_workbook`]; a test compares them.

use std::collections::HashMap;
use std::io::{Cursor, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use zip::{ZipArchive, ZipWriter};

use super::growing_rows::part_options;
use super::issued::{IssueError, issued_workbook, lay_out};
use super::same_bytes::as_on_every_system;
use super::start;
use crate::core::ids::AgencyId;
use crate::round::{Agency, Round};
use crate::theme::Theme;
use crate::workbook::contract::{CarriedIn, Issue};

/// The marks in place of the texts that differ. They are in the private-use area of Unicode, so no text of a round has them.
const MARKS: [&str; 5] = ["\u{f0000}", "\u{f0001}", "\u{f0002}", "\u{f0003}", "\u{f0004}"];

/// Issues the workbooks of one round and theme. It can be shared between threads.
pub struct RoundWriter<'a> {
    theme: &'a Theme,
    round: &'a Round,
    shared: Mutex<HashMap<String, Arc<SharedParts>>>,
}

impl<'a> RoundWriter<'a> {
    /// For the workbooks of a round.
    pub fn new(theme: &'a Theme, round: &'a Round) -> RoundWriter<'a> {
        RoundWriter { theme, round, shared: Mutex::default() }
    }

    /// Writes an agency's workbook of this number, with what is carried in from the previous round. The result is that of
    /// [`issued_workbook`].
    ///
    /// # Errors
    ///
    /// As [`issued_workbook`].
    pub fn issue(&self, agency: &Agency, number: u32, carried: &CarriedIn) -> Result<Vec<u8>, IssueError> {
        let issue = Issue::fresh(self.theme, self.round, agency, number);
        if *carried != CarriedIn::default() {
            // Every agency has other answers, so nothing is shared.
            let CarriedIn { answers, headlines, speaks_for } = carried;
            return issued_workbook(&Issue { answers, headlines, speaks_for: speaks_for.as_ref(), ..issue });
        }
        // Marks are replaced in the raw XML, so a text that must be escaped there takes the slow way.
        if !texts(agency).into_iter().all(is_plain) {
            return issued_workbook(&issue);
        }
        let parts = self.shared_parts(&issue)?;
        parts.fill(&issue).map_err(|error| IssueError::caused_by(&issue, error))
    }

    fn shared_parts(&self, issue: &Issue<'_>) -> Result<Arc<SharedParts>, IssueError> {
        let heights = start::heights(issue);
        let key = key(issue, &heights);
        // Locked until the parts are made, so that no second thread makes the same ones. After a panic elsewhere the map is still sound:
        // parts are inserted whole.
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = shared.get(&key) {
            return Ok(Arc::clone(known));
        }
        let parts = Arc::new(SharedParts::from_first(issue, &heights)?);
        shared.insert(key, Arc::clone(&parts));
        Ok(parts)
    }
}

/// Whether a text is the same in XML and in Excel's header codes, so that it can be filled into shared parts. Long texts may be cut to fit
/// a page header, which a mark would not be.
fn is_plain(text: &str) -> bool {
    let is_kept =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '-' | '\'' | '(' | ')' | '/' | ':' | '’');
    text.chars().all(is_kept) && text.trim() == text && text.len() <= 100
}

/// The texts that differ between agencies, in the order of [`MARKS`].
fn texts(agency: &Agency) -> [&str; 5] {
    [agency.id.as_str(), &agency.name, &agency.contact, &agency.deputy, &agency.approver_role]
}

/// The key of shared parts: what two workbooks must have in common. An empty text is left out of the workbook together with its label, so
/// it counts whether there is one. The heights of rows depend on the lengths of texts.
fn key(issue: &Issue<'_>, heights: &[f64]) -> String {
    let [_, _, contact, deputy, approver] = texts(issue.agency).map(str::is_empty);
    let due = issue.round.due(issue.agency);
    format!("{:?} {due} {} {contact} {deputy} {approver} {heights:?}", issue.agency.group, issue.number)
}

/// A workbook with marks where agencies differ.
struct SharedParts {
    /// The package of the workbook.
    package: ZipArchive<Cursor<Vec<u8>>>,
    /// The parts with marks, as text; `None` for those that are copied. In the package's order.
    marked: Vec<Option<String>>,
    /// The return code in place of the agency's own.
    code: String,
}

impl SharedParts {
    fn from_first(issue: &Issue<'_>, heights: &[f64]) -> Result<SharedParts, IssueError> {
        let [id, name, contact, deputy, approver_role] =
            std::array::from_fn(
                |at| {
                    if texts(issue.agency)[at].is_empty() { String::new() } else { MARKS[at].to_string() }
                },
            );
        let agency = Agency { id: AgencyId(id), name, contact, deputy, approver_role, ..issue.agency.clone() };
        let blank = Issue { agency: &agency, ..*issue };
        let bytes = lay_out(&blank, heights)?;
        let parts = || -> Result<_, std::io::Error> {
            let mut package = ZipArchive::new(Cursor::new(bytes))?;
            let mut marked = Vec::new();
            for at in 0..package.len() {
                let mut text = String::new();
                package.by_index(at)?.read_to_string(&mut text)?;
                let has_mark = text.contains(&blank.return_code()) || MARKS.iter().any(|mark| text.contains(mark));
                marked.push(has_mark.then_some(text));
            }
            Ok(SharedParts { package, marked, code: blank.return_code() })
        };
        parts().map_err(|error| IssueError::caused_by(issue, error))
    }

    fn fill(&self, issue: &Issue<'_>) -> Result<Vec<u8>, std::io::Error> {
        let code = issue.return_code();
        let options = part_options();
        let mut package = self.package.clone();
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (at, marked) in self.marked.iter().enumerate() {
            let part = package.by_index_raw(at)?;
            match marked {
                None => out.raw_copy_file(part)?,
                Some(text) => {
                    let filled = texts(issue.agency).into_iter().zip(MARKS);
                    let text =
                        filled.fold(text.replace(&self.code, &code), |text, (own, mark)| text.replace(mark, own));
                    out.start_file(part.name()?, options)?;
                    out.write_all(text.as_bytes())?;
                }
            }
        }
        Ok(as_on_every_system(out.finish()?.into_inner()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{round, theme};

    fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
        let mut package = ZipArchive::new(Cursor::new(bytes)).expect("a package");
        let count = package.len();
        let part = |at| {
            let mut part = package.by_index(at).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("text");
            (part.name().expect("a name").to_string(), text)
        };
        (0..count).map(part).collect()
    }

    #[test]
    fn a_workbook_from_shared_parts_is_the_one_that_is_written_by_itself() {
        let theme = theme::read("t.toml", "t", theme::TEMPLATE).output;
        let agencies = [
            ("police", "Exampleshire Police", "deputy = \"D. E.\""),
            ("fire", "A", "contact = \"Jo O'Neill (lead)\"\napprover_role = \"chief\""),
            (
                "long",
                "The Exampleshire, Samplehaven and Mockup Valley Partnership of Police and Others",
                "due = 2026-12-18",
            ),
            ("amp", "Health & Care <North>", "contact = \"x\""),
            ("odd", " ends in a blank ", "contact = \"=1+1\""),
            ("fire-2", "Z", "contact = \"Ed\"\napprover_role = \"head\""),
        ];
        let mut text = "format = 1\nid = \"r\"\ntheme = \"t\"\npartnership = \"Police & Police\"\ndeadline = 2026-12-11\nmarking = \"M & M\"\nrate = [\"S\"]\n".to_string();
        for (id, name, more) in agencies {
            text += &format!("[[agency]]\nid = \"{id}\"\nname = \"{name}\"\ngroup = \"POL\"\n{more}\n");
        }
        let round = round::read("round.toml", &text).output.expect("no fault");
        let writer = RoundWriter::new(&theme, &round);
        for agency in &round.agencies {
            for number in [1, 2] {
                let issue = Issue::fresh(&theme, &round, agency, number);
                let (quick, slow) = (
                    writer.issue(agency, number, &CarriedIn::default()).expect("written"),
                    issued_workbook(&issue).expect("written"),
                );
                assert!(parts(&quick) == parts(&slow), "{}", agency.name);
                assert!(!MARKS.iter().any(|mark| parts(&quick).values().any(|text| text.contains(mark))));
            }
        }
        assert!(writer.shared.lock().expect("free").len() >= 4);
    }
}
