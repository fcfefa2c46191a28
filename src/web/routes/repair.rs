//! A return that is copied into a new workbook.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use super::asked::{SignedForm, failed, fine, not_found, round_of};
use crate::app::repair::RepairWishes;
use crate::app::{Outcome, Request, files};
use crate::web::pages;
use crate::web::server::Server;

/// Copies what can be read of a file into a new workbook, then shows what was copied.
pub(super) async fn copy_answers(
    State(server): State<Arc<Server>>,
    Path(key): Path<String>,
    form: SignedForm,
) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let (path, file) = (round.path.clone(), form.field("file").to_string());
    let found = server.look(move |_| files::path_of(&path, &file)).await;
    let agency = Some(form.field("agency").to_string()).filter(|id| !id.is_empty());
    let done = match found {
        Ok(file) => server.act(Request::Repair(RepairWishes { file, agency, round: round.path.clone() })).await,
        Err(gone) => Err(gone),
    };
    match done {
        Ok(Outcome::Repair(outcome)) => fine(pages::repair::page(&form.kit, &round, &outcome)),
        Ok(_) => not_found(),
        Err(failure) => failed(&form.kit, Some(&round), &failure),
    }
}
