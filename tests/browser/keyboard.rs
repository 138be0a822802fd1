//! Everything without a mouse.

use fantoccini::key::Key;
use serde_json::json;
use stichwort_tests::{
    bundles::{self, Match},
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
    widget::{tag, teaser_tag},
};

use super::setting::{check_selection, opened, shown, typical};

pub(crate) fn all() -> Vec<Test> {
    tests![
        tags_with_space_and_enter,
        the_focus_stays_on_a_teasers_tag,
        removing_a_chip_does_not_lose_the_focus,
        clearing_does_not_lose_the_focus,
        more_with_the_keyboard,
        a_headline_opens_with_enter,
        tab_leaves_the_widget_again,
        focus_is_visible,
        expanded_tags_come_after_their_button,
        the_focus_on_the_fallback_is_not_lost,
        finding_without_a_mouse,
        pages_without_a_mouse,
    ]
}

/// Every way to find something, in the order in which Tab comes to it.
async fn finding_without_a_mouse(page: &Page) {
    let (_, list) = typical(page, r#"facets="tags,author" date-filter="on""#).await;
    page.tab_to("element?.part.contains('search')").await;
    page.type_text("nordend").await;
    list.wait_matches(10).await;
    list.wait_focus("search").await;
    page.tab_to("element?.dataset?.tag === 've'").await;
    page.press(Key::Space).await;
    list.wait_count("chip", 2).await;
    page.tab_to("element?.part.contains('date-preset') && element.dataset.preset === '2025'").await;
    page.press(Key::Space).await;
    list.wait_count("chip", 3).await;
    page.tab_to("element?.part.contains('date-from')").await;
    page.tab_to("element?.part.contains('chip')").await;
    for left in [2, 1, 0] {
        page.press(Key::Enter).await;
        list.wait_count("chip", left).await;
    }
    list.wait_focus("status").await;
    list.wait_matches(60).await;
    page.tab_to("element?.part.contains('sort')").await;
    page.press(Key::Down).await;
    // Some open a menu first.
    if list.look("sort", "element.value").await == json!("newest") {
        page.press(Key::Down).await;
    }
    page.press(Key::Enter).await;
    list.wait("sort", "elements[0].value === 'oldest'").await;
    list.wait("headline", "words(elements[0]).startsWith('Sprechstunde')").await;
}

async fn pages_without_a_mouse(page: &Page) {
    let (_, list) = typical(page, r#"more="pages" page-size="3" hide="filters, teaser-tag""#).await;
    page.tab_to("element?.part.contains('page') && element.textContent === '2'").await;
    page.press(Key::Enter).await;
    list.wait("page[aria-current]", "words(elements[0]) === '2'").await;
    list.wait_focus("teaser:nth-of-type(1) headline-link").await;
}

const ON_RATHAUS: &str = "element?.dataset?.tag === 'Rathaus' && element.part.contains('tag')";

async fn tags_with_space_and_enter(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    page.tab_to(ON_RATHAUS).await;
    page.press(Key::Space).await;
    check_selection(&list, &bundle, &["Rathaus"], Match::All).await;
    list.wait_focus(&tag("Rathaus")).await;
    page.press(Key::Enter).await;
    check_selection(&list, &bundle, &[], Match::All).await;
    list.wait_focus(&tag("Rathaus")).await;
    page.press(Key::Tab).await;
    let next = page.focused("element.dataset.tag ?? element.part.value").await;
    page.press_with_shift(Key::Tab).await;
    list.wait_focus(&tag("Rathaus")).await;
    assert_ne!(next, json!("Rathaus"));
}

async fn the_focus_stays_on_a_teasers_tag(page: &Page) {
    let (bundle, list) = typical(page, r#"page-size="3""#).await;
    let spec = "teaser:nth-of-type(1) teaser-tag";
    let chosen = list.attribute(spec, "data-tag").await;
    list.look(spec, "element.focus()").await;
    page.press(Key::Enter).await;
    list.wait_matches(bundles::matches(&bundle, &[&chosen], Match::All)).await;
    list.wait_focus(&format!("teaser:nth-of-type(1) {}", teaser_tag(&chosen))).await;
}

async fn removing_a_chip_does_not_lose_the_focus(page: &Page) {
    let (bundle, list) = typical(page, r#"tags="Rathaus, OZG""#).await;
    page.tab_to("element?.part.contains('chip')").await;
    page.press(Key::Enter).await;
    list.wait_count("chip", 1).await;
    // The chip that is left takes the focus over.
    list.wait_focus("chip").await;
    page.press(Key::Space).await;
    check_selection(&list, &bundle, &[], Match::All).await;
    list.wait_focus("status").await;
}

async fn clearing_does_not_lose_the_focus(page: &Page) {
    let (bundle, list) = typical(page, r#"tags="Rathaus, OZG""#).await;
    page.tab_to("element?.part.contains('clear')").await;
    page.press(Key::Enter).await;
    check_selection(&list, &bundle, &[], Match::All).await;
    list.wait_focus("status").await;
}

async fn more_with_the_keyboard(page: &Page) {
    let (_, list) = typical(page, r#"page-size="2""#).await;
    page.tab_to("element?.part.contains('more')").await;
    page.press(Key::Enter).await;
    list.wait_count("teaser", 4).await;
    list.wait_focus("teaser:nth-of-type(3) headline-link").await;
    page.tab_to("element?.part.contains('more')").await;
    page.press(Key::Space).await;
    list.wait_focus("teaser:nth-of-type(5) headline-link").await;
}

async fn a_headline_opens_with_enter(page: &Page) {
    page.site().serve("artikel/0", Reply::html("<h1>Artikel</h1>"));
    shown(page, &bundles::relative(), "").await;
    page.tab_to("element?.part.contains('headline-link')").await;
    page.press(Key::Enter).await;
    page.wait("the article", "location.pathname.endsWith('artikel/0')").await;
}

async fn tab_leaves_the_widget_again(page: &Page) {
    let (_, list) = typical(page, r#"page-size="1""#).await;
    list.host("const end = document.createElement('button'); end.id = 'end'; end.textContent = 'Ende'; document.body.append(end);").await;
    list.look("more", "element.focus()").await;
    page.tab_to("element?.id === 'end'").await;
}

async fn focus_is_visible(page: &Page) {
    typical(page, r#"tags="Rathaus" page-size="2""#).await;
    for part in ["tag", "chip", "clear", "headline-link", "teaser-tag", "more"] {
        page.tab_to(&format!("element?.part.contains('{part}')")).await;
        let style = page
            .focused("[getComputedStyle(element).outlineStyle, parseFloat(getComputedStyle(element).outlineWidth)]")
            .await;
        assert_ne!(style[0], json!("none"), "{part}");
        assert!(style[1].as_f64().is_some_and(|width| width >= 1.0), "{part}: {style}");
    }
}

async fn expanded_tags_come_after_their_button(page: &Page) {
    let (_, list) = typical(page, "").await;
    page.tab_to("element?.part.contains('facet-more')").await;
    page.press(Key::Enter).await;
    list.wait("facet-more", "elements[0].ariaExpanded === 'true'").await;
    list.wait_focus("facet-more").await;
    page.press(Key::Tab).await;
    list.wait_focus("facet-order").await;
    page.press(Key::Tab).await;
    list.wait_focus("facet-search").await;
    page.press(Key::Tab).await;
    list.wait("tag", "elements[0] === active()").await;
    let order = "[...element.children].map((child) => child.getAttribute('part') ?? child.className)";
    assert_eq!(list.look("facet", order).await, json!(["facet-title", "facet-tools", "facet-search", "tag-list"]));
}

/// The link in the element is there until teasers come; where it stays, so does the focus.
async fn the_focus_on_the_fallback_is_not_lost(page: &Page) {
    page.expect("stichwort: http");
    let (reply, tap) = Reply::pieces();
    let list = opened(page, reply, "").await;
    list.wait_count("status", 1).await;
    page.run("document.getElementById('fallback').focus();", vec![]).await;
    tap.send(bundles::typical().to_string());
    tap.finish();
    list.loaded().await;
    list.wait_focus("status").await;

    let (reply, tap) = Reply::pieces();
    let list = opened(page, reply, "").await;
    list.wait_count("status", 1).await;
    page.run("document.getElementById('fallback').focus();", vec![]).await;
    tap.send("kein JSON");
    tap.finish();
    list.wait_shown("error").await;
    assert_eq!(page.eval("document.activeElement.id").await, json!("fallback"));
}
