//! The content of the first sheet, line by line, in the order in which an agency lead needs it.

use super::issue::Issue;
use crate::core::words;
use crate::form::{ColumnKey, Rating, StartField};
use crate::response::SelfRating;
use crate::workbook::contract::columns::column;
use crate::workbook::contract::labels::PROGRESS_LABEL;
use crate::workbook::contract::ratings::rating_word;
use crate::workbook::contract::sheets::{
    EXAMPLE_SHEET, GLOSSARY_SHEET, GUIDANCE_SHEET, IN_SHORT_SHEET, PRINT_SHEET, QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET,
    SOURCES_SHEET,
};

const WHO_WILL_SEE: &str = "We in the business unit see it first. Before anybody else does, we show you what they will see under your \
    agency's name. Then partner agencies (at the challenge meeting), senior leaders and inspectors see your ratings, and words chosen from \
    yours, with your agency's name. What you write may have to be disclosed if somebody asks, for example under the Freedom of \
    Information Act.";

/// The heading over the fields of the sign-off, and the text of the link to it.
const SIGN_OFF: &str = "Sign-off";

const NO_CHILD: &str = "Do not write anything that could identify a child or a family: no names, initials, dates of birth, case or \
    NHS numbers. Counts from audits are welcome. If a count is of fewer than 5 children, write \"fewer than 5\".";

/// What is rated, with its six months as dates, and which children the theme looks at most closely.
fn what_is_rated(issue: &Issue<'_>) -> String {
    format!("{}{}", own_part(issue), age_focus(issue))
}

fn age_focus(issue: &Issue<'_>) -> String {
    match issue.theme.age_focus.as_str() {
        "" => String::new(),
        ages => format!(" Inspectors look most closely at {ages}."),
    }
}

fn own_part(issue: &Issue<'_>) -> String {
    let [from, to] = six_months(issue);
    format!(
        "Your own agency's part, in this partnership's area, over the last six months: {} to {}. Rate what your own staff do. If what \
         others do, or do not do, worries you, write that under \"{}\".",
        words::date(from),
        words::date(to),
        column(ColumnKey::WorriedAbout).name()
    )
}

/// The first and the last day of the practice that is rated: the six months up to the day on which workbooks are issued.
fn six_months(issue: &Issue<'_>) -> [jiff::civil::Date; 2] {
    let to = issue.round.issue_date();
    [to.saturating_sub(jiff::Span::new().months(6)), to]
}

/// How long the workbook is kept, in the round's own words where it has any.
fn kept(issue: &Issue<'_>) -> String {
    match issue.round.kept_until.trim() {
        "" => "We keep your workbook for as long as our records schedule says, and then delete it. Ask us how long that is.".into(),
        until => format!("We keep your workbook until {}, and then delete it.", until.trim_end_matches('.')),
    }
}

/// How to send the workbook.
fn how_to_send(issue: &Issue<'_>) -> String {
    let marked = match issue.round.marking.as_str() {
        "" => String::new(),
        marking => format!(" It is marked {marking}."),
    };
    format!(
        "Use your organisation's secure e-mail, or the shared folder that we gave you. Send it to {} and nobody else, never from or to a \
         private account.{marked}",
        contact(issue)
    )
}

/// Texts of this sheet as version 1.5 of the contract first had them, each with its column. Workbooks that went out with them are still
/// out, and a text that is not in these lists is taken for an agency's own when it comes back.
pub(super) fn texts_before_rewording(issue: &Issue<'_>) -> Vec<(u32, String)> {
    let marked = match issue.round.marking.as_str() {
        "" => String::new(),
        marking => format!(" It is marked {marking}."),
    };
    let texts = [
        purpose_before_rewording(issue),
        format!("{}{}", own_part_before_rewording(issue), age_focus(issue)),
        "First the business unit. It shows you what others will see under your agency's name, before they see it. Then partner agencies \
         at the challenge meeting, senior leaders, and inspectors: ratings, and words chosen from yours, with your agency's name. What you \
         write may have to be disclosed on request, for example under the Freedom of Information Act."
            .into(),
        format!(
            "By your organisation's secure e-mail, or the shared folder that we gave you, to {} and nobody else. Never from or to a \
             private account.{marked}",
            contact(issue)
        ),
        "Do not write anything that could identify a child or a family: no names, initials, dates of birth, case or NHS numbers. Counts \
         from audits are welcome; where fewer than 5 children are meant, write \"fewer than 5\"."
            .into(),
        "For each statement choose Red, Amber, Green or Not applicable. Don't know? Leave the rating empty, and say under what you are \
         worried about what would tell you. It is then shown as not answered."
            .into(),
        "Say what is working well, what you are worried about and what needs to happen, with the role that will lead and by when. A row \
         grows with what you write. Where it does not, drag its lower edge down, or press Alt, H, O and A, one after the other."
            .into(),
        "Say what shows it, and where that is kept: how many were looked at, when, and what came of it for children. A Green needs \
         evidence that somebody else could look at."
            .into(),
        format!("If you have ten minutes more, say on the sheet {IN_SHORT_SHEET} what leaders should remember. This is optional."),
        "Each statement on a page of its own with all that you wrote about it: to read through, print and approve.".into(),
    ];
    let recheck = if issue.round.goes_on_from.is_some() { recheck_before_rewording() } else { Vec::new() };
    let headings = [(0, "The sheets: choose a name to go there".to_string())];
    texts.into_iter().chain(recheck).map(|text| (1, text)).chain(headings).collect()
}

fn own_part_before_rewording(issue: &Issue<'_>) -> String {
    let [from, to] = six_months(issue).map(words::date);
    format!(
        "Your own agency's part, in this partnership's area, on practice of the last six months: {from} to {to}. Rate what your own \
         staff do; put what others do, or do not do, under what you are worried about."
    )
}

fn purpose_before_rewording(issue: &Issue<'_>) -> String {
    let wording = issue.theme.notice().map_or(String::new(), |notice| format!(" {notice}"));
    format!(
        "Inspectors look at how agencies together protect children. This workbook asks {} to rate its own part on {} and to say, \
         in Signs of Safety style, what is working well, what it is worried about and what needs to happen. \
         {} pulls the answers together for its senior leaders to present on the first day of fieldwork.{wording}",
        issue.agency.name,
        words::count(issue.statements().len(), "statement"),
        issue.round.partnership,
    )
}

fn recheck_before_rewording() -> Vec<String> {
    let name = |key| column(key).name();
    vec![
        "Your answers of last time are in it. If all of them are still right, choose under Progress since how each of your actions has \
         gone, fill in the sign-off at the foot of this sheet, and send the workbook back. That is all."
            .into(),
        "By signing, you confirm every answer of last time that you did not change. Without a name and a date here, and without a Yes \
         beside the row, such an answer counts as not given."
            .into(),
        format!("Read each row on the sheet {SELF_ASSESSMENT_SHEET}: it is as you answered it last time."),
        format!(
            "Change what is different: the rating, the words, the evidence and its date, and the short line about it on the sheet \
             {IN_SHORT_SHEET}. Leave the rest as it is."
        ),
        format!(
            "Choose under {} how each action of last time has gone. If it is done, replace it with the next action, if there is one.",
            name(ColumnKey::Progress)
        ),
        format!(
            "{} is for single rows, if you cannot sign yet: Yes where a row is as it was. No means that it is not, and that you will tell us \
             what holds now.",
            name(ColumnKey::StillRight)
        ),
    ]
}

/// Texts of the sheet in version 1.3 of the contract and before, each with its column, where they were different.
pub(super) fn earlier_texts(issue: &Issue<'_>) -> Vec<(u32, String)> {
    let by = words::date(issue.return_by);
    let safely = match issue.round.marking.as_str() {
        "" => String::new(),
        marking => format!(", in the way that your organisation sends what is marked {marking}"),
    };
    let approver = approver(issue);
    let texts = [
        own_part_before_rewording(issue),
        "The business unit; partner agencies at the challenge meeting; senior leaders; and inspectors. They see ratings, and words chosen \
         from yours, with your agency's name. What you write is information that your organisation or the partnership may have to \
         disclose on request, for example under the Freedom of Information Act."
            .into(),
        "Say what is working well, what you are worried about and what needs to happen, with the role that will lead and by when. \
         Where a text is longer than its row, make the row taller before you print: drag its lower edge down, or press Alt, H, O and A, \
         one after the other."
            .into(),
        "Name your evidence and where it is kept. A Green needs evidence that somebody else could look at.".into(),
        format!("Have it approved by {approver}, and fill in the sign-off at the foot of this sheet."),
        format!("Save the workbook and send it to {} by {by}{safely}.", contact(issue)),
        "Your own agency's part, in this partnership's area, on practice of the last six months.".to_string(),
        "The business unit; partner agencies at the challenge meeting; senior leaders; and inspectors, who are shown the ratings and \
         quotations chosen from the words. What you write is information that your organisation or the partnership may have to disclose \
         on request."
            .into(),
        "Do not write anything that could identify a child or a family: no names, initials, dates of birth, case or NHS numbers. Counts \
         from audits are welcome."
            .into(),
        "For each statement choose Red, Amber, Green or Not applicable. Leave a rating empty only if you cannot answer: it is then shown \
         as not answered."
            .into(),
        "Say what is working well, what you are worried about and what needs to happen, with the role that will lead and by when. Drag \
         the lower edge of a row down where a text is longer than its row, before printing too."
            .into(),
        format!("Save the workbook and send it to {} by {by}.", contact(issue)),
    ];
    texts.into_iter().map(|text| (1, text)).collect()
}

/// A line of the sheet.
pub enum StartLine {
    /// The title in A1.
    Title(String),
    /// The protective marking.
    Marking(String),
    /// A heading.
    Heading(&'static str),
    /// A link to a place of the workbook, and what is there.
    Link(LinkTo, &'static str),
    /// A label and a paragraph beside it.
    Paragraph(String, String),
    /// A rating and what it means.
    Meaning(Rating, String),
    /// A given field.
    Given(StartField, String),
    /// The count of rated rows.
    Progress,
    /// A field for the agency to fill in, with what is carried in.
    Entry(StartField, String),
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkTo {
    /// The top of a sheet.
    Sheet(&'static str),
    /// The sign-off on the first sheet.
    SignOff,
}

impl LinkTo {
    /// What the link is called.
    pub fn name(self) -> &'static str {
        match self {
            LinkTo::Sheet(name) => name,
            LinkTo::SignOff => SIGN_OFF,
        }
    }
}

impl StartLine {
    /// Whether the sign-off begins here.
    pub fn is_sign_off(&self) -> bool {
        matches!(self, StartLine::Heading(SIGN_OFF))
    }
}

/// Every text of the sheet but for the count of rated rows, each with its column.
pub(super) fn texts(issue: &Issue<'_>) -> Vec<(u32, String)> {
    let pair = |label: &str, text: String| vec![(0, label.to_string()), (1, text)];
    let texts = |line: StartLine| match line {
        StartLine::Title(text) | StartLine::Marking(text) => vec![(0, text)],
        StartLine::Heading(text) => vec![(0, text.to_string())],
        StartLine::Link(to, text) => pair(to.name(), text.to_string()),
        StartLine::Paragraph(label, text) => pair(&label, text),
        StartLine::Meaning(rating, text) => pair(rating.word(), text),
        StartLine::Given(field, text) => pair(field.label(), text),
        StartLine::Progress => vec![(0, PROGRESS_LABEL.to_string())],
        // What is carried into such a cell is the agency's own, and the reader does not compare those cells.
        StartLine::Entry(field, _) => vec![(0, field.label().to_string())],
    };
    start_lines(issue).into_iter().flat_map(texts).collect()
}

/// The sheet from top to bottom.
pub fn start_lines(issue: &Issue<'_>) -> Vec<StartLine> {
    let paragraph = |label: &str, text: &str| StartLine::Paragraph(label.into(), text.into());
    let mut lines = vec![StartLine::Title(format!("Self-assessment: {}", issue.theme.title))];
    lines.extend((!issue.round.marking.is_empty()).then(|| StartLine::Marking(issue.round.marking.clone())));
    lines.push(paragraph("What this is", &purpose(issue)));
    lines.extend(issue.is_recheck().then(|| paragraph(NOTHING_CHANGED[0], NOTHING_CHANGED[1])));
    lines.push(StartLine::Heading("This workbook"));
    let given =
        StartField::ALL.into_iter().filter(|field| !field.is_entered()).map(|field| (field, given(field, issue)));
    lines.extend(given.filter(|(_, text)| !text.is_empty()).map(|(field, text)| StartLine::Given(field, text)));
    lines.push(StartLine::Progress);
    lines.push(paragraph("Is this your organisation?", &wrong_organisation(issue)));
    lines.push(StartLine::Heading("The sheets (select a name to go there)"));
    lines.extend(links(issue));
    lines.push(StartLine::Heading("How to fill it in"));
    let steps = if issue.is_recheck() { recheck_steps(issue) } else { steps(issue).to_vec() };
    lines.extend((1..).zip(steps).map(|(at, step)| StartLine::Paragraph(format!("Step {at}"), step)));
    lines.push(StartLine::Heading("What the ratings mean"));
    let meanings = &issue.theme.definitions;
    let meaning = |rating| StartLine::Meaning(rating, meanings.meaning(rating).to_string());
    lines.extend(Rating::ALL.map(meaning));
    lines.push(paragraph(rating_word(SelfRating::NotApplicable), &meanings.not_applicable));
    lines.push(StartLine::Heading("What is rated, and who will see it"));
    lines.push(paragraph("What is rated", &what_is_rated(issue)));
    lines.push(paragraph("Who will see it", WHO_WILL_SEE));
    lines.push(paragraph("How long we keep it", &kept(issue)));
    lines.push(paragraph("How to send it", &how_to_send(issue)));
    lines.push(paragraph("No child-level data", NO_CHILD));
    let carried = |field| issue.speaks_for.map_or(String::new(), |speaks_for| speaks_for.text(field).to_string());
    let entry = |field| StartLine::Entry(field, carried(field));
    lines.push(StartLine::Heading("Who these answers speak for (optional, where you asked several schools or teams)"));
    lines.extend(StartField::SPEAKS_FOR.map(entry));
    lines.push(StartLine::Heading(SIGN_OFF));
    lines.extend(issue.is_recheck().then(|| paragraph(SIGNING_SAYS[0], SIGNING_SAYS[1])));
    lines.extend(StartField::SIGN_OFF.map(entry));
    lines
}

/// The label and the text for an agency that has nothing to change.
const NOTHING_CHANGED: [&str; 2] = [
    "If nothing has changed",
    "This workbook has your answers from last time. If they are all still right: under Progress since, choose how each of your actions has \
     gone; fill in the sign-off at the foot of this sheet; send the workbook back. There is nothing else to do.",
];

/// The label and the text on what a sign-off means for answers that are carried in.
const SIGNING_SAYS: [&str; 2] = [
    "What signing means",
    "By signing, you confirm every answer from last time that you did not change. If you do not sign (name and date), an answer that you did \
     not change counts only if there is a Yes beside its row.",
];

/// The texts of this sheet where answers from the previous round are carried in, each with its column.
pub(super) fn texts_of_recheck(issue: &Issue<'_>) -> Vec<(u32, String)> {
    let pairs = [NOTHING_CHANGED, SIGNING_SAYS]
        .into_iter()
        .flat_map(|[label, text]| [(0, label.to_string()), (1, text.to_string())]);
    pairs.chain(recheck_steps(issue).into_iter().map(|step| (1, step))).collect()
}

/// The steps where answers of the round before are carried in.
fn recheck_steps(issue: &Issue<'_>) -> Vec<String> {
    let name = |key| column(key).name();
    // The last two steps are the same in every workbook.
    let [.., approve, send] = steps(issue);
    vec![
        format!("Read each row on the sheet {SELF_ASSESSMENT_SHEET}. It shows what you answered last time."),
        format!(
            "Change what is different now: the rating, the words, the evidence and its date, and the short line about it on the sheet \
             {IN_SHORT_SHEET}. Leave the rest as it is."
        ),
        format!(
            "Under {}, choose how each action from last time has gone. If it is done, replace it with the next action, if there is one.",
            name(ColumnKey::Progress)
        ),
        format!(
            "If you cannot sign yet, use the column \"{}\" for single rows. Yes means that the row is still right. No means that it is not, \
             and that you will tell us what is.",
            name(ColumnKey::StillRight)
        ),
        approve,
        send,
    ]
}

/// The text beside the link to the sheet of questions.
const QUESTIONS_LINK: &str = "What we ask about your return.";

/// The texts of the line that only a workbook with questions has, each with its column.
pub(super) fn texts_with_questions() -> [(u32, String); 2] {
    [(0, QUESTIONS_SHEET.to_string()), (1, QUESTIONS_LINK.to_string())]
}

/// The sheets that are there, in the order in which they are needed.
fn links(issue: &Issue<'_>) -> Vec<StartLine> {
    let sheets = [
        (QUESTIONS_SHEET, !issue.questions.is_empty(), QUESTIONS_LINK),
        (SELF_ASSESSMENT_SHEET, true, "Your statements: rate each, and write beside it."),
        (EXAMPLE_SHEET, true, "Three invented statements, answered well."),
        (
            GUIDANCE_SHEET,
            issue.has_guidance(),
            "What Green could look like for each statement, and questions to think about.",
        ),
        (GLOSSARY_SHEET, issue.has_glossary(), "Words that the statements use."),
        (IN_SHORT_SHEET, true, "Optional: what leaders should remember, in one line each."),
        (
            PRINT_SHEET,
            true,
            "Each statement on its own page, with everything you wrote about it: to read through, print and approve.",
        ),
        (SOURCES_SHEET, true, "Where each statement comes from."),
    ];
    let there = sheets.into_iter().filter(|(_, is_there, _)| *is_there);
    let link = |(sheet, _, text)| StartLine::Link(LinkTo::Sheet(sheet), text);
    there.map(link).chain([StartLine::Link(LinkTo::SignOff, "At the foot of this sheet.")]).collect()
}

fn purpose(issue: &Issue<'_>) -> String {
    let wording = issue.theme.notice().map_or(String::new(), |notice| format!(" {notice}"));
    format!(
        "Inspectors look at how well agencies protect children together. This workbook asks {} to rate its own part on {}, and to say what \
         is working well, what it is worried about and what needs to happen (Signs of Safety style). {} pulls the answers together. Its \
         senior leaders present them to inspectors on the first day of fieldwork.{wording}",
        issue.agency.name,
        words::count(issue.statements().len(), "statement"),
        issue.round.partnership,
    )
}

/// The person whom agencies ask.
fn contact<'a>(issue: &Issue<'a>) -> &'a str {
    if issue.round.contact.is_empty() { "the business unit" } else { &issue.round.contact }
}

fn wrong_organisation(issue: &Issue<'_>) -> String {
    format!("If {} is not your organisation, stop and tell us: {}.", issue.agency.name, contact(issue))
}

/// The person who approves the answers, in words that follow "approved by".
fn approver(issue: &Issue<'_>) -> String {
    match issue.agency.approver_role.as_str() {
        "" => "the senior person who answers for it".to_string(),
        role => format!("your {role}"),
    }
}

fn steps(issue: &Issue<'_>) -> [String; 7] {
    let mut help = vec![EXAMPLE_SHEET];
    help.extend(issue.has_guidance().then_some(GUIDANCE_SHEET));
    help.extend(issue.has_glossary().then_some(GLOSSARY_SHEET));
    let sheets = if help.len() == 1 { "sheet" } else { "sheets" };
    [
        format!("Look at the {sheets} {}, then open the sheet {SELF_ASSESSMENT_SHEET}.", words::list(&help)),
        format!(
            "For each statement, choose Red, Amber, Green or Not applicable. If you do not know, leave the rating empty: we then show it as \
             not answered. Say under \"{}\" how you could find out.",
            column(ColumnKey::WorriedAbout).name()
        ),
        "Say what is working well, what you are worried about and what needs to happen, with the role that will lead and by when. \
         A row grows as you write. If it does not, drag its lower edge down, or press Alt, H, O and A, one after the other."
            .into(),
        "Say what shows this: how many you looked at, when, what difference it made to children, and where the evidence is kept. A Green \
         needs evidence that somebody else could check."
            .into(),
        format!("If you have ten more minutes, say on the sheet {IN_SHORT_SHEET} what leaders should remember. This is optional."),
        format!(
            "Have it approved by {}, on screen or on paper (sheet {PRINT_SHEET}), and fill in the sign-off at the foot of this sheet.",
            approver(issue)
        ),
        format!("Save the workbook and send it to {} by {}.", contact(issue), words::date(issue.return_by)),
    ]
}

/// The value of a given field; empty where there is none, so that its line is left out.
fn given(field: StartField, issue: &Issue<'_>) -> String {
    match field {
        StartField::Partnership => issue.round.partnership.clone(),
        StartField::Theme => issue.theme.title.clone(),
        StartField::Round => issue.round.id().to_string(),
        StartField::Agency => issue.agency.name.clone(),
        StartField::Group => words::capitalised(issue.agency.group.words()),
        StartField::Contact => issue.agency.contact.clone(),
        StartField::Deputy => issue.agency.deputy.clone(),
        StartField::ReturnBy => words::date(issue.return_by),
        StartField::Questions => issue.round.contact.clone(),
        StartField::ReturnCode => issue.return_code(),
        StartField::SpeaksFor
        | StartField::SpeaksForOf
        | StartField::AskedBy
        | StartField::CompletedBy
        | StartField::ApprovedBy
        | StartField::ApprovedOn => String::new(),
    }
}
