//! Filtering: a table of cases, and arbitrary bundles against a reference that reads every article.

use proptest::prelude::*;
use stichwort_core::date::Date;
use stichwort_core::filter::{FilterIndex, Found};
use stichwort_core::model::TagId;
use stichwort_core::selection::{Match, Selection};
use stichwort_core::store::{Draft, Store};

/// An article: its date and its tags.
type Row = (Option<&'static str>, Vec<&'static str>);

fn store(rows: &[Row]) -> Store {
    let mut store = Store::default();
    for (number, (date, tags)) in rows.iter().enumerate() {
        let tags: Vec<TagId> = tags.iter().map(|tag| store.intern(tag)).collect();
        let id = number.to_string();
        let date = date.map(|date| Date::parse(date).expect("the table holds valid dates"));
        store.push(&Draft { id: &id, headline: "Headline", date, tags: &tags, ..Draft::default() });
    }
    store.settle(|_| true);
    store
}

fn selection(tags: &[&str]) -> Selection {
    Selection::of(&tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>())
}

fn find(store: &Store, chosen: &[&str], combine: Match) -> Found {
    FilterIndex::new(store).find(store, &selection(chosen), combine)
}

/// The ids of the matches, and the count of each tag by name.
fn read(store: &Store, found: &Found) -> (Vec<String>, Vec<(String, u32)>) {
    let id = |&place: &u32| store.article(store.newest()[place as usize]).id().to_owned();
    let count = |(tag, &count): (usize, &u32)| (store.tag_name(TagId(tag as u32)).to_owned(), count);
    (found.matches.iter().map(id).collect(), found.counts.iter().enumerate().map(count).collect())
}

#[track_caller]
fn check(chosen: &[&str], combine: Match, ids: &[&str], counts: &[(&str, u32)]) {
    let store = store(&[
        (Some("2026-03-01"), vec!["Energy", "Roads"]),
        (None, vec!["Energy"]),
        (Some("2026-05-01"), vec!["Schools", "Energy"]),
        (Some("2026-05-01"), vec!["Schools"]),
        (Some("2026-04-01"), vec![]),
    ]);
    let (found, counted) = read(&store, &find(&store, chosen, combine));
    assert_eq!(found, ids, "matches of {chosen:?}");
    for (tag, count) in counts {
        assert!(counted.contains(&((*tag).to_owned(), *count)), "count of {tag}: expected {count}, found {counted:?}");
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
    let mut store = store(&[(None, vec!["A"]), (None, vec!["A", "B"])]);
    store.settle(|index| index.0 == 0);
    let (ids, counts) = read(&store, &find(&store, &[], Match::All));
    assert_eq!(ids, ["0"]);
    assert_eq!(counts, [("A".to_owned(), 1), ("B".to_owned(), 0)]);
    assert_eq!(FilterIndex::new(&store).frequent().len(), 1, "a tag that nobody carries is not offered");
}

const NAMES: [&str; 7] = ["Energy", "Roads", "Schools", "__proto__", "constructor", "ß", "👷"];
const DATES: [&str; 4] = ["2026-01-01", "2026-01-01T00:00:00+02:00", "2019-12-31", "2026-02-02T10:00:00Z"];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let tags = proptest::sample::subsequence(NAMES.to_vec(), 0..NAMES.len()).prop_shuffle();
    proptest::collection::vec((proptest::option::of(proptest::sample::select(DATES.to_vec())), tags), 0..40)
}

/// The reference: every article is looked at, one by one.
fn naive(rows: &[Row], chosen: &[&str], combine: Match) -> Vec<usize> {
    let instant = |row: usize| rows[row].0.map(|date| Date::parse(date).expect("valid").instant());
    let mut matches: Vec<usize> = (0..rows.len())
        .filter(|&row| {
            let carries = |tag: &&str| rows[row].1.contains(tag);
            match combine {
                _ if chosen.is_empty() => true,
                Match::All => chosen.iter().all(carries),
                Match::Any => chosen.iter().any(carries),
            }
        })
        .collect();
    matches.sort_by(|&a, &b| match (instant(a), instant(b)) {
        (Some(a), Some(b)) => b.cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    matches
}

proptest! {
    #[test]
    fn every_answer_equals_the_naive_one(
        rows in rows(),
        chosen in proptest::sample::subsequence([NAMES.as_slice(), &["unknown"]].concat(), 0..4).prop_shuffle(),
        any in any::<bool>(),
    ) {
        let combine = if any { Match::Any } else { Match::All };
        let store = store(&rows);
        let (ids, counts) = read(&store, &find(&store, &chosen, combine));
        let expected: Vec<String> = naive(&rows, &chosen, combine).iter().map(ToString::to_string).collect();
        prop_assert_eq!(ids, expected);
        for (tag, count) in counts {
            // Really choose it, and count who carries it.
            let with = if chosen.contains(&tag.as_str()) { chosen.clone() } else { [&chosen[..], &[tag.as_str()]].concat() };
            let carriers = naive(&rows, &with, combine).into_iter().filter(|&row| rows[row].1.contains(&tag.as_str()));
            prop_assert_eq!(count as usize, carriers.count(), "count of {}", tag);
        }
    }
}
