//! Every file of a round, to save or to open.

use maud::{Markup, html};

use crate::app::files::OfferedFile;
use crate::app::rounds::KnownRound;
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};

/// The folders, with what is in each for people.
const GROUPS: [(&str, &str); 6] = [
    ("", "Yours to fill in"),
    ("report", "The presentation, and what goes with it"),
    ("issued", "Workbooks and messages that go out"),
    ("queries", "Messages and workbooks that go back"),
    ("returns", "What came back"),
    ("kept", "Presentations that were kept"),
];

/// The page.
pub(in crate::web) fn page(kit: &PageKit, round: &KnownRound, files: &[OfferedFile]) -> Markup {
    let main = html! {
        @if files.is_empty() { p { "There are no files yet." } }
        @for (folder, heading) in GROUPS {
            @let here = files_of(files, folder);
            @if !here.is_empty() {
                details open[folder.is_empty() || folder == "report"] {
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

/// The files of a folder, those in folders inside it last.
fn files_of<'f>(files: &'f [OfferedFile], folder: &str) -> Vec<&'f OfferedFile> {
    let mut here: Vec<&OfferedFile> = files.iter().filter(|file| folder_of(file) == folder).collect();
    here.sort_by_key(|file| file.shown.matches('/').count());
    here
}

fn folder_of(file: &OfferedFile) -> &str {
    file.shown.split_once('/').map_or("", |(folder, _)| folder)
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
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
