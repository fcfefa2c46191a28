//! A return that is copied into a new workbook.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use super::asked::{SignedForm, failed, fine, not_found, round_of};
use crate::app::repair::RepairWishes;
use crate::app::{Outcome, Request, files};
use crate::web::door::Door;
use crate::web::pages;

/// Writes the workbook, and says what is in it.
pub(super) async fn pour(State(door): State<Arc<Door>>, Path(key): Path<String>, form: SignedForm) -> Response {
    let Some(round) = round_of(&door, &key) else { return not_found() };
    let (path, file) = (round.path.clone(), form.field("file").to_string());
    let found = door.look(move |_| files::path_of(&path, &file)).await;
    let agency = Some(form.field("agency").to_string()).filter(|id| !id.is_empty());
    let done = match found {
        Ok(file) => door.act(Request::Repair(RepairWishes { file, agency, round: round.path.clone() })).await,
        Err(gone) => Err(gone),
    };
    match done {
        Ok(Outcome::Repair(outcome)) => fine(pages::repair::page(&form.kit, &round, &outcome)),
        Ok(_) => not_found(),
        Err(failure) => failed(&form.kit, Some(&round), &failure),
    }
}
