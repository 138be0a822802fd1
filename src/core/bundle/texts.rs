//! The texts of the item at hand and of the feed, one behind another in one buffer.

use super::text::Cleaner;
use super::wire::{Context, Slot};
use crate::ascii;
use crate::store::{PART, SEPARATOR};

/// What is kept of a bundle's text until its item, or the feed, is complete.
///
/// One buffer and a place in it for each [`Slot`]: an article costs no allocation.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    /// Where each slot's text begins and ends; both 0 without text.
    places: [(usize, usize); Slot::COUNT],
    /// Where the texts of the item at hand begin.
    item: usize,
    /// Where those of the array or object begin that was entered last. It is not put back when that ends, so it is of use
    /// only in those in which nothing else is entered, such as authors.
    mark: usize,
}

impl Texts {
    pub(super) fn get(&self, slot: Slot) -> &str {
        let (start, end) = self.places[slot as usize];
        &self.text[start..end]
    }

    /// The first of two texts that is not empty.
    pub(super) fn either(&self, first: Slot, second: Slot) -> &str {
        let text = self.get(first);
        if text.is_empty() { self.get(second) } else { text }
    }

    pub(super) fn is_empty(&self, slot: Slot) -> bool {
        self.get(slot).is_empty()
    }

    /// An item begins.
    pub(super) fn begin_item(&mut self) {
        self.item = self.text.len();
    }

    /// The item at hand is complete.
    pub(super) fn end_item(&mut self) {
        self.text.truncate(self.item);
    }

    /// An array or object begins.
    pub(super) fn enter(&mut self) {
        self.mark = self.text.len();
    }

    /// Forgets what is in a slot.
    pub(super) fn clear(&mut self, slot: Slot) {
        let (start, end) = std::mem::take(&mut self.places[slot as usize]);
        // Equal keys one after another do not pile up.
        if end == self.text.len() {
            self.text.truncate(start);
        }
    }

    /// Forgets what an array or object has filled.
    pub(super) fn clear_all(&mut self, context: Context) {
        let (first, end) = Slot::of(context);
        for place in &mut self.places[first..end] {
            *place = (0, 0);
        }
    }

    /// Puts text that is kept as it is into a slot that has been cleared.
    pub(super) fn push(&mut self, slot: Slot, text: &str) {
        let from = self.text.len();
        self.text.push_str(text);
        self.put(slot, from);
    }

    /// Puts an id into its slot, without control characters.
    pub(super) fn push_id(&mut self, id: &str) {
        let from = self.text.len();
        // The byte 0xc2 begins the control characters that are not ASCII, and others.
        if id.as_bytes().iter().any(|&byte| byte < b' ' || byte == 0x7f || byte == 0xc2) {
            for char in id.chars() {
                if !char.is_control() {
                    self.text.push(char);
                }
            }
        } else {
            self.text.push_str(id);
        }
        self.put(Slot::Id, from);
    }

    /// Puts text that is shown into a slot that has been cleared.
    pub(super) fn push_shown(&mut self, slot: Slot, text: &str) {
        let from = self.text.len();
        Cleaner::new(&mut self.text).push_str(text);
        self.put(slot, from);
    }

    /// Adds a tag to the list at hand; `false` if nothing is left of it.
    pub(super) fn push_tag(&mut self, tag: &str) -> bool {
        let from = self.text.len();
        Cleaner::new(&mut self.text).push_str(tag);
        let is_tag = self.text.len() > from;
        if is_tag {
            self.text.push(SEPARATOR);
            self.put(Slot::Tags, from);
        }
        is_tag
    }

    /// Adds a value of one of the item's facets; `false` if nothing is left of it.
    pub(super) fn push_value(&mut self, facet: &str, value: &str) -> bool {
        let from = self.text.len();
        self.text.push_str(facet);
        self.text.push(PART);
        let start = self.text.len();
        Cleaner::new(&mut self.text).push_str(value);
        let is_value = self.text.len() > start && !facet.is_empty();
        if is_value {
            self.text.push(SEPARATOR);
            self.put(Slot::Values, from);
        } else {
            self.text.truncate(from);
        }
        is_value
    }

    /// Forgets the values that the item at hand has of a facet.
    pub(super) fn forget_values(&mut self, facet: &str) {
        let is_its = |part: &str| ascii::split_once(part, PART as u8).is_some_and(|(of, _)| of == facet);
        let values = self.get(Slot::Values);
        if !ascii::split(values, SEPARATOR as u8).any(is_its) {
            return;
        }
        let mut rest = String::new();
        for part in ascii::split(values, SEPARATOR as u8) {
            if !part.is_empty() && !is_its(part) {
                rest.push_str(part);
                rest.push(SEPARATOR);
            }
        }
        self.clear(Slot::Values);
        self.push(Slot::Values, &rest);
    }

    /// Adds the name of the author at hand, which has been cleared, to a list of names.
    pub(super) fn push_author(&mut self, list: Slot, name: &str) {
        if !self.is_empty(list) {
            self.text.push(PART);
        }
        // Where nothing is left of the name, the list has a gap that nobody sees.
        self.push_shown(list, name);
    }

    /// Forgets the name of the author at hand.
    pub(super) fn clear_author(&mut self, list: Slot) {
        self.text.truncate(self.mark);
        let place = &mut self.places[list as usize];
        place.1 = place.1.min(self.mark);
        if place.0 >= place.1 {
            *place = (0, 0);
        }
    }

    /// What has been pushed from there on belongs to a slot, behind what is in it.
    fn put(&mut self, slot: Slot, from: usize) {
        let end = self.text.len();
        // Nothing has its place at the beginning, where no shorter text leaves it out of bounds.
        if end > from {
            let place = &mut self.places[slot as usize];
            *place = (if place.1 == 0 { from } else { place.0 }, end);
        }
    }
}
