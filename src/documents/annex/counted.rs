//! What each number of the presentation counts, in words.

use super::super::inputs::DocumentInputs;
use crate::analysis::trace::{CellNames, Counted, CountedNumber};
use crate::core::ids::CriterionId;
use crate::core::words;

/// The most cells of one statement that are named one by one: the pages of the annex have them too.
const MOST_CELLS: usize = 3;

/// The most agencies, answers or texts that are named one by one in an annex that is not full: a few lines of its table.
const MOST_NAMED: usize = 40;

/// The statement that all of these answers are to; `None` where they are to several.
fn of_one_statement<'a>(inputs: DocumentInputs<'a>, places: &[usize]) -> Option<&'a CriterionId> {
    let first = &inputs.analysis.answers.get(*places.first()?)?.criterion;
    places.iter().all(|at| inputs.analysis.answers[*at].criterion == *first).then_some(first)
}

/// The things that a number counts; `reference` is the code of its page. In an annex that is not full, a long list is left to `explain`.
pub(super) fn from(inputs: DocumentInputs<'_>, cells: &CellNames<'_>, part: &CountedNumber, reference: &str) -> String {
    let (analysis, of) = (inputs.analysis, &part.counted);
    let is_too_long = !inputs.is_annex_full && part.value() > MOST_NAMED;
    let too_long = || format!("too many to list here: `jtai explain {reference}` names each");
    let all_or = |places: &[usize], all: usize, noun: &str, names: &dyn Fn(usize) -> String| match places.len() {
        count if count == all && all > 1 => format!("all {}", words::count(all, noun)),
        _ if is_too_long => too_long(),
        count => {
            let names: Vec<String> = places.iter().map(|at| names(*at)).collect();
            format!("{}: {}", words::noun(count, noun), names.join(", "))
        }
    };
    if let Counted::Answers(places) = of
        && places.len() > MOST_CELLS
        && let Some(id) = of_one_statement(inputs, places)
    {
        let place = inputs.in_annex_or("this annex", "analysis.xlsx, sheet Answers");
        return format!("the answers under {id} in {place}, each with its cell");
    }
    match of {
        Counted::Statements(places) => {
            let criteria = &analysis.numbers.criteria;
            all_or(places, criteria.len(), "statement", &|at| criteria[at].criterion.id.to_string())
        }
        Counted::Agencies(places) => {
            let agencies = &analysis.numbers.agencies;
            all_or(places, agencies.len(), "agency", &|at| agencies[at].id.to_string())
        }
        Counted::Findings(places) => format!("{} under \"What was noticed\"", words::count(places.len(), "row")),
        _ if is_too_long => too_long(),
        Counted::Answers(_) | Counted::Texts(..) | Counted::Lines(_) | Counted::Approvals(_) | Counted::Written(_) => {
            cells.naming(of)
        }
        Counted::Changes(_) | Counted::ActionsSince(_) => cells.naming(of),
    }
}
