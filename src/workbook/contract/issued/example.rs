//! The worked example: three invented statements with model answers, one Amber, one Green, one not applicable. The Amber answer is in the
//! words of the agency's group.

use super::issue::Issue;
use super::paper::{Caption, marked};
use super::reference_page::ReferencePage;
use crate::form::{ColumnKey, HeadlineKind, Rating};
use crate::response::SelfRating;
use crate::theme::Group;
use crate::workbook::contract::columns::{Column, EARLIER_EVIDENCE_HEADER, columns, earlier_tables};
use crate::workbook::contract::headlines::{EXAMPLE_REF, HEADLINE_COLUMNS};
use crate::workbook::contract::ratings::rating_word;
use crate::workbook::contract::sheets::{EXAMPLE_SHEET, IN_SHORT_SHEET};

/// The ratings of the invented answers, in the order of their rows.
pub const EXAMPLE_RATINGS: [SelfRating; 3] =
    [SelfRating::Rated(Rating::Amber), SelfRating::Rated(Rating::Green), SelfRating::NotApplicable];

/// The time from the deadline to the due date of the example's action, 11 weeks.
const EXAMPLE_SPAN: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 77);

/// What is in a cell that the example leaves out.
const LEFT_EMPTY: &str = "(left empty)";

/// The words of the Amber answer, which differ by group.
struct AmberExample {
    statement: &'static str,
    well: &'static str,
    worried: &'static str,
    /// The action, without the month in which staff are asked again.
    to_do: &'static str,
    lead: &'static str,
    evidence: &'static str,
    /// The three headlines: working well, worried about, needs to happen.
    in_short: [&'static str; 3],
}

/// As a hospital would say it. Up to version 1.2 of the contract every group got this one, so [`earlier_rows`] has it for all.
const IN_A_HOSPITAL: AmberExample = AmberExample {
    statement: "Staff know whom to call about a child's safety at night and at weekends, and the call is answered.",
    well: "One number for all staff since spring. In our test calls 18 of 20 were answered within ten minutes, and ward staff \
           say that they now ring earlier, so that children are seen the same night.",
    worried: "Agency staff on night shifts do not always know the number: 6 of the 14 we asked did not.",
    to_do: "Put the number on every shift handover sheet, and ask again in",
    lead: "Head of site operations",
    evidence: "safeguarding team's shared folder. Staff survey, question 4.",
    in_short: [
        "18 of 20 night calls answered within ten minutes",
        "6 of 14 agency staff on nights did not know the number",
        "Put the number on every shift handover sheet, and ask again",
    ],
};

/// As a school would say it.
const IN_A_SCHOOL: AmberExample = AmberExample {
    statement: "Staff know whom to call about a child's safety after school and in the holidays, and the call is answered.",
    well: "One number for all staff since Easter. In our test calls 18 of 20 were answered within ten minutes, and club staff \
           say that they now ring the same evening, so that children are seen before the next school day.",
    worried: "Staff of the breakfast and holiday clubs do not always know the number: 6 of the 14 we asked did not.",
    to_do: "Put the number on every club's register, and ask again in",
    lead: "Designated safeguarding lead",
    evidence: "safeguarding folder on the staff drive. Staff survey, question 4.",
    in_short: [
        "18 of 20 calls after school answered within ten minutes",
        "6 of 14 club staff did not know the number",
        "Put the number on every club's register, and ask again",
    ],
};

/// As any other agency would say it.
const ELSEWHERE: AmberExample = AmberExample {
    statement: "Staff know whom to call about a child's safety at night and at weekends, and the call is answered.",
    well: "One number for all staff since spring. In our test calls 18 of 20 were answered within ten minutes, and staff say \
           that they now ring earlier, so that children are seen the same night.",
    worried: "Temporary staff do not always know the number: 6 of the 14 we asked did not.",
    to_do: "Put the number on every duty rota, and ask again in",
    lead: "Head of operations",
    evidence: "safeguarding team's shared folder. Staff survey, question 4.",
    in_short: [
        "18 of 20 calls at night answered within ten minutes",
        "6 of 14 temporary staff did not know the number",
        "Put the number on every duty rota, and ask again",
    ],
};

fn amber(group: Group) -> &'static AmberExample {
    match group {
        Group::Health => &IN_A_HOSPITAL,
        Group::Education => &IN_A_SCHOOL,
        _ => &ELSEWHERE,
    }
}

/// A statement that does not apply to a group, and why.
fn not_applicable(group: Group) -> [&'static str; 2] {
    match group {
        Group::Police => {
            ["Every pregnant woman is asked, alone, whether she is safe at home.", "We give no maternity care."]
        }
        _ => [
            "Custody staff ask each detained parent who is looking after their children.",
            "We hold nobody in custody.",
        ],
    }
}

/// The page.
pub(super) fn example(issue: &Issue<'_>) -> ReferencePage {
    let columns = columns(issue.round);
    let answers: Vec<[String; 3]> =
        columns.iter().map(|column| cells(column.key, amber(issue.agency.group), issue)).collect();
    let row = |at: usize| answers.iter().map(|cells| cells[at].clone()).collect();
    ReferencePage {
        sheet: EXAMPLE_SHEET,
        title: "Worked example: three statements, answered well",
        lead: "Invented statements and invented answers.".into(),
        caption: Caption {
            name: "WorkedExample",
            alt_text: "Three filled rows of the self-assessment: one Amber, one Green, one not applicable",
            has_filters: false,
        },
        headers: columns.iter().map(|column| (column.header, column.width_chars)).collect(),
        rows: vec![row(0), row(1), row(2)],
    }
}

/// What the three answers have in a column. Their dates are around those of the round, so that the example never looks out of date.
fn cells(key: ColumnKey, example: &AmberExample, issue: &Issue<'_>) -> [String; 3] {
    let [statement, why_not] = not_applicable(issue.agency.group);
    let due = issue.round.deadline.saturating_add(EXAMPLE_SPAN);
    let amber_only = |amber: String| [amber, LEFT_EMPTY.into(), LEFT_EMPTY.into()];
    match key {
        ColumnKey::Ref => [EXAMPLE_REF.into(), format!("{EXAMPLE_REF} 2"), format!("{EXAMPLE_REF} 3")],
        ColumnKey::Area => ["Out of hours", "Supervision", "First contact"].map(String::from),
        ColumnKey::Statement => [
            example.statement.into(),
            "Staff talk over their work with children in supervision, at least every six weeks.".into(),
            statement.into(),
        ],
        ColumnKey::Rating => EXAMPLE_RATINGS.map(|rating| rating_word(rating).into()),
        ColumnKey::WorkingWell => [
            example.well.into(),
            "22 of 24 staff had supervision on time in the last quarter. In 17 of 20 records that we read, the plan for the child \
             changed after it."
                .into(),
            LEFT_EMPTY.into(),
        ],
        ColumnKey::WorriedAbout => amber_only(example.worried.into()),
        ColumnKey::NeedsToHappen => amber_only(format!("{} {}.", example.to_do, due.strftime("%B"))),
        ColumnKey::ActionLead => amber_only(example.lead.into()),
        ColumnKey::ActionDue => amber_only(due.strftime("%d/%m/%Y").to_string()),
        ColumnKey::Evidence => [
            format!("Test call log, {}, {}", month_before(issue), example.evidence),
            format!("Supervision audit of 20 records, {}, quality lead's shared folder.", month_before(issue)),
            LEFT_EMPTY.into(),
        ],
        ColumnKey::NotApplicableReason => [LEFT_EMPTY.into(), LEFT_EMPTY.into(), why_not.into()],
        ColumnKey::Progress | ColumnKey::StillRight => [LEFT_EMPTY; 3].map(String::from),
    }
}

/// The month before the workbooks are issued.
fn month_before(issue: &Issue<'_>) -> String {
    issue.round.issue_date().saturating_sub(jiff::Span::new().months(1)).strftime("%B %Y").to_string()
}

/// The headlines of the first answer, which are under the example: their title, then headers and rows. The line comes before its Ref here,
/// because the second column of the example is wide and the third is not.
pub fn example_in_short(group: Group) -> (String, Vec<[&'static str; 3]>) {
    let [kind, reference, line] = HEADLINE_COLUMNS.each_ref().map(|column| column.header);
    let [well, worried, to_do] = amber(group).in_short;
    let row = |kind: HeadlineKind, line| [kind.label(), line, EXAMPLE_REF];
    let rows = vec![
        [kind, line, reference],
        row(HeadlineKind::WorkingWell, well),
        row(HeadlineKind::WorriedAbout, worried),
        row(HeadlineKind::NeedsToHappen, to_do),
    ];
    (format!("The first answer on the sheet {IN_SHORT_SHEET}"), rows)
}

/// Every text under the example's rows, and every text of the page in version 1.3 of the contract and before, each with its column.
pub(super) fn further_texts(issue: &Issue<'_>) -> Vec<(u32, String)> {
    let (heading, rows) = example_in_short(issue.agency.group);
    // In version 1.3 of the contract the line came last.
    let earlier = rows.clone().into_iter().map(|[kind, line, reference]| [kind, reference, line]);
    let in_short = rows.into_iter().chain(earlier).flat_map(|row| (0..).zip(row.map(str::to_string)));
    let earlier_heads = [
        "Worked example: one statement, answered well".to_string(),
        marked(issue.paper(), "An invented statement and an invented answer."),
    ];
    let heads = std::iter::once(heading).chain(earlier_heads).map(|text| (0, text));
    heads.chain(in_short).chain(earlier_rows(issue)).collect()
}

/// The headers and the rows of every earlier table: of each version that had fewer columns, and of version 1.3 of the contract and before,
/// in which the area came before the statement.
fn earlier_rows(issue: &Issue<'_>) -> Vec<(u32, String)> {
    let texts = |column: &Column| {
        let header = if column.key == ColumnKey::Evidence { EARLIER_EVIDENCE_HEADER } else { column.header };
        let [in_a_hospital, ..] = cells(column.key, &IN_A_HOSPITAL, issue);
        let [amber, green, not_applicable] = cells(column.key, amber(issue.agency.group), issue);
        [column.header.to_string(), header.to_string(), amber, in_a_hospital, green, not_applicable]
    };
    let placed = |table: Vec<&Column>| {
        (0..).zip(table).flat_map(|(at, column)| texts(column).map(|text| (at, text))).collect::<Vec<_>>()
    };
    earlier_tables(issue.round).into_iter().flat_map(placed).collect()
}
