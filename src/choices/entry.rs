//! What the officer wrote, as it was read.

use super::contract::ChoicesSheet;
use jiff::civil::Date;

use crate::analysis::{Action, Due};
use crate::core::finding::Place;
use crate::core::quoting::quote;
use crate::core::words;
use crate::documents::{Agreement, Approval, ChildrensLine, ContextFigure};
use crate::round::CHOICES_FILE;

/// What the officer wrote.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choices {
    /// Who approved the presentation, when, and its code; `None` unless all three are given.
    pub approval: Option<Approval>,
    /// The cell that says that slides show the ratings as challenged; `None` for the agencies' own.
    pub as_challenged: Option<Place>,
    /// The words that lead on what is working well, in their order, then those that were only checked.
    pub strengths: Vec<Choice>,
    /// The same on what agencies are worried about.
    pub worries: Vec<Choice>,
    /// The actions on what needs to happen, in their order, then those that were only checked or agreed.
    pub actions: Vec<ActionChoice>,
    /// The statements that lead on where agencies differ, in their order, each with its place in the file.
    pub differences: Vec<(String, Place)>,
    /// Slides left out, by their keys.
    pub left_out: Vec<(String, Place)>,
    /// Slides that are shown only on request, by their keys.
    pub shown: Vec<(String, Place)>,
    /// Headlines by the keys of their slides.
    pub headlines: Vec<(String, String, Place)>,
    /// Local context, a line each.
    pub context: Vec<String>,
    /// Known issues, a line each.
    pub known_issues: Vec<String>,
    /// Figures of local context.
    pub figures: Vec<ContextFigure>,
    /// What children told the partnership.
    pub children: Vec<ChildrensLine>,
    /// Slides of the officer's own.
    pub added: Vec<OwnSlide>,
}

impl Choices {
    /// Everything that the officer wrote for slides, each with its place in the file.
    pub fn texts(&self) -> Vec<(Place, &str)> {
        let voices = self.strengths.iter().chain(&self.worries).map(|choice| (&choice.place, choice.wording.as_str()));
        let actions = self.actions.iter().flat_map(|action| {
            let ActionChoice { row, lead, lead_place, agreed, .. } = action;
            let own = [(&row.place, row.wording.as_str()), (lead_place, lead.as_str())];
            own.into_iter().chain(agreed.iter().map(|agreed| (&agreed.place, agreed.by.as_str())))
        });
        let figures = self
            .figures
            .iter()
            .flat_map(|one| [&one.figure, &one.what, &one.source, &one.date].map(|text| (&one.place, text.as_str())));
        let children =
            self.children.iter().flat_map(|one| [&one.line, &one.source].map(|text| (&one.place, text.as_str())));
        let headlines = self.headlines.iter().map(|(_, headline, place)| (place, headline.as_str()));
        let added =
            self.added.iter().flat_map(|added| [&added.title, &added.text].map(|text| (&added.place, text.as_str())));
        let placed = voices.chain(actions).chain(headlines).chain(figures).chain(children).chain(added);
        let placed = placed.map(|(place, text)| (place.clone(), text));
        let context = || Place::sheet(CHOICES_FILE, ChoicesSheet::Context.name());
        let lines = self.context.iter().chain(&self.known_issues).map(|line| (context(), line.as_str()));
        placed.chain(lines).collect()
    }

    /// The same choices without their places in the file, to compare two files whose rows are in different places.
    pub(super) fn without_places(&self) -> Choices {
        let none = || Place::file("");
        let mut plain = self.clone();
        plain.approval.iter_mut().for_each(|approval| approval.place = none());
        plain.as_challenged.iter_mut().for_each(|place| *place = none());
        let of_actions = plain.actions.iter_mut().map(|action| {
            action.lead_place = none();
            action.agreed.iter_mut().for_each(|agreed| agreed.place = none());
            &mut action.row
        });
        for choice in plain.strengths.iter_mut().chain(&mut plain.worries).chain(of_actions) {
            choice.own_words = choice.own_words.split_whitespace().collect::<Vec<_>>().join(" ");
            // A form without lines says the same as one that has them.
            choice.own_line = None;
            let (row, words, line) = (&mut choice.place, &mut choice.words_place, &mut choice.line_place);
            let named = [&mut choice.reference_place, &mut choice.agency_place, &mut choice.checked_place];
            for place in [row, words, line].into_iter().chain(named) {
                *place = none();
            }
        }
        plain.figures.iter_mut().for_each(|figure| figure.place = none());
        plain.children.iter_mut().for_each(|line| line.place = none());
        plain.differences.iter_mut().for_each(|(_, place)| *place = none());
        plain.left_out.iter_mut().for_each(|(_, place)| *place = none());
        // Slides are chosen by name, so their order in the file says nothing.
        plain.left_out.sort();
        plain.shown.iter_mut().for_each(|(_, place)| *place = none());
        plain.shown.sort();
        plain.headlines.iter_mut().for_each(|(_, _, place)| *place = none());
        plain.headlines.sort_by(|a, b| a.0.cmp(&b.0));
        for added in &mut plain.added {
            (added.place, added.after_place) = (none(), none());
        }
        plain
    }
}

/// A slide of the officer's own, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnSlide {
    /// Its headline.
    pub title: String,
    /// Its text.
    pub text: String,
    /// The slide that it comes after; empty for before the method.
    pub after: String,
    /// The place of its title in the file.
    pub place: Place,
    /// The place in the file where the slide that it comes after is named.
    pub after_place: Place,
}

/// What the officer wrote beside one agency's words.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Whether it has a number, which puts it on a slide.
    pub is_on_slide: bool,
    /// The statement's Ref, as written.
    pub reference: String,
    /// The agency's name, as written.
    pub agency: String,
    /// The agency's own words when the choice was made.
    pub own_words: String,
    /// The officer's words for the slide; empty for the agency's own.
    pub wording: String,
    /// Whether the agency's words are shown in full in place of its own line.
    pub is_whole: bool,
    /// The agency's own line when the choice was made; `None` in forms that had no lines.
    pub own_line: Option<String>,
    /// Whether it was checked with the agencies that it names.
    pub is_checked: bool,
    /// The cell of its number.
    pub place: Place,
    /// The cell of the Ref.
    pub reference_place: Place,
    /// The cell of the agency's name.
    pub agency_place: Place,
    /// The cell of the agency's own words.
    pub words_place: Place,
    /// The cell of the agency's own line.
    pub line_place: Place,
    /// The cell that says that it was checked.
    pub checked_place: Place,
}

impl Choice {
    /// Whether the slide shows the agency's own line, if it has one.
    pub(super) fn is_in_own_line(&self) -> bool {
        self.is_on_slide && self.wording.is_empty() && !self.is_whole
    }

    /// An order that does not depend on where rows are in a file.
    pub(super) fn sort_key(&self) -> (String, String, String) {
        (self.reference.to_lowercase(), self.agency.to_lowercase(), self.own_words.clone())
    }
}

/// What the officer wrote beside an agency's action, or about an action of the partnership's own.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionChoice {
    /// Its row; without Ref, agency and words where no agency wrote it.
    pub row: Choice,
    /// Who leads, in the officer's words; empty for the agency's own.
    pub lead: String,
    /// The officer's date; `None` for the agency's own.
    pub by: Option<Date>,
    /// Who agreed it for the partnership, and when.
    pub agreed: Option<Agreement>,
    /// Who leads it and by when, as the agency had it when it was agreed; `None` where nobody agreed it.
    pub terms: Option<ActionTerms>,
    /// The cell that says who leads.
    pub lead_place: Place,
}

/// Who leads an action and by when, as the agency says and the action's row in `choices.xlsx` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionTerms {
    /// Who leads; empty where nobody is named.
    pub lead: String,
    /// By when; empty where there is no date.
    pub date: String,
}

impl ActionTerms {
    /// What the agency says now.
    pub(super) fn new(action: &Action) -> ActionTerms {
        let date = match &action.due {
            Due::On(due) => due.words(),
            Due::AsWritten(text) => text.clone(),
            Due::NoDate => String::new(),
        };
        ActionTerms { lead: action.lead.shown().into_owned(), date }
    }

    /// What is different now, each as its name, what it was and what it is. White space does not count, because programs change it.
    pub(super) fn changes(&self, now: &ActionTerms) -> Vec<(&'static str, String, String)> {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        // A program may write a date in a different way when it saves the file.
        let is_same_day = |a: &str, b: &str| words::read_date(a).is_some_and(|day| words::read_date(b) == Some(day));
        let said = |text: String, none: &str| if text.is_empty() { none.to_string() } else { quote(&text) };
        let pairs = [
            ("who leads", "nobody named", plain(&self.lead), plain(&now.lead)),
            ("the date", "no date", plain(&self.date), plain(&now.date)),
        ];
        let changed = pairs.into_iter().filter(|(_, _, was, is)| was != is && !is_same_day(was, is));
        changed.map(|(what, none, was, is)| (what, said(was, none), said(is, none))).collect()
    }
}

impl ActionChoice {
    /// Whether it is the partnership's own, which no agency wrote.
    pub fn is_own(&self) -> bool {
        self.row.reference.is_empty() && self.row.agency.is_empty() && self.row.own_words.is_empty()
    }
}
