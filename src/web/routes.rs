//! The routes: each turns a request into an action of `app`, then the outcome into a page.

mod asked;
mod rounds;
mod themes;
mod drafts;
mod new_round;
mod again;
mod running;
mod round;
mod returns;
mod repair;
mod files;
mod findings;
mod slides;
mod messages;
mod choices;
mod settings;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request as HttpRequest, State};
use axum::http::header::{CONTENT_TYPE, HeaderValue, SET_COOKIE};
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::app;
use crate::web::checks::{self, Refused};
use crate::web::parts::PageKit;
use crate::web::server::Server;
use crate::web::{headers, limits};
use asked::{PageVisit, not_found, refused, see_other};

/// The style sheet of all pages.
const STYLE: &str = include_str!("assets/style.css");

/// What makes the pages handier. Everything also works without scripts.
const SCRIPT: &str = include_str!("assets/page.js");

/// The icon in the browser's tab, which is the program's own.
const ICON: &str = include_str!("assets/icon.svg");

/// Every address, behind the checks.
pub(super) fn router(server: &Arc<Server>) -> Router {
    let pages = Router::new()
        .route("/", get(rounds::page))
        .route("/style.css", get(async || asset("text/css; charset=utf-8", STYLE)))
        .route("/page.js", get(async || asset("text/javascript; charset=utf-8", SCRIPT)))
        .route("/icon.svg", get(async || asset("image/svg+xml", ICON)))
        .route("/rounds/add", post(rounds::add))
        .route("/demo", post(rounds::demo))
        .route("/stop", post(rounds::stop))
        .route("/themes", get(themes::list))
        .route("/themes/{id}", get(themes::one))
        .route("/themes/{id}/draft/saved", get(drafts::saved))
        .route("/themes/{id}/draft/workbook", get(drafts::workbook))
        .route("/themes/{id}/checked", post(drafts::checked))
        .route("/running/{id}", get(running::page))
        .route("/running/{id}/stop", post(running::stop))
        .route("/r/{round}", get(round::page))
        .route("/r/{round}/again", get(again::page).post(again::make))
        .route("/r/{round}/seen", get(round::seen))
        .route("/r/{round}/do/{action}", post(round::start))
        .route("/r/{round}/findings", get(findings::page))
        .route("/r/{round}/findings/{reference}", get(findings::one))
        .route("/r/{round}/findings/{reference}/settle", post(findings::settle))
        .route("/r/{round}/findings/{reference}/forget", post(findings::forget))
        .route("/r/{round}/slides", get(slides::first))
        .route("/r/{round}/slides/{length}/{page}", get(slides::page))
        .route("/r/{round}/slides/{length}/{page}/picture.svg", get(slides::picture))
        .route("/r/{round}/choices", get(choices::first))
        .route("/r/{round}/choices/{sheet}/saved", get(choices::saved))
        .route("/r/{round}/choices/{sheet}/picture/{id}", get(choices::picture))
        .route("/r/{round}/repair", post(repair::copy_answers))
        .route("/r/{round}/messages", get(messages::page))
        .route("/r/{round}/messages/sent", post(messages::sent))
        .route("/r/{round}/files", get(files::page))
        .route("/r/{round}/files/{file}", get(files::save))
        .route("/r/{round}/files/{file}/open", post(files::open))
        .route("/r/{round}/settings/saved", get(settings::saved))
        .route("/r/{round}/settings/wording", post(settings::check_wording))
        .route("/r/{round}/settings/short-names", post(settings::short_names))
        // A layer applies to the routes above it. Those below take files or many cells, and have their own limits.
        .layer(DefaultBodyLimit::max(limits::FORM))
        .route(
            "/r/{round}/settings",
            get(settings::page).post(settings::save).layer(DefaultBodyLimit::max(limits::LIST_FORM)),
        )
        .route("/themes/{id}/draft/back", post(drafts::take_back).layer(DefaultBodyLimit::max(limits::LIST_FORM)))
        .route("/draft", get(drafts::new).post(drafts::make).layer(DefaultBodyLimit::max(limits::LIST_FORM)))
        .route(
            "/themes/{id}/draft",
            get(drafts::page).post(drafts::correct).layer(DefaultBodyLimit::max(limits::FORM_OF_CHOICES)),
        )
        .route("/new", get(new_round::page).post(new_round::make).layer(DefaultBodyLimit::max(limits::LIST_FORM)))
        .route(
            "/r/{round}/choices/{sheet}",
            get(choices::page).post(choices::fill_in).layer(DefaultBodyLimit::max(limits::FORM_OF_CHOICES)),
        )
        // This route checks its own limits while the upload arrives.
        .route("/r/{round}/returns", get(returns::page).post(returns::take_in).layer(DefaultBodyLimit::disable()));
    Router::new()
        .nest(&server.base(), pages)
        .fallback(async || not_found())
        .layer(middleware::from_fn_with_state(Arc::clone(server), checked))
        .with_state(Arc::clone(server))
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static(kind))], text).into_response()
}

/// Refuses what must not come in, and adds the security headers to every answer.
async fn checked(State(server): State<Arc<Server>>, request: HttpRequest, next: Next) -> Response {
    let mut response = match checks::refusal(&server.at, request.method(), request.uri(), request.headers()) {
        Some(reason) => refused(reason),
        None => with_session(&server, request, next).await,
    };
    headers::add(response.headers_mut());
    response
}

async fn with_session(server: &Arc<Server>, mut request: HttpRequest, next: Next) -> Response {
    let path = request.uri().path().to_string();
    if let Some(token) = path.strip_prefix(&format!("{}/start/", server.base())) {
        return start(server, &request, token);
    }
    let Some(session) = server.sessions.find(&checks::cookies(request.headers())) else {
        return refused(Refused::Session);
    };
    // Pages ask for these every few seconds by themselves. If they counted, an open tab would keep the program running for ever.
    if !(path.ends_with("/seen") || path.contains("/running/")) {
        server.count_asked();
    }
    let kit = PageKit { base: server.base(), session };
    request.extensions_mut().insert(PageVisit { kit: kit.clone(), path: path.clone() });
    let response = next.run(request).await;
    // A browser with a session gets a page that links back.
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    asked::not_here(&kit, asked::round_in(server, &path).as_ref())
}

/// Exchanges a one-time token for a cookie. A wrong host does not use the token up, and neither does a browser that prefetches the address.
fn start(server: &Server, request: &HttpRequest, token: &str) -> Response {
    let looks_ahead = ["sec-purpose", "purpose"].iter().any(|name| request.headers().contains_key(*name));
    if *request.method() != Method::GET || looks_ahead {
        return refused(Refused::Method);
    }
    let Some(key) = server.place.use_up(token) else { return refused(Refused::Token) };
    let secret = app::random_hex();
    server.sessions.begin(&secret);
    let base = server.base();
    let to = if key.is_empty() { base.clone() } else { format!("{base}/r/{key}") };
    // A redirect, so that the token does not stay in the address bar.
    let mut response = see_other(&to);
    // Not `Secure`: pages are served over plain HTTP, to this computer only.
    let cookie = format!("jtai={secret}; HttpOnly; SameSite=Strict; Path={base}");
    match HeaderValue::from_str(&cookie) {
        Ok(cookie) => {
            response.headers_mut().insert(SET_COOKIE, cookie);
            response
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
