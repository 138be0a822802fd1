//! Who can find a function by its place in the table: by saying that place, or an address in memory behind which it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::Result;
use wasmparser::{FunctionBody, Operator};

use super::whole::{Whole, place};

/// The places of functions in the table, and where they are said.
pub(super) struct Pointers {
    /// The functions by their places.
    functions: BTreeMap<i32, u32>,
    /// Functions by the addresses in memory at which their places stand.
    words: BTreeMap<i32, u32>,
    /// Where tables of methods stand: what says an address in one may find all that is in it.
    tables: Vec<Range<i32>>,
    /// Functions whose places stand in memory elsewhere.
    loose: BTreeSet<u32>,
    /// What stands in memory, by address.
    memory: BTreeMap<i32, i32>,
}

impl Pointers {
    pub(super) fn of(whole: &Whole<'_>) -> Result<Self> {
        let mut pointers = Self {
            functions: BTreeMap::new(),
            words: BTreeMap::new(),
            tables: Vec::new(),
            loose: BTreeSet::new(),
            memory: BTreeMap::new(),
        };
        for (_, offset, list) in whole.elements.iter().filter(|(table, ..)| *table == 0) {
            pointers.functions.extend((*offset..).zip(list.iter().copied()));
        }
        for segment in &whole.data {
            let start = place(segment)?;
            for at in (0..segment.data.len()).filter(|&at| (start as usize + at).is_multiple_of(4)) {
                if let Some(word) = segment.data[at..].first_chunk() {
                    pointers.memory.insert(start + at as i32, i32::from_le_bytes(*word));
                }
            }
        }
        let found = pointers.memory.iter();
        pointers.words = found.filter_map(|(at, word)| Some((*at, *pointers.functions.get(word)?))).collect();
        pointers.find_tables();
        Ok(pointers)
    }

    /// Finds the tables of methods: what drops a value or 0, its size and alignment, then the methods. The next one may
    /// follow at once, so that what begins it is taken for a method of both.
    fn find_tables(&mut self) {
        let word = |at: i32| self.memory.get(&at).copied();
        let is_header = |at: i32| {
            let (Some(size), Some(alignment @ (1 | 2 | 4 | 8 | 16))) = (word(at), word(at + 4)) else { return false };
            (0..1 << 20).contains(&size) && size % alignment == 0
        };
        let mut rows: Vec<Range<i32>> = Vec::new();
        for &at in self.words.keys() {
            match rows.last_mut().filter(|row| row.end == at) {
                Some(row) => row.end += 4,
                None => rows.push(at..at + 4),
            }
        }
        for Range { start, end } in rows {
            let begins = start - 12;
            let is_begun = word(begins) == Some(0) || self.words.contains_key(&begins);
            if is_begun && is_header(start - 8) {
                self.tables.push(begins..end);
            } else {
                // But for what begins a table.
                let begins_one = is_header(end) && self.words.contains_key(&(end + 8));
                let end = if begins_one { end - 4 } else { end };
                self.loose.extend(self.words.range(start..end).map(|(_, function)| *function));
            }
        }
    }

    /// What a number may lead to: a place, or an address in a table of methods.
    fn of_number(&self, number: i32) -> impl Iterator<Item = u32> {
        let tables = self.tables.iter().filter(move |table| table.contains(&number));
        let methods = tables.flat_map(|table| self.words.range(table.clone())).map(|(_, function)| *function);
        self.functions.get(&number).copied().into_iter().chain(methods)
    }

    pub(super) fn of_body(&self, body: &FunctionBody<'_>) -> Result<BTreeSet<u32>> {
        Ok(numbers(body)?.into_iter().flat_map(|number| self.of_number(number)).collect())
    }

    /// What is found by way of the memory, whoever looks there.
    pub(super) fn of_memory(&self) -> BTreeSet<u32> {
        let addresses = self.memory.values().filter(|word| !self.functions.contains_key(word));
        addresses.flat_map(|&address| self.of_number(address)).chain(self.loose.iter().copied()).collect()
    }
}

/// The numbers that a function says, and the addresses that it reads from.
fn numbers(body: &FunctionBody<'_>) -> Result<BTreeSet<i32>> {
    let mut numbers = BTreeSet::new();
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::I32Const { value } => drop(numbers.insert(value)),
            Operator::I64Const { value } => numbers.extend([value as i32, (value >> 32) as i32]),
            Operator::I32Load { memarg } | Operator::I64Load { memarg } => drop(numbers.insert(memarg.offset as i32)),
            _ => {}
        }
    }
    Ok(numbers)
}
