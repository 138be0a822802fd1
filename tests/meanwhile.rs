//! What the visitor, the page or the address says while a bundle arrives: it holds when all has come.

use stichwort_core::options::{Options, Paging, Sort};
use stichwort_core::state::{Failure, Msg};
use stichwort_core::view::view;
use stichwort_tests::native::happen_once as happen;
use stichwort_tests::small::{
    ALL, arriving, articles, bridges, changes, feed, fields, ids, loaded, options, start, work,
};

#[test]
fn locked_tags() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Configure(Options { locked: vec!["A".to_owned()], ..options() }));
    happen(&mut state, loaded(false));
    let _ = view(&state);
    assert_eq!(ids(&state), ["a", "c"]);
}

#[test]
fn a_limit() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Configure(Options { limit: Some(1), ..options() }));
    happen(&mut state, loaded(false));
    let _ = view(&state);
    assert_eq!(ids(&state), ["new"]);
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
    let _ = view(&state);
    assert_eq!(ids(&state), ["newest"]);
}

#[test]
fn an_order_in_the_address() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Link(Some(fields(&[("sort", &["oldest"])]))));
    happen(&mut state, loaded(false));
    let _ = view(&state);
    assert_eq!(state.updates(), 0);
    assert_eq!(ids(&state), ["d", "c", "b", "a", "new"]);
}

#[test]
fn an_order_in_an_attribute() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Configure(Options { sort: Sort::Oldest, ..options() }));
    happen(&mut state, loaded(false));
    let _ = view(&state);
    assert_eq!(ids(&state), ["d", "c", "b", "a", "new"]);
}

#[test]
fn a_page_in_the_address() {
    let paged = Options { paging: Paging::Pages, page_size: Some(2), ..options() };
    let mut state = start(paged, None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Link(Some(fields(&[("page", &["2"])]))));
    happen(&mut state, loaded(false));
    let _ = view(&state);
    assert_eq!((state.updates(), state.page), (0, 1));
    assert_eq!(ids(&state), ["b", "c"]);
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

#[test]
fn a_search_in_what_came_before_it_broke() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Failed(Failure::Timeout, None));
    happen(&mut state, Msg::Search("nirgends".to_owned()));
    assert_eq!(ids(&state), Vec::<&str>::new());
}
