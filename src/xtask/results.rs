//! Puts right where a function with several results is read too early.
//!
//! LLVM up to 22 lays the first result on the stack, and the others into locals. What is to lie under the first one on
//! the stack, it reads before the call; where that is one of the others, it reads it before it is there
//! (llvm/llvm-project#98323). Since #200429 none lies on the stack: with that compiler this finds nothing, and can go.

use std::collections::BTreeMap;
use std::convert::Infallible;

use anyhow::{Context, Result, ensure};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, Function, Instruction, Module};
use wasmparser::{
    CustomSectionReader, FuncToValidate, FuncValidatorAllocations, FunctionBody, KnownCustom, ModuleArity, Name,
    Operator, Parser, Payload, ValType, ValidPayload, Validator, ValidatorResources,
};

/// Gives back the program with each result read where it is there; without what the linker has said of it, whose places
/// are others now.
pub(crate) fn read_in_time(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut validator = Validator::new();
    let mut allocations = FuncValidatorAllocations::default();
    let mut functions = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::CustomSection(section) = &payload {
            refuse_mismatches(section)?;
        }
        if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
            functions.push(Early::of(function, &body, &mut allocations)?);
        }
    }
    let mut module = Module::new();
    let mut mended = Mended { functions, next: 0 };
    mended.parse_core_module(&mut module, Parser::new(0), wasm).context("the compiler's program cannot be read")?;
    let wasm = module.finish();
    wasmparser::validate(&wasm).context("a program that has been put right is no program")?;
    Ok(wasm)
}

/// Refuses functions that the linker has put where one is called in another way than it is written. Those that multiply
/// and divide 128 bits are: LLVM takes two results from them, and they give back one, in the memory.
fn refuse_mismatches(section: &CustomSectionReader<'_>) -> Result<()> {
    let KnownCustom::Name(names) = section.as_known() else { return Ok(()) };
    for part in names {
        let Name::Function(functions) = part? else { continue };
        for named in functions {
            let name = named?.name;
            ensure!(
                !name.starts_with("signature_mismatch:"),
                "the program calls {name}, which ends it: do without 128 bits, and without the checked multiplication of \
                 64 bits that takes them"
            );
        }
    }
    Ok(())
}

/// What a function reads too early.
#[derive(Default)]
struct Early {
    /// How many locals it has, its parameters among them.
    locals: u32,
    /// By the number of the operator after which it can be read: the local, and what lies on the stack from its wrong
    /// value on, each with its type and whether it is such a value too.
    values: BTreeMap<usize, (u32, Vec<(ValType, bool)>)>,
}

impl Early {
    fn of(
        function: FuncToValidate<ValidatorResources>,
        body: &FunctionBody<'_>,
        allocations: &mut FuncValidatorAllocations,
    ) -> Result<Self> {
        let mut validator = function.into_validator(std::mem::take(allocations));
        let mut locals = body.get_binary_reader();
        validator.read_locals(&mut locals)?;
        let mut early = Self { locals: validator.len_locals(), ..Self::default() };
        // For each value on the stack the local that it was read from.
        let mut read: Vec<Option<u32>> = Vec::new();
        // How many results of the last call may still be put away.
        let mut results = 0;
        for (number, operator) in body.get_operators_reader()?.into_iter_with_offsets().enumerate() {
            let (operator, offset) = operator?;
            let taken = operator.operator_arity(&validator).map_or(0, |(taken, _)| taken as usize);
            validator.op(offset, &operator)?;
            let height = validator.operand_stack_height() as usize;
            read.truncate(read.len().saturating_sub(taken).min(height));
            read.resize(height, None);
            match operator {
                Operator::LocalGet { local_index } => read[height - 1] = Some(local_index),
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } if results > 0 => {
                    if let Some(lowest) = read.iter().position(|local| *local == Some(local_index)) {
                        let mut values = Vec::new();
                        for (place, local) in read.iter_mut().enumerate().skip(lowest) {
                            let kind = validator.get_operand_type(height - 1 - place).flatten();
                            let is_late = *local == Some(local_index);
                            if is_late {
                                *local = None; // it is right from here on; others are still to come, perhaps
                            }
                            values.push((kind.context("a value has no type")?, is_late));
                        }
                        early.values.insert(number, (local_index, values));
                    }
                }
                _ => {}
            }
            let kind = match operator {
                Operator::Call { function_index } => validator.type_index_of_function(function_index),
                Operator::CallIndirect { type_index, .. } => Some(type_index),
                _ => None,
            };
            results = match (&operator, kind) {
                (_, Some(kind)) => {
                    let kind = validator.sub_type_at(kind).context("a function has no type")?;
                    let results = kind.unwrap_func().results().len();
                    if results > 1 { results } else { 0 }
                }
                (Operator::LocalSet { .. } | Operator::LocalTee { .. } | Operator::Drop, _) => {
                    results.saturating_sub(1)
                }
                _ => 0,
            };
        }
        *allocations = validator.into_allocations();
        Ok(early)
    }
}

/// Writes the functions anew.
struct Mended {
    functions: Vec<Early>,
    next: usize,
}

impl Reencode for Mended {
    type Error = Infallible;

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result<(), Error<Infallible>> {
        let Early { locals, values } = std::mem::take(&mut self.functions[self.next]);
        self.next += 1;
        let mut declared = Vec::new();
        for group in body.get_locals_reader()? {
            let (count, kind) = group?;
            declared.push((count, self.val_type(kind)?));
        }
        for (kind, _) in values.values().flat_map(|(_, values)| values) {
            declared.push((1, self.val_type(*kind)?));
        }
        let mut function = Function::new(declared);
        let mut next = locals;
        for (number, operator) in body.get_operators_reader()?.into_iter().enumerate() {
            function.instruction(&self.instruction(operator?)?);
            let Some((late, values)) = values.get(&number) else { continue };
            let places: Vec<u32> = (next..).take(values.len()).collect();
            next += values.len() as u32;
            for &place in places.iter().rev() {
                function.instruction(&Instruction::LocalSet(place));
            }
            for (&place, (_, is_late)) in places.iter().zip(values) {
                function.instruction(&Instruction::LocalGet(if *is_late { *late } else { place }));
            }
        }
        code.function(&function);
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        module: &mut Module,
        section: CustomSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        if section.name() == "linking" || section.name().starts_with("reloc.") {
            return Ok(());
        }
        wasm_encoder::reencode::utils::parse_custom_section(self, module, section)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        BlockType, ExportKind, ExportSection, FunctionSection, NameMap, NameSection, TypeSection, ValType,
    };

    /// A function that gives back both of its parameters, and one with this body and a local that may call it.
    fn program(body: &[Instruction<'_>]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32, ValType::I32], [ValType::I32, ValType::I32]);
        types.ty().function([ValType::I32, ValType::I32], [ValType::I32]);
        let mut functions = FunctionSection::new();
        functions.function(0).function(1);
        let mut exports = ExportSection::new();
        exports.export("tested", ExportKind::Func, 1);
        let mut code = CodeSection::new();
        for body in [&[Instruction::LocalGet(0), Instruction::LocalGet(1)][..], body] {
            let mut function = Function::new([(1, ValType::I32)]);
            for instruction in body {
                function.instruction(instruction);
            }
            function.instruction(&Instruction::End);
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    fn operators(wasm: &[u8]) -> Vec<String> {
        let bodies = Parser::new(0).parse_all(wasm).filter_map(|payload| match payload.expect("is right") {
            wasmparser::Payload::CodeSectionEntry(body) => Some(body),
            _ => None,
        });
        let body = bodies.last().expect("there are functions");
        let operators = body.get_operators_reader().expect("is right").into_iter();
        operators.map(|operator| format!("{:?}", operator.expect("is right"))).collect()
    }

    #[test]
    fn a_result_is_read_when_it_is_there() {
        use Instruction::{Call, I32Add, I32Const, I32Sub, LocalGet, LocalSet};
        // 7 stands for what else lies between; parameter 1 is taken for the second result's place.
        let early =
            program(&[LocalGet(1), I32Const(7), LocalGet(0), LocalGet(1), Call(0), LocalSet(1), I32Add, I32Sub]);
        let late = program(&[
            LocalGet(1),
            I32Const(7),
            LocalGet(0),
            LocalGet(1),
            Call(0),
            LocalSet(1),
            LocalSet(5),
            LocalSet(4),
            LocalSet(3),
            LocalGet(1),
            LocalGet(4),
            LocalGet(5),
            I32Add,
            I32Sub,
        ]);
        assert_eq!(operators(&read_in_time(&early).expect("it is a program")), operators(&late));
    }

    #[test]
    fn each_of_several_results_is_read_when_it_is_there() {
        use Instruction::{Call, I32Add, I32Const, LocalGet, LocalSet};
        // Both parameters are taken for second results: the local 2 of the first call, the parameter 1 of the other one.
        let early = program(&[
            LocalGet(2),
            LocalGet(1),
            LocalGet(0),
            LocalGet(0),
            Call(0),
            LocalSet(2),
            I32Const(8),
            LocalGet(0),
            Call(0),
            LocalSet(1),
            I32Add,
            I32Add,
            I32Add,
        ]);
        let late = program(&[
            LocalGet(2),
            LocalGet(1),
            LocalGet(0),
            LocalGet(0),
            Call(0),
            LocalSet(2),
            LocalSet(5),
            LocalSet(4),
            LocalSet(3),
            LocalGet(2),
            LocalGet(4),
            LocalGet(5),
            I32Const(8),
            LocalGet(0),
            Call(0),
            LocalSet(1),
            LocalSet(8),
            LocalSet(7),
            LocalSet(6),
            LocalGet(1),
            LocalGet(7),
            LocalGet(8),
            I32Add,
            I32Add,
            I32Add,
        ]);
        assert_eq!(operators(&read_in_time(&early).expect("it is a program")), operators(&late));
    }

    #[test]
    fn a_function_that_is_called_in_another_way_is_refused() {
        let named = |name: &str| {
            let mut list = NameMap::new();
            list.append(1, name);
            let mut names = NameSection::new();
            names.functions(&list);
            let mut wasm = program(&[Instruction::LocalGet(0)]);
            wasm_encoder::Section::append_to(&names, &mut wasm);
            read_in_time(&wasm)
        };
        assert!(named("fine").is_ok());
        assert!(named("signature_mismatch:__multi3").unwrap_err().to_string().contains("__multi3"));
    }

    #[test]
    fn what_is_read_in_time_stays() {
        use Instruction::{Block, Call, Drop, End, I32Add, LocalGet, LocalSet, LocalTee};
        for body in [
            // Another local; one that is read behind; one that is written later; and one within a block.
            &[LocalGet(0), LocalGet(0), LocalGet(1), Call(0), LocalSet(1), I32Add][..],
            &[LocalGet(0), LocalGet(1), Call(0), LocalSet(1), LocalGet(1), I32Add],
            &[LocalGet(1), LocalGet(0), LocalGet(1), Call(0), Drop, I32Add, LocalTee(1)],
            &[Block(BlockType::Empty), LocalGet(1), Drop, End, LocalGet(0), LocalGet(1), Call(0), LocalSet(1)],
        ] {
            let wasm = program(body);
            assert_eq!(operators(&read_in_time(&wasm).expect("it is a program")), operators(&wasm));
        }
    }
}
