//! The presentation page by page.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use super::asked::{PageVisit, failed, fine, not_found, round_of, see_other};
use crate::app::report::Length;
use crate::web::server::Server;
use crate::web::{headers, pages};

/// Redirects to the first page.
pub(super) async fn first(State(server): State<Arc<Server>>, Path(key): Path<String>, visit: PageVisit) -> Response {
    match round_of(&server, &key) {
        Some(round) => see_other(&visit.kit.to_round(&round, "/slides/short/1")),
        None => not_found(),
    }
}

fn length(word: &str) -> Option<Length> {
    Length::ALL.into_iter().find(|length| pages::slides::key(*length) == word)
}

/// One page.
pub(super) async fn page(
    State(server): State<Arc<Server>>,
    Path((key, word, at)): Path<(String, String, usize)>,
    visit: PageVisit,
) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let Some(length) = length(&word) else { return not_found() };
    match server.deck(&round, length).await {
        Ok(deck) if (1..=deck.pages.len()).contains(&at) => {
            fine(pages::slides::page(&visit.kit, &round, &deck, length, at))
        }
        Ok(_) => not_found(),
        Err(failure) => failed(&visit.kit, Some(&round), &failure),
    }
}

/// The picture of one page.
pub(super) async fn picture(
    State(server): State<Arc<Server>>,
    Path((key, word, at)): Path<(String, String, usize)>,
) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let Some(length) = length(&word) else { return not_found() };
    let Ok(deck) = server.deck(&round, length).await else { return not_found() };
    let Some(page) = at.checked_sub(1).and_then(|at| deck.pages.get(at)) else { return not_found() };
    (headers::of_picture(), page.svg.clone()).into_response()
}
