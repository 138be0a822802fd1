//! Links: what a reference means on a page, as far as it is `http` or `https`.
//!
//! ```
//! use stichwort_core::url::{host, resolve};
//!
//! let base = "https://portal.example/news/feed.json";
//! assert_eq!(resolve(base, "../a?b#c").as_deref(), Some("https://portal.example/a?b#c"));
//! assert_eq!(resolve(base, "//Other.example:443").as_deref(), Some("https://other.example/"));
//! assert_eq!(resolve(base, " java\nscript:alert(1)"), None);
//! assert_eq!(host("https://other.example:8080/x"), Some("other.example:8080"));
//! ```
//!
//! This follows the basic URL parser of the WHATWG URL Standard, section 4.4, for
//! the special schemes, but leaves to the browser what it will do anyway: hosts
//! are not converted (no IDNA, no IPv4 in odd notations) beyond lower case. Paths,
//! queries and fragments come out in ASCII, because a page in another encoding
//! than UTF-8 would read a query differently than the bundle meant it.

use std::cell::OnceCell;

use crate::ascii::{self, has};
use crate::number::{self, push_number};

/// The absolute `http` or `https` URL that `reference` means in a document at `base`.
///
/// `None` for every other scheme, for an empty or impossible host, and for a
/// relative reference if `base` is no `http` or `https` URL itself.
#[must_use]
pub fn resolve(base: &str, reference: &str) -> Option<String> {
    let mut out = String::new();
    Base::new(base).resolve(reference, &mut out).then_some(out)
}

/// The host of an absolute URL, with its port if it states one; not lower-cased.
#[must_use]
pub fn host(url: &str) -> Option<&str> {
    let (_, rest) = scheme(url)?;
    let rest = ascii::trim_start(rest, is_slash);
    let (_, host) = split_user(ascii::until(rest, ends_authority));
    (!host.is_empty()).then_some(host)
}

/// Whether [`resolve`] surely gives this URL back unchanged, whatever the base. `false` may be wrong, `true` never is.
#[must_use]
pub fn is_plain(url: &str) -> bool {
    let Some(rest) = url.strip_prefix(HTTPS).or(url.strip_prefix("http://")) else { return false };
    let host = ascii::until(rest, |byte| !matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'));
    let path = &rest[host.len()..];
    /// A percent sign after a slash.
    const HIDDEN: u8 = 1;
    let mut before = 0;
    // After a slash, dots can lead elsewhere, which may be written `%2e`.
    let is_odd = |&byte: &u8| {
        let is_odd = is_encoded(byte) || byte == b'\\' || matches!((before, byte), (b'/', b'.') | (HIDDEN, b'2'));
        before = if (before, byte) == (b'/', b'%') { HIDDEN } else { byte };
        is_odd
    };
    !host.is_empty() && path.starts_with('/') && !path.as_bytes().iter().any(is_odd)
}

/// The address of a document, from which its references start.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    given: String,
    normal: OnceCell<Normal>,
}

impl Base {
    pub(crate) fn new(url: &str) -> Self {
        Self { given: url.to_owned(), normal: OnceCell::new() }
    }

    /// Appends what [`resolve`] says; `false`, and nothing appended, if that is nothing.
    pub(crate) fn resolve(&self, reference: &str, out: &mut String) -> bool {
        self.normal.get_or_init(|| Normal::of(&self.given)).resolve(reference, out)
    }
}

/// An address as all its readers would write it.
#[derive(Clone, Debug)]
struct Normal {
    /// Empty if it is no `http` or `https` URL.
    url: String,
    /// Where its path begins.
    root: usize,
}

impl Normal {
    fn of(url: &str) -> Self {
        let mut base = Self { url: String::new(), root: 0 };
        let mut normal = String::new();
        if base.resolve(url, &mut normal) {
            // A slash ends the host; the first two stand before it.
            base.root = HTTPS.len() + ascii::until(&normal[HTTPS.len()..], is_slash).len();
            base.url = normal;
        }
        base
    }

    fn resolve(&self, reference: &str, out: &mut String) -> bool {
        let mut kept = String::new();
        let reference = strip(reference, &mut kept);
        let base_is_secure = self.url.starts_with(HTTPS);
        let (secure, rest) = match scheme(reference) {
            Some(found) => found,
            None if has_scheme(reference) || self.url.is_empty() => return false,
            None => (base_is_secure, reference),
        };
        let after_slashes = ascii::trim_start(rest, is_slash);
        let slashes = rest.len() - after_slashes.len();
        // `https:path` is relative, if the base is https too.
        if slashes >= 2 || self.url.is_empty() || secure != base_is_secure {
            return absolute(secure, after_slashes, out);
        }
        let path = ascii::until(rest, ends_path);
        let kept_of_base = if slashes > 0 {
            &self.url[..self.root]
        } else if !path.is_empty() {
            let (origin, own_path) = self.url.split_at(self.root);
            // All of its path up to its last slash.
            let own_path = ascii::until(own_path, ends_path);
            &self.url[..origin.len() + ascii::end(own_path, is_slash).saturating_sub(1)]
        } else {
            ascii::until(&self.url, if rest.bytes().next() == Some(b'?') { ends_path } else { |byte| byte == b'#' })
        };
        let start = out.len();
        out.push_str(kept_of_base);
        if !path.is_empty() {
            write_segments(out, start + self.root, path);
        }
        encode(out, &rest[path.len()..]);
        true
    }
}

const HTTPS: &str = "https://";

/// Appends an absolute URL, given what follows the slashes after its scheme; `false` if its authority is none.
fn absolute(secure: bool, rest: &str, out: &mut String) -> bool {
    let authority = ascii::until(rest, ends_authority);
    let (user, address) = split_user(authority);
    // A colon within the brackets of an IPv6 address parts no port.
    let end = ascii::end(address, |byte| byte == b':' || byte == b']');
    let colon = if address[..end].ends_with(':') { end - 1 } else { address.len() };
    let (host, port) = address.split_at(colon);
    let forbidden = match ascii::strip(host, b'[').and_then(|host| host.strip_suffix(']')) {
        Some("") => return false,
        Some(address) => has(address, |byte| !byte.is_ascii_hexdigit() && byte != b':' && byte != b'.'),
        None => has(host, |byte| {
            byte <= b' '
                || matches!(byte, b'"' | b'#' | b'/' | b':' | b'<' | b'>' | b'?' | b'@' | b'['..=b'^' | b'|' | 0x7f)
        }),
    };
    // Without digits there is no port, as with that of the scheme.
    let default = if secure { 443 } else { 80 };
    let digits = port.get(1..).filter(|digits| !digits.is_empty());
    let port = digits.map_or(Some(default), number::read);
    let Some(port @ 0..=0xffff) = port else { return false };
    if host.is_empty() || forbidden {
        return false;
    }
    out.push_str(if secure { HTTPS } else { "http://" });
    encode(out, user);
    let start = out.len();
    out.push_str(host);
    out[start..].make_ascii_lowercase();
    if port != default {
        out.push(':');
        push_number(out, port);
    }
    let rest = &rest[authority.len()..];
    let path = ascii::until(rest, ends_path);
    write_segments(out, out.len(), path);
    encode(out, &rest[path.len()..]);
    true
}

/// What stands before a host, with its `@`, and the host with its port.
fn split_user(authority: &str) -> (&str, &str) {
    authority.split_at(ascii::end(authority, |byte| byte == b'@'))
}

/// Appends a path, `root` being where paths begin in `out`. `.` and `..` are resolved.
fn write_segments(out: &mut String, root: usize, path: &str) {
    let mut rest = Some(ascii::strip(path, b'/').or(ascii::strip(path, b'\\')).unwrap_or(path));
    while let Some(path) = rest {
        let segment = ascii::until(path, is_slash);
        rest = path.get(segment.len() + 1..);
        let dots = dots(segment);
        if dots == 2 {
            let parent = ascii::end(&out[root..], is_slash).saturating_sub(1);
            out.truncate(root + parent);
        }
        if dots == 0 {
            out.push('/');
            encode(out, segment);
        } else if rest.is_none() {
            out.push('/');
        }
    }
}

/// 1 for `.`, 2 for `..`, also if they are percent-encoded, else 0.
fn dots(segment: &str) -> usize {
    let mut rest = segment.as_bytes();
    let mut dots = 0;
    while !rest.is_empty() {
        rest = match rest {
            [b'.', rest @ ..] | [b'%', b'2', b'e' | b'E', rest @ ..] => rest,
            _ => return 0,
        };
        dots += 1;
    }
    if dots > 2 { 0 } else { dots }
}

/// Percent-encodes what no browser leaves as it is, in whatever part of a URL, and all but ASCII.
fn encode(out: &mut String, text: &str) {
    if !has(text, is_encoded) {
        return out.push_str(text);
    }
    for byte in text.bytes() {
        if is_encoded(byte) {
            out.push('%');
            // In capitals, as RFC 3986, 2.1, asks for.
            ascii::push_hex(out, byte, b"0123456789ABCDEF");
        } else {
            out.push(char::from(byte));
        }
    }
}

fn is_encoded(byte: u8) -> bool {
    byte <= b' ' || byte >= 0x7f || matches!(byte, b'"' | b'<' | b'>')
}

/// Without the controls and spaces around it, and the tabs and line breaks within; `kept` is for what is left then.
fn strip<'a>(text: &'a str, kept: &'a mut String) -> &'a str {
    let text = ascii::trim(text);
    let dropped = |byte| matches!(byte, b'\t' | b'\n' | b'\r');
    if !has(text, dropped) {
        return text;
    }
    let mut rest = Some(text);
    while let Some(text) = rest {
        let part = ascii::until(text, dropped);
        kept.push_str(part);
        rest = text.get(part.len() + 1..);
    }
    kept
}

/// Whether the scheme is `https`, and what follows its colon, if it is that or `http`.
fn scheme(text: &str) -> Option<(bool, &str)> {
    let (scheme, rest) = ascii::split_once(text, b':')?;
    let secure = scheme.eq_ignore_ascii_case("https");
    (secure || scheme.eq_ignore_ascii_case("http")).then_some((secure, rest))
}

fn has_scheme(text: &str) -> bool {
    ascii::split_once(text, b':').is_some_and(|(scheme, _)| {
        scheme.bytes().next().is_some_and(|first| first.is_ascii_alphabetic())
            && !has(scheme, |byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'-' | b'.'))
    })
}

fn is_slash(byte: u8) -> bool {
    byte == b'/' || byte == b'\\'
}

fn ends_path(byte: u8) -> bool {
    byte == b'?' || byte == b'#'
}

fn ends_authority(byte: u8) -> bool {
    is_slash(byte) || ends_path(byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slashes(text: &str) -> usize {
        text.len() - ascii::trim_start(text, is_slash).len()
    }

    const BASE: &str = "https://host.example/a/b/c.json?q=1#f";

    /// `expected` is also what the `url` crate, and so a browser, makes of it.
    #[track_caller]
    fn check(reference: &str, expected: &str) {
        check_from(BASE, reference, expected);
    }

    #[track_caller]
    fn check_from(base: &str, reference: &str, expected: &str) {
        assert_eq!(resolve(base, reference).as_deref(), Some(expected));
        let theirs = url::Url::parse(base).and_then(|base| base.join(reference)).expect("is a URL");
        assert_eq!(theirs.as_str(), expected, "a browser says otherwise");
    }

    #[track_caller]
    fn check_refused(reference: &str) {
        assert_eq!(resolve(BASE, reference), None, "{reference:?}");
    }

    #[test]
    fn references_are_resolved_as_a_browser_does() {
        check("https://other.example", "https://other.example/");
        check("HTTPS://Other.Example/Path", "https://other.example/Path");
        check("http://other.example:80/", "http://other.example/");
        check("https://other.example:0443/", "https://other.example/");
        check("https://other.example:8080", "https://other.example:8080/");
        check("https://other.example:/x", "https://other.example/x");
        check("https://u:p@other.example/", "https://u:p@other.example/");
        check("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x");
        check("https:other", "https://host.example/a/b/other");
        check("https:/other", "https://host.example/other");
        check("https:\\\\other\\x", "https://other/x");
        check("http:other", "http://other/");
        check("http:/other", "http://other/");
        check("https:////other", "https://other/");
        check("//other.example/x", "https://other.example/x");
        check("\\/other.example", "https://other.example/");
        check("/x", "https://host.example/x");
        check("\\x", "https://host.example/x");
        check("x", "https://host.example/a/b/x");
        check("x/", "https://host.example/a/b/x/");
        check("./x", "https://host.example/a/b/x");
        check("../x", "https://host.example/a/x");
        check("..\\x", "https://host.example/a/x");
        check("../../../../x", "https://host.example/x");
        check("%2e%2E/x", "https://host.example/a/x");
        check(".%2e/x/..", "https://host.example/a/");
        check("x/.", "https://host.example/a/b/x/");
        check("...", "https://host.example/a/b/...");
        check("x//y/../z", "https://host.example/a/b/x//z");
        check("/..//x", "https://host.example//x");
        check(".", "https://host.example/a/b/");
        check("..", "https://host.example/a/");
        check("?x=/../y", "https://host.example/a/b/c.json?x=/../y");
        check("?", "https://host.example/a/b/c.json?");
        check("#x?y", "https://host.example/a/b/c.json?q=1#x?y");
        check("", "https://host.example/a/b/c.json?q=1");
        check("x?y#z#w", "https://host.example/a/b/x?y#z#w");
        check("1:2", "https://host.example/a/b/1:2");
        check("./a:b", "https://host.example/a/b/a:b");
        check("a b\"c<d>", "https://host.example/a/b/a%20b%22c%3Cd%3E");
        check("?a b\"#c d", "https://host.example/a/b/c.json?a%20b%22#c%20d");
        check("/ä%C3%A4?ä#ä", "https://host.example/%C3%A4%C3%A4?%C3%A4#%C3%A4");
        check("\u{1}  /x\r\n y \u{0}", "https://host.example/x%20y");
        check("ht\ntps://oth\ter/", "https://other/");
        check("%zz%", "https://host.example/a/b/%zz%");
        check_from("http://host", "x", "http://host/x");
        check_from("http://host?a/b", "x", "http://host/x");
        check_from("http://host/a/../b/c", "./d", "http://host/b/d");
        check_from("http://host//a", "b", "http://host//b");
        check_from("http://host//", "b", "http://host//b");
        check_from("http://u@Host:81/a", "//x", "http://x/");
        check_from("http://u@host:81/a", "x", "http://u@host:81/x");
        check_from("data:,x", "https://other/", "https://other/");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_plain_is_resolved_to_itself(
            host in "[a-c.:@-]{0,4}",
            path in proptest::collection::vec(prop_oneof!["/", "\\PC", "[a-z.%2e?#\\\\ \t\"<>]"], 0..12),
        ) {
            let url = ["https://", &host, &path.concat()].concat();
            if is_plain(&url) {
                prop_assert_eq!(resolve(BASE, &url), Some(url.clone()));
                prop_assert_eq!(resolve("data:,x", &url), Some(url));
            }
        }
    }

    #[test]
    fn what_is_plain() {
        for url in
            ["https://host.example/", "http://a/b/c.html?x=y%20z#d", "https://a-b.c/d%C3%A4", "http://a/%C3%A4/%E2"]
        {
            assert!(is_plain(url), "{url}");
        }
        for url in [
            "",
            "/a",
            "//a/b",
            "https://A/",
            "https://a",
            "https://a:1/",
            "https://u@a/",
            "https://a/./b",
            "https://a/ä",
            "https://a/%2E%2e/b",
            "https://a/b\\c",
        ] {
            assert!(!is_plain(url), "{url}");
        }
    }

    #[test]
    fn further_slashes_are_ignored() {
        // As the standard's "special authority ignore slashes state" says and browsers
        // do; the `url` crate finds an empty host in references that begin with `//`.
        assert_eq!(resolve(BASE, "////other.example").as_deref(), Some("https://other.example/"));
        assert_eq!(resolve(BASE, "//\\other.example").as_deref(), Some("https://other.example/"));
    }

    #[test]
    fn other_schemes_and_empty_hosts_are_no_links() {
        for reference in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " \u{0}\u{1f}javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript\r\n:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "mailto:a@b.example",
            "tel:+49",
            "ftp://host/",
            "file:///x",
            "blob:https://host/x",
            "httpss://host/",
            "h:x",
            "https://",
            "https:///",
            "https://?x",
            "https://:80/",
            "https://user@/",
            "https://user@:80/",
            "https://a b/",
            "https://a<b/",
            "https://a:b/",
            "https://a:65536/",
            "https://a:80:80/",
            "https://[::1/",
            "https://[]/",
            "https://::1/",
            "//",
            "\\\\",
        ] {
            check_refused(reference);
        }
        assert_eq!(resolve("about:blank", "x"), None);
        assert_eq!(resolve("", "/x"), None);
        assert_eq!(resolve("file:///x", "//host/"), None);
    }

    #[test]
    fn hosts() {
        #[track_caller]
        fn check(url: &str, expected: Option<&str>) {
            assert_eq!(host(url), expected);
        }
        check("https://host.example/x", Some("host.example"));
        check("http://host.example:8080?x@y", Some("host.example:8080"));
        check("https://u:p@host", Some("host"));
        check("HTTPS://Host#x", Some("Host"));
        check("https://[::1]:1/x", Some("[::1]:1"));
        check("https://", None);
        check("/x", None);
        check("ftp://host/", None);
    }

    /// Pieces that URLs break at.
    fn any_reference() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("http:".to_owned()),
            Just("https:".to_owned()),
            Just("javascript:".to_owned()),
            Just("JAVA".to_owned()),
            Just("script:".to_owned()),
            Just("//".to_owned()),
            Just("..".to_owned()),
            Just("%2e".to_owned()),
            Just("host.example".to_owned()),
            "[a-zA-Z0-9/\\\\.:?#@ \t\r\n%\"'<>`|^{}äß€+\u{0}-\u{1f}\\[\\]-]{0,3}",
        ];
        prop_oneof![prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat()), any::<String>()]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_accepted_means_to_a_browser_what_the_reference_meant(
            reference in any_reference(),
            base in prop_oneof![Just(BASE), Just("http://host"), Just("http://host/x/../y/"), Just("https://h//")],
        ) {
            let theirs = url::Url::parse(base).unwrap().join(&reference);
            if let Some(ours) = resolve(base, &reference) {
                prop_assert!(ours.starts_with("http://") || ours.starts_with("https://"), "{}", ours);
                prop_assert!(!ours.contains(|char: char| char <= ' ' || "\"<>".contains(char)), "{}", ours);
                match theirs {
                    Ok(theirs) => {
                        prop_assert!(matches!(theirs.scheme(), "http" | "https"), "{}", theirs);
                        prop_assert_eq!(url::Url::parse(&ours).unwrap(), theirs, "{}", ours);
                    }
                    // Hosts that only IDNA or IPv4 parsing refuses are left to the browser.
                    // Three slashes: see `further_slashes_are_ignored`.
                    Err(_) => prop_assert!(url::Url::parse(&ours).is_err() || slashes(strip(&reference, &mut String::new())) > 2, "{}", ours),
                }
            } else if let Ok(theirs) = theirs {
                // The standard allows quotes in a host; we do not.
                let quoted = theirs.host_str().is_some_and(|host| host.contains('"'));
                prop_assert!(quoted || !matches!(theirs.scheme(), "http" | "https"), "refused {}", theirs);
            }
        }
    }
}
