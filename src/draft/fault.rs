//! Why no draft could be made.

/// Why no draft could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found}")]
pub struct DraftError {
    /// What was found.
    pub found: String,
    /// What to do.
    pub remedy: String,
}

pub(super) fn fail<T>(found: &str, remedy: &str) -> Result<T, DraftError> {
    Err(DraftError { found: found.into(), remedy: remedy.into() })
}
