//! The messages that go out: to whom, what they say, and what is attached. Templates and facts in, plain data out.
//!
//! A template is text with the marks of Jinja, which a partnership can change; its first line is the subject. A name that the
//! template misspells is a fault with its line, and never an empty place in a letter.

use jiff::civil::Date;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value};
use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::round::{Agency, Round};
use crate::theme::Theme;
use crate::words;

/// One message, not sent: a person looks at it and sends it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// The agency's name.
    pub agency: String,
    /// The person it is to; empty when unknown.
    pub name: String,
    /// The e-mail address; empty when unknown or not in the form of one.
    pub to: String,
    /// The subject, on one line.
    pub subject: String,
    /// The text, with line feeds between its lines.
    pub text: String,
    /// The name of the file to attach; empty for none.
    pub attachment: String,
    /// The date that the draft carries.
    #[serde(skip)]
    pub date: Date,
    /// What tells this message from every other: a return code with what the message is about.
    #[serde(skip)]
    pub key: String,
}

/// The text of a message before an agency's facts are filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The file, as messages name it.
    pub file: String,
    /// The text.
    pub text: String,
}

impl Template {
    /// The message that goes out with a workbook, in our own words.
    pub fn covering() -> Template {
        let text = include_str!("../templates/covering-message.txt");
        Template { file: "covering-message.txt".into(), text: text.into() }
    }
}

/// What a covering message is about.
#[derive(Debug, Clone, Copy)]
pub struct Covering<'a> {
    /// The round.
    pub round: &'a Round,
    /// The theme.
    pub theme: &'a Theme,
    /// The agency that it goes to.
    pub agency: &'a Agency,
    /// The name of the workbook's file.
    pub file: &'a str,
    /// The workbook's return code.
    pub code: &'a str,
    /// The return code of the workbook sent before, when this one replaces it.
    pub replaces: Option<&'a str>,
    /// The date that the draft carries.
    pub date: Date,
}

/// The names that a covering message's template may use.
#[derive(Serialize)]
struct CoveringFacts<'a> {
    agency: &'a str,
    contact: &'a str,
    deputy: &'a str,
    approver_role: &'a str,
    statements: String,
    due: String,
    code: &'a str,
    replaces: &'a str,
    partnership: &'a str,
    theme: &'a str,
    reply_to: &'a str,
    marking: &'a str,
}

/// The names that the page of messages uses.
#[derive(Serialize)]
struct PageFacts<'a> {
    partnership: &'a str,
    marking: &'a str,
    heading: &'a str,
    lead: &'a str,
    messages: &'a [Message],
}

/// The names of [`CoveringFacts`], for messages.
const COVERING_NAMES: &str =
    "agency, contact, deputy, approver_role, statements, due, code, replaces, partnership, theme, reply_to or marking";

/// Writes the covering message of one workbook.
///
/// # Errors
///
/// When the template cannot be used: the fault names its line.
pub fn covering(template: &Template, about: &Covering<'_>) -> Result<Message, Box<Diagnostic>> {
    let Covering { round, theme, agency, file, code, .. } = *about;
    let facts = CoveringFacts {
        agency: &agency.name,
        contact: &agency.contact,
        deputy: &agency.deputy,
        approver_role: &agency.approver_role,
        statements: words::count(round.statements(theme, agency).len(), "statement"),
        due: words::date(round.due(agency)),
        code,
        replaces: about.replaces.unwrap_or_default(),
        partnership: &round.partnership,
        theme: &theme.title,
        reply_to: if round.contact.is_empty() { "the business unit" } else { &round.contact },
        marking: &round.marking,
    };
    let filled = fill(template, &facts)?;
    let (subject, text) = subject_and_text(template, &filled)?;
    Ok(Message {
        agency: agency.name.clone(),
        name: agency.contact.clone(),
        to: if agency.has_email() { agency.email.clone() } else { String::new() },
        subject,
        text,
        attachment: file.to_string(),
        date: about.date,
        key: format!("{code}.covering"),
    })
}

/// One page with every message, for a mail program that opens no drafts: check, copy, attach, send.
pub fn page(round: &Round, heading: &str, lead: &str, messages: &[Message]) -> String {
    let page = Template { file: "messages.html".into(), text: include_str!("../templates/messages.html").into() };
    let facts = PageFacts { partnership: &round.partnership, marking: &round.marking, heading, lead, messages };
    // OK because the template and the names it uses are both ours: a test fills it.
    fill(&page, &facts).expect("our own page can be filled")
}

/// Fills a template. Texts are escaped where its name ends in `.html`.
fn fill(template: &Template, facts: impl Serialize) -> Result<String, Box<Diagnostic>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let filled = environment.render_named_str(&template.file, &template.text, Value::from(Serde(facts)));
    filled.map_err(|error| {
        let place = Place::line(&template.file, error.line().unwrap_or(1), 1);
        let found = match error.kind() {
            minijinja::ErrorKind::UndefinedError => "a name in double braces is none that jtai fills in".to_string(),
            kind => match error.detail() {
                Some(detail) => format!("the template cannot be filled in: {detail}"),
                None => format!("the template cannot be filled in: {kind}"),
            },
        };
        let expected = match error.kind() {
            minijinja::ErrorKind::UndefinedError => COVERING_NAMES,
            _ => "",
        };
        let remedy = "correct it, or take the file away to use jtai's own words";
        Box::new(Diagnostic::new(Code::TemplateFault, place, found, expected, remedy))
    })
}

fn subject_and_text(template: &Template, filled: &str) -> Result<(String, String), Box<Diagnostic>> {
    let plain = filled.replace("\r\n", "\n");
    let (first, text) = plain.trim_start().split_once('\n').unwrap_or((plain.trim(), ""));
    let fault = |found: String, expected: &str, remedy: &str| {
        Err(Box::new(Diagnostic::new(Code::TemplateFault, Place::line(&template.file, 1, 1), found, expected, remedy)))
    };
    let subject = first.split_once(':').filter(|(word, _)| word.trim().eq_ignore_ascii_case("subject"));
    let Some((_, subject)) = subject.filter(|(_, subject)| !subject.trim().is_empty()) else {
        let found = format!("the message begins with {}", crate::diagnostic::quote(first));
        return fault(found, "a subject", "begin the first line with \"Subject:\" and the subject");
    };
    if text.trim().is_empty() {
        return fault("the message has a subject and no text".into(), "a text under it", "write one");
    }
    Ok((subject.split_whitespace().collect::<Vec<_>>().join(" "), format!("{}\n", text.trim())))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{round, theme};

    fn sample(agency: &str) -> (Theme, Round) {
        let theme = theme::read("t.toml", "t", theme::TEMPLATE).output;
        let text = format!(
            "format = 1\nid = \"r\"\ntheme = \"t\"\npartnership = \"P & Q\"\ndeadline = 2026-12-11\nmarking = \"OFFICIAL\"\nrate = [\"S\"]\n\
             contact = \"unit@example.org\"\n[[agency]]\nid = \"police\"\nname = \"Police\"\ngroup = \"POL\"\n{agency}"
        );
        (theme, round::read("round.toml", &text).output.expect("no fault"))
    }

    fn message(template: &Template, agency: &str, replaces: Option<&str>) -> Result<Message, Box<Diagnostic>> {
        let (theme, round) = sample(agency);
        covering(
            template,
            &Covering {
                round: &round,
                theme: &theme,
                agency: &round.agencies[0],
                file: "police self-assessment.xlsx",
                code: "JT-0000-0000-0",
                replaces,
                date: date(2026, 11, 23),
            },
        )
    }

    #[test]
    fn the_covering_message_says_what_the_agency_needs() {
        let agency =
            "contact = \"Robin\"\nemail = \"r@police.example\"\napprover_role = \"chief officer\"\ndue = 2026-12-18\n";
        let said = message(&Template::covering(), agency, None).expect("filled");
        assert_eq!(said.subject, "Self-assessment by Police, due 18 December 2026: A theme of your own");
        assert!(said.text.starts_with("OFFICIAL\n\nDear Robin,\n\nP & Q is preparing"), "{}", said.text);
        for part in
            ["has 1 statement.", "by your chief officer", "to unit@example.org by 18 December 2026", "JT-0000-0000-0"]
        {
            assert!(said.text.contains(part), "{part}: {}", said.text);
        }
        assert!(
            !said.text.contains("If you are away") && !said.text.contains("replaces") && !said.text.contains("\n\n\n")
        );
        let again = message(&Template::covering(), "deputy = \"Jo\"\nemail = \"a b\"\n", Some("JT-1")).expect("filled");
        assert!(
            again.text.contains("replaces the one with the return code JT-1") && again.text.contains("pass this to Jo")
        );
        assert!(again.text.contains("Dear colleague,") && again.to.is_empty() && !again.text.contains("\n\n\n"));
    }

    #[test]
    fn a_template_with_a_slip_is_a_fault_with_its_line() {
        let fault = |text: &str| {
            let template = Template { file: "covering-message.txt".into(), text: text.into() };
            message(&template, "", None).expect_err("a fault").to_string()
        };
        assert!(fault("Subject: a\n\nDear {{ contcat }}").starts_with("covering-message.txt, line 3"));
        assert!(fault("Subject: a\n{% if %}").contains("line 2"));
        assert!(fault("Dear all").contains("a subject"));
    }

    #[test]
    fn the_page_shows_texts_as_they_are() {
        let (_, round) = sample("");
        let said =
            Message { subject: "<b> & \"x\"".into(), ..message(&Template::covering(), "", None).expect("filled") };
        let html = page(&round, "Messages", "Lead", &[said]);
        assert!(
            html.contains("&lt;b&gt; &amp; &quot;x&quot;") && html.contains("<dd>no address in round.toml</dd>"),
            "{html}"
        );
        assert!(page(&round, "Messages", "Lead", &[]).contains("nothing to send"));
    }
}
