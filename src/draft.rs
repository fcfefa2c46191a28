//! A first pack from what an officer has: pasted text, a saved web page, a Word document, a list. Bytes in, TOML text out.
//!
//! Headings become areas and numbered or bulleted lines become statements. Nothing of the source is lost: what is not taken
//! as a statement is listed as left out, with its line, on the screen and in comments, never in the data. A draft is not
//! issued until a named person has checked it. Nothing in the source is run or fetched.

mod blocks;
mod fault;
mod table;
mod docx;
mod html;
mod markdown;
mod pack;
mod text;

pub use fault::DraftError;
use fault::fail;

use crate::workbook::file::book::Book;

pub use pack::{Draft, LeftOut};
pub use table::csv_rows;
pub use text::decode;

/// The largest source, in bytes: 20 MB.
const LARGEST_SOURCE: usize = 20_000_000;

/// The most statements of one pack.
const MOST_STATEMENTS: usize = 500;

/// What a draft is made from.
#[derive(Debug, Clone, Copy)]
pub struct DraftSource<'a> {
    /// The file's name, for messages and as the source of each statement.
    pub file: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What it holds, where it is a workbook.
    pub book: Option<&'a Book>,
}

/// Makes a draft.
///
/// # Errors
///
/// When the file is empty, larger than 20 MB, of no kind that holds text or a list, or holds no statement or more than 500.
pub fn draft(source: DraftSource<'_>, id: &str, title: &str) -> Result<Draft, DraftError> {
    let blocks = blocks_of(source)?;
    let draft = pack::draft(source.file, &blocks, id, title);
    match draft.statements {
        0 => fail(
            "no statement was found: no numbered or bulleted line, and no table with one statement a row",
            "put each statement on a line of its own that begins with a number or a dash",
        ),
        n if n > MOST_STATEMENTS => fail(
            &format!("{n} statements were found, and a pack holds {MOST_STATEMENTS} at most"),
            "take out what is not a statement, or split the file",
        ),
        _ => Ok(draft),
    }
}

/// Reads the pieces of a source, its kind told by its content; the ending of its name only tells kinds of text apart.
fn blocks_of(source: DraftSource<'_>) -> Result<Vec<blocks::Block>, DraftError> {
    let bytes = source.bytes;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fail("the file is empty", "save the text into it and try again");
    }
    if bytes.len() > LARGEST_SOURCE {
        return fail("the file is larger than 20 MB", "copy the statements out of it into a text file");
    }
    if let Some(book) = source.book {
        return Ok(in_workbook(book));
    }
    if docx::is_docx(bytes) {
        return docx::blocks(bytes);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return fail("this is a zip file or a damaged Office document", "open it in its own program and save it again");
    }
    if bytes.iter().take(4096).any(|byte| *byte == 0)
        && !bytes.starts_with(&[0xFF, 0xFE])
        && !bytes.starts_with(&[0xFE, 0xFF])
    {
        let remedy = "give a .txt, .md, .html, .docx, .csv or .xlsx file; from a PDF, copy the text into a text file";
        return fail("the file is not text", remedy);
    }
    let words = text::decode(bytes);
    let ending = source.file.rsplit('.').next().unwrap_or_default().to_lowercase();
    let start = words.trim_start().to_lowercase();
    Ok(match ending.as_str() {
        _ if start.starts_with("<!doctype html") || start.starts_with("<html") => html::blocks(&words),
        "html" | "htm" => html::blocks(&words),
        "md" | "markdown" => markdown::blocks(&words),
        "csv" => table::csv_blocks(&words),
        _ if start.starts_with("%pdf") => {
            return fail("this is a PDF", "select the text in it, copy it and save it as a text file");
        }
        _ => text::blocks(&words),
    })
}

fn in_workbook(book: &Book) -> Vec<blocks::Block> {
    let mut all = Vec::new();
    for sheet in &book.sheets {
        let rows = sheet.text_rows().into_iter().map(|(row, cells)| (row as usize + 1, cells));
        all.extend(table::rows(rows.collect(), &format!("sheet {}, row", sheet.name)));
    }
    all
}
