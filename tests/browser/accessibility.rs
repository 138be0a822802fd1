//! Every state passes the checker, fits narrow columns and can be hit.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stichwort_tests::{
    bundles,
    document::{Document, SCRIPT},
    engine::Engine,
    page::Page,
    reply::{Reply, Tap},
    suite::Test,
    test, tests,
    widget::tag,
};

use super::arriving::newer_offered;
use super::setting::{clipboard, constant, never, typical};

pub(crate) fn all() -> Vec<Test> {
    let mut all = tests![
        loading_passes_axe,
        list_passes_axe,
        filtered_list_passes_axe,
        empty_result_passes_axe,
        empty_feed_passes_axe,
        error_passes_axe,
        stale_list_passes_axe,
        open_filters_pass_axe,
        waiting_image_passes_axe,
        links_to_new_windows_pass_axe,
        inherited_colours_pass_axe,
        automatic_theme_on_a_dark_page_passes_axe,
        searched_list_passes_axe,
        link_to_copy_by_hand_passes_axe,
        each_layout_passes_axe,
        numbered_pages_pass_axe,
        wider_text_spacing_loses_nothing,
        nothing_overflows,
        long_words_do_not_overflow,
        buttons_are_large_enough,
        names_and_roles,
        what_would_leave_nothing_looks_so,
        only_the_skeleton_breathes,
        controls_stand_out,
        one_announcement_per_change,
        further_changes_are_told_once,
        an_order_of_many_is_told_once,
        four_times_larger_loses_nothing,
        pressing_alone_does_nothing,
        nothing_flashes,
        no_picture_is_one_of_text,
        the_same_has_the_same_name,
    ];
    all.push(test!(facets_and_periods_pass_axe).slow());
    // Only its driver can pretend that a visitor has set these.
    all.push(test!(forced_colours_show_what_is_pressed).only(&[Engine::Chromium]));
    all.push(test!(reduced_motion_stands_still).only(&[Engine::Chromium]));
    // No other tells the colours of what is marked.
    all.push(test!(hits_can_be_read).only(&[Engine::Chromium]));
    all
}

/// WCAG 2.2, 1.4.11: the edges of fields and buttons that have one, and what tells that something is chosen.
async fn controls_stand_out(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let check = async |theme: &str, attributes: &str, specs: &[(&str, &str)]| {
        let attributes = format!(r#"src="news.json" theme="{theme}" tags="Rathaus" page-size="3" {attributes}"#);
        page.open(Document::with_element(&attributes).width(800)).await;
        let list = page.widget();
        list.loaded().await;
        for (spec, colour) in specs {
            // When the way there has ended.
            list.wait(spec, "elements.length && elements[0].getAnimations().length === 0").await;
            let found = list.look(spec, &format!("beside(element, getComputedStyle(element).{colour})")).await;
            assert!(found.as_f64() >= Some(3.0), "{theme}: {colour} of {spec} has {found}");
        }
    };
    let edge = "borderBottomColor";
    for theme in ["light", "dark"] {
        let one = [
            ("search", edge),
            ("facet-search", edge),
            ("chip", edge),
            ("more", edge),
            ("tag-selected", "backgroundColor"),
            ("teaser-tag[aria-pressed=true]", "textDecorationColor"),
        ];
        check(theme, "", &one).await;
        let many =
            [("date-from", edge), ("tag-selected", "borderInlineStartColor"), ("page[aria-current]", SHADOW_COLOUR)];
        check(theme, r#"facets="tags,author" date-filter="on" more="pages""#, &many).await;
    }
}

/// WCAG 2.2, 1.4.3: words on the colour that marks them. Where the page's colours hold, a line does.
async fn hits_can_be_read(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let look = "(() => { const style = getComputedStyle(element, '::highlight(stichwort-hit)'), below = [...grounds(element), style.backgroundColor]; \
        return [ratio(luminance(...below), luminance(...below, style.color)), style.backgroundColor, style.textDecorationLine] })()";
    for theme in ["light", "dark", "inherit"] {
        page.open(Document::with_element(&format!(r#"src="news.json" theme="{theme}""#))).await;
        let list = page.widget();
        list.loaded().await;
        page.tab_to("element?.part.contains('search')").await;
        page.type_text("rathaus").await;
        page.wait("marks", "CSS.highlights.get('stichwort-hit')?.size > 0").await;
        for part in ["headline-link", "lead"] {
            let found = list.look(part, look).await;
            assert!(found[0].as_f64() >= Some(4.5), "{theme}: {part} has {found}");
            let is_marked = if theme == "inherit" { found[2] == "underline" } else { found[1] != "rgba(0, 0, 0, 0)" };
            assert!(is_marked, "{theme}: {part} has {found}");
        }
    }
}

/// What follows a computed style to make the colour of its shadow; engines write it first or last.
const SHADOW_COLOUR: &str = r"boxShadow.match(/[a-z-]+\([^)]*\)/)[0]";

/// Notes in `told` what a live region says from now on.
const LISTEN: &str = "(() => { window.told = []; \
    new MutationObserver(() => element.ariaLive === 'off' || told.push(words(element))) \
      .observe(element, { childList: true, subtree: true, characterData: true }); })()";

/// WCAG 2.2, 4.1.3: each change is told, and told once.
async fn one_announcement_per_change(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json" more="pages" page-size="7""#)).await;
    let list = page.widget();
    list.loaded().await;
    list.look("status", LISTEN).await;
    assert_eq!(list.count("[role=status], [role=alert], [aria-live]").await, 1);
    let mut told = 0;
    let mut check = async |what: &str| {
        told += 1;
        page.wait_with(what, "told.length >= args[0]", vec![json!(told)]).await;
        page.frames().await;
        let all = page.eval("told").await;
        assert_eq!(all.as_array().map(Vec::len), Some(told), "{what}: {all}");
    };
    list.click("tag").await;
    check("a tag").await;
    list.click("page:not([aria-current])").await;
    check("a page").await;
    // What is typed is answered at each key, and told when it rests.
    let search = "const search = first(0, '[part=search]'), seen = []; for (const typed of ['f', 'fr', 'fre', 'freibad']) { \
        search.value = typed; search.dispatchEvent(new Event('input', { bubbles: true })); \
        seen.push(words(first(0, '[part=status] strong'))); await null } return seen";
    let seen = page.run_async(search, vec![]).await;
    check("a search").await;
    assert!(seen[0] != seen[3], "{seen}");
    assert!(
        page.eval("told.at(-1)").await.as_str().is_some_and(|told| told.starts_with(seen[3].as_str().expect("a text")))
    );
    assert_eq!(list.look("status", "element.ariaLive").await, json!(null));
    // The number is the same, but not what stands below.
    let order = "element.value = 'oldest'; element.dispatchEvent(new Event('change', { bubbles: true }))";
    list.look("sort", &format!("(() => {{ {order} }})()")).await;
    check("an order").await;
    list.click("clear").await;
    check("clearing").await;
    // What a facet's own search leaves of its values is no other list, and is told all the same.
    let narrow = "for (const typed of ['r', 'ra']) { \
        element.value = typed; element.dispatchEvent(new Event('input', { bubbles: true })) }";
    list.look("facet-search", &format!("(() => {{ {narrow} }})()")).await;
    check("a facet's search").await;
    assert!(page.eval("told.at(-1)").await.as_str().is_some_and(|told| told.contains("Schlagwörter: ")));
}

/// Nor are these told twice, or not at all.
async fn further_changes_are_told_once(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json" date-filter="on""#).head(clipboard(""))).await;
    let list = page.widget();
    list.loaded().await;
    list.look("status", LISTEN).await;
    let mut told = 0;
    for (spec, what) in [
        ("more", "more"),
        ("date-preset[data-preset=\"2025\"]", "a period"),
        ("chip", "a chip"),
        ("teaser-tag", "a teaser's tag"),
        ("copy-link", "a copied link"),
        ("", "going back"),
    ] {
        if spec.is_empty() {
            page.wait("the address", "location.hash.includes('--tags-')").await;
            page.run("history.back()", vec![]).await;
        } else {
            list.wait_shown(spec).await;
            list.look(spec, "element.click()").await;
        }
        told += 1;
        page.wait_with(what, "told.length >= args[0]", vec![json!(told)]).await;
        page.frames().await;
        let all = page.eval("told").await;
        assert_eq!(all.as_array().map(Vec::len), Some(told), "{what}: {all}");
    }
}

/// What takes its time, too.
async fn an_order_of_many_is_told_once(page: &Page) {
    let items = (0..3000).map(|number| bundles::article(&format!("n{number}"), "2026-01-01", &["A"])).collect();
    page.site().serve("news.json", Reply::json(&bundles::feed(items)));
    page.open(Document::with_element(r#"src="news.json""#)).await;
    let list = page.widget();
    list.loaded().await;
    list.wait_matches(3000).await;
    list.look("status", LISTEN).await;
    let order = "element.value = 'headline'; element.dispatchEvent(new Event('change', { bubbles: true }))";
    list.look("sort", &format!("(() => {{ {order} }})()")).await;
    page.wait("the order", "told.some((told) => told.startsWith('3.000'))").await;
    page.frames().await;
    let told = page.eval("told").await;
    assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!(list.look("status", "element.ariaLive").await, json!(null));
}

/// WCAG 2.2, 1.4.4 and 1.4.10: 1,280 pixels at 400 % are 320, with text twice as large.
async fn four_times_larger_loses_nothing(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    // The last ones with the longest words on the button.
    for attributes in [
        "",
        r#"layout="cards""#,
        r#"layout="headlines""#,
        r#"facets="tags,author" date-filter="on" more="pages""#,
        r#"lang="uk""#,
        r#"lang="es" date-filter="on""#,
    ] {
        let document = Document::with_element(&format!(r#"src="news.json" tags="Rathaus" {attributes}"#));
        page.open(document.head("<style>body { font-size: 200%; margin: 0 }</style>").width(320)).await;
        let list = page.widget();
        list.loaded().await;
        list.click("filters-toggle").await;
        list.wait_shown("tag").await;
        let outside = list
            .look_all(
                "*",
                "elements.filter((element) => shown(element) && !element.closest('.hidden') && \
                 element.getBoundingClientRect().right > innerWidth + 1).map((element) => element.outerHTML.slice(0, 100))",
            )
            .await;
        assert_eq!(outside, json!([]), "{attributes}");
        // What is drawn beside the elements counts too.
        let widths = page.eval("[document.documentElement.scrollWidth, document.documentElement.clientWidth]").await;
        assert_eq!(widths[0], widths[1], "{attributes}");
        assert_ne!(list.look("filters-toggle", "getComputedStyle(element, '::after').width").await, json!("0px"));
    }
}

async fn forced_colours_show_what_is_pressed(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json" tags="Rathaus" more="pages" page-size="3""#)).await;
    let list = page.widget();
    list.loaded().await;
    page.session().pretend("forced-colors", "active").await;
    let ground = "getComputedStyle(element).backgroundColor";
    for (pressed, other) in [
        ("tag-selected", "tag[aria-pressed=false]"),
        ("teaser-tag[aria-pressed=true]", "teaser-tag[aria-pressed=false]"),
    ] {
        assert_ne!(list.look(pressed, ground).await, list.look(other, ground).await, "{pressed}");
    }
    let edge = "getComputedStyle(element).borderTopStyle";
    assert_eq!(list.look("tag[data-zero]", edge).await, json!("dashed"));
    assert_eq!(list.look("page[aria-current]", edge).await, json!("solid"));
    assert_eq!(list.look("sort", edge).await, json!("solid"));
    // The rows of several facets, too.
    list.set("facets", "tags,year").await;
    list.wait(":is([data-many]) tag-selected", "elements.length > 0").await;
    // When the way there has ended.
    let same = "((of) => of(elements[0]) === of(elements[0].getRootNode().querySelector('[part~=\"teaser-tag\"][aria-pressed=true]')))((element) => getComputedStyle(element).backgroundColor)";
    list.wait("tag-selected", same).await;
    // Grounds that draw something would be gone.
    let handle = "getComputedStyle(element, '::after').borderTopWidth";
    assert_eq!(list.look(":is(.search-field)", handle).await, json!("2px"));
}

/// Where the page's colours are taken over there is no muted one.
async fn what_would_leave_nothing_looks_so(page: &Page) {
    for theme in ["auto", "light", "dark", "inherit"] {
        let (_, list) = typical(page, &format!(r#"theme="{theme}" tags="Rathaus""#)).await;
        let looks = "((style) => [style.color, style.fontStyle])(getComputedStyle(element))";
        let empty = list.look("tag[data-zero]", looks).await;
        assert_ne!(empty, list.look("tag:not([data-zero])", looks).await, "{theme}");
    }
}

/// WCAG 2.2, 2.2.2: what moves without an end.
async fn only_the_skeleton_breathes(page: &Page) {
    let tap = skeleton(page).await;
    assert_eq!(page.widget().host(ENDLESS).await, json!(["loading"]));
    end(page, &tap).await;
    assert_eq!(page.widget().host(ENDLESS).await, json!([]));
}

async fn reduced_motion_stands_still(page: &Page) {
    page.session().pretend("prefers-reduced-motion", "reduce").await;
    let tap = skeleton(page).await;
    assert_eq!(page.widget().host(ENDLESS).await, json!([]));
    end(page, &tap).await;
    let moving = "elements.filter((element) => getComputedStyle(element).transitionDuration.split(', ').some((time) => time !== '0s')).length";
    assert_eq!(page.widget().look_all("*", moving).await, json!(0));
}

/// WCAG 2.2, 2.3.1: a flash is a change of light and one back, and more than three in a second are too many. Of what moves
/// by itself nothing changes more than twice in a second, which is one.
async fn nothing_flashes(page: &Page) {
    let animations = "return element.shadowRoot.getAnimations().filter((animation) => !(animation instanceof CSSTransition)) \
        .map(({ effect }) => ({ ...effect.getTiming(), frames: effect.getKeyframes().length }));";
    let tap = skeleton(page).await;
    let list = page.widget();
    let found = list.host(animations).await;
    assert!(found.as_array().is_some_and(|all| !all.is_empty()), "the skeleton breathes");
    let check = |all: &Value| {
        for each in all.as_array().expect("a list") {
            let (changes, duration) = (each["frames"].as_f64().expect("a number") - 1.0, each["duration"].as_f64());
            let is_single = changes <= 1.0 && each["iterations"] == json!(1);
            assert!(is_single || Some(changes * 500.0) <= duration, "{each}");
        }
    };
    check(&found);
    end(page, &tap).await;
    check(&list.host(animations).await);
    list.click("tag").await;
    list.wait_count("chip", 1).await;
    check(&list.host(animations).await);
}

/// WCAG 2.2, 1.4.5: but for pictures of articles there are none that hold text, and nothing else that draws.
async fn no_picture_is_one_of_text(page: &Page) {
    page.site().serve("bild.svg", Reply::picture());
    let mut bundle = bundles::typical();
    bundle["items"][0]["image"] = json!(page.site().url("bild.svg"));
    bundle["items"][1]["image"] = json!(page.site().other_url("bild.svg"));
    bundle["items"][1]["tags"] = bundle["items"][0]["tags"].clone();
    page.site().serve("news.json", Reply::json(&bundle));
    let drawn = "elements.flatMap((element) => [null, '::before', '::after', '::placeholder', '::marker'].flatMap((pseudo) => { \
        const style = getComputedStyle(element, pseudo); \
        return ['backgroundImage', 'maskImage', 'borderImageSource', 'listStyleImage', 'content', 'cursor'] \
            .map((name) => style[name]).filter((value) => value?.includes('url(')) }))";
    for layout in ["list", "cards", "compact", "headlines"] {
        let attributes =
            format!(r#"src="news.json" layout="{layout}" show="image" tags="Rathaus" date-filter="on" more="pages""#);
        page.open(Document::with_element(&attributes)).await;
        let list = page.widget();
        list.loaded().await;
        list.wait_shown("date-from").await;
        list.wait_count("chip", 1).await;
        assert_eq!(list.look_all("*", drawn).await, json!([]), "{layout}");
        assert_eq!(
            list.count(":is(svg, canvas, video, picture, object, embed, iframe, input[type=image])").await,
            0,
            "{layout}"
        );
        // That of another host is a button.
        assert_eq!((list.count("image").await, list.count(":is(img)").await), (2, 1), "{layout}");
        assert_eq!(list.count("image :is(img)").await, 1, "{layout}");
    }
}

/// WCAG 2.2, 3.2.4: in each list of a page, whatever else is different.
async fn the_same_has_the_same_name(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let lists = [
        r#"tags="Rathaus" date-filter="on""#,
        r#"tags="Rathaus" date-filter="on" layout="compact" facets="tags,year""#,
    ]
    .map(|attributes| format!(r#"<stichwort-teasers src="news.json" page-size="4" {attributes}></stichwort-teasers>"#));
    page.open(Document::new(format!(r#"{}<script src="{SCRIPT}"></script>"#, lists.concat())).width(900)).await;
    let mut names = Vec::new();
    for index in [0, 1] {
        let list = page.widget_at(index);
        list.loaded().await;
        list.wait_count("chip", 1).await;
        list.wait_shown("date-from").await;
        let name = "elements.filter((element) => element.part.length && !element.part.contains('headline-link')) \
            .map((element) => [element.getAttribute('part').replace('tag-selected', 'tag').split(' ')[0] + (element.dataset.tag ?? ''), \
                element.ariaLabel ?? words(element.labels?.[0] ?? element)])";
        let all = list.look_all(":is(button, a, input, select)", name).await;
        names.push(serde_json::from_value::<Vec<(String, String)>>(all).expect("pairs of texts"));
    }
    let mut same = BTreeSet::new();
    for (what, name) in &names[0] {
        let others: Vec<&String> = names[1].iter().filter(|(other, _)| other == what).map(|(_, name)| name).collect();
        assert!(others.is_empty() || others.contains(&name), "{what}: {name}, and {others:?}");
        same.extend((!others.is_empty()).then_some(what.as_str()));
    }
    for part in [
        "search",
        "sort",
        "chipRathaus",
        "clear",
        "more",
        "copy-link",
        "facet-more",
        "facet-search",
        "date-from",
        "tagOZG",
    ] {
        assert!(same.contains(part), "{part} is not in both: {names:?}");
    }
}

/// WCAG 2.2, 2.5.2: what the mouse was pressed on does nothing if it is let go elsewhere.
async fn pressing_alone_does_nothing(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::with_element(r#"src="news.json" tags="Rathaus" page-size="3""#)).await;
    let list = page.widget();
    list.loaded().await;
    list.wait_count("chip", 1).await;
    list.bring_all().await;
    list.settled().await;
    let note = "element.shadowRoot.addEventListener('pointerdown', ({ target }) => window.pressed = target)";
    list.host(note).await;
    let state = "return [element.shadowRoot.textContent, location.href, window.scrollY, \
        element.shadowRoot.querySelectorAll('[aria-pressed=true], [aria-expanded=true]').length];";
    let before = list.host(state).await;
    for spec in ["tag[aria-pressed=false]", "teaser-tag", "chip", "clear", "facet-more"] {
        list.press_here_and_let_go_there(spec, "status").await;
        page.frames().await;
        assert_eq!(list.look(spec, "element.contains(window.pressed)").await, json!(true), "{spec}");
        assert_eq!(list.host(state).await, before, "{spec}");
    }
    list.press_here_and_let_go_there("chip", "chip").await;
    list.wait_count("chip", 0).await;
}

/// The parts that move until something else ends it.
const ENDLESS: &str = "return element.shadowRoot.getAnimations() \
    .filter((animation) => animation.effect.getTiming().iterations === Infinity) \
    .map((animation) => animation.effect.target.getAttribute('part'));";

/// Opens a list that has nothing to show yet.
async fn skeleton(page: &Page) -> Tap {
    let (reply, tap) = Reply::pieces();
    page.site().serve("news.json", reply);
    let element = r#"<stichwort-teasers src="news.json"></stichwort-teasers>"#;
    page.open(Document::new(format!(r#"<script src="{SCRIPT}"></script>{element}"#))).await;
    page.widget().wait_shown("loading").await;
    tap
}

async fn end(page: &Page, tap: &Tap) {
    tap.send(bundles::typical().to_string());
    tap.finish();
    page.widget().loaded().await;
}

/// Light and dark, German, English and Arabic, side by side in one page.
const FACES: [(&str, &str); 6] =
    [("de", "light"), ("de", "dark"), ("en", "light"), ("en", "dark"), ("ar", "light"), ("ar", "dark")];

fn faces(attributes: &str) -> String {
    let lists = FACES.map(|(lang, theme)| {
        format!(
            r#"<stichwort-teasers src="news.json" lang="{lang}" theme="{theme}" page-size="4"
               heading="Meldungen {lang} {theme}" {attributes}></stichwort-teasers>"#
        )
    });
    format!(
        r#"<main><h1>Rathaus</h1>{}</main><script src="{SCRIPT}"></script><script src="axe.js"></script>"#,
        lists.concat()
    )
}

/// Opens a list of each face at a width; `act` brings one into the state; then axe looks at all.
async fn check(page: &Page, reply: Reply, attributes: &str, state: &str) {
    page.site().serve("news.json", reply);
    for width in [320, 1280] {
        page.open(Document::new(faces(attributes)).width(width)).await;
        for index in 0..FACES.len() {
            page.widget_at(index).wait_shown(state).await;
        }
        check_axe(page, &format!("{state} at {width}")).await;
    }
}

/// Rules of WCAG 2.2 A and AA, and best practices, on the widgets alone.
/// What is still changing its colour is judged when it has it.
const AXE: &str = "const changing = [...document.querySelectorAll('stichwort-teasers')] \
      .flatMap((list) => list.shadowRoot?.getAnimations() ?? []).filter((animation) => animation.transitionProperty); \
    await Promise.allSettled(changing.map((animation) => animation.finished)); \
    const result = await axe.run({ include: ['stichwort-teasers'] }, { \
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], \
    rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } }, resultTypes: ['violations'] }); \
    return result.violations.map((violation) => ({ rule: violation.id, \
      nodes: violation.nodes.slice(0, 4).map((node) => `${node.target.flat().join(' ')}: ${node.failureSummary}`) }));";

async fn check_axe(page: &Page, state: &str) {
    let violations = page.run_async(AXE, vec![]).await;
    assert!(violations == json!([]), "{state}: {}", serde_json::to_string_pretty(&violations).unwrap_or_default());
}

async fn searched_list_passes_axe(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    for width in [320, 1280] {
        page.open(Document::new(faces(r#"show="kicker""#)).width(width)).await;
        for index in 0..FACES.len() {
            let list = page.widget_at(index);
            list.loaded().await;
            let search = "(() => { element.value = 'Freibad nummer'; element.dispatchEvent(new Event('input', { bubbles: true })) })()";
            list.look("search", search).await;
            list.wait_matches(6).await;
        }
        check_axe(page, &format!("searched at {width}")).await;
    }
}

/// A browser that copies nothing.
fn refuse() -> String {
    clipboard("throw Error('no')")
}

async fn link_to_copy_by_hand_passes_axe(page: &Page) {
    page.expect("the link could not be copied");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    // What scrolls into sight takes the focus, and a place that is noted would take the field of the list before.
    let rest = constant(include_str!("../../www/page.js"), "REST");
    let head = refuse() + &never(rest);
    for width in [320, 1280] {
        page.open(Document::new(faces(r#"tags="Rathaus""#)).head(&*head).width(width)).await;
        for index in 0..FACES.len() {
            page.widget_at(index).loaded().await;
            page.widget_at(index).look("copy-link", "element.click()").await;
            page.widget_at(index).wait_shown(":is(.bar input)").await;
        }
        for index in 0..FACES.len() {
            page.widget_at(index).wait_shown(":is(.bar input)").await;
        }
        check_axe(page, &format!("a link to copy at {width}")).await;
    }
}

/// With pictures: some of the bundle's host, with words in their place or without, and one that waits for a click.
async fn each_layout_passes_axe(page: &Page) {
    page.site().serve("bild.svg", Reply::picture());
    let mut bundle = bundles::typical();
    let pictures = [
        ("bild.svg".to_owned(), json!({"alt": "Das Rathaus", "width": 160, "height": 90, "credit": "Bild: Amt"})),
        ("bild.svg".to_owned(), json!({})),
        (page.site().other_url("bild.svg"), json!({"alt": "Ein Bild", "credit": "Bild: Amt"})),
    ];
    for (item, (address, image)) in bundle["items"].as_array_mut().expect("a list").iter_mut().zip(pictures) {
        item["image"] = json!(address);
        item["_stichwort"] = json!({ "image": image });
    }
    for layout in ["list", "cards", "compact", "headlines"] {
        check(page, Reply::json(&bundle), &format!(r#"layout="{layout}" show="image""#), "teaser").await;
        assert_eq!(page.widget().count("image").await, 3, "{layout}");
    }
}

async fn facets_and_periods_pass_axe(page: &Page) {
    let attributes = r#"facets="tags,author,year" date-filter="on""#;
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    for width in [320, 800, 1280] {
        page.open(Document::new(faces(attributes)).width(width)).await;
        for index in 0..FACES.len() {
            let list = page.widget_at(index);
            list.loaded().await;
            if list.is_shown("filters-toggle").await {
                list.click("filters-toggle").await;
            }
            list.wait_shown("date-from").await;
            list.click("facet[data-facet=author] [part~=tag][data-tag=ve]").await;
            list.wait_count("chip", 1).await;
            // Far teasers get their heights a little later, and what stands below moves then.
            list.settled().await;
        }
        check_axe(page, &format!("facets at {width}")).await;
    }
}

async fn numbered_pages_pass_axe(page: &Page) {
    check(page, Reply::json(&bundles::typical()), r#"more="pages""#, "page").await;
}

/// WCAG 2.2, 1.4.12, and 1.4.10: what the visitor's own style spaces out is not cut off, and nothing scrolls sideways.
async fn wider_text_spacing_loses_nothing(page: &Page) {
    let bundle = bundles::typical();
    for attributes in ["", r#"layout="cards""#, r#"layout="compact""#, r#"facets="tags,author" date-filter="on""#] {
        page.site().serve("news.json", Reply::json(&bundle));
        page.open(Document::with_element(&format!(r#"src="news.json" {attributes}"#)).width(320)).await;
        page.widget().loaded().await;
        page.run(
            "const sheet = new CSSStyleSheet(); sheet.replaceSync('.root * { line-height: 1.5 !important; \
             letter-spacing: .12em !important; word-spacing: .16em !important } .root p { margin-block-end: 2em !important }'); \
             host(0).shadowRoot.adoptedStyleSheets.push(sheet);",
            vec![],
        )
        .await;
        page.frames().await;
        let cut = page.widget().look_all("*", CUT).await;
        assert_eq!(cut, json!([]), "{attributes}");
        let sideways = page.eval("document.documentElement.scrollWidth <= innerWidth").await;
        assert_eq!(sideways, json!(true), "{attributes} scrolls sideways");
    }
}

/// What does not hold what is in it, in either direction. Those without a box of their own are held by others; the words
/// of a field scroll in it.
const CUT: &str = "elements.filter((element) => { \
    const { clientWidth, clientHeight, scrollWidth, scrollHeight } = element; \
    const isField = ['input', 'select', 'option'].includes(element.localName); \
    return shown(element) && clientHeight > 0 && !element.closest('.hidden') && \
      (scrollHeight > clientHeight + 1 || (!isField && scrollWidth > clientWidth + 1)); }) \
    .map((element) => `${element.scrollWidth} x ${element.scrollHeight} in ${element.clientWidth} x ${element.clientHeight}: ${element.outerHTML.slice(0, 120)}`)";

async fn loading_passes_axe(page: &Page) {
    let (reply, _held): (Reply, Tap) = Reply::pieces();
    check(page, reply, "", "loading").await;
}

async fn list_passes_axe(page: &Page) {
    check(page, Reply::json(&bundles::typical()), "", "teaser").await;
}

async fn filtered_list_passes_axe(page: &Page) {
    check(page, Reply::json(&bundles::typical()), r#"tags="Rathaus, OZG""#, "chip").await;
}

async fn empty_result_passes_axe(page: &Page) {
    check(page, Reply::json(&bundles::typical()), r#"tags="Gibt es nicht""#, "empty").await;
}

async fn empty_feed_passes_axe(page: &Page) {
    check(page, Reply::json(&bundles::feed(vec![])), "", "empty").await;
}

async fn error_passes_axe(page: &Page) {
    page.expect("stichwort: http");
    check(page, Reply::status(500), r#"home="https://amt.example/start""#, "error").await;
}

async fn stale_list_passes_axe(page: &Page) {
    page.expect("stichwort: http");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.site().serve("weg.json", Reply::status(404));
    for width in [320, 1280] {
        page.open(Document::new(faces("")).width(width)).await;
        for index in 0..FACES.len() {
            let list = page.widget_at(index);
            list.loaded().await;
            list.set("src", "weg.json").await;
            list.wait_shown("stale").await;
        }
        check_axe(page, &format!("stale at {width}")).await;
    }
}

async fn open_filters_pass_axe(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    for width in [320, 1280] {
        page.open(Document::new(faces(r#"tags="Rathaus""#)).width(width)).await;
        for index in 0..FACES.len() {
            let list = page.widget_at(index);
            list.loaded().await;
            // Where there is room, they are open from the first.
            assert_eq!(list.is_shown("tag").await, width == 1280);
            if width == 320 {
                // Without the mouse, which would have to aim while the lists before get their heights.
                list.look("filters-toggle", "element.click()").await;
            }
            list.wait_shown("tag").await;
            assert!(list.is_shown("tag-selected").await);
            list.look("facet-more", "element.click()").await;
            list.wait_shown("facet-more[aria-expanded=true]").await;
        }
        check_axe(page, &format!("open filters at {width}")).await;
    }
}

async fn waiting_image_passes_axe(page: &Page) {
    let mut bundle = bundles::typical();
    for (index, alt) in [(0, "Das Rathaus"), (1, "")] {
        bundle["items"][index]["image"] = json!(page.site().other_url("bild.svg"));
        bundle["items"][index]["_stichwort"]["image"] = json!({"alt": alt, "credit": "Foto: Presseamt"});
    }
    check(page, Reply::json(&bundle), "", "image :is(button)").await;
    assert!(page.site().asked("bild.svg").is_empty());
}

async fn links_to_new_windows_pass_axe(page: &Page) {
    check(page, Reply::json(&bundles::typical()), r#"link-target="blank""#, "headline-link[target=_blank]").await;
}

/// Two lists of this theme on a page of these colours; every text can be read, what is chosen too.
async fn check_on_page(page: &Page, style: &str, theme: &str) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let lists = ["de", "en"].map(|lang| {
        format!(
            r#"<stichwort-teasers src="news.json" lang="{lang}" theme="{theme}" page-size="4" tags="Rathaus"
               heading="Meldungen {lang}"></stichwort-teasers>"#
        )
    });
    let body = format!(
        r#"<main><h1>Rathaus</h1>{}</main><script src="{SCRIPT}"></script><script src="axe.js"></script>"#,
        lists.concat()
    );
    for width in [320, 1280] {
        page.open(Document::new(body.clone()).head(format!("<style>{style}</style>")).width(width)).await;
        for index in 0..lists.len() {
            let list = page.widget_at(index);
            list.loaded().await;
            if width == 320 {
                list.look("filters-toggle", "element.click()").await;
            }
            list.wait_shown("tag-selected").await;
            for spec in [
                "tag-selected",
                "tag-selected tag-count",
                "tag:not([aria-pressed=true])",
                "chip",
                "clear",
                "teaser-tag[aria-pressed=true]",
                "teaser-tag[aria-pressed=false]",
                "status",
                "lead",
                "date",
                "headline-link",
                "more",
            ] {
                let found = list.look(spec, "contrast(element)").await;
                assert!(found.as_f64() >= Some(4.5), "{style}, {theme}, {width}: {spec} has {found}");
            }
        }
        check_axe(page, &format!("{theme} at {width} with {style}")).await;
    }
}

async fn inherited_colours_pass_axe(page: &Page) {
    check_on_page(page, "html { background: #10151c } body { color: #fff }", "inherit").await;
    check_on_page(page, "html { background: #fff } body { color: #222 }", "inherit").await;
}

async fn automatic_theme_on_a_dark_page_passes_axe(page: &Page) {
    check_on_page(page, ":root { color-scheme: dark; background: #121212 } body { color: #eee }", "auto").await;
}

/// What reaches out of the element's box, or makes the page scroll sideways.
const OVERFLOW: &str = "(() => { \
    const box = host(0).getBoundingClientRect(); \
    const out = elements.filter((element) => { \
      const rect = element.getBoundingClientRect(); \
      return shown(element) && rect.width > 1 && (rect.right > box.right + 1 || rect.left < box.left - 1); }) \
      .map((element) => element.getAttribute('part') ?? element.localName); \
    const page = document.scrollingElement; \
    if (page.scrollWidth > page.clientWidth) out.push(`page ${page.scrollWidth} > ${page.clientWidth}`); \
    return out; })()";

async fn check_overflow(page: &Page, bundle: &Value, attributes: &str) {
    page.site().serve("news.json", Reply::json(bundle));
    for width in [320, 768, 1280] {
        let attributes = format!(r#"src="news.json" heading="Meldungen" {attributes}"#);
        page.open(Document::with_element(&attributes).width(width)).await;
        let list = page.widget();
        list.loaded().await;
        list.show_all_tags().await;
        assert_eq!(list.look_all("*", OVERFLOW).await, json!([]), "at {width}");
    }
}

async fn nothing_overflows(page: &Page) {
    check_overflow(page, &bundles::typical(), r#"tags="Rathaus""#).await;
}

async fn long_words_do_not_overflow(page: &Page) {
    let bundle: Value = serde_json::from_str(include_str!("../fixtures/hostile.json")).expect("fixtures are JSON");
    check_overflow(page, &bundle, "").await;
}

/// WCAG 2.2, 2.5.8: buttons and fields in every state, for a mouse and for a finger.
async fn buttons_are_large_enough(page: &Page) {
    page.expect("stichwort: http");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.site().serve("weg.json", Reply::status(404));
    for width in [320, 1280] {
        for attributes in ["", r#"facets="tags,author" date-filter="on" more="pages""#] {
            let attributes = format!(r#"src="news.json" tags="Rathaus" home="https://amt.example/" {attributes}"#);
            page.open(Document::with_element(&attributes).width(width)).await;
            let list = page.widget();
            list.loaded().await;
            if width == 320 {
                list.click("filters-toggle").await;
            }
            list.wait_shown("facet-search").await;
            list.set("src", "weg.json").await;
            list.wait_shown("stale").await;
            check_sizes(page, &format!("{attributes} at {width}")).await;
        }
    }
    page.open(Document::with_element(r#"src="weg.json""#).width(320)).await;
    page.widget().wait_shown("retry").await;
    check_sizes(page, "failed").await;
    newer_offered(page).await.wait_shown("updates").await;
    check_sizes(page, "newer articles").await;
    page.expect("the link could not be copied");
    let mut bundle = bundles::typical();
    bundle["items"][0]["image"] = json!(page.site().other_url("bild.svg"));
    page.site().serve("news.json", Reply::json(&bundle));
    let document = Document::with_element(r#"src="news.json" date-filter="on""#).head(refuse()).width(320);
    page.open(document).await;
    let list = page.widget();
    list.wait_shown(":is(.image-load)").await;
    check_sizes(page, "a waiting picture").await;
    list.look(&tag("Rathaus"), "element.click()").await;
    list.wait_shown("copy-link").await;
    list.look("copy-link", "element.click()").await;
    list.wait_shown(":is(.bar input)").await;
    check_sizes(page, "a link to copy by hand").await;
}

/// Measures every button and field that shows, then again with the rules for fingers in force.
async fn check_sizes(page: &Page, state: &str) {
    for (pointer, height) in [("fine", 24), ("coarse", 36)] {
        if pointer == "coarse" {
            page.run(COARSE, vec![]).await;
        }
        let small = format!(
            "elements.filter(shown).map((element) => [element, element.getBoundingClientRect()]) \
             .filter(([, {{ width, height }}]) => width < 23.99 || height < {height} - .01) \
             .map(([element, {{ width, height }}]) => `${{element.getAttribute('part')}} ${{words(element)}}: ${{width}} x ${{height}}`)"
        );
        let found = page.widget().look_all(":is(button, input, select, summary), stale :is(a)", &small).await;
        assert_eq!(found, json!([]), "{state}, {pointer} pointer");
    }
}

/// Browsers under control have no fingers: what asks for a coarse pointer asks for nothing any more.
const COARSE: &str = "const rules = host(0).shadowRoot.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]); \
    for (const { media } of rules) if (media?.mediaText === '(pointer: coarse)') media.mediaText = 'all';";

async fn names_and_roles(page: &Page) {
    let mut bundle = bundles::typical();
    for (index, alt) in [(0, json!({"alt": "Das Rathaus"})), (1, json!({}))] {
        bundle["items"][index]["image"] = json!(page.site().url("bild.svg"));
        bundle["items"][index]["_stichwort"]["image"] = alt;
    }
    page.site().serve("bild.svg", Reply::picture());
    page.site().serve("news.json", Reply::json(&bundle));
    page.open(Document::with_element(r#"src="news.json""#)).await;
    let list = page.widget();
    list.loaded().await;
    list.wait_count("image :is(img)", 2).await;
    assert_eq!(list.look_all("image :is(img)", "elements.map((image) => image.alt)").await, json!(["Das Rathaus", ""]));
    // A section that has a name is a landmark; it holds all there is.
    assert_eq!(
        list.attributes(":is(.root > section)", "aria-label").await,
        ["Meldungen: Meldungen der Stadt Musterfurt"]
    );
    assert_eq!(list.look(":is(.root)", "element.children.length").await, json!(1));
    assert_eq!(
        list.look_all("headline", "elements.every((headline) => headline.localName === 'h2')").await,
        json!(true)
    );
    list.click(&tag("Rathaus")).await;
    list.wait_count("chip", 1).await;
    assert_eq!(
        list.attributes("chip, clear, more, tag, teaser-tag", "type")
            .await
            .iter()
            .filter(|kind| *kind != "button")
            .count(),
        0
    );
    assert_eq!(list.look("teaser", "element.localName").await, json!("li"));
    assert_eq!(list.look("teaser", "['ul', 'ol'].includes(element.parentElement.localName)").await, json!(true));
    let unnamed = "elements.filter((element) => !(element.ariaLabel || words(element))).length";
    assert_eq!(list.look_all(":is(button, a)", unnamed).await, json!(0));
    // The tag's number is told apart from its name.
    assert_eq!(
        list.look(&tag("Rathaus"), "/\\s|,/.test(element.textContent.replace('Rathaus', ''))").await,
        json!(true)
    );
    // What stands in the place of headlines is one.
    list.host("element.headingLevel = 4; element.lockedTags = 'OZG, Freibad, Haushalt, Kita und Schule'").await;
    list.wait(":is(.notice-title)", "elements[0]?.localName === 'h4'").await;
}
