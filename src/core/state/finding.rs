//! What is chosen, asked of the index: matches, counts, periods, orders, words.

use super::{Effect, Feed, History, Phase, State};
use crate::date::Date;
use crate::filter::{FilterIndex, Need, Scope};
use crate::fold;
use crate::i18n::{Key, Language};
use crate::model::{ArticleIndex, ValueId};
use crate::options::{self, Sort};
use crate::selection::{Choice, Dates, FACETS, TAG, TAGS};
use crate::sort::{Sorting, by_score, is_before, sorted};
use crate::store::Store;

impl State {
    /// How many articles would match without what the chip at this place stands for; `None` without articles.
    #[must_use]
    pub fn count_without(&self, chip: usize) -> Option<usize> {
        let mut choices = self.selection.choices().to_vec();
        let is_choice = chip < choices.len();
        let is_search = chip == choices.len() && self.selection.is_search();
        if is_choice {
            choices.remove(chip);
        }
        let dates = if is_search { self.selection.dates } else { Dates::Any };
        let others = (!is_choice).then(|| {
            let scores = if is_search { None } else { self.scores() };
            self.admit(scores, dates)
        });
        let admitted = others.as_ref().unwrap_or(&self.admitted).as_deref();
        Some(self.index()?.passing(&self.needs(&choices)?, admitted).len())
    }

    /// Whether articles carry what is chosen.
    #[must_use]
    pub fn is_known(&self, choice: &Choice) -> bool {
        self.needs(std::slice::from_ref(choice)).is_some_and(|needs| needs[0].values[0].is_some())
    }

    /// What the choices ask of an article.
    pub(super) fn needs(&self, choices: &[Choice]) -> Option<Vec<Need>> {
        let store = &self.feed.as_ref()?.bundle.store;
        let index = self.index()?;
        let mut needs: Vec<Need> = Vec::new();
        for choice in choices {
            let known = store.find_facet(&choice.facet);
            let value = known.and_then(|facet| index.find_value(store, facet, &choice.value));
            // All that nobody has heard of is one facet: nothing has a value of it.
            let facet = known.unwrap_or(u8::MAX);
            match needs.iter_mut().find(|need| need.facet == facet) {
                Some(need) => need.values.push(value),
                None => needs.push(Need { facet, combine: self.combine(&choice.facet), values: vec![value] }),
            }
        }
        Some(needs)
    }

    /// What this widget knows of the articles beyond what all do.
    pub(crate) fn scope(&self) -> Option<Scope> {
        let mut scope = Scope {
            locked: self.options.locked.clone(),
            excluded: self.options.excluded.clone(),
            since: self.options.since,
            limit: self.options.limit,
            ..Scope::default()
        };
        for (number, facet) in FACETS.iter().enumerate().skip(1) {
            // Or chosen by a link.
            scope.derived[number] =
                self.options.facets.iter().any(|id| id == facet) || self.selection.values(facet).next().is_some();
        }
        (scope != Scope::default()).then_some(scope)
    }

    /// Whether these are all articles that there will be: of a document that broke off, what has come is all there is.
    pub(crate) fn has_all(&self, feed: &Feed) -> bool {
        feed.is_complete || matches!(self.phase, Phase::Failed(_))
    }

    pub(crate) fn rescope(&mut self) {
        self.by_headline = None;
        self.periods.clear();
        // Values may have other numbers now.
        self.found.counts.clear();
        self.chosen.clear();
        self.let_go = None;
        let scope = self.scope();
        self.scoped.clone_from(&scope);
        let feed = self.feed.as_ref();
        self.scope = feed.zip(scope).map(|(feed, scope)| FilterIndex::scoped(&feed.bundle.store, &scope));
    }

    /// Says which facets are asked for that the bundle knows nothing of.
    pub(crate) fn check_facets(&mut self) {
        let Some(feed) = self.feed.as_ref().filter(|feed| feed.is_complete) else { return };
        let store = &feed.bundle.store;
        let mut unknown = String::new();
        for id in self.options.facets.iter().filter(|id| store.find_facet(id).is_none()) {
            options::add(&mut unknown, id);
        }
        if !unknown.is_empty() {
            self.ask(Effect::Warn(
                ["expected tags, source, author, year or facets of the bundle in facets, found ", &unknown].concat(),
            ));
        }
    }

    /// Judges the articles by search and period. False while that cannot be done yet.
    fn prepare(&mut self) -> bool {
        if self.scope() != self.scoped {
            self.rescope();
        }
        if self.selection.is_search() {
            self.prepare_search();
        }
        if self.order() == Sort::Headline {
            self.prepare_order();
        }
        if !self.is_ready() {
            return false;
        }
        if let Some(words) = self.search_index.as_mut().filter(|_| self.selection.is_search()) {
            words.search(self.selection.search());
        }
        if self.options.date_filter {
            self.admitted = self.admit(self.scores(), Dates::Any);
            if let Some(needs) = self.needs(self.selection.choices()) {
                self.count_periods(&needs);
            }
        }
        self.admitted = self.admit(self.scores(), self.selection.dates);
        true
    }

    /// Finds out what the choices leave.
    pub(super) fn find(&mut self) {
        match self.later {
            Some(later) => later.find(self),
            None => self.find_tagged(),
        }
        self.has_shown |= !self.found.matches.is_empty();
    }

    /// The same where nothing but tags can be chosen, all of which an article must carry.
    fn find_tagged(&mut self) {
        let Some(feed) = &self.feed else { return };
        let store = &feed.bundle.store;
        let tags: Vec<Option<ValueId>> =
            self.selection.choices().iter().map(|choice| store.find_value(TAG, &choice.value)).collect();
        self.found = feed.index.find_all(store, &tags);
    }

    /// The same of whatever is chosen, once it is known.
    pub(crate) fn find_chosen(&mut self) {
        self.is_working = !self.prepare();
        let Some(needs) = self.needs(self.selection.choices()) else { return };
        self.compare(&needs);
        if self.is_working {
            return;
        }
        let (Some(feed), Some(index)) = (&self.feed, self.index()) else { return };
        let mut found = index.find(&feed.bundle.store, &needs, self.admitted.as_deref());
        self.arrange(&mut found.matches);
        self.stay_within(found.matches.len());
        self.found = found;
        self.held_back = 0;
    }

    /// Notes what is chosen, and which value has been let go, until another is chosen or let go.
    fn compare(&mut self, needs: &[Need]) {
        let chosen: Vec<ValueId> = needs.iter().flat_map(|need| &need.values).filter_map(|value| *value).collect();
        if self.chosen != chosen {
            let is_one_less = self.chosen.len() == chosen.len() + 1;
            self.let_go = self.chosen.iter().copied().find(|value| is_one_less && !chosen.contains(value));
            self.chosen = chosen;
        }
    }

    /// Tells how many articles each period would leave.
    pub(super) fn count_periods(&mut self, needs: &[Need]) {
        let (Some(feed), Some(index)) = (&self.feed, self.index()) else { return };
        let store = &feed.bundle.store;
        let order = index.order(store);
        let today = self.surroundings.today;
        let mut periods = self.periods.clone();
        if periods.is_empty() {
            periods = existing_periods(order.iter().filter_map(|&article| store.date(article)));
        }
        for (_, count) in &mut periods {
            *count = 0;
        }
        let (recent, years) = periods.split_at_mut(RECENT.len());
        let spans = RECENT.map(|dates| dates.span(today));
        let (mut at, mut span) = (None, 0..0);
        for place in index.passing(needs, self.admitted.as_deref()) {
            let Some(date) = store.date(order[place as usize]) else { continue };
            let local = date.local();
            // Most are of the same year as the article before.
            if !span.contains(&local) {
                let year = Dates::Year(date.day().year);
                at = years.iter().position(|(dates, _)| *dates == year);
                span = year.span(today);
            }
            for ((_, count), span) in recent.iter_mut().zip(&spans) {
                *count += u32::from(span.contains(&local));
            }
            if let Some((_, count)) = at.and_then(|at| years.get_mut(at)) {
                *count += 1;
            }
        }
        self.periods = periods;
    }

    /// How well each article matches what is searched for, see [`Index::find`](crate::search::Index::find); nothing without a search.
    fn scores(&self) -> Option<&[u8]> {
        let words = self.search_index.as_ref()?;
        self.selection.is_search().then(|| words.scores())
    }

    /// Judges all articles by these scores and a period; nothing if all are admitted.
    pub(super) fn admit(&self, scores: Option<&[u8]>, dates: Dates) -> Option<Vec<u8>> {
        let (Some(feed), Some(index)) = (&self.feed, self.index()) else { return None };
        let store = &feed.bundle.store;
        let order = index.order(store);
        let span = (dates != Dates::Any).then(|| dates.span(self.surroundings.today));
        if scores.is_none() && span.is_none() {
            return None;
        }
        let mut admitted = Vec::with_capacity(order.len());
        for &article in order {
            let is_in =
                span.as_ref().is_none_or(|span| store.date(article).is_some_and(|date| span.contains(&date.local())));
            let score = scores.map_or(1, |scores| scores[article.0 as usize]);
            admitted.push(if is_in { score } else { 0 });
        }
        Some(admitted)
    }

    /// Goes to the last page of so many matches, where the one that shows is none of them; or back to one that there was not
    /// in a bundle that broke off.
    pub(super) fn stay_within(&mut self, matches: usize) {
        if self.feed.is_none() || self.is_arriving() {
            return; // how many there will be is not known
        }
        // Of a document that broke off, the next attempt may have more.
        let may_have_more = self.is_partial();
        if !may_have_more && let Some(page) = self.lost_page.take() {
            self.page = page;
        }
        let last = matches.div_ceil(self.options.page_size()).saturating_sub(1);
        if self.page <= last {
            return;
        }
        if may_have_more {
            self.lost_page = Some(self.page);
        } else {
            self.keep(History::Replace);
        }
        self.page = last;
    }

    /// Puts matches, which stand newest first, into the order that is asked for.
    fn arrange(&self, matches: &mut Vec<u32>) {
        let order = self.order();
        let (Some(feed), Some(index)) = (&self.feed, self.index()) else { return };
        let store = &feed.bundle.store;
        let articles = index.order(store);
        let article = |place: u32| articles[place as usize];
        *matches = match order {
            Sort::Newest => return,
            Sort::Oldest => {
                matches.reverse(); // so most stand where they belong
                sorted(matches, &|first, second| store.is_older(article(first), article(second)))
            }
            Sort::Relevance => {
                let score = |place: u32| self.admitted.as_ref().map_or(0, |admitted| admitted[place as usize]);
                // But for what is pinned they stand like this already.
                let newest = sorted(matches, &|first, second| store.is_newer(article(first), article(second)));
                by_score(&newest, &score)
            }
            Sort::Headline => {
                let Some(ranking) = &self.by_headline else { return };
                // Places from 1, and 0 where there is none.
                let mut by_rank = vec![0; ranking.ranks.len()];
                for &place in &*matches {
                    by_rank[ranking.ranks[place as usize] as usize] = place + 1;
                }
                let mut sorted = Vec::with_capacity(matches.len());
                for place in by_rank {
                    if place > 0 {
                        sorted.push(place - 1);
                    }
                }
                sorted
            }
        };
    }

    /// Whether all is known that the result depends on.
    fn is_ready(&self) -> bool {
        (!self.selection.is_search() || self.is_indexed)
            && (self.order() != Sort::Headline || self.by_headline.as_ref().is_none_or(|ranking| ranking.is_done))
    }

    /// Begins to put the articles into the order of their headlines, or does all at once where they are few.
    fn prepare_order(&mut self) {
        let language = self.catalogue.language();
        if self.by_headline.as_ref().is_some_and(|ranking| ranking.language == language) || self.feed.is_none() {
            return;
        }
        self.by_headline = Some(Box::new(Ranking::new(language)));
        if !self.rank() {
            self.ask(Effect::Work);
        }
    }

    /// Puts some articles more into the order of their headlines. True if that is done.
    fn rank(&mut self) -> bool {
        /// Units of [`Ranking::step`] in one turn.
        const SLICE: usize = 20_000;
        let Some(mut ranking) = self.by_headline.take() else { return true };
        if let (Some(feed), Some(index)) = (&self.feed, self.index()) {
            let store = &feed.bundle.store;
            let alphabet = self.catalogue.text(Key::Alphabet);
            ranking.step(store, index.order(store), alphabet, SLICE);
        }
        self.by_headline.insert(ranking).is_done
    }

    /// Begins to read the words of the articles, or reads all at once where they are few.
    pub(super) fn prepare_search(&mut self) {
        let Some(feed) = self.feed.clone().filter(|feed| self.search_index.is_none() && self.has_all(feed)) else {
            return;
        };
        self.search_index = Some(Box::default());
        self.is_indexed = false;
        if feed.bundle.store.len() > ARTICLES_AT_ONCE || !self.index_words(ARTICLES_AT_ONCE) {
            self.ask(Effect::Work);
        }
    }

    /// Reads the words of about so many articles more, see [`search::Index::step`]. True if those are all.
    pub(super) fn index_words(&mut self, articles: usize) -> bool {
        if let (Some(feed), Some(words)) = (&self.feed, &mut self.search_index) {
            self.is_indexed = words.step(&feed.bundle.store, feed.facet_text(TAGS), articles);
        }
        self.is_indexed
    }

    /// Reads some words more; with the last, a search that has waited gets its answer.
    pub(super) fn work(&mut self) {
        let is_ranking = !self.rank();
        let is_reading = self.search_index.is_some() && !self.is_indexed && !self.index_words(ARTICLES_AT_ONCE);
        if is_ranking || is_reading {
            self.ask(Effect::Work);
        } else if self.is_working {
            // What an old bundle leaves is no news where another one is on its way.
            let is_untold = self.is_change_untold && !matches!(self.phase, Phase::Loading);
            self.find();
            if is_untold {
                self.tell_change();
            }
            self.go_there();
        }
    }
}

/// So many articles' words are read before the page has its turn.
const ARTICLES_AT_ONCE: usize = 250;

/// The periods that can be chosen whatever the articles' dates.
const RECENT: [Dates; 3] = [Dates::Last(7), Dates::Last(30), Dates::ThisYear];

/// These, and each year that there is, whether it would leave something or not; the last one first.
fn existing_periods(dates: impl Iterator<Item = Date>) -> Vec<(Dates, u32)> {
    /// Years have four digits.
    const YEARS: u16 = 10_000;
    let mut is_there = vec![false; usize::from(YEARS)];
    let mut span = 0..0;
    for date in dates {
        // Most are of the same year as the one before.
        if !span.contains(&date.local()) {
            let year = date.day().year;
            span = Dates::Year(year).span(None);
            is_there[usize::from(year)] = true;
        }
    }
    let mut periods: Vec<_> = RECENT.iter().map(|&dates| (dates, 0)).collect();
    for year in (0..YEARS).rev() {
        if is_there[usize::from(year)] {
            periods.push((Dates::Year(year), 0));
        }
    }
    periods
}

/// The order of headlines in a language.
#[derive(Clone, Debug)]
pub(super) struct Ranking {
    language: Language,
    /// By place in the index what is sorted by; empty when all is done.
    keys: Vec<String>,
    sorting: Sorting,
    /// By place in the index.
    ranks: Vec<u32>,
    is_done: bool,
}

impl Ranking {
    fn new(language: Language) -> Self {
        Self { language, keys: Vec::new(), sorting: Sorting::default(), ranks: Vec::new(), is_done: false }
    }

    /// Does so much work as `budget` says: a place moved in sorting is one unit, a headline read as many as `READ`, a long
    /// one more.
    fn step(&mut self, store: &Store, articles: &[ArticleIndex], alphabet: &str, budget: usize) {
        const READ: usize = 20;
        /// Bytes of a headline that take as long as a short one.
        const BYTES: usize = 200;
        if self.is_done {
            return;
        }
        let mut left = budget / READ;
        while left > 0 && self.keys.len() < articles.len() {
            let place = self.keys.len();
            let headline = store.article(articles[place]).headline();
            self.keys.push(fold::sort_key(headline, alphabet));
            self.sorting.push(place as u32, &|first, second| is_before(&self.keys, first, second));
            left = left.saturating_sub(1 + headline.len() / BYTES);
        }
        let budget = &mut { left * READ };
        let keys = &self.keys;
        if keys.len() == articles.len() && self.sorting.step(budget, &|first, second| is_before(keys, first, second)) {
            self.ranks.resize(articles.len(), 0);
            for (rank, place) in self.sorting.take_sorted().into_iter().enumerate() {
                self.ranks[place as usize] = rank as u32;
            }
            self.keys = Vec::new();
            self.is_done = true;
        }
    }
}
