//! What a webmaster can set: attributes as text, read into typed values.
//!
//! Junk never fails: it becomes the default and one warning.

use crate::ascii;
use crate::bundle::clean;
use crate::json::{self, Event, Position, Sink, Token};
use crate::number;
use crate::selection::Match;

/// The attributes that the widget reads, as they are written on the element.
///
/// On a script tag `x-y` is written `data-x-y`; in JavaScript it is the property `xY`.
pub const ATTRIBUTES: [&str; 10] =
    ["src", "home", "tags", "match", "page-size", "lang", "heading", "heading-level", "theme", "link-target"];

/// Teasers shown at first, and more of them with each click.
pub const PAGE_SIZE: usize = 20;

/// A bundle can hold more, but no visitor wants more at once.
const LARGEST_PAGE: usize = 1000;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the page's `color-scheme` says.
    #[default]
    Auto,
    /// Always light, on a ground of its own.
    Light,
    /// Always dark, on a ground of its own.
    Dark,
    /// Colours as the page sets them around the element.
    Inherit,
}

impl Theme {
    /// As the attribute has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Inherit => "inherit",
        }
    }
}

/// Everything that attributes say. [`Options::default`] is an element without attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Where the bundle is; absolute.
    pub src: Option<String>,
    /// The publisher's page; absolute.
    pub home: Option<String>,
    /// Tags that are chosen at first.
    pub tags: Vec<String>,
    /// How tags combine.
    pub combine: Match,
    /// Teasers a page; `None` for [`PAGE_SIZE`].
    pub page_size: Option<usize>,
    /// The attribute `lang`: language of the interface.
    pub lang: Option<String>,
    /// Visible heading of the region.
    pub heading: Option<String>,
    /// Level of headlines, 2 to 6.
    pub heading_level: Option<u8>,
    /// Light or dark.
    pub theme: Theme,
    /// Whether links open a new window.
    pub blank: bool,
}

impl Options {
    /// Takes one attribute's text. Addresses must be absolute by now.
    ///
    /// # Errors
    ///
    /// A warning for the console where the text is not what the attribute
    /// expects; the option then has its default.
    pub fn set(&mut self, attribute: &str, value: Option<&str>) -> Result<(), String> {
        let found = value.unwrap_or_default();
        let text = ascii::trim(found);
        let mut valid = true;
        // Which of the words it is; the first is the default.
        let mut word = |words: &[&str]| {
            let at = words.iter().position(|word| text.eq_ignore_ascii_case(word));
            valid = at.is_some() || text.is_empty();
            at.unwrap_or_default()
        };
        let expected = match attribute {
            "src" => keep(&mut self.src, text),
            "home" => keep(&mut self.home, text),
            "lang" => keep(&mut self.lang, text),
            "heading" => keep(&mut self.heading, text),
            "tags" => {
                let tags = list(text);
                valid = tags.is_some();
                self.tags = tags.unwrap_or_default();
                "a list with commas, or a JSON array of strings"
            }
            "match" => {
                self.combine = [Match::All, Match::Any][word(&["all", "any"])];
                "all or any"
            }
            "theme" => {
                let themes = [Theme::Auto, Theme::Light, Theme::Dark, Theme::Inherit];
                self.theme = themes[word(&themes.map(Theme::name))];
                "auto, light, dark or inherit"
            }
            "link-target" => {
                self.blank = word(&["self", "blank"]) == 1;
                "self or blank"
            }
            "page-size" => {
                self.page_size = number(text, 1, LARGEST_PAGE);
                valid = text.is_empty() || self.page_size.is_some();
                "a whole number from 1 to 1000"
            }
            "heading-level" => {
                self.heading_level = number(text, 2, 6).map(|level| level as u8);
                valid = text.is_empty() || self.heading_level.is_some();
                "a whole number from 2 to 6"
            }
            _ => "",
        };
        if valid {
            return Ok(());
        }
        Err(["attribute ", attribute, ": expected ", expected, ", found \"", found, "\"; using the default"].concat())
    }

    /// Teasers a page.
    #[must_use]
    pub fn page_size(&self) -> usize {
        self.page_size.unwrap_or(PAGE_SIZE)
    }

    /// Level of the headlines: 2, or 3 under a heading of the region.
    #[must_use]
    pub fn heading_level(&self) -> u8 {
        self.heading_level.unwrap_or(if self.heading.is_some() { 3 } else { 2 })
    }
}

/// Any text is right here, so there is nothing that was expected.
fn keep(place: &mut Option<String>, text: &str) -> &'static str {
    *place = if text.is_empty() { None } else { Some(text.to_owned()) };
    ""
}

fn number(text: &str, least: usize, most: usize) -> Option<usize> {
    let number = number::read(text)? as usize;
    if number < least || number > most { None } else { Some(number) }
}

/// A comma-separated list, or a JSON array of strings where the text begins with `[`.
///
/// `None` if the array is broken.
fn list(text: &str) -> Option<Vec<String>> {
    let mut list = List { tags: Vec::new(), is_flat: true };
    if text.starts_with('[') {
        let is_json = json::read(text.as_bytes(), &mut list).is_ok();
        return (is_json && list.is_flat).then_some(list.tags);
    }
    for tag in ascii::split(text, b',') {
        list.push(tag);
    }
    Some(list.tags)
}

struct List {
    tags: Vec<String>,
    is_flat: bool,
}

impl List {
    fn push(&mut self, tag: &str) {
        // As the reader keeps it.
        let tag = clean(tag);
        if !tag.is_empty() {
            self.tags.push(tag);
        }
    }
}

impl Sink for List {
    fn wanted(&mut self, _: Token) -> usize {
        usize::MAX
    }

    fn event(&mut self, event: Event<'_>, at: Position) {
        match event {
            Event::String(text) => self.push(text),
            Event::ArrayStart if at == (Position { line: 1, column: 1 }) => {}
            Event::ArrayEnd => {}
            _ => self.is_flat = false,
        }
    }
}
