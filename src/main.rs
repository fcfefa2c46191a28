//! Starts the command line, prints what it gives and returns its exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use jtai_benchmark::cli::{self, Printed};

fn main() -> ExitCode {
    // If this cannot be written, nobody is reading any more.
    let announce = |text: &str| drop(print(io::stdout(), text));
    let Printed { output, errors, exit_code } = cli::run(&announce);
    let is_lost = print(io::stdout(), &output).is_err();
    if is_lost {
        let _ = print(io::stderr(), "jtai could not write its output. Is the disk full?\n");
    }
    // If the error stream fails too, there is nowhere left to say so.
    let _ = print(io::stderr(), &errors);
    if is_lost || exit_code == cli::NOT_DONE {
        cli::hold_window(&announce);
    }
    if is_lost { ExitCode::from(cli::NOT_DONE) } else { ExitCode::from(exit_code) }
}

/// Prints a text. A closed pipe, as in `jtai status | head`, is not an error; a full disk is.
fn print(mut to: impl Write, text: &str) -> io::Result<()> {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
