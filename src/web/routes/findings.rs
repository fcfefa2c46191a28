//! Findings, with the decisions on them.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::asked::{PageVisit, SignedForm, failed, fine, not_found, round_of, shown};
use crate::app::forget::ForgetWishes;
use crate::app::offers::{self, FindingInFull};
use crate::app::rounds::KnownRound;
use crate::app::settle::{SettleWishes, TypedDecision};
use crate::app::{Failure, Outcome, Request, files};
use crate::core::words;
use crate::web::pages;
use crate::web::pages::findings::{FilledForm, VALUE};
use crate::web::server::Server;

/// The list.
pub(super) async fn page(
    State(server): State<Arc<Server>>,
    Path(key): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
    visit: PageVisit,
) -> Response {
    let chosen = asked.iter().find(|(name, _)| name == "agency").map_or("", |(_, key)| key);
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let seen = files::print(&round.path);
    let path = round.path.clone();
    match server.look_at(&round, move |surroundings| offers::list(&path, surroundings)).await {
        Ok(findings) => fine(pages::findings::page(&visit.kit, &round, &findings, chosen, &seen)),
        Err(failure) => failed(&visit.kit, Some(&round), &failure),
    }
}

async fn find(server: &Server, round: &KnownRound, reference: &str) -> Result<Option<FindingInFull>, Failure> {
    let (path, reference) = (round.path.clone(), reference.to_string());
    server.look_at(round, move |surroundings| offers::find(&path, &reference, surroundings)).await
}

/// One finding, with its form.
pub(super) async fn one(
    State(server): State<Arc<Server>>,
    Path((key, reference)): Path<(String, String)>,
    visit: PageVisit,
) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let before = visit.kit.session.decided_by();
    let by = if before.is_empty() { round.officer.clone() } else { before };
    let filled = FilledForm { by, ..FilledForm::default() };
    match find(&server, &round, &reference).await {
        Ok(Some(one)) => fine(pages::findings::one(&visit.kit, &round, &one, &filled, None)),
        Ok(None) => not_found(),
        Err(failure) => failed(&visit.kit, Some(&round), &failure),
    }
}

/// Puts a decision on record.
pub(super) async fn settle(
    State(server): State<Arc<Server>>,
    Path((key, reference)): Path<(String, String)>,
    form: SignedForm,
) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let filled = filled(&form);
    // Kept even if the decision is refused: nobody should have to type the name again.
    form.kit.session.keep_decided_by(&filled.by);
    let acted = match decision(&filled) {
        Some(decision) => {
            server.act(Request::Settle(wishes(&round, &reference, decision, &filled, &form))).await.map_err(Some)
        }
        None => Err(None),
    };
    match acted {
        Ok(Outcome::Settle(outcome)) => {
            let settled = outcome.settled.iter().map(|finding| match &finding.settled {
                Some(settlement) => format!("{}: {settlement}.", finding.place),
                None => format!("{} is settled.", finding.place),
            });
            let withdrawn =
                outcome.withdrawn.iter().map(|reference| format!("The decision on {reference} is taken back."));
            let lines: Vec<String> = settled.chain(withdrawn).collect();
            fine(pages::findings::settled(&form.kit, &round, &lines, outcome.must_fix, outcome.please_check))
        }
        Ok(_) => not_found(),
        Err(failure) => match (find(&server, &round, &reference).await, failure) {
            (Ok(Some(one)), failure) => {
                let failure = failure.unwrap_or_else(|| pages::findings::not_decided(&one, &filled));
                let page = pages::findings::one(&form.kit, &round, &one, &filled, Some(&failure));
                shown(StatusCode::UNPROCESSABLE_ENTITY, page)
            }
            (_, Some(failure)) | (Err(failure), None) => failed(&form.kit, Some(&round), &failure),
            (Ok(None), None) => not_found(),
        },
    }
}

/// What was filled in. A value beside a decision counts as that decision where no other is filled in and none was chosen: who picks a
/// rating from the list has decided.
fn filled(form: &SignedForm) -> FilledForm {
    let value = |(name, text): &(String, String)| {
        let name = name.strip_prefix(VALUE).filter(|_| !text.trim().is_empty())?;
        Some((name.to_string(), text.clone()))
    };
    let values: Vec<(String, String)> = form.fields().iter().filter_map(value).collect();
    let decision = match (form.field("decision"), values.as_slice()) {
        ("", [(only, _)]) => only.clone(),
        (chosen, _) => chosen.to_string(),
    };
    let (by, why) = (form.field("by").trim().to_string(), form.field("why").to_string());
    FilledForm { decision, values, by, why }
}

/// Removes the words of a deleted return from everything that was written.
pub(super) async fn forget(
    State(server): State<Arc<Server>>,
    Path((key, reference)): Path<(String, String)>,
    form: SignedForm,
) -> Response {
    let Some(round) = round_of(&server, &key) else { return not_found() };
    let one = match find(&server, &round, &reference).await {
        Ok(Some(one)) => one,
        Ok(None) => return not_found(),
        Err(failure) => return failed(&form.kit, Some(&round), &failure),
    };
    let by = form.field("by").trim().to_string();
    form.kit.session.keep_decided_by(&by);
    let wishes = ForgetWishes {
        file: one.offered.finding.place.file.clone(),
        by: Some(by.clone()).filter(|by| !by.is_empty()),
        why: form.field("why").to_string(),
        round: round.path.clone(),
    };
    match server.act(Request::Forget(wishes)).await {
        Ok(Outcome::Forget(outcome)) => {
            let removed = format!(
                "{} is forgotten, and {} deleted in case its words were there. Make the presentation and the messages again.",
                outcome.file,
                words::are(outcome.outputs_removed, "file")
            );
            fine(pages::findings::forgotten(&form.kit, &round, &removed, &outcome.findings))
        }
        Ok(_) => not_found(),
        Err(failure) => {
            let filled = FilledForm { by, ..FilledForm::default() };
            let page = pages::findings::one(&form.kit, &round, &one, &filled, Some(&failure));
            shown(StatusCode::UNPROCESSABLE_ENTITY, page)
        }
    }
}

fn wishes(
    round: &KnownRound,
    reference: &str,
    decision: TypedDecision,
    filled: &FilledForm,
    form: &SignedForm,
) -> SettleWishes {
    SettleWishes {
        references: vec![reference.to_string()],
        decision: Some(decision),
        by: Some(filled.by.clone()).filter(|by| !by.is_empty()),
        why: filled.why.clone(),
        is_sure: form.field("sure") == "yes",
        round: round.path.clone(),
    }
}

/// The decision in the form, as a command would take it; `None` where none was chosen, or the value beside it is missing.
fn decision(filled: &FilledForm) -> Option<TypedDecision> {
    let value = || Some(filled.value(&filled.decision).trim().to_string()).filter(|value| !value.is_empty());
    Some(match filled.decision.as_str() {
        "accept" => TypedDecision::Accept,
        "rating" | "due" | "approval" => TypedDecision::As(value()?),
        "set-aside" => TypedDecision::SetAside,
        "to" => TypedDecision::To(value()?),
        "counts" => TypedDecision::Counts,
        "from" => TypedDecision::From(value()?),
        "withdraw" => TypedDecision::Withdraw,
        _ => return None,
    })
}
