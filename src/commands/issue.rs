//! `jtai issue`: writes one workbook for each agency that is asked something, with the message that it goes out with.
//!
//! Run again, it writes what changed. A workbook that was sent is never replaced by one with other content under the same return
//! code: the agency gets a new issue with a code of its own, and the old one stays and can still be read.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use super::disk::{OutputSet, Written};
use super::{Failure, Outcome, Said, disk, open, say};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::export;
use crate::export::csv::IssuedRow;
use crate::hash::sha256_hex;
use crate::message::{self, Covering, Message, Template};
use crate::round::{Agency, AgencyStatus, Folder, Round};
use crate::theme::{Status, Theme};
use crate::words;
use crate::workbook::book::Book;
use crate::workbook::issue::{Issue, Press};
use crate::workbook::layout::{self, MetadataKey};
use crate::workbook::{read, scan};

/// The comment over what is written under a theme when its workbooks are issued.
pub const FROZEN_NOTE: &str =
    "# Written when the workbooks were issued, so that a change of wording is noticed and named.";

/// The list of what was issued.
pub const INDEX: &str = "index.csv";

/// The page of messages to check and copy.
const MESSAGES: &str = "messages.html";

/// Writes the workbooks and messages, and freezes the theme in the round with its fingerprint.
pub fn run(dir: &Path, today: Date) -> Result<Said, Failure> {
    let open::OpenRound { folder, round, opened, mut findings } = open::round(dir)?;
    let theme = &opened.theme;
    if theme.status == Status::Draft && !theme.is_checked() {
        let found = "this theme is a draft that no named person has checked";
        let remedy = "compare it with the published framework, then fill checked_by and checked_on";
        return Err(Failure::one(Code::ThemeUnchecked, &folder.theme_toml(), found, remedy));
    }
    findings.extend(round.coverage(theme));
    let template = covering_template(&folder)?;
    let standing = Standing::read(&folder)?;
    let desk = Desk { folder: &folder, round: &round, theme, template: &template, standing: &standing, today };
    let asked: Vec<&Agency> =
        round.agencies.iter().filter(|agency| !round.statements(theme, agency).is_empty()).collect();
    let press = Press::default();
    let issued: Vec<Issued> =
        asked.par_iter().map(|agency| desk.issue(&press, agency)).collect::<Result<_, Failure>>()?;
    findings.extend(issued.iter().filter_map(|issued| issued.finding(&folder)));
    disk::check_replaceable(&folder.theme_toml())?;
    let written = desk.set(&issued)?.write()?;
    if theme.as_issued.is_none() {
        disk::write(&folder.theme_toml(), frozen(&opened).as_bytes())?;
    }
    findings.extend(written.findings.iter().cloned());
    Ok(said(&folder, &issued, &written, &findings))
}

/// The partnership's own words for the message, or ours.
fn covering_template(folder: &Folder) -> Result<Template, Failure> {
    let path = folder.covering_template();
    if !path.exists() {
        return Ok(Template::covering());
    }
    Ok(Template { file: folder.name_of(&path), text: disk::read_text(&path)? })
}

/// What an earlier run issued.
struct Standing {
    /// The rows of the index; none where there is none.
    rows: Vec<IssuedRow>,
}

impl Standing {
    fn read(folder: &Folder) -> Result<Standing, Failure> {
        let path = folder.issued().join(INDEX);
        let rows = if path.is_file() { export::csv::read_issued(&disk::read_text(&path)?) } else { Vec::new() };
        Ok(Standing { rows })
    }

    fn row(&self, file: &str) -> Option<&IssuedRow> {
        self.rows.iter().find(|row| row.file == file)
    }
}

/// How an agency's workbook stands after this run.
#[derive(Debug, Clone, PartialEq)]
enum State {
    /// Written for the first time.
    New,
    /// As before.
    Unchanged,
    /// Written again under the same code: it was not sent yet.
    Rewritten,
    /// A new issue under a code of its own, because the one before was sent.
    Again {
        /// When the one before was sent.
        sent_on: Date,
        /// Its return code.
        replaces: String,
    },
}

/// One agency's workbook, and what goes out with it.
struct Issued {
    agency_id: String,
    agency: String,
    /// The file's name.
    file: String,
    bytes: Vec<u8>,
    state: State,
    /// The message, unless the workbook was sent already or the agency declined.
    message: Option<Message>,
    /// A row of the index for this workbook, and for each issue before it.
    rows: Vec<IssuedRow>,
    /// The issues before this one, as they stand.
    earlier: Vec<(String, Vec<u8>)>,
}

impl Issued {
    fn finding(&self, folder: &Folder) -> Option<Diagnostic> {
        let State::Again { sent_on, replaces } = &self.state else { return None };
        let place = Place::file(folder.name_of(&folder.issued().join(&self.file)));
        let found = format!(
            "the workbook sent to {} on {} has changed since, so a new issue was written; the one sent ({replaces}) can still be read",
            self.agency,
            words::date(*sent_on)
        );
        let remedy =
            format!("send {} the new one if the change matters to it, and set its sent_on to that day", self.agency);
        Some(Diagnostic::new(Code::WorkbookReissued, place, found, "", remedy).about(&self.agency_id))
    }
}

/// What every agency's workbook is made from.
struct Desk<'a> {
    folder: &'a Folder,
    round: &'a Round,
    theme: &'a Theme,
    template: &'a Template,
    standing: &'a Standing,
    today: Date,
}

impl Desk<'_> {
    /// Works out which issue of an agency's workbook stands or is due, and what goes out with it.
    fn issue(&self, press: &Press, agency: &Agency) -> Result<Issued, Failure> {
        let file = |number| Folder::workbook_name(&agency.id, number);
        let bytes = |number| self.press(press, agency, number);
        let stands = |number: &u32| self.path(&file(*number)).is_file() || self.standing.row(&file(*number)).is_some();
        let last = (1..=layout::MOST_ISSUES).take_while(stands).last();
        let (number, bytes, state) = match last {
            None => (1, bytes(1)?, State::New),
            Some(last) => {
                let fresh = bytes(last)?;
                match (self.keeps(&file(last), &fresh), self.sent_on(agency, &file(last))) {
                    (Some(kept), _) => (last, kept, State::Unchanged),
                    (None, None) => (last, fresh, State::Rewritten),
                    (None, Some(sent_on)) => {
                        let replaces = layout::return_code(self.round.id(), &agency.id, last);
                        (last + 1, bytes(last + 1)?, State::Again { sent_on, replaces })
                    }
                }
            }
        };
        let earlier: Vec<(String, Vec<u8>)> = (1..number)
            .map(file)
            .filter(|file| self.path(file).is_file())
            .map(|file| disk::read(&self.path(&file)).map(|bytes| (file, bytes)))
            .collect::<Result<_, Failure>>()?;
        let file = file(number);
        let code = layout::return_code(self.round.id(), &agency.id, number);
        let is_sent = state == State::Unchanged && self.is_known_sent(agency, &file, number);
        let row = IssuedRow {
            agency_id: agency.id.to_string(),
            agency: agency.name.clone(),
            return_code: code.clone(),
            email: agency.email.clone(),
            written_on: match (&state, self.standing.row(&file)) {
                (State::Unchanged, Some(before)) => before.written_on,
                _ => Some(self.today),
            },
            sent_on: agency.sent_on.filter(|_| is_sent),
            sha256: sha256_hex(&bytes),
            file,
        };
        let before = earlier.iter().filter_map(|(file, _)| self.standing.row(file).cloned());
        let rows: Vec<IssuedRow> = before.chain([row.clone()]).collect();
        let is_declined = agency.status == Some(AgencyStatus::Declined);
        let message = if is_sent || is_declined { None } else { Some(self.message(agency, &row, number)?) };
        let (agency_id, agency) = (row.agency_id, row.agency);
        Ok(Issued { agency_id, agency, file: row.file, bytes, state, message, rows, earlier })
    }

    fn path(&self, file: &str) -> std::path::PathBuf {
        self.folder.issued().join(file)
    }

    fn press(&self, press: &Press, agency: &Agency, number: u32) -> Result<Vec<u8>, Failure> {
        let issued_on = self.round.issued_on.unwrap_or(self.round.deadline);
        let issue = Issue { theme: self.theme, round: self.round, agency, number, issued_on, answers: &[] };
        press.issue(&issue).map_err(Failure::internal)
    }

    /// The workbook that stands, when it says the same as the one that would be written now; a newer jtai may only write it in
    /// another way. One that was taken out of the folder is the same when its hash is.
    fn keeps(&self, file: &str, fresh: &[u8]) -> Option<Vec<u8>> {
        let Ok(standing) = disk::read(&self.path(file)) else {
            let was = self.standing.row(file).map(|row| row.sha256.as_str());
            return (was == Some(&sha256_hex(fresh))).then(|| fresh.to_vec());
        };
        let is_same = standing == fresh || book(&standing).is_some_and(|book| Some(book) == self::book(fresh));
        is_same.then_some(standing)
    }

    /// When the workbook in this file may have been sent: not when it was written after the day of sending.
    fn sent_on(&self, agency: &Agency, file: &str) -> Option<Date> {
        let written_on = self.standing.row(file).and_then(|row| row.written_on);
        agency.sent_on.filter(|sent_on| written_on.is_none_or(|written_on| *sent_on >= written_on))
    }

    /// Whether this issue is the one that was sent. When a second one was written on the very day of sending, either may be
    /// meant: it is not replaced, and its message stays to be sent.
    fn is_known_sent(&self, agency: &Agency, file: &str, number: u32) -> bool {
        let written_on = self.standing.row(file).and_then(|row| row.written_on);
        self.sent_on(agency, file).is_some_and(|sent_on| number == 1 || Some(sent_on) > written_on)
    }

    fn message(&self, agency: &Agency, row: &IssuedRow, number: u32) -> Result<Message, Failure> {
        let before = (number > 1).then(|| layout::return_code(self.round.id(), &agency.id, number - 1));
        let (round, theme, date) = (self.round, self.theme, row.written_on.unwrap_or(self.today));
        let replaces = before.as_deref();
        let about = Covering { round, theme, agency, file: &row.file, code: &row.return_code, replaces, date };
        message::covering(self.template, &about).map_err(|fault| Failure::new(vec![*fault]))
    }

    /// Everything that the folder holds after this run.
    fn set(&self, issued: &[Issued]) -> Result<OutputSet, Failure> {
        let mut set = OutputSet::whole(self.folder.issued());
        for issued in issued {
            for (file, bytes) in &issued.earlier {
                set.add(file, bytes.clone());
            }
            if let Some(message) = &issued.message {
                let draft = export::eml::draft(message, &issued.bytes).map_err(Failure::internal)?;
                set.add(format!("{}.eml", issued.file.trim_end_matches(".xlsx")), draft);
            }
            set.add(&issued.file, issued.bytes.clone());
        }
        let rows: Vec<IssuedRow> = issued.iter().flat_map(|issued| issued.rows.clone()).collect();
        set.add(INDEX, export::csv::issued(&rows));
        let messages: Vec<Message> = issued.iter().filter_map(|issued| issued.message.clone()).collect();
        let lead = format!(
            "{} of {} to send. The others were sent, as sent_on in round.toml says, or go to agencies that declined.",
            messages.len(),
            words::count(issued.len(), "workbook")
        );
        set.add(MESSAGES, message::page(self.round, "Messages to send with the workbooks", &lead, &messages));
        Ok(set)
    }
}

/// What a workbook says, whatever the program that saved it, but for what differs between two issues of the same.
fn book(bytes: &[u8]) -> Option<Book> {
    let mut book = read::read(scan::kind(bytes).ok()?, bytes).ok()?;
    book.saved = None;
    book.properties.remove(MetadataKey::Format.name());
    Some(book)
}

/// The theme's text with its fingerprints under it.
fn frozen(opened: &open::Opened) -> String {
    let issued = opened.theme.freeze();
    let mut text =
        format!("{}\n\n{FROZEN_NOTE}\n[as_issued]\nfingerprint = \"{}\"\n", opened.text.trim_end(), issued.fingerprint);
    for (id, print) in issued.criteria {
        let _ = writeln!(text, "\"{id}\" = \"{print}\"");
    }
    text
}

fn said(folder: &Folder, issued: &[Issued], written: &Written, findings: &[Diagnostic]) -> Said {
    let files = |is: fn(&State) -> bool| -> Vec<String> {
        issued.iter().filter(|issued| is(&issued.state)).map(|issued| written.name_of(&issued.file)).collect()
    };
    let new = files(|state| *state == State::New);
    let rewritten = files(|state| *state == State::Rewritten);
    let again = files(|state| matches!(state, State::Again { .. }));
    let unchanged = files(|state| *state == State::Unchanged);
    let to_send = issued.iter().filter(|issued| issued.message.is_some()).count();
    let mut text =
        words::capitalised(&format!("{} in {}", words::count(new.len(), "new workbook"), folder.issued().display()));
    for (files, what) in [(&rewritten, "written again"), (&again, "issued anew under another return code")] {
        if !files.is_empty() {
            let _ = write!(text, ", {} {what} ({})", files.len(), words::list(files));
        }
    }
    if !unchanged.is_empty() {
        let _ = write!(text, ", {} as before", unchanged.len());
    }
    text.push_str(".\n");
    text.push_str(&say::findings(findings, ""));
    if to_send > 0 {
        let _ = writeln!(
            text,
            "\nNext: send {}. The .eml files open as drafts with the workbook attached;\n  {}\nhas the same to copy. \
             Then write sent_on = 2026-11-23 (the day) under each agency in round.toml.",
            words::count(to_send, "message"),
            folder.issued().join(written.name_of(MESSAGES)).display(),
        );
    }
    let _ = writeln!(
        text,
        "\nPut what comes back into {}, then run\n  jtai collect {}",
        folder.returns().display(),
        say::typed(folder.root())
    );
    let json = serde_json::json!({
        "new": new, "rewritten": rewritten, "reissued": again, "unchanged": unchanged, "messages": to_send,
        "findings": say::findings_json(findings),
    });
    Said { text, json, outcome: Outcome::of(findings) }
}
