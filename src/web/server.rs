//! What all requests share: where pages are served, who may see them, which actions are under way.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use tokio::sync::{Notify, Semaphore};

use crate::app::report::Length;
use crate::app::rounds::KnownRound;
use crate::app::slides::{self, ShownDeck};
use crate::app::{self, Failure, Outcome, Request, StartPlace, Surroundings, files};
use crate::core::hash::sha256_hex;
use crate::web::checks::ServedAt;
use crate::web::limits;
use crate::web::sessions::Sessions;
use crate::web::tasks::{TaskProgress, Tasks};

/// What all requests share.
#[derive(Debug)]
pub(super) struct Server {
    /// Where pages are served.
    pub at: ServedAt,
    /// The one-time tokens that open the pages, with the list of rounds on this computer.
    pub place: StartPlace,
    /// The sessions of the browsers that opened them.
    pub sessions: Sessions,
    /// The actions under way.
    pub tasks: Tasks,
    /// The date to take for today; `None` for the system's.
    pub today: Option<Date>,
    /// Notified when the program is to stop.
    pub closed: Notify,
    /// Places for uploads. An upload has one of them while it arrives.
    pub uploads: Semaphore,
    asked: AtomicU64,
    /// The presentations that were drawn last, each with its round.
    decks: Mutex<Vec<(String, Length, Arc<ShownDeck>)>>,
    /// The slides that were drawn last from unsaved choices, each with its hash.
    previews: Mutex<Vec<(String, String)>>,
}

impl Server {
    /// A server as it starts: no sessions, no actions, nothing drawn.
    pub(super) fn new(at: ServedAt, place: StartPlace, today: Option<Date>) -> Server {
        Server {
            at,
            place,
            sessions: Sessions::default(),
            tasks: Tasks::default(),
            today,
            closed: Notify::new(),
            uploads: Semaphore::new(limits::UPLOADS),
            asked: AtomicU64::new(0),
            decks: Mutex::new(Vec::new()),
            previews: Mutex::new(Vec::new()),
        }
    }

    /// The first part of every address, with its slash.
    pub(super) fn base(&self) -> String {
        format!("/{}", self.at.segment)
    }

    /// Counts a request that a person made.
    pub(super) fn count_asked(&self) {
        self.asked.fetch_add(1, Ordering::Relaxed);
    }

    /// How many requests people made.
    pub(super) fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// The presentation of a round. It is drawn again only when something in the round's folders has changed.
    pub(super) async fn deck(&self, round: &KnownRound, length: Length) -> Result<Arc<ShownDeck>, Failure> {
        let print = files::print(&round.path);
        let kept = self.decks().iter().find(|(key, of, _)| *key == round.key && *of == length).cloned();
        if let Some((.., deck)) = kept.filter(|(.., deck)| deck.print == print) {
            return Ok(deck);
        }
        let path = round.path.clone();
        let deck = Arc::new(self.look_at(round, move |surroundings| slides::shown(&path, length, surroundings)).await?);
        let mut decks = self.decks();
        decks.retain(|(key, of, _)| !(*key == round.key && *of == length));
        decks.truncate(limits::DECKS - 1);
        decks.insert(0, (round.key.clone(), length, Arc::clone(&deck)));
        Ok(deck)
    }

    fn decks(&self) -> MutexGuard<'_, Vec<(String, Length, Arc<ShownDeck>)>> {
        self.decks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a drawn slide for the page that shows it, and returns its id.
    pub(super) fn keep_preview(&self, svg: String) -> String {
        let id = sha256_hex(svg.as_bytes());
        let mut previews = self.previews.lock().unwrap_or_else(PoisonError::into_inner);
        previews.retain(|(known, _)| *known != id);
        previews.truncate(limits::PREVIEWS - 1);
        previews.insert(0, (id.clone(), svg));
        id
    }

    /// A slide that is kept.
    pub(super) fn preview(&self, id: &str) -> Option<String> {
        let previews = self.previews.lock().unwrap_or_else(PoisonError::into_inner);
        previews.iter().find(|(known, _)| known == id).map(|(_, svg)| svg.clone())
    }

    /// Runs a short action and waits for it.
    pub(super) async fn act(&self, request: Request) -> Result<Outcome, Failure> {
        self.look(move |surroundings| app::act(&request, surroundings)).await
    }

    /// Runs something that needs today's date on a plain thread, and waits for it.
    pub(super) async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(Surroundings<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.look_on(self.today, look).await
    }

    /// The same for something about a round: the sample round is looked at on its own day.
    pub(super) async fn look_at<T: Send + 'static>(
        &self,
        round: &KnownRound,
        look: impl FnOnce(Surroundings<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.look_on(self.today.or(round.sample_day), look).await
    }

    async fn look_on<T: Send + 'static>(
        &self,
        today: Option<Date>,
        look: impl FnOnce(Surroundings<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.on_thread(move || {
            let progress = TaskProgress::default();
            look(Surroundings { given_day: today, progress: &progress, shows_findings: false })
        })
        .await
    }

    /// Runs something on a plain thread and waits for it. The runtime has one thread, and polars has a runtime of its own.
    pub(super) async fn on_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (send, receive) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || drop(send.send(app::guarded(work))));
        receive.await.unwrap_or_else(|_| Err(Failure::of_fault()))
    }
}
