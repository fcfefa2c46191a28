//! The pages: plain data in, markup out. They read no disk and no clock, so the same data always gives the same page.

pub(super) mod files;
pub(super) mod rounds;
pub(super) mod themes;
pub(super) mod drafts;
pub(super) mod new_round;
pub(super) mod again;
pub(super) mod progress;
pub(super) mod round;
pub(super) mod returns;
pub(super) mod repair;
pub(super) mod findings;
pub(super) mod slides;
pub(super) mod messages;
pub(super) mod choices;
pub(super) mod settings;
