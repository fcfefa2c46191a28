//! The feedback to agencies after challenge: a paper for each, with a message for the officer to send.

use std::path::PathBuf;

use rayon::prelude::*;
use serde::Serialize;

use crate::app::collect::Collected;
use crate::app::failure::Failure;
use crate::app::machine::disk::{OutputSet, WrittenOutputs};
use crate::app::machine::fault::OrFault;
use crate::app::open;
use crate::core::finding::Finding;
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::documents::feedback::FeedbackPaper;
use crate::export;
use crate::message::{self, Message, MessageDetails, MessageKind, MessageSubject};
use crate::round::Agency;

/// The papers that were written.
#[derive(Debug, Serialize)]
pub(crate) struct WrittenFeedback {
    /// How many agencies have one.
    pub papers: usize,
    /// Files that are new, or changed.
    pub new: Vec<String>,
    /// Notes of the meeting that are in no paper because they name a different agency: the agency and the statement of each.
    pub left_out: Vec<String>,
    /// The page with the messages.
    pub page: PathBuf,
    /// What was noticed while the files were written.
    #[serde(skip)]
    pub findings: Vec<Finding>,
}

/// The name of an agency's paper, in `feedback/`.
pub(super) fn paper_file(agency: &AgencyId) -> String {
    format!("{agency}.pdf")
}

/// The name of the message that it goes with.
pub(super) fn feedback_file(agency: &AgencyId) -> String {
    format!("{agency} {}.eml", MessageKind::Feedback.key())
}

/// The message to an agency, as it would be written now. `decided` counts what the meeting decided on its answers, as "1 changed and 2
/// upheld".
///
/// # Errors
///
/// When its text cannot be filled in.
pub(super) fn feedback_message(collected: &Collected, agency: &Agency, decided: String) -> Result<Message, Failure> {
    let open = &collected.open;
    let details = MessageDetails { decided, ..MessageDetails::default() };
    let template = open::template(&open.folder, MessageKind::Feedback)?;
    let issued = collected.record.record.issued_to(&agency.id);
    let code = issued.last().map_or(agency.id.as_str(), |last| last.issued.return_code.as_str());
    let file = paper_file(&agency.id);
    let about = MessageSubject { round: &open.round, theme: &open.opened.theme, agency, file: &file, code };
    message::compose(MessageKind::Feedback, &template, &about, &details).map_err(|fault| Failure::new(vec![*fault]))
}

/// A set of papers with their messages, ready to be written.
pub(super) struct ReadyFeedback {
    set: OutputSet,
    folder: PathBuf,
    papers: usize,
    left_out: Vec<String>,
}

/// Makes every paper and its message. An agency with no return that counts any more has no paper in the set.
///
/// # Errors
///
/// When a message's text cannot be filled in, or a paper cannot be laid out.
pub(super) fn ready(collected: &Collected, papers: &[FeedbackPaper]) -> Result<ReadyFeedback, Failure> {
    let folder = collected.open.folder.feedback();
    let mut set = OutputSet::whole(folder.clone());
    let of_round = |paper: &FeedbackPaper| collected.open.round.agency(&paper.agency);
    // In parallel, because laying out a PDF takes long and papers do not depend on each other.
    let laid_out: Vec<(&Agency, &FeedbackPaper, Vec<u8>)> = papers
        .par_iter()
        .filter_map(|paper| Some((of_round(paper)?, paper)))
        .map(|(agency, paper)| Ok((agency, paper, export::pdf::feedback(paper).or_fault()?.bytes)))
        .collect::<Result<_, Failure>>()?;
    let mut messages = Vec::new();
    for (agency, paper, pdf) in laid_out {
        let message = feedback_message(collected, agency, paper.decided.clone())?;
        set.add(feedback_file(&agency.id), export::eml::draft(&message, &pdf).or_fault()?);
        set.add(paper_file(&agency.id), pdf);
        messages.push(message);
    }
    set.add(
        message::PAGE,
        message::page(&collected.open.round, "Feedback to agencies", &lead(papers.len()), &messages),
    );
    let named = |paper: &FeedbackPaper| {
        let name = paper.name.clone();
        paper.left_out.iter().map(move |criterion| format!("{name} on {criterion}")).collect::<Vec<_>>()
    };
    Ok(ReadyFeedback { set, folder, papers: papers.len(), left_out: papers.iter().flat_map(named).collect() })
}

/// The first paragraph of the page of messages.
fn lead(papers: usize) -> String {
    let papers = words::capitalised(&words::count(papers, "paper"));
    format!(
        "{papers} to send, each to its own agency and to nobody else. Wait until all returns are in: an agency that gets two versions \
         of its paper could work out what a late partner rated."
    )
}

impl ReadyFeedback {
    /// Writes them.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or replaced.
    pub(super) fn write(self) -> Result<WrittenFeedback, Failure> {
        let ReadyFeedback { set, folder, papers, left_out } = self;
        // With no papers, and none of an earlier run to remove, no empty folder is made.
        let written = if papers == 0 && !folder.is_dir() { WrittenOutputs::default() } else { set.write()? };
        Ok(WrittenFeedback {
            papers,
            left_out,
            page: folder.join(written.name_of(message::PAGE)),
            new: written.new,
            findings: written.findings,
        })
    }
}
