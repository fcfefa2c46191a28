//! The marks that a drawing is made of.

use crate::style::fonts::Weight;
use crate::style::palette::Colour;

/// Which part of a text its x coordinate refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// At its start.
    Left,
    /// At its middle.
    Centre,
}

/// One mark of a picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// A white page behind everything, for a file that may be opened on a dark one.
    Ground,
    /// A filled rectangle with a dark outline: left, top, width, height.
    Segment([i32; 4], Colour),
    /// A filled diamond with a dark outline.
    Diamond([i32; 4], Colour),
    /// A filled circle with a dark outline.
    Circle([i32; 4], Colour),
    /// A dashed outline with nothing inside: what is not answered.
    Outline([i32; 4]),
    /// A horizontal or vertical hairline: from, to.
    Line((i32, i32), (i32, i32)),
    /// A line of text: x, vertical middle, text, size in points, weight, alignment, colour.
    Label(i32, i32, String, f32, Weight, Align, Colour),
}

impl Mark {
    /// The same mark further to the right and down.
    pub(super) fn moved(self, right: i32, down: i32) -> Mark {
        let moved = |[left, top, width, height]: [i32; 4]| [left + right, top + down, width, height];
        let point = |(x, y): (i32, i32)| (x + right, y + down);
        match self {
            Mark::Ground => Mark::Ground,
            Mark::Segment(at, fill) => Mark::Segment(moved(at), fill),
            Mark::Diamond(at, fill) => Mark::Diamond(moved(at), fill),
            Mark::Circle(at, fill) => Mark::Circle(moved(at), fill),
            Mark::Outline(at) => Mark::Outline(moved(at)),
            Mark::Line(from, to) => Mark::Line(point(from), point(to)),
            Mark::Label(x, y, text, size, weight, align, colour) => {
                Mark::Label(x + right, y + down, text, size, weight, align, colour)
            }
        }
    }
}
