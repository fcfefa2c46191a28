//! A table with one statement a row: from a CSV, a sheet, or a table of a document.

use super::blocks::{Block, BlockKind, RowParts, one_line};
use super::grades;
use super::headings::{PartKind, kind_of_part};
use super::marks::{MarkPlaces, marked};
use super::reasons;

/// What a column holds, and the headers that say so, in lower case.
const HEADERS: [(Part, &[&str]); 6] = [
    (Part::Reference, &["id", "ref", "ref.", "reference", "no", "no.", "number", "#"]),
    (
        Part::Area,
        &[
            "area",
            "section",
            "heading",
            "theme",
            "category",
            "standard",
            "domain",
            "topic",
            "strand",
            "area of practice",
        ],
    ),
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
            "expectation",
            "expectations",
            "question",
            "questions",
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

/// The fewest words of a statement in a column that no header calls one. "Police" under "Lead" is not a statement.
const FEWEST_WORDS: usize = 3;

/// The pieces of a table's rows, each with its number. With a header that names a statement's column, the columns mean what
/// the header says; without one, the column with the longest words holds the statements. An area that is in one cell for several
/// rows is that of each, and a row with nothing but a few words is the heading of those after it.
pub(super) fn rows(rows: Vec<(usize, Vec<String>)>, place: &str) -> Vec<Block> {
    if !grades::is_scale(&rows) {
        return statement_rows(&rows, place);
    }
    let aside = |(number, cells): &(usize, Vec<String>)| {
        Block::new(format!("{place} {number}"), BlockKind::Aside(reasons::GRADES), &cells.join(" "))
    };
    rows.iter().map(aside).filter(|block| !block.text.is_empty()).collect()
}

fn statement_rows(rows: &[(usize, Vec<String>)], place: &str) -> Vec<Block> {
    let head = header(rows);
    let columns = match head {
        Some(at) => named_columns(rows, at),
        None => longest_column(rows, &[]).map(|column| (Part::Statement, column)).into_iter().collect(),
    };
    // Whether a header names the column of statements. Otherwise the longest column may hold anything.
    let is_told = head.is_some_and(|at| parts(&rows[at].1).iter().any(|(part, _)| *part == Part::Statement));
    let mut blocks = Vec::new();
    let mut area = String::new();
    for (at, (number, cells)) in rows.iter().enumerate() {
        let place = format!("{place} {number}");
        let words = one_line(&cells.join(" "));
        if words.is_empty() {
            continue;
        }
        let cell = |wanted: Part| cell_in(&columns, cells, wanted);
        let statement = cell(Part::Statement);
        let looks_like_header = head.is_none() && at == 0 && is_header_like(&statement, &rows[1..], &columns);
        if !looks_like_header && head.is_none_or(|head| at > head) && is_section_row(cells, &rows[at + 1..]) {
            area.clear();
            blocks.push(Block::new(place, BlockKind::Heading(HEADING_IN_TABLE), &words));
            continue;
        }
        let is_head = looks_like_header || head.is_some_and(|head| at <= head || *cells == rows[head].1);
        if is_head || statement.is_empty() || !is_told && is_word(&statement) {
            blocks.push(Block::new(place, BlockKind::Aside(reasons::OTHER_CELLS), &words));
            continue;
        }
        if !cell(Part::Area).is_empty() {
            area = cell(Part::Area);
        }
        let row = RowParts {
            reference: cell(Part::Reference),
            area: area.clone(),
            groups: cell(Part::Groups),
            basis: cell(Part::Basis),
            source: cell(Part::Source),
        };
        let points = points(&columns, cells);
        if points.is_empty() {
            blocks.push(Block::new(place.clone(), BlockKind::Row(row), &statement));
        } else {
            let is_new = !row.area.is_empty() && !cell(Part::Area).is_empty();
            let heading = is_new.then(|| Block::new(place.clone(), BlockKind::Heading(HEADING_IN_TABLE), &row.area));
            blocks.extend(heading);
            blocks.extend(points.into_iter().map(|(kind, words)| Block::new(place.clone(), kind, words)));
        }
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

/// Whether words are too few for a statement.
fn is_word(words: &str) -> bool {
    words.split_whitespace().count() < FEWEST_WORDS && !words.ends_with(['.', '?'])
}

/// The list in the cell of a statement, with the words that lead it in; empty where it holds one statement.
fn points<'c>(columns: &[(Part, usize)], cells: &'c [String]) -> Vec<(BlockKind, &'c str)> {
    let at = columns.iter().find(|(part, _)| *part == Part::Statement).map(|(_, at)| *at);
    let cell = at.and_then(|at| cells.get(at)).map(String::as_str).unwrap_or_default();
    let lines: Vec<&str> = cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() < 2 || !lines.iter().any(|line| marked(line).is_some()) {
        return Vec::new();
    }
    let mut marks = MarkPlaces::default();
    let piece = |line: &'c str| match marked(line) {
        Some((mark, words)) => (BlockKind::Item(marks.place(&mark)), words),
        None => (BlockKind::Paragraph, line),
    };
    lines.into_iter().map(piece).collect()
}

/// Whether cells of a line are the head of a table that says what its columns hold.
pub(super) fn is_header(cells: &[String]) -> bool {
    let is_short = |cell: &String| cell.chars().count() <= 60 && !cell.trim().ends_with('.');
    cells.len() > 1 && cells.iter().all(is_short) && parts(cells).iter().any(|(part, _)| *part != Part::Groups)
}

/// The level of a heading that is a row of a table: below all headings of the text.
const HEADING_IN_TABLE: u8 = 9;

fn cell_in(columns: &[(Part, usize)], cells: &[String], wanted: Part) -> String {
    let at = columns.iter().find(|(part, _)| *part == wanted).map(|(_, at)| *at);
    at.and_then(|at| cells.get(at)).map(|cell| one_line(cell)).unwrap_or_default()
}

/// The row that says what the columns hold: the first that names a statement's column, else one of the first rows that names
/// another column and has nothing but short cells.
fn header(rows: &[(usize, Vec<String>)]) -> Option<usize> {
    let names = |cells: &[String], wanted: Part| parts(cells).iter().any(|(part, _)| *part == wanted);
    let is_head = |cells: &[String]| {
        let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        filled > 1 && is_header(cells) && (names(cells, Part::Area) || names(cells, Part::Reference))
    };
    let named = rows.iter().position(|(_, cells)| names(cells, Part::Statement));
    named.or_else(|| rows.iter().take(3).position(|(_, cells)| is_head(cells)))
}

/// What the columns under a header hold. Where it names none for statements, the column does that the header says in other words,
/// as in "What inspectors expect to find", or else the one with the longest words.
fn named_columns(rows: &[(usize, Vec<String>)], header: usize) -> Vec<(Part, usize)> {
    let mut columns = parts(&rows[header].1);
    if !columns.iter().any(|(part, _)| *part == Part::Statement) {
        let known: Vec<usize> = columns.iter().map(|(_, at)| *at).collect();
        let says = |(at, cell): &(usize, &String)| {
            !known.contains(at) && kind_of_part(cell.as_str()) == Some(PartKind::Evaluated)
        };
        let told = rows[header].1.iter().enumerate().find(says).map(|(at, _)| at);
        let column = told.or_else(|| longest_column(&rows[header + 1..], &known));
        columns.extend(column.map(|column| (Part::Statement, column)));
    }
    columns
}

/// Whether a row is a heading inside the table: a few words and no other cell, over rows with several.
fn is_section_row(cells: &[String], after: &[(usize, Vec<String>)]) -> bool {
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let Some(words) = cells.iter().find(|cell| !cell.trim().is_empty()).filter(|_| filled(cells) == 1) else {
        return false;
    };
    let next = after.iter().find(|(_, cells)| filled(cells) > 0);
    let is_title = words.chars().count() <= 80 && !words.trim().ends_with(['.', ';', ':', '?']);
    cells.first() == Some(words) && is_title && next.is_some_and(|(_, cells)| filled(cells) > 1)
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

/// The column with the longest words, of those that are not known yet.
fn longest_column(rows: &[(usize, Vec<String>)], known: &[usize]) -> Option<usize> {
    let width = rows.iter().map(|(_, cells)| cells.len()).max()?;
    let words = |column: usize| -> usize {
        rows.iter().filter_map(|(_, cells)| cells.get(column)).map(|cell| cell.chars().count()).sum()
    };
    (0..width)
        .filter(|column| !known.contains(column))
        .max_by_key(|column| (words(*column), std::cmp::Reverse(*column)))
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
    fn a_list_in_a_cell_is_a_statement_for_each_of_its_points() {
        let cells = |cells: [&str; 2]| cells.map(str::to_string).to_vec();
        let rows = vec![
            (1, cells(["Area", "Criteria"])),
            (2, cells(["Practice", "Practitioners:\n• see children;\n• listen."])),
        ];
        let blocks = rows_of(rows);
        let kinds: Vec<(bool, &str)> =
            blocks.iter().map(|block| (block.kind.is_in_list(), block.text.as_str())).collect();
        let expected = [
            (false, "Area Criteria"),
            (false, "Practice"),
            (false, "Practitioners:"),
            (true, "see children;"),
            (true, "listen."),
        ];
        assert_eq!(kinds, expected);
    }

    fn rows_of(cells: Vec<(usize, Vec<String>)>) -> Vec<Block> {
        rows(cells, "row")
    }

    #[test]
    fn an_area_over_several_rows_is_that_of_each_and_a_row_alone_is_a_heading() {
        let rows = rows(
            [
                "Area|Ref|What inspectors expect to find",
                "Practice|A1|Children are seen.",
                "|A2|Plans change.",
                "Leadership||",
                "|B1|Leaders know.",
            ]
            .iter()
            .enumerate()
            .map(|(at, row)| (at, row.split('|').map(str::to_string).collect()))
            .collect(),
            "row",
        );
        let kinds: Vec<(&str, &str)> = rows
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Row(parts) => (parts.area.as_str(), block.text.as_str()),
                BlockKind::Heading(_) => ("heading", block.text.as_str()),
                _ => ("other", block.text.as_str()),
            })
            .collect();
        let expected = [
            ("other", "Area Ref What inspectors expect to find"),
            ("Practice", "Children are seen."),
            ("Practice", "Plans change."),
            ("heading", "Leadership"),
            ("", "Leaders know."),
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn without_headers_the_longest_words_are_the_statements() {
        let blocks = csv_blocks(
            "1.1,Agencies act together when a child needs them.\n1.2,Leaders know what children live with.\n",
        );
        assert!(blocks.iter().filter(|block| matches!(block.kind, BlockKind::Row(_))).count() == 2);
    }
}
