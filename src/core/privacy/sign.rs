//! What was seen in a text, in two strengths.

use serde::{Deserialize, Serialize};

/// Why a text is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// Ten digits with the check digit of an NHS number, or that are said to be one.
    NhsNumber,
    /// The same in Scotland.
    ChiNumber,
    /// A date of birth.
    DateOfBirth,
    /// A case or record number beside what looks like a name.
    NumberBesideName,
    /// A unique pupil number.
    PupilNumber,
    /// A National Insurance number.
    InsuranceNumber,
    /// A number under which a hospital knows a patient.
    HospitalNumber,
    /// A name or initials with an age.
    NameWithAge,
}

impl Sign {
    /// The sign in words, without what was written.
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

/// Why a text is looked at before anybody shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeakSign {
    /// A first name in a sentence about a child.
    Name,
    /// Initials of somebody.
    Initials,
    /// Brothers, sisters, or whose mother somebody is.
    Relatives,
    /// The number of a case or a crime.
    CaseReference,
    /// A postcode or an address.
    Place,
    /// A telephone number of a person.
    Phone,
    /// An e-mail address that is no public body's.
    PrivateAddress,
}

impl WeakSign {
    /// The sign in words, without what was written.
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
