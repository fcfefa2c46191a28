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
use crate::web::parts::PageKit;

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
        Ok(themes) => fine(pages::new_round::page(&visit.kit, &themes, &filled, None)),
        Err(failure) => failed(&visit.kit, None, &failure),
    }
}

/// Makes the round, and opens its page.
pub(super) async fn make(State(door): State<Arc<Door>>, form: SignedForm) -> Response {
    let failure = match wishes(&form) {
        Ok(wishes) => match door.act(Request::RoundNew(wishes)).await {
            Ok(Outcome::RoundNew(made)) => {
                door.place.remember(&rounds::absolute(&made.folder));
                return see_other(&form.kit.to(&format!("/r/{}", rounds::key_of(&made.folder))));
            }
            Ok(_) => return not_found(),
            Err(failure) => failure,
        },
        Err(failure) => failure,
    };
    again(&door, &form.kit, &form, &failure).await
}

/// The form as it was filled in, with what is wrong.
async fn again(door: &Door, kit: &PageKit, form: &SignedForm, failure: &Failure) -> Response {
    let filled = |name: &str| form.field(name).to_string();
    match themes(door).await {
        Ok(themes) => {
            let page = pages::new_round::page(kit, &themes, &filled, Some(failure));
            shown(StatusCode::UNPROCESSABLE_ENTITY, page)
        }
        Err(failure) => failed(kit, None, &failure),
    }
}

/// What the form asks for.
fn wishes(form: &SignedForm) -> Result<RoundWishes, Failure> {
    let text = |name: &str| form.field(name).trim().to_string();
    let needed = |name: &str, label: &str, remedy: &str| {
        Some(text(name)).filter(|text| !text.is_empty()).ok_or_else(|| Failure::left_empty(label, remedy))
    };
    let theme = needed("theme", "The theme", "choose one")?;
    let partnership = needed("partnership", "The partnership's name", "write it as it should be on slides")?;
    let deadline = day(&needed("deadline", "When returns are due", "choose a day")?)?;
    let fieldwork = Some(text("fieldwork")).filter(|day| !day.is_empty());
    let rows: Vec<[String; 4]> = (1..=pages::new_round::ROWS)
        .map(|row| ["name", "group", "contact", "email"].map(|part| text(&format!("agency-{row}-{part}"))))
        .filter(|row| row.iter().any(|cell| !cell.is_empty()))
        .collect();
    Ok(RoundWishes {
        dir: rounds::new_folder(&partnership, deadline),
        theme,
        partnership,
        include: Some(text("include")).filter(|id| !id.is_empty()).into_iter().collect(),
        agencies: if rows.is_empty() { WishedList::Empty } else { WishedList::Rows(rows) },
        deadline,
        fieldwork: fieldwork.as_deref().map(day).transpose()?,
        marking: text("marking"),
        contact: text("contact"),
        officer: text("officer"),
    })
}

fn day(typed: &str) -> Result<Date, Failure> {
    typed.parse().map_err(|_| Failure::not_a_day(typed))
}
