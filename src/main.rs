//! Run, print, exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use jtai_benchmark::cli::{self, Printed};

fn main() -> ExitCode {
    let Printed { output, errors, exit_code } = cli::run();
    print(io::stdout(), &output);
    print(io::stderr(), &errors);
    ExitCode::from(exit_code)
}

/// Prints as much as the other end wants to read: a closed pipe is no error.
fn print(mut to: impl Write, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
