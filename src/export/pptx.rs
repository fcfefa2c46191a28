//! The deck for PowerPoint: native, editable text, real titles, tables with header rows, charts with their data inside, alternative text,
//! notes, and the order of reading. The same words as the PDF.
//!
//! The parts are written here with `zip`, because the only library for it writes them in hash order and with the time of the run, gives
//! charts no alternative text and no link to their data, and leaves notes to be patched in. Parts that never change (master, layouts,
//! themes) are in `templates/pptx/`. ECMA-376, parts 1 and 2, specifies the package.

mod xml;
mod chart;
mod shapes;
mod placed;
mod master;
mod slide;
mod package;

use jiff::civil::Date;

use crate::documents::deck::Deck;
use package::PptxPackage;

pub use package::PptxError;

/// Writes the presentation, 16:9, one slide each, as of a day.
///
/// # Errors
///
/// When the package, or the data of a chart, cannot be made.
pub fn deck(deck: &Deck, made_on: Date) -> Result<Vec<u8>, PptxError> {
    let mut package = PptxPackage::new(&deck.cover, made_on);
    for (page, of) in (1..).zip(&deck.slides) {
        let drawn = slide::slide(&deck.cover, of, page);
        let charts = drawn.charts.iter().map(|bars| chart::chart(bars, made_on)).collect::<Result<Vec<_>, _>>()?;
        package.add(&drawn, charts);
    }
    package.finish()
}
