//! Faults of a finished document: characters that no font has, and slides that run over their page.

use crate::core::finding::{Code, Finding, Place};
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::form::ColumnKey;
use crate::response::Response;
use crate::style::fonts;
use crate::workbook::contract;

/// A finding for each text with characters that no bundled font can draw. `officers` are the officer's own texts, each with its place.
pub fn undrawable(responses: &[Response], officers: &[(Place, &str)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for response in responses {
        for answer in &response.answers {
            for key in ColumnKey::ALL {
                let text = contract::entered(answer, key).map_or("", Written::text);
                let place = Place::cell(&response.file.name, &answer.sheet, &answer.cell);
                let what = format!("{} of {}", quote(contract::column(key).name()), answer.criterion);
                let of = |finding: Finding| finding.about(&response.agency).on(&answer.criterion).in_field(key);
                findings.extend(without_glyph(place, &what, text).map(of));
            }
        }
    }
    for (place, text) in officers {
        findings.extend(without_glyph(place.clone(), &quote(text), text));
    }
    findings
}

fn without_glyph(place: Place, what: &str, text: &str) -> Option<Finding> {
    let drawn = fonts::stand_ins(text);
    if drawn.is_empty() {
        return None;
    }
    let found = format!("the PDF cannot draw all of {what}; it shows {} instead", words::list(&drawn));
    let remedy = "nothing to do; the data and the PowerPoint file have it as written";
    Some(Finding::new(Code::CharacterWithoutGlyph, place, found, "", remedy).naming(text))
}

/// A finding if the PDF has more pages than slides: a slide runs over its page, which is a fault of the program. The place is the
/// presentation's file.
pub fn overflow(presentation: Place, pages: usize, slides: usize) -> Option<Finding> {
    if pages == slides {
        return None;
    }
    let found =
        format!("{} for {}: a slide runs over its page", words::count(pages, "page"), words::count(slides, "slide"));
    let remedy = "look at the slide, shorten the text that is yours on it, and please report this message";
    Some(Finding::new(Code::SlideOverflow, presentation, found, "one page for each slide", remedy))
}
