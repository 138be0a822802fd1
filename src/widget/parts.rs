//! Which parts of the program are there, see [`stichwort_core::later`].

use std::cell::Cell;

use stichwort_core::later::Later;
use stichwort_core::state::Msg;
use wasm_bindgen::prelude::*;

use crate::mounted;

thread_local! {
    static LATER: Cell<Option<Later>> = const { Cell::new(None) };
}

/// What comes later, if it is there.
pub(crate) fn later() -> Option<Later> {
    LATER.get()
}

/// It is there.
pub(crate) fn complete() {
    let later = Later::loaded();
    LATER.set(Some(later));
    mounted::tell_later(later);
}

/// The widget of this number needed it, `is_asked` because the visitor wanted something, and it could not be had.
#[wasm_bindgen(js_name = cutOff)]
pub fn cut_off(number: u32, is_asked: bool) {
    if let Some(widget) = mounted::widget(number) {
        widget.handle(Msg::CutOff { is_asked });
    }
}
