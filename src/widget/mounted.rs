//! What a widget has attached to the page: one value, whose drop undoes all of it.

use std::cell::RefCell;
use std::rc::Rc;

use stichwort_core::i18n::{Catalogue, Language};
use stichwort_core::state::Msg;
use wasm_bindgen::prelude::*;

use crate::cache;
use crate::element::Widget;
use crate::page::{self, AbortController, Element, Event, ShadowRoot};

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
        self.widget.leave();
    }
}

/// Shows a widget in an element of the page, with the words at hand. The loader counts its calls, and calls by that
/// number.
#[wasm_bindgen]
pub fn mount(number: u32, host: Element, shadow: ShadowRoot, language: &str, words: &str) {
    let language = Language::of_tag(language).unwrap_or_default();
    let catalogue = Rc::new(Catalogue::from_lines(language, words));
    let (widget, effects) = Widget::new(number, host, shadow, catalogue);
    let mounted = Mounted { widget: widget.clone(), listening: page::listen(number, &widget.shadow) };
    MOUNTED.with_borrow_mut(|all| all.push(mounted));
    // Last, when the number is known: an event can make the page change an attribute, or move the element.
    widget.carry_out(effects);
}

/// Attributes have changed.
#[wasm_bindgen]
pub fn configure(number: u32) {
    if let Some(widget) = widget(number) {
        widget.configure();
    }
}

/// The words of a language have come, or cannot be had.
#[wasm_bindgen]
pub fn translate(number: u32, language: &str, words: Option<String>) {
    let language = Language::of_tag(language).unwrap_or_default();
    let catalogue = words.map(|words| Rc::new(Catalogue::from_lines(language, &words)));
    if let Some(widget) = widget(number) {
        widget.handle(Msg::Catalogue(language, catalogue));
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

/// A field of the widget has another value; `is_final` if the visitor is done with it.
#[wasm_bindgen]
pub fn enter(number: u32, event: &Event, is_final: bool) {
    if let Some(widget) = widget(number) {
        widget.enter(event, is_final);
    }
}

/// The visitor is about to search.
#[wasm_bindgen]
pub fn seek(number: u32) {
    if let Some(widget) = widget(number) {
        widget.handle(Msg::TouchSearch);
    }
}

/// The end of the list has come into sight.
#[wasm_bindgen]
pub fn scroll(number: u32) {
    if let Some(widget) = widget(number) {
        widget.handle(Msg::Scroll);
    }
}

/// The visitor has scrolled, and this teaser is the first that is seen.
#[wasm_bindgen]
pub fn arrive(number: u32, teaser: usize) {
    if let Some(widget) = widget(number) {
        widget.handle(Msg::At(teaser));
    }
}

/// The page has had its turn.
#[wasm_bindgen]
pub fn work(number: u32) {
    if let Some(widget) = widget(number) {
        widget.handle(Msg::Work);
    }
}

/// The page's address has changed.
#[wasm_bindgen]
pub fn follow(number: u32) {
    if let Some(widget) = widget(number) {
        widget.follow();
    }
}

/// Nothing has been typed for a moment.
#[wasm_bindgen]
pub fn keep(number: u32) {
    if let Some(widget) = widget(number) {
        widget.keep_now();
    }
}

/// The page's address has been copied.
#[wasm_bindgen]
pub fn copied(number: u32) {
    if let Some(widget) = widget(number) {
        widget.handle(Msg::Copied);
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
fn widget(number: u32) -> Option<Rc<Widget>> {
    MOUNTED.with_borrow(|all| Some(all.iter().find(|mounted| mounted.widget.number == number)?.widget.clone()))
}
