//! The Rust compiler that reaches WebAssembly.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths;
use crate::process::{self, command};
use crate::stamp::write_if_changed;

/// A cargo and a rustc that can build for `wasm32-unknown-unknown`.
#[derive(Debug)]
pub(crate) struct WasmRust {
    cargo: PathBuf,
    rustc: PathBuf,
    linker: PathBuf,
    /// Whether the standard library's sources are there. Built with our flags
    /// it is much smaller than the one that rustup offers.
    pub(crate) has_sources: bool,
    /// Its name and version.
    pub(crate) version: String,
}

/// Its target.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

impl WasmRust {
    /// The best one there is: with sources before without, the user's own before Debian's.
    pub(crate) fn find() -> Result<Option<Self>> {
        let own = Compiler::ask("rustc".into())?;
        let linker = own.own_linker().or_else(Self::linker);
        if own.has_sources() {
            return Ok(linker.map(|linker| own.into_wasm("cargo".into(), linker, true)));
        }
        let debian = Path::new("/usr/bin");
        let (cargo, rustc) = (debian.join("cargo"), debian.join("rustc"));
        if cargo.is_file() && rustc.is_file() {
            let debian = Compiler::ask(rustc)?;
            // Debian's packages `rustc` and `rust-src` are years older than `rustc-web`.
            if debian.has_sources() && debian.minor >= own.minor {
                return Ok(linker.map(|linker| debian.into_wasm(cargo, linker, true)));
            }
        }
        if own.sysroot.join("lib/rustlib").join(TARGET).is_dir() {
            return Ok(linker.map(|linker| own.into_wasm("cargo".into(), linker, false)));
        }
        Ok(None)
    }

    /// A linker for WebAssembly, wherever it lies: Debian's compiler comes without one.
    pub(crate) fn linker() -> Option<PathBuf> {
        let rustup = env::var_os("RUSTUP_HOME")
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".rustup")))?;
        let mut folders: Vec<PathBuf> = fs::read_dir(rustup.join("toolchains"))
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        folders.sort();
        let of_rustup = folders.iter().rev().find_map(|folder| rust_lld(folder));
        of_rustup.or_else(|| paths::in_path("wasm-ld-22")).or_else(|| paths::in_path("wasm-ld"))
    }

    /// What to compile for: the target, or where the standard library is built anew a file that describes it, with the
    /// one change that a function may give back several values (LLVM's ABI "experimental-mv"; all of WebAssembly's
    /// engines can since 2020). Texts and options are two values here: they went by way of the memory.
    pub(crate) fn target(&self) -> Result<OsString> {
        if !self.has_sources {
            return Ok(TARGET.into());
        }
        let mut rustc = command(&self.rustc);
        rustc.env("RUSTC_BOOTSTRAP", "1").args(["-Zunstable-options", "--print=target-spec-json", "--target", TARGET]);
        let described = process::output(&mut rustc)?;
        let mut target: serde_json::Map<String, serde_json::Value> =
            serde_json::from_slice(&described).context("expected rustc to describe its target as JSON")?;
        target.insert("llvm-abiname".to_owned(), "experimental-mv".into());
        // Cargo takes the file's name for the target's.
        let file = paths::wasm_target().join(format!("{TARGET}.json"));
        fs::create_dir_all(paths::wasm_target())?;
        write_if_changed(&file, &serde_json::to_vec_pretty(&target)?)?;
        Ok(file.into())
    }

    /// Cargo with this compiler, and the environment that both want.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = command(&self.cargo);
        cargo.env("RUSTC", &self.rustc);
        // The flags that make a program small are not yet stable.
        cargo.env("RUSTC_BOOTSTRAP", "1");
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &self.linker);
        for variable in ["CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS", "RUSTC_WRAPPER"] {
            cargo.env_remove(variable);
        }
        cargo
    }
}

/// What a `rustc` says about itself.
struct Compiler {
    rustc: PathBuf,
    version: String,
    minor: u32,
    sysroot: PathBuf,
}

impl Compiler {
    fn ask(rustc: PathBuf) -> Result<Self> {
        let say = |argument: &[&str]| -> Result<String> {
            let said = process::output(command(&rustc).args(argument))
                .context("expected a working Rust compiler; rustup installs one")?;
            Ok(String::from_utf8(said)?.trim().to_owned())
        };
        // "rustc 1.96.0 (ac68faa20 2026-05-25)": the rest is for itself to know.
        let version = say(&["--version"])?;
        let version = version.split(" (").next().unwrap_or_default().to_owned();
        let sysroot = PathBuf::from(OsString::from(say(&["--print", "sysroot"])?));
        let minor = version.split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(0);
        Ok(Self { rustc, version, minor, sysroot })
    }

    fn has_sources(&self) -> bool {
        self.sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").is_file()
    }

    fn own_linker(&self) -> Option<PathBuf> {
        rust_lld(&self.sysroot)
    }

    fn into_wasm(self, cargo: PathBuf, linker: PathBuf, has_sources: bool) -> WasmRust {
        let Self { rustc, version, .. } = self;
        WasmRust { cargo, rustc, linker, has_sources, version }
    }
}

/// The linker in a toolchain's folder.
fn rust_lld(sysroot: &Path) -> Option<PathBuf> {
    let hosts = fs::read_dir(sysroot.join("lib/rustlib")).ok()?;
    hosts
        .filter_map(|host| Some(host.ok()?.path().join("bin").join(format!("rust-lld{}", env::consts::EXE_SUFFIX))))
        .find(|path| path.is_file())
}
