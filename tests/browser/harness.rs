//! The harness tests itself: what it promises other tests must be true in each engine.

use serde_json::json;
use stichwort_tests::{document::Document, page::Page, reply::Reply, suite::Test, tests};

pub(crate) fn all() -> Vec<Test> {
    tests![
        the_probe_sees_trouble,
        pieces_arrive_when_released,
        a_cut_body_is_a_network_error,
        frames_have_their_width,
        real_keys_move_the_focus,
        pictures_can_be_taken,
    ]
}

async fn the_probe_sees_trouble(page: &Page) {
    page.expect("boom");
    page.open(Document::new(
        "<script>setTimeout(() => { throw new Error('boom one') }); \
         Promise.reject(new Error('boom two')); console.error('boom', 3); console.warn('boom 4')</script>",
    ))
    .await;
    page.wait("all of it", "__probe.log.length >= 4").await;
    for kind in ["uncaught", "rejection", "error", "warn"] {
        assert_eq!(page.said(kind).await.len(), 1, "{kind}");
    }
    page.expect("img-src");
    page.expect("Content Security Policy");
    page.expect("Content-Security-Policy");
    page.open(
        Document::new(r#"<img alt="" src="picture.svg">"#)
            .csp(format!("default-src 'none'; script-src {}", page.site().url("probe.js"))),
    )
    .await;
    page.wait("the report", "__probe.log.some((entry) => entry.kind === 'policy')").await;
    assert!(page.site().asked("picture.svg").is_empty());
}

async fn pieces_arrive_when_released(page: &Page) {
    let (reply, tap) = Reply::pieces();
    page.site().serve("slow.txt", reply);
    page.open(Document::new(
        "<script>window.seen = ''; fetch('slow.txt').then(async (reply) => { \
         const reader = reply.body.getReader(); \
         for (let part; !(part = await reader.read()).done;) seen += new TextDecoder().decode(part.value); \
         seen += '.'; });</script>",
    ))
    .await;
    tap.send("a".repeat(2000));
    page.wait("the first piece", "seen.length === 2000").await;
    tap.send("b");
    page.wait("the second piece", "seen.endsWith('ab')").await;
    tap.finish();
    page.wait("the end", "seen.endsWith('b.')").await;
}

async fn a_cut_body_is_a_network_error(page: &Page) {
    let (reply, tap) = Reply::pieces();
    tap.send("{\"items\": [");
    tap.cut();
    page.site().serve("cut.json", reply);
    page.open(Document::new("")).await;
    let script = "try { return await (await fetch('cut.json')).text(); } catch (error) { return error.name; }";
    assert_eq!(page.run_async(script, vec![]).await, json!("TypeError"));
}

async fn frames_have_their_width(page: &Page) {
    for width in [320, 768, 1280] {
        page.open(Document::new("<p>Breite</p>").width(width)).await;
        assert_eq!(page.eval("innerWidth").await, json!(width));
    }
}

async fn real_keys_move_the_focus(page: &Page) {
    page.open(Document::new(
        r#"<button id="a">A</button><div id="host"></div><button id="c" onclick="pressed = true">C</button>
        <script>host.attachShadow({mode: "open"}).append(Object.assign(document.createElement("a"), {href: "x", id: "b"}))
        host.shadowRoot.firstChild.textContent = "B"</script>"#,
    ))
    .await;
    use fantoccini::key::Key;
    for id in ["a", "b", "c"] {
        page.press(Key::Tab).await;
        assert_eq!(page.focused("element.id").await, json!(id));
    }
    page.press(Key::Space).await;
    page.wait("the click", "globalThis.pressed").await;
    page.press_with_shift(Key::Tab).await;
    assert_eq!(page.focused("element.id").await, json!("b"));
}

async fn pictures_can_be_taken(page: &Page) {
    page.open(Document::new("<h1>Bild</h1>")).await;
    let picture = page.picture().await.expect("a picture");
    assert!(picture.starts_with(b"\x89PNG"));
}
