//! What a presenter can say about a slide, and what they are likely to be asked. Inspectors may see the first, because it is in the notes of
//! the PowerPoint file; the second is only in the briefing.

use super::super::slide_key::SlideKey;

/// What helps to present a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PresenterNotes {
    /// What to say; empty for a slide of the officer's own.
    pub say: &'static str,
    /// A likely question; empty if there is none.
    pub question: &'static str,
}

impl PresenterNotes {
    /// The notes beside a slide.
    pub fn new(key: &SlideKey) -> PresenterNotes {
        let (say, question) = match key {
            SlideKey::Title => (
                "This is what each agency says about its own part. Nobody has graded it, and we are not grading it.",
                "Who in each agency approved its answers?",
            ),
            SlideKey::Context => ("Say where each figure comes from and its date.", "What has changed since?"),
            SlideKey::ChangedSince => (
                "A higher rating is an agency's own view, and not yet a change for children. Say what shows it. Say what is lower, too.",
                "What is different for children since then?",
            ),
            SlideKey::SignsOfSafety => (
                "Say it in three sentences: what works, what worries us most, what we will do about it and by when. The words on the \
                 cards are the agencies' own, and their leads can speak to them.",
                "What is different for children because of this?",
            ),
            SlideKey::Picture(_) => (
                "Say what a bar counts and whose ratings these are; the line above the headline tells you. Then say what stands out and who is missing.",
                "What is behind the area with most Red?",
            ),
            SlideKey::Area(..) => {
                ("Say where agencies agree, and where they do not.", "What would have to happen for this to be Green?")
            }
            SlideKey::EveryRating => (
                "Each mark is an agency's rating of its own part. Read along a row, not down a column: agencies are not compared.",
                "Why do agencies rate this statement differently?",
            ),
            SlideKey::WorkingWell => ("Say what shows it, and what is better for children.", "How do you know?"),
            SlideKey::WorriedAbout => (
                "Say what it means for children, what is being done, who leads it and by when.",
                "What have you done since you found this out?",
            ),
            SlideKey::NeedsToHappen => (
                "Say which of these the partnership has agreed, and what is done already. Others have not agreed what one agency proposes.",
                "How will you know that it has helped children?",
            ),
            SlideKey::ChildrenToldUs => (
                "Know where each line comes from: a survey, an advocate, a child's own words, and when.",
                "What did you change because of it?",
            ),
            SlideKey::SeenDifferently => (
                "Say why agencies see it differently. A difference is not a fault.",
                "Have you talked about this together?",
            ),
            SlideKey::Who => (
                "An answer that is not in is counted as not in, and never as a colour.",
                "Who speaks for those who are not in?",
            ),
            SlideKey::Method => (
                "Any number can be traced to the cell that an agency filled in, with the code at the foot of its slide.",
                "Can you show us where this number comes from?",
            ),
            SlideKey::Statements => ("Turn to this page if somebody asks what a Ref or a short name means.", ""),
            SlideKey::Own(_) => ("", ""),
        };
        PresenterNotes { say, question }
    }
}
