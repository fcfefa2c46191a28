//! Copies of a round that are put together, files that are damaged, and returns that are forgotten.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2026, 12, 14);

/// A folder `record/`: files by their names.
type Files = BTreeMap<String, Vec<u8>>;

fn agency(number: u32) -> AgencyId {
    AgencyId(format!("agency-{number}"))
}

fn issued(number: u32, issue: u32, content: u32) -> Entry {
    Entry::Issued(Issued {
        agency: agency(number),
        name: format!("Agency {number}"),
        issue,
        return_code: format!("JT-{number}-{issue}"),
        file: RelativeName::new(&format!("agency-{number} {issue}.xlsx")).expect("a name"),
        sha256: format!("{content:064x}"),
        fingerprint: format!("{:064x}", content / 2),
    })
}

fn received(file: u32, content: u32) -> Entry {
    let (file, sha256) = (format!("returns/{file}.xlsx"), format!("{content:064x}"));
    Entry::Received(Received { file, sha256, bytes: 7, agency: None })
}

fn forgotten(content: u32) -> Entry {
    let print = Forgotten::print_of(&format!("{content:064x}"));
    Entry::Forgotten(Forgotten { agency: None, first_day: TODAY, print, why: String::new() })
}

fn add(files: &mut Files, day: i8, by: &str, entries: &[NewEntry]) {
    let who = Who { by: by.into(), account: String::new() };
    let (name, text) = as_file(date(2026, 12, day), "a command", &who, entries);
    files.insert(name.to_string(), text.into_bytes());
}

fn of(files: &Files) -> Record {
    let files: Vec<(String, Vec<u8>)> = files.iter().map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
    Record::from_files(&files, &[], TODAY)
}

fn codes(record: &Record) -> Vec<Code> {
    record.findings().iter().map(|finding| finding.code).collect()
}

/// What a command does, drawn at random.
fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        (1..3u32, 1..3u32, 0..6u32).prop_map(|(number, issue, content)| issued(number, issue, content)),
        (0..4u32, 0..4u32).prop_map(|(file, content)| received(file, content)),
        (1..3u32, 1..3u32, 1..28i8).prop_map(|(number, issue, day)| Entry::Sent(Sent {
            return_code: format!("JT-{number}-{issue}"),
            ..Sent::workbook(&agency(number), date(2026, 12, day))
        })),
    ]
}

/// Some commands, each with its day, its officer and what it did.
fn commands() -> impl Strategy<Value = Vec<(i8, bool, Vec<Entry>)>> {
    prop::collection::vec((1..28i8, any::<bool>(), prop::collection::vec(entry(), 1..4)), 0..6)
}

fn run(files: &mut Files, commands: &[(i8, bool, Vec<Entry>)]) {
    for (day, is_first, entries) in commands {
        let entries: Vec<NewEntry> = entries.iter().cloned().map(NewEntry::from).collect();
        add(files, *day, if *is_first { "A First" } else { "B Second" }, &entries);
    }
}

/// Every entry that commands made, on its day.
fn made<'c>(commands: impl IntoIterator<Item = &'c (i8, bool, Vec<Entry>)>) -> BTreeSet<(Entry, Date)> {
    let of = |(day, _, entries): &(i8, bool, Vec<Entry>)| {
        let day = date(2026, 12, *day);
        entries.iter().map(|entry| (entry.clone(), day)).collect::<Vec<_>>()
    };
    commands.into_iter().flat_map(of).collect()
}

/// The plain model of a contradiction: one agency's issue with more than one fingerprint, whatever the order of time.
fn contradicted(entries: &BTreeSet<(Entry, Date)>) -> BTreeSet<(AgencyId, u32)> {
    let mut prints: BTreeMap<(AgencyId, u32), BTreeSet<&str>> = BTreeMap::new();
    for (entry, _) in entries {
        if let Entry::Issued(issued) = entry {
            prints.entry((issued.agency.clone(), issued.issue)).or_default().insert(&issued.fingerprint);
        }
    }
    prints.into_iter().filter(|(_, prints)| prints.len() > 1).map(|(key, _)| key).collect()
}

/// How many workbooks that were issued are noted as sent on more than one day.
fn sent_twice(entries: &BTreeSet<(Entry, Date)>) -> usize {
    let mut days: BTreeMap<(&AgencyId, &str), BTreeSet<Date>> = BTreeMap::new();
    let mut codes = BTreeSet::new();
    for (entry, _) in entries {
        match entry {
            Entry::Sent(sent) => _ = days.entry((&sent.agency, &sent.return_code)).or_default().insert(sent.day),
            Entry::Issued(issued) => _ = codes.insert((&issued.agency, issued.return_code.as_str())),
            _ => {}
        }
    }
    days.iter().filter(|(key, days)| days.len() > 1 && codes.contains(*key)).count()
}

proptest! {
    #[test]
    fn two_copies_put_together_lose_nothing_and_contradictions_are_named(
        before in commands(), first in commands(), second in commands(),
    ) {
        let mut base = Files::new();
        run(&mut base, &before);
        let (mut one, mut two) = (base.clone(), base);
        run(&mut one, &first);
        run(&mut two, &second);
        one.extend(two);
        let record = of(&one);
        let all = made(before.iter().chain(&first).chain(&second));
        let stands: BTreeSet<(Entry, Date)> =
            record.entries().map(|recorded| (recorded.entry.clone(), recorded.on)).collect();
        prop_assert_eq!(&stands, &all);
        let expected = contradicted(&all);
        let found: BTreeSet<(AgencyId, u32)> = record
            .issued()
            .filter(|workbook| workbook.is_contradicted)
            .map(|workbook| (workbook.issued.agency.clone(), workbook.issued.issue))
            .collect();
        prop_assert_eq!(&found, &expected);
        // Each agency whose last workbook is two is named, once.
        let last = |agency: &AgencyId| record.issued_to(agency).last().map(|last| (agency.clone(), last.issued.issue));
        let named = expected.iter().map(|(agency, _)| agency).collect::<BTreeSet<_>>();
        let named = named.into_iter().filter_map(last).filter(|key| expected.contains(key)).count();
        let days = record.issued().filter(|workbook| !workbook.other_days.is_empty()).count();
        prop_assert_eq!(days, sent_twice(&all));
        prop_assert_eq!(codes(&record), vec![Code::RecordContradicts; named + days]);
    }

    #[test]
    fn the_order_in_which_files_arrive_does_not_matter(commands in commands()) {
        let mut files = Files::new();
        run(&mut files, &commands);
        let forwards: Vec<(String, Vec<u8>)> = files.into_iter().collect();
        let backwards: Vec<(String, Vec<u8>)> = forwards.iter().rev().cloned().collect();
        let record = Record::from_files(&forwards, &[], TODAY);
        let other = Record::from_files(&backwards, &[], TODAY);
        prop_assert_eq!(record.entries().collect::<Vec<_>>(), other.entries().collect::<Vec<_>>());
    }
}

#[test]
fn an_entry_is_taken_back_by_another_and_by_nothing_else() {
    let mut files = Files::new();
    add(&mut files, 1, "", &[issued(1, 1, 0).into()]);
    let ids = of(&files).issued_to(&agency(1))[0].ids.clone();
    add(&mut files, 2, "", &[NewEntry { replaces: ids, ..issued(1, 1, 2).into() }]);
    let record = of(&files);
    assert_eq!(codes(&record), [], "a workbook that was written again takes the place of the first");
    let workbook = &record.issued_to(&agency(1))[0];
    assert_eq!((Entry::Issued(workbook.issued.clone()), workbook.written_on), (issued(1, 1, 2), date(2026, 12, 2)));
    assert!(record.was_another(&workbook.issued) && record.highest_issue(&agency(1)) == 1);
    // A second copy wrote something else in the place of the first: neither counts, whichever is later.
    let ids = of(&files.clone().into_iter().take(1).collect()).issued_to(&agency(1))[0].ids.clone();
    add(&mut files, 1, "B", &[NewEntry { replaces: ids, ..issued(1, 1, 4).into() }]);
    assert_eq!(codes(&of(&files)), [Code::RecordContradicts]);
    // A later workbook, with a code of its own, takes the place of both.
    add(&mut files, 3, "", &[issued(1, 2, 4).into()]);
    let record = of(&files);
    assert_eq!(codes(&record), []);
    assert!(record.issued_to(&agency(1))[0].is_contradicted && !record.issued_to(&agency(1))[1].is_contradicted);
}

#[test]
fn equal_entries_of_two_officers_are_one() {
    let mut files = Files::new();
    for by in ["A", "B"] {
        add(&mut files, 1, by, &[received(1, 1).into()]);
    }
    assert_eq!((files.len(), of(&files).received().count()), (2, 1));
    let backwards: Vec<(String, Vec<u8>)> = files.clone().into_iter().rev().collect();
    assert_eq!(Record::from_files(&backwards, &[], TODAY), of(&files), "the order of the files does not matter");
}

#[test]
fn damaged_and_copied_files_and_files_of_a_newer_program_are_named() {
    let mut files = Files::new();
    add(&mut files, 1, "", &[received(1, 1).into()]);
    let (name, bytes) = files.iter().next().map(|(name, bytes)| (name.clone(), bytes.clone())).expect("a file");
    let with = |name: String, bytes: &[u8]| {
        let mut files = files.clone();
        files.insert(name, bytes.to_vec());
        let record = of(&files);
        (codes(&record), record.received().count())
    };
    let stem = name.trim_end_matches(".toml");
    assert_eq!(with(format!("{stem} (PC-7's conflicted copy).toml"), &bytes), (vec![Code::RecordCopied], 1));
    assert_eq!(with(format!("{stem}-PC7.toml"), b"changed"), (vec![Code::RecordDamaged], 1));
    assert_eq!(with(name.clone(), &bytes[..bytes.len() - 3]), (vec![Code::RecordDamaged], 0));
    assert_eq!(with(name.clone(), b""), (vec![Code::RecordDamaged], 0));
    assert_eq!(with("notes.toml".into(), b"mine"), (vec![Code::FileSkipped], 1));
    assert_eq!(with("renamed.toml".into(), &bytes), (vec![Code::RecordDamaged], 1));
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert_eq!(
        with(name.clone(), text.replace('\n', "\r\n").as_bytes()),
        (vec![], 1),
        "line ends may be changed on the way"
    );
    let named = |text: &str| {
        (format!("2026-12-01 {}.toml", &crate::core::hash::sha256_hex(text.as_bytes())[..16]), text.to_string())
    };
    for newer in [text.replace("format = 1", "format = 2"), text.replace("[[received]]", "[[foreseen]]")] {
        let (name, text) = named(&newer);
        assert_eq!(with(name, text.as_bytes()), (vec![Code::RecordDamaged], 1));
    }
    for name in ["../2026-12-01 0123456789abcdef.toml", "0123456789abcdef", "2026-12-01 0123456789ABCDEF.toml"] {
        assert!(read(name, b"").is_err(), "{name}");
    }
}

#[test]
fn what_was_forgotten_goes_and_what_a_synced_copy_brings_back_goes_again() {
    let mut files = Files::new();
    add(&mut files, 1, "", &[received(1, 1).into(), received(2, 2).into()]);
    let asked = Entry::Asked(QuestionsAsked {
        draft: String::new(),
        reply_by: None,
        agency: agency(1),
        sha256: format!("{:064x}", 1),
        file: RelativeName::new("agency-1 questions.xlsx").expect("a name"),
        findings: vec![AskedFinding {
            question: 1,
            reference: "F-000000".into(),
            hash: "0".into(),
            sha256: String::new(),
            criterion: None,
            column: None,
            headline: None,
        }],
    });
    add(&mut files, 2, "", &[asked.into()]);
    let synced = files.clone();
    add(&mut files, 3, "M Hill", &[forgotten(1).into()]);
    // Entries about the return are not used from that moment on, and its files are to be written without them.
    let record = of(&files);
    assert_eq!((record.received().count(), record.asked().count(), record.forgotten().count()), (1, 0, 1));
    let clean = |files: &Files| {
        let mut clean = files.clone();
        for Rewrite { name, instead } in of(files).to_forget(&HashSet::new()) {
            clean.remove(&name);
            clean.extend(instead.map(|(name, text)| (name.to_string(), text.into_bytes())));
        }
        clean
    };
    let cleaned = clean(&files);
    let words =
        |files: &Files| files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect::<String>();
    assert!(!words(&cleaned).contains("returns/1.xlsx") && !words(&cleaned).contains(&format!("{:064x}", 1)));
    assert_eq!((cleaned.len(), of(&cleaned).received().count(), codes(&of(&cleaned))), (2, 1, vec![]));
    assert_eq!(clean(&cleaned), cleaned);
    let mut back = cleaned.clone();
    back.extend(synced);
    assert_eq!(of(&back).received().count(), 1, "what came back is not used");
    assert_eq!(clean(&back), cleaned);
}

#[test]
fn what_was_asked_about_an_older_return_goes_with_it() {
    let older = format!("{:064x}", 1);
    let asked = Entry::Asked(QuestionsAsked {
        draft: String::new(),
        reply_by: None,
        agency: agency(1),
        sha256: format!("{:064x}", 2),
        file: RelativeName::new("agency-1 questions.xlsx").expect("a name"),
        findings: vec![AskedFinding {
            question: 1,
            reference: "F-000000".into(),
            hash: "0".into(),
            sha256: older,
            criterion: None,
            column: None,
            headline: None,
        }],
    });
    let mut files = Files::new();
    add(&mut files, 1, "", &[asked.into()]);
    assert_eq!(of(&files).asked().count(), 1);
    // The hash of what was asked is made from the older return's words.
    add(&mut files, 2, "M Hill", &[forgotten(1).into()]);
    assert_eq!((of(&files).asked().count(), of(&files).to_forget(&HashSet::new()).len()), (0, 1));
}

#[test]
fn a_thousand_agencies_are_read_at_once_and_as_they_were_written() {
    let mut files = Files::new();
    for day in 1..20 {
        let entries: Vec<NewEntry> = (0..1_000).map(|number| issued(number, day as u32, 7).into()).collect();
        add(&mut files, day, "", &entries);
    }
    let record = of(&files);
    assert_eq!((record.issued().count(), record.issued_to(&agency(999)).len()), (19_000, 19));
}
