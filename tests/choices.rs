//! The officer's choices: written, read at every report, and held against the answers.

use jtai_benchmark::analysis::Action;
use jtai_benchmark::choices::{self, Choices};
use jtai_benchmark::core::finding::{Code, Finding};
use jtai_benchmark::documents::annex;
use jtai_benchmark::documents::briefing::briefing;
use jtai_benchmark::documents::{Length, Picks, deck};
use jtai_benchmark::workbook::file::{read, scan};

use crate::deck_text::{Staged, text};
use crate::ooxml::text_parts;
use crate::project::{Project, fill, package, parts};

/// The sheets of the workbook as parts of the package, in its order.
pub const START: &str = "xl/worksheets/sheet1.xml";
pub const STRENGTHS: &str = "xl/worksheets/sheet2.xml";
pub const WORRIES: &str = "xl/worksheets/sheet3.xml";
pub const ACTIONS: &str = "xl/worksheets/sheet4.xml";
pub const DIFFERENCES: &str = "xl/worksheets/sheet5.xml";
pub const SLIDES: &str = "xl/worksheets/sheet6.xml";
pub const CONTEXT: &str = "xl/worksheets/sheet7.xml";
pub const FIGURES: &str = "xl/worksheets/sheet8.xml";
pub const CHILDREN: &str = "xl/worksheets/sheet9.xml";
pub const ADDED: &str = "xl/worksheets/sheet10.xml";

pub fn read(bytes: &[u8]) -> (Choices, Vec<Finding>) {
    let book = read::read(scan::kind(bytes).expect("a workbook"), bytes, &[]).expect("readable");
    let checked = choices::read(&book, [jiff::civil::date(2026, 11, 23), jiff::civil::date(2026, 12, 14)]);
    (checked.output, checked.findings)
}

pub fn fit(choices: &Choices, staged: &Staged) -> (Picks, Vec<Finding>) {
    let checked = choices::resolve(choices, &staged.analysis);
    (checked.output, checked.findings)
}

/// The demo's file with these cells filled in.
pub fn filled(project: &Project, cells: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut parts = parts(&project.read("demo/choices.xlsx"));
    for (sheet, cell, text) in cells {
        fill(&mut parts, sheet, cell, text);
    }
    package(&parts)
}

#[test]
fn an_untouched_file_chooses_nothing() {
    let (project, staged) = (Project::demo(), Staged::sample());
    let (choices, findings) = read(&project.read("demo/choices.xlsx"));
    assert_eq!(findings, []);
    assert_eq!(choices, Choices::default());
    assert_eq!(fit(&choices, &staged), (Picks::default(), Vec::new()));
    // The sheet that is signed is on one page with what is to be read first.
    let parts = parts(&project.read("demo/choices.xlsx"));
    let (_, first) = parts.iter().find(|(name, _)| name == START).expect("its sheet");
    let xml = String::from_utf8_lossy(first);
    assert!(xml.contains("fitToPage=\"1\"") && !xml.contains("fitToHeight"), "{xml}");
}

#[test]
fn what_is_chosen_stands_on_the_slides() {
    let (project, mut staged) = (Project::demo(), Staged::sample());
    let by_rule = text(&deck::deck(staged.made()));
    let bytes = filled(
        &project,
        &[
            (START, "B11", "Jo Fictional, Director"),
            (START, "B12", "12/12/2026"),
            (START, "B13", "test-3"),
            (STRENGTHS, "A6", "1"),
            (STRENGTHS, "C6", "Yes"),
            (WORRIES, "A5", "1"),
            (WORRIES, "B5", "We need to hear children sooner."),
            (DIFFERENCES, "A6", "1"),
            (SLIDES, "A8", "Yes"),
            (SLIDES, "B6", "Most of our ratings are Amber, and we know why"),
            (CONTEXT, "A4", "Known issue"),
            (CONTEXT, "B4", "Our data on notifications is two months old."),
            (CONTEXT, "A5", "Local context"),
            (CONTEXT, "B5", "One child in nine here lives with domestic abuse (survey of 2025)."),
            (ADDED, "A4", "What changed since the summer"),
            (ADDED, "B4", "A shared front door since June."),
            (ADDED, "C4", "picture"),
        ],
    );
    let (choices, findings) = read(&bytes);
    assert_eq!(findings, []);
    let (picks, findings) = fit(&choices, &staged);
    assert_eq!(findings, []);
    // The sample's one rating that is two is a finding that must be fixed, and an approval counts only without.
    staged.findings.clear();
    let strength = picks.strengths.as_ref().expect("chosen")[0].voice.words.clone();
    staged.picks = picks;
    // Whole quotations on what is working well are in the full presentation.
    staged.length = Length::Full;
    let deck = deck::deck(staged.made());
    let said = text(&deck);
    for part in [
        strength.as_str(),
        "We need to hear children sooner.",
        "in the partnership's words",
        "Most of our ratings are Amber, and we know why",
        "Known issues: Our data on notifications is two months old.",
        "One child in nine here lives with domestic abuse (survey of 2025).",
        "# What changed since the summer",
        "A shared front door since June.",
        "Chosen by the partnership.",
        "1 text is shown in other words",
    ] {
        assert!(said.contains(part) && !by_rule.contains(part), "{part}: {said}");
    }
    let sections: Vec<String> = deck.slides.iter().map(|slide| slide.key.to_string()).collect();
    let left_out = read_key(&project, 8);
    assert!(!sections.contains(&left_out), "{left_out} in {sections:?}");
    assert_eq!(sections[3..5], ["picture", "own-1"]);
    assert_eq!(deck.cover.draft, "");
    assert_eq!(deck.cover.approved, "Approved by Jo Fictional, Director on 12 December 2026");
    let annex = annex::annex(staged.made(), &deck);
    assert!(annex.reds.rows.iter().any(|row| row[3] == "We need to hear children sooner."), "{:?}", annex.reds);
}

/// The key of the slide in a row of the sheet of slides.
fn read_key(project: &Project, row: u32) -> String {
    let bytes = project.read("demo/choices.xlsx");
    let book = read::read(scan::kind(&bytes).expect("a workbook"), &bytes, &[]).expect("readable");
    book.sheets[5].value(row - 1, 3).expect("a key").text()
}

#[test]
fn an_approval_does_not_outlive_the_answers() {
    let mut staged = Staged::sample();
    staged.findings.clear();
    let draft = |staged: &Staged| deck::deck(staged.made()).cover.draft;
    assert_eq!(draft(&staged), "Draft until a named person approves it.");
    let approval = |run: &str| {
        let (by, on) = ("Jo Fictional".to_string(), jiff::civil::date(2026, 12, 9));
        let place = jtai_benchmark::core::finding::Place::file(jtai_benchmark::round::CHOICES_FILE);
        Some(jtai_benchmark::documents::Approval { by, on, runs: vec!["OTHR".into(), run.into()], place })
    };
    staged.picks.approval = approval("K7Q2");
    assert_eq!(draft(&staged), "Draft: the approved version has a different code, OTHR, K7Q2.");
    staged.picks.approval = approval("TEST");
    assert_eq!(draft(&staged), "");
    let place = jtai_benchmark::core::finding::Place::file("returns/a.xlsx");
    staged.findings.push(Finding::new(Code::RowMissing, place, "a row is gone", "", ""));
    assert_eq!(draft(&staged), "Draft: 1 finding must be fixed first.");
}

#[test]
fn what_cannot_be_read_or_fits_no_more_is_named_and_stays_in_the_file() {
    let project = Project::demo();
    let bytes = filled(
        &project,
        &[
            (START, "B11", "Jo Fictional, Director"),
            (STRENGTHS, "A4", "first"),
            (STRENGTHS, "B5", "Words without a number"),
            (STRENGTHS, "A7", "1"),
            (SLIDES, "A18", "Yes"),
            (SLIDES, "A6", "perhaps"),
            (CONTEXT, "B4", "A line without a kind"),
            (ADDED, "B4", "A text without a title"),
            (ADDED, "A5", "A title"),
            (ADDED, "C5", "the end"),
            (WORRIES, "A4", "1"),
            (WORRIES, "B4", &"Too long for any slide. ".repeat(90)),
            (DIFFERENCES, "A4", "1"),
        ],
    );
    project.write("demo/choices.xlsx", &bytes);
    // The return that the chosen words came from is taken away.
    let book = read::read(scan::kind(&bytes).expect("a workbook"), &bytes, &[]).expect("readable");
    let agency = book.sheets[1].value(6, 5).expect("its agency").text();
    let agencies = project.read("demo/report/data/agencies.csv");
    let row =
        crate::project::csv_rows(&agencies).into_iter().find(|row| row["agency_name"] == agency).expect("its row");
    std::fs::remove_file(project.path("demo").join(&row["source_file"])).expect("removed");
    let run = project.run(&["report", "demo"]);
    assert_eq!(run.code, 1);
    let said: Vec<&str> = run.out.lines().filter(|line| line.contains("choices.xlsx, sheet")).collect();
    insta::assert_snapshot!(said.join("\n"));
    assert!(project.read("demo/choices (before 14 December 2026).xlsx") == bytes);
    let again = project.run(&["report", "demo"]);
    let count = |out: &str| out.lines().filter(|line| line.contains("choices.xlsx, sheet")).count();
    assert_eq!(count(&again.out), said.len(), "{}", again.out);
}

/// What a command found, as it gives it to programs.
fn found_by(project: &Project, command: &str, code: &str) -> Vec<serde_json::Value> {
    let run = project.run(&[command, "demo", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = json["findings"].as_array().expect("a list").clone();
    findings.into_iter().filter(|finding| finding["code"] == code).collect()
}

#[test]
fn what_only_a_report_notices_is_settled_where_there_is_something_to_decide() {
    let project = Project::demo();
    let approval = [(START, "B11", "Jo Fictional, Director"), (START, "B12", "9/12/2026"), (START, "B13", "ABCD")];
    project.write("demo/choices.xlsx", &filled(&project, &approval));
    let settle = |reference: &str, decision: &str| {
        project.run(&["settle", reference, "demo", decision, "--by", "M Hill", "--why", "it stays a draft for now"])
    };
    let unfit = found_by(&project, "report", "choice-unfit");
    let reference = unfit[0]["reference"].as_str().expect("a reference").to_string();
    let explained = project.run(&["explain", &reference, "demo"]);
    assert!(explained.code == 0 && explained.out.contains("ABCD"), "{}{}", explained.out, explained.err);
    let refused = settle(&reference, "--set-aside");
    assert!(refused.code == 2 && refused.err.contains("use --accept"), "{}", refused.err);
    let settled = settle(&reference, "--accept");
    assert!(settled.code < 2 && settled.out.contains("accepted as it is"), "{}{}", settled.out, settled.err);
    assert_eq!(found_by(&project, "report", "choice-unfit")[0]["settled"]["by"], "M Hill");
    for (command, slides) in [("collect", "short"), ("report", "short"), ("report", "full")] {
        let slides: &[&str] = if command == "report" { &["--slides", slides] } else { &[] };
        let out = project.run(&[&[command, "demo"][..], slides].concat()).out;
        assert!(!out.contains("no longer applies"), "{command}: {out}");
    }
    // Once the approval is of something else, so is the decision.
    let mut package_parts = parts(&project.read("demo/choices.xlsx"));
    for (_, bytes) in &mut package_parts {
        let text = String::from_utf8_lossy(bytes).replace("ABCD", "EFGH");
        if text.contains("EFGH") {
            *bytes = text.into_bytes();
        }
    }
    project.write("demo/choices.xlsx", &package(&package_parts));
    assert_eq!(found_by(&project, "report", "decision-lapsed").len(), 1);
    assert!(found_by(&project, "report", "choice-unfit")[0]["settled"].is_null());
}

#[test]
fn of_a_file_that_was_written_it_is_said_what_to_do_and_nothing_is_decided() {
    let project = Project::demo();
    project.write("demo/report/deck.pptx", b"saved again by somebody");
    let changed = found_by(&project, "report", "output-changed");
    let reference = changed[0]["reference"].as_str().expect("a reference").to_string();
    let record = project.tree("demo/record");
    let refused = project.run(&["settle", &reference, "demo", "--accept", "--by", "M Hill", "--why", "x"]);
    assert_eq!(refused.code, 2);
    for part in ["deck.pptx", "run the command again; then it is gone, and there is nothing to decide"] {
        assert!(refused.err.contains(part), "{part}: {}", refused.err);
    }
    assert!(project.tree("demo/record") == record);
    let explained = project.run(&["explain", &reference, "demo"]);
    assert!(explained.err.contains("deck.pptx"), "{}{}", explained.out, explained.err);
    project.write("demo/~$choices.xlsx", b"lock");
    let open = found_by(&project, "report", "choice-unread");
    let reference = open[0]["reference"].as_str().expect("a reference").to_string();
    let refused = project.run(&["settle", &reference, "demo", "--accept", "--by", "M Hill", "--why", "x"]);
    assert!(refused.code == 2 && refused.err.contains("save and close it there"), "{}", refused.err);
}

#[test]
fn an_answer_chosen_twice_stands_once() {
    let staged = Staged::sample();
    let voice = &staged.analysis.strengths[0];
    let place = jtai_benchmark::core::finding::Place::cell("choices.xlsx", "Working well", "A4");
    let choice = choices::Choice {
        reference: voice.criterion.to_string(),
        agency: staged.analysis.numbers.agency(&voice.agency).expect("an agency").name.clone(),
        own_words: voice.words.clone(),
        wording: String::new(),
        is_on_slide: true,
        is_whole: false,
        own_line: None,
        is_checked: false,
        line_place: place.clone(),
        checked_place: place.clone(),
        reference_place: place.clone(),
        agency_place: place.clone(),
        place: place.clone(),
        words_place: place,
    };
    let mut twice = Choices { strengths: vec![choice.clone(), choice.clone()], ..Choices::default() };
    let (picks, findings) = fit(&twice, &staged);
    assert_eq!((picks.strengths.expect("chosen").len(), findings.len()), (1, 1));
    assert!(findings[0].found.contains("chosen twice"), "{}", findings[0]);
    // Words that changed since stand nowhere until somebody looked at them.
    twice.strengths.truncate(1);
    twice.strengths[0].own_words = "what it wrote before".into();
    let (picks, findings) = fit(&twice, &staged);
    assert_eq!(picks.strengths, None, "the rule picks");
    assert!(
        findings[0].found.contains("changed after they were chosen, so they are not on the slide"),
        "{}",
        findings[0]
    );
    // A slip in what a row names is no answer that changed.
    twice.strengths[0].reference = twice.strengths[0].reference.replace('1', "l");
    let (_, findings) = fit(&twice, &staged);
    let said = findings[0].to_string();
    assert!(said.contains("is not a Ref of this round") && said.contains("did you mean DA24-"), "{said}");
    twice.strengths[0].reference.clear();
    let (_, findings) = fit(&twice, &staged);
    assert!(findings[0].found.contains("the Ref of this row is gone"), "{}", findings[0]);
}

#[test]
fn an_answer_or_a_choice_that_changes_after_the_approval_makes_it_a_draft_again() {
    let project = Project::demo();
    // The one with a finding that must be fixed.
    std::fs::remove_file(project.path("demo/returns/Schools forum return.xlsx")).expect("removed");
    let run = || {
        let said = project.run(&["explain", "police", "demo", "--json"]).out;
        serde_json::from_str::<serde_json::Value>(&said).expect("JSON")["run"].as_str().expect("a code").to_string()
    };
    let approve = |on: &str, run: &str, more: &[(&str, &str, &str)]| {
        let approval = [(START, "B11", "Jo Fictional"), (START, "B12", on), (START, "B13", run)];
        project.write("demo/choices.xlsx", &filled(&Project::demo(), &[&approval, more].concat()));
    };
    let is_draft = || {
        let run = project.run(&["report", "demo"]);
        assert!(run.code < 2, "{}", run.err);
        let parts = text_parts(&project.read("demo/report/deck.pptx"));
        let (_, first) = parts.iter().find(|(name, _)| name == "ppt/slides/slide1.xml").expect("the first slide");
        (first.contains("DRAFT"), run.out)
    };
    let seen = run();
    approve("31/12/2026", &seen, &[]);
    let (draft, said) = is_draft();
    assert!(draft && said.contains("31 December 2026 is still to come, so the presentation is not approved"), "{said}");
    approve("1/1/2026", &seen, &[]);
    let (draft, said) = is_draft();
    assert!(
        draft
            && said.contains(
                "1 January 2026 is before the workbooks were issued on 23 November 2026, so the presentation is not"
            ),
        "{said}"
    );
    approve("14/12/2026", "K7Q2", &[]);
    let (draft, said) = is_draft();
    assert!(
        draft && said.contains("cell B13: \"K7Q2\" is not the code of this presentation, so it is a draft"),
        "{said}"
    );
    assert!(
        said.contains(&format!("expected {seen}")) && said.contains("draft: the approved version has a different"),
        "{said}"
    );
    project.write("demo/~$choices.xlsx", b"lock");
    approve("14/12/2026", &format!("{seen}-2\nK7Q2"), &[]);
    let (draft, said) = is_draft();
    assert!(!draft && said.contains(&format!("{seen}, approved by Jo Fictional on 14 December 2026")), "{said}");
    assert!(said.contains("choices.xlsx: this file is open in a program"), "{said}");
    std::fs::remove_file(project.path("demo/~$choices.xlsx")).expect("removed");
    approve("14/12/2026", &seen, &[(ADDED, "A4", "Ours"), (ADDED, "B4", "A line."), (ADDED, "C4", "area-1")]);
    is_draft();
    let findings = String::from_utf8(project.read("demo/report/data/findings.csv")).expect("UTF-8");
    assert!(findings.contains("is not in this presentation, so your slide comes before the method"));
    approve("14/12/2026", &seen, &[]);
    assert!(!is_draft().0, "approved");
    approve("14/12/2026", &seen, &[(STRENGTHS, "A4", "1")]);
    assert!(is_draft().0, "another choice");
    approve("14/12/2026", &seen, &[]);
    std::fs::remove_file(project.path("demo/returns/youth-justice self-assessment.xlsx")).expect("removed");
    assert!(is_draft().0, "an answer is gone");
    approve("14/12/2026", &run(), &[]);
    assert!(!is_draft().0, "approved again");
}

#[test]
fn what_jtai_writes_into_the_file_is_never_taken_for_a_childs() {
    let project = Project::empty();
    let agencies = b"id,name,group,contact,email\nc,Exampleshire Constabulary,POL,,\ns,Samplehaven College,EDU,,\n";
    let pack = "format = 1\ntitle = \"T\"\nstatus = \"own\"\nchecked_by = \"A\"\nchecked_on = 2026-11-20\ncompleteness = \"Whole.\"\n\
                groups_in_scope = [\"POL\"]\n[framework]\ntitle = \"F\"\npublisher = \"P\"\n[[area]]\nid = \"1\"\ntitle = \"A\"\n\
                [[area.criterion]]\nid = \"LT24-1.10\"\nbasis = \"S\"\ngroups = [\"ALL\"]\nsource = \"s\"\ntext = \"Agencies act.\"\n";
    project.write("themes/lt24.toml", pack.as_bytes());
    assert!(project.new_round("lt24", agencies).code < 2);
    assert!(project.run(&["issue", "r"]).code < 2);
    for agency in ["c", "s"] {
        let mut sent = parts(&project.read(&format!("r/issued/{agency} self-assessment.xlsx")));
        fill(&mut sent, "xl/worksheets/sheet2.xml", "D4", "Amber");
        fill(&mut sent, "xl/worksheets/sheet2.xml", "F4", "We wait too long.");
        project.write(&format!("r/returns/{agency}.xlsx"), &package(&sent));
    }
    assert!(project.run(&["report", "r"]).code < 2);
    let again = project.run(&["report", "r"]);
    assert!(again.code < 2 && !again.out.contains("choices.xlsx, sheet"), "{}", again.out);
}

#[test]
fn a_file_that_cannot_be_read_stops_the_report() {
    let project = Project::demo();
    project.write("demo/choices.xlsx", b"no workbook");
    let before = project.tree("demo/report");
    let run = project.run(&["report", "demo"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("choices.xlsx") && run.err.contains("jtai chooses by its rule again"), "{}", run.err);
    assert_eq!(project.tree("demo/report"), before);
}

/// The row, as people count it, of the action on the sheet of actions, and of the first empty row under all.
fn rows_of_actions(staged: &Staged, is_it: impl Fn(&Action) -> bool) -> (usize, usize) {
    let actions = &staged.analysis.actions;
    (actions.iter().position(is_it).expect("an action") + 4, actions.len() + 4)
}

#[test]
fn actions_are_chosen_agreed_and_added_and_said_to_be_what_they_are() {
    let (project, mut staged) = (Project::demo(), Staged::sample());
    let (named, own) = rows_of_actions(&staged, |action| action.names_another);
    let (first, other) = (staged.analysis.actions[0].clone(), staged.analysis.actions[2].clone());
    let cell = |column: &str, row: usize| format!("{column}{row}");
    let cells = [
        (cell("A", 4), "2"),
        (cell("B", 4), "One chronology from day one"),
        (cell("C", 4), "Principal social worker"),
        (cell("D", 4), "28/5/2027"),
        (cell("E", 4), "Safeguarding executive"),
        (cell("F", 4), "3/12/2026"),
        // Agreed, and left to the rule.
        (cell("E", 6), "Safeguarding executive"),
        (cell("F", 6), "10 December 2026"),
        (cell("A", named), "3"),
        (cell("G", named), "Yes"),
        (cell("A", own), "1"),
        (cell("B", own), "One inbox for invitations to strategy meetings"),
        (cell("C", own), "Business manager"),
    ];
    let cells: Vec<(&str, &str, &str)> = cells.iter().map(|(cell, text)| (ACTIONS, cell.as_str(), *text)).collect();
    let (choices, findings) = read(&filled(&project, &cells));
    assert_eq!(findings, []);
    let (picks, findings) = fit(&choices, &staged);
    assert_eq!(findings, []);
    assert_eq!(picks.agreed.iter().map(|(action, _)| action.clone()).collect::<Vec<_>>(), [other]);
    staged.picks = picks;
    let shown = text(&deck::deck(staged.made()));
    for part in [
        "One chronology from day one | Principal social worker, ",
        " | 28 May 2027 | Safeguarding executive, 3 Dec 2026",
        "One inbox for invitations to strategy meetings (the partnership's own) | Business manager | no date yet | ",
        "Chosen by the partnership: 1 in its words and 1 its own, which no agency wrote.",
        &format!("# 2 of {} actions are agreed by the partnership", staged.analysis.actions.len() + 1),
        "The partnership chose what needs to happen. The rest was picked by a rule",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let plan = shown.split("## What needs to happen").nth(1).expect("the page").split("##").next().expect("it");
    let rows: Vec<&str> = plan.lines().filter(|line| line.contains(" | ")).collect();
    assert_eq!(rows.len(), 3, "{plan}");
    assert!(
        rows[0].contains("One inbox") && rows[1].contains("One chronology"),
        "in the order of their numbers: {plan}"
    );
    let deck = deck::deck(staged.made());
    let briefing = briefing(staged.made(), &deck, None);
    let page = briefing.pages.iter().find(|page| page.title.ends_with("What needs to happen")).expect("its page");
    let said = page.evidence.join("\n");
    for part in [
        format!("{} (", first.criterion),
        "; agreed by Safeguarding executive on 3 December 2026 [choices.xlsx, sheet Actions, cell E4]".into(),
        format!("“One inbox for invitations to strategy meetings”: choices.xlsx, sheet Actions, cell A{own}"),
    ] {
        assert!(said.contains(&part), "{part}: {said}");
    }
}

/// What is said of choices with these cells, where each is and what was found.
fn said_of(cells: &[(&str, &str, &str)], staged: &Staged) -> Vec<(String, String)> {
    let (choices, unread) = read(&filled(&Project::demo(), cells));
    let (_, unfit) = fit(&choices, staged);
    let said = unread.into_iter().chain(unfit);
    said.map(|finding| {
        (finding.place.cell_name(), format!("{}; {}; {}", finding.found, finding.expected, finding.remedy))
    })
    .collect()
}

#[test]
fn every_fault_of_actions_figures_and_childrens_lines_is_named_at_its_cell() {
    let staged = Staged::sample();
    let (named, own) = rows_of_actions(&staged, |action| action.names_another);
    let cell = |column: &str, row: usize| format!("{column}{row}");
    let long = "It takes far more words than the slide has room for. ".repeat(9);
    let more = (0..7).flat_map(|at| {
        let texts = [("A", (at + 2).to_string()), ("B", "Do it".to_string()), ("C", "Lead".to_string())];
        texts.map(|(column, text)| (ACTIONS, cell(column, 12 + at), text))
    });
    /// Cells with their texts, the place of the fault, what is said.
    type Fault = (Vec<(&'static str, String, String)>, String, &'static str);
    let faults: Vec<Fault> = vec![
        (vec![(ACTIONS, cell("E", 5), "Executive".into())], cell("F", 5), "when it was agreed"),
        (vec![(ACTIONS, cell("F", 5), "3/12/2026".into())], cell("E", 5), "who agreed it"),
        (
            vec![(ACTIONS, cell("E", 5), "Executive".into()), (ACTIONS, cell("F", 5), "20/12/2026".into())],
            cell("F", 5),
            "20 December 2026 is still to come, so the action is not agreed",
        ),
        (
            vec![(ACTIONS, cell("E", 5), "Executive".into()), (ACTIONS, cell("F", 5), "soon".into())],
            cell("F", 5),
            "\"soon\" cannot be understood here; a date",
        ),
        (
            vec![(ACTIONS, cell("A", 5), "1".into()), (ACTIONS, cell("D", 5), "spring".into())],
            cell("D", 5),
            "\"spring\" cannot be understood here; a date",
        ),
        (
            vec![(ACTIONS, cell("C", 5), "Head of service".into())],
            cell("C", 5),
            "who leads for the slide but no number, so it is not on the slide",
        ),
        (
            vec![(ACTIONS, cell("C", 5), "Head of service".into()), (ACTIONS, cell("D", 5), "28/5/2027".into())],
            cell("C", 5),
            "who leads and a date for the slide but no number, so they are not on the slide",
        ),
        (vec![(ACTIONS, cell("A", own), "1".into())], cell("B", own), "what needs to happen, in a few words"),
        (
            vec![(ACTIONS, cell("A", own), "1".into()), (ACTIONS, cell("B", own), long.clone())],
            cell("A", own),
            "is too long for the slide, so it is not on it",
        ),
        (vec![(ACTIONS, cell("A", named), "1".into())], cell("G", named), "names a different agency"),
        (vec![(ACTIONS, cell("G", 5), "asked".into())], cell("G", 5), "Yes, or an empty cell"),
        (more.collect(), cell("A", 18), "room for 6 actions"),
        (vec![(FIGURES, cell("A", 4), "1 in 9".into())], cell("B", 4), "what the figure is"),
        (
            ["1 in 9", "children", "", "March 2026"]
                .into_iter()
                .zip(["A", "B", "C", "D"])
                .filter(|(text, _)| !text.is_empty())
                .map(|(text, column)| (FIGURES, cell(column, 4), text.to_string()))
                .collect(),
            cell("C", 4),
            "where the figure comes from",
        ),
        (
            [long.as_str(), "children", "Police", "March 2026"]
                .into_iter()
                .zip(["A", "B", "C", "D"])
                .map(|(text, column)| (FIGURES, cell(column, 4), text.to_string()))
                .collect(),
            cell("A", 4),
            "is too long for the slide",
        ),
        (vec![(CHILDREN, cell("A", 4), "We wait too long".into())], cell("B", 4), "where the line comes from"),
        (
            vec![(CHILDREN, cell("A", 4), long.repeat(4)), (CHILDREN, cell("B", 4), "A survey of 2026".into())],
            cell("A", 4),
            "is too long for the slide",
        ),
    ];
    for (cells, at, expected) in faults {
        let cells: Vec<(&str, &str, &str)> =
            cells.iter().map(|(sheet, cell, text)| (*sheet, cell.as_str(), text.as_str())).collect();
        let said = said_of(&cells, &staged);
        assert!(said.iter().any(|(cell, found)| *cell == at && found.contains(expected)), "{at} {expected}: {said:?}");
    }
    // A fifth figure has no room.
    let texts = [("A4", "1 in 9"), ("B4", "children"), ("C4", "Police"), ("D4", "March 2026")];
    let cells: Vec<(&str, &str, &str)> = texts.iter().map(|(cell, text)| (FIGURES, *cell, *text)).collect();
    let (mut choices, _) = read(&filled(&Project::demo(), &cells));
    choices.figures = vec![choices.figures[0].clone(); 5];
    let (picks, findings) = fit(&choices, &staged);
    assert_eq!((picks.figures.len(), findings.len()), (4, 1));
    assert_eq!(findings[0].expected, "four figures at most");
}

#[test]
fn a_text_that_names_another_agency_is_picked_only_with_yes() {
    let (project, staged) = (Project::demo(), Staged::sample());
    let at = staged.analysis.worries.iter().position(|voice| voice.needs_check()).expect("such a worry");
    let (order, checked) = (format!("A{}", at + 4), format!("C{}", at + 4));
    let said = said_of(&[(WORRIES, &order, "1")], &staged);
    assert!(
        said.len() == 1 && said[0].0 == checked && said[0].1.contains("check it with them, then write Yes here"),
        "{said:?}"
    );
    let (choices, findings) = read(&filled(&project, &[(WORRIES, &order, "1"), (WORRIES, &checked, "yes")]));
    assert_eq!(findings, []);
    let (picks, findings) = fit(&choices, &staged);
    assert_eq!((picks.worries.expect("picked").len(), findings), (1, Vec::new()));
    // Yes alone leaves the choice to the rule.
    let (choices, findings) = read(&filled(&project, &[(WORRIES, &checked, "Yes")]));
    assert_eq!(findings, []);
    let (picks, findings) = fit(&choices, &staged);
    assert_eq!((picks.worries, picks.checked.len(), findings), (None, 1, Vec::new()));
}

#[test]
fn what_the_officer_wrote_is_explained_by_its_cell() {
    let project = Project::demo();
    let staged = Staged::sample();
    let (_, own) = rows_of_actions(&staged, |_| true);
    let (order, wording) = (format!("A{own}"), format!("B{own}"));
    let figure = [("A4", "1 in 9"), ("B4", "children live with it"), ("C4", "Survey"), ("D4", "2025")];
    let mut cells = vec![(ACTIONS, order.as_str(), "1"), (ACTIONS, wording.as_str(), "One inbox for invitations")];
    cells.extend(figure.map(|(cell, text)| (FIGURES, cell, text)));
    cells.extend([(CHILDREN, "A4", "I had to begin again each time"), (CHILDREN, "B4", "Advocates, 2026")]);
    project.write("demo/choices.xlsx", &filled(&project, &cells));
    let run = project.run(&["report", "demo"]);
    assert!(run.code < 2 && !run.out.contains("choices.xlsx, sheet"), "{}{}", run.out, run.err);
    let said = project.run(&["explain", "police", "demo", "--json"]).out;
    let code =
        serde_json::from_str::<serde_json::Value>(&said).expect("JSON")["run"].as_str().expect("a code").to_string();
    let pages: Vec<String> =
        (1..=9).map(|page| project.run(&["explain", &format!("{code}-{page}"), "demo"]).out).collect();
    for part in ["sheet Figures, cell A4", &format!("sheet Actions, cell A{own}"), "sheet Children told us, cell A4"] {
        assert!(pages.iter().any(|page| page.contains(part)), "{part}: {pages:#?}");
    }
    let actions = String::from_utf8(project.read("demo/report/data/actions.csv")).expect("UTF-8");
    let last = actions.lines().last().expect("rows");
    for part in ["\"partnership/1\"", "One inbox for invitations", "\"partnership\",1,"] {
        assert!(last.contains(part), "{part}: {last}");
    }
}
