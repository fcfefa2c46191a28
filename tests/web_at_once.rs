//! Several at once on one round, and a page beside its command: no edit is lost, no report is mixed, the bytes are the same.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use jtai_benchmark::core::hash::sha256_hex;
use serde_json::Value;

use crate::ooxml::text_parts;
use crate::project::{Project, TODAY};
use crate::web::answer;
use crate::web_choices::{Form, WORRIES};
use crate::web_hostile::Opened;

/// What a round's folder must not have once everything has ended: a lock that is held, files half made.
#[track_caller]
fn assert_at_rest(project: &Project, folder: &str) {
    let lock = fs::File::options().write(true).open(project.path(&format!("{folder}/.jtai/lock"))).expect("the lock");
    lock.try_lock().expect("nobody holds it");
    assert!(!project.path(&format!("{folder}/.jtai/lock-holder.txt")).exists(), "nobody says that they hold it");
    let leftover = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".jtai-"));
    let mut folders = vec![project.path(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            assert!(!leftover(&entry.path()), "{} is left", entry.path().display());
            if entry.path().is_dir() {
                folders.push(entry.path());
            }
        }
    }
}

#[test]
fn a_report_whose_tab_is_closed_is_made_whole_all_the_same() {
    let opened = Opened::of(Project::demo(), "demo");
    let Opened { project, served, cookie, round, .. } = &opened;
    let before = project.tree("demo");
    assert!(before.contains_key("report/deck.pdf"));
    let token = served.get(cookie, round).form_token(&format!("{}{round}/do/report", served.base));
    let body = format!("token={token}");
    let headers = format!(
        "{}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
        served.same_origin(),
        body.len()
    );
    let request = served.post_head(cookie, &format!("{round}/do/report"), &headers) + &body;
    for is_answer_read in [true, false] {
        fs::remove_dir_all(project.path("demo/report")).expect("removed");
        let mut stream = opened.connect();
        stream.write_all(request.as_bytes()).expect("sent");
        if is_answer_read {
            // The page that follows the action is opened, and its tab is closed before it is there.
            let mut head = [0; 1024];
            let length = stream.read(&mut head).expect("an answer");
            let started = answer(&head[..length]);
            let running = started.header("location").to_string();
            assert!(running.contains("/running/"), "{}", String::from_utf8_lossy(&head[..length]));
            let mut follows = opened.connect();
            let get = format!("GET {running} HTTP/1.1\r\n{}Cookie: {cookie}\r\n\r\n", served.host());
            follows.write_all(get.as_bytes()).expect("sent");
        }
        drop(stream);
        let begun = Instant::now();
        // A tab that is opened later says what is under way.
        while served.get(cookie, round).body.contains("/running/") {
            assert!(begun.elapsed() < Duration::from_secs(60), "it does not end");
            std::thread::sleep(Duration::from_millis(50));
        }
        let is_there = project.path("demo/report").exists();
        assert!(is_there || !is_answer_read, "an action that was begun goes on");
        if !is_there {
            served.wait(cookie, &served.post(cookie, round, &format!("{round}/do/report"), &[]));
        }
        assert!(project.tree("demo") == before, "it is whole, and nothing else is different");
        assert_at_rest(project, "demo");
    }
}

/// A round with the sample's returns, of which two are faulty, all of one time.
fn returned() -> Project {
    let project = Project::issued();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut files =
        vec![root.join("returns-faulty/ratings that are none.xlsx"), root.join("returns-faulty/a child.xlsx")];
    let samples = fs::read_dir(root.join("exampleshire/returns")).expect("the samples").flatten();
    files.extend(samples.map(|entry| entry.path()).filter(|path| path.is_file()));
    for path in files {
        let name = format!("round/returns/{}", path.file_name().expect("a name").to_string_lossy());
        project.write(&name, &fs::read(&path).expect("a sample"));
        let file = fs::File::options().write(true).open(project.path(&name)).expect("there");
        // When a file was saved can decide which of two counts.
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_796_000_000)).expect("set");
    }
    for id in ["police", "youth-justice"] {
        project.note_sent(id, "2026-11-24");
    }
    // What was sent is told of a new date, and what was not is written again.
    project.edit("round/round.toml", "2026-12-11", "2026-12-18");
    project
}

/// The whole round is compared, but for `.jtai/`: that has a cache, which fills up in any order, and what a command showed last on a
/// screen, which a page does not change.
#[test]
fn a_button_and_its_command_write_the_same_bytes() {
    let (by_page, by_command) = (Opened::of(returned(), "round"), returned());
    let Opened { project, served, cookie, round } = &by_page;
    let same = |after: &str| {
        let (page, command) = (project.tree("round"), by_command.tree("round"));
        let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&page), names(&command), "after {after}");
        let differ: Vec<&String> =
            page.iter().filter(|(name, bytes)| command[*name] != **bytes).map(|one| one.0).collect();
        assert!(differ.is_empty(), "after {after}, these differ: {differ:?}");
        page
    };
    let mut before = same("nothing");
    for action in ["issue", "collect", "queries", "report"] {
        let done = served.wait(cookie, &served.post(cookie, round, &format!("{round}/do/{action}"), &[]));
        assert!(done.body.contains("<h1>Done</h1>"), "{action}: {}", done.body);
        let run = by_command.run(&[action, "round"]);
        assert!(run.code < 2, "{action}: {}", run.err);
        let after = same(action);
        assert!(after != before, "{action} did nothing");
        before = after;
    }
    let findings = served.get(cookie, &format!("{round}/findings")).body;
    let reference = references(&findings).into_iter().find(|one| accepts(&by_page, one)).expect("one to accept");
    settle_on_page(&by_page, cookie, &reference, "M Hill").expect("settled");
    let with = ["--accept", "--by", "M Hill", "--why", "phoned the lead"];
    assert!(by_command.run(&[&["settle", &reference, "round"][..], &with].concat()).code < 2);
    assert!(same("settle") != before, "settle did nothing");
    let page = format!("{round}/messages");
    let messages = served.get(cookie, &page).body;
    let id = messages.split("name=\"agency\" value=\"").nth(1).expect("a form").split('"').next().expect("its end");
    let form = messages.split("name=\"agency\" value=\"").nth(1).expect("a form");
    let what = form.split("name=\"what\" value=\"").nth(1).expect("what").split('"').next().expect("its end");
    let fields = [("agency", id), ("what", what), ("on", TODAY)];
    assert_eq!(served.post(cookie, &page, &format!("{page}/sent"), &fields).status, 303);
    let run = by_command.run(&["sent", id, "round", "--what", what]);
    assert!(run.code < 2, "{}", run.err);
    same("sent");
}

/// The references of findings that are open on a page.
fn references(findings: &str) -> Vec<String> {
    let open = findings.split("<summary>Settled").next().expect("a start");
    let mut all: Vec<String> = Vec::new();
    for rest in open.split("/findings/F-").skip(1) {
        let reference = format!("F-{}", rest.split('"').next().expect("its end"));
        if !all.contains(&reference) {
            all.push(reference);
        }
    }
    all
}

/// Whether a finding can be settled as right as it is.
fn accepts(opened: &Opened, reference: &str) -> bool {
    let page = opened.served.get(&opened.cookie, &format!("{}/findings/{reference}", opened.round));
    page.body.contains("value=\"accept\"")
}

/// Accepts a finding on its page; `None` where that is not acknowledged.
fn settle_on_page(opened: &Opened, cookie: &str, reference: &str, by: &str) -> Option<()> {
    let page = format!("{}/findings/{reference}", opened.round);
    let fields = [("decision", "accept"), ("by", by), ("why", "phoned the lead")];
    let answer = opened.served.post(cookie, &page, &format!("{page}/settle"), &fields);
    (answer.status == 200 && answer.body.contains("<h1>On record</h1>")).then_some(())
}

/// How often each edits the round.
const TURNS: usize = 3;

/// Repeats what is refused because somebody else is at work on the round, as a person would.
#[track_caller]
fn until_acknowledged(what: &str, mut attempt: impl FnMut() -> Option<()>) {
    assert!((0..60).any(|_| attempt().is_some()), "{what} is never acknowledged");
}

/// What one tab does: settles findings, writes into a row of choices of its own, sends files, starts actions.
fn edit_on_pages(opened: &Opened, cookie: &str, by: &str, row: usize, findings: &[String]) {
    let Opened { served, round, .. } = opened;
    for (turn, reference) in findings.iter().enumerate() {
        until_acknowledged("a settlement", || settle_on_page(opened, cookie, reference, by));
        until_acknowledged("a choice", || {
            let mut form = Form::load(served, cookie, format!("{round}{WORRIES}"));
            let row = form.row(row);
            form.set(&format!("{row}:1"), &format!("{by} wrote this {turn}"));
            let answer = form.send("save");
            // The other tab saved meanwhile, or an action took its time.
            assert!([303, 409, 422].contains(&answer.status), "{}", answer.body);
            (answer.status == 303).then_some(())
        });
        let name = format!("{by} {turn}.xlsx");
        until_acknowledged("a file", || {
            let started = served.upload(cookie, &opened.returns(), &[(&name, name.as_bytes())]);
            (started.status == 303).then(|| drop(served.wait(cookie, &started)))
        });
        let action = if (turn + row).is_multiple_of(2) { "report" } else { "collect" };
        until_acknowledged(action, || {
            let done = served.wait(cookie, &served.post(cookie, round, &format!("{round}/do/{action}"), &[]));
            // It is the action that was asked for, and not what somebody else has under way.
            let is_it =
                done.body.contains(if action == "report" { "The presentation is made." } else { "have returned." });
            (is_it && done.body.contains("<h1>Done</h1>")).then_some(())
        });
    }
}

/// What somebody types meanwhile.
fn edit_by_commands(project: &Project, findings: &[String]) {
    for reference in findings {
        let settle = ["settle", reference, "demo", "--accept", "--by", "Typed", "--why", "phoned the lead"];
        for args in [&settle[..], &["report", "demo"], &["collect", "demo"]] {
            until_acknowledged(args[0], || {
                let run = project.run(args);
                assert!(run.code < 2 || run.err.contains("still working on this round"), "{}", run.err);
                (run.code < 2).then_some(())
            });
        }
    }
}

/// Fails unless a folder has what its manifest says, each file whole, and nothing else.
#[track_caller]
fn assert_of_one_set(files: &BTreeMap<String, Vec<u8>>) {
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
    assert!(manifest.get("before").is_none() && manifest.get("is_replacing").is_none(), "{manifest}");
    let said = manifest["files"].as_object().expect("files");
    let found = files.iter().filter(|(name, _)| *name != "manifest.json");
    let found: BTreeMap<&str, String> = found.map(|(name, bytes)| (name.as_str(), sha256_hex(bytes))).collect();
    let said: BTreeMap<&str, String> =
        said.iter().map(|(name, hash)| (name.as_str(), hash.as_str().expect("a hash").to_string())).collect();
    assert_eq!(found, said);
}

/// Fails unless data, analysis and each slide of a report have the same code.
#[track_caller]
fn assert_of_one_code(report: &BTreeMap<String, Vec<u8>>) {
    let schema: Value = serde_json::from_slice(&report["data/schema.json"]).expect("JSON");
    let code = schema["run"].as_str().expect("a code");
    let property = format!("name=\"jtai-run\"><vt:lpwstr>{code}<");
    assert!(text_parts(&report["analysis.xlsx"]).iter().any(|(_, text)| text.contains(&property)), "{code}");
    let deck = text_parts(&report["deck.pptx"]);
    let slides = deck.iter().filter(|(name, _)| name.starts_with("ppt/slides/slide") && name.ends_with(".xml"));
    let other: Vec<&str> =
        slides.clone().filter(|(_, text)| !text.contains(&format!("{code}-"))).map(|one| one.0.as_str()).collect();
    assert!(slides.count() > 5 && other.is_empty(), "without the code {code}: {other:?}");
}

#[test]
fn two_tabs_and_the_command_line_at_once_lose_no_edit_and_mix_no_report() {
    let opened = Opened::of(Project::demo(), "demo");
    let Opened { project, served, cookie, round } = &opened;
    let second = served.second_cookie(project);
    let findings = served.get(cookie, &format!("{round}/findings")).body;
    let mut accepted = references(&findings);
    accepted.retain(|reference| accepts(&opened, reference));
    let shares: Vec<&[String]> = accepted.chunks_exact(TURNS).take(3).collect();
    assert_eq!(shares.len(), 3, "too few findings can be accepted: {}", accepted.len());
    std::thread::scope(|scope| {
        let at_work = [
            scope.spawn(|| edit_on_pages(&opened, cookie, "Tab one", 1, shares[0])),
            scope.spawn(|| edit_on_pages(&opened, &second, "Tab two", 2, shares[1])),
            scope.spawn(|| edit_by_commands(project, shares[2])),
        ];
        let files = served.get(cookie, &format!("{round}/files")).body;
        let deck = files.split("deck.pdf").next().and_then(|before| before.rsplit("/files/").next());
        let deck = format!("{round}/files/{}", deck.expect("a link").split('"').next().expect("its end"));
        // Whoever looks meanwhile sees whole pages, and gets whole files.
        while at_work.iter().any(|one| !one.is_finished()) {
            opened.assert_served("while three are at work");
            let deck = served.get(cookie, &deck);
            assert!(deck.status == 200 && deck.body.starts_with("%PDF"), "{}: {:.200}", deck.status, deck.body);
            assert!(deck.body.trim_end().ends_with("%%EOF"), "half a presentation is given out");
        }
    });
    assert_at_rest(project, "demo");
    let tree = project.tree("demo");
    let record: Vec<String> = tree
        .iter()
        .filter(|(name, _)| name.starts_with("record/"))
        .map(|(_, bytes)| String::from_utf8(bytes.clone()).expect("UTF-8"))
        .collect();
    for (share, by) in shares.iter().zip(["Tab one", "Tab two", "Typed"]) {
        for reference in *share {
            let is_it = |text: &&String| text.contains(reference.as_str()) && text.contains(&format!("by = \"{by}\""));
            assert_eq!(record.iter().filter(is_it).count(), 1, "{by} settled {reference}");
        }
    }
    let form = Form::load(served, cookie, format!("{round}{WORRIES}"));
    for (row, by) in [(1, "Tab one"), (2, "Tab two")] {
        let cell = (format!("{}:1", form.row(row)), format!("{by} wrote this {}", TURNS - 1));
        assert!(form.fields.contains(&cell), "{cell:?}: {:?}", form.fields);
        for turn in 0..TURNS {
            let name = format!("{by} {turn}.xlsx");
            assert!(tree[&format!("returns/{name}")] == name.as_bytes(), "{name} came in whole");
        }
    }
    let report = project.tree("demo/report");
    assert_of_one_set(&report);
    assert_of_one_code(&report);
    // The next report makes what one from nothing makes of the same round.
    assert!(project.run(&["report", "demo"]).code < 2);
    let report = project.tree("demo/report");
    fs::remove_dir_all(project.path("demo/report")).expect("removed");
    fs::remove_dir_all(project.path("demo/.jtai")).expect("removed");
    assert!(project.run(&["report", "demo"]).code < 2);
    assert!(project.tree("demo/report") == report, "it is made of one state of the round");
}
