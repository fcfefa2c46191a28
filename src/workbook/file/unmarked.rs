//! Texts in which no sign of a child was seen, kept so that the same text in the next workbook is not looked through again.
//!
//! Most of a return is printed by jtai: guidance, statements, headers. A worker reads hundreds of returns of one round. Only texts without a
//! sign are kept, and only in memory.

use std::cell::RefCell;
use std::hash::{BuildHasher, RandomState};

use crate::core::privacy::{self, Sign};

/// How many texts are kept. A new one takes the place of an older one.
const PLACES: usize = 4096;

/// The longest text that is kept, in bytes.
const LONGEST: usize = 2048;

struct Unmarked {
    places: Vec<Box<str>>,
    hasher: RandomState,
}

thread_local! {
    static KNOWN: RefCell<Unmarked> = RefCell::new(Unmarked {
        places: vec![Box::default(); PLACES],
        hasher: RandomState::new(),
    });
}

/// The first sign that a text may identify a child, as [`privacy::sign`] sees it.
pub(super) fn sign(text: &str) -> Option<Sign> {
    if text.len() > LONGEST {
        return privacy::sign(text);
    }
    KNOWN.with_borrow_mut(|known| {
        let place = known.hasher.hash_one(text) as usize % PLACES;
        if *known.places[place] == *text {
            return None;
        }
        let sign = privacy::sign(text);
        if sign.is_none() {
            known.places[place] = text.into();
        }
        sign
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_the_same_however_often_it_is_asked_about() {
        for _ in 0..3 {
            assert_eq!((sign(""), sign("Audit of 40 files")), (None, None));
            assert_eq!(sign("NHS number 943 476 5919"), Some(Sign::NhsNumber));
        }
    }
}
