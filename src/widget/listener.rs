//! A listener that is a value: it listens as long as it lives.
//!
//! gloo's listener takes an `FnMut`, which must not be called while it runs. A
//! page may well make an event happen while another one is handled (a focus
//! trap that clicks when the focus leaves), so ours takes an `Fn`.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Listens for events of a kind, in the capture phase: `scroll` does not bubble.
#[must_use = "dropping it ends the listening"]
pub(crate) struct Listener {
    target: EventTarget,
    kind: &'static str,
    callback: Closure<dyn Fn(Event)>,
}

impl Listener {
    /// Listens from now on.
    pub(crate) fn new(target: &EventTarget, kind: &'static str, callback: impl Fn(&Event) + 'static) -> Self {
        let callback = Closure::<dyn Fn(Event)>::new(move |event: Event| callback(&event));
        let function = callback.as_ref().unchecked_ref();
        target.add_event_listener_with_callback_and_bool(kind, function, true).unwrap_or_default();
        Self { target: target.clone(), kind, callback }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.callback.as_ref().unchecked_ref();
        self.target.remove_event_listener_with_callback_and_bool(self.kind, function, true).unwrap_or_default();
    }
}
