//! Packages of OOXML walked part by part: well formed, typed, tied together, and leading nowhere else.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::project::parts;

/// The parts of a package that are text, by their names.
pub fn text_parts(bytes: &[u8]) -> Vec<(String, String)> {
    let text = |(name, bytes): (String, Vec<u8>)| {
        let is_text = name.ends_with(".xml") || name.ends_with(".rels");
        is_text.then(|| (name, String::from_utf8(bytes).expect("UTF-8")))
    };
    parts(bytes).into_iter().filter_map(text).collect()
}

/// Every element of a part, with its attributes; the part must be well formed to its end.
pub fn elements(part: &str, text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut found, mut depth) = (Vec::new(), 0i32);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{part}: {error}")) {
            Event::Start(start) => {
                depth += 1;
                found.push(element(part, &start));
            }
            Event::Empty(start) => found.push(element(part, &start)),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{part} ends before its last element");
    found
}

fn element(part: &str, start: &BytesStart<'_>) -> (String, Vec<(String, String)>) {
    let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        let value = quick_xml::escape::unescape(&attribute.value).expect("escaped").into_owned();
        (attribute.key.as_ref().to_string(), value)
    };
    let attributes = start.attributes().map(|a| attribute(a.unwrap_or_else(|error| panic!("{part}: {error}"))));
    (start.name().as_ref().to_string(), attributes.collect())
}

/// An attribute's value; empty where there is none.
pub fn of<'a>(attributes: &'a [(String, String)], name: &str) -> &'a str {
    attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// The faults of a package by the rules of the format (ECMA-376, part 2).
pub fn package_faults(bytes: &[u8]) -> Vec<String> {
    let all = parts(bytes);
    let names: BTreeSet<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    let mut faults = Vec::new();
    let mut check = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    check(names.len() == all.len(), "two parts of one name".into());
    let texts = text_parts(bytes);
    let types = elements("types", &texts[0].1);
    check(all[0].0 == "[Content_Types].xml", "the content types do not come first".into());
    for (name, _) in &all {
        let ending = name.rsplit('.').next().unwrap_or_default();
        let has_type = types.iter().any(|(element, with)| match element.as_str() {
            "Default" => of(with, "Extension") == ending,
            "Override" => of(with, "PartName") == format!("/{name}"),
            _ => false,
        });
        check(has_type || name == "[Content_Types].xml", format!("{name} has no content type"));
    }
    for (name, text) in &texts {
        let elements = elements(name, text);
        let Some(folder) = name.strip_suffix(".rels") else { continue };
        let base = folder.split("_rels/").next().unwrap_or_default();
        for (_, with) in elements.iter().filter(|(element, _)| element == "Relationship") {
            let target = of(with, "Target");
            check(of(with, "TargetMode") != "External", format!("{name} leads out: {target}"));
            check(names.contains(resolved(base, target).as_str()), format!("{name}: no {target}"));
        }
    }
    faults
}

/// A relationship's target from the folder of its part.
fn resolved(base: &str, target: &str) -> String {
    let mut path: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    if target.starts_with('/') {
        path.clear();
    }
    for part in target.split('/').filter(|part| !part.is_empty()) {
        match part {
            ".." => path.truncate(path.len().saturating_sub(1)),
            _ => path.push(part),
        }
    }
    path.join("/")
}
