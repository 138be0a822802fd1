//! Remembering what files were made from, so that they are not made again.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::tools::hash;

/// A file that holds the hash of what other files were made from.
#[derive(Debug)]
pub(crate) struct Stamp {
    path: PathBuf,
    hash: String,
}

impl Stamp {
    /// `inputs` are all that the result depends on, the source text of the maker included.
    pub(crate) fn new(path: PathBuf, inputs: &[&[u8]]) -> Self {
        Self { path, hash: hash(inputs) }
    }

    /// Whether the files were made from these inputs and still exist.
    pub(crate) fn is_fresh(&self, files: &[&Path]) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|text| text == self.hash) && files.iter().all(|file| file.is_file())
    }

    /// Forgets: to be called before anything is made, so that an interruption leaves no lie.
    pub(crate) fn remove(&self) -> Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Says that the files are made.
    pub(crate) fn set(&self) -> Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.path, &self.hash).with_context(|| format!("cannot write {}", self.path.display()))
    }
}

/// Writes a file unless it already holds just that; says whether it did.
pub(crate) fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<bool> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(true)
}
