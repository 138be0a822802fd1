//! `stichwort.js`: style, glue and loader in one file that runs as classic script and as module.

use anyhow::{Context, Result, bail, ensure};
use stichwort_core::i18n::Language;

use crate::paths;
use crate::process::{self, command};
use crate::sinks;
use crate::split::{FIRST, TABLE};
use crate::tools::npm_program;

/// What the script is made of.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// `www/style.css`, as [`styles`] has it.
    pub(crate) style: &'a str,
    /// `www/page.js`.
    pub(crate) page: &'a str,
    /// `www/loader.js`.
    pub(crate) loader: &'a str,
    /// wasm-bindgen's glue, a list of declarations, but for what goes into `www/later.js`.
    pub(crate) glue: &'a str,
    /// What tells the files beside the script from those of other versions.
    pub(crate) version: &'a str,
    /// Whether names and line breaks may go.
    pub(crate) minify: bool,
}

impl Parts<'_> {
    /// Puts the script together and refuses one that breaks our promises.
    pub(crate) fn script(&self) -> Result<String> {
        let whole = assemble(self.style, self.version, &[self.glue, self.page, self.loader])?;
        let script = javascript(&whole, Goal::Script, self.minify)
            .context("www/page.js, www/loader.js and the glue of wasm-bindgen make no script")?;
        check(&script)?;
        Ok(format!("{COMPILE_NOW}\n{script}"))
    }
}

/// Asks V8 to compile all functions while the script arrives, beside the main thread, instead of each one on it as it is
/// first called: nearly all of them are, before the first teaser shows. It has to stand first. For the other engines it
/// is a comment. (WICG, Explicit JavaScript Compile Hints, file-based.)
const COMPILE_NOW: &str = "//# allFunctionsCalledOnLoad";

/// Where in `www/later.js` its part of the glue is put.
const GLUE: &str = "/* GLUE */";

/// `www/later.js` as it ships: a module, with its part of the glue and the second style sheet in it.
pub(crate) fn later(module: &str, glue: &str, style: &str, minify: bool) -> Result<String> {
    ensure!(module.matches(GLUE).count() == 1, "expected {GLUE} once in www/later.js");
    let whole = format!("const STYLE = {};\n{}", serde_json::Value::from(style), module.replace(GLUE, glue));
    let module = javascript(&whole, Goal::Module, minify).context("www/later.js makes no module")?;
    check_sinks(&module, "www/later.js")?;
    Ok(module)
}

/// The style sheets as they ship: `www/style.css`, and `www/later.css`, which uses the names of the first.
pub(crate) fn styles(style: &str, later: &str, minify: bool) -> Result<(String, String)> {
    let small = |text, name: &str| {
        let minify = minify.then_some("--minify");
        esbuild(text, ["--loader=css", "--charset=utf8"].into_iter().chain(minify))
            .with_context(|| format!("www/{name} cannot be minified"))
    };
    let whole = format!("{}\u{0}{}", small(style, "style.css")?.trim_end(), small(later, "later.css")?.trim_end());
    let whole = if minify { shortened(&whole) } else { whole };
    let (style, later) = whole.split_once('\u{0}').context("a style sheet has no end")?;
    Ok((style.to_owned(), later.to_owned()))
}

/// The style sheet with a number for each of its private custom properties `--_name`, and no spaces behind commas and
/// colons in their values, where esbuild has to leave them.
fn shortened(style: &str) -> String {
    const PREFIX: &str = "--_";
    let mut names = Vec::new();
    let mut pieces = style.split(PREFIX);
    let mut short = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_at(piece.find([':', ')', ',', ' ']).unwrap_or(piece.len()));
        let number = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        short += &format!("{PREFIX}{number:x}");
        short += rest.strip_prefix(": ").map(|value| [":", value].concat()).as_deref().unwrap_or(rest);
    }
    short.replace(", ", ",")
}

/// Everything in one function, so that no name of ours becomes a global.
fn assemble(style: &str, version: &str, parts: &[&str]) -> Result<String> {
    let style = serde_json::to_string(style)?;
    let languages = serde_json::to_string(&Language::ALL.map(Language::code))?;
    let parts = parts.join("\n");
    Ok(format!(
        "(() => {{\n\"use strict\";\nconst STYLE = {style};\nconst VERSION = \"{version}\";\nconst LANGUAGES = {languages};\n\
         const FIRST = \"{FIRST}\";\nconst TABLE = {TABLE};\n{parts}\n}})();\n"
    ))
}

/// What a text of JavaScript is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goal {
    /// In ASCII when it is written.
    Script,
    Module,
}

fn javascript(text: &str, goal: Goal, minify: bool) -> Result<String> {
    if !minify {
        let charset = if goal == Goal::Script { "--charset=ascii" } else { "--charset=utf8" };
        return esbuild(text, ["--loader=js", charset]);
    }
    let mut node = command("node");
    node.arg(paths::npm().join("minify.mjs")).arg(if goal == Goal::Script { "script" } else { "module" });
    Ok(String::from_utf8(process::filter(&mut node, text.as_bytes())?)?)
}

fn esbuild<'a>(text: &str, arguments: impl IntoIterator<Item = &'a str>) -> Result<String> {
    let mut esbuild = command(npm_program("esbuild"));
    esbuild.args(arguments).args(["--log-level=warning", "--legal-comments=none"]);
    Ok(String::from_utf8(process::filter(&mut esbuild, text.as_bytes())?)?)
}

fn check_sinks(script: &str, name: &str) -> Result<()> {
    if let Some((line, sink)) = sinks::first(script) {
        let text = script.lines().nth(line - 1).unwrap_or_default();
        let at = text.find(sink).unwrap_or(0);
        let around: String = text.chars().skip(text[..at].chars().count().saturating_sub(60)).take(140).collect();
        bail!(
            "{name} would hold the HTML sink `{sink}` in line {line}:\n  {around}\n\
             Text must stay text: build nodes with createElement and textContent. If it stems from \
             the glue of wasm-bindgen, an import such as js_sys::Function::new_no_args brings it"
        );
    }
    Ok(())
}

/// What the docs promise of the file.
fn check(script: &str) -> Result<()> {
    check_sinks(script, "dist/stichwort.js")?;
    // An old page reads it in its own encoding, where the server names none.
    ensure!(script.is_ascii(), "expected dist/stichwort.js in ASCII alone, so that it is the same in any encoding");
    let wrapped =
        script.trim_end().starts_with("(()") && script.trim_end().ends_with("})();") && !script.contains("import.meta");
    ensure!(
        wrapped,
        "expected one function call `(() => {{ ... }})();` without `import.meta`, found a script that starts with `{}`; \
         is there a brace too many in www/loader.js?",
        script.chars().take(60).collect::<String>()
    );
    // Both ways a page may load it. A classic script knows no `import` and `export` statement.
    for goal in ["commonjs", "module"] {
        let mut node = command("node");
        node.args(["--check", &format!("--input-type={goal}"), "-"]);
        process::filter(&mut node, script.as_bytes())
            .with_context(|| format!("dist/stichwort.js cannot be parsed as {goal}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_properties_have_a_number_each() {
        let style =
            ".a{--_ink: light-dark(#111, #eee);--_ink-soft: var(--x-ink, #333);color:var(--_ink-soft, var(--_ink))}";
        let short = ".a{--_0:light-dark(#111,#eee);--_1:var(--x-ink,#333);color:var(--_1,var(--_0))}";
        assert_eq!(shortened(style), short);
    }

    #[test]
    fn style_and_names_become_strings_of_one_function() {
        let script =
            assemble("a::after{content:\"\\201E\"}", "0123abcd", &["let glue = 1;", "program();"]).expect("it is text");
        for part in [
            "(() => {\n\"use strict\";\nconst STYLE = \"a::after{content:\\\"\\\\201E\\\"}\";\nconst VERSION = \"0123abcd\";\n",
            "\nconst LANGUAGES = [\"de\",",
            "];\nconst FIRST = \"b\";\nconst TABLE = 0;\nlet glue = 1;\nprogram();\n})();\n",
        ] {
            assert!(script.contains(part), "{part} in {script}");
        }
    }
}
