//! Searching text for ASCII, byte by byte.
//!
//! The patterns of the standard library come as one instance for each kind of
//! pattern and method, kilobytes in the browser; here there is one of each.
//! What is searched for is ASCII always, so that a place found is one between
//! characters.

/// What is searched for.
pub(crate) type Wanted = fn(u8) -> bool;

/// Where the first wanted byte stands; without one the text's length.
#[inline(never)]
pub(crate) fn find(text: &str, wanted: Wanted) -> usize {
    text.as_bytes().iter().position(|&byte| wanted(byte)).unwrap_or(text.len())
}

/// Whether there is a wanted byte.
pub(crate) fn has(text: &str, wanted: Wanted) -> bool {
    find(text, wanted) < text.len()
}

/// The place behind the last wanted byte; without one 0.
#[inline(never)]
pub(crate) fn end(text: &str, wanted: Wanted) -> usize {
    text.as_bytes().iter().rposition(|&byte| wanted(byte)).map_or(0, |at| at + 1)
}

/// The text before the first wanted byte, or all of it.
#[inline(never)]
pub(crate) fn until(text: &str, wanted: Wanted) -> &str {
    &text[..find(text, wanted)]
}

/// The text from the first byte on that is not skipped.
#[inline(never)]
pub(crate) fn trim_start(text: &str, skipped: Wanted) -> &str {
    &text[text.as_bytes().iter().position(|&byte| !skipped(byte)).unwrap_or(text.len())..]
}

/// The text without the spaces and control characters around it.
#[inline(never)]
pub(crate) fn trim(text: &str) -> &str {
    let text = trim_start(text, |byte| byte <= b' ');
    // What follows the last other byte is ASCII, so that this ends a character.
    &text[..end(text, |byte| byte > b' ')]
}

/// What stands before and after the first such byte.
#[inline(never)]
pub(crate) fn split_once(text: &str, at: u8) -> Option<(&str, &str)> {
    let at = text.as_bytes().iter().position(|&byte| byte == at)?;
    Some((&text[..at], &text[at + 1..]))
}

/// Without the ASCII character that it begins with.
#[inline(never)]
pub(crate) fn strip(text: &str, first: u8) -> Option<&str> {
    (text.bytes().next() == Some(first)).then(|| &text[1..])
}

/// The parts between such bytes.
pub(crate) fn split(text: &str, at: u8) -> Split<'_> {
    Split { rest: Some(text), at }
}

/// See [`split`].
#[derive(Clone)]
pub(crate) struct Split<'a> {
    rest: Option<&'a str>,
    at: u8,
}

impl<'a> Iterator for Split<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let (part, rest) = split_once(rest, self.at).map_or((rest, None), |(part, rest)| (part, Some(rest)));
        self.rest = rest;
        Some(part)
    }
}

/// Appends a byte in these two hexadecimal digits.
pub(crate) fn push_hex(out: &mut String, byte: u8, digits: &[u8; 16]) {
    out.push(char::from(digits[usize::from(byte >> 4)]));
    out.push(char::from(digits[usize::from(byte & 15)]));
}

/// Eight times the same byte. What follows looks at eight bytes at once; the first one is the lowest.
pub(crate) const fn each(byte: u8) -> u64 {
    u64::MAX / 255 * byte as u64
}

/// The highest bits of the bytes that are this one. Above the first of them, others may have theirs set.
#[inline(always)]
pub(crate) fn any_of(word: u64, byte: u8) -> u64 {
    below(word ^ each(byte), 1)
}

/// The highest bits of the bytes that are less than this ASCII character. Above the first of them, others may have theirs
/// set.
#[inline(always)]
pub(crate) fn below(word: u64, byte: u8) -> u64 {
    word.wrapping_sub(each(byte)) & !word & each(0x80)
}

/// The highest bits of the bytes that are this one, and of no other.
#[inline(always)]
pub(crate) fn all_of(word: u64, byte: u8) -> u64 {
    let other = word ^ each(byte);
    !(((other & each(0x7f)) + each(0x7f)) | other) & each(0x80)
}
