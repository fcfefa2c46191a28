//! The rounds on this computer, the sample round, stopping the program.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::asked::{PageVisit, SignedForm, closing, fine, see_other, shown};
use crate::app::Request;
use crate::app::rounds;
use crate::web::pages;
use crate::web::server::Server;

/// The first page.
pub(super) async fn page(State(server): State<Arc<Server>>, visit: PageVisit) -> Response {
    fine(pages::rounds::page(&visit.kit, &rounds::all(&server.place), "", None))
}

/// Adds a round by its folder.
pub(super) async fn add(State(server): State<Arc<Server>>, form: SignedForm) -> Response {
    let typed = form.field("folder");
    match rounds::add(&server.place, typed) {
        Ok(round) => see_other(&form.kit.to_round(&round, "")),
        Err(failure) => {
            let rounds = rounds::all(&server.place);
            shown(StatusCode::UNPROCESSABLE_ENTITY, pages::rounds::page(&form.kit, &rounds, typed, Some(&failure)))
        }
    }
}

/// Makes the sample round.
pub(super) async fn demo(State(server): State<Arc<Server>>, form: SignedForm) -> Response {
    let folder = rounds::home().join("sample round");
    let task = server.tasks.start(&rounds::key_of(&folder), Request::Demo(folder), server.today, Vec::new());
    see_other(&form.kit.to(&format!("/running/{}", task.id)))
}

/// Stops the program; asks first where an action is under way.
pub(super) async fn stop(State(server): State<Arc<Server>>, form: SignedForm) -> Response {
    if server.tasks.is_any_under_way() && form.field("sure") != "yes" {
        return fine(pages::rounds::still_working(&form.kit));
    }
    server.closed.notify_one();
    closing(StatusCode::OK, "jtai has stopped", "You can close this window. Start jtai again when you need it.")
}
