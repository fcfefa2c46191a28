//! From the criteria of a joint targeted area inspection to benchmarking workbooks, and from the returns to charts and the
//! day-one presentation.
//!
//! # The way of the data
//!
//! ```text
//! criteria/*.toml ─▶ theme ─▶ workbook::issue ─▶ *.xlsx ──(people)──▶ workbook::read, interpret ─▶ response
//!                      │           ▲                                        ▲                        │ settle ◀─ record
//!                      │           └───────── workbook::layout ─────────────┘                        ▼
//!                      └─────────────────────────────────────────────────────▶ ratings (polars, long table)
//!                                                                                            ▼
//!                              bytes ◀─ export ◀─ deck ◀──────── chart ◀───────────── analysis (plain data)
//!                                                  ▲
//!                       choices.xlsx ──(officer)──▶ choices
//! ```
//!
//! 1. A [`theme::Theme`] is read from one TOML file: [`theme::read`].
//! 2. A [`round::Round`] names theme, partnership, agencies and dates: [`round::read`].
//! 3. [`workbook::issue::issue`] writes one workbook an agency, to the contract in [`workbook::layout`]; [`message`] the message
//!    that it goes out with.
//! 4. What comes back is told apart by content ([`workbook::scan::kind`]), looked over and read into plain cells
//!    ([`workbook::read::read`]) in worker processes ([`guard`]), with text that may name a child held back ([`core::privacy`]), and
//!    understood as a [`response::Response`] ([`workbook::interpret::interpret`]).
//! 5. [`record::Record`] is what people did and decided. [`settle::settle`] chooses one response an agency; [`queries`] is what an
//!    agency is asked about its own.
//! 6. [`ratings::Ratings`] is the long table: one row an agency and criterion issued, always.
//! 7. [`analysis::analyse`] works out every number; [`choices`] is what the officer chose, held against the answers;
//!    [`chart::Charts`] draws; [`deck::deck`] says which slide shows what.
//! 8. [`export`] turns tables and deck into bytes, one file a format.
//!
//! Findings travel with the values they are about, in [`core::diagnostic::Checked`]; a command shows them. What a finding is about is data,
//! its [`core::diagnostic::Subject`], and so is what it is called from run to run, its [`core::diagnostic::Reference`]; nothing takes its sentence
//! apart.
//!
//! # Words
//!
//! *Theme*: what an inspection looks at. *Criterion*: one thing to be rated; people see "statement". *Area*: a heading over
//! criteria. *Agency*: an organisation in a *group*. *Round*: one theme, one partnership, its agencies, a deadline. A workbook
//! is *issued*; the filled file that comes back is a *return*, in code a [`response::Response`]. *Rated* is Red, Amber or
//! Green; *not applicable*, *blank*, *unreadable* and *missing* are four more states and never a colour. *Finding*: something
//! noticed in a file, with its place, its subject and its *reference*. *Record*: what people did and decided, only ever added to.
//! *Approval recorded*: what an agency typed in its sign-off. *Deck*: the presentation. *Choices*: what the officer wrote in `choices.xlsx`; *picks*: the part of them that fits the answers.
//!
//! # Invariants
//!
//! `tests/tidy.rs` holds 1 to 4 and 7; other tests hold the rest.
//!
//! 1. [`commands`] aside, a module names only modules above it in the list below. A stage's output is an owned value; only
//!    commands join stages.
//! 2. Stages touch no disk and no clock: bytes and dates come in, bytes go out. [`guard`], which starts and times workers, is the
//!    one exception.
//! 3. Each outside crate has one door, listed in `tests/tidy.rs`.
//! 4. Sheet names, headers, metadata keys and rating words are literals in [`workbook::layout`] only; those of `choices.xlsx` in
//!    [`choices`].
//! 5. The reader finds sheets, columns and rows by what they are, never by position. It never stops at a return's first
//!    fault, and never turns something written into "blank".
//! 6. [`analysis::Analysis`], [`chart::Chart`] and [`deck::Deck`] are plain data. Every number a person sees is a field of one.
//! 7. Nothing calls out: no HTTP or TLS client is in the tree of dependencies.
//! 8. Same inputs, same date: same bytes. Fonts are inside the program, keys are sorted, the date is passed in.
//! 9. A file that came from an agency is never changed. Outputs are written whole or not at all.
//! 10. A name that a file of ours or a person gives is a [`core::names::RelativeName`] before it meets the disk: it cannot lead out of its
//!     folder, and nothing is written through a link.

#![deny(missing_docs)]
#![warn(clippy::missing_errors_doc, clippy::too_many_lines)]

pub mod form;
pub mod core;
pub mod theme;
pub mod round;
pub mod response;
pub mod paging;
pub mod palette;
pub mod fonts;
pub mod brand;
pub mod record;
pub mod workbook;
pub mod guard;
pub mod draft;
pub mod message;
pub mod settle;
pub mod queries;
pub mod ratings;
pub mod analysis;
pub mod choices;
pub mod chart;
pub mod deck;
pub mod export;
pub mod cli;
pub mod commands;
