//! The content of an `.ods` looked over: every sheet's cells walked, with what the reader behind it would lose put right.
//!
//! The reader drops tabs and repeated blanks inside a text, and a cell whose text has no type.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::super::book::Value;
use super::package::{Package, PartFault};
use super::xml::{Fault, attribute, local, walk};
use super::{Look, SheetLook, limits};

const CONTENT: &str = "content.xml";

/// Looks at a package.
///
/// # Errors
///
/// When the content is damaged, lists no sheet or two of one name, or holds more than any real one.
pub fn look(package: &mut Package<'_>) -> Result<Look, PartFault> {
    let mut content = Content::default();
    package.part(CONTENT, |source| walk(source, limits::SHEET, |event, _| content.take(event)))?;
    if content.sheets.is_empty() {
        return Err(PartFault::of(CONTENT, Fault::new("it lists no sheet")));
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
    cell: Option<Cell>,
    /// How deep tables stand in one another: a table inside a cell or a chart's copy is not a sheet.
    tables: usize,
    in_annotation: bool,
}

struct Cell {
    repeats: u32,
    has_type: bool,
    is_text: bool,
    is_covered: bool,
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
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    _ => quick_xml::escape::resolve_predefined_entity(reference).unwrap_or_default().to_string(),
                };
                self.text(&character)
            }
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.in_paragraph) {
            let into = if self.in_annotation { &mut cell.note } else { &mut cell.text };
            into.push_str(text);
        }
        Ok(())
    }

    fn open(&mut self, start: &BytesStart<'_>, is_empty: bool) -> Result<(), Fault> {
        match local(start.name().as_ref()) {
            "table" => self.open_table(start, is_empty)?,
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
            "p" | "h" => self.paragraph(is_empty),
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

    fn open_cell(&mut self, start: &BytesStart<'_>, is_covered: bool) -> Result<(), Fault> {
        let kind = attribute(start, "value-type");
        self.cell = Some(Cell {
            repeats: repeats(start, "number-columns-repeated")?,
            has_type: kind.is_some(),
            is_text: kind.as_deref() == Some("string"),
            is_covered,
            paragraphs: 0,
            in_paragraph: false,
            text: String::new(),
            note: String::new(),
            is_spaced: false,
        });
        Ok(())
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
            sheet.extras.notes.insert(at, cell.note.clone());
        }
        if !cell.has_type && cell.text.trim().is_empty() {
            return Ok(());
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
        let is_lost = !cell.has_type || (cell.is_text && cell.is_spaced);
        if is_lost && cell.repeats == 1 && self.row_repeats == 1 {
            sheet.overrides.insert(at, Value::Text(cell.text));
        } else if is_lost {
            sheet.overrides.insert(at, Value::Unreadable(format!("a text without a type, repeated: {}", cell.text)));
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
