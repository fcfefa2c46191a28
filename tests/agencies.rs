//! The list of agencies through the real binary: written once, read at every command, and what changed is said.

use std::fs;

use crate::ooxml::text_parts;
use crate::project::{Project, Run, csv_rows};

const ISSUED: &str = "2026-11-24";

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.trim().split('|').map(str::to_string).collect()).collect()
}

fn has_all(run: &Run, parts: &[&str]) {
    for part in parts {
        assert!(run.out.contains(part), "{part}\n{}{}", run.out, run.err);
    }
}

fn lacks(run: &Run, part: &str) {
    assert!(!run.out.contains(part), "{part}\n{}", run.out);
}

fn text(project: &Project, file: &str) -> String {
    String::from_utf8(project.read(file)).expect("UTF-8")
}

fn draft(project: &Project, file: &str) -> String {
    // Soft line breaks of quoted-printable.
    text(project, file).replace("=\r\n", "").replace("\r\n", "\n")
}

#[test]
fn a_new_round_without_a_list_has_an_empty_one_to_fill_in() {
    let project = Project::empty();
    let new = ["round", "new", "r", "--theme", "domestic-abuse-2024", "--partnership", "P", "--deadline", "2026-12-18"];
    let run = project.run(&new);
    has_all(&run, &["no agencies, returns due", "Next: list the agencies in r/agencies.xlsx"]);
    lacks(&run, "no agency is asked");
    let parts = text_parts(&project.read("r/agencies.xlsx"));
    let all: String = parts.iter().map(|(_, text)| text.as_str()).collect();
    for offered in ["POL: police,HLT: health", "declined,extended", "hospital.safeguarding@nhs.example"] {
        assert!(all.contains(offered), "{offered}");
    }
    let sheet = &parts.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("the list").1;
    assert!(sheet.contains("showErrorMessage=\"1\"") && sheet.contains("sqref=\"D4:D33\""), "{sheet:.3000}");
    let run = project.run(&["issue", "r"]);
    assert!(
        run.code == 2 && run.err.contains("agencies.xlsx, sheet Agencies: the list has headers but no agency"),
        "{}",
        run.err
    );
    assert!(!project.path("r/issued").exists());
}

#[test]
fn a_list_that_is_in_the_folder_already_is_used_and_left_as_it_is() {
    let project = Project::empty();
    project.write_list("r", &rows("Organisation|Type|Contact|Email\nPolice|POL||"));
    project.write("other.csv", b"name,group,contact,email\nSchools,EDU,,\n");
    let own = project.read("r/agencies.xlsx");
    let refused = project.new_round_from("other.csv");
    assert!(
        refused.code == 2 && refused.err.contains("there is a list of agencies in this folder already"),
        "{}",
        refused.err
    );
    let run = project.new_round_from("r/agencies.xlsx");
    has_all(&run, &["A round for P: 1 agency"]);
    assert!(project.read("r/agencies.xlsx") == own);
}

#[test]
fn the_list_is_as_the_round_was_made_and_says_the_same_when_it_is_read_again() {
    let project = Project::issued();
    let first = project.list("round");
    assert_eq!(first[0][..6], ["ID", "Agency", "Short name", "Group", "Contact", "E-mail"]);
    assert_eq!(first[3][..4], ["police", "Exampleshire Police", "", "POL: police"]);
    assert!(!text(&project, "round/round.toml").contains("[[agency]]"));
    let run = project.run(&["issue", "round"]);
    has_all(&run, &["12 unchanged"]);
    lacks(&run, "agencies.xlsx, sheet");
}

#[test]
fn a_list_is_read_as_people_write_it() {
    let project = Project::issued();
    project.write_list(
        "round",
        &rows(
            "Our partners, as at November||||
             Telephone|Contact email|Organisation|Type|Lead|Extended to|Reference
             01234 567 890|a@nhs.example|Sample  Trust|NHS|A Person|18 December 2026|
             |b@police.example|Police: North & South|Police|B Person||
             |c@pcc.example|Community|voluntary sector|C Person||x",
        ),
    );
    let run = project.run_on(ISSUED, &["issue", "round"]);
    has_all(
        &run,
        &[
            "3 new workbooks",
            "agencies.xlsx, sheet Agencies, cell A2: the column \"Telephone\" is not read",
            "agencies.xlsx, sheet Agencies, cell G2: the column \"Reference\" is not read",
        ],
    );
    for file in ["sample-trust", "police-north-south", "community"] {
        assert!(project.path(&format!("round/issued/{file} self-assessment.xlsx")).exists(), "{file}");
    }
    let message = draft(&project, "round/issued/sample-trust self-assessment.eml");
    assert!(message.contains("<a@nhs.example>") && message.contains("org by 18 December 2026"), "{message}");
}

/// Windows keeps such names for devices: neither a file nor a folder can be called so.
#[test]
fn an_agency_called_like_a_device_gets_an_id_that_a_file_can_have() {
    let project = Project::issued();
    project.write_list("round", &rows("ID|Agency|Group|Contact|E-mail\n|Con|EDU||\n|COM1|EDU||\n|Nul.|EDU||"));
    has_all(&project.run_on(ISSUED, &["issue", "round"]), &["3 new workbooks"]);
    for id in ["con-2", "com1-2", "nul-2"] {
        assert!(project.path(&format!("round/issued/{id} self-assessment.xlsx")).exists(), "{id}");
    }
}

#[test]
fn every_fault_names_its_cell_and_stops_the_command() {
    let project = Project::issued();
    let before = project.tree("round");
    for (list, said) in [
        ("ID|Agency|Group|Contact|E-mail\na|A|Fire||", "cell C2: \"Fire\" is not a group; expected one of LA: council"),
        ("ID|Agency|Group|Contact|E-mail\na|A|||", "cell C2: the agency has no group"),
        ("ID|Agency|Group|Contact|E-mail\n||POL||", "cell B2: the agency has no name"),
        ("ID|Agency|Group|Contact|E-mail\n|!!|POL||", "cell A2: no id can be made from the name \"!!\""),
        ("ID|Agency|Group|Contact|E-mail\nA b|A|POL||", "cell A2: \"A b\" is not a valid agency id"),
        (
            "ID|Agency|Group|Contact|E-mail\na|A|POL||\na|B|LA||",
            "cell A3: the agency id \"a\" is used a second time; first at agencies.xlsx, sheet Agencies, cell A2",
        ),
        (
            "ID|Agency|Group|Contact|E-mail\n|A|POL||\n|a|POL||",
            "cell A3: \"a\" is in the list more than once, and this row has no id",
        ),
        ("ID|Agency|Group|Contact|E-mail|Due\na|A|POL|||soon", "cell F2: \"soon\" is not a date"),
        ("ID|Agency|Group|Contact|E-mail|Status\na|A|POL|||left", "cell F2: \"left\" is not a status"),
        ("ID|Agency|Group|Contact|E-mail|\na|A|POL|||more", "cell F2: \"more\" has no header above it"),
        (
            "ID|Agency|Groop|Contact|E-mail\na|A|POL||",
            "cell C1: \"Groop\" is not a column of an agency list; did you mean \"Group\"?",
        ),
        ("ID|Agency|Group|Contact|Lead\na|A|POL||", "cell E1: \"Lead\" has the same meaning as an earlier column"),
        ("ID|Agency|Contact|E-mail\na|A||", "the list has no column \"Group\""),
        ("Who\na", "no row has the headers of a list"),
    ] {
        project.write_list("round", &rows(list));
        for command in ["issue", "status"] {
            let run = project.run(&[command, "round"]);
            assert!(run.code == 2 && run.err.contains(said), "{said}: {}{}", run.out, run.err);
            assert!(run.err.contains("agencies.xlsx"), "{}", run.err);
        }
    }
    project.write("round/agencies.xlsx", b"no workbook");
    assert_eq!(project.run(&["collect", "round"]).code, 2);
    project.write("round/agencies.xlsx", &before["agencies.xlsx"]);
    assert!(project.tree("round") == before, "a command that was stopped wrote something");
}

#[test]
fn what_changed_is_said_until_a_command_that_writes_has_read_it() {
    let project = Project::issued();
    let mut list = project.list("round");
    list.retain(|row| row[0] != "probation");
    list.push(rows("fire|Exampleshire Fire Service||VCS|F|f@fire.example").remove(0));
    project.write_list("round", &list);
    project
        .set_agency("round", "police", "Contact", "Jo New")
        .set_agency("round", "schools", "Own due date", "2026-12-18")
        .set_agency("round", "acute-trust", "Own due date", "2026-12-01")
        .set_agency("round", "care-board", "Agency", "Exampleshire ICB")
        .set_agency("round", "early-help", "Group", "EDU");
    let changes = [
        "Exampleshire Fire Service is new in the list",
        "Probation Service, Exampleshire delivery unit is no longer in the list",
        "Exampleshire Police has a new contact or e-mail address",
        "Exampleshire Schools and Early Years Forum was due on the round's deadline and is due on 18 December 2026",
        "Exampleshire Integrated Care Board is now called Exampleshire ICB",
        "the group of Exampleshire Council early help and family hubs was LA and is EDU",
        "the due date of Exampleshire Hospitals NHS Trust, 1 December 2026, is in the past",
    ];
    let before = project.tree("round");
    has_all(&project.run(&["status", "round"]), &changes);
    assert!(before == project.tree("round"), "a command that only reads records nothing");
    let run = project.run(&["collect", "round"]);
    has_all(&run, &changes);
    assert!(
        run.out.contains("agencies.xlsx, sheet Agencies, cell E4: Exampleshire Police has a new contact"),
        "{}",
        run.out
    );
    let again = project.run(&["collect", "round"]);
    changes.iter().for_each(|change| lacks(&again, change));
    // A print is on record, and no contact.
    let record: String =
        project.tree("round/record").values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(record.contains("[[listed]]") && !record.contains("Jo New") && !record.contains("@"), "{record:.2000}");
    list.retain(|row| row[0] != "fire");
    list.push(rows("probation|Probation Service||PRB||p@x.example").remove(0));
    project.write_list("round", &list);
    has_all(
        &project.run(&["collect", "round"]),
        &["Probation Service is back in the list", "Fire Service is no longer in the list"],
    );
}

#[test]
fn an_id_is_made_once_and_the_agency_is_known_again_by_its_name_then_its_address() {
    let project = Project::issued();
    let list = |name: &str, email: &str, id: &str| {
        rows(&format!("ID|Agency|Group|Contact|E-mail\n{id}|{name}|POL|A|{email}\nschools|Schools|EDU||"))
    };
    project.write_list("round", &list("North Police", "n@police.example", ""));
    assert_eq!(project.run_on(ISSUED, &["issue", "round"]).code, 1);
    let workbook = "round/issued/north-police self-assessment.xlsx";
    assert!(project.path(workbook).exists());
    project.write_list("round", &list("North Police", "new@police.example", ""));
    lacks(&project.run(&["issue", "round"]), "1 new workbook");
    // Another name, at the address that is on record: taken for the same agency, and said.
    project.write_list("round", &list("North Constabulary", "new@police.example", ""));
    let run = project.run(&["issue", "round"]);
    has_all(
        &run,
        &["North Constabulary has the e-mail address of the agency north-police, so it is taken to be that agency"],
    );
    lacks(&run, "1 new workbook");
    // A workbook is out under its id, which stays.
    project.write_list("round", &list("North Constabulary", "new@police.example", "constabulary"));
    let run = project.run(&["issue", "round"]);
    has_all(
        &run,
        &["cell A2: the workbooks of North Constabulary have the id north-police, so \"constabulary\" is not used"],
    );
    assert!(
        project.path(workbook).exists() && !project.path("round/issued/constabulary self-assessment.xlsx").exists()
    );
    // Neither name nor address: another agency.
    project.write_list("round", &list("South Police", "s@police.example", ""));
    has_all(&project.run(&["issue", "round"]), &["1 new workbook", "North Constabulary is no longer in the list"]);
}

#[test]
fn an_agency_that_is_gone_and_had_returned_is_asked_about_while_its_return_is_there() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", include_bytes!("../samples/returns-faulty/not signed.xlsx"));
    project.run(&["collect", "round"]);
    let list = project.list("round");
    let without: Vec<Vec<String>> = list.iter().filter(|row| row[0] != "police").cloned().collect();
    project.write_list("round", &without);
    let asked = "Exampleshire Police is no longer in the list, so the workbook that it returned does not count";
    for command in ["collect", "issue", "collect"] {
        has_all(&project.run(&[command, "round"]), &[asked]);
    }
    fs::remove_file(project.path("round/returns/police.xlsx")).expect("removed");
    lacks(&project.run(&["collect", "round"]), asked);
    project.write_list("round", &list);
    lacks(&project.run(&["collect", "round"]), asked);
}

#[test]
fn two_officers_who_read_two_lists_are_told_nothing_that_did_not_change() {
    let project = Project::issued();
    let list = project.list("round");
    let first = project.tree("round/record");
    project.set_agency("round", "police", "Contact", "One");
    project.run(&["collect", "round"]);
    let one = project.tree("round/record");
    for (name, _) in one.iter().filter(|(name, _)| !first.contains_key(*name)) {
        fs::remove_file(project.path(&format!("round/record/{name}"))).expect("removed");
    }
    project.write_list("round", &list).set_agency("round", "police", "Contact", "Two");
    project.run(&["collect", "round"]);
    for (name, bytes) in &one {
        project.write(&format!("round/record/{name}"), bytes);
    }
    for contact in ["One", "Two"] {
        project.set_agency("round", "police", "Contact", contact);
        lacks(&project.run(&["collect", "round"]), "has a new contact");
    }
    project.set_agency("round", "police", "Contact", "Three");
    has_all(&project.run(&["collect", "round"]), &["Exampleshire Police has a new contact"]);
    lacks(&project.run(&["collect", "round"]), "has a new contact");
}

#[test]
fn entries_in_round_toml_beside_the_list_are_asked_about_and_left() {
    let project = Project::issued();
    let entry = "\n[[agency]]\nid = \"fire\"\nname = \"Fire\"\ngroup = \"VCS\"\n";
    let settings = text(&project, "round/round.toml");
    project.write("round/round.toml", (settings.clone() + entry).as_bytes());
    for _ in 0..2 {
        has_all(
            &project.run(&["collect", "round"]),
            &["the entry [[agency]] of \"fire\" is not read; expected agencies in agencies.xlsx"],
        );
    }
    // One that the list has was left by a command that was stopped: it goes, and nobody is asked.
    let police = "\n[[agency]]\nid = \"police\"\nname = \"Exampleshire Police\"\ngroup = \"POL\"\ncontact = \"Robin Sample\"\n\
                  email = \"public.protection@police.example\"\n";
    project.write("round/round.toml", (settings.clone() + police).as_bytes());
    lacks(&project.run(&["collect", "round"]), "is not read");
    assert_eq!(text(&project, "round/round.toml").trim_end(), settings.trim_end());
}

#[test]
fn a_round_that_lists_its_agencies_in_round_toml_is_read_as_it_is_and_poured_once() {
    let project = Project::issued();
    fs::remove_file(project.path("round/agencies.xlsx")).expect("removed");
    let settings = text(&project, "round/round.toml");
    let entries = "\n# our first\n[[agency]]\nid = \"police\" # as ever\nname = \"Police\"\ngroup = \"POL\"\ndue = 2026-12-18\nsent_on = 2026-11-25\n";
    project.write("round/round.toml", (settings.clone() + entries).as_bytes());
    let before = project.tree("round");
    has_all(&project.run(&["status", "round"]), &["Police", "18 December 2026 (its own date)"]);
    assert!(before == project.tree("round"), "a command that only reads pours nothing");
    has_all(&project.run(&["issue", "round"]), &["The agencies of this round are now in agencies.xlsx"]);
    let list = project.list("round");
    assert_eq!(list[1][..4], ["police", "Police", "", "POL: police"]);
    assert!(list[1].contains(&"2026-12-18".to_string()) && !list[1].contains(&"2026-11-25".to_string()), "{list:?}");
    assert_eq!(csv_rows(&project.read("round/issued/index.csv"))[0]["sent_on"], "2026-11-25", "the record has it");
    let after = text(&project, "round/round.toml");
    assert_eq!(after, settings + "\n# our first\n# as ever\n");
    lacks(&project.run(&["issue", "round"]), "are now in agencies.xlsx");
}

#[test]
fn a_list_that_is_open_in_a_program_is_named() {
    let project = Project::issued();
    project.write("round/~$agencies.xlsx", b"lock");
    for command in ["issue", "collect"] {
        let run = project.run(&[command, "round"]);
        has_all(
            &run,
            &["agencies.xlsx: this file is open in a program: changes that are not saved there are not read"],
        );
        assert!(run.out.contains("delete ~$agencies.xlsx"), "{}", run.out);
    }
}

/// A round whose workbooks to the police and the schools were sent.
fn sent() -> Project {
    let project = Project::issued();
    project.note_sent("police", "2026-11-24").note_sent("schools", "2026-11-24");
    project.run_on(ISSUED, &["issue", "round"]);
    project
}

const POLICE_CHANGE: &str = "round/issued/police change.eml";
const SCHOOLS_CHANGE: &str = "round/issued/schools change.eml";

#[test]
fn a_new_date_is_a_message_without_a_workbook_to_those_who_have_not_returned() {
    let project = sent();
    assert!(!project.path(POLICE_CHANGE).exists());
    let workbook = project.read("round/issued/schools self-assessment.xlsx");
    // One with nothing filled in is not a return.
    project.write("round/returns/empty.xlsx", &workbook);
    project.write("round/returns/police.xlsx", include_bytes!("../samples/returns-faulty/not signed.xlsx"));
    project.run(&["collect", "round"]);
    project.edit("round/round.toml", "deadline = 2026-12-11", "deadline = \"2026-12-18\"");
    let run = project.run(&["issue", "round"]);
    has_all(
        &run,
        &[
            "Also send 1 message without a workbook",
            "send the message schools change.eml, and note it with `jtai sent schools --what change`; no new workbook",
        ],
    );
    let message = draft(&project, SCHOOLS_CHANGE);
    for part in [
        "is now due on 18 December 2026. The workbook still says 11 December 2026",
        "we sent on 24 November 2026 (return code",
        "<forum@schools.example>",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
    assert!(!message.contains("attachment") && !message.contains("You are now our contact"), "{message}");
    assert!(!project.path(POLICE_CHANGE).exists(), "the police have returned");
    assert!(project.read("round/issued/schools self-assessment.xlsx") == workbook);
    assert!(text(&project, "round/issued/messages.html").contains("1 message more, without a workbook"));
    let before = project.tree("round");
    project.run(&["issue", "round"]);
    assert!(before == project.tree("round"));
    // Once it is noted as sent its draft goes, and so it stays until something else changes.
    assert!(
        project
            .run(&["sent", "round", "--what", "change"])
            .out
            .contains("sent on 14 December 2026 to Exampleshire Schools")
    );
    for _ in 0..2 {
        let run = project.run(&["issue", "round"]);
        assert!(!project.path(SCHOOLS_CHANGE).exists());
        has_all(&run, &["nothing more to do: Exampleshire Schools and Early Years Forum was told on 14 December 2026"]);
        lacks(&run, "Also send");
    }
    let nothing = project.run(&["sent", "schools", "round", "--what", "change"]);
    assert!(
        nothing.code == 2 && nothing.err.contains("a message about a change cannot have been sent"),
        "{}",
        nothing.err
    );
    project.edit("round/round.toml", "deadline = \"2026-12-18\"", "deadline = \"2026-12-17\"");
    project.run(&["issue", "round"]);
    assert!(draft(&project, SCHOOLS_CHANGE).contains("is now due on 17 December 2026"));
    project.edit("round/round.toml", "deadline = \"2026-12-17\"", "deadline = \"2026-12-18\"");
    // The date as it was: no message says that what was told does not hold any more, so it is said here.
    project.edit("round/round.toml", "deadline = \"2026-12-18\"", "deadline = 2026-12-11");
    let run = project.run(&["issue", "round"]);
    has_all(&run, &["was told of a change on 14 December 2026, but the round again says what its workbook says"]);
    assert!(!project.path(SCHOOLS_CHANGE).exists());
}

#[test]
fn what_an_earlier_list_says_was_sent_goes_on_record_once_and_then_the_record_decides() {
    let project = Project::issued();
    assert!(
        !project.list("round")[0].iter().any(|header| header.contains("ent")),
        "no list is written with what was sent"
    );
    project.set_agency("round", "police", "Sent on", "24/11/2026").set_agency(
        "round",
        "schools",
        "Sent on",
        "2026-11-25",
    );
    let before = project.tree("round");
    has_all(&project.run(&["status", "round"]), &["24 November 2026", "25 November 2026"]);
    assert!(before == project.tree("round"), "a command that only reads puts nothing on record");
    has_all(
        &project.run(&["issue", "round"]),
        &["the record now has the day on which the workbook was sent, for 2 agencies"],
    );
    assert!(!project.path("round/issued/police self-assessment.eml").exists());
    let record = |project: &Project| project.tree("round/record");
    let sent: String = record(&project).values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert_eq!(sent.matches("[[sent]]").count(), 2, "{sent}");
    // Said once, whether the cells stay or go.
    let again = project.run(&["issue", "round"]);
    lacks(&again, "the record now has");
    lacks(&again, "the record counts");
    // What somebody writes there later is not taken: the record decides.
    let known = record(&project);
    project.set_agency("round", "police", "Sent on", "27/11/2026");
    let run = project.run(&["issue", "round"]);
    has_all(
        &run,
        &[
            "agencies.xlsx, sheet Agencies, cell L4: the list says that Exampleshire Police was sent its workbook on 27 November 2026; the \
             record says 24 November 2026 (JT-",
            "note it with `jtai sent police --on 2026-11-27`",
        ],
    );
    assert!(known == record(&project));
    project.note_sent("police", "2026-11-27");
    lacks(&project.run(&["issue", "round"]), "the record counts");
    // A return code that no workbook has.
    project.set_agency("round", "probation", "Sent on", "2026-11-25").set_agency(
        "round",
        "probation",
        "Code sent",
        "JT-X",
    );
    has_all(&project.run(&["issue", "round"]), &["no workbook of", "has the code that is under Code sent, \"JT-X\""]);
}

#[test]
fn a_short_name_is_used_where_there_is_no_room_and_one_that_is_too_long_is_named() {
    let project = Project::issued();
    project.set_agency("round", "police", "Short name", "Ex Police");
    project.set_agency("round", "schools", "Short name", "Schools and Early Years");
    let run = project.run(&["report", "round"]);
    let what = "agencies.xlsx, sheet Agencies, cell C11: the short name \"Schools and Early Years\" has 23 characters, so it is cut; \
                expected at most 20";
    has_all(&run, &[what]);
    let heatmap = text(&project, "round/report/leaders-only/charts/heatmap.svg");
    // "Hospitals" is made from the name: the id is acute-trust.
    for heading in ["Ex Police", "Hospitals"] {
        // Letters are drawn as outlines: what the picture says is in its description.
        assert!(heatmap.contains(&format!("{heading} ")), "{heading}: {heatmap:.3000}");
    }
    assert!(heatmap.contains("Early…"), "cut at a word: {heatmap:.3000}");
    project.set_agency("round", "schools", "Short name", "Schools, early years");
    lacks(&project.run(&["report", "round"]), "the short name");
}

#[test]
fn an_own_date_or_a_new_contact_is_a_message_too_and_an_agency_that_declined_gets_none() {
    let project = sent();
    project.set_agency("round", "police", "Own due date", "16/12/2026");
    project.set_agency("round", "schools", "Contact", "Jo New").set_agency(
        "round",
        "schools",
        "E-mail",
        "jo@schools.example",
    );
    project.run(&["issue", "round"]);
    assert!(draft(&project, POLICE_CHANGE).contains("is now due on 16 December 2026"));
    let message = draft(&project, SCHOOLS_CHANGE);
    for part in [
        "Dear Jo New,",
        "<jo@schools.example>",
        "We sent the workbook to Chris Mockup on 24 November 2026",
        "as soon as you can; it was due on 11 December 2026",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
    assert!(!message.contains("is now due on"), "{message}");
    project.set_agency("round", "police", "Status", "declined");
    project.run(&["issue", "round"]);
    assert!(!project.path(POLICE_CHANGE).exists() && project.path(SCHOOLS_CHANGE).exists());
}

#[test]
fn a_new_issue_names_what_an_agency_is_asked_differently() {
    let project = sent();
    project.set_agency("round", "police", "Group", "EDU");
    let run = project.run(&["issue", "round"]);
    let line = run.out.lines().find(|line| line.contains("the statements that Exampleshire Police")).expect("named");
    assert!(
        line.contains(" not asked any more)")
            && line.contains("since it was sent this workbook on 24 November 2026 (DA24-"),
        "{line}"
    );
    assert!(
        !project.path(POLICE_CHANGE).exists()
            && !run.out.contains("Exampleshire Schools and Early Years Forum is asked")
    );
}

#[test]
fn settings_are_understood_as_people_write_them_or_explained() {
    let project = Project::issued();
    let settings = text(&project, "round/round.toml");
    let with = |from: &str, to: &str| {
        project.write("round/round.toml", settings.replace(from, to).as_bytes());
        project.run(&["status", "round"])
    };
    for written in ["\"2026-12-18\"", "\"18 December 2026\"", "2026-12-18", "\"18/12/2026\""] {
        has_all(&with("deadline = 2026-12-11", &format!("deadline = {written}")), &["Deadline 18 December 2026"]);
    }
    for (from, to, said) in [
        (
            "deadline = 2026-12-11",
            "deadline = \"11/12/2026\"",
            "`deadline` is \"11/12/2026\"; expected a date, as in 2026-12-11",
        ),
        ("deadline = 2026-12-11", "deadline = \"soon\"", "`deadline` is \"soon\"; expected a date"),
        ("contact = ", "[[return]]\nfile = \"returns\\scan 3.xlsx\"\nagency = \"police\"\n#", "write / for each \\"),
        (
            "# [[return]]",
            "[[return]]\nfile = \"returns\\new.xlsx\"\nuse = false\n#",
            "`file` is \"returns\\new.xlsx\", which is not the name of a file",
        ),
        ("# [[return]]", "[[return]]\nfile = \"returns/x.xlsx\"\nagency = \"polise\"\n#", "did you mean \"police\"?"),
    ] {
        let run = with(from, to);
        assert!(run.code == 2 && run.err.contains(said), "{said}: {}{}", run.out, run.err);
    }
    fs::rename(project.path("round/round.toml"), project.path("round/round.toml.txt")).expect("renamed");
    let run = project.run(&["status", "round"]);
    assert!(run.code == 2 && run.err.contains("round.toml.txt: the settings of the round end in .txt"), "{}", run.err);
}
