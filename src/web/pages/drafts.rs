//! The pages of a drafted theme, which is corrected beside the document that it was made from.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::app::Failure;
use crate::app::theme::{AskedOf, Criterion, DraftInHand, Group, PieceFate, PieceInHand, StatementInHand, TO_FILL_IN};
use crate::core::finding::Finding;
use crate::core::words;
use crate::web::inputs::{self, SentForm, input, text_of_area};
use crate::web::parts::{self, PageFrame, PageKit};

/// The hidden field with a short hash of the theme's file, which tells whether somebody changed it meanwhile.
pub(in crate::web) const VERSION: &str = "version";

/// The box that agrees to everything that is left out.
pub(in crate::web) const AGREED: &str = "agreed";

/// The longest short name of a statement, in characters.
const LONGEST_SHORT: usize = Criterion::LONGEST_SHORT;

/// The code for every group.
const EVERYONE: &str = "ALL";

/// What a form sends where only the groups that are ticked are asked.
const ONLY: &str = "ONLY";

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
    /// It was saved, but not noted as checked, because of this.
    NotChecked(&'a Failure),
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
    let caption = if draft.theme.is_checked() { "A theme, checked" } else { "A draft, to be checked" };
    let main = html! {
        @match news {
            DraftNews::Nothing => {}
            DraftNews::Saved => p class="noted" role="status" { "Saved." },
            DraftNews::NotChecked(failure) => {
                p class="noted" role="status" { "What you corrected was saved. It was not noted that you have compared it:" }
                @for finding in &failure.findings { (parts::finding_here(finding)) }
            }
            DraftNews::Taken(findings) => {
                p class="noted" role="status" { "The corrections in the workbook were taken in." }
                (parts::findings(findings))
            }
            DraftNews::Refused(failure) => (parts::failure_here(failure)),
        }
        p {
            "From " (draft.made_from) ": " (words::count(draft.theme.criteria().count(), "statement")) " in "
            (words::count(draft.theme.areas.len(), "area")) ". The source is on the left. On the right is what became of it."
            @if !draft.theme.is_checked() { " Read down once, correct what is wrong, and save at the end. You can save and come back as often as you like." }
        }
        (left_to_do(kit, draft, &action))
        form method="post" action=(action) {
            input type="hidden" name="token" value=(kit.session.form_token(&action));
            input type="hidden" name=(VERSION) value=(draft.version);
            (framework(draft, typed))
            h2 id="pieces" { "The source, and what became of it" }
            (meanings())
            div class="table" tabindex="0" role="region" aria-label="The source, and what became of it" {
                table class="sides" {
                    thead { tr { th scope="col" { "In the source" } th scope="col" { "What became of it" } } }
                    tbody { (rows(draft, typed)) }
                }
            }
            (short_names(draft, typed))
            h2 id="who" { "When you have read it" }
            label for="by" { "Your name" }
            p class="hint" id="by-hint" { "Needed. It is recorded with what you agree to leave out." }
            input id="by" name="by" type="text" value=(one(typed, "by").unwrap_or_else(|| kit.session.decided_by())) aria-describedby="by-hint" autocomplete="off" spellcheck="false";
            (agreed(draft, typed))
            // One reading is enough for both: who reads the draft beside the framework has compared it.
            p class="choice" {
                input type="checkbox" id="compared" name=(COMPARED) value="yes" checked[typed(COMPARED).is_some()];
                label for="compared" { "I have compared all of it with the published framework" }
            }
            button { "Save" }
        }
        (in_excel(kit, &address))
        (checking(kit, draft, &address, typed, today))
        p class="where" { "This theme is in the file " (draft.file.display()) }
        p { a href=(address) { "Read it as a theme" } }
    };
    parts::page(kit, &PageFrame { title, caption, ..PageFrame::default() }, &main)
}

fn one(typed: TypedIn<'_>, name: &str) -> Option<String> {
    typed(name).and_then(|values| values.into_iter().next())
}

/// What is left to do before workbooks can be issued.
fn left_to_do(kit: &PageKit, draft: &DraftInHand, action: &str) -> Markup {
    let is_undecided = |piece: &PieceInHand| piece.is_open && piece.fate != PieceFate::LeftOut;
    let open: Vec<usize> = (0..draft.pieces.len()).filter(|at| is_undecided(&draft.pieces[*at])).collect();
    let doubtful: Vec<usize> = (0..draft.pieces.len()).filter(|at| !draft.pieces[*at].doubt.is_empty()).collect();
    let is_ready = draft.findings.is_empty() && draft.theme.is_checked();
    html! {
        @if is_ready {
            p { (checked_words(draft)) " Nothing is left to do." }
            p { a class="button" href=(kit.to(&format!("/new?theme={}", draft.theme.id))) { "Make a round on this theme" } }
        } @else {
            h2 { "Before workbooks are issued" }
            @if draft.findings.is_empty() { p { "Compare it with the published framework, and tick at the end that you have." } }
            @for finding in &draft.findings { (parts::finding_here(finding)) }
        }
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
        one(typed, name).unwrap_or(if said == TO_FILL_IN { String::new() } else { said })
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

/// The rows of the table: pieces that follow one another and are left out are one row, so that what is evaluated stands out.
fn rows(draft: &DraftInHand, typed: TypedIn<'_>) -> Markup {
    let is_out = |piece: &PieceInHand| piece.fate == PieceFate::LeftOut && piece.doubt.is_empty();
    let runs = draft.pieces.chunk_by(|one, next| is_out(one) && is_out(next));
    let mut first = 0;
    html! {
        @for run in runs {
            @if is_out(&run[0]) { (left_out(first, run, typed)) } @else { (row(draft, first, &run[0], typed)) }
            @let () = first += run.len();
        }
    }
}

/// A piece that became something, or of which jtai is not sure.
fn row(draft: &DraftInHand, at: usize, piece: &PieceInHand, typed: TypedIn<'_>) -> Markup {
    html! {
        tr id=(format!("piece-{at}")) class=[(piece.fate == PieceFate::Area).then_some("area")] {
            td {
                p class="where" { (words::capitalised(&piece.place)) }
                p class="published" { (piece.text) }
            }
            td {
                @if !piece.doubt.is_empty() { p class="wrong" { "To look at: " (piece.doubt) } }
                (became(draft, at, piece))
                @if let Some(statement) = &piece.statement {
                    (asked(at, statement, typed))
                }
                @if matches!(piece.fate, PieceFate::LeadIn | PieceFate::InnerLeadIn) { (asked_together(draft, at, typed)) }
                details open[is_changed(piece, at, typed)] {
                    summary { "Correct it" }
                    (fate_of(at, piece, typed))
                    @if piece.fate == PieceFate::Area { (title(at, piece, typed)) }
                    @if let Some(statement) = &piece.statement { (corrected(draft, at, piece, statement, typed)) }
                }
            }
        }
    }
}

/// What became of a piece, said so that it can be compared with the source at a glance: a wording is shown only where it differs, and a
/// lead-in with the first of its points only.
fn became(draft: &DraftInHand, at: usize, piece: &PieceInHand) -> Markup {
    let joined = piece.joined_to.and_then(|at| draft.pieces.get(at));
    let before = at.checked_sub(1).map(|at| &draft.pieces[at]).filter(|before| before.statement.is_some());
    let is_next_point = joined.is_some() && before.is_some_and(|before| before.joined_to == piece.joined_to);
    html! {
        @match (&piece.statement, piece.fate) {
            (Some(statement), _) if statement.wording == piece.text => p { strong { "Statement " (statement.id) } ", word for word" },
            (Some(statement), _) if is_next_point && statement.is_as_published() => p { strong { "Statement " (statement.id) } ", with the same lead-in" },
            (Some(statement), _) => {
                p { strong { "Statement " (statement.id) } ": " (statement.wording) }
                @if !statement.is_as_published() { p class="where" { "The source says: " (statement.published) } }
            }
            (None, PieceFate::Area) => p { strong { "Area: " (piece.area) } },
            (None, PieceFate::LeftOut) => (why_left_out(std::slice::from_ref(piece))),
            (None, fate) => p {
                (fate.words())
                @if let Some(joined) = joined { ": with " (joined.place) ", " (words::cut_at_word(&joined.text, 80)) }
            },
        }
    }
}

/// Whether a form that was refused changes one of the fields that are folded away. They are then shown.
fn is_changed(piece: &PieceInHand, at: usize, typed: TypedIn<'_>) -> bool {
    let wording = piece.statement.as_ref().map_or(&piece.area, |statement| &statement.wording);
    let fields = [("fate", piece.fate.key()), ("wording", wording), ("area", &piece.area)];
    fields.iter().any(|(part, now)| {
        one(typed, &field(part, at)).is_some_and(|sent| sent.replace("\r\n", "\n").trim() != now.trim())
    })
}

fn fate_of(at: usize, piece: &PieceInHand, typed: TypedIn<'_>) -> Markup {
    let name = field("fate", at);
    let chosen = one(typed, &name).unwrap_or_else(|| piece.fate.key().to_string());
    html! {
        select name=(name) aria-label=(format!("What became of {}", piece.place)) {
            @for fate in PieceFate::ALL { option value=(fate.key()) selected[fate.key() == chosen] { (fate.words()) } }
        }
    }
}

/// Pieces that follow one another and are left out, the first of them numbered `first`.
fn left_out(first: usize, run: &[PieceInHand], typed: TypedIn<'_>) -> Markup {
    let is_changed = run.iter().zip(first..).any(|(piece, at)| is_changed(piece, at, typed));
    html! {
        tr id=(format!("piece-{first}")) class="out" {
            td { @for part in run.chunk_by(|one, next| one.is_furniture == next.is_furniture) { (left_out_text(part)) } }
            td { div class="beside" {
                (why_left_out(run))
                details open[is_changed] {
                    summary { "Correct it" }
                    @for (piece, at) in run.iter().zip(first..) {
                        p class="where" { (words::cut_at_word(&piece.text, 80)) }
                        (fate_of(at, piece, typed))
                    }
                }
            } }
        }
    }
}

/// That pieces are left out, whether somebody has agreed, and why.
fn why_left_out(run: &[PieceInHand]) -> Markup {
    let mut reasons: Vec<&str> = run.iter().map(|piece| piece.why.as_str()).collect();
    reasons.dedup();
    let agreed = run.iter().filter_map(|piece| piece.left_out_by.as_ref());
    let mut people: Vec<String> = agreed.map(|(name, day)| said_by(name, *day)).collect();
    people.dedup();
    html! {
        p {
            "Left out: " (words::count(run.len(), "piece")) ", from " (run[0].place) "."
            @if run.iter().any(|piece| piece.left_out_by.is_none()) { " " strong { "Not agreed yet." } }
            @for person in &people { " Agreed by " (person) "." }
        }
        details {
            summary { "Why" }
            ul { @for why in reasons { li { (words::capitalised(why)) } } }
        }
    }
}

/// The words of pieces that are left out. Menus, contents and page feet are folded away: what is to be read is the prose between.
fn left_out_text(part: &[PieceInHand]) -> Markup {
    let words = html! { @for piece in part { p class="published" { (piece.text) } } };
    html! {
        @if part[0].is_furniture && part.len() > 2 {
            details {
                summary { (words::count(part.len(), "piece")) " of the page itself, from “" (words::cut_at_word(&part[0].text, 40)) "”" }
                (words)
            }
        } @else { (words) }
    }
}

fn said_by(name: &str, day: Option<Date>) -> String {
    day.map_or_else(|| name.to_string(), |day| format!("{name} on {}", words::date(day)))
}

fn title(at: usize, piece: &PieceInHand, typed: TypedIn<'_>) -> Markup {
    let name = field("wording", at);
    html! {
        label for=(name) { "Title of the area" }
        input type="text" id=(name) name=(name) value=(one(typed, &name).unwrap_or_else(|| piece.area.clone())) autocomplete="off";
    }
}

/// What slides call each statement. Workbooks do not show it, so it need not be looked at before they are issued.
fn short_names(draft: &DraftInHand, typed: TypedIn<'_>) -> Markup {
    let is_changed = |at: usize, statement: &StatementInHand| {
        one(typed, &field("short", at)).is_some_and(|sent| sent.trim() != statement.short)
    };
    let statements: Vec<(usize, &StatementInHand)> =
        draft.pieces.iter().enumerate().filter_map(|(at, piece)| Some((at, piece.statement.as_ref()?))).collect();
    html! {
        details open[statements.iter().any(|(at, statement)| is_changed(*at, statement))] {
            summary { "Short names for slides: they can wait until you make the presentation" }
            p class="hint" { "Slides and charts call each statement by a short name of at most " (LONGEST_SHORT) " characters. jtai suggests one. In a round, they are on the page Settings." }
            div class="table" tabindex="0" role="region" aria-label="Short names for slides" {
                table class="sides" {
                    thead { tr { th scope="col" { "Statement" } th scope="col" { "Short name" } } }
                    tbody { @for (at, statement) in statements { (short_name(at, &draft.pieces[at].text, statement, typed)) } }
                }
            }
        }
    }
}

/// The field for one short name. `text` is the piece of the source: without its lead-in it is told from its neighbours at once.
fn short_name(at: usize, text: &str, statement: &StatementInHand, typed: TypedIn<'_>) -> Markup {
    let name = field("short", at);
    html! {
        tr {
            td { strong { (statement.id) } " " (text) }
            td {
                input type="text" id=(name) name=(name) aria-label=(format!("Short name of {}", statement.id)) maxlength=(LONGEST_SHORT)
                    value=(one(typed, &name).unwrap_or_else(|| statement.short.clone())) autocomplete="off";
            }
        }
    }
}

/// The fields of a statement that are seldom changed.
fn corrected(
    draft: &DraftInHand,
    at: usize,
    piece: &PieceInHand,
    statement: &StatementInHand,
    typed: TypedIn<'_>,
) -> Markup {
    let (wording, area) = (field("wording", at), field("area", at));
    let chosen = one(typed, &area).unwrap_or_else(|| piece.area.clone());
    html! {
        label for=(wording) { "Wording of " (statement.id) }
        textarea id=(wording) name=(wording) rows="3" autocomplete="off" { (text_of_area(one(typed, &wording).unwrap_or_else(|| statement.wording.clone()))) }
        label for=(area) { "Area" }
        select id=(area) name=(area) {
            @for one in &draft.theme.areas { option value=(one.title) selected[one.title == chosen] { (one.title) } }
        }
    }
}

fn asked(at: usize, statement: &StatementInHand, typed: TypedIn<'_>) -> Markup {
    let ticked = typed(&field("asked", at)).map(|codes| asked_of(&codes));
    let is_changed = ticked.as_ref().is_some_and(|ticked| *ticked != statement.asked);
    html! {
        details open[is_changed] {
            summary {
                "Asked of: " (statement.asked.words())
                @if !statement.groups_why.is_empty() { span class="where" { " (suggested: " (statement.groups_why) ")" } }
            }
            (boxes(at, ticked.as_ref().unwrap_or(&statement.asked)))
        }
    }
}

/// Whom all points of a lead-in are asked of, to choose once for all of them.
fn asked_together(draft: &DraftInHand, at: usize, typed: TypedIn<'_>) -> Markup {
    let points = points_of(draft, at);
    let together = together(draft, &points);
    let ticked = typed(&field("asked", at)).map(|codes| asked_of(&codes));
    let is_changed = ticked.as_ref().is_some_and(|ticked| Some(ticked) != together.as_ref() && !ticked.is_nobody());
    let nobody = AskedOf { everyone: false, named: Vec::new() };
    html! {
        @if points.len() > 1 {
            details open[is_changed] {
                summary {
                    @match &together {
                        Some(asked) => { "All " (points.len()) " points are asked of: " (asked.words()) },
                        None => { "The " (points.len()) " points are asked of different agencies" },
                    }
                }
                p class="hint" { "What you choose here holds for each point, unless you choose differently there. If nothing is ticked here, each point stays as it is." }
                (boxes(at, ticked.as_ref().or(together.as_ref()).unwrap_or(&nobody)))
            }
        }
    }
}

/// The points that a lead-in leads in, by their places.
pub(in crate::web) fn points_of(draft: &DraftInHand, at: usize) -> Vec<usize> {
    let is_point = |piece: &PieceInHand| piece.joined_to == Some(at) && piece.statement.is_some();
    (0..draft.pieces.len()).filter(|point| is_point(&draft.pieces[*point])).collect()
}

/// Whom all of these statements are asked of; `None` where they differ.
pub(in crate::web) fn together(draft: &DraftInHand, points: &[usize]) -> Option<AskedOf> {
    let mut asked = points.iter().filter_map(|at| draft.pieces[*at].statement.as_ref()).map(|one| &one.asked);
    let first = asked.next()?;
    asked.all(|other| other == first).then(|| first.clone())
}

/// The groups that are ticked, by the codes that a form sends.
pub(in crate::web) fn asked_of(codes: &[String]) -> AskedOf {
    let is_ticked = |code: &str| codes.iter().any(|known| known == code);
    AskedOf {
        everyone: is_ticked(EVERYONE),
        named: Group::ALL.into_iter().filter(|group| is_ticked(group.code())).collect(),
    }
}

fn boxes(at: usize, ticked: &AskedOf) -> Markup {
    let name = field("asked", at);
    html! {
        // A browser sends nothing for boxes that are not ticked: this tells "none ticked" from "not in the form".
        input type="hidden" name=(name) value="";
        // Two circles and not one box: a group that is ticked beside a box "every agency" would seem to be all that is asked.
        @for (value, words, is_chosen) in [
            (EVERYONE, "Every agency; those ticked here lead", ticked.everyone),
            (ONLY, "Only those ticked here", !ticked.everyone && !ticked.is_nobody()),
        ] {
            p class="choice" {
                @let id = format!("{name}-{value}");
                input type="radio" id=(id) name=(name) value=(value) checked[is_chosen];
                label for=(id) { (words) }
            }
        }
        @for group in Group::ALL {
            @let id = format!("{name}-{}", group.code());
            p class="choice" {
                input type="checkbox" id=(id) name=(name) value=(group.code()) checked[ticked.named.contains(&group)];
                label for=(id) { (words::capitalised(group.words())) }
            }
        }
    }
}

/// The box that agrees to everything that is left out.
fn agreed(draft: &DraftInHand, typed: TypedIn<'_>) -> Markup {
    let open: usize = draft.reasons.iter().map(|reason| reason.open).sum();
    html! {
        @if open > 0 {
            p class="choice" id="agree" {
                input type="checkbox" id=(AGREED) name=(AGREED) value="yes" checked[typed(AGREED).is_some()];
                label for=(AGREED) { "Everything that is left out above (" (words::count(open, "piece")) ") is rightly left out" }
            }
        }
    }
}

/// The same corrections in a workbook, for people who prefer Excel.
fn in_excel(kit: &PageKit, address: &str) -> Markup {
    let action = format!("{address}/draft/back");
    html! {
        details {
            summary { "Or correct it in Excel" }
            p { "You can also do this in a workbook, or give it to a colleague: " a href=(format!("{address}/draft/workbook")) { "save the workbook to check" } ". Fill it in, save it, and choose it here." }
            form method="post" action=(action) enctype="multipart/form-data" {
                input type="hidden" name="token" value=(kit.session.form_token(&action));
                label for="back" { "The workbook to check, filled in" }
                input id="back" name="back" type="file" accept=".xlsx,.ods,.xls";
                button class="second" { "Take in its corrections" }
            }
        }
    }
}

/// Who compared the theme with the published framework, in words.
fn checked_words(draft: &DraftInHand) -> String {
    match (draft.theme.is_checked(), draft.theme.checked_on) {
        (true, Some(day)) => format!("It was checked by {} on {}.", draft.theme.checked_by, words::date(day)),
        _ => "Nobody has checked it against the framework yet.".to_string(),
    }
}

/// The form that notes who compared the theme with the published framework, where that was somebody else or on a different day.
fn checking(kit: &PageKit, draft: &DraftInHand, address: &str, typed: TypedIn<'_>, today: Date) -> Markup {
    html! {
        details {
            summary { "Or note that somebody else compared it, or on a different day" }
            p { (checked_words(draft)) }
            @if !draft.theme.is_checked() { p class="hint" { "If you have corrected something above, save it first." } }
            (kit.form(&format!("{address}/checked"), &html! {
                label for="checked-by" { "Who compared it" }
                input id="checked-by" name="by" type="text" value=(one(typed, "by").unwrap_or_else(|| kit.session.decided_by())) autocomplete="off" spellcheck="false";
                label for="checked-on" { "When" }
                input id="checked-on" name="on" type="date" value=(one(typed, "on").unwrap_or_else(|| today.to_string())) autocomplete="off";
                button class="second" { "Note that it is checked" }
            }))
        }
    }
}
