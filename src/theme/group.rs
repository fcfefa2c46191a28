//! The groups of agencies, and which of them are asked a statement.

use crate::core::words;

/// A group of agencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// `LA`: the council: social care, early help, housing, public health.
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

    /// The group in words that fit every agency in it: a council's housing team is not "children's services".
    pub fn words(self) -> &'static str {
        match self {
            Group::Council => "council",
            Group::Police => "police",
            Group::Health => "health",
            Group::Probation => "probation",
            Group::YouthJustice => "youth justice",
            Group::Education => "education",
            Group::Voluntary => "voluntary sector",
            Group::Leaders => "partnership",
        }
    }

    /// The group in the words of earlier versions: workbooks and lists with these words are still out and come back.
    pub fn earlier_words(self) -> &'static str {
        match self {
            Group::Council => "council children's services",
            Group::Education => "education and early years",
            Group::Voluntary => "voluntary and community sector",
            Group::Leaders => "partnership leaders",
            same => same.words(),
        }
    }

    /// Words for agencies of the group in texts, in lower case: enough to tell that one of them is meant.
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

/// The groups that are asked a criterion. `ALL` anywhere in a pack's list means every group, leaders too; a code beside it says who leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedOf {
    /// True when every group is asked.
    pub everyone: bool,
    /// The groups named: all that are asked, or, beside `ALL`, those that lead.
    pub named: Vec<Group>,
}

impl AskedOf {
    /// Whether nobody is asked.
    pub fn is_nobody(&self) -> bool {
        !self.everyone && self.named.is_empty()
    }

    /// Whether agencies of this group are asked.
    pub fn includes(&self, group: Group) -> bool {
        self.everyone || self.named.contains(&group)
    }

    /// In words: "every agency; health leads", "council and police".
    pub fn words(&self) -> String {
        let named: Vec<&str> = self.named.iter().map(|group| group.words()).collect();
        match (self.everyone, named.is_empty()) {
            (true, true) => "every agency".to_string(),
            (true, false) => {
                format!("every agency; {} {}", words::list(&named), if named.len() == 1 { "leads" } else { "lead" })
            }
            (false, _) => words::list(&named),
        }
    }

    /// The list as a pack has it, as in `HLT, ALL`.
    pub fn codes(&self) -> String {
        let named = self.named.iter().map(|group| group.code());
        named.chain(self.everyone.then_some("ALL")).collect::<Vec<_>>().join(", ")
    }
}
