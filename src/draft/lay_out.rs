//! Pieces with their fates in, areas with their statements out. What a person wrote stays with its piece.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::RowParts;
use super::suggest;
use crate::core::ids::{AreaId, CriterionId, ThemeId};
use crate::theme::{Area, AskedOf, Basis, Criterion, Group, PublishedStatement, StatementRatings, Theme, ThemeSource};

/// What a person changed of what a piece became.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct PieceChange {
    /// The wording of a statement or the title of an area; empty for that of the source.
    pub wording: Option<String>,
    /// Whom a statement is asked of.
    pub asked: Option<AskedOf>,
    /// Its short name.
    pub short: Option<String>,
}

/// What a theme is made from.
pub(super) struct LayOut<'a> {
    /// The theme's id and title.
    pub theme: (&'a ThemeId, &'a str),
    /// The theme as it was; `None` for a new one.
    pub before: Option<&'a Theme>,
    /// What tables say of pieces.
    pub parts: &'a [RowParts],
    /// What a person changed, by piece.
    pub changes: &'a BTreeMap<usize, PieceChange>,
}

/// An area while statements are put under it.
struct GrowingArea {
    area: Area,
    /// The pieces of its statements; none for one that somebody added by hand.
    pieces: Vec<Option<usize>>,
    /// The piece that is its heading.
    heading: Option<usize>,
    is_new: bool,
}

/// The areas that the pieces make. Pieces are told the ids of what they became.
pub(super) fn areas(source: &mut ThemeSource, of: &LayOut<'_>) -> Vec<Area> {
    let mut growing = headings(source, of);
    let made = source.wordings();
    for statement in &made.statements {
        let piece = &source.pieces[statement.piece];
        let criterion = criterion(statement, source, of);
        let title = match piece.under.trim() {
            "" => statement.area.map_or(of.theme.1, |area| made.areas[area].title.as_str()),
            under => under,
        };
        // A heading that comes again goes on with its area.
        let heading = statement.area.filter(|_| piece.under.trim().is_empty()).map(|area| made.areas[area].piece);
        let at = growing
            .iter()
            .position(|area| heading.is_some() && area.heading == heading)
            .or_else(|| growing.iter().position(|area| is_same(&area.area.title, title)))
            .unwrap_or_else(|| {
                growing.push(new_area(title, None));
                growing.len() - 1
            });
        growing[at].area.criteria.push(criterion);
        growing[at].pieces.push(Some(statement.piece));
    }
    add_by_hand(&mut growing, source, of);
    growing.retain(|area| !area.area.criteria.is_empty());
    tell_apart(&mut growing);
    number(&mut growing, source, of);
    growing.into_iter().map(|growing| growing.area).collect()
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn new_area(title: &str, heading: Option<usize>) -> GrowingArea {
    let area = Area {
        id: AreaId(String::new()),
        title: title.to_string(),
        short_title: title.to_string(),
        criteria: Vec::new(),
    };
    GrowingArea { area, pieces: Vec::new(), heading, is_new: true }
}

/// The areas that headings begin, in order, without their statements.
fn headings(source: &ThemeSource, of: &LayOut<'_>) -> Vec<GrowingArea> {
    let was = of.before.and_then(|before| before.source.as_ref()).map(ThemeSource::wordings).unwrap_or_default();
    let mut growing: Vec<GrowingArea> = Vec::new();
    for area in source.wordings().areas {
        let known = of.before.and_then(|before| {
            let id = &source.pieces[area.piece].id;
            before.areas.iter().find(|known| !id.is_empty() && known.id.as_str() == id)
        });
        let old_title = was.areas.iter().find(|old| old.piece == area.piece).map(|old| old.title.as_str());
        let kept = known.filter(|known| old_title.is_some_and(|old| old != known.title)).map(|known| &known.title);
        let title = match of.changes.get(&area.piece).and_then(|change| change.wording.as_deref()) {
            Some("") => area.title.clone(),
            Some(title) => title.to_string(),
            None => kept.unwrap_or(&area.title).clone(),
        };
        if growing.iter().any(|other| is_same(&other.area.title, &title)) {
            continue;
        }
        let mut new = new_area(&title, Some(area.piece));
        if let Some(known) = known {
            new.area.id = known.id.clone();
            new.is_new = false;
            // A short title of the officer's own stays; one that repeats the title follows it.
            if known.short_title != known.title {
                new.area.short_title = known.short_title.clone();
            }
        }
        growing.push(new);
    }
    growing
}

/// The criterion of a statement: as it was, with what changed, or a new one.
fn criterion(statement: &PublishedStatement, source: &ThemeSource, of: &LayOut<'_>) -> Criterion {
    let piece = &source.pieces[statement.piece];
    let before = of.before.filter(|_| !piece.id.is_empty());
    let known = before.and_then(|before| before.criteria().find(|(_, known)| known.id.as_str() == piece.id));
    let mut criterion = match known {
        Some((_, known)) => {
            let was = before.and_then(|before| before.source.as_ref()).map(ThemeSource::wordings).unwrap_or_default();
            let old = was.statements.iter().find(|old| old.piece == statement.piece);
            let is_own = old.is_none_or(|old| old.wording != known.text);
            let text = if is_own { known.text.clone() } else { statement.wording.clone() };
            Criterion { text, ..known.clone() }
        }
        None => new_criterion(statement, source, of.parts.get(statement.piece)),
    };
    if let Some(change) = of.changes.get(&statement.piece) {
        if let Some(wording) = &change.wording {
            let is_published = wording.is_empty() || *wording == statement.wording;
            criterion.text = if is_published { statement.wording.clone() } else { wording.clone() };
            criterion.paraphrase = !is_published;
        }
        if let Some(asked) = &change.asked {
            criterion.asked = asked.clone();
        }
        if let Some(short) = &change.short {
            criterion.short = short.clone();
        }
    }
    criterion.paraphrase |= criterion.text != statement.wording;
    criterion
}

fn new_criterion(statement: &PublishedStatement, source: &ThemeSource, parts: Option<&RowParts>) -> Criterion {
    let piece = &source.pieces[statement.piece];
    let empty = RowParts::default();
    let parts = parts.unwrap_or(&empty);
    let place = format!("{}, {}", source.file, piece.place);
    let from = match parts.source.trim() {
        "" => place,
        from => from.to_string(),
    };
    let reference = parts.reference.trim();
    let asked = table_groups(parts);
    let asked = if asked.everyone || !asked.named.is_empty() { asked } else { suggest::asked(&statement.wording).0 };
    Criterion {
        id: CriterionId(String::new()),
        text: statement.wording.clone(),
        short: suggest::short_name(&piece.text),
        basis: Basis::from_letter(parts.basis.trim().to_uppercase().as_str()).unwrap_or(Basis::Criterion),
        asked,
        source: if reference.is_empty() { from } else { format!("{reference}; {from}") },
        paraphrase: false,
        green_looks_like: String::new(),
        prompts: Vec::new(),
        ratings: StatementRatings::default(),
        means: BTreeMap::new(),
        repeats: Vec::new(),
    }
}

/// The group codes that a table names for a statement.
pub(super) fn codes(parts: &RowParts) -> impl Iterator<Item = &str> {
    parts.groups.split([',', ';', '/']).map(str::trim).filter(|code| !code.is_empty())
}

/// Whom a table says that a statement is asked of; nobody where it does not say.
pub(super) fn table_groups(parts: &RowParts) -> AskedOf {
    let everyone = codes(parts).any(|code| code.eq_ignore_ascii_case("ALL"));
    AskedOf { everyone, named: codes(parts).filter_map(Group::from_code).collect() }
}

/// Statements that somebody wrote into the theme beside those of the document stay at the end of their area.
fn add_by_hand(growing: &mut Vec<GrowingArea>, source: &ThemeSource, of: &LayOut<'_>) {
    let Some(before) = of.before else { return };
    let is_of_piece = |id: &str| source.pieces.iter().any(|piece| piece.id == id);
    for area in &before.areas {
        for criterion in area.criteria.iter().filter(|criterion| !is_of_piece(criterion.id.as_str())) {
            let at = growing.iter().position(|other| other.area.id == area.id).unwrap_or_else(|| {
                let kept = Area { criteria: Vec::new(), ..area.clone() };
                growing.push(GrowingArea { area: kept, pieces: Vec::new(), heading: None, is_new: false });
                growing.len() - 1
            });
            growing[at].area.criteria.push(criterion.clone());
            growing[at].pieces.push(None);
        }
    }
}

/// A suggested short name that a statement before has already is none.
fn tell_apart(growing: &mut [GrowingArea]) {
    let mut seen = BTreeSet::new();
    for criterion in growing.iter_mut().flat_map(|growing| &mut growing.area.criteria) {
        let is_new = criterion.id.as_str().is_empty();
        if !criterion.short.is_empty() && !seen.insert(criterion.short.to_lowercase()) && is_new {
            criterion.short.clear();
        }
    }
}

/// Gives ids: in order while the theme is a draft whose ids nobody chose, else only to what is new, and never one that was used.
fn number(growing: &mut [GrowingArea], source: &mut ThemeSource, of: &LayOut<'_>) {
    let prefix = prefix(of.theme.0.as_str());
    let is_free = of.before.is_none_or(|before| !before.is_checked() && has_proposed_ids(before, &prefix));
    let mut used: BTreeSet<String> = if is_free {
        BTreeSet::new()
    } else {
        let ids = of.before.iter().flat_map(|before| before.criteria()).map(|(_, known)| known.id.to_string());
        ids.chain(source.pieces.iter().map(|piece| piece.id.clone())).collect()
    };
    let mut areas: BTreeSet<String> =
        if is_free { BTreeSet::new() } else { growing.iter().map(|area| area.area.id.to_string()).collect() };
    if is_free {
        source.pieces.iter_mut().for_each(|piece| piece.id.clear());
    }
    for growing in growing.iter_mut() {
        if is_free || growing.is_new {
            growing.area.id = AreaId(first_free(&mut areas, ""));
        }
        let of_area = format!("{prefix}-{}.", growing.area.id);
        for criterion in &mut growing.area.criteria {
            if is_free || criterion.id.as_str().is_empty() {
                criterion.id = CriterionId(first_free(&mut used, &of_area));
            }
        }
        if let Some(heading) = growing.heading {
            source.pieces[heading].id = growing.area.id.to_string();
        }
        for (piece, criterion) in growing.pieces.iter().zip(&growing.area.criteria) {
            if let Some(piece) = piece {
                source.pieces[*piece].id = criterion.id.to_string();
            }
        }
    }
}

fn first_free(used: &mut BTreeSet<String>, before: &str) -> String {
    let mut n = 1;
    loop {
        let id = format!("{before}{n}");
        if used.insert(id.clone()) {
            return id;
        }
        n += 1;
    }
}

/// Whether every id of a theme is the one that it would be given now.
fn has_proposed_ids(theme: &Theme, prefix: &str) -> bool {
    theme.areas.iter().enumerate().all(|(at, area)| {
        let mut criteria = area.criteria.iter().enumerate();
        area.id.as_str() == (at + 1).to_string()
            && criteria.all(|(n, one)| one.id.as_str() == format!("{prefix}-{}.{}", at + 1, n + 1))
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_proposed_from_the_themes_id_and_never_from_wording() {
        assert_eq!(prefix("child-neglect-2027"), "CN27");
        assert_eq!(prefix("front-door"), "FD");
    }
}
