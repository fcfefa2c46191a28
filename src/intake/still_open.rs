//! Decides which findings are still open once it is known which return counts for each agency, and notes agencies' replies on them.
//!
//! A mistake in an older return is over when the newer one corrects it. Words outside the table are not: they stay open, from every return,
//! until they are settled or repeated in the return that counts.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use crate::core::finding::{Code, Finding, Place, RepliedText, WrittenCell};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::form::{ColumnKey, Field, HeadlineSlot};
use crate::response::{Reply, Response};

/// Whether a finding is about words outside the table, which no newer return corrects.
pub fn is_beside_table(code: Code) -> bool {
    matches!(code, Code::WrittenElsewhere | Code::ColumnUnknown | Code::RowUnknown | Code::NoteOnCell)
}

/// The returns that count, as far as findings about other returns depend on them.
pub struct CountingReturns<'r> {
    /// The file that counts for each agency.
    files: HashMap<&'r AgencyId, &'r str>,
    /// The texts in that file, in its table and beside it, compared without blanks and capitals.
    written: HashMap<&'r AgencyId, Vec<Cow<'r, str>>>,
    /// The file of each cell that was taken from a later workbook.
    taken: HashMap<(&'r AgencyId, &'r CriterionId, ColumnKey), &'r str>,
    /// The file of each line in short that was taken from a later workbook.
    taken_lines: HashMap<(&'r AgencyId, HeadlineSlot), &'r str>,
    /// The files of corrections that await approval.
    corrected: Vec<&'r str>,
}

impl<'r> CountingReturns<'r> {
    /// `responses` are the returns that count, and `findings` those about all files.
    pub fn new(responses: &'r [Response], findings: &[Finding]) -> CountingReturns<'r> {
        let corrected = responses.iter().flat_map(|response| &response.corrections).map(|one| one.file.as_str());
        let mut counting = CountingReturns {
            files: HashMap::new(),
            written: HashMap::new(),
            taken: HashMap::new(),
            taken_lines: HashMap::new(),
            corrected: corrected.collect(),
        };
        for response in responses {
            let agency = &response.agency;
            counting.files.insert(agency, &response.file.name);
            let written = counting.written.entry(agency).or_default();
            for answer in &response.answers {
                written.extend(answer.texts.all().map(|(_, text)| Cow::Borrowed(text.text())));
                written.push(Cow::Borrowed(answer.as_written.text()));
                let taken =
                    answer.taken.iter().map(|(key, cell)| ((agency, &answer.criterion, *key), cell.file.as_str()));
                counting.taken.extend(taken);
            }
            for entry in &response.headlines {
                written.push(Cow::Borrowed(entry.line.text()));
                let taken = entry.taken.iter().map(|cell| ((agency, entry.slot), cell.file.as_str()));
                counting.taken_lines.extend(taken);
            }
        }
        for finding in findings.iter().filter(|finding| is_beside_table(finding.code)) {
            let Some(agency) = &finding.subject.agency else { continue };
            let Some((known, file)) = counting.files.get_key_value(agency) else { continue };
            if finding.place.file == **file {
                let texts = finding.subject.cells.iter().map(|cell| Cow::Owned(cell.written.text().to_string()));
                counting.written.entry(known).or_default().extend(texts);
            }
        }
        counting
    }

    /// The findings that are still open. `selected` are the findings that say which files do not count.
    pub fn still_open(&self, findings: Vec<Finding>, selected: &[Finding]) -> Vec<Finding> {
        let superseded: HashSet<&str> = selected
            .iter()
            .filter(|finding| {
                matches!(
                    finding.code,
                    Code::ReturnSuperseded
                        | Code::ReturnNotCounted
                        | Code::QuestionsAnswered
                        | Code::ReturnUnapproved
                        | Code::ReturnTwice
                        | Code::CorrectionsTaken
                )
            })
            .map(|finding| finding.place.file.as_str())
            .collect();
        // The agency may still say who approved these, and then they count. So a missing approval stays open in them.
        let awaiting: HashSet<&str> = selected
            .iter()
            .filter(|finding| matches!(finding.code, Code::ReturnUnapproved | Code::ChangeUnapproved))
            .map(|finding| finding.place.file.as_str())
            .chain(self.corrected.iter().copied())
            .collect();
        let of_corrections = selected.iter().filter(|finding| finding.code == Code::CorrectionsTaken);
        let corrections: HashSet<&str> = of_corrections.map(|finding| finding.place.file.as_str()).collect();
        let mut carried: BTreeSet<Vec<String>> = BTreeSet::new();
        let mut is_open = |finding: &Finding| match (finding.code, superseded.contains(finding.place.file.as_str())) {
            // A text about a child has to leave every file, so it stays open as long as any file with it is here.
            (Code::TextHeldBack, _) => true,
            (code, false) if is_beside_table(code) => true,
            // A cell that a later file corrected is that file's now: what was wrong with it here is over.
            (_, false) => self.taken_from(finding).is_none_or(|file| file == finding.place.file),
            (code, true) if is_beside_table(code) => !self.is_repeated(finding) && carried.insert(told_apart(finding)),
            (Code::ApprovalMissing, true) => awaiting.contains(finding.place.file.as_str()),
            // A sign-off that cannot be read was meant as one.
            (Code::DateUnreadable, true) if matches!(finding.subject.field, Some(Field::Start(_))) => {
                corrections.contains(finding.place.file.as_str())
            }
            // In a file that does not count, only a cell that was taken from it still matters.
            (_, true) => self.taken_from(finding) == Some(finding.place.file.as_str()),
        };
        findings.into_iter().filter(|finding| is_open(finding)).collect()
    }

    /// The later workbook that a finding's cell was taken from; `None` where it is in the return that counts.
    fn taken_from(&self, finding: &Finding) -> Option<&'r str> {
        let subject = &finding.subject;
        let agency = subject.agency.as_ref()?;
        if let Some(Field::Headline(cell)) = subject.field {
            return self.taken_lines.get(&(agency, cell.slot)).copied();
        }
        let criterion = subject.criterion.as_ref()?;
        match subject.field {
            Some(Field::Column(key)) => self.taken.get(&(agency, criterion, key)).copied(),
            Some(Field::Start(_) | Field::Headline(_)) => None,
            // What is wrong with a row as a whole is over once any cell of it was corrected.
            None => ColumnKey::ALL.iter().find_map(|key| self.taken.get(&(agency, criterion, *key)).copied()),
        }
    }

    /// Whether every text that a finding quotes is in the return that counts, in its table or beside it.
    fn is_repeated(&self, finding: &Finding) -> bool {
        let written = finding.subject.agency.as_ref().and_then(|agency| self.written.get(agency));
        let texts = texts(finding);
        let is_listed = finding.subject.more_cells == 0 && !texts.is_empty();
        is_listed
            && written.is_some_and(|written| {
                let written: Vec<String> = written.iter().map(|known| plain(known)).collect();
                texts.iter().all(|text| written.iter().any(|known| is_in(text, known)))
            })
    }
}

/// A text shorter than this, in characters, is not looked for inside longer ones: a short word is in many texts by chance.
const FEWEST_TO_KNOW: usize = 15;

/// Whether a text is the same as a known one, or long enough and inside it.
fn is_in(text: &str, known: &str) -> bool {
    known == text || (text.chars().count() >= FEWEST_TO_KNOW && known.contains(text))
}

/// A key that is the same for the same words in two versions of a return, so that they are asked about once. A finding that quotes nothing
/// has its file in the key, because its words cannot be compared.
fn told_apart(finding: &Finding) -> Vec<String> {
    let subject = &finding.subject;
    let agency = subject.agency.as_ref().map(ToString::to_string).unwrap_or_default();
    let criterion = subject.criterion.as_ref().map(ToString::to_string).unwrap_or_default();
    let cell = subject.cells.first().map(|cell| format!("{} {}", cell.sheet, cell.cell)).unwrap_or_default();
    let quoted = texts(finding);
    let file = if quoted.is_empty() { finding.place.file.clone() } else { String::new() };
    let mut key = vec![finding.code.name().to_string(), agency, criterion, cell, subject.written.clone(), file];
    key.extend(quoted);
    key
}

/// The texts that a finding quotes, without blanks.
fn texts(finding: &Finding) -> Vec<String> {
    finding.subject.cells.iter().map(|cell| plain(cell.written.text())).filter(|text| !text.is_empty()).collect()
}

/// A text without its blanks, line ends and capitals.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A reply with its agency and its file.
#[derive(Debug, Clone)]
pub struct AgencyReply {
    agency: AgencyId,
    file: String,
    sha256: String,
    reply: Reply,
}

/// Every reply in these returns, whether or not they count, each once.
pub fn replies(responses: &[Response]) -> Vec<AgencyReply> {
    let mut replies: Vec<AgencyReply> = Vec::new();
    for response in responses {
        // A reply that is held back has a finding of its own, and nothing in it that may be shown here.
        for reply in response.replies.iter().filter(|reply| reply.written.is_said()) {
            let is_known = replies.iter().any(|known| {
                known.agency == response.agency
                    && known.reply.references == reply.references
                    && known.reply.written == reply.written
            });
            if !is_known {
                let (agency, file) = (response.agency.clone(), response.file.name.clone());
                replies.push(AgencyReply { agency, file, sha256: response.file.sha256.clone(), reply: reply.clone() });
            }
        }
    }
    replies
}

/// Notes each reply on the findings that it answers, and gives a finding for each reply to a question that is already closed.
///
/// `first_seen` has the day on which each file came, by its name.
pub fn note_replies(
    replies: Vec<AgencyReply>,
    first_seen: &HashMap<String, Date>,
    findings: &mut [Finding],
) -> Vec<Finding> {
    let mut closed = Vec::new();
    for AgencyReply { agency, file, sha256, reply } in replies {
        let Reply { references, written, sheet, cell } = reply;
        let said = match &written {
            Written::Text(text) => format!("replied {}", quote(text)),
            other => format!("replied {}", other.shown()),
        };
        let is_it = |finding: &&mut Finding| {
            let own = finding.reference.as_ref().filter(|_| finding.subject.agency.as_ref() == Some(&agency));
            own.is_some_and(|own| references.iter().any(|reference| own.is(reference)))
        };
        let (mut is_open, mut is_known, mut is_settled) = (false, false, false);
        for finding in findings.iter_mut().filter(is_it) {
            // A reply that came after the decision may show that it was wrong, so it needs a look. One that was here before was taken
            // into account.
            let is_late = |on: Date| first_seen.get(&file).is_none_or(|seen| on < *seen);
            match &finding.settled {
                Some(settlement) if is_late(settlement.on) => {
                    is_settled = true;
                    continue;
                }
                Some(_) => is_known = true,
                None => {
                    is_open = true;
                    finding.remedy = "settle it with `jtai settle`".to_string();
                    finding.on_page = Some("decide what it means".to_string());
                }
            }
            finding.found.push_str(&format!("; the agency {said} ({file}, sheet {sheet}, cell {cell})"));
            let cell = WrittenCell { sheet: sheet.clone(), cell: cell.clone(), field: None, written: written.clone() };
            finding.replied.push(RepliedText { file: file.clone(), cell });
        }
        if !is_open && (is_settled || !is_known) {
            let place = Place::cell(&file, &sheet, &cell);
            let asked = words::list(&references);
            let (code, state) = match is_settled {
                true => (Code::ReplyToSettled, "which you had already settled"),
                false => (Code::QuestionReplied, "which is no longer open for this agency"),
            };
            let found = format!("the agency {said} to {asked}, {state}");
            let remedy = if is_settled {
                "check that your decision is still right; accept the reply if it is"
            } else {
                "nothing to do"
            };
            let cells = vec![WrittenCell { sheet, cell, field: None, written }];
            let finding = Finding::new(code, place, found, "", remedy);
            closed.push(finding.about(&agency).of_file(&sha256).with_cells(cells).naming(asked));
        }
    }
    closed
}
