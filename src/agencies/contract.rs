//! The contract of the list of agencies: its sheets, its columns, the words that are understood as a group.

use crate::round::{AgencyField, AgencyStatus};
use crate::theme::Group;
use crate::workbook::contract::fold;
use crate::workbook::file::book::At;

/// The sheet with the list.
pub(super) const SHEET: &str = "Agencies";

/// The sheet that says what goes into each column.
pub(super) const HELP_SHEET: &str = "What goes where";

/// A column of the list.
pub(super) struct ListColumn {
    pub field: AgencyField,
    /// Its header.
    pub header: &'static str,
    /// Other headers that people write for it, folded.
    pub synonyms: &'static [&'static str],
    /// Its least width in characters.
    pub width: f64,
    /// Whether a list must have the column. Contacts and addresses may still be empty in single rows.
    pub is_needed: bool,
    /// What goes into it.
    pub help: &'static str,
    /// An example of that.
    pub example: &'static str,
}

/// Every column, in the order in which the list is written.
pub(super) const COLUMNS: [ListColumn; 11] = [
    ListColumn {
        field: AgencyField::Id,
        header: "ID",
        synonyms: &["agency id"],
        width: 24.0,
        is_needed: false,
        help: "A short id for file names: a-z, 0-9 and hyphens. If you leave it empty, one is made from the agency's name, once.",
        example: "acute-trust",
    },
    ListColumn {
        field: AgencyField::Name,
        header: "Agency",
        synonyms: &[
            "name",
            "agency name",
            "name of agency",
            "organisation",
            "organization",
            "organisation name",
            "name of organisation",
            "partner agency",
        ],
        width: 44.0,
        is_needed: true,
        help: "The name as it should appear on workbooks and slides.",
        example: "Exampleshire Hospitals NHS Trust",
    },
    ListColumn {
        field: AgencyField::Short,
        header: "Short name",
        synonyms: &["short", "abbreviation", "known as"],
        width: 20.0,
        is_needed: false,
        help: "At most 20 characters, for charts with no room for the full name. If you leave it empty, one is made from the name.",
        example: "Hospitals",
    },
    ListColumn {
        field: AgencyField::Group,
        header: "Group",
        synonyms: &["type", "agency type", "type of agency", "organisation type", "type of organisation", "sector"],
        width: 26.0,
        is_needed: true,
        help: "Choose from the list. The group decides which statements the agency is asked to rate.",
        example: "HLT: health",
    },
    ListColumn {
        field: AgencyField::Contact,
        header: "Contact",
        synonyms: &["contact name", "name of contact", "contact person", "lead", "agency lead", "lead contact"],
        width: 24.0,
        is_needed: true,
        help: "Who fills the workbook in.",
        example: "Sam Template",
    },
    ListColumn {
        field: AgencyField::Email,
        header: "E-mail",
        synonyms: &["email", "contact email", "contact e mail", "email address", "e mail address"],
        width: 40.0,
        is_needed: true,
        help: "That person's address. Messages go there.",
        example: "hospital.safeguarding@nhs.example",
    },
    ListColumn {
        field: AgencyField::Deputy,
        header: "Deputy",
        synonyms: &["deputy contact", "second contact"],
        width: 22.0,
        is_needed: false,
        help: "Who to turn to when the contact is away.",
        example: "Lee Fictional",
    },
    ListColumn {
        field: AgencyField::ApproverRole,
        header: "Approver's role",
        synonyms: &["approver role", "approver", "role of approver"],
        width: 24.0,
        is_needed: false,
        help: "The role that approves the return.",
        example: "chief nurse",
    },
    ListColumn {
        field: AgencyField::Due,
        header: "Own due date",
        synonyms: &["due", "due date", "due on", "own date", "own deadline", "extended to"],
        width: 15.0,
        is_needed: false,
        help: "Only if it is different from the round's deadline.",
        example: "18/12/2026",
    },
    ListColumn {
        field: AgencyField::Status,
        header: "Status",
        synonyms: &[],
        width: 12.0,
        is_needed: false,
        help: "declined: it will not take part. extended: it was given more time.",
        example: "extended",
    },
    ListColumn {
        field: AgencyField::Note,
        header: "Note",
        synonyms: &["notes", "comment", "comments"],
        width: 40.0,
        is_needed: false,
        help: "For your own use: it is shown nowhere else. Write nothing about a child.",
        example: "Rang on 1 December",
    },
];

/// The column for the id in an earlier round. It is read in every list, but written only where the round goes on from an earlier one.
static GOING_ON: ListColumn = ListColumn {
    field: AgencyField::Previously,
    header: "ID last time",
    synonyms: &["previously", "id in the round before", "merged from"],
    width: 26.0,
    is_needed: false,
    help: "Only if it was different: the ID in the round before. If agencies merged, write each earlier ID, with a comma between.",
    example: "north-hospitals, south-hospitals",
};

/// The columns of a list that jtai writes.
pub(super) fn written_columns(goes_on: bool) -> impl Iterator<Item = &'static ListColumn> {
    COLUMNS.iter().chain(goes_on.then_some(&GOING_ON))
}

/// Columns that lists had before `jtai sent` noted such days. What an old list still has in them goes into the record once.
const EARLIER_COLUMNS: [ListColumn; 2] = [
    ListColumn {
        field: AgencyField::SentOn,
        header: "Sent on",
        synonyms: &["sent", "date sent"],
        width: 13.0,
        is_needed: false,
        help: "the day on which its workbook was sent",
        example: "24/11/2026",
    },
    ListColumn {
        field: AgencyField::SentCode,
        header: "Code sent",
        synonyms: &["sent code"],
        width: 20.0,
        is_needed: false,
        help: "the return code of the workbook that was sent",
        example: "",
    },
];

/// The column of a field.
pub(super) fn column(field: AgencyField) -> &'static ListColumn {
    // Every field has a column: a test walks all of them.
    all_columns().find(|column| column.field == field).expect("a column for each field")
}

/// The header of a field's column.
pub fn header(field: AgencyField) -> &'static str {
    column(field).header
}

/// The column that a header stands for; `None` where it is not known.
pub(super) fn column_of(header: &str) -> Option<&'static ListColumn> {
    // Excel writes a byte order mark at the start of a CSV file, which then belongs to the first header.
    let written = fold(header.trim_start_matches('\u{feff}'));
    all_columns().find(|column| fold(column.header) == written || column.synonyms.contains(&written.as_str()))
}

/// Every column that is read.
fn all_columns() -> impl Iterator<Item = &'static ListColumn> {
    written_columns(true).chain(&EARLIER_COLUMNS)
}

/// Other words that people write for a group, folded, besides its code and its name.
const GROUP_WORDS: [(Group, &[&str]); 8] = [
    (Group::Council, &["local authority", "childrens services", "childrens social care", "council childrens services"]),
    (Group::Police, &["constabulary"]),
    (
        Group::Health,
        &[
            "nhs",
            "icb",
            "integrated care board",
            "hospital",
            "hospitals",
            "hospital trust",
            "community health",
            "nhs trust",
        ],
    ),
    (Group::Probation, &["probation service"]),
    (Group::YouthJustice, &["yot", "yjt", "youth offending", "youth justice service"]),
    (Group::Education, &["school", "schools"]),
    (Group::Voluntary, &["voluntary", "vcse", "charity", "charities", "voluntary organisation"]),
    (Group::Leaders, &["leaders"]),
];

/// A group as the list offers it: `POL: police`.
pub(super) fn group_choice(group: Group) -> String {
    choice(group, group.words())
}

fn choice(group: Group, words: &str) -> String {
    format!("{}: {words}", group.code())
}

/// The group that somebody wrote: its code, its name, both, or a usual word for it; `None` for anything else.
pub(super) fn group_of(written: &str) -> Option<Group> {
    let written = fold(written);
    let is_it = |group: &Group| {
        [group.words(), group.earlier_words()]
            .into_iter()
            .flat_map(|words| [words.to_string(), choice(*group, words)])
            .chain([group.code().to_string()])
            .any(|name| fold(&name) == written)
    };
    // Whole words only, and never the nearest: a wrong group would ask the agency the wrong statements.
    let said = GROUP_WORDS.iter().find(|(_, words)| words.contains(&written.as_str()));
    Group::ALL.into_iter().find(is_it).or(said.map(|(group, _)| *group))
}

/// The status that somebody wrote; `None` for anything else.
pub(super) fn status_of(written: &str) -> Option<AgencyStatus> {
    AgencyStatus::ALL.into_iter().find(|status| fold(status.key()) == fold(written))
}

/// The rows and columns of a list that are not searched for signs of a child: room for 5,000 agencies and some notes.
const OWN_CELLS: (u32, u32) = (5_200, 16);

/// The cells of the list, as sheet, row and column. They are about agencies, so a telephone number or a date beside a name is not taken for
/// a child's.
pub fn cells_of_list() -> Vec<(String, At)> {
    let (rows, columns) = OWN_CELLS;
    (0..rows).flat_map(|row| (0..columns).map(move |column| (SHEET.to_string(), (row, column)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_understood_as_people_write_them_and_mean_one_thing() {
        let mut seen: Vec<String> = Vec::new();
        for known in all_columns() {
            assert_eq!(column(known.field).header, known.header);
            assert!(known.synonyms.iter().all(|synonym| fold(synonym) == *synonym), "{}", known.header);
            seen.push(fold(known.header));
            seen.extend(known.synonyms.iter().map(ToString::to_string));
        }
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), count, "no header means two columns");
        for (written, field) in [
            ("Organisation", AgencyField::Name),
            ("Type ", AgencyField::Group),
            ("Contact email", AgencyField::Email),
            ("CONTACT_NAME", AgencyField::Contact),
            ("approver_role", AgencyField::ApproverRole),
            ("sent_code", AgencyField::SentCode),
        ] {
            assert_eq!(column_of(written).map(|column| column.field), Some(field), "{written}");
        }
        assert!(column_of("Telephone").is_none());
    }

    #[test]
    fn groups_are_understood_as_people_write_them_and_never_guessed() {
        for group in Group::ALL {
            for written in [group.code().to_lowercase(), group.words().to_string(), group_choice(group)] {
                assert_eq!(group_of(&written), Some(group), "{written}");
            }
        }
        for earlier in ["LA: council children's services", "Partnership leaders", "EDU: education and early years"] {
            assert!(group_of(earlier).is_some(), "{earlier}");
        }
        assert_eq!(group_of("Children's social care"), Some(Group::Council));
        for other in ["", "Police and health", "fire", "HTL"] {
            assert_eq!(group_of(other), None, "{other}");
        }
        let offered: Vec<String> = Group::ALL.map(group_choice).to_vec();
        assert!(offered.join(",").len() <= 255, "Excel takes no longer list");
    }
}
