//! Tables on a screen.

use comfy_table::{ContentArrangement, Table, presets};

/// A table with a header row, as wide as its content.
pub(super) fn table(headers: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(headers.to_vec());
    for row in rows {
        table.add_row(row.clone());
    }
    // The preset pads every line with spaces at its end, which break golden files and text that is copied.
    let lines = table.to_string();
    lines.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
