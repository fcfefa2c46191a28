//! Lead-ins of more than one sentence: only the last one goes before each point of the list.

use super::blocks::{Block, BlockKind};
use super::explaining::explains;
use super::reasons;
use super::sentences::sentence_starts;

/// Whether words end so that something has to follow.
pub(super) fn ends_open(text: &str) -> bool {
    text.trim_end().ends_with([':', '–', '—', '…'])
        || text.trim_end().ends_with("...")
        || text.trim_end().ends_with(" -")
}

/// Whether the last word is one that something has to follow.
pub(super) fn is_unfinished(text: &str) -> bool {
    UNFINISHED.contains(&last_word(text).as_str())
}

/// The last word before the marks at the end, in lower case.
fn last_word(text: &str) -> String {
    let bare = text.trim().trim_end_matches([':', '…', '.', '–', '—', '-', ' ']);
    bare.split_whitespace().last().unwrap_or_default().to_lowercase()
}

/// Words after which a sentence cannot end: what follows a lead-in that ends with one belongs to its sentence.
const UNFINISHED: [&str; 59] = [
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "both",
    "by",
    "can",
    "could",
    "do",
    "does",
    "either",
    "ensure",
    "ensures",
    "evaluate",
    "for",
    "from",
    "had",
    "has",
    "have",
    "how",
    "if",
    "in",
    "including",
    "into",
    "is",
    "it",
    "may",
    "must",
    "not",
    "of",
    "on",
    "or",
    "should",
    "show",
    "so",
    "that",
    "the",
    "their",
    "they",
    "through",
    "to",
    "understand",
    "was",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "who",
    "why",
    "will",
    "with",
    "would",
];

/// The pieces with each lead-in parted from the sentences before it. Those are left out: a person can make statements of them.
pub(super) fn parted(blocks: Vec<Block>) -> Vec<Block> {
    let leads: Vec<Option<usize>> = (0..blocks.len()).map(|at| lead_from(&blocks, at)).collect();
    let mut parted = Vec::with_capacity(blocks.len());
    for (block, from) in blocks.into_iter().zip(leads) {
        let Some(from) = from else {
            parted.push(block);
            continue;
        };
        let (before, lead) = (block.text[..from].trim_end().to_string(), block.text[from..].to_string());
        // Before "Sources of evidence may include:" the area goes on: what is said there belongs to the statements.
        let kind = if explains(&lead) { BlockKind::Paragraph } else { BlockKind::Aside(reasons::BEFORE_LEAD_IN) };
        parted.push(Block { text: before, kind, doubts: Vec::new(), place: block.place.clone() });
        parted.push(Block { text: lead, ..block });
    }
    parted
}

/// Where the last sentence of a lead-in begins; `None` where it has one sentence, or no list follows.
fn lead_from(blocks: &[Block], at: usize) -> Option<usize> {
    let block = &blocks[at];
    let can_lead = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item(_));
    if !can_lead || !ends_open(&block.text) {
        return None;
    }
    blocks[at + 1..].iter().find(|next| next.is_content()).filter(|next| next.kind.is_in_list())?;
    sentence_starts(&block.text).last().copied()
}

#[cfg(test)]
mod tests {
    use super::super::blocks::ListPlace;
    use super::*;

    #[test]
    fn only_the_last_sentence_leads_the_list_in() {
        let block = |kind: BlockKind, text: &str| Block::new("line 1", kind, text);
        let item = || block(BlockKind::Item(ListPlace::bullet(0)), "act");
        let texts = |lead: &str| -> Vec<String> {
            let parted = parted(vec![block(BlockKind::Paragraph, lead), item()]);
            parted.into_iter().map(|block| block.text).collect()
        };
        assert_eq!(texts("Time matters. Agencies must:"), ["Time matters.", "Agencies must:", "act"]);
        assert_eq!(texts("Agencies, e.g. Police, must:"), ["Agencies, e.g. Police, must:", "act"]);
        assert_eq!(texts("Time matters. Agencies act."), ["Time matters. Agencies act.", "act"]);
    }
}
