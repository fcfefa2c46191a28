//! The source of a theme: the pieces of a document in order, what became of each, and the wordings that they make.
//!
//! The pieces are kept in the theme's own file. A person can look at them again long after the document is gone, and "as published" can be
//! checked by comparing.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::criterion::fingerprint;
use super::wording::{ended, go_on, led, titled, without_note_marks};

/// What became of a piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PieceFate {
    /// A heading over statements: the title of an area.
    Area,
    /// A statement.
    Statement,
    /// Words that each point of the list under them begins with.
    LeadIn,
    /// A point of a list. Together with the lead-in above it is a statement.
    Point,
    /// A point of a list that is the lead-in of an inner list.
    InnerLeadIn,
    /// A point of an inner list. Together with both lead-ins it is a statement.
    InnerPoint,
    /// A continuation of the piece before it.
    GoesOn,
    /// Left out of the theme, with the reason.
    LeftOut,
}

impl PieceFate {
    /// Every fate.
    pub const ALL: [PieceFate; 8] = [
        PieceFate::Area,
        PieceFate::Statement,
        PieceFate::LeadIn,
        PieceFate::Point,
        PieceFate::InnerLeadIn,
        PieceFate::InnerPoint,
        PieceFate::GoesOn,
        PieceFate::LeftOut,
    ];

    /// The value of `became` in a theme's file.
    pub fn key(self) -> &'static str {
        match self {
            PieceFate::Area => "area",
            PieceFate::Statement => "statement",
            PieceFate::LeadIn => "lead-in",
            PieceFate::Point => "point",
            PieceFate::InnerLeadIn => "inner-lead-in",
            PieceFate::InnerPoint => "inner-point",
            PieceFate::GoesOn => "goes-on",
            PieceFate::LeftOut => "left-out",
        }
    }

    /// The words people read and choose.
    pub fn words(self) -> &'static str {
        match self {
            PieceFate::Area => "Area",
            PieceFate::Statement => "Statement",
            PieceFate::LeadIn => "Lead-in",
            PieceFate::Point => "Point under the lead-in",
            PieceFate::InnerLeadIn => "Lead-in inside the list",
            PieceFate::InnerPoint => "Point under both lead-ins",
            PieceFate::GoesOn => "Goes on from above",
            PieceFate::LeftOut => "Left out",
        }
    }

    /// What it means, in one or two sentences.
    pub fn meaning(self) -> &'static str {
        match self {
            PieceFate::Area => "A heading over the statements that follow it.",
            PieceFate::Statement => "One thing to be rated, as a sentence of its own.",
            PieceFate::LeadIn => "Words that each point under them begins with. They are in each of those statements.",
            PieceFate::Point => "One thing to be rated: the lead-in above and these words make one statement.",
            PieceFate::InnerLeadIn => {
                "A point of a list that has points of its own. Each of those begins with both lead-ins."
            }
            PieceFate::InnerPoint => "One thing to be rated: both lead-ins above and these words make one statement.",
            PieceFate::GoesOn => "These words belong to the piece above them.",
            PieceFate::LeftOut => "Not in the theme: introduction, procedure, contents, page footers.",
        }
    }

    /// Whether the piece becomes a statement of its own.
    pub fn is_statement(self) -> bool {
        matches!(self, PieceFate::Statement | PieceFate::Point | PieceFate::InnerPoint)
    }
}

/// A piece of the document that a theme was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePiece {
    /// Its place in the document, as in "line 12" or "paragraph 3".
    pub place: String,
    /// Its words as published, on one line.
    pub text: String,
    /// What became of it.
    pub fate: PieceFate,
    /// The id of the area or the statement that it became; otherwise empty.
    pub id: String,
    /// The area that a person moved the statement to; empty where it stays under its heading.
    pub under: String,
    /// Why it is left out; empty unless it is.
    pub why: String,
    /// Why these groups are suggested; empty once a person has chosen them.
    pub groups_why: String,
    /// What a person should check; empty for nothing.
    pub doubt: String,
    /// Who agreed that it is left out; empty until somebody has.
    pub left_out_by: String,
    /// The day on which they agreed.
    pub left_out_on: Option<Date>,
}

impl SourcePiece {
    /// A piece that nobody has looked at yet.
    pub fn new(place: impl Into<String>, text: impl Into<String>, fate: PieceFate) -> SourcePiece {
        SourcePiece {
            place: place.into(),
            text: text.into(),
            fate,
            id: String::new(),
            under: String::new(),
            why: String::new(),
            groups_why: String::new(),
            doubt: String::new(),
            left_out_by: String::new(),
            left_out_on: None,
        }
    }

    /// Whether it is left out and nobody has agreed to that yet.
    pub fn is_open(&self) -> bool {
        self.fate == PieceFate::LeftOut && self.left_out_by.trim().is_empty()
    }
}

/// The document that a theme was made from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThemeSource {
    /// The file's name.
    pub file: String,
    /// The SHA-256 of its bytes, as 64 hexadecimal digits.
    pub sha256: String,
    /// All of its pieces, in order. None is ever dropped, so that no word of the document can be lost unseen.
    pub pieces: Vec<SourcePiece>,
}

/// A heading, made from one or more pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedArea {
    /// The place in the list of the piece that it begins with.
    pub piece: usize,
    /// Its words.
    pub title: String,
}

/// A statement, made from one or more pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedStatement {
    /// The place in the list of the piece that it begins with.
    pub piece: usize,
    /// The lead-ins before it, the outer first; none where it is a sentence of its own.
    pub lead_ins: Vec<usize>,
    /// The heading over it, by its place among the headings; `None` before the first one.
    pub area: Option<usize>,
    /// Its words as published.
    pub wording: String,
}

/// The headings and statements that the pieces make.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublishedWordings {
    /// The headings, in order.
    pub areas: Vec<PublishedArea>,
    /// The statements, in order.
    pub statements: Vec<PublishedStatement>,
    /// For each piece, the piece that it continues; `None` where it continues none.
    pub goes_on_from: Vec<Option<usize>>,
}

impl ThemeSource {
    /// The headings and the statements that the pieces make.
    pub fn wordings(&self) -> PublishedWordings {
        let (texts, goes_on_from) = self.whole_texts();
        let mut made = PublishedWordings { goes_on_from, ..PublishedWordings::default() };
        // The lead-ins that the next point belongs to, the outer first.
        let (mut outer, mut inner) = (None, None);
        for (at, piece) in self.pieces.iter().enumerate() {
            match piece.fate {
                PieceFate::Area => {
                    (outer, inner) = (None, None);
                    made.areas.push(PublishedArea { piece: at, title: titled(&texts[at]) });
                }
                PieceFate::LeadIn => (outer, inner) = (Some(at), None),
                PieceFate::InnerLeadIn => inner = Some(at),
                PieceFate::Statement => {
                    (outer, inner) = (None, None);
                    made.add(at, Vec::new(), &texts);
                }
                PieceFate::Point => {
                    inner = None;
                    made.add(at, outer.into_iter().collect(), &texts);
                }
                PieceFate::InnerPoint => made.add(at, outer.into_iter().chain(inner).collect(), &texts),
                PieceFate::GoesOn | PieceFate::LeftOut => {}
            }
        }
        made
    }

    /// The words of each piece together with its continuations, and for each piece the one that it continues.
    fn whole_texts(&self) -> (Vec<String>, Vec<Option<usize>>) {
        let mut texts: Vec<String> = self.pieces.iter().map(|piece| piece.text.clone()).collect();
        let mut goes_on_from = vec![None; texts.len()];
        let mut open: Option<usize> = None;
        let mut parts = 0;
        for (at, piece) in self.pieces.iter().enumerate() {
            match (piece.fate, open) {
                // A page number or a footer in the middle of a sentence does not end it.
                (PieceFate::LeftOut, _) | (PieceFate::GoesOn, None) => {}
                (PieceFate::GoesOn, Some(from)) => {
                    go_on(&mut texts[from], &piece.text, parts > 0);
                    goes_on_from[at] = Some(from);
                    parts += 1;
                }
                _ => (open, parts) = (Some(at), 0),
            }
        }
        (texts, goes_on_from)
    }

    /// The pieces that nobody has decided about, by their places in the list: not in a statement, not a heading or lead-in over one, and not
    /// left out by a person.
    pub fn open_pieces(&self) -> Vec<usize> {
        let made = self.wordings();
        let used = made.statements.iter().filter_map(|statement| statement.area).map(|area| made.areas[area].piece);
        let used: BTreeSet<usize> = used.chain(made.statements.iter().flat_map(|one| one.lead_ins.clone())).collect();
        let is_open = |(at, piece): (usize, &SourcePiece)| match piece.fate {
            PieceFate::LeftOut => piece.is_open(),
            PieceFate::Area | PieceFate::LeadIn | PieceFate::InnerLeadIn => !used.contains(&at),
            PieceFate::GoesOn => made.goes_on_from[at].is_none(),
            PieceFate::Statement | PieceFate::Point | PieceFate::InnerPoint => false,
        };
        self.pieces.iter().enumerate().filter(|(at, piece)| is_open((*at, piece))).map(|(at, _)| at).collect()
    }
}

impl PublishedWordings {
    fn add(&mut self, piece: usize, lead_ins: Vec<usize>, texts: &[String]) {
        let area = self.areas.len().checked_sub(1);
        let own = ended(&without_note_marks(&texts[piece]));
        let wording = lead_ins.iter().rev().fold(own, |rest, lead| led(&without_note_marks(&texts[*lead]), &rest));
        self.statements.push(PublishedStatement { piece, lead_ins, area, wording });
    }
}

/// The print of a wording, 16 hexadecimal digits. A theme keeps the print of each published wording, so that rewording is noticed.
pub fn wording_print(wording: &str) -> String {
    fingerprint(&[wording.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(pieces: &[(PieceFate, &str)]) -> ThemeSource {
        let piece = |(fate, text): &(PieceFate, &str)| SourcePiece::new("line 1", *text, *fate);
        ThemeSource { pieces: pieces.iter().map(piece).collect(), ..ThemeSource::default() }
    }

    #[track_caller]
    fn check(pieces: &[(PieceFate, &str)], expected: &[&str]) {
        let made = source(pieces).wordings();
        let found: Vec<&str> = made.statements.iter().map(|one| one.wording.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_lead_in_makes_a_sentence_of_each_of_its_points() {
        check(
            &[
                (PieceFate::Area, "Finding children"),
                (PieceFate::LeadIn, "Inspectors will evaluate whether agencies:"),
                (PieceFate::Point, "ask who looks after whom;"),
                (PieceFate::LeftOut, "Page 2"),
                (PieceFate::Point, "Tell each other; and"),
                (PieceFate::Point, "NHS trusts among them."),
                (PieceFate::Statement, "Plans are made together."),
                (PieceFate::Point, "A point with no lead-in,"),
            ],
            &[
                "Inspectors will evaluate whether agencies ask who looks after whom",
                "Inspectors will evaluate whether agencies tell each other",
                "Inspectors will evaluate whether agencies NHS trusts among them.",
                "Plans are made together.",
                "A point with no lead-in",
            ],
        );
    }

    #[test]
    fn points_of_an_inner_list_begin_with_both_lead_ins_and_the_next_point_with_the_outer() {
        check(
            &[
                (PieceFate::LeadIn, "Inspectors will evaluate whether:"),
                (PieceFate::Point, "staff listen*;"),
                (PieceFate::InnerLeadIn, "staff look further, including by:"),
                (PieceFate::InnerPoint, "asking the school; and"),
                (PieceFate::InnerPoint, "asking the child; and"),
                (PieceFate::Point, "plans change."),
                (PieceFate::InnerPoint, "not without an inner lead-in"),
            ],
            &[
                "Inspectors will evaluate whether staff listen",
                "Inspectors will evaluate whether staff look further, including by asking the school",
                "Inspectors will evaluate whether staff look further, including by asking the child",
                "Inspectors will evaluate whether plans change.",
                "Inspectors will evaluate whether not without an inner lead-in",
            ],
        );
    }

    #[test]
    fn words_go_on_over_what_stands_on_every_page() {
        let pieces = [
            (PieceFate::Statement, "Plans say what will"),
            (PieceFate::LeftOut, "Page 2"),
            (PieceFate::GoesOn, "change:"),
            (PieceFate::GoesOn, "who"),
            (PieceFate::GoesOn, "by when"),
        ];
        check(&pieces, &["Plans say what will change: who; by when"]);
        assert_eq!(source(&pieces).wordings().goes_on_from, [None, None, Some(0), Some(0), Some(0)]);
    }

    #[test]
    fn a_piece_is_open_until_it_is_in_a_statement_or_a_person_left_it_out() {
        let mut source = source(&[
            (PieceFate::Area, "A heading over nothing"),
            (PieceFate::Area, "Practice"),
            (PieceFate::LeadIn, "Leaders:"),
            (PieceFate::Statement, "Children are seen."),
            (PieceFate::LeftOut, "Page 2"),
        ]);
        assert_eq!(source.open_pieces(), [0, 2, 4]);
        source.pieces[4].left_out_by = "M Hill".into();
        assert_eq!(source.open_pieces(), [0, 2]);
    }
}
