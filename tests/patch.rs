//! Patching: from any view to any other gives the tree of the new one, and what stays is not taken out.

use std::rc::Rc;

use proptest::prelude::*;
use stichwort_core::bundle::Bundle;
use stichwort_core::model::{ArticleIndex, TagId};
use stichwort_core::options::Options;
use stichwort_core::selection::Match;
use stichwort_core::state::{Failure, Feed, Msg, State, Surroundings, update};
use stichwort_core::store::{Draft, Store};
use stichwort_core::view::html::to_html;
use stichwort_core::view::node::{Attribute, Content, Element, Name};
use stichwort_core::view::patch::{Edit, apply, diff};
use stichwort_core::view::view;

/// A tree as a document has it: attributes without an order, no keys, nothing and no children being one.
fn document(element: &Element) -> String {
    fn sorted(element: &Element) -> Element {
        let mut copy = element.clone();
        copy.attributes.sort_by_key(|(attribute, _)| attribute.name());
        copy.content = match copy.content {
            Content::Children(children) if children.is_empty() => Content::Text("".into()),
            Content::Children(children) => Content::Children(children.iter().map(sorted).collect()),
            text => text,
        };
        copy
    }
    to_html(&sorted(element))
}

#[track_caller]
fn check(old: &Element, new: &Element) {
    let mut patched = old.clone();
    apply(&mut patched, &diff(old, new));
    assert_eq!(document(&patched), document(new));
}

fn any_tree() -> impl Strategy<Value = Element> {
    let attributes = proptest::collection::vec(
        (
            proptest::sample::select(vec![Attribute::Class, Attribute::Href, Attribute::DataTag, Attribute::Part]),
            proptest::sample::select(vec!["a", "b", "tag tag-selected", "tag"]),
        ),
        0..3,
    );
    let shape = (
        proptest::sample::select(vec![Name::Li, Name::Span, Name::Button]),
        proptest::option::of(0_u32..5),
        attributes,
    );
    let element = |(name, key, attributes): (Name, Option<u32>, Vec<(Attribute, &'static str)>), content: Content| {
        let mut element = Element::new(name);
        element.key = key;
        for (attribute, value) in attributes {
            if element.get(attribute).is_none() {
                element = element.set(attribute, value);
            }
        }
        element.content = content;
        element
    };
    let text = proptest::sample::select(vec!["", "one", "two <b>"]).prop_map(|text| Content::Text(text.into()));
    let leaf = (shape.clone(), text).prop_map(move |(shape, content)| element(shape, content));
    leaf.prop_recursive(4, 60, 8, move |inner| {
        (shape.clone(), proptest::collection::vec(inner, 0..8))
            .prop_map(move |(shape, children)| element(shape, Content::Children(children)))
    })
    .prop_map(|tree| Element::new(Name::Div).children(vec![tree]))
}

const TAGS: [&str; 4] = ["Energy", "Roads", "Schools", "unknown"];

/// A bundle of up to 30 articles, told apart by their number.
fn bundle(numbers: impl Iterator<Item = usize>) -> Bundle {
    let mut store = Store::default();
    for number in numbers {
        let tags: Vec<TagId> = TAGS[..3]
            .iter()
            .enumerate()
            .filter(|(bit, _)| number >> bit & 1 == 1)
            .map(|(_, tag)| store.intern(tag))
            .collect();
        let id = number.to_string();
        let lead = if number % 3 == 0 { "" } else { "What it is about." };
        let url = if number % 4 == 0 { String::new() } else { format!("https://a.example/{number}") };
        let image_url = if number % 5 == 0 { "https://b.example/i.png" } else { "" };
        store.push(&Draft { id: &id, headline: &id, lead, url: &url, image_url, tags: &tags, ..Draft::default() });
    }
    store.settle(|_| true);
    Bundle { store, ..Bundle::default() }
}

fn any_msg() -> impl Strategy<Value = Happening> {
    let tag = proptest::sample::select(TAGS.to_vec());
    prop_oneof![
        tag.clone().prop_map(Happening::Toggle),
        tag.prop_map(Happening::Remove),
        (0_usize..30, 0_usize..4, any::<bool>()).prop_map(|(articles, first, may_reorder)| Happening::Loaded(
            articles,
            first,
            may_reorder
        )),
        (1_usize..9, 0_usize..4).prop_map(|(articles, first)| Happening::Arriving(articles, first)),
        Just(Happening::Updates),
        Just(Happening::Failed),
        Just(Happening::Clear),
        Just(Happening::AllTags),
        Just(Happening::More),
        Just(Happening::Retry),
        (0_u32..5).prop_map(Happening::Image),
        (any::<bool>(), 1_usize..9, any::<bool>())
            .prop_map(|(any, page, heading)| Happening::Configure(any, page, heading)),
        any::<bool>().prop_map(Happening::Surround),
    ]
}

/// Messages, as values that can be printed and repeated.
#[derive(Clone, Debug)]
enum Happening {
    Toggle(&'static str),
    Remove(&'static str),
    Loaded(usize, usize, bool),
    Arriving(usize, usize),
    Updates,
    Failed,
    Clear,
    AllTags,
    More,
    Retry,
    Image(u32),
    Configure(bool, usize, bool),
    Surround(bool),
}

impl Happening {
    fn msg(self) -> Msg {
        match self {
            Self::Toggle(tag) => Msg::ToggleTag(tag.to_owned()),
            Self::Remove(tag) => Msg::RemoveChip(tag.to_owned()),
            // Every second one first is another order than the one in which they arrive.
            Self::Loaded(articles, first, may_reorder) => {
                let numbers = (first..articles).step_by(2).chain((first + 1..articles).step_by(2));
                Msg::Loaded { feed: Rc::new(Feed::new(bundle(numbers))), may_reorder }
            }
            Self::Arriving(articles, first) => Msg::Arriving(Rc::new(Feed::arriving(bundle(first..first + articles)))),
            Self::Updates => Msg::ShowUpdates,
            Self::Failed => Msg::Failed(Failure::Status(500)),
            Self::Clear => Msg::Clear,
            Self::AllTags => Msg::ToggleAllTags,
            Self::More => Msg::More,
            Self::Retry => Msg::Retry,
            Self::Image(number) => Msg::LoadImage(ArticleIndex(number)),
            Self::Configure(any, page, heading) => Msg::Configure(Options {
                src: Some("https://a.example/news.json".to_owned()),
                combine: if any { Match::Any } else { Match::All },
                page_size: Some(page),
                heading: heading.then(|| "News".to_owned()),
                ..Options::default()
            }),
            Self::Surround(has_fallback) => Msg::Surround(Surroundings { has_fallback, ..Surroundings::default() }),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_tree_becomes_any_other(old in any_tree(), new in any_tree()) {
        check(&old, &new);
    }

    #[test]
    fn any_state_becomes_any_other(happenings in proptest::collection::vec(any_msg(), 1..12)) {
        let options = Options { src: Some("https://a.example/news.json".to_owned()), ..Options::default() };
        let (mut state, _) = State::new(options, Surroundings::default());
        let mut seen = vec![view(&state)];
        for happening in happenings {
            update(&mut state, happening.msg());
            seen.push(view(&state));
        }
        // Neighbours are what happens; the others are what could.
        for pair in seen.windows(2) {
            check(&pair[0], &pair[1]);
        }
        check(&seen[0], &seen[seen.len() - 1]);
        check(&seen[seen.len() - 1], &seen[0]);
    }

    #[test]
    fn who_keeps_the_order_is_neither_moved_nor_made_anew(
        old in proptest::sample::subsequence((0_u32..20).collect::<Vec<_>>(), 0..20),
        new in proptest::sample::subsequence((0_u32..20).collect::<Vec<_>>(), 0..20),
    ) {
        let list = |keys: &[u32]| Element::new(Name::Ul).children(keys.iter().map(|&key| Element::new(Name::Li).key(key)).collect());
        let (old_list, new_list) = (list(&old), list(&new));
        let edits = diff(&old_list, &new_list);
        let inserted = edits.iter().filter(|edit| matches!(edit, Edit::Insert(..))).count();
        let moved = edits.iter().filter(|edit| matches!(edit, Edit::Move(..))).count();
        prop_assert_eq!(inserted, new.iter().filter(|key| !old.contains(key)).count());
        prop_assert_eq!(moved, 0);
    }
}

#[test]
fn one_that_goes_to_the_end_is_the_only_one_moved() {
    let list =
        |keys: [u32; 5]| Element::new(Name::Ul).children(keys.map(|key| Element::new(Name::Li).key(key)).to_vec());
    assert_eq!(diff(&list([1, 2, 3, 4, 5]), &list([1, 3, 4, 5, 2])), [Edit::Move(1, 4)]);
    assert_eq!(diff(&list([1, 3, 4, 5, 2]), &list([1, 2, 3, 4, 5])), [Edit::Move(4, 1)]);
}
