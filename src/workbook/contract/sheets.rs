//! The names of the sheets, with the version of the contract, the keys of the metadata.

/// The version of the contract: a higher major is refused with advice, a higher minor is read with a warning.
pub const FORMAT: Format = Format { major: 1, minor: 5 };

/// A version of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Format {
    /// Changes when an older reader would misunderstand the workbook.
    pub major: u32,
    /// Changes when something is added that an older reader can ignore.
    pub minor: u32,
}

impl Format {
    /// The version as written in a workbook, such as `1.0`.
    pub fn parse(text: &str) -> Option<Format> {
        let (major, minor) = text.trim().split_once('.')?;
        Some(Format { major: major.parse().ok()?, minor: minor.parse().ok()? })
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// The sheet that says what this is and how to fill it in.
pub const START_SHEET: &str = "Start here";

/// The sheet with the self-assessment table.
pub const SELF_ASSESSMENT_SHEET: &str = "Self-assessment";

/// The sheet for an agency's own headlines.
pub const IN_SHORT_SHEET: &str = "In short";

/// The sheet that shows each statement with everything written about it on one page, to print.
pub const PRINT_SHEET: &str = "To print";

/// The sheet with a filled row to learn from.
pub const EXAMPLE_SHEET: &str = "Worked example";

/// The sheet with what helps to answer each statement; left out where the theme has nothing to say.
pub const GUIDANCE_SHEET: &str = "Guidance";

/// The sheet that explains words of the field; left out where the theme explains none.
pub const GLOSSARY_SHEET: &str = "Glossary";

/// The sheet that says where each statement comes from.
pub const SOURCES_SHEET: &str = "Sources";

/// The very-hidden sheet of metadata.
pub const METADATA_SHEET: &str = "jtai";

/// The sheet with the questions on a return, first in a workbook that goes back to an agency.
pub const QUESTIONS_SHEET: &str = "Questions";

/// The headers of the list on [`QUESTIONS_SHEET`]: the question's reference first, the agency's reply last.
pub const QUESTION_HEADERS: [&str; 5] =
    ["Question", "Where", "What you wrote", "What to do", "Your reply, if the cells cannot say it"];

/// How many of these columns are given; the rest are for the agency.
pub const QUESTION_COLUMNS: u16 = 4;

/// How many columns the list had in version 1.1 and before, when the reference was under what to do.
pub const EARLIER_QUESTION_COLUMNS: u32 = 3;

/// How our own notes on cells in question begin. Any other note is the agency's and is reported.
pub const QUESTION_NOTE: &str = "Question: ";

/// Every sheet that can be issued, in the workbook's order. A sheet of any other name was added by the agency.
pub const SHEETS: [&str; 10] = [
    QUESTIONS_SHEET,
    START_SHEET,
    SELF_ASSESSMENT_SHEET,
    IN_SHORT_SHEET,
    PRINT_SHEET,
    EXAMPLE_SHEET,
    GUIDANCE_SHEET,
    GLOSSARY_SHEET,
    SOURCES_SHEET,
    METADATA_SHEET,
];

/// The name of the Excel table in [`SELF_ASSESSMENT_SHEET`].
pub const TABLE: &str = "SelfAssessment";

/// The name of the Excel table in [`IN_SHORT_SHEET`].
pub const IN_SHORT_TABLE: &str = "InShort";

/// A piece of identity, stored under one name as a custom document property and as a row of [`METADATA_SHEET`]. The return code on the
/// first sheet is a third place. Any of them can get lost on the way (Gnumeric leaves the properties out), and one is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MetadataKey {
    /// [`FORMAT`].
    Format,
    /// The round's id.
    Round,
    /// The theme's id.
    Theme,
    /// The fingerprint of the theme as issued.
    Fingerprint,
    /// The agency's id.
    Agency,
    /// The return code.
    ReturnCode,
    /// Which issue of the agency's workbook it is, counted from 1.
    Issue,
    /// How many questions a workbook with questions asks; no other workbook has it.
    Questions,
}

impl MetadataKey {
    /// Every key, in the order of the sheet.
    pub const ALL: [MetadataKey; 8] = [
        MetadataKey::Format,
        MetadataKey::Round,
        MetadataKey::Theme,
        MetadataKey::Fingerprint,
        MetadataKey::Agency,
        MetadataKey::ReturnCode,
        MetadataKey::Issue,
        MetadataKey::Questions,
    ];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            MetadataKey::Format => "jtai-format",
            MetadataKey::Round => "jtai-round",
            MetadataKey::Theme => "jtai-theme",
            MetadataKey::Fingerprint => "jtai-theme-fingerprint",
            MetadataKey::Agency => "jtai-agency",
            MetadataKey::ReturnCode => "jtai-return-code",
            MetadataKey::Issue => "jtai-issue",
            MetadataKey::Questions => "jtai-questions",
        }
    }
}
