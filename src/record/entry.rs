//! The kinds of entries in the record, and what every entry has: when, who, and what it takes back.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::moderated::Moderated;
use crate::core::finding::{Decision, Settlement};
use crate::core::hash::sha256_hex;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::names::RelativeName;
use crate::core::privacy::{self, Sign};
use crate::form::{ColumnKey, HeadlineSlot};

/// Something that was done or decided. An entry quotes no agency's words: it names files by their hashes and findings by their references.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// A workbook was written for an agency.
    Issued(Issued),
    /// Something was sent to an agency.
    Sent(Sent),
    /// A file was first seen in `returns/`.
    Received(Received),
    /// Questions were written for an agency.
    Asked(QuestionsAsked),
    /// An unsent issue of a workbook was taken back. The entry that this one replaces says which.
    TakenBack(TakenBack),
    /// A return was forgotten.
    Forgotten(Forgotten),
    /// An agency was in the list of agencies.
    Listed(ListedAgency),
    /// The due date and the contact of an agency when workbooks were issued.
    Addressed(Addressed),
    /// An agency was no longer in the list. The entry that this one replaces says what the list had of it.
    LeftList(LeftList),
    /// A person decided what to do about a finding.
    Settled(Settled),
    /// Such a decision was taken back. The entries that this one replaces say which.
    Withdrawn(Withdrawn),
    /// A row of a challenge workbook, as it was filled in.
    Moderated(Moderated),
}

/// A workbook that was written for an agency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Issued {
    /// The agency.
    pub agency: AgencyId,
    /// The agency's name at that time.
    pub name: String,
    /// Which issue of the agency's workbook it is, counted from 1.
    pub issue: u32,
    /// Its return code.
    pub return_code: String,
    /// The file in `issued/`.
    pub file: RelativeName,
    /// The SHA-256 of the file as it was written, 64 hexadecimal digits.
    pub sha256: String,
    /// The fingerprint of its statements and its identity; empty if an earlier version did not note it and the file is gone.
    pub fingerprint: String,
}

/// The kinds of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentWhat {
    /// A workbook to fill in.
    Workbook,
    /// Questions on a return.
    Questions,
    /// A reminder.
    Reminder,
    /// A receipt.
    Receipt,
    /// A message that says what changed, without a workbook.
    Change,
    /// An agency's own feedback after challenge.
    Feedback,
}

impl SentWhat {
    /// The kind in words.
    pub fn words(self) -> &'static str {
        match self {
            SentWhat::Workbook => "workbook",
            SentWhat::Questions => "questions",
            SentWhat::Reminder => "reminder",
            SentWhat::Receipt => "receipt",
            SentWhat::Change => "message about a change",
            SentWhat::Feedback => "feedback",
        }
    }
}

/// Something that was sent to an agency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sent {
    /// The agency.
    pub agency: AgencyId,
    /// What.
    pub what: SentWhat,
    /// The return code of the workbook that was sent, or that the message is about; empty if none was issued.
    pub return_code: String,
    /// The day on which it was sent.
    pub day: Date,
    /// The SHA-256 of the draft, 64 hexadecimal digits, of questions, a receipt, a message about a change or feedback. If there is
    /// something different to say later, its draft has a different hash. Empty for other kinds, and if it is not known which draft was
    /// sent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub draft: String,
}

/// Whether a number is 0.
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl QuestionsAsked {
    /// Whether this is the draft of these questions; `None` if either is not known.
    pub fn is_draft(&self, draft: &str) -> Option<bool> {
        (!self.draft.is_empty() && !draft.is_empty()).then(|| self.draft == draft)
    }

    /// The questions, each with the hashes of the findings that it asks about.
    pub fn questions(&self) -> Vec<BTreeSet<&str>> {
        let mut questions: BTreeMap<(u32, &str), BTreeSet<&str>> = BTreeMap::new();
        for finding in &self.findings {
            let hash = finding.hash.as_str();
            // Earlier versions did not number questions: each of their findings is one.
            let of_itself = if finding.question == 0 { hash } else { "" };
            questions.entry((finding.question, of_itself)).or_default().insert(hash);
        }
        questions.into_values().collect()
    }
}

impl Sent {
    /// A note that some workbook was sent, without its return code.
    pub fn workbook(agency: &AgencyId, day: Date) -> Sent {
        let (agency, return_code) = (agency.clone(), String::new());
        Sent { agency, what: SentWhat::Workbook, return_code, day, draft: String::new() }
    }
}

/// A file that was first seen in `returns/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Received {
    /// Its name as messages show it: a name that may identify a child is held back.
    pub file: String,
    /// The SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// The agency that it is from; `None` if that was not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
}

/// Questions that were written for an agency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QuestionsAsked {
    /// The agency.
    pub agency: AgencyId,
    /// The SHA-256 of the return that they are about.
    pub sha256: String,
    /// The workbook with the questions, in `queries/`.
    pub file: RelativeName,
    /// By when a reply was asked for; `None` in entries of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_by: Option<Date>,
    /// The SHA-256 of the draft of the message, 64 hexadecimal digits; empty in entries of earlier versions.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub draft: String,
    /// What was asked about.
    pub findings: Vec<AskedFinding>,
}

/// A finding that was asked about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AskedFinding {
    /// The number of the question in the workbook that asks about it, counted from 1. In entries of earlier versions it is 0, and each
    /// finding is a question of its own.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub question: u32,
    /// Its reference, as in `F-3HK6Q2`.
    pub reference: String,
    /// The full hash of what it is about, 64 hexadecimal digits.
    pub hash: String,
    /// The SHA-256 of the file that it was found in, if that is not the return that the questions are about; otherwise empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// The statement that it is about; `None` if it is about none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<CriterionId>,
    /// The column; `None` for a whole row, and outside the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnKey>,
    /// The short line that it is about, as in `working_well 2`; `None` for anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<HeadlineSlot>,
}

/// A workbook that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TakenBack {
    /// The agency.
    pub agency: AgencyId,
    /// The return code of the workbook.
    pub return_code: String,
}

/// What is left of a return that was forgotten.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Forgotten {
    /// The agency that it was from; `None` if that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// The day on which it was first seen.
    pub first_day: Date,
    /// The SHA-256 of the SHA-256 of its file. It is enough to recognise the file if a synced copy brings it back, and says nothing more.
    pub print: String,
    /// Why, in the words of the person who decided it; empty if no reason was given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What the list of agencies said about an agency when a command that writes last read it. Two copies of a round may have read different
/// lists. Then there are two entries, and an agency that matches either has not changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ListedAgency {
    /// The agency's id. If the list has none, it was made from the name, and this is where it is kept.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// The code of its group.
    pub group: String,
    /// Its own due date; `None` if the round's deadline applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// A hash of its contact and their e-mail address. It shows whether one of them has changed, without keeping a person's name here.
    pub contact: String,
    /// A hash of the e-mail address alone, by which an agency with a new name is recognised; empty if it has no address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
}

/// An agency that was no longer in the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LeftList {
    /// The agency.
    pub agency: AgencyId,
    /// The name that it had.
    pub name: String,
}

/// The due date and the contact of an agency at the last `jtai issue`. If they are different now, the agency has not been told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Addressed {
    /// The agency.
    pub agency: AgencyId,
    /// When its return was due.
    pub due: Date,
    /// A hash of its contact and their e-mail address.
    pub contact: String,
}

impl ListedAgency {
    /// The hash of an e-mail address in lower case; empty for none.
    pub fn email_print(email: &str) -> String {
        let email = email.trim().to_lowercase();
        if email.is_empty() { String::new() } else { print(&email) }
    }

    /// The hash of a contact with an e-mail address.
    pub fn contact_print(contact: &str, email: &str) -> String {
        print(&format!("{}\n{}", contact.trim(), email.trim().to_lowercase()))
    }
}

/// How many hexadecimal digits of a hash tell contacts apart.
const PRINT_DIGITS: usize = 16;

fn print(text: &str) -> String {
    let mut print = sha256_hex(text.as_bytes());
    print.truncate(PRINT_DIGITS);
    print
}

/// A person's decision on a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Settled {
    /// The finding's reference, as in `F-3HK6Q2`.
    pub reference: String,
    /// The full hash of what it is about, 64 hexadecimal digits.
    pub hash: String,
    /// The agency; `None` if it is about none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// The SHA-256 of the return that it was found in; empty outside returns.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// Whether the decision applies to that file only, and not to the same words in a later one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub this_file_only: bool,
    /// Whether the decision changes how the whole file is read, and not only what becomes of a text in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole_file: bool,
    /// Whether only a report makes the finding, as those about `choices.xlsx`. Then no other command can tell that the decision has lapsed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_report: bool,
    /// The sheet of the one cell that it is about; empty if it is about none, or several.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// That cell, as in `D7`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cell: String,
    /// What was decided.
    #[serde(flatten)]
    pub decision: Decision,
    /// Why.
    pub why: String,
}

impl Settled {
    /// The file and its agency, if the decision says which agency a file is from.
    pub fn owner(&self) -> Option<(&str, &AgencyId)> {
        match &self.decision {
            Decision::From { agency } => Some((self.sha256.as_str(), agency)),
            _ => None,
        }
    }

    /// The question that it decides, and its answer. If two entries answer a question differently, neither counts. An agency has one return
    /// that counts, and a file has one agency and one approval: those questions are the same whichever finding the decision was made on.
    pub fn claim(&self) -> (String, String) {
        match &self.decision {
            Decision::Counts => {
                let agency = self.agency.as_ref().map_or("", AgencyId::as_str);
                (format!("counts {agency}"), self.sha256.clone())
            }
            Decision::From { agency } => (format!("from {}", self.sha256), agency.to_string()),
            Decision::Approved { .. } => (format!("approved {}", self.sha256), self.decision.key()),
            _ => (format!("settled {}", self.subject()), self.decision.key()),
        }
    }

    /// The finding that it is about, as a key. Two entries with the same key must not differ.
    pub fn subject(&self) -> String {
        match self.this_file_only {
            true => format!("{} {} {} {}", self.hash, self.sha256, self.sheet, self.cell),
            false => self.hash.clone(),
        }
    }
}

/// A decision that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The finding's reference.
    pub reference: String,
    /// The full hash of what it is about.
    pub hash: String,
    /// Why.
    pub why: String,
}

impl Forgotten {
    /// The hash under which a file with this SHA-256 is recognised: see [`Forgotten::print`].
    pub fn print_of(sha256: &str) -> String {
        sha256_hex(sha256.as_bytes())
    }
}

impl Entry {
    /// The name of the kind in the record's files. It never changes, because old files have it.
    pub fn kind(&self) -> &'static str {
        match self {
            Entry::Issued(_) => "issued",
            Entry::Sent(_) => "sent",
            Entry::Received(_) => "received",
            Entry::Asked(_) => "asked",
            Entry::TakenBack(_) => "taken_back",
            Entry::Forgotten(_) => "forgotten",
            Entry::Listed(_) => "listed",
            Entry::Addressed(_) => "addressed",
            Entry::LeftList(_) => "left_list",
            Entry::Settled(_) => "settled",
            Entry::Withdrawn(_) => "withdrawn",
            Entry::Moderated(_) => "moderated",
        }
    }

    /// The SHA-256 of each return that the entry is about; none for one that is about no return.
    pub fn about_files(&self) -> Vec<&str> {
        match self {
            // Every kind is listed, because one that is forgotten here would survive `jtai forget`.
            Entry::Received(Received { sha256, .. }) => vec![sha256],
            Entry::Asked(QuestionsAsked { sha256, findings, .. }) => {
                let others = findings.iter().map(|finding| finding.sha256.as_str()).filter(|sha256| !sha256.is_empty());
                std::iter::once(sha256.as_str()).chain(others).collect()
            }
            Entry::Settled(settled) if !settled.sha256.is_empty() => vec![&settled.sha256],
            Entry::Issued(_)
            | Entry::Sent(_)
            | Entry::TakenBack(_)
            | Entry::Forgotten(_)
            | Entry::Listed(_)
            | Entry::Addressed(_)
            | Entry::LeftList(_)
            | Entry::Settled(_)
            | Entry::Withdrawn(_)
            | Entry::Moderated(_) => Vec::new(),
        }
    }

    /// Whether its claim answers one of these questions.
    pub(super) fn is_one_of(&self, questions: &BTreeSet<String>) -> bool {
        !questions.is_empty() && self.claim().is_some_and(|(question, _)| questions.contains(&question))
    }

    /// The question that the entry decides and its answer, for kinds of entries that can contradict each other. If two answer a question
    /// differently, neither counts, whichever came first.
    pub(super) fn claim(&self) -> Option<(String, String)> {
        match self {
            // A return code must not belong to two workbooks.
            Entry::Issued(issued) if !issued.fingerprint.is_empty() => {
                Some((format!("issued {} {}", issued.agency, issued.issue), issued.fingerprint.clone()))
            }
            Entry::Settled(settled) => Some(settled.claim()),
            _ => None,
        }
    }
}

/// The id of an entry. It is a hash of everything that the entry says, also its day, so equal entries in two copies of a round have the
/// same id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub String);

/// An entry of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its id.
    pub id: EntryId,
    /// When.
    pub on: Date,
    /// Who, as typed; empty if nobody was named.
    pub by: String,
    /// The entries that it takes back.
    pub replaces: Vec<EntryId>,
    /// What.
    pub entry: Entry,
}

impl Recorded {
    /// A decision in this entry, with who made it and when.
    pub fn settlement(&self, settled: &Settled) -> Settlement {
        let (decision, why) = (settled.decision.clone(), settled.why.clone());
        Settlement { decision, by: self.by.clone(), on: self.on, why }
    }
}

/// An entry that is not in the record yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// When, if that is not the day of the command.
    pub on: Option<Date>,
    /// The entries that it takes back.
    pub replaces: Vec<EntryId>,
    /// What.
    pub entry: Entry,
}

impl From<Entry> for NewEntry {
    fn from(entry: Entry) -> NewEntry {
        NewEntry { on: None, replaces: Vec::new(), entry }
    }
}

/// Who ran a command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Who {
    /// The name as typed with `--by`, or `officer` in `round.toml`; empty if neither is given. Nobody checks that it is true.
    pub by: String,
    /// The account on the computer. It is kept apart from the name and never printed; empty if the system does not say.
    pub account: String,
}

/// A sign that a text typed for the record may identify a child. Names and reasons are kept for a long time and read by many.
pub fn sign_of_a_child(texts: &[&str]) -> Option<Sign> {
    texts.iter().find_map(|text| privacy::sign(text))
}
