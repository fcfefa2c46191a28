//! A native chart of stacked bars, with the workbook that holds its data.

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use super::xml::{DECLARATION, escape, fill, line};
use crate::chart::{Bars, Series, SeriesKind};
use crate::palette::{self, Colour};
use crate::workbook::sheets;

/// A chart as a part of the package, and its workbook.
#[derive(Debug)]
pub struct Chart {
    /// The part.
    pub xml: String,
    /// The workbook that "Edit data" opens.
    pub workbook: Vec<u8>,
}

/// Makes both from the numbers.
pub fn chart(bars: &Bars, made_on: Date) -> Result<Chart, XlsxError> {
    Ok(Chart { xml: xml(bars), workbook: workbook(bars, made_on)? })
}

fn workbook(bars: &Bars, made_on: Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&sheets::excel_date(made_on)?));
    let sheet = workbook.add_worksheet();
    sheet.set_name("Sheet1")?;
    for (row, bar) in (1u32..).zip(&bars.rows) {
        sheet.write_string(row, 0, &bar.label)?;
    }
    for (column, series) in (1u16..).zip(&bars.series) {
        sheet.write_string(0, column, series.kind.words())?;
        for (row, value) in (1u32..).zip(&series.values) {
            sheet.write_number(row, column, *value as f64)?;
        }
    }
    workbook.save_to_buffer()
}

/// Fill, outline and label of a part of a bar, whether its outline is dashed, and the letter before its count.
fn look(kind: SeriesKind) -> (Colour, Colour, bool, String) {
    match kind {
        SeriesKind::Rating(rating) => {
            let swatch = palette::rating(rating);
            (swatch.fill, swatch.ink, false, format!("\"{} \"", rating.letter()))
        }
        SeriesKind::Rated => (palette::NAVY, palette::WHITE, false, String::new()),
        SeriesKind::NotApplicable => (palette::LINE, palette::INK, false, String::new()),
        SeriesKind::NotAnswered => (palette::WHITE, palette::INK, true, String::new()),
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

fn series(bars: &Bars, at: usize, series: &Series) -> String {
    let (ground, ink, is_dashed, letter) = look(series.kind);
    let column = char::from(b'B' + at as u8);
    let last = bars.rows.len() + 1;
    let points = |values: &mut dyn Iterator<Item = String>| -> String {
        let point = |(at, value): (usize, String)| format!("<c:pt idx=\"{at}\"><c:v>{value}</c:v></c:pt>");
        values.enumerate().map(point).collect()
    };
    let count = bars.rows.len();
    let labels = points(&mut bars.rows.iter().map(|bar| escape(&bar.label)));
    let values = points(&mut series.values.iter().map(usize::to_string));
    format!(
        "<c:ser><c:idx val=\"{at}\"/><c:order val=\"{at}\"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount \
         val=\"1\"/><c:pt idx=\"0\"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr>{fill}{outline}</c:spPr>\
         <c:invertIfNegative val=\"0\"/><c:dLbls><c:numFmt formatCode=\"{format}\" sourceLinked=\"0\"/><c:spPr><a:noFill/><a:ln><a:noFill/>\
         </a:ln></c:spPr>{look}<c:dLblPos val=\"ctr\"/><c:showLegendKey val=\"0\"/><c:showVal val=\"1\"/><c:showCatName val=\"0\"/>\
         <c:showSerName val=\"0\"/><c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/></c:dLbls><c:cat><c:strRef>\
         <c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache><c:ptCount val=\"{count}\"/>{labels}</c:strCache></c:strRef></c:cat><c:val><c:numRef>\
         <c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val=\"{count}\"/>{values}\
         </c:numCache></c:numRef></c:val></c:ser>",
        name = series.kind.words(),
        fill = fill(Some(ground)),
        outline = line(Some(palette::INK), 0.75, is_dashed),
        // A count of none is not labelled.
        format = escape(&format!("{letter}0;;;")),
        look = text_properties(1200, ink, true),
    )
}

fn xml(bars: &Bars) -> String {
    let all: String = bars.series.iter().enumerate().map(|(at, one)| series(bars, at, one)).collect();
    let grouping = if bars.is_share { "percentStacked" } else { "stacked" };
    let size = if bars.rows.len() > 10 { 1050 } else { 1200 };
    let axis = format!(
        "<c:spPr>{}</c:spPr>{}",
        line(Some(palette::GREY), 0.75, false),
        text_properties(size, palette::INK, false)
    );
    format!(
        "{DECLARATION}<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><c:date1904 val=\"0\"/><c:lang val=\"en-GB\"/>\
         <c:roundedCorners val=\"0\"/><c:chart><c:autoTitleDeleted val=\"1\"/><c:plotArea><c:layout/><c:barChart><c:barDir val=\"bar\"/>\
         <c:grouping val=\"{grouping}\"/><c:varyColors val=\"0\"/>{all}<c:gapWidth val=\"45\"/><c:overlap val=\"100\"/><c:axId \
         val=\"111111111\"/><c:axId val=\"222222222\"/></c:barChart><c:catAx><c:axId val=\"111111111\"/><c:scaling><c:orientation \
         val=\"maxMin\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"l\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/>\
         <c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>{axis}<c:crossAx val=\"222222222\"/>\
         <c:crosses val=\"autoZero\"/><c:auto val=\"1\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/><c:noMultiLvlLbl val=\"0\"/>\
         </c:catAx><c:valAx><c:axId val=\"222222222\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"1\"/><c:axPos \
         val=\"b\"/><c:numFmt formatCode=\"0\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>\
         <c:tickLblPos val=\"nextTo\"/>{axis}<c:crossAx val=\"111111111\"/><c:crosses val=\"max\"/><c:crossBetween val=\"between\"/></c:valAx>\
         <c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea><c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/>{key}\
         </c:legend><c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{key}\
         <c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>",
        key = text_properties(1200, palette::INK, false),
    )
}
