//! A round's settings.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::asked::{PageVisit, SignedForm, failed, fine, not_found, round_of, see_other, shown};
use crate::app::rounds::KnownRound;
use crate::app::settings::{self, RoundSetting, SettingEdit, ShortNameEdit};
use crate::app::{Failure, Surroundings};
use crate::web::pages;
use crate::web::pages::settings::{NO_LOGO, PROGRAMME_WIDE, SHORT, SettingsNews, WAS, as_saved};
use crate::web::parts::PageKit;
use crate::web::server::Server;

/// The form.
pub(super) async fn page(State(server): State<Arc<Server>>, Path(key): Path<String>, visit: PageVisit) -> Response {
    page_with(&server, &key, &visit, &SettingsNews::Nothing).await
}

/// The same page after saving.
pub(super) async fn saved(State(server): State<Arc<Server>>, Path(key): Path<String>, visit: PageVisit) -> Response {
    page_with(&server, &key, &visit, &SettingsNews::Saved).await
}

async fn page_with(server: &Server, key: &str, visit: &PageVisit, news: &SettingsNews<'_>) -> Response {
    let Some(round) = round_of(server, key) else { return not_found() };
    shown_with(server, &visit.kit, &round, &|_| None, news).await
}

/// The page. Fields show what `typed` gives, or else what is saved.
async fn shown_with(
    server: &Server,
    kit: &PageKit,
    round: &KnownRound,
    typed: &(dyn Fn(&str) -> Option<String> + Sync),
    news: &SettingsNews<'_>,
) -> Response {
    let path = round.path.clone();
    let looked = server.look_at(round, move |surroundings: Surroundings<'_>| {
        let today = surroundings.today();
        Ok((settings::form(&path, today)?, today))
    });
    match looked.await {
        Ok((form, today)) => {
            let filled = |name: &str| typed(name).unwrap_or_else(|| as_saved(&form, name, today));
            let page = pages::settings::page(kit, round, &form, &filled, news);
            match news {
                SettingsNews::Refused(_) => shown(StatusCode::UNPROCESSABLE_ENTITY, page),
                SettingsNews::Nothing | SettingsNews::Saved => fine(page),
            }
        }
        Err(failure) => failed(kit, Some(round), &failure),
    }
}

/// Saves what was changed.
pub(super) async fn save(State(server): State<Arc<Server>>, Path(key): Path<String>, form: SignedForm) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let (path, edits) = (round.path.clone(), edits(&form));
    let logo = form.file().cloned();
    let done = server.look(move |_| settings::save(&path, &edits, logo.as_ref())).await;
    answer(&server, &round, &form, done).await
}

/// Notes who checked the wording.
pub(super) async fn check_wording(
    State(server): State<Arc<Server>>,
    Path(key): Path<String>,
    form: SignedForm,
) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let path = round.path.clone();
    let (by, on) = (form.field("checked_by").to_string(), form.field("checked_on").to_string());
    let noted = move |surroundings: Surroundings<'_>| settings::check_wording(&path, &by, &on, surroundings.today());
    let done = server.look_at(&round, noted).await;
    answer(&server, &round, &form, done).await
}

/// Saves the short names of statements.
pub(super) async fn short_names(
    State(server): State<Arc<Server>>,
    Path(key): Path<String>,
    form: SignedForm,
) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let edit = |(name, typed): &(String, String)| {
        let id = name.strip_prefix(SHORT)?;
        let was = form.field(&format!("{WAS}{name}")).to_string();
        Some(ShortNameEdit { id: id.to_string(), was, typed: typed.clone() })
    };
    let edits: Vec<ShortNameEdit> = form.fields().iter().filter_map(edit).collect();
    let path = round.path.clone();
    let done = server.look_at(&round, move |_| settings::save_short_names(&path, &edits)).await;
    answer(&server, &round, &form, done).await
}

async fn answer(server: &Server, round: &KnownRound, form: &SignedForm, done: Result<(), Failure>) -> Response {
    match done {
        Ok(()) => see_other(&form.kit.to_round(round, "/settings/saved")),
        Err(failure) => {
            let typed = |name: &str| typed(form, name);
            shown_with(server, &form.kit, round, &typed, &SettingsNews::Refused(&failure)).await
        }
    }
}

/// What was typed into a field; `None` where the form that was sent does not have it.
fn typed(form: &SignedForm, name: &str) -> Option<String> {
    let is_of_form = form.fields().iter().any(|(known, _)| known.strip_prefix(WAS).unwrap_or(known) == name);
    is_of_form.then(|| typed_setting(form, name))
}

/// A setting as the form has it: boxes that are ticked become a list.
fn typed_setting(form: &SignedForm, name: &str) -> String {
    let was = form.field(&format!("{WAS}{name}"));
    let ticked: Vec<&str> =
        form.fields().iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect();
    match RoundSetting::ALL.into_iter().find(|setting| setting.name() == name) {
        Some(RoundSetting::Rate) => ticked.join(", "),
        // Only one pack has a box on the page. Others that somebody wrote into `round.toml` must stay.
        Some(RoundSetting::Include) => {
            let others = was.split(',').map(str::trim).filter(|id| !id.is_empty() && *id != PROGRAMME_WIDE);
            others.chain(ticked).collect::<Vec<_>>().join(", ")
        }
        Some(RoundSetting::Logo) if form.field(NO_LOGO) == "yes" => String::new(),
        Some(RoundSetting::Logo) => was.to_string(),
        _ => ticked.first().map(ToString::to_string).unwrap_or_default(),
    }
}

fn edits(form: &SignedForm) -> Vec<SettingEdit> {
    let has = |setting: &RoundSetting| form.fields().iter().any(|(name, _)| name == setting.name());
    // Once workbooks are issued, the page has no field for what they ask, and a missing field must not empty the setting.
    let is_asked = form.fields().iter().any(|(name, _)| name == RoundSetting::ColumnOrder.name());
    let is_offered = |setting: &RoundSetting| {
        has(setting) || *setting == RoundSetting::Logo || setting.is_fixed_by_issue() && is_asked
    };
    let edit = |setting: RoundSetting| SettingEdit {
        setting,
        was: form.field(&format!("{WAS}{}", setting.name())).to_string(),
        typed: typed_setting(form, setting.name()),
    };
    RoundSetting::ALL.into_iter().filter(is_offered).map(edit).collect()
}
