//! The settings of a round, and what can be worked out from them.

use super::agency::{Agency, AgencyField};
use super::folder::{AGENCIES_FILE, ROUND_FILE};
use super::short_name::short_names;
use crate::core::approval::ApprovalDays;
use crate::core::finding::{Code, Finding, Place};
use crate::core::ids::{AgencyId, RoundId, ThemeId};
use crate::core::names::RelativeName;
use crate::core::words;
use crate::theme::{Area, Basis, ColumnOrder, Criterion, Theme};
use jiff::Span;
use jiff::civil::Date;

/// How many months after its due date, or after fieldwork starts, a return can still be approved. Without a day of issue, also how many
/// before.
const MONTHS_AROUND: i64 = 3;

/// What the officer wrote in `round.toml` about one file in `returns/`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnEntry {
    /// The file, relative to the round's folder, with `/` between folders.
    pub file: String,
    /// The agency it is from; `None` if the entry only sets it aside.
    pub agency: Option<AgencyId>,
    /// False when the file is not to be used.
    pub is_used: bool,
}

/// A text that was held back because it may identify a child, until a named person found that it does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleared {
    /// The file, relative to the round's folder, with `/` between folders.
    pub file: String,
    /// The sheet's name.
    pub sheet: String,
    /// The cell, as people write it: `D7`.
    pub cell: String,
    /// The first 8 or more hexadecimal digits of the file's SHA-256, so that a later file with the same name is not cleared with it.
    pub sha256: String,
    /// Who looked at it.
    pub by: String,
    /// When.
    pub on: Option<Date>,
}

/// The partnership's own logo and colours, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Branding {
    /// The logo's file in the round's folder; `None` for no logo.
    pub logo: Option<RelativeName>,
    /// The first colour; empty for the usual one.
    pub colour: String,
    /// The second colour; empty for the usual one.
    pub second_colour: String,
}

/// One benchmarking exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// The id of its theme.
    pub theme: ThemeId,
    /// The partnership's name.
    pub partnership: String,
    /// When the workbooks were issued; `None` before.
    pub issued_on: Option<Date>,
    /// When returns are due.
    pub deadline: Date,
    /// The first day of fieldwork; `None` until an inspection is notified.
    pub fieldwork_starts: Option<Date>,
    /// The protective marking, in the partnership's own words; empty for none.
    pub marking: String,
    /// Whom agencies can ask: an e-mail address or a telephone number.
    pub contact: String,
    /// Who decides for the business unit if a command does not say; empty if nobody is named. Nobody checks that it is true.
    pub officer: String,
    /// The earlier round whose answers are carried into its workbooks; `None` if it does not go on from one.
    pub goes_on_from: Option<RoundId>,
    /// Until when the business unit keeps the workbooks, in the words that agencies read; empty if the round does not say.
    pub kept_until: String,
    /// The order of the three columns.
    pub column_order: ColumnOrder,
    /// The bases that agencies rate. Statements of the others are for information.
    pub rate: Vec<Basis>,
    /// Further packs whose statements are asked beside the theme's.
    pub include: Vec<ThemeId>,
    /// The agencies, in the order in which they are shown everywhere.
    pub agencies: Vec<Agency>,
    /// What the officer wrote about single files.
    pub returns: Vec<ReturnEntry>,
    /// Texts that are read although they were held back.
    pub cleared: Vec<Cleared>,
    /// The look of the presentation.
    pub branding: Branding,
}

impl Round {
    /// The short name of each agency, in the order of [`Round::agencies`]: that in the list, else one made from the name. Each has at most
    /// 20 characters. Names that are made differ from all others.
    pub fn short_names(&self) -> Vec<String> {
        short_names(&self.agencies, &self.partnership)
    }

    /// Makes the id of a new round.
    pub fn new_id(theme: &ThemeId, partnership: &str, deadline: Date) -> RoundId {
        RoundId(format!("{theme}-{}-{deadline}", words::slug(partnership)))
    }

    /// The round's id.
    pub fn id(&self) -> &RoundId {
        &self.id
    }

    /// The agency with this id.
    pub fn agency(&self, id: &AgencyId) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == *id)
    }

    /// When this agency's return is due.
    pub fn due(&self, agency: &Agency) -> Date {
        agency.due.unwrap_or(self.deadline)
    }

    /// The days on which an agency can have approved its return. They begin with the issue of its workbook, and end three months after its
    /// due date or the start of fieldwork, whichever is later.
    pub fn approval_days(&self, agency: &Agency) -> ApprovalDays {
        let due = self.due(agency);
        let last = self.fieldwork_starts.unwrap_or(due).max(due);
        let months = |months: i64| Span::new().months(months);
        let first = self.issued_on.unwrap_or_else(|| due.saturating_sub(months(MONTHS_AROUND)));
        ApprovalDays { first, last: last.saturating_add(months(MONTHS_AROUND)) }
    }

    /// The date on the workbooks: when they were issued, or the deadline if `round.toml` does not say.
    pub fn issue_date(&self) -> Date {
        self.issued_on.unwrap_or(self.deadline)
    }

    /// Whether agencies rate statements of this basis; the others inform.
    pub fn rates(&self, basis: Basis) -> bool {
        self.rate.contains(&basis)
    }

    /// The statements that this agency is asked to rate, with their areas, in the theme's order.
    pub fn statements<'t>(&self, theme: &'t Theme, agency: &Agency) -> Vec<(&'t Area, &'t Criterion)> {
        theme.criteria().filter(|(_, criterion)| theme.is_rated_by(criterion, agency.group, &self.rate)).collect()
    }

    /// Findings about workbooks noted as sent on a day in the future, which is a slip of the pen.
    pub fn sent_to_come(&self, today: Date) -> Vec<Finding> {
        let finding = |agency: &Agency| {
            let sent_on = agency.sent_on.filter(|day| *day > today)?;
            let found = format!(
                "the day on which {} was sent its workbook, {}, is still to come",
                agency.name,
                words::date(sent_on)
            );
            let place = agency.place.at(AgencyField::SentOn);
            // Not `about` the agency, because the slip is the officer's.
            let finding =
                Finding::new(Code::DateOdd, place, found, "the day it was sent", "correct it, or empty the cell");
            Some(finding.naming(format!("{} {sent_on}", agency.id)))
        };
        self.agencies.iter().filter_map(finding).collect()
    }

    /// The finding that the computer's clock is before the day on which the workbooks were issued, so that every date it gives is wrong.
    pub fn clock_behind(&self, today: Date) -> Option<Finding> {
        let issued_on = self.issued_on.filter(|issued_on| today < *issued_on)?;
        let found = format!(
            "today is {} by the clock of this computer, but the workbooks were issued on {}",
            words::date(today),
            words::date(issued_on)
        );
        let remedy = "set the clock right and run this again; files written until then have the wrong date";
        Some(Finding::new(Code::ClockBehind, Place::file(ROUND_FILE), found, "that day or a later one", remedy))
    }

    /// The finding that the deadline has passed before workbooks are sent.
    pub fn deadline_over(&self, today: Date) -> Option<Finding> {
        (self.deadline < today).then(|| {
            let found = format!("the deadline, {}, has passed", words::date(self.deadline));
            let remedy = "set a later deadline before you send workbooks";
            Finding::new(Code::DeadlineOver, Place::file(ROUND_FILE), found, "today or later", remedy)
        })
    }

    /// The statements to be rated that no agency of the round is asked, in the theme's order.
    pub fn put_to_nobody<'t>(&self, theme: &'t Theme) -> Vec<&'t Criterion> {
        let rated = theme.criteria().map(|(_, criterion)| criterion).filter(|criterion| self.rates(criterion.basis));
        let is_asked =
            |criterion: &&Criterion| self.agencies.iter().any(|agency| criterion.asked.includes(agency.group));
        rated.filter(|criterion| !is_asked(criterion)).collect()
    }

    /// Findings for the officer before anything is issued: statements that nobody is asked, groups in scope without an agency, agencies
    /// without a statement, and wording that nobody has checked.
    pub fn coverage(&self, theme: &Theme) -> Vec<Finding> {
        // In a round of an earlier version the agencies may still be in round.toml.
        let file = self.agencies.first().map_or(AGENCIES_FILE, |agency| agency.place.row.file.as_str());
        let mut findings = Vec::new();
        if !theme.is_checked() {
            let found = match theme.checked_by.trim() {
                "" => {
                    format!("nobody has yet checked the wording of \"{}\" against the published framework", theme.title)
                }
                name => {
                    format!("checked_by names {name}, but checked_on has no day, so the wording counts as unchecked")
                }
            };
            let remedy = "compare it, then fill in checked_by and checked_on in theme.toml; until then workbooks and slides say so";
            let finding = Finding::new(Code::ThemeUnchecked, Place::file("theme.toml"), found, "", remedy);
            findings.push(finding.naming(theme.id.as_str()));
        }
        for criterion in self.put_to_nobody(theme) {
            let found = format!("no agency is asked statement {} (for {})", criterion.id, criterion.asked.codes());
            let remedy = "add an agency of that group, or accept that nobody rates it";
            let finding = Finding::new(Code::StatementUnasked, Place::file(file), found, "", remedy);
            findings.push(finding.on(&criterion.id));
        }
        for group in &theme.groups_in_scope {
            if !self.agencies.iter().any(|agency| agency.group == *group) {
                let found =
                    format!("no agency is in the group {} ({}), which the theme looks at", group.words(), group.code());
                let remedy = "add an agency in this group, or carry on if that is intended";
                let finding = Finding::new(Code::GroupUnrepresented, Place::file(file), found, "", remedy);
                findings.push(finding.naming(group.code()));
            }
        }
        for agency in self.agencies.iter().filter(|agency| self.statements(theme, agency).is_empty()) {
            let found = format!(
                "no statement applies to {} (group {}), so it gets no workbook",
                agency.name,
                agency.group.code()
            );
            let remedy = "check its group, or take it out of the round";
            let place = agency.place.at(AgencyField::Group);
            findings.push(Finding::new(Code::AgencyUnasked, place, found, "", remedy).about(&agency.id));
        }
        findings
    }
}
