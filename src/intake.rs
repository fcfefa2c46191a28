//! What came in, pulled together. Responses come in; one typed answer for each agency and statement goes out.

pub mod arrivals;
pub mod entries;
pub mod selection;
pub mod questions;
pub mod standing;
pub mod answers;
