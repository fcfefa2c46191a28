//! The kinds of findings, each with its name and its severity.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How urgently a finding needs the officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The result is wrong or incomplete until a person settles this.
    MustFix,
    /// The tool did something reasonable that a person should confirm.
    PleaseCheck,
    /// Worth knowing; nothing to do.
    Information,
}

impl Severity {
    /// The word in `findings.csv`: `must_fix`, `please_check` or `information`.
    pub fn key(self) -> &'static str {
        match self {
            Severity::MustFix => "must_fix",
            Severity::PleaseCheck => "please_check",
            Severity::Information => "information",
        }
    }

    /// The words people read.
    pub fn words(self) -> &'static str {
        match self {
            Severity::MustFix => "must fix",
            Severity::PleaseCheck => "please check",
            Severity::Information => "for information",
        }
    }
}

/// Writes the enum of codes with their names and severities from one table, so that no code can lack either.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident, $name:literal, $severity:ident;)*) => {
        /// The kind of a finding. Names are stable, and a golden test lists them: people and scripts filter `findings.csv` by them, and
        /// references are made from them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code, in the order of this table.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The name in `findings.csv` and on the screen, in kebab case.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// The severity of this kind of finding while it is open.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// A file is not TOML.
    TomlSyntax, "toml-syntax", MustFix;
    /// A key is not part of the format.
    KeyUnknown, "key-unknown", MustFix;
    /// A required key is missing.
    KeyMissing, "key-missing", MustFix;
    /// A value is not valid for its key.
    ValueInvalid, "value-invalid", MustFix;
    /// Two things have the same id.
    IdTwice, "id-twice", MustFix;
    /// A theme has no area or no statement.
    ThemeEmpty, "theme-empty", MustFix;
    /// The theme's wording has not been checked by a named person against the published framework.
    ThemeUnchecked, "theme-unchecked", Information;
    /// A person has to do something in a theme before workbooks are issued from it.
    ThemeUnfinished, "theme-unfinished", MustFix;
    /// A colleague who reads the theme would ask about this.
    ThemeDoubtful, "theme-doubtful", PleaseCheck;
    /// Inspections on the theme have ended.
    ThemeRetired, "theme-retired", PleaseCheck;
    /// The theme frozen in the round no longer has the fingerprint it was issued with.
    ThemeChanged, "theme-changed", MustFix;
    /// What was asked about is not a statement, an agency or a page.
    ReferenceUnknown, "reference-unknown", MustFix;
    /// A reference is from a page of a different run.
    ReferenceOther, "reference-other", MustFix;
    /// The number of answers issued and the number counted differ.
    SumsDiffer, "sums-differ", MustFix;
    /// A file of the record cannot be used.
    RecordDamaged, "record-damaged", MustFix;
    /// A file of the record is a copy of one that is there.
    RecordCopied, "record-copied", Information;
    /// Two copies of a round recorded things that cannot both be true.
    RecordContradicts, "record-contradicts", MustFix;
    /// A decision is about something that has since changed or gone.
    DecisionLapsed, "decision-lapsed", Information;
    /// Dates of a round are in an impossible order.
    DatesCrossed, "dates-crossed", PleaseCheck;
    /// The answers of the round before cannot be read.
    PreviousUnread, "previous-unread", MustFix;
    /// Answers of an agency in the round before go into nobody's workbook.
    PreviousUnplaced, "previous-unplaced", PleaseCheck;
    /// The round that a new one goes on from has things to fix.
    PreviousOpen, "previous-open", PleaseCheck;
    /// A theme is worded differently from the round that a new one goes on from.
    PreviousWording, "previous-wording", Information;
    /// An agency neither confirmed nor changed answers carried over from the round before. They count as blank.
    CarriedUnconfirmed, "carried-unconfirmed", PleaseCheck;
    /// An agency says that a carried answer is no longer right, but did not change it.
    CarriedNotRight, "carried-not-right", PleaseCheck;
    /// A carried line in short sums up an answer that has changed.
    CarriedLineStale, "carried-line-stale", PleaseCheck;
    /// An agency does not say how actions from the round before have gone, though their date has passed.
    ProgressUnsaid, "progress-unsaid", Information;
    /// A text in a column with a list, such as `Still right?` or `Progress since`, is not one of its words.
    RecheckUnread, "recheck-unread", PleaseCheck;
    /// An agency list lacks a column or is empty.
    AgencyList, "agency-list", MustFix;
    /// A column of the agency list is not read.
    ListColumnUnread, "list-column-unread", Information;
    /// The agency list is open in a program, which may have unsaved changes.
    ListOpen, "list-open", PleaseCheck;
    /// Something in the agency list has changed since a command that writes last read it.
    ListChanged, "list-changed", Information;
    /// An earlier agency list and the record have different days for a workbook that was sent.
    SentDiffers, "sent-differs", PleaseCheck;
    /// An agency that is no longer in the list has returned its workbook.
    AgencyGone, "agency-gone", PleaseCheck;
    /// The list gives an agency an id that is not the one in its workbooks. The workbooks' id is kept.
    AgencyIdKept, "agency-id-kept", PleaseCheck;
    /// An agency without an id was recognised by its e-mail address only.
    AgencyFromEmail, "agency-from-email", PleaseCheck;
    /// `round.toml` has an `[[agency]]` entry beside the agency list, which is read instead.
    AgencyEntry, "agency-entry", PleaseCheck;
    /// An e-mail address is not in the form of one.
    EmailMalformed, "email-malformed", PleaseCheck;
    /// An agency's short name is too long for pictures.
    ShortNameLong, "short-name-long", PleaseCheck;
    /// A name, typed or in a file of ours, leads out of its folder or to a link.
    NameUnsafe, "name-unsafe", MustFix;
    /// A template of a message cannot be filled in.
    TemplateFault, "template-fault", MustFix;
    /// A workbook that was sent has details that the round has since changed. It still counts.
    WorkbookOutdated, "workbook-outdated", Information;
    /// The round now asks something different from a workbook that was sent, so a new issue of it was written.
    WorkbookReissued, "workbook-reissued", PleaseCheck;
    /// An agency has no e-mail address, or the round no contact.
    AddressMissing, "address-missing", Information;
    /// A workbook was issued to an agency that is no longer in the round.
    WorkbookOrphaned, "workbook-orphaned", PleaseCheck;
    /// Two agencies share an e-mail address.
    EmailShared, "email-shared", PleaseCheck;
    /// A statement of the theme is asked of no agency in the round.
    StatementUnasked, "statement-unasked", PleaseCheck;
    /// A group in the theme's scope has no agency in the round.
    GroupUnrepresented, "group-unrepresented", PleaseCheck;
    /// No statement applies to the agency's group, so it gets no workbook.
    AgencyUnasked, "agency-unasked", PleaseCheck;
    /// A slide runs over its page.
    SlideOverflow, "slide-overflow", PleaseCheck;
    /// The presentation cannot use a colour or a logo.
    BrandUnfit, "brand-unfit", PleaseCheck;
    /// Something in `choices.xlsx` cannot be understood.
    ChoiceUnread, "choice-unread", PleaseCheck;
    /// A choice no longer fits the answers or the presentation.
    ChoiceUnfit, "choice-unfit", PleaseCheck;
    /// `choices.xlsx` was renewed from the answers, and kept everything that was chosen.
    ChoicesRenewed, "choices-renewed", Information;
    /// `choices.xlsx` could not be replaced, so the renewed one is beside it.
    ChoicesBeside, "choices-beside", PleaseCheck;
    /// Ratings are Red now that were not Red in the report before.
    RedSince, "red-since", Information;
    /// Something in a challenge workbook cannot be understood, or a decision is incomplete.
    ChallengeUnread, "challenge-unread", PleaseCheck;
    /// A row of a challenge workbook is about an agency or a statement that the round does not ask.
    ChallengeUnknown, "challenge-unknown", PleaseCheck;
    /// Somebody changed the self-rating that a challenge workbook gives.
    ChallengeEdited, "challenge-edited", PleaseCheck;
    /// A row is no longer in any challenge workbook, and nothing about it is on record.
    ChallengeRowGone, "challenge-row-gone", PleaseCheck;
    /// A decision on record is no longer in its row, or its challenge workbook is gone. It still counts.
    ChallengeEmptied, "challenge-emptied", PleaseCheck;
    /// A self-rating changed after its challenge.
    ChallengeReopened, "challenge-reopened", PleaseCheck;
    /// Two rows of challenge workbooks decide one answer differently.
    ChallengeContradicts, "challenge-contradicts", MustFix;
    /// Somebody changed an output after it was written, so the new one is beside it.
    OutputChanged, "output-changed", PleaseCheck;
    /// A command was stopped while it wrote, and this command finished what that one had begun.
    OutputFinished, "output-finished", Information;
    /// A file in `returns/` is not a return: a lock file, a system file.
    FileSkipped, "file-skipped", Information;
    /// A file or folder could not be opened.
    FileUnreadable, "file-unreadable", MustFix;
    /// A file is not a workbook.
    NotAWorkbook, "not-a-workbook", MustFix;
    /// A text may identify a child, and is held back from every output.
    TextHeldBack, "text-held-back", MustFix;
    /// A return that was removed with `jtai forget` is back.
    ReturnForgotten, "return-forgotten", MustFix;
    /// A return that was here is gone.
    ReturnGone, "return-gone", PleaseCheck;
    /// A file in `returns/` has changed since it was first seen.
    ReturnChangedHere, "return-changed-here", PleaseCheck;
    /// A workbook cannot be read.
    WorkbookUnreadable, "workbook-unreadable", MustFix;
    /// A workbook has no self-assessment table.
    TableMissing, "table-missing", MustFix;
    /// The sheet with the table has a different name from the one issued.
    SheetRenamed, "sheet-renamed", PleaseCheck;
    /// A second copy of the self-assessment sheet was not read.
    SheetCopied, "sheet-copied", PleaseCheck;
    /// The table lacks a column.
    ColumnMissing, "column-missing", MustFix;
    /// A column with text was added that is not in the contract.
    ColumnUnknown, "column-unknown", PleaseCheck;
    /// A workbook is from a different round or theme.
    RoundOther, "round-other", MustFix;
    /// The workbook follows a newer contract than this program.
    FormatNewer, "format-newer", PleaseCheck;
    /// The workbook follows a contract that this program cannot read.
    FormatUnknown, "format-unknown", MustFix;
    /// Nothing says which agency a return is from.
    AgencyUnknown, "agency-unknown", MustFix;
    /// Only the file's name says which agency a return is from.
    AgencyFromName, "agency-from-name", PleaseCheck;
    /// The workbook, or its file name, has signs of different agencies.
    IdentityDisagrees, "identity-disagrees", PleaseCheck;
    /// A row with text has a Ref that is not one of the statements asked.
    RowUnknown, "row-unknown", MustFix;
    /// A text may be about one child, though nothing in it has to be held back.
    TextMayIdentify, "text-may-identify", PleaseCheck;
    /// The files in a folder need too much memory.
    MemoryShort, "memory-short", MustFix;
    /// There are more findings than are listed, some of them to be fixed.
    MoreMustFix, "more-must-fix", MustFix;
    /// There are more findings than are listed, some of them to be checked.
    MorePleaseCheck, "more-please-check", PleaseCheck;
    /// There are more findings than are listed, all of them for information.
    MoreInformation, "more-information", Information;
    /// A statement that was asked has no row in the return.
    RowMissing, "row-missing", MustFix;
    /// Two rows have the same Ref and different answers.
    RowTwice, "row-twice", MustFix;
    /// A row's Ref and statement do not belong together, or its Ref is missing.
    RowReworded, "row-reworded", PleaseCheck;
    /// The table is on two sheets that say different things.
    SheetsDiffer, "sheets-differ", MustFix;
    /// Something is written outside the cells that were issued for it.
    WrittenElsewhere, "written-elsewhere", PleaseCheck;
    /// What is written as a rating is not one.
    RatingUnreadable, "rating-unreadable", MustFix;
    /// A rating was understood, though it is not written as in the list.
    RatingAssumed, "rating-assumed", Information;
    /// A rating was understood, and more words follow it.
    RatingQualified, "rating-qualified", PleaseCheck;
    /// No rating is written, and the cell's colour was read as one.
    RatingFromColour, "rating-from-colour", PleaseCheck;
    /// No rating is written, and the cell has a colour that was not read as one.
    ColourWithoutWord, "colour-without-word", PleaseCheck;
    /// The word in a cell says one rating, and its colour a different one.
    ColourAgainstWord, "colour-against-word", PleaseCheck;
    /// An answer is struck out, whole or in part.
    TextStruckOut, "text-struck-out", PleaseCheck;
    /// A text says only that there is nothing to say.
    Placeholder, "placeholder", Information;
    /// A text has invisible characters.
    TextInvisible, "text-invisible", PleaseCheck;
    /// A cell has a note. Reports do not show notes.
    NoteOnCell, "note-on-cell", PleaseCheck;
    /// Something is written in a merged-over cell, or in a hidden row, column or sheet.
    WrittenHidden, "written-hidden", PleaseCheck;
    /// A file has macros, links to other workbooks, or a damaged part without answers.
    FileRemark, "file-remark", Information;
    /// A statement was returned without a rating.
    RatingBlank, "rating-blank", Information;
    /// Not applicable was chosen without a reason.
    ReasonMissing, "reason-missing", PleaseCheck;
    /// A cell shows a spreadsheet error.
    CellError, "cell-error", MustFix;
    /// A statement is rated Green without evidence.
    EvidenceMissing, "evidence-missing", Information;
    /// A person's name is given where a role was asked for.
    LeadNamed, "lead-named", PleaseCheck;
    /// A date cannot be read.
    DateUnreadable, "date-unreadable", PleaseCheck;
    /// A date in figures could be two days, and was read day first.
    DateDayFirst, "date-day-first", Information;
    /// The computer's clock shows a day before the workbooks were issued.
    ClockBehind, "clock-behind", PleaseCheck;
    /// No approval is recorded in a return.
    ApprovalMissing, "approval-missing", Information;
    /// A sign-off was understood, though it is not written as asked.
    ApprovalAssumed, "approval-assumed", Information;
    /// An approval is odd: by the person who completed the return, dated in the future or before issue, or older than the file.
    ApprovalOdd, "approval-odd", PleaseCheck;
    /// A line in short is longer than a slide has room for.
    HeadlineLong, "headline-long", PleaseCheck;
    /// A line in short names a statement that its agency was not asked.
    HeadlineRefUnknown, "headline-ref-unknown", PleaseCheck;
    /// A line in short names no statement.
    HeadlineUnplaced, "headline-unplaced", Information;
    /// A statement was chosen for a line in short, but no line is written.
    HeadlineUnwritten, "headline-unwritten", Information;
    /// There are more lines in short of one kind than the sheet has room for.
    HeadlineSurplus, "headline-surplus", Information;
    /// The same bytes came twice.
    ReturnTwice, "return-twice", Information;
    /// A newer return without an approval does not count before an approved one.
    ReturnUnapproved, "return-unapproved", PleaseCheck;
    /// A later or approved return from the same agency counts instead.
    ReturnSuperseded, "return-superseded", PleaseCheck;
    /// A return does not count, and there is nothing to decide: it has the same answers, was here when somebody decided, or a newer one
    /// is signed off.
    ReturnNotCounted, "return-not-counted", Information;
    /// A day of the round cannot be right, such as a workbook sent in the future.
    DateOdd, "date-odd", PleaseCheck;
    /// The deadline passed before workbooks were issued.
    DeadlineOver, "deadline-over", Information;
    /// An agency sent back the workbook with questions on its return, which counts instead.
    QuestionsAnswered, "questions-answered", Information;
    /// An agency changed an answer without being asked about it, and nobody signed for the change.
    ChangeUnapproved, "change-unapproved", MustFix;
    /// Corrections were taken from a workbook with questions that nobody signed off.
    CorrectionsTaken, "corrections-taken", Information;
    /// An answer differs between two returns from an agency.
    AnswerChanged, "answer-changed", Information;
    /// Only a return that does not count has an answer to a statement.
    AnswerOnlyInOlder, "answer-only-in-older", MustFix;
    /// Two returns have different answers and nothing says which is newer. Neither counts.
    ReturnUndecided, "return-undecided", MustFix;
    /// A workbook came back with nothing filled in.
    ReturnEmpty, "return-empty", PleaseCheck;
    /// A `[[return]]` entry names a file that is not in `returns/`.
    EntryUnmatched, "entry-unmatched", PleaseCheck;
    /// An agency replied to a question that a person had settled.
    ReplyToSettled, "reply-to-settled", PleaseCheck;
    /// A person decided that a file counts, or which agency it is from.
    ReturnDecided, "return-decided", Information;
    /// An agency replied to a question that is closed.
    QuestionReplied, "question-replied", Information;
    /// The officer set a file aside, in `round.toml` or by a decision on record.
    ReturnSetAside, "return-set-aside", Information;
    /// An agency has not returned its workbook.
    ReturnMissing, "return-missing", Information;
    /// An output could not be written or replaced.
    OutputUnwritable, "output-unwritable", MustFix;
    /// A round's folder or file is missing, or is in the way.
    RoundMissing, "round-missing", MustFix;
    /// A different command is working on the round.
    RoundBusy, "round-busy", MustFix;
    /// No theme has this id.
    ThemeUnknown, "theme-unknown", MustFix;
    /// Something in a workbook to check cannot be understood.
    DraftUnread, "draft-unread", PleaseCheck;
    /// No draft theme can be made from a source.
    DraftRefused, "draft-refused", MustFix;
    /// A stage failed on data of our own: this is a fault of the program.
    Internal, "internal", MustFix;
    /// No bundled font can draw a character, so the PDF shows its name instead.
    CharacterWithoutGlyph, "character-without-glyph", Information;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
