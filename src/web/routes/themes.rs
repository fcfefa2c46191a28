//! The themes on this computer.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use super::asked::{PageVisit, failed, fine, not_found};
use crate::app::{Outcome, Request};
use crate::web::pages;
use crate::web::server::Server;

/// The list.
pub(super) async fn list(State(server): State<Arc<Server>>, visit: PageVisit) -> Response {
    match server.act(Request::ThemeList(true)).await {
        Ok(Outcome::ThemeList(themes)) => fine(pages::themes::list(&visit.kit, &themes)),
        Ok(_) => not_found(),
        Err(failure) => failed(&visit.kit, None, &failure),
    }
}

/// A theme to read. It is looked up in the list of themes, so that no address can name a file.
pub(super) async fn one(State(server): State<Arc<Server>>, Path(id): Path<String>, visit: PageVisit) -> Response {
    match server.act(Request::ThemeList(true)).await {
        Ok(Outcome::ThemeList(themes)) => match themes.themes.iter().find(|(theme, _)| theme.id.as_str() == id) {
            Some((theme, _)) => fine(pages::themes::one(&visit.kit, theme)),
            None => not_found(),
        },
        Ok(_) => not_found(),
        Err(failure) => failed(&visit.kit, None, &failure),
    }
}
