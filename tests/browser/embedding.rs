//! The ways to put a list into a page.

use serde_json::json;
use stichwort_tests::{
    bundles,
    document::{Document, SCRIPT, element},
    page::Page,
    reply::Reply,
    server::Origin,
    suite::Test,
    tests,
    widget::tag,
};

use super::setting::{self, dist_files, first_part};

pub(crate) fn all() -> Vec<Test> {
    tests![
        classic_script_and_element,
        async_script_and_element,
        deferred_script_and_element,
        module_script_and_element,
        element_before_the_script,
        classic_script_alone,
        async_script_alone,
        deferred_script_alone,
        module_script_alone,
        async_module_script_alone,
        module_in_another_spelling,
        a_picture_called_like_the_script,
        script_stands_where_the_list_appears,
        data_feed_wins_over_data_src,
        an_empty_data_feed_says_nothing,
        a_page_that_puts_a_copy_back_has_one_list,
        two_classic_tags_of_one_file,
        two_module_tags_of_one_file,
        script_tags_inserted_later,
        element_inserted_later,
        source_given_later,
        fallback_parsed_after_the_element,
        demo_pages_show_their_lists,
        a_program_of_any_type_runs,
        all_that_a_list_needs_is_asked_for_at_once,
        two_widgets_share_program_and_bundle,
        two_widgets_choose_independently,
        what_comes_later_shares_the_bundle,
        consent_managers_may_keep_the_scripts_address,
        classic_script_from_another_origin,
        module_script_from_another_origin,
        a_script_that_cannot_know_its_folder_says_so,
        a_script_in_a_shadow_root_says_that_it_shows_nothing,
        a_script_tag_without_an_address_says_so,
        a_script_in_a_picture_breaks_nothing,
    ]
}

async fn a_script_that_cannot_know_its_folder_says_so(page: &Page) {
    page.expect("stichwort:");
    page.expect("404");
    for attribute in ["", r#" type="module""#] {
        let list = element(r#"src="news.json""#);
        page.open(Document::new(format!(r#"{list}<script{attribute}>import("./{SCRIPT}")</script>"#))).await;
        page.wait("the program", "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.wasm'))")
            .await;
        let said = page.said("warn").await;
        assert!(said.iter().any(|line| line.contains("expected a script element of the page")), "{said:?}");
    }
}

/// Puts a script that names a bundle into a new shadow root.
const IN_A_SHADOW_ROOT: &str = "const host = document.createElement('div'); document.body.append(host); \
     const script = document.createElement('script'); script.src = args[0]; script.dataset.src = 'news.json'; \
     const run = new Promise((done) => (script.onload = done)); \
     host.attachShadow({ mode: 'open' }).append(script); await run;";

async fn a_script_in_a_shadow_root_says_that_it_shows_nothing(page: &Page) {
    page.expect("stichwort: expected a script element of the page");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    for (times, body) in [(1, String::new()), (2, format!(r#"<script src="{SCRIPT}"></script>"#))] {
        page.open(Document::new(body)).await;
        page.run_async(IN_A_SHADOW_ROOT, vec![json!(SCRIPT)]).await;
        let said = page.said("warn").await;
        assert_eq!(said.len(), times, "{said:?}");
    }
}

async fn a_script_tag_without_an_address_says_so(page: &Page) {
    page.expect("expected data-src");
    page.open(Document::new(format!(r#"<script async src="{SCRIPT}" data-scr="news.json" data-tags="OZG"></script>"#)))
        .await;
    page.wait("the line", "__probe.log.length === 1").await;
    assert_eq!(page.eval("document.querySelectorAll('stichwort-teasers').length").await, json!(0));
}

async fn a_script_in_a_picture_breaks_nothing(page: &Page) {
    page.expect("stichwort: expected a script element of the page");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let list = element(r#"src="news.json""#);
    page.open(Document::new(format!(
        r#"<script src="{SCRIPT}"></script><svg><script href="{SCRIPT}" data-src="news.json"></script></svg>{list}"#
    )))
    .await;
    let list = page.widget_at(1);
    list.loaded().await;
    list.click(&tag("Rathaus")).await;
    list.wait_count("chip", 1).await;
    let said = page.said("warn").await;
    assert_eq!(said.len(), 1, "{said:?}");
}

/// The script with these attributes and an element after it.
async fn check_with_element(page: &Page, script: &str) {
    let body = format!(r#"<script {script} src="{SCRIPT}"></script>{}"#, element(r#"src="news.json""#));
    check_body(page, &body).await;
}

/// The script with these attributes, and its own bundle, alone.
async fn check_alone(page: &Page, script: &str) {
    check_body(page, &format!(r#"<script {script} src="{SCRIPT}" data-src="news.json"></script>"#)).await;
}

async fn check_body(page: &Page, body: &str) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(body)).await;
    page.widget().loaded().await;
    assert_eq!(page.widget().count("teaser").await, 20);
    assert_eq!(page.widget().matches().await, 60);
    assert_eq!(page.eval("document.querySelectorAll('stichwort-teasers').length").await, json!(1));
    assert_eq!(page.site().asked("news.json").len(), 1);
    assert_eq!(page.site().asked(SCRIPT).len(), 1);
}

async fn classic_script_and_element(page: &Page) {
    check_with_element(page, "").await;
}

async fn async_script_and_element(page: &Page) {
    check_with_element(page, "async").await;
}

async fn deferred_script_and_element(page: &Page) {
    check_with_element(page, "defer").await;
}

async fn module_script_and_element(page: &Page) {
    check_with_element(page, r#"type="module""#).await;
}

async fn element_before_the_script(page: &Page) {
    let body = format!(r#"{}<script src="{SCRIPT}"></script>"#, element(r#"src="news.json""#));
    check_body(page, &body).await;
}

async fn classic_script_alone(page: &Page) {
    check_alone(page, "").await;
}

async fn async_script_alone(page: &Page) {
    check_alone(page, "async").await;
}

async fn deferred_script_alone(page: &Page) {
    check_alone(page, "defer").await;
}

async fn module_script_alone(page: &Page) {
    check_alone(page, r#"type="module""#).await;
}

async fn async_module_script_alone(page: &Page) {
    check_alone(page, r#"type="module" async"#).await;
}

/// Elements with a name are properties of the document, and may come from anybody who can write a comment.
async fn a_picture_called_like_the_script(page: &Page) {
    page.site().serve("fremd/bild.svg", Reply::picture());
    for (name, kind) in [("currentScript", ""), ("scripts", r#"type="module""#)] {
        let script = format!(r#"<script {kind} src="{SCRIPT}" data-src="news.json"></script>"#);
        page.site().serve("news.json", Reply::json(&bundles::typical()));
        page.open(Document::new(format!(r#"<img name="{name}" src="fremd/bild.svg">{script}"#))).await;
        page.widget().loaded().await;
    }
}

async fn module_in_another_spelling(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(format!(r#"<script type="Module" src="{SCRIPT}" data-src="news.json"></script>"#))).await;
    page.widget().loaded().await;
}

async fn script_stands_where_the_list_appears(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(format!(
        r#"<p id="above">oben</p><div><script async src="{SCRIPT}" data-src="news.json" data-id="liste"
           data-page-size="5" data-tags="Rathaus"></script></div><p id="below">unten</p>"#
    )))
    .await;
    let list = page.widget();
    list.loaded().await;
    assert_eq!(list.count("teaser").await, 5);
    assert_eq!(list.pressed().await, ["Rathaus"]);
    assert_eq!(list.host("return element.id").await, json!("liste"));
    assert_eq!(list.host("return element.parentElement.localName").await, json!("div"));
    let order = "const before = (a, b) => !!(a.compareDocumentPosition(b) & 4); \
                 return before(above, element) && before(element, below);";
    assert_eq!(list.host(order).await, json!(true));
}

async fn data_feed_wins_over_data_src(page: &Page) {
    check_body(
        page,
        &format!(
            r#"<script src="{SCRIPT}" data-feed="news.json" data-src="https://einwilligung.invalid/x.js"></script>"#
        ),
    )
    .await;
    assert_eq!(page.events("stichwort-error").await, Vec::<serde_json::Value>::new());
}

async fn an_empty_data_feed_says_nothing(page: &Page) {
    check_body(page, &format!(r#"<script src="{SCRIPT}" data-feed="" data-src="news.json"></script>"#)).await;
}

/// As those do that keep pages to come back to, and begin their scripts anew.
async fn a_page_that_puts_a_copy_back_has_one_list(page: &Page) {
    check_body(page, &format!(r#"<script src="{SCRIPT}" data-src="news.json"></script>"#)).await;
    let script = "const copy = document.body.cloneNode(true); document.body.replaceWith(copy); \
        for (const old of copy.querySelectorAll('script[data-src]')) { \
          const made = document.createElement('script'); \
          for (const { name, value } of old.attributes) made.setAttribute(name, value); \
          old.replaceWith(made); \
          await new Promise((done) => (made.onload = done)); }";
    page.run_async(script, vec![]).await;
    page.widget().wait_count("teaser", 20).await;
    assert_eq!(page.eval("document.querySelectorAll('stichwort-teasers').length").await, json!(1));
}

/// Two lists from two tags, each behind its own.
async fn check_two_tags(page: &Page, script: &str) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.site().serve("amt.json", Reply::json(&bundles::feed(vec![bundles::article("amt", "2025-01-01", &["Amt"])])));
    page.open(Document::new(format!(
        r#"<div><script {script} src="{SCRIPT}" data-src="news.json"></script></div>
           <div><script {script} src="{SCRIPT}" data-src="amt.json"></script></div>"#
    )))
    .await;
    page.widget_at(1).loaded().await;
    page.widget_at(0).loaded().await;
    assert_eq!(page.widget_at(0).matches().await, 60);
    assert_eq!(page.widget_at(1).matches().await, 1);
    let places =
        "[...document.querySelectorAll('div')].map((place) => place.querySelectorAll('stichwort-teasers').length)";
    assert_eq!(page.eval(places).await, json!([1, 1]));
}

async fn two_classic_tags_of_one_file(page: &Page) {
    check_two_tags(page, "").await;
}

async fn two_module_tags_of_one_file(page: &Page) {
    check_two_tags(page, r#"type="module""#).await;
}

async fn script_tags_inserted_later(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new("")).await;
    for (index, kind) in ["module", "module", "", ""].into_iter().enumerate() {
        page.run(
            "const script = document.createElement('script'); \
             if (args[0]) script.type = args[0]; \
             script.src = args[1]; script.dataset.src = 'news.json'; document.body.append(script);",
            vec![json!(kind), json!(SCRIPT)],
        )
        .await;
        page.widget_at(index).loaded().await;
    }
    assert_eq!(page.eval("document.querySelectorAll('stichwort-teasers').length").await, json!(4));
}

async fn element_inserted_later(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(format!(r#"<script src="{SCRIPT}"></script><div id="place"></div>"#))).await;
    page.run(
        "const list = document.createElement('stichwort-teasers'); \
         list.setAttribute('src', 'news.json'); place.append(list);",
        vec![],
    )
    .await;
    page.widget().loaded().await;
    assert_eq!(page.widget().count("teaser").await, 20);
}

async fn source_given_later(page: &Page) {
    page.expect("stichwort: expected the bundle's address");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element("")).await;
    page.wait_event("stichwort-error", 1).await;
    page.widget().wait_shown("error").await;
    page.widget().wait_fallback(true).await;
    page.widget().set("src", "news.json").await;
    page.widget().loaded().await;
    page.site().serve("amt.json", Reply::json(&bundles::feed(vec![bundles::article("amt", "2025-01-01", &["Amt"])])));
    page.widget().set("src", "amt.json").await;
    page.widget().wait_matches(1).await;
    assert_eq!(page.widget().headlines().await, ["Meldung amt"]);
}

/// A script may run while the parser is still inside of the element: on a slow line the
/// fallback comes after the element was connected.
async fn fallback_parsed_after_the_element(page: &Page) {
    let (document, page_tap) = Reply::pieces();
    let (bundle, bundle_tap) = Reply::pieces();
    page.site().serve("langsam.html", document.content_type("text/html; charset=utf-8"));
    page.site().serve("news.json", bundle);
    page_tap.send(format!(
        r#"<!doctype html><html lang="de"><meta charset="utf-8"><script src="probe.js"></script>
           <script src="{SCRIPT}"></script><h1>Rathaus</h1><!-- {} --><stichwort-teasers src="news.json">"#,
        // WebKit does not begin to read before it has this much.
        " ".repeat(8192)
    ));
    let release = async {
        page.wait_asked("news.json", 1).await;
        page_tap.send(r#"<a href="https://amt.example/news">Alle</a></stichwort-teasers><p>Ende</p>"#);
        page_tap.finish();
    };
    tokio::join!(page.go("langsam.html"), release);
    let list = page.widget();
    list.wait_fallback(true).await;
    list.wait_hidden("loading").await;
    bundle_tap.send(bundles::typical().to_string());
    bundle_tap.finish();
    list.loaded().await;
    list.wait_fallback(false).await;
}

/// No answer is waited for before the next request.
async fn all_that_a_list_needs_is_asked_for_at_once(page: &Page) {
    let words = dist_files("stichwort-de-", ".js").into_iter().find(|(name, _)| !name.contains("later"));
    let (words, (program, _)) = (words.expect("are in dist").0, first_part());
    let needed = [format!("dist/{program}"), format!("dist/{words}"), "news.json".to_owned()];
    for path in &needed {
        page.site().serve(path, Reply::never());
    }
    page.open(Document::new(element(r#"src="news.json""#))).await;
    // Some browsers do not call a page loaded while a module of it is on its way.
    let script = "document.body.append(Object.assign(document.createElement('script'), { src: args[0] }));";
    page.run(script, vec![json!(SCRIPT)]).await;
    for path in &needed {
        page.wait_asked(path, 1).await;
    }
}

async fn open_two(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json""#).body(element(r#"src="news.json""#))).await;
    page.widget_at(0).loaded().await;
    page.widget_at(1).loaded().await;
}

async fn two_widgets_share_program_and_bundle(page: &Page) {
    open_two(page).await;
    assert_eq!(page.site().asked("news.json").len(), 1);
    let mut files: Vec<_> = page.site().all_asked().into_iter().map(|asked| asked.path).collect();
    files.retain(|path| path.starts_with("dist/"));
    files.sort();
    let all = files.len();
    files.dedup();
    assert_eq!(files.len(), all, "a file was fetched twice: {files:?}");
    let sheet = |index| format!("host({index}).shadowRoot.adoptedStyleSheets[0]");
    assert_eq!(page.eval(&format!("{} === {}", sheet(0), sheet(1))).await, json!(true));
}

/// Many servers do not know the type; those that do have it compiled while it comes.
async fn a_program_of_any_type_runs(page: &Page) {
    let spy = "<script>{ const own = WebAssembly.compileStreaming; window.streamed = 0; \
        WebAssembly.compileStreaming = (...what) => { streamed++; return own(...what); }; }</script>";
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json""#).head(spy)).await;
    page.widget().loaded().await;
    assert_eq!(page.eval("streamed").await, json!(1));
    let (name, bytes) = first_part();
    let reply = Reply::typed("application/octet-stream", bytes).header("cache-control", "no-store");
    page.site().serve(&format!("dist/{name}"), reply);
    page.open(Document::with_element(r#"src="news.json""#).head(spy)).await;
    page.widget().loaded().await;
    assert_eq!(page.eval("streamed").await, json!(0));
}

async fn two_widgets_choose_independently(page: &Page) {
    open_two(page).await;
    let (one, two) = (page.widget_at(0), page.widget_at(1));
    one.click(&tag("Rathaus")).await;
    one.wait(&tag("Rathaus"), "elements[0].ariaPressed === 'true'").await;
    // Without the mouse, which would have to aim while the list before gets its heights.
    two.look(&tag("Verkehr"), "element.click()").await;
    two.wait(&tag("Verkehr"), "elements[0].ariaPressed === 'true'").await;
    let bundle = bundles::typical();
    setting::check_selection(&one, &bundle, &["Rathaus"], bundles::Match::All).await;
    setting::check_selection(&two, &bundle, &["Verkehr"], bundles::Match::All).await;
}

/// Each has a policy of its own, or styles that are in the way.
async fn demo_pages_show_their_lists(page: &Page) {
    for (file, lists) in [("index", 1), ("finden", 1), ("karten", 1), ("partner", 1), ("two", 2), ("hostile", 2)] {
        page.go(&format!("www/{file}.html")).await;
        for index in 0..lists {
            page.widget_at(index).wait("teaser", "elements.length >= 3").await;
        }
    }
}

/// Everything comes from the other origin, and everything is resolved against it.
async fn check_other_origin(page: &Page, script: &str) {
    let site = page.site();
    site.serve("news.json", Reply::json(&bundles::relative()));
    page.open(Document::new(format!(
        r#"<script {script} src="{}" data-src="{}"></script>"#,
        site.other_url(SCRIPT),
        site.other_url("news.json"),
    )))
    .await;
    let list = page.widget();
    list.loaded().await;
    assert_eq!(list.count("teaser").await, 20);
    assert_eq!(list.attribute("headline-link", "href").await, site.other_url("artikel/0"));
    for asked in site.all_asked() {
        let foreign = asked.path.starts_with("dist/") || asked.path == "news.json";
        assert_eq!(asked.origin == Origin::Other, foreign, "{asked:?}");
    }
}

async fn classic_script_from_another_origin(page: &Page) {
    check_other_origin(page, "async").await;
}

async fn module_script_from_another_origin(page: &Page) {
    check_other_origin(page, r#"type="module""#).await;
}

/// Neither an element nor a script tag that comes after the first list asks again; a retry does.
async fn what_comes_later_shares_the_bundle(page: &Page) {
    page.expect("stichwort: http");
    let site = page.site();
    site.serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json""#)).await;
    page.widget().loaded().await;
    page.run(
        "const list = document.createElement('stichwort-teasers'); \
         list.setAttribute('src', 'news.json'); document.body.append(list);",
        vec![],
    )
    .await;
    page.widget_at(1).loaded().await;
    page.run(
        "const script = document.createElement('script'); \
         script.src = args[0]; script.dataset.src = 'news.json'; document.body.append(script);",
        vec![json!(SCRIPT)],
    )
    .await;
    page.widget_at(2).loaded().await;
    page.sentinel().await;
    assert_eq!(site.asked("news.json").len(), 1);

    site.serve("amt.json", Reply::status(503));
    page.widget_at(1).set("src", "amt.json").await;
    page.widget_at(1).wait_shown("stale").await;
    assert_eq!(site.asked("amt.json").len(), 1);
    site.serve("amt.json", Reply::json(&bundles::feed(vec![bundles::article("amt", "2025-01-01", &["Amt"])])));
    page.widget_at(1).look("retry", "element.click()").await;
    page.widget_at(1).wait_matches(1).await;
    page.widget_at(2).set("src", "amt.json").await;
    page.widget_at(2).wait_matches(1).await;
    page.sentinel().await;
    assert_eq!(site.asked("amt.json").len(), 2);
    assert_eq!(site.asked("news.json").len(), 1);
}

async fn consent_managers_may_keep_the_scripts_address(page: &Page) {
    for address in [SCRIPT.to_owned(), page.site().url(SCRIPT)] {
        page.site().serve("news.json", Reply::json(&bundles::typical()));
        let script = format!(r#"<script src="{SCRIPT}" data-src="{address}"></script>"#);
        page.open(Document::new(format!("{script}{}", element(r#"src="news.json""#)))).await;
        page.widget().loaded().await;
        page.sentinel().await;
        assert_eq!(page.eval("document.querySelectorAll('stichwort-teasers').length").await, json!(1));
        assert!(page.events("stichwort-error").await.is_empty());
    }
}
