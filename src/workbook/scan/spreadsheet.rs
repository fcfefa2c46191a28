//! The parts of an `.xlsx` or `.xlsm` that are read, looked over before the reader trusts them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use quick_xml::events::Event;

use super::super::book::{Fill, Remark};
use super::cells::{self, Shared};
use super::package::{Package, PartFault};
use super::xml::{Fault, attribute, local, walk};
use super::{Look, SheetLook, limits};

/// The part that lists the sheets.
const WORKBOOK: &str = "xl/workbook.xml";

/// Looks at a package.
///
/// # Errors
///
/// When a part that is read cannot be trusted, or the workbook lists no sheet, two of one name, or one of macros.
pub fn look(package: &mut Package<'_>) -> Result<Look, PartFault> {
    let listed = sheets(package)?;
    let parts = relationships(package, WORKBOOK)?;
    let of_kind = |kind: &str| parts.values().find(|(known, _)| known == kind).map(|(_, target)| target.clone());
    let strings = match of_kind("sharedStrings") {
        Some(part) => shared_strings(package, &part)?,
        None => 0,
    };
    let fills = match of_kind("styles") {
        Some(part) => fills(package, &part)?,
        None => Vec::new(),
    };
    let mut look = Look::default();
    for Listed { name, id, is_hidden } in listed {
        let Some((kind, part)) = parts.get(&id).cloned() else { continue };
        match kind.as_str() {
            "worksheet" => {}
            "xlMacrosheet" | "xlIntlMacrosheet" => {
                return Err(PartFault::of(
                    &part,
                    Fault::new("it is a sheet of Excel 4 macros, which no issued workbook has"),
                ));
            }
            _ => continue,
        }
        let shared = Shared { strings, fills: &fills };
        let mut seen = package.part(&part, |source| cells::look(source, &shared))?;
        seen.extras.is_hidden = is_hidden;
        seen.extras.notes = notes(package, &part)?;
        look.sheets.push(SheetLook { name, extras: seen.extras, overrides: seen.overrides });
    }
    if parts.values().any(|(kind, _)| kind == "vbaProject") {
        look.remarks.push(Remark::Macros);
    }
    if parts.values().any(|(kind, _)| kind == "externalLink") {
        look.remarks.push(Remark::ExternalLinks);
    }
    Ok(look)
}

struct Listed {
    name: String,
    id: String,
    is_hidden: bool,
}

fn sheets(package: &mut Package<'_>) -> Result<Vec<Listed>, PartFault> {
    let mut listed = Vec::new();
    let mut names = BTreeSet::new();
    package.part(WORKBOOK, |source| {
        walk(source, limits::PART, |event, _| {
            if let Event::Start(start) | Event::Empty(start) = event
                && local(start.name().as_ref()) == "sheet"
            {
                let name = attribute(start, "name").unwrap_or_default();
                if !names.insert(name.to_lowercase()) {
                    return Err(Fault::new(format!("two of its sheets are called {name:?}")));
                }
                let is_hidden = attribute(start, "state").is_some_and(|state| state != "visible");
                listed.push(Listed { id: attribute(start, "id").unwrap_or_default(), name, is_hidden });
            }
            Ok(())
        })
    })?;
    match listed.len() {
        0 => Err(PartFault::of(WORKBOOK, Fault::new("it lists no sheet"))),
        count if count > limits::SHEETS => {
            Err(PartFault::of(WORKBOOK, Fault::new("it lists more sheets than any real one")))
        }
        _ => Ok(listed),
    }
}

/// What a part refers to: the last word of each relationship's type and the part it leads to, by its id.
fn relationships(package: &mut Package<'_>, part: &str) -> Result<BTreeMap<String, (String, String)>, PartFault> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let rels = format!("{folder}/_rels/{file}.rels");
    let mut found = BTreeMap::new();
    if !package.holds(&rels) {
        return Ok(found);
    }
    package.part(&rels, |source| {
        walk(source, limits::PART, |event, _| {
            if let Event::Start(start) | Event::Empty(start) = event
                && local(start.name().as_ref()) == "Relationship"
                && attribute(start, "TargetMode").is_none_or(|mode| mode != "External")
            {
                let kind = attribute(start, "Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
                let target = resolved(folder, &attribute(start, "Target").unwrap_or_default());
                found.insert(attribute(start, "Id").unwrap_or_default(), (kind, target));
            }
            Ok(())
        })
    })?;
    Ok(found)
}

/// A target as the name of a part: from the root, or from the folder of the part that names it.
fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for piece in target.split('/').filter(|piece| !piece.is_empty() && *piece != ".") {
        if piece == ".." {
            path.pop();
        } else {
            path.push(piece);
        }
    }
    path.join("/")
}

/// Counts the shared strings. What the part claims to hold is not believed: the reader would make room for it.
fn shared_strings(package: &mut Package<'_>, part: &str) -> Result<usize, PartFault> {
    let mut count = 0;
    package.part(part, |source| {
        walk(source, limits::STRINGS, |event, depth| {
            let (Event::Start(start) | Event::Empty(start)) = event else { return Ok(()) };
            match local(start.name().as_ref()) {
                "sst" => {
                    let claimed =
                        attribute(start, "uniqueCount").and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
                    if claimed > limits::SHARED_STRINGS {
                        return Err(Fault::new("it claims more texts than any real one holds"));
                    }
                }
                "si" if depth <= 2 => {
                    count += 1;
                    if count > limits::SHARED_STRINGS {
                        return Err(Fault::new("it holds more texts than any real one"));
                    }
                }
                _ => {}
            }
            Ok(())
        })
    })?;
    Ok(count)
}

/// The fill of each cell format: `None` for no fill and for white.
fn fills(package: &mut Package<'_>, part: &str) -> Result<Vec<Option<Fill>>, PartFault> {
    let (mut fills, mut formats): (Vec<Option<Fill>>, Vec<Option<Fill>>) = (Vec::new(), Vec::new());
    let mut inside = String::new();
    let mut is_solid = false;
    package.part(part, |source| {
        walk(source, limits::STYLES, |event, _| {
            let (Event::Start(start) | Event::Empty(start)) = event else {
                if let Event::End(end) = event
                    && matches!(local(end.name().as_ref()), "fills" | "cellXfs" | "dxfs")
                {
                    inside.clear();
                }
                return Ok(());
            };
            match (inside.as_str(), local(start.name().as_ref())) {
                (_, section @ ("fills" | "cellXfs" | "dxfs")) if matches!(event, Event::Start(_)) => {
                    inside = section.to_string()
                }
                ("fills", "fill") => fills.push(None),
                ("fills", "patternFill") => is_solid = attribute(start, "patternType").as_deref() == Some("solid"),
                ("fills", "fgColor") if is_solid => {
                    if let Some(last) = fills.last_mut() {
                        *last = fill(attribute(start, "rgb"), attribute(start, "indexed"));
                    }
                }
                ("cellXfs", "xf") => {
                    let at = attribute(start, "fillId").and_then(|text| text.parse::<usize>().ok());
                    formats.push(at.and_then(|at| fills.get(at).copied().flatten()));
                }
                _ => {}
            }
            Ok(())
        })
    })?;
    Ok(formats)
}

/// A colour as written: as red, green and blue, as a place in Excel's old palette, or of the document's theme.
fn fill(rgb: Option<String>, indexed: Option<String>) -> Option<Fill> {
    const WHITE: u32 = 0xFF_FFFF;
    let from_rgb = rgb.and_then(|text| u32::from_str_radix(&text, 16).ok()).map(|colour| colour & WHITE);
    // The palette that Excel has had since 1997, as far as people pick Red, Amber and Green from it.
    let from_index = indexed.and_then(|text| text.parse::<u32>().ok()).and_then(|index| match index {
        1 | 9 | 64 | 65 => Some(WHITE),
        2 | 10 => Some(0xFF_0000),
        3 | 11 => Some(0x00_FF00),
        5 | 13 => Some(0xFF_FF00),
        17 => Some(0x00_8000),
        51 => Some(0xFF_CC00),
        52 => Some(0xFF_9900),
        _ => None,
    });
    match from_rgb.or(from_index) {
        Some(WHITE) => None,
        Some(colour) => Some(Fill::Rgb(colour)),
        None => Some(Fill::Other),
    }
}

/// What people wrote in notes on the cells of a sheet.
fn notes(package: &mut Package<'_>, sheet: &str) -> Result<BTreeMap<(u32, u32), String>, PartFault> {
    let parts = relationships(package, sheet)?;
    let mut notes = BTreeMap::new();
    let Some((_, part)) = parts.into_values().find(|(kind, part)| kind == "comments" && package.holds(part)) else {
        return Ok(notes);
    };
    let (mut at, mut is_text) = (None, false);
    package.part(&part, |source: &mut dyn Read| {
        walk(source, limits::PART, |event, _| {
            match event {
                Event::Start(start) => match local(start.name().as_ref()) {
                    "comment" => at = attribute(start, "ref").and_then(|name| cells::position(&name)),
                    "t" => is_text = true,
                    _ => {}
                },
                Event::End(end) if local(end.name().as_ref()) == "t" => is_text = false,
                Event::Text(text) if is_text => {
                    if let Some(at) = at {
                        let note: &mut String = notes.entry(at).or_default();
                        note.push_str(text);
                    }
                }
                _ => {}
            }
            Ok(())
        })
    })?;
    Ok(notes)
}
