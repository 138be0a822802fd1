//! What is kept of a bundle: columns for what is filtered and sorted, segments for the text of teasers.
//!
//! Text lives in segments of a fixed size, because a growing buffer doubles and
//! WebAssembly memory never shrinks. An article's fields lie behind one another
//! in one run of text, parted by [`SEPARATOR`], which the reader never lets
//! through: one place and one length per article instead of one per field.

use crate::ascii;
use crate::date::Date;
use crate::later::Later;
use crate::model::{Article, ArticleIndex, ValueId};
use crate::selection::{FACETS, TAG};
use crate::sort::Sorting;
use crate::table::Table;

/// Parts the fields of one article; a control character, so no cleaned text holds it.
pub const SEPARATOR: char = '\u{1f}';

/// Parts the names of several authors, and a facet from its value; a control character as well.
pub const PART: char = '\u{1e}';

/// Bytes of a text segment. Longer articles get a segment of their own.
const SEGMENT: usize = 1 << PLACE;

/// Low bits of an entry of `texts`: the byte in its segment; above them stands the segment's number. No article lies in two.
const PLACE: u32 = 16;

/// Kept in place of a link that is the id, as in many bundles. Links are absolute, so none is `=`.
pub(crate) const SAME: &str = "=";

/// The texts of an article, in the order in which they are laid down: [`Store::push`] and the reader (`complete` and
/// `write_rest` in bundle/builder.rs) write them so, and have to be changed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Headline,
    Lead,
    Url,
    ImageUrl,
    SourceUrl,
    Byline,
    Kicker,
    Language,
    ImageAlt,
    ImageCredit,
    SourceName,
}

/// An article whose fields are at hand one by one. Absent texts are empty.
///
/// For tests and examples: the reader does without, and writes them one behind another as it goes. No text may hold
/// [`SEPARATOR`].
#[derive(Clone, Debug, Default)]
pub struct Draft<'a> {
    /// The publisher's id.
    pub id: &'a str,
    /// Absolute link.
    pub url: &'a str,
    /// What stands above the headline.
    pub kicker: &'a str,
    /// The headline; must not be empty.
    pub headline: &'a str,
    /// The summary, cut to its length.
    pub lead: &'a str,
    /// The article's own authors, with [`PART`] between them.
    pub byline: &'a str,
    /// BCP 47 language.
    pub language: &'a str,
    /// Absolute address of the picture.
    pub image_url: &'a str,
    /// The picture in words.
    pub image_alt: &'a str,
    /// The picture's credit.
    pub image_credit: &'a str,
    /// Publisher of a syndicated article.
    pub source_name: &'a str,
    /// That publisher's page.
    pub source_url: &'a str,
    /// Date of publication.
    pub date: Option<Date>,
    /// Interned by [`Store::intern`], each once.
    pub tags: &'a [ValueId],
}

/// The articles of one bundle.
#[derive(Clone, Debug, Default)]
pub struct Store {
    segments: Vec<String>,
    /// Where the text of each article begins: its segment above, its place in the segment below [`PLACE`] bits.
    texts: Vec<u32>,
    /// Packed.
    dates: Vec<i64>,
    value_ids: Vec<ValueId>,
    value_ends: Vec<u32>,
    value_names: Vec<String>,
    /// The facet of each value, by its number.
    value_facets: Vec<u8>,
    value_table: Table,
    /// Ids of the bundle's own facets; their numbers go on after [`FACETS`].
    facets: Vec<String>,
    newest: Vec<ArticleIndex>,
    /// Articles that stand before all others, ascending.
    pinned: Vec<ArticleIndex>,
    byline: String,
}

impl Store {
    /// The articles to show, newest first: equal dates in the bundle's order, undated ones last.
    ///
    /// Empty before [`settle`](Self::settle).
    #[must_use]
    pub fn newest(&self) -> &[ArticleIndex] {
        &self.newest
    }

    /// One article.
    ///
    /// # Panics
    ///
    /// The article's accessors panic if `index` is not of this store.
    #[must_use]
    pub fn article(&self, index: ArticleIndex) -> Article<'_> {
        Article::new(self, index)
    }

    /// How many articles there are, shown or not.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// How many different values the articles carry: tags, and values of the bundle's own facets.
    #[must_use]
    pub fn value_count(&self) -> usize {
        self.value_names.len()
    }

    /// A value as the bundle writes it.
    #[must_use]
    pub fn value_name(&self, value: ValueId) -> &str {
        &self.value_names[value.0 as usize]
    }

    /// The value of this name in a facet, if any article carries it.
    #[must_use]
    pub fn find_value(&self, facet: u8, name: &str) -> Option<ValueId> {
        let is_it = |value: u32| self.value_names[value as usize] == name && self.value_facets[value as usize] == facet;
        self.value_table.find(name, &is_it).map(ValueId)
    }

    /// The number of a facet; `None` if neither we nor any article knows it.
    #[must_use]
    pub fn find_facet(&self, id: &str) -> Option<u8> {
        let own = || self.facets.iter().position(|known| known == id).map(|at| at + FACETS.len());
        FACETS.iter().position(|known| *known == id).or_else(own).map(|number| number as u8)
    }

    /// Whether this is a tag; a value that articles have from elsewhere is none.
    pub(crate) fn is_tag(&self, value: ValueId) -> bool {
        self.value_facets.get(value.0 as usize) == Some(&TAG)
    }

    /// The number of the facet that a value belongs to.
    #[must_use]
    pub fn facet_of(&self, value: ValueId) -> u8 {
        self.value_facets[value.0 as usize]
    }

    /// The id of the facet that a value belongs to.
    #[must_use]
    pub fn facet_name(&self, value: ValueId) -> &str {
        let number = usize::from(self.facet_of(value));
        FACETS.get(number).copied().unwrap_or_else(|| &self.facets[number - FACETS.len()])
    }

    /// The number of a tag, new if its name is.
    pub fn intern(&mut self, name: &str) -> ValueId {
        self.intern_value(TAG, name)
    }

    /// The number of a facet, new if its id is; `None` if there are too many.
    pub fn intern_facet(&mut self, id: &str) -> Option<u8> {
        if self.find_facet(id).is_none() && self.facets.len() < MOST_FACETS {
            self.facets.push(id.to_owned());
        }
        self.find_facet(id)
    }

    /// The number of a facet's value, new if it is.
    pub fn intern_value(&mut self, facet: u8, name: &str) -> ValueId {
        let (names, facets) = (&mut self.value_names, &mut self.value_facets);
        let next = names.len() as u32;
        let is_it = |value: u32| names[value as usize] == name && facets[value as usize] == facet;
        let value = *self.value_table.entry(name, next, &is_it);
        if value == next {
            names.push(name.to_owned());
            facets.push(facet);
        }
        ValueId(value)
    }

    /// Lets the article that was kept last stand before all others: `is_pinned` counts on their order.
    pub(crate) fn pin(&mut self, index: ArticleIndex) {
        self.pinned.push(index);
    }

    /// Keeps an article. It is shown once [`settle`](Self::settle) has run.
    pub fn push(&mut self, draft: &Draft<'_>) -> ArticleIndex {
        let fields = [
            draft.id,
            draft.headline,
            draft.lead,
            if draft.url == draft.id { SAME } else { draft.url },
            draft.image_url,
            draft.source_url,
            draft.byline,
            draft.kicker,
            draft.language,
            draft.image_alt,
            draft.image_credit,
            draft.source_name,
        ];
        let mut text = String::new();
        for field in fields {
            text.push_str(field);
            text.push(SEPARATOR);
        }
        for &tag in draft.tags {
            self.add_value(tag);
        }
        self.keep(&text, Date::pack(draft.date))
    }

    /// Keeps what another store knows of an article.
    pub(crate) fn copy(&mut self, later: Option<Later>, from: &Self, index: ArticleIndex) -> ArticleIndex {
        for &value in from.values_of(index) {
            let facet = match later {
                Some(later) => later.intern_facet(self, from.facet_name(value)),
                None => Some(TAG), // others take all of the program
            };
            if let Some(facet) = facet {
                let value = self.intern_value(facet, from.value_name(value));
                self.add_value(value);
            }
        }
        let copy = self.keep(from.text(index), from.dates[index.0 as usize]);
        if from.is_pinned(index) {
            self.pin(copy);
        }
        copy
    }

    /// Forgets all articles and values. What is set after the last item, `newest` and `byline`, is not there yet.
    pub(crate) fn clear(&mut self) {
        self.segments.clear();
        self.texts.clear();
        self.dates.clear();
        self.value_ids.clear();
        self.value_ends.clear();
        self.value_names.clear();
        self.value_facets.clear();
        self.value_table.clear();
        self.facets.clear();
        self.pinned.clear();
    }

    /// Gives the article that is kept next a value, which it does not have yet.
    pub(crate) fn add_value(&mut self, value: ValueId) {
        make_room(&mut self.value_ids, 1);
        self.value_ids.push(value);
    }

    /// Keeps an article: its fields, each followed by [`SEPARATOR`], and its packed date.
    /// Fields that are missing at the end are empty.
    pub(crate) fn keep(&mut self, text: &str, date: i64) -> ArticleIndex {
        if self.segments.last().is_none_or(|last| last.len() + text.len() > SEGMENT) {
            self.segments.push(String::with_capacity(text.len().max(SEGMENT)));
        }
        let segment = self.segments.len() - 1;
        assert!(segment < 1 << (u32::BITS - PLACE), "a store holds four gigabytes of text");
        let start = self.segments[segment].len();
        self.segments[segment].push_str(text);
        let index = ArticleIndex(self.texts.len() as u32);
        make_room(&mut self.texts, 1);
        self.texts.push((segment << PLACE | start) as u32);
        make_room(&mut self.dates, 1);
        self.dates.push(date);
        make_room(&mut self.value_ends, 1);
        self.value_ends.push(self.value_ids.len() as u32);
        index
    }

    /// Whose the articles are that name no author.
    pub(crate) fn set_byline(&mut self, byline: &str) {
        self.byline.clear();
        self.byline.push_str(byline);
    }

    /// Decides what is shown (`shown`, asked once for each article) and in what order.
    pub fn settle(&mut self, shown: impl Fn(ArticleIndex) -> bool) {
        self.settle_as(self.in_order(&shown));
    }

    /// Shows these, in this order.
    pub(crate) fn settle_as(&mut self, order: Vec<ArticleIndex>) {
        self.newest = order;
    }

    /// The articles to show, as [`settle`](Self::settle) puts them in order.
    pub(crate) fn in_order(&self, shown: &dyn Fn(ArticleIndex) -> bool) -> Vec<ArticleIndex> {
        let mut settling = Settling::new(self);
        settling.step(self, &mut { usize::MAX }, shown);
        settling.take_order()
    }

    /// Whether the first article is shown before the second: pinned, else newer, or as old and earlier in the bundle.
    pub(crate) fn precedes(&self, first: ArticleIndex, second: ArticleIndex) -> bool {
        if !self.pinned.is_empty() {
            let (is_first, is_second) = (self.is_pinned(first), self.is_pinned(second));
            if is_first != is_second {
                return is_first;
            }
        }
        self.is_newer(first, second)
    }

    /// The same, but for the pins.
    pub(crate) fn is_newer(&self, first: ArticleIndex, second: ArticleIndex) -> bool {
        (self.moment(second), first) < (self.moment(first), second)
    }

    /// When an article was published, to be compared; before any where there is no date.
    #[inline]
    pub(crate) fn moment(&self, index: ArticleIndex) -> i64 {
        Date::packed_instant(self.dates[index.0 as usize])
    }

    /// Whether the first article is shown before the second where the oldest stands first; undated ones are last.
    pub(crate) fn is_older(&self, first: ArticleIndex, second: ArticleIndex) -> bool {
        let date = |index: ArticleIndex| {
            let instant = self.moment(index);
            if self.dates[index.0 as usize] == crate::date::NONE { i64::MAX } else { instant }
        };
        (date(first), first) < (date(second), second)
    }

    pub(crate) fn is_pinned(&self, index: ArticleIndex) -> bool {
        self.pinned.binary_search(&index).is_ok()
    }

    /// Keeps the newest of these articles, so many, in their order.
    pub(crate) fn keep_newest(&self, articles: &mut Vec<ArticleIndex>, limit: usize) {
        let precedes = |first: u32, second: u32| self.is_newer(ArticleIndex(first), ArticleIndex(second));
        let mut sorting = Sorting::default();
        articles.iter().for_each(|article| sorting.push(article.0, &precedes));
        sorting.step(&mut { usize::MAX }, &precedes);
        let mut is_kept = vec![false; self.texts.len()];
        for article in sorting.take_sorted().into_iter().take(limit) {
            is_kept[article as usize] = true;
        }
        articles.retain(|article| is_kept[article.0 as usize]);
    }

    /// Whether this is the article's id; quicker than to find out which it is.
    pub(crate) fn has_id(&self, index: ArticleIndex, id: &str) -> bool {
        let place = self.texts[index.0 as usize] as usize;
        let text = &self.segments[place >> PLACE].as_bytes()[place & (SEGMENT - 1)..];
        text.get(id.len()) == Some(&(SEPARATOR as u8)) && text.starts_with(id.as_bytes())
    }

    pub(crate) fn field(&self, index: ArticleIndex, field: Field) -> &str {
        ascii::split(self.text(index), SEPARATOR as u8).nth(field as usize).unwrap_or_default()
    }

    /// All fields of an article.
    fn text(&self, index: ArticleIndex) -> &str {
        let place = self.texts[index.0 as usize] as usize;
        let segment = &self.segments[place >> PLACE];
        let start = place & (SEGMENT - 1);
        // It ends where the next article of its segment begins.
        let next = self.texts.get(index.0 as usize + 1).map(|&next| next as usize);
        let end =
            next.filter(|next| next >> PLACE == place >> PLACE).map_or(segment.len(), |next| next & (SEGMENT - 1));
        &segment[start..end]
    }

    pub(crate) fn byline(&self) -> &str {
        &self.byline
    }

    pub(crate) fn date(&self, index: ArticleIndex) -> Option<Date> {
        Date::unpack(self.dates[index.0 as usize])
    }

    pub(crate) fn values_of(&self, index: ArticleIndex) -> &[ValueId] {
        &self.value_ids[span(&self.value_ends, index.0)]
    }
}

/// [`Store::settle`] in steps.
#[derive(Debug)]
pub(crate) struct Settling {
    sorting: Sorting,
    next: u32,
}

impl Settling {
    pub(crate) fn new(store: &Store) -> Self {
        Self { sorting: Sorting::with_capacity(store.texts.len()), next: 0 }
    }

    /// Looks at so many articles as `budget` says, and takes them off; `true` when their order is known.
    pub(crate) fn step(&mut self, store: &Store, budget: &mut usize, shown: &dyn Fn(ArticleIndex) -> bool) -> bool {
        let precedes = |first: u32, second: u32| store.precedes(ArticleIndex(first), ArticleIndex(second));
        while (self.next as usize) < store.texts.len() {
            if *budget == 0 {
                return false;
            }
            *budget -= 1;
            if shown(ArticleIndex(self.next)) {
                self.sorting.push(self.next, &precedes);
            }
            self.next += 1;
        }
        self.sorting.step(budget, &precedes)
    }

    /// The articles to show in their order, once, after the last step.
    pub(crate) fn take_order(&mut self) -> Vec<ArticleIndex> {
        self.sorting.take_sorted().into_iter().map(ArticleIndex).collect()
    }
}

/// The range of part `number` of a column: it ends at `ends[number]`, and begins where the part before it ends.
#[inline(never)]
pub(crate) fn span(ends: &[u32], number: u32) -> std::ops::Range<usize> {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    start as usize..ends[number] as usize
}

/// Room for more in a column. It grows by a quarter, not twofold: WebAssembly memory never shrinks.
pub(crate) fn make_room<T>(column: &mut Vec<T>, more: usize) {
    if column.capacity() - column.len() < more {
        column.reserve_exact(more.max(column.len() / 4 + 16));
    }
}

/// Facets that a bundle can have of its own.
pub(crate) const MOST_FACETS: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_any_length_are_told_apart() {
        let mut store = Store::default();
        let lengths = [0, 1, SEGMENT - 20, SEGMENT, 3, 2 * SEGMENT, 3 * SEGMENT + 1, 5, SEGMENT / 2, SEGMENT / 2, 7];
        for (number, &length) in lengths.iter().enumerate() {
            let (id, lead) = (number.to_string(), "x".repeat(length));
            let url = if number % 2 == 0 { id.clone() } else { ["https://a.example/", &id].concat() };
            store.push(&Draft { id: &id, headline: "h", url: &url, lead: &lead, ..Draft::default() });
        }
        let mut copy = Store::default();
        for index in 0..lengths.len() as u32 {
            copy.copy(Some(Later::loaded()), &store, ArticleIndex(index));
        }
        for store in [store, copy] {
            for (number, &length) in lengths.iter().enumerate() {
                let article = store.article(ArticleIndex(number as u32));
                assert_eq!(article.id(), number.to_string());
                assert_eq!(article.lead().map_or(0, str::len), length);
                assert!(article.url().is_some_and(|url| url.ends_with(article.id()) && url != SAME));
            }
        }
    }
}
