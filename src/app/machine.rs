//! The disk, the clock and the processes of the machine that an action runs on.

pub(crate) mod disk;
pub(crate) mod fault;
pub(crate) mod lock;
pub(crate) mod guard;
pub(crate) mod cache;
pub(crate) mod surroundings;
pub(crate) mod start;
pub(crate) mod console;
pub(crate) mod browser;
