//! What the program asks of the page: the functions of `www/page.js`, and the few methods of the DOM that it uses.
//!
//! Not web-sys, whose bytes would reach the browser: its imports catch what never
//! throws, ask values for their class and have a long name each. What takes
//! several calls or may throw is a function in `www/page.js`, where it takes
//! fewer bytes than its imports would take here. No other module has imports.
//!
//! A type says what a value is good for; nothing asks for its class, which may
//! be another window's where the element has moved.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// An element of a document.
    #[derive(Clone, PartialEq)]
    pub type Element;

    #[wasm_bindgen(method, getter, js_name = parentElement)]
    pub(crate) fn parent_element(this: &Element) -> Option<Element>;

    #[wasm_bindgen(method, getter, js_name = previousElementSibling)]
    pub(crate) fn previous_element_sibling(this: &Element) -> Option<Element>;

    #[wasm_bindgen(method, js_name = getAttribute)]
    pub(crate) fn get_attribute(this: &Element, name: &str) -> Option<String>;

    #[wasm_bindgen(method, setter, js_name = textContent)]
    pub(crate) fn set_text_content(this: &Element, text: &str);

    #[wasm_bindgen(method)]
    pub(crate) fn remove(this: &Element);

    #[wasm_bindgen(method)]
    pub(crate) fn contains(this: &Element, other: &Element) -> bool;

    #[wasm_bindgen(method)]
    pub(crate) fn matches(this: &Element, selector: &str) -> bool;

    /// The shadow root of the widget's element.
    #[derive(Clone)]
    pub type ShadowRoot;

    #[wasm_bindgen(method, getter, js_name = activeElement)]
    pub(crate) fn active_element(this: &ShadowRoot) -> Option<Element>;

    #[wasm_bindgen(method, js_name = querySelector)]
    pub(crate) fn query_selector(this: &ShadowRoot, selector: &str) -> Option<Element>;

    #[wasm_bindgen(method, js_name = replaceChildren)]
    pub(crate) fn replace_children(this: &ShadowRoot, child: &Element);

    /// A click.
    pub type Event;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn target(this: &Event) -> Option<Element>;

    #[wasm_bindgen(method, js_name = preventDefault)]
    pub(crate) fn prevent_default(this: &Event);

    /// What ends something that goes on in the page: a request, or listening.
    pub(crate) type AbortController;

    #[wasm_bindgen(method)]
    pub(crate) fn abort(this: &AbortController);

    /// Milliseconds since 1970.
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    pub(crate) fn date() -> f64;

    /// Milliseconds since the page was opened: for what is measured and never for what is shown.
    #[wasm_bindgen(js_namespace = performance)]
    pub(crate) fn now() -> f64;

    // ---- www/page.js ----

    /// Begins the request for a bundle, or takes the one that the loader has begun; its answer comes to
    /// [`fetch`](crate::fetch) under this number.
    #[wasm_bindgen]
    pub(crate) fn request(number: u32, url: &str, revalidate: bool) -> AbortController;

    /// The words of a language that only the part says which comes later, if they are there.
    #[wasm_bindgen(js_name = furtherWords)]
    pub(crate) fn further_words(language: &str) -> Option<String>;

    /// Gets the words of a language for the widget of this number; they come to [`translate`](crate::translate).
    #[wasm_bindgen]
    pub(crate) fn speak(number: u32, language: &str);

    /// Listens to what visitors do in the widget of this number.
    #[wasm_bindgen]
    pub(crate) fn listen(number: u32, shadow: &ShadowRoot) -> AbortController;

    /// Shows in an element what the page has put into it.
    #[wasm_bindgen]
    pub(crate) fn leave(shadow: &ShadowRoot);

    /// Dispatches an event `stichwort-KIND`, with its detail as JSON. True if the page has cancelled it.
    #[wasm_bindgen]
    pub(crate) fn emit(target: &Element, kind: &str, detail: &str) -> bool;

    /// The absolute form of an address in the element's document, if it is one.
    #[wasm_bindgen]
    pub(crate) fn resolve(host: &Element, address: &str) -> Option<String>;

    /// Whether the element holds something that can be seen.
    #[wasm_bindgen(js_name = hasFallback)]
    pub(crate) fn has_fallback(host: &Element) -> bool;

    /// The first link inside the element, absolute.
    #[wasm_bindgen(js_name = fallbackLink)]
    pub(crate) fn fallback_link(host: &Element) -> Option<String>;

    /// The nearest `lang` above the element.
    #[wasm_bindgen(js_name = pageLanguage)]
    pub(crate) fn page_language(host: &Element) -> Option<String>;

    /// The visitor's languages, by number.
    #[wasm_bindgen]
    pub(crate) fn language(index: usize) -> Option<String>;

    /// The page's host and the script's, by number.
    #[wasm_bindgen]
    pub(crate) fn host(index: usize) -> Option<String>;

    /// The value of a field.
    #[wasm_bindgen(js_name = valueOf)]
    pub(crate) fn value_of(field: &Element) -> String;

    /// Gives a field its value, if it has another, or lets an option be the one that is chosen.
    #[wasm_bindgen(js_name = setValue)]
    pub(crate) fn set_value(field: &Element, value: &str);

    /// Whether Enter has ended a search where the main pointer is a finger.
    #[wasm_bindgen(js_name = isEntered)]
    pub(crate) fn is_entered(field: &Element) -> bool;

    /// The visitor's day: year, month and day in one decimal number.
    #[wasm_bindgen]
    pub(crate) fn today() -> u32;

    /// Whether the page has an address that others can follow.
    #[wasm_bindgen(js_name = canCopy)]
    pub(crate) fn can_copy() -> bool;

    /// Copies the page's address with another query and fragment; [`copied`](crate::copied) follows. What could not be
    /// copied is put into the field that the view has then.
    #[wasm_bindgen]
    pub(crate) fn copy(number: u32, query: &str, fragment: &str, shadow: &ShadowRoot);

    /// Lets [`work`](crate::work) be called after the page has had its turn.
    #[wasm_bindgen(js_name = workLater)]
    pub(crate) fn work_later(number: u32);

    /// What the element is called in the page's address.
    #[wasm_bindgen(js_name = linkName)]
    pub(crate) fn link_name(host: &Element) -> String;

    /// The fragment or the query of the page's address, without its sign.
    #[wasm_bindgen]
    pub(crate) fn address(is_query: bool) -> String;

    /// Whether this fragment leads to an element of the page, or to its top.
    #[wasm_bindgen(js_name = isElement)]
    pub(crate) fn is_element(fragment: &str) -> bool;

    /// Whether the page is still being read.
    #[wasm_bindgen(js_name = isParsing)]
    pub(crate) fn is_parsing() -> bool;

    /// Whether the link that was clicked last leads to the page's address.
    #[wasm_bindgen(js_name = isFollowed)]
    pub(crate) fn is_followed() -> bool;

    /// Gives the page's address another query and fragment, in a new entry of the history or not.
    #[wasm_bindgen(js_name = setAddress)]
    pub(crate) fn set_address(query: &str, fragment: &str, is_new: bool);

    /// Lets [`press`](crate::press) be called when the part of the program is there that comes later.
    #[wasm_bindgen(js_name = pressThen)]
    pub(crate) fn press_then(number: u32, target: &Element);

    /// Gets that part; [`configure`](crate::configure) follows, or [`cut_off`](crate::cut_off) where it cannot be had.
    #[wasm_bindgen(js_name = completeThen)]
    pub(crate) fn complete_then(number: u32);

    /// Lets [`keep`](crate::keep) be called when what shows has been painted, and the part of the program is there that
    /// comes later.
    #[wasm_bindgen(js_name = keepThen)]
    pub(crate) fn keep_then(number: u32);

    /// Lets [`keep`](crate::keep) be called when nothing has been typed for a moment.
    #[wasm_bindgen(js_name = keepLater)]
    pub(crate) fn keep_later(number: u32);

    /// Notes what is chosen, for the program that has to take over from this one.
    #[wasm_bindgen]
    pub(crate) fn remember(host: &Element, fragment: &str);

    /// What was noted by a program before this one.
    #[wasm_bindgen]
    pub(crate) fn remembered(host: &Element) -> Option<String>;

    /// Brings an element to the top of what is seen.
    #[wasm_bindgen(js_name = scrollTo)]
    pub(crate) fn scroll_to(element: &Element);

    /// Sees to what the page does with a widget that shows. Where further teasers come by scrolling, calls
    /// [`scroll`](crate::scroll) once when the end of the list comes into sight, while so many teasers show.
    #[wasm_bindgen]
    pub(crate) fn watch(number: u32, shadow: &ShadowRoot, comes_by_scrolling: bool, shown: usize);

    /// Forgets which texts of a widget are marked.
    #[wasm_bindgen]
    pub(crate) fn unmark(number: u32);

    /// Marks places of an element's text: each two numbers are a beginning and an end, ascending.
    #[wasm_bindgen]
    pub(crate) fn mark(number: u32, element: &Element, spans: &[u32]);

    /// Shows what is marked.
    #[wasm_bindgen(js_name = showMarks)]
    pub(crate) fn show_marks();

    /// Notes a word of the view, by the number that stands for it below.
    #[wasm_bindgen]
    pub(crate) fn learn(number: u8, word: &str);

    /// Makes an element of this name, in the document of `near`.
    #[wasm_bindgen(js_name = createElement)]
    pub(crate) fn create_element(near: &Element, name: u8) -> Element;

    /// Gives an attribute a word as its value.
    #[wasm_bindgen(js_name = setAttributeWord)]
    pub(crate) fn set_attribute_word(element: &Element, name: u8, word: u8);

    /// Gives an attribute a text as its value.
    #[wasm_bindgen(js_name = setAttributeText)]
    pub(crate) fn set_attribute_text(element: &Element, name: u8, text: &str);

    /// Takes an attribute away.
    #[wasm_bindgen(js_name = removeAttribute)]
    pub(crate) fn remove_attribute(element: &Element, name: u8);

    /// Puts an element before the child at a place; behind the last one where there is none, or that is negative.
    #[wasm_bindgen(js_name = insertAt)]
    pub(crate) fn insert_at(parent: &Element, child: &Element, index: i32);

    /// The child element at a place.
    #[wasm_bindgen(js_name = childAt)]
    pub(crate) fn child_at(parent: &Element, index: u32) -> Option<Element>;

    /// Gives an element the focus, and scrolls to it if so wanted.
    #[wasm_bindgen]
    pub(crate) fn focus(element: &Element, scrolls: bool);

    /// Whether a key was held down that makes another thing of a click.
    #[wasm_bindgen(js_name = hasModifier)]
    pub(crate) fn has_modifier(event: &Event) -> bool;

    /// Tells the webmaster something in the console.
    #[wasm_bindgen]
    pub(crate) fn warn(line: &str);
}
