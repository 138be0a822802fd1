//! A bundle that has been read, with what filtering it needs, and the way there in steps.
//!
//! ```
//! use stichwort_core::bundle::Reader;
//! use stichwort_core::feed::Completion;
//!
//! let mut reader = Reader::new("https://portal.example/news.json", 1_574_672_400_000);
//! stichwort_core::sample::bundle(100, &mut |text| reader.push(text.as_bytes()).expect("the sample is JSON"));
//! let mut completion = Completion::new(reader)?;
//! while !completion.step(50) {
//!     // let the page do something else
//! }
//! assert_eq!(completion.into_feed().index.articles(), 100);
//! # Ok::<(), stichwort_core::bundle::BundleError>(())
//! ```
//!
//! Sorting and indexing a hundred thousand articles in one go would keep the
//! page from answering for longer than a visitor notices.

use std::cell::Cell;

use crate::bundle::{Bundle, FacetText, Reader};
use crate::filter::{FilterIndex, Indexing};
use crate::later::Later;
use crate::model::Article;
use crate::store;

/// A bundle that has been read, with what filtering it needs; shared by the widgets that show it.
#[derive(Debug, Default)]
pub struct Feed {
    /// What was read.
    pub bundle: Bundle,
    /// Which articles carry which tags.
    pub index: FilterIndex,
    /// Whether these are all articles, not only the first of a bundle that is still being read.
    pub is_complete: bool,
    /// Whether the console knows what was wrong in it: that is said once, by whichever widget comes first.
    pub(crate) is_told: Cell<bool>,
}

impl Feed {
    /// Prepares a bundle for filtering.
    #[must_use]
    pub fn new(bundle: Bundle) -> Self {
        Self { index: FilterIndex::new(&bundle.store), bundle, is_complete: true, is_told: Cell::default() }
    }

    /// The first articles of a bundle that is still being read, for [`Msg::Arriving`](crate::state::Msg::Arriving).
    #[must_use]
    pub fn arriving(preview: Bundle) -> Self {
        let mut feed = Self::new(preview);
        feed.is_complete = false;
        feed
    }

    /// What the bundle says of a facet.
    #[must_use]
    pub fn facet_text(&self, id: &str) -> Option<&FacetText> {
        self.bundle.facets.iter().find(|facet| facet.id == id)
    }

    /// The article at a place of the list of all, newest first.
    #[must_use]
    pub fn article_at(&self, place: u32) -> Article<'_> {
        self.bundle.store.article(self.bundle.store.newest()[place as usize])
    }
}

/// The way from the last byte of a bundle to its [`Feed`], in steps.
#[derive(Debug)]
pub struct Completion {
    reader: Box<Reader>,
    order: store::Settling,
    indexing: Indexing,
    is_settled: bool,
    is_done: bool,
}

impl Completion {
    /// Says that the document is complete.
    ///
    /// # Errors
    ///
    /// Those of [`Reader::finish`].
    #[cfg(not(target_arch = "wasm32"))] // in the browser not all of the program need be there, see `later`
    pub fn new(mut reader: Reader) -> Result<Self, crate::bundle::BundleError> {
        reader.complete(Some(Later::loaded()))?;
        Ok(Self::of(Box::new(reader)))
    }

    /// Of a reader that is [complete](Reader::complete).
    #[must_use]
    pub fn of(reader: Box<Reader>) -> Self {
        let order = store::Settling::new(&reader.bundle().store);
        Self { reader, order, indexing: Indexing::default(), is_settled: false, is_done: false }
    }

    /// Does so much work as `budget` says; `true` when nothing is left to do.
    ///
    /// A unit is one look at an article, or at one tag of it, or one place in
    /// sorting. The tags of one article are looked at together, so a step may
    /// go over the budget by those. Newest-first bundles take about three units
    /// an article and two a tag; those in no order up to twenty an article more.
    pub fn step(&mut self, budget: usize) -> bool {
        let budget = &mut { budget };
        if !self.is_settled && self.reader.settle(&mut self.order, budget) {
            self.indexing.begin(&self.reader.bundle().store);
            self.is_settled = true;
        }
        self.is_done = self.is_settled && self.indexing.step(&self.reader.bundle().store, budget);
        self.is_done
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Whether something was wrong with the bundle, which only the later part of the program can put into words.
    #[must_use]
    pub fn wants_later(&self) -> bool {
        self.reader.is_untold()
    }

    /// The feed; what is left to do is done at once.
    #[cfg(not(target_arch = "wasm32"))] // in the browser not all of the program need be there, see `later`
    #[must_use]
    pub fn into_feed(self) -> Feed {
        self.into_feed_with(Some(Later::loaded()))
    }

    /// The same, where perhaps not all of the program is there, and it is not [wanted](Self::wants_later).
    #[must_use]
    pub fn into_feed_with(mut self, later: Option<Later>) -> Feed {
        while !self.step(usize::MAX) {}
        if let (true, Some(later)) = (self.wants_later(), later) {
            later.tell(&mut self.reader);
        }
        let (bundle, index) = (self.reader.into_bundle(), self.indexing.into_index());
        Feed { bundle, index, is_complete: true, is_told: Cell::default() }
    }
}
