//! Writes the view as HTML.

use super::escape;
use super::node::{Content, Element, Name};

/// `element` as HTML, without white space of its own.
#[must_use]
pub fn to_html(element: &Element) -> String {
    let mut html = String::new();
    write(element, &mut html);
    html
}

fn write(element: &Element, html: &mut String) {
    let name = element.name.name();
    html.push('<');
    html.push_str(name);
    for (attribute, value) in &element.attributes {
        html.push(' ');
        html.push_str(attribute.name());
        html.push_str("=\"");
        escape::attribute(value, html);
        html.push('"');
    }
    html.push('>');
    if element.name == Name::Img {
        return; // a void element: it has no content and no end tag
    }
    match &element.content {
        Content::Text(text) => escape::text(text, html),
        Content::Children(children) => children.iter().for_each(|child| write(child, html)),
    }
    html.push_str("</");
    html.push_str(name);
    html.push('>');
}
