//! The status of a round and its agencies in words, for the screen and for a page.

use crate::app::collect::RatedAnswers;
use crate::app::report::WrittenReport;
use crate::app::status::{Goes, KeptLine, NextStep, Standing, StatusLine, StatusOutcome};
use crate::core::finding::{Finding, Severity};
use crate::core::words;
use crate::documents::kept::InputChange;
use crate::intake::recheck::RecheckCounts;

/// How the reader makes jtai write something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HowToWrite {
    /// By a command.
    Typed,
    /// By a button.
    OnPage,
}

/// The round in one line: how many have returned, and how long is left.
pub(crate) fn in_one_line(outcome: &StatusOutcome) -> String {
    let StatusOutcome { totals, deadline, today, .. } = outcome;
    let due = format!("Returns are due on {} ({}).", words::date(*deadline), words::days_away(*today, *deadline));
    if totals.agencies_asked == 0 {
        return format!("No agency is asked anything yet. {due}");
    }
    let agencies = words::noun(totals.agencies_asked, "agency");
    format!("{} of {} {agencies} returned. {due}", totals.agencies_returned, totals.agencies_asked)
}

/// The agency that needs something first; `None` if there is nothing to do but wait.
pub(crate) fn first_to_do(outcome: &StatusOutcome) -> Option<&StatusLine> {
    outcome.agencies.iter().find(|line| is_to_do(line.next))
}

/// Whether the officer has something to do, rather than wait for somebody.
pub(crate) fn is_to_do(next: NextStep) -> bool {
    !matches!(next, NextStep::Approval | NextStep::AwaitReply(_) | NextStep::AwaitReturn(_) | NextStep::Nothing)
}

/// When an agency's workbook was sent.
pub(crate) fn sent(line: &StatusLine) -> String {
    line.sent_on.map_or("not noted".to_string(), words::date)
}

/// As "7 of 9"; with several bases, one after the other, as "20 of 24 and 8 of 8".
pub(crate) fn rated(answers: &[RatedAnswers]) -> String {
    let said: Vec<String> = answers.iter().map(|of| format!("{} of {}", of.rated, of.asked)).collect();
    if said.is_empty() { "0 of 0".into() } else { words::list(&said) }
}

/// What came back from an agency, and when; before that, when it is due.
pub(crate) fn returned(line: &StatusLine) -> String {
    let due = format!("due {}{}", words::date(line.due), if line.is_extended { " (its own date)" } else { "" });
    match line.standing {
        Standing::AskedNothing => "asked nothing".to_string(),
        Standing::Declined => "declined".to_string(),
        Standing::Unsettled => "came, not settled yet".to_string(),
        Standing::Gone { .. } => "came, but the file is gone".to_string(),
        Standing::NotIssued => "not issued".to_string(),
        Standing::Owes(0) => due,
        Standing::Owes(late) => format!("{due}, {} late", words::count(late, "day")),
        Standing::Clean | Standing::WithQueries(_) => {
            let on = line.returned_on.map_or("yes".to_string(), words::date);
            let late = line.days_late.map_or(String::new(), |days| format!(" ({} late)", words::count(days, "day")));
            let recheck = line.recheck.map_or(String::new(), |counts| format!("; {}", rechecked(counts)));
            format!("{on}{late}, {} rated{recheck}", rated(&line.answers))
        }
    }
}

/// As "of 14 answers from last time, 11 confirmed, 2 changed, 1 open".
fn rechecked(counts: RecheckCounts) -> String {
    let RecheckCounts { changed, confirmed, open } = counts;
    let of_last_time = words::count(counts.all(), "answer");
    format!("of {of_last_time} from last time, {confirmed} confirmed, {changed} changed, {open} open")
}

/// As "5 asked, 3 answered, 1 finding settled, reply by 14 December 2026".
pub(crate) fn asked(line: &StatusLine) -> String {
    let mut parts = Vec::new();
    if line.questions_asked > 0 {
        parts.push(format!("{} asked, {} answered", line.questions_asked, line.questions_answered));
    }
    if line.settled > 0 {
        parts.push(format!("{} settled", words::count(line.settled, "finding")));
    }
    parts.extend(line.reply_by.map(|by| format!("reply by {}", words::date(by))));
    if parts.is_empty() { "-".to_string() } else { parts.join(", ") }
}

/// Whether an approval is recorded, and of which day.
pub(crate) fn approved(line: &StatusLine) -> String {
    let corrections = match (line.corrections, line.corrections_on) {
        (0, _) => String::new(),
        (_, Some(on)) => format!("; corrections from {} await approval", words::date(on)),
        (_, None) => "; corrections await approval".to_string(),
    };
    let settled = line.approval_settled_by.as_ref().map_or(String::new(), |by| format!(", settled by {by}"));
    match (line.standing.is_returned(), line.approved_on) {
        (true, Some(on)) => format!("{}{settled}{corrections}", words::date(on)),
        (true, None) => "not recorded".to_string(),
        (false, _) => "-".to_string(),
    }
}

/// The next step with an agency, with the person to contact. `how` says how the reader makes jtai write a message about a change.
pub(crate) fn next(line: &StatusLine, how: HowToWrite) -> String {
    let person = match (line.contact.as_str(), line.email.as_str()) {
        ("", "") => String::new(),
        ("", email) => format!(" ({email})"),
        // One of them is enough to know whom: a message has both.
        (contact, _) => format!(" ({contact})"),
    };
    match line.next {
        NextStep::SettleReturn => "settle what came back".to_string(),
        NextStep::SettleGone => "put its return back, or settle that it is gone".to_string(),
        NextStep::SettleReplies(n) => format!("settle {}{}", replies(n), message(line, &person)),
        NextStep::WriteChange => match how {
            HowToWrite::Typed => "its date or contact is new: run `jtai issue`".to_string(),
            HowToWrite::OnPage => "its date or contact is new: write its message".to_string(),
        },
        NextStep::SendChange => format!("send the message about the change{person}"),
        NextStep::Remind | NextStep::ChaseReturn(_) => match line.reminded_on {
            Some(on) => format!("remind again{person}, last on {}", words::date(on)),
            None => format!("remind{person}"),
        },
        NextStep::SendReceipt if line.corrections > 0 => format!("send the receipt, which asks for a sign-off{person}"),
        NextStep::SendReceipt => format!("send the receipt{person}"),
        NextStep::ChaseReply(by) => format!("chase the reply, due {}{person}", words::date(by)),
        NextStep::Ask(n) => format!("send {}{person}", words::count(n, "question")),
        NextStep::Settle(n) => format!("settle {}{}", words::count(n, "finding"), message(line, &person)),
        NextStep::Issue => "issue its workbook".to_string(),
        NextStep::Send => format!("send its workbook{person}"),
        NextStep::Approval => match line.receipt_sent_on {
            Some(on) => format!("wait for approval of the corrections, asked on {}{person}", words::date(on)),
            None => format!("wait for approval of the corrections{person}"),
        },
        NextStep::AwaitReply(by) => format!("wait for the reply, by {}", words::date(by)),
        NextStep::AwaitReturn(by) => match (line.standing, line.reminded_on) {
            (Standing::Owes(late), Some(on)) if late > 0 => {
                format!("wait for the return, reminded on {}", words::date(on))
            }
            (Standing::Owes(late), None) if late > 0 => "wait for the return".to_string(),
            _ => format!("wait for the return, by {}", words::date(by)),
        },
        NextStep::Nothing => "nothing".to_string(),
    }
}

/// The message to send, if there is one beside what the officer has to settle.
fn message(line: &StatusLine, person: &str) -> String {
    match line.goes {
        Goes::Questions { count, .. } => format!(", send {}{person}", words::count(count, "question")),
        Goes::Receipt => format!(", send the receipt{person}"),
        _ => String::new(),
    }
}

fn replies(n: usize) -> String {
    if n == 1 { "1 reply".to_string() } else { format!("{n} replies") }
}

/// As "10 with nothing left to do, 1 still to come, 2 without approval recorded."
pub(crate) fn counts(lines: &[StatusLine]) -> String {
    let count = |is: fn(&StatusLine) -> bool| lines.iter().filter(|line| is(line)).count();
    let is_done = |line: &StatusLine| matches!(line.next, NextStep::Nothing | NextStep::SendReceipt);
    // An agency can be in several of these, so they need not add up to the number of agencies.
    let parts = [
        (count(|line| line.standing.is_returned() && line.next == NextStep::Nothing), "with nothing left to do"),
        (count(|line| line.standing.is_returned() && line.next == NextStep::SendReceipt), "to be sent a receipt"),
        (
            lines.iter().filter(|line| line.standing.is_returned() && !is_done(line)).count(),
            "returned with something open",
        ),
        (count(|line| line.standing == Standing::Unsettled), "to be settled"),
        (count(|line| matches!(line.standing, Standing::Owes(_))), "still to come"),
        (count(|line| matches!(line.standing, Standing::Gone { .. })), "no longer here"),
        (count(|line| line.standing == Standing::NotIssued), "not issued"),
        (count(|line| line.standing == Standing::Declined), "declined"),
        (count(|line| line.days_late.is_some()), "came late"),
        (count(|line| line.standing.is_returned() && !line.approval_recorded), "without approval recorded"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(n, what)| format!("{n} {what}")).collect();
    format!("{}.", words::capitalised(&said.join(", ")))
}

/// How many findings keep the presentation a draft.
pub(crate) fn count_to_fix(outcome: &StatusOutcome) -> usize {
    let is_open = |finding: &&Finding| finding.settled.is_none() && finding.severity() == Severity::MustFix;
    outcome.findings.iter().filter(is_open).count()
}

/// The same in a sentence; `None` if there are none.
pub(crate) fn must_fix(outcome: &StatusOutcome) -> Option<String> {
    let open = count_to_fix(outcome);
    let findings = words::capitalised(&words::count(open, "finding"));
    (open > 0).then(|| format!("{findings} must be fixed before the presentation can be final."))
}

/// What to say of files that cannot be used and are of no agency; `None` if there are none.
pub(crate) fn files_of_nobody(outcome: &StatusOutcome) -> Option<String> {
    match outcome.files_of_nobody {
        0 => None,
        1 => Some("1 file in returns/ cannot be used, and it is not known whose it is.".to_string()),
        files => Some(format!("{files} files in returns/ cannot be used, and it is not known whose they are.")),
    }
}

/// The presentation in `report/`: its code, and whether it may be handed over.
pub(crate) fn presentation(written: &WrittenReport) -> String {
    let WrittenReport { code, draft, approved } = written;
    let state = if draft.is_empty() { approved } else { draft };
    // Only of the files: what changed since they were made is not looked at here, because that takes as long as a report.
    let state = match state.trim_end_matches('.') {
        "" => String::new(),
        state => format!(" When they were made: {}.", words::uncapitalised(state)),
    };
    format!("The files of the presentation have the code {code}.{state}")
}

/// A kept presentation and what has changed since, as "“announcement”, kept on 14 December 2026 as AB12: since then 2 returns changed, 1 is
/// new."
pub(crate) fn kept(line: &KeptLine) -> String {
    let KeptLine { name, made_on, run, moved_on, shows_the_same } = line;
    let which = format!("“{name}”, kept on {} as {run}", words::date(*made_on));
    let since = match (moved_on.as_deref(), *shows_the_same) {
        (Some([]), Some(true)) => "nothing it was made from has changed since.".to_string(),
        (Some([]), _) => "what it would show has changed since.".to_string(),
        (Some(changes), same) => {
            let said: Vec<String> = changes.iter().map(InputChange::words).collect();
            let same = if same == Some(true) { " What it shows is still the same." } else { "" };
            format!("since then {}.{same}", said.join("; "))
        }
        (None, Some(true)) => "what it shows is still the same.".to_string(),
        (None, Some(false)) => "what it would show has changed since.".to_string(),
        (None, None) => "what has changed since cannot be worked out now.".to_string(),
    };
    format!("{which}: {since}")
}
