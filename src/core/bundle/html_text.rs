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
use crate::{ascii, number};

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

/// References that are read: for each one the names are gone through, and what they stand for may be nothing to see.
const MOST_REFERENCES: usize = 20_000;

/// Appends the text of `html`, cleaned; stops when there is enough for a lead.
pub(crate) fn html_text(html: &str, out: &mut String) {
    let mut out = Cleaner::new(out);
    let mut html = Scanner { html, at: 0 };
    // The element whose content is being left out, and how deep it is nested in itself.
    let (mut hidden, mut depth) = ("", 0_usize);
    let mut references = 0;
    loop {
        let text = html.until(|byte| matches!(byte, b'<' | b'&'));
        if depth == 0 {
            out.push_str(text);
        }
        if html.is_over() || out.len() >= ENOUGH || references > MOST_REFERENCES {
            return;
        }
        let is_reference = html.peek() == b'&';
        html.at += 1;
        if is_reference {
            if depth == 0 {
                references += 1;
                out.push_char(html.reference().unwrap_or('&'));
            }
            continue;
        }
        let Some((name, is_end)) = html.tag() else {
            if depth == 0 {
                out.push_char('<');
            }
            continue;
        };
        if contains(BREAKS, name) {
            out.push_space();
        }
        if depth > 0 {
            if name.eq_ignore_ascii_case(hidden) {
                depth = if is_end { depth - 1 } else { depth + 1 };
            } else if hidden.eq_ignore_ascii_case("head") && !is_end && !contains(IN_HEAD, name) {
                depth = 0;
            }
        } else if !is_end && contains(HIDDEN, name) {
            (hidden, depth) = (name, 1);
        }
        if !is_end && contains(RAW, name) {
            html.skip_raw(name);
        }
    }
}

/// Whether a list of names parted by spaces holds `name`.
fn contains(names: &str, name: &str) -> bool {
    ascii::split(names, b' ').any(|known| known.eq_ignore_ascii_case(name))
}

/// Goes through HTML. It stops before ASCII only, or at the end, and so between characters.
struct Scanner<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn is_over(&self) -> bool {
        self.at == self.html.len()
    }

    /// The byte at hand; at the end 0, which means nothing in markup.
    fn peek(&self) -> u8 {
        self.html.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// Goes past the byte at hand if it is this one.
    fn eat(&mut self, byte: u8) -> bool {
        let is_it = self.peek() == byte;
        self.at += usize::from(is_it);
        is_it
    }

    /// Goes to the first wanted byte, or the end, and gives what it went past.
    fn until(&mut self, wanted: ascii::Wanted) -> &'a str {
        let text = ascii::until(&self.html[self.at..], wanted);
        self.at += text.len();
        text
    }

    fn skip_spaces(&mut self) {
        self.until(|byte| !is_space(byte));
    }

    /// Goes past the first such byte, or to the end.
    fn skip_past(&mut self, end: u8) {
        while !self.is_over() {
            self.at += 1;
            if self.html.as_bytes()[self.at - 1] == end {
                return;
            }
        }
    }

    /// Goes past the tag or comment after a `<`, and gives the tag's name and whether it is an end tag;
    /// a comment is an end tag without a name. `None` if the `<` is text.
    fn tag(&mut self) -> Option<(&'a str, bool)> {
        let start = self.at;
        let is_end = self.eat(b'/');
        let first = self.peek();
        if first.is_ascii_alphabetic() {
            let name = self.until(ends_name);
            self.skip_attributes();
            return Some((name, is_end));
        }
        if !is_end && self.html[start..].starts_with("!--") {
            self.at += 3;
            self.skip_comment();
        } else if is_end && !self.is_over() || !is_end && matches!(first, b'!' | b'?') {
            self.skip_past(b'>');
        } else {
            self.at = start;
            return None;
        }
        Some(("", true))
    }

    fn skip_attributes(&mut self) {
        loop {
            self.until(|byte| !is_space(byte) && byte != b'/');
            if self.eat(b'>') || self.is_over() {
                return;
            }
            // A name may begin with `=`, and with any character.
            self.at = self.html.ceil_char_boundary(self.at + 1);
            self.until(|byte| ends_name(byte) || byte == b'=');
            self.skip_spaces();
            if self.eat(b'=') {
                self.skip_spaces();
                let quote = self.peek();
                if matches!(quote, b'"' | b'\'') {
                    self.at += 1;
                    self.skip_past(quote);
                } else {
                    self.until(|byte| is_space(byte) || byte == b'>');
                }
            }
        }
    }

    fn skip_comment(&mut self) {
        let start = self.at;
        // Those that open it count: `<!-->` and `<!--->` are complete. `<!--!>` is not.
        let mut dashes = 2;
        while !self.is_over() {
            let byte = self.peek();
            self.at += 1;
            let ends = dashes >= 2 && (byte == b'>' || byte == b'!' && self.at > start + 2 && self.eat(b'>'));
            if ends {
                return;
            }
            dashes = if byte == b'-' { dashes + 1 } else { 0 };
        }
    }

    /// Goes past the end tag of a raw element.
    fn skip_raw(&mut self, name: &str) {
        while !self.is_over() {
            self.skip_past(b'<');
            if self.eat(b'/')
                && let Some((found, after)) = self.html[self.at..].split_at_checked(name.len())
                && found.eq_ignore_ascii_case(name)
                && after.bytes().next().is_some_and(ends_name)
            {
                self.at += name.len();
                return self.skip_attributes();
            }
        }
    }

    /// Goes past what follows a `&` and belongs to it, and gives what it stands for; `None` if it is text.
    ///
    /// HTML Standard, sections 13.2.5.72 to 13.2.5.80. Of named references only those
    /// in [`NAMES`] are known; the oldest also without semicolon.
    fn reference(&mut self) -> Option<char> {
        let start = self.at;
        let mut code = None;
        if self.eat(b'#') {
            let radix = if self.eat(b'x') || self.eat(b'X') { 16 } else { 10 };
            while let Some(digit) = char::from(self.peek()).to_digit(radix) {
                // Anything beyond Unicode is as good as any other.
                code = Some(code.unwrap_or(0_u32).saturating_mul(radix).saturating_add(digit));
                self.at += 1;
            }
            code = code.map(numbered);
            if code.is_some() {
                self.eat(b';');
            }
        } else {
            let name = self.until(|byte| !byte.is_ascii_alphanumeric());
            let is_complete = self.eat(b';');
            code = named(name).filter(|code| is_complete || matches!(code, 0x22 | 0x26 | 0x3c | 0x3e | 0xa0..=0xff));
        }
        if code.is_none() {
            self.at = start;
        }
        code.and_then(char::from_u32)
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0xc)
}

fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

/// The code point of a named reference.
fn named(name: &str) -> Option<u32> {
    let mut code = 0;
    // From each name to that in small letters, and whether the one wanted is written so.
    let mut distance = None;
    let is_small = !ascii::has(name, |byte| byte.is_ascii_uppercase());
    for token in ascii::split(NAMES, b' ') {
        if let Some(number) = number::read(token) {
            code = number;
        } else if token == name {
            return Some(code);
        } else if let Some(distance) = distance.filter(|_| is_small && token.eq_ignore_ascii_case(name)) {
            return Some(code + distance);
        } else if let Some(after) = ascii::strip(token, b'+') {
            distance = number::read(after);
        } else {
            // Small and large letters alternate where they stand side by side.
            code += if distance == Some(1) { 2 } else { 1 };
        }
    }
    None
}

/// HTML Standard, section 13.2.5.80: numbers from 0x80 to 0x9F mean windows-1252.
fn numbered(code: u32) -> u32 {
    const REPLACEMENT: u32 = char::REPLACEMENT_CHARACTER as u32;
    const WINDOWS_1252: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match code {
        0 | 0xd800..=0xdfff | 0x11_0000.. => REPLACEMENT,
        0x80..=0x9f => WINDOWS_1252[code as usize - 0x80].into(),
        _ => code,
    }
}

/// The named references: all of HTML 4.01, and what HTML adds for ASCII and Latin letters with marks.
///
/// A number is the code point of the name that follows, from where names count on; `-` leaves one out.
/// After `+32` and the like each name is also known in small letters, for the character so much further on,
/// until a mere `+`. Those that are met most stand first.
const NAMES: &str = "+0 34 QUOT 38 AMP 60 LT - GT +32 192 Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave \
    Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml - Oslash \
    Ugrave Uacute Ucirc Uuml Yacute THORN 913 Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa \
    Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi Chi Psi Omega +1 256 Amacr Abreve Aogon \
    Cacute - Cdot Ccaron Dcaron Dstrok Emacr - Edot Eogon Ecaron - Gbreve 298 Imacr - Iogon 313 Lacute - \
    Lcaron - Lstrok Nacute - Ncaron 332 Omacr - Odblac OElig Racute - Rcaron Sacute - Scedil Scaron \
    Tcedil Tcaron - - Umacr - Uring Udblac Uogon 377 Zacute Zdot Zcaron + 160 nbsp iexcl cent pound \
    curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para \
    middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest 215 times 223 szlig 247 divide 255 yuml 304 \
    Idot imath 376 Yuml 402 fnof 710 circ 732 tilde 962 sigmaf 977 thetasym upsih 982 piv 8194 ensp emsp \
    8201 thinsp - - zwnj zwj lrm rlm hyphen - - ndash mdash horbar - - lsquo rsquo sbquo - ldquo rdquo \
    bdquo - dagger Dagger bull 8230 hellip 8240 permil - prime Prime 8249 lsaquo rsaquo 8254 oline 8260 \
    frasl 8364 euro 8465 image 8470 numero - weierp 8476 real 8482 trade 8501 alefsym 8592 larr uarr \
    rarr darr harr 8629 crarr 8656 lArr uArr rArr dArr hArr 8704 forall - part exist - empty - nabla \
    isin notin - ni 8719 prod - sum minus 8727 lowast - - radic - - prop infin - ang 8743 and or cap cup \
    int 8756 there4 8764 sim 8773 cong - - asymp 8800 ne equiv - - le ge 8834 sub sup nsub - sube supe \
    8853 oplus - otimes 8869 perp 8901 sdot 8968 lceil rceil lfloor rfloor 9674 loz 9824 spades - - \
    clubs - hearts diams 10003 check 10216 lang rang 9 Tab NewLine 33 excl - num dollar percnt - apos \
    lpar rpar ast plus comma - period sol 58 colon semi - equals - quest commat 91 lsqb - rsqb - lowbar \
    124 vert";

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

    /// Of what is not shown none is looked up.
    #[test]
    fn so_many_references_are_read() {
        let spaces = |count| "&nbsp;".repeat(count);
        check(&(spaces(MOST_REFERENCES) + "x"), "x");
        check(&(spaces(MOST_REFERENCES + 2) + "x"), "");
        check(&format!("<template>{}</template>x", spaces(MOST_REFERENCES + 2)), "x");
    }

    #[test]
    fn named_references() {
        // Those of HTML 4.01, section 24, with the code points of the HTML Standard, section 13.5; and others of its.
        const KNOWN: &str = "Tab 9 NewLine a excl 21 QUOT 22 quot 22 num 23 dollar 24 percnt 25 AMP 26 amp 26 apos 27 lpar 28 rpar 29 \
            ast 2a plus 2b comma 2c period 2e sol 2f colon 3a semi 3b LT 3c lt 3c equals 3d GT 3e gt 3e quest 3f \
            commat 40 lsqb 5b rsqb 5d lowbar 5f vert 7c nbsp a0 iexcl a1 cent a2 pound a3 curren a4 yen a5 brvbar a6 \
            sect a7 uml a8 copy a9 ordf aa laquo ab not ac shy ad reg ae macr af deg b0 plusmn b1 sup2 b2 sup3 b3 \
            acute b4 micro b5 para b6 middot b7 cedil b8 sup1 b9 ordm ba raquo bb frac14 bc frac12 bd frac34 be \
            iquest bf Agrave c0 Aacute c1 Acirc c2 Atilde c3 Auml c4 Aring c5 AElig c6 Ccedil c7 Egrave c8 Eacute c9 \
            Ecirc ca Euml cb Igrave cc Iacute cd Icirc ce Iuml cf ETH d0 Ntilde d1 Ograve d2 Oacute d3 Ocirc d4 \
            Otilde d5 Ouml d6 times d7 Oslash d8 Ugrave d9 Uacute da Ucirc db Uuml dc Yacute dd THORN de szlig df \
            agrave e0 aacute e1 acirc e2 atilde e3 auml e4 aring e5 aelig e6 ccedil e7 egrave e8 eacute e9 ecirc ea \
            euml eb igrave ec iacute ed icirc ee iuml ef eth f0 ntilde f1 ograve f2 oacute f3 ocirc f4 otilde f5 \
            ouml f6 divide f7 oslash f8 ugrave f9 uacute fa ucirc fb uuml fc yacute fd thorn fe yuml ff Amacr 100 \
            amacr 101 Abreve 102 abreve 103 Aogon 104 aogon 105 Cacute 106 cacute 107 Cdot 10a cdot 10b Ccaron 10c \
            ccaron 10d Dcaron 10e dcaron 10f Dstrok 110 dstrok 111 Emacr 112 emacr 113 Edot 116 edot 117 Eogon 118 \
            eogon 119 Ecaron 11a ecaron 11b Gbreve 11e gbreve 11f Imacr 12a imacr 12b Iogon 12e iogon 12f Idot 130 \
            imath 131 Lacute 139 lacute 13a Lcaron 13d lcaron 13e Lstrok 141 lstrok 142 Nacute 143 nacute 144 \
            Ncaron 147 ncaron 148 Omacr 14c omacr 14d Odblac 150 odblac 151 OElig 152 oelig 153 Racute 154 \
            racute 155 Rcaron 158 rcaron 159 Sacute 15a sacute 15b Scedil 15e scedil 15f Scaron 160 scaron 161 \
            Tcedil 162 tcedil 163 Tcaron 164 tcaron 165 Umacr 16a umacr 16b Uring 16e uring 16f Udblac 170 \
            udblac 171 Uogon 172 uogon 173 Yuml 178 Zacute 179 zacute 17a Zdot 17b zdot 17c Zcaron 17d zcaron 17e \
            fnof 192 circ 2c6 tilde 2dc Alpha 391 Beta 392 Gamma 393 Delta 394 Epsilon 395 Zeta 396 Eta 397 \
            Theta 398 Iota 399 Kappa 39a Lambda 39b Mu 39c Nu 39d Xi 39e Omicron 39f Pi 3a0 Rho 3a1 Sigma 3a3 \
            Tau 3a4 Upsilon 3a5 Phi 3a6 Chi 3a7 Psi 3a8 Omega 3a9 alpha 3b1 beta 3b2 gamma 3b3 delta 3b4 epsilon 3b5 \
            zeta 3b6 eta 3b7 theta 3b8 iota 3b9 kappa 3ba lambda 3bb mu 3bc nu 3bd xi 3be omicron 3bf pi 3c0 rho 3c1 \
            sigmaf 3c2 sigma 3c3 tau 3c4 upsilon 3c5 phi 3c6 chi 3c7 psi 3c8 omega 3c9 thetasym 3d1 upsih 3d2 \
            piv 3d6 ensp 2002 emsp 2003 thinsp 2009 zwnj 200c zwj 200d lrm 200e rlm 200f hyphen 2010 ndash 2013 \
            mdash 2014 horbar 2015 lsquo 2018 rsquo 2019 sbquo 201a ldquo 201c rdquo 201d bdquo 201e dagger 2020 \
            Dagger 2021 bull 2022 hellip 2026 permil 2030 prime 2032 Prime 2033 lsaquo 2039 rsaquo 203a oline 203e \
            frasl 2044 euro 20ac image 2111 numero 2116 weierp 2118 real 211c trade 2122 alefsym 2135 larr 2190 \
            uarr 2191 rarr 2192 darr 2193 harr 2194 crarr 21b5 lArr 21d0 uArr 21d1 rArr 21d2 dArr 21d3 hArr 21d4 \
            forall 2200 part 2202 exist 2203 empty 2205 nabla 2207 isin 2208 notin 2209 ni 220b prod 220f sum 2211 \
            minus 2212 lowast 2217 radic 221a prop 221d infin 221e ang 2220 and 2227 or 2228 cap 2229 cup 222a \
            int 222b there4 2234 sim 223c cong 2245 asymp 2248 ne 2260 equiv 2261 le 2264 ge 2265 sub 2282 sup 2283 \
            nsub 2284 sube 2286 supe 2287 oplus 2295 otimes 2297 perp 22a5 sdot 22c5 lceil 2308 rceil 2309 \
            lfloor 230a rfloor 230b loz 25ca spades 2660 clubs 2663 hearts 2665 diams 2666 check 2713 lang 27e8 \
            rang 27e9";
        let known: Vec<&str> = KNOWN.split(' ').collect();
        for pair in known.chunks(2) {
            assert_eq!(named(pair[0]).map(|code| format!("{code:x}")).as_deref(), Some(pair[1]), "{}", pair[0]);
        }
        for unknown in ["", "192", "a", "auMl", "AUML", "aelIG", "NBSP", "ndasH"] {
            assert_eq!(named(unknown), None, "{unknown}");
        }
        for text_as_it_is in ["&;", "&-;", "&+32;", "&192;"] {
            check(text_as_it_is, text_as_it_is);
        }
    }

    #[test]
    fn a_long_text_is_read_no_further_than_necessary() {
        let html = "<p>word</p>".repeat(100_000);
        let length = text(&html).len();
        assert!((ENOUGH..ENOUGH + 10).contains(&length), "{length}");
    }

    #[test]
    fn garbage_takes_linear_time() {
        // Nothing is counted: in quadratic time this would take minutes.
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
