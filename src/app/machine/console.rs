//! The console window that jtai was started in. After a double-click it belongs to jtai alone and closes when jtai ends.

use std::ffi::OsString;
use std::io;

/// The command line, with the program's name first.
pub(crate) fn arguments() -> Vec<OsString> {
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    if cfg!(windows)
        && let Some(last) = arguments.last_mut()
        && let Some(mended) = last.to_str().and_then(without_stray_mark)
    {
        *last = mended.into();
    }
    arguments
}

/// The last argument without the quotation mark that PowerShell adds to it: it completes the name of a folder as `'.\a round\'`, and
/// Windows takes the backslash and the mark that follows it for a mark in the name, which none can have.
fn without_stray_mark(last: &str) -> Option<String> {
    last.strip_suffix('"').filter(|path| path.contains('\\') && !path.contains('"')).map(str::to_string)
}

/// Whether a start looks like a double-click: nothing follows the program's name, and no other program is in its window.
pub(crate) fn is_double_clicked(arguments: usize, in_window: Option<u32>) -> bool {
    arguments == 0 && in_window == Some(1)
}

/// Whether jtai was started without a shell, by a double-click for one.
pub(crate) fn starts_pages() -> bool {
    is_double_clicked(std::env::args_os().skip(1).count(), programs_in_window())
}

/// How many programs share the window; `None` where windows do not belong to programs.
#[cfg(windows)]
fn programs_in_window() -> Option<u32> {
    // Room for two ids is enough: only "one" or "more than one" matters.
    let mut ids = [0_u32; 2];
    // SAFETY: the pointer is to as many numbers as are said, which the system only writes into.
    let count = unsafe { windows_sys::Win32::System::Console::GetConsoleProcessList(ids.as_mut_ptr(), 2) };
    (count > 0).then_some(count)
}

/// How many programs share the window; `None` where windows do not belong to programs.
#[cfg(not(windows))]
fn programs_in_window() -> Option<u32> {
    None
}

/// Waits for Enter if the window would close with jtai, so that its last message can be read. `announce` prints the request.
pub(crate) fn hold_window(announce: &dyn Fn(&str)) {
    if programs_in_window() == Some(1) {
        announce("Press Enter to close this window.\n");
        // An error means that nobody can press it, so there is no reason to wait.
        let _ = io::stdin().read_line(&mut String::new());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_that_powershell_leaves_on_a_folder_is_taken_off() {
        for (last, mended) in [
            (".\\a round\"", Some(".\\a round")),
            (".\\a round", None),
            (".\\\"a round\"", None),
            ("a sheet of 12\"", None),
        ] {
            assert_eq!(without_stray_mark(last).as_deref(), mended, "{last}");
        }
    }

    #[test]
    fn only_a_start_alone_in_its_window_without_arguments_serves_pages() {
        for (arguments, in_window, expected) in
            [(0, Some(1), true), (0, Some(2), false), (1, Some(1), false), (0, None, false), (2, None, false)]
        {
            assert_eq!(is_double_clicked(arguments, in_window), expected, "{arguments} {in_window:?}");
        }
    }
}
