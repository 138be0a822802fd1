//! What the loader does for the program: requests with their fixed options, and the style sheet all widgets share.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The object that `www/loader.js` hands over.
    #[derive(Clone)]
    pub type Loader;

    /// The loader's own address.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn base(this: &Loader) -> String;

    /// The request for a bundle: the one that the loader has begun already, or a new one.
    #[wasm_bindgen(method)]
    pub(crate) fn request(this: &Loader, url: &str, revalidate: bool) -> Request;

    /// Adopts the shared style sheet.
    #[wasm_bindgen(method)]
    pub(crate) fn dress(this: &Loader, shadow: &web_sys::ShadowRoot);

    /// A request under way.
    pub(crate) type Request;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn response(this: &Request) -> js_sys::Promise;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn controller(this: &Request) -> web_sys::AbortController;
}

thread_local! {
    static LOADER: RefCell<Option<Loader>> = const { RefCell::new(None) };
}

pub(crate) fn set(loader: Loader) {
    LOADER.set(Some(loader));
}

/// The loader.
///
/// # Panics
///
/// Before [`set`].
pub(crate) fn get() -> Loader {
    LOADER.with_borrow(|loader| loader.clone()).expect("the loader calls start before mount")
}
