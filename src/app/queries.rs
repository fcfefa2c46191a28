//! Writes what goes back to agencies. A workbook with questions where something must be put right, a receipt for a clean
//! return, a reminder where none has come; each as a message that a person looks at and sends.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use crate::app::collect::{self, Collected};
use crate::app::failure::Failure;
use crate::app::machine::disk::OutputSet;
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::app::{lines, open};
use crate::core::finding::Finding;
use crate::core::ids::AgencyId;
use crate::core::names::RelativeName;
use crate::core::words;
use crate::export;
use crate::intake::questions::questions;
use crate::intake::selection;
use crate::message::{self, Message, MessageDetails, MessageKind, MessageSubject};
use crate::record::{AskedFinding, Entry, NewEntry, QuestionsAsked};
use crate::response::{Answer, Response, SelfRating};
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

    /// "2 workbooks with questions, 9 receipts and 1 reminder".
    pub(crate) fn words(&self) -> String {
        let questions = match self.queries {
            1 => "1 workbook with questions".to_string(),
            n => format!("{} with questions", words::count(n, "workbook")),
        };
        words::list(&[questions, words::count(self.receipts, "receipt"), words::count(self.reminders, "reminder")])
    }
}

/// Collects, and writes what goes back. What is no longer true of an earlier run is withdrawn.
pub(super) fn queries(dir: &Path, surroundings: Surroundings<'_>) -> Result<QueriesOutcome, Failure> {
    let today = surroundings.today();
    let collected = collect::gather(dir, surroundings)?;
    if collected.record.record.is_damaged() {
        // Without all of the record, a workbook could go back under the code of another.
        return Err(Failure::new(collected.record.record.findings().to_vec()));
    }
    let mut set = OutputSet::whole(collected.open.folder.queries());
    let (mut messages, mut counts, mut entries) = (Vec::new(), MessageCounts::default(), Vec::new());
    let mut about: HashMap<&AgencyId, Vec<&Finding>> = HashMap::new();
    for finding in &collected.findings {
        if let Some(agency) = &finding.subject.agency {
            about.entry(agency).or_default().push(finding);
        }
    }
    for agency in &collected.open.round.agencies {
        let response = collected.responses.iter().find(|response| response.agency == agency.id);
        let findings = about.remove(&agency.id).unwrap_or_default();
        let asked = response.map_or_else(Vec::new, |response| questions(response, &findings));
        let back = Back { agency, response, asked };
        let Some((kind, message, workbook)) = back.message(&collected, today)? else { continue };
        entries.extend(back.on_record(&message));
        counts.add(kind);
        let name = format!("{} {}", agency.id, kind.key());
        set.add(format!("{name}.eml"), export::eml::draft(&message, &workbook).or_fault()?);
        if !workbook.is_empty() {
            set.add(&message.attachment, workbook);
        }
        messages.push(message);
    }
    let lead = format!("{} to send.", words::capitalised(&counts.words()));
    set.add(message::PAGE, message::page(&collected.open.round, "Messages that go back to agencies", &lead, &messages));
    let written = set.write()?;
    let note = collected.note("queries", today, entries)?;
    let folder = collected.open.folder.queries();
    Ok(QueriesOutcome {
        counts,
        page: folder.join(written.name_of(message::PAGE)),
        folder,
        returns: collected.open.folder.returns(),
        new: written.new,
        unchanged: written.unchanged,
        note,
        asks_something: lines::ask_something(&collected.findings) || lines::ask_something(&written.findings),
        findings: written.findings,
    })
}

/// What goes back to one agency.
struct Back<'a> {
    agency: &'a Agency,
    /// The return that counts.
    response: Option<&'a Response>,
    /// What is asked about it, each with its finding.
    asked: Vec<(Question, &'a Finding)>,
}

impl Back<'_> {
    /// What is on record of the questions in a message; `None` for one without.
    fn on_record(&self, message: &Message) -> Option<NewEntry> {
        let file = RelativeName::new(&message.attachment).ok()?;
        let sha256 = self.response?.file.sha256.clone();
        let finding = |(_, finding): &(Question, &Finding)| {
            let reference = finding.reference.as_ref()?;
            let other = finding.subject.sha256.clone().filter(|other| *other != sha256).unwrap_or_default();
            Some(AskedFinding { reference: reference.to_string(), hash: reference.hash.clone(), sha256: other })
        };
        let findings = self.asked.iter().filter_map(finding).collect();
        Some(NewEntry::from(Entry::Asked(QuestionsAsked { agency: self.agency.id.clone(), sha256, file, findings })))
    }

    /// The message and its workbook; `None` where nothing goes back.
    fn message(&self, collected: &Collected, today: Date) -> Result<Option<(MessageKind, Message, Vec<u8>)>, Failure> {
        let Back { agency, response, .. } = *self;
        let (round, theme) = (&collected.open.round, &collected.open.opened.theme);
        if round.statements(theme, agency).is_empty() {
            return Ok(None);
        }
        let number = collected.record.record.issued_to(&agency.id).last().map_or(1, |last| last.issued.issue);
        let code = contract::return_code(round.id(), &agency.id, number);
        let asked: Vec<Question> = self.asked.iter().map(|(question, _)| question.clone()).collect();
        let (kind, extra) = match response {
            // Something came, and the officer settles it first: a reminder would say that nothing did.
            None if agency.status == Some(AgencyStatus::Declined) || collected.is_unsettled(agency) => return Ok(None),
            None => (MessageKind::Reminder, reminder(round.due(agency), today)),
            Some(_) if !asked.is_empty() => (MessageKind::Query, query(&asked)),
            Some(response) => (MessageKind::Receipt, receipt(collected, response, today)),
        };
        let (file, workbook) = match (kind, response) {
            (MessageKind::Query, Some(response)) => {
                let fresh = Issue::fresh(theme, round, agency, number);
                let back = Issue { answers: &response.answers, questions: &asked, ..fresh };
                (format!("{} questions.xlsx", agency.id), issued_workbook(&back).or_fault()?)
            }
            _ => (String::new(), Vec::new()),
        };
        let template = open::template(&collected.open.folder, kind)?;
        let about = MessageSubject { round, theme, agency, file: &file, code: &code };
        let message = message::compose(kind, &template, &about, &extra).map_err(|fault| Failure::new(vec![*fault]))?;
        Ok(Some((kind, message, workbook)))
    }
}

fn query(asked: &[Question]) -> MessageDetails {
    let line = |(at, question): (usize, &Question)| {
        let parts = [question.wrote.in_sentence(), question.to_do.clone(), format!("({})", question.reference)];
        let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}. {}: {}", at + 1, question.place, said.join(" "))
    };
    let list: Vec<String> = asked.iter().enumerate().map(line).collect();
    MessageDetails {
        questions: words::count(asked.len(), "question"),
        list: list.join("\n"),
        ..MessageDetails::default()
    }
}

fn receipt(collected: &Collected, response: &Response, today: Date) -> MessageDetails {
    let received = collected.first_seen.get(&response.file.name).copied().unwrap_or(today);
    let is_blank = |answer: &&Answer| answer.rating == SelfRating::Blank;
    let unrated: Vec<&str> = response.answers.iter().filter(is_blank).map(|answer| answer.criterion.as_str()).collect();
    let counts = collected.numbers.agency(&response.agency).map(|summary| &summary.counts);
    MessageDetails {
        received: words::date(received),
        saved: selection::saved_words(response),
        rated: counts.map_or(String::new(), |counts| format!("{} of {}", counts.rated(), counts.asked)),
        unrated: words::list(&unrated),
        approved: if response.is_approval_recorded() { "yes" } else { "" },
        ..MessageDetails::default()
    }
}

fn reminder(due: Date, today: Date) -> MessageDetails {
    let late = usize::try_from(words::days_between(due, today)).unwrap_or(0);
    MessageDetails {
        late: if late > 0 { words::count(late, "day") } else { String::new() },
        ..MessageDetails::default()
    }
}
