//! The functions of a module in another order: like stands beside like, which compresses better. Of several orders, each
//! in several [spellings](crate::spelling), the shortest is taken.
//!
//! What compresses a file looks for what has been before. It finds more, and says
//! shorter where, if that is not far away.

use std::collections::BTreeMap;
use std::convert::Infallible;

use anyhow::{Context, Result};
use rayon::prelude::*;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef};

use crate::size;
use crate::spelling;

/// So many bytes in a row are looked for in other functions.
const RUN: usize = 4;

/// Spellings that are tried, by the doubts of their models, and orders of each. What compression makes of one is decided
/// by little things: the shortest of these is up to one in a hundred shorter than the first.
const DOUBTS: [f64; 8] = [0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0, 3.0];
const ORDERS: u64 = 2;

/// Writes a module, which must not name its functions, in one of several spellings, with each function behind one that it
/// is like in one of several orders: in the way that compresses best.
pub(crate) fn shortest(wasm: &[u8]) -> Result<Vec<u8>> {
    let tried = DOUBTS.par_iter().map(|&doubt| {
        let candidate = Candidate::of(spelling::alike(wasm, doubt)?)?;
        let written = (0..ORDERS).map(|attempt| candidate.written(candidate.likeness.chain(attempt)));
        written.map(|written| written.and_then(|wasm| Ok((size::brotli(&wasm)?, wasm)))).collect()
    });
    let tried: Vec<Vec<(usize, Vec<u8>)>> = tried.collect::<Result<_>>()?;
    let (_, shortest) = tried.into_iter().flatten().min_by_key(|(size, _)| *size).context("one is tried at least")?;
    wasmparser::validate(&shortest).context("a module in another order is no module")?;
    Ok(shortest)
}

/// A module with what its functions have in common.
struct Candidate {
    wasm: Vec<u8>,
    imported: u32,
    likeness: Likeness,
}

impl Candidate {
    fn of(wasm: Vec<u8>) -> Result<Self> {
        let mut imported = 0;
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(&wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().to_vec()),
                _ => {}
            }
        }
        let likeness = Likeness::of(&bodies);
        Ok(Self { wasm, imported, likeness })
    }

    /// The module with its functions in this order.
    fn written(&self, order: Vec<usize>) -> Result<Vec<u8>> {
        let mut places = vec![0; order.len()];
        for (place, &function) in order.iter().enumerate() {
            places[function] = place as u32;
        }
        let mut module = Module::new();
        Ordered { imported: self.imported, order, places }
            .parse_core_module(&mut module, Parser::new(0), &self.wasm)
            .context("a module that was made here cannot be read")?;
        Ok(module.finish())
    }
}

/// How much functions have in common.
struct Likeness {
    /// The functions, the largest first.
    by_size: Vec<usize>,
    /// By two functions: measured by what the second could have in common with any; else all would stand behind the
    /// largest.
    shares: Vec<Vec<u64>>,
}

impl Likeness {
    fn of(bodies: &[Vec<u8>]) -> Self {
        let mut owners: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
        for (function, body) in bodies.iter().enumerate() {
            for run in body.windows(RUN) {
                let owners = owners.entry(run).or_default();
                if owners.last() != Some(&function) {
                    owners.push(function);
                }
            }
        }
        // By function what it shares with others, by number, ascending; what few have is worth more.
        let mut runs: Vec<Vec<(usize, u64)>> = vec![Vec::new(); bodies.len()];
        for (number, owners) in owners.values().filter(|owners| owners.len() > 1).enumerate() {
            let worth = u64::from((bodies.len() / owners.len()).max(1).ilog2()) + 1;
            for &function in owners {
                runs[function].push((number, worth));
            }
        }
        let wholes: Vec<u64> = runs.iter().map(|runs| runs.iter().map(|(_, worth)| worth).sum::<u64>() + 1).collect();
        let mut shares = vec![vec![0; bodies.len()]; bodies.len()];
        for one in 0..bodies.len() {
            for other in 0..one {
                let shared = shared(&runs[one], &runs[other]);
                shares[one][other] = shared * shared * 1000 / wholes[other];
                shares[other][one] = shared * shared * 1000 / wholes[one];
            }
        }
        let mut by_size: Vec<usize> = (0..bodies.len()).collect();
        by_size.sort_by_key(|&function| std::cmp::Reverse(bodies[function].len()));
        Self { by_size, shares }
    }

    /// Functions, each behind the one that has most in common with it; the largest is the first. Attempts other than 0
    /// take some for more alike than they are.
    fn chain(&self, attempt: u64) -> Vec<usize> {
        let mut left = self.by_size.clone();
        let mut order: Vec<usize> = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let next = order.last().map_or(0, |&last| {
                let likeness = |function: usize| self.shares[last][function] * (100 + favour(attempt, function));
                let most = left.iter().enumerate().rev().max_by_key(|&(_, &function)| likeness(function));
                most.map_or(0, |(at, _)| at)
            });
            order.push(left.remove(next));
        }
        order
    }
}

/// By how many hundredths an attempt prefers a function: by chance, and always the same.
fn favour(attempt: u64, function: usize) -> u64 {
    const MOST: u64 = 20;
    // One step of splitmix64.
    let mut mixed = attempt.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(function as u64);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^= mixed >> 27;
    if attempt == 0 { 0 } else { mixed % MOST }
}

/// The worth of what two functions share.
fn shared(first: &[(usize, u64)], second: &[(usize, u64)]) -> u64 {
    let (mut first, mut second) = (first.iter().peekable(), second.iter().peekable());
    let mut sum = 0;
    while let (Some(&&(one, worth)), Some(&&(other, _))) = (first.peek(), second.peek()) {
        if one == other {
            sum += worth;
        }
        if one <= other {
            first.next();
        }
        if other <= one {
            second.next();
        }
    }
    sum
}

/// Writes a module with its functions in this order.
struct Ordered {
    imported: u32,
    /// Without the imported ones: by place the function, and by function the place.
    order: Vec<usize>,
    places: Vec<u32>,
}

impl Reencode for Ordered {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(match function.checked_sub(self.imported) {
            Some(own) => self.imported + self.places[own as usize],
            None => function,
        })
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        let types: Vec<u32> = section.into_iter().collect::<Result<_, _>>()?;
        for &function in &self.order {
            functions.function(types[function]);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Result<(), Error> {
        let bodies: Vec<FunctionBody<'_>> = section.into_iter().collect::<Result<_, _>>()?;
        for function in self.order.clone() {
            self.parse_function_body(code, bodies[function].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, ExportKind, ExportSection, Function, ImportSection, Instruction, TypeSection};
    use wasmparser::Operator;

    /// Exports `f0`, `f1` and so on, which read the same constant so often, and call the function of this index.
    fn module(functions: &[(i64, usize, u32)]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("a", "b", EntityType::Function(0));
        let mut section = FunctionSection::new();
        let mut exports = ExportSection::new();
        let mut code = CodeSection::new();
        for (at, &(constant, times, called)) in functions.iter().enumerate() {
            section.function(0);
            exports.export(&format!("f{at}"), ExportKind::Func, at as u32 + 1);
            let mut function = Function::new([]);
            for _ in 0..times {
                function.instruction(&Instruction::I64Const(constant)).instruction(&Instruction::Drop);
            }
            function.instruction(&Instruction::Call(called)).instruction(&Instruction::End);
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&section).section(&exports).section(&code);
        module.finish()
    }

    /// The names of the exported functions in their order, each with its constant and the name of what it calls.
    fn read(wasm: &[u8]) -> Vec<(String, i64, String)> {
        let mut names = BTreeMap::from([(0, "import".to_owned())]);
        let mut found = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                Payload::ExportSection(exports) => {
                    names.extend(
                        exports.into_iter().map(Result::unwrap).map(|export| (export.index, export.name.to_owned())),
                    );
                }
                Payload::CodeSectionEntry(body) => {
                    let (mut constant, mut called) = (0, 0);
                    for operator in body.get_operators_reader().unwrap() {
                        match operator.unwrap() {
                            Operator::I64Const { value } => constant = value,
                            Operator::Call { function_index } => called = function_index,
                            _ => {}
                        }
                    }
                    found.push((names[&(found.len() as u32 + 1)].clone(), constant, names[&called].clone()));
                }
                _ => {}
            }
        }
        found
    }

    #[test]
    fn like_stands_beside_like_and_does_the_same() {
        const ONE: i64 = 0x1234_5678_9abc;
        const OTHER: i64 = -0x0fed_cba9_8765;
        let wasm = module(&[(ONE, 9, 0), (OTHER, 8, 1), (ONE, 7, 2), (OTHER, 6, 5), (ONE, 5, 3)]);
        let before = read(&wasm);
        let after = read(&shortest(&wasm).expect("it is a module"));
        let order: Vec<&str> = after.iter().map(|(name, ..)| &**name).collect();
        assert_eq!(order, ["f0", "f2", "f4", "f1", "f3"]);
        for function in before {
            assert!(after.contains(&function), "{function:?} in {after:?}");
        }
    }

    #[test]
    fn nothing_is_no_fault() {
        assert_eq!(read(&shortest(&module(&[])).expect("it is a module")), []);
    }
}
