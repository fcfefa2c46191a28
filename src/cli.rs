//! The command line in front of `app`. No rule of its own.

mod args;
mod progress;
mod tables;
mod findings;
mod text;
mod generated;

use serde::Serialize;

use crate::app::{self, Failure, Outcome, Surroundings};
use crate::core::quoting::quote;
use crate::web::{self, PagesWishes};
use progress::ReadingBar;

pub use args::{Cli, Command};

/// The exit code when nothing was done.
pub const NOT_DONE: u8 = 2;

/// The exit code when it was done, and a finding asks something of the officer.
pub const DONE_WITH_FINDINGS: u8 = 1;

/// What a command prints, and how it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// For standard output.
    pub output: String,
    /// For the error stream.
    pub errors: String,
    /// 0, 1 or 2.
    pub exit_code: u8,
}

/// Reads what was typed, does it, says what became of it. What has to be read while it goes on is announced. What cannot be understood is said, and the program ends with 2.
pub fn run(announce: &dyn Fn(&str)) -> Printed {
    app::note_panics();
    if app::starts_pages() {
        return open(&PagesWishes { round: None, no_browser: false, today: None }, announce);
    }
    let typed = app::arguments();
    if app::is_worker(&typed) {
        app::serve_reader();
        return Printed { output: String::new(), errors: String::new(), exit_code: 0 };
    }
    match <Cli as clap::Parser>::try_parse_from(typed) {
        Ok(typed) => act(typed, announce),
        // Help that was asked for comes this way too.
        Err(said) => {
            let text = said.render().to_string();
            let (output, errors) = if said.use_stderr() { (String::new(), text) } else { (text, String::new()) };
            let exit_code = u8::try_from(said.exit_code()).unwrap_or(NOT_DONE);
            Printed { output, errors, exit_code }
        }
    }
}

/// Waits for a key where the window would go away with what was printed.
pub fn hold_window(announce: &dyn Fn(&str)) {
    app::hold_window(announce);
}

/// Opens the pages, and comes back when they are closed.
fn open(wishes: &PagesWishes, announce: &dyn Fn(&str)) -> Printed {
    let (errors, exit_code) = match web::open(wishes, announce) {
        Ok(()) => (String::new(), 0),
        Err(error) => {
            let remedy =
                "Check that a rule on this computer does not forbid jtai to serve pages to this computer itself.";
            (format!("jtai: the pages could not be opened: {error}\n{remedy}\n"), NOT_DONE)
        }
    };
    Printed { output: String::new(), errors, exit_code }
}

fn act(typed: Cli, announce: &dyn Fn(&str)) -> Printed {
    let Cli { command, today, json } = typed;
    let printed = |output: String| Printed { output, errors: String::new(), exit_code: 0 };
    match &command {
        Command::Completions { shell } => return printed(generated::completions(*shell)),
        Command::ManPage { of } => {
            return generated::man_page(of).map_or_else(|| no_such_command(of), printed);
        }
        _ => {}
    }
    if let Command::Open { round, no_browser } = command {
        return open(&PagesWishes { round, no_browser, today }, announce);
    }
    // What asks for nothing has been answered above.
    let Some(request) = command.request() else { return printed(String::new()) };
    let bar = ReadingBar::default();
    let surroundings = Surroundings { given_day: today, progress: &bar, shows_findings: !json };
    match app::act(&request, surroundings) {
        Ok(outcome) => Printed {
            output: if json { as_json(&outcome) } else { text_with_note(&outcome) },
            errors: bar.lines_to_say(),
            exit_code: if outcome.asks_something() { DONE_WITH_FINDINGS } else { 0 },
        },
        Err(failure) => Printed {
            output: if json { as_json(&Failed { failed: &failure }) } else { String::new() },
            errors: bar.lines_to_say() + &findings::failure(&failure.findings),
            exit_code: NOT_DONE,
        },
    }
}

/// What is said where a page is asked for of a command that there is not.
fn no_such_command(of: &[String]) -> Printed {
    let errors = format!("jtai: {} is no command of jtai; jtai --help lists them\n", quote(&of.join(" ")));
    Printed { output: String::new(), errors, exit_code: NOT_DONE }
}

#[derive(Serialize)]
struct Failed<'a> {
    failed: &'a Failure,
}

/// JSON with its keys in order, ending in a line end.
fn as_json(of: &impl Serialize) -> String {
    // Outcomes are plain data, which can always be written.
    let value = serde_json::to_value(of).unwrap_or_default();
    format!("{value:#}\n")
}

fn text_with_note(outcome: &Outcome) -> String {
    let text = text::text(outcome);
    match outcome.note() {
        Some(note) => format!("{note}\n\n{text}"),
        None => text,
    }
}
