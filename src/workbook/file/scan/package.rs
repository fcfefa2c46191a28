//! Checks a zip package as a whole: every part inflates to its end with the right checksum, no name is there twice, and nothing is over the
//! limits, whatever the package claims about its own sizes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::super::book::Remark;
use super::super::limits;
use super::xml::{self, Fault, PartSource};

/// A part that cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartFault {
    /// The part's name.
    pub part: String,
    /// What was found in it.
    pub fault: Fault,
}

impl PartFault {
    /// A fault of one part.
    pub(super) fn new(part: &str, fault: Fault) -> PartFault {
        PartFault { part: part.to_string(), fault }
    }
}

/// A package whose parts are read and checked.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The place of each part by its name.
    places: BTreeMap<String, usize>,
    /// The parts that were read, and so checked to their ends.
    checked: BTreeSet<usize>,
    /// How many bytes have been inflated.
    inflated: u64,
    /// The parts that were read whole, inflated, by their places.
    whole: BTreeMap<usize, String>,
}

/// The most bytes of inflated parts that are kept for the reader.
const KEPT: usize = 32 << 20;

impl<'b> Package<'b> {
    /// Opens a package.
    ///
    /// # Errors
    ///
    /// When its list of parts cannot be read, names one twice, or is longer than any real one.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Package<'b>, Fault> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::new("its list of parts is missing or damaged"))?;
        if archive.len() > limits::PARTS {
            return Err(Fault::new("it has more parts than any real workbook"));
        }
        let (mut places, mut folded) = (BTreeMap::new(), BTreeSet::new());
        for (at, name) in archive.file_names().enumerate() {
            let name = name.map_err(|_| Fault::new("a part has a name that cannot be read"))?.to_string();
            // Names that differ by case only are one name to Excel (ECMA-376 part 2): it could read one part and the reader the other.
            if !folded.insert(name.to_lowercase()) {
                return Err(Fault::new(format!("two of its parts are called {name:?}")));
            }
            places.insert(name, at);
        }
        // The library keeps only one part of each name. If the list at the end of the file has more, a program could read a different one.
        if listed(bytes).is_some_and(|listed| listed != places.len()) {
            return Err(Fault::new("two of its parts have the same name"));
        }
        Ok(Package { archive, places, checked: BTreeSet::new(), inflated: 0, whole: BTreeMap::new() })
    }

    /// Whether there is a part of this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// Gives a part's inflated bytes to `look`, and then checks that the part is whole.
    ///
    /// # Errors
    ///
    /// When there is no such part, it is encrypted or damaged, or `look` finds a fault.
    pub(super) fn part<T>(
        &mut self,
        name: &str,
        look: impl FnOnce(PartSource<'_>) -> Result<T, Fault>,
    ) -> Result<T, PartFault> {
        let of = |fault| PartFault::new(name, fault);
        let Some(at) = self.places.get(name).copied() else { return Err(of(Fault::new("it is missing"))) };
        if let Some(text) = self.whole_part(at) {
            let seen = look(PartSource::Whole(&text)).map_err(of)?;
            self.keep(at, text);
            return Ok(seen);
        }
        let source = self.archive.by_index(at).map_err(|_| of(Fault::new("it is encrypted or damaged")))?;
        let mut counted = CountedBytes { source, inflated: &mut self.inflated };
        let seen = look((&mut counted).into()).map_err(of)?;
        io::copy(&mut counted, &mut io::sink())
            .map_err(|_| of(Fault::new("its checksum is wrong: it was damaged on the way")))?;
        self.checked.insert(at);
        Ok(seen)
    }

    /// A part inflated to its end; `None`, with nothing counted, for one that is damaged or too large to be held: it is read again piece by
    /// piece, so that what is wrong is said of the first place where something is.
    fn whole_part(&mut self, at: usize) -> Option<String> {
        let before = self.inflated;
        let mut bytes = Vec::new();
        let read = self.archive.by_index(at).ok().and_then(|source| {
            let counted = CountedBytes { source, inflated: &mut self.inflated };
            counted.take(limits::TOKEN + 1).read_to_end(&mut bytes).ok()
        });
        let text = read.and_then(|_| xml::whole(bytes));
        if text.is_none() {
            self.inflated = before;
        }
        text
    }

    fn keep(&mut self, at: usize, text: String) {
        self.checked.insert(at);
        if self.whole.values().map(String::len).sum::<usize>() + text.len() <= KEPT {
            self.whole.insert(at, text);
        }
    }

    /// The same package with the parts that were read as they are inflated, so that the reader need not inflate them again; `None` where it
    /// cannot be made.
    pub(super) fn into_inflated(mut self) -> Option<Vec<u8>> {
        let mut inflated = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let names: BTreeMap<usize, String> = self.places.into_iter().map(|(name, at)| (at, name)).collect();
        for (at, name) in names {
            match self.whole.remove(&at) {
                Some(text) => {
                    inflated.start_file(name, stored).ok()?;
                    inflated.write_all(text.as_bytes()).ok()?;
                }
                None => inflated.raw_copy_file(self.archive.by_index_raw(at).ok()?).ok()?,
            }
        }
        Some(inflated.finish().ok()?.into_inner())
    }

    /// Inflates the parts that were not read. There are no answers in them, so a damaged one is only a remark.
    ///
    /// # Errors
    ///
    /// When everything inflated is larger than any real workbook.
    pub(super) fn finish(&mut self) -> Result<Vec<Remark>, Fault> {
        let mut remarks = Vec::new();
        for (name, at) in &self.places {
            // A name that ends in a slash is a folder, which has no content.
            if self.checked.contains(at) || name.ends_with('/') {
                continue;
            }
            let copied = self.archive.by_index(*at).map_err(io::Error::from).and_then(|source| {
                io::copy(&mut CountedBytes { source, inflated: &mut self.inflated }, &mut io::sink())
            });
            if self.inflated > limits::PACKAGE {
                return Err(Fault::new("it inflates to more than any real workbook"));
            }
            if copied.is_err() {
                remarks.push(Remark::DamagedPart(name.clone()));
            }
        }
        Ok(remarks)
    }
}

/// How many parts the list at the end of the file has; `None` where the file does not say, as with 65,535 parts or more.
fn listed(bytes: &[u8]) -> Option<usize> {
    // The record at the end has 22 bytes and a comment of at most 65,535 (APPNOTE.TXT 6.3.10, 4.3.16).
    let tail = bytes.len().saturating_sub(65_557);
    let at = bytes[tail..].windows(4).rposition(|window| window == b"PK\x05\x06")? + tail;
    let count = bytes.get(at + 10..at + 12)?;
    let count = usize::from(u16::from_le_bytes([count[0], count[1]]));
    (count < usize::from(u16::MAX)).then_some(count)
}

/// Counts the bytes that come out of a part against the limit of the whole package, so that many parts below their own limits cannot exceed
/// it.
struct CountedBytes<'c, R> {
    source: R,
    inflated: &'c mut u64,
}

impl<R: Read> Read for CountedBytes<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        *self.inflated += read as u64;
        if *self.inflated > limits::PACKAGE {
            return Err(io::Error::other("it inflates to more than any real workbook"));
        }
        Ok(read)
    }
}
