//! Returns with a byte, a cell or a part changed, and text of any kind where a workbook should be: each is read right, or named.
//! Through the same look and reading that a worker does. The seeds are files that other programs saved.

use jtai_benchmark::workbook::file::book::{Book, Value};
use jtai_benchmark::workbook::file::{read, scan};
use proptest::prelude::*;

use crate::project::{package, parts};

const SEEDS: [&[u8]; 4] = [
    include_bytes!("resaved/libreoffice.xlsx"),
    include_bytes!("resaved/openpyxl.xlsx"),
    include_bytes!("resaved/libreoffice.ods"),
    include_bytes!("resaved/gnumeric.xlsx"),
];

/// What a file comes to: its cells, or why it is refused.
fn outcome(bytes: &[u8]) -> Result<Book, String> {
    let kind = scan::kind(bytes).map_err(|refusal| refusal.found)?;
    read::read(kind, bytes, &[]).map_err(|error| error.to_string())
}

/// A package with one of its parts changed.
fn with_part(seed: &[u8], wanted: usize, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut parts = parts(seed);
    let wanted = wanted % parts.len();
    change(&mut parts[wanted].1);
    package(&parts)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// A byte changed in the file as it lies on the disk is a damage that the checksums tell: never another content.
    #[test]
    fn a_byte_changed_on_the_way_never_changes_an_answer(seed in 0..SEEDS.len(), at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let whole = outcome(SEEDS[seed]).expect("the seed is sound");
        let mut bytes = SEEDS[seed].to_vec();
        let at = at.index(bytes.len());
        bytes[at] = to;
        if let Ok(book) = outcome(&bytes) {
            let cells = |book: &Book| book.sheets.iter().map(|sheet| (sheet.name.clone(), sheet.cells.clone())).collect::<Vec<_>>();
            prop_assert_eq!(cells(&book), cells(&whole));
        }
    }

    /// A file cut off is refused, wherever it was cut.
    #[test]
    fn a_file_that_was_cut_off_is_refused(seed in 0..SEEDS.len(), at in any::<prop::sample::Index>()) {
        let length = at.index(SEEDS[seed].len());
        prop_assert!(outcome(&SEEDS[seed][..length]).is_err());
    }

    /// Parts with bytes changed, taken out and put in, under the right checksum: whatever comes of it, nothing breaks.
    #[test]
    fn a_part_with_anything_in_it_breaks_nothing(
        seed in 0..SEEDS.len(),
        part in any::<usize>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 1..8),
    ) {
        let bytes = with_part(SEEDS[seed], part, |bytes| {
            for (at, byte, how) in &edits {
                if bytes.is_empty() {
                    return;
                }
                let at = at.index(bytes.len());
                match how {
                    0 => bytes[at] = *byte,
                    1 => drop(bytes.remove(at)),
                    _ => bytes.insert(at, *byte),
                }
            }
        });
        let _ = outcome(&bytes);
    }

    /// Bytes of any kind are called something.
    #[test]
    fn anything_at_all_is_called_by_a_name(start in proptest::sample::select(vec!["", "PK\u{3}\u{4}", "\u{feff}<?xml", "From: "]), rest in proptest::collection::vec(any::<u8>(), 0..400)) {
        let bytes = [start.as_bytes(), &rest].concat();
        if let Err(why) = outcome(&bytes) {
            prop_assert!(!why.is_empty());
        }
    }
}

#[test]
fn one_cell_changed_changes_that_cell_and_nothing_else() {
    let whole = outcome(SEEDS[0]).expect("sound");
    let sheet = |bytes: &mut Vec<u8>| {
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        *bytes = text.replacen("Well 4", "Well 5", 1).into_bytes();
    };
    let strings = parts(SEEDS[0]).iter().position(|(name, _)| name == "xl/sharedStrings.xml").expect("there");
    let edited = with_part(SEEDS[0], strings, |bytes| {
        sheet(bytes);
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert!(text.contains("Café"));
        *bytes = text.replacen("Café", "Cafe", 1).into_bytes();
    });
    let book = outcome(&edited).expect("sound");
    let mut changed = Vec::new();
    for (was, now) in whole.sheets.iter().zip(&book.sheets) {
        for (at, value) in was.cells.iter().filter(|(at, value)| now.cells.get(at) != Some(value)) {
            changed.push((at, value.clone(), now.cells.get(at).cloned()));
        }
    }
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(matches!(&changed[0].2, Some(Value::Text(text)) if text.starts_with("Cafe – “two”")));
}
