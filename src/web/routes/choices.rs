//! The sheets of `choices.xlsx` as forms.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::asked::{PageVisit, SignedForm, failed, fine, not_found, round_of, see_other, shown};
use crate::app::choose::{self, CellEdit, ChoicesPreview, DrawnSlide, FilledChoices, FormSheet, SavedChoices};
use crate::app::rounds::KnownRound;
use crate::web::pages::choices::{BEFORE, ChoicesNews, SHOW, ShownPreview, TYPED, VERSION};
use crate::web::server::Server;
use crate::web::{headers, pages};

/// Redirects to the first sheet.
pub(super) async fn first(State(server): State<Arc<Server>>, Path(key): Path<String>, visit: PageVisit) -> Response {
    let first = FormSheet::all().into_iter().next().map(choose::slug);
    match round_of(&server, &key).zip(first) {
        Some((round, first)) => see_other(&visit.kit.to_round(&round, &format!("/choices/{first}"))),
        None => not_found(),
    }
}

/// A sheet.
pub(super) async fn page(
    State(server): State<Arc<Server>>,
    Path((key, sheet)): Path<(String, String)>,
    visit: PageVisit,
) -> Response {
    page_with(&server, &key, &sheet, &visit, &ChoicesNews::Nothing).await
}

/// The same page after saving.
pub(super) async fn saved(
    State(server): State<Arc<Server>>,
    Path((key, sheet)): Path<(String, String)>,
    visit: PageVisit,
) -> Response {
    page_with(&server, &key, &sheet, &visit, &ChoicesNews::Saved).await
}

async fn page_with(server: &Server, key: &str, sheet: &str, visit: &PageVisit, news: &ChoicesNews<'_>) -> Response {
    let Some((round, sheet)) = round_of(server, key).zip(choose::sheet(sheet)) else { return not_found() };
    let path = round.path.clone();
    match server.look_at(&round, move |surroundings| choose::form(&path, sheet, surroundings)).await {
        Ok(form) => fine(pages::choices::page(&visit.kit, &round, &form, news)),
        Err(failure) => failed(&visit.kit, Some(&round), &failure),
    }
}

/// Saves what was filled in, or shows how it would look.
pub(super) async fn fill_in(
    State(server): State<Arc<Server>>,
    Path((key, slug)): Path<(String, String)>,
    form: SignedForm,
) -> Response {
    let Some((round, sheet)) = round_of(&server, &key).zip(choose::sheet(&slug)) else { return not_found() };
    let filled = filled(&round, sheet, &form);
    if let Some(row) = form.field("do").strip_prefix(SHOW) {
        return preview(&server, &round, filled, row.to_string(), &form).await;
    }
    let page = |form_now, news: &ChoicesNews<'_>| pages::choices::page(&form.kit, &round, form_now, news);
    match server.look_at(&round, move |surroundings| choose::save(&filled, surroundings)).await {
        Ok(SavedChoices::Written) => see_other(&form.kit.to_round(&round, &format!("/choices/{slug}/saved"))),
        Ok(SavedChoices::Changed(now)) => shown(StatusCode::CONFLICT, page(&now, &ChoicesNews::Changed)),
        Ok(SavedChoices::Refused(now, failure)) => {
            shown(StatusCode::UNPROCESSABLE_ENTITY, page(&now, &ChoicesNews::Refused(&failure)))
        }
        Err(failure) => failed(&form.kit, Some(&round), &failure),
    }
}

async fn preview(
    server: &Server,
    round: &KnownRound,
    filled: FilledChoices,
    row: String,
    form: &SignedForm,
) -> Response {
    match server.look_at(round, move |surroundings| choose::preview(&filled, &row, surroundings)).await {
        Ok(ChoicesPreview { form: now, slides, failure }) => {
            let kept = |slide: DrawnSlide| (server.keep_preview(slide.svg), slide.reference, slide.headline);
            let preview = ShownPreview { slides: slides.into_iter().map(kept).collect(), failure };
            fine(pages::choices::page(&form.kit, round, &now, &ChoicesNews::Shown(&preview)))
        }
        Err(failure) => failed(&form.kit, Some(round), &failure),
    }
}

/// The cells of a form, each with what was in it when the form was made.
fn filled(round: &KnownRound, sheet: FormSheet, form: &SignedForm) -> FilledChoices {
    let before: HashMap<&str, &str> =
        form.fields().iter().filter_map(|(name, text)| Some((name.strip_prefix(BEFORE)?, text.as_str()))).collect();
    let cell = |(name, typed): &(String, String)| {
        let name = name.strip_prefix(TYPED)?;
        let (row, at) = name.rsplit_once(':')?;
        let before = before.get(name).map(ToString::to_string).unwrap_or_default();
        Some(CellEdit { row: row.to_string(), cell: at.parse().ok()?, before, typed: typed.clone() })
    };
    let cells = form.fields().iter().filter_map(cell).collect();
    FilledChoices { round: round.path.clone(), sheet, version: form.field(VERSION).to_string(), cells }
}

/// A slide that was drawn from unsaved choices.
pub(super) async fn picture(
    State(server): State<Arc<Server>>,
    Path((_, _, id)): Path<(String, String, String)>,
) -> Response {
    match server.preview(&id) {
        Some(svg) => (headers::of_picture(), svg).into_response(),
        None => not_found(),
    }
}
