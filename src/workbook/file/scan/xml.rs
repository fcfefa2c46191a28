//! Walks one part of a package as a stream of XML, and checks it to its end: bytes, end tags, nesting, length of tokens. Document types and
//! encodings other than UTF-8 are refused.

use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceResolver, PrefixDeclaration, QName, ResolveResult};

use super::super::limits;

/// A part that cannot be trusted, with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault(pub String);

impl Fault {
    /// A fault in a few words.
    pub(super) fn new(what: impl Into<String>) -> Fault {
        Fault(what.into())
    }
}

/// The fault of a part in a different encoding.
const OTHER_ENCODING: &str = "it is not written in UTF-8";

/// The inflated bytes of a part.
pub(super) enum PartSource<'s> {
    /// All of them, no zero among them.
    Whole(&'s str),
    /// One after the other, for a part that is too large to be held, or that is damaged.
    Streamed(Box<dyn Read + 's>),
}

impl<'s, R: Read + 's> From<R> for PartSource<'s> {
    fn from(source: R) -> PartSource<'s> {
        PartSource::Streamed(Box::new(source))
    }
}

/// Walks a part and gives every event to `each`, with its depth. The part must be whole.
///
/// # Errors
///
/// When the part is not well-formed XML in UTF-8 to its end, breaks a limit, or `each` returns a fault.
pub(super) fn walk(
    source: PartSource<'_>,
    limit: u64,
    mut each: impl FnMut(&Event<'_>, usize) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut walked = WalkedPart::default();
    match source {
        PartSource::Whole(text) if text.len() as u64 > limit => return Err(Fault::new(TOO_LARGE)),
        PartSource::Whole(text) => {
            let mut reader = Reader::from_str(text);
            reader.config_mut().check_end_names = true;
            loop {
                let event = reader.read_event().map_err(|error| fault(&error))?;
                if walked.take(&event, &mut each)? {
                    break;
                }
            }
        }
        PartSource::Streamed(source) => {
            let mut reader = Reader::from_reader(CountedTokens::new(source, limit));
            reader.config_mut().check_end_names = true;
            let mut buffer = Vec::new();
            loop {
                let event = reader.read_event_into(&mut buffer).map_err(|error| fault(&error))?;
                if walked.take(&event, &mut each)? {
                    break;
                }
                buffer.clear();
            }
        }
    }
    if walked.depth > 0 || walked.elements == 0 {
        return Err(damaged());
    }
    Ok(())
}

/// A part that can be walked as a whole: one in UTF-8 without zeros, no longer than a piece of a part may be, so that no piece of it is
/// too long.
pub(super) fn whole(inflated: Vec<u8>) -> Option<String> {
    let is_plain = inflated.len() as u64 <= limits::TOKEN && !inflated.contains(&0);
    String::from_utf8(inflated).ok().filter(|_| is_plain)
}

/// What is said of a part that goes on beyond its limit.
const TOO_LARGE: &str = "it is larger than any real one";

/// How far a part was walked.
#[derive(Default)]
struct WalkedPart {
    depth: usize,
    elements: usize,
    /// The prefixes that are declared here.
    prefixes: NamespaceResolver,
    /// How deep the open elements are that declare any. Few do: looking for declarations in each would take its attributes apart again.
    declared_at: Vec<usize>,
}

impl WalkedPart {
    /// Takes one event; `true` when it is the end of the part.
    fn take(
        &mut self,
        event: &Event<'_>,
        each: &mut impl FnMut(&Event<'_>, usize) -> Result<(), Fault>,
    ) -> Result<bool, Fault> {
        if self.elements > limits::ELEMENTS {
            return Err(Fault::new("it has more elements than any real one"));
        }
        match event {
            Event::Start(start) => {
                self.elements += 1;
                self.depth += 1;
                self.declare(start)?;
                check_names(start, &self.prefixes)?;
                if self.depth > limits::DEPTH {
                    return Err(Fault::new("its elements are nested too deeply"));
                }
                each(event, self.depth)?;
            }
            Event::End(_) => {
                each(event, self.depth)?;
                self.forget_declared();
                self.depth = self.depth.checked_sub(1).ok_or_else(damaged)?;
            }
            // A document type can define entities that expand to gigabytes, or read other files.
            Event::DocType(_) => {
                return Err(Fault::new("it declares a document type, which no spreadsheet program writes"));
            }
            Event::Decl(declaration) => {
                // ASCII is UTF-8 too.
                let is_utf8 = match declaration.encoding() {
                    None => true,
                    Some(name) => name
                        .is_ok_and(|name| name.eq_ignore_ascii_case("utf-8") || name.eq_ignore_ascii_case("us-ascii")),
                };
                if !is_utf8 {
                    return Err(Fault::new(OTHER_ENCODING));
                }
            }
            Event::Eof => return Ok(true),
            Event::GeneralRef(reference) if resolved_reference(reference).is_empty() => {
                return Err(Fault::new("it refers to a character that XML does not know"));
            }
            Event::Empty(start) => {
                self.elements += 1;
                self.depth += 1;
                self.declare(start)?;
                check_names(start, &self.prefixes)?;
                self.forget_declared();
                self.depth -= 1;
                each(event, self.depth)?;
            }
            _ => each(event, self.depth)?,
        }
        Ok(false)
    }

    /// Takes in the prefixes that an element declares.
    fn declare(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        if may_declare(start) {
            self.prefixes.push(start).map_err(|_| damaged())?;
            self.declared_at.push(self.depth);
        }
        Ok(())
    }

    /// Forgets the prefixes that the element which ends declares.
    fn forget_declared(&mut self) {
        if self.declared_at.pop_if(|depth| *depth == self.depth).is_some() {
            self.prefixes.pop();
        }
    }
}

fn damaged() -> Fault {
    Fault::new("it is cut off or damaged")
}

/// Whether an element may declare what a prefix stands for. Few do, and to look for a letter is quicker than to take attributes apart.
fn may_declare(start: &BytesStart<'_>) -> bool {
    start.attributes_raw().contains('x')
}

/// Checks the attributes and prefixes of an element. The reader drops an attribute that it cannot read, and with it a cell's place or kind.
/// It also goes by names alone, where every other program goes by the namespace of a prefix.
fn check_names(start: &BytesStart<'_>, known: &NamespaceResolver) -> Result<(), Fault> {
    let is_known = |name: QName<'_>| {
        name.prefix().is_none() || !matches!(known.resolve_element(name).0, ResolveResult::Unknown(_))
    };
    // The names so far, to find one that is there twice. The parser's own check takes memory for each element.
    let (mut names, mut count) = ([""; MOST_ATTRIBUTES], 0);
    let mut attributes = start.attributes();
    for attribute in attributes.with_checks(false) {
        let key = attribute.map_err(|_| damaged())?.key;
        // The declaration of a prefix needs no declared prefix.
        let declares = matches!(key.as_namespace_binding(), Some(PrefixDeclaration::Named(_)));
        if !declares && !is_known(key) || names[..count].contains(&key.into_inner()) {
            return Err(damaged());
        }
        if let Some(place) = names.get_mut(count) {
            *place = key.into_inner();
            count += 1;
        }
    }
    // More than there is room for: the parser compares them all.
    let is_each_once = count < MOST_ATTRIBUTES || start.attributes().all(|attribute| attribute.is_ok());
    if is_each_once && is_known(start.name()) { Ok(()) } else { Err(damaged()) }
}

/// How many attributes of an element are compared with one another here; hardly any has more.
const MOST_ATTRIBUTES: usize = 16;

fn fault(error: &quick_xml::Error) -> Fault {
    match error {
        quick_xml::Error::Io(inner) if inner.kind() == io::ErrorKind::Other => Fault(inner.to_string()),
        quick_xml::Error::Io(_) => Fault::new("its compressed data is damaged"),
        quick_xml::Error::Encoding(_) => Fault::new(OTHER_ENCODING),
        _ => damaged(),
    }
}

/// An attribute's value with its entities resolved; `None` where the element has no such attribute. Names are compared without prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        start.attributes().with_checks(false).flatten().find(|attribute| local(attribute.key.as_ref()) == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), |text| text.into_owned()))
}

/// An attribute's value by its name with the prefix, for elements in which two attributes can differ by the prefix alone.
pub(super) fn qualified(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), |text| text.into_owned()))
}

/// The characters that a reference in a text stands for; empty for one that XML does not define.
pub(super) fn resolved_reference(reference: &BytesRef<'_>) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => character.to_string(),
        _ => quick_xml::escape::resolve_predefined_entity(reference).unwrap_or_default().to_string(),
    }
}

/// Tells the elements of a part from those of other namespaces: its own have the prefix of its root, in the same namespace. The reader
/// ignores prefixes, and would take a foreign element of the same name for the part's own.
#[derive(Debug, Default)]
pub(super) struct OwnNames {
    /// The root's prefix and its namespace.
    root: Option<(String, Option<String>)>,
}

impl OwnNames {
    /// Whether an element is the part's own. The first one asked about is the root.
    pub(super) fn has(&mut self, start: &BytesStart<'_>) -> bool {
        let name = start.name();
        let prefix = prefix(name.as_ref());
        // Nearly every element has the root's prefix and binds none. Two empty texts are told apart from others by their length alone:
        // comparing their bytes takes long on some processors, although there are none.
        let is_same = |own: &str| own.len() == prefix.len() && (own.is_empty() || own == prefix);
        if self.root.as_ref().is_some_and(|(own, _)| is_same(own)) && !may_declare(start) {
            return true;
        }
        let bound = || {
            if !may_declare(start) {
                return None;
            }
            let binds = |key: QName<'_>| match key.as_namespace_binding() {
                Some(PrefixDeclaration::Default) => prefix.is_empty(),
                Some(PrefixDeclaration::Named(named)) => named == prefix,
                None => false,
            };
            start
                .attributes()
                .flatten()
                .find(|attribute| binds(attribute.key))
                .map(|attribute| attribute.value.to_string())
        };
        match &self.root {
            None => {
                self.root = Some((prefix.to_string(), bound()));
                true
            }
            Some((own, namespace)) => is_same(own) && bound().is_none_or(|here| namespace.as_ref() == Some(&here)),
        }
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    colon(name).map_or(name, |at| &name[at + 1..])
}

fn prefix(name: &str) -> &str {
    colon(name).map_or("", |at| &name[..at])
}

/// The place of a name's last colon. Names are short: walking their bytes is quicker than a search that is made for long texts.
fn colon(name: &str) -> Option<usize> {
    name.bytes().rposition(|byte| byte == b':')
}

/// A reader that fails when more comes out of it than its limit, or too much without a `<`. The parser keeps a token in memory whole, so
/// this is what limits its memory.
struct CountedTokens<R> {
    source: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    left: u64,
    run: u64,
    is_start: bool,
}

impl<R: Read> CountedTokens<R> {
    fn new(source: R, limit: u64) -> CountedTokens<R> {
        CountedTokens {
            source,
            buffer: vec![0; 32 * 1024].into_boxed_slice(),
            start: 0,
            end: 0,
            left: limit,
            run: 0,
            is_start: true,
        }
    }
}

impl<R: Read> Read for CountedTokens<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let here = self.fill_buf()?;
        let length = here.len().min(into.len());
        into[..length].copy_from_slice(&here[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for CountedTokens<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            let read = self.source.read(&mut self.buffer)?;
            (self.start, self.end) = (0, read);
            self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other(TOO_LARGE))?;
            let fresh = &self.buffer[..read];
            // UTF-16 begins with a mark of two bytes, or has a zero byte in every Latin letter. Neither is in UTF-8.
            let is_start = self.is_start;
            self.is_start = false;
            if fresh.contains(&0) || is_start && (fresh.starts_with(b"\xff\xfe") || fresh.starts_with(b"\xfe\xff")) {
                return Err(io::Error::other(OTHER_ENCODING));
            }
            self.run = match fresh.iter().rposition(|byte| *byte == b'<') {
                Some(at) => (read - at) as u64,
                None => self.run + read as u64,
            };
            if self.run > limits::TOKEN {
                return Err(io::Error::other("a piece of it is longer than any real one"));
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.start += amount;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &[u8], expected: &str) {
        let said =
            |source: PartSource<'_>| walk(source, 1 << 30, |_, _| Ok(())).err().map_or(String::new(), |fault| fault.0);
        assert_eq!(said(text.into()), expected);
        // A part is held whole where it is plain, and no longer than a piece of one may be.
        if let Some(whole) = whole(text.to_vec()) {
            assert_eq!(said(PartSource::Whole(&whole)), expected);
        }
    }

    #[test]
    fn only_whole_plain_xml_is_trusted() {
        check(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a><b/>x &amp; y</a>", "");
        check(b"<a><b></a>", "it is cut off or damaged");
        check(b"<a><b>", "it is cut off or damaged");
        check(b"", "it is cut off or damaged");
        check(b"<a x='1", "it is cut off or damaged");
        check(b"<a x='1' x='2'/>", "it is cut off or damaged");
        check(b"<a x=1/>", "it is cut off or damaged");
        // A name with a prefix that stands for nothing.
        check(b"<a><x:b/></a>", "it is cut off or damaged");
        check(b"<a x:b='1'/>", "it is cut off or damaged");
        check(b"<a xmlns:x='y' xml:lang='en'><x:b x:c='1'/></a>", "");
        check(b"<a>&pound;</a>", "it refers to a character that XML does not know");
        check(
            b"<!DOCTYPE a [<!ENTITY x 'y'>]><a/>",
            "it declares a document type, which no spreadsheet program writes",
        );
        check(b"<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", "it is not written in UTF-8");
        check(b"<a>\xff\xff</a>", "it is not written in UTF-8");
        check(b"\xff\xfe<a/>", OTHER_ENCODING);
        check(b"<\0a\0/\0>\0", OTHER_ENCODING);
        check("<a>".repeat(300).as_bytes(), "its elements are nested too deeply");
        check(format!("<a>{}</a>", "x".repeat(5 << 20)).as_bytes(), "a piece of it is longer than any real one");
        assert_eq!(
            walk(b"<a>0123456789</a>".as_slice().into(), 10, |_, _| Ok(())),
            Err(Fault::new("it is larger than any real one"))
        );
    }
}
