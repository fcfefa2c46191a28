//! The kinds of findings: each with its name and how much it asks of the officer.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a finding asks of the officer.
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

/// Writes the enum of codes, its names and its severities from one table, so that none can be forgotten.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident, $name:literal, $severity:ident;)*) => {
        /// What kind of finding it is: a stable name, listed by a golden test.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code, in the order in which the way of the data can raise it.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The name in `findings.csv` and on the screen, in kebab case.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How much this kind of finding asks of the officer.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// A file is not TOML.
    TomlSyntax, "toml-syntax", MustFix;
    /// A key that the format does not know.
    KeyUnknown, "key-unknown", MustFix;
    /// A key that the format needs is absent.
    KeyMissing, "key-missing", MustFix;
    /// A value that the key does not allow.
    ValueInvalid, "value-invalid", MustFix;
    /// Two things carry one id.
    IdTwice, "id-twice", MustFix;
    /// A theme has no area or no statement.
    ThemeEmpty, "theme-empty", MustFix;
    /// The theme's wording has not been checked by a named person against the published framework.
    ThemeUnchecked, "theme-unchecked", Information;
    /// Something in a theme that a person has to do before workbooks are issued from it.
    ThemeUnfinished, "theme-unfinished", MustFix;
    /// Something in a theme that a colleague who reads it would ask about.
    ThemeDoubtful, "theme-doubtful", PleaseCheck;
    /// No inspections on the theme are running any more.
    ThemeRetired, "theme-retired", PleaseCheck;
    /// The theme frozen in the round no longer has the fingerprint it was issued with.
    ThemeChanged, "theme-changed", MustFix;
    /// What was asked about is no statement, agency or page.
    ReferenceUnknown, "reference-unknown", MustFix;
    /// A reference stands on a page of another run.
    ReferenceOther, "reference-other", MustFix;
    /// What was issued and what is counted do not come to the same.
    SumsDiffer, "sums-differ", MustFix;
    /// A file of the record cannot be used.
    RecordDamaged, "record-damaged", MustFix;
    /// A copy of a file of the record.
    RecordCopied, "record-copied", Information;
    /// Two copies of a round recorded what cannot both be so.
    RecordContradicts, "record-contradicts", MustFix;
    /// What a person decided about something that has changed since, or is gone.
    DecisionLapsed, "decision-lapsed", Information;
    /// Dates of a round that cannot follow each other.
    DatesCrossed, "dates-crossed", PleaseCheck;
    /// What agencies answered in the round before cannot be read.
    PreviousUnread, "previous-unread", MustFix;
    /// What an agency answered in the round before goes into nobody's workbook.
    PreviousUnplaced, "previous-unplaced", PleaseCheck;
    /// Things to fix in the round that a new one goes on from.
    PreviousOpen, "previous-open", PleaseCheck;
    /// A theme that is worded differently since the round that a new one goes on from.
    PreviousWording, "previous-wording", Information;
    /// Answers of the round before that an agency has neither confirmed nor changed. They count as blank.
    CarriedUnconfirmed, "carried-unconfirmed", PleaseCheck;
    /// An agency says of an answer of the round before that it is not right any more, and left it as it was.
    CarriedNotRight, "carried-not-right", PleaseCheck;
    /// A line in short of the round before whose words in the table have changed.
    CarriedLineStale, "carried-line-stale", PleaseCheck;
    /// Actions of the round before whose date has passed, of which the agency does not say how they have gone.
    ProgressUnsaid, "progress-unsaid", Information;
    /// Something under `Still right?` or `Progress since` that is none of its words.
    RecheckUnread, "recheck-unread", PleaseCheck;
    /// An agency list lacks a column or is empty.
    AgencyList, "agency-list", MustFix;
    /// A column of the agency list that is not read.
    ListColumnUnread, "list-column-unread", Information;
    /// The agency list is open in a program, which may hold what is not saved.
    ListOpen, "list-open", PleaseCheck;
    /// Something changed in the agency list since a command that writes last read it.
    ListChanged, "list-changed", Information;
    /// A day that an earlier agency list has for a workbook that was sent, where the record has a different one.
    SentDiffers, "sent-differs", PleaseCheck;
    /// An agency that is no longer in the list has returned its workbook.
    AgencyGone, "agency-gone", PleaseCheck;
    /// An agency's id is not the one that its workbooks went out under, which is kept.
    AgencyIdKept, "agency-id-kept", PleaseCheck;
    /// An agency without an id was known again by its e-mail address alone.
    AgencyFromEmail, "agency-from-email", PleaseCheck;
    /// An entry `[[agency]]` in `round.toml` beside the agency list, which is read instead.
    AgencyEntry, "agency-entry", PleaseCheck;
    /// An e-mail address does not look like one.
    EmailMalformed, "email-malformed", PleaseCheck;
    /// A short name of an agency for which pictures have no room.
    ShortNameLong, "short-name-long", PleaseCheck;
    /// A name, in a file of ours or as typed, that leads out of the folder it is looked up in, or to a link.
    NameUnsafe, "name-unsafe", MustFix;
    /// A template of a message cannot be filled in.
    TemplateFault, "template-fault", MustFix;
    /// What a workbook says that was sent is no longer what the round says, and it still counts.
    WorkbookOutdated, "workbook-outdated", Information;
    /// A workbook that was sent asks something else now, so a new issue of it was written.
    WorkbookReissued, "workbook-reissued", PleaseCheck;
    /// An agency has no e-mail address, or the round no contact.
    AddressMissing, "address-missing", Information;
    /// A workbook was issued to an agency that the round no longer asks.
    WorkbookOrphaned, "workbook-orphaned", PleaseCheck;
    /// Two agencies share an e-mail address.
    EmailShared, "email-shared", PleaseCheck;
    /// A statement of the theme is asked of no agency in the round.
    StatementUnasked, "statement-unasked", PleaseCheck;
    /// A group in the theme's scope has no agency in the round.
    GroupUnrepresented, "group-unrepresented", PleaseCheck;
    /// No statement applies to the agency's group, so it gets no workbook.
    AgencyUnasked, "agency-unasked", PleaseCheck;
    /// A slide that runs over its page.
    SlideOverflow, "slide-overflow", PleaseCheck;
    /// A colour or a logo that the presentation cannot use.
    BrandUnfit, "brand-unfit", PleaseCheck;
    /// Something in `choices.xlsx` that cannot be understood.
    ChoiceUnread, "choice-unread", PleaseCheck;
    /// A choice that does not fit the answers, or the presentation, any more.
    ChoiceUnfit, "choice-unfit", PleaseCheck;
    /// `choices.xlsx` was renewed from the answers, with all that was chosen.
    ChoicesRenewed, "choices-renewed", Information;
    /// `choices.xlsx` could not be renewed in its place, so the renewed one is beside it.
    ChoicesBeside, "choices-beside", PleaseCheck;
    /// Ratings that are Red now and were not in the report before.
    RedSince, "red-since", Information;
    /// Something in a challenge workbook that cannot be understood, or a decision that lacks what it needs.
    ChallengeUnread, "challenge-unread", PleaseCheck;
    /// A row of a challenge workbook on an agency or a statement that the round does not ask.
    ChallengeUnknown, "challenge-unknown", PleaseCheck;
    /// Somebody changed what a challenge workbook gives as the self-rating.
    ChallengeEdited, "challenge-edited", PleaseCheck;
    /// A row of a challenge workbook that is in none of them any more, and on which nothing is on record.
    ChallengeRowGone, "challenge-row-gone", PleaseCheck;
    /// What is on record of a challenge is no longer in its row, or its workbook is gone. It still counts.
    ChallengeEmptied, "challenge-emptied", PleaseCheck;
    /// A self-rating that changed after its challenge.
    ChallengeReopened, "challenge-reopened", PleaseCheck;
    /// Two rows of challenge workbooks decide one answer differently.
    ChallengeContradicts, "challenge-contradicts", MustFix;
    /// An output was changed after it was written, so the new one stands beside it.
    OutputChanged, "output-changed", PleaseCheck;
    /// A command was stopped while it wrote, and what it had begun is finished.
    OutputFinished, "output-finished", Information;
    /// A file in `returns/` that is no return: a lock file, a system file.
    FileSkipped, "file-skipped", Information;
    /// A file or folder could not be opened.
    FileUnreadable, "file-unreadable", MustFix;
    /// A file that is no workbook.
    NotAWorkbook, "not-a-workbook", MustFix;
    /// A text that may identify a child, held back from everything.
    TextHeldBack, "text-held-back", MustFix;
    /// A return that was forgotten is back.
    ReturnForgotten, "return-forgotten", MustFix;
    /// A return that was here and is not any more.
    ReturnGone, "return-gone", PleaseCheck;
    /// A file in `returns/` that is not as it was when it was first seen.
    ReturnChangedHere, "return-changed-here", PleaseCheck;
    /// A workbook that cannot be read.
    WorkbookUnreadable, "workbook-unreadable", MustFix;
    /// A workbook with no self-assessment table in it.
    TableMissing, "table-missing", MustFix;
    /// The table is on a sheet with another name than the issued one.
    SheetRenamed, "sheet-renamed", PleaseCheck;
    /// A second copy of the self-assessment sheet was left aside.
    SheetCopied, "sheet-copied", PleaseCheck;
    /// A column of the table is absent.
    ColumnMissing, "column-missing", MustFix;
    /// A column was added that the contract does not know, and holds text.
    ColumnUnknown, "column-unknown", PleaseCheck;
    /// A workbook of another round or theme.
    RoundOther, "round-other", MustFix;
    /// The workbook follows a newer contract than this program.
    FormatNewer, "format-newer", PleaseCheck;
    /// The workbook follows a contract that this program cannot read.
    FormatUnknown, "format-unknown", MustFix;
    /// Nothing says which agency a return is from.
    AgencyUnknown, "agency-unknown", MustFix;
    /// The agency was told from the file's name, for want of anything better.
    AgencyFromName, "agency-from-name", PleaseCheck;
    /// The signs of identity in one workbook, or its file name, name different agencies.
    IdentityDisagrees, "identity-disagrees", PleaseCheck;
    /// A row whose Ref is none of the statements asked, with something written in it.
    RowUnknown, "row-unknown", MustFix;
    /// A text that may be about one child, though nothing in it has to be held back.
    TextMayIdentify, "text-may-identify", PleaseCheck;
    /// The files in a folder need more memory than there should be.
    MemoryShort, "memory-short", MustFix;
    /// More was noticed than is listed, some of it to be fixed.
    MoreMustFix, "more-must-fix", MustFix;
    /// More was noticed than is listed, some of it to be checked.
    MorePleaseCheck, "more-please-check", PleaseCheck;
    /// More was noticed than is listed, for information.
    MoreInformation, "more-information", Information;
    /// A statement asked that has no row in the return.
    RowMissing, "row-missing", MustFix;
    /// Two rows with one Ref and different answers.
    RowTwice, "row-twice", MustFix;
    /// A row whose Ref and statement do not belong together, or whose Ref is lost.
    RowReworded, "row-reworded", PleaseCheck;
    /// The table stands on two sheets that say different things.
    SheetsDiffer, "sheets-differ", MustFix;
    /// Something is written outside the cells that were issued for it.
    WrittenElsewhere, "written-elsewhere", PleaseCheck;
    /// Something is written for a rating that is none.
    RatingUnreadable, "rating-unreadable", MustFix;
    /// A rating was understood, but not written as the list has it.
    RatingAssumed, "rating-assumed", Information;
    /// A rating was understood, and something stands behind it.
    RatingQualified, "rating-qualified", PleaseCheck;
    /// No rating is written, and the cell's colour was taken for it.
    RatingFromColour, "rating-from-colour", PleaseCheck;
    /// No rating is written, and the cell has a colour that was not taken for one.
    ColourWithoutWord, "colour-without-word", PleaseCheck;
    /// The word in a cell says one rating, and the colour that somebody gave the cell another.
    ColourAgainstWord, "colour-against-word", PleaseCheck;
    /// An answer is struck out, whole or in part.
    TextStruckOut, "text-struck-out", PleaseCheck;
    /// A text says only that there is nothing to say.
    Placeholder, "placeholder", Information;
    /// A text holds characters that cannot be seen.
    TextInvisible, "text-invisible", PleaseCheck;
    /// A note stands on a cell; notes are in no report.
    NoteOnCell, "note-on-cell", PleaseCheck;
    /// Something is written in a cell that another covers, or in a row, column or sheet that is hidden.
    WrittenHidden, "written-hidden", PleaseCheck;
    /// Macros, links to other workbooks or a damaged part that holds no answer.
    FileRemark, "file-remark", Information;
    /// A statement was returned without a rating.
    RatingBlank, "rating-blank", Information;
    /// Not applicable without a reason.
    ReasonMissing, "reason-missing", PleaseCheck;
    /// A cell holds a spreadsheet error.
    CellError, "cell-error", MustFix;
    /// A Green with nothing under evidence.
    EvidenceMissing, "evidence-missing", Information;
    /// A person's name where a role was asked for.
    LeadNamed, "lead-named", PleaseCheck;
    /// A date that cannot be read.
    DateUnreadable, "date-unreadable", PleaseCheck;
    /// A date in figures, of which it is said which day was read.
    DateDayFirst, "date-day-first", Information;
    /// A day before the workbooks were issued, as the machine's clock has it.
    ClockBehind, "clock-behind", PleaseCheck;
    /// No approval is recorded in a return.
    ApprovalMissing, "approval-missing", Information;
    /// A sign-off was understood, but not written as it was asked for.
    ApprovalAssumed, "approval-assumed", Information;
    /// Who approved a return also completed it, or it was approved on a day still to come.
    ApprovalOdd, "approval-odd", PleaseCheck;
    /// A line in short is longer than a slide has room for.
    HeadlineLong, "headline-long", PleaseCheck;
    /// A line in short names a statement that its agency was not asked.
    HeadlineRefUnknown, "headline-ref-unknown", PleaseCheck;
    /// A line in short names no statement.
    HeadlineUnplaced, "headline-unplaced", Information;
    /// A statement was chosen for a line in short, and no line is written.
    HeadlineUnwritten, "headline-unwritten", Information;
    /// There are more lines in short of one kind than the sheet has room for.
    HeadlineSurplus, "headline-surplus", Information;
    /// The same bytes came twice.
    ReturnTwice, "return-twice", Information;
    /// A newer return without approval does not displace an approved one.
    ReturnUnapproved, "return-unapproved", PleaseCheck;
    /// A later or approved return from the same agency counts instead.
    ReturnSuperseded, "return-superseded", PleaseCheck;
    /// A return beside the one that counts that asks for no decision: it has the same answers, was here when somebody decided, or a newer
    /// one is signed off.
    ReturnNotCounted, "return-not-counted", Information;
    /// A day of the round that cannot be meant: a workbook sent on a day to come.
    DateOdd, "date-odd", PleaseCheck;
    /// The deadline has passed before workbooks go out.
    DeadlineOver, "deadline-over", Information;
    /// An agency sent back the workbook with questions on its return, which counts instead.
    QuestionsAnswered, "questions-answered", Information;
    /// An agency changed an answer that nobody had asked about, and nobody signed for it.
    ChangeUnapproved, "change-unapproved", MustFix;
    /// Corrections were taken from a workbook with questions that nobody signed off.
    CorrectionsTaken, "corrections-taken", Information;
    /// What an agency changed between two returns.
    AnswerChanged, "answer-changed", Information;
    /// Only an older return has an answer to a statement.
    AnswerOnlyInOlder, "answer-only-in-older", MustFix;
    /// Two different returns with no order between them: neither counts.
    ReturnUndecided, "return-undecided", MustFix;
    /// A workbook came back with nothing filled in.
    ReturnEmpty, "return-empty", PleaseCheck;
    /// A `[[return]]` entry names a file that is not in `returns/`.
    EntryUnmatched, "entry-unmatched", PleaseCheck;
    /// An agency replied to a question that a person had settled.
    ReplyToSettled, "reply-to-settled", PleaseCheck;
    /// A file is read as a person decided: as the one that counts, or as from another agency.
    ReturnDecided, "return-decided", Information;
    /// An agency replied to a question that is closed since.
    QuestionReplied, "question-replied", Information;
    /// The officer set a file aside, in `round.toml` or by a decision on record.
    ReturnSetAside, "return-set-aside", Information;
    /// An agency has not returned its workbook.
    ReturnMissing, "return-missing", Information;
    /// An output could not be written or replaced.
    OutputUnwritable, "output-unwritable", MustFix;
    /// A round's folder or file is not there, or is in the way.
    RoundMissing, "round-missing", MustFix;
    /// Another command works on the round.
    RoundBusy, "round-busy", MustFix;
    /// No theme has this id.
    ThemeUnknown, "theme-unknown", MustFix;
    /// Something in a workbook to check that cannot be understood.
    DraftUnread, "draft-unread", PleaseCheck;
    /// A source from which no draft theme can be made.
    DraftRefused, "draft-refused", MustFix;
    /// A stage failed on data of our own: a fault of the program.
    Internal, "internal", MustFix;
    /// A character that no bundled font can draw stands as its name in the PDF.
    CharacterWithoutGlyph, "character-without-glyph", Information;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
