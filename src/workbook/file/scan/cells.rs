//! Walks one sheet of an `.xlsx` cell by cell. It finds what the reader gets wrong (values that it would change, places outside the grid,
//! two values in one cell) and what it does not tell (merged cells, hidden rows, fills).

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::super::book::{At, cell_name};
use super::super::limits;
use super::cell::{XlsxCell, unreadable};
use super::formats::{CellFormat, is_on};
use super::look::SheetLook;
use super::page::{PAGE_TEXTS, parts_of_page};
use super::xml::{Fault, OwnNames, PartSource, attribute, local, qualified, resolved_reference, walk};
use crate::core::written::Written;
use crate::workbook::file::book::position;

/// The parts of the file that the cells of a sheet refer to.
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

/// Checks one sheet.
///
/// # Errors
///
/// When the part is damaged, has no body or two, names a cell outside the grid, or has more than [`limits::FAULTS`] faults.
pub(super) fn look<'s>(source: impl Into<PartSource<'s>>, shared: &SheetContext<'_>) -> Result<SheetLook, Fault> {
    let mut sheet = XlsxSheet {
        shared,
        seen: SheetLook::default(),
        bodies: 0,
        row: 0,
        next: 0,
        is_row_hidden: false,
        is_count_lost: false,
        cell: None,
        last: None,
        ruled: Vec::new(),
        own: OwnNames::default(),
        level: Level::Outside,
        aside: None,
        page_text: None,
    };
    walk(source.into(), limits::SHEET, |event, _| sheet.take(event))?;
    if sheet.bodies != 1 {
        return Err(Fault::new("its cells are missing or in two places"));
    }
    Ok(sheet.seen)
}

struct XlsxSheet<'a> {
    shared: &'a SheetContext<'a>,
    seen: SheetLook,
    /// How many `sheetData` there were.
    bodies: usize,
    /// The row, counted from 1.
    row: u32,
    /// The column of the next cell that does not name its own, counted from 0.
    next: u32,
    is_row_hidden: bool,
    /// Whether the reader fails on a cell of this row that names no place. It does not count such a cell, and would put every later one a
    /// column too far to the left.
    is_count_lost: bool,
    cell: Option<XlsxCell>,
    /// The last filled cell. Programs write cells in order, each once.
    last: Option<(u32, u32)>,
    /// The blocks of cells of the current conditional format.
    ruled: Vec<(At, At)>,
    own: OwnNames,
    /// The part of the grid that is open.
    level: Level,
    /// A part of the sheet without cells that is open. Its elements may have the names of rows and cells.
    aside: Option<String>,
    /// The text of the page header or footer that is open.
    page_text: Option<String>,
}

/// The parts of a sheet without cells. The places of controls and embedded files are written as rows and columns there, which are not the
/// sheet's.
const ASIDE: [&str; 3] = ["extLst", "controls", "oleObjects"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Outside,
    Body,
    Row,
}

impl XlsxSheet<'_> {
    fn take(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(start) => self.open(start, false),
            Event::Empty(start) => self.open(start, true),
            Event::End(end) => {
                let name = end.name();
                self.take_page_text();
                match (self.level, local(name.as_ref())) {
                    (Level::Row, "row") => self.level = Level::Body,
                    (Level::Body, "sheetData") => self.level = Level::Outside,
                    _ => {}
                }
                if self.aside.as_deref() == Some(local(name.as_ref())) {
                    self.aside = None;
                }
                let is_its_end = self.cell.as_mut().is_some_and(XlsxCell::close);
                if is_its_end { self.close() } else { Ok(()) }
            }
            Event::Text(text) => {
                self.text(text);
                Ok(())
            }
            Event::GeneralRef(reference) if self.page_text.is_some() => {
                self.text(&resolved_reference(reference));
                Ok(())
            }
            _ => {
                self.cell.iter_mut().for_each(|cell| cell.other(event));
                Ok(())
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(page_text) = &mut self.page_text {
            page_text.push_str(text);
        }
        self.cell.iter_mut().for_each(|cell| cell.text(text));
    }

    /// Checks that the body of the sheet has rows only, and a row cells only. The reader skips anything else with its content, so an answer
    /// in it would be lost.
    fn enter(&mut self, start: &BytesStart<'_>, is_empty: bool, is_own: bool) -> Result<(), Fault> {
        let name = start.name();
        let strange = || Err(Fault::new("its rows or cells are where no spreadsheet program puts them"));
        let has_reference = || start.attributes().flatten().any(|at| at.value.contains('&'));
        if matches!(local(name.as_ref()), "row" | "c") && start.attributes_raw().contains('&') && has_reference() {
            // The reader does not resolve references in attributes, so it would see a different place.
            return strange();
        }
        match (self.level, local(name.as_ref())) {
            _ if self.cell.is_some() => {}
            (_, aside) if ASIDE.contains(&aside) => self.aside = (!is_empty).then(|| aside.to_string()),
            (Level::Outside, "sheetData") if !is_empty => self.level = Level::Body,
            (Level::Outside, "row" | "c") => return strange(),
            (Level::Outside, _) => {}
            (Level::Body | Level::Row, _) if !is_own => return strange(),
            (Level::Body, "row") => self.level = if is_empty { Level::Body } else { Level::Row },
            (Level::Row, "c") => {}
            (Level::Body | Level::Row, _) => return strange(),
        }
        Ok(())
    }

    fn open(&mut self, start: &BytesStart<'_>, is_empty: bool) -> Result<(), Fault> {
        if self.aside.is_some() {
            return Ok(());
        }
        let is_own = self.own.has(start);
        self.enter(start, is_empty, is_own)?;
        let name = start.name();
        if let Some(cell) = &mut self.cell {
            cell.open(if is_own { local(name.as_ref()) } else { "" }, is_empty);
            cell.is_struck |= local(name.as_ref()) == "strike" && is_on(start);
            return Ok(());
        }
        match local(name.as_ref()) {
            "sheetData" => self.bodies += 1,
            "row" => self.open_row(start)?,
            "c" => {
                self.open_cell(start)?;
                if is_empty {
                    self.close()?;
                }
            }
            "mergeCell" => self.merged(start)?,
            "conditionalFormatting" => self.ruled = blocks(&attribute(start, "sqref").unwrap_or_default()),
            "cfRule" => self.take_rule(start),
            name if PAGE_TEXTS.contains(&name) => self.page_text = (!is_empty).then(String::new),
            "hyperlink" => self.linked(start),
            "col" if is_set(start, "hidden") || is_zero(start, "width") => self.hide_columns(start),
            _ => {}
        }
        Ok(())
    }

    fn open_row(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        self.row = match qualified(start, "r") {
            Some(number) => {
                number.parse().ok().filter(|row| (1..=limits::ROWS).contains(row)).ok_or_else(|| outside(&number))?
            }
            None => self.row + 1,
        };
        (self.next, self.is_count_lost) = (0, false);
        self.is_row_hidden = is_set(start, "hidden") || is_zero(start, "ht");
        Ok(())
    }

    fn open_cell(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        let (mut at, mut kind, mut style) = (None, String::new(), 0);
        for attribute in start.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => at = Some(position(&attribute.value).ok_or_else(|| outside(&attribute.value))?),
                // An empty kind is not the same as none: the reader refuses it.
                "t" => kind = if attribute.value.is_empty() { "?".into() } else { attribute.value.to_string() },
                // Where the reader cannot read the index, it takes format 0, and a date becomes a number.
                "s" => {
                    let is_plain = attribute.value.bytes().all(|byte| byte.is_ascii_digit());
                    let number = attribute.value.parse().ok().filter(|_| is_plain);
                    style = number.ok_or_else(|| Fault::new("one of its cells names no format"))?;
                }
                _ => {}
            }
        }
        // A cell without a place is the one after the last. The standard allows that.
        let is_counted = at.is_none();
        if is_counted && self.is_count_lost {
            return Err(Fault::new("a value in it cannot be read, and those behind it do not say where they are"));
        }
        let at = at.unwrap_or((self.row.saturating_sub(1), self.next));
        if at.0 + 1 != self.row.max(1) || at.1 >= limits::COLUMNS {
            return Err(outside(&cell_name(at.0, at.1)));
        }
        self.next = at.1 + 1;
        self.cell = Some(XlsxCell::new(at, kind, style, is_counted));
        Ok(())
    }

    fn close(&mut self) -> Result<(), Fault> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let is_filled = cell.is_filled();
        let format = self.shared.formats.get(cell.style).copied().unwrap_or_default();
        // Fills of cells with a text matter only if they contradict a rating. The limit keeps a painted sheet from filling memory.
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
        if format.is_unseen {
            self.seen.extras.unseen.insert(cell.at);
        }
        let value = match self.last.replace(cell.at) {
            Some(last) if last == cell.at => Some(unreadable("two values in one cell")),
            Some(last) if last > cell.at => Some(unreadable("a value that is out of order in the file")),
            _ => cell.judged(self.shared.strings.count),
        };
        if let Some(value) = value {
            self.is_count_lost = cell.is_counted;
            self.seen.overrides.insert(cell.at, value);
            self.seen.faults += 1;
            if self.seen.faults > limits::FAULTS {
                return Err(Fault::new(format!(
                    "more than {} of its cells cannot be read, the last {}",
                    limits::FAULTS,
                    cell_name(cell.at.0, cell.at.1)
                )));
            }
        } else if let Some(shown) = cell.shown(format) {
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

    fn take_page_text(&mut self) {
        let Some(text) = self.page_text.take() else { return };
        if self.seen.extras.page_texts.len() < limits::PAGE_TEXTS {
            self.seen.extras.page_texts.extend(parts_of_page(&text).into_iter().map(Written::from));
        }
    }

    /// Takes a rule of a conditional format. A rule that compares the cell's own word does not colour an empty cell, as the workbook's own
    /// rules for ratings; a formula may.
    fn take_rule(&mut self, start: &BytesStart<'_>) {
        let kind = attribute(start, "type").unwrap_or_default();
        let may_colour_empty =
            matches!(kind.as_str(), "expression" | "containsBlanks" | "notContainsText" | "notContainsErrors");
        let room = limits::MERGED.saturating_sub(self.seen.extras.coloured_by_rule.len());
        if may_colour_empty && attribute(start, "dxfId").is_some() {
            self.seen.extras.coloured_by_rule.extend(self.ruled.iter().copied().take(room));
        }
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
            // Some programs hide every column to the right of the last used one, up to the 16,384th. Those are empty, so 200 are enough.
            let columns = first.saturating_sub(1)..last.min(limits::COLUMNS).min(first.saturating_add(200));
            self.seen.extras.hidden_columns.extend(columns);
        }
    }
}

fn outside(name: &str) -> Fault {
    Fault::new(format!("it names a cell or row outside the sheet, {name:?}"))
}

/// Reads blocks of cells, such as `D4:D11 F4`.
fn blocks(text: &str) -> Vec<(At, At)> {
    let block = |range: &str| {
        let (first, last) = range.split_once(':').unwrap_or((range, range));
        Some((position(first)?, position(last)?))
    };
    text.split_whitespace().take(limits::MERGED).filter_map(block).collect()
}

/// Whether an attribute is the number zero: a row or column of no size is hidden.
fn is_zero(start: &BytesStart<'_>, name: &str) -> bool {
    attribute(start, name).and_then(|value| value.parse::<f64>().ok()) == Some(0.0)
}

/// Whether an attribute is true.
fn is_set(start: &BytesStart<'_>, name: &str) -> bool {
    attribute(start, name).is_some_and(|value| matches!(value.as_str(), "1" | "true"))
}

#[cfg(test)]
mod tests {
    use super::super::super::book::{Fill, Value};
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
        let odd_value =
            |value: &str| format!("[unreadable: the value {value:?} that no spreadsheet program writes in this way]");
        check("<row><c><v><![CDATA[5]]></v></c></row>", "A1", odd);
        check("<row><c><v>1<!-- -->23</v></c></row>", "A1", Some(&odd_value("123")));
        check("<row><c t='inlineStr'><is><t>a</t></is><v>1</v></c></row>", "A1", Some(&odd_value("1")));
        // A text of the cell's own of which a piece stands where the reader passes it by.
        for inline in ["<is><rPh><t>a</t></rPh></is>", "<is><r><rPr><b/></rPr><t>a</t></r></is>"] {
            check(&format!("<row><c t='inlineStr'>{inline}</c></row>"), "A1", None);
        }
        for inline in [
            "<is><x><t>a</t></x></is>",
            "<is><t>a<x>b</x></t></is>",
            "<is>a</is>",
            "<is/><is><t>a</t></is>",
            "<x><is/></x>",
        ] {
            check(&format!("<row><c t='inlineStr'>{inline}</c></row>"), "A1", odd);
        }
        // An element in a value, beside a value, and a text that stands in none.
        check("<row><c><v>46<x/>000</v></c></row>", "A1", Some(&odd_value("46000")));
        check("<row r='1'><c r='A1'><v>5</v><extLst><ext/></extLst></c></row>", "A1", Some(&odd_value("5")));
        check("<row r='1'><c r='A1' t='s'>2</c></row>", "A1", Some(&odd_value("2")));
        check("<row r='1'><c r='A1' t='inlineStr'><v>5</v></c></row>", "A1", Some(&odd_value("5")));
        check("<row r='1'><c r='A1' t='s'/></row>", "A1", None);
        check(
            "<row r='1'><c r='A1' t=''><v>2</v></c></row>",
            "A1",
            Some("[unreadable: a value of the unknown kind \"?\"]"),
        );
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
            Some("[unreadable: a value that is out of order in the file]"),
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

    /// The reader gives up a cell and its place with it: where cells do not say where they are, all behind it would move.
    #[test]
    fn cells_behind_one_that_cannot_be_read_say_where_they_stand() {
        let error = "<c t='e'><v>#SPILL!</v></c>";
        assert!(seen(&format!("<row>{error}</row><row><c><v>1</v></c></row>")).is_ok());
        assert!(seen(&format!("<row>{error}<c><v>1</v></c></row>")).is_err());
        assert!(
            seen(&format!("<row r='1'>{}<c r='B1'><v>1</v></c></row>", error.replace("<c ", "<c r='A1' "))).is_ok()
        );
        assert!(seen("<row><c s='&#50;'><v>1</v></c></row>").is_err());
        // Each of these the reader would pass by.
        for strange in
            ["<C r='A1'><v>1</v></C>", "<c r='A1' xmlns='urn:x'><v>1</v></c>", "<x><c r='A1'><v>1</v></c></x>"]
        {
            assert!(seen(&format!("<row r='1'>{strange}</row>")).is_err(), "{strange}");
        }
        assert!(seen("<x><row/></x>").is_err() && seen("<row r='&#49;'/>").is_err());
        assert!(seen("<row r='1'><c r='A1'><v>1</v></c><extLst><ext><x/></ext></extLst></row>").is_ok());
        let control = "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData><controls><control><anchor><from><row>2</row>\
            </from></anchor></control></controls><oleObjects><x><row>9</row></x></oleObjects></worksheet>";
        let shared = SheetContext { strings: &Strings::default(), formats: &[] };
        assert!(look(control.as_bytes(), &shared).is_ok());
    }

    #[test]
    fn fills_merges_and_hidden_rows_are_told() {
        let seen = seen("<row r='1' hidden='1'><c r='A1'><v>1</v></c><c r='C1' s='1'/></row>").expect("whole");
        assert_eq!(seen.extras.merged, [((0, 0), (1, 1))]);
        assert_eq!(seen.extras.fills.get(&(0, 2)), Some(&Fill::Rgb(0xFF0000)));
        assert!(seen.extras.hidden_rows.contains(&0) && seen.extras.hidden_columns.contains(&1));
    }

    #[test]
    fn what_nobody_sees_or_looks_for_is_told() {
        let sheet = "<worksheet><sheetData><row r='1' ht='0' customHeight='1'><c r='A1'><v>1</v></c></row></sheetData>\
            <conditionalFormatting sqref='D4:D11 F2'><cfRule type='cellIs' dxfId='0'><formula>1</formula></cfRule>\
            <cfRule type='expression' dxfId='1'><formula>TRUE</formula></cfRule></conditionalFormatting>\
            <headerFooter><oddHeader>&amp;L&amp;\"Arial,Bold\"&amp;12We are Red on 2.1&amp;CA &amp;&amp; B</oddHeader>\
            <oddFooter>&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>";
        let shared = SheetContext { strings: &Strings::default(), formats: &[] };
        let extras = look(sheet.as_bytes(), &shared).expect("whole").extras;
        assert!(extras.hidden_rows.contains(&0));
        assert_eq!(extras.coloured_by_rule, [((3, 3), (10, 3)), ((1, 5), (1, 5))]);
        let texts: Vec<&str> = extras.page_texts.iter().map(Written::text).collect();
        assert_eq!(texts, ["We are Red on 2.1", "A & B", "Page  of"]);
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
