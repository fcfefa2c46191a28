//! How far the exchange with each agency is: sent, returned, asked, answered, settled, approved, and what comes next.
//!
//! Everything here is worked out from the record and the findings, from which messages and counts are made too: so no two of them can
//! say different things of an agency.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::standing::Standing;
use crate::core::finding::Finding;
use crate::core::ids::AgencyId;
use crate::core::working_days::working_days_after;
use crate::intake::arrivals::QuestionsBack;
use crate::record::{QuestionsAsked, Record, Sent, SentWhat};

/// What was asked of one agency, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exchange {
    /// How many questions the agency was ever sent.
    pub asked: usize,
    /// How many of them are answered: corrected, or replied to.
    pub answered: usize,
    /// How many findings about the agency are settled.
    pub settled: usize,
    /// How many replies wait for the officer.
    pub replies: usize,
}

impl Exchange {
    /// What the record and the findings about one agency say.
    pub fn new(sent: &[SentQuestions<'_>], findings: &[&Finding]) -> Exchange {
        let asked = each_once(sent.iter().flat_map(|sent| sent.asked.questions()));
        // What the officer settled was not answered by the agency.
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

/// Questions that went to an agency.
#[derive(Debug, Clone, Copy)]
pub struct SentQuestions<'r> {
    /// The questions.
    pub asked: &'r QuestionsAsked,
    /// The day on which they were written.
    pub written_on: Date,
    /// The first day on which they went out, as somebody noted; else the day on which they were written.
    pub first_sent_on: Date,
    /// The last such day.
    pub sent_on: Date,
    /// Whether the workbook with them came back.
    pub is_back: bool,
}

/// How many working days agencies have to reply where no day is given.
pub const DAYS_TO_REPLY: usize = 5;

impl<'r> SentQuestions<'r> {
    /// The day by which a reply was asked for.
    pub fn reply_by(&self) -> Date {
        self.asked.reply_by.unwrap_or_else(|| working_days_after(self.written_on, DAYS_TO_REPLY))
    }

    /// The hashes of the findings that were asked about.
    fn hashes(&self) -> BTreeSet<&'r str> {
        self.asked.findings.iter().map(|finding| finding.hash.as_str()).collect()
    }
}

/// The times that all of these findings were asked about together, by their hashes.
pub fn asked_all<'s, 'r>(
    sent: &'s [SentQuestions<'r>],
    hashes: &BTreeSet<&str>,
) -> impl Iterator<Item = &'s SentQuestions<'r>> {
    sent.iter().filter(|sent| !hashes.is_empty() && hashes.is_subset(&sent.hashes()))
}

/// The questions, sent last, that ask all of this and wait for the agency: it has sent nothing since. `last_came` is the day of its last
/// file.
pub fn waiting<'s, 'r>(
    sent: &'s [SentQuestions<'r>],
    hashes: &BTreeSet<&str>,
    last_came: Option<Date>,
) -> Option<&'s SentQuestions<'r>> {
    let last = asked_all(sent, hashes).max_by_key(|sent| (sent.sent_on, sent.written_on))?;
    (!last.is_back && last_came.is_none_or(|came| came <= last.sent_on)).then_some(last)
}

/// What goes to an agency next, beside its workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goes {
    /// Nothing: all is said, or the officer settles something first.
    Nothing,
    /// Questions.
    Questions {
        /// How many.
        count: usize,
        /// The day by which a reply to the same was asked for, where that is over and nothing came.
        overdue: Option<Date>,
    },
    /// Nothing more: the questions went out, and there is time to reply.
    QuestionsSent {
        /// How many wait for the agency.
        count: usize,
        /// When they went out.
        on: Date,
        /// By when a reply was asked for.
        by: Date,
    },
    /// A receipt.
    Receipt,
    /// Nothing more: the receipt went out, and says what there is to say.
    ReceiptSent {
        /// When.
        on: Date,
    },
    /// A reminder.
    Reminder,
    /// Nothing more: it was reminded, or told of a change, a short time ago.
    ReminderSent {
        /// When.
        on: Date,
    },
    /// The message about a change, which lies ready: a reminder beside it would say something else.
    Change,
    /// A message about a new date or contact, which `jtai issue` has yet to write.
    UnwrittenChange,
}

impl Goes {
    /// What goes to the agency where what was sent is to go once more.
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

/// The questions that went to an agency: those of which somebody noted that their draft was sent, and those whose workbook came back. What
/// was only written is a draft, and nobody is told that it was sent.
pub fn sent_questions<'r>(agency: &AgencyId, record: &'r Record, back: &[QuestionsBack]) -> Vec<SentQuestions<'r>> {
    let noted: Vec<&Sent> = record.sent_of(agency, SentWhat::Questions).collect();
    let of_agency: Vec<(&QuestionsAsked, Date)> = record.asked().filter(|(asked, _)| asked.agency == *agency).collect();
    let sent = |(asked, written_on): &(&'r QuestionsAsked, Date)| {
        let next = of_agency.iter().map(|(_, day)| *day).filter(|day| day > written_on).min();
        let is_of_this = |sent: &&&Sent| match asked.is_draft(&sent.draft) {
            Some(is_it) => is_it,
            // An earlier program noted no draft: what was written last before that day was sent.
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

/// The day on which the questions were written that a workbook brought back: of the same questions, asked twice, the last before it came.
fn written_for(back: &QuestionsBack, asked: &[(&QuestionsAsked, Date)]) -> Option<Date> {
    let same = || asked.iter().filter(|(asked, _)| asks(asked, back)).map(|(_, day)| *day);
    let before = same().filter(|day| *day < back.came_on).max();
    before.or_else(|| same().filter(|day| *day == back.came_on).min())
}

/// Every question that was asked, each once however often it was: one that shares a finding with one before is the same.
fn each_once<'r>(asked: impl Iterator<Item = BTreeSet<&'r str>>) -> Vec<BTreeSet<&'r str>> {
    let mut questions: Vec<BTreeSet<&str>> = Vec::new();
    for mut question in asked {
        // It may share findings with several: then all of them are one.
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

/// Where an agency is, as far as the next step depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Whereabouts {
    /// Where it is.
    pub standing: Standing,
    /// When its return is due.
    pub due: Date,
    /// How many findings ask something of the officer alone.
    pub to_settle: usize,
    /// Whether its workbook was noted as sent.
    pub is_sent: bool,
    /// Whether corrections were taken that nobody approved.
    pub awaits_approval: bool,
    /// What goes to it.
    pub goes: Goes,
}

/// What comes next with an agency, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NextStep {
    /// A person must settle what came back before it counts.
    SettleReturn,
    /// Its return is not here any more, and a person must say whether that is meant.
    SettleGone,
    /// So many replies are to be settled.
    SettleReplies(usize),
    /// Its return is so many days late, and a reminder is to be sent.
    ChaseReturn(usize),
    /// Its reply was due on this day.
    ChaseReply(Date),
    /// The message about a change is to be written.
    WriteChange,
    /// The message about a change is to be sent.
    SendChange,
    /// So many questions are to be sent.
    Ask(usize),
    /// Findings that only the officer can settle.
    Settle(usize),
    /// Its workbook is to be issued.
    Issue,
    /// Its workbook is to be sent, or noted as sent.
    Send,
    /// A reminder is to be sent: its return is due within days.
    Remind,
    /// A receipt is to be sent.
    SendReceipt,
    /// Its corrections await approval.
    Approval,
    /// Its reply is due on this day.
    AwaitReply(Date),
    /// Its return is due on this day, or was and it has been reminded.
    AwaitReturn(Date),
    /// Nothing.
    Nothing,
}

impl NextStep {
    /// What comes next.
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

    /// The word for machines.
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
