//! The pages, through the real binary: who may see them, what comes in, what goes out. A browser is a socket here.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::project::{Project, TODAY};

/// A jtai that serves pages; it ends with the test.
pub struct Served {
    child: Child,
    pub authority: String,
    pub base: String,
    token: String,
    first_lines: [String; 2],
}

/// What came back.
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The token of the form that is sent to this address.
    pub fn form_token(&self, action: &str) -> String {
        let form = self.body.split("<form ").find(|form| form.contains(&format!("action=\"{action}\"")));
        let form = form.unwrap_or_else(|| panic!("no form to {action}: {}", self.body));
        let token = form.split("name=\"token\" value=\"").nth(1).expect("a token");
        token.split('"').next().expect("its end").to_string()
    }
}

impl Served {
    pub fn start(project: &Project, args: &[&str]) -> Served {
        let mut child = command(project, args).spawn().expect("jtai starts");
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        let mut first_lines = [String::new(), String::new()];
        for line in &mut first_lines {
            out.read_line(line).expect("a line");
        }
        let address = first_lines[0].trim().to_string();
        let rest = address.strip_prefix("http://").unwrap_or_else(|| panic!("{address}"));
        let parts: Vec<&str> = rest.split('/').collect();
        let [authority, segment, "start", token] = parts.as_slice() else { panic!("{address}") };
        Served {
            child,
            authority: authority.to_string(),
            base: format!("/{segment}"),
            token: token.to_string(),
            first_lines: first_lines.clone(),
        }
    }

    /// Sends a request as it is written, and reads the answer to its end.
    pub fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.authority).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        stream.write_all(request).expect("sent");
        let mut bytes = Vec::new();
        // One that was refused early may be closed hard.
        let _ = stream.read_to_end(&mut bytes);
        answer(&bytes)
    }

    fn get_with(&self, path: &str, headers: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes())
    }

    pub fn host(&self) -> String {
        format!("Host: {}\r\n", self.authority)
    }

    /// The cookie of a new session.
    pub fn cookie(&self) -> String {
        let answer = self.get_with(&format!("{}/start/{}", self.base, self.token), &self.host());
        assert_eq!((answer.status, answer.header("location")), (303, self.base.as_str()), "{}", answer.body);
        let cookie = answer.header("set-cookie");
        assert!(cookie.ends_with(&format!("; HttpOnly; SameSite=Strict; Path={}", self.base)), "{cookie}");
        cookie.split(';').next().expect("a value").to_string()
    }

    /// The cookie of a new session, and the page of the round that was opened.
    pub fn cookie_and_round(&self) -> (String, String) {
        let answer = self.get_with(&format!("{}/start/{}", self.base, self.token), &self.host());
        let cookie = answer.header("set-cookie").split(';').next().expect("a value").to_string();
        let round = answer.header("location").strip_prefix(&self.base).expect("the round's page").to_string();
        (cookie, round)
    }

    pub fn get(&self, cookie: &str, path: &str) -> Answer {
        self.get_with(&format!("{}{path}", self.base), &format!("{}Cookie: {cookie}\r\n", self.host()))
    }

    fn post_with(&self, cookie: &str, path: &str, headers: &str, kind: &str, body: &[u8]) -> Answer {
        self.send(&self.posted(cookie, path, headers, kind, body))
    }

    fn posted(&self, cookie: &str, path: &str, headers: &str, kind: &str, body: &[u8]) -> Vec<u8> {
        let headers =
            format!("{headers}Content-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
        [self.post_head(cookie, path, &headers).as_bytes(), body].concat()
    }

    /// The head of a form that is sent.
    pub fn post_head(&self, cookie: &str, path: &str, headers: &str) -> String {
        format!("POST {}{path} HTTP/1.1\r\n{}Cookie: {cookie}\r\n{headers}\r\n", self.base, self.host())
    }

    pub fn same_origin(&self) -> String {
        format!("Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", self.authority)
    }

    /// Sends the form on a page.
    pub fn post(&self, cookie: &str, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get(cookie, page).form_token(&format!("{}{path}", self.base));
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("&{name}={}", encoded(value))).collect();
        let body = format!("token={token}{}", fields.concat());
        self.post_with(cookie, path, &self.same_origin(), "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// Follows an action to its end.
    pub fn wait(&self, cookie: &str, started: &Answer) -> Answer {
        assert_eq!(started.status, 303, "{}", started.body);
        let path = started.header("location").strip_prefix(&self.base).expect("a page of ours").to_string();
        let begun = Instant::now();
        loop {
            let answer = self.get(cookie, &path);
            if !answer.body.contains("data-waiting") {
                return answer;
            }
            assert!(begun.elapsed() < Duration::from_secs(120), "{}", answer.body);
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Sends files as a browser does.
    pub fn upload(&self, cookie: &str, path: &str, files: &[(&str, &[u8])]) -> Answer {
        self.send(&self.uploaded(cookie, path, &self.upload_token(cookie, path), files))
    }

    /// The token of the form for files on a page.
    pub fn upload_token(&self, cookie: &str, path: &str) -> String {
        self.get(cookie, path).form_token(&format!("{}{path}", self.base))
    }

    /// The request with which a browser sends files.
    pub fn uploaded(&self, cookie: &str, path: &str, token: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut body = upload_start(token).into_bytes();
        for (name, bytes) in files {
            body.extend([file_start(name).as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend(b"--edge--\r\n");
        self.posted(cookie, path, &self.same_origin(), PARTS, &body)
    }

    /// The cookie of a second browser, which a second start of jtai opens.
    pub fn second_cookie(&self, project: &Project) -> String {
        let output = command(project, &[]).output().expect("jtai runs");
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        let path = out.lines().next().and_then(|line| line.strip_prefix(&format!("http://{}", self.authority)));
        let answer = self.get_with(path.unwrap_or_else(|| panic!("{out}")), &self.host());
        assert_eq!(answer.status, 303, "{}", answer.body);
        answer.header("set-cookie").split(';').next().expect("a value").to_string()
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("asked").is_none()
    }
}

/// The kind of a form with files.
pub const PARTS: &str = "multipart/form-data; boundary=edge";

/// How a form with files begins.
pub fn upload_start(token: &str) -> String {
    format!("--edge\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n")
}

/// How a file in it begins.
pub fn file_start(name: &str) -> String {
    format!("--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n")
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn answer(bytes: &[u8]) -> Answer {
    let at = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let headers = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let headers: Vec<_> = headers.map(|(name, value)| (name.to_lowercase(), value.to_string())).collect();
    let body = bytes.get(at + 4..).unwrap_or_default();
    let is_chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if is_chunked { unchunked(body) } else { body.to_vec() };
    Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(&String::from_utf8_lossy(&rest[..at]), 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        body.extend_from_slice(&rest[at + 2..at + 2 + size]);
        rest = &rest[at + 4 + size..];
    }
    body
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// jtai with a home of its own.
fn command(project: &Project, args: &[&str]) -> Command {
    let home = project.path("home");
    fs::create_dir_all(&home).expect("made");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jtai"));
    command.arg("open").args(args).args(["--no-browser", "--today", TODAY]).current_dir(project.path("."));
    command.env("HOME", &home).env("XDG_STATE_HOME", home.join("state")).env_remove("XDG_CONFIG_HOME");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// The address of a round's pages, from the list of rounds.
fn round_path(served: &Served, cookie: &str) -> String {
    let rounds = served.get(cookie, "").body;
    let at = rounds.find(&format!("{}/r/", served.base)).unwrap_or_else(|| panic!("no round: {rounds}"));
    rounds[at..].split('"').next().expect("its end").strip_prefix(&served.base).expect("ours").to_string()
}

#[test]
fn the_first_line_is_the_address_and_a_token_opens_the_pages_once() {
    let project = Project::empty();
    let served = Served::start(&project, &[]);
    assert_eq!(served.first_lines[1], "Close this window to stop.\n");
    let start = format!("{}/start/{}", served.base, served.token);
    // Neither a wrong name nor a browser that looks ahead uses it up.
    assert_eq!(served.get_with(&start, "Host: localhost\r\n").status, 403);
    assert_eq!(served.get_with(&start, &format!("{}Sec-Purpose: prefetch\r\n", served.host())).status, 405);
    assert_eq!(served.get_with(&start, &format!("{}Sec-Fetch-Site: cross-site\r\n", served.host())).status, 403);
    let cookie = served.cookie();
    let again = served.get_with(&start, &served.host());
    assert_eq!(again.status, 403);
    assert!(again.body.contains("This address was used already"), "{}", again.body);
    let page = served.get(&cookie, "");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("There is no round on this computer yet"), "{}", page.body);
    assert_eq!(served.get("jtai=0", "").status, 403);
    assert!(served.get("other=1", "").body.contains("Open jtai again"));
}

#[test]
fn every_answer_says_what_a_browser_may_do_with_it() {
    let project = Project::empty();
    let served = Served::start(&project, &[]);
    let cookie = served.cookie();
    let answers =
        [served.get(&cookie, ""), served.get(&cookie, "/nothing"), served.get("", ""), served.get(&cookie, "/page.js")];
    for answer in answers {
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(!answer.body.contains(" style=") && !answer.body.contains(" onclick="), "nothing inline");
    }
}

#[test]
fn a_different_name_or_place_gets_nothing() {
    let project = Project::empty();
    let served = Served::start(&project, &[]);
    let cookie = served.cookie();
    let port = served.authority.split(':').nth(1).expect("a port");
    for host in [
        format!("Host: localhost:{port}\r\n"),
        format!("Host: 127.0.0.1:{port}.example.org\r\n"),
        format!("Host: 127.0.0.1:0{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_string(),
        format!("{0}{0}", served.host()),
    ] {
        let answer = served.get_with(&served.base, &format!("{host}Cookie: {cookie}\r\n"));
        assert!(matches!(answer.status, 400 | 403), "{host}: {}", answer.status);
    }
    assert!(matches!(served.get_with(&served.base, &format!("Cookie: {cookie}\r\n")).status, 400 | 403));
    let absolute = format!("http://example.org{}", served.base);
    assert_eq!(served.get_with(&absolute, &format!("{}Cookie: {cookie}\r\n", served.host())).status, 403);
    let token = served.get(&cookie, "").form_token(&format!("{}/stop", served.base));
    let body = format!("token={token}");
    let post = |headers: &str, body: &str| {
        served.post_with(&cookie, "/stop", headers, "application/x-www-form-urlencoded", body.as_bytes()).status
    };
    for headers in [
        String::new(),
        "Origin: https://example.org\r\n".into(),
        "Origin: null\r\n".into(),
        "Origin: null\r\nSec-Fetch-Site: cross-site\r\n".into(),
        format!("Origin: http://127.0.0.1:1{port}\r\n"),
        format!("Origin: http://{}\r\nSec-Fetch-Site: same-site\r\n", served.authority),
    ] {
        assert_eq!(post(&headers, &body), 403, "{headers}");
    }
    // The token of a different form, of none, and of a different browser.
    let other = served.get(&cookie, "").form_token(&format!("{}/demo", served.base));
    for body in [format!("token={other}"), String::new(), "token=".into()] {
        assert_eq!(post(&served.same_origin(), &body), 403, "{body}");
    }
    // Under no-referrer, this is what a browser says of a form of ours.
    assert_eq!(post("Origin: null\r\nSec-Fetch-Site: same-origin\r\n", &body), 200);
}

#[test]
fn a_second_start_opens_the_first_and_the_button_stops_it() {
    let project = Project::empty();
    let mut served = Served::start(&project, &[]);
    let cookie = served.cookie();
    let second = command(&project, &[]).output().expect("jtai runs");
    let out = String::from_utf8_lossy(&second.stdout).into_owned();
    let address = out.lines().next().expect("a line");
    let start = format!("http://{}{}/start/", served.authority, served.base);
    assert!(address.starts_with(&start) && second.status.success(), "{out}");
    let path = address.strip_prefix(&format!("http://{}", served.authority)).expect("its path");
    assert_eq!(served.get_with(path, &served.host()).status, 303);
    let stopped = served.post(&cookie, "", "/stop", &[]);
    assert!(stopped.body.contains("jtai has stopped"), "{}", stopped.body);
    let begun = Instant::now();
    while served.is_running() {
        assert!(begun.elapsed() < Duration::from_secs(10), "it goes on");
        std::thread::sleep(Duration::from_millis(50));
    }
    // A third start is a first one again, though the address of the one before is still there.
    let third = Served::start(&project, &[]);
    assert_ne!(third.base, served.base);
}

#[test]
#[cfg(unix)]
fn only_its_user_can_read_where_pages_are() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::empty();
    let _served = Served::start(&project, &[]);
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let folder = project.path("home/state/jtai");
    assert_eq!((mode(&folder), mode(&folder.join("address")), mode(&folder.join("tokens"))), (0o700, 0o600, 0o700));
}

#[test]
fn the_whole_round_by_pages() {
    let project = Project::empty();
    let served = Served::start(&project, &[]);
    let cookie = served.cookie();
    let done = served.wait(&cookie, &served.post(&cookie, "", "/demo", &[]));
    assert!(done.body.contains("The sample round is ready"), "{}", done.body);
    let round = round_path(&served, &cookie);
    let page = served.get(&cookie, &round);
    assert!(page.body.contains("11 of 12 agencies returned"), "{}", page.body);
    assert!(page.body.contains("1 finding must be fixed before the presentation can be final"), "{}", page.body);
    // That comes first, and has the one button that stands out.
    let next = page.body.split("<h2>What comes next</h2>").nth(1).expect("its heading");
    let next = next.split("<h2>").next().expect("its end");
    let decide = format!("<a class=\"button\" href=\"{}{round}/findings\">Decide about 1 finding</a>", served.base);
    let [first, second] = [decide.as_str(), "<button class=\"second\">"].map(|part| next.find(part));
    assert!(first.is_some() && first < second, "{next}");
    for action in ["issue", "collect", "queries", "report"] {
        let done = served.wait(&cookie, &served.post(&cookie, &round, &format!("{round}/do/{action}"), &[]));
        assert!(done.body.contains("<h1>Done</h1>"), "{action}: {}", done.body);
        let says_who = done.body.contains("/choices/approval\">Say who approved it</a>");
        assert_eq!(says_who, action == "report", "{action}: {}", done.body);
    }
    let slides = served.get(&cookie, &format!("{round}/slides/short/1")).body;
    for link in
        ["/choices/approval\">Say who approved it</a>", "/choices/approval\">Or go straight to the approval</a>"]
    {
        assert!(slides.contains(link), "{link}: {slides}");
    }
    let parts = [
        "",
        "/returns",
        "/findings",
        "/messages",
        "/files",
        "/choices/actions",
        "/choices/approval",
        "/slides/short/1",
        "/slides/full/3",
    ];
    for part in parts {
        let page = served.get(&cookie, &format!("{round}{part}"));
        assert_eq!(page.status, 200, "{part}: {}", page.body);
        assert!(!page.body.contains("`jtai ") && !page.body.contains(" --"), "{part} says what to type: {}", page.body);
    }
    let slide = served.get(&cookie, &format!("{round}/slides/short/2/picture.svg"));
    assert_eq!((slide.status, slide.header("content-type")), (200, "image/svg+xml"));
    assert!(slide.body.starts_with("<svg"), "a picture");
    assert_eq!(served.get(&cookie, &format!("{round}/slides/short/99")).status, 404);
    let same = project.run(&["demo", "by-command"]);
    assert_eq!(same.code, 0, "{}", same.err);
    let by_page = project.read("home/jtai/sample round/report/deck.pdf");
    assert!(by_page == project.read("by-command/report/deck.pdf"), "both ways give the same bytes");
    // The page of the presentation compares it with the files at each moment.
    let files = |says: &str| {
        let page = served.get(&cookie, &format!("{round}/slides/short/1"));
        assert!(page.body.contains(says), "{says}: {}", page.body);
    };
    files("The files are as shown here.");
    let mut folders =
        fs::read_dir(project.path("home/jtai")).expect("the rounds").map(|entry| entry.expect("an entry").path());
    let folder = folders.find(|folder| folder.join("round.toml").exists()).expect("the sample");
    let folder = folder.to_str().expect("a path");
    let settled =
        project.run(&["settle", "F-8V8XPE", folder, "--as", "Amber", "--by", "M Hill", "--why", "phoned the lead"]);
    assert!(settled.code < 2, "{}{}", settled.out, settled.err);
    files("The files show something different");
    let done = served.wait(&cookie, &served.post(&cookie, &round, &format!("{round}/do/report"), &[]));
    assert!(done.body.contains("<h1>Done</h1>"), "{}", done.body);
    files("The files are as shown here.");
}

#[test]
fn returns_come_in_by_a_page_and_a_finding_is_settled_on_it() {
    let project = Project::issued();
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let returns = format!("{round}/returns");
    let before = served.get(&cookie, &format!("{round}/seen")).body;
    let unreadable = b"this is no workbook".as_slice();
    let done = served.wait(&cookie, &served.upload(&cookie, &returns, &[("C:\\x\\police.xlsx", unreadable)]));
    assert!(done.body.contains("1 file came in") || done.body.contains("One file came in"), "{}", done.body);
    assert_eq!(project.read("round/returns/police.xlsx"), unreadable);
    assert_ne!(served.get(&cookie, &format!("{round}/seen")).body, before, "the pages notice it");
    // The same file again, and a different one of the same name.
    let done = served
        .wait(&cookie, &served.upload(&cookie, &returns, &[("police.xlsx", unreadable), ("police.xlsx", b"other")]));
    assert!(done.body.contains("was already here") && done.body.contains("police (2).xlsx"), "{}", done.body);
    let findings = served.get(&cookie, &format!("{round}/findings")).body;
    let at = findings.find("/findings/F-").unwrap_or_else(|| panic!("no finding: {findings}"));
    let reference = findings[at + 10..].split('"').next().expect("its end").to_string();
    let (one, settle) = (format!("{round}/findings/{reference}"), format!("{round}/findings/{reference}/settle"));
    let refused = served.post(&cookie, &one, &settle, &[("decision", "set-aside"), ("by", ""), ("why", "")]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Nothing was done") && !refused.body.contains(" --"), "{}", refused.body);
    let fields = [("decision", "set-aside"), ("by", "M Hill"), ("why", "sent by mistake")];
    let settled = served.post(&cookie, &one, &settle, &fields);
    assert!(settled.body.contains("set aside by M Hill on 14 December 2026: sent by mistake"), "{}", settled.body);
    let leftovers = fs::read_dir(project.path("round/.jtai")).expect("a folder").flatten();
    assert!(leftovers.into_iter().all(|entry| !entry.file_name().to_string_lossy().ends_with(".part")));
}

#[test]
fn names_and_paths_lead_nowhere_else() {
    let project = Project::issued();
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    for path in [
        "/files/..%2f..%2fround.toml",
        "/files/../../round.toml",
        "/files/%2e%2e",
        "/files/0123456789abcdef",
        "/files/round.toml",
        "/running/..",
        "/seen/..",
    ] {
        assert_eq!(served.get(&cookie, &format!("{round}{path}")).status, 404, "{path}");
    }
    assert_eq!(served.get(&cookie, "/r/0123456789ab").status, 404);
    let nothing = served.get(&cookie, &format!("{round}/nothing")).body;
    assert!(nothing.contains("There is nothing here") && nothing.contains("Back to the round"), "{nothing}");
    assert_eq!(served.get(&cookie, "/icon.svg").header("content-type"), "image/svg+xml");
    for name in ["nul", "..", ".hidden", "~$police.xlsx", "x."] {
        let answer = served.upload(&cookie, &format!("{round}/returns"), &[(name, b"x")]);
        assert_eq!(answer.status, 422, "{name}: {}", answer.body);
    }
    let answer = served.upload(&cookie, &format!("{round}/returns"), &[("../../escaped.xlsx", b"x")]);
    served.wait(&cookie, &answer);
    assert!(project.path("round/returns/escaped.xlsx").is_file() && !project.path("escaped.xlsx").exists());
}

#[test]
#[cfg(unix)]
fn a_link_in_a_round_is_not_followed() {
    let project = Project::issued();
    project.write("secret.txt", b"secret");
    fs::create_dir_all(project.path("round/report")).expect("made");
    std::os::unix::fs::symlink(project.path("secret.txt"), project.path("round/report/deck.pdf")).expect("linked");
    std::os::unix::fs::symlink(project.path("round"), project.path("linked")).expect("linked");
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let files = served.get(&cookie, &format!("{round}/files")).body;
    assert!(!files.contains("deck.pdf") && files.contains("agencies.xlsx"), "{files}");
    let linked = project.path("linked");
    let added = served.post(&cookie, "", "/rounds/add", &[("folder", &linked.to_string_lossy())]);
    assert_eq!(added.status, 422);
}

#[test]
fn what_is_too_much_or_too_slow_is_refused_while_others_are_served() {
    let project = Project::issued();
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let headers = format!("{}Content-Type: {PARTS}\r\nContent-Length: 2000000000\r\n", served.same_origin());
    let head = served.post_head(&cookie, &format!("{round}/returns"), &headers);
    let mut large = TcpStream::connect(&served.authority).expect("connected");
    large.write_all(head.as_bytes()).expect("sent");
    large.write_all(file_start("x").as_bytes()).expect("sent");
    let mut slow: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(&served.authority).expect("connected")).collect();
    slow.iter_mut().for_each(|stream| stream.write_all(b"GET / HT").expect("sent"));
    assert_eq!(served.get(&cookie, "").status, 200, "others are served");
    large.shutdown(Shutdown::Write).expect("shut");
    let mut bytes = Vec::new();
    let _ = large.read_to_end(&mut bytes);
    assert_eq!(answer(&bytes).status, 413);
    let body = "x".repeat(400_000);
    let token = served.get(&cookie, "").form_token(&format!("{}/rounds/add", served.base));
    let body = format!("token={token}&folder={body}");
    let kind = "application/x-www-form-urlencoded";
    assert_eq!(served.post_with(&cookie, "/rounds/add", &served.same_origin(), kind, body.as_bytes()).status, 413);
    let many: Vec<_> = std::thread::scope(|scope| {
        let upload = || served.upload(&cookie, &format!("{round}/returns"), &[("a.xlsx", b"a")]).status;
        let threads: Vec<_> = (0..60).map(|_| scope.spawn(upload)).collect();
        threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    });
    let mut counts: HashMap<u16, usize> = HashMap::new();
    many.iter().for_each(|status| *counts.entry(*status).or_default() += 1);
    assert!(counts.keys().all(|status| [303, 503].contains(status)) && counts[&303] > 0, "{counts:?}");
}

#[test]
fn what_is_stopped_writes_nothing() {
    let project = Project::demo();
    fs::remove_dir_all(project.path("demo/report")).expect("removed");
    fs::remove_dir_all(project.path("demo/.jtai")).expect("removed");
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let started = served.post(&cookie, &round, &format!("{round}/do/report"), &[]);
    let running = started.header("location").strip_prefix(&served.base).expect("ours").to_string();
    let page = served.get(&cookie, &running);
    if page.body.contains("data-waiting") {
        served.post(&cookie, &running, &format!("{running}/stop"), &[]);
    }
    let ended = served.wait(&cookie, &started).body;
    let is_written = project.path("demo/report").exists();
    assert_eq!(ended.contains("<h1>Stopped</h1>"), !is_written, "{ended}");
    assert_eq!(ended.contains("<h1>Done</h1>"), is_written, "{ended}");
}

#[test]
fn a_return_that_was_deleted_is_forgotten_on_a_page() {
    let project = Project::demo();
    let file = "returns/care-board self-assessment.xlsx";
    fs::remove_file(project.path(&format!("demo/{file}"))).expect("deleted");
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let findings = served.get(&cookie, &format!("{round}/findings")).body;
    let card =
        findings.split("<article").find(|card| card.contains("is no longer in returns/")).expect("it is noticed");
    let reference = card.split("/findings/").nth(1).expect("a link").split('"').next().expect("its end").to_string();
    let (page, forget) = (format!("{round}/findings/{reference}"), format!("{round}/findings/{reference}/forget"));
    assert_eq!(served.post(&cookie, &page, &forget, &[("by", "")]).status, 422);
    let done = served.post(&cookie, &page, &forget, &[("by", "M Hill"), ("why", "sent in error")]);
    assert!(done.body.contains(&format!("{file} is forgotten")), "{}", done.body);
    assert!(!project.path("demo/report/deck.pdf").exists());
}

#[test]
fn a_new_round_is_made_in_one_form() {
    let project = Project::empty();
    let served = Served::start(&project, &[]);
    let cookie = served.cookie();
    let empty = served.post(&cookie, "/new", "/new", &[("partnership", "Sampleton <b> Partnership")]);
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("value=\"Sampleton &lt;b&gt; Partnership\""), "what was typed stays: {}", empty.body);
    let fields = [
        ("theme", "child-sexual-abuse-2025"),
        ("partnership", "Sampleton Partnership"),
        ("deadline", "2027-01-29"),
        ("marking", "OFFICIAL-SENSITIVE"),
        ("officer", "M Hill"),
        ("agency-1-name", "Sampleton Police"),
        ("agency-1-group", "POL"),
        ("agency-1-contact", "R Sample"),
        ("agency-1-email", "r.sample@police.example"),
        ("agency-3-name", "Sampleton Council"),
        ("agency-3-group", "LA"),
    ];
    let made = served.post(&cookie, "/new", "/new", &fields);
    assert_eq!(made.status, 303, "{}", made.body);
    let round = made.header("location").strip_prefix(&served.base).expect("ours").to_string();
    let page = served.get(&cookie, &round).body;
    assert!(page.contains("Sampleton Police") && page.contains("Sampleton Council"), "{page}");
    let issued = served.wait(&cookie, &served.post(&cookie, &round, &format!("{round}/do/issue"), &[]));
    assert!(issued.body.contains("<h1>Done</h1>"), "{}", issued.body);
    assert!(project.path("home/jtai/sampleton-partnership-2027-01/issued").is_dir());
    let messages = served.get(&cookie, &format!("{round}/messages"));
    assert!(messages.body.contains("r.sample@police.example"), "{}", messages.body);
    let path = format!("{round}/messages");
    let ids =
        messages.body.split("name=\"agency\" value=\"").skip(1).map(|rest| rest.split('"').next().expect("its end"));
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    assert!(ids.len() == 2 && messages.body.contains("I have sent all 2"), "{}", messages.body);
    let fields = [("agency", ids[0]), ("agency", ids[1]), ("what", "workbook"), ("on", "2026-12-14")];
    let nobody = served.post(&cookie, &path, &format!("{path}/sent"), &[("what", "workbook"), ("on", "2026-12-14")]);
    assert_eq!(nobody.status, 404, "no agency is not every agency");
    let noted = served.post(&cookie, &path, &format!("{path}/sent"), &fields);
    assert_eq!(noted.status, 303);
    let (address, _) = noted.header("location").split_once('#').expect("a place on the page");
    let after = served.get(&cookie, address.strip_prefix(&served.base).expect("ours"));
    assert!(after.body.contains("Noted: you have sent these messages"), "{}", after.body);
    assert!(served.get(&cookie, &round).body.contains("14 December 2026"), "it is noted");
}

#[test]
fn what_is_wrong_with_typed_agencies_leads_to_their_row() {
    let project = Project::empty();
    let served = Served::start(&project, &[]);
    let cookie = served.cookie();
    let fields = [
        ("theme", "front-door"),
        ("partnership", "Sampleton"),
        ("deadline", "2027-01-29"),
        ("agency-1-name", "Sampleton Police"),
        ("agency-1-group", "POL"),
        ("agency-4-name", "Sampleton Council"),
    ];
    let refused = served.post(&cookie, "/new", "/new", &fields);
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("href=\"#agency-4-name\"") && refused.body.contains("id=\"agency-4-name\""),
        "{}",
        refused.body
    );
    assert!(!project.path("home/jtai").exists(), "nothing was made");
}

#[test]
fn files_that_come_in_while_something_is_under_way_are_read_after_it() {
    let project = Project::issued();
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let sample =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/exampleshire/returns/Schools forum return.xlsx"));
    let sample = sample.expect("the sample");
    let report = served.post(&cookie, &round, &format!("{round}/do/report"), &[]);
    let uploads = ["one.xlsx", "two.xlsx"].map(|name| {
        let mut bytes = sample.clone();
        bytes.extend(name.as_bytes());
        served.upload(&cookie, &format!("{round}/returns"), &[(name, &bytes)])
    });
    served.wait(&cookie, &report);
    for (upload, name) in uploads.iter().zip(["one.xlsx", "two.xlsx"]) {
        let ended = served.wait(&cookie, upload);
        assert!(ended.body.contains("came in") && !ended.body.contains("could not be done"), "{}", ended.body);
        assert!(served.get(&cookie, &format!("{round}/returns")).body.contains(name), "{name} is not listed");
    }
}

#[test]
fn a_new_round_takes_its_agencies_as_a_file_or_pasted() {
    let project = Project::empty();
    let served = Served::start(&project, &[]);
    let cookie = served.cookie();
    let needed = [("theme", "child-sexual-abuse-2025"), ("partnership", "Sampleton"), ("deadline", "2027-01-29")];
    let pasted = "Sampleton Police\tPOL\tR Sample\tr@police.example\nSampleton Council\tLA";
    let made = served.post(&cookie, "/new", "/new", &[&needed[..], &[("pasted", pasted)]].concat());
    assert_eq!(made.status, 303, "{}", made.body);
    let page = served.get(&cookie, made.header("location").strip_prefix(&served.base).expect("ours")).body;
    assert!(page.contains("Sampleton Police") && page.contains("Sampleton Council"), "{page}");
    let token = served.get(&cookie, "/new").form_token(&format!("{}/new", served.base));
    let send = |more: &str| {
        let field = |(name, value): (&str, &str)| {
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let fields: String = std::iter::once(("token", token.as_str())).chain(needed).map(field).collect();
        let body = format!("{fields}{more}--edge--\r\n");
        served.post_with(&cookie, "/new", &served.same_origin(), PARTS, body.as_bytes())
    };
    let list = "--edge\r\nContent-Disposition: form-data; name=\"list\"; filename=\"ours.csv\"\r\n\r\n\
                Name,Group,Contact,Email\nSampleton Health,HLT,,h@health.example\r\n";
    let made = send(list);
    assert_eq!(made.status, 303, "{}", made.body);
    let page = served.get(&cookie, made.header("location").strip_prefix(&served.base).expect("ours")).body;
    assert!(page.contains("Sampleton Health"), "{page}");
    // In two ways at once: nothing is made, and all that is wrong is named with its field.
    let both = format!("{list}--edge\r\nContent-Disposition: form-data; name=\"pasted\"\r\n\r\nx\r\n");
    let refused = send(&both);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("href=\"#list\"") && refused.body.contains("aria-invalid"), "{}", refused.body);
}

/// Whatever agencies send, what the pages say of it can be done on them.
#[test]
fn no_page_says_what_to_type() {
    let project = Project::issued();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/returns-faulty");
    for entry in fs::read_dir(samples).expect("the samples").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        project.write(&format!("round/returns/{name}"), &fs::read(entry.path()).expect("a sample"));
    }
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let mut pages: Vec<Answer> = ["", "/returns", "/findings", "/messages", "/files", "/slides/short/1"]
        .iter()
        .map(|part| served.get(&cookie, &format!("{round}{part}")))
        .collect();
    let references: Vec<String> = pages[2]
        .body
        .split("/findings/F-")
        .skip(1)
        .map(|rest| format!("F-{}", rest.split('"').next().expect("its end")))
        .collect();
    assert!(references.len() > 20, "{}", pages[2].body);
    pages.extend(references.iter().step_by(9).map(|one| served.get(&cookie, &format!("{round}/findings/{one}"))));
    for page in pages {
        assert_eq!(page.status, 200, "{}", page.body);
        for typed in ["`jtai ", " --"] {
            let around = page.body.find(typed).map(|at| page.body[..at].chars().rev().take(200).collect::<String>());
            let around = around.map(|text| text.chars().rev().collect::<String>());
            assert!(around.is_none(), "a page says what to type after: {around:?}");
        }
    }
}
