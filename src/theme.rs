//! What an inspection looks at: a [`Theme`] of [`Area`]s and [`Criterion`]s, read from one TOML file.
//!
//! A theme is data: a new one needs no Rust. `criteria/_template.toml` is the manual of its format.

mod read;

use jiff::civil::Date;

use crate::core::hash;
use crate::core::ids::{AreaId, CriterionId, ThemeId};
use crate::core::words;

pub use read::read;

/// Writes the list of packs from their file stems.
macro_rules! packs {
    ($($id:literal),* $(,)?) => {
        &[$(($id, include_str!(concat!("../criteria/", $id, ".toml"))),)*]
    };
}

/// The packs that travel inside the program: file stem, which is the theme's id, and TOML text. In the order of `theme list`:
/// what inspections look at now, then the newest of the retired, then what any round can add.
pub const BUILT_IN: &[(&str, &str)] = packs![
    "child-sexual-abuse-2025",
    "front-door",
    "programme-wide",
    "domestic-abuse-2024",
    "serious-youth-violence-2023",
    "need-help-2022",
    "criminal-exploitation-2022",
    "mental-health-2019",
    "neglect-2017",
    "domestic-abuse-2016",
    "exploitation-2016",
];

/// The commented manual of the format, as text.
pub const TEMPLATE: &str = include_str!("../criteria/_template.toml");

/// What kind of statement a criterion is, and so what may be said of it. The letters are those of the packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// `C`: an official evaluation criterion.
    Criterion,
    /// `S`: an official statement of what inspectors will evaluate.
    Scope,
    /// `R`: an official criterion as a third party reports it.
    Reported,
    /// `L`: what inspectors really looked at, from published letters. Never called an official criterion.
    LineOfEnquiry,
}

impl Basis {
    /// Every basis, in the order of the packs.
    pub const ALL: [Basis; 4] = [Basis::Criterion, Basis::Scope, Basis::Reported, Basis::LineOfEnquiry];

    /// The letter in files: `C`, `S`, `R` or `L`.
    pub fn letter(self) -> &'static str {
        match self {
            Basis::Criterion => "C",
            Basis::Scope => "S",
            Basis::Reported => "R",
            Basis::LineOfEnquiry => "L",
        }
    }

    /// The basis in the words that stand wherever the statement is printed.
    pub fn words(self) -> &'static str {
        match self {
            Basis::Criterion => "Official evaluation criterion",
            Basis::Scope => "Official statement of what inspectors will evaluate",
            Basis::Reported => "Official criterion as reported by others",
            Basis::LineOfEnquiry => "Line of enquiry: what inspectors looked at elsewhere, not an official criterion",
        }
    }

    /// The basis in few words, for where a slide or a cell has little room.
    pub fn short_words(self) -> &'static str {
        match self {
            Basis::Criterion => "official criteria",
            Basis::Scope => "official scope",
            Basis::Reported => "criteria as reported by others",
            Basis::LineOfEnquiry => "lines of enquiry, not official criteria",
        }
    }

    /// The basis with this letter.
    pub fn from_letter(letter: &str) -> Option<Basis> {
        Basis::ALL.into_iter().find(|basis| basis.letter() == letter)
    }
}

/// A group of agencies: the codes of the packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// `LA`: council children's social care and early help.
    Council,
    /// `POL`: police.
    Police,
    /// `HLT`: health: the integrated care board and providers.
    Health,
    /// `PRB`: probation.
    Probation,
    /// `YJS`: youth justice.
    YouthJustice,
    /// `EDU`: schools, colleges, early years.
    Education,
    /// `VCS`: voluntary and community sector.
    Voluntary,
    /// `LED`: leaders of the safeguarding partnership.
    Leaders,
}

impl Group {
    /// Every group, in the order in which lists show them.
    pub const ALL: [Group; 8] = [
        Group::Council,
        Group::Police,
        Group::Health,
        Group::Probation,
        Group::YouthJustice,
        Group::Education,
        Group::Voluntary,
        Group::Leaders,
    ];

    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Group::Council => "LA",
            Group::Police => "POL",
            Group::Health => "HLT",
            Group::Probation => "PRB",
            Group::YouthJustice => "YJS",
            Group::Education => "EDU",
            Group::Voluntary => "VCS",
            Group::Leaders => "LED",
        }
    }

    /// The group in words.
    pub fn words(self) -> &'static str {
        match self {
            Group::Council => "council children's services",
            Group::Police => "police",
            Group::Health => "health",
            Group::Probation => "probation",
            Group::YouthJustice => "youth justice",
            Group::Education => "education and early years",
            Group::Voluntary => "voluntary and community sector",
            Group::Leaders => "partnership leaders",
        }
    }

    /// What texts call agencies of the group, besides their names, in lower case: enough to see that one of them is spoken of.
    pub fn called(self) -> &'static [&'static str] {
        match self {
            Group::Council => &[
                "social care",
                "social worker",
                "social workers",
                "children's services",
                "local authority",
                "the council",
            ],
            Group::Police => &["police"],
            Group::Health => &[
                "hospital",
                "hospitals",
                "gp",
                "gps",
                "midwife",
                "midwives",
                "midwifery",
                "health visitor",
                "health visitors",
                "the nhs",
            ],
            Group::Probation => &["probation"],
            Group::YouthJustice => &["youth justice"],
            Group::Education => &["schools", "colleges", "nurseries"],
            Group::Voluntary => &["voluntary sector", "charities"],
            Group::Leaders => &[],
        }
    }

    /// The group with this code, in any case.
    pub fn from_code(code: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.code().eq_ignore_ascii_case(code.trim()))
    }
}

/// Whom a criterion is asked of. `ALL` anywhere in a pack's list means every group, leaders too; a code beside it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// True when every group is asked.
    pub everyone: bool,
    /// The groups named: all that are asked, or, beside `ALL`, those that lead.
    pub named: Vec<Group>,
}

impl Asked {
    /// Whether agencies of this group are asked.
    pub fn includes(&self, group: Group) -> bool {
        self.everyone || self.named.contains(&group)
    }

    /// The list as it stands in a pack, as in `HLT, ALL`.
    pub fn codes(&self) -> String {
        let named = self.named.iter().map(|group| group.code());
        named.chain(self.everyone.then_some("ALL")).collect::<Vec<_>>().join(", ")
    }
}

/// One thing to be rated. People see the word "statement"; "criterion" is printed only for [`Basis::Criterion`].
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Its id.
    pub id: CriterionId,
    /// The statement in full: 1 to 2,000 characters.
    pub text: String,
    /// What kind of statement it is.
    pub basis: Basis,
    /// Whom it is asked of.
    pub asked: Asked,
    /// Where the statement comes from.
    pub source: String,
    /// True when the wording is a pack writer's and not the source's own.
    pub paraphrase: bool,
    /// What Green looks like for this statement; empty where the pack does not say.
    pub green_looks_like: String,
    /// Questions that help to answer; empty where the pack has none.
    pub prompts: Vec<String>,
    /// What the ratings mean for this statement, where that differs from the theme's definitions.
    pub ratings: StatementRatings,
}

/// What Red, Amber and Green mean for one statement; each empty where the theme's own definition holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatementRatings {
    /// What Red means here.
    pub red: String,
    /// What Amber means here.
    pub amber: String,
    /// What Green means here.
    pub green: String,
}

impl StatementRatings {
    /// Whether the theme's own definitions hold for all three.
    pub fn is_empty(&self) -> bool {
        *self == StatementRatings::default()
    }
}

/// A word of the field and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The word or the letters.
    pub term: String,
    /// What it means, in plain words.
    pub meaning: String,
}

/// A heading over criteria.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its id.
    pub id: AreaId,
    /// The heading.
    pub title: String,
    /// A shorter heading for charts, at most 40 characters; the heading itself where the pack gives none.
    pub short_title: String,
    /// What stands under it, in the pack's order.
    pub criteria: Vec<Criterion>,
}

/// How far a pack's wording may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Shipped with the tool as a start; to be checked against the published framework.
    Starter,
    /// Made from pasted text; refused by `issue` until a named person has checked it.
    Draft,
    /// Kept by a partnership as its own.
    Own,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 3] = [Status::Starter, Status::Draft, Status::Own];

    /// The word in a pack.
    pub fn key(self) -> &'static str {
        match self {
            Status::Starter => "starter",
            Status::Draft => "draft",
            Status::Own => "own",
        }
    }
}

/// The order of the three columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnOrder {
    /// Working well, worried about, needs to happen: the order of the partnership guidance.
    WorkingWellFirst,
    /// Worried about first: the method's standard order.
    WorriedFirst,
}

impl ColumnOrder {
    /// Both orders.
    pub const ALL: [ColumnOrder; 2] = [ColumnOrder::WorkingWellFirst, ColumnOrder::WorriedFirst];

    /// The word in files.
    pub fn key(self) -> &'static str {
        match self {
            ColumnOrder::WorkingWellFirst => "working-well-first",
            ColumnOrder::WorriedFirst => "worried-first",
        }
    }
}

/// The published framework that a pack is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Framework {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When; `None` where only a month or nothing is known.
    pub published: Option<Date>,
}

/// What Red, Amber, Green and Not applicable mean in this theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Definitions {
    /// What Red means.
    pub red: String,
    /// What Amber means.
    pub amber: String,
    /// What Green means.
    pub green: String,
    /// What Not applicable means.
    pub not_applicable: String,
}

impl Default for Definitions {
    /// Suggested definitions in our own words. They ask for the difference made to children, because inspectors look for
    /// outcomes and not only for compliance (ADCS briefing on the first joint targeted area inspections, 2016).
    fn default() -> Definitions {
        Definitions {
            red: "We do not do this, or it is weak enough to leave children at risk; action is urgent.".into(),
            amber: "We do this in part, or not consistently, or cannot yet show the difference it makes; \
                    actions are in hand."
                .into(),
            green:
                "We do this consistently, we can show evidence, and we can show what difference it makes to children."
                    .into(),
            not_applicable: "This does not apply to our agency; we say why.".into(),
        }
    }
}

/// What an inspection looks at.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Its id.
    pub id: ThemeId,
    /// The theme in words, as in "Children who are victims of domestic abuse".
    pub title: String,
    /// Which time this theme runs, where it ran more than once; `None` otherwise.
    pub run: Option<i64>,
    /// How far the wording may be trusted.
    pub status: Status,
    /// True when no inspections on this theme are running any more.
    pub is_retired: bool,
    /// How complete the pack is, in a sentence or two.
    pub completeness: String,
    /// Who checked the wording against the published framework; empty until somebody has.
    pub checked_by: String,
    /// When it was checked; `None` until it has been.
    pub checked_on: Option<Date>,
    /// The published framework.
    pub framework: Framework,
    /// The groups that this theme's inspections look at.
    pub groups_in_scope: Vec<Group>,
    /// The bases that the pack recommends to rate; the rest inform.
    pub rate: Vec<Basis>,
    /// The order of the three columns that the pack recommends.
    pub column_order: ColumnOrder,
    /// What the ratings mean.
    pub definitions: Definitions,
    /// Words of the field that the workbook explains.
    pub glossary: Vec<Term>,
    /// The areas, in order.
    pub areas: Vec<Area>,
    /// What was written when the theme was frozen into a round; `None` in a pack.
    pub as_issued: Option<AsIssued>,
}

/// The fingerprints of a theme at the time its workbooks were issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsIssued {
    /// Of the whole: [`Theme::fingerprint`].
    pub fingerprint: String,
    /// Of each criterion: [`Criterion::fingerprint`].
    pub criteria: Vec<(CriterionId, String)>,
}

/// How a theme differs from what was issued.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Criteria that were not issued.
    pub added: Vec<CriterionId>,
    /// Criteria that were issued and are gone.
    pub dropped: Vec<CriterionId>,
    /// Criteria whose wording, basis, groups or source changed.
    pub reworded: Vec<CriterionId>,
}

impl Theme {
    /// Every criterion with its area, in order.
    pub fn criteria(&self) -> impl Iterator<Item = (&Area, &Criterion)> {
        self.areas.iter().flat_map(|area| area.criteria.iter().map(move |criterion| (area, criterion)))
    }

    /// The criterion with this id, and its area.
    pub fn criterion(&self, id: &CriterionId) -> Option<(&Area, &Criterion)> {
        self.criteria().find(|(_, criterion)| criterion.id == *id)
    }

    /// Whether a named person has checked the wording against the published framework, with a date.
    pub fn is_checked(&self) -> bool {
        !self.checked_by.trim().is_empty() && self.checked_on.is_some()
    }

    /// The notice that stands on workbooks and decks until the wording is checked; `None` once it is.
    pub fn notice(&self) -> Option<&'static str> {
        match self.status {
            _ if self.is_checked() => None,
            Status::Starter => Some("Starter wording, not yet checked against the published framework."),
            Status::Draft | Status::Own => Some("Wording not yet checked against the published framework."),
        }
    }

    /// A fingerprint of wording and structure: 16 hexadecimal digits that change when a statement, its basis, its groups,
    /// an area or a rating's definition does, and do not change when a comment, the check or the status does.
    pub fn fingerprint(&self) -> String {
        let mut parts: Vec<String> = vec![self.id.to_string(), self.title.clone()];
        let Definitions { red, amber, green, not_applicable } = &self.definitions;
        parts.extend([red, amber, green, not_applicable].map(Clone::clone));
        for area in &self.areas {
            parts.extend([area.id.to_string(), area.title.clone()]);
            parts.extend(area.criteria.iter().flat_map(Criterion::parts));
        }
        fingerprint(&parts)
    }

    /// What to write when the theme is frozen into a round.
    pub fn freeze(&self) -> AsIssued {
        let criteria = self.criteria().map(|(_, criterion)| (criterion.id.clone(), criterion.fingerprint()));
        AsIssued { fingerprint: self.fingerprint(), criteria: criteria.collect() }
    }

    /// How this theme differs from another state of itself.
    pub fn changes_since(&self, issued: &AsIssued) -> Changes {
        let now = self.freeze().criteria;
        let was = |id: &CriterionId| issued.criteria.iter().find(|(other, _)| other == id);
        let is_now = |id: &CriterionId| now.iter().any(|(other, _)| other == id);
        let ids = |criteria: Vec<&(CriterionId, String)>| criteria.into_iter().map(|(id, _)| id.clone()).collect();
        Changes {
            added: ids(now.iter().filter(|(id, _)| was(id).is_none()).collect()),
            dropped: ids(issued.criteria.iter().filter(|(id, _)| !is_now(id)).collect()),
            reworded: ids(now.iter().filter(|(id, print)| was(id).is_some_and(|(_, other)| other != print)).collect()),
        }
    }
}

impl Criterion {
    /// Whether the pack has anything that helps to answer it.
    pub fn has_guidance(&self) -> bool {
        !(self.green_looks_like.is_empty() && self.prompts.is_empty() && self.ratings.is_empty())
    }

    /// A fingerprint of one criterion: 16 hexadecimal digits that change with its wording, basis, groups, source or ratings.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.parts())
    }

    /// What a fingerprint is made of.
    fn parts(&self) -> Vec<String> {
        let StatementRatings { red, amber, green } = &self.ratings;
        let mut parts = vec![
            self.id.to_string(),
            self.text.clone(),
            self.basis.letter().into(),
            self.asked.codes(),
            self.source.clone(),
        ];
        parts.extend([red, amber, green].map(Clone::clone));
        parts
    }
}

impl Changes {
    /// Whether no criterion differs. The theme's own words may: title, areas, definitions.
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    /// "added OWN-1.2; reworded OWN-1.1 and OWN-2.1", or what else can have changed.
    pub fn words(&self) -> String {
        let named = |what: &str, ids: &[CriterionId]| {
            let ids: Vec<&str> = ids.iter().map(CriterionId::as_str).collect();
            (!ids.is_empty()).then(|| format!("{what} {}", words::list(&ids)))
        };
        let said = [named("added", &self.added), named("dropped", &self.dropped), named("reworded", &self.reworded)];
        let said: Vec<String> = said.into_iter().flatten().collect();
        if said.is_empty() { "its title, an area or a rating's definition changed".into() } else { said.join("; ") }
    }
}

/// 16 hexadecimal digits of the SHA-256 of some texts.
fn fingerprint(parts: &[String]) -> String {
    // Each part with its length before it, so that no two lists of parts give the same bytes.
    let parts: String = parts.iter().map(|part| format!("{} {part}", part.len())).collect();
    let mut hex = hash::sha256_hex(parts.as_bytes());
    hex.truncate(16);
    hex
}
