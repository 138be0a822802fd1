//! The nouns of a teaser list: [`ValueId`], [`ArticleIndex`] and [`Article`], a borrowed view of the store.

use crate::ascii;
use crate::date::Date;
use crate::store::{Field, PART, SAME, Store};

/// A value of one bundle, of whatever facet, by the order of its first appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(pub u32);

/// An article of one bundle, by its place among the articles that were kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleIndex(pub u32);

/// One article as a teaser shows it; borrowed from the [`Store`], free to copy.
#[derive(Clone, Copy)]
pub struct Article<'a> {
    store: &'a Store,
    index: ArticleIndex,
}

impl<'a> Article<'a> {
    pub(crate) fn new(store: &'a Store, index: ArticleIndex) -> Self {
        Self { store, index }
    }

    /// Where the article stands in the store.
    #[must_use]
    pub fn index(self) -> ArticleIndex {
        self.index
    }

    /// The publisher's id; never empty, unique in its bundle.
    #[must_use]
    pub fn id(self) -> &'a str {
        self.store.field(self.index, Field::Id)
    }

    /// The canonical URL, absolute, `http` or `https`.
    #[must_use]
    pub fn url(self) -> Option<&'a str> {
        self.text(Field::Url).map(|url| if url == SAME { self.id() } else { url })
    }

    /// The headline; never empty.
    #[must_use]
    pub fn headline(self) -> &'a str {
        self.store.field(self.index, Field::Headline)
    }

    /// The few words above the headline.
    #[must_use]
    pub fn kicker(self) -> Option<&'a str> {
        self.text(Field::Kicker)
    }

    /// The summary under the headline, cut to a teaser's length.
    #[must_use]
    pub fn lead(self) -> Option<&'a str> {
        self.text(Field::Lead)
    }

    /// Names or codes of the authors as written; the feed's, where the article names none.
    pub fn authors(self) -> impl Iterator<Item = &'a str> {
        let names = self.text(Field::Byline).unwrap_or(self.store.byline());
        ascii::split(names, PART as u8).filter(|name| !name.is_empty())
    }

    /// The same, joined by `, `.
    #[must_use]
    pub fn byline(self) -> Option<String> {
        let mut byline = String::new();
        for name in self.authors() {
            if !byline.is_empty() {
                byline.push_str(", ");
            }
            byline.push_str(name);
        }
        Some(byline).filter(|byline| !byline.is_empty())
    }

    /// The article's language as a BCP 47 tag, where it states one.
    #[must_use]
    pub fn language(self) -> Option<&'a str> {
        self.text(Field::Language)
    }

    /// Whether it stands before all others.
    #[must_use]
    pub fn is_pinned(self) -> bool {
        self.store.is_pinned(self.index)
    }

    /// When the article was published.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        self.store.date(self.index)
    }

    /// The same, to be compared; before any where there is none.
    pub(crate) fn moment(self) -> i64 {
        self.store.moment(self.index)
    }

    /// The article's tags in the publisher's order, each once.
    pub fn tags(self) -> impl Iterator<Item = ValueId> {
        self.store.values_of(self.index).iter().copied().filter(move |&tag| self.store.is_tag(tag))
    }

    /// The picture of the teaser.
    #[must_use]
    pub fn image(self) -> Option<Image<'a>> {
        Some(Image {
            url: self.text(Field::ImageUrl)?,
            alt: self.store.field(self.index, Field::ImageAlt),
            credit: self.text(Field::ImageCredit),
        })
    }

    /// Where a syndicated article comes from.
    #[must_use]
    pub fn source(self) -> Option<Source<'a>> {
        Some(Source { name: self.text(Field::SourceName)?, url: self.text(Field::SourceUrl) })
    }

    fn text(self, field: Field) -> Option<&'a str> {
        Some(self.store.field(self.index, field)).filter(|text| !text.is_empty())
    }
}

/// A teaser's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image<'a> {
    /// Absolute, `http` or `https`.
    pub url: &'a str,
    /// What the picture shows; empty for a decoration.
    pub alt: &'a str,
    /// Who is to be named beside it.
    pub credit: Option<&'a str>,
}

/// The home of a syndicated article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'a> {
    /// The publisher's name.
    pub name: &'a str,
    /// The publisher's page, absolute, `http` or `https`.
    pub url: Option<&'a str>,
}
