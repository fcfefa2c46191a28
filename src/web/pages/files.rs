//! Every file of a round, to save or to open.

use maud::{Markup, html};

use crate::app::files::OfferedFile;
use crate::app::rounds::KnownRound;
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};

/// The groups of files, each with its heading and whether it is open at first.
const GROUPS: [(FileGroup, &str, bool); 11] = [
    (FileGroup::Deck, "The presentation for inspectors", true),
    (FileGroup::LeadersOnly, "Not for inspectors: for leaders only", true),
    (FileGroup::Yours, "For you to fill in", true),
    (FileGroup::Challenge, "For the challenge meeting, to fill in", true),
    (FileGroup::Feedback, "Feedback, each for one agency only", true),
    (FileGroup::Tables, "Findings and numbers, as workbooks", true),
    (FileGroup::Issued, "Workbooks and messages to agencies", false),
    (FileGroup::Queries, "Questions, reminders and receipts to agencies", false),
    (FileGroup::Returns, "Returns from agencies", false),
    (FileGroup::Data, "Data and charts, for other programs", false),
    (FileGroup::Kept, "Kept presentations", false),
];

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileGroup {
    Deck,
    LeadersOnly,
    Yours,
    Challenge,
    Feedback,
    Tables,
    Issued,
    Queries,
    Returns,
    Data,
    Kept,
}

fn group_of(file: &OfferedFile) -> FileGroup {
    let Some((folder, name)) = file.shown.split_once('/') else { return FileGroup::Yours };
    match (folder, name.split_once('/')) {
        ("issued", _) => FileGroup::Issued,
        ("queries", _) => FileGroup::Queries,
        ("returns", _) => FileGroup::Returns,
        ("kept", _) => FileGroup::Kept,
        ("feedback", _) => FileGroup::Feedback,
        // Before `challenge`: the scrutineer's pages are in challenge/leaders-only/.
        (_, Some(("leaders-only", _))) => FileGroup::LeadersOnly,
        ("challenge", _) => FileGroup::Challenge,
        (_, Some(_)) => FileGroup::Data,
        (_, None) if name.starts_with("deck") => FileGroup::Deck,
        (_, None) => FileGroup::Tables,
    }
}

/// The page.
pub(in crate::web) fn page(kit: &PageKit, round: &KnownRound, files: &[OfferedFile]) -> Markup {
    let main = html! {
        @if files.is_empty() { p { "There are no files yet." } }
        @for (group, heading, is_open) in GROUPS {
            @let here: Vec<&OfferedFile> = files.iter().filter(|file| group_of(file) == group).collect();
            @if !here.is_empty() {
                details open[is_open] {
                    summary { (heading) " (" (words::count(here.len(), "file")) ")" }
                    div class="table" tabindex="0" role="region" aria-label=(heading) {
                        table {
                            thead { tr { th scope="col" { "File" } th scope="col" { "Size" } th scope="col" { "Open" } } }
                            tbody { @for file in here { (file_row(kit, round, file)) } }
                        }
                    }
                }
            }
        }
    };
    parts::page(kit, &PageFrame { title: "Files", round: Some(round), part: "/files", ..PageFrame::default() }, &main)
}

fn file_row(kit: &PageKit, round: &KnownRound, file: &OfferedFile) -> Markup {
    let address = kit.to_round(round, &format!("/files/{}", file.key));
    let name = file.shown.split_once('/').map_or(file.shown.as_str(), |(_, name)| name);
    html! {
        tr {
            th scope="row" { a href=(address) download { (name) } }
            td { (size(file.bytes)) }
            td { @if file.is_opened { (open_button(kit, &address, name)) } }
        }
    }
}

/// A button that opens a file in its program.
pub(in crate::web) fn open_button(kit: &PageKit, address: &str, name: &str) -> Markup {
    kit.form(&format!("{address}/open"), &html! { button class="quiet" { "Open" span class="unseen" { " " (name) } } })
}

fn size(bytes: u64) -> String {
    match bytes {
        // Rounded up, so that a small file does not show 0 KB.
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
