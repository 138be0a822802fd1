//! One program as two modules: the first shows a list, the later one comes when a visitor or an attribute wants more.
//!
//! Both share memory and table, so nothing has to be handed over: when the later
//! one is instantiated it puts its functions into the places of the table where the
//! first module calls them. What calls them before is a trap; that is what
//! `core::later::Later` rules out: only who has one can call a function of a
//! module called `later`, and these are the only ways from the first module into
//! the later one.
//!
//! What is called by its place in the table alone, such as closures, belongs to the
//! later module where nothing of the first one says that place: neither as a number
//! nor in the memory that such a number leads to. A number that merely looks like a
//! place keeps a function in the first module, which costs its bytes and no more.
//!
//! Why not a tool: Binaryen's `wasm-split` is in neither of its npm packages, and
//! those made for Rust bring glue of their own for each function.

mod pointers;
mod symbols;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, GlobalSection, ImportSection, Instruction, MemorySection, Module, NameMap, NameSection,
    TableSection, TableType, TypeSection,
};
use wasmparser::{Data, ExternalKind, Operator};

use pointers::Pointers;
pub(crate) use symbols::Symbols;
use whole::{Whole, calls, place};

/// The name under which the later module imports from the first module: what that exports by its name there, and a
/// function by its place in [`TABLE`]. Names for all of them would weigh more.
pub(crate) const FIRST: &str = "b";

/// The name under which the first module exports its table of functions; no other export begins with a digit.
pub(crate) const TABLE: &str = "0";

/// The two modules.
#[derive(Debug)]
pub(crate) struct Split {
    /// What is there from the beginning.
    pub(crate) first: Vec<u8>,
    /// What comes later; imports from the first module under the name [`FIRST`].
    pub(crate) later: Vec<u8>,
}

/// Where a split is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seam<'a> {
    /// The module of ours, of whatever crate, through whose functions the later module is entered.
    pub(crate) gates: &'a str,
    /// Exports that belong to the later module.
    pub(crate) exports: &'a [String],
    /// Exports that nobody calls: they are none in either module.
    pub(crate) uncalled: &'a [String],
    /// What the memory begins with.
    pub(crate) symbols: &'a Symbols,
}

/// Bytes of a function of the first module up to which the later one has its own copy: to be lent it needs a place in the
/// table and an import, and an optimiser cannot work it into others.
const SMALL: u64 = 60;

/// Splits a module whose functions have names.
pub(crate) fn split(wasm: &[u8], seam: Seam<'_>) -> Result<Split> {
    let mut whole = Whole::read(wasm)?;
    ensure!(whole.imports.len() == whole.imported as usize, "expected functions to be imported only");
    whole.exports.retain(|export| !seam.uncalled.iter().any(|name| name == export.name));
    let halves = Halves::of(&whole, seam)?;
    let split = Split { first: halves.first()?, later: halves.later()? };
    for half in [&split.first, &split.later] {
        wasmparser::validate(half).context("a program that has been split is no program")?;
    }
    Ok(split)
}

/// The names of the functions that a module imports from the page.
pub(crate) fn imported(wasm: &[u8]) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        if let wasmparser::Payload::ImportSection(imports) = payload? {
            for import in imports.into_imports() {
                names.insert(import?.name.to_owned());
            }
        }
    }
    Ok(names)
}

/// What belongs where.
struct Halves<'a, 'b> {
    whole: &'b Whole<'a>,
    /// The functions of the later module alone.
    later: BTreeSet<u32>,
    /// Small functions of the first module of which the later one has its own copy.
    copied: BTreeSet<u32>,
    /// Functions of the later module that the first module calls, with their places in the table.
    called: BTreeMap<u32, u32>,
    /// Functions of the first module that the later module calls, with their places in the table; not those that have a
    /// name as exports.
    lent: BTreeMap<u32, u32>,
    /// What the later module takes from the first module, with the names under which it is had: see [`FIRST`].
    taken: BTreeMap<(Kind, u32), String>,
    exports: BTreeSet<&'b str>,
    /// What of the memory only the later module reads: where that begins and ends, in order.
    read_later: Vec<Range<i32>>,
}

/// What one module can take from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Function,
    Table,
    Memory,
    Global,
}

impl Kind {
    fn of(kind: ExternalKind) -> Option<Self> {
        match kind {
            ExternalKind::Func => Some(Self::Function),
            ExternalKind::Table => Some(Self::Table),
            ExternalKind::Memory => Some(Self::Memory),
            ExternalKind::Global => Some(Self::Global),
            _ => None,
        }
    }
}

impl<'a, 'b> Halves<'a, 'b> {
    fn of(whole: &'b Whole<'a>, seam: Seam<'b>) -> Result<Self> {
        let exports: BTreeSet<&str> = seam.exports.iter().map(|name| &**name).collect();
        for name in &exports {
            ensure!(whole.exports.iter().any(|export| export.name == *name), "the program exports no {name}");
        }
        let in_table: BTreeSet<u32> = whole.elements.iter().flat_map(|(_, _, all)| all.iter().copied()).collect();
        let pointers = Pointers::of(whole)?;
        let is_gate = |function: &u32| {
            let name = whole.names.get(function);
            !in_table.contains(function) && name.is_some_and(|name| is_of(name, seam.gates))
        };
        ensure!(whole.functions().any(|function| is_gate(&function)), "no function is of a module {}", seam.gates);

        // What can be reached without a gate is needed from the beginning.
        let kept = whole.exports.iter().filter(|export| export.kind == ExternalKind::Func);
        let kept = kept.filter(|export| !exports.contains(export.name)).map(|export| export.index);
        let mut open: Vec<u32> = kept.chain(pointers.of_memory()).collect();
        let mut first = BTreeSet::new();
        let mut called = BTreeSet::new();
        while let Some(function) = open.pop() {
            let Some(body) = whole.body(function) else { continue };
            if is_gate(&function) {
                called.insert(function);
            } else if first.insert(function) {
                open.extend(calls(body)?);
                open.extend(pointers.of_body(body)?);
            }
        }
        let later: BTreeSet<u32> = whole.functions().filter(|function| !first.contains(function)).collect();

        let mut lent = BTreeSet::new();
        for function in &later {
            let Some(body) = whole.body(*function) else { continue };
            lent.extend(calls(body)?.into_iter().filter(|called| first.contains(called)));
        }
        let mut copied = BTreeSet::new();
        for &function in &lent {
            let small = whole.body(function).filter(|body| body.range().end - body.range().start <= SMALL);
            // It asks for nothing else that would have to be lent.
            if let Some(body) = small
                && calls(body)?.iter().all(|called| *called < whole.imported || lent.contains(called))
            {
                copied.insert(function);
            }
        }

        let table = whole.tables.first().context("expected a table of functions")?;
        let called: BTreeMap<u32, u32> = called.into_iter().zip(table.ty.initial as u32..).collect();
        let bodies = |functions: &BTreeSet<u32>| -> Vec<_> {
            functions.iter().filter_map(|&function| whole.body(function)).collect()
        };
        let read_later = seam.symbols.read_only_by(&bodies(&later), &bodies(&first))?;
        let (lent, taken) = (BTreeMap::new(), BTreeMap::new());
        let mut halves = Self { whole, later, copied, called, lent, taken, exports, read_later };
        halves.take(table.ty.initial as u32 + halves.called.len() as u32)?;
        Ok(halves)
    }

    /// The functions that the later module has.
    fn functions_of_later(&self) -> impl Iterator<Item = u32> {
        self.later.iter().chain(&self.copied).copied()
    }

    /// Finds what the later module uses of the first module, and gives it names; functions that have none get places in
    /// the table, from this one on.
    fn take(&mut self, first_place: u32) -> Result<()> {
        let mut taken = BTreeSet::from([(Kind::Table, 0), (Kind::Memory, 0)]);
        for function in self.functions_of_later() {
            let Some(body) = self.whole.body(function) else { continue };
            for operator in body.get_operators_reader()? {
                match operator? {
                    Operator::Call { function_index: called }
                        if called >= self.whole.imported
                            && !self.later.contains(&called)
                            && !self.copied.contains(&called) =>
                    {
                        taken.insert((Kind::Function, called));
                    }
                    Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => {
                        taken.insert((Kind::Global, global_index));
                    }
                    Operator::TableGet { table } | Operator::TableSet { table } | Operator::TableGrow { table } => {
                        taken.insert((Kind::Table, table));
                    }
                    Operator::TableFill { table } | Operator::TableSize { table } => {
                        taken.insert((Kind::Table, table));
                    }
                    Operator::RefFunc { .. } => bail!("expected no reference to a function"),
                    _ => {}
                }
            }
        }
        let used: BTreeSet<&str> = self.whole.exports.iter().map(|export| export.name).collect();
        let mut free = names().filter(|name| !used.contains(&**name));
        for (kind, index) in taken {
            let known =
                self.whole.exports.iter().find(|export| Kind::of(export.kind) == Some(kind) && export.index == index);
            let name = match (kind, known.filter(|export| !self.exports.contains(export.name))) {
                (Kind::Table, _) if index == 0 => TABLE.to_owned(),
                (_, Some(export)) => export.name.to_owned(),
                (Kind::Function, None) => {
                    let place = first_place + self.lent.len() as u32;
                    self.lent.insert(index, place);
                    place.to_string()
                }
                _ => free.next().context("there are endlessly many names")?,
            };
            self.taken.insert((kind, index), name);
        }
        Ok(())
    }

    fn first(&self) -> Result<Vec<u8>> {
        let whole = self.whole;
        let mut again = RoundtripReencoder;
        let (imports, mut map) = self.imports(false)?;
        let mut functions = FunctionSection::new();
        let kept: Vec<u32> = whole.functions().filter(|function| !self.later.contains(function)).collect();
        for function in &kept {
            map.insert(*function, map.len() as u32);
            functions.function(whole.function_types[*function as usize]);
        }
        let mut code = CodeSection::new();
        for function in &kept {
            code.function(&self.body(*function, &map)?);
        }

        let mut tables = TableSection::new();
        for (index, table) in whole.tables.iter().enumerate() {
            tables.table(self.table(index, table.ty)?);
        }
        let mut memories = MemorySection::new();
        for memory in &whole.memories {
            memories.memory(again.memory_type(*memory)?);
        }
        let mut globals = GlobalSection::new();
        for global in &whole.globals {
            let init = again.const_expr(global.init_expr.clone())?;
            globals.global(again.global_type(global.ty)?, &init);
        }
        let mut exports = ExportSection::new();
        let mut named = BTreeSet::new();
        for export in &whole.exports {
            if self.exports.contains(export.name) {
                continue;
            }
            let index = match export.kind {
                ExternalKind::Func => map[&export.index],
                _ => export.index,
            };
            named.insert(export.name);
            exports.export(export.name, again.export_kind(export.kind)?, index);
        }
        for ((kind, index), name) in &self.taken {
            if named.contains(&**name) {
                continue;
            }
            let (kind, index) = match *kind {
                Kind::Function => continue, // has its place in the table
                Kind::Table => (ExportKind::Table, *index),
                Kind::Memory => (ExportKind::Memory, *index),
                Kind::Global => (ExportKind::Global, *index),
            };
            exports.export(name, kind, index);
        }
        let mut elements = ElementSection::new();
        self.elements(&mut elements, &map, |function| !self.later.contains(&function));
        put(&mut elements, &self.lent, &map);
        let mut data = DataSection::new();
        for segment in &whole.data {
            // In one piece, see `UNPACKED` of `wasm.rs`.
            let mut bytes = segment.data.to_vec();
            for piece in self.read_later(segment)? {
                bytes[piece].fill(0);
            }
            data.active(0, &ConstExpr::i32_const(place(segment)?), bytes);
        }
        let mut module = Module::new();
        module
            .section(&self.types()?)
            .section(&imports)
            .section(&functions)
            .section(&tables)
            .section(&memories)
            .section(&globals)
            .section(&exports)
            .section(&elements)
            .section(&code)
            .section(&data)
            .section(&self.names(&map));
        Ok(module.finish())
    }

    fn later(&self) -> Result<Vec<u8>> {
        let whole = self.whole;
        let mut again = RoundtripReencoder;
        let (mut imports, mut map) = self.imports(true)?;
        let mut globals = BTreeMap::new();
        let mut tables = BTreeMap::new();
        for ((kind, index), name) in &self.taken {
            let entity = match *kind {
                Kind::Function => {
                    map.insert(*index, map.len() as u32);
                    self.function_type(*index)
                }
                Kind::Table => {
                    tables.insert(*index, tables.len() as u32);
                    let index = *index as usize;
                    EntityType::Table(self.table(index, whole.tables[index].ty)?)
                }
                Kind::Memory => EntityType::Memory(again.memory_type(whole.memories[*index as usize])?),
                Kind::Global => {
                    globals.insert(*index, globals.len() as u32);
                    EntityType::Global(again.global_type(whole.globals[*index as usize].ty)?)
                }
            };
            imports.import(FIRST, name, entity);
        }
        let mut functions = FunctionSection::new();
        for function in self.functions_of_later() {
            map.insert(function, map.len() as u32);
            functions.function(whole.function_types[function as usize]);
        }
        let mut code = CodeSection::new();
        for function in self.functions_of_later() {
            let mut body = Moved { functions: &map, globals: &globals, tables: &tables };
            code.function(&body.function(whole, function)?);
        }
        let mut exports = ExportSection::new();
        for export in whole.exports.iter().filter(|export| self.exports.contains(export.name)) {
            exports.export(export.name, ExportKind::Func, map[&export.index]);
        }
        let mut elements = ElementSection::new();
        self.elements(&mut elements, &map, |function| self.later.contains(&function));
        put(&mut elements, &self.called, &map);
        let mut data = DataSection::new();
        for segment in &whole.data {
            for piece in self.read_later(segment)? {
                let at = place(segment)? + piece.start as i32;
                data.active(0, &ConstExpr::i32_const(at), segment.data[piece].iter().copied());
            }
        }
        let mut module = Module::new();
        module
            .section(&self.types()?)
            .section(&imports)
            .section(&functions)
            .section(&exports)
            .section(&elements)
            .section(&code)
            .section(&data)
            .section(&self.names(&map));
        Ok(module.finish())
    }

    /// Puts functions of one of the modules into their places.
    fn elements(&self, elements: &mut ElementSection, map: &BTreeMap<u32, u32>, is_here: impl Fn(u32) -> bool) {
        for (table, offset, list) in &self.whole.elements {
            for run in list
                .iter()
                .zip(*offset..)
                .collect::<Vec<_>>()
                .chunk_by(|(one, _), (other, _)| is_here(**one) == is_here(**other))
            {
                let (&function, at) = run[0];
                if is_here(function) {
                    let run: Vec<u32> = run.iter().map(|(function, _)| map[function]).collect();
                    elements.active(
                        Some(*table).filter(|&table| table > 0),
                        &ConstExpr::i32_const(at),
                        Elements::Functions(run.into()),
                    );
                }
            }
        }
    }

    /// A table, the first with places for the functions that one module calls of the other.
    fn table(&self, index: usize, kind: wasmparser::TableType) -> Result<TableType> {
        let mut kind = RoundtripReencoder.table_type(kind)?;
        if index == 0 {
            let more = (self.called.len() + self.lent.len()) as u64;
            kind.minimum += more;
            kind.maximum = kind.maximum.map(|most| most + more);
        }
        Ok(kind)
    }

    /// All types: an optimiser takes away what is not used.
    fn types(&self) -> Result<TypeSection> {
        let mut types = TypeSection::new();
        for group in &self.whole.types {
            RoundtripReencoder.parse_recursive_type_group(types.ty(), group.clone())?;
        }
        Ok(types)
    }

    /// What one of the modules imports of the glue, and the new indices of that.
    fn imports(&self, later: bool) -> Result<(ImportSection, BTreeMap<u32, u32>)> {
        let (mut imports, mut map) = (ImportSection::new(), BTreeMap::new());
        for index in self.imports_of(later)? {
            map.insert(index, map.len() as u32);
            let import = &self.whole.imports[index as usize];
            imports.import(import.module, import.name, self.function_type(index));
        }
        Ok((imports, map))
    }

    fn function_type(&self, function: u32) -> EntityType {
        EntityType::Function(self.whole.function_types[function as usize])
    }

    /// The imported functions that one of the modules calls.
    fn imports_of(&self, later: bool) -> Result<BTreeSet<u32>> {
        let mut used = BTreeSet::new();
        let first = self.whole.functions().filter(|function| !self.later.contains(function));
        let functions: Vec<u32> = if later { self.functions_of_later().collect() } else { first.collect() };
        for function in functions {
            let Some(body) = self.whole.body(function) else { continue };
            used.extend(calls(body)?.into_iter().filter(|&called| called < self.whole.imported));
        }
        if !later {
            let exported = self.whole.exports.iter().filter(|export| export.kind == ExternalKind::Func);
            let kept = exported.map(|export| export.index);
            let kept = kept.chain(self.whole.elements.iter().flat_map(|(_, _, all)| all.iter().copied()));
            used.extend(kept.filter(|&index| index < self.whole.imported));
        }
        Ok(used)
    }

    /// A function of the first module, which calls those of the later one by the table.
    fn body(&self, function: u32, map: &BTreeMap<u32, u32>) -> Result<Function> {
        let body = self.whole.body(function).context("an import has no body")?;
        let mut again = Moved { functions: map, globals: &BTreeMap::new(), tables: &BTreeMap::new() };
        let mut made = again.new_function_with_parsed_locals(body)?;
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            match operator {
                Operator::Call { function_index } if self.called.contains_key(&function_index) => {
                    let type_index = self.whole.function_types[function_index as usize];
                    made.instruction(&Instruction::I32Const(self.called[&function_index] as i32));
                    made.instruction(&Instruction::CallIndirect { type_index, table_index: 0 });
                }
                _ => drop(made.instruction(&again.instruction(operator)?)),
            }
        }
        Ok(made)
    }

    fn names(&self, map: &BTreeMap<u32, u32>) -> NameSection {
        let by_new: BTreeMap<u32, u32> = map.iter().map(|(old, new)| (*new, *old)).collect();
        let mut list = NameMap::new();
        for (new, old) in by_new {
            if let Some(name) = self.whole.names.get(&old) {
                list.append(new, name);
            }
        }
        let mut names = NameSection::new();
        names.functions(&list);
        names
    }

    /// What of a segment only the later module reads.
    fn read_later(&self, segment: &Data<'_>) -> Result<Vec<Range<usize>>> {
        let start = place(segment)?;
        let length = segment.data.len() as i32;
        let within = |address: i32| (address - start).clamp(0, length) as usize;
        let pieces = self.read_later.iter().map(|range| within(range.start)..within(range.end));
        Ok(pieces.filter(|piece| !piece.is_empty()).collect())
    }
}

/// Puts functions into places that follow one another.
fn put(elements: &mut ElementSection, places: &BTreeMap<u32, u32>, map: &BTreeMap<u32, u32>) {
    if let Some(first) = places.values().next() {
        let list: Vec<u32> = places.keys().map(|function| map[function]).collect();
        elements.active(None, &ConstExpr::i32_const(*first as i32), Elements::Functions(list.into()));
    }
}

/// Whether a function of one of our crates stands in a module of this name at its root, as in
/// `<stichwort_core[5b05]::later::Later>::happen`. What merely has a type of that module in its name does not.
fn is_of(function: &str, module: &str) -> bool {
    let path = function.trim_start_matches('<');
    let inside = path.split_once("::").filter(|(name, _)| name.starts_with("stichwort_")).map(|(_, inside)| inside);
    let is_trait = path.split_once('>').is_some_and(|(of, _)| of.contains(" as "));
    inside.and_then(|inside| inside.strip_prefix(module)).is_some_and(|rest| rest.starts_with("::")) && !is_trait
}

/// Names, the shortest first.
fn names() -> impl Iterator<Item = String> {
    let letters = || (b'a'..=b'z').chain(b'A'..=b'Z').map(char::from);
    let one = letters().map(String::from);
    one.chain(letters().flat_map(move |first| letters().map(move |second| format!("{first}{second}"))))
}

/// Writes functions with the indices that they have in another module.
struct Moved<'a> {
    functions: &'a BTreeMap<u32, u32>,
    /// Without an entry they stay.
    globals: &'a BTreeMap<u32, u32>,
    tables: &'a BTreeMap<u32, u32>,
}

impl Moved<'_> {
    fn function(&mut self, whole: &Whole<'_>, function: u32) -> Result<Function> {
        let body = whole.body(function).context("an import has no body")?;
        let mut made = self.new_function_with_parsed_locals(body)?;
        for operator in body.get_operators_reader()? {
            made.instruction(&self.instruction(operator?)?);
        }
        Ok(made)
    }
}

type Failure = wasm_encoder::reencode::Error<std::convert::Infallible>;

impl Reencode for Moved<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Failure> {
        Ok(self.functions[&function])
    }

    fn global_index(&mut self, global: u32) -> Result<u32, Failure> {
        Ok(self.globals.get(&global).copied().unwrap_or(global))
    }

    fn table_index(&mut self, table: u32) -> Result<u32, Failure> {
        Ok(self.tables.get(&table).copied().unwrap_or(table))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{MemoryType, ValType};

    /// `open` calls `plain`, and through the table `gate`, which calls `deep`, `plain` and an import; `press`
    /// calls `gate`. Each says an address in the memory, so many `times`.
    fn whole(times: u64) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("a", "warn", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        for _ in 0..5 {
            functions.function(0);
        }
        let mut tables = TableSection::new();
        let function = wasm_encoder::RefType::FUNCREF;
        tables.table(TableType { element_type: function, table64: false, minimum: 2, maximum: Some(2), shared: false });
        let mut memories = MemorySection::new();
        memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
        let mut globals = GlobalSection::new();
        let stack = wasm_encoder::GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        globals.global(stack, &ConstExpr::i32_const(8));
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0).export("open", ExportKind::Func, 1);
        exports.export("press", ExportKind::Func, 5);
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(1), Elements::Functions([2][..].into()));
        let mut code = CodeSection::new();
        for (calls, said) in [(&[2, 3][..], 16), (&[], 38), (&[4, 2, 0], 38), (&[], 9), (&[3], 16)] {
            let mut function = Function::new([]);
            for &called in calls {
                function.instruction(&Instruction::Call(called));
            }
            for _ in 0..times {
                function.instruction(&Instruction::I32Const(said)).instruction(&Instruction::Drop);
            }
            if calls.len() == 3 {
                function.instruction(&Instruction::GlobalGet(0)).instruction(&Instruction::Drop);
            }
            function.instruction(&Instruction::End);
            code.function(&function);
        }
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(16), *b"for all, for later, for all");
        let mut names = NameMap::new();
        for (at, name) in ["warn", "open", "plain", "<stichwort_core[1]::later::Later>::gate", "deep", "press"]
            .into_iter()
            .enumerate()
        {
            names.append(at as u32, name);
        }
        let mut section = NameSection::new();
        section.functions(&names);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories);
        module.section(&globals).section(&exports).section(&elements).section(&code).section(&data).section(&section);
        module.finish()
    }

    fn names_of(wasm: &[u8]) -> Vec<String> {
        Whole::read(wasm).unwrap().names.values().map(|name| (*name).to_owned()).collect()
    }

    const NONE: &Symbols = &Symbols { places: Vec::new(), said: BTreeMap::new(), leads: BTreeMap::new() };
    const SEAM: Seam<'_> = Seam { gates: "later", exports: &[], uncalled: &[], symbols: NONE };

    #[test]
    fn what_only_a_gate_leads_to_comes_later() {
        let wasm = whole(SMALL);
        // `deep` says where the text for later would begin if it were longer.
        let symbols = Symbols {
            places: vec![16..25, 25..36, 36..43],
            said: BTreeMap::from([(9, BTreeSet::from([1]))]),
            leads: BTreeMap::new(),
        };
        let split =
            split(&wasm, Seam { exports: &["press".to_owned()], symbols: &symbols, ..SEAM }).expect("can be split");
        assert_eq!(names_of(&split.first), ["open", "plain"]);
        assert_eq!(
            names_of(&split.later),
            ["warn", "plain", "<stichwort_core[1]::later::Later>::gate", "deep", "press"]
        );
        let (first, later) = (Whole::read(&split.first).unwrap(), Whole::read(&split.later).unwrap());
        assert_eq!(first.tables[0].ty.initial, 4, "a place for the gate, and one for what it calls");
        assert_eq!(first.elements, [(0, 1, vec![1]), (0, 3, vec![1])], "plain in both of its places");
        assert_eq!(later.elements, [(0, 2, vec![2])], "the gate in its place");
        let exported: Vec<&str> = first.exports.iter().map(|export| export.name).collect();
        assert_eq!(exported, ["memory", "open", "0", "a"], "table and stack are taken");
        let imported: Vec<&str> = later.imports.iter().map(|import| import.name).collect();
        assert_eq!(imported, ["warn", "3", "0", "memory", "a"], "plain by its place");
        assert_eq!(later.exports.len(), 1);
        let texts: Vec<&[u8]> = first.data.iter().map(|segment| segment.data).collect();
        assert_eq!(texts, [b"for all, \0\0\0\0\0\0\0\0\0\0\0for all"]);
        assert_eq!(later.data[0].data, b"for later, ");
        assert_eq!(place(&later.data[0]).unwrap(), 16 + 9);
    }

    #[test]
    fn what_is_small_stands_in_both() {
        let split = split(&whole(1), Seam { exports: &["press".to_owned()], ..SEAM }).expect("can be split");
        assert_eq!(names_of(&split.first), ["open", "plain"]);
        assert!(names_of(&split.later).contains(&"plain".to_owned()));
        let (first, later) = (Whole::read(&split.first).unwrap(), Whole::read(&split.later).unwrap());
        assert_eq!(first.tables[0].ty.initial, 3, "a place for the gate alone");
        assert!(later.imports.iter().all(|import| import.name != "3"));
    }

    /// `open` says the place of `said` and the address of a table of methods with `method`; the gate says that of `late`, and
    /// the address of the table behind it.
    #[test]
    fn what_only_the_later_module_finds_in_the_table_comes_later() {
        let names = ["open", "late", "said", "method", "later method", "<stichwort_core[1]::later::Later>::gate"];
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut list = NameMap::new();
        for (at, name) in names.into_iter().enumerate() {
            functions.function(0);
            list.append(at as u32, name);
            let mut function = Function::new([]);
            for number in [&[3001, 32][..], &[], &[], &[], &[], &[3000, 48]][at] {
                function.instruction(&Instruction::I32Const(*number)).instruction(&Instruction::Drop);
            }
            if name == "open" {
                function.instruction(&Instruction::Call(5));
            }
            function.instruction(&Instruction::End);
            code.function(&function);
        }
        let mut tables = TableSection::new();
        let element_type = wasm_encoder::RefType::FUNCREF;
        tables.table(TableType { element_type, table64: false, minimum: 3004, maximum: Some(3004), shared: false });
        let mut memories = MemorySection::new();
        memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0).export("open", ExportKind::Func, 0);
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(3000), Elements::Functions([1, 2, 3, 4][..].into()));
        let mut data = DataSection::new();
        let methods: Vec<u8> = [0, 4, 4, 3002, 0, 8, 4, 3003].into_iter().flat_map(i32::to_le_bytes).collect();
        data.active(0, &ConstExpr::i32_const(32), methods);
        let mut section = NameSection::new();
        section.functions(&list);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&tables).section(&memories).section(&exports);
        module.section(&elements).section(&code).section(&data).section(&section);
        let wasm = module.finish();

        let split = split(&wasm, SEAM).expect("can be split");
        assert_eq!(names_of(&split.first), ["open", "said", "method"]);
        assert_eq!(names_of(&split.later), ["late", "later method", "<stichwort_core[1]::later::Later>::gate"]);
        let (first, later) = (Whole::read(&split.first).unwrap(), Whole::read(&split.later).unwrap());
        assert_eq!(first.elements, [(0, 3001, vec![1, 2])]);
        assert_eq!(later.elements, [(0, 3000, vec![0]), (0, 3003, vec![1]), (0, 3004, vec![2])], "in their places");
    }

    #[test]
    fn a_gate_is_a_function_of_that_module() {
        for name in ["<stichwort_core[5b]::later::Later>::happen", "stichwort_widget[1b]::later::keep_link"] {
            assert!(is_of(name, "later"), "{name}");
        }
        for name in [
            "<core[b3]::option::Option<stichwort_core[5b]::later::Later>>::is_none_or::<x>",
            "<stichwort_core[5b]::later::Later as core[b3]::clone::Clone>::clone",
            "stichwort_core[5b]::view::later::x",
            "<stichwort_core[5b]::state::State>::later",
            "other::later::x",
        ] {
            assert!(!is_of(name, "later"), "{name}");
        }
    }

    #[test]
    fn what_is_not_as_expected_is_refused() {
        let wasm = whole(1);
        assert!(split(&wasm, Seam { gates: "never", ..SEAM }).is_err());
        assert!(split(&wasm, Seam { exports: &["scroll".to_owned()], ..SEAM }).is_err());
    }
}
