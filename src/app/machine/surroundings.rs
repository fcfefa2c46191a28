//! What an action needs beside its request: the day, and somebody to report progress to.

use jiff::Zoned;
use jiff::civil::Date;

use crate::app::failure::Failure;
use crate::core::finding::Finding;

/// Receives the progress of long work. A front end may show it.
pub(crate) trait Progress: Sync {
    /// This many returns are going to be read.
    fn begin(&self, returns: usize);
    /// One of them is read.
    fn step(&self);
    /// All are read.
    fn end(&self);
    /// Something to report even if the action fails.
    fn say(&self, finding: &Finding);
    /// Whether somebody asked the action to stop, before it wrote anything. Only pages can ask: a command is stopped with Ctrl+C.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// What an action needs beside its request.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    /// The date to use as today; `None` for the system's.
    pub given_day: Option<Date>,
    /// Who is told of progress.
    pub progress: &'a dyn Progress,
    /// Whether a person sees the findings, and is told next time what is new since. With `--json` a program reads them.
    pub shows_findings: bool,
}

impl Surroundings<'_> {
    /// Returns an error if somebody asked the action to stop. Called before anything is written.
    ///
    /// # Errors
    ///
    /// When somebody did.
    pub(crate) fn go_on(&self) -> Result<(), Failure> {
        if self.progress.is_stopped() { Err(Failure::stopped()) } else { Ok(()) }
    }

    /// The date that was given, else the system's. Nothing else in the program asks a clock for the date.
    pub(crate) fn today(&self) -> Date {
        self.given_day.unwrap_or_else(|| Zoned::now().date())
    }
}
