//! The leaders' annex: every answer in full, the tables behind the charts, what was noticed in the returns.

mod counted;

use super::challenged;
use super::changed;
use super::deck::against_the_rule;
use super::table::{DocumentTable, MOST_ROWS, begun_unless};
use crate::analysis::Due;
use crate::form::{Rating, TextKind};
use crate::intake::also_written::{self, WrittenBeside};
use crate::intake::answers::{AnswerRow, AnswerState, SourceCell};
use std::collections::HashMap;

use super::cover::{Cover, agency_name, cover, reference};
use super::deck::one_page::RatingsMap;
use super::deck::{Deck, RedText, due as due_words, every_rating, red_texts};
use super::inputs::{AnnexScope, DocumentInputs};
use super::names::short_agency;
use super::quoted::{is_asked, only_counted, quoted_answers};
use crate::analysis::trace::{CellNames, CountedNumber};
use crate::analysis::{
    AgencySummary, Counts, CriterionSummary, Headline, Numbers, Prompt, PromptGroup, PromptKind, grouped, sentences,
};
use crate::chart::Chart;
use crate::core::finding::Severity;
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::workbook::contract;

/// The annex. For leaders only.
#[derive(Debug, Clone, PartialEq)]
pub struct Annex {
    /// What every page says.
    pub cover: Cover,
    /// How much it has.
    pub scope: AnnexScope,
    /// Every rating, on as many maps as it takes.
    pub maps: Vec<RatingsMap>,
    /// Every answer, by statement.
    pub statements: Vec<AnnexStatement>,
    /// The spread of ratings on each statement.
    pub spread: Vec<Chart>,
    /// The tables behind the charts.
    pub tables: Vec<DocumentTable>,
    /// What was noticed: severity, place, what and what to do.
    pub findings: DocumentTable,
    /// What agencies wrote beside the answers that count.
    pub also_written: DocumentTable,
    /// What leaders and the scrutineer may want to ask.
    pub prompts: DocumentTable,
    /// Where each number of the presentation comes from.
    pub sources: DocumentTable,
    /// The files that those cells are in.
    pub returns: DocumentTable,
    /// Words of the field and of this report, with what they mean.
    pub glossary: DocumentTable,
    /// Where statements and measures come from.
    pub origins: DocumentTable,
    /// Headlines and slides that people changed from what the rule gives.
    pub chosen: DocumentTable,
    /// The ratings before and after challenge, as pictures.
    pub challenge_charts: Vec<Chart>,
    /// The result of the challenge: the figures before and after, then every decision; empty if there was no challenge.
    pub challenged: Vec<DocumentTable>,
    /// Change since the round before: by area, then ratings that changed, what cannot be compared, and the earlier actions; empty in a round
    /// that follows no other.
    pub changed: Vec<DocumentTable>,
    /// What agencies wrote under a Red rating that the presentation leaves out or rewords.
    pub reds: DocumentTable,
}

/// One statement with every answer to it.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnexStatement {
    /// Its id.
    pub reference: String,
    /// Its short name.
    pub short: String,
    /// Its area's heading.
    pub area: String,
    /// The statement.
    pub text: String,
    /// What kind of statement it is, and where it comes from.
    pub basis: String,
    /// Its middle rating with counts, what could move it, council, police and health separately, and where agencies differ most.
    pub middle: String,
    /// The answers, in the round's order.
    pub answers: Vec<AnnexAnswer>,
}

/// One agency's answer in full.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnexAnswer {
    /// The agency's name.
    pub agency: String,
    /// The state in words.
    pub state: String,
    /// The rating's key; empty if the state is not a rating.
    pub rating: &'static str,
    /// What the rating cell says, if that is not the state's own word; else empty.
    pub as_written: String,
    /// What is working well.
    pub working_well: String,
    /// What the agency is worried about.
    pub worried_about: String,
    /// What needs to happen, with role and date.
    pub action: String,
    /// Evidence, why the statement does not apply, and what else was asked, each under its name.
    pub evidence: String,
    /// The cell it comes from, with file and sheet if they differ from those in [`Annex::returns`].
    pub source: String,
}

/// The most agencies on a map: with more, a column of `annex.typ` (528 points in all) would be narrower than 24 points.
const MOST_COLUMNS: usize = 22;

/// The longest text of a row that stays on one page, in characters: a few lines.
const LONGEST_TOGETHER: usize = 200;

impl AnnexAnswer {
    /// Whether the answer may have to break across pages.
    pub fn is_long(&self) -> bool {
        let texts = [&self.working_well, &self.worried_about, &self.action, &self.evidence, &self.as_written];
        // A short line takes up a whole line of its cell, so each line counts as 40 characters more.
        texts.iter().any(|text| text.chars().count() + 40 * text.lines().count() > LONGEST_TOGETHER)
    }
}

/// Lays out the annex to a deck.
pub fn annex(inputs: DocumentInputs<'_>, deck: &Deck) -> Annex {
    // The tables behind the charts count what the slides show; every answer, and what to ask about it, is from the self-ratings.
    let shown = inputs;
    let inputs = inputs.of_own();
    let cells = CellNames::new(inputs.analysis);
    let sheets = sheets_of(&cells);
    let statement = |summary: &CriterionSummary| {
        let answers = inputs.analysis.answers.iter().filter(|answer| answer.criterion == summary.criterion.id);
        self::statement(inputs, summary, answers.map(|answer| answer_in_full(inputs, &sheets, answer)).collect())
    };
    let is_full = inputs.is_annex_full;
    Annex {
        cover: cover(inputs),
        scope: if is_full { AnnexScope::Full } else { AnnexScope::Short },
        maps: if is_full { every_rating(inputs, MOST_COLUMNS) } else { Vec::new() },
        statements: inputs.analysis.numbers.criteria.iter().filter(|_| is_full).map(statement).collect(),
        spread: inputs.charts.spread.iter().filter(|_| is_full).cloned().collect(),
        tables: vec![
            by_area(shown),
            by_statement(shown),
            by_agency(shown).only_if(is_full),
            agency_headlines(inputs, |_| is_full),
        ],
        findings: findings(inputs),
        also_written: also_written(inputs).only_if(is_full),
        prompts: prompts(inputs, deck).begun_unless(is_full, "analysis.xlsx, sheet Prompts"),
        sources: sources(shown, deck),
        returns: self::returns(inputs, |_| is_full),
        glossary: glossary(inputs),
        origins: origins(inputs),
        reds: reds(shown),
        challenge_charts: inputs.charts.challenged.clone(),
        challenged: begun_unless(is_full, challenged::tables(shown), "analysis.xlsx, sheet Challenge"),
        changed: begun_unless(is_full, changed::tables(inputs), "analysis.xlsx, sheets Change and Actions since"),
        chosen: chosen(shown),
    }
}

fn chosen(inputs: DocumentInputs<'_>) -> DocumentTable {
    let row = |(section, by_rule, chosen): (String, String, Option<String>)| {
        let section = if section.is_empty() { "The first slide".to_string() } else { section };
        vec![section, by_rule, chosen.unwrap_or_else(|| "Left out".into())]
    };
    DocumentTable {
        title: "What people chose against the rule".into(),
        headers: ["Slide", "Headline by the rule", "In the presentation"].map(str::to_string).to_vec(),
        rows: against_the_rule(inputs).into_iter().map(row).collect(),
    }
}

/// The theme's words, then those of this report.
fn glossary(inputs: DocumentInputs<'_>) -> DocumentTable {
    let definitions = &inputs.theme.definitions;
    let of_ratings = [
        ("Red", &definitions.red),
        ("Amber", &definitions.amber),
        ("Green", &definitions.green),
        ("Not applicable", &definitions.not_applicable),
    ];
    let ours = [
        ("Blank", "The agency returned its workbook and did not rate the statement."),
        ("Unreadable", "Something is written in the rating's cell that is not a rating."),
        ("Not returned", "The agency's workbook has not come back."),
        (
            "Middle rating",
            "The rating in the middle when all ratings of a statement are put in order; if two share it, the worse. We do not give one for \
             fewer than three ratings.",
        ),
        ("Answers not in", "Blank, unreadable and not returned, together. None of them counts as a colour."),
    ];
    let rows = inputs.theme.glossary.iter().map(|term| vec![term.term.clone(), term.meaning.clone()]);
    let of_ratings = of_ratings.iter().map(|(word, meaning)| vec![word.to_string(), (*meaning).clone()]);
    let ours = ours.iter().map(|(word, meaning)| vec![word.to_string(), meaning.to_string()]);
    DocumentTable {
        title: "What the words mean".into(),
        headers: ["Word", "What it means"].map(str::to_string).to_vec(),
        rows: rows.chain(of_ratings).chain(ours).collect(),
    }
}

fn origins(inputs: DocumentInputs<'_>) -> DocumentTable {
    let framework = &inputs.theme.framework;
    let published = framework.published.map_or(String::new(), |date| format!(", {}", words::date(date)));
    let mut rows = vec![
        vec!["The theme".to_string(), format!("{}{published}. {}", framework.title, framework.publisher)],
        vec!["How complete the statements are".to_string(), inputs.theme.completeness.clone()],
    ];
    let measures = [
        ("Middle rating", "The lower median of ratings in order, Red below Amber below Green."),
        (
            "What answers not in could move",
            "The bounds of Manski (1990), Nonparametric bounds on treatment effects, in their plainest form: the middle rating if every \
             answer not in were Red, then if every one were Green. Not applicable is trusted.",
        ),
        (
            "The order of the list of differences",
            "Consensus of Tastle and Wierman (2007), Consensus and dissention: a measure of ordinal dispersion. It orders the list and is \
             not shown.",
        ),
    ];
    rows.extend(measures.map(|(what, from)| vec![what.to_string(), from.to_string()]));
    let mut known: Vec<&str> = Vec::new();
    for summary in &inputs.analysis.numbers.criteria {
        let source = summary.criterion.source.as_str();
        if !known.contains(&source) {
            known.push(source);
            let of = inputs.analysis.numbers.criteria.iter().filter(|other| other.criterion.source == source);
            let ids: Vec<&str> = of.map(|other| other.criterion.id.as_str()).collect();
            rows.push(vec![
                format!("{} {}", words::noun(ids.len(), "Statement"), words::list(&ids)),
                source.to_string(),
            ]);
        }
    }
    DocumentTable {
        title: "Where statements and measures come from".into(),
        headers: ["What", "From"].map(str::to_string).to_vec(),
        rows,
    }
}

/// Texts under a Red rating that the rule would show, but that the officer leaves out or rewords.
fn reds(inputs: DocumentInputs<'_>) -> DocumentTable {
    let (left, reworded) = red_texts(inputs);
    let row = |red: &RedText| {
        let shown = if red.wording.is_empty() { "Not shown" } else { &red.wording };
        vec![red.criterion.to_string(), agency_name(inputs.analysis, &red.agency), red.words.clone(), shown.to_string()]
    };
    DocumentTable {
        title: "Red: left out of the presentation, or put in other words".into(),
        headers: ["Ref", "Agency", "The agency's own words", "In the presentation"].map(str::to_string).to_vec(),
        rows: left.iter().chain(&reworded).map(row).collect(),
    }
}

fn prompts(inputs: DocumentInputs<'_>, deck: &Deck) -> DocumentTable {
    let (cells, quoted) = (CellNames::new(inputs.analysis), quoted_answers(deck));
    let all: Vec<&Prompt> = inputs.analysis.prompts.iter().filter(|prompt| is_asked(prompt, &quoted)).collect();
    let rest = only_counted(&inputs.analysis.numbers, &inputs.analysis.prompts, &quoted);
    let rest = Some(vec![PromptKind::GreenWithWorry.words().to_string(), rest.clone(), String::new()])
        .filter(|_| !rest.is_empty());
    let place = |group: &PromptGroup<'_>| match group.prompts.as_slice() {
        [only] => only.source.to_string(),
        several if !inputs.is_annex_full && several.len() > MOST_ROWS => {
            "each in analysis.xlsx, on the sheet Prompts".into()
        }
        several => {
            cells.listed(several.iter().filter_map(|prompt| Some((prompt.agency.clone()?, prompt.source.clone()))))
        }
    };
    let row = |group: PromptGroup<'_>| {
        let place = place(&group);
        vec![group.kind.words().to_string(), group.wording, place]
    };
    DocumentTable {
        title: "What leaders and the scrutineer may want to ask".into(),
        headers: ["Sign", "Prompt", "Where"].map(str::to_string).to_vec(),
        rows: grouped(&all, |id| short_agency(inputs, id)).into_iter().map(row).chain(rest).collect(),
    }
}

/// The numbers of every page, each with the cells that it counts.
fn sources(inputs: DocumentInputs<'_>, deck: &Deck) -> DocumentTable {
    let cells = CellNames::new(inputs.analysis);
    let mut rows = Vec::new();
    let mut known: HashMap<&CountedNumber, String> = HashMap::new();
    for (page, slide) in (1..).zip(&deck.slides) {
        let reference = reference(inputs.run, page);
        let (old, new): (Vec<&CountedNumber>, Vec<&CountedNumber>) =
            slide.trace.numbers.iter().partition(|part| known.contains_key(part));
        // Numbers about one thing that count the same share a row, such as "Asked" and "Rated" when everything is rated.
        for alike in new.chunk_by(|a, b| !a.about.is_empty() && a.about == b.about && a.counted == b.counted) {
            let what: Vec<&str> = alike.iter().map(|part| part.what.as_str()).collect();
            let part = CountedNumber { what: words::list(&what), ..alike[0].clone() };
            rows.push(vec![
                reference.clone(),
                part.label(),
                part.value().to_string(),
                counted::from(inputs, &cells, &part, &reference),
            ]);
        }
        known.extend(new.into_iter().map(|part| (part, reference.clone())));
        // A number that an earlier page has too is listed there, and only referred to here.
        let mut earlier: Vec<&String> = old.iter().filter_map(|part| known.get(part)).collect();
        earlier.sort();
        for same in earlier.chunk_by(|a, b| a == b) {
            let what = format!("{} as under {}", words::count(same.len(), "number"), same[0]);
            rows.push(vec![reference.clone(), what, String::new(), String::new()]);
        }
    }
    DocumentTable {
        title: "Where each number comes from".into(),
        headers: ["Code", "What is counted", "Number", "From"].map(str::to_string).to_vec(),
        rows,
    }
}

/// The files of the returns that count, by the agency ids that [`sources`] uses, and whom each agency says it speaks for.
pub(super) fn returns(inputs: DocumentInputs<'_>, is_wanted: impl Fn(&AgencyId) -> bool) -> DocumentTable {
    let row = |(agency, sheet): (&AgencySummary, &str)| {
        let speaks_for = Some(agency.speaks_for.words()).filter(|words| !words.is_empty());
        let speaks_for = speaks_for.unwrap_or_else(|| "Not said".into());
        vec![agency.id.to_string(), agency.name.clone(), agency.source_file.clone(), sheet.to_string(), speaks_for]
    };
    DocumentTable {
        title: "Returns that count".into(),
        headers: ["Id", "Agency", "File", "Sheet of the answers", "Speaks for, as it says"]
            .map(str::to_string)
            .to_vec(),
        rows: CellNames::new(inputs.analysis)
            .returns()
            .into_iter()
            .filter(|(agency, _)| is_wanted(&agency.id))
            .map(row)
            .collect(),
    }
}

/// The sheet of each return that counts, as [`returns`] names it.
type Sheets<'a> = HashMap<&'a AgencyId, &'a str>;

pub(super) fn sheets_of<'a>(cells: &CellNames<'a>) -> Sheets<'a> {
    cells.returns().into_iter().map(|(agency, sheet)| (&agency.id, sheet)).collect()
}

pub(super) fn statement(
    inputs: DocumentInputs<'_>,
    summary: &CriterionSummary,
    answers: Vec<AnnexAnswer>,
) -> AnnexStatement {
    let criterion = &summary.criterion;
    let area = inputs.theme.areas.iter().find(|area| area.id == summary.area).map_or("", |area| &area.title);
    let paraphrase = if criterion.paraphrase { " Our paraphrase." } else { "" };
    AnnexStatement {
        reference: criterion.id.to_string(),
        short: criterion.short_name(),
        area: area.to_string(),
        text: criterion.text.clone(),
        basis: format!("{}.{paraphrase} Source: {}.", criterion.basis.words(), criterion.source.trim_end_matches('.')),
        middle: middle(inputs, summary),
        answers,
    }
}

fn middle(inputs: DocumentInputs<'_>, summary: &CriterionSummary) -> String {
    let one = inputs.analysis.disagreements.iter().find(|one| one.criterion == summary.criterion.id);
    match one {
        Some(one) => format!(
            "{} {}",
            sentences::of_statement(summary),
            sentences::how_alike(one, |id| agency_name(inputs.analysis, id))
        ),
        None => sentences::of_statement(summary),
    }
}

pub(super) fn answer_in_full(inputs: DocumentInputs<'_>, sheets: &Sheets<'_>, answer: &AnswerRow) -> AnnexAnswer {
    let (state, rating) = chip(answer.state);
    let as_written = answer.as_written.shown();
    let as_written = match &answer.settled {
        // The reader of the annex must see both: what is written, and who decided how to read it.
        Some(settlement) if as_written.is_empty() => format!("Nothing written; {settlement}"),
        Some(settlement) => format!("Written: {as_written}; {settlement}"),
        None if as_written == state => String::new(),
        None => as_written.into_owned(),
    };
    let mut shown = AnnexAnswer {
        agency: agency_name(inputs.analysis, &answer.agency),
        state,
        rating,
        as_written,
        working_well: String::new(),
        worried_about: String::new(),
        action: String::new(),
        evidence: answer.texts.shown(TextKind::Evidence).into_owned(),
        source: source(inputs, sheets, answer),
    };
    for (kind, written) in answer.texts.all() {
        let text = written.shown();
        match kind {
            TextKind::WorkingWell => shown.working_well = text.into_owned(),
            TextKind::WorriedAbout => shown.worried_about = text.into_owned(),
            TextKind::NeedsToHappen => shown.action = format!("{text}{}", lead_and_date(inputs, answer)),
            TextKind::Evidence | TextKind::ActionLead | TextKind::ActionDue => {}
            // Any other has no place of its own, and is under the evidence with its name.
            other => {
                let name = match other {
                    TextKind::NotApplicableReason => "Not applicable because",
                    _ => contract::column(other.column()).name(),
                };
                let before = if shown.evidence.is_empty() { "" } else { "\n" };
                if !text.is_empty() {
                    shown.evidence.push_str(&format!("{before}{name}: {text}"));
                }
            }
        }
    }
    for also in &answer.also {
        let before = if shown.evidence.is_empty() { "" } else { "\n" };
        shown.evidence.push_str(&format!("{before}Also written ({}): {}", also.source, also.written.shown()));
    }
    shown
}

/// The cell of an answer, with file and sheet if they differ from those in the list of returns.
fn source(inputs: DocumentInputs<'_>, sheets: &Sheets<'_>, answer: &AnswerRow) -> String {
    let SourceCell { file, sheet, cell } = &answer.source;
    let own_file = inputs.analysis.numbers.agency(&answer.agency).map(|agency| &agency.source_file);
    let is_listed = own_file == Some(file) && sheets.get(&answer.agency) == Some(&sheet.as_str());
    if is_listed && !cell.is_empty() { cell.clone() } else { answer.source.to_string() }
}

/// Who leads an action and by when, as a line under it; empty if nothing is proposed.
fn lead_and_date(inputs: DocumentInputs<'_>, answer: &AnswerRow) -> String {
    let has_action = !answer.texts.get(TextKind::NeedsToHappen).is_nothing();
    let lead = answer.texts.shown(TextKind::ActionLead);
    let is_it =
        |action: &&crate::analysis::Action| action.agency == answer.agency && action.criterion == answer.criterion;
    // Only a round that follows another one has progress.
    let progress = answer.progress.and_then(|_| inputs.analysis.actions.iter().find(is_it)?.progress);
    match (lead.is_empty(), &Due::in_answer(answer)) {
        (true, Due::NoDate) if !has_action => String::new(),
        (true, due) => format!("\n(no role named yet; {})", due_words(due, progress, inputs.made_on)),
        (false, due) => format!("\n({lead}; {})", due_words(due, progress, inputs.made_on)),
    }
}

fn counts_table(
    numbers: &Numbers,
    title: &str,
    first: &str,
    rows: impl Iterator<Item = (String, Counts)>,
) -> DocumentTable {
    let names = Counts::default().named().map(|(name, _)| name);
    let headers = std::iter::once(first).chain(names).map(str::to_string).collect();
    let row = |(name, counts): (String, Counts)| {
        std::iter::once(name).chain(counts.named().map(|(_, n)| n.to_string())).collect()
    };
    let title = format!("{title} ({})", words::uncapitalised(&numbers.which_ratings(None)));
    DocumentTable { title, headers, rows: rows.map(row).collect() }
}

fn by_area(inputs: DocumentInputs<'_>) -> DocumentTable {
    let numbers = &inputs.analysis.numbers;
    let areas = numbers.areas.iter().map(|area| (area.title.clone(), area.counts));
    let all = numbers.bases.iter().map(|of| match numbers.bases.len() {
        1 => ("All statements".to_string(), of.counts),
        _ => (format!("All: {}", of.basis.name()), of.counts),
    });
    counts_table(&inputs.analysis.numbers, "Ratings by area", "Area", all.chain(areas))
}

fn by_statement(inputs: DocumentInputs<'_>) -> DocumentTable {
    let rows =
        inputs.analysis.numbers.criteria.iter().map(|summary| (summary.criterion.id.to_string(), summary.counts));
    counts_table(&inputs.analysis.numbers, "Ratings by statement", "Ref", rows)
}

fn by_agency(inputs: DocumentInputs<'_>) -> DocumentTable {
    let rows = inputs.analysis.numbers.agencies.iter().flat_map(|agency| match agency.bases.as_slice() {
        [] | [_] => vec![(agency.name.clone(), agency.counts)],
        several => {
            several.iter().map(|of| (format!("{}: {}", agency.name, of.basis.name()), of.counts)).collect::<Vec<_>>()
        }
    });
    counts_table(&inputs.analysis.numbers, "Answers by agency", "Agency", rows)
}

/// Agencies' own headlines, each agency named once.
pub(super) fn agency_headlines(inputs: DocumentInputs<'_>, is_wanted: impl Fn(&AgencyId) -> bool) -> DocumentTable {
    let lines: Vec<&Headline> = inputs.analysis.headlines.iter().filter(|line| is_wanted(&line.agency)).collect();
    let rows = lines.chunk_by(|a, b| a.agency == b.agency).flat_map(|of_agency| {
        (0..).zip(of_agency).map(move |(at, headline): (usize, &&Headline)| {
            let name = if at == 0 { agency_name(inputs.analysis, &headline.agency) } else { String::new() };
            let reference = headline.criterion.as_ref().map_or(String::new(), ToString::to_string);
            let rating = headline.rating.map_or("", Rating::word).to_string();
            vec![name, headline.kind.label().to_string(), reference, rating, headline.line.clone()]
        })
    });
    DocumentTable {
        title: "In short: the agencies' own headlines".into(),
        headers: ["Agency", "Kind", "Ref", "Own rating", HEADLINE].map(str::to_string).to_vec(),
        rows: rows.collect(),
    }
}

/// The last header of the agencies' own headlines. `annex.typ` tells this table from the tables of numbers by it.
const HEADLINE: &str = "Headline";

/// The most findings that the annex lists; `findings.xlsx` has more, and `findings.csv` all.
const MOST_FINDINGS: usize = 1_000;

pub(super) fn findings(inputs: DocumentInputs<'_>) -> DocumentTable {
    let mut findings: Vec<_> = inputs.findings.iter().collect();
    findings.sort_by_key(|finding| finding.severity());
    let row = |finding: &&crate::core::finding::Finding| {
        let what = if finding.expected.is_empty() || finding.severity() == Severity::Information {
            finding.found.clone()
        } else {
            format!("{}; expected {}", finding.found, finding.expected)
        };
        let grave = format!("{} {}", finding.severity().words(), finding.reference_text());
        let remedy = match &finding.settled {
            Some(settlement) => words::capitalised(&settlement.to_string()),
            None => finding.remedy.clone(),
        };
        vec![grave.trim_end().to_string(), finding.place.to_string(), what, remedy]
    };
    let most = if inputs.is_annex_full { MOST_FINDINGS } else { MOST_ROWS };
    let mut rows: Vec<Vec<String>> = findings.iter().take(most).map(row).collect();
    if let Some(more) = findings.len().checked_sub(most).filter(|more| *more > 0) {
        let what = format!("{} more, none more serious than these", words::number(more));
        rows.push(vec!["and".into(), "findings.xlsx".into(), what, "see that file".into()]);
    }
    DocumentTable {
        title: "What was noticed in the returns".into(),
        headers: ["How serious", "Where", "What", "What to do"].map(str::to_string).to_vec(),
        rows,
    }
}

/// What agencies wrote beside the answers that count, in full, agencies in the round's order.
pub(super) fn also_written(inputs: DocumentInputs<'_>) -> DocumentTable {
    let position = |id: Option<&AgencyId>| id.and_then(|id| inputs.round.agencies.iter().position(|one| one.id == *id));
    let mut beside = also_written::also_written(inputs.findings);
    // Texts of no known agency come last.
    beside.sort_by_key(|one| position(one.agency).unwrap_or(usize::MAX));
    let row = |one: WrittenBeside<'_>| {
        let agency = one.agency.map_or(String::new(), |id| agency_name(inputs.analysis, id));
        let about = one.criterion.map_or(String::new(), ToString::to_string);
        let state = match one.settled {
            Some(settlement) => words::capitalised(&settlement.to_string()),
            None => one.reference,
        };
        vec![
            agency,
            about,
            format!("{} ({})", words::capitalised(one.place.words()), one.source),
            one.text.to_string(),
            state,
        ]
    };
    DocumentTable {
        title: "What agencies also wrote".into(),
        headers: ["Agency", "About", "Where", "What is written", "Finding, or what was decided"]
            .map(str::to_string)
            .to_vec(),
        rows: beside.into_iter().map(row).collect(),
    }
}

/// The state of an answer for a chip: its words, and the rating's key (empty if it is not a rating).
fn chip(state: AnswerState) -> (String, &'static str) {
    (state.words().to_string(), state.rating_key())
}
