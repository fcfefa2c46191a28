//! The extractors that routes use, with the answers that many routes share.

use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{Form, FromRequest, FromRequestParts, Multipart, Request as HttpRequest};
use axum::http::StatusCode;
use axum::http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use axum::http::request::Parts as RequestHead;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use tokio::time::timeout;

use crate::app::Failure;
use crate::app::rounds::{self, KnownRound};
use crate::web::checks::Refused;
use crate::web::limits;
use crate::web::parts::{self, PageFrame, PageKit};
use crate::web::server::Server;

/// The browser that asks, and the address that it asks for.
#[derive(Debug, Clone)]
pub(super) struct PageVisit {
    /// Makes links and forms for that browser.
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
    /// Makes links and forms for the page that answers.
    pub kit: PageKit,
    fields: Vec<(String, String)>,
    file: Option<(String, Vec<u8>)>,
}

impl SignedForm {
    /// The form, where its token is the one for this address.
    fn if_signed(self, path: &str) -> Option<SignedForm> {
        self.kit.session.is_token(path, self.field("token")).then_some(self)
    }

    /// A file that came with it, by its name and its bytes; `None` where none was chosen.
    pub(super) fn file(&self) -> Option<&(String, Vec<u8>)> {
        self.file.as_ref()
    }

    /// Every field, in the order of the form.
    pub(super) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// A field; empty where it was not sent.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }
}

impl FromRequest<Arc<Server>> for SignedForm {
    type Rejection = Response;

    async fn from_request(request: HttpRequest, server: &Arc<Server>) -> Result<SignedForm, Response> {
        let visit: PageVisit = request.extensions().get().cloned().ok_or_else(|| refused(Refused::Session))?;
        let length = header(&request, CONTENT_LENGTH).and_then(|length| length.parse().ok());
        let has_parts = header(&request, CONTENT_TYPE).is_some_and(|kind| kind.starts_with("multipart/"));
        let most = if has_parts { limits::LIST_FORM } else { limits::form(&visit.path) };
        if length.is_some_and(|length: usize| length > most) {
            // A browser that is cut off while it sends shows a network error and not our answer, so the rest is read and discarded.
            _ = timeout(limits::FORM_TIME, to_bytes(request.into_body(), limits::THROWN_AWAY as usize)).await;
            return Err(too_much());
        }
        if has_parts {
            let form = timeout(limits::FORM_TIME, with_file(visit.kit, request, server)).await;
            let form = form.ok().flatten().ok_or_else(|| refused(Refused::Form))?;
            return form.if_signed(&visit.path).ok_or_else(|| refused(Refused::Form));
        }
        let read = timeout(limits::FORM_TIME, Form::<Vec<(String, String)>>::from_request(request, server)).await;
        let fields = match read {
            Ok(Ok(Form(fields))) => fields,
            // A form that does not say its length turns out to be too large only while it is read.
            Ok(Err(error)) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(too_much());
            }
            _ => return Err(refused(Refused::Form)),
        };
        let form = SignedForm { kit: visit.kit, fields, file: None };
        form.if_signed(&visit.path).ok_or_else(|| refused(Refused::Form))
    }
}

fn header(request: &HttpRequest, name: HeaderName) -> Option<&str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// A multipart form, one part of which may be a file; `None` where it does not arrive whole.
async fn with_file(kit: PageKit, request: HttpRequest, server: &Arc<Server>) -> Option<SignedForm> {
    let mut parts = Multipart::from_request(request, server).await.ok()?;
    let mut form = SignedForm { kit, fields: Vec::new(), file: None };
    while let Some(part) = parts.next_field().await.ok()? {
        let name = part.name().unwrap_or_default().to_string();
        match part.file_name().map(str::to_string) {
            Some(file) => {
                let bytes = part.bytes().await.ok()?;
                // Where no file was chosen, a browser still sends the part, with an empty name.
                form.file = Some((file, bytes.to_vec())).filter(|(file, _)| !file.is_empty());
            }
            None => form.fields.push((name, part.text().await.ok()?)),
        }
    }
    Some(form)
}

fn too_much() -> Response {
    closing(StatusCode::PAYLOAD_TOO_LARGE, "This is too much at once", "Send less text.")
}

/// A page with a status.
pub(super) fn shown(status: StatusCode, markup: Markup) -> Response {
    (status, Html(markup.into_string())).into_response()
}

/// A page with status 200.
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

/// The title and text for an address that leads nowhere.
const NOTHING_HERE: (&str, &str) = (
    "There is nothing here",
    "This page or file is no longer here, or the address is wrong. A finding goes away once it is put right.",
);

/// The page for an address that leads nowhere.
pub(super) fn not_found() -> Response {
    shown(StatusCode::NOT_FOUND, parts::plain(NOTHING_HERE.0, NOTHING_HERE.1))
}

/// The same for a browser with a session, with a link back. A page for anybody else has no links: whoever asks may not be the officer.
pub(super) fn not_here(kit: &PageKit, round: Option<&KnownRound>) -> Response {
    let (title, text) = NOTHING_HERE;
    let main = html! {
        p { (text) }
        @match round {
            Some(round) => p { a href=(kit.to_round(round, "")) { "Back to the round's overview" } },
            None => p { a href=(kit.base) { "Back to the rounds on this computer" } },
        }
    };
    // A part that does not exist: an empty one would mark the overview as the open page.
    let frame = PageFrame { title, round, part: "nothing", ..PageFrame::default() };
    shown(StatusCode::NOT_FOUND, parts::page(kit, &frame, &main))
}

/// The round in a path; `None` where the path has none.
pub(super) fn round_in(server: &Server, path: &str) -> Option<KnownRound> {
    let (_, rest) = path.split_once("/r/")?;
    round_of(server, rest.split('/').next().unwrap_or_default())
}

/// A plain page. The connection is closed after it.
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

/// Redirects with 303, so that reloading the page does not send the form again.
pub(super) fn see_other(to: &str) -> Response {
    let mut response = (StatusCode::SEE_OTHER, Bytes::new()).into_response();
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

/// The round with this key; `None` where no round has it, which a route answers with [`not_found`].
pub(super) fn round_of(server: &Server, key: &str) -> Option<KnownRound> {
    let round = rounds::by_key(&server.place, key)?;
    // A day that was given is that of the sample, too.
    Some(KnownRound { sample_day: round.sample_day.filter(|_| server.today.is_none()), ..round })
}
