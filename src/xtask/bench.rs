//! How fast the widget is against a floor and its peers, and where its time goes.
//!
//! The harness in `tests/bench` measures; this gives it what it needs.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::dist;
use crate::paths;
use crate::process::{self, command, step};
use crate::stamp::Stamp;
use crate::tools::{self, BENCH, BUILD, Need};
use crate::wasm::Kind;

/// Measures all contenders; `arguments` go to `tests/bench/run.mjs`.
///
/// Only a run of everything becomes the published page.
pub(crate) fn measure(arguments: &[OsString]) -> Result<()> {
    provide()?;
    dist::build(Kind::Small)?;
    step("bundling the contenders", || process::run(&mut harness("build.mjs")))?;
    forget_old_data()?;
    let folder = paths::target().join("bench");
    let page = if arguments.is_empty() { paths::www() } else { folder.clone() }.join("benchmark.html");
    let mut run = harness("run.mjs");
    run.arg("--dist").arg(paths::dist());
    run.arg("--out").arg(folder.join("samples.json")).arg("--page").arg(page);
    if !arguments.iter().any(|argument| argument == "--quick") {
        let finding = folder.join("finding.json");
        measure_finding(&finding)?;
        run.arg("--finding").arg(finding);
    }
    process::run(run.args(arguments))
}

/// What finding takes: core alone, then in the widget; `out` is for the page.
fn measure_finding(out: &Path) -> Result<()> {
    let native = ["run", "--quiet", "--release", "-p", "stichwort-tests", "--bin", "finding"];
    let core = step("what core takes natively", || process::output(command("cargo").args(native)))?;
    let browser = step("what finding takes in the browser", || {
        process::filter(harness("finding.mjs").arg(paths::dist()).arg(out), &core)
    })?;
    println!("\n{}{}", String::from_utf8_lossy(&core), String::from_utf8_lossy(&browser));
    Ok(())
}

/// Says where the widget's time goes; `arguments` go to `tests/bench/profile.mjs`.
pub(crate) fn profile(arguments: &[OsString]) -> Result<()> {
    provide()?;
    let dist = dist::build_named()?;
    step("bundling the contenders", || process::run(&mut harness("build.mjs")))?;
    forget_old_data()?;
    process::run(harness("profile.mjs").arg("--dist").arg(dist).args(arguments))
}

/// Everything at once, so that what can be installed side by side is.
fn provide() -> Result<()> {
    let has_browser = env::var_os("CHROMIUM").is_some();
    let bench = BENCH.into_iter().filter(|need| !(has_browser && *need == Need::Chromium));
    tools::provide(&BUILD.into_iter().chain(bench).collect::<Vec<_>>())
}

fn harness(script: &str) -> Command {
    let mut node = command("node");
    node.arg(paths::bench().join(script)).current_dir(paths::root());
    node
}

/// Bundles are made once, and again when what makes them has changed.
fn forget_old_data() -> Result<()> {
    let folder = paths::bench();
    let mut inputs = Vec::new();
    for name in ["data.mjs", "server.mjs", "lib/reference.mjs", "package-lock.json"] {
        let path = folder.join(name);
        inputs.push(fs::read(&path).with_context(|| format!("cannot read {}", paths::shown(&path)))?);
    }
    let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
    let data = folder.join("data");
    let stamp = Stamp::new(data.join("stamp"), &inputs);
    if stamp.is_fresh(&[]) {
        return Ok(());
    }
    match fs::remove_dir_all(&data) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).context("cannot remove the old bundles in tests/bench/data")
        }
        _ => stamp.set(),
    }
}
