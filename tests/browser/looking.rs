//! How it looks, where that can be measured: what must not cover, leave or push what.

use serde_json::{Value, json};
use stichwort_tests::{
    bundles,
    document::{Document, SCRIPT, element},
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
    widget::Widget,
};

use super::setting::typical;

pub(crate) fn all() -> Vec<Test> {
    tests![
        what_is_typed_stands_beside_the_magnifier,
        it_has_a_width_where_its_content_decides,
        it_widens_no_narrow_parent,
        a_page_may_lay_it_out_as_it_likes,
        its_own_content_widens_nothing,
        hidden_filters_keep_no_place,
        tags_come_where_there_is_place_for_them,
        more_is_as_wide_as_its_column_in_narrow_ones_only,
        chips_stand_on_the_axis_however_long_the_count_is,
        the_count_breaks_between_words,
        the_order_moves_nothing_when_it_comes,
        long_dates_stay_in_their_rail,
        names_keep_away_from_dates_and_sources,
        nothing_long_leaves_its_place,
        pictures_move_nothing_when_they_come,
        numbered_pages_stay_inside,
        articles_of_another_direction_stand_on_the_axis,
        what_is_pressed_has_its_bar_where_lines_begin,
        a_theme_of_the_page_leaves_no_colours_of_ours,
    ]
}

/// A number that an expression gave.
#[track_caller]
fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("expected a number, found {value}"))
}

async fn what_is_typed_stands_beside_the_magnifier(page: &Page) {
    for attributes in ["", r#"facets="tags,year" date-filter="on" lang="ar""#] {
        let (_, list) = typical(page, attributes).await;
        let beside = "parseFloat(getComputedStyle(element).paddingInlineStart) \
             / parseFloat(getComputedStyle(element).fontSize)";
        assert!(number(&list.look("search", beside).await) > 2.0, "{attributes}");
    }
}

/// Puts a list into this in place of `X`; returns the widths of the page, the element and its first teaser.
async fn widths(page: &Page, surroundings: &str) -> [f64; 3] {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let inside = surroundings.replace('X', &element(r#"src="news.json""#));
    page.open(Document::new(format!(r#"<div id="parent">{inside}</div><script src="{SCRIPT}"></script>"#))).await;
    let list = page.widget();
    list.loaded().await;
    let host = list.host("return element.getBoundingClientRect().width").await;
    let teaser = list.look("teaser", "element.getBoundingClientRect().width").await;
    [number(&page.eval("document.documentElement.scrollWidth").await), number(&host), number(&teaser)]
}

async fn it_has_a_width_where_its_content_decides(page: &Page) {
    for surroundings in [
        "<table><tr><td>X</td></tr></table>",
        r#"<div style="float: left">X</div>"#,
        r#"<div style="display: inline-block">X</div>"#,
        r#"<div style="width: fit-content">X</div>"#,
        r#"<div style="position: absolute">X</div>"#,
        r#"<div style="display: flex"><div>X</div></div>"#,
        "<dialog open>X</dialog>",
        r#"<div style="writing-mode: vertical-rl">X</div>"#,
    ] {
        let [_, host, teaser] = widths(page, surroundings).await;
        assert!(host >= 400.0 && teaser >= 400.0, "{surroundings}: {host}, {teaser}");
    }
}

async fn it_widens_no_narrow_parent(page: &Page) {
    for inside in [
        "X",
        r#"<div style="float: left">X</div>"#,
        "<table><tr><td>X</td></tr></table>",
        r#"<div style="display: grid; grid-template-columns: 1fr">X</div>"#,
        r#"<div style="display: flex"><div>X</div></div>"#,
    ] {
        let [_, host, _] = widths(page, &format!(r#"<div style="width: 200px">{inside}</div>"#)).await;
        assert!((190.0..=200.0).contains(&host), "{inside}: {host}");
    }
    // Nor does it ask for more than there is.
    let [page_width, host, _] = widths(page, "X").await;
    let parent = number(&page.eval("document.getElementById('parent').getBoundingClientRect().width").await);
    assert!((host - parent).abs() < 1.0 && host < page_width, "{host} in {parent}");
}

async fn a_page_may_lay_it_out_as_it_likes(page: &Page) {
    for style in [
        "display: block",
        "display: flex",
        "display: flex; flex-direction: column; align-items: center",
        "display: flex; flex-flow: row-reverse wrap; justify-content: center",
        "display: grid",
        "display: grid; grid-template-columns: 1fr 1fr; justify-items: center",
        "display: inline",
        "display: inline-flex",
    ] {
        let head = format!("<style>body {{ margin: 0 }} stichwort-teasers {{ {style} }}</style>");
        let [_, _, teaser] = widths(page, &format!(r#"{head}<div style="width: 600px">X</div>"#)).await;
        let left = side(&page.widget(), "teaser", "left").await;
        assert!((teaser - 600.0).abs() < 1.0 && left.abs() < 1.0, "{style}: {teaser} from {left}");
    }
}

/// However long a line of the page's own is.
async fn its_own_content_widens_nothing(page: &Page) {
    page.expect("stichwort: http");
    page.site().serve("weg.json", Reply::status(404));
    for style in ["block", "flex", "grid"] {
        let head = format!(
            "<style>body {{ margin: 0 }} stichwort-teasers {{ display: {style} }} p {{ white-space: nowrap }}</style>"
        );
        let body = format!(
            r#"<div style="width: 600px"><stichwort-teasers src="weg.json"><p>{}</p></stichwort-teasers></div>
            <script src="{SCRIPT}"></script>"#,
            "Lange Zeile ".repeat(100)
        );
        page.open(Document::new(body).head(head)).await;
        let list = page.widget();
        list.wait_shown("error").await;
        assert!(side(&list, "error", "left").await.abs() < 1.0, "{style}");
        assert!((side(&list, "error", "right").await - 600.0).abs() < 1.0, "{style}");
    }
}

async fn hidden_filters_keep_no_place(page: &Page) {
    for (attributes, expected) in [("", 1), (r#"hide="filters""#, 0)] {
        let (reply, tap) = Reply::pieces();
        page.site().serve("slow.json", reply);
        page.open(Document::new(format!(
            r#"<script src="{SCRIPT}"></script><stichwort-teasers src="slow.json" {attributes}></stichwort-teasers>"#
        )))
        .await;
        let list = page.widget();
        list.wait_shown("loading").await;
        assert_eq!(list.count(":is(.filters-placeholder)").await, expected, "{attributes}");
        tap.send(bundles::typical().to_string());
        tap.finish();
        list.loaded().await;
    }
}

/// Heights of the first box that the spec finds, in an element of these widths, as they are painted: read in the
/// same task, WebKit may still give what another width had.
async fn heights(page: &Page, list: &Widget<'_>, spec: &str, widths: &[u32]) -> Vec<f64> {
    let mut heights = Vec::new();
    for width in widths {
        list.host(&format!("element.style.inlineSize = '{width}px'")).await;
        page.frames().await;
        heights.push(side(list, spec, "height").await);
    }
    heights
}

async fn tags_come_where_there_is_place_for_them(page: &Page) {
    /// A line of tags, in pixels.
    const LINE: f64 = 34.0;
    const WIDTHS: [u32; 10] = [400, 720, 768, 832, 900, 960, 1024, 1088, 1150, 1280];
    let rathaus = serde_json::from_str(include_str!("../../www/bundles/rathaus.json")).expect("is JSON");
    for (name, bundle) in [("short names", bundles::typical()), ("long names", rathaus)] {
        let (reply, tap) = Reply::pieces();
        page.site().serve("slow.json", reply);
        page.open(Document::new(format!(
            r#"<script src="{SCRIPT}"></script><stichwort-teasers src="slow.json" hide="image"></stichwort-teasers>"#
        )))
        .await;
        let list = page.widget();
        list.wait_shown("loading").await;
        let before = heights(page, &list, ":is(.filters-placeholder)", &WIDTHS).await;
        tap.send(bundle.to_string());
        tap.finish();
        list.loaded().await;
        let mut after = heights(page, &list, "filters", &WIDTHS).await;
        after[0] = heights(page, &list, "filters-toggle", &WIDTHS[..1]).await[0];
        for ((width, before), after) in WIDTHS.into_iter().zip(before).zip(after) {
            assert!((before - after).abs() < 1.7 * LINE, "{name}, {width}: {before}, then {after}");
        }
    }
}

/// Opens a bundle in a frame of this width.
async fn at_width<'a>(page: &'a Page, width: u32, bundle: &Value, attributes: &str) -> Widget<'a> {
    page.site().serve("news.json", Reply::json(bundle));
    page.open(Document::with_element(&format!(r#"src="news.json" {attributes}"#)).width(width)).await;
    let list = page.widget();
    list.loaded().await;
    page.frames().await;
    list
}

/// One side, or another measure, of the first box that the spec finds.
async fn side(list: &Widget<'_>, spec: &str, side: &str) -> f64 {
    number(&list.look(spec, &format!("element.getBoundingClientRect().{side}")).await)
}

async fn more_is_as_wide_as_its_column_in_narrow_ones_only(page: &Page) {
    for (width, layout, is_whole) in [(1280, "list", false), (1280, "cards", false), (320, "list", true)] {
        let list = at_width(page, width, &bundles::typical(), &format!(r#"layout="{layout}""#)).await;
        let (more, results) = (side(&list, "more", "width").await, side(&list, ":is(.results)", "width").await);
        assert_eq!(more > results - 1.0, is_whole, "{layout}, {width}: {more} of {results}");
    }
}

async fn chips_stand_on_the_axis_however_long_the_count_is(page: &Page) {
    for lang in ["de", "uk", "tr"] {
        let attributes = format!(r#"tags="Rathaus" lang="{lang}""#);
        let list = at_width(page, 1280, &bundles::typical(), &attributes).await;
        let (chip, headline) = (side(&list, "chip", "left").await, side(&list, "headline", "left").await);
        assert!((chip - headline).abs() < 1.0, "{lang}: {chip}, {headline}");
        assert!(side(&list, "status", "right").await < chip, "{lang}");
    }
}

async fn the_count_breaks_between_words(page: &Page) {
    let list = at_width(page, 200, &bundles::typical(), r#"tags="Rathaus" lang="uk""#).await;
    let lines = "element.getBoundingClientRect().height / parseFloat(getComputedStyle(element).lineHeight)";
    let lines = number(&list.look("status", lines).await);
    assert!(lines < 2.5, "{lines} lines");
    assert!(side(&list, "sort", "right").await <= side(&list, ":is(.results)", "right").await + 1.0);
}

async fn the_order_moves_nothing_when_it_comes(page: &Page) {
    for width in [320, 1280] {
        let mut tops = Vec::new();
        for attributes in ["", r#"hide="sort""#] {
            let list = at_width(page, width, &bundles::typical(), attributes).await;
            tops.push([side(&list, "status :is(strong)", "top").await, side(&list, "teaser", "top").await]);
        }
        let moved = (tops[0][0] - tops[1][0]).abs().max((tops[0][1] - tops[1][1]).abs());
        // WebKit sets the words of a select a little lower.
        assert!(moved <= 6.0, "{width}: {tops:?}");
    }
}

async fn long_dates_stay_in_their_rail(page: &Page) {
    let article = || vec![bundles::article("a", "2025-11-28", &["Amt"])];
    let spaced = "(() => { const sheet = new CSSStyleSheet(); \
         sheet.replaceSync('* { letter-spacing: .12em !important; word-spacing: .16em !important }'); \
         element.getRootNode().adoptedStyleSheets.push(sheet); return true; })()";
    let text = "(() => { const range = document.createRange(); range.selectNodeContents(element); \
         return range.getBoundingClientRect().right; })()";
    for (lang, layout) in [("es", "list"), ("pl", "list"), ("de", "list"), ("es", "headlines"), ("de", "headlines")] {
        let attributes = format!(r#"lang="{lang}" layout="{layout}""#);
        let list = at_width(page, 1280, &bundles::feed(article()), &attributes).await;
        list.look("date", spaced).await;
        let (date, headline) = (number(&list.look("date", text).await), side(&list, "headline", "left").await);
        assert!(date <= headline - 8.0, "{lang}, {layout}: {date}, {headline}");
    }
}

async fn names_keep_away_from_dates_and_sources(page: &Page) {
    let by = |name: &str| {
        let mut item = bundles::article("a", "2025-11-28", &["Amt"]);
        item["authors"] = json!([{"name": name}]);
        item["_stichwort"] = json!({"source": {"name": "Kreisbote"}});
        bundles::feed(vec![item])
    };
    for (width, layout) in [(1280, "cards"), (320, "list")] {
        for (name, near, far) in [("Eva Lang", 12.0, 16.0), ("ve", 2.0, 8.0)] {
            let list = at_width(page, width, &by(name), &format!(r#"layout="{layout}""#)).await;
            let gaps = "elements.slice(1).map((element, at) => { const before = elements[at].getBoundingClientRect(); \
                 const box = element.getBoundingClientRect(); \
                 return box.left < before.left ? 13 : box.left - before.right; })";
            let gaps = list.look_all(":is(.meta) > *", gaps).await;
            let (date, source) = (number(&gaps[0]), number(&gaps[1]));
            assert!((near..=far).contains(&date) && source >= 12.0, "{name}, {layout}: {gaps}");
        }
    }
}

const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

async fn nothing_long_leaves_its_place(page: &Page) {
    let mut item = bundles::article("a", "2025-11-28", &[LONG]);
    item["title"] = json!(LONG);
    item["image"] = json!(page.site().other_url("bild.svg"));
    item["_stichwort"] = json!({"kicker": LONG, "image": {"credit": format!("Bild: {LONG}")}});
    for layout in ["list", "cards", "compact", "headlines"] {
        for width in [320, 768, 1280] {
            let attributes = format!(r#"layout="{layout}" show="image,kicker""#);
            let list = at_width(page, width, &bundles::feed(vec![item.clone()]), &attributes).await;
            let outside = "elements.filter((element) => !element.closest('.hidden') && element.getClientRects().length \
                 && element.getBoundingClientRect().right > element.closest('.results').getBoundingClientRect().right + 1) \
                 .map((element) => element.part.value || element.className)";
            let outside = list.look_all(":is(.results) *", outside).await;
            assert_eq!(outside, json!([]), "{layout}, {width}");
            let (credit, image) = (side(&list, ":is(.credit)", "left").await, side(&list, "image", "left").await);
            assert!(credit >= image - 1.0, "{layout}, {width}");
        }
    }
}

/// Whatever a bundle says of their size, and whatever they have.
async fn pictures_move_nothing_when_they_come(page: &Page) {
    let mut items: Vec<_> =
        (0..4).map(|day| bundles::article(&format!("n{day}"), &format!("2025-11-0{}", 9 - day), &["Amt"])).collect();
    let said =
        [json!({"width": 160, "height": 90}), json!({}), json!({"width": 90, "height": 160}), json!({"width": 900})];
    for (number, (item, said)) in items.iter_mut().zip(said).enumerate() {
        item["image"] = json!(format!("bild-{number}.svg"));
        item["_stichwort"] = json!({ "image": said });
    }
    let bundle = bundles::feed(items);
    for layout in ["list", "cards", "compact", "headlines"] {
        for width in [320, 1280] {
            let taps = [0, 1, 2, 3].map(|number| {
                let (reply, tap) = Reply::pieces();
                let reply = reply.header("content-type", "image/svg+xml").header("cache-control", "no-store");
                page.site().serve(&format!("bild-{number}.svg"), reply);
                tap
            });
            let list = at_width(page, width, &bundle, &format!(r#"layout="{layout}" show="image""#)).await;
            list.wait_count(":is(img)", 4).await;
            list.settled().await;
            let places = "elements.map((element) => { const box = element.getBoundingClientRect(); \
                 return [box.left, box.top, box.width, box.height]; })";
            let before = list.look_all("teaser", places).await;
            for (tap, (width, height)) in taps.iter().zip([(16, 9), (9, 16), (16, 9), (500, 20)]) {
                tap.send(format!(
                    r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="9" height="9"/></svg>"#
                ));
                tap.finish();
            }
            // Those that are far away may wait for the visitor.
            list.wait(":is(img)", "elements[0].naturalWidth > 0 && elements[0].complete").await;
            page.frames().await;
            assert_eq!(list.look_all("teaser", places).await, before, "{layout}, {width}");
        }
    }
}

async fn numbered_pages_stay_inside(page: &Page) {
    for (width, layout) in [(320, "list"), (768, "list"), (768, "cards")] {
        let attributes = format!(r#"more="pages" page-size="5" layout="{layout}""#);
        let list = at_width(page, width, &bundles::typical(), &attributes).await;
        let (numbers, results) = (side(&list, "page", "left").await, side(&list, ":is(.results)", "left").await);
        assert!(numbers >= results - 0.5, "{layout}, {width}: {numbers}, {results}");
    }
}

async fn articles_of_another_direction_stand_on_the_axis(page: &Page) {
    let article = |id: &str, language: &str| {
        let mut item = bundles::article(id, "2025-11-28", &["Amt"]);
        item["language"] = json!(language);
        item["_stichwort"] = json!({"kicker": "X"});
        item
    };
    let bundle = bundles::feed(vec![article("a", "de"), article("b", "ar")]);
    for (lang, begins) in [("de", "left"), ("ar", "right")] {
        let list = at_width(page, 1280, &bundle, &format!(r#"lang="{lang}""#)).await;
        let begin = "elements.map((element) => { const range = document.createRange(); range.selectNodeContents(element); \
             const box = range.getBoundingClientRect(); return [Math.round(box.left), Math.round(box.right)]; })";
        for spec in ["date", "kicker", "headline", "lead", "teaser-tag"] {
            let boxes = list.look_all(&format!("teaser {spec}"), begin).await;
            let at = usize::from(begins == "right");
            assert!((number(&boxes[0][at]) - number(&boxes[1][at])).abs() <= 1.0, "{lang}, {spec}: {boxes}");
        }
        let directions =
            list.look_all("headline", "elements.map((element) => getComputedStyle(element).direction)").await;
        assert_eq!(directions, json!(["ltr", "rtl"]));
    }
}

async fn what_is_pressed_has_its_bar_where_lines_begin(page: &Page) {
    for (lang, side) in [("de", "Left"), ("ar", "Right")] {
        let attributes = format!(r#"facets="tags,year" tags="Rathaus" lang="{lang}""#);
        let list = at_width(page, 1280, &bundles::typical(), &attributes).await;
        let bar = list.look("tag-selected", &format!("getComputedStyle(element).border{side}Width")).await;
        assert_eq!(bar, json!("3px"), "{lang}");
        let shadow = list.look("teaser-tag[aria-pressed=true]", "getComputedStyle(element).boxShadow").await;
        assert_eq!(shadow, json!("none"), "{lang}");
    }
}

async fn a_theme_of_the_page_leaves_no_colours_of_ours(page: &Page) {
    let mut item = bundles::article("a", "2025-11-28", &["Amt"]);
    item["image"] = json!(page.site().other_url("bild.svg"));
    item["_stichwort"] = json!({"image": {"credit": "Bild: Amt"}});
    let dark = "<style>body { background: #204060; color: #fff }</style>";
    page.expect("expected status 200");
    for layout in ["list", "compact"] {
        page.site().serve("news.json", Reply::json(&bundles::feed(vec![item.clone()])));
        let attributes = format!(r#"src="news.json" theme="inherit" layout="{layout}""#);
        page.open(Document::with_element(&attributes).head(dark).width(768)).await;
        let list = page.widget();
        list.loaded().await;
        let colour = "getComputedStyle(element).color";
        assert_eq!(list.look(":is(.credit)", colour).await, list.look(":is(.meta)", colour).await, "{layout}");
        page.site().serve("gone.json", Reply::status(404));
        list.set("src", "gone.json").await;
        list.wait_shown("stale home").await;
        assert_eq!(list.look("stale home", colour).await, list.look("stale retry", colour).await);
    }
}
