//! One slide as shapes, in reading order.

use super::chart::{end, has_counts_under};
use super::master::PANEL_PT;
use super::placed;
use super::shapes::Shapes;
use super::xml::{self, Placeholder, TableCell, TextAlign, TextLook, inherited, paragraph, plain, run};
use crate::chart::{Bar, Bars, Chart};
use crate::documents::deck::layout;
use crate::documents::deck::measure::{
    self, CARD_GAP_PT, GUTTER_PT, HALF_WIDTH_PT, LABEL_PT, MARGIN_PT, NOTE_PT, WIDTH_PT,
};
use crate::documents::deck::{Body, Figure, Front, Grid, GridCell, Header, Paragraph, PresenterNotes, Quote, Slide};
use crate::documents::{Cover, reference};
use crate::style::brand::Logo;
use crate::style::fonts::{self, Weight};
use crate::style::palette;

/// The gap between paragraphs, in points. PowerPoint sets lines closer than the PDF, so a larger gap keeps to the measured height.
const PARAGRAPH_GAP_PT: f32 = 4.0;

/// The height of the line with the total over a chart, in points.
const HEADING_PT: f32 = 22.0;

/// The height of the key under a chart, in points.
const KEY_PT: f32 = 24.0;

/// The height of a line of text, as a multiple of its font size.
const LINE: f32 = 1.27;

/// The width and height of the outline round how many answers are not in, in points.
const NOT_IN_PT: (f32, f32) = (30.0, 19.0);

/// A slide as shapes.
pub(super) struct SlideShapes {
    /// The shapes in the order of reading.
    pub shapes: String,
    /// The charts that they show, in the order of their relationships.
    pub charts: Vec<Bars>,
    /// The logo that it shows, after the charts in the order of relationships; `None` for none.
    pub logo: Option<Logo>,
    /// The notes, a paragraph each.
    pub notes: Vec<String>,
    /// Whether it is the first slide.
    pub is_front: bool,
}

/// Draws a slide.
pub(super) fn slide(cover: &Cover, slide: &Slide, page: usize) -> SlideShapes {
    // Id 1 is the group that all shapes of a slide are in.
    let mut shapes = Shapes { xml: String::new(), next: 2, charts: Vec::new() };
    let is_front = matches!(slide.body, Body::Front(_));
    if let Body::Front(front) = &slide.body {
        self::front(&mut shapes, cover, slide, front, page);
    } else {
        let top = heads(&mut shapes, slide);
        match &slide.body {
            Body::Front(_) => {}
            Body::Picture { chart, figures, quotes, note } => {
                picture(&mut shapes, (cover, top), chart, figures, quotes, note);
            }
            Body::Voices { quotes, note } => voices(&mut shapes, top, quotes, note),
            Body::Grid(grid) => self::grid(&mut shapes, cover, top, grid),
            Body::Notes(paragraphs) => add_paragraphs(&mut shapes, top, paragraphs),
            Body::Signs(_) | Body::Map(_) | Body::Plan(_) | Body::Context(_) | Body::Told(_) | Body::Statements(_) => {
                placed::draw(&mut shapes, &layout::body(&slide.body, top, &cover.brand));
            }
        }
        foot(&mut shapes, cover, page);
    }
    let logo = cover.brand.logo.clone().filter(|_| is_front);
    SlideShapes { shapes: shapes.xml, charts: shapes.charts, logo, notes: sources(cover, slide, page), is_front }
}

/// Draws section and headline, and returns where the content begins, in points.
fn heads(shapes: &mut Shapes, slide: &Slide) -> f32 {
    shapes.placeholder(Placeholder::SECTION, &inherited(&measure::over_headline(slide), false));
    shapes.placeholder(Placeholder::TITLE, &inherited(&slide.headline, false));
    measure::content_top(&slide.headline)
}

/// The foot of a page, on one line: partnership and date of the returns, marking, state with the reference of its numbers, page number.
fn foot(shapes: &mut Shapes, cover: &Cover, page: usize) {
    shapes.placeholder(Placeholder::OWNER, &inherited(&cover.foot(), false));
    shapes.placeholder(Placeholder::MARKING, &inherited(&cover.marking, false));
    let state = cover.state();
    let draft = if state.is_empty() { String::new() } else { inherited(state, true) + &inherited(" · ", false) };
    shapes.placeholder(Placeholder::STATE, &(draft + &inherited(&reference(&cover.run, page), false)));
    shapes.add(|id| xml::slide_number(id, page));
}

fn front(shapes: &mut Shapes, cover: &Cover, slide: &Slide, front: &Front, page: usize) {
    let (width, _) = xml::PAGE_PT;
    let white = TextLook::TEXT.inked(palette::WHITE);
    shapes.placeholder(Placeholder::FRONT_TITLE, &inherited(&slide.headline, false));
    shapes.placeholder(Placeholder::MARKING, &inherited(&cover.marking, false));
    shapes.placeholder(Placeholder::SUBTITLE, &inherited(&front.subtitle, false));
    let occasion = [&front.occasion, &cover.approved].map(|said| plain(said, white));
    shapes.text("Occasion", [44.0, 436.0, 470.0, 72.0], &occasion.concat());
    let (left, room) = (PANEL_PT + 36.0, width - PANEL_PT - 66.0);
    if !cover.state().is_empty() {
        shapes.placeholder(Placeholder::STATE, &inherited(cover.state(), false));
    }
    if let Some(logo) = &cover.brand.logo {
        let (wide, tall) = logo.size_pt;
        // rId3, because the first slide has no charts before it.
        shapes.add(|id| xml::picture(id, [left, 28.0, wide, tall], "rId3", &cover.logo_alt()));
    }
    let size = measure::name_size(&cover.partnership);
    shapes.text("Partnership", [left, 100.0, room, 96.0], &plain(&cover.partnership, TextLook::STRONG.sized(size)));
    let mut lines: Vec<String> =
        front.lines.iter().map(|line| paragraph(&run(line, TextLook::TEXT), TextAlign::Left, 4.0)).collect();
    for said in [&cover.as_at, &cover.made_on] {
        if !said.is_empty() {
            lines.push(paragraph(&run(said, TextLook::TEXT), TextAlign::Left, 0.0));
        }
    }
    lines.push(plain(&cover.numbers(page), TextLook::GREY.sized(NOTE_PT)));
    shapes.text("Who and when", [left, 206.0, room, 180.0], &lines.concat());
    let caution = format!("{} {} {}", front.caution, cover.notice, cover.draft);
    shapes.text("Caution", [left, 400.0, room, 120.0], &plain(caution.trim(), TextLook::GREY.sized(LABEL_PT)));
}

/// A chart with figures beside it or quotations under it; the chart of one area has its statements beside the bars.
fn picture(
    shapes: &mut Shapes,
    (cover, top): (&Cover, f32),
    chart: &Chart,
    figures: &[Figure],
    quotes: &[Quote],
    note: &str,
) {
    let (left, _) = MARGIN_PT;
    let width = chart.width_pt as f32;
    let Some(bars) = &chart.bars else { return };
    let bottom = self::bars(shapes, chart, bars, [left, top]);
    let room = WIDTH_PT - width - 18.0;
    let mut below = top;
    for figure in figures {
        let size = measure::figure_size(&figure.value);
        let value = plain(&figure.value, TextLook::STRONG.sized(size).inked(cover.brand.second));
        let said = value + &plain(&figure.label, TextLook::TEXT);
        let tall = size * 1.25 + measure::height(measure::lines(&figure.label, room)) as f32;
        shapes.text("Figure", [left + width + 18.0, below, room, tall], &said);
        below += tall + 8.0;
    }
    let mut under = below.max(bottom + 8.0);
    if let [only] = quotes {
        under += card(shapes, only, [left, under, WIDTH_PT]);
    }
    if let [first, second, ..] = quotes {
        let taller = measure::quote(first, HALF_WIDTH_PT).max(measure::quote(second, HALF_WIDTH_PT)) as f32;
        for (at, quote) in [first, second].into_iter().enumerate() {
            card(shapes, quote, [left + (HALF_WIDTH_PT + GUTTER_PT) * at as f32, under, HALF_WIDTH_PT]);
        }
        under += taller;
    }
    self::note(shapes, under, note);
}

/// The heights of the texts at the left of bars, in points: all the same if that is enough for the longest, because the bars are evenly
/// spaced; else what each needs.
fn heights(bars: &Bars, width_pt: f32) -> Vec<f32> {
    let drawn = bars.rows.iter().map(|row| row.height_pt).sum::<i32>() as f32;
    let each = drawn / bars.rows.len().max(1) as f32;
    let needed = |row: &Bar| {
        let of = |text: &str, size: f32| fonts::lines(text, size, Weight::Regular, width_pt) as f32 * size * LINE;
        if row.statement.is_empty() { 0.0 } else { of(&row.statement, LABEL_PT) + of(&row.sentence, NOTE_PT) }
    };
    let needed: Vec<f32> = bars.rows.iter().map(needed).collect();
    if needed.iter().all(|needed| *needed <= each) {
        return vec![each; needed.len()];
    }
    let spare = (drawn - needed.iter().sum::<f32>()).max(0.0) / needed.len() as f32;
    needed.into_iter().map(|needed| needed + spare).collect()
}

/// The height of the counts under a bar, in points.
const COUNTS_PT: f32 = 13.0;

/// Draws a chart of bars with labels at the left, what is not in it at the right, and a key under it. Returns where it ends, in points.
fn bars(shapes: &mut Shapes, chart: &Chart, bars: &Bars, [left, top]: [f32; 2]) -> f32 {
    let (from, to) = (bars.frame_pt.0 as f32, bars.frame_pt.1 as f32);
    let mut top = top;
    if !bars.heading.is_empty() {
        let heading = plain(&bars.heading, TextLook::STRONG.sized(LABEL_PT));
        shapes.text("All bars together", [left, top, chart.width_pt as f32, HEADING_PT], &heading);
        top += HEADING_PT;
    }
    let heights = heights(bars, from - GUTTER_PT);
    let height: f32 = heights.iter().sum();
    // A native chart gives every bar the same height, so the texts beside the bars must keep to it.
    let each = height / bars.rows.len().max(1) as f32;
    let rows = || bars.rows.iter().enumerate().map(|(at, row)| (top + each * at as f32, row));
    let mut from_top = top;
    for (row, tall) in bars.rows.iter().zip(&heights).filter(|(row, _)| !row.statement.is_empty()) {
        let statement = plain(&row.statement, TextLook::TEXT.sized(LABEL_PT));
        let said = plain(&row.sentence, TextLook::GREY.sized(NOTE_PT));
        let place = [left, from_top, from - GUTTER_PT, *tall];
        shapes.add(|id| xml::middle_text(id, "Statement", place, &(statement + &said)));
        from_top += tall;
    }
    // rId1 is the layout and rId2 the notes; charts follow.
    let relationship = format!("rId{}", shapes.charts.len() + 3);
    shapes.charts.push(bars.clone());
    let place = [left + from, top, to - from, height];
    shapes.add(|id| xml::chart_frame(id, place, &relationship, &chart.title, &chart.alt));
    let small = TextLook::GREY.sized(NOTE_PT);
    let plot = left + from + bars.labels_pt as f32;
    for (at, row) in bars.rows.iter().enumerate().filter(|(_, row)| !row.counts.is_empty()) {
        let row_top = top + each * at as f32;
        let place = match bars.behind_pt {
            0 if !has_counts_under(bars) => continue,
            0 => [plot + 3.0, row_top + each - COUNTS_PT, to - from, COUNTS_PT],
            behind => [plot + end(bars, at) + 4.0, row_top, behind as f32, each],
        };
        shapes.add(|id| xml::middle_text(id, "Counts", place, &plain(&row.counts, TextLook::GREY.sized(NOTE_PT))));
    }
    for (place, row) in rows() {
        let mut from = to + bars.behind_pt as f32 + CARD_GAP_PT as f32;
        if let Some(n) = row.not_in {
            let middle = place + each / 2.0;
            let count = paragraph(&run(&n.to_string(), TextLook::TEXT.sized(LABEL_PT)), TextAlign::Centre, 0.0);
            let place = [left + from, middle - NOT_IN_PT.1 / 2.0, NOT_IN_PT.0, NOT_IN_PT.1];
            shapes.add(|id| xml::outlined_text(id, "Not in", place, &count));
            from += NOT_IN_PT.0 + CARD_GAP_PT as f32;
        }
        if !row.beside.is_empty() {
            let place = [left + from, place, chart.width_pt as f32 - from, each];
            shapes.add(|id| xml::middle_text(id, "Beside the bar", place, &plain(&row.beside, small)));
        }
    }
    let key = [left, top + height + 4.0, chart.width_pt as f32, 18.0];
    shapes.text("Key", key, &plain(&bars.key, TextLook::GREY.sized(NOTE_PT)));
    top + height + KEY_PT
}

fn note(shapes: &mut Shapes, top: f32, note: &str) {
    if !note.is_empty() {
        shapes.text("Note", [MARGIN_PT.0, top, WIDTH_PT, measure::note(note) as f32], &plain(note, TextLook::GREY));
    }
}

/// Draws a card with one agency's words: its own rating, the question they answer, the agency's name. Returns its height in points.
fn card(shapes: &mut Shapes, quote: &Quote, [left, top, width]: [f32; 3]) -> f32 {
    let swatch = palette::rating(quote.rating);
    let rating_look = TextLook { ground: Some(swatch.fill), ..TextLook::STRONG.inked(swatch.ink) };
    let first = run(&format!(" {} ", quote.rating.word()), rating_look)
        + &run(&format!("  {}", quote.heading()), TextLook::STRONG)
        + &run(&format!("  {}", quote.details()), TextLook::GREY);
    let said = run(&quote.shown(), TextLook::TEXT) + &run(&format!(" {}", quote.said_by), TextLook::GREY);
    let height = (measure::quote(quote, width) - CARD_GAP_PT) as f32;
    let mut paragraphs = paragraph(&first, TextAlign::Left, 4.0);
    let under = quote.under.iter().map(|text| run(text, TextLook::TEXT));
    let mut texts: Vec<String> = std::iter::once(said).chain(under).collect();
    let last = texts.pop().unwrap_or_default();
    texts.iter().for_each(|text| paragraphs.push_str(&paragraph(text, TextAlign::Left, 4.0)));
    paragraphs.push_str(&paragraph(&last, TextAlign::Left, 0.0));
    shapes.add(|id| xml::card(id, "Words of an agency", [left, top, width, height], &paragraphs));
    height + CARD_GAP_PT as f32
}

fn voices(shapes: &mut Shapes, mut top: f32, quotes: &[Quote], note: &str) {
    for quote in quotes {
        top += card(shapes, quote, [MARGIN_PT.0, top, WIDTH_PT]);
    }
    self::note(shapes, top + 2.0, note);
}

fn grid(shapes: &mut Shapes, cover: &Cover, mut top: f32, grid: &Grid) {
    if !grid.rows.is_empty() {
        let header = |header: &Header| {
            let swatch = header.rating.map(palette::rating);
            let (ground, ink) = swatch.map_or((cover.brand.colour, palette::WHITE), |swatch| (swatch.fill, swatch.ink));
            TableCell { paragraphs: plain(&header.text, TextLook::STRONG.inked(ink)), ground }
        };
        let cell = |cell: &GridCell, ground| {
            let mut paragraphs = plain(&cell.text, if cell.is_strong { TextLook::STRONG } else { TextLook::TEXT });
            if !cell.under.is_empty() {
                paragraphs.push_str(&plain(&cell.under, TextLook::GREY));
            }
            TableCell { paragraphs, ground }
        };
        let mut rows = vec![(measure::header_row(&grid.headers) as f32, grid.headers.iter().map(header).collect())];
        for (at, row) in grid.rows.iter().enumerate() {
            let ground = if at % 2 == 1 { palette::PALE } else { palette::WHITE };
            rows.push((
                measure::row(&grid.headers, row) as f32,
                row.iter().map(|one| cell(one, ground)).collect::<Vec<TableCell>>(),
            ));
        }
        let height: f32 = rows.iter().map(|(height, _)| height).sum();
        let widths: Vec<f32> = grid.headers.iter().map(|header| header.width_pt).collect();
        let place = [MARGIN_PT.0, top, widths.iter().sum(), height];
        shapes.add(|id| xml::table(id, place, &grid.alt, &widths, &rows));
        top += height;
    }
    note(shapes, top + 11.0, &grid.note);
}

fn add_paragraphs(shapes: &mut Shapes, top: f32, paragraphs: &[Paragraph]) {
    let one = |one: &Paragraph| {
        let ink = if one.is_alarm { palette::ALARM } else { palette::INK };
        let lead = one.lead();
        let heading =
            if lead.is_empty() { String::new() } else { run(&format!("{lead} "), TextLook::STRONG.inked(ink)) };
        paragraph(&(heading + &run(&one.text, TextLook::TEXT.inked(ink))), TextAlign::Left, PARAGRAPH_GAP_PT)
    };
    let height = measure::room_under("") as f32;
    shapes.text("Text", [MARGIN_PT.0, top, WIDTH_PT, height], &paragraphs.iter().map(one).collect::<String>());
}

/// The notes of a slide: what to say, and what its numbers count. Inspectors may get the file, so nothing for leaders is in them: no likely
/// question, and no count of what is left off the slide.
fn sources(cover: &Cover, slide: &Slide, page: usize) -> Vec<String> {
    let mut lines = vec![format!(
        "Numbers {}: what this slide counts in agencies' returns. Each number can be traced to its cells.",
        reference(&cover.run, page)
    )];
    let here = || slide.trace.numbers.iter().filter(|part| !part.is_not_here);
    lines.extend(here().map(|part| format!("{}: {}", part.label(), part.value())));
    if here().next().is_none() {
        lines = vec!["This slide has no number from agencies' returns.".to_string()];
    }
    let say = PresenterNotes::new(&slide.key).say.to_string();
    std::iter::once(say).filter(|line| !line.is_empty()).chain(lines).collect()
}
