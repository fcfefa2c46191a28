//! The officer's hand on the presentation: `choices.xlsx`, written once from the answers and from then on only read. Its contract is
//! stated here, once; [`read()`] reads it, [`fit()`] holds it against the answers.
//!
//! Nothing is chosen in an untouched file: the stated rule then picks, and slides say so. What is chosen survives every run; what no
//! longer fits the answers is a finding and does not stand on a slide.

mod fit;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::analysis::Voice;
use crate::core::diagnostic::Place;
use crate::core::ids::{AgencyId, CriterionId};
use crate::response::Rating;

pub use fit::{Slides, fit};
pub use read::read;

/// The file's name in the round's folder.
pub const FILE: &str = "choices.xlsx";

/// A sheet with a table of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Which words lead on what is working well.
    Strengths,
    /// Which words lead on what agencies are worried about.
    Worries,
    /// Which statements lead on where agencies differ.
    Differences,
    /// Each slide's headline, and whether it is shown.
    Slides,
    /// Local context and known issues.
    Context,
    /// Slides of the officer's own.
    Added,
}

/// A column of a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Its header.
    pub header: &'static str,
    /// Its least width in characters.
    pub width: f64,
    /// Whether the officer fills it in.
    pub is_input: bool,
}

const fn input(header: &'static str, width: f64) -> Column {
    Column { header, width, is_input: true }
}

const fn given(header: &'static str, width: f64) -> Column {
    Column { header, width, is_input: false }
}

/// The columns that the reader looks for by name.
const ORDER: &str = "Order on the slide";
const WORDING: &str = "Wording on the slide";
const REF: &str = "Ref";
const AGENCY: &str = "Agency";
const OWN_WORDS: &str = "The agency's own words";
const LEAVE_OUT: &str = "Leave out";
const HEADLINE: &str = "Your headline";
const SLIDE: &str = "Slide";
const KIND: &str = "Kind";
const LINE: &str = "Line";
const TITLE: &str = "Title";
const TEXT: &str = "Text";
const AFTER: &str = "After slide";

/// What stands under its kind for local context, and for a known issue.
pub const KINDS: [&str; 2] = ["Local context", "Known issue"];

/// What stands for yes where a slide is to be left out.
pub const YES: &str = "Yes";

const VOICES: [Column; 8] = [
    input(ORDER, 12.0),
    input(WORDING, 50.0),
    given(REF, 12.0),
    given(AGENCY, 30.0),
    given("Own rating", 13.0),
    given(OWN_WORDS, 60.0),
    given("By the rule", 12.0),
    given("Mind", 30.0),
];

const DIFFERENCES: [Column; 4] =
    [input(ORDER, 12.0), given(REF, 12.0), given("Statement", 70.0), given("Ratings", 34.0)];

const SLIDES: [Column; 5] = [
    input(LEAVE_OUT, 12.0),
    input(HEADLINE, 60.0),
    given(SLIDE, 20.0),
    given("What it shows", 34.0),
    given("Headline by the rule", 60.0),
];

const CONTEXT: [Column; 2] = [input(KIND, 20.0), input(LINE, 110.0)];

const ADDED: [Column; 3] = [input(TITLE, 50.0), input(TEXT, 80.0), input(AFTER, 20.0)];

impl Sheet {
    /// Every sheet, in the workbook's order.
    pub const ALL: [Sheet; 6] =
        [Sheet::Strengths, Sheet::Worries, Sheet::Differences, Sheet::Slides, Sheet::Context, Sheet::Added];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Sheet::Strengths => "Working well",
            Sheet::Worries => "Worried about",
            Sheet::Differences => "Seen differently",
            Sheet::Slides => "Slides",
            Sheet::Context => "Local context",
            Sheet::Added => "Your slides",
        }
    }

    /// The name of its table.
    pub fn table(self) -> &'static str {
        match self {
            Sheet::Strengths => "WorkingWell",
            Sheet::Worries => "WorriedAbout",
            Sheet::Differences => "SeenDifferently",
            Sheet::Slides => "Slides",
            Sheet::Context => "LocalContext",
            Sheet::Added => "YourSlides",
        }
    }

    /// What to do on it.
    pub fn lead(self) -> &'static str {
        match self {
            Sheet::Strengths | Sheet::Worries => {
                "Number the words that should stand on the slide: 1 first. With no number anywhere, the rule picks. Other wording stands \
                 on the slide without quotation marks."
            }
            Sheet::Differences => {
                "Number the statements that should stand on the slide: 1 first. With no number anywhere, the rule picks."
            }
            Sheet::Slides => "Write Yes to leave a slide out, or a headline of your own, of two lines at most.",
            Sheet::Context => {
                "A line each: figures with their source and date, and what you know is not yet right. Nothing about one child."
            }
            Sheet::Added => {
                "A slide each: a title, a few lines of text, and after which slide it stands; else it stands before the method."
            }
        }
    }

    /// Its columns.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Sheet::Strengths | Sheet::Worries => &VOICES,
            Sheet::Differences => &DIFFERENCES,
            Sheet::Slides => &SLIDES,
            Sheet::Context => &CONTEXT,
            Sheet::Added => &ADDED,
        }
    }
}

/// The first sheet's name.
pub const START: &str = "Approval";

/// The labels on the first sheet beside which the approval is written.
pub const APPROVED_BY: &str = "Presentation approved by (name and role)";
/// The label of the date.
pub const APPROVED_ON: &str = "Approved on";
/// The label of the run's code: an approval is of what was seen, and not of what may come.
pub const APPROVED_RUN: &str = "Code approved (at the foot of each slide, as in K7Q2)";

/// An approval of a presentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who, with the role.
    pub by: String,
    /// When.
    pub on: Date,
    /// The codes of the presentations that were approved, in capitals: the short one, the full one, or both.
    pub runs: Vec<String>,
    /// Where they stand.
    pub place: Place,
}

/// What the officer wrote.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choices {
    /// Who approved the presentation, and when, and which; `None` unless all are given.
    pub approval: Option<Approval>,
    /// The words that lead on what is working well, in their order; none where the rule picks.
    pub strengths: Vec<Choice>,
    /// The same on what agencies are worried about.
    pub worries: Vec<Choice>,
    /// The statements that lead on where agencies differ, in their order, each with its place in the file.
    pub differences: Vec<(String, Place)>,
    /// Slides left out, by their keys.
    pub left_out: Vec<(String, Place)>,
    /// Headlines by the keys of their slides.
    pub headlines: Vec<(String, String, Place)>,
    /// Local context, a line each.
    pub context: Vec<String>,
    /// Known issues, a line each.
    pub known_issues: Vec<String>,
    /// Slides of the officer's own.
    pub added: Vec<Added>,
}

impl Choices {
    /// Everything that the officer wrote for slides, each with its place in the file.
    pub fn texts(&self) -> Vec<(Place, &str)> {
        let voices = self.strengths.iter().chain(&self.worries).map(|choice| (&choice.place, choice.wording.as_str()));
        let headlines = self.headlines.iter().map(|(_, headline, place)| (place, headline.as_str()));
        let added =
            self.added.iter().flat_map(|added| [&added.title, &added.text].map(|text| (&added.place, text.as_str())));
        let placed = voices.chain(headlines).chain(added).map(|(place, text)| (place.clone(), text));
        let context = || Place::sheet(FILE, Sheet::Context.name());
        let lines = self.context.iter().chain(&self.known_issues).map(|line| (context(), line.as_str()));
        placed.chain(lines).collect()
    }
}

/// One agency's words that the officer chose.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The statement's Ref, as written.
    pub reference: String,
    /// The agency's name, as written.
    pub agency: String,
    /// The agency's own words when the choice was made.
    pub own_words: String,
    /// Other words for the slide; empty for the agency's own.
    pub wording: String,
    /// Where its number stands.
    pub place: Place,
    /// Where the Ref stands.
    pub reference_place: Place,
    /// Where the agency's name stands.
    pub agency_place: Place,
    /// Where the agency's own words stand.
    pub words_place: Place,
}

/// A slide of the officer's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// Its headline.
    pub title: String,
    /// Its text.
    pub text: String,
    /// The key of the slide that it stands after; empty for before the method.
    pub after: String,
    /// Where its title stands in the file.
    pub place: Place,
    /// Where the slide that it stands after is named.
    pub after_place: Place,
}

/// What was chosen, as far as it fits the answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picks {
    /// Who approved the presentation, when, and which.
    pub approval: Option<Approval>,
    /// The words on what is working well; `None` where the rule picks.
    pub strengths: Option<Vec<Picked>>,
    /// The words on what agencies are worried about; `None` where the rule picks.
    pub worries: Option<Vec<Picked>>,
    /// The statements on where agencies differ; `None` where the rule picks.
    pub differences: Option<Vec<CriterionId>>,
    /// The keys of slides that are left out.
    pub left_out: BTreeSet<String>,
    /// Headlines by the keys of their slides.
    pub headlines: BTreeMap<String, String>,
    /// Local context, a line each.
    pub context: Vec<String>,
    /// Known issues, a line each.
    pub known_issues: Vec<String>,
    /// Slides of the officer's own.
    pub added: Vec<Added>,
}

/// One agency's words on a slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Picked {
    /// The words, as the agency wrote them.
    pub voice: Voice,
    /// Other words for the slide; empty for the agency's own.
    pub wording: String,
}

impl Picks {
    /// The words that were chosen under a Red rating, by agency and statement.
    pub fn shows_red(&self, agency: &AgencyId, criterion: &CriterionId) -> Option<&Picked> {
        let is_it = |picked: &&Picked| {
            picked.voice.rating == Rating::Red && picked.voice.agency == *agency && picked.voice.criterion == *criterion
        };
        self.worries.iter().flatten().find(is_it)
    }
}
