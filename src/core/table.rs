//! An index of texts that others keep.

/// An open-addressing index from texts, which its owner keeps, to their numbers.
///
/// The standard map costs several kilobytes in the browser for what a few lines do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// Hash and number; [`FREE`] as hash where there is none.
    slots: Vec<(u32, u32)>,
    used: usize,
}

/// The hash of no text.
const FREE: u32 = 0;

/// Whether a number is that of the text at hand.
type IsIt<'a> = &'a dyn Fn(u32) -> bool;

impl Table {
    /// The number of `text`.
    pub(crate) fn find(&self, text: &str, is_it: IsIt<'_>) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let (found, number) = self.slots[self.slot(filed_hash(text), is_it)];
        (found != FREE).then_some(number)
    }

    /// Where the number of `text` is filed; that is `next` if there was none yet.
    pub(crate) fn entry(&mut self, text: &str, next: u32, is_it: IsIt<'_>) -> &mut u32 {
        if self.used * 4 >= self.slots.len() * 3 {
            let larger = vec![(FREE, 0); (self.slots.len() * 2).max(16)];
            for (hash, number) in std::mem::replace(&mut self.slots, larger) {
                if hash != FREE {
                    let at = self.slot(hash, &|_| false);
                    self.slots[at] = (hash, number);
                }
            }
        }
        let hash = filed_hash(text);
        let at = self.slot(hash, is_it);
        if self.slots[at].0 == FREE {
            self.slots[at] = (hash, next);
            self.used += 1;
        }
        &mut self.slots[at].1
    }

    pub(crate) fn clear(&mut self) {
        self.slots.clear();
        self.used = 0;
    }

    /// The slot of a text by its hash, or the free one where it would go.
    fn slot(&self, hash: u32, is_it: IsIt<'_>) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let (found, number) = self.slots[at];
            if found == FREE || found == hash && is_it(number) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }
}

/// The hash under which a text is filed: not [`FREE`], by a bit that is high enough never to choose a slot.
fn filed_hash(text: &str) -> u32 {
    hash(text) | 1 << 31
}

/// FNV-1a, with a last mixing step because the table looks at the low bits only.
pub(crate) fn hash(text: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for &byte in text.as_bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash ^ (hash >> 15)
}
