//! The words that ask an agency to do something about a finding, for the person who filled the workbook in.

use crate::core::finding::{Code, Finding};
use crate::core::written::Written;
use crate::form::{Field, StartField};
use crate::intake::selection::{OddApproval, UNSIGNED_NEWER};

/// The request to the agency; `None` for a finding that the agency can do nothing about.
pub(super) fn to_do(finding: &Finding) -> Option<String> {
    about_rating(finding).or_else(|| about_answer(finding)).or_else(|| about_return(finding))
}

/// The request about a rating.
fn about_rating(finding: &Finding) -> Option<String> {
    let written = &finding.subject.written;
    let text = match finding.code {
        Code::RatingBlank => "Please choose Red, Amber, Green or Not applicable.",
        Code::RatingUnreadable => "Please choose one of Red, Amber, Green or Not applicable.",
        Code::RatingFromColour => {
            return Some(format!(
                "The cell has a colour but no word. We read it as {written}. Please choose the word from the list."
            ));
        }
        Code::ColourWithoutWord => "The cell has a colour but no word. Please choose the word from the list.",
        Code::ColourAgainstWord => {
            return Some(format!("The cell has the colour of {written}. Please choose the word that you mean."));
        }
        Code::RatingQualified => {
            "We read only the rating. Please choose it from the list, and move the rest to the columns beside it."
        }
        Code::RowTwice => {
            "Your file has two rows for this statement with different answers. Please keep the one that counts."
        }
        Code::RowMissing => "This row is missing from your file. Please answer the statement here.",
        _ => return None,
    };
    Some(text.to_string())
}

/// The request about any other answer, a line in short or the sign-off's date.
fn about_answer(finding: &Finding) -> Option<String> {
    let subject = &finding.subject;
    let written = &subject.written;
    let text = match finding.code {
        Code::ReasonMissing => "You chose Not applicable. Please say briefly why this does not apply to you.",
        Code::EvidenceMissing => "You chose Green. Please say what shows it, and where that is kept.",
        Code::LeadNamed => "Please give the role that will lead, without a person's name.",
        Code::DateUnreadable if subject.field == Some(Field::Start(StartField::ApprovedOn)) => {
            "Please give the date of the approval, as in 09/12/2026."
        }
        Code::DateUnreadable => {
            "Please give a date, as in 31/01/2027, or a month, as in March 2027. If you mean a quarter, which month does it end in?"
        }
        // The question quotes the cell with its error, so saying so again would be twice.
        Code::CellError if matches!(subject.cells.as_slice(), [only] if matches!(only.written, Written::Unreadable(_))) => {
            "Please write what you meant."
        }
        Code::CellError => "The cell shows an error. Please write what you meant.",
        Code::TextStruckOut => "Some of this is struck out. Please delete what no longer applies, and leave the rest.",
        Code::TextInvisible => "The text has characters that cannot be seen. Please check what it says.",
        Code::TextHeldBack => {
            return Some(format!(
                "What you wrote has {written}, so it is not in the attached workbook. Please say it again without anything that could identify a child, and delete your copies of the file that you sent."
            ));
        }
        Code::TextMayIdentify => {
            return Some(format!(
                "What you wrote has {written}, so it may be about one child. Please write it so that no child can be recognised, or tell us that it is not about one child."
            ));
        }
        Code::HeadlineLong => {
            "A slide has room for 70 characters. Please shorten this line; your longer answer stays on the sheet Self-assessment."
        }
        Code::HeadlineRefUnknown => "Please choose one of your own statements from the list, or leave the Ref empty.",
        Code::ChangeUnapproved => {
            "You changed this after the approval, and the change is not signed off. The attached workbook has the approved answer. If you want the change, please make it again there and have it signed off."
        }
        Code::AnswerOnlyInOlder if *written == UNSIGNED_NEWER => {
            "Your newer file says this, but it is not signed off. Your earlier file, which counts, does not say it. Which do you mean?"
        }
        Code::AnswerOnlyInOlder => "Your earlier file says this and your newer one does not. Which do you mean?",
        _ => return None,
    };
    Some(text.to_string())
}

/// The request about a row, a sheet or the return as a whole.
fn about_return(finding: &Finding) -> Option<String> {
    let subject = &finding.subject;
    let written = &subject.written;
    let text = match finding.code {
        Code::RowUnknown | Code::WrittenElsewhere | Code::ColumnUnknown => {
            "Which statement is this about? Please copy what matters into its row, or tell us to leave it out."
        }
        Code::RowReworded => {
            "The Ref or the wording of this row has changed in your file. Please check that the answers belong to this statement."
        }
        Code::NoteOnCell => {
            "There is a note on this cell, and we do not show notes. Please write what matters in the cell, or tell us to leave the note out."
        }
        Code::WrittenHidden if subject.cells.is_empty() => {
            return Some(format!(
                "Hidden in your file: {written}. Please check that what is there says what you mean."
            ));
        }
        Code::WrittenHidden => {
            "This cell is hidden in your file, or merged with others. Please check that it says what you mean."
        }
        Code::SheetsDiffer => {
            "Your file has the table twice, with different answers. Please check that the answers here are the ones you mean."
        }
        Code::IdentityDisagrees => "Your file has the name of a different organisation in it. Are these your answers?",
        Code::ReturnUnapproved => {
            "You sent a newer file that nobody has signed off, so the earlier one counts, and its answers are in the attached workbook. If the newer one is right, please have that file signed off and send it again. If not, please tell us."
        }
        Code::ColumnMissing => "This column is missing from your file. Please fill it in here.",
        Code::CarriedUnconfirmed => {
            "Without a sign-off we cannot count the answers from last time that you did not change. Please fill in the sign-off at the foot of the sheet Start here, or tell us who signs it off."
        }
        Code::CarriedNotRight => {
            "You chose No under Still right? and left the row as it was last time. Please write what is right now."
        }
        Code::CarriedLineStale => {
            "This line is from last time, and the answer that it sums up has changed. Please write a new line, or delete this one."
        }
        Code::ProgressUnsaid => {
            return Some(format!(
                "These actions from last time are past their date: {written}. Under Progress since, please choose how each has gone."
            ));
        }
        Code::RecheckUnread => "Please choose one of the words in the list, or leave the cell empty.",
        Code::ApprovalMissing => "Please say who approved your answers, in which role, and when.",
        Code::ApprovalOdd => odd_approval(written),
        _ => return None,
    };
    Some(text.to_string())
}

/// The request about an odd approval. `kind` is the key of an [`OddApproval`]; an unknown one is asked about as saved later.
fn odd_approval(kind: &str) -> &'static str {
    match OddApproval::of_key(kind) {
        Some(OddApproval::SamePerson) => {
            "The same person completed it and approved it. Please ask someone else to approve it."
        }
        Some(OddApproval::ToCome) => "The date of approval is still to come. Please check it, and sign it off again.",
        Some(OddApproval::BeforeIssue) => {
            "The date of approval is before we sent the workbook. Please check it, and sign it off again."
        }
        Some(OddApproval::SavedLater) | None => {
            "The workbook was saved again after it was approved. Please check that the approval still applies, and sign it off again."
        }
    }
}
