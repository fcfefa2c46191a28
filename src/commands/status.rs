//! `jtai status`: what was sent, what came back and in which state, who owes, how long is left. Writes nothing.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;

use super::collect::{self, Collected};
use super::{Failure, Outcome, Said, say};
use crate::core::diagnostic::{Diagnostic, Severity};
use crate::core::words;
use crate::round::{Agency, AgencyStatus};

/// Says where the round stands.
pub fn run(dir: &Path, today: Date) -> Result<Said, Failure> {
    let collected = collect::collect(dir, today)?;
    let round = &collected.open.round;
    let lines: Vec<Line> = round.agencies.iter().map(|agency| Line::of(&collected, agency, today)).collect();
    let rows: Vec<Vec<String>> = lines.iter().zip(&round.agencies).map(|(line, agency)| line.row(agency)).collect();
    let mut text = format!(
        "{}: {}\nDeadline {} ({})",
        round.partnership,
        collected.open.opened.theme.title,
        words::date(round.deadline),
        words::days_away(today, round.deadline)
    );
    if let Some(date) = round.fieldwork_starts {
        let _ = write!(text, ", fieldwork {} ({})", words::date(date), words::days_away(today, date));
    }
    text.push_str("\n\n");
    text.push_str(&say::table(&["Agency", "Sent", "State", "Rated", "Approval", "Due", "Contact", "E-mail"], &rows));
    text.push_str(&collected.totals());
    let _ = writeln!(text, "{}", totals(&lines));
    let json = serde_json::json!({
        "round": round.id().as_str(),
        "deadline": round.deadline.to_string(),
        "days_to_deadline": words::days_between(today, round.deadline),
        "agencies": lines.iter().zip(&round.agencies).map(|(line, agency)| line.json(agency)).collect::<Vec<_>>(),
    });
    Ok(Said { text, json, outcome: Outcome::of(&collected.findings) })
}

/// How an agency's return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// No statement applies to it.
    AskedNothing,
    /// It came back, and nothing in it must be fixed or checked.
    Clean,
    /// It came back, with so many things to fix or check.
    Queries(usize),
    /// Something came back, and a person must settle what counts.
    Unsettled,
    /// The agency will not take part.
    Declined,
    /// It has not come back; days past its due date, 0 before it.
    Owes(usize),
}

/// What is said of one agency.
struct Line {
    state: State,
    sent_on: Option<Date>,
    due: Date,
    is_extended: bool,
    rated: usize,
    asked: usize,
    is_approved: bool,
    /// How many days after its due date the return was first seen; `None` for one in time.
    late: Option<usize>,
}

impl Line {
    fn of(collected: &Collected, agency: &Agency, today: Date) -> Line {
        let round = &collected.open.round;
        let due = round.due(agency);
        let summary = collected.numbers.agency(&agency.id);
        let asked = summary.map_or(0, |summary| summary.counts.asked);
        let response = collected.responses.iter().find(|response| response.agency == agency.id);
        let about = |finding: &&Diagnostic| finding.subject.agency.as_ref() == Some(&agency.id);
        let open = collected.findings.iter().filter(about);
        let queries = open.clone().filter(|finding| finding.severity() != Severity::Information).count();
        let is_unsettled = collected.is_unsettled(agency);
        let state = match (response.is_some(), agency.status) {
            (true, _) if queries == 0 => State::Clean,
            (true, _) => State::Queries(queries),
            (false, _) if is_unsettled => State::Unsettled,
            (false, _) if asked == 0 => State::AskedNothing,
            (false, Some(AgencyStatus::Declined)) => State::Declined,
            (false, _) => State::Owes(days_after(due, today).unwrap_or(0)),
        };
        let seen = response.and_then(|_| collected.arrived.get(&agency.id));
        Line {
            state,
            sent_on: agency.sent_on.or_else(|| {
                let issued = collected.record.record.issued_to(&agency.id).iter();
                issued.rev().find_map(|one| one.sent_on)
            }),
            due,
            is_extended: agency.status == Some(AgencyStatus::Extended) || agency.due.is_some(),
            rated: summary.map_or(0, |summary| summary.counts.rated()),
            asked,
            is_approved: response.is_some_and(|response| response.is_approval_recorded()),
            late: seen.and_then(|seen| days_after(due, *seen)),
        }
    }

    fn is_returned(&self) -> bool {
        matches!(self.state, State::Clean | State::Queries(_))
    }

    fn state_words(&self) -> String {
        let mut words = match self.state {
            State::AskedNothing => "asked nothing".to_string(),
            State::Clean => "returned, clean".to_string(),
            State::Queries(count) => format!("returned, {}", words::count(count, "query")),
            State::Unsettled => "returned, to be settled".to_string(),
            State::Declined => "declined".to_string(),
            State::Owes(0) => "owes".to_string(),
            State::Owes(days) => format!("owes, {} late", words::count(days, "day")),
        };
        if let Some(days) = self.late {
            let _ = write!(words, ", {} late", words::count(days, "day"));
        }
        words
    }

    fn row(&self, agency: &Agency) -> Vec<String> {
        let approval = match (self.is_returned(), self.is_approved) {
            (true, true) => "recorded",
            (true, false) => "not recorded",
            (false, _) => "-",
        };
        let sent = self.sent_on.map_or("not noted".to_string(), words::date);
        let due = format!("{}{}", words::date(self.due), if self.is_extended { " (its own)" } else { "" });
        let rated = if self.asked == 0 { "-".to_string() } else { format!("{} of {}", self.rated, self.asked) };
        let (contact, email) = (agency.contact.clone(), agency.email.clone());
        vec![agency.name.clone(), sent, self.state_words(), rated, approval.into(), due, contact, email]
    }

    fn json(&self, agency: &Agency) -> serde_json::Value {
        let key = match self.state {
            State::AskedNothing => "asked_nothing",
            State::Clean => "clean",
            State::Queries(_) => "with_queries",
            State::Unsettled => "unsettled",
            State::Declined => "declined",
            State::Owes(_) => "missing",
        };
        serde_json::json!({
            "id": agency.id.as_str(), "name": agency.name, "state": key, "due": self.due.to_string(),
            "sent_on": self.sent_on.map(|date| date.to_string()), "is_extended": self.is_extended,
            "rated": self.rated, "asked": self.asked, "approval_recorded": self.is_approved, "days_late": self.late,
        })
    }
}

/// Days from one date to a later one; `None` where it is not later.
fn days_after(due: Date, day: Date) -> Option<usize> {
    let days = words::days_between(due, day);
    (days > 0).then_some(days.unsigned_abs() as usize)
}

/// "10 clean, 1 with queries, 1 still to come, 2 without approval recorded."
fn totals(lines: &[Line]) -> String {
    let count = |is: fn(&Line) -> bool| lines.iter().filter(|line| is(line)).count();
    let parts = [
        (count(|line| line.state == State::Clean), "clean"),
        (count(|line| matches!(line.state, State::Queries(_) | State::Unsettled)), "with queries"),
        (count(|line| matches!(line.state, State::Owes(_))), "still to come"),
        (count(|line| line.state == State::Declined), "declined"),
        (count(|line| line.late.is_some()), "came late"),
        (count(|line| line.is_returned() && !line.is_approved), "without approval recorded"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(n, what)| format!("{n} {what}")).collect();
    format!("{}.", words::capitalised(&said.join(", ")))
}
