//! The widget as a WebAssembly program, with the JavaScript that binds it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::glue::{self, Names};
use crate::order;
use crate::paths;
use crate::process::{self, command, step};
use crate::results;
use crate::rust::{TARGET, WasmRust};
use crate::split::{self, Seam, Symbols};
use crate::stamp::Stamp;
use crate::tools::{self, npm_program};

/// How the program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What is published: as small as we know how.
    Small,
    /// What is published, but with the names of its functions and as wasm-opt spells and orders them: for profiles.
    Named,
    /// What is debugged: with names, panic messages and checks; not optimised.
    Debug,
}

/// The program and what loads it.
#[derive(Debug)]
pub(crate) struct Bound {
    /// wasm-bindgen's JavaScript, as [`glue::lean`] leaves it, without what follows.
    pub(crate) glue: String,
    /// What of it only the later module asks for.
    pub(crate) later_glue: String,
    /// The module that is there from the beginning.
    pub(crate) first: Vec<u8>,
    /// The module that comes later.
    pub(crate) later: Vec<u8>,
}

/// The module, of core and of the widget, through whose functions the later module is entered.
const GATES: &str = "later";

/// What the page calls once that module is there: the exports of `src/widget/later.rs`.
fn later_exports() -> Result<Vec<&'static str>> {
    let source = include_str!("../widget/later.rs");
    let parts = source.split("#[wasm_bindgen]\npub fn ").skip(1);
    let names: Vec<&str> = parts.filter_map(|rest| rest.split('(').next()).collect();
    ensure!(
        names.len() == source.matches("#[wasm_bindgen").count(),
        "expected each export of src/widget/later.rs to stand right below #[wasm_bindgen], which names nothing"
    );
    Ok(names)
}

impl Kind {
    /// A name for folders.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Small => "wasm",
            Self::Named => "named",
            Self::Debug => "debug",
        }
    }
}

/// Compiles and binds the widget; what has not changed is not done again.
pub(crate) fn bound(kind: Kind) -> Result<Bound> {
    let compiled = compile(kind)?;
    let folder = paths::wasm_target().join("bound").join(kind.name());
    let glue = folder.join("widget.js");
    let wasm = folder.join("widget_bg.wasm");
    let (first, later) = (folder.join("first.wasm"), folder.join("later.wasm"));
    let later_glue = folder.join("later.js");
    let bindgen = tools::wasm_bindgen()?.context("wasm-bindgen went missing")?;
    let linked = fs::read(&compiled).with_context(|| format!("cargo left no {}", compiled.display()))?;
    let stamp = Stamp::new(
        folder.join("stamp"),
        &[
            concat!(
                include_str!("wasm.rs"),
                include_str!("glue.rs"),
                include_str!("split.rs"),
                include_str!("split/pointers.rs"),
                include_str!("split/symbols.rs"),
                include_str!("split/whole.rs"),
                include_str!("order.rs"),
                include_str!("results.rs"),
                include_str!("spelling.rs"),
                // Which versions of libraries read, write and compress it.
                include_str!("../../Cargo.lock")
            )
            .as_bytes(),
            &linked,
            bindgen.as_os_str().as_encoded_bytes(),
            tools::npm_lock()?.as_bytes(),
        ],
    );
    if !stamp.is_fresh(&[&glue, &later_glue, &first, &later]) {
        stamp.remove()?;
        // What is debugged is not optimised: it reads nothing too early, and what the linker says would break its line
        // numbers.
        let (input, symbols) = match kind {
            Kind::Debug => (compiled, Symbols::default()),
            Kind::Small | Kind::Named => {
                let mended = folder.join("mended.wasm");
                fs::create_dir_all(&folder)?;
                fs::write(&mended, results::read_in_time(&linked)?)?;
                (mended, Symbols::of(&linked)?)
            }
        };
        step("binding", || bind(kind, &bindgen, &input, &folder))?;
        let mut text = glue::lean(&fs::read_to_string(&glue)?)?;
        let mut exports: Vec<String> = later_exports()?.into_iter().map(str::to_owned).collect();
        let mut uncalled = Vec::new();
        if kind != Kind::Debug {
            let names = step("optimising", || optimise(&wasm))?;
            text = glue::renamed(&text, &names)?;
            for name in &mut exports {
                let short = names.export(name).with_context(|| format!("wasm-opt has no export {name}"))?;
                *name = short.to_owned();
            }
            uncalled.extend(names.uncalled(&text).into_iter().map(str::to_owned));
        }
        let whole = fs::read(&wasm)?;
        let seam = Seam { gates: GATES, exports: &exports, uncalled: &uncalled, symbols: &symbols };
        let split = split::split(&whole, seam)?;
        fs::write(&first, split.first)?;
        fs::write(&later, split.later)?;
        if kind != Kind::Debug {
            step("optimising both parts", || {
                [&first, &later].into_iter().try_for_each(|part| optimise_part(part, kind))
            })?;
        }
        if kind == Kind::Small {
            step("spelling both parts", || {
                for part in [&first, &later] {
                    fs::write(part, order::shortest(&fs::read(part)?)?)?;
                }
                Ok(())
            })?;
        }
        let (text, later_text) = glue::split(&text, &split::imported(&fs::read(&first)?)?)?;
        fs::write(&glue, text)?;
        fs::write(&later_glue, later_text)?;
        stamp.set()?;
    }
    Ok(Bound {
        glue: fs::read_to_string(glue)?,
        later_glue: fs::read_to_string(later_glue)?,
        first: fs::read(first)?,
        later: fs::read(later)?,
    })
}

/// Bytes of stack, many times what was seen in use: nothing here calls itself to a depth that the page or a bundle
/// decides. Whoever needs more than there is traps. The linker would take 1 MB.
const STACK: u32 = 64 * 1024;

/// Bytes of memory to start with, the stack's among them: enough for some hundred articles.
const MEMORY: u32 = 1024 * 1024;

/// Where the functions of the table begin. Their places are numbers of the program like all others, and here it has
/// hardly any else: what is called by its place alone can be told from what is not, see `split.rs`.
const TABLE: u32 = 3000;

fn compile(kind: Kind) -> Result<PathBuf> {
    let rust = WasmRust::find()?.context("the compiler for WebAssembly went missing")?;
    let mut cargo = rust.cargo();
    cargo.current_dir(paths::root());
    // What is debugged is compiled as everybody does it.
    let target = if kind == Kind::Debug { TARGET.into() } else { rust.target()? };
    cargo.args(["build", "--quiet", "--package", "stichwort-widget", "--lib", "--target"]).arg(target);
    cargo.arg("--target-dir").arg(paths::wasm_target());
    if rust.has_sources {
        cargo.args(["-Zbuild-std=std,panic_abort", "-Zjson-target-spec"]);
    }
    let mut flags = String::new();
    match kind {
        Kind::Small | Kind::Named => {
            cargo.args(["--profile", "wasm"]);
            if rust.has_sources {
                cargo.arg("-Zbuild-std-features=optimize_for_size");
                // Here and not in Cargo.toml, where stable cargo refuses it for the whole workspace.
                cargo.args(["-Zpanic-immediate-abort", "--config"]);
                cargo.arg("profile.wasm.panic=\"immediate-abort\"");
            } else {
                println!(
                    "building with the ready-made standard library, which makes the program larger; \
                     `rustup component add rust-src` makes it small"
                );
            }
            flags += "-Zlocation-detail=none -Zfmt-debug=none";
            // Each was measured. What is small and called often weighs less where it is not inlined; and what is
            // computed once for two places, or step by step along a loop, needs places to be kept in until then.
            for flag in ["-inline-threshold=10", "-disable-lsr", "-enable-pre=false", "-enable-load-pre=false"] {
                flags += &format!(" -Cllvm-args={flag}");
            }
            flags += &format!(" -Clink-arg=-zstack-size={STACK} -Clink-arg=--initial-memory={MEMORY}");
            flags += &format!(" -Clink-arg=--table-base={TABLE}");
            // What leads to which text, see `split/symbols.rs`.
            flags += " -Clink-arg=--emit-relocs";
        }
        Kind::Debug => {
            cargo.args(["--profile", "dev", "--config", "profile.dev.panic=\"abort\""]);
        }
    }
    cargo.env("RUSTFLAGS", flags);
    let profile = match kind {
        Kind::Small | Kind::Named => "wasm",
        Kind::Debug => "debug",
    };
    let file = paths::wasm_target().join(TARGET).join(profile).join("stichwort_widget.wasm");
    let what = match file.exists() {
        true => format!("compiling to WebAssembly by {}", rust.version),
        false => {
            format!("compiling to WebAssembly by {}, the standard library first", rust.version)
        }
    };
    step(&what, || process::run(&mut cargo))?;
    Ok(file)
}

fn bind(kind: Kind, bindgen: &Path, compiled: &Path, folder: &Path) -> Result<()> {
    let mut bind = command(bindgen);
    // No-modules: the script has to work as a classic script too.
    bind.args(["--target", "no-modules", "--no-typescript", "--out-name", "widget"]);
    if kind == Kind::Debug {
        // Without `--debug`: the checks that it adds are for callers that guess, and make another glue.
        bind.arg("--keep-debug");
    }
    bind.arg("--out-dir").arg(folder).arg(compiled);
    process::run(&mut bind)
}

/// Gives back the short names of imports and exports. Functions keep theirs: by them the program is split.
fn optimise(wasm: &Path) -> Result<Names> {
    let only_from_outside = format!("--no-inline=*::{GATES}::*");
    let short = "--minify-imports-and-exports-and-modules";
    let names = wasm_opt(wasm, &[&only_from_outside, "-Oz", UNPACKED, "--debuginfo", short])?;
    serde_json::from_slice(&names).context("wasm-opt prints the names it gave in another form than expected")
}

/// Once more, now that each part is known to be called from outside only where it is.
fn optimise_part(wasm: &Path, kind: Kind) -> Result<()> {
    let names = if kind == Kind::Named { "--debuginfo" } else { "--strip-debug" };
    // In loops made anew it finds more. What is as short as four instructions weighs less where it is called.
    let again = ["--flatten", "--rereloop", "-aimfs", "4", "-Oz", "-Oz", UNPACKED, "--reorder-locals", names];
    wasm_opt(wasm, &again).map(drop)
}

/// Zeros in the memory compress better than many pieces that each say where they belong.
const UNPACKED: &str = "--skip-pass=memory-packing";

fn wasm_opt(wasm: &Path, further: &[&str]) -> Result<Vec<u8>> {
    let smaller = wasm.with_extension("opt.wasm");
    let mut optimise = command(npm_program("wasm-opt"));
    optimise.args(further).args(["--strip-producers", "--strip-target-features"]);
    // Down there is the end of the stack: no address of a value, plus an offset, wraps around.
    optimise.arg("--low-memory-unused");
    // What rustc takes for granted; all of it is in Baseline.
    optimise.args(FEATURES);
    optimise.arg(wasm).arg("-o").arg(&smaller);
    let said = process::output(&mut optimise)?;
    fs::rename(smaller, wasm)?;
    Ok(said)
}

const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_exports_are_found() {
        let exports = later_exports().expect("they are as they should be");
        assert!(["complete", "configure", "keep", "press"].iter().all(|name| exports.contains(name)), "{exports:?}");
        assert!(exports.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase())), "{exports:?}");
    }
}
