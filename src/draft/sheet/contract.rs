//! The contract of the workbook to check: its sheets and headers, what is written in its hidden sheet, what is understood in its cells.

use crate::draft::in_hand::PieceInHand;
use crate::theme::{AskedOf, Group, PieceFate};
use crate::workbook::contract::fold;
use crate::workbook::file::book::{At, Book, Sheet};

/// The sheet with what is to be filled in once.
pub(super) const START: &str = "Check";

/// The sheet with the pieces.
pub(super) const PIECES: &str = "Pieces";

/// The sheet with the reasons for which pieces are left out.
pub(super) const LEFT_OUT: &str = "Left out";

/// The sheet that says what the words mean.
pub(super) const WORDS: &str = "What the words mean";

/// The very-hidden sheet: whose draft it is, and what each cell to correct held when it was written.
pub(super) const HIDDEN: &str = "jtai draft";

/// The first cells of the rows of that sheet.
pub(super) const THEME_ROW: &str = "theme";
pub(super) const PIECE_ROW: &str = "piece";
pub(super) const FIELD_ROW: &str = "field";

/// The labels of the first sheet.
pub(super) const THEME_TITLE: &str = "Title of the theme, as workbooks should say it";
pub(super) const FRAMEWORK_TITLE: &str = "Title of the published framework";
pub(super) const PUBLISHER: &str = "Published by";
pub(super) const PUBLISHED_ON: &str = "Published on";
pub(super) const CORRECTED_BY: &str = "Your name";
pub(super) const CHECKED_BY: &str = "Compared with the published framework by (name)";
pub(super) const CHECKED_ON: &str = "Compared on";

/// The headers of the pieces.
pub(super) const NUMBER: &str = "No";
pub(super) const PLACE: &str = "Where";
pub(super) const SOURCE: &str = "The source, as published";
pub(super) const BECOMES: &str = "What it becomes";
pub(super) const AREA: &str = "Area";
pub(super) const STATEMENT: &str = "Statement as drafted";
pub(super) const WORDING: &str = "Your wording, if different";
pub(super) const ASKED: &str = "Asked of";
pub(super) const ALSO_ASKED: &str = "And also";
pub(super) const SHORT: &str = "Short name";
pub(super) const TO_NOTE: &str = "To note";

/// The headers of the reasons.
pub(super) const REASON: &str = "Left out because it is";
pub(super) const HOW_MANY: &str = "Pieces";
pub(super) const EXAMPLES: &str = "They begin";
pub(super) const AGREED: &str = "Rightly left out?";

/// What agrees with a reason.
pub(super) const YES: &str = "Yes";

/// The headers of a table, each with the least width of its column in characters and whether it is filled in.
pub(super) const PIECE_COLUMNS: [(&str, f64, bool); 11] = [
    (NUMBER, 6.0, false),
    (PLACE, 13.0, false),
    (SOURCE, 58.0, false),
    (BECOMES, 20.0, true),
    (AREA, 24.0, true),
    (STATEMENT, 50.0, false),
    (WORDING, 36.0, true),
    (ASKED, 18.0, true),
    (ALSO_ASKED, 18.0, true),
    (SHORT, 22.0, true),
    (TO_NOTE, 36.0, false),
];

pub(super) const REASON_COLUMNS: [(&str, f64, bool); 4] =
    [(REASON, 46.0, false), (HOW_MANY, 10.0, false), (EXAMPLES, 110.0, false), (AGREED, 18.0, true)];

/// What everyone is called in a cell.
pub(super) const EVERYONE: &str = "ALL: everyone";

/// What a cell shows of a group.
pub(super) fn group_words(group: Group) -> String {
    format!("{}: {}", group.code(), group.words())
}

/// What the two cells for groups show. More than two are codes in the first.
pub(super) fn asked_cells(asked: &AskedOf) -> [String; 2] {
    let mut words: Vec<String> = asked.named.iter().map(|group| group_words(*group)).collect();
    words.extend(asked.everyone.then(|| EVERYONE.to_string()));
    match words.as_slice() {
        [] => [String::new(), String::new()],
        [one] => [one.clone(), String::new()],
        [one, two] => [one.clone(), two.clone()],
        _ => [asked.codes(), String::new()],
    }
}

/// Whom cells name; what they say that is no group.
pub(super) fn read_asked(cells: [&str; 2]) -> Result<AskedOf, String> {
    let mut asked = AskedOf { everyone: false, named: Vec::new() };
    let parts = cells.iter().flat_map(|cell| cell.split([',', ';', '/', '+', '\n']));
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let (code, words) = part.split_once(':').unwrap_or((part, part));
        let of_words = |group: &Group| fold(group.words()) == fold(words) || fold(group.earlier_words()) == fold(words);
        if ["all", "everyone", "everybody"].contains(&fold(code).as_str()) {
            asked.everyone = true;
        } else if let Some(group) = Group::from_code(code).or_else(|| Group::ALL.into_iter().find(of_words)) {
            if !asked.named.contains(&group) {
                asked.named.push(group);
            }
        } else {
            return Err(part.to_string());
        }
    }
    Ok(asked)
}

/// What the cells to correct hold of a piece: what it becomes, the area, the wording, two for groups, the short name.
pub(super) fn cells_of(piece: &PieceInHand) -> [String; 6] {
    let statement = piece.statement.as_ref();
    let own = statement.filter(|statement| !statement.is_as_published()).map(|statement| statement.wording.clone());
    let [asked, also] = statement.map_or_else(Default::default, |statement| asked_cells(&statement.asked));
    [
        piece.fate.words().to_string(),
        piece.area.clone(),
        own.unwrap_or_default(),
        asked,
        also,
        statement.map(|statement| statement.short.clone()).unwrap_or_default(),
    ]
}

/// The fate that a cell names.
pub(super) fn read_fate(cell: &str) -> Option<PieceFate> {
    PieceFate::ALL.into_iter().find(|fate| fold(fate.words()) == fold(cell) || fold(fate.key()) == fold(cell))
}

/// The name of the workbook of a theme.
pub fn file_name(theme: &str) -> String {
    format!("{theme} to check.xlsx")
}

/// The sheet of a name.
pub(super) fn sheet<'b>(book: &'b Book, name: &str) -> Option<&'b Sheet> {
    book.sheets.iter().find(|sheet| fold(&sheet.name) == fold(name))
}

/// The id of the theme whose workbook to check this is; `None` for any other workbook.
pub fn theme_of(book: &Book) -> Option<String> {
    let rows = sheet(book, HIDDEN)?.text_rows();
    let row =
        rows.into_iter().map(|(_, cells)| cells).find(|cells| cells.first().is_some_and(|cell| cell == THEME_ROW))?;
    row.into_iter().nth(1)
}

/// Every cell of a workbook: a published framework names no child, and what a person types beside it stays on this computer.
pub fn cells_to_read(book: &Book) -> Vec<(String, At)> {
    let of_sheet = |sheet: &Sheet| {
        let name = sheet.name.clone();
        sheet.cells.keys().map(move |at| (name.clone(), *at)).collect::<Vec<_>>()
    };
    book.sheets.iter().flat_map(of_sheet).collect()
}
