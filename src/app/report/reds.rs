//! Ratings that are Red now and were not in the report before.

use std::collections::BTreeSet;

use super::files::RATINGS;
use crate::app::machine::disk;
use crate::core::finding::{Code, Finding, Place};
use crate::core::words;
use crate::export::csv::{WrittenRating, read_ratings};
use crate::form::Rating;
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::round::{Folder, Round};

/// The most that are named; the others are counted.
const MOST_NAMED: usize = 5;

/// The ratings in the report that was written last; `None` if there is none that can be read.
pub(super) fn last_ratings(folder: &Folder) -> Option<Vec<WrittenRating>> {
    read_ratings(&disk::read_text(&disk::written_last(&folder.report(), RATINGS)).ok()?)
}

/// The finding about ratings that are Red now and were not before; `None` if there are none.
pub(super) fn red_since(
    folder: &Folder,
    round: &Round,
    before: &[WrittenRating],
    answers: &[AnswerRow],
) -> Option<Finding> {
    let was_red = before.iter().filter(|line| line.rating == Rating::Red.key());
    let was_red: BTreeSet<(&str, &str)> = was_red.map(|line| (line.agency.as_str(), line.criterion.as_str())).collect();
    let is_new = |answer: &&AnswerRow| {
        answer.state == AnswerState::Rated(Rating::Red)
            && !was_red.contains(&(answer.agency.as_str(), answer.criterion.as_str()))
    };
    let named = |answer: &AnswerRow| {
        let name = round.agency(&answer.agency).map_or(answer.agency.as_str(), |agency| agency.name.as_str());
        format!("{name} on {}", answer.criterion)
    };
    let new: Vec<String> = answers.iter().filter(is_new).map(named).collect();
    if new.is_empty() {
        return None;
    }
    let mut parts = new[..new.len().min(MOST_NAMED)].to_vec();
    if new.len() > MOST_NAMED {
        parts.push(format!("{} more", words::number(new.len() - MOST_NAMED)));
    }
    let found = format!("Red since the last report: {}", parts.join("; "));
    let place = Place::file(folder.name_of(&folder.report()));
    Some(Finding::new(Code::RedSince, place, found, "", "").naming(new.join("; ")))
}
