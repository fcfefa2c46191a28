//! Reads and writes `previous/answers.json`.

use serde::{Deserialize, Serialize};

use super::answers::PreviousRound;

/// The version of the format. A file in a later format is refused.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct PreviousFile {
    format: u32,
    previous: PreviousRound,
}

/// Why the file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PreviousFault {
    /// A later version of the program wrote it.
    #[error("it is in format {0}, which this version of jtai does not know")]
    Later(u32),
    /// It was changed by hand, or cut short.
    #[error("it was changed or cut short: {0}")]
    Damaged(String),
}

/// The file's bytes.
///
/// # Errors
///
/// When memory cannot be written to.
pub fn as_json(previous: &PreviousRound) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(&PreviousFile { format: FORMAT, previous: previous.clone() })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads the file.
///
/// # Errors
///
/// When it is of a later format, or not as it was written.
pub fn from_json(bytes: &[u8]) -> Result<PreviousRound, PreviousFault> {
    #[derive(Deserialize)]
    struct OnlyFormat {
        format: u32,
    }
    let damaged = |error: serde_json::Error| PreviousFault::Damaged(error.to_string());
    let OnlyFormat { format } = serde_json::from_slice(bytes).map_err(damaged)?;
    if format > FORMAT {
        return Err(PreviousFault::Later(format));
    }
    let PreviousFile { previous, .. } = serde_json::from_slice(bytes).map_err(damaged)?;
    Ok(previous)
}
