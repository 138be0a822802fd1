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

use std::borrow::Cow;

use crate::{ascii, number};

pub(crate) use crate::number::push_number;

/// The absolute `http` or `https` URL that `reference` means in a document at `base`.
///
/// `None` for every other scheme, for an empty or impossible host, and for a
/// relative reference if `base` is no `http` or `https` URL itself.
#[must_use]
pub fn resolve(base: &str, reference: &str) -> Option<String> {
    let reference = strip(reference);
    let base = strip(base);
    let base = split(&base, None);
    Some(split(&reference, base.as_ref())?.write())
}

/// The host of an absolute URL, with its port if it states one; not lower-cased.
#[must_use]
pub fn host(url: &str) -> Option<&str> {
    let (_, rest) = scheme(url)?;
    let rest = ascii::trim_start(rest, is_slash);
    let authority = ascii::until(rest, ends_authority);
    let host = &authority[ascii::rfind(authority, |byte| byte == b'@').map_or(0, |at| at + 1)..];
    (!host.is_empty()).then_some(host)
}

/// The parts of a URL, borrowed, not yet normalised.
#[derive(Clone)]
struct Parts<'a> {
    secure: bool,
    authority: Authority<'a>,
    /// The directory that a relative path starts from, and the path.
    directory: &'a str,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

#[derive(Clone)]
struct Authority<'a> {
    /// With its `@`.
    user: &'a str,
    host: &'a str,
    port: Option<u16>,
}

fn split<'a>(reference: &'a str, base: Option<&Parts<'a>>) -> Option<Parts<'a>> {
    let (secure, rest) = match scheme(reference) {
        Some((secure, rest)) => {
            // `https:path` is relative, if the base is https too.
            let same = base.is_some_and(|base| base.secure == secure);
            if !same || slashes(rest) >= 2 {
                return absolute(secure, rest);
            }
            (secure, rest)
        }
        None if has_scheme(reference) => return None,
        None => (base?.secure, reference),
    };
    let base = base?;
    if slashes(rest) >= 2 {
        return absolute(secure, rest);
    }
    let (path, query, fragment) = split_path(rest);
    let mut parts = Parts { directory: "", path, query, fragment, ..base.clone() };
    if path.is_empty() {
        parts.directory = base.directory;
        parts.path = base.path;
        parts.query = query.or(base.query);
    } else if slashes(path) == 0 {
        // All of the base's path up to its last slash. Of its two halves the first
        // is always empty, as a base is absolute.
        let end = ascii::rfind(base.path, is_slash).map_or(0, |at| at + 1);
        parts.directory = &base.path[..end];
    }
    Some(parts)
}

fn absolute(secure: bool, rest: &str) -> Option<Parts<'_>> {
    let rest = ascii::trim_start(rest, is_slash);
    let before = ascii::until(rest, ends_authority);
    let (path, query, fragment) = split_path(&rest[before.len()..]);
    let authority = authority(before, secure)?;
    Some(Parts { secure, authority, directory: "", path, query, fragment })
}

fn authority(text: &str, secure: bool) -> Option<Authority<'_>> {
    let (user, rest) = text.split_at(ascii::rfind(text, |byte| byte == b'@').map_or(0, |at| at + 1));
    // A colon within the brackets of an IPv6 address parts no port.
    let colon = ascii::rfind(rest, |byte| byte == b':').filter(|&at| !has(&rest[at..], |byte| byte == b']'));
    let (host, port) = match colon {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, ""),
    };
    let bracketed = ascii::strip(host, b'[').and_then(|host| host.strip_suffix(']'));
    let forbidden = |byte| byte <= b' ' || b"\"#/:<>?@[\\]^|\x7f".contains(&byte);
    let valid = match bracketed {
        Some(address) => {
            !address.is_empty() && address.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
        }
        None => !host.is_empty() && !has(host, forbidden),
    };
    if !valid || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let port = match port {
        "" => None,
        digits => {
            let port = u16::try_from(number::read(digits)?).ok()?;
            Some(port).filter(|&port| port != if secure { 443 } else { 80 })
        }
    };
    Some(Authority { user, host, port })
}

impl Parts<'_> {
    fn write(&self) -> String {
        let mut out = String::from(if self.secure { "https://" } else { "http://" });
        encode(&mut out, self.authority.user);
        let host = out.len();
        out.push_str(self.authority.host);
        out[host..].make_ascii_lowercase();
        if let Some(port) = self.authority.port {
            out.push(':');
            push_number(&mut out, u32::from(port));
        }
        let root = out.len();
        // The directory ends in a slash, so that its last segment is always empty.
        let directory = &self.directory[..self.directory.len().saturating_sub(1)];
        if !directory.is_empty() {
            write_segments(&mut out, root, strip_slash(directory), false);
        }
        write_segments(&mut out, root, strip_slash(self.path), true);
        if let Some(query) = self.query {
            out.push('?');
            encode(&mut out, query);
        }
        if let Some(fragment) = self.fragment {
            out.push('#');
            encode(&mut out, fragment);
        }
        out
    }
}

/// Appends a path, `root` being where paths begin in `out`. `.` and `..` are resolved.
fn write_segments(out: &mut String, root: usize, path: &str, last: bool) {
    let mut rest = Some(path);
    while let Some(path) = rest {
        let segment = ascii::until(path, is_slash);
        rest = path.get(segment.len() + 1..);
        let at_end = last && rest.is_none();
        let dots = dots(segment);
        if dots == 2 {
            let parent = ascii::rfind(&out[root..], is_slash).unwrap_or(0);
            out.truncate(root + parent);
        }
        if dots == 0 {
            out.push('/');
            encode(out, segment);
        } else if at_end {
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
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_encoded) {
        out.push_str(&rest[..at]);
        // All bytes of a character other than ASCII are encoded, so that the end is the end of one.
        let end = at + rest[at..].bytes().take_while(|&byte| is_encoded(byte)).count();
        for byte in rest[at..end].bytes() {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
}

fn is_encoded(byte: u8) -> bool {
    byte <= b' ' || byte >= 0x7f || matches!(byte, b'"' | b'<' | b'>')
}

/// Without the controls and spaces around it, and the tabs and line breaks within.
fn strip(text: &str) -> Cow<'_, str> {
    let text = ascii::trim_start(text, |byte| byte <= b' ');
    let text = &text[..ascii::rfind(text, |byte| byte > b' ').map_or(0, |at| text.ceil_char_boundary(at + 1))];
    let dropped = |byte| matches!(byte, b'\t' | b'\n' | b'\r');
    if !has(text, dropped) {
        return text.into();
    }
    let mut kept = text.to_owned();
    kept.retain(|char| !matches!(char, '\t' | '\n' | '\r'));
    kept.into()
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

fn split_path(text: &str) -> (&str, Option<&str>, Option<&str>) {
    let (text, fragment) = cut(text, b'#');
    let (path, query) = cut(text, b'?');
    (path, query, fragment)
}

fn cut(text: &str, at: u8) -> (&str, Option<&str>) {
    ascii::split_once(text, at).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn slashes(text: &str) -> usize {
    text.len() - ascii::trim_start(text, is_slash).len()
}

fn strip_slash(text: &str) -> &str {
    if text.bytes().next().is_some_and(is_slash) { &text[1..] } else { text }
}

fn has(text: &str, wanted: ascii::Wanted) -> bool {
    ascii::find(text, wanted).is_some()
}

fn is_slash(byte: u8) -> bool {
    byte == b'/' || byte == b'\\'
}

fn ends_authority(byte: u8) -> bool {
    is_slash(byte) || byte == b'?' || byte == b'#'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
                    Err(_) => prop_assert!(url::Url::parse(&ours).is_err() || slashes(&strip(&reference)) > 2, "{}", ours),
                }
            } else if let Ok(theirs) = theirs {
                // The standard allows quotes in a host; we do not.
                let quoted = theirs.host_str().is_some_and(|host| host.contains('"'));
                prop_assert!(quoted || !matches!(theirs.scheme(), "http" | "https"), "refused {}", theirs);
            }
        }
    }
}
