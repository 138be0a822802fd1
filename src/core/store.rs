//! What is kept of a bundle: columns for what is filtered and sorted, segments for the text of teasers.
//!
//! Text lives in segments of a fixed size, because a growing buffer doubles and
//! WebAssembly memory never shrinks. An article's fields lie behind one another
//! in one run of text, parted by [`SEPARATOR`], which the reader never lets
//! through: one place and one length per article instead of one per field.

use crate::date::Date;
use crate::model::{Article, ArticleIndex, TagId};

/// Parts the fields of one article; a control character, so no cleaned text holds it.
pub const SEPARATOR: char = '\u{1f}';

/// Bytes of a text segment. Longer articles get a segment of their own.
const SEGMENT: usize = 64 * 1024;

/// The texts of an article, in the order in which they are laid down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Headline,
    Url,
    Kicker,
    Lead,
    Byline,
    Language,
    ImageUrl,
    ImageAlt,
    ImageCredit,
    SourceName,
    SourceUrl,
}

/// An article on its way into the store. Absent texts are empty.
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
    /// The article's own authors, joined.
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
    pub tags: &'a [TagId],
}

/// The articles of one bundle.
#[derive(Clone, Debug, Default)]
pub struct Store {
    segments: Vec<String>,
    texts: Vec<Span>,
    dates: Vec<Option<Date>>,
    tag_ids: Vec<TagId>,
    tag_ends: Vec<u32>,
    tag_names: Vec<String>,
    tag_table: Table,
    newest: Vec<ArticleIndex>,
    byline: String,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    segment: u32,
    start: u32,
    end: u32,
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

    /// How many different tags the articles carry.
    #[must_use]
    pub fn tag_count(&self) -> usize {
        self.tag_names.len()
    }

    /// A tag as it is shown.
    #[must_use]
    pub fn tag_name(&self, tag: TagId) -> &str {
        &self.tag_names[tag.0 as usize]
    }

    /// The tag of this name, if any article carries it.
    #[must_use]
    pub fn find_tag(&self, name: &str) -> Option<TagId> {
        self.tag_table.find(name, |slot| &self.tag_names[slot as usize]).ok().map(TagId)
    }

    /// The id of a tag, new if its name is.
    pub fn intern(&mut self, name: &str) -> TagId {
        let names = &mut self.tag_names;
        TagId(self.tag_table.find(name, |slot| &names[slot as usize]).unwrap_or_else(|vacant| {
            let id = names.len() as u32;
            names.push(name.to_owned());
            self.tag_table.insert(vacant, id);
            id
        }))
    }

    /// Keeps an article. It is shown once [`settle`](Self::settle) has run.
    pub fn push(&mut self, draft: &Draft<'_>) -> ArticleIndex {
        let fields = [
            draft.id,
            draft.headline,
            draft.url,
            draft.kicker,
            draft.lead,
            draft.byline,
            draft.language,
            draft.image_url,
            draft.image_alt,
            draft.image_credit,
            draft.source_name,
            draft.source_url,
        ];
        let length = fields.iter().map(|field| field.len() + SEPARATOR.len_utf8()).sum();
        let text = self.begin(length);
        for field in fields {
            text.push_str(field);
            text.push(SEPARATOR);
        }
        self.tag_ids.extend_from_slice(draft.tags);
        self.end(length, draft.date)
    }

    /// Keeps what another store knows of an article.
    pub fn copy(&mut self, from: &Self, index: ArticleIndex) -> ArticleIndex {
        let text = from.text(index);
        self.begin(text.len()).push_str(text);
        for &tag in from.tags_of(index) {
            let tag = self.intern(from.tag_name(tag));
            self.tag_ids.push(tag);
        }
        self.end(text.len(), from.date(index))
    }

    /// The segment in which a text of this length goes next.
    fn begin(&mut self, length: usize) -> &mut String {
        if self.segments.last().is_none_or(|last| last.capacity() - last.len() < length) {
            self.segments.push(String::with_capacity(length.max(SEGMENT)));
        }
        let last = self.segments.len() - 1;
        &mut self.segments[last]
    }

    /// Text and tags of an article have been laid down.
    fn end(&mut self, length: usize, date: Option<Date>) -> ArticleIndex {
        let segment = self.segments.len() - 1;
        let end = self.segments[segment].len();
        let index = ArticleIndex(self.texts.len() as u32);
        self.texts.push(Span { segment: segment as u32, start: (end - length) as u32, end: end as u32 });
        self.dates.push(date);
        self.tag_ends.push(self.tag_ids.len() as u32);
        index
    }

    /// Whose the articles are that name no author.
    pub fn set_byline(&mut self, byline: &str) {
        self.byline.clear();
        self.byline.push_str(byline);
    }

    /// Decides what is shown (`shown`, asked once for each article) and in what order.
    pub fn settle(&mut self, shown: impl Fn(ArticleIndex) -> bool) {
        self.newest = (0..self.texts.len() as u32).map(ArticleIndex).filter(|&index| shown(index)).collect();
        // Stable, so that equal dates keep the bundle's order.
        let dates = &self.dates;
        self.newest.sort_by_key(|index| {
            let date = dates[index.0 as usize];
            (date.is_none(), date.map(|date| std::cmp::Reverse(date.instant())))
        });
    }

    /// Whether the first article is shown before the second: newer, or as old and earlier in the bundle.
    pub(crate) fn precedes(&self, first: ArticleIndex, second: ArticleIndex) -> bool {
        let key = |index: ArticleIndex| (self.date(index).map_or(i64::MIN, Date::instant), std::cmp::Reverse(index));
        key(first) > key(second)
    }

    pub(crate) fn field(&self, index: ArticleIndex, field: Field) -> &str {
        self.text(index).split(SEPARATOR).nth(field as usize).unwrap_or_default()
    }

    /// All fields of an article.
    fn text(&self, index: ArticleIndex) -> &str {
        let span = self.texts[index.0 as usize];
        &self.segments[span.segment as usize][span.start as usize..span.end as usize]
    }

    pub(crate) fn byline(&self) -> &str {
        &self.byline
    }

    pub(crate) fn date(&self, index: ArticleIndex) -> Option<Date> {
        self.dates[index.0 as usize]
    }

    pub(crate) fn tags_of(&self, index: ArticleIndex) -> &[TagId] {
        let index = index.0 as usize;
        let start = if index == 0 { 0 } else { self.tag_ends[index - 1] as usize };
        &self.tag_ids[start..self.tag_ends[index] as usize]
    }
}

/// An open-addressing index from texts, which its owner keeps, to their numbers.
///
/// The standard map costs several kilobytes in the browser for what a few lines do.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    slots: Vec<Option<(u32, u32)>>,
    used: usize,
}

/// Where a text that is not there yet would go, and its hash.
pub(crate) struct Vacant {
    hash: u32,
}

impl Table {
    /// The number of `text`, or where it would go. `text_of` gives the text behind a number.
    pub(crate) fn find<'a>(&self, text: &str, text_of: impl Fn(u32) -> &'a str) -> Result<u32, Vacant> {
        let hash = hash(text);
        if self.slots.is_empty() {
            return Err(Vacant { hash });
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some((found, number)) = self.slots[at] {
            if found == hash && text_of(number) == text {
                return Ok(number);
            }
            at = (at + 1) & mask;
        }
        Err(Vacant { hash })
    }

    /// Files `number` where [`find`](Self::find) said.
    pub(crate) fn insert(&mut self, vacant: Vacant, number: u32) {
        if self.used * 4 >= self.slots.len() * 3 {
            let larger = vec![None; (self.slots.len() * 2).max(16)];
            for (hash, number) in std::mem::replace(&mut self.slots, larger).into_iter().flatten() {
                self.place(hash, number);
            }
        }
        self.place(vacant.hash, number);
        self.used += 1;
    }

    fn place(&mut self, hash: u32, number: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].is_some() {
            at = (at + 1) & mask;
        }
        self.slots[at] = Some((hash, number));
    }
}

/// FNV-1a, with a last mixing step because the table looks at the low bits only.
pub fn hash(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash ^ (hash >> 15)
}
