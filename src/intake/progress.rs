//! Works out how far the exchange with each agency is (sent, returned, asked, answered, settled, approved) and what comes next.
//!
//! Messages, counts and next steps are all made from this, so that no two of them contradict each other about an agency.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::standing::Standing;
use crate::core::finding::Finding;
use crate::core::ids::AgencyId;
use crate::core::working_days::working_days_after;
use crate::intake::arrivals::QuestionsBack;
use crate::record::{QuestionsAsked, Record, Sent, SentWhat};

/// The counts of one agency's questions and replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exchange {
    /// How many questions the agency has been sent.
    pub asked: usize,
    /// How many of those are answered: corrected, or replied to.
    pub answered: usize,
    /// How many findings about the agency are settled.
    pub settled: usize,
    /// How many findings with a reply the officer has yet to settle.
    pub replies: usize,
}

impl Exchange {
    /// Counts from the questions that were sent to one agency and the findings about it.
    pub fn new(sent: &[SentQuestions<'_>], findings: &[&Finding]) -> Exchange {
        let asked = each_once(sent.iter().flat_map(|sent| sent.asked.questions()));
        // A finding without a reply still waits for the agency, even if the officer has settled it: settling is not the agency's answer.
        let waits = |finding: &&&Finding| finding.replied.is_empty();
        let open: BTreeSet<&str> = findings.iter().filter(waits).filter_map(|finding| hash(finding)).collect();
        Exchange {
            asked: asked.len(),
            answered: asked.iter().filter(|question| open.is_disjoint(question)).count(),
            settled: findings.iter().filter(|finding| finding.settled.is_some()).count(),
            replies: findings.iter().filter(|finding| finding.settled.is_none() && !finding.replied.is_empty()).count(),
        }
    }
}

/// A set of questions that was sent to an agency.
#[derive(Debug, Clone, Copy)]
pub struct SentQuestions<'r> {
    /// The questions.
    pub asked: &'r QuestionsAsked,
    /// The day on which they were written.
    pub written_on: Date,
    /// The first day on which somebody noted them as sent; the day on which they were written where nobody did.
    pub first_sent_on: Date,
    /// The last day on which somebody noted them as sent.
    pub sent_on: Date,
    /// Whether the workbook with them came back.
    pub is_back: bool,
}

/// The working days that agencies have to reply where no day is given.
pub const DAYS_TO_REPLY: usize = 5;

impl<'r> SentQuestions<'r> {
    /// The day by which a reply was asked for.
    pub fn reply_by(&self) -> Date {
        self.asked.reply_by.unwrap_or_else(|| working_days_after(self.written_on, DAYS_TO_REPLY))
    }

    /// The hashes of the findings that these questions are about.
    fn hashes(&self) -> BTreeSet<&'r str> {
        self.asked.findings.iter().map(|finding| finding.hash.as_str()).collect()
    }
}

/// The sets of questions that ask about all of these findings, given by their hashes.
pub fn asked_all<'s, 'r>(
    sent: &'s [SentQuestions<'r>],
    hashes: &BTreeSet<&str>,
) -> impl Iterator<Item = &'s SentQuestions<'r>> {
    sent.iter().filter(|sent| !hashes.is_empty() && hashes.is_subset(&sent.hashes()))
}

/// The last set of questions that asks about all of these findings and still waits for the agency, which has sent nothing since.
/// `last_came` is the day of its last file.
pub fn waiting<'s, 'r>(
    sent: &'s [SentQuestions<'r>],
    hashes: &BTreeSet<&str>,
    last_came: Option<Date>,
) -> Option<&'s SentQuestions<'r>> {
    let last = asked_all(sent, hashes).max_by_key(|sent| (sent.sent_on, sent.written_on))?;
    // The record has days and no times: a file of the same day is taken to have been sent before the questions were read.
    (!last.is_back && last_came.is_none_or(|came| came <= last.sent_on)).then_some(last)
}

/// The message that goes to an agency next, apart from its workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goes {
    /// Nothing: there is nothing to say, or the officer has to settle something first.
    Nothing,
    /// Questions.
    Questions {
        /// How many.
        count: usize,
        /// The day by which a reply to the same questions was due, where it has passed and nothing came.
        overdue: Option<Date>,
    },
    /// Nothing more: the questions were sent, and the agency still has time to reply.
    QuestionsSent {
        /// How many questions wait for the agency.
        count: usize,
        /// When they were sent.
        on: Date,
        /// The day by which a reply is due.
        by: Date,
    },
    /// A receipt.
    Receipt,
    /// Nothing more: the receipt was sent, and it is still up to date.
    ReceiptSent {
        /// When.
        on: Date,
    },
    /// A reminder.
    Reminder,
    /// Nothing more: the agency was reminded, or told of a change, a few days ago.
    ReminderSent {
        /// When.
        on: Date,
    },
    /// The message about a change, which is written and not sent yet. It goes instead of a reminder, so that the two do not contradict
    /// each other.
    Change,
    /// A message about a new date or contact, which `jtai issue` has yet to write.
    UnwrittenChange,
}

impl Goes {
    /// The message to write where one that was already sent should go again.
    pub fn once_more(self) -> Goes {
        match self {
            Goes::QuestionsSent { count, .. } => Goes::Questions { count, overdue: None },
            Goes::ReceiptSent { .. } => Goes::Receipt,
            Goes::ReminderSent { .. } => Goes::Reminder,
            Goes::Nothing
            | Goes::Questions { .. }
            | Goes::Receipt
            | Goes::Reminder
            | Goes::Change
            | Goes::UnwrittenChange => self,
        }
    }
}

/// The questions that were sent to an agency: somebody noted their draft as sent, or their workbook came back. Questions that were only
/// written are drafts.
pub fn sent_questions<'r>(agency: &AgencyId, record: &'r Record, back: &[QuestionsBack]) -> Vec<SentQuestions<'r>> {
    let noted: Vec<&Sent> = record.sent_of(agency, SentWhat::Questions).collect();
    let of_agency: Vec<(&QuestionsAsked, Date)> = record.asked().filter(|(asked, _)| asked.agency == *agency).collect();
    let sent = |(asked, written_on): &(&'r QuestionsAsked, Date)| {
        let next = of_agency.iter().map(|(_, day)| *day).filter(|day| day > written_on).min();
        let is_of_this = |sent: &&&Sent| match asked.is_draft(&sent.draft) {
            Some(is_it) => is_it,
            // Versions before drafts were noted recorded only the day: then the questions written last before that day were sent.
            None => sent.day >= *written_on && next.is_none_or(|next| sent.day < next),
        };
        let days: Vec<Date> = noted.iter().filter(is_of_this).map(|sent| sent.day).collect();
        let is_back = back.iter().any(|back| written_for(back, &of_agency) == Some(*written_on) && asks(asked, back));
        let first_sent_on = days.iter().min().copied().or_else(|| is_back.then_some(*written_on))?;
        let sent_on = days.into_iter().max().unwrap_or(first_sent_on);
        Some(SentQuestions { asked, written_on: *written_on, first_sent_on, sent_on, is_back })
    };
    of_agency.iter().filter_map(sent).collect()
}

/// Whether a workbook that came back asks these questions.
fn asks(asked: &QuestionsAsked, back: &QuestionsBack) -> bool {
    let references: BTreeSet<&str> = asked.findings.iter().map(|finding| finding.reference.as_str()).collect();
    back.references.iter().map(String::as_str).eq(references)
}

/// The day on which the questions in a returned workbook were written. Where the same questions were asked twice, the last time before it
/// came; questions written on the very day it came are taken only where there are no earlier ones.
fn written_for(back: &QuestionsBack, asked: &[(&QuestionsAsked, Date)]) -> Option<Date> {
    let same = || asked.iter().filter(|(asked, _)| asks(asked, back)).map(|(_, day)| *day);
    let before = same().filter(|day| *day < back.came_on).max();
    before.or_else(|| same().filter(|day| *day == back.came_on).min())
}

/// Every question that was asked, each once however often it was sent. Two that share a finding are the same question.
fn each_once<'r>(asked: impl Iterator<Item = BTreeSet<&'r str>>) -> Vec<BTreeSet<&'r str>> {
    let mut questions: Vec<BTreeSet<&str>> = Vec::new();
    for mut question in asked {
        // It may share findings with several earlier ones: then they are all the same question.
        let (same, others): (Vec<_>, Vec<_>) = questions.into_iter().partition(|known| !known.is_disjoint(&question));
        question.extend(same.into_iter().flatten());
        questions = others;
        questions.push(question);
    }
    questions
}

fn hash(finding: &Finding) -> Option<&str> {
    finding.reference.as_ref().map(|reference| reference.hash.as_str())
}

/// What the next step with an agency depends on.
#[derive(Debug, Clone, Copy)]
pub struct Whereabouts {
    /// How far it is with its return.
    pub standing: Standing,
    /// When its return is due.
    pub due: Date,
    /// How many findings only the officer can settle.
    pub to_settle: usize,
    /// Whether its workbook was noted as sent.
    pub is_sent: bool,
    /// Whether corrections were taken that nobody approved.
    pub awaits_approval: bool,
    /// The message that goes to it next.
    pub goes: Goes,
}

/// The next step with an agency, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NextStep {
    /// A person must settle what came back before it counts.
    SettleReturn,
    /// Its return is no longer here, and a person must say whether that is on purpose.
    SettleGone,
    /// This many replies are to be settled.
    SettleReplies(usize),
    /// Its return is this many days late, and a reminder is to be sent.
    ChaseReturn(usize),
    /// Its reply was due on this day, which has passed.
    ChaseReply(Date),
    /// The message about a change is to be written.
    WriteChange,
    /// The message about a change is to be sent.
    SendChange,
    /// This many questions are to be sent.
    Ask(usize),
    /// This many findings wait that only the officer can settle.
    Settle(usize),
    /// Its workbook is to be issued.
    Issue,
    /// Its workbook is to be sent, or noted as sent.
    Send,
    /// A reminder is to be sent: its return is due within a week.
    Remind,
    /// A receipt is to be sent.
    SendReceipt,
    /// Its corrections await approval.
    Approval,
    /// Its reply is due on this day, which is still to come.
    AwaitReply(Date),
    /// Its return is due on this day, or was and the agency has been reminded.
    AwaitReturn(Date),
    /// Nothing.
    Nothing,
}

impl NextStep {
    /// Works out the next step.
    pub fn new(at: Whereabouts, exchange: &Exchange) -> NextStep {
        let Whereabouts { standing, due, to_settle, is_sent, awaits_approval, goes } = at;
        match standing {
            Standing::AskedNothing | Standing::Declined | Standing::Gone { is_settled: true } => NextStep::Nothing,
            Standing::Gone { is_settled: false } => NextStep::SettleGone,
            Standing::Unsettled => NextStep::SettleReturn,
            Standing::NotIssued => NextStep::Issue,
            Standing::Owes(late) => match goes {
                Goes::UnwrittenChange => NextStep::WriteChange,
                Goes::Change => NextStep::SendChange,
                Goes::ReminderSent { .. } => NextStep::AwaitReturn(due),
                _ if late > 0 => NextStep::ChaseReturn(late),
                Goes::Reminder => NextStep::Remind,
                _ if !is_sent => NextStep::Send,
                _ => NextStep::AwaitReturn(due),
            },
            Standing::Clean | Standing::WithQueries(_) => match goes {
                _ if exchange.replies > 0 => NextStep::SettleReplies(exchange.replies),
                Goes::Questions { overdue: Some(by), .. } => NextStep::ChaseReply(by),
                Goes::Questions { count, .. } => NextStep::Ask(count),
                _ if to_settle > 0 => NextStep::Settle(to_settle),
                Goes::Receipt => NextStep::SendReceipt,
                Goes::QuestionsSent { by, .. } => NextStep::AwaitReply(by),
                _ if awaits_approval => NextStep::Approval,
                _ => NextStep::Nothing,
            },
        }
    }

    /// The key in data.
    pub fn key(self) -> &'static str {
        match self {
            NextStep::SettleReturn => "settle_return",
            NextStep::SettleGone => "settle_gone",
            NextStep::SettleReplies(_) => "settle_replies",
            NextStep::ChaseReturn(_) => "chase_return",
            NextStep::ChaseReply(_) => "chase_reply",
            NextStep::Ask(_) => "ask",
            NextStep::Settle(_) => "settle",
            NextStep::Issue => "issue",
            NextStep::WriteChange => "write_change",
            NextStep::SendChange => "send_change",
            NextStep::Send => "send",
            NextStep::Remind => "remind",
            NextStep::SendReceipt => "send_receipt",
            NextStep::Approval => "await_approval",
            NextStep::AwaitReply(_) => "await_reply",
            NextStep::AwaitReturn(_) => "await_return",
            NextStep::Nothing => "nothing",
        }
    }
}
