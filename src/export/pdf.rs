//! The documents as accessible PDF (tagged, PDF/UA-1, fonts embedded), and the deck's pages as pictures. No other file uses typst.
//!
//! Texts reach the template as data in a JSON file, so that nothing an agency wrote can run as markup.

mod view;

use serde_json::Value;
use typst_as_lib::TypstEngine;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_svg::SvgOptions;

use crate::documents::annex::Annex;
use crate::documents::briefing::Briefing;
use crate::documents::deck::Deck;
use crate::documents::feedback::FeedbackPaper;
use crate::documents::scrutineer::ScrutineerPages;
use crate::style::fonts;
use view::DocumentFiles;

/// The templates, by the names under which they import each other.
const TEMPLATES: [(&str, &str); 6] = [
    ("style.typ", include_str!("../../templates/style.typ")),
    ("deck.typ", include_str!("../../templates/deck.typ")),
    ("annex.typ", include_str!("../../templates/annex.typ")),
    ("briefing.typ", include_str!("../../templates/briefing.typ")),
    ("scrutineer.typ", include_str!("../../templates/scrutineer.typ")),
    ("feedback.typ", include_str!("../../templates/feedback.typ")),
];

/// A document could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the document {template} could not be made: {cause}")]
pub struct PdfError {
    template: &'static str,
    cause: String,
}

/// A document.
#[derive(Debug, Clone, PartialEq)]
pub struct Pdf {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// The documents of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Documents {
    /// The day-one presentation, 16:9, a page a slide.
    pub deck: Pdf,
    /// The leaders' briefing, A4. Every page says that it is not for inspectors.
    pub briefing: Pdf,
    /// The leaders' annex, 16:9. Every page says that it is not for inspectors.
    pub annex: Pdf,
}

/// All documents of a report. The annex takes longest and is laid out on one core, so the others are made beside it.
///
/// # Errors
///
/// When a template does not compile or the result would not be accessible. Text cannot cause that: a character that no font can draw was
/// replaced by a named stand-in before.
pub fn documents(deck: &Deck, briefing: &Briefing, annex: &Annex) -> Result<Documents, PdfError> {
    std::thread::scope(|scope| {
        let annex = scope.spawn(|| self::annex(annex));
        let deck = self::deck(deck)?;
        let briefing = lay_out("briefing.typ", view::briefing(briefing), Vec::new())?()?;
        let annex = annex.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok(Documents { deck, briefing, annex })
    })
}

/// The annex, or that of one agency.
///
/// # Errors
///
/// As [`documents`].
pub fn annex(annex: &Annex) -> Result<Pdf, PdfError> {
    let mut files = Vec::new();
    let data = view::annex(annex, &mut files);
    lay_out("annex.typ", data, files)?()
}

/// The presentation alone.
///
/// # Errors
///
/// As [`documents`].
pub fn deck(deck: &Deck) -> Result<Pdf, PdfError> {
    lay_out_deck(deck)?()
}

/// The pages for the scrutineer, A4 across. Every page says that it is not for inspectors.
///
/// # Errors
///
/// As [`documents`].
pub fn scrutineer(pages: &ScrutineerPages) -> Result<Pdf, PdfError> {
    lay_out("scrutineer.typ", view::scrutineer(pages), Vec::new())?()
}

/// The paper for one agency, A4.
///
/// # Errors
///
/// As [`documents`].
pub fn feedback(paper: &FeedbackPaper) -> Result<Pdf, PdfError> {
    lay_out("feedback.typ", view::feedback(paper), Vec::new())?()
}

fn lay_out_deck(deck: &Deck) -> Result<impl FnOnce() -> Result<Pdf, PdfError> + Send + use<>, PdfError> {
    let mut files = Vec::new();
    let data = view::deck(deck, &mut files);
    lay_out("deck.typ", data, files)
}

/// The pages of the presentation as SVG, the same as in its PDF and laid out by the same template. All letters are outlines.
///
/// # Errors
///
/// When the template does not compile.
pub fn pages(deck: &Deck) -> Result<Vec<String>, PdfError> {
    let mut files = Vec::new();
    let data = view::deck(deck, &mut files);
    view::outline_letters(deck, &mut files);
    drawn(data, files)
}

/// One page of the presentation, as [`pages`] draws it; empty if there is no such page.
///
/// # Errors
///
/// As [`pages`].
pub fn page(deck: &Deck, at: usize) -> Result<String, PdfError> {
    let mut files = Vec::new();
    let mut data = view::deck(deck, &mut files);
    if let Some(slides) = data["slides"].as_array_mut() {
        // The data is of the whole deck, so that the page keeps its number; only this one slide is laid out.
        *slides = slides.drain(..).skip(at).take(1).collect();
    }
    data["pages_before"] = Value::from(at);
    view::outline_letters(deck, &mut files);
    Ok(drawn(data, files)?.into_iter().next().unwrap_or_default())
}

fn drawn(data: Value, mut files: DocumentFiles) -> Result<Vec<String>, PdfError> {
    let template = "deck.typ";
    files.push(data_file(data));
    let document: PagedDocument =
        engine(&files).compile(template).output.map_err(|error| PdfError { template, cause: error.to_string() })?;
    Ok(document.pages().iter().map(|page| typst_svg::svg(page, &SvgOptions::default())).collect())
}

fn data_file(mut data: Value) -> (String, Vec<u8>) {
    data["has_long_runs"] = view::has_long_run(&data).into();
    ("data.json".into(), data.to_string().into_bytes())
}

/// How many documents are made before what was worked out for one is forgotten. Documents are made side by side, so one that is done
/// must not empty what the others still need; pages that are open for days must not keep everything either.
const FORGOTTEN_AFTER: usize = 4;

/// The engine that compiles a template with the files beside it.
fn engine(files: &DocumentFiles) -> TypstEngine {
    TypstEngine::builder()
        .fonts(fonts::FILES)
        .comemo_evict_max_age(Some(FORGOTTEN_AFTER))
        .with_static_source_file_resolver(TEMPLATES)
        .with_static_file_resolver(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
        .build()
}

/// Lays a document out, and returns a function that exports it.
fn lay_out(
    template: &'static str,
    data: Value,
    mut files: DocumentFiles,
) -> Result<impl FnOnce() -> Result<Pdf, PdfError> + Send + use<>, PdfError> {
    let fail = move |cause: String| PdfError { template, cause };
    files.push(data_file(data));
    let document = engine(&files).compile(template).output.map_err(|error| fail(error.to_string()))?;
    Ok(move || {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| fail(format!("{error:?}")))?;
        let options = PdfOptions { standards, ..PdfOptions::default() };
        let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| fail(format!("{errors:?}")))?;
        Ok(Pdf { bytes, pages: document.pages().len() })
    })
}
