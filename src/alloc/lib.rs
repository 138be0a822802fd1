//! The widget's memory allocator.
//!
//! With the standard library's, the program is some kilobytes larger, takes a
//! little more memory, and is not quicker.
//!
//! Free blocks are the nodes of one tree that is ordered by address from left
//! to right and by size from top to bottom (C. J. Stephenson, "Fast fits",
//! 1983). The lowest block that is large enough is found by going left as long
//! as blocks are. The neighbours of a freed block are on the path to where it
//! belongs, so it is joined with them. A block in use has no header, because
//! [`GlobalAlloc`] is told its size again; text segments of 64 KiB therefore
//! fill the memory's pages without a gap.
//!
//! In front of the tree are lists of small blocks, one for each size, that are
//! not joined until memory would have to grow: without them, reading a bundle
//! and drawing up a view take noticeably longer.
//!
//! Where memory comes from is a trait, so that the same code is tested
//! natively. All of it is for one thread.
#![no_std]

#[cfg(test)]
mod tests;
#[cfg(target_arch = "wasm32")]
mod wasm;

use core::alloc::{GlobalAlloc, Layout};
use core::ptr;

/// Blocks lie at multiples of this and are as long as multiples of it: a free one holds two links and its size.
pub const GRAIN: u32 = 16;

/// Up to this size, a block that is given back goes into a list.
const SMALL: u32 = 512;

/// So many blocks go into lists: to join them must not take long.
const KEPT: u32 = 4_000;

/// Bytes that hold the root of the tree, then the lists, then how many blocks are in them.
pub const HEAD: u32 = 4 + SMALL / 4 + 4;

/// Memory that can grow; places in it are offsets.
///
/// # Safety
///
/// What [`at`](Self::at) gives may be read and written: [`HEAD`] bytes from [`head`](Self::head) on, which are zero at
/// first, and all from what [`grow`](Self::grow) gave to the [`end`](Self::end), which never holds offset 0. Nobody else
/// uses them.
pub unsafe trait Memory {
    /// The byte at an offset. At offset `n * GRAIN` it is aligned to [`GRAIN`], and to more if `n * GRAIN` is.
    fn at(&self, offset: u32) -> *mut u8;

    /// Where a byte that [`at`](Self::at) gave lies.
    fn offset(&self, byte: *mut u8) -> u32;

    /// Where the [`HEAD`] bytes lie, a multiple of 4.
    fn head(&self) -> u32;

    /// Where the memory ends, a multiple of [`GRAIN`].
    fn end(&self) -> u32;

    /// Makes the memory longer; gives where the new part begins, a multiple of [`GRAIN`]. If it is shorter than wanted,
    /// the heap asks again.
    fn grow(&self, bytes: u32) -> Option<u32>;
}

/// What is free of a [`Memory`].
#[derive(Debug)]
pub struct Heap<M>(pub M);

/// Where it is written which block comes next, 0 for none: in the head, or in the block above.
type Link = u32;

// A block of the tree begins with its link to the left.
const RIGHT: u32 = 4;
const SIZE: u32 = 8;

impl<M: Memory> Heap<M> {
    fn get(&self, at: u32) -> u32 {
        // SAFETY: all callers read the head or a free block, which is ours, at a multiple of 4.
        unsafe { self.0.at(at).cast::<u32>().read() }
    }

    fn set(&self, at: u32, value: u32) {
        // SAFETY: all callers write the head or a free block, which is ours, at a multiple of 4.
        unsafe { self.0.at(at).cast::<u32>().write(value) }
    }

    /// The size of a free block, 0 if there is no block.
    fn size(&self, block: u32) -> u32 {
        if block == 0 { 0 } else { self.get(block + SIZE) }
    }

    /// Whether a block of this size stands above the other block. Equal sizes are told apart by what looks random, or
    /// they would make a list of the tree.
    fn outranks(&self, block: u32, size: u32, other: u32) -> bool {
        let rank = |block: u32, size| u64::from(size) << 32 | u64::from(block.wrapping_mul(0x9e37_79b1));
        rank(block, size) > rank(other, self.size(other))
    }

    /// Hangs a free block into the subtree at a link.
    fn insert(&self, mut link: Link, block: u32, size: u32) {
        let mut below = self.get(link);
        while below != 0 && !self.outranks(block, size, below) {
            link = if below < block { below + RIGHT } else { below };
            below = self.get(link);
        }
        self.set(link, block);
        self.set(block + SIZE, size);
        // What was there is parted: lower blocks to its left, higher ones to its right.
        let (mut left, mut right) = (block, block + RIGHT);
        while below != 0 {
            let side = if below < block { &mut left } else { &mut right };
            self.set(*side, below);
            *side = if below < block { below + RIGHT } else { below };
            below = self.get(*side);
        }
        self.set(left, 0);
        self.set(right, 0);
    }

    /// Takes the block at a link out of the tree.
    fn remove(&self, mut link: Link) {
        let block = self.get(link);
        let (mut left, mut right) = (self.get(block), self.get(block + RIGHT));
        while left != 0 && right != 0 {
            if self.outranks(left, self.size(left), right) {
                self.set(link, left);
                link = left + RIGHT;
                left = self.get(link);
            } else {
                self.set(link, right);
                link = right;
                right = self.get(link);
            }
        }
        self.set(link, left | right);
    }

    /// Takes so many bytes from the beginning of the block at a link.
    fn take(&self, link: Link, size: u32) -> u32 {
        let block = self.get(link);
        let rest = self.size(block) - size;
        self.remove(link);
        if rest != 0 {
            self.insert(link, block + size, rest);
        }
        block
    }

    /// Puts memory into the tree, joined with what is free before and behind it.
    fn free(&self, mut start: u32, mut size: u32) {
        if size == 0 {
            return;
        }
        let mut link = self.0.head();
        loop {
            let block = self.get(link);
            if block == 0 {
                break;
            }
            let end = block.wrapping_add(self.size(block));
            if end == start || start.wrapping_add(size) == block {
                size += self.size(block);
                start = start.min(block);
                // The other neighbour, if there is one, is below: it would have been met above.
                self.remove(link);
            } else {
                link = if block < start { block + RIGHT } else { block };
            }
        }
        self.insert(self.0.head(), start, size);
    }

    /// The list of blocks of a small size; each begins with the link to the next.
    fn list(&self, size: u32) -> Link {
        self.0.head() + size / 4
    }

    /// Where it is written how many blocks the lists hold.
    fn kept(&self) -> Link {
        self.0.head() + HEAD - 4
    }

    /// Gives back a block: into its list, or else into the tree.
    fn put(&self, block: u32, size: u32) {
        let kept = self.get(self.kept());
        if size <= SMALL && kept < KEPT {
            self.set(self.kept(), kept + 1);
            self.set(block, self.get(self.list(size)));
            self.set(self.list(size), block);
        } else {
            self.free(block, size);
        }
    }

    /// Takes a block of a small size from its list; 0 if there is none.
    fn pop(&self, size: u32) -> u32 {
        let block = self.get(self.list(size));
        if block != 0 {
            self.set(self.kept(), self.get(self.kept()) - 1);
            self.set(self.list(size), self.get(block));
        }
        block
    }

    /// Joins the blocks of the lists with what is free around them; whether there were any.
    fn join(&self) -> bool {
        let mut is_joined = false;
        let mut size = SMALL;
        while size != 0 {
            let block = self.pop(size);
            if block == 0 {
                size -= GRAIN;
            } else {
                self.free(block, size);
                is_joined = true;
            }
        }
        is_joined
    }

    /// Joins what there is, or else has the memory grow; whether another look may find something.
    fn more(&self, bytes: u32) -> bool {
        if self.join() {
            return true;
        }
        let start = self.0.grow(bytes);
        if let Some(start) = start {
            self.free(start, self.0.end().wrapping_sub(start));
        }
        start.is_some()
    }

    /// Takes memory of this size, the lowest of the tree; 0 if no more can be had.
    fn allocate(&self, size: u32) -> u32 {
        if size <= SMALL {
            let block = self.pop(size);
            if block != 0 {
                return block;
            }
        }
        loop {
            let mut link = self.0.head();
            if self.size(self.get(link)) >= size {
                while self.size(self.get(self.get(link))) >= size {
                    link = self.get(link);
                }
                return self.take(link, size);
            }
            let mut last = 0;
            while self.get(link) != 0 {
                last = self.get(link);
                link = last + RIGHT;
            }
            let tail = self.size(last);
            let is_tail = last.wrapping_add(tail) == self.0.end();
            if !self.more(if is_tail { size - tail } else { size }) {
                return 0;
            }
        }
    }

    /// Takes so many bytes behind a block in use, which ends here and shall have `whole` bytes; whether they are free.
    fn extend(&self, end: u32, bytes: u32, whole: u32) -> bool {
        loop {
            let mut link = self.0.head();
            let mut block = self.get(link);
            while block != 0 && block != end {
                link = if block < end { block + RIGHT } else { block };
                block = self.get(link);
            }
            let free = self.size(block);
            if free >= bytes {
                self.take(link, bytes);
                return true;
            }
            // A hole elsewhere is better than more memory.
            let is_tail = end.wrapping_add(free) == self.0.end();
            if !is_tail || self.size(self.get(self.0.head())) >= whole || !self.more(bytes - free) {
                return false;
            }
        }
    }
}

/// How much memory so many bytes take. [`Layout`] keeps it from wrapping where addresses are as short.
fn grains(bytes: usize) -> Option<u32> {
    u32::try_from(bytes.next_multiple_of(GRAIN as usize)).ok()
}

// SAFETY: what is given is taken out of tree and lists, and has the layout's size and alignment.
unsafe impl<M: Memory> GlobalAlloc for Heap<M> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(size) = grains(layout.size()) else { return ptr::null_mut() };
        // For a larger alignment than all have, more is taken, and what is too much given back.
        let Some(slack) = grains(layout.align()).map(|align| align - GRAIN) else { return ptr::null_mut() };
        let Some(both) = size.checked_add(slack) else { return ptr::null_mut() };
        let block = self.allocate(both);
        if block == 0 {
            return ptr::null_mut();
        }
        let before = block.wrapping_neg() & slack;
        self.free(block, before);
        self.free(block + before + size, slack - before);
        self.0.at(block + before)
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if let Some(size) = grains(layout.size()) {
            self.put(self.0.offset(pointer), size);
        }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let (Some(old), Some(new)) = (grains(layout.size()), grains(new_size)) else { return ptr::null_mut() };
        let start = self.0.offset(pointer);
        if new <= old {
            self.free(start + new, old - new);
            return pointer;
        }
        if self.extend(start + old, new - old, new) {
            return pointer;
        }
        // SAFETY: the caller promises what `from_size_align_unchecked` and `alloc` ask for.
        let moved = unsafe { self.alloc(Layout::from_size_align_unchecked(new_size, layout.align())) };
        if !moved.is_null() {
            // SAFETY: both blocks are at least as long as the old layout says, and in use, so they are apart.
            unsafe { ptr::copy_nonoverlapping(pointer, moved, layout.size()) };
            self.put(start, old);
        }
        moved
    }
}
