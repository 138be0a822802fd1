//! Searches and orders that take several turns: what shows and what is told meanwhile.

use stichwort_core::i18n::{Key, Language};
use stichwort_core::options::{Options, Paging, Sort};
use stichwort_core::state::{Effect, Msg, State, Surroundings, update};
use stichwort_tests::native::{self, happen, work};
use stichwort_tests::small::{
    articles, between, bridges, changes, feed, feed_of, fields, html, ids, loaded, options, search, showing, start,
    texts, toggle,
};

/// That the list is being worked on is said, and no number.
#[track_caller]
fn check_no_number(state: &State) {
    let page = html(state);
    let status = between(&page, r#"part="status""#, "</p>").expect("there is one");
    assert!(status.contains(state.catalogue.text(Key::Loading)) && !status.contains("<strong>"), "{status}");
}

/// Then the first letter is answered at once.
#[test]
fn words_are_read_when_the_search_is_touched() {
    for is_touched in [false, true] {
        let mut state = showing(options(), &bridges("x"));
        if is_touched {
            let effects = happen(&mut state, Msg::TouchSearch);
            work(&mut state, effects);
        }
        happen(&mut state, search("brücke"));
        assert_eq!(state.is_working(), !is_touched);
    }
}

/// Places in the bundle before mean nothing in the new one.
#[test]
fn another_bundle_during_a_search() {
    let mut state = start(options(), None);
    happen(&mut state, Msg::Loaded { feed: feed(&bridges("x")), may_reorder: true });
    let effects = happen(&mut state, Msg::Search("brücke".to_owned()));
    work(&mut state, effects);
    assert_eq!(state.found.matches.len(), 600);
    let effects = happen(&mut state, Msg::Loaded { feed: feed(&bridges("y")), may_reorder: true });
    let wrong: Vec<&str> = state.visible().map(|a| a.headline()).filter(|h| *h != "Brücke").collect();
    assert!(wrong.is_empty(), "{} wrong teasers show, is_working {}", wrong.len(), state.is_working());
    work(&mut state, effects);
    assert_eq!(state.found.matches.len(), 600);
    assert!(state.visible().all(|article| article.headline() == "Brücke"));
}

/// What the page has put into the element has had its time.
#[test]
fn another_bundle_during_a_search_leaves_no_blank() {
    let mut state = native::start(options(), Surroundings { has_fallback: true, ..Surroundings::default() });
    for msg in [Msg::Loaded { feed: feed(&bridges("x")), may_reorder: true }, search("brücke")] {
        native::happen_to_the_end(&mut state, msg);
    }
    assert_eq!(state.found.matches.len(), 600);
    happen(&mut state, Msg::Loaded { feed: feed(&bridges("y")), may_reorder: true });
    assert!(state.is_working());
    assert!(html(&state).contains(r#"part="loading""#), "{}", html(&state));
}

#[test]
fn while_it_is_searched_no_number_is_said() {
    let mut state = showing(options(), &bridges("x"));
    happen(&mut state, search("brücke"));
    assert!(state.is_working());
    check_no_number(&state);
}

#[test]
fn before_there_is_a_list_there_is_nothing_to_work_on_or_to_tell() {
    let mut state = start(options(), None);
    assert!(!update(&mut state, Msg::Sort(Sort::Headline)).contains(&Effect::Work));
    let mut state = start(options(), None);
    assert_eq!(changes(&update(&mut state, toggle("A"))), Vec::<u32>::new());
}

#[test]
fn a_search_given_up_tells_nothing_later() {
    let mut state = start(options(), None);
    happen(&mut state, Msg::Loaded { feed: feed(&bridges("x")), may_reorder: true });
    let effects = happen(&mut state, Msg::Search("brücke".to_owned()));
    happen(&mut state, Msg::Search(String::new()));
    work(&mut state, effects);
    let effects = happen(&mut state, Msg::Loaded { feed: feed(&bridges("x")), may_reorder: true });
    assert_eq!(changes(&effects), Vec::<u32>::new());
}

#[test]
fn a_link_with_a_search_is_not_empty_before_it_is_known() {
    let mut state = start(options(), Some(fields(&[("search", &["brücke"])])));
    happen(&mut state, Msg::Loaded { feed: feed(&bridges("x")), may_reorder: true });
    assert!(state.is_working());
    let html = html(&state);
    assert!(!html.contains(r#"part="empty""#));
}

/// What the page has put into the element stands in for the list until there are teasers.
#[test]
fn no_skeleton_stands_beside_the_fallback() {
    for has_fallback in [true, false] {
        let link = Some(fields(&[("search", &["brücke"])]));
        let mut state = native::start(options(), Surroundings { has_fallback, link, ..Surroundings::default() });
        happen(&mut state, Msg::Loaded { feed: feed(&bridges("x")), may_reorder: true });
        assert!(state.is_working());
        let html = html(&state);
        assert_eq!(html.contains(r#"part="loading""#), !has_fallback, "{html}");
        assert_eq!(html.contains("filters-placeholder"), !has_fallback, "{html}");
        assert!(html.contains("<slot>"), "{html}");
    }
}

/// Pins are for the newest first.
#[test]
fn of_equal_hits_the_newer_comes_first() {
    let json = feed_of(&[
        r#"{"id":"old","title":"Hafen","date_published":"2024-01-01","_stichwort":{"pinned":true}}"#.to_owned(),
        r#"{"id":"new","title":"Hafen","date_published":"2026-01-01"}"#.to_owned(),
    ]);
    let mut state = start(options(), None);
    happen(&mut state, Msg::Loaded { feed: feed(&json), may_reorder: true });
    assert_eq!(ids(&state), ["old", "new"]);
    let effects = happen(&mut state, Msg::Search("hafen".to_owned()));
    work(&mut state, effects);
    assert_eq!(ids(&state), ["new", "old"]);
}

#[test]
fn a_link_with_a_search_leads_to_its_place() {
    let mut state = start(options(), Some(fields(&[("search", &["brücke"]), ("at", &["5"])])));
    let effects = happen(&mut state, Msg::Loaded { feed: feed(&bridges("x")), may_reorder: true });
    let effects = work(&mut state, effects);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::ScrollTo(_))), "{effects:?}");
}

/// What shows meanwhile is not said to be the result.
#[test]
fn many_headlines_are_sorted_in_turns() {
    const ARTICLES: u32 = 5000;
    let title = |n: u32| n * 7919 % ARTICLES;
    let items: Vec<String> =
        (0..ARTICLES).map(|n| format!(r#"{{"id":"{n}","title":"Titel {:04}"}}"#, title(n))).collect();
    let mut state = start(options(), None);
    happen(&mut state, Msg::Loaded { feed: feed(&feed_of(&items)), may_reorder: true });
    let effects = happen(&mut state, Msg::Sort(Sort::Headline));
    assert!(state.is_working() && changes(&effects).is_empty(), "{effects:?}");
    assert_eq!(ids(&state)[..2], ["0", "1"]);
    check_no_number(&state);
    let mut turns = 0;
    let mut effects = effects;
    while effects.contains(&Effect::Work) {
        assert!(state.is_working());
        effects = happen(&mut state, Msg::Work);
        turns += 1;
    }
    assert!((5..50).contains(&turns), "{turns} turns");
    assert!(!state.is_working());
    assert_eq!(changes(&effects), [ARTICLES]);
    let shown: Vec<u32> = ids(&state).iter().map(|id| title(id.parse().expect("a number"))).collect();
    assert!(!shown.is_empty() && shown.iter().copied().eq(0..shown.len() as u32), "{shown:?}");
    // A choice within is ordered at once.
    let effects = happen(&mut state, Msg::Search("titel".to_owned()));
    work(&mut state, effects);
    happen(&mut state, Msg::Sort(Sort::Newest));
    assert!(happen(&mut state, Msg::Sort(Sort::Headline)).iter().all(|effect| *effect != Effect::Work));
}

/// Places among the old articles mean nothing among the new ones.
#[test]
fn headlines_are_sorted_anew_where_there_are_other_articles() {
    let by_headline = || Options { sort: Sort::Headline, ..options() };
    let list = articles(&[
        ("c", "2026-01-05", "B"),
        ("a", "2026-01-04", "A"),
        ("d", "2026-01-03", "B"),
        ("b", "2026-01-02", "B"),
    ]);
    let mut state = showing(by_headline(), &list);
    assert_eq!(ids(&state), ["a", "b", "c", "d"]);
    happen(&mut state, Msg::Configure(Options { excluded: texts(&["A"]), ..by_headline() }));
    assert_eq!(ids(&state), ["b", "c", "d"]);
    let mut state = showing(by_headline(), &list);
    happen(&mut state, loaded(true));
    assert_eq!(ids(&state), ["a", "b", "c", "d", "new"]);
}

/// Languages have alphabets of their own.
#[test]
fn headlines_are_sorted_anew_in_another_language() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","items":[
        {"id":"lz","title":"Lzy"},{"id":"ła","title":"Łaba"}]}"#;
    let by_headline = Options { sort: Sort::Headline, lang: Some(Language::De), ..options() };
    let mut state = start(by_headline.clone(), None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    assert_eq!(ids(&state), ["ła", "lz"]);
    happen(&mut state, Msg::Configure(Options { lang: Some(Language::Pl), ..by_headline }));
    assert_eq!(ids(&state), ["lz", "ła"]);
}

/// Values are counted by number, and have other ones then.
#[test]
fn while_an_order_is_worked_out_no_value_has_the_number_of_another() {
    let facets = |list: &[&str]| Options { facets: texts(list), sort: Sort::Headline, ..options() };
    let mut state = showing(facets(&["tags", "author"]), &bridges("x"));
    happen(&mut state, Msg::Configure(facets(&["tags", "year"])));
    assert!(state.is_working() && !html(&state).contains("tag-count"), "{}", html(&state));
}

#[test]
fn while_a_later_page_of_a_search_is_worked_out_something_shows() {
    let mut state = showing(Options { paging: Paging::Pages, page_size: Some(500), ..options() }, &bridges("x"));
    happen(&mut state, Msg::Link(Some(fields(&[("search", &["brücke"]), ("page", &["9"])]))));
    assert!(state.is_working() && html(&state).contains(r#"part="loading""#), "{}", html(&state));
}

/// A turn is to take as long for a few long texts as for many short ones.
#[test]
fn long_texts_are_read_in_turns_too() {
    let title = "Brücke ".repeat(2000);
    let item = |n| format!(r#"{{"id":"{n}","title":"{title}","date_published":"2026-01-01"}}"#);
    let mut state = showing(options(), &feed_of(&(0..400).map(item).collect::<Vec<_>>()));
    let effects = happen(&mut state, search("brücke"));
    assert!(state.is_working() && effects.contains(&Effect::Work));
    work(&mut state, effects);
    assert_eq!(state.found.matches.len(), 400);
}
