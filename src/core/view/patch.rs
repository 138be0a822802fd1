//! From an old view to a new one: the difference as a list of edits.
//!
//! Edits move a cursor that begins at the root. Elements that stay are never
//! taken out of the document, so focus and scroll places survive. Which old
//! element stays for which new one is decided by name and key, and for elements
//! without a key by name and part or class.

use std::borrow::Cow;

use super::node::{Attribute, Content, Element};
use crate::ascii;

/// One step of a difference. Indexes count the element children as they are when the step is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit<'a> {
    /// Go down to this child.
    Enter(usize),
    /// Go up.
    Leave,
    /// Make this text the whole content.
    SetText(&'a str),
    /// Write an attribute.
    SetAttribute(Attribute, &'a str),
    /// Take an attribute away.
    RemoveAttribute(Attribute),
    /// Make a new child, at this index.
    Insert(usize, &'a Element),
    /// Put the child at the first index to the second, which is the smaller one.
    Move(usize, usize),
    /// Take this child out.
    Remove(usize),
}

/// The edits that make `new` out of `old`. Their roots must have the same name.
#[must_use]
pub fn diff<'a>(old: &Element, new: &'a Element) -> Vec<Edit<'a>> {
    let mut edits = Vec::new();
    diff_element(old, new, &mut edits);
    edits
}

/// Carries out `edits` on a tree of values, as `dom.rs` does on the document.
///
/// # Panics
///
/// If the edits were made for another tree.
pub fn apply(root: &mut Element, edits: &[Edit<'_>]) {
    let mut path: Vec<usize> = Vec::new();
    for edit in edits {
        let mut cursor = &mut *root;
        for &index in &path {
            cursor = &mut children_of(cursor)[index];
        }
        match *edit {
            Edit::Enter(index) => path.push(index),
            Edit::Leave => {
                path.pop();
            }
            Edit::SetText(text) => cursor.content = Content::Text(Cow::Owned(text.to_owned())),
            Edit::SetAttribute(attribute, value) => {
                cursor.attributes.retain(|(name, _)| *name != attribute);
                cursor.attributes.push((attribute, Cow::Owned(value.to_owned())));
            }
            Edit::RemoveAttribute(attribute) => cursor.attributes.retain(|(name, _)| *name != attribute),
            Edit::Insert(index, element) => children_of(cursor).insert(index, element.clone()),
            Edit::Move(from, to) => {
                let moved = children_of(cursor).remove(from);
                children_of(cursor).insert(to, moved);
            }
            Edit::Remove(index) => {
                children_of(cursor).remove(index);
            }
        }
    }
}

fn children_of(element: &mut Element) -> &mut Vec<Element> {
    if let Content::Text(_) = element.content {
        element.content = Content::Children(Vec::new());
    }
    match &mut element.content {
        Content::Children(children) => children,
        Content::Text(_) => unreachable!("text was replaced above"),
    }
}

fn diff_element<'a>(old: &Element, new: &'a Element, edits: &mut Vec<Edit<'a>>) {
    for (attribute, value) in &new.attributes {
        if old.get(*attribute) != Some(&**value) {
            edits.push(Edit::SetAttribute(*attribute, value));
        }
    }
    for (attribute, _) in &old.attributes {
        if new.get(*attribute).is_none() {
            edits.push(Edit::RemoveAttribute(*attribute));
        }
    }
    match (&old.content, &new.content) {
        (Content::Text(old), Content::Text(new)) if old == new => {}
        (_, Content::Text(text)) => edits.push(Edit::SetText(text)),
        (Content::Text(text), Content::Children(new)) => {
            if !text.is_empty() {
                edits.push(Edit::SetText(""));
            }
            diff_children(&[], new, edits);
        }
        (Content::Children(old), Content::Children(new)) => diff_children(old, new, edits),
    }
}

fn diff_children<'a>(old: &[Element], new: &'a [Element], edits: &mut Vec<Edit<'a>>) {
    let partners = pair(old, new);
    let mut kept = vec![false; old.len()];
    for partner in partners.iter().flatten() {
        kept[*partner] = true;
    }
    // What stands in the document at each moment from here on, as indexes into `old`.
    let mut present: Vec<usize> = (0..old.len()).collect();
    for index in (0..old.len()).rev().filter(|&index| !kept[index]) {
        edits.push(Edit::Remove(index));
        present.remove(index);
    }
    // From the end, each one goes before the one that follows it. The longest run that is in the new
    // order already stays where it is: a moved element would lose the focus.
    let stays = longest_ascending(&partners);
    let mut before = present.len();
    for (index, partner) in partners.iter().enumerate().rev() {
        match *partner {
            None => {
                edits.push(Edit::Insert(before, &new[index]));
                present.insert(before, usize::MAX);
            }
            Some(old_index) => {
                let from = present.iter().position(|&one| one == old_index).unwrap_or(before);
                if stays[index] {
                    before = from;
                } else {
                    let to = if from < before { before - 1 } else { before };
                    if from != to {
                        edits.push(Edit::Move(from, to));
                        present.remove(from);
                        present.insert(to, old_index);
                    }
                    before = to;
                }
            }
        }
    }
    for (index, partner) in partners.iter().enumerate() {
        if let Some(old_index) = *partner {
            let before = edits.len();
            edits.push(Edit::Enter(index));
            diff_element(&old[old_index], &new[index], edits);
            if edits.len() == before + 1 {
                edits.pop();
            } else {
                edits.push(Edit::Leave);
            }
        }
    }
}

/// For each new child the old one that becomes it, each at most once.
fn pair(old: &[Element], new: &[Element]) -> Vec<Option<usize>> {
    let mut taken = vec![false; old.len()];
    let mut next = 0;
    new.iter()
        .map(|new| {
            // Children mostly keep their order, so the partner mostly stands where the last one ended.
            let found = (next..old.len()).chain(0..next).find(|&index| !taken[index] && is_same(&old[index], new))?;
            taken[found] = true;
            next = found + 1;
            Some(found)
        })
        .collect()
}

fn is_same(old: &Element, new: &Element) -> bool {
    old.name == new.name && old.key == new.key && (old.key.is_some() || kind(old) == kind(new))
}

/// What tells elements without a key apart: the first word of their part, and their class.
fn kind(element: &Element) -> (Option<&str>, Option<&str>) {
    let part = element.get(Attribute::Part).map(|part| ascii::until(part, |byte| byte == b' '));
    (part, element.get(Attribute::Class))
}

/// Which of `partners` form the longest ascending run (patience sorting); absent ones never do.
fn longest_ascending(partners: &[Option<usize>]) -> Vec<bool> {
    // `ends[n]` is where the run of length n + 1 with the smallest last value ends; `previous` links runs backwards.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous = vec![None; partners.len()];
    for (at, partner) in partners.iter().enumerate() {
        if partner.is_none() {
            continue;
        }
        let length = ends.partition_point(|&end| partners[end] < *partner);
        previous[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut stays = vec![false; partners.len()];
    let mut at = ends.last().copied();
    while let Some(index) = at {
        stays[index] = true;
        at = previous[index];
    }
    stays
}
