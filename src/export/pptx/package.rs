//! The package: its parts, their relationships, and the bytes. Parts have a fixed order and a fixed time, so that the same deck gives the
//! same bytes.

use std::io::{Cursor, Write};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::chart::ChartPart;
use super::master;
use super::slide::SlideShapes;
use super::xml::{DECLARATION, NAMESPACES, escape, notes_page, slide};
use crate::documents::Cover;
use crate::workbook::write::as_on_every_system;

/// The presentation could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PptxError {
    /// The package could not be made.
    #[error("the PowerPoint file could not be packed: {0}")]
    PptxPackage(#[from] zip::result::ZipError),
    /// A part of it could not be written.
    #[error("the PowerPoint file could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// The data of a chart could not be made.
    #[error("the data of a chart could not be written: {0}")]
    Data(#[from] crate::workbook::write::WriteError),
}

/// The parts that differ between presentations only in positions and colours: name, content, type.
const FIXED: [(&str, &str, &str); 15] = [
    ("_rels/.rels", include_str!("../../../templates/pptx/root.rels"), ""),
    ("ppt/presProps.xml", include_str!("../../../templates/pptx/pres-props.xml"), "presentationml.presProps+xml"),
    ("ppt/viewProps.xml", include_str!("../../../templates/pptx/view-props.xml"), "presentationml.viewProps+xml"),
    ("ppt/tableStyles.xml", include_str!("../../../templates/pptx/table-styles.xml"), "presentationml.tableStyles+xml"),
    ("ppt/theme/theme1.xml", include_str!("../../../templates/pptx/theme.xml"), "theme+xml"),
    ("ppt/theme/theme2.xml", include_str!("../../../templates/pptx/notes-theme.xml"), "theme+xml"),
    (
        "ppt/slideMasters/slideMaster1.xml",
        include_str!("../../../templates/pptx/slide-master.xml"),
        "presentationml.slideMaster+xml",
    ),
    ("ppt/slideMasters/_rels/slideMaster1.xml.rels", include_str!("../../../templates/pptx/slide-master.xml.rels"), ""),
    (
        "ppt/slideLayouts/slideLayout1.xml",
        include_str!("../../../templates/pptx/slide-layout-title.xml"),
        "presentationml.slideLayout+xml",
    ),
    (
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
        include_str!("../../../templates/pptx/slide-layout-title.xml.rels"),
        "",
    ),
    (
        "ppt/slideLayouts/slideLayout2.xml",
        include_str!("../../../templates/pptx/slide-layout-title-only.xml"),
        "presentationml.slideLayout+xml",
    ),
    (
        "ppt/slideLayouts/_rels/slideLayout2.xml.rels",
        include_str!("../../../templates/pptx/slide-layout-title-only.xml.rels"),
        "",
    ),
    (
        "ppt/notesMasters/notesMaster1.xml",
        include_str!("../../../templates/pptx/notes-master.xml"),
        "presentationml.notesMaster+xml",
    ),
    ("ppt/notesMasters/_rels/notesMaster1.xml.rels", include_str!("../../../templates/pptx/notes-master.xml.rels"), ""),
    ("docProps/app.xml", include_str!("../../../templates/pptx/app.xml"), "extended-properties+xml"),
];

/// The beginning of the content type of nearly every part.
const OFFICE: &str = "application/vnd.openxmlformats-officedocument.";

/// The beginning of a relationship's type.
const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// A package that is being put together.
pub(super) struct PptxPackage {
    /// Name, bytes and content type of each part; an empty type if the file ending determines it.
    parts: Vec<(String, Vec<u8>, String)>,
    slides: usize,
    charts: usize,
}

impl PptxPackage {
    /// A package with the parts that every presentation has.
    pub(super) fn new(cover: &Cover, made_on: Date) -> PptxPackage {
        let mut package = PptxPackage { parts: Vec::new(), slides: 0, charts: 0 };
        for (name, content, kind) in FIXED {
            package.put(name, master::filled(content, cover), kind);
        }
        let core = format!(
            "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}: {partnership}</dc:title>\
             <dc:creator>{partnership}</dc:creator><dc:language>en-GB</dc:language><cp:lastModifiedBy>{partnership}</cp:lastModifiedBy>\
             <dcterms:created xsi:type=\"dcterms:W3CDTF\">{made_on}T00:00:00Z</dcterms:created><dcterms:modified \
             xsi:type=\"dcterms:W3CDTF\">{made_on}T00:00:00Z</dcterms:modified></cp:coreProperties>",
            title = escape(&cover.title),
            partnership = escape(&cover.partnership),
        );
        let kind = "application/vnd.openxmlformats-package.core-properties+xml";
        package.parts.push(("docProps/core.xml".into(), core.into_bytes(), kind.into()));
        package
    }

    fn put(&mut self, name: &str, content: impl Into<Vec<u8>>, kind: &str) {
        let kind = if kind.is_empty() { String::new() } else { format!("{OFFICE}{kind}") };
        self.parts.push((name.to_string(), content.into(), kind));
    }

    /// Adds a slide with its notes and charts.
    pub(super) fn add(&mut self, drawn: &SlideShapes, charts: Vec<ChartPart>) {
        self.slides += 1;
        let at = self.slides;
        let layout = if drawn.is_front { 1 } else { 2 };
        let mut tied = vec![
            ("slideLayout".to_string(), format!("../slideLayouts/slideLayout{layout}.xml")),
            ("notesSlide".to_string(), format!("../notesSlides/notesSlide{at}.xml")),
        ];
        for chart in charts {
            self.charts += 1;
            let number = self.charts;
            tied.push(("chart".into(), format!("../charts/chart{number}.xml")));
            self.put(&format!("ppt/charts/chart{number}.xml"), chart.xml, "drawingml.chart+xml");
            let book = format!("Microsoft_Excel_Sheet{number}.xlsx");
            let rels = relationships(&[("package".to_string(), format!("../embeddings/{book}"))]);
            self.put(&format!("ppt/charts/_rels/chart{number}.xml.rels"), rels, "");
            self.put(&format!("ppt/embeddings/{book}"), chart.workbook, "");
        }
        if let Some(logo) = &drawn.logo {
            tied.push(("image".into(), "../media/logo.png".into()));
            self.put("ppt/media/logo.png", logo.png.as_slice(), "");
        }
        self.put(&format!("ppt/slides/slide{at}.xml"), slide("sld", &drawn.shapes), "presentationml.slide+xml");
        self.put(&format!("ppt/slides/_rels/slide{at}.xml.rels"), relationships(&tied), "");
        self.put(
            &format!("ppt/notesSlides/notesSlide{at}.xml"),
            notes_page(&drawn.notes),
            "presentationml.notesSlide+xml",
        );
        let tied = [
            ("notesMaster".to_string(), "../notesMasters/notesMaster1.xml".to_string()),
            ("slide".to_string(), format!("../slides/slide{at}.xml")),
        ];
        self.put(&format!("ppt/notesSlides/_rels/notesSlide{at}.xml.rels"), relationships(&tied), "");
    }

    /// The bytes.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, PptxError> {
        self.put("ppt/presentation.xml", presentation(self.slides), "presentationml.presentation.main+xml");
        let mut tied = vec![
            ("slideMaster".to_string(), "slideMasters/slideMaster1.xml".to_string()),
            ("notesMaster".to_string(), "notesMasters/notesMaster1.xml".to_string()),
        ];
        tied.extend((1..=self.slides).map(|at| ("slide".to_string(), format!("slides/slide{at}.xml"))));
        for (kind, target) in [
            ("presProps", "presProps.xml"),
            ("viewProps", "viewProps.xml"),
            ("theme", "theme/theme1.xml"),
            ("tableStyles", "tableStyles.xml"),
        ] {
            tied.push((kind.to_string(), target.to_string()));
        }
        self.put("ppt/_rels/presentation.xml.rels", relationships(&tied), "");
        let types = content_types(&self.parts);
        self.parts.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        // Office writes this part first, and some programs recognise the file by that.
        let first = ("[Content_Types].xml".to_string(), types.into_bytes(), String::new());
        for (name, bytes, _) in std::iter::once(&first).chain(&self.parts) {
            zip.start_file(name, options)?;
            zip.write_all(bytes)?;
        }
        Ok(as_on_every_system(zip.finish()?.into_inner()))
    }
}

fn relationships(tied: &[(String, String)]) -> String {
    let one = |(at, (kind, target)): (usize, &(String, String))| {
        format!("<Relationship Id=\"rId{}\" Type=\"{RELATIONSHIP}{kind}\" Target=\"{target}\"/>", at + 1)
    };
    format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
        tied.iter().enumerate().map(one).collect::<String>()
    )
}

fn content_types(parts: &[(String, Vec<u8>, String)]) -> String {
    let named = parts.iter().filter(|(.., kind)| !kind.is_empty());
    let one = |(name, _, kind): &(String, Vec<u8>, String)| {
        format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>")
    };
    format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Default Extension=\"xlsx\" ContentType=\"{OFFICE}spreadsheetml.sheet\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/>{}</Types>",
        named.map(one).collect::<String>()
    )
}

fn presentation(slides: usize) -> String {
    // ECMA-376 wants ids of 256 and more for slides, and of 2^31 and more for masters. rId1 and rId2 are the two masters.
    let ids: String = (0..slides).map(|at| format!("<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 256 + at, at + 3)).collect();
    format!(
        "{DECLARATION}<p:presentation {NAMESPACES} saveSubsetFonts=\"1\" autoCompressPictures=\"0\"><p:sldMasterIdLst><p:sldMasterId \
         id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/></p:notesMasterIdLst>\
         <p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx=\"12192000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/>\
         <p:defaultTextStyle><a:defPPr><a:defRPr lang=\"en-GB\"/></a:defPPr></p:defaultTextStyle></p:presentation>"
    )
}
