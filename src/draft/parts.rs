//! Which part of a document lists what is evaluated: by its headings, and where they do not say it, by what is under them.

use super::blocks::{Block, BlockKind};
use super::explaining::explains;
use super::headings::{PartKind, could_be_area, kind_of_part};
use crate::theme::label_of;

/// What is under one heading, up to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DocumentPart {
    /// The heading's place among the pieces; `None` before the first heading.
    pub heading: Option<usize>,
    /// The pieces under it: from this one to before that one.
    pub from: usize,
    /// The end.
    pub to: usize,
    /// How high the heading is, 1 the highest; 0 before the first one.
    pub level: u8,
    /// What is under it is evaluated.
    pub holds: Holding,
}

/// What a part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holding {
    /// Statements, as its heading or the one above it says.
    Evaluated,
    /// Statements, because nothing says that it holds anything else.
    MayBeEvaluated,
    /// Introduction.
    Introduction,
    /// Procedure.
    Procedure,
    /// Neither, in a document that says where its statements are.
    Outside,
}

/// Which headings are areas by their labels: several with one label, as in "Key question 1:" and "Key question 2:". What is between two of
/// them belongs to the first, so headings there are put below it, however they are set.
pub(super) fn labelled_areas(blocks: &mut [Block]) -> Vec<usize> {
    const OF_DOCUMENTS: [&str; 5] = ["part", "section", "chapter", "annex", "appendix"];
    let level = |block: &Block| if let BlockKind::Heading(level) = block.kind { Some(level) } else { None };
    let labels: Vec<(usize, String)> = (0..blocks.len())
        .filter(|at| level(&blocks[*at]).is_some())
        .filter_map(|at| Some((at, label_of(&blocks[at].text)?)))
        .filter(|(_, label)| !OF_DOCUMENTS.contains(&label.as_str()))
        .collect();
    let Some((_, label)) = labels.iter().find(|(_, one)| labels.iter().filter(|(_, other)| one == other).count() > 1)
    else {
        return Vec::new();
    };
    let areas: Vec<usize> = labels.iter().filter(|(_, one)| one == label).map(|(at, _)| *at).collect();
    let (Some(first), Some(last)) = (areas.first().copied(), areas.last().copied()) else { return areas };
    let highest = areas.iter().filter_map(|at| level(&blocks[*at])).min().unwrap_or(u8::MAX);
    for at in (first..last).filter(|at| !areas.contains(at)) {
        if level(&blocks[at]).is_some_and(|level| level <= highest) {
            blocks[at].kind = BlockKind::Heading(highest.saturating_add(1));
        }
    }
    areas
}

/// Makes paragraphs of the questions under headings, where every heading that asks is under one that does not, as in "Identifying
/// children" before "Do partners know which children are affected?". Such a question says what its area is about.
pub(super) fn take_down_questions(blocks: &mut [Block]) {
    let content: Vec<usize> = (0..blocks.len()).filter(|at| blocks[*at].is_content()).collect();
    let is_heading = |at: usize| matches!(blocks[at].kind, BlockKind::Heading(_));
    let asks = |at: usize| is_heading(at) && blocks[at].text.ends_with('?');
    let questions: Vec<(Option<usize>, usize)> = (0..content.len())
        .filter(|n| asks(content[*n]))
        .map(|n| (n.checked_sub(1).map(|before| content[before]), content[n]))
        .collect();
    let is_under = |before: &Option<usize>| before.is_some_and(|before| is_heading(before) && !asks(before));
    if questions.len() > 1 && questions.iter().all(|(before, _)| is_under(before)) {
        questions.iter().for_each(|(_, at)| blocks[*at].kind = BlockKind::Paragraph);
    }
}

/// The parts of a document, each with what it holds.
pub(super) fn parts(blocks: &[Block]) -> Vec<DocumentPart> {
    let mut parts = vec![DocumentPart { heading: None, from: 0, to: blocks.len(), level: 0, holds: Holding::Outside }];
    for (at, block) in blocks.iter().enumerate() {
        if let BlockKind::Heading(level) = block.kind {
            if let Some(last) = parts.last_mut() {
                last.to = at;
            }
            let to = blocks.len();
            parts.push(DocumentPart { heading: Some(at), from: at + 1, to, level, holds: Holding::Outside });
        }
    }
    let title = title(blocks, &parts);
    let says: Vec<Option<PartKind>> = parts
        .iter()
        .map(|part| {
            part.heading.filter(|heading| Some(*heading) != title).and_then(|at| kind_of_part(&blocks[at].text))
        })
        .collect();
    let announces: Vec<bool> =
        parts.iter().map(|part| parts_blocks(part, blocks).iter().any(announces_parts)).collect();
    let says = without_scope(says, &parts, blocks, announces.contains(&true));
    let is_said = says.contains(&Some(PartKind::Evaluated)) || announces.contains(&true);
    settle(&mut parts, (&says, &announces), blocks, (is_said, title));
    parts
}

/// What headings say, where one tells what is evaluated and another only how far that reaches: then the scope is part of the
/// introduction. In a document with nothing but a scope, that is where the statements are.
fn without_scope(
    says: Vec<Option<PartKind>>,
    parts: &[DocumentPart],
    blocks: &[Block],
    is_announced: bool,
) -> Vec<Option<PartKind>> {
    let is_scope =
        |part: &DocumentPart| part.heading.is_some_and(|at| blocks[at].text.to_lowercase().contains("scope"));
    let is_told = is_announced
        || says.iter().zip(parts).any(|(says, part)| *says == Some(PartKind::Evaluated) && !is_scope(part));
    let narrowed = |(says, part): (Option<PartKind>, &DocumentPart)| match says {
        Some(PartKind::Evaluated) if is_told && is_scope(part) => Some(PartKind::Introduction),
        says => says,
    };
    says.into_iter().zip(parts).map(narrowed).collect()
}

/// Whether words say that the chapters after them hold what is evaluated: "The next four chapters contain the criteria."
fn announces_parts(block: &Block) -> bool {
    const PARTS: [&str; 11] = [
        "chapters",
        "sections",
        "parts",
        "headings",
        "pages",
        "paragraphs",
        "strands",
        "domains",
        "themes",
        "areas",
        "standards",
    ];
    const AFTER: [&str; 4] = ["next", "following", "that follow", "below"];
    const HELD: [&str; 5] =
        ["criteria", "statements", "what we evaluate", "what inspectors evaluate", "what is evaluated"];
    let folded = block.text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let is_words = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item(_));
    is_words && folded.len() < 400 && has(&PARTS) && has(&AFTER) && has(&HELD)
}

/// The title of a document: its first heading, where that is above the others or nothing is under it.
pub(super) fn title(blocks: &[Block], parts: &[DocumentPart]) -> Option<usize> {
    let first = parts.iter().find(|part| part.heading.is_some())?;
    let levels = || parts.iter().filter(|part| part.heading.is_some()).map(|part| part.level);
    let is_highest = levels().filter(|level| *level <= first.level).count() == 1;
    let content = blocks[first.from..first.to].iter().filter(|block| block.is_content()).count();
    let has_list =
        blocks[first.from..first.to].iter().any(|block| matches!(block.kind, BlockKind::Item(_) | BlockKind::Row(_)));
    let is_early = !blocks[..first.from - 1].iter().any(|block| block.list_place().is_some());
    let is_title = levels().count() > 1 && is_early && !has_list && (is_highest || content <= 1);
    first.heading.filter(|_| is_title)
}

/// A heading that is over those that follow it.
#[derive(Clone, Copy)]
struct Above {
    level: u8,
    holds: Option<Holding>,
    /// Whether words under it say that those after it are evaluated.
    is_announced: bool,
    /// Its place among the parts.
    part: usize,
}

fn settle(
    parts: &mut [DocumentPart],
    (says, announces): (&[Option<PartKind>], &[bool]),
    blocks: &[Block],
    (is_said, title): (bool, Option<usize>),
) {
    // The title aside, how high the highest heading is.
    let levels = parts.iter().filter(|part| part.heading.is_some()).skip(1).map(|part| part.level);
    let highest = levels.min().unwrap_or(u8::MAX);
    let is_evaluated =
        |(part, says): &(&DocumentPart, &Option<PartKind>)| part.level > 0 && **says == Some(PartKind::Evaluated);
    let evaluated = parts.iter().zip(says).filter(is_evaluated).map(|(part, _)| part.level).min().unwrap_or(u8::MAX);
    let mut above: Vec<Above> = Vec::new();
    let mut before: Option<Above> = None;
    let default = if is_said { Holding::Outside } else { Holding::MayBeEvaluated };
    for at in 0..parts.len() {
        let level = parts[at].level;
        above.retain(|above| above.level < level);
        let parent = above.iter().rev().find_map(|above| above.holds);
        let announced = above.iter().any(|above| above.is_announced).then_some(Holding::Evaluated);
        let own = match says[at] {
            Some(PartKind::Evaluated) => Some(Holding::Evaluated),
            Some(PartKind::Introduction) => Some(Holding::Introduction),
            Some(PartKind::Procedure | PartKind::Contents) => Some(Holding::Procedure),
            None => None,
        };
        // Under "What we evaluate", an area may be called "Follow-up".
        let own = own.filter(|own| parent != Some(Holding::Evaluated) || *own == Holding::Evaluated || level <= 1);
        // Where one part holds all that is evaluated, "Which children inspectors will look at" in the introduction is not a second.
        let own = own.filter(|own| {
            *own != Holding::Evaluated
                || level <= evaluated
                || !matches!(parent, Some(Holding::Introduction | Holding::Procedure))
        });
        let own = own.filter(|own| !is_area_all_the_same(&parts[at], *own, before, is_said, blocks));
        let holds =
            own.or(parent).or(announced).or(beside(&parts[at], before, parts, blocks, highest)).unwrap_or(default);
        let holds = match holds {
            Holding::MayBeEvaluated if is_procedure(parts_blocks(&parts[at], blocks)) => Holding::Procedure,
            holds => holds,
        };
        parts[at].holds = holds;
        if parts[at].heading.is_some() {
            // The title is over the introduction and the procedure, too.
            let is_announced = announces[at] && parts[at].heading != title;
            let handed_on = own.or(Some(holds).filter(|holds| *holds == Holding::Evaluated));
            above.push(Above { level, holds: handed_on, is_announced, part: at });
            if own.is_some() || is_announced {
                let holds = if is_announced { Holding::Evaluated } else { holds };
                before = Some(Above { level, holds: Some(holds), is_announced, part: at });
            }
        }
    }
}

/// Opens the parts of a document in which no statement was found: first the lists that are in none of its procedure, then everything
/// but the contents, with the sentences of its prose.
pub(super) fn open_up(parts: &mut [DocumentPart], blocks: &[Block], prose: bool) {
    for part in parts {
        let says = part.heading.and_then(|at| kind_of_part(&blocks[at].text));
        part.holds = match part.holds {
            holds if says == Some(PartKind::Contents) => holds,
            _ if prose => Holding::Evaluated,
            Holding::Procedure => Holding::Procedure,
            _ => Holding::MayBeEvaluated,
        };
    }
}

fn parts_blocks<'b>(part: &DocumentPart, blocks: &'b [Block]) -> &'b [Block] {
    &blocks[part.from..part.to]
}

/// Whether a heading that could say introduction or procedure is over statements: "Planning" among the areas.
fn is_area_all_the_same(
    part: &DocumentPart,
    own: Holding,
    before: Option<Above>,
    is_said: bool,
    blocks: &[Block],
) -> bool {
    let is_among = !is_said || before.is_some_and(|before| before.holds == Some(Holding::Evaluated));
    let content = parts_blocks(part, blocks);
    let has_list = content.iter().any(|block| matches!(block.kind, BlockKind::Item(_) | BlockKind::Row(_)));
    let heading = part.heading.map(|at| blocks[at].text.as_str()).unwrap_or_default();
    own != Holding::Evaluated && is_among && has_list && could_be_area(heading) && !is_procedure(content)
}

/// What a heading takes from one before it that is not above it: in a text whose headings are all alike, "What we evaluate" is over
/// those that follow, up to one that says something else.
fn beside(
    part: &DocumentPart,
    before: Option<Above>,
    parts: &[DocumentPart],
    blocks: &[Block],
    highest: u8,
) -> Option<Holding> {
    let before = before.filter(|before| before.level == part.level)?;
    let holds = before.holds?;
    if before.is_announced {
        return (!is_procedure(parts_blocks(part, blocks))).then_some(Holding::Evaluated);
    }
    if holds != Holding::Evaluated {
        // An area can follow an introduction of the same level only where nothing says where the statements are.
        let is_flat = highest >= part.level;
        return (is_flat && holds == Holding::Procedure).then_some(Holding::Procedure);
    }
    // In a document whose paragraphs are numbered, a single numbered paragraph that explains is not a list.
    let has_own = |part: &DocumentPart| {
        let listed = parts_blocks(part, blocks)
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Item(_) | BlockKind::Row(_)));
        let is_prose =
            |block: &&Block| block.list_place().is_some_and(|place| place.is_numbered) && explains(&block.text);
        listed.filter(|block| !is_prose(block)).count() > 0
    };
    let first = before.part;
    let has_deeper = parts.get(first + 1).is_some_and(|next| next.level > parts[first].level);
    // A heading with a list of its own, or with headings under it, is not over those beside it.
    let is_over = !has_own(&parts[first]) && !has_deeper;
    (is_over && !is_procedure(parts_blocks(part, blocks))).then_some(Holding::Evaluated)
}

/// Words of a text about how inspections are done.
const PROCEDURAL: [&str; 27] = [
    "lead inspector",
    "working days",
    "will telephone",
    "will be published",
    "will publish",
    "fieldwork",
    "inspection team",
    "the inspectorates",
    "letter setting out",
    "will be notified",
    "will notify",
    "inspectors will meet",
    "inspectors will visit",
    "inspectors will speak",
    "inspectors will request",
    "inspectors will ask for",
    "inspectors will read",
    "inspectors will arrive",
    "inspectors will hold",
    "inspectors will feed back",
    "inspectors will share",
    "inspectors will select",
    "inspectors will send",
    "on site for",
    "are asked to send",
    "will be asked to",
    "the findings",
];

/// What is done by those who inspect, where they do not evaluate, in lower case.
const WHO_INSPECTS: [&str; 5] = ["inspectors ", "we ", "the inspect", "each inspect", "the lead inspector"];

/// What inspectors do in statements of what they evaluate.
const EVALUATING: [&str; 12] = [
    "evaluat", "consider", "look at", "look for", "judge", "assess", "examine", "expect", "want to", "check", "focus",
    "test",
];

/// Whether most pieces are about how inspections are done. The points of a list are about what leads it in.
fn is_procedure(blocks: &[Block]) -> bool {
    let (mut about, mut all) = (0, 0);
    let mut is_lead = false;
    for block in blocks.iter().filter(|block| matches!(block.kind, BlockKind::Item(_) | BlockKind::Paragraph)) {
        let folded = block.text.to_lowercase();
        let is_theirs = WHO_INSPECTS.iter().any(|who| folded.starts_with(who))
            && !EVALUATING.iter().any(|verb| folded.contains(verb));
        let is_said = is_theirs || PROCEDURAL.iter().any(|words| folded.contains(words));
        let is_point = is_lead && matches!(block.kind, BlockKind::Item(_));
        all += 1;
        about += usize::from(is_said || is_point);
        is_lead = if folded.ends_with(':') { is_said } else { is_point };
    }
    about > 0 && 2 * about >= all
}
