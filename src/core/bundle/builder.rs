//! What the events of a bundle's JSON mean: articles go into the store, problems are noted.

use super::error::{Found, Outcome, Untold, Words};
use super::text::{self, Cleaner, ENOUGH};
use super::texts::Texts;
use super::wire::{self, Context, Key, Shape, Slot, When};
use super::{Bundle, BundleError, PROBLEMS_KEPT};
use crate::ascii;
use crate::date::{Date, NONE};
use crate::json::{Event, JsonKind, Position, Sink, Token};
use crate::later::Later;
use crate::model::ArticleIndex;
use crate::selection::TAG;
use crate::store::{SAME, SEPARATOR, Store, make_room};
use crate::table::Table;
use crate::url::{self, Base};

/// What cannot be done before the program's later part is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Waits {
    #[default]
    No,
    /// The item at hand is complete.
    ToLeave,
    /// An array begins that only the later part can take: facets of the bundle's own, or once more its items.
    ToBegin(Position),
}

/// Takes the events of a bundle's JSON.
#[derive(Debug)]
pub(crate) struct Builder {
    pub(super) later: Option<Later>,
    pub(super) waits: Waits,
    base: Base,
    now: i64,
    pub(super) context: Context,
    /// The last key in an object that is not skipped.
    pub(super) key: Key,
    /// That key, where the publisher makes the names.
    pub(super) name: String,
    /// How many arrays and objects are open within what is skipped, itself included.
    skipped: usize,
    /// Place of the item at hand in `items`, and of the element in an array within; before the first one `u32::MAX`, to which
    /// adding one gives 0.
    item: u32,
    element: u32,
    /// The same, of the facet that is described.
    facet: u32,
    pub(super) texts: Texts,
    /// Packed.
    dates: [i64; When::COUNT],
    withdrawn: bool,
    pinned: bool,
    id_kind: JsonKind,
    /// How many facets the item at hand has had values of.
    pub(super) item_facets: usize,
    /// Whether the bundle's items have begun before.
    has_items: bool,
    /// What stands in place of the feed, or of its items.
    refused: Option<BundleError>,
    has_version: bool,
    order: Order,
    /// What comes of it: articles and problems so far, all else at the end.
    pub(super) bundle: Bundle,
    /// What was wrong, not put into words yet.
    pub(super) untold: Vec<Untold>,
    pub(super) kept: Kept,
    /// The article at hand as it is laid down in the store; empty between articles.
    article: String,
    /// How many of the problems are about items.
    item_problems: usize,
}

/// What is kept of the items besides the store.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The article that stands for each id now.
    ids: Table,
    /// For each article in the store, its place in `items`, and [`HIDDEN`].
    items: Vec<u32>,
    /// `date_modified` of the articles, packed, up to the last one that has it.
    modified: Vec<i64>,
    /// How many articles are shown.
    shown: usize,
    /// By value: one more than the last article that was given it, so that one that is named twice counts once.
    value_seen: Vec<u32>,
}

impl Kept {
    fn clear(&mut self) {
        self.ids.clear();
        self.items.clear();
        self.modified.clear();
        self.shown = 0;
        self.value_seen.clear();
    }

    /// Gives the article that comes next into the store a value, once.
    pub(super) fn add(&mut self, store: &mut Store, facet: u8, name: &str) {
        let value = store.intern_value(facet, name);
        let (index, stamp) = (value.0 as usize, self.items.len() as u32);
        if index == self.value_seen.len() {
            self.value_seen.push(0);
        }
        if std::mem::replace(&mut self.value_seen[index], stamp) != stamp {
            store.add_value(value);
        }
    }

    /// Whether an article of the store is shown.
    pub(super) fn is_shown(&self, index: ArticleIndex) -> bool {
        self.items[index.0 as usize] & HIDDEN == 0
    }

    /// Gives back the memory of what is of no use once all items are here.
    fn free_ids(&mut self) {
        self.ids = Table::default();
        self.modified = Vec::new();
        self.value_seen = Vec::new();
    }

    /// The same, once the order is known.
    pub(super) fn free_items(&mut self) {
        self.items = Vec::new();
    }
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

impl Sink for Builder {
    fn wanted(&mut self, token: Token) -> usize {
        if self.skipped > 0 {
            return 0;
        }
        if token == Token::Key {
            return if self.context.has_free_keys() { wire::LONGEST_NAME } else { wire::LONGEST_KEY };
        }
        match wire::shape(self.context, self.key_of_value()) {
            Shape::Id => wire::LONGEST_TEXT,
            Shape::Skip => 0,
            Shape::Raw(Slot::ContentHtml) => wire::LONGEST_HTML,
            shape if token == Token::String && shape.kind() == JsonKind::String => wire::LONGEST_TEXT,
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
                    if self.context.has_free_keys() {
                        self.name.clear();
                        Cleaner::new(&mut self.name).push_str(name);
                    }
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
        self.take(kind, text, at);
    }

    fn damaged(&mut self) {
        let found = Found::Words(Words::IllFormed);
        self.problem(self.context, self.key_of_value(), Words::WellFormed, found, Outcome::Replaced);
    }

    fn has_to_wait(&self) -> bool {
        self.waits != Waits::No
    }
}

impl Builder {
    pub(super) fn new(later: Option<Later>, base: &str, now: i64) -> Self {
        Self {
            later,
            waits: Waits::No,
            base: Base::new(base),
            now,
            context: Context::Root,
            key: Key::Element,
            name: String::new(),
            skipped: 0,
            item: 0,
            element: 0,
            facet: 0,
            texts: Texts::default(),
            dates: [NONE; When::COUNT],
            withdrawn: false,
            pinned: false,
            id_kind: JsonKind::Null,
            item_facets: 0,
            has_items: false,
            refused: None,
            has_version: false,
            order: Order::UNKNOWN,
            bundle: Bundle::default(),
            untold: Vec::new(),
            kept: Kept::default(),
            article: String::new(),
            item_problems: 0,
        }
    }

    /// The key of the value at hand; in an array it has none.
    fn key_of_value(&self) -> Key {
        if self.context == Context::Root || self.context.is_array() { Key::Element } else { self.key }
    }

    /// Takes a scalar, or the beginning of an array or object, all of which is skipped if it means nothing here.
    pub(super) fn take(&mut self, kind: JsonKind, text: &str, at: Position) {
        let opens = matches!(kind, JsonKind::Object | JsonKind::Array);
        if self.skipped > 0 || !self.value(kind, text, at) {
            self.skipped += usize::from(opens);
        }
    }

    /// The same; `false` if the value means nothing here.
    fn value(&mut self, kind: JsonKind, text: &str, at: Position) -> bool {
        let key = self.key_of_value();
        let shape = wire::shape(self.context, key);
        let is_further = match shape {
            Shape::Enter(Context::Facets | Context::ItemFacet) => true,
            Shape::Enter(Context::Items) => self.has_items,
            _ => false,
        };
        if is_further && kind == JsonKind::Array && self.later.is_none() {
            self.waits = Waits::ToBegin(at);
            return true;
        }
        self.count_element();
        self.forget(shape, kind, at);
        if matches!(shape, Shape::Skip) {
            return false;
        }
        let number_id = matches!(shape, Shape::Id) && kind == JsonKind::Number;
        if kind != shape.kind() && !number_id {
            self.mismatch(shape, key, kind);
            return false;
        }
        match shape {
            Shape::Skip => {}
            Shape::Enter(context) => return self.enter(context),
            Shape::Shown(slot) => self.texts.push_shown(slot, text),
            Shape::Raw(slot) => self.texts.push(slot, text),
            Shape::Id => self.texts.push_id(text),
            Shape::Author(list) => self.texts.push_author(list, text),
            Shape::Withdrawn => self.withdrawn = !text.is_empty(),
            Shape::Pinned => self.pinned = !text.is_empty(),
            Shape::Value => {
                if let Some(later) = self.later {
                    later.facet_value(self, text);
                }
            }
            Shape::FacetId | Shape::FacetMatch | Shape::Label | Shape::Hidden => {
                if let Some(later) = self.later {
                    later.describe(self, shape, text);
                }
            }
            Shape::Order => {
                self.order.is_declared = text == "newest";
                if !self.order.is_declared {
                    self.bad_text(self.context, key, Words::Newest, text);
                }
            }
            Shape::Language(slot) => {
                if is_language(text) {
                    self.texts.push(slot, text);
                } else {
                    self.bad_text(self.context, key, Words::Language, text);
                }
            }
            Shape::Date(when) => {
                self.dates[when as usize] = Date::pack(Date::parse(text));
                if self.dates[when as usize] == NONE {
                    self.bad_text(self.context, key, Words::Date, text);
                }
            }
            Shape::Tag => {
                if !self.texts.push_tag(text) {
                    self.bad_text(self.context, key, Words::Tag, text);
                }
            }
            Shape::Version => {
                self.has_version = true;
                if !is_known_version(text) {
                    self.bad_text(Context::Feed, Key::Version, Words::Version, text);
                }
            }
        }
        true
    }

    /// The value at hand is the next one in its array, if it stands in one.
    fn count_element(&mut self) {
        if self.context == Context::Items {
            self.item = self.item.wrapping_add(1);
        } else if self.context == Context::Facets {
            self.facet = self.facet.wrapping_add(1);
        } else if self.context.is_array() {
            self.element = self.element.wrapping_add(1);
        }
    }

    /// A value is of another kind than its key asks for.
    fn mismatch(&mut self, shape: Shape, key: Key, found: JsonKind) {
        let is_absent = found == JsonKind::Null && key != Key::Element;
        // What is wrong with an id is told when its item is complete, and a bundle without items is refused.
        let is_told = matches!(shape, Shape::Id | Shape::Enter(Context::Feed | Context::Items));
        if !is_absent && !is_told {
            let is_item = matches!(shape, Shape::Enter(Context::Item));
            let outcome = if is_item { Outcome::Dropped } else { Outcome::Ignored };
            self.problem(self.context, key, Words::Kind(shape.kind()), Found::Words(Words::Kind(found)), outcome);
        }
    }

    /// An array or object begins; `false` if it is one too many.
    fn enter(&mut self, context: Context) -> bool {
        if let (Context::ItemFacet, Some(later)) = (context, self.later)
            && !later.begin_item_facet(self)
        {
            return false;
        }
        self.context = context;
        self.key = Key::Unknown;
        self.texts.enter();
        if context == Context::Items {
            self.item = u32::MAX;
        } else if context == Context::Facets {
            self.facet = u32::MAX;
        } else if context.is_array() {
            self.element = u32::MAX;
        } else if context == Context::Item {
            self.texts.begin_item();
            self.item_facets = 0;
        } else if let (Context::Facet | Context::FacetValue, Some(later)) = (context, self.later) {
            later.begin_facet(self, context);
        }
        true
    }

    /// Forgets what an equal key said before.
    fn forget(&mut self, shape: Shape, kind: JsonKind, at: Position) {
        match shape {
            Shape::Skip | Shape::Tag => {}
            Shape::Shown(slot) | Shape::Raw(slot) | Shape::Language(slot) => self.texts.clear(slot),
            Shape::Author(list) => self.texts.clear_author(list),
            Shape::Date(when) => self.dates[when as usize] = NONE,
            Shape::Withdrawn => self.withdrawn = false,
            Shape::Pinned => self.pinned = false,
            Shape::Value | Shape::FacetId | Shape::FacetMatch | Shape::Label | Shape::Hidden => {}
            Shape::Order => self.order.is_declared = false,
            Shape::Version => self.has_version = kind != JsonKind::Null,
            Shape::Id => {
                self.texts.clear(Slot::Id);
                self.id_kind = kind;
            }
            Shape::Enter(context) => self.forget_all(context, kind, at),
        }
    }

    fn forget_all(&mut self, context: Context, kind: JsonKind, at: Position) {
        self.texts.clear_all(context);
        match context {
            Context::Feed => self.refuse(kind, at, false),
            Context::Items => {
                self.refused = None;
                if kind != JsonKind::Array {
                    self.refuse(kind, at, true);
                }
                // Without it they are no array, and the bundle is refused.
                if let (true, Some(later)) = (self.has_items, self.later) {
                    later.forget_items(self);
                }
                self.has_items = true;
            }
            Context::FeedStichwort
            | Context::Facets
            | Context::FacetLabel
            | Context::FacetValues
            | Context::ValueLabel => {
                if context == Context::FeedStichwort {
                    self.order.is_declared = false;
                }
                if let Some(later) = self.later {
                    later.forget_facet(self, context);
                }
            }
            Context::Item => {
                self.dates = [NONE; When::COUNT];
                self.withdrawn = false;
                self.pinned = false;
                self.id_kind = JsonKind::Null;
            }
            Context::Stichwort => {
                self.dates[When::NotBefore as usize] = NONE;
                self.dates[When::Expires as usize] = NONE;
                self.withdrawn = false;
                self.pinned = false;
            }
            _ => {}
        }
    }

    /// Forgets what has been read of the items: they come once more.
    pub(crate) fn forget_items(&mut self) {
        self.order = Order { is_declared: self.order.is_declared, ..Order::UNKNOWN };
        self.kept.clear();
        self.bundle.store.clear();
        self.untold.retain(|problem| !problem.context.in_item());
        self.bundle.problem_count -= std::mem::take(&mut self.item_problems);
    }

    fn refuse(&mut self, found: JsonKind, at: Position, items: bool) {
        self.refused = Some(BundleError::NotAFeed { found, line: at.line, column: at.column, items });
    }

    /// The array or object at hand is complete.
    pub(super) fn leave(&mut self) {
        if self.context == Context::Item {
            if self.later.is_none() && self.needs_later() {
                self.waits = Waits::ToLeave;
                return;
            }
            // Taken out, because problems are told while it is written.
            let mut article = std::mem::take(&mut self.article);
            self.complete(&mut article);
            article.clear();
            self.article = article;
            self.texts.end_item();
        } else if let (Context::Facet | Context::FacetValue, Some(later)) = (self.context, self.later) {
            later.end_facet(self);
        }
        self.context = self.context.parent();
    }

    /// Whether the item at hand cannot be understood without what comes later.
    fn needs_later(&self) -> bool {
        const LINKS: [Slot; 3] = [Slot::Url, Slot::ExternalUrl, Slot::SourceUrl];
        let Self { texts, .. } = self;
        texts.is_empty(Slot::Summary) && !texts.is_empty(Slot::ContentHtml)
            || texts.is_empty(Slot::Title)
            || text::is_long(texts.either(Slot::Summary, Slot::ContentText))
            || !texts.either(Slot::Image, Slot::ImageUrl).is_empty()
            || LINKS.iter().any(|&link| is_odd(texts.get(link)))
    }

    /// Whether the publisher's page has an address that has to be completed.
    pub(super) fn has_odd_home(&self) -> bool {
        is_odd(self.texts.get(Slot::FeedHome))
    }

    /// Keeps the item at hand, or says why not.
    fn complete(&mut self, article: &mut String) {
        article.push_str(self.texts.get(Slot::Id));
        if article.is_empty() {
            let found = match self.id_kind {
                JsonKind::String => Words::AnEmptyOne,
                JsonKind::Null => Words::None,
                kind => Words::Kind(kind),
            };
            return self.problem(Context::Item, Key::Id, Words::AnId, Found::Words(found), Outcome::Dropped);
        }
        article.push(SEPARATOR);
        if self.id_kind == JsonKind::Number {
            let found = Found::Words(Words::Kind(JsonKind::Number));
            self.problem(Context::Item, Key::Id, Words::Kind(JsonKind::String), found, Outcome::TakenAsText);
        }
        let [_, _, due, expires] = self.dates;
        let hidden = self.withdrawn
            || expires != NONE && Date::packed_end(expires) <= self.now
            || Date::packed_instant(due) > self.now;
        if !hidden && !self.write_headline_and_lead(article) {
            return self.problem(
                Context::Item,
                Key::Title,
                Words::TitleOrText,
                Found::Words(Words::None),
                Outcome::Dropped,
            );
        }
        if !self.file() {
            return;
        }
        let item = self.item | if hidden { HIDDEN } else { 0 };
        make_room(&mut self.kept.items, 1);
        self.kept.items.push(item);
        let mut date = NONE;
        if !hidden {
            self.kept.shown += 1;
            date = self.dates[When::Published as usize];
            if date != NONE {
                self.order.judge(Date::packed_instant(date));
            }
            self.write_rest(article);
            self.add_tags();
        }
        let kept = self.bundle.store.keep(article, date);
        if self.pinned {
            self.bundle.store.pin(kept);
        }
    }

    /// Files the item at hand under its id; `false` if another of the same id wins.
    fn file(&mut self) -> bool {
        let Kept { ids, items, modified: all_modified, shown, .. } = &mut self.kept;
        let store = &self.bundle.store;
        let next = items.len() as u32;
        let modified = self.dates[When::Modified as usize];
        let id = self.texts.get(Slot::Id);
        let filed = ids.entry(id, next, &|index| store.has_id(ArticleIndex(index), id));
        let other = *filed as usize;
        if *filed != next {
            let other_item = items[other] & !HIDDEN;
            let instant = Date::packed_instant(modified);
            let other_instant = Date::packed_instant(all_modified.get(other).copied().unwrap_or(NONE));
            let wins = instant > other_instant;
            let (mut loser, mut winner) = (self.item, other_item);
            if wins {
                *filed = next;
                *shown -= usize::from(items[other] & HIDDEN == 0);
                items[other] |= HIDDEN;
                (loser, winner) = (winner, loser);
            }
            let found = Found::IdOf(winner, instant != other_instant);
            let at_hand = std::mem::replace(&mut self.item, loser);
            self.problem(Context::Item, Key::Id, Words::AnIdOfItsOwn, found, Outcome::Dropped);
            self.item = at_hand;
            if !wins {
                return false;
            }
        }
        if modified != NONE {
            let all_modified = &mut self.kept.modified;
            let more = next as usize + 1 - all_modified.len();
            make_room(all_modified, more);
            while all_modified.len() < next as usize {
                all_modified.push(NONE);
            }
            all_modified.push(modified);
        }
        true
    }

    /// Appends what shows in any case; `false` if there is neither a title nor text.
    fn write_headline_and_lead(&self, article: &mut String) -> bool {
        let start = article.len();
        article.push_str(self.texts.get(Slot::Title));
        if article.len() == start {
            self.write_lead(article);
            self.cut(article, start, text::HEADLINE, false);
        }
        let headline = start..article.len();
        article.push(SEPARATOR);
        let start = article.len();
        self.write_lead(article);
        self.cut(article, start, text::LEAD, true);
        if article[headline.clone()] == article[start..] {
            article.truncate(start); // short enough to have been said
        }
        article.push(SEPARATOR);
        !headline.is_empty()
    }

    fn cut(&self, article: &mut String, start: usize, limit: usize, at_sentences: bool) {
        if let Some(later) = self.later {
            later.cut(article, start, limit, at_sentences);
        }
    }

    /// Appends the text of the item at hand, cleaned and not yet cut.
    fn write_lead(&self, article: &mut String) {
        let start = article.len();
        article.push_str(self.texts.get(Slot::Summary));
        if article.len() == start {
            Cleaner::new(article).push_str(beginning(self.texts.get(Slot::ContentText)));
        }
        if let (true, Some(later)) = (article.len() == start, self.later) {
            later.html_text(self.texts.get(Slot::ContentHtml), article);
        }
    }

    /// Appends all other fields.
    fn write_rest(&mut self, article: &mut String) {
        let start = article.len();
        if !self.link(article, Context::Item, Key::Url, Slot::Url) {
            self.link(article, Context::Item, Key::ExternalUrl, Slot::ExternalUrl);
        }
        if &article[start..] == self.texts.get(Slot::Id) {
            article.truncate(start);
            article.push_str(SAME);
        }
        article.push(SEPARATOR);
        if !self.link(article, Context::Image, Key::Url, Slot::ImageUrl) {
            self.link(article, Context::Item, Key::Image, Slot::Image);
        }
        article.push(SEPARATOR);
        self.link(article, Context::Source, Key::Url, Slot::SourceUrl);
        article.push(SEPARATOR);
        article.push_str(self.texts.either(Slot::Authors, Slot::OldAuthor));
        for slot in [Slot::Kicker, Slot::Language, Slot::ImageAlt, Slot::ImageCredit, Slot::SourceName] {
            article.push(SEPARATOR);
            article.push_str(self.texts.get(slot));
        }
        article.push(SEPARATOR);
        // One separator ends the last field that is there.
        article.truncate(ascii::end(article, |byte| byte != SEPARATOR as u8) + 1);
    }

    /// Gives the article that comes next into the store its tags, each once.
    fn add_tags(&mut self) {
        // Each is followed by a separator, so that the last part is empty.
        for tag in ascii::split(self.texts.get(Slot::Tags), SEPARATOR as u8) {
            if !tag.is_empty() {
                self.kept.add(&mut self.bundle.store, TAG, tag);
            }
        }
        if let Some(later) = self.later {
            later.add_facet_values(self);
        }
    }

    /// Appends the link in `slot`, absolute; `false` if there is none, and a problem if it cannot be followed.
    fn link(&mut self, out: &mut String, context: Context, key: Key, slot: Slot) -> bool {
        let text = self.texts.get(slot);
        let is_link = !text.is_empty() && self.resolve(text, out);
        if !is_link && !text.is_empty() {
            let text = text.to_owned();
            self.bad_text(context, key, Words::Link, &text);
        }
        is_link
    }

    /// Appends the absolute form of a link; `false` if there is none.
    fn resolve(&self, text: &str, out: &mut String) -> bool {
        match self.later {
            // It fills its place, so it was cut: between characters, so perhaps three bytes before the end.
            _ if text.len() >= wire::LONGEST_TEXT - 3 => false,
            Some(later) if is_odd(text) => later.resolve(&self.base, text, out),
            // Without that part, none is odd, see `needs_later` and `has_odd_home`.
            _ => {
                out.push_str(text);
                true
            }
        }
    }

    /// A string that does not say what it should.
    pub(super) fn bad_text(&mut self, context: Context, key: Key, expected: Words, text: &str) {
        self.problem(context, key, expected, Found::Text(beginning(text).to_owned()), Outcome::Ignored);
    }

    #[cold]
    pub(super) fn problem(&mut self, context: Context, key: Key, expected: Words, found: Found, outcome: Outcome) {
        self.bundle.problem_count += 1;
        self.item_problems += usize::from(context.in_item());
        if self.untold.len() < PROBLEMS_KEPT {
            let Self { item, element, facet, .. } = *self;
            let name = self.name.clone();
            self.untold.push(Untold { context, key, item, element, facet, name, expected, found, outcome });
        }
    }

    pub(super) fn preview(&self, wanted: usize) -> Option<Bundle> {
        let is_early = self.kept.shown < wanted.max(1) || self.later.is_none() && self.has_odd_home();
        if self.is_over() || is_early || !self.order.is_newest_first() {
            return None;
        }
        let mut preview = Bundle::default();
        let store = &self.bundle.store;
        // Mostly each one comes after all before it, so this is one look at each.
        for index in store.in_order(&|index| self.kept.is_shown(index)).into_iter().take(wanted) {
            preview.store.copy(self.later, store, index);
        }
        preview.store.settle(|_| true);
        if let Some(later) = self.later {
            later.copy_facets(&self.bundle, &mut preview);
        }
        describe(&self.texts, self.home_page_url(), &mut preview);
        Some(preview)
    }

    pub(super) fn finish(&mut self) -> Result<(), BundleError> {
        if let Some(error) = self.error() {
            return Err(error);
        }
        if !self.has_version {
            self.problem(Context::Feed, Key::Version, Words::Version, Found::Words(Words::None), Outcome::Ignored);
        }
        // Told here, written below.
        self.link(&mut String::new(), Context::Feed, Key::HomePageUrl, Slot::FeedHome);
        let home_page_url = self.home_page_url();
        describe(&self.texts, home_page_url, &mut self.bundle);
        // Of no use any more, and free before an order asks for memory.
        self.texts = Texts::default();
        self.kept.free_ids();
        Ok(())
    }

    /// Why a document that has ended is no bundle.
    pub(super) fn error(&self) -> Option<BundleError> {
        if self.is_over() { self.refused.clone() } else { None }
    }

    /// Whether the document has ended, has not begun yet, or is none of ours from its beginning.
    fn is_over(&self) -> bool {
        self.context == Context::Root
    }

    pub(super) fn home_page_url(&self) -> Option<String> {
        let (home, mut link) = (self.texts.get(Slot::FeedHome), String::new());
        let is_known = self.later.is_some() || !is_odd(home);
        (!home.is_empty() && is_known && self.resolve(home, &mut link)).then_some(link)
    }
}

/// Writes what the feed says of itself.
fn describe(texts: &Texts, home_page_url: Option<String>, bundle: &mut Bundle) {
    bundle.store.set_byline(texts.either(Slot::FeedAuthors, Slot::FeedOldAuthor));
    bundle.title.push_str(texts.get(Slot::FeedTitle));
    let language = texts.get(Slot::FeedLanguage);
    if !language.is_empty() {
        bundle.language = Some(language.to_owned());
    }
    bundle.home_page_url = home_page_url;
}

pub(super) const VERSION: &str = "https://jsonfeed.org/version/1.1";

fn is_known_version(text: &str) -> bool {
    const KNOWN: [&str; 4] =
        [VERSION, "https://jsonfeed.org/version/1", "http://jsonfeed.org/version/1.1", "http://jsonfeed.org/version/1"];
    KNOWN.contains(&text.strip_suffix('/').unwrap_or(text))
}

/// Whether the text may be a language tag (RFC 5646, section 2.1), without knowing any.
fn is_language(text: &str) -> bool {
    let mut part = 0;
    for byte in text.bytes() {
        if byte == b'-' && part > 0 {
            part = 0;
        } else if byte.is_ascii_alphanumeric() && part < 8 {
            part += 1;
        } else {
            return false;
        }
    }
    part > 0 && text.len() <= 35 && !text.as_bytes()[0].is_ascii_digit()
}

/// Whether a link is given that has to be looked at.
fn is_odd(link: &str) -> bool {
    !link.is_empty() && !url::is_plain(link)
}

/// As much of a long text as a teaser can show, unless it is mostly white space.
fn beginning(text: &str) -> &str {
    let text = ascii::trim(text);
    &text[..text.floor_char_boundary(4 * ENOUGH)]
}
