//! The view in the document: making elements, carrying out edits, finding the way between the two trees.
//!
//! Nothing here takes HTML as text.

use std::cell::Cell;

use stichwort_core::view::node::{Attribute, Tree, Value, Word};
use stichwort_core::view::patch::Edit;

use crate::page::{self, Element, child_at, set_value};

/// Tells the page the words that are handed over by their numbers later, so that each is decoded once.
pub(crate) fn tell_words() {
    thread_local! {
        static IS_TOLD: Cell<bool> = const { Cell::new(false) };
    }
    if !IS_TOLD.replace(true) {
        Word::all().for_each(|word| page::learn(number(word), word.text()));
    }
}

fn number(word: impl Into<Word>) -> u8 {
    word.into().number() as u8
}

/// The place behind all children.
const LAST: i32 = -1;

/// Makes the document's element for one of the view, in the document of `near`.
pub(crate) fn create(near: &Element, tree: &Tree, index: u32) -> Element {
    let made = page::create_element(near, number(tree.element(index).name));
    for place in tree.attributes_of(index) {
        set(&made, tree, place);
    }
    let text = tree.text_of(index);
    if !text.is_empty() {
        made.set_text_content(text);
    }
    for child in tree.children(index) {
        page::insert_at(&made, &create(&made, tree, child), LAST);
    }
    made
}

fn set(element: &Element, tree: &Tree, place: u32) {
    let (attribute, value) = tree.attribute(place);
    let name = number(attribute);
    match value {
        Value::Word(word) => page::set_attribute_word(element, name, number(word)),
        Value::Text { .. } => page::set_attribute_text(element, name, tree.value_text(value)),
    }
    if matches!(attribute, Attribute::Value | Attribute::Selected) {
        // Once a visitor has changed a field, its attribute says nothing any more.
        set_value(element, tree.value_text(value));
    }
}

/// Carries out edits that lead to `tree`, beginning at `root`.
pub(crate) fn apply(root: &Element, tree: &Tree, edits: &[Edit]) {
    let mut cursor = root.clone();
    for &edit in edits {
        match edit {
            Edit::Enter(index) => {
                let Some(child) = child_at(&cursor, index) else { return };
                cursor = child;
            }
            Edit::Leave => {
                if let Some(parent) = cursor.parent_element() {
                    cursor = parent;
                }
            }
            Edit::SetText(index) => cursor.set_text_content(tree.text_of(index)),
            Edit::SetAttribute(place) => set(&cursor, tree, place),
            Edit::RemoveAttribute(attribute) => page::remove_attribute(&cursor, number(attribute)),
            Edit::Insert(at, index) => {
                page::insert_at(&cursor, &create(&cursor, tree, index), at as i32);
            }
            Edit::Move(from, to) => {
                if let Some(moved) = child_at(&cursor, from) {
                    page::insert_at(&cursor, &moved, (if from < to { to + 1 } else { to }) as i32);
                }
            }
            Edit::Remove(index) => {
                if let Some(child) = child_at(&cursor, index) {
                    child.remove();
                }
            }
        }
    }
}

/// The element of the document that stands for this one of the view.
pub(crate) fn at(root: &Element, tree: &Tree, index: u32) -> Option<Element> {
    let (mut current, mut made) = (0, root.clone());
    while current != index {
        let mut place = 0;
        // The last of its children that does not begin after it is above it.
        for inner in tree.children(current).take_while(|&inner| inner <= index) {
            current = inner;
            place += 1;
        }
        made = child_at(&made, u32::checked_sub(place, 1)?)?;
    }
    Some(made)
}

/// The elements of the view from its root down to what stands for `target`.
///
/// It ends early where the document has more than the view, as after a
/// translator has put elements of its own around a text.
pub(crate) fn trace(root: &Element, tree: &Tree, target: &Element) -> Vec<u32> {
    let mut traced = Vec::new();
    trace_into(&mut traced, root, tree, target);
    traced
}

fn trace_into(traced: &mut Vec<u32>, root: &Element, tree: &Tree, target: &Element) -> Option<()> {
    let mut index = 0;
    if target != root {
        trace_into(traced, root, tree, &target.parent_element()?)?;
        let mut children = tree.children(*traced.last()?);
        let mut before = target.previous_element_sibling();
        while let Some(sibling) = before {
            children.next();
            before = sibling.previous_element_sibling();
        }
        index = children.next()?;
    }
    traced.push(index);
    Some(())
}
