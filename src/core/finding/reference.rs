//! The reference of a finding: the same in every run, as long as the finding is about the same thing.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::core::hash::code;

/// How many characters follow `F-`. With six, two of a thousand findings share them in 1 round of 2,000; the second then gets a number.
pub(super) const LENGTH: usize = 6;

/// The reference of a finding, as in `F-3HK6Q2`. Where several findings of a run would have the same one, the second is `F-3HK6Q2-2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// The SHA-256 of the finding's subject, 64 hexadecimal digits.
    pub hash: String,
    /// The six characters, from [`code`]'s alphabet.
    pub short: String,
    /// Its number among the findings with the same six characters, counted from 1.
    pub number: usize,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "F-{}", self.short)?;
        if self.number > 1 { write!(f, "-{}", self.number) } else { Ok(()) }
    }
}

impl Reference {
    /// The reference for a full hash of 64 hexadecimal digits, as the record keeps it; `None` for any other text. Its number is 1.
    pub fn of_hash(hash: &str) -> Option<Reference> {
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hash.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(Reference { hash: hash.to_string(), short: code(&bytes, LENGTH), number: 1 })
    }

    /// Whether a text has the form of a reference, whether or not there is such a finding.
    pub fn is_meant(text: &str) -> bool {
        let text = bare(text).to_ascii_uppercase();
        let Some(rest) = text.strip_prefix("F-") else { return false };
        let (short, number) = rest.split_once('-').unwrap_or((rest, "1"));
        let is_short = short.len() == LENGTH && short.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_short && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether a typed text is this reference, in any case. The letters O, I and L count as the digits 0 and 1: people misread them, and
    /// no reference has them.
    pub fn is(&self, text: &str) -> bool {
        Reference::is_same(&self.to_string(), text)
    }

    /// Whether a typed text is this printed reference, as [`Reference::is`] compares them.
    pub fn is_same(printed: &str, typed: &str) -> bool {
        let plain = |text: &str| bare(text).to_uppercase().replace('O', "0").replace(['I', 'L'], "1");
        plain(printed) == plain(typed)
    }
}

/// A reference without the brackets that it is printed in.
fn bare(text: &str) -> &str {
    text.trim().trim_start_matches('(').trim_end_matches(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_understood_as_people_type_it() {
        let reference = Reference { hash: String::new(), short: "10HK6Q".into(), number: 2 };
        assert!(reference.is("(F-10HK6Q-2)") && Reference::is_meant("(F-10HK6Q)"));
        assert!(reference.is(" f-lohk6q-2 ") && !reference.is("F-10HK6Q"));
        assert!(Reference::is_meant("f-3hk6q2") && Reference::is_meant("F-3HK6Q2-12"));
        for text in ["F-1.1", "F-", "fire", "F-3HK6Q2-", "F-3HK6Q2-x", "FD-7.1"] {
            assert!(!Reference::is_meant(text), "{text}");
        }
    }
}
