//! What of a bundle is shown, in which order, and what is never taken for markup.

use serde_json::{Value, json};
use stichwort_tests::{
    bundles,
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
    widget::{Widget, teaser_tag},
};

use super::setting::{opened, shown};

pub(crate) fn all() -> Vec<Test> {
    tests![
        newest_first_and_undated_last,
        equal_dates_keep_the_bundles_order,
        hidden_articles_are_neither_shown_nor_counted,
        broken_items_are_dropped_and_reported,
        markup_is_shown_as_text,
        only_http_addresses_are_links,
        an_article_without_an_address_has_no_link,
        a_title_may_be_missing,
        tags_with_commas_and_odd_signs_work,
        a_byte_order_mark_is_ignored,
        articles_state_their_language,
        a_bundle_states_its_language,
        links_are_relative_to_where_the_bundle_was_found,
        what_is_far_below_is_laid_out_later,
    ]
}

fn fixture(text: &str) -> Value {
    serde_json::from_str(text).expect("fixtures are JSON")
}

async fn newest_first_and_undated_last(page: &Page) {
    let mut undated = bundles::article("ohne", "", &["Amt"]);
    undated.as_object_mut().expect("an article").remove("date_published");
    let items = vec![
        bundles::article("alt", "2019-11-25T10:00:00Z", &["Amt"]),
        undated,
        bundles::article("neu", "2025-06-01T08:00:00+02:00", &["Amt"]),
        // Earlier than the one above, though its local time is later.
        bundles::article("knapp", "2025-06-01T05:30:00Z", &["Amt"]),
        bundles::article("tag", "2020-02-29", &["Amt"]),
    ];
    let list = shown(page, &bundles::unordered(items), "").await;
    assert_eq!(list.headlines().await, ["Meldung neu", "Meldung knapp", "Meldung tag", "Meldung alt", "Meldung ohne"]);
    assert_eq!(list.count("teaser:nth-of-type(5) date").await, 0);
}

async fn equal_dates_keep_the_bundles_order(page: &Page) {
    let items = ["c", "a", "b"].map(|id| bundles::article(id, "2025-01-01T00:00:00Z", &["Amt"]));
    let list = shown(page, &bundles::unordered(items.to_vec()), "").await;
    assert_eq!(list.headlines().await, ["Meldung c", "Meldung a", "Meldung b"]);
}

async fn hidden_articles_are_neither_shown_nor_counted(page: &Page) {
    let hide = |id: &str, why: Value| {
        let mut item = bundles::article(id, "2025-01-01", &["Amt", "Geheim"]);
        item["_stichwort"] = why;
        item
    };
    let items = vec![
        bundles::article("da", "2025-02-01", &["Amt"]),
        hide("zurückgezogen", json!({"withdrawn": true})),
        hide("abgelaufen", json!({"expires": "2020-01-01T00:00:00Z"})),
        hide("noch-nicht", json!({"not_before": "2999-01-01T00:00:00Z"})),
        hide("gilt", json!({"expires": "2999-01-01T00:00:00Z", "not_before": "2020-01-01T00:00:00Z"})),
        // A date of publication in the future hides nothing.
        bundles::article("künftig", "2998-01-01", &["Amt"]),
    ];
    let list = shown(page, &bundles::unordered(items), "").await;
    assert_eq!(list.headlines().await, ["Meldung künftig", "Meldung da", "Meldung gilt"]);
    assert_eq!(list.matches().await, 3);
    let tags: Vec<_> = list.tags().await.into_iter().map(|tag| (tag.tag, tag.count)).collect();
    assert_eq!(tags, [("Amt".to_owned(), 3), ("Geheim".to_owned(), 1)]);
}

async fn broken_items_are_dropped_and_reported(page: &Page) {
    // One warning in all, however many problems.
    page.expect("problem(s), the first: ");
    let bundle = fixture(include_str!("../fixtures/broken.json"));
    let list = shown(page, &bundle, "").await;
    assert_eq!(
        list.headlines().await,
        ["Zahl als Kennung", "Schlechter Link", "Schlechte Schlagwörter", "Schlechtes Datum"]
    );
    let warnings = page.said("warn").await;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("items["), "the first problem has its place: {warnings:?}");
    let detail = &page.events("stichwort-load").await[0]["detail"];
    assert_eq!(detail["articles"], json!(4));
    let problems = detail["problems"].as_array().expect("a list");
    assert!(warnings[0].contains(&format!(": {} problem(s)", problems.len())), "{problems:?} and {warnings:?}");
    assert!(
        problems.iter().all(|problem| problem["place"].is_string() && problem["message"].is_string()),
        "{problems:?}"
    );
}

async fn markup_is_shown_as_text(page: &Page) {
    let bundle = fixture(include_str!("../fixtures/hostile.json"));
    let list = shown(page, &bundle, "").await;
    assert_eq!(list.matches().await, 4);
    let first = "teaser:nth-of-type(1) ";
    assert_eq!(
        list.text(&format!("{first}headline")).await,
        "<img src=x onerror=\"owned=1\"> & <script>owned=1</script>"
    );
    assert_eq!(list.text(&format!("{first}kicker")).await, "<b>Rathaus</b>");
    assert_eq!(list.text(&format!("{first}lead")).await, "<a href=\"javascript:owned=1\">Klick</a>");
    assert!(list.text(&format!("{first}byline")).await.contains("<i>ve</i>"));
    // Text of `content_html` is text too, without its markup.
    assert_eq!(list.text("teaser:nth-of-type(2) lead").await, "Nur Text & <mehr>");
    assert_eq!(list.count(":is(script, img, b, i)").await, 0);
    page.sentinel().await;
    assert_eq!(page.eval("globalThis.owned === undefined").await, json!(true));
}

async fn only_http_addresses_are_links(page: &Page) {
    page.expect("6 problem(s), the first: items[0].url");
    let addresses = [
        "javascript:owned=1",
        " java\nscript:owned=1",
        "JAVASCRIPT:owned=1",
        "data:text/html,<script>owned=1</script>",
        "vbscript:x",
        "mailto:amt@amt.example",
        "https://amt.example/gut",
        "//amt.example/auch-gut",
        "artikel/relativ",
    ];
    let items = addresses.iter().enumerate().map(|(index, address)| {
        let mut item = bundles::article(&index.to_string(), "2025-01-01", &["Amt"]);
        item["url"] = json!(address);
        item
    });
    let list = shown(page, &bundles::feed(items.collect()), "").await;
    assert_eq!(list.count("teaser").await, addresses.len());
    assert_eq!(
        list.attributes("headline-link", "href").await,
        [
            "https://amt.example/gut".to_owned(),
            "http://amt.example/auch-gut".to_owned(),
            page.site().url("artikel/relativ"),
        ]
    );
    let schemes = list.look_all("*", "elements.filter((e) => e.href && !/^https?:/.test(e.href)).length").await;
    assert_eq!(schemes, json!(0));
}

async fn an_article_without_an_address_has_no_link(page: &Page) {
    let mut item = bundles::article("a", "2025-01-01", &["Amt"]);
    item.as_object_mut().expect("an article").remove("url");
    let list = shown(page, &bundles::feed(vec![item]), "").await;
    assert_eq!(list.text("headline").await, "Meldung a");
    assert_eq!(list.count("teaser :is(a)").await, 0);
}

async fn a_title_may_be_missing(page: &Page) {
    let mut item = bundles::article("a", "2025-01-01", &["Amt"]);
    item.as_object_mut().expect("an article").remove("title");
    item["content_text"] = json!("Kurze Notiz aus dem Amt.");
    let list = shown(page, &bundles::feed(vec![item]), "").await;
    assert!(list.text("headline").await.starts_with("Kurze Notiz"));
}

async fn tags_with_commas_and_odd_signs_work(page: &Page) {
    let odd = ["Kinder, Jugend", "a\"b'c<d>", "100 %", "[Amt]", "عربي"];
    let items = odd.map(|tag| bundles::article(tag, "2025-01-01", &[tag, "alle"]));
    let list = shown(page, &bundles::feed(items.to_vec()), "").await;
    for tag in odd {
        list.click(&teaser_tag(tag)).await;
        list.wait_matches(1).await;
        assert_eq!(list.pressed().await, [tag]);
        list.click("clear").await;
        list.wait_matches(odd.len()).await;
    }
    list.set("tags", r#"["Kinder, Jugend"]"#).await;
    list.wait_matches(1).await;
    assert_eq!(list.pressed().await, ["Kinder, Jugend"]);
}

async fn a_byte_order_mark_is_ignored(page: &Page) {
    let text = format!("\u{feff}{}", bundles::typical());
    let list = opened(page, Reply::bundle(text), "").await;
    list.loaded().await;
    assert_eq!(list.matches().await, 60);
}

/// An article with all that a teaser can say, in a language of its own.
fn speaking(id: &str, language: Option<&str>, image: &str) -> Value {
    let mut item = bundles::article(id, "2025-01-01", &["Amt"]);
    item["summary"] = json!("Short and to the point.");
    item["authors"] = json!([{"name": "ve"}]);
    item["image"] = json!(image);
    item["_stichwort"] = json!({"kicker": "Town hall", "source": {"name": "Amt", "url": "https://amt.example/"},
                                "image": {"alt": "Town hall", "width": 160, "height": 90}});
    if let Some(language) = language {
        item["language"] = json!(language);
    }
    item
}

/// The languages in which a teaser's article, the interface around it and the bundle's tags are read out.
async fn check_languages(list: &Widget<'_>, teaser: usize, article: &str, interface: &str, bundle: &str) {
    let teaser = format!("teaser:nth-of-type({teaser})");
    let speaks = "elements.map((element) => element.closest('[lang]').lang)";
    for (specs, expected) in [
        (&["", " headline", " headline-link", " kicker", " lead"][..], article),
        (&[" date", " byline", " :is(.meta)", " :is(.tags)", " :is(.image-load strong)"][..], interface),
        // "(opens a new window)", and what stands before an author code.
        (&[" headline-link :is(.hidden)", " byline :is(.hidden)", " source :is(.hidden)"][..], interface),
        (&[" teaser-tag :is(bdi)"][..], bundle),
    ] {
        for spec in specs {
            let found = list.look_all(&format!("{teaser}{spec}"), speaks).await;
            let found = found.as_array().expect("a list");
            assert!(!found.is_empty() && found.iter().all(|lang| lang == expected), "{teaser}{spec}: {found:?}");
        }
    }
}

async fn check_tag_languages(list: &Widget<'_>, bundle: &str, interface: &str) {
    list.click(&stichwort_tests::widget::tag("Amt")).await;
    list.wait_count("chip", 1).await;
    let speaks = "[...new Set(elements.map((element) => element.closest('[lang]').lang))]";
    assert_eq!(list.look_all("tag :is(bdi), chip :is(bdi)", speaks).await, json!([bundle]));
    assert_eq!(
        list.look_all("status, clear, tag-count, tag :is(.hidden), chip :is(.hidden)", speaks).await,
        json!([interface])
    );
}

async fn articles_state_their_language(page: &Page) {
    let image = page.site().other_url("bild.svg");
    let items = vec![speaking("en", Some("en"), &image), speaking("de", None, &image)];
    let list = shown(page, &bundles::feed(items.clone()), r#"link-target="blank""#).await;
    assert_eq!(list.attribute("teaser:nth-of-type(1)", "lang").await, "en");
    assert_eq!(list.attribute("teaser:nth-of-type(2)", "lang").await, "");
    check_languages(&list, 1, "en", "de", "de").await;
    check_languages(&list, 2, "de", "de", "de").await;
    check_tag_languages(&list, "de", "de").await;
    // The same with an English interface.
    let list = shown(page, &bundles::feed(items), r#"link-target="blank" lang="en""#).await;
    assert_eq!(list.attribute("teaser:nth-of-type(2)", "lang").await, "de");
    check_languages(&list, 1, "en", "en", "de").await;
    check_languages(&list, 2, "de", "en", "de").await;
    check_tag_languages(&list, "de", "en").await;
}

async fn a_bundle_states_its_language(page: &Page) {
    let image = page.site().other_url("bild.svg");
    let mut bundle = bundles::feed(vec![speaking("a", None, &image), speaking("b", Some("de"), &image)]);
    bundle["language"] = json!("en");
    let list = shown(page, &bundle, r#"lang="de" link-target="blank""#).await;
    assert_eq!(list.attribute("teaser:nth-of-type(1)", "lang").await, "en");
    check_languages(&list, 1, "en", "de", "en").await;
    check_languages(&list, 2, "de", "de", "en").await;
    check_tag_languages(&list, "en", "de").await;
}

async fn links_are_relative_to_where_the_bundle_was_found(page: &Page) {
    let site = page.site();
    site.serve("neu/ort.json", Reply::json(&bundles::relative()));
    for found in [site.url("neu/ort.json"), site.other_url("neu/ort.json")] {
        let moved = Reply::status(302).header("location", &found).header("cache-control", "no-store");
        let list = opened(page, moved, "").await;
        list.loaded().await;
        let expected = found.replace("ort.json", "artikel/0");
        assert_eq!(list.attribute("headline-link", "href").await, expected);
    }
}

async fn what_is_far_below_is_laid_out_later(page: &Page) {
    // Its addresses bring all of the program, so that a click does at once what it does.
    let list = shown(page, &bundles::relative(), "").await;
    // Engines that clip the focus ring of contained boxes lay everything out at once.
    let supported = "CSS.supports('content-visibility', 'auto') && CSS.supports('overflow-clip-margin', '6px')";
    let is_supported = page.eval(supported).await == json!(true);
    let at_once = "all(0, '[part~=\"more\"]')[0].click(); \
                   return all(0, '[part~=\"lead\"]').at(-1).checkVisibility({ contentVisibilityAuto: true });";
    assert_eq!(page.run(at_once, vec![]).await, json!(!is_supported));
    list.wait_count("teaser", 40).await;
    let later = "elements.every((element) => element.checkVisibility({ contentVisibilityAuto: true }))";
    list.wait("lead", later).await;
}
