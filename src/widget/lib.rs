//! The browser side: the only crate that names what a page has.
//!
//! The loader (`www/loader.js`) owns the element class and calls [`mount`] for
//! each element. `www/page.js` does for the program what takes fewer bytes in
//! JavaScript, and calls in when something happens: for each kind of event an
//! export of this crate, which takes the widget's number first. What a widget attaches to the page is one value, whose drop
//! undoes it, see `mounted.rs`.

mod attributes;
mod cache;
mod dom;
mod element;
mod events;
mod fetch;
mod later;
mod link;
mod mounted;
mod page;
mod parts;

use stichwort_alloc as _; // in the browser it is what allocates

pub use fetch::{lose, open, push, show, step};
pub use later::{
    arrive, blur, complete, configure, copied, enter, fail, follow, keep, press, scroll, seek, translate, work,
};
pub use mounted::{click, mount, surround, touch, unmount};
pub use parts::cut_off;

/// Tells of a panic, which `panic = "abort"` would not.
#[cfg(debug_assertions)]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn tell_panics() {
    std::panic::set_hook(Box::new(|info| page::warn(&info.to_string())));
}
