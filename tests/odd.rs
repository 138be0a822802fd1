//! What was found by trying to break the list: odd moments, odd links, odd bundles.

use std::rc::Rc;
use std::time::Instant;

use stichwort_core::bundle::{Bundle, Reader};
use stichwort_core::date::Date;
use stichwort_core::link::Fields;
use stichwort_core::options::{Options, Paging, Sort};
use stichwort_core::state::{Effect, Event, Failure, Feed, Msg, State, Surroundings, update};
use stichwort_core::view::view;
use stichwort_tests::native::{self, happen_once as happen};

const SRC: &str = "https://host.example/news.json";

fn options() -> Options {
    Options { src: Some(SRC.to_owned()), ..Options::default() }
}

fn start(options: Options, link: Option<Fields>) -> State {
    let today = Date::parse("2026-11-25").map(|date| date.day());
    let surroundings = Surroundings { today, link, ..Surroundings::default() };
    native::start(options, surroundings)
}

fn bundle(json: &str) -> Bundle {
    let mut reader = Reader::new(SRC, 1_795_600_000_000);
    reader.push(json.as_bytes()).expect("JSON");
    reader.finish().expect("a feed")
}

fn feed(json: &str) -> Rc<Feed> {
    Rc::new(Feed::new(bundle(json)))
}

fn items(ids: &[(&str, &str, &str)]) -> String {
    let list: Vec<String> = ids
        .iter()
        .map(|(id, date, tag)| {
            format!(r#"{{"id":"{id}","title":"Titel {id}","date_published":"{date}","tags":["{tag}"],"authors":[{{"name":"ve"}}]}}"#)
        })
        .collect();
    format!(r#"{{"version":"https://jsonfeed.org/version/1.1","language":"de","items":[{}]}}"#, list.join(","))
}

fn ids(state: &State) -> Vec<&str> {
    state.visible().map(|article| article.id()).collect()
}

fn fields(list: &[(&str, &[&str])]) -> Fields {
    list.iter().map(|(name, values)| ((*name).to_owned(), values.iter().map(|v| (*v).to_owned()).collect())).collect()
}

fn changes(effects: &[Effect]) -> Vec<u32> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Emit(Event::Change { matches, .. }) => Some(*matches),
            _ => None,
        })
        .collect()
}

const FIRST: [(&str, &str, &str); 3] = [("a", "2026-11-20", "A"), ("b", "2026-11-19", "B"), ("c", "2026-11-18", "A")];
const ALL: [(&str, &str, &str); 5] = [
    ("a", "2026-11-20", "A"),
    ("b", "2026-11-19", "B"),
    ("c", "2026-11-18", "A"),
    ("d", "2026-11-17", "B"),
    ("new", "2026-11-21", "B"),
];

fn arriving() -> Msg {
    Msg::Arriving(Rc::new(Feed::arriving(bundle(&items(&FIRST)))))
}

fn loaded(may_reorder: bool) -> Msg {
    Msg::Loaded { feed: feed(&items(&ALL)), may_reorder }
}

// 1. panic: `listed` subtracts below zero.
#[test]
fn scope_set_while_arriving() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Configure(Options { locked: vec!["A".to_owned()], ..options() }));
    happen(&mut state, loaded(false));
    let _ = view(&state);
    assert_eq!(ids(&state), ["a", "c"]);
}

#[test]
fn limit_set_while_arriving() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Configure(Options { limit: Some(1), ..options() }));
    happen(&mut state, loaded(false));
    let _ = view(&state);
    assert_eq!(ids(&state), ["new"]);
}

// 2. painted places in another order.
#[test]
fn order_by_link_while_arriving() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Link(Some(fields(&[("sort", &["oldest"])]))));
    happen(&mut state, loaded(false));
    let _ = view(&state);
    assert_eq!(state.updates(), 0);
    assert_eq!(ids(&state), ["d", "c", "b", "a", "new"]);
}

#[test]
fn order_by_attribute_while_arriving() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Configure(Options { sort: Sort::Oldest, ..options() }));
    happen(&mut state, loaded(false));
    let _ = view(&state);
    assert_eq!(ids(&state), ["d", "c", "b", "a", "new"]);
}

#[test]
fn page_by_link_while_arriving() {
    let paged = Options { paging: Paging::Pages, page_size: Some(2), ..options() };
    let mut state = start(paged, None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Link(Some(fields(&[("page", &["2"])]))));
    happen(&mut state, loaded(false));
    let _ = view(&state);
    assert_eq!((state.updates(), state.page), (0, 1));
    assert_eq!(ids(&state), ["b", "c"]);
}

// A link while arriving tells counts of what is there so far.
#[test]
fn change_by_link_while_arriving_is_told_once_it_is_true() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    let mut told = changes(&happen(&mut state, Msg::Link(Some(fields(&[("tags", &["B"])])))));
    told.extend(changes(&happen(&mut state, loaded(true))));
    assert_eq!(told, [3]);
}

fn many(prefix: &str) -> String {
    let list: Vec<String> = (0..1200)
        .map(|n| {
            format!(
                r#"{{"id":"{prefix}{n}","title":"{}","date_published":"2026-{:02}-{:02}"}}"#,
                if (n % 2 == 0) == (prefix == "x") { "Brücke" } else { "Straße" },
                12 - n / 100,
                28 - n % 28
            )
        })
        .collect();
    format!(r#"{{"version":"https://jsonfeed.org/version/1.1","items":[{}]}}"#, list.join(","))
}

fn work(state: &mut State, effects: Vec<Effect>) -> Vec<Effect> {
    let mut others = Vec::new();
    let mut waiting = effects;
    while !waiting.is_empty() {
        match waiting.remove(0) {
            Effect::Work => waiting.extend(happen(state, Msg::Work)),
            other => others.push(other),
        }
    }
    others
}

// 3. a search typed while the bundle arrives: the first event says what is not true.
#[test]
fn search_while_arriving_is_told_when_known() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Search("brücke".to_owned()));
    let effects = happen(&mut state, Msg::Loaded { feed: feed(&many("x")), may_reorder: false });
    let effects = work(&mut state, effects);
    assert_eq!(changes(&effects), [600]);
}

// 4. a search is on, a new bundle comes: its articles at the old places show as matches until the words are read.
#[test]
fn new_bundle_during_a_search() {
    let mut state = start(options(), None);
    happen(&mut state, Msg::Loaded { feed: feed(&many("x")), may_reorder: true });
    let effects = happen(&mut state, Msg::Search("brücke".to_owned()));
    work(&mut state, effects);
    assert_eq!(state.found.matches.len(), 600);
    happen(&mut state, Msg::Loaded { feed: feed(&many("y")), may_reorder: true });
    let wrong: Vec<&str> = state.visible().map(|a| a.headline()).filter(|h| *h != "Brücke").collect();
    assert!(wrong.is_empty(), "{} wrong teasers show, is_working {}", wrong.len(), state.is_working());
}

// 5. a debt of a change is never paid off.
#[test]
fn a_search_given_up_tells_nothing_later() {
    let mut state = start(options(), None);
    happen(&mut state, Msg::Loaded { feed: feed(&many("x")), may_reorder: true });
    let effects = happen(&mut state, Msg::Search("brücke".to_owned()));
    happen(&mut state, Msg::Search(String::new()));
    work(&mut state, effects);
    let effects = happen(&mut state, Msg::Loaded { feed: feed(&many("x")), may_reorder: true });
    assert_eq!(changes(&effects), Vec::<u32>::new());
}

// 6. search after a broken document: nothing happens, everything stays.
#[test]
fn search_in_what_came_before_it_broke() {
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Failed(Failure::Timeout, None));
    happen(&mut state, Msg::Search("nirgends".to_owned()));
    assert_eq!(ids(&state), Vec::<&str>::new());
}

// 7. an unknown facet in a link: counts promise what a click does not keep.
#[test]
fn unknown_facet_counts() {
    let mut state = start(options(), Some(fields(&[("facet.gone", &["x"])])));
    happen(&mut state, loaded(true));
    assert_eq!(state.found.matches.len(), 0);
    assert_eq!(state.found.counts, [0, 0]);
}

// 8. a facet of articles that this widget does not show.
#[test]
fn author_in_a_link_where_the_facet_does_not_show() {
    let mut state = start(options(), Some(fields(&[("author", &["ve"])])));
    happen(&mut state, loaded(true));
    assert_eq!(state.found.matches.len(), 5);
}

// 9. newest chosen during a search is lost in the link.
#[test]
fn newest_during_a_search_is_in_the_link() {
    let mut state = start(options(), None);
    happen(&mut state, loaded(true));
    happen(&mut state, Msg::Search("titel".to_owned()));
    happen(&mut state, Msg::Sort(Sort::Newest));
    assert_eq!(state.order(), Sort::Newest);
    let link = state.fields();
    let mut again = start(options(), Some(link.clone()));
    happen(&mut again, loaded(true));
    assert_eq!(again.order(), Sort::Newest, "{link:?}");
}

// 10. date-filter on at run time has no periods.
#[test]
fn date_filter_at_run_time() {
    let mut state = start(options(), None);
    happen(&mut state, loaded(true));
    happen(&mut state, Msg::Configure(Options { date_filter: true, ..options() }));
    assert!(!state.periods.is_empty());
}

// 11. the language changes while sorted by headline.
#[test]
fn language_changes_while_sorted_by_headline() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","items":[
        {"id":"lz","title":"Lzy"},{"id":"ła","title":"Łaba"}]}"#;
    let by_headline = Options { sort: Sort::Headline, lang: Some("de".to_owned()), ..options() };
    let mut state = start(by_headline.clone(), None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    assert_eq!(ids(&state), ["ła", "lz"]);
    happen(&mut state, Msg::Configure(Options { lang: Some("pl".to_owned()), ..by_headline }));
    assert_eq!(ids(&state), ["lz", "ła"]);
}

// 12. the last of equal keys wins.
#[test]
fn equal_keys_in_item_facets() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","items":[
        {"id":"z","title":"Z","_stichwort":{"facets":{"topic":["old"],"topic":["new"]}}}]}"#;
    let bundle = bundle(json);
    let topic = bundle.store.find_facet("topic").expect("a facet");
    assert!(bundle.store.find_value(topic, "new").is_some());
    assert!(bundle.store.find_value(topic, "old").is_none());
}

#[test]
fn equal_keys_in_labels() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"topic","label":{"de":"alt","de":"neu"}, "match":"some"}]},"items":[]}"#;
    let bundle = bundle(json);
    assert_eq!(bundle.facets[0].label("de"), "neu");
    assert_eq!(bundle.facets[0].combine, None);
    assert_eq!(bundle.problem_count, 1);
}

// 13. places of problems.
#[test]
fn problems_of_facets_have_their_places() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"a","values":[{"id":"1"},{"id":"2"},{"id":3}],"match":7}, 5]},
        "items":[{"id":"z","title":"Z","_stichwort":{"facets":{"topic":["x",1]}}}]}"#;
    let places: Vec<String> = bundle(json).problems.iter().map(|problem| problem.place.clone()).collect();
    assert_eq!(
        places,
        [
            "_stichwort.facets[0].values[2].id",
            "_stichwort.facets[0].match",
            "_stichwort.facets[1]",
            "items[0]._stichwort.facets.topic[1]"
        ]
    );
}

// 14. values listed twice, labels empty.
#[test]
fn values_listed_twice_show_once() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"topic","label":{"de":""},"values":[{"id":"x","label":{"de":""}},{"id":"x"}]}]},
        "items":[{"id":"z","title":"Z","_stichwort":{"facets":{"topic":["x"]}}}]}"#;
    let mut state = start(Options { facets: vec!["topic".to_owned()], ..options() }, None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    let html = stichwort_core::view::html::to_html(&view(&state));
    assert_eq!(html.matches(r#"data-tag="x""#).count(), 1, "{html}");
}

// Tags that the bundle describes are called so wherever they stand, and hidden ones stand nowhere.
#[test]
fn labels_of_tags() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"tags","values":[{"id":"a","label":{"en":"Alpha"}},{"id":"b","hidden":true}]}]},
        "items":[{"id":"z","title":"Z","tags":["a","b","c"]}]}"#;
    let mut state = start(options(), None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    let html = stichwort_core::view::html::to_html(&view(&state));
    assert_eq!(html.matches("<bdi>Alpha</bdi>").count(), 2, "{html}");
    assert_eq!((html.matches(r#"data-tag="b""#).count(), html.matches("<bdi>c</bdi>").count()), (0, 2), "{html}");
}

/// WCAG 2.2, 3.1.2: a label that there is not in the interface's language says which it is in.
#[test]
fn labels_in_another_language_say_so() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","language":"de","_stichwort":{"facets":[
        {"id":"place","label":{"en":"Place"},"values":[
            {"id":"n","label":{"fr":"Nord"}},{"id":"s","label":{"de-AT":"Süd","fr":"Sud"}},{"id":"o","label":{}}]}]},
        "items":[{"id":"z","title":"Z","_stichwort":{"facets":{"place":["n","s","o"]}}}]}"#;
    let mut state = start(Options { facets: vec!["place".to_owned()], lang: Some("de".to_owned()), ..options() }, None);
    happen(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    happen(&mut state, Msg::ToggleValue("place".to_owned(), "n".to_owned()));
    let html = stichwort_core::view::html::to_html(&view(&state));
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

#[test]
fn names_are_no_codes() {
    let bylines = |names: &str| {
        let json = format!(
            r#"{{"version":"https://jsonfeed.org/version/1.1","items":[{{"id":"a","title":"A","authors":[{names}]}}]}}"#
        );
        let mut state = start(options(), None);
        happen(&mut state, Msg::Loaded { feed: feed(&json), may_reorder: true });
        stichwort_core::view::html::to_html(&view(&state))
    };
    for code in ["ve", "dpa", "AFP", "hü", "m.k."] {
        assert!(bylines(&format!(r#"{{"name":"{code}"}}"#)).contains(&format!("<span>({code})</span>")), "{code}");
    }
    for name in ["Anna", "Li", "王小明", "علي", "Redaktion"] {
        assert!(bylines(&format!(r#"{{"name":"{name}"}}"#)).contains(&format!("<span>{name}</span>")), "{name}");
    }
    assert!(bylines(r#"{"name":"ve"},{"name":"Li"}"#).contains("<span>ve, Li</span>"));
}

// 15. a made-up address must not stop the page.
#[test]
fn an_address_with_many_facets() {
    let mut link = Fields::new();
    for n in 0..300 {
        link.push((format!("facet.f{n}"), vec!["x".to_owned()]));
    }
    let list: Vec<String> = (0..20_000).map(|n| format!(r#"{{"id":"{n}","title":"T"}}"#)).collect();
    let json = format!(r#"{{"version":"https://jsonfeed.org/version/1.1","items":[{}]}}"#, list.join(","));
    let feed = feed(&json);
    let mut state = start(options(), Some(link));
    happen(&mut state, Msg::Loaded { feed, may_reorder: true });
    let before = Instant::now();
    let _ = view(&state);
    let took = before.elapsed();
    assert!(took.as_millis() < 1000, "one view took {took:?}");
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
    let before = Instant::now();
    let _ = view(&state);
    let took = before.elapsed();
    assert!(took.as_millis() < 100, "one view took {took:?}");
}

// 16. at the end of scrolling the end stays watched: see finding about element.rs; natively, more than asked for.
#[test]
fn scrolling_with_nothing_left_says_nothing() {
    let mut state = start(Options { paging: Paging::Scroll, ..options() }, None);
    happen(&mut state, loaded(true));
    let effects = happen(&mut state, Msg::Scroll);
    assert_eq!(state.shown, 20);
    assert_eq!(effects, []);
}

// 1. `listed` is below zero: panics here, is four billion in the browser.
#[test]
fn limit_set_while_arriving_and_two_newer() {
    let mut all = ALL.to_vec();
    all.push(("newest", "2026-11-22", "B"));
    let mut state = start(options(), None);
    happen(&mut state, arriving());
    happen(&mut state, Msg::Configure(Options { limit: Some(1), ..options() }));
    happen(&mut state, Msg::Loaded { feed: feed(&items(&all)), may_reorder: false });
    let _ = view(&state);
    assert_eq!(ids(&state), ["newest"]);
}

// 17. while the words are still being read, nothing is said to match.
#[test]
fn a_link_with_a_search_is_not_empty_before_it_is_known() {
    let mut state = start(options(), Some(fields(&[("search", &["brücke"])])));
    happen(&mut state, Msg::Loaded { feed: feed(&many("x")), may_reorder: true });
    assert!(state.is_working());
    let html = stichwort_core::view::html::to_html(&view(&state));
    assert!(!html.contains(r#"part="empty""#));
}

// 18. the place in a list that a search leaves is not found again.
#[test]
fn a_link_with_a_search_leads_to_its_place() {
    let mut state = start(options(), Some(fields(&[("search", &["brücke"]), ("at", &["5"])])));
    let effects = happen(&mut state, Msg::Loaded { feed: feed(&many("x")), may_reorder: true });
    let effects = work(&mut state, effects);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::ScrollTo(_))), "{effects:?}");
}

// Headlines of many articles are put in order in turns; what shows meanwhile is not said to be the result.
#[test]
fn many_headlines_are_sorted_in_turns() {
    const ARTICLES: u32 = 5000;
    let title = |n: u32| n * 7919 % ARTICLES;
    let items: Vec<String> =
        (0..ARTICLES).map(|n| format!(r#"{{"id":"{n}","title":"Titel {:04}"}}"#, title(n))).collect();
    let mut state = start(options(), None);
    let json = format!(r#"{{"version":"https://jsonfeed.org/version/1.1","items":[{}]}}"#, items.join(","));
    happen(&mut state, Msg::Loaded { feed: feed(&json), may_reorder: true });
    let effects = happen(&mut state, Msg::Sort(Sort::Headline));
    assert!(state.is_working() && changes(&effects).is_empty(), "{effects:?}");
    assert_eq!(ids(&state)[..2], ["0", "1"]);
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

// 19. an unknown `match` becomes `all`, where the default of a facet of the bundle is `any`.
#[test]
fn match_of_the_wrong_kind_leaves_the_default() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"topic","match":"some"}]},"items":[]}"#;
    assert_eq!(bundle(json).facets[0].combine, None);
}

// 20. what is copied has the search in it that has just been typed.
#[test]
fn copying_keeps_first() {
    let mut state = start(options(), None);
    happen(&mut state, loaded(true));
    update(&mut state, Msg::Search("titel".to_owned()));
    let effects = update(&mut state, Msg::CopyLink);
    assert!(matches!(effects[..], [Effect::Keep { .. }, Effect::Copy]), "{effects:?}");
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
    selection.search = "b".to_owned();
    let change = Event::Change { selection, matches: 0 };
    assert_eq!(change.detail(), r#"{"selection":{"tags":[],"facet.search":["a"],"search":"b"},"matches":0}"#);
    let nothing = Event::Change { selection: Default::default(), matches: 3 };
    assert_eq!(nothing.detail(), r#"{"selection":{"tags":[]},"matches":3}"#);
}
