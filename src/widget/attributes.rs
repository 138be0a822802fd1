//! The element's attributes and what surrounds it, as core's typed values.

use stichwort_core::options::{FIRST_ATTRIBUTES, Options};
use stichwort_core::state::{Surroundings, best_language};
use stichwort_core::view::escape;

use crate::page::{self, Element};

/// Reads the attributes that the program's first part understands; the loader sees to it that no others are set. True if
/// one has an invalid value, which the later part has to report.
pub(crate) fn read_first(host: &Element) -> (Options, bool) {
    let mut options = Options::default();
    let mut is_odd = false;
    for name in &FIRST_ATTRIBUTES {
        let (value, is_address) = value_of(host, name);
        is_odd |= !options.set_first(name, &value) || !is_address;
    }
    (options, is_odd)
}

/// An attribute's value, an address as an absolute one. False where it should be one and is none.
pub(crate) fn value_of(host: &Element, name: &str) -> (String, bool) {
    let value = host.get_attribute(name).unwrap_or_default();
    let address = value.trim_ascii();
    if address.is_empty() || !matches!(name, "src" | "home") {
        return (value, true);
    }
    let url = page::resolve(host, address).filter(|url| name == "src" || escape::is_link(url));
    let is_address = url.is_some() || name == "src"; // who has no bundle says so anyway
    (url.unwrap_or_default(), is_address)
}

/// What stands around the element, but for what only the program's later part asks: that adds it by itself.
pub(crate) fn surroundings(host: &Element) -> Surroundings {
    Surroundings {
        has_fallback: page::has_fallback(host),
        fallback_link: page::fallback_link(host),
        page_language: page::page_language(host),
        browser_language: best_language(page::language),
        can_copy: page::can_copy(),
        ..Surroundings::default()
    }
}
