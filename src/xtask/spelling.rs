//! The same functions in other words: they do the same, and compress better.
//!
//! Three things are free in a function (WebAssembly Core Specification, "Functions"
//! and "Memory Instructions"): which of its locals has which number, how many locals
//! are declared that nothing uses, and how well aligned an address is said to be,
//! which is a hint without consequences.

use std::collections::HashMap;
use std::convert::Infallible;

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, Function, MemArg, Module};
use wasmparser::{CodeSectionReader, FunctionBody, Operator, Parser, Payload, ValType};

/// Locals are declared by so many, so that most functions begin alike. An optimising compiler drops those that nothing
/// uses; others set up to seven more to zero in each call, which no measurement of the page has shown.
const LOCALS: u32 = 8;

/// How often it is gone through all functions at most. The last rounds find hardly any more.
const ROUNDS: usize = 6;

/// Spells the functions of a module in the way in which they are most like one another, as a model of this [doubt] sees
/// it.
///
/// [doubt]: Model::doubt
pub(crate) fn alike(wasm: &[u8], doubt: f64) -> Result<Vec<u8>> {
    let plain = again(&mut Plain, wasm)?;
    let mut functions = functions(&plain)?;
    let mut model = Model { doubt, met: HashMap::new(), followed: HashMap::new() };
    for function in &functions {
        model.learn(&function.code);
    }
    for _ in 0..ROUNDS {
        let mut exchanged = false;
        for function in &mut functions {
            model.forget(&function.code);
            exchanged |= function.exchange(&model);
            model.learn(&function.code);
        }
        if !exchanged {
            break;
        }
    }
    again(&mut Spelt { functions }, &plain)
}

fn again(reencode: &mut impl Reencode<Error = Infallible>, wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    reencode
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("a module that was made here cannot be read")?;
    let module = module.finish();
    wasmparser::validate(&module).context("a module in other words is no module")?;
    Ok(module)
}

/// Writes what is free and need not be chosen.
struct Plain;

impl Reencode for Plain {
    type Error = Infallible;

    fn mem_arg(&mut self, argument: wasmparser::MemArg) -> Result<MemArg, Error> {
        Ok(MemArg { align: 0, ..utils::mem_arg(self, argument)? })
    }

    fn new_function_with_parsed_locals(&mut self, body: &FunctionBody<'_>) -> Result<Function, Error> {
        let mut locals = Vec::new();
        for group in body.get_locals_reader()? {
            let (count, kind) = group?;
            locals.push((count, self.val_type(kind)?));
        }
        // More of the last kind: the others keep their numbers.
        if let Some((count, _)) = locals.last_mut() {
            *count = count.next_multiple_of(LOCALS);
        }
        Ok(Function::new(locals))
    }
}

/// Writes functions as they have been spelt.
struct Spelt {
    functions: Vec<Spelling>,
}

impl Reencode for Spelt {
    type Error = Infallible;

    fn parse_code_section(&mut self, code: &mut CodeSection, _: CodeSectionReader<'_>) -> Result<(), Error> {
        for function in &self.functions {
            code.raw(&function.code);
        }
        Ok(())
    }
}

fn functions(wasm: &[u8]) -> Result<Vec<Spelling>> {
    let mut parameters_of = Vec::new();
    let mut types = Vec::new();
    let mut functions = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for kind in section.into_iter_err_on_gc_types() {
                    parameters_of.push(kind?.params().len());
                }
            }
            Payload::FunctionSection(section) => types = section.into_iter().collect::<Result<_, _>>()?,
            Payload::CodeSectionEntry(body) => {
                let parameters: usize = parameters_of[types[functions.len()] as usize];
                functions.push(Spelling::of(&body, parameters)?);
            }
            _ => {}
        }
    }
    Ok(functions)
}

/// A function whose locals can still be exchanged.
struct Spelling {
    /// The declaration of its locals, and its instructions.
    code: Vec<u8>,
    /// The number of the first local: before it are the parameters.
    first: u8,
    locals: Vec<Local>,
}

struct Local {
    kind: ValType,
    /// Where in the code its number is said.
    uses: Vec<usize>,
}

/// The first number that takes two bytes.
const TWO_BYTES: usize = 128;

impl Spelling {
    fn of(body: &FunctionBody<'_>, parameters: usize) -> Result<Self> {
        let start = body.range().start;
        let mut locals = Vec::new();
        for group in body.get_locals_reader()? {
            let (count, kind) = group?;
            locals.extend((0..count).map(|_| Local { kind, uses: Vec::new() }));
        }
        for operator in body.get_operators_reader()?.into_iter_with_offsets() {
            let (operator, offset) = operator?;
            if let Operator::LocalGet { local_index: local }
            | Operator::LocalSet { local_index: local }
            | Operator::LocalTee { local_index: local } = operator
                && let Some(local) = (local as usize).checked_sub(parameters)
            {
                locals[local].uses.push((offset - start) as usize + 1);
            }
        }
        locals.truncate(TWO_BYTES.saturating_sub(parameters));
        Ok(Self { code: body.as_bytes().to_vec(), first: parameters.min(TWO_BYTES) as u8, locals })
    }

    /// Exchanges locals of one kind where the model expects the result sooner. Whether any were.
    fn exchange(&mut self, model: &Model) -> bool {
        let mut exchanged = false;
        for one in 1..self.locals.len() {
            for other in 0..one {
                let (first, second) = (&self.locals[one], &self.locals[other]);
                if first.kind != second.kind || first.uses.is_empty() && second.uses.is_empty() {
                    continue;
                }
                let changed = self.changed_by(one, other);
                let before = model.chance(&self.code, &changed);
                self.swap(one, other);
                if model.chance(&self.code, &changed) > before {
                    exchanged = true;
                } else {
                    self.swap(one, other);
                }
            }
        }
        exchanged
    }

    fn swap(&mut self, one: usize, other: usize) {
        for (from, to) in [(one, other), (other, one)] {
            for &place in &self.locals[from].uses {
                self.code[place] = self.first + to as u8;
            }
        }
        let (before, after) = self.locals.split_at_mut(one.max(other));
        std::mem::swap(&mut before[one.min(other)].uses, &mut after[0].uses);
    }

    /// The places whose byte is another, or is told from others, once two locals are exchanged.
    fn changed_by(&self, one: usize, other: usize) -> Vec<usize> {
        let uses = self.locals[one].uses.iter().chain(&self.locals[other].uses);
        let mut places: Vec<usize> =
            uses.flat_map(|&place| place..=place + FARTHEST).filter(|&place| place < self.code.len()).collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// By how many bytes before it a byte is expected, the most of them last.
const CONTEXTS: [usize; 4] = [1, 2, 3, FARTHEST];
const FARTHEST: usize = 4;

/// Expects a byte by those before it: as often as it has followed them elsewhere (prediction by partial matching).
struct Model {
    /// What shorter contexts weigh: as much as having met a context so often.
    doubt: f64,
    /// By context how often it was met, and with the byte that followed, too.
    met: HashMap<(usize, u32), u32>,
    followed: HashMap<(usize, u32, u8), u32>,
}

impl Model {
    fn learn(&mut self, code: &[u8]) {
        for (at, &byte) in code.iter().enumerate() {
            for length in CONTEXTS {
                let context = (length, before(code, at, length));
                *self.met.entry(context).or_default() += 1;
                *self.followed.entry((context.0, context.1, byte)).or_default() += 1;
            }
        }
    }

    /// Undoes [`Self::learn`].
    fn forget(&mut self, code: &[u8]) {
        for (at, &byte) in code.iter().enumerate() {
            for length in CONTEXTS {
                let context = (length, before(code, at, length));
                self.met.entry(context).and_modify(|times| *times -= 1);
                self.followed.entry((context.0, context.1, byte)).and_modify(|times| *times -= 1);
            }
        }
    }

    /// How probable the bytes at these places are, each after those before it.
    fn chance(&self, code: &[u8], places: &[usize]) -> Chance {
        let mut chance = Chance::ONE;
        for &at in places {
            let mut expected = 1.0 / 256.0;
            for length in CONTEXTS {
                let context = before(code, at, length);
                if let Some(&met) = self.met.get(&(length, context)) {
                    let followed = self.followed.get(&(length, context, code[at])).copied().unwrap_or(0);
                    expected = (f64::from(followed) + self.doubt * expected) / (f64::from(met) + self.doubt);
                }
            }
            chance.and(expected);
        }
        chance
    }
}

/// The bytes before a place; before the first one are zeros.
fn before(code: &[u8], at: usize, length: usize) -> u32 {
    let bytes = &code[at.saturating_sub(length)..at];
    bytes.iter().fold(0, |context, &byte| context << 8 | u32::from(byte))
}

/// A product of probabilities, which soon is less than a number can be. It is the same on all machines, which a sum of
/// logarithms is not.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Chance {
    /// How often it has been multiplied by [`Self::SCALE`] to stay within range, negated.
    scaled: i32,
    rest: f64,
}

impl Chance {
    const ONE: Self = Self { scaled: 0, rest: 1.0 };
    const SCALE: f64 = (1_u128 << 100) as f64;

    fn and(&mut self, probability: f64) {
        self.rest *= probability;
        if self.rest < 1.0 / Self::SCALE {
            self.rest *= Self::SCALE;
            self.scaled -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{FunctionSection, Instruction, MemArgTarget, MemorySection, MemoryType, TypeSection};

    const I32: wasm_encoder::ValType = wasm_encoder::ValType::I32;
    const I64: wasm_encoder::ValType = wasm_encoder::ValType::I64;

    /// Functions of one parameter with two locals of the first kind and one of the second. Each reads and writes those
    /// with these numbers.
    fn module(functions: &[[u32; 4]]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([I32], []);
        let mut section = FunctionSection::new();
        let mut memories = MemorySection::new();
        memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
        let mut code = CodeSection::new();
        for &[address, read, written, long] in functions {
            section.function(0);
            let mut function = Function::new([(2, I32), (1, I64)]);
            let four = MemArg { offset: 4, align: 2, target: MemArgTarget::Memory(0), ordering: None };
            function
                .instruction(&Instruction::LocalGet(address))
                .instruction(&Instruction::LocalGet(read))
                .instruction(&Instruction::I32Store(four))
                .instruction(&Instruction::LocalGet(address))
                .instruction(&Instruction::I32Load(four))
                .instruction(&Instruction::LocalSet(written))
                .instruction(&Instruction::LocalGet(address))
                .instruction(&Instruction::LocalGet(long))
                .instruction(&Instruction::I64Store(four))
                .instruction(&Instruction::End);
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&section).section(&memories).section(&code);
        module.finish()
    }

    fn codes(wasm: &[u8]) -> Vec<Vec<u8>> {
        functions(wasm).expect("it is a module").into_iter().map(|function| function.code).collect()
    }

    #[test]
    fn what_differs_by_the_numbers_of_its_locals_becomes_the_same() {
        let one = [0, 1, 2, 3];
        let other = [0, 2, 1, 3];
        let spelt = codes(&alike(&module(&[one, one, other, one]), 1.0).expect("it is a module"));
        assert!(spelt.iter().all(|code| *code == spelt[0]), "{spelt:?}");
    }

    #[test]
    fn parameters_and_kinds_stay() {
        // The second takes its address from a local; its parameter is only read.
        let before = module(&[[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3], [1, 0, 2, 3]]);
        let spelt = codes(&alike(&before, 1.0).expect("it is a module"));
        let said = |code: &[u8], at: usize| code[5 + 2 * at..][..2].to_vec();
        assert_eq!(said(&spelt[3], 1), [0x20, 0], "{spelt:?}");
        assert_ne!(said(&spelt[3], 0), [0x20, 0], "{spelt:?}");
    }

    #[test]
    fn what_is_free_is_the_same_everywhere() {
        let spelt = &codes(&alike(&module(&[[0, 1, 2, 3]]), 1.0).expect("it is a module"))[0];
        assert_eq!(spelt[..5], [2, 2, 0x7f, LOCALS as u8, 0x7e], "locals of the last kind: {spelt:?}");
        let store = spelt.iter().position(|&byte| byte == 0x36).expect("it stores");
        assert_eq!(spelt[store + 1..store + 3], [0, 4], "any alignment, its offset");
    }

    #[test]
    fn what_takes_two_bytes_is_left_alone() {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut section = FunctionSection::new();
        let mut code = CodeSection::new();
        for locals in [[0, 1, 130], [1, 0, 131]] {
            section.function(0);
            let mut function = Function::new([(140, I32)]);
            for local in locals {
                function.instruction(&Instruction::LocalGet(local)).instruction(&Instruction::Drop);
            }
            function.instruction(&Instruction::End);
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&section).section(&code);
        let spelt = codes(&alike(&module.finish(), 1.0).expect("it is a module"));
        let said = |code: &[u8]| code.windows(3).find(|bytes| bytes[0] == 0x20 && bytes[1] >= 128).map(<[u8]>::to_vec);
        assert_eq!(said(&spelt[0]), Some(vec![0x20, 130, 1]));
        assert_eq!(said(&spelt[1]), Some(vec![0x20, 131, 1]));
    }
}
