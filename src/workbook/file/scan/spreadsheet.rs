//! Checks the parts of an `.xlsx` or `.xlsm` before the reader trusts them.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};

use super::super::book::{At, Remark, position};
use super::super::limits;
use super::cells::{self, SheetContext, Strings};
use super::formats::{CellFormat, formats, is_on};
use super::look::Look;
use super::package::{Package, PartFault};
use super::rich::RichText;
use super::xml::{Fault, OwnNames, attribute, local, resolved_reference, walk};
use crate::core::written::Written;

/// The part that lists the sheets.
const WORKBOOK: &str = "xl/workbook.xml";

/// The part with the formats.
const STYLES: &str = "xl/styles.xml";

/// Checks a package.
///
/// # Errors
///
/// When a part that is read cannot be trusted, or the workbook lists no sheet, two of one name, or one of macros.
pub(super) fn look(package: &mut Package<'_>) -> Result<Look, PartFault> {
    let listed = sheets(package)?;
    let parts = relationships(package, WORKBOOK)?;
    let of_kind = |kind: &str| parts.values().find(|(known, _)| known == kind).map(|(_, target)| target.clone());
    let strings = match of_kind("sharedStrings") {
        Some(part) => shared_strings(package, &part)?,
        None => Strings::default(),
    };
    let formats = formats_of(package, of_kind("styles"))?;
    let mut look = Look::default();
    for Listed { name, id, is_hidden } in listed {
        let Some((kind, part)) = parts.get(&id).cloned() else { continue };
        match kind.as_str() {
            "worksheet" => {}
            // They hide code in cells, which is the way of much malware, and answers are never there.
            "xlMacrosheet" | "xlIntlMacrosheet" => {
                return Err(PartFault::new(
                    &part,
                    Fault::new("it is a sheet of Excel 4 macros, which no issued workbook has"),
                ));
            }
            _ => continue,
        }
        let shared = SheetContext { strings: &strings, formats: &formats };
        let mut seen = package.part(&part, |source| cells::look(source, &shared))?;
        seen.name = name;
        seen.extras.is_hidden = is_hidden;
        let (beside, beside_external) = all_relationships(package, &part)?;
        let of_kind = |kind: &str| beside.values().find(|(known, _)| known == kind).map(|(_, target)| target);
        // A relationship may lead to a part that is not in the package. Then there is nothing to read.
        if let Some(part) = of_kind("comments").filter(|part| package.holds(part)) {
            seen.extras.notes = as_written(notes_on_cells(package, part)?);
        }
        if let Some(part) = of_kind("threadedComment").filter(|part| package.holds(part)) {
            // For programs that do not know threads, Excel writes a note of its own in the older part, with a hint about versions.
            let threads = threads(package, part)?;
            seen.extras.notes.retain(|at, _| !threads.contains_key(at));
            seen.extras.notes.extend(as_written(threads));
        }
        if let Some(part) = of_kind("drawing").filter(|part| package.holds(part)) {
            let (texts, pictures) = drawn(package, part)?;
            seen.extras.boxes = texts.into_iter().map(Written::from).collect();
            seen.extras.pictures = pictures;
        }
        // Embedded files are not in the drawing, but beside it.
        seen.extras.pictures +=
            beside.values().filter(|(kind, _)| matches!(kind.as_str(), "oleObject" | "package")).count();
        let linked = std::mem::take(&mut seen.links);
        seen.extras.links =
            linked.into_iter().filter_map(|(at, id)| Some((at, beside_external.get(&id)?.as_str().into()))).collect();
        look.sheets.push(seen);
    }
    if parts.values().any(|(kind, _)| kind == "vbaProject") {
        look.remarks.push(Remark::Macros);
    }
    if parts.values().any(|(kind, _)| kind == "externalLink") {
        look.remarks.push(Remark::ExternalLinks);
    }
    Ok(look)
}

/// The formats. The reader takes them from one fixed place, whatever the workbook says, so a file that has them elsewhere is refused: its
/// dates would be numbers.
fn formats_of(package: &mut Package<'_>, part: Option<String>) -> Result<Vec<CellFormat>, PartFault> {
    match part {
        Some(part) if part == STYLES => formats(package, &part),
        None if !package.holds(STYLES) => Ok(Vec::new()),
        _ => {
            let found = "it has its formats where no spreadsheet program puts them";
            Err(PartFault::new(WORKBOOK, Fault::new(found)))
        }
    }
}

/// The texts of boxes over a sheet, the titles of its charts, and the number of pictures.
fn drawn(package: &mut Package<'_>, part: &str) -> Result<(Vec<String>, usize), PartFault> {
    let (mut texts, pictures) = boxes(package, part)?;
    let charts = relationships(package, part)?.into_values().filter(|(kind, _)| kind == "chart");
    for (_, chart) in charts.take(limits::SHEETS) {
        if package.holds(&chart) {
            texts.extend(boxes_of(package, &chart, "rich")?.0);
        }
    }
    Ok((texts, pictures))
}

/// Texts by their cells, as written by people.
fn as_written(texts: BTreeMap<At, String>) -> BTreeMap<At, Written> {
    texts.into_iter().map(|(at, text)| (at, Written::from(text))).collect()
}

struct Listed {
    name: String,
    id: String,
    is_hidden: bool,
}

fn sheets(package: &mut Package<'_>) -> Result<Vec<Listed>, PartFault> {
    let mut listed = Vec::new();
    let mut names = BTreeSet::new();
    let mut open: Vec<String> = Vec::new();
    package.part(WORKBOOK, |source| {
        walk(source, limits::PART, |event, _| {
            let (start, is_empty) = match event {
                Event::Start(start) => (start, false),
                Event::Empty(start) => (start, true),
                Event::End(_) => {
                    open.pop();
                    return Ok(());
                }
                _ => return Ok(()),
            };
            let element = local(start.name().as_ref()).to_string();
            if element == "sheet" {
                // The reader takes a sheet wherever it is listed; Excel only here.
                if open.last().is_none_or(|around| around != "sheets") {
                    return Err(Fault::new("one of its sheets is listed where no spreadsheet program lists it"));
                }
                let name = attribute(start, "name").unwrap_or_default();
                // Excel compares the names of sheets without case.
                if !names.insert(name.to_lowercase()) {
                    return Err(Fault::new(format!("two of its sheets are called {name:?}")));
                }
                let is_hidden = attribute(start, "state").is_some_and(|state| state != "visible");
                listed.push(Listed { id: attribute(start, "id").unwrap_or_default(), name, is_hidden });
            }
            if !is_empty {
                open.push(element);
            }
            Ok(())
        })
    })?;
    match listed.len() {
        0 => Err(PartFault::new(WORKBOOK, Fault::new("it lists no sheet"))),
        count if count > limits::SHEETS => {
            Err(PartFault::new(WORKBOOK, Fault::new("it lists more sheets than any real one")))
        }
        _ => Ok(listed),
    }
}

/// The relationships of a part inside the package. Each has the last word of its type and the name of the part that it leads to.
fn relationships(package: &mut Package<'_>, part: &str) -> Result<Relationships, PartFault> {
    Ok(all_relationships(package, part)?.0)
}

/// Relationships inside the package by their ids.
type Relationships = BTreeMap<String, (String, String)>;

/// The relationships of a part inside the package, and the addresses of those that lead outside, by id.
fn all_relationships(
    package: &mut Package<'_>,
    part: &str,
) -> Result<(Relationships, BTreeMap<String, String>), PartFault> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let rels = format!("{folder}/_rels/{file}.rels");
    let (mut found, mut outside) = (BTreeMap::new(), BTreeMap::new());
    if !package.holds(&rels) {
        return Ok((found, outside));
    }
    package.part(&rels, |source| {
        walk(source, limits::PART, |event, _| {
            if let Event::Start(start) | Event::Empty(start) = event
                && local(start.name().as_ref()) == "Relationship"
            {
                if attribute(start, "TargetMode").is_some_and(|mode| mode == "External") {
                    let target = attribute(start, "Target").unwrap_or_default();
                    outside.insert(attribute(start, "Id").unwrap_or_default(), target);
                    return Ok(());
                }
                let kind = attribute(start, "Type").unwrap_or_default();
                // Types are long addresses, which differ between the two forms of the standard except for the last word.
                let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
                let target = resolved(folder, &attribute(start, "Target").unwrap_or_default());
                found.insert(attribute(start, "Id").unwrap_or_default(), (kind, target));
            }
            Ok(())
        })
    })?;
    Ok((found, outside))
}

/// The name of the part that a target leads to: from the root of the package, or from the folder of the part that has it.
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

/// Counts the shared strings. The number that the part claims is limited, because the reader reserves memory for it.
fn shared_strings(package: &mut Package<'_>, part: &str) -> Result<Strings, PartFault> {
    let mut texts = SharedTexts::default();
    package.part(part, |source| walk(source, limits::STRINGS, |event, _| texts.take(event)))?;
    Ok(texts.strings)
}

/// The state of a walk over the shared strings.
#[derive(Default)]
struct SharedTexts {
    own: OwnNames,
    strings: Strings,
    /// The text that is open.
    text: Option<RichText>,
    /// How deep elements are nested outside a text: the list itself, and what follows the texts in it.
    depth: usize,
    /// How many elements are open inside the text.
    inside: usize,
}

impl SharedTexts {
    fn take(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(start) => self.open(start, false),
            Event::Empty(start) => self.open(start, true),
            Event::End(_) => {
                self.close();
                Ok(())
            }
            Event::Text(text) if !self.text.as_ref().is_none_or(|at_hand| at_hand.holds(text)) => strange_texts(),
            Event::CData(_) | Event::GeneralRef(_) if !self.text.as_ref().is_none_or(|at_hand| at_hand.holds("&")) => {
                strange_texts()
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>, is_empty: bool) -> Result<(), Fault> {
        let name = start.name();
        if !self.own.has(start) && self.depth < 2 {
            return strange_texts();
        }
        if let Some(text) = &mut self.text {
            if local(name.as_ref()) == "strike" && is_on(start) {
                self.strings.struck.insert(self.strings.count - 1);
            }
            self.inside += usize::from(!is_empty);
            return if text.open(local(name.as_ref()), is_empty) { Ok(()) } else { strange_texts() };
        }
        match local(name.as_ref()) {
            "sst" if self.depth == 0 => {
                let claimed = attribute(start, "uniqueCount").and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
                if claimed > limits::SHARED_STRINGS {
                    return Err(Fault::new("it claims more texts than any real one holds"));
                }
            }
            "si" if self.depth == 1 => {
                self.strings.count += 1;
                if self.strings.count > limits::SHARED_STRINGS {
                    return Err(Fault::new("it holds more texts than any real one"));
                }
                self.text = (!is_empty).then(RichText::default);
                return Ok(());
            }
            "extLst" if self.depth == 1 => {}
            // The reader counts a text wherever it is. One in a wrong place would give every later index a different text.
            _ if self.depth < 2 => return strange_texts(),
            "si" | "sst" => return strange_texts(),
            _ => {}
        }
        self.depth += usize::from(!is_empty);
        Ok(())
    }

    fn close(&mut self) {
        match (&mut self.text, self.inside) {
            (Some(_), 0) => self.text = None,
            (Some(text), _) => {
                text.close();
                self.inside -= 1;
            }
            (None, _) => self.depth = self.depth.saturating_sub(1),
        }
    }
}

fn strange_texts() -> Result<(), Fault> {
    Err(Fault::new("its texts are where no spreadsheet program puts them"))
}

/// The notes on the cells of a sheet.
fn notes_on_cells(package: &mut Package<'_>, part: &str) -> Result<BTreeMap<(u32, u32), String>, PartFault> {
    let mut notes: BTreeMap<(u32, u32), String> = BTreeMap::new();
    let mut at = None;
    texts(package, part, "t", |start| {
        if local(start.name().as_ref()) == "comment" {
            at = attribute(start, "ref").and_then(|name| position(&name));
        }
        at
    })?
    .into_iter()
    .for_each(|(at, text)| notes.entry(at).or_default().push_str(&text));
    Ok(notes)
}

/// The threads of comments on the cells of a sheet, each as one text.
fn threads(package: &mut Package<'_>, part: &str) -> Result<BTreeMap<(u32, u32), String>, PartFault> {
    let mut threads: BTreeMap<(u32, u32), String> = BTreeMap::new();
    let mut at = None;
    let mut count = 0usize;
    let texts = texts(package, part, "text", |start| {
        if local(start.name().as_ref()) == "threadedComment" {
            at = attribute(start, "ref").and_then(|name| position(&name));
            count += 1;
        }
        at.map(|at| (at, count))
    })?;
    let mut last = 0;
    for ((at, count), text) in texts {
        let thread = threads.entry(at).or_default();
        thread.push_str(if thread.is_empty() || count == last { "" } else { "; " });
        thread.push_str(&text);
        last = count;
    }
    Ok(threads)
}

/// The boxes over the cells of a sheet, each as one text, and the number of pictures.
fn boxes(package: &mut Package<'_>, part: &str) -> Result<(Vec<String>, usize), PartFault> {
    boxes_of(package, part, "txBody")
}

/// The texts in a part's elements with the name `body`, each as one text, and the number of pictures in the part.
fn boxes_of(package: &mut Package<'_>, part: &str, body: &str) -> Result<(Vec<String>, usize), PartFault> {
    let mut boxes: Vec<String> = Vec::new();
    let (mut count, mut last) = (0usize, None);
    let mut paragraphs = 0usize;
    let mut pictures = 0;
    let texts = texts(package, part, "t", |start| {
        match local(start.name().as_ref()) {
            "pic" => pictures += 1,
            name if name == body => count += 1,
            "p" => paragraphs += 1,
            _ => {}
        }
        Some((count, paragraphs))
    })?;
    for ((at, paragraph), text) in texts {
        match (&last, boxes.last_mut()) {
            (Some((known, line)), Some(text_of_box)) if *known == at => {
                text_of_box.push_str(if *line == paragraph { "" } else { "\n" });
                text_of_box.push_str(&text);
            }
            _ => boxes.push(text),
        }
        last = Some((at, paragraph));
    }
    Ok((boxes, pictures))
}

/// The texts in a part's elements with this name, each with what `place` makes of the last element that was opened before it. Texts without
/// a place are left out. Text in an element inside such an element is part of it.
fn texts<P: Clone>(
    package: &mut Package<'_>,
    part: &str,
    name: &str,
    mut place: impl FnMut(&BytesStart<'_>) -> Option<P>,
) -> Result<Vec<(P, String)>, PartFault> {
    let (mut texts, mut at, mut depth) = (Vec::new(), None, 0usize);
    package.part(part, |source| {
        walk(source, limits::PART, |event, _| {
            let mut take = |text: &str| texts.extend(at.clone().map(|at| (at, text.to_string())));
            match event {
                Event::Start(_) if depth > 0 => depth += 1,
                Event::Start(start) => {
                    at = place(start);
                    depth = usize::from(local(start.name().as_ref()) == name);
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Text(text) if depth > 0 => take(text),
                Event::CData(text) if depth > 0 => take(text),
                Event::GeneralRef(reference) if depth > 0 => take(&resolved_reference(reference)),
                _ => {}
            }
            Ok(())
        })
    })?;
    Ok(texts)
}
