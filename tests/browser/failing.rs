//! A list that cannot be shown says so, keeps the fallback, and tries again.

use std::time::Duration;

use serde_json::{Value, json};
use stichwort_tests::{
    bundles,
    document::{Document, SCRIPT, element},
    page::Page,
    reply::Reply,
    suite::Test,
    test, tests,
    widget::{Widget, tag},
};

use super::setting::{dist_files, first_part, opened, quick, shown, typical};

pub(crate) fn all() -> Vec<Test> {
    let mut all = tests![
        not_found,
        server_error,
        gone_partial_and_no_content_are_no_success,
        html_instead_of_json,
        empty_answer,
        truncated_json,
        connection_closed_early,
        json_without_items,
        no_cross_origin_permission,
        nobody_listens,
        an_empty_list_is_no_error,
        home_is_found_in_four_places,
        a_retry_asks_the_server,
        retry_may_fail_again,
        what_one_has_got_by_a_retry_others_get_too,
        a_picture_that_cannot_be_had_leaves_its_words,
        another_picture_takes_its_place,
        pictures_of_the_page_are_its_own_matter,
        late_answers_of_an_old_source_are_ignored,
        loading_without_fallback,
        fallback_until_the_first_teasers,
        never_blank,
        what_cannot_be_seen_is_no_fallback,
        a_retry_says_that_it_loads,
        a_home_that_is_no_web_address_is_passed_over,
        an_empty_feed_keeps_the_fallback_below,
        tags_that_match_nothing_keep_the_fallback_below,
        a_new_source_that_fails_keeps_the_old_list,
        a_program_that_was_unavailable_is_asked_for_again,
        without_its_words_the_fallback_stays,
        while_its_words_do_not_come_it_speaks_english,
        without_its_words_it_speaks_english,
        without_other_words_it_speaks_as_before,
    ];
    all.push(test!(timeouts).slow());
    all
}

/// A bundle that cannot be painted before its end, because its dates ascend.
fn ascending() -> Value {
    let items = (0..30).map(|day| bundles::article(&day.to_string(), &format!("2025-01-{:02}", day + 1), &["Amt"]));
    bundles::unordered(items.collect())
}

/// The failure is told in the page and by an event, and a retry succeeds once the server does.
async fn check(page: &Page, reply: Reply, kind: &str, status: Option<u16>) {
    check_with_home(page, reply, kind, status, &["https://amt.example/news"]).await;
}

/// The same, with one of these publisher's pages.
async fn check_with_home(page: &Page, reply: Reply, kind: &str, status: Option<u16>, homes: &[&str]) {
    page.expect("stichwort: http");
    let list = opened(page, reply, r#"id="liste""#).await;
    let event = page.wait_event("stichwort-error", 1).await;
    let detail = &event["detail"];
    assert_eq!(detail["kind"], json!(kind), "{detail}");
    if let Some(status) = status {
        assert_eq!(detail["status"], json!(status), "{detail}");
    }
    assert_eq!(detail["url"], json!(page.site().url("news.json")));
    assert!(detail["message"].as_str().is_some_and(|message| !message.is_empty()), "{detail}");
    assert_eq!((&event["bubbles"], &event["composed"]), (&json!(true), &json!(true)));
    assert_eq!(event["target"], json!("liste"));

    list.wait_shown("error").await;
    assert!(!list.text("error").await.is_empty());
    assert!(list.is_shown("retry").await);
    let home = list.attribute("home", "href").await;
    assert!(homes.contains(&&*home), "{home}");
    assert_eq!(list.count("teaser").await, 0);
    list.wait_fallback(true).await;
    assert!(page.events("stichwort-load").await.is_empty());

    page.site().serve("news.json", Reply::json(&bundles::typical()));
    list.click("retry").await;
    list.loaded().await;
    assert_eq!(list.matches().await, 60);
    assert!(!list.is_shown("error").await);
    assert!(!list.is_shown("retry").await);
    list.wait_fallback(false).await;
    assert_eq!(page.events("stichwort-error").await.len(), 1);
}

async fn not_found(page: &Page) {
    check(page, Reply::status(404), "status", Some(404)).await;
}

async fn server_error(page: &Page) {
    check(page, Reply::status(500), "status", Some(500)).await;
}

async fn gone_partial_and_no_content_are_no_success(page: &Page) {
    page.expect("stichwort: http");
    for status in [410, 206, 204, 203] {
        // A browser may keep such an answer, and the next page asks for the same address.
        page.site().serve("news.json", Reply::status(status).header("cache-control", "no-store"));
        page.open(Document::with_element(r#"src="news.json""#)).await;
        let detail = page.wait_event("stichwort-error", 1).await["detail"].take();
        assert_eq!((&detail["kind"], &detail["status"]), (&json!("status"), &json!(status)));
    }
}

async fn html_instead_of_json(page: &Page) {
    check(page, Reply::html("<!doctype html><p>Bitte anmelden</p>"), "syntax", None).await;
}

async fn empty_answer(page: &Page) {
    check(page, Reply::bundle(""), "syntax", None).await;
}

/// What [`bundles::feed`] says of itself, before its items.
const OWN_HOME: &str = "https://amt.example/meldungen";

async fn truncated_json(page: &Page) {
    let whole = ascending().to_string();
    check_with_home(page, Reply::bundle(whole[..whole.len() / 2].to_owned()), "syntax", None, &[OWN_HOME]).await;
}

async fn connection_closed_early(page: &Page) {
    page.expect("stichwort: http");
    let whole = ascending().to_string();
    let (reply, tap) = Reply::pieces();
    tap.send(whole[..whole.len() / 2].to_owned());
    tap.cut();
    // Whether the answer has begun by then is the browser's matter.
    check_with_home(page, reply, "network", None, &[OWN_HOME, "https://amt.example/news"]).await;
}

async fn json_without_items(page: &Page) {
    page.expect("stichwort: http");
    check(page, Reply::bundle(r#"{"version": "1", "articles": []}"#), "not-a-feed", None).await;
}

/// Browsers say in the console that a foreign bundle was not admitted.
async fn no_cross_origin_permission(page: &Page) {
    let site = page.site();
    site.serve("news.json", Reply::json(&bundles::typical()).without_cors());
    page.expect("CORS");
    page.expect("Access-Control-Allow-Origin");
    page.expect("Cross-Origin");
    page.open(Document::with_element(&format!(r#"src="{}""#, site.other_url("news.json")))).await;
    let event = page.wait_event("stichwort-error", 1).await;
    assert_eq!(event["detail"]["kind"], json!("network"));
    page.widget().wait_shown("error").await;
    page.widget().wait_fallback(true).await;
}

async fn nobody_listens(page: &Page) {
    page.expect("stichwort: http");
    // A port that browsers do not refuse by themselves and nobody uses here.
    page.open(Document::with_element(r#"src="http://127.0.0.1:9/news.json""#)).await;
    let event = page.wait_event("stichwort-error", 1).await;
    assert_eq!(event["detail"]["kind"], json!("network"));
    page.widget().wait_shown("error").await;
}

async fn an_empty_list_is_no_error(page: &Page) {
    let list = opened(page, Reply::json(&bundles::feed(vec![])), "").await;
    let event = page.wait_event("stichwort-load", 1).await;
    assert_eq!(event["detail"]["articles"], json!(0));
    list.wait_shown("empty").await;
    assert_eq!(list.attribute("home", "href").await, "https://amt.example/meldungen");
    assert!(!list.is_shown("error").await);
    assert!(page.events("stichwort-error").await.is_empty());
}

async fn home_is_found_in_four_places(page: &Page) {
    page.expect("stichwort: http");
    let home = r#"home="https://amt.example/start""#;
    let list = opened(page, Reply::status(404), home).await;
    list.wait_shown("error").await;
    assert_eq!(list.attribute("home", "href").await, "https://amt.example/start");
    let list = opened(page, Reply::json(&bundles::feed(vec![])), home).await;
    list.wait_shown("empty").await;
    assert_eq!(list.attribute("home", "href").await, "https://amt.example/start");

    page.site().serve("news.json", Reply::status(404));
    let script = r#"<script src="dist/stichwort.js"></script>"#;
    let bare = r#"<stichwort-teasers src="news.json"></stichwort-teasers>"#;
    page.open(Document::new(format!("{script}{bare}"))).await;
    page.widget().wait_shown("error").await;
    assert_eq!(page.widget().count("home").await, 0, "no link is better than a wrong one");

    // The bundle's own goes before the fallback's.
    const HEAD: &str = r#"{"home_page_url":"https://amt.example/presse","#;
    for rest in [r#""items":[{"id":"#, "\"title\":\"Amt\"}"] {
        let list = opened(page, Reply::typed("application/json", [HEAD, rest].concat()), "").await;
        list.wait_shown("error").await;
        assert_eq!(list.attribute("home", "href").await, "https://amt.example/presse");
    }

    let unsafe_home = r#"<stichwort-teasers src="news.json" home="javascript:owned=1"></stichwort-teasers>"#;
    page.expect("home");
    page.open(Document::new(format!("{script}{unsafe_home}"))).await;
    page.widget().wait_shown("error").await;
    assert_eq!(page.widget().count("home[href^=javascript]").await, 0);
}

/// The browser's cache may hold the very answer that failed. Nor is a server asked first whether it may be asked.
async fn a_retry_asks_the_server(page: &Page) {
    page.expect("stichwort: http");
    let spy = "<script>{ const own = fetch; window.modes = []; window.fetch = (url, options) => { \
        if (`${url}`.endsWith('news.json')) modes.push(options.cache); return own(url, options); }; }</script>";
    page.site().serve("news.json", Reply::status(503));
    let source = page.site().other_url("news.json");
    page.open(Document::with_element(&format!(r#"src="{source}""#)).head(spy)).await;
    page.widget().wait_shown("retry").await;
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.widget().click("retry").await;
    page.widget().loaded().await;
    assert_eq!(page.eval("modes").await, json!(["default", "no-cache"]));
    assert!(page.site().asked("news.json").iter().all(|asked| asked.method == "GET"));
}

async fn retry_may_fail_again(page: &Page) {
    page.expect("stichwort: http");
    let list = opened(page, Reply::status(503), "").await;
    page.wait_event("stichwort-error", 1).await;
    list.wait_shown("retry").await;
    page.site().serve("news.json", Reply::html("<p>Wartung</p>"));
    list.click("retry").await;
    let event = page.wait_event("stichwort-error", 2).await;
    assert_eq!(event["detail"]["kind"], json!("syntax"));
    list.wait_shown("retry").await;
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    list.click("retry").await;
    list.loaded().await;
}

async fn what_one_has_got_by_a_retry_others_get_too(page: &Page) {
    page.expect("stichwort: http");
    page.site().serve("news.json", Reply::status(503));
    page.open(Document::with_element(r#"src="news.json""#).body(element(r#"src="news.json""#))).await;
    for index in [0, 1] {
        page.widget_at(index).wait_shown("error").await;
    }
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.widget_at(1).click("retry").await;
    for index in [0, 1] {
        page.widget_at(index).loaded().await;
        page.widget_at(index).wait_count("teaser", 20).await;
    }
    assert_eq!(page.events("stichwort-load").await.len(), 2);
    assert_eq!(page.site().asked("news.json").len(), 2);
}

async fn a_picture_that_cannot_be_had_leaves_its_words(page: &Page) {
    page.expect("weg.svg");
    let site = page.site();
    site.serve("bild.svg", Reply::picture());
    site.serve("weg.svg", Reply::status(404));
    let mut bundle = bundles::typical();
    for (at, (picture, alt)) in [("bild.svg", "Ein Saal"), ("weg.svg", "Ein Gang"), ("weg.svg", "")].iter().enumerate()
    {
        bundle["items"][at]["image"] = json!(site.url(picture));
        bundle["items"][at]["_stichwort"]["image"] = json!({"alt": alt, "credit": "Bild: Amt"});
    }
    for layout in ["list", "cards"] {
        let list = shown(page, &bundle, &format!(r#"layout="{layout}""#)).await;
        list.wait_count("image :is(img)", 1).await;
        let sizes = "elements.map(({ offsetWidth, offsetHeight }) => [offsetWidth, offsetHeight].join())";
        let sizes = list.look_all("image > *:first-child", sizes).await;
        assert!(sizes[0] == sizes[1] && sizes[0] == sizes[2], "{layout}: {sizes}");
        let words = list.look_all("image > *:first-child", "elements.map((element) => element.textContent)").await;
        assert_eq!(words, json!(["", "Ein Gang", ""]), "{layout}");
        let ground = "getComputedStyle(element).backgroundColor";
        assert_eq!(list.look("image > :is(span)", ground).await, list.look("image :is(img)", ground).await, "{layout}");
        // It goes with its teaser, and comes anew.
        list.click(&tag("Klima")).await;
        list.wait_count("chip", 1).await;
        list.click("clear").await;
        list.wait_count("image", 3).await;
        list.wait_count("image :is(img)", 1).await;
    }
}

async fn another_picture_takes_its_place(page: &Page) {
    page.expect("weg.svg");
    let site = page.site();
    site.serve("bild.svg", Reply::picture());
    site.serve("weg.svg", Reply::status(404));
    let bundle = |picture: &str| {
        let mut bundle = bundles::typical();
        bundle["items"][0]["image"] = json!(site.url(picture));
        bundle["items"][0]["_stichwort"]["image"] = json!({"alt": "Ein Saal"});
        bundle
    };
    let list = shown(page, &bundle("weg.svg"), "").await;
    list.wait_count("image > :is(span)", 1).await;
    site.serve("andere.json", Reply::json(&bundle("bild.svg")));
    list.set("src", "andere.json").await;
    list.wait("image :is(img)", "elements.length === 1 && elements[0].naturalWidth > 0").await;
}

async fn pictures_of_the_page_are_its_own_matter(page: &Page) {
    page.expect("weg.svg");
    page.expect("stichwort: http");
    page.site().serve("weg.svg", Reply::status(404));
    page.site().serve("news.json", Reply::status(404));
    // With the program's later part, and without.
    for attributes in ["", r#"layout="cards""#] {
        page.open(Document::new(format!(
            r#"<script src="dist/stichwort.js"></script><stichwort-teasers src="news.json" {attributes}></stichwort-teasers>"#
        )))
        .await;
        let list = page.widget();
        list.wait_shown("error").await;
        let failed = "const image = document.createElement('img'); image.src = 'weg.svg'; image.alt = 'Amt'; \
             const done = new Promise((done) => (image.onerror = done)); \
             document.querySelector('stichwort-teasers').append(image); await done;";
        page.run_async(failed, vec![]).await;
        assert_eq!(list.host("return element.querySelectorAll('img[src]').length").await, json!(1));
        assert!(list.is_shown("error").await);
    }
}

async fn late_answers_of_an_old_source_are_ignored(page: &Page) {
    let (reply, tap) = Reply::pieces();
    page.site().serve("alt.json", reply);
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="alt.json""#)).await;
    page.wait_asked("alt.json", 1).await;
    page.widget().set("src", "news.json").await;
    page.widget().loaded().await;
    tap.send(bundles::feed(vec![bundles::article("alt", "2025-01-01", &["Alt"])]).to_string());
    tap.finish();
    page.sentinel().await;
    assert_eq!(page.widget().matches().await, 60);
    assert_eq!(page.events("stichwort-load").await.len(), 1);
    assert!(page.events("stichwort-error").await.is_empty());
}

async fn loading_without_fallback(page: &Page) {
    let (reply, tap) = Reply::pieces();
    page.site().serve("news.json", reply);
    page.open(Document::new(r#"<script async src="dist/stichwort.js" data-src="news.json"></script>"#)).await;
    let list = page.widget();
    list.wait_shown("loading").await;
    assert_eq!(list.count("teaser").await, 0, "placeholders are no teasers");
    tap.send(bundles::typical().to_string());
    tap.finish();
    list.loaded().await;
    list.wait_hidden("loading").await;
}

async fn fallback_until_the_first_teasers(page: &Page) {
    let (reply, tap) = Reply::pieces();
    let list = opened(page, reply, "").await;
    page.wait_asked("news.json", 1).await;
    list.wait_count("status", 1).await;
    list.wait_fallback(true).await;
    tap.send(bundles::typical().to_string());
    tap.finish();
    list.loaded().await;
    assert!(!list.fallback_shown().await);
}

/// Looks at every frame whether the element shows nothing.
const WATCH: &str = r#"<script>
    globalThis.blank = [];
    const watch = () => {
      const list = document.querySelector("stichwort-teasers");
      // While the page is parsed, what stands in the element may not be there yet.
      const isParsed = document.readyState !== "loading";
      if (isParsed && list && list.getBoundingClientRect().height < 8) blank.push(Math.round(performance.now()));
      requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
</script>"#;

async fn never_blank(page: &Page) {
    page.expect("stichwort: http");
    let (reply, tap) = Reply::pieces();
    page.site().serve("news.json", reply);
    page.open(Document::with_element(r#"src="news.json""#).head(WATCH)).await;
    page.wait_asked("news.json", 1).await;
    tap.send(ascending().to_string());
    page.frames().await;
    tap.finish();
    page.widget().loaded().await;
    page.frames().await;
    assert_eq!(page.eval("blank").await, json!([]), "on the way to a list");

    page.site().serve("news.json", Reply::status(500));
    page.open(Document::with_element(r#"src="news.json""#).head(WATCH)).await;
    page.widget().wait_shown("error").await;
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.widget().click("retry").await;
    page.widget().loaded().await;
    page.frames().await;
    assert_eq!(page.eval("blank").await, json!([]), "over an error and back");
}

/// The widget gives up when no byte has come for its own stall time; all three wait at once.
async fn timeouts(page: &Page) {
    page.expect("stichwort: http");
    let site = page.site();
    site.serve("stumm.json", Reply::never());
    let (headers_only, _held) = Reply::pieces();
    site.serve("kopf.json", headers_only);
    let (half, tap) = Reply::pieces();
    let whole = ascending().to_string();
    tap.send(whole[..whole.len() / 2].to_owned());
    site.serve("halb.json", half);
    let more = element(r#"src="kopf.json""#) + &element(r#"src="halb.json""#);
    page.open(Document::with_element(r#"src="stumm.json""#).body(more)).await;
    page.wait_long(
        Duration::from_secs(60),
        "three errors",
        "__probe.events.filter((event) => event.type === 'stichwort-error').length >= 3",
        vec![],
    )
    .await;
    for event in page.events("stichwort-error").await {
        assert_eq!(event["detail"]["kind"], json!("timeout"), "{event}");
    }
    for index in 0..3 {
        page.widget_at(index).wait_shown("retry").await;
        page.widget_at(index).wait_fallback(true).await;
    }
    site.serve("halb.json", Reply::json(&bundles::typical()));
    page.widget_at(2).click("retry").await;
    page.widget_at(2).loaded().await;
    // A slow but living server is no stalled one, and others are not disturbed.
    assert_eq!(page.events("stichwort-error").await.len(), 3);
    typical(page, "").await;
}

async fn what_cannot_be_seen_is_no_fallback(page: &Page) {
    let (reply, _held) = Reply::pieces();
    page.site().serve("news.json", reply);
    let nothing = [
        r#"<noscript><a href="https://amt.example/news">Alle Meldungen</a></noscript>"#,
        r#"<script type="application/json">{"a": "b"}</script>"#,
        "<template><p>Vorlage</p></template>",
        "<!-- hier steht nichts -->",
        " \n\t ",
        r#"<noscript>Alle</noscript> <!-- --> <script type="application/json">1</script> <template>x</template>"#,
    ];
    let something = ["Bitte warten", "<p>Bitte warten</p>", "<noscript>Alle</noscript><a href=\"x\">Alle</a>"];
    let elements: String = nothing
        .iter()
        .chain(&something)
        .map(|inner| format!(r#"<stichwort-teasers src="news.json">{inner}</stichwort-teasers>"#))
        .collect();
    page.open(Document::new(format!(r#"<script async src="dist/stichwort.js"></script>{elements}"#))).await;
    for (index, inner) in nothing.iter().enumerate() {
        page.widget_at(index).wait_shown("loading").await;
        assert!(page.widget_at(index).is_shown("loading").await, "{inner}");
    }
    for (index, inner) in something.iter().enumerate() {
        let list = page.widget_at(nothing.len() + index);
        list.wait_count("status", 1).await;
        assert_eq!(list.count("loading").await, 0, "{inner}");
    }
}

/// Whether the status line says for the eye, not only for screen readers, that something loads.
const SAYS_LOADING: &str = "elements.some((line) => [line, ...line.querySelectorAll('*')].some((element) => \
    /geladen …/.test([...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join()) \
    && shown(element) && element.getBoundingClientRect().width > 20))";

async fn a_retry_says_that_it_loads(page: &Page) {
    page.expect("stichwort: http");
    for inner in [r#"<a href="https://amt.example/news">Alle Meldungen</a>"#, ""] {
        page.site().serve("news.json", Reply::status(500));
        page.open(Document::new(format!(
            r#"<script async src="dist/stichwort.js"></script>
               <stichwort-teasers src="news.json">{inner}</stichwort-teasers>"#
        )))
        .await;
        let list = page.widget();
        list.wait_shown("retry").await;
        assert_eq!(list.look_all("status", SAYS_LOADING).await, json!(false));
        let (reply, tap) = Reply::pieces();
        page.site().serve("news.json", reply);
        list.click("retry").await;
        list.wait("status", SAYS_LOADING).await;
        assert_eq!(list.fallback_shown().await, !inner.is_empty());
        assert!(!list.is_shown("error").await);
        // It fails: the text goes, and who waits with the keyboard is back on the button.
        tap.send("kein JSON");
        tap.finish();
        list.wait_shown("error").await;
        assert_eq!(list.look_all("status", SAYS_LOADING).await, json!(false));
        list.wait_focus("retry").await;

        let (reply, tap) = Reply::pieces();
        page.site().serve("news.json", reply);
        list.click("retry").await;
        list.wait("status", SAYS_LOADING).await;
        tap.send(bundles::typical().to_string());
        tap.finish();
        list.loaded().await;
        assert_eq!(list.look_all("status", SAYS_LOADING).await, json!(false));
        assert_eq!(list.matches().await, 60);
    }
}

async fn a_home_that_is_no_web_address_is_passed_over(page: &Page) {
    page.expect("stichwort: http");
    page.expect("attribute home");
    let home = r#"home="javascript:owned=1""#;
    let check_warned = async || {
        // The program's later part tells it, which an empty list does not wait for.
        page.wait("the warning", "__probe.log.some((entry) => entry.text.includes('attribute home'))").await;
        let log = page.eval("__probe.log.filter((entry) => entry.text.includes('attribute home')).length").await;
        assert_eq!(log, json!(1));
    };
    let list = opened(page, Reply::status(404), home).await;
    list.wait_shown("error").await;
    assert_eq!(list.attribute("home", "href").await, "https://amt.example/news", "the fallback's link");
    list.set("tags", "Rathaus").await;
    page.frames().await;
    check_warned().await;
    let list = opened(page, Reply::json(&bundles::feed(vec![])), home).await;
    list.wait_shown("empty").await;
    assert_eq!(list.attribute("home", "href").await, "https://amt.example/meldungen", "the bundle's home_page_url");
    check_warned().await;
}

/// The message comes first, then what the page has put into the element.
async fn check_fallback_below(list: &Widget<'_>) {
    list.wait_shown("empty").await;
    list.wait_fallback(true).await;
    let below = "element.getBoundingClientRect().bottom <= \
                 host(n).querySelector('#fallback').getBoundingClientRect().top + 1";
    assert_eq!(list.look("empty", below).await, json!(true));
}

async fn an_empty_feed_keeps_the_fallback_below(page: &Page) {
    let list = opened(page, Reply::json(&bundles::feed(vec![])), "").await;
    page.wait_event("stichwort-load", 1).await;
    check_fallback_below(&list).await;
}

async fn tags_that_match_nothing_keep_the_fallback_below(page: &Page) {
    let list = opened(page, Reply::json(&bundles::typical()), r#"tags="Gibt es nicht""#).await;
    page.wait_event("stichwort-load", 1).await;
    check_fallback_below(&list).await;
    list.click("clear").await;
    list.wait_count("teaser", 20).await;
    list.wait_fallback(false).await;
    // Who has seen teasers is not sent away by a selection of their own.
    list.set("tags", "Auch das nicht").await;
    list.wait_shown("empty").await;
    assert!(!list.fallback_shown().await);
}

async fn a_new_source_that_fails_keeps_the_old_list(page: &Page) {
    page.expect("stichwort: http");
    let site = page.site();
    site.serve("bild.svg", Reply::picture());
    let mut bundle = bundles::typical();
    // Only the first bundle's own host makes it load without a click.
    bundle["items"][0]["image"] = json!(site.other_url("bild.svg"));
    site.serve("alt.json", Reply::json(&bundle));
    site.serve("weg.json", Reply::status(404));
    let old = site.other_url("alt.json");
    page.open(Document::with_element(&format!(r#"src="{old}" page-size="5""#))).await;
    let list = page.widget();
    list.loaded().await;
    let picture = "elements.length === 1 && elements[0].complete && elements[0].naturalWidth > 0";
    list.wait("image :is(img)", picture).await;
    list.look("image :is(img)", "(window.picture = element, true)").await;
    list.click("more").await;
    list.wait_count("teaser", 10).await;
    let headlines = list.headlines().await;

    list.set("src", "weg.json").await;
    list.wait_shown("stale").await;
    assert!(list.is_shown("stale retry").await);
    assert_eq!(list.attribute("stale home", "href").await, "https://amt.example/meldungen");
    assert_eq!(list.headlines().await, headlines);
    assert_eq!(list.matches().await, 60);
    assert!(!list.is_shown("error").await && !list.fallback_shown().await);
    assert_eq!(list.look("image :is(img)", "element === window.picture").await, json!(true));
    assert_eq!(site.asked("bild.svg").len(), 1);
    list.click("more").await;
    list.wait_count("teaser", 15).await;

    let new = (0..30).map(|n| bundles::article(&n.to_string(), "2025-01-01", &["Amt"])).collect();
    site.serve("weg.json", Reply::json(&bundles::feed(new)));
    list.click("retry").await;
    list.wait_matches(30).await;
    assert!(!list.is_shown("stale").await && !list.is_shown("retry").await);
    assert_eq!(list.count("teaser").await, 5, "the first page of another bundle");
    assert_eq!(list.headlines().await[0], "Meldung 0");
    assert_eq!(site.asked("weg.json").len(), 2);
    assert_eq!(page.events("stichwort-load").await.len(), 2);
    assert_eq!(page.events("stichwort-error").await.len(), 1);

    // Without a failure in between it starts anew as well.
    list.click("more").await;
    list.wait_count("teaser", 10).await;
    list.set("src", &old).await;
    list.wait_matches(60).await;
    assert_eq!(list.count("teaser").await, 5);
    let again = shown(page, &bundles::typical(), "").await;
    assert_eq!(again.matches().await, 60);
}

/// The server has lost the words whose file names begin like this.
fn lose_words(page: &Page, start: &str) {
    lose_words_to(page, start, &Reply::status(404));
}

fn lose_words_to(page: &Page, start: &str, reply: &Reply) {
    page.expect("expected the words of");
    for (name, _) in dist_files(start, ".js") {
        page.site().serve(&format!("dist/{name}"), reply.clone());
    }
}

const WORDS_LINE: &str = "__probe.log.some((entry) => entry.text.includes('expected the words of'))";

async fn without_its_words_the_fallback_stays(page: &Page) {
    lose_words(page, "stichwort-");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json""#)).await;
    page.wait("the line", WORDS_LINE).await;
    page.sentinel().await;
    assert!(page.widget().fallback_shown().await);
    assert_eq!(page.widget().count("teaser").await, 0);
}

/// A list that speaks another language says more than none.
async fn without_its_words_it_speaks_english(page: &Page) {
    lose_words(page, "stichwort-de-");
    let list = opened(page, Reply::json(&bundles::typical()), r#"lang="de""#).await;
    list.loaded().await;
    assert_eq!(list.text("status").await, "60 articles, 20 of them shown");
    assert_eq!(page.said("warn").await.len(), 1, "it is asked for, and told, once");
    list.click(&tag("Rathaus")).await;
    list.wait_count("chip", 1).await;
}

/// Nor is it waited for for ever; the page's clock is quicker here.
async fn while_its_words_do_not_come_it_speaks_english(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    lose_words_to(page, "stichwort-de-", &Reply::never());
    // Some browsers do not call a page loaded while a module of it is on its way.
    page.open(Document::new(element(r#"src="news.json" lang="de""#)).head(quick())).await;
    let script = "document.body.append(Object.assign(document.createElement('script'), { src: args[0] }));";
    page.run(script, vec![json!(SCRIPT)]).await;
    page.widget().loaded().await;
    assert_eq!(page.widget().text("status").await, "60 articles, 20 of them shown");
}

async fn without_other_words_it_speaks_as_before(page: &Page) {
    lose_words(page, "stichwort-en-");
    let list = opened(page, Reply::json(&bundles::typical()), r#"lang="de""#).await;
    list.loaded().await;
    list.set("lang", "en").await;
    page.wait("the line", WORDS_LINE).await;
    list.click(&tag("Rathaus")).await;
    list.wait("status", "words(elements[0]).includes('Meldung')").await;
}

/// A server that is busy for a moment is no refusal.
async fn a_program_that_was_unavailable_is_asked_for_again(page: &Page) {
    page.expect("the program cannot run here");
    let (name, program) = first_part();
    let path = format!("dist/{name}");
    page.site().serve(&path, Reply::status(503));
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json""#)).await;
    page.wait("the line", "__probe.log.some((entry) => entry.text.includes('was answered with status 503'))").await;
    assert!(page.widget().fallback_shown().await);
    page.site().serve(&path, Reply::typed("application/wasm", program));
    let second = "const list = document.createElement('stichwort-teasers'); list.setAttribute('src', 'news.json'); \
        document.body.append(list);";
    page.run(second, vec![]).await;
    page.widget_at(1).loaded().await;
    page.widget_at(1).wait_matches(60).await;
}
