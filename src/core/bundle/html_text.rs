//! `content_html` to plain text.
//!
//! ```text
//! <p>Fish &amp; <b>chips</b></p><script>no()</script><p>Tea</p>  ->  Fish & chips Tea
//! ```
//!
//! This follows the tokenizer of the HTML Standard, section 13.2.5, as far as it
//! matters to text, in one pass and linear time. What surprises: a tag, comment or
//! script that never ends takes the rest of the text with it, as in a browser;
//! the content of a `template`, or what stands in for a picture or film, is no text.

use super::text::{Cleaner, ENOUGH};
use crate::ascii;

/// Tags that part words; all others stand within them.
const BREAKS: &str = "address article aside blockquote body br caption center dd details dialog dir div dl dt \
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol \
    optgroup option p pre search section summary table tbody td tfoot th thead tr ul";

/// Elements whose content ends at their end tag, whatever stands in between, and is not shown.
const RAW: &str = "script style title noscript iframe noembed noframes";

/// Elements whose content is markup, but not shown.
const HIDDEN: &str = "template head audio canvas object video";

/// What may stand in a `head`; any other start tag ends it.
const IN_HEAD: &str = "base basefont bgsound head link meta noframes noscript script style template title";

/// Appends the text of `html`, cleaned; stops when there is enough for a lead.
pub(super) fn html_text(html: &str, out: &mut String) {
    let mut out = Cleaner::new(out);
    let mut rest = html;
    // The element whose content is being left out, and how deep it is nested in itself.
    let (mut hidden, mut depth) = ("", 0_usize);
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'<' | b'&')) {
        if depth == 0 {
            out.push_str(&rest[..at]);
            if out.len() >= ENOUGH {
                return;
            }
        }
        rest = &rest[at..];
        if rest.starts_with('&') {
            let (char, after) = entity(rest);
            match char {
                _ if depth > 0 => {}
                Some(char) => out.push_char(char),
                None => out.push_str("&"),
            }
            rest = after;
            continue;
        }
        let Some(tag) = Tag::read(rest) else {
            if depth == 0 {
                out.push_str("<");
            }
            rest = &rest[1..];
            continue;
        };
        rest = tag.after;
        if contains(BREAKS, tag.name) {
            out.push_space();
        }
        if depth > 0 {
            if tag.name.eq_ignore_ascii_case(hidden) {
                depth = if tag.end { depth - 1 } else { depth + 1 };
            } else if hidden.eq_ignore_ascii_case("head")
                && !tag.end
                && !tag.name.is_empty()
                && !contains(IN_HEAD, tag.name)
            {
                depth = 0;
            }
        } else if !tag.end && contains(HIDDEN, tag.name) {
            (hidden, depth) = (tag.name, 1);
        }
        if !tag.end && contains(RAW, tag.name) {
            rest = after_raw(rest, tag.name);
        }
    }
    if depth == 0 {
        out.push_str(rest);
    }
}

/// Whether a list of names parted by spaces holds `name`.
fn contains(names: &str, name: &str) -> bool {
    ascii::split(names, b' ').any(|known| known.eq_ignore_ascii_case(name))
}

/// A tag, or a comment without a name.
struct Tag<'a> {
    name: &'a str,
    end: bool,
    after: &'a str,
}

impl<'a> Tag<'a> {
    /// `None` if the `<` that `html` begins with is text.
    fn read(html: &'a str) -> Option<Self> {
        let rest = &html[1..];
        let comment = |after| Some(Self { name: "", end: true, after });
        if let Some(rest) = rest.strip_prefix("!--") {
            return comment(after_comment(rest));
        }
        if matches!(rest.bytes().next(), Some(b'!' | b'?')) {
            return comment(after(rest, b'>'));
        }
        let (end, rest) = ascii::strip(rest, b'/').map_or((false, rest), |rest| (true, rest));
        match rest.bytes().next() {
            Some(byte) if byte.is_ascii_alphabetic() => {}
            Some(_) if end => return comment(after(rest, b'>')),
            _ => return None,
        }
        let name = ascii::until(rest, ends_name);
        let rest = &rest[name.len()..];
        Some(Self { name, end, after: after_attributes(rest) })
    }
}

fn after_attributes(mut rest: &str) -> &str {
    loop {
        rest = ascii::trim_start(rest, |byte| is_space(byte) || byte == b'/');
        let Some(first) = rest.chars().next() else { return rest };
        if first == '>' {
            return &rest[1..];
        }
        // A name may begin with `=`.
        let rest_of_name = &rest[first.len_utf8()..];
        let name = ascii::until(rest_of_name, |byte| ends_name(byte) || byte == b'=');
        rest = ascii::trim_start(&rest_of_name[name.len()..], is_space);
        let Some(value) = ascii::strip(rest, b'=') else { continue };
        let value = ascii::trim_start(value, is_space);
        rest = match value.bytes().next() {
            Some(quote @ (b'"' | b'\'')) => after(&value[1..], quote),
            _ => &value[ascii::until(value, |byte| is_space(byte) || byte == b'>').len()..],
        };
    }
}

fn after_comment(rest: &str) -> &str {
    // `<!-->` and `<!--->` are complete.
    if let Some(after) = ascii::strip(rest, b'>').or_else(|| rest.strip_prefix("->")) {
        return after;
    }
    let bytes = rest.as_bytes();
    for at in 0..bytes.len() {
        if let [b'-', b'-', after @ ..] = &bytes[at..] {
            match after {
                [b'>', ..] => return &rest[at + 3..],
                [b'!', b'>', ..] => return &rest[at + 4..],
                _ => {}
            }
        }
    }
    ""
}

/// What follows the end tag of a raw element.
fn after_raw<'a>(mut rest: &'a str, name: &str) -> &'a str {
    while let Some((_, next)) = ascii::split_once(rest, b'<') {
        rest = next;
        if let Some(end) = ascii::strip(rest, b'/')
            && let Some((found, after)) = end.split_at_checked(name.len())
            && found.eq_ignore_ascii_case(name)
            && after.bytes().next().is_some_and(ends_name)
        {
            return after_attributes(after);
        }
    }
    ""
}

fn after(text: &str, end: u8) -> &str {
    ascii::split_once(text, end).map_or("", |(_, after)| after)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0xc)
}

fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

/// What the `&` that `html` begins with stands for, and what follows.
///
/// HTML Standard, sections 13.2.5.72 to 13.2.5.80. Of named references only those
/// in [`NAMED`] are known; those of [`LATIN`] and [`BASIC`] also without semicolon.
fn entity(html: &str) -> (Option<char>, &str) {
    let rest = &html[1..];
    if let Some(number) = ascii::strip(rest, b'#') {
        let (digits, radix) = match number.bytes().next() {
            Some(b'x' | b'X') => (&number[1..], 16),
            _ => (number, 10),
        };
        let (mut code, mut length) = (0_u32, 0);
        while let Some(digit) = digits.as_bytes().get(length).and_then(|&byte| char::from(byte).to_digit(radix)) {
            // Anything beyond Unicode is as good as any other.
            code = code.saturating_mul(radix).saturating_add(digit);
            length += 1;
        }
        if length == 0 {
            return (None, rest);
        }
        let after = &digits[length..];
        return (Some(numbered(code)), ascii::strip(after, b';').unwrap_or(after));
    }
    let name = ascii::until(rest, |byte| !byte.is_ascii_alphanumeric());
    let after = &rest[name.len()..];
    let (complete, after) = ascii::strip(after, b';').map_or((false, after), |after| (true, after));
    let pair = |pairs| {
        let mut pairs = ascii::split(pairs, b' ');
        while let (Some(known), Some(text)) = (pairs.next(), pairs.next()) {
            if known == name {
                return text.chars().next();
            }
        }
        None
    };
    let latin =
        || ascii::split(LATIN, b' ').position(|known| known == name).and_then(|at| char::from_u32(0xa0 + at as u32));
    let found = if name.is_empty() { None } else { pair(BASIC).or_else(latin) };
    match found.or_else(|| if complete { pair(NAMED) } else { None }) {
        Some(char) => (Some(char), after),
        None => (None, rest),
    }
}

/// HTML Standard, section 13.2.5.80: numbers from 0x80 to 0x9F mean windows-1252.
fn numbered(code: u32) -> char {
    const WINDOWS_1252: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match code {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9f => WINDOWS_1252[code as usize - 0x80],
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

const BASIC: &str = "amp & lt < gt > quot \" AMP & LT < GT > QUOT \"";

/// U+00A0 to U+00FF.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr \
    deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest \
    Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
    ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig \
    agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml \
    eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// Names and what they stand for, in turn.
const NAMED: &str = "apos ' ndash – mdash — horbar ― lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ \
    lsaquo ‹ rsaquo › hellip … bull • dagger † Dagger ‡ permil ‰ prime ′ Prime ″ euro € trade ™ numero № \
    minus − le ≤ ge ≥ ne ≠ asymp ≈ infin ∞ larr ← uarr ↑ rarr → darr ↓ harr ↔ check ✓ \
    ensp \u{2002} emsp \u{2003} thinsp \u{2009} zwnj \u{200c} zwj \u{200d} lrm \u{200e} rlm \u{200f} \
    hyphen ‐ NewLine \n Tab \t colon : comma , period . excl ! quest ? num # percnt % lpar ( rpar ) sol / \
    lsqb [ rsqb ] plus + equals = ast * commat @ lowbar _ vert | dollar $ semi ; \
    Amacr Ā amacr ā Abreve Ă abreve ă Aogon Ą aogon ą Cacute Ć cacute ć Cdot Ċ cdot ċ Ccaron Č ccaron č \
    Dcaron Ď dcaron ď Dstrok Đ dstrok đ Emacr Ē emacr ē Edot Ė edot ė Eogon Ę eogon ę Ecaron Ě ecaron ě \
    Gbreve Ğ gbreve ğ Imacr Ī imacr ī Iogon Į iogon į Idot İ imath ı Lacute Ĺ lacute ĺ Lcaron Ľ lcaron ľ \
    Lstrok Ł lstrok ł Nacute Ń nacute ń Ncaron Ň ncaron ň Omacr Ō omacr ō Odblac Ő odblac ő OElig Œ oelig œ \
    Racute Ŕ racute ŕ Rcaron Ř rcaron ř Sacute Ś sacute ś Scedil Ş scedil ş Scaron Š scaron š Tcedil Ţ tcedil ţ \
    Tcaron Ť tcaron ť Umacr Ū umacr ū Uring Ů uring ů Udblac Ű udblac ű Uogon Ų uogon ų Yuml Ÿ Zacute Ź zacute ź \
    Zdot Ż zdot ż Zcaron Ž zcaron ž fnof ƒ circ ˆ tilde ˜ alpha α beta β gamma γ delta δ Delta Δ mu μ pi π \
    sigma σ Sigma Σ omega ω Omega Ω";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(html: &str) -> String {
        let mut out = String::new();
        html_text(html, &mut out);
        out
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(text(html), expected);
    }

    #[test]
    fn markup() {
        check("", "");
        check("plain", "plain");
        check("<p>Fish &amp; <b>ch</b>ips</p><p>Tea</p>", "Fish & chips Tea");
        check("a<br>b<BR/>c<br />d", "a b c d");
        check("a<span>b</span>c<x-y>d", "abcd");
        check("<ul><li>a<li>b</ul>c", "a b c");
        check("<table><tr><td>a</td><td>b</td></tr></table>", "a b");
        check("<a title=\"x > y\" href='>'>link</a>!", "link!");
        check("<a title=x>link</a>", "link");
        check("<a title = \"x>\"b>link</a>", "link");
        check("<img =\">\" alt='a>b'>x", "\" alt='a>b'>x");
        check("<a/>b</a/>c", "bc");
        check("a < b and c > d <3 <", "a < b and c > d <3 <");
        check("a</>b</ x>c</3>d", "abcd");
        check("a<!-- <p> -- > -->b<!-->c<!--->d<!--x--!>e<!-- -", "abcde");
        check("a<!doctype html>b<?php x ?>c<![CDATA[d]]>e", "abce");
        check("a<script>if (a < b) '</p>' </script >b", "ab");
        check("a<STYLE>p{}</sTyLe x='>'>b", "ab");
        check("a<script>x</scripty></script>b", "ab");
        check("a<script>never ends", "a");
        check("<head><title>x</title><meta x>y</head><body>z", "z");
        check("<head><title>x</title><p>z", "z");
        check("<header>x</header>", "x");
        check("a<template>b<template>c</template>d<i title='</template>'>e</template>f", "af");
        check("a<noscript><p>b</p></noscript>c", "ac");
        check("<video><p>Your browser</p></video>a<iframe>b</iframe>", "a");
        check("a<p", "a");
        check("a<p title=\"b>c", "a");
        check("a</p", "a");
        check("&lt;b&gt;bold&lt;/b&gt;", "<b>bold</b>");
        check("&#8238;x&#x202E;&#7;&#0;", "x\u{fffd}");
        check("a\u{202e}<b>b</b>", "ab");
    }

    #[test]
    fn character_references() {
        check("&amp;&lt;&gt;&quot;&apos;", "&<>\"'");
        check("&auml;&Ouml;&szlig;&yuml;&eacute;&ccedil;&ntilde;&times;&divide;", "äÖßÿéçñ×÷");
        check("&lstrok;&Zdot;&ccaron;&OElig;&Yuml;", "łŻčŒŸ");
        check("&bdquo;x&ldquo; &ndash; &hellip; &euro;", "„x“ – … €");
        check("a&nbsp;b&shy;c", "a\u{a0}b\u{ad}c");
        check("a&emsp;b&zwj;c&rlm;d", "a\u{2003}b\u{200d}c\u{200f}d");
        check("&copy 2019 &amp x &AMP;", "© 2019 & x &");
        check("&ndash x &Auml&auml", "&ndash x Ää");
        check("&unknown; &; & &", "&unknown; &; & &");
        check("?a=1&b=2&AUML;", "?a=1&b=2&AUML;");
        check("&#65;&#x42;&#X43;&#68 &#x4f6", "ABCD \u{4f6}");
        check("&#128;&#x93;&#150;&#159;&#129;", "€“–Ÿ");
        check("&#0;&#xd800;&#x110000;&#99999999999999999999;", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}");
        check("&#; &#x; &#xg; &#a;", "&#; &#x; &#xg; &#a;");
        check("&#228", "ä");
        check("&colon;x", ":x");
        check("&lt;script&gt;", "<script>");
    }

    #[test]
    fn the_table_of_latin_letters_is_complete() {
        assert_eq!(LATIN.split(' ').count(), 96);
        assert_eq!(NAMED.split(' ').count() % 2, 0);
        let chars = NAMED.split(' ').skip(1).step_by(2);
        chars.for_each(|text| assert_eq!(text.chars().count(), 1, "{text}"));
    }

    #[test]
    fn a_long_text_is_read_no_further_than_necessary() {
        let html = "<p>word</p>".repeat(100_000);
        let length = text(&html).len();
        assert!((ENOUGH..ENOUGH + 10).contains(&length), "{length}");
    }

    #[test]
    fn garbage_takes_linear_time() {
        // Quadratic time would take minutes.
        for piece in
            ["<", "<!--", "<script>", "</", "<a b=\"", "&", "&#", "<a ", "<template>", "--", "<a <", "</script", "<!"]
        {
            text(&piece.repeat(50_000));
            text(&format!("<script>{}", piece.repeat(50_000)));
            text(&format!("<template>{}", piece.repeat(50_000)));
            text(&format!("<!--{}", piece.repeat(50_000)));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn arbitrary_text_never_panics(html in "([<>/!&#;='\" -]|script|style|head|template|br|x|ä|amp|\\PC){0,80}") {
            text(&html);
        }

        #[test]
        fn escaped_text_comes_back(plain in "[ -~äß€]{0,60}") {
            let html: String = plain.chars().map(|char| match char {
                '&' => "&amp;".to_owned(),
                '<' => "&lt;".to_owned(),
                char => char.to_string(),
            }).collect();
            prop_assert_eq!(text(&html), plain.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
