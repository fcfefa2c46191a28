//! The content of an `.ods` looked over: every sheet's cells walked, with what the reader behind it would lose put right.
//!
//! The reader drops tabs and repeated blanks inside a text, and a cell whose text has no type; of percentages, amounts and times it
//! gives a number that nobody wrote.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};

use super::super::book::{Fill, Value};
use super::super::limits;
use super::look::{Look, SheetLook};
use super::package::{Package, PartFault};
use super::xml::{Fault, attribute, local, resolved_reference, walk};
use crate::core::written::Written;

const CONTENT: &str = "content.xml";

/// Looks at a package.
///
/// # Errors
///
/// When the content is damaged, lists no sheet or two of one name, or holds more than any real one.
pub(super) fn look(package: &mut Package<'_>) -> Result<Look, PartFault> {
    let mut content = Content::default();
    package.part(CONTENT, |source| walk(source, limits::SHEET, |event, _| content.take(event)))?;
    if content.sheets.is_empty() {
        return Err(PartFault::new(CONTENT, Fault::new("it lists no sheet")));
    }
    Ok(Look { sheets: content.sheets, ..Look::default() })
}

#[derive(Default)]
struct Content {
    sheets: Vec<SheetLook>,
    names: BTreeSet<String>,
    /// The row and column of the cell at hand, counted from 0, and how often row and cell stand there.
    row: u32,
    column: u32,
    row_repeats: u32,
    is_row_hidden: bool,
    cells: usize,
    cell: Option<OdsCell>,
    /// How deep tables stand in one another: a table inside a cell or a chart's copy is not a sheet.
    tables: usize,
    in_annotation: bool,
    /// How deep shapes stand in one another: their texts lie over the cells and are in none.
    shapes: usize,
    in_box: bool,
    /// What the automatic styles of cells and of parts of texts say, by their names.
    styles: BTreeMap<String, Style>,
    style: String,
}

/// What a style says.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    fill: Option<Fill>,
    is_struck: bool,
}

/// The elements that draw something over the cells.
const SHAPES: [&str; 11] = [
    "frame",
    "custom-shape",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "path",
    "connector",
    "caption",
];

struct OdsCell {
    repeats: u32,
    has_type: bool,
    /// Whether the file has the value in a form that nobody wrote: a fraction for a percentage, `PT9H` for a time.
    is_converted: bool,
    is_text: bool,
    is_covered: bool,
    style: Style,
    paragraphs: usize,
    in_paragraph: bool,
    text: String,
    note: String,
    /// Whether the text holds what the reader drops.
    is_spaced: bool,
}

impl Content {
    fn take(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(start) => self.open(start, false),
            Event::Empty(start) => self.open(start, true),
            Event::End(end) => self.close(local(end.name().as_ref())),
            Event::Text(text) => self.text(text),
            Event::GeneralRef(reference) => self.text(&resolved_reference(reference)),
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        if self.shapes > 0 {
            if let Some(Written::Text(text_of_box)) =
                self.sheets.last_mut().and_then(|sheet| sheet.extras.boxes.last_mut())
                && self.in_box
            {
                text_of_box.push_str(text);
            }
        } else if let Some(cell) = self.cell.as_mut().filter(|cell| cell.in_paragraph) {
            let into = if self.in_annotation { &mut cell.note } else { &mut cell.text };
            into.push_str(text);
        }
        Ok(())
    }

    fn open(&mut self, start: &BytesStart<'_>, is_empty: bool) -> Result<(), Fault> {
        match local(start.name().as_ref()) {
            "table" => self.open_table(start, is_empty)?,
            "table-column" if self.tables == 1 => self.take_column(start)?,
            "image" | "object" if self.shapes > 0 => {
                self.sheets.iter_mut().next_back().into_iter().for_each(|sheet| sheet.extras.pictures += 1);
            }
            "table-row" if self.tables == 1 => {
                self.column = 0;
                self.row_repeats = repeats(start, "number-rows-repeated")?;
                self.is_row_hidden = attribute(start, "visibility").is_some_and(|value| value != "visible");
                if is_empty {
                    self.close("table-row")?;
                }
            }
            name @ ("table-cell" | "covered-table-cell") if self.tables == 1 => {
                self.open_cell(start, name == "covered-table-cell")?;
                if is_empty {
                    self.close("table-cell")?;
                }
            }
            "annotation" => self.in_annotation = !is_empty,
            shape if SHAPES.contains(&shape) && self.tables > 0 && !is_empty => self.shapes += 1,
            "p" | "h" if self.shapes > 0 => self.paragraph_of_box(is_empty),
            "p" | "h" => self.paragraph(is_empty),
            "span" => self.span(start),
            "style" => self.style = attribute(start, "name").unwrap_or_default(),
            "table-cell-properties" | "text-properties" if !self.style.is_empty() => self.note_style(start),
            "tab" | "s" | "line-break" => self.space(start),
            _ => {}
        }
        Ok(())
    }

    fn open_table(&mut self, start: &BytesStart<'_>, is_empty: bool) -> Result<(), Fault> {
        if !is_empty {
            self.tables += 1;
        }
        if self.tables > 1 {
            return Ok(());
        }
        let Some(name) = attribute(start, "name") else { return Err(Fault::new("one of its sheets has no name")) };
        if !self.names.insert(name.to_lowercase()) {
            return Err(Fault::new(format!("two of its sheets are called {name:?}")));
        }
        if self.sheets.len() >= limits::SHEETS {
            return Err(Fault::new("it lists more sheets than any real one"));
        }
        self.sheets.push(SheetLook { name, ..SheetLook::default() });
        (self.row, self.column) = (0, 0);
        Ok(())
    }

    /// Columns come before the rows, with how often each stands there.
    fn take_column(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        let repeats = repeats(start, "number-columns-repeated")?;
        if attribute(start, "visibility").is_some_and(|value| value != "visible")
            && let Some(sheet) = self.sheets.last_mut()
        {
            // Columns to the right of anything issued are hidden by some programs; they hold nothing.
            sheet.extras.hidden_columns.extend(self.column..self.column.saturating_add(repeats.min(200)));
        }
        self.column = self.column.saturating_add(repeats);
        Ok(())
    }

    /// A cell that covers others.
    fn take_span(&mut self, start: &BytesStart<'_>) {
        let span = |name: &str| attribute(start, name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(1).max(1);
        let (columns, rows) = (span("number-columns-spanned"), span("number-rows-spanned"));
        let first = (self.row, self.column);
        if (columns, rows) != (1, 1)
            && let Some(sheet) = self.sheets.last_mut().filter(|sheet| sheet.extras.merged.len() < limits::MERGED)
        {
            sheet.extras.merged.push((first, (first.0.saturating_add(rows - 1), first.1.saturating_add(columns - 1))));
        }
    }

    fn open_cell(&mut self, start: &BytesStart<'_>, is_covered: bool) -> Result<(), Fault> {
        self.take_span(start);
        let kind = attribute(start, "value-type");
        self.cell = Some(OdsCell {
            repeats: repeats(start, "number-columns-repeated")?,
            has_type: kind.is_some(),
            is_converted: matches!(kind.as_deref(), Some("percentage" | "currency" | "time" | "boolean")),
            is_text: kind.as_deref() == Some("string"),
            is_covered,
            style: attribute(start, "style-name").and_then(|name| self.styles.get(&name).copied()).unwrap_or_default(),
            paragraphs: 0,
            in_paragraph: false,
            text: String::new(),
            note: String::new(),
            is_spaced: false,
        });
        Ok(())
    }

    fn note_style(&mut self, start: &BytesStart<'_>) {
        const WHITE: u32 = 0xFF_FFFF;
        let style = self.styles.entry(self.style.clone()).or_default();
        let colour = attribute(start, "background-color");
        let rgb = colour.as_deref().and_then(|text| u32::from_str_radix(text.strip_prefix('#')?, 16).ok());
        style.fill = rgb.filter(|rgb| *rgb != WHITE).map(Fill::Rgb).or(style.fill);
        style.is_struck |= attribute(start, "text-line-through-style").is_some_and(|line| line != "none");
    }

    /// A part of a text with a style of its own.
    fn span(&mut self, start: &BytesStart<'_>) {
        let is_struck =
            attribute(start, "style-name").and_then(|name| self.styles.get(&name)).is_some_and(|s| s.is_struck);
        self.cell.iter_mut().for_each(|cell| cell.style.is_struck |= is_struck);
    }

    /// A paragraph of a shape: the first begins the shape's text.
    fn paragraph_of_box(&mut self, is_empty: bool) {
        let Some(boxes) = self.sheets.last_mut().map(|sheet| &mut sheet.extras.boxes) else { return };
        match boxes.last_mut().filter(|_| self.in_box) {
            Some(Written::Text(text)) => text.push('\n'),
            Some(_) | None => boxes.push(Written::Text(String::new())),
        }
        self.in_box = !is_empty || self.in_box;
    }

    fn paragraph(&mut self, is_empty: bool) {
        let Some(cell) = &mut self.cell else { return };
        let into = if self.in_annotation { &mut cell.note } else { &mut cell.text };
        if cell.paragraphs > 0 && !(self.in_annotation && into.is_empty()) {
            into.push('\n');
        }
        cell.paragraphs += usize::from(!self.in_annotation);
        cell.in_paragraph = !is_empty;
    }

    fn space(&mut self, start: &BytesStart<'_>) {
        let Some(cell) = self.cell.as_mut().filter(|cell| cell.in_paragraph && !self.in_annotation) else { return };
        match local(start.name().as_ref()) {
            "tab" => {
                cell.text.push('\t');
                cell.is_spaced = true;
            }
            "line-break" => {
                cell.text.push('\n');
                cell.is_spaced = true;
            }
            _ => {
                let count = attribute(start, "c").and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
                cell.text.push_str(&" ".repeat(count.min(limits::TEXT)));
            }
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Fault> {
        match name {
            "table" => self.tables = self.tables.saturating_sub(1),
            "table-row" if self.tables == 1 => {
                self.row = self.row.saturating_add(self.row_repeats);
            }
            "annotation" => self.in_annotation = false,
            shape if SHAPES.contains(&shape) && self.shapes > 0 => {
                self.shapes -= 1;
                self.in_box &= self.shapes > 0;
            }
            "p" | "h" => self.cell.iter_mut().for_each(|cell| cell.in_paragraph = false),
            "table-cell" | "covered-table-cell" if self.tables == 1 => self.close_cell()?,
            _ => {}
        }
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), Fault> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let at = (self.row, self.column);
        self.column = self.column.saturating_add(cell.repeats);
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        if !cell.note.is_empty() {
            sheet.extras.notes.insert(at, Written::from(cell.note.as_str()));
        }
        let is_filled = cell.has_type || !cell.text.trim().is_empty();
        if let Some(fill) = cell.style.fill
            && (!is_filled || fill.rating().is_some())
            && (self.row_repeats, cell.repeats) == (1, 1)
        {
            sheet.extras.fills.insert(at, fill);
        }
        if !is_filled {
            return Ok(());
        }
        if cell.style.is_struck {
            sheet.extras.struck.insert(at);
        }
        self.cells += cell.repeats as usize * self.row_repeats as usize;
        if self.cells > limits::CELLS || at.0 >= limits::ROWS || self.column > limits::COLUMNS {
            return Err(Fault::new("its cells reach past the sheet, or are more than any real one holds"));
        }
        if self.is_row_hidden {
            sheet.extras.hidden_rows.insert(at.0);
        }
        if cell.is_covered {
            sheet.extras.merged.push((at, at));
        }
        let is_lost = !cell.has_type || cell.is_converted || (cell.is_text && cell.is_spaced);
        if is_lost && cell.repeats == 1 && self.row_repeats == 1 {
            sheet.overrides.insert(at, Value::Text(cell.text));
        } else if is_lost {
            sheet
                .overrides
                .insert(at, Value::Unreadable(format!("a text that is repeated in the file: {}", cell.text)));
        }
        Ok(())
    }
}

/// How often a row or cell stands; a number that is none is a fault.
fn repeats(start: &BytesStart<'_>, name: &str) -> Result<u32, Fault> {
    match attribute(start, name) {
        None => Ok(1),
        Some(text) => text
            .parse()
            .ok()
            .filter(|count| (1..=limits::ROWS).contains(count))
            .ok_or_else(|| Fault::new(format!("a row or cell is repeated {text:?} times"))),
    }
}
