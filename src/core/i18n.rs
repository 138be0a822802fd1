//! The words of the interface: one catalogue per language, all with the same keys.
//!
//! Catalogues are JSON files beside this one, a flat object of texts. `{name}`
//! in a text is a place that [`fill`] fills. Where a number decides the word,
//! there is a key for each plural category.

use crate::date::Date;
use crate::json::{self, Event, Position, Sink, Token};

macro_rules! keys {
    ($($key:ident = $name:literal,)*) => {
        /// A text of the interface.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Key { $(#[doc = concat!("`", $name, "`")] $key,)* }

        /// The keys as they stand in the catalogues, in the order of [`Key`].
        pub const KEYS: &[&str] = &[$($name,)*];
    };
}

keys! {
    Region = "region",
    Loading = "loading",
    ArticlesOne = "articles.one",
    ArticlesOther = "articles.other",
    MatchesOne = "matches.one",
    MatchesOther = "matches.other",
    Shown = "shown",
    Progress = "progress",
    MoreOne = "more.one",
    MoreOther = "more.other",
    Filter = "filter",
    FilterActive = "filter.active",
    Tags = "tags",
    TagsAll = "tags.all",
    TagsFewer = "tags.fewer",
    TagArticlesOne = "tag.articles.one",
    TagArticlesOther = "tag.articles.other",
    Chips = "chips",
    ChipRemove = "chip.remove",
    Clear = "clear",
    Byline = "byline",
    BylineAuthors = "byline.authors",
    ImageLoad = "image.load",
    ImageHost = "image.host",
    NewWindow = "new-window",
    EmptyTitle = "empty.title",
    EmptySelection = "empty.selection",
    EmptyWithoutOne = "empty.without.one",
    EmptyWithoutOther = "empty.without.other",
    ErrorTitle = "error.title",
    ErrorNetwork = "error.network",
    ErrorTimeout = "error.timeout",
    ErrorStatus = "error.status",
    ErrorSyntax = "error.syntax",
    ErrorNotAFeed = "error.not-a-feed",
    ErrorNoSource = "error.no-source",
    Retry = "retry",
    Home = "home",
    HomeUntitled = "home.untitled",
    Stale = "stale",
    Incomplete = "incomplete",
    UpdatesOne = "updates.one",
    UpdatesOther = "updates.other",
    DateLong = "date",
    Months = "months",
}

/// A language that there is a catalogue for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// German, formal.
    De,
    /// English.
    #[default]
    En,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// The BCP 47 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// The language that a BCP 47 tag such as `de-AT` names, if there is a catalogue for it.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }

    fn source(self) -> &'static str {
        match self {
            Self::De => include_str!("i18n/de.json"),
            Self::En => include_str!("i18n/en.json"),
        }
    }
}

/// The texts of one language.
#[derive(Clone, Debug)]
pub struct Catalogue {
    language: Language,
    texts: Vec<String>,
}

impl Catalogue {
    /// The catalogue of a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self { language, texts: parse(language.source()) }
    }

    /// Whose texts these are.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// A text as it stands, with its places.
    #[must_use]
    pub fn text(&self, key: Key) -> &str {
        self.texts.get(key as usize).map_or("", String::as_str)
    }

    /// A text with one place filled.
    #[must_use]
    pub fn fill(&self, key: Key, name: &str, value: &str) -> String {
        fill(self.text(key), &[(name, value)])
    }

    /// The one of two keys that a number asks for.
    ///
    /// German and English have two plural categories, by CLDR's rules for whole numbers.
    #[must_use]
    pub fn plural(&self, count: usize, one: Key, other: Key) -> Key {
        if count == 1 { one } else { other }
    }

    /// A date in words, by the publisher's own calendar day.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let day = date.day();
        let month = self.text(Key::Months).split(' ').nth(usize::from(day.month) - 1).unwrap_or_default();
        fill(
            self.text(Key::DateLong),
            &[("day", &day.day.to_string()), ("month", month), ("year", &day.year.to_string())],
        )
    }
}

/// Puts values in the places of a template, such as `{count}`.
///
/// Values are not looked at again, so a tag that is called `{count}` stays what it is.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The texts of a catalogue, in the order of [`KEYS`]. What is missing stays empty; a test sees to it that nothing is.
fn parse(source: &str) -> Vec<String> {
    struct Texts {
        texts: Vec<String>,
        key: Option<usize>,
    }
    impl Sink for Texts {
        fn wanted(&mut self, _: Token) -> usize {
            usize::MAX
        }
        fn event(&mut self, event: Event<'_>, _: Position) {
            match event {
                Event::Key(name) => self.key = KEYS.iter().position(|key| *key == name),
                Event::String(text) => {
                    if let Some(key) = self.key {
                        self.texts[key] = text.to_owned();
                    }
                }
                _ => {}
            }
        }
    }
    let mut sink = Texts { texts: vec![String::new(); KEYS.len()], key: None };
    // A catalogue is part of the program, so it cannot be broken other than in a test run.
    let read = json::read(source.as_bytes(), &mut sink);
    debug_assert_eq!(read, Ok(()));
    sink.texts
}
