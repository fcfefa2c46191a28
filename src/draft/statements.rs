//! What becomes of the pieces under one heading of the part that is evaluated.

use super::blocks::{Block, BlockKind, ListPlace};
use super::explaining::explains;
use super::grades::offers_choice;
use super::lead_ins::{ends_open, is_unfinished};
use super::reasons;
use crate::theme::{PieceFate, without_note_marks};

/// What is to become of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Becomes {
    /// Its fate.
    pub fate: PieceFate,
    /// Why it is left out; empty unless it is.
    pub why: &'static str,
    /// What to look at.
    pub doubt: Option<&'static str>,
}

impl Becomes {
    /// One that is not left out.
    pub(super) fn new(fate: PieceFate) -> Becomes {
        Becomes { fate, why: "", doubt: None }
    }

    /// Left out for this reason.
    pub(super) fn left_out(why: &'static str) -> Becomes {
        Becomes { fate: PieceFate::LeftOut, why, doubt: None }
    }
}

/// What a person should look at where points were joined into one statement.
const JOINED: &str = "its points are joined into one statement; make statements of them if each is to be rated";

/// What a person should look at where a paragraph in prose became a statement.
const PROSE: &str = "a paragraph that is in no list; leave it out if it only explains";

/// What becomes of the pieces under a heading. `is_said` where the document says that they are evaluated: then a paragraph can be a
/// statement, too.
pub(super) fn become_of(blocks: &[Block], is_said: bool, became: &mut [Becomes]) {
    let content: Vec<usize> = (0..blocks.len()).filter(|at| blocks[*at].is_content()).collect();
    let lists: Vec<Option<Led>> = (0..content.len()).map(|n| led(blocks, &content, n)).collect();
    let is_led = |n: usize| lists.iter().flatten().any(|list| (list.from..list.to).contains(&n));
    let has_free = (0..content.len()).any(|n| {
        !is_led(n) && lists[n].is_none() && matches!(blocks[content[n]].kind, BlockKind::Item(_) | BlockKind::Row(_))
    });
    let mut n = 0;
    while n < content.len() {
        let at = content[n];
        let block = &blocks[at];
        if let Some(list) = lists[n].filter(|list| list.from == n + 1) {
            take_list(blocks, &content, n, list, became);
            n = list.to;
            continue;
        }
        became[at] = match &block.kind {
            BlockKind::Item(place) => {
                let run = statement_run(blocks, &content, n, *place);
                became[at] = item_becomes(block, run > n + 1);
                for nested in &content[n + 1..run] {
                    became[*nested] = Becomes::new(PieceFate::GoesOn);
                }
                n = run;
                continue;
            }
            BlockKind::Row(_) => Becomes::new(PieceFate::Statement),
            BlockKind::Paragraph if is_said => {
                let leads_on = lists.get(n + 1).is_some_and(|next| next.is_some()) && n == 0 && !names_who(&block.text);
                paragraph_becomes(block, has_free, leads_on)
            }
            _ => Becomes::left_out(reasons::AROUND),
        };
        n += 1;
    }
}

fn item_becomes(block: &Block, is_joined: bool) -> Becomes {
    if explains(&block.text) {
        return Becomes::left_out(reasons::AROUND);
    }
    Becomes { doubt: is_joined.then_some(JOINED), ..Becomes::new(PieceFate::Statement) }
}

fn paragraph_becomes(block: &Block, has_free: bool, leads_on: bool) -> Becomes {
    let words = block.text.split_whitespace().count();
    let is_sentence = without_note_marks(&block.text).trim_end().ends_with('.')
        && block.text.starts_with(char::is_uppercase)
        && (4..=90).contains(&words);
    if has_free || leads_on || !is_sentence || explains(&block.text) {
        return Becomes::left_out(reasons::AROUND);
    }
    Becomes { doubt: Some(PROSE), ..Becomes::new(PieceFate::Statement) }
}

/// Who is inspected, or whom they work for, as sentences about practice begin.
const WHO_ACTS: [&str; 25] = [
    "leaders",
    "agencies",
    "partners",
    "practitioners",
    "professionals",
    "staff",
    "services",
    "police",
    "officers",
    "schools",
    "children",
    "child",
    "families",
    "parents",
    "carers",
    "midwives",
    "workers",
    "teachers",
    "nurses",
    "visitors",
    "gps",
    "health",
    "partnership",
    "partnerships",
    "plans",
];

/// Whether a sentence begins with those who are inspected: then it states something, wherever it is in its area.
fn names_who(text: &str) -> bool {
    let first =
        text.split_whitespace().take(4).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    first.into_iter().any(|word| WHO_ACTS.contains(&word.as_str()))
}

/// The end of a statement that is an item: those nested under it go on from it.
fn statement_run(blocks: &[Block], content: &[usize], n: usize, place: ListPlace) -> usize {
    let is_whole = blocks[content[n]].text.ends_with(['.', '?', '!']);
    // A sentence under a sentence is a statement of its own, however it is set.
    let nested = |other: usize| {
        let other = &blocks[content[other]];
        other.list_place().is_some_and(|other| is_under(other, place)) && !(is_whole && is_sentence(&other.text))
    };
    (n + 1..content.len()).find(|other| !nested(*other)).unwrap_or(content.len())
}

/// Whether an item is under one in another place: deeper, or a bullet under a numbered paragraph.
fn is_under(place: ListPlace, above: ListPlace) -> bool {
    place.depth > above.depth || (above.is_numbered && !place.is_numbered)
}

/// A list with the words that lead it in.
#[derive(Debug, Clone, Copy)]
struct Led {
    /// Its first item, by its place among the content.
    from: usize,
    /// The first piece after it.
    to: usize,
}

/// The list that a piece leads in; `None` where it leads in none.
fn led(blocks: &[Block], content: &[usize], n: usize) -> Option<Led> {
    let lead = &blocks[content[n]];
    let first = &blocks[*content.get(n + 1)?];
    let place = first.list_place()?;
    let announces = ends_open(&lead.text);
    let is_clause = first.text.starts_with(char::is_lowercase);
    let is_lead = match lead.kind {
        BlockKind::Paragraph => announces || (is_clause && !lead.text.ends_with(['.', '?', '!'])),
        BlockKind::Item(above) if is_under(place, above) => {
            let items = items_from(blocks, content, n + 1, Some(above));
            let fewest = if above.is_numbered && !place.is_numbered { 3 } else { 4 };
            let opens = announces || (is_clause && above.is_numbered && !lead.text.ends_with(['.', ';', '?', '!']));
            opens && are_clauses(&items, fewest)
        }
        // A list whose points lost their indent begins small after a colon.
        BlockKind::Item(above) => announces && is_clause && place == above,
        _ => false,
    };
    if !is_lead {
        return None;
    }
    let above = lead.list_place();
    let is_flat = above == Some(place);
    let is_in = |other: usize| {
        let block = &blocks[content[other]];
        let Some(at) = block.list_place() else { return false };
        match above {
            Some(_) if is_flat => at.depth > place.depth || (at == place && block.text.starts_with(char::is_lowercase)),
            Some(above) => is_under(at, above),
            None => at.depth >= place.depth && (at.is_numbered == place.is_numbered || at.depth > place.depth),
        }
    };
    let to = (n + 1..content.len()).find(|other| !is_in(*other)).unwrap_or(content.len());
    Some(Led { from: n + 1, to })
}

/// The items that follow under an item.
fn items_from<'b>(blocks: &'b [Block], content: &[usize], from: usize, above: Option<ListPlace>) -> Vec<&'b Block> {
    let is_in =
        |block: &&Block| block.list_place().is_some_and(|place| above.is_none_or(|above| is_under(place, above)));
    content[from..].iter().map(|at| &blocks[*at]).take_while(is_in).collect()
}

/// Whether points are clauses that can be rated one by one, and not single words that a sentence lists: so many words each, or more.
fn are_clauses(items: &[&Block], fewest: usize) -> bool {
    let words: usize = items.iter().map(|item| item.text.split_whitespace().count()).sum();
    words >= fewest * items.len().max(1)
}

/// Gives a lead-in and its list their fates.
fn take_list(blocks: &[Block], content: &[usize], n: usize, list: Led, became: &mut [Becomes]) {
    let lead = &blocks[content[n]];
    let first = blocks[content[list.from]].list_place();
    let items: Vec<&Block> = content[list.from..list.to]
        .iter()
        .map(|at| &blocks[*at])
        .filter(|block| block.list_place().map(|place| place.depth) == first.map(|place| place.depth))
        .collect();
    let is_choice = offers_choice(&lead.text);
    if is_choice || explains(&lead.text) {
        let why = if is_choice { reasons::GRADES } else { reasons::AROUND };
        content[n..list.to].iter().for_each(|at| became[*at] = Becomes::left_out(why));
        return;
    }
    let is_joined = joins(&lead.text, &items);
    became[content[n]] = match () {
        () if is_joined => Becomes::new(PieceFate::LeadIn),
        () if heads(&lead.text) => Becomes::new(PieceFate::Area),
        () => Becomes::left_out(reasons::ANNOUNCES),
    };
    let small = items.iter().filter(|item| item.text.starts_with(char::is_lowercase)).count();
    let fate = |text: &str| match is_joined {
        // Among points that begin small, a sentence needs no lead-in.
        true if small > 0 && is_sentence(text) => PieceFate::Statement,
        true => PieceFate::Point,
        false => PieceFate::Statement,
    };
    let mut n = list.from;
    while n < list.to {
        let at = content[n];
        let depth = |n: usize| blocks[content[n]].list_place().map(|place| place.depth);
        let end = (n + 1..list.to).find(|other| depth(*other) <= first.map(|place| place.depth)).unwrap_or(list.to);
        became[at] = Becomes::new(fate(&blocks[at].text));
        if end > n + 1 {
            take_inner(blocks, &content[n..end], is_joined, became);
        }
        n = end;
    }
}

/// Gives a point of a list and those nested under it their fates: each innermost clause is a statement, and words that only list
/// something go on with the point.
fn take_inner(blocks: &[Block], content: &[usize], is_joined: bool, became: &mut [Becomes]) {
    let Some((above, nested)) = content.split_first() else { return };
    let depth = |at: usize| blocks[at].list_place().map(|place| place.depth);
    let first = nested.first().and_then(|at| depth(*at));
    let items: Vec<&Block> = nested.iter().filter(|at| depth(**at) <= first).map(|at| &blocks[*at]).collect();
    let above_text = blocks[*above].text.as_str();
    let opens = ends_open(above_text) || is_unfinished(above_text);
    // After a colon each point is rated by itself, however short it is.
    let are_rated = ends_open(above_text) || are_clauses(&items, FEWEST_INNER);
    if !opens || !are_rated || !joins(above_text, &items) {
        for at in nested {
            became[*at] = Becomes::new(PieceFate::GoesOn);
        }
        became[*above] = Becomes { doubt: Some(JOINED), ..became[*above] };
        return;
    }
    let is_inner = is_joined && became[*above].fate == PieceFate::Point;
    let (lead, point) =
        if is_inner { (PieceFate::InnerLeadIn, PieceFate::InnerPoint) } else { (PieceFate::LeadIn, PieceFate::Point) };
    became[*above] = Becomes::new(lead);
    for at in nested {
        became[*at] = Becomes::new(if depth(*at) <= first { point } else { PieceFate::GoesOn });
    }
}

/// How many words the points of an inner list have at least, one with another, to be statements of their own.
const FEWEST_INNER: usize = 4;

/// Words that point at a list, whose points are then whole.
const POINTS_AT: [&str; 11] = [
    "following",
    "below",
    "these",
    "criteria",
    "areas",
    "questions",
    "statements",
    "aspects",
    "points",
    "themes",
    "standards",
];

/// Whether a lead-in makes sentences with the points of its list.
fn joins(lead: &str, items: &[&Block]) -> bool {
    let bare = lead.trim().trim_end_matches([':', '…', '.', '–', '—', '-', ' ']);
    let words: Vec<String> = bare.split_whitespace().map(|word| word.to_lowercase()).collect();
    let last = words.last().map(String::as_str).unwrap_or_default();
    let small = items.iter().filter(|item| item.text.starts_with(char::is_lowercase)).count();
    let sentences = items.iter().filter(|item| is_sentence(&item.text)).count();
    if is_unfinished(lead) {
        return true;
    }
    if 2 * small > items.len() {
        return !POINTS_AT.contains(&last)
            || 10 * small >= 9 * items.len() && !words.iter().any(|word| word == "following");
    }
    if POINTS_AT.contains(&last) || 2 * sentences >= items.len() || heads(lead) {
        return false;
    }
    // "Inspectors will consider: • How well leaders know" reads on, with a capital that the list gave it.
    let asks = items.iter().filter(|item| begins_clause(&item.text)).count();
    2 * asks > items.len()
}

/// Whether a point is a sentence that needs nothing before it.
fn is_sentence(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.ends_with(['.', '?']) && !begins_clause(text)
}

/// Whether a point begins as the object of a sentence does.
fn begins_clause(text: &str) -> bool {
    const BEGINNINGS: [&str; 12] =
        ["how", "whether", "the", "what", "that", "if", "when", "who", "where", "why", "which", "to"];
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    BEGINNINGS.contains(&first.as_str()) && !text.ends_with('?') && !(first == "the" && text.ends_with('.'))
}

/// Whether a short line with a colon is a heading: "Leadership:" over sentences.
fn heads(lead: &str) -> bool {
    let bare = lead.trim().trim_end_matches([':', ' ']);
    let words: Vec<String> = bare.split_whitespace().map(|word| word.to_lowercase()).collect();
    let last = words.last().map(String::as_str).unwrap_or_default();
    words.len() <= 6 && !POINTS_AT.contains(&last) && !is_unfinished(lead) && !words.iter().any(|word| word == "will")
}
