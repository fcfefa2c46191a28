//! What the officer chose for the presentation, as far as it fits the answers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::slide_key::SlideKey;
use crate::analysis::{Action, Voice};
use crate::core::finding::Place;
use crate::core::ids::{AgencyId, CriterionId};
use crate::form::Rating;

/// An approval of a presentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who, with the role.
    pub by: String,
    /// When.
    pub on: Date,
    /// The codes of the presentations that were approved, in capitals: the short one, the full one, or both.
    pub runs: Vec<String>,
    /// Where they stand.
    pub place: Place,
}

/// A slide of the officer's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// Its headline.
    pub title: String,
    /// Its text.
    pub text: String,
    /// The slide that it stands after; `None` for before the method.
    pub after: Option<SlideKey>,
    /// Where its title stands in the file.
    pub place: Place,
    /// Where the slide that it stands after is named.
    pub after_place: Place,
}

/// What was chosen, as far as it fits the answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picks {
    /// Who approved the presentation, when, and which.
    pub approval: Option<Approval>,
    /// The words on what is working well; `None` where the rule picks.
    pub strengths: Option<Vec<Picked>>,
    /// The words on what agencies are worried about; `None` where the rule picks.
    pub worries: Option<Vec<Picked>>,
    /// The statements on where agencies differ; `None` where the rule picks.
    pub differences: Option<Vec<CriterionId>>,
    /// The actions on what needs to happen; `None` where the rule picks.
    pub actions: Option<Vec<PickedAction>>,
    /// Slides that are shown only where the officer says so.
    pub shown: BTreeSet<SlideKey>,
    /// The slides that are left out.
    pub left_out: BTreeSet<SlideKey>,
    /// Headlines by their slides.
    pub headlines: BTreeMap<SlideKey, String>,
    /// Local context, a line each.
    pub context: Vec<String>,
    /// Known issues, a line each.
    pub known_issues: Vec<String>,
    /// Slides of the officer's own.
    pub added: Vec<Added>,
}

/// One agency's words on a slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Picked {
    /// The words, as the agency wrote them.
    pub voice: Voice,
    /// Other words for the slide; empty for the agency's own.
    pub wording: String,
}

/// An action on a slide.
#[derive(Debug, Clone, PartialEq)]
pub struct PickedAction {
    /// The action, as the agency wrote it.
    pub action: Action,
    /// Other words for the slide; empty for the agency's own.
    pub wording: String,
    /// Other words for who leads; empty for the agency's own.
    pub lead: String,
    /// Another date; `None` for the agency's own.
    pub by: Option<Date>,
    /// Who agreed it for the partnership and when, in a few words; empty where nobody has.
    pub agreed: String,
}

impl Picks {
    /// The words that were chosen under a Red rating, by agency and statement.
    pub fn shows_red(&self, agency: &AgencyId, criterion: &CriterionId) -> Option<&Picked> {
        let is_it = |picked: &&Picked| {
            picked.voice.rating == Rating::Red && picked.voice.agency == *agency && picked.voice.criterion == *criterion
        };
        self.worries.iter().flatten().find(is_it)
    }
}
