//! Packages whose bytes do not tell on which system they were written.

/// The signatures of an entry in a package's list of entries, and of the end of that list.
const ENTRY: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";

/// The length of the record at the end, and of an entry without its name, extra field and comment, in bytes.
const END_LENGTH: usize = 22;
const ENTRY_LENGTH: usize = 46;

/// The number of Unix as the system on which an entry was made, and its place in the entry.
const UNIX: u8 = 3;
const MADE_ON_AT: usize = 5;

/// The package with the same bytes on every system: each entry says that it was made on Unix. The libraries that write packages put the
/// computer's own system there, so the same workbook would have different bytes on Windows. Anything that is not a package is returned
/// unchanged.
///
/// Source: APPNOTE.TXT 6.3.10 of PKWARE, sections 4.3.12, 4.3.16 and 4.4.2.
pub fn as_on_every_system(mut package: Vec<u8>) -> Vec<u8> {
    let places = entries(&package).unwrap_or_default();
    for at in places {
        package[at + MADE_ON_AT] = UNIX;
    }
    package
}

/// Where the entries of the list begin; `None` if the bytes are not a package of less than 4 GiB.
fn entries(package: &[u8]) -> Option<Vec<usize>> {
    // The last one counts: compressed parts can have the same four bytes by chance.
    let end = package.windows(END.len()).rposition(|four| four == END)?;
    let end = package.get(end..end + END_LENGTH)?;
    let number =
        |bytes: &[u8], at: usize| bytes.get(at..at + 2).map(|two| usize::from(u16::from_le_bytes([two[0], two[1]])));
    let offset = u32::from_le_bytes([end[16], end[17], end[18], end[19]]);
    let (count, mut at) = (number(end, 10)?, usize::try_from(offset).ok()?);
    let mut places = Vec::with_capacity(count);
    for _ in 0..count {
        let entry = package.get(at..at + ENTRY_LENGTH).filter(|entry| entry[..ENTRY.len()] == ENTRY)?;
        places.push(at);
        at += ENTRY_LENGTH + number(entry, 28)? + number(entry, 30)? + number(entry, 32)?;
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn a_package_written_on_windows_has_the_bytes_of_one_written_here() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("a.xml", "PK\x01\x02 in a text is no entry"), ("b/c é.xml", "")] {
            zip.start_file(name, SimpleFileOptions::default()).expect("a part");
            zip.write_all(text.as_bytes()).expect("written");
        }
        let here = as_on_every_system(zip.finish().expect("a package").into_inner());
        let places = entries(&here).expect("its list");
        assert_eq!(places.len(), 2);
        let mut on_windows = here.clone();
        places.iter().for_each(|at| on_windows[at + MADE_ON_AT] = 0);
        assert_ne!(on_windows, here);
        assert_eq!(as_on_every_system(on_windows), here);
        for damaged in [Vec::new(), b"no package".to_vec(), here[..here.len() - 5].to_vec()] {
            assert_eq!(as_on_every_system(damaged.clone()), damaged);
        }
    }
}
