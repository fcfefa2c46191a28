//! Which decisions make sense for which kind of finding.

use crate::core::finding::{Code, Decision, Finding, ReadAs, Severity};
use crate::form::{ColumnKey, Field};

/// A kind of decision, without what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionKind {
    /// It is right as it is.
    Accept,
    /// Read as a rating.
    Rating,
    /// Read as a date.
    Due,
    /// Left out.
    SetAside,
    /// Put to a statement.
    To,
    /// This return counts.
    Counts,
    /// From an agency.
    From,
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
            Decision::From { .. } => DecisionKind::From,
        }
    }

    /// How it is typed.
    pub fn typed(self) -> &'static str {
        match self {
            DecisionKind::Accept => "--accept",
            DecisionKind::Rating => "--as Red, Amber, Green or \"Not applicable\"",
            DecisionKind::Due => "--as a date, as in 2027-04-01",
            DecisionKind::SetAside => "--set-aside",
            DecisionKind::To => "--to a statement's Ref",
            DecisionKind::Counts => "--counts",
            DecisionKind::From => "--from an agency's id",
        }
    }
}

/// The decisions that make sense for a finding; none for one that has to be put right where it is.
pub fn possible(finding: &Finding) -> Vec<DecisionKind> {
    use DecisionKind::{Accept, Counts, Due, From, Rating, SetAside, To};
    let field = finding.subject.field;
    match finding.code {
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
        | Code::AnswerOnlyInOlder => match finding.subject.cells.is_empty() {
            true => vec![Accept, SetAside],
            false => vec![Accept, SetAside, To],
        },
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
        Code::ReturnUndecided => vec![SetAside, Counts],
        Code::ReturnSuperseded | Code::ReturnUnapproved | Code::QuestionsAnswered | Code::CorrectionsTaken => {
            vec![Accept, SetAside, Counts]
        }
        _ if finding.subject.sha256.is_some() || finding.code.severity() != Severity::MustFix => vec![Accept],
        _ => Vec::new(),
    }
}

/// Whether a decision on it holds for the file that it was found in, and not for the same words in a later one.
pub fn is_for_one_file(finding: &Finding, decision: &Decision) -> bool {
    let is_about_file = possible(finding).contains(&DecisionKind::SetAside) && finding.subject.cells.is_empty();
    let names_file = matches!(decision, Decision::Counts | Decision::From { .. });
    let is_whole = matches!(
        finding.code,
        Code::IdentityDisagrees | Code::AgencyFromName | Code::MoreMustFix | Code::MorePleaseCheck | Code::SheetsDiffer
    );
    finding.subject.sha256.is_some() && (names_file || is_whole || is_about_file || finding.code == Code::TextHeldBack)
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
        for code in Code::ALL {
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
        let damaged = Finding::new(Code::WorkbookUnreadable, Place::file("a.xlsx"), "", "", "").of_file("aa");
        assert!(is_for_one_file(&damaged, &Decision::SetAside));
    }
}
