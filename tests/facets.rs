//! Facets: which show, what they and their values are called, and how many there may be.

use stichwort_core::date::{Date, Day};
use stichwort_core::i18n::Language;
use stichwort_core::link::Fields;
use stichwort_core::options::Options;
use stichwort_core::selection::{Dates, Match};
use stichwort_core::state::{Effect, Failure, Msg, State};
use stichwort_tests::native::happen;
use stichwort_tests::small::{
    self, arriving, articles, between, feed, feed_of, fields, html, ids, loaded, options, search, showing, shown,
    start, texts, toggle,
};

/// What is said of a choice that the bundle knows nothing of.
const UNKNOWN: &str = "kommt hier nicht vor";

#[test]
fn periods_are_counted_when_they_are_asked_for() {
    let mut state = start(options(), None);
    happen(&mut state, loaded(true));
    happen(&mut state, Msg::Configure(Options { date_filter: true, ..options() }));
    assert!(!state.periods.is_empty());
}

/// Among what is searched for, too: what would leave nothing is set apart.
#[test]
fn a_period_has_the_number_of_what_it_would_leave() {
    let list = articles(&[("a", "2026-01-05", "A"), ("b", "2025-01-05", "B")]);
    let mut state = showing(Options { date_filter: true, ..options() }, &list);
    happen(&mut state, search("\"Titel a\""));
    let page = html(&state);
    for (year, expected) in [(2026, 1), (2025, 0)] {
        let (_, count) = state.periods.iter().find(|(dates, _)| *dates == Dates::Year(year)).expect("it is offered");
        assert_eq!(*count, expected, "{year}");
        let button = between(&page, &format!(r#"data-preset="{year}""#), ">").expect("it shows");
        assert_eq!(button.contains("data-zero"), expected == 0, "{button}");
    }
}

/// The day after today is already today elsewhere.
#[test]
fn days_of_periods() {
    let day = |text: &str| Day::parse(text).expect("a day");
    let last7 = Dates::Last(7);
    let between = Dates::between(Some(day("2026-11-02")), Some(day("2026-11-19")));
    for (period, text, expected) in [
        (last7, "2026-11-18", false),
        (last7, "2026-11-19", true),
        (last7, "2026-11-25", true),
        (last7, "2026-11-26", true),
        (last7, "2026-11-27", false),
        (between, "2026-11-01", false),
        (between, "2026-11-02", true),
        (between, "2026-11-19", true),
        (between, "2026-11-20", false),
        // By the publisher's own clock.
        (Dates::Year(2026), "2026-01-01T00:30:00+01:00", true),
        (Dates::Year(2025), "2026-01-01T00:30:00+01:00", false),
        (Dates::ThisYear, "2026-12-31T23:59:59.999-05:00", true),
        (Dates::ThisYear, "2027-01-01T00:00:00-05:00", false),
    ] {
        let local = Date::parse(text).expect("a date").local();
        assert_eq!(period.span(Some(day("2026-11-25"))).contains(&local), expected, "{period:?} {text}");
    }
    assert!(last7.span(None).contains(&0), "nobody knows what day it is");
}

#[test]
fn a_period_is_offered_where_there_are_no_tags() {
    let item = texts(&[r#"{"id":"a","title":"T"}"#]);
    assert!(
        html(&showing(Options { date_filter: true, ..options() }, &feed_of(&item))).contains(r#"part="date-from""#)
    );
}

/// The bundle knows it all the same.
#[test]
fn a_facet_that_no_article_has_shows_nothing_in_its_place() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"topic","label":{"de":"Thema"},"values":[{"id":"x"}]}]},
        "items":[{"id":"z","title":"Z","tags":["A"]}]}"#;
    let mut state = start(Options { facets: vec!["topic".to_owned()], ..options() }, None);
    let effects = happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Warn(_))), "{effects:?}");
    assert!(!html(&state).contains(r#"part="facet""#));
}

#[test]
fn values_listed_twice_show_once() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"topic","label":{"de":""},"values":[{"id":"x","label":{"de":""}},{"id":"x"}]}]},
        "items":[{"id":"z","title":"Z","_stichwort":{"facets":{"topic":["x"]}}}]}"#;
    let mut state = start(Options { facets: vec!["topic".to_owned()], ..options() }, None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    let html = html(&state);
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
    let html = html(&state);
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

#[test]
fn a_described_tag_that_no_article_here_has_is_unknown() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","language":"de","_stichwort":{"facets":[
        {"id":"tags","values":[{"id":"b","label":{"de":"Beta"}}]}]},
        "items":[{"id":"z","title":"Z","tags":["a"]},{"id":"y","title":"Y","tags":["b"]}]}"#;
    let mut state = showing(Options { locked: texts(&["a"]), ..options() }, json);
    assert!(!html(&state).contains("Beta"));
    happen(&mut state, toggle("b"));
    assert!(html(&state).contains(UNKNOWN));
}

#[test]
fn a_facet_widens_unless_it_says_otherwise() {
    let json = r#"{"language":"de","_stichwort":{"facets":[{"id":"described"}]},"items":[
        {"id":"y","title":"Y","_stichwort":{"facets":{"described":["n"],"other":["n"]}}},
        {"id":"z","title":"Z","_stichwort":{"facets":{"described":["s"],"other":["s"]}}}]}"#;
    for facet in ["described", "other"] {
        let mut state = showing(Options { facets: texts(&[facet, "author"]), ..options() }, json);
        assert!(!html(&state).contains(r#"data-facet="author""#), "nobody has written them");
        for value in ["n", "s"] {
            happen(&mut state, Msg::ToggleValue(facet.to_owned(), value.to_owned()));
        }
        assert_eq!(ids(&state), ["y", "z"], "{facet}");
    }
}

#[test]
fn an_attribute_says_how_tags_combine_else_the_bundle() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[{"id":"tags","match":"any"}]},
        "items":[{"id":"z","title":"Z","tags":["a"]},{"id":"y","title":"Y","tags":["b"]}]}"#;
    for (combine, left) in [(None, 2), (Some(Match::All), 0)] {
        let state = showing(Options { combine, tags: texts(&["a", "b"]), ..options() }, json);
        assert_eq!(ids(&state).len(), left, "{combine:?}");
    }
    let tags = || Options { tags: texts(&["A", "B"]), ..options() };
    let mut state = shown(tags());
    assert!(ids(&state).is_empty());
    happen(&mut state, Msg::Configure(Options { combine: Some(Match::Any), ..tags() }));
    assert_eq!(ids(&state).len(), 5);
}

#[test]
fn tags_that_an_attribute_sets_take_the_place_of_tags_only() {
    let mut state = shown(options());
    for msg in [
        Msg::ToggleValue("author".to_owned(), "ve".to_owned()),
        toggle("A"),
        Msg::Configure(Options { tags: texts(&["B"]), ..options() }),
    ] {
        happen(&mut state, msg);
    }
    let chosen: Vec<&str> = state.selection.choices().iter().map(|choice| &*choice.value).collect();
    assert_eq!(chosen, ["ve", "B"]);
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

/// By the names that articles state.
#[test]
fn sources_are_a_facet() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Amtsblatt",
        "items":[{"id":"y","title":"Y","_stichwort":{"source":{"name":"Kurier"}}},{"id":"z","title":"Z"},
            {"id":"x","title":"X","_stichwort":{"source":{"name":"Kurier"}}}]}"#;
    let mut state = start(Options { facets: vec!["source".to_owned()], ..options() }, None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    let page = html(&state);
    let facet = between(&page, r#"data-facet="source""#, "</ul>").expect("it shows");
    assert!(facet.contains(">Source<"), "{facet}");
    let value = between(facet, r#"data-tag="Kurier""#, "</button>").expect("it is offered");
    assert_eq!(between(value, r#"part="tag-count">"#, "<"), Some("2"), "{value}");
    assert_eq!(facet.matches("data-tag").count(), 1, "{facet}");
    happen(&mut state, Msg::ToggleValue("source".to_owned(), "Kurier".to_owned()));
    assert_eq!(ids(&state), ["y", "x"]);
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
        assert!(!html(&state).contains(r#"class="tags""#));
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
        let html = html(&state);
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
        html(&state).contains("Der Zeitraum endet, bevor er beginnt.")
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
    let html = html(&state);
    let expected =
        [(r#"lang="en">Place</p>"#, 1), (r#"<bdi lang="fr">Nord</bdi>"#, 2), (">Süd</bdi>", 1), ("<bdi>o</bdi>", 1)];
    for (part, times) in expected {
        assert_eq!(html.matches(part).count(), times, "{part} in {html}");
    }
}

#[test]
fn of_several_labels_the_nearest_is_taken() {
    let json = r#"{"language":"de","_stichwort":{"facets":[{"id":"tags","values":[
        {"id":"a","label":{"en":"Alpha","de-AT":"Anfang"}},{"id":"b","label":{"de":"","en":"Beta"}},
        {"id":"c","label":{"de-CH":"Strasse","de":"Straße"}}]}]},
        "items":[{"id":"z","title":"Z","tags":["a","b","c"]}]}"#;
    let page = html(&showing(options(), json));
    for (label, expected) in
        [(">Anfang<", true), (">Beta<", true), ("Alpha", false), (">Straße<", true), ("Strasse", false)]
    {
        assert_eq!(page.contains(label), expected, "{label} in {page}");
    }
}

fn warnings(effects: &[Effect]) -> Vec<&str> {
    effects.iter().filter_map(|effect| if let Effect::Warn(line) = effect { Some(&**line) } else { None }).collect()
}

#[test]
fn facets_that_nobody_knows_are_told_and_tags_instead_of_none() {
    let facets = |state: &State| -> Vec<String> { state.facets().iter().map(|facet| facet.id.to_owned()).collect() };
    let asked = |facets: &[&str]| facets.iter().map(|&facet| facet.to_owned()).collect();
    let mut state = start(Options { facets: asked(&["Tags", "author"]), ..options() }, None);
    assert_eq!(warnings(&happen(&mut state, loaded(true))).len(), 1);
    assert_eq!(facets(&state), ["author"]);
    let effects = happen(&mut state, Msg::Configure(Options { facets: asked(&["authors", "x"]), ..options() }));
    assert!(matches!(warnings(&effects)[..], [line] if line.ends_with("found authors, x")), "{effects:?}");
    assert_eq!(facets(&state), ["tags"]);
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

/// Nor one of another bundle, which may have other facets in its place.
#[test]
fn what_narrows_one_bundle_narrows_no_other() {
    let mut state = shown(options());
    happen(&mut state, Msg::Narrow(0, "x".to_owned()));
    let src = Some("https://other.example/news.json".to_owned());
    happen(&mut state, Msg::Configure(Options { src, ..options() }));
    assert_eq!(state.facet_views[0].narrow, "x", "the old one shows meanwhile");
    happen(&mut state, loaded(true));
    assert!(state.facet_views.iter().all(|view| view.narrow.is_empty()), "{:?}", state.facet_views);
}

/// Also values that an element asks for which nobody could choose from before.
#[test]
fn values_of_a_list_that_broke_off_are_found() {
    for facets in [&["tags"][..], &["tags", "year"]] {
        let mut state = start(Options { facets: texts(facets), ..options() }, None);
        for msg in [arriving(), Msg::Failed(Failure::Timeout, None)] {
            happen(&mut state, msg);
        }
        happen(&mut state, Msg::Link(Some(fields(&[("year", &["2026"])]))));
        assert!(!ids(&state).is_empty(), "{facets:?}");
    }
}

/// For each one those before it are looked at.
#[test]
fn of_an_article_a_hundred_authors_can_be_chosen() {
    let authors: Vec<String> = (0..150).map(|n| format!(r#"{{"name":"Name {n}"}}"#)).collect();
    let item = format!(r#"{{"id":"a","title":"T","authors":[{}]}}"#, authors.join(","));
    let state = showing(Options { facets: texts(&["author"]), ..options() }, &feed_of(&[item]));
    assert!(html(&state).contains("Alle 100"), "{}", html(&state));
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
    let html = html(&state);
    assert_eq!(html.matches("kommt hier nicht vor").count(), 10, "{html}");
}

#[test]
fn a_facet_that_is_asked_for_twice_shows_once() {
    let mut options = Options::default();
    options.set("facets", Some("tags, topic, tags")).expect("is a list");
    assert_eq!(options.facets, ["tags", "topic"]);
    let mut state = shown(small::options());
    happen(&mut state, Msg::Configure(Options { facets: options.facets, ..small::options() }));
    assert_eq!(html(&state).matches(r#"data-facet="tags""#).count(), 1, "{}", html(&state));
}

/// Where there is little room they are behind a button.
#[test]
fn the_filters_open_and_close() {
    let mut state = shown(options());
    for is_open in [false, true, false] {
        let page = html(&state);
        assert_eq!(page.contains(r#"aria-expanded="true""#), is_open);
        assert_eq!(page.contains("data-open"), is_open);
        happen(&mut state, Msg::ToggleFilters);
    }
}

#[test]
fn each_facet_has_its_own_values() {
    let page = html(&shown(Options { facets: texts(&["tags", "author"]), ..options() }));
    for (facet, count) in [("tags", 2), ("author", 1)] {
        let part = between(&page, &format!(r#"data-facet="{facet}""#), "data-facet=").expect("it shows");
        assert_eq!(tags_in(part), count, "{facet}");
    }
}

/// A feed of so many articles, each with a tag of its own.
fn tagged(count: usize) -> String {
    let item = |n| format!(r#"{{"id":"{n}","title":"T","tags":["t{n}"]}}"#);
    feed_of(&(0..count).map(item).collect::<Vec<_>>())
}

/// How many tags are offered that are not chosen.
fn tags_in(page: &str) -> usize {
    page.matches(r#"part="tag""#).count()
}

fn is_chosen_in(page: &str, tag: &str) -> bool {
    page.contains(&format!(r#"part="tag tag-selected" type="button" data-tag="{tag}""#))
}

#[test]
fn up_to_thirty_values_are_no_long_list() {
    for (count, is_long) in [(30, false), (31, true)] {
        let page = html(&showing(options(), &tagged(count)));
        assert_eq!(tags_in(&page), 30);
        for part in [r#"part="facet-more""#, r#"part="facet-search""#] {
            assert_eq!(page.contains(part), is_long, "{part} of {count}");
        }
    }
    // Of several facets each shows fewer.
    for several in
        [Options { facets: texts(&["tags", "author"]), ..options() }, Options { date_filter: true, ..options() }]
    {
        assert_eq!(tags_in(&html(&showing(several, &tagged(11)))), 10);
    }
}

/// What would leave something stands first.
#[test]
fn what_is_chosen_shows_wherever_it_stands() {
    let mut state = showing(options(), &tagged(31));
    happen(&mut state, toggle("t30"));
    let page = html(&state);
    assert!(is_chosen_in(&page, "t30"), "{page}");
    assert_eq!(between(&page, r#"part="tag"#, ">").map(|tag| tag.contains(r#"data-tag="t30""#)), Some(true), "{page}");
    assert_eq!(page.matches("data-zero").count(), 29);
    // Even where nothing is left, and whatever the list is narrowed to.
    for msg in [search("nirgends"), Msg::Narrow(0, "t1".to_owned())] {
        happen(&mut state, msg);
        assert!(is_chosen_in(&html(&state), "t30"));
    }
}

/// The focus is on it, and would be lost with it.
#[test]
fn what_is_let_go_stays_until_another_choice() {
    let mut state = showing(options(), &tagged(33));
    let is_offered =
        |state: &State, tag: &str| html(state).contains(&format!(r#"data-tag="{tag}" aria-pressed="false""#));
    happen(&mut state, toggle("t30"));
    happen(&mut state, toggle("t30"));
    assert!(is_offered(&state, "t30") && tags_in(&html(&state)) == 31);
    for msg in [search("T"), Msg::Narrow(0, "t1".to_owned()), Msg::Narrow(0, String::new()), search("")] {
        happen(&mut state, msg);
        assert!(is_offered(&state, "t30"));
    }
    happen(&mut state, toggle("t30"));
    assert!(is_chosen_in(&html(&state), "t30"));
    happen(&mut state, toggle("t31"));
    happen(&mut state, toggle("t30"));
    assert!(is_offered(&state, "t30") && is_chosen_in(&html(&state), "t31"));
    happen(&mut state, toggle("t31"));
    assert!(is_offered(&state, "t31") && !is_offered(&state, "t30"));
    happen(&mut state, toggle("t0"));
    assert!(!is_offered(&state, "t31"));
    // Who lets go of all begins anew; and in another bundle it is another value.
    happen(&mut state, toggle("t32"));
    happen(&mut state, Msg::Clear);
    assert_eq!(tags_in(&html(&state)), 30);
    happen(&mut state, toggle("t32"));
    happen(&mut state, toggle("t32"));
    happen(&mut state, Msg::Loaded { feed: feed(&tagged(40)), may_reorder: true });
    assert_eq!(tags_in(&html(&state)), 30);
}

#[test]
fn a_narrowed_list_has_all_values_that_are_called_so() {
    let mut state = showing(options(), &tagged(40));
    happen(&mut state, Msg::Narrow(0, "t".to_owned()));
    assert_eq!(tags_in(&html(&state)), 40);
    happen(&mut state, toggle("t0"));
    happen(&mut state, Msg::Narrow(0, "t3".to_owned()));
    let page = html(&state);
    for (tag, expected) in [("t3", true), ("t30", true), ("t0", true), ("t1", false)] {
        let button = format!(r#"type="button" data-tag="{tag}" aria-pressed="{}""#, tag == "t0");
        assert_eq!(page.contains(&button), expected, "{tag}");
    }
    assert!(!page.contains(UNKNOWN));
    let told = |state: &State| {
        let page = html(state);
        let status = between(&page, r#"part="status""#, "</p>").expect("there is one").to_owned();
        let texts: String = status.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect();
        (texts, status.contains(r#"aria-live="off""#))
    };
    let (text, is_hushed) = told(&state);
    assert!(text.ends_with(". Schlagwörter: 11") && is_hushed, "{text}");
    happen(&mut state, Msg::Narrow(0, "zz".to_owned()));
    assert_eq!(html(&state).matches(UNKNOWN).count(), 2);
    happen(&mut state, Msg::Rest);
    let (text, is_hushed) = told(&state);
    assert!(text.contains(". Schlagwörter: „zz“") && !is_hushed, "{text}");
    // A short list has no box, and nothing is said of what is in it.
    happen(&mut state, Msg::Clear);
    happen(&mut state, loaded(true));
    assert!(!html(&state).contains(UNKNOWN));
}

/// Unless they stand in the bundle's order, or the visitor wants those first that have the most articles.
#[test]
fn the_newest_year_stands_first() {
    // The older, the more there are.
    let item = |year, n| format!(r#"{{"id":"{year}-{n}","title":"T","date_published":"{year}-01-01"}}"#);
    let items: Vec<String> = (2010..2022).flat_map(|year| (year..2022).map(move |n| item(year, n))).collect();
    let plain = feed_of(&items);
    let described = plain.replacen('{', r#"{"_stichwort":{"facets":[{"id":"year","values":[{"id":"2015"}]}]},"#, 1);
    for (json, is_other, expected, button) in [
        (&plain, false, "2021", "Nach Anzahl ordnen"),
        (&plain, true, "2010", "Nach Jahr ordnen"),
        (&described, false, "2015", "Von A bis Z ordnen"),
    ] {
        let mut state = showing(Options { facets: texts(&["year", "tags"]), ..options() }, json);
        if is_other {
            happen(&mut state, Msg::ToggleOrder(0));
        }
        let page = html(&state);
        assert_eq!(between(&page, r#"part="tag" type="button" data-tag=""#, "\""), Some(expected));
        let order = between(&page, r#"part="facet-order""#, "</span>").expect("there are many");
        assert!(order.ends_with(&format!(">{button}")), "{order}");
    }
}

/// WCAG 2.2, 3.1.2: in sentences as well; the name of a field cannot say so, and does without.
#[test]
fn names_in_sentences_state_their_language() {
    let item =
        |n| format!(r#"{{"id":"{n}","title":"T","tags":["A"],"_stichwort":{{"facets":{{"org":["Amt {n}"]}}}}}}"#);
    let items: Vec<String> = (0..31).map(item).collect();
    let described = r#"{"language":"de","_stichwort":{"facets":[{"id":"org","label":{"de":"Stelle"}}]},"#;
    let json = feed_of(&items).replacen('{', described, 1);
    for (lang, words, name) in [
        (Language::En, "Search", r#"“</span><bdi lang="de">Nirgends</bdi>"#),
        (Language::De, "Suchen: Stelle", "„</span><bdi>Nirgends</bdi>"),
    ] {
        let options = |how| Options {
            lang: Some(lang),
            facets: texts(&["tags", "org"]),
            tags: texts(&["A", "Nirgends"]),
            combine: Some(how),
            ..options()
        };
        // Where nothing is left, and where something is.
        for how in [Match::All, Match::Any] {
            let page = html(&showing(options(how), &json));
            assert!(page.contains(name), "{lang:?}, {how:?}: {page}");
            if how == Match::Any {
                let narrow = between(&page, r#"part="facet-search""#, ">").expect("there are many");
                assert!(narrow.contains(&format!(r#"aria-label="{words}""#)), "{narrow}");
            }
        }
    }
}

/// They come in the bundle's order; who asks for another one gets what the button says.
#[test]
fn listed_values_can_be_put_into_another_order() {
    // Of value n there are n articles, but one of the last.
    let values: Vec<String> = (1..13).map(|n| format!(r#"{{"id":"v{n}","label":{{"de":"Wert {n:02}"}}}}"#)).collect();
    let item = |value: u32, n: u32| {
        format!(r#"{{"id":"{value}-{n}","title":"T","_stichwort":{{"facets":{{"topic":["v{value}"]}}}}}}"#)
    };
    let items: Vec<String> =
        (1..13).flat_map(|value| (0..if value == 12 { 1 } else { value }).map(move |n| item(value, n))).collect();
    let described = format!(r#"{{"_stichwort":{{"facets":[{{"id":"topic","values":[{}]}}]}},"#, values.join(","));
    let json = feed_of(&items).replacen('{', &described, 1);
    let mut state = showing(Options { facets: texts(&["topic", "tags"]), ..options() }, &json);
    let mut check = |expected: [&str; 3], button: &str| {
        let page = html(&state);
        let tags =
            page.split(r#"part="tag" type="button" data-tag="v"#).skip(1).filter_map(|rest| rest.split('"').next());
        assert_eq!(tags.take(3).collect::<Vec<_>>(), expected, "{button}");
        let order = between(&page, r#"part="facet-order""#, "</span>").expect("there are many");
        assert!(order.ends_with(&format!(">{button}")), "{order}");
        happen(&mut state, Msg::ToggleOrder(0));
    };
    check(["1", "2", "3"], "Von A bis Z ordnen");
    check(["1", "2", "3"], "Nach Anzahl ordnen");
    check(["11", "10", "9"], "Von A bis Z ordnen");
    check(["1", "2", "3"], "Nach Anzahl ordnen");
}

#[test]
fn values_with_labels_stand_in_the_order_of_the_bundle() {
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
    let html = html(&state);
    assert_eq!(html.matches(r#"part="tag""#).count(), 5000);
    let place = |name: &str| html.find(&format!(">{name}<")).unwrap_or_else(|| panic!("no {name}"));
    assert!(place("Wert 9") < place("Wert 10") && place("Wert 10") < place("Wert 4999"), "in the bundle's order");
}

/// To those who do not see it; most are tags.
#[test]
fn a_chip_says_of_which_facet_it_is() {
    let mut state = shown(Options { facets: texts(&["tags", "author", "year"]), ..options() });
    for (facet, value) in [("author", "ve"), ("year", "2026"), ("tags", "A")] {
        happen(&mut state, Msg::ToggleValue(facet.to_owned(), value.to_owned()));
    }
    let page = html(&state);
    let hidden = |text: &str| format!(r#"<span class="hidden">, {text}</span>"#);
    for (facet, value, title) in [("author", "ve", "Autor/-in"), ("year", "2026", "Jahr"), ("tags", "A", "")] {
        let start = format!(r#"data-tag="{value}" data-facet="{facet}">"#);
        let title = if title.is_empty() { String::new() } else { hidden(title) };
        let expected = format!("<bdi>{value}</bdi>{title}{}", hidden("entfernen"));
        assert_eq!(between(&page, &start, "</button>"), Some(&*expected));
    }
}

/// An archive of many years does not fill a phone. What is let go of there stays, as the focus is on it.
#[test]
fn the_last_years_show_at_first() {
    let years: Vec<String> = (0..20).map(|ago| format!("{}-05-05", 2026 - ago)).collect();
    let list: Vec<(&str, &str, &str)> = years.iter().map(|date| (&**date, &**date, "A")).collect();
    let mut state = showing(Options { date_filter: true, ..options() }, &articles(&list));
    let presets = |state: &State| html(state).matches(r#"part="date-preset""#).count();
    let more = r#"part="facet-more""#;
    assert_eq!(presets(&state), 10);
    assert!(html(&state).contains(more));
    happen(&mut state, Msg::Dates(Dates::Year(2008)));
    assert_eq!(presets(&state), 11, "what is chosen shows");
    happen(&mut state, Msg::Dates(Dates::Year(2008)));
    assert_eq!(presets(&state), 11, "and what is let go");
    let place = state.facets().len();
    for expected in [23, 11] {
        happen(&mut state, Msg::ToggleAll(place));
        assert_eq!(presets(&state), expected);
    }
    for _ in 0..2 {
        happen(&mut state, Msg::Dates(Dates::ThisYear));
    }
    assert_eq!(presets(&state), 10);
    let few = articles(&list[..7]);
    let state = showing(Options { date_filter: true, ..options() }, &few);
    assert_eq!(presets(&state), 10);
    assert!(!html(&state).contains(more));
}
