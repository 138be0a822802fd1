//! Reading a bundle: bytes pushed in, articles and problems out.
//!
//! ```
//! use stichwort_core::bundle::Reader;
//!
//! let mut reader = Reader::new("https://portal.example/news.json", 1_574_672_400_000);
//! reader.push(br#"{"version": "https://jsonfeed.org/version/1.1", "title": "News", "#)?;
//! reader.push(br#""items": [{"id": "a", "title": "Headline", "url": "/a", "tags": [1, "OZG"]}]}"#)?;
//! let bundle = reader.finish()?;
//!
//! let article = bundle.store.article(bundle.store.newest()[0]);
//! assert_eq!(article.headline(), "Headline");
//! assert_eq!(article.url(), Some("https://portal.example/a"));
//! assert_eq!(bundle.problems[0].to_string(), "items[0].tags[0]: expected a string, found a number; ignored");
//! # Ok::<(), stichwort_core::bundle::BundleError>(())
//! ```
//!
//! Only what is no JSON, or has no `items` array, is refused; all else is recovered
//! from and told as a [`Problem`]. The result is the same in any chunks.
//!
//! What surprises:
//!
//! - Each article goes into the store as soon as its object ends; nothing is kept
//!   of the document. That a bundle is no feed is known only at its end, because
//!   the last of equal keys wins, `items` included.
//! - The store also holds articles that are not shown: those that lost against one
//!   of the same id, and, as bare ids, those that are withdrawn, expired or not yet
//!   due. [`Store::newest`] leaves them out.
//! - An article that has nothing to show is dropped before ids are compared, so
//!   that it displaces none that has. A withdrawn one needs nothing to show.
//! - Texts are kept up to 64 KiB, and ids without control characters.

mod error;
mod html_text;
mod text;
mod wire;

pub use error::{BundleError, JsonKind, Problem};

use crate::date::Date;
use crate::json::{Event, Position, Sink, Token, Tokenizer};
use crate::model::{ArticleIndex, TagId};
use crate::store::{self, Draft, SEPARATOR, Store, Table, make_room};
use crate::url::{push_number, resolve};
use text::{Cleaner, ENOUGH};
use wire::{Context, Key, Shape, Slot, When};

/// How many problems are kept; the others are only counted.
pub const PROBLEMS_KEPT: usize = 100;

/// A bundle that has been read.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// Its articles.
    pub store: Store,
    /// The feed's `title`; empty without one.
    pub title: String,
    /// The publisher's page, absolute.
    pub home_page_url: Option<String>,
    /// The feed's language as a BCP 47 tag.
    pub language: Option<String>,
    /// What was wrong and has been recovered from: the first [`PROBLEMS_KEPT`], in order of appearance.
    pub problems: Vec<Problem>,
    /// How much was wrong in all.
    pub problem_count: usize,
}

/// Reads a bundle as its bytes come in.
#[derive(Debug)]
pub struct Reader {
    tokenizer: Tokenizer,
    builder: Builder,
}

impl Reader {
    /// `base` is the bundle's absolute address, `now` in milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn new(base: &str, now: i64) -> Self {
        Self { tokenizer: Tokenizer::new(), builder: Builder::new(base, now) }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    ///
    /// [`BundleError::Syntax`] as soon as it is certain; every later call says so again.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), BundleError> {
        Ok(self.tokenizer.push(bytes, &mut self.builder)?)
    }

    /// The `wanted` newest articles of what has been read so far, with what the feed has said of itself,
    /// if they can be shown before all has been read.
    ///
    /// That is so where the bundle stands newest first, by its own word or by the
    /// dates of its first articles, and so many are complete. They stand in the
    /// order in which [`finish`](Self::finish) would put them if the items ended
    /// here; what comes later may still contradict it. No problems are told. Of a
    /// document that has ended there is no preview: [`finish`](Self::finish) gives all.
    ///
    /// Costs nothing until there is a preview, and then a look at each article so
    /// far: ask after each [`push`](Self::push) until there is one.
    #[must_use]
    pub fn preview(&self, wanted: usize) -> Option<Bundle> {
        self.builder.preview(wanted)
    }

    /// Says that the document is complete.
    ///
    /// # Errors
    ///
    /// It is not, or it is no JSON Feed.
    pub fn finish(self) -> Result<Bundle, BundleError> {
        let mut settling = self.finish_in_steps()?;
        settling.step(&mut { usize::MAX });
        Ok(settling.take_bundle())
    }

    /// As [`finish`](Self::finish), but what takes long with many articles is left to do.
    ///
    /// # Errors
    ///
    /// The same.
    pub fn finish_in_steps(mut self) -> Result<Settling, BundleError> {
        self.tokenizer.finish(&mut self.builder)?;
        self.builder.finish()
    }
}

/// A bundle that is complete, on the way to its order.
#[derive(Debug)]
pub struct Settling {
    bundle: Bundle,
    items: Vec<u32>,
    order: store::Settling,
}

impl Settling {
    /// Does so much as `budget` says, an article looked at being one, and takes it off; `true` when all is done.
    pub fn step(&mut self, budget: &mut usize) -> bool {
        let items = &self.items;
        self.order.step(&mut self.bundle.store, budget, &|index| items[index.0 as usize] & HIDDEN == 0)
    }

    /// The bundle, after the last step; once.
    pub fn take_bundle(&mut self) -> Bundle {
        self.items = Vec::new();
        std::mem::take(&mut self.bundle)
    }
}

/// Takes the events of a bundle's JSON.
#[derive(Debug)]
struct Builder {
    base: String,
    now: i64,
    context: Context,
    /// The last key in an object that is not skipped.
    key: Key,
    /// How many arrays and objects are open within what is skipped, itself included.
    skipped: usize,
    /// Place of the item at hand in `items`, and of the element in an array within; one behind before the first.
    item: u32,
    element: u32,
    texts: [String; Slot::COUNT],
    dates: [Option<Date>; When::COUNT],
    withdrawn: bool,
    id_kind: JsonKind,
    /// What stands in place of the feed, or of its items.
    refused: Option<BundleError>,
    has_version: bool,
    order: Order,
    store: Store,
    /// The article that stands for each id now.
    ids: Table,
    /// For each article in the store, its place in `items`, and [`HIDDEN`].
    items: Vec<u32>,
    /// When the articles were modified, up to the last one that says so.
    modified: Vec<i64>,
    /// How many articles are shown.
    shown: usize,
    /// For each tag, one more than the article that carried it last.
    tag_seen: Vec<u32>,
    problems: Vec<Problem>,
    problem_count: usize,
    /// How many of them are about items.
    item_problems: usize,
}

/// Set in the place of an article that is not shown; no bundle has so many items.
const HIDDEN: u32 = 1 << 31;

/// What is known of the order in which the items stand.
#[derive(Clone, Copy, Debug)]
struct Order {
    is_declared: bool,
    /// How many dated articles have been judged, of those that are shown; the first [`JUDGED`] are.
    judged: u32,
    /// How many of them are newer than the one before.
    misplaced: u32,
    last: i64,
}

/// Dated articles by which a bundle is judged that declares no order.
const JUDGED: u32 = 20;

/// How many of them may be out of place: real exports are seldom exact.
const MISPLACED: u32 = JUDGED / 10;

impl Order {
    const UNKNOWN: Self = Self { is_declared: false, judged: 0, misplaced: 0, last: i64::MAX };

    fn judge(&mut self, date: i64) {
        if self.judged < JUDGED {
            self.judged += 1;
            self.misplaced += u32::from(date > self.last);
            self.last = date;
        }
    }

    fn is_newest_first(&self) -> bool {
        self.is_declared || self.judged == JUDGED && self.misplaced <= MISPLACED
    }
}

/// No date of modification, older than any.
const NEVER: i64 = i64::MIN;

const IGNORED: &str = "ignored";
const DROPPED: &str = "article dropped";

impl Sink for Builder {
    fn wanted(&mut self, token: Token) -> usize {
        if self.skipped > 0 {
            return 0;
        }
        if token == Token::Key {
            return wire::LONGEST_KEY;
        }
        match wire::shape(self.context, self.key_of_value()) {
            Shape::Id => wire::LONGEST_TEXT,
            shape if token == Token::String && shape != Shape::Skip && shape.kind() == JsonKind::String => {
                wire::LONGEST_TEXT
            }
            _ => 0,
        }
    }

    fn event(&mut self, event: Event<'_>, at: Position) {
        let (kind, text) = match event {
            Event::ObjectEnd | Event::ArrayEnd => {
                if self.skipped > 0 {
                    self.skipped -= 1;
                } else {
                    self.leave();
                }
                return;
            }
            Event::Key(name) => {
                if self.skipped == 0 {
                    self.key = Key::find(name);
                }
                return;
            }
            Event::ObjectStart => (JsonKind::Object, ""),
            Event::ArrayStart => (JsonKind::Array, ""),
            Event::String(text) => (JsonKind::String, text),
            Event::Number(text) => (JsonKind::Number, text),
            Event::Boolean(true) => (JsonKind::Boolean, "true"),
            Event::Boolean(false) => (JsonKind::Boolean, ""),
            Event::Null => (JsonKind::Null, ""),
        };
        let opens = matches!(kind, JsonKind::Object | JsonKind::Array);
        if self.skipped > 0 || !self.value(kind, text, at) {
            self.skipped += usize::from(opens);
        }
    }
}

impl Builder {
    fn new(base: &str, now: i64) -> Self {
        Self {
            base: base.to_owned(),
            now,
            context: Context::Root,
            key: Key::Element,
            skipped: 0,
            item: 0,
            element: 0,
            texts: Default::default(),
            dates: [None; When::COUNT],
            withdrawn: false,
            id_kind: JsonKind::Null,
            refused: None,
            has_version: false,
            order: Order::UNKNOWN,
            store: Store::default(),
            ids: Table::default(),
            items: Vec::new(),
            modified: Vec::new(),
            shown: 0,
            tag_seen: Vec::new(),
            problems: Vec::new(),
            problem_count: 0,
            item_problems: 0,
        }
    }

    /// The key that a value in an array has none of.
    fn key_of_value(&self) -> Key {
        if self.context == Context::Root || self.context.is_array() { Key::Element } else { self.key }
    }

    /// Takes a scalar or enters an array or object; `false` if the value means nothing here.
    fn value(&mut self, kind: JsonKind, text: &str, at: Position) -> bool {
        let key = self.key_of_value();
        if self.context == Context::Items {
            self.item = self.item.wrapping_add(1);
        } else if self.context.is_array() {
            self.element = self.element.wrapping_add(1);
        }
        let shape = wire::shape(self.context, key);
        self.forget(shape, kind, at);
        if shape == Shape::Skip {
            return false;
        }
        let number_id = shape == Shape::Id && kind == JsonKind::Number;
        if kind != shape.kind() && !number_id {
            let absent = kind == JsonKind::Null && key != Key::Element;
            // What is wrong with an id is told when its item is complete, and a bundle without items is refused.
            let told = shape == Shape::Id || matches!(shape, Shape::Enter(Context::Feed | Context::Items));
            if !absent && !told {
                let outcome = if shape == Shape::Enter(Context::Item) { DROPPED } else { IGNORED };
                self.problem(self.context, key, shape.kind().name(), &[kind.name()], outcome);
            }
            return false;
        }
        match shape {
            Shape::Skip => {}
            Shape::Enter(context) => {
                self.context = context;
                self.key = Key::Unknown;
                if context.is_array() {
                    *(if context == Context::Items { &mut self.item } else { &mut self.element }) = u32::MAX;
                }
            }
            Shape::Shown(slot) => Cleaner::new(&mut self.texts[slot as usize]).push_str(text),
            Shape::Raw(slot) => self.texts[slot as usize].push_str(text),
            Shape::Id => self.texts[Slot::Id as usize].extend(text.chars().filter(|char| !char.is_control())),
            Shape::Withdrawn => self.withdrawn = !text.is_empty(),
            Shape::Order => self.order.is_declared = text == "newest",
            Shape::Language(slot) => {
                if is_language(text) {
                    self.texts[slot as usize].push_str(text);
                } else {
                    self.bad_text(self.context, key, "a language tag like de-AT", text);
                }
            }
            Shape::Date(when) => {
                self.dates[when as usize] = Date::parse(text);
                if self.dates[when as usize].is_none() {
                    self.bad_text(self.context, key, "a date like 2019-11-25T10:00:00+01:00", text);
                }
            }
            Shape::Tag => {
                let tags = &mut self.texts[Slot::Tags as usize];
                let before = tags.len();
                Cleaner::new(tags).push_str(text);
                if tags.len() > before {
                    tags.push(SEPARATOR);
                } else {
                    self.bad_text(self.context, key, "a tag", text);
                }
            }
            Shape::Version => {
                self.has_version = true;
                if !is_known_version(text) {
                    self.bad_text(Context::Feed, Key::Version, VERSION, text);
                }
            }
        }
        true
    }

    /// Forgets what an equal key said before.
    fn forget(&mut self, shape: Shape, kind: JsonKind, at: Position) {
        match shape {
            Shape::Skip | Shape::Tag => {}
            Shape::Shown(slot) | Shape::Raw(slot) | Shape::Language(slot) => self.texts[slot as usize].clear(),
            Shape::Date(when) => self.dates[when as usize] = None,
            Shape::Withdrawn => self.withdrawn = false,
            Shape::Order => self.order.is_declared = false,
            Shape::Version => self.has_version = kind != JsonKind::Null,
            Shape::Id => {
                self.texts[Slot::Id as usize].clear();
                self.id_kind = kind;
            }
            Shape::Enter(context) => self.forget_all(context, kind, at),
        }
    }

    fn forget_all(&mut self, context: Context, kind: JsonKind, at: Position) {
        if let Some((first, last)) = Slot::of(context) {
            self.texts[first as usize..=last as usize].iter_mut().for_each(String::clear);
        }
        match context {
            Context::Feed => self.refuse(kind, at, false),
            Context::Items => {
                self.refused = None;
                if kind != JsonKind::Array {
                    self.refuse(kind, at, true);
                }
                self.order = Order { is_declared: self.order.is_declared, ..Order::UNKNOWN };
                self.store = Store::default();
                self.ids = Table::default();
                self.items.clear();
                self.modified.clear();
                self.shown = 0;
                self.tag_seen.clear();
                self.problems.retain(|problem| !problem.place.starts_with("items["));
                self.problem_count -= std::mem::take(&mut self.item_problems);
            }
            Context::FeedStichwort => self.order.is_declared = false,
            Context::Item => {
                self.dates = [None; When::COUNT];
                self.withdrawn = false;
                self.id_kind = JsonKind::Null;
            }
            Context::Stichwort => {
                self.dates[When::NotBefore as usize] = None;
                self.dates[When::Expires as usize] = None;
                self.withdrawn = false;
            }
            _ => {}
        }
    }

    fn refuse(&mut self, found: JsonKind, at: Position, items: bool) {
        self.refused = Some(BundleError::NotAFeed { found, line: at.line, column: at.column, items });
    }

    /// The array or object at hand is complete.
    fn leave(&mut self) {
        if self.context == Context::Item {
            self.complete();
        }
        if let Some(byline) = Slot::of_author(self.context) {
            let name = std::mem::take(&mut self.texts[Slot::Name as usize]);
            if !name.is_empty() {
                let byline = &mut self.texts[byline as usize];
                if !byline.is_empty() {
                    byline.push_str(", ");
                }
                byline.push_str(&name);
            }
        }
        self.context = self.context.parent();
    }

    /// Keeps the item at hand, or says why not.
    fn complete(&mut self) {
        let id_is = |kind| self.id_kind == kind;
        if self.texts[Slot::Id as usize].is_empty() {
            let found = match self.id_kind {
                JsonKind::String => "an empty one",
                JsonKind::Null => "none",
                kind => kind.name(),
            };
            return self.problem(Context::Item, Key::Id, "an id", &[found], DROPPED);
        }
        if id_is(JsonKind::Number) {
            self.problem(Context::Item, Key::Id, JsonKind::String.name(), &[JsonKind::Number.name()], "taken as text");
        }
        let when = |when: When| self.dates[when as usize].map(Date::instant);
        let hidden = self.withdrawn
            || when(When::Expires).is_some_and(|expires| expires <= self.now)
            || when(When::NotBefore).is_some_and(|due| due > self.now);
        let modified = when(When::Modified).unwrap_or(NEVER);
        let (mut headline, mut lead) = (String::new(), String::new());
        if !hidden {
            self.write_lead(&mut lead);
            headline.push_str(&self.texts[Slot::Title as usize]);
            if headline.is_empty() {
                headline.push_str(&lead);
                text::cut(&mut headline, text::HEADLINE, false);
            }
            text::cut(&mut lead, text::LEAD, true);
            if headline.is_empty() {
                return self.problem(Context::Item, Key::Title, "a title or text", &["none"], DROPPED);
            }
        }
        let next = self.items.len() as u32;
        let store = &self.store;
        let found = self.ids.find(&self.texts[Slot::Id as usize], |index| store.article(ArticleIndex(index)).id());
        match found {
            Ok(other) => {
                let other_item = self.items[other as usize] & !HIDDEN;
                let other_modified = self.modified.get(other as usize).copied().unwrap_or(NEVER);
                let newer = modified > other_modified;
                let (loser, winner_item) = if newer { (other_item, self.item) } else { (self.item, other_item) };
                let mut winner_place = String::new();
                push_item(&mut winner_place, winner_item);
                let at_hand = std::mem::replace(&mut self.item, loser);
                let why = if newer || modified < other_modified { ", which is newer" } else { ", which is first" };
                self.problem(Context::Item, Key::Id, "an id of its own", &["that of ", &winner_place, why], DROPPED);
                self.item = at_hand;
                if !newer {
                    return;
                }
                self.shown -= usize::from(self.items[other as usize] & HIDDEN == 0);
                self.items[other as usize] |= HIDDEN;
                self.ids.replace(&self.texts[Slot::Id as usize], other, next);
            }
            Err(vacant) => self.ids.insert(vacant, next),
        }
        make_room(&mut self.items, 1);
        self.items.push(if hidden { self.item | HIDDEN } else { self.item });
        if modified != NEVER {
            let more = next as usize + 1 - self.modified.len();
            make_room(&mut self.modified, more);
            self.modified.resize(next as usize, NEVER);
            self.modified.push(modified);
        }
        self.shown += usize::from(!hidden);
        if hidden {
            let id = &self.texts[Slot::Id as usize];
            self.store.push(&Draft { id, headline: id, ..Draft::default() });
        } else {
            if let Some(date) = self.dates[When::Published as usize] {
                self.order.judge(date.instant());
            }
            self.keep(&headline, &lead);
        }
    }

    /// The text of the item at hand, cleaned and not yet cut.
    fn write_lead(&self, out: &mut String) {
        let slot = |slot: Slot| self.texts[slot as usize].as_str();
        out.push_str(slot(Slot::Summary));
        if out.is_empty() {
            Cleaner::new(out).push_str(beginning(slot(Slot::ContentText)));
        }
        if out.is_empty() {
            html_text::html_text(slot(Slot::ContentHtml), out);
        }
    }

    fn keep(&mut self, headline: &str, lead: &str) {
        let url = self
            .link(Context::Item, Key::Url, Slot::Url)
            .or_else(|| self.link(Context::Item, Key::ExternalUrl, Slot::ExternalUrl))
            .unwrap_or_default();
        let image_url = self
            .link(Context::Image, Key::Url, Slot::ImageUrl)
            .or_else(|| self.link(Context::Item, Key::Image, Slot::Image))
            .unwrap_or_default();
        let source_url = self.link(Context::Source, Key::Url, Slot::SourceUrl).unwrap_or_default();
        let stamp = self.items.len() as u32;
        let mut tags: Vec<TagId> = Vec::new();
        for name in self.texts[Slot::Tags as usize].split_terminator(SEPARATOR) {
            let tag = self.store.intern(name);
            let index = tag.0 as usize;
            if index == self.tag_seen.len() {
                self.tag_seen.push(0);
            }
            if std::mem::replace(&mut self.tag_seen[index], stamp) != stamp {
                tags.push(tag);
            }
        }
        let slot = |slot: Slot| self.texts[slot as usize].as_str();
        self.store.push(&Draft {
            id: slot(Slot::Id),
            url: &url,
            kicker: slot(Slot::Kicker),
            headline,
            lead,
            byline: first_of(&self.texts, &[Slot::Authors, Slot::OldAuthor]),
            language: slot(Slot::Language),
            image_url: &image_url,
            image_alt: slot(Slot::ImageAlt),
            image_credit: slot(Slot::ImageCredit),
            source_name: slot(Slot::SourceName),
            source_url: &source_url,
            date: self.dates[When::Published as usize],
            tags: &tags,
        });
    }

    /// The link in `slot`, absolute; a problem if there is one that cannot be followed.
    fn link(&mut self, context: Context, key: Key, slot: Slot) -> Option<String> {
        let text = &self.texts[slot as usize];
        if text.is_empty() {
            return None;
        }
        let link = resolve(&self.base, text);
        if link.is_none() {
            let text = text.clone();
            self.bad_text(context, key, "an http or https link", &text);
        }
        link
    }

    /// A string that does not say what it should.
    fn bad_text(&mut self, context: Context, key: Key, expected: &str, text: &str) {
        const SHOWN: usize = 40;
        let mut found = String::new();
        Cleaner::new(&mut found).push_str(beginning(text));
        text::cut(&mut found, SHOWN, false);
        self.problem(context, key, expected, &["\"", &found, "\""], IGNORED);
    }

    #[cold]
    fn problem(&mut self, context: Context, key: Key, expected: &str, found: &[&str], outcome: &str) {
        self.problem_count += 1;
        self.item_problems += usize::from(context.in_item());
        if self.problems.len() >= PROBLEMS_KEPT {
            return;
        }
        let mut message = String::from("expected ");
        message.push_str(expected);
        message.push_str(", found ");
        found.iter().for_each(|part| message.push_str(part));
        message.push_str("; ");
        message.push_str(outcome);
        self.problems.push(Problem { place: self.place(context, key), message });
    }

    /// As in `items[3].tags[2]`.
    fn place(&self, context: Context, key: Key) -> String {
        let mut place = String::new();
        if context.in_item() {
            push_item(&mut place, self.item);
        }
        push_name(&mut place, context.path());
        if context.in_element() {
            push_index(&mut place, self.element);
        }
        push_name(&mut place, key.name());
        place
    }

    fn preview(&self, wanted: usize) -> Option<Bundle> {
        let is_over = self.context == Context::Root;
        if is_over || self.refused.is_some() || self.shown < wanted.max(1) || !self.order.is_newest_first() {
            return None;
        }
        // Mostly each one comes after all before it, so this is one look at each.
        let mut first: Vec<ArticleIndex> = Vec::new();
        let shown = self.items.iter().enumerate().filter(|(_, item)| **item & HIDDEN == 0);
        for index in shown.map(|(index, _)| ArticleIndex(index as u32)) {
            let place = first.partition_point(|&other| self.store.precedes(other, index));
            if place < wanted {
                first.truncate(wanted - 1);
                first.insert(place, index);
            }
        }
        let mut store = Store::default();
        store.set_byline(feed_byline(&self.texts));
        for index in first {
            store.copy(&self.store, index);
        }
        store.settle(|_| true);
        let text = |slot: Slot| self.texts[slot as usize].as_str();
        Some(Bundle {
            store,
            title: text(Slot::FeedTitle).to_owned(),
            home_page_url: Some(text(Slot::FeedHome))
                .filter(|url| !url.is_empty())
                .and_then(|url| resolve(&self.base, url)),
            language: Some(text(Slot::FeedLanguage).to_owned()).filter(|language| !language.is_empty()),
            ..Bundle::default()
        })
    }

    fn finish(mut self) -> Result<Settling, BundleError> {
        if let Some(error) = self.refused {
            return Err(error);
        }
        if !self.has_version {
            self.problem(Context::Feed, Key::Version, VERSION, &["none"], IGNORED);
        }
        let home_page_url = self.link(Context::Feed, Key::HomePageUrl, Slot::FeedHome);
        self.store.set_byline(feed_byline(&self.texts));
        let mut take = |slot: Slot| std::mem::take(&mut self.texts[slot as usize]);
        let title = take(Slot::FeedTitle);
        let language = Some(take(Slot::FeedLanguage)).filter(|language| !language.is_empty());
        Ok(Settling {
            order: store::Settling::new(&self.store),
            items: self.items,
            bundle: Bundle {
                store: self.store,
                title,
                home_page_url,
                language,
                problems: self.problems,
                problem_count: self.problem_count,
            },
        })
    }
}

const VERSION: &str = "https://jsonfeed.org/version/1.1";

fn is_known_version(text: &str) -> bool {
    let rest = text.strip_prefix("https").or_else(|| text.strip_prefix("http")).unwrap_or_default();
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    matches!(rest, "://jsonfeed.org/version/1" | "://jsonfeed.org/version/1.1")
}

/// Whether the text may be a language tag (RFC 5646, section 2.1), without knowing any.
fn is_language(text: &str) -> bool {
    text.len() <= 35
        && text.starts_with(|char: char| char.is_ascii_alphabetic())
        && text
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The first of these texts that is not empty.
fn first_of<'a>(texts: &'a [String; Slot::COUNT], slots: &[Slot]) -> &'a str {
    slots.iter().map(|&slot| texts[slot as usize].as_str()).find(|text| !text.is_empty()).unwrap_or_default()
}

/// Whose the articles are that name no author.
fn feed_byline(texts: &[String; Slot::COUNT]) -> &str {
    first_of(texts, &[Slot::FeedAuthors, Slot::FeedOldAuthor])
}

/// As much of a long text as a teaser can show, unless it is mostly white space.
fn beginning(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.floor_char_boundary(4 * ENOUGH)]
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

#[cfg(test)]
mod tests;
