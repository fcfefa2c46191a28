//! A new round.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;

use super::asked::{PageVisit, SignedForm, failed, fine, not_found, see_other, shown};
use crate::app::round_new::{RoundWishes, WishedList};
use crate::app::theme::ThemeListOutcome;
use crate::app::{Failure, Outcome, Request, rounds};
use crate::core::finding::{Finding, Spot};
use crate::web::inputs::{FieldFault, SentForm};
use crate::web::pages;
use crate::web::server::Server;

/// The protective marking that most rounds have.
const MARKING: &str = "OFFICIAL-SENSITIVE";

async fn themes(server: &Server) -> Result<ThemeListOutcome, Failure> {
    match server.act(Request::ThemeList(true)).await? {
        Outcome::ThemeList(themes) => Ok(themes),
        _ => Err(Failure::of_fault()),
    }
}

/// The form, with the theme of the address chosen.
pub(super) async fn page(
    State(server): State<Arc<Server>>,
    Query(asked): Query<Vec<(String, String)>>,
    visit: PageVisit,
) -> Response {
    // The same people make the next round: what they wrote in the last one is there to be changed.
    let last = rounds::last(&server.place);
    let of_last = |text: fn(&rounds::KnownRound) -> &String| last.as_ref().map(text).cloned().unwrap_or_default();
    let filled = |name: &str| match name {
        "marking" => MARKING.to_string(),
        "partnership" => of_last(|round| &round.title),
        "contact" => of_last(|round| &round.contact),
        "officer" => match of_last(|round| &round.officer) {
            officer if officer.is_empty() => visit.kit.session.decided_by(),
            officer => officer,
        },
        "theme" => asked.iter().find(|(known, _)| known == "theme").map(|(_, id)| id.clone()).unwrap_or_default(),
        _ => String::new(),
    };
    match themes(&server).await {
        Ok(themes) => {
            let sent = SentForm { filled: &filled, faults: &[], failure: None };
            fine(pages::new_round::page(&visit.kit, &themes, &sent))
        }
        Err(failure) => failed(&visit.kit, None, &failure),
    }
}

/// Makes the round, and opens its page.
pub(super) async fn make(State(server): State<Arc<Server>>, form: SignedForm) -> Response {
    let faults = faults(&form);
    let Some(wishes) = wishes(&form).filter(|_| faults.is_empty()) else {
        return again(&server, &form, &faults, None).await;
    };
    match server.act(Request::RoundNew(wishes)).await {
        Ok(Outcome::RoundNew(made)) => {
            server.place.remember(&rounds::absolute(&made.folder));
            see_other(&form.kit.to(&format!("/r/{}", rounds::key_of(&made.folder))))
        }
        Ok(_) => not_found(),
        Err(failure) => again(&server, &form, &faults_of_rows(&form, &failure), Some(&failure)).await,
    }
}

/// The form as it was filled in, with what is wrong.
async fn again(server: &Server, form: &SignedForm, faults: &[FieldFault], failure: Option<&Failure>) -> Response {
    let filled = |name: &str| form.field(name).to_string();
    match themes(server).await {
        Ok(themes) => {
            let page = pages::new_round::page(&form.kit, &themes, &SentForm { filled: &filled, faults, failure });
            shown(StatusCode::UNPROCESSABLE_ENTITY, page)
        }
        Err(failure) => failed(&form.kit, None, &failure),
    }
}

/// Everything that is wrong with the fields, in their order.
fn faults(form: &SignedForm) -> Vec<FieldFault> {
    let is_empty = |name: &str| form.field(name).trim().is_empty();
    let is_day = |name: &str| form.field(name).trim().parse::<Date>().is_ok();
    let ways = [form.file().is_some(), !is_empty("pasted"), !rows(form).is_empty()];
    let found = [
        (is_empty("theme"), "theme", "Choose the theme"),
        (is_empty("partnership"), "partnership", "Write the partnership's name"),
        (is_empty("deadline"), "deadline", "Choose the day when returns are due"),
        (!is_empty("deadline") && !is_day("deadline"), "deadline", "Write the day when returns are due as 2026-12-11"),
        (!is_empty("fieldwork") && !is_day("fieldwork"), "fieldwork", "Write the first day of fieldwork as 2027-01-11"),
        (
            ways.iter().filter(|way| **way).count() > 1,
            "list",
            "Give the agencies in one way only: as a file, pasted or typed",
        ),
    ];
    let wrong = found.into_iter().filter(|(is_wrong, ..)| *is_wrong);
    wrong.map(|(_, field, says)| FieldFault { field: field.to_string(), says: says.to_string() }).collect()
}

/// What is wrong with the agencies that were typed, each with a link to its row.
fn faults_of_rows(form: &SignedForm, failure: &Failure) -> Vec<FieldFault> {
    let is_typed = form.file().is_none() && form.field("pasted").trim().is_empty();
    let fault = |finding: &Finding| {
        let Spot::Line(row, _) = finding.place.spot else { return None };
        let says = format!("Row {row}: {}", finding.found);
        Some(FieldFault { field: format!("agency-{row}-name"), says })
    };
    failure.findings.iter().filter(|_| is_typed).filter_map(fault).collect()
}

/// The agencies that were typed.
fn rows(form: &SignedForm) -> Vec<[String; 4]> {
    let cell = |row: usize, part: &str| form.field(&format!("agency-{row}-{part}")).trim().to_string();
    let row = |row: usize| ["name", "group", "contact", "email"].map(|part| cell(row, part));
    let mut rows: Vec<[String; 4]> = (1..=pages::new_round::ROWS).map(row).collect();
    // Empty rows in between stay: a fault names a row by its number on the page.
    while rows.pop_if(|row| row.iter().all(String::is_empty)).is_some() {}
    rows
}

/// The round that the form asks for; `None` where it has no deadline.
fn wishes(form: &SignedForm) -> Option<RoundWishes> {
    let text = |name: &str| form.field(name).trim().to_string();
    let (partnership, deadline) = (text("partnership"), text("deadline").parse().ok()?);
    Some(RoundWishes {
        dir: rounds::new_folder(&partnership, deadline),
        theme: text("theme"),
        partnership,
        include: Some(text("include")).filter(|id| !id.is_empty()).into_iter().collect(),
        agencies: list(form),
        deadline,
        fieldwork: text("fieldwork").parse().ok(),
        marking: text("marking"),
        contact: text("contact"),
        officer: text("officer"),
    })
}

/// The agencies, as a file, pasted or typed.
fn list(form: &SignedForm) -> WishedList {
    let (rows, pasted) = (rows(form), form.field("pasted"));
    match form.file() {
        Some((name, bytes)) => WishedList::Bytes(name.clone(), bytes.clone()),
        None if !pasted.trim().is_empty() => WishedList::Pasted(pasted.to_string()),
        None if rows.is_empty() => WishedList::Empty,
        None => WishedList::Rows(rows),
    }
}
