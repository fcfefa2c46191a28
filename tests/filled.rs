//! Workbooks that agencies fill in: the issued ones and those with questions, a text into a cell at a time.

use std::collections::BTreeMap;

use jtai_benchmark::form::StartField;
use jtai_benchmark::workbook::contract::{SELF_ASSESSMENT_SHEET, START_SHEET};
use jtai_benchmark::workbook::file::book::Book;
use jtai_benchmark::workbook::file::{read, scan};

use crate::project::{Project, package, parts};

/// A workbook that somebody fills in.
pub struct Workbook {
    parts: Vec<(String, Vec<u8>)>,
    /// What it held when it was opened.
    pub book: Book,
    /// What was written into it since, by sheet and cell.
    pub written: BTreeMap<(String, String), String>,
}

impl Workbook {
    pub fn open(bytes: &[u8]) -> Workbook {
        let book = read::read(scan::kind(bytes).expect("a workbook"), bytes, &[]).expect("readable");
        Workbook { parts: parts(bytes), book, written: BTreeMap::new() }
    }

    /// The one that was issued to an agency.
    pub fn issued(project: &Project, agency: &str) -> Workbook {
        Workbook::open(&project.read(&format!("round/issued/{agency} self-assessment.xlsx")))
    }

    /// The one with questions.
    pub fn questions(project: &Project, agency: &str) -> Workbook {
        Workbook::open(&project.read(&format!("round/queries/{agency} questions.xlsx")))
    }

    fn part_of(&self, sheet: &str) -> String {
        let at = self.book.sheets.iter().position(|known| known.name == sheet).expect("the sheet");
        format!("xl/worksheets/sheet{}.xml", at + 1)
    }

    /// Writes a text into a cell, whatever is there.
    pub fn put(mut self, sheet: &str, cell: &str, text: &str) -> Workbook {
        let part = self.part_of(sheet);
        let (_, bytes) = self.parts.iter_mut().find(|(name, _)| *name == part).expect("its part");
        let xml = String::from_utf8(bytes.clone()).expect("UTF-8");
        let text_written = text.to_string();
        let text = format!("<is><t>{}</t></is></c>", text.replace('&', "&amp;").replace('<', "&lt;"));
        let new = match xml.find(&format!("<c r=\"{cell}\"")) {
            Some(start) => {
                let tag_end = start + xml[start..].find('>').expect("a tag");
                let is_empty = xml[..tag_end].ends_with('/');
                let end = if is_empty { tag_end + 1 } else { start + xml[start..].find("</c>").expect("its end") + 4 };
                let style =
                    xml[start..tag_end].split("s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("0");
                format!("{}<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\">{text}{}", &xml[..start], &xml[end..])
            }
            None => {
                // A cell to the right of the table, at the end of its row, or in a row under all others.
                let row: String = cell.chars().filter(char::is_ascii_digit).collect();
                let added = format!("<c r=\"{cell}\" t=\"inlineStr\">{text}");
                match xml.find(&format!("<row r=\"{row}\"")) {
                    Some(start) => {
                        let end = start + xml[start..].find("</row>").expect("its end");
                        format!("{}{added}{}", &xml[..end], &xml[end..])
                    }
                    None => xml.replace("</sheetData>", &format!("<row r=\"{row}\">{added}</row></sheetData>")),
                }
            }
        };
        *bytes = new.into_bytes();
        self.written.insert((sheet.to_string(), cell.to_string()), text_written);
        self
    }

    pub fn answer(self, row: u32, column: char, text: &str) -> Workbook {
        self.put(SELF_ASSESSMENT_SHEET, &format!("{column}{row}"), text)
    }

    /// Amber with a worry and an action in every row.
    pub fn filled(self) -> Workbook {
        let sheet = self.book.sheets.iter().find(|sheet| sheet.name == SELF_ASSESSMENT_SHEET).expect("the table");
        let rows: Vec<u32> = sheet.rows().into_iter().map(|(row, _)| row + 1).filter(|row| *row > 3).collect();
        rows.into_iter().fold(self, |book, row| {
            let book = book.answer(row, 'D', "Amber").answer(row, 'E', &format!("Well {row}"));
            book.answer(row, 'G', &format!("Do {row}")).answer(row, 'J', &format!("Audit {row}"))
        })
    }

    /// The row of a label of the first sheet, counted from 1.
    pub fn row_of_label(&self, label: &str) -> u32 {
        let start = self.book.sheets.iter().find(|sheet| sheet.name == START_SHEET).expect("the first sheet");
        let (at, _) = start.cells.iter().find(|(_, value)| value.text() == label).expect("the label");
        at.0 + 1
    }

    pub fn signed(self, day: &str) -> Workbook {
        let name = "B Example, chief";
        let filled = [
            (StartField::CompletedBy, "A Sample, lead"),
            (StartField::ApprovedBy, name),
            (StartField::ApprovedOn, day),
        ];
        filled.into_iter().fold(self, |book, (field, text)| {
            let cell = format!("B{}", book.row_of_label(field.label()));
            book.put(START_SHEET, &cell, text)
        })
    }

    /// The bytes, saved on a day.
    pub fn saved(mut self, day: &str) -> Vec<u8> {
        let (_, bytes) = self.parts.iter_mut().find(|(name, _)| name == "docProps/core.xml").expect("its properties");
        let xml = String::from_utf8(bytes.clone()).expect("UTF-8");
        let start = xml.find("<dcterms:modified").expect("a time");
        let from = start + xml[start..].find('>').expect("a tag") + 1;
        let to = from + xml[from..].find('<').expect("its end");
        *bytes = format!("{}{day}T10:00:00Z{}", &xml[..from], &xml[to..]).into_bytes();
        package(&self.parts)
    }
}
