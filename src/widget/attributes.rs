//! The element's attributes and what surrounds it, as core's typed values.

use stichwort_core::options::{ATTRIBUTES, Options};
use stichwort_core::state::Surroundings;
use stichwort_core::view::escape;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node, ShadowRoot, Url};

use crate::loader;

/// What the attributes say, and a warning for each that says nothing sensible.
pub(crate) fn read(host: &HtmlElement) -> (Options, Vec<String>) {
    let mut options = Options::default();
    let mut warnings = Vec::new();
    for name in ATTRIBUTES {
        let mut value = host.get_attribute(name);
        if matches!(name, "src" | "home") {
            value = value.filter(|value| !value.trim().is_empty());
            if let Some(address) = value.take() {
                value = absolute(host, &address).filter(|url| name == "src" || escape::is_link(url));
                if value.is_none() {
                    warnings.push(["attribute ", name, ": expected an address, found \"", &address, "\""].concat());
                }
            }
        }
        if let Err(warning) = options.set(name, value.as_deref()) {
            warnings.push(warning);
        }
    }
    (options, warnings)
}

/// What stands around the element.
pub(crate) fn surroundings(host: &HtmlElement) -> Surroundings {
    let window = web_sys::window();
    let own_host = Url::new(&loader::get().base()).map(|url| url.host()).ok();
    let page_host = window.as_ref().and_then(|window| window.location().host().ok());
    let languages = window.map(|window| window.navigator().languages()).unwrap_or_default();
    Surroundings {
        has_fallback: has_fallback(host),
        fallback_link: host
            .query_selector("a[href]")
            .ok()
            .flatten()
            .and_then(|link| absolute(host, &link.get_attribute("href")?)),
        page_language: page_language(host),
        browser_languages: languages.iter().filter_map(|language| language.as_string()).collect(),
        hosts: page_host.into_iter().chain(own_host).filter(|host| !host.is_empty()).collect(),
    }
}

/// Whether the element holds something that can be seen.
fn has_fallback(host: &HtmlElement) -> bool {
    let visible = ":scope > :not(noscript, script, style, template)";
    let mut node = host.first_child();
    while let Some(child) = node {
        if child.node_type() == Node::TEXT_NODE && child.text_content().is_some_and(|text| !text.trim().is_empty()) {
            return true;
        }
        node = child.next_sibling();
    }
    host.query_selector(visible).is_ok_and(|found| found.is_some())
}

fn absolute(host: &HtmlElement, address: &str) -> Option<String> {
    let base = host.base_uri().ok().flatten().unwrap_or_default();
    Url::new_with_base(address.trim(), &base).ok().map(|url| url.href())
}

/// The nearest `lang` above the element, through the shadow roots it stands in.
fn page_language(host: &HtmlElement) -> Option<String> {
    let mut node: Option<Node> = host.parent_node();
    while let Some(current) = node {
        // Told by their kind: their class may be another window's.
        if current.node_type() == Node::ELEMENT_NODE {
            let language = current.unchecked_ref::<Element>().get_attribute("lang");
            if language.as_ref().is_some_and(|language| !language.is_empty()) {
                return language;
            }
        }
        node = match current.node_type() {
            Node::DOCUMENT_FRAGMENT_NODE => Some(current.unchecked_into::<ShadowRoot>().host().into()),
            _ => current.parent_node(),
        };
    }
    None
}
