//! Parse, run, print, exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use jtai_benchmark::cli::Cli;
use jtai_benchmark::commands;

fn main() -> ExitCode {
    commands::note_panics();
    let cli = Cli::parse();
    let is_json = cli.json;
    match commands::run_guarded(cli) {
        Ok(said) => {
            print(io::stdout(), &if is_json { said.json_text() } else { said.text });
            ExitCode::from(said.outcome.exit_code())
        }
        Err(failure) => {
            if is_json {
                print(io::stdout(), &failure.json_text());
            }
            print(io::stderr(), &failure.text());
            ExitCode::from(commands::NOT_DONE)
        }
    }
}

/// Prints as much as the other end wants to read: a closed pipe is no error.
fn print(mut to: impl Write, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
