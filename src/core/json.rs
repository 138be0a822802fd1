//! An incremental JSON tokenizer: bytes are pushed in any chunks, events come out.
//!
//! ```
//! use stichwort_core::json::{Event, Position, Sink, Token, Tokenizer};
//!
//! /// Collects the strings of a document.
//! struct Strings(Vec<String>);
//!
//! impl Sink for Strings {
//!     fn wanted(&mut self, token: Token) -> usize {
//!         if token == Token::String { usize::MAX } else { 0 }
//!     }
//!     fn event(&mut self, event: Event<'_>, _: Position) {
//!         if let Event::String(text) = event {
//!             self.0.push(text.to_owned());
//!         }
//!     }
//! }
//!
//! let mut strings = Strings(Vec::new());
//! let mut tokenizer = Tokenizer::new();
//! tokenizer.push(br#"["split in an esc\u00"#, &mut strings)?;
//! tokenizer.push(br#"61pe"]"#, &mut strings)?;
//! tokenizer.finish(&mut strings)?;
//! assert_eq!(strings.0, ["split in an escape"]);
//! # Ok::<(), stichwort_core::json::SyntaxError>(())
//! ```
//!
//! The grammar is that of RFC 8259, strictly, with three leniencies: a byte order
//! mark at the beginning is ignored, bad UTF-8 inside strings becomes U+FFFD as
//! the WHATWG Encoding Standard decodes it (one for each maximal subpart), and so
//! does an escaped surrogate without its other half.
//!
//! Nothing here recurses, and an open array or object costs one bit. What the
//! sink does not want of a string is checked but never stored.

use std::fmt;

use crate::ascii;
use crate::number::push_number;

/// Takes what a [`Tokenizer`] reads.
pub trait Sink {
    /// How many bytes of the text that now begins are wanted, asked once for each key, string and number.
    ///
    /// The event then carries no more than that, cut between characters.
    fn wanted(&mut self, token: Token) -> usize;

    /// Takes the next event; `at` is where its first character stands.
    fn event(&mut self, event: Event<'_>, at: Position);

    /// The string value that was just reported is damaged: U+FFFD stands in it for bytes that are no UTF-8, or for half of
    /// a surrogate pair.
    fn damaged(&mut self) {}

    /// Whether nothing more can be taken for now; asked behind objects and at the beginning of arrays.
    fn has_to_wait(&self) -> bool {
        false
    }
}

/// What a document consists of, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// `{`
    ObjectStart,
    /// `}`
    ObjectEnd,
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// The name of the value that comes next, as far as it was wanted.
    Key(&'a str),
    /// A string, as far as it was wanted.
    String(&'a str),
    /// A number as it is written, as far as it was wanted.
    Number(&'a str),
    /// `true` or `false`
    Boolean(bool),
    /// `null`
    Null,
}

/// A text whose length is not known yet, see [`Sink::wanted`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// The name of a value in an object.
    Key,
    /// A string that is a value.
    String,
    /// A number.
    Number,
}

/// A place in the document; both numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Lines end with a line feed.
    pub line: usize,
    /// In characters: every byte counts that does not continue a UTF-8 sequence.
    pub column: usize,
}

/// What could have stood where a document is not JSON. The words for it are left to the program's later part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The document, of which nothing has begun yet.
    Document,
    /// A value.
    Value,
    /// A value, or the end of an empty array.
    ValueOrEnd,
    /// The name of a value.
    Key,
    /// The name of a value, or the end of an empty object.
    KeyOrEnd,
    /// What stands between a key and its value.
    Colon,
    /// The document has ended.
    Nothing,
    /// What comes next in an object, or its end.
    MoreOrEndOfObject,
    /// What comes next in an array, or its end.
    MoreOrEndOfArray,
    /// A digit of a number.
    Digit,
    /// `true`, `false` or `null`.
    Literal,
    /// The string goes on, or ends.
    EndOfString,
    /// What may stand behind a backslash.
    Escape,
    /// A digit of `\u0000`.
    HexDigit,
}

impl Expected {
    /// In English.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Document => "a JSON document",
            Self::Value => "a value",
            Self::ValueOrEnd => "a value or `]`",
            Self::Key => "a key in quotes",
            Self::KeyOrEnd => "a key in quotes or `}`",
            Self::Colon => "`:`",
            Self::Nothing => "nothing more",
            Self::MoreOrEndOfObject => "`,` or `}`",
            Self::MoreOrEndOfArray => "`,` or `]`",
            Self::Digit => "a digit",
            Self::Literal => "`true`, `false` or `null`",
            Self::EndOfString => "the end of a string",
            Self::Escape => "an escape",
            Self::HexDigit => "a hexadecimal digit",
        }
    }
}

/// The document is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The first character that cannot be, or the end of the document.
    pub at: Position,
    /// What could have stood there.
    pub expected: Expected,
    /// What stands there: U+FFFD for anything but ASCII, `None` for the end of the document.
    pub found: Option<char>,
}

impl SyntaxError {
    /// `expected a value, found "x" at 3:7`
    #[must_use]
    pub fn message(&self) -> String {
        let mut message = String::from("expected ");
        message.push_str(self.expected.text());
        match self.found {
            None => message.push_str(", found the end"),
            Some(found) if found.is_ascii_graphic() => {
                message.push_str(", found `");
                message.push(found);
                message.push('`');
            }
            Some('\n' | '\r') => message.push_str(", found a line break"),
            Some(found) if found.is_ascii() => message.push_str(", found a space or control character"),
            Some(_) => message.push_str(", found another character"),
        }
        self.at.write(&mut message);
        message
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for SyntaxError {}

impl Position {
    /// Appends ` at 3:7`.
    pub(crate) fn write(self, out: &mut String) {
        out.push_str(" at ");
        push_number(out, self.line as u32);
        out.push(':');
        push_number(out, self.column as u32);
    }
}

/// Reads a document that is there as a whole.
///
/// # Errors
///
/// It is not JSON.
pub fn read(bytes: &[u8], sink: &mut dyn Sink) -> Result<(), SyntaxError> {
    let mut tokenizer = Tokenizer::new();
    tokenizer.push(bytes, sink)?;
    tokenizer.finish(sink)
}

/// Reads one JSON document.
#[derive(Clone, Debug)]
pub struct Tokenizer {
    state: State,
    /// One bit for each open array (0) or object (1).
    open: Vec<u32>,
    depth: usize,
    /// What is wanted of a text that lies in more than one run, is longer than that, or is no UTF-8.
    text: Vec<u8>,
    limit: usize,
    /// The text is longer than `limit`; the rest is checked and not kept.
    full: bool,
    /// U+FFFD stands in it for half of a surrogate pair, or for bytes that are no UTF-8.
    damaged: bool,
    in_key: bool,
    /// Where the text or literal began.
    began: Position,
    /// What is still to come of `true`, `false` or `null`.
    literal: &'static [u8],
    literal_event: Event<'static>,
    /// The first half of a surrogate pair that waits for the other; 0 for none.
    high: u16,
    hex: u16,
    hex_left: u8,
    line: usize,
    /// Bytes before the chunk at hand.
    offset: usize,
    /// Where the line began, moved on by one for each continuation byte in it,
    /// so that the distance to a byte is a number of characters.
    line_start: usize,
    failed: Option<SyntaxError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum State {
    Start,
    /// After one and two bytes of a byte order mark.
    Mark1,
    Mark2,
    Value,
    FirstElement,
    Key,
    FirstKey,
    Colon,
    AfterValue,
    Literal,
    String,
    Escape,
    Hex,
    // From here on: numbers.
    Minus,
    Zero,
    Integer,
    Point,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits,
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Tokenizer {
    /// A tokenizer at the beginning of a document.
    #[must_use]
    pub fn new() -> Self {
        Self {
            state: State::Start,
            open: Vec::new(),
            depth: 0,
            text: Vec::new(),
            limit: 0,
            full: false,
            damaged: false,
            in_key: false,
            began: Position { line: 1, column: 1 },
            literal: &[],
            literal_event: Event::Null,
            high: 0,
            hex: 0,
            hex_left: 0,
            line: 1,
            offset: 0,
            line_start: 0,
            failed: None,
        }
    }

    /// Takes the next bytes and tells `sink` what is complete with them. Returns how many it has taken: all, unless the
    /// sink [has to wait](Sink::has_to_wait).
    ///
    /// # Errors
    ///
    /// The document is not JSON. Every later call says so again.
    pub fn push(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> Result<usize, SyntaxError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        // Looked at in one go: most strings are short.
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
        };
        let mut at = 0;
        while at < bytes.len() {
            let next = match self.state {
                State::String => self.string(bytes, text, at, sink),
                state if state >= State::Minus => Ok(self.number(bytes, at, sink)),
                State::Escape | State::Hex => self.escape(bytes[at]).map(|()| at + 1),
                _ => self.structure(bytes, at, sink),
            };
            match next {
                Ok(next) => at = next,
                Err(Unexpected) => return Err(self.fail(at, bytes)),
            }
            if at > 0 && matches!(bytes[at - 1], b'}' | b'[') && sink.has_to_wait() {
                break;
            }
        }
        self.offset += at;
        Ok(at)
    }

    /// Says that the document is complete.
    ///
    /// # Errors
    ///
    /// It is not: what was pushed is empty, breaks off or was refused before.
    pub fn finish(&mut self, sink: &mut dyn Sink) -> Result<(), SyntaxError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        if self.state.ends_a_number() {
            self.emit_number(&[], sink);
        }
        if self.state == State::AfterValue && self.depth == 0 { Ok(()) } else { Err(self.fail(0, &[])) }
    }

    /// Why the document has been refused, if it has.
    #[must_use]
    pub fn error(&self) -> Option<SyntaxError> {
        self.failed
    }

    /// A string from `at` on: to its end, its next escape, or the end of the chunk, which begins with `text`.
    fn string(&mut self, bytes: &[u8], text: &str, at: usize, sink: &mut dyn Sink) -> Result<usize, Unexpected> {
        if self.high != 0 && bytes[at] != b'\\' {
            self.flush_surrogate();
        }
        let (length, continuations) = plain_run(&bytes[at..]);
        let end = at + length;
        self.line_start += continuations;
        let run = &bytes[at..end];
        match bytes.get(end) {
            None => {
                self.keep(run);
                Ok(end)
            }
            Some(b'"') => {
                // Most strings lie in one run of one chunk and need no copy.
                let is_whole = self.text.is_empty() && !self.full && length <= self.limit;
                match text.get(at..end) {
                    Some(text) if is_whole => self.emit_string(text, sink),
                    _ => {
                        self.keep(run);
                        let text = self.kept();
                        self.emit_string(&text, sink);
                    }
                }
                Ok(end + 1)
            }
            Some(b'\\') => {
                self.keep(run);
                self.state = State::Escape;
                Ok(end + 1)
            }
            // A control character. The caller comes back to it with an empty run.
            Some(_) if length > 0 => {
                self.keep(run);
                Ok(end)
            }
            Some(_) => Err(Unexpected),
        }
    }

    fn emit_string(&mut self, text: &str, sink: &mut dyn Sink) {
        if self.in_key {
            self.state = State::Colon;
            return sink.event(Event::Key(text), self.began);
        }
        self.state = State::AfterValue;
        sink.event(Event::String(text), self.began);
        if self.damaged {
            sink.damaged();
        }
    }

    /// One character after the backslash.
    fn escape(&mut self, byte: u8) -> Result<(), Unexpected> {
        if self.state == State::Hex {
            let digit = char::from(byte).to_digit(16).ok_or(Unexpected)?;
            self.hex = self.hex << 4 | digit as u16;
            self.hex_left -= 1;
            if self.hex_left == 0 {
                self.state = State::String;
                self.keep_unit(self.hex);
            }
            return Ok(());
        }
        let plain = match byte {
            b'u' => {
                (self.hex, self.hex_left) = (0, 4);
                self.state = State::Hex;
                return Ok(());
            }
            b'"' | b'\\' | b'/' => byte,
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'b' => 8,
            b'f' => 12,
            _ => return Err(Unexpected),
        };
        self.flush_surrogate();
        self.state = State::String;
        self.keep(&[plain]);
        Ok(())
    }

    /// Keeps what `\uXXXX` stands for, if necessary together with the one before.
    fn keep_unit(&mut self, unit: u16) {
        let mut code = u32::from(unit);
        if self.high != 0 && unit & 0xfc00 == 0xdc00 {
            code = 0x1_0000 + (u32::from(self.high & 0x3ff) << 10 | u32::from(unit & 0x3ff));
            self.high = 0;
        }
        self.flush_surrogate();
        if code & !0x3ff == 0xd800 {
            self.high = unit;
        } else {
            self.keep_char(char::from_u32(code));
        }
    }

    fn flush_surrogate(&mut self) {
        if self.high != 0 {
            self.high = 0;
            self.keep_char(None);
        }
    }

    /// Keeps a character, or U+FFFD for what is none.
    fn keep_char(&mut self, char: Option<char>) {
        self.keep(char.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]).as_bytes());
        self.damaged |= char.is_none() && !self.full;
    }

    fn keep(&mut self, run: &[u8]) {
        if self.full {
            return;
        }
        let room = self.limit - self.text.len();
        self.full = run.len() > room;
        self.text.extend_from_slice(&run[..run.len().min(room)]);
    }

    /// The text that has been kept, with U+FFFD for each maximal part that is no UTF-8.
    fn kept(&mut self) -> String {
        let mut text = String::new();
        let mut bytes = &self.text[..];
        while let Err(error) = std::str::from_utf8(bytes) {
            let (valid, invalid) = bytes.split_at(error.valid_up_to());
            match error.error_len() {
                // It was cut within a character.
                None if self.full => bytes = valid,
                length => {
                    text.push_str(std::str::from_utf8(valid).unwrap_or_default());
                    text.push(char::REPLACEMENT_CHARACTER);
                    self.damaged = true;
                    bytes = &invalid[length.unwrap_or(invalid.len())..];
                }
            }
        }
        text.push_str(std::str::from_utf8(bytes).unwrap_or_default());
        self.text.clear();
        text
    }

    /// A number from `at` on; its end is known by what cannot belong to it.
    fn number(&mut self, bytes: &[u8], at: usize, sink: &mut dyn Sink) -> usize {
        let mut end = at;
        while let Some(&byte) = bytes.get(end) {
            match self.state.in_number(byte) {
                Some(state) => self.state = state,
                None => {
                    if self.state.ends_a_number() {
                        self.emit_number(&bytes[at..end], sink);
                    } else {
                        // Not a state of numbers, so that the byte is looked at again and refused.
                        self.state = State::Literal;
                        self.literal = &[];
                    }
                    return end;
                }
            }
            end += 1;
        }
        self.keep(&bytes[at..end]);
        end
    }

    fn emit_number(&mut self, run: &[u8], sink: &mut dyn Sink) {
        self.keep(run);
        sink.event(Event::Number(&self.kept()), self.began);
        self.state = State::AfterValue;
    }

    /// Everything outside strings and numbers: white space and then one byte.
    fn structure(&mut self, bytes: &[u8], mut at: usize, sink: &mut dyn Sink) -> Result<usize, Unexpected> {
        let byte = bytes[at];
        match self.state {
            State::Literal => {
                let (&first, rest) = self.literal.split_first().ok_or(Unexpected)?;
                if byte != first {
                    return Err(Unexpected);
                }
                self.literal = rest;
                if rest.is_empty() {
                    self.state = State::AfterValue;
                    sink.event(self.literal_event, self.began);
                }
                return Ok(at + 1);
            }
            State::Start => {
                self.state = if byte == 0xef { State::Mark1 } else { State::Value };
                return Ok(at + usize::from(byte == 0xef));
            }
            State::Mark1 if byte == 0xbb => {
                self.state = State::Mark2;
                return Ok(at + 1);
            }
            State::Mark2 if byte == 0xbf => {
                self.state = State::Value;
                self.line_start = self.offset + at + 1;
                return Ok(at + 1);
            }
            State::Mark1 | State::Mark2 => return Err(Unexpected),
            _ => {}
        }
        if byte <= b' ' {
            while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
                if bytes[at] == b'\n' {
                    self.line += 1;
                    self.line_start = self.offset + at + 1;
                }
                at += 1;
            }
            // Whatever comes next is looked at by the next call; no progress means that it cannot be.
            return if bytes.get(at) == Some(&byte) { Err(Unexpected) } else { Ok(at) };
        }
        let position = self.position(at);
        match (self.state, byte) {
            (State::FirstElement, b']') | (State::FirstKey, b'}') => self.close(position, sink),
            (State::Value | State::FirstElement, _) => return self.value(byte, at, sink),
            (State::Key | State::FirstKey, b'"') => {
                self.begin(Token::Key, position, sink);
                self.state = State::String;
            }
            (State::Colon, b':') => self.state = State::Value,
            (State::AfterValue, b',') if self.depth > 0 => {
                self.state = if self.in_object() { State::Key } else { State::Value };
            }
            (State::AfterValue, b'}') if self.depth > 0 && self.in_object() => self.close(position, sink),
            (State::AfterValue, b']') if self.depth > 0 && !self.in_object() => self.close(position, sink),
            _ => return Err(Unexpected),
        }
        Ok(at + 1)
    }

    /// The first byte of a value.
    fn value(&mut self, byte: u8, at: usize, sink: &mut dyn Sink) -> Result<usize, Unexpected> {
        let position = self.position(at);
        let literal: (&[u8], _) = match byte {
            b'{' | b'[' => {
                let object = byte == b'{';
                self.open(object);
                self.state = if object { State::FirstKey } else { State::FirstElement };
                sink.event(if object { Event::ObjectStart } else { Event::ArrayStart }, position);
                return Ok(at + 1);
            }
            b'"' => {
                self.begin(Token::String, position, sink);
                self.state = State::String;
                return Ok(at + 1);
            }
            b'-' | b'0'..=b'9' => {
                self.begin(Token::Number, position, sink);
                self.keep(&[byte]);
                self.state = match byte {
                    b'-' => State::Minus,
                    b'0' => State::Zero,
                    _ => State::Integer,
                };
                return Ok(at + 1);
            }
            b't' => (b"rue", Event::Boolean(true)),
            b'f' => (b"alse", Event::Boolean(false)),
            b'n' => (b"ull", Event::Null),
            _ => return Err(Unexpected),
        };
        (self.literal, self.literal_event) = literal;
        self.began = position;
        self.state = State::Literal;
        Ok(at + 1)
    }

    fn begin(&mut self, token: Token, at: Position, sink: &mut dyn Sink) {
        self.in_key = token == Token::Key;
        self.limit = sink.wanted(token);
        self.full = false;
        self.damaged = false;
        self.began = at;
    }

    fn open(&mut self, object: bool) {
        let (word, bit) = (self.depth / 32, self.depth % 32);
        if word == self.open.len() {
            self.open.push(0);
        }
        self.open[word] = self.open[word] & !(1 << bit) | u32::from(object) << bit;
        self.depth += 1;
    }

    fn in_object(&self) -> bool {
        let top = self.depth - 1;
        self.open[top / 32] >> (top % 32) & 1 == 1
    }

    fn close(&mut self, at: Position, sink: &mut dyn Sink) {
        sink.event(if self.in_object() { Event::ObjectEnd } else { Event::ArrayEnd }, at);
        self.depth -= 1;
        self.state = State::AfterValue;
    }

    fn position(&self, at: usize) -> Position {
        Position { line: self.line, column: self.offset + at - self.line_start + 1 }
    }

    #[cold]
    fn fail(&mut self, at: usize, bytes: &[u8]) -> SyntaxError {
        let found = bytes.get(at).map(|&byte| if byte < 0x80 { byte.into() } else { char::REPLACEMENT_CHARACTER });
        let mut at = self.position(at);
        let expected = match self.state {
            State::Start => Expected::Document,
            State::Value if self.depth == 0 => Expected::Document,
            State::Value => Expected::Value,
            State::Mark1 | State::Mark2 => {
                at.column = 1;
                Expected::Document
            }
            State::FirstElement => Expected::ValueOrEnd,
            State::Key => Expected::Key,
            State::FirstKey => Expected::KeyOrEnd,
            State::Colon => Expected::Colon,
            State::AfterValue if self.depth == 0 => Expected::Nothing,
            State::AfterValue if self.in_object() => Expected::MoreOrEndOfObject,
            State::AfterValue => Expected::MoreOrEndOfArray,
            State::Literal if self.literal.is_empty() => Expected::Digit,
            State::Literal => Expected::Literal,
            State::String => Expected::EndOfString,
            State::Escape => Expected::Escape,
            State::Hex => Expected::HexDigit,
            _ => Expected::Digit,
        };
        let error = SyntaxError { at, expected, found };
        self.failed = Some(error);
        error
    }
}

impl State {
    /// RFC 8259, section 6; `None` if `byte` does not belong to the number.
    fn in_number(self, byte: u8) -> Option<Self> {
        use State::{Exponent, ExponentDigits, ExponentSign, Fraction, Integer, Literal as No, Point, Zero};
        // From `Minus` on; after a zero, another digit, a point, an `e` and a sign.
        static NEXT: [[State; 5]; 8] = [
            [Zero, Integer, No, No, No],
            [No, No, Point, Exponent, No],
            [Integer, Integer, Point, Exponent, No],
            [Fraction, Fraction, No, No, No],
            [Fraction, Fraction, No, Exponent, No],
            [ExponentDigits, ExponentDigits, No, No, ExponentSign],
            [ExponentDigits, ExponentDigits, No, No, No],
            [ExponentDigits, ExponentDigits, No, No, No],
        ];
        let kind = match byte {
            b'0' => 0,
            b'1'..=b'9' => 1,
            b'.' => 2,
            b'e' | b'E' => 3,
            b'+' | b'-' => 4,
            _ => return None,
        };
        let next = NEXT[self as usize - Self::Minus as usize][kind];
        if next == No { None } else { Some(next) }
    }

    fn ends_a_number(self) -> bool {
        matches!(self, Self::Zero | Self::Integer | Self::Fraction | Self::ExponentDigits)
    }
}

/// The byte at hand cannot be.
struct Unexpected;

/// How many bytes come before a quote, a backslash or a control character,
/// and how many of them continue a UTF-8 sequence. Looks at eight at a time.
fn plain_run(bytes: &[u8]) -> (usize, usize) {
    let mut at = 0;
    let mut continuations = 0;
    let (words, _) = bytes.as_chunks::<8>();
    for word in words {
        let word = u64::from_le_bytes(*word);
        let stop = ascii::any_of(word, b'"') | ascii::any_of(word, b'\\') | ascii::below(word, b' ');
        // Continuation bytes begin with the bits 10.
        let mut continuing = word & !(word << 1) & ascii::each(0x80);
        if stop != 0 {
            continuing &= (stop & stop.wrapping_neg()) - 1;
        }
        if continuing != 0 {
            continuations += continuing.count_ones() as usize;
        }
        if stop != 0 {
            return (at + stop.trailing_zeros() as usize / 8, continuations);
        }
        at += 8;
    }
    while let Some(&byte) = bytes.get(at) {
        if byte < b' ' || byte == b'"' || byte == b'\\' {
            break;
        }
        continuations += usize::from(byte & 0xc0 == 0x80);
        at += 1;
    }
    (at, continuations)
}

/// A kind of JSON value, for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number
    Number,
    /// A string
    String,
    /// An array
    Array,
    /// An object
    Object,
}

impl JsonKind {
    /// As it stands in a message, with its article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "true or false",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Appends a string of JSON (RFC 8259, 7).
pub(crate) fn write_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.push('\\'),
            '\0'..'\u{20}' => {
                // No text of a bundle has any; an address or a console's line may.
                out.push_str("\\u00");
                ascii::push_hex(out, character as u8, b"0123456789abcdef");
                continue;
            }
            _ => {}
        }
        out.push(character);
    }
    out.push('"');
}

#[cfg(test)]
mod tests;
