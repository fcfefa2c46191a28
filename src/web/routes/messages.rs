//! Messages, each of which can be noted as sent.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::asked::{PageVisit, SignedForm, failed, not_found, round_of, see_other, shown};
use crate::app::messages::{self, SentWhat};
use crate::app::rounds::KnownRound;
use crate::app::sent::SentWishes;
use crate::app::{Failure, Request};
use crate::web::pages;
use crate::web::pages::messages::NotedKey;
use crate::web::parts::PageKit;
use crate::web::server::Server;

/// The page.
pub(super) async fn page(
    State(server): State<Arc<Server>>,
    Path(key): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
    visit: PageVisit,
) -> Response {
    let noted = asked.iter().find(|(name, _)| name == "noted").and_then(|(_, value)| noted(value));
    match round_of(&server, &key) {
        Some(round) => page_with(&server, &visit.kit, &round, noted.as_ref(), None).await,
        None => not_found(),
    }
}

/// What was just noted as sent, from an address.
fn noted(value: &str) -> Option<NotedKey> {
    let (what, agency) = value.split_once('-')?;
    Some(NotedKey { what: kind(what)?, agency: agency.to_string() })
}

fn kind(key: &str) -> Option<SentWhat> {
    let all = [
        SentWhat::Workbook,
        SentWhat::Questions,
        SentWhat::Reminder,
        SentWhat::Receipt,
        SentWhat::Change,
        SentWhat::Feedback,
    ];
    all.into_iter().find(|what| pages::messages::key(*what) == key)
}

async fn page_with(
    server: &Server,
    kit: &PageKit,
    round: &KnownRound,
    noted: Option<&NotedKey>,
    failure: Option<&Failure>,
) -> Response {
    let path = round.path.clone();
    let looked = server
        .look_at(round, move |surroundings| Ok((messages::list(&path, surroundings)?, surroundings.today())))
        .await;
    match looked {
        Ok((messages, today)) => {
            let status = if failure.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            shown(status, pages::messages::page(kit, round, &messages, today, noted, failure))
        }
        Err(unread) => failed(kit, Some(round), failure.unwrap_or(&unread)),
    }
}

/// Notes a message as sent.
pub(super) async fn sent(State(server): State<Arc<Server>>, Path(key): Path<String>, form: SignedForm) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let Some(what) = kind(form.field("what")) else { return not_found() };
    let on = form.field("on");
    let day = on.parse().ok();
    // An empty field means today, as it does for the command.
    if day.is_none() && !on.is_empty() {
        return page_with(&server, &form.kit, &round, None, Some(&Failure::not_a_day(on))).await;
    }
    let agencies: Vec<String> =
        form.fields().iter().filter(|(name, _)| name == "agency").map(|(_, id)| id.clone()).collect();
    // Without an agency, the command would note every agency.
    if agencies.is_empty() {
        return not_found();
    }
    let agency = match agencies.as_slice() {
        [one] => pages::messages::agency_key(one),
        _ => pages::messages::ALL.to_string(),
    };
    let wishes = SentWishes { agencies, what, code: None, on: day, round: round.path.clone() };
    match server.act(Request::Sent(wishes)).await {
        Ok(_) => {
            let what = pages::messages::key(what);
            see_other(&form.kit.to_round(&round, &format!("/messages?noted={what}-{agency}#noted")))
        }
        Err(failure) => page_with(&server, &form.kit, &round, None, Some(&failure)).await,
    }
}
