//! Escaping for the three places where a bundle's text can go in HTML: text, attributes, links.

use crate::ascii;

/// Appends `text` as the text of an element.
pub fn text(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            other => html.push(other),
        }
    }
}

/// Appends `value` as an attribute's value between double quotes.
pub fn attribute(value: &str, html: &mut String) {
    for character in value.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}

/// Whether `url` may stand in a link or an image: only `http` and `https`.
///
/// Addresses in a bundle have been through [`crate::url::resolve`] already. This
/// is the second lock, on the side where it would hurt.
#[must_use]
pub fn is_link(url: &str) -> bool {
    let scheme = ascii::split_once(url, b':').map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}
