//! A round's own page, and the actions on it as a whole.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use super::asked::{PageVisit, SignedForm, failed, fine, not_found, round_of, see_other};
use crate::app::queries::QueriesWishes;
use crate::app::report::{Length, ReportWishes};
use crate::app::rounds::KnownRound;
use crate::app::{Outcome, Request, files};
use crate::web::pages;
use crate::web::pages::round::RoundState;
use crate::web::server::Server;

/// The page.
pub(super) async fn page(State(server): State<Arc<Server>>, Path(key): Path<String>, visit: PageVisit) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let seen = files::print(&round.path);
    let under_way = server.tasks.under_way(&key).map(|task| visit.kit.to(&format!("/running/{}", task.id)));
    match server.act(Request::Status(round.path.clone())).await {
        Ok(Outcome::Status(status)) => {
            // `queries/` also has the workbooks that go with the messages.
            let is_back =
                |file: &files::OfferedFile| file.shown.starts_with("queries/") && file.shown.ends_with(".eml");
            let is_any_back = files::list(&round.path).iter().any(is_back);
            let state = RoundState { seen: &seen, under_way: under_way.as_deref(), is_any_back };
            fine(pages::round::page(&visit.kit, &round, &status, &state))
        }
        Ok(_) => not_found(),
        Err(failure) => failed(&visit.kit, Some(&round), &failure),
    }
}

/// The hash of the round's files, which open pages compare with theirs.
pub(super) async fn seen(State(server): State<Arc<Server>>, Path(key): Path<String>) -> Response {
    match round_of(&server, &key) {
        Some(round) => files::print(&round.path).into_response(),
        None => not_found(),
    }
}

/// Starts an action.
pub(super) async fn start(
    State(server): State<Arc<Server>>,
    Path((key, action)): Path<(String, String)>,
    form: SignedForm,
) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let Some(request) = request(&round, &action, &form) else { return not_found() };
    let task = server.tasks.start(&key, request, server.today, Vec::new());
    see_other(&form.kit.to(&format!("/running/{}", task.id)))
}

/// The request behind a button: that of the command with the same name.
fn request(round: &KnownRound, action: &str, form: &SignedForm) -> Option<Request> {
    let round = round.path.clone();
    Some(match action {
        "issue" => Request::Issue(round),
        "collect" => Request::Collect { round, all: true },
        "challenge" => Request::Challenge(round),
        "queries" => {
            let reply_by = form.field("reply_by").parse().ok();
            Request::Queries(QueriesWishes { round, reply_by, again: form.field("again") == "yes" })
        }
        "report" => {
            let length = if form.field("length") == "full" { Length::Full } else { Length::Short };
            let annex = Some(form.field("annex")).filter(|id| !id.is_empty());
            let annex = annex.into_iter().map(str::to_string).collect();
            Request::Report(ReportWishes { round, length, annex, dataset: None, keep: None, all: true })
        }
        _ => return None,
    })
}
