//! The input for one workbook.

use jiff::civil::Date;

use super::paper::Paper;
use super::question::Question;
use crate::response::{Answer, HeadlineEntry, SpeaksFor};
use crate::round::{Agency, Round};
use crate::theme::{Area, Criterion, Theme};
use crate::workbook::contract::codes::return_code;
use crate::workbook::contract::sheets::{FORMAT, MetadataKey};

/// Everything that one workbook is made from.
#[derive(Debug, Clone, Copy)]
pub struct Issue<'a> {
    /// The theme as frozen in the round.
    pub theme: &'a Theme,
    /// The round.
    pub round: &'a Round,
    /// The agency that receives the workbook.
    pub agency: &'a Agency,
    /// Which issue of the agency's workbook it is, from 1. Each has its own return code.
    pub number: u32,
    /// The day by which it is due.
    pub return_by: Date,
    /// Answers to carry in; empty for a fresh workbook.
    pub answers: &'a [Answer],
    /// Headlines to carry in; empty for a fresh workbook.
    pub headlines: &'a [HeadlineEntry],
    /// For whom the answers speak, to carry in; `None` for a fresh workbook.
    pub speaks_for: Option<&'a SpeaksFor>,
    /// The questions about them; empty for a fresh workbook.
    pub questions: &'a [Question],
}

impl<'a> Issue<'a> {
    /// A fresh workbook: nothing carried in, nothing asked.
    pub fn fresh(theme: &'a Theme, round: &'a Round, agency: &'a Agency, number: u32) -> Issue<'a> {
        let return_by = round.due(agency);
        Issue {
            theme,
            round,
            agency,
            number,
            return_by,
            answers: &[],
            headlines: &[],
            speaks_for: None,
            questions: &[],
        }
    }

    /// Whether answers from the previous round are carried in, to be confirmed or changed.
    pub fn is_recheck(&self) -> bool {
        // An agency without an earlier return gets a fresh workbook, also in a round that follows one.
        self.round.goes_on_from.is_some() && !self.answers.is_empty()
    }

    /// What is on every page.
    pub fn paper(&self) -> Paper<'a> {
        Paper { marking: &self.round.marking, owner: &self.agency.name, audience: "" }
    }

    /// The statements to rate.
    pub fn statements(&self) -> Vec<(&'a Area, &'a Criterion)> {
        self.round.statements(self.theme, self.agency)
    }

    /// Whether the theme has anything that helps to answer one of the statements.
    pub fn has_guidance(&self) -> bool {
        self.statements().iter().any(|(_, criterion)| criterion.has_guidance_for(self.agency.group))
    }

    /// Whether the theme explains words of the field.
    pub fn has_glossary(&self) -> bool {
        !self.theme.glossary.is_empty()
    }

    /// The visible return code.
    pub fn return_code(&self) -> String {
        return_code(self.round.id(), &self.agency.id, self.number)
    }

    /// The identity of this workbook, for its metadata sheet and its document properties.
    pub fn metadata(&self) -> Vec<(MetadataKey, String)> {
        let value = |key| {
            Some(match key {
                MetadataKey::Format => FORMAT.to_string(),
                MetadataKey::Round => self.round.id().to_string(),
                MetadataKey::Theme => self.theme.id.to_string(),
                MetadataKey::Fingerprint => self.theme.fingerprint(),
                MetadataKey::Agency => self.agency.id.to_string(),
                MetadataKey::ReturnCode => self.return_code(),
                MetadataKey::Issue => self.number.to_string(),
                MetadataKey::Questions if self.questions.is_empty() => return None,
                MetadataKey::Questions => self.questions.len().to_string(),
            })
        };
        MetadataKey::ALL.into_iter().filter_map(|key| Some((key, value(key)?))).collect()
    }
}
