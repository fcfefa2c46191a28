//! The data of the templates: documents as JSON, made here so that domain types need not know how they are printed.

use serde_json::{Value, json};

use crate::chart::Chart;
use crate::documents::DocumentTable;
use crate::documents::annex::{Annex, AnnexAnswer, AnnexStatement};
use crate::documents::briefing::{Briefing, BriefingPage};
use crate::documents::deck::layout::{self, CellMark, Item, Line, PlacedCell, PlacedItem};
use crate::documents::deck::one_page::{MapCell, MapRow, RatingsMap};
use crate::documents::deck::{Body, Deck, Grid, GridCell, Header, Quote, Slide, measure};
use crate::documents::feedback::{
    FeedbackAction, FeedbackArea, FeedbackOutcome, FeedbackPaper, FeedbackQuestion, FeedbackRow, ShownState,
};
use crate::documents::scrutineer::{ScrutineerPage, ScrutineerPages, ScrutineerRow};
use crate::documents::{AnnexScope, Cover, reference};
use crate::form::Rating;
use crate::style::brand::{Brand, Logo};
use crate::style::palette::Colour;
use crate::style::{fonts, marks, palette};

/// The files that a document needs beside its data: name and bytes.
pub(super) type DocumentFiles = Vec<(String, Vec<u8>)>;

/// The deck, and the charts it shows.
pub(super) fn deck(deck: &Deck, files: &mut DocumentFiles) -> Value {
    let slides: Vec<Value> = (1..)
        .zip(&deck.slides)
        .map(|(place, slide): (usize, &Slide)| self::slide(slide, &deck.cover, place, files))
        .collect();
    marks(files);
    let logo = deck.cover.brand.logo.as_ref().map(|logo| self::logo(logo, &deck.cover.logo_alt(), files));
    drawable(json!({
        "cover": cover(&deck.cover), "palette": palette(&deck.cover.brand), "logo": logo, "slides": slides,
        "name_size": measure::name_size(&deck.cover.partnership),
        // The template gets its measures from here, so that what is drawn agrees with what was measured.
        "measures": {
            "left": measure::MARGIN_PT.0, "top": measure::MARGIN_PT.1, "headline": measure::HEADLINE_PT, "text": measure::TEXT_PT,
            "gutter": measure::GUTTER_PT, "card_gap": measure::CARD_GAP_PT, "claim": measure::CLAIM_PT, "label": measure::LABEL_PT,
            "note": measure::NOTE_PT, "headline_top": measure::HEADLINE_TOP_PT, "foot": layout::foot_frames(),
        },
    }))
}

/// The marks of ratings, and of answers that are not in.
fn marks(files: &mut DocumentFiles) {
    files.extend(Rating::ALL.map(|rating| (mark_file(rating), marks::svg(rating).into_bytes())));
    files.push(("mark-not-in.svg".into(), marks::not_in_svg().into_bytes()));
}

fn mark_file(rating: Rating) -> String {
    format!("mark-{}.svg", rating.key())
}

/// Every rating, as a table.
fn map(map: &RatingsMap) -> Value {
    let cell = |cell: &MapCell| match cell {
        MapCell::Rated(rating) => json!({ "mark": rating.key(), "word": rating.word() }),
        MapCell::NotIn(why) => json!({ "mark": "not-in", "word": why }),
        MapCell::NotApplicable => json!({ "mark": "", "word": "n/a" }),
        MapCell::NotAsked => json!({ "mark": "", "word": "" }),
        MapCell::Counts(said) => json!({ "mark": "", "word": said }),
    };
    let row = |row: &MapRow| {
        json!({
            "name": row.name, "ref": row.reference, "counts": row.counts.map(|n| n.to_string()),
            "cells": row.cells.iter().map(cell).collect::<Vec<_>>(),
        })
    };
    json!({
        "sectors": map.sectors, "columns": map.columns, "rows": map.rows.iter().map(row).collect::<Vec<_>>(), "key": map.key,
    })
}

/// The annex, and the charts it shows.
pub(super) fn annex(annex: &Annex, files: &mut DocumentFiles) -> Value {
    let spread: Vec<Value> = annex.spread.iter().map(|chart| self::chart(chart, files)).collect();
    let challenge_charts: Vec<Value> = annex.challenge_charts.iter().map(|chart| self::chart(chart, files)).collect();
    marks(files);
    let of = match &annex.scope {
        AnnexScope::Agency(name) => name,
        AnnexScope::Full | AnnexScope::Short => "",
    };
    drawable(json!({
        "is_short": annex.scope == AnnexScope::Short,
        "of": of,
        "challenge_charts": challenge_charts,
        "cover": cover(&annex.cover),
        "palette": palette(&annex.cover.brand),
        "statements": annex.statements.iter().map(statement).collect::<Vec<_>>(),
        "maps": annex.maps.iter().map(map).collect::<Vec<_>>(),
        "spread": spread,
        "tables": annex.tables.iter().map(table).collect::<Vec<_>>(),
        "findings": table(&annex.findings),
        "also_written": table(&annex.also_written),
        "prompts": table(&annex.prompts),
        "sources": table(&annex.sources),
        "returns": table(&annex.returns),
        "reds": table(&annex.reds),
        "challenged": annex.challenged.iter().map(table).collect::<Vec<_>>(),
        "changed": annex.changed.iter().map(table).collect::<Vec<_>>(),
        "chosen": table(&annex.chosen),
        "glossary": table(&annex.glossary),
        "origins": table(&annex.origins),
    }))
}

/// The briefing.
pub(super) fn briefing(briefing: &Briefing) -> Value {
    let page = |page: &BriefingPage| {
        json!({
            "title": page.title, "headline": page.headline, "reference": page.reference, "say": page.say,
            "questions": page.questions, "evidence": page.evidence,
        })
    };
    let changes = briefing.changes.as_ref().map(|(name, lines)| json!({ "name": name, "lines": lines }));
    drawable(json!({
        "cover": cover(&briefing.cover), "palette": palette(&briefing.cover.brand), "to_do": briefing.to_do, "changes": changes,
        "pages": briefing.pages.iter().map(page).collect::<Vec<_>>(), "elsewhere": table(&briefing.elsewhere),
    }))
}

/// The pages for the scrutineer.
pub(super) fn scrutineer(pages: &ScrutineerPages) -> Value {
    let row = |row: &ScrutineerRow| {
        json!({
            "statement": row.statement, "rating": row.rating, "state": row.state, "challenged": row.challenged, "others": row.others,
            "evidence": row.evidence, "dated": row.dated, "result": row.result, "worry": row.worry, "action": row.action,
            "partner": row.partner, "question": row.question,
        })
    };
    let page = |page: &ScrutineerPage| {
        json!({
            "agency": page.agency, "speaks_for": page.speaks_for, "approved": page.approved, "more": page.more, "rest": page.rest,
            "rows": page.rows.iter().map(row).collect::<Vec<_>>(),
        })
    };
    drawable(json!({
        "cover": cover(&pages.cover), "palette": palette(&pages.cover.brand), "missing": pages.missing,
        "pages": pages.pages.iter().map(page).collect::<Vec<_>>(),
    }))
}

/// The paper for one agency.
pub(super) fn feedback(paper: &FeedbackPaper) -> Value {
    let state = |state: &ShownState| json!({ "rating": state.rating, "words": state.words });
    let row = |row: &FeedbackRow| {
        json!({
            "reference": row.reference, "statement": row.statement, "own": state(&row.own), "after": row.after.as_ref().map(state),
            "spread": row.spread,
        })
    };
    let area = |area: &FeedbackArea| json!({ "title": area.title, "counted": area.counted, "rows": area.rows.iter().map(row).collect::<Vec<_>>() });
    let outcome = |one: &FeedbackOutcome| json!({ "statement": one.statement, "own": state(&one.own), "outcome": one.outcome, "lines": one.lines });
    let of = |(name, own): &(String, ShownState)| json!({ "statement": name, "own": state(own) });
    let question = |one: &FeedbackQuestion| json!({ "question": one.question, "statements": one.statements.iter().map(of).collect::<Vec<_>>() });
    let action = |one: &FeedbackAction| json!({ "statement": one.statement, "what": one.what, "lead": one.lead, "due": one.due, "state": one.state });
    drawable(json!({
        "cover": cover(&paper.cover), "palette": palette(&paper.cover.brand), "name": paper.name, "contact": paper.contact,
        "received": paper.received, "decided": paper.decided,
        "areas": paper.areas.iter().map(area).collect::<Vec<_>>(),
        "outcomes": paper.outcomes.iter().map(outcome).collect::<Vec<_>>(),
        "questions": paper.questions.iter().map(question).collect::<Vec<_>>(),
        "actions": paper.actions.iter().map(action).collect::<Vec<_>>(),
    }))
}

fn cover(cover: &Cover) -> Value {
    json!({
        "title": cover.title, "partnership": cover.partnership, "marking": cover.marking, "as_at": cover.as_at,
        "foot": cover.foot(), "made_on": cover.made_on, "notice": cover.notice, "draft": cover.draft, "state": cover.state(), "approved": cover.approved, "run": cover.run,
    })
}

/// The logo and its file, always a PNG, because an SVG can have something in it that an accessible PDF refuses.
fn logo(logo: &Logo, alt: &str, files: &mut DocumentFiles) -> Value {
    files.push(("logo.png".into(), logo.png.clone()));
    json!({ "file": "logo.png", "alt": alt, "width": logo.size_pt.0, "height": logo.size_pt.1 })
}

fn palette(brand: &Brand) -> Value {
    let rating = |rating: Rating| {
        let swatch = palette::rating(rating);
        (rating.key().to_string(), json!({ "fill": swatch.fill.hex(), "ink": swatch.ink.hex(), "word": rating.word() }))
    };
    json!({
        "font": fonts::FAMILY, "ink": palette::INK.hex(), "grey": palette::GREY.hex(), "pale": palette::PALE.hex(),
        "line": palette::LINE.hex(), "navy": brand.colour.hex(), "second": brand.second.hex(), "alarm": palette::ALARM.hex(),
        "ratings": Rating::ALL.map(rating).into_iter().collect::<serde_json::Map<_, _>>(),
    })
}

fn slide(slide: &Slide, cover: &Cover, place: usize, files: &mut DocumentFiles) -> Value {
    let top = measure::content_top(&slide.headline);
    let (kind, body) = match &slide.body {
        Body::Front(front) => (
            "front",
            json!({
                "subtitle": front.subtitle, "occasion": front.occasion, "lines": front.lines, "caution": front.caution,
            }),
        ),
        Body::Picture { chart, figures, quotes, note } => {
            let figures: Vec<Value> =
                figures.iter().map(|figure| json!({ "value": figure.value, "label": figure.label, "size": measure::figure_size(&figure.value) })).collect();
            let quotes: Vec<Value> = quotes.iter().map(quote).collect();
            let chart = self::chart(chart, files);
            ("picture", json!({ "chart": chart, "figures": figures, "quotes": quotes, "note": note }))
        }
        Body::Voices { quotes, note } => {
            ("voices", json!({ "quotes": quotes.iter().map(quote).collect::<Vec<_>>(), "note": note }))
        }
        Body::Grid(grid) => ("grid", self::grid(grid)),
        Body::Signs(_) | Body::Map(_) | Body::Plan(_) | Body::Context(_) | Body::Told(_) | Body::Statements(_) => {
            let items = layout::body(&slide.body, top, &cover.brand);
            ("placed", json!({ "items": items.iter().map(placed).collect::<Vec<_>>() }))
        }
        Body::Notes(paragraphs) => {
            let paragraph = |one: &crate::documents::deck::Paragraph| json!({ "lead": one.lead(), "text": one.text, "alarm": one.is_alarm });
            ("notes", json!({ "paragraphs": paragraphs.iter().map(paragraph).collect::<Vec<_>>() }))
        }
    };
    let numbers = match slide.body {
        Body::Front(_) => cover.numbers(place),
        _ => reference(&cover.run, place),
    };
    json!({
        "numbers": numbers, "kind": kind, "section": measure::over_headline(slide), "headline": slide.headline, "body": body,
        "heads": top - measure::MARGIN_PT.1,
    })
}

/// A thing that a layout places.
fn placed(placed: &PlacedItem) -> Value {
    let mut value = match &placed.item {
        Item::Text(words) => json!({
            "kind": "text", "align": words.align.key(), "middle": words.is_middle,
            "paragraphs": words.paragraphs.iter().map(line).collect::<Vec<_>>(),
        }),
        Item::Panel(colour) => json!({ "kind": "panel", "colour": colour.hex() }),
        Item::Outline => json!({ "kind": "outline" }),
        Item::Mark(rating) => json!({ "kind": "mark", "rating": rating.key() }),
        Item::Arrow => json!({ "kind": "arrow" }),
        Item::Segment { rating, words } => json!({ "kind": "segment", "rating": rating.key(), "words": words }),
        Item::Table(table) => json!({
            "kind": "table", "widths": table.widths_pt, "heights": table.heights_pt, "inset": table.inset_pt, "mark": table.mark_pt, "ruled": table.is_ruled,
            "rows": table.rows.iter().map(|row| row.iter().map(placed_cell).collect::<Vec<_>>()).collect::<Vec<_>>(),
        }),
    };
    value["frame"] = json!(placed.frame);
    value
}

fn line(line: &Line) -> Value {
    json!({ "text": line.text, "size": line.size_pt, "bold": line.is_bold, "ink": line.ink.hex() })
}

fn placed_cell(cell: &PlacedCell) -> Value {
    let mark = match cell.mark {
        CellMark::None => "",
        CellMark::Rating(rating) => rating.key(),
        CellMark::NotIn => "not-in",
    };
    json!({
        "line": line(&cell.line), "align": cell.align.key(), "ground": cell.ground.map_or(String::new(), Colour::hex),
        "turned": cell.is_turned, "low": cell.is_low, "mark": mark, "alone": cell.is_mark_alone(),
    })
}

fn grid(grid: &Grid) -> Value {
    let header = |header: &Header| json!({ "text": header.text, "width": header.width_pt, "rating": header.rating.map_or("", Rating::key) });
    let cell = |cell: &GridCell| json!({ "text": cell.text, "under": cell.under, "strong": cell.is_strong });
    let row = |row: &Vec<GridCell>| -> Value { row.iter().map(cell).collect() };
    json!({
        "alt": grid.alt, "headers": grid.headers.iter().map(header).collect::<Vec<_>>(),
        "rows": grid.rows.iter().map(row).collect::<Vec<_>>(), "note": grid.note,
    })
}

fn quote(quote: &Quote) -> Value {
    json!({
        "rating": quote.rating.key(), "heading": quote.heading(), "details": quote.details(), "words": quote.shown(),
        "agency": quote.said_by, "under": quote.under,
    })
}

/// Replaces the charts and marks among the deck's files by ones with outlines for letters.
pub(super) fn outline_letters(deck: &Deck, files: &mut DocumentFiles) {
    for rating in Rating::ALL {
        let file = mark_file(rating);
        for (_, bytes) in files.iter_mut().filter(|(name, _)| *name == file) {
            *bytes = marks::outlined_svg(rating).into_bytes();
        }
    }
    for slide in &deck.slides {
        let Body::Picture { chart, .. } = &slide.body else { continue };
        let file = chart_file(chart);
        for (_, bytes) in files.iter_mut().filter(|(name, _)| *name == file) {
            *bytes = chart.outlined_svg().into_bytes();
        }
    }
}

fn chart_file(chart: &Chart) -> String {
    format!("charts/{}.svg", chart.name)
}

fn chart(chart: &Chart, files: &mut DocumentFiles) -> Value {
    let file = chart_file(chart);
    // A chart that is used twice has one file.
    if !files.iter().any(|(name, _)| *name == file) {
        files.push((file.clone(), chart.svg().into_bytes()));
    }
    json!({ "file": file, "title": chart.title, "subtitle": chart.subtitle, "alt": chart.alt, "width": chart.width_pt })
}

fn statement(statement: &AnnexStatement) -> Value {
    json!({
        "ref": statement.reference, "short": statement.short, "area": statement.area, "text": statement.text, "basis": statement.basis,
        "middle": statement.middle, "answers": statement.answers.iter().map(answer).collect::<Vec<_>>(),
    })
}

fn answer(answer: &AnnexAnswer) -> Value {
    json!({
        "agency": answer.agency, "state": answer.state, "rating": answer.rating, "as_written": answer.as_written,
        "well": answer.working_well, "worried": answer.worried_about, "action": answer.action,
        "evidence": answer.evidence, "source": answer.source, "long": answer.is_long(),
    })
}

fn table(table: &DocumentTable) -> Value {
    json!({ "title": table.title, "headers": table.headers, "rows": table.rows })
}

/// The same data with a named stand-in for every character that no bundled font can draw.
fn drawable(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(fonts::drawable(&text).into_owned()),
        Value::Array(items) => items.into_iter().map(drawable).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, drawable(value))).collect(),
        other => other,
    }
}

/// The shortest run of characters without a blank that a template may have to break, with room for the marks that it puts around texts.
const LONG_RUN: usize = 20;

/// Whether any text has a run that may have to be broken. Looking for them in a template costs a document without any a tenth of its time.
pub(super) fn has_long_run(value: &Value) -> bool {
    match value {
        Value::String(text) => {
            text.split_whitespace().any(|run| run.len() >= LONG_RUN && run.chars().count() >= LONG_RUN)
        }
        Value::Array(items) => items.iter().any(has_long_run),
        Value::Object(fields) => fields.values().any(has_long_run),
        _ => false,
    }
}
