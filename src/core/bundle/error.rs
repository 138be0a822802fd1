//! Why a bundle cannot be used, and what was wrong in one that can.

use std::fmt;

use super::builder::VERSION;
use super::facets::MOST_LABELS;
use super::text::{Cleaner, cut};
use super::wire::{Context, Key};
use crate::json::{Expected, JsonKind, Position, SyntaxError};
use crate::number::push_number;
use crate::store::MOST_FACETS;

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
        /// What could have stood there.
        expected: Expected,
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
        matches!(self, Self::Syntax { expected: Expected::Document, found: Some('<'), .. })
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
    pub(super) expected: Words,
    pub(super) found: Found,
    pub(super) outcome: Outcome,
}

/// The words that problems are told in. The program's later part alone knows how they are written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Words {
    AnId,
    AnIdOfItsOwn,
    AnEmptyOne,
    Another,
    Date,
    Facets,
    IllFormed,
    Kind(JsonKind),
    Labels,
    Language,
    Link,
    Match,
    Newest,
    None,
    Tag,
    TitleOrText,
    Value,
    Version,
    WellFormed,
}

impl Words {
    fn text(self) -> &'static str {
        match self {
            Self::AnId => "an id",
            Self::AnIdOfItsOwn => "an id of its own",
            Self::AnEmptyOne => "an empty one",
            Self::Another => "another one",
            Self::Date => "a date like 2019-11-25T10:00:00+01:00",
            Self::Facets => {
                const { assert!(MOST_FACETS == 100, "it is said here") };
                "100 facets of the bundle's own at most, and none called source, author or year"
            }
            Self::IllFormed => "ill-formed",
            Self::Kind(kind) => kind.name(),
            Self::Labels => {
                const { assert!(MOST_LABELS == 100, "it is said here") };
                "100 labels at most"
            }
            Self::Language => "a language tag like de-AT",
            Self::Link => "an http or https link",
            Self::Match => "any or all",
            Self::Newest => "newest",
            Self::None => "none",
            Self::Tag => "a tag",
            Self::TitleOrText => "a title or text",
            Self::Value => "a value",
            Self::Version => VERSION,
            Self::WellFormed => "well-formed UTF-8",
        }
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome {
    Dropped,
    Ignored,
    Replaced,
    TakenAsText,
}

impl Outcome {
    fn text(self) -> &'static str {
        match self {
            Self::Dropped => "article dropped",
            Self::Ignored => "ignored",
            Self::Replaced => "replaced by U+FFFD",
            Self::TakenAsText => "taken as text",
        }
    }
}

/// What was found in place of what was expected.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// In words.
    Words(Words),
    /// A text of the bundle.
    Text(String),
    /// The id of another item, and whether that one stands because it is newer.
    IdOf(u32, bool),
}

impl Untold {
    /// Puts it into words.
    pub(super) fn tell(&self) -> Problem {
        const SHOWN: usize = 40;
        let mut message = ["expected ", self.expected.text(), ", found "].concat();
        match &self.found {
            Found::Words(words) => message.push_str(words.text()),
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
        message.push_str(self.outcome.text());
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
