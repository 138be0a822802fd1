//! Everything without a mouse.

use fantoccini::key::Key;
use serde_json::json;
use stichwort_tests::{
    bundles::{self, Match},
    document::Document,
    engine::Engine,
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
    widget::{Widget, tag, teaser_tag},
};

use super::arriving::{newer_offered, newer_offered_after};
use super::setting::{check_selection, opened, shown, typical};

pub(crate) fn all() -> Vec<Test> {
    tests![
        tags_with_space_and_enter,
        the_focus_stays_on_a_tag_that_is_let_go,
        the_focus_stays_on_a_teasers_tag,
        a_container_that_gets_narrow_does_not_lose_the_focus,
        nor_does_one_that_gets_wide,
        removing_a_chip_does_not_lose_the_focus,
        clearing_does_not_lose_the_focus,
        more_with_the_keyboard,
        more_by_scrolling_waits_for_the_keyboard,
        a_headline_opens_with_enter,
        tab_leaves_the_widget_again,
        the_focus_changes_nothing,
        focus_is_visible,
        the_focus_goes_down_the_page,
        expanded_tags_come_after_their_button,
        filters_are_opened_ordered_and_narrowed,
        the_focus_on_the_fallback_is_not_lost,
        finding_without_a_mouse,
        pages_without_a_mouse,
        a_period_typed_without_a_mouse,
        a_date_left_incomplete_is_told,
        half_a_date_goes_with_all_else,
        pictures_without_a_mouse,
        a_link_without_a_mouse,
        asking_again_without_a_mouse,
        newer_articles_without_a_mouse,
        the_focus_is_not_hidden,
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

/// The days read the same whether the browser has the day first or the month. WebKit tells of them when they are left.
async fn a_period_typed_without_a_mouse(page: &Page) {
    let (bundle, list) = typical(page, r#"date-filter="on""#).await;
    let days =
        bundle["items"].as_array().into_iter().flatten().map(|item| item["date_published"].as_str().unwrap_or(""));
    let since = days.clone().filter(|day| *day > "2025-02-02").count();
    let within = days.filter(|day| *day > "2025-02-02" && *day < "2025-05-06").count();
    assert!(within > 0 && within < since && since < 60);
    page.tab_to("element?.part.contains('date-from')").await;
    type_day(page, ["02", "02", "2025"]).await;
    page.tab_to("element?.part.contains('date-to')").await;
    list.wait_matches(since).await;
    list.wait_focus("date-to").await;
    type_day(page, ["05", "05", "2025"]).await;
    page.tab_to("element?.part.contains('chip')").await;
    list.wait_matches(within).await;
    assert_eq!(list.text("chip").await, "ab 02.02.2025 bis 05.05.2025, entfernen");
    page.press(Key::Enter).await;
    list.wait_matches(60).await;
}

/// WCAG 2.2, 3.3.1: under its field and in the status. What was found before stays.
async fn a_date_left_incomplete_is_told(page: &Page) {
    let (_, list) = typical(page, r#"date-filter="on""#).await;
    let hint = ":is([data-facet=dates] > .hint)";
    page.tab_to("element?.part.contains('date-from')").await;
    page.type_text("1").await;
    page.tab_to("element?.part.contains('date-to')").await;
    list.wait_shown(hint).await;
    assert_eq!(list.attribute("date-from", "aria-invalid").await, "true");
    let said = "Von: Dieses Datum ist unvollständig, oder es gibt es nicht.";
    assert_eq!(list.text(hint).await, said);
    assert!(list.text("status").await.contains(said));
    list.wait_matches(60).await;
    // Nor does the other end make it good.
    type_day(page, ["05", "05", "2025"]).await;
    page.tab_to("element?.part.contains('chip')").await;
    list.wait_count("chip", 1).await;
    assert_eq!(list.text(hint).await, said);
    list.look("date-from", "element.focus()").await;
    type_day(page, ["02", "02", "2025"]).await;
    list.look("search", "element.focus()").await;
    list.wait_count(hint, 0).await;
    list.wait("date-from", "!elements[0].ariaInvalid").await;
    // A year that is too short is no better.
    list.look("date-from", "element.focus()").await;
    type_day(page, ["02", "02", "0025"]).await;
    list.look("search", "element.focus()").await;
    list.wait_shown(hint).await;
}

/// Which is no choice that "clear" could take away.
async fn half_a_date_goes_with_all_else(page: &Page) {
    let (_, list) = typical(page, r#"date-filter="on" tags="OZG""#).await;
    let hint = ":is([data-facet=dates] > .hint)";
    page.tab_to("element?.part.contains('date-from')").await;
    page.type_text("1").await;
    page.tab_to("element?.part.contains('date-to')").await;
    list.wait_shown(hint).await;
    page.tab_to("element?.part.contains('clear')").await;
    page.press(Key::Enter).await;
    list.wait_matches(60).await;
    list.wait_count(hint, 0).await;
    assert_eq!(list.look("date-from", "element.validity.badInput || element.ariaInvalid").await, json!(null));
    list.wait_focus("status").await;
}

/// Types a day into the field that has the focus. WebKitGTK goes to the next part of it by an arrow alone.
async fn type_day(page: &Page, parts: [&str; 3]) {
    for part in parts {
        page.type_text(part).await;
        if page.engine() == Engine::WebKit {
            page.press(Key::Right).await;
        }
    }
}

/// With words of its own a picture takes the focus when it has come, else its article's link does.
async fn pictures_without_a_mouse(page: &Page) {
    page.site().serve("eins.svg", Reply::picture());
    page.site().serve("zwei.svg", Reply::picture());
    let mut bundle = bundles::typical();
    for (index, file, alt) in [(0, "eins.svg", "Das Rathaus"), (1, "zwei.svg", "")] {
        bundle["items"][index]["image"] = json!(page.site().other_url(file));
        bundle["items"][index]["_stichwort"]["image"] = json!({"alt": alt});
    }
    let list = shown(page, &bundle, "").await;
    for (key, file, place) in [(Key::Enter, "eins.svg", "image :is(img)"), (Key::Space, "zwei.svg", "headline-link")] {
        page.tab_to("element?.matches('.image-load')").await;
        assert!(page.site().asked(file).is_empty(), "{file}");
        page.press(key).await;
        page.wait_asked(file, 1).await;
        list.wait_focus(&format!("teaser:nth-of-type({}) {place}", if file == "eins.svg" { 1 } else { 2 })).await;
    }
    list.wait_count("image :is(img)", 2).await;
}

/// Where the browser copies it, and where it refuses to.
async fn a_link_without_a_mouse(page: &Page) {
    page.expect("the link could not be copied");
    let (_, list) = typical(page, "").await;
    let clipboard = "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async (text) => { \
        if (window.copied) throw new DOMException('no', 'NotAllowedError'); window.copied = text } } })";
    page.run(clipboard, vec![]).await;
    page.tab_to(ON_RATHAUS).await;
    page.press(Key::Space).await;
    page.tab_to("element?.part.contains('copy-link')").await;
    page.press(Key::Enter).await;
    page.wait("the copy", "window.copied?.endsWith('#teasers--tags-Rathaus')").await;
    list.wait("copy-link", "words(elements[0]) === 'Link kopiert'").await;
    list.wait_focus("copy-link").await;
    page.press(Key::Space).await;
    // Selected, to be copied with the browser's own key.
    list.wait_focus(":is(.bar input)").await;
    list.wait(
        ":is(.bar input)",
        "elements[0].selectionStart === 0 && elements[0].selectionEnd === window.copied.length",
    )
    .await;
    page.press_with_shift(Key::Tab).await;
    list.wait_focus("copy-link").await;
}

async fn asking_again_without_a_mouse(page: &Page) {
    page.expect("stichwort: http");
    let list = opened(page, Reply::status(500), "").await;
    list.wait_shown("error").await;
    page.tab_to("element?.part.contains('retry')").await;
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.press(Key::Enter).await;
    list.loaded().await;
    list.wait_focus("status").await;
    // The same where a list is there that could not be brought up to date.
    page.site().serve("andere.json", Reply::status(500));
    list.set("src", "andere.json").await;
    list.wait_shown("stale").await;
    page.tab_to("element?.part.contains('retry')").await;
    page.site().serve("andere.json", Reply::json(&bundles::relative()));
    page.press(Key::Space).await;
    list.wait_count("stale", 0).await;
    list.wait_focus("status").await;
    list.wait_matches(60).await;
}

async fn newer_articles_without_a_mouse(page: &Page) {
    let key = "element.shadowRoot.querySelector('[part~=lead]') \
        .dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }))";
    let list = newer_offered_after(page, key).await;
    let before = list.headlines().await;
    page.tab_to("element?.part.contains('updates')").await;
    page.press(Key::Enter).await;
    list.wait_count("updates", 0).await;
    list.wait_focus("teaser:nth-of-type(1) headline-link").await;
    assert_ne!(list.headlines().await[0], before[0]);
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

/// Though it stands beyond those that show, and but for the choice, or the focus, would not.
async fn the_focus_stays_on_a_tag_that_is_let_go(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    list.click("facet-more").await;
    list.wait_count("tag", 34).await;
    let last = list.attributes("tag", "data-tag").await.pop().expect("there are tags");
    list.click("facet-more").await;
    list.wait_count("tag", 30).await;
    list.set("tags", &json!([last]).to_string()).await;
    list.wait_count("chip", 1).await;
    let on_last = format!("element?.dataset?.tag === {} && element.part.contains('tag')", json!(last));
    page.tab_to(&on_last).await;
    for chosen in [&[][..], &[&*last], &[]] {
        page.press(Key::Space).await;
        check_selection(&list, &bundle, chosen, Match::All).await;
        list.wait_focus(&tag(&last)).await;
    }
    list.click(&tag("Rathaus")).await;
    list.wait_count(&tag(&last), 0).await;
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

/// As when a tablet is turned: the filters go behind their button, but for what has the focus.
async fn a_container_that_gets_narrow_does_not_lose_the_focus(page: &Page) {
    let (_, list) = typical(page, "").await;
    list.look(&tag("Rathaus"), "element.focus()").await;
    list.host("element.style.inlineSize = '320px'").await;
    list.wait_shown("filters-toggle").await;
    page.frames().await;
    list.wait_focus(&tag("Rathaus")).await;
    assert!(list.is_shown(&tag("Rathaus")).await);
    // Its button says that they are open, and closes them, even where a click does not bring the focus.
    list.wait("filters-toggle", "elements[0].ariaExpanded === 'true'").await;
    list.wait_focus(&tag("Rathaus")).await;
    list.look("filters-toggle", "element.click()").await;
    list.wait("filters-toggle", "elements[0].ariaExpanded === 'false'").await;
    list.wait_hidden("filters").await;
    list.wait_focus("filters-toggle").await;
}

/// The button for the filters goes, where there is room for them, when it is left.
async fn nor_does_one_that_gets_wide(page: &Page) {
    let (_, list) = typical(page, "").await;
    list.host("element.style.inlineSize = '320px'").await;
    list.wait_shown("filters-toggle").await;
    list.look("filters-toggle", "element.focus()").await;
    list.host("element.style.inlineSize = '900px'").await;
    list.wait_shown("filters").await;
    page.frames().await;
    list.wait_focus("filters-toggle").await;
    list.look("search", "element.focus()").await;
    list.wait("filters-toggle", "!shown(elements[0])").await;
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

/// What comes by scrolling would come before the button that has the focus, and the last of it take it away.
async fn more_by_scrolling_waits_for_the_keyboard(page: &Page) {
    let (_, list) = typical(page, r#"more="scroll" page-size="58""#).await;
    surround(&list).await;
    page.run("document.getElementById('end').focus({ preventScroll: true })", vec![]).await;
    page.press_with_shift(Key::Tab).await;
    list.wait_focus("more").await;
    // It is told to other observers in the same go.
    let seen = "await new Promise((seen) => new IntersectionObserver((entries) => \
        entries.some((entry) => entry.isIntersecting) && seen()).observe(first(0, '[part=more]')));";
    page.run_async(seen, vec![]).await;
    page.frames().await;
    assert_eq!(list.count("teaser").await, 58);
    list.wait_focus("more").await;
    page.press(Key::Enter).await;
    list.wait_count("teaser", 60).await;
    list.wait_focus("teaser:nth-of-type(59) headline-link").await;
}

async fn a_headline_opens_with_enter(page: &Page) {
    page.site().serve("artikel/0", Reply::html("<h1>Artikel</h1>"));
    shown(page, &bundles::relative(), "").await;
    page.tab_to("element?.part.contains('headline-link')").await;
    page.press(Key::Enter).await;
    page.wait_path("artikel/0").await;
}

/// From a button before the widget through all of it to a button behind, and back.
async fn tab_leaves_the_widget_again(page: &Page) {
    let (_, list) = typical(page, r#"page-size="1""#).await;
    surround(&list).await;
    let forth = stops(page, false).await;
    let back = stops(page, true).await;
    let parts = |stops: &[Stop]| stops.iter().map(|stop| stop.part.clone()).collect::<Vec<_>>();
    assert_eq!(parts(&forth), parts(&back).into_iter().rev().collect::<Vec<_>>());
    assert!(forth.len() > 30, "{forth:?}");
}

/// WCAG 2.2, 3.2.1: the focus goes everywhere, and nothing is another than before.
async fn the_focus_changes_nothing(page: &Page) {
    let (_, list) = typical(page, EVERYTHING).await;
    surround(&list).await;
    let state = "[location.href, history.length, words(element), element.querySelectorAll('*').length, \
        __probe.events.map((event) => event.type)]";
    let before = list.look(":is(.root)", state).await;
    stops(page, false).await;
    assert_eq!(list.look(":is(.root)", state).await, before);
}

/// A list in which there is something of all.
const EVERYTHING: &str =
    r#"facets="tags,author" date-filter="on" tags="Rathaus" page-size="2" more="pages" home="https://amt.example/""#;

/// WCAG 2.2, 2.4.7 and 1.4.11: wherever the focus goes, a ring of two pixels stands out.
async fn focus_is_visible(page: &Page) {
    page.expect("stichwort: http");
    page.site().serve("weg.json", Reply::status(404));
    for theme in ["light", "dark"] {
        let (_, list) = typical(page, &format!(r#"theme="{theme}" {EVERYTHING}"#)).await;
        list.set("src", "weg.json").await;
        list.wait_shown("stale").await;
        let parts = "retry home search facet-more facet-order facet-search tag date-preset date-from date-to chip clear \
             copy-link sort headline-link teaser-tag page";
        check_rings(page, &list, parts).await;
        let (_, list) = typical(page, &format!(r#"theme="{theme}" page-size="1""#)).await;
        check_rings(page, &list, "more").await;
        let list = opened(page, Reply::status(500), &format!(r#"theme="{theme}" home="https://amt.example/""#)).await;
        list.wait_shown("error").await;
        check_rings(page, &list, "retry home").await;
    }
    let bundle = bundles::typical();
    page.site().serve("news.json", Reply::json(&bundle));
    page.open(Document::with_element(r#"src="news.json" page-size="1""#).width(320)).await;
    page.widget().loaded().await;
    check_rings(page, &page.widget(), "filters-toggle").await;
}

/// Goes through the widget, which has at least these parts, and looks at the ring of each.
async fn check_rings(page: &Page, list: &Widget<'_>, parts: &str) {
    surround(list).await;
    let stops = stops(page, false).await;
    for part in parts.split_whitespace() {
        assert!(stops.iter().any(|stop| stop.part == part), "the focus never comes to {part}: {stops:?}");
    }
    for stop in stops {
        assert_eq!(stop.ring, "solid 2px", "{}", stop.part);
        assert!(stop.contrast >= 3.0, "{stop:?}");
    }
}

/// Where the focus comes by, and what shows that it is there.
#[derive(Debug)]
struct Stop {
    part: String,
    ring: String,
    contrast: f64,
}

/// Puts a button before the widget, which has the focus then, and one behind.
async fn surround(list: &Widget<'_>) {
    list.host(
        "for (const [id, place] of [['start', 'before'], ['end', 'after']]) { \
           const button = document.createElement('button'); button.id = button.textContent = id; element[place](button); } \
         document.getElementById('start').focus();",
    )
    .await;
}

/// Presses Tab from one of the buttons to the other.
async fn stops(page: &Page, is_back: bool) -> Vec<Stop> {
    let mut stops: Vec<Stop> = Vec::new();
    for _ in 0..150 {
        if is_back {
            page.press_with_shift(Key::Tab).await
        } else {
            page.press(Key::Tab).await
        }
        let found = page
            .focused(
                "element.id || ((style) => ({ part: element.part[0], ring: `${style.outlineStyle} ${style.outlineWidth}`, \
                 contrast: beside(element, style.outlineColor) }))(getComputedStyle(element))",
            )
            .await;
        if found == json!(if is_back { "start" } else { "end" }) {
            return stops;
        }
        // What stands inside the element is the page's.
        if found == json!("fallback") {
            continue;
        }
        let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        stops.push(Stop {
            part: text("part"),
            ring: text("ring"),
            contrast: found["contrast"].as_f64().unwrap_or_default(),
        });
    }
    panic!("Tab never leaves the widget: {stops:?}");
}

/// WCAG 2.2, 2.4.11: wherever the focus goes, some of what has it can be seen, below the button for newer articles too.
async fn the_focus_is_not_hidden(page: &Page) {
    let list = newer_offered(page).await;
    list.wait_shown("updates").await;
    list.settled().await;
    let go = "elements.filter(shown).map((element) => { \
        element.focus(); \
        element.scrollIntoView({ block: 'nearest' }); /* as browsers do, WebKit only with the next frame */ \
        const is_hit = (...at) => element.contains(element.getRootNode().elementFromPoint(...at)); \
        const is_seen = [...element.getClientRects()].some(({ left, right, top, bottom }) => \
            is_hit((left + right) / 2, (top + bottom) / 2) || is_hit(left + 3, top + 3) || is_hit(right - 3, bottom - 3)); \
        return [element.part.value, element === active(), is_seen]; })";
    let stops = list.look_all(":is(button, a[href], input, select)", go).await;
    let stops: Vec<(String, bool, bool)> = serde_json::from_value(stops).expect("triples");
    for (number, stop) in stops.iter().enumerate() {
        assert!(stop.1 && stop.2, "stop {number}: has the focus, and is seen: {stop:?}");
    }
    for part in ["search", "tag", "updates", "headline-link", "teaser-tag", "more"] {
        assert!(stops.iter().any(|stop| stop.0 == part), "{part} is not among {stops:?}");
    }
}

/// WCAG 2.2, 1.3.2 and 2.4.3: what comes next is not above.
async fn the_focus_goes_down_the_page(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    for (width, attributes) in [(320, ""), (320, r#"facets="tags,author" more="pages""#), (700, "")] {
        let attributes = format!(r#"src="news.json" tags="Rathaus" page-size="3" {attributes}"#);
        page.open(Document::with_element(&attributes).width(width)).await;
        let list = page.widget();
        list.loaded().await;
        list.wait_count("chip", 1).await;
        page.tab_to("element?.part.contains('search')").await;
        let place = "(() => { const element = host(0).shadowRoot.activeElement; \
            return element && [element.getBoundingClientRect().bottom + scrollY, element.part.value]; })()";
        let mut before = 0.0;
        let mut stops = 0;
        while let Some((bottom, part)) =
            page.eval(place).await.as_array().map(|found| (found[0].clone(), found[1].clone()))
        {
            if stops > 0 && part == "search" {
                break; // without buttons of the browser's own, the page begins again
            }
            let bottom = bottom.as_f64().expect("a number");
            assert!(bottom > before - 16.0, "{width} px, {attributes}: {part} at {bottom} after {before}");
            before = bottom;
            stops += 1;
            page.press(Key::Tab).await;
        }
        assert!(stops > 8, "{width} px, {attributes}: {stops}");
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

/// On a phone with a keyboard.
async fn filters_are_opened_ordered_and_narrowed(page: &Page) {
    let (_, list) = typical(page, r#"style="inline-size: 320px""#).await;
    page.tab_to("element?.part.contains('filters-toggle')").await;
    page.press(Key::Enter).await;
    list.wait_shown("filters").await;
    list.wait_focus("filters-toggle").await;
    page.tab_to("element?.part.contains('facet-order')").await;
    page.press(Key::Space).await;
    list.wait("facet-order", "words(elements[0]).startsWith('Nach Anzahl')").await;
    list.wait_focus("facet-order").await;
    page.tab_to("element?.part.contains('facet-search')").await;
    page.type_text("rathaus").await;
    list.wait_count("tag", 1).await;
    page.tab_to("element?.part.contains('tag')").await;
    page.press(Key::Enter).await;
    list.wait_count("chip", 1).await;
    list.wait_focus("tag-selected").await;
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
