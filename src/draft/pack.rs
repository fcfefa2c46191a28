//! Pieces of a document in, the TOML text of a draft pack out, with everything that was left out or is unsure.

use std::fmt::Write;

use super::blocks::{Block, BlockKind, RowParts};
use crate::core::fields::quoted;
use crate::core::words;
use crate::theme::{Basis, Group};

/// A draft pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its TOML text.
    pub toml: String,
    /// How many statements it holds.
    pub statements: usize,
    /// How many areas.
    pub areas: usize,
    /// What was not taken.
    pub left_out: Vec<LeftOut>,
    /// What a person should look at.
    pub unsure: Vec<String>,
}

/// A piece of the source that is no statement and no heading of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stands.
    pub place: String,
    /// Its words.
    pub text: String,
    /// Why it was left out.
    pub why: &'static str,
    /// Its place in the order of the source.
    at: usize,
}

/// An area as it grows.
struct DraftArea {
    title: String,
    place: String,
    /// Its place in the order of the source.
    at: usize,
    statements: Vec<Statement>,
}

struct Statement {
    place: String,
    text: String,
    parts: RowParts,
}

/// The areas of a source and what did not become part of one.
#[derive(Default)]
struct Sorted {
    areas: Vec<DraftArea>,
    left_out: Vec<LeftOut>,
    unsure: Vec<String>,
    /// How far the source is read.
    at: usize,
}

/// Lays out a draft.
pub(super) fn draft(file: &str, blocks: &[Block], id: &str, title: &str) -> Draft {
    let mut sorted = sort(blocks, title);
    let headings = sorted.areas.extract_if(.., |area| area.statements.is_empty());
    let empty: Vec<LeftOut> = headings
        .map(|area| LeftOut {
            place: area.place,
            text: area.title,
            why: "a heading with no statement under it",
            at: area.at,
        })
        .collect();
    sorted.left_out.extend(empty);
    sorted.left_out.sort_by_key(|left| left.at);
    let statements = sorted.areas.iter().map(|area| area.statements.len()).sum();
    let mut unsure = std::mem::take(&mut sorted.unsure);
    unsure.extend(to_settle(&sorted));
    Draft {
        toml: toml(file, &sorted, &unsure, id, title),
        statements,
        areas: sorted.areas.len(),
        left_out: sorted.left_out,
        unsure,
    }
}

fn sort(blocks: &[Block], title: &str) -> Sorted {
    let mut sorted = Sorted::default();
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| !block.text.trim().is_empty()) {
        sorted.at = at;
        sorted.unsure.extend(block.doubts.iter().cloned());
        match &block.kind {
            BlockKind::Heading(_) => sorted.areas.push(DraftArea {
                title: block.text.clone(),
                place: block.place.clone(),
                at,
                statements: Vec::new(),
            }),
            BlockKind::Item(0) => sorted.add(block, RowParts::default(), title),
            BlockKind::Item(_) => sorted.join(block, title),
            BlockKind::Row(parts) => sorted.add(block, parts.clone(), title),
            BlockKind::Paragraph => sorted.leave(block, "no list item and no heading of one"),
            BlockKind::Aside => sorted.leave(block, "not part of the page's content"),
        }
    }
    sorted
}

impl Sorted {
    fn leave(&mut self, block: &Block, why: &'static str) {
        self.left_out.push(LeftOut { place: block.place.clone(), text: block.text.clone(), why, at: self.at });
    }

    /// Adds a statement to the area that its row names, else to the last heading's.
    fn add(&mut self, block: &Block, parts: RowParts, title: &str) {
        if block.text.chars().count() > LONGEST_STATEMENT {
            self.leave(block, "longer than the 2,000 characters of a statement");
            return;
        }
        let heading = parts.area.trim();
        let is_new = match self.areas.last() {
            None => true,
            Some(area) => !heading.is_empty() && area.title != heading,
        };
        if is_new {
            let known = self.areas.iter().position(|area| !heading.is_empty() && area.title == heading);
            let area = match known {
                Some(at) => self.areas.remove(at),
                None => DraftArea {
                    title: if heading.is_empty() { title.to_string() } else { heading.to_string() },
                    place: block.place.clone(),
                    at: self.at,
                    statements: Vec::new(),
                },
            };
            self.areas.push(area);
        }
        let statement = Statement { place: block.place.clone(), text: block.text.clone(), parts };
        if let Some(area) = self.areas.last_mut() {
            area.statements.push(statement);
        }
    }

    /// Joins a nested point to the statement above it: a statement is one thing to be rated.
    fn join(&mut self, block: &Block, title: &str) {
        let above = self.areas.last_mut().and_then(|area| area.statements.last_mut());
        let Some(above) = above else { return self.add(block, RowParts::default(), title) };
        let separator = if above.text.ends_with([':', ';', ',']) { " " } else { "; " };
        let joined = format!("{}{separator}{}", above.text, block.text);
        if joined.chars().count() > LONGEST_STATEMENT {
            return self.add(block, RowParts::default(), title);
        }
        above.text = joined;
        self.unsure
            .push(format!("{}: joined to the statement above it; split them if each is to be rated", block.place));
    }
}

/// What the source cannot say and a person must settle.
fn to_settle(sorted: &Sorted) -> Vec<String> {
    let statements = || sorted.areas.iter().flat_map(|area| &area.statements);
    let mut unsure = Vec::new();
    let plain = statements().filter(|statement| basis(&statement.parts).is_none()).count();
    if plain > 0 {
        unsure.push(format!(
            "{} put down as official criteria (basis C): change what is not",
            words::count(plain, "statement")
        ));
    }
    let open = statements().filter(|statement| groups(&statement.parts).is_empty()).count();
    if open > 0 {
        unsure.push(format!(
            "{} put down as asked of everyone (groups ALL): name the groups where that is not so",
            words::count(open, "statement")
        ));
    }
    for statement in
        statements().filter(|statement| !statement.parts.basis.trim().is_empty() && basis(&statement.parts).is_none())
    {
        unsure.push(format!("{}: the basis \"{}\" is not C, S, R or L", statement.place, statement.parts.basis));
    }
    for (at, statement) in statements().enumerate() {
        if let Some(first) = statements().take(at).find(|first| first.text == statement.text) {
            unsure.push(format!("{}: the same words as {}", statement.place, first.place));
        }
        for code in unknown_groups(&statement.parts) {
            unsure.push(format!("{}: the group \"{code}\" is not known", statement.place));
        }
    }
    unsure
}

fn basis(parts: &RowParts) -> Option<Basis> {
    Basis::from_letter(parts.basis.trim().to_uppercase().as_str())
}

fn codes(parts: &RowParts) -> impl Iterator<Item = &str> {
    parts.groups.split([',', ';', '/']).map(str::trim).filter(|code| !code.is_empty())
}

fn groups(parts: &RowParts) -> Vec<&'static str> {
    let code = |code: &str| {
        if code.eq_ignore_ascii_case("ALL") { Some("ALL") } else { Group::from_code(code).map(Group::code) }
    };
    codes(parts).filter_map(code).collect()
}

fn unknown_groups(parts: &RowParts) -> impl Iterator<Item = &str> {
    codes(parts).filter(|code| !code.eq_ignore_ascii_case("ALL") && Group::from_code(code).is_none())
}

fn toml(file: &str, sorted: &Sorted, unsure: &[String], id: &str, title: &str) -> String {
    let statements: usize = sorted.areas.iter().map(|area| area.statements.len()).sum();
    let mut text = format!(
        "# A draft made by `jtai theme draft` from {}. Look through it, change what is wrong, run `jtai theme check` on it,\n\
         # and fill checked_by and checked_on: until then no workbook is issued. criteria/_template.toml, and\n\
         # `jtai theme show`, explain the keys. Official text is Crown copyright, usually under the Open Government Licence.\n\
         format = 1\ntitle = {}\nstatus = \"draft\"\ncompleteness = {}\nchecked_by = \"\"\n# checked_on = 2026-11-20\n\
         groups_in_scope = []\nrate = [\"C\", \"S\", \"R\"]\n\n[framework]\ntitle = {}\npublisher = \"to be filled in\"\n\
         # published = 2026-09-01\n",
        comment(file),
        quoted(title),
        quoted(&format!(
            "{} taken from {file}; not yet compared with the published framework.",
            words::count(statements, "statement")
        )),
        quoted(&format!("to be filled in; drafted from {file}")),
    );
    let prefix = prefix(id);
    for (at, area) in sorted.areas.iter().enumerate() {
        let _ = write!(text, "\n[[area]]\nid = \"{}\"\ntitle = {}\n", at + 1, quoted(&area.title));
        for (n, statement) in area.statements.iter().enumerate() {
            let proposed = format!("{prefix}-{}.{}", at + 1, n + 1);
            text.push_str(&criterion(file, statement, &proposed));
        }
    }
    for (heading, lines) in [("To look at", unsure.to_vec()), ("Left out", left_out_lines(sorted))] {
        if !lines.is_empty() {
            let _ = writeln!(text, "\n# {heading}:");
            lines.iter().for_each(|line| writeln!(text, "#   {}", comment(line)).unwrap_or_default());
        }
    }
    text
}

fn left_out_lines(sorted: &Sorted) -> Vec<String> {
    sorted.left_out.iter().map(|left| format!("{} ({}): {}", left.place, left.why, left.text)).collect()
}

fn criterion(file: &str, statement: &Statement, proposed: &str) -> String {
    let parts = &statement.parts;
    let groups = match groups(parts) {
        none if none.is_empty() => vec!["ALL"],
        groups => groups,
    };
    let groups: Vec<String> = groups.iter().map(|code| format!("\"{code}\"")).collect();
    let place = format!("{file}, {}", statement.place);
    let reference =
        if parts.reference.trim().is_empty() { String::new() } else { format!("{}; ", parts.reference.trim()) };
    let source = if parts.source.trim().is_empty() {
        format!("{reference}{place}")
    } else {
        format!("{reference}{}", parts.source.trim())
    };
    format!(
        "\n[[area.criterion]]\nid = \"{proposed}\"\nbasis = \"{}\"\ngroups = [{}]\ntext = {}\nsource = {}\nparaphrase = false\n",
        basis(parts).unwrap_or(Basis::Criterion).letter(),
        groups.join(", "),
        quoted(&statement.text),
        quoted(&source),
    )
}

/// The initials of a theme's id and the last two digits of its year: `child-neglect-2027` gives `CN27`.
fn prefix(id: &str) -> String {
    let part = |part: &str| -> String {
        let is_year = part.len() == 4 && part.chars().all(|c| c.is_ascii_digit());
        if is_year { part[2..].to_string() } else { part.chars().take(1).collect::<String>().to_uppercase() }
    };
    let prefix: String = id.split('-').map(part).collect();
    prefix.chars().take(12).collect()
}

/// A text that can stand in a comment: no control characters, on one line.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The longest statement, in characters.
pub(super) const LONGEST_STATEMENT: usize = 2_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_proposed_from_the_themes_id_and_never_from_wording() {
        assert_eq!(prefix("child-neglect-2027"), "CN27");
        assert_eq!(prefix("front-door"), "FD");
    }

    #[test]
    fn any_text_survives_being_written() {
        let text = "a \"b\" \\ ’ \u{a0} \u{ad} 😀 \u{7}";
        let table: toml::Table = format!("x = {}", quoted(text)).parse().expect("TOML");
        assert_eq!(table["x"].as_str(), Some(text));
    }
}
