//! The usual setting of a test: a bundle at `news.json` and one element.

use serde_json::Value;
use stichwort_tests::{
    bundles::{self, Match},
    document::Document,
    page::Page,
    reply::Reply,
    widget::Widget,
};

/// Opens sixty articles in an element with these further attributes.
pub(crate) async fn typical<'a>(page: &'a Page, attributes: &str) -> (Value, Widget<'a>) {
    let bundle = bundles::typical();
    let list = shown(page, &bundle, attributes).await;
    (bundle, list)
}

/// The files of `dist/` whose names begin and end like this, each by its name with what is in it.
pub(crate) fn dist_files(start: &str, end: &str) -> Vec<(String, Vec<u8>)> {
    let dist = std::env::var("STICHWORT_DIST").expect("the tests know where dist is");
    let files = std::fs::read_dir(dist).expect("dist is there").map(|entry| entry.expect("it can be read"));
    let named = files.map(|file| (file.file_name().into_string().expect("names are text"), file.path()));
    let wanted = named.filter(|(name, _)| name.starts_with(start) && name.ends_with(end));
    let found: Vec<_> = wanted.map(|(name, path)| (name, std::fs::read(path).expect("it can be read"))).collect();
    assert!(!found.is_empty(), "no {start}…{end} in dist");
    found
}

/// The part of the program that comes first: its name, and what is in it.
pub(crate) fn first_part() -> (String, Vec<u8>) {
    let mut programs = dist_files("stichwort-", ".wasm");
    programs.retain(|(name, _)| !name.starts_with("stichwort-later-"));
    programs.pop().expect("there is a program")
}

/// Lets the time after which a silent server is given up be three seconds.
pub(crate) fn quick() -> String {
    let silence = constant(include_str!("../../www/page.js"), "SILENCE");
    format!(
        "<script>{{ const own = setTimeout; \
         window.setTimeout = (what, wait) => own(what, wait === {silence} ? 3000 : wait); }}</script>"
    )
}

/// Lets what would happen after so many milliseconds never happen.
pub(crate) fn never(wait: u32) -> String {
    format!(
        "<script>{{ const own = setTimeout; \
         window.setTimeout = (what, wait) => wait === {wait} || own(what, wait); }}</script>"
    )
}

/// Puts a clipboard into the page that does this with a text.
pub(crate) fn clipboard(write: &str) -> String {
    format!(
        "<script>Object.defineProperty(navigator, 'clipboard', \
         {{ value: {{ writeText: async (text) => {{ {write} }} }} }});</script>"
    )
}

/// What a constant of a script says: a test that knew it by heart would no longer test anything when it changes.
pub(crate) fn constant(script: &str, name: &str) -> u32 {
    let value = script.split_once(&format!("const {name} = ")).and_then(|(_, rest)| rest.split_once(';'));
    value.and_then(|(value, _)| value.parse().ok()).unwrap_or_else(|| panic!("expected `const {name} = NUMBER;`"))
}

/// Opens a bundle in an element with these further attributes and waits for its teasers.
pub(crate) async fn shown<'a>(page: &'a Page, bundle: &Value, attributes: &str) -> Widget<'a> {
    let list = opened(page, Reply::json(bundle), attributes).await;
    list.loaded().await;
    list
}

/// Opens an element whose bundle is answered like this, and waits for nothing.
pub(crate) async fn opened<'a>(page: &'a Page, reply: Reply, attributes: &str) -> Widget<'a> {
    page.site().serve("news.json", reply);
    page.open(Document::with_element(&format!(r#"src="news.json" {attributes}"#))).await;
    page.widget()
}

/// The list shows what matches by a naive count, in the bundle's order.
pub(crate) async fn check_selection(list: &Widget<'_>, bundle: &Value, chosen: &[&str], how: Match) {
    list.wait_matches(bundles::matches(bundle, chosen, how)).await;
    let mut expected = bundles::headlines(bundle, chosen, how);
    expected.truncate(20);
    assert_eq!(list.headlines().await, expected, "{chosen:?}");
    let mut sorted = chosen.to_vec();
    sorted.sort_unstable();
    assert_eq!(list.pressed().await, sorted);
}
