//! The words of the interface: one catalogue per language, all with the same keys.
//!
//! Catalogues are JSON files beside this one, a flat object of texts; what ships is
//! their texts alone. `{name}` in a text is a place that [`Catalogue::fill`] fills.
//! Where a number decides the word, there is a key for each plural category of
//! the language.

use crate::ascii;
use crate::date::{self, Date, Day};
use crate::number;

macro_rules! keys {
    (first { $($first:tt)* } later { $($later:tt)* }) => {
        keys! { $($first)* $($later)* }

        /// How many of [`KEYS`] the first part of the program asks for; the others wait for the later one, see
        /// [`later`](crate::later).
        pub const FIRST_KEYS: usize = keys!(@ count $($first)*);
    };
    ($($key:ident = $name:literal $($by_number:ident)?,)*) => {
        /// A text of the interface.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Key { $(#[doc = concat!("`", $name, "`")] $key,)* }

        /// The keys as they stand in the catalogues, in the order of [`Key`], and whether there is a text for each of
        /// the language's plural categories, as `articles.one`.
        pub const KEYS: &[(&str, bool)] = &[$(($name, keys!(@ $($by_number)?)),)*];
    };
    (@) => { false };
    (@ by_number) => { true };
    (@ count $($key:ident = $name:literal $($by_number:ident)?,)*) => { [$($name),*].len() };
}

keys! {
    first {
        Region = "region",
        Loading = "loading",
        Articles = "articles" by_number,
        Matches = "matches" by_number,
        Shown = "shown",
        Progress = "progress",
        More = "more" by_number,
        Filter = "filter",
        FilterActive = "filter.active",
        Search = "search",
        Sort = "sort",
        SortNewest = "sort.newest",
        SortOldest = "sort.oldest",
        SortHeadline = "sort.headline",
        Tags = "tags",
        FacetNarrow = "facet.narrow",
        FacetByName = "facet.by-name",
        TagsAll = "tags.all",
        TagArticles = "tag.articles" by_number,
        Chips = "chips",
        ChipRemove = "chip.remove",
        Clear = "clear",
        CopyLink = "copy-link",
        Byline = "byline",
        BylineAuthors = "byline.authors",
        EmptyTitle = "empty.title",
        EmptySelection = "empty.selection",
        ErrorTitle = "error.title",
        ErrorNetwork = "error.network",
        Retry = "retry",
        Home = "home",
        HomeUntitled = "home.untitled",
        Stale = "stale",
        Incomplete = "incomplete",
        Date = "date",
        Months = "months",
        Number = "number",
    }
    later {
        Pages = "pages",
        Page = "page",
        PagePrevious = "page.previous",
        PageNext = "page.next",
        Dates = "dates",
        DatesWeek = "dates.week",
        DatesMonth = "dates.month",
        DatesThisYear = "dates.this-year",
        DatesFrom = "dates.from",
        DatesTo = "dates.to",
        SortRelevance = "sort.relevance",
        FacetSource = "facet.source",
        FacetAuthor = "facet.author",
        FacetYear = "facet.year",
        FacetByCount = "facet.by-count",
        FacetByYear = "facet.by-year",
        DatesMalformed = "dates.malformed",
        TagsFewer = "tags.fewer",
        ChipSearch = "chip.search",
        ChipFrom = "chip.from",
        ChipTo = "chip.to",
        CopyLinkDone = "copy-link.done",
        CopyLinkFailed = "copy-link.failed",
        ImageLoad = "image.load",
        ImageHost = "image.host",
        NewWindow = "new-window",
        EmptyUnknown = "empty.unknown",
        EmptyDates = "empty.dates",
        EmptyWithout = "empty.without" by_number,
        ErrorTimeout = "error.timeout",
        ErrorStatus = "error.status",
        ErrorSyntax = "error.syntax",
        ErrorNotAFeed = "error.not-a-feed",
        ErrorNoSource = "error.no-source",
        Updates = "updates" by_number,
        DateShort = "date.short",
        Alphabet = "alphabet",
    }
}

/// Between the texts of one key.
const FORMS: u8 = b'\t';

/// A language that there is a catalogue for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// German, formal.
    De,
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// Italian.
    It,
    /// Spanish.
    Es,
    /// Dutch.
    Nl,
    /// Polish.
    Pl,
    /// Turkish.
    Tr,
    /// Ukrainian.
    Uk,
    /// Arabic; with European digits, as much of its press has them.
    Ar,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 10] =
        [Self::De, Self::En, Self::Fr, Self::It, Self::Es, Self::Nl, Self::Pl, Self::Tr, Self::Uk, Self::Ar];

    /// The BCP 47 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        let at = self as usize * 2; // two letters each, in the order of the variants
        &"deenfritesnlpltrukar"[at..at + 2]
    }

    /// The language that a BCP 47 tag such as `de-AT` names, if there is a catalogue for it.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = ascii::until(ascii::trim(tag), |byte| matches!(byte, b'-' | b'_'));
        Self::ALL.iter().copied().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }

    /// The texts of [`lines`](Self::lines) for the first part of the program, the first [`FIRST_KEYS`].
    #[must_use]
    pub fn first_lines(self) -> &'static str {
        self.halves().0
    }

    /// The texts for the later part, which are the others.
    #[must_use]
    pub fn later_lines(self) -> &'static str {
        self.halves().1
    }

    fn halves(self) -> (&'static str, &'static str) {
        let lines = self.lines();
        let end = lines.match_indices('\n').nth(FIRST_KEYS - 1).map_or(lines.len(), |(end, _)| end);
        (&lines[..end], lines.get(end + 1..).unwrap_or_default())
    }

    /// The plural categories of whole numbers below a million (CLDR, Language Plural Rules), in CLDR's order.
    #[must_use]
    pub const fn categories(self) -> &'static [&'static str] {
        match self {
            Self::Pl | Self::Uk => &["one", "few", "many"],
            Self::Ar => &["zero", "one", "two", "few", "many", "other"],
            _ => &["one", "other"],
        }
    }

    /// The category of a number, by its place among [`categories`](Self::categories).
    #[must_use]
    pub fn category(self, number: u32) -> usize {
        let (ones, tens) = (number % 10, number % 100);
        match self {
            Self::Fr => usize::from(number > 1),
            Self::Pl | Self::Uk => {
                let is_one = if self == Self::Pl { number == 1 } else { ones == 1 && tens != 11 };
                let is_few = matches!(ones, 2..=4) && !matches!(tens, 12..=14);
                if is_one { 0 } else { 2 - usize::from(is_few) }
            }
            Self::Ar => match (number, tens) {
                (0..=2, _) => number as usize,
                (_, 3..=10) => 3,
                (_, 11..) => 4,
                _ => 5,
            },
            _ => usize::from(number != 1),
        }
    }

    /// The language's texts, in lines and in the order of [`KEYS`]; the texts of one key have tabs between them.
    ///
    /// A program that never calls this, such as the widget, contains none of them.
    #[must_use]
    pub fn lines(self) -> &'static str {
        macro_rules! catalogue {
            ($language:ident, $file:literal) => {{
                const JSON: &str = include_str!($file);
                const CATEGORIES: &[&str] = Language::$language.categories();
                const LINES: [u8; length(JSON, CATEGORIES)] = lines(JSON, CATEGORIES);
                const TEXT: &str = match str::from_utf8(&LINES) {
                    Ok(text) => text,
                    Err(_) => panic!(),
                };
                TEXT
            }};
        }
        match self {
            Self::De => catalogue!(De, "i18n/de.json"),
            Self::En => catalogue!(En, "i18n/en.json"),
            Self::Fr => catalogue!(Fr, "i18n/fr.json"),
            Self::It => catalogue!(It, "i18n/it.json"),
            Self::Es => catalogue!(Es, "i18n/es.json"),
            Self::Nl => catalogue!(Nl, "i18n/nl.json"),
            Self::Pl => catalogue!(Pl, "i18n/pl.json"),
            Self::Tr => catalogue!(Tr, "i18n/tr.json"),
            Self::Uk => catalogue!(Uk, "i18n/uk.json"),
            Self::Ar => catalogue!(Ar, "i18n/ar.json"),
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
    /// The catalogue of a language, with all its texts.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self::from_lines(language, language.lines())
    }

    /// A catalogue from its texts, in lines and in the order of [`KEYS`]: of all of them, or of the first ones.
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

    /// The same with the [`Language::later_lines`] that it does not have yet.
    #[must_use]
    pub fn with_later(&self, lines: &str) -> Self {
        if self.ends.len() > FIRST_KEYS {
            return self.clone();
        }
        Self::from_lines(self.language, &[&self.lines, "\n", lines].concat())
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

    /// The text of a key that goes with a number.
    #[must_use]
    pub fn plural(&self, key: Key, count: usize) -> &str {
        ascii::split(self.text(key), FORMS).nth(self.language.category(count as u32)).unwrap_or_default()
    }

    /// Appends a template with values in its places, such as `{count}`.
    ///
    /// Values are not looked at again, so a tag that is called `{count}` stays what it is.
    pub fn fill(&self, out: &mut String, template: &str, values: &[(&str, Value<'_>)]) {
        let mut rest = template;
        while let Some((before, after)) = ascii::split_once(rest, b'{') {
            out.push_str(before);
            let (name, after) = ascii::split_once(after, b'}').unwrap_or((after, ""));
            for (known, value) in values {
                if *known == name {
                    match *value {
                        Value::Text(text) => out.push_str(text),
                        Value::Number(number) => self.write_number(out, number),
                    }
                }
            }
            rest = after;
        }
        out.push_str(rest);
    }

    /// Appends a text that depends on a number, with no other place than `{count}`.
    pub fn fill_plural(&self, out: &mut String, key: Key, count: usize) {
        self.fill(out, self.plural(key, count), &[("count", Value::Number(count as u32))]);
    }

    /// Appends a number as the language groups its digits: by the catalogue's `number`, which shows the separator and
    /// how many digits a number has at least to have one, such as `99.999`.
    pub fn write_number(&self, out: &mut String, number: u32) {
        let digits = number::text(number);
        let pattern = self.text(Key::Number);
        let separator = ascii::until(ascii::trim_start(pattern, |byte| byte == b'9'), |byte| byte == b'9');
        let least = pattern.len() - separator.len();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() >= least {
                out.push_str(separator);
            }
            out.push(digit);
        }
    }

    /// Appends a day in digits.
    pub fn write_short_date(&self, out: &mut String, day: Day) {
        let two = |number: u8| {
            let mut text = String::new();
            date::push_two(&mut text, number);
            text
        };
        let (dd, mm, year) = (two(day.day), two(day.month), number::text(u32::from(day.year)));
        let values = [("dd", Value::Text(&dd)), ("mm", Value::Text(&mm)), ("year", Value::Text(&year))];
        self.fill(out, self.text(Key::DateShort), &values);
    }

    /// Appends a date in words, by the publisher's own calendar day.
    pub fn write_date(&self, out: &mut String, date: Date) {
        let day = date.day();
        let month = ascii::split(self.text(Key::Months), b' ').nth(usize::from(day.month) - 1).unwrap_or_default();
        let year = number::text(u32::from(day.year)); // has no groups
        let values =
            [("day", Value::Number(u32::from(day.day))), ("month", Value::Text(month)), ("year", Value::Text(&year))];
        self.fill(out, self.text(Key::Date), &values);
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

/// The texts of a catalogue's JSON in the order of [`KEYS`], a line for each key, with [`FORMS`] between its texts;
/// done by the compiler, which refuses any other.
const fn lines<const LENGTH: usize>(json: &str, categories: &[&str]) -> [u8; LENGTH] {
    let json = json.as_bytes();
    let mut out = [0; LENGTH];
    let (mut at, mut end, mut key) = (2, 0, 0);
    while key < KEYS.len() {
        let (name, by_number) = KEYS[key];
        let mut form = 0;
        while form < forms(by_number, categories) {
            if at > 2 {
                at = after(json, at, b"\",\n");
                out[end] = if form > 0 { FORMS } else { b'\n' };
                end += 1;
            }
            at = after(json, at, b"  \"");
            at = after(json, at, name.as_bytes());
            if by_number {
                at = after(json, after(json, at, b"."), categories[form].as_bytes());
            }
            at = after(json, at, b"\": \"");
            while json[at] != b'"' {
                assert!(json[at] >= b' ' && json[at] != b'\\', "a text of the interface needs no escapes");
                out[end] = json[at];
                (at, end) = (at + 1, end + 1);
            }
            form += 1;
        }
        key += 1;
    }
    at = after(json, at, b"\"\n}\n");
    assert!(at == json.len() && end == LENGTH);
    out
}

/// How long [`lines`] are: the JSON without keys, quotes and all that is around them.
const fn length(json: &str, categories: &[&str]) -> usize {
    let mut length = json.len() - "{\n}\n".len();
    let mut key = 0;
    while key < KEYS.len() {
        let (name, by_number) = KEYS[key];
        let mut form = 0;
        while form < forms(by_number, categories) {
            length -= "  \"\": \"\",\n".len() - 1 + name.len();
            if by_number {
                length -= 1 + categories[form].len();
            }
            form += 1;
        }
        key += 1;
    }
    length
}

/// How many texts a key has.
const fn forms(by_number: bool, categories: &[&str]) -> usize {
    if by_number { categories.len() } else { 1 }
}

const fn after(json: &[u8], at: usize, expected: &[u8]) -> usize {
    let mut index = 0;
    while index < expected.len() {
        assert!(json[at + index] == expected[index], "a catalogue has the keys of KEYS in their order");
        index += 1;
    }
    at + expected.len()
}
