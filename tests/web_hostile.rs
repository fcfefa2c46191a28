//! What is sent to harm, to flood, or is dropped half-way: refused or survived, with a plain message and nothing lost.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::project::Project;
use crate::web::{Answer, PARTS, Served, answer, file_start, upload_start};

/// A round of the sample's agencies with its pages open, as one browser sees it.
pub struct Opened {
    pub project: Project,
    pub served: Served,
    pub cookie: String,
    pub round: String,
}

impl Opened {
    fn new() -> Opened {
        Opened::of(Project::issued(), "round")
    }

    pub fn of(project: Project, folder: &str) -> Opened {
        let served = Served::start(&project, &[folder]);
        let (cookie, round) = served.cookie_and_round();
        Opened { project, served, cookie, round }
    }

    pub fn returns(&self) -> String {
        format!("{}/returns", self.round)
    }

    fn token(&self) -> String {
        self.served.upload_token(&self.cookie, &self.returns())
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.served.authority).expect("connected");
        let most = Some(Duration::from_secs(60));
        stream.set_read_timeout(most).expect("set");
        stream.set_write_timeout(most).expect("set");
        stream
    }

    /// The start of an upload of one file: its head, with this about its length, and all that comes before the file's bytes.
    fn begun_upload(&self, length: &str, name: &str) -> Vec<u8> {
        let headers = format!("{}Content-Type: {PARTS}\r\n{length}\r\n", self.served.same_origin());
        let head = self.served.post_head(&self.cookie, &self.returns(), &headers);
        let start = upload_start(&self.token()) + &file_start(name);
        let start = if length.starts_with("Transfer") { chunk(start.as_bytes()) } else { start.into_bytes() };
        [head.as_bytes(), &start].concat()
    }

    /// Whether pages are served as ever.
    #[track_caller]
    pub fn assert_served(&self, meanwhile: &str) {
        let page = self.served.get(&self.cookie, &self.round);
        assert!(page.status == 200 && page.body.contains("agencies returned"), "{meanwhile}: {}", page.body);
    }

    /// The files that are half in. They are gone a moment after the connection is.
    fn half_files(&self) -> Vec<String> {
        let begun = Instant::now();
        loop {
            let entries = fs::read_dir(self.project.path("round/.jtai")).into_iter().flatten().flatten();
            let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
            let half: Vec<String> = names.filter(|name| name.ends_with(".part")).collect();
            if half.is_empty() || begun.elapsed() > Duration::from_secs(10) {
                return half;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

/// What comes back on a connection, up to its end.
fn rest(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // One that was refused early may be closed hard.
    let _ = stream.read_to_end(&mut bytes);
    answer(&bytes)
}

#[test]
fn an_upload_that_is_not_a_pages_own_keeps_nothing() {
    let opened = Opened::new();
    let Opened { served, cookie, .. } = &opened;
    let before = opened.project.tree("round");
    let (path, token) = (opened.returns(), opened.token());
    let file = [("police.xlsx", b"x".as_slice())];
    let whole = served.uploaded(cookie, &path, &token, &file);
    let replaced = |from: &str, to: &str| {
        let text = String::from_utf8(whole.clone()).expect("text");
        assert!(text.contains(from), "{text}");
        text.replacen(from, to, 1).into_bytes()
    };
    let origin = format!("Origin: http://{}", served.authority);
    let second = served.second_cookie(&opened.project);
    let refused: [(&str, Vec<u8>); 8] = [
        ("no token", served.uploaded(cookie, &path, "", &file)),
        ("a token of a different length", served.uploaded(cookie, &path, &token.repeat(9), &file)),
        ("the token of a different browser", served.uploaded(&second, &path, &token, &file)),
        ("no cookie", served.uploaded("", &path, &token, &file)),
        ("the file before the token", replaced("name=\"token\"", "name=\"files\"; filename=\"a.xlsx\"")),
        ("a different origin", replaced(&origin, "Origin: https://example.org")),
        ("no origin", replaced(&format!("{origin}\r\n"), "")),
        ("a different host", replaced("Host: 127.0.0.1", "Host: localhost")),
    ];
    for (what, request) in refused {
        let answer = served.send(&request);
        assert_eq!(answer.status, 403, "{what}: {}", answer.body);
        assert!(answer.body.contains("<h1>") && answer.body.contains("jtai"), "{what}: {}", answer.body);
    }
    let many: Vec<(String, [u8; 1])> = (0..201).map(|number| (format!("{number}.xlsx"), *b"x")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let answer = served.upload(cookie, &path, &many);
    assert!(answer.status == 413 && answer.body.contains("in at most 200 files"), "{}", answer.body);
    assert!(opened.project.tree("round") == before, "nothing is kept");
    assert_eq!(opened.half_files(), Vec::<String>::new());
    // The same request as it was made is taken in: what was refused was refused for what was changed in it.
    served.wait(cookie, &served.send(&whole));
    assert_eq!(opened.project.read("round/returns/police.xlsx"), b"x");
}

#[test]
#[cfg(unix)]
fn nothing_comes_in_through_a_link() {
    use std::os::unix::fs::symlink;
    let opened = Opened::new();
    let Opened { project, served, cookie, .. } = &opened;
    fs::create_dir_all(project.path("elsewhere")).expect("made");
    project.write("secret.xlsx", b"secret");
    let upload = || served.upload(cookie, &opened.returns(), &[("police.xlsx", b"new")]);
    let returns = project.path("round/returns");
    // A file of a return's name that leads elsewhere, to something or to nothing.
    for target in ["secret.xlsx", "nothing.xlsx"] {
        symlink(project.path(target), returns.join("police.xlsx")).expect("linked");
        let answer = upload();
        assert!(answer.status == 422 && answer.body.contains("this is a link"), "{target}: {}", answer.body);
        let found = served.get(cookie, &format!("{}/findings", opened.round)).body;
        assert!(found.contains("this is a link or a device, not a file, and was not read"), "{found}");
        fs::remove_file(returns.join("police.xlsx")).expect("removed");
    }
    for folder in ["round/returns", "round/.jtai"] {
        let (path, aside) = (project.path(folder), project.path("aside"));
        fs::rename(&path, &aside).expect("moved");
        symlink(project.path("elsewhere"), &path).expect("linked");
        let answer = upload();
        assert!(answer.status == 422 && answer.body.contains("this is a link"), "{folder}: {}", answer.body);
        fs::remove_file(&path).expect("removed");
        fs::rename(&aside, &path).expect("moved back");
    }
    assert_eq!(fs::read_dir(project.path("elsewhere")).expect("a folder").count(), 0);
    assert!(project.read("secret.xlsx") == b"secret" && !project.path("nothing.xlsx").exists());
    served.wait(cookie, &upload());
    assert_eq!(project.read("round/returns/police.xlsx"), b"new");
}

#[test]
fn an_upload_of_2_gb_is_refused_long_before_it_is_in() {
    const SIZE: u64 = 2 << 30;
    let opened = Opened::new();
    let before = opened.project.tree("round");
    for length in ["Transfer-Encoding: chunked".to_string(), format!("Content-Length: {SIZE}")] {
        let mut stream = opened.connect();
        stream.write_all(&opened.begun_upload(&length, "large.xlsx")).expect("sent");
        let mut sender = stream.try_clone().expect("cloned");
        let piece = vec![b'x'; 1 << 20];
        let piece = if length.starts_with("Transfer") { chunk(&piece) } else { piece };
        let sent = std::thread::spawn(move || {
            let is_sent = |_: &u64| sender.write_all(&piece).is_ok();
            (0..SIZE >> 20).take_while(is_sent).count()
        });
        opened.assert_served(&length);
        let answer = rest(&mut stream);
        assert!(answer.status == 413 && answer.body.contains("Nothing was kept"), "{length}: {}", answer.body);
        let sent = sent.join().expect("an end");
        assert!(sent < 512, "{length}: {sent} MB were read");
        assert_eq!(opened.half_files(), Vec::<String>::new(), "{length}");
    }
    assert!(opened.project.tree("round") == before, "nothing is kept");
    opened.assert_served("after it");
}

#[test]
fn of_500_uploads_at_once_each_comes_in_whole_or_is_refused() {
    let opened = Opened::new();
    let Opened { project, served, cookie, .. } = &opened;
    let (path, token) = (opened.returns(), opened.token());
    let name = |number: usize| format!("upload {number}.xlsx");
    let content = |number: usize| format!("{number} ").repeat(300).into_bytes();
    let mut open: Vec<(TcpStream, Vec<u8>)> = (0..500)
        .map(|number| {
            let request = served.uploaded(cookie, &path, &token, &[(&name(number), &content(number))]);
            let (first, last) = request.split_at(request.len() - 20);
            let mut stream = opened.connect();
            stream.write_all(first).expect("sent");
            (stream, last.to_vec())
        })
        .collect();
    opened.assert_served("500 uploads are half in");
    for (stream, last) in &mut open {
        // One that was refused already may be closed.
        let _ = stream.write_all(last);
    }
    let answers: Vec<Answer> = open.iter_mut().map(|(stream, _)| rest(stream)).collect();
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for (number, answer) in answers.iter().enumerate() {
        match answer.status {
            303 => taken.push(number),
            503 => refused.push(number),
            other => panic!("upload {number} was answered with {other}: {}", answer.body),
        }
    }
    assert!(!taken.is_empty() && !refused.is_empty(), "{} of 500 came in", taken.len());
    for number in &refused {
        assert!(answers[*number].body.contains("uploads. Try again in a moment."));
    }
    let expected = |numbers: &[usize]| -> BTreeMap<String, Vec<u8>> {
        numbers.iter().map(|number| (name(*number), content(*number))).collect()
    };
    assert!(project.tree("round/returns") == expected(&taken), "what was taken in is there whole, and nothing else");
    assert_eq!(opened.half_files(), Vec::<String>::new());
    let last = answers.iter().rfind(|answer| answer.status == 303).expect("one");
    let done = served.wait(cookie, last);
    assert!(done.body.contains("<h1>Done</h1>") && done.body.contains("came in."), "{}", done.body);
    // What was refused comes in when it is sent again.
    let again: Vec<(String, Vec<u8>)> =
        refused.iter().take(50).map(|number| (name(*number), content(*number))).collect();
    let again: Vec<(&str, &[u8])> = again.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let done = served.wait(cookie, &served.upload(cookie, &path, &again));
    assert!(done.body.contains("50 files came in."), "{}", done.body);
    let all: Vec<usize> = taken.iter().chain(refused.iter().take(50)).copied().collect();
    assert!(project.tree("round/returns") == expected(&all));
}

/// A workbook whose table goes on for a gigabyte with this, after its own beginning.
fn bomb(filling: &[u8]) -> Vec<u8> {
    let mut out = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1));
    for (name, bytes) in crate::project::parts(include_bytes!("resaved/libreoffice.xlsx")) {
        out.start_file(name.as_str(), options).expect("started");
        if name == "xl/worksheets/sheet2.xml" {
            let start = String::from_utf8_lossy(&bytes).find("<row").expect("a row");
            out.write_all(&bytes[..start]).expect("written");
            let piece = filling.repeat((1 << 20) / filling.len() + 1);
            (0..1 << 10).for_each(|_| out.write_all(&piece).expect("written"));
            out.write_all(b"</sheetData></worksheet>").expect("written");
        } else {
            out.write_all(&bytes).expect("written");
        }
    }
    out.finish().expect("finished").into_inner()
}

#[test]
fn workbooks_that_swell_to_a_gigabyte_are_named_and_the_others_are_read() {
    let opened = Opened::new();
    let Opened { project, served, cookie, .. } = &opened;
    let bombs = [("zeros.xlsx", bomb(&[0])), ("rows.xlsx", bomb(b"<row><c/></row>"))];
    let sound: &[u8] = include_bytes!("resaved/libreoffice.xlsx");
    let mut files: Vec<(&str, &[u8])> = bombs.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    assert!(files.iter().all(|(_, bytes)| bytes.len() < 16 << 20), "they are small");
    files.push(("fine.xlsx", sound));
    let started = served.upload(cookie, &opened.returns(), &files);
    // A page that reads no return.
    assert_eq!(served.get(cookie, "").status, 200);
    let done = served.wait(cookie, &started);
    assert!(done.body.contains("1 of 12 agencies"), "{}", done.body);
    // They are not read a second time, and the same is said of them.
    let kept = fs::read_dir(project.path("round/.jtai")).expect("a folder").flatten();
    let kept = kept.filter(|entry| entry.file_name().to_string_lossy().starts_with("books-")).map(|entry| entry.path());
    let kept: Vec<u8> = kept.flat_map(|path| fs::read(path).expect("readable")).collect();
    assert!(String::from_utf8_lossy(&kept).contains("more elements than any real one"), "why is kept");
    let findings = served.get(cookie, &format!("{}/findings", opened.round)).body;
    for ((name, bytes), says) in bombs.iter().zip(["not written in UTF-8", "more elements than any real one"]) {
        let card = findings.split("<article").find(|card| card.contains(name)).unwrap_or_else(|| panic!("{findings}"));
        assert!(card.contains(says), "{name}: {card}");
        assert!(project.read(&format!("round/returns/{name}")) == *bytes, "{name} is kept as it came");
    }
}

/// A client that sends a byte a second: what it got when it was cut off.
struct SlowClient {
    stream: TcpStream,
    left: Vec<u8>,
    got: Vec<u8>,
    is_cut_off: bool,
}

impl SlowClient {
    fn new(opened: &Opened, at_once: &[u8], left: &[u8]) -> SlowClient {
        let mut stream = opened.connect();
        stream.write_all(at_once).expect("sent");
        stream.set_nonblocking(true).expect("set");
        SlowClient { stream, left: left.to_vec(), got: Vec::new(), is_cut_off: false }
    }

    fn send_a_byte(&mut self) {
        if self.is_cut_off {
            return;
        }
        let byte = self.left.remove(0);
        // What was cut off already is seen by reading.
        let _ = self.stream.write_all(&[byte]);
        let mut piece = [0; 4096];
        loop {
            match self.stream.read(&mut piece) {
                Ok(0) => self.is_cut_off = true,
                Ok(length) => {
                    self.got.extend_from_slice(&piece[..length]);
                    continue;
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(_) => self.is_cut_off = true,
            }
            return;
        }
    }
}

#[test]
fn a_client_that_sends_a_byte_a_second_is_cut_off_while_others_are_served() {
    let opened = Opened::new();
    let Opened { project, served, cookie, .. } = &opened;
    let before = project.tree("round");
    let form =
        format!("{}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 400\r\n", served.same_origin());
    let form = served.post_head(cookie, "/rounds/add", &form);
    let upload = |name: &str| opened.begun_upload("Content-Length: 9000", name);
    let token = opened.begun_upload("Content-Length: 9000", "x");
    // Up to the token, whose digits come slowly.
    let token = &token[..token.len() - file_start("x").len() - 40];
    let slow = b"x".repeat(200);
    let mut clients = vec![
        ("a head", SlowClient::new(&opened, b"GET / HTTP/1.1\r\nX: ", &slow)),
        ("a form", SlowClient::new(&opened, form.as_bytes(), &slow)),
        ("a token", SlowClient::new(&opened, token, &slow)),
        ("a file", SlowClient::new(&opened, &upload("slow.xlsx"), &slow)),
    ];
    // All places for uploads are taken by such clients.
    for _ in 0..2 {
        clients.push(("a file", SlowClient::new(&opened, &upload("slow.xlsx"), &slow)));
    }
    let begun = Instant::now();
    while clients.iter().any(|(_, client)| !client.is_cut_off) {
        assert!(begun.elapsed() < Duration::from_secs(90), "one is not cut off");
        clients.iter_mut().for_each(|(_, client)| client.send_a_byte());
        opened.assert_served("slow clients are at it");
        std::thread::sleep(Duration::from_secs(1));
    }
    for (what, client) in &clients {
        let answer = answer(&client.got);
        match *what {
            "a head" => assert!(client.got.is_empty() || answer.status == 408, "{}", answer.body),
            "a form" => assert!(answer.status == 403 && answer.body.contains("Nothing was done"), "{}", answer.body),
            _ => assert!(
                answer.status == 400 && answer.body.contains("The upload was cut off"),
                "{what}: {}",
                answer.body
            ),
        }
    }
    assert!(project.tree("round") == before && opened.half_files().is_empty(), "nothing is kept");
    served.wait(cookie, &served.upload(cookie, &opened.returns(), &[("fine.xlsx", b"x")]));
    assert_eq!(project.read("round/returns/fine.xlsx"), b"x");
}

#[test]
fn an_upload_whose_tab_is_closed_leaves_nothing_and_its_place_is_free() {
    let opened = Opened::new();
    let before = opened.project.tree("round");
    // More than may come in at once.
    for number in 0..6 {
        let mut stream = opened.connect();
        let mut request = opened.begun_upload("Content-Length: 900000", &format!("{number}.xlsx"));
        request.extend(b"x".repeat(200_000));
        stream.write_all(&request).expect("sent");
        if number % 2 == 0 {
            stream.shutdown(Shutdown::Both).expect("closed");
        }
    }
    assert_eq!(opened.half_files(), Vec::<String>::new());
    assert!(opened.project.tree("round") == before);
    let Opened { served, cookie, .. } = &opened;
    served.wait(cookie, &served.upload(cookie, &opened.returns(), &[("fine.xlsx", b"x")]));
    assert_eq!(opened.project.read("round/returns/fine.xlsx"), b"x");
}
