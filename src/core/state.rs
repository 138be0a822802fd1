//! What a widget knows, what can happen to it, and what it then asks for.
//!
//! Everything that happens is a [`Msg`]; [`update`] changes the [`State`] and
//! returns [`Effect`]s for the shell to carry out after it has shown the new
//! view. Neither a clock nor a document is in reach here.

mod acting;
mod address;
mod detail;
mod finding;

use std::ops::Range;
use std::rc::Rc;

use crate::bundle::{BundleError, FacetText, Problem};
use crate::date::Day;
pub use crate::feed::{Completion, Feed};
use crate::filter::{FACETS, FilterIndex, Found, Scope};
use crate::i18n::{Catalogue, Language};
use crate::later::Later;
use crate::link::Fields;
use crate::model::{Article, ArticleIndex};
use crate::options::{Images, Options, Paging, Sort};
use crate::search;
use crate::selection::{Dates, Match, Selection, TAGS};
use crate::{number, url};
use finding::Ranking;

/// How often teasers come by scrolling, until the visitor is asked: what stands below the list must stay within reach.
const SCROLLS: u8 = 4;

/// Why there are no articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No connection, or the server does not allow this page to ask (CORS); what the browser says of it.
    Network(String),
    /// The answer has come, but not to its end, or not what reading it takes; what the browser says of it.
    Broken(String),
    /// An answer other than 200.
    Status(u16),
    /// Twenty seconds without a byte.
    Timeout,
    /// The answer is no bundle.
    Bundle(BundleError),
    /// The element needs the program's later part, which could not be had.
    Program,
    /// The element has no `src`.
    NoSource,
}

impl Failure {
    /// `kind` of the event `stichwort-error`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Network(_) | Self::Broken(_) | Self::Program | Self::NoSource => "network",
            Self::Status(_) => "status",
            Self::Timeout => "timeout",
            Self::Bundle(BundleError::NotAFeed { .. }) => "not-a-feed",
            Self::Bundle(_) => "syntax",
        }
    }

    /// The answer's status, where there was an answer other than 200.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        if let Self::Status(status) = self { Some(*status) } else { None }
    }

    /// What was expected, found, and what to do, for a developer's console; in English.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Network(cause) => [
                "the bundle could not be fetched (",
                cause,
                "); another origin has to send Access-Control-Allow-Origin, and a policy has to allow it in connect-src",
            ]
            .concat(),
            Self::Broken(cause) => ["the bundle's answer began, but its rest could not be fetched: ", cause].concat(),
            Self::Status(status) => ["expected status 200 for the bundle, found ", &number::text(u32::from(*status))].concat(),
            Self::Timeout => "no byte of the bundle came for 20 seconds".to_owned(),
            Self::Bundle(error) => error.message(),
            Self::Program => "the list waits for the rest of the program, which this element needs".to_owned(),
            Self::NoSource => "expected the bundle's address in the attribute src, found no valid one".to_owned(),
        }
    }
}

/// Where the articles are.
#[derive(Clone, Debug, Default)]
pub enum Phase {
    /// Asked for.
    #[default]
    Loading,
    /// Here, and shown.
    Ready,
    /// They could not be had. Older ones, if any, stay.
    Failed(Failure),
}

/// The page around the element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Whether the element has content of its own, for visitors without the widget.
    pub has_fallback: bool,
    /// The first link of that content; absolute.
    pub fallback_link: Option<String>,
    /// The nearest `lang` of the page, if any.
    pub page_language: Option<String>,
    /// The visitor's languages, best first.
    pub browser_languages: Vec<String>,
    /// Whether the page lets something be copied.
    pub can_copy: bool,
    /// The visitor's day.
    pub today: Option<Day>,
    /// What the page's address says of this widget, when it is put into the page.
    pub link: Option<Fields>,
    /// Hosts (with port) whose images load at once: the page's and the script's; the bundle's is added here.
    pub hosts: Vec<String>,
}

/// A facet to choose from.
#[derive(Clone, Copy, Debug)]
pub struct Facet<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its number in the index.
    pub number: u8,
    /// What the bundle says of it.
    pub text: Option<&'a FacetText>,
}

/// How a facet shows.
#[derive(Clone, Debug, Default)]
pub struct FacetView {
    /// Whether all values show, not only the first ones.
    pub is_whole: bool,
    /// Whether they stand by name.
    pub is_by_name: bool,
    /// What those that show have in them.
    pub narrow: String,
}

/// All that a widget knows.
#[derive(Debug)]
pub struct State {
    /// What not every list needs, once it is there.
    pub later: Option<Later>,
    /// Whether that could not be had when it was needed.
    pub is_cut_off: bool,
    /// Whether the widget cannot begin without it.
    is_lost: bool,
    /// What the webmaster has set.
    pub options: Options,
    /// The page around the element.
    pub surroundings: Surroundings,
    /// Where the articles are.
    pub phase: Phase,
    /// The articles, once there are any.
    pub feed: Option<Rc<Feed>>,
    /// What is chosen.
    pub selection: Selection,
    /// What that leaves; the matches in the order in which they are shown.
    pub found: Found,
    /// The order that the visitor has chosen.
    pub sort: Option<Sort>,
    /// How many teasers may show; with numbered pages, on each.
    pub shown: usize,
    /// The page, from 0.
    pub page: usize,
    /// The teaser at which the visitor is, from 0.
    at: usize,
    /// Whether a link has led there, and the list has not been brought there yet.
    must_scroll: bool,
    /// How often teasers have come by scrolling since the visitor last asked for some.
    scrolled: u8,
    /// Articles and values of this widget alone, where they are not all tags of all articles.
    scope: Option<FilterIndex>,
    /// What was asked for when they were read.
    scoped: Option<Scope>,
    /// By place in the index: whether search and period leave the article, and how well it matches (less is better).
    admitted: Option<Vec<u8>>,
    /// The words of the articles, once somebody wants to search them.
    words: Option<search::Index>,
    /// Whether these are all words.
    has_words: bool,
    /// The order of headlines, once somebody wants it.
    by_headline: Option<Ranking>,
    /// Whether the words or the order are still being worked on that the result depends on.
    is_working: bool,
    /// Whether the visitor is typing: what that leaves is seen at once, and heard when it rests.
    pub is_hushed: bool,
    /// How many matches, the last ones, are not in the list: newer articles that came while it was being read.
    held_back: usize,
    /// Whether the selection has changed before it could be told what it leaves.
    is_change_untold: bool,
    /// The periods to choose from, with how many articles each would leave.
    pub periods: Vec<(Dates, u32)>,
    /// How each facet shows, in their order.
    pub facet_views: Vec<FacetView>,
    /// Whether no link can be copied: the page's address has no room for what is chosen, or copying was refused.
    pub is_unlinked: bool,
    /// Whether the link has been copied just now.
    pub is_copied: bool,
    /// Whether the filters are open, where the container is too narrow to show them always.
    pub filters_open: bool,
    /// The publisher's page, of a bundle that came to nothing else.
    failed_home: Option<String>,
    /// Where the articles have come from; another address than `options.src` while that one is loading or has failed.
    pub feed_url: String,
    /// Whether there has been a teaser: until then the element's own content stays.
    pub has_shown: bool,
    /// Whether the visitor has asked for what is loading, and waits for it.
    pub is_retry: bool,
    /// Pictures from foreign hosts that the visitor has asked for.
    pub loaded_images: Vec<ArticleIndex>,
    /// The words of the interface.
    pub catalogue: Rc<Catalogue>,
    /// The language whose words are on their way.
    awaited: Option<Language>,
    /// The language whose words could not be had; what is there has to do.
    refused: Option<Language>,
    /// What the bundle has come to meanwhile: it is shown in its language at once, and not in another one first.
    held: Vec<Msg>,
    /// What is asked for and not handed over yet.
    effects: Vec<Effect>,
}

impl State {
    /// A widget that has just been put into a page, and what it asks for first.
    ///
    /// `catalogue` is the one at hand; is it not in the right language, another one is asked for.
    #[must_use]
    pub fn new(options: Options, surroundings: Surroundings, catalogue: Rc<Catalogue>) -> (Self, Vec<Effect>) {
        Self::begin(options, surroundings, catalogue, Some(Later::loaded()), false)
    }

    /// The same, where perhaps not all of the program is there yet: then the address must say nothing, and the options
    /// be of [`FIRST`](crate::options::FIRST) attributes. Else `is_lost` says that there is more to it, which could not be
    /// had: nothing is asked for before it can, and [`Msg::CutOff`] follows.
    #[must_use]
    pub fn begin(
        options: Options,
        surroundings: Surroundings,
        catalogue: Rc<Catalogue>,
        later: Option<Later>,
        is_lost: bool,
    ) -> (Self, Vec<Effect>) {
        let mut state = Self {
            later,
            is_cut_off: false,
            is_lost,
            selection: Selection::of(&options.tags),
            sort: None,
            shown: options.page_size(),
            page: 0,
            at: 0,
            must_scroll: false,
            scrolled: 0,
            scope: None,
            scoped: None,
            admitted: None,
            words: None,
            has_words: false,
            by_headline: None,
            is_working: false,
            is_hushed: false,
            catalogue,
            awaited: None,
            refused: None,
            held: Vec::new(),
            effects: Vec::new(),
            options,
            surroundings,
            phase: Phase::Loading,
            feed: None,
            found: Found::default(),
            held_back: 0,
            is_change_untold: false,
            periods: Vec::new(),
            facet_views: Vec::new(),
            is_unlinked: false,
            is_copied: false,
            filters_open: false,
            failed_home: None,
            feed_url: String::new(),
            has_shown: false,
            is_retry: false,
            loaded_images: Vec::new(),
        };
        if let Some(later) = later {
            later.begin(&mut state);
        }
        if !is_lost {
            state.request(false);
        }
        state.ask_for_words(None);
        let effects = std::mem::take(&mut state.effects);
        (state, effects)
    }

    /// The articles that are shown now, in their order.
    pub fn visible(&self) -> impl Iterator<Item = Article<'_>> {
        let listed = self.listed();
        let first = (self.page * self.shown).min(listed);
        let last = (first + self.shown).min(listed);
        self.found.matches[first..last].iter().map_while(|&place| self.article_at(place))
    }

    /// The articles and values to choose from.
    #[must_use]
    pub fn index(&self) -> Option<&FilterIndex> {
        self.scope.as_ref().or(self.feed.as_ref().map(|feed| &feed.index))
    }

    fn article_at(&self, place: u32) -> Option<Article<'_>> {
        let store = &self.feed.as_ref()?.bundle.store;
        Some(store.article(*self.index()?.order(store).get(place as usize)?))
    }

    /// The facets to choose from, in their order; tags where the bundle knows none of those that are asked for.
    #[must_use]
    pub fn facets(&self) -> Vec<Facet<'_>> {
        let mut facets = Vec::new();
        let Some(feed) = &self.feed else { return facets };
        let facet = |id| {
            let number = feed.bundle.store.find_facet(id)?;
            Some(Facet { id, number, text: feed.facet_text(id) })
        };
        for id in &self.options.facets {
            facets.extend(facet(id));
        }
        if facets.is_empty() {
            facets.extend(facet(TAGS));
        }
        facets
    }

    /// How the values of a facet combine.
    #[must_use]
    pub fn combine(&self, facet: &str) -> Match {
        let of_bundle = self.feed.as_ref().and_then(|feed| feed.facet_text(facet)?.combine);
        match facet {
            TAGS => self.options.combine.or(of_bundle).unwrap_or_default(),
            // An article has one of each, or few; more is not what a bundle can make of them.
            _ if FACETS.contains(&facet) => Match::Any,
            _ => of_bundle.unwrap_or(Match::Any),
        }
    }

    /// The order in which teasers stand.
    #[must_use]
    pub fn order(&self) -> Sort {
        self.sort.filter(|sort| *sort != Sort::Relevance).unwrap_or(self.own_order())
    }

    /// The order without a choice of the visitor.
    fn own_order(&self) -> Sort {
        if self.selection.is_search() { Sort::Relevance } else { self.options.sort }
    }

    /// How many numbered pages there are.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.listed().div_ceil(self.options.page_size())
    }

    /// Whether it is not known yet what a search leaves, or in which order.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.is_working
    }

    /// How many articles the list holds or can be made to hold by "more".
    #[must_use]
    pub fn listed(&self) -> usize {
        self.found.matches.len() - self.held_back
    }

    /// How many newer articles are not in the list, because it was being read when they came.
    #[must_use]
    pub fn updates(&self) -> usize {
        self.held_back
    }

    /// Whether only the first articles are known yet, and all that is true of the others is that there may be some.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.feed.as_ref().is_some_and(|feed| !feed.is_complete)
    }

    /// The publisher's page: `home`, else the bundle's, else the first link of the fallback content.
    #[must_use]
    pub fn home(&self) -> Option<&str> {
        let of_bundle = || match &self.feed {
            Some(feed) => feed.bundle.home_page_url.as_deref(),
            None => self.failed_home.as_deref(),
        };
        self.options.home.as_deref().or_else(of_bundle).or(self.surroundings.fallback_link.as_deref())
    }

    /// Whether an image may load without being asked for.
    #[must_use]
    pub fn may_load(&self, image_url: &str, article: ArticleIndex) -> bool {
        match self.options.images {
            Images::All => return true,
            Images::None => return self.loaded_images.contains(&article),
            Images::SameHost => {}
        }
        let host = url::host(image_url);
        let is_at = |allowed: &str| host.is_some_and(|host| host.eq_ignore_ascii_case(allowed));
        self.surroundings.hosts.iter().any(|allowed| is_at(allowed))
            || url::host(&self.feed_url).is_some_and(is_at)
            || self.loaded_images.contains(&article)
    }

    #[inline(never)]
    fn ask(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    fn request(&mut self, revalidate: bool) {
        self.is_retry = revalidate;
        self.held.clear();
        match self.options.src.clone() {
            Some(url) => {
                self.phase = Phase::Loading;
                self.ask(Effect::Load { url, revalidate });
            }
            None => self.fail(Failure::NoSource),
        }
    }

    /// The bundle's address; empty where none is given.
    #[inline(never)]
    fn source(&self) -> String {
        self.options.src.clone().unwrap_or_default()
    }

    fn fail(&mut self, failure: Failure) {
        let url = self.source();
        let message = failure.message();
        let separator = if url.is_empty() { "" } else { ": " };
        self.ask(Effect::Warn([&url, separator, &message].concat()));
        self.ask(Effect::Emit(Event::Error { url, kind: failure.kind(), status: failure.status(), message }));
        self.phase = Phase::Failed(failure);
        let is_untold = std::mem::take(&mut self.is_change_untold);
        if self.is_working {
            self.find(); // of a document that broke off, what has come is all there is
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
    fn preview(&mut self, feed: Rc<Feed>) {
        if matches!(self.phase, Phase::Loading) && self.feed.is_none() && self.is_plain() {
            self.is_retry = false; // what it waited for is there
            self.feed = Some(feed);
            self.feed_url = self.source();
            self.find();
        }
    }

    /// Whether the first articles of a bundle are those that show first.
    pub(crate) fn is_plain(&self) -> bool {
        self.selection.is_empty()
            && self.order() == Sort::Newest
            && self.page == 0
            && self.later.is_none_or(|later| !later.is_scoped(self))
    }

    fn load(&mut self, feed: Rc<Feed>, may_reorder: bool) {
        let traced = if self.is_partial() { self.trace(&feed) } else { Vec::new() };
        let loaded_images = std::mem::take(&mut self.loaded_images);
        let mut painted = Vec::new();
        for (old, place) in traced {
            if loaded_images.contains(&old) {
                self.loaded_images.push(feed.article_at(place).index());
            }
            painted.push(place);
        }
        let url = self.source();
        if self.feed_url != url
            && !self.feed_url.is_empty()
            && let Some(later) = self.later
        {
            later.go_to_beginning(self);
        }
        let problems = &feed.bundle.problems;
        if let Some(first) = problems.first() {
            let count = number::text(feed.bundle.problem_count as u32);
            self.ask(Effect::Warn([&url, ": ", &count, " problem(s), the first: ", &first.line()].concat()));
        }
        self.feed_url = self.source();
        let problems = problems.clone();
        self.phase = Phase::Ready;
        self.feed = Some(feed);
        self.words = None;
        self.has_words = false;
        // Places in the old feed mean nothing in this one.
        self.found = Found::default();
        self.held_back = 0;
        match self.later {
            Some(later) => later.rescope(self),
            None => self.view_facets(),
        }
        self.ask(Effect::Emit(Event::Load { url, articles: self.index().map_or(0, FilterIndex::articles), problems }));
        let is_untold = std::mem::take(&mut self.is_change_untold);
        self.find();
        if !may_reorder && self.is_plain() {
            self.hold_back(painted);
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

    /// Leaves teasers where they were painted, although their true places are these, until the visitor asks for them.
    fn hold_back(&mut self, painted: Vec<u32>) {
        let known = painted.len();
        if painted.iter().zip(0..).all(|(&place, number)| place == number) {
            return;
        }
        let (newest, end) = (newest(&painted), self.found.matches.len() as u32);
        let mut matches = painted;
        let mut listed = 0;
        // What is pinned stands before them without being newer.
        let mut pinned = 0;
        while pinned < newest && self.article_at(pinned).is_some_and(Article::is_pinned) {
            pinned += 1;
        }
        for (from, to) in [(0, pinned), (newest, end), (pinned, newest)] {
            listed = matches.len();
            for place in from..to {
                if !matches[..known].contains(&place) {
                    matches.push(place);
                }
            }
        }
        self.held_back = matches.len() - listed;
        self.found.matches = matches;
    }

    /// Keeps how each facet shows, as many as there are.
    fn view_facets(&mut self) {
        let facets = self.facets().len();
        self.facet_views.resize_with(facets, FacetView::default);
    }

    /// For each visible article of the old feed that is in the new one too: its old index, and its new place.
    fn trace(&self, feed: &Feed) -> Vec<(ArticleIndex, u32)> {
        let store = &feed.bundle.store;
        let mut traced = Vec::new();
        for article in self.visible() {
            let id = article.id();
            let find = |mut places: Range<u32>| places.find(|&place| store.has_id(store.newest()[place as usize], id));
            // It stands among those of its date, unless that has changed too, or it is gone.
            let place = find(store.range_of(article.date())).or_else(|| find(0..feed.index.articles()));
            if let Some(place) = place {
                traced.push((article.index(), place));
            }
        }
        traced
    }

    /// Asks for the words of the right language, if they are neither here nor on their way.
    fn ask_for_words(&mut self, feed: Option<&Feed>) {
        let of_bundle = feed.or(self.feed.as_deref()).and_then(|feed| feed.bundle.language.as_deref());
        let language = language(&self.options, &self.surroundings, of_bundle);
        let wanted = Some(language);
        if self.catalogue.language() != language && wanted != self.awaited && wanted != self.refused {
            self.awaited = wanted;
            self.ask(Effect::Catalogue(language));
        }
    }

    /// The words have come, or cannot be had; what has waited for them happens now.
    fn take_words(&mut self, language: Language, catalogue: Option<Rc<Catalogue>>) {
        if self.awaited != Some(language) {
            return; // others are wanted by now
        }
        self.awaited = None;
        match catalogue {
            Some(catalogue) => {
                self.catalogue = catalogue;
                if self.order() == Sort::Headline {
                    self.find(); // another alphabet
                }
            }
            None => self.refused = Some(language),
        }
        self.release();
        // The right ones may be others by now.
        self.ask_for_words(None);
    }

    /// Lets happen what has waited for words.
    fn release(&mut self) {
        for mut msg in std::mem::take(&mut self.held) {
            if let (true, Msg::Loaded { may_reorder, .. }) = (self.is_partial(), &mut msg) {
                *may_reorder = false; // what shows may have been read meanwhile
            }
            self.happen(msg);
        }
    }

    /// Whether the widget cannot begin without the program's later part, which could not be had.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Whether this is what the bundle has come to, and words are waited for or have to be asked for first.
    fn has_to_wait(&mut self, msg: &Msg) -> bool {
        let feed = match msg {
            Msg::Arriving(feed) | Msg::Loaded { feed, .. } => Some(&**feed),
            Msg::Failed(..) => None,
            _ => return false,
        };
        self.ask_for_words(feed);
        self.awaited.is_some()
    }

    /// After the selection has changed: a new result from its beginning, which the address is to say.
    fn reselect(&mut self, history: History) {
        self.shown = self.options.page_size();
        self.page = 0;
        (self.scrolled, self.at) = (0, 0);
        self.must_scroll = false;
        self.find();
        self.keep(history);
        self.tell_soon();
    }

    /// Tells of a change as soon as what it leaves is known. Without articles nothing is shown yet that could have changed.
    fn tell_soon(&mut self) {
        if self.is_working || self.is_partial() && matches!(self.phase, Phase::Loading) {
            self.is_change_untold = true;
        } else if self.feed.is_some() {
            self.tell_change();
        }
    }

    fn tell_change(&mut self) {
        self.is_change_untold = false;
        let selection = self.selection.clone();
        self.ask(Effect::Emit(Event::Change { selection, matches: self.found.matches.len() as u32 }));
    }

    /// Whether further teasers come when the end of the list comes into sight.
    #[must_use]
    pub fn comes_by_scrolling(&self) -> bool {
        self.options.paging == Paging::Scroll && self.scrolled < SCROLLS
    }

    fn toggle(&mut self, facet: &str, value: &str) {
        self.selection.toggle(facet, value);
        self.reselect(History::Push);
    }

    fn happen(&mut self, msg: Msg) {
        if self.has_to_wait(&msg) {
            if matches!(msg, Msg::Loaded { .. }) {
                self.held.clear(); // the first articles need no place that nobody has seen
            }
            self.held.push(msg);
            return;
        }
        let mut focus = None;
        match msg {
            Msg::Later(later) => {
                self.later = Some(later);
                self.is_cut_off = false;
            }
            Msg::CutOff => {
                self.is_cut_off = true;
                if self.is_lost && matches!(self.phase, Phase::Loading) {
                    self.fail(Failure::Program);
                }
            }
            Msg::Catalogue(language, catalogue) => self.take_words(language, catalogue),
            Msg::Surround(surroundings) => {
                self.surroundings = surroundings;
                self.ask_for_words(None);
            }
            Msg::Arriving(feed) => self.preview(feed),
            Msg::Loaded { feed, may_reorder } => self.load(feed, may_reorder),
            Msg::Failed(failure, home) => {
                self.failed_home = home;
                self.fail(failure);
            }
            Msg::ToggleTag(tag) => self.toggle(TAGS, &tag),
            Msg::ToggleValue(facet, value) => self.toggle(&facet, &value),
            Msg::Clear => {
                self.selection = Selection::default();
                self.reselect(History::Push);
                focus = Some(Focus::Status);
            }
            Msg::ToggleFilters => self.filters_open = !self.filters_open,
            Msg::Retry => {
                if self.is_lost {
                    self.is_retry = true;
                    self.phase = Phase::Loading;
                    self.ask(Effect::Complete);
                } else {
                    // The cache may hold the very answer that failed.
                    self.request(true);
                }
                focus = Some(Focus::Status);
            }
            Msg::Open(article) => {
                if let Some(feed) = &self.feed {
                    let article = feed.bundle.store.article(article);
                    let id = article.id().to_owned();
                    let url = article.url().unwrap_or_default().to_owned();
                    let headline = article.headline().to_owned();
                    self.ask(Effect::Emit(Event::Select { id, url, headline }));
                }
            }
            msg => {
                if let Some(later) = self.later {
                    focus = later.happen(self, msg);
                }
            }
        }
        if let Some(focus) = focus {
            self.ask(Effect::Focus(focus));
        }
    }
}

/// Something that has happened to a widget.
#[derive(Debug)]
pub enum Msg {
    /// All of the program is there.
    Later(Later),
    /// The rest of the program was needed, and could not be had.
    CutOff,
    /// Attributes have changed.
    Configure(Options),
    /// The page around the element has changed.
    Surround(Surroundings),
    /// The first articles of the bundle have come, a [`Feed::arriving`]; [`Msg::Loaded`] or [`Msg::Failed`] follows.
    Arriving(Rc<Feed>),
    /// The bundle has come.
    Loaded {
        /// All of it.
        feed: Rc<Feed>,
        /// Whether teasers that are shown may still change places: less than a second has passed since
        /// [`Msg::Arriving`], and the visitor has not touched the list (click, key, scroll, focus).
        /// Without such teasers it means nothing.
        may_reorder: bool,
    },
    /// The visitor has done something with the list that shows (click, key, scroll, focus); told when a bundle has come,
    /// before [`Msg::Loaded`].
    Touch,
    /// The bundle cannot be had; its `home_page_url`, absolute, if it came to that.
    Failed(Failure, Option<String>),
    /// The words of a language have come, or cannot be had: the answer to [`Effect::Catalogue`].
    Catalogue(Language, Option<Rc<Catalogue>>),
    /// The visitor chose a tag, or let it go.
    ToggleTag(String),
    /// The visitor chose a value of the facet of this id, or let it go.
    ToggleValue(String, String),
    /// The visitor removed the chip at this place: first those of the choices, then those of search and period.
    RemoveChip(usize),
    /// The visitor let everything go.
    Clear,
    /// The page's address has changed, and says this of the widget now.
    Link(Option<Fields>),
    /// The visitor is about to search.
    TouchSearch,
    /// The visitor searches for this.
    Search(String),
    /// Nothing has been typed for a moment, after [`History::Typing`].
    Rest,
    /// The page has had its turn: the answer to [`Effect::Work`].
    Work,
    /// The visitor wants this order.
    Sort(Sort),
    /// The visitor chose this period, or let it go.
    Dates(Dates),
    /// The visitor chose the first day.
    From(Option<Day>),
    /// The visitor chose the last day.
    To(Option<Day>),
    /// The visitor goes to this page, from 0.
    Page(usize),
    /// The visitor has scrolled to this teaser, from 0.
    At(usize),
    /// The visitor wants the link of what is shown.
    CopyLink,
    /// The link has been copied.
    Copied,
    /// Whether the link of what is shown can be copied, which has changed or turned out.
    CanCopy(bool),
    /// All values of the facet at this place, or only the first ones again.
    ToggleAll(usize),
    /// Its values by name, or in their own order again.
    ToggleOrder(usize),
    /// Only its values that have this in them.
    Narrow(usize, String),
    /// Filters open or closed.
    ToggleFilters,
    /// More teasers.
    More,
    /// The end of the list has come into sight, where further teasers are to come by scrolling.
    Scroll,
    /// The newer articles that came while the list was being read.
    ShowUpdates,
    /// Ask for the bundle again.
    Retry,
    /// Load a picture from a foreign host.
    LoadImage(ArticleIndex),
    /// The visitor follows an article's link.
    Open(ArticleIndex),
}

/// What the shell is to do, after it has shown the new view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Get this bundle and answer with [`Msg::Loaded`] or [`Msg::Failed`], and before that perhaps with [`Msg::Arriving`].
    Load {
        /// Its absolute address.
        url: String,
        /// Whether the browser's cache has to ask the server first.
        revalidate: bool,
    },
    /// Get the program's later part and begin anew with it, or answer with [`Msg::CutOff`].
    Complete,
    /// Send [`Msg::Work`] after the page has had its turn.
    Work,
    /// Keep in the page's address what it has to say of this widget: [`State::fields`].
    Keep {
        /// What that is for the visitor's history.
        history: History,
    },
    /// Bring this article's teaser to the top of what is seen.
    ScrollTo(ArticleIndex),
    /// Copy the page's address, and answer with [`Msg::Copied`] or [`Msg::CanCopy`].
    Copy,
    /// Get the words of this language and answer with [`Msg::Catalogue`].
    Catalogue(Language),
    /// Tell the page.
    Emit(Event),
    /// Move the focus.
    Focus(Focus),
    /// One line for the console.
    Warn(String),
}

/// What a change is for the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// A step that Back undoes.
    Push,
    /// None of its own.
    Replace,
    /// None of its own, and others may follow at once.
    Typing,
}

/// Where the focus goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The headline's link of this article.
    Teaser(ArticleIndex),
    /// The chip at this place.
    Chip(usize),
    /// The line that says how many articles match.
    Status,
    /// The button to try again, if the focus still waits on that line.
    Retry,
}

/// An event of the element; the names and details are a public contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// `stichwort-load`: a bundle is shown, all of it.
    Load {
        /// The bundle's address.
        url: String,
        /// How many articles there are.
        articles: u32,
        /// What was wrong and has been recovered from.
        problems: Vec<Problem>,
    },
    /// `stichwort-error`: no bundle.
    Error {
        /// The bundle's address; empty where none was given.
        url: String,
        /// `network`, `status`, `syntax`, `not-a-feed` or `timeout`.
        kind: &'static str,
        /// The answer's status, where that was the reason.
        status: Option<u16>,
        /// The reason in English.
        message: String,
    },
    /// `stichwort-change`: another selection.
    Change {
        /// What is chosen.
        selection: Selection,
        /// How many articles match.
        matches: u32,
    },
    /// `stichwort-select`: an article's link is followed. Cancelable.
    Select {
        /// The article's id.
        id: String,
        /// Its link.
        url: String,
        /// Its headline.
        headline: String,
    },
    /// `stichwort-more`: more teasers show.
    More {
        /// How many show now.
        shown: u32,
        /// How many match.
        matches: u32,
    },
}

/// Lets `msg` happen.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    state.happen(msg);
    std::mem::take(&mut state.effects)
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

/// The first language with a catalogue: attribute, page, bundle, browser; else English.
fn language(options: &Options, surroundings: &Surroundings, of_bundle: Option<&str>) -> Language {
    if let Some(language) = options.lang {
        return language;
    }
    for tag in [surroundings.page_language.as_deref(), of_bundle].into_iter().flatten() {
        if let Some(language) = Language::of_tag(tag) {
            return language;
        }
    }
    surroundings.browser_languages.iter().find_map(|tag| Language::of_tag(tag)).unwrap_or_default()
}
