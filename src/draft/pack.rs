//! Areas and pieces in, the TOML text of a theme out: a new one whole, or one that was corrected with everything else as it was.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::plan::FoundFramework;
use crate::core::fields::quoted;
use crate::core::ids::ThemeId;
use crate::theme::{
    Area, Criterion, PieceFate, SectionKind, SourcePiece, TO_FILL_IN, Theme, ThemeSource, sections, wording_print,
};

/// The text of a new draft.
pub(super) fn new_text(
    (id, title): (&ThemeId, &str),
    framework: &FoundFramework,
    source: &ThemeSource,
    areas: &[Area],
) -> String {
    let or_open = |text: &str| if text.trim().is_empty() { quoted(TO_FILL_IN) } else { quoted(text) };
    let published =
        framework.published.map_or("# published = 2026-09-01\n".to_string(), |date| format!("published = {date}\n"));
    let mut text = format!(
        "# A draft made by `jtai theme draft` from {}. \"{id} to check.xlsx\" beside this file shows each piece of the source and\n\
         # what became of it: correct it there, and give it to `jtai theme draft`. What you write here stays. Workbooks are issued\n\
         # once a named person has checked it. criteria/_template.toml, and `jtai theme show`, explain the keys. Official text is\n\
         # Crown copyright, usually under the Open Government Licence.\n\
         format = 1\ntitle = {}\nstatus = \"draft\"\ncompleteness = {}\nchecked_by = \"\"\n# checked_on = 2026-11-20\n\
         groups_in_scope = []\nrate = [\"C\", \"S\", \"R\"]\n\n[framework]\ntitle = {}\npublisher = {}\n{published}",
        comment(&source.file),
        quoted(title),
        quoted(&format!("Made from {}.", source.file)),
        or_open(&framework.title),
        or_open(&framework.publisher),
    );
    text.push_str(&areas_text(areas, source, None));
    text.push_str(&source_text(source));
    text
}

/// A theme's text with other areas and pieces in it. What is the same as before stays as it was written, comments and all.
pub(super) fn renewed_text(text: &str, before: &Theme, source: &ThemeSource, areas: &[Area]) -> String {
    let found = sections(text);
    let kept = found.iter().filter(|section| matches!(section.kind, SectionKind::Head | SectionKind::Other));
    let mut renewed: String = kept.map(|section| section.text).collect();
    renewed.truncate(renewed.trim_end().len());
    renewed.push('\n');
    let written: Vec<&str> = found
        .iter()
        .filter(|section| matches!(section.kind, SectionKind::Area | SectionKind::Criterion))
        .map(|section| section.text)
        .collect();
    renewed.push_str(&areas_text(areas, source, WrittenTheme::new(before, &written).as_ref()));
    renewed.push_str(&source_text(source));
    renewed
}

/// The areas and statements of a theme with the text that each is written in.
struct WrittenTheme<'t> {
    areas: Vec<(&'t Area, &'t str)>,
    criteria: BTreeMap<&'t str, (&'t Criterion, &'t str)>,
}

impl<'t> WrittenTheme<'t> {
    /// `None` where the text does not have a section for each of them.
    fn new(theme: &'t Theme, texts: &[&'t str]) -> Option<WrittenTheme<'t>> {
        let mut texts = texts.iter().copied();
        let mut written = WrittenTheme { areas: Vec::new(), criteria: BTreeMap::new() };
        for area in &theme.areas {
            written.areas.push((area, texts.next()?));
            for criterion in &area.criteria {
                written.criteria.insert(criterion.id.as_str(), (criterion, texts.next()?));
            }
        }
        texts.next().is_none().then_some(written)
    }

    fn area(&self, area: &Area) -> Option<&'t str> {
        let is_it =
            |known: &Area| (&known.id, &known.title, &known.short_title) == (&area.id, &area.title, &area.short_title);
        self.areas.iter().find(|(known, _)| is_it(known)).map(|(_, text)| *text)
    }

    fn criterion(&self, criterion: &Criterion) -> Option<&'t str> {
        let (known, text) = self.criteria.get(criterion.id.as_str())?;
        (*known == criterion).then_some(*text)
    }
}

fn areas_text(areas: &[Area], source: &ThemeSource, written: Option<&WrittenTheme<'_>>) -> String {
    let wordings = source.wordings();
    let ids = wordings.statements.iter().map(|one| (source.pieces[one.piece].id.as_str(), one.wording.as_str()));
    let published: BTreeMap<&str, &str> = ids.collect();
    let mut text = String::new();
    for area in areas {
        let new = || area_text(area);
        text.push_str(&section(written.and_then(|written| written.area(area)).map_or_else(new, str::to_string)));
        for criterion in &area.criteria {
            let wording = published.get(criterion.id.as_str()).copied();
            let as_it_was = written.and_then(|written| written.criterion(criterion));
            // A statement whose published wording changed under it needs its new print.
            let as_it_was =
                as_it_was.filter(|text| wording.is_none_or(|wording| text.contains(&wording_print(wording))));
            let new = || criterion_text(criterion, wording);
            text.push_str(&section(as_it_was.map_or_else(new, str::to_string)));
        }
    }
    text
}

/// A section with one blank line before it.
fn section(text: String) -> String {
    format!("\n{}\n", text.trim_matches(['\n', '\r']).trim_end())
}

fn area_text(area: &Area) -> String {
    let short = if area.short_title == area.title {
        String::new()
    } else {
        format!("short_title = {}\n", quoted(&area.short_title))
    };
    format!("[[area]]\nid = {}\ntitle = {}\n{short}", quoted(area.id.as_str()), quoted(&area.title))
}

fn criterion_text(criterion: &Criterion, published: Option<&str>) -> String {
    let groups: Vec<String> = criterion.asked.codes().split(", ").filter(|code| !code.is_empty()).map(quoted).collect();
    let mut text = format!(
        "[[area.criterion]]\nid = {}\nbasis = \"{}\"\ngroups = [{}]\ntext = {}\n",
        quoted(criterion.id.as_str()),
        criterion.basis.letter(),
        groups.join(", "),
        quoted(&criterion.text),
    );
    if !criterion.short.is_empty() {
        let _ = writeln!(text, "short = {}", quoted(&criterion.short));
    }
    let _ = writeln!(text, "source = {}\nparaphrase = {}", quoted(&criterion.source), criterion.paraphrase);
    if let Some(wording) = published {
        let _ = writeln!(text, "published = \"{}\"", wording_print(wording));
    }
    if !criterion.green_looks_like.is_empty() {
        let _ = writeln!(text, "green_looks_like = {}", quoted(&criterion.green_looks_like));
    }
    if !criterion.prompts.is_empty() {
        let prompts: Vec<String> = criterion.prompts.iter().map(|prompt| quoted(prompt)).collect();
        let _ = writeln!(text, "prompts = [{}]", prompts.join(", "));
    }
    let ratings = &criterion.ratings;
    for (key, words) in [("red", &ratings.red), ("amber", &ratings.amber), ("green", &ratings.green)] {
        if !words.is_empty() {
            let _ = writeln!(text, "{key} = {}", quoted(words));
        }
    }
    for (group, line) in &criterion.means {
        let _ = writeln!(text, "means.{} = {}", group.code(), quoted(line));
    }
    if !criterion.repeats.is_empty() {
        let repeats: Vec<String> = criterion.repeats.iter().map(|id| quoted(id.as_str())).collect();
        let _ = writeln!(text, "repeats = [{}]", repeats.join(", "));
    }
    text
}

/// The pieces of the source. They are the last of the file, because nobody reads them there.
fn source_text(source: &ThemeSource) -> String {
    let mut text = format!(
        "\n# The source, piece by piece, and what became of each. The workbook to check and the pages show it; leave it to them.\n\
         [source]\nfile = {}\nsha256 = \"{}\"\n",
        quoted(&source.file),
        source.sha256,
    );
    source.pieces.iter().for_each(|piece| text.push_str(&piece_text(piece)));
    text
}

fn piece_text(piece: &SourcePiece) -> String {
    let mut text = format!(
        "\n[[source.piece]]\nplace = {}\ntext = {}\nbecame = \"{}\"\n",
        quoted(&piece.place),
        quoted(&piece.text),
        piece.fate.key()
    );
    // Why something is left out says nothing of a statement.
    let why = if piece.fate == PieceFate::LeftOut { piece.why.as_str() } else { "" };
    let keys = [
        ("id", piece.id.as_str()),
        ("under", &piece.under),
        ("why", why),
        ("groups_why", &piece.groups_why),
        ("doubt", &piece.doubt),
        ("left_out_by", &piece.left_out_by),
    ];
    for (key, value) in keys.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(text, "{key} = {}", quoted(value));
    }
    if let Some(day) = piece.left_out_on {
        let _ = writeln!(text, "left_out_on = {day}");
    }
    text
}

/// A text that can stand in a comment: no control characters, on one line.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_survives_being_written() {
        let text = "a \"b\" \\ ’ \u{a0} \u{ad} 😀 \u{7}";
        let table: toml::Table = format!("x = {}", quoted(text)).parse().expect("TOML");
        assert_eq!(table["x"].as_str(), Some(text));
    }
}
