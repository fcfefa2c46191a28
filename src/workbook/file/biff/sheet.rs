//! Walks one sheet of an `.xls`. Each cell must be whole, inside the grid, and alone in its place.

use std::collections::{BTreeMap, BTreeSet};

use super::book::Globals;
use super::model::{BiffFault, CELLS, WalkedAt, WalkedValue, damaged};
use super::records::{BiffRecord, RecordPlace, rule};

/// The state of a walk over one sheet.
pub(super) struct SheetWalk<'w> {
    book: &'w Globals,
    /// The name of the sheet in messages.
    part: &'w str,
    /// For each row, a bit for each column in which there has been a cell.
    taken: Vec<[u64; 4]>,
    /// For each row with a record of its own, its first column and the column after its last.
    rows: BTreeMap<u16, (u16, u16)>,
    /// Where the records of rows begin, and those that end a block of rows.
    row_places: BTreeSet<usize>,
    block_places: Vec<u32>,
    /// Where the blocks end, according to the index at the beginning of the sheet.
    index: Option<Vec<u32>>,
    has_dimensions: bool,
    has_pivot: bool,
    /// The kind of the record before.
    before: u16,
    /// The formula whose text must come next.
    awaited_text: Option<WalkedAt>,
    /// Whether a record that does not belong among cells came after a cell.
    is_behind_cells: bool,
    has_cells: bool,
    /// The last cell.
    last: Option<WalkedAt>,
    is_in_order: bool,
    cells: Vec<(WalkedAt, WalkedValue)>,
}

impl<'w> SheetWalk<'w> {
    /// Begins the walk.
    pub(super) fn new(book: &'w Globals, part: &'w str) -> SheetWalk<'w> {
        SheetWalk {
            book,
            part,
            taken: Vec::new(),
            rows: BTreeMap::new(),
            row_places: BTreeSet::new(),
            block_places: Vec::new(),
            index: None,
            has_dimensions: false,
            has_pivot: false,
            before: 0,
            awaited_text: None,
            is_behind_cells: false,
            has_cells: false,
            last: None,
            is_in_order: true,
            cells: Vec::new(),
        }
    }

    /// Takes one record.
    ///
    /// # Errors
    ///
    /// When it is damaged, is where it may not be, or is a cell in a place that is taken.
    pub(super) fn record(&mut self, record: &BiffRecord, is_continued: bool) -> Result<(), BiffFault> {
        let rule = rule(record, RecordPlace::Sheet, self.part)?;
        // The reader takes the text of a formula from one record only, and would drop the rest.
        if is_continued && !rule.is_long() {
            return Err(self.fault("a record that never does goes on in the next"));
        }
        self.check_formula_text(record)?;
        if !self.is_in_its_place(record) {
            return Err(self.fault(&format!("a record is where no program writes it (number {:04X})", record.kind)));
        }
        self.before = record.kind;
        if rule.is_among_cells() {
            let is_cell = is_cell(record.kind) || record.kind == ROW;
            if is_cell && self.is_behind_cells {
                return Err(self.fault("something that is not a cell is among the cells"));
            }
            self.has_cells |= is_cell;
        } else {
            self.is_behind_cells |= self.has_cells;
        }
        match record.kind {
            ROW => self.row(record),
            BLOCK => self.block(record),
            INDEX => self.index(record),
            DIMENSIONS => self.dimensions(record),
            MERGED => self.merged(record),
            MULTIPLE_NUMBERS | MULTIPLE_BLANKS => self.several(record),
            kind if is_cell(kind) => self.cell(record),
            _ => Ok(()),
        }
    }

    /// Whether a record is what its number says: it has the content that such a record must have, or follows the right one. A cell whose
    /// number was damaged seldom passes as something else.
    fn is_in_its_place(&mut self, record: &BiffRecord) -> bool {
        // A link begins with the class identifier of the hyperlink object (MS-XLS, HLink).
        const LINK: &[u8] = b"\xD0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B";
        let length = record.data.len();
        let is_unicode = self.book.is_unicode;
        let short = |at| record.short(at).map_or(0, usize::from);
        match record.kind {
            ARRAY | SHARED_FORMULA | TABLE => self.before == FORMULA,
            HYPERLINK => record.data.get(8..24) == Some(LINK),
            // Parts of a pivot table come only after its beginning.
            PIVOT => {
                self.has_pivot = true;
                true
            }
            0x00B1..=0x00B6 | 0x00C5 | 0x00F0..=0x00FB | 0x0100 | 0x0103 => self.has_pivot,
            COLUMN => !self.has_cells && short(0) <= short(2) && short(2) <= usize::from(COLUMNS),
            INDEX => !self.has_dimensions && (!is_unicode || length >= 16),
            WINDOW => length == 10 && !is_unicode || matches!(length, 14 | 18) && is_unicode,
            SELECTION => length == 9 + 6 * short(7),
            NOTE => !is_unicode || length >= 11,
            SPOKEN => length == 6 + 8 * short(4),
            DRAWING | DRAWING_SELECTION => short(2) >= 0xF000,
            _ => true,
        }
    }

    /// Checks that the text of a formula follows the formula, and that such a text follows nothing else.
    fn check_formula_text(&mut self, record: &BiffRecord) -> Result<(), BiffFault> {
        match (self.awaited_text, record.kind) {
            (Some(at), TEXT_RESULT) => {
                self.awaited_text = None;
                let text = self.book.letters.whole(record.data, false).map_err(|fault| self.at(at, &fault))?;
                self.see(at, WalkedValue::Text(text.into()))
            }
            (None, TEXT_RESULT) => Err(self.fault("the text of a formula does not follow a formula")),
            // The formula that several cells share may come between.
            (Some(_), ARRAY | SHARED_FORMULA | TABLE | UNCALCULATED) | (None, _) => Ok(()),
            (Some(at), _) => Err(self.fault(&format!("the text of the formula in {} is missing", name(at)))),
        }
    }

    fn row(&mut self, record: &BiffRecord) -> Result<(), BiffFault> {
        let (Some(row), Some(first), Some(behind)) = (record.short(0), record.short(2), record.short(4)) else {
            return Err(self.fault("a row is cut off"));
        };
        if first > behind || behind > COLUMNS {
            return Err(self.fault(&format!("row {} has columns that no sheet has", u32::from(row) + 1)));
        }
        if self.rows.insert(row, (first, behind)).is_some() {
            return Err(self.fault(&format!("row {} is there twice", u32::from(row) + 1)));
        }
        self.row_places.insert(record.at);
        Ok(())
    }

    /// Takes the end of a block of rows. It says how far back the first row is, which checks the length of every record in between.
    fn block(&mut self, record: &BiffRecord) -> Result<(), BiffFault> {
        let back = record.long(0).and_then(|back| record.at.checked_sub(back as usize));
        let is_right = back.is_some_and(|place| self.row_places.contains(&place));
        // A sheet without rows may have this record too.
        let is_empty = record.long(0) == Some(0) && !self.has_cells;
        if !record.data.len().is_multiple_of(2) || !(is_right || is_empty) {
            return Err(self.fault("a block of rows is longer or shorter than it says"));
        }
        // A place that does not fit cannot be in the index, so it will not match.
        self.block_places.push(u32::try_from(record.at).unwrap_or(u32::MAX));
        Ok(())
    }

    /// Takes the index: where each block ends.
    fn index(&mut self, record: &BiffRecord) -> Result<(), BiffFault> {
        let head = if self.book.is_unicode { 16 } else { 12 };
        let places = record.data.get(head..).unwrap_or_default();
        if !places.len().is_multiple_of(4) || self.index.is_some() {
            return Err(self.fault("the list of its blocks is damaged"));
        }
        self.index = Some(places.as_chunks::<4>().0.iter().map(|place| u32::from_le_bytes(*place)).collect());
        Ok(())
    }

    fn dimensions(&mut self, record: &BiffRecord) -> Result<(), BiffFault> {
        let bounds = if record.data.len() == 10 {
            (record.short(0).map(u32::from), record.short(2).map(u32::from), record.short(4), record.short(6))
        } else {
            (record.long(0), record.long(4), record.short(8), record.short(10))
        };
        // The reader takes 10, 14 or 16 bytes, and relies on the last cell not being before the first.
        let is_sane = matches!(record.data.len(), 10 | 14 | 16)
            && matches!(bounds, (Some(top), Some(bottom), Some(left), Some(right))
                if bottom <= ROWS && right <= COLUMNS
                    && (top < bottom || bottom == 0 || top == bottom)
                    && (left <= right || right == 0));
        // The size comes before the cells.
        if !is_sane || self.has_dimensions || self.has_cells {
            return Err(self.fault("its size is not one that a sheet can have"));
        }
        self.has_dimensions = true;
        Ok(())
    }

    fn merged(&self, record: &BiffRecord) -> Result<(), BiffFault> {
        let count = record.short(0).unwrap_or_default();
        let is_whole = record.data.len() == 2 + 8 * usize::from(count);
        if is_whole { Ok(()) } else { Err(self.fault("its list of merged cells is damaged")) }
    }

    /// Takes several numbers or blanks side by side.
    fn several(&mut self, record: &BiffRecord) -> Result<(), BiffFault> {
        let data = record.data;
        let width = if record.kind == MULTIPLE_NUMBERS { 6 } else { 2 };
        let last = data.len().checked_sub(2).and_then(|end| record.short(end));
        let (Some(row), Some(first), Some(last)) = (record.short(0), record.short(2), last) else {
            return Err(self.fault("a row of cells is cut off"));
        };
        let count = usize::from(last.checked_sub(first).map_or(0, |count| count + 1));
        let Some(each) = data.get(4..data.len() - 2).filter(|each| count > 0 && each.len() == count * width) else {
            return Err(
                self.fault(&format!("the cells from {} on are fewer or more than they say", name((row, first))))
            );
        };
        for (column, one) in (first..=last).zip(each.chunks_exact(width)) {
            let at = (row, column);
            self.take(at, u16::from_le_bytes([one[0], one[1]]))?;
            if let [_, _, a, b, c, d] = one {
                self.see_number(at, short_number(u32::from_le_bytes([*a, *b, *c, *d])), one[0].into())?;
            }
        }
        Ok(())
    }

    fn cell(&mut self, record: &BiffRecord) -> Result<(), BiffFault> {
        let (Some(row), Some(column), Some(look)) = (record.short(0), record.short(2), record.short(4)) else {
            return Err(self.fault("a cell is cut off"));
        };
        let at = (row, column);
        self.take(at, look)?;
        let data = record.data.get(6..).unwrap_or_default();
        let seen = match record.kind {
            BLANK => return Ok(()),
            LABEL | RICH_TEXT if self.book.is_unicode && data.len() < 3 => return Err(self.lost(at, "is cut off")),
            SHARED_TEXT => {
                let text = record.long(6).and_then(|index| self.book.texts.get(index as usize));
                WalkedValue::Text(text.ok_or_else(|| self.lost(at, "names a text that does not exist"))?.clone())
            }
            LABEL => {
                WalkedValue::Text(self.book.letters.whole(data, false).map_err(|fault| self.at(at, &fault))?.into())
            }
            RICH_TEXT => WalkedValue::Text(self.rich(data).map_err(|fault| self.at(at, &fault))?.into()),
            TRUTH_OR_ERROR => {
                let (Some(what), Some(which)) = (data.first(), data.get(1)) else {
                    return Err(self.lost(at, "is cut off"));
                };
                self.truth_or_error(at, *what, *which)?
            }
            FORMULA => return self.formula(at, look, data),
            _ => {
                let number = if record.kind == NUMBER { double(data) } else { record.long(6).map(short_number) };
                let number = number.ok_or_else(|| self.lost(at, "is cut off"))?;
                return self.see_number(at, number, look);
            }
        };
        self.see(at, seen)
    }

    /// Reads a rich text. After the text come the number of its pieces and the pieces.
    fn rich(&self, data: &[u8]) -> Result<String, BiffFault> {
        let (text, runs) = self.book.letters.first(data, false)?;
        let is_whole = if self.book.is_unicode {
            let count = runs.first_chunk::<2>().map(|count| usize::from(u16::from_le_bytes(*count)));
            count.is_some_and(|count| runs.len() == 2 + 4 * count)
        } else {
            runs.first().is_some_and(|count| runs.len() == 1 + 2 * usize::from(*count))
        };
        if is_whole { Ok(text) } else { Err(damaged("a text is longer or shorter than its record")) }
    }

    fn truth_or_error(&self, at: WalkedAt, what: u8, which: u8) -> Result<WalkedValue, BiffFault> {
        match (which, what) {
            (0, 0 | 1) => Ok(WalkedValue::Truth(what == 1)),
            (1, 0x00 | 0x07 | 0x0F | 0x17 | 0x1D | 0x24 | 0x2A | 0x2B) => Ok(WalkedValue::Error(what)),
            _ => Err(self.lost(at, "is neither true nor false nor an error")),
        }
    }

    /// Takes a formula: its last result, and the length of the formula.
    fn formula(&mut self, at: WalkedAt, look: u16, data: &[u8]) -> Result<(), BiffFault> {
        let cut = |walk: &Self| walk.lost(at, "has a formula that is cut off");
        let result = data.first_chunk::<8>().copied().ok_or_else(|| cut(self))?;
        let length = data.get(14..16).map(|two| usize::from(u16::from_le_bytes([two[0], two[1]])));
        if length.is_none_or(|length| length == 0 || 16 + length > data.len()) {
            return Err(cut(self));
        }
        if result[6..] != [0xFF, 0xFF] {
            return self.see_number(at, f64::from_le_bytes(result), look);
        }
        // Not a number: the first byte has the kind of the result (MS-XLS, FormulaValue). A text comes in the next record.
        let seen = match result[0] {
            0 => {
                self.awaited_text = Some(at);
                return Ok(());
            }
            1 => self.truth_or_error(at, result[2], 0)?,
            2 => self.truth_or_error(at, result[2], 1)?,
            3 => WalkedValue::Text("".into()),
            _ => return Err(self.lost(at, "has a result of no kind")),
        };
        self.see(at, seen)
    }

    /// Marks the place of a cell as taken.
    fn take(&mut self, (row, column): WalkedAt, look: u16) -> Result<(), BiffFault> {
        let at = (row, column);
        if column >= COLUMNS || (!self.book.is_unicode && row >= ROWS_95) {
            return Err(self.fault("a cell is outside the sheet"));
        }
        if usize::from(look) >= self.book.looks.len() {
            return Err(self.lost(at, "has a format that does not exist"));
        }
        let line = usize::from(row);
        if self.taken.len() <= line {
            self.taken.resize(line + 1, [0; 4]);
        }
        let (word, bit) = (&mut self.taken[line][usize::from(column / 64)], 1_u64 << (column % 64));
        if *word & bit != 0 {
            return Err(self.lost(at, "is there twice"));
        }
        *word |= bit;
        self.is_in_order &= self.last.is_none_or(|last| last < at);
        self.last = Some(at);
        Ok(())
    }

    fn see_number(&mut self, at: WalkedAt, number: f64, look: u16) -> Result<(), BiffFault> {
        if !number.is_finite() {
            return Err(self.lost(at, "has a number that is not one"));
        }
        if self.book.looks.get(usize::from(look)).is_some_and(|look| look.is_misread) {
            let why = "has a format by which a date cannot be told from a number; save the workbook as .xlsx";
            return Err(BiffFault::Untrusted(format!("{} of {} {why}", name(at), self.part)));
        }
        self.see(at, WalkedValue::Number(number))
    }

    fn see(&mut self, at: WalkedAt, seen: WalkedValue) -> Result<(), BiffFault> {
        if self.cells.len() >= CELLS {
            return Err(BiffFault::Untrusted("it has more than 5 million filled cells".into()));
        }
        self.cells.push((at, seen));
        Ok(())
    }

    /// Checks what only the whole sheet shows, and returns its cells row by row.
    ///
    /// # Errors
    ///
    /// When a formula's text is missing, or the cells disagree with the rows and blocks.
    pub(super) fn finish(mut self) -> Result<Vec<(WalkedAt, WalkedValue)>, BiffFault> {
        if let Some(at) = self.awaited_text {
            return Err(self.fault(&format!("the text of the formula in {} is missing", name(at))));
        }
        self.check_blocks()?;
        for (row, columns) in (0..=u16::MAX).zip(&self.taken) {
            let Some((first, last)) = span(columns) else { continue };
            match self.rows.get(&row) {
                // Some programs write a row for its height only, without its columns.
                Some((0, 0)) => {}
                Some((from, behind)) if first < *from || last >= *behind => {
                    return Err(self.fault(&format!("row {} has cells outside its columns", u32::from(row) + 1)));
                }
                // Programs that write blocks write every row. Others write only rows with a height or format of their own.
                None if !self.block_places.is_empty() => {
                    return Err(self.fault(&format!("row {} is missing and has cells", u32::from(row) + 1)));
                }
                _ => {}
            }
        }
        self.cells.sort_by_key(|(at, _)| *at);
        Ok(self.cells)
    }

    fn check_blocks(&self) -> Result<(), BiffFault> {
        if !self.block_places.is_empty() && !self.is_in_order {
            return Err(self.fault("its cells are out of order"));
        }
        match &self.index {
            Some(index) if *index != self.block_places || (index.is_empty() && self.has_cells) => {
                Err(self.fault("its blocks of rows are not where it says"))
            }
            _ => Ok(()),
        }
    }

    fn fault(&self, what: &str) -> BiffFault {
        damaged(format!("in {}, {what}", self.part))
    }

    fn lost(&self, at: WalkedAt, what: &str) -> BiffFault {
        damaged(format!("{} of {} {what}", name(at), self.part))
    }

    /// A fault in a text, with its cell.
    fn at(&self, at: WalkedAt, fault: &BiffFault) -> BiffFault {
        match fault {
            BiffFault::Damaged(what) => damaged(format!("{} of {}: {what}", name(at), self.part)),
            other => other.clone(),
        }
    }
}

const FORMULA: u16 = 0x0006;
const NOTE: u16 = 0x001C;
const SELECTION: u16 = 0x001D;
const COLUMN: u16 = 0x007D;
const PIVOT: u16 = 0x00B0;
const DRAWING: u16 = 0x00EC;
const DRAWING_SELECTION: u16 = 0x00ED;
const SPOKEN: u16 = 0x00EF;
const HYPERLINK: u16 = 0x01B8;
const WINDOW: u16 = 0x023E;
const MULTIPLE_NUMBERS: u16 = 0x00BD;
const MULTIPLE_BLANKS: u16 = 0x00BE;
const RICH_TEXT: u16 = 0x00D6;
const BLOCK: u16 = 0x00D7;
const MERGED: u16 = 0x00E5;
const SHARED_TEXT: u16 = 0x00FD;
const DIMENSIONS: u16 = 0x0200;
const BLANK: u16 = 0x0201;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const TRUTH_OR_ERROR: u16 = 0x0205;
const TEXT_RESULT: u16 = 0x0207;
const ROW: u16 = 0x0208;
const INDEX: u16 = 0x020B;
const ARRAY: u16 = 0x0221;
const TABLE: u16 = 0x0236;
const SHORT_NUMBER: u16 = 0x027E;
const SHARED_FORMULA: u16 = 0x04BC;
const UNCALCULATED: u16 = 0x005E;

/// The rows and columns of a sheet of Excel 97 to 2003, and the rows of one of Excel 95.
const ROWS: u32 = 65_536;
const COLUMNS: u16 = 256;
const ROWS_95: u16 = 16_384;

fn is_cell(kind: u16) -> bool {
    matches!(
        kind,
        FORMULA
            | MULTIPLE_NUMBERS
            | MULTIPLE_BLANKS
            | RICH_TEXT
            | SHARED_TEXT
            | BLANK
            | NUMBER
            | LABEL
            | TRUTH_OR_ERROR
            | SHORT_NUMBER
    )
}

/// The first and the last column in which a row has a cell.
fn span(columns: &[u64; 4]) -> Option<(u16, u16)> {
    let is_taken = |column: &u16| columns[usize::from(column / 64)] & (1 << (column % 64)) != 0;
    Some(((0..COLUMNS).find(is_taken)?, (0..COLUMNS).rev().find(is_taken)?))
}

/// A number in four bytes (MS-XLS, RkNumber). The second-lowest bit says whether it is a whole number or the upper half of a double, the
/// lowest whether it is to be divided by 100.
fn short_number(bits: u32) -> f64 {
    let number =
        if bits & 2 != 0 { f64::from(bits.cast_signed() >> 2) } else { f64::from_bits(u64::from(bits & !3) << 32) };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

fn double(data: &[u8]) -> Option<f64> {
    data.first_chunk::<8>().map(|eight| f64::from_le_bytes(*eight))
}

/// The name of a cell, such as `D7`.
fn name((row, column): WalkedAt) -> String {
    let letter = |number: u16| char::from(b'A' + u8::try_from(number % 26).unwrap_or_default());
    let first = if column >= 26 { letter(column / 26 - 1).to_string() } else { String::new() };
    format!("{first}{}{}", letter(column), u32::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_four_bytes() {
        assert_eq!(short_number(0x3FF0_0000), 1.0);
        assert_eq!(short_number((123 << 2) | 3), 1.23);
        assert_eq!(short_number((-5_i32 << 2).cast_unsigned() | 2), -5.0);
    }

    #[test]
    fn cells_are_called_by_their_names() {
        assert_eq!([name((0, 0)), name((9, 26)), name((65_535, 255))], ["A1", "AA10", "IV65536"]);
    }

    #[test]
    fn a_row_spans_from_its_first_cell_to_its_last() {
        assert_eq!(span(&[0; 4]), None);
        assert_eq!(span(&[2, 0, 0, 1 << 63]), Some((1, 255)));
    }
}
