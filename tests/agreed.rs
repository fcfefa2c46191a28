//! What the partnership agreed: words, lead and date together. Where an agency changes one of them, nobody has agreed that yet.

use jiff::civil::date;
use jtai_benchmark::analysis::Due;
use jtai_benchmark::choices;
use jtai_benchmark::core::written::Written;

use crate::choices::{ACTIONS, filled, fit, read};
use crate::deck_text::Staged;
use crate::project::{Project, fill, package, parts};
use crate::renewal::{STAGED, book, chosen, with_source};

#[test]
fn an_agreement_lapses_when_the_agency_changes_the_lead_or_the_date() {
    let (project, mut staged) = (Project::demo(), Staged::sample());
    let cells = [
        // Agreed and on the slide, in the officer's wording; agreed and left to the rule.
        (ACTIONS, "A4", "1"),
        (ACTIONS, "B4", "One chronology from day one"),
        (ACTIONS, "E4", "Executive"),
        (ACTIONS, "F4", "3/12/2026"),
        (ACTIONS, "E6", "Executive"),
        (ACTIONS, "F6", "3/12/2026"),
    ];
    let (choices, _) = read(&filled(&project, &cells));
    let (picks, findings) = fit(&choices, &staged);
    assert_eq!((findings, picks.agreed.len()), (Vec::new(), 1));
    staged.analysis.actions[0].due = Due::On(date(2027, 9, 30).into());
    staged.analysis.actions[2].lead = Written::Nothing;
    let (picks, findings) = fit(&choices, &staged);
    let picked = picks.actions.expect("still chosen");
    assert_eq!(
        (picked[0].wording.as_str(), &picked[0].agreed, picks.agreed.len()),
        ("One chronology from day one", &None, 0)
    );
    let said: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(
        said[0].contains("cell E4") && said[0].contains("is \"30 September 2027\"; so it is not shown as agreed"),
        "{said:#?}"
    );
    assert!(said[1].contains("cell E6") && said[1].contains("and is nobody named"), "{said:#?}");
}

#[test]
fn a_renewed_file_does_not_show_a_new_date_beside_an_old_agreement() {
    let staged = &*STAGED;
    let bytes = with_source(staged, &staged.analysis, 9, |source| choices::workbook(source, None)).expect("written");
    let mut cells = parts(&bytes);
    for (cell, text) in [("A4", "1"), ("E4", "Executive"), ("F4", "3/12/2026"), ("A5", "2")] {
        fill(&mut cells, ACTIONS, cell, text);
    }
    let old = book(&package(&cells));
    let mut after = staged.analysis.clone();
    for action in &mut after.actions[..2] {
        action.due = Due::On(date(2027, 9, 30).into());
    }
    let earlier = choices::earlier(&old);
    let renewed = with_source(staged, &after, 14, |source| choices::workbook(source, Some(&earlier)));
    let new = book(&renewed.expect("written"));
    assert!(earlier.is_in(&chosen(&old), &choices::earlier(&new), &chosen(&new)));
    let rows = new.sheets.iter().find(|sheet| sheet.name == "Actions").expect("the sheet").text_rows();
    let text = |row: &(u32, Vec<String>), at: usize| row.1.get(at).cloned().unwrap_or_default();
    let of_first: Vec<_> = rows.iter().filter(|row| text(row, 12) == after.actions[0].what).collect();
    let said: Vec<[String; 3]> = of_first.iter().map(|row| [text(row, 4), text(row, 14), text(row, 17)]).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!((said[0][0].as_str(), said[0][2].as_str()), ("Executive", "no longer as it was agreed"));
    assert_ne!(said[0][1], "30 September 2027");
    assert_eq!((said[1][0].as_str(), said[1][1].as_str()), ("", "30 September 2027"));
    // What nobody agreed goes on with the new date.
    assert_eq!(rows.iter().filter(|row| text(row, 12) == after.actions[1].what).count(), 1);
    let lapsed = choices::resolve(&chosen(&new), &after).findings;
    assert_eq!(lapsed.iter().filter(|one| one.found.contains("changed after it was agreed")).count(), 1, "{lapsed:?}");
    let again = choices::earlier(&new);
    assert!(with_source(staged, &after, 15, |source| choices::offer_changes(source, &again)).is_none());
}
