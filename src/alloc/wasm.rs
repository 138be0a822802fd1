//! The memory of a WebAssembly program, and the allocator of all that is linked with this crate.

use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::{Cell, UnsafeCell};
use core::ptr;

use crate::{HEAD, Heap, Memory};

#[global_allocator]
static HEAP: Heap<Linear> = Heap(Linear { head: UnsafeCell::new([0; HEAD as usize / 4]), is_begun: Cell::new(false) });

const PAGE: u32 = 64 * 1024;

/// Bytes that are added at once, if there is room: each time takes some ten microseconds.
const AT_LEAST: u32 = 512 * 1024;

/// What the linker left of the first pages, and all pages that are added; offsets are addresses.
#[derive(Debug)]
struct Linear {
    head: UnsafeCell<[u32; HEAD as usize / 4]>,
    is_begun: Cell<bool>,
}

unsafe extern "C" {
    /// Where the linker's own ends (stack, statics), aligned to 16.
    safe static __heap_base: u8;
}

#[cfg(target_feature = "atomics")]
compile_error!("this allocator is for one thread");

// SAFETY: there is one thread.
unsafe impl Sync for Linear {}

// SAFETY: the private static above is the only one, and the linker leaves `__heap_base` and what follows to it.
unsafe impl Memory for Linear {
    fn at(&self, offset: u32) -> *mut u8 {
        ptr::with_exposed_provenance_mut(offset as usize)
    }

    fn offset(&self, byte: *mut u8) -> u32 {
        byte.expose_provenance() as u32
    }

    fn head(&self) -> u32 {
        self.head.get().expose_provenance() as u32
    }

    fn end(&self) -> u32 {
        (memory_size::<0>() as u32).wrapping_mul(PAGE)
    }

    fn grow(&self, bytes: u32) -> Option<u32> {
        if !self.is_begun.replace(true) {
            return Some((&raw const __heap_base).expose_provenance() as u32);
        }
        // Each time costs a system call, and a large bundle would ask thousands of times.
        let grow = |bytes: u32| memory_grow::<0>(bytes.div_ceil(PAGE) as usize);
        let mut pages = grow(bytes.max(self.end() / 32).max(AT_LEAST));
        if pages == usize::MAX {
            pages = grow(bytes); // there may be room for just that
        }
        (pages != usize::MAX).then(|| pages as u32 * PAGE)
    }
}
