//! Pictures of the numbers: plain data in, SVG with its alternative text out. One file a picture.
//!
//! A rating is never told by colour alone: its letter stands in its segment, the order is fixed, and every segment has a
//! dark outline. Units are points (1/72 inch), so that a chart on a slide has the sizes that are stated here.

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
    /// The picture by area, of each basis apart, in the order of the bases.
    pub areas: Vec<Vec<Chart>>,
    /// Each area's statements, in the order of the areas.
    pub criteria: Vec<Vec<Chart>>,
    /// Criteria by agencies, paged.
    pub heatmap: Vec<Chart>,
    /// The spread of ratings on each criterion.
    pub spread: Vec<Chart>,
    /// Who returned, and how completely.
    pub returns: Vec<Chart>,
    /// The ratings before and after challenge; none where there was none.
    pub challenged: Vec<Chart>,
    /// Ratings beside those of the round before, of each basis apart; none in a round that goes on from none.
    pub changed: Vec<Vec<Chart>>,
}

impl Charts {
    /// Lays every chart out; each is drawn when it is written.
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

    /// Those that may go before inspectors, in the order of the report. The heatmap has every agency's every rating, and what a challenge changed is beside self-ratings: both are for leaders.
    pub fn to_show(&self) -> impl Iterator<Item = &Chart> {
        let of_round = self.areas.iter().flatten().chain(self.criteria.iter().flatten());
        of_round.chain(&self.spread).chain(&self.returns).chain(self.changed.iter().flatten())
    }
}
