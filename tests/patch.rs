//! Patching: from any view to any other gives the tree of the new one, and what stays is not taken out.

use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;
use stichwort_core::bundle::Bundle;
use stichwort_core::date::Date;
use stichwort_core::model::{ArticleIndex, ValueId};
use stichwort_core::options::{Layout, Options, Paging, Sort};
use stichwort_core::selection::{Dates, Match};
use stichwort_core::state::{Failure, Feed, Msg, Surroundings};
use stichwort_core::store::{Draft, Store};
use stichwort_core::view::node::{Attribute, Name, Tree};
use stichwort_core::view::patch::{Edit, diff};
use stichwort_core::view::view;
use stichwort_tests::native::{happen_to_the_end, start};

/// A tree as a document has it: attributes without an order, no keys, nothing and no children being one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Node {
    name: &'static str,
    attributes: BTreeMap<&'static str, String>,
    text: String,
    children: Vec<Node>,
}

impl Node {
    fn of(tree: &Tree, index: u32) -> Self {
        let attribute = |number| {
            let (attribute, value) = tree.attribute(number);
            (attribute.name(), tree.value_text(value).to_owned())
        };
        Self {
            name: tree.element(index).name.name(),
            attributes: tree.attributes_of(index).map(attribute).collect(),
            text: tree.text_of(index).to_owned(),
            children: tree.children(index).map(|child| Self::of(tree, child)).collect(),
        }
    }

    fn at(&mut self, path: &[u32]) -> &mut Self {
        path.iter().fold(self, |node, &index| &mut node.children[index as usize])
    }

    /// Carries out edits that lead to `tree`, as the widget does on the document.
    fn apply(&mut self, tree: &Tree, edits: &[Edit]) {
        let mut path: Vec<u32> = Vec::new();
        for &edit in edits {
            let cursor = self.at(&path);
            match edit {
                Edit::Enter(index) => path.push(index),
                Edit::Leave => drop(path.pop()),
                Edit::SetText(index) => {
                    cursor.children.clear();
                    cursor.text = tree.text_of(index).to_owned();
                }
                Edit::SetAttribute(number) => {
                    let (attribute, value) = tree.attribute(number);
                    cursor.attributes.insert(attribute.name(), tree.value_text(value).to_owned());
                }
                Edit::RemoveAttribute(attribute) => drop(cursor.attributes.remove(attribute.name())),
                Edit::Insert(at, index) => {
                    assert_eq!(cursor.text, "", "an element beside a text");
                    cursor.children.insert(at as usize, Self::of(tree, index));
                }
                Edit::Move(from, to) => {
                    let moved = cursor.children.remove(from as usize);
                    cursor.children.insert(to as usize, moved);
                }
                Edit::Remove(index) => drop(cursor.children.remove(index as usize)),
            }
        }
        assert!(path.is_empty(), "each element that was entered is left");
    }
}

#[track_caller]
fn check(old: &Tree, new: &Tree) {
    let mut patched = Node::of(old, 0);
    patched.apply(new, &diff(old, new));
    assert_eq!(patched, Node::of(new, 0));
}

/// An element to be written into a tree.
#[derive(Clone, Debug)]
struct Sketch {
    name: Name,
    key: u32,
    attributes: Vec<(Attribute, &'static str)>,
    text: &'static str,
    children: Vec<Sketch>,
}

impl Sketch {
    fn tree(&self) -> Tree {
        let mut tree = Tree::default();
        tree.open(Name::Div);
        self.write(&mut tree);
        tree.close();
        tree
    }

    fn write(&self, out: &mut Tree) {
        out.open(self.name).key(self.key);
        for (at, &(attribute, value)) in self.attributes.iter().enumerate() {
            if self.attributes[..at].iter().all(|&(other, _)| other != attribute) {
                out.write(attribute, value);
            }
        }
        if !self.text.is_empty() {
            out.text(self.text);
        }
        self.children.iter().for_each(|child| child.write(out));
        out.close();
    }
}

fn any_tree() -> impl Strategy<Value = Tree> {
    let attributes = proptest::collection::vec(
        (
            proptest::sample::select(vec![Attribute::Class, Attribute::Href, Attribute::DataTag, Attribute::Part]),
            proptest::sample::select(vec!["a", "b", "tag tag-selected", "tag"]),
        ),
        0..3,
    );
    let shape = (
        proptest::sample::select(vec![Name::Li, Name::Span, Name::Button]),
        prop_oneof![Just(0), 1_u32..6],
        attributes,
        proptest::sample::select(vec!["", "one", "two <b>"]),
    );
    let leaf = shape.clone().prop_map(|(name, key, attributes, text)| Sketch {
        name,
        key,
        attributes,
        text,
        children: Vec::new(),
    });
    let sketch = leaf.prop_recursive(4, 60, 8, move |inner| {
        (shape.clone(), proptest::collection::vec(inner, 0..8))
            .prop_map(|((name, key, attributes, _), children)| Sketch { name, key, attributes, text: "", children })
    });
    sketch.prop_map(|sketch| sketch.tree())
}

/// A list of elements with these keys.
fn list(keys: &[u32]) -> Tree {
    let mut tree = Tree::default();
    tree.open(Name::Ul);
    for &key in keys {
        tree.open(Name::Li).key(key).close();
    }
    tree.close();
    tree
}

const TAGS: [&str; 4] = ["Energy", "Roads", "Schools", "unknown"];

/// A bundle of up to 30 articles, told apart by their number.
fn bundle(numbers: impl Iterator<Item = usize>) -> Bundle {
    let mut store = Store::default();
    for number in numbers {
        let tags: Vec<ValueId> = TAGS[..3]
            .iter()
            .enumerate()
            .filter(|(bit, _)| number >> bit & 1 == 1)
            .map(|(_, tag)| store.intern(tag))
            .collect();
        let id = number.to_string();
        let lead = if number % 3 == 0 { "" } else { "What it is about." };
        let url = if number % 4 == 0 { String::new() } else { format!("https://a.example/{number}") };
        let date = if number % 7 == 0 { None } else { Date::parse("2020-02-03") };
        let image_url = if number % 5 == 0 { "https://b.example/i.png" } else { "" };
        store.push(&Draft {
            id: &id,
            headline: &id,
            lead,
            url: &url,
            image_url,
            tags: &tags,
            date,
            byline: "ve",
            ..Draft::default()
        });
    }
    store.settle(|_| true);
    Bundle { store, ..Bundle::default() }
}

fn any_msg() -> impl Strategy<Value = Happening> {
    let tag = proptest::sample::select(TAGS.to_vec());
    prop_oneof![
        tag.clone().prop_map(Happening::Toggle),
        (0_usize..5).prop_map(Happening::Remove),
        (proptest::sample::select(vec!["tags", "author", "year"]), tag)
            .prop_map(|(facet, tag)| Happening::Value(facet, tag)),
        proptest::sample::select(vec!["", "what", "about \"it is\"", "zzz"]).prop_map(Happening::Search),
        proptest::sample::select(Sort::ALL.to_vec()).prop_map(Happening::Sort),
        proptest::sample::select(vec![Dates::Any, Dates::Last(7), Dates::Year(2020)]).prop_map(Happening::Dates),
        (0_usize..4).prop_map(Happening::Page),
        proptest::sample::select(vec!["", "e", "zzz"]).prop_map(Happening::Narrow),
        Just(Happening::Rest),
        Just(Happening::Copied),
        Just(Happening::Order),
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
    Remove(usize),
    Value(&'static str, &'static str),
    Search(&'static str),
    Sort(Sort),
    Dates(Dates),
    Page(usize),
    Narrow(&'static str),
    Rest,
    Copied,
    Order,
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
            Self::Remove(chip) => Msg::RemoveChip(chip),
            Self::Value(facet, value) => Msg::ToggleValue(facet.to_owned(), value.to_owned()),
            Self::Search(text) => Msg::Search(text.to_owned()),
            Self::Sort(sort) => Msg::Sort(sort),
            Self::Dates(dates) => Msg::Dates(dates),
            Self::Page(page) => Msg::Page(page),
            Self::Narrow(text) => Msg::Narrow(0, text.to_owned()),
            Self::Rest => Msg::Rest,
            Self::Copied => Msg::Copied(true),
            Self::Order => Msg::ToggleOrder(0),
            // Every second one first is another order than the one in which they arrive.
            Self::Loaded(articles, first, may_reorder) => {
                let numbers = (first..articles).step_by(2).chain((first + 1..articles).step_by(2));
                Msg::Loaded { feed: Rc::new(Feed::new(bundle(numbers))), may_reorder }
            }
            Self::Arriving(articles, first) => Msg::Arriving(Rc::new(Feed::arriving(bundle(first..first + articles)))),
            Self::Updates => Msg::ShowUpdates,
            Self::Failed => Msg::Failed(Failure::Status(500), None),
            Self::Clear => Msg::Clear,
            Self::AllTags => Msg::ToggleAll(0),
            Self::More => Msg::More,
            Self::Retry => Msg::Retry,
            Self::Image(number) => Msg::LoadImage(ArticleIndex(number)),
            Self::Configure(any, page, heading) => Msg::Configure(Options {
                src: Some("https://a.example/news.json".to_owned()),
                combine: any.then_some(Match::Any),
                facets: if any { vec!["tags".to_owned(), "author".to_owned(), "year".to_owned()] } else { Vec::new() },
                date_filter: page % 2 == 0,
                paging: [Paging::Button, Paging::Pages, Paging::Scroll][page % 3],
                layout: [Layout::List, Layout::Cards, Layout::Compact, Layout::Headlines][page % 4],
                page_size: Some(page),
                heading: heading.then(|| "News".to_owned()),
                ..Options::default()
            }),
            Self::Surround(has_fallback) => Msg::Surround(Surroundings { has_fallback, ..Surroundings::default() }),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_becomes_any_other(old in any_tree(), new in any_tree()) {
        check(&old, &new);
    }

    #[test]
    fn any_state_becomes_any_other(happenings in proptest::collection::vec(any_msg(), 1..12)) {
        let options = Options { src: Some("https://a.example/news.json".to_owned()), ..Options::default() };
        let mut state = start(options, Surroundings::default());
        let mut seen = vec![view(&state)];
        for happening in happenings {
            happen_to_the_end(&mut state, happening.msg());
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
        old in proptest::sample::subsequence((1_u32..21).collect::<Vec<_>>(), 0..20),
        new in proptest::sample::subsequence((1_u32..21).collect::<Vec<_>>(), 0..20),
    ) {
        let edits = diff(&list(&old), &list(&new));
        let inserted = edits.iter().filter(|edit| matches!(edit, Edit::Insert(..))).count();
        let moved = edits.iter().filter(|edit| matches!(edit, Edit::Move(..))).count();
        prop_assert_eq!(moved, 0);
        prop_assert_eq!(inserted, new.iter().filter(|key| !old.contains(key)).count());
    }
}

#[test]
fn one_that_goes_to_the_end_is_the_only_one_moved() {
    assert_eq!(diff(&list(&[1, 2, 3, 4, 5]), &list(&[1, 3, 4, 5, 2])), [Edit::Move(1, 4)]);
    assert_eq!(diff(&list(&[1, 3, 4, 5, 2]), &list(&[1, 2, 3, 4, 5])), [Edit::Move(4, 1)]);
}
