//! What stands in the memory that a program begins with, and what leads there, as the linker tells it with
//! `--emit-relocs` (conventions of WebAssembly's tools: "Linking", sections "reloc." and "linking").
//!
//! A function says where a text or a table stands by a number, mostly the address of its first byte. Not always: who
//! looks up something by a letter may say where that of the letter 0 would stand, which is in the middle of something
//! else. The linker knows whose number each one is.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasmparser::{FunctionBody, KnownCustom, Linking, MemArg, Operator, Parser, Payload, RelocationType, SymbolInfo};

use super::whole::place;

/// The values that the memory begins with.
#[derive(Debug, Default)]
pub(crate) struct Symbols {
    /// Where each stands.
    pub(super) places: Vec<Range<i32>>,
    /// By the numbers that functions say, what they lead to.
    pub(super) said: BTreeMap<i32, BTreeSet<usize>>,
    /// What each leads to by addresses in it.
    pub(super) leads: BTreeMap<usize, BTreeSet<usize>>,
}

impl Symbols {
    /// Of a program as the linker leaves it.
    pub(crate) fn of(wasm: &[u8]) -> Result<Self> {
        let mut data = Vec::new();
        let mut starts = Vec::new();
        let (mut code_section, mut data_section) = (None, None);
        let mut named = Vec::new();
        let mut relocations = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            // A relocation names its section by its number, and places in it from its beginning.
            if let Some((_, range)) = payload.as_section() {
                match payload {
                    Payload::CodeSectionStart { .. } => code_section = Some(starts.len()),
                    Payload::DataSection(_) => data_section = Some(starts.len()),
                    _ => {}
                }
                starts.push(range.start as usize);
            }
            match payload {
                Payload::DataSection(segments) => {
                    for segment in segments {
                        let segment = segment?;
                        let end = segment.range.end as usize;
                        data.push((place(&segment)?, end - segment.data.len()..end));
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            let Linking::SymbolTable(symbols) = part? else { continue };
                            for symbol in symbols {
                                let symbol = symbol?;
                                named.push(match symbol {
                                    SymbolInfo::Data { symbol: Some(symbol), .. } => Some(symbol),
                                    _ => None,
                                });
                            }
                        }
                    }
                    KnownCustom::Reloc(section) => {
                        for entry in section.entries() {
                            relocations.push((section.section_index() as usize, entry?));
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        ensure!(!relocations.is_empty(), "expected the linker to say what leads where: --emit-relocs");
        let mut symbols = Self::default();
        // By its number in the linker's table, that in ours.
        let mut numbers = BTreeMap::new();
        for (number, symbol) in named.iter().enumerate() {
            // Without a size: where the memory of the program ends, and the like.
            let Some(symbol) = symbol.filter(|symbol| symbol.size > 0) else { continue };
            let (start, _) = data.get(symbol.index as usize).context("a value stands in no segment of the memory")?;
            let start = start + symbol.offset as i32;
            numbers.insert(number, symbols.places.len());
            symbols.places.push(start..start + symbol.size as i32);
        }
        for (section, entry) in relocations {
            use RelocationType::{MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb};
            if !matches!(entry.ty, MemoryAddrI32 | MemoryAddrLeb | MemoryAddrSleb) {
                continue;
            }
            // Others are ends of the memory.
            let Some(&to) = numbers.get(&(entry.index as usize)) else { continue };
            if Some(section) == code_section {
                let number = symbols.places[to].start + entry.addend as i32;
                let at = starts[section] + entry.offset as usize;
                ensure!(said_at(&wasm[at..]) == number, "what a function says of a value is another number");
                symbols.said.entry(number).or_default().insert(to);
            } else if Some(section) == data_section {
                let at = starts[section] + entry.offset as usize;
                let (start, range) =
                    data.iter().find(|(_, range)| range.contains(&at)).context("an address nowhere")?;
                let number = symbols.places[to].start + entry.addend as i32;
                ensure!(wasm[at..].starts_with(&number.to_le_bytes()), "the address of a value is another one");
                let at = start + (at - range.start) as i32;
                for from in symbols.standing_at(at) {
                    symbols.leads.entry(from).or_default().insert(to);
                }
            }
        }
        Ok(symbols)
    }

    /// Where in the memory that stands which these functions lead to, and none of the others: ranges in order.
    pub(super) fn read_only_by(
        &self,
        these: &[&FunctionBody<'_>],
        others: &[&FunctionBody<'_>],
    ) -> Result<Vec<Range<i32>>> {
        let others = self.reached(others)?;
        let mut ranges: Vec<Range<i32>> = Vec::new();
        for symbol in self.reached(these)?.difference(&others) {
            let range = self.places[*symbol].clone();
            // The linker may have laid one upon another.
            let is_shared = others.iter().any(|&other| {
                let other = &self.places[other];
                other.start < range.end && range.start < other.end
            });
            if !is_shared {
                ranges.push(range);
            }
        }
        ranges.sort_by_key(|range| (range.start, range.end));
        ranges.dedup_by(|next, before| {
            let follows = next.start <= before.end;
            before.end = if follows { before.end.max(next.end) } else { before.end };
            follows
        });
        Ok(ranges)
    }

    /// What functions lead to.
    fn reached(&self, bodies: &[&FunctionBody<'_>]) -> Result<BTreeSet<usize>> {
        let mut numbers = Numbers::default();
        for body in bodies {
            for operator in body.get_operators_reader()? {
                match operator? {
                    Operator::I32Const { value } => drop(numbers.0.insert(value)),
                    Operator::I64Const { value } => numbers.0.extend([value as i32, (value >> 32) as i32]),
                    other => drop(numbers.instruction(other)?),
                }
            }
        }
        let mut open: Vec<usize> = Vec::new();
        for number in numbers.0 {
            open.extend(self.said.get(&number).into_iter().flatten());
            // What the optimiser has added up is in no table of the linker.
            open.extend(self.standing_at(number));
        }
        let mut reached = BTreeSet::new();
        while let Some(symbol) = open.pop() {
            if reached.insert(symbol) {
                open.extend(self.leads.get(&symbol).into_iter().flatten());
            }
        }
        Ok(reached)
    }

    fn standing_at(&self, address: i32) -> Vec<usize> {
        let places = self.places.iter().enumerate();
        places.filter(|(_, place)| place.contains(&address)).map(|(number, _)| number).collect()
    }
}

/// The number that stands here as the linker writes it: in five bytes, seven bits each.
fn said_at(bytes: &[u8]) -> i32 {
    bytes.iter().take(5).enumerate().fold(0, |number, (place, byte)| number | i32::from(byte & 0x7f) << (7 * place))
}

/// What functions say in numbers: constants, and how far behind an address they read and write.
#[derive(Default)]
struct Numbers(BTreeSet<i32>);

impl Reencode for Numbers {
    type Error = Infallible;

    fn mem_arg(&mut self, arg: MemArg) -> Result<wasm_encoder::MemArg, Error<Infallible>> {
        self.0.insert(arg.offset as i32);
        utils::mem_arg(self, arg)
    }
}
