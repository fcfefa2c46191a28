//! Why pieces are left out, in the words that a person agrees or disagrees with. One tick agrees with all of a reason.

/// Menus, cookie notices, links of a page.
pub(super) const NAVIGATION: &str = "navigation of the page";
/// Page numbers, and lines at the head or foot of each page.
pub(super) const PAGE_FOOT: &str = "the head or foot of a page";
/// The list of contents.
pub(super) const CONTENTS: &str = "the list of contents";
/// Licence, copyright, publication details.
pub(super) const PUBLISHING: &str = "licence, date or details of publication";
/// The title of the document.
pub(super) const TITLE: &str = "the title of the document";
/// What the document is and whom it is for.
pub(super) const INTRODUCTION: &str = "introduction or background";
/// How inspections are done.
pub(super) const PROCEDURE: &str = "how the inspection is done";
/// Words outside the part with the statements.
pub(super) const OUTSIDE: &str = "outside the part that lists what is evaluated";
/// Prose in an area that is no statement.
pub(super) const AROUND: &str = "words around the statements";
/// Grades.
pub(super) const GRADES: &str = "a grade or a rating, which says how well and not what";
/// A lead-in of sentences that need none.
pub(super) const ANNOUNCES: &str = "announces the list under it, whose points are sentences";
/// What is said before a lead-in in the same paragraph.
pub(super) const BEFORE_LEAD_IN: &str = "said before the sentence that leads a list in";
/// A note that a mark in the text leads to.
pub(super) const NOTE: &str = "a note to a word of the text";
/// A heading that heads only headings.
pub(super) const OVER_HEADINGS: &str = "a heading over other headings";
/// A heading that heads nothing.
pub(super) const EMPTY_HEADING: &str = "a heading with no statement under it";
/// What other columns of a table hold.
pub(super) const OTHER_CELLS: &str = "the head of a table or a column that is not read";
/// Parts of a Word file beside its text.
pub(super) const BESIDE_TEXT: &str = "a note, a comment, or the head or foot of a page";
/// Words that somebody deleted.
pub(super) const DELETED: &str = "deleted with track changes";
/// A statement that no cell holds.
pub(super) const TOO_LONG: &str = "longer than the 2,000 characters of a statement";

/// A heading under an area that has a label of its own.
pub(super) const INSIDE_AREA: &str = "a heading inside an area";
