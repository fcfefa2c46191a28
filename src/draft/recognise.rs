//! The pieces of a document in, what is to become of each out.
//!
//! Parts that are not evaluated are left out whole, each for its reason. In those that are, a heading with statements under it is an
//! area, a lead-in goes before each point of its list, and what is neither is left out.

use super::blocks::{Block, BlockKind, RowParts, one_line};
use super::furniture::is_publishing;
use super::grades;
use super::headings::{PartKind, kind_of_part};
use super::lay_out;
use super::lead_ins;
use super::marks::marked;
use super::openings;
use super::parts::{self, DocumentPart, Holding};
use super::plan::{DraftPlan, FoundFramework};
use super::reasons;
use super::recurring;
use super::sentences;
use super::statements::{self, Becomes};
use super::suggest;
use crate::core::fields::is_storable;
use crate::core::words;
use crate::theme::{PieceFate, SourcePiece, ThemeSource};

/// The longest statement, in characters.
const LONGEST_STATEMENT: usize = 2_000;

/// What is to become of each piece.
pub(super) fn plan(file: &str, sha256: String, blocks: Vec<Block>) -> DraftPlan {
    let cleaned = blocks.into_iter().map(|block| Block { text: storable(&block.text), ..block }).map(without_mark);
    let blocks = lead_ins::parted(cleaned.filter(|block| !block.text.trim().is_empty()).collect());
    let mut blocks = sentences::parted(blocks);
    parts::take_down_questions(&mut blocks);
    let areas = parts::labelled_areas(&mut blocks);
    let mut found = parts::parts(&blocks);
    let title = parts::title(&blocks, &found);
    let mut became = fates(&blocks, &found, (title, &areas));
    // A person can leave out what is doubtful more easily than find what was refused.
    for prose in [false, true] {
        if !became.iter().any(|became| became.fate.is_statement()) {
            parts::open_up(&mut found, &blocks, prose);
            became = fates(&blocks, &found, (title, &areas));
            became.iter_mut().filter(|became| became.fate.is_statement()).for_each(|one| one.doubt = Some(UNTOLD));
        }
    }
    for (block, became) in blocks.iter().zip(&mut became) {
        match block.kind {
            BlockKind::Aside(why) => *became = Becomes::left_out(why),
            // A sign alone says nothing.
            _ if !block.text.chars().any(char::is_alphanumeric) => *became = Becomes::left_out(reasons::AROUND),
            _ if block.text.chars().count() > LONGEST_STATEMENT && became.fate != PieceFate::LeftOut => {
                *became = Becomes::left_out(reasons::TOO_LONG);
            }
            _ => {}
        }
    }
    let framework = framework(&blocks, &found);
    for (block, became) in blocks.iter().zip(&mut became) {
        let is_its_title = block.text == framework.title && became.fate == PieceFate::LeftOut;
        if is_its_title && block.is_content() {
            *became = Becomes::left_out(reasons::TITLE);
        }
    }
    let mut plan = in_order(file, sha256, &blocks, became);
    plan.framework = framework;
    leave_out_headings(&mut plan.source, &found);
    say_why_groups(&mut plan);
    plan
}

/// What a person should look at where nothing in the document says what is evaluated.
const UNTOLD: &str = "the document does not say that this is evaluated; leave it out if it is not";

/// What becomes of each piece, by what the part that it is in holds.
fn fates(blocks: &[Block], found: &[DocumentPart], (title, areas): (Option<usize>, &[usize])) -> Vec<Becomes> {
    let has_lists = blocks.iter().any(|block| matches!(block.kind, BlockKind::Item(_) | BlockKind::Row(_)));
    let mut became: Vec<Becomes> = vec![Becomes::left_out(reasons::AROUND); blocks.len()];
    // The level of the labelled area that is open.
    let mut open: Option<u8> = None;
    for part in found {
        if let Some(heading) = part.heading {
            became[heading] = heading_becomes(part, title);
            open = if areas.contains(&heading) { Some(part.level) } else { open.filter(|level| part.level > *level) };
            if open.is_some() && !areas.contains(&heading) && became[heading].fate == PieceFate::Area {
                became[heading] = Becomes::left_out(reasons::INSIDE_AREA);
            }
        }
        part_becomes(part, blocks, has_lists, &mut became[part.from..part.to]);
    }
    for (became, is_grade) in became.iter_mut().zip(grades::on_scales(blocks)) {
        if is_grade && became.fate != PieceFate::LeftOut {
            *became = Becomes::left_out(reasons::GRADES);
        }
    }
    openings::leave_out(found, blocks, areas, &mut became);
    recurring::name_areas(found, blocks, &mut became);
    became
}

/// A point without the mark that somebody typed after the one that its list gives it, as in "- a) act at once".
fn without_mark(block: Block) -> Block {
    match marked(&block.text) {
        Some((_, words)) if block.kind.is_in_list() && !words.is_empty() => {
            let words = words.to_string();
            Block { text: words, ..block }
        }
        _ => block,
    }
}

/// A text without the characters that no workbook can hold: they are no words.
fn storable(text: &str) -> String {
    one_line(&text.chars().map(|c| if is_storable(c) { c } else { ' ' }).collect::<String>())
}

fn heading_becomes(part: &DocumentPart, title: Option<usize>) -> Becomes {
    match part.holds {
        _ if part.heading == title => Becomes::left_out(reasons::TITLE),
        Holding::Evaluated | Holding::MayBeEvaluated => Becomes::new(PieceFate::Area),
        Holding::Introduction => Becomes::left_out(reasons::INTRODUCTION),
        Holding::Procedure => Becomes::left_out(reasons::PROCEDURE),
        Holding::Outside => Becomes::left_out(reasons::OUTSIDE),
    }
}

fn part_becomes(part: &DocumentPart, blocks: &[Block], has_lists: bool, became: &mut [Becomes]) {
    let blocks = &blocks[part.from..part.to];
    let why = match part.holds {
        Holding::Evaluated => return statements::become_of(blocks, true, became),
        Holding::MayBeEvaluated if has_lists => return statements::become_of(blocks, false, became),
        Holding::MayBeEvaluated => reasons::AROUND,
        Holding::Introduction => reasons::INTRODUCTION,
        Holding::Procedure => reasons::PROCEDURE,
        // What is before the first heading is on its way to what is evaluated.
        Holding::Outside if part.heading.is_none() => reasons::INTRODUCTION,
        Holding::Outside => reasons::OUTSIDE,
    };
    for (block, became) in blocks.iter().zip(became) {
        *became = match &block.kind {
            // A table with one statement a row says itself what it is.
            BlockKind::Row(row) if !row.area.is_empty() || !row.reference.is_empty() => {
                Becomes::new(PieceFate::Statement)
            }
            _ if is_publishing(&block.text) => Becomes::left_out(reasons::PUBLISHING),
            _ => Becomes::left_out(why),
        };
    }
}

/// The pieces with their fates. A row of a table that names its area has a piece for it.
fn in_order(file: &str, sha256: String, blocks: &[Block], became: Vec<Becomes>) -> DraftPlan {
    let mut plan = DraftPlan {
        source: ThemeSource { file: file.to_string(), sha256, pieces: Vec::new() },
        ..DraftPlan::default()
    };
    let mut area = String::new();
    for (block, became) in blocks.iter().zip(became) {
        let parts = if let BlockKind::Row(parts) = &block.kind { parts.clone() } else { RowParts::default() };
        if became.fate == PieceFate::Statement && !parts.area.trim().is_empty() && storable(&parts.area) != area {
            area = storable(&parts.area);
            let place = format!("{}, its area", block.place);
            plan.source.pieces.push(SourcePiece::new(place, area.clone(), PieceFate::Area));
            plan.parts.push(RowParts::default());
        }
        if became.fate == PieceFate::Area {
            area = block.text.clone();
        }
        let doubts: Vec<&str> = block.doubts.iter().map(String::as_str).chain(became.doubt).collect();
        let piece = SourcePiece::new(block.place.clone(), block.text.clone(), became.fate);
        plan.source.pieces.push(SourcePiece { why: became.why.to_string(), doubt: doubts.join("; "), ..piece });
        plan.parts.push(parts);
    }
    plan
}

/// Headings with no statement under them are no areas.
fn leave_out_headings(source: &mut ThemeSource, parts: &[DocumentPart]) {
    let mut open = source.open_pieces();
    open.retain(|at| source.pieces[*at].fate == PieceFate::Area);
    for at in open {
        let next = source.pieces[at + 1..].iter().find(|piece| piece.fate != PieceFate::LeftOut);
        let is_over = parts.len() > 2 && next.is_some_and(|next| next.fate == PieceFate::Area);
        let piece = &mut source.pieces[at];
        piece.fate = PieceFate::LeftOut;
        piece.why = if is_over { reasons::OVER_HEADINGS } else { reasons::EMPTY_HEADING }.into();
    }
    // A lead-in whose list came to nothing leads nothing in.
    for at in source.open_pieces() {
        let piece = &mut source.pieces[at];
        if piece.fate != PieceFate::LeftOut {
            piece.fate = PieceFate::LeftOut;
            piece.why = reasons::AROUND.into();
        }
    }
}

/// Notes why groups are suggested, where no table names them.
fn say_why_groups(plan: &mut DraftPlan) {
    for statement in plan.source.wordings().statements {
        let named = lay_out::table_groups(&plan.parts[statement.piece]);
        if !named.everyone && named.named.is_empty() {
            plan.source.pieces[statement.piece].groups_why = suggest::asked(&statement.wording).1;
        }
    }
}

/// Who publishes frameworks, as documents name them.
const PUBLISHERS: [&str; 8] = [
    "Ofsted",
    "Care Quality Commission",
    "HMICFRS",
    "HM Inspectorate of Constabulary and Fire & Rescue Services",
    "HM Inspectorate of Constabulary and Fire and Rescue Services",
    "HM Inspectorate of Probation",
    "HMI Probation",
    "Department for Education",
];

/// What the document says of itself before its first part.
fn framework(blocks: &[Block], parts: &[DocumentPart]) -> FoundFramework {
    let first = parts.iter().filter_map(|part| part.heading).find(|at| {
        kind_of_part(&blocks[*at].text)
            .is_some_and(|kind| kind != PartKind::Introduction || !is_label(&blocks[*at].text))
    });
    let head = &blocks[..first.unwrap_or(blocks.len()).min(60)];
    let mut found = FoundFramework { title: document_title(head), ..FoundFramework::default() };
    let is_word = |block: &Block| block.text.trim().trim_end_matches(':').eq_ignore_ascii_case("published");
    let published = head.iter().enumerate().filter(|(_, block)| is_publishing(&block.text) || is_word(block));
    // The day may be on the line under the word.
    let day = |(at, block): (usize, &Block)| {
        let next = head.get(at + 1).map(|next| format!("published {}", next.text));
        day_of(&block.text).or(next.and_then(|next| day_of(&next)))
    };
    found.published = published.filter_map(day).next();
    let names = |text: &str| PUBLISHERS.into_iter().filter(|name| text.contains(name)).collect::<Vec<_>>();
    let named = head.iter().find(|block| {
        let from = block.text.starts_with("From");
        let names = names(&block.text);
        names.len() > 1 || !names.is_empty() && (from || block.text.split_whitespace().count() <= 4)
    });
    let said = publisher_line(head).map(|at| head[at].text.clone());
    found.publisher = named.map(|block| words::list(&names(&block.text))).or(said).unwrap_or_default();
    found
}

/// The line that names who publishes: under "From:", as on government pages, or by itself.
fn publisher_line(head: &[Block]) -> Option<usize> {
    let is_short = |block: &Block, most: usize| block.text.split_whitespace().count() <= most;
    let from = head.iter().position(|block| block.text.trim().trim_end_matches(':') == "From");
    let under = from.filter(|from| head.get(from + 1).is_some_and(|block| is_short(block, 12))).map(|from| from + 1);
    // Or a line with little but the name of inspectorates: "Joint Inspectorates of Children's Services".
    let names_it = |block: &Block| {
        block.text.contains("Inspectorate")
            && is_short(block, 8)
            && !block.text.contains(['.', ':', ';', '|', '/', '?'])
    };
    under.or_else(|| head.iter().position(names_it))
}

/// One word over a title, as in "Guidance".
fn is_label(text: &str) -> bool {
    text.split_whitespace().count() == 1
}

/// The title of a document among the lines before its first part: the longest that is no sentence, one about inspections first.
fn document_title(head: &[Block]) -> String {
    const ABOUT: [&str; 8] = ["inspect", "jtai", "evaluat", "framework", "criteria", "guidance", "joint", "standards"];
    let publisher = publisher_line(head).map(|at| &head[at]);
    let is_title = |block: &&Block| {
        let count = block.text.split_whitespace().count();
        let is_line = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Paragraph);
        is_line
            && (3..=30).contains(&count)
            && !block.text.ends_with(['.', ':', ';'])
            && !is_publishing(&block.text)
            && !block.text.starts_with("From")
            && publisher.is_none_or(|line| !std::ptr::eq(line, *block))
    };
    let rank = |block: &&Block| {
        let folded = block.text.to_lowercase();
        let about = ABOUT.iter().filter(|word| folded.contains(*word)).count();
        let is_list = PUBLISHERS.iter().filter(|name| block.text.contains(*name)).count() > 1;
        (!is_list, about, block.text.chars().count())
    };
    let is_highest = |block: &&Block| matches!(block.kind, BlockKind::Heading(1));
    let is_one = head.iter().filter(is_highest).count() == 1;
    let highest = head.iter().filter(is_title).find(is_highest).filter(|_| is_one);
    let longest = head.iter().filter(is_title).max_by_key(rank);
    let Some(title) = highest.or(longest) else { return String::new() };
    // A chapter of a handbook is what the theme is about.
    let next = head.iter().skip_while(|block| !std::ptr::eq(*block, title)).nth(1);
    match next.filter(|next| next.text.starts_with("Chapter ") && is_title(next)) {
        Some(chapter) => format!("{}, {}", title.text, chapter.text),
        None => title.text.clone(),
    }
}

/// The day in a line such as "Published 14 October 2026".
fn day_of(text: &str) -> Option<jiff::civil::Date> {
    const BEFORE: [&str; 6] =
        ["published on", "first published:", "first published", "publication date:", "published:", "published"];
    let folded = text.to_lowercase();
    let after = BEFORE.iter().find_map(|words| folded.starts_with(words).then(|| text.get(words.len()..)))??;
    let day: Vec<&str> = after.trim_start_matches([':', ' ']).split_whitespace().take(3).collect();
    words::read_date(day.join(" ").trim_end_matches(['.', ',']))
}
