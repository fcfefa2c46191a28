//! The window that jtai was started in: whether it is jtai's own, as after a double-click, and goes away with it.

use std::io;

/// Whether pages are served: nothing was typed after the program's name, and no other program is in its window.
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

/// Waits for a key where the window would go away with what it says; `announce` prints that it waits.
pub(crate) fn hold_window(announce: &dyn Fn(&str)) {
    if programs_in_window() == Some(1) {
        announce("Press Enter to close this window.\n");
        // Nobody there to press it is no reason to stay.
        let _ = io::stdin().read_line(&mut String::new());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_start_alone_in_its_window_without_arguments_serves_pages() {
        for (arguments, in_window, expected) in
            [(0, Some(1), true), (0, Some(2), false), (1, Some(1), false), (0, None, false), (2, None, false)]
        {
            assert_eq!(is_double_clicked(arguments, in_window), expected, "{arguments} {in_window:?}");
        }
    }
}
