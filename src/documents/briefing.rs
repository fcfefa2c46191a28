//! The leaders' briefing: for each slide what to say, what they may be asked, and where the evidence is; what changed since the
//! presentation was last kept; what inspectors looked at elsewhere. For leaders only.

use std::collections::{BTreeSet, HashSet};

use super::challenged;
use super::changed;
use super::cover::{Cover, agency_name, cover, reference};
use super::deck::{Deck, GridCell, PresenterNotes, Quote, Slide, against_the_rule, due as due_words};
use super::inputs::DocumentInputs;
use super::kept::Kept;
use super::names::short_agency;
use super::picks::{Agreement, PickedAction};
use super::quoted::{is_asked, quoted_answers};
use super::slide_key::SlideKey;
use super::table::DocumentTable;
use crate::analysis::{Action, CriterionSummary, Prompt, PromptKind, ShownRatings, Timing, grouped, sentences};
use crate::core::finding::{Code, Finding, Severity};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::TextKind;
use crate::theme::Basis;

/// The most questions under one slide; the rest are in the annex.
const MOST_QUESTIONS: usize = 6;

/// The end of the line that says how many questions are not on a page. It names the table of the annex that has them, and
/// [`each_question_once`] knows the line by it.
const UNDER_PROMPTS: &str = ", under “What leaders and the scrutineer may want to ask”.";

/// The briefing. For leaders only.
#[derive(Debug, Clone, PartialEq)]
pub struct Briefing {
    /// What every page says.
    pub cover: Cover,
    /// What keeps the presentation a draft, and what is still to do for it.
    pub to_do: Vec<String>,
    /// The name the presentation was last kept under, with what has changed since; `None` if none was kept.
    pub changes: Option<(String, Vec<String>)>,
    /// A page for each slide.
    pub pages: Vec<BriefingPage>,
    /// What inspectors looked at elsewhere: lines of enquiry, which are not criteria.
    pub elsewhere: DocumentTable,
}

/// What leaders need beside one slide.
#[derive(Debug, Clone, PartialEq)]
pub struct BriefingPage {
    /// "Slide 3: The picture on one page".
    pub title: String,
    /// The slide's headline.
    pub headline: String,
    /// The reference of its numbers.
    pub reference: String,
    /// What to say.
    pub say: Vec<String>,
    /// What an inspector may ask.
    pub questions: Vec<String>,
    /// Where the evidence is.
    pub evidence: Vec<String>,
}

/// Lays out the briefing to a deck.
pub fn briefing(inputs: DocumentInputs<'_>, deck: &Deck, kept: Option<&Kept>) -> Briefing {
    let quoted = quoted_answers(deck);
    let page = |(at, slide): (usize, &Slide)| {
        // A part of the story can take several slides; what to say is printed beside the first only.
        let goes_on = at > 1 && deck.slides[at - 2].key == slide.key;
        let on_first = |lines: Vec<String>| if goes_on { Vec::new() } else { lines };
        let say = if goes_on { vec!["Continues from the slide before.".to_string()] } else { say(inputs, slide) };
        BriefingPage {
            title: match slide.section.as_str() {
                "" => format!("Slide {at}: title"),
                section => format!("Slide {at}: {section}"),
            },
            headline: slide.headline.clone(),
            reference: reference(inputs.run, at),
            say,
            questions: on_first(questions(inputs, slide, &quoted)),
            evidence: evidence(inputs, slide),
        }
    };
    let changes = kept.map(|kept| {
        let by = if kept.approved.is_empty() { "a draft" } else { kept.approved.as_str() };
        (format!("“{}”, made on {}, {by}", kept.name, words::date(kept.made_on)), kept.changes(inputs, deck))
    });
    Briefing {
        cover: cover(inputs),
        to_do: to_do(inputs),
        changes,
        pages: each_question_once((1..).zip(&deck.slides).map(page).collect()),
        elsewhere: elsewhere(inputs),
    }
}

/// Removes from each page the questions that an earlier page has. The line that counts the rest stays on each.
fn each_question_once(mut pages: Vec<BriefingPage>) -> Vec<BriefingPage> {
    let mut asked: HashSet<String> = HashSet::new();
    for page in &mut pages {
        page.questions.retain(|question| question.ends_with(UNDER_PROMPTS) || asked.insert(question.clone()));
    }
    pages
}

/// The most things to be fixed that are named one by one; the annex has all.
const MOST_FIXES: usize = 5;

/// What is still to do before the presentation can be shown.
fn to_do(inputs: DocumentInputs<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if inputs.picks.approval.is_none() {
        lines.push(
            "In choices.xlsx, say who approved the presentation, when, and the code at the foot of its slides.".into(),
        );
    }
    if inputs.picks.strengths.is_none() || inputs.picks.worries.is_none() {
        lines.push("In choices.xlsx, choose which words go on slides, or confirm what the rule picked.".into());
    }
    if inputs.picks.actions.is_none() && !inputs.analysis.actions.is_empty() {
        lines.push(
            "In choices.xlsx, choose the actions, and say who agreed each one for the partnership, and when.".into(),
        );
    }
    if !inputs.picks.has_context() {
        lines.push(
            "In choices.xlsx, write your local context: up to four figures, each with its source and date, and anything else inspectors should \
             know. Until then the presentation does not say what your area is like."
                .into(),
        );
    }
    // A slide that is left out must not surprise the leader who presents.
    let left_out = against_the_rule(inputs).into_iter().filter(|(.., chosen)| chosen.is_none());
    lines.extend(
        left_out.map(|(section, headline, _)| format!("Left out of the presentation: {section}, “{headline}”.")),
    );
    let is_of_choices = |finding: &&Finding| {
        matches!(finding.code, Code::ChoiceUnfit | Code::ChoiceUnread) && finding.settled.is_none()
    };
    let of_choices = inputs.findings.iter().filter(is_of_choices);
    lines.extend(of_choices.map(ToString::to_string));
    let open: Vec<&Finding> =
        inputs.findings.iter().filter(|finding| finding.severity() == Severity::MustFix).collect();
    lines.extend(open.iter().take(MOST_FIXES).map(|finding| format!("Must be fixed: {finding}")));
    let place = inputs.in_annex_or("the annex, under “What was noticed in the returns”", "findings.xlsx");
    match open.len().saturating_sub(MOST_FIXES) {
        0 => {}
        1 => lines.push(format!("1 more finding must be fixed: see {place}.")),
        n => lines.push(format!("{n} more findings must be fixed: see {place}.")),
    }
    lines
}

fn say(inputs: DocumentInputs<'_>, slide: &Slide) -> Vec<String> {
    let numbers = &inputs.analysis.numbers;
    // The same words as in the notes of the PowerPoint file.
    let of_presenter = || PresenterNotes::new(&slide.key).say.to_string();
    match &slide.key {
        SlideKey::Title => vec![of_presenter(), format!("{}.", cover(inputs).as_at)],
        SlideKey::Who => who(inputs),
        SlideKey::ChangedSince => std::iter::once(of_presenter()).chain(changed::lines(inputs)).collect(),
        SlideKey::SignsOfSafety
        | SlideKey::EveryRating
        | SlideKey::ChildrenToldUs
        | SlideKey::Context
        | SlideKey::Statements => {
            vec![of_presenter()]
        }
        SlideKey::Picture(_) => {
            let rated = sentences::of_each_basis(numbers, |all| {
                format!("{} of {} answers are rated: {}", all.rated(), all.asked, sentences::counts(all))
            });
            let mut said = vec![format!("{}.", words::capitalised(&rated))];
            let each = numbers.areas.iter().map(|area| {
                let not_rated = sentences::not_rated(&area.counts);
                let rest = if not_rated.is_empty() { String::new() } else { format!("; {}", not_rated.join(", ")) };
                format!("{}: {}{rest}.", area.title, sentences::counts(&area.counts))
            });
            said.extend(each);
            said.extend(challenged::lines(inputs));
            said
        }
        SlideKey::WorkingWell => {
            slide.quotes().iter().map(|quote| format!("{} Its evidence is below.", quoted(inputs, quote))).collect()
        }
        SlideKey::WorriedAbout => slide.quotes()
            .iter()
            .map(|quote| format!("{} {}", quoted(inputs, quote), proposed(inputs, quote)).trim_end().to_string())
            .collect(),
        SlideKey::SeenDifferently => inputs
            .analysis
            .disagreements
            .iter()
            .filter(|one| has_cell(slide, one.criterion.as_str()))
            .map(|one| format!("{}: {}", one.criterion, sentences::how_alike(one, |id| agency_name(inputs.analysis, id))))
            .collect(),
        SlideKey::NeedsToHappen => actions(inputs),
        SlideKey::Method => vec![
            "Any number can be traced to the cell that an agency filled in. The annex has the list, by the code at the foot of each \
             slide."
                .into(),
        ],
        SlideKey::Area(..) | SlideKey::Own(_) => of_statements(inputs, slide).iter().map(|summary| format!("{}: {}", summary.criterion.id, sentences::of_statement(summary))).collect(),
    }
}

/// Who has not returned, whose approval is not recorded, and whom each agency speaks for.
fn who(inputs: DocumentInputs<'_>) -> Vec<String> {
    let agencies = &inputs.analysis.numbers.agencies;
    let named = |is_it: &dyn Fn(&crate::analysis::AgencySummary) -> bool| -> Vec<&str> {
        agencies.iter().filter(|agency| is_it(agency)).map(|agency| agency.name.as_str()).collect()
    };
    let missing = named(&|agency| agency.counts.asked > 0 && !agency.is_returned);
    let open = named(&|agency| agency.is_returned && !agency.is_approval_recorded);
    let mut said = vec![match missing.as_slice() {
        [] => "Every agency that was asked has returned.".to_string(),
        names => format!("Not in the picture: {}. Say why, and when the answer will come.", words::list(names)),
    }];
    if !open.is_empty() {
        said.push(format!(
            "No approval is recorded for {}. Say who answers for {}.",
            words::list(&open),
            if open.len() == 1 { "it" } else { "each" }
        ));
    }
    let speaks = agencies.iter().map(|agency| (&agency.name, &agency.speaks_for));
    said.extend(speaks.filter(|(_, of)| !of.words().is_empty()).map(|(name, of)| match of.number().is_empty() {
        true => format!("{name} says how it asked those it speaks for: {}.", of.asked_by.trim_end_matches('.')),
        false => format!("{name} says that its answers speak for {}.", of.words()),
    }));
    said
}

/// Whose words a quotation is, and how everybody rates the statement.
fn quoted(inputs: DocumentInputs<'_>, quote: &Quote) -> String {
    let Quote { criterion, counts, .. } = quote;
    let agency = agency_name(inputs.analysis, &quote.agency);
    let rates = match inputs.analysis.numbers.ratings {
        ShownRatings::Own => "rates itself",
        ShownRatings::AsChallenged => "is, after challenge,",
    };
    format!("{criterion}: {agency} {rates} {}. All ratings of the statement: {counts}.", quote.rating.word())
}

/// The longest proposal that is quoted in full here, in characters; a longer one is left to the annex.
const LONGEST_PROPOSAL: usize = 300;

/// What the agency of a quotation says needs to happen.
fn proposed(inputs: DocumentInputs<'_>, quote: &Quote) -> String {
    let is_its = |action: &&Action| action.agency == quote.agency && action.criterion == quote.criterion;
    match inputs.analysis.actions.iter().find(is_its) {
        Some(action) if action.what.chars().count() <= LONGEST_PROPOSAL => {
            let lead = action.lead_or("no role named yet");
            let what = action.lines().join("; ");
            format!("It proposes: “{what}” ({lead}; {}).", due_words(&action.due, action.progress, inputs.made_on))
        }
        Some(_) => {
            format!(
                "Its proposal is long: read it in {}, under the Ref.",
                inputs.in_annex_or("the annex", "analysis.xlsx")
            )
        }
        None => "It does not say what needs to happen.".into(),
    }
}

/// How many actions there are and when they are due, for each basis separately.
fn actions(inputs: DocumentInputs<'_>) -> Vec<String> {
    let bases = inputs.analysis.numbers.basis_of_each();
    let mut said = Vec::new();
    for of in &inputs.analysis.numbers.bases {
        let is_here = |action: &&Action| bases.get(&action.criterion) == Some(&of.basis);
        let here: Vec<&Action> = inputs.analysis.actions.iter().filter(is_here).collect();
        let on = if inputs.analysis.numbers.bases.len() > 1 { of.basis.name() } else { "" };
        said.extend(timings(inputs, &here, on));
    }
    said.push("Other agencies have not agreed what one agency proposes. Say which actions you have agreed.".into());
    said
}

/// How many of these actions are due when, and how many are past their date.
fn timings(inputs: DocumentInputs<'_>, all: &[&Action], on: &str) -> Vec<String> {
    let count = |timing: Timing| all.iter().filter(|action| action.timing == timing).count();
    let unled = all.iter().filter(|action| !action.has_lead()).count();
    let passed = all
        .iter()
        .filter(|action| matches!(action.due, crate::analysis::Due::On(due) if due.day < inputs.made_on))
        .filter(|action| action.progress.is_none())
        .count();
    let mut parts: Vec<String> = [
        Timing::BeforeFieldwork,
        Timing::AfterFieldwork,
        Timing::FieldworkUnknown,
        Timing::DateUnreadable,
        Timing::Undated,
    ]
    .into_iter()
    .filter(|timing| count(*timing) > 0)
    .map(|timing| format!("{} {}", count(timing), timing.words()))
    .collect();
    if unled > 0 {
        parts.push(format!("{unled} without a role that leads"));
    }
    let on = if on.is_empty() { String::new() } else { format!(" on {on}") };
    let proposed = words::capitalised(&words::are(all.len(), "action"));
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join("; ")) };
    let mut said = vec![format!("{proposed} proposed{on}{parts}.")];
    if passed > 0 {
        said.push(format!(
            "The date of {}{on} has passed, and {}: find out before you are asked.",
            words::count(passed, "action"),
            match inputs.analysis.change {
                Some(_) => "no progress was reported",
                None => "no agency was asked for progress",
            }
        ));
    }
    said
}

/// What an inspector may ask about a slide: the likely question for its kind, the prompts that belong to it, and the middle ratings that
/// missing answers could change.
fn questions(inputs: DocumentInputs<'_>, slide: &Slide, quoted: &BTreeSet<(CriterionId, AgencyId)>) -> Vec<String> {
    let kinds: &[PromptKind] = match &slide.key {
        SlideKey::Who => &[PromptKind::ApprovalMissing],
        SlideKey::ChangedSince => &[PromptKind::HigherWithoutNewEvidence],
        SlideKey::WorkingWell => &[
            PromptKind::GreenWithoutEvidence,
            PromptKind::GreenWithWorry,
            PromptKind::SampleWithoutSize,
            PromptKind::EvidenceOfScrutineer,
        ],
        SlideKey::WorriedAbout => &[PromptKind::RedWithoutAction, PromptKind::RedActionAfterFieldwork],
        SlideKey::SeenDifferently => &[PromptKind::TwoStepsApart],
        SlideKey::NeedsToHappen => &[PromptKind::ActionIncomplete],
        SlideKey::Method => &[
            PromptKind::NotApplicableThoughNamed,
            PromptKind::NotApplicableThoughPartner,
            PromptKind::SameRating,
            PromptKind::SameText,
        ],
        SlideKey::Area(..) => &PromptKind::ALL,
        SlideKey::SignsOfSafety => &[PromptKind::GreenWithWorry],
        SlideKey::EveryRating => &[PromptKind::TwoStepsApart],
        SlideKey::Title | SlideKey::Picture(_) | SlideKey::ChildrenToldUs | SlideKey::Context => &[],
        SlideKey::Statements | SlideKey::Own(_) => &[],
    };
    let here: Vec<&CriterionId> = of_statements(inputs, slide).iter().map(|summary| &summary.criterion.id).collect();
    let is_of_area = slide.key.is_area();
    let belongs = |prompt: &&Prompt| {
        kinds.contains(&prompt.kind)
            && (!is_of_area || prompt.criterion.as_ref().is_some_and(|id| here.contains(&id)))
            && prompt.kind != PromptKind::MayIdentifyChild
            && is_asked(prompt, quoted)
    };
    let prompts: Vec<&Prompt> = inputs.own.prompts.iter().filter(belongs).collect();
    let groups = grouped(&prompts, |id| short_agency(inputs, id));
    let likely = PresenterNotes::new(&slide.key).question;
    let likely = Some(likely.to_string()).filter(|question| !question.is_empty());
    let mut asked: Vec<String> = likely.into_iter().chain(groups.into_iter().map(|group| group.wording)).collect();
    if matches!(slide.key, SlideKey::Picture(_)) || is_of_area {
        let movable = |summary: &CriterionSummary| {
            let said = sentences::movable(&summary.counts, summary.position);
            let is_open = summary.position.is_some_and(|position| !position.is_firm());
            (is_open && !said.is_empty())
                .then(|| format!("{}: {said} What do you expect them to say?", summary.criterion.id))
        };
        let of = inputs
            .analysis
            .numbers
            .criteria
            .iter()
            .filter(|summary| !is_of_area || here.contains(&&summary.criterion.id));
        asked.extend(of.filter_map(movable));
    }
    if asked.len() > MOST_QUESTIONS {
        let more = asked.len() - MOST_QUESTIONS;
        asked.truncate(MOST_QUESTIONS);
        let place = inputs.in_annex_or("the annex", "analysis.xlsx");
        asked.push(format!("{} in {place}{UNDER_PROMPTS}", words::are(more, "more question")));
    }
    asked
}

/// The statements of an area's slide; none for any other slide.
fn of_statements<'a>(inputs: DocumentInputs<'a>, slide: &Slide) -> Vec<&'a CriterionSummary> {
    let numbers = &inputs.analysis.numbers;
    let area = numbers.areas.iter().find(|area| SlideKey::of_area(numbers, area) == slide.key);
    area.map_or(Vec::new(), |area| numbers.criteria_of(area).collect())
}

/// Where the evidence for what a slide quotes, or lists, is kept.
fn evidence(inputs: DocumentInputs<'_>, slide: &Slide) -> Vec<String> {
    let mut lines = Vec::new();
    let quoted = slide.quotes().iter().map(|quote| (&quote.criterion, &quote.agency));
    // Only the first two columns: an action shares the evidence of the worry it answers.
    let cards = slide.signs().into_iter().flat_map(|signs| &signs.columns[..2]).flat_map(|column| &column.cards);
    let on_cards = cards.flatten().map(|card| (&card.criterion, &card.agency));
    for (criterion, agency) in quoted.chain(on_cards) {
        let is_it =
            |answer: &&crate::intake::answers::AnswerRow| answer.agency == *agency && answer.criterion == *criterion;
        let Some(answer) = inputs.analysis.answers.iter().find(is_it) else { continue };
        let kept = match answer.texts.shown(TextKind::Evidence).trim() {
            "" => "no evidence is named".to_string(),
            text => text.to_string(),
        };
        lines.push(format!(
            "{criterion} ({}): {kept} [{}]",
            agency_name(inputs.analysis, agency),
            answer.source_of(TextKind::Evidence)
        ));
    }
    if slide.key == SlideKey::NeedsToHappen {
        lines.extend(actions_of(inputs, slide).into_iter().map(|action| of_action(inputs, action)));
        lines.extend(slide.plan().into_iter().flat_map(|_| inputs.picks.own_actions()).map(of_own_action));
    }
    lines
}

/// The agencies' actions on a slide.
fn actions_of<'a>(inputs: DocumentInputs<'a>, slide: &Slide) -> Vec<&'a Action> {
    let on_plan = |action: &Action| {
        let is_it =
            |(criterion, agency): &(CriterionId, AgencyId)| *criterion == action.criterion && *agency == action.agency;
        slide.plan().into_iter().flat_map(|plan| &plan.rows).any(|row| row.answer.as_ref().is_some_and(is_it))
    };
    // Rows of a table do not say which action they show, so it is found by the agency's name and the Ref.
    let in_table = |action: &Action| {
        let name = agency_name(inputs.analysis, &action.agency);
        rows(slide).any(|row| {
            row.iter().any(|cell| cell.under == name) && row.iter().any(|cell| cell.text == action.criterion.as_str())
        })
    };
    inputs.analysis.actions.iter().filter(|action| on_plan(action) || in_table(action)).collect()
}

/// Where an action is written, and who agreed it.
fn of_action(inputs: DocumentInputs<'_>, action: &Action) -> String {
    let agreed = inputs.picks.agreement(action).map_or(String::new(), agreed);
    format!("{} ({}): {}{agreed}", action.criterion, agency_name(inputs.analysis, &action.agency), action.source)
}

fn of_own_action(own: &PickedAction) -> String {
    let agreed = own.agreed.as_ref().map_or(String::new(), agreed);
    format!("The partnership's own action “{}”: {}{agreed}", own.wording, own.place)
}

fn agreed(agreement: &Agreement) -> String {
    format!("; agreed by {} on {} [{}]", agreement.by, words::date(agreement.on), agreement.place)
}

/// Whether a table on a slide has a cell with exactly this text.
fn has_cell(slide: &Slide, text: &str) -> bool {
    rows(slide).flatten().any(|cell| cell.text == text || cell.under == text)
}

/// The rows of a slide's table.
fn rows(slide: &Slide) -> impl Iterator<Item = &Vec<GridCell>> {
    slide.grid().into_iter().flat_map(|grid| &grid.rows)
}

/// The theme's lines of enquiry.
fn elsewhere(inputs: DocumentInputs<'_>) -> DocumentTable {
    let lines = inputs.theme.criteria().filter(|(_, criterion)| criterion.basis == Basis::LineOfEnquiry);
    let row = |(area, criterion): (&crate::theme::Area, &crate::theme::Criterion)| {
        vec![criterion.id.to_string(), area.title.clone(), criterion.text.clone(), criterion.source.clone()]
    };
    DocumentTable {
        title: "What inspectors looked at elsewhere".into(),
        headers: ["Ref", "Area", "Line of enquiry", "Where it was seen"].map(str::to_string).to_vec(),
        rows: lines.map(row).collect(),
    }
}
