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
//! - Texts are kept up to 64 KiB, HTML up to 1 MiB, and ids without control characters.
//!   Of a longer link nothing is kept.

mod builder;
mod error;
mod facets;
pub(crate) mod html_text;
pub(crate) mod text;
mod texts;
pub(crate) mod wire;

pub(crate) use builder::Builder;
use builder::Waits;
use error::Untold;
pub use error::{BundleError, Problem};
pub use facets::FacetText;
pub(crate) use text::clean;

pub use crate::json::JsonKind;
use crate::json::Tokenizer;
use crate::later::Later;
use crate::store::{self, Store};

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
    /// The facets that the bundle describes, in its order.
    pub facets: Vec<FacetText>,
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
    /// What has come while the reader waits for the program's later part.
    rest: Vec<u8>,
}

impl Reader {
    /// `base` is the bundle's absolute address, `now` in milliseconds since 1970-01-01T00:00:00Z.
    #[cfg(not(target_arch = "wasm32"))] // in the browser not all of the program need be there, see `later`
    #[must_use]
    pub fn new(base: &str, now: i64) -> Self {
        Self::with(Some(Later::loaded()), base, now)
    }

    /// The same, where perhaps not all of the program is there: ask [`wants_later`](Self::wants_later) after each call.
    #[must_use]
    pub fn with(later: Option<Later>, base: &str, now: i64) -> Self {
        Self { tokenizer: Tokenizer::new(), builder: Builder::new(later, base, now), rest: Vec::new() }
    }

    /// Whether it cannot go on before [`go_on`](Self::go_on): the bundle has HTML in it that has to become text, a text
    /// that has to be cut, an address that has to be completed, pictures, facets of its own, or items a second time. The
    /// address of the publisher's page only keeps previews back.
    #[must_use]
    pub fn wants_later(&self) -> bool {
        self.builder.waits != Waits::No || self.builder.later.is_none() && self.builder.has_odd_home()
    }

    /// Goes on, now that all of the program is there.
    ///
    /// # Errors
    ///
    /// As [`push`](Self::push).
    pub fn go_on(&mut self, later: Later) -> Result<(), BundleError> {
        self.builder.later = Some(later);
        match std::mem::take(&mut self.builder.waits) {
            Waits::No => {}
            Waits::ToLeave => self.builder.leave(),
            Waits::ToBegin(at) => self.builder.take(JsonKind::Array, "", at),
        }
        let rest = std::mem::take(&mut self.rest);
        self.push(&rest)
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    ///
    /// [`BundleError::Syntax`] as soon as it is certain; every later call says so again.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), BundleError> {
        let taken = if self.builder.waits != Waits::No { 0 } else { self.tokenizer.push(bytes, &mut self.builder)? };
        if taken < bytes.len() {
            self.rest.extend_from_slice(&bytes[taken..]);
        }
        Ok(())
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
    /// far: ask after each [`push`](Self::push) until there is one, and then, where
    /// too few of them match what is chosen, for some more.
    #[must_use]
    pub fn preview(&self, wanted: usize) -> Option<Bundle> {
        self.builder.preview(wanted)
    }

    /// The publisher's page, absolute, if the bundle has come to that.
    #[must_use]
    pub fn home_page_url(&self) -> Option<String> {
        self.builder.home_page_url()
    }

    /// Says that the document is complete.
    ///
    /// # Errors
    ///
    /// It is not, or it is no JSON Feed.
    #[cfg(not(target_arch = "wasm32"))] // in the browser not all of the program need be there, see `later`
    pub fn finish(mut self) -> Result<Bundle, BundleError> {
        self.complete(Some(Later::loaded()))?;
        let mut order = store::Settling::new(&self.bundle().store);
        self.settle(&mut order, &mut { usize::MAX });
        self.tell();
        Ok(Box::new(self).into_bundle())
    }

    /// As [`finish`](Self::finish), but what takes long with many articles is left to do, by a
    /// [`Completion`](crate::feed::Completion).
    ///
    /// # Errors
    ///
    /// The same.
    pub fn complete(&mut self, later: Option<Later>) -> Result<(), BundleError> {
        self.builder.later = later;
        self.tokenizer.finish(&mut self.builder)?;
        self.builder.finish()
    }

    /// Why [`push`](Self::push) or [`complete`](Self::complete) has refused the bundle.
    #[must_use]
    pub fn error(&self) -> Option<BundleError> {
        self.tokenizer.error().map(BundleError::from).or_else(|| self.builder.error())
    }

    /// What has been read.
    pub(crate) fn bundle(&self) -> &Bundle {
        &self.builder.bundle
    }

    pub(crate) fn into_bundle(self: Box<Self>) -> Bundle {
        self.builder.bundle
    }

    /// Puts the articles of a complete bundle in order: does so much as `budget` says, an article looked at being one, and
    /// takes it off; `true` when all is done.
    pub(crate) fn settle(&mut self, order: &mut store::Settling, budget: &mut usize) -> bool {
        let Builder { bundle, kept, .. } = &mut self.builder;
        let is_done = order.step(&bundle.store, budget, &|index| kept.is_shown(index));
        if is_done {
            bundle.store.settle_as(order.take_order());
            // Free before an index asks for memory.
            kept.free_items();
        }
        is_done
    }

    /// Whether something was wrong with the bundle that has not been put into words.
    pub(crate) fn is_untold(&self) -> bool {
        !self.builder.untold.is_empty()
    }

    /// Puts into words what was wrong.
    pub(crate) fn tell(&mut self) {
        let Builder { bundle, untold, .. } = &mut self.builder;
        bundle.problems.extend(std::mem::take(untold).iter().map(Untold::tell));
    }
}

#[cfg(test)]
mod tests;
