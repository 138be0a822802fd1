//! What a command needs on this machine: looked for first, installed only where missing.
//!
//! Three sources, each asked once and all side by side: Debian's packages (as
//! root), npm, and `cargo install` into a cache that a user's working trees
//! share. Where none may be used, the error says what to type.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::paths;
use crate::process::{self, command, step};
use crate::rust::WasmRust;

/// Something that has to be there before a command can work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// A compiler that reaches WebAssembly.
    WasmRust,
    /// `wasm-bindgen`, of the very version that the program is linked with.
    WasmBindgen,
    /// The packages of `npm/package.json`.
    Npm,
    /// The packages of `tests/bench/package.json`.
    BenchNpm,
    /// Chromium and its driver.
    Chromium,
    /// Firefox.
    Firefox,
    /// Firefox's driver.
    Geckodriver,
    /// WebKitGTK, its driver and a display for it.
    WebKit,
}

/// What building needs.
pub(crate) const BUILD: [Need; 3] = [Need::WasmRust, Need::WasmBindgen, Need::Npm];

/// What testing in browsers needs besides.
pub(crate) const BROWSERS: [Need; 4] = [Need::Chromium, Need::Firefox, Need::Geckodriver, Need::WebKit];

/// What measuring needs besides, where no variable names a browser.
pub(crate) const BENCH: [Need; 2] = [Need::BenchNpm, Need::Chromium];

/// Installs those of `needs` that are missing.
pub(crate) fn provide(needs: &[Need]) -> Result<()> {
    let missing = missing(needs)?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("missing: {}", list(missing.iter().map(|need| need.name())));
    // Each source works beside the others; within one they'd only wait for its lock.
    let failures: Vec<anyhow::Error> = thread::scope(|scope| {
        let sources = [
            scope.spawn(|| install_packages(&missing)),
            scope.spawn(|| install_npm(&missing)),
            scope.spawn(|| install_crates(&missing)),
        ];
        let ended = sources.map(|source| source.join().expect("an installer panicked"));
        ended.into_iter().filter_map(Result::err).collect()
    });
    let still = self::missing(needs)?;
    if still.is_empty() {
        return Ok(());
    }
    let mut text = String::from("this is missing and could not be installed from here:\n");
    for need in still {
        text += &format!("\n{}. {}\n", need.name(), need.by_hand());
    }
    for failure in failures {
        text += &format!("\nwhat went wrong: {failure:#}\n");
    }
    bail!(text.trim_end().to_owned())
}

/// `wasm-bindgen` of the right version, if it is there.
pub(crate) fn wasm_bindgen() -> Result<Option<PathBuf>> {
    let version = locked_version("wasm-bindgen")?;
    if let Some(program) = paths::in_path("wasm-bindgen") {
        let said = process::output(command(&program).arg("--version")).unwrap_or_default();
        let said = String::from_utf8_lossy(&said).into_owned();
        if said.split_whitespace().nth(1) == Some(&*version) {
            return Ok(Some(program));
        }
    }
    Ok(cached("wasm-bindgen-cli", &version, "wasm-bindgen"))
}

/// A program that npm brought.
pub(crate) fn npm_program(name: &str) -> PathBuf {
    paths::npm().join("node_modules/.bin").join(name)
}

/// The driver of Chromium, Firefox or WebKit, if it is there: named by the variable, else found.
pub(crate) fn driver(variable: &str) -> Option<PathBuf> {
    if let Some(named) = env::var_os(variable) {
        return Some(PathBuf::from(named)).filter(|path| path.is_file());
    }
    match variable {
        CHROMEDRIVER => paths::in_path("chromedriver"),
        GECKODRIVER => {
            paths::in_path("geckodriver").or_else(|| cached("geckodriver", GECKODRIVER_VERSION, "geckodriver"))
        }
        WEBKITDRIVER => paths::in_path("WebKitWebDriver"),
        _ => None,
    }
}

/// Names Chromium's driver to the browser tests.
pub(crate) const CHROMEDRIVER: &str = "STICHWORT_CHROMEDRIVER";
/// Names Firefox's driver to the browser tests.
pub(crate) const GECKODRIVER: &str = "STICHWORT_GECKODRIVER";
/// Names WebKit's driver to the browser tests.
pub(crate) const WEBKITDRIVER: &str = "STICHWORT_WEBKITDRIVER";

const GECKODRIVER_VERSION: &str = "0.37.1";

impl Need {
    fn name(self) -> &'static str {
        match self {
            Self::WasmRust => "a Rust compiler for WebAssembly",
            Self::WasmBindgen => "wasm-bindgen",
            Self::Npm => "the npm packages of src/xtask/npm",
            Self::BenchNpm => "the npm packages of tests/bench",
            Self::Chromium => "Chromium with chromedriver",
            Self::Firefox => "Firefox",
            Self::Geckodriver => "geckodriver",
            Self::WebKit => "WebKitGTK with its driver and Xvfb",
        }
    }

    fn is_met(self) -> Result<bool> {
        Ok(match self {
            Self::WasmRust => WasmRust::find()?.is_some(),
            Self::WasmBindgen => wasm_bindgen()?.is_some(),
            Self::Npm => is_installed(&paths::npm()),
            Self::BenchNpm => is_installed(&paths::bench()),
            Self::Chromium => driver(CHROMEDRIVER).is_some(),
            Self::Firefox => ["firefox-esr", "firefox"].iter().any(|name| paths::in_path(name).is_some()),
            Self::Geckodriver => driver(GECKODRIVER).is_some(),
            // Only WebKitGTK needs a display; where no Xvfb exists (macOS), the driver is Safari's.
            Self::WebKit => {
                driver(WEBKITDRIVER).is_some() && (!cfg!(target_os = "linux") || paths::in_path("Xvfb").is_some())
            }
        })
    }

    /// Debian's packages that meet it.
    fn packages(self) -> Vec<&'static str> {
        match self {
            Self::WasmRust => {
                let mut packages = vec!["rustc-web", "cargo-web", "rust-web-src"];
                if WasmRust::linker().is_none() {
                    packages.push("lld-22");
                }
                packages
            }
            Self::Chromium => vec!["chromium", "chromium-driver"],
            Self::Firefox => vec!["firefox-esr"],
            Self::WebKit => vec!["webkit2gtk-driver", "xvfb"],
            Self::WasmBindgen | Self::Npm | Self::BenchNpm | Self::Geckodriver => vec![],
        }
    }

    /// The folder in which npm meets it.
    fn npm_folder(self) -> Option<PathBuf> {
        match self {
            Self::Npm => Some(paths::npm()),
            Self::BenchNpm => Some(paths::bench()),
            _ => None,
        }
    }

    /// The crate whose binary meets it, and its version.
    fn source(self) -> Result<Option<(&'static str, String)>> {
        Ok(match self {
            Self::WasmBindgen => Some(("wasm-bindgen-cli", locked_version("wasm-bindgen")?)),
            Self::Geckodriver => Some(("geckodriver", GECKODRIVER_VERSION.to_owned())),
            _ => None,
        })
    }

    /// What to type where it cannot be installed from here.
    fn by_hand(self) -> String {
        let debian = format!("{}{}", APT_INSTALL.join(" "), " ") + &self.packages().join(" ");
        match self {
            Self::WasmRust => format!(
                "Type one of:\n  rustup component add rust-src\n  rustup target add wasm32-unknown-unknown   (a larger program)\n  sudo {debian}   (Debian)"
            ),
            Self::Npm => "Install Node.js 20 or newer with npm, then type:\n  npm ci --prefix src/xtask/npm".to_owned(),
            Self::BenchNpm => {
                "Install Node.js 20 or newer with npm, then type:\n  npm ci --prefix tests/bench".to_owned()
            }
            Self::WasmBindgen | Self::Geckodriver => match self.source() {
                Ok(Some((name, version))) => {
                    format!("With a network, type:\n  cargo install {name}@{version}")
                }
                _ => String::new(),
            },
            Self::Chromium => format!(
                "Type:\n  sudo {debian}   (Debian)\nor install Chromium and set {CHROMEDRIVER} to its driver; or leave browsers out: cargo xtask test --native"
            ),
            Self::Firefox => format!(
                "Type:\n  sudo {debian}   (Debian)\nor install Firefox; or leave browsers out: cargo xtask test --native"
            ),
            Self::WebKit => format!(
                "Type:\n  sudo {debian}   (Debian)\nor install WebKitGTK and Xvfb and set {WEBKITDRIVER} to its driver; or leave browsers out: cargo xtask test --native"
            ),
        }
    }
}

const APT_INSTALL: [&str; 4] = ["apt-get", "install", "-y", "--no-install-recommends"];

fn missing(needs: &[Need]) -> Result<Vec<Need>> {
    let mut missing = Vec::new();
    for &need in needs {
        if !need.is_met()? {
            missing.push(need);
        }
    }
    Ok(missing)
}

fn install_packages(missing: &[Need]) -> Result<()> {
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages()).collect();
    if packages.is_empty() || !is_debian() || !is_root() {
        return Ok(());
    }
    let log = paths::target().join("install/apt.log");
    let apt = |arguments: &[&str]| {
        let mut apt = command("apt-get");
        apt.args(["-q", "-o", "DPkg::Lock::Timeout=600"]).args(arguments);
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        process::logged(&mut apt, &log)
    };
    step("updating Debian's package lists", || apt(&["update"]))?;
    step(&format!("installing {} by apt-get", packages.join(", ")), || apt(&[&APT_INSTALL[1..], &packages].concat()))
}

fn install_npm(missing: &[Need]) -> Result<()> {
    for folder in missing.iter().filter_map(|need| need.npm_folder()) {
        let npm = paths::in_path("npm").context("there is no `npm` in PATH")?;
        step(&format!("installing npm packages in {}", paths::shown(&folder)), || {
            let mut ci = command(npm);
            // No script of a package runs: none of them needs one.
            ci.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
            ci.current_dir(&folder);
            process::logged(&mut ci, &paths::target().join("install/npm.log"))?;
            Ok(fs::write(npm_stamp(&folder), lock_of(&folder)?)?)
        })?;
    }
    Ok(())
}

fn install_crates(missing: &[Need]) -> Result<()> {
    for need in missing {
        let Some((name, version)) = need.source()? else { continue };
        let folder = paths::tools();
        let log = folder.join(format!("{name}-{version}.log"));
        step(&format!("compiling {name} {version} into {}", folder.display()), || {
            let mut install = command("cargo");
            // Not --locked: the lock file of wasm-bindgen-cli may name withdrawn crates.
            install.args(["install", "--force", "--root"]).arg(install_root(name, &version));
            install.arg(format!("{name}@{version}"));
            // Not from here: the project's configuration is not theirs.
            install.current_dir(env::temp_dir());
            // Optimised, they take minutes to compile and save a moment when they run.
            for (option, value) in CHEAP_PROFILE {
                install.env(format!("CARGO_PROFILE_RELEASE_{option}"), value);
            }
            install.env("CARGO_TARGET_DIR", folder.join("build")).env_remove("RUSTFLAGS");
            process::logged(&mut install, &log)
        })?;
    }
    // Shared by the crates above, of no use afterwards.
    match fs::remove_dir_all(paths::tools().join("build")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

const CHEAP_PROFILE: [(&str, &str); 4] = [("OPT_LEVEL", "0"), ("DEBUG", "0"), ("LTO", "off"), ("STRIP", "symbols")];

fn install_root(name: &str, version: &str) -> PathBuf {
    paths::tools().join(format!("{name}-{version}"))
}

fn cached(name: &str, version: &str, program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    Some(install_root(name, version).join("bin").join(file)).filter(|path| path.is_file())
}

/// The version that `Cargo.lock` holds of a crate.
fn locked_version(name: &str) -> Result<String> {
    let lock = paths::root().join("Cargo.lock");
    let text = fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    version_in(&text, name).with_context(|| {
        format!("expected the crate {name} in {}, found none: src/widget has to depend on it", lock.display())
    })
}

fn version_in(lock: &str, name: &str) -> Option<String> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{name}\""));
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

/// What `npm ci` was last run for; it goes when `node_modules` goes.
fn npm_stamp(folder: &Path) -> PathBuf {
    folder.join("node_modules/.stichwort")
}

fn is_installed(folder: &Path) -> bool {
    fs::read_to_string(npm_stamp(folder)).is_ok_and(|stamp| lock_of(folder).is_ok_and(|lock| lock == stamp))
}

/// The hash of what npm is to install for building.
pub(crate) fn npm_lock() -> Result<String> {
    lock_of(&paths::npm())
}

fn lock_of(folder: &Path) -> Result<String> {
    let lock = folder.join("package-lock.json");
    Ok(hash(&[&fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?]))
}

/// SHA-256 in hexadecimal, of several texts with their borders.
pub(crate) fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists()
        && fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|l| l == "ID=debian"))
        && paths::in_path("apt-get").is_some()
}

fn is_root() -> bool {
    process::output(command("id").arg("-u")).is_ok_and(|id| id.trim_ascii() == b"0")
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crates_version_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm\"\nversion = \"9.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "bindgen"), None);
    }

    #[test]
    fn borders_between_texts_count_in_a_hash() {
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
    }
}
