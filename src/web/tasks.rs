//! Actions under way, each on its own thread, so that an action finishes even if its tab is closed. Actions on one round run one after the
//! other, so that what is started in a second tab meanwhile is done too.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use jiff::civil::Date;

use crate::app::{self, Failure, Outcome, Progress, Request, Surroundings};
use crate::core::finding::Finding;
use crate::web::limits;

/// The progress of an action.
#[derive(Debug, Default)]
pub(super) struct TaskProgress {
    count: AtomicUsize,
    read: AtomicUsize,
    is_stopped: AtomicBool,
    said: Mutex<Vec<Finding>>,
}

impl Progress for TaskProgress {
    fn begin(&self, returns: usize) {
        self.read.store(0, Ordering::Relaxed);
        self.count.store(returns, Ordering::Relaxed);
    }

    fn step(&self) {
        self.read.fetch_add(1, Ordering::Relaxed);
    }

    // Nothing to close, as the bar of the command line has: a page sees that there is a result.
    fn end(&self) {}

    fn say(&self, finding: &Finding) {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).push(finding.clone());
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}

/// One action, under way or ended.
#[derive(Debug)]
pub(super) struct Task {
    /// Its id in addresses.
    pub id: String,
    /// The key of its round.
    pub key: String,
    request: Request,
    notes: Mutex<Vec<String>>,
    has_begun: AtomicBool,
    progress: TaskProgress,
    result: Mutex<Option<Arc<Result<Outcome, Failure>>>>,
    ended: Condvar,
}

impl Task {
    /// The name of the command that does the same.
    pub(super) fn command(&self) -> &'static str {
        self.request.name()
    }

    /// What happened before it began, such as which files came in, in sentences for the page.
    pub(super) fn happened_before(&self) -> Vec<String> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it waits for an earlier action on the round.
    pub(super) fn is_waiting(&self) -> bool {
        !self.has_begun.load(Ordering::SeqCst)
    }

    /// Whether this action does what a new request asks. If files came with the request, only an action that has not begun will read them.
    fn meets(&self, request: &Request, notes: &[String]) -> bool {
        self.request == *request && (notes.is_empty() || self.is_waiting())
    }

    fn wait_for_end(&self) {
        let result = self.result.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.ended.wait_while(result, |result| result.is_none()));
    }

    fn run(&self, today: Option<Date>) {
        // From here on, files that come in may be too late for this action: see `meets`.
        self.has_begun.store(true, Ordering::SeqCst);
        let surroundings = Surroundings { given_day: today, progress: &self.progress, shows_findings: false };
        let result = app::act(&self.request, surroundings);
        *self.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(result));
        self.ended.notify_all();
    }

    /// What became of it; `None` while it is under way.
    pub(super) fn result(&self) -> Option<Arc<Result<Outcome, Failure>>> {
        self.result.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many returns have been read, and out of how many.
    pub(super) fn read(&self) -> (usize, usize) {
        let progress = &self.progress;
        (progress.read.load(Ordering::Relaxed), progress.count.load(Ordering::Relaxed))
    }

    /// The remarks made while it ran, whatever became of it.
    pub(super) fn remarks(&self) -> Vec<Finding> {
        self.progress.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks it to stop before it writes anything.
    pub(super) fn stop(&self) {
        self.progress.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub(super) fn is_stopping(&self) -> bool {
        self.progress.is_stopped()
    }
}

/// The actions since the program started.
#[derive(Debug, Default)]
pub(super) struct Tasks {
    all: Mutex<Vec<Arc<Task>>>,
}

impl Tasks {
    /// Starts an action on a round, after those that are under way there. If one of them does the same, that one is returned.
    pub(super) fn start(&self, key: &str, request: Request, today: Option<Date>, notes: Vec<String>) -> Arc<Task> {
        // The list stays locked until the new action is in it, so that two clicks at the same time cannot both start one.
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let is_before = |task: &&Arc<Task>| task.key == key && task.result().is_none();
        let before: Vec<Arc<Task>> = all.iter().filter(is_before).cloned().collect();
        if let Some(same) = before.iter().find(|task| task.meets(&request, &notes)) {
            same.notes.lock().unwrap_or_else(PoisonError::into_inner).extend(notes);
            return Arc::clone(same);
        }
        // Only finished actions are forgotten: the page of one that is under way must find it.
        if all.len() >= limits::TASKS
            && let Some(at) = all.iter().position(|task| task.result().is_some())
        {
            all.remove(at);
        }
        let mut id = app::random_hex();
        id.truncate(16);
        let task = Arc::new(Task {
            id,
            key: key.to_string(),
            request,
            notes: Mutex::new(notes),
            has_begun: AtomicBool::new(before.is_empty()),
            progress: TaskProgress::default(),
            result: Mutex::new(None),
            ended: Condvar::new(),
        });
        all.push(Arc::clone(&task));
        let at_work = Arc::clone(&task);
        std::thread::spawn(move || {
            before.iter().for_each(|task| task.wait_for_end());
            at_work.run(today);
        });
        task
    }

    /// The action with this id.
    pub(super) fn find(&self, id: &str) -> Option<Arc<Task>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).iter().find(|task| task.id == id).cloned()
    }

    /// The action that is under way on a round.
    pub(super) fn under_way(&self, key: &str) -> Option<Arc<Task>> {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|task| task.key == key && task.result().is_none()).cloned()
    }

    /// Whether any is under way.
    pub(super) fn is_any_under_way(&self) -> bool {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|task| task.result().is_none())
    }
}
