//! Where things lie: in the working tree, in `target`, in the user's cache.

use std::env;
use std::path::{Path, PathBuf};

/// The top of the working tree.
pub(crate) fn root() -> PathBuf {
    // Cargo says it at run time, so a tree that was moved still works.
    let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let mut root = PathBuf::from(manifest);
    root.pop();
    root.pop();
    root
}

/// Pages, styles and the loader.
pub(crate) fn www() -> PathBuf {
    root().join("www")
}

/// What a publisher uploads.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's folder for what is built.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The Wasm build's own folder, so that it never waits for a native build nor undoes one.
pub(crate) fn wasm_target() -> PathBuf {
    target().join("wasm-build")
}

/// The folder with the npm manifest and, once installed, `node_modules`.
pub(crate) fn npm() -> PathBuf {
    root().join("src/xtask/npm")
}

/// The harness that measures, with an npm manifest of its own.
pub(crate) fn bench() -> PathBuf {
    root().join("tests/bench")
}

/// Tools that `cargo install` compiled, shared by all working trees of a user.
pub(crate) fn tools() -> PathBuf {
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute())
        .or_else(|| env::home_dir().map(|home| home.join(".cache")));
    cache.unwrap_or_else(target).join("stichwort/tools")
}

/// Finds a program in `PATH`.
pub(crate) fn in_path(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|p| p.is_file())
}

/// A path as a person reads it: relative to the working tree where it lies in it.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
