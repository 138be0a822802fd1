//! Moving, removing, adding again; and that nothing is left behind.

use serde_json::json;
use stichwort_tests::{
    bundles::{self, Match},
    document::{Document, SCRIPT},
    engine::Engine,
    page::Page,
    reply::Reply,
    suite::Test,
    test, tests,
    widget::tag,
};

use super::setting::{dist_files, opened, typical};

pub(crate) fn all() -> Vec<Test> {
    let mut all = tests![
        moving_keeps_the_state,
        moving_in_the_first_task_loads_once,
        removing_detaches,
        removed_and_added_again_works,
        removed_while_loading,
        removing_gives_its_request_up,
        listeners_on_the_page_do_not_pile_up,
        the_last_list_takes_all_listeners_with_it,
        marks_go_with_their_list,
        moved_into_another_document,
    ];
    all.push(test!(mounting_fifty_times_leaks_nothing).only(&[Engine::Chromium]).slow());
    all
}

async fn moving_keeps_the_state(page: &Page) {
    let (bundle, list) = typical(page, r#"page-size="3""#).await;
    list.click(&tag("Rathaus")).await;
    let matches = bundles::matches(&bundle, &["Rathaus"], Match::All);
    list.wait_matches(matches).await;
    list.click("more").await;
    list.wait_count("teaser", 6).await;
    list.host("const place = document.createElement('section'); document.body.prepend(place); place.append(element);")
        .await;
    page.sentinel().await;
    assert_eq!(list.host("return element.parentElement.localName").await, json!("section"));
    assert_eq!(list.count("teaser").await, 6);
    assert_eq!(list.matches().await, matches);
    assert_eq!(list.pressed().await, ["Rathaus"]);
    assert_eq!(page.site().asked("news.json").len(), 1);
    assert_eq!(page.events("stichwort-load").await.len(), 1);
    list.click(&tag("Rathaus")).await;
    list.wait_matches(60).await;
    assert_eq!(page.events("stichwort-change").await.len(), 2, "listeners are not doubled");
}

async fn moving_in_the_first_task_loads_once(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(format!(r#"<script src="{SCRIPT}"></script><div id="place"></div>"#)).body(
        "<script>{ \
         const list = document.createElement('stichwort-teasers'); \
         list.setAttribute('src', 'news.json'); \
         document.body.append(list); list.remove(); place.append(list); document.body.append(list); \
         }</script>",
    ))
    .await;
    page.widget().loaded().await;
    page.sentinel().await;
    assert_eq!(page.site().asked("news.json").len(), 1);
    assert_eq!(page.events("stichwort-load").await.len(), 1);
}

async fn removing_detaches(page: &Page) {
    let (_, list) = typical(page, "").await;
    list.bring_all().await;
    list.host(
        "window.gone = element; window.heard = []; \
         for (const name of ['load', 'error', 'change', 'select', 'more']) \
           element.addEventListener(`stichwort-${name}`, (event) => heard.push(event.type)); \
         window.kept = ['tag', 'more'].map((part) => element.shadowRoot.querySelector(`[part~=\"${part}\"]`)); \
         element.remove();",
    )
    .await;
    page.run(
        "gone.shadowRoot.append(...kept); \
         for (const button of kept) button.click(); \
         gone.setAttribute('tags', 'Rathaus'); gone.setAttribute('src', 'anders.json'); \
         dispatchEvent(new Event('resize')); dispatchEvent(new Event('hashchange'));",
        vec![],
    )
    .await;
    page.sentinel().await;
    assert_eq!(page.eval("heard").await, json!([]));
    assert!(page.site().asked("anders.json").is_empty());
}

async fn removed_and_added_again_works(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    for _ in 0..3 {
        list.host("window.kept = element; element.remove()").await;
        page.run("document.body.append(kept)", vec![]).await;
        // Where the first teasers are painted before the last byte is here, there is no number yet.
        list.wait_matches(60).await;
        assert_eq!(list.count("teaser").await, 20);
    }
    list.click(&tag("Rathaus")).await;
    list.wait_matches(bundles::matches(&bundle, &["Rathaus"], Match::All)).await;
    assert_eq!(page.events("stichwort-change").await.len(), 1);
}

async fn removed_while_loading(page: &Page) {
    let (reply, tap) = Reply::pieces();
    let list = opened(page, reply, "").await;
    page.wait_asked("news.json", 1).await;
    list.host("window.kept = element; element.remove()").await;
    tap.send(bundles::typical().to_string());
    tap.finish();
    page.sentinel().await;
    assert!(page.events("stichwort-load").await.is_empty());
    assert!(page.events("stichwort-error").await.is_empty());
    page.run("document.body.append(kept)", vec![]).await;
    list.loaded().await;
    assert_eq!(list.count("teaser").await, 20);
}

async fn removing_gives_its_request_up(page: &Page) {
    let (reply, tap) = Reply::pieces();
    page.site().serve("news.json", reply);
    let spy = "<script>{ const { fetch } = window; window.signals = []; \
        window.fetch = (url, options) => { if (`${url}`.endsWith('news.json')) signals.push(options.signal); \
        return fetch(url, options); }; }</script>";
    page.open(Document::with_element(r#"src="news.json""#).head(spy)).await;
    let list = page.widget();
    list.wait_count("status", 1).await;
    tap.send("{");
    list.host("element.remove()").await;
    page.wait("the request's end", "signals.length === 1 && signals[0].aborted").await;
    page.sentinel().await;
    for (file, _) in dist_files("stichwort-later-", "") {
        assert!(page.site().asked(&format!("dist/{file}")).is_empty(), "nobody needs {file}");
    }
}

/// Counts what is attached to things that outlive a widget.
const COUNT: &str = r#"<script>{
    globalThis.attached = 0;
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    const outlives = (target) => target == null || target === window || target === document
      || target === document.documentElement || target === document.body
      || (globalThis.MediaQueryList && target instanceof MediaQueryList);
    const known = [];
    const find = (target, type, listener, capture) => known.findIndex((entry) =>
      entry[0] === target && entry[1] === type && entry[2] === listener && entry[3] === capture);
    const drop = (at) => { if (at >= 0) { known.splice(at, 1); attached = known.length; } };
    const capture = (options) => typeof options === "object" && options !== null ? !!options.capture : !!options;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const target = this ?? window;
      if (outlives(target) && listener && find(target, type, listener, capture(options)) < 0) {
        known.push([target, type, listener, capture(options)]);
        attached = known.length;
        options?.signal && add.call(options.signal, "abort", () => drop(find(target, type, listener, capture(options))));
      }
      return add.call(target, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      const target = this ?? window;
      drop(find(target, type, listener, capture(options)));
      return remove.call(target, type, listener, options);
    };
}</script>"#;

/// Adds a list, waits for its teasers, removes it: as often as `args[0]` says.
const MOUNT: &str = "for (let i = 0; i < args[0]; i++) { \
    const list = document.createElement('stichwort-teasers'); \
    list.setAttribute('src', 'news.json'); \
    const loaded = new Promise((done) => list.addEventListener('stichwort-load', done, { once: true })); \
    document.body.append(list); \
    await loaded; \
    list.remove(); \
    await new Promise((done) => setTimeout(done)); } ";

async fn marks_go_with_their_list(page: &Page) {
    let (_, list) = typical(page, "").await;
    list.look("search", "(element.value = 'a', element.dispatchEvent(new Event('input', { bubbles: true })))").await;
    let marks = "[...(CSS.highlights?.get('stichwort-hit') ?? [])].length";
    page.wait("marks", &format!("!CSS.highlights || {marks} > 0")).await;
    list.host("element.remove()").await;
    page.wait("none", "!CSS.highlights?.has('stichwort-hit')").await;
}

async fn listeners_on_the_page_do_not_pile_up(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(format!(r#"<script src="{SCRIPT}"></script>"#)).head(COUNT)).await;
    page.run_async(MOUNT, vec![json!(2)]).await;
    let before = page.eval("attached").await;
    page.run_async(MOUNT, vec![json!(10)]).await;
    assert_eq!(page.eval("attached").await, before);
    assert_eq!(page.eval("document.body.childElementCount").await, json!(1));
}

async fn the_last_list_takes_all_listeners_with_it(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(format!(r#"<script src="{SCRIPT}"></script>"#)).head(COUNT)).await;
    let before = page.eval("attached").await;
    let add = "const list = document.createElement('stichwort-teasers'); list.setAttribute('src', 'news.json'); \
               list.setAttribute('theme', 'dark'); document.body.append(list);";
    page.run(add, vec![]).await;
    page.run(add, vec![]).await;
    for number in 0..2 {
        page.widget_at(number).loaded().await;
    }
    assert_ne!(page.eval("attached").await, before, "listeners are seen here");
    page.run("document.querySelectorAll('stichwort-teasers').forEach((list) => list.remove())", vec![]).await;
    page.wait("what there was without lists", &format!("attached === {before}")).await;
}

async fn mounting_fifty_times_leaks_nothing(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(format!(r#"<script src="{SCRIPT}"></script>"#))).await;
    page.run_async(MOUNT, vec![json!(5)]).await;
    let before = counters(page).await;
    page.run_async(MOUNT, vec![json!(50)]).await;
    let after = counters(page).await;
    for (name, allowed) in [("jsEventListeners", 5), ("nodes", 100), ("documents", 0)] {
        let (before, after) = (before[name].as_i64().unwrap(), after[name].as_i64().unwrap());
        assert!(after - before <= allowed, "{name}: {before} before, {after} after");
    }
}

/// Chromium's own count of living things, after it has collected garbage.
async fn counters(page: &Page) -> serde_json::Value {
    let command = async |name: &str| {
        let body = json!({"cmd": name, "params": {}});
        page.session().vendor("goog/cdp/execute", body).await.expect("Chromium answers")
    };
    command("HeapProfiler.collectGarbage").await;
    page.frames().await;
    command("HeapProfiler.collectGarbage").await;
    command("Memory.getDOMCounters").await
}

/// Style sheets belong to one document: in another one the list has to be dressed anew.
async fn moved_into_another_document(page: &Page) {
    let (_, list) = typical(page, "").await;
    let style = "['cursor', 'backgroundColor', 'borderTopWidth', 'paddingTop', 'display', 'fontWeight'] \
                 .map((name) => getComputedStyle(element)[name])";
    let before = list.look("tag", style).await;
    page.run_async(
        "const frame = document.createElement('iframe'); frame.width = 1200; frame.height = 600; \
         frame.srcdoc = '<!doctype html><html lang=\"de\"><title>Rahmen</title><body>'; \
         const loaded = new Promise((done) => { frame.onload = done; }); \
         document.body.append(frame); await loaded; \
         frame.contentDocument.body.append(host(0));",
        vec![],
    )
    .await;
    let inside = |part: &str| {
        format!(
            "[...(document.querySelector('iframe').contentDocument.querySelector('stichwort-teasers') \
             ?.shadowRoot?.querySelectorAll('[part~=\"{part}\"]') ?? [])]"
        )
    };
    let teasers = inside("teaser");
    page.wait("the list", &format!("{teasers}.length === 20 && {teasers}.every(shown)")).await;
    let tags = inside("tag");
    page.wait("its tags", &format!("{tags}.length > 0")).await;
    assert_eq!(page.eval(&format!("((element) => {style})({tags}[0])")).await, before);
    page.run(&format!("{tags}.find((tag) => tag.dataset.tag === 'Rathaus').click();"), vec![]).await;
    page.wait("the chip", &format!("{}.length === 1", inside("chip"))).await;
    // And back again.
    page.run(&format!("document.querySelector('main').append({teasers}[0].getRootNode().host);"), vec![]).await;
    list.wait("teaser", "elements.length > 0 && elements.every(shown)").await;
    list.wait("tag:not([aria-pressed=true])", "elements.length > 0").await;
    assert_eq!(list.look("tag:not([aria-pressed=true])", style).await, before);
}
