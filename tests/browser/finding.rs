//! Finding things: facets, search, periods, orders, pages, and what exists at all.

use fantoccini::key::Key;
use serde_json::{Value, json};
use stichwort_tests::{
    bundles::{self, article, feed},
    document::Document,
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
    widget::{Widget, tag},
};

use super::setting::{constant, opened, shown, typical};

pub(crate) fn all() -> Vec<Test> {
    tests![
        facets_of_the_page_in_its_order,
        facets_of_the_bundle_with_its_labels,
        counts_are_those_of_really_choosing,
        long_facets_are_narrowed_and_ordered,
        what_no_value_has_is_said,
        years_stand_newest_first,
        search_as_you_type,
        enter_ends_a_search,
        hits_are_marked,
        hits_are_marked_wherever_is_searched,
        nothing_else_is_marked,
        marks_without_the_highlight_api,
        search_in_many_articles,
        periods,
        days_pass,
        orders,
        numbered_pages,
        further_teasers_by_scrolling,
        what_exists_at_all,
        layouts_show_their_parts,
        images_as_the_webmaster_wants,
        pinned_articles_stand_first,
        labels_state_their_language,
        all_languages,
        five_thousand_tags,
        ten_thousand_hits_are_marked,
    ]
}

/// Four articles with facets of the bundle's own.
fn townhall() -> Value {
    let mut bundle = feed(vec![
        article("a", "2026-11-20", &["Rathaus", "OZG"]),
        article("b", "2026-11-02", &["Rathaus"]),
        article("c", "2024-01-01", &["OZG"]),
        article("d", "2023-05-05", &[]),
    ]);
    bundle["_stichwort"]["facets"] = json!([
        {"id": "place", "label": {"de": "Ort", "en": "Place"}, "match": "any", "values": [
            {"id": "n", "label": {"de": "Nordend", "en": "North End"}}, {"id": "s", "label": {"de": "Südstadt"}},
            {"id": "x", "label": {"de": "Verborgen"}, "hidden": true}]},
        {"id": "org", "label": {"de": "Stelle"}, "match": "all"},
    ]);
    let facets = [
        json!({"place": ["n"], "org": ["Amt", "Rat"]}),
        json!({"place": ["s", "x"], "org": ["Amt"]}),
        json!({"place": ["n", "s"]}),
    ];
    for (number, facets) in facets.into_iter().enumerate() {
        bundle["items"][number]["_stichwort"] = json!({"facets": facets});
        bundle["items"][number]["authors"] = json!([{"name": (["ve", "Müller, Anna", "ve"])[number]}]);
    }
    bundle
}

fn value(facet: &str, value: &str) -> String {
    format!("facet[data-facet={}] [part~=\"tag\"][data-tag={}]", json!(facet), json!(value))
}

async fn count(list: &Widget<'_>, facet: &str, name: &str) -> Value {
    list.look(&value(facet, name), "number(element.querySelector('[part~=\"tag-count\"]').textContent)").await
}

async fn facets_of_the_page_in_its_order(page: &Page) {
    let list = shown(page, &townhall(), r#"facets="year,author,tags""#).await;
    assert_eq!(list.attributes("facet", "data-facet").await, ["year", "author", "tags"]);
    assert_eq!(count(&list, "author", "Müller, Anna").await, json!(1));
    list.click(&value("year", "2026")).await;
    list.wait_matches(2).await;
    assert_eq!(count(&list, "year", "2024").await, json!(1), "years widen, so each keeps its number");
    assert_eq!(count(&list, "author", "ve").await, json!(1), "facets narrow each other");
    list.click(&value("year", "2024")).await;
    list.wait_matches(3).await;
    list.click(&value("author", "ve")).await;
    list.wait_matches(2).await;
    assert_eq!(list.texts("chip :is(bdi)").await, ["2026", "2024", "ve"]);
    let event = page.wait_event("stichwort-change", 3).await;
    assert_eq!(event["detail"]["selection"], json!({"tags": [], "year": ["2026", "2024"], "author": ["ve"]}));
    list.click("clear").await;
    list.wait_matches(4).await;
}

async fn facets_of_the_bundle_with_its_labels(page: &Page) {
    let list = shown(page, &townhall(), r#"facets="place,org""#).await;
    let names = list.texts("facet[data-facet=place] [part~=\"tag\"] :is(bdi)").await;
    assert_eq!(names, ["Nordend", "Südstadt"], "in the bundle's order, hidden ones left out");
    list.click(&value("org", "Amt")).await;
    list.wait_matches(2).await;
    list.click(&value("org", "Rat")).await;
    list.wait_matches(1).await;
    list.click(&value("place", "s")).await;
    list.wait_matches(0).await;
    list.wait_shown("empty").await;
    list.click("chip[data-tag=Rat]").await;
    list.wait_matches(1).await;
    assert_eq!(list.headlines().await, ["Meldung b"]);
    list.set("lang", "en").await;
    list.wait("facet[data-facet=place] :is(bdi)", "words(elements[0]) === 'North End'").await;
}

async fn counts_are_those_of_really_choosing(page: &Page) {
    let list = shown(page, &townhall(), r#"facets="tags,place,org,year""#).await;
    list.click(&value("place", "n")).await;
    list.wait_matches(2).await;
    let all = "elements.map((element) => [element.closest('[data-facet]').dataset.facet, element.dataset.tag, \
               number(element.querySelector('[part~=\"tag-count\"]').textContent), element.ariaPressed])";
    for entry in list.look_all("facet tag", all).await.as_array().expect("a list") {
        let (facet, name) = (entry[0].as_str().unwrap_or_default(), entry[1].as_str().unwrap_or_default());
        if entry[3] == json!("true") || facet == "place" || facet == "year" {
            continue; // what widens is counted by itself
        }
        list.click(&value(facet, name)).await;
        list.wait_matches(usize::try_from(entry[2].as_u64().expect("a number")).expect("small")).await;
        list.click(&value(facet, name)).await;
        list.wait_matches(2).await;
    }
}

async fn long_facets_are_narrowed_and_ordered(page: &Page) {
    let (_, list) = typical(page, "").await;
    assert_eq!(list.count("tag").await, 30);
    list.click("facet-more").await;
    list.wait_count("tag", 34).await;
    list.click("facet-order").await;
    list.wait("tag :is(bdi)", "words(elements[0]) === 'Abfall'").await;
    let names = list.texts("tag :is(bdi)").await;
    let place = |name: &str| names.iter().position(|known| known == name);
    assert!(place("Brücken") < place("Bücherei") && place("Bücherei") < place("Bürgerservice"), "{names:?}");
    list.look("facet-search", "element.focus()").await;
    page.type_text("strassen").await;
    list.wait_count("tag", 1).await;
    assert_eq!(list.texts("tag :is(bdi)").await, ["Straßenbäume"]);
    list.wait_focus("facet-search").await;
}

async fn what_no_value_has_is_said(page: &Page) {
    let (_, list) = typical(page, r#"tags="Rathaus""#).await;
    let before = list.matches().await;
    let said = "„xyz“ kommt hier nicht vor.";
    list.look("facet-search", "element.focus()").await;
    page.type_text("xyz").await;
    // What is chosen stays.
    list.wait_count("tag", 1).await;
    assert_eq!(list.texts("facet :is(.hint)").await, [said]);
    let status = list.text("status").await;
    assert!(status.ends_with(said), "{status}");
    assert_eq!(list.matches().await, before);
    list.look("facet-search", "(element.value = '', element.dispatchEvent(new Event('input', {bubbles: true})))").await;
    list.wait_count("facet :is(.hint)", 0).await;
    assert!(!list.text("status").await.contains("xyz"));
}

async fn years_stand_newest_first(page: &Page) {
    // The more, the older; more of them than show at first.
    let years = (2010..2023).flat_map(|year| (year..2023).map(move |item| (year, item)));
    let items = years.map(|(year, item)| article(&format!("{year}-{item}"), &format!("{year}-05-01"), &["Amt"]));
    let list = shown(page, &bundles::unordered(items.collect()), r#"facets="year,tags""#).await;
    let year = r#"facet[data-facet="year"] tag :is(bdi)"#;
    let first = |years: Vec<String>| years[..2].to_vec();
    assert_eq!(first(list.texts(year).await), ["2022", "2021"]);
    assert_eq!(list.count(year).await, 10);
    assert!(list.text("facet-order").await.starts_with("Nach Anzahl ordnen"));
    list.click("facet-order").await;
    list.wait(year, "words(elements[0]) === '2010'").await;
    assert!(list.text("facet-order").await.starts_with("Nach Jahr ordnen"));
    list.click("facet-order").await;
    list.wait(year, "words(elements[0]) === '2022'").await;
}

async fn type_into(page: &Page, list: &Widget<'_>, text: &str) {
    list.look("search", "element.focus()").await;
    list.wait_focus("search").await;
    page.type_text(text).await;
}

async fn search_as_you_type(page: &Page) {
    let (_, list) = typical(page, "").await;
    type_into(page, &list, "BUERGERBUERO nordend").await;
    list.wait_matches(1).await;
    assert_eq!(list.headlines().await, ["Neue Öffnungszeiten im Bürgerbüro in Nordend"]);
    list.wait_focus("search").await;
    assert_eq!(list.texts("chip :is(bdi)").await, ["Suche: BUERGERBUERO nordend"]);
    assert!(list.text("tag-count").await.parse::<usize>().is_ok_and(|count| count <= 1), "counts follow the search");
    assert_eq!(list.look("sort", "element.value").await, json!("relevance"));
    list.click("chip").await;
    list.wait_matches(60).await;
    assert_eq!(list.look("search", "element.value").await, json!(""));
    assert_eq!(list.look("sort", "element.value").await, json!("newest"));
    type_into(page, &list, "\"grundschule beginnt am\"").await;
    list.wait_matches(1).await;
    list.look("search", "element.select()").await;
    type_into(page, &list, "gibt es nicht").await;
    list.wait_matches(0).await;
    list.wait_shown("empty").await;
    list.click("empty clear").await;
    list.wait_matches(60).await;
}

const MARKED: &str = "[...(CSS.highlights.get('stichwort-hit') ?? [])].map((range) => \
    range.startContainer.data.slice(range.startOffset, range.endOffset))";

/// Nobody has to wait until typing rests, and on a phone the keyboard makes room for what has been found.
async fn enter_ends_a_search(page: &Page) {
    let (_, list) = typical(page, "").await;
    let rest = constant(include_str!("../../www/later.js"), "TYPING_REST");
    let never = "const later = setTimeout; window.setTimeout = (what, wait) => wait === args[0] || later(what, wait);";
    page.run(never, vec![json!(rest)]).await;
    for (typed, focus) in [("rat", "search"), ("haus", "status")] {
        page.run("window.matchMedia = () => ({ matches: args[0] });", vec![json!(focus == "status")]).await;
        type_into(page, &list, typed).await;
        list.wait_shown("chip").await;
        page.press(Key::Enter).await;
        page.wait("the search in the address", &format!("location.hash.endsWith('{typed}')")).await;
        list.wait_focus(focus).await;
    }
}

async fn hits_are_marked(page: &Page) {
    let (_, list) = typical(page, "").await;
    type_into(page, &list, "gebaude").await;
    list.wait_matches(6).await;
    page.wait("marks", &format!("{MARKED}.length > 0")).await;
    let marked = page.eval(MARKED).await;
    assert!(marked.as_array().is_some_and(|marked| marked.iter().all(|hit| hit == "gebäude")), "{marked}");
    assert_eq!(list.count("headline :is(mark)").await, 0);
    list.click("clear").await;
    page.wait("no marks", &format!("{MARKED}.length === 0")).await;
}

async fn hits_are_marked_wherever_is_searched(page: &Page) {
    let mut item = article("a", "2026-01-01", &["Nord"]);
    item["title"] = json!("Nord");
    item["summary"] = json!("Im Nord");
    item["authors"] = json!([{ "name": "Nord" }]);
    item["_stichwort"] = json!({ "kicker": "Nord" });
    let bundle = feed(vec![item]);
    for target in ["", r#" target="_blank""#] {
        let list = shown(page, &bundle, &format!(r#"show="kicker,byline"{target}"#)).await;
        list.wait_shown("byline").await;
        type_into(page, &list, "nord").await;
        page.wait("marks", &format!("(CSS.highlights ? {MARKED} : all(0, 'mark').map(words)).length === 5")).await;
        let unseen = "[...(CSS.highlights?.get('stichwort-hit') ?? [])].map((range) => range.startContainer.parentNode) \
            .filter((element) => getComputedStyle(element, '::highlight(stichwort-hit)').backgroundColor === 'rgba(0, 0, 0, 0)') \
            .map((element) => element.outerHTML)";
        assert_eq!(page.eval(unseen).await, json!([]), "a style names the elements with such texts");
    }
}

/// What a teaser has of other words is not searched.
async fn nothing_else_is_marked(page: &Page) {
    let mut item = article("a", "2026-01-01", &["A"]);
    item["title"] = json!("Bild und Kurier");
    item["_stichwort"] = json!({
        "source": { "name": "Kurier" },
        "image": { "url": "https://bilder.example/a.png", "alt": "", "credit": "Bild: Kurier" },
    });
    let list = shown(page, &feed(vec![item]), "").await;
    list.wait_shown("source").await;
    list.wait_shown(":is(.image-load)").await;
    type_into(page, &list, "bild kurier").await;
    list.wait_shown("chip").await;
    let found = format!("CSS.highlights ? {MARKED} : all(0, 'mark').map(words)");
    page.wait("marks", &format!("({found}).length > 0")).await;
    page.frames().await;
    assert_eq!(page.eval(&found).await, json!(["Bild", "Kurier"]));
}

async fn marks_without_the_highlight_api(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let without = "<script>Object.defineProperty(CSS, 'highlights', { value: undefined })</script>";
    page.open(Document::with_element(r#"src="news.json""#).head(without)).await;
    let list = page.widget();
    list.loaded().await;
    type_into(page, &list, "freibad").await;
    list.wait_matches(6).await;
    list.wait("headline :is(mark)", "elements.length === 6 && elements.every((mark) => words(mark) === 'Freibad')")
        .await;
    assert!(list.headlines().await[0].starts_with("Freibad startet in die Saison"));
    list.click("clear").await;
    list.wait_matches(60).await;
    list.wait_count("headline :is(mark)", 0).await;
    assert!(list.headlines().await.len() == 20);
}

async fn search_in_many_articles(page: &Page) {
    // More than are read at once.
    let items = (0..3000).map(|number| article(&format!("n{number}"), "2026-01-01", &["A"])).collect();
    let list = shown(page, &feed(items), "").await;
    type_into(page, &list, "n2999").await;
    list.wait_matches(1).await;
    assert_eq!(list.headlines().await, ["Meldung n2999"]);
}

async fn periods(page: &Page) {
    let list = shown(page, &townhall(), "date-filter").await;
    let counts = "elements.map((element) => [element.dataset.preset, number(element.querySelector('[part~=\"tag-count\"]').textContent)])";
    let found = list.look_all("date-preset", counts).await;
    let years: Vec<_> = found.as_array().expect("a list").iter().skip(3).collect();
    assert_eq!(years, [&json!(["2026", 2]), &json!(["2024", 1]), &json!(["2023", 1])]);
    list.click("date-preset[data-preset=\"2024\"]").await;
    list.wait_matches(1).await;
    assert_eq!(list.texts("chip :is(bdi)").await, ["2024"]);
    list.click("date-preset[data-preset=\"2024\"]").await;
    list.wait_matches(4).await;
    let fill = "element.value = '2024-01-01'; element.dispatchEvent(new Event('change', { bubbles: true }))";
    list.look("date-from", &format!("(() => {{ {fill} }})()")).await;
    list.wait_matches(3).await;
    list.look("date-to", &format!("(() => {{ {} }})()", fill.replace("2024-01-01", "2026-11-02"))).await;
    list.wait_matches(2).await;
    assert_eq!(list.headlines().await, ["Meldung b", "Meldung c"]);
    assert_eq!(list.texts("chip :is(bdi)").await, ["ab 01.01.2024 bis 02.11.2026"]);
    list.host("element.dateFilter = 'off'").await;
    list.wait_count("date-from", 0).await;
    list.host("element.dateFilter = ''").await;
    list.wait_count("date-from", 1).await;
}

async fn days_pass(page: &Page) {
    let date = page.eval("new Date().toISOString().slice(0, 10)").await;
    let article = bundles::article("a", date.as_str().expect("a date"), &["Amt"]);
    let list = shown(page, &bundles::feed(vec![article]), r#"date-filter="on""#).await;
    let count = "number(element.querySelector('[part~=\"tag-count\"]').textContent)";
    let week = "date-preset[data-preset=last7]";
    assert_eq!(list.look(week, count).await, json!(1));
    let script = "const Then = Date; window.Date = class extends Then { \
                  constructor(...when) { if (when.length) super(...when); else super(Then.now() + 9 * 864e5); } };";
    page.run(script, vec![]).await;
    list.click(&tag("Amt")).await;
    list.wait_count("chip", 1).await;
    assert_eq!(list.look(week, count).await, json!(0));
}

async fn choose(list: &Widget<'_>, order: &str) {
    let change = format!(
        "(() => {{ element.value = {}; element.dispatchEvent(new Event('change', {{ bubbles: true }})) }})()",
        json!(order)
    );
    list.look("sort", &change).await;
}

async fn orders(page: &Page) {
    let mut bundle = townhall();
    for (number, title) in ["Zebra", "Äpfel", "affen", "Öl"].iter().enumerate() {
        bundle["items"][number]["title"] = json!(title);
    }
    let list = shown(page, &bundle, r#"sort="oldest""#).await;
    assert_eq!(list.headlines().await, ["Öl", "affen", "Äpfel", "Zebra"]);
    choose(&list, "headline").await;
    list.wait("headline", "words(elements[0]) === 'affen'").await;
    assert_eq!(list.headlines().await, ["affen", "Äpfel", "Öl", "Zebra"]);
    choose(&list, "newest").await;
    list.wait("headline", "words(elements[0]) === 'Zebra'").await;
    list.set("hide", "sort").await;
    list.wait_count("sort", 0).await;
}

async fn numbered_pages(page: &Page) {
    let (_, list) = typical(page, r#"more="pages" page-size="7""#).await;
    assert_eq!(list.count("teaser").await, 7);
    assert_eq!(list.texts("page").await, ["1", "2", "9", "Nächste Seite"]);
    assert_eq!(list.attributes("page[aria-current=page]", "aria-label").await, ["Seite 1"]);
    list.click("page[aria-label=\"Seite 9\"]").await;
    list.wait_count("teaser", 4).await;
    list.wait_focus("teaser:nth-of-type(1) headline-link").await;
    assert_eq!(list.texts("page").await, ["Vorherige Seite", "1", "8", "9"]);
    list.click(&tag("OZG")).await;
    list.wait("page[aria-current=page]", "elements.length === 0 || words(elements[0]) === '1'").await;
}

async fn further_teasers_by_scrolling(page: &Page) {
    let (_, list) = typical(page, r#"more="scroll" page-size="5""#).await;
    let scroll = "window.scrollTo(0, document.documentElement.scrollHeight)";
    for shown in [10, 15, 20, 25] {
        page.run(scroll, vec![]).await;
        list.wait_count("teaser", shown).await;
    }
    // Then it asks: this end is told to other observers in the same go.
    page.run_async(
        "scrollTo(0, document.documentElement.scrollHeight); \
         await new Promise((seen) => new IntersectionObserver((entries) => \
           entries.some((entry) => entry.isIntersecting) && seen()).observe(first(0, '[part~=more]')));",
        vec![],
    )
    .await;
    page.frames().await;
    assert_eq!(list.count("teaser").await, 25);
    list.click("more").await;
    list.wait("teaser", "elements.length >= 30").await;
}

async fn what_exists_at_all(page: &Page) {
    let list = shown(page, &townhall(), r#"locked-tags="OZG""#).await;
    assert_eq!((list.matches().await, list.headlines().await.len()), (2, 2));
    assert_eq!(page.wait_event("stichwort-load", 1).await["detail"]["articles"], json!(2));
    assert_eq!(count(&list, "tags", "Rathaus").await, json!(1), "counts know of nothing else");
    list.host("element.lockedTags = null; element.excludeTags = 'OZG'").await;
    list.wait_matches(2).await;
    assert_eq!(list.headlines().await, ["Meldung b", "Meldung d"]);
    list.host("element.excludeTags = null; element.since = '2024-01-01'").await;
    list.wait_matches(3).await;
    list.host("element.since = null; element.limit = 1").await;
    list.wait_matches(1).await;
    assert_eq!(list.headlines().await, ["Meldung a"]);
}

async fn layouts_show_their_parts(page: &Page) {
    let (_, list) = typical(page, r#"layout="headlines" page-size="2""#).await;
    assert_eq!((list.count("headline").await, list.count("date").await), (2, 2));
    for part in ["kicker", "lead", "byline", "teaser-tag", "image"] {
        assert_eq!(list.count(part).await, 0, "{part}");
    }
    list.set("show", "lead").await;
    list.wait_count("lead", 2).await;
    list.set("layout", "compact").await;
    list.wait_count("kicker", 2).await;
    assert_eq!(list.count("lead").await, 2);
    list.host("element.layout = 'cards'; element.show = null; element.hide = 'kicker, teaser-tag'").await;
    list.wait_count("kicker", 0).await;
    list.wait_count("teaser-tag", 0).await;
    assert_eq!(list.count("lead").await, 2);
    let is_flex = "getComputedStyle(elements[0]).display === 'flex'";
    list.wait("teaser", is_flex).await;
}

async fn images_as_the_webmaster_wants(page: &Page) {
    let mut bundle = townhall();
    bundle["items"][0]["image"] = json!(page.site().url("own.svg"));
    bundle["items"][1]["image"] = json!(page.site().other_url("foreign.svg"));
    page.site().serve("own.svg", Reply::picture());
    page.site().serve("foreign.svg", Reply::picture());
    let list = shown(page, &bundle, r#"images="none""#).await;
    assert_eq!((list.count("image").await, list.count("image :is(img)").await), (2, 0));
    list.set("images", "same-host").await;
    list.wait_count("image :is(img)", 1).await;
    list.set("images", "all").await;
    list.wait_count("image :is(img)", 2).await;
    let attributes = "elements.every((image) => image.loading === 'lazy' && image.referrerPolicy === 'no-referrer')";
    list.wait("image :is(img)", attributes).await;
}

async fn pinned_articles_stand_first(page: &Page) {
    let mut bundle = townhall();
    bundle["items"][2]["_stichwort"] = json!({"pinned": true});
    let list = shown(page, &bundle, "").await;
    assert_eq!(list.headlines().await, ["Meldung c", "Meldung a", "Meldung b", "Meldung d"]);
    choose(&list, "oldest").await;
    list.wait("headline", "words(elements[0]) === 'Meldung d'").await;
}

async fn labels_state_their_language(page: &Page) {
    let list = shown(page, &townhall(), r#"facets="place,org" lang="en""#).await;
    let language = "element.closest('[lang]').lang";
    for (spec, expected) in [
        ("facet[data-facet=place] :is(.facet-title)", "en"),
        ("facet[data-facet=org] :is(.facet-title)", "de"),
        ("tag[data-tag=n] :is(bdi)", "en"),
        ("tag[data-tag=s] :is(bdi)", "de"),
    ] {
        assert_eq!(list.look(spec, language).await, json!(expected), "{spec}");
    }
    // A sentence that quotes one.
    let list = opened(page, Reply::json(&townhall()), r#"tags="Nirgends" lang="en""#).await;
    list.wait("empty :is(.hint bdi)", "elements[0].closest('[lang]').lang === 'de'").await;
}

async fn all_languages(page: &Page) {
    let (_, list) = typical(page, "").await;
    let languages = [
        ("fr", "60 articles"),
        ("it", "60 notizie"),
        ("es", "60 noticias"),
        ("nl", "60 berichten"),
        ("pl", "60 wiadomości"),
        ("tr", "60 haber"),
        ("uk", "60 новин"),
        ("ar", "60 خبرًا"),
        ("en", "60 articles"),
    ];
    for (language, status) in languages {
        list.set("lang", language).await;
        list.wait("status :is(strong)", &format!("words(elements[0].parentElement).startsWith({})", json!(status)))
            .await;
        let direction = if language == "ar" { "rtl" } else { "ltr" };
        assert_eq!(list.look("status", "getComputedStyle(element).direction").await, json!(direction));
    }
}

/// Of more hits, such as an address can ask for, the first ones are: more take one engine many seconds.
async fn ten_thousand_hits_are_marked(page: &Page) {
    let item = |number: usize| {
        let mut item = article(&format!("n{number}"), "2026-01-01", &["A"]);
        item["summary"] = json!("x ".repeat(190));
        item
    };
    page.site().serve("news.json", Reply::json(&feed((0..60).map(item).collect())));
    page.open(Document::with_element(r#"src="news.json""#)).await;
    page.widget().loaded().await;
    page.run("location.hash = 'teasers--search-x--shown-60'", vec![]).await;
    page.widget().wait_count("teaser", 60).await;
    page.widget().wait_matches(60).await;
    let most = constant(include_str!("../../www/later.js"), "MOST_MARKS");
    assert!(most < 60 * 190);
    page.wait("marks", &format!("!CSS.highlights || {MARKED}.length === {most}")).await;
}

async fn five_thousand_tags(page: &Page) {
    let long = "x".repeat(300);
    let items = (0..2500)
        .map(|number| {
            article(&number.to_string(), "2026-01-01", &[&format!("a{number}"), &format!("b{number}"), &long])
        })
        .collect();
    let list = shown(page, &feed(items), "").await;
    assert_eq!(list.count("tag").await, 30);
    assert_eq!(list.text("facet-more :is(span)").await, "Alle 5.001");
    list.click("facet-more").await;
    list.wait_count("tag", 5001).await;
    list.click(&tag("b77")).await;
    list.wait_matches(1).await;
    list.click(&tag(&long)).await;
    list.wait_count("chip", 2).await;
    assert_eq!(list.matches().await, 1);
}
