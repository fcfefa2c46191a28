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
    /// How many questions the agency was ever sent.
    pub asked: usize,
    /// How many of them are answered: corrected, or replied to.
    pub answered: usize,
    /// How many findings about the agency are settled.
    pub settled: usize,
    /// How many replies wait for the officer.
    pub replies: usize,
    /// How many questions were not sent yet.
    pub to_send: usize,
    /// How many questions were sent, and wait for the agency.
    pub waiting: usize,
    /// By when the agency was asked to reply, the latest time.
    pub reply_by: Option<Date>,
}

impl Exchange {
    /// What the record and the findings about one agency say.
    pub fn new(sent: &[SentQuestions<'_>], findings: &[&Finding], questions: &[AskedQuestion<'_>]) -> Exchange {
        let asked = each_once(sent.iter().flat_map(|sent| sent.asked.questions()));
        // What the officer settled was not answered by the agency.
        let waits = |finding: &&&Finding| finding.replied.is_empty();
        let open: BTreeSet<&str> = findings.iter().filter(waits).filter_map(|finding| hash(finding)).collect();
        let hashes = sent.iter().flat_map(|sent| &sent.asked.findings).map(|one| one.hash.as_str()).collect();
        let waiting = among(questions, &hashes).count();
        let latest = sent.iter().max_by_key(|sent| (sent.written_on, sent.asked.reply_by));
        Exchange {
            asked: asked.len(),
            answered: asked.iter().filter(|question| open.is_disjoint(question)).count(),
            settled: findings.iter().filter(|finding| finding.settled.is_some()).count(),
            replies: findings.iter().filter(|finding| finding.settled.is_none() && !finding.replied.is_empty()).count(),
            to_send: questions.len() - waiting,
            waiting,
            reply_by: latest.and_then(|sent| sent.asked.reply_by),
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
    /// The day on which they went out: the first that somebody noted since they were written, else the day on which they were written.
    pub sent_on: Date,
}

/// The references of what a workbook with questions asked that came back.
pub type CameBack = BTreeSet<String>;

/// The questions that went to an agency: those written last before a day that somebody noted, and those whose workbook came back. What was
/// only written is a draft, and nobody is told that it was sent.
pub fn sent_questions<'r>(agency: &AgencyId, record: &'r Record, came_back: &[CameBack]) -> Vec<SentQuestions<'r>> {
    let noted: Vec<Date> = record.sent_to(agency, SentWhat::Questions).collect();
    let of_agency: Vec<(&QuestionsAsked, Date)> = record.asked().filter(|(asked, _)| asked.agency == *agency).collect();
    let sent = |(asked, written_on): &(&'r QuestionsAsked, Date)| {
        let next = of_agency.iter().map(|(_, day)| *day).filter(|day| day > written_on).min();
        let is_of_this = |day: &Date| *day >= *written_on && next.is_none_or(|next| *day < next);
        let references: BTreeSet<&str> = asked.findings.iter().map(|finding| finding.reference.as_str()).collect();
        let is_back = |back: &CameBack| back.iter().map(String::as_str).eq(references.iter().copied());
        let noted = noted.iter().copied().filter(is_of_this).min();
        let sent_on = noted.or_else(|| came_back.iter().any(is_back).then_some(*written_on))?;
        Some(SentQuestions { asked, written_on: *written_on, sent_on })
    };
    of_agency.iter().filter_map(sent).collect()
}

/// The questions of which every finding is one of these.
fn among<'q, 'f>(
    questions: &'q [AskedQuestion<'f>],
    hashes: &BTreeSet<&str>,
) -> impl Iterator<Item = &'q AskedQuestion<'f>> {
    let is_among = |question: &&AskedQuestion<'_>| {
        question.findings.iter().filter_map(|finding| hash(finding)).all(|hash| hashes.contains(hash))
    };
    questions.iter().filter(is_among)
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
    /// Its return is not here any more, and a person must say whether that is meant.
    SettleGone,
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
            Standing::AskedNothing | Standing::Declined | Standing::Gone { is_settled: true } => NextStep::Nothing,
            Standing::Gone { is_settled: false } => NextStep::SettleGone,
            Standing::Unsettled => NextStep::SettleReturn,
            Standing::NotIssued => NextStep::Issue,
            Standing::Owes(late) if late > 0 => NextStep::ChaseReturn(late),
            Standing::Owes(_) if !is_sent => NextStep::Send,
            Standing::Owes(_) => NextStep::AwaitReturn(due),
            Standing::Clean | Standing::WithQueries(_) => match exchange.reply_by {
                _ if exchange.replies > 0 => NextStep::SettleReplies(exchange.replies),
                Some(by) if exchange.waiting > 0 && by < today => NextStep::ChaseReply(by),
                _ if exchange.to_send > 0 => NextStep::Ask(exchange.to_send),
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
            NextStep::SettleGone => "settle_gone",
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
