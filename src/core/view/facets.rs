//! The tags to choose from, with their counts.

use super::node::{Action, Attribute, Class, Element, Name, Part};
use super::{button, hidden, span, tag_name};
use crate::i18n::Key;
use crate::model::TagId;
use crate::state::{Feed, State};
use crate::{number, store};

/// Tags that show at first.
const FREQUENT: usize = 30;

/// The disclosure for narrow containers and the facet of all tags; nothing where no article has a tag.
pub(super) fn filters(state: &State, feed: &Feed) -> Vec<Element> {
    if feed.index.frequent().is_empty() {
        return Vec::new();
    }
    let expanded = if state.filters_open { "true" } else { "false" };
    let mut label = vec![span(state.catalogue.text(Key::Filter).to_owned())];
    let chosen = state.selection.tags().len();
    if chosen > 0 {
        let active = state.catalogue.fill(Key::FilterActive, "count", &number::text(chosen as u32));
        label.push(Element::of_class(Name::Span, Class::ToggleCount).text([" ", &active].concat()));
    }
    let toggle = button(Part::FiltersToggle)
        .set(Attribute::AriaExpanded, expanded)
        .set(Attribute::AriaControls, "filters")
        .on_click(Action::ToggleFilters)
        .children(label);
    let filters = Element::of_part(Name::Div, Part::Filters)
        .set(Attribute::Id, "filters")
        .maybe(Attribute::DataOpen, state.filters_open.then_some(""))
        .children(vec![facet(state, feed)]);
    vec![toggle, filters]
}

/// Keeps the place of the filters until it is known which there are, so that nothing moves when they come.
pub(super) fn placeholder() -> Element {
    Element::of_class(Name::Div, Class::FiltersPlaceholder).set(Attribute::AriaHidden, "true")
}

fn facet(state: &State, feed: &Feed) -> Element {
    let title = Element::of_class(Name::P, Class::FacetTitle)
        .set(Attribute::Id, "facet-tags")
        .text(state.catalogue.text(Key::Tags).to_owned());
    let tags = ordered(state, feed);
    let list = Element::of_class(Name::Ul, Class::TagList)
        .set(Attribute::Role, "list")
        .children(tags.iter().map(|&tag| item(state, feed, tag)).collect());
    let mut children = vec![title];
    let all = feed.index.frequent().len();
    if all > FREQUENT {
        let label = if state.all_tags {
            state.catalogue.text(Key::TagsFewer).to_owned()
        } else {
            state.catalogue.fill(Key::TagsAll, "count", &number::text(all as u32))
        };
        children.push(
            button(Part::FacetMore)
                .set(Attribute::AriaExpanded, if state.all_tags { "true" } else { "false" })
                .on_click(Action::ToggleAllTags)
                .children(vec![span(label), hidden([" ", state.catalogue.text(Key::Tags)].concat())]),
        );
    }
    // After the button, as it is seen: what the button adds comes next for the keyboard too.
    children.push(list);
    Element::of_part(Name::Div, Part::Facet)
        .set(Attribute::DataFacet, "tags")
        .set(Attribute::Role, "group")
        .set(Attribute::AriaLabelledby, "facet-tags")
        .children(children)
}

/// The tags that show: those that would give something, most frequent first, then the others; chosen ones always.
fn ordered(state: &State, feed: &Feed) -> Vec<TagId> {
    let is_chosen = |tag: TagId| state.selection.contains(feed.bundle.store.tag_name(tag));
    let gives = |tag: &TagId| state.found.counts[tag.0 as usize] > 0;
    let (some, none): (Vec<TagId>, Vec<TagId>) = feed.index.frequent().iter().partition(|tag| gives(tag));
    let tags = some.into_iter().chain(none);
    if state.all_tags {
        return tags.collect();
    }
    tags.enumerate().filter(|&(place, tag)| place < FREQUENT || is_chosen(tag)).map(|(_, tag)| tag).collect()
}

fn item(state: &State, feed: &Feed, tag: TagId) -> Element {
    let name = feed.bundle.store.tag_name(tag);
    let count = state.found.counts[tag.0 as usize];
    let chosen = state.selection.contains(name);
    let unit = state.catalogue.plural(count as usize, Key::TagArticlesOne, Key::TagArticlesOther);
    let button = button(if chosen { Part::TagSelected } else { Part::Tag })
        .set(Attribute::DataTag, name.to_owned())
        .set(Attribute::AriaPressed, if chosen { "true" } else { "false" })
        .maybe(Attribute::DataZero, (count == 0).then_some(""))
        .on_click(Action::ToggleTag)
        .children(vec![
            tag_name(state, name),
            hidden(", "),
            Element::of_part(Name::Span, Part::TagCount).text(number::text(count)),
            hidden([" ", state.catalogue.text(unit)].concat()),
        ]);
    Element::new(Name::Li).key(store::hash(name)).children(vec![button])
}
