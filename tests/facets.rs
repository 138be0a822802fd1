//! Facets: which show, what they and their values are called, and how many there may be.

use stichwort_core::date::Day;
use stichwort_core::i18n::Language;
use stichwort_core::link::Fields;
use stichwort_core::options::Options;
use stichwort_core::state::{Effect, Msg, State};
use stichwort_core::view::html::to_html;
use stichwort_core::view::view;
use stichwort_tests::native::happen_once as happen;
use stichwort_tests::small::{articles, feed, ids, loaded, options, start};

#[test]
fn periods_are_counted_when_they_are_asked_for() {
    let mut state = start(options(), None);
    happen(&mut state, loaded(true));
    happen(&mut state, Msg::Configure(Options { date_filter: true, ..options() }));
    assert!(!state.periods.is_empty());
}

#[test]
fn values_listed_twice_show_once() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"topic","label":{"de":""},"values":[{"id":"x","label":{"de":""}},{"id":"x"}]}]},
        "items":[{"id":"z","title":"Z","_stichwort":{"facets":{"topic":["x"]}}}]}"#;
    let mut state = start(Options { facets: vec!["topic".to_owned()], ..options() }, None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    let html = to_html(&view(&state));
    assert_eq!(html.matches(r#"data-tag="x""#).count(), 1, "{html}");
}

/// Tags that the bundle describes are called so wherever they stand, and hidden ones stand nowhere.
#[test]
fn labels_of_tags() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"tags","values":[{"id":"a","label":{"en":"Alpha"}},{"id":"b","hidden":true}]}]},
        "items":[{"id":"z","title":"Z","tags":["a","b","c"]}]}"#;
    let mut state = start(options(), None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    let html = to_html(&view(&state));
    assert_eq!(html.matches("<bdi>Alpha</bdi>").count(), 2, "{html}");
    assert_eq!((html.matches(r#"data-tag="b""#).count(), html.matches("<bdi>c</bdi>").count()), (0, 2), "{html}");
}

/// Tags are searched by what they are called, and by what they are.
#[test]
fn labels_of_tags_are_searched() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"tags","values":[{"id":"unknown","label":{"en":"Alpha"}},{"id":"a7","label":{"en":"Alpha beta","de":"Anfang"}}]}]},
        "items":[{"id":"y","title":"Y","tags":["other"]},{"id":"z","title":"Z","tags":["other","a7"]}]}"#;
    let mut state = start(options(), None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    for search in ["alpha", "\"alpha beta\"", "anfang", "a7"] {
        happen(&mut state, Msg::Search(search.to_owned()));
        assert_eq!(ids(&state), ["z"], "{search}");
    }
    happen(&mut state, Msg::Search("\"beta anfang\"".to_owned()));
    assert!(ids(&state).is_empty());
}

/// Sources, authors and years widen the result, whatever a bundle says of them.
#[test]
fn authors_match_any() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[{"id":"author","match":"all"}]},
        "items":[{"id":"y","title":"Y","authors":[{"name":"ve"}]},{"id":"z","title":"Z","authors":[{"name":"mh"}]}]}"#;
    let mut state = start(Options { facets: vec!["author".to_owned()], ..options() }, None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    for author in ["ve", "mh"] {
        happen(&mut state, Msg::ToggleValue("author".to_owned(), author.to_owned()));
    }
    assert_eq!(ids(&state), ["y", "z"]);
}

/// What nobody sees is found by nobody. Of values listed twice the first counts.
#[test]
fn hidden_tags_are_not_searched() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[{"id":"tags","values":[
        {"id":"intern","label":{"en":"Drawer"},"hidden":true},{"id":"intern","label":{"en":"Drawer"}}]}]},
        "items":[{"id":"y","title":"Y","tags":["intern"]},{"id":"z","title":"Z drawer, intern"}]}"#;
    let mut state = start(options(), None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    for search in ["intern", "drawer"] {
        happen(&mut state, Msg::Search(search.to_owned()));
        assert_eq!(ids(&state), ["z"], "{search}");
        // A list of nothing is none.
        assert!(!to_html(&view(&state)).contains(r#"class="tags""#));
    }
}

/// What each article must carry is no choice, but the teasers say it.
#[test]
fn locked_tags_are_not_offered() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"tags","values":[{"id":"a","label":{"en":"Alpha"}}]}]},
        "items":[{"id":"z","title":"Z","tags":["a","b","c"]},{"id":"y","title":"Y","tags":["a","b"]},{"id":"x","title":"X"}]}"#;
    let offered = |locked: &[&str]| {
        let locked = locked.iter().map(|&tag| tag.to_owned()).collect();
        let mut state = start(Options { locked, ..options() }, None);
        happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
        let html = to_html(&view(&state));
        assert_eq!(html.matches(r#"<button part="teaser-tag" type="button" data-tag="a""#).count(), 2, "{html}");
        let tags = html.split(r#"<button part="tag" type="button" data-tag=""#).skip(1);
        tags.map(|tag| tag.split('"').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(offered(&[]), ["a", "b", "c"]);
    assert_eq!(offered(&["a"]), ["b", "c"]);
    assert_eq!(offered(&["b", "a", "a"]), ["c"]);
}

/// A period that nothing can be in is told from one that nothing is in.
#[test]
fn a_period_that_ends_before_it_begins() {
    let mut state = start(options(), None);
    let json = articles(&[("a", "2026-01-02", ""), ("b", "2025-01-02", "")]);
    happen(&mut state, Msg::Loaded { feed: feed(&json), may_reorder: true });
    let mut is_told = |from: &str, to: &str| {
        happen(&mut state, Msg::From(Day::parse(from)));
        happen(&mut state, Msg::To(Day::parse(to)));
        assert!(ids(&state).is_empty());
        to_html(&view(&state)).contains("Der Zeitraum endet, bevor er beginnt.")
    };
    assert!(is_told("2026-01-02", "2025-01-02"));
    assert!(!is_told("2025-06-01", "2025-06-01"));
    assert!(!is_told("2026-06-01", ""));
}

/// WCAG 2.2, 3.1.2: a label that there is not in the interface's language says which it is in.
#[test]
fn labels_in_another_language_say_so() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","language":"de","_stichwort":{"facets":[
        {"id":"place","label":{"en":"Place"},"values":[
            {"id":"n","label":{"fr":"Nord"}},{"id":"s","label":{"de-AT":"Süd","fr":"Sud"}},{"id":"o","label":{}}]}]},
        "items":[{"id":"z","title":"Z","_stichwort":{"facets":{"place":["n","s","o"]}}}]}"#;
    let mut state = start(Options { facets: vec!["place".to_owned()], lang: Some(Language::De), ..options() }, None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    happen(&mut state, Msg::ToggleValue("place".to_owned(), "n".to_owned()));
    let html = to_html(&view(&state));
    let expected =
        [(r#"lang="en">Place</p>"#, 1), (r#"<bdi lang="fr">Nord</bdi>"#, 2), (">Süd</bdi>", 1), ("<bdi>o</bdi>", 1)];
    for (part, times) in expected {
        assert_eq!(html.matches(part).count(), times, "{part} in {html}");
    }
}

fn warnings(effects: &[Effect]) -> Vec<&str> {
    effects.iter().filter_map(|effect| if let Effect::Warn(line) = effect { Some(&**line) } else { None }).collect()
}

#[test]
fn facets_that_nobody_knows_are_told_and_tags_instead_of_none() {
    let shown = |state: &State| -> Vec<String> { state.facets().iter().map(|facet| facet.id.to_owned()).collect() };
    let asked = |facets: &[&str]| facets.iter().map(|&facet| facet.to_owned()).collect();
    let mut state = start(Options { facets: asked(&["Tags", "author"]), ..options() }, None);
    assert_eq!(warnings(&happen(&mut state, loaded(true))).len(), 1);
    assert_eq!(shown(&state), ["author"]);
    let effects = happen(&mut state, Msg::Configure(Options { facets: asked(&["authors", "x"]), ..options() }));
    assert!(matches!(warnings(&effects)[..], [line] if line.ends_with("found authors, x")), "{effects:?}");
    assert_eq!(shown(&state), ["tags"]);
    let effects = happen(&mut state, Msg::Configure(Options { facets: asked(&["tags", "year"]), ..options() }));
    assert!(warnings(&effects).is_empty(), "{effects:?}");
}

#[test]
fn what_narrows_one_facet_narrows_no_other() {
    let facets = |facets: [&str; 2]| Options { facets: facets.map(str::to_owned).to_vec(), ..options() };
    let mut state = start(facets(["tags", "author"]), None);
    happen(&mut state, loaded(true));
    happen(&mut state, Msg::Narrow(0, "x".to_owned()));
    happen(&mut state, Msg::Configure(facets(["author", "tags"])));
    assert!(state.facet_views.iter().all(|view| view.narrow.is_empty()), "{:?}", state.facet_views);
}

/// Each hint costs a look at all articles: a made-up address does not get three hundred.
#[test]
fn an_address_with_many_facets() {
    let mut link = Fields::new();
    for n in 0..300 {
        link.push((format!("facet.f{n}"), vec!["x".to_owned()]));
    }
    let mut state = start(options(), Some(link));
    happen(&mut state, loaded(true));
    let html = to_html(&view(&state));
    assert_eq!(html.matches("kommt hier nicht vor").count(), 10, "{html}");
}

#[test]
fn a_facet_that_is_asked_for_twice_shows_once() {
    let mut options = Options::default();
    options.set("facets", Some("tags, topic, tags")).expect("is a list");
    assert_eq!(options.facets, ["tags", "topic"]);
}

#[test]
fn five_thousand_labelled_values() {
    let values: Vec<String> =
        (0..5000).map(|n| format!(r#"{{"id":"value {n}","label":{{"de":"Wert {n}"}}}}"#)).collect();
    let list: Vec<String> = (0..5000)
        .map(|n| format!(r#"{{"id":"{n}","title":"T","_stichwort":{{"facets":{{"topic":["value {n}"]}}}}}}"#))
        .collect();
    let json = format!(
        r#"{{"version":"https://jsonfeed.org/version/1.1","_stichwort":{{"facets":[{{"id":"topic","values":[{}]}}]}},"items":[{}]}}"#,
        values.join(","),
        list.join(",")
    );
    let mut state = start(Options { facets: vec!["topic".to_owned()], ..options() }, None);
    happen(&mut state, Msg::Loaded { feed: feed(&json), may_reorder: true });
    happen(&mut state, Msg::ToggleAll(0));
    let html = to_html(&view(&state));
    assert_eq!(html.matches(r#"part="tag""#).count(), 5000);
    let place = |name: &str| html.find(&format!(">{name}<")).unwrap_or_else(|| panic!("no {name}"));
    assert!(place("Wert 9") < place("Wert 10") && place("Wert 10") < place("Wert 4999"), "in the bundle's order");
}
