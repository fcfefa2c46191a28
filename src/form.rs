//! What agencies are asked: the columns of the table, the texts beside a rating, the headlines, the fields of the first sheet. The words
//! that a workbook shows for them are in [`crate::workbook::contract`].

mod headline;

pub use headline::{HeadlineCell, HeadlineColumn, HeadlineKind, HeadlineSlot};

use serde::{Deserialize, Serialize};

/// Makes [`ColumnKey`] and [`TextKind`] from one list, so that a column is named in one line.
macro_rules! columns {
    (
        given and rating: { $($(#[$of:meta])+ $given:ident, $given_key:literal;)+ }
        texts: { $($(#[$about:meta])+ $text:ident, $text_key:literal;)+ }
        recheck: { $($(#[$on:meta])+ $recheck:ident, $recheck_key:literal;)+ }
    ) => {
        /// A column of the self-assessment table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum ColumnKey {
            $($(#[$of])+ $given,)+
            $($(#[$about])+ $text,)+
            $($(#[$on])+ $recheck,)+
        }

        /// The kinds of text beside a rating, each in the column of the same name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum TextKind {
            $($(#[$about])+ $text,)+
        }

        impl ColumnKey {
            /// The columns that every round has, in the default order in which they are issued.
            pub const ALL: [ColumnKey; [$($given_key,)+ $($text_key,)+].len()] =
                [$(ColumnKey::$given,)+ $(ColumnKey::$text,)+];

            /// The columns that are added in a round that follows an earlier one.
            pub const RECHECK: [ColumnKey; [$($recheck_key,)+].len()] = [$(ColumnKey::$recheck,)+];

            /// The column's name in references, in the record and in data. It never changes, because references (`F-3HK6Q2`) are hashes
            /// over it.
            pub fn key(self) -> &'static str {
                match self {
                    $(ColumnKey::$given => $given_key,)+
                    $(ColumnKey::$text => $text_key,)+
                    $(ColumnKey::$recheck => $recheck_key,)+
                }
            }

            /// The kind of text in the column; `None` for given columns, the rating, and the two of a re-check, whose words are not kept
            /// as texts.
            pub fn text(self) -> Option<TextKind> {
                match self {
                    $(ColumnKey::$given => None,)+
                    $(ColumnKey::$text => Some(TextKind::$text),)+
                    $(ColumnKey::$recheck => None,)+
                }
            }
        }

        impl TextKind {
            /// Every kind, in the order of the columns as issued.
            pub const ALL: [TextKind; [$($text_key,)+].len()] = [$(TextKind::$text,)+];

            /// The column that it is written in.
            pub fn column(self) -> ColumnKey {
                match self {
                    $(TextKind::$text => ColumnKey::$text,)+
                }
            }
        }
    };
}

// Each column with its key, in the default order in which they are issued. What is written in a column under `texts` is kept, whatever it
// is: a text, a date, a word from a list. A new column goes there, last if it can.
columns! {
    given and rating: {
        /// The criterion's id.
        Ref, "ref";
        /// The statement.
        Statement, "statement";
        /// The area's heading.
        Area, "area";
        /// The agency's rating.
        Rating, "rating";
    }
    texts: {
        /// What is working well.
        WorkingWell, "working_well";
        /// What the agency is worried about.
        WorriedAbout, "worried_about";
        /// What needs to happen.
        NeedsToHappen, "needs_to_happen";
        /// The role that will lead.
        ActionLead, "action_lead";
        /// By when.
        ActionDue, "action_due";
        /// What shows the rating, and where it is kept.
        Evidence, "evidence";
        /// Why the statement does not apply.
        NotApplicableReason, "not_applicable_reason";
    }
    recheck: {
        /// How the action from the previous round has gone; only in a round that follows one.
        Progress, "progress";
        /// Whether the answer from the previous round is still right; only in a round that follows one.
        StillRight, "still_right";
    }
}

impl ColumnKey {
    /// The column with this key.
    pub fn from_key(key: &str) -> Option<ColumnKey> {
        ColumnKey::ALL.into_iter().chain(ColumnKey::RECHECK).find(|column| column.key() == key)
    }
}

impl From<ColumnKey> for String {
    fn from(column: ColumnKey) -> String {
        column.key().to_string()
    }
}

impl TryFrom<String> for ColumnKey {
    type Error = String;

    fn try_from(key: String) -> Result<ColumnKey, String> {
        ColumnKey::from_key(&key).ok_or_else(|| format!("{key:?} is not the name of a column"))
    }
}

impl TextKind {
    /// The name of its column in data. It never changes.
    pub fn key(self) -> &'static str {
        self.column().key()
    }
}

/// A field of the first sheet: a label, with its value in the next filled cell to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StartField {
    /// The partnership's name.
    Partnership,
    /// The theme's title.
    Theme,
    /// The round's id.
    Round,
    /// The agency's name.
    Agency,
    /// The group that the agency answers for.
    Group,
    /// The person the workbook is sent to.
    Contact,
    /// The person's deputy.
    Deputy,
    /// When the workbook is due.
    ReturnBy,
    /// Whom to ask.
    Questions,
    /// The return code.
    ReturnCode,
    /// For how many schools, teams or the like the answers speak.
    SpeaksFor,
    /// Out of how many.
    SpeaksForOf,
    /// How they were asked, or by whom.
    AskedBy,
    /// Who filled the workbook in.
    CompletedBy,
    /// Who approved it.
    ApprovedBy,
    /// When it was approved.
    ApprovedOn,
}

impl StartField {
    /// Every field, in the order of the sheet.
    pub const ALL: [StartField; 16] = [
        StartField::Agency,
        StartField::Group,
        StartField::Contact,
        StartField::Deputy,
        StartField::ReturnBy,
        StartField::Questions,
        StartField::Partnership,
        StartField::Theme,
        StartField::ReturnCode,
        StartField::Round,
        StartField::SpeaksFor,
        StartField::SpeaksForOf,
        StartField::AskedBy,
        StartField::CompletedBy,
        StartField::ApprovedBy,
        StartField::ApprovedOn,
    ];

    /// The field's name in references and in the record. It never changes, because references are hashes over it.
    pub fn key(self) -> &'static str {
        match self {
            StartField::Partnership => "partnership",
            StartField::Theme => "theme",
            StartField::Round => "round",
            StartField::Agency => "agency",
            StartField::Group => "group",
            StartField::Contact => "contact",
            StartField::Deputy => "deputy",
            StartField::ReturnBy => "return_by",
            StartField::Questions => "questions",
            StartField::ReturnCode => "return_code",
            StartField::SpeaksFor => "speaks_for",
            StartField::SpeaksForOf => "speaks_for_of",
            StartField::AskedBy => "asked_by",
            StartField::CompletedBy => "completed_by",
            StartField::ApprovedBy => "approved_by",
            StartField::ApprovedOn => "approved_on",
        }
    }

    /// The fields that say for whom the answers speak. They are optional.
    pub const SPEAKS_FOR: [StartField; 3] = [StartField::SpeaksFor, StartField::SpeaksForOf, StartField::AskedBy];

    /// The fields of the sign-off.
    pub const SIGN_OFF: [StartField; 3] = [StartField::CompletedBy, StartField::ApprovedBy, StartField::ApprovedOn];

    /// Whether the agency fills it in.
    pub fn is_entered(self) -> bool {
        StartField::SPEAKS_FOR.contains(&self) || StartField::SIGN_OFF.contains(&self)
    }
}

/// A place in the form that a finding or a question can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    /// A column of the table.
    Column(ColumnKey),
    /// A field of the first sheet.
    Start(StartField),
    /// A cell of the table of headlines.
    Headline(HeadlineCell),
}

impl Field {
    /// The field's name in references and in the record. It never changes, because references are hashes over it.
    pub fn key(self) -> &'static str {
        match self {
            Field::Column(column) => column.key(),
            Field::Start(field) => field.key(),
            Field::Headline(cell) => cell.column.key(),
        }
    }
}

impl From<ColumnKey> for Field {
    fn from(column: ColumnKey) -> Field {
        Field::Column(column)
    }
}

impl From<StartField> for Field {
    fn from(field: StartField) -> Field {
        Field::Start(field)
    }
}

impl From<HeadlineCell> for Field {
    fn from(cell: HeadlineCell) -> Field {
        Field::Headline(cell)
    }
}

/// Red, Amber or Green, ordered from the lowest (Red) to the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rating {
    /// Not done, or weak enough to leave children at risk.
    Red,
    /// Done in part, or its difference cannot yet be shown.
    Amber,
    /// Done consistently, with evidence and a difference to show.
    Green,
}

impl Rating {
    /// The ratings in their fixed order.
    pub const ALL: [Rating; 3] = [Rating::Red, Rating::Amber, Rating::Green];

    /// The word in data: `red`, `amber` or `green`.
    pub fn key(self) -> &'static str {
        match self {
            Rating::Red => "red",
            Rating::Amber => "amber",
            Rating::Green => "green",
        }
    }

    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Rating::Red => "Red",
            Rating::Amber => "Amber",
            Rating::Green => "Green",
        }
    }

    /// The letter in charts.
    pub fn letter(self) -> &'static str {
        match self {
            Rating::Red => "R",
            Rating::Amber => "A",
            Rating::Green => "G",
        }
    }

    /// The rating with this key.
    pub fn from_key(key: &str) -> Option<Rating> {
        Rating::ALL.into_iter().find(|rating| rating.key() == key)
    }
}

/// How an action from the previous round has gone, as the agency says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ActionProgress {
    /// It is done.
    Done,
    /// It will be done by its date.
    OnTrack,
    /// It will be done later than its date.
    Delayed,
    /// It will not be done.
    Dropped,
}

impl ActionProgress {
    /// Every one, in the order of the list in the workbook.
    pub const ALL: [ActionProgress; 4] =
        [ActionProgress::Done, ActionProgress::OnTrack, ActionProgress::Delayed, ActionProgress::Dropped];

    /// The word in data.
    pub fn key(self) -> &'static str {
        match self {
            ActionProgress::Done => "done",
            ActionProgress::OnTrack => "on_track",
            ActionProgress::Delayed => "delayed",
            ActionProgress::Dropped => "dropped",
        }
    }

    /// The progress with this word.
    pub fn from_word(word: &str) -> Option<ActionProgress> {
        ActionProgress::ALL.into_iter().find(|progress| progress.word() == word)
    }

    /// The words of the list in the workbook.
    pub const WORDS: [&str; 4] = [
        ActionProgress::Done.word(),
        ActionProgress::OnTrack.word(),
        ActionProgress::Delayed.word(),
        ActionProgress::Dropped.word(),
    ];

    /// The word that people read and choose.
    pub const fn word(self) -> &'static str {
        match self {
            ActionProgress::Done => "Done",
            ActionProgress::OnTrack => "On track",
            ActionProgress::Delayed => "Delayed",
            ActionProgress::Dropped => "Dropped",
        }
    }
}
