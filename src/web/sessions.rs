//! Who opened jtai: a secret a browser, and from it a token a form.

use std::sync::{Arc, Mutex, PoisonError};

use crate::core::hash::{sha256, sha256_hex};
use crate::web::limits;

/// One browser that opened jtai.
#[derive(Debug, Clone)]
pub(super) struct Session {
    secret: String,
    /// Who decided last: a person types a name once.
    decided_by: Arc<Mutex<String>>,
}

impl Session {
    /// Who decided last; empty before that.
    pub(super) fn decided_by(&self) -> String {
        self.decided_by.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps who decided.
    pub(super) fn keep_decided_by(&self, name: &str) {
        *self.decided_by.lock().unwrap_or_else(PoisonError::into_inner) = name.to_string();
    }

    /// The token of the form that is sent to this address: of no use for a different form, or in a different browser.
    pub(super) fn form_token(&self, action: &str) -> String {
        sha256_hex(format!("{} {action}", self.secret).as_bytes())
    }

    /// Whether a form has its token.
    pub(super) fn is_token(&self, action: &str, token: &str) -> bool {
        sha256(self.form_token(action).as_bytes()) == sha256(token.as_bytes())
    }
}

/// The sessions that are open.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    open: Mutex<Vec<Session>>,
}

impl Sessions {
    /// Opens one with this secret.
    pub(super) fn begin(&self, secret: &str) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= limits::SESSIONS {
            open.remove(0);
        }
        open.push(Session { secret: secret.to_string(), decided_by: Arc::default() });
    }

    /// The one that a cookie belongs to.
    pub(super) fn find(&self, cookies: &[String]) -> Option<Session> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |session: &&Session| {
            cookies.iter().any(|cookie| sha256(cookie.as_bytes()) == sha256(session.secret.as_bytes()))
        };
        open.iter().find(is_it).cloned()
    }
}
