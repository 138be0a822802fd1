//! What is asked of whom, and with what.

use serde_json::{Value, json};
use stichwort_tests::{
    bundles,
    document::{Document, SCRIPT, element},
    page::Page,
    reply::Reply,
    server::Origin,
    suite::Test,
    tests,
};

use super::setting::shown;

pub(crate) fn all() -> Vec<Test> {
    tests![
        bundle_requests_carry_nothing,
        nothing_is_stored,
        nothing_else_is_requested,
        foreign_images_wait_for_a_click,
        images_of_the_bundles_host_are_shown,
        images_of_the_scripts_host_are_shown,
    ]
}

async fn bundle_requests_carry_nothing(page: &Page) {
    let site = page.site();
    site.serve("news.json", Reply::json(&bundles::typical()).header("etag", "\"v1\""));
    let foreign = element(&format!(r#"src="{}""#, site.other_url("news.json")));
    let document = Document::with_element(r#"src="news.json""#)
        .head("<script>document.cookie = 'sitzung=geheim; path=/';</script>")
        .body(foreign);
    page.open(document).await;
    page.widget_at(0).loaded().await;
    page.widget_at(1).loaded().await;
    // The second time there is an ETag, which a conditional request of one's own would name.
    page.reload().await;
    page.widget_at(0).loaded().await;
    page.widget_at(1).loaded().await;
    let page_asked = site.asked("page.html").pop().expect("the page was asked for");
    assert!(page_asked.headers.contains_key("cookie"), "the test's cookie works");
    let asked = site.asked("news.json");
    for origin in [Origin::Own, Origin::Other] {
        assert_eq!(asked.iter().filter(|asked| asked.origin == origin).count(), 2);
    }
    for asked in asked {
        assert_eq!(asked.method, "GET", "no preflight");
        for header in ["cookie", "referer", "authorization", "x-requested-with"] {
            assert!(!asked.headers.contains_key(header), "{header}: {asked:?}");
        }
    }
    page.eval("document.cookie = 'sitzung=; max-age=0; path=/'").await;
}

async fn nothing_is_stored(page: &Page) {
    // What another test may have left.
    page.eval("document.cookie = 'sitzung=; max-age=0; path=/'").await;
    let list = shown(page, &bundles::typical(), "").await;
    list.click("tag").await;
    page.wait("the link", "location.hash !== ''").await;
    let kept = "(() => { try { return [localStorage.length, sessionStorage.length, document.cookie]; } \
                catch (error) { return String(error); } })()";
    assert_eq!(page.eval(kept).await, json!([0, 0, ""]));
    let databases = page.run_async("return (await indexedDB.databases()).length;", vec![]).await;
    assert_eq!(databases, json!(0));
    let caches = page.run_async("return globalThis.caches ? (await caches.keys()).length : 0;", vec![]).await;
    assert_eq!(caches, json!(0));
}

async fn nothing_else_is_requested(page: &Page) {
    let list = shown(page, &bundles::typical(), "").await;
    list.click("tag").await;
    list.wait_count("chip", 1).await;
    list.click("clear").await;
    list.wait_matches(60).await;
    list.click("more").await;
    list.wait_count("teaser", 40).await;
    page.sentinel().await;
    for asked in page.site().all_asked() {
        let known =
            asked.path.starts_with("dist/") || ["page.html", "probe.js", "news.json"].contains(&asked.path.as_str());
        assert!(known && asked.origin == Origin::Own, "{asked:?}");
    }
    let entries = page.eval("performance.getEntriesByType('resource').map((entry) => entry.name)").await;
    for name in entries.as_array().expect("a list") {
        let name = name.as_str().unwrap_or_default();
        let known =
            name.starts_with(&page.site().url("")) || name.starts_with("data:") || name.ends_with("/favicon.ico");
        assert!(known, "{name}");
    }
}

fn with_image(address: &str) -> Value {
    let mut item = bundles::article("bild", "2025-01-01", &["Amt"]);
    item["image"] = json!(address);
    item["_stichwort"] = json!({"image": {"alt": "Ein Bild", "width": 160, "height": 90}});
    item
}

/// The button that stands for an image of another host, in whatever nesting.
const LOAD: &str = ":is(button[part~=\"image\"], [part~=\"image\"] button, button:has([part~=\"image\"]))";

async fn foreign_images_wait_for_a_click(page: &Page) {
    let site = page.site();
    site.serve("fremd.svg", Reply::picture());
    let bundle = bundles::feed(vec![with_image(&site.other_url("fremd.svg"))]);
    let list = shown(page, &bundle, "").await;
    list.wait_shown(LOAD).await;
    let other = site.other();
    let host = other.trim_start_matches("http://").split(':').next().unwrap_or_default();
    assert!(list.text(LOAD).await.contains(host), "the button names the host");
    page.sentinel().await;
    assert!(site.asked("fremd.svg").is_empty(), "not before the click");
    list.click(LOAD).await;
    page.wait_asked("fremd.svg", 1).await;
    list.wait("*", "elements.some((element) => element.localName === 'img' && element.naturalWidth > 0)").await;
    let asked = site.asked("fremd.svg").pop().expect("just asked");
    assert!(!asked.headers.contains_key("referer"), "{asked:?}");
}

async fn images_of_the_bundles_host_are_shown(page: &Page) {
    let site = page.site();
    site.serve("eigen.svg", Reply::picture());
    let bundle = bundles::feed(vec![with_image("eigen.svg")]);
    shown(page, &bundle, "").await;
    page.wait_asked("eigen.svg", 1).await;
    assert_eq!(site.asked("eigen.svg")[0].origin, Origin::Own);
    // Another port is another host, unless the bundle itself lies there.
    site.serve("news.json", Reply::json(&bundles::feed(vec![with_image("zwei.svg")])));
    site.serve("zwei.svg", Reply::picture());
    page.open(Document::new(format!(
        r#"<script src="{SCRIPT}"></script>{}"#,
        element(&format!(r#"src="{}""#, site.other_url("news.json")))
    )))
    .await;
    page.widget().loaded().await;
    page.wait_asked("zwei.svg", 1).await;
    assert_eq!(site.asked("zwei.svg")[0].origin, Origin::Other);
}

/// The script's host is trusted with more than pictures.
async fn images_of_the_scripts_host_are_shown(page: &Page) {
    let site = page.site();
    site.serve("eigen.svg", Reply::picture());
    site.serve("news.json", Reply::json(&bundles::feed(vec![with_image(&site.other_url("eigen.svg"))])));
    let script = site.other_url(SCRIPT);
    page.open(Document::new(format!(r#"<script src="{script}"></script>{}"#, element(r#"src="news.json""#)))).await;
    page.widget().loaded().await;
    page.wait_asked("eigen.svg", 1).await;
    assert_eq!(site.asked("eigen.svg")[0].origin, Origin::Other);
}
