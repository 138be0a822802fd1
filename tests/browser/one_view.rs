//! One view, two outputs: after every edit the document is the tree that core writes as HTML.

use std::rc::Rc;

use serde_json::{Value, json};
use stichwort_core::bundle::Reader;
use stichwort_core::i18n::Language;
use stichwort_core::options::Options;
use stichwort_core::selection::Match;
use stichwort_core::state::{Feed, Msg, Surroundings};
use stichwort_core::view::{html::to_html, view};
use stichwort_tests::{
    bundles,
    native::{happen, start},
    page::Page,
    reply::Reply,
    suite::Test,
    tests,
    widget::{tag, teaser_tag},
};

use super::setting::{opened, shown};

pub(crate) fn all() -> Vec<Test> {
    tests![the_document_is_what_core_renders, a_hostile_bundle_is_what_core_renders]
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
    /// Whether this browser lets a page copy something.
    can_copy: bool,
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
        }
    }
}

impl Native {
    async fn new(page: &Page, bundle: &Value, options: Options) -> Self {
        let url = page.site().url("news.json");
        let options = Options { src: Some(url.clone()), ..options };
        let can_copy = page.run("return !!navigator.clipboard;", Vec::new()).await == json!(true);
        Self { options, url, bundle: bundle.clone(), steps: Vec::new(), can_copy }
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
            can_copy: self.can_copy,
            ..Surroundings::default()
        };
        let mut state = start(self.options.clone(), surroundings);
        happen(&mut state, Msg::Loaded { feed: Rc::new(feed), may_reorder: true });
        for step in self.steps.iter().cloned() {
            happen(&mut state, step.msg());
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

async fn a_hostile_bundle_is_what_core_renders(page: &Page) {
    page.expect("problem(s)");
    let bundle: Value = serde_json::from_str(include_str!("../fixtures/hostile.json")).expect("fixtures are JSON");
    let list = opened(page, Reply::json(&bundle), "").await;
    list.loaded().await;
    Native::new(page, &bundle, Options::default()).await.check(page).await;
}
