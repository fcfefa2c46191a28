//! Reads every workbook in `challenge/`, and adds to each answer what the record says about its challenge.

use std::path::Path;

use jiff::civil::Date;

use crate::app::collect::returns::shown_name;
use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::machine::guard::{self, Job, StartError};
use crate::app::open::OpenRound;
use crate::app::record::RoundRecord;
use crate::challenge::{self, ChallengeFile, ReadWorkbook, cells_given, recorded};
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::intake::after_challenge::put_to_answers;
use crate::intake::answers::AnswerRow;
use crate::record::NewEntry;
use crate::workbook::file::book::Book;
use crate::workbook::file::{limits, scan};

/// What is in `challenge/`.
#[derive(Debug, Default)]
pub(crate) struct ReadChallenge {
    /// Its workbooks.
    pub files: Vec<ChallengeFile>,
    /// What they say that is not on record yet.
    pub entries: Vec<NewEntry>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Reads the workbooks, compares them with the record, and notes on each answer how its challenge ended. Writes nothing.
///
/// # Errors
///
/// When the part of the program that reads workbooks cannot be started. A workbook that cannot be read is a finding.
pub(super) fn read(
    open: &OpenRound,
    record: &RoundRecord,
    answers: &mut [AnswerRow],
    today: Date,
) -> Result<ReadChallenge, Failure> {
    let mut read = ReadChallenge::default();
    for path in files(open, &mut read.findings) {
        let name = shown_name(&open.folder, &path);
        let Checked { output, findings } = read_file(open, &path, &name, answers.len(), today)?;
        read.findings.extend(findings);
        read.files.push(ChallengeFile { name, workbook: output });
    }
    let Checked { output: entries, findings } = recorded(&read.files, &record.record, &open.round);
    read.findings.extend(findings);
    read.findings.extend(put_to_answers(answers, &record.with(&entries, today), &open.round));
    read.entries = entries;
    Ok(read)
}

/// The files that can be challenge workbooks, in the order of their names.
fn files(open: &OpenRound, findings: &mut Vec<Finding>) -> Vec<std::path::PathBuf> {
    let folder = open.folder.challenge();
    if !folder.is_dir() {
        return Vec::new();
    }
    let (found, unread) = disk::files_under(&folder);
    findings.extend(unread);
    // The pages for the scrutineer are ours, in a sub-folder of this one.
    let own = open.folder.scrutineer_pages();
    let mut files = Vec::new();
    for path in found.into_iter().map(|found| found.path).filter(|path| !path.starts_with(&own)) {
        let name = shown_name(&open.folder, &path);
        let is_lock = disk::LOCK_MARKS.iter().any(|mark| name.contains(mark));
        let is_workbook = ["xlsx", "xlsm", "xls", "ods"]
            .iter()
            .any(|ending| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending)));
        let skipped = match (is_lock, is_workbook) {
            (true, _) => Some((
                "a lock file: somebody has the workbook open, and changes that are not saved there are not read",
                "save and close it there, and run this again",
            )),
            (false, false) if !disk::is_system_file(&path) && !disk::is_leftover(&path) => {
                Some(("this is not a workbook, and nothing in it is read", "nothing to do"))
            }
            _ => None,
        };
        match skipped {
            Some((what, remedy)) => {
                findings
                    .push(Finding::new(Code::FileSkipped, Place::file(name.as_str()), what, "", remedy).naming(name));
            }
            None if is_workbook => files.push(path),
            None => {}
        }
    }
    files
}

/// One workbook; nothing, and a finding, where it cannot be read.
fn read_file(
    open: &OpenRound,
    path: &Path,
    name: &str,
    most_rows: usize,
    today: Date,
) -> Result<Checked<Option<ReadWorkbook>>, Failure> {
    let refuse = |found: String| {
        let remedy =
            "open it in a spreadsheet program, save it again as .xlsx, or put back a copy; what is on record stays";
        let finding =
            Finding::new(Code::ChallengeUnread, Place::file(name), found, "a workbook that can be read", remedy);
        Ok(Checked { output: None, findings: vec![finding.naming(name)] })
    };
    let bytes = match disk::read(path) {
        Ok(bytes) if bytes.len() > limits::FILE => return refuse("the file is larger than 64 MB".into()),
        Ok(bytes) => bytes,
        Err(failure) => return Ok(Checked { output: None, findings: failure.findings }),
    };
    let kind = match scan::kind(&bytes) {
        Ok(kind) => kind,
        Err(refusal) => return refuse(refusal.to_string()),
    };
    let book = |cleared: Vec<(String, (u32, u32))>| {
        let job = Job { kind, bytes: bytes.clone(), cleared };
        guard::read_one(job).map_err(StartError::into_failure)
    };
    let cleared = cells_given(most_rows, None);
    let first: Book = match book(cleared.clone())? {
        Ok(book) => book,
        Err(error) => return refuse(format!("the workbook cannot be read: {error}")),
    };
    // If somebody moved columns, our own text is in different cells, and would be held back there.
    let own = cells_given(most_rows, Some(&first));
    let read = if own == cleared { Ok(first) } else { book(own)? };
    let Ok(read) = read else { return refuse("the workbook cannot be read".into()) };
    // No meeting can have been before the workbooks were issued: an earlier date is a slip of the pen.
    let earliest = open.round.issued_on.unwrap_or(Date::MIN);
    Ok(challenge::read(&read, name, &open.opened.theme, &open.round, [earliest, today]))
}
