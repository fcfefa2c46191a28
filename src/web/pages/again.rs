//! The next round of the same theme, in one form.

use maud::{Markup, html};

use crate::app::rounds::KnownRound;
use crate::web::inputs::{self, SentForm, input};
use crate::web::parts::{self, PageFrame, PageKit};

/// The page.
pub(in crate::web) fn page(kit: &PageKit, round: &KnownRound, sent: &SentForm<'_>) -> Markup {
    let action = kit.to_round(round, "/again");
    let main = html! {
        @match (sent.failure, sent.faults) {
            (Some(failure), []) => (parts::failure(failure)),
            (_, []) => {},
            (_, faults) => (inputs::faults(faults)),
        }
        p { "This makes a new round with the same statements, agencies and settings. What each agency answered is in its new workbook. It "
            "changes what is different and signs the rest: an agency with nothing to change needs two minutes." }
        p { "Until an agency has changed or confirmed an answer, it counts as not given. The round that you have now stays as it is." }
        form method="post" action=(action) {
            input type="hidden" name="token" value=(kit.session.form_token(&action));
            (input("deadline", "date", "When returns are due", "Needed. Once an inspection is notified, a few days have to be enough.", sent))
            (input("fieldwork", "date", "The first day of fieldwork", "Leave it empty until it is known.", sent))
            button { "Make the next round" }
        }
        h2 { "Where agencies are not the same any more" }
        p { "Before you write the workbooks, open agencies.xlsx of the new round. Delete who left, and add who is new. Where an agency merged "
            "or has a new ID, write its old one under ID last time: its answers then go into the new workbook." }
    };
    parts::page(kit, &PageFrame { title: "The next round", round: Some(round), ..PageFrame::default() }, &main)
}
