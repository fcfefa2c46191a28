//! Ratings as bars, one for each row and as long as its number of ratings: Red, Amber and Green in fixed order, then an outline with how
//! many answers are not in.
//!
//! Up to [`MOST_UNITS`] ratings are drawn one by one, each with its shape and letter, so that they can be counted. With more, each colour is
//! one part of the bar. All bars of a picture, on all its pages, share one scale.

use super::canvas::{self, LABEL_PT, LINE_PT, NOTE_PT, label, note};
use super::mark::{Align, Mark};
use super::picture::{Bar, Bars, Chart, FULL_WIDTH_PT, SIDE_WIDTH_PT, Series, SeriesKind, page_name};
use crate::analysis::{Analysis, AreaSummary, BasisSummary, ChallengedNumbers, Counts, sentences};
use crate::core::words;
use crate::form::Rating;
use crate::style::fonts::{self, Weight};
use crate::style::marks::{self, MarkShape};
use crate::style::{paging, palette};

/// The tallest drawing, without its key, that fits a slide under a headline of two lines, in points.
const TALLEST_PT: usize = 330;

/// The most lines of a statement beside its band.
const MOST_LABEL_LINES: usize = 8;

/// The height of a band, in points.
const BAND_PT: i32 = 20;

/// The longest band, in points: thirty ratings of 13.
const LONGEST_PT: i32 = 390;

/// Where bars begin, in points: of areas, of areas when there are so many that each has one line, and of statements.
const AREAS_PT: i32 = 190;
const MANY_AREAS_PT: i32 = 244;
const STATEMENTS_PT: i32 = 440;

/// The most ratings of a row that are drawn one by one.
const MOST_UNITS: usize = 30;

/// The most width for one such rating with its gap, in points.
const WIDEST_UNIT_PT: i32 = 22;

/// The height of a line of the sentence under a band, and the gap between band and sentence, in points.
const SENTENCE_LINE_PT: i32 = 13;
const SENTENCE_GAP_PT: i32 = 2;

/// The gap between rows, in points.
const ROW_GAP_PT: i32 = 8;

/// The height of the line with the total over the bars, in points.
const HEADING_PT: i32 = 22;

/// The space beside a segment's label, in points.
const LABEL_ROOM_PT: i32 = 8;

/// The gap between a bar and the words after it, in points.
const BEHIND_PT: i32 = 4;

/// The gap between segments, in points.
const GAP_PT: i32 = 2;

/// One row of the drawing.
struct Band {
    /// A short name, for native charts.
    name: String,
    /// The statement; empty for areas.
    statement: String,
    /// A sentence about it, on one line; empty for areas.
    said: String,
    label: Vec<String>,
    counts: Counts,
    /// The sentence under the band.
    sentence: Vec<String>,
    /// The sentence after the bar instead; empty for none.
    behind: String,
}

/// The columns of a drawing, in points.
struct Columns {
    band: i32,
    scale: Scale,
    /// The width of the words after the longest bar.
    behind: i32,
    width: i32,
}

/// How long a bar is.
#[derive(Clone, Copy)]
struct Scale {
    /// How many ratings the longest bar has.
    longest: usize,
    /// Its greatest length, in points, so that what is beside it still fits.
    most_pt: i32,
}

impl Scale {
    /// The scale for bars of these counts, in a given width, with room for what is beside them.
    fn for_longest<'c>(counts: impl Iterator<Item = &'c Counts> + Clone, room_pt: i32) -> Scale {
        let beside = counts.clone().map(beside_width).max().unwrap_or(0);
        let longest = counts.map(Counts::rated).max().unwrap_or(0).max(1);
        Scale { longest, most_pt: LONGEST_PT.min(room_pt - beside) }
    }

    /// Whether ratings are drawn one by one.
    fn is_by_unit(self) -> bool {
        self.longest <= MOST_UNITS
    }

    /// The width of one rating, in points, if they are drawn one by one.
    fn unit_pt(self) -> i32 {
        (self.most_pt / self.longest as i32).min(WIDEST_UNIT_PT)
    }

    /// The length of this many ratings, in points.
    fn length(self, ratings: usize) -> i32 {
        match self.is_by_unit() {
            true => self.unit_pt() * ratings as i32,
            false => self.most_pt * ratings as i32 / self.longest as i32,
        }
    }
}

impl Columns {
    /// Where the words after the longest bar end.
    fn end(&self) -> i32 {
        self.band + self.scale.length(self.scale.longest) + self.behind
    }
}

/// The picture by area, one for each basis, in the order of the bases: bases are never added up.
pub fn areas(analysis: &Analysis) -> Vec<Vec<Chart>> {
    let counts = || analysis.numbers.areas.iter().map(|area| &area.counts);
    let wide = Columns {
        band: AREAS_PT,
        scale: Scale::for_longest(counts(), SIDE_WIDTH_PT - AREAS_PT),
        behind: 0,
        width: SIDE_WIDTH_PT,
    };
    let said = |counts: &Counts| fonts::width(&sentences::counts(counts), NOTE_PT, Weight::Regular).ceil() as i32;
    let behind = counts().map(said).max().unwrap_or(0) + LABEL_ROOM_PT;
    // With many areas each has one line: a longer label, a shorter bar, and its counts after it.
    let many = Columns {
        band: MANY_AREAS_PT,
        scale: Scale::for_longest(counts(), SIDE_WIDTH_PT - MANY_AREAS_PT - behind),
        behind,
        width: SIDE_WIDTH_PT,
    };
    // All bases get the same columns, so that their bars begin at one place and have one scale.
    let bases = &analysis.numbers.bases;
    let fits = |of: &BasisSummary| {
        let height: i32 = area_bands(analysis, of, &wide).iter().map(row_height).sum();
        height <= TALLEST_PT as i32 - HEADING_PT
    };
    let columns = if bases.iter().all(fits) { &wide } else { &many };
    bases.iter().map(|of| areas_of(analysis, of, columns)).collect()
}

/// The bands of the areas of a basis.
fn area_bands(analysis: &Analysis, of: &BasisSummary, columns: &Columns) -> Vec<Band> {
    let band = |area: &AreaSummary| {
        let said = sentences::counts(&area.counts);
        Band {
            name: area.short_title.clone(),
            statement: String::new(),
            said: String::new(),
            label: fonts::wrap(&area.short_title, LABEL_PT, Weight::Regular, (columns.band - LABEL_ROOM_PT) as f32),
            counts: area.counts,
            sentence: if columns.behind == 0 { vec![said.clone()] } else { Vec::new() },
            behind: if columns.behind == 0 { String::new() } else { said },
        }
    };
    analysis.numbers.areas.iter().filter(|area| area.basis == of.basis).map(band).collect()
}

fn areas_of(analysis: &Analysis, of: &BasisSummary, columns: &Columns) -> Vec<Chart> {
    let areas = || analysis.numbers.areas.iter().filter(|area| area.basis == of.basis);
    let (all, file) = match analysis.numbers.bases.len() {
        1 => ("All statements".to_string(), "areas".to_string()),
        _ => (words::capitalised(of.basis.name()), format!("areas-{}", words::slug(of.basis.name()))),
    };
    let title = sentences::of_ratings(&of.counts);
    let described = areas().map(|area| (area.title.as_str(), area.counts));
    let alt = alt_text("by area", std::iter::once((all.as_str(), of.counts)).chain(described));
    let ratings = analysis.numbers.which_ratings(Some(of.basis));
    let (title, heading) = (words::capitalised(&title), format!("{all}: {title}"));
    let heads = PictureWords { title: &title, heading: &heading, ratings: &ratings, alt: &alt };
    charts(&file, heads, area_bands(analysis, of, columns), columns)
}

/// One area's statements. The files are named after the area's index in the theme, from 0.
pub fn criteria(analysis: &Analysis, at: usize, area: &AreaSummary) -> Vec<Chart> {
    // Of all statements and not only this area's, so that bars can be compared from page to page.
    let all = analysis.numbers.criteria.iter().map(|summary| &summary.counts);
    let scale = Scale::for_longest(all, FULL_WIDTH_PT - STATEMENTS_PT);
    let columns = Columns { band: STATEMENTS_PT, scale, behind: 0, width: FULL_WIDTH_PT };
    let summaries: Vec<_> = analysis.numbers.criteria_of(area).collect();
    let bands: Vec<Band> = summaries
        .iter()
        .map(|summary| Band {
            name: summary.criterion.id.to_string(),
            statement: summary.criterion.text.clone(),
            said: sentences::of_statement(summary),
            label: statement_label(&summary.criterion.text, summary.criterion.id.as_str()),
            counts: summary.counts,
            sentence: fonts::wrap(&sentences::of_statement(summary), 11.0, Weight::Regular, 425.0),
            behind: String::new(),
        })
        .collect();
    let title = format!("{}: {}", area.title, sentences::of_ratings(&area.counts));
    let alt = alt_text("by statement", summaries.iter().map(|s| (s.criterion.id.as_str(), s.counts)));
    let ratings = analysis.numbers.which_ratings(Some(area.basis));
    let heads = PictureWords { title: &title, heading: "", ratings: &ratings, alt: &alt };
    charts(&format!("area-{:02}", at + 1), heads, bands, &columns)
}

/// The ratings before and after challenge, one above the other, for each basis; for leaders only. None if there was no challenge.
pub fn challenged(analysis: &Analysis) -> Vec<Chart> {
    let of_basis = |(at, of): (usize, &ChallengedNumbers)| {
        let scale = Scale::for_longest([of.before, of.after].iter(), FULL_WIDTH_PT - AREAS_PT);
        let columns = Columns { band: AREAS_PT, scale, behind: 0, width: FULL_WIDTH_PT };
        let band = |name: &str, said: String, counts: Counts| Band {
            name: name.to_string(),
            statement: String::new(),
            said: String::new(),
            label: vec![name.to_string()],
            counts,
            sentence: vec![said],
            behind: String::new(),
        };
        let (before, after) = ("Before challenge", "After challenge");
        let bands = vec![
            band(before, sentences::counts(&of.before), of.before),
            band(after, format!("{}: {}", of.words(), sentences::counts(&of.after)), of.after),
        ];
        let basis =
            if analysis.numbers.challenged.len() > 1 { format!(" on {}", of.basis.name()) } else { String::new() };
        let title = format!("Ratings before and after challenge{basis}: {}", of.words());
        let alt = alt_text("before and after challenge", [(before, of.before), (after, of.after)].into_iter());
        let heads = PictureWords { title: &title, heading: "", ratings: "", alt: &alt };
        charts(&format!("challenge-{}", at + 1), heads, bands, &columns)
    };
    analysis.numbers.challenged.iter().enumerate().flat_map(of_basis).collect()
}

/// A statement with its Ref. One that is too long for a slide is cut; the annex has it in full.
fn statement_label(text: &str, id: &str) -> Vec<String> {
    let wrap = |text: &str| fonts::wrap(text, LABEL_PT, Weight::Regular, 422.0);
    let lines = wrap(&format!("{text} ({id})"));
    if lines.len() <= MOST_LABEL_LINES {
        return lines;
    }
    let mut begun = wrap(text);
    begun.truncate(MOST_LABEL_LINES - 1);
    begun.push(format!("… ({id})"));
    begun
}

fn alt_text<'a>(by: &str, rows: impl Iterator<Item = (&'a str, Counts)>) -> String {
    let row = |(name, counts): (&str, Counts)| {
        let mut text = format!("{name}: {} Red, {} Amber, {} Green", counts.red, counts.amber, counts.green);
        if counts.not_applicable > 0 {
            text.push_str(&format!(", {} not applicable", counts.not_applicable));
        }
        if counts.unanswered() > 0 {
            text.push_str(&format!(", {} not answered", counts.unanswered()));
        }
        text
    };
    format!(
        "Bars of ratings {by}, each as long as its number of ratings. {}.",
        rows.map(row).collect::<Vec<_>>().join(". ")
    )
}

fn row_height(band: &Band) -> i32 {
    (band.label.len() as i32 * LINE_PT).max(drawn_height(band)) + ROW_GAP_PT
}

/// The height of a band with the sentence under it.
fn drawn_height(band: &Band) -> i32 {
    match band.sentence.len() as i32 {
        0 => BAND_PT,
        lines => BAND_PT + SENTENCE_GAP_PT + lines * SENTENCE_LINE_PT,
    }
}

/// The words of a picture.
#[derive(Clone, Copy)]
struct PictureWords<'a> {
    /// The message, as a headline.
    title: &'a str,
    /// The total over the bars; empty for none.
    heading: &'a str,
    /// Which ratings they are; empty if each bar says it.
    ratings: &'a str,
    /// What the picture shows, for those who cannot see it.
    alt: &'a str,
}

/// The bands on as many drawings as they need.
fn charts(name: &str, said: PictureWords<'_>, bands: Vec<Band>, columns: &Columns) -> Vec<Chart> {
    let first = if said.heading.is_empty() { 0 } else { HEADING_PT };
    let pages = paging::level(bands, TALLEST_PT - first as usize, |band| row_height(band) as usize);
    let count = pages.len();
    let page = |(at, bands): (usize, Vec<Band>)| {
        let mut marks = Vec::new();
        if !said.heading.is_empty() {
            let heading = said.heading.to_string();
            marks.push(Mark::Label(0, 8, heading, LABEL_PT, Weight::Bold, Align::Left, palette::INK));
        }
        let mut top = first;
        for band in &bands {
            let height = row_height(band);
            marks.extend(draw_band(band, top + height / 2, columns));
            top += height;
        }
        marks.push(note(0, top + 12, KEY));
        let (subtitle, alt) = (whose(said.ratings), described(said.ratings, said.alt));
        let heads = canvas::Heads { title: said.title, subtitle: &subtitle, alt: &alt };
        let chart = canvas::chart(page_name(name, at, count), (columns.width, top + 24), marks, heads);
        Chart { bars: Some(bars(said.heading, &bands, columns)), ..chart }
    };
    pages.into_iter().enumerate().map(page).collect()
}

/// What is counted, and which ratings they are: "Self-ratings. Each agency's rating of its own part".
fn whose(ratings: &str) -> String {
    described(ratings, "Each agency's rating of its own part")
}

/// A text with which ratings it is about before it.
fn described(ratings: &str, text: &str) -> String {
    if ratings.is_empty() { text.to_string() } else { format!("{ratings}. {text}") }
}

/// The key of a band.
const KEY: &str = "R Red · A Amber · G Green. A bar is as long as its number of ratings. Dashed: how many are not in. n/a: not applicable.";

/// The same numbers for native charts.
fn bars(heading: &str, bands: &[Band], columns: &Columns) -> Bars {
    let row = |band: &Band| Bar {
        label: band.name.clone(),
        statement: if band.statement.is_empty() { String::new() } else { band.label.join(" ") },
        sentence: band.said.clone(),
        counts: if band.counts.rated() == 0 { String::new() } else { sentences::counts(&band.counts) },
        not_in: Some(band.counts.unanswered()).filter(|n| *n > 0),
        beside: not_applicable(&band.counts),
        height_pt: row_height(band),
    };
    let series = |rating| Series {
        kind: SeriesKind::Rating(rating),
        values: bands.iter().map(|band| band.counts.rated_as(rating)).collect(),
    };
    // With statements beside the bars, a native chart needs no labels of its own.
    let labels_pt = if bands.iter().all(|band| band.statement.is_empty()) { columns.band - LABEL_ROOM_PT } else { 0 };
    Bars {
        heading: heading.into(),
        rows: bands.iter().map(row).collect(),
        series: Rating::ALL.map(series).to_vec(),
        longest: columns.scale.longest,
        key: KEY.into(),
        frame_pt: (columns.band - labels_pt, columns.end() - columns.behind),
        behind_pt: columns.behind,
        labels_pt,
    }
}

fn draw_band(band: &Band, row_middle: i32, columns: &Columns) -> Vec<Mark> {
    let mut marks = canvas::lines(0, row_middle, &band.label, Weight::Regular, Align::Left, LABEL_PT);
    let top = row_middle - drawn_height(band) / 2;
    let middle = top + BAND_PT / 2;
    for (at, line) in (0i32..).zip(&band.sentence) {
        let below = BAND_PT + SENTENCE_GAP_PT + at * SENTENCE_LINE_PT + SENTENCE_LINE_PT / 2;
        marks.push(note(columns.band, top + below, line));
    }
    marks.extend(match columns.scale.is_by_unit() {
        true => units(&band.counts, columns, middle),
        false => segments(&band.counts, columns, middle),
    });
    if band.counts.rated() == 0 {
        marks.push(note(columns.band, middle, "no ratings"));
    } else if !band.behind.is_empty() {
        marks.push(note(columns.band + columns.scale.length(band.counts.rated()) + BEHIND_PT, middle, &band.behind));
    }
    marks.extend(beside(&band.counts, middle, columns));
    marks
}

/// The ratings one by one, each with its shape, letter and colour.
fn units(counts: &Counts, columns: &Columns, middle: i32) -> Vec<Mark> {
    let step = columns.scale.unit_pt();
    // An even size, because coordinates are whole points and a circle or diamond needs a middle.
    let size = (step - 1).min(BAND_PT) / 2 * 2;
    let ratings = Rating::ALL.into_iter().flat_map(|rating| std::iter::repeat_n(rating, counts.rated_as(rating)));
    let unit = |(at, rating): (i32, Rating)| {
        let swatch = palette::rating(rating);
        let centre = columns.band + step * at + step / 2;
        let place = |half: i32| [centre - half, middle - half, 2 * half, 2 * half];
        let shape = match marks::shape(rating) {
            MarkShape::Square => Mark::Segment(place(size / 2), swatch.fill),
            // One point larger: a diamond has less room for its letter.
            MarkShape::Diamond => Mark::Diamond(place(size / 2 + 1), swatch.fill),
            MarkShape::Circle => Mark::Circle(place(size / 2), swatch.fill),
        };
        let letter =
            Mark::Label(centre, middle, rating.letter().into(), UNIT_PT, Weight::Bold, Align::Centre, swatch.ink);
        [shape, letter]
    };
    (0..).zip(ratings).flat_map(unit).collect()
}

/// The size of the letter of one rating, in points.
const UNIT_PT: f32 = 11.0;

/// Each rating as one part of the bar.
fn segments(counts: &Counts, columns: &Columns, middle: i32) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before = 0;
    for rating in Rating::ALL.into_iter().filter(|rating| counts.rated_as(*rating) > 0) {
        let swatch = palette::rating(rating);
        let after = before + counts.rated_as(rating);
        let (left, right) = (columns.band + columns.scale.length(before), columns.band + columns.scale.length(after));
        // Even one rating among thousands can be seen.
        let width = (right - left - GAP_PT).max(2);
        marks.push(Mark::Segment([left, middle - BAND_PT / 2, width, BAND_PT], swatch.fill));
        // If neither label fits, the sentence under the bar still has the number.
        let n = counts.rated_as(rating);
        let labels = [(format!("{} {n}", rating.letter()), LABEL_PT), (format!("{}{n}", rating.letter()), UNIT_PT)];
        let fits = |(text, size): &(String, f32)| fonts::width(text, *size, Weight::Bold) + 2.0 <= width as f32;
        if let Some((text, size)) = labels.into_iter().find(fits) {
            marks.push(Mark::Label(left + width / 2, middle, text, size, Weight::Bold, Align::Centre, swatch.ink));
        }
        before = after;
    }
    marks
}

/// What is not rated, beside the bar and never in it: the length of a bar counts ratings only.
fn beside(counts: &Counts, middle: i32, columns: &Columns) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut left = columns.end() + LABEL_ROOM_PT;
    if counts.unanswered() > 0 {
        let text = counts.unanswered().to_string();
        let width = outline_width(counts);
        marks.push(Mark::Outline([left, middle - BAND_PT / 2, width, BAND_PT]));
        marks.push(label(left + width / 2, middle, text, Align::Centre));
        left += width + LABEL_ROOM_PT;
    }
    if counts.not_applicable > 0 {
        marks.push(note(left, middle, not_applicable(counts)));
    }
    marks
}

/// The width of the outline with how many are not in, in points.
fn outline_width(counts: &Counts) -> i32 {
    (fonts::width(&counts.unanswered().to_string(), LABEL_PT, Weight::Regular) as i32 + 12).max(22)
}

/// The width of everything beside a bar, with the gaps, in points.
fn beside_width(counts: &Counts) -> i32 {
    let not_in = if counts.unanswered() > 0 { LABEL_ROOM_PT + outline_width(counts) } else { 0 };
    let not_applicable = match not_applicable(counts).as_str() {
        "" => 0,
        said => LABEL_ROOM_PT + fonts::width(said, NOTE_PT, Weight::Regular).ceil() as i32,
    };
    not_in + not_applicable
}

/// "2 n/a"; empty for none.
fn not_applicable(counts: &Counts) -> String {
    if counts.not_applicable == 0 { String::new() } else { format!("{} n/a", counts.not_applicable) }
}
