//! Checks the pieces of a rich text of an `.xlsx` (ECMA-376 part 1, CT_Rst). The reader joins the pieces by the names of their elements and
//! skips text anywhere else, so each must be where the standard has it.

/// The elements that are open inside one text.
#[derive(Debug, Default)]
pub(super) struct RichText {
    open: Vec<RichPiece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RichPiece {
    /// A run of characters with one format.
    Run,
    /// How the text is read aloud, in East Asian scripts. It is not part of the text.
    Phonetic,
    /// The characters themselves.
    Text,
    /// A format.
    Format,
}

impl RichText {
    /// Takes the start of an element; `false` where it does not belong.
    pub(super) fn open(&mut self, name: &str, is_empty: bool) -> bool {
        let piece = match (self.open.last(), name) {
            (None | Some(RichPiece::Run | RichPiece::Phonetic), "t") => RichPiece::Text,
            (None, "r") => RichPiece::Run,
            (None, "rPh") => RichPiece::Phonetic,
            (None, "phoneticPr") | (Some(RichPiece::Run), "rPr") => RichPiece::Format,
            (Some(RichPiece::Format), name) if !matches!(name, "t" | "r" | "rPh" | "is" | "si") => RichPiece::Format,
            _ => return false,
        };
        if !is_empty {
            self.open.push(piece);
        }
        true
    }

    /// Takes the end of an element.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// Whether characters belong at this place. White space belongs anywhere.
    pub(super) fn holds(&self, characters: &str) -> bool {
        self.open.last() == Some(&RichPiece::Text) || characters.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether every piece of `path`, one inside the other, stands where it belongs.
    fn is_sound(path: &[&str]) -> bool {
        let mut text = RichText::default();
        path.iter().all(|name| text.open(name, false))
    }

    #[test]
    fn a_piece_stands_where_the_standard_has_it() {
        for sound in [&["t"][..], &["r", "t"], &["r", "rPr", "b"], &["rPh", "t"], &["phoneticPr"]] {
            assert!(is_sound(sound), "{sound:?}");
        }
        for odd in
            [&["x"][..], &["t", "x"], &["r", "r"], &["r", "rPr", "t"], &["rPh", "r"], &["phoneticPr", "t"], &["rPr"]]
        {
            assert!(!is_sound(odd), "{odd:?}");
        }
    }

    #[test]
    fn characters_stand_in_a_text_only() {
        let mut text = RichText::default();
        assert!(text.holds("\n ") && !text.holds("a"));
        assert!(text.open("r", false) && !text.holds("a"));
        assert!(text.open("t", false) && text.holds("a"));
        text.close();
        assert!(!text.holds("a"));
    }
}
