//! Decides when `choices.xlsx` is renewed, and checks that everything the officer wrote is in the new file.

use std::collections::{HashMap, HashSet};

use super::contract::{CHECKED, ChoicesSheet, NEWEST_FORM, OWN_LINE, RATINGS, RATINGS_FORM, WHOLE};
use super::earlier::EarlierChoices;
use super::entry::Choices;
use super::offers::{ChoicesSource, RowPrint, offers};
use crate::core::words;

/// How what there is to choose from has changed since the earlier file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfferChanges {
    /// How many rows are new, changed and gone, by the noun for such rows.
    counts: Vec<(&'static str, [usize; 3])>,
    /// Sheets that came with a newer form.
    new_sheets: Vec<&'static str>,
    /// Columns that came with a newer form, on sheets that the earlier file has.
    new_columns: Vec<&'static str>,
    /// Lines on the first sheet that came with a newer form.
    new_lines: Vec<&'static str>,
}

/// What changed since an earlier file was made; `None` where that file still offers everything as it is now.
pub fn offer_changes(source: ChoicesSource<'_>, earlier: &EarlierChoices) -> Option<OfferChanges> {
    let is_new = |sheet: ChoicesSheet| !sheet.is_needed(earlier.form);
    let new_sheets = ChoicesSheet::ALL.into_iter().filter(|sheet| is_new(*sheet)).map(ChoicesSheet::name).collect();
    let known = ChoicesSheet::ALL.into_iter().filter(|sheet| !is_new(*sheet)).flat_map(ChoicesSheet::columns);
    let mut new_columns: Vec<&str> = Vec::new();
    for column in known.filter(|column| [CHECKED, WHOLE, OWN_LINE].contains(&column.header)) {
        if !column.is_needed(earlier.form) && !new_columns.contains(&column.header) {
            new_columns.push(column.header);
        }
    }
    let new_lines = if earlier.form < RATINGS_FORM { vec![RATINGS] } else { Vec::new() };
    let mut changes = OfferChanges { new_sheets, new_columns, new_lines, ..OfferChanges::default() };
    let before = earlier.offered_by_key();
    let now: Vec<RowPrint> =
        ChoicesSheet::ALL.into_iter().flat_map(|sheet| offers(sheet, source)).map(|offer| offer.print).collect();
    for print in &now {
        match before.get(print.key.as_str()) {
            // A new sheet is named as a whole, so its rows are not counted.
            None if is_new(print.sheet) => {}
            None => changes.count(print.sheet, 0),
            Some(before) if before.contents != print.contents => changes.count(print.sheet, 1),
            Some(_) => {}
        }
    }
    let keys: HashSet<&str> = now.iter().map(|print| print.key.as_str()).collect();
    for gone in earlier.offered.iter().filter(|print| !keys.contains(print.key.as_str())) {
        changes.count(gone.sheet, 2);
    }
    // This compares the rule's places too: a different order is a reason to renew the file.
    (now != earlier.offered || earlier.form < NEWEST_FORM).then_some(changes)
}

impl OfferChanges {
    fn count(&mut self, sheet: ChoicesSheet, at: usize) {
        let noun = sheet.noun();
        match self.counts.iter_mut().find(|(known, _)| *known == noun) {
            Some((_, counts)) => counts[at] += 1,
            None => {
                let mut counts = [0; 3];
                counts[at] = 1;
                self.counts.push((noun, counts));
            }
        }
    }

    /// "3 new quotations, 1 changed, 2 gone; 1 slide changed".
    pub fn words(&self) -> String {
        let named = |names: &[&str], noun: &str| match names {
            [] => None,
            [one] => Some(format!("the {noun} {one}")),
            several => Some(format!("the {noun}s {}", words::list(several))),
        };
        let added =
            [named(&self.new_sheets, "sheet"), named(&self.new_columns, "column"), named(&self.new_lines, "line")];
        let added: Vec<String> = added.into_iter().flatten().collect();
        let is_one = self.new_sheets.len() + self.new_columns.len() + self.new_lines.len() == 1;
        let added = Some(format!("{} {} new", added.join(", and "), if is_one { "is" } else { "are" }))
            .filter(|_| !added.is_empty());
        if self.counts.is_empty() && added.is_none() {
            return "the rule now picks in a different order".to_string();
        }
        let of_noun = |(noun, counts): &(&str, [usize; 3])| {
            let mut parts: Vec<String> = Vec::new();
            for (n, what) in counts.iter().zip(["new", "changed", "gone"]).filter(|(n, _)| **n > 0) {
                parts.push(match what {
                    "new" => words::count(*n, &format!("new {noun}")),
                    what if parts.is_empty() => format!("{} {what}", words::count(*n, noun)),
                    what => format!("{} {what}", words::number(*n)),
                });
            }
            parts.join(", ")
        };
        self.counts.iter().map(of_noun).chain(added).collect::<Vec<_>>().join("; ")
    }
}

impl EarlierChoices {
    /// Why not all of this file can be carried over into a new one; empty where it can.
    pub fn obstacles(&self) -> &[String] {
        &self.obstacles
    }

    /// Whether everything that the officer wrote in this file is also in `other`, and both were read as the same choices. If not, the
    /// renewed file must not replace this one.
    pub fn is_in(&self, chosen: &Choices, other: &EarlierChoices, chosen_there: &Choices) -> bool {
        let mut there: HashMap<String, usize> = HashMap::new();
        // Texts are counted, because the officer may have written the same text twice.
        other.texts().into_iter().for_each(|text| *there.entry(text).or_default() += 1);
        let mut is_there = |text: &String| {
            let left = there.get_mut(text).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_some()
        };
        self.texts().iter().all(&mut is_there) && chosen.without_places() == chosen_there.without_places()
    }
}
