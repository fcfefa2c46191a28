//! A progress bar on the error stream while returns are read.

use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};

use crate::app::Progress;
use crate::core::finding::Finding;

/// With fewer returns than this, reading is over before a bar would help.
const FEWEST_SHOWN: usize = 50;

/// A bar, shown only on a terminal and only where there is something to wait for.
#[derive(Debug, Default)]
pub(super) struct ReadingBar {
    bar: Mutex<Option<ProgressBar>>,
    said: Mutex<String>,
}

impl ReadingBar {
    /// What the action reported on the way, one line each. It is printed whether or not the action succeeds.
    pub(super) fn lines_to_say(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn with(&self, act: impl FnOnce(&ProgressBar)) {
        if let Some(bar) = &*self.bar.lock().unwrap_or_else(PoisonError::into_inner) {
            act(bar);
        }
    }
}

impl Progress for ReadingBar {
    fn begin(&self, returns: usize) {
        let style = ProgressStyle::with_template("reading returns {bar:30} {pos} of {len}")
            .unwrap_or(ProgressStyle::default_bar());
        let bar = (returns >= FEWEST_SHOWN).then(|| ProgressBar::new(returns as u64).with_style(style));
        *self.bar.lock().unwrap_or_else(PoisonError::into_inner) = bar;
    }

    fn step(&self) {
        self.with(|bar| bar.inc(1));
    }

    fn end(&self) {
        self.with(ProgressBar::finish_and_clear);
    }

    fn say(&self, finding: &Finding) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(said, "{finding}");
    }
}
