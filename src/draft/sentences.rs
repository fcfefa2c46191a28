//! Sentences of a paragraph, for frameworks that say that each is a criterion.

use super::blocks::{Block, BlockKind};

/// Words that a full stop after them does not end a sentence.
const ABBREVIATIONS: [&str; 6] = ["e.g.", "i.e.", "etc.", "no.", "dr.", "st."];

/// Where the sentences of a text after its first begin, in bytes.
pub(super) fn sentence_starts(text: &str) -> Vec<usize> {
    let ends = text.match_indices(". ").filter(|(end, _)| {
        let before = text[..*end + 1].rsplit(' ').next().unwrap_or_default().to_lowercase();
        let begins_anew = text[*end + 2..].trim_start().starts_with(char::is_uppercase);
        begins_anew && !ABBREVIATIONS.contains(&before.as_str()) && before.chars().count() > 2
    });
    ends.map(|(end, _)| end + 2).collect()
}

/// The pieces with each sentence in a piece of its own, from where the document says that every sentence counts.
pub(super) fn parted(blocks: Vec<Block>) -> Vec<Block> {
    let Some(said) = blocks.iter().position(|block| counts_sentences(&block.text)) else { return blocks };
    let mut parted = Vec::with_capacity(2 * blocks.len());
    for (at, block) in blocks.into_iter().enumerate() {
        let can_part = at > said && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item(_));
        let mut from = 0;
        for start in sentence_starts(&block.text).into_iter().filter(|_| can_part) {
            parted.push(Block {
                text: block.text[from..start].trim_end().to_string(),
                doubts: Vec::new(),
                ..block.clone()
            });
            from = start;
        }
        parted.push(Block { text: block.text[from..].to_string(), ..block });
    }
    parted
}

/// Whether a document says that each sentence is rated: "Every sentence in those paragraphs is a separate criterion."
fn counts_sentences(text: &str) -> bool {
    let folded = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    has(&["every sentence", "each sentence"]) && has(&["criteri", "statement", "evaluated", "judged", "expectation"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_parted_only_after_the_document_says_so() {
        let block = |text: &str| Block::new("line 1", BlockKind::Paragraph, text);
        let texts = |texts: &[&str]| -> Vec<String> {
            parted(texts.iter().map(|text| block(text)).collect()).into_iter().map(|block| block.text).collect()
        };
        let two = "Staff ask, e.g. Police. They write it down.";
        assert_eq!(texts(&[two, "Some text."]), [two, "Some text."]);
        let said = "Each sentence below is a criterion.";
        assert_eq!(texts(&[two, said, two]), [two, said, "Staff ask, e.g. Police.", "They write it down."]);
    }
}
