//! The partnership's own look on the presentation: two colours, checked for contrast, and a logo. All have defaults.

use std::sync::atomic::{AtomicBool, Ordering};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::quoting::quote;
use crate::round::Branding;
use crate::style::fonts;
use crate::style::palette::{self, Colour};

/// The least contrast of a colour with white: there is text in it, and white text on it (WCAG 2.2, success criterion 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;

/// The largest logo, in bytes.
const MOST_BYTES: usize = 5 * 1024 * 1024;

/// The fewest pixels across a logo.
const FEWEST_PIXELS: u32 = 48;

/// The greatest ratio of a logo's longer side to its shorter side.
const MOST_STRETCHED: f32 = 12.0;

/// The room for a logo on the first slide, in points.
const ROOM_PT: (f32, f32) = (150.0, 44.0);

/// How many pixels a point of a drawn logo gets, for the PDF and for programs that show no SVG: sharp on a wall.
const PIXELS_PER_PT: f32 = 6.0;

/// The look of a presentation.
#[derive(Debug, Clone, PartialEq)]
pub struct Brand {
    /// Behind white text, and of headings.
    pub colour: Colour,
    /// Of the parts of the story and of figures.
    pub second: Colour,
    /// The logo; `None` for none.
    pub logo: Option<Logo>,
}

impl Default for Brand {
    fn default() -> Brand {
        Brand { colour: palette::NAVY, second: palette::NAVY, logo: None }
    }
}

/// A logo.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    /// The PNG file, or the SVG drawn as a PNG. An SVG can have scripts and links in it, so none goes into a document.
    pub png: Vec<u8>,
    /// Its width and height in points, to fit its room.
    pub size_pt: (f32, f32),
}

/// The look that `round.toml` asks for, with findings for what cannot be used. The bytes are those of the logo file it names; `None` if that
/// file cannot be read.
pub fn brand(asked: &Branding, logo: Option<&[u8]>) -> Checked<Brand> {
    let mut findings = Vec::new();
    let mut brand = Brand::default();
    for (key, written, colour) in
        [("colour", &asked.colour, &mut brand.colour), ("second_colour", &asked.second_colour, &mut brand.second)]
    {
        match self::colour(written) {
            _ if written.is_empty() => {}
            Some(wanted) if wanted.contrast(palette::WHITE) >= LEAST_CONTRAST => *colour = wanted,
            Some(wanted) => {
                // Cut and not rounded, so that 4.48 is not shown as the 4.5 that would be enough.
                let contrast = (wanted.contrast(palette::WHITE) * 10.0).floor() / 10.0;
                let found = format!(
                    "`{key}` {} has a contrast of {contrast:.1} to 1 with white, too little to read",
                    quote(written)
                );
                findings.push(unfit(
                    found,
                    "at least 4.5 to 1",
                    "choose a darker one; until then the usual colour is used",
                ));
            }
            None => {
                let found = format!("`{key}` {} is not a colour", quote(written));
                findings.push(unfit(found, "six hexadecimal digits, as in \"#12436D\"", "write it that way"));
            }
        }
    }
    if asked.colour.is_empty() != asked.second_colour.is_empty() {
        // If only one colour is given, it is used for both.
        let given = if asked.colour.is_empty() { brand.second } else { brand.colour };
        (brand.colour, brand.second) = (given, given);
    }
    if let Some(name) = &asked.logo {
        let shown = quote(name.as_str());
        match logo.map(Logo::read) {
            Some(Ok((logo, is_whole))) => {
                brand.logo = Some(logo);
                if !is_whole {
                    let found = format!("pictures inside the logo {shown} are not drawn");
                    let remedy = "look at the first slide, or save the logo as a PNG";
                    findings.push(unfit(found, "an SVG of shapes and letters", remedy));
                }
            }
            Some(Err(why)) => {
                findings.push(unfit(format!("the logo {shown} {why}"), "a PNG or an SVG", "name a different file"));
            }
            None => {
                let found = format!("the logo {shown} cannot be read");
                findings.push(unfit(found, "a file in the round's folder", "put it there, or correct its name"));
            }
        }
    }
    Checked { output: brand, findings }
}

/// A finding about the look. Its reference is made from `found`: other words there reopen a finding that somebody has settled.
fn unfit(found: String, expected: &str, remedy: &str) -> Finding {
    Finding::new(Code::BrandUnfit, Place::file("round.toml"), found.as_str(), expected, remedy).naming(found.as_str())
}

/// A colour as people write it: `#12436D`, or without its sign.
fn colour(text: &str) -> Option<Colour> {
    // `from_str_radix` alone would take a sign, so the digits are checked one by one.
    let digits = text.trim().trim_start_matches('#');
    let is_plain = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| is_plain).map(Colour)
}

impl Logo {
    /// Reads a PNG or an SVG, with whether all of it is drawn; else says why not.
    fn read(bytes: &[u8]) -> Result<(Logo, bool), &'static str> {
        if bytes.len() > MOST_BYTES {
            return Err("is larger than 5 MB");
        }
        if bytes.starts_with(b"\x89PNG") {
            let pixels = Pixmap::decode_png(bytes).map_err(|_| "is a damaged PNG")?;
            if pixels.width().max(pixels.height()) < FEWEST_PIXELS {
                return Err("is too small to be seen");
            }
            let size_pt = fitted(pixels.width() as f32, pixels.height() as f32)?;
            return Ok((Logo { png: bytes.to_vec(), size_pt }, true));
        }
        let has_pictures = AtomicBool::new(false);
        let tree = Tree::from_data(bytes, &options(&has_pictures)).map_err(|_| "is neither a PNG nor an SVG")?;
        let size_pt = fitted(tree.size().width(), tree.size().height())?;
        let scale = size_pt.0 * PIXELS_PER_PT / tree.size().width();
        let side = |points: f32| (points * PIXELS_PER_PT).ceil().max(1.0) as u32;
        let mut pixels = Pixmap::new(side(size_pt.0), side(size_pt.1)).ok_or("has no size")?;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        if pixels.pixels().iter().all(|pixel| pixel.alpha() == 0) {
            return Err(match has_pictures.into_inner() {
                true => "holds only pictures, which are not drawn: save it as a PNG",
                false => "draws nothing",
            });
        }
        let png = pixels.encode_png().map_err(|_| "cannot be drawn")?;
        Ok((Logo { png, size_pt }, !has_pictures.into_inner()))
    }
}

/// How an SVG is read: text in the bundled fonts, and no pictures, whether embedded or linked; that there were some is noted.
fn options(has_pictures: &AtomicBool) -> Options<'_> {
    let leave_out = move || {
        has_pictures.store(true, Ordering::Relaxed);
        None
    };
    let image_href_resolver = ImageHrefResolver {
        resolve_data: Box::new(move |_, _, _| leave_out()),
        resolve_string: Box::new(move |_, _| leave_out()),
    };
    let mut options = Options { font_family: fonts::FAMILY.into(), image_href_resolver, ..Options::default() };
    // Only the bundled fonts, so that a logo with text looks the same on every computer.
    for file in fonts::FILES {
        options.fontdb_mut().load_font_data(file.to_vec());
    }
    options
}

/// A size in points that fits the room, in the picture's own proportions.
fn fitted(width: f32, height: f32) -> Result<(f32, f32), &'static str> {
    let stretched = (width / height).max(height / width);
    if !stretched.is_finite() || stretched > MOST_STRETCHED {
        return Err("is too narrow or too flat to be seen");
    }
    let scale = (ROOM_PT.0 / width).min(ROOM_PT.1 / height);
    Ok((width * scale, height * scale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::names::RelativeName;

    const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'><rect width='200' height='100' fill='#801650'/></svg>";

    fn asked(colour: &str, second_colour: &str, logo: &str) -> Branding {
        Branding { colour: colour.into(), second_colour: second_colour.into(), logo: RelativeName::new(logo).ok() }
    }

    #[test]
    fn nothing_asked_is_the_usual_look() {
        let checked = brand(&Branding::default(), None);
        assert_eq!((checked.output, checked.findings), (Brand::default(), Vec::new()));
    }

    #[test]
    fn colours_stand_where_they_can_be_read() {
        let checked = brand(&asked("#801650", "3D3D3D", ""), None);
        assert_eq!((checked.output.colour, checked.output.second), (Colour(0x0080_1650), Colour(0x003D_3D3D)));
        assert_eq!(checked.findings, []);
        let one = brand(&asked("", "#801650", ""), None).output;
        assert_eq!(one.colour, one.second);
        for (faulty, said) in
            [("#FFBF47", "contrast of 1.6"), ("navy", "is not a colour"), ("#12345", "is not a colour")]
        {
            let checked = brand(&asked(faulty, "#801650", ""), None);
            assert_eq!(checked.output.colour, palette::NAVY, "{faulty}");
            assert!(checked.findings[0].found.contains(said), "{}", checked.findings[0]);
        }
    }

    #[test]
    fn a_logo_is_a_png_or_an_svg_in_its_own_proportions() {
        let svg = brand(&asked("", "", "logo.svg"), Some(SVG)).output.logo.expect("a logo");
        assert_eq!(svg.size_pt, (88.0, 44.0));
        assert!(svg.png.starts_with(b"\x89PNG"));
        let png = brand(&asked("", "", "logo.png"), Some(&svg.png)).output.logo.expect("a logo");
        assert_eq!(png.png, svg.png);
        let linked = b"<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'><rect width='200' height='50'/><image href='crest.png' width='9' height='9'/></svg>";
        let partly = brand(&asked("", "", "logo.svg"), Some(linked));
        assert!(partly.output.logo.is_some() && partly.findings[0].found.contains("are not drawn"));
        let flat = b"<svg xmlns='http://www.w3.org/2000/svg' width='2000' height='1'/>";
        let cases: [(Option<&[u8]>, &str); 4] = [
            (None, "cannot be read"),
            (Some(b"GIF89a"), "neither"),
            (Some(b"\x89PNG cut"), "damaged"),
            (Some(flat), "too flat"),
        ];
        for (bytes, said) in cases {
            let checked = brand(&asked("", "", "logo.x"), bytes);
            assert!(
                checked.output.logo.is_none() && checked.findings[0].found.contains(said),
                "{}",
                checked.findings[0]
            );
        }
    }
}
