//! The element's attributes and what surrounds it, as core's typed values.

use stichwort_core::date::Day;
use stichwort_core::later::Later;
use stichwort_core::options::{ATTRIBUTES, Options};
use stichwort_core::state::Surroundings;
use stichwort_core::view::escape;

use crate::page::{self, Element};

/// What the attributes say, and a warning for each that says nothing sensible.
///
/// Without the part of the program that comes later, those that need nothing of it; the loader sees to it that there
/// are no others.
pub(crate) fn read(host: &Element, later: Option<Later>) -> (Options, Vec<String>) {
    let mut options = Options::default();
    let mut warnings = Vec::new();
    for name in ATTRIBUTES {
        let mut value = host.get_attribute(name).unwrap_or_default();
        let address = value.trim_ascii();
        if matches!(name, "src" | "home") && !address.is_empty() {
            let url = page::resolve(host, address).filter(|url| name == "src" || escape::is_link(url));
            // Who has no bundle says so anyway.
            if url.is_none() && name == "home" {
                warnings.push(["attribute home: expected an address, found \"", &value, "\""].concat());
            }
            value = url.unwrap_or_default();
        }
        if let Err(warning) = options.set_with(later, name, &value) {
            warnings.push(warning);
        }
    }
    (options, warnings)
}

/// What stands around the element.
pub(crate) fn surroundings(host: &Element) -> Surroundings {
    Surroundings {
        has_fallback: page::has_fallback(host),
        fallback_link: page::fallback_link(host),
        page_language: page::page_language(host),
        browser_languages: list(page::language),
        hosts: list(page::host),
        can_copy: page::can_copy(),
        today: Some(today()),
        link: None,
    }
}

/// The visitor's day.
pub(crate) fn today() -> Day {
    let today = page::today();
    Day { year: (today / 10_000) as u16, month: (today / 100 % 100) as u8, day: (today % 100) as u8 }
}

/// The items that the page numbers from 0.
fn list(item: fn(usize) -> Option<String>) -> Vec<String> {
    let mut list = Vec::new();
    while let Some(item) = item(list.len()) {
        list.push(item);
    }
    list
}
