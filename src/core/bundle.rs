//! Reading a bundle.
mod error;
pub use error::{BundleError, JsonKind, Problem};
use crate::store::Store;

/// A bundle that has been read.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// Its articles.
    pub store: Store,
    /// The feed's `title`; empty without one.
    pub title: String,
    /// The publisher's page, absolute.
    pub home_page_url: Option<String>,
    /// The feed's language as a BCP 47 tag.
    pub language: Option<String>,
    /// What was wrong and has been recovered from.
    pub problems: Vec<Problem>,
    pub problem_count: usize,
}

/// Reads a bundle as its bytes come in.
#[derive(Debug)]
pub struct Reader {}

impl Reader {
    /// `base` is the bundle's absolute address, `now` in milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn new(_base: &str, _now: i64) -> Self {
        Self {}
    }

    /// Takes the next bytes.
    pub fn push(&mut self, _bytes: &[u8]) -> Result<(), BundleError> {
        Ok(())
    }

    /// Says that the document is complete.
    pub fn finish(self) -> Result<Bundle, BundleError> {
        Ok(Bundle::default())
    }
}
