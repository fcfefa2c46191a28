//! What `round.toml` says.

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

/// How many months around its due date a return can be approved in.
const MONTHS_AROUND: i64 = 3;

/// What the officer settled about one file in `returns/`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnEntry {
    /// The file, relative to the round's folder, with `/` between folders.
    pub file: String,
    /// The agency it is from; `None` where the entry only sets it aside.
    pub agency: Option<AgencyId>,
    /// False when the file is not to be used.
    pub is_used: bool,
}

/// A text that was held back, because it may identify a child, and that a named person found not to.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleared {
    /// The file, relative to the round's folder, with `/` between folders.
    pub file: String,
    /// The sheet's name.
    pub sheet: String,
    /// The cell, as people write it: `D7`.
    pub cell: String,
    /// How the SHA-256 of the file begins, so that another file of its name is not cleared with it: 8 hexadecimal digits or more.
    pub sha256: String,
    /// Who looked at it.
    pub by: String,
    /// When.
    pub on: Option<Date>,
}

/// The partnership's own look, as written; the usual one where nothing is.
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
    /// Whom agencies ask; an e-mail address or a telephone number.
    pub contact: String,
    /// Who decides for the business unit, where a command does not say; empty where nobody is named. A name as typed, not proven.
    pub officer: String,
    /// The round whose answers its workbooks carry in; `None` for a round that does not go on from one.
    pub goes_on_from: Option<RoundId>,
    /// Until when the business unit keeps the workbooks, in the words that agencies read; empty where the round does not say.
    pub kept_until: String,
    /// The order of the three columns.
    pub column_order: ColumnOrder,
    /// The bases that agencies rate; the rest inform.
    pub rate: Vec<Basis>,
    /// Further packs whose statements are asked beside the theme's.
    pub include: Vec<ThemeId>,
    /// The agencies, in the order of every list.
    pub agencies: Vec<Agency>,
    /// What the officer settled about single files.
    pub returns: Vec<ReturnEntry>,
    /// Texts that may be shown after all.
    pub cleared: Vec<Cleared>,
    /// The look of the presentation.
    pub branding: Branding,
}

impl Round {
    /// What each agency is called where its name has no room, in the order of [`Round::agencies`]: the list's short name, else one made
    /// from the name. At most 20 characters; those that are made differ from all others.
    pub fn short_names(&self) -> Vec<String> {
        short_names(&self.agencies, &self.partnership)
    }

    /// The id of a new round.
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

    /// The days on which an agency can have approved its return: from the issue of its workbook to three months after it is due, or after
    /// fieldwork starts.
    pub fn approval_days(&self, agency: &Agency) -> ApprovalDays {
        let due = self.due(agency);
        let last = self.fieldwork_starts.unwrap_or(due).max(due);
        let months = |months: i64| Span::new().months(months);
        let first = self.issued_on.unwrap_or_else(|| due.saturating_sub(months(MONTHS_AROUND)));
        ApprovalDays { first, last: last.saturating_add(months(MONTHS_AROUND)) }
    }

    /// The date that the workbooks carry: when they were issued, or the deadline where `round.toml` does not say.
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

    /// Workbooks that were sent on a day still to come, which is a slip of the pen.
    pub fn sent_to_come(&self, today: Date) -> Vec<Finding> {
        let finding = |agency: &Agency| {
            let sent_on = agency.sent_on.filter(|day| *day > today)?;
            let found = format!(
                "the day on which {} was sent its workbook, {}, is still to come",
                agency.name,
                words::date(sent_on)
            );
            let place = agency.place.at(AgencyField::SentOn);
            // Not about the agency: the slip is the officer's.
            let finding =
                Finding::new(Code::DateOdd, place, found, "the day it was sent", "correct it, or empty the cell");
            Some(finding.naming(format!("{} {sent_on}", agency.id)))
        };
        self.agencies.iter().filter_map(finding).collect()
    }

    /// That the machine's clock is before the day on which the workbooks were issued, so that every date of today is wrong.
    pub fn clock_behind(&self, today: Date) -> Option<Finding> {
        let issued_on = self.issued_on.filter(|issued_on| today < *issued_on)?;
        let found = format!(
            "today is {} by the clock of this machine, and the workbooks were issued on {}",
            words::date(today),
            words::date(issued_on)
        );
        let remedy = "set the clock right and run this again; dates in what was written are those of the clock";
        Some(Finding::new(Code::ClockBehind, Place::file(ROUND_FILE), found, "a day after the issue", remedy))
    }

    /// That the deadline is over before workbooks go out.
    pub fn deadline_over(&self, today: Date) -> Option<Finding> {
        (self.deadline < today).then(|| {
            let found = format!("the deadline, {}, has passed", words::date(self.deadline));
            let remedy = "set a later deadline before you send workbooks";
            Finding::new(Code::DeadlineOver, Place::file(ROUND_FILE), found, "a day to come", remedy)
        })
    }

    /// The statements that would be rated and that no agency of the round is asked, in the theme's order.
    pub fn put_to_nobody<'t>(&self, theme: &'t Theme) -> Vec<&'t Criterion> {
        let rated = theme.criteria().map(|(_, criterion)| criterion).filter(|criterion| self.rates(criterion.basis));
        let is_asked =
            |criterion: &&Criterion| self.agencies.iter().any(|agency| criterion.asked.includes(agency.group));
        rated.filter(|criterion| !is_asked(criterion)).collect()
    }

    /// What the officer should know before anything is issued: statements asked of nobody, groups in scope with no agency,
    /// agencies with no statement, and whether the theme's wording was checked.
    pub fn coverage(&self, theme: &Theme) -> Vec<Finding> {
        let file = self.agencies.first().map_or(AGENCIES_FILE, |agency| agency.place.row.file.as_str());
        let mut findings = Vec::new();
        if !theme.is_checked() {
            let found = match theme.checked_by.trim() {
                "" => {
                    format!("nobody has yet checked the wording of \"{}\" against the published framework", theme.title)
                }
                name => {
                    format!("{name} is named under checked_by and no day under checked_on, so the wording is unchecked")
                }
            };
            let remedy =
                "compare it, then fill checked_by and checked_on in theme.toml; until then workbooks and slides say so";
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
