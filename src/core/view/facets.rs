//! The tags to choose from, with their counts.

use super::node::{Action, Attribute, Class, Fixed, Name, Part, Tree};
use super::{hidden, hidden_word, tag_item, tag_name, word};
use crate::i18n::Key;
use crate::model::TagId;
use crate::number::push_number;
use crate::state::{Feed, State};

/// Tags that show at first.
const FREQUENT: usize = 30;

/// The disclosure for narrow containers and the facet of all tags; nothing where no article has a tag.
pub(super) fn filters(state: &State, feed: &Feed, out: &mut Tree) {
    if feed.index.frequent().is_empty() {
        return;
    }
    out.part(Name::Button, Part::FiltersToggle)
        .set(Attribute::AriaExpanded, state.filters_open)
        .set(Attribute::AriaControls, Fixed::Filters)
        .on_click(Action::ToggleFilters);
    word(state, Key::Filter, out.open(Name::Span));
    let chosen = state.selection.tags().len();
    if chosen > 0 {
        out.class(Name::Span, Class::ToggleCount).text(" ");
        state.catalogue.fill_number(out.content(), Key::FilterActive, chosen);
        out.close();
    }
    out.close();
    out.part(Name::Div, Part::Filters).set(Attribute::Id, Fixed::Filters);
    if state.filters_open {
        out.set(Attribute::DataOpen, Fixed::Empty);
    }
    facet(state, feed, out);
    out.close();
}

/// Keeps the place of the filters until it is known which there are, so that nothing moves when they come.
pub(super) fn placeholder(out: &mut Tree) {
    out.class(Name::Div, Class::FiltersPlaceholder).set(Attribute::AriaHidden, true).close();
}

fn facet(state: &State, feed: &Feed, out: &mut Tree) {
    out.part(Name::Div, Part::Facet)
        .set(Attribute::DataFacet, Fixed::Tags)
        .set(Attribute::Role, Fixed::Group)
        .set(Attribute::AriaLabelledby, Fixed::FacetTags);
    word(state, Key::Tags, out.class(Name::P, Class::FacetTitle).set(Attribute::Id, Fixed::FacetTags));
    let all = feed.index.frequent().len();
    if all > FREQUENT {
        out.part(Name::Button, Part::FacetMore)
            .set(Attribute::AriaExpanded, state.all_tags)
            .on_click(Action::ToggleAllTags)
            .open(Name::Span);
        if state.all_tags {
            out.text(state.catalogue.text(Key::TagsFewer));
        } else {
            state.catalogue.fill_number(out.content(), Key::TagsAll, all);
        }
        out.close();
        hidden_word(state, Key::Tags, out);
        out.close();
    }
    // After the button, as it is seen: what the button adds comes next for the keyboard too.
    out.class(Name::Ul, Class::TagList).set(Attribute::Role, Fixed::List);
    items(state, feed, out);
    out.close();
    out.close();
}

/// The tags that show: those that would give something, most frequent first, then the others; chosen ones always.
fn items(state: &State, feed: &Feed, out: &mut Tree) {
    let mut place = 0;
    for gives in [true, false] {
        for &tag in feed.index.frequent() {
            if (state.found.counts[tag.0 as usize] > 0) == gives {
                item(state, feed, tag, state.all_tags || place < FREQUENT, out);
                place += 1;
            }
        }
    }
}

fn item(state: &State, feed: &Feed, tag: TagId, is_shown: bool, out: &mut Tree) {
    let name = feed.bundle.store.tag_name(tag);
    let count = state.found.counts[tag.0 as usize];
    let is_chosen = state.selection.contains(name);
    if !is_shown && !is_chosen {
        return;
    }
    let unit = state.catalogue.plural(count as usize, Key::TagArticlesOne, Key::TagArticlesOther);
    let part = if is_chosen { Part::TagSelected } else { Part::Tag };
    tag_item(name, part, Action::ToggleTag, out).set(Attribute::AriaPressed, is_chosen);
    if count == 0 {
        out.set(Attribute::DataZero, Fixed::Empty);
    }
    tag_name(state, name, out);
    hidden(out, ", ").close();
    push_number(out.part(Name::Span, Part::TagCount).content(), count);
    out.close();
    hidden_word(state, unit, out);
    out.close();
    out.close();
}
