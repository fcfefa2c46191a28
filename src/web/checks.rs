//! The checks that decide which requests are answered at all, from the head of a request alone.
//!
//! A page on a different site can send requests here from the officer's own browser: `Origin` and `Sec-Fetch-Site` keep those out. A name
//! on the internet can be pointed at 127.0.0.1 (DNS rebinding): `Host` keeps that out. Cookies alone do neither, because they ignore ports.

use axum::http::header::{COOKIE, HOST, HeaderMap, ORIGIN};
use axum::http::{Method, Uri};

use crate::core::hash::sha256;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It was sent to a different host name.
    Host,
    /// Its method is not one that pages use.
    Method,
    /// It is not under the address of this run.
    Address,
    /// A page of a different site sent it.
    Elsewhere,
    /// It has no cookie of a session.
    Session,
    /// The one-time address was used, or is too old.
    Token,
    /// Its form does not have the token that this session was given.
    Form,
}

/// Where pages are served, with which every request is compared.
#[derive(Debug)]
pub(super) struct ServedAt {
    /// Host and port, as in `127.0.0.1:4711`.
    pub authority: String,
    /// The first part of every address.
    pub segment: String,
}

impl ServedAt {
    /// The address of the first page, without the last slash.
    pub(super) fn address(&self) -> String {
        format!("http://{}/{}", self.authority, self.segment)
    }
}

/// Why a request is refused, whoever sent it; `None` for one that is let through to the session check.
pub(super) fn refusal(at: &ServedAt, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Refused> {
    let mut hosts = headers.get_all(HOST).iter();
    let is_host = hosts.next().is_some_and(|host| host.as_bytes() == at.authority.as_bytes());
    if !is_host || hosts.next().is_some() {
        return Some(Refused::Host);
    }
    // A request line may have a whole address in it, which must then be ours too.
    if uri.authority().is_some_and(|authority| authority.as_str() != at.authority) {
        return Some(Refused::Host);
    }
    if ![Method::GET, Method::HEAD, Method::POST].contains(method) {
        return Some(Refused::Method);
    }
    let segment = uri.path().split('/').nth(1).unwrap_or_default();
    // Hashes are compared, so that the time it takes does not tell how many characters of a guess are right.
    if sha256(segment.as_bytes()) != sha256(at.segment.as_bytes()) {
        return Some(Refused::Address);
    }
    let site = one(headers, "sec-fetch-site");
    // A page on a different port of this computer counts as "same-site", and it is not ours.
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Some(Refused::Elsewhere);
    }
    if *method == Method::POST && !is_from_here(at, headers, site) {
        return Some(Refused::Elsewhere);
    }
    None
}

/// Whether a form was sent by a page of ours. Under `no-referrer`, browsers send `Origin: null`; then `Sec-Fetch-Site` decides.
fn is_from_here(at: &ServedAt, headers: &HeaderMap, site: Option<&str>) -> bool {
    let ours = format!("http://{}", at.authority);
    match one(headers, ORIGIN.as_str()) {
        Some("null") => site == Some("same-origin"),
        Some(origin) => origin == ours,
        None => false,
    }
}

/// The value of a header. A header that comes twice gives `?`, which no check lets in.
fn one<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { Some("?") } else { Some(first.to_str().unwrap_or("?")) }
}

/// The values of our cookie. A browser may still have one of an earlier run, and sends both.
pub(super) fn cookies(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == "jtai").map(|(_, value)| value.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEGMENT: &str = "0123abcd";

    fn checked(method: Method, target: &str, pairs: &[(&'static str, &'static str)]) -> Option<Refused> {
        let at = ServedAt { authority: "127.0.0.1:4711".into(), segment: SEGMENT.into() };
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().expect("a value"));
        }
        refusal(&at, &method, &target.parse().expect("a target"), &headers)
    }

    #[test]
    fn a_host_is_taken_letter_by_letter() {
        let get = |pairs: &[(&'static str, &'static str)]| checked(Method::GET, "/0123abcd/", pairs);
        assert_eq!(get(&[("host", "127.0.0.1:4711")]), None);
        for host in [
            "localhost:4711",
            "127.0.0.1",
            "127.0.0.1:04711",
            "127.0.0.1:4711.example.org",
            "127.0.0.1:47110",
            "example.org",
            "[::1]:4711",
            "",
        ] {
            assert_eq!(get(&[("host", host)]), Some(Refused::Host), "{host:?}");
        }
        assert_eq!(get(&[]), Some(Refused::Host));
        assert_eq!(get(&[("host", "127.0.0.1:4711"), ("host", "127.0.0.1:4711")]), Some(Refused::Host));
        let absolute = checked(Method::GET, "http://example.org/0123abcd/", &[("host", "127.0.0.1:4711")]);
        assert_eq!(absolute, Some(Refused::Host));
    }

    #[test]
    fn a_form_comes_from_a_page_of_ours() {
        let post = |pairs: &[(&'static str, &'static str)]| {
            checked(Method::POST, "/0123abcd/stop", &[&[("host", "127.0.0.1:4711")], pairs].concat())
        };
        for pairs in [
            &[("origin", "http://127.0.0.1:4711")][..],
            &[("origin", "http://127.0.0.1:4711"), ("sec-fetch-site", "same-origin")],
            &[("origin", "null"), ("sec-fetch-site", "same-origin")],
        ] {
            assert_eq!(post(pairs), None, "{pairs:?}");
        }
        for pairs in [
            &[][..],
            &[("origin", "https://example.org")],
            &[("origin", "http://127.0.0.1:4712")],
            &[("origin", "https://127.0.0.1:4711")],
            &[("origin", "null")],
            &[("origin", "null"), ("sec-fetch-site", "cross-site")],
            &[("origin", "null"), ("sec-fetch-site", "none")],
            &[("origin", "http://127.0.0.1:4711"), ("sec-fetch-site", "same-site")],
            &[("origin", "http://127.0.0.1:4711"), ("origin", "http://127.0.0.1:4711")],
        ] {
            assert_eq!(post(pairs), Some(Refused::Elsewhere), "{pairs:?}");
        }
    }

    #[test]
    fn other_addresses_and_methods_are_refused() {
        let host = [("host", "127.0.0.1:4711")];
        assert_eq!(checked(Method::GET, "/", &host), Some(Refused::Address));
        assert_eq!(checked(Method::GET, "/0123abce/", &host), Some(Refused::Address));
        assert_eq!(checked(Method::DELETE, "/0123abcd/", &host), Some(Refused::Method));
        let elsewhere = [host[0], ("sec-fetch-site", "same-site")];
        assert_eq!(checked(Method::GET, "/0123abcd/", &elsewhere), Some(Refused::Elsewhere));
    }
}
