//! Events: a click becomes a message, what core wants to tell the page becomes an event of the element.

use stichwort_core::state::{Event, Msg};
use stichwort_core::view::node::{Action, Attribute, Tree};
use wasm_bindgen::JsValue;

use crate::page::{self, Array, Object};

/// What a click on the innermost of these elements of the view asks for.
pub(crate) fn message(shown: &Tree, traced: &[u32], event: &page::Event) -> Option<Msg> {
    let (index, action) = traced.iter().rev().find_map(|&index| Some((index, shown.element(index).action?)))?;
    let tag = || shown.get(index, Attribute::DataTag).map(str::to_owned);
    Some(match action {
        Action::ToggleTag => Msg::ToggleTag(tag()?),
        Action::RemoveChip => Msg::RemoveChip(tag()?),
        Action::Clear => Msg::Clear,
        Action::ToggleAllTags => Msg::ToggleAllTags,
        Action::ToggleFilters => Msg::ToggleFilters,
        Action::More => Msg::More,
        Action::ShowUpdates => Msg::ShowUpdates,
        Action::Retry => Msg::Retry,
        Action::LoadImage(article) => Msg::LoadImage(article),
        // With a modifier the visitor wants a new tab or a download: that is the browser's matter.
        Action::Open(_) if page::has_modifier(event) => return None,
        Action::Open(article) => Msg::Open(article),
    })
}

/// Dispatches an event of the element; the names in `detail` are a public contract. True if the page has cancelled it.
pub(crate) fn dispatch(target: &page::Element, event: &Event) -> bool {
    let detail = Object::new();
    let (kind, cancelable) = match event {
        Event::Load { url, articles, problems } => {
            let list = Array::new();
            for problem in problems {
                let entry = Object::new();
                entry.set_text("place", &problem.place);
                entry.set_text("message", &problem.message);
                list.push(&entry);
            }
            detail.set_text("url", url);
            detail.set_number("articles", *articles);
            detail.set("problems", &list);
            ("load", false)
        }
        Event::Error { url, kind, status, message } => {
            detail.set_text("url", url);
            detail.set_text("kind", kind);
            match status {
                Some(status) => detail.set_number("status", u32::from(*status)),
                None => detail.set("status", &JsValue::NULL),
            }
            detail.set_text("message", message);
            ("error", false)
        }
        Event::Change { tags, matches } => {
            let list = Array::new();
            tags.iter().for_each(|tag| list.push_text(tag));
            let selection = Object::new();
            selection.set("tags", &list);
            detail.set("selection", &selection);
            detail.set_number("matches", *matches);
            ("change", false)
        }
        Event::Select { id, url, headline } => {
            detail.set_text("id", id);
            detail.set_text("url", url);
            detail.set_text("headline", headline);
            ("select", true)
        }
        Event::More { shown, matches } => {
            detail.set_number("shown", *shown);
            detail.set_number("matches", *matches);
            ("more", false)
        }
    };
    page::emit(target, kind, cancelable, &detail)
}
