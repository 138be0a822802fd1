//! A newest-first bundle is shown while it arrives, and what is being read stays where it is.

use serde_json::{Value, json};
use stichwort_tests::{
    bundles::{self, Match},
    document::Document,
    page::Page,
    reply::{Reply, Tap},
    suite::Test,
    tests,
    widget::{Widget, tag},
};

use super::setting::opened;

pub(crate) fn all() -> Vec<Test> {
    tests![
        the_first_teasers_come_before_the_last_byte,
        few_tags_move_nothing_when_they_come,
        attributes_change_while_it_arrives,
        attributes_change_while_it_is_worked_on,
        the_page_has_its_turn_while_it_is_read,
        another_bundle_takes_the_memory_of_the_last,
        another_order_waits_for_the_end,
        what_breaks_off_keeps_what_is_painted,
        what_breaks_off_moves_nothing,
        a_newer_article_is_offered_to_who_has_begun_to_read,
        a_newer_article_waits_for_whoever_may_have_begun,
        a_newer_article_is_put_in_its_place_at_once,
        a_list_of_a_tag_comes_before_the_last_byte,
        a_tag_chosen_before_the_end_counts_at_the_end
    ]
}

/// Opens a bundle of which everything up to the end of this article has come.
async fn begun<'a>(page: &'a Page, bundle: &Value, articles: usize) -> (Widget<'a>, Tap, String) {
    begun_with(page, bundle, articles, "").await
}

/// The same in an element with these further attributes.
async fn begun_with<'a>(
    page: &'a Page,
    bundle: &Value,
    articles: usize,
    attributes: &str,
) -> (Widget<'a>, Tap, String) {
    let text = bundle.to_string();
    let last = format!("\"title\":{}", bundle["items"][articles]["title"]);
    // Keys are written sorted: the id of the next article stands before its title.
    let cut = text.find(&last).expect("the article is in the bundle");
    let (reply, tap) = Reply::pieces();
    let list = opened(page, reply, attributes).await;
    tap.send(text[..cut].to_owned());
    (list, tap, text[cut..].to_owned())
}

fn finish(tap: &Tap, rest: String) {
    tap.send(rest);
    tap.finish();
}

async fn check_waiting(page: &Page, list: &Widget<'_>) {
    list.wait_count("teaser", 20).await;
    assert!(!list.fallback_shown().await, "the fallback gives way to the first teasers");
    assert_eq!(list.look("status", "number(words(element))").await, Value::Null, "no count before it is true");
    assert_eq!(list.count("tag").await, 0);
    assert!(page.events("stichwort-load").await.is_empty());
}

async fn the_first_teasers_come_before_the_last_byte(page: &Page) {
    let bundle = bundles::typical();
    let (list, tap, rest) = begun(page, &bundle, 30).await;
    check_waiting(page, &list).await;
    let first = list.headlines().await;
    list.look("teaser:nth-of-type(1)", "window.firstTeaser = element, true").await;
    finish(&tap, rest);
    list.wait_matches(60).await;
    assert_eq!(list.headlines().await, first);
    assert_eq!(first, bundles::headlines(&bundle, &[], Match::All)[..20]);
    let same = "window.firstTeaser === element";
    assert_eq!(list.look("teaser:nth-of-type(1)", same).await, json!(true), "the teasers are the same elements");
    assert_eq!(page.wait_event("stichwort-load", 1).await["detail"]["articles"], json!(60));
}

/// Where the list begins, in pixels.
async fn top(list: &Widget<'_>) -> f64 {
    list.look("list", "element.getBoundingClientRect().top").await.as_f64().expect("is a number")
}

/// The place that is kept for them is about theirs.
async fn few_tags_move_nothing_when_they_come(page: &Page) {
    const TAGS: [&str; 14] = [
        "OZG",
        "Politik",
        "Schule",
        "Verkehr",
        "Kultur",
        "Digitale Souveränität",
        "Haushalt",
        "Personal",
        "Open Source",
        "Interkommunale Zusammenarbeit",
        "Klimaschutz",
        "IT-Sicherheit",
        "Breitband",
        "Recht",
    ];
    for tags in [3, 8, 14] {
        let article = |number: usize| {
            let tags = [TAGS[number % tags], TAGS[number * 5 % tags]];
            let date = format!("2025-{:02}-{:02}", 12 - number / 28, 28 - number % 28);
            bundles::article(&format!("{number}"), &date, &tags)
        };
        let mut bundle = bundles::feed((0..100).map(article).collect());
        bundle["_stichwort"] = json!({ "order": "newest" });
        let (list, tap, rest) = begun(page, &bundle, 30).await;
        list.wait_count("teaser", 20).await;
        let before = top(&list).await;
        finish(&tap, rest);
        list.wait_matches(100).await;
        let after = top(&list).await;
        assert!((after - before).abs() < 10.0, "{tags} tags: from {before} to {after}");
    }
}

/// Whatever the page sets, what has come by then and matches shows at once.
async fn attributes_change_while_it_arrives(page: &Page) {
    let bundle = bundles::typical();
    let (list, tap, rest) = begun_with(page, &bundle, 40, r#"page-size="2" search="off""#).await;
    list.wait_count("teaser", 2).await;
    let of = |tag: &str| -> Vec<String> {
        let all = bundles::headlines(&bundle, &[tag], Match::All);
        all.into_iter().take(2).collect()
    };
    for tag in ["Rathaus", "OZG"] {
        list.set("tags", tag).await;
        list.wait("headline", &format!("JSON.stringify(elements.map(words)) === {:?}", json!(of(tag)).to_string()))
            .await;
    }
    finish(&tap, rest);
    list.wait_matches(bundles::matches(&bundle, &["OZG"], Match::All)).await;
    assert_eq!(list.headlines().await, of("OZG"));
}

/// 20,000 articles of this title.
fn many(title: &str) -> Value {
    let tags = |n: u32| [(n % 7).to_string()];
    let item = |n: u32| json!({ "id": n.to_string(), "title": title, "date_published": "2026-01-01", "tags": tags(n) });
    bundles::feed((0..20_000).map(item).collect())
}

/// Also while all of it has come, and is being worked on.
async fn attributes_change_while_it_is_worked_on(page: &Page) {
    page.site().serve("news.json", Reply::json(&many("T")));
    let again = "<script>addEventListener('DOMContentLoaded', () => { \
        const element = document.querySelector('stichwort-teasers'); \
        let size = 10; \
        const timer = setInterval(() => (element.pageSize = size = 21 - size)); \
        element.addEventListener('stichwort-load', () => clearInterval(timer)); });</script>";
    page.open(Document::with_element(r#"src="news.json""#).head(again)).await;
    page.widget().wait_matches(20_000).await;
}

/// Where all of it comes at once, too. By the clock of this page each look at it takes a millisecond: so what is counted
/// does not depend on the machine.
async fn the_page_has_its_turn_while_it_is_read(page: &Page) {
    /// What is read between two looks at the clock, and how many looks may go by before the page has its turn.
    const PIECE: usize = 16_384;
    const LOOKS: usize = 9;
    /// A turn is waited for, and another tells when it has come.
    const MESSAGES: usize = 2;
    let bundle = many("Was die Gemeinde beschlossen hat").to_string();
    let wanted = bundle.len() / PIECE / LOOKS * MESSAGES;
    page.site().serve("news.json", Reply::bundle(bundle));
    let spy = "<script>{ \
        let looks = 0; \
        performance.now = () => looks++; \
        const Own = MessageChannel, own = fetch; \
        window.turns = 0; \
        window.MessageChannel = function () { turns++; return new Own(); }; \
        window.fetch = async (...what) => { \
            const answer = await own(...what); \
            if (!answer.url.endsWith('news.json')) return answer; \
            const bytes = new Uint8Array(await answer.arrayBuffer()); \
            const body = new ReadableStream({ start(one) { one.enqueue(bytes); one.close(); } }); \
            return Object.defineProperty(new Response(body, answer), 'url', { value: answer.url }); \
        }; }</script>";
    page.open(Document::with_element(r#"src="news.json""#).head(spy)).await;
    page.widget().wait_matches(20_000).await;
    let found = page.eval("turns").await.as_u64().expect("is a number") as usize;
    assert!(found >= wanted, "expected at least {wanted} messages, found {found}");
}

/// What a program has taken of the browser's memory it cannot give back.
async fn another_bundle_takes_the_memory_of_the_last(page: &Page) {
    page.site().serve("news.json", Reply::json(&many("Aus dem Rat")));
    page.site().serve("more.json", Reply::json(&many("Aus dem Kreis")));
    let spy = "<script>{ const own = WebAssembly.instantiate; \
        WebAssembly.instantiate = async (...what) => { \
            const made = await own(...what); \
            window.memory ??= Object.values(made.exports).find((one) => one instanceof WebAssembly.Memory); \
            return made; }; }</script>";
    page.open(Document::with_element(r#"src="news.json""#).head(spy)).await;
    let list = page.widget();
    list.wait_matches(20_000).await;
    /// How differently the network may cut a bundle into pieces; a bundle that was kept would take more.
    const SLACK: u64 = 256 * 1024;
    let mut sizes = Vec::new();
    for round in 0..6 {
        let (address, title) =
            if round % 2 == 0 { ("more.json", "Aus dem Kreis") } else { ("news.json", "Aus dem Rat") };
        list.set("src", address).await;
        page.wait_event("stichwort-load", round + 2).await;
        assert_eq!(list.headlines().await[0], title);
        sizes.push(page.eval("memory.buffer.byteLength").await.as_u64().expect("is a number"));
    }
    // Two are there while one takes the other's place, and the first time their parts have still to find theirs.
    assert!(sizes[5] <= sizes[1] + SLACK, "{sizes:?}");
}

async fn another_order_waits_for_the_end(page: &Page) {
    let items = (0..40).map(|day| {
        bundles::article(&format!("{day:02}"), &format!("2025-{:02}-{:02}", day / 28 + 1, day % 28 + 1), &["Amt"])
    });
    let bundle = bundles::unordered(items.collect());
    let (list, tap, rest) = begun(page, &bundle, 30).await;
    list.wait_count("status", 1).await;
    page.sentinel().await;
    assert_eq!(list.count("teaser").await, 0);
    finish(&tap, rest);
    list.wait_matches(40).await;
    assert!(list.headlines().await[0].contains("39"));
}

async fn what_breaks_off_keeps_what_is_painted(page: &Page) {
    page.expect("stichwort: http");
    let bundle = bundles::typical();
    let (list, tap, _) = begun(page, &bundle, 30).await;
    check_waiting(page, &list).await;
    let first = list.headlines().await;
    tap.cut();
    list.wait_shown("stale").await;
    page.wait_event("stichwort-error", 1).await;
    assert_eq!(list.headlines().await, first);
    assert!(!list.is_shown("error").await);
    page.site().serve("news.json", Reply::json(&bundle));
    list.click("retry").await;
    list.wait_matches(60).await;
    assert_eq!(list.headlines().await, first);
    assert!(!list.is_shown("stale").await);
}

/// The filters that never come leave their place to the message. Of all that has come a line of tags more may be expected
/// than of the first articles, which differ by how the bytes come; without that place it would be 50 to 290 pixels.
async fn what_breaks_off_moves_nothing(page: &Page) {
    page.expect("stichwort: http");
    for (width, most) in [(320, 32.0), (760, 36.0), (1100, 36.0)] {
        let style = format!("style=\"inline-size: {width}px\"");
        let (list, tap, _) = begun_with(page, &bundles::typical(), 30, &style).await;
        list.wait_count("teaser", 20).await;
        page.frames().await;
        let before = top(&list).await;
        tap.cut();
        list.wait_shown("stale").await;
        page.frames().await;
        let after = top(&list).await;
        assert!((after - before).abs() < most, "{width}: from {before} to {after}");
        assert!(list.is_shown("stale retry").await);
    }
}

/// Newest first, but for one article near the end that is the newest of all.
fn contradicted() -> Value {
    let mut bundle = bundles::typical();
    bundle["items"][50]["date_published"] = json!("2026-01-01T08:00:00+01:00");
    bundle
}

/// A list in which somebody has begun to read when a newer article comes.
pub(crate) async fn newer_offered(page: &Page) -> Widget<'_> {
    // By a press as well: a window in the background tells nothing of a focus.
    let focus = "const link = element.shadowRoot.querySelector('[part~=headline-link]'); \
        link.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })); link.focus()";
    newer_offered_after(page, focus).await
}

/// The same, having done this with the `element`.
pub(crate) async fn newer_offered_after<'a>(page: &'a Page, touch: &str) -> Widget<'a> {
    let (list, tap, rest) = begun(page, &contradicted(), 30).await;
    check_waiting(page, &list).await;
    let first = list.headlines().await;
    list.host(touch).await;
    finish(&tap, rest);
    list.wait_matches(60).await;
    assert_eq!(list.headlines().await, first, "nothing is put above what is being read");
    list
}

async fn a_newer_article_is_offered_to_who_has_begun_to_read(page: &Page) {
    let list = newer_offered(page).await;
    let bundle = contradicted();
    let newest = bundle["items"][50]["title"].as_str().expect("a title");
    // What offers it takes no room.
    let gap = "const top = (part) => element.shadowRoot.querySelector(`[part~=${part}]`).getBoundingClientRect().top; \
        return Math.round(top('teaser') - top('status'));";
    let before = list.host(gap).await;
    list.click("updates").await;
    list.wait("teaser:nth-of-type(1)", &format!("words(elements[0]).includes({})", json!(newest))).await;
    list.wait_focus("teaser:nth-of-type(1) headline-link").await;
    assert_eq!(list.count("updates").await, 0);
    assert_eq!(list.host(gap).await, before);
}

/// By whatever one begins to read with, or when one may have: after a second.
async fn a_newer_article_waits_for_whoever_may_have_begun(page: &Page) {
    let inside = "element.shadowRoot.querySelector('[part~=lead]')";
    for touch in [
        &format!("{inside}.dispatchEvent(new PointerEvent('pointerdown', {{ bubbles: true }}))"),
        &format!("{inside}.dispatchEvent(new KeyboardEvent('keydown', {{ bubbles: true }}))"),
        "document.dispatchEvent(new Event('scroll'))",
        "const now = performance.now.bind(performance); performance.now = () => now() + 1500",
    ] {
        newer_offered_after(page, touch).await.wait_count("updates", 1).await;
    }
}

async fn a_newer_article_is_put_in_its_place_at_once(page: &Page) {
    let bundle = contradicted();
    let newest = bundle["items"][50]["title"].as_str().expect("a title").to_owned();
    // All in one go: there is no time in which somebody could have begun to read.
    page.site().serve("news.json", Reply::json(&bundle));
    let stopped = "<script>performance.now = () => 0</script>";
    page.open(Document::with_element(r#"src="news.json""#).head(stopped)).await;
    let list = page.widget();
    list.wait_matches(60).await;
    assert_eq!(list.headlines().await[0], newest);
    assert_eq!(list.count("updates").await, 0);
}

/// Of what has come, those that match are the first of all that will.
async fn a_list_of_a_tag_comes_before_the_last_byte(page: &Page) {
    let bundle = bundles::typical();
    let expected = bundles::headlines(&bundle, &["Rathaus"], Match::All);
    for attributes in ["tags=Rathaus page-size=5", "locked-tags=Rathaus page-size=5"] {
        let (list, tap, rest) = begun_with(page, &bundle, 50, attributes).await;
        list.wait_count("teaser", 5).await;
        assert_eq!(list.headlines().await, expected[..5], "{attributes}");
        assert_eq!(list.look("status", "number(words(element))").await, Value::Null, "no count before it is true");
        list.look("teaser:nth-of-type(1)", "window.firstTeaser = element, true").await;
        finish(&tap, rest);
        list.wait_matches(expected.len()).await;
        assert_eq!(list.headlines().await, expected[..5], "{attributes}");
        let same = "window.firstTeaser === element";
        assert_eq!(list.look("teaser:nth-of-type(1)", same).await, json!(true), "{attributes}");
    }
}

/// What is known of it shows at once, and more as it comes.
async fn a_tag_chosen_before_the_end_counts_at_the_end(page: &Page) {
    let bundle = bundles::typical();
    let expected = bundles::headlines(&bundle, &["Rathaus"], Match::All);
    let (list, tap, rest) = begun(page, &bundle, 30).await;
    check_waiting(page, &list).await;
    let known = list.headlines().await.into_iter().filter(|headline| expected.contains(headline)).count();
    assert!((1..20).contains(&known), "{known} of the first 20 match");
    list.host("element.tags = 'Rathaus'").await;
    list.wait_shown("chip").await;
    let shown = list.headlines().await;
    assert!(shown.len() >= known && shown == expected[..shown.len()], "{shown:?}");
    list.look("teaser:nth-of-type(1)", "window.firstTeaser = element, true").await;
    finish(&tap, rest);
    list.wait_matches(expected.len()).await;
    assert_eq!(list.headlines().await, expected[..20.min(expected.len())]);
    let same = "window.firstTeaser === element";
    assert_eq!(list.look("teaser:nth-of-type(1)", same).await, json!(true), "what was read stays");
    assert_eq!(list.attribute(&tag("Rathaus"), "aria-pressed").await, "true");
}
