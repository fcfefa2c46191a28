//! Writes the workbook for the challenge meeting, the pages for the scrutineer, and what each agency gets back.
//!
//! A workbook that somebody has filled in is never touched: answers that it has no row for go into a new one beside it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::app::collect::ReadChallenge;
use crate::app::failure::Failure;
use crate::app::feedback::{self, WrittenFeedback};
use crate::app::lines;
use crate::app::machine::disk::{self, OutputSet};
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::app::report::{Length, Prepared, prepare};
use crate::challenge::{self, ChallengeQuestion, PackSource, RowKey, worth_asking};
use crate::chart::Charts;
use crate::core::finding::Finding;
use crate::documents::quoted::quoted_answers;
use crate::documents::scrutineer::{AskedAnswer, scrutineer};
use crate::documents::{self, deck};
use crate::export;
use crate::round::Folder;

/// The name of the first workbook.
const FIRST: &str = "challenge.xlsx";

/// The pages for the scrutineer, in a folder of their own.
const PAGES: &str = "scrutineer.pdf";

/// The most that is asked about one answer.
const MOST_ASKED: usize = 2;

/// What was written for the challenge meeting.
#[derive(Debug, Serialize)]
pub(crate) struct ChallengeOutcome {
    /// The workbook to fill in; `None` where every answer has its row in one that is there.
    pub workbook: Option<PathBuf>,
    /// How many answers have a row in it.
    pub rows: usize,
    /// How many of them are worth asking about first.
    pub first: usize,
    /// The workbooks that somebody has filled in, which were left as they are.
    pub filled: Vec<String>,
    /// The pages for the scrutineer.
    pub pages: PathBuf,
    /// What each agency gets back.
    pub feedback: WrittenFeedback,
    /// The figures before and after challenge, in words; empty where nothing is on record of any.
    pub so_far: String,
    /// What was noticed in `challenge/` and the record of it.
    #[serde(serialize_with = "lines::findings")]
    pub findings: Vec<Finding>,
    /// A note to show once, if this command upgraded a round that an earlier version made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// The folder for what comes back from the meeting.
    #[serde(skip)]
    pub folder: PathBuf,
    /// The round's folder.
    #[serde(skip)]
    pub round: PathBuf,
}

/// Collects, then writes what the meeting needs.
pub(super) fn challenge(dir: &Path, surroundings: Surroundings<'_>) -> Result<ChallengeOutcome, Failure> {
    let prepared = prepare(dir, surroundings)?;
    let Prepared { collected, analysis, today, .. } = &prepared;
    let folder = &collected.open.folder;
    let code = prepared.code(Length::Short);
    let charts = Charts::lay_out(prepared.shown());
    let inputs = prepared.inputs(Length::Short, &code, &charts);
    // The deck is made to know which answers slides quote: some questions are asked about those only.
    let all = worth_asking(&collected.open.round, analysis, &quoted_answers(&deck::deck(inputs)));
    let asked: Vec<AskedAnswer<'_>> = all
        .iter()
        .map(|one| AskedAnswer {
            answer: one.answer,
            question: one.questions[..one.questions.len().min(MOST_ASKED)].join(" "),
            prompts: one.prompts.iter().copied().take(MOST_ASKED).collect(),
        })
        .collect();
    let in_filled = rows_in_filled(&collected.challenge);
    // With the rating, because a row about a rating that has changed since no longer covers the answer.
    let is_new = |question: &ChallengeQuestion<'_>| {
        let answer = question.answer;
        let key = (answer.agency.clone(), answer.criterion.clone());
        !in_filled.contains(&(key, answer.state.challenged_key().to_string()))
    };
    let rows: Vec<ChallengeQuestion<'_>> = all.into_iter().filter(is_new).collect();
    let source = PackSource {
        theme: &collected.open.opened.theme,
        round: &collected.open.round,
        analysis,
        questions: &rows,
        made_on: *today,
    };
    let bytes = if rows.is_empty() { None } else { Some(challenge::workbook(source).or_fault()?) };
    // Challenge is about the self-ratings, even when the slides show the ratings after challenge.
    let inputs = inputs.of_own();
    let pages = scrutineer(inputs, &asked);
    let pages = export::pdf::scrutineer(&pages).or_fault()?;
    let papers = feedback::ready(collected, &documents::feedback::feedback(inputs, &asked))?;
    surroundings.go_on()?;
    let note = collected.note("challenge", *today, Vec::new())?;
    let on_record = collected.record.record.moderated().map(|(one, _)| one.file.as_str()).collect();
    let workbook = bytes.map(|bytes| write(folder, &on_record, &collected.challenge, &bytes)).transpose()?;
    let mut set = OutputSet::whole(folder.scrutineer_pages());
    set.add(PAGES, pages.bytes);
    let written = set.write()?;
    let feedback = papers.write()?;
    let of_challenge_alone = |finding: &&Finding| finding.place.file.starts_with("challenge/");
    let findings = collected.findings.iter().filter(of_challenge_alone).chain(&written.findings);
    let findings = findings.chain(&feedback.findings).cloned().collect();
    Ok(ChallengeOutcome {
        workbook,
        rows: rows.len(),
        first: rows.iter().filter(|row| !row.signs.is_empty()).count(),
        filled: filled(&collected.challenge).map(|(name, _)| name.to_string()).collect(),
        pages: folder.scrutineer_pages().join(written.name_of(PAGES)),
        feedback,
        so_far: collected.totals().challenge,
        findings,
        note,
        folder: folder.challenge(),
        round: dir.to_path_buf(),
    })
}

/// The workbooks that somebody has filled in, or that cannot be read.
fn filled(challenge: &ReadChallenge) -> impl Iterator<Item = (&str, Option<&challenge::ReadWorkbook>)> {
    let all = challenge.files.iter().map(|file| (file.name.as_str(), file.workbook.as_ref()));
    all.filter(|(_, workbook)| workbook.is_none_or(|workbook| !workbook.is_untouched))
}

/// The answers that have a row in a workbook that is filled in, each with the self-rating that it was written for.
fn rows_in_filled(challenge: &ReadChallenge) -> HashSet<(RowKey, String)> {
    let rows = filled(challenge).filter_map(|(_, workbook)| workbook).flat_map(|workbook| &workbook.rows);
    rows.map(|(key, row)| (key.clone(), row.challenged.clone())).collect()
}

/// Writes the workbook: over one that nobody has touched, else under the first free name. A name that the record has is not free, even if
/// its file is gone: the record knows rows by file, and would take the new file for the old one.
fn write(
    folder: &Folder,
    on_record: &HashSet<&str>,
    challenge: &ReadChallenge,
    bytes: &[u8],
) -> Result<PathBuf, Failure> {
    let names = std::iter::once(FIRST.to_string()).chain((2..).map(|number| format!("challenge {number}.xlsx")));
    let is_untouched = |name: &str| {
        let file = challenge.files.iter().find(|file| file.name == name);
        file.is_some_and(|file| file.workbook.as_ref().is_some_and(|workbook| workbook.is_untouched))
    };
    let mut paths = names.map(|name| folder.challenge().join(name));
    let is_free = |path: &PathBuf| {
        let name = folder.name_of(path);
        if on_record.contains(name.as_str()) {
            return false;
        }
        let is_ours = is_untouched(&name) && disk::lock_beside(path).is_none() && disk::check_replaceable(path).is_ok();
        !path.exists() || (is_ours && disk::check_no_link(path).is_ok())
    };
    // OK because the numbers in the names go on without end.
    let path = paths.find(is_free).unwrap_or_default();
    disk::make_folder(&folder.challenge())?;
    disk::write_changed(&path, bytes)?;
    Ok(path)
}
