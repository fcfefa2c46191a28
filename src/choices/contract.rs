//! The contract of `choices.xlsx`: its sheets, headers, labels.

/// A sheet with a table of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoicesSheet {
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
pub struct ChoicesColumn {
    /// Its header.
    pub header: &'static str,
    /// Its least width in characters.
    pub width: f64,
    /// Whether the officer fills it in.
    pub is_input: bool,
}

pub(super) const fn input(header: &'static str, width: f64) -> ChoicesColumn {
    ChoicesColumn { header, width, is_input: true }
}

pub(super) const fn given(header: &'static str, width: f64) -> ChoicesColumn {
    ChoicesColumn { header, width, is_input: false }
}

/// The columns that the reader looks for by name.
pub(super) const ORDER: &str = "Order on the slide";

pub(super) const WORDING: &str = "Wording on the slide";

pub(super) const REF: &str = "Ref";

pub(super) const AGENCY: &str = "Agency";

pub(super) const OWN_WORDS: &str = "The agency's own words";

pub(super) const LEAVE_OUT: &str = "Leave out";

/// A slide that stands only where the officer says so has its Yes here.
pub(super) const SHOW: &str = "Show";

pub(super) const HEADLINE: &str = "Your headline";

pub(super) const SLIDE: &str = "Slide";

pub(super) const KIND: &str = "Kind";

pub(super) const LINE: &str = "Line";

pub(super) const TITLE: &str = "Title";

pub(super) const TEXT: &str = "Text";

pub(super) const AFTER: &str = "After slide";

/// Where the rule would put the words on the slide.
pub(super) const BY_RULE: &str = "By the rule";

/// Why the rule passes words over.
pub(super) const MIND: &str = "Mind";

/// What came in or changed since the file that this one took the place of. Files of an earlier program have no such column.
pub(super) const SINCE: &str = "New or changed";

/// What stands under its kind for local context, and for a known issue.
pub(super) const KINDS: [&str; 2] = ["Local context", "Known issue"];

/// What stands for yes where a slide is to be left out.
pub(super) const YES: &str = "Yes";

pub(super) const VOICES: [ChoicesColumn; 9] = [
    input(ORDER, 12.0),
    input(WORDING, 50.0),
    given(REF, 12.0),
    given(AGENCY, 30.0),
    given("Own rating", 13.0),
    given(OWN_WORDS, 60.0),
    given(BY_RULE, 12.0),
    given(MIND, 30.0),
    given(SINCE, 20.0),
];

pub(super) const DIFFERENCES: [ChoicesColumn; 5] =
    [input(ORDER, 12.0), given(REF, 12.0), given("Statement", 70.0), given("Ratings", 34.0), given(SINCE, 20.0)];

pub(super) const SLIDES: [ChoicesColumn; 7] = [
    input(LEAVE_OUT, 12.0),
    input(HEADLINE, 60.0),
    input(SHOW, 10.0),
    given(SLIDE, 20.0),
    given("What it shows", 34.0),
    given("Headline by the rule", 60.0),
    given(SINCE, 20.0),
];

pub(super) const CONTEXT: [ChoicesColumn; 2] = [input(KIND, 20.0), input(LINE, 110.0)];

pub(super) const ADDED: [ChoicesColumn; 3] = [input(TITLE, 50.0), input(TEXT, 80.0), input(AFTER, 20.0)];

impl ChoicesSheet {
    /// Every sheet, in the workbook's order.
    pub const ALL: [ChoicesSheet; 6] = [
        ChoicesSheet::Strengths,
        ChoicesSheet::Worries,
        ChoicesSheet::Differences,
        ChoicesSheet::Slides,
        ChoicesSheet::Context,
        ChoicesSheet::Added,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            ChoicesSheet::Strengths => "Working well",
            ChoicesSheet::Worries => "Worried about",
            ChoicesSheet::Differences => "Seen differently",
            ChoicesSheet::Slides => "Slides",
            ChoicesSheet::Context => "Local context",
            ChoicesSheet::Added => "Your slides",
        }
    }

    /// The name of its table.
    pub fn table(self) -> &'static str {
        match self {
            ChoicesSheet::Strengths => "WorkingWell",
            ChoicesSheet::Worries => "WorriedAbout",
            ChoicesSheet::Differences => "SeenDifferently",
            ChoicesSheet::Slides => "Slides",
            ChoicesSheet::Context => "LocalContext",
            ChoicesSheet::Added => "YourSlides",
        }
    }

    /// What a screen reader says of its table.
    pub fn alt_text(self) -> &'static str {
        match self {
            ChoicesSheet::Strengths => "Working well: one row for each thing to choose",
            ChoicesSheet::Worries => "Worried about: one row for each thing to choose",
            ChoicesSheet::Differences => "Seen differently: one row for each thing to choose",
            ChoicesSheet::Slides => "Slides: one row for each thing to choose",
            ChoicesSheet::Context => "Local context: one row for each thing to choose",
            ChoicesSheet::Added => "Your slides: one row for each thing to choose",
        }
    }

    /// What to do on it.
    pub fn lead(self) -> &'static str {
        match self {
            ChoicesSheet::Strengths | ChoicesSheet::Worries => {
                "Number the words that should be on the slide: 1 first. With no number anywhere, the rule picks. Other wording is \
                 on the slide without quotation marks."
            }
            ChoicesSheet::Differences => {
                "Number the statements that should be on the slide: 1 first. With no number anywhere, the rule picks."
            }
            ChoicesSheet::Slides => {
                "Write Yes to leave a slide out, or a headline of your own, of two lines at most. The page with every agency's every rating is \
                 shown only where you write Yes under Show."
            }
            ChoicesSheet::Context => {
                "A line each: figures with their source and date, and what you know is not yet right. Nothing about one child."
            }
            ChoicesSheet::Added => {
                "A slide each: a title, a few lines of text, and after which slide it comes; else it comes before the method."
            }
        }
    }

    /// The headers of the columns that name a row; none where the officer writes every row.
    pub(super) fn key(self) -> &'static [&'static str] {
        match self {
            ChoicesSheet::Strengths | ChoicesSheet::Worries => &[REF, AGENCY],
            ChoicesSheet::Differences => &[REF],
            ChoicesSheet::Slides => &[SLIDE],
            ChoicesSheet::Context | ChoicesSheet::Added => &[],
        }
    }

    /// What one of its rows is called where rows are counted.
    pub(super) fn noun(self) -> &'static str {
        match self {
            ChoicesSheet::Strengths | ChoicesSheet::Worries => "quotation",
            ChoicesSheet::Differences => "difference",
            ChoicesSheet::Slides => "slide",
            ChoicesSheet::Context => "line",
            ChoicesSheet::Added => "slide of your own",
        }
    }

    /// Its columns.
    pub fn columns(self) -> &'static [ChoicesColumn] {
        match self {
            ChoicesSheet::Strengths | ChoicesSheet::Worries => &VOICES,
            ChoicesSheet::Differences => &DIFFERENCES,
            ChoicesSheet::Slides => &SLIDES,
            ChoicesSheet::Context => &CONTEXT,
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

/// The label of the run's code: an approval is of what was seen, and not of what may come.
pub(super) const APPROVED_RUN: &str = "Code approved (at the foot of each slide, as in K7Q2)";

/// The sheet that lists what has no place on the others since the file was renewed. An untouched file has none.
pub(super) const EARLIER: &str = "From the earlier file";

/// The name of its table.
pub(super) const EARLIER_TABLE: &str = "FromTheEarlierFile";

/// The header of what the officer had written: the one column there that jtai does not word.
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

/// The very-hidden sheet with a print of each row as it was written: it tells what the answers changed from what somebody typed over.
pub(super) const PRINTS: &str = "jtai prints";

/// How many columns that sheet has.
pub(super) const PRINT_COLUMNS: u32 = 4;

/// The property with the day on which a file was made.
pub(super) const MADE_ON: &str = "Choices made on";

/// The cells that jtai fills, as sheet, row and column counted from 0, for tables of up to this many rows: Refs and names beside one
/// another can look like a date of birth, and what agencies wrote was looked at when it was read.
pub fn cells_given(most_rows: usize) -> Vec<(String, (u32, u32))> {
    // Rows can be moved and others put between them.
    let last = u32::try_from(2 * most_rows + 50).unwrap_or(u32::MAX);
    let of_columns = |sheet: &'static str, columns: Vec<u32>, last: u32| {
        columns.into_iter().flat_map(move |at| (0..last).map(move |row| (sheet.to_string(), (row, at))))
    };
    let given = |columns: &[ChoicesColumn], is_given: fn(&ChoicesColumn) -> bool| -> Vec<u32> {
        (0u32..).zip(columns).filter(|(_, column)| is_given(column)).map(|(at, _)| at).collect()
    };
    let tables = ChoicesSheet::ALL
        .into_iter()
        .flat_map(|sheet| of_columns(sheet.name(), given(sheet.columns(), |column| !column.is_input), last));
    let earlier = given(&EARLIER_COLUMNS, |column| column.header != HAD_WRITTEN);
    let listed = of_columns(EARLIER, earlier, last);
    // It has a row for each of all tables.
    let prints = of_columns(PRINTS, (0..PRINT_COLUMNS).collect(), last.saturating_mul(2));
    tables.chain(listed).chain(prints).collect()
}
