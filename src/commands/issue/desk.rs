//! Which issue of an agency's workbook stands or is due. One that was sent is never replaced by another content under its code.

use jiff::civil::Date;

use super::super::{Failure, disk};
use crate::diagnostic::{Code, Diagnostic, Place, quote};
use crate::form::StartField;
use crate::hash::sha256_hex;
use crate::message::{self, About, Extra, Kind, Message, Template};
use crate::round::record::{Issued, Record, note_sent};
use crate::round::{Agency, AgencyStatus, Folder, Round};
use crate::theme::Theme;
use crate::words;
use crate::workbook::book::Book;
use crate::workbook::issue::Press;
use crate::workbook::layout::{self, METADATA_SHEET, START_SHEET};
use crate::workbook::{read, scan};

/// What every agency's workbook is made from.
pub struct Desk<'a> {
    /// Where things lie.
    pub folder: &'a Folder,
    /// The round.
    pub round: &'a Round,
    /// The theme.
    pub theme: &'a Theme,
    /// The text of the messages.
    pub template: &'a Template,
    /// What was issued before.
    pub record: &'a Record,
    /// The day of this run.
    pub today: Date,
}

/// How an agency's workbook stands after this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Written for the first time.
    New,
    /// As before.
    Unchanged,
    /// Written again under the same code: it was not sent yet.
    Rewritten,
    /// A new issue under a code of its own, because the one before was sent or changed by hand.
    Again,
    /// A new issue that was not sent was taken back, because the one before says the same as the round again.
    TakenBack,
}

/// One agency's workbook, and what goes out with it.
pub struct Ready {
    /// How it stands.
    pub state: State,
    /// Everything issued to the agency, this workbook last.
    pub issued: Vec<Issued>,
    /// The workbook as jtai writes it.
    pub workbook: Vec<u8>,
    /// The file that stands in its place and stays: it says the same, or a person changed it.
    pub standing: Option<Vec<u8>>,
    /// The files of the issues before it.
    pub earlier: Vec<(String, Vec<u8>)>,
    /// The message that the workbook goes out with, unless it was sent or the agency declined.
    pub message: Option<Message>,
    /// What the officer should know.
    pub findings: Vec<Diagnostic>,
}

/// A workbook as jtai writes it, with the file that stands in its place where that stays.
struct Made {
    state: State,
    workbook: Vec<u8>,
    standing: Option<Vec<u8>>,
}

impl Ready {
    /// The record of the workbook itself.
    pub fn last(&self) -> &Issued {
        // OK because a workbook is ready only with its own record: see `Desk::ready`.
        self.issued.last().expect("a record of the workbook")
    }
}

impl Desk<'_> {
    /// Works out an agency's workbook.
    pub fn ready(&self, press: &Press<'_>, agency: &Agency) -> Result<Ready, Failure> {
        let mut issued = self.record.to(&agency.id);
        note_sent(&mut issued, agency);
        let mut findings = Vec::new();
        let Made { state, workbook, standing } = match issued.last().cloned() {
            None => {
                // Sent, and no record of it: whatever code it had must not stand for another content.
                let number = if agency.sent_on.is_some() { 2 } else { 1 };
                findings.extend(agency.sent_on.map(|sent_on| self.unknown(agency, sent_on)));
                self.add(press, agency, number, &mut issued, State::New)?
            }
            Some(last) => self.again(press, agency, &last, &mut issued, &mut findings)?,
        };
        let earlier = self.earlier(&issued)?;
        let message = self.message(agency, &issued)?;
        Ok(Ready { state, issued, workbook, standing, earlier, message, findings })
    }

    /// What becomes of an agency's last workbook.
    fn again(
        &self,
        press: &Press<'_>,
        agency: &Agency,
        last: &Issued,
        issued: &mut Vec<Issued>,
        findings: &mut Vec<Diagnostic>,
    ) -> Result<Made, Failure> {
        let fresh = press.issue(agency, last.issue).map_err(Failure::internal)?;
        let standing = disk::read(&self.folder.issued().join(&last.file)).ok();
        let is_same = is_same(standing.as_deref(), &fresh) || last.sha256 == sha256_hex(&fresh);
        let is_by_hand =
            standing.as_ref().is_some_and(|standing| sha256_hex(standing) != last.sha256 && *standing != fresh);
        if is_same && !last.is_doubtful {
            if is_by_hand && !is_same_content(standing.as_deref(), &fresh) {
                findings.push(self.by_hand(agency, last));
            }
            return Ok(Made { state: State::Unchanged, workbook: fresh, standing });
        }
        if last.sent_on.is_none() && !is_by_hand {
            if let Some(made) = self.taken_back(press, agency, issued)? {
                return Ok(made);
            }
            if let Some(one) = issued.last_mut() {
                self.note(agency, one, &fresh);
            }
            return Ok(Made { state: State::Rewritten, workbook: fresh, standing: None });
        }
        findings.push(self.reissued(agency, last, is_by_hand, &changes(standing.as_deref(), &fresh)));
        self.add(press, agency, last.issue + 1, issued, State::Again)
    }

    /// Adds a new issue of an agency's workbook.
    fn add(
        &self,
        press: &Press<'_>,
        agency: &Agency,
        number: u32,
        issued: &mut Vec<Issued>,
        state: State,
    ) -> Result<Made, Failure> {
        if number > layout::MOST_ISSUES {
            let found = format!("{} was issued {} workbooks", agency.name, number - 1);
            let remedy = "make a new round with `jtai round new`";
            return Err(Failure::one(Code::WorkbookReissued, &self.folder.round_toml(), found, remedy));
        }
        let workbook = press.issue(agency, number).map_err(Failure::internal)?;
        let mut one = Issued {
            agency: agency.id.to_string(),
            name: String::new(),
            email: String::new(),
            issue: number,
            file: Folder::workbook_name(&agency.id, number),
            return_code: layout::return_code(self.round.id(), &agency.id, number),
            sha256: String::new(),
            written_on: self.today,
            sent_on: None,
            is_doubtful: false,
        };
        self.note(agency, &mut one, &workbook);
        issued.push(one);
        Ok(Made { state, workbook, standing: None })
    }

    /// Notes in the record what was written, and to whom it goes.
    fn note(&self, agency: &Agency, one: &mut Issued, bytes: &[u8]) {
        one.name.clone_from(&agency.name);
        one.email.clone_from(&agency.email);
        one.sha256 = sha256_hex(bytes);
        one.written_on = self.today;
    }

    /// Drops a new issue that was not sent when the one before says what the round says now.
    fn taken_back(
        &self,
        press: &Press<'_>,
        agency: &Agency,
        issued: &mut Vec<Issued>,
    ) -> Result<Option<Made>, Failure> {
        let [.., before, _] = issued.as_slice() else { return Ok(None) };
        let Ok(standing) = disk::read(&self.folder.issued().join(&before.file)) else { return Ok(None) };
        let fresh = press.issue(agency, before.issue).map_err(Failure::internal)?;
        if before.is_doubtful || !is_same(Some(&standing), &fresh) {
            return Ok(None);
        }
        issued.pop();
        Ok(Some(Made { state: State::TakenBack, workbook: fresh, standing: Some(standing) }))
    }

    /// The files of the issues before the last, as they stand.
    fn earlier(&self, issued: &[Issued]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let before = &issued[..issued.len().saturating_sub(1)];
        let there =
            before.iter().map(|one| (one, self.folder.issued().join(&one.file))).filter(|(_, path)| path.is_file());
        there.map(|(one, path)| Ok((one.file.clone(), disk::read(&path)?))).collect()
    }

    /// The message for an agency's last workbook; `None` once it was sent, and for an agency that declined.
    fn message(&self, agency: &Agency, issued: &[Issued]) -> Result<Option<Message>, Failure> {
        let Some(last) = issued.last() else { return Ok(None) };
        if last.sent_on.is_some() || agency.status == Some(AgencyStatus::Declined) {
            return Ok(None);
        }
        let before = (last.issue > 1).then(|| layout::return_code(self.round.id(), &agency.id, last.issue - 1));
        let (file, code) = (last.file.as_str(), last.return_code.as_str());
        let about = About { round: self.round, theme: self.theme, agency, file, code, date: last.written_on };
        let extra = Extra { replaces: before.unwrap_or_default(), ..Extra::default() };
        let message = message::write(Kind::Covering, self.template, &about, &extra)
            .map_err(|fault| Failure::new(vec![*fault]))?;
        Ok(Some(message))
    }

    fn finding(&self, code: Code, agency: &Agency, file: &str, found: String, remedy: String) -> Diagnostic {
        let place = Place::file(self.folder.name_of(&self.folder.issued().join(file)));
        Diagnostic::new(code, place, found, "", remedy).about(&agency.id)
    }

    fn unknown(&self, agency: &Agency, sent_on: Date) -> Diagnostic {
        let found = format!(
            "{} was sent a workbook on {}, and nothing here says which, so this one has another return code",
            agency.name,
            words::date(sent_on)
        );
        let remedy = "put the folder issued/ back from a copy, or send the new one".to_string();
        self.finding(Code::WorkbookReissued, agency, "", found, remedy)
    }

    fn by_hand(&self, agency: &Agency, last: &Issued) -> Diagnostic {
        let found = format!("the workbook for {} was changed here after it was written", agency.name);
        let remedy = "nothing, if you meant it; the message carries it as jtai wrote it".to_string();
        self.finding(Code::OutputChanged, agency, &last.file, found, remedy)
    }

    fn reissued(&self, agency: &Agency, last: &Issued, is_by_hand: bool, changes: &str) -> Diagnostic {
        let Issued { return_code, file, .. } = last;
        let next = Folder::workbook_name(&agency.id, last.issue + 1);
        let found = match (last.sent_on, last.is_doubtful) {
            (Some(sent_on), true) => format!(
                "{} was sent a workbook on {}, before this file was written on {}: a new issue, {next}, has its own return code",
                agency.name,
                words::date(sent_on),
                words::date(last.written_on)
            ),
            (Some(sent_on), false) => format!(
                "the round has changed since {} was sent this workbook on {}{changes}; a new issue, {next}, has its own \
                 return code, and the one sent ({return_code}) can still be read",
                agency.name,
                words::date(sent_on)
            ),
            (None, _) => {
                let why = if is_by_hand { "this file was changed by hand" } else { "this file may have been sent" };
                format!("{why} and the round has changed{changes}; a new issue, {next}, has its own return code")
            }
        };
        let remedy = format!(
            "send {} the new one if the change matters to it, and set sent_on to that day, with sent_code = the code that was \
             sent if both went on one day; or put the round back as it was",
            agency.name
        );
        self.finding(Code::WorkbookReissued, agency, file, found, remedy)
    }
}

fn is_same(standing: Option<&[u8]>, fresh: &[u8]) -> bool {
    standing.is_some_and(|standing| standing == fresh) || is_same_content(standing, fresh)
}

/// Whether two workbooks say the same, whatever program saved them: a newer jtai may only write them in another way.
fn is_same_content(standing: Option<&[u8]>, fresh: &[u8]) -> bool {
    let cells = |bytes: &[u8]| {
        contents(bytes).map(|book| book.sheets.into_iter().map(|s| (s.name, s.cells)).collect::<Vec<_>>())
    };
    standing.is_some_and(|standing| cells(standing).is_some_and(|was| Some(was) == cells(fresh)))
}

/// What a workbook says to people; `None` where it cannot be read.
fn contents(bytes: &[u8]) -> Option<Book> {
    let mut book = read::read(scan::kind(bytes).ok()?, bytes, &[]).ok()?;
    book.sheets.retain(|sheet| sheet.name != METADATA_SHEET);
    Some(book)
}

/// The fields of the first sheet that differ, for a message: `: "Return by" was "11 December 2026" and is "15 December 2026"`.
fn changes(standing: Option<&[u8]>, fresh: &[u8]) -> String {
    let (Some(was), Some(now)) = (standing.and_then(contents), contents(fresh)) else { return String::new() };
    let of = |book: &Book, label: &str| {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == START_SHEET)?;
        let row = sheet.cells.iter().find(|((_, column), value)| *column == 0 && value.text() == label)?.0.0;
        sheet.value(row, 1).map(|value| value.text())
    };
    let said = |field: &StartField| {
        let label = field.label();
        let (was, now) = (of(&was, label).unwrap_or_default(), of(&now, label).unwrap_or_default());
        (was != now).then(|| format!("{} was {} and is {}", quote(label), quote(&was), quote(&now)))
    };
    let fields = StartField::ALL.iter().filter(|field| !field.is_entered() && **field != StartField::ReturnCode);
    let named: Vec<String> = fields.filter_map(said).collect();
    if named.is_empty() { String::new() } else { format!(": {}", words::list(&named)) }
}
