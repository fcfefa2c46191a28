//! The commands and their arguments. The `///` comments here are the help that people read.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

use crate::app::forget::ForgetWishes;
use crate::app::queries::QueriesWishes;
use crate::app::repair::RepairWishes;
use crate::app::report::{Length, ReportWishes};
use crate::app::round_again::AgainWishes;
use crate::app::round_new::{RoundWishes, WishedList};
use crate::app::sent::{SentWhat, SentWishes};
use crate::app::settle::{SettleWishes, TypedDecision};
use crate::app::theme::{DraftFolder, DraftFrom, DraftWishes};
use crate::app::{self, Request};

/// The text below the list of commands in `jtai --help`.
const EXAMPLES: &str = "\
Examples:
  jtai open                work in your browser, from the workbooks to the presentation
  jtai demo                a complete sample round, to look at
  jtai round new my-round --theme front-door --partnership \"Your Partnership\" --deadline 2026-12-11
                           a round of your own; then list its agencies in my-round/agencies.xlsx
  jtai issue my-round      a workbook for each agency, with a message for you to send
  jtai collect my-round    what came back, and what to do about it
  jtai challenge my-round  the workbook for the challenge meeting, and feedback for each agency
  jtai report my-round     the presentation, and everything behind it

Nothing is sent anywhere, and nothing that an agency returned is ever changed.";

/// Makes benchmarking workbooks from the criteria of a joint targeted area inspection, and charts and the day-one presentation from
/// what agencies return.
#[derive(Debug, Parser)]
// 100 columns: longer lines of help are hard to read in a maximised window.
#[command(name = "jtai", version, max_term_width = 100, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// Use this date as today, as in 2026-12-14: with the same inputs, the files are then the same to the byte.
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,

    /// Print the result as JSON, for other programs.
    #[arg(long, global = true)]
    pub json: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Work on rounds in your browser. The pages are served to this computer only.
    Open {
        /// The round's folder; without it, you see the list of your rounds.
        round: Option<PathBuf>,
        /// Print the address, and do not open the browser.
        #[arg(long)]
        no_browser: bool,
    },
    /// Make a complete sample round in DIR, from workbooks to presentation.
    Demo {
        /// The folder to make. It must be new, empty, or made by an earlier demo.
        #[arg(default_value = "jtai-demo")]
        dir: PathBuf,
    },
    /// Themes: what an inspection looks at.
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// Rounds: one theme, one partnership, its agencies, a deadline.
    #[command(subcommand)]
    Round(RoundCommand),
    /// Write one workbook for each agency into the round's folder issued/.
    Issue(RoundDir),
    /// Read everything in the round's folder returns/ and say what was found.
    Collect {
        /// List every finding, not only what is new since last time.
        #[arg(long)]
        all: bool,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Collect, then write what goes back to agencies into queries/: questions, receipts, reminders.
    Queries {
        /// The date by which agencies are asked to reply; without it, five working days from today.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        reply_by: Option<Date>,
        /// Also write the messages that you noted as sent and that still apply.
        #[arg(long)]
        again: bool,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Collect, then write what the challenge meeting needs into challenge/, and feedback for each agency into feedback/.
    ///
    /// In challenge/ you get a workbook for the meeting, and pages on each agency for the scrutineer. The next `jtai report` reads every
    /// workbook in that folder, and a workbook that somebody has filled in is never overwritten.
    ///
    /// In feedback/ each agency that returned gets a paper about its own answers, with a message for you to send. Run the command again
    /// after the meeting.
    Challenge(RoundDir),
    /// Collect, then write data, charts, the presentation and the leaders' annex into report/.
    Report {
        /// How long the presentation is.
        #[arg(long, value_enum, default_value_t = Slides::Short)]
        slides: Slides,
        /// Write this agency's answers in full too, into leaders-only/AGENCY annex.pdf; may be given several times, or with commas. From then on
        /// each report brings that file up to date, until you delete it. With "all" the annex has the answers of all agencies, as it has
        /// in rounds of up to 100 agencies anyway.
        #[arg(long, value_name = "AGENCY", value_delimiter = ',')]
        annex: Vec<String>,
        /// Keep a copy of the presentation in kept/ under this name. Later briefings say what has changed since.
        #[arg(long, value_name = "NAME")]
        keep: Option<String>,
        /// Also add this round's ratings, as Parquet, to a folder for many rounds. No texts and no contacts go into it.
        #[arg(long, value_name = "DIR")]
        dataset: Option<PathBuf>,
        /// List every finding, not only what is new since last time.
        #[arg(long)]
        all: bool,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Show who has returned, who has not, and how long is left.
    Status(RoundDir),
    /// Show where a number comes from: which cells are counted, what is in them, and how they add up.
    Explain {
        /// A statement's Ref, the id of an agency or an area, a finding's reference (as in F-3HK6Q2), or the reference at the foot of a
        /// slide (as in K7Q2-4).
        what: String,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Remove a return from everything that jtai wrote, once you have deleted its file.
    Forget {
        /// The file's name as jtai shows it, as in returns/police.xlsx.
        file: String,
        /// Who decided this, for the record; without it, the officer named in round.toml.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Why, for the record. Write nothing about a child.
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Copy the answers in a damaged, outdated or rearranged file into a fresh workbook for its agency.
    Repair {
        /// The file that the agency sent. It is not changed.
        file: PathBuf,
        /// The id of the agency that it is from, if the file does not say.
        #[arg(long, value_name = "AGENCY")]
        from: Option<String>,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Note what you sent to agencies, and when.
    Sent {
        /// The agencies' ids, then the round's folder if it is not the current one. Without ids: every agency with something to send.
        #[arg(value_name = "AGENCY")]
        agencies: Vec<String>,
        /// What you sent.
        #[arg(long, value_enum, default_value_t = What::Workbook)]
        what: What,
        /// When, if not today.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        on: Option<Date>,
        /// The return code of the workbook that you sent, if the agency has two and the day does not tell which.
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
    },
    /// Decide what to do about a finding. Your name and reason go on record; no agency's file is changed.
    Settle(Settle),
    /// Print the script that completes commands in a shell.
    #[command(hide = true)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the man page of a command, as in `jtai man-page round new`, or that of jtai itself.
    #[command(hide = true)]
    ManPage {
        /// The command.
        #[arg(value_name = "COMMAND")]
        of: Vec<String>,
    },
}

/// The length of the presentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Slides {
    /// What fits into twenty minutes.
    Short,
    /// Also a page for each area.
    Full,
}

/// The kinds of messages that can be noted as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// A workbook to fill in.
    Workbook,
    /// Questions on a return.
    Questions,
    /// A reminder.
    Reminder,
    /// A receipt.
    Receipt,
    /// A message about a new date or a new contact.
    Change,
    /// An agency's own feedback.
    Feedback,
}

// Two enums, so that a word of the command line can change without changing the record.
impl From<What> for SentWhat {
    fn from(what: What) -> SentWhat {
        match what {
            What::Workbook => SentWhat::Workbook,
            What::Questions => SentWhat::Questions,
            What::Reminder => SentWhat::Reminder,
            What::Receipt => SentWhat::Receipt,
            What::Change => SentWhat::Change,
            What::Feedback => SentWhat::Feedback,
        }
    }
}

/// The commands on themes.
#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// List the themes: those in ./themes and those built in.
    List {
        /// Also list retired themes, which inspections no longer look at.
        #[arg(long)]
        all: bool,
    },
    /// Print a theme for reading.
    Show {
        /// The theme: an id that `jtai theme list --all` shows, or a theme file.
        #[arg(value_name = "ID_OR_FILE")]
        theme: String,
    },
    /// Draft a theme from a published framework, with a workbook to check it; or read that workbook back with your corrections.
    ///
    /// The framework can be pasted text, a web page, a Word document, a CSV file or a spreadsheet. The draft goes into ./themes.
    Draft {
        /// The source: .txt, .md, .html, .docx, .csv, .xlsx, .xls or .ods; or the workbook to check.
        file: PathBuf,
        /// The id of the new theme, of a-z, 0-9 and hyphens. Its file gets this name. Not needed with a workbook to check.
        #[arg(long, default_value = "", hide_default_value = true)]
        id: String,
        /// The title of the new theme.
        #[arg(long, default_value = "", hide_default_value = true)]
        title: String,
    },
    /// Note that somebody has compared a draft in ./themes with the published framework.
    Checked {
        /// The theme's id.
        id: String,
        /// Who compared it.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// When, if not today.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        on: Option<Date>,
    },
    /// Write themes/ID.toml, a commented example, so that you can write a theme by hand.
    New {
        /// The id of the new theme, of a-z, 0-9 and hyphens. Its file gets this name.
        id: String,
    },
    /// Check theme files and list every fault with its line and column.
    Check {
        /// The files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

/// The commands on rounds.
#[derive(Debug, Subcommand)]
pub enum RoundCommand {
    /// Make the folder of a new round.
    New(NewRound),
    /// Make the next round of the same theme. Each workbook has the agency's answers from last time, to confirm or to change.
    Again {
        /// The folder of the earlier round. Nothing in it is changed.
        #[arg(value_name = "OLD")]
        old: PathBuf,
        /// The folder to make.
        #[arg(value_name = "NEW")]
        new: PathBuf,
        /// When returns are due.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        deadline: Date,
        /// The first day of fieldwork, once it is known.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        fieldwork: Option<Date>,
    },
}

/// The settings of a new round.
#[derive(Debug, Args)]
pub struct NewRound {
    /// The folder to make.
    pub dir: PathBuf,
    /// The theme: an id that `jtai theme list` shows, or a theme file.
    #[arg(long, value_name = "ID_OR_FILE")]
    pub theme: String,
    /// The partnership's name, as it should appear on workbooks and slides.
    #[arg(long, value_name = "NAME")]
    pub partnership: String,
    /// A further theme whose statements are asked too, as in programme-wide. Can be given several times.
    #[arg(long, value_name = "ID")]
    pub include: Vec<String>,
    /// The list of agencies, .csv or .xlsx, with the columns agency, group, contact and e-mail. Without it, you get an empty agencies.xlsx
    /// to fill in.
    #[arg(long, value_name = "FILE")]
    pub agencies: Option<PathBuf>,
    /// When returns are due.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub deadline: Date,
    /// The first day of fieldwork, once it is known.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub fieldwork: Option<Date>,
    /// The protective marking on every sheet and page; "" for none.
    #[arg(long, value_name = "TEXT", default_value = "OFFICIAL-SENSITIVE")]
    pub marking: String,
    /// Whom agencies can ask: an e-mail address or a telephone number.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub contact: String,
    /// Who decides for the business unit, as the name should be on record.
    #[arg(long, value_name = "NAME", default_value = "")]
    pub officer: String,
}

impl From<NewRound> for RoundWishes {
    fn from(typed: NewRound) -> RoundWishes {
        let NewRound { dir, theme, partnership, include, agencies, deadline, fieldwork, marking, contact, officer } =
            typed;
        let agencies = agencies.map_or(WishedList::Empty, WishedList::File);
        RoundWishes { dir, theme, partnership, include, agencies, deadline, fieldwork, marking, contact, officer }
    }
}

impl Command {
    /// The request to `app`; `None` for the pages, completions and man pages, which are no work on a round or a theme.
    pub fn request(self) -> Option<Request> {
        Some(match self {
            Command::Demo { dir } => Request::Demo(dir),
            Command::Theme(ThemeCommand::List { all }) => Request::ThemeList(all),
            Command::Theme(ThemeCommand::Show { theme }) => Request::ThemeShow(theme),
            Command::Theme(ThemeCommand::Check { files }) => Request::ThemeCheck(files),
            Command::Theme(ThemeCommand::Draft { file, id, title }) => {
                Request::ThemeDraft(DraftWishes { from: DraftFrom::File(file), id, title, into: DraftFolder::Here })
            }
            Command::Theme(ThemeCommand::Checked { id, by, on }) => Request::ThemeChecked { id, by, on },
            Command::Theme(ThemeCommand::New { id }) => Request::ThemeNew(id),
            Command::Round(RoundCommand::New(typed)) => Request::RoundNew(typed.into()),
            Command::Round(RoundCommand::Again { old, new, deadline, fieldwork }) => {
                Request::RoundAgain(AgainWishes { old, new, deadline, fieldwork })
            }
            Command::Issue(dir) => Request::Issue(dir.round),
            Command::Collect { all, round } => Request::Collect { round, all },
            Command::Queries { reply_by, again, round } => Request::Queries(QueriesWishes { round, reply_by, again }),
            Command::Challenge(dir) => Request::Challenge(dir.round),
            Command::Report { slides, annex, keep, dataset, all, round } => {
                let length = match slides {
                    Slides::Short => Length::Short,
                    Slides::Full => Length::Full,
                };
                Request::Report(ReportWishes { round, length, annex, dataset, keep, all })
            }
            Command::Status(dir) => Request::Status(dir.round),
            Command::Explain { what, round } => Request::Explain { what, round },
            Command::Forget { file, by, why, round } => {
                Request::Forget(ForgetWishes { file, by, why: why.unwrap_or_default(), round })
            }
            Command::Repair { file, from, round } => Request::Repair(RepairWishes { file, agency: from, round }),
            Command::Sent { agencies, what, on, code } => {
                let (agencies, round) = app::round_last(agencies);
                Request::Sent(SentWishes { agencies, what: what.into(), code, on, round })
            }
            Command::Settle(typed) => Request::Settle(typed.into()),
            Command::Open { .. } | Command::Completions { .. } | Command::ManPage { .. } => {
                return None;
            }
        })
    }
}

/// A decision on findings. One of the flags says which; without a flag, the decisions that fit are listed.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("decision"))]
pub struct Settle {
    /// The findings' references, as in F-3HK6Q2, then the round's folder if it is not the current one.
    #[arg(required = true, value_name = "REFERENCE")]
    pub references: Vec<String>,
    /// It is right as it is. A text that was held back is then read, in this file only.
    #[arg(long, group = "decision")]
    pub accept: bool,
    /// Read it as this: Red, Amber, Green, "Not applicable", a date, as in 2027-04-01, or who approved a return and when, as in "B Example,
    /// chief, 18 December 2026".
    #[arg(long = "as", value_name = "VALUE", group = "decision")]
    pub read_as: Option<String>,
    /// Leave it out: a text, or a whole file.
    #[arg(long, group = "decision")]
    pub set_aside: bool,
    /// The text is about this statement.
    #[arg(long, value_name = "REF", group = "decision")]
    pub to: Option<String>,
    /// This return counts, and no other from its agency; or, for a change that nobody signed off, the changed cell counts.
    #[arg(long, group = "decision")]
    pub counts: bool,
    /// The return is from this agency.
    #[arg(long, value_name = "AGENCY", group = "decision")]
    pub from: Option<String>,
    /// Take back the decision that was made before.
    #[arg(long, group = "decision")]
    pub withdraw: bool,
    /// Confirm --from although the workbook names a different agency.
    #[arg(long)]
    pub sure: bool,
    /// Who decided this, for the record; without it, the officer named in round.toml.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Why, for the record. Write nothing about a child.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub why: String,
}

impl From<Settle> for SettleWishes {
    fn from(typed: Settle) -> SettleWishes {
        let Settle { references, accept, read_as, set_aside, to, counts, from, withdraw, sure, by, why } = typed;
        let flags = [
            accept.then_some(TypedDecision::Accept),
            read_as.map(TypedDecision::As),
            set_aside.then_some(TypedDecision::SetAside),
            to.map(TypedDecision::To),
            counts.then_some(TypedDecision::Counts),
            from.map(TypedDecision::From),
            withdraw.then_some(TypedDecision::Withdraw),
        ];
        // clap cannot tell a folder from the references before it, so the last argument is looked at.
        let (references, round) = app::round_last(references);
        SettleWishes { references, decision: flags.into_iter().flatten().next(), by, why, is_sure: sure, round }
    }
}

/// The round to work on.
#[derive(Debug, Args)]
pub struct RoundDir {
    /// The round's folder.
    #[arg(default_value = ".")]
    pub round: PathBuf,
}

/// Reads a date that was typed.
fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "this is not a date; write it as 2026-12-11".to_string())
}
