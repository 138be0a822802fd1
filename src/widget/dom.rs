//! The view in the document: making elements, carrying out edits, finding the way between the two trees.
//!
//! Nothing here takes HTML as text.

use stichwort_core::view::node::{Content, Element};
use stichwort_core::view::patch::Edit;

use crate::page::{self, Document};

/// Makes the document's element for one of the view.
pub(crate) fn create(document: &Document, element: &Element) -> page::Element {
    let made = document.create_element(element.name.name());
    for (attribute, value) in &element.attributes {
        made.set_attribute(attribute.name(), value);
    }
    match &element.content {
        Content::Text(text) if text.is_empty() => {}
        Content::Text(text) => made.set_text_content(text),
        Content::Children(children) => {
            for child in children {
                made.insert_before(&create(document, child), None);
            }
        }
    }
    made
}

/// Carries out edits, beginning at `root`.
pub(crate) fn apply(document: &Document, root: &page::Element, edits: &[Edit<'_>]) {
    let mut path: Vec<page::Element> = Vec::new();
    let mut cursor = root.clone();
    for edit in edits {
        match *edit {
            Edit::Enter(index) => {
                let Some(child) = child(&cursor, index) else { return };
                path.push(std::mem::replace(&mut cursor, child));
            }
            Edit::Leave => {
                if let Some(parent) = path.pop() {
                    cursor = parent;
                }
            }
            Edit::SetText(text) => cursor.set_text_content(text),
            Edit::SetAttribute(attribute, value) => cursor.set_attribute(attribute.name(), value),
            Edit::RemoveAttribute(attribute) => cursor.remove_attribute(attribute.name()),
            Edit::Insert(index, element) => {
                cursor.insert_before(&create(document, element), child(&cursor, index).as_ref());
            }
            Edit::Move(from, to) => {
                let before = child(&cursor, if from < to { to + 1 } else { to });
                if let Some(moved) = child(&cursor, from) {
                    cursor.insert_before(&moved, before.as_ref());
                }
            }
            Edit::Remove(index) => {
                if let Some(child) = child(&cursor, index) {
                    child.remove();
                }
            }
        }
    }
}

/// The element of the document that stands for the first one in the view of which `wanted` is true.
pub(crate) fn find(root: &page::Element, view: &Element, wanted: &dyn Fn(&Element) -> bool) -> Option<page::Element> {
    if wanted(view) {
        return Some(root.clone());
    }
    view.elements().iter().enumerate().find_map(|(index, inner)| {
        inner.find(wanted)?;
        find(&child(root, index)?, inner, wanted)
    })
}

/// The elements of the view from its root down to what stands for `target`.
///
/// It ends early where the document has more than the view, as after a
/// translator has put elements of its own around a text.
pub(crate) fn trace<'a>(root: &page::Element, view: &'a Element, target: &page::Element) -> Vec<&'a Element> {
    let mut indexes = Vec::new();
    let mut current = target.clone();
    while current != *root {
        let mut index = 0;
        let mut before = current.previous_element_sibling();
        while let Some(sibling) = before {
            index += 1;
            before = sibling.previous_element_sibling();
        }
        indexes.push(index);
        match current.parent_element() {
            Some(parent) => current = parent,
            None => return Vec::new(),
        }
    }
    let mut traced = vec![view];
    let mut inner = view;
    for index in indexes.into_iter().rev() {
        match inner.elements().get(index) {
            Some(child) => inner = child,
            None => break,
        }
        traced.push(inner);
    }
    traced
}

fn child(parent: &page::Element, index: usize) -> Option<page::Element> {
    page::child_at(parent, index)
}
