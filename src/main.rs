//! Run, print, exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use jtai_benchmark::cli::{self, Printed};

fn main() -> ExitCode {
    // Whoever waits for the first line is gone where it cannot be written.
    let announce = |text: &str| drop(print(io::stdout(), text));
    let Printed { output, errors, exit_code } = cli::run(&announce);
    let is_lost = print(io::stdout(), &output).is_err();
    if is_lost {
        let _ = print(io::stderr(), "what jtai says could not be written: is the disk full?\n");
    }
    // Nobody can be told that nobody can be told.
    let _ = print(io::stderr(), &errors);
    if is_lost || exit_code == cli::NOT_DONE {
        cli::hold_window(&announce);
    }
    if is_lost { ExitCode::from(cli::NOT_DONE) } else { ExitCode::from(exit_code) }
}

/// Prints as much as the other end wants to read: a closed pipe is no error, and a full disk is one.
fn print(mut to: impl Write, text: &str) -> io::Result<()> {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
