//! Decides which message goes back to an agency and what it says, or why there is none. A message that was sent and still applies is not
//! written again.

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
use crate::record::{AskedFinding, Entry, IssuedWorkbook, ListedAgency, NewEntry, QuestionsAsked, SentWhat};
use crate::response::Response;
use crate::round::{Agency, AgencyStatus};
use crate::workbook::contract::{self, CarriedIn, Issue, Question};
use crate::workbook::write::issued_workbook;

/// What is wanted for all messages.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct BackWishes {
    /// The day of the run.
    pub today: Date,
    /// By when the officer asks for a reply; `None` where no day was given.
    pub reply_by: Option<Date>,
    /// Whether to write again what was sent already.
    pub again: bool,
}

/// What goes back to one agency.
pub(in crate::app) struct Back<'a> {
    collected: &'a Collected,
    wishes: BackWishes,
    /// The agency.
    pub agency: &'a Agency,
    /// The findings about it, or about a file that may be its own.
    pub findings: Vec<&'a Finding>,
    /// The questions on its return.
    pub asked: Vec<AskedQuestion<'a>>,
    /// The questions that were sent to it.
    pub sent: Vec<SentQuestions<'a>>,
    /// The return that counts.
    pub response: Option<&'a Response>,
    /// Whether `issued/` has a message about a change that was not noted as sent.
    change_waits: bool,
}

/// A message that goes back, with the file attached to it.
pub(in crate::app) struct DraftMessage {
    /// What it is for.
    pub kind: MessageKind,
    /// The message.
    pub message: Message,
    /// The workbook attached; empty for none.
    pub workbook: Vec<u8>,
}

/// A receipt, with the day on which it was sent.
struct ReceiptDraft {
    draft: DraftMessage,
    sent_on: Option<Date>,
    /// Whether it asks for a sign-off.
    asks: bool,
}

impl DraftMessage {
    /// The message as a file that a mail program opens.
    ///
    /// # Errors
    ///
    /// When memory cannot be written to.
    pub(in crate::app) fn eml(&self) -> Result<Vec<u8>, Failure> {
        export::eml::draft(&self.message, &self.workbook).or_fault()
    }
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
        // Read once for all agencies: the manifest of a large round is long.
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

    /// Which message goes to the agency now.
    pub(in crate::app) fn goes(&self) -> Goes {
        let Back { agency, collected, response, .. } = *self;
        let is_asked = !collected.open.round.statements(&collected.open.opened.theme, agency).is_empty();
        // A file came that more than one agency may have sent. Until the officer settles whose it is, any message could be wrong.
        if !is_asked || standing::is_claimed_for(self.findings.iter().copied(), agency) {
            return Goes::Nothing;
        }
        let goes = match response {
            None => self.reminder_goes(),
            Some(_) if !self.asked.is_empty() => self.questions_go(),
            // A receipt would say that there is nothing more to do: first the officer settles what came later, or was replied.
            Some(_) if self.has_newer_to_settle() || self.has_reply_to_settle() => Goes::Nothing,
            Some(response) => self.receipt_goes(response),
        };
        if self.wishes.again { goes.once_more() } else { goes }
    }

    fn questions_go(&self) -> Goes {
        let count = self.asked.len();
        match self.waiting() {
            None => Goes::Questions { count, overdue: None },
            // Once inspectors are here, agencies are not chased any more: the officer settles what is open.
            Some(sent) if sent.reply_by() < self.wishes.today && self.has_fieldwork_begun() => Goes::Nothing,
            Some(sent) if sent.reply_by() < self.wishes.today => {
                Goes::Questions { count, overdue: Some(sent.reply_by()) }
            }
            Some(sent) => Goes::QuestionsSent { count, on: sent.sent_on, by: sent.reply_by() },
        }
    }

    /// Whether a receipt goes. One that asks for a sign-off is a question too, and goes again if nobody replied to it.
    fn receipt_goes(&self, response: &Response) -> Goes {
        let Ok(ReceiptDraft { sent_on, asks, .. }) = self.receipt(response) else { return Goes::Receipt };
        match sent_on {
            Some(on) if asks && self.is_reply_overdue(on) && !self.has_fieldwork_begun() => Goes::Receipt,
            Some(on) => Goes::ReceiptSent { on },
            None => Goes::Receipt,
        }
    }

    fn has_fieldwork_begun(&self) -> bool {
        self.collected.open.round.fieldwork_starts.is_some_and(|first| first <= self.wishes.today)
    }

    fn is_reply_overdue(&self, asked_on: Date) -> bool {
        working_days_after(asked_on, progress::DAYS_TO_REPLY) < self.wishes.today
    }

    /// The last questions sent that cover everything asked now and that the agency has not answered.
    fn waiting(&self) -> Option<&SentQuestions<'a>> {
        progress::waiting(&self.sent, &self.hashes(), self.last_came())
    }

    fn reminder_goes(&self) -> Goes {
        let Back { agency, collected, wishes, .. } = *self;
        let is_silent = agency.status == Some(AgencyStatus::Declined)
            || standing::is_unsettled(self.findings.iter().copied(), agency)
            // An agency without a workbook has nothing to return.
            || self.last_issued().is_none()
            // It returned once and was told so. Only if the officer left its file out does a reminder go, which says that.
            || (collected.arrivals.first_return.contains_key(&agency.id) && self.left_out().is_none());
        if is_silent {
            return Goes::Nothing;
        }
        if self.is_unaddressed() {
            return Goes::UnwrittenChange;
        }
        if self.change_waits {
            return Goes::Change;
        }
        let due = collected.open.round.due(agency);
        let record = &collected.record.record;
        let told = [SentWhat::Workbook, SentWhat::Reminder, SentWhat::Change].into_iter();
        let told = told.flat_map(|what| record.sent_to(&agency.id, what)).max();
        let came = self.left_out().and_then(|finding| collected.came_in(finding.subject.sha256.as_deref()?));
        // The workbook was written only a few days ago and is not noted as sent. It is probably still to be sent, and a reminder would come
        // before it.
        let is_new = told.is_none()
            && self.last_issued().is_some_and(|last| !standing::is_reminded_again(due, last.written_on, wishes.today));
        match told {
            // A file came that cannot be used, and the agency has not been told yet.
            _ if came.is_some_and(|came| told.is_none_or(|told| came > told)) => Goes::Reminder,
            _ if is_new || !standing::is_reminded(due, wishes.today) => Goes::Nothing,
            Some(on) if !standing::is_reminded_again(due, on, wishes.today) => Goes::ReminderSent { on },
            _ => Goes::Reminder,
        }
    }

    /// Whether its date or contact has changed since the last `jtai issue`.
    fn is_unaddressed(&self) -> bool {
        let Some((before, _)) = self.collected.record.record.addressed(&self.agency.id) else { return false };
        let contact = ListedAgency::contact_print(&self.agency.contact, &self.agency.email);
        before.due != self.collected.open.round.due(self.agency) || before.contact != contact
    }

    /// The message that goes; `None` if none does.
    ///
    /// # Errors
    ///
    /// When its text cannot be filled in, or its workbook cannot be written.
    pub(in crate::app) fn draft(&self, goes: Goes) -> Result<Option<DraftMessage>, Failure> {
        match (goes, self.response) {
            (Goes::Questions { .. }, Some(response)) => self.query(response).map(Some),
            (Goes::Receipt, Some(response)) => self.receipt(response).map(|receipt| Some(receipt.draft)),
            (Goes::Reminder, None) => self.reminder().map(Some),
            _ => Ok(None),
        }
    }

    fn query(&self, response: &Response) -> Result<DraftMessage, Failure> {
        let (round, theme) = (&self.collected.open.round, &self.collected.open.opened.theme);
        let asked: Vec<Question> = self.asked.iter().map(|asked| asked.question.clone()).collect();
        let fresh = Issue::fresh(theme, round, self.agency, self.issue_number());
        let carried = self.carried();
        let (answers, headlines) = carried.under(&response.answers, &response.headlines);
        let back = Issue {
            return_by: self.reply_by(),
            answers: &answers,
            headlines: &headlines,
            speaks_for: Some(&response.speaks_for),
            questions: &asked,
            ..fresh
        };
        let workbook = issued_workbook(&back).or_fault()?;
        self.compose(
            MessageKind::Query,
            &self.query_details(&asked),
            format!("{} questions.xlsx", self.agency.id),
            workbook,
        )
    }

    /// The receipt as it is now, with the day on which it was sent. If it asked for a sign-off that is overdue, it says when it asked.
    fn receipt(&self, response: &Response) -> Result<ReceiptDraft, Failure> {
        let mut details = receipt::details(self.collected, &self.findings, response);
        let first = self.receipt_of(&details)?;
        let Some(on) = first.sent_on.filter(|on| first.asks && self.is_reply_overdue(*on)) else {
            return Ok(first);
        };
        details.asked_on = words::date(on);
        self.receipt_of(&details)
    }

    fn receipt_of(&self, details: &MessageDetails) -> Result<ReceiptDraft, Failure> {
        let draft = self.compose(MessageKind::Receipt, details, String::new(), Vec::new())?;
        let hash = sha256_hex(&draft.eml()?);
        let record = &self.collected.record.record;
        let noted = record.draft_sent(&self.agency.id, SentWhat::Receipt, &hash);
        // A receipt may have been noted as sent without its draft. Then it counts as this one, unless something came or was settled after
        // it.
        let changed_on = self
            .last_came()
            .into_iter()
            .chain(self.findings.iter().filter_map(|finding| finding.settled.as_ref().map(|settlement| settlement.on)));
        let changed_on = changed_on.max();
        let unknown = record.sent_of(&self.agency.id, SentWhat::Receipt).filter(|sent| sent.draft.is_empty());
        let unknown = unknown.map(|sent| sent.day).filter(|day| changed_on.is_none_or(|changed_on| *day >= changed_on));
        let asks = !details.corrected.is_empty();
        Ok(ReceiptDraft { draft, sent_on: noted.into_iter().chain(unknown).max(), asks })
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

    /// The entry for the questions in a message; `None` if it has none. `eml` is the message as it is written.
    pub(super) fn on_record(&self, draft: &DraftMessage, eml: &[u8]) -> Option<NewEntry> {
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
                    // The question is about no cell of the table, so no cell of the reply answers it.
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
            draft: sha256_hex(eml),
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

    /// The last day on which the agency sent something after we first wrote to it with questions or a receipt; `None` if nothing came.
    fn replied_on(&self) -> Option<Date> {
        let thanked = self.collected.record.record.sent_to(&self.agency.id, SentWhat::Receipt);
        let first = self.sent.iter().map(|sent| sent.first_sent_on).chain(thanked).min()?;
        self.last_came().filter(|seen| *seen > first)
    }

    /// The day by which a reply is asked for. Questions that wait for a reply keep their day while it is in the future.
    pub(super) fn reply_by(&self) -> Date {
        let given = self.waiting().map(SentQuestions::reply_by).filter(|by| *by >= self.wishes.today);
        self.wishes.reply_by.or(given).unwrap_or_else(|| working_days_after(self.wishes.today, progress::DAYS_TO_REPLY))
    }

    /// Whether a return came after somebody decided which of the agency's counts, and waits for the officer.
    fn has_newer_to_settle(&self) -> bool {
        let decided = self.findings.iter().filter(|finding| finding.code == Code::ReturnDecided);
        let Some(day) = decided.filter_map(|finding| Some(finding.settled.as_ref()?.on)).max() else { return false };
        let is_later = |finding: &&Finding| {
            let is_open = finding.code == Code::ReturnSuperseded && finding.settled.is_none();
            is_open && self.collected.arrivals.first_seen.get(&finding.place.file).is_some_and(|seen| *seen > day)
        };
        self.findings.iter().any(is_later)
    }

    /// Whether a reply of the agency waits for the officer.
    fn has_reply_to_settle(&self) -> bool {
        let is_reply = |finding: &Finding| finding.code == Code::ReplyToSettled || !finding.replied.is_empty();
        self.findings.iter().any(|finding| finding.settled.is_none() && is_reply(finding))
    }

    fn last_issued(&self) -> Option<&'a IssuedWorkbook> {
        self.collected.record.record.issued_to(&self.agency.id).last()
    }

    fn issue_number(&self) -> u32 {
        self.last_issued().map_or(1, |last| last.issued.issue)
    }

    /// The workbook as it was issued, to attach to a reminder; empty if it is no longer in the folder.
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
        own.max_by_key(|finding| self.collected.arrivals.first_seen.get(&finding.place.file))
    }

    /// The answers of the round before that were carried into its workbook.
    fn carried(&self) -> CarriedIn {
        let (round, theme) = (&self.collected.open.round, &self.collected.open.opened.theme);
        let previous = self.collected.open.previous.as_ref();
        previous.map(|previous| open::carried_in(previous, theme, round, self.agency)).unwrap_or_default()
    }

    /// As "9 answers"; empty if nothing was carried in.
    fn carried_words(&self) -> String {
        match self.carried().answers.len() {
            0 => String::new(),
            answers => words::count(answers, "answer"),
        }
    }

    fn reminder_details(&self) -> MessageDetails {
        let late = standing::days_after(self.collected.open.round.due(self.agency), self.wishes.today);
        let left_out = self.left_out();
        let came = left_out.and_then(|finding| self.collected.came_in(finding.subject.sha256.as_deref()?));
        let told = self.collected.record.record.sent_to(&self.agency.id, SentWhat::Change).max();
        MessageDetails {
            carried: self.carried_words(),
            changed: told.map_or(String::new(), words::date),
            late: late.map_or(String::new(), |days| words::count(days, "day")),
            received: came.map_or(String::new(), words::date),
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
        let overdue = self.waiting().filter(|sent| sent.reply_by() < self.wishes.today);
        // A chaser names the day on which the same was first asked, but no day before the agency's last file.
        let hashes = self.hashes();
        let since = self.last_came();
        let first = progress::asked_all(&self.sent, &hashes).map(|sent| sent.first_sent_on);
        let first = first.filter(|on| since.is_none_or(|came| came <= *on)).min().filter(|_| overdue.is_some());
        let last = overdue.map(|sent| sent.sent_on).filter(|on| first.is_some_and(|first| first < *on));
        let replied_on = self.replied_on();
        // Some of it was asked before and nothing came: the message says that this list replaces the earlier one.
        let earlier =
            self.sent.iter().map(|sent| sent.sent_on).max().filter(|_| first.is_none() && replied_on.is_none());
        let corrections = self.response.map_or(&[][..], |response| response.corrections.as_slice());
        let new =
            corrections.iter().filter(|one| self.collected.came_in(&one.sha256) == replied_on).map(|one| one.cells);
        let unsigned = self.response.into_iter().flat_map(|response| receipt::unsigned(&self.findings, response));
        let count = |cells: usize| if cells > 0 { words::count(cells, "correction") } else { String::new() };
        MessageDetails {
            questions: words::count(asked.len(), "question"),
            list: list.join("\n"),
            reply_by: words::date(self.reply_by()),
            asked_on: first.map_or(String::new(), words::date),
            chased_on: last.map_or(String::new(), words::date),
            earlier_on: earlier.map_or(String::new(), words::date),
            replied_on: replied_on.map_or(String::new(), words::date),
            corrections: count(new.sum()),
            unsigned: count(unsigned.map(|one| one.cells).sum()),
            ..MessageDetails::default()
        }
    }
}

fn change_waits(collected: &Collected, agency: &Agency, issued: &LastHashes) -> bool {
    let draft = issued.hash_of(&change_file(&agency.id));
    draft.is_some_and(|draft| collected.record.record.draft_sent(&agency.id, SentWhat::Change, draft).is_none())
}
