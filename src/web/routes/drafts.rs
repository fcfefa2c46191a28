//! Themes drafted from a document and corrected.

use std::path::Path as FilePath;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::asked::{PageVisit, SignedForm, failed, fine, not_found, see_other, shown};
use crate::app::theme::{
    self, CorrectWishes, Correction, DraftCorrections, DraftFolder, DraftFrom, DraftInHand, DraftWishes,
    FrameworkDetails, PieceFate, TO_FILL_IN,
};
use crate::app::{Failure, Outcome, Request, Surroundings};
use crate::core::words;
use crate::web::inputs::{FieldFault, SentForm};
use crate::web::pages::drafts::{AGREED, DraftNews, VERSION, asked_of, field, points_of, together};
use crate::web::parts::PageKit;
use crate::web::server::Server;
use crate::web::{headers, pages};

/// The file name that a pasted text is given.
const PASTED: &str = "pasted.txt";

/// The form for a new theme.
pub(super) async fn new(visit: PageVisit) -> Response {
    let filled = |_: &str| String::new();
    fine(pages::drafts::new(&visit.kit, &SentForm { filled: &filled, faults: &[], failure: None }))
}

/// Makes a draft, and opens it.
pub(super) async fn make(State(server): State<Arc<Server>>, form: SignedForm) -> Response {
    let faults = faults(&form);
    if !faults.is_empty() {
        return again(&form, &faults, None);
    }
    let title = form.field("title").trim().to_string();
    let from = match form.file() {
        Some((name, bytes)) => DraftFrom::Bytes(name.clone(), bytes.clone()),
        None => DraftFrom::Bytes(PASTED.to_string(), form.field("pasted").as_bytes().to_vec()),
    };
    let today = server.look(|surroundings: Surroundings<'_>| Ok(surroundings.today())).await;
    let id = today.and_then(|today| new_id(&title, today));
    let drafted = match id {
        Ok(id) => server.act(Request::ThemeDraft(DraftWishes { from, id, title, into: DraftFolder::Home })).await,
        Err(failure) => Err(failure),
    };
    match drafted {
        Ok(Outcome::ThemeDraft(made)) => see_other(&form.kit.to(&format!("/themes/{}/draft", stem(&made.file)))),
        // The file was not a framework but a filled-in workbook to check: its corrections were taken in.
        Ok(Outcome::ThemeCorrect(made)) => {
            see_other(&form.kit.to(&format!("/themes/{}/draft/saved", stem(&made.file))))
        }
        Ok(_) => not_found(),
        Err(failure) => again(&form, &[], Some(&failure)),
    }
}

/// The id of a theme, from its file.
fn stem(file: &FilePath) -> String {
    file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The workbook to check, to save.
pub(super) async fn workbook(State(server): State<Arc<Server>>, Path(id): Path<String>, visit: PageVisit) -> Response {
    let made = move |surroundings: Surroundings<'_>| theme::workbook_to_check(&id, surroundings.today());
    match server.look(made).await {
        Ok((name, bytes)) => (headers::of_download(&name), bytes).into_response(),
        Err(failure) => failed(&visit.kit, None, &failure),
    }
}

/// Takes in the corrections of a workbook to check.
pub(super) async fn take_back(State(server): State<Arc<Server>>, Path(id): Path<String>, form: SignedForm) -> Response {
    let Some((name, bytes)) = form.file().cloned() else {
        return see_other(&form.kit.to(&format!("/themes/{id}/draft")));
    };
    let from = DraftFrom::Bytes(name, bytes);
    // The workbook says which theme it belongs to, so no id is given.
    let wishes = DraftWishes { from, id: String::new(), title: String::new(), into: DraftFolder::Home };
    match server.act(Request::ThemeDraft(wishes)).await {
        Ok(Outcome::ThemeCorrect(made)) => {
            let id = stem(&made.file);
            match made.findings.is_empty() {
                true => see_other(&form.kit.to(&format!("/themes/{id}/draft/saved"))),
                false => page_with(&server, &form.kit, id, None, &DraftNews::Taken(&made.findings)).await,
            }
        }
        Ok(_) => not_found(),
        Err(failure) => page_with(&server, &form.kit, id, None, &DraftNews::Refused(&failure)).await,
    }
}

/// An id that no theme has yet, made from the title and the year.
fn new_id(title: &str, today: Date) -> Result<String, Failure> {
    let year = today.year().to_string();
    // The id becomes a file name, so it is kept short.
    let title: String = words::slug(title).chars().take(60).collect();
    let title = title.trim_matches('-');
    let wished = if title.ends_with(&year) { title.to_string() } else { format!("{title}-{year}") };
    let all = (1..).map(|number| if number > 1 { format!("{wished}-{number}") } else { wished.clone() });
    let is_free = |id: &String| !theme::is_taken(id);
    all.take(100).find(is_free).ok_or_else(Failure::of_fault)
}

fn faults(form: &SignedForm) -> Vec<FieldFault> {
    let is_pasted = !form.field("pasted").trim().is_empty();
    let found = [
        (form.field("title").trim().is_empty(), "title", "Write what the theme is called"),
        (form.file().is_none() && !is_pasted, "source", "Choose the framework as a file, or paste its text"),
        (form.file().is_some() && is_pasted, "source", "Give the framework in one way only: as a file, or pasted"),
    ];
    let wrong = found.into_iter().filter(|(is_wrong, ..)| *is_wrong);
    wrong.map(|(_, field, says)| FieldFault { field: field.to_string(), says: says.to_string() }).collect()
}

fn again(form: &SignedForm, faults: &[FieldFault], failure: Option<&Failure>) -> Response {
    let filled = |name: &str| form.field(name).to_string();
    let page = pages::drafts::new(&form.kit, &SentForm { filled: &filled, faults, failure });
    shown(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// A draft side by side with its source.
pub(super) async fn page(State(server): State<Arc<Server>>, Path(id): Path<String>, visit: PageVisit) -> Response {
    page_with(&server, &visit.kit, id, None, &DraftNews::Nothing).await
}

/// The same page after saving.
pub(super) async fn saved(State(server): State<Arc<Server>>, Path(id): Path<String>, visit: PageVisit) -> Response {
    page_with(&server, &visit.kit, id, None, &DraftNews::Saved).await
}

async fn page_with(
    server: &Server,
    kit: &PageKit,
    id: String,
    typed: Option<&SignedForm>,
    news: &DraftNews<'_>,
) -> Response {
    let looked = server.look(move |surroundings: Surroundings<'_>| {
        let today = surroundings.today();
        Ok((theme::in_hand(&id, today)?, today))
    });
    match looked.await {
        Ok((draft, today)) => {
            let typed = |name: &str| typed.and_then(|form| values(form, name));
            let page = pages::drafts::in_hand(kit, &draft, &typed, today, news);
            match news {
                DraftNews::Refused(_) | DraftNews::NotChecked(_) => shown(StatusCode::UNPROCESSABLE_ENTITY, page),
                DraftNews::Nothing | DraftNews::Saved | DraftNews::Taken(_) => fine(page),
            }
        }
        Err(failure) => failed(kit, None, &failure),
    }
}

/// What was sent under a name; `None` where nothing was.
fn values(form: &SignedForm, name: &str) -> Option<Vec<String>> {
    let sent = form.fields().iter().filter(|(known, _)| known == name);
    let values: Vec<String> = sent.map(|(_, value)| value.clone()).collect();
    (!values.is_empty()).then_some(values)
}

/// Saves what was corrected.
pub(super) async fn correct(State(server): State<Arc<Server>>, Path(id): Path<String>, form: SignedForm) -> Response {
    let theme = id.clone();
    let in_hand = server.look(move |surroundings: Surroundings<'_>| theme::in_hand(&theme, surroundings.today())).await;
    let corrected = match in_hand {
        Ok(draft) => {
            let (corrections, by) = (corrections(&draft, &form), form.field("by").trim().to_string());
            form.kit.session.keep_decided_by(&by);
            let version = Some(form.field(VERSION).to_string());
            let wishes = CorrectWishes { id: id.clone(), version, corrections, by: by.clone() };
            let corrected = server.act(Request::ThemeCorrect(wishes)).await;
            if corrected.is_ok() && !form.field(pages::drafts::COMPARED).is_empty() {
                let checked = server.act(Request::ThemeChecked { id: id.clone(), by, on: None }).await;
                if let Err(failure) = checked {
                    return page_with(&server, &form.kit, id, None, &DraftNews::NotChecked(&failure)).await;
                }
            }
            corrected
        }
        Err(failure) => return failed(&form.kit, None, &failure),
    };
    answer(&server, id, &form, corrected).await
}

/// Notes who compared the theme with its framework, and when.
pub(super) async fn checked(State(server): State<Arc<Server>>, Path(id): Path<String>, form: SignedForm) -> Response {
    let by = form.field("by").trim().to_string();
    form.kit.session.keep_decided_by(&by);
    let done = match form.field("on").trim().parse::<Date>() {
        Ok(on) => server.act(Request::ThemeChecked { id: id.clone(), by, on: Some(on) }).await,
        Err(_) => Err(Failure::not_a_day(form.field("on"))),
    };
    answer(&server, id, &form, done).await
}

async fn answer(server: &Server, id: String, form: &SignedForm, done: Result<Outcome, Failure>) -> Response {
    match done {
        Ok(_) => see_other(&form.kit.to(&format!("/themes/{id}/draft/saved"))),
        Err(failure) => page_with(server, &form.kit, id, Some(form), &DraftNews::Refused(&failure)).await,
    }
}

/// What the form says that the draft does not.
fn corrections(draft: &DraftInHand, form: &SignedForm) -> DraftCorrections {
    let mut pieces: Vec<Correction> = (0..draft.pieces.len()).map(|at| correction(draft, at, form)).collect();
    let is_lead_in = |at: &usize| matches!(draft.pieces[*at].fate, PieceFate::LeadIn | PieceFate::InnerLeadIn);
    (0..draft.pieces.len()).filter(is_lead_in).for_each(|at| ask_together(draft, at, form, &mut pieces));
    let is_agreed = !form.field(AGREED).is_empty();
    let reasons = draft.reasons.iter().filter(|reason| is_agreed && reason.open > 0).map(|reason| reason.why.clone());
    let of = &draft.theme.framework;
    let changed = |name: &str, now: &str| {
        let typed = values(form, name)?.into_iter().next()?;
        // What is still to be filled in is an empty field on the page.
        let now = if now == TO_FILL_IN { "" } else { now.trim() };
        (typed.trim() != now).then(|| typed.trim().to_string())
    };
    let framework = FrameworkDetails {
        theme_title: changed("theme_title", &draft.theme.title),
        title: changed("framework_title", &of.title),
        publisher: changed("publisher", &of.publisher),
        published: values(form, "published").and_then(|days| changed_day(days.first()?, of.published)),
    };
    DraftCorrections {
        pieces: pieces.into_iter().filter(|one| !one.is_empty()).collect(),
        agreed_reasons: reasons.collect(),
        framework,
    }
}

/// The day that somebody put, `Some(None)` where they emptied the field; `None` where it is as it was, or no day.
fn changed_day(typed: &str, now: Option<Date>) -> Option<Option<Date>> {
    let day = match typed.trim() {
        "" => None,
        day => Some(day.parse().ok()?),
    };
    (day != now).then_some(day)
}

/// Gives each point of a lead-in what somebody chose for all of them, unless they chose differently at the point.
fn ask_together(draft: &DraftInHand, at: usize, form: &SignedForm, pieces: &mut [Correction]) {
    let points = points_of(draft, at);
    let Some(asked) = values(form, &field("asked", at)).filter(|_| points.len() > 1) else { return };
    let asked = asked_of(&asked);
    if asked.is_nobody() || Some(&asked) == together(draft, &points).as_ref() {
        return;
    }
    for point in points {
        let is_now = draft.pieces[point].statement.as_ref().is_some_and(|one| one.asked == asked);
        if pieces[point].asked.is_none() && !is_now {
            pieces[point].asked = Some(asked.clone());
        }
    }
}

fn correction(draft: &DraftInHand, at: usize, form: &SignedForm) -> Correction {
    let piece = &draft.pieces[at];
    let one = |part: &str| values(form, &field(part, at)).and_then(|values| values.into_iter().next());
    let changed = |part: &str, now: &str| one(part).filter(|typed| unix(typed) != now.trim()).map(|typed| unix(&typed));
    let fate = one("fate").and_then(|key| PieceFate::ALL.into_iter().find(|fate| fate.key() == key));
    let mut correction = Correction { fate: fate.filter(|fate| *fate != piece.fate), ..Correction::to(at) };
    if piece.fate == PieceFate::Area {
        correction.wording = changed("wording", &piece.area);
    }
    if let Some(statement) = &piece.statement {
        correction.wording = changed("wording", &statement.wording);
        correction.short = changed("short", &statement.short);
        correction.area = changed("area", &piece.area);
        let asked = values(form, &field("asked", at)).map(|codes| asked_of(&codes));
        correction.asked = asked.filter(|asked| *asked != statement.asked);
    }
    correction
}

/// A text as a theme has it: forms end lines with CR LF, whatever was in the field.
fn unix(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_string()
}
