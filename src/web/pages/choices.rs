//! A sheet of `choices.xlsx` as a form, with the slide that it is about.

use maud::{Markup, html};

use crate::app::Failure;
use crate::app::choose::{self, ChoiceCell, ChoiceRow, ChoicesForm, FormSheet, Holds};
use crate::app::report::Length;
use crate::app::rounds::KnownRound;
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};

/// What became of the form, shown above it.
#[derive(Debug, Default)]
pub(in crate::web) enum ChoicesNews<'a> {
    /// Nothing.
    #[default]
    Nothing,
    /// It was saved.
    Saved,
    /// It was not saved, because the file changed meanwhile.
    Changed,
    /// It was not saved, because of this.
    Refused(&'a Failure),
    /// It is not saved yet, and this is how it would look.
    Shown(&'a ShownPreview),
}

/// Slides as unsaved choices would make them.
#[derive(Debug)]
pub(in crate::web) struct ShownPreview {
    /// The slides: each as the id of its picture, the reference at its foot, and its headline.
    pub slides: Vec<(String, String, String)>,
    /// Why there are no slides.
    pub failure: Option<Failure>,
}

/// The hidden field with the SHA-256 of the file that the form was made from.
pub(in crate::web) const VERSION: &str = "version";

/// The prefix of the fields that people type into.
pub(in crate::web) const TYPED: &str = "f:";
/// The prefix of the hidden fields with what was in the file before.
pub(in crate::web) const BEFORE: &str = "w:";

/// What the button that shows a slide sends. The button of a row adds the row's key.
pub(in crate::web) const SHOW: &str = "show:";

/// One sheet as a form.
pub(in crate::web) fn page(kit: &PageKit, round: &KnownRound, form: &ChoicesForm, news: &ChoicesNews<'_>) -> Markup {
    let address = |sheet: FormSheet| kit.to_round(round, &format!("/choices/{}", choose::slug(sheet)));
    let preview = if let ChoicesNews::Shown(preview) = news { Some(*preview) } else { None };
    let main = html! {
        nav aria-label="Sheets of choices" {
            ul class="pages" {
                @for sheet in FormSheet::all() {
                    li { a href=(address(sheet)) aria-current=[(sheet == form.sheet).then_some("page")] { (sheet.name()) } }
                }
            }
        }
        (news_box(form, news, &kit.to_round(round, "/slides")))
        p { (form.sheet.lead()) }
        @for finding in &form.findings { (parts::one_finding(finding)) }
        @if form.sheet == FormSheet::Approval { (codes(form)) }
        div class="choosing" data-choices="yes" {
            (kit.form(&address(form.sheet), &fields(form)))
            section id="preview" aria-label="The slide" { (shown(&address(form.sheet), preview)) }
        }
    };
    let frame = PageFrame { title: form.sheet.name(), round: Some(round), part: "/choices", ..PageFrame::default() };
    parts::page(kit, &frame, &main)
}

/// What became of what was filled in.
fn news_box(form: &ChoicesForm, news: &ChoicesNews<'_>, slides: &str) -> Markup {
    html! {
        @match news {
            ChoicesNews::Nothing | ChoicesNews::Shown(_) => {}
            ChoicesNews::Saved if form.has_findings() => div class="fault" role="alert" tabindex="-1" {
                h2 { "Saved, but something is not right yet" }
                p { "What it is, and what to do, is said at its place below." }
            },
            ChoicesNews::Saved => p class="now" role="status" {
                "Saved. The presentation shows it the next time you make its files. "
                a href=(slides) { "See the presentation" }
            }
            ChoicesNews::Changed => div class="fault" role="alert" tabindex="-1" {
                h2 { "Nothing was saved" }
                p {
                    "The choices changed since you loaded this page. What you typed is in the fields. "
                    "Where the file now says something different, that is shown under the field. Look at both, then save again."
                }
            }
            ChoicesNews::Refused(failure) => (parts::failure(failure)),
        }
        @if form.is_open_elsewhere && !matches!(news, ChoicesNews::Refused(_)) {
            p class="now" { "choices.xlsx is open elsewhere, for example in Excel. Close it there before you save here. What is not saved there is not shown here." }
        }
        @if !form.unplaced.is_empty() {
            p { "You typed this into rows that are no longer in the file, so it was not saved:" }
            @for text in &form.unplaced { blockquote { (text) } }
        }
    }
}

fn codes(form: &ChoicesForm) -> Markup {
    let is_any_approved = form.codes.iter().any(|(_, _, draft)| draft.is_empty());
    html! {
        h2 { "The code of the presentation now" }
        @for (length, code, draft) in &form.codes {
            p {
                @match length { Length::Short => "The short presentation", Length::Full => "The full presentation" }
                " has the code " strong { (code) } ". "
                @if draft.is_empty() { "It is approved. Its files say so once they are made again: if they still say DRAFT, make them on the page Presentation." }
                // Usually only one of them is wanted, and then nothing is wrong with the other.
                @else if is_any_approved { "It is not approved." }
                @else { (draft) " Every page says DRAFT until then." }
            }
        }
    }
}

fn fields(form: &ChoicesForm) -> Markup {
    let buttons = html! {
        p class="actions" {
            button name="do" value="save" { "Save" }
            button name="do" value=(SHOW) class="second" { "Show the slide" }
        }
    };
    html! {
        // Tells whether the file changed since the form was made: what was typed is then shown beside what is there now.
        input type="hidden" name=(VERSION) value=(form.version);
        // A form of one row is read down to its end, and saved there.
        @if form.sheet != FormSheet::Approval { (buttons) }
        @if form.rows.is_empty() { p { "There is nothing to choose here yet." } }
        @for (number, row) in (1..).zip(&form.rows) { (card(form, row, number)) }
        (buttons)
    }
}

/// One row.
fn card(form: &ChoicesForm, row: &ChoiceRow, number: usize) -> Markup {
    let name: Vec<&str> = row.given.iter().take(2).map(|(_, text)| text.as_str()).collect();
    let name = match (form.sheet, row.is_own) {
        (FormSheet::Approval, _) => "Who approved it, and which ratings it shows".to_string(),
        (_, true) => format!("Row {number}, for your own words"),
        (_, false) => name.join(", "),
    };
    html! {
        fieldset class="card" data-row=(row.key) {
            legend { (name) }
            @for finding in &row.findings { (parts::one_finding(finding)) }
            @for (label, text) in row.given.iter().skip(2) {
                p class="hint" { (label) ":" }
                blockquote { (text) }
            }
            @for (at, cell) in row.cells.iter().enumerate() { (field(row, at, cell)) }
            @if form.is_of_slides() {
                button name="do" value=(format!("{SHOW}{}", row.key)) class="second" aria-label=(format!("Show this slide: {name}")) { "Show this slide" }
            }
        }
    }
}

/// One cell. What was there is sent with it, so that a cell nobody touched is not an edit.
fn field(row: &ChoiceRow, at: usize, cell: &ChoiceCell) -> Markup {
    let name = format!("{TYPED}{}:{at}", row.key);
    let text = cell.shown();
    let is_day = text.is_empty() || words::read_date(text).is_some_and(|day| day.to_string() == text);
    let (hint, wrong) = (format!("{name}-hint"), format!("{name}-wrong"));
    let mut about: Vec<&str> = Vec::new();
    about.extend((!cell.hint.is_empty()).then_some(hint.as_str()));
    about.extend((!cell.findings.is_empty()).then_some(wrong.as_str()));
    let about = (!about.is_empty()).then(|| about.join(" "));
    let invalid = (!cell.findings.is_empty()).then_some("true");
    html! {
        label for=(name) { (cell.label) }
        @if !cell.hint.is_empty() { p class="hint" id=(hint) { (cell.hint) } }
        @if !cell.findings.is_empty() { div id=(wrong) { @for finding in &cell.findings { (parts::finding_here(finding)) } } }
        @match cell.holds {
            Holds::OneOf(words) => select id=(name) name=(name) aria-describedby=[about] aria-invalid=[invalid] {
                option value="" { "" }
                @for word in words { option value=(word) selected[*word == text] { (word) } }
                // A text that is not in the list stays as an option. Without it, saving would empty the cell.
                @if !text.is_empty() && !words.contains(&text) { option value=(text) selected { (text) } }
            },
            // A browser's date field shows only dates such as 2027-01-31, and would lose any other text.
            Holds::Day if is_day => input id=(name) name=(name) type="date" value=(text) aria-describedby=[about] aria-invalid=[invalid];,
            // A field of one line would take the ends of lines away.
            _ if cell.is_long || text.contains('\n') => textarea id=(name) name=(name) rows="2" aria-describedby=[about] aria-invalid=[invalid] { "\n" (text) },
            _ => input id=(name) name=(name) type="text" value=(text) autocomplete="off" aria-describedby=[about] aria-invalid=[invalid];,
        }
        @if !cell.in_file.is_empty() { input type="hidden" name=(format!("{BEFORE}{}:{at}", row.key)) value=(cell.in_file); }
        @if cell.is_contested {
            p class="contested" {
                @if cell.in_file.is_empty() { "The file now has nothing here." } @else { "The file now has: “" (cell.in_file) "”" }
            }
        }
    }
}

/// The preview of the slides.
fn shown(address: &str, preview: Option<&ShownPreview>) -> Markup {
    html! {
        @match preview {
            None => p class="hint" { "“Show the slide” shows how it looks with what you typed. This does not save it." },
            Some(ShownPreview { failure: Some(failure), .. }) => {
                p { "The slide cannot be shown with what you typed:" }
                @for finding in &failure.findings { (parts::one_finding(finding)) }
            }
            Some(ShownPreview { slides, .. }) if slides.is_empty() => p { "With these choices, this slide is not in the presentation." },
            Some(ShownPreview { slides, .. }) => {
                p class="hint" { "This is how it looks with what you typed. It is not saved yet." }
                @for (id, reference, headline) in slides {
                    img src=(format!("{address}/picture/{id}")) alt=(format!("Preview of the slide: {headline}")) width="960" height="540";
                    p class="where" { (reference) ": " (headline) }
                }
            }
        }
    }
}
