//! The layout of slides that are drawn from placed items: the same places, sizes and words in every format.
//!
//! Places are in points from the left and top of a page of 960 by 540. A format draws the items in their order, which is the reading
//! order, and decides nothing itself, so that the PDF and the PowerPoint file show the same.

pub use super::items::{Across, CellMark, FramePt, Item, Line, PlacedCell, PlacedItem, PlacedTable, Words};
use super::measure::{self, LABEL_PT, LEFT_PT, NOTE_PT, TEXT_PT, WIDTH_PT};
use super::one_page::{
    ActionPlan, AreaNames, Card, MapCell, MapRow, OurArea, PlanRow, RatingsMap, Signs, SignsBar, StatementNames, Strip,
    ToldCard,
};
use super::room::{
    self, AGREED_PLAN_PT, BETWEEN_AREAS_PT, BETWEEN_FIGURES_PT, BETWEEN_PT, CARD_GAP_PT, CARD_INSET_PT, CARD_REST_PT,
    COLUMN_HEAD_PT, COLUMN_PT, EVIDENCE_GAP_PT, FIGURE_INSET_PT, LINES_GAP_PT, NAMES_INSET_PT, OVERALL_PT, PLAN_GAP_PT,
    PLAN_PT, STRIP_PT, TOLD_INSET_PT, card_height,
};
use super::slide::Body;
use crate::form::Rating;
use crate::style::brand::Brand;
use crate::style::fonts::{self, Weight};
use crate::style::palette::{self, Colour};

/// The items of a slide below its headline; none for a slide whose text flows.
pub fn body(body: &Body, top: f32, brand: &Brand) -> Vec<PlacedItem> {
    match body {
        Body::Signs(signs) => self::signs(signs, top, brand),
        Body::Map(map) => ratings_map(map, top, measure::FOOT_TOP_PT - 8.0, brand),
        Body::Plan(plan) => self::plan(plan, top, brand),
        Body::Context(area) => our_area(area, top, brand),
        Body::Told(cards) => told(cards, top),
        Body::Statements(names) => statements(names, top, brand),
        Body::Front(_) | Body::Picture { .. } | Body::Voices { .. } | Body::Grid(_) | Body::Notes(_) => Vec::new(),
    }
}

/// The places of the parts of a slide's foot: the partnership, the marking, the state.
pub fn foot_frames() -> [FramePt; 3] {
    let (top, height) = (measure::FOOT_TOP_PT, 16.0);
    let marking = [LEFT_PT + 610.0, top, 150.0, height];
    let state = [LEFT_PT + WIDTH_PT - 126.0, top, 98.0, height];
    [[LEFT_PT, top, 608.0, height], marking, state]
}

fn words(frame: FramePt, paragraphs: Vec<Line>) -> PlacedItem {
    PlacedItem { frame, item: Item::Text(Words { paragraphs, align: Across::Left, is_middle: false }) }
}

fn aligned(frame: FramePt, line: Line, align: Across, is_middle: bool) -> PlacedItem {
    PlacedItem { frame, item: Item::Text(Words { paragraphs: vec![line], align, is_middle }) }
}

fn panel(frame: FramePt, colour: Colour) -> PlacedItem {
    PlacedItem { frame, item: Item::Panel(colour) }
}

/// The size of a rating's mark, in points.
const MARK_PT: f32 = 22.0;

/// Signs of Safety on one page: three columns of cards, a worry beside the action that answers it, the whole as a thin bar below.
pub fn signs(signs: &Signs, top: f32, brand: &Brand) -> Vec<PlacedItem> {
    let mut placed = Vec::new();
    let first = top + COLUMN_HEAD_PT;
    let card_pt = card_height(signs.rows, top);
    for (at, column) in signs.columns.iter().enumerate() {
        let left = LEFT_PT + (COLUMN_PT + BETWEEN_PT) * at as f32;
        placed.push(panel([left, top, COLUMN_PT, 4.0], brand.colour));
        let heading = Line::new(column.heading, TEXT_PT).bold().inked(brand.second);
        placed.push(words([left, top + 8.0, COLUMN_PT, 24.0], vec![heading]));
        let rows = column.cards.iter().enumerate();
        for (row, card) in rows.filter_map(|(row, card)| Some((row, card.as_ref()?))) {
            let card_top = first + (card_pt + CARD_GAP_PT) * row as f32;
            placed.extend(self::card(card, [left, card_top, COLUMN_PT, card_pt], signs.claim_pt));
            if card.is_answer {
                let frame = [left - BETWEEN_PT + 5.0, card_top + card_pt / 2.0 - 7.0, 14.0, 14.0];
                placed.push(PlacedItem { frame, item: Item::Arrow });
            }
        }
        if !column.note.is_empty() {
            let filled = column.cards.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
            let note_top = first + (card_pt + CARD_GAP_PT) * filled as f32;
            let note = Line::new(&column.note, LABEL_PT).inked(palette::GREY);
            placed.push(words([left, note_top + 4.0, COLUMN_PT, card_pt - 8.0], vec![note]));
        }
    }
    placed.extend(bars(&signs.bars, measure::FOOT_TOP_PT - OVERALL_PT.0 - OVERALL_PT.1 / 2.0));
    placed
}

fn card(card: &Card, frame: FramePt, claim_pt: f32) -> Vec<PlacedItem> {
    let [left, top, width, height] = frame;
    let mut placed = vec![panel(frame, palette::PALE)];
    if let Some(rating) = card.rating {
        placed.push(PlacedItem { frame: [left + 10.0, top + 12.0, MARK_PT, MARK_PT], item: Item::Mark(rating) });
    }
    let inset = card.inset_pt();
    let room = width - inset - CARD_INSET_PT.1;
    let claim = Line { is_bold: claim_pt > TEXT_PT || card.is_own_line, ..Line::new(&card.claim, claim_pt) };
    placed.push(words([left + inset, top + 9.0, room, height - CARD_REST_PT - card.under_more_pt()], vec![claim]));
    let mut below = top + 9.0 + card.claim_height(claim_pt);
    for text in &card.evidence {
        below += EVIDENCE_GAP_PT;
        let tall = room::text_height(text, LABEL_PT, room);
        placed.push(words([left + inset, below, room, tall], vec![Line::new(text, LABEL_PT)]));
        below += tall;
    }
    let under = Line::new(&card.under, LABEL_PT).inked(palette::GREY);
    let more = card.under_more_pt();
    placed.push(words([left + inset, top + height - 26.0 - more, room, 20.0 + more], vec![under]));
    placed
}

/// Up to this many bars under the cards have a line each; more go two on a line.
const MOST_BAR_LINES: usize = 2;

/// The bars of all answers, on one scale: each is as long as its number of ratings, with what is not rated beside it.
fn bars(bars: &[SignsBar], top: f32) -> Vec<PlacedItem> {
    let most = bars.iter().map(|bar| bar.counts.asked).max().unwrap_or(0).max(1) as f32;
    let columns = if bars.len() > MOST_BAR_LINES { 2 } else { 1 };
    let (top, height) = if bars.len() > 1 { (top - 5.0, 16.0) } else { (top, OVERALL_PT.0) };
    let lead_pt = bars.iter().map(|bar| fonts::width(&bar.lead, LABEL_PT, Weight::Bold)).fold(190.0, f32::max) + 10.0;
    let width = (WIDTH_PT - BETWEEN_PT * (columns - 1) as f32) / columns as f32;
    let place = |at: usize| {
        let (line, column) = (at / columns, at % columns);
        [LEFT_PT + (width + BETWEEN_PT) * column as f32, top + (height + 2.0) * line as f32, width, height]
    };
    let scale = BarScale { most, is_in_words: bars.iter().all(|bar| has_room_for_words(bar, width - lead_pt, most)) };
    bars.iter().enumerate().flat_map(|(at, bar)| self::bar(bar, place(at), lead_pt, scale)).collect()
}

/// How bars that belong together are drawn.
#[derive(Clone, Copy)]
struct BarScale {
    /// How many answers the longest bar has.
    most: f32,
    /// Whether every part has room for its rating's word; if not, all parts show the letter.
    is_in_words: bool,
}

/// How much of the width after its lead a bar can take; the rest is for what is not rated.
const BAR_SHARE: f32 = 0.71;

/// Whether every part of a bar has room for its number with the rating's word.
fn has_room_for_words(bar: &SignsBar, room: f32, most: f32) -> bool {
    Rating::ALL.into_iter().filter(|rating| bar.counts.rated_as(*rating) > 0).all(|rating| {
        let n = bar.counts.rated_as(rating);
        let said = format!("{n} {}", rating.word());
        fonts::width(&said, LABEL_PT, Weight::Bold) + 8.0 <= room * BAR_SHARE * n as f32 / most
    })
}

/// One bar after its lead.
fn bar(bar: &SignsBar, [from, top, room, height]: FramePt, lead_pt: f32, scale: BarScale) -> Vec<PlacedItem> {
    let counts = &bar.counts;
    let lead = Line::new(&bar.lead, LABEL_PT).bold();
    let mut placed = vec![aligned([from, top, lead_pt, height], lead, Across::Left, true)];
    let (end, room) = (from + room, (room - lead_pt) * BAR_SHARE);
    let mut left = from + lead_pt;
    for rating in Rating::ALL.into_iter().filter(|rating| counts.rated_as(*rating) > 0) {
        let n = counts.rated_as(rating);
        // Even a single rating can be seen.
        let width = (room * n as f32 / scale.most).max(4.0);
        let said = format!("{n} {}", if scale.is_in_words { rating.word() } else { rating.letter() });
        let fits = fonts::width(&said, LABEL_PT, Weight::Bold) + 4.0 <= width;
        let item = Item::Segment { rating, words: if fits { said } else { String::new() } };
        placed.push(PlacedItem { frame: [left, top, width - 2.0, height], item });
        left += width;
    }
    let beside = Line::new(&bar.beside, NOTE_PT).inked(palette::GREY);
    placed.push(aligned([left + 8.0, top, end - left - 8.0, height], beside, Across::Left, true));
    placed
}

/// The widths of the columns of the map: statement, Ref, a count.
const MAP_PT: (f32, f32, f32) = (190.0, 40.0, 30.0);

/// The height of the row of sectors, and of the key under the map, in points.
const MAP_SECTORS_PT: f32 = 18.0;
const MAP_KEY_PT: f32 = 18.0;

/// The least and the most height of the row of agencies, and what it leaves beside the longest of their names, in points.
const MAP_HEADS_PT: (f32, f32, f32) = (44.0, 132.0, 10.0);

/// The tallest row of the map, and what it leaves over and under a mark, in points.
const MAP_ROW_PT: (f32, f32) = (27.0, 2.0);

/// The largest mark in a cell, in points.
const CELL_MARK_PT: f32 = 20.0;

/// Every rating on one page: a real table, with a mark in each cell.
pub fn ratings_map(map: &RatingsMap, top: f32, bottom: f32, brand: &Brand) -> Vec<PlacedItem> {
    let columns = map.columns.len().max(1) as f32;
    let each = ((WIDTH_PT - MAP_PT.0 - MAP_PT.1 - 3.0 * MAP_PT.2) / columns).min(54.0);
    let mut widths = vec![MAP_PT.0, MAP_PT.1];
    widths.extend(map.columns.iter().map(|_| each));
    widths.extend([MAP_PT.2; 3]);
    let mut placed = Vec::new();
    let mut left = LEFT_PT + MAP_PT.0 + MAP_PT.1;
    for (sector, count) in &map.sectors {
        let width = each * *count as f32;
        placed.push(panel([left + 2.0, top + MAP_SECTORS_PT - 2.0, width - 6.0, 2.0], brand.colour));
        let line = Line::new(sector, NOTE_PT).bold().inked(brand.second);
        placed.push(words([left + 2.0, top, width + 10.0, 16.0], vec![line]));
        left += width;
    }
    // The names are turned by a quarter, so the row is as tall as the longest name is wide.
    let (least, most, beside) = MAP_HEADS_PT;
    let longest = map.columns.iter().map(|name| fonts::width(name, NOTE_PT, Weight::Regular)).fold(0.0, f32::max);
    let heads_pt = (longest.ceil() + beside).clamp(least, most);
    // Rows shrink to what the names leave: every statement of the page must be on it.
    let rows_pt = bottom - top - MAP_SECTORS_PT - heads_pt - MAP_KEY_PT;
    let row_pt = (rows_pt / map.rows.len().max(1) as f32).min(MAP_ROW_PT.0);
    let mut heights = vec![heads_pt];
    heights.extend(map.rows.iter().map(|_| row_pt));
    let (width, height): (f32, f32) = (widths.iter().sum(), heights.iter().sum());
    let table_top = top + MAP_SECTORS_PT;
    let table = PlacedTable {
        alt: map.alt.clone(),
        heights_pt: heights,
        rows: std::iter::once(map_header(map)).chain(map.rows.iter().map(map_row)).collect(),
        widths_pt: widths,
        inset_pt: 2.0,
        mark_pt: (row_pt - 2.0 * MAP_ROW_PT.1).min(CELL_MARK_PT),
        is_ruled: true,
    };
    placed.push(PlacedItem { frame: [LEFT_PT, table_top, width, height], item: Item::Table(table) });
    let key = Line::new(&map.key, NOTE_PT).inked(palette::GREY);
    placed.push(words([LEFT_PT, table_top + height + 4.0, WIDTH_PT, 16.0], vec![key]));
    placed
}

/// The heads of the columns, at the foot of their cells.
fn map_header(map: &RatingsMap) -> Vec<PlacedCell> {
    let low = |cell: PlacedCell| PlacedCell { is_low: true, ..cell };
    let mut header = vec![
        low(PlacedCell::plain("Statement", NOTE_PT, Across::Left)),
        low(PlacedCell::plain("Ref", NOTE_PT, Across::Right)),
    ];
    let turned = |name: &String| PlacedCell { is_turned: true, ..PlacedCell::plain(name, NOTE_PT, Across::Left) };
    header.extend(map.columns.iter().map(turned));
    header.extend(
        Rating::ALL.map(|rating| low(PlacedCell::plain(rating.letter(), LABEL_PT, Across::Middle).grey().bold())),
    );
    header
}

fn map_row(row: &MapRow) -> Vec<PlacedCell> {
    let plain = PlacedCell::plain;
    let mut cells =
        vec![plain(&row.name, LABEL_PT, Across::Left), plain(&row.reference, NOTE_PT, Across::Right).grey()];
    cells.extend(row.cells.iter().map(|cell| match cell {
        MapCell::Rated(rating) => {
            PlacedCell { mark: CellMark::Rating(*rating), ..plain(rating.word(), NOTE_PT, Across::Middle) }
        }
        MapCell::NotIn(said) => PlacedCell { mark: CellMark::NotIn, ..plain(said, NOTE_PT, Across::Middle) },
        MapCell::NotApplicable => plain("n/a", NOTE_PT, Across::Middle).grey(),
        MapCell::NotAsked => plain("", NOTE_PT, Across::Middle),
        MapCell::Counts(said) => plain(said, NOTE_PT, Across::Middle),
    }));
    cells.extend(row.counts.map(|n| plain(&n.to_string(), LABEL_PT, Across::Middle).bold()));
    cells
}

/// What needs to happen: when actions are due, and the first six.
pub fn plan(plan: &ActionPlan, top: f32, brand: &Brand) -> Vec<PlacedItem> {
    let mut placed = plan.strip.as_ref().map_or_else(Vec::new, |strip| self::strip(strip, top, brand));
    let table_top = room::plan_top(top, plan.strip.is_some());
    let cell =
        |text: &str, ground: Option<Colour>| PlacedCell { ground, ..PlacedCell::plain(text, LABEL_PT, Across::Left) };
    let head = |text: &str| PlacedCell {
        line: Line::new(text, LABEL_PT).bold().inked(palette::WHITE),
        ..cell("", Some(brand.colour))
    };
    let is_agreed = plan.rows.iter().any(|row| !row.agreed.is_empty());
    let mut header = ["What will change (mark: the rating it answers)", "Who leads", "By", "Agreed"].map(head).to_vec();
    let widths = if is_agreed { AGREED_PLAN_PT.to_vec() } else { PLAN_PT.to_vec() };
    header.truncate(widths.len());
    let row = |(at, row): (usize, &PlanRow)| {
        let ground = (at % 2 == 1).then_some(palette::PALE);
        let what = PlacedCell {
            line: Line::new(&row.what, row.size_pt(widths[0])),
            mark: row.rating.map_or(CellMark::None, CellMark::Rating),
            ..cell("", ground)
        };
        let mut cells = vec![
            what,
            cell(&row.lead, ground),
            PlacedCell { line: Line::new(&row.by, LABEL_PT).bold(), ..cell("", ground) },
        ];
        if is_agreed {
            cells.push(cell(if row.agreed.is_empty() { "not yet" } else { &row.agreed }, ground));
        }
        cells
    };
    let heights = room::plan_heights(top, plan.rows.len());
    let height: f32 = heights.iter().sum();
    if !plan.rows.is_empty() {
        let rows = std::iter::once(header).chain(plan.rows.iter().enumerate().map(row)).collect();
        let table = PlacedTable {
            alt: plan.alt.clone(),
            widths_pt: widths.clone(),
            heights_pt: heights,
            rows,
            inset_pt: 8.0,
            mark_pt: CELL_MARK_PT,
            is_ruled: false,
        };
        placed.push(PlacedItem { frame: [LEFT_PT, table_top, WIDTH_PT, height], item: Item::Table(table) });
    }
    let note = Line::new(&plan.note, NOTE_PT).inked(palette::GREY);
    let below = table_top + if plan.rows.is_empty() { 0.0 } else { height + PLAN_GAP_PT };
    placed.push(words([LEFT_PT, below, WIDTH_PT, (measure::FOOT_TOP_PT - below).max(16.0)], vec![note]));
    placed
}

/// How many actions are due in each month, with the first day of fieldwork if it is known.
fn strip(strip: &Strip, top: f32, brand: &Brand) -> Vec<PlacedItem> {
    let title = Line::new(&strip.title, LABEL_PT).bold().inked(brand.second);
    let mut placed = vec![words([LEFT_PT, top, 150.0, STRIP_PT.0 - 4.0], vec![title])];
    let (from, to) = (LEFT_PT + 164.0, LEFT_PT + WIDTH_PT);
    let each = ((to - from) / strip.months.len().max(1) as f32).min(78.0);
    let most = strip.months.iter().flat_map(|month| &month.counts).max().copied().unwrap_or(0).max(1) as f32;
    let base = top + 24.0 + STRIP_PT.1;
    // Bars are lower if the first day of fieldwork is named above them.
    let tallest = STRIP_PT.1 - if strip.fieldwork.is_some() { 14.0 } else { 0.0 };
    let colours = [brand.colour, palette::GREY, palette::INK];
    for (at, month) in strip.months.iter().enumerate() {
        let left = from + each * at as f32;
        // Groups of actions are never added up, so each has its own bar and colour.
        let wide = (each - 16.0) / month.counts.len().max(1) as f32;
        for (kind, (count, colour)) in month.counts.iter().zip(colours.into_iter().cycle()).enumerate() {
            let left = left + 8.0 + wide * kind as f32;
            let tall = (tallest * *count as f32 / most).max(if *count == 0 { 0.0 } else { 3.0 });
            let gap = if month.counts.len() > 1 { 1.0 } else { 0.0 };
            let bar = [left + gap, base - tall, wide - 2.0 * gap, tall];
            match month.is_dated {
                _ if *count == 0 => {}
                true => placed.push(panel(bar, colour)),
                false => placed.push(PlacedItem { frame: bar, item: Item::Outline }),
            }
            let count = Line::new(count.to_string(), LABEL_PT).bold();
            let frame = [left - 4.0, base - tall - 20.0, wide + 8.0, 19.0];
            placed.push(aligned(frame, count, Across::Middle, false));
        }
        let label = Line::new(&month.label, NOTE_PT);
        placed.push(aligned([left, base + 3.0, each, 16.0], label, Across::Middle, false));
    }
    if let Some((at, said)) = &strip.fieldwork {
        let x = from + each * at;
        // The line ends above the bars of its month, so that it does not cross their numbers.
        let bars = strip.months.get(*at as usize).and_then(|month| month.counts.iter().max()).copied().unwrap_or(0);
        let end = base - tallest * bars as f32 / most - 21.0;
        placed.push(panel([x, top + 2.0, 1.5, end - top - 2.0], palette::ALARM));
        let label = Line::new(said, NOTE_PT).bold().inked(palette::ALARM);
        // The label goes left of the line if there is room, because bars of later months are usually taller.
        let (left, align) = if x - from > 120.0 { (x - 124.0, Across::Right) } else { (x + 4.0, Across::Left) };
        placed.push(aligned([left, top, 120.0, 16.0], label, align, false));
    }
    placed
}

/// Our area: figures in a row, each over what it is and where it comes from, and lines under them.
fn our_area(area: &OurArea, top: f32, brand: &Brand) -> Vec<PlacedItem> {
    let mut placed = Vec::new();
    let width = room::figure_width(area.figures.len());
    for (at, figure) in area.figures.iter().enumerate() {
        let left = LEFT_PT + (width + BETWEEN_FIGURES_PT) * at as f32;
        let [value_pt, what_pt, from_pt] = figure.heights(width);
        placed.push(panel([left, top, width, 4.0], brand.colour));
        let mut below = top + FIGURE_INSET_PT;
        let value = Line::new(&figure.figure, measure::HEADLINE_PT).bold().inked(brand.second);
        placed.push(words([left, below, width, value_pt], vec![value]));
        below += value_pt;
        placed.push(words([left, below, width, what_pt], vec![Line::new(&figure.what, TEXT_PT)]));
        below += what_pt;
        let from = Line::new(figure.from(), NOTE_PT).inked(palette::GREY);
        placed.push(words([left, below + 2.0, width, from_pt], vec![from]));
    }
    let first = top + room::figures_height(&area.figures);
    let width = room::lines_width(area.columns.len());
    for (at, column) in area.columns.iter().enumerate() {
        let left = LEFT_PT + (width + BETWEEN_FIGURES_PT) * at as f32;
        let heading = Line::new(column.heading, TEXT_PT).bold().inked(brand.second);
        placed.push(words([left, first, width, 24.0], vec![heading]));
        let mut below = first + COLUMN_HEAD_PT;
        for line in &column.lines {
            let tall = room::line_height(line, width);
            placed.push(words([left, below, width, tall - LINES_GAP_PT], vec![Line::new(line, TEXT_PT)]));
            below += tall;
        }
    }
    placed
}

/// What children told us: a card each, with where it comes from.
fn told(cards: &[ToldCard], top: f32) -> Vec<PlacedItem> {
    let mut placed = Vec::new();
    let mut below = top;
    for card in cards {
        let [line_pt, source_pt] = card.heights();
        let (inset, over) = TOLD_INSET_PT;
        let (left, width) = (LEFT_PT + inset, WIDTH_PT - 2.0 * inset);
        placed.push(panel([LEFT_PT, below, WIDTH_PT, card.height() - CARD_GAP_PT], palette::PALE));
        let line = Line::new(&card.line, measure::CLAIM_PT).bold();
        placed.push(words([left, below + over, width, line_pt], vec![line]));
        let source = Line::new(&card.source, LABEL_PT).inked(palette::GREY);
        placed.push(words([left, below + over + line_pt, width, source_pt], vec![source]));
        below += card.height();
    }
    placed
}

/// The statements by Ref and short name: a table for each area, its heading in the header, in columns.
fn statements(names: &StatementNames, top: f32, brand: &Brand) -> Vec<PlacedItem> {
    let head = |text: &str| PlacedCell {
        line: Line::new(text, LABEL_PT).bold().inked(palette::WHITE),
        ground: Some(brand.colour),
        ..PlacedCell::plain("", LABEL_PT, Across::Left)
    };
    let mut placed = Vec::new();
    for (at, column) in names.columns.iter().enumerate() {
        let left = LEFT_PT + (names.width_pt + BETWEEN_PT) * at as f32;
        let mut below = top;
        for area in column {
            let AreaNames { title, rows } = area;
            let row = |(reference, name): &(String, String)| {
                [reference, name].map(|text| PlacedCell::plain(text, LABEL_PT, Across::Left)).to_vec()
            };
            let header = vec![head("Ref"), head(title)];
            let heights = area.heights(names.refs_pt, names.width_pt);
            let tall: f32 = heights.iter().sum();
            let table = PlacedTable {
                alt: format!("Statements by Ref and short name: {title}"),
                widths_pt: vec![names.refs_pt, names.width_pt - names.refs_pt],
                heights_pt: heights,
                rows: std::iter::once(header).chain(rows.iter().map(row)).collect(),
                inset_pt: NAMES_INSET_PT,
                mark_pt: 0.0,
                is_ruled: true,
            };
            placed.push(PlacedItem { frame: [left, below, names.width_pt, tall], item: Item::Table(table) });
            below += tall + BETWEEN_AREAS_PT;
        }
    }
    placed
}
