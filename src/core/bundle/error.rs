//! Why a bundle cannot be used, and what was wrong in one that can.

use std::fmt;

use super::text::{Cleaner, cut};
use super::wire::{Context, Key};
use crate::json::{DOCUMENT, JsonKind, Position, SyntaxError};
use crate::number::push_number;

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
    /// Whether the answer begins like a web page, as many servers answer where there is no file.
    pub(crate) fn is_markup(&self) -> bool {
        matches!(self, Self::Syntax { expected: DOCUMENT, found: Some('<'), .. })
    }

    /// What was expected and found, and where; in English.
    #[must_use]
    pub fn message(&self) -> String {
        match *self {
            Self::Syntax { line, column, expected, found } => {
                let error = SyntaxError { at: Position { line, column }, expected, found };
                let hint = if self.is_markup() { "; is it a web page?" } else { "" };
                ["bundle is not JSON: ", &error.message(), hint].concat()
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

/// What a [`Problem`] is made of. Most bundles have none, so putting it into words is left to the program's later part.
#[derive(Clone, Debug)]
pub(crate) struct Untold {
    pub(super) context: Context,
    pub(super) key: Key,
    /// Places, where the context has such: of the item, of the element within, of the facet.
    pub(super) item: u32,
    pub(super) element: u32,
    pub(super) facet: u32,
    /// The name that the publisher has made, where the context has one.
    pub(super) name: String,
    pub(super) expected: &'static str,
    pub(super) found: Found,
    pub(super) outcome: &'static str,
}

/// What was found in place of what was expected.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// In words.
    Words(&'static str),
    /// A text of the bundle.
    Text(String),
    /// The id of another item, and whether that one stands because it is newer.
    IdOf(u32, bool),
}

impl Untold {
    /// Puts it into words.
    pub(super) fn tell(&self) -> Problem {
        const SHOWN: usize = 40;
        let mut message = ["expected ", self.expected, ", found "].concat();
        match &self.found {
            Found::Words(words) => message.push_str(words),
            Found::Text(text) => {
                message.push('"');
                let start = message.len();
                Cleaner::new(&mut message).push_str(text);
                cut(&mut message, start, SHOWN, false);
                message.push('"');
            }
            Found::IdOf(item, is_newer) => {
                message.push_str("that of ");
                push_item(&mut message, *item);
                message.push_str(if *is_newer { ", which is newer" } else { ", which is first" });
            }
        }
        message.push_str("; ");
        message.push_str(self.outcome);
        Problem { place: self.place(), message }
    }

    /// As in `items[3].tags[2]`.
    fn place(&self) -> String {
        let mut place = String::new();
        let Self { context, key, .. } = *self;
        if context.in_item() {
            push_item(&mut place, self.item);
        }
        push_name(&mut place, context.path());
        match context {
            Context::Facets if key != Key::Element => {}
            Context::Facets | Context::Facet | Context::FacetLabel => push_index(&mut place, self.facet),
            Context::FacetValues | Context::FacetValue | Context::ValueLabel => {
                push_index(&mut place, self.facet);
                push_name(&mut place, "values");
            }
            Context::ItemFacets | Context::ItemFacet => push_name(&mut place, &self.name),
            _ => {}
        }
        if context.in_element() {
            push_index(&mut place, self.element);
        }
        if matches!(context, Context::FacetLabel | Context::ValueLabel) {
            push_name(&mut place, "label");
        }
        if context != Context::ItemFacets {
            push_name(&mut place, key.name());
        }
        place
    }
}

fn push_item(place: &mut String, item: u32) {
    place.push_str("items");
    push_index(place, item);
}

fn push_index(place: &mut String, index: u32) {
    place.push('[');
    push_number(place, index);
    place.push(']');
}

fn push_name(place: &mut String, name: &str) {
    if !place.is_empty() && !name.is_empty() {
        place.push('.');
    }
    place.push_str(name);
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
