//! A program that has broken down: a fresh one takes over, a few times.

use serde_json::json;
use stichwort_tests::{
    bundles::{self, Match},
    document::{Document, SCRIPT},
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
    widget::tag,
};

use super::setting::{check_selection, dist_files};

pub(crate) fn all() -> Vec<Test> {
    tests![
        a_fresh_program_takes_over,
        it_knows_of_going_back,
        it_knows_of_those_that_wait,
        what_comes_later_comes_with_its_words,
        what_was_asked_for_before_is_asked_for_anew,
        what_breaks_every_time_ends_in_the_fallback
    ]
}

/// Lets each export of the program throw what a trap throws, once `trap` says so. An export's own name is short and
/// not known, so that whatever is called next is the one.
const BREAKABLE: &str = "<script>{
    const wrapped = (instance) => {
        // The program's later part shares the memory of the first.
        window.starts = (window.starts ?? 0) + Object.values(instance.exports).some((value) => value instanceof WebAssembly.Memory);
        let isStarted; // its first call gets it ready
        return { exports: Object.fromEntries(Object.entries(instance.exports).map(([name, value]) =>
            [name, typeof value !== 'function' ? value : (...values) => {
                window.calls = (window.calls ?? 0) + 1;
                if (isStarted && window.trap && window.trap--) throw new WebAssembly.RuntimeError('unreachable');
                isStarted = true;
                return value(...values);
            }])) };
    };
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const own = WebAssembly[name];
        WebAssembly[name] = async (...values) => {
            const made = await own.apply(WebAssembly, values);
            return made instanceof WebAssembly.Instance ? wrapped(made) : { module: made.module, instance: wrapped(made.instance) };
        };
    }
}</script>";

async fn opened(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let list = r#"<stichwort-teasers src="news.json" url-state="none"><a href="x">Alle</a></stichwort-teasers>"#;
    page.open(Document::new(format!(r#"{list}{list}<script src="{SCRIPT}"></script>"#)).head(BREAKABLE)).await;
    page.widget_at(0).loaded().await;
    page.widget_at(1).loaded().await;
}

async fn a_fresh_program_takes_over(page: &Page) {
    page.expect("has broken down and is started anew: unreachable");
    let bundle = bundles::typical();
    opened(page).await;
    // What is chosen is noted by the program's later part.
    page.widget_at(0).bring_all().await;
    page.widget_at(1).bring_all().await;
    for (index, name) in ["OZG", "Rathaus"].iter().enumerate() {
        page.widget_at(index).look(&tag(name), "element.click()").await;
        check_selection(&page.widget_at(index), &bundle, &[name], Match::All).await;
    }
    page.run("window.trap = 1; host(0).pageSize = 3;", vec![]).await;
    // Both with what was chosen last, in a program of their own.
    page.wait("a second start", "window.starts === 2").await;
    for (index, name) in ["OZG", "Rathaus"].iter().enumerate() {
        page.widget_at(index).wait_matches(bundles::matches(&bundle, &[name], Match::All)).await;
        page.widget_at(index).wait("chip", "elements.length === 1").await;
    }
    page.widget_at(0).wait_count("teaser", 3).await;
    page.widget_at(1).wait_count("clear", 1).await;
    page.widget_at(1).look("clear", "element.click()").await;
    page.widget_at(1).wait_matches(60).await;
    assert_eq!(page.said("warn").await.len(), 1);
}

async fn it_knows_of_going_back(page: &Page) {
    page.expect("has broken down and is started anew: unreachable");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json""#).head(BREAKABLE)).await;
    let list = page.widget();
    list.loaded().await;
    list.click(&tag("OZG")).await;
    page.wait("the fragment", "location.hash === '#teasers--tags-OZG'").await;
    page.run("history.back()", vec![]).await;
    list.wait_matches(60).await;
    page.run("window.trap = 1; host(0).pageSize = 3;", vec![]).await;
    page.wait("a second start", "window.starts === 2").await;
    list.wait_count("teaser", 3).await;
    list.wait_matches(60).await;
    assert_eq!(list.count("chip").await, 0);
}

/// The rest of the program waits for its words when the program breaks down.
async fn what_comes_later_comes_with_its_words(page: &Page) {
    page.expect("has broken down and is started anew: unreachable");
    let (name, words) = dist_files("stichwort-de-later-", ".js").remove(0);
    let (reply, tap) = Reply::pieces();
    page.site().serve(&format!("dist/{name}"), reply.content_type("text/javascript"));
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json""#).head(BREAKABLE)).await;
    let list = page.widget();
    list.loaded().await;
    page.run("host(0).dateFilter = 'on';", vec![]).await;
    page.wait_asked(&format!("dist/{name}"), 1).await;
    page.run("window.trap = 1; first(0, '[part=tag]').click()", vec![]).await;
    page.wait("a second start", "window.starts === 2").await;
    tap.send(words);
    tap.finish();
    list.wait("date-preset", "words(elements[0]).startsWith('Letzte 7 Tage')").await;
    list.click("more").await;
    list.wait_count("teaser", 40).await;
}

async fn it_knows_of_those_that_wait(page: &Page) {
    page.expect("has broken down and is started anew: unreachable");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json" url-state="none""#).head(BREAKABLE)).await;
    page.widget().loaded().await;
    // The second one waits for its words, which are on their way when the first one breaks the program.
    let (reply, tap) = Reply::pieces();
    let is_first = |(name, _): &(String, Vec<u8>)| !name.contains("-later-");
    let (name, words) = dist_files("stichwort-tr-", ".js").into_iter().find(is_first).expect("there are both");
    page.site().serve(&format!("dist/{name}"), reply.content_type("text/javascript"));
    let second = "const list = document.createElement('stichwort-teasers'); list.lang = 'tr'; list.setAttribute('src', 'news.json'); \
        document.body.append(list);";
    page.run(second, vec![]).await;
    page.wait_asked(&format!("dist/{name}"), 1).await;
    page.run("window.trap = 1; first(0, '[part=tag]').click()", vec![]).await;
    page.wait("a second start", "window.starts === 2").await;
    page.widget_at(0).loaded().await;
    tap.send(words);
    tap.finish();
    page.widget_at(1).loaded().await;
    page.widget_at(1).wait_matches(60).await;
}

/// With a program its requests end, those that have begun for elements that it has not come to too.
async fn what_was_asked_for_before_is_asked_for_anew(page: &Page) {
    page.expect("has broken down and is started anew: unreachable");
    for name in ["news.json", "other.json"] {
        page.site().serve(name, Reply::json(&bundles::typical()));
    }
    let lists = r#"<stichwort-teasers src="news.json"></stichwort-teasers>
        <stichwort-teasers src="other.json"></stichwort-teasers>"#;
    let head = format!("{BREAKABLE}<script>window.trap = 1</script>");
    page.open(Document::new(format!(r#"{lists}<script src="{SCRIPT}"></script>"#)).head(head)).await;
    for index in 0..2 {
        page.widget_at(index).loaded().await;
        page.widget_at(index).wait_matches(60).await;
    }
    assert_eq!(page.eval("window.starts").await, json!(2));
}

async fn what_breaks_every_time_ends_in_the_fallback(page: &Page) {
    page.expect("has broken down");
    page.expect("does not run any more");
    opened(page).await;
    page.run("window.trap = 1e6; host(0).pageSize = 3;", vec![]).await;
    page.widget_at(0).wait_fallback(true).await;
    page.widget_at(1).wait_fallback(true).await;
    let starts = page.eval("window.starts").await;
    assert_eq!(starts, json!(4), "three times anew");
    let said = page.said("warn").await;
    assert_eq!(said.len(), 5, "{said:?}");
    assert!(said[4].contains("own content takes its place"), "{said:?}");
    // It stays so, without any further call.
    page.run("window.trap = 0; window.calls = 0; host(0).pageSize = 7;", vec![]).await;
    page.sentinel().await;
    assert_eq!(page.eval("window.calls").await, json!(0));
}
