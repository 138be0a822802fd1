//! One widget in its element: messages in, the view patched, effects carried out.

use std::cell::RefCell;
use std::rc::Rc;

use stichwort_core::state::{Effect, Focus, Msg, State, update};
use stichwort_core::store;
use stichwort_core::view::node::{Action, Attribute, Class, Element, Part};
use stichwort_core::view::{patch, view};
use wasm_bindgen::JsCast;
use web_sys::{Document, FocusOptions, HtmlElement, ShadowRoot, console};

use crate::{attributes, cache, dom, events};

/// A widget; lives as long as the [`Mounted`](crate::Mounted) that owns it.
pub(crate) struct Widget {
    host: HtmlElement,
    shadow: ShadowRoot,
    root: web_sys::Element,
    document: Document,
    inner: RefCell<Inner>,
}

struct Inner {
    state: State,
    shown: Element,
    /// What has been said of the attributes as they are, so that it is said once.
    warnings: Vec<String>,
}

impl Widget {
    /// Shows a new widget in `shadow` and asks for its bundle.
    pub(crate) fn new(host: HtmlElement, shadow: ShadowRoot) -> Rc<Self> {
        let document = host.owner_document().expect("an element in a page has a document");
        let (options, warnings) = attributes::read(&host);
        let (state, effects) = State::new(options, attributes::surroundings(&host));
        let shown = view(&state);
        let root = dom::create(&document, &shown);
        shadow.replace_children_with_node_1(&root);
        warnings.iter().for_each(|line| warn(line));
        let inner = RefCell::new(Inner { state, shown, warnings });
        let widget = Rc::new(Self { host, shadow, root, document, inner });
        widget.carry_out(effects);
        widget
    }

    /// Lets something happen. True if the page has cancelled an event of it.
    pub(crate) fn handle(self: &Rc<Self>, msg: Msg) -> bool {
        let effects = {
            let Inner { state, shown, .. } = &mut *self.inner.borrow_mut();
            let effects = update(state, msg);
            let focused = self.shadow.active_element();
            let next = view(state);
            dom::apply(&self.document, &self.root, &patch::diff(shown, &next));
            *shown = next;
            let is_lost = focused.is_some() && self.shadow.active_element() != focused;
            let is_placed = effects.iter().any(|effect| matches!(effect, Effect::Focus(_)));
            if let (true, false, Some(focused)) = (is_lost, is_placed, focused) {
                self.rescue_focus(&focused, shown);
            }
            effects
        };
        // From here on nothing is borrowed: the page may answer an event with a new attribute at once.
        self.carry_out(effects)
    }

    /// A click inside the widget.
    pub(crate) fn click(self: &Rc<Self>, event: &web_sys::Event) {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let msg = target.and_then(|target| {
            let inner = self.inner.borrow();
            events::message(&dom::trace(&self.root, &inner.shown, &target), event)
        });
        if msg.is_some_and(|msg| self.handle(msg)) {
            event.prevent_default();
        }
    }

    /// Attributes have changed.
    pub(crate) fn configure(self: &Rc<Self>) {
        let (options, warnings) = attributes::read(&self.host);
        let said = std::mem::take(&mut self.inner.borrow_mut().warnings);
        warnings.iter().filter(|line| !said.contains(line)).for_each(|line| warn(line));
        self.inner.borrow_mut().warnings = warnings;
        self.handle(Msg::Configure(options));
        cache::prune();
    }

    /// What the page has put into the element has changed.
    pub(crate) fn surround(self: &Rc<Self>) {
        self.handle(Msg::Surround(attributes::surroundings(&self.host)));
    }

    /// The address of the bundle that the widget shows or waits for.
    pub(crate) fn source(&self) -> Option<String> {
        self.inner.borrow().state.options.src.clone()
    }

    fn carry_out(self: &Rc<Self>, effects: Vec<Effect>) -> bool {
        let mut is_cancelled = false;
        for effect in effects {
            match effect {
                Effect::Load { url, revalidate } => cache::load(&url, revalidate, self),
                Effect::Emit(event) => is_cancelled |= events::dispatch(&self.host, event),
                Effect::Focus(place) => self.focus(&place),
                Effect::Warn(line) => warn(&line),
            }
        }
        is_cancelled
    }

    fn focus(&self, place: &Focus) {
        let inner = self.inner.borrow();
        let is_part = |element: &Element, part: Part| element.get(Attribute::Part) == Some(part.name());
        let element = match place {
            Focus::Status => dom::find(&self.root, &inner.shown, &|element| is_part(element, Part::Status)),
            Focus::Chip(place) => {
                let chips = dom::find(&self.root, &inner.shown, &|element| {
                    element.get(Attribute::Class) == Some(Class::Chips.name())
                });
                let item = chips.and_then(|chips| chips.children().item(*place as u32));
                item.and_then(|item| item.first_element_child())
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
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            element.focus().unwrap_or_default();
        }
    }

    /// The focus was on `focused` before a patch and is not any more: either it was moved, or it is gone.
    fn rescue_focus(&self, focused: &web_sys::Element, shown: &Element) {
        let is_status = |element: &Element| element.get(Attribute::Part) == Some(Part::Status.name());
        let target = if self.root.contains(Some(focused)) {
            Some(focused.clone())
        } else {
            dom::find(&self.root, shown, &is_status)
        };
        if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            target.focus_with_options(&options).unwrap_or_default();
        }
    }
}

fn warn(line: &str) {
    console::warn_1(&["stichwort: ", line].concat().into());
}
