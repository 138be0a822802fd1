//! What a widget has attached to the page: one value, whose drop undoes all of it.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use crate::element::Widget;
use crate::listener::Listener;
use crate::{cache, loader};

/// A widget in the page. The loader keeps it while the element is connected, and frees it then.
#[wasm_bindgen]
#[must_use = "dropping it takes the widget out of the page"]
pub struct Mounted {
    widget: Option<Rc<Widget>>,
    shadow: ShadowRoot,
    listeners: Vec<Listener>,
}

impl Mounted {
    pub(crate) fn new(host: HtmlElement) -> Result<Self, JsValue> {
        let shadow = match host.shadow_root() {
            Some(shadow) => shadow,
            // Fails where the page has put a closed one there.
            None => host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?,
        };
        loader::get().dress(&shadow);
        let (widget, effects) = Widget::new(host, shadow.clone());
        let clicked = widget.clone();
        let slotted = widget.clone();
        let mut listeners = vec![
            Listener::new(&shadow, "click", move |event| clicked.click(event)),
            Listener::new(&shadow, "slotchange", move |_| slotted.surround()),
        ];
        let mut on_touch = |target: &EventTarget, kind: &'static str| {
            let touched = widget.clone();
            listeners.push(Listener::new(target, kind, move |_| touched.touch()));
        };
        for kind in ["pointerdown", "keydown", "focusin"] {
            on_touch(&shadow, kind);
        }
        if let Some(document) = shadow.owner_document() {
            // Of the page or of anything in it that scrolls.
            on_touch(&document, "scroll");
        }
        // Later, when the loader knows of this value: an event can make the page change an attribute.
        let begun = Rc::downgrade(&widget);
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(widget) = begun.upgrade() {
                widget.carry_out(effects);
            }
        });
        Ok(Self { widget: Some(widget), shadow, listeners })
    }
}

#[wasm_bindgen]
impl Mounted {
    /// Attributes have changed.
    pub fn configure(&self) {
        if let Some(widget) = &self.widget {
            widget.configure();
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // A shadow root cannot be taken off again: a slot in it shows what the page had put there.
        let document = self.shadow.owner_document();
        if let Some(slot) = document.and_then(|document| document.create_element("slot").ok()) {
            self.shadow.replace_children_with_node_1(&slot);
        }
        // Listeners hold the widget too: only without them does nobody wait for its bundle any more.
        self.listeners.clear();
        self.widget = None;
        cache::prune();
    }
}
