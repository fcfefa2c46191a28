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
        p { "This makes a new round with the same statements, agencies and settings. Each agency finds its answers already in its new workbook. "
            "It corrects what has changed and signs off the rest. If nothing has changed, that takes two minutes." }
        p { "An answer counts as blank until its agency changes or confirms it. The round that you have now stays as it is." }
        form method="post" action=(action) {
            input type="hidden" name="token" value=(kit.session.form_token(&action));
            (input("deadline", "date", "When returns are due", "Needed. Once an inspection is notified, a few days must be enough.", sent))
            (input("fieldwork", "date", "The first day of fieldwork", "Leave it empty until it is known.", sent))
            button { "Make the next round" }
        }
        h2 { "If the agencies have changed" }
        p { "Before you write the workbooks, open agencies.xlsx of the new round. Delete agencies that left, and add new ones. If an agency merged "
            "or has a new ID, write its old ID under ID last time. Its answers then go into the new workbook." }
    };
    parts::page(kit, &PageFrame { title: "The next round", round: Some(round), ..PageFrame::default() }, &main)
}
