//! What can be recorded, and what every entry has: when, who, and what it takes back.

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

/// One thing that was done. An entry quotes no agency's words: it names files by their hashes and findings by their references.
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
    /// A workbook that was issued and not sent was taken back; the entry that it takes back says which.
    TakenBack(TakenBack),
    /// A return was forgotten.
    Forgotten(Forgotten),
    /// The list of agencies had an agency.
    Listed(ListedAgency),
    /// The date and the contact of an agency, as workbooks were issued to it.
    Addressed(Addressed),
    /// An agency was no longer in the list; the entry that it takes back says what the list had of it.
    LeftList(LeftList),
    /// A person decided what becomes of a finding.
    Settled(Settled),
    /// Such a decision was taken back; the entries that it takes back say which.
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
    /// The fingerprint of its statements and its identity; empty where an earlier program did not note it and the file is gone.
    pub fingerprint: String,
}

/// What was sent.
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
    /// As people read it.
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
    /// The return code of the workbook that it is, or is about; empty where none was issued.
    pub return_code: String,
    /// The day on which it was sent.
    pub day: Date,
    /// The SHA-256 of the draft, 64 hexadecimal digits, of questions, a receipt, a message about a change or feedback: what is said next makes
    /// a different one. Empty for others, and where it is not known which draft was sent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub draft: String,
}

/// Whether nothing is counted.
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl QuestionsAsked {
    /// Whether this is the draft of these questions; `None` where one of the two is not known.
    pub fn is_draft(&self, draft: &str) -> Option<bool> {
        (!self.draft.is_empty() && !draft.is_empty()).then(|| self.draft == draft)
    }

    /// The questions, each with the hashes of the findings that it asks about.
    pub fn questions(&self) -> Vec<BTreeSet<&str>> {
        let mut questions: BTreeMap<(u32, &str), BTreeSet<&str>> = BTreeMap::new();
        for finding in &self.findings {
            let hash = finding.hash.as_str();
            let of_itself = if finding.question == 0 { hash } else { "" };
            questions.entry((finding.question, of_itself)).or_default().insert(hash);
        }
        questions.into_values().collect()
    }
}

impl Sent {
    /// A workbook that was sent, which of them not yet said.
    pub fn workbook(agency: &AgencyId, day: Date) -> Sent {
        let (agency, return_code) = (agency.clone(), String::new());
        Sent { agency, what: SentWhat::Workbook, return_code, day, draft: String::new() }
    }
}

/// A file that was first seen in `returns/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Received {
    /// Its name as messages give it: one that may identify a child is held back.
    pub file: String,
    /// The SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// Whose it is; `None` where that was not known.
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
    /// By when a reply was asked for; `None` in what an earlier program recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_by: Option<Date>,
    /// The SHA-256 of the draft of the message, 64 hexadecimal digits; empty in what an earlier program recorded.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub draft: String,
    /// What was asked about.
    pub findings: Vec<AskedFinding>,
}

/// A finding that was asked about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AskedFinding {
    /// Which question of the workbook asks about it, counted from 1; 0 in what an earlier program recorded, where each is a question.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub question: u32,
    /// Its reference, as in `F-3HK6Q2`.
    pub reference: String,
    /// The full hash of what it is about, 64 hexadecimal digits.
    pub hash: String,
    /// The SHA-256 of the file that it was found in, where that is another than the return it is asked with; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// The statement that it is about; `None` where it is about none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<CriterionId>,
    /// The column; `None` for a whole row, and outside the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnKey>,
    /// The line in short that it is about, as in `working_well 2`; `None` for any other.
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

/// A return that was forgotten: what is left of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Forgotten {
    /// Whose it was; `None` where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// The day on which it was first seen.
    pub first_day: Date,
    /// The SHA-256 of the SHA-256 of its file: enough to know it again where a synced copy brings it back, and nothing more.
    pub print: String,
    /// Why, as the person who forgot it wrote; empty where nothing was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What the list of agencies said of an agency when a command that writes last saw it. Two copies of a round may have seen two lists:
/// both entries stand, and neither is taken for a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ListedAgency {
    /// The agency. An id that was made from the name is kept here, because the list has none.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// The code of its group.
    pub group: String,
    /// Its own due date; `None` where the round's deadline holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// A print of its contact and their e-mail address: enough to see that one of them changed, and no more.
    pub contact: String,
    /// A print of the e-mail address alone, by which an agency with a new name is known again; empty where there is none.
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

/// The date and the contact of an agency as the last `jtai issue` knew them: what is different now has been told to nobody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Addressed {
    /// The agency.
    pub agency: AgencyId,
    /// When its return was due.
    pub due: Date,
    /// A print of its contact and their e-mail address.
    pub contact: String,
}

impl ListedAgency {
    /// The print of an e-mail address, however its letters are written; empty for none.
    pub fn email_print(email: &str) -> String {
        let email = email.trim().to_lowercase();
        if email.is_empty() { String::new() } else { print(&email) }
    }

    /// The print of a contact with an e-mail address.
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
    /// The agency; `None` where it is about none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// The SHA-256 of the return that it was found in; empty outside returns.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// Whether the decision holds for that file only, and not for the same words in a later one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub this_file_only: bool,
    /// Whether the decision changes how the whole file is read, and not only what becomes of a text in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole_file: bool,
    /// Whether only a report notices what it is about, as in `choices.xlsx`: other commands cannot say that it is gone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_report: bool,
    /// The sheet of the one cell that it is about; empty where it is about none, or several.
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
    /// The file and the agency that it is from, where that is what was decided.
    pub fn owner(&self) -> Option<(&str, &AgencyId)> {
        match &self.decision {
            Decision::From { agency } => Some((self.sha256.as_str(), agency)),
            _ => None,
        }
    }

    /// What it decides, and how: of two entries that decide one thing differently neither counts. One return of an agency counts, one
    /// file is from one agency and has one approval, whichever findings the decisions were taken on.
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

    /// What tells the finding that it is about from every other: two entries about one such subject must not differ.
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
    /// The print of a file with this SHA-256.
    pub fn print_of(sha256: &str) -> String {
        sha256_hex(sha256.as_bytes())
    }
}

impl Entry {
    /// The name of the kind in the record's files. It never changes.
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

    /// Whether it answers one of these questions.
    pub(super) fn is_one_of(&self, questions: &BTreeSet<String>) -> bool {
        !questions.is_empty() && self.claim().is_some_and(|(question, _)| questions.contains(&question))
    }

    /// What the entry decides, where two entries can contradict each other: the question, and its answer. Two that give one question
    /// different answers both lapse, whichever came first.
    pub(super) fn claim(&self) -> Option<(String, String)> {
        match self {
            // A return code must not stand for two workbooks.
            Entry::Issued(issued) if !issued.fingerprint.is_empty() => {
                Some((format!("issued {} {}", issued.agency, issued.issue), issued.fingerprint.clone()))
            }
            Entry::Settled(settled) => Some(settled.claim()),
            _ => None,
        }
    }
}

/// What tells an entry from every other: it is made from all that the entry says, its day included.
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
    /// Who, as typed; empty where nobody was named.
    pub by: String,
    /// The entries that it takes back.
    pub replaces: Vec<EntryId>,
    /// What.
    pub entry: Entry,
}

impl Recorded {
    /// A decision that it holds, with who took it and when.
    pub fn settlement(&self, settled: &Settled) -> Settlement {
        let (decision, why) = (settled.decision.clone(), settled.why.clone());
        Settlement { decision, by: self.by.clone(), on: self.on, why }
    }
}

/// An entry that is not in the record yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// When, where that is not the day of the command.
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
    /// The name as typed with `--by`, or `officer` in `round.toml`; empty where neither is given. It is not proven.
    pub by: String,
    /// The account on the computer, noted apart and never printed; empty where the system does not say.
    pub account: String,
}

/// A sign of a child in what a person typed for the record: names and reasons are kept for long and read by many.
pub fn sign_of_a_child(texts: &[&str]) -> Option<Sign> {
    texts.iter().find_map(|text| privacy::sign(text))
}
