//! The browser side: the only crate that names web-sys.
//!
//! The loader (`www/loader.js`) owns the element class and starts the first
//! requests. It calls [`start`] once and [`mount`] for each element. A
//! [`Mounted`] owns all that is attached to the page; its drop undoes it.

mod attributes;
mod cache;
mod clock;
mod dom;
mod element;
mod events;
mod fetch;
mod listener;
mod loader;
mod mounted;

use stichwort_alloc as _; // in the browser it is what allocates
use wasm_bindgen::prelude::*;

pub use mounted::Mounted;

/// Takes the loader, once, before anything else.
#[wasm_bindgen]
pub fn start(loader: loader::Loader) {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    loader::set(loader);
}

/// Shows a widget in an element of the page.
///
/// # Errors
///
/// The element takes no shadow root.
#[wasm_bindgen]
pub fn mount(host: web_sys::HtmlElement) -> Result<Mounted, JsValue> {
    Mounted::new(host)
}
