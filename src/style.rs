//! What everything that goes out looks like.

pub mod palette;
pub mod fonts;
pub mod marks;
pub mod brand;
pub mod paging;
