//! The view in the document: making elements, carrying out edits, finding the way between the two trees.
//!
//! Nothing here takes HTML as text.

use stichwort_core::view::node::{Attribute, Tree, Value, Word};
use stichwort_core::view::patch::Edit;
use wasm_bindgen::JsValue;

use crate::page::{Document, Element, child_at, set_value};

thread_local! {
    /// Each word as a string of JavaScript's, so that it is decoded once.
    static WORDS: Vec<JsValue> = Word::all().map(|word| JsValue::from_str(word.text())).collect();
}

/// Makes the document's element for one of the view.
pub(crate) fn create(document: &Document, tree: &Tree, index: u32) -> Element {
    WORDS.with(|words| Writer { document, words }.create(tree, index))
}

/// Carries out edits that lead to `tree`, beginning at `root`.
pub(crate) fn apply(document: &Document, root: &Element, tree: &Tree, edits: &[Edit]) {
    WORDS.with(|words| Writer { document, words }.apply(root, tree, edits));
}

struct Writer<'a> {
    document: &'a Document,
    words: &'a [JsValue],
}

impl Writer<'_> {
    fn word(&self, word: Word) -> &JsValue {
        &self.words[word.number()]
    }

    fn create(&self, tree: &Tree, index: u32) -> Element {
        let made = self.document.create_element(self.word(tree.element(index).name.into()));
        for number in tree.attributes_of(index) {
            self.set(&made, tree, number);
        }
        let text = tree.text_of(index);
        if !text.is_empty() {
            made.set_text_content(text);
        }
        for child in tree.children(index) {
            made.insert_before(&self.create(tree, child), None);
        }
        made
    }

    fn set(&self, element: &Element, tree: &Tree, number: u32) {
        let (attribute, value) = tree.attribute(number);
        let name = self.word(attribute.into());
        match value {
            Value::Word(word) => element.set_attribute(name, self.word(word)),
            Value::Text { .. } => element.set_attribute_text(name, tree.value_text(value)),
        }
        if matches!(attribute, Attribute::Value | Attribute::Selected) {
            // Once a visitor has changed a field, its attribute says nothing any more.
            set_value(element, tree.value_text(value));
        }
    }

    fn apply(&self, root: &Element, tree: &Tree, edits: &[Edit]) {
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
                Edit::SetAttribute(number) => self.set(&cursor, tree, number),
                Edit::RemoveAttribute(attribute) => cursor.remove_attribute(self.word(attribute.into())),
                Edit::Insert(at, index) => {
                    cursor.insert_before(&self.create(tree, index), child_at(&cursor, at).as_ref());
                }
                Edit::Move(from, to) => {
                    let before = child_at(&cursor, if from < to { to + 1 } else { to });
                    if let Some(moved) = child_at(&cursor, from) {
                        cursor.insert_before(&moved, before.as_ref());
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
