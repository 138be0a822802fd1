//! Writes bundles of any size, for demonstrations and measurements.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result};

/// Writes a bundle to a file, or to standard output.
pub(crate) fn write(articles: usize, file: Option<&Path>) -> Result<()> {
    let Some(path) = file else {
        return match stream(articles, io::stdout().lock()) {
            // Whoever reads has seen enough (`| head`).
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            result => result.context("cannot write to standard output"),
        };
    };
    let file = File::create(path).with_context(|| format!("cannot create {}", path.display()))?;
    stream(articles, file).with_context(|| format!("cannot write {}", path.display()))
}

fn stream(articles: usize, output: impl Write) -> io::Result<()> {
    let mut output = BufWriter::with_capacity(1 << 16, output);
    let mut result = Ok(());
    stichwort_core::sample::bundle(articles, &mut |text| {
        if result.is_ok() {
            result = output.write_all(text.as_bytes());
        }
    });
    result.and_then(|()| output.flush())
}
