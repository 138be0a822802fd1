//! What the visitor, the page or the address says while a bundle arrives: it holds when all has come.

use stichwort_core::options::{Options, Paging, Sort};
use stichwort_core::state::{Effect, Failure, Msg, State};
use stichwort_core::view::html::to_html;
use stichwort_core::view::view;
use stichwort_tests::native::{happen, work};
use stichwort_tests::small::{ALL, arriving, articles, bridges, changes, feed, fields, ids, loaded, options, start};

/// Ids of the articles that show. They are drawn, too: a place in a list that is no longer there would be a panic.
fn shown(state: &State) -> Vec<&str> {
    assert!(to_html(&view(state)).contains(r#"part="list""#), "a list shows");
    ids(state)
}

#[test]
fn locked_tags() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Configure(Options { locked: vec!["A".to_owned()], ..options() }));
    happen(&mut state, loaded(false));
    assert_eq!(shown(&state), ["a", "c"]);
}

#[test]
fn a_limit() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Configure(Options { limit: Some(1), ..options() }));
    happen(&mut state, loaded(false));
    assert_eq!(shown(&state), ["new"]);
}

/// What is left of the list is never less than nothing.
#[test]
fn a_limit_and_two_newer_articles() {
    let mut all = ALL.to_vec();
    all.push(("newest", "2026-11-22", "B"));
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Configure(Options { limit: Some(1), ..options() }));
    happen(&mut state, Msg::Loaded { feed: feed(&articles(&all)), may_reorder: false });
    assert_eq!(shown(&state), ["newest"]);
}

#[test]
fn an_order_in_the_address() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Link(Some(fields(&[("sort", &["oldest"])]))));
    happen(&mut state, loaded(false));
    assert_eq!(state.updates(), 0);
    assert_eq!(shown(&state), ["d", "c", "b", "a", "new"]);
}

#[test]
fn an_order_in_an_attribute() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Configure(Options { sort: Sort::Oldest, ..options() }));
    happen(&mut state, loaded(false));
    assert_eq!(shown(&state), ["d", "c", "b", "a", "new"]);
}

#[test]
fn a_page_in_the_address() {
    let paged = Options { paging: Paging::Pages, page_size: Some(2), ..options() };
    let mut state = start(paged, None);
    happen(&mut state, arriving());
    assert_eq!(happen(&mut state, Msg::Page(1)), [], "nobody knows yet which pages there are");
    let effects = happen(&mut state, Msg::Link(Some(fields(&[("page", &["2"])]))));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Emit(_))), "{effects:?}");
    happen(&mut state, loaded(false));
    assert_eq!((state.updates(), state.page), (0, 1));
    assert_eq!(shown(&state), ["b", "c"]);
}

#[test]
fn a_choice_in_the_address_is_told_once_it_is_true() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    let mut told = changes(&happen(&mut state, Msg::Link(Some(fields(&[("tags", &["B"])])))));
    told.extend(changes(&happen(&mut state, loaded(true))));
    assert_eq!(told, [3]);
}

#[test]
fn a_search_is_told_when_it_is_known() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Search("brücke".to_owned()));
    let effects = happen(&mut state, Msg::Loaded { feed: feed(&bridges("x")), may_reorder: false });
    let effects = work(&mut state, effects);
    assert_eq!(changes(&effects), [600]);
}

/// What there is of a list in another order, of a page further on, or of words, is known at the end; and nothing is no
/// answer.
#[test]
fn nothing_but_the_newest_shows_before_the_end() {
    let paged = Options { paging: Paging::Pages, page_size: Some(3), ..options() };
    for link in [("sort", "oldest"), ("page", "2"), ("search", "Titel"), ("tags", "C")] {
        let mut state = start(paged.clone(), None);
        happen(&mut state, arriving());
        happen(&mut state, Msg::Link(Some(fields(&[(link.0, &[link.1])]))));
        let html = to_html(&view(&state));
        assert!(html.contains(r#"part="loading""#) && !html.contains(r#"part="list""#), "{link:?}: {html}");
    }
}

/// That nothing matches is not said of a list that is asked for again.
#[test]
fn nothing_is_no_answer_before_the_end() {
    let mut state = start(options(), None);
    for msg in [arriving(), Msg::Failed(Failure::Timeout, None), Msg::ToggleTag("nirgends".to_owned()), Msg::Retry] {
        happen(&mut state, msg);
    }
    let html = to_html(&view(&state));
    assert!(html.contains(r#"part="loading""#) && !html.contains(r#"part="empty""#), "{html}");
}

/// A slow line is no reason to stay, but what the visitor has done is.
#[test]
fn a_link_leads_to_its_place_unless_the_visitor_has_gone_on() {
    for is_touched in [false, true] {
        let page_size = Options { page_size: Some(2), ..options() };
        let mut state = start(page_size, Some(fields(&[("shown", &["4"]), ("at", &["2"])])));
        happen(&mut state, arriving());
        if is_touched {
            happen(&mut state, Msg::Touch);
        }
        let effects = happen(&mut state, loaded(false));
        assert_eq!(effects.iter().any(|effect| matches!(effect, Effect::ScrollTo(_))), !is_touched, "{effects:?}");
    }
}

#[test]
fn a_link_leads_nowhere_where_the_visitor_has_chosen_something_else() {
    let page_size = Options { page_size: Some(2), ..options() };
    let mut state = start(page_size, Some(fields(&[("shown", &["4"]), ("at", &["2"])])));
    happen(&mut state, Msg::Sort(Sort::Oldest));
    happen(&mut state, Msg::At(1));
    let effects = happen(&mut state, loaded(false));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::ScrollTo(_))), "{effects:?}");
}

#[test]
fn a_search_in_what_came_before_it_broke() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Failed(Failure::Timeout, None));
    happen(&mut state, Msg::Search("nirgends".to_owned()));
    assert_eq!(ids(&state), Vec::<&str>::new());
}
