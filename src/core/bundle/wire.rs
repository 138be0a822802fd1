//! The names and shapes of the published JSON: JSON Feed 1.1 and `_stichwort`.
//!
//! Data, no behaviour: where the reader stands ([`Context`]), what a name there
//! may hold ([`shape`]), and where its text is kept meanwhile ([`Slot`]).

use crate::json::JsonKind;

/// Bytes that are kept of a text; nothing a teaser shows is longer.
pub(super) const LONGEST_TEXT: usize = 64 * 1024;

/// Bytes that are kept of HTML, where a picture or a style may stand before the first word.
pub(super) const LONGEST_HTML: usize = 1024 * 1024;

/// Bytes that are kept of a key: more than any known one has.
pub(super) const LONGEST_KEY: usize = 20;

/// Bytes that are kept of a name that the publisher makes.
pub(super) const LONGEST_NAME: usize = 200;

macro_rules! keys {
    ($($key:ident $name:literal),* $(,)?) => {
        /// A name in the published JSON.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Key {
            /// A name that means nothing to us.
            Unknown,
            /// No name: a value in an array, or the whole document.
            Element,
            $($key),*
        }

        /// Names of the keys by their number.
        static NAMES: [&str; [$(Key::$key),*].len() + 2] = ["", "", $($name),*];

        const KEYS: [Key; NAMES.len()] = [Key::Unknown, Key::Element, $(Key::$key),*];
    };
}

impl Key {
    /// One look in a table that has a slot of its own for each name: keys are most of what is read.
    pub(super) fn find(name: &str) -> Self {
        let key = MEANT[slot(name.as_bytes(), SEED)];
        if name == key.name() { key } else { Self::Unknown }
    }

    pub(super) fn name(self) -> &'static str {
        NAMES[self as usize]
    }
}

/// More than twice as many as there are keys, so that a seed is soon found.
const SLOTS: usize = 128;

/// By length, first and last letter, in which all keys differ.
const fn slot(name: &[u8], seed: u32) -> usize {
    match name {
        [first, .., last] => {
            let sum = name.len() as u32 | (*first as u32) << 8 | (*last as u32) << 16;
            sum.wrapping_mul(seed) as usize >> 16 & (SLOTS - 1)
        }
        _ => 0,
    }
}

/// For each slot the key that may be meant; nothing if two have the same.
const fn meant(seed: u32) -> Option<[Key; SLOTS]> {
    let mut meant = [Key::Unknown; SLOTS];
    let mut number = Key::Element as usize + 1;
    while number < KEYS.len() {
        let at = slot(NAMES[number].as_bytes(), seed);
        if !matches!(meant[at], Key::Unknown) {
            return None;
        }
        meant[at] = KEYS[number];
        number += 1;
    }
    Some(meant)
}

/// The first that gives each name a slot of its own.
const SEED: u32 = {
    let mut seed = 1;
    while meant(seed).is_none() {
        seed += 1;
    }
    seed
};

static MEANT: [Key; SLOTS] = meant(SEED).unwrap();

keys! {
    Alt "alt",
    Author "author",
    Authors "authors",
    ContentHtml "content_html",
    ContentText "content_text",
    Credit "credit",
    DateModified "date_modified",
    DatePublished "date_published",
    Expires "expires",
    ExternalUrl "external_url",
    Facets "facets",
    Hidden "hidden",
    HomePageUrl "home_page_url",
    Id "id",
    Image "image",
    Items "items",
    Kicker "kicker",
    Label "label",
    Language "language",
    Match "match",
    Name "name",
    NotBefore "not_before",
    Order "order",
    Pinned "pinned",
    Source "source",
    Stichwort "_stichwort",
    Summary "summary",
    Tags "tags",
    Title "title",
    Url "url",
    Values "values",
    Version "version",
    Withdrawn "withdrawn",
}

/// The array or object that the reader is in. What is not listed is skipped. From `Items` on all lie in items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// Before and after the document's one value.
    Root,
    Feed,
    FeedStichwort,
    Facets,
    /// One of the above.
    Facet,
    /// A text for each language.
    FacetLabel,
    FacetValues,
    FacetValue,
    ValueLabel,
    FeedAuthors,
    /// An element of the above.
    FeedAuthor,
    /// The deprecated single author.
    FeedOldAuthor,
    Items,
    Item,
    Tags,
    Authors,
    Author,
    OldAuthor,
    Stichwort,
    /// A list of values for each facet.
    ItemFacets,
    ItemFacet,
    Image,
    Source,
}

impl Context {
    const COUNT: usize = Self::ALL.len();

    /// All of them, in their order.
    const ALL: [Self; Self::Source as usize + 1] = [
        Self::Root,
        Self::Feed,
        Self::FeedStichwort,
        Self::Facets,
        Self::Facet,
        Self::FacetLabel,
        Self::FacetValues,
        Self::FacetValue,
        Self::ValueLabel,
        Self::FeedAuthors,
        Self::FeedAuthor,
        Self::FeedOldAuthor,
        Self::Items,
        Self::Item,
        Self::Tags,
        Self::Authors,
        Self::Author,
        Self::OldAuthor,
        Self::Stichwort,
        Self::ItemFacets,
        Self::ItemFacet,
        Self::Image,
        Self::Source,
    ];

    pub(super) fn parent(self) -> Self {
        match self {
            Self::Root | Self::Feed => Self::Root,
            Self::FeedStichwort | Self::FeedAuthors | Self::FeedOldAuthor | Self::Items => Self::Feed,
            Self::FeedAuthor => Self::FeedAuthors,
            Self::Item => Self::Items,
            Self::Tags | Self::Authors | Self::OldAuthor | Self::Stichwort => Self::Item,
            Self::Author => Self::Authors,
            Self::ItemFacets | Self::Image | Self::Source => Self::Stichwort,
            Self::ItemFacet => Self::ItemFacets,
            Self::Facets => Self::FeedStichwort,
            Self::Facet => Self::Facets,
            Self::FacetLabel | Self::FacetValues => Self::Facet,
            Self::FacetValue => Self::FacetValues,
            Self::ValueLabel => Self::FacetValue,
        }
    }

    pub(super) fn kind(self) -> JsonKind {
        if self.is_array() { JsonKind::Array } else { JsonKind::Object }
    }

    pub(super) fn is_array(self) -> bool {
        matches!(
            self,
            Self::Items
                | Self::Tags
                | Self::Authors
                | Self::FeedAuthors
                | Self::Facets
                | Self::FacetValues
                | Self::ItemFacet
        )
    }

    /// Whether it lies in an item, so that its place begins with `items[3]`.
    pub(super) fn in_item(self) -> bool {
        self as u8 >= Self::Items as u8
    }

    /// Whether an element of an array is named between its path and a key.
    pub(super) fn in_element(self) -> bool {
        matches!(
            self,
            Self::Tags
                | Self::Authors
                | Self::Author
                | Self::FeedAuthors
                | Self::FeedAuthor
                | Self::FacetValues
                | Self::FacetValue
                | Self::ValueLabel
                | Self::ItemFacet
        )
    }

    /// Whether its keys are names that the publisher makes.
    pub(super) fn has_free_keys(self) -> bool {
        matches!(self, Self::ItemFacets | Self::FacetLabel | Self::ValueLabel)
    }

    /// The names that lead here from the item or feed.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Root | Self::Feed | Self::Items | Self::Item => "",
            Self::FeedStichwort | Self::Stichwort => "_stichwort",
            Self::FeedAuthors | Self::FeedAuthor | Self::Authors | Self::Author => "authors",
            Self::FeedOldAuthor | Self::OldAuthor => "author",
            Self::Tags => "tags",
            Self::Image => "_stichwort.image",
            Self::Source => "_stichwort.source",
            Self::Facets
            | Self::Facet
            | Self::FacetLabel
            | Self::FacetValues
            | Self::FacetValue
            | Self::ValueLabel
            | Self::ItemFacets
            | Self::ItemFacet => "_stichwort.facets",
        }
    }
}

/// What a value is for, and so what it must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Nothing; whatever it is.
    Skip,
    /// The array or object to go on in.
    Enter(Context),
    /// Text that is shown.
    Shown(Slot),
    /// Text that is kept as it is, for later.
    Raw(Slot),
    Language(Slot),
    Date(When),
    Withdrawn,
    Pinned,
    Id,
    Tag,
    /// Of one of the item's facets.
    Value,
    /// The id of a facet, or of a value of it.
    FacetId,
    FacetMatch,
    /// Of a facet, or of a value of it.
    Label,
    Hidden,
    /// Of one of the authors that the slot lists.
    Author(Slot),
    Version,
    /// Whether the feed says that its items stand newest first.
    Order,
}

impl Shape {
    pub(super) fn kind(self) -> JsonKind {
        match self {
            Self::Enter(context) => context.kind(),
            Self::Withdrawn | Self::Pinned | Self::Hidden => JsonKind::Boolean,
            _ => JsonKind::String,
        }
    }
}

/// What `key` holds in `context`.
pub(super) fn shape(context: Context, key: Key) -> Shape {
    SHAPES[context as usize][key as usize]
}

/// What [`shape_of`] says, by context and key: it is asked twice for each value.
static SHAPES: [[Shape; KEYS.len()]; Context::COUNT] = {
    let mut shapes = [[Shape::Skip; KEYS.len()]; Context::COUNT];
    let mut at = 0;
    while at < KEYS.len() * Context::COUNT {
        let (context, key) = (at / KEYS.len(), at % KEYS.len());
        assert!(Context::ALL[context] as usize == context && KEYS[key] as usize == key);
        shapes[context][key] = shape_of(Context::ALL[context], KEYS[key]);
        at += 1;
    }
    shapes
};

const fn shape_of(context: Context, key: Key) -> Shape {
    use {Context as In, Key as K, Shape as S};
    match (context, key) {
        (In::Root, _) => S::Enter(In::Feed),
        (In::Feed, K::Version) => S::Version,
        (In::Feed, K::Title) => S::Shown(Slot::FeedTitle),
        (In::Feed, K::HomePageUrl) => S::Raw(Slot::FeedHome),
        (In::Feed, K::Language) => S::Language(Slot::FeedLanguage),
        (In::Feed, K::Authors) => S::Enter(In::FeedAuthors),
        (In::Feed, K::Author) => S::Enter(In::FeedOldAuthor),
        (In::Feed, K::Items) => S::Enter(In::Items),
        (In::Feed, K::Stichwort) => S::Enter(In::FeedStichwort),
        (In::FeedStichwort, K::Order) => S::Order,
        (In::FeedStichwort, K::Facets) => S::Enter(In::Facets),
        (In::Facets, _) => S::Enter(In::Facet),
        (In::Facet | In::FacetValue, K::Id) => S::FacetId,
        (In::Facet, K::Label) => S::Enter(In::FacetLabel),
        (In::Facet, K::Match) => S::FacetMatch,
        (In::Facet, K::Values) => S::Enter(In::FacetValues),
        (In::FacetValues, _) => S::Enter(In::FacetValue),
        (In::FacetValue, K::Label) => S::Enter(In::ValueLabel),
        (In::FacetValue, K::Hidden) => S::Hidden,
        (In::FacetLabel | In::ValueLabel, _) => S::Label,
        (In::FeedAuthors, _) => S::Enter(In::FeedAuthor),
        (In::Items, _) => S::Enter(In::Item),
        (In::Item, K::Id) => S::Id,
        (In::Item, K::Url) => S::Raw(Slot::Url),
        (In::Item, K::ExternalUrl) => S::Raw(Slot::ExternalUrl),
        (In::Item, K::Title) => S::Shown(Slot::Title),
        (In::Item, K::Summary) => S::Shown(Slot::Summary),
        (In::Item, K::ContentText) => S::Raw(Slot::ContentText),
        (In::Item, K::ContentHtml) => S::Raw(Slot::ContentHtml),
        (In::Item, K::Image) => S::Raw(Slot::Image),
        (In::Item, K::Language) => S::Language(Slot::Language),
        (In::Item, K::DatePublished) => S::Date(When::Published),
        (In::Item, K::DateModified) => S::Date(When::Modified),
        (In::Item, K::Tags) => S::Enter(In::Tags),
        (In::Item, K::Authors) => S::Enter(In::Authors),
        (In::Item, K::Author) => S::Enter(In::OldAuthor),
        (In::Item, K::Stichwort) => S::Enter(In::Stichwort),
        (In::Tags, _) => S::Tag,
        (In::Authors, _) => S::Enter(In::Author),
        (In::FeedAuthor, K::Name) => S::Author(Slot::FeedAuthors),
        (In::FeedOldAuthor, K::Name) => S::Author(Slot::FeedOldAuthor),
        (In::Author, K::Name) => S::Author(Slot::Authors),
        (In::OldAuthor, K::Name) => S::Author(Slot::OldAuthor),
        (In::Stichwort, K::Kicker) => S::Shown(Slot::Kicker),
        (In::Stichwort, K::Image) => S::Enter(In::Image),
        (In::Stichwort, K::Source) => S::Enter(In::Source),
        (In::Stichwort, K::NotBefore) => S::Date(When::NotBefore),
        (In::Stichwort, K::Expires) => S::Date(When::Expires),
        (In::Stichwort, K::Withdrawn) => S::Withdrawn,
        (In::Stichwort, K::Pinned) => S::Pinned,
        (In::Stichwort, K::Facets) => S::Enter(In::ItemFacets),
        (In::ItemFacets, _) => S::Enter(In::ItemFacet),
        (In::ItemFacet, _) => S::Value,
        (In::Image, K::Url) => S::Raw(Slot::ImageUrl),
        (In::Image, K::Alt) => S::Shown(Slot::ImageAlt),
        (In::Image, K::Credit) => S::Shown(Slot::ImageCredit),
        (In::Source, K::Name) => S::Shown(Slot::SourceName),
        (In::Source, K::Url) => S::Raw(Slot::SourceUrl),
        _ => S::Skip,
    }
}

/// A text that is kept until its item, or the feed, is complete.
///
/// In the order in which they are forgotten together, see [`Slot::of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Id,
    Url,
    ExternalUrl,
    Title,
    Summary,
    ContentText,
    ContentHtml,
    Image,
    Language,
    /// Each followed by a separator.
    Tags,
    /// Names, joined.
    Authors,
    OldAuthor,
    Kicker,
    /// Facet and value, each pair followed by a separator.
    Values,
    ImageUrl,
    ImageAlt,
    ImageCredit,
    SourceName,
    SourceUrl,
    FeedTitle,
    FeedHome,
    FeedLanguage,
    FeedAuthors,
    FeedOldAuthor,
}

impl Slot {
    pub(super) const COUNT: usize = Self::FeedOldAuthor as usize + 1;

    /// The range of slots that an array or object fills, its end excluded; forgotten when an equal key comes.
    pub(super) fn of(context: Context) -> (usize, usize) {
        let (first, end) = SLOTS_OF[context as usize];
        (first as usize, end as usize)
    }
}

static SLOTS_OF: [(u8, u8); Context::COUNT] = {
    let mut slots = [(0, 0); Context::COUNT];
    let mut at = 0;
    while at < Context::COUNT {
        let (first, last) = match Context::ALL[at] {
            Context::Item => (Slot::Id, Slot::SourceUrl),
            Context::Tags => (Slot::Tags, Slot::Tags),
            Context::Authors => (Slot::Authors, Slot::Authors),
            Context::OldAuthor => (Slot::OldAuthor, Slot::OldAuthor),
            Context::Stichwort => (Slot::Kicker, Slot::SourceUrl),
            Context::ItemFacets => (Slot::Values, Slot::Values),
            Context::Image => (Slot::ImageUrl, Slot::ImageCredit),
            Context::Source => (Slot::SourceName, Slot::SourceUrl),
            Context::FeedAuthors => (Slot::FeedAuthors, Slot::FeedAuthors),
            Context::FeedOldAuthor => (Slot::FeedOldAuthor, Slot::FeedOldAuthor),
            _ => {
                at += 1;
                continue;
            }
        };
        slots[at] = (first as u8, last as u8 + 1);
        at += 1;
    }
    slots
};

/// The dates of an item; the last two are those of its `_stichwort`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Published,
    Modified,
    NotBefore,
    Expires,
}

impl When {
    pub(super) const COUNT: usize = Self::Expires as usize + 1;
}
