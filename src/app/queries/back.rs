//! What goes back to one agency: which message, what it says, or why there is none. What was sent and still holds is not written again.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::receipt;
use crate::app::collect::Collected;
use crate::app::failure::Failure;
use crate::app::issue::change_file;
use crate::app::machine::disk::{self, LastHashes};
use crate::app::machine::fault::OrFault;
use crate::app::open;
use crate::core::finding::{Code, Finding};
use crate::core::hash::sha256_hex;
use crate::core::ids::AgencyId;
use crate::core::names::RelativeName;
use crate::core::words;
use crate::core::working_days::working_days_after;
use crate::export;
use crate::intake::progress::{self, Goes, SentQuestions};
use crate::intake::questions::AskedQuestion;
use crate::intake::standing;
use crate::message::{self, Message, MessageDetails, MessageKind, MessageSubject};
use crate::record::{AskedFinding, Entry, IssuedWorkbook, NewEntry, QuestionsAsked, SentWhat};
use crate::response::Response;
use crate::round::{Agency, AgencyStatus};
use crate::workbook::contract;
use crate::workbook::contract::{Issue, Question};
use crate::workbook::write::issued_workbook;

/// What is asked for of all messages.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct BackWishes {
    /// The day of the run.
    pub today: Date,
    /// By when the officer asks for a reply; `None` where no day was given.
    pub reply_by: Option<Date>,
    /// Whether what was sent is written once more.
    pub again: bool,
}

/// What goes back to one agency.
pub(in crate::app) struct Back<'a> {
    collected: &'a Collected,
    wishes: BackWishes,
    /// The agency.
    pub agency: &'a Agency,
    /// Everything noticed about it, or about a file that may be its own.
    pub findings: Vec<&'a Finding>,
    /// What is asked about its return.
    pub asked: Vec<AskedQuestion<'a>>,
    /// The questions that went to it.
    pub sent: Vec<SentQuestions<'a>>,
    /// The return that counts.
    response: Option<&'a Response>,
    /// Whether a message about a change lies in `issued/` and was not noted as sent.
    change_waits: bool,
}

/// A message that goes back, with the file that it carries; that is empty where it carries none.
pub(in crate::app) struct DraftMessage {
    /// What it is for.
    pub kind: MessageKind,
    /// The message.
    pub message: Message,
    /// The workbook attached.
    pub workbook: Vec<u8>,
}

impl<'a> Back<'a> {
    /// What goes back to every agency of a round, in its order.
    pub(in crate::app) fn all(collected: &'a Collected, wishes: BackWishes) -> Vec<Back<'a>> {
        let mut asked = collected.questions();
        let mut about: HashMap<&AgencyId, Vec<&Finding>> = HashMap::new();
        for finding in &collected.findings {
            for agency in finding.subject.agency.iter().chain(&finding.subject.claimed_by) {
                about.entry(agency).or_default().push(finding);
            }
        }
        let returned: HashMap<&AgencyId, &Response> =
            collected.responses.iter().map(|response| (&response.agency, response)).collect();
        let issued = disk::last_hashes(&collected.open.folder.issued());
        let of_agency = |agency: &'a Agency| Back {
            collected,
            wishes,
            agency,
            findings: about.remove(&agency.id).unwrap_or_default(),
            asked: asked.remove(&agency.id).unwrap_or_default(),
            sent: collected.sent_questions(agency),
            response: returned.get(&agency.id).copied(),
            change_waits: change_waits(collected, agency, &issued),
        };
        collected.open.round.agencies.iter().map(of_agency).collect()
    }

    /// What goes to the agency now.
    ///
    /// # Errors
    ///
    /// When the text of a message cannot be filled in.
    pub(in crate::app) fn goes(&self) -> Result<Goes, Failure> {
        let Back { agency, collected, response, .. } = *self;
        let is_asked = !collected.open.round.statements(&collected.open.opened.theme, agency).is_empty();
        // Something came that may be another agency's, and the officer settles it first: it goes to nobody.
        if !is_asked || standing::is_claimed_for(self.findings.iter().copied(), agency) {
            return Ok(Goes::Nothing);
        }
        let goes = match response {
            None => self.reminder_goes(),
            Some(_) if !self.asked.is_empty() => self.questions_go(),
            // A receipt would say that there is nothing more to do: first the officer settles what came later, or was replied.
            Some(_) if self.has_newer_to_settle() || self.has_reply_to_settle() => Goes::Nothing,
            Some(response) => self.receipt_goes(response)?,
        };
        Ok(if self.wishes.again { goes.once_more() } else { goes })
    }

    fn questions_go(&self) -> Goes {
        let count = self.asked.len();
        match progress::waiting(&self.sent, &self.hashes(), self.last_came()) {
            None => Goes::Questions { count, overdue: None },
            Some(sent) if sent.reply_by() < self.wishes.today => {
                Goes::Questions { count, overdue: Some(sent.reply_by()) }
            }
            // Another day to reply by is worth a message.
            Some(sent) if self.wishes.reply_by.is_some_and(|wanted| wanted != sent.reply_by()) => {
                Goes::Questions { count, overdue: None }
            }
            Some(sent) => Goes::QuestionsSent { count, on: sent.sent_on, by: sent.reply_by() },
        }
    }

    fn receipt_goes(&self, response: &Response) -> Result<Goes, Failure> {
        let draft = self.receipt(response)?;
        let hash = sha256_hex(&export::eml::draft(&draft.message, &draft.workbook).or_fault()?);
        let sent = self.collected.record.record.draft_sent(&self.agency.id, SentWhat::Receipt, &hash);
        Ok(sent.map_or(Goes::Receipt, |on| Goes::ReceiptSent { on }))
    }

    fn reminder_goes(&self) -> Goes {
        let Back { agency, collected, wishes, .. } = *self;
        let is_silent = agency.status == Some(AgencyStatus::Declined)
            || standing::is_unsettled(self.findings.iter().copied(), agency)
            // Nobody is reminded of what was never issued.
            || self.last_issued().is_none()
            // It returned once, and was told so; a file of its own that is left out is told of in the reminder.
            || (collected.arrived.contains_key(&agency.id) && self.left_out().is_none());
        if is_silent {
            return Goes::Nothing;
        }
        if self.change_waits {
            return Goes::Change;
        }
        let due = collected.open.round.due(agency);
        let told = [SentWhat::Reminder, SentWhat::Change].into_iter();
        let told = told.flat_map(|what| collected.record.record.sent_to(&agency.id, what)).max();
        let left_out_on = self.left_out().and_then(|finding| collected.first_seen.get(&finding.place.file)).copied();
        match told {
            _ if !standing::is_reminded(due, wishes.today) => Goes::Nothing,
            // What came since cannot be used, and nobody has said so yet.
            Some(on) if left_out_on.is_some_and(|came| came >= on) => Goes::Reminder,
            Some(on) if !standing::is_reminded_again(due, on, wishes.today) => Goes::ReminderSent { on },
            _ => Goes::Reminder,
        }
    }

    /// The message that goes; `None` where none does.
    ///
    /// # Errors
    ///
    /// When its text cannot be filled in, or its workbook cannot be written.
    pub(super) fn draft(&self, goes: Goes) -> Result<Option<DraftMessage>, Failure> {
        match (goes, self.response) {
            (Goes::Questions { .. }, Some(response)) => self.query(response).map(Some),
            (Goes::Receipt, Some(response)) => self.receipt(response).map(Some),
            (Goes::Reminder, None) => self.reminder().map(Some),
            _ => Ok(None),
        }
    }

    fn query(&self, response: &Response) -> Result<DraftMessage, Failure> {
        let (round, theme) = (&self.collected.open.round, &self.collected.open.opened.theme);
        let asked: Vec<Question> = self.asked.iter().map(|asked| asked.question.clone()).collect();
        let fresh = Issue::fresh(theme, round, self.agency, self.issue_number());
        let (answers, headlines) = (&response.answers[..], &response.headlines[..]);
        let back = Issue {
            return_by: self.reply_by(),
            answers,
            headlines,
            speaks_for: Some(&response.speaks_for),
            questions: &asked,
            ..fresh
        };
        let workbook = issued_workbook(&back).or_fault()?;
        self.compose(MessageKind::Query, &self.query_details(&asked), format!("{} questions.xlsx", self.agency.id), workbook)
    }

    fn receipt(&self, response: &Response) -> Result<DraftMessage, Failure> {
        let details = receipt::details(self.collected, &self.findings, response, self.wishes.today);
        self.compose(MessageKind::Receipt, &details, String::new(), Vec::new())
    }

    fn reminder(&self) -> Result<DraftMessage, Failure> {
        let (file, workbook) = self.issued_file();
        self.compose(MessageKind::Reminder, &self.reminder_details(), file, workbook)
    }

    fn compose(
        &self,
        kind: MessageKind,
        details: &MessageDetails,
        file: String,
        workbook: Vec<u8>,
    ) -> Result<DraftMessage, Failure> {
        let (round, theme) = (&self.collected.open.round, &self.collected.open.opened.theme);
        let code = contract::return_code(round.id(), &self.agency.id, self.issue_number());
        let template = open::template(&self.collected.open.folder, kind)?;
        let about = MessageSubject { round, theme, agency: self.agency, file: &file, code: &code };
        let message = message::compose(kind, &template, &about, details).map_err(|fault| Failure::new(vec![*fault]))?;
        Ok(DraftMessage { kind, message, workbook })
    }

    /// What is on record of the questions in a message; `None` for one without.
    pub(super) fn on_record(&self, draft: &DraftMessage) -> Option<NewEntry> {
        if draft.kind != MessageKind::Query {
            return None;
        }
        let file = RelativeName::new(&draft.message.attachment).ok()?;
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
            reply_by: Some(self.reply_by()),
            sha256: sha256.clone(),
        };
        Some(NewEntry::from(Entry::Asked(asked)))
    }

    /// The hashes of everything that is asked about.
    fn hashes(&self) -> BTreeSet<&str> {
        let findings = self.asked.iter().flat_map(|asked| &asked.findings);
        findings.filter_map(|finding| Some(finding.reference.as_ref()?.hash.as_str())).collect()
    }

    /// The last day on which a file of the agency came.
    fn last_came(&self) -> Option<Date> {
        self.collected.files_of(&self.agency.id).max()
    }

    /// The last day on which the agency sent something in reply to questions; `None` where it was sent none, or nothing came since.
    fn replied_on(&self) -> Option<Date> {
        let first = self.sent.iter().map(|sent| sent.sent_on).min()?;
        self.last_came().filter(|seen| *seen > first)
    }

    /// The day by which a reply is asked for: of questions that were asked before, the day given then, while it is still to come.
    fn reply_by(&self) -> Date {
        let hashes = self.hashes();
        let given = progress::asked_all(&self.sent, &hashes).map(SentQuestions::reply_by);
        let given = given.filter(|by| *by >= self.wishes.today).max();
        self.wishes.reply_by.or(given).unwrap_or_else(|| working_days_after(self.wishes.today, progress::DAYS_TO_REPLY))
    }

    /// Whether a return came after somebody decided which of the agency's counts, and waits for the officer.
    fn has_newer_to_settle(&self) -> bool {
        let decided = self.findings.iter().filter(|finding| finding.code == Code::ReturnDecided);
        let Some(day) = decided.filter_map(|finding| Some(finding.settled.as_ref()?.on)).max() else { return false };
        let is_later = |finding: &&Finding| {
            let is_open = finding.code == Code::ReturnSuperseded && finding.settled.is_none();
            is_open && self.collected.first_seen.get(&finding.place.file).is_some_and(|seen| *seen > day)
        };
        self.findings.iter().any(is_later)
    }

    /// Whether a reply of the agency waits for the officer.
    fn has_reply_to_settle(&self) -> bool {
        self.findings.iter().any(|finding| finding.settled.is_none() && !finding.replied.is_empty())
    }

    fn last_issued(&self) -> Option<&'a IssuedWorkbook> {
        self.collected.record.record.issued_to(&self.agency.id).last()
    }

    fn issue_number(&self) -> u32 {
        self.last_issued().map_or(1, |last| last.issued.issue)
    }

    /// The workbook as it was issued, to go with a reminder; nothing where it is not in the folder any more.
    fn issued_file(&self) -> (String, Vec<u8>) {
        let read = self.last_issued().and_then(|last| {
            let path = disk::inside(&self.collected.open.folder.issued(), &last.issued.file).ok()?;
            Some((last.issued.file.to_string(), disk::read(&path).ok()?))
        });
        read.unwrap_or_default()
    }

    /// The last file of the agency that the officer left out.
    fn left_out(&self) -> Option<&'a Finding> {
        let own = self.findings.iter().copied().filter(|finding| {
            standing::is_left_out(finding) && finding.subject.agency.as_ref() == Some(&self.agency.id)
        });
        own.max_by_key(|finding| self.collected.first_seen.get(&finding.place.file))
    }

    fn reminder_details(&self) -> MessageDetails {
        let late = standing::days_after(self.collected.open.round.due(self.agency), self.wishes.today);
        let left_out = self.left_out();
        let came = left_out.and_then(|finding| self.collected.first_seen.get(&finding.place.file));
        MessageDetails {
            late: late.map_or(String::new(), |days| words::count(days, "day")),
            received: came.map_or(String::new(), |day| words::date(*day)),
            file: left_out.and_then(|finding| receipt::known_name(&finding.place.file)).unwrap_or_default().to_string(),
            ..MessageDetails::default()
        }
    }

    fn query_details(&self, asked: &[Question]) -> MessageDetails {
        let line = |(at, question): (usize, &Question)| {
            let references = format!("({})", question.references.join(", "));
            let parts = [question.wrote.in_sentence(), question.to_do.clone(), references];
            let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            format!("{}. {}: {}", at + 1, question.place, said.join(" "))
        };
        let list: Vec<String> = asked.iter().enumerate().map(line).collect();
        let (hashes, came) = (self.hashes(), self.last_came());
        let is_overdue = progress::waiting(&self.sent, &hashes, came).is_some_and(|sent| sent.reply_by() < self.wishes.today);
        // The first time: a chaser asks the same again.
        let first = progress::asked_all(&self.sent, &hashes).map(|sent| sent.sent_on).min().filter(|_| is_overdue);
        let corrections = self.response.map_or(0, |response| response.corrections.iter().map(|one| one.cells).sum());
        MessageDetails {
            questions: words::count(asked.len(), "question"),
            list: list.join("\n"),
            reply_by: words::date(self.reply_by()),
            asked_on: first.map_or(String::new(), words::date),
            replied_on: self.replied_on().map_or(String::new(), words::date),
            corrections: if corrections > 0 { words::count(corrections, "correction") } else { String::new() },
            ..MessageDetails::default()
        }
    }
}

fn change_waits(collected: &Collected, agency: &Agency, issued: &LastHashes) -> bool {
    let draft = issued.hash_of(&change_file(&agency.id));
    draft.is_some_and(|draft| collected.record.record.draft_sent(&agency.id, SentWhat::Change, draft).is_none())
}
