//! The sheets to look things up in: the worked example, guidance, glossary, sources.

use super::example::example;
use super::issue::Issue;
use super::paper::{Caption, marked};
use super::question::Question;
use super::reference_page::ReferencePage;
use crate::core::words;
use crate::theme::{Area, Criterion};
use crate::workbook::contract::sheets::{
    GLOSSARY_SHEET, GUIDANCE_SHEET, QUESTION_HEADERS, QUESTIONS_SHEET, SOURCES_SHEET,
};

/// The pages behind the self-assessment, in the workbook's order.
pub fn reference_pages(issue: &Issue<'_>) -> Vec<ReferencePage> {
    let guidance = issue.has_guidance().then(|| guidance(issue, HasMeanings::AsTheThemeHas));
    let glossary = issue.has_glossary().then(|| glossary(issue));
    [Some(example(issue)), guidance, glossary, Some(sources(issue))].into_iter().flatten().collect()
}

/// Earlier lines over the questions. The first workbooks with questions had no day to reply by.
pub(super) fn earlier_questions_leads(issue: &Issue<'_>) -> [String; 2] {
    let lead = "Your answers are in this workbook. Please correct the marked cells, or reply here, sign it off again on the next sheet, and send \
                it back";
    [format!("{lead}."), format!("{lead} by {}.", words::date(issue.return_by))]
}

/// The sheet of questions about a return, one row for each question.
pub fn questions_page(issue: &Issue<'_>) -> ReferencePage {
    let row = |question: &Question| {
        let Question { references, place, wrote, to_do, .. } = question;
        vec![references.join(" "), place.clone(), wrote.in_cell(), to_do.clone(), String::new()]
    };
    ReferencePage {
        sheet: QUESTIONS_SHEET,
        title: "Questions on your return",
        lead: format!(
            "Your answers are in this workbook. Please correct the marked cells, or reply here. If you change an answer, have the workbook \
             signed off on the next sheet. Then send it back by {}.",
            words::date(issue.return_by)
        ),
        caption: Caption {
            name: "QuestionsOnTheReturn",
            alt_text: "What we ask about the return, one row for each question",
            has_filters: false,
        },
        headers: QUESTION_HEADERS.into_iter().zip([14.0, 36.0, 46.0, 46.0, 40.0]).collect(),
        rows: issue.questions.iter().map(row).collect(),
    }
}

fn said_or(text: &str, otherwise: &str) -> String {
    if text.is_empty() { otherwise } else { text }.to_string()
}

/// The header over what a statement means for this kind of agency, and the title of the input message with the same text.
pub const MEANING_HEADER: &str = "What it means for you";

/// Whether the guidance has a column for what each statement means for the agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HasMeanings {
    /// If the theme has it for any of the statements.
    AsTheThemeHas,
    /// Never, as in workbooks that were issued before the theme had it.
    No,
}

/// The sheet with guidance on each statement: what it means for this kind of agency, what Green could look like, questions, and, where the
/// theme has them, the statement's own meanings of the ratings.
fn guidance(issue: &Issue<'_>, meanings: HasMeanings) -> ReferencePage {
    let group = issue.agency.group;
    let statements: Vec<_> =
        issue.statements().into_iter().filter(|(_, criterion)| criterion.has_guidance_for(group)).collect();
    // Columns that would say nothing for any statement are left out.
    let has_ratings = statements.iter().any(|(_, criterion)| !criterion.ratings.is_empty());
    let has_meanings = meanings == HasMeanings::AsTheThemeHas
        && statements.iter().any(|(_, criterion)| !criterion.meaning_for(group).is_empty());
    let mut headers = vec![("Ref", 11.0), ("Statement", 50.0)];
    headers.extend(has_meanings.then_some((MEANING_HEADER, 40.0)));
    headers.extend([("What Green could look like", 50.0), ("Questions to think about", 50.0)]);
    if has_ratings {
        headers.extend([("Red here means", 30.0), ("Amber here means", 30.0), ("Green here means", 30.0)]);
    }
    let row = |(_, criterion): &(&Area, &Criterion)| {
        let ratings = &criterion.ratings;
        let mut row = vec![criterion.id.to_string(), criterion.text.clone()];
        row.extend(has_meanings.then(|| said_or(criterion.meaning_for(group), AS_IT_SAYS)));
        row.push(said_or(&criterion.green_looks_like, NO_SUGGESTION));
        row.push(said_or(&criterion.prompts.join("\n"), NO_SUGGESTION));
        if has_ratings {
            let meanings = [&ratings.red, &ratings.amber, &ratings.green];
            row.extend(meanings.map(|text| said_or(text, "As on the first sheet")));
        }
        row
    };
    ReferencePage {
        sheet: GUIDANCE_SHEET,
        title: "Guidance: what helps to answer each statement",
        lead: match meanings {
            HasMeanings::AsTheThemeHas => "Suggestions to help you think. They are not part of any official criterion.",
            HasMeanings::No => "Suggestions to think with; no part of any official criterion.",
        }
        .into(),
        caption: Caption {
            name: "StatementGuidance",
            alt_text: "What helps to answer each statement",
            has_filters: false,
        },
        headers,
        rows: statements.iter().map(row).collect(),
    }
}

/// Shown where the theme has no suggestion: no cell is left empty without saying why.
const NO_SUGGESTION: &str = "No suggestion";

/// Shown where the theme has no meaning for this kind of agency, because there the statement is plain.
const AS_IT_SAYS: &str = "What the statement says";

/// The guidance as earlier workbooks have it: without what statements mean for the agency, which a theme may say only after its workbooks
/// were issued, and with the earlier line under the title.
pub(super) fn earlier_guidance(issue: &Issue<'_>) -> Option<ReferencePage> {
    issue.has_guidance().then(|| guidance(issue, HasMeanings::No))
}

/// The sheet with the theme's glossary.
fn glossary(issue: &Issue<'_>) -> ReferencePage {
    ReferencePage {
        sheet: GLOSSARY_SHEET,
        title: "Glossary: words of the field",
        lead: "Words that the statements use.".into(),
        caption: Caption {
            name: "WordsOfTheField",
            alt_text: "Words that the statements use, and what they mean",
            has_filters: false,
        },
        headers: vec![("Word", 30.0), ("What it means", 104.0)],
        rows: issue.theme.glossary.iter().map(|term| vec![term.term.clone(), term.meaning.clone()]).collect(),
    }
}

/// The sheet with a line on where each statement comes from: every statement of the theme for this agency's group, those that are only for
/// information too. The sources in full are in the annex.
fn sources(issue: &Issue<'_>) -> ReferencePage {
    let row = |(_, criterion): (&Area, &Criterion)| {
        let wording = if criterion.paraphrase { ", paraphrased" } else { ", as published" };
        let instead = issue.theme.asked_instead(criterion, issue.agency.group, &issue.round.rate);
        let rated = match instead {
            Some(other) => format!("; for information, not rated: {} asks it", other.id),
            None if issue.round.rates(criterion.basis) => String::new(),
            None => "; for information, not rated".into(),
        };
        let from = format!("{}{wording}{rated}", criterion.basis.short_words());
        vec![criterion.id.to_string(), criterion.text.clone(), words::capitalised(&from)]
    };
    ReferencePage {
        sheet: SOURCES_SHEET,
        title: "Where the statements come from (the business unit has the sources in full)",
        lead: format!("Framework: {}.", issue.theme.framework.title),
        caption: Caption { name: "StatementSources", alt_text: "Where each statement comes from", has_filters: false },
        headers: vec![("Ref", 11.0), ("Statement", 96.0), ("Where it is from", 44.0)],
        rows: statements_of_group(issue).map(row).collect(),
    }
}

/// The title of the sheet in version 1.3 of the contract and before.
const EARLIER_SOURCES_TITLE: &str = "Where the statements come from";

fn earlier_sources_lead(issue: &Issue<'_>) -> String {
    let framework = &issue.theme.framework;
    let published = framework.published.map_or(String::new(), |date| format!(", {}", words::date(date)));
    format!("Framework: {} ({}{published}).", framework.title, framework.publisher)
}

fn statements_of_group<'a>(issue: &Issue<'a>) -> impl Iterator<Item = (&'a Area, &'a Criterion)> + use<'a> {
    let group = issue.agency.group;
    issue.theme.criteria().filter(move |(_, criterion)| criterion.asked.includes(group))
}

/// Every text of the sheet `Sources` in version 1.3 of the contract and before, each with its column. It had the sources in full then.
pub(super) fn earlier_sources(issue: &Issue<'_>) -> Vec<(u32, String)> {
    let row = |(area, criterion): (&Area, &Criterion)| {
        [
            criterion.id.to_string(),
            area.title.clone(),
            criterion.text.clone(),
            if issue.round.rates(criterion.basis) { "Yes" } else { "No, for information" }.into(),
            criterion.basis.words().into(),
            if criterion.paraphrase { "Paraphrase" } else { "As published" }.into(),
            criterion.source.clone(),
        ]
    };
    let headers = ["Ref", "Area", "Statement", "Rated here", "What it is", "Wording", "Source"].map(str::to_string);
    let rows = std::iter::once(headers).chain(statements_of_group(issue).map(row));
    let cells = rows.flat_map(|row| (0..).zip(row));
    let heads = [EARLIER_SOURCES_TITLE.to_string(), marked(issue.paper(), &earlier_sources_lead(issue))];
    cells.chain(heads.map(|text| (0, text))).collect()
}
