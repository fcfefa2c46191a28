//! A native chart of stacked bars, with the workbook of its data.

use jiff::civil::Date;

use super::xml::{DECLARATION, escape, fill, line};
use crate::chart::{Bars, Series, SeriesKind, change_look};
use crate::style::fonts::{self, Weight};
use crate::style::palette::{self, Colour};
use crate::workbook::write::{WriteError, chart_data};

/// A chart as a part of the package, and its workbook.
#[derive(Debug)]
pub(super) struct ChartPart {
    /// The part.
    pub xml: String,
    /// The workbook that "Edit data" opens.
    pub workbook: Vec<u8>,
}

/// Makes both from the numbers.
pub(super) fn chart(bars: &Bars, made_on: Date) -> Result<ChartPart, WriteError> {
    Ok(ChartPart { xml: xml(bars), workbook: workbook(bars, made_on)? })
}

fn workbook(bars: &Bars, made_on: Date) -> Result<Vec<u8>, WriteError> {
    let labels: Vec<&str> = bars.rows.iter().map(|bar| bar.label.as_str()).collect();
    let series: Vec<(&str, &[usize])> =
        bars.series.iter().map(|series| (series.kind.words(), series.values.as_slice())).collect();
    chart_data(&labels, &series, made_on)
}

/// Fill, outline and label of a part of a bar, whether its outline is dashed, and the letter before its count.
fn look(kind: SeriesKind) -> (Colour, Colour, bool, String) {
    match kind {
        SeriesKind::Rating(rating) => {
            let swatch = palette::rating(rating);
            (swatch.fill, swatch.ink, false, format!("{} ", rating.letter()))
        }
        SeriesKind::Rated => (palette::NAVY, palette::WHITE, false, String::new()),
        SeriesKind::NotApplicable => (palette::LINE, palette::INK, false, String::new()),
        SeriesKind::NotAnswered => (palette::WHITE, palette::INK, true, String::new()),
        SeriesKind::Change(kind) => {
            let (swatch, letter) = change_look(kind);
            (swatch.fill, swatch.ink, false, format!("{letter} "))
        }
    }
}

fn text_properties(hundredths: u32, ink: Colour, is_bold: bool) -> String {
    format!(
        "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr lang=\"en-GB\" sz=\"{hundredths}\" b=\"{}\">{}<a:latin \
         typeface=\"+mn-lt\"/></a:defRPr></a:pPr><a:endParaRPr lang=\"en-GB\"/></a:p></c:txPr>",
        u8::from(is_bold),
        fill(Some(ink))
    )
}

/// The size of labels in bars, in points, and in parts of a bar that are too narrow for it.
const LABEL_PT: f32 = 14.0;
const NARROW_PT: f32 = 11.0;

/// The length of this many in a chart, in points.
fn length(bars: &Bars, n: usize) -> f32 {
    let plot = (bars.frame_pt.1 - bars.frame_pt.0 - bars.labels_pt) as f32;
    plot * n as f32 / bars.longest.max(1) as f32
}

/// The space beside a part's label, in points. With less, labels of neighbouring parts run together.
const LABEL_ROOM_PT: f32 = 8.0;

/// The width of a part's smaller label, in points.
fn narrow_width(value: usize) -> f32 {
    fonts::width(&format!("R{value}"), NARROW_PT, Weight::Bold) + 2.0
}

/// Where a bar ends in the chart's plot, in points.
pub(super) fn end(bars: &Bars, at: usize) -> f32 {
    length(bars, bars.series.iter().map(|series| series.values[at]).sum())
}

/// Whether the counts of each bar go under it, as in the PDF: they do if they are not after the bar and no statement beside it has them.
pub(super) fn has_counts_under(bars: &Bars) -> bool {
    bars.behind_pt == 0 && bars.rows.iter().all(|row| row.statement.is_empty()) && has_counts(bars)
}

/// Whether the counts of the bars are given in words too.
fn has_counts(bars: &Bars) -> bool {
    bars.rows.iter().any(|row| !row.counts.is_empty())
}

/// The gap between bars, in percent of their height: larger if their counts are under them.
fn gap_width(bars: &Bars) -> u32 {
    if has_counts_under(bars) { 150 } else { 45 }
}

/// The labels of parts that are too narrow for the usual ones: smaller and without a blank, on a ground as wide as needed. There is none if
/// even that does not fit and the counts are given in words.
fn narrow(bars: &Bars, series: &Series) -> String {
    let (ground, ink, _, letter) = self::look(series.kind);
    let format = number_format(letter.trim_end());
    let look = text_properties((NARROW_PT * 100.0) as u32, ink, true);
    let labels = series.values.iter().enumerate().map(|(at, value)| {
        let needed = fonts::width(&format!("R {value}"), LABEL_PT, Weight::Bold);
        if *value == 0 || length(bars, *value) > needed + LABEL_ROOM_PT {
            return String::new();
        }
        let is_said = length(bars, *value) < narrow_width(*value) && has_counts(bars);
        match is_said {
            false => format!(
                "<c:dLbl><c:idx val=\"{at}\"/>{format}<c:spPr>{}</c:spPr>{look}{SHOWN}</c:dLbl>",
                fill(Some(ground))
            ),
            true => format!("<c:dLbl><c:idx val=\"{at}\"/><c:delete val=\"1\"/></c:dLbl>"),
        }
    });
    labels.collect()
}

/// The position of a label, and that it shows the value and nothing else.
const SHOWN: &str = "<c:dLblPos val=\"ctr\"/><c:showLegendKey val=\"0\"/><c:showVal val=\"1\"/><c:showCatName val=\"0\"/>\
                     <c:showSerName val=\"0\"/><c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/>";

/// The number with its letter; a count of zero has no label.
fn number_format(letter: &str) -> String {
    let letter = if letter.is_empty() { String::new() } else { format!("\"{letter}\"") };
    // A number format has four parts: positive, negative, zero, text. The last three are empty, so a zero shows nothing.
    format!("<c:numFmt formatCode=\"{}\" sourceLinked=\"0\"/>", escape(&format!("{letter}0;;;")))
}

/// The labels of a series. One that is not a rating has none, because the words beside the bar say it.
fn labels(bars: &Bars, series: &Series) -> String {
    let (_, ink, _, letter) = look(series.kind);
    if !matches!(series.kind, SeriesKind::Rating(_) | SeriesKind::Change(_)) {
        return "<c:dLbls><c:delete val=\"1\"/></c:dLbls>".into();
    }
    let (format, look) = (number_format(&letter), text_properties((LABEL_PT * 100.0) as u32, ink, true));
    format!(
        "<c:dLbls>{}{format}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{look}{SHOWN}</c:dLbls>",
        narrow(bars, series)
    )
}

fn series(bars: &Bars, at: usize, series: &Series) -> String {
    let (ground, _, is_dashed, _) = look(series.kind);
    // Column A has the labels of the bars; there are at most three series.
    let column = char::from(b'B' + at as u8);
    let last = bars.rows.len() + 1;
    let points = |values: &mut dyn Iterator<Item = String>| -> String {
        let point = |(at, value): (usize, String)| format!("<c:pt idx=\"{at}\"><c:v>{value}</c:v></c:pt>");
        values.enumerate().map(point).collect()
    };
    let count = bars.rows.len();
    let names = points(&mut bars.rows.iter().map(|bar| escape(&bar.label)));
    let values = points(&mut series.values.iter().map(usize::to_string));
    format!(
        "<c:ser><c:idx val=\"{at}\"/><c:order val=\"{at}\"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount \
         val=\"1\"/><c:pt idx=\"0\"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr>{fill}{outline}</c:spPr>\
         <c:invertIfNegative val=\"0\"/>{labels}<c:cat><c:strRef>\
         <c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache><c:ptCount val=\"{count}\"/>{names}</c:strCache></c:strRef></c:cat><c:val><c:numRef>\
         <c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val=\"{count}\"/>{values}\
         </c:numCache></c:numRef></c:val></c:ser>",
        name = series.kind.words(),
        fill = fill(Some(ground)),
        outline = line(Some(palette::INK), 0.75, is_dashed),
        labels = labels(bars, series),
    )
}

fn xml(bars: &Bars) -> String {
    let all: String = bars.series.iter().enumerate().map(|(at, one)| series(bars, at, one)).collect();
    let size = if bars.rows.len() > 10 { 1100 } else { 1400 };
    let frame = (bars.frame_pt.1 - bars.frame_pt.0).max(1) as f32;
    let labels = bars.labels_pt as f32 / frame;
    // The bars fill the frame beside their labels, so that the texts beside each bar line up with it.
    let layout = format!(
        "<c:layout><c:manualLayout><c:layoutTarget val=\"inner\"/><c:xMode val=\"edge\"/><c:yMode val=\"edge\"/><c:x val=\"{labels:.4}\"/>\
         <c:y val=\"0\"/><c:w val=\"{:.4}\"/><c:h val=\"1\"/></c:manualLayout></c:layout>",
        1.0 - labels
    );
    // A fixed maximum, so that the bars on all pages of the picture have one scale.
    let most = bars.longest.max(1);
    let tick_labels = if bars.labels_pt == 0 { "none" } else { "low" };
    let axis = format!(
        "<c:spPr>{}</c:spPr>{}",
        line(Some(palette::GREY), 0.75, false),
        text_properties(size, palette::INK, false)
    );
    // The category axis runs from the top (`maxMin`): otherwise the first bar would be the lowest.
    format!(
        "{DECLARATION}<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><c:date1904 val=\"0\"/><c:lang val=\"en-GB\"/>\
         <c:roundedCorners val=\"0\"/><c:chart><c:autoTitleDeleted val=\"1\"/><c:plotArea>{layout}<c:barChart><c:barDir val=\"bar\"/>\
         <c:grouping val=\"stacked\"/><c:varyColors val=\"0\"/>{all}<c:gapWidth val=\"{gap}\"/><c:overlap val=\"100\"/><c:axId \
         val=\"111111111\"/><c:axId val=\"222222222\"/></c:barChart><c:catAx><c:axId val=\"111111111\"/><c:scaling><c:orientation \
         val=\"maxMin\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"l\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/>\
         <c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"{tick_labels}\"/>{axis}<c:crossAx val=\"222222222\"/>\
         <c:crosses val=\"autoZero\"/><c:auto val=\"1\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/><c:noMultiLvlLbl val=\"0\"/>\
         </c:catAx><c:valAx><c:axId val=\"222222222\"/><c:scaling><c:orientation val=\"minMax\"/><c:max val=\"{most}\"/><c:min val=\"0\"/></c:scaling><c:delete val=\"1\"/><c:axPos \
         val=\"b\"/><c:numFmt formatCode=\"0\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>\
         <c:tickLblPos val=\"nextTo\"/>{axis}<c:crossAx val=\"111111111\"/><c:crosses val=\"max\"/><c:crossBetween val=\"between\"/></c:valAx>\
         <c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea><c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text}\
         <c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>",
        text = text_properties(1400, palette::INK, false),
        gap = gap_width(bars),
    )
}
