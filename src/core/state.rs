//! What a widget knows, what can happen to it, and what it then asks for.
//!
//! Everything that happens is a [`Msg`]; [`update`] changes the [`State`] and
//! returns [`Effect`]s for the shell to carry out after it has shown the new
//! view. Neither a clock nor a document is in reach here.
//!
//! Some fields the shell sets itself, because a message would have the view
//! drawn anew: `surroundings.today` and `hosts` before each message,
//! `is_unlinked` and `is_retry` when a widget begins.

mod acting;
mod address;
mod arriving;
pub(crate) mod detail;
mod failure;
mod finding;
mod language;
mod msg;

use std::rc::Rc;

pub use arriving::LAST_LOOK;
pub use failure::Failure;
pub use language::best_language;
pub use msg::{Effect, Event, Focus, History, Msg};

use crate::bundle::FacetText;
use crate::date::Day;
pub use crate::feed::{Completion, Feed};
use crate::filter::{FilterIndex, Found, Scope};
use crate::i18n::{Catalogue, Language};
use crate::later::Later;
use crate::link::Fields;
use crate::model::{Article, ArticleIndex, ValueId};
use crate::options::{Images, Options, Paging, Sort};
use crate::search;
use crate::selection::{Dates, FACETS, Match, Selection, TAG, TAGS};
use crate::url;
use finding::Ranking;

/// How often teasers come by scrolling, until the visitor is asked: what stands below the list must stay within reach.
const SCROLLS: u8 = 4;

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
    /// The [best](best_language) of the visitor's languages, if there are words in any.
    pub browser_language: Option<Language>,
    /// Whether the page has an address that others can follow.
    pub can_copy: bool,
    /// The visitor's day; only the program's later part asks.
    pub today: Option<Day>,
    /// What the page's address says of this widget, when it is put into the page.
    pub link: Option<Fields>,
    /// Hosts (with port) whose images load at once: the page's and the script's; the bundle's is added here. Only the
    /// program's later part asks.
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

/// What of a period is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// All of it, in the page's address.
    Period,
    /// Its first day.
    From,
    /// Its last day.
    To,
}

/// How a facet shows.
#[derive(Clone, Debug, Default)]
pub struct FacetView {
    /// Whether all values show, not only the first ones.
    pub is_whole: bool,
    /// Whether they stand by name, once the visitor has asked for an order: then those that a bundle lists have its own no
    /// more.
    pub is_by_name: Option<bool>,
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
    /// Whether the visitor has wanted something of it since.
    pub is_missed: bool,
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
    /// The page, from 0; 0 unless there are numbered ones. Each then has `shown` teasers.
    pub page: usize,
    /// The page at which the visitor would be, had the bundle not broken off before it.
    lost_page: Option<usize>,
    /// The teaser at which the visitor is, from 0.
    at: usize,
    /// Where that was before the last choice.
    pub left_at: usize,
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
    search_index: Option<Box<search::Index>>,
    /// Whether these are all words.
    is_indexed: bool,
    /// The order of headlines, once somebody wants it.
    by_headline: Option<Box<Ranking>>,
    /// Whether the words or the order are still being worked on that the result depends on.
    is_working: bool,
    /// Whether the visitor is typing: what that leaves is seen at once, and heard when it rests.
    pub is_hushed: bool,
    /// Grows with each result that is to be heard: as a key of the status it has the same words made, and spoken, anew.
    pub round: u32,
    /// The values that were chosen when it was last looked what that leaves.
    chosen: Vec<ValueId>,
    /// The value that has been let go since, if nothing else has changed: it stays where it is, as the focus may be on it.
    pub let_go: Option<ValueId>,
    /// How many matches, the last ones, are not in the list: newer articles that came while it was being read.
    held_back: usize,
    /// Whether the selection has changed before it could be told what it leaves.
    is_change_untold: bool,
    /// The periods to choose from, with how many articles each would leave; none until that is asked of these articles.
    pub periods: Vec<(Dates, u32)>,
    /// The period that has been let go, until another is chosen or let go: it stays, as the focus may be on it.
    pub period_let_go: Option<Dates>,
    /// How each facet shows, in their order, as far as the visitor has changed that.
    pub facet_views: Vec<FacetView>,
    /// Whether there is no link to copy: the page's address has no room for what is chosen.
    pub is_unlinked: bool,
    /// Whether the link has been copied, where that has been tried just now.
    pub copied: Option<bool>,
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
    /// What is no day, or no period, and the [`round`](Self::round) in which that has been said.
    malformed: Option<(Malformed, u32)>,
}

impl State {
    /// A widget that has just been put into a page, and what it asks for first.
    ///
    /// `catalogue` is the one at hand; is it not in the right language, another one is asked for.
    #[cfg(not(target_arch = "wasm32"))] // in the browser not all of the program need be there, see `later`
    #[must_use]
    pub fn new(options: Options, surroundings: Surroundings, catalogue: Rc<Catalogue>) -> (Self, Vec<Effect>) {
        Self::begin(options, surroundings, catalogue, Some(Later::loaded()), false)
    }

    /// The same, where the program's later part may be missing. Then the address must say nothing, and only
    /// [`FIRST_ATTRIBUTES`](crate::options::FIRST_ATTRIBUTES) may be set. `is_lost` says that more is set than that, and
    /// the later part could not be had: nothing is requested, and [`Msg::CutOff`] has to follow, or another beginning with
    /// that part.
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
            malformed: None,
            is_missed: false,
            is_lost,
            selection: Selection::of(&options.tags),
            sort: None,
            shown: options.page_size(),
            page: 0,
            lost_page: None,
            at: 0,
            left_at: 0,
            must_scroll: false,
            scrolled: 0,
            scope: None,
            scoped: None,
            admitted: None,
            search_index: None,
            is_indexed: false,
            by_headline: None,
            is_working: false,
            is_hushed: false,
            round: 0,
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
            chosen: Vec::new(),
            let_go: None,
            is_change_untold: false,
            periods: Vec::new(),
            period_let_go: None,
            facet_views: Vec::new(),
            is_unlinked: false,
            copied: None,
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
        state.ask_for_catalogue(None);
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
    #[inline(never)]
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
        match self.later {
            Some(later) => later.facets(self),
            None => vec![Facet { id: TAGS, number: TAG, text: None }],
        }
    }

    /// The same, whatever is asked for.
    pub(crate) fn chosen_facets(&self) -> Vec<Facet<'_>> {
        let Some(feed) = &self.feed else { return Vec::new() };
        let facet = |id| {
            let number = feed.bundle.store.find_facet(id)?;
            Some(Facet { id, number, text: feed.facet_text(id) })
        };
        let mut facets: Vec<Facet<'_>> = self.options.facets.iter().filter_map(|id| facet(id)).collect();
        if facets.is_empty() {
            facets.extend(facet(TAGS));
        }
        facets
    }

    /// What the bundle says of a value, by what it says of its facet.
    pub(crate) fn value_text<'a>(&self, facet: Option<&'a FacetText>, value: &str) -> Option<&'a FacetText> {
        self.later?.value_text(facet?, value)
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

    /// What is no day, until its field has another one, or no period in the page's address, until something is done.
    #[must_use]
    pub fn malformed(&self) -> Option<Malformed> {
        self.malformed.filter(|(what, round)| *what != Malformed::Period || *round == self.round).map(|(what, _)| what)
    }

    /// Whether the widget cannot begin without the program's later part, which could not be had.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// After the selection has changed: a new result, of which the page is told.
    fn reselect(&mut self, history: History) {
        self.refind(history);
        self.tell_soon();
    }

    /// The list begins anew: where the visitor was in it belongs to the step before.
    pub(crate) fn leave_place(&mut self) {
        self.left_at = std::mem::take(&mut self.at);
    }

    /// A new result from its beginning, which the address is to say.
    fn refind(&mut self, history: History) {
        self.shown = self.options.page_size();
        self.page = 0;
        self.lost_page = None;
        self.scrolled = 0;
        self.leave_place();
        self.must_scroll = false;
        self.round += 1;
        self.find();
        self.keep(history);
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
                if std::mem::take(&mut self.is_cut_off) {
                    // Words that nobody could take then.
                    self.refused = None;
                    self.ask_for_catalogue(None);
                }
                self.is_missed = false;
                self.release();
            }
            Msg::CutOff { is_asked } => {
                self.is_cut_off = true;
                self.is_missed |= is_asked;
                // What is there has to do.
                self.refused = self.awaited.take().or(self.refused);
                if self.has_strays() {
                    self.held.clear(); // nothing that is read moves
                    self.lose(None);
                }
                self.release();
                if (self.is_lost || self.options.src.is_none()) && matches!(self.phase, Phase::Loading) {
                    self.lose(None);
                }
            }
            Msg::Lost { status, home } => {
                self.failed_home = home;
                self.lose(status);
            }
            Msg::Surround(surroundings) => {
                self.surroundings = surroundings;
                if self.ask_for_catalogue(None) {
                    self.awaited = None; // others are wanted no more
                    self.release();
                }
            }
            Msg::Arriving(feed) => self.preview(feed),
            Msg::Loaded { feed, may_reorder } => self.load(feed, may_reorder),
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

/// Lets `msg` happen.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    state.happen(msg);
    std::mem::take(&mut state.effects)
}
