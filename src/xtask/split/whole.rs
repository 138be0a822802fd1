//! A WebAssembly module, read into its parts.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail, ensure};
use wasmparser::{
    ConstExpr as Constant, Data, DataKind, ElementItems, ElementKind, FunctionBody, KnownCustom, Name, Operator,
    Parser, Payload, TypeRef,
};

/// A module in its parts.
#[derive(Default)]
pub(super) struct Whole<'a> {
    pub(super) types: Vec<wasmparser::RecGroup>,
    pub(super) imports: Vec<wasmparser::Import<'a>>,
    /// The imported functions first.
    pub(super) function_types: Vec<u32>,
    pub(super) imported: u32,
    pub(super) tables: Vec<wasmparser::Table<'a>>,
    pub(super) memories: Vec<wasmparser::MemoryType>,
    pub(super) globals: Vec<wasmparser::Global<'a>>,
    pub(super) exports: Vec<wasmparser::Export<'a>>,
    /// Active elements: table, offset, functions.
    pub(super) elements: Vec<(u32, i32, Vec<u32>)>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    pub(super) data: Vec<Data<'a>>,
    pub(super) names: BTreeMap<u32, &'a str>,
}

impl<'a> Whole<'a> {
    pub(super) fn read(wasm: &'a [u8]) -> Result<Self> {
        let mut whole = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(types) => whole.types = types.into_iter().collect::<Result<_, _>>()?,
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let import = import?;
                        if let TypeRef::Func(kind) = import.ty {
                            whole.function_types.push(kind);
                            whole.imported += 1;
                        }
                        whole.imports.push(import);
                    }
                }
                Payload::FunctionSection(functions) => {
                    for kind in functions {
                        whole.function_types.push(kind?);
                    }
                }
                Payload::TableSection(tables) => whole.tables = tables.into_iter().collect::<Result<_, _>>()?,
                Payload::MemorySection(memories) => whole.memories = memories.into_iter().collect::<Result<_, _>>()?,
                Payload::GlobalSection(globals) => whole.globals = globals.into_iter().collect::<Result<_, _>>()?,
                Payload::ExportSection(exports) => whole.exports = exports.into_iter().collect::<Result<_, _>>()?,
                Payload::ElementSection(elements) => {
                    for element in elements {
                        let element = element?;
                        let (ElementKind::Active { table_index, offset_expr }, ElementItems::Functions(functions)) =
                            (element.kind, element.items)
                        else {
                            bail!("expected elements to be functions in their places");
                        };
                        let functions = functions.into_iter().collect::<Result<_, _>>()?;
                        whole.elements.push((table_index.unwrap_or(0), number(&offset_expr)?, functions));
                    }
                }
                Payload::DataSection(data) => whole.data = data.into_iter().collect::<Result<_, _>>()?,
                Payload::CodeSectionEntry(body) => whole.bodies.push(body),
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(names) = section.as_known() else { continue };
                    for part in names {
                        let Name::Function(functions) = part? else { continue };
                        for named in functions {
                            let named = named?;
                            whole.names.insert(named.index, named.name);
                        }
                    }
                }
                Payload::StartSection { .. } => bail!("expected no start function: wasm-bindgen exports it"),
                _ => {}
            }
        }
        ensure!(!whole.names.is_empty(), "expected the functions to have names");
        Ok(whole)
    }

    pub(super) fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(function.checked_sub(self.imported)? as usize)
    }

    pub(super) fn functions(&self) -> std::ops::Range<u32> {
        self.imported..self.function_types.len() as u32
    }
}

pub(super) fn number(constant: &Constant<'_>) -> Result<i32> {
    match constant.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value),
        other => bail!("expected a constant place, found {other:?}"),
    }
}

pub(super) fn place(segment: &Data<'_>) -> Result<i32> {
    match &segment.kind {
        DataKind::Active { offset_expr, .. } => number(offset_expr),
        DataKind::Passive => bail!("expected data in its place"),
    }
}

pub(super) fn calls(body: &FunctionBody<'_>) -> Result<BTreeSet<u32>> {
    let mut calls = BTreeSet::new();
    for operator in body.get_operators_reader()? {
        if let Operator::Call { function_index } = operator? {
            calls.insert(function_index);
        }
    }
    Ok(calls)
}
