//! One widget in its element: messages in, the view patched, effects carried out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use stichwort_core::i18n::Catalogue;
use stichwort_core::model::ArticleIndex;
use stichwort_core::state::{Effect, Feed, Focus, History, Msg, Phase, State, update};
use stichwort_core::view::node::{Name, Part, Tree, key};
use stichwort_core::view::{patch, view};

use crate::link::Link;
use crate::page::{self, ShadowRoot};
use crate::{attributes, cache, dom, events, later, parts};

/// Milliseconds after their first paint in which articles may still change places by themselves.
const FRESH: f64 = 1000.0;

/// A widget; lives as long as the `Mounted` that owns it.
pub(crate) struct Widget {
    /// What the loader calls it by.
    pub(crate) number: u32,
    pub(crate) host: page::Element,
    pub(crate) shadow: ShadowRoot,
    pub(crate) root: page::Element,
    /// What has happened and is not shown yet: a patch can make the page call in again (by a `blur`), while the
    /// view is being changed.
    waiting: RefCell<Vec<Msg>>,
    /// When the first articles of a bundle that is still being read were shown.
    arrived_at: Cell<f64>,
    /// Whether the visitor has done something with the list since.
    is_touched: Cell<bool>,
    /// What the page's address has to say, and does not yet.
    pub(crate) kept: Cell<Option<History>>,
    /// Whether texts may be marked.
    pub(crate) is_marked: Cell<bool>,
    /// Its places in the page's address.
    pub(crate) link: RefCell<Link>,
    pub(crate) inner: RefCell<Inner>,
}

pub(crate) struct Inner {
    pub(crate) state: State,
    pub(crate) shown: Tree,
    /// What has been said of the attributes as they are, so that it is said once.
    pub(crate) warnings: Vec<String>,
}

impl Widget {
    /// Shows a new widget in `shadow`; with what it asks for first, to be carried out once it is known to the loader. Where the
    /// program's later part is there it only waits, and `later::begin` has to follow.
    pub(crate) fn new(
        number: u32,
        host: page::Element,
        shadow: ShadowRoot,
        catalogue: Rc<Catalogue>,
        is_lost: bool,
    ) -> (Rc<Self>, Vec<Effect>) {
        dom::tell_words();
        let (options, is_odd) = attributes::read_first(&host);
        let surroundings = attributes::surroundings(&host);
        let cannot_begin = is_lost || parts::later().is_some();
        let (state, mut effects) = State::begin(options, surroundings, catalogue, None, cannot_begin);
        if is_odd && !is_lost {
            effects.push(Effect::Complete);
        }
        let shown = view(&state);
        let root = dom::create(&host, &shown, 0);
        shadow.replace_children(&root);
        let inner = RefCell::new(Inner { state, shown, warnings: Vec::new() });
        (
            Rc::new(Self {
                number,
                host,
                shadow,
                root,
                waiting: RefCell::default(),
                arrived_at: Cell::default(),
                is_touched: Cell::default(),
                kept: Cell::default(),
                is_marked: Cell::default(),
                link: RefCell::default(),
                inner,
            }),
            effects,
        )
    }

    /// Lets something happen. True if the page has cancelled an event of it.
    pub(crate) fn handle(self: &Rc<Self>, msg: Msg) -> bool {
        self.waiting.borrow_mut().push(msg);
        let mut is_cancelled = false;
        while let Some(effects) = self.show_next() {
            // Nothing is borrowed here: the page may answer an event with a new attribute at once.
            is_cancelled |= self.carry_out(effects);
        }
        is_cancelled
    }

    /// Shows what the next message makes of the view. `None` if there is none, or if that is being done already.
    fn show_next(&self) -> Option<Vec<Effect>> {
        let mut inner = self.inner.try_borrow_mut().ok()?;
        let mut waiting = self.waiting.borrow_mut();
        if waiting.is_empty() {
            return None;
        }
        let Inner { state, shown, .. } = &mut *inner;
        let mut msg = waiting.remove(0);
        drop(waiting);
        if let Some(later) = parts::later() {
            later::before(later, self, state, &mut msg);
        }
        let is_turn = matches!(msg, Msg::Work | Msg::TouchSearch);
        let effects = update(state, msg);
        if let (true, [Effect::Work]) = (is_turn, &*effects) {
            return Some(effects); // what shows is the same until that is done
        }
        let next = view(state);
        let had_focus = Focused::in_widget(&self.host, &self.shadow, shown);
        dom::apply(&self.root, &next, &patch::diff(shown, &next));
        *shown = next;
        if let Some(later) = parts::later() {
            later::shown(later, self, state, shown);
        }
        drop(inner);
        if !effects.iter().any(|effect| matches!(effect, Effect::Focus(_))) {
            self.rescue_focus(had_focus);
        }
        Some(effects)
    }

    /// A click inside the widget.
    pub(crate) fn click(self: &Rc<Self>, event: &page::Event) {
        // What is clicked is an element. Its class may be another window's, where the element has moved.
        let Some(target) = event.target() else { return };
        let Ok(inner) = self.inner.try_borrow() else { return };
        let traced = dom::trace(&self.root, &inner.shown, &target);
        let Some((index, action)) = events::clicked(&inner.shown, &traced) else { return };
        let msg = events::message(&inner.shown, &traced, index, action);
        drop(inner);
        match msg {
            // With a modifier the visitor wants a new tab or a download: that is the browser's matter.
            Some(Msg::Open(_)) if page::has_modifier(event) => {}
            Some(msg) => {
                if self.handle(msg) {
                    event.prevent_default();
                }
            }
            None => page::press_then(self.number, &target),
        }
    }

    /// The first articles of the bundle have come.
    pub(crate) fn arrive(self: &Rc<Self>, feed: Rc<Feed>) {
        if !self.inner.borrow().state.is_partial() {
            self.arrived_at.set(page::now());
            self.is_touched.set(false);
        }
        self.handle(Msg::Arriving(feed));
    }

    /// The bundle has come.
    pub(crate) fn load(self: &Rc<Self>, feed: Rc<Feed>) {
        let is_fresh = page::now() - self.arrived_at.get() < FRESH;
        if self.is_touched.get() {
            self.handle(Msg::Touch);
        }
        self.handle(Msg::Loaded { feed, may_reorder: is_fresh && !self.is_touched.get() });
    }

    /// The visitor has begun to read or to choose: what is shown stays where it is.
    pub(crate) fn touch(&self) {
        self.is_touched.set(true);
    }

    /// Teasers a page.
    pub(crate) fn page_size(&self) -> usize {
        self.inner.borrow().state.options.page_size()
    }

    /// What the page has put into the element has changed.
    pub(crate) fn surround(self: &Rc<Self>) {
        self.handle(Msg::Surround(attributes::surroundings(&self.host)));
    }

    /// Whether the widget waits for the bundle at this address, or `or_failed` could not have it.
    pub(crate) fn wants(&self, url: &str, or_failed: bool) -> bool {
        // While it is being changed it cannot be asked: it may want it, and says so by itself when that is done.
        let Ok(inner) = self.inner.try_borrow() else { return true };
        let is_waiting = match inner.state.phase {
            Phase::Loading => !inner.state.has_come(),
            Phase::Failed(_) => or_failed,
            Phase::Ready => false,
        };
        is_waiting && !inner.state.is_lost() && inner.state.options.src.as_deref() == Some(url)
    }

    /// The bundle at this address, if the widget shows all of it.
    pub(crate) fn feed_of(&self, url: &str) -> Option<Rc<Feed>> {
        let state = &self.inner.try_borrow().ok()?.state;
        state.feed.clone().filter(|feed| feed.is_complete && state.feed_url == url)
    }

    /// Does what core asks for. True if the page has cancelled an event.
    pub(crate) fn carry_out(self: &Rc<Self>, effects: Vec<Effect>) -> bool {
        let mut is_cancelled = false;
        for effect in &effects {
            match effect {
                Effect::Load { url, revalidate } => cache::load(url, *revalidate, self),
                Effect::Complete => page::complete_then(self.number),
                Effect::Keep { history } => self.keep(*history),
                Effect::Catalogue(language) => page::speak(self.number, language.code()),
                Effect::Emit(event) => {
                    is_cancelled |= page::emit(&self.host, event.name(), &event.detail_with(parts::later()))
                }
                Effect::Focus(place) => self.focus(place),
                Effect::Warn(line) => page::warn(line),
                Effect::Work | Effect::Copy | Effect::ScrollTo(_) => {
                    if let Some(later) = parts::later() {
                        later::carry_out(later, self, effect);
                    }
                }
            }
        }
        is_cancelled
    }

    /// Has the page's address say what is chosen, after that has been painted: a new entry in the history takes browsers
    /// longer than all else that a click asks of them.
    pub(crate) fn keep(&self, history: History) {
        if let Some(later) = parts::later() {
            later::note(later, self, history);
        }
        // What one message asks for twice is one step.
        if self.kept.get() != Some(History::Push) {
            self.kept.set(Some(history));
        }
        match history {
            History::Typing => page::keep_later(self.number),
            _ => page::keep_then(self.number),
        }
    }

    fn focus(&self, place: &Focus) {
        let element = match place {
            Focus::Status => self.status(),
            Focus::Retry if self.shadow.active_element() == self.status() => {
                self.shadow.query_selector("[part~=retry]")
            }
            Focus::Retry => None,
            _ => parts::later().and_then(|later| later::find(later, self, place)),
        };
        if let Some(element) = element {
            page::focus(&element, true);
        }
    }

    /// An article's teaser in the view.
    pub(crate) fn teaser(&self, inner: &Inner, article: ArticleIndex) -> Option<u32> {
        let key = key(inner.state.feed.as_ref()?.bundle.store.article(article).id());
        let shown = &inner.shown;
        shown.find(&|index| shown.is_part(index, Part::Teaser) && shown.element(index).key == key)
    }

    /// The element of the document that stands for the first one in the view of which `wanted` is true.
    pub(crate) fn find(&self, shown: &Tree, wanted: &dyn Fn(u32) -> bool) -> Option<page::Element> {
        dom::at(&self.root, shown, shown.find(wanted)?)
    }

    /// Gives the focus back that a patch has taken away.
    fn rescue_focus(&self, before: Focused) {
        let target = match before {
            Focused::Inside(focused) if self.shadow.active_element().as_ref() == Some(&focused) => return,
            // It was moved, which takes the focus off.
            Focused::Inside(focused) if self.root.contains(&focused) => Some(focused),
            Focused::Fallback if self.has_slot() => return,
            Focused::Inside(_) | Focused::Fallback => self.status(),
            Focused::Elsewhere => return,
        };
        if let Some(target) = target {
            page::focus(&target, false);
        }
    }

    /// It is looked for in the document: to find it in the view, and the way to it from there, weighs more.
    fn status(&self) -> Option<page::Element> {
        self.shadow.query_selector("[part~=status]")
    }

    fn has_slot(&self) -> bool {
        has_slot(&self.inner.borrow().shown)
    }
}

/// Where the focus is.
enum Focused {
    /// On an element of the widget.
    Inside(page::Element),
    /// On something that the page has put into the element, and that shows.
    Fallback,
    /// Anywhere else.
    Elsewhere,
}

impl Focused {
    fn in_widget(host: &page::Element, shadow: &ShadowRoot, shown: &Tree) -> Self {
        match shadow.active_element() {
            Some(element) => Self::Inside(element),
            None if has_slot(shown) && host.matches(":focus-within") => Self::Fallback,
            None => Self::Elsewhere,
        }
    }
}

fn has_slot(view: &Tree) -> bool {
    view.find(&|index| view.element(index).name == Name::Slot).is_some()
}
