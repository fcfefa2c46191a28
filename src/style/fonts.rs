//! The bundled fonts: how wide a text is, which characters can be drawn, and what replaces one that cannot.
//!
//! Noto Sans in four styles, from the `notosans` crate, so that a page looks the same on every machine.

use std::borrow::Cow;
use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, OutlineCurve, Point};

/// The family's name, for documents and drawings.
pub const FAMILY: &str = "Noto Sans";

/// The font files: regular, bold, italic and bold italic.
pub const FILES: [&[u8]; 4] =
    [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF, notosans::BOLD_ITALIC_TTF];

/// How heavy a text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Regular.
    Regular,
    /// Bold.
    Bold,
}

static REGULAR: LazyLock<FontRef<'static>> = LazyLock::new(|| parsed(notosans::REGULAR_TTF));
static BOLD: LazyLock<FontRef<'static>> = LazyLock::new(|| parsed(notosans::BOLD_TTF));

fn parsed(file: &'static [u8]) -> FontRef<'static> {
    // OK because the file is part of the program: a test measures with both.
    FontRef::try_from_slice(file).expect("a bundled font parses")
}

fn font(weight: Weight) -> &'static FontRef<'static> {
    match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    }
}

/// The width of a text in points at a size in points, as it is drawn: the sum of its glyphs' advances, without kerning.
pub fn width(text: &str, size_pt: f32, weight: Weight) -> f32 {
    drawable(text).chars().map(|c| advance(c, weight)).sum::<f32>() * size_pt
}

/// The outlines of a text as SVG path data, starting at a point on its baseline. A picture with outlines looks the same without our fonts.
pub fn outlines(text: &str, (left_pt, baseline_pt): (f32, f32), size_pt: f32, weight: Weight) -> String {
    let font = font(weight);
    let scale = size_pt / font.units_per_em().unwrap_or(1000.0);
    let mut path = OutlinePath::default();
    let mut left = left_pt;
    for c in drawable(text).chars() {
        let on_page = |point: Point| {
            let hundredths = |pt: f32| (pt * 100.0).round() as i32;
            (hundredths(left + point.x * scale), hundredths(baseline_pt - point.y * scale))
        };
        for curve in font.outline(font.glyph_id(c)).into_iter().flat_map(|outline| outline.curves) {
            match curve {
                OutlineCurve::Line(from, to) => path.curve("l", on_page(from), &[on_page(to)]),
                OutlineCurve::Quad(from, by, to) => path.curve("q", on_page(from), &[on_page(by), on_page(to)]),
                OutlineCurve::Cubic(from, by, and, to) => {
                    path.curve("c", on_page(from), &[on_page(by), on_page(and), on_page(to)]);
                }
            }
        }
        left += advance(c, weight) * size_pt;
    }
    path.data
}

/// Builds the data of an SVG path, in hundredths of a point. Each place is relative to the end of the one before, which keeps it short.
#[derive(Default)]
struct OutlinePath {
    data: String,
    at: (i32, i32),
}

impl OutlinePath {
    /// Adds a line or a curve through these points. One that begins somewhere else starts a new outline.
    fn curve(&mut self, kind: &str, from: (i32, i32), points: &[(i32, i32)]) {
        if from != self.at || self.data.is_empty() {
            self.add(if self.data.is_empty() { "M" } else { "zM" }, (0, 0), from);
            self.at = from;
        }
        let start = self.at;
        for (place, point) in points.iter().enumerate() {
            self.add(if place == 0 { kind } else { " " }, start, *point);
            self.at = *point;
        }
    }

    fn add(&mut self, before: &str, from: (i32, i32), to: (i32, i32)) {
        let (across, down) = (to.0 - from.0, to.1 - from.1);
        // A minus separates two numbers as well as a blank does.
        let parts = |number: i32| if number < 0 { "" } else { " " };
        self.data.push_str(if before == " " { parts(across) } else { before });
        push_short(&mut self.data, across);
        self.data.push_str(parts(down));
        push_short(&mut self.data, down);
    }
}

/// Adds hundredths as a short number: "1.5", ".07", "-.2". By hand, because the charts of a large round have millions of them.
fn push_short(text: &mut String, hundredths: i32) {
    if hundredths < 0 {
        text.push('-');
    }
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    let digit = |number: u32| char::from(b'0' + (number % 10) as u8);
    match whole {
        0 if part > 0 => {}
        0..10 => text.push(digit(whole)),
        10..100 => text.extend([digit(whole / 10), digit(whole)]),
        _ => text.push_str(&whole.to_string()),
    }
    if part > 0 {
        text.extend(['.', digit(part / 10)]);
    }
    if part % 10 > 0 {
        text.push(digit(part));
    }
}

/// The advance of a character that can be drawn, at a size of one point.
fn advance(c: char, weight: Weight) -> f32 {
    advances(weight).get(c as usize).copied().unwrap_or_else(|| looked_up(c, weight))
}

fn looked_up(c: char, weight: Weight) -> f32 {
    let font = font(weight);
    font.h_advance_unscaled(font.glyph_id(c)) / font.units_per_em().unwrap_or(1000.0)
}

/// How many lines a text takes when it is broken at blanks into lines no wider than `width_pt`; a word that is wider is broken
/// inside. As [`wrap`], without making the lines: workbooks are issued by the thousand.
pub fn lines(text: &str, size_pt: f32, weight: Weight, width_pt: f32) -> usize {
    // It may differ from `wrap` by a line where a word is wider than the line; a test holds the two together.
    text.lines().map(|line| lines_of(line, size_pt, weight, width_pt)).sum()
}

fn lines_of(line: &str, size_pt: f32, weight: Weight, width_pt: f32) -> usize {
    let advance =
        |c: char| if can_draw(c) { advance(c, weight) } else { width(c.encode_utf8(&mut [0; 4]), 1.0, weight) };
    let (mut lines, mut used) = (1, 0.0);
    for word in line.split_whitespace() {
        let needed: f32 = word.chars().map(advance).sum::<f32>() * size_pt;
        let blank = advance(' ') * size_pt;
        if used > 0.0 && used + blank + needed > width_pt {
            lines += 1;
            used = 0.0;
        }
        used += needed + if used > 0.0 { blank } else { 0.0 };
        while used > width_pt {
            lines += 1;
            used -= width_pt;
        }
    }
    lines
}

/// The characters whose advances are cached: the first code points, which are Latin with its accents.
const KNOWN: usize = 384;

/// The advance of each known character at a size of one point.
fn advances(weight: Weight) -> &'static [f32; KNOWN] {
    static REGULAR: LazyLock<[f32; KNOWN]> = LazyLock::new(|| for_each_known(|c| looked_up(c, Weight::Regular)));
    static BOLD: LazyLock<[f32; KNOWN]> = LazyLock::new(|| for_each_known(|c| looked_up(c, Weight::Bold)));
    match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    }
}

fn for_each_known<T: Default>(of: impl Fn(char) -> T) -> [T; KNOWN] {
    std::array::from_fn(|at| char::from_u32(at as u32).map_or_else(T::default, &of))
}

/// Breaks a text into lines no wider than `width_pt`, at blanks; a word that is wider is broken inside.
pub fn wrap(text: &str, size_pt: f32, weight: Weight, width_pt: f32) -> Vec<String> {
    let text = drawable(text);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let (mut line, mut used) = (String::new(), 0.0);
        for word in paragraph.split_whitespace().flat_map(|word| pieces(word, size_pt, weight, width_pt)) {
            let needed = width(&word, size_pt, weight);
            let longer = used + advance(' ', weight) * size_pt + needed;
            if line.is_empty() {
                (line, used) = (word, needed);
            } else if longer <= width_pt {
                line.push(' ');
                line.push_str(&word);
                used = longer;
            } else {
                lines.push(std::mem::replace(&mut line, word));
                used = needed;
            }
        }
        lines.push(line);
    }
    lines
}

/// How many lines [`wrap`] makes, without making them: a round of a thousand agencies asks it of some hundred thousand texts.
pub fn wrapped(text: &str, size_pt: f32, weight: Weight, width_pt: f32) -> usize {
    let drawn = drawable(text);
    let width = |word: &str| word.chars().map(|c| advance(c, weight)).sum::<f32>() * size_pt;
    let blank = advance(' ', weight) * size_pt;
    let mut lines = 0;
    for paragraph in drawn.lines() {
        lines += 1;
        let mut used = None;
        for word in paragraph.split_whitespace() {
            let needed = width(word);
            if needed > width_pt {
                return wrap(text, size_pt, weight, width_pt).len();
            }
            // The same sum in the same order as in `wrap`, so that both round alike.
            let longer = used.map_or(needed, |used: f32| used + blank + needed);
            let is_over = used.is_some() && longer > width_pt;
            lines += usize::from(is_over);
            used = Some(if is_over { needed } else { longer });
        }
    }
    lines
}

/// A word as it is, or in pieces that each fit.
fn pieces(word: &str, size_pt: f32, weight: Weight, width_pt: f32) -> Vec<String> {
    if width(word, size_pt, weight) <= width_pt {
        return vec![word.to_string()];
    }
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        let last = pieces.len() - 1;
        let longer = format!("{}{c}", pieces[last]);
        if width(&longer, size_pt, weight) > width_pt && !pieces[last].is_empty() {
            pieces.push(c.to_string());
        } else {
            pieces[last] = longer;
        }
    }
    pieces
}

/// Whether the bundled fonts can draw a character, regular and bold. A line break needs no glyph. Characters that change the
/// direction of writing are not drawn, because they would reverse the text after them.
pub fn can_draw(c: char) -> bool {
    static DRAWN: LazyLock<[bool; KNOWN]> = LazyLock::new(|| for_each_known(has_glyphs));
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    DRAWN.get(c as usize).copied().unwrap_or_else(|| !turns && has_glyphs(c))
}

fn has_glyphs(c: char) -> bool {
    // Glyph 0 is the box that a font draws for a character it does not have.
    let has = |font: &FontRef<'_>| font.glyph_id(c).0 != 0;
    c == '\n' || (!c.is_control() && !lies_over(c) && has(&REGULAR) && has(&BOLD))
}

/// Whether the fonts would draw a character over the next one, although it takes up space: their GDEF table has these accents and
/// modifiers as marks (class 3), and marks get no width.
fn lies_over(c: char) -> bool {
    matches!(
        c,
        '`' | '¨' | '´' | '¸'
            | '\u{2b9}'..='\u{2c1}'
            | '\u{2c6}'..='\u{2df}'
            | '\u{2ec}'..='\u{2ff}'
            | '\u{374}' | '\u{375}' | '\u{37a}' | '\u{384}' | '\u{385}'
            | '\u{1fbd}'..='\u{1fc1}'
            | '\u{1fcd}'..='\u{1fcf}'
            | '\u{1fdd}'..='\u{1fdf}'
            | '\u{1fed}'..='\u{1fef}'
            | '\u{1ffd}' | '\u{1ffe}'
    )
}

/// The replacement for a character that looks the same to a reader and so needs no name: accents that people type as apostrophes.
fn look_alike(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        '`' | '\u{2bb}' => Some('‘'),
        '´' | '\u{2bc}' => Some('’'),
        _ => None,
    }
}

/// If more characters in a row than this cannot be drawn, they are counted and not named one by one.
const MOST_NAMED: usize = 3;

/// A piece of a text: as it is, or the stand-in for characters that no bundled font can draw.
enum Piece<'t> {
    Drawn(&'t str),
    StandIn(String),
}

/// The pieces of a text, in order. A carriage return is drawn as nothing.
fn pieces_of(text: &str) -> Vec<Piece<'_>> {
    let is_drawn = |c: char| can_draw(c) || look_alike(c).is_some() || c == '\r';
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_first_drawn = is_drawn(first);
        let end = rest.find(|c| is_drawn(c) != is_first_drawn).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        match is_first_drawn {
            true => pieces.push(Piece::Drawn(run)),
            false => pieces.extend(named(run).map(Piece::StandIn)),
        }
        rest = after;
    }
    pieces
}

/// The stand-ins for a run of characters: the name of each, or for a long run how many there are.
fn named(run: &str) -> Box<dyn Iterator<Item = String> + '_> {
    match run.chars().count() {
        n if n > MOST_NAMED => Box::new(std::iter::once(format!("[{n} characters of a different script or set]"))),
        _ => Box::new(run.chars().map(stand_in)),
    }
}

/// The text with a named stand-in for every character that no bundled font can draw, as in `[check mark]`.
///
/// The accessible PDF export refuses a whole document because of one such character, and an empty box would lose what was written.
pub fn drawable(text: &str) -> Cow<'_, str> {
    // Nearly every text: only Latin, and nothing to replace.
    if text.chars().all(can_draw) {
        return Cow::Borrowed(text);
    }
    let draw = |piece| match piece {
        Piece::Drawn(run) => run.chars().filter(|c| *c != '\r').map(|c| look_alike(c).unwrap_or(c)).collect(),
        Piece::StandIn(name) => name,
    };
    Cow::Owned(pieces_of(text).into_iter().map(draw).collect())
}

/// The stand-ins that a text needs, each once, in order.
pub fn stand_ins(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in pieces_of(text) {
        if let Piece::StandIn(name) = piece
            && !found.contains(&name)
        {
            found.push(name);
        }
    }
    found
}

/// The stand-in for a character: its Unicode name in lower case, or its number if it has no name.
fn stand_in(c: char) -> String {
    match unicode_names2::name(c) {
        Some(name) => format!("[{}]", name.to_string().to_lowercase()),
        None => format!("[U+{:04X}]", c as u32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_can_draw_gets_its_name() {
        assert_eq!(drawable("done ✓\tok"), "done [check mark] ok");
        assert_eq!(drawable("bell\u{7}"), "bell[U+0007]");
        // These fonts would draw them over the next letter.
        assert_eq!(drawable("don´t `quote` ¨"), "don’t ‘quote‘ [diaeresis]");
        assert!(stand_ins("don´t `quote`").is_empty());
        assert_eq!(drawable("café – “£5” naïve"), "café – “£5” naïve");
        assert_eq!(stand_ins("✓ and ✓ and 😀"), ["[check mark]", "[grinning face]"]);
        assert_eq!(drawable("Abc\u{202e}gnp"), "Abc[right-to-left override]gnp");
        assert_eq!(
            drawable("سلام عليكم"),
            "[4 characters of a different script or set] [5 characters of a different script or set]"
        );
    }

    #[test]
    fn wrapped_lines_fit_and_lose_nothing() {
        let text = "Agencies respond effectively together Llanfairpwllgwyngyllgogerychwyrndrobwll";
        let lines = wrap(text, 12.0, Weight::Bold, 90.0);
        assert!(lines.iter().all(|line| width(line, 12.0, Weight::Bold) <= 90.0), "{lines:?}");
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(bare(&lines.concat()), bare(text));
        for (size, width_pt) in [(12.0, 90.0), (11.0, 200.0), (11.0, 60.0)] {
            let made = wrap(text, size, Weight::Bold, width_pt).len();
            let counted = super::lines(text, size, Weight::Bold, width_pt);
            assert!(counted.abs_diff(made) <= 1, "{counted} lines counted, {made} made");
        }
        assert_eq!(super::lines("one\n\ntwo", 11.0, Weight::Regular, 100.0), 3);
    }
}
