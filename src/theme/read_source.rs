//! Reads the tables `[source]` and `[[source.piece]]` of a theme's file into a [`ThemeSource`].

use super::source::{PieceFate, SourcePiece, ThemeSource};
use crate::core::fields::Fields;

/// Reads what the theme was made from; `None` where its file does not say.
pub(super) fn source(fields: &mut Fields<'_>) -> Option<ThemeSource> {
    let mut table = fields.optional_table("source")?;
    let (file, sha256) = (table.text("file").value, table.text_or_empty("sha256"));
    let pieces = table.tables("piece").into_iter().map(piece).collect();
    table.finish();
    Some(ThemeSource { file, sha256, pieces })
}

fn piece(mut table: Fields<'_>) -> SourcePiece {
    if !table.has("became") {
        table.missing("became");
    }
    let became = table.word("became", &PieceFate::ALL, PieceFate::key);
    let piece = SourcePiece {
        place: table.text_or_empty("place"),
        text: table.text("text").value,
        fate: became.unwrap_or(PieceFate::LeftOut),
        id: table.text_or_empty("id"),
        under: table.text_or_empty("under"),
        why: table.text_or_empty("why"),
        groups_why: table.text_or_empty("groups_why"),
        doubt: table.text_or_empty("doubt"),
        left_out_by: table.text_or_empty("left_out_by"),
        left_out_on: table.optional_date("left_out_on"),
    };
    table.finish();
    piece
}
