//! The next round of the same theme.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;

use super::asked::{PageVisit, SignedForm, fine, not_found, round_of, see_other, shown};
use crate::app::round_again::AgainWishes;
use crate::app::rounds::KnownRound;
use crate::app::{Outcome, Request, rounds};
use crate::web::inputs::{FieldFault, SentForm};
use crate::web::pages;
use crate::web::server::Server;

/// The form.
pub(super) async fn page(State(server): State<Arc<Server>>, Path(key): Path<String>, visit: PageVisit) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let sent = SentForm { filled: &|_| String::new(), faults: &[], failure: None };
    fine(pages::again::page(&visit.kit, &round, &sent))
}

/// Makes the round, and opens its page.
pub(super) async fn make(State(server): State<Arc<Server>>, Path(key): Path<String>, form: SignedForm) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let filled = |name: &str| form.field(name).to_string();
    let again = |faults: &[FieldFault], failure| {
        let sent = SentForm { filled: &filled, faults, failure };
        shown(StatusCode::UNPROCESSABLE_ENTITY, pages::again::page(&form.kit, &round, &sent))
    };
    let wishes = match wishes(&round, &form) {
        Ok(wishes) => wishes,
        Err(faults) => return again(&faults, None),
    };
    match server.act(Request::RoundAgain(wishes)).await {
        Ok(Outcome::RoundAgain(made)) => {
            server.place.remember(&rounds::absolute(&made.folder));
            see_other(&form.kit.to(&format!("/r/{}", rounds::key_of(&made.folder))))
        }
        Ok(_) => not_found(),
        Err(failure) => again(&[], Some(&failure)),
    }
}

/// The round that the form asks for, or everything that is wrong with its fields.
fn wishes(round: &KnownRound, form: &SignedForm) -> Result<AgainWishes, Vec<FieldFault>> {
    let day = |name: &str| form.field(name).trim().parse::<Date>().ok();
    let is_empty = |name: &str| form.field(name).trim().is_empty();
    let fault = |field: &str, says: &str| FieldFault { field: field.to_string(), says: says.to_string() };
    let unread = !is_empty("fieldwork") && day("fieldwork").is_none();
    let faults = unread.then(|| fault("fieldwork", "Write the first day of fieldwork as 2027-01-11"));
    match (day("deadline"), faults) {
        (Some(deadline), None) => Ok(AgainWishes {
            old: round.path.clone(),
            new: rounds::new_folder(&round.title, deadline),
            deadline,
            fieldwork: day("fieldwork"),
        }),
        (deadline, faults) => {
            let missing = deadline.is_none().then(|| fault("deadline", "Choose the day when returns are due"));
            Err(missing.into_iter().chain(faults).collect())
        }
    }
}
