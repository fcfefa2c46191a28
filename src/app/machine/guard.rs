//! Reads workbooks in worker processes, so that no file can take the program down. A worker is this same program; its memory and time are
//! limited, and an answer without its end record is not an answer. No other module starts a process of our own.
//!
//! A panic can be caught, a failed allocation cannot, and an endless loop must be stopped from outside. Workers read many files
//! each, because starting one for a file costs more than the reading.

use std::alloc::System;
use std::ffi::OsString;
use std::io::{self, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use cap::Cap;
use serde::{Deserialize, Serialize};

use crate::app::failure::Failure;
use crate::core::finding::{Code, Finding, Place};
use crate::workbook::file::book::{At, Book};
use crate::workbook::file::limits;
use crate::workbook::file::read::{ReadError, read};
use crate::workbook::file::scan::FileKind;

/// Counts what is allocated, so that a worker can be held to its limit. Other processes have no limit.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// The argument with which jtai starts itself as a worker. It is not a command for people.
const WORKER_COMMAND: &str = "read-worker";

/// Whether these arguments, the program's name first, are those with which a worker is started.
pub(crate) fn is_worker(arguments: &[OsString]) -> bool {
    matches!(arguments, [_, command] if command == WORKER_COMMAND)
}

/// The first bytes of every message between the two, with the version of what follows.
const MAGIC: [u8; 4] = *b"JTR1";

/// The last bytes of every answer.
const END: [u8; 4] = *b"END1";

/// The longest answer that is accepted, in bytes. A damaged length must not make us wait for, or allocate, more than that.
const LONGEST_ANSWER: u64 = 1024 * 1024 * 1024;

/// A workbook to read.
#[derive(Debug)]
pub(crate) struct Job {
    /// Its kind.
    pub kind: FileKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The cells that a named person cleared: their text is not held back.
    pub cleared: Vec<(String, At)>,
}

#[derive(Serialize, Deserialize)]
struct ReadRequest {
    kind: FileKind,
    length: u64,
    cleared: Vec<(String, At)>,
}

/// How long and with how much memory a kind of workbook may be read.
fn allowance(kind: FileKind) -> (Duration, usize) {
    match kind {
        FileKind::Xlsx => (limits::TIME, limits::MEMORY),
        FileKind::Xls | FileKind::Ods => (limits::TIME_LEGACY, limits::MEMORY_LEGACY),
    }
}

/// Why nothing can be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    /// A process could not be started.
    #[error("the part of jtai that reads workbooks could not be started: {0}")]
    NotStarted(io::Error),
    /// Somebody stopped it.
    #[error("the reading was stopped")]
    Stopped,
}

impl StartError {
    /// The part of jtai that reads workbooks could not be started, or was stopped. What the system says of it quotes no return.
    pub(crate) fn into_failure(self) -> Failure {
        if matches!(self, StartError::Stopped) {
            return Failure::stopped();
        }
        let remedy = "check that jtai may start itself from its folder: a virus scanner or a rule on this computer may forbid it";
        Failure::new(vec![Finding::new(Code::Internal, Place::file("jtai"), self.to_string(), "", remedy)])
    }
}

/// Reads `count` files with a pool of workers. `load` gives the job for a file and what to keep beside it, or the result if no reading is
/// needed. `each` makes the result from what was read. Both run on several threads; the results are in the order of the files.
///
/// # Errors
///
/// When a worker cannot be started, or `is_stopped` says so between two files.
pub(crate) fn run<C, T: Send>(
    count: usize,
    is_stopped: impl Fn() -> bool + Sync,
    load: impl Fn(usize) -> Result<(Job, C), T> + Sync,
    each: impl Fn(C, Result<Book, ReadError>) -> T + Sync,
) -> Result<Vec<T>, StartError> {
    let results: Vec<Mutex<Option<T>>> = (0..count).map(|_| Mutex::new(None)).collect();
    // Threads take the next file when they are free, so that one slow workbook does not hold up the others.
    let next = AtomicUsize::new(0);
    let one_thread = || -> Result<(), StartError> {
        let mut worker: Option<Worker> = None;
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return Ok(());
            }
            if is_stopped() {
                return Err(StartError::Stopped);
            }
            let result = match load(at) {
                Ok((job, kept)) => each(kept, Worker::answer(&mut worker, &job)?),
                Err(result) => result,
            };
            *results[at].lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        }
    };
    // One and a half times as many threads as cores: while a thread works on an answer, its worker waits.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = (cores + cores.div_ceil(2)).min(count);
    std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(one_thread)).collect();
        handles.into_iter().try_for_each(|handle| match handle.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })?;
    // OK because every thread ended well, and together they took every number.
    let taken = results.into_iter().map(|cell| cell.into_inner().unwrap_or_else(PoisonError::into_inner));
    Ok(taken.map(|result| result.expect("a result for each file")).collect())
}

/// Reads one workbook.
///
/// # Errors
///
/// When a worker cannot be started.
pub(crate) fn read_one(job: Job) -> Result<Result<Book, ReadError>, StartError> {
    Worker::answer(&mut None, &job)
}

/// One process, with a thread that takes in its answers.
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<io::Result<Result<Book, ReadError>>>,
    /// How many files it has read.
    reads: usize,
}

impl Worker {
    fn start() -> Result<Worker, StartError> {
        let program = std::env::current_exe().map_err(StartError::NotStarted)?;
        let mut child = Command::new(program)
            .arg(WORKER_COMMAND)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // The message of a crash may quote the workbook.
            .stderr(Stdio::null())
            .spawn()
            .map_err(StartError::NotStarted)?;
        let missing = || StartError::NotStarted(io::Error::other("its pipes are missing"));
        let input = child.stdin.take().ok_or_else(missing)?;
        let output = child.stdout.take().ok_or_else(missing)?;
        // Reading from a pipe has no time limit, but receiving from a channel has: so a thread reads.
        let (send, answers) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            loop {
                let answer = take_answer(&mut output);
                let is_last = answer.is_err();
                if send.send(answer).is_err() || is_last {
                    return;
                }
            }
        });
        Ok(Worker { child, input, answers, reads: 0 })
    }

    /// The cells of a workbook, or why it cannot be read. If a worker dies, the file that it was reading is to blame. But if it had read
    /// others before, the file is tried once more with a fresh worker, because the others may have used up its memory.
    fn answer(worker: &mut Option<Worker>, job: &Job) -> Result<Result<Book, ReadError>, StartError> {
        loop {
            let mut running = match worker.take() {
                Some(running) => running,
                None => Worker::start()?,
            };
            let had_read = running.reads > 0;
            match running.ask(job) {
                Ok(answer) => {
                    running.reads += 1;
                    *worker = Some(running);
                    return Ok(answer);
                }
                Err(why) => {
                    running.stop();
                    if !(had_read && why.may_be_worn) {
                        return Ok(Err(why.error));
                    }
                }
            }
        }
    }

    fn ask(&mut self, job: &Job) -> Result<Result<Book, ReadError>, Death> {
        let (time, memory) = allowance(job.kind);
        let died = || Death { error: ReadError::TooLarge(memory as u64 >> 20), may_be_worn: true };
        self.send(job).map_err(|_| died())?;
        match self.answers.recv_timeout(time) {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(died()),
            Err(RecvTimeoutError::Timeout) => {
                // No second try: earlier files do not make a worker slow, and it would take as long again.
                Err(Death { error: ReadError::TooSlow(time.as_secs()), may_be_worn: false })
            }
        }
    }

    fn send(&mut self, job: &Job) -> io::Result<()> {
        let request = ReadRequest { kind: job.kind, length: job.bytes.len() as u64, cleared: job.cleared.clone() };
        let request = rmp_serde::to_vec(&request).map_err(io::Error::other)?;
        self.input.write_all(&MAGIC)?;
        self.input.write_all(&(request.len() as u32).to_le_bytes())?;
        self.input.write_all(&request)?;
        self.input.write_all(&job.bytes)?;
        self.input.flush()
    }

    fn stop(mut self) {
        // A process that is gone already cannot be killed, and that is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Why a worker gave no answer.
struct Death {
    error: ReadError,
    may_be_worn: bool,
}

/// Takes one answer in: its length, what was read, and the end record with the number of its cells.
fn take_answer(output: &mut impl Read) -> io::Result<Result<Book, ReadError>> {
    let mut head = [0; 12];
    output.read_exact(&mut head)?;
    let length = u64::from_le_bytes(head[4..].try_into().map_err(io::Error::other)?);
    if head[..4] != MAGIC || length > LONGEST_ANSWER {
        return Err(io::Error::other("not an answer of a worker"));
    }
    let mut body = Vec::new();
    output.take(length).read_to_end(&mut body)?;
    let mut end = [0; 12];
    output.read_exact(&mut end)?;
    let answer: Result<Book, ReadError> = rmp_serde::from_slice(&body).map_err(io::Error::other)?;
    let cells = u64::from_le_bytes(end[4..].try_into().map_err(io::Error::other)?);
    if end[..4] != END || cells != cells_of(&answer) {
        return Err(io::Error::other("an answer without its end"));
    }
    Ok(answer)
}

fn cells_of(answer: &Result<Book, ReadError>) -> u64 {
    answer.as_ref().map_or(0, |book| book.sheets.iter().map(|sheet| sheet.cells.len() as u64).sum())
}

/// How much memory this process has allocated, in bytes.
pub(crate) fn memory_in_use() -> usize {
    ALLOCATOR.allocated()
}

/// Runs as a worker: takes files from standard input and writes answers to standard output, until there are no more.
///
/// # Errors
///
/// When the other end is gone or sends something that is not a request.
pub(crate) fn serve(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    loop {
        let mut head = [0; 8];
        match input.read_exact(&mut head) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            other => other?,
        }
        if head[..4] != MAGIC {
            return Err(io::Error::other("not a request"));
        }
        let length = u32::from_le_bytes(head[4..].try_into().map_err(io::Error::other)?);
        let request: ReadRequest =
            rmp_serde::from_read((&mut input).take(u64::from(length))).map_err(io::Error::other)?;
        let mut bytes = Vec::new();
        (&mut input).take(request.length).read_to_end(&mut bytes)?;
        let (_, memory) = allowance(request.kind);
        // What is allocated already is part of the limit; a limit below it would be refused.
        let _ = ALLOCATOR.set_limit(memory.max(ALLOCATOR.allocated() + 1));
        let answer = read(request.kind, &bytes, &request.cleared);
        drop(bytes);
        let body = rmp_serde::to_vec(&answer).map_err(io::Error::other)?;
        output.write_all(&MAGIC)?;
        output.write_all(&(body.len() as u64).to_le_bytes())?;
        output.write_all(&body)?;
        output.write_all(&END)?;
        output.write_all(&cells_of(&answer).to_le_bytes())?;
        output.flush()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(job: &Job) -> Vec<u8> {
        let request = ReadRequest { kind: job.kind, length: job.bytes.len() as u64, cleared: Vec::new() };
        let request = rmp_serde::to_vec(&request).expect("encoded");
        [MAGIC.as_slice(), &(request.len() as u32).to_le_bytes(), &request, &job.bytes].concat()
    }

    #[test]
    fn a_worker_answers_each_request_and_an_answer_cut_short_is_none() {
        let bytes = include_bytes!("../../../tests/resaved/libreoffice.xlsx").to_vec();
        let job = Job { kind: FileKind::Xlsx, bytes, cleared: Vec::new() };
        let broken = Job { kind: FileKind::Xlsx, bytes: b"PK\x03\x04".to_vec(), cleared: Vec::new() };
        let mut answers = Vec::new();
        serve([asked(&job), asked(&broken)].concat().as_slice(), &mut answers).expect("served");
        let mut rest = answers.as_slice();
        let first = take_answer(&mut rest).expect("an answer").expect("a book");
        assert_eq!(first.sheets.len(), 7);
        assert!(take_answer(&mut rest).expect("an answer").is_err());
        for cut in [3, 20, answers.len() / 3] {
            let mut cut = &answers[..cut];
            assert!(take_answer(&mut cut).is_err());
        }
    }
}
