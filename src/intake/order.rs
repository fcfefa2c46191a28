//! Works out in which order the returns of one agency were saved.

use std::collections::HashMap;

use crate::intake::corrections::AskedCells;
use crate::intake::saved::{clock_for, saved_on};
use crate::response::Response;

/// When each return was saved, in seconds since 1970.
pub(super) struct SavedOrder {
    /// Seconds since 1970 by the SHA-256 of the file; `None` where nothing says when it was saved.
    times: HashMap<String, Option<i64>>,
    /// The SHA-256 of files whose own time cannot be right.
    corrected: Vec<String>,
}

impl SavedOrder {
    /// Goes by the documents' own times where every one has a time, else by the files'. A workbook with questions is newer than the return
    /// that it answers, whatever the clock of the agency's computer said.
    pub(super) fn new(responses: &[Response], asked: &AskedCells<'_>) -> SavedOrder {
        let clock = clock_for(responses.iter());
        let times = responses.iter().map(|response| (response.file.sha256.clone(), clock(response))).collect();
        let mut order = SavedOrder { times, corrected: Vec::new() };
        // A workbook may answer questions on one that answers questions itself. The longest such chain has as many steps as there are files.
        for _ in responses {
            let late: Vec<(String, i64)> = responses
                .iter()
                .filter_map(|one| Some((one.file.sha256.clone(), order.not_before(one, asked)?)))
                .collect();
            for (sha256, time) in late {
                order.times.insert(sha256.clone(), Some(time));
                order.corrected.push(sha256);
            }
        }
        order
    }

    /// When it was saved, in seconds since 1970; `None` where nothing says.
    pub(super) fn time(&self, response: &Response) -> Option<i64> {
        self.of_file(&response.file.sha256)
    }

    /// Whether its own time cannot be right.
    pub(super) fn is_corrected(&self, response: &Response) -> bool {
        self.corrected.contains(&response.file.sha256)
    }

    fn of_file(&self, sha256: &str) -> Option<i64> {
        self.times.get(sha256).copied().flatten()
    }

    /// The earliest time at which a workbook with questions can have been saved; `None` where its own time is possible.
    fn not_before(&self, response: &Response, asked: &AskedCells<'_>) -> Option<i64> {
        let answered = asked.answered(response);
        let own = self.time(response);
        let is_after = |sha256: &str| self.of_file(sha256).is_some_and(|time| own > Some(time));
        let is_possible =
            answered.iter().any(|(sha256, day)| is_after(sha256) && saved_on(response).is_some_and(|on| on >= *day));
        let (latest, _) = answered.last()?;
        let time = self.of_file(latest)?;
        (own <= Some(time) && !is_possible).then_some(time + 1)
    }
}
