//! Rows that grow with what is written in them.
//!
//! Excel makes a row grow only if the file does not mark its height as set by hand (`customHeight`). The library always writes that mark,
//! so it is removed from the sheet's part afterwards. The height itself stays: it is the room that the row has until somebody writes in it.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::same_bytes::as_on_every_system;

/// The compression of parts, from 0 to 9. Level 1 saves a third of the time and makes files a tenth larger.
pub(super) const COMPRESSION: u8 = 1;

/// The attribute of a row whose height was set by hand.
const OWN_HEIGHT: &str = " customHeight=\"1\"";

/// The options for every part of a package. Time and permissions are fixed, so that the same content gives the same bytes.
pub(super) fn part_options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(i64::from(COMPRESSION)))
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default())
}

/// The workbook with growing rows on one of its sheets, by its number from 1.
///
/// # Errors
///
/// When the bytes are not a zip package. The library's always are.
pub(super) fn with_growing_rows(workbook: Vec<u8>, sheet: usize) -> Result<Vec<u8>, std::io::Error> {
    let part = format!("xl/worksheets/sheet{sheet}.xml");
    let mut package = ZipArchive::new(Cursor::new(workbook))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..package.len() {
        if package.by_index_raw(at)?.name()? != part {
            out.raw_copy_file(package.by_index_raw(at)?)?;
            continue;
        }
        let mut text = String::new();
        package.by_index(at)?.read_to_string(&mut text)?;
        out.start_file(part.as_str(), part_options())?;
        // Nothing else can match: in a text of somebody's, a quotation mark is escaped.
        out.write_all(text.replace(OWN_HEIGHT, "").as_bytes())?;
    }
    Ok(as_on_every_system(out.finish()?.into_inner()))
}
