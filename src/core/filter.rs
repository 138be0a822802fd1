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
use crate::store::Store;

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
        let tag = tag.0 as usize;
        let start = if tag == 0 { 0 } else { self.ends[tag - 1] };
        &self.postings[start as usize..self.ends[tag] as usize]
    }

    /// What `selection` leaves, and what each tag would leave after it.
    #[must_use]
    pub fn find(&self, store: &Store, selection: &Selection, combine: Match) -> Found {
        let chosen: Vec<&[u32]> = selection
            .tags()
            .iter()
            .map(|name| store.find_tag(name).map_or(&[][..], |tag| self.with_tag(tag)))
            .collect();
        let matches = self.combine(&chosen, combine);
        let mut counts = vec![0; self.ends.len()];
        if chosen.is_empty() || combine == Match::Any {
            // Tags of an `any` facet widen the result, so each keeps its own number.
            for (tag, count) in counts.iter_mut().enumerate() {
                *count = self.with_tag(TagId(tag as u32)).len() as u32;
            }
        } else {
            for &place in &matches {
                for tag in store.article(store.newest()[place as usize]).tags() {
                    counts[tag.0 as usize] += 1;
                }
            }
        }
        Found { matches, counts }
    }

    /// How many articles `tags` leave; for "without X there would be 2".
    #[must_use]
    pub fn count(&self, store: &Store, tags: &Selection, combine: Match) -> usize {
        self.find(store, tags, combine).matches.len()
    }

    fn combine(&self, chosen: &[&[u32]], combine: Match) -> Vec<u32> {
        let Some(shortest) = chosen.iter().min_by_key(|postings| postings.len()) else {
            return (0..self.articles).collect();
        };
        match combine {
            Match::All => {
                let mut matches = shortest.to_vec();
                for postings in chosen {
                    intersect(&mut matches, postings);
                }
                matches
            }
            Match::Any => {
                let mut matches: Vec<u32> = chosen.concat();
                matches.sort_unstable();
                matches.dedup();
                matches
            }
        }
    }
}

/// [`FilterIndex::new`] in steps: a counting sort.
#[derive(Debug)]
pub(crate) struct Indexing {
    /// Its `ends` count at first; while postings are filed, they say where the next one of each tag goes.
    index: FilterIndex,
    stage: Stage,
    /// The next article or tag to look at.
    next: u32,
    frequent: Sorting,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Count,
    Rank,
    File,
}

impl Indexing {
    /// The store must be settled.
    pub(crate) fn new(store: &Store) -> Self {
        let articles = store.newest().len() as u32;
        let index = FilterIndex { ends: vec![0; store.tag_count()], articles, ..FilterIndex::default() };
        Self { index, stage: Stage::Count, next: 0, frequent: Sorting::default() }
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

/// Keeps of `matches` what stands in `postings` too; both ascend.
fn intersect(matches: &mut Vec<u32>, mut postings: &[u32]) {
    matches.retain(|&place| {
        let at = postings.partition_point(|&posting| posting < place);
        postings = &postings[at..];
        postings.first() == Some(&place)
    });
}
