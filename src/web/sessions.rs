//! The sessions: one secret for each browser that opened jtai, from which each form gets its token.

use std::sync::{Arc, Mutex, PoisonError};

use crate::core::hash::{sha256, sha256_hex};
use crate::web::limits;

/// One browser that opened jtai.
#[derive(Debug, Clone)]
pub(super) struct Session {
    secret: String,
    /// Who decided last, so that a person types the name once.
    decided_by: Arc<Mutex<String>>,
}

impl Session {
    /// Who decided last; empty before that.
    pub(super) fn decided_by(&self) -> String {
        self.decided_by.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps who decided, for the next form.
    pub(super) fn keep_decided_by(&self, name: &str) {
        *self.decided_by.lock().unwrap_or_else(PoisonError::into_inner) = name.to_string();
    }

    /// The token of the form that is sent to this address. It is useless for any other form, and in any other browser.
    pub(super) fn form_token(&self, action: &str) -> String {
        sha256_hex(format!("{} {action}", self.secret).as_bytes())
    }

    /// Whether a form has its token.
    pub(super) fn is_token(&self, action: &str, token: &str) -> bool {
        sha256(self.form_token(action).as_bytes()) == sha256(token.as_bytes())
    }
}

/// The open sessions, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    open: Mutex<Vec<Session>>,
}

impl Sessions {
    /// Opens a session with this secret. The oldest ends where there are too many.
    pub(super) fn begin(&self, secret: &str) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= limits::SESSIONS {
            open.remove(0);
        }
        open.push(Session { secret: secret.to_string(), decided_by: Arc::default() });
    }

    /// The session that one of these cookies belongs to.
    pub(super) fn find(&self, cookies: &[String]) -> Option<Session> {
        // A lock that a panic has poisoned is used all the same: one failed request must not lock everybody out.
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |session: &&Session| {
            // Hashes, as in `checks`: the time it takes must not tell how much of a guess is right.
            cookies.iter().any(|cookie| sha256(cookie.as_bytes()) == sha256(session.secret.as_bytes()))
        };
        open.iter().find(is_it).cloned()
    }
}
