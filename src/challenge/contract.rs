//! The contract of the challenge workbook: its sheets, columns and properties.

use crate::record::MeetingOutcome;

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChallengeField {
    /// The statement's id.
    Ref,
    /// The agency's name.
    Agency,
    /// The agency's own rating, which is never changed here.
    SelfRating,
    /// Why the row is worth looking at first.
    First,
    /// What to ask.
    Ask,
    /// The statement.
    Statement,
    /// What the agency says is working well.
    WorkingWell,
    /// What it is worried about.
    WorriedAbout,
    /// What needs to happen, with role and date.
    NeedsToHappen,
    /// Its evidence, or why the statement does not apply.
    Evidence,
    /// How all agencies rate the statement.
    Others,
    /// What is on record of an earlier challenge.
    OnRecord,
    /// How the challenge ended.
    Outcome,
    /// The rating that was agreed, or the meeting's own view.
    Moderated,
    /// Why.
    Reason,
    /// Who agreed it.
    AgreedBy,
    /// When.
    AgreedOn,
    /// One of the meeting's notes, by its place in [`MeetingNotes::named`](crate::record::MeetingNotes::named).
    Note(usize),
}

/// A column with its header.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChallengeColumn {
    /// What is in it.
    pub field: ChallengeField,
    /// Its header.
    pub header: &'static str,
    /// Its least width in characters.
    pub width: f64,
}

const fn column(field: ChallengeField, header: &'static str, width: f64) -> ChallengeColumn {
    ChallengeColumn { field, header, width }
}

/// The columns, in their order: what the meeting reads, then what it fills in.
pub const CHALLENGE_COLUMNS: [ChallengeColumn; 25] = [
    column(ChallengeField::Ref, "Ref", 12.0),
    column(ChallengeField::Agency, "Agency", 24.0),
    column(ChallengeField::SelfRating, "Self-rating", 13.0),
    column(ChallengeField::First, "Why look here first", 26.0),
    column(ChallengeField::Ask, "What to ask", 44.0),
    column(ChallengeField::Statement, "Statement", 40.0),
    column(ChallengeField::WorkingWell, "Working well", 40.0),
    column(ChallengeField::WorriedAbout, "Worried about", 40.0),
    column(ChallengeField::NeedsToHappen, "Needs to happen (role; by when)", 40.0),
    column(ChallengeField::Evidence, "What shows it, and where it is kept", 40.0),
    column(ChallengeField::Others, "How all agencies rate it", 26.0),
    column(ChallengeField::OnRecord, "On record", 28.0),
    column(ChallengeField::Outcome, "Outcome", 14.0),
    column(ChallengeField::Moderated, "Moderated rating", 14.0),
    column(ChallengeField::Reason, "Reason", 40.0),
    column(ChallengeField::AgreedBy, "Agreed by", 24.0),
    column(ChallengeField::AgreedOn, "Date", 13.0),
    column(ChallengeField::Note(0), "What the agency will do", 36.0),
    column(ChallengeField::Note(1), "Who will do it", 22.0),
    column(ChallengeField::Note(2), "Review on", 13.0),
    column(ChallengeField::Note(3), "Independent evidence (audit, survey, children's views)", 36.0),
    column(ChallengeField::Note(4), "Evidence seen", 30.0),
    column(ChallengeField::Note(5), "Seen by", 22.0),
    column(ChallengeField::Note(6), "Seen on", 13.0),
    column(ChallengeField::Note(7), "Who saw it differently, and why", 30.0),
];

impl ChallengeField {
    /// Whether the meeting fills the column in.
    pub fn is_input(self) -> bool {
        use ChallengeField::{AgreedBy, AgreedOn, Moderated, Note, Outcome, Reason};
        matches!(self, Outcome | Moderated | Reason | AgreedBy | AgreedOn | Note(_))
    }

    /// Whether a date goes into it.
    pub(super) fn is_date(self) -> bool {
        matches!(self, ChallengeField::AgreedOn | ChallengeField::Note(2 | 6))
    }

    /// Its header.
    pub(super) fn header(self) -> &'static str {
        CHALLENGE_COLUMNS.iter().find(|column| column.field == self).map_or("", |column| column.header)
    }
}

/// The sheet with the table.
pub(super) const SHEET: &str = "Challenge";

/// The name of the table.
pub(super) const TABLE_NAME: &str = "Challenge";

/// The sheet that is read first.
pub(super) const START: &str = "Read first";

/// The very-hidden sheet with the rows as jtai wrote them: agency id, agency name, statement, self-rating, hash of all given cells.
pub(super) const WRITTEN: &str = "Rows as written";

/// How many columns it has.
pub(super) const WRITTEN_COLUMNS: u32 = 5;

/// The document property with the id of the round that a workbook belongs to.
pub(super) const ROUND: &str = "Challenge round";

/// The document property with the version of the form.
pub(super) const FORM: &str = "Challenge form";

/// The version of the form that is written.
pub(super) const NEWEST_FORM: &str = "1";

/// The outcome that somebody wrote, whatever its capitals and white space; `None` for anything else.
pub(super) fn outcome(written: &str) -> Option<MeetingOutcome> {
    let plain = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    MeetingOutcome::ALL.into_iter().find(|outcome| plain(outcome.words()) == plain(written))
}
