//! What a page's address says of its widgets.
//!
//! ```
//! use stichwort_core::link::{self, Entry};
//!
//! let entries = link::read("news--tags-OZG-Open_20Source--search-br_c3_bccke").expect("is ours");
//! assert_eq!(entries[0].id, "news");
//! assert_eq!(entries[0].fields[0], ("tags".to_owned(), vec!["OZG".to_owned(), "Open Source".to_owned()]));
//! assert_eq!(entries[0].fields[1], ("search".to_owned(), vec!["brücke".to_owned()]));
//! assert_eq!(link::write(&entries), "news--tags-OZG-Open_20Source--search-br_c3_bccke");
//! ```
//!
//! In the fragment there are only letters, digits, `-` and `_`: scripts of the
//! page hand `location.hash` to `querySelector`, which throws on anything else.
//! Parts stand between two hyphens: the widget's id, then its fields; a field's
//! name and values between one. Every other character is a `_` and two
//! hexadecimal digits for each byte of its UTF-8.
//!
//! In the query each value is a parameter `ID.FIELD=VALUE`; all others stay as
//! they are, where they are.

use crate::ascii;

/// The fields of a widget: each name once, with its values.
pub type Fields = Vec<(String, Vec<String>)>;

/// Names that fields have. Those of the bundle's own facets are `facet.` and the facet's id.
pub const FIELDS: [&str; 13] =
    ["tags", "source", "author", "year", "facet", "search", "dates", "from", "to", "sort", "shown", "page", "at"];

/// What begins the field of a facet of the bundle's own.
pub const FACET: &str = "facet.";

/// What webmasters are told of a fragment that no widget has written, behind that.
pub const FOREIGN: &str = " is neither ours nor the id of an element, so it stays; what is chosen is not kept in the \
                           address. Use url-state=\"query\" or \"none\" here";

/// One widget in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The element's id, or what stands for it.
    pub id: String,
    /// What is said of it.
    pub fields: Fields,
}

/// What a fragment (without `#`) says; `None` where it is not ours.
#[must_use]
pub fn read(fragment: &str) -> Option<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut rest = Some(fragment);
    while let Some(part) = rest {
        let end = part.as_bytes().windows(2).position(|pair| pair == b"--");
        let (part, after) = end.map_or((part, None), |end| (&part[..end], Some(&part[end + 2..])));
        rest = after;
        let mut tokens = ascii::split(part, b'-');
        let first = tokens.next().unwrap_or_default();
        if !FIELDS.contains(&first) {
            let id = decode(part)?;
            if id.is_empty() {
                return None;
            }
            entries.push(Entry { id, fields: Fields::new() });
            continue;
        }
        let mut name = first.to_owned();
        if name == "facet" {
            name.push('.');
            name.push_str(&decode(tokens.next()?)?);
        }
        let values = tokens.map(decode).collect::<Option<_>>()?;
        entries.last_mut()?.fields.push((name, values));
    }
    // An id alone is that of an element.
    entries.iter().all(|entry| !entry.fields.is_empty()).then_some(entries)
}

/// A fragment that says so; empty without fields.
#[must_use]
pub fn write(entries: &[Entry]) -> String {
    let mut out = String::new();
    for entry in entries.iter().filter(|entry| !entry.fields.is_empty()) {
        if !out.is_empty() {
            out.push_str("--");
        }
        write_id(&entry.id, &mut out);
        for (name, values) in &entry.fields {
            out.push_str("--");
            match name.strip_prefix(FACET) {
                Some(facet) => {
                    out.push_str("facet-");
                    encode(facet, &mut out);
                }
                None => out.push_str(name),
            }
            for value in values {
                out.push('-');
                encode(value, &mut out);
            }
        }
    }
    out
}

/// An id keeps its single hyphens, where it cannot be taken for a field.
fn write_id(id: &str, out: &mut String) {
    let is_field = FIELDS.contains(&ascii::until(id, |byte| byte == b'-'));
    let bytes = id.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let is_single = at > 0 && at + 1 < bytes.len() && bytes[at + 1] != b'-' && bytes[at - 1] != b'-';
        if byte.is_ascii_alphanumeric() && !(is_field && at == 0) || byte == b'-' && is_single {
            out.push(char::from(byte));
        } else {
            escape(byte, b'_', out);
        }
    }
}

fn encode(text: &str, out: &mut String) {
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            escape(byte, b'_', out);
        }
    }
}

fn escape(byte: u8, mark: u8, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push(char::from(mark));
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

fn decode(text: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    unescape(text, b'_', &is_plain).and_then(|bytes| String::from_utf8(bytes).ok())
}

/// The bytes of a text in which `mark` and two hexadecimal digits stand for one; `None` for any byte that is not plain.
fn unescape(text: &str, mark: u8, is_plain: &dyn Fn(u8) -> bool) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(if byte == mark {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            (digit()? << 4 | digit()?) as u8
        } else if is_plain(byte) {
            byte
        } else {
            return None;
        });
    }
    Some(out)
}

/// The fields of one widget in a query (without `?`).
#[must_use]
pub fn read_query(query: &str, id: &str) -> Fields {
    let mut fields = Fields::new();
    for parameter in ascii::split(query, b'&') {
        let (name, value) = ascii::split_once(parameter, b'=').unwrap_or((parameter, ""));
        let Some(field) = field_of(name, id) else { continue };
        let value = query_text(value);
        let at = fields.iter().position(|(known, _)| *known == field).unwrap_or(fields.len());
        if at == fields.len() {
            fields.push((field, Vec::new()));
        }
        if !value.is_empty() {
            fields[at].1.push(value);
        }
    }
    fields
}

/// The query with the fields of one widget; parameters of others stay as they are, where they are.
#[must_use]
pub fn write_query(query: &str, id: &str, fields: &Fields) -> String {
    let mut out = String::new();
    let mut push = |parameter: &str| {
        if !parameter.is_empty() {
            if !out.is_empty() {
                out.push('&');
            }
            out.push_str(parameter);
        }
    };
    for parameter in ascii::split(query, b'&') {
        if field_of(ascii::until(parameter, |byte| byte == b'='), id).is_none() {
            push(parameter);
        }
    }
    for (name, values) in fields {
        // A field without values says that there are none.
        let none = [String::new()];
        for value in if values.is_empty() { &none[..] } else { values } {
            let mut parameter = String::new();
            for (text, end) in [(id, "."), (name, "="), (value, "")] {
                percent(text, &mut parameter);
                parameter.push_str(end);
            }
            push(&parameter);
        }
    }
    out
}

/// The field that a parameter's name stands for, if it is one of this widget.
fn field_of(name: &str, id: &str) -> Option<String> {
    let name = query_text(name);
    let field = name.strip_prefix(id)?.strip_prefix('.')?;
    let known = ascii::until(field, |byte| byte == b'.');
    (FIELDS.contains(&known) && (known == field) != (known == "facet")).then(|| field.to_owned())
}

/// Percent-decoded, with a space for `+` (URL Standard, 5.1); nothing if that is not UTF-8, which no link of ours is.
fn query_text(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                at += 2;
            }
            (b'+', ..) => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Percent-encoded but for what is unreserved (RFC 3986, section 2.3).
fn percent(text: &str, out: &mut String) {
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            escape(byte, b'%', out);
        }
    }
}
