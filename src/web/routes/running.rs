//! An action under way.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use super::asked::{PageVisit, SignedForm, fine, not_found, see_other};
use crate::app::rounds;
use crate::web::pages;
use crate::web::server::Server;

/// How far the action is, or what became of it.
pub(super) async fn page(State(server): State<Arc<Server>>, Path(id): Path<String>, visit: PageVisit) -> Response {
    let Some(task) = server.tasks.find(&id) else { return not_found() };
    let round = rounds::by_key(&server.place, &task.key);
    fine(match task.result() {
        Some(result) => pages::progress::ended(&visit.kit, round.as_ref(), &task, &result),
        None => pages::progress::under_way(&visit.kit, round.as_ref(), &task),
    })
}

/// Asks the action to stop.
pub(super) async fn stop(State(server): State<Arc<Server>>, Path(id): Path<String>, form: SignedForm) -> Response {
    let Some(task) = server.tasks.find(&id) else { return not_found() };
    task.stop();
    see_other(&form.kit.to(&format!("/running/{id}")))
}
