//! Which articles match the chosen tags, and how many each further tag would leave.
//!
//! Articles are counted in the order in which they are shown: a posting is the
//! place of an article in [`Store::newest`], so every list comes out sorted.
//!
//! ```
//! use stichwort_core::date::Date;
//! use stichwort_core::filter::FilterIndex;
//! use stichwort_core::selection::{Match, Selection};
//! use stichwort_core::store::{Draft, Store};
//!
//! let mut store = Store::default();
//! let (energy, roads) = (store.intern("Energy"), store.intern("Roads"));
//! store.push(&Draft { id: "a", headline: "Solar roof", tags: &[energy], ..Draft::default() });
//! store.push(&Draft { id: "b", headline: "Lamp posts", tags: &[energy, roads], ..Draft::default() });
//! store.settle(|_| true);
//!
//! let index = FilterIndex::new(&store);
//! let found = index.find(&store, &Selection::of(&["Energy".to_owned()]), Match::All);
//! assert_eq!(found.matches, [0, 1]);
//! assert_eq!(found.counts[roads.0 as usize], 1); // choosing Roads too would leave one
//! ```
//!
//! An unknown tag matches nothing: an old link says "no articles" instead of
//! quietly showing all of them.

use crate::model::TagId;
use crate::selection::{Match, Selection};
use crate::sort::Sorting;
use crate::store::{Store, span};

/// For each tag, the articles that carry it.
#[derive(Clone, Debug, Default)]
pub struct FilterIndex {
    /// Where each tag's postings end; they begin where the previous tag's end.
    ends: Vec<u32>,
    postings: Vec<u32>,
    /// Tags by how many articles carry them, most first; equal ones by first appearance.
    frequent: Vec<TagId>,
    articles: u32,
}

/// What a selection leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Places in [`Store::newest`], ascending.
    pub matches: Vec<u32>,
    /// By tag id: of the articles that would show after choosing this tag (or,
    /// for a chosen one, that show now), how many carry it.
    pub counts: Vec<u32>,
}

impl FilterIndex {
    /// Reads the tags of all articles that are shown.
    #[must_use]
    pub fn new(store: &Store) -> Self {
        let mut indexing = Indexing::new(store);
        indexing.step(store, &mut { usize::MAX });
        indexing.into_index()
    }

    /// The tags that articles carry, most frequent first; equal ones by first appearance.
    #[must_use]
    pub fn frequent(&self) -> &[TagId] {
        &self.frequent
    }

    /// How many articles there are.
    #[must_use]
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// The articles with this tag, as places in [`Store::newest`], ascending.
    #[must_use]
    pub fn with_tag(&self, tag: TagId) -> &[u32] {
        &self.postings[span(&self.ends, tag.0)]
    }

    /// What `selection` leaves, and what each tag would leave after it.
    #[must_use]
    pub fn find(&self, store: &Store, selection: &Selection, combine: Match) -> Found {
        let matches = self.matches(store, selection, combine);
        let mut counts = vec![0; self.ends.len()];
        if selection.is_empty() || combine == Match::Any {
            // Tags of an `any` facet widen the result, so each keeps its own number.
            for tag in 0..counts.len() as u32 {
                counts[tag as usize] = span(&self.ends, tag).len() as u32;
            }
        } else {
            for &place in &matches {
                for tag in store.tags_of(store.newest()[place as usize]) {
                    counts[tag.0 as usize] += 1;
                }
            }
        }
        Found { matches, counts }
    }

    /// How many articles `tags` leave; for "without X there would be 2".
    #[must_use]
    pub fn count(&self, store: &Store, tags: &Selection, combine: Match) -> usize {
        self.matches(store, tags, combine).len()
    }

    /// Places of the articles that a selection leaves, ascending.
    fn matches(&self, store: &Store, selection: &Selection, combine: Match) -> Vec<u32> {
        // How many of the chosen tags each article carries, and has to.
        let mut carried = vec![0_u32; self.articles as usize];
        let mut needed = 0;
        for name in selection.tags() {
            if combine == Match::All || needed == 0 {
                needed += 1;
            }
            if let Some(tag) = store.find_tag(name) {
                for &place in self.with_tag(tag) {
                    carried[place as usize] += 1;
                }
            }
        }
        let mut matches = Vec::new();
        for (place, &carried) in carried.iter().enumerate() {
            if carried >= needed {
                matches.push(place as u32);
            }
        }
        matches
    }
}

/// [`FilterIndex::new`] in steps: a counting sort.
#[derive(Debug, Default)]
pub(crate) struct Indexing {
    /// Its `ends` count at first; while postings are filed, they say where the next one of each tag goes.
    index: FilterIndex,
    stage: Stage,
    /// The next article or tag to look at.
    next: u32,
    frequent: Sorting,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Count,
    Rank,
    File,
}

impl Indexing {
    /// The store must be settled.
    pub(crate) fn new(store: &Store) -> Self {
        let articles = store.newest().len() as u32;
        let index = FilterIndex { ends: vec![0; store.tag_count()], articles, ..FilterIndex::default() };
        Self { index, ..Self::default() }
    }

    /// Looks at so many articles and tags as `budget` says, and takes them off; `true` when all is done.
    ///
    /// The tags of one article are looked at together.
    pub(crate) fn step(&mut self, store: &Store, budget: &mut usize) -> bool {
        let FilterIndex { ends, postings, frequent, .. } = &mut self.index;
        if self.stage == Stage::Count {
            if !each_tag(store, &mut self.next, budget, &mut |tag, _| ends[tag] += 1) {
                return false;
            }
            (self.stage, self.next) = (Stage::Rank, 0);
        }
        if self.stage == Stage::Rank {
            let precedes = |first: u32, second: u32| (ends[second as usize], first) < (ends[first as usize], second);
            while (self.next as usize) < ends.len() {
                if *budget == 0 {
                    return false;
                }
                *budget -= 1;
                if ends[self.next as usize] > 0 {
                    self.frequent.push(self.next, &precedes);
                }
                self.next += 1;
            }
            if !self.frequent.step(budget, &precedes) {
                return false;
            }
            *frequent = std::mem::take(&mut self.frequent).into_sorted().into_iter().map(TagId).collect();
            let mut total = 0;
            for end in ends.iter_mut() {
                total += std::mem::replace(end, total);
            }
            *postings = vec![0; total as usize];
            (self.stage, self.next) = (Stage::File, 0);
        }
        each_tag(store, &mut self.next, budget, &mut |tag, place| {
            postings[ends[tag] as usize] = place;
            ends[tag] += 1;
        })
    }

    /// The index, after the last step.
    pub(crate) fn into_index(self) -> FilterIndex {
        self.index
    }
}

/// Looks at the tags of articles from `next` on, with their places; `false` if the budget ended before.
fn each_tag(store: &Store, next: &mut u32, budget: &mut usize, look: &mut dyn FnMut(usize, u32)) -> bool {
    while let Some(&article) = store.newest().get(*next as usize) {
        if *budget == 0 {
            return false;
        }
        let tags = store.article(article).tags();
        *budget = budget.saturating_sub(1 + tags.len());
        for tag in tags {
            look(tag.0 as usize, *next);
        }
        *next += 1;
    }
    true
}
