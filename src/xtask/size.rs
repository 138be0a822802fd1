//! What files weigh on the way to a visitor.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::paths;
use crate::stamp::write_if_changed;
use crate::tools::hash;

/// One file's weight in bytes, as it is and compressed as well as servers can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// A table of the files, with their sum.
pub(crate) fn table(files: &[PathBuf]) -> Result<String> {
    let mut table = format!("{:<28} {:>9} {:>9} {:>9}\n", "bytes", "raw", "gzip", "brotli");
    let mut sum = Weight::default();
    for file in files {
        let weight = remembered(file)?;
        sum.raw += weight.raw;
        sum.gzip += weight.gzip;
        sum.brotli += weight.brotli;
        table += &row(&file.file_name().unwrap_or_default().to_string_lossy(), weight);
    }
    table += &row("all", sum);
    Ok(table)
}

fn row(name: &str, Weight { raw, gzip, brotli }: Weight) -> String {
    format!("{name:<28} {raw:>9} {gzip:>9} {brotli:>9}\n")
}

/// Compressing well takes longer than all else that a build without changes does.
fn remembered(file: &Path) -> Result<Weight> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let folder = paths::wasm_target().join("sizes");
    fs::create_dir_all(&folder)?;
    let memory = folder.join(file.file_name().unwrap_or_default()).with_extension("txt");
    let hash = hash(&[include_bytes!("size.rs"), &bytes]);
    if let Ok(text) = fs::read_to_string(&memory) {
        let mut words = text.split(' ');
        let known = words.next() == Some(&*hash);
        if let (true, Some(gzip), Some(brotli)) = (known, number(words.next()), number(words.next())) {
            return Ok(Weight { raw: bytes.len(), gzip, brotli });
        }
    }
    let weight = weigh(&bytes)?;
    write_if_changed(&memory, format!("{hash} {} {}", weight.gzip, weight.brotli).as_bytes())?;
    Ok(weight)
}

fn number(word: Option<&str>) -> Option<usize> {
    word?.parse().ok()
}

fn weigh(bytes: &[u8]) -> Result<Weight> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    let mut brotli = Vec::new();
    // Quality and window as the command `brotli` has them by default.
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut brotli, &params)?;
    Ok(Weight { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_weighs_little() {
        let weight = weigh(&b"Stichwort ".repeat(1000)).unwrap();
        assert_eq!(weight.raw, 10_000);
        assert!(weight.gzip < 100, "{weight:?}");
        assert!(weight.brotli < weight.gzip, "{weight:?}");
    }
}
