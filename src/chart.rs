//! Pictures of the numbers: plain data in, SVG with its alternative text out. There is one file for each picture.
//!
//! A rating is never shown by colour alone: each segment has its letter and a dark outline, and the order is fixed. Units are points (1/72
//! inch), so that a chart on a slide has exactly the sizes given here.

mod mark;
mod picture;
mod canvas;
mod bands;
mod heatmap;
mod returns;
mod spread;
mod changed;

pub use picture::{Bar, Bars, Chart, FULL_WIDTH_PT, SIDE_WIDTH_PT, Series, SeriesKind, change_look};

use crate::analysis::{Analysis, AreaSummary};

pub use bands::{areas, challenged, criteria};
pub use changed::changed;
pub use heatmap::heatmap;
pub use returns::returns;
pub use spread::spread;

/// Every chart of a report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Charts {
    /// The picture by area, one for each basis, in the order of the bases.
    pub areas: Vec<Vec<Chart>>,
    /// Each area's statements, in the order of the areas.
    pub criteria: Vec<Vec<Chart>>,
    /// Criteria by agencies, paged.
    pub heatmap: Vec<Chart>,
    /// The spread of ratings on each criterion.
    pub spread: Vec<Chart>,
    /// Who returned, and how completely.
    pub returns: Vec<Chart>,
    /// The ratings before and after challenge; empty if there was no challenge.
    pub challenged: Vec<Chart>,
    /// Ratings compared with the round before, one for each basis; empty in a round that follows no other.
    pub changed: Vec<Vec<Chart>>,
}

impl Charts {
    /// Lays out every chart. A chart is drawn only when it is written.
    pub fn lay_out(analysis: &Analysis) -> Charts {
        let of_area = |(at, area): (usize, &AreaSummary)| criteria(analysis, at, area);
        Charts {
            areas: areas(analysis),
            criteria: analysis.numbers.areas.iter().enumerate().map(of_area).collect(),
            heatmap: heatmap(analysis),
            spread: spread(analysis),
            returns: returns(analysis),
            challenged: challenged(analysis),
            changed: changed(analysis),
        }
    }

    /// The charts that inspectors may see, in the order of the report. The heatmap has every rating of every agency, and the charts of the
    /// challenge show what it changed: both are for leaders only.
    pub fn to_show(&self) -> impl Iterator<Item = &Chart> {
        let of_round = self.areas.iter().flatten().chain(self.criteria.iter().flatten());
        of_round.chain(&self.spread).chain(&self.returns).chain(self.changed.iter().flatten())
    }
}
