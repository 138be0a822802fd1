//! One view, two outputs: after every edit the document is the tree that core writes as HTML.

use std::rc::Rc;

use serde_json::{Value, json};
use stichwort_core::bundle::Reader;
use stichwort_core::date::Day;
use stichwort_core::i18n::Language;
use stichwort_core::options::{Layout, Options, Paging, Sort};
use stichwort_core::selection::{Dates, Match};
use stichwort_core::state::{Feed, Msg, Surroundings};
use stichwort_core::view::{html::to_html, view};
use stichwort_tests::{
    bundles,
    native::{happen_to_the_end, start},
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
    widget::{tag, teaser_tag},
};

use super::setting::{opened, shown};

pub(crate) fn all() -> Vec<Test> {
    tests![the_document_is_what_core_renders, so_are_its_other_views, a_hostile_bundle_is_what_core_renders]
}

/// Both trees as text, a line an element; engines may keep attributes in different orders.
const BOTH: &str = r#"
    const lines = (element, depth) => {
        const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort().join(" ");
        const inner = element.children.length ? [...element.children].map((child) => lines(child, depth + 1)).join("") : "";
        const text = element.children.length ? "" : element.textContent;
        return `${" ".repeat(depth)}${element.localName} ${attributes}|${text}\n${inner}`;
    };
    const rendered = new DOMParser().parseFromString(args[0], "text/html").body.firstElementChild;
    return [lines(host(0).shadowRoot.firstElementChild, 0), lines(rendered, 0)];
"#;

/// The same widget natively: its bundle, and what has happened to it since.
struct Native {
    url: String,
    bundle: Value,
    options: Options,
    steps: Vec<Step>,
    /// The browser's day.
    today: Option<Day>,
}

/// A message that can be repeated.
#[derive(Clone)]
enum Step {
    More,
    Toggle(&'static str),
    Remove(usize),
    Clear,
    AllTags,
    Configure(Box<Options>),
    Page(usize),
    Search(&'static str),
    /// Typing has come to a rest.
    Rest,
    Sort(Sort),
    Dates(Dates),
    Narrow(&'static str),
    ByName,
}

impl Step {
    fn msg(self) -> Msg {
        match self {
            Self::More => Msg::More,
            Self::Toggle(tag) => Msg::ToggleTag(tag.to_owned()),
            Self::Remove(chip) => Msg::RemoveChip(chip),
            Self::Clear => Msg::Clear,
            Self::AllTags => Msg::ToggleAll(0),
            Self::Configure(options) => Msg::Configure(*options),
            Self::Page(page) => Msg::Page(page),
            Self::Search(search) => Msg::Search(search.to_owned()),
            Self::Rest => Msg::Rest,
            Self::Sort(sort) => Msg::Sort(sort),
            Self::Dates(dates) => Msg::Dates(dates),
            Self::Narrow(text) => Msg::Narrow(0, text.to_owned()),
            Self::ByName => Msg::ToggleOrder(0),
        }
    }
}

impl Native {
    async fn new(page: &Page, bundle: &Value, options: Options) -> Self {
        let url = page.site().url("news.json");
        let options = Options { src: Some(url.clone()), ..options };
        // As Swedes write it.
        let today = page.run("return new Date().toLocaleDateString('sv');", Vec::new()).await;
        let today = today.as_str().and_then(Day::parse);
        Self { options, url, bundle: bundle.clone(), steps: Vec::new(), today }
    }

    fn html(&self) -> String {
        let mut reader = Reader::new(&self.url, 1_795_176_000_000);
        reader.push(self.bundle.to_string().as_bytes()).expect("the bundle is JSON");
        let feed = Feed::new(reader.finish().expect("the bundle is a feed"));
        let host = stichwort_core::url::host(&self.url).expect("an address with a host").to_owned();
        let surroundings = Surroundings {
            has_fallback: true,
            fallback_link: Some("https://amt.example/news".to_owned()),
            page_language: Some("de".to_owned()),
            hosts: vec![host],
            can_copy: true,
            today: self.today,
            ..Surroundings::default()
        };
        let mut state = start(self.options.clone(), surroundings);
        happen_to_the_end(&mut state, Msg::Loaded { feed: Rc::new(feed), may_reorder: true });
        for step in self.steps.iter().cloned() {
            happen_to_the_end(&mut state, step.msg());
        }
        to_html(&view(&state))
    }

    async fn check(&self, page: &Page) {
        let both = page.run(BOTH, vec![json!(self.html())]).await;
        let (document, rendered) = (both[0].as_str().unwrap_or_default(), both[1].as_str().unwrap_or_default());
        assert!(document.lines().count() > 5, "{document}");
        for (number, (left, right)) in document.lines().zip(rendered.lines()).enumerate() {
            assert_eq!(left, right, "line {number}: the document, then what core renders");
        }
        assert_eq!(document.lines().count(), rendered.lines().count());
    }

    /// A click in the page, the same message here, and both look the same.
    async fn click(&mut self, page: &Page, spec: &str, step: Step) {
        page.widget().click(spec).await;
        self.steps.push(step);
        self.check(page).await;
    }
}

async fn the_document_is_what_core_renders(page: &Page) {
    // Its addresses bring all of the program, so that each click does at once what it does.
    let bundle = bundles::relative();
    let list = shown(page, &bundle, r#"heading="Aus den Ämtern" page-size="7""#).await;
    let options = Options { heading: Some("Aus den Ämtern".to_owned()), page_size: Some(7), ..Options::default() };
    let mut native = Native::new(page, &bundle, options).await;
    native.check(page).await;
    native.click(page, "more", Step::More).await;
    native.click(page, &tag("OZG"), Step::Toggle("OZG")).await;
    native.click(page, &teaser_tag("OZG"), Step::Toggle("OZG")).await;
    native.click(page, "facet-more", Step::AllTags).await;
    native.click(page, &tag("Rathaus"), Step::Toggle("Rathaus")).await;
    native.click(page, "chip", Step::Remove(0)).await;

    list.host(
        r#"element.lang = "en"; element.linkTarget = "blank"; element.match = "any"; element.tags = ["OZG", "nirgends"]"#,
    )
    .await;
    list.wait_count("chip", 2).await;
    // The words come by themselves.
    list.wait("status", "elements[0].closest('[lang]').lang === 'en'").await;
    native.steps.push(Step::Configure(Box::new(Options {
        lang: Some(Language::En),
        blank: true,
        combine: Some(Match::Any),
        tags: vec!["OZG".to_owned(), "nirgends".to_owned()],
        ..native.options.clone()
    })));
    native.check(page).await;
    native.click(page, "clear", Step::Clear).await;
}

/// Facets, pictures, searches, periods, orders, pages and layouts.
async fn so_are_its_other_views(page: &Page) {
    let mut bundle = bundles::relative();
    for (item, picture) in [(0, page.site().other_url("bild.svg")), (1, page.site().url("bild.svg"))] {
        bundle["items"][item]["image"] = json!(picture);
        bundle["items"][item]["_stichwort"] =
            json!({"kicker": "Rathaus", "image": {"alt": "Ein Haus", "credit": "Foto: Amt"}});
    }
    page.site().serve("bild.svg", Reply::picture());
    let list = shown(page, &bundle, r#"facets="tags,author,year" date-filter="on" more="pages" page-size="7""#).await;
    let options = Options {
        facets: ["tags", "author", "year"].map(str::to_owned).to_vec(),
        date_filter: true,
        paging: Paging::Pages,
        page_size: Some(7),
        ..Options::default()
    };
    let mut native = Native::new(page, &bundle, options).await;
    native.check(page).await;
    for (name, layout) in [
        ("cards", Layout::Cards),
        ("compact", Layout::Compact),
        ("headlines", Layout::Headlines),
        ("list", Layout::List),
    ] {
        list.set("layout", name).await;
        page.wait("the layout", &format!("host(0).shadowRoot.querySelector('.root').dataset.layout === '{name}'"))
            .await;
        let options = Options { layout, ..native.options.clone() };
        native.steps.push(Step::Configure(Box::new(options)));
        native.check(page).await;
    }
    native.click(page, "page[aria-label=\"Seite 2\"]", Step::Page(1)).await;
    native.click(page, "facet-order", Step::ByName).await;
    let enter = |text: &str, kind: &str| {
        format!("(element.value = '{text}', element.dispatchEvent(new Event('{kind}', {{ bubbles: true }})))")
    };
    list.look("facet-search", &enter("rat", "input")).await;
    // It is told when typing rests.
    list.wait("status", "elements[0].ariaLive !== 'off' && words(elements[0]).includes('Schlagwörter: ')").await;
    native.steps.extend([Step::Narrow("rat"), Step::Rest]);
    native.check(page).await;
    list.look("sort", &enter("headline", "change")).await;
    native.steps.push(Step::Sort(Sort::Headline));
    native.check(page).await;
    list.look("search", &enter("neu", "input")).await;
    list.wait_count("chip", 1).await;
    list.wait_count("status:not([aria-live])", 1).await;
    native.steps.extend([Step::Search("neu"), Step::Rest]);
    native.check(page).await;
    native.click(page, "date-preset[data-preset=\"2025\"]", Step::Dates(Dates::Year(2025))).await;
    assert!(list.count("teaser").await > 0);
    native.click(page, "clear", Step::Clear).await;
}

async fn a_hostile_bundle_is_what_core_renders(page: &Page) {
    page.expect("problem(s)");
    let bundle: Value = serde_json::from_str(include_str!("../fixtures/hostile.json")).expect("fixtures are JSON");
    let list = opened(page, Reply::json(&bundle), "").await;
    list.loaded().await;
    Native::new(page, &bundle, Options::default()).await.check(page).await;
}
