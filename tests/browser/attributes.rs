//! Attributes, at the start and at run time, and their properties.

use serde_json::json;
use stichwort_tests::{
    bundles::{self, Match},
    document::{Document, SCRIPT, element},
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
};

use super::setting::{check_selection, opened, typical};

pub(crate) fn all() -> Vec<Test> {
    tests![
        tags_preset_what_the_visitor_may_remove,
        what_is_set_before_it_shows,
        more_by_scrolling_ends_at_run_time,
        tags_at_run_time_replace_the_choice,
        matching_at_run_time,
        page_size,
        language,
        language_around_a_shadow_root,
        language_of_the_page,
        heading_and_its_level,
        theme_paints_its_ground,
        automatic_theme_follows_the_page,
        link_target,
        home_at_run_time,
        junk_becomes_the_default_and_one_warning,
        junk_at_run_time,
        a_source_that_is_no_address_is_told_once,
        properties_before_upgrade,
        properties_after_upgrade,
    ]
}

async fn tags_preset_what_the_visitor_may_remove(page: &Page) {
    let (bundle, list) = typical(page, r#"tags="Rathaus,  Digitale Souveränität ""#).await;
    check_selection(&list, &bundle, &["Rathaus", "Digitale Souveränität"], Match::All).await;
    list.click_with_text("chip", "Rathaus").await;
    check_selection(&list, &bundle, &["Digitale Souveränität"], Match::All).await;
}

/// As scripts do that put the element into the page first. What it is told then is none of the first part's.
async fn what_is_set_before_it_shows(page: &Page) {
    let bundle = bundles::typical();
    page.site().serve("news.json", Reply::json(&bundle));
    page.open(Document::new(format!(r#"<script src="{SCRIPT}"></script>"#))).await;
    let script = "const list = document.createElement('stichwort-teasers'); \
        document.body.append(list); \
        list.src = 'news.json'; list.setAttribute('locked-tags', 'OZG'); list.layout = 'cards';";
    page.run(script, vec![]).await;
    let list = page.widget();
    list.loaded().await;
    list.wait_matches(bundles::matches(&bundle, &["OZG"], Match::All)).await;
    page.wait("the layout", "host(0).shadowRoot.querySelector('.root').dataset.layout === 'cards'").await;
}

async fn more_by_scrolling_ends_at_run_time(page: &Page) {
    let (_, list) = typical(page, r#"more="scroll" page-size="5""#).await;
    list.set("more", "button").await;
    list.set("page-size", "6").await;
    list.wait_count("teaser", 6).await;
    // Whether it has been seen is told before a frame is painted.
    let seen = "const more = first(0, '[part=more]'); more.scrollIntoView(); \
        await new Promise((done) => new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && done()).observe(more));";
    page.run_async(seen, vec![]).await;
    page.frames().await;
    assert_eq!(list.count("teaser").await, 6);
    list.click("more").await;
    list.wait_count("teaser", 12).await;
}

async fn tags_at_run_time_replace_the_choice(page: &Page) {
    let (bundle, list) = typical(page, r#"tags="Rathaus""#).await;
    list.set("tags", "OZG").await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
    list.set("tags", r#"["Rathaus", "OZG"]"#).await;
    check_selection(&list, &bundle, &["Rathaus", "OZG"], Match::All).await;
    list.set("tags", "").await;
    check_selection(&list, &bundle, &[], Match::All).await;
}

async fn matching_at_run_time(page: &Page) {
    let (bundle, list) = typical(page, r#"tags="Rathaus, OZG""#).await;
    check_selection(&list, &bundle, &["Rathaus", "OZG"], Match::All).await;
    list.set("match", "any").await;
    check_selection(&list, &bundle, &["Rathaus", "OZG"], Match::Any).await;
    list.host("element.removeAttribute('match')").await;
    check_selection(&list, &bundle, &["Rathaus", "OZG"], Match::All).await;
}

async fn page_size(page: &Page) {
    let (_, list) = typical(page, r#"page-size="5""#).await;
    assert_eq!(list.count("teaser").await, 5);
    list.click("more").await;
    list.wait_count("teaser", 10).await;
    list.set("page-size", "7").await;
    list.wait("teaser", "elements.length % 7 === 0").await;
    list.host("element.removeAttribute('page-size')").await;
    list.wait("teaser", "elements.length % 20 === 0").await;
    list.set("page-size", "100").await;
    list.wait_count("teaser", 60).await;
    assert!(!list.is_shown("more").await);
}

async fn language(page: &Page) {
    let speaks = "element.closest('[lang]').lang.slice(0, 2)";
    let (_, list) = typical(page, r#"lang="en""#).await;
    let english = list.text("status").await;
    assert_eq!(list.look("status", speaks).await, json!("en"));
    list.set("lang", "de").await;
    list.wait("status", "elements[0].closest('[lang]').lang.startsWith('de')").await;
    let german = list.text("status").await;
    assert_ne!(english, german);
    assert_eq!(list.matches().await, 60);
    // The bundle's words keep the bundle's language.
    assert_eq!(list.look("headline", speaks).await, json!("de"));
}

async fn language_of_the_page(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let mut said = Vec::new();
    for lang in ["de", "en"] {
        page.open(Document::with_element(r#"src="news.json""#).lang(lang)).await;
        page.widget().loaded().await;
        said.push(page.widget().text("status").await);
    }
    assert_ne!(said[0], said[1]);
}

/// Through the shadow roots it stands in, and from the first: no other words are asked for.
async fn language_around_a_shadow_root(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let page_of_its_own = format!(
        r#"<div id="host"></div><script>
        window.list = Object.assign(document.createElement("stichwort-teasers"), {{ src: "news.json" }});
        document.getElementById("host").attachShadow({{ mode: "open" }}).append(list);
        </script><script src="{SCRIPT}"></script>"#
    );
    page.open(Document::new(page_of_its_own).lang("uk")).await;
    page.wait("the list", "list.shadowRoot?.querySelector('[part=teaser]')?.closest('[lang=uk]')").await;
    let asked: Vec<String> = page.site().all_asked().into_iter().map(|asked| asked.path).collect();
    assert!(asked.iter().any(|path| path.contains("stichwort-uk-")), "{asked:?}");
    assert!(!asked.iter().any(|path| path.contains("stichwort-en-")), "{asked:?}");
}

async fn heading_and_its_level(page: &Page) {
    let name = "element.localName";
    let (_, list) = typical(page, "").await;
    assert_eq!(list.count("heading").await, 0);
    assert_eq!(list.look("headline", name).await, json!("h2"));
    list.set("heading", "Aus dem Rathaus").await;
    list.wait_shown("heading").await;
    assert_eq!(list.text("heading").await, "Aus dem Rathaus");
    assert_eq!(list.look("heading", name).await, json!("h2"));
    assert_eq!(list.look("headline", name).await, json!("h3"));
    let region = "!!element.closest('section, [role=region]')";
    assert_eq!(list.look("heading", region).await, json!(true));
    list.set("heading-level", "5").await;
    list.wait("headline", "elements.every((element) => element.localName === 'h5')").await;
    assert_eq!(list.look("heading", name).await, json!("h4"));
    list.host("element.removeAttribute('heading')").await;
    list.wait_count("heading", 0).await;
    assert_eq!(list.look("headline", name).await, json!("h5"));
}

async fn theme_paints_its_ground(page: &Page) {
    let (_, list) = typical(page, r#"theme="dark""#).await;
    let ink = "luminance(getComputedStyle(element).color)";
    let check = async |dark: bool| {
        let ground = list.look("headline", "ground(element)").await.as_f64().expect("a ground");
        let ink = list.look("headline-link", ink).await.as_f64().expect("a colour");
        assert_eq!(dark, ground < 0.1, "ground {ground}");
        assert_eq!(dark, ground < ink, "ground {ground}, ink {ink}");
    };
    check(true).await;
    list.set("theme", "light").await;
    list.wait("headline", "ground(elements[0]) > 0.5").await;
    check(false).await;
    list.set("theme", "dark").await;
    list.wait("headline", "ground(elements[0]) < 0.5").await;
    check(true).await;
}

/// A dark widget in a light page is a defect, whatever the system prefers.
async fn automatic_theme_follows_the_page(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    for (scheme, dark) in [("light", false), ("dark", true), ("normal", false)] {
        page.open(
            Document::with_element(r#"src="news.json""#)
                .head(format!("<style>:root {{ color-scheme: {scheme} }}</style>")),
        )
        .await;
        let list = page.widget();
        list.loaded().await;
        let ink = list.look("lead", "luminance(getComputedStyle(element).color)").await;
        assert_eq!(ink.as_f64().expect("a colour") > 0.4, dark, "{scheme}: {ink}");
        assert_eq!(list.look("lead", "ground(element)").await, json!(null), "{scheme}");
    }
}

async fn link_target(page: &Page) {
    let (_, list) = typical(page, "").await;
    assert_eq!(list.attribute("headline-link", "target").await, "_self");
    list.set("link-target", "blank").await;
    list.wait("headline-link", "elements.every((link) => link.target === '_blank')").await;
    assert!(list.attribute("headline-link", "rel").await.contains("noopener"));
    list.host("element.removeAttribute('link-target')").await;
    list.wait("headline-link", "elements.every((link) => link.target === '_self')").await;
}

async fn home_at_run_time(page: &Page) {
    page.expect("stichwort: http");
    let list = opened(page, Reply::status(404), "").await;
    list.wait_shown("error").await;
    list.set("home", "https://amt.example/neu").await;
    list.wait("home", "elements[0]?.href === 'https://amt.example/neu'").await;
}

async fn junk_becomes_the_default_and_one_warning(page: &Page) {
    for (name, junk) in [
        ("page-size", "viele"),
        ("page-size", "0"),
        ("page-size", "-3"),
        ("match", "vielleicht"),
        ("theme", "bunt"),
        ("heading-level", "9"),
        ("link-target", "oben"),
        ("lang", "!!!"),
    ] {
        page.expect(name);
        let (_, list) = typical(page, &format!(r#"{name}="{junk}""#)).await;
        assert_eq!(list.count("teaser").await, 20, "{name}={junk}");
        assert_eq!(list.matches().await, 60);
        assert_eq!(list.look("headline", "element.localName").await, json!("h2"));
        assert_eq!(list.attribute("headline-link", "target").await, "_self");
        // Some of it is told by the program's later part, which the list does not wait for.
        page.wait("the warning", "__probe.log.some((entry) => entry.kind === 'warn')").await;
        let warnings =
            page.eval("__probe.log.filter((entry) => entry.kind === 'warn').map((entry) => entry.text)").await;
        let warnings = warnings.as_array().expect("a list");
        assert_eq!(warnings.len(), 1, "{name}={junk}: {warnings:?}");
        assert!(warnings[0].as_str().is_some_and(|text| text.contains(name)), "{warnings:?}");
    }
}

async fn junk_at_run_time(page: &Page) {
    page.expect("page-size");
    let (_, list) = typical(page, r#"page-size="5""#).await;
    list.set("page-size", "ein paar").await;
    list.wait_count("teaser", 20).await;
    // What has been said is not said again because of another attribute.
    list.set("tags", "Rathaus").await;
    list.wait_count("chip", 1).await;
    list.set("page-size", "6").await;
    list.wait_count("teaser", 6).await;
    assert_eq!(page.said("warn").await.len(), 1);
}

async fn a_source_that_is_no_address_is_told_once(page: &Page) {
    page.expect("attribute src");
    page.open(Document::with_element(r#"src="http://[""#)).await;
    page.widget().wait_shown("error").await;
    page.widget().wait_fallback(true).await;
    let said = page.said("warn").await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(page.events("stichwort-error").await.len(), 1);
}

async fn properties_before_upgrade(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(element(r#"src="nicht.json""#))).await;
    page.widget()
        .host(
            "element.pageSize = 5; element.tags = 'Rathaus'; element.headingLevel = 4; \
             element.src = 'news.json'; element.linkTarget = 'blank';",
        )
        .await;
    page.run(
        "const script = document.createElement('script'); script.src = args[0]; document.head.append(script);",
        vec![json!(SCRIPT)],
    )
    .await;
    let list = page.widget();
    list.loaded().await;
    assert_eq!(list.count("teaser").await, 5);
    assert_eq!(list.pressed().await, ["Rathaus"]);
    assert_eq!(list.look("headline", "element.localName").await, json!("h4"));
    assert_eq!(list.attribute("headline-link", "target").await, "_blank");
    assert!(page.site().asked("nicht.json").is_empty());
}

async fn properties_after_upgrade(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    list.host("element.pageSize = 5").await;
    list.wait_count("teaser", 5).await;
    list.host("element.tags = 'Rathaus, OZG'; element.match = 'any'; element.pageSize = 20").await;
    check_selection(&list, &bundle, &["Rathaus", "OZG"], Match::Any).await;
    list.host("element.heading = 'Rathaus'").await;
    list.wait_shown("heading").await;
    assert_eq!(list.host("return element.getAttribute('page-size')").await, json!("20"));
    assert_eq!(list.host("return String(element.pageSize)").await, json!("20"));
}
