//! Answers from the previous round, in the form in which a workbook is issued with them.

use crate::core::written::Written;
use crate::previous::{CarriedAnswer, CarriedHeadline, CarriedReturn};
use crate::response::{Answer, HeadlineEntry, SpeaksFor};
use crate::workbook::contract::ratings::rating_word;

/// What is carried into one workbook.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CarriedIn {
    /// The answers.
    pub answers: Vec<Answer>,
    /// The headlines.
    pub headlines: Vec<HeadlineEntry>,
    /// For whom the answers speak.
    pub speaks_for: Option<SpeaksFor>,
}

impl CarriedIn {
    /// What an agency returned in the previous round, in the words of the workbook.
    pub fn new(carried: &CarriedReturn) -> CarriedIn {
        CarriedIn {
            answers: carried.answers.iter().map(answer).collect(),
            headlines: carried.headlines.iter().map(headline).collect(),
            speaks_for: carried.speaks_for.clone(),
        }
    }

    /// What goes back to an agency with questions. An answer that it neither confirmed nor changed is replaced by that of the previous
    /// round, so that it can still confirm it; the response has such an answer as blank.
    pub fn under(self, answers: &[Answer], headlines: &[HeadlineEntry]) -> (Vec<Answer>, Vec<HeadlineEntry>) {
        let of_last_time = |answer: &&Answer| answer.is_carried_open();
        let open = answers
            .iter()
            .filter(of_last_time)
            .filter_map(|answer| self.answers.iter().find(|carried| carried.criterion == answer.criterion).cloned());
        let answers = answers.iter().filter(|answer| !of_last_time(answer)).cloned().chain(open).collect();
        // A line that the agency wrote itself takes the place of the carried one.
        let is_free = |entry: &&HeadlineEntry| !headlines.iter().any(|own| own.slot == entry.slot && !own.is_empty());
        let lines: Vec<HeadlineEntry> = self.headlines.iter().filter(is_free).cloned().collect();
        let own = headlines.iter().filter(|own| !lines.iter().any(|line| line.slot == own.slot)).cloned();
        (answers, own.chain(lines.iter().cloned()).collect())
    }
}

fn answer(carried: &CarriedAnswer) -> Answer {
    Answer {
        criterion: carried.criterion.clone(),
        rating: carried.rating,
        as_written: Written::from(rating_word(carried.rating)),
        texts: carried.texts.clone(),
        action_due: None,
        progress: None,
        still_right: None,
        recheck: None,
        is_action_over: false,
        sheet: String::new(),
        row: 0,
        cell: String::new(),
        taken: Default::default(),
    }
}

fn headline(carried: &CarriedHeadline) -> HeadlineEntry {
    HeadlineEntry {
        slot: carried.slot,
        reference: carried.criterion.as_ref().map(|id| Written::from(id.as_str())).unwrap_or_default(),
        criterion: carried.criterion.clone(),
        line: carried.line.clone(),
        sheet: String::new(),
        cell: String::new(),
        reference_cell: String::new(),
        taken: None,
    }
}
