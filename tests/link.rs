//! Links: what is written is read again, and what is not ours is left alone.

use std::rc::Rc;

use proptest::prelude::*;
use stichwort_core::i18n::Key;
use stichwort_core::link::{self, Entry, Fields};
use stichwort_core::options::{Options, Paging, Sort, UrlState};
use stichwort_core::selection::{Dates, TAGS};
use stichwort_core::state::{Effect, Feed, History, Msg, State, Surroundings, update};
use stichwort_tests::native::{happen_to_the_end, start};
use stichwort_tests::small::{self, feed, fields, ids, toggle};

/// The fields of one widget.
type Expected<'a> = &'a [(&'a str, &'a [&'a str])];

#[test]
fn a_fragment_is_read_or_is_not_ours() {
    #[track_caller]
    fn check(fragment: &str, expected: Option<&[(&str, Expected<'_>)]>) {
        let expected = expected.map(|entries| -> Vec<Entry> {
            entries.iter().map(|(id, list)| Entry { id: (*id).to_owned(), fields: fields(list) }).collect()
        });
        assert_eq!(link::read(fragment), expected, "{fragment}");
    }
    check("teasers--tags-OZG", Some(&[("teasers", &[("tags", &["OZG"])])]));
    check("teasers-2--tags", Some(&[("teasers-2", &[("tags", &[])])]));
    check(
        "a--tags-x--search-y--b--facet-topic-1-2",
        Some(&[("a", &[("tags", &["x"]), ("search", &["y"])]), ("b", &[("facet.topic", &["1", "2"])])]),
    );
    check("", None);
    check("main", None);
    check("tags-x", None);
    check("/route/--tags-x", None);
    check("a--b", None);
    check("a--facet", None);
    check("a--b--tags-x", None);
    check("a.--tags-x", None);
    check("!/a", None);
    // What has been added to a link, or cut off.
    check("a--tags-x-y.", Some(&[("a", &[("tags", &["x", "y"])])]));
    check("a--tags-x%20y--page-2", Some(&[("a", &[("tags", &["x"]), ("page", &["2"])])]));
    check("a--tags-_zz", Some(&[("a", &[("tags", &["_zz"])])])); // nothing of it can be read: shown as it is
    check("a--tags-x_f", Some(&[("a", &[("tags", &["x"])])]));
    check("a_c3--tags-x", None); // no UTF-8
    check("a--tags-x_c3", Some(&[("a", &[("tags", &["x"])])])); // no UTF-8
    check("a--tags-x--", Some(&[("a", &[("tags", &["x"])])]));
    check("a--tags-x--b", Some(&[("a", &[("tags", &["x"])])]));
    check("a--tags-x--facet", Some(&[("a", &[("tags", &["x"])])]));
}

#[test]
fn a_widget_is_put_among_others() {
    #[track_caller]
    fn check(before: &str, list: Expected<'_>, after: &str) {
        assert_eq!(link::put(link::read(before).unwrap_or_default(), "b", &fields(list)), after);
    }
    check("", &[("page", &["2"])], "b--page-2");
    // No selector begins with a digit.
    let entry = Entry { id: "2024-b".to_owned(), fields: fields(&[("tags", &["x"])]) };
    assert_eq!(link::write(&[entry]), "_32024-b--tags-x");
    // Two hyphens end an id.
    let entry = Entry { id: "-a--b-".to_owned(), fields: fields(&[("tags", &["x"])]) };
    assert_eq!(link::write(&[entry]), "_2da_2d-b_2d--tags-x");
    check("2024-b--tags-x", &[], "_32024-b--tags-x");
    check("a--page-2--b--tags-x--c--page-3", &[("tags", &["y"])], "a--page-2--b--tags-y--c--page-3");
    check("a--page-2--b--tags-x", &[], "a--page-2");
    check("b--tags-x", &[], "");
}

#[test]
fn how_far_the_visitor_has_come_is_a_place() {
    for (list, expected) in [
        (&[("shown", &["4"][..]), ("at", &["3"])][..], true),
        (&[("page", &["4"])], false),
        (&[("at", &["3"]), ("tags", &["A"])], false),
    ] {
        assert_eq!(link::is_place(&fields(list)), expected, "{list:?}");
    }
}

#[test]
fn foreign_parameters_stay_as_they_are_where_they_are() {
    let query = "x=1&teasers.tags=A&b=%20%e4+&teasers.tagsy=1&teasers-2.tags=B&&c";
    let written = link::write_query(query, "teasers", &fields(&[("tags", &["Ä & Ö", "x=y"]), ("search", &[])]));
    assert_eq!(
        written,
        "x=1&b=%20%e4+&teasers.tagsy=1&teasers-2.tags=B&&c&teasers.tags=%c3%84%20%26%20%c3%96&teasers.tags=x%3dy&teasers.search="
    );
    assert_eq!(link::read_query(&written, "teasers"), fields(&[("tags", &["Ä & Ö", "x=y"]), ("search", &[])]));
    assert_eq!(link::read_query(&written, "teasers-2"), fields(&[("tags", &["B"])]));
    assert_eq!(link::write_query("", "teasers", &fields(&[("tags", &["A"])])), "teasers.tags=A");
    for others in ["", "&", "&&a", "x=%E4&&y", "a&", "?a", "teasers.tags.x=1&teasers.facet=2", "teasers..tags=1"] {
        assert_eq!(link::read_query(others, "teasers"), Fields::new(), "{others}");
        let with = link::write_query(others, "teasers", &fields(&[("tags", &["A"])]));
        assert!(with.starts_with(others) && with.ends_with("teasers.tags=A"), "{with}");
        assert_eq!(link::write_query(&with, "teasers", &Fields::new()), others);
    }
    for (value, read) in [("%zz%", "%zz%"), ("a+b%2Bc", "a b+c")] {
        let query = ["teasers.search=", value].concat();
        assert_eq!(link::read_query(&query, "teasers"), fields(&[("search", &[read])]));
    }
}

fn any_fields() -> impl Strategy<Value = Fields> {
    let name = prop_oneof![
        proptest::sample::select(link::FIELDS.to_vec())
            .prop_filter("own", |name| *name != "facet")
            .prop_map(str::to_owned),
        "\\PC{1,6}".prop_map(|id| [link::FACET, &id].concat()),
    ];
    proptest::collection::vec((name, proptest::collection::vec("\\PC{1,8}", 0..3)), 1..4)
}

fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
    let id =
        prop_oneof!["[a-z-]{1,8}", "[0-9a-z]{1,3}", "\\PC{1,8}", Just("tags".to_owned()), Just("page-2".to_owned())];
    proptest::collection::vec((id, any_fields()).prop_map(|(id, fields)| Entry { id, fields }), 1..3)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(entries in any_entries()) {
        let written = link::write(&entries);
        prop_assert!(written.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'), "{}", written);
        prop_assert!(!written.starts_with(|first: char| first.is_ascii_digit() || first == '-'), "{}", written);
        prop_assert_eq!(link::read(&written), Some(entries));
    }

    #[test]
    fn junk_is_read_without_harm(text in "[a-f0-9_%&=.+#-]{0,20}|\\PC{0,20}") {
        if let Some(entries) = link::read(&text) {
            prop_assert_eq!(link::read(&link::write(&entries)), Some(entries));
        }
        let fields = link::read_query(&text, "a");
        prop_assert_eq!(link::read_query(&link::write_query("", "a", &fields), "a"), fields);
    }
}

const BUNDLE: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "language": "de",
    "_stichwort": {"facets": [{"id": "topic", "label": {"de": "Thema"}, "match": "all", "values": [
        {"id": "t1", "label": {"de": "Erstes"}}, {"id": "t2", "label": {"en": "Second"}, "hidden": true}]}]},
    "items": [
    {"id": "a", "title": "Zebra", "date_published": "2026-11-20", "tags": ["A", "B"], "_stichwort": {"facets": {"topic": ["t1"]}}},
    {"id": "b", "title": "Äpfel", "date_published": "2026-11-02", "tags": ["A"], "_stichwort": {"facets": {"topic": ["t1", "t2"]}}},
    {"id": "c", "title": "Affe und Zebra", "date_published": "2024-01-01", "tags": ["B"], "_stichwort": {"pinned": true}},
    {"id": "d", "title": "Ohne Datum"}
    ]}"#;

fn options() -> Options {
    Options {
        src: Some("https://host.example/news.json".to_owned()),
        facets: ["tags", "topic", "year"].map(str::to_owned).to_vec(),
        date_filter: true,
        page_size: Some(2),
        ..Options::default()
    }
}

/// A widget on the 25th of November 2026, with what the address says of it.
fn shown(options: Options, link: Option<Fields>) -> State {
    let mut state = small::start(options, link);
    happen_to_the_end(&mut state, Msg::Loaded { feed: bundle(), may_reorder: true });
    state
}

fn bundle() -> Rc<Feed> {
    feed(BUNDLE)
}

fn one_article() -> Rc<Feed> {
    feed(
        r#"{"version": "https://jsonfeed.org/version/1.1", "language": "de", "items": [{"id": "a", "title": "Zebra"}]}"#,
    )
}

#[track_caller]
fn check(link: &[(&str, &[&str])], matches: usize, visible: &[&str]) {
    let link = fields(link);
    let state = shown(options(), Some(link.clone()));
    assert_eq!(state.found.matches.len(), matches, "{link:?}");
    assert_eq!(ids(&state), visible, "{link:?}");
    // What the address says is what it would be given.
    assert_eq!(state.fields(), link);
}

#[test]
fn a_link_restores_what_was_chosen() {
    check(&[], 4, &["c", "a"]); // pinned first
    check(&[("tags", &["A"])], 2, &["a", "b"]);
    check(&[("tags", &["A", "B"])], 1, &["a"]);
    check(&[("facet.topic", &["t1", "t2"])], 1, &["b"]);
    check(&[("year", &["2026", "2024"])], 3, &["c", "a"]);
    check(&[("search", &["zebra"])], 2, &["a", "c"]);
    check(&[("search", &["zebra"]), ("sort", &["oldest"])], 2, &["c", "a"]);
    check(&[("dates", &["last7"])], 1, &["a"]);
    check(&[("dates", &["last30"])], 2, &["a", "b"]);
    check(&[("dates", &["year"])], 2, &["a", "b"]);
    check(&[("dates", &["2024"])], 1, &["c"]);
    check(&[("from", &["2026-11-02"]), ("to", &["2026-11-19"])], 1, &["b"]);
    check(&[("sort", &["oldest"])], 4, &["c", "b"]);
    check(&[("sort", &["headline"]), ("shown", &["4"])], 4, &["c", "b", "d", "a"]);
    check(&[("tags", &["unknown"])], 0, &[]);
    check(&[("tags", &["__proto__"])], 0, &[]);
}

#[test]
fn junk_in_a_link_is_left_out() {
    for junk in [
        ("dates", "last3"),
        ("dates", "last8"),
        ("dates", "12345"),
        ("dates", "99999"),
        ("dates", ""),
        ("tags", "\u{202e}"),
        ("facet.topic", "\u{202e}"),
        ("from", "gestern"),
        ("to", "2026-02-30"),
        ("sort", "best"),
        ("shown", "-1"),
        ("shown", "x"),
        ("page", "7"),
    ] {
        let state = shown(options(), Some(fields(&[(junk.0, &[junk.1])])));
        assert_eq!(ids(&state), ["c", "a"], "{junk:?}");
        assert_eq!(state.fields(), Fields::new(), "{junk:?}");
    }
}

/// Until something is chosen.
#[test]
fn a_period_that_is_none_is_said() {
    const SAID: &str = "Dieses Datum ist unvollständig, oder es gibt es nicht.";
    for (junk, is_said) in [(("to", "2026-02-30"), true), (("dates", "last8"), true), (("sort", "best"), false)] {
        let mut state = shown(options(), Some(fields(&[(junk.0, &[junk.1])])));
        assert_eq!(small::html(&state).contains(SAID), is_said, "{junk:?}");
        happen_to_the_end(&mut state, toggle("A"));
        assert!(!small::html(&state).contains(SAID), "{junk:?}");
    }
}

#[test]
fn periods_and_orders_that_are_none_are_told() {
    let mut state = shown(options(), None);
    for (field, value, is_one) in [
        ("dates", "last8", false),
        ("dates", "last7", true),
        ("from", "gestern", false),
        ("to", "2026-02-28", true),
        ("sort", "best", false),
        ("sort", "oldest", true),
        ("tags", "best", true),
    ] {
        let effects = happen_to_the_end(&mut state, Msg::Link(Some(fields(&[(field, &[value])]))));
        let told: Vec<&Effect> = effects.iter().filter(|effect| matches!(effect, Effect::Warn(_))).collect();
        let has_both = |line: &str| line.contains(field) && line.contains(value);
        let is_told = matches!(told[..], [Effect::Warn(line)] if has_both(line));
        assert_eq!((is_told, told.is_empty()), (!is_one, is_one), "{field} {value}: {effects:?}");
    }
}

/// With all of them the list might be another one.
#[test]
fn choices_that_are_too_many_are_told() {
    let values: Vec<String> = (0..101).map(|number| format!("t{number}")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    for (asked, is_told) in [(100, false), (101, true)] {
        let mut state = shown(options(), None);
        let effects = happen_to_the_end(&mut state, Msg::Link(Some(fields(&[("tags", &values[..asked])]))));
        let told = |effect: &Effect| matches!(effect, Effect::Warn(line) if line.contains("101"));
        assert_eq!(effects.iter().any(told), is_told, "{asked}: {effects:?}");
        assert_eq!(state.selection.choices().len(), 100);
    }
}

/// Back leads to the teaser that the address names; where nothing is, nobody is led.
#[test]
fn who_goes_back_is_brought_to_the_teaser() {
    let mut state = shown(options(), None);
    let scroll = |effects: &[Effect]| {
        effects.iter().find_map(|effect| if let Effect::ScrollTo(article) = effect { Some(*article) } else { None })
    };
    let second = state.visible().nth(1).expect("there are two").index();
    happen_to_the_end(&mut state, toggle("A"));
    assert_eq!(scroll(&happen_to_the_end(&mut state, Msg::Link(Some(fields(&[("at", &["1"])]))))), Some(second));
    happen_to_the_end(&mut state, toggle("A"));
    assert_eq!(scroll(&happen_to_the_end(&mut state, Msg::Link(Some(fields(&[("at", &["99"])]))))), None);
    happen_to_the_end(&mut state, toggle("A"));
    assert_eq!(scroll(&happen_to_the_end(&mut state, Msg::Link(None))), None);
}

/// Made-up numbers do not make the program work without end.
#[test]
fn a_link_asks_for_so_many_at_most() {
    let beginning = |options: Options, link: Fields| small::start(options, Some(link));
    let state = shown(options(), Some(fields(&[("shown", &["4000000000"])])));
    assert_eq!((ids(&state).len(), state.shown), (4, 2000));
    let paged = Options { paging: Paging::Pages, ..options() };
    let state = beginning(paged, fields(&[("shown", &["40"]), ("page", &["4000000000"])]));
    assert_eq!((state.shown, state.page), (2, 999_999));
    let many: Vec<String> = (0..300).map(|number| number.to_string()).collect();
    assert_eq!(beginning(options(), vec![(TAGS.to_owned(), many)]).selection.len(), 100);
}

#[test]
fn pages_are_kept_within_what_there_is() {
    let paged = Options { paging: Paging::Pages, ..options() };
    let state = shown(paged.clone(), Some(fields(&[("page", &["2"])])));
    assert_eq!(ids(&state), ["b", "d"]);
    assert_eq!(state.fields(), fields(&[("page", &["2"])]));
    let state = shown(paged, Some(fields(&[("page", &["99"])])));
    assert_eq!(ids(&state), ["b", "d"]);
}

#[test]
fn a_link_wins_over_preset_tags_and_leaves_out_what_is_preset() {
    let preset = Options { tags: vec!["A".to_owned()], ..options() };
    let mut state = shown(preset.clone(), None);
    assert_eq!(state.found.matches.len(), 2);
    assert_eq!(state.fields(), Fields::new());
    happen_to_the_end(&mut state, Msg::Clear);
    assert_eq!(state.fields(), fields(&[("tags", &[])]));
    let state = shown(preset.clone(), Some(fields(&[("tags", &[])])));
    assert_eq!(state.found.matches.len(), 4);
    // One in place of the other.
    let mut state = shown(preset, None);
    for tag in ["A", "B"] {
        happen_to_the_end(&mut state, toggle(tag));
    }
    assert_eq!(state.fields(), fields(&[("tags", &["B"])]));
}

/// What is as the webmaster has set it is left out, in whatever way that came about.
#[test]
fn what_has_become_the_default_again_is_left_out() {
    let tags = ["A", "B", "A"].map(str::to_owned).to_vec();
    let mut state = shown(Options { tags, ..options() }, None);
    assert_eq!(state.fields(), Fields::new());
    for _ in 0..2 {
        happen_to_the_end(&mut state, toggle("A"));
    }
    assert_eq!(state.fields(), Fields::new());
    let mut state = shown(options(), None);
    for msg in [Msg::Search("zebra".to_owned()), Msg::Sort(Sort::Newest), Msg::Sort(Sort::Relevance)] {
        happen_to_the_end(&mut state, msg);
    }
    assert_eq!(state.fields(), fields(&[("search", &["zebra"])]));
    happen_to_the_end(&mut state, Msg::Search(String::new()));
    assert_eq!((state.fields(), state.order()), (Fields::new(), Sort::Newest));
    for sort in [Sort::Oldest, Sort::Newest] {
        happen_to_the_end(&mut state, Msg::Sort(sort));
    }
    assert_eq!(state.fields(), Fields::new());
    happen_to_the_end(&mut state, Msg::Search("  ".to_owned()));
    assert_eq!((state.fields(), state.order(), state.selection.len()), (Fields::new(), Sort::Newest, 0));
}

/// There is an order of a search only as long as there is the search.
#[test]
fn the_order_of_a_search_ends_with_it() {
    let mut state = shown(options(), None);
    let search = |words: &str| Msg::Search(words.to_owned());
    for msg in [search("zebra"), Msg::Sort(Sort::Oldest), Msg::Sort(Sort::Relevance), search("")] {
        happen_to_the_end(&mut state, msg);
    }
    assert_eq!(state.order(), Sort::Newest);
}

#[test]
fn who_only_scrolls_changes_nothing_in_the_address() {
    let mut state = shown(options(), None);
    assert_eq!(update(&mut state, Msg::At(2)).len(), 1);
    assert_eq!(update(&mut state, Msg::At(2)), [], "it is kept once");
    assert_eq!(state.fields(), Fields::new());
}

#[test]
fn choosing_is_a_step_and_typing_none() {
    let mut state = shown(options(), None);
    let history = |state: &mut State, msg: Msg| {
        update(state, msg).into_iter().find_map(|effect| match effect {
            Effect::Keep { history, .. } => Some(history),
            _ => None,
        })
    };
    assert_eq!(history(&mut state, Msg::ToggleTag("A".to_owned())), Some(History::Push));
    assert_eq!(history(&mut state, Msg::Search("z".to_owned())), Some(History::Typing));
    assert_eq!(history(&mut state, Msg::Sort(Sort::Oldest)), Some(History::Push));
    assert_eq!(history(&mut state, Msg::Clear), Some(History::Push));
    assert_eq!(history(&mut state, Msg::More), Some(History::Replace));
    assert_eq!(history(&mut state, Msg::Link(None)), None, "who follows an address does not write it");
    assert_eq!(state.fields(), Fields::new());
}

#[test]
fn who_goes_back_changes_only_what_is_told() {
    fn told(state: &mut State, link: &[(&str, &[&str])]) -> Vec<&'static str> {
        let effects = happen_to_the_end(state, Msg::Link(Some(fields(link))));
        effects
            .iter()
            .filter_map(|effect| if let Effect::Emit(event) = effect { Some(event.name()) } else { None })
            .collect()
    }
    let mut state = shown(Options { paging: Paging::Pages, ..options() }, None);
    assert_eq!(told(&mut state, &[("page", &["2"])]), ["more"]);
    assert_eq!(told(&mut state, &[]), ["more"]);
    assert!(told(&mut state, &[]).is_empty());
    // What is chosen stands in links in an order of its own, and they leave out what is so anyway.
    for msg in [Msg::ToggleValue("topic".to_owned(), "t1".to_owned()), toggle("A"), Msg::Sort(Sort::Newest)] {
        happen_to_the_end(&mut state, msg);
    }
    assert!(told(&mut state, &[("tags", &["A"]), ("facet.topic", &["t1"])]).is_empty());
    assert_eq!(state.selection.choices()[0].value, "t1", "chips stay where they are");
    assert_eq!(told(&mut state, &[("page", &["2"]), ("tags", &["A"])]), ["change"]);
    // Another widget's step, while a word is being typed.
    happen_to_the_end(&mut state, Msg::Search("zebra ".to_owned()));
    let link = [("tags", &["A"][..]), ("search", &["zebra "][..])];
    assert!(told(&mut state, &link).is_empty());
    assert_eq!(state.selection.search(), "zebra ");
    assert_eq!(state.fields(), fields(&[("tags", &["A"]), ("search", &["zebra "])]));
    assert_eq!(told(&mut state, &[("tags", &["A"]), ("search", &["zeb"])]), ["change"]);
    assert_eq!(state.selection.search(), "zeb");
}

#[test]
fn the_address_follows_what_attributes_and_bundles_take_back() {
    #[track_caller]
    fn check(options: Options, link: &[(&str, &[&str])], msg: impl FnOnce(&State) -> Msg) {
        let mut state = shown(options, Some(fields(link)));
        assert_eq!(state.fields(), fields(link));
        let msg = msg(&state);
        let asked = update(&mut state, msg);
        assert!(asked.contains(&Effect::Keep { history: History::Replace }), "{asked:?}");
        assert_eq!(state.fields(), Fields::new());
    }
    let paged = || Options { paging: Paging::Pages, ..options() };
    check(options(), &[("shown", &["4"])], |_| Msg::Configure(Options { page_size: Some(3), ..options() }));
    check(options(), &[("shown", &["4"])], |_| Msg::Configure(paged()));
    check(paged(), &[("page", &["2"])], |_| Msg::Configure(options()));
    // Fewer articles than before.
    check(paged(), &[("page", &["2"])], |_| Msg::Loaded { feed: one_article(), may_reorder: true });
    // Another bundle.
    let mut state = shown(options(), Some(fields(&[("shown", &["4"])])));
    let src = Some("https://host.example/other.json".to_owned());
    happen_to_the_end(&mut state, Msg::Configure(Options { src, ..options() }));
    let feed = state.feed.clone().expect("there is one");
    let asked = update(&mut state, Msg::Loaded { feed, may_reorder: true });
    assert!(asked.contains(&Effect::Keep { history: History::Replace }), "{asked:?}");
    assert_eq!(state.fields(), Fields::new());
}

#[test]
fn who_scrolls_while_it_loads_comes_where_the_link_leads() {
    /// What is asked for when the bundle comes, and where the list is after scrolling further.
    fn lead(at: &str) -> (Vec<Effect>, Option<String>) {
        let link = fields(&[("tags", &["A"]), ("at", &[at])]);
        let mut state = start(options(), Surroundings { link: Some(link), ..Surroundings::default() });
        assert_eq!(update(&mut state, Msg::At(0)), []);
        let effects = happen_to_the_end(&mut state, Msg::Loaded { feed: bundle(), may_reorder: false });
        happen_to_the_end(&mut state, Msg::At(3));
        let at = state.fields().into_iter().find(|(name, _)| name == "at");
        (effects, at.map(|(_, values)| values[0].clone()))
    }
    let is_scroll = |effect: &Effect| matches!(effect, Effect::ScrollTo(_));
    let (effects, at) = lead("1");
    assert_eq!(effects.iter().filter(|effect| is_scroll(effect)).count(), 1);
    assert_eq!(at.as_deref(), Some("3"));
    // There are not so many any more.
    let (effects, at) = lead("30");
    assert!(!effects.iter().any(is_scroll));
    assert_eq!(at.as_deref(), Some("3"));
}

#[test]
fn a_copied_link_is_old_after_going_back_or_on() {
    for msg in [Msg::Link(None), toggle("B")] {
        let mut state = shown(options(), None);
        happen_to_the_end(&mut state, toggle("A"));
        let is_told = |state: &State| small::html(state).contains(state.catalogue.text(Key::CopyLinkDone));
        happen_to_the_end(&mut state, Msg::Copied(true));
        assert!(is_told(&state));
        happen_to_the_end(&mut state, msg);
        assert!(!is_told(&state));
    }
}

#[test]
fn what_could_not_be_copied_is_told_until_something_else_is_done() {
    for has_link in [true, false] {
        let mut state = shown(options(), None);
        happen_to_the_end(&mut state, toggle("A"));
        let before = small::html(&state);
        happen_to_the_end(&mut state, Msg::CanCopy(has_link));
        happen_to_the_end(&mut state, Msg::Copied(false));
        let html = small::html(&state);
        let failed = state.catalogue.text(Key::CopyLinkFailed).to_owned();
        // In one place only: where there is a link to be copied by hand, its field tells it.
        assert_eq!(html.matches(&failed).count(), 1, "{html}");
        assert_eq!(html.contains(&format!("{failed}</span><input>")), has_link, "{html}");
        happen_to_the_end(&mut state, toggle("B"));
        happen_to_the_end(&mut state, toggle("B"));
        happen_to_the_end(&mut state, Msg::CanCopy(true));
        assert_eq!(small::html(&state), before);
    }
}

#[test]
fn going_back_brings_the_order_back() {
    let mut state = shown(options(), None);
    happen_to_the_end(&mut state, Msg::Sort(Sort::Oldest));
    assert_eq!(ids(&state), ["c", "b"]);
    happen_to_the_end(&mut state, Msg::Link(None));
    assert_eq!(ids(&state), ["c", "a"]);
}

#[test]
fn what_cannot_be_copied_is_not_offered() {
    let surroundings = || Surroundings { can_copy: true, ..Surroundings::default() };
    let mut state = shown(options(), None);
    happen_to_the_end(&mut state, Msg::CanCopy(true));
    happen_to_the_end(&mut state, Msg::CanCopy(false));
    happen_to_the_end(&mut state, Msg::Surround(surroundings()));
    assert!(state.is_unlinked, "what stands in the element has no say");
    assert_eq!(state.copied, None);
}

#[test]
fn a_link_is_offered_where_it_would_help() {
    for (url_state, can_copy, expected) in [
        (UrlState::Hash, true, true),
        (UrlState::Query, true, true),
        (UrlState::None, true, false),
        (UrlState::Hash, false, false),
    ] {
        let options = Options { url_state, tags: vec!["A".to_owned()], ..options() };
        let mut state = start(options, Surroundings { can_copy: true, ..Surroundings::default() });
        happen_to_the_end(&mut state, Msg::Loaded { feed: bundle(), may_reorder: true });
        happen_to_the_end(&mut state, Msg::CanCopy(can_copy));
        assert_eq!(small::html(&state).contains(r#"part="copy-link""#), expected, "{url_state:?} {can_copy}");
    }
}

#[test]
fn what_letting_go_would_leave_is_what_it_leaves() {
    let links: [Expected<'_>; 6] = [
        &[("tags", &["A"]), ("dates", &["2024"])],
        &[("tags", &["A"]), ("search", &["zebra"]), ("dates", &["2024"])],
        &[("tags", &["A", "B"]), ("search", &["nirgends"])],
        &[("search", &["affe"]), ("from", &["2026-01-01"]), ("to", &["2025-01-01"])],
        &[("facet.topic", &["x"]), ("dates", &["7"])],
        &[("search", &["nirgends"])],
    ];
    for link in links {
        let state = shown(options(), Some(fields(link)));
        for chip in 0..state.selection.len() {
            let mut without = shown(options(), Some(fields(link)));
            happen_to_the_end(&mut without, Msg::RemoveChip(chip));
            assert_eq!(state.count_without(chip), Some(without.found.matches.len()), "{link:?} {chip}");
        }
    }
}

#[test]
fn counts_of_periods_are_those_of_really_choosing_them() {
    for tag in [None, Some("A"), Some("B"), Some("unknown")] {
        let mut state = shown(options(), tag.map(|tag| fields(&[(TAGS, &[tag])])));
        for (dates, count) in state.periods.clone() {
            happen_to_the_end(&mut state, Msg::Dates(dates));
            assert_eq!(state.found.matches.len(), count as usize, "{dates:?} with {tag:?}");
            happen_to_the_end(&mut state, Msg::Dates(Dates::Any));
        }
    }
}

/// Nothing matches what nobody knows, whatever else is chosen.
#[test]
fn a_facet_that_nobody_knows() {
    let mut state = small::start(small::options(), Some(fields(&[("facet.gone", &["x"])])));
    happen_to_the_end(&mut state, small::loaded(true));
    assert_eq!(state.found.matches.len(), 0);
    assert_eq!(state.found.counts, [0, 0]);
}

#[test]
fn a_facet_that_does_not_show() {
    let mut state = small::start(small::options(), Some(fields(&[("author", &["ve"])])));
    happen_to_the_end(&mut state, small::loaded(true));
    assert_eq!(state.found.matches.len(), 5);
    let mut state = small::shown(small::options());
    happen_to_the_end(&mut state, Msg::Link(Some(fields(&[("author", &["ve"])]))));
    assert_eq!(state.found.matches.len(), 5);
}

#[test]
fn newest_during_a_search_is_in_the_link() {
    let mut state = small::start(small::options(), None);
    happen_to_the_end(&mut state, small::loaded(true));
    happen_to_the_end(&mut state, Msg::Search("titel".to_owned()));
    happen_to_the_end(&mut state, Msg::Sort(Sort::Newest));
    assert_eq!(state.order(), Sort::Newest);
    let link = state.fields();
    let mut again = small::start(small::options(), Some(link.clone()));
    happen_to_the_end(&mut again, small::loaded(true));
    assert_eq!(again.order(), Sort::Newest, "{link:?}");
}

/// What is copied has the search in it that has just been typed.
#[test]
fn copying_keeps_first() {
    let mut state = small::start(small::options(), None);
    happen_to_the_end(&mut state, small::loaded(true));
    update(&mut state, Msg::Search("titel".to_owned()));
    let effects = update(&mut state, Msg::CopyLink);
    assert!(matches!(effects[..], [Effect::Keep { .. }, Effect::Copy]), "{effects:?}");
}

/// An order or a page has a link, too, and where there is none nothing is left of it.
#[test]
fn an_order_or_a_page_has_a_link_to_copy() {
    let paged = || Options { paging: Paging::Pages, page_size: Some(2), ..small::options() };
    let touches: [(fn() -> Msg, bool); 3] =
        [(|| Msg::Sort(Sort::Oldest), true), (|| Msg::Page(1), true), (|| Msg::Touch, false)];
    for (number, (touch, expected)) in touches.into_iter().enumerate() {
        for url_state in [UrlState::Hash, UrlState::None] {
            let options = Options { url_state, ..paged() };
            let mut state = start(options, Surroundings { can_copy: true, ..Surroundings::default() });
            happen_to_the_end(&mut state, small::loaded(true));
            happen_to_the_end(&mut state, touch());
            let page = small::html(&state);
            let expected = expected && url_state == UrlState::Hash;
            assert_eq!(page.contains(r#"part="copy-link""#), expected, "touch {number}, {url_state:?}");
            assert_eq!(page.contains(r#"class="chosen""#), expected, "touch {number}, {url_state:?}");
        }
    }
}
