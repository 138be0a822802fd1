//! What a widget knows, what can happen to it, and what it then asks for.
//!
//! Everything that happens is a [`Msg`]; [`update`] changes the [`State`] and
//! returns [`Effect`]s for the shell to carry out after it has shown the new
//! view. Neither a clock nor a document is in reach here.

use std::ops::Range;
use std::rc::Rc;

use crate::bundle::{BundleError, Problem};
pub use crate::feed::{Completion, Feed};
use crate::filter::Found;
use crate::i18n::{Catalogue, Language};
use crate::model::{Article, ArticleIndex};
use crate::options::Options;
use crate::selection::Selection;
use crate::{number, url};

/// Why there are no articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No connection, or the server does not allow this page to ask (CORS); what the browser says of it.
    Network(String),
    /// An answer other than 200.
    Status(u16),
    /// Twenty seconds without a byte.
    Timeout,
    /// The answer is no bundle.
    Bundle(BundleError),
    /// The element has no `src`.
    NoSource,
}

impl Failure {
    /// `kind` of the event `stichwort-error`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Network(_) | Self::NoSource => "network",
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
            Self::Status(status) => ["expected status 200 for the bundle, found ", &number::text(u32::from(*status))].concat(),
            Self::Timeout => "no byte of the bundle came for 20 seconds".to_owned(),
            Self::Bundle(error) => error.message(),
            Self::NoSource => "expected the bundle's address in the attribute src, found none".to_owned(),
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
    /// Hosts (with port) whose images load at once: the page's and the script's; the bundle's is added here.
    pub hosts: Vec<String>,
}

/// All that a widget knows.
#[derive(Debug)]
pub struct State {
    /// What the webmaster has set.
    pub options: Options,
    /// The page around the element.
    pub surroundings: Surroundings,
    /// Where the articles are.
    pub phase: Phase,
    /// The articles, once there are any.
    pub feed: Option<Rc<Feed>>,
    /// The chosen tags.
    pub selection: Selection,
    /// What they leave.
    pub found: Found,
    /// How many teasers may show.
    pub shown: usize,
    /// Places of the teasers that stay on top in the order in which they were painted, although the true
    /// one turned out to be another; empty in the true order. Only without a selection.
    painted: Vec<u32>,
    /// Whether the selection has changed before it could be told what it leaves.
    is_change_untold: bool,
    /// Whether all tags show, not only the frequent ones.
    pub all_tags: bool,
    /// Whether the filters are open, where the container is too narrow to show them always.
    pub filters_open: bool,
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
        let mut state = Self {
            selection: Selection::of(&options.tags),
            shown: options.page_size(),
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
            painted: Vec::new(),
            is_change_untold: false,
            all_tags: false,
            filters_open: false,
            feed_url: String::new(),
            has_shown: false,
            is_retry: false,
            loaded_images: Vec::new(),
        };
        state.request(false);
        state.ask_for_words(None);
        let effects = std::mem::take(&mut state.effects);
        (state, effects)
    }

    /// The articles that are shown now, in their order.
    pub fn visible(&self) -> impl Iterator<Item = Article<'_>> {
        let held_back = self.updates();
        (0..self.shown).map_while(move |number| self.listed_at(number, held_back))
    }

    fn listed_at(&self, number: usize, held_back: usize) -> Option<Article<'_>> {
        let place = self.painted.get(number).or_else(|| self.found.matches.get(number + held_back))?;
        Some(self.feed.as_ref()?.article_at(*place))
    }

    /// How many articles the list holds or can be made to hold by "more".
    #[must_use]
    pub fn listed(&self) -> usize {
        self.found.matches.len() - self.updates()
    }

    /// How many newer articles are not in the list, because it was being read when they came.
    #[must_use]
    pub fn updates(&self) -> usize {
        self.after_painted() - self.painted.len()
    }

    /// Whether only the first articles are known yet, and all that is true of the others is that there may be some.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.feed.as_ref().is_some_and(|feed| !feed.is_complete)
    }

    /// Where the list goes on after the painted teasers.
    fn after_painted(&self) -> usize {
        self.painted.iter().max().map_or(0, |&last| last as usize + 1)
    }

    /// The publisher's page: `home`, else the bundle's, else the first link of the fallback content.
    #[must_use]
    pub fn home(&self) -> Option<&str> {
        let of_bundle = || self.feed.as_ref()?.bundle.home_page_url.as_deref();
        self.options.home.as_deref().or_else(of_bundle).or(self.surroundings.fallback_link.as_deref())
    }

    /// Whether an image may load without being asked for.
    #[must_use]
    pub fn may_load(&self, image_url: &str, article: ArticleIndex) -> bool {
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
        if self.is_retry {
            self.ask(Effect::Focus(Focus::Retry));
        }
    }

    /// Shows the first articles of a bundle that is still being read, unless there is something better to show.
    ///
    /// With a selection there is not: of the articles that match it, these need not be the first.
    fn preview(&mut self, feed: Rc<Feed>) {
        if matches!(self.phase, Phase::Loading) && self.feed.is_none() && self.selection.is_empty() {
            self.feed = Some(feed);
            self.feed_url = self.source();
            self.find();
        }
    }

    fn load(&mut self, feed: Rc<Feed>, may_reorder: bool) {
        let traced = if self.is_partial() { self.trace(&feed) } else { Vec::new() };
        let loaded_images = std::mem::take(&mut self.loaded_images);
        self.painted.clear();
        let mut may_paint_anew = true;
        for (old, place) in traced {
            if loaded_images.contains(&old) {
                self.loaded_images.push(feed.article_at(place).index());
            }
            may_paint_anew &= place as usize == self.painted.len();
            self.painted.push(place);
        }
        if may_paint_anew || may_reorder || !self.selection.is_empty() {
            self.painted.clear();
        }
        let url = self.source();
        if self.feed_url != url {
            self.shown = self.options.page_size();
        }
        let problems = &feed.bundle.problems;
        if let Some(first) = problems.first() {
            let count = number::text(feed.bundle.problem_count as u32);
            self.ask(Effect::Warn([&url, ": ", &count, " problem(s), the first: ", &first.line()].concat()));
        }
        self.feed_url = self.source();
        self.ask(Effect::Emit(Event::Load { url, articles: feed.index.articles(), problems: problems.clone() }));
        self.phase = Phase::Ready;
        self.feed = Some(feed);
        self.find();
        if std::mem::take(&mut self.is_change_untold) {
            self.tell_change();
        }
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
            Some(catalogue) => self.catalogue = catalogue,
            None => self.refused = Some(language),
        }
        for msg in std::mem::take(&mut self.held) {
            self.happen(msg);
        }
        // The right ones may be others by now.
        self.ask_for_words(None);
    }

    /// Whether this is what the bundle has come to, and words are waited for or have to be asked for first.
    fn has_to_wait(&mut self, msg: &Msg) -> bool {
        let feed = match msg {
            Msg::Arriving(feed) | Msg::Loaded { feed, .. } => Some(&**feed),
            Msg::Failed(_) => None,
            _ => return false,
        };
        self.ask_for_words(feed);
        self.awaited.is_some()
    }

    fn find(&mut self) {
        if let Some(feed) = &self.feed {
            self.found = feed.index.find(&feed.bundle.store, &self.selection, self.options.combine);
            self.has_shown |= !self.found.matches.is_empty();
        }
    }

    /// After the selection has changed: a new result from its beginning.
    fn reselect(&mut self) {
        self.find();
        self.shown = self.options.page_size();
        self.painted.clear();
        if self.is_partial() {
            self.is_change_untold = true;
        } else if self.feed.is_some() {
            // Without articles nothing is shown yet that could have changed.
            self.tell_change();
        }
    }

    fn tell_change(&mut self) {
        let tags = self.selection.tags().to_vec();
        self.ask(Effect::Emit(Event::Change { tags, matches: self.found.matches.len() as u32 }));
    }

    fn configure(&mut self, options: Options) {
        let old = std::mem::replace(&mut self.options, options);
        let tags_changed = old.tags != self.options.tags;
        if tags_changed {
            self.selection = Selection::of(&self.options.tags);
        }
        if old.page_size() != self.options.page_size() {
            self.shown = self.options.page_size();
            self.painted.clear();
        }
        self.ask_for_words(None);
        let source_changed = old.src != self.options.src;
        if tags_changed || old.combine != self.options.combine {
            let asked = self.effects.len();
            self.reselect();
            if source_changed {
                // What the old bundle leaves is no news where another one is on its way.
                self.effects.truncate(asked);
            }
        }
        if source_changed {
            if self.is_partial() {
                // It will never be complete, and what comes now is another list.
                self.feed = None;
                self.found = Found::default();
                self.is_change_untold = false;
            }
            self.request(false);
        }
    }

    fn more(&mut self) {
        if self.is_partial() {
            return;
        }
        let listed = self.listed();
        let first_new = self.shown.min(listed);
        self.shown = (first_new + self.options.page_size()).min(listed);
        if let Some(article) = self.listed_at(first_new, self.updates()).map(Article::index) {
            self.ask(Effect::Focus(Focus::Teaser(article)));
        }
        let matches = self.found.matches.len() as u32;
        self.ask(Effect::Emit(Event::More { shown: self.shown as u32, matches }));
    }

    /// Puts the list into its true order. The focus goes to the first article that was not in it.
    fn show_updates(&mut self) -> Option<Focus> {
        let painted = std::mem::take(&mut self.painted);
        if painted.is_empty() {
            return None;
        }
        let first = (0..self.found.matches.len() as u32).find(|place| !painted.contains(place))?;
        Some(Focus::Teaser(self.feed.as_ref()?.article_at(first).index()))
    }

    fn happen(&mut self, msg: Msg) {
        if self.has_to_wait(&msg) {
            self.held.push(msg);
            return;
        }
        let mut focus = None;
        match msg {
            Msg::Catalogue(language, catalogue) => self.take_words(language, catalogue),
            Msg::Configure(options) => self.configure(options),
            Msg::Surround(surroundings) => {
                self.surroundings = surroundings;
                self.ask_for_words(None);
            }
            Msg::Arriving(feed) => self.preview(feed),
            Msg::Loaded { feed, may_reorder } => self.load(feed, may_reorder),
            Msg::Failed(failure) => self.fail(failure),
            Msg::ToggleTag(tag) => {
                self.selection.toggle(&tag);
                self.reselect();
            }
            Msg::RemoveChip(tag) => {
                let at = self.selection.toggle(&tag);
                self.reselect();
                let left = self.selection.tags().len();
                // The chip that had the focus is gone: the next one takes it, or the last, or the result.
                focus = Some(match at {
                    Some(at) if left > 0 => Focus::Chip(at.min(left - 1)),
                    _ => Focus::Status,
                });
            }
            Msg::Clear => {
                self.selection.clear();
                self.reselect();
                focus = Some(Focus::Status);
            }
            Msg::ToggleAllTags => self.all_tags = !self.all_tags,
            Msg::ToggleFilters => self.filters_open = !self.filters_open,
            Msg::More => self.more(),
            Msg::ShowUpdates => focus = self.show_updates(),
            Msg::Retry => {
                // The cache may hold the very answer that failed.
                self.request(true);
                focus = Some(Focus::Status);
            }
            Msg::LoadImage(article) => {
                self.loaded_images.push(article);
                // The button is gone; the teaser it belonged to keeps the focus.
                focus = Some(Focus::Teaser(article));
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
        }
        if let Some(focus) = focus {
            self.ask(Effect::Focus(focus));
        }
    }
}

/// Something that has happened to a widget.
#[derive(Debug)]
pub enum Msg {
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
    /// The bundle cannot be had.
    Failed(Failure),
    /// The words of a language have come, or cannot be had: the answer to [`Effect::Catalogue`].
    Catalogue(Language, Option<Rc<Catalogue>>),
    /// The visitor chose a tag, or let it go.
    ToggleTag(String),
    /// The visitor removed a chip.
    RemoveChip(String),
    /// The visitor let all tags go.
    Clear,
    /// All tags, or only the frequent ones again.
    ToggleAllTags,
    /// Filters open or closed.
    ToggleFilters,
    /// More teasers.
    More,
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
    /// Get the words of this language and answer with [`Msg::Catalogue`].
    Catalogue(Language),
    /// Tell the page.
    Emit(Event),
    /// Move the focus.
    Focus(Focus),
    /// One line for the console.
    Warn(String),
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
        /// The chosen tags, in the order of choosing.
        tags: Vec<String>,
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

/// The first language with a catalogue: attribute, page, bundle, browser; else English.
fn language(options: &Options, surroundings: &Surroundings, of_bundle: Option<&str>) -> Language {
    let stated = [options.lang.as_deref(), surroundings.page_language.as_deref(), of_bundle];
    for tag in stated.into_iter().flatten() {
        if let Some(language) = Language::of_tag(tag) {
            return language;
        }
    }
    surroundings.browser_languages.iter().find_map(|tag| Language::of_tag(tag)).unwrap_or_default()
}
