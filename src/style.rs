//! The look of everything that is sent or shown.

pub mod palette;
pub mod fonts;
pub mod marks;
pub mod brand;
pub mod paging;
