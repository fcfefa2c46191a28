//! The pages of a drafted theme, which is corrected beside the document that it was made from.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::app::Failure;
use crate::app::theme::{DraftInHand, Group, PieceFate, PieceInHand, StatementInHand};
use crate::core::finding::Finding;
use crate::core::words;
use crate::web::inputs::{self, SentForm, input, text_of_area};
use crate::web::parts::{self, PageFrame, PageKit};

/// The hidden field with a short hash of the theme's file, which tells whether somebody changed it meanwhile.
pub(in crate::web) const VERSION: &str = "version";

/// The prefix of the boxes that agree to everything left out for one reason.
pub(in crate::web) const AGREE: &str = "agree:";

/// The code for every group.
pub(in crate::web) const EVERYONE: &str = "ALL";

/// The name of a field of a piece. Pieces are numbered in the order of the source.
pub(in crate::web) fn field(part: &str, piece: usize) -> String {
    format!("{part}:{piece}")
}

/// Gives what somebody typed into a field of a form that was refused; `None` where nothing was sent.
pub(in crate::web) type TypedIn<'a> = &'a dyn Fn(&str) -> Option<Vec<String>>;

/// The form for a new theme.
pub(in crate::web) fn new(kit: &PageKit, sent: &SentForm<'_>) -> Markup {
    let action = kit.to("/draft");
    let main = html! {
        @if let Some(failure) = sent.failure { (parts::failure(failure)) }
        @if !sent.faults.is_empty() { (inputs::faults(sent.faults)) }
        p { "Give the published framework as you have it: text copied from its page, a saved page or a Word file. jtai finds the statements, and you correct them beside the source. Nothing in the source is lost." }
        form method="post" action=(action) enctype="multipart/form-data" {
            input type="hidden" name="token" value=(kit.session.form_token(&action));
            (input("title", "text", "The theme in a few words", "Needed. As it should appear on workbooks and slides.", sent))
            label for="source" { "The framework as a file" }
            p class="hint" id="source-hint" { "A Word file, a saved web page, a text or Markdown file, or a spreadsheet. If you have a PDF, copy its text and paste it below." }
            (inputs::fault(sent, "source"))
            input id="source" name="source" type="file" accept=".docx,.html,.htm,.txt,.md,.csv,.xlsx,.ods" aria-describedby=(inputs::described_by(sent, "source"));
            label for="pasted" { "Or paste its text" }
            p class="hint" id="pasted-hint" { "Paste all of it. What is not part of a statement is left out, and listed for you to check." }
            textarea id="pasted" name="pasted" rows="12" aria-describedby="pasted-hint" spellcheck="false" autocomplete="off" { (text_of_area((sent.filled)("pasted"))) }
            button { "Find the statements" }
        }
        p { a href=(kit.to("/themes")) { "All themes" } }
    };
    parts::page(kit, &PageFrame { title: "A new theme", ..PageFrame::default() }, &main)
}

/// What became of the form, shown above the draft.
#[derive(Debug)]
pub(in crate::web) enum DraftNews<'a> {
    /// Nothing.
    Nothing,
    /// It was saved.
    Saved,
    /// A workbook to check was read back, with these findings.
    Taken(&'a [Finding]),
    /// It was not saved, because of this.
    Refused(&'a Failure),
}

/// The box that notes the check together with the corrections.
pub(in crate::web) const COMPARED: &str = "compared";

/// A draft side by side with its source.
pub(in crate::web) fn in_hand(
    kit: &PageKit,
    draft: &DraftInHand,
    typed: TypedIn<'_>,
    today: Date,
    news: &DraftNews<'_>,
) -> Markup {
    let (address, title) = (kit.to(&format!("/themes/{}", draft.theme.id)), &draft.theme.title);
    let action = format!("{address}/draft");
    let main = html! {
        @match news {
            DraftNews::Nothing => {}
            DraftNews::Saved => p class="noted" role="status" { "Saved. What is left to do is listed below." },
            DraftNews::Taken(findings) => {
                p class="noted" role="status" { "The corrections in the workbook were taken in." }
                (parts::findings(findings))
            }
            DraftNews::Refused(failure) => (parts::failure_here(failure)),
        }
        p {
            "Made from " (draft.made_from) ": " (words::count(draft.theme.criteria().count(), "statement")) " in "
            (words::count(draft.theme.areas.len(), "area")) ". The source is on the left, in its order. On the right is what became of each piece. Correct what is wrong, and save. You can stop and come back as often as you like."
        }
        (left_to_do(draft, &action))
        form method="post" action=(action) {
            input type="hidden" name="token" value=(kit.session.form_token(&action));
            input type="hidden" name=(VERSION) value=(draft.version);
            (framework(draft, typed))
            h2 id="pieces" { "The source, and what became of it" }
            (meanings())
            div class="table" tabindex="0" role="region" aria-label="The source, and what became of it" {
                table class="sides" {
                    thead { tr { th scope="col" { "In the source" } th scope="col" { "What became of it" } } }
                    tbody { @for (at, piece) in draft.pieces.iter().enumerate() { (row(draft, at, piece, typed)) } }
                }
            }
            (agreed(draft, typed))
            h2 { "Who corrected this" }
            label for="by" { "Your name" }
            p class="hint" id="by-hint" { "Needed. It is recorded with what you agree to leave out." }
            input id="by" name="by" type="text" value=(one(typed, "by").unwrap_or_else(|| kit.session.decided_by())) aria-describedby="by-hint" autocomplete="off" spellcheck="false";
            // One reading is enough for both: who reads the draft beside the framework has compared it.
            p class="choice" {
                input type="checkbox" id="compared" name=(COMPARED) value="yes" checked[typed(COMPARED).is_some()];
                label for="compared" { "I have compared all of it with the published framework" }
            }
            button { "Save what you corrected" }
        }
        (in_excel(kit, &address))
        (checking(kit, draft, &address, typed, today))
        p class="where" { "This theme is in the file " (draft.file.display()) }
        p { a href=(address) { "Read it as a theme" } }
    };
    parts::page(kit, &PageFrame { title, caption: "A draft, to be checked", ..PageFrame::default() }, &main)
}

fn one(typed: TypedIn<'_>, name: &str) -> Option<String> {
    typed(name).and_then(|values| values.into_iter().next())
}

/// What is left to do before workbooks can be issued.
fn left_to_do(draft: &DraftInHand, action: &str) -> Markup {
    let open: Vec<usize> = (0..draft.pieces.len()).filter(|at| draft.pieces[*at].is_open).collect();
    let doubtful: Vec<usize> = (0..draft.pieces.len()).filter(|at| !draft.pieces[*at].doubt.is_empty()).collect();
    html! {
        h2 { "Before workbooks are issued" }
        @if draft.findings.is_empty() && draft.theme.is_checked() { p { "Nothing is left to do: the theme is checked." } }
        @if draft.findings.is_empty() && !draft.theme.is_checked() { p { "Compare it with the source once more, then note at the end of this page that it is checked." } }
        @for finding in &draft.findings { (parts::finding_here(finding)) }
        @if let Some(first) = open.first() {
            p { a href=(format!("{action}#piece-{first}")) { "Go to the first piece to decide about" } " (" (open.len()) " in all)" }
        }
        @if let Some(first) = doubtful.first() {
            p { a href=(format!("{action}#piece-{first}")) { "Go to the first piece that jtai is not sure of" } " (" (doubtful.len()) " in all)" }
        }
    }
}

fn framework(draft: &DraftInHand, typed: TypedIn<'_>) -> Markup {
    let of = &draft.theme.framework;
    let filled = |name: &str| {
        let said = match name {
            "theme_title" => draft.theme.title.clone(),
            "framework_title" => of.title.clone(),
            "publisher" => of.publisher.clone(),
            "published" => of.published.map(|day| day.to_string()).unwrap_or_default(),
            _ => String::new(),
        };
        one(typed, name).unwrap_or(said)
    };
    let sent = SentForm { filled: &filled, faults: &[], failure: None };
    html! {
        h2 { "The framework" }
        (input("theme_title", "text", "The theme in a few words", "As it should appear on workbooks and slides.", &sent))
        (input("framework_title", "text", "The title of the framework", "As it was published.", &sent))
        (input("publisher", "text", "Who published it", "As in: Ofsted, CQC, HMICFRS and HMI Probation.", &sent))
        (input("published", "date", "When", "Leave it empty if you do not know.", &sent))
    }
}

fn meanings() -> Markup {
    html! {
        details {
            summary { "What the choices mean" }
            dl { @for fate in PieceFate::ALL { dt { strong { (fate.words()) } } dd { (fate.meaning()) } } }
        }
    }
}

fn row(draft: &DraftInHand, at: usize, piece: &PieceInHand, typed: TypedIn<'_>) -> Markup {
    let name = field("fate", at);
    let chosen = one(typed, &name).unwrap_or_else(|| piece.fate.key().to_string());
    html! {
        tr id=(format!("piece-{at}")) class=[(piece.fate == PieceFate::LeftOut).then_some("out")] {
            td {
                p class="where" { (words::capitalised(&piece.place)) }
                p class="published" { (piece.text) }
            }
            td {
                @if !piece.doubt.is_empty() { p class="wrong" { "To look at: " (piece.doubt) } }
                select name=(name) aria-label=(format!("What became of {}", piece.place)) {
                    @for fate in PieceFate::ALL { option value=(fate.key()) selected[fate.key() == chosen] { (fate.words()) } }
                }
                @if let Some(joined) = piece.joined_to.and_then(|at| draft.pieces.get(at)) {
                    p class="where" { "With " (joined.place) ": " (words::cut_at_word(&joined.text, 80)) }
                }
                @if piece.fate == PieceFate::LeftOut { (left_out(piece)) }
                @if piece.fate == PieceFate::Area { (title(at, piece, typed)) }
                @if let Some(statement) = &piece.statement { (corrected(draft, at, piece, statement, typed)) }
            }
        }
    }
}

fn left_out(piece: &PieceInHand) -> Markup {
    html! {
        p class="where" {
            (words::capitalised(&piece.why)) "."
            @match &piece.left_out_by {
                Some((name, Some(day))) => { " Agreed by " (name) " on " (words::date(*day)) "." }
                Some((name, None)) => { " Agreed by " (name) "." }
                None => { " " strong { "Not agreed yet." } }
            }
        }
    }
}

fn title(at: usize, piece: &PieceInHand, typed: TypedIn<'_>) -> Markup {
    let name = field("wording", at);
    html! {
        label for=(name) { "Title of the area" }
        input type="text" id=(name) name=(name) value=(one(typed, &name).unwrap_or_else(|| piece.area.clone())) autocomplete="off";
    }
}

/// The fields of a statement.
fn corrected(
    draft: &DraftInHand,
    at: usize,
    piece: &PieceInHand,
    statement: &StatementInHand,
    typed: TypedIn<'_>,
) -> Markup {
    let (wording, short, area) = (field("wording", at), field("short", at), field("area", at));
    let chosen = one(typed, &area).unwrap_or_else(|| piece.area.clone());
    html! {
        label for=(wording) { "Statement " (statement.id) }
        textarea id=(wording) name=(wording) rows="3" autocomplete="off" { (text_of_area(one(typed, &wording).unwrap_or_else(|| statement.wording.clone()))) }
        @if !statement.is_as_published() { p class="where" { "The source says: " (statement.published) } }
        label for=(short) { "In short, for slides" }
        input type="text" id=(short) name=(short) value=(one(typed, &short).unwrap_or_else(|| statement.short.clone())) autocomplete="off";
        label for=(area) { "Area" }
        select id=(area) name=(area) {
            @for one in &draft.theme.areas { option value=(one.title) selected[one.title == chosen] { (one.title) } }
        }
        (asked(at, statement, typed))
    }
}

fn asked(at: usize, statement: &StatementInHand, typed: TypedIn<'_>) -> Markup {
    let name = field("asked", at);
    let ticked = typed(&name);
    let is_ticked =
        |code: &str, is_now: bool| ticked.as_ref().map_or(is_now, |ticked| ticked.iter().any(|known| known == code));
    html! {
        details {
            summary {
                "Asked of: " (statement.asked.words())
                @if !statement.groups_why.is_empty() { " (suggested: " (statement.groups_why) ")" }
            }
            // A browser sends nothing for boxes that are not ticked: this tells "none ticked" from "not in the form".
            input type="hidden" name=(name) value="";
            p class="choice" {
                @let id = format!("{name}-{EVERYONE}");
                input type="checkbox" id=(id) name=(name) value=(EVERYONE) checked[is_ticked(EVERYONE, statement.asked.everyone)];
                label for=(id) { "Every agency" }
            }
            @for group in Group::ALL {
                @let id = format!("{name}-{}", group.code());
                p class="choice" {
                    input type="checkbox" id=(id) name=(name) value=(group.code()) checked[is_ticked(group.code(), statement.asked.named.contains(&group))];
                    label for=(id) { (words::capitalised(group.words())) }
                }
            }
            p class="hint" { "If you tick a group as well as every agency, that group leads." }
        }
    }
}

/// What is left out, by reason: one tick agrees to all pieces with that reason.
fn agreed(draft: &DraftInHand, typed: TypedIn<'_>) -> Markup {
    html! {
        @if draft.reasons.iter().any(|reason| reason.open > 0) {
            h2 { "Left out" }
            p { "No workbook is issued until somebody agrees that each of these pieces should be left out. Look through them, then tick the reason." }
            @for (at, reason) in draft.reasons.iter().enumerate().filter(|(_, reason)| reason.open > 0) {
                // The box sends the reason and not its number, which changes with the draft.
                @let name = format!("{AGREE}{at}");
                p class="choice" {
                    input type="checkbox" id=(name) name=(name) value=(reason.why) checked[typed(&name).is_some()];
                    label for=(name) { (words::capitalised(&reason.why)) ": " (words::are(reason.open, "piece")) " rightly left out" }
                }
                details {
                    summary { "Read " (if reason.pieces.len() == 1 { "it" } else { "them" }) ": " (reason.why) }
                    ul { @for piece in reason.pieces.iter().filter_map(|at| draft.pieces.get(*at)) { li { (words::capitalised(&piece.place)) ": " (piece.text) } } }
                }
            }
        }
    }
}

/// The same corrections in a workbook, for people who prefer Excel.
fn in_excel(kit: &PageKit, address: &str) -> Markup {
    let action = format!("{address}/draft/back");
    html! {
        h2 { "Or correct it in Excel" }
        p { "You can also do this in a workbook, or give it to a colleague: " a href=(format!("{address}/draft/workbook")) { "save the workbook to check" } ". Fill it in, save it, and choose it here." }
        form method="post" action=(action) enctype="multipart/form-data" {
            input type="hidden" name="token" value=(kit.session.form_token(&action));
            label for="back" { "The workbook to check, filled in" }
            input id="back" name="back" type="file" accept=".xlsx,.ods,.xls";
            button class="second" { "Take in its corrections" }
        }
    }
}

/// The form that notes who compared the theme with the published framework.
fn checking(kit: &PageKit, draft: &DraftInHand, address: &str, typed: TypedIn<'_>, today: Date) -> Markup {
    let said = match (draft.theme.is_checked(), draft.theme.checked_on) {
        (true, Some(day)) => format!("It was checked by {} on {}.", draft.theme.checked_by, words::date(day)),
        _ => "Nobody has checked it against the framework yet.".to_string(),
    };
    html! {
        h2 id="checked" { "Checked against the published framework" }
        p { (said) }
        @if !draft.theme.is_checked() { p class="hint" { "If you have corrected something above, save it first." } }
        (kit.form(&format!("{address}/checked"), &html! {
            label for="checked-by" { "Who compared it" }
            input id="checked-by" name="by" type="text" value=(one(typed, "by").unwrap_or_else(|| kit.session.decided_by())) autocomplete="off" spellcheck="false";
            label for="checked-on" { "When" }
            input id="checked-on" name="on" type="date" value=(one(typed, "on").unwrap_or_else(|| today.to_string())) autocomplete="off";
            button class="second" { "Note that it is checked" }
        }))
        @if draft.theme.is_checked() {
            p { a class="button" href=(kit.to(&format!("/new?theme={}", draft.theme.id))) { "Make a round on this theme" } }
        }
    }
}
