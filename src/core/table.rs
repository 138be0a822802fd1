//! An index of texts that others keep.

/// An open-addressing index from texts, which its owner keeps, to their numbers.
///
/// The standard map costs several kilobytes in the browser for what a few lines do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// Hash and number; [`FREE`] where there is none.
    slots: Vec<(u32, u32)>,
    used: usize,
}

/// No number: there are never so many.
pub(crate) const FREE: u32 = u32::MAX;

/// Whether a number is that of the text at hand.
type IsIt<'a> = &'a dyn Fn(u32) -> bool;

impl Table {
    /// The number of `text`.
    pub(crate) fn find(&self, text: &str, is_it: IsIt<'_>) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        Some(self.slots[self.slot(hash(text), is_it)].1).filter(|&number| number != FREE)
    }

    /// Where the number of `text` is filed; [`FREE`] if there is none yet, which the caller then puts there.
    pub(crate) fn entry(&mut self, text: &str, is_it: IsIt<'_>) -> &mut u32 {
        if self.used * 4 >= self.slots.len() * 3 {
            let larger = vec![(0, FREE); (self.slots.len() * 2).max(16)];
            for (hash, number) in std::mem::replace(&mut self.slots, larger) {
                if number != FREE {
                    let at = self.slot(hash, &|_| false);
                    self.slots[at] = (hash, number);
                }
            }
        }
        let hash = hash(text);
        let at = self.slot(hash, is_it);
        let (filed, number) = &mut self.slots[at];
        if *number == FREE {
            *filed = hash;
            self.used += 1;
        }
        number
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
            if number == FREE || found == hash && is_it(number) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }
}

/// FNV-1a, with a last mixing step because the table looks at the low bits only.
pub(crate) fn hash(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash ^ (hash >> 15)
}
