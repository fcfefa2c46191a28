//! Walks an older workbook (`.xls`) record by record before the reader (calamine) reads it, and refuses a damaged one. The format has no
//! checksums, and the reader skips what it does not understand: without this walk, one byte that changed on the way could change a text, or
//! lose a cell, and nobody would know.
//!
//! Excel 5 and 95 write the stream `Book` (BIFF5) in a compound file. Excel 97 to 2003, and every program since, write the stream
//! `Workbook` (BIFF8). MS-XLS has the rules for the records.

mod model;
mod records;
mod strings;
mod book;
mod sheet;

pub(super) use model::{BiffFault, SheetKind, Walked, WalkedAt, WalkedSheet, WalkedValue};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile, Version};

use book::{Globals, beginning, globals};
use model::{CELLS, damaged};
use records::{BOF, CONTINUE, EOF, Records};
use sheet::SheetWalk;

/// Walks an older workbook from its first record to its last.
///
/// # Errors
///
/// When it is protected by a password, damaged, or larger than any real workbook.
pub(super) fn walk(bytes: &[u8]) -> Result<Walked, BiffFault> {
    let (stream, properties) = streams(bytes)?;
    let mut records = Records::new(&stream);
    let book = globals(&mut records)?;
    if book.sheets.is_empty() {
        return Err(damaged("it lists no sheet"));
    }
    let mut cells = sheets(&book, &mut records)?;
    let sheets = book.sheets.into_iter().enumerate().map(|(number, listed)| {
        let cells = cells.remove(&number).ok_or_else(|| damaged(format!("sheet {} is missing", number + 1)))?;
        Ok(WalkedSheet { name: listed.name, kind: listed.kind, cells })
    });
    let sheets = sheets.collect::<Result<_, BiffFault>>()?;
    let alone = alone(&stream, &properties).ok_or_else(|| damaged("it cannot be copied"))?;
    Ok(Walked { sheets, code_page: book.code_page, is_1904: book.is_1904, alone })
}

/// The streams with the document's properties: whose workbook it is, when it was saved.
const PROPERTIES: [&str; 2] = ["/\u{5}SummaryInformation", "/\u{5}DocumentSummaryInformation"];

/// The streams of properties that can be read, each with its name.
type Properties = Vec<(&'static str, Vec<u8>)>;

/// The stream of records, with the properties.
fn streams(bytes: &[u8]) -> Result<(Vec<u8>, Properties), BiffFault> {
    let broken = |_| damaged("its table of contents is broken");
    if !is_list_whole(bytes) {
        return Err(damaged("its table of contents is broken"));
    }
    let mut file = CompoundFile::open(Cursor::new(bytes.into()))
        .or_else(|_| CompoundFile::open(Cursor::new(filled_up(bytes))))
        .map_err(broken)?;
    // Excel can save both streams, so that Excel 95 can open the file too. Then the newer one counts.
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| damaged("the workbook in it is missing"))?;
    let mut read = |name: &str| {
        let mut stream = file.open_stream(name)?;
        // No stream can be longer than the file. One that claims it would only cost memory.
        if stream.len() > bytes.len() as u64 {
            return Err(std::io::Error::other("longer than the file"));
        }
        let mut data = Vec::new();
        stream.read_to_end(&mut data)?;
        if data.len() as u64 == stream.len() { Ok(data) } else { Err(std::io::Error::other("cut off")) }
    };
    let stream = read(name).map_err(|_| damaged("the workbook in it is cut off"))?;
    // Without properties a workbook is read all the same.
    let properties = PROPERTIES.into_iter().filter_map(|name| Some((name, read(name).ok()?))).collect();
    Ok((stream, properties))
}

/// Whether the list of the allocation table's sectors, in the header of the file, has as many entries as the header says and nothing after
/// them.
fn is_list_whole(bytes: &[u8]) -> bool {
    const FREE: u32 = u32::MAX;
    let list: Vec<u32> = bytes
        .get(76..512)
        .unwrap_or_default()
        .as_chunks::<4>()
        .0
        .iter()
        .map(|four| u32::from_le_bytes(*four))
        .collect();
    let count = bytes.get(44..48).and_then(|four| Some(u32::from_le_bytes(four.try_into().ok()?)));
    let count = count.map_or(0, |count| count as usize).min(list.len());
    list[..count].iter().all(|sector| *sector != FREE) && list[count..].iter().all(|sector| *sector == FREE)
}

/// The file, filled up with zeros to the end of its allocation table. SheetJS lists sectors behind the end of the file, so its files would
/// not open. A file that was cut off does not become readable by this, because zeros are not records.
fn filled_up(bytes: &[u8]) -> Cow<'_, [u8]> {
    const SECTOR: usize = 512;
    const LISTED: usize = SECTOR / 4;
    let sectors = bytes.len() / SECTOR;
    let whole = sectors.next_multiple_of(LISTED) + 1;
    let mut filled = bytes.to_vec();
    filled.resize(whole * SECTOR, 0);
    filled.into()
}

/// A new compound file with these streams and no others.
fn alone(stream: &[u8], properties: &Properties) -> Option<Vec<u8>> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).ok()?;
    file.create_stream("/Workbook").ok()?.write_all(stream).ok()?;
    for (name, data) in properties {
        file.create_stream(name).ok()?.write_all(data).ok()?;
    }
    file.flush().ok()?;
    Some(file.into_inner().into_inner())
}

/// Walks every part after the workbook's own. Each must be a sheet of the list, and nothing may be between or after them: the reader goes
/// by the list, so an answer anywhere else would be lost.
fn sheets(book: &Globals, records: &mut Records) -> Result<BTreeMap<usize, Vec<(WalkedAt, WalkedValue)>>, BiffFault> {
    let mut walked = BTreeMap::new();
    let places: BTreeMap<usize, usize> =
        book.sheets.iter().enumerate().map(|(number, listed)| (listed.place, number)).collect();
    let mut cells = 0;
    while walked.len() < places.len() || !records.is_at_end() {
        let number = places.get(&records.place()).filter(|number| !walked.contains_key(*number));
        let Some(number) = number.copied() else {
            return Err(damaged("its sheets are not where it says, or something follows them"));
        };
        let kind = book.sheets[number].kind;
        let seen = sheet(book, kind, &format!("sheet {}", number + 1), records)?;
        cells += seen.len();
        if cells > CELLS {
            return Err(BiffFault::Untrusted("it has more than 5 million filled cells".into()));
        }
        walked.insert(number, seen);
    }
    Ok(walked)
}

/// Walks one sheet, from its beginning to its end.
fn sheet(
    book: &Globals,
    kind: SheetKind,
    part: &str,
    records: &mut Records,
) -> Result<Vec<(WalkedAt, WalkedValue)>, BiffFault> {
    let (version, number) = beginning(&records.next(part)?)?;
    // Excel 95 gives its sheets the version of Excel 97, so only a Unicode workbook must have sheets of its own version.
    if SheetKind::from_beginning(number) != Some(kind) || (book.is_unicode && version != book::UNICODE) {
        return Err(damaged(format!("{part} is not of the kind that the list of sheets says")));
    }
    let mut walk = SheetWalk::new(book, part);
    loop {
        let record = records.next(part)?;
        match record.kind {
            EOF if record.data.is_empty() => return walk.finish(),
            EOF => return Err(damaged(format!("the end of {part} is damaged"))),
            BOF => {
                let (_, number) = beginning(&record)?;
                if SheetKind::from_beginning(number) != Some(SheetKind::Chart) {
                    return Err(damaged(format!("{part} has a part in it that is not a chart")));
                }
                pass_chart(part, records)?;
            }
            CONTINUE => return Err(damaged(format!("{part} has a record that carries on nothing"))),
            _ => {
                let is_continued = !records.continues(part)?.is_empty();
                if kind == SheetKind::Grid {
                    walk.record(&record, is_continued)?;
                }
            }
        }
    }
}

/// Skips a chart in a sheet. The reader skips it too: its records look like those of cells.
fn pass_chart(part: &str, records: &mut Records) -> Result<(), BiffFault> {
    loop {
        match records.next(part)?.kind {
            EOF => return Ok(()),
            BOF => return Err(damaged(format!("a chart of {part} has a part in it"))),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record: its number, its length, what it holds.
    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("a short record");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn beginning(kind: u8) -> Vec<u8> {
        record(BOF, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    fn end() -> Vec<u8> {
        record(EOF, &[])
    }

    /// A workbook with one sheet that holds these records, behind what a workbook needs.
    fn workbook(of_book: &[Vec<u8>], of_sheet: &[Vec<u8>]) -> Vec<u8> {
        let look = record(0x00E0, &[0; 20]);
        let texts = record(0x00FC, b"\x01\0\0\0\x02\0\0\0\x03\0\0yes\x02\0\0no");
        let head = [beginning(5), of_book.concat(), look, texts].concat();
        // Behind the list comes the end of the workbook's own part, and then the sheet.
        let place = u8::try_from(head.len() + 13 + 4).expect("a small workbook");
        let list = record(0x0085, &[place, 0, 0, 0, 0, 0, 1, 0, b'A']);
        let size = record(0x0200, &[0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 9, 0, 0, 0]);
        [head, list, end(), beginning(0x10), size, of_sheet.concat(), end()].concat()
    }

    fn shared(row: u8, column: u8, text: u8) -> Vec<u8> {
        record(0x00FD, &[row, 0, column, 0, 0, 0, text, 0, 0, 0])
    }

    fn number(row: u8, column: u8, number: f64) -> Vec<u8> {
        record(0x0203, &[&[row, 0, column, 0, 0, 0][..], &number.to_le_bytes()].concat())
    }

    /// A formula with a text for its result.
    fn formula(row: u8, column: u8) -> Vec<u8> {
        let head = [row, 0, column, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 3, 0, 0x1E, 1, 0];
        record(0x0006, &head)
    }

    fn row(row: u8, first: u8, behind: u8) -> Vec<u8> {
        record(0x0208, &[row, 0, first, 0, behind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    fn walked(stream: &[u8]) -> Result<Walked, BiffFault> {
        walk(&alone(stream, &Vec::new()).expect("a compound file"))
    }

    #[track_caller]
    fn check(of_sheet: &[Vec<u8>], expected: &str) {
        let fault = walked(&workbook(&[], of_sheet)).expect_err("damaged");
        assert_eq!(fault.to_string(), format!("the file is damaged: {expected}"));
    }

    #[test]
    fn a_whole_workbook_is_walked() {
        let text = record(0x0207, b"\x02\0\x01\x16\x04b\0");
        let records = [row(0, 0, 3), shared(0, 1, 1), number(0, 0, 2.5), formula(0, 2), text, shared(4, 0, 0)];
        let walked = walked(&workbook(&[], &records)).expect("whole");
        assert_eq!((walked.code_page, walked.is_1904, walked.sheets.len()), (1200, false, 1));
        let sheet = &walked.sheets[0];
        assert_eq!((sheet.name.as_str(), sheet.kind), ("A", SheetKind::Grid));
        let cells = [
            ((0, 0), WalkedValue::Number(2.5)),
            ((0, 1), WalkedValue::Text("no".into())),
            ((0, 2), WalkedValue::Text("Жb".into())),
            ((4, 0), WalkedValue::Text("yes".into())),
        ];
        assert_eq!(sheet.cells, cells);
        assert_eq!(walk(&walked.alone).as_ref().map(|again| &again.sheets), Ok(&walked.sheets));
    }

    #[test]
    fn a_cell_that_would_be_lost_or_changed_is_damage() {
        check(&[shared(0, 0, 2)], "A1 of sheet 1 names a text that does not exist");
        check(&[shared(0, 0, 1), number(0, 0, 1.0)], "A1 of sheet 1 is there twice");
        check(&[number(0, 1, f64::NAN)], "B1 of sheet 1 has a number that is not one");
        check(&[formula(2, 0), number(0, 0, 1.0)], "in sheet 1, the text of the formula in A3 is missing");
        check(&[formula(2, 0)], "in sheet 1, the text of the formula in A3 is missing");
        check(&[record(0x0207, b"\0\0")], "in sheet 1, the text of a formula does not follow a formula");
        check(&[row(0, 0, 1), number(0, 3, 1.0)], "in sheet 1, row 1 has cells outside its columns");
        assert!(walked(&workbook(&[], &[row(0, 0, 0), number(0, 3, 1.0)])).is_ok(), "a row that names no columns");
        check(&[record(0x0205, &[0, 0, 0, 0, 0, 0, 2, 0])], "A1 of sheet 1 is neither true nor false nor an error");
        check(&[record(0x0204, b"\0\0\0\0\0\0\x05\0\0abc")], "A1 of sheet 1: a text is longer than its record");
        check(&[record(0x0201, &[0, 0, 0, 0, 9, 0])], "A1 of sheet 1 has a format that does not exist");
        check(&[record(0x0201, &[0, 0, 0, 1, 0, 0])], "in sheet 1, a cell is outside the sheet");
    }

    #[test]
    fn a_record_that_is_not_known_or_not_whole_is_damage() {
        let unknown = "sheet 1 has a record that no program writes there (number 00F3)";
        check(&[record(0x00F3, &[])], unknown);
        check(&[record(0x0203, &[0; 13])], "a record of sheet 1 has the wrong length (number 0203)");
        check(&[number(0, 0, 1.0), record(CONTINUE, &[])], "in sheet 1, a record that never does goes on in the next");
        let margin = record(0x0026, &[0; 8]);
        check(
            &[number(0, 0, 1.0), margin, number(1, 0, 1.0)],
            "in sheet 1, something that is not a cell is among the cells",
        );
        check(&[end(), number(0, 0, 1.0)], "its sheets are not where it says, or something follows them");
    }

    #[test]
    fn a_workbook_that_ends_early_or_asks_for_a_password_is_refused() {
        let whole = workbook(&[], &[number(0, 0, 1.0)]);
        for length in 0..whole.len() {
            assert!(walked(&whole[..length]).is_err(), "cut at {length}");
        }
        assert!(walked(&[&whole[..], &[0; 512]].concat()).is_ok(), "a sector filled up");
        assert!(walked(&[&whole[..], &[0, 0, 1]].concat()).is_err(), "something behind it");
        let protected = workbook(&[record(0x002F, &[0, 0, 1, 0, 2, 0])], &[]);
        assert_eq!(walked(&protected).expect_err("protected"), BiffFault::Protected);
        assert!(walk(b"").is_err() && walk(&[0xFF; 600]).is_err());
    }
}
