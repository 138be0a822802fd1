//! From an old view to a new one: the difference as a list of edits.
//!
//! Edits move a cursor that begins at the root. Elements that stay are never
//! taken out of the document, so focus and scroll places survive. Which old
//! element stays for which new one is decided by name and key, and for elements
//! without a key by name and part or class.

use super::node::{Attribute, Tree};
use crate::ascii;

/// One step of a difference. Indexes count the element children as they are when the step is taken;
/// elements and attributes are those of the new view, by their number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Go down to this child.
    Enter(u32),
    /// Go up.
    Leave,
    /// Make the text of this element the whole content.
    SetText(u32),
    /// Write this attribute.
    SetAttribute(u32),
    /// Take an attribute away.
    RemoveAttribute(Attribute),
    /// Make a new child at this index, like this element.
    Insert(u32, u32),
    /// Take the child at the first index out and put it in again at the second.
    Move(u32, u32),
    /// Take this child out.
    Remove(u32),
}

/// The edits that make `new` out of `old`. Their roots must have the same name.
#[must_use]
pub fn diff(old: &Tree, new: &Tree) -> Vec<Edit> {
    let mut diff = Diff { old, new, edits: Vec::new() };
    diff.element(0, 0);
    diff.edits
}

/// A difference on its way.
struct Diff<'a> {
    old: &'a Tree,
    new: &'a Tree,
    edits: Vec<Edit>,
}

impl Diff<'_> {
    fn push(&mut self, edit: Edit) {
        self.edits.push(edit);
    }

    fn element(&mut self, old_index: u32, new_index: u32) {
        let Self { old, new, .. } = *self;
        for number in new.attributes_of(new_index) {
            let (attribute, value) = new.attribute(number);
            if old.get(old_index, attribute) != Some(new.value_text(value)) {
                self.push(Edit::SetAttribute(number));
            }
        }
        for number in old.attributes_of(old_index) {
            let (attribute, _) = old.attribute(number);
            if new.get(new_index, attribute).is_none() {
                self.push(Edit::RemoveAttribute(attribute));
            }
        }
        let old_children: Vec<u32> = old.children(old_index).collect();
        let new_children: Vec<u32> = new.children(new_index).collect();
        let is_text = new_children.is_empty();
        // A text takes the place of all children, and none the place of a text.
        if old.text_of(old_index) != new.text_of(new_index) || (is_text && !old_children.is_empty()) {
            self.push(Edit::SetText(new_index));
        }
        if !is_text {
            self.children(&old_children, &new_children);
        }
    }

    fn children(&mut self, old: &[u32], new: &[u32]) {
        let partners = self.pair(old, new);
        let mut kept = vec![false; old.len()];
        for partner in partners.iter().flatten() {
            kept[*partner] = true;
        }
        // What stands in the document at each moment from here on, as indexes into `old`.
        let mut present: Vec<usize> = (0..old.len()).collect();
        for index in (0..old.len()).rev().filter(|&index| !kept[index]) {
            self.push(Edit::Remove(index as u32));
            present.remove(index);
        }
        // From the end, each one goes before the one that follows it. The longest run that is in the new
        // order already stays where it is: a moved element would lose the focus.
        let stays = longest_ascending(&partners);
        let mut before = present.len();
        for (index, partner) in partners.iter().enumerate().rev() {
            match *partner {
                None => {
                    self.push(Edit::Insert(before as u32, new[index]));
                    present.insert(before, usize::MAX);
                }
                Some(old_index) => {
                    let from = present.iter().position(|&one| one == old_index).unwrap_or(before);
                    if stays[index] {
                        before = from;
                    } else {
                        let to = if from < before { before - 1 } else { before };
                        if from != to {
                            self.push(Edit::Move(from as u32, to as u32));
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
                let before = self.edits.len();
                self.push(Edit::Enter(index as u32));
                self.element(old[old_index], new[index]);
                if self.edits.len() == before + 1 {
                    self.edits.pop();
                } else {
                    self.push(Edit::Leave);
                }
            }
        }
    }

    /// For each new child the place of the old one that becomes it, each at most once.
    fn pair(&self, old: &[u32], new: &[u32]) -> Vec<Option<usize>> {
        let mut taken = vec![false; old.len()];
        let mut next = 0;
        let mut partners = Vec::with_capacity(new.len());
        for &new in new {
            // Children mostly keep their order, so the partner mostly stands where the last one ended.
            let mut at = next;
            let mut found = None;
            for _ in 0..old.len() {
                at = if at >= old.len() { 0 } else { at };
                if !taken[at] && self.is_same(old[at], new) {
                    taken[at] = true;
                    next = at + 1;
                    found = Some(at);
                    break;
                }
                at += 1;
            }
            partners.push(found);
        }
        partners
    }

    fn is_same(&self, old: u32, new: u32) -> bool {
        let (one, other) = (self.old.element(old), self.new.element(new));
        one.name == other.name && one.key == other.key && (one.key != 0 || kind(self.old, old) == kind(self.new, new))
    }
}

/// What tells elements without a key apart: the first word of their part, and their class.
fn kind(tree: &Tree, index: u32) -> (Option<&str>, Option<&str>) {
    let part = tree.get(index, Attribute::Part).map(|part| ascii::until(part, |byte| byte == b' '));
    (part, tree.get(index, Attribute::Class))
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
