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

/// One widget in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The element's id, or what stands for it.
    pub id: String,
    /// What is said of it.
    pub fields: Fields,
}

/// What a fragment (without `#`) says; `None` where it is not ours.
///
/// What has been added to a link of ours, or cut off from it, costs what cannot be read, and not the link.
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
        if FIELDS.contains(&first) {
            let mut name = first.to_owned();
            if name == "facet" {
                let Some(facet) = tokens.next() else { break };
                name.push('.');
                name.push_str(&decode(facet).0);
            }
            // What cannot be read at all is a value that nobody has: that shows.
            let value = |token: &str| match decode(token) {
                (value, false) if value.is_empty() => token.to_owned(),
                (value, _) => value,
            };
            let values = tokens.map(value).collect();
            entries.last_mut()?.fields.push((name, values));
            continue;
        }
        // An id alone is that of an element.
        if entries.last().is_some_and(|entry| entry.fields.is_empty()) {
            return None;
        }
        match decode(part) {
            (id, true) if !id.is_empty() => entries.push(Entry { id, fields: Fields::new() }),
            _ => break,
        }
    }
    entries.pop_if(|entry| entry.fields.is_empty());
    (!entries.is_empty()).then_some(entries)
}

/// The fragment in which one widget says this, and all others what they say in a fragment of ours.
#[must_use]
pub fn put(mut entries: Vec<Entry>, id: &str, fields: &Fields) -> String {
    let entry = Entry { id: id.to_owned(), fields: fields.clone() };
    match entries.iter_mut().find(|known| known.id == id) {
        Some(known) => *known = entry,
        None => entries.push(entry),
    }
    write(&entries)
}

/// The field for the teaser at which the visitor is.
pub const PLACE: &str = "at";

/// Whether this says nothing but how far the visitor has come in a list.
#[must_use]
pub fn is_place(fields: &[(String, Vec<String>)]) -> bool {
    fields.iter().all(|(name, _)| matches!(&**name, "shown" | "at"))
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

/// An id keeps hyphens that are followed by none, where it cannot be taken for a field; a selector cannot begin with a
/// digit.
fn write_id(id: &str, out: &mut String) {
    let is_field = FIELDS.contains(&ascii::until(id, |byte| byte == b'-'));
    let bytes = id.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let is_kept = byte == b'-' && at > 0 && bytes.get(at + 1).is_some_and(|&next| next != b'-');
        let is_misread = at == 0 && (is_field || byte.is_ascii_digit());
        if byte.is_ascii_alphanumeric() && !is_misread || is_kept {
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
    out.push(char::from(mark));
    ascii::push_hex(out, byte, b"0123456789abcdef");
}

/// The text as far as it can be read, and whether that is all.
fn decode(text: &str) -> (String, bool) {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    let mut is_whole = true;
    while let Some(byte) = bytes.next() {
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let byte = match byte {
            b'_' => digit().zip(digit()).map(|(high, low)| (high << 4 | low) as u8),
            _ => Some(byte).filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'-'),
        };
        match byte {
            Some(byte) => out.push(byte),
            None => {
                is_whole = false;
                break;
            }
        }
    }
    let end = std::str::from_utf8(&out).map_or_else(|error| error.valid_up_to(), str::len);
    is_whole &= end == out.len();
    out.truncate(end);
    (String::from_utf8(out).unwrap_or_default(), is_whole)
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
    let mut is_first = true;
    let mut push = |parameter: &str| {
        if !std::mem::take(&mut is_first) {
            out.push('&');
        }
        out.push_str(parameter);
    };
    // No parameter at all, where others may well be empty.
    for parameter in ascii::split(query, b'&').filter(|_| !query.is_empty()) {
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
