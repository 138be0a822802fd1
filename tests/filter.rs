//! Filtering: a table of cases, and arbitrary bundles against a reference that reads every article.

use proptest::prelude::*;
use stichwort_core::date::Date;
use stichwort_core::filter::{FilterIndex, Found, Need, Scope};
use stichwort_core::model::ValueId;
use stichwort_core::selection::Match;
use stichwort_core::store::{Draft, PART, Store};
use stichwort_tests::small::{bundle, feed_of, texts};

/// An article: its date, its tags, what it carries of the bundle's own facet "place", its authors and where it is from.
#[derive(Clone, Debug, Default)]
struct Row {
    date: Option<&'static str>,
    tags: Vec<&'static str>,
    places: Vec<&'static str>,
    authors: Vec<&'static str>,
    source: &'static str,
}

impl Row {
    /// What it carries of a facet.
    fn values(&self, facet: &str) -> Vec<String> {
        let owned = |list: &[&str]| list.iter().map(|value| (*value).to_owned()).collect();
        match facet {
            "tags" => owned(&self.tags),
            "place" => owned(&self.places),
            "author" => owned(&self.authors),
            "source" if self.source.is_empty() => Vec::new(),
            "source" => owned(&[self.source]),
            _ => self.date.map(|date| date[..4].to_owned()).into_iter().collect(),
        }
    }
}

fn tagged(date: Option<&'static str>, tags: &[&'static str]) -> Row {
    Row { date, tags: tags.to_vec(), ..Row::default() }
}

fn store(rows: &[Row]) -> Store {
    let mut store = Store::default();
    let place = store.intern_facet("place").expect("there is room for one");
    for (number, row) in rows.iter().enumerate() {
        let mut tags: Vec<ValueId> = row.tags.iter().map(|tag| store.intern(tag)).collect();
        tags.extend(row.places.iter().map(|name| store.intern_value(place, name)));
        let id = number.to_string();
        let date = row.date.map(|date| Date::parse(date).expect("the table holds valid dates"));
        let byline = row.authors.join(&PART.to_string());
        let source_name = row.source;
        let draft = Draft {
            id: &id,
            headline: "Headline",
            date,
            tags: &tags,
            byline: &byline,
            source_name,
            ..Draft::default()
        };
        store.push(&draft);
    }
    store.settle(|_| true);
    store
}

/// The facets of the tests, and how their values combine.
const FACETS: [(&str, Option<Match>); 5] = [
    ("tags", None),
    ("place", Some(Match::All)),
    ("author", Some(Match::Any)),
    ("source", Some(Match::Any)),
    ("year", Some(Match::Any)),
];

fn combine(facet: &str, tags: Match) -> Match {
    FACETS.iter().find(|(id, _)| *id == facet).and_then(|(_, combine)| *combine).unwrap_or(tags)
}

fn needs(store: &Store, index: &FilterIndex, chosen: &[(&str, String)], tags: Match) -> Vec<Need> {
    let need = |(facet, _): &(&str, Option<Match>)| {
        let number = store.find_facet(facet).expect("a facet");
        let values: Vec<_> = chosen
            .iter()
            .filter(|(of, _)| of == facet)
            .map(|(_, value)| index.find_value(store, number, value))
            .collect();
        (!values.is_empty()).then_some(Need { facet: number, combine: combine(facet, tags), values })
    };
    FACETS.iter().filter_map(need).collect()
}

fn all_facets() -> Scope {
    Scope { derived: [false, true, true, true], ..Scope::default() }
}

/// The ids of the matches.
fn ids(store: &Store, index: &FilterIndex, found: &Found) -> Vec<String> {
    let order = index.order(store);
    found.matches.iter().map(|&place| store.article(order[place as usize]).id().to_owned()).collect()
}

#[track_caller]
fn check(chosen: &[&str], combine: Match, expected: &[&str], counts: &[(&str, u32)]) {
    let store = store(&[
        tagged(Some("2026-03-01"), &["Energy", "Roads"]),
        tagged(None, &["Energy"]),
        tagged(Some("2026-05-01"), &["Schools", "Energy"]),
        tagged(Some("2026-05-01"), &["Schools"]),
        tagged(Some("2026-04-01"), &[]),
    ]);
    let index = FilterIndex::new(&store);
    let chosen: Vec<_> = chosen.iter().map(|tag| ("tags", (*tag).to_owned())).collect();
    let found = index.find(&store, &needs(&store, &index, &chosen, combine), None);
    assert_eq!(ids(&store, &index, &found), expected, "matches of {chosen:?}");
    for (tag, count) in counts {
        let value = index.find_value(&store, 0, tag).expect("a tag");
        assert_eq!(found.counts[value.0 as usize], *count, "count of {tag}");
    }
}

#[test]
fn nothing_chosen_shows_all_newest_first_and_undated_last() {
    check(&[], Match::All, &["2", "3", "4", "0", "1"], &[("Energy", 3), ("Roads", 1), ("Schools", 2)]);
    check(&[], Match::Any, &["2", "3", "4", "0", "1"], &[("Energy", 3), ("Roads", 1), ("Schools", 2)]);
}

#[test]
fn all_narrows_and_counts_say_what_would_be_left() {
    check(&["Energy"], Match::All, &["2", "0", "1"], &[("Energy", 3), ("Roads", 1), ("Schools", 1)]);
    check(&["Energy", "Schools"], Match::All, &["2"], &[("Energy", 1), ("Roads", 0), ("Schools", 1)]);
    check(&["Schools", "Roads"], Match::All, &[], &[("Energy", 0), ("Roads", 0), ("Schools", 0)]);
}

#[test]
fn any_widens_and_each_tag_keeps_its_own_number() {
    check(&["Roads", "Schools"], Match::Any, &["2", "3", "0"], &[("Energy", 3), ("Roads", 1), ("Schools", 2)]);
}

#[test]
fn an_unknown_tag_matches_nothing() {
    check(&["Harbour"], Match::All, &[], &[("Energy", 0)]);
    check(&["Energy", "Harbour"], Match::All, &[], &[("Energy", 0)]);
    check(&["Roads", "Harbour"], Match::Any, &["0"], &[("Roads", 1)]);
    check(&["energy"], Match::All, &[], &[]);
}

#[test]
fn hidden_articles_are_neither_shown_nor_counted() {
    let mut store = store(&[tagged(None, &["A"]), tagged(None, &["A", "B"])]);
    store.settle(|index| index.0 == 0);
    let index = FilterIndex::new(&store);
    let found = index.find(&store, &[], None);
    assert_eq!(ids(&store, &index, &found), ["0"]);
    assert_eq!(found.counts, [1, 0]);
    assert_eq!(index.frequent().len(), 1, "a tag that nobody carries is not offered");
}

#[test]
fn a_scope_says_what_exists_at_all() {
    let store = store(&[
        tagged(Some("2026-03-01"), &["Energy", "Roads"]),
        tagged(None, &["Energy"]),
        tagged(Some("2026-05-01T00:30:00+02:00"), &["Schools", "Energy"]),
        tagged(Some("2026-05-01"), &["Schools"]),
    ]);
    let check = |scope: Scope, expected: &[&str], energy: u32| {
        let index = FilterIndex::scoped(&store, &scope);
        let found = index.find(&store, &[], None);
        assert_eq!(ids(&store, &index, &found), expected, "{scope:?}");
        assert_eq!(index.articles() as usize, expected.len());
        assert_eq!(found.counts[0], energy, "{scope:?}");
    };
    for (tags, expected, energy) in [
        (&["Energy"][..], &["2", "0", "1"][..], 3),
        (&["Energy", "Schools"], &["2"], 1),
        (&["unknown"], &[], 0),
        (&["Energy", "unknown"], &[], 0),
    ] {
        check(Scope { locked: texts(tags), ..Scope::default() }, expected, energy);
    }
    for (tags, expected, energy) in [
        (&["Roads"][..], &["3", "2", "1"][..], 2),
        (&["Roads", "Schools"], &["1"], 1),
        (&["Roads", "unknown"], &["3", "2", "1"], 2),
    ] {
        check(Scope { excluded: texts(tags), ..Scope::default() }, expected, energy);
    }
    // By the article's own calendar day, and nothing is younger than what has no date.
    check(Scope { since: Date::parse("2026-05-01").map(|date| date.day()), ..Scope::default() }, &["3", "2"], 1);
    check(Scope { limit: Some(2), excluded: texts(&["Schools"]), ..Scope::default() }, &["0", "1"], 2);
    check(Scope { limit: Some(3), ..Scope::default() }, &["3", "2", "0"], 2);
}

#[test]
fn a_limit_is_of_the_newest_whatever_is_pinned() {
    let items = [
        r#"{"id":"old","title":"O","date_published":"2020-01-01","_stichwort":{"pinned":true}}"#,
        r#"{"id":"new","title":"N","date_published":"2026-01-01"}"#,
    ];
    let store = bundle(&feed_of(&texts(&items))).store;
    let index = FilterIndex::scoped(&store, &Scope { limit: Some(1), ..Scope::default() });
    assert_eq!(ids(&store, &index, &index.find(&store, &[], None)), ["new"]);
}

#[test]
fn a_name_that_two_facets_have_is_a_value_of_each() {
    let store = store(&[
        Row { authors: vec!["ve", "ve"], source: "ve", ..Row::default() },
        Row { source: "ve", ..Row::default() },
    ]);
    let index = FilterIndex::scoped(&store, &all_facets());
    let with = |facet: &str| {
        let number = store.find_facet(facet).expect("a facet");
        index.find_value(&store, number, "ve").map(|value| index.with_value(value).to_vec())
    };
    assert_eq!((with("source"), with("author"), with("year")), (Some(vec![0, 1]), Some(vec![0]), None));
}

const NAMES: [&str; 6] = ["Energy", "Roads", "__proto__", "constructor", "ß", "👷"];
const DATES: [&str; 4] = ["2026-01-01", "2026-01-01T00:00:00+02:00", "2019-12-31", "2024-02-02T10:00:00Z"];
const AUTHORS: [&str; 3] = ["ve", "Müller, Anna", "Roads"];
/// Some are authors, too, and one is a year.
const SOURCES: [&str; 5] = ["", "ve", "Roads", "Kreisbote", "2026"];

fn some<const N: usize>(names: [&'static str; N]) -> impl Strategy<Value = Vec<&'static str>> {
    proptest::sample::subsequence(names.to_vec(), 0..=N).prop_shuffle()
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let date = proptest::option::of(proptest::sample::select(DATES.to_vec()));
    // An author may be named twice.
    let authors = proptest::collection::vec(proptest::sample::select(AUTHORS.to_vec()), 0..4);
    let row = (date, some(NAMES), some(NAMES), authors, proptest::sample::select(SOURCES.to_vec()));
    let row = row.prop_map(|(date, tags, places, authors, source)| Row { date, tags, places, authors, source });
    proptest::collection::vec(row, 0..30)
}

/// Tags that all must have or none may have: seldom some, for not much is left then.
fn scope() -> impl Strategy<Value = Scope> {
    let tags = || {
        let names = [NAMES[0], NAMES[1], NAMES[2], "unknown"];
        prop_oneof![2 => Just(Vec::new()), 1 => proptest::sample::subsequence(names.to_vec(), 1..4).prop_shuffle()]
    };
    let since = prop_oneof![3 => Just(None), 1 => proptest::sample::select(DATES.to_vec()).prop_map(Some)];
    let limit = prop_oneof![3 => Just(None), 1 => (1_usize..20).prop_map(Some)];
    (tags(), tags(), since, limit).prop_map(|(locked, excluded, since, limit)| Scope {
        locked: texts(&locked),
        excluded: texts(&excluded),
        since: since.and_then(Date::parse).map(|date| date.day()),
        limit,
        ..all_facets()
    })
}

/// The reference: every article is looked at, one by one.
fn naive(rows: &[Row], scope: &Scope, admitted: &[bool], chosen: &[(&str, String)], tags: Match) -> Vec<usize> {
    let date = |row: usize| rows[row].date.map(|date| Date::parse(date).expect("valid"));
    let instant = |row: usize| date(row).map(|date| date.instant());
    let mut articles: Vec<usize> = (0..rows.len())
        .filter(|&row| {
            let own = rows[row].values("tags");
            scope.locked.iter().all(|tag| own.contains(tag))
                && !scope.excluded.iter().any(|tag| own.contains(tag))
                && scope.since.is_none_or(|since| date(row).is_some_and(|date| date.day() >= since))
        })
        .collect();
    articles.sort_by(|&a, &b| match (instant(a), instant(b)) {
        (Some(a), Some(b)) => b.cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    articles.truncate(scope.limit.unwrap_or(usize::MAX));
    articles
        .into_iter()
        .filter(|&row| admitted[row])
        .filter(|&row| {
            FACETS.iter().all(|(facet, _)| {
                let values = rows[row].values(facet);
                let mut wanted = chosen.iter().filter(|(of, _)| of == facet).peekable();
                match combine(facet, tags) {
                    _ if wanted.peek().is_none() => true,
                    Match::All => wanted.all(|(_, value)| values.contains(value)),
                    Match::Any => wanted.any(|(_, value)| values.contains(value)),
                }
            })
        })
        .collect()
}

fn choices() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let all: Vec<(&'static str, String)> = NAMES
        .iter()
        .flat_map(|name| [("tags", (*name).to_owned()), ("place", (*name).to_owned())])
        .chain(AUTHORS.iter().map(|name| ("author", (*name).to_owned())))
        .chain(SOURCES[1..].iter().map(|name| ("source", (*name).to_owned())))
        .chain(["2026", "2019", "1999"].map(|year| ("year", year.to_owned())))
        .chain([("tags", "unknown".to_owned())])
        .collect();
    proptest::sample::subsequence(all, 0..5).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_equals_the_naive_one(
        rows in rows(), scope in scope(), chosen in choices(), any in any::<bool>(),
        // What search and period leave, of one in three bundles.
        judged in prop_oneof![2 => Just(vec![true; 30]), 1 => proptest::collection::vec(any::<bool>(), 30)],
    ) {
        let tags = if any { Match::Any } else { Match::All };
        let store = store(&rows);
        let index = FilterIndex::scoped(&store, &scope);
        let row_of = |article| store.article(article).id().parse::<usize>().expect("a number");
        let admitted: Vec<u8> = index.order(&store).iter().map(|&article| u8::from(judged[row_of(article)])).collect();
        let admitted = judged.contains(&false).then_some(&*admitted);
        let found = index.find(&store, &needs(&store, &index, &chosen, tags), admitted);
        let left = naive(&rows, &scope, &judged, &chosen, tags);
        let expected: Vec<String> = left.iter().map(ToString::to_string).collect();
        prop_assert_eq!(ids(&store, &index, &found), expected);
        for &value in index.frequent() {
            let number = index.facet_of(&store, value);
            let name = index.value(&store, value).to_owned();
            let (facet, _) = FACETS.into_iter().find(|(id, _)| store.find_facet(id) == Some(number)).expect("known");
            // Really choose it, and count who carries it.
            let mut with = chosen.clone();
            if !with.contains(&(facet, name.clone())) {
                with.push((facet, name.clone()));
            }
            let left = naive(&rows, &scope, &judged, &with, tags);
            let carriers = left.into_iter().filter(|&row| rows[row].values(facet).contains(&name));
            prop_assert_eq!(found.counts[value.0 as usize] as usize, carriers.count(), "count of {} {}", facet, name);
        }
    }

    #[test]
    fn the_tags_alone_are_found_without_a_scope(rows in rows(), chosen in some(NAMES), any in any::<bool>()) {
        let tags = if any { Match::Any } else { Match::All };
        let store = store(&rows);
        let (plain, scoped) = (FilterIndex::new(&store), FilterIndex::scoped(&store, &Scope::default()));
        let chosen: Vec<_> = chosen.iter().map(|tag| ("tags", (*tag).to_owned())).collect();
        let find = |index: &FilterIndex| index.find(&store, &needs(&store, index, &chosen, tags), None);
        prop_assert_eq!(find(&plain), find(&scoped));
    }
}
