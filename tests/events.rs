//! What events tell the page.

use std::rc::Rc;

use stichwort_core::bundle::Reader;
use stichwort_core::options::{Options, Paging};
use stichwort_core::state::{Effect, Event, Feed, Msg};
use stichwort_tests::native::happen;
use stichwort_tests::small::{loaded, options, start};

#[test]
fn scrolling_with_nothing_left_says_nothing() {
    let mut state = start(Options { paging: Paging::Scroll, ..options() }, None);
    happen(&mut state, loaded(true));
    let effects = happen(&mut state, Msg::Scroll);
    assert_eq!(state.shown, 20);
    assert_eq!(effects, []);
}

/// `detail` as a page reads it.
fn detail(event: &Event) -> serde_json::Value {
    serde_json::from_str(&event.detail()).unwrap_or_else(|error| panic!("{error}: {}", event.detail()))
}

#[test]
fn any_text_is_a_text_in_an_events_detail() {
    let odd: String = ('\0'..'\u{100}').chain("\u{2028}\u{202e}👷🏽\u{10ffff}</script>".chars()).collect();
    let selected = detail(&Event::Select { id: odd.clone(), url: "\\\"".to_owned(), headline: String::new() });
    assert_eq!(selected, serde_json::json!({ "id": odd, "url": "\\\"", "headline": "" }));
    let error = Event::Error { url: String::new(), kind: "status", status: Some(404), message: odd.clone() };
    assert_eq!(detail(&error), serde_json::json!({ "url": "", "kind": "status", "status": 404, "message": odd }));
}

#[test]
fn any_facet_is_in_the_selection_once() {
    let mut selection = stichwort_core::selection::Selection::default();
    for (facet, value) in [("__proto__", "a"), ("tags", "OZG"), ("__proto__", "b"), ("tags", "\"")] {
        selection.add(facet, value);
    }
    let change = Event::Change { selection, matches: 0 };
    let expected = r#"{"selection":{"tags":["OZG","\""],"__proto__":["a","b"]},"matches":0}"#;
    assert_eq!(change.detail(), expected);
    // A facet hides nothing that is not one, and is not hidden by it.
    let mut selection = stichwort_core::selection::Selection::default();
    selection.add("search", "a");
    selection.set_search("b");
    let change = Event::Change { selection, matches: 0 };
    assert_eq!(change.detail(), r#"{"selection":{"tags":[],"facet.search":["a"],"search":"b"},"matches":0}"#);
    let nothing = Event::Change { selection: Default::default(), matches: 3 };
    assert_eq!(nothing.detail(), r#"{"selection":{"tags":[]},"matches":3}"#);
}

#[test]
fn what_is_wrong_in_a_bundle_is_said_once_and_told_each_page() {
    let mut reader = Reader::new("https://portal.example/news.json", 0);
    reader.push(br#"{"items": [{"id": "a", "title": "A", "tags": "OZG"}]}"#).expect("is JSON");
    let feed = Rc::new(Feed::new(reader.finish().expect("is a feed")));
    let (mut said, mut told) = (0, Vec::new());
    for mut state in [start(options(), None), start(options(), None)] {
        for effect in happen(&mut state, Msg::Loaded { feed: feed.clone(), may_reorder: true }) {
            match effect {
                Effect::Warn(line) => said += usize::from(line.contains(" 2 problem(s), the first: ")),
                Effect::Emit(Event::Load { problems, .. }) => told.push(problems.len()),
                _ => {}
            }
        }
    }
    assert_eq!((said, told), (1, vec![2, 2]));
}
