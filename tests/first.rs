//! The program's first part alone: what it shows and reads is what all of it does.

use std::rc::Rc;

use proptest::prelude::*;
use stichwort_core::bundle::{Bundle, Reader};
use stichwort_core::feed::{Completion, Feed};
use stichwort_core::i18n::{Catalogue, Language};
use stichwort_core::later::Later;
use stichwort_core::options::{ATTRIBUTES, FIRST_ATTRIBUTES, Options};
use stichwort_core::sample;
use stichwort_core::state::{Effect, Failure, Msg, State, Surroundings, update};
use stichwort_core::view::html::to_html;
use stichwort_core::view::view;
use stichwort_tests::native::{happen_to_the_end, start};

/// The words that there are without the later part.
fn first_words(language: Language) -> Catalogue {
    Catalogue::from_lines(language, language.first_lines())
}

const URL: &str = "https://portal.example/news.json";
const NOW: i64 = 1_795_600_000_000;

/// Reads with the first part alone, as long as that can go on; says how often it could not.
fn read(bytes: &[u8], chunk: usize) -> (Bundle, usize) {
    let mut later = None;
    let mut reader = Reader::with(later, URL, NOW);
    let mut waits = 0;
    let mut go_on = |reader: &mut Reader| {
        waits += 1;
        later = Some(Later::loaded());
        reader.go_on(Later::loaded()).expect("is JSON");
        assert!(!reader.wants_later(), "it is there");
    };
    for chunk in bytes.chunks(chunk.max(1)) {
        reader.push(chunk).expect("is JSON");
        if reader.wants_later() {
            // What comes meanwhile is not lost.
            reader.push(b"").expect("waits");
            go_on(&mut reader);
        }
    }
    if reader.wants_later() {
        go_on(&mut reader);
    }
    reader.complete(later).expect("is a feed");
    let completion = Completion::of(Box::new(reader));
    let later = if completion.wants_later() { Some(Later::loaded()) } else { later };
    (completion.into_feed_with(later).bundle, waits)
}

fn whole(bytes: &[u8]) -> Bundle {
    let mut reader = Reader::new(URL, NOW);
    reader.push(bytes).expect("is JSON");
    reader.finish().expect("is a feed")
}

#[track_caller]
fn check(items: &str, waits: usize) {
    let json = format!(r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{items}]}}"#);
    let (read, waited) = read(json.as_bytes(), 7);
    assert_eq!(format!("{read:?}"), format!("{:?}", whole(json.as_bytes())));
    assert_eq!(waited, waits);
}

#[test]
fn what_the_reader_waits_for() {
    let plain = r#"{"id": "a", "title": "A", "url": "https://portal.example/a", "summary": "S"}"#;
    check(plain, 0);
    check(r#"{"id": "a", "content_text": "Only text"}"#, 1);
    let long = "word ".repeat(100);
    check(&format!(r#"{{"id": "a", "title": "A", "summary": "{}"}}"#, &long[..400]), 0);
    check(&format!(r#"{{"id": "a", "title": "A", "summary": "{}"}}"#, "ä".repeat(400)), 0);
    check(&format!(r#"{{"id": "a", "title": "A", "content_text": "{}"}}"#, &long[..401]), 1);
    check(r#"{"id": "a", "title": "A", "summary": "S", "content_html": "<p>Not looked at</p>"}"#, 0);
    check(r#"{"id": "a", "content_html": "<p>Fish &amp; chips</p>"}"#, 1);
    check(r#"{"id": "a", "title": "A", "url": "/a"}"#, 1);
    check(r#"{"id": "a", "title": "A", "url": "javascript:alert(1)"}"#, 1);
    check(r#"{"id": "a", "title": "A", "_stichwort": {"image": {"url": "a.png"}}}"#, 1);
    check(r#"{"id": "a", "title": "A", "image": "https://portal.example/a.png"}"#, 1);
    // Once it is there, nothing waits any more.
    check(&format!(r#"{plain}, {{"id": "b", "content_html": "B"}}, {{"id": "c", "url": "c", "title": "C"}}"#), 1);
    // A problem is no reason to wait before the end.
    check(r#"{"id": "a", "title": "A", "tags": [1, "OZG"], "date_published": "soon"}, {"id": "a", "title": "B"}"#, 0);
    let facets = r#""_stichwort": {"facets": [{"id": "place", "label": {"de": "Ort"}, "values": [{"id": "[n"}]}]}"#;
    let placed =
        r#"{"id": "b", "title": "B", "tags": ["x"], "_stichwort": {"facets": {"place": ["[n"], "tags": ["y"]}}}"#;
    for json in [
        format!(r#"{{{facets}, "items": [{plain}]}}"#),
        format!(r#"{{"items": [{plain}], {facets}}}"#),
        format!(r#"{{"items": [{plain}, {placed}]}}"#),
        // The last of equal keys wins.
        format!(r#"{{"items": [{plain}, 1], "items": [{{"id": "c", "title": "C"}}, 2]}}"#),
    ] {
        for chunk in 1..json.len() {
            let (read, waited) = read(json.as_bytes(), chunk);
            assert_eq!(format!("{read:?}"), format!("{:?}", whole(json.as_bytes())));
            assert_eq!(waited, 1);
        }
    }
    let home = br#"{"items": [{"id": "a", "title": "A"}], "home_page_url": "/news"}"#;
    let (read, waits) = read(home, 100);
    assert_eq!((read.home_page_url.as_deref(), waits), (Some("https://portal.example/news"), 1));
}

#[test]
fn items_that_are_none_after_all_are_told_with_their_place() {
    let json = br#"{"items": [{"id": "a", "title": "A"}], "items": {"id": "a"}}"#;
    let error = |later: Option<Later>| {
        let mut reader = Reader::with(later, URL, NOW);
        reader.push(json).expect("is JSON");
        if reader.wants_later() {
            reader.go_on(Later::loaded()).expect("is JSON");
        }
        Completion::new(reader).expect_err("has no items").to_string()
    };
    assert_eq!(error(None), error(Some(Later::loaded())));
    assert!(error(None).ends_with("1:49"), "{}", error(None));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn in_any_chunks_the_same_is_read(kinds in proptest::collection::vec(0..7_usize, 0..12), chunk in 1..200_usize) {
        let items: Vec<String> = kinds.iter().enumerate().map(|(number, kind)| {
            let rest = [
                r#""title": "Plain", "url": "https://portal.example/a""#,
                r#""content_html": "<ul><li>{</li></ul>""#,
                r#""title": "Relative {", "url": "../b""#,
                r#""title": "Odd", "tags": [{}, "}"]"#,
                r#""title": "Text", "content_text": "{}}""#,
                r#""content_text": "Both", "content_html": "<b>Both</b>""#,
                r#""title": "Picture", "image": "a.png", "_stichwort": {"facets": {"place": ["[", "here"]}}"#,
            ][*kind];
            format!(r#"{{"id": "{number}", {rest}}}"#)
        }).collect();
        let json = format!(r#"{{"title": "T", "items": [{}]}}"#, items.join(","));
        prop_assert_eq!(format!("{:?}", read(json.as_bytes(), chunk).0), format!("{:?}", whole(json.as_bytes())));
    }
}

fn options(attributes: &[(&str, &str)]) -> Options {
    let mut options = Options::default();
    for (name, value) in attributes {
        assert!(FIRST_ATTRIBUTES.contains(name), "{name}");
        assert!(options.set_first(name, value), "{name}: {value}");
    }
    options
}

/// The same widget twice: with all of the program, and with its first part alone.
fn both(options: &Options) -> [State; 2] {
    let first =
        State::begin(options.clone(), Surroundings::default(), Rc::new(first_words(Language::default())), None, false);
    [start(options.clone(), Surroundings::default()), first.0]
}

#[track_caller]
fn check_same([all, first]: &mut [State; 2]) {
    assert_eq!(shown(first), to_html(&view(all)));
}

/// What a widget shows; as long as it has no later part, none of the words of that.
#[track_caller]
fn shown(widget: &mut State) -> String {
    let html = to_html(&view(widget));
    let words = widget.catalogue.clone();
    complete_words(widget);
    assert_eq!(html, to_html(&view(widget)));
    widget.catalogue = words;
    html
}

/// The words that come with the later part.
fn complete_words(widget: &mut State) {
    let further = widget.catalogue.language().later_lines();
    widget.catalogue = Rc::new(widget.catalogue.with_later(further));
}

fn feed(articles: usize) -> Rc<Feed> {
    let mut json = String::new();
    sample::bundle(articles, &mut |text| json.push_str(text));
    Rc::new(Feed::new(whole(json.as_bytes())))
}

#[test]
fn a_list_and_its_tags_need_the_first_part_alone() {
    let attributes = [("src", URL), ("heading", "News"), ("page-size", "5"), ("lang", "en")];
    let mut widgets = both(&options(&attributes));
    check_same(&mut widgets);
    let feed = feed(200);
    let tags: Vec<String> =
        feed.index.frequent()[..2].iter().map(|tag| feed.bundle.store.value_name(*tag).to_owned()).collect();
    for widget in &mut widgets {
        happen_to_the_end(widget, Msg::Loaded { feed: feed.clone(), may_reorder: false });
    }
    check_same(&mut widgets);
    for tag in tags.iter().chain(&tags[..1]) {
        for widget in &mut widgets {
            happen_to_the_end(widget, Msg::ToggleTag(tag.clone()));
        }
        check_same(&mut widgets);
    }
    // All of it comes, and goes on where the first part was.
    complete_words(&mut widgets[1]);
    happen_to_the_end(&mut widgets[1], Msg::Later(Later::loaded()));
    check_same(&mut widgets);
    for widget in &mut widgets {
        happen_to_the_end(widget, Msg::Search("a".to_owned()));
        happen_to_the_end(widget, Msg::More);
    }
    check_same(&mut widgets);
    for widget in &mut widgets {
        happen_to_the_end(widget, Msg::Clear);
    }
    check_same(&mut widgets);
}

/// [`shown`] looks at the words.
#[test]
fn what_is_rare_is_said_in_words_of_the_first_part_too() {
    let surroundings = Surroundings { can_copy: true, ..Surroundings::default() };
    let words = Rc::new(first_words(Language::En));
    let begin = |json: &str| {
        let (mut widget, _) = State::begin(options(&[("src", URL)]), surroundings.clone(), words.clone(), None, false);
        let feed = Rc::new(Feed::new(whole(json.as_bytes())));
        happen_to_the_end(&mut widget, Msg::Loaded { feed, may_reorder: false });
        widget
    };
    let mut empty = begin(r#"{"home_page_url": "https://portal.example/", "items": []}"#);
    assert!(shown(&mut empty).contains(r#"part="empty""#));
    let item = |id: u32, tag: &str| {
        format!(
            r#"{{"id": "{id}", "url": "https://portal.example/{id}", "title": "x", "tags": ["{tag}"], "authors": [{{"name": "kb"}}]}}"#
        )
    };
    let mut widget = begin(&format!(r#"{{"title": "News", "items": [{}, {}]}}"#, item(1, "one"), item(2, "two")));
    happen_to_the_end(&mut widget, Msg::ToggleTag("one".to_owned()));
    assert!(shown(&mut widget).contains(r#"part="copy-link""#));
    happen_to_the_end(&mut widget, Msg::ToggleTag("two".to_owned()));
    assert!(shown(&mut widget).contains(r#"part="empty""#), "none has both");
    happen_to_the_end(&mut widget, Msg::Lost { status: None, home: None });
    shown(&mut widget);
}

#[test]
fn without_the_rest_what_belongs_to_it_does_nothing() {
    let [_, mut first] = both(&options(&[("src", URL), ("lang", "en")]));
    happen_to_the_end(&mut first, Msg::Loaded { feed: feed(50), may_reorder: false });
    let before = shown(&mut first);
    assert_eq!(happen_to_the_end(&mut first, Msg::More), []);
    assert_eq!(shown(&mut first), before);
}

/// What has already shown stays, and what is wrong is said beside it until the rest has come.
#[test]
fn a_rest_that_cannot_be_had_is_told_until_it_comes() {
    let [_, mut first] = both(&options(&[("src", URL), ("lang", "en")]));
    happen_to_the_end(&mut first, Msg::Loaded { feed: feed(50), may_reorder: false });
    let before = shown(&mut first);
    update(&mut first, Msg::CutOff { is_asked: false });
    assert!(shown(&mut first) == before, "nobody has wanted anything");
    update(&mut first, Msg::CutOff { is_asked: true });
    assert!(first.is_cut_off);
    assert_ne!(shown(&mut first), before);
    update(&mut first, Msg::Later(Later::loaded()));
    assert!(!first.is_cut_off);
}

#[test]
fn without_a_rest_that_it_needs_it_asks_for_nothing_else() {
    let words = Rc::new(first_words(Language::De));
    let (mut state, effects) = State::begin(options(&[("src", URL)]), Surroundings::default(), words, None, true);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Load { .. })), "{effects:?}");
    update(&mut state, Msg::CutOff { is_asked: true });
    assert!(shown(&mut state).contains(r#"part="error""#));
    assert_eq!(update(&mut state, Msg::CutOff { is_asked: true }), [], "it is told once");
    assert!(update(&mut state, Msg::Retry).contains(&Effect::Complete));
    assert!(state.is_retry);
}

#[test]
fn the_first_attributes_need_no_rest_unless_they_are_junk() {
    assert_eq!(ATTRIBUTES[..FIRST_ATTRIBUTES.len()], FIRST_ATTRIBUTES, "the loader counts on that");
    let (mut first, mut whole) = (Options::default(), Options::default());
    for (name, text) in
        FIRST_ATTRIBUTES.into_iter().zip([URL, " https://portal.example/ ", "pl-PL", "  ", " 7"]).chain([("lang", "")])
    {
        assert!(first.set_first(name, text), "{name}");
        assert_eq!(whole.set(name, Some(text)), Ok(()));
        assert_eq!(first, whole);
    }
    for (name, text) in [("lang", "tlh"), ("page-size", "many"), ("page-size", "0")] {
        assert!(!first.set_first(name, text), "{name}");
        assert!(whole.set(name, Some(text)).is_err());
        assert_eq!(first, whole, "junk is the default");
    }
}

/// Why there is no list is told in words, and these come with the rest of the program.
#[test]
fn what_failed_shows_without_words_for_it_too() {
    let words = Rc::new(first_words(Language::En));
    let (mut state, _) = State::begin(options(&[("src", URL)]), Surroundings::default(), words.clone(), None, false);
    let effects = update(&mut state, Msg::Lost { status: Some(404), home: Some("https://portal.example/".to_owned()) });
    let html = shown(&mut state);
    assert!(html.contains(r#"part="retry""#) && html.contains(r#"part="home""#), "{html}");
    let kind = r#""kind":"status","status":404"#;
    let told = |effect: &Effect| matches!(effect, Effect::Emit(event) if event.detail().contains(kind));
    assert!(effects.iter().any(told), "{effects:?}");

    // An element without an address asks for these words.
    let begin = || State::begin(options(&[]), Surroundings::default(), words.clone(), None, false);
    let says = |effects: &[Effect], said: &str| {
        effects.iter().any(|effect| matches!(effect, Effect::Warn(line) if line.contains(said)))
    };
    let (mut state, effects) = begin();
    assert_eq!(effects, [Effect::Complete]);
    assert!(!says(&update(&mut state, Msg::Later(Later::loaded())), "src"), "the page may have set it meanwhile");
    assert!(says(&update(&mut state, Msg::Configure(Options::default())), "attribute src"));
    let (mut state, _) = begin();
    for _ in 0..2 {
        assert!(says(&update(&mut state, Msg::CutOff { is_asked: false }), "rest of the program"));
        assert!(update(&mut state, Msg::Retry).contains(&Effect::Complete));
    }
}

/// Teasers that have been painted out of order are held where they are by the rest of the program: the end of the bundle
/// waits for that.
#[test]
fn teasers_out_of_order_wait_for_the_rest() {
    let json = |order: &[usize]| -> Vec<u8> {
        let item = |day: &usize| {
            format!(r#"{{"id": "{day}", "title": "{day}", "date_published": "2026-01-{day:02}T10:00:00Z"}}"#)
        };
        let items: Vec<String> = order.iter().map(item).collect();
        format!(r#"{{"_stichwort": {{"order": "newest"}}, "items": [{}]}}"#, items.join(",")).into_bytes()
    };
    for (order, waits, comes) in [([9, 8, 7, 6], false, true), ([8, 7, 9, 6], true, true), ([8, 7, 9, 6], true, false)]
    {
        let words = Rc::new(first_words(Language::En));
        let (mut first, _) = State::begin(options(&[("src", URL)]), Surroundings::default(), words, None, false);
        let bytes = json(&order);
        let mut reader = Reader::with(None, URL, NOW);
        let begin = bytes.len() - 90;
        reader.push(&bytes[..begin]).expect("is JSON");
        let preview = Feed::arriving(reader.preview(2).expect("there are two"));
        update(&mut first, Msg::Arriving(Rc::new(preview)));
        let feed = Rc::new(Feed::new(whole(&bytes)));
        let effects = update(&mut first, Msg::Loaded { feed, may_reorder: false });
        assert_eq!(effects == [Effect::Complete], waits, "{effects:?}");
        assert_eq!(first.is_partial(), waits);
        if !comes {
            // What is read stays, as after any other interruption.
            update(&mut first, Msg::CutOff { is_asked: false });
            shown(&mut first);
            assert!(first.is_partial());
            let html = shown(&mut first);
            assert!(html.contains(r#"part="stale""#) && html.contains(r#"part="retry""#), "{html}");
            continue;
        }
        update(&mut first, Msg::Later(Later::loaded()));
        assert!(!first.is_partial());
        assert_eq!(first.updates(), usize::from(waits), "newer ones are offered");
        let ids: Vec<&str> = first.visible().map(|article| article.id()).collect();
        assert_eq!(ids, if waits { vec!["8", "7", "6"] } else { vec!["9", "8", "7", "6"] });
    }
}

/// What www/later.js gives back has no names on its way: they stand in one order at both its ends, and where page.js
/// declares them.
#[test]
fn the_page_takes_what_comes_later_in_its_order() {
    let page = include_str!("../www/page.js");
    let later = include_str!("../www/later.js");
    let declared = names(page, "\nlet further, ", ";");
    assert!(declared.len() > 5, "{declared:?}");
    assert_eq!(names(page, "  [\n    further, ", "] = make("), declared);
    assert_eq!(names(later, "return [\n    STYLE, ", "];"), declared);
    // What goes in, too.
    let given = names(page, " = make(", ");").into_iter().map(|name| match name {
        "() => running" => "current",
        "() => wasm" => "program",
        name => name,
    });
    assert_eq!(given.collect::<Vec<_>>(), names(later, "export default (", ") =>"));
}

/// Numbers that the program's two languages both know.
#[test]
fn the_page_and_the_program_have_the_same_numbers() {
    let page = include_str!("../www/page.js");
    let number = |text: &str, name: &str, end: &str| -> u32 {
        let (_, rest) = text.split_once(name).unwrap_or_else(|| panic!("no {name}"));
        let (number, _) = rest.split_once(end).expect("it ends");
        number.parse().unwrap_or_else(|error| panic!("{name}{number}: {error}"))
    };
    let fetch = include_str!("../src/widget/fetch.rs");
    for name in ["GO_ON", "WANTS_LATER", "HAS_FIRST", "FAILED"] {
        assert_eq!(
            number(fetch, &format!("const {name}: u8 = "), ";"),
            number(page, &format!("const {name} = "), ";"),
            "{name}"
        );
    }
    let silence = format!("for {} seconds", number(page, "const SILENCE = ", ";") / 1000);
    assert!(Failure::Timeout.message().contains(&silence), "{silence}");
    let mut options = Options::default();
    let most = options.set("page-size", Some("1001")).expect_err("is too large");
    assert!(most.contains("from 1 to 1000"), "{most}");
    options.set("page-size", Some("1000")).expect("is the largest");
}

/// The list between two marks of a script.
fn names<'a>(script: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let list = script.split_once(before).and_then(|(_, rest)| rest.split_once(after));
    let (list, _) = list.unwrap_or_else(|| panic!("no list behind {before:?}"));
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}
