//! Rows that grow with what is written in them.
//!
//! A row grows in Excel only where its height is not said to be somebody's own choice. The writing library always says so, so that is taken out
//! of the sheet's part afterwards. The height stays: it is the room that a row has until somebody writes in it.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::same_bytes::as_on_every_system;

/// How hard the parts are compressed, from 0 to 9. The lowest takes a third off the time for a tenth of the size.
pub(super) const COMPRESSION: u8 = 1;

/// The attribute of a row whose height is somebody's own choice.
const OWN_HEIGHT: &str = " customHeight=\"1\"";

/// How every part of a package is written.
pub(super) fn part_options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(i64::from(COMPRESSION)))
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default())
}

/// The workbook with rows that grow on its sheet of this place, counted from 1.
///
/// # Errors
///
/// When the bytes are not a package, which the library's always are.
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
        out.write_all(text.replace(OWN_HEIGHT, "").as_bytes())?;
    }
    Ok(as_on_every_system(out.finish()?.into_inner()))
}
