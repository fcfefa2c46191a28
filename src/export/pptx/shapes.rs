//! The shapes of a slide while it is drawn.

use super::xml::{self, BoxPt, Placeholder};
use crate::chart::Bars;

/// Collects the shapes of a slide and numbers them.
pub(super) struct Shapes {
    pub(super) xml: String,
    pub(super) next: usize,
    pub(super) charts: Vec<Bars>,
}

impl Shapes {
    pub(super) fn add(&mut self, shape: impl FnOnce(usize) -> String) {
        let id = self.next;
        self.next += 1;
        self.xml.push_str(&shape(id));
    }

    pub(super) fn placeholder(&mut self, of: Placeholder, runs: &str) {
        self.add(|id| xml::placeholder(id, of, runs));
    }

    pub(super) fn text(&mut self, name: &str, place: BoxPt, paragraphs: &str) {
        self.add(|id| xml::text_box(id, name, place, paragraphs));
    }
}
