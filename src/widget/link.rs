//! The page's address: what it says of a widget, and what a widget writes into it.

use std::cell::Cell;
use std::slice;

use stichwort_core::link::{self, Entry, Fields};
use stichwort_core::number;
use stichwort_core::options::UrlState;

use crate::mounted;
use crate::page::{self, Element};

thread_local! {
    /// Whether it has been told that the fragment is somebody else's.
    static IS_TOLD: Cell<bool> = const { Cell::new(false) };
}

/// What a fragment is.
enum Fragment {
    /// Nothing, or what widgets have written.
    Ours(Vec<Entry>),
    /// The id of an element.
    Element,
    /// That of an element which is still to come, perhaps.
    Unknown,
    /// A router's, perhaps.
    Foreign,
}

impl Fragment {
    fn of(text: &str) -> Self {
        if text.is_empty() {
            Self::Ours(Vec::new())
        } else if page::is_element(text) {
            Self::Element
        } else {
            let other = if page::is_parsing() { Self::Unknown } else { Self::Foreign };
            link::read(text).map_or(other, Self::Ours)
        }
    }
}

/// Where an address has what is chosen.
#[derive(PartialEq)]
struct Place {
    name: String,
    state: UrlState,
}

impl Place {
    /// What an address says there; `None` if that is not ours to read, else perhaps nothing.
    fn read(&self) -> Option<Fields> {
        match self.state {
            UrlState::None => None,
            UrlState::Query => Some(link::read_query(&page::address(true), &self.name)),
            UrlState::Hash => match Fragment::of(&page::address(false)) {
                Fragment::Ours(entries) => {
                    let entry = entries.into_iter().find(|entry| entry.id == self.name);
                    Some(entry.map_or(Fields::new(), |entry| entry.fields))
                }
                Fragment::Element | Fragment::Unknown => Some(Fields::new()),
                Fragment::Foreign => None,
            },
        }
    }

    /// Has an address say this there. False if that is not ours to write.
    fn write(&self, address: &mut Address, fields: &Fields) -> bool {
        match self.state {
            UrlState::None => return false,
            UrlState::Query => address.query = link::write_query(&address.query, &self.name, fields),
            UrlState::Hash => match Fragment::of(&address.fragment) {
                Fragment::Ours(entries) => address.fragment = link::put(entries, &self.name, fields),
                // An element's id stays until something is chosen.
                Fragment::Element if link::is_place(fields) => {}
                Fragment::Element => address.fragment = link::put(Vec::new(), &self.name, fields),
                Fragment::Unknown | Fragment::Foreign => return false,
            },
        }
        true
    }
}

/// What widgets change in an address.
pub(crate) struct Address {
    pub(crate) query: String,
    pub(crate) fragment: String,
}

impl Address {
    /// As it is.
    pub(crate) fn now() -> Self {
        Self { query: page::address(true), fragment: page::address(false) }
    }
}

/// A widget's places in the page's address.
#[derive(Default)]
pub(crate) struct Link {
    /// Names and kinds of address that it has had, the newest last. Older entries of the history may have the others.
    places: Vec<Place>,
    /// What the address has said when it was last read or written, as [`note`] has it; `#` where it is not ours.
    pub(crate) said: String,
    /// The teaser at which the visitor was in entries of the history that were left, by what those say without it; the last
    /// ones.
    left_at: Vec<(String, usize)>,
    /// Places of the page to which its links have led, with what was chosen then; the last ones.
    left_for: Vec<(String, Fields)>,
    /// Whether the fragment that it would need is somebody else's.
    pub(crate) is_foreign: bool,
    /// Whether the view has been told that it is foreign.
    pub(crate) is_foreign_told: bool,
}

impl Link {
    /// Takes the place that element and attributes give it. True if that was another one.
    pub(crate) fn settle(&mut self, host: &Element, state: UrlState) -> bool {
        let place = Place { name: page::link_name(host), state };
        if self.places.last() == Some(&place) {
            return false;
        }
        let had_one = !self.places.is_empty();
        self.places.retain(|known| *known != place);
        self.places.push(place);
        had_one
    }

    /// Whether it has this name.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.places.last().is_some_and(|place| place.name == name)
    }

    /// The places that it had before, the last one first, but for those that another widget has taken.
    fn former(&self, number: u32) -> impl Iterator<Item = &Place> {
        self.places.iter().rev().skip(1).filter(move |place| !mounted::is_taken(number, &place.name))
    }

    /// What the address says of the widget of this number: `None` if it is not ours to read, else perhaps nothing.
    pub(crate) fn read(&mut self, number: u32) -> Option<Option<Fields>> {
        let place = self.places.last()?;
        let mut fields = place.read();
        self.is_foreign = place.state == UrlState::Hash && fields.is_none();
        if self.is_foreign && !IS_TOLD.replace(true) {
            let line = " is neither ours nor the id of an element, so it stays; what is chosen is not kept in the address. \
                        Use url-state=\"query\" or \"none\" here";
            page::warn(&["the page's fragment #", &page::address(false), line].concat());
        }
        if fields.as_ref().is_some_and(Vec::is_empty) {
            fields = self.former(number).filter_map(Place::read).find(|fields| !fields.is_empty()).or(fields);
        }
        self.said = fields.as_ref().map_or("#".to_owned(), note);
        Some(Some(fields?).filter(|fields| !fields.is_empty()))
    }

    /// Notes where the visitor was at the step that is left now. The address of one that says nothing else cannot say it.
    pub(crate) fn leave_place(&mut self, at: usize) {
        let step = recall(&self.said).map_or(String::new(), |fields| without_place(&fields));
        remember(&mut self.left_at, step, at);
    }

    /// What a step says, and where the visitor was when it was left.
    pub(crate) fn with_place(&self, fields: Option<Fields>) -> Option<Fields> {
        let mut known = fields.clone().unwrap_or_default();
        let step = without_place(&known);
        // Who was at the beginning needs not be led there.
        let Some((_, at)) = self.left_at.iter().find(|(known, at)| *known == step && *at > 0) else { return fields };
        known.retain(|(field, _)| field != link::PLACE);
        known.push((link::PLACE.to_owned(), vec![number::text(*at as u32)]));
        Some(known)
    }

    /// Notes what is chosen while a link leads to another place of the page: who comes back there finds it again.
    pub(crate) fn leave(&mut self, fragment: String, chosen: Fields) {
        // An empty one is as it is where nothing has been chosen, too.
        if !fragment.is_empty() {
            remember(&mut self.left_for, fragment, chosen);
        }
    }

    /// Whether the address is that of a place to which a link has led when this was chosen.
    pub(crate) fn has_led_here(&self, chosen: &Fields) -> bool {
        // Scrolling and further teasers are no choice.
        let choice = |fields: &Fields| -> Fields {
            fields.iter().filter(|field| !link::is_place(slice::from_ref(field))).cloned().collect()
        };
        page::is_element(&page::address(false))
            && self.places.last().is_some_and(|place| place.state == UrlState::Hash)
            && self.left_for_now().is_some_and(|left| choice(left) == choice(chosen))
    }

    /// What was chosen when a link last led to the fragment of the address; nothing if none has.
    fn left_for_now(&self) -> Option<&Fields> {
        let fragment = page::address(false);
        self.left_for.iter().find(|(known, _)| *known == fragment).map(|(_, chosen)| chosen)
    }

    /// What was chosen when a link last led to this place, which the address is taken to say; nothing if none has.
    pub(crate) fn come_back(&mut self) -> Option<Fields> {
        let chosen = self.left_for_now().filter(|chosen| !chosen.is_empty())?.clone();
        self.said = note(&chosen);
        Some(chosen)
    }

    /// The address that says this of it, and whether that is ours to write.
    pub(crate) fn address(&self, number: u32, fields: &Fields) -> (Address, bool) {
        let mut address = Address::now();
        for place in self.former(number) {
            place.write(&mut address, &Fields::new());
        }
        let is_ours = self.places.last().is_some_and(|place| place.write(&mut address, fields));
        (address, is_ours)
    }
}

/// Remembers the last thing under a name, and forgets the oldest of too many.
fn remember<T>(things: &mut Vec<(String, T)>, name: String, thing: T) {
    const MOST: usize = 50;
    things.retain(|(known, _)| *known != name);
    things.push((name, thing));
    if things.len() > MOST {
        things.remove(0);
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

/// The same, but for the place in the list.
fn without_place(fields: &Fields) -> String {
    note(&fields.iter().filter(|(field, _)| field != link::PLACE).cloned().collect())
}
