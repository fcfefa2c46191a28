//! Messages to agencies: a template with its facts in, plain data out.
//!
//! A template is a text with Jinja placeholders, which a partnership can change. Its first line is the subject. A placeholder that is not
//! known is a fault with its line, so that no message is sent with a gap in it.

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value};
use serde::Serialize;

use crate::core::finding::{Code, Finding, Place};
use crate::core::words;
use crate::round::{Agency, Round};
use crate::theme::Theme;

/// The file name of the page that [`page`] writes.
pub const PAGE: &str = "messages.html";

/// A message for the officer to look at and send. jtai sends nothing itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// The agency's name.
    pub agency: String,
    /// The person it is addressed to; empty if unknown.
    pub name: String,
    /// The e-mail address; empty if unknown or not valid.
    pub to: String,
    /// The subject, on one line.
    pub subject: String,
    /// The text, with line feeds between its lines.
    pub text: String,
    /// The name of the file to attach; empty for none.
    pub attachment: String,
    /// An id of the message: the return code with the kind of message.
    #[serde(skip)]
    pub key: String,
}

/// The template of a message, before an agency's facts are filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageTemplate {
    /// The file's name, as findings show it.
    pub file: String,
    /// The text.
    pub text: String,
}

/// The kinds of messages. Each has a built-in template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// Goes out with a workbook.
    Covering,
    /// Goes back with questions on a return.
    Query,
    /// Says that a return was received and is complete.
    Receipt,
    /// Asks for a return that has not come.
    Reminder,
    /// Tells of a new date, or tells a new contact who has the workbook.
    Change,
    /// Goes with an agency's own feedback.
    Feedback,
}

impl MessageKind {
    /// Every kind.
    pub const ALL: [MessageKind; 6] = [
        MessageKind::Covering,
        MessageKind::Query,
        MessageKind::Receipt,
        MessageKind::Reminder,
        MessageKind::Change,
        MessageKind::Feedback,
    ];

    /// The word in keys and names of files.
    pub fn key(self) -> &'static str {
        match self {
            MessageKind::Covering => "covering",
            MessageKind::Query => "query",
            MessageKind::Receipt => "receipt",
            MessageKind::Reminder => "reminder",
            MessageKind::Change => "change",
            MessageKind::Feedback => "feedback",
        }
    }
}

impl MessageTemplate {
    /// The built-in template of a kind.
    pub fn ours(kind: MessageKind) -> MessageTemplate {
        let text = match kind {
            MessageKind::Covering => include_str!("../templates/covering-message.txt"),
            MessageKind::Query => include_str!("../templates/query-message.txt"),
            MessageKind::Receipt => include_str!("../templates/receipt-message.txt"),
            MessageKind::Reminder => include_str!("../templates/reminder-message.txt"),
            MessageKind::Change => include_str!("../templates/change-message.txt"),
            MessageKind::Feedback => include_str!("../templates/feedback-message.txt"),
        };
        MessageTemplate { file: MessageTemplate::file_name(kind), text: text.into() }
    }

    /// The name of the file in a round's folder that replaces the built-in template.
    pub fn file_name(kind: MessageKind) -> String {
        format!("{}-message.txt", kind.key())
    }
}

/// The round and the agency that a message is about.
#[derive(Debug, Clone, Copy)]
pub struct MessageSubject<'a> {
    /// The round.
    pub round: &'a Round,
    /// The theme.
    pub theme: &'a Theme,
    /// The agency that it goes to.
    pub agency: &'a Agency,
    /// The name of the file to attach; empty for none.
    pub file: &'a str,
    /// The workbook's return code.
    pub code: &'a str,
}

/// Facts for single kinds of messages. Each is empty if it does not apply.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MessageDetails {
    /// The return code of the workbook that this one replaces.
    pub replaces: String,
    /// How many answers of the round before are in the workbook, as "9 answers"; empty for none.
    pub carried: String,
    /// How many questions there are.
    pub questions: String,
    /// The questions, each on a line.
    pub list: String,
    /// The name of the file that counts; empty if it is held back.
    pub file: String,
    /// The day on which it came in.
    pub received: String,
    /// When the workbook that came in was saved.
    pub saved: String,
    /// What was counted, as "7 rated, 1 not applicable, nothing missing".
    pub counted: String,
    /// The day of the approval, if one is recorded.
    pub approved: String,
    /// Who approved it then, as the agency wrote.
    pub approver: String,
    /// "as you told us", if the approval is not in the file.
    pub told: String,
    /// The last day on which the same was asked, if it was asked more than once.
    pub chased_on: String,
    /// The files with corrections that await approval, each with the day on which it came in.
    pub corrected: String,
    /// The cells that were taken from later files, one on each line.
    pub taken: String,
    /// The changed cells that were not taken, one on each line.
    pub not_taken: String,
    /// The day by which a reply is asked for.
    pub reply_by: String,
    /// The day on which the same, or a sign-off, was first asked for, if the time to reply is over.
    pub asked_on: String,
    /// The day on which the agency last sent something after we wrote to it.
    pub replied_on: String,
    /// The day on which some of the questions were sent before, if nothing has come since.
    pub earlier_on: String,
    /// How many corrections were taken from what came on that day, as "2 corrections".
    pub corrections: String,
    /// How many corrections are not signed off in all, as "2 corrections".
    pub unsigned: String,
    /// The day on which the agency was told of a new date or contact.
    pub changed: String,
    /// How unclear cells were settled, one on each line.
    pub recorded: String,
    /// How late a return is, as "3 days".
    pub late: String,
    /// The due date in the workbook that was sent, if it is different now.
    pub due_before: String,
    /// Whom the workbook was sent to, if the contact is different now.
    pub contact_before: String,
    /// The day on which it was sent.
    pub sent: String,
    /// What the challenge meeting decided on its answers, as "1 changed and 2 upheld"; empty if nothing is on record.
    pub decided: String,
}

/// The placeholders that a template can use.
#[derive(Serialize)]
struct Facts<'a> {
    agency: &'a str,
    contact: &'a str,
    deputy: &'a str,
    approver_role: &'a str,
    statements: String,
    due: String,
    code: &'a str,
    partnership: &'a str,
    theme: &'a str,
    reply_to: &'a str,
    marking: &'a str,
    attachment: &'a str,
    #[serde(flatten)]
    extra: &'a MessageDetails,
}

/// The placeholders, as a finding lists them. A new field of [`MessageDetails`] has to be added here.
const NAMES: &str = "agency, contact, deputy, approver_role, statements, due, code, replaces, carried, partnership, theme, reply_to, marking, attachment, \
                     questions, list, reply_by, asked_on, chased_on, earlier_on, replied_on, corrections, unsigned, changed, file, received, saved, counted, approved, approver, told, corrected, taken, not_taken, recorded, late, due_before, contact_before, sent or decided";

/// Writes one message.
///
/// # Errors
///
/// When the template cannot be filled in. The finding has its line.
pub fn compose(
    kind: MessageKind,
    template: &MessageTemplate,
    about: &MessageSubject<'_>,
    extra: &MessageDetails,
) -> Result<Message, Box<Finding>> {
    let MessageSubject { round, theme, agency, file, code, .. } = *about;
    let facts = Facts {
        agency: &agency.name,
        contact: &agency.contact,
        deputy: &agency.deputy,
        approver_role: &agency.approver_role,
        statements: words::count(round.statements(theme, agency).len(), "statement"),
        due: words::date(round.due(agency)),
        code,
        partnership: &round.partnership,
        theme: &theme.title,
        reply_to: if round.contact.is_empty() { "the business unit" } else { &round.contact },
        marking: &round.marking,
        attachment: file,
        extra,
    };
    let filled = fill(template, &facts)?;
    let (subject, text) = subject_and_text(template, &filled)?;
    Ok(Message {
        agency: agency.name.clone(),
        name: agency.contact.clone(),
        // A text that is not an address stays out of the draft. The officer sees from the finding that it is missing.
        to: if agency.has_email() { agency.email.clone() } else { String::new() },
        subject,
        text,
        attachment: file.to_string(),
        key: format!("{code}.{}", kind.key()),
    })
}

/// The placeholders of the page of messages.
#[derive(Serialize)]
struct PageFacts<'a> {
    partnership: &'a str,
    marking: &'a str,
    heading: &'a str,
    lead: &'a str,
    messages: &'a [Message],
}

/// A page with every message, to copy from if the mail program cannot open drafts.
pub fn page(round: &Round, heading: &str, lead: &str, messages: &[Message]) -> String {
    let page = MessageTemplate { file: PAGE.into(), text: include_str!("../templates/messages.html").into() };
    let facts = PageFacts { partnership: &round.partnership, marking: &round.marking, heading, lead, messages };
    // OK because the template is built in and a test fills it.
    fill(&page, &facts).expect("our own page can be filled")
}

/// Fills in a template. Values are escaped if its name ends in `.html`, which minijinja decides by the name.
fn fill(template: &MessageTemplate, facts: impl Serialize) -> Result<String, Box<Finding>> {
    let mut environment = Environment::new();
    // By default, a misspelt name would be filled in as nothing, and the message would have a gap.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let filled = environment.render_named_str(&template.file, &template.text, Value::from(Serde(facts)));
    filled.map_err(|error| {
        let place = Place::line(&template.file, error.line().unwrap_or(1), 1);
        let found = match error.kind() {
            minijinja::ErrorKind::UndefinedError => "a name in double braces is not one that jtai fills in".to_string(),
            kind => match error.detail() {
                Some(detail) => format!("the template cannot be filled in: {detail}"),
                None => format!("the template cannot be filled in: {kind}"),
            },
        };
        let expected = match error.kind() {
            minijinja::ErrorKind::UndefinedError => NAMES,
            _ => "",
        };
        let remedy = "correct it, or delete the file to use jtai's own words";
        Box::new(Finding::new(Code::TemplateFault, place, found, expected, remedy))
    })
}

fn subject_and_text(template: &MessageTemplate, filled: &str) -> Result<(String, String), Box<Finding>> {
    // Templates that were edited in Windows have CR LF.
    let plain = filled.replace("\r\n", "\n");
    let (first, text) = plain.trim_start().split_once('\n').unwrap_or((plain.trim(), ""));
    let fault = |found: String, expected: &str, remedy: &str| {
        Err(Box::new(Finding::new(Code::TemplateFault, Place::line(&template.file, 1, 1), found, expected, remedy)))
    };
    let subject = first.split_once(':').filter(|(word, _)| word.trim().eq_ignore_ascii_case("subject"));
    let Some((_, subject)) = subject.filter(|(_, subject)| !subject.trim().is_empty()) else {
        let found = format!("the message begins with {}", crate::core::quoting::quote(first));
        return fault(found, "a subject", "begin the first line with \"Subject:\" and the subject");
    };
    if text.trim().is_empty() {
        return fault("the message has a subject but no text".into(), "a text below it", "write one");
    }
    // On one line: a line break would end the header that the subject is written into.
    Ok((subject.split_whitespace().collect::<Vec<_>>().join(" "), format!("{}\n", text.trim())))
}

#[cfg(test)]
mod tests {

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

    fn message(template: &MessageTemplate, agency: &str, replaces: Option<&str>) -> Result<Message, Box<Finding>> {
        let (theme, round) = sample(agency);
        let about = MessageSubject {
            round: &round,
            theme: &theme,
            agency: &round.agencies[0],
            file: "police self-assessment.xlsx",
            code: "JT-0000-0000-0",
        };
        let extra = MessageDetails { replaces: replaces.unwrap_or_default().into(), ..MessageDetails::default() };
        compose(MessageKind::Covering, template, &about, &extra)
    }

    #[test]
    fn every_kind_of_message_can_be_filled() {
        let (theme, round) = sample("deputy = \"Jo\"\n");
        let agency = &round.agencies[0];
        let about = MessageSubject { round: &round, theme: &theme, agency, file: "", code: "JT-0" };
        for extra in [
            MessageDetails { list: "1. Where".into(), ..MessageDetails::default() },
            MessageDetails {
                list: "1. Where".into(),
                late: "3 days".into(),
                saved: "1 December".into(),
                due_before: "11 December 2026".into(),
                contact_before: "Sam".into(),
                ..MessageDetails::default()
            },
        ] {
            for kind in MessageKind::ALL {
                let said = compose(kind, &MessageTemplate::ours(kind), &about, &extra).expect("filled");
                assert!(!said.subject.is_empty() && !said.text.contains("\n\n\n"), "{kind:?}: {}", said.text);
            }
        }
    }

    #[test]
    fn the_covering_message_says_what_the_agency_needs() {
        let agency =
            "contact = \"Robin\"\nemail = \"r@police.example\"\napprover_role = \"chief officer\"\ndue = 2026-12-18\n";
        let said = message(&MessageTemplate::ours(MessageKind::Covering), agency, None).expect("filled");
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
        let again =
            message(&MessageTemplate::ours(MessageKind::Covering), "deputy = \"Jo\"\nemail = \"a b\"\n", Some("JT-1"))
                .expect("filled");
        assert!(
            again.text.contains("replaces the one with the return code JT-1") && again.text.contains("pass this to Jo")
        );
        assert!(again.text.contains("Dear colleague,") && again.to.is_empty() && !again.text.contains("\n\n\n"));
    }

    #[test]
    fn a_template_with_a_slip_is_a_fault_with_its_line() {
        let fault = |text: &str| {
            let template = MessageTemplate { file: "covering-message.txt".into(), text: text.into() };
            message(&template, "", None).expect_err("a fault").to_string()
        };
        assert!(fault("Subject: a\n\nDear {{ contcat }}").starts_with("covering-message.txt, line 3"));
        assert!(fault("Subject: a\n{% if %}").contains("line 2"));
        assert!(fault("Dear all").contains("a subject"));
    }

    #[test]
    fn the_page_shows_texts_as_they_are() {
        let (_, round) = sample("");
        let said = Message {
            subject: "<b> & \"x\"".into(),
            ..message(&MessageTemplate::ours(MessageKind::Covering), "", None).expect("filled")
        };
        let html = page(&round, "Messages", "Lead", &[said]);
        assert!(
            html.contains("&lt;b&gt; &amp; &quot;x&quot;")
                && html.contains("<dd>no address in the list of agencies</dd>"),
            "{html}"
        );
        assert!(page(&round, "Messages", "Lead", &[]).contains("nothing to send"));
    }
}
