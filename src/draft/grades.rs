//! Grades and ratings: they say how well something is done, and not what is evaluated.

use super::blocks::Block;

/// What grades begin with, in lower case.
const GRADES: [&str; 40] = [
    "outstanding",
    "good",
    "requires improvement",
    "requires some improvement",
    "needs improvement",
    "improvement required",
    "inadequate",
    "adequate",
    "satisfactory",
    "unsatisfactory",
    "excellent",
    "very good",
    "fair",
    "poor",
    "strong",
    "weak",
    "effective",
    "highly effective",
    "consistently effective",
    "mostly effective",
    "partly effective",
    "partially effective",
    "ineffective",
    "not effective",
    "consistent",
    "inconsistent",
    "met",
    "fully met",
    "mostly met",
    "partly met",
    "partially met",
    "not met",
    "green",
    "amber",
    "red",
    "high",
    "medium",
    "low",
    "urgent improvement",
    "serious weaknesses",
];

/// The fewest grades of a scale.
const FEWEST_GRADES: usize = 3;

/// The grade that a text begins with and that is set off from the words after it.
fn grade(text: &str) -> Option<&'static str> {
    let folded = text.to_lowercase();
    let is_set_off = |grade: &str| {
        // Lower case can change how long a text is in bytes.
        let rest: String = text.chars().skip(grade.chars().count()).collect();
        let after = rest.trim_start();
        after.is_empty()
            || after.starts_with([':', '–', '—', '-', '(', ';', '.', ','])
            || after.starts_with("means ")
            || rest.starts_with(char::is_whitespace) && after.starts_with(char::is_uppercase)
    };
    GRADES.into_iter().filter(|grade| folded.starts_with(grade) && is_set_off(grade)).max_by_key(|grade| grade.len())
}

/// Which pieces are the grades of a scale: at least three after one another that begin with different ones.
pub(super) fn on_scales(blocks: &[Block]) -> Vec<bool> {
    let grades: Vec<Option<&str>> = blocks.iter().map(|block| grade(&block.text)).collect();
    let mut are_on = vec![false; blocks.len()];
    let mut at = 0;
    while at < blocks.len() {
        let end = (at..blocks.len()).find(|next| grades[*next].is_none()).unwrap_or(blocks.len());
        let mut distinct: Vec<&str> = grades[at..end].iter().flatten().copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() >= FEWEST_GRADES {
            are_on[at..end].fill(true);
        }
        at = end + 1;
    }
    are_on
}

/// Whether a table is a scale: one of its columns or its head names three different grades, and of a column all are grades but its head.
pub(super) fn is_scale(rows: &[(usize, Vec<String>)]) -> bool {
    let distinct = |cells: &[&str]| {
        let mut grades: Vec<&str> = cells.iter().filter_map(|cell| grade(cell.trim())).collect();
        let all = grades.len();
        grades.sort_unstable();
        grades.dedup();
        (grades.len(), all)
    };
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
    let mut columns =
        (0..width).map(|at| rows.iter().filter_map(|(_, cells)| cells.get(at)).map(String::as_str).collect());
    let is_column = columns.any(|cells: Vec<&str>| {
        let (grades, all) = distinct(&cells);
        grades >= FEWEST_GRADES && all + 1 >= cells.len()
    });
    let head: Vec<&str> = rows.first().map(|(_, cells)| cells.iter().map(String::as_str).collect()).unwrap_or_default();
    is_column || distinct(&head).0 >= FEWEST_GRADES
}

/// Whether a lead-in offers a choice, as one of grades does: "The judgement will be one of the following:". Of what is evaluated, all
/// counts.
pub(super) fn offers_choice(lead: &str) -> bool {
    let folded = lead.to_lowercase();
    let words: Vec<&str> = folded.split_whitespace().map(|word| word.trim_end_matches([':', ','])).collect();
    let last = words.len().saturating_sub(6);
    // Of "each one of them" and "at least one of these", more than one can count.
    let is_choice =
        |three: &[&str]| three[1..] == ["one", "of"] && !["each", "every", "any", "least", "than"].contains(&three[0]);
    words[last..].windows(3).any(is_choice)
}

#[cfg(test)]
mod tests {
    use super::super::blocks::BlockKind;
    use super::*;

    #[test]
    fn a_scale_of_grades_is_told_from_statements() {
        let on = |texts: &[&str]| {
            let blocks: Vec<Block> =
                texts.iter().map(|text| Block::new("line 1", BlockKind::Paragraph, text)).collect();
            on_scales(&blocks)
        };
        let scale = ["Good Most is met.", "Requires improvement: some is.", "Inadequate", "Leaders know."];
        assert_eq!(on(&scale), [true, true, true, false]);
        let table = |rows: [&[&str]; 4]| -> Vec<(usize, Vec<String>)> {
            rows.into_iter().map(|cells| (1, cells.iter().map(|cell| cell.to_string()).collect())).collect()
        };
        assert!(is_scale(&table([
            &["Rating", "Means"],
            &["Good", "All is met."],
            &["Fair", "Some is."],
            &["Poor", "None is."]
        ])));
        assert!(!is_scale(&table([
            &["Area", "Text"],
            &["Good", "All act."],
            &["Help", "Some is."],
            &["Poor", "None is."]
        ])));
        let said = ["Good plans are made.", "Strong leaders act.", "Effective help comes."];
        assert_eq!(on(&said), [false; 3]);
        assert!(offers_choice("The judgement will be one of the following:"));
        assert!(!offers_choice("For each one of their children, agencies:"));
    }
}
