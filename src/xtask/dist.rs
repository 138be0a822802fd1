//! `dist/`: what a publisher uploads.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use stichwort_core::i18n::Language;

use crate::paths;
use crate::process::{seconds, step};
use crate::script::{self, Parts, styles};
use crate::size;
use crate::stamp::{Stamp, write_if_changed};
use crate::tools::{self, hash};
use crate::wasm::{self, Kind};

/// Fills `dist/`, as far as something has changed, and prints what each file weighs.
pub(crate) fn build(kind: Kind) -> Result<()> {
    fill(kind, &paths::dist(), paths::wasm_target().join("dist.stamp")).map(drop)
}

/// Builds what is published; too many bytes are an error.
pub(crate) fn build_within_budget() -> Result<()> {
    let too_heavy = fill(Kind::Small, &paths::dist(), paths::wasm_target().join("dist.stamp"))?;
    ensure!(too_heavy.is_empty(), "over budget: {}", too_heavy.join("; "));
    Ok(())
}

/// Builds what `dist/` would hold, with names of functions, and gives back the folder it is in.
pub(crate) fn build_named() -> Result<PathBuf> {
    let folder = paths::wasm_target().join("named");
    fill(Kind::Named, &folder.join("dist"), folder.join("dist.stamp"))?;
    Ok(folder.join("dist"))
}

/// Returns a line for each file that is over its budget.
fn fill(kind: Kind, dist: &Path, stamp: PathBuf) -> Result<Vec<String>> {
    let start = Instant::now();
    tools::provide(&tools::BUILD)?;
    let bound = wasm::bound(kind)?;
    let style = read(&paths::www().join("style.css"))?;
    let later_style = read(&paths::www().join("later.css"))?;
    let later_script = read(&paths::www().join("later.js"))?;
    let page = read(&paths::www().join("page.js"))?;
    let loader = read(&paths::www().join("loader.js"))?;

    let minify = kind == Kind::Small;
    let (style, later_style) = styles(&style, &later_style, minify)?;
    let later_module = script::later(&later_script, &bound.later_glue, &later_style, minify)?;
    let mut files = vec![(String::new(), "wasm", bound.first), ("later-".to_owned(), "wasm", bound.later)];
    for language in Language::ALL {
        for (later, lines) in [("", language.first_lines()), ("later-", language.later_lines())] {
            files.push((format!("{}-{later}", language.code()), "js", words(lines).into_bytes()));
        }
    }
    files.push(("later-".to_owned(), "js", later_module.into_bytes()));
    // One for all files: in the script they take no more than that, and a list has all of one version or none.
    let version = &hash(&files.iter().map(|(.., bytes)| &**bytes).collect::<Vec<_>>())[..8];
    let beside: Vec<(PathBuf, Vec<u8>)> = files
        .into_iter()
        .map(|(name, kind, bytes)| (dist.join(format!("stichwort-{name}{version}.{kind}")), bytes))
        .collect();
    let script = dist.join("stichwort.js");
    let stamp = Stamp::new(
        stamp,
        &[
            concat!(
                include_str!("dist.rs"),
                include_str!("script.rs"),
                include_str!("sinks.rs"),
                include_str!("npm/minify.mjs")
            )
            .as_bytes(),
            kind.name().as_bytes(),
            style.as_bytes(),
            page.as_bytes(),
            loader.as_bytes(),
            bound.glue.as_bytes(),
            version.as_bytes(),
            tools::npm_lock()?.as_bytes(),
        ],
    );
    let files: Vec<&Path> =
        [&script].into_iter().chain(beside.iter().map(|(file, _)| file)).map(PathBuf::as_path).collect();
    if stamp.is_fresh(&files) {
        println!("{} is up to date", paths::shown(dist));
    } else {
        stamp.remove()?;
        fs::create_dir_all(dist)?;
        let parts = Parts { style: &style, page: &page, loader: &loader, glue: &bound.glue, version, minify };
        let text = step("putting stichwort.js together", || parts.script())?;
        // The script last: a page that is served meanwhile never names a file that is not there.
        for (file, bytes) in &beside {
            write_if_changed(file, bytes)?;
        }
        write_if_changed(&script, text.as_bytes())?;
        remove_old(dist, &files)?;
        stamp.set()?;
    }
    // Compressing what is not published only costs time.
    let too_heavy = if kind == Kind::Small { size::table(&files)? } else { Vec::new() };
    println!("built {} in {}", paths::shown(dist), seconds(start));
    Ok(too_heavy)
}

/// A module of words. In a template a line break is one byte.
fn words(lines: &str) -> String {
    let text = lines.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${");
    format!("export default `{text}`\n")
}

/// Takes away what other builds have left.
fn remove_old(dist: &Path, current: &[&Path]) -> Result<()> {
    for entry in fs::read_dir(dist)? {
        let path: PathBuf = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("stichwort-") && !current.contains(&path.as_path()) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("expected {}, cannot read it", paths::shown(path)))
}
