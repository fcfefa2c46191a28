//! `jtai queries`: how many messages there are, what to do next.

use std::fmt::Write;

use super::totals::typed;
use crate::app::queries::{MessageCounts, NotAgain, QueriesOutcome, WhyNotAgain};
use crate::cli::findings::findings;
use crate::core::words;

/// The commands that note what was sent, one a line.
fn sent(outcome: &QueriesOutcome) -> String {
    let MessageCounts { queries, receipts, reminders } = outcome.counts;
    let kinds = [(queries, "questions"), (receipts, "receipt"), (reminders, "reminder")];
    let round = typed(&outcome.round);
    let written = kinds.iter().filter(|(count, _)| *count > 0);
    written.map(|(_, what)| format!("jtai sent {round} --what {what}")).collect::<Vec<_>>().join("\n  ")
}

/// The most messages that are named one by one where they were sent before.
const MOST_NAMED: usize = 7;

/// What was sent before and still holds, a line each; nothing where there is none.
fn not_again(all: &[NotAgain]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let line = |one: &NotAgain| {
        let said = match one.why {
            WhyNotAgain::Questions { sent_on, reply_by } => {
                format!("the questions went on {}, reply by {}", words::date(sent_on), words::date(reply_by))
            }
            WhyNotAgain::Receipt { sent_on } => format!("the receipt went on {}", words::date(sent_on)),
            WhyNotAgain::Reminder { sent_on } => format!("we wrote to it on {}", words::date(sent_on)),
            WhyNotAgain::Change => "send the message about the change first, in issued/".to_string(),
            WhyNotAgain::UnwrittenChange => "its date or contact is new: run `jtai issue` first".to_string(),
        };
        format!("  {}: {said}\n", one.name)
    };
    // One line is not folded away for the sake of saying so.
    let named = if all.len() > MOST_NAMED + 1 { MOST_NAMED } else { all.len() };
    let mut text = "\nNot written now (--again writes what was sent once more):\n".to_string();
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
        text.push_str("\nNothing goes back to agencies now.\n");
        return text;
    }
    let _ = writeln!(
        text,
        "\nNext: look at each message and send it. The .eml files open as drafts;\n  {}\nhas the same to copy. Then note what \
         you sent:\n  {}\nPut what comes back into {} beside the first file: what it answers is closed.",
        outcome.page.display(),
        sent(outcome),
        outcome.returns.display()
    );
    text
}
