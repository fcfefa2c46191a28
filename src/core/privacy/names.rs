//! Finds what looks like a person's name (first names, two words with capitals, initials) and leaves out words that only look like one.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::patterns::Pattern;

/// Two words with capitals, hyphens and apostrophes in them too, or a word and an initial, or two initials.
pub(super) const NAME_WORDS: &str =
    r"\b(\p{Lu}(?:[\p{L}'’]|-\p{Lu})+|\p{Lu}\.)\s?(\p{Lu}(?:[\p{L}'’]|-\p{Lu})+|\p{Lu}\b\.?)";

/// What looks like a name of two words.
static NAME: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(NAME_WORDS));

/// The list of first names. Its first lines say where it is from.
const LIST: &str = include_str!("first_names.txt");

/// First names in lower case, each with whether it is also an ordinary word.
static FIRST_NAMES: LazyLock<HashMap<String, bool>> = LazyLock::new(|| {
    let lines = LIST.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| (line.trim_end_matches('*').to_lowercase(), line.ends_with('*'))).collect()
});

/// A first name in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct FirstName {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether it is also an ordinary word: Grace, Will.
    pub is_word: bool,
}

/// A word with a capital, with what is joined to it by hyphens: Ellie-Mae.
static CAPITAL: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"\b\p{Lu}\p{L}+(?:-\p{Lu}?\p{L}+)*"));

/// The first names in a text, in order. Two joined by a hyphen are one name.
pub(super) fn first_names(text: &str) -> impl Iterator<Item = FirstName> {
    CAPITAL.find_iter(text).filter_map(|found| {
        let word = found.as_str();
        let first = word.split('-').next().unwrap_or(word);
        let is_word = *FIRST_NAMES.get(&first.to_lowercase())?;
        let is_double = word.len() > first.len();
        Some(FirstName { start: found.start(), end: found.end(), is_word: is_word && !is_double })
    })
}

/// Words before a name that is not a child's: the title of somebody at work, or a word such as "operation" for a project.
static BEFORE_STAFF: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix) (?: \b(?: dr | prof(?:essor)? | cllr | councillor | sir | dame | lord | lady | judge | justice | rev | det | dci | di | ds | dc | pc | pcso | supt | superintendent | chief | inspector | insp | sergeant | sgt | constable | ch
          | operation | op | project | programme | team | the\s+late | saint | st | uncle\s+tom | chair(?:ed)?(?:\s+by)? | led\s+by | lead | by | contact: | signed | author | owner | approved\s+by | completed\s+by | scrutineer | (?-i:Ask)
          | head | manager | officer | director | nurse | doctor | teacher | practitioner | commissioner | consultant | coordinator | lead\s+is | colleague | facilitated\s+by | delivered\s+by | trainer | named\s+(?:nurse|doctor|gp) )
          [:.,]? \s* | \bthe \s | ['“‘\x22] ) $",
    )
});

/// Words after a name of somebody at work, a project or a review.
static BEHIND_STAFF: LazyLock<Pattern> = LazyLock::new(|| {
    let role = r"(?i:head|lead|managers?|director|officer|chair|nurse|doctor|gp|teacher|inspector|sergeant|constable|commissioner|co-?ordinator|scrutineer|advis[eo]r|consultant|practitioner|analyst|administrator|chief|ceo|dsl|dpo|secretary|superintendent|dci|di|ds|trainer|safeguarding|business|midwife|psychologist|paediatrician|social\s+worker|support\s+worker|solicitor|auditor|champion)";
    Pattern::new(&format!(
        r"(?x) ^ (?: ['’]s?\s+ (?: Law | Rule | Place | House | Trust | Centre | Story | Fund | Legacy | \p{{Lu}} )
          | (?:\s+\p{{Lu}}[\p{{L}}'’\-]*){{0,2}} \s*[,(:\-]\s* (?:[\p{{L}}'’\-&]+\s+){{0,3}} {role}\b
          | (?:\s+\p{{Lu}}[\p{{L}}'’\-]*){{1,2}} \s+ (?:[\p{{L}}\-]+\s+){{0,2}} {role}\b
          | (?:\s+\p{{Lu}}[\p{{L}}'’\-]*)? \s+ (?i: from\s+(?:hr|it|the|our) | will\s+lead | leads\b | chairs\b | chaired | led\b | manages | is\s+the\s+(?:lead|head|manager|chair|link|name) | joined | retired | has\s+been\s+appointed | was\s+appointed | signed\s+off | approved | wrote\s+the\s+(?:policy|report) )
          | (?:\s+\p{{L}}[\p{{L}}'’\-]*){{0,2}} \s+ (?i: project | programme | centre | center | house | trust | review | inquiry | enquiry | report | foundation | school | academy | hospital | unit | team | tool | app | model | award | charter | scheme | hub | law | ward | suite | college | road | street | st | lane | hall | lodge | court | green | nursery | teams )\b )"
    ))
});

/// Whether a first name is that of somebody at work, of a project or a review.
pub(super) fn is_staff(sentence: &str, name: FirstName) -> bool {
    BEFORE_STAFF.is_match(&sentence[..name.start]) || BEHIND_STAFF.is_match(&sentence[name.end..])
}

/// Whether a text has what looks like a person's name.
pub(super) fn has_name(text: &str) -> bool {
    NAME.captures_iter(text).any(|found| is_name(&found))
}

/// Whether two words with capitals are a name with certainty: one is a first name from the list, or an initial with a dot.
pub(super) fn is_listed_name(capture: &regex::Captures<'_>) -> bool {
    let is_known = |at: usize| {
        capture.get(at).is_some_and(|word| {
            let first = word.as_str().split('-').next().unwrap_or_default().to_lowercase();
            word.as_str().ends_with('.') || FIRST_NAMES.contains_key(&first)
        })
    };
    is_name(capture) && (is_known(1) || is_known(2))
}

/// Whether a text has such a name.
pub(super) fn has_listed_name(text: &str) -> bool {
    NAME.captures_iter(text).any(|found| is_listed_name(&found))
}

/// Whether two words with capitals can be a name.
pub(super) fn is_name(capture: &regex::Captures<'_>) -> bool {
    let word = |at: usize| capture.get(at).map_or(String::new(), |part| part.as_str().to_lowercase());
    // The pattern also takes one word in capitals, such as MACE, for two with nothing between them.
    let is_one_word = |first: regex::Match<'_>| {
        !first.as_str().ends_with('.') && capture.get(2).is_some_and(|second| second.start() == first.end())
    };
    // "See LCS": two to four capitals after an ordinary word are an abbreviation.
    let is_short = |second: regex::Match<'_>| {
        let is_capital = second.as_str().chars().all(char::is_uppercase);
        (2..=4).contains(&second.as_str().len()) && is_capital && capture[1].chars().any(char::is_lowercase)
    };
    !capture.get(1).is_some_and(is_one_word)
        && !capture.get(2).is_some_and(is_short)
        && !NO_NAMES.contains(&word(1).as_str())
        && !NO_NAMES.contains(&word(2).as_str())
}

/// Whether a word, in lower case, is never part of a child's name.
pub(super) fn is_no_name(word: &str) -> bool {
    NO_NAMES.contains(&word)
}

/// Whether capitals are an abbreviation of the field, and so not initials.
pub(super) fn is_abbreviation(capitals: &str) -> bool {
    ABBREVIATIONS.contains(&capitals)
}

/// Abbreviations of two to four letters that people in the field use.
const ABBREVIATIONS: &[&str] = &[
    "AM", "PM", "AI", "AMHP", "ASB", "ASD", "BAME", "BBC", "BME", "BWC", "CAF", "CAMH", "CCE", "CCG", "CDOP", "CE",
    "CEO", "CFO", "CIC", "CIN", "CJS", "CLA", "COO", "CP", "CPA", "CPD", "CPN", "CPP", "CPS", "CQC", "CSA", "CSC",
    "CSE", "CSP", "CYP", "DA", "DASH", "DBS", "DCI", "DCS", "DCT", "DI", "DFE", "DHR", "DLO", "DPO", "DS", "DSL", "DV",
    "ED", "EET", "EH", "EHA", "EHC", "EHCP", "EHE", "EHM", "EIF", "ELT", "EPO", "ERF", "EU", "EYFS", "FE", "FGM",
    "FGC", "FII", "FNP", "FOI", "FT", "FTE", "GDPR", "GP", "GPS", "HBV", "HE", "HMIP", "HR", "HQ", "HV", "ICB", "ICO",
    "ICON", "ICPC", "ICS", "ID", "IDVA", "IRO", "ISVA", "IT", "JTAI", "KPI", "LA", "LAC", "LADO", "LCJB", "LCS",
    "LGBT", "LPS", "LSCP", "MACE", "MASA", "MASH", "MDT", "MET", "MH", "MHA", "MP", "NAI", "NCA", "NEET", "NFA", "NHS",
    "NI", "NICE", "NMC", "NRM", "NSP", "NVR", "OK", "PA", "PACE", "PC", "PCC", "PCSO", "PD", "PEP", "PHE", "PLO",
    "PPN", "PPU", "PR", "PRU", "PSHE", "PSED", "QA", "RAG", "RI", "RPA", "RSE", "RSO", "SAB", "SAR", "SARC", "SCR",
    "SEN", "SENCO", "SEND", "SG", "SGO", "SIO", "SLA", "SLT", "SMT", "SOP", "SPA", "SPOC", "SSW", "STI", "SUDI", "SW",
    "TAC", "TAF", "TOR", "UASC", "UK", "US", "VAWG", "VCS", "VRU", "WT", "YJB", "YJS", "YOI", "YOS", "YOT", "YP", "TV",
];

/// Words that are often written with a capital and are never part of a child's name.
const NO_NAMES: &[&str] = &[
    "id",
    "mosaic",
    "liquidlogic",
    "eclipse",
    "niche",
    "ticket",
    "urn",
    "ref",
    "no",
    "invoice",
    "contract",
    "order",
    "form",
    "grant",
    "company",
    "charity",
    "ofsted",
    "cqc",
    "mash",
    "qa",
    "cse",
    "agm",
    "iopc",
    "plan",
    "strategy",
    "report",
    "reports",
    "meeting",
    "minutes",
    "policy",
    "training",
    "paper",
    "version",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "the",
    "this",
    "our",
    "we",
    "in",
    "of",
    "child",
    "children",
    "children's",
    "family",
    "families",
    "social",
    "care",
    "police",
    "health",
    "board",
    "council",
    "trust",
    "school",
    "schools",
    "service",
    "services",
    "team",
    "act",
    "early",
    "help",
    "case",
    "record",
    "audit",
    "dip",
    "sample",
    "review",
    "panel",
    "hub",
    "head",
    "board's",
    "safeguarding",
    "partnership",
    "integrated",
    "hospital",
];
