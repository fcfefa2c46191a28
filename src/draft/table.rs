//! A table with one statement a row: from a CSV, a sheet, or a table of a document.

use super::blocks::{Block, BlockKind, RowParts, one_line};
use super::reasons;

/// What a column holds, and the headers that say so, in lower case.
const HEADERS: [(Part, &[&str]); 6] = [
    (Part::Reference, &["id", "ref", "ref.", "reference", "no", "no.", "number", "#"]),
    (Part::Area, &["area", "section", "heading", "theme", "category", "standard"]),
    (
        Part::Statement,
        &[
            "statement",
            "criterion",
            "criteria",
            "text",
            "evaluation criterion",
            "evaluation criteria",
            "wording",
            "description",
        ],
    ),
    (Part::Groups, &["groups", "group", "agencies", "agency", "who"]),
    (Part::Basis, &["basis"]),
    (Part::Source, &["source", "source_note", "source note"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Reference,
    Area,
    Statement,
    Groups,
    Basis,
    Source,
}

/// The pieces of a CSV text.
pub(super) fn csv_blocks(text: &str) -> Vec<Block> {
    rows(csv_rows(text), "line")
}

/// The rows of a CSV text, each with its line. Semicolons and tabs are told from commas by the first lines, and the line with
/// which Excel names its separator is passed over.
pub fn csv_rows(text: &str) -> Vec<(usize, Vec<String>)> {
    let named =
        text.lines().next().and_then(|line| line.trim().strip_prefix("sep=")).and_then(|mark| mark.bytes().next());
    let beginning: Vec<&str> = text.lines().filter(|line| !line.starts_with("sep=")).take(20).collect();
    let count =
        |mark: &u8| beginning.iter().map(|line| line.bytes().filter(|byte| byte == mark).count()).sum::<usize>();
    let most = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
    let delimiter = named.unwrap_or(most);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut lines = LineCounter { text, at: 0, line: 1 };
    let row = |record: csv::StringRecord| {
        let line = lines.line_at(record.position().map_or(0, |position| position.byte()) as usize);
        (line, record.iter().map(str::to_string).collect())
    };
    let is_named = |(line, _): &(usize, Vec<String>)| named.is_some() && *line == 1;
    reader.records().flatten().map(row).filter(|row| !is_named(row)).collect()
}

/// The number of a line from a place in a text, whichever of the three ends its lines have. The reader's own count is behind where
/// lines end in two characters: it takes a row to begin between the two.
struct LineCounter<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    /// The line that a byte is on, from 1; that of the next text where the byte is a line's end. Places are asked for in their order.
    fn line_at(&mut self, byte: usize) -> usize {
        let bytes = self.text.as_bytes();
        let is_end = |at: usize| bytes.get(at).is_some_and(|byte| matches!(byte, b'\n' | b'\r'));
        while self.at < bytes.len() && (self.at < byte || is_end(self.at)) {
            let is_pair = bytes[self.at] == b'\r' && bytes.get(self.at + 1) == Some(&b'\n');
            self.line += usize::from(is_end(self.at) && !is_pair);
            self.at += 1;
        }
        self.line
    }
}

/// The pieces of a table's rows, each with its number. With a header that names a statement's column, the columns mean what
/// the header says; without one, the column with the longest words holds the statements.
pub(super) fn rows(rows: Vec<(usize, Vec<String>)>, place: &str) -> Vec<Block> {
    let header = rows.iter().position(|(_, cells)| parts(cells).iter().any(|(part, _)| *part == Part::Statement));
    let columns = match header {
        Some(at) => parts(&rows[at].1),
        None => longest_column(&rows).map(|column| (Part::Statement, column)).into_iter().collect(),
    };
    let mut blocks = Vec::new();
    for (at, (number, cells)) in rows.iter().enumerate() {
        let place = format!("{place} {number}");
        let words = one_line(&cells.join(" "));
        if words.is_empty() {
            continue;
        }
        let cell = |wanted: Part| {
            let at = columns.iter().find(|(part, _)| *part == wanted).map(|(_, at)| *at);
            at.and_then(|at| cells.get(at)).map(|cell| one_line(cell)).unwrap_or_default()
        };
        let statement = cell(Part::Statement);
        let looks_like_header = header.is_none() && at == 0 && is_header_like(&statement, &rows[1..], &columns);
        if looks_like_header || header.is_some_and(|header| at <= header) || statement.is_empty() {
            blocks.push(Block::new(place, BlockKind::Aside(reasons::OTHER_CELLS), &words));
            continue;
        }
        let reference = cell(Part::Reference);
        let row = RowParts {
            reference,
            area: cell(Part::Area),
            groups: cell(Part::Groups),
            basis: cell(Part::Basis),
            source: cell(Part::Source),
        };
        blocks.push(Block::new(place.clone(), BlockKind::Row(row), &statement));
        let other: Vec<String> = cells
            .iter()
            .enumerate()
            .filter(|(at, cell)| !columns.iter().any(|(_, known)| known == at) && !cell.trim().is_empty())
            .map(|(_, cell)| one_line(cell))
            .collect();
        if !other.is_empty() {
            let kind = BlockKind::Aside(reasons::OTHER_CELLS);
            blocks.push(Block::new(format!("{place}, other columns"), kind, &other.join(" | ")));
        }
    }
    blocks
}

/// Whether the first row of a table with no header that is known heads it all the same: a few words with no full stop over
/// cells that are longer.
fn is_header_like(first: &str, rows: &[(usize, Vec<String>)], columns: &[(Part, usize)]) -> bool {
    let at = columns.first().map_or(0, |(_, at)| *at);
    let lengths: Vec<usize> =
        rows.iter().filter_map(|(_, cells)| cells.get(at)).map(|cell| cell.chars().count()).collect();
    let longer = lengths.iter().filter(|length| **length > first.chars().count()).count();
    !rows.is_empty() && !first.ends_with('.') && first.chars().count() <= 40 && longer == lengths.len()
}

fn parts(cells: &[String]) -> Vec<(Part, usize)> {
    let mut found: Vec<(Part, usize)> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let folded = cell.trim().trim_start_matches('\u{feff}').to_lowercase();
        let part = HEADERS.iter().find(|(_, headers)| headers.contains(&folded.as_str())).map(|(part, _)| *part);
        if let Some(part) = part.filter(|part| !found.iter().any(|(known, _)| known == part)) {
            found.push((part, at));
        }
    }
    found
}

fn longest_column(rows: &[(usize, Vec<String>)]) -> Option<usize> {
    let width = rows.iter().map(|(_, cells)| cells.len()).max()?;
    let words = |column: usize| -> usize {
        rows.iter().filter_map(|(_, cells)| cells.get(column)).map(|cell| cell.chars().count()).sum()
    };
    (0..width).max_by_key(|column| (words(*column), std::cmp::Reverse(*column)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_mean_what_their_headers_say_and_nothing_is_dropped() {
        let blocks = csv_blocks(
            "My list\nRef;Criterion;Section;Notes\n1;Children are seen.;Practice;ask Jo\n2;Plans change.;Practice;\n",
        );
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["My list", "Ref Criterion Section Notes", "Children are seen.", "ask Jo", "Plans change."]);
        let BlockKind::Row(parts) = &blocks[2].kind else { panic!("a statement") };
        assert_eq!((parts.reference.as_str(), parts.area.as_str()), ("1", "Practice"));
    }

    #[test]
    fn without_headers_the_longest_words_are_the_statements() {
        let blocks = csv_blocks(
            "1.1,Agencies act together when a child needs them.\n1.2,Leaders know what children live with.\n",
        );
        assert!(blocks.iter().filter(|block| matches!(block.kind, BlockKind::Row(_))).count() == 2);
    }
}
