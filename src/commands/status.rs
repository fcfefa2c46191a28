//! `jtai status`: who has returned, who owes, how long is left. Writes nothing.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;

use super::{Failure, Outcome, Said, collect, say};
use crate::diagnostic::{Code, Diagnostic};
use crate::round::{AgencyId, AgencyStatus};
use crate::words;

/// Says where the round stands.
pub fn run(dir: &Path, today: Date) -> Result<Said, Failure> {
    let collected = collect::collect(dir)?;
    let round = &collected.open.round;
    let is_unsettled = |id: &AgencyId| {
        let about = |finding: &&Diagnostic| finding.agency.as_deref() == Some(id.as_str());
        collected
            .findings
            .iter()
            .filter(about)
            .any(|finding| matches!(finding.code, Code::ReturnUndecided | Code::TableMissing | Code::ReturnEmpty))
    };
    let state = |agency: &crate::round::Agency| {
        let summary = collected.analysis.agency(&agency.id);
        let (asked, is_returned) = summary.map_or((0, false), |summary| (summary.counts.asked, summary.is_returned));
        match (is_returned, agency.status) {
            (true, _) => "returned".to_string(),
            (false, _) if is_unsettled(&agency.id) => "returned, to be settled".to_string(),
            (false, _) if asked == 0 => "asked nothing".to_string(),
            (false, Some(AgencyStatus::Declined)) => "declined".to_string(),
            (false, _) if round.due(agency) < today => {
                format!("owes, {} late", words::count(late(round.due(agency), today), "day"))
            }
            (false, _) => "owes".to_string(),
        }
    };
    let rows: Vec<Vec<String>> = round
        .agencies
        .iter()
        .map(|agency| {
            vec![
                agency.name.clone(),
                state(agency),
                words::date(round.due(agency)),
                agency.contact.clone(),
                agency.email.clone(),
            ]
        })
        .collect();
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
    text.push_str(&say::table(&["Agency", "State", "Due", "Contact", "E-mail"], &rows));
    text.push_str(&collected.totals());
    let json = serde_json::json!({
        "round": round.id().as_str(),
        "deadline": round.deadline.to_string(),
        "days_to_deadline": words::days_between(today, round.deadline),
        "agencies": round.agencies.iter().map(|agency| serde_json::json!({
            "id": agency.id.as_str(), "name": agency.name, "state": state(agency), "due": round.due(agency).to_string(),
        })).collect::<Vec<_>>(),
    });
    Ok(Said { text, json, outcome: Outcome::Done })
}

fn late(due: Date, today: Date) -> usize {
    words::days_between(due, today).unsigned_abs() as usize
}
