//! Pieces of DrawingML: text, shapes, tables. Positions and sizes are given in points of a page of 960 by 540 and written in PowerPoint's
//! units.

use std::fmt::Write;

use crate::documents::deck::measure::TEXT_PT;
use crate::style::palette::{self, Colour};

/// The beginning of every part.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespaces of a slide.
pub(super) const NAMESPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

/// The page in points, as the PDF has it.
pub(super) const PAGE_PT: (f32, f32) = (960.0, 540.0);

/// English Metric Units in a point of the page: 12,192,000 across.
const EMU: f32 = 12_192_000.0 / PAGE_PT.0;

/// A place on the page: left, top, width, height, in points.
pub(super) type BoxPt = [f32; 4];

/// Points of the page as English Metric Units.
pub(super) fn emu(points: f32) -> i64 {
    (points * EMU).round() as i64
}

/// A size of type as PowerPoint writes it, in hundredths of a point.
fn size(points: f32) -> i64 {
    (points * 100.0).round() as i64
}

/// Escapes a text for XML content and attributes. A character that XML does not allow is replaced by its number.
pub(super) fn escape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\r' => {}
            '\n' | '\t' => plain.push(c),
            // XML 1.0 does not allow these at all, not even as references.
            c if (c as u32) < 0x20 || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(plain, "[U+{:04X}]", c as u32);
            }
            c => plain.push(c),
        }
    }
    // An XML reader turns raw line ends and tabs in attributes into blanks, so they are written as references.
    quick_xml::escape::escape(plain.as_str()).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// How a run of text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextLook {
    /// The size in points of the PDF's page.
    pub size_pt: f32,
    /// Whether it is bold.
    pub is_bold: bool,
    /// Its colour.
    pub ink: Colour,
    /// The colour behind it.
    pub ground: Option<Colour>,
}

impl TextLook {
    /// Text of a slide.
    pub(super) const TEXT: TextLook = TextLook { size_pt: TEXT_PT, is_bold: false, ink: palette::INK, ground: None };
    /// Bold text.
    pub(super) const STRONG: TextLook = TextLook { is_bold: true, ..TextLook::TEXT };
    /// Secondary text.
    pub(super) const GREY: TextLook = TextLook { ink: palette::GREY, ..TextLook::TEXT };

    /// The same in another size.
    pub(super) const fn sized(self, size_pt: f32) -> TextLook {
        TextLook { size_pt, ..self }
    }

    /// The same in another colour.
    pub(super) const fn inked(self, ink: Colour) -> TextLook {
        TextLook { ink, ..self }
    }

    fn properties(self, tag: &str) -> String {
        let bold = if self.is_bold { " b=\"1\"" } else { "" };
        let ground =
            self.ground.map_or(String::new(), |colour| format!("<a:highlight>{}</a:highlight>", colour_of(colour)));
        format!(
            "<a:{tag} lang=\"en-GB\" sz=\"{}\"{bold} dirty=\"0\">{}{ground}<a:latin typeface=\"+mn-lt\"/></a:{tag}>",
            size(self.size_pt),
            fill(Some(self.ink))
        )
    }
}

fn colour_of(colour: Colour) -> String {
    format!("<a:srgbClr val=\"{}\"/>", colour.hex().trim_start_matches('#'))
}

/// A fill of one colour, or none.
pub(super) fn fill(colour: Option<Colour>) -> String {
    match colour {
        Some(colour) => format!("<a:solidFill>{}</a:solidFill>", colour_of(colour)),
        None => "<a:noFill/>".into(),
    }
}

/// A line of a width in points, or none.
pub(super) fn line(colour: Option<Colour>, width_pt: f32, is_dashed: bool) -> String {
    let dash = if is_dashed { "<a:prstDash val=\"sysDash\"/>" } else { "" };
    match colour {
        Some(_) => format!("<a:ln w=\"{}\">{}{dash}</a:ln>", emu(width_pt), fill(colour)),
        None => "<a:ln><a:noFill/></a:ln>".into(),
    }
}

/// A run of text, with its line breaks.
pub(super) fn run(text: &str, look: TextLook) -> String {
    let mut xml = String::new();
    for (at, piece) in text.lines().enumerate() {
        if at > 0 {
            let _ = write!(xml, "<a:br>{}</a:br>", look.properties("rPr"));
        }
        if !piece.is_empty() {
            let _ = write!(xml, "<a:r>{}<a:t>{}</a:t></a:r>", look.properties("rPr"), escape(piece));
        }
    }
    xml
}

/// How a paragraph is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextAlign {
    /// At the left.
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}

/// A paragraph of runs, with room after it in points.
pub(super) fn paragraph(runs: &str, align: TextAlign, after_pt: f32) -> String {
    let align = match align {
        TextAlign::Left => "",
        TextAlign::Centre => " algn=\"ctr\"",
        TextAlign::Right => " algn=\"r\"",
    };
    let after = if after_pt > 0.0 {
        format!("<a:spcAft><a:spcPts val=\"{}\"/></a:spcAft>", size(after_pt))
    } else {
        String::new()
    };
    let properties =
        if after.is_empty() { format!("<a:pPr{align}/>") } else { format!("<a:pPr{align}>{after}</a:pPr>") };
    let end = if runs.is_empty() { "<a:endParaRPr lang=\"en-GB\"/>" } else { "" };
    format!("<a:p>{properties}{runs}{end}</a:p>")
}

/// A paragraph of one look, at the left.
pub(super) fn plain(text: &str, look: TextLook) -> String {
    paragraph(&run(text, look), TextAlign::Left, 0.0)
}

/// What a shape is called, and what a screen reader says of it.
pub(super) fn named(id: usize, name: &str, alt: &str) -> String {
    let alt = if alt.is_empty() { String::new() } else { format!(" descr=\"{}\"", escape(alt)) };
    format!("<p:cNvPr id=\"{id}\" name=\"{}\"{alt}/>", escape(name))
}

/// The properties of a decorative shape, which screen readers skip.
fn decorative(id: usize, name: &str) -> String {
    format!(
        "<p:cNvPr id=\"{id}\" name=\"{}\"><a:extLst><a:ext uri=\"{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}\"><adec:decorative \
         xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/></a:ext></a:extLst></p:cNvPr>",
        escape(name)
    )
}

/// A place, in the namespace of what has it.
pub(super) fn transform(place: BoxPt, namespace: &str) -> String {
    let [left, top, width, height] = place.map(emu);
    format!(
        "<{namespace}:xfrm><a:off x=\"{left}\" y=\"{top}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></{namespace}:xfrm>"
    )
}

fn body(paragraphs: &str, inset_pt: f32, anchor: &str) -> String {
    let inset = emu(inset_pt);
    // A body has one paragraph at least.
    let paragraphs = if paragraphs.is_empty() { "<a:p><a:endParaRPr lang=\"en-GB\"/></a:p>" } else { paragraphs };
    format!(
        "<p:txBody><a:bodyPr wrap=\"square\" lIns=\"{inset}\" tIns=\"{inset}\" rIns=\"{inset}\" bIns=\"{inset}\" rtlCol=\"0\" \
         anchor=\"{anchor}\"><a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody>"
    )
}

/// A box of text with nothing behind it, which begins at its top.
pub(super) fn text_box(id: usize, name: &str, place: BoxPt, paragraphs: &str) -> String {
    text(id, name, place, "", body(paragraphs, 0.0, "t"))
}

/// The same, with the text in the middle of its height, for texts beside a bar.
pub(super) fn middle_text(id: usize, name: &str, place: BoxPt, paragraphs: &str) -> String {
    text(id, name, place, "", body(paragraphs, 0.0, "ctr"))
}

/// The same in a dashed outline, for what is not answered.
pub(super) fn outlined_text(id: usize, name: &str, place: BoxPt, paragraphs: &str) -> String {
    text(id, name, place, &line(Some(palette::GREY), 0.75, true), body(paragraphs, 0.0, "ctr"))
}

fn text(id: usize, name: &str, place: BoxPt, outline: &str, body: String) -> String {
    format!(
        "<p:sp><p:nvSpPr>{}<p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>\
         <a:noFill/>{outline}</p:spPr>{body}</p:sp>",
        named(id, name, ""),
        transform(place, "a"),
    )
}

/// A coloured rectangle that carries no meaning.
pub(super) fn panel(id: usize, name: &str, place: BoxPt, colour: Colour) -> String {
    format!(
        "<p:sp><p:nvSpPr>{}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{}{}</p:spPr>{}</p:sp>",
        decorative(id, name),
        transform(place, "a"),
        fill(Some(colour)),
        line(None, 0.0, false),
        body("", 0.0, "t")
    )
}

/// A card: text on a pale ground with round corners.
pub(super) fn card(id: usize, name: &str, place: BoxPt, paragraphs: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr>{}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{}<a:prstGeom prst=\"roundRect\"><a:avLst><a:gd name=\"adj\" \
         fmla=\"val 4000\"/></a:avLst></a:prstGeom>{}{}</p:spPr>{}</p:sp>",
        named(id, name, ""),
        transform(place, "a"),
        fill(Some(palette::PALE)),
        line(None, 0.0, false),
        body(paragraphs, 10.0, "t")
    )
}

/// A placeholder of the slide's layout, which sets the position and look of its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placeholder {
    /// What the shape is called.
    pub name: &'static str,
    /// The attributes by which the layout's placeholder is found.
    pub found_by: &'static str,
}

impl Placeholder {
    pub(super) const TITLE: Placeholder = Placeholder { name: "Title", found_by: "type=\"title\"" };
    pub(super) const FRONT_TITLE: Placeholder = Placeholder { name: "Title", found_by: "type=\"ctrTitle\"" };
    pub(super) const SUBTITLE: Placeholder =
        Placeholder { name: "Whose view", found_by: "type=\"subTitle\" idx=\"1\"" };
    pub(super) const SECTION: Placeholder =
        Placeholder { name: "Part of the story", found_by: "type=\"body\" sz=\"quarter\" idx=\"12\"" };
    pub(super) const OWNER: Placeholder =
        Placeholder { name: "Whose it is", found_by: "type=\"ftr\" sz=\"quarter\" idx=\"10\"" };
    pub(super) const MARKING: Placeholder =
        Placeholder { name: "Marking", found_by: "type=\"body\" sz=\"quarter\" idx=\"13\"" };
    pub(super) const STATE: Placeholder =
        Placeholder { name: "State", found_by: "type=\"body\" sz=\"quarter\" idx=\"14\"" };
    pub(super) const NUMBER: Placeholder =
        Placeholder { name: "Slide number", found_by: "type=\"sldNum\" sz=\"quarter\" idx=\"11\"" };
}

/// A text in a placeholder of the layout.
pub(super) fn placeholder(id: usize, of: Placeholder, runs: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr>{}<p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph {}/></p:nvPr></p:nvSpPr><p:spPr/>\
         <p:txBody><a:bodyPr/><a:lstStyle/><a:p>{runs}</a:p></p:txBody></p:sp>",
        named(id, of.name, ""),
        of.found_by,
    )
}

/// A run in the look of its layout, or bold.
pub(super) fn inherited(text: &str, is_bold: bool) -> String {
    let bold = if is_bold { " b=\"1\"" } else { "" };
    let properties = format!("<a:rPr lang=\"en-GB\"{bold} dirty=\"0\"/>");
    let line = |line: &str| format!("<a:r>{properties}<a:t>{}</a:t></a:r>", escape(line));
    text.lines().map(line).collect::<Vec<_>>().join(&format!("<a:br>{properties}</a:br>"))
}

/// The slide's number as a field, which PowerPoint updates.
pub(super) fn slide_number(id: usize, page: usize) -> String {
    let field = "<a:fld id=\"{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}\" type=\"slidenum\"><a:rPr lang=\"en-GB\"/>";
    placeholder(id, Placeholder::NUMBER, &format!("{field}<a:t>{page}</a:t></a:fld>"))
}

/// A frame with a chart of this relationship in it.
pub(super) fn chart_frame(id: usize, place: BoxPt, relationship: &str, title: &str, alt: &str) -> String {
    format!(
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"Chart\" descr=\"{}\" title=\"{}\"/><p:cNvGraphicFramePr>\
         <a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{}<a:graphic><a:graphicData \
         uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart \
         xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"{relationship}\"/></a:graphicData></a:graphic></p:graphicFrame>",
        escape(alt),
        escape(title),
        transform(place, "p")
    )
}

/// A picture of this relationship.
pub(super) fn picture(id: usize, place: BoxPt, relationship: &str, alt: &str) -> String {
    format!(
        "<p:pic><p:nvPicPr>{}<p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip \
         r:embed=\"{relationship}\"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{}<a:prstGeom \
         prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>",
        named(id, "Logo", alt),
        transform(place, "a")
    )
}

/// A cell of a table: its paragraphs and its ground.
pub(super) struct TableCell {
    /// Its text.
    pub paragraphs: String,
    /// The colour behind it.
    pub ground: Colour,
}

/// A table whose first row is its header.
pub(super) fn table(id: usize, place: BoxPt, alt: &str, widths_pt: &[f32], rows: &[(f32, Vec<TableCell>)]) -> String {
    // Lines are lower than in the PDF and rows have their measured height, so there is less above and below.
    let (across, down) = (emu(8.0), emu(3.0));
    let cell = |cell: &TableCell| {
        format!(
            "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{}</a:txBody><a:tcPr marL=\"{across}\" marR=\"{across}\" marT=\"{down}\" \
             marB=\"{down}\" anchor=\"t\">{}</a:tcPr></a:tc>",
            cell.paragraphs,
            fill(Some(cell.ground))
        )
    };
    let row = |(height, cells): &(f32, Vec<TableCell>)| {
        format!("<a:tr h=\"{}\">{}</a:tr>", emu(*height), cells.iter().map(cell).collect::<String>())
    };
    table_frame(id, place, alt, widths_pt, &rows.iter().map(row).collect::<String>())
}

/// A mark: a shape with a letter in it. Without alternative text it is decorative: it is drawn over words that say the same.
pub(super) fn mark(id: usize, place: BoxPt, shape: &str, colour: Colour, paragraphs: &str, alt: &str) -> String {
    let properties = if alt.is_empty() { decorative(id, "Mark") } else { named(id, "Mark", alt) };
    format!(
        "<p:sp><p:nvSpPr>{properties}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{}<a:prstGeom prst=\"{shape}\"><a:avLst/></a:prstGeom>{}{}\
         </p:spPr>{}</p:sp>",
        transform(place, "a"),
        fill(Some(colour)),
        line(Some(palette::INK), 0.75, false),
        body(paragraphs, 0.0, "ctr")
    )
}

/// A dashed outline, decoration only.
pub(super) fn outline(id: usize, place: BoxPt) -> String {
    format!(
        "<p:sp><p:nvSpPr>{}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/>{}\
         </p:spPr>{}</p:sp>",
        decorative(id, "Outline"),
        transform(place, "a"),
        line(Some(palette::GREY), 0.75, true),
        body("", 0.0, "t")
    )
}

/// An arrow to the right, decoration only.
pub(super) fn arrow(id: usize, place: BoxPt, colour: Colour) -> String {
    format!(
        "<p:sp><p:nvSpPr>{}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{}<a:prstGeom prst=\"rightArrow\"><a:avLst/></a:prstGeom>{}{}</p:spPr>{}\
         </p:sp>",
        decorative(id, "Arrow"),
        transform(place, "a"),
        fill(Some(colour)),
        line(None, 0.0, false),
        body("", 0.0, "t")
    )
}

/// A cell of a table that a layout places.
pub(super) struct PlacedTableCell {
    /// Its text.
    pub paragraphs: String,
    /// The colour behind it; `None` for the page's.
    pub ground: Option<Colour>,
    /// The space at the left and the right of its text, in points.
    pub left_pt: f32,
    pub right_pt: f32,
    /// Whether the text is turned by a quarter, to be read from below.
    pub is_turned: bool,
    /// Whether the text is at its foot; else in the middle of its height.
    pub is_low: bool,
    /// Whether there is a fine line under it.
    pub is_ruled: bool,
}

/// A table whose first row is its header, with its cells' own looks.
pub(super) fn placed_table(
    id: usize,
    place: BoxPt,
    alt: &str,
    widths_pt: &[f32],
    rows: &[(f32, Vec<PlacedTableCell>)],
) -> String {
    let cell = |cell: &PlacedTableCell| {
        let rule = match cell.is_ruled {
            true => format!("<a:lnB w=\"{}\">{}</a:lnB>", emu(0.5), fill(Some(palette::LINE))),
            false => String::new(),
        };
        // Turned text begins at the foot of the cell, and is in the middle of its width.
        let turned = if cell.is_turned { " vert=\"vert270\"" } else { "" };
        let anchor = if cell.is_low { "b" } else { "ctr" };
        let foot = emu(if cell.is_turned || cell.is_low { 4.0 } else { 0.0 });
        format!(
            "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{}</a:txBody><a:tcPr marL=\"{}\" marR=\"{}\" marT=\"0\" marB=\"{foot}\"{turned} \
             anchor=\"{anchor}\">{rule}{}</a:tcPr></a:tc>",
            cell.paragraphs,
            emu(cell.left_pt),
            emu(cell.right_pt),
            fill(cell.ground)
        )
    };
    let row = |(height, cells): &(f32, Vec<PlacedTableCell>)| {
        format!("<a:tr h=\"{}\">{}</a:tr>", emu(*height), cells.iter().map(cell).collect::<String>())
    };
    table_frame(id, place, alt, widths_pt, &rows.iter().map(row).collect::<String>())
}

/// A table of these rows in its frame.
fn table_frame(id: usize, place: BoxPt, alt: &str, widths_pt: &[f32], rows: &str) -> String {
    let grid: String = widths_pt.iter().map(|width| format!("<a:gridCol w=\"{}\"/>", emu(*width))).collect();
    format!(
        "<p:graphicFrame><p:nvGraphicFramePr>{}<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/>\
         </p:nvGraphicFramePr>{}<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr \
         firstRow=\"1\" bandRow=\"1\"><a:tableStyleId>{{2D5ABB26-0587-4C30-8999-92F81FD0307C}}</a:tableStyleId></a:tblPr><a:tblGrid>{grid}\
         </a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
        named(id, "Table", alt),
        transform(place, "p"),
    )
}

/// A slide, or the notes to one, with these shapes in the order of reading.
pub(super) fn slide(root: &str, shapes: &str) -> String {
    format!(
        "{DECLARATION}<p:{root} {NAMESPACES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/>\
         </p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" \
         cy=\"0\"/></a:xfrm></p:grpSpPr>{shapes}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:{root}>"
    )
}

/// The notes to a slide.
pub(super) fn notes_page(lines: &[String]) -> String {
    let paragraphs: String = lines.iter().map(|line| paragraph(&run_plain(line), TextAlign::Left, 0.0)).collect();
    let shapes = format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide image\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/>\
         </p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/>\
         <p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" idx=\"1\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody>\
         <a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
    );
    slide("notes", &shapes)
}

/// A run with the look of its place.
fn run_plain(text: &str) -> String {
    format!("<a:r><a:rPr lang=\"en-GB\" dirty=\"0\"/><a:t>{}</a:t></a:r>", escape(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_runs_as_markup_and_none_is_lost() {
        assert_eq!(escape("a < b & \"c\"\u{7}\r\n"), "a &lt; b &amp; &quot;c&quot;[U+0007]&#10;");
        let two = run("one\ntwo", TextLook::TEXT);
        assert_eq!((two.matches("<a:t>").count(), two.matches("<a:br>").count()), (2, 1));
        assert!(paragraph("", TextAlign::Left, 0.0).contains("endParaRPr"));
    }
}
