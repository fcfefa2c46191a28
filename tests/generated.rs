//! Completions and pages for `man`, made from the commands themselves.

use crate::project::Project;

const COMMANDS: [&str; 15] = [
    "open",
    "demo",
    "theme",
    "round",
    "issue",
    "collect",
    "queries",
    "sent",
    "challenge",
    "report",
    "status",
    "explain",
    "forget",
    "settle",
    "repair",
];

#[test]
fn every_shell_completes_every_command_and_no_hidden_one() {
    let project = Project::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let made = project.run(&["completions", shell]);
        assert_eq!((made.code, made.err.as_str()), (0, ""));
        for command in COMMANDS {
            assert!(made.out.contains(command), "{shell} does not know {command}");
        }
        assert!(!made.out.contains("read-worker"), "{shell} offers what jtai asks of itself:\n{}", made.out);
    }
}

#[test]
fn every_command_has_a_page_for_man() {
    let project = Project::empty();
    let of_itself = project.run(&["man-page"]);
    assert!(of_itself.code == 0 && of_itself.out.contains(".TH jtai 1"), "{}", of_itself.out);
    for command in COMMANDS {
        let page = project.run(&["man-page", command]);
        assert!(page.code == 0 && page.out.contains(&format!(".TH jtai-{command} 1")), "{command}: {}", page.out);
    }
    let below = project.run(&["man-page", "round", "new"]);
    assert!(below.out.contains("jtai round new") && below.out.contains("deadline"), "{}", below.out);
    let none = project.run(&["man-page", "read-worker"]);
    assert!(none.code == 2 && none.err.contains("not a jtai command"), "{}", none.err);
}
