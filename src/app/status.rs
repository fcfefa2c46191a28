//! Where a round is: what was sent, what came back, who owes, how long is left. Writes nothing.

use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use crate::app::collect::{self, Collected, Totals};
use crate::app::failure::Failure;
use crate::app::lines;
use crate::app::machine::surroundings::Surroundings;
use crate::core::finding::Finding;
use crate::core::ids::{AgencyId, RoundId};
use crate::core::words;
use crate::intake::standing::days_after;
use crate::round::{AGENCIES_FILE, Agency, AgencyStatus};

pub(crate) use crate::intake::standing::Standing;

/// Where a round is.
#[derive(Debug, Serialize)]
pub(crate) struct StatusOutcome {
    /// The round.
    pub round: RoundId,
    /// When returns are due.
    pub deadline: Date,
    /// The days to that, negative once it is over.
    pub days_to_deadline: i32,
    /// Where each agency is, in the round's order.
    pub agencies: Vec<StatusLine>,
    /// The partnership.
    pub partnership: String,
    /// The theme in words.
    pub theme: String,
    /// The first day of fieldwork, once it is known.
    pub fieldwork_starts: Option<Date>,
    /// The day of the run.
    pub today: Date,
    /// How much came back.
    pub totals: Totals,
    /// What was noticed in the list of agencies, what changed in it among that.
    #[serde(serialize_with = "lines::findings")]
    pub list: Vec<Finding>,
    /// Everything noticed.
    #[serde(skip)]
    pub findings: Vec<Finding>,
}

/// Where one agency is.
#[derive(Debug, Serialize)]
pub(crate) struct StatusLine {
    /// The agency.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// Where it is.
    #[serde(rename = "state", serialize_with = "key")]
    pub standing: Standing,
    /// When its return is due.
    pub due: Date,
    /// When its workbook was sent; `None` where nobody noted it.
    pub sent_on: Option<Date>,
    /// Whether it has a date of its own.
    pub is_extended: bool,
    /// How many statements it rated.
    pub rated: usize,
    /// How many it was asked.
    pub asked: usize,
    /// Whether an approval is recorded in its return.
    pub approval_recorded: bool,
    /// How many days after its due date its first return was seen; `None` for one in time.
    pub days_late: Option<usize>,
    /// Who answers for it.
    #[serde(skip)]
    pub contact: String,
    /// That person's address.
    #[serde(skip)]
    pub email: String,
}

fn key<S: serde::Serializer>(standing: &Standing, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(standing.key())
}

/// Says where the round is.
pub(super) fn status(dir: &Path, surroundings: Surroundings<'_>) -> Result<StatusOutcome, Failure> {
    let today = surroundings.today();
    let collected = collect::gather(dir, surroundings)?;
    let round = &collected.open.round;
    Ok(StatusOutcome {
        round: round.id().clone(),
        deadline: round.deadline,
        days_to_deadline: words::days_between(today, round.deadline),
        agencies: round.agencies.iter().map(|agency| line(&collected, agency, today)).collect(),
        partnership: round.partnership.clone(),
        theme: collected.open.opened.theme.title.clone(),
        fieldwork_starts: round.fieldwork_starts,
        today,
        totals: collected.totals(),
        list: collected.findings.iter().filter(|finding| finding.place.file == AGENCIES_FILE).cloned().collect(),
        findings: collected.findings,
    })
}

fn line(collected: &Collected, agency: &Agency, today: Date) -> StatusLine {
    let round = &collected.open.round;
    let due = round.due(agency);
    let counts = collected.numbers.agency(&agency.id).map(|summary| summary.counts).unwrap_or_default();
    let response = collected.responses.iter().find(|response| response.agency == agency.id);
    let first_seen = response.and_then(|_| collected.arrived.get(&agency.id));
    let issued = collected.record.record.issued_to(&agency.id);
    StatusLine {
        id: agency.id.clone(),
        name: agency.name.clone(),
        standing: Standing::new(round, agency, counts.asked, response, &collected.findings, today),
        due,
        sent_on: agency.sent_on.or_else(|| issued.iter().rev().find_map(|one| one.sent_on)),
        is_extended: agency.status == Some(AgencyStatus::Extended) || agency.due.is_some(),
        rated: counts.rated(),
        asked: counts.asked,
        approval_recorded: response.is_some_and(|response| response.is_approval_recorded()),
        days_late: first_seen.and_then(|seen| days_after(due, *seen)),
        contact: agency.contact.clone(),
        email: agency.email.clone(),
    }
}
