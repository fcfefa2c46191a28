//! A round's settings: names and dates, what workbooks ask, the look, who checked the wording.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::app::Failure;
use crate::app::rounds::KnownRound;
use crate::app::settings::{RoundSetting, RoundSettings};
use crate::app::theme::{Basis, ColumnOrder, Criterion, Theme};
use crate::core::words;
use crate::web::inputs::{FilledIn, SentForm, input};
use crate::web::parts::{self, PageFrame, PageKit};

/// The prefix of the hidden fields with what each setting said when the form was made.
pub(in crate::web) const WAS: &str = "was:";

/// The field for a new logo.
pub(in crate::web) const LOGO_FILE: &str = "logo-file";

/// The box that removes the logo.
pub(in crate::web) const NO_LOGO: &str = "no-logo";

/// The pack that any round can include.
pub(in crate::web) const PROGRAMME_WIDE: &str = "programme-wide";

/// The part of the page with the short names of statements.
pub(in crate::web) const SHORT_NAMES: &str = "short-names";

/// The prefix of the field of each short name, before the id of its statement.
pub(in crate::web) const SHORT: &str = "short:";

/// The part of the page that says who checked the wording.
pub(in crate::web) const WORDING: &str = "wording";

/// What became of the form, shown above it.
#[derive(Debug)]
pub(in crate::web) enum SettingsNews<'a> {
    /// Nothing.
    Nothing,
    /// It was saved.
    Saved,
    /// It was not saved, because of this.
    Refused(&'a Failure),
}

/// The page. `filled` is what was typed, where it was not saved.
pub(in crate::web) fn page(
    kit: &PageKit,
    round: &KnownRound,
    settings: &RoundSettings,
    filled: FilledIn<'_>,
    news: &SettingsNews<'_>,
) -> Markup {
    let sent = SentForm { filled, faults: &[], failure: None };
    let main = html! {
        @match news {
            SettingsNews::Nothing => {}
            SettingsNews::Saved => p class="noted" role="status" { "Saved. If agencies need to know, the overview says what to do next." },
            SettingsNews::Refused(failure) => (parts::failure(failure)),
        }
        @for finding in &settings.findings { (parts::finding_here(finding)) }
        (form(kit, round, settings, &sent))
        @if let Some(theme) = &settings.theme {
            (wording(kit, round, theme, &sent))
            (short_names(kit, round, theme, filled))
        }
        h2 { "Agencies" }
        p { "Agencies, their groups, contacts and own dates are in agencies.xlsx. " a href=(kit.to_round(round, "")) { "Open it from the overview" } "." }
    };
    let main = html! {
        (main)
        h2 { "The wording of your messages" }
        p {
            "The wording of each kind of message is in a text file, for example covering-message.txt. Open it under "
            a href=(kit.to_round(round, "/files")) { "Files" }
            ", change anything outside the braces, save it, and write the messages again."
        }
    };
    let frame = PageFrame { title: "Settings", round: Some(round), part: "/settings", ..PageFrame::default() };
    parts::page(kit, &frame, &main)
}

fn form(kit: &PageKit, round: &KnownRound, settings: &RoundSettings, sent: &SentForm<'_>) -> Markup {
    let action = kit.to_round(round, "/settings");
    html! {
        form method="post" action=(action) enctype="multipart/form-data" {
            input type="hidden" name="token" value=(kit.session.form_token(&action));
            // What each setting said is sent too: a change that somebody else made meanwhile must not be overwritten.
            @for (setting, said) in &settings.said { input type="hidden" name=(format!("{WAS}{}", setting.name())) value=(said); }
            h2 { "Names and dates" }
            @for (setting, kind, hint) in TYPED { (input(setting.name(), kind, setting.label(), hint, sent)) }
            h2 { "What workbooks ask" }
            @if settings.is_issued { (fixed(settings)) } @else { (asked(settings, sent)) }
            h2 { "The look of the presentation" }
            (look(settings, sent))
            button { "Save the settings" }
        }
    }
}

/// The settings with a field to type into, each with the kind of field and its hint.
const TYPED: [(RoundSetting, &str, &str); 7] = [
    (RoundSetting::Partnership, "text", "Needed. As it should appear on workbooks and slides."),
    (RoundSetting::Deadline, "date", "Needed. An agency with its own due date in agencies.xlsx keeps that date."),
    (RoundSetting::Fieldwork, "date", "Leave it empty until it is known."),
    (RoundSetting::Marking, "text", "Shown on every sheet and page. Leave it empty for none."),
    (RoundSetting::Contact, "text", "An e-mail address or a telephone number, shown in every workbook and message."),
    (RoundSetting::Officer, "text", "Your name, as it should be recorded with your decisions."),
    (
        RoundSetting::KeptUntil,
        "text",
        "In words, for example: a year after the inspection. Agencies see this. Leave it empty to say nothing.",
    ),
];

/// What can no longer be changed because the workbooks were issued.
fn fixed(settings: &RoundSettings) -> Markup {
    let rated = settings.value_of(RoundSetting::Rate);
    let bases: Vec<&str> =
        Basis::ALL.into_iter().filter(|basis| is_in(rated, basis.letter())).map(Basis::name).collect();
    html! {
        p {
            "The workbooks have been issued, so you can no longer change this. Agencies rate " (words::list(&bases)) ", and see "
            (order_words(settings.value_of(RoundSetting::ColumnOrder) == ColumnOrder::WorriedFirst.key())) " first."
            @if is_in(settings.value_of(RoundSetting::Include), PROGRAMME_WIDE) { " They are also asked about what every inspection looks at." }
        }
    }
}

/// Whether a list separated by commas has a word.
pub(in crate::web) fn is_in(list: &str, word: &str) -> bool {
    list.split(',').any(|known| known.trim() == word)
}

fn order_words(is_worried_first: bool) -> &'static str {
    if is_worried_first { "what they are worried about" } else { "what is working well" }
}

/// What can be chosen until the workbooks are issued.
fn asked(settings: &RoundSettings, sent: &SentForm<'_>) -> Markup {
    let (rated, included) = ((sent.filled)(RoundSetting::Rate.name()), (sent.filled)(RoundSetting::Include.name()));
    let order = (sent.filled)(RoundSetting::ColumnOrder.name());
    // A basis that the theme does not have is offered only if `round.toml` rates it, so that it can be unticked.
    let held = |basis: &Basis| {
        settings.theme.as_ref().is_none_or(|theme| theme.criteria().any(|(_, one)| one.basis == *basis))
            || is_in(&rated, basis.letter())
    };
    html! {
        fieldset {
            legend { (RoundSetting::Rate.label()) }
            p class="hint" { "What agencies do not rate is still in their workbook to read." }
            @for basis in Basis::ALL.into_iter().filter(held) {
                @let id = format!("rate-{}", basis.letter());
                p class="choice" {
                    input type="checkbox" id=(id) name=(RoundSetting::Rate.name()) value=(basis.letter()) checked[is_in(&rated, basis.letter())];
                    label for=(id) { (words::capitalised(basis.name())) }
                }
            }
        }
        p class="choice" {
            input type="checkbox" id="include" name=(RoundSetting::Include.name()) value=(PROGRAMME_WIDE) checked[is_in(&included, PROGRAMME_WIDE)];
            label for="include" { "Also ask about what every inspection looks at (programme-wide)" }
        }
        fieldset {
            legend { (RoundSetting::ColumnOrder.label()) }
            @for (one, is_worried_first) in ColumnOrder::ALL.map(|one| (one, one == ColumnOrder::WorriedFirst)) {
                p class="choice" {
                    input type="radio" id=(one.key()) name=(RoundSetting::ColumnOrder.name()) value=(one.key()) checked[order == one.key()];
                    label for=(one.key()) { (words::capitalised(order_words(is_worried_first))) " first" }
                }
            }
        }
    }
}

fn look(settings: &RoundSettings, sent: &SentForm<'_>) -> Markup {
    let logo = settings.value_of(RoundSetting::Logo);
    html! {
        label for=(LOGO_FILE) { (RoundSetting::Logo.label()) }
        p class="hint" id=(format!("{LOGO_FILE}-hint")) {
            "A PNG or SVG file. A copy goes into the round's folder."
            @if !logo.is_empty() { " Now: " (logo) "." }
        }
        input id=(LOGO_FILE) name=(LOGO_FILE) type="file" accept=".png,.svg" aria-describedby=(format!("{LOGO_FILE}-hint"));
        @if !logo.is_empty() {
            p class="choice" {
                input type="checkbox" id=(NO_LOGO) name=(NO_LOGO) value="yes";
                label for=(NO_LOGO) { "Remove the logo" }
            }
        }
        @for (setting, hint) in [
            (RoundSetting::Colour, "Six digits, as in #12436D, and dark enough for white text. Leave it empty for the usual colour."),
            (RoundSetting::SecondColour, "Leave it empty to use the same colour."),
        ] { (input(setting.name(), "text", setting.label(), hint, sent)) }
    }
}

/// Who compared the wording with the published framework.
fn wording(kit: &PageKit, round: &KnownRound, theme: &Theme, sent: &SentForm<'_>) -> Markup {
    let action = kit.to_round(round, &format!("/settings/{WORDING}"));
    let said = match (theme.is_checked(), theme.checked_on) {
        (true, Some(day)) => format!("Checked by {} on {}.", theme.checked_by, words::date(day)),
        _ => "Nobody has done this yet, and workbooks and slides say so.".to_string(),
    };
    html! {
        h2 id=(WORDING) { "The wording of the statements" }
        p {
            "Theme: " (theme.title) ". Somebody should compare its statements with the published framework ("
            (theme.framework.title) ", " (theme.framework.publisher) "). " (said)
        }
        (kit.form(&action, &html! {
            (input("checked_by", "text", "Who compared it", "A name, as it should be recorded.", sent))
            (input("checked_on", "date", "When", "The day on which it was compared.", sent))
            button class="second" { "Note that it was checked" }
        }))
    }
}

/// What slides call each statement.
fn short_names(kit: &PageKit, round: &KnownRound, theme: &Theme, filled: FilledIn<'_>) -> Markup {
    html! {
        h2 id=(SHORT_NAMES) { "Short names of the statements" }
        p { "Slides and charts call each statement by a short name of at most " (Criterion::LONGEST_SHORT) " characters. You can change them at any time: what agencies are asked stays as it is." }
        details {
            summary { "Look at the short names" }
            (kit.form(&kit.to_round(round, &format!("/settings/{SHORT_NAMES}")), &html! {
                div class="table" tabindex="0" role="region" aria-label="Short names of the statements" {
                    table class="sides" {
                        thead { tr { th scope="col" { "Statement" } th scope="col" { "Short name" } } }
                        tbody { @for (_, one) in theme.criteria() { (short_name(one, filled)) } }
                    }
                }
                button class="second" { "Save the short names" }
            }))
        }
    }
}

fn short_name(one: &Criterion, filled: FilledIn<'_>) -> Markup {
    let name = format!("{SHORT}{}", one.id);
    let typed = filled(&name);
    html! {
        tr {
            td { strong { (one.id) } " " (one.text) }
            td {
                input type="hidden" name=(format!("{WAS}{name}")) value=(one.short);
                input type="text" name=(name) aria-label=(format!("Short name of {}", one.id)) maxlength=(Criterion::LONGEST_SHORT)
                    value=(if typed.is_empty() { &one.short } else { &typed }) autocomplete="off";
            }
        }
    }
}

/// What the files say of a setting, for a field into which nobody typed.
pub(in crate::web) fn as_saved(settings: &RoundSettings, name: &str, today: Date) -> String {
    let checked = settings.theme.as_ref();
    match name {
        "checked_by" => checked.map(|theme| theme.checked_by.clone()).unwrap_or_default(),
        "checked_on" => checked.and_then(|theme| theme.checked_on).unwrap_or(today).to_string(),
        _ => {
            let setting = RoundSetting::ALL.into_iter().find(|setting| setting.name() == name);
            setting.map(|setting| settings.value_of(setting).to_string()).unwrap_or_default()
        }
    }
}
