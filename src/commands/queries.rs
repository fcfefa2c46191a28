//! `jtai queries`: what goes back to agencies. A workbook with questions where something must be put right, a receipt for a clean
//! return, a reminder where none has come; each as a message that a person looks at and sends.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;

use super::collect::{self, Collected};
use super::disk::{OutputSet, Written};
use super::fault::OrFault;
use super::{Failure, Outcome, Said, open, say};
use crate::core::diagnostic::Diagnostic;
use crate::core::ids::AgencyId;
use crate::core::names::RelativeName;
use crate::core::words;
use crate::export;
use crate::message::{self, About, Extra, Kind, Message};
use crate::queries::questions;
use crate::record::{Asked, AskedFinding, Entry, NewEntry};
use crate::response::{Answer, Response, SelfRating};
use crate::round::{Agency, AgencyStatus};
use crate::settle;
use crate::workbook::book::is_mark;
use crate::workbook::issue::{Issue, Question, issue};
use crate::workbook::layout;

/// Collects, and writes what goes back. What is no longer true of an earlier run is withdrawn.
pub fn run(dir: &Path, today: Date) -> Result<Said, Failure> {
    let collected = collect::collect(dir, today)?;
    if collected.record.record.is_damaged() {
        // Without all of the record, a workbook could go back under the code of another.
        return Err(Failure::new(collected.record.record.findings().to_vec()));
    }
    let mut set = OutputSet::whole(collected.open.folder.queries());
    let (mut messages, mut counts, mut entries) = (Vec::new(), Counts::default(), Vec::new());
    let mut about: HashMap<&AgencyId, Vec<&Diagnostic>> = HashMap::new();
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
    Ok(said(&collected, &counts, &written).after(note))
}

/// What goes back to one agency.
struct Back<'a> {
    agency: &'a Agency,
    /// The return that counts.
    response: Option<&'a Response>,
    /// What is asked about it, each with its finding.
    asked: Vec<(Question, &'a Diagnostic)>,
}

impl Back<'_> {
    /// What is on record of the questions in a message; `None` for one without.
    fn on_record(&self, message: &Message) -> Option<NewEntry> {
        let file = RelativeName::new(&message.attachment).ok()?;
        let sha256 = self.response?.file.sha256.clone();
        let finding = |(_, finding): &(Question, &Diagnostic)| {
            let reference = finding.reference.as_ref()?;
            let other = finding.subject.sha256.clone().filter(|other| *other != sha256).unwrap_or_default();
            Some(AskedFinding { reference: reference.to_string(), hash: reference.hash.clone(), sha256: other })
        };
        let findings = self.asked.iter().filter_map(finding).collect();
        Some(NewEntry::from(Entry::Asked(Asked { agency: self.agency.id.clone(), sha256, file, findings })))
    }

    /// The message and its workbook; `None` where nothing goes back.
    fn message(&self, collected: &Collected, today: Date) -> Result<Option<(Kind, Message, Vec<u8>)>, Failure> {
        let Back { agency, response, .. } = *self;
        let (round, theme) = (&collected.open.round, &collected.open.opened.theme);
        if round.statements(theme, agency).is_empty() {
            return Ok(None);
        }
        let number = collected.record.record.issued_to(&agency.id).last().map_or(1, |last| last.issued.issue);
        let code = layout::return_code(round.id(), &agency.id, number);
        let asked: Vec<Question> = self.asked.iter().map(|(question, _)| question.clone()).collect();
        let (kind, extra) = match response {
            // Something came, and the officer settles it first: a reminder would say that nothing did.
            None if agency.status == Some(AgencyStatus::Declined) || collected.is_unsettled(agency) => return Ok(None),
            None => (Kind::Reminder, reminder(round.due(agency), today)),
            Some(_) if !asked.is_empty() => (Kind::Query, query(&asked)),
            Some(response) => (Kind::Receipt, receipt(collected, response, today)),
        };
        let (file, workbook) = match (kind, response) {
            (Kind::Query, Some(response)) => {
                let fresh = Issue::fresh(theme, round, agency, number);
                let answers: Vec<Answer> = response.answers.iter().map(without_marks).collect();
                let back = Issue { answers: &answers, questions: &asked, ..fresh };
                (format!("{} questions.xlsx", agency.id), issue(&back).or_fault()?)
            }
            _ => (String::new(), Vec::new()),
        };
        let template = open::template(&collected.open.folder, kind)?;
        let about = About { round, theme, agency, file: &file, code: &code, date: today };
        let message = message::write(kind, &template, &about, &extra).map_err(|fault| Failure::new(vec![*fault]))?;
        Ok(Some((kind, message, workbook)))
    }
}

/// An answer without what stands for a text that was held back or could not be read: the agency finds the cell empty and marked.
fn without_marks(answer: &Answer) -> Answer {
    let mut answer = answer.clone();
    let texts = &mut answer.texts;
    let all = [
        &mut texts.working_well,
        &mut texts.worried_about,
        &mut texts.needs_to_happen,
        &mut texts.action_lead,
        &mut texts.action_due,
        &mut texts.evidence,
        &mut texts.not_applicable_reason,
        &mut answer.as_written,
    ];
    all.into_iter().filter(|text| is_mark(text)).for_each(String::clear);
    answer
}

fn query(asked: &[Question]) -> Extra {
    let line = |(at, question): (usize, &Question)| {
        let parts = [question.wrote.in_sentence(), question.to_do.clone(), format!("({})", question.reference)];
        let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}. {}: {}", at + 1, question.place, said.join(" "))
    };
    let list: Vec<String> = asked.iter().enumerate().map(line).collect();
    Extra { questions: words::count(asked.len(), "question"), list: list.join("\n"), ..Extra::default() }
}

fn receipt(collected: &Collected, response: &Response, today: Date) -> Extra {
    let received = collected.first_seen.get(&response.file.name).copied().unwrap_or(today);
    let is_blank = |answer: &&Answer| answer.rating == SelfRating::Blank;
    let unrated: Vec<&str> = response.answers.iter().filter(is_blank).map(|answer| answer.criterion.as_str()).collect();
    let counts = collected.numbers.agency(&response.agency).map(|summary| &summary.counts);
    Extra {
        received: words::date(received),
        saved: settle::saved_words(response),
        rated: counts.map_or(String::new(), |counts| format!("{} of {}", counts.rated(), counts.asked)),
        unrated: words::list(&unrated),
        approved: if response.is_approval_recorded() { "yes" } else { "" },
        ..Extra::default()
    }
}

fn reminder(due: Date, today: Date) -> Extra {
    let late = usize::try_from(words::days_between(due, today)).unwrap_or(0);
    Extra { late: if late > 0 { words::count(late, "day") } else { String::new() }, ..Extra::default() }
}

/// How many messages there are of each kind.
#[derive(Debug, Default)]
struct Counts {
    queries: usize,
    receipts: usize,
    reminders: usize,
}

impl Counts {
    fn add(&mut self, kind: Kind) {
        match kind {
            Kind::Query => self.queries += 1,
            Kind::Receipt => self.receipts += 1,
            Kind::Reminder => self.reminders += 1,
            Kind::Covering => {}
        }
    }

    /// "2 workbooks with questions, 9 receipts and 1 reminder".
    fn words(&self) -> String {
        let questions = match self.queries {
            1 => "1 workbook with questions".to_string(),
            n => format!("{} with questions", words::count(n, "workbook")),
        };
        words::list(&[questions, words::count(self.receipts, "receipt"), words::count(self.reminders, "reminder")])
    }
}

fn said(collected: &Collected, counts: &Counts, written: &Written) -> Said {
    let folder = collected.open.folder.queries();
    let mut text = format!("{} in {}", words::capitalised(&counts.words()), folder.display());
    let _ = writeln!(text, ": {} new, {} as before.", written.new.len(), written.unchanged.len());
    text.push_str(&say::findings(&written.findings, ""));
    let _ = writeln!(
        text,
        "\nNext: look at each message and send it. The .eml files open as drafts;\n  {}\nhas the same to copy. Put a corrected \
         workbook into {} beside the first: the newer one counts, and its questions are closed.",
        folder.join(written.name_of(message::PAGE)).display(),
        collected.open.folder.returns().display()
    );
    let json = serde_json::json!({
        "queries": counts.queries, "receipts": counts.receipts, "reminders": counts.reminders,
        "new": written.new, "unchanged": written.unchanged,
    });
    let outcome = Outcome::of(&[collected.findings.as_slice(), &written.findings].concat());
    Said { text, json, outcome }
}
