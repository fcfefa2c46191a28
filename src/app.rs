//! The actions: a request in, an outcome out. Only this room touches the disk, the clock and other programs.
//!
//! Each action has its own file. Every front end goes through [`act`], which holds the lock on a round while an action writes into it, and
//! turns a bug into one plain sentence.

mod lines;
mod failure;
mod machine;
pub(crate) mod news;
mod record;
mod agencies;
mod open;
pub(crate) mod theme;
pub(crate) mod collect;
pub(crate) mod issue;
pub(crate) mod queries;
pub(crate) mod report;
pub(crate) mod status;
pub(crate) mod status_words;
pub(crate) mod feedback;
pub(crate) mod challenge;
pub(crate) mod explain;
pub(crate) mod forget;
pub(crate) mod repair;
pub(crate) mod offers;
pub(crate) mod settle;
pub(crate) mod sent;
pub(crate) mod round_new;
pub(crate) mod round_again;
pub(crate) mod demo;
pub(crate) mod rounds;
pub(crate) mod settings;
pub(crate) mod files;
pub(crate) mod incoming;
pub(crate) mod slides;
pub(crate) mod choose;
pub(crate) mod messages;
mod request;
mod outcome;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

pub(crate) use failure::Failure;
pub(crate) use machine::browser::{open_browser, open_browser_and_wait};
pub(crate) use machine::console::{arguments, hold_window, starts_pages};
pub(crate) use machine::fault::note_panics;
pub(crate) use machine::guard::is_worker;
pub(crate) use machine::start::{Meeting, StartPlace, meet, random_hex};
pub(crate) use machine::surroundings::{Progress, Surroundings};
use machine::{disk, fault, guard, lock};
pub(crate) use outcome::Outcome;
pub(crate) use request::{Request, round_last};

use crate::round::Folder;

/// Does what is asked for. A bug in the program, also a panic, becomes one plain sentence; its place in the code goes into a file.
///
/// # Errors
///
/// When nothing was done; the failure says where, what was found and what to do.
pub(crate) fn act(request: &Request, surroundings: Surroundings<'_>) -> Result<Outcome, Failure> {
    let sample_day = || request.round().and_then(rounds::sample_day);
    let surroundings = Surroundings { given_day: surroundings.given_day.or_else(sample_day), ..surroundings };
    // Unwind safe, because everything that the action worked with is dropped, and what it wrote is whole or absent.
    let acted = catch_unwind(AssertUnwindSafe(|| act_alone(request, surroundings)));
    acted.unwrap_or_else(|_| Err(fault::of_panic())).map_err(|failure| match failure.fault {
        Some(place) => {
            let reported = fault::reported(&place, request.name(), request.round(), surroundings.today());
            Failure::new(vec![reported])
        }
        None => failure,
    })
}

/// Does some work for a page that is not a command. A bug becomes one plain sentence, as in [`act`].
///
/// # Errors
///
/// Those of the work.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(fault::of_panic()));
    done.map_err(|failure| if failure.fault.is_some() { Failure::of_fault() } else { failure })
}

/// Runs as a worker that reads workbooks, for the jtai that started this process.
pub(crate) fn serve_reader() {
    // An error means that the other end is gone, and this is how a worker ends.
    let _ = guard::serve(std::io::stdin().lock(), std::io::stdout().lock());
}

/// Runs an action while nobody else writes into the round. First finishes what an earlier command was stopped at.
fn act_alone(request: &Request, surroundings: Surroundings<'_>) -> Result<Outcome, Failure> {
    if let Some(round) = request.round_written().map(Path::to_path_buf) {
        return lock::hold(&round, request.name(), |is_alone| {
            // On a drive without locks, files that look half replaced may be those of a command that is still running.
            if is_alone {
                finish(&round, surroundings)?;
            }
            act_on(request, surroundings)
        });
    }
    // An action that only reads does not wait. If a command holds the lock, the half-done files are its own and it will finish them.
    if let Some(round) = request.round()
        && outputs(round).iter().any(|outputs| disk::is_begun(outputs))
    {
        // A file that is open in a program must not stop an action that only reads: this is reported, and the next command tries again.
        if let Err(failure) = lock::hold_if_free(round, request.name(), || finish(round, surroundings)) {
            failure.findings.iter().for_each(|finding| surroundings.progress.say(finding));
        }
    }
    act_on(request, surroundings)
}

/// The folders of a round that commands write as sets of outputs.
fn outputs(round: &Path) -> [PathBuf; 6] {
    let folder = Folder::new(round);
    [
        folder.issued(),
        folder.queries(),
        folder.report(),
        folder.scrutineer_pages(),
        folder.feedback(),
        folder.repaired(),
    ]
}

/// Finishes what a stopped command had begun with the round's outputs.
fn finish(round: &Path, surroundings: Surroundings<'_>) -> Result<(), Failure> {
    for outputs in outputs(round) {
        if let Some(finding) = disk::finish(&outputs)? {
            surroundings.progress.say(&finding);
        }
    }
    Ok(())
}

fn act_on(request: &Request, surroundings: Surroundings<'_>) -> Result<Outcome, Failure> {
    let today = surroundings.today();
    Ok(match request {
        Request::Demo(dir) => Outcome::Demo(demo::demo(dir, surroundings)?),
        Request::ThemeList(all) => Outcome::ThemeList(theme::list(*all)?),
        Request::ThemeShow(theme) => Outcome::ThemeShow(theme::show(theme)?),
        Request::ThemeCheck(files) => Outcome::ThemeCheck(theme::check(files, today)?),
        Request::ThemeDraft(wishes) => match theme::draft(wishes, today)? {
            theme::Drafted::New(outcome) => Outcome::ThemeDraft(*outcome),
            theme::Drafted::Corrected(outcome) => Outcome::ThemeCorrect(outcome),
        },
        Request::ThemeCorrect(wishes) => Outcome::ThemeCorrect(theme::correct(wishes, today)?),
        Request::ThemeChecked { id, by, on } => {
            Outcome::ThemeCorrect(theme::checked(id, by, on.unwrap_or(today), today)?)
        }
        Request::ThemeNew(id) => Outcome::ThemeNew(theme::new(id)?),
        Request::RoundNew(wishes) => Outcome::RoundNew(round_new::round_new(wishes, today)?),
        Request::RoundAgain(wishes) => Outcome::RoundAgain(round_again::round_again(wishes, surroundings)?),
        Request::Issue(round) => Outcome::Issue(issue::issue(round, surroundings)?),
        Request::Collect { round, all } => {
            let mut outcome = collect::collect(round, surroundings)?;
            news::keep_of_own_files(round, &outcome.findings, false);
            if surroundings.shows_findings {
                outcome.news = news::since_last_shown(round, &outcome.findings, *all);
            }
            Outcome::Collect(outcome)
        }
        Request::Queries(wishes) => Outcome::Queries(queries::queries(wishes, surroundings)?),
        Request::Challenge(round) => Outcome::Challenge(challenge::challenge(round, surroundings)?),
        Request::Report(wishes) => {
            let mut outcome = report::report(wishes, surroundings)?;
            news::keep_of_own_files(&wishes.round, &outcome.findings, true);
            if surroundings.shows_findings {
                outcome.news = news::since_last_shown(&wishes.round, &outcome.findings, wishes.all);
            }
            Outcome::Report(outcome)
        }
        Request::Status(round) => Outcome::Status(status::status(round, surroundings)?),
        Request::Explain { what, round } => Outcome::Explain(explain::explain(what, round, surroundings)?),
        Request::Forget(wishes) => Outcome::Forget(forget::forget(wishes, today)?),
        Request::Repair(wishes) => Outcome::Repair(repair::repair(wishes, surroundings)?),
        Request::Sent(wishes) => Outcome::Sent(sent::sent(wishes, today)?),
        Request::Settle(wishes) => Outcome::Settle(settle::settle(wishes, surroundings)?),
    })
}
