//! What a widget has attached to the page: one value, whose drop undoes it. What `www/later.js` holds by a widget's number
//! (timers, observers, marks) is undone by `release` there, which the loader calls beside it.

use std::cell::RefCell;
use std::rc::Rc;

use stichwort_core::i18n::{Catalogue, Language};
use stichwort_core::later::Later;
use stichwort_core::state::Msg;
use wasm_bindgen::prelude::*;

use crate::element::Widget;
use crate::page::{self, AbortController, Element, Event, ShadowRoot};
use crate::{cache, later, parts};

thread_local! {
    static MOUNTED: RefCell<Vec<Mounted>> = const { RefCell::new(Vec::new()) };
}

/// A widget in the page, as long as the element is connected.
struct Mounted {
    widget: Rc<Widget>,
    listening: AbortController,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.listening.abort();
        page::leave(&self.widget.shadow);
    }
}

/// Shows a widget in an element of the page, with the words at hand. The loader counts its calls, and calls by that
/// number. `is_lost` says that it cannot do without the part of the program that comes later, which could not be had.
#[wasm_bindgen]
pub fn mount(number: u32, host: Element, shadow: ShadowRoot, language: &str, words: &str, is_lost: bool) {
    let language = Language::of_tag(language).unwrap_or_default();
    let catalogue = Rc::new(Catalogue::from_lines(language, words));
    let (widget, effects) = Widget::new(number, host, shadow, catalogue, is_lost);
    let mounted = Mounted { widget: widget.clone(), listening: page::listen(number, &widget.shadow) };
    MOUNTED.with_borrow_mut(|all| all.push(mounted));
    // Last, when the number is known: an event can make the page change an attribute, or move the element.
    match parts::later() {
        Some(later) => later::begin(later, &widget),
        None => _ = widget.carry_out(effects),
    }
}

/// What the page has put into the element has changed.
#[wasm_bindgen]
pub fn surround(number: u32) {
    if let Some(widget) = widget(number) {
        widget.surround();
    }
}

/// The visitor has begun to read or to choose: what is shown stays where it is.
#[wasm_bindgen]
pub fn touch(number: u32) {
    if let Some(widget) = widget(number) {
        widget.touch();
    }
}

/// A click inside the widget.
#[wasm_bindgen]
pub fn click(number: u32, event: &Event) {
    if let Some(widget) = widget(number) {
        widget.click(event);
    }
}

/// Takes a widget out of the page.
#[wasm_bindgen]
pub fn unmount(number: u32) {
    let mounted = MOUNTED.with_borrow_mut(|all| {
        let at = all.iter().position(|mounted| mounted.widget.number == number)?;
        Some(all.swap_remove(at))
    });
    drop(mounted);
    cache::prune();
}

/// A widget in the page. Nothing stays borrowed: it may make the page call in again.
pub(crate) fn widget(number: u32) -> Option<Rc<Widget>> {
    all(&|widget| widget.number == number).pop()
}

/// The widgets in the page for which `is_wanted` holds. Nothing stays borrowed: they may make the page call in again.
pub(crate) fn all(is_wanted: &dyn Fn(&Widget) -> bool) -> Vec<Rc<Widget>> {
    MOUNTED.with_borrow(|all| {
        let mut found = Vec::new();
        for mounted in all {
            if is_wanted(&mounted.widget) {
                found.push(mounted.widget.clone());
            }
        }
        found
    })
}

/// Whether another widget than that of this number has this name in links.
pub(crate) fn is_taken(number: u32, name: &str) -> bool {
    let is_it =
        |widget: &Widget| widget.number != number && widget.link.try_borrow().is_ok_and(|link| link.has_name(name));
    !all(&is_it).is_empty()
}

/// Tells all widgets in the page that the rest of the program is there.
pub(crate) fn tell_later(later: Later) {
    for widget in all(&|_| true) {
        widget.handle(Msg::Later(later));
    }
}
