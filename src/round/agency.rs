//! An agency of a round, as the list of agencies describes it.

use crate::core::finding::Place;
use crate::core::ids::AgencyId;
use crate::theme::Group;
use jiff::civil::Date;

/// The fields of an agency in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgencyField {
    /// Its id.
    Id,
    /// Its name.
    Name,
    /// Its short name.
    Short,
    /// Its group.
    Group,
    /// The person who fills the workbook in.
    Contact,
    /// That person's e-mail address.
    Email,
    /// Who stands in for the contact.
    Deputy,
    /// The role that approves the return.
    ApproverRole,
    /// Its own due date.
    Due,
    /// When its workbook was sent, in an earlier list.
    SentOn,
    /// The return code of the workbook that was sent, in an earlier list.
    SentCode,
    /// What it told the business unit.
    Status,
    /// A note of the business unit's own.
    Note,
    /// The ids that it had in the round before.
    Previously,
}

/// Where an agency is written.
#[derive(Debug, Clone, PartialEq)]
pub struct AgencyPlace {
    /// The first cell of its row, or its entry in `round.toml`.
    pub row: Place,
    /// The cells of its row; none in `round.toml`.
    pub cells: Vec<(AgencyField, Place)>,
}

impl AgencyPlace {
    /// An entry in `round.toml`.
    pub fn of_entry(entry: Place) -> AgencyPlace {
        AgencyPlace { row: entry, cells: Vec::new() }
    }

    /// Where a field is written; its row if it has no cell.
    pub fn at(&self, field: AgencyField) -> Place {
        let cell = self.cells.iter().find(|(known, _)| *known == field);
        cell.map_or(&self.row, |(_, place)| place).clone()
    }
}

/// What an agency told the business unit about its return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgencyStatus {
    /// It will not take part.
    Declined,
    /// It was given more time.
    Extended,
}

impl AgencyStatus {
    /// Every status.
    pub const ALL: [AgencyStatus; 2] = [AgencyStatus::Declined, AgencyStatus::Extended];

    /// The word in the list.
    pub fn key(self) -> &'static str {
        match self {
            AgencyStatus::Declined => "declined",
            AgencyStatus::Extended => "extended",
        }
    }
}

/// The longest short name of an agency, in characters.
pub(super) const LONGEST_SHORT: usize = 20;

/// An organisation that is asked to rate itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// The short name in the list; empty if it has none. Use `Round::short_names` for the name to show.
    pub short: String,
    /// The group it belongs to, which decides the statements it is asked.
    pub group: Group,
    /// The person who fills the workbook in; empty when unknown.
    pub contact: String,
    /// That person's e-mail address; empty when unknown.
    pub email: String,
    /// Who stands in for the contact; empty when nobody is named.
    pub deputy: String,
    /// The role that approves the return; empty when it is not settled.
    pub approver_role: String,
    /// Its own due date; `None` if the round's deadline applies.
    pub due: Option<Date>,
    /// When its workbook was sent, by a list of an earlier version. It is copied into the record once, and the record decides from then on.
    pub sent_on: Option<Date>,
    /// The return code of the workbook sent on that day, by a list of an earlier version, if there are several; otherwise empty.
    pub sent_code: String,
    /// What it told the business unit; `None` in the usual case.
    pub status: Option<AgencyStatus>,
    /// A note of the business unit's own.
    pub note: String,
    /// The ids that it had in the round before: its old id, or those of the agencies that merged into it. Empty if its id is the same.
    pub previously: Vec<AgencyId>,
    /// Where all this is written.
    pub place: AgencyPlace,
}

impl Agency {
    /// Whether both have the same fields, wherever they are written. What was sent is not compared: lists do not have it any more, because
    /// the record does.
    pub fn says_the_same_as(&self, other: &Agency) -> bool {
        let (place, sent_code) = (other.place.clone(), other.sent_code.clone());
        Agency { place, sent_code, sent_on: other.sent_on, ..self.clone() } == *other
    }

    /// Whether there is an e-mail address that looks like one.
    pub fn has_email(&self) -> bool {
        looks_like_email(&self.email)
    }
}

/// Whether a text has one `@`, something before it, a name with a dot after it, and no spaces. It is meant to find slips, not to follow the
/// standard, which allows addresses that nobody has.
pub(super) fn looks_like_email(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else { return false };
    // "name@localhost" is an address by the standard, but here it is a slip.
    let dotted = domain.split('.').count() > 1 && domain.split('.').all(|part| !part.is_empty());
    !local.is_empty()
        && dotted
        && !domain.contains('@')
        && !email.chars().any(|c| c.is_whitespace() || c.is_control() || c == ',' || c == ';')
}
