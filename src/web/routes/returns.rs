//! Returns that are uploaded on a page.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::multipart::Field as PartOfUpload;
use axum::extract::{FromRequest, Multipart, Path, Request as HttpRequest, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::response::Response;
use tokio::time::timeout;

use super::asked::{PageVisit, closing, failed, not_found, refused, round_of, see_other, shown};
use crate::app::files;
use crate::app::incoming::{Incoming, TakenIn};
use crate::app::rounds::KnownRound;
use crate::app::{Failure, Outcome, Request};
use crate::core::words;
use crate::web::checks::Refused;
use crate::web::server::Server;
use crate::web::{limits, pages};

/// The page.
pub(super) async fn page(State(server): State<Arc<Server>>, Path(key): Path<String>, visit: PageVisit) -> Response {
    match round_of(&server, &key) {
        Some(round) => page_with(&server, &visit, &round, None).await,
        None => not_found(),
    }
}

async fn page_with(server: &Server, visit: &PageVisit, round: &KnownRound, failure: Option<&Failure>) -> Response {
    let seen = files::print(&round.path);
    let path = round.path.clone();
    let looked = match server.look_at(round, move |surroundings| files::returns(&path, surroundings)).await {
        Ok(returns) => server.act(Request::Status(round.path.clone())).await.map(|outcome| (returns, outcome)),
        Err(unread) => Err(unread),
    };
    match looked {
        Ok((returns, Outcome::Status(outcome))) => {
            let status = if failure.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            shown(status, pages::returns::page(&visit.kit, round, &returns, &outcome, &seen, failure))
        }
        Ok(_) => not_found(),
        Err(unread) => failed(&visit.kit, Some(round), failure.unwrap_or(&unread)),
    }
}

/// Takes files in, puts them into `returns/`, then reads all returns.
pub(super) async fn take_in(
    State(server): State<Arc<Server>>,
    Path(key): Path<String>,
    visit: PageVisit,
    request: HttpRequest,
) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let length = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let Ok(mut parts) = Multipart::from_request(request, &server).await else { return refused(Refused::Form) };
    let Ok(_place) = server.uploads.try_acquire() else {
        throw_away(&mut parts).await;
        let text = format!("It is already taking in {} uploads. Try again in a moment.", limits::UPLOADS);
        return closing(StatusCode::SERVICE_UNAVAILABLE, "jtai is busy", &text);
    };
    // An upload that says that it is too large is refused before any of it is kept.
    let received = match length.is_some_and(|length| length > limits::UPLOAD as u64) {
        true => Err(Stopped::TooLarge),
        false => receive(&visit, &round, &mut parts).await,
    };
    let incoming = match received {
        Ok(incoming) => incoming,
        Err(Stopped::Answered(response)) => return response,
        Err(Stopped::TooLarge) => {
            throw_away(&mut parts).await;
            return too_large();
        }
        Err(Stopped::Failed(failure)) => return page_with(&server, &visit, &round, Some(&failure)).await,
    };
    // The button was pressed before any file was chosen.
    if incoming.count() == 0 {
        return see_other(&visit.path);
    }
    match server.on_thread(move || incoming.place()).await {
        Ok(taken) => {
            let notes = taken.iter().filter_map(note).collect::<Vec<_>>();
            let new = taken.iter().filter(|one| !matches!(one, TakenIn::AlreadyThere(_))).count();
            let came = format!("{} came in.", words::capitalised(&words::count(new, "file")));
            let request = Request::Collect { round: round.path.clone(), all: true };
            let task = server.tasks.start(&key, request, server.today, std::iter::once(came).chain(notes).collect());
            see_other(&visit.kit.to(&format!("/running/{}", task.id)))
        }
        Err(failure) => page_with(&server, &visit, &round, Some(&failure)).await,
    }
}

/// The note about one file, where there is something to say.
fn note(taken: &TakenIn) -> Option<String> {
    match taken {
        TakenIn::New(_) => None,
        TakenIn::AlreadyThere(name) => Some(format!("{name} was already here, with the same content.")),
        TakenIn::Renamed(name) => Some(format!("A different file had the same name, so this one is called {name}.")),
    }
}

/// Why an upload was not taken in.
enum Stopped {
    /// It was answered with this.
    Answered(Response),
    /// It is larger than the limits.
    TooLarge,
    /// It failed, and the page says why.
    Failed(Failure),
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Stopped {
        Stopped::Failed(failure)
    }
}

/// Takes the parts of an upload: first the token, then files. If it ends before the last part, nothing is kept.
async fn receive(visit: &PageVisit, round: &KnownRound, parts: &mut Multipart) -> Result<Incoming, Stopped> {
    let cut_off = || {
        let text = "Not all of the files arrived, so nothing was kept. Try again.";
        Stopped::Answered(closing(StatusCode::BAD_REQUEST, "The upload was cut off", text))
    };
    let mut incoming = Incoming::new(&round.path)?;
    let (mut is_signed, mut all) = (false, 0);
    loop {
        let part = timeout(limits::STALL, parts.next_field()).await.map_err(|_| cut_off())?.map_err(|_| cut_off())?;
        let Some(mut part) = part else { break };
        if !is_signed {
            let token = timeout(limits::STALL, token(&mut part)).await.ok().flatten().ok_or_else(cut_off)?;
            is_signed = visit.kit.session.is_token(&visit.path, &token);
            if !is_signed {
                return Err(Stopped::Answered(refused(Refused::Form)));
            }
            continue;
        }
        let Some(name) = part.file_name().map(str::to_string).filter(|name| !name.is_empty()) else { continue };
        if incoming.count() >= limits::FILES {
            return Err(too_large_from(&mut part).await);
        }
        incoming.begin(&name)?;
        let mut of_file = 0;
        loop {
            let pieces = timeout(limits::STALL, stretch(&mut part)).await.ok().flatten().ok_or_else(cut_off)?;
            if pieces.is_empty() {
                break;
            }
            for piece in pieces {
                of_file += piece.len() as u64;
                all += piece.len();
                if of_file > limits::FILE || all > limits::UPLOAD {
                    return Err(too_large_from(&mut part).await);
                }
                incoming.add(&piece)?;
            }
        }
    }
    if is_signed { Ok(incoming) } else { Err(Stopped::Answered(refused(Refused::Form))) }
}

/// The next stretch of a file: some pieces, none at its end. `None` where the connection breaks. The time limit is on a stretch and not on
/// each piece: a client that sends a byte now and then would otherwise keep one of the few places for uploads.
async fn stretch(part: &mut PartOfUpload<'_>) -> Option<Vec<Bytes>> {
    let (mut pieces, mut length) = (Vec::new(), 0);
    while length < limits::STRETCH
        && let Some(piece) = part.chunk().await.ok()?
    {
        length += piece.len();
        pieces.push(piece);
    }
    Some(pieces)
}

/// The token, which is the first part of an upload; `None` where the connection breaks.
async fn token(part: &mut PartOfUpload<'_>) -> Option<String> {
    // A token has 64 characters. A longer text is not one, and must not fill the memory.
    const LONGEST: usize = 256;
    let mut token = Vec::new();
    if part.name() != Some("token") {
        return Some(String::new());
    }
    while let Some(piece) = part.chunk().await.ok()? {
        token.extend_from_slice(&piece);
        if token.len() > LONGEST {
            return Some(String::new());
        }
    }
    String::from_utf8(token).ok()
}

fn too_large() -> Response {
    let text = format!(
        "A file can be up to {} MB. One upload can be up to {} MB, in at most {} files. Nothing was kept. Send fewer files at once.",
        limits::FILE >> 20,
        limits::UPLOAD >> 20,
        limits::FILES
    );
    closing(StatusCode::PAYLOAD_TOO_LARGE, "This is too much at once", &text)
}

/// Stops an upload that is too large, at this part. Asking for the next part would read all of this one first, however long it is.
async fn too_large_from(part: &mut PartOfUpload<'_>) -> Stopped {
    match timeout(limits::THROWING_AWAY, is_thrown_away(part, &mut 0)).await {
        Ok(true) => Stopped::TooLarge,
        _ => Stopped::Answered(too_large()),
    }
}

/// Reads and discards the rest, up to a limit: a browser that is cut off while it sends shows a network error and not our answer.
async fn throw_away(parts: &mut Multipart) {
    let thrown = async {
        let mut read = 0;
        while let Ok(Some(mut part)) = parts.next_field().await
            && is_thrown_away(&mut part, &mut read).await
        {}
    };
    // The answer is the same whether or not all of it was read in time.
    _ = timeout(limits::THROWING_AWAY, thrown).await;
}

/// Reads and discards the rest of a part. True if that reached the end before the limit.
async fn is_thrown_away(part: &mut PartOfUpload<'_>, read: &mut u64) -> bool {
    while let Ok(Some(piece)) = part.chunk().await {
        *read += piece.len() as u64;
        if *read > limits::THROWN_AWAY {
            return false;
        }
    }
    true
}
