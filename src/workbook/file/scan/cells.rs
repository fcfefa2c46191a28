//! One sheet of an `.xlsx` cell by cell, for what the reader behind [`read`](super::super::read) gets wrong or does not tell: values
//! that it would turn into others, places outside the grid, two values in one cell, merged cells, hidden rows, fills.

use crate::workbook::file::book::position;
use std::collections::BTreeSet;
use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::super::book::{Value, cell_name};
use super::super::limits;
use super::formats::{CellFormat, is_on};
use super::look::SheetLook;
use super::xml::{Fault, attribute, local, walk};

/// What the cells of a sheet refer to.
pub(super) struct SheetContext<'a> {
    /// The shared strings.
    pub strings: &'a Strings,
    /// The cell formats, by their indices.
    pub formats: &'a [CellFormat],
}

/// The texts that cells share.
#[derive(Debug, Default)]
pub(super) struct Strings {
    /// How many there are.
    pub count: usize,
    /// Those that are struck out, whole or in part, by their indices.
    pub struck: BTreeSet<usize>,
}

/// The errors that the reader knows; it fails on any other.
const KNOWN_ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// Looks at one sheet.
///
/// # Errors
///
/// When the part is damaged, has no body or two, names a cell outside the grid, or has more faults than a list can hold.
pub(super) fn look(source: impl Read, shared: &SheetContext<'_>) -> Result<SheetLook, Fault> {
    let mut sheet = XlsxSheet {
        shared,
        seen: SheetLook::default(),
        bodies: 0,
        row: 0,
        next: 0,
        is_row_hidden: false,
        cell: None,
        last: None,
    };
    walk(source, limits::SHEET, |event, _| sheet.take(event))?;
    if sheet.bodies != 1 {
        return Err(Fault::new("its cells are missing or stand in two places"));
    }
    Ok(sheet.seen)
}

struct XlsxSheet<'a> {
    shared: &'a SheetContext<'a>,
    seen: SheetLook,
    /// How often `sheetData` was met.
    bodies: usize,
    /// The row, counted from 1.
    row: u32,
    /// The column of the next cell that does not name its own, counted from 0.
    next: u32,
    is_row_hidden: bool,
    cell: Option<XlsxCell>,
    /// The last cell that held something. Programs write cells in order, each once.
    last: Option<(u32, u32)>,
}

struct XlsxCell {
    at: (u32, u32),
    kind: String,
    style: usize,
    /// What stands in `v`, and whether anything but plain text does.
    value: Option<String>,
    is_odd: bool,
    in_value: bool,
    has_inline: bool,
    has_formula: bool,
    is_struck: bool,
}

impl XlsxSheet<'_> {
    fn take(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(start) => self.open(start, false),
            Event::Empty(start) => self.open(start, true),
            Event::End(end) => match local(end.name().as_ref()) {
                "c" => self.close(),
                "v" => {
                    self.cell.iter_mut().for_each(|cell| cell.in_value = false);
                    Ok(())
                }
                _ => Ok(()),
            },
            Event::Text(text) => {
                self.text(text);
                Ok(())
            }
            _ => {
                // A comment, CDATA or reference inside a value: the reader would drop it or stop there.
                self.cell
                    .iter_mut()
                    .filter(|cell| cell.in_value)
                    .for_each(|cell| cell.is_odd |= !is_reference_in_text(cell, event));
                Ok(())
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.in_value) {
            cell.value.get_or_insert_default().push_str(text);
        }
    }

    fn open(&mut self, start: &BytesStart<'_>, is_empty: bool) -> Result<(), Fault> {
        match local(start.name().as_ref()) {
            "sheetData" => self.bodies += 1,
            "row" => self.open_row(start)?,
            "c" => {
                self.open_cell(start)?;
                if is_empty {
                    self.close()?;
                }
            }
            "v" => {
                if let Some(cell) = &mut self.cell {
                    cell.is_odd |= cell.value.is_some();
                    cell.value = Some(String::new());
                    cell.in_value = !is_empty;
                }
            }
            "f" => self.cell.iter_mut().for_each(|cell| cell.has_formula = true),
            "is" => self.cell.iter_mut().for_each(|cell| cell.has_inline = true),
            "strike" => self.cell.iter_mut().for_each(|cell| cell.is_struck = is_on(start)),
            "mergeCell" => self.merged(start)?,
            "hyperlink" => self.linked(start),
            "col" if is_set(start, "hidden") => self.hide_columns(start),
            _ => {}
        }
        Ok(())
    }

    fn open_row(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        self.row = match attribute(start, "r") {
            Some(number) => {
                number.parse().ok().filter(|row| (1..=limits::ROWS).contains(row)).ok_or_else(|| outside(&number))?
            }
            None => self.row + 1,
        };
        self.next = 0;
        self.is_row_hidden = is_set(start, "hidden");
        Ok(())
    }

    fn open_cell(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        let (mut at, mut kind, mut style) = (None, String::new(), 0);
        for attribute in start.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => at = Some(position(&attribute.value).ok_or_else(|| outside(&attribute.value))?),
                "t" => kind = attribute.value.to_string(),
                "s" => style = attribute.value.parse().unwrap_or(0),
                _ => {}
            }
        }
        let at = at.unwrap_or((self.row.saturating_sub(1), self.next));
        if at.0 + 1 != self.row.max(1) || at.1 >= limits::COLUMNS {
            return Err(outside(&cell_name(at.0, at.1)));
        }
        self.next = at.1 + 1;
        self.cell = Some(XlsxCell {
            at,
            kind,
            style,
            value: None,
            is_odd: false,
            in_value: false,
            has_inline: false,
            has_formula: false,
            is_struck: false,
        });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Fault> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let is_filled = cell.value.is_some() || cell.has_inline || cell.has_formula;
        let format = self.shared.formats.get(cell.style).copied().unwrap_or_default();
        if let Some(fill) = format.fill
            && (!is_filled || fill.rating().is_some())
            && self.seen.extras.fills.len() < limits::MERGED
        {
            self.seen.extras.fills.insert(cell.at, fill);
        }
        if !is_filled {
            return Ok(());
        }
        if cell.is_struck || format.is_struck || self.is_string_struck(&cell) {
            self.seen.extras.struck.insert(cell.at);
        }
        if self.is_row_hidden {
            self.seen.extras.hidden_rows.insert(cell.at.0);
        }
        let value = match self.last.replace(cell.at) {
            Some(last) if last == cell.at => Some(unreadable("two values in one cell")),
            Some(last) if last > cell.at => Some(unreadable("a value that stands out of order in the file")),
            _ => judge(&cell, self.shared),
        };
        if let Some(value) = value {
            self.seen.overrides.insert(cell.at, value);
            self.seen.faults += 1;
            if self.seen.faults > limits::FAULTS {
                return Err(Fault::new(format!(
                    "more than {} of its cells cannot be read, the last {}",
                    limits::FAULTS,
                    cell_name(cell.at.0, cell.at.1)
                )));
            }
        } else if let Some(shown) = shown(&cell, format) {
            self.seen.overrides.insert(cell.at, shown);
        }
        Ok(())
    }

    fn is_string_struck(&self, cell: &XlsxCell) -> bool {
        let struck = &self.shared.strings.struck;
        let index = || cell.value.as_deref().and_then(|value| value.parse().ok());
        !struck.is_empty() && cell.kind == "s" && index().is_some_and(|index: usize| struck.contains(&index))
    }

    fn merged(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        let Some(range) = attribute(start, "ref") else { return Ok(()) };
        let (first, last) = range.split_once(':').unwrap_or((&range, &range));
        let (Some(first), Some(last)) = (position(first), position(last)) else { return Err(outside(&range)) };
        if self.seen.extras.merged.len() >= limits::MERGED {
            return Err(Fault::new("it has more merged cells than any real one"));
        }
        self.seen.extras.merged.push((first, last));
        Ok(())
    }

    fn linked(&mut self, start: &BytesStart<'_>) {
        let at = attribute(start, "ref").and_then(|range| position(range.split(':').next().unwrap_or_default()));
        if let (Some(at), Some(id)) = (at, attribute(start, "id"))
            && self.seen.links.len() < limits::MERGED
        {
            self.seen.links.insert(at, id);
        }
    }

    fn hide_columns(&mut self, start: &BytesStart<'_>) {
        let number = |name: &str| attribute(start, name).and_then(|text| text.parse::<u32>().ok());
        if let (Some(first), Some(last)) = (number("min"), number("max")) {
            // Columns to the right of anything issued are hidden by some programs; they hold nothing.
            let columns = first.saturating_sub(1)..last.min(limits::COLUMNS).min(first.saturating_add(200));
            self.seen.extras.hidden_columns.extend(columns);
        }
    }
}

/// An entity in the text of a formula's result is text; anywhere else inside a value it is not.
fn is_reference_in_text(cell: &XlsxCell, event: &Event<'_>) -> bool {
    matches!(event, Event::GeneralRef(_)) && cell.kind == "str"
}

/// A number as people see it, where that is not the number itself.
fn shown(cell: &XlsxCell, format: CellFormat) -> Option<Value> {
    let number = cell.value.as_deref().filter(|_| matches!(cell.kind.as_str(), "" | "n"))?;
    format.shown.value(number.parse().ok()?)
}

/// What takes the place of a value that the reader would misread; `None` for one that it reads right.
fn judge(cell: &XlsxCell, shared: &SheetContext<'_>) -> Option<Value> {
    if cell.is_odd || (cell.has_inline && cell.value.is_some()) {
        return Some(unreadable("a value that no spreadsheet program writes in this way"));
    }
    let value = cell.value.as_deref()?;
    match cell.kind.as_str() {
        "s" => {
            let index = value.bytes().all(|byte| byte.is_ascii_digit()).then(|| value.parse::<usize>().ok()).flatten();
            let is_known = index.is_some_and(|index| index < shared.strings.count);
            (!is_known).then(|| unreadable(&format!("the text number {value:?}, which this file does not have")))
        }
        "" | "n" => {
            let is_number = value.parse::<f64>().is_ok_and(f64::is_finite);
            (!(is_number || value.is_empty() && cell.has_formula)).then(|| unreadable(&format!("the number {value:?}")))
        }
        "b" => {
            (!matches!(value, "0" | "1" | "true" | "false")).then(|| unreadable(&format!("the truth value {value:?}")))
        }
        "e" => (!KNOWN_ERRORS.contains(&value)).then(|| Value::Error(value.to_string())),
        "str" | "inlineStr" | "d" => {
            (value.chars().count() > limits::TEXT).then(|| unreadable("a text longer than a cell can hold"))
        }
        kind => Some(unreadable(&format!("a value of the unknown kind {kind:?}"))),
    }
}

fn unreadable(what: &str) -> Value {
    Value::Unreadable(what.to_string())
}

fn outside(name: &str) -> Fault {
    Fault::new(format!("it names a cell or row outside the sheet, {name:?}"))
}

/// Whether an attribute says yes.
fn is_set(start: &BytesStart<'_>, name: &str) -> bool {
    attribute(start, name).is_some_and(|value| matches!(value.as_str(), "1" | "true"))
}

#[cfg(test)]
mod tests {
    use super::super::super::book::Fill;
    use super::*;

    fn seen(cells: &str) -> Result<SheetLook, Fault> {
        let sheet = format!(
            "<worksheet><cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>{cells}</sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>"
        );
        let red = CellFormat { fill: Some(Fill::Rgb(0xFF0000)), is_struck: true, ..CellFormat::default() };
        let strings = Strings { count: 3, struck: BTreeSet::from([2]) };
        look(sheet.as_bytes(), &SheetContext { strings: &strings, formats: &[CellFormat::default(), red] })
    }

    #[track_caller]
    fn check(cells: &str, at: &str, expected: Option<&str>) {
        let seen = seen(cells).expect("whole");
        let said = seen.overrides.get(&position(at).expect("a cell")).map(Value::text);
        assert_eq!(said.as_deref(), expected, "{cells}");
    }

    #[test]
    fn what_the_reader_would_turn_into_something_else_is_named() {
        check("<row r='1'><c r='A1' t='s'><v>2</v></c></row>", "A1", None);
        for index in ["2 ", "-1", "3.0", "1e30", "3", ""] {
            let said = format!("[unreadable: the text number {index:?}, which this file does not have]");
            check(&format!("<row r='1'><c r='A1' t='s'><v>{index}</v></c></row>"), "A1", Some(&said));
        }
        let odd = Some("[unreadable: a value that no spreadsheet program writes in this way]");
        check("<row><c><v><![CDATA[5]]></v></c></row>", "A1", odd);
        check("<row><c><v>1<!-- -->23</v></c></row>", "A1", odd);
        check("<row><c t='inlineStr'><is><t>a</t></is><v>1</v></c></row>", "A1", odd);
        check("<row><c><v>1</v></c><c><v>x1</v></c></row>", "B1", Some("[unreadable: the number \"x1\"]"));
        check("<row><c t='e'><v>#SPILL!</v></c></row>", "A1", Some("#SPILL!"));
        check("<row><c t='q'><v>1</v></c></row>", "A1", Some("[unreadable: a value of the unknown kind \"q\"]"));
        check(
            "<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
            "A1",
            Some("[unreadable: two values in one cell]"),
        );
        check(
            "<row r='2'><c r='B2'><v>1</v></c></row><row r='1'><c r='A1'><v>2</v></c><c r='A1'><v>3</v></c></row>",
            "A1",
            Some("[unreadable: two values in one cell]"),
        );
        check(
            "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
            "A1",
            Some("[unreadable: a value that stands out of order in the file]"),
        );
        check("<row><c t='str'><f>A1</f><v>a &amp; b</v></c></row>", "A1", None);
    }

    #[test]
    fn places_outside_the_grid_and_missing_cells_are_faults() {
        for cells in [
            "<row r='4294967298'/>",
            "<row r='1'><c r='A4294967298'><v>1</v></c></row>",
            "<row r='1'><c r='XFE1'/></row>",
            "<row r='0'/>",
            "<row r='1'><c r='A2'><v>1</v></c></row>",
        ] {
            assert!(seen(cells).is_err_and(|fault| fault.0.contains("outside the sheet")), "{cells}");
        }
        let shared = SheetContext { strings: &Strings::default(), formats: &[] };
        assert!(look(b"<worksheet><sheetData/><sheetData/></worksheet>".as_slice(), &shared).is_err());
    }

    #[test]
    fn fills_merges_and_hidden_rows_are_told() {
        let seen = seen("<row r='1' hidden='1'><c r='A1'><v>1</v></c><c r='C1' s='1'/></row>").expect("whole");
        assert_eq!(seen.extras.merged, [((0, 0), (1, 1))]);
        assert_eq!(seen.extras.fills.get(&(0, 2)), Some(&Fill::Rgb(0xFF0000)));
        assert!(seen.extras.hidden_rows.contains(&0) && seen.extras.hidden_columns.contains(&1));
    }

    #[test]
    fn what_is_struck_out_is_told() {
        let seen = seen(
            "<row><c t='s'><v>2</v></c><c t='s'><v>1</v></c><c s='1'><v>1</v></c><c t='inlineStr'><is><r><rPr><strike/></rPr>\
             <t>a</t></r></is></c><c s='1'/></row>",
        );
        assert_eq!(seen.expect("whole").extras.struck, BTreeSet::from([(0, 0), (0, 2), (0, 3)]));
    }
}
