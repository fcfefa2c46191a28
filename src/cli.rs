//! The command line: arguments to a request, an outcome to text or JSON. What is done and how is decided in `app`.

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

/// The exit code when the work was done and the officer has something to fix or to check.
pub const DONE_WITH_FINDINGS: u8 = 1;

/// What a command prints, with its exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// For standard output.
    pub output: String,
    /// For the error stream.
    pub errors: String,
    /// 0, 1 or 2.
    pub exit_code: u8,
}

/// Runs the command that was typed and returns what to print. `announce` prints at once what a person must see while the command runs, as
/// the address of the pages. A command line that cannot be understood gives exit code 2 and clap's explanation.
pub fn run(announce: &dyn Fn(&str)) -> Printed {
    app::note_panics();
    // Before anything is parsed: on Windows, a double-click gives no arguments, and the officer who made it never opens a terminal.
    if app::starts_pages() {
        return open(&PagesWishes { round: None, no_browser: false, today: None }, announce);
    }
    let typed = app::arguments();
    // Not a clap command, so that it is in no help, completion or man page.
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

/// Waits for Enter if the window would close together with what was printed.
pub fn hold_window(announce: &dyn Fn(&str)) {
    app::hold_window(announce);
}

/// Serves the pages, and returns when they are closed.
fn open(wishes: &PagesWishes, announce: &dyn Fn(&str)) -> Printed {
    let (errors, exit_code) = match web::open(wishes, announce) {
        Ok(()) => (String::new(), 0),
        Err(error) => {
            let remedy = "Check that no rule on this computer stops jtai from serving pages to this same computer.";
            (format!("jtai: the pages could not be opened: {error}\n{remedy}\n"), NOT_DONE)
        }
    };
    Printed { output: String::new(), errors, exit_code }
}

fn act(typed: Cli, announce: &dyn Fn(&str)) -> Printed {
    let Cli { command, today, json } = typed;
    let printed = |output: String| Printed { output, errors: String::new(), exit_code: 0 };
    // Printed as they are, even with --json: a shell or `man` reads them.
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
    // The commands without a request were answered above.
    let Some(request) = command.request() else { return printed(String::new()) };
    // The bar and its messages go to the error stream, so that JSON on standard output stays valid.
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

/// The answer to a request for the man page of a command that does not exist.
fn no_such_command(of: &[String]) -> Printed {
    let errors = format!("jtai: {} is not a jtai command; jtai --help lists them\n", quote(&of.join(" ")));
    Printed { output: String::new(), errors, exit_code: NOT_DONE }
}

#[derive(Serialize)]
struct Failed<'a> {
    failed: &'a Failure,
}

/// JSON with sorted keys, so that the same outcome is the same text; it ends in a line end.
fn as_json(of: &impl Serialize) -> String {
    // Outcomes are plain data, which can always be written.
    // By way of a `Value`, because its maps are sorted.
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
