//! Makes benchmarking workbooks from the criteria of a joint targeted area inspection, and charts and the day-one presentation from what
//! agencies return.
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
//! 1. [`theme::read`] reads a [`theme::Theme`] from one TOML file. [`draft`] makes a first one from a document.
//! 2. [`round::read_with`] reads a [`round::Round`], which has the theme, the partnership and the dates. Its agencies are in a list of
//!    their own, which [`agencies::read`] reads.
//! 3. [`workbook::write`] lays out one workbook for each agency, to the contract in [`workbook::contract`]. [`message`] writes the message
//!    that goes with it.
//! 4. [`workbook::file::scan::kind`] tells by its content what kind of file came back. [`workbook::file::read::read`] reads it into plain
//!    cells, and [`core::privacy`] holds back text that may identify a child. [`workbook::interpret::interpret`] makes a
//!    [`response::Response`] of the cells.
//! 5. [`record::Record`] has what people did and decided. [`intake`] selects one response for each agency and asks questions about it. It
//!    gives one [`intake::answers::AnswerRow`] for each agency and statement issued, returned or not.
//! 6. [`analysis::analyse`] works out every number. [`chart::Charts`] lays out the pictures.
//! 7. [`documents`] decides which slide or page shows what. [`choices`] has what the officer chose for the slides, matched with the
//!    answers. [`challenge`] is the workbook of the challenge meeting, whose rows go into the record.
//! 8. [`export`] turns tables and documents into bytes, with one file for each format.
//!
//! `app` does all of this on a folder when it is asked to. [`cli`] is the command line in front of it, and `web` has the pages.
//!
//! Findings travel with the values they are about, in [`core::finding::Checked`]. What a finding is about is data, its
//! [`core::finding::Subject`], and its [`core::finding::Reference`] stays the same from run to run. No code takes a finding's sentence
//! apart. What is written in a cell is a [`core::written::Written`]: a text, or the reason why there is none to show.
//!
//! `docs/architecture.md` follows one rating from its cell to a slide.
//!
//! # Words
//!
//! *Theme*: what an inspection looks at. *Criterion*: one thing to be rated; people see "statement". *Area*: a heading over
//! criteria. *Agency*: an organisation in a *group*. *Round*: one theme, one partnership, its agencies, a deadline. A workbook
//! is *issued*; the filled file that comes back is a *return*, in code a [`response::Response`]. *Rated* means Red, Amber or
//! Green; *not applicable*, *blank*, *unreadable* and *missing* are four more states and never a colour. *Finding*: something
//! noticed in a file, with its place, its subject and its *reference*. *Record*: what people did and decided, only ever added to.
//! *Approval recorded*: what an agency typed in its sign-off. *Deck*: the presentation. *Choices*: what the officer wrote in
//! `choices.xlsx`; *picks*: the part of them that fits the answers. *Moderation*: what a challenge meeting said about one answer, kept
//! beside the self-rating. *Request*, *outcome*: what `app` takes and gives.
//!
//! # Invariants
//!
//! `tests/tidy.rs` checks 1 to 4, 7 and 11; other tests check the rest.
//!
//! 1. A module names only modules above it in the list below. Inside a room, a file names only its children and the siblings listed above
//!    it, never its parent. The output of a stage is an owned value. Only `app` joins stages; [`cli`] and `web` know `app` and the words
//!    of [`core`].
//! 2. Stages use no disk and no clock: bytes and dates come in, bytes go out. Only `app` has them.
//! 3. Each outside crate is used in one place, listed in `tests/tidy.rs`.
//! 4. Sheet names, headers and metadata keys are literals in [`workbook::contract`] or [`form`] only; those of `choices.xlsx` in
//!    [`choices`], of the challenge workbook in [`challenge`], and of `agencies.xlsx` in [`agencies`].
//! 5. The reader finds sheets, columns and rows by what they are, never by position. It never stops at a return's first
//!    fault, and never turns something written into "blank".
//! 6. [`analysis::Analysis`], [`chart::Chart`] and [`documents::deck::Deck`] are plain data. Every number that a person sees is a field of
//!    one of them.
//! 7. Nothing calls out: no HTTP or TLS client is among the dependencies. The pages are served to this computer only.
//! 8. The same inputs and the same date give the same bytes. Fonts are inside the program, keys are sorted, and the date is passed in.
//! 9. A file that came from an agency is never changed. Outputs are written whole or not at all.
//! 10. A name that comes from one of our files or from a person becomes a [`core::names::RelativeName`] before it reaches the disk. It
//!     cannot lead out of its folder, and nothing is written through a link.
//! 11. A name means one thing: no two types have the same name.

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
