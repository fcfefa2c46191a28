//! Walks the cells of every sheet of an `.ods`, and replaces the values that the reader would lose or change.
//!
//! The reader drops a text whose cell has no kind of value. Of percentages, amounts of money and times it gives the stored number, which
//! nobody wrote. Earlier versions of it dropped tabs and repeated blanks in a text too; `is_spaced` answers that.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};

use super::super::book::{Fill, Value};
use super::super::limits;
use super::look::{Look, SheetLook};
use super::package::{Package, PartFault};
use super::xml::{Fault, attribute, local, qualified, resolved_reference, walk};
use crate::core::written::Written;

const CONTENT: &str = "content.xml";

/// Checks a package.
///
/// # Errors
///
/// When the content is damaged, lists no sheet or two of one name, or is larger than any real one.
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
    /// The row and column of the current cell, from 0, and how often its row is repeated.
    row: u32,
    column: u32,
    row_repeats: u32,
    is_row_hidden: bool,
    cells: usize,
    cell: Option<OdsCell>,
    /// How many elements that do not belong there are open between a sheet and its rows.
    strange: usize,
    /// How deep tables are nested. A table inside a cell, or the copy of data in a chart, is not a sheet.
    tables: usize,
    in_annotation: bool,
    /// How deep shapes are nested. Their texts are over the cells and not in them.
    shapes: usize,
    in_box: bool,
    /// The automatic styles of cells and of parts of texts, by name.
    styles: BTreeMap<String, Style>,
    style: String,
}

/// The most cells that one replaced value may be repeated in: each takes memory here, unlike in the file.
const MOST_REPEATED: usize = 100_000;

/// The part of a style that matters to an answer.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    fill: Option<Fill>,
    is_struck: bool,
}

/// The elements that draw something over the cells.
const SHAPES: [&str; 15] = [
    "measure",
    "regular-polygon",
    "control",
    "scene",
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
    /// Its kind of value; `None` for none, and for a kind that does not exist. Then the reader drops the text.
    kind: Option<ValueType>,
    /// The stored value, beside the text that people see.
    value: Option<String>,
    /// Whether the reader drops a part of its text, or takes something else for it.
    is_lost: bool,
    /// Whether a paragraph of its note is open.
    in_note: bool,
    is_covered: bool,
    style: Style,
    paragraphs: usize,
    in_paragraph: bool,
    text: String,
    note: String,
    /// Whether the text has tabs or line breaks.
    is_spaced: bool,
}

/// The kinds of value of OpenDocument 1.3 (part 3, 19.385).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueType {
    Float,
    Percentage,
    Currency,
    Date,
    Time,
    Boolean,
    Text,
}

impl ValueType {
    const ALL: [ValueType; 7] = [
        ValueType::Float,
        ValueType::Percentage,
        ValueType::Currency,
        ValueType::Date,
        ValueType::Time,
        ValueType::Boolean,
        ValueType::Text,
    ];

    fn name(self) -> &'static str {
        match self {
            ValueType::Float => "float",
            ValueType::Percentage => "percentage",
            ValueType::Currency => "currency",
            ValueType::Date => "date",
            ValueType::Time => "time",
            ValueType::Boolean => "boolean",
            ValueType::Text => "string",
        }
    }

    /// The attribute with the value.
    fn attribute(self) -> &'static str {
        match self {
            ValueType::Float | ValueType::Percentage | ValueType::Currency => "office:value",
            ValueType::Date => "office:date-value",
            ValueType::Time => "office:time-value",
            ValueType::Boolean => "office:boolean-value",
            ValueType::Text => "office:string-value",
        }
    }

    /// Whether the stored value is in a form that nobody wrote, such as a fraction for a percentage or `PT9H` for a time.
    fn is_converted(self) -> bool {
        matches!(self, ValueType::Percentage | ValueType::Currency | ValueType::Time | ValueType::Boolean)
    }
}

impl OdsCell {
    /// The replacement for the reader's value; `None` where the reader reads it right.
    fn put_right(&self) -> Option<Value> {
        let shown = self.text.trim();
        let value = self.value.as_deref().unwrap_or_default().trim();
        let Some(kind) = self.kind else { return Some(Value::Text(self.text.clone())) };
        let is_number = matches!(kind, ValueType::Float | ValueType::Percentage | ValueType::Currency);
        if is_number && !value.is_empty() && !value.parse::<f64>().is_ok_and(f64::is_finite) {
            return Some(Value::Unreadable(format!("the number {value:?}")));
        }
        match kind {
            ValueType::Text if self.value.is_some() && value.is_empty() => Some(Value::Text(self.text.clone())),
            ValueType::Text if !value.is_empty() && !shown.is_empty() && (self.is_lost || self.is_spaced) => None,
            ValueType::Text => (self.is_lost || self.is_spaced).then(|| Value::Text(self.text.clone())),
            _ if value.is_empty() && !shown.is_empty() && !kind.is_converted() => {
                Some(Value::Unreadable(format!("{shown:?}, whose value is missing in the file")))
            }
            // A program need not store the text that is shown. Then it is made from the value.
            ValueType::Percentage if shown.is_empty() => {
                value.parse::<f64>().ok().map(|share| Value::Text(format!("{}%", (share * 1e8).round() / 1e6)))
            }
            ValueType::Boolean if shown.is_empty() => Some(Value::Truth(value == "true")),
            _ if kind.is_converted() && shown.is_empty() => Some(Value::Text(value.to_string())),
            _ if kind.is_converted() => Some(Value::Text(self.text.clone())),
            _ => None,
        }
    }
}

impl Content {
    fn take(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(start) => self.open(start, false),
            Event::Empty(start) => self.open(start, true),
            Event::End(end) => self.close(local(end.name().as_ref())),
            Event::Text(text) => self.text(text),
            Event::GeneralRef(reference) => self.text(&resolved_reference(reference)),
            Event::CData(data) => {
                self.lose();
                self.text(data)
            }
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
        } else if let Some(cell) = &mut self.cell {
            match (self.in_annotation, cell.in_note, cell.in_paragraph) {
                (true, true, _) => cell.note.push_str(text),
                (false, _, true) => cell.text.push_str(text),
                (true, false, _) | (false, _, false) => {}
            }
        }
        Ok(())
    }

    /// Marks the current cell as one in which the reader drops or mixes up something.
    fn lose(&mut self) {
        self.cell.iter_mut().for_each(|cell| cell.is_lost = true);
    }

    /// Checks that an element of the grid is where the reader looks for it, under the name that it knows.
    fn enter(&mut self, start: &BytesStart<'_>, is_empty: bool) -> Result<(), Fault> {
        let name = start.name();
        let is_around = matches!(
            local(name.as_ref()),
            "table" | "table-row" | "table-rows" | "table-header-rows" | "table-row-group"
        );
        if self.tables > 0 && self.cell.is_none() && !is_empty && !is_around && !is_cell(local(name.as_ref())) {
            self.strange += 1;
        }
        let is_row = local(name.as_ref()) == "table-row" || is_cell(local(name.as_ref()));
        if is_row && self.tables == 1 && self.strange > 0 {
            return Err(Fault::new("its rows or cells are where no spreadsheet program puts them"));
        }
        if is_row && start.attributes().flatten().any(|at| is_of_grid(at.key.as_ref()) && at.value.contains('&')) {
            return Err(Fault::new("it describes its cells in a way that no spreadsheet program does"));
        }
        let is_grid = is_around || is_cell(local(name.as_ref()));
        if is_grid && self.cell.is_some() && self.shapes == 0 {
            return Err(Fault::new("a table is in one of its cells, and the reader would end the sheet with it"));
        }
        if is_grid && !name.as_ref().starts_with("table:") {
            // The reader knows these elements only by the prefix `table:`, and would skip a row with any other.
            return Err(Fault::new("it names the parts of its sheets in a way that no spreadsheet program does"));
        }
        Ok(())
    }

    fn open(&mut self, start: &BytesStart<'_>, is_empty: bool) -> Result<(), Fault> {
        self.enter(start, is_empty)?;
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
            "annotation" => {
                self.in_annotation = !is_empty;
                // A note in the middle of a text ends the text for the reader.
                if self.cell.as_ref().is_some_and(|cell| cell.in_paragraph) {
                    self.lose();
                }
            }
            shape if SHAPES.contains(&shape) && self.tables > 0 && !is_empty => {
                self.shapes += 1;
                // The reader takes the words of a box for those of the cell that the box is anchored to.
                self.lose();
            }
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
        let depth = self.tables + 1;
        if !is_empty {
            self.tables = depth;
        }
        if depth > 1 {
            let stray = Err(Fault::new("one of its sheets is inside another"));
            return if self.shapes > 0 { Ok(()) } else { stray };
        }
        let Some(name) = qualified(start, "table:name") else {
            return Err(Fault::new("one of its sheets has no name"));
        };
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

    /// Takes a column. Columns come before the rows, each with how often it is repeated.
    fn take_column(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        let repeats = repeats(start, "number-columns-repeated")?;
        if attribute(start, "visibility").is_some_and(|value| value != "visible")
            && let Some(sheet) = self.sheets.last_mut()
        {
            // Some programs hide every column to the right of the last used one. Those are empty, so 200 are enough.
            sheet.extras.hidden_columns.extend(self.column..self.column.saturating_add(repeats.min(200)));
        }
        self.column = self.column.saturating_add(repeats);
        Ok(())
    }

    /// Takes a cell that covers others.
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
        let kind = qualified(start, "office:value-type");
        let kind = kind.as_deref().and_then(|name| ValueType::ALL.into_iter().find(|kind| kind.name() == name));
        let value = kind.and_then(|kind| qualified(start, kind.attribute()));
        self.cell = Some(OdsCell {
            repeats: repeats(start, "number-columns-repeated")?,
            kind,
            value,
            is_lost: false,
            in_note: false,
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

    /// Takes a part of a text with its own style. One struck-out part is enough to mark the cell.
    fn span(&mut self, start: &BytesStart<'_>) {
        let is_struck =
            attribute(start, "style-name").and_then(|name| self.styles.get(&name)).is_some_and(|s| s.is_struck);
        self.cell.iter_mut().for_each(|cell| cell.style.is_struck |= is_struck);
    }

    /// Takes a paragraph of a shape. The first begins the shape's text.
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
        if self.in_annotation {
            if !cell.note.is_empty() {
                cell.note.push('\n');
            }
            cell.in_note = !is_empty;
            return;
        }
        if cell.paragraphs > 0 {
            cell.text.push('\n');
        }
        cell.paragraphs += 1;
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
        let is_around = matches!(name, "table" | "table-row" | "table-rows" | "table-header-rows" | "table-row-group");
        if self.tables > 0 && self.cell.is_none() && !is_around && !is_cell(name) {
            self.strange = self.strange.saturating_sub(1);
        }
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
            "p" | "h" if self.shapes > 0 => {}
            "p" | "h" if self.in_annotation => self.cell.iter_mut().for_each(|cell| cell.in_note = false),
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
        let is_filled = cell.kind.is_some() || !cell.text.trim().is_empty();
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
        let Some(value) = cell.put_right() else { return Ok(()) };
        if cell.repeats as usize * self.row_repeats as usize > MOST_REPEATED {
            return Err(Fault::new("one of its values is in more cells than any real one"));
        }
        for row in at.0..at.0 + self.row_repeats {
            sheet.overrides.extend((at.1..at.1 + cell.repeats).map(|column| ((row, column), value.clone())));
        }
        Ok(())
    }
}

/// Whether an element of this name is a cell.
fn is_cell(name: &str) -> bool {
    matches!(name, "table-cell" | "covered-table-cell")
}

/// Whether an attribute has the kind of a cell's value or a number of repeats. The reader does not resolve references in these.
fn is_of_grid(name: &str) -> bool {
    matches!(name, "office:value-type" | "table:number-columns-repeated" | "table:number-rows-repeated")
}

/// How often a row or cell is repeated. Anything but a number is a fault: guessing would move every cell behind it.
fn repeats(start: &BytesStart<'_>, name: &str) -> Result<u32, Fault> {
    // With a different prefix the reader does not see it, so that would be a fault too.
    let qualified = qualified(start, &format!("table:{name}"));
    match qualified.or_else(|| attribute(start, name).map(|_| "under a different name".to_string())) {
        None => Ok(1),
        Some(text) => text
            .parse()
            .ok()
            .filter(|count| (1..=limits::ROWS).contains(count))
            .ok_or_else(|| Fault::new(format!("a row or cell is repeated {text:?} times"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(rows: &str) -> Result<SheetLook, Fault> {
        let names = "xmlns:office='o' xmlns:table='t' xmlns:text='x' xmlns:draw='d' xmlns:x='y'";
        let text = format!("<office:body {names}><table:table table:name='A'>{rows}</table:table></office:body>");
        let mut content = Content::default();
        walk(text.as_bytes().into(), limits::SHEET, |event, _| content.take(event))?;
        Ok(content.sheets.swap_remove(0))
    }

    /// What takes the place of the reader's value in the first cell.
    #[track_caller]
    fn check(cell: &str, expected: Option<&str>) {
        let seen = seen(&format!("<table:table-row>{cell}</table:table-row>")).expect("whole");
        assert_eq!(seen.overrides.get(&(0, 0)).map(Value::text).as_deref(), expected, "{cell}");
    }

    #[test]
    fn what_the_reader_drops_or_turns_into_something_else_is_put_right() {
        let of_kind = |kind: &str, inner: &str| {
            format!("<table:table-cell office:value-type='{kind}'>{inner}</table:table-cell>")
        };
        check(&of_kind("string", "<text:p>plain</text:p>"), None);
        check(&of_kind("string", "<text:p>a <![CDATA[b]]> c</text:p>"), Some("a b c"));
        // A kind that there is not: the reader drops the text.
        for kind in ["", "void", "sting"] {
            check(&of_kind(kind, "<text:p>an answer</text:p>"), Some("an answer"));
        }
        check(
            "<table:table-cell x:value-type='string'><text:p>an answer</text:p></table:table-cell>",
            Some("an answer"),
        );
        check(
            "<table:table-cell office:value-type='string' office:string-value=''><text:p>said</text:p></table:table-cell>",
            Some("said"),
        );
        check(
            &of_kind("float", "<text:p>12</text:p>"),
            Some("[unreadable: \"12\", whose value is missing in the file]"),
        );
        check("<table:table-cell office:value-type='percentage' office:value='0.5'/>", Some("50%"));
        check(
            "<table:table-cell office:value-type='float' office:value='NaN'/>",
            Some("[unreadable: the number \"NaN\"]"),
        );
        let in_box =
            "<text:p>words</text:p><draw:frame><draw:text-box><text:p>in a box</text:p></draw:text-box></draw:frame>";
        check(&of_kind("string", in_box), Some("words"));
        let noted = "<text:p>one <office:annotation><text:p>a note</text:p></office:annotation>two</text:p>";
        check(&of_kind("string", noted), Some("one two"));
    }

    #[test]
    fn a_value_in_many_cells_is_put_right_in_each() {
        let cell = "<table:table-cell office:value-type='percentage' office:value='1' table:number-columns-repeated='3'><text:p>100%</text:p></table:table-cell>";
        let seen =
            seen(&format!("<table:table-row table:number-rows-repeated='2'>{cell}</table:table-row>")).expect("whole");
        assert_eq!(seen.overrides.len(), 6);
        assert!(seen.overrides.values().all(|value| value.text() == "100%"));
    }

    #[test]
    fn what_the_reader_would_pass_over_is_a_fault() {
        let cell = "<table:table-cell office:value-type='string'><text:p>a</text:p></table:table-cell>";
        let row = format!("<table:table-row>{cell}</table:table-row>");
        for strange in [
            row.replace("table:table-row", "x:table-row"),
            format!("<mc:Choice>{row}</mc:Choice>"),
            format!(
                "<table:table-row><table:table-cell><table:table table:name='B'>{row}</table:table></table:table-cell></table:table-row>"
            ),
            format!("<table:table-row><table:table-cell>{row}</table:table-cell></table:table-row>"),
            row.replace("value-type='string'", "value-type='&#115;tring'"),
            row.replace("<table:table-row>", "<table:table-row x:number-rows-repeated='2'>"),
        ] {
            assert!(seen(&strange).is_err(), "{strange}");
        }
        assert!(seen(&format!("<table:table-header-rows>{row}</table:table-header-rows><table:table-row-group>{row}</table:table-row-group>")).is_ok());
    }
}
