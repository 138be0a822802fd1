//! What a webmaster can set: attributes as text, read into typed values.
//!
//! Junk never fails: it becomes the default and one warning.

use crate::ascii;
use crate::bundle::clean;
use crate::date::Day;
use crate::i18n::Language;
use crate::json::{self, Event, Position, Sink, Token};
use crate::later::Later;
use crate::number;
use crate::selection::Match;

/// The attributes that the widget reads, as they are written on the element.
///
/// On a script tag `x-y` is written `data-x-y`; in JavaScript it is the property `xY`.
pub const ATTRIBUTES: [&str; 24] = [
    "src",
    "home",
    "lang",
    "heading",
    "page-size",
    "tags",
    "match",
    "heading-level",
    "theme",
    "link-target",
    "facets",
    "locked-tags",
    "exclude-tags",
    "since",
    "limit",
    "search",
    "date-filter",
    "sort",
    "more",
    "layout",
    "show",
    "hide",
    "images",
    "url-state",
];

/// Those that need nothing of the program's later part.
pub const FIRST_ATTRIBUTES: [&str; 5] = ["src", "home", "lang", "heading", "page-size"];

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

/// The order of the teasers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Newest first, pinned ones before them.
    #[default]
    Newest,
    /// Oldest first.
    Oldest,
    /// By headline, as the language orders letters.
    Headline,
    /// Best matches of a search first.
    Relevance,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Headline, Self::Relevance];

    /// As attributes and links have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["newest", "oldest", "headline", "relevance"][self as usize]
    }

    /// The order of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }
}

/// How further teasers come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paging {
    /// By a button.
    #[default]
    Button,
    /// In numbered pages.
    Pages,
    /// When the end of the list is near, a few times; then by a button.
    Scroll,
}

/// How teasers are arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One below another, with picture.
    #[default]
    List,
    /// Side by side, the picture above.
    Cards,
    /// Close together, in columns where there is room, with a small picture and without lead, byline and tags.
    Compact,
    /// Headlines with their dates.
    Headlines,
}

impl Layout {
    /// As the attribute has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["list", "cards", "compact", "headlines"][self as usize]
    }
}

/// Which images load without a click.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Images {
    /// Those from the hosts of page, script and bundle.
    #[default]
    SameHost,
    /// All.
    All,
    /// None.
    None,
}

/// Where what is chosen is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UrlState {
    /// In the fragment of the page's address.
    #[default]
    Hash,
    /// In its query.
    Query,
    /// Nowhere.
    None,
}

/// The parts that `show` and `hide` may name.
pub const SHOWABLE: [&str; 12] = [
    "kicker",
    "lead",
    "date",
    "byline",
    "source",
    "teaser-tag",
    "image",
    "filters",
    "search",
    "sort",
    "copy-link",
    "facet-order",
];

/// Parts by their place in [`SHOWABLE`], a bit each.
pub type Parts = u16;

/// The bit of a part.
///
/// # Panics
///
/// If it is none of [`SHOWABLE`].
#[must_use]
pub const fn bit(name: &str) -> Parts {
    let mut at = 0;
    loop {
        let (known, name) = (SHOWABLE[at].as_bytes(), name.as_bytes());
        let mut same = known.len() == name.len();
        let mut index = 0;
        while same && index < name.len() {
            same = known[index] == name[index];
            index += 1;
        }
        if same {
            return 1 << at;
        }
        at += 1;
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
    /// How tags combine, over what the bundle says.
    pub combine: Option<Match>,
    /// Teasers a page; `None` for [`PAGE_SIZE`].
    pub page_size: Option<usize>,
    /// The attribute `lang`: language of the interface.
    pub lang: Option<Language>,
    /// Visible heading of the region.
    pub heading: Option<String>,
    /// Level of headlines, 2 to 6.
    pub heading_level: Option<u8>,
    /// Light or dark.
    pub theme: Theme,
    /// Whether links open a new window.
    pub blank: bool,
    /// Ids of the facets shown, in order; empty for the tags alone.
    pub facets: Vec<String>,
    /// Tags that every article carries.
    pub locked: Vec<String>,
    /// Tags that no article carries.
    pub excluded: Vec<String>,
    /// No article is of an earlier day.
    pub since: Option<Day>,
    /// There are only the newest, so many.
    pub limit: Option<usize>,
    /// Whether there is no field to search in.
    pub no_search: bool,
    /// Whether a period can be chosen.
    pub date_filter: bool,
    /// The first order.
    pub sort: Sort,
    /// How further teasers come.
    pub paging: Paging,
    /// How teasers are arranged.
    pub layout: Layout,
    /// Parts beyond what the layout shows.
    pub show: Parts,
    /// Parts taken from it.
    pub hide: Parts,
    /// Which images load without a click.
    pub images: Images,
    /// Where what is chosen is kept.
    pub url_state: UrlState,
}

impl Options {
    /// Takes one attribute's text. Addresses must be absolute by now.
    ///
    /// # Errors
    ///
    /// A warning for the console where the text is not what the attribute
    /// expects; the option then has its default, but for the parts that are
    /// known in a list of them.
    #[cfg(not(target_arch = "wasm32"))] // in the browser not all of the program need be there, see `later`
    pub fn set(&mut self, attribute: &str, value: Option<&str>) -> Result<(), String> {
        self.set_with(Later::loaded(), attribute, value)
    }

    /// The same in the browser, where not all of the program need be there.
    ///
    /// # Errors
    ///
    /// As [`Options::set`].
    pub fn set_with(&mut self, later: Later, attribute: &str, found: Option<&str>) -> Result<(), String> {
        later.set(self, attribute, found)
    }

    /// Takes the text of one of [`FIRST_ATTRIBUTES`]; `false` where it is not what the attribute expects, of which only
    /// [`set_with`](Self::set_with) can tell.
    pub fn set_first(&mut self, attribute: &str, text: &str) -> bool {
        let text = ascii::trim(text);
        let place = match attribute {
            "lang" => {
                self.lang = Language::of_tag(text);
                return text.is_empty() || self.lang.is_some();
            }
            "page-size" => {
                self.page_size = number(text, 1, LARGEST_PAGE);
                return text.is_empty() || self.page_size.is_some();
            }
            "src" => &mut self.src,
            "home" => &mut self.home,
            _ => &mut self.heading,
        };
        *place = if text.is_empty() { None } else { Some(text.to_owned()) };
        true
    }

    /// Takes any attribute's text.
    pub(crate) fn set_any(&mut self, attribute: &str, value: Option<&str>) -> Result<(), String> {
        let found = value.unwrap_or_default();
        if FIRST_ATTRIBUTES.contains(&attribute) {
            if self.set_first(attribute, found) {
                return Ok(());
            }
            const { assert!(LARGEST_PAGE == 1000, "it is said here") };
            let expected =
                if attribute == "lang" { "a language of the interface" } else { "a whole number from 1 to 1000" };
            return Err(warning(attribute, expected, found));
        }
        let text = ascii::trim(found);
        let mut lines = ascii::split(WORDS, b'\n').filter_map(|line| ascii::split_once(line, b' '));
        if let Some((_, words)) = lines.find(|(name, _)| *name == attribute) {
            let at = ascii::split(words, b' ').position(|word| text.eq_ignore_ascii_case(word));
            if at.is_none() && !text.is_empty() {
                return Err(warning(attribute, &["one of: ", words].concat(), found));
            }
            // As HTML has it: what is there without a value is on.
            let is_bare = attribute == "date-filter" && at.is_none() && value.is_some();
            self.choose(attribute, if is_bare { Some(1) } else { at });
            return Ok(());
        }
        let (is_valid, expected) = match attribute {
            "since" => {
                self.since = Day::parse(text);
                (self.since.is_some(), "a date like 2026-01-31")
            }
            "limit" => {
                self.limit = number(text, 1, u32::MAX as usize);
                (self.limit.is_some(), "a whole number from 1")
            }
            "heading-level" => {
                self.heading_level = number(text, 2, 6).map(|level| level as u8);
                (self.heading_level.is_some(), "a whole number from 2 to 6")
            }
            _ => return self.set_list(attribute, text, found),
        };
        if is_valid || text.is_empty() { Ok(()) } else { Err(warning(attribute, expected, found)) }
    }

    /// Takes a list; without one it is empty.
    fn set_list(&mut self, attribute: &str, text: &str, found: &str) -> Result<(), String> {
        let list = list(text);
        let is_list = list.is_some();
        let list = list.unwrap_or_default();
        match attribute {
            "tags" => self.tags = list,
            "locked-tags" => self.locked = list,
            "exclude-tags" => self.excluded = list,
            "facets" => {
                self.facets.clear();
                for id in list {
                    // Each once: it is asked for by its place.
                    if !self.facets.contains(&id) {
                        self.facets.push(id);
                    }
                }
            }
            "show" | "hide" => {
                let (parts, unknown) = parts(&list);
                *(if attribute == "show" { &mut self.show } else { &mut self.hide }) = parts;
                if !unknown.is_empty() {
                    return Err(warning(attribute, "names of parts", &unknown));
                }
            }
            _ => {} // none of ours
        }
        if is_list { Ok(()) } else { Err(warning(attribute, LIST, found)) }
    }

    /// Takes the word at this place of its line in [`WORDS`]; the first without one. The arrays stand in the order of those
    /// words; masks, and the entries that fill up to four, only spare a check of bounds.
    fn choose(&mut self, attribute: &str, at: Option<usize>) {
        let first = at.unwrap_or(0);
        let is_second = first == 1;
        match attribute {
            "match" => self.combine = at.map(|at| [Match::All, Match::Any][at & 1]),
            "search" => self.no_search = is_second,
            "date-filter" => self.date_filter = is_second,
            "sort" => self.sort = Sort::ALL[first & 3],
            "more" => self.paging = [Paging::Button, Paging::Pages, Paging::Scroll, Paging::Button][first & 3],
            "layout" => self.layout = [Layout::List, Layout::Cards, Layout::Compact, Layout::Headlines][first & 3],
            "images" => self.images = [Images::SameHost, Images::All, Images::None, Images::None][first & 3],
            "url-state" => {
                self.url_state = [UrlState::Hash, UrlState::Query, UrlState::None, UrlState::None][first & 3]
            }
            "theme" => self.theme = [Theme::Auto, Theme::Light, Theme::Dark, Theme::Inherit][first & 3],
            _ => self.blank = is_second,
        }
    }

    /// Teasers a page.
    #[must_use]
    pub fn page_size(&self) -> usize {
        self.page_size.unwrap_or(PAGE_SIZE)
    }

    /// Whether a part is shown: as the layout has it, but for `show` and `hide`.
    #[must_use]
    pub fn shows(&self, part: Parts) -> bool {
        const AROUND: Parts = bit("filters") | bit("search") | bit("sort") | bit("copy-link") | bit("facet-order");
        const HEADLINES: Parts = bit("date") | AROUND;
        const COMPACT: Parts = HEADLINES | bit("kicker") | bit("image");
        let shown = match self.layout {
            Layout::List | Layout::Cards => Parts::MAX,
            Layout::Compact => COMPACT,
            Layout::Headlines => HEADLINES,
        };
        (shown | self.show) & !self.hide & part != 0
    }

    /// Level of the headlines: 2, or 3 under a heading of the region.
    #[must_use]
    pub fn heading_level(&self) -> u8 {
        self.heading_level.unwrap_or(if self.heading.is_some() { 3 } else { 2 })
    }
}

/// A line for each attribute that is one of a few words: its name and those; the first is the default.
const WORDS: &str = "match all any
theme auto light dark inherit
link-target self blank
search on off
date-filter off on
sort newest oldest headline
more button pages scroll
layout list cards compact headlines
images same-host all none
url-state hash query none";

fn warning(attribute: &str, expected: &str, found: &str) -> String {
    ["attribute ", attribute, ": expected ", expected, ", found \"", found, "\"; ignored"].concat()
}

/// What is expected of a list.
const LIST: &str = "a list with commas, or a JSON array of strings";

/// Adds a name to those of which a warning tells.
pub(crate) fn add(names: &mut String, name: &str) {
    names.push_str(if names.is_empty() { "" } else { ", " });
    names.push_str(name);
}

fn number(text: &str, least: usize, most: usize) -> Option<usize> {
    let number = number::read(text)? as usize;
    if number < least || number > most { None } else { Some(number) }
}

/// The bits of these parts, and the names that are none.
fn parts(names: &[String]) -> (Parts, String) {
    let mut parts = 0;
    let mut unknown = String::new();
    for name in names {
        match SHOWABLE.iter().position(|known| known == name) {
            Some(at) => parts |= 1 << at,
            None => add(&mut unknown, name),
        }
    }
    (parts, unknown)
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
