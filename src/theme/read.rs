//! Reads the text of a theme file into a [`Theme`], and reports every fault of the file.

use std::collections::{BTreeMap, HashMap};

use super::criterion::{Area, Basis, Criterion, StatementRatings, Term};
use super::group::{AskedOf, Group};
use super::pack::{AsIssued, ColumnOrder, Definitions, Framework, Status, Theme};
use super::read_source;
use super::source::wording_print;
use crate::core::fields::{Fields, Placed, TomlText};
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::ids::{AreaId, CriterionId, ThemeId};

/// The version of the format that this program reads.
const FORMAT: i64 = 1;

/// The longest statement, in characters: a statement is one thing to be rated, and not a page.
const LONGEST_STATEMENT: usize = 2_000;

/// The largest file that is read: 20 MB, in bytes.
const LARGEST_FILE: usize = 20_000_000;

/// The most statements of one theme.
const MOST_STATEMENTS: usize = 500;

/// The longest title of a theme, in characters.
const LONGEST_TITLE: usize = 120;

/// The longest heading, in characters, that charts can label a row with.
const LONGEST_SHORT_TITLE: usize = 40;

/// Reads a theme. `file` is its name in messages and `id` the stem of that name.
///
/// Faulty parts have stand-ins, so that the rest of the file is still checked. So the output is complete only if no finding has the
/// severity must-fix.
pub fn read(file: &str, id: &str, text: &str) -> Checked<Theme> {
    // A text this large is not parsed. An empty one gives the stand-in at once, and its findings are replaced below.
    let is_too_large = text.len() > LARGEST_FILE;
    let text = if is_too_large { "" } else { text };
    let (output, mut findings) = TomlText::new(file, text).read(|fields| theme(fields, id));
    if is_too_large {
        let remedy = "a theme is a few pages of text: take out what is not part of it";
        findings.clear();
        findings.push(Finding::new(
            Code::ValueInvalid,
            Place::file(file),
            "the file is larger than 20 MB",
            "a theme",
            remedy,
        ));
    }
    Checked { output, findings }
}

fn theme(mut fields: Fields<'_>, id: &str) -> Theme {
    fields.format(FORMAT);
    check_theme_id(&fields, id);
    let title = title(&mut fields);
    let run = fields.optional_number("run");
    let status = fields.word("status", &Status::ALL, Status::key);
    if status.is_none() && !fields.has("status") {
        fields.missing("status");
    }
    let age_focus = fields.text_or_empty("age_focus");
    let completeness = fields.text_or_empty("completeness");
    let checked_by = fields.text_or_empty("checked_by");
    let checked_on = fields.optional_date("checked_on");
    let groups_in_scope = fields.words("groups_in_scope", &Group::ALL, Group::code);
    let rate = rate(&mut fields);
    let is_retired = fields.optional_bool("retired").unwrap_or(false);
    let column_order =
        fields.word("column_order", &ColumnOrder::ALL, ColumnOrder::key).unwrap_or(ColumnOrder::WorkingWellFirst);
    let framework = framework(&mut fields);
    let definitions = definitions(&mut fields);
    let glossary = glossary(&mut fields);
    let source = read_source::source(&mut fields);
    let areas = areas(&mut fields, source.is_some());
    let statements: usize = areas.iter().map(|area| area.criteria.len()).sum();
    if statements > MOST_STATEMENTS {
        let found = format!("this theme has {statements} statements");
        fields.note(Code::ValueInvalid, fields.place(), found, "500 at most", "split it into two themes");
    }
    let as_issued = as_issued(&mut fields);
    // Last, because it reports every key that nothing above has asked for.
    fields.finish();
    Theme {
        id: ThemeId(id.to_string()),
        title,
        run,
        status: status.unwrap_or(Status::Draft),
        is_retired,
        age_focus,
        completeness,
        checked_by,
        checked_on,
        framework,
        groups_in_scope,
        rate,
        column_order,
        definitions,
        glossary,
        areas,
        source,
        as_issued,
    }
}

fn title(fields: &mut Fields<'_>) -> String {
    let title = fields.text("title");
    let length = title.value.chars().count();
    if length > LONGEST_TITLE {
        let found = format!("`title` has {length} characters");
        fields.note(
            Code::ValueInvalid,
            title.place,
            found,
            "at most 120, so that a title slide has room for it",
            "shorten it",
        );
    }
    title.value
}

fn check_theme_id(fields: &Fields<'_>, id: &str) {
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        let found = format!("the file's name gives the id \"{id}\"");
        let expected = "a name of a-z, 0-9 and - that ends in .toml";
        fields.note(
            Code::ValueInvalid,
            fields.place(),
            found,
            expected,
            "rename the file, as in domestic-abuse-2024.toml",
        );
    }
}

fn framework(fields: &mut Fields<'_>) -> Framework {
    let place = fields.place();
    let Some(mut table) = fields.optional_table("framework") else {
        fields.note(
            Code::KeyMissing,
            place,
            "this file has no `[framework]`",
            "its title and publisher",
            "add the table",
        );
        return Framework { title: String::new(), publisher: String::new(), published: None };
    };
    let framework = Framework {
        title: table.text("title").value,
        publisher: table.text("publisher").value,
        published: table.optional_date("published"),
    };
    table.finish();
    framework
}

fn definitions(fields: &mut Fields<'_>) -> Definitions {
    let default = Definitions::default();
    let Some(mut table) = fields.optional_table("ratings") else { return default };
    let mut or = |key, default| table.optional_text(key).map_or(default, |text| text.value);
    let definitions = Definitions {
        red: or("red", default.red),
        amber: or("amber", default.amber),
        green: or("green", default.green),
        not_applicable: or("not_applicable", default.not_applicable),
    };
    table.finish();
    definitions
}

fn glossary(fields: &mut Fields<'_>) -> Vec<Term> {
    let term = |mut table: Fields<'_>| {
        let term = Term { term: table.text("term").value, meaning: table.text("meaning").value };
        table.finish();
        term
    };
    fields.tables("term").into_iter().map(term).collect()
}

/// Reads the table that `issue` adds to a round's copy: `fingerprint`, and a line for each criterion.
fn as_issued(fields: &mut Fields<'_>) -> Option<AsIssued> {
    let mut table = fields.optional_table("as_issued")?;
    let mut criteria: Vec<(CriterionId, String)> =
        table.all_texts().into_iter().map(|(id, print)| (CriterionId(id), print)).collect();
    let whole = criteria.iter().position(|(id, _)| id.as_str() == "fingerprint")?;
    let (_, fingerprint) = criteria.remove(whole);
    Some(AsIssued { fingerprint, criteria })
}

fn areas(fields: &mut Fields<'_>, has_source: bool) -> Vec<Area> {
    let tables = fields.tables("area");
    if tables.is_empty() {
        let remedy = "add an [[area]] with at least one [[area.criterion]] under it";
        fields.note(Code::ThemeEmpty, fields.place(), "this theme has no area", "one or more", remedy);
    }
    let mut ids = ThemeIds { has_source, ..ThemeIds::default() };
    tables.into_iter().map(|table| area(table, &mut ids)).collect()
}

fn area(mut table: Fields<'_>, ids: &mut ThemeIds) -> Area {
    let id = table.text("id");
    ids.areas.check(&table, &id, "area");
    let title = table.text("title").value;
    let short_title = short_title(&mut table, &title);
    let criteria: Vec<Criterion> = table.tables("criterion").into_iter().map(|table| criterion(table, ids)).collect();
    if criteria.is_empty() {
        let remedy = "add an [[area.criterion]] under it, or take the area out";
        table.note(Code::ThemeEmpty, table.place(), "this area has no statement", "one or more", remedy);
    }
    table.finish();
    Area { id: AreaId(id.value), title, short_title, criteria }
}

fn short_title(table: &mut Fields<'_>, title: &str) -> String {
    let Some(short) = table.optional_text("short_title") else { return title.to_string() };
    let length = short.value.chars().count();
    if length > LONGEST_SHORT_TITLE {
        let found = format!("`short_title` has {length} characters");
        table.note(
            Code::ValueInvalid,
            short.place.clone(),
            found,
            "at most 40, so that charts can show it",
            "shorten it",
        );
    }
    short.value
}

fn criterion(mut table: Fields<'_>, ids: &mut ThemeIds) -> Criterion {
    let id = table.text("id");
    ids.criteria.check(&table, &id, "criterion");
    let text = table.text("text");
    let length = text.value.chars().count();
    if length > LONGEST_STATEMENT {
        let found = format!("the statement has {length} characters");
        let remedy = "split it: a statement is one thing to be rated";
        table.note(Code::ValueInvalid, text.place.clone(), found, "at most 2,000", remedy);
    }
    let short = short(&mut table);
    let basis = basis(&mut table);
    let asked = asked(&mut table);
    let source = table.text("source").value;
    let is_declared = table.optional_bool("paraphrase").unwrap_or(true);
    let published = table.text_or_empty("published");
    let paraphrase = is_declared || is_reworded(&text.value, &published, ids.has_source);
    let green_looks_like = table.text_or_empty("green_looks_like");
    let prompts = table.texts("prompts").into_iter().map(|prompt| prompt.value).collect();
    let ratings = StatementRatings {
        red: table.text_or_empty("red"),
        amber: table.text_or_empty("amber"),
        green: table.text_or_empty("green"),
    };
    let means = means(&mut table);
    let repeats = repeats(&mut table, &id.value);
    table.finish();
    Criterion {
        id: CriterionId(id.value),
        text: text.value,
        short,
        basis,
        asked,
        source,
        paraphrase,
        green_looks_like,
        prompts,
        ratings,
        means,
        repeats,
    }
}

/// Reads what a statement means for each group, as in `means.HLT`.
fn means(table: &mut Fields<'_>) -> BTreeMap<Group, String> {
    let mut means = BTreeMap::new();
    let Some(mut groups) = table.optional_table("means") else { return means };
    for group in Group::ALL {
        let Some(line) = groups.optional_text(group.code()) else { continue };
        let length = line.value.chars().count();
        let found = match (line.value.contains(['\n', '\r']), length > Criterion::LONGEST_MEANING) {
            (true, _) => Some(format!("`means.{}` has a line break", group.code())),
            (false, true) => Some(format!("`means.{}` has {length} characters", group.code())),
            (false, false) => None,
        };
        if let Some(found) = found {
            let expected = "a line of at most 160 characters, so that the message on a cell has room for it";
            groups.note(Code::ValueInvalid, line.place, found, expected, "shorten it");
        }
        if !line.value.trim().is_empty() {
            means.insert(group, line.value);
        }
    }
    groups.finish();
    means
}

/// Reads the ids of statements that already ask the same. They may be in a pack that a round includes, so this file need not have them.
fn repeats(table: &mut Fields<'_>, own: &str) -> Vec<CriterionId> {
    let written = table.texts("repeats");
    for id in written.iter().filter(|id| id.value == own) {
        let found = format!("`repeats` of {own} names {own} itself");
        table.note(Code::ValueInvalid, id.place.clone(), found, "the id of a different statement", "take it out");
    }
    written.into_iter().map(|id| CriterionId(id.value)).filter(|id| id.as_str() != own).collect()
}

/// Whether a wording has been changed from the published one, whatever its `paraphrase` says: its print is different, or the theme has a
/// source and the statement is not from it. A theme written by hand has neither, and its `paraphrase` is believed.
fn is_reworded(text: &str, published: &str, has_source: bool) -> bool {
    if published.is_empty() { has_source } else { wording_print(text) != published }
}

/// Reads the short name of a statement; empty where the pack gives none.
fn short(table: &mut Fields<'_>) -> String {
    let Some(short) = table.optional_text("short") else { return String::new() };
    let length = short.value.chars().count();
    if length > Criterion::LONGEST_SHORT {
        let found = format!("`short` has {length} characters");
        table.note(Code::ValueInvalid, short.place, found, "at most 28, so that slides have room for it", "shorten it");
    }
    short.value
}

fn basis(table: &mut Fields<'_>) -> Basis {
    if !table.has("basis") {
        table.missing("basis");
    }
    // The stand-in is the basis that claims least: a faulty statement is never called official.
    table.word("basis", &Basis::ALL, Basis::letter).unwrap_or(Basis::LineOfEnquiry)
}

/// Reads which groups are asked a statement: group codes and `ALL`.
fn asked(table: &mut Fields<'_>) -> AskedOf {
    if !table.has("groups") {
        table.missing("groups");
    }
    // `None` is the code ALL.
    let mut all: Vec<Option<Group>> = Group::ALL.map(Some).to_vec();
    all.push(None);
    let codes = table.words("groups", &all, |group| group.map_or("ALL", Group::code));
    AskedOf { everyone: codes.contains(&None), named: codes.into_iter().flatten().collect() }
}

/// Reads the bases in `rate`; where the pack gives none, all except lines of enquiry.
fn rate(fields: &mut Fields<'_>) -> Vec<Basis> {
    match fields.words("rate", &Basis::ALL, Basis::letter) {
        none if none.is_empty() => vec![Basis::Criterion, Basis::Scope, Basis::Reported],
        bases => bases,
    }
}

/// What has been read of a theme so far, and what checks of its statements need.
#[derive(Default)]
struct ThemeIds {
    areas: Ids,
    criteria: Ids,
    /// Whether the theme has a `[source]`.
    has_source: bool,
}

/// The ids seen so far, in lower case, each with the place of the first.
#[derive(Default)]
struct Ids(HashMap<String, Place>);

impl Ids {
    /// Reports an id that is not valid or already used. Ids are in cells, file names and data, so only plain characters are allowed.
    fn check(&mut self, fields: &Fields<'_>, id: &Placed<String>, what: &str) {
        if id.value.is_empty() {
            return;
        }
        let plain = id.value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
        if !plain || id.value.len() > 24 {
            let found = format!("\"{}\" is not a valid id for a theme's {what}", id.value);
            let expected = "1 to 24 letters, digits, - and .";
            fields.note(
                Code::ValueInvalid,
                id.place.clone(),
                found,
                expected,
                "choose a shorter or plainer id, as in DA24-3.2",
            );
        }
        // Compared in lower case, because file names that differ only in case are one file on Windows.
        if let Some(first) = self.0.get(&id.value.to_lowercase()) {
            let found = format!("the {what} id \"{}\" is used twice; it is first used at {first}", id.value);
            fields.note(
                Code::IdTwice,
                id.place.clone(),
                found,
                "an id of its own for each",
                "give one of them a different id",
            );
        } else {
            self.0.insert(id.value.to_lowercase(), id.place.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{BUILT_IN, TEMPLATE};

    #[test]
    fn built_in_themes_and_the_template_have_no_fault() {
        for (id, text) in BUILT_IN.iter().chain(&[("template", TEMPLATE)]) {
            let checked = read(id, id, text);
            assert_eq!(checked.findings, [], "{id}");
        }
    }

    fn domestic_abuse() -> (&'static str, &'static str) {
        *BUILT_IN.iter().find(|(id, _)| *id == "domestic-abuse-2024").expect("built in")
    }

    #[test]
    fn the_domestic_abuse_pack_holds_what_its_source_holds() {
        let (id, text) = domestic_abuse();
        let theme = read(id, id, text).output;
        let of = |basis| theme.criteria().filter(|(_, criterion)| criterion.basis == basis).count();
        assert_eq!((of(Basis::Scope), of(Basis::LineOfEnquiry), theme.criteria().count()), (11, 32, 43));
        let leads = &theme.criterion(&CriterionId("DA24-3.2".into())).expect("in the pack").1.asked;
        assert_eq!((leads.everyone, leads.named.as_slice()), (true, [Group::Health].as_slice()));
    }

    #[test]
    fn all_faults_of_a_file_come_in_one_run() {
        let text = r#"
format = 1
title = "T"
status = "starte"
groups_in_scope = ["LA", "POLL"]
[framework]
title = "F"
publisher = "P"
[[area]]
id = "1"
title = "A"
[[area.criterion]]
id = "T-1.1"
text = "One."
basis = "X"
groups = ["ALL"]
source = "s"
[[area.criterion]]
id = "t-1.1"
text = ""
basis = "S"
sauce = "s"
"#;
        let codes: Vec<(Code, String)> =
            read("t.toml", "t", text).findings.iter().map(|f| (f.code, f.place.cell_name())).collect();
        let at = |line, column| format!("line {line}, column {column}");
        assert_eq!(
            codes,
            [
                (Code::ValueInvalid, at(4, 10)),
                (Code::ValueInvalid, at(5, 26)),
                (Code::ValueInvalid, at(15, 9)),
                (Code::IdTwice, at(19, 6)),
                (Code::ValueInvalid, at(20, 8)),
                (Code::KeyMissing, at(18, 1)),
                (Code::KeyMissing, at(18, 1)),
                (Code::KeyUnknown, at(22, 1)),
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_theme_is_answered_at_once() {
        let first = |text: &str| read("t.toml", "t", text).findings.first().map(|finding| finding.found.clone());
        assert_eq!(first(&"#".repeat(LARGEST_FILE + 1)).as_deref(), Some("the file is larger than 20 MB"));
        assert_eq!(first("").as_deref(), Some("this file has no `format`"));
        let (_, pack) = domestic_abuse();
        let one = |n: usize| {
            format!(
                "\n[[area.criterion]]\nid = \"X-{n}\"\nbasis = \"S\"\ngroups = [\"ALL\"]\ntext = \"T\"\nsource = \"s\"\n"
            )
        };
        let many: String = (0..458).map(one).collect();
        assert_eq!(first(&format!("{pack}{many}")).as_deref(), Some("this theme has 501 statements"));
    }

    #[test]
    fn a_short_name_that_is_too_long_is_a_fault_and_without_one_the_statement_is_cut() {
        let (id, text) = domestic_abuse();
        let with = |short: &str| text.replacen("short = \"Children noticed first time\"\n", short, 1);
        let long = read(id, id, &with("short = \"Children noticed for the first time\"\n")).findings;
        let said: Vec<String> = long.iter().map(ToString::to_string).collect();
        assert_eq!(long.len(), 1, "{said:?}");
        assert!(said[0].contains("line ") && said[0].contains("`short` has 35 characters"), "{said:?}");
        let theme = read(id, id, &with("")).output;
        let mut named = theme.criteria().map(|(_, criterion)| (criterion.short.as_str(), criterion.short_name()));
        assert_eq!(named.next(), Some(("", "Agencies respond…".into())));
        assert_eq!(named.next(), Some(("Joint assessment", "Joint assessment".into())));
        let gaps = theme.short_name_gaps();
        assert_eq!((gaps.missing.as_slice(), gaps.repeated), (&[CriterionId("DA24-1.1".into())][..], Vec::new()));
    }

    #[test]
    fn the_fingerprint_follows_wording_and_not_comments() {
        let (id, text) = domestic_abuse();
        let print = |text: &str| read(id, id, text).output.fingerprint();
        assert_eq!(print(text), print(&format!("# a comment\n{text}")));
        assert_ne!(print(text), print(&text.replacen("Agencies respond", "Agencies answer", 1)));
        let named = |text: &str| !text.starts_with("short = ");
        let without: String = text.split_inclusive('\n').filter(|line| named(line)).collect();
        assert_eq!(print(text), print(&without), "rounds issued before there were short names keep theirs");
        let frozen = read(id, id, text).output.freeze();
        assert!(read(id, id, &without).output.changes_since(&frozen).is_empty());
    }
}
