//! The parts of forms: a field with its label, its hint, its fault.

use maud::{Markup, html};

use crate::app::Failure;
use crate::core::words;

/// Gives what is filled into a field, by the field's name.
pub(super) type FilledIn<'a> = &'a dyn Fn(&str) -> String;

/// A form as somebody sent it, with what is wrong with it.
pub(super) struct SentForm<'a> {
    /// What is filled in.
    pub filled: FilledIn<'a>,
    /// What is wrong with single fields.
    pub faults: &'a [FieldFault],
    /// Why nothing was done, where no single field is at fault.
    pub failure: Option<&'a Failure>,
}

/// What is wrong with a form, or with one of its fields.
#[derive(Debug, Clone)]
pub(super) struct FieldFault {
    /// The field, by the id that it has on the page.
    pub field: String,
    /// What is wrong, in a sentence without a full stop.
    pub says: String,
}

/// Everything that is wrong with a form, each with a link to its field.
pub(super) fn faults(faults: &[FieldFault]) -> Markup {
    html! {
        div class="fault" role="alert" tabindex="-1" {
            h2 { "Nothing was made yet: " (words::count(faults.len(), "thing")) " to put right" }
            ul { @for fault in faults { li { a href=(format!("#{}", fault.field)) { (fault.says) } } } }
        }
    }
}

/// The fault of one field.
pub(super) fn fault_of<'a>(sent: &SentForm<'a>, field: &str) -> Option<&'a FieldFault> {
    sent.faults.iter().find(|fault| fault.field == field)
}

/// The ids of what describes a field to a screen reader: its fault, then its hint.
pub(super) fn described_by(sent: &SentForm<'_>, field: &str) -> String {
    match fault_of(sent, field) {
        Some(_) => format!("{field}-fault {field}-hint"),
        None => format!("{field}-hint"),
    }
}

/// The fault of a field, shown above it.
pub(super) fn fault(sent: &SentForm<'_>, field: &str) -> Markup {
    html! {
        @if let Some(fault) = fault_of(sent, field) { p class="wrong" id=(format!("{field}-fault")) { (fault.says) } }
    }
}

/// A field of one line.
pub(super) fn input(name: &str, kind: &str, label: &str, hint: &str, sent: &SentForm<'_>) -> Markup {
    html! {
        label for=(name) { (label) }
        p class="hint" id=(format!("{name}-hint")) { (hint) }
        (fault(sent, name))
        input id=(name) name=(name) type=(kind) value=((sent.filled)(name)) aria-describedby=(described_by(sent, name))
            aria-required=[hint.starts_with("Needed").then_some("true")] aria-invalid=[fault_of(sent, name).map(|_| "true")] spellcheck="false" autocomplete="off";
    }
}

/// A text for a `<textarea>`.
pub(super) fn text_of_area(text: String) -> String {
    // HTML drops the first line break after `<textarea>`, so one that belongs to the text needs a second.
    if text.starts_with(['\n', '\r']) { format!("\n{text}") } else { text }
}
