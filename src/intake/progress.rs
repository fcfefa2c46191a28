//! How far the exchange with each agency is: sent, returned, asked, answered, settled, approved, and what comes next.
//!
//! Everything here is worked out from the record and the findings, from which messages and counts are made too: so no two of them can
//! say different things of an agency.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::questions::AskedQuestion;
use super::standing::Standing;
use crate::core::finding::Finding;
use crate::core::ids::AgencyId;
use crate::record::{QuestionsAsked, Record, SentWhat};

/// What was asked of one agency, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exchange {
    /// How many questions the agency was ever asked.
    pub asked: usize,
    /// How many of them are answered: corrected, or replied to.
    pub answered: usize,
    /// How many findings about the agency are settled.
    pub settled: usize,
    /// How many replies wait for the officer.
    pub replies: usize,
    /// How many questions were never asked.
    pub to_ask: usize,
    /// How many questions were asked, and wait for the agency.
    pub waiting: usize,
    /// By when the agency was asked to reply, the latest time.
    pub reply_by: Option<Date>,
    /// When questions were last sent, as somebody noted; `None` where nobody did.
    pub sent_on: Option<Date>,
}

impl Exchange {
    /// What the record and the findings about one agency say.
    pub fn new(agency: &AgencyId, record: &Record, findings: &[&Finding], questions: &[AskedQuestion<'_>]) -> Exchange {
        let entries: Vec<_> = record.asked().filter(|(asked, _)| asked.agency == *agency).collect();
        let asked = asked_questions(entries.iter().map(|(asked, _)| *asked));
        // What the officer settled was not answered by the agency.
        let waits = |finding: &&&Finding| finding.replied.is_empty();
        let open: BTreeSet<&str> = findings.iter().filter(waits).filter_map(|finding| hash(finding)).collect();
        let waiting = open_questions(agency, record, questions).count();
        let latest = entries.iter().max_by_key(|(asked, day)| (*day, asked.reply_by));
        Exchange {
            asked: asked.len(),
            answered: asked.iter().filter(|question| open.is_disjoint(question)).count(),
            settled: findings.iter().filter(|finding| finding.settled.is_some()).count(),
            replies: findings.iter().filter(|finding| finding.settled.is_none() && !finding.replied.is_empty()).count(),
            to_ask: questions.len() - waiting,
            waiting,
            reply_by: latest.and_then(|(asked, _)| asked.reply_by),
            sent_on: record.sent_to(agency, SentWhat::Questions).max(),
        }
    }
}

/// The questions of an agency that it was asked and that are open: each of its findings was asked about.
pub fn open_questions<'q, 'f>(
    agency: &AgencyId,
    record: &Record,
    questions: &'q [AskedQuestion<'f>],
) -> impl Iterator<Item = &'q AskedQuestion<'f>> {
    let of_agency = record.asked().filter(|(asked, _)| asked.agency == *agency);
    let asked: BTreeSet<&str> = of_agency.flat_map(|(asked, _)| &asked.findings).map(|one| one.hash.as_str()).collect();
    let was_asked = move |question: &&AskedQuestion<'_>| {
        question.findings.iter().filter_map(|finding| hash(finding)).all(|hash| asked.contains(hash))
    };
    questions.iter().filter(was_asked)
}

/// Every question that was asked, each once however often it was: one that shares a finding with one before is the same.
fn asked_questions<'r>(entries: impl Iterator<Item = &'r QuestionsAsked>) -> Vec<BTreeSet<&'r str>> {
    let mut questions: Vec<BTreeSet<&str>> = Vec::new();
    for question in entries.flat_map(QuestionsAsked::questions) {
        match questions.iter_mut().find(|known| !known.is_disjoint(&question)) {
            Some(known) => known.extend(question),
            None => questions.push(question),
        }
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
    /// The day of the run.
    pub today: Date,
    /// How many findings ask something of the officer alone.
    pub to_settle: usize,
    /// Whether its workbook was noted as sent.
    pub is_sent: bool,
    /// Whether corrections were taken that nobody approved.
    pub awaits_approval: bool,
}

/// What comes next with an agency, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NextStep {
    /// A person must settle what came back before it counts.
    SettleReturn,
    /// So many replies are to be settled.
    SettleReplies(usize),
    /// Its return is so many days late.
    ChaseReturn(usize),
    /// Its reply was due on this day.
    ChaseReply(Date),
    /// So many questions are to be sent.
    Ask(usize),
    /// Findings that only the officer can settle.
    Settle(usize),
    /// Its workbook is to be issued.
    Issue,
    /// Its workbook is to be sent, or noted as sent.
    Send,
    /// Its corrections await approval.
    Approval,
    /// Its reply is due on this day.
    AwaitReply(Date),
    /// Its return is due on this day.
    AwaitReturn(Date),
    /// Nothing.
    Nothing,
}

impl NextStep {
    /// What comes next.
    pub fn new(at: Whereabouts, exchange: &Exchange) -> NextStep {
        let Whereabouts { standing, due, today, to_settle, is_sent, awaits_approval } = at;
        match standing {
            Standing::AskedNothing | Standing::Declined => NextStep::Nothing,
            Standing::Unsettled => NextStep::SettleReturn,
            Standing::NotIssued => NextStep::Issue,
            Standing::Owes(late) if late > 0 => NextStep::ChaseReturn(late),
            Standing::Owes(_) if !is_sent => NextStep::Send,
            Standing::Owes(_) => NextStep::AwaitReturn(due),
            Standing::Clean | Standing::WithQueries(_) => match exchange.reply_by {
                _ if exchange.replies > 0 => NextStep::SettleReplies(exchange.replies),
                Some(by) if exchange.waiting > 0 && by < today => NextStep::ChaseReply(by),
                _ if exchange.to_ask > 0 => NextStep::Ask(exchange.to_ask),
                _ if to_settle > 0 => NextStep::Settle(to_settle),
                _ if awaits_approval => NextStep::Approval,
                Some(by) if exchange.waiting > 0 => NextStep::AwaitReply(by),
                _ => NextStep::Nothing,
            },
        }
    }

    /// The word for machines.
    pub fn key(self) -> &'static str {
        match self {
            NextStep::SettleReturn => "settle_return",
            NextStep::SettleReplies(_) => "settle_replies",
            NextStep::ChaseReturn(_) => "chase_return",
            NextStep::ChaseReply(_) => "chase_reply",
            NextStep::Ask(_) => "ask",
            NextStep::Settle(_) => "settle",
            NextStep::Issue => "issue",
            NextStep::Send => "send",
            NextStep::Approval => "await_approval",
            NextStep::AwaitReply(_) => "await_reply",
            NextStep::AwaitReturn(_) => "await_return",
            NextStep::Nothing => "nothing",
        }
    }
}
