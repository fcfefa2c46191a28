//! One test binary: the house rules, the contract, the commands through the real binary, the goldens.

mod briefing;
mod choices;
mod columns;
mod deck_text;
mod drafts;
mod explain;
mod faulty;
mod issued;
mod messages;
mod mutants;
mod numbers;
mod ooxml;
mod outputs;
mod privacy;
mod project;
mod queries;
mod questions;
mod reading;
mod record;
mod renewal;
mod returns;
mod round_trip;
mod slides;
mod themes;
mod tidy;
mod truth;
