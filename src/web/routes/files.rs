//! The files of a round.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::asked::{PageVisit, SignedForm, failed, fine, not_found, round_of};
use crate::app::files;
use crate::web::server::Server;
use crate::web::{headers, pages};

/// The list.
pub(super) async fn page(State(server): State<Arc<Server>>, Path(key): Path<String>, visit: PageVisit) -> Response {
    match round_of(&server, &key) {
        Some(round) => fine(pages::files::page(&visit.kit, &round, &files::list(&round.path))),
        None => not_found(),
    }
}

/// One file, to save.
pub(super) async fn save(State(server): State<Arc<Server>>, Path((key, file)): Path<(String, String)>) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    match server.on_thread(move || files::read(&round.path, &file)).await {
        Ok((name, bytes)) => (headers::of_download(&name), bytes).into_response(),
        Err(_) => not_found(),
    }
}

/// Opens a file in its program.
pub(super) async fn open(
    State(server): State<Arc<Server>>,
    Path((key, file)): Path<(String, String)>,
    form: SignedForm,
) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let path = round.path.clone();
    match server.on_thread(move || files::open(&path, &file)).await {
        // 204 leaves the browser on the page: the program with the file comes up in front of it.
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(failure) => failed(&form.kit, Some(&round), &failure),
    }
}
