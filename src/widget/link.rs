//! The page's address: what it says of a widget, and what a widget writes into it.

use std::cell::Cell;

use stichwort_core::link::{self, Entry, Fields};
use stichwort_core::options::UrlState;

use crate::page;

thread_local! {
    /// Whether it has been told that the fragment is somebody else's.
    static IS_TOLD: Cell<bool> = const { Cell::new(false) };
}

/// What the fragment is.
enum Fragment {
    /// Nothing, the id of an element, or what widgets have written.
    Ours(Vec<Entry>),
    /// A router's, perhaps.
    Foreign,
}

fn fragment() -> Fragment {
    let fragment = page::address(false);
    match link::read(&fragment) {
        Some(entries) => Fragment::Ours(entries),
        None if fragment.is_empty() || page::is_element(&fragment) => Fragment::Ours(Vec::new()),
        None => {
            if !IS_TOLD.replace(true) {
                page::warn(&["the page's fragment #", &fragment, link::FOREIGN].concat());
            }
            Fragment::Foreign
        }
    }
}

/// What the address says of the widget of this name: `None` if it is not ours to read, else perhaps nothing.
pub(crate) fn read(name: &str, state: UrlState) -> Option<Option<Fields>> {
    let fields = match state {
        UrlState::None => return None,
        UrlState::Query => link::read_query(&page::address(true), name),
        UrlState::Hash => match fragment() {
            Fragment::Ours(entries) => {
                entries.into_iter().find(|entry| entry.id == name).map_or(Fields::new(), |entry| entry.fields)
            }
            Fragment::Foreign => return None,
        },
    };
    Some(Some(fields).filter(|fields| !fields.is_empty()))
}

/// Writes what there is to say of it, if that is another than the address says.
pub(crate) fn write(name: &str, state: UrlState, fields: &Fields, is_new: bool) {
    let (before, after) = match state {
        UrlState::None => return,
        UrlState::Query => {
            let before = page::address(true);
            let after = link::write_query(&before, name, fields);
            (before, after)
        }
        UrlState::Hash => {
            let Fragment::Ours(mut entries) = fragment() else { return };
            let entry = Entry { id: name.to_owned(), fields: fields.clone() };
            match entries.iter_mut().find(|entry| entry.id == name) {
                Some(known) => *known = entry,
                None => entries.push(entry),
            }
            let after = link::write(&entries);
            let before = page::address(false);
            // An element's id stays until there is something to say.
            if after.is_empty() && link::read(&before).is_none() {
                return;
            }
            (before, after)
        }
    };
    if before != after {
        page::set_address(&after, state == UrlState::Query, is_new);
    }
}

/// What a program before this one has noted of a widget.
pub(crate) fn recall(noted: &str) -> Option<Fields> {
    Some(link::read(noted)?.pop()?.fields)
}

/// What to note of it.
pub(crate) fn note(fields: &Fields) -> String {
    link::write(&[Entry { id: "x".to_owned(), fields: fields.clone() }])
}
