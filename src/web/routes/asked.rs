//! What routes take from a request, and the answers that many give.

use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{Form, FromRequest, FromRequestParts, Request as HttpRequest};
use axum::http::StatusCode;
use axum::http::header::{CONNECTION, CONTENT_LENGTH, HeaderValue, LOCATION};
use axum::http::request::Parts as RequestHead;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use tokio::time::timeout;

use crate::app::Failure;
use crate::app::rounds::{self, KnownRound};
use crate::web::checks::Refused;
use crate::web::door::Door;
use crate::web::limits;
use crate::web::parts::{self, PageFrame, PageKit};

/// Who asks, and for which address.
#[derive(Debug, Clone)]
pub(super) struct PageVisit {
    /// What makes links and forms for that browser.
    pub kit: PageKit,
    /// The address, from its first slash.
    pub path: String,
}

impl<S: Send + Sync> FromRequestParts<S> for PageVisit {
    type Rejection = Response;

    async fn from_request_parts(head: &mut RequestHead, _: &S) -> Result<PageVisit, Response> {
        head.extensions.get().cloned().ok_or_else(|| refused(Refused::Session))
    }
}

/// A form that was sent with its token.
#[derive(Debug)]
pub(super) struct SignedForm {
    /// What makes the next page.
    pub kit: PageKit,
    fields: Vec<(String, String)>,
}

impl SignedForm {
    /// Every field, in the order of the form.
    pub(super) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// A field; empty where it was not sent.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }
}

impl FromRequest<Arc<Door>> for SignedForm {
    type Rejection = Response;

    async fn from_request(request: HttpRequest, door: &Arc<Door>) -> Result<SignedForm, Response> {
        let visit: PageVisit = request.extensions().get().cloned().ok_or_else(|| refused(Refused::Session))?;
        let length = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let most = limits::form(&visit.path);
        if length.is_some_and(|length: usize| length > most) {
            // Read and thrown away: a browser that is cut off while it sends shows no answer.
            _ = timeout(limits::FORM_TIME, to_bytes(request.into_body(), most * 16)).await;
            return Err(too_much());
        }
        let read = timeout(limits::FORM_TIME, Form::<Vec<(String, String)>>::from_request(request, door)).await;
        let fields = match read {
            Ok(Ok(Form(fields))) => fields,
            Ok(Err(error)) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(too_much());
            }
            _ => return Err(refused(Refused::Form)),
        };
        let form = SignedForm { kit: visit.kit, fields };
        if form.kit.session.is_token(&visit.path, form.field("token")) { Ok(form) } else { Err(refused(Refused::Form)) }
    }
}

fn too_much() -> Response {
    closing(StatusCode::PAYLOAD_TOO_LARGE, "This is too much at once", "Send less text.")
}

/// A page.
pub(super) fn shown(status: StatusCode, markup: Markup) -> Response {
    (status, Html(markup.into_string())).into_response()
}

/// A page that nothing is wrong with.
pub(super) fn fine(markup: Markup) -> Response {
    shown(StatusCode::OK, markup)
}

/// The page for a refused request.
pub(super) fn refused(reason: Refused) -> Response {
    let status = match reason {
        Refused::Method => StatusCode::METHOD_NOT_ALLOWED,
        Refused::Address => StatusCode::NOT_FOUND,
        _ => StatusCode::FORBIDDEN,
    };
    shown(status, parts::refused(reason))
}

/// The page for an address that leads nowhere.
pub(super) fn not_found() -> Response {
    let text = "The page or the file is not here any more, or the address is wrong. Go back, and load the page again.";
    shown(StatusCode::NOT_FOUND, parts::plain("There is nothing here", text))
}

/// A plain page, after which the connection is closed.
pub(super) fn closing(status: StatusCode, title: &str, text: &str) -> Response {
    let mut response = shown(status, parts::plain(title, text));
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The page for what could not be done or shown.
pub(super) fn failed(kit: &PageKit, round: Option<&KnownRound>, failure: &Failure) -> Response {
    let main = html! {
        (parts::failure(failure))
        p { a href=(round.map_or(kit.base.clone(), |round| kit.to_round(round, ""))) { "Go back" } }
    };
    let frame = PageFrame { title: "This could not be done", round, ..PageFrame::default() };
    shown(StatusCode::UNPROCESSABLE_ENTITY, parts::page(kit, &frame, &main))
}

/// Leads to a page by a new request, so that loading it again does nothing twice.
pub(super) fn see_other(to: &str) -> Response {
    let mut response = (StatusCode::SEE_OTHER, Bytes::new()).into_response();
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

/// The round that an address names.
/// What has no round is answered with [`not_found`].
pub(super) fn round_of(door: &Door, key: &str) -> Option<KnownRound> {
    rounds::by_key(&door.place, key)
}
