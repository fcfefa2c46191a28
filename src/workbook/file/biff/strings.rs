//! Texts of an older workbook: the table that cells share, and those that stand in records of their own.

use std::borrow::Cow;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::model::{BiffFault, SHARED_STRINGS, damaged};
use super::records::{long, short};

/// How the texts of a workbook are written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Letters {
    /// Excel 97 and later: UTF-16, with the zero bytes left out where all are zero.
    Unicode,
    /// Excel 5 and 95: the letters of a code page.
    Page(&'static Encoding),
    /// Excel 5 and 95 without a code page: only what every page has.
    Ascii,
}

impl Letters {
    /// How many bytes each letter takes where a flag says so; a code page's always take one each.
    fn width(self, flags: u8) -> usize {
        match self {
            Letters::Unicode => 1 + usize::from(flags & 1),
            Letters::Page(_) | Letters::Ascii => 1,
        }
    }

    /// Reads letters.
    ///
    /// # Errors
    ///
    /// When a letter cannot be read, is a zero, or the first would be taken for a mark of how the text is written, and
    /// left out.
    fn read(self, data: &[u8], width: usize) -> Result<String, BiffFault> {
        // The reader looks for a byte order mark in front of every piece of text.
        let seen = if width == 2 || !matches!(self, Letters::Unicode) { data } else { &[] };
        let is_marked = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"].iter().any(|mark| seen.starts_with(mark));
        if is_marked {
            return Err(damaged("a text begins with a mark that no program writes"));
        }
        let text = match self {
            Letters::Unicode if width == 2 => {
                let units = data.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
                char::decode_utf16(units).collect::<Result<String, _>>().ok()
            }
            Letters::Unicode => Some(data.iter().map(|byte| char::from(*byte)).collect()),
            Letters::Page(page) => page
                .decode_without_bom_handling_and_without_replacement(data)
                .map(Cow::into_owned)
                // Places of a page without a letter.
                .filter(|text| !text.contains(|letter| ('\u{80}'..='\u{9F}').contains(&letter))),
            Letters::Ascii => str::from_utf8(data).ok().filter(|text| text.is_ascii()).map(str::to_string),
        };
        text.filter(|text| !text.contains('\0')).ok_or_else(|| damaged("a text has letters that do not exist"))
    }

    /// A text that fills the data to its end: how long it is in two bytes (or one, where `is_brief`), flags, letters.
    ///
    /// # Errors
    ///
    /// When the data end before or after the text does, or it cannot be read.
    pub(super) fn whole(self, data: &[u8], is_brief: bool) -> Result<String, BiffFault> {
        let (text, rest) = self.first(data, is_brief)?;
        if rest.is_empty() { Ok(text) } else { Err(damaged("a text is shorter than its record says")) }
    }

    /// A text at the beginning of the data, and what stands behind it.
    ///
    /// # Errors
    ///
    /// When the data end before the text does, or it cannot be read.
    pub(super) fn first(self, data: &[u8], is_brief: bool) -> Result<(String, &[u8]), BiffFault> {
        let cut = || damaged("a text is longer than its record");
        let count = if is_brief { data.first().map(|count| u16::from(*count)) } else { short(data, 0) };
        let count = usize::from(count.ok_or_else(cut)?);
        let mut rest = &data[if is_brief { 1 } else { 2 }..];
        let mut flags = 0;
        if let Letters::Unicode = self {
            // Programs write an empty text without its flags.
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

/// A record and those that carry it on, read as one. Where a text goes on, the next one begins with its flags again.
struct Pieces<'s> {
    here: &'s [u8],
    next: std::vec::IntoIter<&'s [u8]>,
}

impl<'s> Pieces<'s> {
    /// Goes to the next record where this one is used up.
    fn is_at_end(&mut self) -> bool {
        while self.here.is_empty() {
            match self.next.next() {
                Some(next) => self.here = next,
                None => return true,
            }
        }
        false
    }

    /// Bytes that stand in one record: no program splits them.
    fn take(&mut self, count: usize) -> Result<&'s [u8], BiffFault> {
        let (taken, rest) = self.here.split_at_checked(count).ok_or_else(cut_table)?;
        self.here = rest;
        Ok(taken)
    }

    /// Passes by bytes that may be split anywhere.
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

    /// The letters of a text.
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
            let width = Letters::Unicode.width(flags);
            let here = count.min(self.here.len() / width);
            if here == 0 {
                return Err(damaged("a letter of a shared text is cut in two"));
            }
            text.push_str(&Letters::Unicode.read(self.take(here * width)?, width)?);
            count -= here;
        }
        Ok(text)
    }
}

fn cut_table() -> BiffFault {
    damaged("the table of texts ends before its last text does")
}

/// Reads the table of texts that the cells share.
///
/// # Errors
///
/// When it holds fewer or more texts than it says, or one of them is damaged.
pub(super) fn shared(data: &[u8], continues: Vec<&[u8]>) -> Result<Vec<Arc<str>>, BiffFault> {
    let count = long(data, 4).ok_or_else(cut_table)? as usize;
    if count > SHARED_STRINGS {
        return Err(BiffFault::Untrusted("it has more texts than any real workbook".into()));
    }
    // The reader takes an empty record for an empty text, and so counts on by one.
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

/// One text of the table: how long, flags, how many pieces look different, how much says how it is spoken; then these.
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
        let texts = Letters::Unicode;
        assert_eq!(texts.whole(b"\x02\0\0ab", false), Ok("ab".into()));
        assert!(texts.whole(b"\x02\0\0abc", false).is_err());
        assert!(texts.whole(b"\x03\0\0ab", false).is_err());
        assert!(texts.whole(b"\x02\0\x01\0\xd8a\0", false).is_err(), "half a letter");
        assert!(texts.whole(b"\x02\0\x01\xff\xfea\0", false).is_err(), "a mark that would be left out");
        let page = Letters::Page(encoding_rs::WINDOWS_1252);
        assert_eq!(page.whole(b"\x03a\x92s", true), Ok("a’s".into()));
        assert!(page.whole(b"\x03a\x81s", true).is_err(), "no letter of the page");
        assert!(Letters::Ascii.whole(b"\x03a\x92s", true).is_err(), "no letter of every page");
    }
}
