//! How far into a list the visitor is: further teasers, numbered pages, and teasers that come by scrolling.

use stichwort_core::model::ArticleIndex;
use stichwort_core::options::{Options, Paging};
use stichwort_core::state::{Effect, Event, Failure, Focus, History, Msg, State, update};
use stichwort_tests::native::happen_to_the_end;
use stichwort_tests::small::{
    arriving, articles, beginning, feed, fields, focus, html, ids, loaded, options, showing, shown, start, toggle,
};

/// Forty articles, which all have the tag A.
fn forty(paging: Paging, page_size: usize) -> State {
    let ids: Vec<String> = (0..40).map(|number: u32| number.to_string()).collect();
    let list: Vec<(&str, &str, &str)> = ids.iter().map(|id| (&**id, "2026-01-01", "A")).collect();
    showing(Options { page_size: Some(page_size), paging, ..options() }, &articles(&list))
}

#[test]
fn another_choice_is_seen_from_its_beginning() {
    let mut state = forty(Paging::Button, 4);
    for msg in [Msg::More, Msg::At(3), toggle("A")] {
        happen_to_the_end(&mut state, msg);
    }
    assert_eq!((state.shown, state.fields()), (4, fields(&[("tags", &["A"])])));
    let mut state = forty(Paging::Pages, 4);
    happen_to_the_end(&mut state, Msg::Page(3));
    let round = state.round;
    happen_to_the_end(&mut state, toggle("A"));
    assert_eq!(state.page, 0);
    assert!(state.round > round, "its number is told anew");
}

/// Else a reload would never ask.
#[test]
fn what_a_link_shows_has_come_by_scrolling() {
    let mut state = forty(Paging::Scroll, 4);
    happen_to_the_end(&mut state, Msg::Link(Some(fields(&[("shown", &["16"])]))));
    assert!(state.comes_by_scrolling());
    happen_to_the_end(&mut state, Msg::Scroll);
    assert_eq!((state.shown, state.comes_by_scrolling()), (20, false));
    happen_to_the_end(&mut state, Msg::Scroll);
    assert_eq!(state.shown, 20);
}

#[test]
fn the_last_teasers_may_be_fewer() {
    let mut state = shown(Options { page_size: Some(4), ..options() });
    happen_to_the_end(&mut state, Msg::More);
    assert_eq!(state.fields(), fields(&[("shown", &["5"])]));
    assert_eq!(update(&mut state, Msg::More), []);
}

#[test]
fn each_page_is_a_step_and_has_an_address() {
    let mut state = forty(Paging::Pages, 4);
    for msg in [Msg::Page(2), Msg::At(3)] {
        happen_to_the_end(&mut state, msg);
    }
    assert_eq!(state.fields(), fields(&[("page", &["3"]), ("at", &["3"])]));
    let effects = update(&mut state, Msg::Page(3));
    assert_eq!(state.fields(), fields(&[("page", &["4"])]), "from its beginning");
    let more = Effect::Emit(Event::More { shown: 16, matches: 40 });
    assert!(effects.contains(&Effect::Keep { history: History::Push }) && effects.contains(&more), "{effects:?}");
    happen_to_the_end(&mut state, Msg::Page(10));
    assert_eq!(state.page, 3, "there is none of that number");
}

#[test]
fn pages_are_told_by_number() {
    let page = html(&shown(Options { paging: Paging::Pages, ..options() }));
    assert!(!page.contains("<nav") && !page.contains("Seite 1"), "one page is none: {page}");
    /// The numbers, and what leads to the pages beside.
    fn numbers(at: usize) -> String {
        let mut state = forty(Paging::Pages, 4);
        happen_to_the_end(&mut state, Msg::Page(at));
        let page = html(&state);
        assert!(page.contains(&format!("Seite {}", at + 1)) && !page.contains("gezeigt"), "{page}");
        let (_, list) = page.split_once("<nav").expect("there are pages");
        let texts = list.split('<').filter_map(|element| element.split_once('>')).map(|(_, text)| text);
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }
    assert_eq!(numbers(0), "1 2 … 10 Nächste Seite");
    assert_eq!(numbers(1), "Vorherige Seite 1 2 3 … 10 Nächste Seite");
    assert_eq!(numbers(4), "Vorherige Seite 1 … 4 5 6 … 10 Nächste Seite");
    assert_eq!(numbers(9), "Vorherige Seite 1 … 9 10");
}

/// What stands under the list is reached after some pages, and the focus stays where it is.
#[test]
fn scrolling_has_an_end_until_the_visitor_asks_for_more() {
    fn scroll(state: &mut State) {
        for _ in 0..9 {
            let effects = happen_to_the_end(state, Msg::Scroll);
            assert_eq!(focus(&effects), None);
        }
    }
    let mut state = forty(Paging::Scroll, 2);
    scroll(&mut state);
    assert_eq!((state.shown, state.comes_by_scrolling()), (10, false));
    let effects = happen_to_the_end(&mut state, Msg::More);
    assert_eq!(focus(&effects), Some(Focus::Teaser(ArticleIndex(10))));
    assert_eq!((state.shown, state.comes_by_scrolling()), (12, true));
    scroll(&mut state);
    assert_eq!((state.shown, state.comes_by_scrolling()), (20, false));
    happen_to_the_end(&mut state, toggle("A"));
    assert!(state.comes_by_scrolling(), "in another list");
}

#[test]
fn another_bundle_comes_by_scrolling_again() {
    let mut state = forty(Paging::Scroll, 2);
    for _ in 0..5 {
        happen_to_the_end(&mut state, Msg::Scroll);
    }
    assert!(!state.comes_by_scrolling());
    let src = Some("https://other.example/news.json".to_owned());
    let options = Options { src, ..state.options.clone() };
    happen_to_the_end(&mut state, Msg::Configure(options));
    happen_to_the_end(&mut state, loaded(true));
    assert!(state.comes_by_scrolling());
}

/// Whoever asks for them elsewhere is led there.
#[test]
fn newer_articles_stand_on_the_first_page() {
    let mut state = start(Options { paging: Paging::Pages, page_size: Some(2), ..options() }, None);
    for msg in [arriving(), loaded(false), Msg::Page(1)] {
        happen_to_the_end(&mut state, msg);
    }
    assert_eq!((state.updates(), state.page), (1, 1));
    let effects = update(&mut state, Msg::ShowUpdates);
    assert_eq!((state.page, ids(&state)[0]), (0, "new"));
    let more = Effect::Emit(Event::More { shown: 2, matches: 5 });
    assert!(effects.contains(&Effect::Keep { history: History::Push }) && effects.contains(&more), "{effects:?}");
    assert!(matches!(focus(&effects), Some(Focus::Teaser(_))), "{effects:?}");
}

/// What has come is all there is, also for a link to a page of it, before it broke off or after.
#[test]
fn of_a_list_that_broke_off_a_page_shows() {
    let link = || Msg::Link(Some(fields(&[("page", &["9"])])));
    let failed = || Msg::Failed(Failure::Timeout, None);
    for messages in [[arriving(), link(), failed()], [arriving(), failed(), link()]] {
        let mut state = start(Options { paging: Paging::Pages, page_size: Some(2), ..options() }, None);
        for msg in messages {
            happen_to_the_end(&mut state, msg);
        }
        assert!(!ids(&state).is_empty(), "{}", html(&state));
    }
}

/// A list of six, of which two show, that has broken off.
fn broken(paging: Paging) -> State {
    let list: Vec<(String, String)> = (0..6).map(|n| (n.to_string(), format!("2026-01-{:02}", 28 - n))).collect();
    let list: Vec<(&str, &str, &str)> = list.iter().map(|(id, date)| (&**id, &**date, "A")).collect();
    let mut state = start(Options { paging, page_size: Some(2), ..options() }, None);
    for msg in [beginning(&articles(&list)), Msg::Failed(Failure::Timeout, None)] {
        happen_to_the_end(&mut state, msg);
    }
    state
}

#[test]
fn of_a_list_that_broke_off_all_that_has_come_can_be_reached() {
    let mut state = broken(Paging::Button);
    happen_to_the_end(&mut state, Msg::More);
    assert_eq!(ids(&state), ["0", "1", "2", "3"]);
    let mut state = broken(Paging::Pages);
    happen_to_the_end(&mut state, Msg::Page(2));
    assert_eq!(ids(&state), ["4", "5"]);
    // On its way again, it may become another one.
    happen_to_the_end(&mut state, Msg::Retry);
    happen_to_the_end(&mut state, Msg::Page(0));
    assert_eq!(state.page, 2);
}

#[test]
fn the_page_of_a_link_shows_when_the_next_attempt_has_it() {
    let all = || {
        let ids: Vec<String> = (0..40).map(|number: u32| number.to_string()).collect();
        let list: Vec<(&str, &str, &str)> = ids.iter().map(|id| (&**id, "2026-01-01", "A")).collect();
        Msg::Loaded { feed: feed(&articles(&list)), may_reorder: false }
    };
    let broken = || {
        let link = Some(fields(&[("page", &["9"])]));
        let mut state = start(Options { paging: Paging::Pages, page_size: Some(2), ..options() }, None);
        for msg in [arriving(), Msg::Link(link), Msg::Failed(Failure::Timeout, None)] {
            happen_to_the_end(&mut state, msg);
        }
        assert!(state.page < 8 && !ids(&state).is_empty(), "what there is shows");
        state
    };
    let mut state = broken();
    for msg in [Msg::Retry, all()] {
        happen_to_the_end(&mut state, msg);
    }
    assert_eq!((state.page, ids(&state)), (8, vec!["16", "17"]));
    // It stays in the address meanwhile.
    assert_eq!(broken().fields(), fields(&[("page", &["9"])]));
    // Another link leads elsewhere.
    let mut state = broken();
    for msg in [Msg::Link(None), Msg::Retry, all()] {
        happen_to_the_end(&mut state, msg);
    }
    assert_eq!(state.page, 0);
    // And another bundle is another one.
    let mut state = broken();
    let src = Some("https://other.example/news.json".to_owned());
    let options = Options { src, ..state.options.clone() };
    for msg in [Msg::Configure(options), arriving(), all()] {
        happen_to_the_end(&mut state, msg);
    }
    assert_eq!(state.page, 0);
    // Unless the visitor has gone elsewhere meanwhile.
    let mut state = broken();
    for msg in [toggle("A"), Msg::Retry, all()] {
        happen_to_the_end(&mut state, msg);
    }
    assert_eq!(state.page, 0);
}

#[test]
fn back_to_another_page_leaves_newer_articles_an_offer() {
    let mut state = start(Options { paging: Paging::Pages, page_size: Some(2), ..options() }, None);
    for msg in [arriving(), loaded(false), Msg::Page(1)] {
        happen_to_the_end(&mut state, msg);
    }
    assert_eq!(state.updates(), 1);
    happen_to_the_end(&mut state, Msg::Link(None));
    assert_eq!((state.page, state.updates()), (0, 1));
    // An address may name what is no page.
    happen_to_the_end(&mut state, Msg::Link(Some(fields(&[("page", &["99"])]))));
    assert_eq!((state.page, state.updates()), (state.pages() - 1, 1));
}

/// Screen readers say again only what is new.
#[test]
fn the_last_teasers_are_told_too() {
    let mut state = shown(Options { page_size: Some(4), ..options() });
    let round = state.round;
    happen_to_the_end(&mut state, Msg::More);
    assert!(state.round > round);
}

#[test]
fn a_link_to_a_page_waits_for_the_bundle() {
    let mut state = start(Options { paging: Paging::Pages, page_size: Some(2), ..options() }, None);
    for msg in [Msg::Link(Some(fields(&[("page", &["2"])]))), loaded(true)] {
        happen_to_the_end(&mut state, msg);
    }
    assert_eq!((state.page, state.fields()), (1, fields(&[("page", &["2"])])));
}
