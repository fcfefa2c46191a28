//! `jtai queries`: how many messages there are, what to do next.

use std::fmt::Write;

use super::totals::typed;
use crate::app::queries::{MessageCounts, NotAgain, QueriesOutcome, WhyNotAgain};
use crate::cli::findings::findings;
use crate::core::words;

/// The commands that note what was sent, one a line.
fn sent(outcome: &QueriesOutcome) -> String {
    let MessageCounts { queries, receipts, reminders } = outcome.counts;
    // One command for each kind: `jtai sent` notes one kind at a time, and only what was written.
    let kinds = [(queries, "questions"), (receipts, "receipt"), (reminders, "reminder")];
    let round = typed(&outcome.round);
    let written = kinds.iter().filter(|(count, _)| *count > 0);
    written.map(|(_, what)| format!("jtai sent {round} --what {what}")).collect::<Vec<_>>().join("\n  ")
}

/// The most messages sent before that are named one by one.
const MOST_NAMED: usize = 7;

/// A line for each message that is not written now, with the reason; empty if there is none.
fn not_again(all: &[NotAgain]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let line = |one: &NotAgain| {
        let said = match one.why {
            WhyNotAgain::Questions { sent_on, reply_by } => {
                format!("questions sent on {}, reply by {}", words::date(sent_on), words::date(reply_by))
            }
            WhyNotAgain::Receipt { sent_on } => format!("receipt sent on {}", words::date(sent_on)),
            WhyNotAgain::Reminder { sent_on } => format!("last written to on {}", words::date(sent_on)),
            WhyNotAgain::Change => "send the message about the change first, in issued/".to_string(),
            WhyNotAgain::UnwrittenChange => "its date or contact is new: run `jtai issue` first".to_string(),
        };
        format!("  {}: {said}\n", one.name)
    };
    // "and 1 more" would take the same line as the message that it hides.
    let named = if all.len() > MOST_NAMED + 1 { MOST_NAMED } else { all.len() };
    let mut text = "\nNot written now (use --again to write what was sent already):\n".to_string();
    text.extend(all.iter().take(named).map(line));
    if all.len() > named {
        let _ = writeln!(text, "  and {} more", all.len() - named);
    }
    text
}

/// The text.
pub(super) fn text(outcome: &QueriesOutcome) -> String {
    let mut text = format!("{} in {}", words::capitalised(&outcome.counts.words()), outcome.folder.display());
    text.push_str(".\n");
    text.push_str(&not_again(&outcome.not_again));
    text.push_str(&findings(&outcome.findings, ""));
    if outcome.counts.is_none() {
        text.push_str("\nThere is nothing to send to agencies now.\n");
        return text;
    }
    let _ = writeln!(
        text,
        "\nNext: look at each message and send it. The .eml files open as drafts. To copy the texts instead, open\n  {}\nThen note what \
         you sent:\n  {}\nPut what comes back into {}, beside the first file. The questions that it answers are closed.",
        outcome.page.display(),
        sent(outcome),
        outcome.returns.display()
    );
    text
}
