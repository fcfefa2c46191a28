//! Pages for an officer who never opens a terminal. They have no rules of their own: a page asks `app`, and shows what it answers.

mod limits;
mod headers;
mod checks;
mod sessions;
mod tasks;
mod server;
mod parts;
mod inputs;
mod pages;
mod routes;
mod serve;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::app::{self, Meeting, rounds};
use checks::ServedAt;
use server::Server;

/// How the pages are opened.
#[derive(Debug)]
pub(crate) struct PagesWishes {
    /// The round whose page opens; `None` for the page of all rounds.
    pub round: Option<PathBuf>,
    /// Whether no browser is opened.
    pub no_browser: bool,
    /// The date to take for today; `None` for the system's.
    pub today: Option<Date>,
}

/// The line under the address, once pages are served.
const HOW_TO_STOP: &str = "Close this window to stop.\n";

/// Opens the pages of a jtai that is already running, or serves them until somebody stops it. `announce` prints, first the address.
///
/// # Errors
///
/// When the system gives no port or cannot start a runtime.
pub(crate) fn open(wishes: &PagesWishes, announce: &dyn Fn(&str)) -> io::Result<()> {
    let round = wishes.round.as_deref().map(rounds::absolute);
    let key = round.as_deref().map(rounds::key_of).unwrap_or_default();
    let place = match app::meet(round.as_deref(), &key) {
        Meeting::First(place) => place,
        Meeting::Later { address } => {
            announce(&format!("{address}\njtai is already running. This opens its page.\n"));
            if !wishes.no_browser {
                // This process ends now, and a thread that opens the browser would end with it.
                app::open_browser_and_wait(&address);
            }
            return Ok(());
        }
    };
    let listener = serve::bind()?;
    // The first part of every address is new at each start, so that no page elsewhere can know an address here.
    let mut segment = app::random_hex();
    segment.truncate(32);
    let at = ServedAt { authority: listener.local_addr()?.to_string(), segment };
    let address = format!("{}/start/{}", at.address(), place.new_token(&key));
    // A second start reads the address from a file and connects to nothing: whoever took over the port could answer it.
    place.note_address(&at.address());
    let is_found = place.is_found();
    let server = Arc::new(Server::new(at, place, wishes.today));
    announce(&format!("{address}\n{HOW_TO_STOP}"));
    if !is_found {
        announce(
            "jtai cannot write to its own folder on this computer. If you start it again, it will not find these pages.\n",
        );
    }
    if !wishes.no_browser {
        app::open_browser(address);
    }
    serve::serve(listener, routes::router(&server), &server)
}
