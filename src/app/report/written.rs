//! The presentation that is in `report/`, as far as its `schema.json` tells. No PDF has to be read for it.

use serde::Serialize;

use crate::app::machine::disk;
use crate::documents::Cover;
use crate::round::Folder;

/// The presentation in `report/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct WrittenReport {
    /// The code at the foot of its slides.
    pub code: String,
    /// Why its pages say DRAFT; empty if they do not, or if a version before this one wrote it.
    pub draft: String,
    /// Who approved it; empty while it is a draft.
    pub approved: String,
}

impl WrittenReport {
    /// Whether its pages are those that would be made now: an approval changes no code, and takes DRAFT off every page.
    pub(crate) fn is_of(&self, cover: &Cover) -> bool {
        self.code == cover.run && self.draft == cover.draft && self.approved == cover.approved
    }
}

/// The presentation in a round's `report/`; `None` if there is none.
pub(crate) fn written(folder: &Folder) -> Option<WrittenReport> {
    let schema = disk::read_text(&folder.report_schema()).ok()?;
    let schema: serde_json::Value = serde_json::from_str(&schema).ok()?;
    let text = |key: &str| schema[key].as_str().unwrap_or_default().to_string();
    Some(WrittenReport { code: text("run"), draft: text("draft"), approved: text("approved") })
}
