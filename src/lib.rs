//! From the criteria of a joint targeted area inspection to benchmarking workbooks, and from the returns to charts and the
//! day-one presentation.
//!
//! # The way of the data
//!
//! ```text
//! criteria/*.toml ─▶ theme ─▶ workbook::write ─▶ *.xlsx ──(people)──▶ workbook::file, interpret ─▶ response
//!                      │           ▲                                      ▲                │   ◀─ record
//!                      │           └─────── workbook::contract ───────────┘                ▼
//!                      └──────────────────────────────────────────────────────────▶ intake: one typed answer a row
//!                                                                                          ▼
//!                       bytes ◀─ export ◀─ choices ◀─ documents ◀─── chart ◀───────── analysis (plain data)
//! ```
//!
//! 1. A [`theme::Theme`] is read from one TOML file: [`theme::read`]. [`draft`] makes a first one from a document.
//! 2. A [`round::Round`] names theme, partnership and dates: [`round::read_with`]. Its agencies are in a list of their own: [`agencies::read`].
//! 3. [`workbook::write`] lays out one workbook an agency, to the contract in [`workbook::contract`]; [`message`] has the message
//!    that it goes out with.
//! 4. What comes back is told apart by content ([`workbook::file::scan::kind`]), looked over and read into plain cells
//!    ([`workbook::file::read::read`]), with text that may name a child held back ([`core::privacy`]), and understood as a
//!    [`response::Response`] ([`workbook::interpret::interpret`]).
//! 5. [`record::Record`] is what people did and decided. [`intake`] selects one response an agency, asks about it, and gives one
//!    [`intake::answers::AnswerRow`] for each agency and statement issued, always.
//! 6. [`analysis::analyse`] works out every number; [`chart::Charts`] lays the pictures out.
//! 7. [`documents`] says which slide or page shows what; [`choices`] is what the officer chose for the slides, held against the answers;
//!    [`challenge`] is the workbook of the challenge meeting, whose rows go into the record.
//! 8. [`export`] turns tables and documents into bytes, one file a format.
//!
//! `app` does what is asked for with all of this, on a folder; [`cli`] is the command line in front of it, and `web` are the pages.
//!
//! Findings travel with the values they are about, in [`core::finding::Checked`]. What a finding is about is data, its
//! [`core::finding::Subject`], and so is what it is called from run to run, its [`core::finding::Reference`]; nothing takes its sentence
//! apart. What is written in a cell is [`core::written::Written`]: a text, or why there is none to show.
//!
//! `docs/architecture.md` follows one rating from its cell to a slide.
//!
//! # Words
//!
//! *Theme*: what an inspection looks at. *Criterion*: one thing to be rated; people see "statement". *Area*: a heading over
//! criteria. *Agency*: an organisation in a *group*. *Round*: one theme, one partnership, its agencies, a deadline. A workbook
//! is *issued*; the filled file that comes back is a *return*, in code a [`response::Response`]. *Rated* is Red, Amber or
//! Green; *not applicable*, *blank*, *unreadable* and *missing* are four more states and never a colour. *Finding*: something
//! noticed in a file, with its place, its subject and its *reference*. *Record*: what people did and decided, only ever added to.
//! *Approval recorded*: what an agency typed in its sign-off. *Deck*: the presentation. *Choices*: what the officer wrote in
//! `choices.xlsx`; *picks*: the part of them that fits the answers. *Moderation*: what a challenge meeting said of one answer, kept
//! beside the self-rating. *Request*, *outcome*: what `app` takes and gives.
//!
//! # Invariants
//!
//! `tests/tidy.rs` holds 1 to 4, 7 and 11; other tests hold the rest.
//!
//! 1. A module names only modules above it in the list below; inside a room a file names only its children and the siblings listed above
//!    it, never its parent. A stage's output is an owned value; only `app` joins stages; [`cli`] and `web` know `app` and the vocabulary of
//!    [`core`].
//! 2. Stages touch no disk and no clock: bytes and dates come in, bytes go out. `app` alone has them.
//! 3. Each outside crate has one door, listed in `tests/tidy.rs`.
//! 4. Sheet names, headers and metadata keys are literals in [`workbook::contract`] or [`form`] only; those of `choices.xlsx` in [`choices`], of the challenge workbook in [`challenge`], of `agencies.xlsx` in [`agencies`].
//! 5. The reader finds sheets, columns and rows by what they are, never by position. It never stops at a return's first
//!    fault, and never turns something written into "blank".
//! 6. [`analysis::Analysis`], [`chart::Chart`] and [`documents::deck::Deck`] are plain data. Every number a person sees is a field of one.
//! 7. Nothing calls out: no HTTP or TLS client is in the tree of dependencies. The pages are served to this computer alone.
//! 8. Same inputs, same date: same bytes. Fonts are inside the program, keys are sorted, the date is passed in.
//! 9. A file that came from an agency is never changed. Outputs are written whole or not at all.
//! 10. A name that a file of ours or a person gives is a [`core::names::RelativeName`] before it meets the disk: it cannot lead out of its
//!     folder, and nothing is written through a link.
//! 11. A name means one thing: no two types share one.

#![deny(missing_docs)]
#![warn(clippy::missing_errors_doc, clippy::too_many_lines, unreachable_pub)]

pub mod form;
pub mod core;
pub mod theme;
pub mod round;
pub mod response;
pub mod previous;
pub mod style;
pub mod record;
pub mod workbook;
pub mod agencies;
pub mod draft;
pub mod message;
pub mod intake;
pub mod analysis;
pub mod chart;
pub mod documents;
pub mod choices;
pub mod challenge;
pub mod export;
pub(crate) mod app;
pub(crate) mod web;
pub mod cli;
