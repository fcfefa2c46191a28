//! One file a command, each a straight run of stages. Here, and only here, are the disk and the clock.

mod cache;
mod collect;
mod demo;
mod disk;
mod explain;
mod forget;
mod issue;
mod open;
mod queries;
mod report;
mod round_new;
mod say;
mod status;
mod theme;

use std::fmt;
use std::path::Path;

use jiff::Zoned;
use jiff::civil::Date;

use crate::cli::{Cli, Command, RoundCommand, Slides, ThemeCommand};
use crate::deck::Length;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::guard;

/// The exit code when nothing was done.
pub const NOT_DONE: u8 = 2;

/// How a command ended, when it did what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, and a finding of severity must-fix or please-check stands.
    Findings,
}

impl Outcome {
    /// 0 or 1.
    pub fn exit_code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Findings => 1,
        }
    }

    fn of(findings: &[Diagnostic]) -> Outcome {
        match findings.iter().any(|finding| finding.severity() != Severity::Information) {
            true => Outcome::Findings,
            false => Outcome::Done,
        }
    }
}

/// What a command says when it is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// For people.
    pub text: String,
    /// The same for machines.
    pub json: serde_json::Value,
    /// How it ended.
    pub outcome: Outcome,
}

impl Said {
    /// The JSON as text, ending in a line end.
    pub fn json_text(&self) -> String {
        format!("{:#}\n", self.json)
    }
}

/// Why nothing was done: one or more findings, each with place and remedy.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    findings: Vec<Diagnostic>,
}

impl Failure {
    fn new(findings: Vec<Diagnostic>) -> Failure {
        Failure { findings }
    }

    fn one(code: Code, path: &Path, found: impl Into<String>, remedy: impl Into<String>) -> Failure {
        let name = path.display().to_string();
        Failure::new(vec![Diagnostic::new(code, Place::file(name.as_str()), found, "", remedy).naming(name)])
    }

    /// A stage that should not fail on data of ours did. What it says is for the person who mends the program.
    fn internal(error: impl fmt::Display) -> Failure {
        let place = Place::file("jtai");
        let remedy = "this is a fault of the program: please report it with this message";
        Failure::new(vec![Diagnostic::new(Code::Internal, place, error.to_string(), "", remedy)])
    }

    /// The message, one finding a line.
    pub fn text(&self) -> String {
        say::failure(&self.findings)
    }

    /// The same for machines.
    pub fn json_text(&self) -> String {
        format!("{:#}\n", serde_json::json!({ "failed": say::findings_json(&self.findings) }))
    }
}

/// Does what was typed. A panic, which is always a fault of the program, becomes a failure with a message.
///
/// # Errors
///
/// As [`run`].
pub fn run_guarded(cli: Cli) -> Result<Said, Failure> {
    let attempt = std::panic::catch_unwind(|| run(cli));
    attempt.unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Err(Failure::internal(said.unwrap_or("the program stopped unexpectedly")))
    })
}

/// Does what was typed.
///
/// # Errors
///
/// When nothing was done; the failure says where, what was found and what to do.
pub fn run(cli: Cli) -> Result<Said, Failure> {
    let clock = Clock { given: cli.today };
    match cli.command {
        Command::Demo { dir } => demo::run(&dir, clock),
        Command::Theme(ThemeCommand::List { all }) => theme::list(all),
        Command::Theme(ThemeCommand::Show { theme }) => theme::show(&theme),
        Command::Theme(ThemeCommand::Check { files }) => theme::check(&files),
        Command::Theme(ThemeCommand::Draft { file, id, title }) => theme::draft(&file, &id, &title),
        Command::Round(RoundCommand::New(settings)) => round_new::run(&settings, clock.today()),
        Command::Explain { what, round } => explain::run(&what, &round, clock.today()),
        Command::Forget { file, round } => forget::run(&file, &round),
        Command::ReadWorker => worker(),
        Command::Issue(dir) => issue::run(&dir.round, clock.today()),
        Command::Collect(dir) => collect::run(&dir.round, clock.today()),
        Command::Queries(dir) => queries::run(&dir.round, clock.today()),
        Command::Report { slides, keep, dataset, round } => {
            let length = match slides {
                Slides::Short => Length::Short,
                Slides::Full => Length::Full,
            };
            let wanted = report::Wanted { dataset: dataset.as_deref(), keep: keep.as_deref() };
            report::run(&round, length, wanted, clock.today())
        }
        Command::Status(dir) => status::run(&dir.round, clock.today()),
    }
}

/// Works as a reader of workbooks for the jtai that started this one, and says nothing.
fn worker() -> Result<Said, Failure> {
    // The other end being gone is how a worker's work ends.
    let _ = guard::serve(std::io::stdin().lock(), std::io::stdout().lock());
    Ok(Said { text: String::new(), json: serde_json::Value::Null, outcome: Outcome::Done })
}

/// The one clock: the date that was given, else the system's.
#[derive(Debug, Clone, Copy)]
struct Clock {
    given: Option<Date>,
}

impl Clock {
    fn today(self) -> Date {
        self.given.unwrap_or_else(|| Zoned::now().date())
    }
}
