//! The contract of the workbook, stated once: sheet names, headers, labels, metadata keys, rating words, return codes.
//!
//! The writer and the reader both walk these tables; no other file holds one of these literals.
//!
//! # Changelog of the contract
//!
//! - 1.0: the first.
//! - 1.1: the sheets `Guidance` and `Glossary`; group, contact, deputy, due date and contact for questions on the first sheet; the
//!   number of the issue in the metadata.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::hash;
use crate::response::{Answer, Rating, SelfRating};
use crate::round::{AgencyId, RoundId};
use crate::theme::ColumnOrder;

/// The version of the contract: a higher major is refused with advice, a higher minor is read with a warning.
pub const FORMAT: Format = Format { major: 1, minor: 1 };

/// A version of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Format {
    /// Changes when an older reader would misunderstand the workbook.
    pub major: u32,
    /// Changes when something is added that an older reader may pass over.
    pub minor: u32,
}

impl Format {
    /// The version as written in a workbook, as in `1.0`.
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
/// The sheet that holds the table.
pub const SELF_ASSESSMENT_SHEET: &str = "Self-assessment";
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
/// Every sheet that can be issued, in the workbook's order.
pub const SHEETS: [&str; 7] =
    [START_SHEET, SELF_ASSESSMENT_SHEET, EXAMPLE_SHEET, GUIDANCE_SHEET, GLOSSARY_SHEET, SOURCES_SHEET, METADATA_SHEET];
/// The name of the Excel table in [`SELF_ASSESSMENT_SHEET`].
pub const TABLE: &str = "SelfAssessment";

/// What a column of the table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnKey {
    /// The criterion's id.
    Ref,
    /// The area's heading.
    Area,
    /// The statement.
    Statement,
    /// The agency's rating.
    Rating,
    /// What is working well.
    WorkingWell,
    /// What the agency is worried about.
    WorriedAbout,
    /// What needs to happen.
    NeedsToHappen,
    /// The role that will lead.
    ActionLead,
    /// By when.
    ActionDue,
    /// Evidence and where it is kept.
    Evidence,
    /// Why the statement does not apply.
    NotApplicableReason,
}

/// How a column is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Written when the workbook is issued; locked.
    Given,
    /// One of the rating words, from a list.
    Rating,
    /// Text of any length, with a guide.
    Text,
    /// A short text.
    Short,
    /// A date.
    Date,
}

/// One column of the table.
#[derive(Debug)]
pub struct Column {
    /// What it holds.
    pub key: ColumnKey,
    /// Its header, unique in the table.
    pub header: &'static str,
    /// Its least width in characters of the body font.
    pub width_chars: f64,
    /// How it is filled.
    pub entry: Entry,
    /// What the input message says when a cell is chosen: at most 255 characters; empty for a given column.
    pub prompt: &'static str,
    /// Other headers that are understood, folded as [`fold`] does.
    pub synonyms: &'static [&'static str],
}

/// The columns in their default order. A new column is one entry here; the compiler asks for the rest.
pub const COLUMNS: [Column; 11] = [
    Column {
        key: ColumnKey::Ref,
        header: "Ref",
        width_chars: 12.5,
        entry: Entry::Given,
        prompt: "",
        synonyms: &["reference", "id", "ref no"],
    },
    Column {
        key: ColumnKey::Area,
        header: "Area",
        width_chars: 15.0,
        entry: Entry::Given,
        prompt: "",
        synonyms: &["section"],
    },
    Column {
        key: ColumnKey::Statement,
        header: "Statement",
        width_chars: 31.0,
        entry: Entry::Given,
        prompt: "",
        synonyms: &["criterion", "criteria"],
    },
    Column {
        key: ColumnKey::Rating,
        header: "Our rating",
        width_chars: 12.0,
        entry: Entry::Rating,
        prompt: "Choose Red, Amber, Green or Not applicable for your own agency's part. The sheet Start here says what each means.",
        synonyms: &["rating", "rag", "rag rating", "your rating"],
    },
    Column {
        key: ColumnKey::WorkingWell,
        header: "What is working well",
        width_chars: 36.0,
        entry: Entry::Text,
        prompt: "What your agency does well here, and what difference it has made to children. About 250 characters is a good length.",
        synonyms: &["working well", "whats working well", "what is going well"],
    },
    Column {
        key: ColumnKey::WorriedAbout,
        header: "What are we worried about",
        width_chars: 36.0,
        entry: Entry::Text,
        prompt: "What is not good enough yet, or what you do not know. About 250 characters is a good length. No child may be named.",
        synonyms: &["worried about", "what we are worried about", "worries"],
    },
    Column {
        key: ColumnKey::NeedsToHappen,
        header: "What needs to happen",
        width_chars: 36.0,
        entry: Entry::Text,
        prompt: "The next step that would make the biggest difference. One action is enough; add its lead and date beside it.",
        synonyms: &["needs to happen", "actions", "next steps"],
    },
    Column {
        key: ColumnKey::ActionLead,
        header: "Which role will lead",
        width_chars: 22.0,
        entry: Entry::Short,
        prompt: "A role, not a person's name: for example Head of public protection.",
        synonyms: &["role", "lead", "who will lead", "lead role"],
    },
    Column {
        key: ColumnKey::ActionDue,
        header: "By when",
        width_chars: 14.0,
        entry: Entry::Date,
        prompt: "A date, as in 31/01/2027.",
        synonyms: &["when", "date", "due", "due date"],
    },
    Column {
        key: ColumnKey::Evidence,
        header: "Evidence and where it is kept",
        width_chars: 36.0,
        entry: Entry::Text,
        prompt: "What shows this, its date, and where it is kept. Name it; do not paste it. No child-level data.",
        synonyms: &["evidence", "evidence and location"],
    },
    Column {
        key: ColumnKey::NotApplicableReason,
        header: "If not applicable, why",
        width_chars: 30.0,
        entry: Entry::Text,
        prompt: "Only where the rating is Not applicable: why this is no part of your agency's work.",
        synonyms: &["why not applicable", "reason"],
    },
];

/// The columns in the order that the round chose.
pub fn columns(order: ColumnOrder) -> Vec<&'static Column> {
    let mut columns: Vec<&Column> = COLUMNS.iter().collect();
    if order == ColumnOrder::WorriedFirst {
        let at = |key| COLUMNS.iter().position(|column| column.key == key).unwrap_or_default();
        columns.swap(at(ColumnKey::WorkingWell), at(ColumnKey::WorriedAbout));
    }
    columns
}

/// The longest text that can be a header, in bytes; longer ones are not folded to find out.
const LONGEST_HEADER: usize = 200;

/// What a text means as a header, whatever the case, blanks and punctuation: a column, and whether by its own header or by a
/// synonym; `None` for any other text.
pub fn header(text: &str) -> Option<(ColumnKey, HeaderKind)> {
    static KNOWN: LazyLock<HashMap<String, (ColumnKey, HeaderKind)>> = LazyLock::new(|| {
        let own = COLUMNS.iter().map(|column| (fold(column.header), (column.key, HeaderKind::Own)));
        let of = |column: &'static Column| {
            column.synonyms.iter().map(|text| (text.to_string(), (column.key, HeaderKind::Synonym)))
        };
        own.chain(COLUMNS.iter().flat_map(of)).collect()
    });
    if text.len() > LONGEST_HEADER { None } else { KNOWN.get(&fold(text)).copied() }
}

/// How a header was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderKind {
    /// As it was issued.
    Own,
    /// As one of its synonyms.
    Synonym,
}

/// What an answer says in a column, empty where nothing is written; `None` for the columns that are given.
pub fn entered(answer: &Answer, key: ColumnKey) -> Option<&str> {
    let texts = &answer.texts;
    let text = match key {
        ColumnKey::Ref | ColumnKey::Area | ColumnKey::Statement => return None,
        ColumnKey::Rating => &answer.as_written,
        ColumnKey::WorkingWell => &texts.working_well,
        ColumnKey::WorriedAbout => &texts.worried_about,
        ColumnKey::NeedsToHappen => &texts.needs_to_happen,
        ColumnKey::ActionLead => &texts.action_lead,
        ColumnKey::ActionDue => &texts.action_due,
        ColumnKey::Evidence => &texts.evidence,
        ColumnKey::NotApplicableReason => &texts.not_applicable_reason,
    };
    Some(text)
}

/// A field of [`START_SHEET`]: a label, with its value in the next filled cell to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Who stands in for that person.
    Deputy,
    /// When the workbook is due.
    ReturnBy,
    /// Whom to ask.
    Questions,
    /// The return code.
    ReturnCode,
    /// Who filled the workbook in.
    CompletedBy,
    /// Who approved it.
    ApprovedBy,
    /// When it was approved.
    ApprovedOn,
}

impl StartField {
    /// Every field, in the order of the sheet.
    pub const ALL: [StartField; 13] = [
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
        StartField::CompletedBy,
        StartField::ApprovedBy,
        StartField::ApprovedOn,
    ];

    /// The label in the sheet.
    pub fn label(self) -> &'static str {
        match self {
            StartField::Partnership => "Partnership",
            StartField::Theme => "Theme",
            StartField::Round => "Round",
            StartField::Agency => "Agency",
            StartField::Group => "Group",
            StartField::Contact => "Sent to",
            StartField::Deputy => "If they are away",
            StartField::ReturnBy => "Return by",
            StartField::Questions => "Questions to",
            StartField::ReturnCode => "Return code",
            StartField::CompletedBy => "Completed by (name and role)",
            StartField::ApprovedBy => "Approved by (name and role)",
            StartField::ApprovedOn => "Approved on (date)",
        }
    }

    /// Whether the agency fills it in.
    pub fn is_entered(self) -> bool {
        matches!(self, StartField::CompletedBy | StartField::ApprovedBy | StartField::ApprovedOn)
    }
}

/// A piece of identity, kept under one name as a custom document property and as a row of [`METADATA_SHEET`].
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
}

impl MetadataKey {
    /// Every key, in the order of the sheet.
    pub const ALL: [MetadataKey; 7] = [
        MetadataKey::Format,
        MetadataKey::Round,
        MetadataKey::Theme,
        MetadataKey::Fingerprint,
        MetadataKey::Agency,
        MetadataKey::ReturnCode,
        MetadataKey::Issue,
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
        }
    }
}

/// The answers that the rating list offers, each with everything else that is understood as it, in lower case.
/// What is not here is quoted and asked about, never guessed.
pub const RATING_WORDS: [(SelfRating, &str, &[&str]); 4] = [
    (SelfRating::Rated(Rating::Red), "Red", &["r"]),
    (SelfRating::Rated(Rating::Amber), "Amber", &["a"]),
    (SelfRating::Rated(Rating::Green), "Green", &["g"]),
    (SelfRating::NotApplicable, "Not applicable", &["n/a", "n.a.", "n.a", "na"]),
];

/// What a text in the rating column means, whatever its case and the blanks around it. Only white space is nothing; anything
/// else that is not understood is unreadable.
pub fn rating(written: &str) -> SelfRating {
    let folded = written.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if folded.is_empty() {
        return SelfRating::Blank;
    }
    let known = RATING_WORDS
        .iter()
        .find(|(_, word, others)| word.to_lowercase() == folded || others.contains(&folded.as_str()));
    known.map_or(SelfRating::Unreadable, |(rating, ..)| *rating)
}

/// The word that the rating list offers for an answer; empty for blank and unreadable, which it does not offer.
pub fn rating_word(rating: SelfRating) -> &'static str {
    RATING_WORDS.iter().find(|(known, ..)| *known == rating).map_or("", |(_, word, _)| word)
}

/// Folds a header or label for comparison: lower case, apostrophes and question marks gone, and every other run of blanks (the
/// non-breaking ones too), full stops, commas, colons, hyphens and underscores made one blank.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.to_lowercase().chars() {
        let c = match c {
            '\'' | '’' | '‘' | '?' => continue,
            c if c.is_whitespace() || matches!(c, '.' | ',' | ':' | '-' | '_') => ' ',
            c => c,
        };
        if c != ' ' || !(folded.is_empty() || folded.ends_with(' ')) {
            folded.push(c);
        }
    }
    folded.trim_end().to_string()
}

/// The characters of return codes: Crockford's base 32, which leaves out I, L, O and U, so that no two look alike.
const CODE_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The most issues of one agency's workbook that a return code is looked up among.
pub const MOST_ISSUES: u32 = 20;

/// The visible return code of one agency's workbook in one round, as in `JT-7K3Q-9XMD-4`.
///
/// The first 40 bits of the SHA-256 of the two ids, and of the number from the second issue on, in eight characters, then a
/// check character. It says which workbook this is to whoever knows the round's agencies, and nothing to anybody else. Among
/// 40 agencies two codes agree by chance once in about 1.4 thousand million rounds. A contract with another major version
/// must make other codes, so that the code alone tells the format.
pub fn return_code(round: &RoundId, agency: &AgencyId, issue: u32) -> String {
    let of = if issue > 1 { format!("{round}/{agency}/{issue}") } else { format!("{round}/{agency}") };
    let digest = hash::sha256(of.as_bytes());
    let bits = digest[..5].iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
    let body: String = (0..8).map(|at| char::from(CODE_ALPHABET[(bits >> (35 - 5 * at) & 31) as usize])).collect();
    let check = check_character(&body);
    format!("JT-{}-{}-{check}", &body[..4], &body[4..])
}

/// The return codes of every issue of an agency's workbook.
pub fn return_codes(round: &RoundId, agency: &AgencyId) -> impl Iterator<Item = String> {
    (1..=MOST_ISSUES).map(move |issue| return_code(round, agency, issue))
}

/// The check character over a code's eight characters: the sum of their values, each times its place from 1 to 8, modulo 31.
///
/// As 31 is prime and no weight is a multiple of it, any one wrong character and any two neighbours swapped are noticed,
/// but for the two characters whose values are 31 apart, `0` and `Z`.
fn check_character(body: &str) -> char {
    let value = |c: u8| CODE_ALPHABET.iter().position(|known| *known == c).unwrap_or_default();
    let sum: usize = body.bytes().enumerate().map(|(at, c)| (at + 1) * value(c)).sum();
    char::from(CODE_ALPHABET[sum % 31])
}

/// What a text says as a return code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeReading {
    /// A code in its usual form whose check character agrees.
    Good(String),
    /// Something like a code whose check character does not agree: mistyped.
    Mistyped,
    /// No code.
    None,
}

/// Reads a return code in any case, with or without its hyphens; I and L are read as 1 and O as 0, as they look.
pub fn read_return_code(text: &str) -> CodeReading {
    let plain: String = text.to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let Some(rest) = plain.strip_prefix("JT") else { return CodeReading::None };
    let rest = rest.replace(['I', 'L'], "1").replace('O', "0");
    if rest.len() != 9 || !rest.bytes().all(|c| CODE_ALPHABET.contains(&c)) {
        return CodeReading::None;
    }
    let (body, check) = rest.split_at(8);
    if check.starts_with(check_character(body)) {
        CodeReading::Good(format!("JT-{}-{}-{check}", &body[..4], &body[4..]))
    } else {
        CodeReading::Mistyped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_keep_excels_limits_and_are_free_of_doubles() {
        assert!(SHEETS.iter().all(|name| name.len() <= 31));
        let list: Vec<&str> = RATING_WORDS.iter().map(|(_, word, _)| *word).collect();
        assert!(list.join(",").len() <= 255);
        let mut seen = Vec::new();
        for column in &COLUMNS {
            assert!(column.prompt.chars().count() <= 255, "{}", column.header);
            seen.push(fold(column.header));
            seen.extend(column.synonyms.iter().map(ToString::to_string));
            assert!(column.synonyms.iter().all(|synonym| fold(synonym) == *synonym), "{}", column.header);
        }
        seen.sort();
        assert!(seen.windows(2).all(|pair| pair[0] != pair[1]), "{seen:?}");
    }

    #[test]
    fn ratings_are_understood_or_unreadable_and_never_guessed() {
        for (written, meant) in [
            ("Green", SelfRating::Rated(Rating::Green)),
            (" GREEN\u{a0}", SelfRating::Rated(Rating::Green)),
            ("r", SelfRating::Rated(Rating::Red)),
            ("N/A", SelfRating::NotApplicable),
            ("n.a.", SelfRating::NotApplicable),
            ("not  applicable", SelfRating::NotApplicable),
            (" \u{a0}\n", SelfRating::Blank),
        ] {
            assert_eq!(rating(written), meant, "{written:?}");
        }
        for written in
            ["Amber/Green", "Amber Green", "Green?", "A-", "G-", "2", "#REF!", "-", "amber-ish", "Red Amber", "?"]
        {
            assert_eq!(rating(written), SelfRating::Unreadable, "{written:?}");
        }
    }

    #[test]
    fn a_return_code_survives_the_telephone_and_tells_a_slip() {
        let code = return_code(&RoundId("a-round".into()), &AgencyId("police".into()), 1);
        assert_eq!(read_return_code(&code.to_lowercase().replace('-', " ")), CodeReading::Good(code.clone()));
        assert_eq!(read_return_code("police"), CodeReading::None);
        let body: String = code[3..].replace('-', "");
        for at in 0..8 {
            let mut slipped = body.clone().into_bytes();
            slipped[at] = if slipped[at] == b'7' { b'8' } else { b'7' };
            let slipped = format!("JT{}", String::from_utf8_lossy(&slipped));
            assert_eq!(read_return_code(&slipped), CodeReading::Mistyped, "{slipped}");
        }
    }

    #[test]
    fn headers_are_understood_in_spite_of_case_and_punctuation() {
        let key = |text: &str| header(text).map(|(key, _)| key);
        assert_eq!(key(" what is WORKING\u{a0}well? "), Some(ColumnKey::WorkingWell));
        assert_eq!(key("What's working well"), Some(ColumnKey::WorkingWell));
        assert_eq!(key("If not applicable: why"), Some(ColumnKey::NotApplicableReason));
        assert_eq!(key("Our manager's view"), None);
    }
}
