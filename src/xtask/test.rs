//! Every test there is, in every browser.

use std::ffi::OsString;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::dist;
use crate::paths;
use crate::process::{self, command, seconds};
use crate::tools::{self, BROWSERS, BUILD, CHROMEDRIVER, GECKODRIVER, WEBKITDRIVER};
use crate::wasm::Kind;

/// Test targets of `tests/` that drive a browser; they read the variables set below.
const BROWSER_TARGETS: [&str; 1] = ["browser"];

/// Runs all tests; `arguments` go to `cargo test`.
pub(crate) fn all(arguments: &[OsString]) -> Result<()> {
    let start = Instant::now();
    // All at once, so that what can be installed side by side is.
    tools::provide(&[&BUILD[..], &BROWSERS].concat())?;
    dist::build_within_budget()?;
    native(arguments)?;
    // Last, so that what has failed there stands where a long output ends, of which often no more is kept.
    let mut test = cargo_test();
    for target in BROWSER_TARGETS {
        test.args(["--test", target]);
    }
    with_surroundings(&mut test)?;
    process::run(test.args(arguments))?;
    println!("all tests passed, {}", seconds(start));
    Ok(())
}

/// Takes the pictures in `www/screenshots` anew.
pub(crate) fn screenshots() -> Result<()> {
    tools::provide(&[&BUILD[..], &BROWSERS].concat())?;
    dist::build(Kind::Small)?;
    let mut take = command("cargo");
    take.args(["run", "--quiet", "--package=stichwort-tests", "--bin=screenshots"]).current_dir(paths::root());
    with_surroundings(&mut take)?;
    process::run(take.env("STICHWORT_ENGINE", "chromium"))
}

/// Tells what drives browsers where everything is.
fn with_surroundings(command: &mut Command) -> Result<()> {
    for variable in [CHROMEDRIVER, GECKODRIVER, WEBKITDRIVER] {
        command.env(variable, tools::driver(variable).with_context(|| format!("{variable} went missing"))?);
    }
    command.env("STICHWORT_DIST", paths::dist()).env("STICHWORT_WWW", paths::www());
    command.env("STICHWORT_AXE", paths::npm().join("node_modules/axe-core/axe.min.js"));
    Ok(())
}

/// Runs the tests that need no browser, nor anything else than Rust.
pub(crate) fn native(arguments: &[OsString]) -> Result<()> {
    let start = Instant::now();
    let mut test = cargo_test();
    test.args(["--lib", "--bins"]);
    for target in native_targets()? {
        test.arg("--test").arg(target);
    }
    process::run(test.args(arguments))?;
    process::run(cargo_test().arg("--doc").args(arguments))?;
    println!("all native tests passed, {}", seconds(start));
    Ok(())
}

fn cargo_test() -> Command {
    let mut test = command("cargo");
    // Of the default members: the widget itself runs in browsers only.
    test.args(["test", "--no-fail-fast"]).current_dir(paths::root());
    test
}

/// Integration tests of the default members, except those in browsers.
fn native_targets() -> Result<Vec<String>> {
    let mut metadata = command("cargo");
    metadata.args(["metadata", "--no-deps", "--format-version=1"]).current_dir(paths::root());
    let metadata = process::output(&mut metadata)?;
    let metadata: serde_json::Value = serde_json::from_slice(&metadata)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let targets = packages.flat_map(|package| package["targets"].as_array().into_iter().flatten());
    let tests = targets.filter(|target| target["kind"][0] == "test");
    let names = tests.filter_map(|target| target["name"].as_str());
    Ok(names.filter(|name| !BROWSER_TARGETS.contains(name)).map(str::to_owned).collect())
}
