//! Pages that make it hard, and that must not be harmed.

use serde_json::{Value, json};
use stichwort_tests::{
    bundles::{self, Match},
    document::{Document, SCRIPT, element},
    engine::Engine,
    page::Page,
    reply::Reply,
    suite::Test,
    test, tests,
    widget::tag,
};

use super::setting::{check_selection, dist_files, quick, typical};

pub(crate) fn all() -> Vec<Test> {
    let mut all = tests![
        strict_policy_with_trusted_types,
        policy_with_a_nonce,
        script_tag_form_under_a_strict_policy,
        where_wasm_is_refused_the_fallback_stays,
        without_a_program_a_script_tag_leads_to_the_publisher,
        without_words_it_does_too,
        while_no_words_come_it_does_too,
        where_its_requests_are_refused_one_report_says_so,
        where_everything_is_unset,
        page_styles_stay_outside,
        the_pages_own_content_keeps_its_style,
        widget_styles_stay_inside,
        no_global_but_one_symbol,
        no_node_outside_of_the_element,
        a_hidden_element_is_hidden,
        odd_containers_do_not_collapse_it,
        an_old_page_in_quirks_of_its_own,
        a_patched_trim_makes_no_stray_request,
        a_patched_fetch_may_throw,
        where_no_sheet_can_be_had_the_fallback_stays,
        names_of_the_page_break_nothing,
        accessors_in_a_prototype_break_nothing,
        a_page_that_clicks_while_the_widget_changes,
        a_closed_shadow_root_of_the_page,
        events_of_texts_break_nothing,
    ];
    all.push(test!(nothing_below_it_moves).only(&[Engine::Chromium]));
    all
}

fn strict(page: &Page, scripts: &str) -> String {
    let site = page.site();
    format!(
        "default-src 'none'; script-src {probe} {scripts}; connect-src {bundle} {dist}; \
         img-src {bundle}; style-src 'none'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        probe = site.url("probe.js"),
        bundle = site.url("news.json"),
        dist = site.url("dist/"),
    )
}

async fn check_works(page: &Page, document: Document) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(document).await;
    let list = page.widget();
    list.loaded().await;
    list.click(&tag("Rathaus")).await;
    list.wait_count("chip", 1).await;
    list.click("clear").await;
    list.wait_matches(60).await;
    list.click("more").await;
    list.wait_count("teaser", 40).await;
    // Styles have come through although the policy admits none.
    let bold = list.look("headline", "Number(getComputedStyle(element).fontWeight)").await;
    assert!(bold.as_f64() >= Some(600.0), "the widget's styles are missing");
    assert_eq!(page.said("policy").await, Vec::<String>::new());
}

async fn strict_policy_with_trusted_types(page: &Page) {
    let scripts = format!("{} 'wasm-unsafe-eval'", page.site().url("dist/"));
    let document = Document::with_element(r#"src="news.json""#).csp(strict(page, &scripts));
    check_works(page, document).await;
}

async fn script_tag_form_under_a_strict_policy(page: &Page) {
    let scripts = format!("{} 'wasm-unsafe-eval'", page.site().url("dist/"));
    let document = Document::new(format!(r#"<script async src="{SCRIPT}" data-src="news.json"></script>"#));
    check_works(page, document.csp(strict(page, &scripts))).await;
}

async fn policy_with_a_nonce(page: &Page) {
    let document = Document::new(format!(
        r#"<script async nonce="abc123" src="{SCRIPT}"></script>{}"#,
        element(r#"src="news.json""#)
    ));
    check_works(page, document.csp(strict(page, "'nonce-abc123' 'wasm-unsafe-eval'"))).await;
}

/// Without `'wasm-unsafe-eval'` there is no program: the page keeps its link, and one line says why.
async fn where_wasm_is_refused_the_fallback_stays(page: &Page) {
    page.expect("script-src");
    page.expect("WebAssembly");
    page.expect("wasm");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let scripts = page.site().url("dist/");
    page.open(Document::with_element(r#"src="news.json""#).csp(strict(page, &scripts))).await;
    page.wait("the line", "__probe.log.some((entry) => entry.kind !== 'policy')").await;
    // What comes later is refused as well, and nobody has to be told twice.
    page.run(
        "for (let i = 0; i < 2; i++) { \
         const list = document.createElement('stichwort-teasers'); \
         list.setAttribute('src', 'news.json'); list.textContent = 'Alle Meldungen'; document.body.append(list); }",
        vec![],
    )
    .await;
    page.sentinel().await;
    assert!(page.widget().fallback_shown().await);
    assert_eq!(page.widget().count("teaser").await, 0);
    assert_eq!(page.widget_at(1).host("return shown(element) && !element.shadowRoot").await, json!(true));
    let log = page.log().await;
    let (policy, lines): (Vec<_>, Vec<_>) = log.iter().partition(|entry| entry.kind == "policy");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].text.contains("wasm-unsafe-eval") || lines[0].text.contains("WebAssembly"));
    assert!(!matches!(lines[0].kind.as_str(), "uncaught" | "rejection"), "{lines:?}");
    assert!(policy.len() <= 1, "{policy:?}");
}

/// That form has nothing of its own, and would be blank.
async fn without_a_program_a_script_tag_leads_to_the_publisher(page: &Page) {
    page.expect("script-src");
    page.expect("WebAssembly");
    page.expect("wasm");
    let script = format!(
        r#"<script async src="{SCRIPT}" data-src="news.json" data-home="https://amt.example/news" data-heading="Meldungen"></script>"#
    );
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(script).csp(strict(page, &page.site().url("dist/")))).await;
    page.wait("the link", "[...document.links].some(shown)").await;
    let link = page.eval("[host(0).firstChild.href, host(0).textContent]").await;
    assert_eq!(link, json!(["https://amt.example/news", "Meldungen"]));
}

/// Nor has it anything to show where there are no words.
async fn without_words_it_does_too(page: &Page) {
    page.expect("expected the words of");
    page.expect("404");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    for (name, _) in ["de", "en"].iter().flat_map(|language| dist_files(&format!("stichwort-{language}-"), ".js")) {
        page.site().serve(&format!("dist/{name}"), Reply::status(404));
    }
    let script =
        format!(r#"<script async src="{SCRIPT}" data-src="news.json" data-home="https://amt.example/news"></script>"#);
    page.open(Document::new(script)).await;
    page.wait("the link", "[...document.links].some(shown)").await;
    assert_eq!(page.eval("host(0).firstChild.href").await, json!("https://amt.example/news"));
}

/// Nor while no words come at all; the page's clock is quicker here.
async fn while_no_words_come_it_does_too(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let taps = ["de", "en"].map(|language| {
        let files = dist_files(&format!("stichwort-{language}-"), ".js");
        let (name, words) = files.into_iter().find(|(name, _)| !name.contains("later")).expect("there are first words");
        let (reply, tap) = Reply::pieces();
        page.site().serve(&format!("dist/{name}"), reply.content_type("text/javascript"));
        (tap, words)
    });
    page.open(Document::new("").head(quick())).await;
    // Some browsers do not call a page loaded while a module of it is on its way.
    let script = "const script = Object.assign(document.createElement('script'), { src: args[0] }); \
        Object.assign(script.dataset, { src: 'news.json', home: 'https://amt.example/news' }); document.body.append(script);";
    page.run(script, vec![json!(SCRIPT)]).await;
    page.wait("the link", "[...document.links].some(shown)").await;
    assert_eq!(page.eval("host(0).firstChild.href").await, json!("https://amt.example/news"));
    for (tap, words) in taps {
        tap.send(words);
        tap.finish();
    }
    page.widget().loaded().await;
}

/// The program has two files where attributes want all of it; one report says that the policy does not admit them.
async fn where_its_requests_are_refused_one_report_says_so(page: &Page) {
    page.expect("connect-src");
    page.expect("rest of the program");
    page.expect("Fetch API cannot load");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let site = page.site();
    let policy = format!(
        "default-src 'none'; script-src {} {} 'wasm-unsafe-eval'; connect-src {}",
        site.url("probe.js"),
        site.url("dist/"),
        site.url("news.json")
    );
    page.open(Document::with_element(r#"src="news.json" tags="Rathaus""#).csp(policy)).await;
    page.wait("the line", "__probe.log.some((entry) => entry.text.includes('the program cannot run here'))").await;
    page.frames().await;
    assert!(page.widget().fallback_shown().await);
    let policy = page.said("policy").await;
    assert_eq!(policy.len(), 1, "{policy:?}");
}

async fn where_everything_is_unset(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(
        Document::with_element(r#"src="news.json" tags="Rathaus" heading="Meldungen""#)
            .head("<style>* { all: unset !important } html { font-size: 1px }</style>"),
    )
    .await;
    let list = page.widget();
    list.loaded().await;
    for part in ["heading", "status", "tag", "chip", "headline", "lead", "date", "teaser-tag"] {
        assert!(list.is_shown(part).await, "{part}");
    }
    let small = list
        .look_all(
            "*",
            "elements.filter((e) => shown(e) && !['STYLE', 'SCRIPT'].includes(e.tagName) \
             && [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) \
             && parseFloat(getComputedStyle(e).fontSize) < (e.closest('[part~=\"tag-count\"]') ? 12 : 13)) \
             .map((e) => `${e.getAttribute('part') ?? e.localName}: ${getComputedStyle(e).fontSize}`)",
        )
        .await;
    assert_eq!(small, json!([]), "text too small");
    let room =
        list.look("teaser", "[element.getBoundingClientRect().width, element.getBoundingClientRect().height]").await;
    assert!(room[0].as_f64() > Some(200.0) && room[1].as_f64() > Some(40.0), "{room}");
    assert_eq!(list.look("headline", "getComputedStyle(element).display").await, json!("block"));
    list.click("clear").await;
    list.wait_matches(60).await;
}

const HOSTILE: &str = "<style> \
    html { letter-spacing: 4px; word-spacing: 9px; text-transform: uppercase; text-align: right; \
           text-indent: 30px; white-space: pre; font-style: italic; font-weight: 900; line-height: 4; \
           font-variant: small-caps; text-shadow: 2px 2px red; list-style: square; cursor: wait; \
           visibility: visible; color: red; quotes: 'x' 'y'; tab-size: 40; text-decoration: underline } \
    button, a, li, ul, h2, p, time, span, div, input { display: none !important; color: lime !important; \
           float: right !important; border: 9px solid red !important } \
    [part] { display: none !important } .teaser { display: none !important } \
    </style>";

/// Computed style of a few parts, in names that pages like to set.
const INNER: &str = "['headline', 'headline-link', 'lead', 'status', 'tag', 'teaser-tag', 'more', 'list', 'teaser'] \
    .map((part) => { \
      const style = getComputedStyle(elements.find((element) => element.part.contains(part))); \
      return [part, ...['display', 'float', 'position', 'letterSpacing', 'wordSpacing', 'textTransform', \
        'textAlign', 'textIndent', 'fontStyle', 'fontWeight', 'fontVariantCaps', 'fontSize', 'lineHeight', \
        'textShadow', 'listStyleType', 'borderTopWidth', 'color', 'backgroundColor', 'visibility'] \
        .map((name) => `${name}: ${style[name]}`)]; })";

async fn page_styles_stay_outside(page: &Page) {
    let (_, list) = typical(page, "").await;
    let before = list.look_all("*", INNER).await;
    page.open(
        Document::with_element(r#"src="news.json""#)
            .head(HOSTILE)
            .head("<style>stichwort-teasers { display: block !important }</style>"),
    )
    .await;
    page.widget().loaded().await;
    let after = page.widget().look_all("*", INNER).await;
    assert_same(&before, &after);
}

/// Two lists of styles are equal, one line at a time, and there is something in them.
#[track_caller]
fn assert_same(before: &Value, after: &Value) {
    assert!(lists(before).count() > 0, "nothing to compare");
    for (before, after) in lists(before).zip(lists(after)) {
        assert_eq!(before, after);
    }
    assert_eq!(lists(before).count(), lists(after).count());
}

fn lists(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

const OUTER: &str = "[...document.querySelectorAll('body, body > :not(script, stichwort-teasers), .page *')] \
    .map((element) => { const style = getComputedStyle(element); \
      return [element.localName, ...['color', 'backgroundColor', 'fontFamily', 'fontSize', 'fontWeight', \
        'lineHeight', 'marginTop', 'paddingTop', 'borderTopWidth', 'display', 'boxSizing', 'listStyleType', \
        'outlineStyle', 'cursor', 'colorScheme', 'textDecorationLine'].map((name) => style[name])]; }) \
    .concat([[document.styleSheets.length, document.adoptedStyleSheets.length, document.head.childElementCount, \
      document.documentElement.getAttributeNames().join(), document.body.getAttributeNames().join()]])";

/// What stands in the element is the page's, above or below what the widget has to say.
async fn the_pages_own_content_keeps_its_style(page: &Page) {
    page.expect("stichwort: http");
    let style = "<style>body { color: #010203; font: 11px/2 serif; letter-spacing: 2px; text-align: center; direction: rtl }</style>";
    let own = r#"<p class="own">Eigenes</p>"#;
    for (source, part) in [("weg.json", "error"), ("leer.json", "empty")] {
        page.site().serve("weg.json", Reply::status(404));
        page.site().serve("leer.json", Reply::json(&bundles::feed(vec![])));
        let body = format!(
            r#"{own}<stichwort-teasers src="{source}" theme="dark" lang="en">{own}</stichwort-teasers><script src="{SCRIPT}"></script>"#
        );
        page.open(Document::new(body).head(style)).await;
        page.widget().wait_shown(part).await;
        let styles = "[...document.querySelectorAll('.own')].map((element) => { const style = getComputedStyle(element); \
            return [style.color, style.font, style.letterSpacing, style.textAlign, style.direction].join(); })";
        let found = page.eval(styles).await;
        assert_eq!(found[0], found[1], "{part}");
    }
}

async fn widget_styles_stay_inside(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(format!(
        r#"<div class="page"><h1>Rathaus</h1><h2 class="headline" part="headline">Amt</h2><p class="lead" part="lead">Text</p>
           <ul class="list" part="list"><li class="teaser" part="teaser"><a href="x">Link</a></li></ul>
           <button class="tag" part="tag">Knopf</button><input><time>heute</time></div>{}"#,
        element(r#"src="news.json""#)
    )))
    .await;
    let before = page.eval(OUTER).await;
    page.run(
        "const script = document.createElement('script'); script.src = args[0]; document.body.append(script);",
        vec![json!(SCRIPT)],
    )
    .await;
    page.widget().loaded().await;
    let after = page.eval(OUTER).await;
    assert_same(&before, &after);
}

async fn no_global_but_one_symbol(page: &Page) {
    for kind in ["", r#"type="module""#] {
        page.site().serve("news.json", Reply::json(&bundles::typical()));
        page.open(Document::new(format!(r#"<script {kind} src="{SCRIPT}" data-src="news.json"></script>"#))).await;
        let list = page.widget();
        list.loaded().await;
        list.click(&tag("Rathaus")).await;
        page.wait("the link", "location.hash !== ''").await;
        let new = page
            .eval("(() => { const before = new Set(__probe.before); return __probe.surfaces().filter((name) => !before.has(name)); })()")
            .await;
        // What the drivers leave on a page of which they have run a script.
        let of_driver = |name: &&str| ["ret_nodes", "se_exportedFunctionSymbol"].contains(name);
        let new: Vec<_> = lists(&new).filter_map(Value::as_str).filter(|name| !of_driver(name)).collect();
        assert!(new.len() <= 1, "{new:?}");
        assert!(new.iter().all(|name| name.starts_with("Symbol(") && name.contains("stichwort")), "{new:?}");
        assert_eq!(page.run_async(DECLARED, vec![json!(SCRIPT)]).await, json!([]));
    }
}

/// Declarations of a classic script are globals too, though no properties: which names in it mean something to the page,
/// and are none of its properties? Words of the language are no names.
const DECLARED: &str = r"
    const names = new Set((await (await fetch(args[0])).text()).match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
    const isKnown = (name) => {
      try { return (0, eval)(`typeof ${name}`) !== 'undefined'; } catch (error) { return !(error instanceof SyntaxError); }
    };
    const words = ['this', 'null', 'true', 'false', 'arguments', 'async', 'function', 'class'];
    return [...names].filter((name) => !(name in window) && !words.includes(name) && isKnown(name));";

async fn no_node_outside_of_the_element(page: &Page) {
    let (_, list) = typical(page, "").await;
    list.click(&tag("Rathaus")).await;
    list.wait_count("chip", 1).await;
    let names = "[...document.querySelectorAll('body *')].map((element) => element.localName).join(' ')";
    assert_eq!(page.eval(names).await, json!("main h1 script stichwort-teasers a"));
    assert_eq!(page.eval("document.head.querySelectorAll('style, link').length").await, json!(0));
}

async fn a_hidden_element_is_hidden(page: &Page) {
    let (_, list) = typical(page, "").await;
    list.host("element.hidden = true").await;
    assert_eq!(list.host("return element.getClientRects().length").await, json!(0));
    list.host("element.hidden = false").await;
    assert!(list.is_shown("teaser").await);
    // A page may lay it out as it likes.
    list.host("element.style.display = 'inline-block'").await;
    assert_eq!(list.host("return getComputedStyle(element).display").await, json!("inline-block"));
}

/// Where a box takes its width from its content, a size container has none.
async fn odd_containers_do_not_collapse_it(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    for style in [
        "display: flex",
        "display: flex; flex-direction: column; align-items: center",
        "display: grid; grid-template-columns: 1fr",
        "float: left; width: 600px",
        "position: absolute; inset: 0",
        "columns: 1",
        "display: inline-block; width: 600px",
    ] {
        page.open(Document::new(format!(
            r#"<script src="{SCRIPT}"></script><div style="{style}">{}</div>"#,
            element(r#"src="news.json""#)
        )))
        .await;
        page.widget().loaded().await;
        let width = page.widget().look("teaser", "element.getBoundingClientRect().width").await;
        assert!(width.as_f64() > Some(250.0), "{style}: {width}");
    }
}

async fn an_old_page_in_quirks_of_its_own(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    // No doctype, tables, a base address elsewhere, an encoding of its own, and a patched prototype.
    page.site().serve(
        "alt.html",
        Reply::html(format!(
            r#"<html><head><script src="probe.js"></script><base target="_top">
            <script>Array.prototype.alt = function () {{}}; Object.prototype.auch = 1; String.prototype.trim = function () {{ return "kaputt"; }};</script></head>
            <body><table><tr><td width="760"><script src="{SCRIPT}" data-src="news.json"></script></td></tr></table></body></html>"#
        ))
        .content_type("text/html; charset=windows-1252"),
    );
    page.go("alt.html").await;
    let list = page.widget();
    list.loaded().await;
    assert_eq!(list.count("teaser").await, 20);
    assert_eq!(list.attribute("headline-link", "target").await, "_self");
    list.click(&tag("Rathaus")).await;
    list.wait_count("chip", 1).await;
    let sign = list.look("chip", "getComputedStyle(element, '::after').content").await;
    assert!(sign.as_str().is_some_and(|sign| sign.starts_with("\"×\"")), "{sign}");
}

async fn a_patched_trim_makes_no_stray_request(page: &Page) {
    let forms = [
        Document::with_element(r#"src="news.json""#),
        Document::new(format!(r#"<script src="{SCRIPT}" data-src="news.json"></script>"#)),
        Document::new(format!(r#"<script type="module" src="{SCRIPT}" data-src="news.json"></script>"#)),
    ];
    for form in forms {
        let patch = "<script>String.prototype.trim = function () { return 'kaputt'; };</script>";
        page.site().serve("news.json", Reply::json(&bundles::typical()));
        page.open(form.head(patch)).await;
        page.widget().loaded().await;
        page.sentinel().await;
        for asked in page.site().all_asked() {
            let known = asked.path.starts_with("dist/")
                || ["page.html", "probe.js", "news.json"].contains(&asked.path.as_str());
            assert!(known, "{asked:?}");
        }
    }
}

async fn where_no_sheet_can_be_had_the_fallback_stays(page: &Page) {
    page.expect("a list cannot be shown");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let patch = "<script>window.CSSStyleSheet = undefined</script>";
    page.open(Document::with_element(r#"src="news.json""#).head(patch)).await;
    page.wait("the line", "__probe.log.some((entry) => entry.text.includes('a list cannot be shown'))").await;
    assert!(page.widget().fallback_shown().await);
}

/// They take the place of properties that the document, or a form, has not by itself, or has.
async fn names_of_the_page_break_nothing(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let element = r#"<stichwort-teasers src="news.json"></stichwort-teasers>"#;
    for body in [
        format!(r#"<form name="host"></form>{element}"#),
        format!(r#"<img name="host" alt="">{element}"#),
        format!(r#"<form lang="de"><select name="lang"></select>{element}</form>"#),
        format!(r#"<div lang="de"><form><input name="parentNode">{element}</form></div>"#),
    ] {
        let body = format!(r#"{body}<script src="{SCRIPT}"></script>"#);
        let no_language = "<script>document.documentElement.removeAttribute('lang')</script>";
        page.open(Document::new(body).head(no_language)).await;
        page.widget().loaded().await;
    }
}

async fn accessors_in_a_prototype_break_nothing(page: &Page) {
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    for name in ["get", "set", "value"] {
        let patch = format!("<script>Object.prototype.{name} = function () {{}};</script>");
        page.open(Document::with_element(r#"src="news.json""#).head(patch)).await;
        page.widget().loaded().await;
        assert_eq!(page.widget().count("teaser").await, 20, "{name}");
    }
}

/// Instead of giving back a promise that fails; first for the loader, then for the program.
async fn a_patched_fetch_may_throw(page: &Page) {
    page.expect("could not be fetched");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    let patch = "<script>{ const own = fetch; window.fetch = (url, options) => { \
        if (`${url}`.endsWith('.json') && !window.isMended) throw new Error('nein'); return own(url, options); }; }</script>";
    page.open(Document::with_element(r#"src="news.json""#).head(patch)).await;
    let list = page.widget();
    page.wait_event("stichwort-error", 1).await;
    list.click("retry").await;
    page.wait_event("stichwort-error", 2).await;
    page.run("window.isMended = true", vec![]).await;
    list.click("retry").await;
    list.loaded().await;
    list.wait_matches(60).await;
    assert!(!page.said("warn").await.iter().any(|line| line.contains("broken down")));
}

/// Removing what has the focus can call the page's listeners while the widget changes its document.
async fn a_page_that_clicks_while_the_widget_changes(page: &Page) {
    let bundle = bundles::typical();
    for kinds in ["focusin", "focusout", "blur"] {
        page.site().serve("news.json", Reply::json(&bundle));
        page.open(Document::with_element(r#"src="news.json" tags="Rathaus, OZG""#).head(format!(
            "<script>globalThis.clicks = 0; globalThis.armed = false; \
             document.addEventListener('{kinds}', () => {{ \
               const tag = document.querySelector('stichwort-teasers')?.shadowRoot \
                 ?.querySelector('[part~=\"tag\"][data-tag=\"Verkehr\"]'); \
               if (armed && tag && clicks < 3) {{ clicks++; tag.click(); }} }}, true);</script>"
        )))
        .await;
        let list = page.widget();
        list.loaded().await;
        list.look("chip", "element.focus()").await;
        list.look("chip", "(window.armed = true, element.click())").await;
        list.wait(&tag("Rathaus"), "elements[0]?.ariaPressed === 'false'").await;
        page.frames().await;
        if kinds == "focusin" {
            assert_ne!(page.eval("clicks").await, json!(0), "the listener was never called");
        }
        page.run("window.armed = false;", vec![]).await;
        // Whether its click counted or not: what is pressed, what is listed and what is counted agree.
        let pressed = list.pressed().await;
        let pressed: Vec<_> = pressed.iter().map(String::as_str).collect();
        assert!(pressed.contains(&"OZG"), "{pressed:?}");
        check_selection(&list, &bundle, &pressed, Match::All).await;
        list.click("clear").await;
        check_selection(&list, &bundle, &[], Match::All).await;
        list.click(&tag("Rathaus")).await;
        check_selection(&list, &bundle, &["Rathaus"], Match::All).await;
    }
}

/// A page may dispatch what it likes where it likes.
async fn events_of_texts_break_nothing(page: &Page) {
    let (_, list) = typical(page, "").await;
    let script = "const text = document.querySelector('stichwort-teasers').shadowRoot.querySelector('[part~=status] strong').firstChild; \
        for (const kind of ['pointerover', 'focusin', 'click', 'input', 'change', 'error', 'keydown']) \
        text.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));";
    page.run(script, vec![]).await;
    page.sentinel().await;
    list.click(&tag("OZG")).await;
    // The later part is there now.
    page.wait("the fragment", "location.hash === '#teasers--tags-OZG'").await;
    page.run(script, vec![]).await;
    page.sentinel().await;
    assert_eq!(list.count("status :is(strong)").await, 1);
    list.click("clear").await;
    list.wait_count("chip", 0).await;
}

async fn a_closed_shadow_root_of_the_page(page: &Page) {
    page.expect("stichwort: a list cannot be shown");
    page.site().serve("news.json", Reply::json(&bundles::typical()));
    page.open(Document::new(format!(
        r#"{}<script>zu.attachShadow({{ mode: "closed" }}).textContent = "zu";</script>
           <script async src="{SCRIPT}"></script>{}"#,
        element(r#"id="zu" src="news.json""#),
        element(r#"src="news.json""#),
    )))
    .await;
    let list = page.widget_at(1);
    list.loaded().await;
    page.run("zu.setAttribute('tags', 'Rathaus'); zu.pageSize = 3;", vec![]).await;
    page.sentinel().await;
    list.click(&tag("Rathaus")).await;
    list.wait_count("chip", 1).await;
    page.run("zu.remove();", vec![]).await;
    page.sentinel().await;
    let lines: Vec<_> = page.log().await.into_iter().filter(|entry| entry.kind == "warn").collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
}

/// With the space reserved as the docs say, whatever the width, while the first articles show before the tags are known;
/// only Chromium tells how much has moved.
async fn nothing_below_it_moves(page: &Page) {
    let head = "<style>stichwort-teasers { display: block; min-height: 100vh; max-width: WIDTH }</style> \
        <script>if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) { \
          globalThis.shifts = []; \
          new PerformanceObserver((entries) => entries.getEntries().forEach((entry) => shifts.push(entry)))  \
            .observe({ type: 'layout-shift', buffered: true }); }</script>";
    let empty = r#"<stichwort-teasers src="news.json"></stichwort-teasers>"#.to_owned();
    let mut too_much = Vec::new();
    let whole = bundles::typical().to_string();
    let (first, rest) = whole.split_at(whole.len() / 2);
    let widths = ["none", "720px", "768px", "900px", "1024px", "1150px"];
    let many = element(r#"src="news.json" facets="tags,author" date-filter="on""#);
    for (inner, width) in
        [element(r#"src="news.json""#), empty, many].iter().flat_map(|inner| widths.map(|width| (inner, width)))
    {
        let (reply, tap) = Reply::pieces();
        page.site().serve("news.json", reply.header("cache-control", "no-store"));
        let body = format!(
            r#"<h1>Rathaus</h1><script async src="{SCRIPT}"></script>{inner}<p>{}</p>"#,
            "Was unter der Liste steht. ".repeat(60)
        );
        page.open(Document::new(body).head(head.replace("WIDTH", width))).await;
        let list = page.widget();
        list.wait_count("status", 1).await;
        page.frames().await;
        tap.send(first.to_owned());
        list.wait_count("teaser", 20).await;
        page.frames().await;
        tap.send(rest.to_owned());
        tap.finish();
        list.loaded().await;
        page.frames().await;
        let sum =
            page.eval("shifts.filter((shift) => !shift.hadRecentInput).reduce((sum, shift) => sum + shift.value, 0)");
        let sum = sum.await;
        let moved = page
            .eval(
                "shifts.flatMap((shift) => shift.sources.map(({ node, previousRect: from, currentRect: to }) => \
                 `${shift.value} ${node?.parentElement?.localName ?? ''} ${node?.localName ?? node?.data?.slice(0, 20)} ` + \
                 `from ${from.x},${from.y} to ${to.x},${to.y} ${to.width}x${to.height}`))",
            )
            .await;
        if sum.as_f64().is_none_or(|sum| sum > 0.02) {
            too_much.push(format!("{width}: moved by {sum}: {inner}: {moved:#}"));
        }
    }
    assert!(too_much.is_empty(), "{}", too_much.join("\n"));
}
