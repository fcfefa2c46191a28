//! Settles findings: a named person's decision on each goes on record, with a reason. No agency's file is changed.

mod choices;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use crate::app::collect::{self, Collected};
use crate::app::failure::Failure;
use crate::app::lines;
use crate::app::machine::surroundings::Surroundings;
use crate::app::record;
use crate::app::report::prepare;
use crate::core::due::DueDay;
use crate::core::fields::nearest;
use crate::core::finding::{Code, Decision, Finding, Place, ReadAs, Reference, Remedy, Severity};
use crate::core::ids::AgencyId;
use crate::core::quoting::quote;
use crate::core::words;
use crate::intake::decisions;
use crate::intake::decisions::fitting::{DecisionKind, is_for_one_file, is_for_whole_file, possible};
use crate::record::{Entry, EntryId, NewEntry, Record, Recorded, Settled, Withdrawn, sign_of_a_child};
use crate::response::SelfRating;
use crate::workbook::contract;

/// The request.
#[derive(Debug, Clone, PartialEq)]
pub struct SettleWishes {
    /// The findings' references, as typed; the last may be the round's folder.
    pub references: Vec<String>,
    /// The decision as typed; `None` to list the decisions that fit.
    pub decision: Option<TypedDecision>,
    /// Who decided it; the round's officer where nobody is named.
    pub by: Option<String>,
    /// Why.
    pub why: String,
    /// Whether the agency is meant although the workbook names a different one.
    pub is_sure: bool,
    /// The round's folder.
    pub round: PathBuf,
}

/// A decision as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedDecision {
    /// It is right as it is.
    Accept,
    /// Read as this: a rating or a date.
    As(String),
    /// Left out.
    SetAside,
    /// Put to this statement.
    To(String),
    /// This return counts.
    Counts,
    /// From this agency.
    From(String),
    /// The earlier decision is taken back.
    Withdraw,
}

/// What was settled.
#[derive(Debug, Serialize)]
pub(crate) struct SettleOutcome {
    /// The findings, with what was decided, in the order as typed.
    #[serde(serialize_with = "lines::findings")]
    pub settled: Vec<Finding>,
    /// The references of decisions that were taken back.
    pub withdrawn: Vec<String>,
    /// How many findings must be fixed now.
    pub must_fix: usize,
    /// How many should be checked.
    pub please_check: usize,
    /// A note to show once, if this command upgraded a round that an earlier version made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// The round's folder.
    #[serde(skip)]
    pub round: PathBuf,
}

/// Collects, records the decision on each finding, collects again.
///
/// # Errors
///
/// When no decision, name or reason is given, the name or reason may identify a child, a reference is unknown, or the decision does not fit
/// its finding. Then nothing is recorded.
pub(super) fn settle(wishes: &SettleWishes, surroundings: Surroundings<'_>) -> Result<SettleOutcome, Failure> {
    let today = surroundings.today();
    let RoundFindings { collected, first_of_report } = RoundFindings::new(wishes, surroundings)?;
    let who = record::who(&collected.open.round, wishes.by.as_deref());
    // After collecting, because which decisions can be listed depends on the findings.
    let Some(typed) = &wishes.decision else {
        return Err(choices::failure(&collected, &wishes.references, (&wishes.round, &who.by), today));
    };
    check_who_and_why(&who.by, &wishes.why)?;
    let deciding = Deciding { collected: &collected, first_of_report, wishes, typed, today };
    let mut faults = Vec::new();
    let mut entries: Vec<NewEntry> = Vec::new();
    for reference in &wishes.references {
        match deciding.entry(reference) {
            Ok(entry) if entries.contains(&entry) => {}
            Ok(entry) => entries.push(entry),
            Err(fault) => faults.push(*fault),
        }
    }
    // All or none: if one reference is wrong, no decision is recorded, so that the officer can type the command again.
    if !faults.is_empty() {
        return Err(Failure::new(faults));
    }
    let decided: Vec<Entry> = entries.iter().map(|new| new.entry.clone()).collect();
    let note = collected.note_as("settle", who, today, entries)?;
    let after = match first_of_report {
        None => collect::gather(&wishes.round, surroundings)?,
        Some(_) => prepare(&wishes.round, surroundings)?.with_all_lengths().collected,
    };
    Ok(outcome(wishes, &decided, &collected, &after, note))
}

/// The findings of a round among which the references are looked up.
struct RoundFindings {
    collected: Collected,
    /// The index of the first finding that only a report or `jtai issue` makes; `None` if none was looked for.
    first_of_report: Option<usize>,
}

impl RoundFindings {
    /// Collects the findings about the returns. If a reference is not among them, adds those about missing agencies, and then those that
    /// only a report makes, as about `choices.xlsx`. Preparing a report takes much longer, so it is the last resort.
    fn new(wishes: &SettleWishes, surroundings: Surroundings<'_>) -> Result<RoundFindings, Failure> {
        let mut collected = collect::gather(&wishes.round, surroundings)?;
        let are_known = |collected: &Collected| {
            let is_here = |reference: &String| collected.findings.iter().any(|one| choices::is_called(one, reference));
            wishes.references.iter().all(is_here)
        };
        if are_known(&collected) {
            return Ok(RoundFindings { collected, first_of_report: None });
        }
        let first_of_report = Some(collected.findings.len());
        let coverage = collected.coverage();
        collected.add(coverage.iter().cloned());
        if are_known(&collected) {
            return Ok(RoundFindings { collected, first_of_report });
        }
        // If no report can be made now, `jtai report` says why. Here that only means fewer findings to look among.
        Ok(match prepare(&wishes.round, surroundings) {
            Ok(prepared) => {
                let mut collected = prepared.with_all_lengths().collected;
                collected.add(coverage);
                RoundFindings { collected, first_of_report }
            }
            Err(_) => RoundFindings { collected, first_of_report },
        })
    }
}

fn outcome(
    wishes: &SettleWishes,
    decided: &[Entry],
    before: &Collected,
    after: &Collected,
    note: Option<&'static str>,
) -> SettleOutcome {
    let (mut settled, mut withdrawn) = (Vec::new(), Vec::new());
    for entry in decided {
        match entry {
            Entry::Settled(what) => {
                // A finding about a whole file may be gone after its decision, because the file is read differently.
                let has_hash = |finding: &&Finding| {
                    finding.reference.as_ref().is_some_and(|reference| reference.hash == what.hash)
                };
                let now = after.findings.iter().find(has_hash).or_else(|| before.findings.iter().find(has_hash));
                let standing = after.record.record.settled().find(|(other, _)| *other == what);
                settled.extend(now.cloned().map(|finding| Finding {
                    settled: standing.map(|(settled, recorded)| recorded.settlement(settled)),
                    ..finding
                }));
            }
            Entry::Withdrawn(what) => withdrawn.push(what.reference.clone()),
            _ => {}
        }
    }
    let count = |severity| after.findings.iter().filter(|finding| finding.severity() == severity).count();
    SettleOutcome {
        settled,
        withdrawn,
        must_fix: count(Severity::MustFix),
        please_check: count(Severity::PleaseCheck),
        note,
        round: wishes.round.clone(),
    }
}

/// Checks that a decision has a name and a reason, and that neither may identify a child.
fn check_who_and_why(by: &str, why: &str) -> Result<(), Failure> {
    if by.is_empty() {
        let found = "nobody is named as deciding this";
        let remedy = Remedy::typed("add --by \"YOUR NAME\"; or fill in `officer` in round.toml", "say who decides");
        return Err(Failure::one(Code::ValueInvalid, Path::new("--by"), found, remedy));
    }
    if why.trim().is_empty() {
        let remedy = Remedy::typed(
            "add --why and the reason in a few words, as in --why \"phoned the lead\"",
            "say why in a few words, as in: phoned the lead",
        );
        return Err(Failure::one(Code::ValueInvalid, Path::new("--why"), "no reason is given", remedy));
    }
    match sign_of_a_child(&[by, why]) {
        None => Ok(()),
        Some(sign) => {
            let found = format!("the name or the reason has {} in it, and is kept for a long time", sign.words());
            let remedy = "leave out anything about a child";
            Err(Failure::one(Code::TextHeldBack, Path::new("--why"), found, remedy))
        }
    }
}

/// Everything that is needed to decide on a finding.
struct Deciding<'a> {
    collected: &'a Collected,
    /// Where the findings begin that only a report makes.
    first_of_report: Option<usize>,
    wishes: &'a SettleWishes,
    typed: &'a TypedDecision,
    today: Date,
}

impl Deciding<'_> {
    fn record(&self) -> &Record {
        &self.collected.record.record
    }

    /// The entry for one reference.
    fn entry(&self, reference: &str) -> Result<NewEntry, Box<Finding>> {
        if *self.typed == TypedDecision::Withdraw {
            return self.withdrawal(reference);
        }
        let (at, finding) = choices::finding(self.collected, reference, self.today)?;
        let Some(decision) = self.decision(finding)? else { return Err(choices::unfit(finding)) };
        self.check_owner(finding, &decision)?;
        // The decision of a challenge is an entry of its own. To set it aside is to take that entry back.
        if finding.code == Code::ChallengeEmptied && decision == Decision::SetAside {
            return Ok(self.taken_back(finding));
        }
        let this_file_only = is_for_one_file(finding, &decision);
        // Clearing a text that was held back applies to its own cell only, even if other cells have the same text.
        let cell = finding.subject.cells.first().filter(|_| finding.code == Code::TextHeldBack);
        // OK because every finding of a collected round is numbered, and this one was found by its number.
        let own = finding.reference.as_ref().expect("numbered");
        let sheet = match finding.code {
            Code::TextHeldBack => finding.place.sheet_name().to_string(),
            _ => String::new(),
        };
        let settled = Settled {
            reference: own.to_string(),
            hash: own.hash.clone(),
            agency: finding.subject.agency.clone(),
            sha256: finding.subject.sha256.clone().unwrap_or_default(),
            this_file_only,
            whole_file: is_for_whole_file(finding, &decision),
            of_report: self.first_of_report.is_some_and(|first| at >= first),
            sheet,
            cell: cell.map_or(String::new(), |cell| cell.cell.clone()),
            decision,
            why: self.wishes.why.trim().to_string(),
        };
        let replaces = self.replaced(finding, &settled);
        Ok(NewEntry { on: None, replaces, entry: Entry::Settled(settled) })
    }

    /// The entry that takes back those named by a finding about a challenge, together with what was settled about that finding.
    fn taken_back(&self, finding: &Finding) -> NewEntry {
        let own = finding.reference.clone();
        let (reference, hash) = own.map_or_else(Default::default, |own| (own.to_string(), own.hash));
        let named = finding.subject.written.split_whitespace().map(|id| EntryId(id.to_string()));
        let settled = self.record().all_settled().filter(|(settled, _)| settled.hash == hash);
        let replaces = named.chain(settled.map(|(_, recorded)| recorded.id.clone())).collect();
        let why = self.wishes.why.trim().to_string();
        NewEntry { on: None, replaces, entry: Entry::Withdrawn(Withdrawn { reference, hash, why }) }
    }

    fn withdrawal(&self, reference: &str) -> Result<NewEntry, Box<Finding>> {
        // The number at the end of a reference can change when files come and go. So the finding that has the reference now comes first.
        let now = self
            .collected
            .findings
            .iter()
            .find(|finding| choices::is_called(finding, reference))
            .filter(|finding| finding.settled.is_some());
        let is_meant = |settled: &Settled| match now {
            Some(finding) => decisions::settles(settled, finding, &self.collected.findings),
            None => Reference::is_same(&settled.reference, reference),
        };
        let standing: Vec<(&Settled, &Recorded)> =
            self.record().all_settled().filter(|(settled, _)| is_meant(settled)).collect();
        let Some((first, _)) = standing.first() else {
            let found = format!("no decision on {} is on record", quote(reference));
            let remedy = Remedy::typed(
                "`jtai collect` lists what is settled, each with its reference",
                "load the findings again",
            );
            return Err(fault(Code::ReferenceUnknown, reference, found, remedy));
        };
        let (reference, hash) = (first.reference.clone(), first.hash.clone());
        let why = self.wishes.why.trim().to_string();
        let replaces = standing.iter().map(|(_, recorded)| recorded.id.clone()).collect();
        Ok(NewEntry { on: None, replaces, entry: Entry::Withdrawn(Withdrawn { reference, hash, why }) })
    }

    /// The typed decision for one finding; `None` if it does not fit.
    fn decision(&self, finding: &Finding) -> Result<Option<Decision>, Box<Finding>> {
        let possible = possible(finding);
        let is_possible = |kind| possible.contains(&kind);
        let open = &self.collected.open;
        let decision = match self.typed {
            TypedDecision::Accept => Decision::Accept,
            TypedDecision::SetAside => Decision::SetAside,
            TypedDecision::Counts if is_possible(DecisionKind::Change) => Decision::ChangeCounts,
            TypedDecision::Counts => Decision::Counts,
            TypedDecision::As(value) if is_possible(DecisionKind::Approval) => self.approval(finding, value)?,
            TypedDecision::As(value) => Decision::ReadAs { value: read_as(value)? },
            // Handled in `entry` before this is called.
            TypedDecision::Withdraw => return Ok(None),
            TypedDecision::To(id) => {
                let known: Vec<&str> =
                    open.opened.theme.criteria().map(|(_, criterion)| criterion.id.as_str()).collect();
                let criterion = known.iter().find(|known| known.eq_ignore_ascii_case(id.trim()));
                let criterion = criterion.ok_or_else(|| not_known("a statement of this round", id, &known))?;
                let agency = finding.subject.agency.as_ref().and_then(|id| open.round.agency(id));
                let statements = agency.map(|agency| open.round.statements(&open.opened.theme, agency));
                let asked = statements.into_iter().flatten().find(|(_, asked)| asked.id.as_str() == *criterion);
                let Some((_, asked)) = asked else {
                    let found = format!("{criterion} was not asked of the agency that wrote this");
                    let remedy = Remedy::typed(
                        "choose a statement of its own workbook, or use --accept or --set-aside",
                        "choose a statement of its own workbook, or decide something else",
                    );
                    return Err(fault(Code::ValueInvalid, "--to", found, remedy));
                };
                Decision::PutTo { criterion: asked.id.clone() }
            }
            TypedDecision::From(id) => {
                let known: Vec<&str> = open.round.agencies.iter().map(|agency| agency.id.as_str()).collect();
                let agency = open.round.agency(&AgencyId(id.trim().to_string()));
                let agency = agency.ok_or_else(|| not_known("an agency of this round", id, &known))?;
                Decision::From { agency: agency.id.clone() }
            }
        };
        Ok(Some(decision).filter(|decision| is_possible(DecisionKind::new(decision))))
    }

    /// Reads who approved a return and when, from one line.
    fn approval(&self, finding: &Finding, value: &str) -> Result<Decision, Box<Finding>> {
        let expected = || {
            Remedy::typed(
                "write both in one line, as in --as \"B Example, chief, 18 December 2026\"",
                "write both in one line, as in: B Example, chief, 18 December 2026",
            )
        };
        let round = &self.collected.open.round;
        let agency = finding.subject.agency.as_ref().and_then(|id| round.agency(id));
        let days = agency.map(|agency| round.approval_days(agency));
        let read = days.and_then(|days| days.read_line(value)).filter(|read| !contract::is_no_name(&read.approver));
        let Some(approval) = read else {
            let found = match days.and_then(|days| days.read(value)) {
                Some(_) => format!("{} is a date, but does not say who approved the return", quote(value)),
                None => format!("{} does not give both a name or role and the date of the approval", quote(value)),
            };
            return Err(fault(Code::ValueInvalid, "--as", found, expected()));
        };
        if let Some(sign) = sign_of_a_child(&[&approval.approver]) {
            let found = format!("the name has {} in it, and is kept for a long time", sign.words());
            return Err(fault(Code::TextHeldBack, "--as", found, expected()));
        }
        if approval.on.day > self.today {
            let found = format!("{} is still to come", words::date(approval.on.day));
            return Err(fault(Code::DateOdd, "--as", found, "give the day on which it was approved"));
        }
        Ok(Decision::Approved { approver: approval.approver, approved_on: approval.on.day })
    }

    /// The entries that a new decision replaces: decisions on the same thing, and on how the same cell is read. An entry that withdrew such
    /// a decision is replaced too. Otherwise, making the same decision again on the same day would count as withdrawn, because equal
    /// entries have the same id.
    fn replaced(&self, finding: &Finding, settled: &Settled) -> Vec<EntryId> {
        let findings = &self.collected.findings;
        let reads = |decision: &Decision| matches!(decision, Decision::ReadAs { .. });
        let is_same = |recorded: &&Recorded| match &recorded.entry {
            Entry::Settled(other) => {
                let is_same_cell = reads(&settled.decision) && reads(&other.decision);
                other.claim().0 == settled.claim().0
                    || other.subject() == settled.subject()
                    || (is_same_cell && decisions::settles(other, finding, findings))
            }
            Entry::Withdrawn(other) => other.hash == settled.hash,
            _ => false,
        };
        self.record().entries().filter(is_same).map(|recorded| recorded.id.clone()).collect()
    }

    /// Refuses to assign a return that names one agency to a different one, unless that is confirmed.
    fn check_owner(&self, finding: &Finding, decision: &Decision) -> Result<(), Box<Finding>> {
        let Decision::From { agency } = decision else { return Ok(()) };
        let said = finding.subject.agency.as_ref().filter(|said| *said != agency);
        let Some(said) = said.filter(|_| !self.wishes.is_sure) else { return Ok(()) };
        let name =
            |id: &AgencyId| self.collected.open.round.agency(id).map_or(id.to_string(), |agency| agency.name.clone());
        let found = format!(
            "{} says that it is from {}, but you say {}; nothing has been done yet",
            finding.place.file,
            name(said),
            name(agency)
        );
        let remedy = Remedy::typed(
            "look into the file; if you mean it, type the same again with --sure",
            "look into the file; if you mean it, say so below",
        );
        Err(fault(Code::IdentityDisagrees, "--from", found, remedy))
    }
}

/// A rating in any of the ways in which agencies write one, or a date.
fn read_as(value: &str) -> Result<ReadAs, Box<Finding>> {
    let value = value.trim();
    // A month or a season means its last day, as in a return.
    if let Some(day) = words::read_date(value).or_else(|| DueDay::read(value).map(|due| due.day)) {
        return Ok(ReadAs::Due(day));
    }
    match contract::rating(value) {
        SelfRating::Rated(rating) => Ok(ReadAs::Rating(rating)),
        SelfRating::NotApplicable => Ok(ReadAs::NotApplicable),
        SelfRating::Blank | SelfRating::Unreadable => {
            let found = format!("{} is not a rating or a date", quote(value));
            let remedy = "write Red, Amber, Green, \"Not applicable\", or a date, as in 2027-04-01 or March 2027";
            Err(fault(Code::ValueInvalid, "--as", found, remedy))
        }
    }
}

fn not_known(what: &str, typed: &str, known: &[&str]) -> Box<Finding> {
    let found = format!("{} is not {what}", quote(typed));
    let remedy = match nearest(typed, known) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("choose from: {}", words::list_of_first(known, 12)),
    };
    fault(Code::ReferenceUnknown, typed, found, remedy)
}

fn fault(code: Code, place: &str, found: String, remedy: impl Into<Remedy>) -> Box<Finding> {
    Box::new(Finding::new(code, Place::file(place), found, "", remedy))
}
