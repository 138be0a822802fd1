//! The texts of the item at hand and of the feed, one behind another in one buffer.

use super::text::Cleaner;
use super::wire::{Context, Slot};
use crate::ascii;
use crate::store::SEPARATOR;

/// What is kept of a bundle's text until its item, or the feed, is complete.
///
/// One buffer and a place in it for each [`Slot`]: an article costs no allocation.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    /// Where each slot's text begins and ends.
    places: [(usize, usize); Slot::COUNT],
    /// Where the texts of the item at hand begin, and those of the array or object at hand.
    item: usize,
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

    /// Forgets what is in a slot; what is pushed next is.
    pub(super) fn clear(&mut self, slot: Slot) {
        let (start, end) = self.places[slot as usize];
        // Equal keys one after another do not pile up.
        if end == self.text.len() {
            self.text.truncate(start);
        }
        self.places[slot as usize] = (self.text.len(), self.text.len());
    }

    /// Forgets what an array or object has filled; in the place of a list one can be written.
    pub(super) fn clear_all(&mut self, context: Context) {
        let (first, end) = Slot::of(context);
        for place in &mut self.places[first..end] {
            *place = (self.text.len(), self.text.len());
        }
    }

    /// Puts text that is kept as it is into a slot that has been cleared.
    pub(super) fn push(&mut self, slot: Slot, text: &str) {
        self.text.push_str(text);
        self.end(slot);
    }

    /// Puts an id into its slot, without control characters.
    pub(super) fn push_id(&mut self, id: &str) {
        if ascii::has(id, |byte| byte < b' ' || byte == 0x7f || byte == 0xc2) {
            self.text.extend(id.chars().filter(|char| !char.is_control()));
        } else {
            self.text.push_str(id);
        }
        self.end(Slot::Id);
    }

    /// Puts text that is shown into a slot that has been cleared.
    pub(super) fn push_shown(&mut self, slot: Slot, text: &str) {
        Cleaner::new(&mut self.text).push_str(text);
        self.end(slot);
    }

    /// Adds a tag to the list at hand; `false` if nothing is left of it.
    pub(super) fn push_tag(&mut self, tag: &str) -> bool {
        let before = self.text.len();
        self.push_shown(Slot::Tags, tag);
        let is_tag = self.text.len() > before;
        if is_tag {
            self.text.push(SEPARATOR);
            self.end(Slot::Tags);
        }
        is_tag
    }

    /// Forgets the name of the author at hand.
    pub(super) fn clear_author(&mut self, list: Slot) {
        self.text.truncate(self.mark);
        self.end(list);
    }

    /// Adds the name of the author at hand, which has been cleared, to a list of names.
    pub(super) fn push_author(&mut self, list: Slot, name: &str) {
        if !self.is_empty(list) {
            self.text.push_str(", ");
        }
        let before = self.text.len();
        self.push_shown(list, name);
        if self.text.len() == before {
            self.clear_author(list);
        }
    }

    fn end(&mut self, slot: Slot) {
        self.places[slot as usize].1 = self.text.len();
    }
}
