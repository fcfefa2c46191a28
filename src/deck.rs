//! Which slide shows what, in plain data: every word and number on every slide and on every page of the annex.
//!
//! Two audiences that never mix: [`Deck`] goes before inspectors; [`Annex`] is for leaders only.

mod annex;
mod briefing;
pub mod fit;
pub mod kept;
mod pictures;
mod shown;
mod tables;
mod texts;
mod voices;

use jiff::civil::Date;

use crate::analysis::trace::Trace;
use crate::analysis::{Analysis, Voice};
use crate::brand::Brand;
use crate::chart::{Chart, Charts};
use crate::choices::{Approval, Picks};
use crate::core::diagnostic::{Diagnostic, Severity};
use crate::core::ids::AreaId;
use crate::core::words;
use crate::ratings::State;
use crate::response::Rating;
use crate::round::Round;
use crate::theme::Theme;

pub use annex::{Annex, AnnexAnswer, AnnexStatement, Table, annex};
pub use briefing::{Briefing, Page, briefing};
pub use shown::code;

/// What every page of a document says about the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    /// The theme in words.
    pub title: String,
    /// The partnership's name.
    pub partnership: String,
    /// The protective marking; empty for none.
    pub marking: String,
    /// "Answers as at 24 November to 9 December 2026", or that no approval date is recorded.
    pub as_at: String,
    /// "Made on 14 December 2026".
    pub made_on: String,
    /// The notice about the theme's wording; empty once it is checked.
    pub notice: String,
    /// Why every page says DRAFT; empty once it does not.
    pub draft: String,
    /// Who approved it and when, as in "Approved by A. Name, Director, on 12 December 2026"; empty until somebody did.
    pub approved: String,
    /// The code of the data that the numbers were made from.
    pub run: String,
    /// The partnership's own look.
    pub brand: Brand,
}

impl Cover {
    /// What pages of a draft say; empty once it is none.
    pub fn state(&self) -> &'static str {
        if self.draft.is_empty() { "" } else { "DRAFT" }
    }

    /// What stands at the foot of a slide for where its numbers come from: "Numbers: K7Q2-4".
    pub fn numbers(&self, page: usize) -> String {
        format!("Numbers: {}", reference(&self.run, page))
    }

    /// Whose a picture is that leaves the report alone: "OFFICIAL-SENSITIVE · DRAFT · Exampleshire ... · Made on 14 December 2026".
    pub fn whose(&self) -> String {
        let parts = [self.marking.as_str(), self.state(), &self.partnership, &self.made_on];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// What a screen reader says of the logo.
    pub fn logo_alt(&self) -> String {
        format!("Logo of {}", self.partnership)
    }
}

impl Quote {
    /// The words as they stand on the slide: an agency's own in quotation marks, the officer's without.
    pub fn shown(&self) -> String {
        if self.is_reworded { self.words.clone() } else { format!("“{}”", self.words) }
    }

    /// What stands behind the area on a slide that is about one question, or behind the question: the statement, and its counts where
    /// the slide is about several areas.
    pub fn details(&self) -> String {
        if self.question.is_empty() { format!("{}: {}", self.reference, self.counts) } else { self.reference.clone() }
    }

    /// What stands beside the rating: the area, or the question where the slide is about one area.
    pub fn heading(&self) -> &str {
        if self.question.is_empty() { &self.area } else { self.question }
    }
}

impl Paragraph {
    /// The heading as it stands before the text; empty for none.
    pub fn lead(&self) -> String {
        if self.heading.is_empty() { String::new() } else { format!("{}.", self.heading) }
    }
}

/// The day-one presentation.
#[derive(Debug, Clone, PartialEq)]
pub struct Deck {
    /// What stands on every page.
    pub cover: Cover,
    /// The slides, in order.
    pub slides: Vec<Slide>,
}

/// One slide: one message.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    /// What the officer's choices call it, the same in every run: `working-well`. Slides that go on from one another share it.
    pub key: String,
    /// The part of the story, above the headline.
    pub section: String,
    /// The message.
    pub headline: String,
    /// What carries it.
    pub body: Body,
    /// Where its numbers come from.
    pub trace: Trace,
}

/// What a slide holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The first slide.
    Front(Front),
    /// A chart with figures beside it, or agencies' words under it.
    Picture {
        /// The chart.
        chart: Box<Chart>,
        /// Figures that stand out, beside the chart.
        figures: Vec<Figure>,
        /// Agencies' own words, under the chart.
        quotes: Vec<Quote>,
        /// What else must be said.
        note: String,
    },
    /// Agencies' own words.
    Voices {
        /// The quotations.
        quotes: Vec<Quote>,
        /// How they were chosen, and how many are left.
        note: String,
    },
    /// A table: what needs to happen, where agencies differ.
    Grid(Grid),
    /// Paragraphs, each under its heading.
    Notes(Vec<Paragraph>),
}

/// What the first slide says beside theme and partnership.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// Whose view this is, under the theme.
    pub subtitle: String,
    /// When it is shown.
    pub occasion: String,
    /// Who took part, of what.
    pub lines: Vec<String>,
    /// What nobody may take it for.
    pub caution: String,
}

/// A table on a slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// What it holds, for those who cannot see it.
    pub alt: String,
    /// The headers of its columns.
    pub headers: Vec<Header>,
    /// Its rows.
    pub rows: Vec<Vec<GridCell>>,
    /// What else must be said, under the table.
    pub note: String,
}

/// The header of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its words.
    pub text: String,
    /// The column's width in points.
    pub width_pt: f32,
    /// The rating whose colour it has, where the column is about one.
    pub rating: Option<Rating>,
}

/// A cell of a table on a slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GridCell {
    /// Its words.
    pub text: String,
    /// More words under them, in grey; empty for none.
    pub under: String,
    /// Whether it stands out.
    pub is_strong: bool,
}

impl From<&str> for GridCell {
    fn from(text: &str) -> GridCell {
        GridCell { text: text.to_string(), ..GridCell::default() }
    }
}

impl From<String> for GridCell {
    fn from(text: String) -> GridCell {
        GridCell { text, ..GridCell::default() }
    }
}

/// A paragraph under its heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// The heading.
    pub heading: String,
    /// The text.
    pub text: String,
    /// Whether it says that something is wrong, and is set in red.
    pub is_alarm: bool,
}

/// A figure with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The figure, as in "82 of 95".
    pub value: String,
    /// What it counts.
    pub label: String,
}

/// One agency's words with that agency's own rating.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The rating.
    pub rating: Rating,
    /// The statement's id.
    pub reference: String,
    /// The heading of the statement's area.
    pub area: String,
    /// What the words answer, as in "Working well"; empty where the whole slide is about that.
    pub question: &'static str,
    /// The words: as the agency wrote them, or as the officer put them for the slide.
    pub words: String,
    /// Whether they are the officer's, and stand in no quotation marks.
    pub is_reworded: bool,
    /// The agency's id.
    pub source: String,
    /// The agency's name, and whose words they are where they are not its own.
    pub agency: String,
    /// The statement's counts, as in "2 Red, 5 Amber, 4 Green".
    pub counts: String,
}

/// How many slides a deck has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// What twenty minutes have room for.
    Short,
    /// A page an area besides, and everything on as many pages as it needs.
    Full,
}

impl Length {
    /// Both lengths.
    pub const ALL: [Length; 2] = [Length::Short, Length::Full];

    /// The word that is typed.
    pub fn key(self) -> &'static str {
        match self {
            Length::Short => "short",
            Length::Full => "full",
        }
    }
}

/// What a deck and an annex are made from.
#[derive(Debug, Clone, Copy)]
pub struct Made<'a> {
    /// The theme as frozen in the round.
    pub theme: &'a Theme,
    /// The round.
    pub round: &'a Round,
    /// The numbers.
    pub analysis: &'a Analysis,
    /// The pictures.
    pub charts: &'a Charts,
    /// What the officer chose, as far as it fits the answers.
    pub picks: &'a Picks,
    /// How many slides.
    pub length: Length,
    /// The partnership's own look.
    pub brand: &'a Brand,
    /// Everything noticed in the returns.
    pub findings: &'a [Diagnostic],
    /// The date of the run.
    pub made_on: Date,
    /// The code of what it shows, as [`code`] makes it; empty while that is worked out.
    pub run: &'a str,
}

/// What stands on a page for where its numbers come from: the run's code and the page's number, as in `K7Q2-4`.
pub fn reference(run: &str, page: usize) -> String {
    format!("{run}-{page}")
}

/// Lays out the deck: the story in its order, without the slides that were left out, and with the officer's own.
pub fn deck(made: Made<'_>) -> Deck {
    Deck { cover: cover(made), slides: chosen(made, story(made)) }
}

/// Every slide that the answers give, in the order of the story.
fn story(made: Made<'_>) -> Vec<Slide> {
    let mut slides = vec![pictures::title(made)];
    slides.extend(pictures::who(made));
    slides.extend(pictures::whole(made));
    if made.length == Length::Full {
        slides.extend(pictures::areas(made));
    }
    slides.extend(voices::strengths(made));
    slides.extend(voices::worries(made));
    slides.extend(tables::differences(made));
    slides.extend(tables::actions(made));
    slides.extend(texts::context(made));
    slides.extend(texts::method(made));
    slides
}

/// The slides without those that were left out, each of the officer's own behind the slide it was meant for; before the method where
/// there is no such slide.
fn chosen(made: Made<'_>, slides: Vec<Slide>) -> Vec<Slide> {
    let mut added = texts::added(made);
    let keys: Vec<String> = slides.iter().map(|slide| slide.key.clone()).collect();
    for (after, _) in &mut added {
        if !keys.contains(after) || after == METHOD {
            after.clear();
        }
    }
    let mut shown: Vec<Slide> = Vec::new();
    for (at, slide) in slides.into_iter().enumerate() {
        let (is_first, is_last) = (at == 0 || keys[at - 1] != keys[at], keys.get(at + 1) != Some(&keys[at]));
        if is_first && keys[at] == METHOD {
            shown.extend(added.extract_if(.., |(after, _)| after.is_empty()).map(|(_, slide)| slide));
        }
        if !made.picks.left_out.contains(&keys[at]) {
            shown.push(slide);
        }
        if is_last {
            shown.extend(added.extract_if(.., |(after, _)| *after == keys[at]).map(|(_, slide)| slide));
        }
    }
    shown
}

impl Made<'_> {
    /// The headline of a slide: the officer's own where there is one, else the rule's.
    fn headline(&self, key: &str, by_rule: String) -> String {
        self.picks.headlines.get(key).cloned().unwrap_or(by_rule)
    }
}

/// Whether a presentation of this length has a slide, were it not left out: a short one has no pages of areas, and without lines there
/// is none for local context.
pub fn has_slide(picks: &Picks, length: Length, key: &str) -> bool {
    match key {
        key if key.starts_with(AREA_KEY) => length == Length::Full,
        CONTEXT => !picks.context.is_empty() || !picks.known_issues.is_empty(),
        _ => true,
    }
}

/// What people chose against the rule: each headline of theirs, and each slide that they left out, with the rule's headline.
fn against_the_rule(made: Made<'_>) -> Vec<(String, String, Option<String>)> {
    if made.picks.headlines.is_empty() && made.picks.left_out.is_empty() {
        return Vec::new();
    }
    let picks = Picks { headlines: Default::default(), ..made.picks.clone() };
    let mut rows: Vec<(String, String, Option<String>)> = Vec::new();
    for slide in story(Made { picks: &picks, ..made }) {
        let is_known = rows.iter().any(|(section, ..)| *section == slide.section);
        let chosen = match made.picks.headlines.get(&slide.key) {
            _ if made.picks.left_out.contains(&slide.key) => None,
            Some(headline) => Some(headline.clone()),
            None => continue,
        };
        if !is_known && !slide.section.ends_with(voices::CONTINUED) {
            rows.push((slide.section, slide.headline, chosen));
        }
    }
    rows
}

/// The key of every slide that a full deck of these answers can have.
pub fn keys(analysis: &Analysis) -> Vec<String> {
    let story = ["working-well", "worried-about", "seen-differently", "needs-to-happen", CONTEXT, METHOD];
    let areas = analysis.numbers.areas.iter().map(|area| area_key(&area.id));
    ["title", "who", "picture"].map(str::to_string).into_iter().chain(areas).chain(story.map(str::to_string)).collect()
}

/// The key of the slides of an area.
pub fn area_key(id: &AreaId) -> String {
    format!("{AREA_KEY}{id}")
}

/// What the keys of areas' slides begin with.
const AREA_KEY: &str = "area-";

/// Whether an agency's words, or others in their place, have room on a slide.
pub fn has_quote_room(voice: &Voice, words: &str) -> bool {
    // Whose words they are takes up to two lines more, and a headline of the officer's another.
    let of = Quote { words: words.into(), ..voices::blank(voice) };
    fit::quote(&of, fit::WIDTH_PT) + 2 * fit::height(1) + fit::HEADLINE_LINE_PT <= voices::room_under("")
}

/// Whether a headline has room on a slide: two lines.
pub fn has_room(headline: &str) -> bool {
    fit::headline_lines(headline) <= fit::MOST_HEADLINE_LINES
}

/// The key of the slides on local context.
const CONTEXT: &str = "context";

/// The key of the slides on method: they end the presentation, and none can be left out.
pub const METHOD: &str = "method";

/// The keys of the slides that cannot be left out: what it is, who is not in the picture, what all ratings are, and how it was counted.
pub const ALWAYS_SHOWN: [&str; 4] = ["title", "who", "picture", METHOD];

fn cover(made: Made<'_>) -> Cover {
    let approval = made.picks.approval.as_ref();
    Cover {
        title: made.theme.title.clone(),
        partnership: made.round.partnership.clone(),
        marking: made.round.marking.clone(),
        as_at: as_at(made.analysis),
        made_on: format!("Made on {}", words::date(made.made_on)),
        notice: made.theme.notice().unwrap_or_default().to_string(),
        draft: draft(made),
        approved: approval
            // A draft is not approved, whoever looked at it.
            .filter(|_| draft(made).is_empty())
            .map_or(String::new(), |Approval { by, on, .. }| format!("Approved by {by} on {}", words::date(*on))),
        run: made.run.to_string(),
        brand: made.brand.clone(),
    }
}

/// Why the pages say DRAFT: nobody has approved it, something must be fixed first, or it is not what was approved.
fn draft(made: Made<'_>) -> String {
    let open = made.findings.iter().filter(|finding| finding.severity() == Severity::MustFix).count();
    match &made.picks.approval {
        None => "Draft until a named person approves it.".into(),
        Some(_) if open > 0 => {
            format!(
                "Draft: {} that must be fixed {} open.",
                words::count(open, "question"),
                if open == 1 { "is" } else { "are" }
            )
        }
        Some(approval) if !approval.runs.iter().any(|run| run == made.run) => {
            format!("Draft: what was approved has another code, {}.", approval.runs.join(", "))
        }
        Some(_) => String::new(),
    }
}

/// The oldest and newest date on which the answers shown were approved.
fn as_at(analysis: &Analysis) -> String {
    let dates: Vec<Date> = analysis.numbers.agencies.iter().filter_map(|agency| agency.approved_on).collect();
    match (dates.iter().min(), dates.iter().max()) {
        (Some(first), Some(last)) => format!("Answers as at {}", words::date_span(*first, *last)),
        _ => "No return has a date of approval".into(),
    }
}

/// An agency's name by its id.
fn agency_name(analysis: &Analysis, id: &crate::core::ids::AgencyId) -> String {
    analysis.numbers.agency(id).map_or_else(|| id.to_string(), |agency| agency.name.clone())
}

/// The state of an answer as a chip: its words, and the rating's key where it is one.
fn chip(state: State) -> (String, &'static str) {
    (state.words().to_string(), state.rating_key())
}
