//! How it looks, where that can be measured: what must not cover, leave or push what.

use serde_json::Value;
use stichwort_tests::{
    bundles,
    document::{Document, SCRIPT, element},
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
};

use super::setting::typical;

pub(crate) fn all() -> Vec<Test> {
    tests![
        what_is_typed_stands_beside_the_magnifier,
        it_has_a_width_where_its_content_decides,
        it_widens_no_narrow_parent,
    ]
}

/// A number that an expression gave.
#[track_caller]
fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("expected a number, found {value}"))
}

async fn what_is_typed_stands_beside_the_magnifier(page: &Page) {
    for attributes in ["", r#"facets="tags,year" date-filter="on" lang="ar""#] {
        let (_, list) = typical(page, attributes).await;
        let beside = "parseFloat(getComputedStyle(element).paddingInlineStart) \
             / parseFloat(getComputedStyle(element).fontSize)";
        assert!(number(&list.look("search", beside).await) > 2.0, "{attributes}");
    }
}

/// Puts a list into this in place of `X`; returns the widths of the page, the element and its first teaser.
async fn widths(page: &Page, surroundings: &str) -> [f64; 3] {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let inside = surroundings.replace('X', &element(r#"src="news.json""#));
    page.open(Document::new(format!(r#"<div id="parent">{inside}</div><script src="{SCRIPT}"></script>"#))).await;
    let list = page.widget();
    list.loaded().await;
    let host = list.host("return element.getBoundingClientRect().width").await;
    let teaser = list.look("teaser", "element.getBoundingClientRect().width").await;
    [number(&page.eval("document.documentElement.scrollWidth").await), number(&host), number(&teaser)]
}

async fn it_has_a_width_where_its_content_decides(page: &Page) {
    for surroundings in [
        "<table><tr><td>X</td></tr></table>",
        r#"<div style="float: left">X</div>"#,
        r#"<div style="display: inline-block">X</div>"#,
        r#"<div style="width: fit-content">X</div>"#,
        r#"<div style="position: absolute">X</div>"#,
        r#"<div style="display: flex"><div>X</div></div>"#,
        "<dialog open>X</dialog>",
        r#"<div style="writing-mode: vertical-rl">X</div>"#,
    ] {
        let [_, host, teaser] = widths(page, surroundings).await;
        assert!(host >= 400.0 && teaser >= 400.0, "{surroundings}: {host}, {teaser}");
    }
}

async fn it_widens_no_narrow_parent(page: &Page) {
    for inside in [
        "X",
        r#"<div style="float: left">X</div>"#,
        "<table><tr><td>X</td></tr></table>",
        r#"<div style="display: grid; grid-template-columns: 1fr">X</div>"#,
        r#"<div style="display: flex"><div>X</div></div>"#,
    ] {
        let [_, host, _] = widths(page, &format!(r#"<div style="width: 200px">{inside}</div>"#)).await;
        assert!((190.0..=200.0).contains(&host), "{inside}: {host}");
    }
    // Nor does it ask for more than there is.
    let [page_width, host, _] = widths(page, "X").await;
    let parent = number(&page.eval("document.getElementById('parent').getBoundingClientRect().width").await);
    assert!((host - parent).abs() < 1.0 && host < page_width, "{host} in {parent}");
}
