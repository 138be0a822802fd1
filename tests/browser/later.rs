//! The program's later part: when it comes, and what is without it.

use serde_json::json;
use stichwort_tests::{
    bundles::{self, Match},
    document::{Document, SCRIPT, element},
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
    widget::tag,
};

use super::setting::{check_selection, dist_files, opened, quick, shown, typical};

pub(crate) fn all() -> Vec<Test> {
    tests![
        a_list_and_its_tags_do_without,
        who_comes_near_a_control_gets_it,
        what_is_wanted_before_it_is_there_happens_then,
        who_presses_again_meanwhile_wants_the_same,
        problems_need_not_be_told,
        what_cannot_be_read_without_it_is_told,
        what_failed_is_told_without_it,
        junk_without_it_harms_nothing,
        where_it_cannot_be_had_the_list_says_so,
        whoever_asks_again_tries_again,
        it_is_nothing_without_its_words,
        its_words_come_in_every_language,
        other_attributes_wait_for_it,
        a_script_tag_with_attributes_is_never_blank,
        it_is_waited_for_only_so_long,
        so_are_its_words,
        a_link_is_kept_until_it_comes,
        what_comes_for_one_comes_for_all,
        an_attribute_set_without_it_is_read_when_it_comes,
        so_is_the_address,
        a_router_asks_for_it_once,
        a_fragment_waits_for_it,
        html_waits_for_it,
        an_article_below_the_first_waits_for_it,
    ]
}

/// The names of the part's files in `dist/`: the program's, and the module's.
fn files() -> [String; 2] {
    [".wasm", ".js"].map(|end| dist_files("stichwort-later-", end).remove(0).0)
}

fn bytes(name: &str) -> Vec<u8> {
    dist_files(name, "").remove(0).1
}

/// Lets the part be missing.
fn lose(page: &Page) {
    page.expect("expected the rest of the program");
    page.site().serve(&format!("dist/{}", files()[0]), Reply::status(404));
}

/// Lets it be there again.
fn find(page: &Page) {
    let [program, _] = files();
    page.site().serve(&format!("dist/{program}"), Reply::typed("application/wasm", bytes(&program)));
}

/// How often each of its files has been asked for.
fn asked(page: &Page) -> [usize; 2] {
    files().map(|name| page.site().asked(&format!("dist/{name}")).len())
}

const CLICK: &str = "element.click()";

async fn a_list_and_its_tags_do_without(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    assert_eq!(asked(page), [0, 0]);
    let files = page.site().all_asked().into_iter().filter(|asked| asked.path.starts_with("dist/")).count();
    assert_eq!(files, 3, "the script, the program's first part, the words");
    // Nobody has been near it; only the link has to wait.
    list.look(&tag("OZG"), CLICK).await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
    page.wait("the link", "location.hash === '#teasers--tags-OZG'").await;
    assert_eq!(asked(page), [1, 1]);
    list.look(&tag("Rathaus"), CLICK).await;
    check_selection(&list, &bundle, &["OZG", "Rathaus"], Match::All).await;
    page.wait("the link", "location.hash === '#teasers--tags-OZG-Rathaus'").await;
    page.run("history.back();", vec![]).await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
    assert_eq!(asked(page), [1, 1], "once");
}

async fn who_comes_near_a_control_gets_it(page: &Page) {
    let (_, list) = typical(page, "").await;
    list.look("lead", "element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))").await;
    page.sentinel().await;
    assert_eq!(asked(page), [0, 0], "a lead does nothing");
    list.look("more", "element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))").await;
    for name in files() {
        page.wait_asked(&format!("dist/{name}"), 1).await;
    }
}

async fn what_is_wanted_before_it_is_there_happens_then(page: &Page) {
    let (reply, tap) = Reply::pieces();
    let [program, _] = files();
    page.site().serve(&format!("dist/{program}"), reply.content_type("application/wasm"));
    let (bundle, list) = typical(page, "").await;
    list.look("more", CLICK).await;
    list.wait_count("more[aria-busy]", 1).await;
    list.look("search", "(element.value = 'a', element.dispatchEvent(new Event('input', { bubbles: true })))").await;
    // A tag waits for nothing.
    list.look(&tag("OZG"), CLICK).await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
    assert_eq!(list.count("chip").await, 1);
    tap.send(bytes(&program));
    tap.finish();
    list.wait("chip", "elements.length === 2").await;
    assert_eq!(list.count("more[aria-busy]").await, 0);
    page.wait("the link", "location.hash.includes('search-a') && location.hash.includes('tags-OZG')").await;
}

async fn who_presses_again_meanwhile_wants_the_same(page: &Page) {
    let (reply, tap) = Reply::pieces();
    let [program, _] = files();
    page.site().serve(&format!("dist/{program}"), reply.content_type("application/wasm"));
    let (_, list) = typical(page, r#"page-size="5""#).await;
    list.look("more", CLICK).await;
    list.wait_count("more[aria-busy]", 1).await;
    list.look("more", CLICK).await;
    tap.send(bytes(&program));
    tap.finish();
    list.wait_count("more[aria-busy]", 0).await;
    assert_eq!(list.count("teaser").await, 10);
}

async fn problems_need_not_be_told(page: &Page) {
    lose(page);
    let mut bundle = bundles::typical();
    bundle.as_object_mut().expect("is an object").remove("version");
    let list = opened(page, Reply::json(&bundle), "").await;
    list.loaded().await;
    assert!(page.events("stichwort-error").await.is_empty());
    assert_eq!(page.events("stichwort-load").await[0]["detail"]["problems"], json!([]));
}

async fn what_cannot_be_read_without_it_is_told(page: &Page) {
    lose(page);
    page.expect("the rest of the program, which this list needs");
    let list = opened(page, Reply::json(&bundles::relative()), "").await;
    let message = page.wait_event("stichwort-error", 1).await["detail"]["message"].clone();
    assert!(message.as_str().is_some_and(|message| message.contains("rest of the program")), "{message}");
    assert!(page.said("warn").await.iter().any(|line| line.contains(&files()[0])), "and which file that is");
    list.wait_shown("retry").await;
    find(page);
    list.click("retry").await;
    list.loaded().await;
}

async fn what_failed_is_told_without_it(page: &Page) {
    lose(page);
    page.expect("the rest of the program, which this list needs");
    let list = opened(page, Reply::status(404), "").await;
    let detail = page.wait_event("stichwort-error", 1).await["detail"].clone();
    assert_eq!([&detail["kind"], &detail["status"]], [&json!("status"), &json!(404)]);
    list.wait_shown("retry").await;
    find(page);
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    list.click("retry").await;
    list.loaded().await;
}

/// Nobody has wanted anything of it yet.
async fn junk_without_it_harms_nothing(page: &Page) {
    lose(page);
    let (_, list) = typical(page, r#"lang="tlh" page-size="many""#).await;
    page.wait("the line", "__probe.log.some((entry) => entry.text.includes('expected the rest of the program'))").await;
    page.sentinel().await;
    assert_eq!(list.count("teaser").await, 20);
    let status = list.text("status").await;
    assert!(!status.contains("internet") && !status.contains("Internet"), "{status}");
    find(page);
    page.expect("attribute lang");
    page.expect("attribute page-size");
    list.click("more").await;
    list.wait_count("teaser", 40).await;
    for name in ["lang", "page-size"] {
        let lines = page.said("warn").await;
        assert_eq!(lines.iter().filter(|line| line.contains(&format!("attribute {name}"))).count(), 1, "{lines:?}");
    }
}

async fn where_it_cannot_be_had_the_list_says_so(page: &Page) {
    lose(page);
    let (bundle, list) = typical(page, r#"lang="en""#).await;
    list.look("more", CLICK).await;
    list.wait("status", "words(elements[0]).includes('internet')").await;
    assert_eq!(list.count("teaser").await, 20);
    list.look(&tag("OZG"), CLICK).await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
    list.look("clear", CLICK).await;
    list.wait_matches(60).await;
}

async fn whoever_asks_again_tries_again(page: &Page) {
    lose(page);
    let (_, list) = typical(page, r#"lang="en""#).await;
    list.look("more", CLICK).await;
    list.wait("status", "words(elements[0]).includes('internet')").await;
    find(page);
    list.look("more", CLICK).await;
    list.wait_count("teaser", 40).await;
    list.wait("status", "!words(elements[0]).includes('internet')").await;
}

async fn it_is_nothing_without_its_words(page: &Page) {
    page.expect("expected the rest of the program");
    let (name, words) = dist_files("stichwort-de-later-", ".js").remove(0);
    let file = format!("dist/{name}");
    page.site().serve(&file, Reply::status(404));
    page.expect("the rest of the program, which this list needs");
    let list = opened(page, Reply::json(&bundles::typical()), r#"date-filter="on""#).await;
    page.wait("the line", "__probe.log.some((entry) => entry.text.includes('expected the rest of the program'))").await;
    list.wait_shown("retry").await;
    page.site().serve(&file, Reply::typed("text/javascript", words));
    list.click("retry").await;
    list.loaded().await;
    list.wait("date-preset", "words(elements[0]).startsWith('Letzte 7 Tage')").await;
}

/// Those of a list that is there, of one that comes when all of the program is there, and of one that speaks another
/// language from then on.
async fn its_words_come_in_every_language(page: &Page) {
    let (_, list) = typical(page, "").await;
    list.click("more").await;
    list.wait_count("teaser", 40).await;
    let second = "const list = document.createElement('stichwort-teasers'); list.lang = 'fr'; list.dateFilter = 'on'; \
        list.src = 'news.json'; document.body.append(list);";
    page.run(second, vec![]).await;
    let list = page.widget_at(1);
    list.wait("date-preset", "words(elements[0]).startsWith('7 derniers jours')").await;
    list.set("lang", "it").await;
    list.wait("date-preset", "words(elements[0]).startsWith('Ultimi 7 giorni')").await;
}

async fn other_attributes_wait_for_it(page: &Page) {
    lose(page);
    page.expect("the rest of the program, which this list needs");
    let list = opened(page, Reply::json(&bundles::typical()), r#"locked-tags="OZG""#).await;
    page.wait("the line", "__probe.log.some((entry) => entry.text.includes('expected the rest of the program'))").await;
    list.wait_shown("error").await;
    list.wait_fallback(true).await;
    assert_eq!(list.count("teaser").await, 0, "a list of all articles would be wrong");
    let said = page.said("warn").await;
    assert_eq!(said.len(), 2, "{said:?}");
    list.click("retry").await;
    page.wait_event("stichwort-error", 2).await;
    list.wait_focus("retry").await;
    assert_eq!(page.site().asked("news.json").len(), 1, "by the loader, beside the program");
    find(page);
    list.click("retry").await;
    list.loaded().await;
    list.wait_matches(bundles::matches(&bundles::typical(), &["OZG"], Match::All)).await;
    list.wait_fallback(false).await;
    assert!(!list.is_shown("error").await);
}

/// Without anything of the page's own there is something to be seen, too.
async fn a_script_tag_with_attributes_is_never_blank(page: &Page) {
    lose(page);
    page.expect("the rest of the program, which this list needs");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let script =
        r#"<script async src="dist/stichwort.js" data-src="news.json" data-tags="OZG" data-layout="cards"></script>"#;
    page.open(Document::new(script)).await;
    let list = page.widget();
    list.wait_shown("error").await;
    find(page);
    list.click("retry").await;
    list.loaded().await;
    list.wait_count("chip", 1).await;
    assert_eq!(list.look("list", "getComputedStyle(element).display").await, json!("grid"));
}

/// Of a server that says nothing; the page's clock is quicker here.
async fn it_is_waited_for_only_so_long(page: &Page) {
    page.expect("the rest of the program, which this list needs");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.site().serve(&format!("dist/{}", files()[0]), Reply::never());
    let script = r#"<script async src="dist/stichwort.js" data-src="news.json" data-layout="cards"></script>"#;
    page.expect("expected the rest of the program");
    page.open(Document::new(script).head(quick())).await;
    page.widget().wait_shown("error").await;
    page.widget().click("retry").await;
    page.wait_event("stichwort-error", 2).await;
    // What comes in the end is taken all the same.
    let (reply, tap) = Reply::pieces();
    page.site().serve(&format!("dist/{}", files()[0]), reply.content_type("application/wasm"));
    page.open(Document::new(script).head(quick())).await;
    page.widget().wait_shown("error").await;
    tap.send(bytes(&files()[0]));
    tap.finish();
    page.widget().loaded().await;
    let before = asked(page);
    page.widget().click(&tag("OZG")).await;
    page.wait("the link", "location.hash === '#teasers--tags-OZG'").await;
    assert_eq!(asked(page), before, "it is there");
}

async fn so_are_its_words(page: &Page) {
    page.expect("the rest of the program, which this list needs");
    page.expect("expected the rest of the program");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let (name, words) = dist_files("stichwort-de-later-", ".js").remove(0);
    let (reply, tap) = Reply::pieces();
    page.site().serve(&format!("dist/{name}"), reply.content_type("text/javascript"));
    // Some browsers do not call a page loaded while a module of it is on its way.
    page.open(Document::new(element(r#"src="news.json" date-filter="on""#)).head(quick())).await;
    let script = "document.body.append(Object.assign(document.createElement('script'), { src: args[0] }));";
    page.run(script, vec![json!(SCRIPT)]).await;
    let list = page.widget();
    list.wait_shown("error").await;
    assert_eq!(list.count("date-preset").await, 0);
    tap.send(words);
    tap.finish();
    list.loaded().await;
    list.wait("date-preset", "words(elements[0]).startsWith('Letzte 7 Tage')").await;
    let before = asked(page);
    list.click("more").await;
    list.wait_count("teaser", 40).await;
    assert_eq!(asked(page), before, "it is there");
    // Nor is it joined again for a language that comes now.
    list.set("lang", "nl").await;
    list.wait("date-preset", "words(elements[0]).startsWith('Afgelopen 7 dagen')").await;
    assert_eq!(asked(page), before);
}

/// It begins as it would have begun: where the link leads.
async fn a_link_is_kept_until_it_comes(page: &Page) {
    lose(page);
    page.expect("the rest of the program, which this list needs");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json" tags="OZG" page-size="5""#)).await;
    page.go("leer.html").await;
    page.go("page.html#teasers--tags-Rathaus--shown-10").await;
    let list = page.widget();
    list.wait_shown("error").await;
    find(page);
    list.click("retry").await;
    list.loaded().await;
    list.wait_count("teaser", 10).await;
    assert_eq!(list.pressed().await, ["Rathaus"]);
    assert_eq!(page.eval("location.hash").await, json!("#teasers--tags-Rathaus--shown-10"));
    assert!(page.events("stichwort-change").await.is_empty());
}

/// Who comes later tries again, and those before have it then.
async fn what_comes_for_one_comes_for_all(page: &Page) {
    lose(page);
    page.expect("the rest of the program, which this list needs");
    let list = opened(page, Reply::json(&bundles::typical()), r#"locked-tags="OZG""#).await;
    list.wait_shown("error").await;
    // One that can do without shows all, and is no reason for this one to do so.
    page.run(
        "const other = host(0).cloneNode(true); other.removeAttribute('locked-tags'); document.body.append(other);",
        vec![],
    )
    .await;
    page.widget_at(1).loaded().await;
    page.sentinel().await;
    assert_eq!(list.count("teaser").await, 0);
    assert!(list.is_shown("error").await);
    page.run("host(1).remove();", vec![]).await;
    find(page);
    page.run("document.body.append(host(0).cloneNode(true));", vec![]).await;
    for index in [0, 1] {
        page.widget_at(index).loaded().await;
        page.widget_at(index).wait_matches(bundles::matches(&bundles::typical(), &["OZG"], Match::All)).await;
    }
}

async fn an_attribute_set_without_it_is_read_when_it_comes(page: &Page) {
    lose(page);
    let (bundle, list) = typical(page, r#"lang="en""#).await;
    list.set("locked-tags", "OZG").await;
    list.wait("status", "words(elements[0]).includes('internet')").await;
    find(page);
    list.look("more", CLICK).await;
    list.wait_matches(bundles::matches(&bundle, &["OZG"], Match::All)).await;
}

async fn so_is_the_address(page: &Page) {
    lose(page);
    let (bundle, list) = typical(page, r#"lang="en""#).await;
    page.run("location.hash = '#teasers--tags-Rathaus'", vec![]).await;
    list.wait("status", "words(elements[0]).includes('internet')").await;
    find(page);
    list.look("search", "element.dispatchEvent(new FocusEvent('focusin', { bubbles: true }))").await;
    check_selection(&list, &bundle, &["Rathaus"], Match::All).await;
}

/// A page may go on and on by itself: that asks for what could not be had no more, and says nothing.
async fn a_router_asks_for_it_once(page: &Page) {
    lose(page);
    let (bundle, list) = typical(page, r#"lang="en""#).await;
    page.run("location.hash = '/news'", vec![]).await;
    list.wait("status", "words(elements[0]).includes('internet')").await;
    let before = asked(page);
    for step in ["/news/1", "/news/2"] {
        page.run("history.pushState(null, '', '/'); location.hash = arguments[0]", vec![json!(step)]).await;
        page.sentinel().await;
    }
    assert_eq!(asked(page), before);
    // Who chooses something does, for the link of it.
    list.click(&tag("OZG")).await;
    page.wait_asked(&format!("dist/{}", files()[0]), before[0] + 1).await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
}

async fn a_fragment_waits_for_it(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    page.run("location.hash = '#teasers--tags-Rathaus'", vec![]).await;
    page.reload().await;
    list.loaded().await;
    check_selection(&list, &bundle, &["Rathaus"], Match::All).await;
}

async fn html_waits_for_it(page: &Page) {
    lose(page);
    let html = "<p>Fish &amp; chips</p>";
    let bundle = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [
        { "id": "a", "title": "A", "content_html": html }, { "id": "b", "title": "B", "tags": [1], "url": "b" },
    ] });
    let list = opened(page, Reply::json(&bundle), "").await;
    page.expect("the rest of the program, which this list needs");
    list.wait_shown("error").await;
    find(page);
    page.expect("1 problem(s)");
    list.look("retry", CLICK).await;
    list.wait_count("teaser", 2).await;
    assert_eq!(list.text("lead").await, "Fish & chips");
    let event = page.wait_event("stichwort-load", 1).await;
    assert_eq!(event["detail"]["problems"][0]["place"], "items[1].tags[0]");
    // Where it is there already, nothing waits.
    let list = shown(page, &bundle, "").await;
    assert_eq!(list.text("lead").await, "Fish & chips");
}

/// The first teasers and what waits come in one piece, which is the last.
async fn an_article_below_the_first_waits_for_it(page: &Page) {
    let item = |day: u32| {
        let url = if day == 5 { "5".to_owned() } else { format!("https://amt.example/{day}") };
        json!({ "id": url, "url": url, "title": "T", "date_published": format!("2026-01-{day:02}T08:00:00Z") })
    };
    let bundle = bundles::feed((1..=25).rev().map(item).collect());
    assert!(bundle.to_string().len() < 16384, "more than one piece");
    let list = shown(page, &bundle, "").await;
    list.wait_matches(25).await;
    list.look("more", CLICK).await;
    list.wait_count("teaser", 25).await;
}
