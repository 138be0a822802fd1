//! What files weigh on the way to a visitor.

use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::ops::AddAssign;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::paths;
use crate::stamp::write_if_changed;
use crate::tools::hash;

/// What each file may weigh, compressed by brotli: what was reached, and a little for small changes.
///
/// A German list loads the script, the words and the first part of the program; their sum is to stay below [`LIST`].
const BUDGETS: [Budget; 5] = [
    Budget { prefix: "stichwort.", suffix: ".js", brotli: 8_920 },
    Budget { prefix: "stichwort-later-", suffix: ".js", brotli: 5_310 },
    Budget { prefix: "stichwort-later-", suffix: ".wasm", brotli: 41_440 },
    Budget { prefix: "stichwort-", suffix: ".js", brotli: 700 },
    Budget { prefix: "stichwort-", suffix: ".wasm", brotli: 30_520 },
];

/// What a file of such a name may weigh.
struct Budget {
    prefix: &'static str,
    suffix: &'static str,
    brotli: usize,
}

/// One file's weight in bytes, as it is and compressed as well as servers can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// What a page in another language loads in its place.
const SHOWN_LANGUAGE: &str = "stichwort-de-";

/// What a German list may weigh now.
const LIST: usize = 39_970;

/// What a German list is to weigh at most with all features that there will ever be, in its first paint.
const CEILING: usize = 40_000;

/// Prints what files weigh, with the sums of what a German list needs and of what it takes to do all that can be done
/// with it; returns a line for each file that weighs more than its budget.
pub(crate) fn table(files: &[&Path]) -> Result<Vec<String>> {
    println!("{:<28} {:>9} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip", "brotli", "budget");
    let (mut list, mut all) = (Weight::default(), Weight::default());
    let mut too_heavy = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let weight = remembered(file)?;
        let budget = budget(&name)?;
        let is_later = name.contains("-later-");
        let is_word = name.starts_with("stichwort-") && name.ends_with(".js") && !name.starts_with("stichwort-later-");
        if !is_word || name.starts_with(SHOWN_LANGUAGE) {
            all += weight;
            if !is_later {
                list += weight;
            }
        }
        println!("{}", row(&name, weight, budget));
        if weight.brotli > budget {
            too_heavy.push(format!(
                "{name} weighs {} bytes (brotli), its budget is {budget}: make it lighter, or say in BUDGETS of \
                 src/xtask/size.rs what the new bytes are worth",
                weight.brotli
            ));
        }
    }
    if list.brotli > LIST {
        too_heavy.push(format!(
            "a German list weighs {} bytes (brotli), LIST of src/xtask/size.rs allows {LIST}: make it lighter",
            list.brotli
        ));
    }
    println!("{}", row("a German list", list, LIST));
    println!("{:>39} {:>19} {CEILING:>9}", "its ceiling", "");
    println!("{}", row("the same with its later part", all, "-"));
    for line in &too_heavy {
        println!("{line}");
    }
    Ok(too_heavy)
}

fn budget(name: &str) -> Result<usize> {
    let fits = |budget: &&Budget| name.starts_with(budget.prefix) && name.ends_with(budget.suffix);
    let budget = BUDGETS.iter().find(fits);
    budget.map(|budget| budget.brotli).with_context(|| format!("{name} has no budget in src/xtask/size.rs"))
}

impl AddAssign for Weight {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

fn row(name: &str, Weight { raw, gzip, brotli }: Weight, budget: impl Display) -> String {
    format!("{name:<28} {raw:>9} {gzip:>9} {brotli:>9} {budget:>9}")
}

/// Compressing well takes longer than all else that a build without changes does.
fn remembered(file: &Path) -> Result<Weight> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let folder = paths::wasm_target().join("sizes");
    fs::create_dir_all(&folder)?;
    // Under what stays of its name when the version is another one.
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let (start, end) = (name.rfind('-').unwrap_or(name.len()), name.rfind('.').unwrap_or(name.len()));
    let memory = folder.join([&name[..start.min(end)], &name[end..], ".txt"].concat());
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
    Ok(Weight { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli(bytes)? })
}

/// How many bytes are left by brotli.
pub(crate) fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut compressed = Vec::new();
    // Quality and window as the command `brotli` has them by default.
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params)?;
    Ok(compressed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_a_budget() {
        assert_eq!(budget("stichwort.js").unwrap(), BUDGETS[0].brotli);
        assert_eq!(budget("stichwort-later-0123abcd.js").unwrap(), BUDGETS[1].brotli);
        assert_eq!(budget("stichwort-later-0123abcd.wasm").unwrap(), BUDGETS[2].brotli);
        assert_eq!(budget("stichwort-de-0123abcd.js").unwrap(), BUDGETS[3].brotli);
        assert_eq!(budget("stichwort-de-later-0123abcd.js").unwrap(), BUDGETS[3].brotli);
        assert_eq!(budget("stichwort-0123abcd.wasm").unwrap(), BUDGETS[4].brotli);
        assert!(budget("stichwort.wasm").is_err());
    }

    #[test]
    fn what_repeats_weighs_little() {
        let weight = weigh(&b"Stichwort ".repeat(1000)).unwrap();
        assert_eq!(weight.raw, 10_000);
        assert!(weight.gzip < 100, "{weight:?}");
        assert!(weight.brotli < weight.gzip, "{weight:?}");
    }
}
