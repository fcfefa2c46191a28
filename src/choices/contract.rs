//! The contract of `choices.xlsx`: its sheets, its columns, the labels of its first sheet.

use crate::workbook::file::book::Book;

/// A sheet with a table of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoicesSheet {
    /// Which words lead on what is working well.
    Strengths,
    /// Which words lead on what agencies are worried about.
    Worries,
    /// Which actions are on what needs to happen, and which of them the partnership agreed.
    Actions,
    /// Which statements lead on where agencies differ.
    Differences,
    /// Each slide's headline, and whether it is shown.
    Slides,
    /// Local context and known issues.
    Context,
    /// Figures of local context.
    Figures,
    /// What children told the partnership.
    Children,
    /// Slides of the officer's own.
    Added,
}

/// A column of a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChoicesColumn {
    /// Its header.
    pub header: &'static str,
    /// Its least width in characters.
    pub width: f64,
    /// Whether the officer fills it in.
    pub is_input: bool,
    /// What goes into it.
    pub holds: Holds,
}

/// What goes into the cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text, which a spreadsheet program may turn into something else, such as a number.
    Words,
    /// Text that stays as it is typed: Excel must not turn "12%" into a number, or "March 2026" into a day.
    AsTyped,
    /// A date.
    Day,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

const fn input_of(header: &'static str, width: f64, holds: Holds) -> ChoicesColumn {
    ChoicesColumn { header, width, is_input: true, holds }
}

const fn input(header: &'static str, width: f64) -> ChoicesColumn {
    input_of(header, width, Holds::Words)
}

const fn given(header: &'static str, width: f64) -> ChoicesColumn {
    ChoicesColumn { header, width, is_input: false, holds: Holds::Words }
}

/// The columns that the reader looks for by name.
pub(super) const ORDER: &str = "Order on the slide";

pub(super) const WORDING: &str = "Wording on the slide";

pub(super) const REF: &str = "Ref";

pub(super) const AGENCY: &str = "Agency";

pub(super) const OWN_WORDS: &str = "The agency's own words";

pub(super) const LEAVE_OUT: &str = "Leave out";

/// Yes here shows a slide that is shown only on request.
pub(super) const SHOW: &str = "Show";

pub(super) const HEADLINE: &str = "Your headline";

pub(super) const SLIDE: &str = "Slide";

pub(super) const KIND: &str = "Kind";

pub(super) const LINE: &str = "Line";

pub(super) const TITLE: &str = "Title";

pub(super) const TEXT: &str = "Text";

pub(super) const AFTER: &str = "After slide";

/// Yes here says that the officer asked the agencies that a text names. Only then is the text used.
pub(super) const CHECKED: &str = "Checked with them";

/// Yes here shows an agency's words in full on the page with all three questions, although it has a line of its own.
pub(super) const WHOLE: &str = "Whole words";

/// The agency's own line, from its sheet In short. The slide shows it unless the officer chooses otherwise.
pub(super) const OWN_LINE: &str = "Its own line (In short)";

/// Who leads an action on the slide, if that is different from what the agency wrote.
pub(super) const LEAD: &str = "Who leads, on the slide";

/// By when on the slide, if that is different from what the agency wrote.
pub(super) const BY_WHEN: &str = "By when, on the slide";

/// Who agreed an action for the partnership, and when: both or neither.
pub(super) const AGREED_BY: &str = "Agreed by the partnership: who";

pub(super) const AGREED_ON: &str = "Agreed by the partnership: when";

/// Who leads an action, and by when, as the agency wrote it. With its words, this is what the partnership agrees.
pub(super) const OWN_LEAD: &str = "Who it says will lead";

pub(super) const OWN_DATE: &str = "The date it gave";

/// A figure of local context; the next three are what it is, where it comes from and its date.
pub(super) const FIGURE: &str = "Figure";

pub(super) const WHAT_IT_IS: &str = "What it is";

pub(super) const SOURCE: &str = "Source";

pub(super) const DATE: &str = "Date";

/// The place on the slide that the rule would give a row.
pub(super) const BY_RULE: &str = "By the rule";

/// Why the rule does not pick a text, or what is shown with it.
pub(super) const MIND: &str = "Mind";

/// What is new or changed since the file that this one replaced. Files of an earlier version have no such column.
pub(super) const SINCE: &str = "New or changed";

/// The words under Kind, for local context and for a known issue.
pub(super) const KINDS: [&str; 2] = ["Local context", "Known issue"];

/// The word for yes in every column that wants one.
pub(super) const YES: &str = "Yes";

const YES_OR_EMPTY: Holds = Holds::OneOf(&[YES]);

pub(super) const VOICES: [ChoicesColumn; 12] = [
    input(ORDER, 12.0),
    input(WORDING, 50.0),
    input_of(CHECKED, 18.0, YES_OR_EMPTY),
    input_of(WHOLE, 12.0, YES_OR_EMPTY),
    given(REF, 12.0),
    given(AGENCY, 30.0),
    given("Own rating", 13.0),
    given(OWN_LINE, 36.0),
    given(OWN_WORDS, 60.0),
    given(BY_RULE, 12.0),
    given(MIND, 30.0),
    given(SINCE, 20.0),
];

pub(super) const ACTIONS: [ChoicesColumn; 18] = [
    input(ORDER, 12.0),
    input(WORDING, 50.0),
    input(LEAD, 30.0),
    input_of(BY_WHEN, 16.0, Holds::Day),
    input(AGREED_BY, 30.0),
    input_of(AGREED_ON, 22.0, Holds::Day),
    input_of(CHECKED, 18.0, YES_OR_EMPTY),
    input_of(WHOLE, 12.0, YES_OR_EMPTY),
    given(REF, 12.0),
    given(AGENCY, 30.0),
    given("Own rating", 13.0),
    given(OWN_LINE, 36.0),
    given(OWN_WORDS, 60.0),
    given(OWN_LEAD, 30.0),
    given(OWN_DATE, 18.0),
    given(BY_RULE, 12.0),
    given(MIND, 30.0),
    given(SINCE, 20.0),
];

pub(super) const DIFFERENCES: [ChoicesColumn; 5] =
    [input(ORDER, 12.0), given(REF, 12.0), given("Statement", 70.0), given("Ratings", 34.0), given(SINCE, 20.0)];

pub(super) const SLIDES: [ChoicesColumn; 7] = [
    input_of(LEAVE_OUT, 12.0, YES_OR_EMPTY),
    input(HEADLINE, 60.0),
    input_of(SHOW, 10.0, YES_OR_EMPTY),
    given(SLIDE, 20.0),
    given("What it shows", 34.0),
    given("Headline by the rule", 60.0),
    given(SINCE, 20.0),
];

pub(super) const CONTEXT: [ChoicesColumn; 2] = [input_of(KIND, 20.0, Holds::OneOf(&KINDS)), input(LINE, 110.0)];

pub(super) const FIGURES: [ChoicesColumn; 4] = [
    input_of(FIGURE, 16.0, Holds::AsTyped),
    input(WHAT_IT_IS, 70.0),
    input(SOURCE, 50.0),
    input_of(DATE, 20.0, Holds::AsTyped),
];

pub(super) const CHILDREN: [ChoicesColumn; 2] = [input(LINE, 90.0), input(SOURCE, 60.0)];

pub(super) const ADDED: [ChoicesColumn; 3] = [input(TITLE, 50.0), input(TEXT, 80.0), input(AFTER, 20.0)];

impl ChoicesSheet {
    /// Every sheet, in the workbook's order.
    pub const ALL: [ChoicesSheet; 9] = [
        ChoicesSheet::Strengths,
        ChoicesSheet::Worries,
        ChoicesSheet::Actions,
        ChoicesSheet::Differences,
        ChoicesSheet::Slides,
        ChoicesSheet::Context,
        ChoicesSheet::Figures,
        ChoicesSheet::Children,
        ChoicesSheet::Added,
    ];

    /// Whether a file of this form must have it.
    pub(super) fn is_needed(self, form: u32) -> bool {
        form > 1 || !matches!(self, ChoicesSheet::Actions | ChoicesSheet::Figures | ChoicesSheet::Children)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            ChoicesSheet::Strengths => "Working well",
            ChoicesSheet::Worries => "Worried about",
            ChoicesSheet::Actions => "Actions",
            ChoicesSheet::Differences => "Seen differently",
            ChoicesSheet::Slides => "Slides",
            ChoicesSheet::Context => "Local context",
            ChoicesSheet::Figures => "Figures",
            ChoicesSheet::Children => "Children told us",
            ChoicesSheet::Added => "Your slides",
        }
    }

    /// The name of its table.
    pub fn table(self) -> &'static str {
        match self {
            ChoicesSheet::Strengths => "WorkingWell",
            ChoicesSheet::Worries => "WorriedAbout",
            ChoicesSheet::Actions => "Actions",
            ChoicesSheet::Differences => "SeenDifferently",
            ChoicesSheet::Slides => "Slides",
            ChoicesSheet::Context => "LocalContext",
            ChoicesSheet::Figures => "Figures",
            ChoicesSheet::Children => "ChildrenToldUs",
            ChoicesSheet::Added => "YourSlides",
        }
    }

    /// What a screen reader says of its table.
    pub fn alt_text(self) -> &'static str {
        match self {
            ChoicesSheet::Strengths => "Working well: one row for each text that you can choose",
            ChoicesSheet::Worries => "Worried about: one row for each text that you can choose",
            ChoicesSheet::Actions => {
                "Actions: one row for each action that agencies wrote, and empty rows for the partnership's own"
            }
            ChoicesSheet::Differences => "Seen differently: one row for each statement that you can choose",
            ChoicesSheet::Slides => "Slides: one row for each slide",
            ChoicesSheet::Context => "Local context: one row for each line",
            ChoicesSheet::Figures => "Figures: one row for each figure",
            ChoicesSheet::Children => "Children told us: one row for each line",
            ChoicesSheet::Added => "Your slides: one row for each slide of your own",
        }
    }

    /// What to do on it, in the sheet's first lines and on its page.
    pub fn lead(self) -> &'static str {
        match self {
            ChoicesSheet::Strengths | ChoicesSheet::Worries => {
                "Number the words that should be on the slide, 1 first. If you number none, the rule picks. The page with all three questions shows \
                 an agency's own line if it has one; write Yes under Whole words to show its words in full. Your own wording is shown as the \
                 partnership's, above the agency's words. A text that names a different agency needs Yes under Checked with them."
            }
            ChoicesSheet::Actions => {
                "Number up to six actions that should be on the slide, 1 first. If you number none, the rule picks. An agency's own line is shown if \
                 it has one, unless you write Yes under Whole words. For an agreed action, write both who and when. It is no longer agreed once \
                 the agency changes its words, its lead or its date. Write an action that no agency wrote into an empty row at the end. It is \
                 shown as the partnership's own."
            }
            ChoicesSheet::Differences => {
                "Number the statements that should be on the slide, 1 first. If you number none, the rule picks."
            }
            ChoicesSheet::Slides => {
                "Write Yes to leave a slide out, or write your own headline, of two lines at most. The page with every rating of every agency is \
                 shown only if you write Yes under Show."
            }
            ChoicesSheet::Context => {
                "One line in each row: what inspectors should know about your area, or what you know is not yet right. Figures have their own \
                 sheet. Write nothing about one child."
            }
            ChoicesSheet::Figures => {
                "Up to four figures, each with what it is, its source and its date. Write nothing about one child."
            }
            ChoicesSheet::Children => {
                "What children told the partnership, one line in each row, with where it comes from: a survey and its year, for example. The slide \
                 also shows what agencies wrote about it. Write nothing about one child."
            }
            ChoicesSheet::Added => {
                "One slide in each row: a title, a few lines of text, and the slide that it comes after. If you name none, it comes before the method."
            }
        }
    }

    /// The headers of the columns that name a row; none where the officer writes every row.
    pub(super) fn key(self) -> &'static [&'static str] {
        match self {
            ChoicesSheet::Strengths | ChoicesSheet::Worries | ChoicesSheet::Actions => &[REF, AGENCY],
            ChoicesSheet::Differences => &[REF],
            ChoicesSheet::Slides => &[SLIDE],
            ChoicesSheet::Context | ChoicesSheet::Figures | ChoicesSheet::Children | ChoicesSheet::Added => &[],
        }
    }

    /// The noun for its rows where they are counted.
    pub(super) fn noun(self) -> &'static str {
        match self {
            ChoicesSheet::Strengths | ChoicesSheet::Worries => "quotation",
            ChoicesSheet::Actions => "action",
            ChoicesSheet::Differences => "difference",
            ChoicesSheet::Slides => "slide",
            ChoicesSheet::Context | ChoicesSheet::Children => "line",
            ChoicesSheet::Figures => "figure",
            ChoicesSheet::Added => "slide of your own",
        }
    }

    /// Its columns.
    pub fn columns(self) -> &'static [ChoicesColumn] {
        match self {
            ChoicesSheet::Strengths | ChoicesSheet::Worries => &VOICES,
            ChoicesSheet::Actions => &ACTIONS,
            ChoicesSheet::Differences => &DIFFERENCES,
            ChoicesSheet::Slides => &SLIDES,
            ChoicesSheet::Context => &CONTEXT,
            ChoicesSheet::Figures => &FIGURES,
            ChoicesSheet::Children => &CHILDREN,
            ChoicesSheet::Added => &ADDED,
        }
    }
}

/// The first sheet's name.
pub(super) const START: &str = "Approval";

/// The labels on the first sheet beside which the approval is written.
pub(super) const APPROVED_BY: &str = "Presentation approved by (name and role)";

/// The label of the date.
pub(super) const APPROVED_ON: &str = "Approved on";

/// The label of the code: an approval is for the presentation that was seen, and not for later ones.
pub(super) const APPROVED_RUN: &str = "Code approved (at the foot of each slide, as in K7Q2)";

/// The label of which ratings the slides show.
pub(super) const RATINGS: &str = "Ratings on the slides (Self-ratings, or As challenged)";

/// The words beside it: the agencies' own ratings, which are also shown where the cell is empty, or those after challenge.
pub(super) const RATING_KINDS: [&str; 2] = ["Self-ratings", "As challenged"];

/// The fields of the first sheet, in their order, each with what goes into it.
pub(super) const START_FIELDS: [(&str, Holds); 4] = [
    (APPROVED_BY, Holds::Words),
    (APPROVED_ON, Holds::Day),
    (APPROVED_RUN, Holds::Words),
    (RATINGS, Holds::OneOf(&RATING_KINDS)),
];

/// The sheet that lists what no longer has a place on the other sheets after a renewal. An untouched file does not have it.
pub(super) const EARLIER: &str = "From the earlier file";

/// The name of its table.
pub(super) const EARLIER_TABLE: &str = "FromTheEarlierFile";

/// The header of what the officer had written: the one column on that sheet with words that are not jtai's.
pub(super) const HAD_WRITTEN: &str = "What you had written";

/// The columns of that sheet.
pub(super) const EARLIER_COLUMNS: [ChoicesColumn; 6] = [
    given("What it is", 28.0),
    given("Sheet", 18.0),
    given(REF, 12.0),
    given(AGENCY, 30.0),
    given(HAD_WRITTEN, 70.0),
    given("Since", 18.0),
];

/// The very-hidden sheet with a hash of each row as jtai wrote it. It tells a row that the answers changed from one that somebody typed
/// over.
pub(super) const PRINTS: &str = "jtai prints";

/// How many columns that sheet has.
pub(super) const PRINT_COLUMNS: u32 = 4;

/// The document property with the day on which a file was made.
pub(super) const MADE_ON: &str = "Choices made on";

/// The document property with the version of the file's form. Files of version 1 do not have it.
pub(super) const FORM: &str = "Choices form";

/// The version of the form: 2 has the sheets of actions, figures and children, and the column [`CHECKED`]; 3 has agencies' own lines, and
/// the column [`WHOLE`]; 4 has [`RATINGS`].
pub(super) const NEWEST_FORM: u32 = 4;

/// The form since which the first sheet says which ratings are shown.
pub(super) const RATINGS_FORM: u32 = 4;

/// The version of the form of a file.
pub(super) fn form(book: &Book) -> u32 {
    book.properties.get(FORM).and_then(|form| form.trim().parse().ok()).unwrap_or(1)
}

impl ChoicesColumn {
    /// Whether a file of this form must have it. [`SINCE`] was added before forms had versions, so no file must have it.
    pub(super) fn is_needed(&self, form: u32) -> bool {
        match self.header {
            SINCE => false,
            CHECKED | SHOW => form > 1,
            WHOLE | OWN_LINE => form > 2,
            _ => true,
        }
    }
}
