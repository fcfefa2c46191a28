//! What an action takes from outside its wishes: the day, and somebody to tell how far it is.

use jiff::Zoned;
use jiff::civil::Date;

use crate::app::failure::Failure;
use crate::core::finding::Finding;

/// Is told how far a long piece of work is. A front end shows it, or does not.
pub(crate) trait Progress: Sync {
    /// So many returns are going to be read.
    fn begin(&self, returns: usize);
    /// One of them is read.
    fn step(&self);
    /// All are read.
    fn end(&self);
    /// Something is worth saying, whatever becomes of the action.
    fn say(&self, finding: &Finding);
    /// Whether somebody asked the action to stop: then nothing is written any more. A command is stopped from outside.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// The day, who is told of progress, who sees the result.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    /// The date to take for today; `None` for the system's.
    pub given_day: Option<Date>,
    /// Who is told of progress.
    pub progress: &'a dyn Progress,
    /// Whether a person sees the findings, who is told next time what is new since. A program that reads them is not that person.
    pub shows_findings: bool,
}

impl Surroundings<'_> {
    /// Goes on only where nobody asked the action to stop: looked at before anything is written.
    ///
    /// # Errors
    ///
    /// When somebody did.
    pub(crate) fn go_on(&self) -> Result<(), Failure> {
        if self.progress.is_stopped() { Err(Failure::stopped()) } else { Ok(()) }
    }

    /// The one clock: the date that was given, else the system's.
    pub(crate) fn today(&self) -> Date {
        self.given_day.unwrap_or_else(|| Zoned::now().date())
    }
}
