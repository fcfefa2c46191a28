//! Rectangles, lines and measured text on an SVG. No other file uses plotters.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::{
    Circle, Color, FontStyle, IntoDrawingArea, IntoFont, PathElement, Polygon, RGBColor, Rectangle, SVGBackend, Text,
    TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::mark::{Align, Mark};
use super::picture::Chart;
use crate::intake::answers::AnswerState;
use crate::style::fonts::{self, FAMILY, Weight};
use crate::style::palette::{self, Colour, Swatch};

/// The size of labels in points.
pub(super) const LABEL_PT: f32 = 14.0;

/// The height of a line of labels in points.
pub(super) const LINE_PT: i32 = 18;

/// A label in the size and weight of labels.
pub(super) fn label(x: i32, middle: i32, text: impl Into<String>, align: Align) -> Mark {
    Mark::Label(x, middle, text.into(), LABEL_PT, Weight::Regular, align, palette::INK)
}

/// The size of notes, in points.
pub(super) const NOTE_PT: f32 = 11.0;

/// A label of secondary text.
pub(super) fn note(x: i32, middle: i32, text: impl Into<String>) -> Mark {
    Mark::Label(x, middle, text.into(), NOTE_PT, Weight::Regular, Align::Left, palette::GREY)
}

/// The lines of a text one under the other, centred on a vertical middle.
pub(super) fn lines(x: i32, middle: i32, lines: &[String], weight: Weight, align: Align, size_pt: f32) -> Vec<Mark> {
    let step = (size_pt * 1.25).round() as i32;
    let first = middle - step * (lines.len() as i32 - 1) / 2;
    let line = |(at, text): (usize, &String)| {
        Mark::Label(x, first + step * at as i32, text.clone(), size_pt, weight, align, palette::INK)
    };
    lines.iter().enumerate().map(line).collect()
}

/// One answer as a cell: the letter on its colour, a dash for not applicable, an outline for what is not answered.
pub(super) fn answer_cell([left, top, width, height]: [i32; 4], state: AnswerState) -> Vec<Mark> {
    let (x, y) = (left + width / 2, top + height / 2);
    let letter = |text: &str, ink| Mark::Label(x, y, text.into(), LABEL_PT, Weight::Bold, Align::Centre, ink);
    match state {
        AnswerState::Rated(rating) => {
            let Swatch { fill, ink } = palette::rating(rating);
            vec![Mark::Segment([left, top, width, height], fill), letter(rating.letter(), ink)]
        }
        AnswerState::NotApplicable => vec![letter("–", palette::GREY)],
        AnswerState::Unreadable => vec![Mark::Outline([left, top, width, height]), letter("?", palette::GREY)],
        AnswerState::Blank | AnswerState::Missing => vec![Mark::Outline([left, top, width, height])],
    }
}

/// The height over a drawing for its message and what is counted, in points.
const HEADS_PT: i32 = 52;

/// The margin of a drawing that is a file of its own, in points.
const MARGIN_PT: i32 = 16;

/// The height under it for the foot, in points.
const FOOT_PT: i32 = 24;

/// The words of a picture.
#[derive(Debug)]
pub(super) struct Heads<'a> {
    /// The message, as a headline.
    pub title: &'a str,
    /// What is counted.
    pub subtitle: &'a str,
    /// What the picture shows, for those who cannot see it.
    pub alt: &'a str,
}

/// Lays a chart out: the marks, in their order, on a picture of a width and height in points.
pub(super) fn chart(name: String, size: (i32, i32), marks: Vec<Mark>, heads: Heads<'_>) -> Chart {
    let (width_pt, height_pt) = size;
    let Heads { title, subtitle, alt } = heads;
    Chart {
        name,
        title: title.into(),
        subtitle: subtitle.into(),
        alt: alt.into(),
        bars: None,
        width_pt,
        height_pt,
        marks,
    }
}

impl Chart {
    /// The drawing alone, for a slide that has the message as its headline.
    pub fn svg(&self) -> String {
        let Chart { title, subtitle, alt, .. } = self;
        draw((self.width_pt, self.height_pt), &self.marks, &Heads { title, subtitle, alt }, TextForm::Letters)
    }

    /// The same with its text as outlines, for a page in a browser: an SVG used as an image cannot load our fonts.
    pub fn outlined_svg(&self) -> String {
        let Chart { title, subtitle, alt, .. } = self;
        draw((self.width_pt, self.height_pt), &self.marks, &Heads { title, subtitle, alt }, TextForm::Outlines)
    }

    /// The drawing as a file of its own, with its message and what is counted above it, and a foot below. Its text is outlines; the words are
    /// in its title and description.
    pub fn file_svg(&self, foot: &str) -> String {
        let Chart { title, subtitle, alt, .. } = self;
        let title_pt = if fonts::width(title, 18.0, Weight::Bold) <= self.width_pt as f32 { 18.0 } else { 13.0 };
        let mut marks = vec![
            Mark::Label(0, 14, title.clone(), title_pt, Weight::Bold, Align::Left, palette::INK),
            note(0, 36, subtitle),
            note(0, HEADS_PT + self.height_pt + FOOT_PT / 2 + 4, foot),
        ];
        marks.extend(self.marks.iter().map(|mark| mark.clone().moved(0, HEADS_PT)));
        let page: Vec<Mark> = marks.into_iter().map(|mark| mark.moved(MARGIN_PT, MARGIN_PT)).collect();
        let size = (self.width_pt + 2 * MARGIN_PT, HEADS_PT + self.height_pt + FOOT_PT + 2 * MARGIN_PT);
        let alt = format!("{subtitle}. {alt} {foot}");
        let heads = Heads { title, subtitle, alt: &alt };
        draw(size, &[vec![Mark::Ground], page].concat(), &heads, TextForm::Outlines)
    }
}

/// The form of the text in a drawing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TextForm {
    /// As letters, for a document with our fonts embedded: they can be searched and copied.
    Letters,
    /// As outlines, for a file that is opened without our fonts.
    Outlines,
}

/// The SVG, with title and description inside for those who open the file alone.
fn draw((width_pt, height_pt): (i32, i32), marks: &[Mark], heads: &Heads<'_>, writing: TextForm) -> String {
    let mut svg = String::new();
    let mut outlines = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (width_pt as u32, height_pt.max(1) as u32)).into_drawing_area();
        for mark in marks {
            match if writing == TextForm::Outlines { outline(mark) } else { None } {
                Some(path) => outlines.push_str(&path),
                None => draw_mark(&area, mark),
            }
        }
        area.present().expect("an SVG in memory is complete");
    }
    // Outlines go in last, so that text is above everything else.
    let svg = svg.replacen("</svg>", &format!("{outlines}</svg>"), 1);
    described(&svg, heads.title, heads.alt)
}

/// The outlines of a label; `None` of any other mark.
fn outline(mark: &Mark) -> Option<String> {
    let Mark::Label(x, middle, text, size, weight, align, colour) = mark else { return None };
    let left = match align {
        Align::Left => *x as f32,
        Align::Centre => *x as f32 - fonts::width(text, *size, *weight) / 2.0,
    };
    // Capitals of Noto Sans are 0.714 em tall: their middle is where the label's is.
    let path = fonts::outlines(text, (left, *middle as f32 + 0.357 * size), *size, *weight);
    Some(format!("<path fill=\"{}\" d=\"{path}\"/>\n", colour.hex()))
}

fn draw_mark(area: &DrawingArea<SVGBackend<'_>, Shift>, mark: &Mark) {
    let drawn = match mark {
        Mark::Ground => area.fill(&rgb(palette::WHITE)),
        Mark::Segment(at, fill) => {
            let [from, to] = corners(*at);
            area.draw(&Rectangle::new([from, to], rgb(*fill).filled()))
                .and_then(|()| area.draw(&Rectangle::new([from, to], rgb(palette::INK).stroke_width(1))))
        }
        Mark::Diamond(at, fill) => {
            let [(left, top), (right, bottom)] = corners(*at);
            let (x, y) = ((left + right) / 2, (top + bottom) / 2);
            let points = vec![(x, top), (right, y), (x, bottom), (left, y), (x, top)];
            area.draw(&Polygon::new(points.clone(), rgb(*fill).filled()))
                .and_then(|()| area.draw(&PathElement::new(points, rgb(palette::INK).stroke_width(1))))
        }
        Mark::Circle(at, fill) => {
            let [(left, top), (right, bottom)] = corners(*at);
            let (centre, radius) = (((left + right) / 2, (top + bottom) / 2), (right - left) / 2);
            area.draw(&Circle::new(centre, radius, rgb(*fill).filled()))
                .and_then(|()| area.draw(&Circle::new(centre, radius, rgb(palette::INK).stroke_width(1))))
        }
        // plotters has no dashed rectangles, so each dash is a line of its own.
        Mark::Outline(at) => dashes(*at)
            .into_iter()
            .try_for_each(|dash| area.draw(&PathElement::new(dash.to_vec(), rgb(palette::GREY).stroke_width(1)))),
        Mark::Line(from, to) => area.draw(&PathElement::new(vec![*from, *to], rgb(palette::LINE).stroke_width(1))),
        Mark::Label(x, middle, text, size, weight, align, colour) => {
            let style = match weight {
                Weight::Regular => FontStyle::Normal,
                Weight::Bold => FontStyle::Bold,
            };
            let anchor = match align {
                Align::Left => HPos::Left,
                Align::Centre => HPos::Center,
            };
            // The SVG backend divides a size by 1.24 and puts a top-anchored baseline 0.76 em down. Capitals of Noto Sans
            // are 0.714 em tall, so this top puts their middle at the given point.
            let top = *middle - (0.403 * size).round() as i32;
            let font = (FAMILY, f64::from(*size) * 1.24).into_font().style(style);
            let ink = rgb(*colour);
            let style = TextStyle::from(font).color(&ink).pos(Pos::new(anchor, VPos::Top));
            area.draw(&Text::new(fonts::drawable(text).into_owned(), (*x, top), style))
        }
    };
    // OK because only writing to a file could fail, and the SVG is in memory.
    drawn.expect("a mark drawn in memory");
}

fn corners([left, top, width, height]: [i32; 4]) -> [(i32, i32); 2] {
    [(left, top), (left + width, top + height)]
}

/// The dashes of a dashed outline: 4 points long, 3 apart.
fn dashes(at: [i32; 4]) -> Vec<[(i32, i32); 2]> {
    let [(left, top), (right, bottom)] = corners(at);
    let across = |y: i32| (left..right).step_by(7).map(move |x| [(x, y), ((x + 4).min(right), y)]);
    let down = |x: i32| (top..bottom).step_by(7).map(move |y| [(x, y), (x, (y + 4).min(bottom))]);
    across(top).chain(across(bottom)).chain(down(left)).chain(down(right)).collect()
}

fn rgb(colour: Colour) -> RGBColor {
    let (red, green, blue) = colour.rgb();
    RGBColor(red, green, blue)
}

/// Adds role, title and description to the drawing's first tag.
fn described(svg: &str, title: &str, alt: &str) -> String {
    let escape = |text: &str| {
        let plain = fonts::drawable(text).replace('&', "&amp;");
        // "&" is escaped above, before these add ampersands of their own.
        plain.replace('<', "&lt;").replace('>', "&gt;").replace('\n', " ")
    };
    let head = format!("<title>{}</title>\n<desc>{}</desc>\n", escape(title), escape(alt));
    match svg.split_once(">\n") {
        Some((tag, rest)) => format!("{tag} role=\"img\">\n{head}{rest}"),
        None => svg.to_string(),
    }
}
