//! What core takes for a click on a tag and for a key of a search, beside a scan without any index.
//!
//! `cargo xtask bench` runs it, built for speed. It prints milliseconds, the median of many; it is no test.

#![allow(clippy::print_stdout, reason = "a benchmark reports on standard output")]

use std::cell::RefCell;
use std::hint::black_box;
use std::rc::Rc;
use std::time::Instant;

use stichwort_core::bundle::Reader;
use stichwort_core::filter::{Found, Need};
use stichwort_core::fold::{self, Form};
use stichwort_core::model::{Article, ArticleIndex};
use stichwort_core::options::{Options, Sort};
use stichwort_core::sample;
use stichwort_core::search::Index;
use stichwort_core::selection::{Dates, Match};
use stichwort_core::state::{Feed, Msg, update};
use stichwort_core::store::Store;
use stichwort_tests::native::happen_to_the_end;
use stichwort_tests::small;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    println!("{:<34} {:>10} {:>10} {:>10}", "milliseconds, core alone", "1,000", "10,000", "100,000");
    let feeds = SIZES.map(read);
    row("click on a frequent tag", &feeds, 51, &|feed| {
        let value = feed.index.frequent()[0];
        let need = Need { facet: 0, combine: Match::All, values: vec![Some(value)] };
        Box::new(move |feed| {
            black_box(feed.index.find(&feed.bundle.store, std::slice::from_ref(&need), None));
        })
    });
    row("the same by a scan", &feeds, 21, &|_| {
        Box::new(|feed| {
            black_box(scan_tags(feed));
        })
    });
    let plain = small::options();
    let in_order = |sort| Options { sort, ..plain.clone() };
    for (what, options, before) in [
        ("chosen and let go, by the widget", plain.clone(), None),
        ("  any of two tags", Options { combine: Some(Match::Any), ..plain.clone() }, Some(Before::Tag)),
        ("  within a year", plain.clone(), Some(Before::Year)),
        ("  of what was searched for", plain.clone(), Some(Before::Search)),
        ("  oldest first", in_order(Sort::Oldest), None),
        ("  by headline", in_order(Sort::Headline), None),
        ("  with numbers of periods", Options { date_filter: true, ..plain.clone() }, None),
    ] {
        row(what, &feeds, 21, &|feed| {
            let name = |at: usize| feed.bundle.store.value_name(feed.index.frequent()[at]).to_owned();
            let mut state = small::start(options.clone(), None);
            happen_to_the_end(&mut state, Msg::Loaded { feed: Rc::clone(feed), may_reorder: true });
            match before {
                Some(Before::Tag) => drop(happen_to_the_end(&mut state, Msg::ToggleTag(name(1)))),
                Some(Before::Year) => drop(happen_to_the_end(&mut state, Msg::Dates(Dates::Year(2026)))),
                Some(Before::Search) => drop(happen_to_the_end(&mut state, Msg::Search("sitzung".into()))),
                None => {}
            }
            let (state, tag) = (RefCell::new(state), name(0));
            Box::new(move |_| {
                for _ in 0..2 {
                    black_box(update(&mut state.borrow_mut(), Msg::ToggleTag(tag.clone())));
                }
            })
        });
    }
    let words = feeds.each_ref().map(|feed| {
        let mut index = Index::default();
        while !index.step(&feed.bundle.store, None, 1000) {}
        Rc::new(index)
    });
    row("reading the words, once", &feeds, 3, &|_| {
        Box::new(|feed| {
            let mut index = Index::default();
            while !index.step(&feed.bundle.store, None, 1000) {}
            black_box(index);
        })
    });
    for feed in &feeds {
        let need = Need { facet: 0, combine: Match::All, values: vec![Some(feed.index.frequent()[0])] };
        let found = feed.index.find(&feed.bundle.store, &[need], None);
        assert_eq!((found.matches.len(), found.counts), scan_tags(feed), "no figure counts if the answer is wrong");
    }
    for search in ["e", "sitzung", "\"der stadt\""] {
        for (feed, index) in feeds.iter().zip(&words) {
            let found = answer(feed, &index.find(search));
            assert_eq!(found.matches.len(), scan_texts(feed, search), "{search}");
        }
        row(&format!("key of a search: {search}"), &feeds, 21, &|feed| {
            let at = SIZES.iter().position(|&size| size == feed.index.articles() as usize).unwrap_or_default();
            let index = Rc::clone(&words[at]);
            Box::new(move |feed| {
                black_box(answer(feed, &index.find(search)));
            })
        });
        row("  the same by a scan", &feeds, 3, &|_| {
            Box::new(move |feed| {
                black_box(scan_texts(feed, search));
            })
        });
    }
}

fn read(articles: usize) -> Rc<Feed> {
    let mut reader = Reader::new("https://portal.example/news.json", 1_795_176_000_000);
    sample::bundle(articles, &mut |text| reader.push(text.as_bytes()).expect("the sample is JSON"));
    Rc::new(Feed::new(reader.finish().expect("the sample is a feed")))
}

type Work = Box<dyn Fn(&Feed)>;

/// What is chosen before.
#[derive(Clone, Copy)]
enum Before {
    Tag,
    Year,
    Search,
}

fn row(what: &str, feeds: &[Rc<Feed>], times: usize, work: &dyn Fn(&Rc<Feed>) -> Work) {
    let medians = feeds.iter().map(|feed| {
        let work = work(feed);
        let mut took: Vec<f64> = (0..times)
            .map(|_| {
                let start = Instant::now();
                work(feed);
                start.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        took.sort_by(f64::total_cmp);
        took[times / 2]
    });
    let cells: String = medians.map(|median| format!(" {median:>10.3}")).collect();
    println!("{what:<34}{cells}");
}

/// Matches and true counts of what a search leaves.
fn answer(feed: &Feed, scores: &[u8]) -> Found {
    let admitted: Vec<u8> = feed.bundle.store.newest().iter().map(|article| scores[article.0 as usize]).collect();
    feed.index.find(&feed.bundle.store, &[], Some(&admitted))
}

fn articles(store: &Store) -> impl Iterator<Item = Article<'_>> {
    store.newest().iter().map(|&ArticleIndex(index)| store.article(ArticleIndex(index)))
}

/// Every article is looked at by the names of its tags.
fn scan_tags(feed: &Feed) -> (usize, Vec<u32>) {
    let store = &feed.bundle.store;
    let wanted = store.value_name(feed.index.frequent()[0]);
    let mut counts = vec![0; store.value_count()];
    let mut matches = 0;
    for article in articles(store) {
        if article.tags().any(|tag| store.value_name(tag) == wanted) {
            matches += 1;
            article.tags().for_each(|tag| counts[tag.0 as usize] += 1);
        }
    }
    (matches, counts)
}

/// Every text is folded and looked through.
fn scan_texts(feed: &Feed, search: &str) -> usize {
    let terms = fold::terms(search);
    let store = &feed.bundle.store;
    let has = |text: &str, term: &fold::Term| {
        [Form::Narrow, Form::Wide].iter().any(|&form| term.is_in(&fold::words(text, form)))
    };
    articles(store)
        .filter(|article| {
            terms.iter().all(|term| {
                has(article.headline(), term)
                    || article.kicker().is_some_and(|kicker| has(kicker, term))
                    || article.lead().is_some_and(|lead| has(lead, term))
                    || article.tags().any(|tag| has(store.value_name(tag), term))
                    || article.authors().any(|author| has(author, term))
            })
        })
        .count()
}
