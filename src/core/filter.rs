//! Which articles match what is chosen, and how many each further value would leave.
//!
//! What can be chosen are the values of facets, tags before all; a value has a
//! number, see [`ValueId`]. Articles are counted in the order in which they are
//! shown: a posting is the place of an article in [`FilterIndex::order`], so
//! every list comes out sorted.
//!
//! ```
//! use stichwort_core::filter::{FilterIndex, Need};
//! use stichwort_core::selection::Match;
//! use stichwort_core::store::{Draft, Store};
//!
//! let mut store = Store::default();
//! let (energy, roads) = (store.intern("Energy"), store.intern("Roads"));
//! store.push(&Draft { id: "a", headline: "Solar roof", tags: &[energy], ..Draft::default() });
//! store.push(&Draft { id: "b", headline: "Lamp posts", tags: &[energy, roads], ..Draft::default() });
//! store.settle(|_| true);
//!
//! let index = FilterIndex::new(&store);
//! let energy = Need { facet: 0, combine: Match::All, values: vec![index.find_value(&store, 0, "Energy")] };
//! let found = index.find(&store, &[energy], None);
//! assert_eq!(found.matches, [0, 1]);
//! assert_eq!(found.counts[roads.0 as usize], 1); // choosing Roads too would leave one
//! ```
//!
//! An unknown value matches nothing: an old link says "no articles" instead of
//! quietly showing all of them.

use crate::date::Day;
use crate::model::{ArticleIndex, ValueId};
use crate::number;
use crate::selection::{AUTHOR, FACETS, Match, SOURCE, TAG, YEAR};
use crate::sort::Sorting;
use crate::store::{Store, span};
use crate::table::Table;

/// For each value, the articles that carry it.
#[derive(Clone, Debug, Default)]
pub struct FilterIndex {
    /// Where each value's postings end; they begin where the previous value's end.
    ends: Vec<u32>,
    postings: Vec<u32>,
    /// Values by how many articles carry them, most first; equal ones by first appearance.
    frequent: Vec<ValueId>,
    articles: u32,
    /// What only some widgets need to know.
    scope: Option<Box<Scoped>>,
}

/// What a widget asks for beyond the tags of all articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Whether there are values of source, author, year, see [`FACETS`].
    pub derived: [bool; FACETS.len()],
    /// Tags that an article must carry.
    pub locked: Vec<String>,
    /// Tags that it must not carry.
    pub excluded: Vec<String>,
    /// The first day, by the article's own calendar; undated articles are older than any.
    pub since: Option<Day>,
    /// So many of the newest.
    pub limit: Option<usize>,
}

impl Scope {
    /// What of it keeps articles away; to know of more values does not.
    #[must_use]
    pub fn restriction(&self) -> Self {
        Self { derived: Default::default(), ..self.clone() }
    }
}

/// Articles and values of one [`Scope`].
#[derive(Clone, Debug, Default)]
struct Scoped {
    /// The articles that there are, in their order.
    order: Vec<ArticleIndex>,
    /// Facet and name of each value that the store has not.
    values: Vec<(u8, String)>,
    table: Table,
    /// These values by the article's place, and where each place's end.
    ids: Vec<ValueId>,
    ends: Vec<u32>,
}

/// What is chosen in one facet.
#[derive(Clone, Debug)]
pub struct Need {
    /// Its number.
    pub facet: u8,
    /// How its values combine.
    pub combine: Match,
    /// The values; `None` for one that no article carries.
    pub values: Vec<Option<ValueId>>,
}

/// What a selection leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Places in the order of the index, ascending.
    pub matches: Vec<u32>,
    /// By value: of the articles that would show after choosing this value (or,
    /// for a chosen one, that show now), how many carry it.
    pub counts: Vec<u32>,
}

impl FilterIndex {
    /// Reads the values of all articles that are shown.
    #[must_use]
    pub fn new(store: &Store) -> Self {
        Self::default().filled(store)
    }

    /// Reads the articles and values of a scope.
    #[must_use]
    pub fn scoped(store: &Store, scope: &Scope) -> Self {
        let mut scoped = Scoped::default();
        let find = |tag: &String| store.find_value(TAG, tag);
        let locked: Vec<Option<ValueId>> = scope.locked.iter().map(find).collect();
        let excluded: Vec<ValueId> = scope.excluded.iter().filter_map(find).collect();
        let mut admitted: Vec<ArticleIndex> = Vec::new();
        for &article in store.newest() {
            let day = || store.date(article).map(|date| date.day());
            let tags = store.values_of(article);
            // What nobody has heard of is carried by none.
            if locked.iter().all(|locked| locked.is_some_and(|tag| tags.contains(&tag)))
                && !excluded.iter().any(|tag| tags.contains(tag))
                && scope.since.is_none_or(|since| day().is_some_and(|day| day >= since))
            {
                admitted.push(article);
            }
        }
        if let Some(limit) = scope.limit {
            store.keep_newest(&mut admitted, limit);
        }
        scoped.order = admitted;
        for place in 0..scoped.order.len() {
            let article = store.article(scoped.order[place]);
            if scope.derived[usize::from(SOURCE)]
                && let Some(source) = article.source()
            {
                scoped.add(SOURCE, source.name);
            }
            if scope.derived[usize::from(AUTHOR)] {
                for name in article.authors().take(MOST_AUTHORS) {
                    scoped.add(AUTHOR, name);
                }
            }
            if scope.derived[usize::from(YEAR)]
                && let Some(date) = article.date()
            {
                scoped.add(YEAR, &number::text(u32::from(date.day().year)));
            }
            scoped.ends.push(scoped.ids.len() as u32);
        }
        // The store's values come first.
        let tags = store.value_count() as u32;
        for id in &mut scoped.ids {
            id.0 += tags;
        }
        Self { scope: Some(Box::new(scoped)), ..Self::default() }.filled(store)
    }

    /// With all articles; so far it has its scope, if any.
    fn filled(self, store: &Store) -> Self {
        let mut indexing = Indexing { index: self, stage: Stage::Count, next: 0, frequent: Sorting::default() };
        indexing.begin(store);
        indexing.step(store, &mut { usize::MAX });
        indexing.index
    }

    /// The articles, in the order in which their places count.
    #[must_use]
    pub fn order<'a>(&'a self, store: &'a Store) -> &'a [ArticleIndex] {
        self.scope.as_ref().map_or(store.newest(), |scope| &scope.order)
    }

    /// The values that articles carry, most frequent first; equal ones by first appearance.
    #[must_use]
    pub fn frequent(&self) -> &[ValueId] {
        &self.frequent
    }

    /// How many articles there are.
    #[must_use]
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// The number of a value's facet.
    #[must_use]
    pub fn facet_of(&self, store: &Store, value: ValueId) -> u8 {
        self.derived(store, value).map_or_else(|| store.facet_of(value), |(facet, _)| *facet)
    }

    /// A value as the bundle writes it.
    #[must_use]
    pub fn value<'a>(&'a self, store: &'a Store, value: ValueId) -> &'a str {
        self.derived(store, value).map_or_else(|| store.value_name(value), |(_, name)| name)
    }

    fn derived(&self, store: &Store, value: ValueId) -> Option<&(u8, String)> {
        let at = (value.0 as usize).checked_sub(store.value_count())?;
        self.scope.as_ref()?.values.get(at)
    }

    /// The number of a value, if articles carry it.
    #[must_use]
    pub fn find_value(&self, store: &Store, facet: u8, name: &str) -> Option<ValueId> {
        let found = if (SOURCE..=YEAR).contains(&facet) {
            let scope = self.scope.as_ref()?;
            let at = scope.table.find(name, &|at| scope.is(at, facet, name))?;
            ValueId(at + store.value_count() as u32)
        } else {
            store.find_value(facet, name)?
        };
        Some(found).filter(|&value| !self.with_value(value).is_empty())
    }

    /// The articles with this value, by their places, ascending.
    #[must_use]
    pub fn with_value(&self, value: ValueId) -> &[u32] {
        &self.postings[span(&self.ends, value.0)]
    }

    /// What `needs` leave of the articles that are `admitted` (by place; all without it), and what each value would leave
    /// after them.
    #[must_use]
    pub fn find(&self, store: &Store, needs: &[Need], admitted: Option<&[u8]>) -> Found {
        if admitted.is_some() || needs.iter().any(|need| need.combine == Match::Any) {
            return self.find_any(store, needs, admitted);
        }
        let values: Vec<Option<ValueId>> = needs.iter().flat_map(|need| &need.values).copied().collect();
        let mut found = self.find_all(store, &values);
        if let Some(scope) = self.scope.as_ref().filter(|_| !needs.is_empty()) {
            for &place in &found.matches {
                for value in &scope.ids[span(&scope.ends, place)] {
                    found.counts[value.0 as usize] += 1;
                }
            }
        }
        found
    }

    /// What carries all of these values, of which `None` is one that no article carries. Counts are those of the store's
    /// values, without any values those of all.
    pub(crate) fn find_all(&self, store: &Store, values: &[Option<ValueId>]) -> Found {
        let mut counts = vec![0; self.ends.len()];
        let mut matches = Vec::new();
        if values.is_empty() {
            // A value's postings are its count.
            for value in 0..counts.len() as u32 {
                counts[value as usize] = span(&self.ends, value).len() as u32;
            }
            matches.extend(0..self.articles);
        } else {
            // What is left is looked at, and nothing else.
            matches = self.common(values);
            let order = self.order(store);
            for &place in &matches {
                for value in store.values_of(order[place as usize]) {
                    counts[value.0 as usize] += 1;
                }
            }
        }
        Found { matches, counts }
    }

    /// What is left by any needs, of the articles that are admitted: a look at all of them.
    fn find_any(&self, store: &Store, needs: &[Need], admitted: Option<&[u8]>) -> Found {
        let mut counts = vec![0; self.ends.len()];
        let mut matches = Vec::new();
        // Inside an `any` facet values widen the result, so each keeps its own number. Where nothing else is asked for, that
        // is the number of all.
        let widened = |need: &Need| (need.combine == Match::Any).then_some(need.facet);
        let only = if let ([need], None) = (needs, admitted) { widened(need) } else { None };
        let values = (0..counts.len() as u32).map(ValueId);
        // Where there is no other facet either, nothing is left to count.
        let is_counted = only.is_none() || values.clone().any(|value| Some(self.facet_of(store, value)) != only);
        for (place, &failure) in (0..).zip(&self.failures(needs, admitted)) {
            let facet = match failure {
                PASSED => {
                    matches.push(place);
                    None
                }
                FAILED => continue,
                need => match widened(&needs[usize::from(need)]) {
                    facet @ Some(_) if only.is_none() => facet,
                    _ => continue,
                },
            };
            if is_counted {
                self.each_value(store, place, &mut |value| {
                    if facet.is_none_or(|facet| self.facet_of(store, value) == facet) {
                        counts[value.0 as usize] += 1;
                    }
                });
            }
        }
        for value in values.filter(|_| only.is_some()) {
            if Some(self.facet_of(store, value)) == only {
                counts[value.0 as usize] = self.with_value(value).len() as u32;
            }
        }
        Found { matches, counts }
    }

    /// The places that all these values have in common.
    fn common(&self, values: &[Option<ValueId>]) -> Vec<u32> {
        let mut lists: Vec<&[u32]> = Vec::new();
        for value in values {
            lists.push(value.map_or(&[], |value| self.with_value(value)));
        }
        let shortest = lists.iter().min_by_key(|list| list.len()).copied().unwrap_or_default();
        let mut common = shortest.to_vec();
        for list in lists {
            let mut rest = list;
            common.retain(|&place| {
                while let [first, after @ ..] = rest
                    && *first < place
                {
                    rest = after;
                }
                rest.first() == Some(&place)
            });
        }
        common
    }

    /// The articles that `needs` leave, by their places, ascending; without the counts of [`find`](Self::find).
    #[must_use]
    pub fn passing(&self, needs: &[Need], admitted: Option<&[u8]>) -> Vec<u32> {
        if needs.is_empty() && admitted.is_none() {
            return (0..self.articles).collect();
        }
        let failures = self.failures(needs, admitted);
        (0..self.articles).filter(|&place| failures[place as usize] == PASSED).collect()
    }

    /// By place: [`PASSED`], or the number of the only need that is not met, or [`FAILED`]. There is one for each facet at
    /// most, so no number comes near those two.
    fn failures(&self, needs: &[Need], admitted: Option<&[u8]>) -> Vec<u8> {
        let articles = self.articles as usize;
        let mut failures = vec![PASSED; articles];
        if let Some(admitted) = admitted {
            for (failure, &is_admitted) in failures.iter_mut().zip(admitted) {
                if is_admitted == 0 {
                    *failure = FAILED;
                }
            }
        }
        for (number, need) in needs.iter().enumerate() {
            // How many of the chosen values each article carries, and has to.
            let mut carried = vec![0_u32; articles];
            let needed = if need.combine == Match::All { need.values.len() as u32 } else { 1 };
            for value in need.values.iter().flatten() {
                for &place in self.with_value(*value) {
                    carried[place as usize] += 1;
                }
            }
            for (failure, carried) in failures.iter_mut().zip(carried) {
                if carried < needed {
                    *failure = if *failure == PASSED { number as u8 } else { FAILED };
                }
            }
        }
        failures
    }

    #[inline]
    fn each_value(&self, store: &Store, place: u32, look: &mut impl FnMut(ValueId)) {
        for &value in store.values_of(self.order(store)[place as usize]) {
            look(value);
        }
        if let Some(scope) = &self.scope {
            for &value in &scope.ids[span(&scope.ends, place)] {
                look(value);
            }
        }
    }
}

/// All needs are met.
const PASSED: u8 = u8::MAX;
/// More than one is not, or the article is not admitted.
const FAILED: u8 = u8::MAX - 1;

/// Authors of an article that can be chosen: for each one those before it are looked at.
const MOST_AUTHORS: usize = 100;

impl Scoped {
    /// Gives the article at hand a value, once; its number counts from the first that is not the store's.
    fn add(&mut self, facet: u8, name: &str) {
        let values = &mut self.values;
        let next = values.len() as u32;
        let is_it = |at: u32| values[at as usize].0 == facet && values[at as usize].1 == name;
        let value = ValueId(*self.table.entry(name, next, &is_it));
        if value.0 == next {
            values.push((facet, name.to_owned()));
        }
        let first = self.ends.last().map_or(0, |&end| end as usize);
        if !self.ids[first..].contains(&value) {
            self.ids.push(value);
        }
    }

    fn is(&self, at: u32, facet: u8, name: &str) -> bool {
        let (of, known) = &self.values[at as usize];
        *of == facet && known == name
    }
}

/// [`FilterIndex::new`] in steps: a counting sort.
#[derive(Debug, Default)]
pub(crate) struct Indexing {
    /// Its `ends` count at first; while postings are filed, they say where the next one of each value goes.
    index: FilterIndex,
    stage: Stage,
    /// The next article or value to look at.
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
    /// Before the first step; the store must be settled.
    pub(crate) fn begin(&mut self, store: &Store) {
        let index = &mut self.index;
        let values = store.value_count() + index.scope.as_ref().map_or(0, |scope| scope.values.len());
        index.articles = index.order(store).len() as u32;
        index.ends = vec![0; values];
    }

    /// Looks at so many articles and values as `budget` says, and takes them off; `true` when all is done.
    ///
    /// The values of one article are looked at together.
    pub(crate) fn step(&mut self, store: &Store, budget: &mut usize) -> bool {
        if self.stage == Stage::Count {
            let mut ends = std::mem::take(&mut self.index.ends);
            let is_done = self.each(store, budget, &mut |value, _| ends[value.0 as usize] += 1);
            self.index.ends = ends;
            if !is_done {
                return false;
            }
            (self.stage, self.next) = (Stage::Rank, 0);
        }
        if self.stage == Stage::Rank {
            let FilterIndex { ends, postings, frequent, .. } = &mut self.index;
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
            *frequent = self.frequent.take_sorted().into_iter().map(ValueId).collect();
            let mut total = 0;
            for end in ends.iter_mut() {
                total += std::mem::replace(end, total);
            }
            *postings = vec![0; total as usize];
            (self.stage, self.next) = (Stage::File, 0);
        }
        let mut ends = std::mem::take(&mut self.index.ends);
        let mut postings = std::mem::take(&mut self.index.postings);
        let is_done = self.each(store, budget, &mut |value, place| {
            let end = &mut ends[value.0 as usize];
            postings[*end as usize] = place;
            *end += 1;
        });
        self.index.ends = ends;
        self.index.postings = postings;
        is_done
    }

    /// The index, after the last step.
    pub(crate) fn into_index(self) -> FilterIndex {
        self.index
    }

    /// Looks at the values of articles from `next` on, with their places; `false` if the budget ended before.
    fn each(&mut self, store: &Store, budget: &mut usize, look: &mut dyn FnMut(ValueId, u32)) -> bool {
        while self.next < self.index.articles {
            if *budget == 0 {
                return false;
            }
            let (place, mut looks) = (self.next, 1);
            self.index.each_value(store, place, &mut |value| {
                look(value, place);
                looks += 1;
            });
            *budget = budget.saturating_sub(looks);
            self.next += 1;
        }
        true
    }
}
