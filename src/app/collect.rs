//! Reads every file in `returns/`, selects the return that counts for each agency, and collects the findings.

mod returns;
mod challenge;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use crate::analysis::challenged::of_challenge;
use crate::analysis::{self, AgencySummary, BasisSummary, ChallengedNumbers, Numbers, sentences};
use crate::app::failure::Failure;
use crate::app::lines;
use crate::app::machine::disk::{self, Found, OutputSet};
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::app::news::News;
use crate::app::open::{self, OpenRound};
use crate::app::record::{self, Addition, RoundRecord};
use crate::core::finding::{self, Code, Finding, Place, Reference, Severity};
use crate::core::ids::{AgencyId, RoundId};
use crate::export;
use crate::intake::answers::{self, AnswerRow};
use crate::intake::arrivals::{self, Arrivals};
use crate::intake::corrections::AskedCells;
use crate::intake::decisions::Decisions;
use crate::intake::progress::SentQuestions;
use crate::intake::questions::{self, AskedQuestion};
use crate::intake::still_open::{self, CountingReturns};
use crate::intake::{entries, evidence, progress, recheck, selection, standing};
use crate::record::{Entry, NewEntry, Received, Recorded, Who};
use crate::response::{Response, ReturnFile};
use crate::round::{Agency, Folder};
use returns::held_back_name;

pub(crate) use challenge::ReadChallenge;
pub(crate) use returns::{ReadFile, read_alone, shown_name};

/// The file with all findings, in a round's report folder.
pub(crate) const FINDINGS: &str = "data/findings.csv";

/// The same as a workbook to work through.
pub(crate) const FINDINGS_BOOK: &str = "findings.xlsx";

/// What was collected.
#[derive(Debug, Serialize)]
pub(crate) struct CollectOutcome {
    /// The round.
    pub round: RoundId,
    /// The state of each agency's return, in the round's order.
    pub agencies: Vec<AgencyLine>,
    /// Everything noticed.
    #[serde(serialize_with = "lines::findings")]
    pub findings: Vec<Finding>,
    /// How much came back.
    pub totals: Totals,
    /// What is new since findings were last shown.
    #[serde(skip)]
    pub news: News,
    /// Where all findings are, as a workbook.
    #[serde(skip)]
    pub findings_book: PathBuf,
    /// A note to show once, if this command upgraded a round that an earlier version made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
}

/// The state of one agency's return.
#[derive(Debug, Serialize)]
pub(crate) struct AgencyLine {
    /// The agency.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// Whether a return counts for it.
    pub returned: bool,
    /// How many of its answers are rated, of each basis apart.
    pub answers: Vec<RatedAnswers>,
    /// Whether an approval is recorded in its return.
    pub approval_recorded: bool,
    /// How many findings about it must be fixed.
    pub must_fix: usize,
    /// How many should be checked.
    pub please_check: usize,
}

/// How much came back.
#[derive(Debug, Serialize)]
pub(crate) struct Totals {
    /// The number of agencies with a return that counts.
    pub agencies_returned: usize,
    /// The number of agencies that were asked to rate anything.
    pub agencies_asked: usize,
    /// The answers, one entry for each basis: ratings of official statements and of lines of enquiry are never added together.
    pub answers: Vec<RatedAnswers>,
    /// The ratings before and after challenge, in words, of each basis apart; empty where nothing is on record of any.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub challenge: String,
}

/// How many answers on the statements of one basis are rated.
#[derive(Debug, Serialize)]
pub(crate) struct RatedAnswers {
    /// The basis, in words.
    pub basis: &'static str,
    /// The answers that are rated.
    pub rated: usize,
    /// The answers that were asked for.
    pub asked: usize,
    /// The other answers in words, as in "2 not applicable".
    pub not_rated: Vec<String>,
}

impl RatedAnswers {
    fn new(of: &BasisSummary) -> RatedAnswers {
        let BasisSummary { basis, counts, .. } = of;
        let not_rated = sentences::not_rated(counts);
        RatedAnswers { basis: basis.name(), rated: counts.rated(), asked: counts.asked, not_rated }
    }

    /// Those of each basis.
    pub(crate) fn of_each(bases: &[BasisSummary]) -> Vec<RatedAnswers> {
        bases.iter().map(RatedAnswers::new).collect()
    }
}

/// A round with what its returns say.
#[derive(Debug)]
pub(crate) struct Collected {
    /// The round.
    pub open: OpenRound,
    /// One response an agency at most, in the round's order.
    pub responses: Vec<Response>,
    /// Every answer, returned or not.
    pub answers: Vec<AnswerRow>,
    /// What the answers add up to.
    pub numbers: Numbers,
    /// Everything noticed.
    pub findings: Vec<Finding>,
    /// The files looked at, each with the agency it is from where that is known.
    files: Vec<(ReturnFile, Option<AgencyId>)>,
    /// What people did and decided.
    pub record: RoundRecord,
    /// When each file came in.
    pub arrivals: Arrivals,
    /// What is in `challenge/`.
    pub challenge: ReadChallenge,
}

/// Collects, writes the findings, and records the files that were seen for the first time.
pub(super) fn collect(dir: &Path, surroundings: Surroundings<'_>) -> Result<CollectOutcome, Failure> {
    let today = surroundings.today();
    let mut collected = gather(dir, surroundings)?;
    surroundings.go_on()?;
    // The record first: when a file was first seen must be known even if the findings cannot be written.
    let note = collected.note("collect", today, Vec::new())?;
    let mut set = OutputSet::part(collected.open.folder.report());
    set.add(FINDINGS, export::csv::data(&export::data::findings(&collected.findings)));
    set.add(FINDINGS_BOOK, collected.findings_book(today)?);
    let written = set.write()?;
    collected.add(written.findings.iter().cloned());
    let findings_book = collected.open.folder.report().join(written.name_of(FINDINGS_BOOK));
    Ok(CollectOutcome {
        round: collected.open.round.id().clone(),
        agencies: collected.agency_lines(),
        totals: collected.totals(),
        findings: collected.findings,
        news: News::default(),
        findings_book,
        note,
    })
}

/// Reads every file in `returns/`, selects the returns that count, and works out the numbers. Writes nothing.
///
/// # Errors
///
/// When the round cannot be opened. No single return is an error: it is a finding.
pub(super) fn gather(dir: &Path, surroundings: Surroundings<'_>) -> Result<Collected, Failure> {
    let today = surroundings.today();
    let (open, record) = open::round(dir, today)?;
    let (files, skipped, unreadable) = files_in_returns(&open.folder);
    let mut findings = open.findings.clone();
    findings.extend(unreadable);
    findings.extend(record.findings());
    findings.extend(skipped.iter().map(|found| skipped_finding(&open.folder, found)));
    let names: Vec<String> = files.iter().map(|file| shown_name(&open.folder, &file.path)).collect();
    findings.extend(names.iter().filter_map(|name| held_back_name(name)));
    let decisions = Decisions::new(&record.record, &open.round);
    // The order of the steps below matters: an approval that somebody settled must be known before a return is selected. Findings are
    // numbered again after each step that adds some, because numbering gives the references by which decisions find their findings.
    let read = returns::read(&open, &record.record, &decisions, &files, surroundings)?;
    let (mut responses, seen) = told_apart(read, &mut findings);
    let arrivals = Arrivals::new(&record.record, &responses, &seen, today);
    let owners: HashMap<String, AgencyId> =
        responses.iter().map(|response| (response.file.name.clone(), response.agency.clone())).collect();
    let (theme, round) = (&open.opened.theme, &open.round);
    // Before selection, because a reply may be in a return that does not count.
    let replies = still_open::replies(&responses);
    let asked = AskedCells::new(&record.record);
    decisions.approve(&mut responses);
    let selected = selection::select(round, &decisions, &asked, responses);
    let mut responses = selected.output;
    let rechecked =
        open.previous.iter().flat_map(|previous| recheck::hold_against(previous, theme, round, &mut responses, today));
    let rechecked: Vec<Finding> = rechecked.collect();
    let counting = CountingReturns::new(&responses, &findings);
    findings = counting.still_open(findings, &selected.findings);
    findings.extend(selected.findings);
    findings.extend(rechecked);
    let odd = responses.iter().flat_map(|response| selection::odd_approval(response, round.issued_on, today));
    findings.extend(odd);
    findings.extend(responses.iter().flat_map(evidence::missing));
    findings.extend(arrivals::changed_here(&record.record, &seen));
    findings.extend(arrivals::gone(&record.record, &seen, &names));
    findings.extend(entries::unmatched_entries(round, &names));
    findings.extend(entries::vain_clearances(round, &seen, today));
    findings.extend(round.sent_to_come(today));
    findings.extend(round.clock_behind(today));
    let missing = standing::missing(theme, round, &responses, &findings, &arrivals.first_return, today);
    findings.extend(missing);
    finding::number(&mut findings);
    decisions.settle(&mut findings);
    let closed = still_open::note_replies(replies, &arrivals.first_seen, &mut findings);
    findings.extend(closed);
    findings.extend(decisions.about_files(&seen));
    finding::number(&mut findings);
    decisions.settle(&mut findings);
    let mut answers = answers::answers(theme, round, &responses, &findings);
    let challenge = challenge::read(&open, &record, &mut answers, today)?;
    findings.extend(challenge.findings.iter().cloned());
    finding::number(&mut findings);
    decisions.settle(&mut findings);
    findings.extend(decisions.differing(&findings));
    findings.extend(decisions.lapsed(&findings, &seen));
    finding::number(&mut findings);
    let numbers = analysis::count(theme, round, &responses, &answers).or_fault()?;
    let files = seen.into_iter().map(|file| (file.clone(), owners.get(&file.name).cloned())).collect();
    Ok(Collected { open, responses, answers, numbers, findings, record, files, arrivals, challenge })
}

/// Splits what was read into responses and files, and adds the findings to those given.
fn told_apart(read: Vec<ReadFile>, findings: &mut Vec<Finding>) -> (Vec<Response>, Vec<ReturnFile>) {
    let (mut responses, mut seen) = (Vec::new(), Vec::new());
    for read in read {
        responses.extend(read.checked.output);
        findings.extend(read.checked.findings);
        seen.extend(read.seen);
    }
    (responses, seen)
}

/// The files to read in `returns/`, those that are not returns, what could not be looked at.
fn files_in_returns(folder: &Folder) -> (Vec<Found>, Vec<Found>, Vec<Finding>) {
    let (found, mut findings) = disk::files_under(&folder.returns());
    for finding in &mut findings {
        finding.place.file = shown_name(folder, Path::new(&finding.place.file));
    }
    let (files, skipped): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|found| !disk::is_system_file(&found.path));
    (files, skipped, findings)
}

fn skipped_finding(folder: &Folder, found: &Found) -> Finding {
    let name = folder.name_of(&found.path);
    let (what, remedy) = if disk::LOCK_MARKS.iter().any(|mark| name.contains(mark)) {
        ("a lock file: somebody has the workbook open, and it may not be saved yet", "close it there and collect again")
    } else {
        ("a system file, not a return", "nothing to do")
    };
    Finding::new(Code::FileSkipped, Place::file(name.as_str()), what, "", remedy).naming(name)
}

impl Collected {
    /// Adds what a command noticed beside the returns.
    pub(crate) fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
        finding::number(&mut self.findings);
        Decisions::new(&self.record.record, &self.open.round).settle(&mut self.findings);
    }

    /// Findings about statements that nobody is asked, and groups without an agency.
    pub(crate) fn coverage(&self) -> Vec<Finding> {
        self.open.round.coverage(&self.open.opened.theme)
    }

    /// The day on which a file as it is now came in; `None` for one that is not here.
    pub(crate) fn came_in(&self, sha256: &str) -> Option<Date> {
        self.arrivals.came_in.get(sha256).copied()
    }

    /// Adds findings about decisions that no longer apply, on things that only a report notices. `others` are further findings that keep a
    /// decision alive; they are not added.
    pub(crate) fn add_lapsed_of_report(&mut self, others: Vec<Finding>) {
        let mut all: Vec<Finding> = self.findings.iter().cloned().chain(others).collect();
        finding::number(&mut all);
        let lapsed = Decisions::new(&self.record.record, &self.open.round).lapsed_of_report(&all);
        self.add(lapsed);
    }

    /// The files looked at, each with the agency it is from where that is known.
    pub(crate) fn files(&self) -> &[(ReturnFile, Option<AgencyId>)] {
        &self.files
    }

    /// When each file of an agency that is here came, as it is now.
    pub(crate) fn files_of(&self, agency: &AgencyId) -> impl Iterator<Item = Date> {
        let own = self.files.iter().filter(move |(_, owner)| owner.as_ref() == Some(agency));
        own.filter_map(|(file, _)| self.came_in(&file.sha256))
    }

    /// What each agency is asked about its return.
    pub(crate) fn questions(&self) -> HashMap<&AgencyId, Vec<AskedQuestion<'_>>> {
        let mut about: HashMap<&AgencyId, Vec<&Finding>> = HashMap::new();
        for finding in &self.findings {
            if let Some(agency) = &finding.subject.agency {
                about.entry(agency).or_default().push(finding);
            }
        }
        let of_response = |response: &'_ Response| -> Option<_> {
            let (agency, findings) = about.get_key_value(&response.agency)?;
            Some((*agency, questions::questions(response, findings)))
        };
        self.responses.iter().filter_map(of_response).collect()
    }

    /// The questions that went to an agency.
    pub(crate) fn sent_questions(&self, agency: &Agency) -> Vec<SentQuestions<'_>> {
        progress::sent_questions(
            &agency.id,
            &self.record.record,
            self.arrivals.questions_back.get(&agency.id).map_or(&[], Vec::as_slice),
        )
    }

    /// The questions to agencies that are open, sent or not, each by the first finding that it asks about.
    pub(crate) fn open_questions(&self) -> Vec<Reference> {
        let questions = self.questions();
        let of_agency = |agency: &'_ Agency| -> Vec<Reference> {
            let open = questions.get(&agency.id).map_or(&[][..], Vec::as_slice);
            open.iter().filter_map(|asked| asked.findings.first()?.reference.clone()).collect()
        };
        self.open.round.agencies.iter().flat_map(of_agency).collect()
    }

    /// The findings as a workbook.
    pub(crate) fn findings_book(&self, today: Date) -> Result<Vec<u8>, Failure> {
        export::findings::findings(&self.findings, &self.open.round, today).or_fault()
    }

    /// Adds to the record the files that were not seen before, and what else a command did. Returns a note to show once.
    ///
    /// # Errors
    ///
    /// When the record cannot be added to.
    pub(super) fn note(
        &self,
        command: &str,
        today: Date,
        more: Vec<NewEntry>,
    ) -> Result<Option<&'static str>, Failure> {
        self.note_as(command, record::who(&self.open.round, None), today, more)
    }

    /// The same, by somebody who is named.
    ///
    /// # Errors
    ///
    /// When the record cannot be added to.
    pub(super) fn note_as(
        &self,
        command: &str,
        who: Who,
        today: Date,
        more: Vec<NewEntry>,
    ) -> Result<Option<&'static str>, Failure> {
        let known: HashSet<(&str, &str)> =
            self.record.record.received().map(|(seen, _)| (seen.file.as_str(), seen.sha256.as_str())).collect();
        let new = self.files.iter().filter(|(file, _)| !known.contains(&(file.name.as_str(), file.sha256.as_str())));
        let entry = |(file, agency): &(ReturnFile, Option<AgencyId>)| {
            let (file, sha256, bytes) = (file.name.clone(), file.sha256.clone(), file.bytes as u64);
            NewEntry::from(Entry::Received(Received { file, sha256, bytes, agency: agency.clone() }))
        };
        let of_challenge = self.challenge.entries.iter().cloned();
        let entries = new.map(entry).chain(self.owners_found()).chain(of_challenge).chain(more).collect();
        self.open.add(&self.record, Addition { command, who, on: today, entries })
    }

    /// Entries for files whose agency was not known when they were first seen, as in rounds of an earlier version, and is known now.
    fn owners_found(&self) -> Vec<NewEntry> {
        let owners: HashMap<(&str, &str), &AgencyId> = self
            .files
            .iter()
            .filter_map(|(file, agency)| Some(((file.name.as_str(), file.sha256.as_str()), agency.as_ref()?)))
            .collect();
        let found = |recorded: &Recorded| {
            let Entry::Received(received) = &recorded.entry else { return None };
            let owner = owners.get(&(received.file.as_str(), received.sha256.as_str()))?;
            let entry = Entry::Received(Received { agency: Some((*owner).clone()), ..received.clone() });
            let replaces = vec![recorded.id.clone()];
            received.agency.is_none().then_some(NewEntry { on: Some(recorded.on), replaces, entry })
        };
        self.record.record.entries().filter_map(found).collect()
    }

    fn agency_lines(&self) -> Vec<AgencyLine> {
        let mut open: HashMap<(&AgencyId, Severity), usize> = HashMap::new();
        for finding in &self.findings {
            if let Some(agency) = &finding.subject.agency {
                *open.entry((agency, finding.severity())).or_default() += 1;
            }
        }
        let line = |agency: &AgencySummary| {
            let count = |severity| open.get(&(&agency.id, severity)).copied().unwrap_or(0);
            AgencyLine {
                id: agency.id.clone(),
                name: agency.name.clone(),
                returned: agency.is_returned,
                answers: RatedAnswers::of_each(&agency.bases),
                approval_recorded: agency.is_approval_recorded,
                must_fix: count(Severity::MustFix),
                please_check: count(Severity::PleaseCheck),
            }
        };
        self.numbers.agencies.iter().map(line).collect()
    }

    /// How much came back.
    pub(crate) fn totals(&self) -> Totals {
        Totals {
            agencies_returned: self.numbers.returned(),
            agencies_asked: self.numbers.asked(),
            answers: RatedAnswers::of_each(&self.numbers.bases),
            challenge: of_challenge(&self.numbers.challenged, ChallengedNumbers::before_and_after),
        }
    }
}
