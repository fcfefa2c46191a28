//! The signs that are looked for in a text, in two strengths.

use serde::{Deserialize, Serialize};

/// Why a text is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// Ten digits with the check digit of an NHS number, or with words that say they are one.
    NhsNumber,
    /// A CHI number, which Scotland has in place of NHS numbers.
    ChiNumber,
    /// A date of birth.
    DateOfBirth,
    /// A case or record number beside what looks like a name.
    NumberBesideName,
    /// A unique pupil number.
    PupilNumber,
    /// A National Insurance number.
    InsuranceNumber,
    /// A hospital's number for a patient.
    HospitalNumber,
    /// A name or initials with an age.
    NameWithAge,
}

impl Sign {
    /// The sign in words, without the text it was found in. Never reword them: they are part of a finding's subject, so every decision on
    /// a held-back text would lapse.
    pub fn words(self) -> &'static str {
        match self {
            Sign::NhsNumber => "what looks like an NHS number",
            Sign::ChiNumber => "what looks like a CHI number",
            Sign::DateOfBirth => "what looks like a date of birth",
            Sign::NumberBesideName => "a case or record number beside what looks like a name",
            Sign::PupilNumber => "what looks like a unique pupil number",
            Sign::InsuranceNumber => "what looks like a National Insurance number",
            Sign::HospitalNumber => "what looks like a patient's number",
            Sign::NameWithAge => "what looks like a name or initials with an age",
        }
    }
}

/// Why a person has to look at a text before it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeakSign {
    /// A first name in a sentence about a child.
    Name,
    /// Initials of somebody.
    Initials,
    /// Brothers or sisters, or somebody's mother or other relative.
    Relatives,
    /// The number of a case or a crime.
    CaseReference,
    /// A postcode or an address.
    Place,
    /// A telephone number of a person.
    Phone,
    /// An e-mail address that is not a public body's or a charity's.
    PrivateAddress,
}

impl WeakSign {
    /// The sign in words, without the text it was found in. Never reword them, as with [`Sign::words`].
    pub fn words(self) -> &'static str {
        match self {
            WeakSign::Name => "a first name in a sentence about a child",
            WeakSign::Initials => "what looks like somebody's initials",
            WeakSign::Relatives => "words about one family",
            WeakSign::CaseReference => "the number of a case or a crime",
            WeakSign::Place => "a postcode or an address",
            WeakSign::Phone => "somebody's telephone number",
            WeakSign::PrivateAddress => "a private e-mail address",
        }
    }
}
