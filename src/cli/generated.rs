//! What clap writes from the commands themselves: completions for shells, and pages for `man`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Cli;

/// The script that completes commands in a shell.
pub(super) fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "jtai", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The man page of a command, as in `["round", "new"]`, or of jtai itself; `None` if there is no such command.
pub(super) fn man_page(of: &[String]) -> Option<String> {
    let mut command = Cli::command();
    // Without this, subcommands do not know the names of the commands above them, and the usage line of their page is wrong.
    command.build();
    let mut found = &command;
    for name in of {
        found = found.find_subcommand(name).filter(|command| !command.is_hide_set())?;
    }
    let name = std::iter::once("jtai").chain(of.iter().map(String::as_str)).collect::<Vec<_>>().join("-");
    let mut page = Vec::new();
    // Memory can always be written to.
    clap_mangen::Man::new(found.clone().display_name(name)).render(&mut page).ok()?;
    Some(String::from_utf8_lossy(&page).into_owned())
}
