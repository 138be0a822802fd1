//! wasm-bindgen's glue, without what our loader never uses, and with the short names that the optimiser gave.
//!
//! The glue is written for every way to load a program; it would be a third of
//! the script. We know the one way, so its general parts go. What is looked for
//! must be there exactly as it was when this was written: another version of
//! wasm-bindgen is refused until somebody has looked at what it does now.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// What wasm-bindgen wraps around the glue. The address of the running script, which is asked for here, is not
/// needed, and the question may throw: in an inline script of a page without an address (`about:srcdoc`).
const HEAD: &str = "let wasm_bindgen = (function(exports) {
    let script_src;
    if (typeof document !== 'undefined' && document.currentScript !== null) {
        script_src = new URL(document.currentScript.src, location.href).toString();
    }
";

/// What becomes of a text in the glue.
const CHANGES: [(&str, &str); 17] = [
    // Declarations of the loader's own scope.
    (HEAD, ""),
    // Only the long way to hand over a text, below, asks for it.
    (
        "
    if (!('encodeInto' in cachedTextEncoder)) {
        cachedTextEncoder.encodeInto = function (arg, view) {
            const buf = cachedTextEncoder.encode(arg);
            view.set(buf);
            return {
                read: arg.length,
                written: buf.length
            };
        };
    }
",
        "",
    ),
    // Texts are given by the function below.
    (VIEW, GIVE),
    ("        cachedDataViewMemory0 = null;\n", ""),
    // The program never asks for these values. What is none is the number 0, which stands for null then.
    (CONSTANTS, ""),
    // It only makes the first text sooner than it is needed.
    ("    cachedTextDecoder.decode();\n", ""),
    (
        "cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0",
        "!cachedUint8ArrayMemory0?.length",
    ),
    // The short of two ways to hand over a text. The other is quicker with long ones; ours are attributes.
    ("        if (realloc === undefined) {\n", "        {\n"),
    (LONG_WAY, "            return ptr;\n        }\n    }\n"),
    // Objects with a prototype do as well.
    ("        return {\n            __proto__: null,\n", "        return {\n"),
    // The later part brings those that it alone imports.
    ("    function __wbg_get_imports() {\n        const import0 = {\n            __proto__: null,\n", IMPORTS),
    (NUMBERS, ""),
    ("getUint32ArrayMemory0().subarray(ptr / 4, ptr / 4 + len)", "new Uint32Array(wasm.memory.buffer, ptr, len)"),
    ("        cachedUint32ArrayMemory0 = null;\n", ""),
    // Nobody asks for them.
    ("    let wasmModule, wasmInstance, wasm;\n", "    let wasm;\n"),
    ("        wasmInstance = instance;\n", ""),
    ("        wasmModule = module;\n", ""),
];

/// Where the list of what the program imports begins.
const IMPORTS: &str = "    function __wbg_get_imports(further) {
        const import0 = {
            ...further,
";

/// Keeping a view of the memory for lists of numbers, which are lent too seldom for that.
const NUMBERS: &str = "    let cachedUint32ArrayMemory0 = null;
    function getUint32ArrayMemory0() {
        if (cachedUint32ArrayMemory0 === null || cachedUint32ArrayMemory0.byteLength === 0) {
            cachedUint32ArrayMemory0 = new Uint32Array(wasm.memory.buffer);
        }
        return cachedUint32ArrayMemory0;
    }
";

/// Writing numbers for the program. A detached buffer is another one than the memory's.
const VIEW: &str = "    let cachedDataViewMemory0 = null;
    function getDataViewMemory0() {
        if (cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer.detached === true || \
    (cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)) {
            cachedDataViewMemory0 = new DataView(wasm.memory.buffer);
        }
        return cachedDataViewMemory0;
    }
";

/// Gives the program a text, or none: where that lies and how long it is. The memory may grow for it, and is another buffer
/// then.
const GIVE: &str = "    function giveString(arg0, ret) {
        const ptr1 = isLikeNone(ret) ? 0 : passStringToWasm0(ret, wasm.__wbindgen_malloc);
        new Uint32Array(wasm.memory.buffer, arg0 >>> 0, 2).set([ptr1, WASM_VECTOR_LEN]);
    }
";

/// The same as the glue writes it out: what is always a text, and what may be none.
const GIVING: [&str; 2] = [
    "                const ptr1 = passStringToWasm0(ret, wasm.__wbindgen_malloc);
                const len1 = WASM_VECTOR_LEN;
                getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
                getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);
",
    "                var ptr1 = isLikeNone(ret) ? 0 : passStringToWasm0(ret, wasm.__wbindgen_malloc);
                var len1 = WASM_VECTOR_LEN;
                getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
                getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);
",
];

/// The values that have numbers before there is any object.
const CONSTANTS: &str = "                const table = wasm.__wbindgen_externrefs;
                table.set(0, undefined);
                table.set(1024, undefined);
                table.set(1025, null);
                table.set(1026, true);
                table.set(1027, false);
";

/// How two texts are handed over. Who cannot take them has broken down and is never called again, so that there is nothing
/// to free in it.
const TRYING: &str = "        let ptr0, len0, ptr1, len1;
        try {
";
const FREEING: &str = " catch (e) {
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
            throw e;
        }
";

/// How a text is handed over where the memory that it needs can grow; before it stands how it is done where not.
const LONG_WAY: &str = "            return ptr;
        }

        let len = arg.length;
        let ptr = malloc(len, 1) >>> 0;

        const mem = getUint8ArrayMemory0();

        let offset = 0;

        for (; offset < len; offset++) {
            const code = arg.charCodeAt(offset);
            if (code > 0x7F) break;
            mem[ptr + offset] = code;
        }
        if (offset !== len) {
            if (offset !== 0) {
                arg = arg.slice(offset);
            }
            ptr = realloc(ptr, len, len = offset + arg.length * 3, 1) >>> 0;
            const view = getUint8ArrayMemory0().subarray(ptr + offset, ptr + len);
            const ret = cachedTextEncoder.encodeInto(arg, view);

            offset += ret.written;
            ptr = realloc(ptr, len, offset, 1) >>> 0;
        }

        WASM_VECTOR_LEN = offset;
        return ptr;
    }
";

/// Where the ways to load a program begin. They reach to the end.
const TAIL: &str = "\n    async function __wbg_load(module, imports) {";

/// The glue as a list of declarations: each export is a function, and the program runs after
/// `__wbg_finalize_init(instance)` of an instance that was made with `__wbg_get_imports()`.
pub(crate) fn lean(glue: &str) -> Result<String> {
    let mut lean = glue.replace("\r\n", "\n");
    for (from, to) in CHANGES {
        lean = replace_one(&lean, from, to)?;
    }
    lean = lean.replace(", wasm.__wbindgen_realloc)", ")");
    ensure!(lean.matches(TRYING).count() == lean.matches(FREEING).count(), unknown(FREEING));
    lean = lean.replace(TRYING, &TRYING.replace("try ", "")).replace(FREEING, "\n");
    for giving in GIVING {
        lean = lean.replace(giving, "                giveString(arg0, ret);\n");
    }
    ensure!(!lean.contains("getDataViewMemory0"), unknown("getDataViewMemory0"));
    let end = lean.find(TAIL).with_context(|| unknown(TAIL))?;
    lean.truncate(end);
    // Each export is called by its own name.
    let is_kept = |line: &&str| !(line.starts_with("    exports.") && line.ends_with(';'));
    // What the program imports needs no `this`.
    let as_arrow = |line: &str| match line.strip_prefix("            ").and_then(|line| line.split_once(": function("))
    {
        Some((name, rest)) => format!("            {name}: ({}", rest.replace(") {", ") => {")),
        None => line.to_owned(),
    };
    Ok(lean.lines().filter(is_kept).fold(String::new(), |text, line| text + &as_arrow(line) + "\n"))
}

/// What `wasm-opt --minify-imports-and-exports-and-modules` prints.
#[derive(Debug, Deserialize)]
pub(crate) struct Names {
    /// Module, old and new name.
    imports: Vec<(String, String, String)>,
    /// Old and new name.
    exports: Vec<(String, String)>,
}

impl Names {
    /// The short name of an export.
    pub(crate) fn export(&self, name: &str) -> Option<&str> {
        self.exports.iter().find(|(old, _)| old == name).map(|(_, new)| &**new)
    }

    /// The short names of the exports that the glue does not name.
    pub(crate) fn uncalled(&self, glue: &str) -> Vec<&str> {
        let called: BTreeSet<&str> = glue.split("wasm.").skip(1).map(|part| part.split_at(name_end(part)).0).collect();
        self.exports.iter().map(|(_, new)| &**new).filter(|name| !called.contains(name)).collect()
    }
}

/// The name of the only module that is imported from.
const MODULE: (&str, &str) = ("\"./widget_bg.js\": import0", "a: import0");

/// The glue of a program whose imports and exports have been given short names.
///
/// wasm-bindgen's own end in a hash, which no compression makes smaller, and stand in both files.
pub(crate) fn renamed(glue: &str, names: &Names) -> Result<String> {
    let mut renamed = replace_one(glue, MODULE.0, MODULE.1)?;
    for (_, old, new) in &names.imports {
        renamed = replace_one(&renamed, &format!("            {old}: ("), &format!("            {new}: ("))?;
    }
    let exports: BTreeMap<&str, &str> = names.exports.iter().map(|(old, new)| (&**old, &**new)).collect();
    let mut parts = renamed.split("wasm.");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (old, rest) = part.split_at(name_end(part));
        let new = exports.get(old).with_context(|| unknown(&format!("wasm.{old}")))?;
        text = text + "wasm." + new + rest;
    }
    Ok(text)
}

/// The exports that `www/later.js` alone calls.
const LATER_EXPORTS: [&str; 4] = ["blur", "copied", "scroll", "work"];

/// Takes out of the glue what only the later part asks for: what it alone imports (others are `imported` by the first part),
/// the functions that this alone needs, and [`LATER_EXPORTS`]. It stands within the function of `www/later.js` then, to
/// which the program is a function, because it may be another one by now.
pub(crate) fn split(glue: &str, imported: &BTreeSet<String>) -> Result<(String, String)> {
    let (head, rest) = glue.split_once(IMPORTS).with_context(|| unknown(IMPORTS))?;
    let (imports, tail) = rest.split_once("        };\n").with_context(|| unknown("the end of what is imported"))?;
    let is_first = |import: &&str| import.trim_start().split(':').next().is_some_and(|name| imported.contains(name));
    let (first, later): (Vec<&str>, Vec<&str>) = imports.split_inclusive("            },\n").partition(is_first);
    let whole = [head, IMPORTS, &first.concat(), "        };\n", tail].concat();
    let mut first = whole.clone();
    let mut later = format!("const imports = {{\n{}}};\n", later.concat());
    for (name, function) in functions(&whole) {
        // Behind the imports are the functions that they need; the loader calls those with underscores.
        let is_helper = tail.contains(function) && !name.starts_with("__");
        if LATER_EXPORTS.contains(&name) || is_helper && whole.matches(&format!("{name}(")).count() == 1 {
            first = replace_one(&first, function, "")?;
            later += function;
        }
    }
    Ok((first, later.replace("wasm.", "program().")))
}

/// The functions of the glue, with their names.
fn functions(glue: &str) -> impl Iterator<Item = (&str, &str)> {
    const START: &str = "    function ";
    const END: &str = "\n    }\n";
    glue.match_indices(START).filter_map(|(start, _)| {
        let function = &glue[start..];
        let name = &function[START.len()..];
        Some((&name[..name_end(name)], &function[..function.find(END)? + END.len()]))
    })
}

/// Where the name ends that a text begins with.
fn name_end(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}

fn replace_one(text: &str, from: &str, to: &str) -> Result<String> {
    ensure!(text.matches(from).count() == 1, unknown(from));
    Ok(text.replace(from, to))
}

fn unknown(part: &str) -> String {
    format!(
        "expected this once in the glue of wasm-bindgen:\n{part}\nHas another version of it been locked? \
         Look at what it does now and change src/xtask/glue.rs"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_changed_where_they_are_names() {
        let glue = "            __wbg_now_1: () => {\n                wasm.push(now);\n            },\n\
                    \"./widget_bg.js\": import0,\nfunction push() { wasm.push2(push); }\n";
        let names = serde_json::from_str(
            r#"{"imports": [["./widget_bg.js", "__wbg_now_1", "A"]], "exports": [["push", "B"], ["push2", "C"], ["free", "D"]]}"#,
        );
        let expected = "            A: () => {\n                wasm.B(now);\n            },\n\
                        a: import0,\nfunction push() { wasm.C(push); }\n";
        let names: Names = names.unwrap();
        assert_eq!(renamed(glue, &names).unwrap(), expected);
        assert_eq!(names.uncalled(expected), ["D"]);
    }

    #[test]
    fn what_the_later_part_alone_asks_for_is_taken_out() {
        let function = |name: &str, body: &str| format!("    function {name}() {{\n        {body}\n    }}\n");
        let import =
            |name: &str, body: &str| format!("            {name}: () => {{\n                {body}\n            }},\n");
        let [press, scroll] = [function("press", "wasm.B();"), function("scroll", "wasm.C();")];
        let [now, mark] = [import("A", "giveString();"), import("Z", "getNumbers();")];
        let [give, numbers] = [function("giveString", "wasm.D();"), function("getNumbers", "wasm.E();")];
        let glue = [&*press, &scroll, IMPORTS, &now, &mark, "        };\n", &give, &numbers].concat();
        let (first, later) = split(&glue, &BTreeSet::from(["A".to_owned()])).unwrap();
        assert_eq!(first, [&*press, IMPORTS, &now, "        };\n", &give].concat());
        let expected = ["const imports = {\n", &*mark, "};\n", &scroll, &numbers].concat();
        assert_eq!(later, expected.replace("wasm.", "program()."));
    }

    #[test]
    fn a_name_that_the_program_does_not_have_is_refused() {
        let names = Names { imports: Vec::new(), exports: Vec::new() };
        assert!(renamed("\"./widget_bg.js\": import0; wasm.push();", &names).is_err());
    }

    #[test]
    fn glue_of_another_kind_is_refused() {
        assert!(lean("let wasm_bindgen = 1;").is_err());
    }
}
