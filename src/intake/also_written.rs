//! Collects what agencies wrote beside the answers that count: outside the table, in notes, in returns that do not count, in replies.
//!
//! Findings quote the beginning of such a text. Here it is whole, so that nobody has to open an agency's file to read it.

use crate::core::finding::{Code, Finding, Settlement, WrittenCell};
use crate::core::ids::{AgencyId, CriterionId};
use crate::intake::answers::SourceCell;

/// Where an agency wrote something that is not one of the answers that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WrittenPlace {
    /// Outside the cells that were issued for it, or beside a statement that was not asked.
    OutsideTable,
    /// In a note on a cell.
    Note,
    /// In a return that does not count, or a change that nobody approved.
    OtherReturn,
    /// In the row of a statement that has two.
    SecondRow,
    /// In the column for replies.
    Reply,
}

impl WrittenPlace {
    /// Where the texts in a kind of finding come from; `None` for a kind that quotes answers that count.
    fn new(code: Code) -> Option<WrittenPlace> {
        Some(match code {
            Code::WrittenElsewhere | Code::ColumnUnknown | Code::RowUnknown | Code::SheetsDiffer => {
                WrittenPlace::OutsideTable
            }
            Code::NoteOnCell => WrittenPlace::Note,
            Code::AnswerChanged | Code::AnswerOnlyInOlder | Code::ChangeUnapproved => WrittenPlace::OtherReturn,
            Code::RowTwice => WrittenPlace::SecondRow,
            Code::QuestionReplied | Code::ReplyToSettled => WrittenPlace::Reply,
            _ => return None,
        })
    }

    /// The key in data.
    pub fn key(self) -> &'static str {
        match self {
            WrittenPlace::OutsideTable => "outside_table",
            WrittenPlace::Note => "note",
            WrittenPlace::OtherReturn => "other_return",
            WrittenPlace::SecondRow => "second_row",
            WrittenPlace::Reply => "reply",
        }
    }

    /// The words people read.
    pub fn words(self) -> &'static str {
        match self {
            WrittenPlace::OutsideTable => "outside the table",
            WrittenPlace::Note => "in a note",
            WrittenPlace::OtherReturn => "not the answer that counts",
            WrittenPlace::SecondRow => "in a second row",
            WrittenPlace::Reply => "in reply to a question",
        }
    }
}

/// A text that an agency wrote beside the answers that count.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenBeside<'f> {
    /// The agency that wrote it; `None` where nothing says which.
    pub agency: Option<&'f AgencyId>,
    /// The statement it is about, where that is known.
    pub criterion: Option<&'f CriterionId>,
    /// Where in the file it is.
    pub place: WrittenPlace,
    /// The text, whole and unchanged.
    pub text: &'f str,
    /// Its file and cell.
    pub source: SourceCell,
    /// The finding about it.
    pub reference: String,
    /// What a person decided about it; `None` where nobody has.
    pub settled: Option<&'f Settlement>,
}

/// Every such text, in the order of the findings. Texts that are held back are left out.
pub fn also_written(findings: &[Finding]) -> Vec<WrittenBeside<'_>> {
    findings.iter().flat_map(of_finding).collect()
}

fn of_finding(finding: &Finding) -> impl Iterator<Item = WrittenBeside<'_>> {
    let text = move |place, file: &str, cell: &'_ WrittenCell| WrittenBeside {
        agency: finding.subject.agency.as_ref(),
        criterion: finding.subject.criterion.as_ref(),
        place,
        text: "",
        source: SourceCell { file: file.to_string(), sheet: cell.sheet.clone(), cell: cell.cell.clone() },
        reference: finding.reference_text(),
        settled: finding.settled.as_ref(),
    };
    let own = WrittenPlace::new(finding.code).into_iter().flat_map(move |place| {
        let said = finding.subject.cells.iter().filter(|cell| cell.written.is_said());
        said.map(move |cell| WrittenBeside { text: cell.written.text(), ..text(place, &finding.place.file, cell) })
    });
    let replies = finding.replied.iter().filter(|replied| replied.cell.written.is_said()).map(move |replied| {
        let beside = text(WrittenPlace::Reply, &replied.file, &replied.cell);
        WrittenBeside { text: replied.cell.written.text(), ..beside }
    });
    own.chain(replies)
}
