//! Events: a click becomes a message, what core wants to tell the page becomes an event of the element.

use stichwort_core::date::Day;
use stichwort_core::options::Sort;
use stichwort_core::selection::{Dates, Selection, TAGS};
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
        Action::ToggleValue(_) => {
            let facet = traced.iter().find_map(|&index| shown.get(index, Attribute::DataFacet))?;
            Msg::ToggleValue(facet.to_owned(), tag()?)
        }
        Action::RemoveChip(chip) => Msg::RemoveChip(usize::from(chip)),
        Action::Clear => Msg::Clear,
        Action::ToggleAll(facet) => Msg::ToggleAll(usize::from(facet)),
        Action::ToggleOrder(facet) => Msg::ToggleOrder(usize::from(facet)),
        Action::Preset => Msg::Dates(Dates::of_name(shown.get(index, Attribute::DataPreset)?)?),
        Action::Page(page) => Msg::Page(page as usize),
        Action::CopyLink => Msg::CopyLink,
        // Their values say what they ask for.
        Action::Narrow(_) | Action::Search | Action::Sort | Action::From | Action::To => return None,
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

/// What a new value of a field of the view asks for: `is_final` if the visitor is done with it.
pub(crate) fn entered(shown: &Tree, traced: &[u32], value: String, is_final: bool) -> Option<Msg> {
    let action = shown.element(*traced.last()?).action?;
    let day = Day::parse(&value);
    Some(match (action, is_final) {
        (Action::Search, false) => Msg::Search(value),
        (Action::Narrow(facet), false) => Msg::Narrow(usize::from(facet), value),
        (Action::Sort, true) => Msg::Sort(Sort::of_name(&value)?),
        (Action::From, true) => Msg::From(day),
        (Action::To, true) => Msg::To(day),
        _ => return None,
    })
}

/// What is chosen, as `detail.selection`: `tags` always, all else where there is something.
fn selection(chosen: &Selection) -> Object {
    let list = |facet: &str| {
        let list = Array::new();
        chosen.values(facet).for_each(|value| list.push_text(value));
        list
    };
    let selection = Object::new();
    selection.set(TAGS, &list(TAGS));
    for choice in chosen.choices() {
        selection.set(&choice.facet, &list(&choice.facet));
    }
    let (from, to) = chosen.dates.ends();
    let texts = [
        ("search", chosen.is_search().then(|| chosen.search.clone())),
        ("dates", chosen.dates.name()),
        ("from", from.map(Day::text)),
        ("to", to.map(Day::text)),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            selection.set_text(name, &text);
        }
    }
    selection
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
        Event::Change { selection: chosen, matches } => {
            detail.set("selection", &selection(chosen));
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
