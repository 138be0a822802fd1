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

/// No element. A number no child has, nor any place in a list.
const NONE: u32 = u32::MAX;

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
    #[inline(never)]
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
            self.children(old_children, &new_children);
        }
    }

    /// `present` is what stands in the document at each moment: at first the old children.
    fn children(&mut self, mut present: Vec<u32>, new: &[u32]) {
        let (partners, is_taken) = self.pair(&present, new);
        for index in (0..present.len()).rev() {
            if !is_taken[index] {
                self.push(Edit::Remove(index as u32));
                present.remove(index);
            }
        }
        // From the end, each one goes before the one that follows it. The longest run that is in the new
        // order already stays where it is: a moved element would lose the focus.
        let (mut stays, previous) = longest_ascending(&partners);
        let mut before = present.len();
        for (index, &partner) in partners.iter().enumerate().rev() {
            if partner == NONE {
                self.push(Edit::Insert(before as u32, new[index]));
                present.insert(before, NONE);
                continue;
            }
            // Mostly it stands there already.
            let mut from = before;
            loop {
                from = if from == 0 { present.len() } else { from } - 1;
                if present[from] == partner {
                    break;
                }
            }
            if stays == index as u32 {
                stays = previous[index];
                before = from;
                continue;
            }
            if from < before {
                before -= 1;
            }
            if from != before {
                self.push(Edit::Move(from as u32, before as u32));
                present.remove(from);
                present.insert(before, partner);
            }
        }
        for (index, &partner) in partners.iter().enumerate() {
            if partner != NONE {
                let before = self.edits.len();
                self.push(Edit::Enter(index as u32));
                self.element(partner, new[index]);
                if self.edits.len() == before + 1 {
                    self.edits.pop();
                } else {
                    self.push(Edit::Leave);
                }
            }
        }
    }

    /// For each new child the old one that becomes it, each at most once, or [`NONE`]; and whether each old one does.
    fn pair(&self, old: &[u32], new: &[u32]) -> (Vec<u32>, Vec<bool>) {
        let mut partners = Vec::new();
        let mut is_taken = vec![false; old.len()];
        let mut next = 0;
        for &new in new {
            // Children mostly keep their order, so the partner mostly stands where the last one ended.
            let mut found = NONE;
            for _ in old {
                let at = next;
                next += 1;
                if next == old.len() {
                    next = 0;
                }
                if !is_taken[at] && self.is_same(old[at], new) {
                    is_taken[at] = true;
                    found = old[at];
                    break;
                }
            }
            partners.push(found);
        }
        (partners, is_taken)
    }

    fn is_same(&self, old: u32, new: u32) -> bool {
        let (one, other) = (self.old.element(old), self.new.element(new));
        // What tells elements without a key apart: the first word of their part, and of their class.
        let is_kind = |attribute| first_word(self.old, old, attribute) == first_word(self.new, new, attribute);
        one.name == other.name
            && one.key == other.key
            && (one.key != 0 || [Attribute::Part, Attribute::Class].into_iter().all(is_kind))
    }
}

fn first_word(tree: &Tree, index: u32, attribute: Attribute) -> &str {
    ascii::until(tree.get(index, attribute).unwrap_or_default(), |byte| byte == b' ')
}

/// Where the longest ascending run of `partners` ends, and for each place the one before it in a run that ends
/// there (patience sorting). An absent partner is in none.
fn longest_ascending(partners: &[u32]) -> (u32, Vec<u32>) {
    // `ends[n]` is where the run of length n with the smallest last value ends.
    let mut ends = vec![NONE];
    let mut previous = Vec::new();
    for (at, &partner) in partners.iter().enumerate() {
        // From the longest on: most are in order.
        let mut length = ends.len();
        while length > 1 && partners[ends[length - 1] as usize] > partner {
            length -= 1;
        }
        previous.push(ends[length - 1]);
        if partner == NONE {
            continue;
        }
        if length == ends.len() {
            ends.push(NONE);
        }
        ends[length] = at as u32;
    }
    (ends[ends.len() - 1], previous)
}
