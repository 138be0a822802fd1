//! Why a bundle cannot be used, and what was wrong in one that can.

use crate::json::{Position, SyntaxError};
use std::fmt;

/// Why a bundle cannot be used at all. One bad article is a [`Problem`] instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BundleError {
    /// The text is not JSON; both numbers count from 1, columns in characters.
    Syntax {
        /// Line of the first character that cannot be.
        line: usize,
        /// Column of that character.
        column: usize,
        /// What could have stood there, in English.
        expected: &'static str,
        /// What stands there: U+FFFD for anything but ASCII, `None` for the end of the bundle.
        found: Option<char>,
    },
    /// JSON, but no JSON Feed: there is no `items` array.
    NotAFeed {
        /// What stands where the object or its `items` array should be.
        found: JsonKind,
        /// Line where that stands.
        line: usize,
        /// Its column.
        column: usize,
        /// Whether there are `items`, but no array of them.
        items: bool,
    },
}

impl From<SyntaxError> for BundleError {
    fn from(error: SyntaxError) -> Self {
        let SyntaxError { at: Position { line, column }, expected, found } = error;
        Self::Syntax { line, column, expected, found }
    }
}

impl BundleError {
    /// What was expected and found, and where; in English.
    #[must_use]
    pub fn message(&self) -> String {
        match *self {
            Self::Syntax { line, column, expected, found } => {
                let error = SyntaxError { at: Position { line, column }, expected, found };
                ["bundle is not JSON: ", &error.message()].concat()
            }
            Self::NotAFeed { found, line, column, items } => {
                let mut message = String::from("not a JSON Feed: expected an ");
                message.push_str(if items { "array as `items`, found " } else { "object with `items`, found " });
                message.push_str(found.name());
                if found == JsonKind::Object && !items {
                    message.push_str(" without");
                }
                Position { line, column }.write(&mut message);
                message
            }
        }
    }
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for BundleError {}

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

/// Something in a bundle that was wrong and has been recovered from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as in `items[3].date_published`.
    pub place: String,
    /// What was expected, what was found and what became of it, in English.
    pub message: String,
}

impl Problem {
    /// Place and message.
    #[must_use]
    pub fn line(&self) -> String {
        [&self.place, ": ", &self.message].concat()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line())
    }
}
