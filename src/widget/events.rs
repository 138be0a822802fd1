//! Events: a click becomes a message, what core wants to tell the page becomes an event of the element.

use serde::Serialize;
use stichwort_core::state::{Event, Msg};
use stichwort_core::view::node::{Action, Attribute, Tree};
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, CustomEventInit, EventTarget, MouseEvent};

/// What a click on the innermost of these elements of the view asks for.
pub(crate) fn message(shown: &Tree, traced: &[u32], event: &web_sys::Event) -> Option<Msg> {
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
        Action::Open(_) if has_modifier(event) => return None,
        Action::Open(article) => Msg::Open(article),
    })
}

fn has_modifier(event: &web_sys::Event) -> bool {
    let click: &MouseEvent = event.unchecked_ref();
    click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key()
}

/// Dispatches an event of the element. True if the page has cancelled it.
pub(crate) fn dispatch(target: &EventTarget, event: Event) -> bool {
    let (name, cancelable) = match event {
        Event::Load { .. } => ("stichwort-load", false),
        Event::Error { .. } => ("stichwort-error", false),
        Event::Change { .. } => ("stichwort-change", false),
        Event::Select { .. } => ("stichwort-select", true),
        Event::More { .. } => ("stichwort-more", false),
    };
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(cancelable);
    // `null` for an absent status, as documented; numbers stay numbers.
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    if let Ok(detail) = Detail::from(event).serialize(&serializer) {
        init.set_detail(&detail);
    }
    let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) else { return false };
    // A listener of the page that throws is the page's matter: the browser reports it.
    !target.dispatch_event(&event).unwrap_or(true)
}

/// `detail` of the events; the field names are a public contract.
#[derive(Serialize)]
#[serde(untagged)]
enum Detail {
    Load { url: String, articles: u32, problems: Vec<Problem> },
    Error { url: String, kind: &'static str, status: Option<u16>, message: String },
    Change { selection: Selection, matches: u32 },
    Select { id: String, url: String, headline: String },
    More { shown: u32, matches: u32 },
}

#[derive(Serialize)]
struct Selection {
    tags: Vec<String>,
}

#[derive(Serialize)]
struct Problem {
    place: String,
    message: String,
}

impl From<Event> for Detail {
    fn from(event: Event) -> Self {
        match event {
            Event::Load { url, articles, problems } => {
                let problem = |problem: stichwort_core::bundle::Problem| Problem {
                    place: problem.place,
                    message: problem.message,
                };
                Self::Load { url, articles, problems: problems.into_iter().map(problem).collect() }
            }
            Event::Error { url, kind, status, message } => Self::Error { url, kind, status, message },
            Event::Change { tags, matches } => Self::Change { selection: Selection { tags }, matches },
            Event::Select { id, url, headline } => Self::Select { id, url, headline },
            Event::More { shown, matches } => Self::More { shown, matches },
        }
    }
}
