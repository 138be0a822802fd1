extern crate std;

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use std::vec::Vec;

use proptest::prelude::*;

use crate::{GRAIN, HEAD, Heap, Memory, SMALL};

const PAGE: u32 = 64 * 1024;
const MOST: u32 = 1024 * PAGE;
/// A page more than is used, to begin at a page; by itself that would be no reason to write zeros into all of it.
const LAYOUT: Layout = Layout::new::<[u128; (MOST + PAGE) as usize / size_of::<u128>()]>();

/// Where blocks begin: the head lies at offset 0.
const START: u32 = HEAD.next_multiple_of(GRAIN);

/// Memory as WebAssembly has it: it grows by pages, up to a limit.
struct Fake {
    all: *mut u8,
    base: *mut u8,
    end: Cell<u32>,
    limit: u32,
}

impl Fake {
    fn new(limit: u32) -> Self {
        assert!(limit <= MOST);
        // SAFETY: its size is not zero.
        let all = unsafe { std::alloc::alloc_zeroed(LAYOUT) };
        assert!(!all.is_null());
        let base = all.wrapping_add(all.align_offset(PAGE as usize));
        Self { all, base, end: Cell::new(START), limit }
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        // SAFETY: it was allocated so.
        unsafe { std::alloc::dealloc(self.all, LAYOUT) };
    }
}

// SAFETY: all of it was allocated as zeros, and `end` only grows.
unsafe impl Memory for Fake {
    fn at(&self, offset: u32) -> *mut u8 {
        assert!(offset < self.end.get());
        self.base.wrapping_add(offset as usize)
    }

    fn offset(&self, byte: *mut u8) -> u32 {
        (byte as usize - self.base as usize) as u32
    }

    fn head(&self) -> u32 {
        0
    }

    fn end(&self) -> u32 {
        self.end.get()
    }

    fn grow(&self, bytes: u32) -> Option<u32> {
        let old = self.end.get();
        let new = old.checked_add(bytes)?.checked_next_multiple_of(PAGE)?;
        (new <= self.limit).then(|| self.end.replace(new))
    }
}

/// A block in use, filled with a byte of its own.
struct Block {
    pointer: *mut u8,
    layout: Layout,
    mark: u8,
}

/// A heap with what a program holds of it.
struct Program {
    heap: Heap<Fake>,
    blocks: Vec<Block>,
    marks: u8,
}

#[derive(Clone, Debug)]
enum Step {
    Alloc { size: usize, align: usize },
    Realloc { which: usize, size: usize },
    Free { which: usize },
}

impl Program {
    fn new(limit: u32) -> Self {
        Self { heap: Heap(Fake::new(limit)), blocks: Vec::new(), marks: 0 }
    }

    fn run(&mut self, step: &Step) {
        match *step {
            Step::Alloc { size, align } => {
                let layout = Layout::from_size_align(size, align).expect("is a layout");
                self.marks = self.marks.wrapping_add(1);
                // SAFETY: the size is not zero.
                let pointer = unsafe { self.heap.alloc(layout) };
                self.keep(Block { pointer, layout, mark: self.marks });
            }
            Step::Realloc { which, size } if !self.blocks.is_empty() => {
                let block = self.blocks.swap_remove(which % self.blocks.len());
                // SAFETY: the block is in use and has this layout; the size is not zero.
                let pointer = unsafe { self.heap.realloc(block.pointer, block.layout, size) };
                if pointer.is_null() {
                    self.blocks.push(block);
                } else {
                    let layout = Layout::from_size_align(size, block.layout.align()).expect("is a layout");
                    check_bytes(pointer, size.min(block.layout.size()), block.mark);
                    self.keep(Block { pointer, layout, ..block });
                }
            }
            Step::Free { which } if !self.blocks.is_empty() => {
                let block = self.blocks.swap_remove(which % self.blocks.len());
                self.free(&block);
            }
            Step::Realloc { .. } | Step::Free { .. } => {}
        }
    }

    /// Notes a new block and fills it. Whoever overlaps with it finds other bytes when it is freed.
    fn keep(&mut self, block: Block) {
        if !block.pointer.is_null() {
            assert_eq!(block.pointer as usize % block.layout.align(), 0);
            let start = self.heap.0.offset(block.pointer);
            assert!(start >= START && start as usize + block.layout.size() <= self.heap.0.end() as usize);
            // SAFETY: the heap gave so many bytes.
            unsafe { block.pointer.write_bytes(block.mark, block.layout.size()) };
            self.blocks.push(block);
        }
    }

    fn free(&self, block: &Block) {
        check_bytes(block.pointer, block.layout.size(), block.mark);
        // SAFETY: the block is in use and has this layout.
        unsafe { self.heap.dealloc(block.pointer, block.layout) };
    }

    fn free_all(&mut self) {
        for block in std::mem::take(&mut self.blocks) {
            self.free(&block);
        }
    }

    /// Blocks of the tree from the lowest on, with their sizes; checks the tree's order.
    fn tree(&self) -> Vec<(u32, u32)> {
        fn walk(heap: &Heap<Fake>, block: u32, found: &mut Vec<(u32, u32)>) {
            if block != 0 {
                for below in [heap.get(block), heap.get(block + 4)] {
                    assert!(below == 0 || heap.outranks(block, heap.size(block), below));
                }
                walk(heap, heap.get(block), found);
                found.push((block, heap.size(block)));
                walk(heap, heap.get(block + 4), found);
            }
        }
        let mut found = Vec::new();
        walk(&self.heap, self.heap.get(0), &mut found);
        found
    }

    /// Blocks of the lists, with their sizes.
    fn lists(&self) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        for size in (GRAIN..=SMALL).step_by(GRAIN as usize) {
            let mut block = self.heap.get(self.heap.list(size));
            while block != 0 {
                found.push((block, size));
                block = self.heap.get(block);
            }
        }
        assert_eq!(found.len(), self.heap.get(self.heap.kept()) as usize);
        found
    }

    /// Blocks that are free or in use make up the memory, without gap or overlap; no two of the tree are neighbours.
    fn check(&self) {
        let mut free = self.tree();
        assert!(free.windows(2).all(|pair| pair[0].0 + pair[0].1 < pair[1].0), "{free:?}");
        free.extend(self.lists());
        let in_use = self.blocks.iter().map(|block| {
            let size = (block.layout.size() as u32).next_multiple_of(GRAIN);
            (self.heap.0.offset(block.pointer), size)
        });
        let mut all: Vec<(u32, u32)> = free.iter().copied().chain(in_use).collect();
        all.sort_unstable();
        let mut end = START;
        for (start, size) in all {
            assert_eq!(start, end);
            end = start + size;
        }
        assert_eq!(end, self.heap.0.end());
    }
}

#[track_caller]
fn check_bytes(pointer: *const u8, size: usize, mark: u8) {
    // SAFETY: the block is in use and was filled.
    let bytes = unsafe { std::slice::from_raw_parts(pointer, size) };
    assert!(bytes.iter().all(|&byte| byte == mark), "a block was overwritten");
}

fn any_size() -> impl Strategy<Value = usize> {
    prop_oneof![
        10 => 1_usize..100,
        3 => 1_usize..5_000,
        1 => Just(PAGE as usize),
        1 => 1_usize..300_000,
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (any_size(), 0_u32..13, any::<bool>()).prop_map(|(size, align, is_odd)| {
            Step::Alloc { size, align: if is_odd { 1 << align } else { 8 } }
        }),
        2 => (any::<usize>(), any_size()).prop_map(|(which, size)| Step::Realloc { which, size }),
        3 => any::<usize>().prop_map(|which| Step::Free { which }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_are_apart_and_keep_their_bytes(
        steps in proptest::collection::vec(any_step(), 0..300),
        limit in prop_oneof![Just(MOST), Just(8 * PAGE)],
    ) {
        let mut program = Program::new(limit);
        for step in &steps {
            program.run(step);
            program.check();
        }
        program.free_all();
        program.heap.join();
        let all = program.heap.0.end() - START;
        prop_assert_eq!(program.tree(), if all == 0 { Vec::new() } else { std::vec![(START, all)] });
    }
}

#[test]
fn a_column_grows_where_it_stands() {
    let mut program = Program::new(MOST);
    program.run(&Step::Alloc { size: 1_000, align: 4 });
    let start = program.blocks[0].pointer;
    for size in (1_000..1_000_000).step_by(1_000) {
        program.run(&Step::Realloc { which: 0, size });
        assert_eq!(program.blocks[0].pointer, start);
    }
    assert_eq!(program.heap.0.end(), (999_000 + START).next_multiple_of(PAGE));
}

#[test]
fn segments_fill_their_pages_and_serve_the_next_bundle() {
    let mut program = Program::new(MOST);
    for _ in 0..2 {
        for _ in 0..100 {
            program.run(&Step::Alloc { size: PAGE as usize, align: 1 });
        }
        program.free_all();
        assert_eq!(program.heap.0.end(), 101 * PAGE);
    }
}

#[test]
fn the_next_bundle_and_view_take_no_more_memory() {
    let mut program = Program::new(MOST);
    let mut ends = Vec::new();
    for _ in 0..4 {
        program.run(&Step::Alloc { size: 64, align: 4 });
        for count in 1..200 {
            program.run(&Step::Alloc { size: PAGE as usize, align: 1 });
            program.run(&Step::Alloc { size: 5 + count % 90, align: 1 });
            // A piece of the bundle and a growing column.
            program.run(&Step::Alloc { size: PAGE as usize, align: 1 });
            program.run(&Step::Free { which: program.blocks.len() - 1 });
            let which = program.blocks.iter().position(|block| block.layout.align() == 4).expect("there is a column");
            program.run(&Step::Realloc { which, size: 64 + count * 2_000 });
        }
        for count in 0..10_000 {
            program.run(&Step::Alloc { size: 1 + count * 7 % 300, align: 8 });
        }
        program.check();
        program.free_all();
        ends.push(program.heap.0.end());
    }
    assert!(ends.iter().all(|&end| end == ends[0]), "{ends:?}");
    // All of it is free, though in pieces: nothing has to grow for one that is as large.
    program.run(&Step::Alloc { size: (ends[0] - START) as usize, align: 1 });
    assert_eq!(program.heap.0.end(), ends[0]);
    program.free_all();
}

#[test]
fn thousands_of_equal_blocks_make_no_deep_tree() {
    fn depth(heap: &Heap<Fake>, block: u32) -> u32 {
        if block == 0 { 0 } else { 1 + depth(heap, heap.get(block)).max(depth(heap, heap.get(block + 4))) }
    }
    let mut program = Program::new(MOST);
    for _ in 0..20_000 {
        program.run(&Step::Alloc { size: 10, align: 1 });
    }
    for which in (0..20_000).rev().step_by(2) {
        program.free(&program.blocks[which]);
        program.blocks.swap_remove(which);
    }
    program.heap.join();
    program.check();
    let found = depth(&program.heap, program.heap.get(0));
    assert!(found < 50, "{found} blocks below one another, of 10,000");
}

#[test]
fn what_cannot_be_had_is_refused_and_harms_nothing() {
    let mut program = Program::new(2 * PAGE);
    for size in [3 * PAGE as usize, isize::MAX as usize - 100, u32::MAX as usize - 5, u32::MAX as usize - 40] {
        program.run(&Step::Alloc { size, align: 16 });
        assert!(program.blocks.is_empty());
    }
    program.run(&Step::Alloc { size: 100, align: 8 });
    program.run(&Step::Realloc { which: 0, size: 3 * PAGE as usize });
    assert_eq!(program.blocks[0].layout.size(), 100);
    program.check();
    program.free_all();
}
