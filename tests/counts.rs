//! What stands beside all that can be chosen, held against really choosing it: facets, periods, a search and restrictions
//! in any combination, whatever has been chosen and set before.

use proptest::prelude::*;
use stichwort_core::date::Day;
use stichwort_core::options::Options;
use stichwort_core::selection::{Dates, Match};
use stichwort_core::state::{Msg, State};
use stichwort_tests::native::happen_to_the_end;
use stichwort_tests::small::{feed, options, search, start, texts};

/// Around turns of years and of months by the articles' own calendars, and today; one has none, one lies ahead.
const DAYS: [&str; 9] = [
    "",
    "2024-12-31T23:30:00-05:00",
    "2025-01-01T00:30:00+13:00",
    "2025-06-01",
    "2026-10-26",
    "2026-10-27T23:59:59-11:00",
    "2026-11-19T00:00:00+14:00",
    "2026-11-25",
    "2027-01-01",
];
const TAGS: [&str; 3] = ["A", "B", "C"];
const PLACES: [&str; 2] = ["Hafen", "Markt"];
const AUTHORS: [&str; 2] = ["ve", "mk"];
const WORDS: [&str; 3] = ["brücke", "rathaus", "\"am rathaus\""];
const HEADLINES: [&str; 3] = ["Brücke am Rathaus", "Rathausbrücke", "Am Markt"];

#[derive(Clone, Debug)]
struct Row {
    day: &'static str,
    headline: &'static str,
    tags: Vec<&'static str>,
    places: Vec<&'static str>,
    author: &'static str,
}

impl Row {
    fn carries(&self, facet: &str, value: &str) -> bool {
        match facet {
            "tags" => self.tags.contains(&value),
            "place" => self.places.contains(&value),
            "author" => self.author == value,
            _ => false,
        }
    }

    fn item(&self, id: usize) -> String {
        let date = if self.day.is_empty() { String::new() } else { format!(r#""date_published":"{}","#, self.day) };
        format!(
            r#"{{"id":"{id}","title":"{}",{date}"tags":{:?},"authors":[{{"name":"{}"}}],"_stichwort":{{"facets":{{"place":{:?}}}}}}}"#,
            self.headline, self.tags, self.author, self.places
        )
    }
}

fn some(of: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    proptest::sample::subsequence(of, 0..=of.len())
}

fn one(of: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(of)
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (one(&DAYS), one(&HEADLINES), some(&TAGS), some(&PLACES), one(&AUTHORS));
    let row = row.prop_map(|(day, headline, tags, places, author)| Row { day, headline, tags, places, author });
    proptest::collection::vec(row, 0..25)
}

fn set(combine: Option<Match>, restriction: usize) -> Options {
    let facets = texts(&["tags", "place", "author"]);
    let plain = Options { date_filter: true, combine, facets, ..options() };
    match restriction {
        0 => plain,
        1 => Options { locked: texts(&["A"]), ..plain },
        2 => Options { excluded: texts(&["C"]), ..plain },
        3 => Options { since: Day::parse("2025-01-01"), ..plain },
        _ => Options { limit: Some(7), ..plain },
    }
}

#[derive(Clone, Debug)]
enum Step {
    Choose(&'static str, &'static str),
    Search(&'static str),
    Dates(Dates),
    Set(Option<Match>, usize),
    Replace(Vec<Row>),
}

fn settings() -> impl Strategy<Value = (Option<Match>, usize)> {
    (prop_oneof![Just(None), Just(Some(Match::Any)), Just(Some(Match::All))], 0..5_usize)
}

fn step() -> impl Strategy<Value = Step> {
    let day = |text: &str| Day::parse(text);
    let periods = vec![
        Dates::Last(7),
        Dates::Last(30),
        Dates::ThisYear,
        Dates::Year(2024),
        Dates::Year(2025),
        Dates::Between(day("2025-01-01"), day("2026-10-27")),
        Dates::Between(None, day("2024-12-31")),
    ];
    prop_oneof![
        3 => one(&TAGS).prop_map(|tag| Step::Choose("tags", tag)),
        2 => one(&PLACES).prop_map(|place| Step::Choose("place", place)),
        1 => one(&AUTHORS).prop_map(|author| Step::Choose("author", author)),
        2 => one(&WORDS).prop_map(Step::Search),
        1 => Just(Step::Search("")),
        2 => proptest::sample::select(periods).prop_map(Step::Dates),
        1 => settings().prop_map(|(combine, restriction)| Step::Set(combine, restriction)),
        1 => rows().prop_map(Step::Replace),
    ]
}

fn choose(facet: &str, value: &str) -> Msg {
    match facet {
        "tags" => Msg::ToggleTag(value.to_owned()),
        _ => Msg::ToggleValue(facet.to_owned(), value.to_owned()),
    }
}

fn load(rows: &[Row]) -> Msg {
    let items: Vec<String> = rows.iter().enumerate().map(|(id, row)| row.item(id)).collect();
    let json = format!(
        r#"{{"version":"https://jsonfeed.org/version/1.1","_stichwort":{{"facets":[{{"id":"place"}}]}},"items":[{}]}}"#,
        items.join(",")
    );
    Msg::Loaded { feed: feed(&json), may_reorder: true }
}

/// The articles that match, by their places in the bundle.
fn matches(state: &State) -> Vec<usize> {
    let (Some(feed), Some(index)) = (&state.feed, state.index()) else { return Vec::new() };
    let store = &feed.bundle.store;
    let id = |&place: &u32| store.article(index.order(store)[place as usize]).id().parse().expect("a number");
    state.found.matches.iter().map(id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_number_is_that_of_really_choosing(
        first in rows(), (combine, restriction) in settings(), steps in proptest::collection::vec(step(), 0..7),
    ) {
        let mut rows = first;
        let mut options = set(combine, restriction);
        let mut state = start(options.clone(), None);
        happen_to_the_end(&mut state, load(&rows));
        for step in steps {
            let message = match step {
                Step::Choose(facet, value) => choose(facet, value),
                Step::Search(words) => search(words),
                Step::Dates(dates) => Msg::Dates(dates),
                Step::Set(combine, restriction) => {
                    options = set(combine, restriction);
                    Msg::Configure(options.clone())
                }
                Step::Replace(others) => {
                    rows = others;
                    load(&rows)
                }
            };
            happen_to_the_end(&mut state, message);
        }
        // Nothing of what was before is left in it.
        let mut fresh = start(options.clone(), Some(state.fields()));
        happen_to_the_end(&mut fresh, load(&rows));
        prop_assert_eq!(matches(&state), matches(&fresh));
        prop_assert_eq!(&state.periods, &fresh.periods);
        let again = || {
            let mut state = start(options.clone(), Some(state.fields()));
            happen_to_the_end(&mut state, load(&rows));
            state
        };
        for &(dates, count) in &state.periods {
            let mut with = again();
            if with.selection.dates != dates {
                happen_to_the_end(&mut with, Msg::Dates(dates));
            }
            prop_assert_eq!(matches(&with).len(), count as usize, "{:?}", dates);
        }
        for (facet, values) in [("tags", &TAGS[..]), ("place", &PLACES), ("author", &AUTHORS)] {
            for &value in values {
                let store = &state.feed.as_ref().expect("it has come").bundle.store;
                let index = state.index().expect("it has come");
                let found = store.find_facet(facet).and_then(|facet| index.find_value(store, facet, value));
                let mut with = again();
                if !with.selection.contains(facet, value) {
                    happen_to_the_end(&mut with, choose(facet, value));
                }
                let carriers = matches(&with).into_iter().filter(|&row| rows[row].carries(facet, value)).count();
                let count = found.map_or(0, |value| state.found.counts[value.0 as usize]);
                prop_assert_eq!(count as usize, carriers, "{} {}", facet, value);
            }
        }
    }
}
