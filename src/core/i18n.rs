//! The words of the interface: one catalogue per language, all with the same keys.
//!
//! Catalogues are JSON files beside this one, a flat object of texts; what ships is
//! their texts alone. `{name}`
//! in a text is a place that [`fill`] fills. Where a number decides the word,
//! there is a key for each plural category.

use crate::ascii;
use crate::date::Date;
use crate::number::push_number;

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
        let primary = ascii::until(tag.trim_ascii(), |byte| matches!(byte, b'-' | b'_'));
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }

    /// The language's texts, in lines and in the order of [`KEYS`].
    ///
    /// Who does not call this, as the widget does not, ships none of them.
    #[must_use]
    pub fn lines(self) -> &'static str {
        macro_rules! catalogue {
            ($file:literal) => {{
                const JSON: &str = include_str!($file);
                const LINES: [u8; length(JSON)] = lines(JSON);
                const TEXT: &str = match str::from_utf8(&LINES) {
                    Ok(text) => text,
                    Err(_) => panic!(),
                };
                TEXT
            }};
        }
        match self {
            Self::De => catalogue!("i18n/de.json"),
            Self::En => catalogue!("i18n/en.json"),
        }
    }
}

/// The texts of one language.
#[derive(Clone, Debug)]
pub struct Catalogue {
    language: Language,
    lines: String,
    /// Where each line ends.
    ends: Vec<u32>,
}

impl Catalogue {
    /// The catalogue of a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self::from_lines(language, language.lines())
    }

    /// A catalogue from its texts, in lines and in the order of [`KEYS`].
    #[must_use]
    pub fn from_lines(language: Language, lines: &str) -> Self {
        let mut ends = Vec::with_capacity(KEYS.len());
        for (at, byte) in lines.bytes().enumerate() {
            if byte == b'\n' {
                ends.push(at as u32);
            }
        }
        ends.push(lines.len() as u32);
        Self { language, lines: lines.to_owned(), ends }
    }

    /// Whose texts these are.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// A text as it stands, with its places; empty if the catalogue ends before it.
    #[must_use]
    pub fn text(&self, key: Key) -> &str {
        let line = key as usize;
        let start = if line == 0 { 0 } else { self.ends.get(line - 1).map_or(u32::MAX, |end| end + 1) };
        let end = self.ends.get(line).copied().unwrap_or(0);
        self.lines.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Appends a text with its places filled.
    pub fn fill(&self, out: &mut String, key: Key, values: &[(&str, Value<'_>)]) {
        fill(out, self.text(key), values);
    }

    /// Appends a text whose only place is `{count}`.
    pub fn fill_number(&self, out: &mut String, key: Key, count: usize) {
        self.fill(out, key, &[("count", Value::Number(count as u32))]);
    }

    /// The one of two keys that a number asks for.
    ///
    /// German and English have two plural categories, by CLDR's rules for whole numbers.
    #[must_use]
    pub fn plural(&self, count: usize, one: Key, other: Key) -> Key {
        if count == 1 { one } else { other }
    }

    /// Appends a date in words, by the publisher's own calendar day.
    pub fn write_date(&self, out: &mut String, date: Date) {
        let day = date.day();
        let month = ascii::split(self.text(Key::Months), b' ').nth(usize::from(day.month) - 1).unwrap_or_default();
        let values = [
            ("day", Value::Number(u32::from(day.day))),
            ("month", Value::Text(month)),
            ("year", Value::Number(u32::from(day.year))),
        ];
        self.fill(out, Key::DateLong, &values);
    }
}

/// What a place in a text is filled with.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A text as it is.
    Text(&'a str),
    /// A number, in digits.
    Number(u32),
}

/// Appends a template with values in its places, such as `{count}`.
///
/// Values are not looked at again, so a tag that is called `{count}` stays what it is.
pub fn fill(out: &mut String, template: &str, values: &[(&str, Value<'_>)]) {
    let mut rest = template;
    while let Some((before, after)) = ascii::split_once(rest, b'{') {
        out.push_str(before);
        let (name, after) = ascii::split_once(after, b'}').unwrap_or((after, ""));
        for (known, value) in values {
            if *known == name {
                match *value {
                    Value::Text(text) => out.push_str(text),
                    Value::Number(number) => push_number(out, number),
                }
            }
        }
        rest = after;
    }
    out.push_str(rest);
}

/// The texts of a catalogue's JSON in the order of [`KEYS`], each in a line; done by the compiler, which refuses any other.
const fn lines<const LENGTH: usize>(json: &str) -> [u8; LENGTH] {
    let json = json.as_bytes();
    let mut out = [0; LENGTH];
    let (mut at, mut end, mut key) = (2, 0, 0);
    while key < KEYS.len() {
        at = after(json, at, b"  \"");
        at = after(json, at, KEYS[key].as_bytes());
        at = after(json, at, b"\": \"");
        while json[at] != b'"' {
            assert!(json[at] != b'\\' && json[at] != b'\n', "a text of the interface needs no escapes");
            out[end] = json[at];
            (at, end) = (at + 1, end + 1);
        }
        key += 1;
        if key < KEYS.len() {
            out[end] = b'\n';
            end += 1;
        }
        at = after(json, at, if key < KEYS.len() { b"\",\n" } else { b"\"\n}\n" });
    }
    assert!(at == json.len() && end == LENGTH);
    out
}

/// How long [`lines`] are: the JSON without keys, quotes and all that is around them.
const fn length(json: &str) -> usize {
    let mut length = json.len() - "{\n}\n".len();
    let mut key = 0;
    while key < KEYS.len() {
        length -= "  \"\": \"\",\n".len() - 1 + KEYS[key].len();
        key += 1;
    }
    length
}

const fn after(json: &[u8], at: usize, expected: &[u8]) -> usize {
    let mut index = 0;
    while index < expected.len() {
        assert!(json[at + index] == expected[index], "a catalogue has the keys of KEYS in their order");
        index += 1;
    }
    at + expected.len()
}
