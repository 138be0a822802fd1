//! What a bundle looks like as HTML. The pages in `golden/` are rewritten by `UPDATE_EXPECT=1` and read in review.

use std::rc::Rc;

use expect_test::{ExpectFile, expect_file};
use stichwort_core::bundle::{Bundle, Reader};
use stichwort_core::date::Day;
use stichwort_core::i18n::Language;
use stichwort_core::model::ArticleIndex;
use stichwort_core::options::{Images, Options, Sort, bit};
use stichwort_core::selection::Dates;
use stichwort_core::state::{Failure, Feed, Focus, Msg, State, Surroundings};
use stichwort_core::store::{Draft, Store};
use stichwort_core::view::html::{element_to_html, to_html};
use stichwort_core::view::node::Tree;
use stichwort_core::view::view;
use stichwort_tests::native::{happen_to_the_end, start};
use stichwort_tests::small::{self, between, feed_of, focus, options, showing, shown, toggle};

const BUNDLE: &str = r#"{
    "version": "https://jsonfeed.org/version/1.1", "title": "Rathaus & Netz", "language": "de",
    "home_page_url": "/", "items": [
    {"id": "a", "url": "/a", "title": "Brücke <b>gesperrt</b>", "summary": "Bis Mai & länger.", "date_published": "2026-11-02T08:00:00+01:00",
     "authors": [{"name": "ve"}], "tags": ["Verkehr", "Bauen"], "_stichwort": {"kicker": "Baustelle", "image": {"alt": "Eine Brücke"}}, "image": "bruecke.svg"},
    {"id": "b", "title": "Ohne Verweis", "date_published": "2019-11-25", "tags": ["Bauen"], "authors": [{"name": "Ada Beispiel"}, {"name": "mh"}],
     "_stichwort": {"source": {"name": "Kreisbote", "url": "https://kreisbote.example/"}}},
    {"id": "c", "url": "https://other.example/c", "title": "In other words", "language": "en", "image": "https://pictures.example/c.png",
     "_stichwort": {"image": {"alt": "A pier", "credit": "Photo: Pier"}}}
    ]}"#;

fn loaded(bundle: &str) -> Msg {
    Msg::Loaded { feed: small::feed(bundle), may_reorder: true }
}

/// The page after these messages, one element a line, so that a change reads well in review.
#[track_caller]
fn check(options: Options, surroundings: Surroundings, messages: Vec<Msg>, page: ExpectFile) {
    let mut state = start(options, surroundings);
    for message in messages {
        happen_to_the_end(&mut state, message);
    }
    let mut lines = String::new();
    write_lines(&view(&state), 0, 0, &mut lines);
    page.assert_eq(&lines);
}

fn write_lines(tree: &Tree, index: u32, depth: usize, lines: &mut String) {
    let indent = "  ".repeat(depth);
    let html = element_to_html(tree, index);
    if tree.children(index).next().is_none() {
        lines.push_str(&format!("{indent}{html}\n"));
        return;
    }
    // Without what is in it: that follows.
    let inner: String = tree.children(index).map(|child| element_to_html(tree, child)).collect();
    let (start, end) = html.split_once(&inner).expect("the children are in it");
    lines.push_str(&format!("{indent}{start}\n"));
    tree.children(index).for_each(|child| write_lines(tree, child, depth + 1, lines));
    lines.push_str(&format!("{indent}{end}\n"));
}

#[test]
fn a_list() {
    check(options(), Surroundings::default(), vec![loaded(BUNDLE)], expect_file!["golden/list.html"]);
}

#[test]
fn a_selection() {
    let messages = vec![loaded(BUNDLE), toggle("Bauen"), toggle("Verkehr")];
    check(options(), Surroundings::default(), messages, expect_file!["golden/selection.html"]);
}

#[test]
fn a_selection_that_nothing_matches() {
    let messages = vec![loaded(BUNDLE), toggle("Bauen"), toggle("<Hafen>")];
    check(options(), Surroundings::default(), messages, expect_file!["golden/empty-selection.html"]);
}

#[test]
fn a_page_with_heading_in_english_and_new_windows() {
    let options = Options {
        lang: Some(Language::En),
        heading: Some("News & more".to_owned()),
        page_size: Some(1),
        blank: true,
        ..options()
    };
    check(options, Surroundings::default(), vec![loaded(BUNDLE)], expect_file!["golden/heading-en.html"]);
}

#[test]
fn loading() {
    let surroundings = Surroundings { page_language: Some("de".to_owned()), ..Surroundings::default() };
    check(options(), surroundings, vec![], expect_file!["golden/loading.html"]);
}

#[test]
fn loading_beside_the_pages_own_content() {
    let surroundings = Surroundings { has_fallback: true, ..Surroundings::default() };
    check(options(), surroundings, vec![], expect_file!["golden/loading-fallback.html"]);
}

#[test]
fn a_failure() {
    let surroundings = Surroundings {
        has_fallback: true,
        fallback_link: Some("https://rathaus.example/".to_owned()),
        ..Surroundings::default()
    };
    check(options(), surroundings, vec![Msg::Failed(Failure::Status(404), None)], expect_file!["golden/failed.html"]);
}

/// Nobody has done anything yet.
#[test]
fn the_first_failure_takes_no_focus() {
    let mut state = start(options(), Surroundings::default());
    let failed = || Msg::Failed(Failure::Timeout, None);
    assert_eq!(focus(&happen_to_the_end(&mut state, failed())), None);
    happen_to_the_end(&mut state, Msg::Retry);
    assert_eq!(focus(&happen_to_the_end(&mut state, failed())), Some(Focus::Retry));
}

#[test]
fn a_failure_leads_home() {
    let home = |of_attribute: Option<&str>| {
        let home = of_attribute.map(str::to_owned);
        let mut state = start(Options { home, ..options() }, Surroundings::default());
        happen_to_the_end(&mut state, Msg::Failed(Failure::Timeout, Some("https://theirs.example/".to_owned())));
        assert!(to_html(&view(&state)).contains(state.home().unwrap_or("none")));
        state.home().map(str::to_owned)
    };
    assert_eq!(home(None).as_deref(), Some("https://theirs.example/"));
    assert_eq!(home(Some("https://mine.example/")).as_deref(), Some("https://mine.example/"));
}

/// It was hidden only as long as nobody waited for it.
#[test]
fn beside_the_pages_own_content_a_new_attempt_is_seen() {
    let mut state = start(options(), Surroundings { has_fallback: true, ..Surroundings::default() });
    for message in [Msg::Failed(Failure::Timeout, None), Msg::Retry] {
        happen_to_the_end(&mut state, message);
    }
    let html = to_html(&view(&state));
    assert!(between(&html, r#"part="status""#, "</p>").is_some_and(|status| !status.contains("hidden")), "{html}");
}

#[test]
fn a_failure_where_nothing_matches_says_both() {
    let mut state = shown(options());
    for message in [toggle("A"), toggle("B"), Msg::Retry, Msg::Failed(Failure::Timeout, None)] {
        happen_to_the_end(&mut state, message);
    }
    let html = to_html(&view(&state));
    for (part, expected) in [("empty", true), ("stale", true), ("error", false)] {
        assert_eq!(html.contains(&format!(r#"part="{part}""#)), expected, "{part} in {html}");
    }
}

#[test]
fn a_failure_after_a_list_leaves_the_list() {
    let messages = vec![loaded(BUNDLE), Msg::Failed(Failure::Timeout, None)];
    check(options(), Surroundings::default(), messages, expect_file!["golden/stale.html"]);
}

/// The first articles of a bundle of which the beginning has been read.
fn arriving(beginning: &str, wanted: usize) -> Msg {
    let mut reader = Reader::new(small::SRC, 0);
    reader.push(beginning.as_bytes()).expect("the bundle is JSON so far");
    Msg::Arriving(Rc::new(Feed::arriving(reader.preview(wanted).expect("the first articles are complete"))))
}

/// Declared newest first, but the last one is newer than the others.
const LATE: &str = r#"{
    "version": "https://jsonfeed.org/version/1.1", "title": "Rathaus", "language": "de", "_stichwort": {"order": "newest"}, "items": [
    {"id": "a", "url": "/a", "title": "Erste", "date_published": "2026-11-02", "tags": ["Bauen"]},
    {"id": "b", "url": "/b", "title": "Zweite", "date_published": "2026-11-01"},
    {"id": "c", "url": "/c", "title": "Dritte", "date_published": "2026-10-01"},
    {"id": "d", "url": "/d", "title": "Nachgereicht", "date_published": "2026-11-03"}]}"#;

fn late_options() -> Options {
    Options { page_size: Some(2), ..options() }
}

fn late_arriving() -> Msg {
    arriving(LATE.split_once(r#"{"id": "c""#).expect("it has a third article").0, 2)
}

#[test]
fn the_first_articles_before_all_have_come() {
    check(late_options(), Surroundings::default(), vec![late_arriving()], expect_file!["golden/arriving.html"]);
}

#[test]
fn a_failure_after_the_first_articles_leaves_them() {
    let messages = vec![late_arriving(), Msg::Failed(Failure::Timeout, None)];
    check(late_options(), Surroundings::default(), messages, expect_file!["golden/incomplete.html"]);
}

#[test]
fn a_newer_article_that_comes_late_is_offered() {
    let Msg::Loaded { feed, .. } = loaded(LATE) else { unreachable!("it is loaded") };
    let messages = vec![late_arriving(), Msg::Loaded { feed, may_reorder: false }];
    check(late_options(), Surroundings::default(), messages, expect_file!["golden/updates.html"]);
}

/// An article with a picture.
fn pictured(url: &str, alt: &str) -> String {
    feed_of(&[format!(r#"{{"id":"a","title":"A","image":"{url}","_stichwort":{{"image":{{"alt":"{alt}"}}}}}}"#)])
}

fn has_image(state: &State) -> bool {
    to_html(&view(state)).contains("<img")
}

/// The focus goes to what has come in the button's place, if there is something to be heard of it.
#[test]
fn a_click_loads_a_picture_whatever_images_says() {
    for images in [Images::None, Images::SameHost] {
        for (alt, expected) in [("Pier", Focus::Picture(ArticleIndex(0))), ("", Focus::Teaser(ArticleIndex(0)))] {
            let options = Options { images, ..options() };
            let mut state = showing(options, &pictured("https://pictures.example/a.png", alt));
            assert!(!has_image(&state));
            let effects = happen_to_the_end(&mut state, Msg::LoadImage(ArticleIndex(0)));
            assert_eq!(focus(&effects), Some(expected));
            let page = to_html(&view(&state));
            assert!(between(&page, "<img", ">").is_some_and(|image| image.contains("tabindex")), "{images:?}: {page}");
        }
    }
    // The click comes when there is another bundle.
    happen_to_the_end(&mut shown(options()), Msg::LoadImage(ArticleIndex(99)));
}

#[test]
fn pictures_of_the_bundles_host_and_of_the_pages_load() {
    let own = pictured("https://HOST.example/a.png", "");
    let mut state = start(options(), Surroundings::default());
    happen_to_the_end(&mut state, small::beginning(&own));
    assert!(has_image(&state));
    let surroundings = Surroundings { hosts: vec!["Page.example".to_owned()], ..Surroundings::default() };
    let mut state = start(options(), surroundings);
    happen_to_the_end(&mut state, small::beginning(&pictured("https://page.example/a.png", "")));
    assert!(has_image(&state));
    // Of the bundle that shows, while another one is on its way.
    let mut state = showing(options(), &own);
    happen_to_the_end(
        &mut state,
        Msg::Configure(Options { src: Some("https://other.example/b.json".to_owned()), ..options() }),
    );
    assert!(has_image(&state));
}

/// A reader lets no other links in. Should one ever do so, none is written.
#[test]
fn no_link_is_written_that_is_none() {
    let evil = "javascript:alert(1)";
    let loaded = || {
        let mut store = Store::default();
        let draft = Draft { id: "0", headline: "h", url: evil, image_url: evil, ..Draft::default() };
        store.push(&Draft { source_name: "s", source_url: evil, ..draft });
        store.settle(|_| true);
        let bundle = Bundle { store, home_page_url: Some(evil.to_owned()), ..Bundle::default() };
        Msg::Loaded { feed: Rc::new(Feed::new(bundle)), may_reorder: true }
    };
    for images in [Images::All, Images::SameHost] {
        let mut state = start(Options { images, ..options() }, Surroundings::default());
        for message in [loaded(), Msg::Failed(Failure::Timeout, None)] {
            happen_to_the_end(&mut state, message);
        }
        let html = to_html(&view(&state));
        assert!(html.contains(r#"part="stale""#) && !html.contains("javascript"), "{html}");
    }
}

/// In another order it would not stand there.
#[test]
fn a_pin_shows_where_it_has_pinned() {
    let mut state =
        showing(options(), &feed_of(&[r#"{"id":"p","title":"P","_stichwort":{"pinned":true}}"#.to_owned()]));
    assert!(to_html(&view(&state)).contains("data-pinned"));
    happen_to_the_end(&mut state, Msg::Sort(Sort::Oldest));
    assert!(!to_html(&view(&state)).contains("data-pinned"));
}

#[test]
fn what_is_hidden_does_not_show_while_it_loads_either() {
    let state = start(Options { hide: bit("filters"), ..options() }, Surroundings::default());
    assert!(!to_html(&view(&state)).contains("filters"));
}

#[test]
fn what_narrowed_a_long_facet_hides_nothing_of_a_short_one() {
    let bundle = |tags: usize| {
        let items: Vec<String> =
            (0..tags).map(|tag| format!(r#"{{"id":"{tag}","title":"T","tags":["Tag {tag:02}"]}}"#)).collect();
        loaded(&format!(r#"{{"version":"https://jsonfeed.org/version/1.1","items":[{}]}}"#, items.join(",")))
    };
    let mut state = start(options(), Surroundings::default());
    for message in [bundle(34), Msg::Narrow(0, "33".to_owned())] {
        happen_to_the_end(&mut state, message);
    }
    let tags = |state: &State| to_html(&view(state)).matches(r#"part="tag""#).count();
    assert_eq!(tags(&state), 1);
    happen_to_the_end(&mut state, bundle(30));
    assert_eq!(tags(&state), 30);
}

#[test]
fn what_would_help_is_said_of_searches_and_periods_too() {
    let hints = |messages: Vec<Msg>| {
        let mut state = start(options(), Surroundings::default());
        happen_to_the_end(&mut state, loaded(BUNDLE));
        for message in messages {
            happen_to_the_end(&mut state, message);
        }
        let html = to_html(&view(&state));
        let (_, hint) = html.split_once(r#"class="hint">"#)?;
        let hint = hint.split("</p>").next()?.to_owned();
        let hint = ["<span>", "</span>", "<bdi>", "</bdi>"].iter().fold(hint, |hint, tag| hint.replace(tag, ""));
        Some(hint.trim_end().to_owned())
    };
    let search = || Msg::Search("Bagger ".to_owned());
    assert_eq!(hints(vec![search()]), None);
    assert_eq!(hints(vec![toggle("Bauen"), search()]).as_deref(), Some("Ohne „Bagger“ wären es 2."));
    let year = Msg::Dates(Dates::Year(2019));
    assert_eq!(
        hints(vec![toggle("Verkehr"), year]).as_deref(),
        Some("Ohne „Verkehr“ wäre es eine. Ohne „2019“ wäre es eine.")
    );
}

#[test]
fn where_there_is_nothing_to_choose_from_nothing_is_let_go_of() {
    let since = Day::parse("2030-01-01");
    let mut state = start(Options { since, tags: vec!["Bauen".to_owned()], ..options() }, Surroundings::default());
    happen_to_the_end(&mut state, loaded(BUNDLE));
    let html = to_html(&view(&state));
    assert!(html.contains("Zurzeit gibt es keine Meldungen") && html.contains(r#"part="home""#), "{html}");
    assert_eq!(html.matches(r#"part="clear""#).count(), 1, "beside the chips: {html}");
}

#[test]
fn texts_stand_in_the_direction_of_their_script() {
    for (language, direction) in
        [("ckb", "rtl"), ("fa-AF", "rtl"), ("pa-Arab", "rtl"), ("pa", "ltr"), ("es-AR", "ltr"), ("en-PS", "ltr")]
    {
        let item = format!(r#"{{"id": "a", "title": "A", "language": "{language}"}}"#);
        let mut state = start(options(), Surroundings::default());
        happen_to_the_end(
            &mut state,
            loaded(&format!(r#"{{"version": "https://jsonfeed.org/version/1.1", "items": [{item}]}}"#)),
        );
        let html = to_html(&view(&state));
        assert!(html.contains(&format!(r#"lang="{language}" dir="{direction}""#)), "{html}");
    }
}

/// Where nobody says which language it is, each text finds its own direction.
#[test]
fn texts_of_no_language_stand_as_they_begin() {
    for (language, is_unknown) in [("", true), (r#""language": "de","#, false)] {
        let mut state = start(options(), Surroundings::default());
        let json = format!(
            r#"{{"version": "https://jsonfeed.org/version/1.1", {language} "items": [{{"id": "a", "title": "مرحبا!"}}]}}"#
        );
        happen_to_the_end(&mut state, loaded(&json));
        let html = to_html(&view(&state));
        assert_eq!(html.contains(r#"<ul part="list" role="list" dir="auto">"#), is_unknown, "{html}");
    }
}

/// Many servers answer so where there is no file: nothing is damaged, and the webmaster's console says what it may be.
#[test]
fn a_web_page_in_place_of_a_bundle() {
    for (answer, is_page) in
        [("<!doctype html>", true), ("\u{feff}<html>", true), (" \n<html>", true), ("{\"items\": <b>", false)]
    {
        let mut reader = Reader::new(small::SRC, 0);
        let error = reader.push(answer.as_bytes()).expect_err("is no JSON");
        assert_eq!(error.message().contains("is it a web page?"), is_page, "{answer}");
        let mut state = start(options(), Surroundings::default());
        happen_to_the_end(&mut state, Msg::Failed(Failure::Bundle(error), None));
        let html = to_html(&view(&state));
        assert_eq!(html.contains("The server sent something other than articles."), is_page, "{html}");
    }
}

#[test]
fn without_an_address_there_is_nothing_to_try_again() {
    let mut state = start(options(), Surroundings::default());
    for message in [loaded(BUNDLE), Msg::Configure(Options { src: None, ..options() })] {
        happen_to_the_end(&mut state, message);
    }
    let html = to_html(&view(&state));
    assert!(html.contains(r#"part="stale""#) && !html.contains(r#"part="retry""#), "{html}");
}

#[test]
fn a_feed_without_articles() {
    let bundle = r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","language":"de","home_page_url":"https://t.example/","items":[]}"#;
    check(options(), Surroundings::default(), vec![loaded(bundle)], expect_file!["golden/empty.html"]);
}

#[test]
fn names_are_no_codes() {
    let bylines = |names: &str| {
        let json = format!(
            r#"{{"version":"https://jsonfeed.org/version/1.1","items":[{{"id":"a","title":"A","authors":[{names}]}}]}}"#
        );
        let mut state = start(options(), Surroundings::default());
        happen_to_the_end(&mut state, loaded(&json));
        to_html(&view(&state))
    };
    for code in ["ve", "VE", "dpa", "dpa/", "AFP", "hü", "m.k."] {
        assert!(bylines(&format!(r#"{{"name":"{code}"}}"#)).contains(&format!("<span>({code})</span>")), "{code}");
    }
    for name in
        ["Anna", "Ömer", "Éva", "Åsa", "Özge", "Jörg", "Žan", "Li", "王小明", "علي", "Redaktion", "abcde", "a b"]
    {
        assert!(bylines(&format!(r#"{{"name":"{name}"}}"#)).contains(&format!("<span>{name}</span>")), "{name}");
    }
    assert!(bylines(r#"{"name":"ve"},{"name":"Li"}"#).contains("<span>ve, Li</span>"));
    assert!(bylines(r#"{"name":"ve"},{"name":"mh"},{"name":"abcd"}"#).contains("<span>(ve, mh, abcd)</span>"));
}
