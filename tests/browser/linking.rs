//! State in the page's address.

use serde_json::json;
use stichwort_tests::{
    bundles::{self, Match},
    document::{Document, SCRIPT},
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
    widget::{Widget, tag},
};

use super::setting::{check_selection, clipboard, constant, never, shown, typical};

pub(crate) fn all() -> Vec<Test> {
    tests![
        choosing_writes_the_fragment,
        back_and_forward_restore,
        a_link_is_restored_with_more_and_reload,
        any_tag_survives_the_address,
        several_widgets_share_the_address,
        the_query_leaves_others_alone,
        a_routers_fragment_is_left_alone,
        an_elements_id_is_replaced,
        no_state_in_the_address,
        the_pages_own_state_is_carried,
        a_refused_history_is_no_obstacle,
        nor_is_a_sandbox,
        junk_in_the_address,
        an_unknown_tag_is_a_chip,
        typing_makes_no_entries,
        the_place_in_the_list_is_restored,
        back_leads_to_where_a_page_was_left,
        back_and_forward_lead_to_places_in_the_list,
        what_is_clicked_in_a_list_stays_where_it_is,
        the_link_can_be_copied,
        the_copy_holds_what_is_chosen_where_the_address_cannot,
        what_the_browser_refuses_to_copy_stands_in_a_field,
        where_the_fragment_is_foreign_no_link_is_offered,
        a_year_is_taken_when_it_is_whole,
        a_period_that_is_typed_is_one_step,
        no_two_widgets_have_one_name,
        widgets_in_shadow_roots_have_names_of_their_own,
        another_name_or_place_is_followed,
        two_widgets_can_swap_their_names,
        who_only_scrolls_leaves_an_elements_id,
        who_scrolls_after_a_link_leaves_its_place,
        what_leads_to_an_element_is_not_foreign,
        an_element_may_come_after_the_list,
        a_page_that_goes_elsewhere_at_each_choice,
        who_comes_back_to_a_place_of_the_page_finds_what_was_chosen,
        what_is_typed_in_one_list_stays_when_another_goes_back,
        who_leaves_the_page_has_typed_to_the_end,
        a_link_to_a_search_shows_at_once_what_is_searched_for,
        what_follows_a_link_costs_nothing,
        a_search_and_then_a_tag_are_two_steps,
        who_is_typing_goes_on_when_another_list_goes_back,
        a_link_made_as_a_component_lets_nothing_go,
        a_link_within_the_page_lets_nothing_go,
        the_address_agrees_with_the_pages_that_there_are,
    ]
}

/// Counts new entries of the history, whose own length ends at 50.
const COUNT_ENTRIES: &str = "window.entries = 0; const push = history.pushState.bind(history); \
    history.pushState = (...values) => { window.entries++; push(...values); };";

/// The fragment without the places in the lists, to which clicks may scroll.
const CHOSEN: &str = "location.hash.replace(/--at-\\d+/g, '')";

const HASH: &str = "location.hash";

async fn choosing_writes_the_fragment(page: &Page) {
    let (_, list) = typical(page, "").await;
    page.run(COUNT_ENTRIES, vec![]).await;
    list.click(&tag("OZG")).await;
    page.wait("the fragment", "location.hash === '#teasers--tags-OZG'").await;
    list.click(&tag("Kita und Schule")).await;
    page.wait("the fragment", "location.hash === '#teasers--tags-OZG-Kita_20und_20Schule'").await;
    assert_eq!(page.eval("document.querySelector(location.hash)").await, json!(null), "it is a selector");
    assert_eq!(page.eval("window.entries").await, json!(2));
    list.click("clear").await;
    page.wait("an empty fragment", "location.hash === ''").await;
}

async fn back_and_forward_restore(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    list.click(&tag("OZG")).await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
    list.click(&tag("Rathaus")).await;
    check_selection(&list, &bundle, &["OZG", "Rathaus"], Match::All).await;
    // The address follows a little later.
    page.wait("both in it", "location.hash === '#teasers--tags-OZG-Rathaus'").await;
    page.run("history.back()", vec![]).await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
    page.run("history.back()", vec![]).await;
    check_selection(&list, &bundle, &[], Match::All).await;
    page.run("history.forward()", vec![]).await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
}

async fn a_link_is_restored_with_more_and_reload(page: &Page) {
    let (bundle, list) = typical(page, r#"page-size="5""#).await;
    list.click(&tag("Rathaus")).await;
    list.wait_matches(bundles::matches(&bundle, &["Rathaus"], Match::All)).await;
    list.click("more").await;
    list.wait_count("teaser", 10).await;
    page.wait("the fragment", &format!("{CHOSEN} === '#teasers--tags-Rathaus--shown-10'")).await;
    page.reload().await;
    page.widget().loaded().await;
    page.widget().wait_count("teaser", 10).await;
    assert_eq!(page.widget().pressed().await, ["Rathaus"]);
}

async fn any_tag_survives_the_address(page: &Page) {
    let odd = ["C++ & <b>", "__proto__", "ä,ß/#?%", "👷🏽\u{200d}♀️", "a--b-_c", "عام"];
    let items = odd.iter().map(|tag| bundles::article(tag, "2026-01-01", &[tag])).collect();
    let bundle = bundles::feed(items);
    page.site().serve("news.json", Reply::json(&bundle));
    page.open(Document::with_element(r#"src="news.json""#)).await;
    page.widget().loaded().await;
    for name in odd {
        page.widget().click(&tag(name)).await;
        page.widget().wait_matches(1).await;
        page.wait("the fragment", "location.hash !== ''").await;
        let fragment = page.eval(HASH).await;
        let is_plain = |text: &str| text[1..].bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        assert!(fragment.as_str().is_some_and(is_plain), "{fragment}");
        page.reload().await;
        page.widget().loaded().await;
        page.widget().wait_matches(1).await;
        assert_eq!(page.widget().pressed().await, [name]);
        page.widget().click("clear").await;
        page.widget().wait_matches(odd.len()).await;
    }
}

async fn several_widgets_share_the_address(page: &Page) {
    let bundle = bundles::typical();
    page.site().serve("news.json", Reply::json(&bundle));
    let list = |id: &str| format!(r#"<stichwort-teasers src="news.json" {id}></stichwort-teasers>"#);
    let lists = [list(""), list(r#"id="amt""#), list("")].concat();
    page.open(Document::new(format!(r#"{lists}<script src="{SCRIPT}"></script>"#))).await;
    for (index, name) in ["OZG", "Rathaus", "Klima"].iter().enumerate() {
        page.widget_at(index).loaded().await;
        // Without the mouse, which would have to aim while the lists before get their heights.
        page.widget_at(index).look(&tag(name), "element.click()").await;
        check_selection(&page.widget_at(index), &bundle, &[name], Match::All).await;
    }
    page.wait("all three", &format!("{CHOSEN} === '#teasers--tags-OZG--amt--tags-Rathaus--teasers-2--tags-Klima'"))
        .await;
    page.reload().await;
    for (index, name) in ["OZG", "Rathaus", "Klima"].iter().enumerate() {
        page.widget_at(index).loaded().await;
        check_selection(&page.widget_at(index), &bundle, &[name], Match::All).await;
    }
    // Without the mouse here too: the list to which a place in it belongs may still be brought there.
    page.widget_at(1).look("clear", "element.click()").await;
    page.wait("the other two", &format!("{CHOSEN} === '#teasers--tags-OZG--teasers-2--tags-Klima'")).await;
}

async fn the_query_leaves_others_alone(page: &Page) {
    let bundle = bundles::typical();
    page.site().serve("news.json", Reply::json(&bundle));
    page.open(Document::with_element(r#"src="news.json" url-state="query""#)).await;
    page.go("page.html?b=%20x&a=1#main").await;
    let list = page.widget();
    list.loaded().await;
    list.click(&tag("Digitale Souveränität")).await;
    let search =
        "location.search === '?b=%20x&a=1&teasers.tags=Digitale%20Souver%c3%a4nit%c3%a4t' && location.hash === '#main'";
    page.wait("the query", search).await;
    page.reload().await;
    page.widget().loaded().await;
    check_selection(&page.widget(), &bundle, &["Digitale Souveränität"], Match::All).await;
    page.widget().click("clear").await;
    page.wait("the others", "location.search === '?b=%20x&a=1'").await;
}

async fn a_routers_fragment_is_left_alone(page: &Page) {
    page.expect("neither ours nor the id of an element");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json""#)).await;
    page.go("page.html#/news/7").await;
    let list = page.widget();
    list.loaded().await;
    list.click(&tag("OZG")).await;
    list.wait_count("chip", 1).await;
    list.click(&tag("Rathaus")).await;
    list.wait_count("chip", 2).await;
    // Told by the program's later part.
    page.wait("the line", "__probe.log.some((entry) => entry.text.includes('#/news/7'))").await;
    page.sentinel().await;
    assert_eq!(page.eval(HASH).await, json!("#/news/7"));
    let said = page.said("warn").await;
    assert_eq!(said.iter().filter(|line| line.contains("#/news/7")).count(), 1, "{said:?}");
}

async fn an_elements_id_is_replaced(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json""#).body("<p id=\"unten\">Unten</p>")).await;
    page.go("page.html#unten").await;
    let list = page.widget();
    list.loaded().await;
    assert_eq!(page.eval(HASH).await, json!("#unten"));
    list.click(&tag("OZG")).await;
    page.wait("ours", "location.hash === '#teasers--tags-OZG'").await;
    list.click(&tag("OZG")).await;
    page.wait("nothing", "location.hash === ''").await;
}

async fn no_state_in_the_address(page: &Page) {
    let (bundle, list) = typical(page, r#"url-state="none""#).await;
    list.click(&tag("OZG")).await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
    page.sentinel().await;
    assert_eq!(page.eval(HASH).await, json!(""));
    // So an element that the page takes out and puts back knows it alone.
    list.host("const place = element.parentNode; element.remove(); setTimeout(() => place.append(element))").await;
    page.wait_event("stichwort-load", 2).await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
    // What the page sets meanwhile counts for more.
    list.host(
        "const place = element.parentNode; element.remove(); element.tags = 'Rathaus'; \
         setTimeout(() => place.append(element))",
    )
    .await;
    page.wait_event("stichwort-load", 3).await;
    check_selection(&list, &bundle, &["Rathaus"], Match::All).await;
}

async fn the_pages_own_state_is_carried(page: &Page) {
    let (_, list) = typical(page, "").await;
    page.run("history.replaceState({ theirs: 7 }, '')", vec![]).await;
    list.click(&tag("OZG")).await;
    page.wait("the fragment", "location.hash !== ''").await;
    assert_eq!(page.eval("history.state").await, json!({"theirs": 7}));
}

async fn a_refused_history_is_no_obstacle(page: &Page) {
    let refuse = "<script>window.refused = 0; history.pushState = history.replaceState = () => { \
        refused++; throw new DOMException('no', 'SecurityError') };</script>";
    opened(page, &list(""), refuse).await;
    let list = page.widget();
    list.loaded().await;
    list.click(&tag("OZG")).await;
    check_selection(&list, &bundles::typical(), &["OZG"], Match::All).await;
    page.wait("the refusal", "refused > 0").await;
}

/// A frame that may run scripts and nothing else has no origin: all it asks for is from elsewhere, and some browsers
/// refuse it a history.
async fn nor_is_a_sandbox(page: &Page) {
    let site = page.site();
    site.serve("news.json", Reply::json(&bundles::typical()));
    let watch = "const tell = (...what) => parent.postMessage(what, '*'); \
        for (const level of ['warn', 'error']) console[level] = (...values) => tell('said', values.join(' ')); \
        onerror = (message) => tell('said', message); onunhandledrejection = ({ reason }) => tell('said', String(reason)); \
        const parts = (name) => document.querySelector('stichwort-teasers').shadowRoot.querySelectorAll(`[part~=${name}]`); \
        const choose = (tag) => [...parts('tag')].find(({ dataset }) => dataset.tag === tag).click(); \
        const push = history.pushState.bind(history); let times = 0; \
        history.pushState = (...values) => { \
          tell('chosen', [...parts('chip')].map((chip) => chip.firstChild.textContent), self.origin); \
          if (times++) requestAnimationFrame(() => requestAnimationFrame(() => tell('end'))); \
          else setTimeout(choose, 0, 'Rathaus'); \
          push(...values); }; \
        addEventListener('stichwort-load', () => choose('OZG'));";
    site.serve(
        "rahmen.html",
        Reply::html(format!(
            r#"<!doctype html><html lang="de"><meta charset="utf-8"><script>{watch}</script><h1>Rathaus</h1><script src="{}" data-src="{}"></script>"#,
            site.other_url(SCRIPT),
            site.other_url("news.json"),
        )),
    );
    let listen = "<script>window.told = []; addEventListener('message', ({ data }) => told.push(data))</script>";
    let frame =
        r#"<iframe sandbox="allow-scripts" src="rahmen.html" title="Meldungen" width="900" height="700"></iframe>"#;
    page.open(Document::new(listen.to_owned() + frame)).await;
    page.wait("two choices", "told.at(-1)?.[0] === 'end'").await;
    let chosen = |chips: &[&str]| json!(["chosen", chips, "null"]);
    assert_eq!(page.eval("told").await, json!([chosen(&["OZG"]), chosen(&["OZG", "Rathaus"]), ["end"]]));
}

async fn junk_in_the_address(page: &Page) {
    let bundle = bundles::typical();
    page.site().serve("news.json", Reply::json(&bundle));
    page.open(Document::with_element(r#"src="news.json""#)).await;
    for junk in [
        "teasers--sort-best--dates-never--page-99999999999--shown-x",
        "teasers--tags---tags",
        "other--tags-OZG",
        "teasers--facet-_5f_5fproto_5f_5f",
    ] {
        page.expect("neither ours");
        page.expect("as dates in the page's address, found \"never\"");
        page.expect("as sort in the page's address, found \"best\"");
        page.go("leer.html").await;
        page.go(&format!("page.html#{junk}")).await;
        page.widget().loaded().await;
        check_selection(&page.widget(), &bundle, &[], Match::All).await;
    }
}

async fn an_unknown_tag_is_a_chip(page: &Page) {
    let bundle = bundles::typical();
    page.site().serve("news.json", Reply::json(&bundle));
    page.open(Document::with_element(r#"src="news.json""#)).await;
    page.go("leer.html").await;
    page.go("page.html#teasers--tags-OZG-Fr_c3_bcher").await;
    let list = page.widget();
    list.wait_matches(0).await;
    assert_eq!(list.texts("chip :is(bdi)").await, ["OZG", "Früher"]);
    assert!(list.text("empty").await.contains("„Früher“ kommt hier nicht vor."));
    list.click("chip[data-tag=\"Früher\"]").await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
    // Beside others it takes nothing away, and is said to be none.
    page.open(Document::with_element(r#"src="news.json" match="any""#)).await;
    page.go("leer.html").await;
    page.go("page.html#teasers--tags-OZG-Fr_c3_bcher").await;
    let list = page.widget();
    list.wait_matches(bundles::matches(&bundle, &["OZG"], Match::Any)).await;
    assert!(list.text("status").await.contains(". „Früher“ kommt hier nicht vor."));
}

async fn typing_makes_no_entries(page: &Page) {
    let (_, list) = typical(page, "").await;
    page.run(COUNT_ENTRIES, vec![]).await;
    list.look("search", "element.focus()").await;
    page.type_text("freibad").await;
    list.wait_matches(6).await;
    page.wait("the fragment", "location.hash === '#teasers--search-freibad'").await;
    assert_eq!(page.eval("window.entries").await, json!(0));
}

/// Also where the page likes to glide.
async fn the_place_in_the_list_is_restored(page: &Page) {
    for style in ["", "<style>html { scroll-behavior: smooth }</style>"] {
        opened(page, &list(r#"page-size="10""#), style).await;
        let list = page.widget();
        list.loaded().await;
        page.run("window.scrollTo(0, 700)", vec![]).await;
        page.wait("the place", "scrollY > 0").await;
        list.look("more", "element.click()").await;
        list.wait_count("teaser", 20).await;
        // Until nothing glides any more.
        let go = "first(0, '[part=teaser]:nth-of-type(13)').scrollIntoView({ behavior: 'instant' })";
        page.wait("the fragment", &format!("{go}, location.hash === '#teasers--shown-20--at-12'")).await;
        page.reload().await;
        page.widget().loaded().await;
        let top = "Math.abs(first(0, '[part=teaser]:nth-of-type(13)').getBoundingClientRect().top) < 40";
        page.wait("the same teaser on top", top).await;
        // Nor does a browser lead who comes by a link.
        page.site().serve("anderswo.html", Reply::html("<p>Anderswo</p>"));
        page.go("anderswo.html").await;
        page.go("page.html#teasers--shown-20--at-12").await;
        page.widget().loaded().await;
        page.wait("the same teaser on top", top).await;
    }
}

/// A page's focus scrolls to its beginning; the step is taken before, so that browsers note the place that it leaves.
async fn back_leads_to_where_a_page_was_left(page: &Page) {
    let (_, list) = typical(page, r#"more="pages" page-size="10""#).await;
    let second = "first(0, '[part~=page]:not([aria-current])')";
    page.run(&format!("{second}.scrollIntoView({{ block: 'center' }})"), vec![]).await;
    page.wait("it to be reached", &format!("scrollY > 500 && {second}.textContent.includes('2')")).await;
    page.frames().await;
    page.run(&format!("window.left = scrollY; {second}.click()"), vec![]).await;
    list.wait("page", "elements.find((page) => page.ariaCurrent)?.textContent.includes('2')").await;
    page.wait("the fragment and the beginning", "location.hash.includes('--page-2') && scrollY < 300").await;
    page.run("history.back()", vec![]).await;
    list.wait("page", "elements.find((page) => page.ariaCurrent)?.textContent.includes('1')").await;
    page.wait("where it was left", "Math.abs(scrollY - left) < innerHeight").await;
}

/// As often as one likes, and where the address has nothing else to say.
async fn back_and_forward_lead_to_places_in_the_list(page: &Page) {
    let (_, list) = typical(page, "").await;
    // Its later part is there, and has seen the visitor scroll.
    list.bring_all().await;
    let twelfth = "first(0, '[part=teaser]:nth-of-type(12)')";
    // Until all have their heights.
    list.settled().await;
    let is_settled = "window.height === (window.height = document.documentElement.scrollHeight)";
    let is_there =
        format!("{twelfth}.scrollIntoView(), {is_settled} && Math.abs({twelfth}.getBoundingClientRect().top) < 1");
    page.wait("to be there", &is_there).await;
    page.run(&format!("{twelfth}.querySelector('[part=teaser-tag]').click()"), vec![]).await;
    list.wait_count("chip", 1).await;
    page.wait("the fragment", "location.hash.includes('tags')").await;
    for _ in 0..2 {
        page.run("history.back()", vec![]).await;
        list.wait_count("chip", 0).await;
        let seen = "((place) => place.top < innerHeight / 2 && place.bottom > 0)";
        page.wait("the twelfth in sight", &format!("{seen}({twelfth}.getBoundingClientRect())")).await;
        page.run("history.forward()", vec![]).await;
        list.wait_count("chip", 1).await;
        page.wait("the fragment", "location.hash.includes('tags')").await;
    }
}

/// Browsers that keep what is seen in its place do so by themselves; the others are helped.
async fn what_is_clicked_in_a_list_stays_where_it_is(page: &Page) {
    let (_, list) = typical(page, "").await;
    list.bring_all().await;
    page.run("document.body.append(Object.assign(document.createElement('p'), { style: 'height: 3000px' }))", vec![])
        .await;
    list.settled().await;
    let button = "first(0, '[part=teaser]:nth-of-type(12) [part=teaser-tag]')";
    page.run(&format!("(window.button = {button}).scrollIntoView({{ block: 'center' }})"), vec![]).await;
    page.frames().await;
    page.wait("to be there", "button.getBoundingClientRect().top > 100").await;
    page.run("window.before = button.getBoundingClientRect().top", vec![]).await;
    list.click("teaser:nth-of-type(12) teaser-tag:nth-of-type(1)").await;
    list.wait_count("chip", 1).await;
    page.frames().await;
    page.wait("it to stay", "Math.abs(button.getBoundingClientRect().top - before) < 40").await;
}

async fn the_link_can_be_copied(page: &Page) {
    opened(page, &list(""), &clipboard("window.copied = text")).await;
    let list = page.widget();
    list.loaded().await;
    list.click(&tag("OZG")).await;
    list.click("copy-link").await;
    page.wait("the copy", "window.copied === location.href && copied.endsWith('#teasers--tags-OZG')").await;
    list.wait("copy-link", "words(elements[0]) === 'Link kopiert'").await;
    list.wait("status", "words(elements[0]).includes('Link kopiert')").await;
    // It is another link by the next choice.
    list.click(&tag("Rathaus")).await;
    list.wait("copy-link", "words(elements[0]) === 'Link kopieren'").await;
    assert!(!list.text("status").await.contains("kopiert"));
    // An order has one, too.
    list.click("clear").await;
    list.wait_count("copy-link", 0).await;
    list.look("sort", "element.value = 'oldest', element.dispatchEvent(new Event('change', { bubbles: true }))").await;
    page.wait("the fragment", "location.hash === '#teasers--sort-oldest'").await;
    list.click("copy-link").await;
    page.wait("the copy", "window.copied === location.href").await;
}

/// A page of such elements, with `news.json` to show.
async fn opened(page: &Page, body: &str, head: &str) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(format!(r#"<script async src="{SCRIPT}"></script>{body}"#)).head(head)).await;
}

/// An element in such a page.
fn list(attributes: &str) -> String {
    format!(r#"<stichwort-teasers src="news.json" {attributes}></stichwort-teasers>"#)
}

async fn the_copy_holds_what_is_chosen_where_the_address_cannot(page: &Page) {
    let refuse = "<script>history.pushState = history.replaceState = () => { throw new DOMException('no', 'SecurityError') }</script>";
    opened(page, &list(""), &(clipboard("window.copied = text") + refuse)).await;
    let list = page.widget();
    list.loaded().await;
    list.click(&tag("OZG")).await;
    list.wait_count("chip", 1).await;
    list.click("copy-link").await;
    page.wait("the copy", "window.copied === location.href + '#teasers--tags-OZG'").await;
}

/// As in a frame of another origin, where no address bar shows the link either; without https it copies nothing at all.
async fn what_the_browser_refuses_to_copy_stands_in_a_field(page: &Page) {
    page.expect("the link could not be copied");
    let none = "<script>Object.defineProperty(navigator, 'clipboard', { value: undefined })</script>".to_owned();
    for head in [clipboard("throw new DOMException('no', 'NotAllowedError')"), none] {
        opened(page, &list(""), &head).await;
        check_by_hand(page).await;
    }
}

async fn check_by_hand(page: &Page) {
    let list = page.widget();
    list.loaded().await;
    list.click(&tag("OZG")).await;
    list.click("copy-link").await;
    list.wait_focus(BY_HAND).await;
    let selected = "element.value.slice(element.selectionStart, element.selectionEnd)";
    assert_eq!(list.look(BY_HAND, selected).await, page.eval("location.href").await);
    assert_eq!(list.look(BY_HAND, "element.readOnly").await, json!(true));
    assert_eq!(list.look(BY_HAND, "words(element.labels[0])").await, json!("Der Link ließ sich nicht kopieren."));
    assert!(!list.text("status").await.contains("kopier"), "it is told once");
    list.click(&tag("Rathaus")).await;
    list.wait_count(BY_HAND, 0).await;
    // Perhaps the visitor allows it now.
    assert_eq!(list.text("copy-link").await, "Link kopieren");
}

/// The field that holds what could not be copied.
const BY_HAND: &str = ":is(.bar input)";

async fn where_the_fragment_is_foreign_no_link_is_offered(page: &Page) {
    page.expect("neither ours nor the id of an element");
    opened(page, &list(""), &clipboard("window.copied = text")).await;
    page.go("leer.html").await;
    page.go("page.html#/news/7").await;
    let list = page.widget();
    list.loaded().await;
    list.click(&tag("OZG")).await;
    list.wait_count("chip", 1).await;
    assert_eq!(list.count("copy-link").await, 0);
    // The router goes, and comes again.
    page.run("location.hash = ''", vec![]).await;
    list.wait_count("chip", 0).await;
    list.click(&tag("OZG")).await;
    list.wait_count("copy-link", 1).await;
    page.wait("the fragment", "location.hash === '#teasers--tags-OZG'").await;
    page.run("location.hash = '/news/8'", vec![]).await;
    list.wait_count("copy-link", 0).await;
    // It need not tell, nor whoever takes it away.
    page.run("history.replaceState(null, '', '#teasers--tags-OZG')", vec![]).await;
    list.click(&tag("Rathaus")).await;
    list.wait_count("copy-link", 1).await;
    page.wait("the fragment", "location.hash === '#teasers--tags-OZG-Rathaus'").await;
    list.click(&tag("Rathaus")).await;
    page.wait("the fragment", "location.hash === '#teasers--tags-OZG'").await;
    page.run("location.hash = '/news/8'", vec![]).await;
    list.wait_count("copy-link", 0).await;
    page.run("history.back()", vec![]).await;
    list.wait_count("copy-link", 1).await;
    page.run("history.pushState(null, '', '#/news/9')", vec![]).await;
    list.click("copy-link").await;
    list.wait_count("copy-link", 0).await;
    assert_eq!(page.eval("window.copied").await, json!(null));
    assert!(list.text("status").await.contains("Der Link ließ sich nicht kopieren."));
    list.wait_focus("status").await;
    // In the query there is room.
    list.set("url-state", "query").await;
    list.wait_count("copy-link", 1).await;
    list.click(&tag("Rathaus")).await;
    list.click("copy-link").await;
    page.wait("the copy", "window.copied?.endsWith('?teasers.tags=OZG&teasers.tags=Rathaus#/news/9')").await;
}

async fn a_year_is_taken_when_it_is_whole(page: &Page) {
    let (_, list) = typical(page, r#"date-filter="on""#).await;
    page.run(COUNT_ENTRIES, vec![]).await;
    for year in ["0002", "0020", "0202", "2026"] {
        let script = format!(
            "(() => {{ element.value = '{year}-02-01'; element.dispatchEvent(new Event('change', {{ bubbles: true }})) }})()"
        );
        list.look("date-from", &script).await;
    }
    page.wait("the fragment", "location.hash === '#teasers--from-2026_2d02_2d01'").await;
    assert_eq!(page.eval("window.entries").await, json!(1));
    assert_eq!(page.events("stichwort-change").await.len(), 1);
    assert_eq!(list.look("date-from", "element.value").await, json!("2026-02-01"));
    page.run("history.back()", vec![]).await;
    list.wait("date-from", "elements[0].value === ''").await;
}

async fn a_period_that_is_typed_is_one_step(page: &Page) {
    let (_, list) = typical(page, r#"date-filter="on""#).await;
    page.run(COUNT_ENTRIES, vec![]).await;
    let script = "for (const [part, value] of [['from', '2026-01-01'], ['from', '2026-01-12'], ['to', '2026-11-03'], ['to', '2026-11-30']]) { \
        const field = first(0, `[part~=date-${part}]`); field.value = value; \
        field.dispatchEvent(new Event('change', { bubbles: true })) }";
    page.run(script, vec![]).await;
    page.wait("the period", "location.hash === '#teasers--from-2026_2d01_2d12--to-2026_2d11_2d30'").await;
    assert_eq!(page.eval("window.entries").await, json!(1));
    page.run("history.back()", vec![]).await;
    list.wait("date-from", "elements[0].value === ''").await;
    page.run("history.forward()", vec![]).await;
    list.wait("date-to", "elements[0].value === '2026-11-30'").await;
    // What was typed before is in the step before.
    list.click("clear").await;
    page.wait("nothing", "location.hash === ''").await;
    let both = "const search = first(0, '[part~=search]'); search.value = 'rathaus'; \
        search.dispatchEvent(new Event('input', { bubbles: true }));";
    page.run(&[both, &script.replace("['from', '2026-01-01'], ", "")].concat(), vec![]).await;
    page.wait("both", "location.hash.includes('--search-rathaus--from-2026_2d01_2d12--to-2026_2d11_2d30')").await;
    page.run("history.back()", vec![]).await;
    page.wait("the search", &format!("{CHOSEN} === '#teasers--search-rathaus'")).await;
}

/// Chooses a tag in the list that an expression finds, and waits until the fragment has become this.
async fn choose(page: &Page, host: &str, name: &str, fragment: &str) {
    let click = format!("{host}.shadowRoot.querySelector('[part~=tag][data-tag=\"{name}\"]')");
    page.wait("a list", &click).await;
    page.run(&format!("{click}.click()"), vec![]).await;
    page.wait("the fragment", &format!("{CHOSEN} === '{fragment}'")).await;
}

async fn no_two_widgets_have_one_name(page: &Page) {
    opened(page, &format!("<main>{}{}</main>", list("class=a"), list("class=b")), "").await;
    choose(page, "document.querySelector('.b')", "OZG", "#teasers-2--tags-OZG").await;
    page.run(
        "document.querySelector('.a').remove(); \
         for (const name of ['c', 'd']) { \
           const list = document.createElement('stichwort-teasers'); \
           list.className = name; list.setAttribute('src', 'news.json'); document.querySelector('main').append(list) }",
        vec![],
    )
    .await;
    choose(page, "document.querySelector('.d')", "Klima", "#teasers-2--tags-OZG--teasers-3--tags-Klima").await;
    choose(
        page,
        "document.querySelector('.c')",
        "Rathaus",
        "#teasers-2--tags-OZG--teasers-3--tags-Klima--teasers--tags-Rathaus",
    )
    .await;
    page.wait(
        "the others' choices",
        "document.querySelector('.b').shadowRoot.querySelectorAll('[part~=chip]').length === 1",
    )
    .await;
}

async fn widgets_in_shadow_roots_have_names_of_their_own(page: &Page) {
    let body = [
        "<p class=x></p>",
        &list("class=y"),
        "<p class=z></p><script>for (const [name, mode] of [['x', 'open'], ['z', 'closed']]) { \
         const list = document.createElement('stichwort-teasers'); list.setAttribute('src', 'news.json'); \
         document.querySelector('.' + name).attachShadow({ mode }).append(list); window[name] = list }</script>",
    ];
    opened(page, &body.concat(), "").await;
    let all = "#teasers-3--tags-Klima--teasers--tags-OZG--teasers-2--tags-Rathaus";
    choose(page, "window.z", "Klima", "#teasers-3--tags-Klima").await;
    choose(page, "window.x", "OZG", "#teasers-3--tags-Klima--teasers--tags-OZG").await;
    choose(page, "document.querySelector('.y')", "Rathaus", all).await;
    page.reload().await;
    for (host, name) in [("window.x", "OZG"), ("document.querySelector('.y')", "Rathaus"), ("window.z", "Klima")] {
        let chosen =
            format!("{host}?.shadowRoot?.querySelector('[part~=tag][aria-pressed=true]')?.dataset.tag === '{name}'");
        page.wait("the same", &chosen).await;
    }
}

async fn another_name_or_place_is_followed(page: &Page) {
    let (_, list) = typical(page, r#"id="w""#).await;
    list.click(&tag("OZG")).await;
    page.wait("the fragment", "location.hash === '#w--tags-OZG'").await;
    list.click(&tag("Rathaus")).await;
    page.wait("the fragment", "location.hash === '#w--tags-OZG-Rathaus'").await;
    page.run(COUNT_ENTRIES, vec![]).await;
    let at = |place: &str| format!("location.search + {CHOSEN} === '{place}'");
    list.set("url-state", "query").await;
    page.wait("the query", &at("?w.tags=OZG&w.tags=Rathaus")).await;
    list.set("id", "neu").await;
    page.wait("the name", &at("?neu.tags=OZG&neu.tags=Rathaus")).await;
    assert_eq!(page.eval("window.entries").await, json!(0));
    // What was written before is read, and gone with the next choice.
    page.run("history.back()", vec![]).await;
    list.wait_count("chip", 1).await;
    page.wait("the old entry", &at("#w--tags-OZG")).await;
    list.click(&tag("Rathaus")).await;
    page.wait("a new entry", &at("?neu.tags=OZG&neu.tags=Rathaus")).await;
    page.run("history.back()", vec![]).await;
    list.wait_count("chip", 1).await;
    page.run("history.forward()", vec![]).await;
    list.wait_count("chip", 2).await;
    list.set("url-state", "none").await;
    page.wait("nothing", &at("")).await;
    assert_eq!(list.count("chip").await, 2);
    list.set("url-state", "hash").await;
    page.wait("the fragment", &at("#neu--tags-OZG-Rathaus")).await;
}

async fn two_widgets_can_swap_their_names(page: &Page) {
    opened(page, &[list("id=a"), list("id=b")].concat(), "").await;
    choose(page, "document.querySelector('#a')", "OZG", "#a--tags-OZG").await;
    choose(page, "document.querySelector('#b')", "Klima", "#a--tags-OZG--b--tags-Klima").await;
    page.run("const [a, b] = document.querySelectorAll('stichwort-teasers'); a.id = 'b'; b.id = 'a'", vec![]).await;
    page.wait("the fragment", &format!("{CHOSEN} === '#a--tags-Klima--b--tags-OZG'")).await;
}

async fn who_only_scrolls_leaves_an_elements_id(page: &Page) {
    let body = format!("<h2 id=unten>Unten</h2>{}", list("more=scroll page-size=5"));
    opened(page, &body, "").await;
    page.go("page.html#unten").await;
    page.widget().loaded().await;
    page.run("window.scrollTo(0, document.body.scrollHeight)", vec![]).await;
    page.wait("more", "all(0, '[part~=teaser]').length > 5").await;
    page.run("first(0, '[part~=tag][data-tag=OZG]').click()", vec![]).await;
    page.wait("the choice", "location.hash.startsWith('#teasers--tags-OZG')").await;
    // What was to be written before is in the entry before.
    page.run("history.back()", vec![]).await;
    page.widget().wait_count("chip", 0).await;
    assert_eq!(page.eval(HASH).await, json!("#unten"));
}

async fn what_leads_to_an_element_is_not_foreign(page: &Page) {
    let body = format!("<a name=hier></a><h2 id=card--page-2>Karte</h2>{}", list(""));
    opened(page, &body, "").await;
    for fragment in ["top", "Top", "hier", "card--page-2"] {
        page.go("leer.html").await;
        page.go(&format!("page.html#{fragment}")).await;
        page.widget().loaded().await;
        choose(page, "document.querySelector('stichwort-teasers')", "OZG", "#teasers--tags-OZG").await;
    }
}

async fn a_page_that_goes_elsewhere_at_each_choice(page: &Page) {
    let (_, list) = typical(page, "").await;
    let script = "document.body.append(Object.assign(document.createElement('h2'), { id: 'news' })); \
        addEventListener('stichwort-change', () => (location.hash = 'news'), { once: true });";
    page.run(script, vec![]).await;
    list.click(&tag("OZG")).await;
    page.wait("what is chosen", &format!("{CHOSEN} === '#teasers--tags-OZG'")).await;
    list.wait_count("chip", 1).await;
}

/// Opens a list with this in the page's head, chooses something in it, and follows a link to what stands below.
async fn left_for_a_place<'a>(page: &'a Page, head: &str) -> Widget<'a> {
    opened(page, &format!("<a href=#unten>nach unten</a>{}<h2 id=unten>Unten</h2>", list("")), head).await;
    let list = page.widget();
    list.loaded().await;
    list.click(&tag("OZG")).await;
    page.wait("the choice", "location.hash === '#teasers--tags-OZG'").await;
    page.run("document.querySelector('a[href]').click()", vec![]).await;
    page.wait("the place", "location.hash === '#unten'").await;
    list
}

async fn who_comes_back_to_a_place_of_the_page_finds_what_was_chosen(page: &Page) {
    let list = left_for_a_place(page, "").await;
    list.wait_count("chip", 1).await;
    list.click(&tag("Rathaus")).await;
    page.wait("both", "location.hash === '#teasers--tags-OZG-Rathaus'").await;
    page.run("history.back()", vec![]).await;
    page.wait("the place", "location.hash === '#unten'").await;
    list.wait_count("chip", 1).await;
    list.wait("chip", "elements[0].dataset.tag === 'OZG'").await;
    page.run("history.back()", vec![]).await;
    page.wait("the first choice", "location.hash === '#teasers--tags-OZG'").await;
    list.wait_count("chip", 1).await;
    page.run("history.back()", vec![]).await;
    list.wait_count("chip", 0).await;
    // A link to the top leaves the address without a fragment, as it was in the beginning.
    list.click(&tag("OZG")).await;
    page.wait("the choice", "location.hash === '#teasers--tags-OZG'").await;
    page.run("const link = document.querySelector('a[href]'); link.href = '#'; link.click()", vec![]).await;
    page.wait("the top", "location.hash === ''").await;
    list.wait_count("chip", 1).await;
    for chips in [1, 0] {
        let gone = "const gone = new Promise((go) => addEventListener('popstate', go, { once: true })); \
            history.back(); await gone;";
        page.run_async(gone, vec![]).await;
        list.wait_count("chip", chips).await;
    }
}

/// What was chosen before stays chosen, and its place in the list is noted nowhere.
async fn who_scrolls_after_a_link_leaves_its_place(page: &Page) {
    let rest = constant(include_str!("../../www/page.js"), "REST");
    let counted = format!(
        "<script>{{ const own = setTimeout; window.rested = 0; window.setTimeout = (what, wait) => \
         own(() => {{ what(); if (wait === {rest}) rested++; }}, wait); }}</script>"
    );
    let list = left_for_a_place(page, &counted).await;
    for times in 1..3 {
        page.wait("the end of a scroll", &format!("rested >= {times}")).await;
        page.run("scrollTo(0, window.scrollY / 2)", vec![]).await;
    }
    page.wait("the end of a scroll", "rested >= 3").await;
    page.frames().await;
    assert_eq!(page.eval(HASH).await, json!("#unten"));
    list.wait_count("chip", 1).await;
}

/// A search in one list is there when another takes a step.
async fn what_is_typed_in_one_list_stays_when_another_goes_back(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    // With all of the program from the beginning.
    let both = list("theme=light").repeat(2);
    page.open(Document::new(format!(r#"{both}<script src="{SCRIPT}"></script>"#))).await;
    let lists = [page.widget_at(0), page.widget_at(1)];
    for list in &lists {
        list.loaded().await;
    }
    let script = "const search = first(0, '[part~=search]'); search.value = 'rathaus'; \
        search.dispatchEvent(new Event('input', { bubbles: true })); \
        await new Promise((go) => requestAnimationFrame(go)); first(1, '[part~=tag][data-tag=OZG]').click();";
    page.run_async(script, vec![]).await;
    page.wait("both", "/tags-OZG/.test(location.hash) && /search-rathaus/.test(location.hash)").await;
    page.run("history.back()", vec![]).await;
    lists[1].wait_count("chip", 0).await;
    page.wait("the search", "location.hash === '#teasers--search-rathaus'").await;
    lists[0].wait_count("chip", 1).await;
}

/// Before typing rests, after which a search is kept.
async fn who_leaves_the_page_has_typed_to_the_end(page: &Page) {
    page.site().serve("leer.html", Reply::html("<h1>leer</h1>"));
    let rest = constant(include_str!("../../www/later.js"), "TYPING_REST");
    let body = format!("{}<a href=leer.html>weiter</a>{}", never(rest), list(""));
    for leave in ["document.querySelector('a[href]').click()", "location.href = 'leer.html'"] {
        opened(page, &body, "").await;
        let list = page.widget();
        list.loaded().await;
        list.look(
            "search",
            "(element.value = 'rathaus', element.dispatchEvent(new Event('input', { bubbles: true })))",
        )
        .await;
        list.wait_count("chip", 1).await;
        assert_eq!(page.eval(HASH).await, json!(""));
        page.run(leave, vec![]).await;
        page.wait_path("leer.html").await;
        page.back().await;
        page.wait("the search", "location.hash === '#teasers--search-rathaus'").await;
        list.wait_count("chip", 1).await;
    }
}

/// Words are read in turns, and what is chosen is known before.
async fn a_link_to_a_search_shows_at_once_what_is_searched_for(page: &Page) {
    let items = (0..3000).map(|number| bundles::article(&format!("n{number}"), "2026-01-01", &["A"])).collect();
    let list = shown(page, &bundles::feed(items), "").await;
    list.click(&tag("A")).await;
    page.wait("the fragment", "location.hash === '#teasers--tags-A'").await;
    let follow = "const told = new Promise((go) => addEventListener('hashchange', go)); \
        location.hash = 'teasers--search-n7'; await told; \
        const shadow = document.querySelector('stichwort-teasers').shadowRoot; \
        return [...shadow.querySelectorAll('[part~=chip]')].map((chip) => chip.firstChild.textContent);";
    assert_eq!(page.run_async(follow, vec![]).await, json!(["Suche: n7"]));
    list.wait_count("teaser", 20).await;
}

/// Whether a fragment is an element's id is known when all elements have come.
async fn an_element_may_come_after_the_list(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.site().serve("da.html", Reply::html(""));
    for (times, rest, is_foreign) in [(1, "<h2 id=kontakt>Kontakt</h2>", false), (2, "<p>Ende</p>", true)] {
        if is_foreign {
            page.expect("neither ours nor the id of an element");
        }
        let (document, tap) = Reply::pieces();
        let path = format!("langsam-{times}.html");
        page.site().serve(&path, document.content_type("text/html; charset=utf-8"));
        tap.send(format!(
            r#"<!doctype html><html lang="de"><meta charset="utf-8"><script src="probe.js"></script>
               <script>addEventListener("stichwort-load", () => fetch("da.html", {{ cache: "no-store" }}));</script>{}
               <script src="{SCRIPT}"></script><!-- {} -->{}"#,
            clipboard("window.copied = text"),
            // WebKit does not begin to read before it has this much.
            " ".repeat(8192),
            list(r#"tags="OZG""#),
        ));
        let address = format!("{path}#kontakt");
        let release = async {
            page.wait_asked("da.html", times).await;
            tap.send(rest);
            tap.finish();
        };
        tokio::join!(page.go(&address), release);
        page.widget().wait_count("copy-link", usize::from(!is_foreign)).await;
        let said = page.said("warn").await;
        assert_eq!(said.iter().any(|line| line.contains("neither ours")), is_foreign, "{said:?}");
    }
}

async fn what_follows_a_link_costs_nothing(page: &Page) {
    opened(page, &list(""), "").await;
    page.go("leer.html").await;
    page.go("page.html#teasers--tags-OZG.").await;
    page.widget().wait_count("chip", 1).await;
    choose(page, "document.querySelector('stichwort-teasers')", "Rathaus", "#teasers--tags-OZG-Rathaus").await;
}

async fn a_search_and_then_a_tag_are_two_steps(page: &Page) {
    let (_, list) = typical(page, r#"date-filter="on""#).await;
    page.run(COUNT_ENTRIES, vec![]).await;
    let script = "const search = first(0, '[part~=search]'); search.value = 'rathaus'; \
        search.dispatchEvent(new Event('input', { bubbles: true })); first(0, '[part~=tag][data-tag=OZG]').click();";
    page.run(script, vec![]).await;
    page.wait("both", &format!("{CHOSEN} === '#teasers--tags-OZG--search-rathaus'")).await;
    assert_eq!(page.eval("window.entries").await, json!(1));
    page.run("history.back()", vec![]).await;
    page.wait("the search", &format!("{CHOSEN} === '#teasers--search-rathaus'")).await;
    list.wait("search", "elements[0].value === 'rathaus'").await;
    assert!(list.pressed().await.is_empty());
}

async fn who_is_typing_goes_on_when_another_list_goes_back(page: &Page) {
    opened(page, &[list("id=a"), list("id=b")].concat(), "").await;
    choose(page, "document.querySelector('#b')", "OZG", "#b--tags-OZG").await;
    // Typing rests when we say so, however long the way back takes.
    let rest = constant(include_str!("../../www/later.js"), "TYPING_REST");
    let held = "const own = setTimeout; window.rests = []; \
        window.setTimeout = (what, wait) => (wait === args[0] ? (rests.push(what), 0) : own(what, wait));";
    page.run(held, vec![json!(rest)]).await;
    page.run_async(
        "const search = first(0, '[part~=search]'); search.value = 'rathaus '; \
         search.dispatchEvent(new Event('input', { bubbles: true })); \
         const gone = new Promise((done) => addEventListener('popstate', done, { once: true })); history.back(); await gone;",
        vec![],
    )
    .await;
    page.widget_at(1).wait_count("chip", 0).await;
    page.run("rests.forEach((rest) => rest());", vec![]).await;
    page.wait("the search", &format!("{CHOSEN} === '#a--search-rathaus_20'")).await;
    assert_eq!(page.widget().look("search", "element.value").await, json!("rathaus "));
}

async fn a_link_within_the_page_lets_nothing_go(page: &Page) {
    // Above the list: where a link scrolls to another teaser, that is noted in the address, with what is chosen.
    opened(page, &format!("<a href=#oben>Hinauf</a><h2 id=oben>Oben</h2>{}", list("")), "").await;
    let list = page.widget();
    list.loaded().await;
    let follow = "const gone = new Promise((done) => addEventListener('hashchange', done, { once: true })); \
        document.querySelector('a').click(); await gone;";
    // What is being typed is not in the address yet.
    let search = "const search = first(0, '[part~=search]'); search.value = 'rathaus'; \
        search.dispatchEvent(new Event('input', { bubbles: true }));";
    page.run_async(&[search, follow].concat(), vec![]).await;
    page.wait("the search", "location.hash === '#teasers--search-rathaus'").await;
    assert_eq!(list.look("search", "element.value").await, json!("rathaus"));
    // Nor is what has just been chosen.
    page.run_async(&["first(0, '[part~=tag][data-tag=OZG]').click();", follow].concat(), vec![]).await;
    page.wait("both", &format!("{CHOSEN} === '#teasers--tags-OZG--search-rathaus'")).await;
    page.run_async(follow, vec![]).await;
    list.wait_count("chip", 2).await;
    assert_eq!(page.eval(HASH).await, json!("#oben"));
    // What is chosen next replaces it, and is a step; before that step the address says nothing, but it is remembered.
    list.click(&tag("Rathaus")).await;
    page.wait("all", &format!("{CHOSEN} === '#teasers--tags-OZG-Rathaus--search-rathaus'")).await;
    page.run("history.back()", vec![]).await;
    list.wait_count("chip", 2).await;
    assert_eq!(page.eval(HASH).await, json!("#oben"));
    page.run("history.back()", vec![]).await;
    page.wait("the step before", &format!("{CHOSEN} === '#teasers--tags-OZG--search-rathaus'")).await;
    list.wait_count("chip", 2).await;
}

/// The link itself stands in its shadow root, and what is clicked in the page.
async fn a_link_made_as_a_component_lets_nothing_go(page: &Page) {
    let link = "<x-link><span>Hinauf</span></x-link><h2 id=oben>Oben</h2><script>\
        const root = document.querySelector('x-link').attachShadow({ mode: 'open' });\
        root.append(Object.assign(document.createElement('a'), { href: '#oben' }));\
        root.firstChild.append(document.createElement('slot'));</script>";
    opened(page, &[link, &list("")].concat(), "").await;
    page.widget().loaded().await;
    page.widget().click(&tag("OZG")).await;
    page.wait("the link", &format!("{CHOSEN} === '#teasers--tags-OZG'")).await;
    page.run("document.querySelector('x-link span').click()", vec![]).await;
    page.wait("the place", "location.hash === '#oben'").await;
    page.frames().await;
    page.widget().wait_count("chip", 1).await;
}

async fn the_address_agrees_with_the_pages_that_there_are(page: &Page) {
    let (_, list) = typical(page, r#"id="w" more="pages" page-size="5""#).await;
    list.click("page[aria-label=\"Seite 12\"]").await;
    page.wait("the fragment", &format!("{CHOSEN} === '#w--page-12'")).await;
    page.run("history.back()", vec![]).await;
    page.wait_event("stichwort-more", 2).await;
    page.run("history.forward()", vec![]).await;
    page.wait_event("stichwort-more", 3).await;
    assert!(page.events("stichwort-change").await.is_empty());
    list.set("page-size", "10").await;
    page.wait("the fragment", &format!("{CHOSEN} === ''")).await;
}
