//! Actions under way, each on a thread of its own: a tab may close, and its action ends all the same. One a round at a time.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;

use crate::app::{self, Failure, Outcome, Progress, Request, Surroundings};
use crate::core::finding::Finding;
use crate::web::limits;

/// How far an action is.
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
    /// What it is called in addresses.
    pub id: String,
    /// The round.
    pub key: String,
    /// The command that does the same.
    pub command: &'static str,
    /// What happened before it, in sentences for the page.
    notes: Mutex<Vec<String>>,
    /// Whether it no longer waits for an action before it.
    has_begun: AtomicBool,
    progress: TaskProgress,
    result: Mutex<Option<Arc<Result<Outcome, Failure>>>>,
    /// Told when there is a result.
    has_ended: Condvar,
}

impl Task {
    /// What became of it; `None` while it is under way.
    pub(super) fn result(&self) -> Option<Arc<Result<Outcome, Failure>>> {
        self.result.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What happened before it, in sentences.
    pub(super) fn came_before(&self) -> Vec<String> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Comes back once it has ended.
    fn wait_for_its_end(&self) {
        let result = self.result.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.has_ended.wait_while(result, |result| result.is_none()));
    }

    /// How many returns are read, and of how many.
    pub(super) fn read(&self) -> (usize, usize) {
        let progress = &self.progress;
        (progress.read.load(Ordering::Relaxed), progress.count.load(Ordering::Relaxed))
    }

    /// What was worth saying, whatever became of the action.
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

/// The actions of this run.
#[derive(Debug, Default)]
pub(super) struct Tasks {
    all: Mutex<Vec<Arc<Task>>>,
}

impl Tasks {
    /// Starts an action on a round. Where one is under way there already, that one is given, and nothing is started.
    pub(super) fn start(&self, key: &str, request: Request, today: Option<Date>) -> Arc<Task> {
        let mut all = self.all();
        let under_way = all.iter().find(|task| task.key == key && task.result().is_none()).cloned();
        under_way.unwrap_or_else(|| begin(&mut all, key, request, today, None))
    }

    /// Starts an action on a round because of something that happened, which its page says. It waits for those that are under way there:
    /// they may have looked before. One that waits already takes the note too.
    pub(super) fn start_after(
        &self,
        key: &str,
        request: Request,
        today: Option<Date>,
        notes: Vec<String>,
    ) -> Arc<Task> {
        let mut all = self.all();
        let under_way: Vec<&Arc<Task>> = all.iter().filter(|task| task.key == key && task.result().is_none()).collect();
        let waits = |task: &&&Arc<Task>| !task.has_begun.load(Ordering::Relaxed) && task.command == request.name();
        let task = match under_way.iter().find(waits) {
            Some(waiting) => Arc::clone(waiting),
            None => {
                let before = under_way.last().map(|task| Arc::clone(task));
                begin(&mut all, key, request, today, before)
            }
        };
        task.notes.lock().unwrap_or_else(PoisonError::into_inner).extend(notes);
        task
    }

    fn all(&self) -> MutexGuard<'_, Vec<Arc<Task>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The action that is called so.
    pub(super) fn find(&self, id: &str) -> Option<Arc<Task>> {
        self.all().iter().find(|task| task.id == id).cloned()
    }

    /// The action that is under way on a round.
    pub(super) fn under_way(&self, key: &str) -> Option<Arc<Task>> {
        self.all().iter().find(|task| task.key == key && task.result().is_none()).cloned()
    }

    /// Whether any is under way.
    pub(super) fn is_any_under_way(&self) -> bool {
        self.all().iter().any(|task| task.result().is_none())
    }
}

/// Starts an action on a thread of its own, once the one before it has ended.
fn begin(
    all: &mut Vec<Arc<Task>>,
    key: &str,
    request: Request,
    today: Option<Date>,
    before: Option<Arc<Task>>,
) -> Arc<Task> {
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
        command: request.name(),
        notes: Mutex::new(Vec::new()),
        has_begun: AtomicBool::new(before.is_none()),
        progress: TaskProgress::default(),
        result: Mutex::new(None),
        has_ended: Condvar::new(),
    });
    all.push(Arc::clone(&task));
    let at_work = Arc::clone(&task);
    std::thread::spawn(move || {
        if let Some(before) = before {
            before.wait_for_its_end();
        }
        at_work.has_begun.store(true, Ordering::Relaxed);
        let surroundings = Surroundings { given_day: today, progress: &at_work.progress, shows_findings: false };
        let result = app::act(&request, surroundings);
        *at_work.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(result));
        at_work.has_ended.notify_all();
    });
    task
}
