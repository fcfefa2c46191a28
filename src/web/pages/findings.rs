//! The pages of findings: what was written, where, and what can be decided about it.

use maud::{Markup, html};

use crate::app::offers::{DecisionKind, FindingInFull, OfferedDecision, OfferedFinding};
use crate::app::rounds::KnownRound;
use crate::app::{Failure, files};
use crate::core::finding::{Code, Finding, Severity, WrittenCell};
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};

/// What somebody filled into the form, shown again when it was refused.
#[derive(Debug, Default)]
pub(in crate::web) struct FilledForm {
    /// The decision that was chosen.
    pub decision: String,
    /// The fields beside decisions that have something in them, each by the name of its decision.
    pub values: Vec<(String, String)>,
    /// Who decides.
    pub by: String,
    /// Why.
    pub why: String,
}

impl FilledForm {
    /// The value beside a decision; empty where nothing was filled in.
    pub(in crate::web) fn value(&self, decision: &str) -> &str {
        self.values.iter().find(|(name, _)| name == decision).map_or("", |(_, value)| value)
    }
}

/// The prefix of the fields beside the decisions.
pub(in crate::web) const VALUE: &str = "value-";

/// Why nothing can be put on record: no decision was chosen, or the field beside it is empty.
pub(in crate::web) fn not_decided(full: &FindingInFull, filled: &FilledForm) -> Failure {
    let offers = &full.offered.offers;
    let chosen = offers.iter().map(|offer| names(offer.kind)).find(|(name, _)| *name == filled.decision);
    if let Some((_, label)) = chosen {
        let found = format!("“{label}” is chosen, but the field under it is empty");
        return Failure::not_decided(found, "fill it in, or choose a different circle");
    }
    let withdraw = full.offered.finding.settled.is_some().then_some(TAKE_BACK);
    let labels = offers.iter().map(|offer| names(offer.kind).1).chain(withdraw);
    let labels: Vec<String> = labels.map(|label| format!("“{label}”")).collect();
    let found = match filled.values.len() {
        0 => "none of the circles is chosen",
        _ => "several fields are filled in, and none of the circles is chosen",
    };
    Failure::not_decided(found, format!("choose one of them: {}", labels.join(", ")))
}

/// The label of taking a decision back.
const TAKE_BACK: &str = "Take the decision back";

/// The heading over findings that are about no single agency.
const THE_ROUND: &str = "The round";

fn about(one: &OfferedFinding) -> &str {
    if one.agency.is_empty() { THE_ROUND } else { &one.agency }
}

/// The key of an agency in addresses: its name must not end up in a browser's history.
fn agency_key(name: &str) -> String {
    files::key_of_name(name)
}

/// The list. `chosen` is the key of the one agency that is shown; empty for all.
pub(in crate::web) fn page(
    kit: &PageKit,
    round: &KnownRound,
    findings: &[OfferedFinding],
    chosen: &str,
    seen: &str,
) -> Markup {
    let shown: Vec<&OfferedFinding> =
        findings.iter().filter(|one| chosen.is_empty() || agency_key(about(one)) == chosen).collect();
    let of = |severity: Severity, is_settled: bool| -> Vec<&OfferedFinding> {
        let is_it = |one: &&OfferedFinding| {
            one.finding.settled.is_some() == is_settled && (is_settled || one.finding.severity() == severity)
        };
        shown.iter().copied().filter(is_it).collect()
    };
    let (must, check) = (of(Severity::MustFix, false), of(Severity::PleaseCheck, false));
    // A settled finding counts as information, whatever it was before, so settled findings are one group.
    let (told, settled) = (of(Severity::Information, false), of(Severity::Information, true));
    let main = html! {
        (filter(kit, round, findings, chosen))
        @if must.is_empty() && check.is_empty() {
            p { "There is nothing to fix or check." }
        }
        (group(kit, round, "To fix", "must", &must))
        (group(kit, round, "To check", "check", &check))
        (folded(kit, round, "Good to know", &told))
        (folded(kit, round, "Settled", &settled))
    };
    let frame = PageFrame { title: "Findings", round: Some(round), part: "/findings", seen, ..PageFrame::default() };
    parts::page(kit, &frame, &main)
}

/// Findings grouped by agency, in the order in which each agency first appears.
fn by_agency<'f>(findings: &[&'f OfferedFinding]) -> Vec<(&'f str, Vec<&'f OfferedFinding>)> {
    let mut groups: Vec<(&str, Vec<&OfferedFinding>)> = Vec::new();
    for one in findings {
        match groups.iter_mut().find(|(name, _)| *name == about(one)) {
            Some((_, of)) => of.push(one),
            None => groups.push((about(one), vec![one])),
        }
    }
    groups
}

/// The form that shows the findings about one agency only.
fn filter(kit: &PageKit, round: &KnownRound, findings: &[OfferedFinding], chosen: &str) -> Markup {
    let all: Vec<&OfferedFinding> = findings.iter().collect();
    let groups = by_agency(&all);
    html! {
        @if groups.len() > 1 {
            form class="actions" method="get" action=(kit.to_round(round, "/findings")) {
                div {
                    label for="agency" { "Show the findings about" }
                    select id="agency" name="agency" {
                        option value="" { "All agencies" }
                        @for (name, of) in groups {
                            @let key = agency_key(name);
                            option value=(key) selected[key == chosen] { (name) " (" (of.len()) ")" }
                        }
                    }
                }
                button class="second" { "Show" }
            }
        }
    }
}

fn group(kit: &PageKit, round: &KnownRound, heading: &str, class: &str, findings: &[&OfferedFinding]) -> Markup {
    html! {
        @if !findings.is_empty() {
            h2 { (heading) " (" (findings.len()) ")" }
            (cards(kit, round, class, findings))
        }
    }
}

fn folded(kit: &PageKit, round: &KnownRound, heading: &str, findings: &[&OfferedFinding]) -> Markup {
    html! {
        @if !findings.is_empty() {
            details {
                summary { (heading) " (" (findings.len()) ")" }
                (cards(kit, round, "", findings))
            }
        }
    }
}

fn cards(kit: &PageKit, round: &KnownRound, class: &str, findings: &[&OfferedFinding]) -> Markup {
    html! {
        @for (name, of) in by_agency(findings) {
            h3 { (name) }
            @for one in of { (card(kit, round, class, one)) }
        }
    }
}

fn card(kit: &PageKit, round: &KnownRound, class: &str, one: &OfferedFinding) -> Markup {
    let reference = one.finding.reference_text();
    html! {
        article class=(format!("card {class}")) {
            (parts::one_finding(&one.finding))
            (written(one))
            @if !one.offers.is_empty() && !reference.is_empty() {
                p { a href=(kit.to_round(round, &format!("/findings/{reference}"))) {
                    @if one.finding.settled.is_some() { "Change this decision" } @else { "Decide" }
                    span class="unseen" { " about " (reference) ", " (about(one)) }
                } }
            }
            p class="where" { (reference) }
        }
    }
}

/// What was written, cell by cell, then what the agency replied.
fn written(one: &OfferedFinding) -> Markup {
    // What the finding quotes whole is not shown a second time, and what is held back says nothing.
    let is_shown = |cell: &&WrittenCell| cell.written.is_said() && !one.finding.found.contains(&*cell.written.shown());
    let place = one.finding.place.to_string();
    html! {
        @for cell in one.finding.subject.cells.iter().filter(is_shown).take(6) { (written_cell(cell, &place)) }
        @for reply in &one.finding.replied {
            p { "The agency replied in " (reply.file) ":" }
            blockquote { (reply.cell.written.shown()) }
        }
    }
}

fn written_cell(cell: &WrittenCell, place: &str) -> Markup {
    html! {
        p class="hint" {
            @if !cell.cell.is_empty() && place.ends_with(&format!("cell {}", cell.cell)) {
                "Written there:"
            } @else {
                "Written in sheet " (cell.sheet) @if !cell.cell.is_empty() { ", cell " (cell.cell) } ":"
            }
        }
        blockquote { (cell.written.shown()) }
    }
}

/// One finding, with a form for its decisions.
pub(in crate::web) fn one(
    kit: &PageKit,
    round: &KnownRound,
    full: &FindingInFull,
    filled: &FilledForm,
    failure: Option<&Failure>,
) -> Markup {
    let one = &full.offered;
    let reference = one.finding.reference_text();
    let action = kit.to_round(round, &format!("/findings/{reference}/settle"));
    let asks_again = failure.is_some_and(|failure| failure.findings.iter().any(is_about_owner));
    let main = html! {
        @if let Some(failure) = failure { (parts::failure(failure)) }
        @if !one.agency.is_empty() { p { strong { (one.agency) } } }
        (parts::one_finding(&one.finding))
        (written(one))
        (around(kit, round, full))
        @if one.offers.is_empty() {
            p { "There is nothing to decide. Once it is put right, this finding goes away." }
        } @else {
            (kit.form(&action, &html! {
                fieldset {
                    legend { "What do you decide?" }
                    @for offer in &one.offers { (choice(one, offer, filled)) }
                    @if one.finding.settled.is_some() {
                        (radio("withdraw", TAKE_BACK, "the finding is open again", filled, &html! {}))
                    }
                }
                label for="by" { "Who decides" }
                p class="hint" id="by-hint" { "This name is recorded with the decision." }
                input id="by" name="by" type="text" value=(filled.by) autocomplete="off" spellcheck="false" aria-describedby="by-hint";
                label for="why" { "Why" }
                p class="hint" id="why-hint" { "A few words, for example: phoned the lead. Write nothing about a child." }
                input id="why" name="why" type="text" value=(filled.why) autocomplete="off" spellcheck="false" aria-describedby="why-hint";
                @if asks_again {
                    p class="choice" {
                        input id="sure" name="sure" type="checkbox" value="yes";
                        label for="sure" { "I am sure, although the workbook names a different agency" }
                    }
                }
                button { "Put this on record" }
            }))
        }
        @if one.finding.code == Code::ReturnGone { (forgetting(kit, round, one, filled)) }
        p { a href=(kit.to_round(round, "/findings")) { "Back to all findings" } }
    };
    let frame = PageFrame { title: "One finding", round: Some(round), part: "/findings", ..PageFrame::default() };
    parts::page(kit, &frame, &main)
}

/// What helps to decide: the statement, what else the agency wrote on it, the file, and whom to ask.
fn around(kit: &PageKit, round: &KnownRound, full: &FindingInFull) -> Markup {
    html! {
        @if let Some((id, text)) = &full.statement { p { "It is about " strong { (id) } ": " (text) } }
        @if !full.beside.is_empty() { p { "What else the agency wrote on it in this file:" } }
        @for (name, text) in &full.beside {
            p class="hint" { (name) ":" }
            blockquote { (text) }
        }
        @if let Some(name) = &full.file {
            p { a href=(kit.to_round(round, &format!("/files/{}", files::key_of_name(name)))) { "Save the file " (files::in_returns(name)) " to look into it" } }
        }
        @if !full.contact.is_empty() || !full.email.is_empty() {
            @let contact: Vec<&str> = [full.contact.as_str(), full.email.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
            p { "To ask the agency: " (contact.join(", ")) }
        }
    }
}

/// The form that removes a deleted return's words from everything that was written.
fn forgetting(kit: &PageKit, round: &KnownRound, one: &OfferedFinding, filled: &FilledForm) -> Markup {
    let action = kit.to_round(round, &format!("/findings/{}/forget", one.finding.reference_text()));
    html! {
        h2 { "Forget this return" }
        p {
            "Use this if you deleted the return because it must not be kept. Its words are removed from everything that was written. "
            "The presentation and the messages are deleted, and you make them again. You cannot undo this."
        }
        (kit.form(&action, &html! {
            @if filled.by.is_empty() {
                label for="forget-by" { "Your name" }
                input id="forget-by" name="by" type="text" autocomplete="off" spellcheck="false";
            } @else {
                input type="hidden" name="by" value=(filled.by);
                p { "This is recorded as decided by " (filled.by) "." }
            }
            label for="forget-why" { "Why (optional)" }
            p class="hint" id="forget-why-hint" { "Write nothing about a child: this is kept for a long time." }
            input id="forget-why" name="why" type="text" autocomplete="off" spellcheck="false" aria-describedby="forget-why-hint";
            button class="warn" { "Forget this return" }
        }))
    }
}

fn is_about_owner(finding: &Finding) -> bool {
    finding.code == Code::IdentityDisagrees
}

/// The name of a decision in the form, with its label.
fn names(kind: DecisionKind) -> (&'static str, &'static str) {
    match kind {
        DecisionKind::Accept => ("accept", "Leave it"),
        DecisionKind::Rating => ("rating", "Read it as a rating"),
        DecisionKind::Due => ("due", "Read it as a date"),
        DecisionKind::SetAside => ("set-aside", "Leave it out"),
        DecisionKind::To => ("to", "Put it to a statement"),
        DecisionKind::Counts => ("counts", "Let this return count"),
        DecisionKind::Change => ("counts", "Let the change count"),
        DecisionKind::From => ("from", "Say which agency it is from"),
        DecisionKind::Approval => ("approval", "Say who approved it"),
    }
}

fn choice(one: &OfferedFinding, offer: &OfferedDecision, filled: &FilledForm) -> Markup {
    let (name, label) = names(offer.kind);
    let value = filled.value(name);
    let beside = match offer.kind {
        DecisionKind::Rating => {
            let ratings = ["Red", "Amber", "Green", "Not applicable"].map(|word| (word.to_string(), word.to_string()));
            select("rating", "The rating", &ratings, value)
        }
        DecisionKind::Due => text("due", "The date, as in 1 April 2027", value),
        DecisionKind::To => select("to", "The statement", &one.statements, value),
        DecisionKind::From => select("from", "The agency", &one.agencies, value),
        DecisionKind::Approval => {
            text("approval", "Name, role and date, as in: B Example, chief, 18 December 2026", value)
        }
        DecisionKind::Accept | DecisionKind::SetAside | DecisionKind::Counts | DecisionKind::Change => html! {},
    };
    // The field beside it says what it means: its label would repeat that.
    let meaning = if beside.0.is_empty() { offer.meaning } else { "" };
    radio(name, label, meaning, filled, &beside)
}

fn radio(name: &str, label: &str, meaning: &str, filled: &FilledForm, beside: &Markup) -> Markup {
    let id = format!("decision-{name}");
    html! {
        div class="choice" {
            input type="radio" name="decision" id=(id) value=(name) checked[filled.decision == name];
            label for=(id) { strong { (label) } @if !meaning.is_empty() { ": " (meaning) "." } }
        }
        (beside)
    }
}

fn select(name: &str, label: &str, options: &[(String, String)], value: &str) -> Markup {
    let id = format!("{VALUE}{name}");
    html! {
        label for=(id) { (label) }
        select id=(id) name=(id) {
            option value="" { "Choose" }
            @for (id, text) in options {
                option value=(id) selected[id == value] {
                    // A long statement is cut: a browser makes the list as wide as its longest line.
                    @if id == text { (text) } @else { (id) ": " (words::cut_at_word(text, 90)) }
                }
            }
        }
    }
}

fn text(name: &str, label: &str, value: &str) -> Markup {
    let id = format!("{VALUE}{name}");
    html! {
        label for=(id) { (label) }
        input id=(id) name=(id) type="text" value=(value) autocomplete="off" spellcheck="false";
    }
}

/// What was put on record.
pub(in crate::web) fn settled(
    kit: &PageKit,
    round: &KnownRound,
    lines: &[String],
    must: usize,
    check: usize,
) -> Markup {
    let main = html! {
        @for line in lines { p { (line) } }
        p {
            @if must + check == 0 { "There is nothing else to fix or check." }
            @else { "Still open: " (words::count(must, "finding")) " to fix, " (words::number(check)) " to check." }
        }
        p class="actions" {
            @if must == 0 { a class="button" href=(kit.to_round(round, "/slides")) { "Look at the presentation" } }
            a class=(if must == 0 { "button second" } else { "button" }) href=(kit.to_round(round, "/findings")) { "Go to the findings" }
        }
    };
    let frame = PageFrame { title: "On record", round: Some(round), part: "/findings", ..PageFrame::default() };
    parts::page(kit, &frame, &main)
}

/// What was forgotten, with findings to look into.
pub(in crate::web) fn forgotten(kit: &PageKit, round: &KnownRound, said: &str, findings: &[Finding]) -> Markup {
    let main = html! {
        p { (said) }
        (parts::findings(findings))
        p class="actions" {
            a class="button" href=(kit.to_round(round, "/slides")) { "Make the presentation again" }
            a class="button second" href=(kit.to_round(round, "/messages")) { "Write the messages again" }
        }
    };
    let frame = PageFrame { title: "Forgotten", round: Some(round), part: "/findings", ..PageFrame::default() };
    parts::page(kit, &frame, &main)
}
