//! What the shell does for the part of the program that comes later, see [`stichwort_core::later`].
//!
//! All functions of this module belong to it. Those that take a [`Later`] are the ways into it from the first part.
//! Those that the page calls are exports of its module: the build (`src/xtask/wasm.rs`) has their names.

use std::cell::OnceCell;

use stichwort_core::fold;
use stichwort_core::later::Later;
use stichwort_core::options::{Options, Paging};
use stichwort_core::state::{Effect, Focus, History, Msg, State, Surroundings};
use stichwort_core::view::node::{Action, Attribute, Class, Name, Part, Tree};
use wasm_bindgen::prelude::*;

use crate::element::Widget;
use crate::mounted::widget;
use crate::page::{self, Element};
use crate::{attributes, cache, dom, events, link, parts};

/// All of the program is there.
#[wasm_bindgen]
pub fn complete() {
    parts::complete();
}

/// Reads what the page's address says of a widget.
#[inline(never)]
pub(crate) fn read_link(
    _: Later,
    host: &Element,
    name: &OnceCell<String>,
    options: &Options,
    surroundings: &mut Surroundings,
) {
    surroundings.link = match page::remembered(host) {
        Some(noted) => link::recall(&noted),
        None => link::read(name.get_or_init(|| page::link_name(host)), options.url_state).flatten(),
    };
}

/// Notes what is chosen, for the program that may have to take over from this one.
#[inline(never)]
pub(crate) fn note(_: Later, widget: &Widget) {
    page::remember(&widget.host, &link::note(&widget.inner.borrow().state.fields()));
}

/// Writes into the page's address what is chosen, where that is still to be done.
#[inline(never)]
pub(crate) fn keep_link(_: Later, widget: &Widget, state: &State) {
    if let Some(history) = widget.kept.take() {
        let fields = state.fields();
        // Where it was chosen before this part was there, it is not noted yet.
        page::remember(&widget.host, &link::note(&fields));
        link::write(widget.name(), state.options.url_state, &fields, history == History::Push);
    }
}

/// Does what only a visitor's further wishes ask for.
#[inline(never)]
pub(crate) fn carry_out(later: Later, widget: &Widget, effect: &Effect) {
    match effect {
        Effect::Work => page::work_later(widget.number),
        Effect::Copy => {
            keep_link(later, widget, &widget.inner.borrow().state);
            page::copy(widget.number);
        }
        Effect::ScrollTo(article) => {
            let inner = widget.inner.borrow();
            let found = widget.teaser(&inner, *article).and_then(|teaser| dom::at(&widget.root, &inner.shown, teaser));
            drop(inner);
            if let Some(element) = found {
                page::scroll_to(&element);
            }
        }
        _ => {}
    }
}

/// The element that is to have the focus.
#[inline(never)]
pub(crate) fn find(_: Later, widget: &Widget, place: &Focus) -> Option<Element> {
    let inner = widget.inner.borrow();
    let shown = &inner.shown;
    match place {
        Focus::Chip(place) => {
            let chips = widget.find(shown, &|index| shown.get(index, Attribute::Class) == Some(Class::Chips.name()))?;
            page::child_at(&page::child_at(&chips, *place as u32)?, 0)
        }
        Focus::Teaser(article) => {
            let action = Some(Action::Open(*article));
            widget.find(shown, &|index| shown.element(index).action == action).or_else(|| {
                // An article without a link: its headline.
                let teaser = widget.teaser(&inner, *article)?;
                widget.find(shown, &|index| index > teaser && shown.is_part(index, Part::Headline))
            })
        }
        Focus::Status | Focus::Retry => None,
    }
}

/// Marks hits, and waits for the end of the list to come into sight.
#[inline(never)]
pub(crate) fn shown(_: Later, widget: &Widget, state: &State, shown: &Tree) {
    if state.selection.is_search() || widget.is_marked.get() {
        widget.is_marked.set(state.selection.is_search());
        mark(widget, state, shown);
    }
    if state.options.paging == Paging::Scroll {
        let more = if state.comes_by_scrolling() { widget.part(shown, Part::More) } else { None };
        page::watch(widget.number, more.as_ref(), state.shown);
    }
}

/// Marks what is searched for in the texts of the teasers.
fn mark(widget: &Widget, state: &State, shown: &Tree) {
    page::unmark(widget.number);
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
                if let (false, Some(element)) = (spans.is_empty(), dom::at(&widget.root, shown, place)) {
                    page::mark(widget.number, &element, &spans);
                }
            }
        }
    }
    page::show_marks();
}

// ---- What the page calls once this part is there ----

/// Attributes have changed.
#[wasm_bindgen]
pub fn configure(number: u32) {
    let Some(widget) = widget(number) else { return };
    let (options, warnings) = attributes::read(&widget.host, parts::later());
    let said = std::mem::take(&mut widget.inner.borrow_mut().warnings);
    warnings.iter().filter(|line| !said.contains(line)).for_each(|line| page::warn(line));
    widget.inner.borrow_mut().warnings = warnings;
    widget.handle(Msg::Configure(options));
    cache::prune();
}

/// A field of the widget has another value; `is_final` if the visitor is done with it.
#[wasm_bindgen]
pub fn enter(number: u32, field: &Element, is_final: bool) {
    let Some(widget) = widget(number) else { return };
    if let Some(msg) = entered(&widget, field, is_final) {
        widget.handle(msg);
    }
}

/// Something has been clicked that the program's first part knows nothing of.
#[wasm_bindgen]
pub fn press(number: u32, target: &Element) {
    let Some(widget) = widget(number) else { return };
    if let Some(msg) = pressed(&widget, target) {
        widget.handle(msg);
    }
}

fn pressed(widget: &Widget, target: &Element) -> Option<Msg> {
    let inner = widget.inner.try_borrow().ok()?;
    let (index, action) = events::clicked(&inner.shown, &dom::trace(&widget.root, &inner.shown, target))?;
    events::further_message(&inner.shown, index, action)
}

fn entered(widget: &Widget, field: &Element, is_final: bool) -> Option<Msg> {
    let inner = widget.inner.try_borrow().ok()?;
    let traced = dom::trace(&widget.root, &inner.shown, field);
    events::entered(&inner.shown, &traced, page::value_of(field), is_final)
}

/// The visitor is about to search.
#[wasm_bindgen]
pub fn seek(number: u32) {
    handle(number, Msg::TouchSearch);
}

/// The end of the list has come into sight.
#[wasm_bindgen]
pub fn scroll(number: u32) {
    handle(number, Msg::Scroll);
}

/// The visitor has scrolled, and this teaser is the first that is seen.
#[wasm_bindgen]
pub fn arrive(number: u32, teaser: usize) {
    handle(number, Msg::At(teaser));
}

/// The page has had its turn.
#[wasm_bindgen]
pub fn work(number: u32) {
    handle(number, Msg::Work);
}

/// The page's address has been copied.
#[wasm_bindgen]
pub fn copied(number: u32) {
    handle(number, Msg::Copied);
}

fn handle(number: u32, msg: Msg) {
    if let Some(widget) = widget(number) {
        widget.handle(msg);
    }
}

/// The page's address has changed.
#[wasm_bindgen]
pub fn follow(number: u32) {
    let Some(widget) = widget(number) else { return };
    // The page may tell of it while the view is being changed: then it is the widget's own doing, or comes again.
    let Ok(inner) = widget.inner.try_borrow() else { return };
    let state = inner.state.options.url_state;
    drop(inner);
    // Whoever goes elsewhere takes no step from there.
    widget.kept.set(None);
    if let Some(fields) = link::read(widget.name(), state) {
        widget.handle(Msg::Link(fields));
    }
}

/// What is chosen has been painted, or typing has come to a rest: the page's address is to say it.
#[wasm_bindgen]
pub fn keep(number: u32) {
    if let (Some(widget), Some(later)) = (widget(number), parts::later())
        && let Ok(inner) = widget.inner.try_borrow()
    {
        keep_link(later, &widget, &inner.state);
    }
}

impl Widget {
    /// What it is called in the page's address.
    fn name(&self) -> &str {
        self.name.get_or_init(|| page::link_name(&self.host))
    }
}
