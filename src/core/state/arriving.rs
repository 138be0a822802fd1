//! Bundles that come, first only their beginning.

use std::rc::Rc;

use super::failure::LOST;
use super::{Effect, Event, Failure, Feed, Focus, Phase, State};
use crate::filter::{FilterIndex, Found};
use crate::model::{Article, ArticleIndex};
use crate::number;
use crate::options::Sort;

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
        let separator = if url.is_empty() { "" } else { ": " };
        self.ask(Effect::Warn([&url, separator, &message].concat()));
        self.ask(Effect::Emit(Event::Error { url, kind, status, message }));
        let is_untold = std::mem::take(&mut self.is_change_untold);
        if self.is_partial() {
            // Of a document that broke off, what has come is all there is: it is looked at anew.
            self.scoped = None;
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
    ///
    /// With a selection there is not: of the articles that match it, these need not be the first.
    pub(super) fn preview(&mut self, feed: Rc<Feed>) {
        if matches!(self.phase, Phase::Loading) && self.feed.is_none() && self.is_plain() {
            self.is_retry = false; // what it waited for is there
            self.feed = Some(feed);
            self.feed_url = self.source();
            self.find();
        }
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

    /// Whether the first articles of a bundle are those that show first.
    pub(crate) fn is_plain(&self) -> bool {
        self.selection.is_empty()
            && self.order() == Sort::Newest
            && self.page == 0
            && self.later.is_none_or(|later| !later.is_scoped(self))
    }

    pub(super) fn load(&mut self, feed: Rc<Feed>, may_reorder: bool) {
        let painted = self.later.map_or(Vec::new(), |later| later.painted(self, &feed));
        let url = self.source();
        if self.feed_url != url
            && !self.feed_url.is_empty()
            && let Some(later) = self.later
        {
            later.go_to_beginning(self);
        }
        if let Some(later) = self.later {
            later.tell_problems(self, &feed);
        }
        self.feed_url.clone_from(&url);
        let problems = feed.bundle.problems.clone();
        self.phase = Phase::Ready;
        self.feed = Some(feed);
        self.forget_found();
        match self.later {
            Some(later) => later.rescope(self),
            None => self.view_facets(),
        }
        self.ask(Effect::Emit(Event::Load { url, articles: self.index().map_or(0, FilterIndex::articles), problems }));
        let is_untold = std::mem::take(&mut self.is_change_untold);
        self.find();
        if let (false, true, Some(later)) = (may_reorder, self.is_plain(), self.later) {
            later.hold_back(self, painted);
        }
        if is_untold && self.is_working {
            self.is_change_untold = true;
        } else if is_untold {
            self.tell_change();
        }
        if !self.is_working
            && let Some(later) = self.later
        {
            later.go_there(self);
        }
    }

    /// Says in the console what was wrong in a bundle.
    pub(crate) fn tell_problems(&mut self, feed: &Feed) {
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

    /// The places in this feed of the articles that show of one that was still being read. Pictures that the visitor has
    /// asked for go along.
    pub(crate) fn painted(&mut self, feed: &Feed) -> Vec<u32> {
        let traced = if self.is_partial() { self.trace(feed) } else { Vec::new() };
        let loaded_images = std::mem::take(&mut self.loaded_images);
        let mut painted = Vec::new();
        for (old, place) in traced {
            if loaded_images.contains(&old) {
                self.loaded_images.push(feed.article_at(place).index());
            }
            painted.push(place);
        }
        painted
    }

    /// Leaves teasers where they were painted, although their true places are these, until the visitor asks for them.
    pub(crate) fn hold_back(&mut self, painted: Vec<u32>) {
        let known = painted.len();
        if painted.iter().zip(0..).all(|(&place, number)| place == number) {
            return;
        }
        let (newest, end) = (newest(&painted), self.found.matches.len() as u32);
        let last = newest.checked_sub(1).and_then(|place| self.article_at(place)).map(Article::moment);
        // What is pinned stands before others without being newer.
        let is_newer = |place: u32| {
            place < newest
                && self.article_at(place).is_some_and(|article| !article.is_pinned() || Some(article.moment()) > last)
        };
        let mut matches = painted;
        let mut listed = 0;
        for is_late in [false, true] {
            listed = matches.len();
            for place in 0..end {
                if is_newer(place) == is_late && !matches[..known].contains(&place) {
                    matches.push(place);
                }
            }
        }
        self.held_back = matches.len() - listed;
        self.found.matches = matches;
    }

    /// For each visible article of the old feed that is in the new one too: its old index, and its new place.
    fn trace(&self, feed: &Feed) -> Vec<(ArticleIndex, u32)> {
        let store = &feed.bundle.store;
        let mut traced = Vec::new();
        for article in self.visible() {
            // What has come first stands far above, mostly.
            let mut places = 0..feed.index.articles();
            if let Some(place) = places.find(|&place| store.has_id(store.newest()[place as usize], article.id())) {
                traced.push((article.index(), place));
            }
        }
        traced
    }
}

/// The place before which an article counts as newer than those that are painted at these places.
///
/// One that belongs far below has no say: it may have come first because it is pinned elsewhere, or without a date.
fn newest(painted: &[u32]) -> u32 {
    /// How many newer ones it takes for one of the painted to be such a stray.
    const FAR: usize = 8;
    let (mut newest, mut least) = (0, usize::MAX);
    for &place in painted {
        let strays = painted.iter().filter(|&&other| other > place).count();
        // All before this one are painted but for the newer ones: with the strays, that is how many those are.
        let cost = place as usize + (FAR + 1) * strays;
        if cost < least || cost == least && place >= newest {
            (newest, least) = (place + 1, cost);
        }
    }
    newest
}
