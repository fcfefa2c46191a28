//! Reads the texts of an `.xls`: the table that cells share, and texts in records of their own.

use std::borrow::Cow;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::model::{BiffFault, SHARED_STRINGS, damaged};
use super::records::{long, short};

/// The encoding of a workbook's texts.
#[derive(Debug, Clone, Copy)]
pub(super) enum TextEncoding {
    /// Excel 97 and later: UTF-16, without the upper bytes where all of them are zero.
    Unicode,
    /// Excel 5 and 95: a code page.
    Page(&'static Encoding),
    /// Excel 5 and 95 without a code page: only ASCII, which every page has.
    Ascii,
}

impl TextEncoding {
    /// How many bytes each counted unit takes, by the flags of the text. With a code page it is always one.
    fn width(self, flags: u8) -> usize {
        match self {
            TextEncoding::Unicode => 1 + usize::from(flags & 1),
            TextEncoding::Page(_) | TextEncoding::Ascii => 1,
        }
    }

    /// Decodes bytes.
    ///
    /// # Errors
    ///
    /// When a letter cannot be decoded, is a zero, or the reader would take the first for a byte order mark and drop it.
    fn read(self, data: &[u8], width: usize) -> Result<String, BiffFault> {
        // The reader looks for a byte order mark in front of every piece of text.
        let seen = if width == 2 || !matches!(self, TextEncoding::Unicode) { data } else { &[] };
        let is_marked = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"].iter().any(|mark| seen.starts_with(mark));
        if is_marked {
            return Err(damaged("a text begins with a mark that no program writes"));
        }
        let text = match self {
            TextEncoding::Unicode if width == 2 => {
                let units = data.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
                char::decode_utf16(units).collect::<Result<String, _>>().ok()
            }
            TextEncoding::Unicode => Some(data.iter().map(|byte| char::from(*byte)).collect()),
            TextEncoding::Page(page) => page
                .decode_without_bom_handling_and_without_replacement(data)
                .map(Cow::into_owned)
                // `encoding_rs` decodes bytes without a letter to control characters.
                .filter(|text| !text.contains(|letter| ('\u{80}'..='\u{9F}').contains(&letter))),
            TextEncoding::Ascii => str::from_utf8(data).ok().filter(|text| text.is_ascii()).map(str::to_string),
        };
        text.filter(|text| !text.contains('\0')).ok_or_else(|| damaged("a text has letters that do not exist"))
    }

    /// Reads a text that fills the data to its end: its length in two bytes (one if `is_brief`), flags, letters.
    ///
    /// # Errors
    ///
    /// When the data end before or after the text does, or the text cannot be decoded.
    pub(super) fn whole(self, data: &[u8], is_brief: bool) -> Result<String, BiffFault> {
        let (text, rest) = self.first(data, is_brief)?;
        if rest.is_empty() { Ok(text) } else { Err(damaged("a text is shorter than its record says")) }
    }

    /// Reads a text at the beginning of the data, and returns it with the rest.
    ///
    /// # Errors
    ///
    /// When the data end before the text does, or the text cannot be decoded.
    pub(super) fn first(self, data: &[u8], is_brief: bool) -> Result<(String, &[u8]), BiffFault> {
        let cut = || damaged("a text is longer than its record");
        let count = if is_brief { data.first().map(|count| u16::from(*count)) } else { short(data, 0) };
        let count = usize::from(count.ok_or_else(cut)?);
        let mut rest = &data[if is_brief { 1 } else { 2 }..];
        let mut flags = 0;
        if let TextEncoding::Unicode = self {
            // Some programs write an empty text without flags.
            let Some((first, behind)) = rest.split_first() else {
                return if count == 0 { Ok((String::new(), rest)) } else { Err(cut()) };
            };
            (flags, rest) = (*first, behind);
        }
        if flags > 1 {
            return Err(damaged("a text is marked as no program marks it"));
        }
        let width = self.width(flags);
        let (letters, behind) = rest.split_at_checked(count * width).ok_or_else(cut)?;
        Ok((self.read(letters, width)?, behind))
    }
}

/// A record and those that continue it, read as one. Where letters of a text are continued, the next record begins with flags again, and
/// the text may change between one and two bytes a letter.
struct Pieces<'s> {
    here: &'s [u8],
    next: std::vec::IntoIter<&'s [u8]>,
}

impl<'s> Pieces<'s> {
    /// Goes to the next record if this one is used up; `true` at the end of the last.
    fn is_at_end(&mut self) -> bool {
        while self.here.is_empty() {
            match self.next.next() {
                Some(next) => self.here = next,
                None => return true,
            }
        }
        false
    }

    /// Takes bytes that no program splits over two records.
    fn take(&mut self, count: usize) -> Result<&'s [u8], BiffFault> {
        let (taken, rest) = self.here.split_at_checked(count).ok_or_else(cut_table)?;
        self.here = rest;
        Ok(taken)
    }

    /// Skips bytes that may be split anywhere.
    fn skip(&mut self, mut count: usize) -> Result<(), BiffFault> {
        while count > 0 {
            if self.is_at_end() {
                return Err(cut_table());
            }
            let taken = count.min(self.here.len());
            self.take(taken)?;
            count -= taken;
        }
        Ok(())
    }

    /// Takes the letters of a text.
    fn letters(&mut self, mut count: usize, mut flags: u8) -> Result<String, BiffFault> {
        let mut text = String::new();
        while count > 0 {
            if self.here.is_empty() {
                self.here = self.next.next().ok_or_else(cut_table)?;
                flags = self.take(1)?[0];
                if flags > 1 {
                    return Err(damaged("a shared text goes on as no program writes it"));
                }
            }
            let width = TextEncoding::Unicode.width(flags);
            let here = count.min(self.here.len() / width);
            if here == 0 {
                return Err(damaged("a letter of a shared text is cut in two"));
            }
            text.push_str(&TextEncoding::Unicode.read(self.take(here * width)?, width)?);
            count -= here;
        }
        Ok(text)
    }
}

fn cut_table() -> BiffFault {
    damaged("the table of texts ends before its last text does")
}

/// Reads the table of shared texts (SST).
///
/// # Errors
///
/// When it has fewer or more texts than it says, or one of them is damaged.
pub(super) fn shared(data: &[u8], continues: Vec<&[u8]>) -> Result<Vec<Arc<str>>, BiffFault> {
    let count = long(data, 4).ok_or_else(cut_table)? as usize;
    if count > SHARED_STRINGS {
        return Err(BiffFault::Untrusted("it has more texts than any real workbook".into()));
    }
    // The reader takes an empty record for an empty text, so every later index would be one off.
    if continues.iter().any(|piece| piece.is_empty()) {
        return Err(damaged("the table of texts goes on in an empty record"));
    }
    let mut pieces = Pieces { here: &data[8..], next: continues.into_iter() };
    let mut texts = Vec::new();
    while !pieces.is_at_end() {
        if texts.len() == count {
            return Err(damaged("the table of texts holds more than it says"));
        }
        texts.push(Arc::from(shared_text(&mut pieces)?));
    }
    if texts.len() < count {
        return Err(damaged("the table of texts holds fewer than it says"));
    }
    Ok(texts)
}

/// Reads one text of the table: length, flags, the number of formatted pieces, the size of its phonetic data; then the letters and these
/// two.
fn shared_text(pieces: &mut Pieces) -> Result<String, BiffFault> {
    const IS_RICH: u8 = 8;
    const IS_SPOKEN: u8 = 4;
    let head = pieces.take(3)?;
    let (count, flags) = (usize::from(u16::from_le_bytes([head[0], head[1]])), head[2]);
    if flags & !(1 | IS_RICH | IS_SPOKEN) != 0 {
        return Err(damaged("a shared text is marked as no program marks it"));
    }
    let (mut runs, mut spoken) = (0, 0);
    if flags & IS_RICH != 0 {
        runs = usize::from(short(pieces.take(2)?, 0).ok_or_else(cut_table)?);
    }
    if flags & IS_SPOKEN != 0 {
        spoken = long(pieces.take(4)?, 0).ok_or_else(cut_table)? as usize;
    }
    let text = pieces.letters(count, flags & 1)?;
    pieces.skip(runs * 4)?;
    pieces.skip(spoken)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(count: u8, data: &[u8], continues: Vec<&[u8]>) -> Result<Vec<Arc<str>>, BiffFault> {
        let whole = [&[9, 0, 0, 0, count, 0, 0, 0], data].concat();
        shared(&whole, continues)
    }

    #[test]
    fn a_text_goes_on_in_the_next_record_with_other_letters() {
        let texts = table(2, b"\x03\0\0ab", vec![b"\x01\x16\x04", b"\x01\0\0c"]).expect("a table");
        assert_eq!(texts, [Arc::from("abЖ"), Arc::from("c")]);
    }

    #[test]
    fn what_looks_different_or_is_spoken_is_passed_by() {
        let texts = table(1, b"\x01\0\x0c\x01\0\x02\0\0\0aRRRRSS", vec![]).expect("a table");
        assert_eq!(texts, [Arc::from("a")]);
    }

    #[test]
    fn a_table_says_how_many_texts_it_holds() {
        let fault = |count, data| table(count, data, vec![]).expect_err("damaged").to_string();
        assert_eq!(fault(2, b"\x01\0\0a"), "the file is damaged: the table of texts holds fewer than it says");
        assert_eq!(fault(1, b"\x01\0\0a\x01\0\0b"), "the file is damaged: the table of texts holds more than it says");
        assert_eq!(fault(1, b"\x05\0\0a"), "the file is damaged: the table of texts ends before its last text does");
    }

    #[test]
    fn a_text_fills_its_record() {
        let texts = TextEncoding::Unicode;
        assert_eq!(texts.whole(b"\x02\0\0ab", false), Ok("ab".into()));
        assert!(texts.whole(b"\x02\0\0abc", false).is_err());
        assert!(texts.whole(b"\x03\0\0ab", false).is_err());
        assert!(texts.whole(b"\x02\0\x01\0\xd8a\0", false).is_err(), "half a letter");
        assert!(texts.whole(b"\x02\0\x01\xff\xfea\0", false).is_err(), "a mark that would be left out");
        let page = TextEncoding::Page(encoding_rs::WINDOWS_1252);
        assert_eq!(page.whole(b"\x03a\x92s", true), Ok("a’s".into()));
        assert!(page.whole(b"\x03a\x81s", true).is_err(), "no letter of the page");
        assert!(TextEncoding::Ascii.whole(b"\x03a\x92s", true).is_err(), "no letter of every page");
    }
}
