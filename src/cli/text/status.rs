//! `jtai status`: where each agency is, totals.

use std::fmt::Write;

use super::totals::totals;
use crate::app::status::{Standing, StatusLine, StatusOutcome};
use crate::cli::findings::findings;
use crate::cli::tables::table;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &StatusOutcome) -> String {
    let StatusOutcome { partnership, theme, deadline, today, fieldwork_starts, agencies, list, .. } = outcome;
    let mut text = format!(
        "{partnership}: {theme}\nDeadline {} ({})",
        words::date(*deadline),
        words::days_away(*today, *deadline)
    );
    if let Some(date) = fieldwork_starts {
        let _ = write!(text, ", fieldwork {} ({})", words::date(*date), words::days_away(*today, *date));
    }
    text.push_str("\n\n");
    let rows: Vec<Vec<String>> = agencies.iter().map(row).collect();
    text.push_str(&table(&["Agency", "Sent", "State", "Rated", "Approval", "Due", "Contact", "E-mail"], &rows));
    text.push_str(&totals(&outcome.totals));
    let _ = writeln!(text, "{}", counts(agencies));
    text.push_str(&findings(list, ""));
    text
}

fn row(line: &StatusLine) -> Vec<String> {
    let approval = match (line.standing.is_returned(), line.approval_recorded) {
        (true, true) => "recorded",
        (true, false) => "not recorded",
        (false, _) => "-",
    };
    let sent = line.sent_on.map_or("not noted".to_string(), words::date);
    let due = format!("{}{}", words::date(line.due), if line.is_extended { " (its own)" } else { "" });
    let rated = if line.asked == 0 { "-".to_string() } else { format!("{} of {}", line.rated, line.asked) };
    let (contact, email) = (line.contact.clone(), line.email.clone());
    vec![line.name.clone(), sent, standing(line), rated, approval.into(), due, contact, email]
}

fn standing(line: &StatusLine) -> String {
    let mut words = match line.standing {
        Standing::AskedNothing => "asked nothing".to_string(),
        Standing::Clean => "returned, clean".to_string(),
        Standing::WithQueries(count) => format!("returned, {}", words::count(count, "query")),
        Standing::Unsettled => "returned, to be settled".to_string(),
        Standing::Declined => "declined".to_string(),
        Standing::Owes(0) => "owes".to_string(),
        Standing::Owes(days) => format!("owes, {} late", words::count(days, "day")),
    };
    if let Some(days) = line.days_late {
        let _ = write!(words, ", {} late", words::count(days, "day"));
    }
    words
}

/// "10 clean, 1 with queries, 1 still to come, 2 without approval recorded."
fn counts(lines: &[StatusLine]) -> String {
    let count = |is: fn(&StatusLine) -> bool| lines.iter().filter(|line| is(line)).count();
    let parts = [
        (count(|line| line.standing == Standing::Clean), "clean"),
        (count(|line| matches!(line.standing, Standing::WithQueries(_) | Standing::Unsettled)), "with queries"),
        (count(|line| matches!(line.standing, Standing::Owes(_))), "still to come"),
        (count(|line| line.standing == Standing::Declined), "declined"),
        (count(|line| line.days_late.is_some()), "came late"),
        (count(|line| line.standing.is_returned() && !line.approval_recorded), "without approval recorded"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(n, what)| format!("{n} {what}")).collect();
    format!("{}.", words::capitalised(&said.join(", ")))
}
