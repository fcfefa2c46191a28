//! Writes a [`Round`] as the text of `round.toml`, with comments that explain each setting.

use std::fmt::Write;

use jiff::civil::Date;

use super::folder::AGENCIES_FILE;
use super::read::FORMAT;
use super::settings::{Branding, Cleared, ReturnEntry, Round};
use crate::core::fields::{quoted, with_number};
use crate::core::names::RelativeName;
use crate::theme::Basis;

/// The text of a `round.toml` in an earlier format with the new format number, otherwise unchanged; `None` if it has the number already.
pub fn in_this_format(text: &str) -> Option<String> {
    with_number(text, "format", FORMAT)
}

/// Writes `round.toml`.
pub fn as_toml(round: &Round) -> String {
    let mut text = format!(
        "# One benchmarking round. Edit it with any text editor; jtai says where something is wrong.\n\
         format = {FORMAT}\n\
         # Ties returns to this round: never change it while workbooks are out. The deadline may move.\n\
         id = {id}\n\
         theme = {theme}\n\
         partnership = {partnership}\n",
        id = quoted(round.id().as_str()),
        theme = quoted(round.theme.as_str()),
        partnership = quoted(&round.partnership),
    );
    line(&mut text, date_or_comment("issued_on", round.issued_on), "when workbooks were issued");
    line(&mut text, format!("deadline = {}", round.deadline), "when returns are due");
    line(&mut text, date_or_comment("fieldwork_starts", round.fieldwork_starts), "once an inspection is notified");
    line(&mut text, format!("marking = {}", quoted(&round.marking)), "on every sheet and page; \"\" for none");
    line(&mut text, format!("contact = {}", quoted(&round.contact)), "whom agencies ask");
    let officer = match round.officer.as_str() {
        "" => "# officer = \"M Hill\"".to_string(),
        name => format!("officer = {}", quoted(name)),
    };
    line(&mut text, officer, "who decides, where --by is not given");
    if let Some(earlier) = &round.goes_on_from {
        let setting = format!("goes_on_from = {}", quoted(earlier.as_str()));
        line(&mut text, setting, "the round whose answers its workbooks carry in; never change it");
    }
    let kept_until = match round.kept_until.as_str() {
        "" => "# kept_until = \"a year after the inspection\"".to_string(),
        words => format!("kept_until = {}", quoted(words)),
    };
    line(&mut text, kept_until, "until when you keep workbooks; agencies are told");
    let order = quoted(round.column_order.key());
    line(&mut text, format!("column_order = {order}"), "or \"worried-first\"");
    line(&mut text, format!("rate = {}", letters(&round.rate)), "bases that agencies rate; others are for information");
    let include: Vec<String> = round.include.iter().map(|id| quoted(id.as_str())).collect();
    line(&mut text, format!("include = [{}]", include.join(", ")), "further packs, as in [\"programme-wide\"]");
    text.push_str(&format!("# The agencies are in {AGENCIES_FILE}.\n"));
    round.returns.iter().for_each(|entry| text.push_str(&return_table(entry)));
    round.cleared.iter().for_each(|cleared| text.push_str(&cleared_table(cleared)));
    text.push_str(&brand_table(&round.branding));
    if round.returns.is_empty() {
        text.push_str(
            "\n# If jtai cannot tell who sent a file, name the file and its agency here, or set it aside with use = false:\n\
             # [[return]]\n# file = \"returns/scan 3.xlsx\"\n# agency = \"police\"\n",
        );
    }
    text
}

fn return_table(entry: &ReturnEntry) -> String {
    let mut text = format!("\n[[return]]\nfile = {}\n", quoted(&entry.file));
    if let Some(agency) = &entry.agency {
        let _ = writeln!(text, "agency = {}", quoted(agency.as_str()));
    }
    if !entry.is_used {
        text.push_str("use = false\n");
    }
    text
}

fn cleared_table(cleared: &Cleared) -> String {
    let mut text = "\n[[cleared]]\n".to_string();
    for (key, value) in [
        ("file", &cleared.file),
        ("sheet", &cleared.sheet),
        ("cell", &cleared.cell),
        ("sha256", &cleared.sha256),
        ("by", &cleared.by),
    ] {
        let _ = writeln!(text, "{key} = {}", quoted(value));
    }
    if let Some(on) = cleared.on {
        let _ = writeln!(text, "on = {on}");
    }
    text
}

fn brand_table(branding: &Branding) -> String {
    let logo = branding.logo.as_ref().map_or("", RelativeName::as_str);
    let settings = [("logo", logo), ("colour", &branding.colour), ("second_colour", &branding.second_colour)];
    // As a comment, so that the officer sees what can be set.
    if settings.iter().all(|(_, value)| value.is_empty()) {
        return "\n# The look of the presentation: a logo (PNG or SVG) in this folder, and colours on which white text can be read:\n\
                # [brand]\n# logo = \"logo.svg\"\n# colour = \"#12436D\"\n# second_colour = \"#801650\"\n"
            .to_string();
    }
    let mut text = "\n[brand]\n".to_string();
    for (key, value) in settings.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(text, "{key} = {}", quoted(value));
    }
    text
}

fn line(text: &mut String, setting: String, comment: &str) {
    let _ = writeln!(text, "{setting:<46} # {comment}");
}

fn date_or_comment(key: &str, date: Option<Date>) -> String {
    match date {
        Some(date) => format!("{key} = {date}"),
        None => format!("# {key} = 2027-01-11"),
    }
}

fn letters(bases: &[Basis]) -> String {
    let letters: Vec<String> = bases.iter().map(|basis| quoted(basis.letter())).collect();
    format!("[{}]", letters.join(", "))
}
