//! The labels of the first sheet, with the way in which labels are compared.

use crate::form::StartField;

/// The label on [`START_SHEET`](super::START_SHEET) beside the count of rated rows.
pub const PROGRESS_LABEL: &str = "Progress";

impl StartField {
    /// The label in the sheet.
    pub fn label(self) -> &'static str {
        match self {
            StartField::Partnership => "Partnership",
            StartField::Theme => "Theme",
            StartField::Round => "Round",
            StartField::Agency => "Agency",
            StartField::Group => "Group",
            StartField::Contact => "Sent to",
            StartField::Deputy => "If they are away",
            StartField::ReturnBy => "Return by",
            StartField::Questions => "Questions to",
            StartField::ReturnCode => "Return code",
            StartField::SpeaksFor => "These answers speak for (how many)",
            StartField::SpeaksForOf => "Out of how many (schools, teams)",
            StartField::AskedBy => "How they were asked, and by whom",
            StartField::CompletedBy => "Completed by (name and role)",
            StartField::ApprovedBy => "Approved by (name and role)",
            StartField::ApprovedOn => "Approved on (date)",
        }
    }
}

/// Whether a text is this label, compared as [`fold`] folds both.
pub fn is_label(text: &str, label: &str) -> bool {
    // This is called for every cell and every label, and nearly every text begins with a different letter: so that is tested before
    // folding.
    let first = |text: &str| text.chars().find(|c| c.is_alphanumeric());
    let is_other = |(a, b): (char, char)| a.is_ascii() && b.is_ascii() && !a.eq_ignore_ascii_case(&b);
    !first(text).zip(first(label)).is_some_and(is_other) && folded(text).eq(folded(label))
}

/// Folds a header or label for comparison: lower case, apostrophes and question marks gone, and every other run of blanks (the
/// non-breaking ones too), full stops, commas, colons, hyphens and underscores made one blank.
pub fn fold(text: &str) -> String {
    folded(text).collect()
}

pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    let (mut is_begun, mut is_after_blank) = (false, false);
    let plain = text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '?')).flat_map(char::to_lowercase);
    let spaced = plain.map(move |c| {
        if c.is_whitespace() || matches!(c, '.' | ',' | ':' | '-' | '_') {
            is_after_blank = is_begun;
            return [None, None];
        }
        is_begun = true;
        [std::mem::take(&mut is_after_blank).then_some(' '), Some(c)]
    });
    spaced.flatten().flatten()
}
