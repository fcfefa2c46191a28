//! What may be typed, and nothing else.

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

/// What stands under the list of commands.
const EXAMPLES: &str = "\
Examples:
  jtai open                the pages in your browser: a round from its workbooks to the presentation, without typing
  jtai demo                a whole sample round, to look at
  jtai round new my-round --theme front-door --partnership \"Your Partnership\" --deadline 2026-12-11
                           a round of your own; then write its agencies into my-round/agencies.xlsx
  jtai issue my-round      one workbook for each agency, each with an unsent message
  jtai collect my-round    what came back, and what to do about it
  jtai challenge my-round  the workbook for the challenge meeting, and feedback for each agency; what was decided is kept beside the self-ratings
  jtai report my-round     the presentation, and everything behind it

Nothing is sent anywhere, and nothing that an agency returned is ever changed.";

/// From the criteria of a joint targeted area inspection to benchmarking workbooks, and from the returns to charts and the
/// day-one presentation.
#[derive(Debug, Parser)]
#[command(name = "jtai", version, max_term_width = 100, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// The date to take for today, as in 2026-12-14, so that a run can be repeated to the byte.
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,

    /// Print the result as JSON, for other programs.
    #[arg(long, global = true)]
    pub json: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the pages in the browser: a round from its workbooks to the presentation, without typing. They are on this computer only.
    Open {
        /// The round's folder; all rounds where none is named.
        round: Option<PathBuf>,
        /// Print the address, and leave the browser alone.
        #[arg(long)]
        no_browser: bool,
    },
    /// Lay out a whole sample round in DIR and do the job on it.
    Demo {
        /// The folder to make; it must not exist yet, or be one that an earlier demo made.
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
        /// List every finding, and not what is new since the last time.
        #[arg(long)]
        all: bool,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Collect, then write what goes back to agencies into queries/: questions, receipts, reminders.
    Queries {
        /// By when agencies are asked to reply; else five days from today, without Saturdays and Sundays.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        reply_by: Option<Date>,
        /// Write once more what was noted as sent and still holds.
        #[arg(long)]
        again: bool,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Collect, then write the workbook for the challenge meeting into challenge/, and a page on each agency for the scrutineer. Every workbook in
    /// that folder is read by the next `jtai report`; one that is filled in is never written over. Into feedback/ go a paper and an unsent
    /// message for each agency that returned, about its own answers: run it again after the meeting.
    Challenge(RoundDir),
    /// Collect, then write data, charts, the presentation and the leaders' annex into report/.
    Report {
        /// How many slides the presentation has: what twenty minutes have room for, or a page an area besides.
        #[arg(long, value_enum, default_value_t = Slides::Short)]
        slides: Slides,
        /// Write this agency's answers in full too, into leaders-only/AGENCY annex.pdf; may be given several times, or with commas. From then on
        /// each report brings that file up to date, until you delete it. With "all" the annex has the answers of all agencies, as it has
        /// in rounds of up to 100 agencies anyway.
        #[arg(long, value_name = "AGENCY", value_delimiter = ',')]
        annex: Vec<String>,
        /// Keep the presentation under this name, in kept/: the next briefings say what changed since.
        #[arg(long, value_name = "NAME")]
        keep: Option<String>,
        /// A folder of many rounds to add this one's ratings to, as Parquet, without words or contacts.
        #[arg(long, value_name = "DIR")]
        dataset: Option<PathBuf>,
        /// List every finding, and not what is new since the last time.
        #[arg(long)]
        all: bool,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Say who has returned, who owes, and how long is left.
    Status(RoundDir),
    /// Say where a number comes from: the cells that are counted, what is in them, and the sum done.
    Explain {
        /// A statement's Ref, an agency's or area's id, a finding's reference, as in F-3HK6Q2, or the one at the foot of a slide, as in
        /// K7Q2-4.
        what: String,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Take a return, whose file you have deleted, out of everything that jtai wrote.
    Forget {
        /// The file's name as messages give it, as in returns/police.xlsx.
        file: String,
        /// Who decided it, for the record; else the officer named in round.toml.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Why, for the record; nothing about a child.
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Pour a file that an agency sent, and that is broken, of an older form or laid out differently, into a fresh workbook of its own.
    Repair {
        /// The file; it stays as it is.
        file: PathBuf,
        /// The id of the agency that it is from, where the file does not say.
        #[arg(long, value_name = "AGENCY")]
        from: Option<String>,
        /// The round's folder.
        #[arg(default_value = ".")]
        round: PathBuf,
    },
    /// Note what you sent to agencies, and when.
    Sent {
        /// The agencies' ids, and then the round's folder, if it is not the current one; all that something waits for where none is named.
        #[arg(value_name = "AGENCY")]
        agencies: Vec<String>,
        /// What you sent.
        #[arg(long, value_enum, default_value_t = What::Workbook)]
        what: What,
        /// When, if not today.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        on: Option<Date>,
        /// The return code of the workbook, where an agency has two and the day does not tell which one you sent.
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
    },
    /// Decide what becomes of a finding: a reason and your name go on record, and no agency's file is touched.
    Settle(Settle),
    /// Print the script that completes commands in a shell.
    #[command(hide = true)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the page of a command for `man`, as in `jtai man-page round new`; that of jtai itself where none is named.
    #[command(hide = true)]
    ManPage {
        /// The command.
        #[arg(value_name = "COMMAND")]
        of: Vec<String>,
    },
}

/// How many slides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Slides {
    /// What twenty minutes have room for.
    Short,
    /// A page an area besides.
    Full,
}

/// What can be sent.
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

/// What can be done with themes.
#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// List the themes: those in ./themes and those built in.
    List {
        /// List retired themes too: those on which no inspections are running any more.
        #[arg(long)]
        all: bool,
    },
    /// Print a theme for reading.
    Show {
        /// The theme: an id that `jtai theme list --all` shows, or a theme file.
        #[arg(value_name = "ID_OR_FILE")]
        theme: String,
    },
    /// Make a draft theme in ./themes from pasted text, a web page, a Word document, a CSV or a sheet, with a workbook to check it;
    /// or take that workbook back with your corrections.
    Draft {
        /// The source: .txt, .md, .html, .docx, .csv, .xlsx, .xls or .ods; or the workbook to check.
        file: PathBuf,
        /// The id of the new theme, of a-z, 0-9 and hyphens: the name of its file. Not needed with a workbook to check.
        #[arg(long, default_value = "", hide_default_value = true)]
        id: String,
        /// The theme in words.
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
    /// Write the commented manual of a theme file as themes/ID.toml, to write a theme by hand.
    New {
        /// The id of the new theme, of a-z, 0-9 and hyphens: the name of its file.
        id: String,
    },
    /// Check theme files and list every fault with its line and column.
    Check {
        /// The files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

/// What can be done with rounds.
#[derive(Debug, Subcommand)]
pub enum RoundCommand {
    /// Make the folder of a new round.
    New(NewRound),
    /// Make the next round of the same theme: what each agency answered last time is in its workbook, to confirm or to change.
    Again {
        /// The folder of the round that it goes on from. Nothing in it is changed.
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
    /// The partnership's name, as it should be on workbooks and slides.
    #[arg(long, value_name = "NAME")]
    pub partnership: String,
    /// Further themes whose statements are asked too, as in programme-wide; may be given several times.
    #[arg(long, value_name = "ID")]
    pub include: Vec<String>,
    /// The list of agencies, .csv or .xlsx, with the columns agency, group, contact and e-mail; without it, agencies.xlsx is written empty,
    /// to be filled in.
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
    /// Whom agencies ask: an e-mail address or a telephone number.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub contact: String,
    /// Who decides for the business unit, as it should be on record.
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
    /// What is asked for; `None` for the pages and for what is printed of the commands themselves.
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

/// A decision on findings. One of the flags says which; without one, the decisions that fit are listed.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("decision"))]
pub struct Settle {
    /// The findings' references, as in F-3HK6Q2, and then the round's folder, if it is not the current one.
    #[arg(required = true, value_name = "REFERENCE")]
    pub references: Vec<String>,
    /// It is right as it is; a text that was held back is then read, in this file.
    #[arg(long, group = "decision")]
    pub accept: bool,
    /// Read it as this: Red, Amber, Green, "Not applicable", a date, as in 2027-04-01, or who approved a return and when, as in "B Example,
    /// chief, 18 December 2026".
    #[arg(long = "as", value_name = "VALUE", group = "decision")]
    pub read_as: Option<String>,
    /// Leave it out: a text, or a whole file.
    #[arg(long, group = "decision")]
    pub set_aside: bool,
    /// Put the text to this statement.
    #[arg(long, value_name = "REF", group = "decision")]
    pub to: Option<String>,
    /// This return counts, and no other of its agency; of a change that nobody signed for, what was changed counts, in that cell.
    #[arg(long, group = "decision")]
    pub counts: bool,
    /// The return is from this agency.
    #[arg(long, value_name = "AGENCY", group = "decision")]
    pub from: Option<String>,
    /// Take the decision before back.
    #[arg(long, group = "decision")]
    pub withdraw: bool,
    /// You mean it, though the workbook names a different agency.
    #[arg(long)]
    pub sure: bool,
    /// Who decided it, for the record; else the officer named in round.toml.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Why, for the record; nothing about a child.
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

/// A day as it is typed.
fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "this is not a date; write it as 2026-12-11".to_string())
}
