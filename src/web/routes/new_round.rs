//! A new round.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;

use super::asked::{PageVisit, SignedForm, failed, fine, not_found, see_other, shown};
use crate::app::round_new::{RoundWishes, WishedList};
use crate::app::theme::ThemeListOutcome;
use crate::app::{Failure, Outcome, Request, rounds};
use crate::web::door::Door;
use crate::web::pages;
use crate::web::pages::new_round::SentForm;
use crate::web::parts::FieldFault;

/// What most rounds are marked with.
const MARKING: &str = "OFFICIAL-SENSITIVE";

async fn themes(door: &Door) -> Result<ThemeListOutcome, Failure> {
    match door.act(Request::ThemeList(true)).await? {
        Outcome::ThemeList(themes) => Ok(themes),
        _ => Err(Failure::of_fault()),
    }
}

/// The form.
pub(super) async fn page(State(door): State<Arc<Door>>, visit: PageVisit) -> Response {
    let filled = |name: &str| if name == "marking" { MARKING.to_string() } else { String::new() };
    match themes(&door).await {
        Ok(themes) => {
            let sent = SentForm { filled: &filled, faults: &[], failure: None };
            fine(pages::new_round::page(&visit.kit, &themes, &sent))
        }
        Err(failure) => failed(&visit.kit, None, &failure),
    }
}

/// Makes the round, and opens its page.
pub(super) async fn make(State(door): State<Arc<Door>>, form: SignedForm) -> Response {
    let faults = faults(&form);
    let Some(wishes) = wishes(&form).filter(|_| faults.is_empty()) else {
        return again(&door, &form, &faults, None).await;
    };
    match door.act(Request::RoundNew(wishes)).await {
        Ok(Outcome::RoundNew(made)) => {
            door.place.remember(&rounds::absolute(&made.folder));
            see_other(&form.kit.to(&format!("/r/{}", rounds::key_of(&made.folder))))
        }
        Ok(_) => not_found(),
        Err(failure) => again(&door, &form, &[], Some(&failure)).await,
    }
}

/// The form as it was filled in, with what is wrong.
async fn again(door: &Door, form: &SignedForm, faults: &[FieldFault], failure: Option<&Failure>) -> Response {
    let filled = |name: &str| form.field(name).to_string();
    match themes(door).await {
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

/// The agencies that were typed.
fn rows(form: &SignedForm) -> Vec<[String; 4]> {
    let cell = |row: usize, part: &str| form.field(&format!("agency-{row}-{part}")).trim().to_string();
    let row = |row: usize| ["name", "group", "contact", "email"].map(|part| cell(row, part));
    (1..=pages::new_round::ROWS).map(row).filter(|row| row.iter().any(|cell| !cell.is_empty())).collect()
}

/// What the form asks for; `None` where there is no day when returns are due.
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

/// The agencies, in the way that they were given.
fn list(form: &SignedForm) -> WishedList {
    let (rows, pasted) = (rows(form), form.field("pasted"));
    match form.file() {
        Some((name, bytes)) => WishedList::Bytes(name.clone(), bytes.clone()),
        None if !pasted.trim().is_empty() => WishedList::Pasted(pasted.to_string()),
        None if rows.is_empty() => WishedList::Empty,
        None => WishedList::Rows(rows),
    }
}
