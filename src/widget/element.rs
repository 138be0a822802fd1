//! One widget in its element: messages in, the view patched, effects carried out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use stichwort_core::fold;
use stichwort_core::i18n::Catalogue;
use stichwort_core::link::Fields;
use stichwort_core::model::ArticleIndex;
use stichwort_core::options::Paging;
use stichwort_core::state::{Effect, Feed, Focus, History, Msg, State, update};
use stichwort_core::view::node::{Action, Attribute, Class, Name, Part, Tree, key};
use stichwort_core::view::{patch, view};

use crate::page::{self, Document, ShadowRoot};
use crate::{attributes, cache, dom, events, link};

/// Milliseconds after their first paint in which articles may still change places by themselves.
const FRESH: f64 = 1000.0;

/// A widget; lives as long as the `Mounted` that owns it.
pub(crate) struct Widget {
    /// What the loader calls it by.
    pub(crate) number: u32,
    host: page::Element,
    pub(crate) shadow: ShadowRoot,
    root: page::Element,
    document: Document,
    /// What has happened and is not shown yet: a patch can make the page call in again (by a `blur`), while the
    /// view is being changed.
    waiting: RefCell<Vec<Msg>>,
    /// When the first articles of a bundle that is still being read were shown.
    arrived_at: Cell<f64>,
    /// Whether the visitor has done something with the list since.
    is_touched: Cell<bool>,
    /// Whether texts may be marked.
    is_marked: Cell<bool>,
    /// What it is called in the page's address.
    name: String,
    inner: RefCell<Inner>,
}

struct Inner {
    state: State,
    shown: Tree,
    /// What has been said of the attributes as they are, so that it is said once.
    warnings: Vec<String>,
}

impl Widget {
    /// Shows a new widget in `shadow`; with what it asks for first, to be carried out once it is known to the loader.
    pub(crate) fn new(
        number: u32,
        host: page::Element,
        shadow: ShadowRoot,
        catalogue: Rc<Catalogue>,
    ) -> (Rc<Self>, Vec<Effect>) {
        let document = host.owner_document();
        let (options, warnings) = attributes::read(&host);
        let name = page::link_name(&host);
        let mut surroundings = attributes::surroundings(&host);
        surroundings.link = match page::remembered(&host) {
            Some(noted) => link::recall(&noted),
            None => link::read(&name, options.url_state).flatten(),
        };
        let (state, effects) = State::new(options, surroundings, catalogue);
        let shown = view(&state);
        let root = dom::create(&document, &shown, 0);
        shadow.replace_children(&root);
        warnings.iter().for_each(|line| page::warn(line));
        let inner = RefCell::new(Inner { state, shown, warnings });
        (
            Rc::new(Self {
                number,
                host,
                shadow,
                root,
                document,
                waiting: RefCell::default(),
                arrived_at: Cell::default(),
                is_touched: Cell::default(),
                is_marked: Cell::default(),
                name,
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
        let msg = waiting.remove(0);
        drop(waiting);
        let Inner { state, shown, .. } = &mut *inner;
        let effects = update(state, msg);
        if let [Effect::Work] = *effects {
            return Some(effects); // what shows is the same until that is done
        }
        let next = view(state);
        let had_focus = Focused::in_widget(&self.host, &self.shadow, shown);
        dom::apply(&self.document, &self.root, &next, &patch::diff(shown, &next));
        *shown = next;
        if state.selection.is_search() || self.is_marked.get() {
            self.is_marked.set(state.selection.is_search());
            self.mark(state, shown);
        }
        if state.options.paging == Paging::Scroll {
            let more = if state.comes_by_scrolling() { self.part(shown, Part::More) } else { None };
            page::watch(self.number, more.as_ref(), state.shown);
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
        let msg = event.target().and_then(|target| {
            let inner = self.inner.try_borrow().ok()?;
            let traced = dom::trace(&self.root, &inner.shown, &target);
            events::message(&inner.shown, &traced, event)
        });
        if msg.is_some_and(|msg| self.handle(msg)) {
            event.prevent_default();
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

    /// A field of the widget has another value; `is_final` if the visitor is done with it.
    pub(crate) fn enter(self: &Rc<Self>, event: &page::Event, is_final: bool) {
        let msg = event.target().and_then(|target| {
            let inner = self.inner.try_borrow().ok()?;
            let traced = dom::trace(&self.root, &inner.shown, &target);
            events::entered(&inner.shown, &traced, page::value_of(&target), is_final)
        });
        if let Some(msg) = msg {
            self.handle(msg);
        }
    }

    /// The page's address has changed.
    pub(crate) fn follow(self: &Rc<Self>) {
        // The page may tell of it while the view is being changed: then it is the widget's own doing, or comes again.
        let Ok(inner) = self.inner.try_borrow() else { return };
        let state = inner.state.options.url_state;
        drop(inner);
        if let Some(fields) = link::read(&self.name, state) {
            self.handle(Msg::Link(fields));
        }
    }

    /// Writes what is chosen into the page's address, once typing has come to a rest.
    pub(crate) fn keep_now(&self) {
        let fields = self.inner.borrow().state.fields();
        self.keep(&fields, false);
    }

    fn keep(&self, fields: &Fields, is_new: bool) {
        let state = self.inner.borrow().state.options.url_state;
        link::write(&self.name, state, fields, is_new);
    }

    /// Marks what is searched for in the texts of the teasers.
    fn mark(&self, state: &State, shown: &Tree) {
        page::unmark(self.number);
        if state.selection.is_search() {
            let terms = fold::terms(&state.selection.search);
            let mut index = 0;
            while let Some(teaser) = shown.find_from(index, &|index| shown.is_part(index, Part::Teaser)) {
                index = shown.element(teaser).end();
                for place in teaser..index {
                    let element = shown.element(place);
                    let text = shown.text_of(place);
                    let is_seen = shown.get(place, Attribute::Class) != Some(Class::Hidden.name());
                    if text.is_empty() || element.name == Name::Time || !is_seen {
                        continue;
                    }
                    let spans = fold::spans(text, &terms);
                    if let (false, Some(element)) = (spans.is_empty(), dom::at(&self.root, shown, place)) {
                        page::mark(self.number, &element, &spans);
                    }
                }
            }
        }
        page::show_marks();
    }

    /// Attributes have changed.
    pub(crate) fn configure(self: &Rc<Self>) {
        let (options, warnings) = attributes::read(&self.host);
        let said = std::mem::take(&mut self.inner.borrow_mut().warnings);
        warnings.iter().filter(|line| !said.contains(line)).for_each(|line| page::warn(line));
        self.inner.borrow_mut().warnings = warnings;
        self.handle(Msg::Configure(options));
        cache::prune();
    }

    /// What the page has put into the element has changed.
    pub(crate) fn surround(self: &Rc<Self>) {
        self.handle(Msg::Surround(attributes::surroundings(&self.host)));
    }

    /// Leaves the element to what the page has put into it.
    pub(crate) fn leave(&self) {
        // A shadow root cannot be taken off again: a slot in it shows what stands in its host.
        let mut tree = Tree::default();
        tree.open(Name::Slot).close();
        self.shadow.replace_children(&dom::create(&self.document, &tree, 0));
    }

    /// Whether the widget shows the bundle at this address, or waits for it.
    pub(crate) fn wants(&self, url: &str) -> bool {
        self.inner.borrow().state.options.src.as_deref() == Some(url)
    }

    /// Does what core asks for. True if the page has cancelled an event.
    pub(crate) fn carry_out(self: &Rc<Self>, effects: Vec<Effect>) -> bool {
        let mut is_cancelled = false;
        for effect in &effects {
            match effect {
                Effect::Load { url, revalidate } => cache::load(url, *revalidate, self),
                Effect::Work => page::work_later(self.number),
                Effect::Keep { fields, history } => {
                    page::remember(&self.host, &link::note(fields));
                    match history {
                        History::Typing => page::keep_later(self.number),
                        _ => self.keep(fields, *history == History::Push),
                    }
                }
                Effect::Copy => page::copy(self.number),
                Effect::ScrollTo(article) => {
                    let inner = self.inner.borrow();
                    let found =
                        self.teaser(&inner, *article).and_then(|teaser| dom::at(&self.root, &inner.shown, teaser));
                    drop(inner);
                    if let Some(element) = found {
                        page::scroll_to(&element);
                    }
                }
                Effect::Catalogue(language) => page::speak(self.number, language.code()),
                Effect::Emit(event) => is_cancelled |= events::dispatch(&self.host, event),
                Effect::Focus(place) => self.focus(place),
                Effect::Warn(line) => page::warn(line),
            }
        }
        is_cancelled
    }

    fn focus(&self, place: &Focus) {
        let inner = self.inner.borrow();
        let shown = &inner.shown;
        let element = match place {
            Focus::Status => self.part(shown, Part::Status),
            Focus::Retry if self.shadow.active_element() != self.part(shown, Part::Status) => None,
            Focus::Retry => self.part(shown, Part::Retry),
            Focus::Chip(place) => {
                let chips = self.find(shown, &|index| shown.get(index, Attribute::Class) == Some(Class::Chips.name()));
                let item = chips.and_then(|chips| page::child_at(&chips, *place as u32));
                item.and_then(|item| page::child_at(&item, 0))
            }
            Focus::Teaser(article) => {
                let action = Some(Action::Open(*article));
                self.find(shown, &|index| shown.element(index).action == action).or_else(|| {
                    // An article without a link: its headline.
                    let teaser = self.teaser(&inner, *article)?;
                    self.find(shown, &|index| index > teaser && shown.is_part(index, Part::Headline))
                })
            }
        };
        drop(inner);
        if let Some(element) = element {
            page::focus(&element, true);
        }
    }

    /// An article's teaser in the view.
    fn teaser(&self, inner: &Inner, article: ArticleIndex) -> Option<u32> {
        let key = key(inner.state.feed.as_ref()?.bundle.store.article(article).id());
        let shown = &inner.shown;
        shown.find(&|index| shown.is_part(index, Part::Teaser) && shown.element(index).key == key)
    }

    /// The element of the document that stands for the first one in the view of which `wanted` is true.
    fn find(&self, shown: &Tree, wanted: &dyn Fn(u32) -> bool) -> Option<page::Element> {
        dom::at(&self.root, shown, shown.find(wanted)?)
    }

    fn part(&self, shown: &Tree, part: Part) -> Option<page::Element> {
        self.find(shown, &|index| shown.is_part(index, part))
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

    fn status(&self) -> Option<page::Element> {
        self.part(&self.inner.borrow().shown, Part::Status)
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
