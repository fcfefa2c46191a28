//! Reads the globals of an `.xls`: the part that every sheet depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::model::{BiffFault, SHEETS, SheetKind, damaged};
use super::records::{BOF, BiffRecord, EOF, RecordPlace, Records, rule};
use super::strings::{TextEncoding, shared};

/// The data that every sheet depends on.
pub(super) struct Globals {
    /// Whether texts are Unicode: Excel 97 and later.
    pub is_unicode: bool,
    /// The encoding of its texts.
    pub letters: TextEncoding,
    /// The number of that encoding's code page, for the reader.
    pub code_page: u16,
    /// Whether days count from 1904.
    pub is_1904: bool,
    /// The texts that cells share.
    pub texts: Vec<Arc<str>>,
    /// The cell formats.
    pub looks: Vec<CellLook>,
    /// The sheets, in the order of their tabs.
    pub sheets: Vec<ListedPart>,
}

/// A cell format, as far as it decides whether a number is a date.
pub(super) struct CellLook {
    format: u16,
    /// Whether it makes a date of a number that the reader leaves a number, or the other way round.
    pub is_misread: bool,
}

/// A sheet in the workbook's list.
pub(super) struct ListedPart {
    /// Where it begins in the stream.
    pub place: usize,
    /// What it is.
    pub kind: SheetKind,
    /// What it is called.
    pub name: String,
}

/// The version number of the records of Excel 97 and later (BIFF8).
pub(super) const UNICODE: u16 = 0x0600;

const FILE_PASS: u16 = 0x002F;
const DATE_MODE: u16 = 0x0022;
const CODE_PAGE: u16 = 0x0042;
const LISTED: u16 = 0x0085;
const LOOK: u16 = 0x00E0;
const TEXTS: u16 = 0x00FC;
const FORMAT: u16 = 0x041E;
const NAMED: u16 = 0x0018;
const PART: &str = "the workbook's own part";

/// The globals as far as they have been read.
#[derive(Default)]
struct FoundParts<'s> {
    code_page: Option<u16>,
    is_1904: Option<bool>,
    texts: Option<Vec<Arc<str>>>,
    looks: Vec<CellLook>,
    /// The records of number formats. They are read at the end, because the record with the code page may come after them.
    formats: Vec<&'s [u8]>,
    sheets: Vec<&'s [u8]>,
}

/// Reads the globals.
///
/// # Errors
///
/// When it is damaged, of a kind that is not read, or protected by a password.
pub(super) fn globals(records: &mut Records) -> Result<Globals, BiffFault> {
    const WORKBOOK: u16 = 5;
    let first = records.next(PART)?;
    let (version, kind) = beginning(&first)?;
    if kind != WORKBOOK {
        return Err(damaged("it does not begin as a workbook does"));
    }
    let is_unicode = version == UNICODE;
    let mut found = FoundParts::default();
    loop {
        let record = records.next(PART)?;
        if record.kind == EOF && record.data.is_empty() {
            break;
        }
        let rule = rule(&record, RecordPlace::Book, PART)?;
        let continues = records.continues(PART)?;
        if !continues.is_empty() && !rule.is_long() {
            return Err(damaged("a record that never does goes on in the next"));
        }
        found.record(&record, continues, is_unicode)?;
    }
    found.finish(is_unicode)
}

/// Reads the record that begins a part (BOF): the version of the records, and the kind of part.
///
/// # Errors
///
/// When the record does not begin a part, or has a version that is not read.
pub(super) fn beginning(record: &BiffRecord) -> Result<(u16, u16), BiffFault> {
    match (record.short(0), record.short(2)) {
        // Excel 5 and 95 write 8 bytes, later ones 16.
        (Some(version @ (0x0500 | 0x0600)), Some(kind))
            if record.kind == BOF && (8..=20).contains(&record.data.len()) =>
        {
            Ok((version, kind))
        }
        _ => Err(damaged("a part of it does not begin as one does")),
    }
}

impl<'s> FoundParts<'s> {
    fn record(&mut self, record: &BiffRecord<'s>, continues: Vec<&'s [u8]>, is_unicode: bool) -> Result<(), BiffFault> {
        let value = record.short(0);
        match record.kind {
            FILE_PASS => return Err(BiffFault::Protected),
            CODE_PAGE => set_once(&mut self.code_page, value, "code page")?,
            DATE_MODE => {
                let is_1904 = value.filter(|value| *value <= 1).map(|value| value == 1);
                set_once(&mut self.is_1904, is_1904, "first day")?;
            }
            LOOK => {
                let format = record.short(2);
                let is_whole = record.data.len() == if is_unicode { 20 } else { 16 };
                let format = format.filter(|_| is_whole).ok_or_else(|| damaged("the look of a cell is damaged"))?;
                self.looks.push(CellLook { format, is_misread: false });
            }
            FORMAT => self.formats.push(record.data),
            LISTED if self.sheets.len() == SHEETS => {
                return Err(BiffFault::Untrusted("it has more sheets than any real workbook".into()));
            }
            LISTED => self.sheets.push(record.data),
            TEXTS if is_unicode && self.texts.is_none() => self.texts = Some(shared(record.data, continues)?),
            TEXTS => return Err(damaged("the table of texts is there twice")),
            NAMED => {
                // The reader takes the formula of a name from the end of its record, by the length that the record claims.
                let length = record.short(4).map_or(usize::MAX, usize::from);
                if length > record.data.len() - 14 {
                    return Err(damaged("a name is shorter than it says"));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(self, is_unicode: bool) -> Result<Globals, BiffFault> {
        let (letters, code_page) = letters(is_unicode, self.code_page)?;
        let mut looks = self.looks;
        let formats = formats(&self.formats, letters, is_unicode)?;
        for look in &mut looks {
            // The formats with lower numbers are built in, and a file need not have them.
            if look.format >= OWN_FORMATS && !formats.contains_key(&look.format) {
                return Err(damaged("a format of numbers is missing"));
            }
            let text = formats.get(&look.format);
            look.is_misread = text.is_some_and(|text| is_misread(look.format, text, is_unicode));
        }
        let sheets = sheets(&self.sheets, letters)?;
        let texts = self.texts.unwrap_or_default();
        let is_1904 = self.is_1904.unwrap_or_default();
        Ok(Globals { is_unicode, letters, code_page, is_1904, texts, looks, sheets })
    }
}

/// Sets a value that may be in the file once, or again with the same value.
fn set_once<T: PartialEq>(of: &mut Option<T>, value: Option<T>, what: &str) -> Result<(), BiffFault> {
    let value = value.ok_or_else(|| damaged(format!("its {what} is damaged")))?;
    if of.as_ref().is_some_and(|first| *first != value) {
        return Err(damaged(format!("its {what} is there twice")));
    }
    *of = Some(value);
    Ok(())
}

/// The encoding of a workbook's texts, and the number of its code page as the reader wants it.
fn letters(is_unicode: bool, code_page: Option<u16>) -> Result<(TextEncoding, u16), BiffFault> {
    // Texts of Excel 97 and later are UTF-16, which is code page 1200, whatever the file claims.
    if is_unicode {
        return Ok((TextEncoding::Unicode, 1200));
    }
    let number = match code_page {
        // Excel's own numbers for the Macintosh and for Windows.
        Some(0x8000) => 10_000,
        Some(0x8001) => 1252,
        // Without a code page only ASCII is sure: every code page has it.
        None | Some(367) => return Ok((TextEncoding::Ascii, 1252)),
        Some(number) => number,
    };
    let encoding = match number {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 => encoding_rs::WINDOWS_1252,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10_000 => encoding_rs::MACINTOSH,
        _ => return Err(BiffFault::Untrusted(format!("its texts are in a code page that is not read ({number})"))),
    };
    Ok((TextEncoding::Page(encoding), number))
}

/// The first number of formats that a workbook defines itself.
const OWN_FORMATS: u16 = 164;

/// Whether the reader takes a date for a number, or a number for a date. It reads the text of a format only if its number is in the ranges
/// below, and goes by the number otherwise. Of a format of Excel 95 it skips the first character.
fn is_misread(format: u16, text: &str, is_unicode: bool) -> bool {
    let is_read_as_date = match format {
        5..=8 | 23..=26 | 41..=44 | 63..=66 | 164..=382 if is_unicode => return false,
        5..=8 | 23..=26 | 41..=44 | 63..=66 | 164..=382 => is_date(&text.chars().skip(1).collect::<String>()),
        14..=22 | 27..=36 | 45..=47 | 50..=58 => true,
        _ => false,
    };
    is_read_as_date != is_date(text)
}

/// The texts of number formats, by their numbers.
fn formats(of: &[&[u8]], letters: TextEncoding, is_unicode: bool) -> Result<BTreeMap<u16, String>, BiffFault> {
    let mut formats = BTreeMap::new();
    for format in of {
        let (number, text) =
            format.split_first_chunk::<2>().ok_or_else(|| damaged("a format of numbers is cut off"))?;
        formats.insert(u16::from_le_bytes(*number), letters.whole(text, !is_unicode)?);
    }
    Ok(formats)
}

/// Whether a format shows a number as a date or time: it has letters for one outside quotes and brackets.
fn is_date(format: &str) -> bool {
    let (mut is_quoted, mut is_bracketed, mut is_escaped) = (false, false, false);
    format.chars().any(|letter| {
        if std::mem::take(&mut is_escaped) {
            return false;
        }
        match letter {
            '"' => is_quoted = !is_quoted,
            '\\' | '_' | '*' if !is_quoted => is_escaped = true,
            '[' if !is_quoted => is_bracketed = true,
            ']' if !is_quoted => is_bracketed = false,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return !is_quoted && !is_bracketed,
            _ => {}
        }
        false
    })
}

/// Reads the list of sheets, in which each place and each name must be there once.
fn sheets(of: &[&[u8]], letters: TextEncoding) -> Result<Vec<ListedPart>, BiffFault> {
    let (mut listed, mut names, mut places) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for sheet in of {
        let cut = || damaged("its list of sheets is cut off");
        let (place, rest) = sheet.split_first_chunk::<4>().ok_or_else(cut)?;
        let ([hidden, kind], name) = rest.split_first_chunk::<2>().ok_or_else(cut)?;
        let kind = SheetKind::from_list(*kind).ok_or_else(|| damaged("its list has a sheet of no kind"))?;
        // 0 is shown, 1 hidden, 2 very hidden (MS-XLS, BoundSheet8). The two upper bits are not looked at.
        if hidden & 0x3F > 2 {
            return Err(damaged("its list has a sheet that is neither shown nor hidden"));
        }
        let name = letters.whole(name, true)?;
        let place = u32::from_le_bytes(*place) as usize;
        // The reader keeps only one sheet of each name, so the answers of the other would be lost.
        if name.is_empty() || !names.insert(name.to_lowercase()) || !places.insert(place) {
            return Err(damaged("two of its sheets are one, or a sheet has no name"));
        }
        listed.push(ListedPart { place, kind, name });
    }
    Ok(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_letters_outside_quotes() {
        assert!(is_date("dd/mm/yyyy"));
        assert!(is_date("[$-809]d mmm"));
        assert!(!is_date("0.00\" days\"") && !is_date("[Red]0") && !is_date("0\\d") && !is_date("#,##0_s"));
    }

    #[test]
    fn a_format_that_the_reader_does_not_look_at_may_be_misread() {
        assert!(!is_misread(164, "dd/mm/yyyy", true) && !is_misread(14, "dd/mm/yyyy", true));
        assert!(is_misread(400, "dd/mm/yyyy", true) && is_misread(50, "0.00", true));
        assert!(is_misread(164, "\"day \"0", false) && !is_misread(164, "dd/mm/yyyy", false));
    }

    #[test]
    fn letters_are_those_of_the_code_page() {
        assert!(letters(false, Some(1)).is_err());
        assert_eq!(letters(false, Some(0x8000)).expect("a page").1, 10_000);
        assert_eq!(letters(true, Some(1252)).expect("Unicode").1, 1200);
    }

    #[test]
    fn no_two_sheets_are_one() {
        let one = b"\0\x01\0\0\0\0\x01\0a";
        let two = b"\0\x02\0\0\0\0\x01\0A";
        assert!(sheets(&[one], TextEncoding::Unicode).is_ok());
        assert!(sheets(&[one, two], TextEncoding::Unicode).is_err());
    }
}
