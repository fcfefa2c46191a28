//! Says which decisions make sense for which kind of finding.

use crate::core::finding::{Code, Decision, Finding, ReadAs, Severity};
use crate::form::{ColumnKey, Field, StartField};

/// A kind of decision, without its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionKind {
    /// It is right as it is.
    Accept,
    /// It is read as a rating.
    Rating,
    /// It is read as a date.
    Due,
    /// It is left out.
    SetAside,
    /// The text belongs to a statement.
    To,
    /// This return counts.
    Counts,
    /// The change in one cell counts.
    Change,
    /// The return is from an agency.
    From,
    /// The return is approved, as its agency said outside the workbook.
    Approval,
}

impl DecisionKind {
    /// The kind of a decision.
    pub fn new(decision: &Decision) -> DecisionKind {
        match decision {
            Decision::Accept => DecisionKind::Accept,
            Decision::ReadAs { value: ReadAs::Rating(_) | ReadAs::NotApplicable } => DecisionKind::Rating,
            Decision::ReadAs { value: ReadAs::Due(_) } => DecisionKind::Due,
            Decision::SetAside => DecisionKind::SetAside,
            Decision::PutTo { .. } => DecisionKind::To,
            Decision::Counts => DecisionKind::Counts,
            Decision::ChangeCounts => DecisionKind::Change,
            Decision::From { .. } => DecisionKind::From,
            Decision::Approved { .. } => DecisionKind::Approval,
        }
    }

    /// The option that is typed for it.
    pub fn typed(self) -> &'static str {
        match self {
            DecisionKind::Accept => "--accept",
            DecisionKind::Rating => "--as Red, Amber, Green or \"Not applicable\"",
            DecisionKind::Due => "--as a date, as in 2027-04-01",
            DecisionKind::SetAside => "--set-aside",
            DecisionKind::To => "--to a statement's Ref",
            DecisionKind::Counts | DecisionKind::Change => "--counts",
            DecisionKind::From => "--from an agency's id",
            DecisionKind::Approval => "--as \"NAME, ROLE, DATE\"",
        }
    }

    /// An example of what to type for a finding, as in `--as Amber`, and what that means. `statement` and `agency` are the ids to show.
    pub fn example(self, finding: &Finding, statement: &str, agency: &str) -> (String, &'static str) {
        let (typed, meaning) = match self {
            DecisionKind::Accept => ("--accept".to_string(), accepted(finding)),
            DecisionKind::Rating => ("--as Amber".to_string(), "read it as this rating"),
            DecisionKind::Due => ("--as 2027-04-01".to_string(), "read it as this date"),
            DecisionKind::SetAside if finding.code == Code::ChallengeEmptied => {
                ("--set-aside".to_string(), "take the decision back: the self-rating is open to challenge again")
            }
            DecisionKind::SetAside if is_about_file(finding.code) => ("--set-aside".to_string(), "leave the file out"),
            DecisionKind::SetAside => ("--set-aside".to_string(), "leave the text out"),
            DecisionKind::To => (format!("--to {statement}"), "put the text to this statement"),
            DecisionKind::Counts => ("--counts".to_string(), "this return counts, and no other from its agency"),
            DecisionKind::Change => ("--counts".to_string(), "what was changed counts, in this cell only"),
            DecisionKind::From => {
                (format!("--from {agency}"), "the return is from this agency (any agency of the round)")
            }
            DecisionKind::Approval => (
                "--as \"B Example, chief, 18 December 2026\"".to_string(),
                "who approved it and when, as the agency told you",
            ),
        };
        (typed, meaning)
    }
}

/// What accepting a finding means.
fn accepted(finding: &Finding) -> &'static str {
    match finding.code {
        Code::ChangeUnapproved => "the approved answer stays, and the change is not counted",
        Code::TextHeldBack => "the text is not about a child, and is read in this file",
        Code::ApprovalMissing => "it stays without an approval",
        Code::CarriedUnconfirmed | Code::CarriedNotRight => {
            "it stays blank: nobody said that last time's answer is still right"
        }
        Code::RecheckUnread if is_in_recheck(finding) => "the word is left out",
        Code::RecheckUnread => "it stays as it is written",
        Code::RatingBlank => "it stays without a rating",
        Code::RatingUnreadable | Code::ColourWithoutWord => {
            "it stays a rating that cannot be read, and is counted as unreadable"
        }
        Code::RatingAssumed | Code::RatingQualified | Code::RatingFromColour | Code::ColourAgainstWord => {
            "the rating is right as it was read"
        }
        Code::DateUnreadable | Code::CellError => "it stays as it is written, and nothing is read from it",
        Code::ReasonMissing | Code::EvidenceMissing => "the cell may stay empty",
        Code::WrittenElsewhere | Code::ColumnUnknown | Code::RowUnknown | Code::NoteOnCell => {
            "it is kept as it is under \"also written\", and the agency is not asked about it again"
        }
        Code::QuestionReplied => "you have read the reply, and it changes no answer",
        Code::AnswerOnlyInOlder => "the newer return counts, without this answer",
        Code::ReturnSuperseded | Code::ReturnNotCounted => "the return that counts now is the right one",
        Code::ReturnUnapproved => "the earlier return counts, until a newer one is signed off",
        Code::QuestionsAnswered | Code::CorrectionsTaken => "the corrections count without a new sign-off",
        Code::ChallengeEmptied => "what was decided counts, though its row no longer says it",
        Code::ReturnGone => "it was taken away on purpose, and its answers are shown as not returned",
        Code::AgencyFromName | Code::IdentityDisagrees => "the return is from the agency that it was read as",
        _ => "it is right as it is",
    }
}

/// Whether a finding is about a column of a re-check, whose words are not kept as texts.
fn is_in_recheck(finding: &Finding) -> bool {
    matches!(finding.subject.field, Some(Field::Column(key)) if ColumnKey::RECHECK.contains(&key))
}

/// Whether a finding is about a sign-off that is missing or cannot be read. An approval that somebody settled settles it too.
pub fn is_about_sign_off(finding: &Finding) -> bool {
    let is_in_sign_off =
        matches!(finding.subject.field, Some(Field::Start(StartField::ApprovedBy | StartField::ApprovedOn)));
    let is_unread =
        matches!(finding.code, Code::DateUnreadable | Code::CellError | Code::Placeholder | Code::ApprovalAssumed);
    finding.code == Code::ApprovalMissing || (is_in_sign_off && is_unread)
}

/// The decisions that make sense for a finding; none for one that has to be corrected in its file.
pub fn possible(finding: &Finding) -> Vec<DecisionKind> {
    use DecisionKind::{Accept, Approval, Change, Counts, Due, From, Rating, SetAside, To};
    let field = finding.subject.field;
    match finding.code {
        _ if is_about_sign_off(finding) => vec![Approval, Accept],
        Code::ChangeUnapproved => vec![Accept, Change],
        Code::RatingUnreadable
        | Code::RatingAssumed
        | Code::RatingQualified
        | Code::RatingFromColour
        | Code::ColourWithoutWord
        | Code::ColourAgainstWord
        | Code::RatingBlank => vec![Accept, Rating],
        Code::CellError if field == Some(Field::Column(ColumnKey::Rating)) => vec![Accept, Rating],
        Code::CellError | Code::DateUnreadable | Code::DateDayFirst
            if field == Some(Field::Column(ColumnKey::ActionDue)) =>
        {
            vec![Accept, Due]
        }
        Code::WrittenElsewhere
        | Code::ColumnUnknown
        | Code::RowUnknown
        | Code::NoteOnCell
        | Code::QuestionReplied
        // A text can be put to a statement only if all of it is in the finding: a picture has no words, and of a long block some are cut.
        | Code::AnswerOnlyInOlder => match finding.subject.cells.is_empty() || finding.subject.more_cells > 0 {
            true => vec![Accept, SetAside],
            false => vec![Accept, SetAside, To],
        },
        // Accepting clears exactly one cell by its address, so a finding about several cannot be accepted.
        Code::TextHeldBack if finding.subject.cells.len() == 1 => vec![Accept, SetAside],
        Code::TextHeldBack => vec![SetAside],
        Code::AgencyUnknown => vec![SetAside, From],
        Code::AgencyFromName | Code::IdentityDisagrees => vec![Accept, SetAside, From],
        Code::NotAWorkbook
        | Code::WorkbookUnreadable
        | Code::TableMissing
        | Code::RoundOther
        | Code::FormatUnknown
        | Code::ReturnEmpty => vec![SetAside],
        Code::ReturnGone => vec![Accept],
        Code::ChallengeEmptied => vec![Accept, SetAside],
        _ if is_about_own_file(finding) => Vec::new(),
        Code::ReturnUndecided => vec![SetAside, Counts],
        Code::ReturnSuperseded
        | Code::ReturnNotCounted
        | Code::ReturnUnapproved
        | Code::QuestionsAnswered
        | Code::CorrectionsTaken => vec![Accept, SetAside, Counts],
        _ if finding.subject.sha256.is_some() || finding.code.severity() != Severity::MustFix => vec![Accept],
        _ => Vec::new(),
    }
}

/// Whether a finding is about a file of ours that a command wrote or could not write. There is nothing to decide: the finding goes away
/// once that file is in order.
pub fn is_about_own_file(finding: &Finding) -> bool {
    let is_it = matches!(
        finding.code,
        Code::OutputChanged
            | Code::OutputFinished
            | Code::OutputUnwritable
            | Code::ChoicesRenewed
            | Code::ChoicesBeside
            | Code::ListOpen
            | Code::SlideOverflow
            | Code::RedSince
    );
    // The finding that `choices.xlsx` is open is about the whole file, and names no sheet.
    let is_open = finding.code == Code::ChoiceUnread && finding.place.sheet_name().is_empty();
    (is_it || is_open) && finding.subject.sha256.is_none()
}

/// Whether a finding is about a file as a whole.
fn is_about_file(code: Code) -> bool {
    matches!(
        code,
        Code::NotAWorkbook
            | Code::WorkbookUnreadable
            | Code::TableMissing
            | Code::RoundOther
            | Code::FormatUnknown
            | Code::ReturnEmpty
            | Code::AgencyUnknown
            | Code::AgencyFromName
            | Code::IdentityDisagrees
            | Code::ReturnUndecided
            | Code::ReturnSuperseded
            | Code::ReturnNotCounted
            | Code::ReturnUnapproved
            | Code::QuestionsAnswered
            | Code::CorrectionsTaken
    )
}

/// Whether a decision changes how the whole file is read.
pub fn is_for_whole_file(finding: &Finding, decision: &Decision) -> bool {
    match decision {
        Decision::Counts | Decision::From { .. } | Decision::Approved { .. } => true,
        Decision::SetAside => is_about_file(finding.code),
        _ => false,
    }
}

/// Whether a decision applies only to the file with the finding, and not to the same words in a later file.
pub fn is_for_one_file(finding: &Finding, decision: &Decision) -> bool {
    let is_whole = matches!(
        finding.code,
        Code::TextHeldBack
            | Code::ApprovalMissing
            | Code::ApprovalOdd
            | Code::MoreMustFix
            | Code::MorePleaseCheck
            | Code::SheetsDiffer
    );
    // A finding that quotes only the first of its cells, or none, cannot tell whether the others changed.
    let is_unquoted =
        finding.subject.more_cells > 0 || finding.code == Code::WrittenElsewhere && finding.subject.cells.is_empty();
    let is_file = is_about_file(finding.code) || is_for_whole_file(finding, decision);
    finding.subject.sha256.is_some() && (is_file || is_whole || is_unquoted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::finding::{Place, WrittenCell};
    use crate::core::written::Written;

    fn finding(code: Code) -> Finding {
        let cell =
            WrittenCell { sheet: "S".into(), cell: "D7".into(), field: None, written: Written::Text("x".into()) };
        Finding::new(code, Place::file("a.xlsx"), "", "", "").with_cells(vec![cell]).of_file("aa")
    }

    /// Whatever a return can be asked about, a person can settle.
    #[test]
    fn every_finding_about_a_return_can_be_settled() {
        for code in Code::ALL.iter().filter(|code| **code != Code::DecisionLapsed) {
            assert!(!possible(&finding(*code)).is_empty(), "{code}");
        }
        // A fault of a settings file is put right in it.
        assert!(possible(&Finding::new(Code::TomlSyntax, Place::file("round.toml"), "", "", "")).is_empty());
    }

    #[test]
    fn a_decision_about_words_holds_in_a_later_file_and_one_about_a_file_does_not() {
        assert!(!is_for_one_file(&finding(Code::NoteOnCell), &Decision::SetAside));
        assert!(is_for_one_file(&finding(Code::TextHeldBack), &Decision::Accept));
        assert!(is_for_one_file(&finding(Code::ReturnSuperseded), &Decision::Counts));
        let without_cell = |code| Finding::new(code, Place::file("a.xlsx"), "", "", "").of_file("aa");
        let damaged = without_cell(Code::WorkbookUnreadable);
        assert!(is_for_one_file(&damaged, &Decision::SetAside) && is_for_whole_file(&damaged, &Decision::SetAside));
        // A picture is left out, and not the file that it is in.
        assert!(!is_for_whole_file(&without_cell(Code::WrittenElsewhere), &Decision::SetAside));
        assert!(!is_for_whole_file(&without_cell(Code::TextHeldBack), &Decision::SetAside));
    }
}
