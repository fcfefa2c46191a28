//! Lists what a person has to do before workbooks are issued from a theme.

use jiff::civil::Date;

use super::criterion::Criterion;
use super::pack::Theme;
use super::source::PieceFate;
use crate::core::finding::{Code, Finding, Place, Remedy};
use crate::core::quoting::quote;
use crate::core::words;

/// The text that a draft has where only a person knows what belongs there.
pub const TO_FILL_IN: &str = "to be filled in";

/// What has to be done before workbooks are issued from the theme; empty where they may be. `file` is its name in messages.
pub fn not_ready(theme: &Theme, file: &str, today: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (what, text) in texts(theme) {
        if text.to_lowercase().contains(TO_FILL_IN) {
            let found = match text.trim() == TO_FILL_IN {
                true => format!("{what} is still to be filled in"),
                false => format!("{what} still says {}", quote(text)),
            };
            findings.push(unfinished(theme, file, found, "", fill_in()));
        }
    }
    findings.extend(odd_days(theme, file, today));
    findings.extend(open_pieces(theme, file));
    findings
}

fn fill_in() -> Remedy {
    Remedy::typed("fill it in, on the first sheet of the workbook to check or in this file", "fill it in")
}

fn unfinished(theme: &Theme, file: &str, found: String, expected: &str, remedy: Remedy) -> Finding {
    Finding::new(Code::ThemeUnfinished, Place::file(file), found, expected, remedy).naming(theme.id.as_str())
}

/// Every text of the theme that a person reads, with what it is.
fn texts(theme: &Theme) -> Vec<(String, &str)> {
    let mut texts: Vec<(String, &str)> = vec![
        ("the title".into(), &theme.title),
        ("`age_focus`".into(), &theme.age_focus),
        ("`completeness`".into(), &theme.completeness),
        ("`checked_by`".into(), &theme.checked_by),
        ("the framework's title".into(), &theme.framework.title),
        ("the framework's publisher".into(), &theme.framework.publisher),
    ];
    for term in &theme.glossary {
        texts.extend([
            (format!("the meaning of the term {}", quote(&term.term)), term.meaning.as_str()),
            ("a term".into(), &term.term),
        ]);
    }
    for area in &theme.areas {
        texts.push((format!("the title of area {}", area.id), &area.title));
        texts.extend(area.criteria.iter().flat_map(of_statement));
    }
    texts
}

fn of_statement(criterion: &Criterion) -> Vec<(String, &str)> {
    let ratings = &criterion.ratings;
    let single = [
        &criterion.text,
        &criterion.short,
        &criterion.source,
        &criterion.green_looks_like,
        &ratings.red,
        &ratings.amber,
        &ratings.green,
    ];
    let all = single.into_iter().chain(&criterion.prompts).chain(criterion.means.values());
    all.map(|text| (format!("statement {}", criterion.id), text.as_str())).collect()
}

/// A finding for each way in which the day of the check cannot be right.
fn odd_days(theme: &Theme, file: &str, today: Date) -> Vec<Finding> {
    let Some(day) = theme.checked_on else { return Vec::new() };
    let mut findings = Vec::new();
    let remedy = || Remedy::typed("correct checked_on", "correct the day of the check, or the day of publication");
    if day > today {
        let found = format!("the check is dated {}, which is in the future", words::date(day));
        findings.push(unfinished(theme, file, found, &format!("{} or earlier", words::date(today)), remedy()));
    }
    if let Some(published) = theme.framework.published.filter(|published| day < *published) {
        let [day, published] = [day, published].map(words::date);
        let found = format!("the check is dated {day}, and the framework was published on {published}");
        findings.push(unfinished(theme, file, found, &format!("{published} or later"), remedy()));
    }
    findings
}

/// A finding about the pieces of the document that nobody has decided about, and one about those that nobody has agreed to leave out.
fn open_pieces(theme: &Theme, file: &str) -> Vec<Finding> {
    let Some(source) = &theme.source else { return Vec::new() };
    let is_out = |at: &usize| source.pieces[*at].fate == PieceFate::LeftOut;
    let (out, mut undecided): (Vec<usize>, Vec<usize>) = source.open_pieces().into_iter().partition(is_out);
    undecided.extend(lost_statements(theme));
    let in_sheet = "in the workbook to check, on the sheet \"Left out\", agree that they are left out or make statements of them; then give it to `jtai theme draft`";
    let finding = |found: String, expected: &str, on_page: &str| {
        unfinished(theme, file, found, expected, Remedy::typed(in_sheet, on_page))
    };
    let said = undecided.first().map(|first| {
        let places: Vec<&str> = undecided.iter().map(|at| source.pieces[*at].place.as_str()).collect();
        let found = format!(
            "nobody has decided about {} of {}: {}; the first says {}",
            words::count(undecided.len(), "piece"),
            source.file,
            words::list_of_first(&places, MOST_PLACES),
            quote(&source.pieces[*first].text)
        );
        let expected = "every piece in a statement, or left out by a named person";
        finding(found, expected, "agree that they are left out, or make statements of them")
    });
    let not_agreed = out.first().map(|first| {
        let found = format!(
            "nobody has agreed yet that {} of {} {} left out; the first says {}",
            words::count(out.len(), "piece"),
            source.file,
            if out.len() == 1 { "is" } else { "are" },
            quote(&source.pieces[*first].text)
        );
        finding(found, "", "read them as you go down the page, and tick the box at its end")
    });
    said.into_iter().chain(not_agreed).collect()
}

/// How many places a finding names.
const MOST_PLACES: usize = 5;

/// Pieces that became statements which are no longer in the theme, because somebody deleted them from the file.
fn lost_statements(theme: &Theme) -> Vec<usize> {
    let pieces = theme.source.iter().flat_map(|source| source.pieces.iter().enumerate());
    let is_there = |id: &str| theme.criteria().any(|(_, criterion)| criterion.id.as_str() == id);
    let lost = pieces.filter(|(_, piece)| piece.fate.is_statement() && !is_there(&piece.id));
    lost.map(|(at, _)| at).collect()
}
