//! `stichwort.js`: style, glue and loader in one file that runs as classic script and as module.

use anyhow::{Context, Result, bail, ensure};

use crate::process::{self, command};
use crate::sinks;
use crate::tools::npm_program;

/// What the script is made of.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// `www/style.css`.
    pub(crate) style: &'a str,
    /// `www/loader.js`.
    pub(crate) loader: &'a str,
    /// wasm-bindgen's glue for no modules.
    pub(crate) glue: &'a str,
    /// Name of the Wasm file beside the script.
    pub(crate) wasm: &'a str,
    /// Whether names and line breaks may go.
    pub(crate) minify: bool,
}

impl Parts<'_> {
    /// Puts the script together and refuses one that breaks our promises.
    pub(crate) fn script(&self) -> Result<String> {
        let style = esbuild(self.style, &["--loader=css"], self.minify).context("www/style.css cannot be minified")?;
        let whole = assemble(style.trim_end(), self.wasm, &without_current_script(self.glue)?, self.loader)?;
        let script = esbuild(&whole, &["--loader=js", "--target=es2022"], self.minify)
            .context("www/loader.js and the glue of wasm-bindgen make no script")?;
        check(&script)?;
        Ok(script)
    }
}

/// Everything in one function, so that no name of ours becomes a global; the
/// glue in one more, so that each call gives a program with a memory of its own.
fn assemble(style: &str, wasm: &str, glue: &str, loader: &str) -> Result<String> {
    let style = serde_json::to_string(style)?;
    let wasm = serde_json::to_string(wasm)?;
    Ok(format!(
        "(() => {{\n\"use strict\";\nconst STYLE = {style};\nconst WASM = {wasm};\n\
         function program() {{\n{glue}\nreturn wasm_bindgen;\n}}\n{loader}\n}})();\n"
    ))
}

/// The glue would take the address of the Wasm file from the script that runs.
///
/// It gets that file from the loader. What it asks for may throw, where the
/// running script is an inline one of a page without an address (`about:srcdoc`).
fn without_current_script(glue: &str) -> Result<String> {
    const CONDITION: &str = "typeof document !== 'undefined' && document.currentScript !== null";
    ensure!(
        glue.matches(CONDITION).count() == 1,
        "expected `{CONDITION}` once in the glue of wasm-bindgen; has another version of it been locked? \
         Look at what it does with document.currentScript and change src/xtask/script.rs"
    );
    Ok(glue.replace(CONDITION, "false"))
}

fn esbuild(text: &str, arguments: &[&str], minify: bool) -> Result<String> {
    let mut esbuild = command(npm_program("esbuild"));
    esbuild.args(arguments).args(["--charset=utf8", "--log-level=warning", "--legal-comments=none"]);
    if minify {
        esbuild.arg("--minify");
    }
    Ok(String::from_utf8(process::filter(&mut esbuild, text.as_bytes())?)?)
}

/// What the docs promise of the file.
fn check(script: &str) -> Result<()> {
    if let Some((line, sink)) = sinks::first(script) {
        let text = script.lines().nth(line - 1).unwrap_or_default();
        let at = text.find(sink).unwrap_or(0);
        let around: String = text.chars().skip(text[..at].chars().count().saturating_sub(60)).take(140).collect();
        bail!(
            "dist/stichwort.js would hold the HTML sink `{sink}` in line {line}:\n  {around}\n\
             Text must stay text: build nodes with createElement and textContent. If it stems from \
             the glue of wasm-bindgen, an import such as js_sys::Function::new_no_args brings it"
        );
    }
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
    fn style_and_names_become_strings_of_one_function() {
        let script = assemble("a::after{content:\"\\201E\"}", "s-1.wasm", "let wasm_bindgen = 1;", "program();");
        let expected = "(() => {\n\"use strict\";\nconst STYLE = \"a::after{content:\\\"\\\\201E\\\"}\";\n\
                        const WASM = \"s-1.wasm\";\nfunction program() {\nlet wasm_bindgen = 1;\n\
                        return wasm_bindgen;\n}\nprogram();\n})();\n";
        assert_eq!(script.unwrap(), expected);
    }

    #[test]
    fn glue_of_another_kind_is_refused() {
        assert!(without_current_script("let wasm_bindgen = 1;").is_err());
    }
}
