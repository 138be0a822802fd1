//! Formatting, lints, documentation, and no HTML sink in what ships.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::paths;
use crate::process::{self, command, step};
use crate::sinks;

/// Where what ships is written; `www` holds pages beside, which may do as they like.
const SHIPPED: [&str; 6] = ["src/alloc", "src/core", "src/widget", "www/page.js", "www/later.js", "www/loader.js"];

/// Checks everything that can be checked without running it.
pub(crate) fn check() -> Result<()> {
    let cargo = |arguments: &[&str], rustdocflags: Option<&str>| {
        let mut cargo = command("cargo");
        cargo.args(arguments).current_dir(paths::root());
        if let Some(flags) = rustdocflags {
            cargo.env("RUSTDOCFLAGS", flags);
        }
        process::run(&mut cargo)
    };
    step("looking for HTML sinks", || no_sinks(&paths::root()))?;
    step("checking the formatting", || cargo(&["fmt", "--all", "--check"], None))?;
    step("linting", || {
        // The widget's crate too: bindings compile natively, they only do not run.
        let lint = ["clippy", "--quiet", "--workspace", "--all-targets", "--", "-Dwarnings"];
        cargo(&lint, None)
    })?;
    step("checking the documentation", || cargo(&["doc", "--quiet", "--workspace", "--no-deps"], Some("-Dwarnings")))
}

fn no_sinks(root: &Path) -> Result<()> {
    let mut files = Vec::new();
    for shipped in SHIPPED {
        let before = files.len();
        collect(&root.join(shipped), &mut files)?;
        ensure!(
            files.len() > before,
            "expected source files in {shipped}, which ships, found none: is it called otherwise?"
        );
    }
    for file in files {
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        if let Some((line, sink)) = sinks::first_in_source(&text) {
            bail!(
                "{}:{line}: found the HTML sink `{sink}`, expected none in what ships; \
                 build nodes with createElement and textContent",
                paths::shown(&file)
            );
        }
    }
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "js") {
        files.push(path.to_owned());
    }
    Ok(())
}
