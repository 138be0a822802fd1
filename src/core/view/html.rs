//! Writes the view as HTML.

use super::escape;
use super::node::{Name, Tree};

/// A view as HTML, without white space of its own.
#[must_use]
pub fn to_html(tree: &Tree) -> String {
    element_to_html(tree, 0)
}

/// One element of a view, with all that is in it.
#[must_use]
pub fn element_to_html(tree: &Tree, index: u32) -> String {
    let mut html = String::new();
    write(tree, index, &mut html);
    html
}

fn write(tree: &Tree, index: u32, html: &mut String) {
    let name = tree.element(index).name;
    html.push('<');
    html.push_str(name.name());
    for number in tree.attributes_of(index) {
        let (attribute, value) = tree.attribute(number);
        html.push(' ');
        html.push_str(attribute.name());
        html.push_str("=\"");
        escape::attribute(tree.value_text(value), html);
        html.push('"');
    }
    html.push('>');
    if matches!(name, Name::Img | Name::Input) {
        return; // a void element: it has no content and no end tag
    }
    escape::text(tree.text_of(index), html);
    tree.children(index).for_each(|child| write(tree, child, html));
    html.push_str("</");
    html.push_str(name.name());
    html.push('>');
}
