//! Writes what goes back to agencies. A workbook with questions where something must be put right, a receipt for a clean
//! return, a reminder where none has come; each as a message that a person looks at and sends.

mod receipt;

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::civil::Date;
use serde::Serialize;

use crate::app::collect::{self, Collected};
use crate::app::failure::Failure;
use crate::app::machine::disk::{self, OutputSet};
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::app::{lines, open};
use crate::core::finding::{Code, Finding};
use crate::core::names::RelativeName;
use crate::core::words;
use crate::core::working_days::working_days_after;
use crate::export;
use crate::intake::progress::SentQuestions;
use crate::intake::questions::AskedQuestion;
use crate::intake::standing;
use crate::message::{self, Message, MessageDetails, MessageKind, MessageSubject};
use crate::record::{AskedFinding, Entry, NewEntry, QuestionsAsked};
use crate::response::Response;
use crate::round::{Agency, AgencyStatus};
use crate::workbook::contract;
use crate::workbook::contract::{Issue, Question};
use crate::workbook::write::issued_workbook;

/// What goes back.
#[derive(Debug, Serialize)]
pub(crate) struct QueriesOutcome {
    /// How many messages there are of each kind.
    #[serde(flatten)]
    pub counts: MessageCounts,
    /// Files that are new, or changed.
    pub new: Vec<String>,
    /// Files that are as before.
    pub unchanged: Vec<String>,
    /// What is said once, where a round of an earlier program was brought over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// What was noticed while the files were written.
    #[serde(skip)]
    pub findings: Vec<Finding>,
    /// Whether a finding about the round asks something of the officer.
    #[serde(skip)]
    pub asks_something: bool,
    /// The folder with the messages.
    #[serde(skip)]
    pub folder: PathBuf,
    /// The page with all of them.
    #[serde(skip)]
    pub page: PathBuf,
    /// The folder for what comes back.
    #[serde(skip)]
    pub returns: PathBuf,
    /// The round's folder, as it was given.
    #[serde(skip)]
    pub round: PathBuf,
}

/// How many messages there are of each kind.
#[derive(Debug, Default, Serialize)]
pub(crate) struct MessageCounts {
    /// Workbooks with questions.
    pub queries: usize,
    /// Receipts for clean returns.
    pub receipts: usize,
    /// Reminders.
    pub reminders: usize,
}

impl MessageCounts {
    fn add(&mut self, kind: MessageKind) {
        match kind {
            MessageKind::Query => self.queries += 1,
            MessageKind::Receipt => self.receipts += 1,
            MessageKind::Reminder => self.reminders += 1,
            MessageKind::Covering | MessageKind::Change => {}
        }
    }

    /// Whether nothing goes back.
    pub(crate) fn is_none(&self) -> bool {
        self.queries + self.receipts + self.reminders == 0
    }

    /// "12 messages: 2 with questions, 9 receipts and 1 reminder".
    pub(crate) fn words(&self) -> String {
        let parts = [
            (self.queries, format!("{} with questions", words::number(self.queries))),
            (self.receipts, words::count(self.receipts, "receipt")),
            (self.reminders, words::count(self.reminders, "reminder")),
        ];
        let said: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
        let all = words::count(self.queries + self.receipts + self.reminders, "message");
        if said.is_empty() { all } else { format!("{all}: {}", words::list(&said)) }
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct QueriesWishes {
    /// The round's folder.
    pub round: PathBuf,
    /// By when agencies are asked to reply; `None` for five working days.
    pub reply_by: Option<Date>,
}

/// Collects, and writes what goes back. What is no longer true of an earlier run is withdrawn.
pub(super) fn queries(wishes: &QueriesWishes, surroundings: Surroundings<'_>) -> Result<QueriesOutcome, Failure> {
    let today = surroundings.today();
    let collected = collect::gather(&wishes.round, surroundings)?;
    if collected.record.record.is_damaged() {
        // Without all of the record, a workbook could go back under the code of another.
        return Err(Failure::new(collected.record.record.findings().to_vec()));
    }
    let mut set = OutputSet::whole(collected.open.folder.queries());
    let (mut messages, mut counts, mut entries) = (Vec::new(), MessageCounts::default(), Vec::new());
    for back in Back::all(&collected, today, wishes.reply_by) {
        let Some((kind, message, workbook)) = back.message()? else { continue };
        entries.extend(back.on_record(kind, &message));
        counts.add(kind);
        let name = format!("{} {}", back.agency.id, kind.key());
        set.add(format!("{name}.eml"), export::eml::draft(&message, &workbook).or_fault()?);
        if kind == MessageKind::Query {
            set.add(&message.attachment, workbook);
        }
        messages.push(message);
    }
    let lead = format!("{}.", words::capitalised(&counts.words()));
    set.add(message::PAGE, message::page(&collected.open.round, "Messages that go back to agencies", &lead, &messages));
    let written = set.write()?;
    let note = collected.note("queries", today, entries)?;
    let folder = collected.open.folder.queries();
    Ok(QueriesOutcome {
        counts,
        page: folder.join(written.name_of(message::PAGE)),
        folder,
        returns: collected.open.folder.returns(),
        round: wishes.round.clone(),
        new: written.new,
        unchanged: written.unchanged,
        note,
        asks_something: lines::ask_something(&collected.findings) || lines::ask_something(&written.findings),
        findings: written.findings,
    })
}

/// How many working days agencies have to reply where no day is given.
const DAYS_TO_REPLY: usize = 5;

/// What goes back to one agency.
struct Back<'a> {
    collected: &'a Collected,
    today: Date,
    /// By when the officer asks for a reply; `None` where no day was given.
    wanted: Option<Date>,
    agency: &'a Agency,
    /// The return that counts.
    response: Option<&'a Response>,
    /// What is asked about it.
    asked: Vec<AskedQuestion<'a>>,
}

impl<'a> Back<'a> {
    /// What goes back to every agency of a round.
    fn all(collected: &'a Collected, today: Date, wanted: Option<Date>) -> Vec<Back<'a>> {
        let mut asked = collected.questions();
        let of_agency = |agency: &'a Agency| {
            let response = collected.responses.iter().find(|response| response.agency == agency.id);
            let asked = asked.remove(&agency.id).unwrap_or_default();
            Back { collected, today, wanted, agency, response, asked }
        };
        collected.open.round.agencies.iter().map(of_agency).collect()
    }

    /// What is on record of the questions in a message; `None` for one without.
    fn on_record(&self, kind: MessageKind, message: &Message) -> Option<NewEntry> {
        if kind != MessageKind::Query {
            return None;
        }
        let file = RelativeName::new(&message.attachment).ok()?;
        let sha256 = self.response?.file.sha256.clone();
        let findings = (1..).zip(&self.asked).flat_map(|(question, asked)| {
            let sha256 = &sha256;
            asked.findings.iter().filter_map(move |finding| {
                let reference = finding.reference.as_ref()?;
                let other = finding.subject.sha256.clone().filter(|other| other != sha256).unwrap_or_default();
                let about = |criterion, column| AskedFinding {
                    question,
                    reference: reference.to_string(),
                    hash: reference.hash.clone(),
                    sha256: other.clone(),
                    criterion,
                    column,
                    headline: asked.question.headline.map(|cell| cell.slot),
                };
                let columns = asked.columns(finding);
                Some(match columns.is_empty() {
                    // About no cell of the table: nothing is taken from one for it.
                    true => vec![about(None, None)],
                    false => {
                        columns.into_iter().map(|column| about(asked.question.statement.clone(), column)).collect()
                    }
                })
            })
        });
        let asked = QuestionsAsked {
            agency: self.agency.id.clone(),
            file,
            findings: findings.flatten().collect(),
            reply_by: Some(self.standing_reply_by()),
            sha256: sha256.clone(),
        };
        Some(NewEntry::from(Entry::Asked(asked)))
    }

    /// The day on which the same questions were sent before, with the day by which a reply was asked for: they are not asked anew.
    fn asked_before(&self) -> Option<(Date, Date)> {
        let hashes: BTreeSet<&str> = self.asked.iter().flat_map(|asked| &asked.findings).filter_map(hash).collect();
        let is_same = |sent: &&SentQuestions<'_>| {
            let before: BTreeSet<&str> = sent.asked.findings.iter().map(|finding| finding.hash.as_str()).collect();
            before == hashes && sent.written_on < self.today
        };
        let by = |sent: &SentQuestions<'_>| {
            let given = sent.asked.reply_by;
            (sent.sent_on, given.unwrap_or_else(|| working_days_after(sent.written_on, DAYS_TO_REPLY)))
        };
        // The first time: a reminder of the same questions gives a later day, and does not make them new.
        self.collected.sent_questions(self.agency).iter().filter(is_same).map(by).min()
    }

    /// The last day on which the agency sent something in reply to questions; `None` where it was sent none, or nothing came since.
    fn replied_on(&self) -> Option<Date> {
        let first = self.collected.sent_questions(self.agency).iter().map(|sent| sent.sent_on).min()?;
        self.collected.files_of(&self.agency.id).filter(|seen| *seen > first).max()
    }

    /// The day by which a reply is asked for: of questions that were asked before, the day given then, while it is still to come.
    fn standing_reply_by(&self) -> Date {
        let given = self.asked_before().map(|(_, by)| by).filter(|by| *by >= self.today);
        self.wanted.or(given).unwrap_or_else(|| working_days_after(self.today, DAYS_TO_REPLY))
    }

    /// The message and its workbook; `None` where nothing goes back.
    fn message(&self) -> Result<Option<(MessageKind, Message, Vec<u8>)>, Failure> {
        let Back { agency, response, collected, today, .. } = *self;
        let (round, theme) = (&collected.open.round, &collected.open.opened.theme);
        if round.statements(theme, agency).is_empty() {
            return Ok(None);
        }
        let issued = collected.record.record.issued_to(&agency.id).last();
        let number = issued.map_or(1, |last| last.issued.issue);
        let code = contract::return_code(round.id(), &agency.id, number);
        let asked: Vec<Question> = self.asked.iter().map(|asked| asked.question.clone()).collect();
        let (kind, extra) = match response {
            // Something came, and the officer settles it first: a reminder would say that nothing did, and what may be another agency's
            // answers goes to nobody.
            _ if collected.is_claimed(agency) => return Ok(None),
            None if agency.status == Some(AgencyStatus::Declined) || collected.is_unsettled(agency) => return Ok(None),
            // Nobody is reminded of what was never issued.
            None if issued.is_none() => return Ok(None),
            // It returned once, and was told so; a file of its own that is left out is told of in the reminder.
            None if collected.arrived.contains_key(&agency.id) && self.left_out().is_none() => return Ok(None),
            // Nobody is reminded of what is due in more than a week.
            None if !standing::is_reminded(round.due(agency), today) => return Ok(None),
            None => (MessageKind::Reminder, self.reminder()),
            // A newer return that does not count waits for the officer: a receipt would say that there is nothing more to do.
            Some(_) if asked.is_empty() && self.has_newer_to_settle() => return Ok(None),
            // What it replied is with the officer, who settles it before anything else is said.
            Some(_) if asked.is_empty() && self.has_reply_to_settle() => return Ok(None),
            Some(_) if !asked.is_empty() => (MessageKind::Query, self.query(&asked)),
            Some(response) => (MessageKind::Receipt, receipt::details(collected, response, today)),
        };
        let (file, workbook) = match (kind, response) {
            (MessageKind::Query, Some(response)) => {
                let fresh = Issue::fresh(theme, round, agency, number);
                let return_by = self.standing_reply_by();
                let (answers, headlines) = (&response.answers[..], &response.headlines[..]);
                let speaks_for = Some(&response.speaks_for);
                let back = Issue { return_by, answers, headlines, speaks_for, questions: &asked, ..fresh };
                (format!("{} questions.xlsx", agency.id), issued_workbook(&back).or_fault()?)
            }
            (MessageKind::Reminder, _) => self.issued_file(),
            _ => (String::new(), Vec::new()),
        };
        let template = open::template(&collected.open.folder, kind)?;
        let about = MessageSubject { round, theme, agency, file: &file, code: &code };
        let message = message::compose(kind, &template, &about, &extra).map_err(|fault| Failure::new(vec![*fault]))?;
        Ok(Some((kind, message, workbook)))
    }

    /// Whether a return came after somebody decided which of the agency's counts, and waits for the officer.
    fn has_newer_to_settle(&self) -> bool {
        let own =
            self.collected.findings.iter().filter(|finding| finding.subject.agency.as_ref() == Some(&self.agency.id));
        let decided = own.clone().filter(|finding| finding.code == Code::ReturnDecided);
        let Some(day) = decided.filter_map(|finding| Some(finding.settled.as_ref()?.on)).max() else { return false };
        let is_later = |finding: &Finding| {
            let is_open = finding.code == Code::ReturnSuperseded && finding.settled.is_none();
            is_open && self.collected.first_seen.get(&finding.place.file).is_some_and(|seen| *seen > day)
        };
        own.into_iter().any(is_later)
    }

    /// Whether a reply of the agency waits for the officer.
    fn has_reply_to_settle(&self) -> bool {
        let of_agency = |finding: &&Finding| finding.subject.agency.as_ref() == Some(&self.agency.id);
        let is_open = |finding: &Finding| finding.settled.is_none() && !finding.replied.is_empty();
        self.collected.findings.iter().filter(of_agency).any(is_open)
    }

    /// Whether a file of the agency came after a day.
    fn has_sent_since(&self, day: Date) -> bool {
        self.collected.files_of(&self.agency.id).any(|seen| seen > day)
    }

    /// The workbook as it was issued, to go with a reminder; nothing where it is not in the folder any more.
    fn issued_file(&self) -> (String, Vec<u8>) {
        let issued = self.collected.record.record.issued_to(&self.agency.id).last();
        let read = issued.and_then(|last| {
            let path = disk::inside(&self.collected.open.folder.issued(), &last.issued.file).ok()?;
            Some((last.issued.file.to_string(), disk::read(&path).ok()?))
        });
        read.unwrap_or_default()
    }

    /// The last file of the agency that the officer left out.
    fn left_out(&self) -> Option<&'a Finding> {
        let is_own = |finding: &&Finding| {
            standing::is_left_out(finding) && finding.subject.agency.as_ref() == Some(&self.agency.id)
        };
        self.collected
            .findings
            .iter()
            .filter(is_own)
            .max_by_key(|finding| self.collected.first_seen.get(&finding.place.file))
    }

    fn reminder(&self) -> MessageDetails {
        let late = standing::days_after(self.collected.open.round.due(self.agency), self.today);
        let left_out = self.left_out();
        let came = left_out.and_then(|finding| self.collected.first_seen.get(&finding.place.file));
        MessageDetails {
            late: late.map_or(String::new(), |days| words::count(days, "day")),
            received: came.map_or(String::new(), |day| words::date(*day)),
            file: left_out.and_then(|finding| receipt::known_name(&finding.place.file)).unwrap_or_default().to_string(),
            ..MessageDetails::default()
        }
    }

    fn query(&self, asked: &[Question]) -> MessageDetails {
        let line = |(at, question): (usize, &Question)| {
            let references = format!("({})", question.references.join(", "));
            let parts = [question.wrote.in_sentence(), question.to_do.clone(), references];
            let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            format!("{}. {}: {}", at + 1, question.place, said.join(" "))
        };
        let list: Vec<String> = asked.iter().enumerate().map(line).collect();
        // An agency that sent something since is not told that it did not.
        let overdue = self.asked_before().filter(|(day, by)| *by < self.today && !self.has_sent_since(*day));
        let replied_on = self.replied_on();
        let corrections = self.response.map_or(0, |response| response.corrections.iter().map(|one| one.cells).sum());
        MessageDetails {
            questions: words::count(asked.len(), "question"),
            list: list.join("\n"),
            reply_by: words::date(self.standing_reply_by()),
            asked_on: overdue.map_or(String::new(), |(day, _)| words::date(day)),
            replied_on: replied_on.map_or(String::new(), words::date),
            corrections: if corrections > 0 { words::count(corrections, "correction") } else { String::new() },
            ..MessageDetails::default()
        }
    }
}

fn hash<'f>(finding: &&'f Finding) -> Option<&'f str> {
    finding.reference.as_ref().map(|reference| reference.hash.as_str())
}
