//! Small lists without a browser, and what happens to them.

use std::rc::Rc;

use stichwort_core::bundle::{Bundle, Reader};
use stichwort_core::date::Date;
use stichwort_core::link::Fields;
use stichwort_core::options::Options;
use stichwort_core::state::{Effect, Event, Feed, Focus, Msg, State, Surroundings};
use stichwort_core::view::html::to_html;
use stichwort_core::view::view;

use crate::native::{self, happen_to_the_end};

/// Where bundles come from.
pub const SRC: &str = "https://host.example/news.json";

/// A list of texts, as attributes have it.
#[must_use]
pub fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

/// Attributes that say where the bundle is, and nothing else.
#[must_use]
pub fn options() -> Options {
    Options { src: Some(SRC.to_owned()), ..Options::default() }
}

/// A widget on the 25th of November 2026, with what the address says of it.
#[must_use]
pub fn start(options: Options, link: Option<Fields>) -> State {
    let today = Date::parse("2026-11-25").map(|date| date.day());
    native::start(options, Surroundings { today, link, ..Surroundings::default() })
}

/// A widget in which this bundle shows.
#[must_use]
pub fn showing(options: Options, json: &str) -> State {
    let mut state = start(options, None);
    happen_to_the_end(&mut state, Msg::Loaded { feed: feed(json), may_reorder: true });
    state
}

/// A widget in which [`ALL`] articles show.
#[must_use]
pub fn shown(options: Options) -> State {
    showing(options, &articles(&ALL))
}

/// A bundle that has been read.
#[must_use]
pub fn bundle(json: &str) -> Bundle {
    let mut reader = Reader::new(SRC, 1_795_600_000_000);
    reader.push(json.as_bytes()).expect("JSON");
    reader.finish().expect("a feed")
}

/// The same, ready to be shown.
#[must_use]
pub fn feed(json: &str) -> Rc<Feed> {
    Rc::new(Feed::new(bundle(json)))
}

/// A feed of these items.
#[must_use]
pub fn feed_of(items: &[String]) -> String {
    format!(r#"{{"version":"https://jsonfeed.org/version/1.1","language":"de","items":[{}]}}"#, items.join(","))
}

/// A feed of articles with these ids, dates and tags.
#[must_use]
pub fn articles(list: &[(&str, &str, &str)]) -> String {
    let item = |(id, date, tag): &(&str, &str, &str)| {
        format!(
            r#"{{"id":"{id}","title":"Titel {id}","date_published":"{date}","tags":["{tag}"],"authors":[{{"name":"ve"}}]}}"#
        )
    };
    feed_of(&list.iter().map(item).collect::<Vec<_>>())
}

/// The first of [`ALL`] in the order of arrival.
pub const FIRST: [(&str, &str, &str); 3] =
    [("a", "2026-11-20", "A"), ("b", "2026-11-19", "B"), ("c", "2026-11-18", "A")];

/// Five articles, of which the newest comes last.
pub const ALL: [(&str, &str, &str); 5] =
    [FIRST[0], FIRST[1], FIRST[2], ("d", "2026-11-17", "B"), ("new", "2026-11-21", "B")];

/// The first articles of a list are there, others come.
#[must_use]
pub fn beginning(json: &str) -> Msg {
    Msg::Arriving(Rc::new(Feed::arriving(bundle(json))))
}

/// The same of [`FIRST`].
#[must_use]
pub fn arriving() -> Msg {
    beginning(&articles(&FIRST))
}

/// All of them are there.
#[must_use]
pub fn loaded(may_reorder: bool) -> Msg {
    Msg::Loaded { feed: feed(&articles(&ALL)), may_reorder }
}

/// A feed of so many articles that their words are read in turns: every other one is about a bridge, with `x` the first.
#[must_use]
pub fn bridges(prefix: &str) -> String {
    let item = |n| {
        let title = if (n % 2 == 0) == (prefix == "x") { "Brücke" } else { "Straße" };
        let (month, day) = (12 - n / 100, 28 - n % 28);
        format!(r#"{{"id":"{prefix}{n}","title":"{title}","date_published":"2026-{month:02}-{day:02}"}}"#)
    };
    feed_of(&(0..1200).map(item).collect::<Vec<_>>())
}

/// A tag is chosen, or let go.
#[must_use]
pub fn toggle(tag: &str) -> Msg {
    Msg::ToggleTag(tag.to_owned())
}

/// Words are searched for.
#[must_use]
pub fn search(words: &str) -> Msg {
    Msg::Search(words.to_owned())
}

/// What shows.
#[must_use]
pub fn html(state: &State) -> String {
    to_html(&view(state))
}

/// What stands between the first of these texts and the next of those.
#[must_use]
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split(after).next()
}

/// Ids of the articles that show.
#[must_use]
pub fn ids(state: &State) -> Vec<&str> {
    state.visible().map(|article| article.id()).collect()
}

/// What an address says.
#[must_use]
pub fn fields(list: &[(&str, &[&str])]) -> Fields {
    list.iter().map(|(name, values)| ((*name).to_owned(), values.iter().map(|v| (*v).to_owned()).collect())).collect()
}

/// Where the focus goes.
#[must_use]
pub fn focus(effects: &[Effect]) -> Option<Focus> {
    effects.iter().find_map(|effect| if let Effect::Focus(focus) = effect { Some(focus.clone()) } else { None })
}

/// How many match, by each event that tells of another choice.
#[must_use]
pub fn changes(effects: &[Effect]) -> Vec<u32> {
    let told = |effect: &Effect| match effect {
        Effect::Emit(Event::Change { matches, .. }) => Some(*matches),
        _ => None,
    };
    effects.iter().filter_map(told).collect()
}
