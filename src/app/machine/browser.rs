//! Opens an address in the browser, or a file in its program.

use std::path::Path;

use crate::app::failure::Failure;
use crate::core::finding::Code;

/// The kinds of files that can be opened from a page: those that jtai reads and writes. Opening one runs no code in it, unlike a script or
/// a workbook with macros.
const OPENED: [&str; 7] = ["xlsx", "ods", "pdf", "pptx", "eml", "csv", "txt"];

/// Opens an address in the browser, on a thread of its own: some systems wait until the browser is closed again.
pub(crate) fn open_browser(address: String) {
    // Where no browser opens, the address is in the window.
    std::thread::spawn(move || drop(opener::open_browser(address)));
}

/// Opens an address in the browser and waits. For a start that ends at once: a thread would end with it before the browser opens.
pub(crate) fn open_browser_and_wait(address: &str) {
    // Where no browser opens, the address is in the window.
    let _ = opener::open_browser(address);
}

/// Whether a file of this name is opened in its program.
pub(crate) fn is_opened(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    OPENED.contains(&ending.as_str())
}

/// Opens a file in the program that the system has for it.
pub(crate) fn open_file(path: &Path) -> Result<(), Failure> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !is_opened(&name) {
        let remedy = "save it, and look where it came from before you open it";
        return Err(Failure::one(Code::FileUnreadable, path, "files of this kind are not opened from here", remedy));
    }
    opener::open(path).map_err(|_| {
        let remedy = "save it, and open it from there";
        Failure::one(Code::FileUnreadable, path, "this computer has no program that opens it", remedy)
    })
}
