//! What the visitor chooses and lets go: what is told of it, and where the focus goes.

use stichwort_core::date::Day;
use stichwort_core::fold::LONGEST_SEARCH;
use stichwort_core::i18n::Key;
use stichwort_core::options::{Options, Sort};
use stichwort_core::selection::Dates;
use stichwort_core::state::{Effect, Focus, History, Msg, State, update};
use stichwort_core::view::node::{Action, Part};
use stichwort_core::view::view;
use stichwort_tests::native::happen_to_the_end;
use stichwort_tests::small::{
    feed, feed_of, fields, focus, html, ids, options, search, showing, shown, start, texts, toggle,
};

/// Who begins with a quotation mark has not searched yet.
#[test]
fn signs_alone_are_no_search() {
    let mut state = shown(options());
    for (typed, is_search) in [
        ("\"", false),
        ("\"titel", true),
        ("„", false),
        ("– «", false),
        ("& -", false),
        ("×", false),
        ("،", false),
        ("%", false),
        ("§", true),
        ("№", true),
        ("ß", true),
        ("م", true),
        ("7", true),
    ] {
        happen_to_the_end(&mut state, search(typed));
        assert_eq!(html(&state).contains(r#"part="chip""#), is_search, "{typed}");
        assert_eq!(state.fields().iter().any(|(name, _)| name == "search"), is_search, "{typed}");
    }
}

/// It is in no link, and who types more of it changes nothing.
#[test]
fn the_rest_of_a_long_search_is_left_out() {
    let heeded = "ä".repeat(LONGEST_SEARCH);
    let mut state = shown(options());
    happen_to_the_end(&mut state, search(&(heeded.clone() + " titel")));
    assert_eq!(state.selection.search(), heeded);
    assert!(state.fields().contains(&("search".to_owned(), vec![heeded.clone()])), "{:?}", state.fields());
    assert_eq!(happen_to_the_end(&mut state, search(&(heeded.clone() + "b"))), []);
    assert_ne!(happen_to_the_end(&mut state, search("b")), []);
}

#[test]
fn the_focus_goes_to_the_chip_that_is_left() {
    let mut state = shown(Options { tags: texts(&["A", "B"]), ..options() });
    assert_eq!(focus(&happen_to_the_end(&mut state, Msg::RemoveChip(1))), Some(Focus::Chip(0)));
    assert_eq!(focus(&happen_to_the_end(&mut state, Msg::RemoveChip(0))), Some(Focus::Status));
    happen_to_the_end(&mut state, toggle("A"));
    assert_eq!(focus(&happen_to_the_end(&mut state, Msg::Clear)), Some(Focus::Status));
}

#[test]
fn each_chip_lets_go_of_its_own_choice() {
    let mut state = shown(options());
    for msg in [toggle("A"), search("titel"), Msg::Dates(Dates::Year(2026))] {
        happen_to_the_end(&mut state, msg);
    }
    let tree = view(&state);
    let mut chips = Vec::new();
    let mut from = 0;
    while let Some(at) = tree.find_from(from, &|index| tree.is_part(index, Part::Chip)) {
        chips.push(tree.element(at).action);
        from = at + 1;
    }
    assert_eq!(chips, [0, 1, 2].map(Action::RemoveChip).map(Some));
    happen_to_the_end(&mut state, Msg::RemoveChip(2));
    assert_eq!((state.selection.is_search(), state.selection.dates), (true, Dates::Any));
}

#[test]
fn a_search_and_a_period_have_chips() {
    let mut state = shown(options());
    for msg in [search("titel"), Msg::From(Day::parse("2026-01-01")), Msg::To(Day::parse("2026-12-31"))] {
        happen_to_the_end(&mut state, msg);
    }
    let page = html(&state);
    assert!(page.contains("<bdi>Suche: titel</bdi>"), "{page}");
    assert!(page.contains("<bdi>ab 01.01.2026 bis 31.12.2026</bdi>"), "{page}");
    assert!(
        page.contains(r#"<span class="toggle-count"> 1 gewählt</span>"#),
        "what is searched for stands above: {page}"
    );
    for msg in [Msg::Clear, Msg::Dates(Dates::Last(7))] {
        happen_to_the_end(&mut state, msg);
    }
    assert!(html(&state).contains(state.catalogue.text(Key::DatesWeek)));
}

/// Else they would have to be let go of one by one, with no list to see.
#[test]
fn of_an_empty_list_choices_can_be_let_go() {
    let page_with = |link| {
        let mut state = start(options(), link);
        happen_to_the_end(&mut state, Msg::Loaded { feed: feed(&feed_of(&[])), may_reorder: true });
        html(&state)
    };
    assert!(page_with(Some(fields(&[("tags", &["x"])]))).contains(r#"part="clear""#));
    assert!(!page_with(None).contains(r#"class="actions""#));
}

#[test]
fn who_chooses_a_period_again_lets_it_go() {
    let mut state = shown(options());
    for left in [1, 0] {
        happen_to_the_end(&mut state, Msg::Dates(Dates::Last(7)));
        assert_eq!(state.selection.len(), left);
    }
}

/// Browsers tell of each part of a date.
#[test]
fn a_period_is_typed_after_its_first_day() {
    let mut state = shown(options());
    let day = Day::parse("2026-11-18");
    let history = |state: &mut State, msg| {
        let effects = update(state, msg);
        effects.into_iter().find_map(|effect| if let Effect::Keep { history } = effect { Some(history) } else { None })
    };
    assert!(!state.is_typing(&Msg::From(day)));
    assert_eq!((history(&mut state, Msg::From(day)), state.is_hushed), (Some(History::Push), false));
    let to = || Msg::To(Day::parse("2026-11-20"));
    assert!(state.is_typing(&to()));
    assert_eq!((history(&mut state, to()), state.is_hushed), (Some(History::Typing), true));
    assert_eq!(ids(&state), ["a", "b", "c"]);
    assert_eq!(update(&mut state, Msg::From(day)), [], "it is so already");
    happen_to_the_end(&mut state, Msg::RemoveChip(0));
    assert_eq!(state.selection.dates, Dates::Any);
}

/// While the visitor types, a screen reader would speak each number into the next letter.
#[test]
fn how_many_are_left_is_said_once_typing_rests() {
    let is_hushed = |state: &State| html(state).contains(r#"aria-live="off""#);
    let mut state = shown(options());
    happen_to_the_end(&mut state, search("titel"));
    assert!(is_hushed(&state));
    let round = state.round;
    happen_to_the_end(&mut state, Msg::Rest);
    assert_eq!((is_hushed(&state), state.round), (false, round + 1));
    assert_eq!(update(&mut state, search("titel")), [], "it is so already");
}

/// The number may be the same, but it is another list.
#[test]
fn another_order_is_announced() {
    let mut state = shown(options());
    let round = state.round;
    happen_to_the_end(&mut state, Msg::Sort(Sort::Oldest));
    assert_eq!(state.round, round + 1);
    assert!(html(&state).contains(r#"<option value="oldest" selected"#));
    happen_to_the_end(&mut state, Msg::Link(None));
    assert_eq!(state.round, round + 2);
}

/// Equal dates stand in the bundle's order.
#[test]
fn undated_articles_are_last_in_either_order() {
    let item = |id: &str, date: &str| format!(r#"{{"id":"{id}","title":"T"{date}}}"#);
    let (newer, older) = (r#","date_published":"2026-01-02""#, r#","date_published":"2025-01-02""#);
    let items = [item("a", newer), item("n", ""), item("b", newer), item("c", older)];
    let mut state = showing(options(), &feed_of(&items));
    assert_eq!(ids(&state), ["a", "b", "c", "n"]);
    happen_to_the_end(&mut state, Msg::Sort(Sort::Oldest));
    assert_eq!(ids(&state), ["c", "a", "b", "n"]);
}

#[test]
fn an_order_that_an_attribute_sets_holds_at_once() {
    let mut state = shown(options());
    happen_to_the_end(&mut state, Msg::Configure(Options { sort: Sort::Oldest, ..options() }));
    assert_eq!(ids(&state)[0], "d");
}
