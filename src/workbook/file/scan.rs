//! Checks a file before anything trusts it. [`kind`] tells what kind of file the bytes are, whatever its name says. [`look()`] tells
//! whether its parts are whole, within limits, and mean what the reader (calamine) will take them to mean.

mod xml;
mod package;
mod look;
mod formats;
mod page;
mod rich;
mod cell;
mod cells;
mod spreadsheet;
mod opendocument;

pub use look::{Look, SheetLook};

use std::fmt;
use std::io::Cursor;

use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::book::Remark;
use super::limits;
use package::{Package, PartFault};
use xml::Fault;

/// A kind of workbook that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// Excel Workbook, `.xlsx` or `.xlsm`.
    Xlsx,
    /// Excel 97 to 2003, `.xls`.
    Xls,
    /// OpenDocument spreadsheet, `.ods`.
    Ods,
}

/// Why a file is refused before it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What the file is.
    pub found: String,
    /// What to do about it.
    pub remedy: String,
    /// Whether it is plain text, which may be a list as CSV.
    pub is_text: bool,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.found, self.remedy)
    }
}

/// Checks every part of a workbook.
///
/// # Errors
///
/// When a part with cells cannot be trusted: it is damaged, cut off, larger than any real one, or made to mislead.
pub fn look(kind: FileKind, bytes: &[u8]) -> Result<Look, Untrusted> {
    let look = match kind {
        // An `.xls` has no parts of this kind. `biff` walks it record by record when it is read.
        FileKind::Xls => return Ok(Look { remarks: vec![Remark::OlderFormat], ..Look::default() }),
        FileKind::Xlsx => spreadsheet::look,
        FileKind::Ods => opendocument::look,
    };
    let whole = |fault: Fault| Untrusted(format!("it cannot be read safely: {}", fault.0));
    let mut package = Package::open(bytes).map_err(whole)?;
    let mut seen = look(&mut package).map_err(|PartFault { part, fault }| {
        Untrusted(format!("its part {part} cannot be read safely: {}", fault.0))
    })?;
    seen.remarks.extend(package.finish().map_err(whole)?);
    seen.inflated = package.into_inflated();
    Ok(seen)
}

/// A workbook that cannot be trusted, with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{0}")]
pub struct Untrusted(String);

impl Untrusted {
    /// A workbook in which this was found.
    pub(super) fn new(found: String) -> Untrusted {
        Untrusted(found)
    }
}

/// Tells the kind of a workbook from its bytes. Names are not believed: a web page is often called `.xls`.
///
/// # Errors
///
/// When the file is empty, larger than [`limits::FILE`], password protected, or no workbook at all: with what it is instead.
pub fn kind(bytes: &[u8]) -> Result<FileKind, Refusal> {
    if bytes.is_empty() {
        return refuse(
            "the file is empty, 0 bytes",
            "it may not have been downloaded fully; save it again from the e-mail",
        );
    }
    if bytes.len() > limits::FILE {
        return refuse(
            "the file is larger than 64 MB",
            "take pictures out of it, or ask for a fresh copy of the workbook",
        );
    }
    // A file of a cloud folder that was never downloaded has its size and no content.
    if bytes.iter().all(|byte| *byte == 0) {
        return refuse(
            "there is nothing but zeros in the file",
            "it was not downloaded fully; choose Always keep on this device (OneDrive), or save it again from the e-mail",
        );
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return zip_kind(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return compound_kind(bytes);
    }
    if bytes.starts_with(b"%PDF") {
        return refuse("this is a PDF", "ask for the workbook itself, not a print of it");
    }
    if let Some((found, remedy)) = text_kind(bytes) {
        return refuse(found, remedy);
    }
    if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xff\xd8\xff") {
        return refuse("this is a picture", "ask for the workbook itself, not a picture of it");
    }
    if let Some(archive) = other_archive(bytes) {
        return refuse(archive, "unpack it and put the workbooks inside it into returns/");
    }
    // Text has no control characters below the tab. Nearly every binary file has one near its beginning.
    let is_text = !bytes[..bytes.len().min(4096)].iter().any(|byte| *byte < 9);
    if is_text {
        let refusal = refuse(
            "this is a text file, perhaps CSV",
            "ask for the workbook itself: a text file does not say who sent it",
        );
        return refusal.map_err(|refusal| Refusal { is_text: true, ..refusal });
    }
    refuse("this is not a kind of workbook that jtai can read", SAVE_AS)
}

/// The remedy for a file that a spreadsheet program can open but that is not a workbook.
const SAVE_AS: &str = "open it in a spreadsheet program and save it as Excel Workbook (.xlsx)";

/// The kind and the remedy of a file that is known by the text at its beginning.
fn text_kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)])
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Some(("this is a web page with a spreadsheet's name", SAVE_AS));
    }
    if start.starts_with("<?xml") && start.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Some(("this is an XML Spreadsheet 2003", SAVE_AS));
    }
    if start.starts_with("<?xml") && start.contains("opendocument:xmlns:office") {
        return Some(("this is an OpenDocument file in one piece (.fods)", SAVE_AS));
    }
    if start.starts_with("{\\rtf") {
        return Some(("this is a rich text document", "ask for the workbook that was issued"));
    }
    // Shortcuts of Windows (a link to a web page, `.lnk`), Google Drive (`.gsheet`, which is JSON) and macOS.
    if start.starts_with("[internetshortcut]")
        || start.contains("docs.google.com")
        || (start.starts_with('{') && start.contains("\"doc_id\""))
        || (start.contains("<plist") && start.contains("<key>url</key>"))
        || bytes.starts_with(b"L\0\0\0\x01\x14\x02\0")
    {
        return Some((
            "this is a shortcut to a file that is elsewhere",
            "open it, download the workbook itself, and save that into returns/",
        ));
    }
    if ["from:", "received:", "return-path:", "mime-version:", "x-unsent:", "delivered-to:"]
        .iter()
        .any(|head| start.starts_with(head))
    {
        return Some(("this is an e-mail", "open it and save the workbook attached to it into returns/"));
    }
    None
}

/// Archives by their first bytes.
fn other_archive(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 3] = [
        (b"Rar!\x1a\x07", "this is a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "this is a 7-Zip archive"),
        (b"\x1f\x8b", "this is a gzip archive"),
    ];
    known.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, what)| *what)
}

fn zip_kind(bytes: &[u8]) -> Result<FileKind, Refusal> {
    // The list of a package's parts is at its end, so a file that was cut short has lost it.
    let Ok(package) = ZipArchive::new(Cursor::new(bytes)) else {
        return refuse(
            "this file was cut off: its end is missing",
            "it was not downloaded fully; save it again from the e-mail",
        );
    };
    let holds = |name: &str| package.file_names().flatten().any(|part| part == name);
    // The most telling part first: every Office file has `[Content_Types].xml`.
    if holds("xl/workbook.bin") {
        let remedy = "open it in Excel and save it as Excel Workbook (.xlsx)";
        return refuse("this is an Excel binary workbook (.xlsb), which cannot be read without losing cells", remedy);
    }
    if holds("xl/workbook.xml") {
        return Ok(FileKind::Xlsx);
    }
    if holds("word/document.xml") {
        return refuse("this is a Word document", "ask for the workbook that was issued");
    }
    if holds("ppt/presentation.xml") {
        return refuse("this is a PowerPoint presentation", "ask for the workbook that was issued");
    }
    if holds("Index/Document.iwa") {
        return refuse("this is an Apple Numbers document", "ask for it as Excel: in Numbers, File, Export To, Excel");
    }
    // An OpenDocument file has its kind in its first part, which must not be compressed (OpenDocument 1.3, part 2).
    if contains(&bytes[..bytes.len().min(256)], b"application/vnd.oasis.opendocument.spreadsheet") {
        return Ok(FileKind::Ods);
    }
    if holds("[Content_Types].xml") {
        return refuse("this workbook's main part is missing", "ask for a fresh copy of it");
    }
    refuse("this is a zip file", "unpack it and put the workbooks inside it into returns/")
}

fn compound_kind(bytes: &[u8]) -> Result<FileKind, Refusal> {
    // The names of streams in a compound file are UTF-16. They are looked for in the raw bytes, because the file may be too damaged to
    // open.
    let holds = |name: &str| contains(bytes, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    if holds("DRMEncryptedTransform") || holds("DRMEncryptedDataSpace") {
        let remedy = "ask for a copy without the sensitivity label, or with one that does not encrypt";
        return refuse("this workbook has a sensitivity label that encrypts it", remedy);
    }
    // After the label, because a file that a label encrypts has this stream too.
    if holds("EncryptedPackage") {
        let remedy =
            "open it with its password, take the password off (File, Info, Protect Workbook) and save it again";
        return refuse("this workbook is password protected", remedy);
    }
    if holds("__substg1.0_") || holds("__properties_version1.0") {
        return refuse("this is an Outlook message", "open it and save the workbook attached to it into returns/");
    }
    // After the mail and the encrypted package: a mail can have a workbook inside it.
    if holds("Workbook") || holds("Book") {
        if is_password_protected(bytes) {
            let remedy =
                "open it with its password, take the password off, and save it again as Excel Workbook (.xlsx)";
            return refuse("this workbook is password protected", remedy);
        }
        return Ok(FileKind::Xls);
    }
    if holds("WordDocument") {
        return refuse("this is a Word document", "ask for the workbook that was issued");
    }
    refuse(
        "this is an older Office file that is cut off, or not a workbook",
        "save it again from the e-mail, or ask for the workbook that was issued",
    )
}

/// Whether one of the first records of an `.xls` says that it is encrypted (MS-XLS, FilePass). That record comes soon after the beginning
/// of the stream, and a stream begins at a multiple of 512 bytes.
fn is_password_protected(bytes: &[u8]) -> bool {
    const BEGINNING: u16 = 0x0809;
    const FILE_PASS: u16 = 0x002F;
    let number = |at: usize| bytes.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    (512..bytes.len()).step_by(512).filter(|at| number(*at) == Some(BEGINNING)).any(|start| {
        let mut at = start;
        // It is among the first few records (MS-XLS, Globals Substream).
        for _ in 0..6 {
            let (Some(record), Some(length)) = (number(at), number(at + 2)) else { return false };
            if record == FILE_PASS {
                return true;
            }
            at += 4 + usize::from(length);
        }
        false
    })
}

fn contains(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

fn refuse(found: &str, remedy: &str) -> Result<FileKind, Refusal> {
    Err(Refusal { found: found.to_string(), remedy: remedy.to_string(), is_text: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(kind(bytes).expect_err("not a workbook").found, expected);
    }

    #[test]
    fn what_is_no_workbook_is_called_by_its_name() {
        check(b"", "the file is empty, 0 bytes");
        check(&[0; 64], "there is nothing but zeros in the file");
        check(b"%PDF-1.7", "this is a PDF");
        check(b"\xef\xbb\xbf <HTML><body>", "this is a web page with a spreadsheet's name");
        check(b"id,name\r\n1,a", "this is a text file, perhaps CSV");
        check(
            b"<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">",
            "this is an OpenDocument file in one piece (.fods)",
        );
        let shortcut = "this is a shortcut to a file that is elsewhere";
        check(b"[InternetShortcut]\r\nURL=https://example.org", shortcut);
        check(br#"{"":"WARNING! DO NOT EDIT","doc_id":"1a","email":"x@example.org"}"#, shortcut);
        check(b"<?xml version=\"1.0\"?><plist><dict><key>URL</key><string>x</string></dict></plist>", shortcut);
        check(b"PK\x03\x04 xl/workbook.xml", "this file was cut off: its end is missing");
        check(b"\x00\x01\x02", "this is not a kind of workbook that jtai can read");
    }
}
