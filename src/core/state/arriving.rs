//! Bundles that come, first only their beginning.

use std::rc::Rc;

use super::failure::LOST;
use super::{Effect, Event, Failure, Feed, Focus, Phase, State};
use crate::bundle::Problem;
use crate::filter::{FilterIndex, Found};
use crate::model::{Article, ArticleIndex};
use crate::number;
use crate::options::Sort;

/// Articles after which it is of no use to look once more at the beginning of a bundle: each look is one at all of them.
pub const LAST_LOOK: usize = 4000;

impl State {
    pub(super) fn request(&mut self, revalidate: bool) {
        self.is_retry = revalidate;
        self.held.clear();
        match (self.options.src.clone(), self.later) {
            (Some(url), _) => {
                self.phase = Phase::Loading;
                self.ask(Effect::Load { url, revalidate });
            }
            (None, Some(later)) => later.fail(self, Failure::NoSource),
            // It is asked for once more when there are words for that, see `configure`.
            (None, None) => {
                self.phase = Phase::Loading;
                self.ask(Effect::Complete);
            }
        }
    }

    /// The bundle's address; empty where none is given.
    #[inline(never)]
    fn source(&self) -> String {
        self.options.src.clone().unwrap_or_default()
    }

    /// There is no bundle, and nobody who could say why in words.
    pub(super) fn lose(&mut self, status: Option<u16>) {
        let kind = if status.is_some() { "status" } else { "network" };
        self.break_off(Failure::Program, kind, status, LOST.to_owned());
    }

    /// There is no bundle.
    pub(crate) fn fail(&mut self, failure: Failure) {
        let (kind, status, message) = (failure.kind(), failure.status(), failure.message());
        self.break_off(failure, kind, status, message);
    }

    fn break_off(&mut self, failure: Failure, kind: &'static str, status: Option<u16>, message: String) {
        self.phase = Phase::Failed(failure);
        let url = self.source();
        let mut line = url.clone();
        line.push_str(if url.is_empty() { "" } else { ": " });
        line.push_str(&message);
        self.ask(Effect::Warn(line));
        self.ask(Effect::Emit(Event::Error { url, kind, status, message }));
        let is_untold = std::mem::take(&mut self.is_change_untold);
        if self.is_partial() {
            // Of a document that broke off, what has come is all there is: it is looked at anew.
            self.find();
        }
        if is_untold {
            self.tell_soon();
        }
        if self.is_retry {
            self.ask(Effect::Focus(Focus::Retry));
        }
    }

    /// Shows the first articles of a bundle that is still being read, unless there is something better to show.
    pub(super) fn preview(&mut self, feed: Rc<Feed>) {
        if !self.is_short() {
            return;
        }
        match self.later {
            Some(later) => later.preview(self, feed),
            None => self.begin_with(feed),
        }
    }

    fn begin_with(&mut self, feed: Rc<Feed>) {
        self.is_retry = false; // what it waited for is there
        self.feed = Some(feed);
        self.feed_url = self.source();
        self.find();
    }

    /// The same where perhaps not all of the articles match: those that do show if they are all that have come, if they fill
    /// a page, if this was the [last look](LAST_LOOK), or if what shows already goes on with them.
    pub(crate) fn preview_matches(&mut self, feed: Rc<Feed>) {
        let before = self.feed.clone();
        let shown: Vec<String> = self.visible().map(|article| article.id().to_owned()).collect();
        let (has_shown, is_retry) = (self.has_shown, self.is_retry);
        let (loaded_images, feed_url) = (self.loaded_images.clone(), self.feed_url.clone());
        self.painted(&feed); // pictures that were asked for go along
        self.forget_feed();
        self.begin_with(feed);
        let goes_on = shown.iter().eq(self.visible().map(Article::id).take(shown.len()));
        let looked_at = self.feed.as_ref().map_or(0, |feed| feed.bundle.store.newest().len());
        let is_all = self.listed() == looked_at;
        // What nobody looks at again shows as it is, if there is anything.
        let is_last = looked_at >= LAST_LOOK && self.listed() > 0;
        if !goes_on || before.is_none() && !is_all && !is_last && self.is_short() {
            self.forget_feed();
            self.feed = before;
            self.find();
            (self.has_shown, self.is_retry) = (has_shown, is_retry);
            (self.loaded_images, self.feed_url) = (loaded_images, feed_url);
        }
    }

    /// Forgets a feed and all that is known of it: places in it mean nothing in another one.
    pub(super) fn forget_feed(&mut self) {
        self.feed = None;
        (self.scope, self.scoped) = (None, None);
        self.by_headline = None;
        self.periods.clear();
        self.forget_found();
    }

    /// Whether more of the beginning of a bundle is wanted: what is known of it does not fill a page.
    #[must_use]
    pub fn is_short(&self) -> bool {
        let has_less = match self.later {
            Some(later) => later.has_less(self),
            None => self.feed.is_none(),
        };
        matches!(self.phase, Phase::Loading)
            && self.held.is_empty() // what has come waits for words
            && self.is_early()
            && has_less
    }

    /// Whether less is known than a page of what is to be shown.
    pub(crate) fn has_less(&self) -> bool {
        // What comes after the last article that there is to be changes nothing.
        let is_last = |limit| self.index().is_some_and(|index| index.articles() as usize >= limit);
        self.feed.as_ref().is_none_or(|feed| !feed.is_complete)
            && self.visible().count() < self.options.page_size()
            && !self.options.limit.is_some_and(is_last)
    }

    /// Forgets what was found in a feed: places in it mean nothing in another one.
    pub(super) fn forget_found(&mut self) {
        self.search_index = None;
        self.is_indexed = false;
        self.forget_matches();
    }

    /// Forgets what matches.
    pub(super) fn forget_matches(&mut self) {
        (self.found, self.held_back) = (Found::default(), 0);
    }

    /// Whether what matches in the beginning of a newest-first bundle stands first in the list, too.
    ///
    /// Without the program's later part nobody could hold matches in their places: then nothing may be chosen.
    pub(crate) fn is_early(&self) -> bool {
        match self.later {
            Some(later) => later.is_early(self),
            None => self.selection.is_empty(),
        }
    }

    /// The same of whatever is chosen.
    pub(crate) fn is_newest_first(&self) -> bool {
        !self.selection.is_search() && self.order() == Sort::Newest && self.page == 0
    }

    /// Shows a bundle that has come.
    pub(super) fn load(&mut self, feed: Rc<Feed>, may_reorder: bool) {
        match self.later {
            Some(later) => later.load(self, feed, may_reorder),
            None => {
                self.take(feed);
                self.tell_load(Vec::new()); // problems have no words yet
                self.find();
                if self.is_change_untold {
                    self.tell_change();
                }
            }
        }
    }

    /// The same of any bundle: what has been painted keeps its place, and a link leads to one.
    pub(crate) fn load_in_place(&mut self, feed: Rc<Feed>, may_reorder: bool) {
        let painted = self.painted(&feed);
        if !self.feed_url.is_empty() && self.feed_url != self.source() {
            self.facet_views.clear(); // they are another bundle's
            self.go_to_beginning();
        }
        self.tell_problems(&feed);
        let problems = feed.bundle.problems.clone();
        self.take(feed);
        self.rescope();
        self.check_facets();
        self.tell_load(problems);
        let is_untold = std::mem::take(&mut self.is_change_untold);
        self.find();
        if !may_reorder && self.is_early() {
            self.hold_back(&painted);
        }
        if is_untold && self.is_working {
            self.is_change_untold = true;
        } else if is_untold {
            self.tell_change();
        }
        if !self.is_working {
            self.go_there();
        }
    }

    /// Has a bundle take the place of what was there.
    fn take(&mut self, feed: Rc<Feed>) {
        self.feed_url = self.source();
        self.phase = Phase::Ready;
        self.feed = Some(feed);
        self.forget_found();
    }

    fn tell_load(&mut self, problems: Vec<Problem>) {
        let (url, articles) = (self.source(), self.index().map_or(0, FilterIndex::articles));
        self.ask(Effect::Emit(Event::Load { url, articles, problems }));
    }

    /// Says in the console what was wrong in a bundle.
    fn tell_problems(&mut self, feed: &Feed) {
        let Some(first) = feed.bundle.problems.first().filter(|_| !feed.is_told.replace(true)) else { return };
        let count = number::text(feed.bundle.problem_count as u32);
        self.ask(Effect::Warn([&self.source(), ": ", &count, " problem(s), the first: ", &first.line()].concat()));
    }

    /// Whether the teasers that show are the first of this feed, in its order.
    pub(super) fn is_in_place(&self, feed: &Feed) -> bool {
        let store = &feed.bundle.store;
        let mut newest = store.newest().iter();
        self.visible().all(|article| newest.next().is_some_and(|&newest| store.has_id(newest, article.id())))
    }

    /// The articles of this feed that show of one that was still being read. Pictures that the visitor has asked for go
    /// along.
    fn painted(&mut self, feed: &Feed) -> Vec<ArticleIndex> {
        let traced = if self.is_partial() { self.trace(feed) } else { Vec::new() };
        let loaded_images = std::mem::take(&mut self.loaded_images);
        let mut painted = Vec::new();
        for (old, new) in traced {
            if loaded_images.contains(&old) {
                self.loaded_images.push(new);
            }
            painted.push(new);
        }
        painted
    }

    /// Leaves these teasers where they were painted, although others come before them, until the visitor asks for those.
    fn hold_back(&mut self, painted: &[ArticleIndex]) {
        let all = std::mem::take(&mut self.found.matches);
        let article = |rank: u32| self.article_at(all[rank as usize]);
        // By how many others that match stand before each.
        let end = all.len() as u32;
        let rank = |painted: &ArticleIndex| {
            (0..end).find(|&rank| article(rank).is_some_and(|article| article.index() == *painted))
        };
        let painted: Vec<u32> = painted.iter().filter_map(rank).collect();
        if painted.iter().zip(0..).all(|(&rank, number)| rank == number) {
            self.found.matches = all;
            return;
        }
        let mut is_painted = vec![false; all.len()];
        painted.iter().for_each(|&rank| is_painted[rank as usize] = true);
        let newest = newest(&painted);
        let last = newest.checked_sub(1).and_then(article).map(Article::moment);
        // What is pinned stands before others without being newer.
        let is_newer = |rank: u32| {
            rank < newest && article(rank).is_some_and(|article| !article.is_pinned() || Some(article.moment()) > last)
        };
        let mut ranks = painted;
        let mut listed = 0;
        for is_late in [false, true] {
            listed = ranks.len();
            for rank in 0..end {
                if is_newer(rank) == is_late && !is_painted[rank as usize] {
                    ranks.push(rank);
                }
            }
        }
        self.held_back = ranks.len() - listed;
        self.found.matches = ranks.iter().map(|&rank| all[rank as usize]).collect();
    }

    /// For each visible article of the old feed that is in the new one too: its old index and its new one.
    fn trace(&self, feed: &Feed) -> Vec<(ArticleIndex, ArticleIndex)> {
        let store = &feed.bundle.store;
        let mut traced = Vec::new();
        for article in self.visible() {
            // What has come first stands far above, mostly.
            if let Some(&new) = store.newest().iter().find(|&&new| store.has_id(new, article.id())) {
                traced.push((article.index(), new));
            }
        }
        traced
    }
}

/// The rank before which an article counts as newer than those that are painted, which have these ranks.
///
/// One that belongs far below has no say: it may have come first because it is pinned elsewhere, or without a date.
fn newest(painted: &[u32]) -> u32 {
    /// How many newer ones it takes for one of the painted to be such a stray.
    const FAR: usize = 8;
    let (mut newest, mut least) = (0, usize::MAX);
    for &rank in painted {
        let strays = painted.iter().filter(|&&other| other > rank).count();
        // All before this one are painted but for the newer ones: with the strays, that is how many those are.
        let cost = rank as usize + (FAR + 1) * strays;
        if cost < least || cost == least && rank >= newest {
            (newest, least) = (rank + 1, cost);
        }
    }
    newest
}
