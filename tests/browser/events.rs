//! What the widget tells the page.

use serde_json::json;
use stichwort_tests::{
    bundles::{self, Match},
    document::Document,
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
    widget::tag,
};

use super::setting::{check_selection, shown, typical};

pub(crate) fn all() -> Vec<Test> {
    tests![
        load_tells_what_came,
        change_tells_the_selection,
        more_tells_how_many,
        select_tells_the_article_and_navigates,
        select_can_be_prevented,
        events_reach_listeners_on_the_element_and_leave_shadow_roots,
        a_listener_may_give_the_source,
        a_listener_may_choose_tags,
        another_bundle_with_other_tags_is_one_change,
    ]
}

async fn load_tells_what_came(page: &Page) {
    typical(page, r#"id="liste""#).await;
    let events = page.events("stichwort-load").await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["target"], json!("liste"));
    let detail = &events[0]["detail"];
    assert_eq!(detail["url"], json!(page.site().url("news.json")));
    assert_eq!(detail["articles"], json!(60));
    assert_eq!(detail["problems"], json!([]));
    check_flags(&events[0], false);
}

#[track_caller]
fn check_flags(event: &serde_json::Value, cancelable: bool) {
    assert_eq!(event["bubbles"], json!(true));
    assert_eq!(event["composed"], json!(true));
    assert_eq!(event["cancelable"], json!(cancelable));
}

async fn change_tells_the_selection(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    assert!(page.events("stichwort-change").await.is_empty(), "nothing was changed yet");
    list.click(&tag("Rathaus")).await;
    let event = page.wait_event("stichwort-change", 1).await;
    check_flags(&event, false);
    assert_eq!(event["detail"]["matches"], json!(bundles::matches(&bundle, &["Rathaus"], Match::All)));
    assert!(event["detail"]["selection"].to_string().contains("Rathaus"), "{event}");
    list.click("clear").await;
    let event = page.wait_event("stichwort-change", 2).await;
    assert_eq!(event["detail"]["matches"], json!(60));
    assert!(!event["detail"]["selection"].to_string().contains("Rathaus"), "{event}");
}

async fn more_tells_how_many(page: &Page) {
    let (_, list) = typical(page, "").await;
    list.click("more").await;
    let event = page.wait_event("stichwort-more", 1).await;
    check_flags(&event, false);
    assert_eq!(event["detail"], json!({"shown": 40, "matches": 60}));
}

async fn select_tells_the_article_and_navigates(page: &Page) {
    page.site().serve("artikel/0", Reply::html("<h1>Artikel</h1>"));
    let list = shown(page, &bundles::relative(), "").await;
    list.click("headline-link").await;
    page.wait_path("artikel/0").await;
}

async fn select_can_be_prevented(page: &Page) {
    page.site().serve("artikel/0", Reply::html("<h1>Artikel</h1>"));
    let bundle = bundles::relative();
    let list = shown(page, &bundle, "").await;
    page.run("document.addEventListener('stichwort-select', (event) => event.preventDefault());", vec![]).await;
    list.click("headline-link").await;
    let event = page.wait_event("stichwort-select", 1).await;
    check_flags(&event, true);
    assert_eq!(
        event["detail"],
        json!({
            "id": "a0",
            "url": page.site().url("artikel/0"),
            "headline": bundle["items"][0]["title"],
        })
    );
    page.sentinel().await;
    assert_eq!(page.address().await, page.site().url("page.html"));
    assert!(page.site().asked("artikel/0").is_empty());
}

async fn events_reach_listeners_on_the_element_and_leave_shadow_roots(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(r#"<div id="outer"></div><script src="dist/stichwort.js"></script>"#).body(
        "<script>{ \
             const list = document.createElement('stichwort-teasers'); \
             list.setAttribute('src', 'news.json'); \
             globalThis.heard = []; \
             list.addEventListener('stichwort-load', (event) => heard.push(event.target === list)); \
             outer.attachShadow({ mode: 'open' }).append(list); \
             document.addEventListener('stichwort-load', (event) => heard.push(event.target === outer)); \
             }</script>",
    ))
    .await;
    page.wait("both listeners", "heard.length >= 2").await;
    assert_eq!(page.eval("heard").await, json!([true, true]));
}

/// The first event is fired while the element is being mounted.
async fn a_listener_may_give_the_source(page: &Page) {
    page.expect("stichwort: expected the bundle's address");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element("").head(
        "<script>document.addEventListener('stichwort-error', \
         (event) => event.target.setAttribute('src', 'news.json'));</script>",
    ))
    .await;
    page.widget().loaded().await;
    assert_eq!(page.widget().matches().await, 60);
    assert_eq!(page.events("stichwort-error").await.len(), 1);
}

/// A second list of a bundle that is here already loads while it is being mounted.
async fn a_listener_may_choose_tags(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    page.run(
        "document.addEventListener('stichwort-load', (event) => event.target.setAttribute('tags', 'OZG')); \
         const list = document.createElement('stichwort-teasers'); \
         list.setAttribute('src', 'news.json'); document.body.append(list);",
        vec![],
    )
    .await;
    page.widget_at(1).loaded().await;
    check_selection(&page.widget_at(1), &bundle, &["OZG"], Match::All).await;
    check_selection(&list, &bundle, &[], Match::All).await;
}

async fn another_bundle_with_other_tags_is_one_change(page: &Page) {
    let amt = [bundles::article("amt", "2025-01-01", &["Amt"]), bundles::article("ohne", "2024-01-01", &["OZG"])];
    for set in ["element.tags = 'Amt'; element.src = 'amt.json';", "element.src = 'amt.json'; element.tags = 'Amt';"] {
        let (reply, tap) = Reply::pieces();
        page.site().serve("amt.json", reply.header("cache-control", "no-store"));
        let (_, list) = typical(page, "").await;
        // To configure a list takes all of the program.
        list.bring_all().await;
        // In a task of the page's own: WebKit runs microtasks in the middle of a driver's script.
        list.host(&format!("setTimeout(() => {{ {set} }});")).await;
        page.sentinel().await;
        let changes = page.events("stichwort-change").await;
        assert!(changes.is_empty(), "numbers of the old bundle: {changes:?}");
        tap.send(bundles::feed(amt.to_vec()).to_string());
        tap.finish();
        list.wait_matches(1).await;
        assert_eq!(list.headlines().await, ["Meldung amt"]);
        let changes = page.events("stichwort-change").await;
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert_eq!(changes[0]["detail"]["matches"], json!(1));
    }
}
