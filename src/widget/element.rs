//! One widget in its element: messages in, the view patched, effects carried out.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use stichwort_core::state::{Effect, Feed, Focus, Msg, State, update};
use stichwort_core::store;
use stichwort_core::view::node::{Action, Attribute, Class, Element, Name, Part};
use stichwort_core::view::{patch, view};

use crate::page::{self, Document, ShadowRoot};
use crate::{attributes, cache, dom, events};

/// Milliseconds after their first paint in which articles may still change places by themselves.
const FRESH: f64 = 1000.0;

/// A widget; lives as long as the `Mounted` that owns it.
pub(crate) struct Widget {
    host: page::Element,
    shadow: ShadowRoot,
    root: page::Element,
    document: Document,
    /// What has happened and is not shown yet: a patch can make the page call in again (by a `blur`), while the
    /// view is being changed.
    waiting: RefCell<VecDeque<Msg>>,
    /// When the first articles of a bundle that is still being read were shown.
    arrived_at: Cell<f64>,
    /// Whether the visitor has done something with the list since.
    is_touched: Cell<bool>,
    inner: RefCell<Inner>,
}

struct Inner {
    state: State,
    shown: Element,
    /// What has been said of the attributes as they are, so that it is said once.
    warnings: Vec<String>,
}

impl Widget {
    /// Shows a new widget in `shadow`; with what it asks for first, to be carried out once it is known to the loader.
    pub(crate) fn new(host: page::Element, shadow: ShadowRoot) -> (Rc<Self>, Vec<Effect>) {
        let document = host.owner_document();
        let (options, warnings) = attributes::read(&host);
        let (state, effects) = State::new(options, attributes::surroundings(&host));
        let shown = view(&state);
        let root = dom::create(&document, &shown);
        shadow.replace_children(&root);
        warnings.iter().for_each(|line| page::warn(line));
        let inner = RefCell::new(Inner { state, shown, warnings });
        (
            Rc::new(Self {
                host,
                shadow,
                root,
                document,
                waiting: RefCell::default(),
                arrived_at: Cell::default(),
                is_touched: Cell::default(),
                inner,
            }),
            effects,
        )
    }

    /// Lets something happen. True if the page has cancelled an event of it.
    pub(crate) fn handle(self: &Rc<Self>, msg: Msg) -> bool {
        self.waiting.borrow_mut().push_back(msg);
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
        let msg = self.waiting.borrow_mut().pop_front()?;
        let Inner { state, shown, .. } = &mut *inner;
        let effects = update(state, msg);
        let next = view(state);
        let had_focus = Focused::in_widget(&self.host, &self.shadow, shown);
        dom::apply(&self.document, &self.root, &patch::diff(shown, &next));
        *shown = next;
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
            events::message(&dom::trace(&self.root, &inner.shown, &target), event)
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

    /// An element that shows what the page has put into the host.
    pub(crate) fn slot(&self) -> page::Element {
        self.document.create_element(Name::Slot.name())
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
                Effect::Emit(event) => is_cancelled |= events::dispatch(&self.host, event),
                Effect::Focus(place) => self.focus(place),
                Effect::Warn(line) => page::warn(line),
            }
        }
        is_cancelled
    }

    fn focus(&self, place: &Focus) {
        let inner = self.inner.borrow();
        let is_part = |element: &Element, part: Part| element.get(Attribute::Part) == Some(part.name());
        let element = match place {
            Focus::Status => self.status(),
            Focus::Retry if self.shadow.active_element() != self.status() => None,
            Focus::Retry => dom::find(&self.root, &inner.shown, &|element| is_part(element, Part::Retry)),
            Focus::Chip(place) => {
                let chips = dom::find(&self.root, &inner.shown, &|element| {
                    element.get(Attribute::Class) == Some(Class::Chips.name())
                });
                let item = chips.and_then(|chips| page::child_at(&chips, *place));
                item.and_then(|item| page::child_at(&item, 0))
            }
            Focus::Teaser(article) => {
                let is_link = |element: &Element| element.action == Some(Action::Open(*article));
                dom::find(&self.root, &inner.shown, &is_link).or_else(|| {
                    // An article without a link: its headline.
                    let feed = inner.state.feed.as_ref()?;
                    let key = store::hash(feed.bundle.store.article(*article).id());
                    let teaser = |element: &Element| is_part(element, Part::Teaser) && element.key == Some(key);
                    let view = inner.shown.find(&teaser)?;
                    let root = dom::find(&self.root, &inner.shown, &teaser)?;
                    dom::find(&root, view, &|element| is_part(element, Part::Headline))
                })
            }
        };
        drop(inner);
        if let Some(element) = element {
            page::focus(&element, true);
        }
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
        let inner = self.inner.borrow();
        dom::find(&self.root, &inner.shown, &|element| element.get(Attribute::Part) == Some(Part::Status.name()))
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
    fn in_widget(host: &page::Element, shadow: &ShadowRoot, shown: &Element) -> Self {
        match shadow.active_element() {
            Some(element) => Self::Inside(element),
            None if has_slot(shown) && host.matches(":focus-within") => Self::Fallback,
            None => Self::Elsewhere,
        }
    }
}

fn has_slot(view: &Element) -> bool {
    view.find(&|element| element.name == Name::Slot).is_some()
}
