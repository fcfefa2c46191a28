//! What the officer chose for the presentation, without choices that no longer fit the answers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::slide_key::SlideKey;
use crate::analysis::{Action, Due, Voice};
use crate::core::finding::Place;
use crate::core::ids::{AgencyId, CriterionId};
use crate::form::{Rating, TextKind};

/// An approval of a presentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who, with the role.
    pub by: String,
    /// When.
    pub on: Date,
    /// The codes of the presentations that were approved, in capitals: the short one, the full one, or both.
    pub runs: Vec<String>,
    /// The cell with the codes.
    pub place: Place,
}

/// A slide of the officer's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// Its headline.
    pub title: String,
    /// Its text.
    pub text: String,
    /// The slide that it comes after; `None` for before the method.
    pub after: Option<SlideKey>,
    /// The cell of its title.
    pub place: Place,
    /// The cell that names the slide it comes after.
    pub after_place: Place,
}

/// What was chosen, without choices that no longer fit the answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picks {
    /// Who approved the presentation, when, and which.
    pub approval: Option<Approval>,
    /// The words on what is working well; `None` if the rule picks.
    pub strengths: Option<Vec<Picked>>,
    /// The words on what agencies are worried about; `None` if the rule picks.
    pub worries: Option<Vec<Picked>>,
    /// The statements on where agencies differ; `None` if the rule picks.
    pub differences: Option<Vec<CriterionId>>,
    /// The actions on what needs to happen; `None` if the rule picks.
    pub actions: Option<Vec<PickedAction>>,
    /// Agencies' actions that the partnership agreed and the officer did not pick.
    pub agreed: Vec<(Action, Agreement)>,
    /// The texts that the officer has checked with the agencies they name: by agency, statement and kind of text.
    pub checked: BTreeSet<(AgencyId, CriterionId, TextKind)>,
    /// Slides shown because the officer asked for them.
    pub shown: BTreeSet<SlideKey>,
    /// The slides that are left out.
    pub left_out: BTreeSet<SlideKey>,
    /// Headlines by their slides.
    pub headlines: BTreeMap<SlideKey, String>,
    /// Local context, a line each.
    pub context: Vec<String>,
    /// Known issues, a line each.
    pub known_issues: Vec<String>,
    /// Figures of local context.
    pub figures: Vec<ContextFigure>,
    /// What children told the partnership, a line each.
    pub children: Vec<ChildrensLine>,
    /// Slides of the officer's own.
    pub added: Vec<Added>,
}

/// One agency's words on a slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Picked {
    /// The words, as the agency wrote them.
    pub voice: Voice,
    /// The officer's words for the slide; empty for the agency's own.
    pub wording: String,
    /// Whether the agency's answer is quoted in full although it wrote a short line of its own.
    pub is_whole: bool,
}

/// An action on a slide.
#[derive(Debug, Clone, PartialEq)]
pub struct PickedAction {
    /// The action, as the agency wrote it; `None` for one of the partnership's own, which no agency wrote.
    pub action: Option<Action>,
    /// Words for the slide; empty for the agency's own.
    pub wording: String,
    /// Whether the agency's answer is quoted in full although it wrote a short line of its own.
    pub is_whole: bool,
    /// Who leads, in the officer's words; empty for the agency's own.
    pub lead: String,
    /// The date the officer gave; `None` for the agency's own.
    pub by: Option<Date>,
    /// Who agreed it for the partnership, and when; `None` if nobody has.
    pub agreed: Option<Agreement>,
    /// Where its number is in the file.
    pub place: Place,
}

/// The partnership's agreement to an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Who, as in a board or a role.
    pub by: String,
    /// When.
    pub on: Date,
    /// Where that is written.
    pub place: Place,
}

/// A figure of local context. It comes from no return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextFigure {
    /// The figure, as in "1 in 9".
    pub figure: String,
    /// What it is.
    pub what: String,
    /// Where it comes from.
    pub source: String,
    /// Its date, as written.
    pub date: String,
    /// Where it is in the file.
    pub place: Place,
}

/// Something that children told the partnership. It comes from no return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildrensLine {
    /// The words.
    pub line: String,
    /// Where they come from.
    pub source: String,
    /// Where they are in the file.
    pub place: Place,
}

impl Picks {
    /// Whether the officer checked an answer's text with the agencies that it names.
    fn is_checked(&self, agency: &AgencyId, criterion: &CriterionId, kind: TextKind) -> bool {
        // Usually empty: this is asked for every text, and saves two copies of ids each time.
        !self.checked.is_empty() && self.checked.contains(&(agency.clone(), criterion.clone(), kind))
    }

    /// Whether the officer checked an agency's words with the agencies that they name.
    pub fn is_voice_checked(&self, voice: &Voice) -> bool {
        self.is_checked(&voice.agency, &voice.criterion, voice.kind())
    }

    /// Whether an action can be shown beside the worry it answers: the rule may show it, or the officer picked it.
    pub fn lets_show_action(&self, action: &Action) -> bool {
        self.lets_rule_show_action(action) || self.of_action(action).is_some()
    }

    /// Whether the rule may put an agency's words on a slide.
    pub fn lets_rule_show(&self, voice: &Voice) -> bool {
        voice.is_for_rule(self.is_voice_checked(voice))
    }

    /// Whether the rule may put an action on a slide.
    pub fn lets_rule_show_action(&self, action: &Action) -> bool {
        action.is_for_rule(self.is_checked(&action.agency, &action.criterion, TextKind::NeedsToHappen))
    }

    /// The officer's pick of an agency's action; `None` if it was not picked.
    pub fn of_action(&self, action: &Action) -> Option<&PickedAction> {
        let is_it = |one: &&PickedAction| {
            let own = one.action.as_ref();
            own.is_some_and(|own| own.agency == action.agency && own.criterion == action.criterion)
        };
        self.actions.iter().flatten().find(is_it)
    }

    /// Who agreed an agency's action for the partnership, and when.
    pub fn agreement(&self, action: &Action) -> Option<&Agreement> {
        let is_it =
            |(other, _): &&(Action, Agreement)| other.agency == action.agency && other.criterion == action.criterion;
        let picked = self.of_action(action).and_then(|picked| picked.agreed.as_ref());
        picked.or_else(|| self.agreed.iter().find(is_it).map(|(_, agreed)| agreed))
    }

    /// When an agency's action is due: the officer's date, else what the agency wrote.
    pub fn due(&self, action: &Action) -> Due {
        let by = self.of_action(action).and_then(|picked| picked.by);
        by.map_or_else(|| action.due.clone(), |by| Due::On(by.into()))
    }

    /// Who leads an agency's action: the officer's words, else what the agency wrote; `nobody` if no role is named.
    pub fn lead(&self, action: &Action, nobody: &str) -> String {
        match self.of_action(action) {
            Some(picked) if !picked.lead.is_empty() => picked.lead.clone(),
            _ => action.lead_on_slide(nobody).into_owned(),
        }
    }

    /// The actions of the partnership's own that are on slides.
    pub fn own_actions(&self) -> impl Iterator<Item = &PickedAction> {
        self.actions.iter().flatten().filter(|picked| picked.action.is_none())
    }

    /// Whether there is local context: lines or figures.
    pub fn has_context(&self) -> bool {
        !self.context.is_empty() || !self.figures.is_empty()
    }

    /// The pick from an answer that is rated Red; `None` if its words were not picked.
    pub fn shows_red(&self, agency: &AgencyId, criterion: &CriterionId) -> Option<&Picked> {
        let is_it = |picked: &&Picked| {
            picked.voice.rating == Rating::Red && picked.voice.agency == *agency && picked.voice.criterion == *criterion
        };
        self.worries.iter().flatten().find(is_it)
    }
}
