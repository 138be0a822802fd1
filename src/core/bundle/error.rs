//! Why a bundle cannot be used, and what was wrong in one that can.

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
    },
    /// JSON, but no JSON Feed: there is no `items` array.
    NotAFeed {
        /// What stands where the object or its `items` array should be.
        found: JsonKind,
        /// Line where that stands.
        line: usize,
        /// Its column.
        column: usize,
    },
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

/// Something in a bundle that was wrong and has been recovered from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as in `items[3].date_published`.
    pub place: String,
    /// What was expected, what was found and what became of it, in English.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}
impl std::fmt::Display for BundleError { fn fmt(&self, f:&mut fmt::Formatter<'_>)->fmt::Result{f.write_str("x")} }
