//! What is said about the list: how many articles, what is chosen, loading, empty, failed, more.

use super::escape::is_link;
use super::node::{Action, Attribute, Class, Element, Name, Part};
use super::{button, hidden, link, span, tag_name};
use crate::bundle::BundleError;
use crate::i18n::{Key, fill};
use crate::selection::Selection;
use crate::state::{Failure, Feed, Phase, State};
use crate::{number, store};

/// Teasers of the skeleton.
const BONES: usize = 3;

/// What the region is called where the webmaster gave no heading: the feed's title, as it tells two widgets apart.
pub(super) fn region_label(state: &State) -> String {
    let region = state.catalogue.text(Key::Region);
    match state.feed.as_ref().map(|feed| &feed.bundle.title).filter(|title| !title.is_empty()) {
        Some(title) => [region, ": ", title].concat(),
        None => region.to_owned(),
    }
}

/// The count, and what is chosen.
pub(super) fn bar(state: &State) -> Element {
    let mut children = vec![status(state)];
    if !state.selection.is_empty() && state.feed.is_some() {
        children.push(chosen(state));
    }
    let updates = state.updates();
    if updates > 0 {
        // Beside the count, so that it moves no teaser.
        children.push(button(Part::Updates).on_click(Action::ShowUpdates).text(updates_label(state, updates)));
    }
    Element::of_class(Name::Div, Class::Bar).children(children)
}

fn updates_label(state: &State, updates: usize) -> String {
    let catalogue = &state.catalogue;
    catalogue.fill(
        catalogue.plural(updates, Key::UpdatesOne, Key::UpdatesOther),
        "count",
        &number::text(updates as u32),
    )
}

/// The live region. It is there from the first moment on, or a change of it would not be announced.
fn status(state: &State) -> Element {
    let catalogue = &state.catalogue;
    let line = Element::of_part(Name::P, Part::Status).set(Attribute::Role, "status").set(Attribute::Tabindex, "-1");
    // How many articles there are is said when it is known.
    let Some(feed) = state.feed.as_ref().filter(|feed| feed.is_complete) else {
        let is_beside_fallback = state.feed.is_none() && state.surroundings.has_fallback;
        return line.children(match state.phase {
            // Where the page shows its own content meanwhile, nothing needs to be seen of it.
            Phase::Loading if is_beside_fallback && !state.is_retry => {
                vec![hidden(catalogue.text(Key::Loading).to_owned())]
            }
            Phase::Loading => vec![span(catalogue.text(Key::Loading).to_owned())],
            _ => Vec::new(), // the error speaks for itself
        });
    };
    let total = feed.index.articles() as usize;
    let matches = state.found.matches.len();
    let key = if state.selection.is_empty() {
        catalogue.plural(matches, Key::ArticlesOne, Key::ArticlesOther)
    } else {
        catalogue.plural(matches, Key::MatchesOne, Key::MatchesOther)
    };
    let mut children = counted(catalogue.text(key), matches, &[("total", &number::text(total as u32))]);
    let shown = state.shown.min(state.listed());
    if shown < matches {
        children.push(hidden(catalogue.fill(Key::Shown, "count", &number::text(shown as u32))));
    }
    let updates = state.updates();
    if updates > 0 {
        children.push(hidden([", ", &updates_label(state, updates)].concat()));
    }
    line.children(children)
}

/// A text about a number, which is bold and stands first: pages and tests read it there.
fn counted(template: &str, count: usize, values: &[(&str, &str)]) -> Vec<Element> {
    let rest = template.strip_prefix("{count}").unwrap_or(template);
    vec![Element::new(Name::Strong).text(number::text(count as u32)), span(fill(rest, values))]
}

fn chosen(state: &State) -> Element {
    let chips = state
        .selection
        .tags()
        .iter()
        .map(|tag| {
            let chip = button(Part::Chip)
                .set(Attribute::DataTag, tag.clone())
                .on_click(Action::RemoveChip)
                .children(vec![tag_name(state, tag), hidden([" ", state.catalogue.text(Key::ChipRemove)].concat())]);
            Element::new(Name::Li).key(store::hash(tag)).children(vec![chip])
        })
        .collect();
    let chips = Element::of_class(Name::Ul, Class::Chips)
        .set(Attribute::Role, "list")
        .set(Attribute::AriaLabel, state.catalogue.text(Key::Chips).to_owned())
        .children(chips);
    Element::of_class(Name::Div, Class::Chosen).children(vec![chips, clear(state)])
}

fn clear(state: &State) -> Element {
    button(Part::Clear).on_click(Action::Clear).text(state.catalogue.text(Key::Clear).to_owned())
}

/// Under the teasers: how far the list goes, and the way on.
pub(super) fn end(state: &State) -> Option<Element> {
    let matches = state.found.matches.len();
    let left = state.listed().checked_sub(state.shown).filter(|&left| left > 0)?;
    let catalogue = &state.catalogue;
    let next = left.min(state.options.page_size());
    let progress = fill(
        catalogue.text(Key::Progress),
        &[("count", &number::text(state.shown as u32)), ("total", &number::text(matches as u32))],
    );
    let label =
        catalogue.fill(catalogue.plural(next, Key::MoreOne, Key::MoreOther), "count", &number::text(next as u32));
    Some(Element::of_class(Name::Div, Class::End).children(vec![
        Element::of_class(Name::P, Class::Progress).text(progress),
        button(Part::More).on_click(Action::More).text(label),
    ]))
}

/// Bones where the teasers will be; not teasers, and nothing for assistive technology.
pub(super) fn skeleton() -> Element {
    let bone = |class: Class| Element::of_class(Name::Span, class);
    let lines = vec![
        bone(Class::BoneShort),
        bone(Class::BoneTall),
        bone(Class::Bone),
        bone(Class::Bone),
        bone(Class::BoneShort),
    ];
    let item = Element::of_class(Name::Li, Class::Lines).children(lines);
    Element::of_part(Name::Ul, Part::Loading)
        .set(Attribute::AriaHidden, "true")
        .children(std::iter::repeat_n(item, BONES).collect())
}

/// Nothing matches, or there is nothing at all.
pub(super) fn empty(state: &State, feed: &Feed) -> Element {
    let catalogue = &state.catalogue;
    let title = |key: Key| Element::of_class(Name::P, Class::NoticeTitle).text(catalogue.text(key).to_owned());
    let mut children = Vec::new();
    let mut actions = Vec::new();
    if feed.index.articles() > 0 {
        children.push(title(Key::EmptySelection));
        children.extend(without(state, feed));
        actions.push(clear(state));
    } else {
        children.push(title(Key::EmptyTitle));
        actions.extend(home(state));
    }
    notice(Part::Empty, children, actions)
}

/// "Without X there would be 2": what would help.
fn without(state: &State, feed: &Feed) -> Option<Element> {
    let catalogue = &state.catalogue;
    let chosen = state.selection.tags();
    if chosen.len() < 2 {
        return None;
    }
    let hints: Vec<Element> = chosen
        .iter()
        .filter_map(|tag| {
            let others: Vec<String> = chosen.iter().filter(|other| *other != tag).cloned().collect();
            let count = feed.index.count(&feed.bundle.store, &Selection::of(&others), state.options.combine);
            let key = catalogue.plural(count, Key::EmptyWithoutOne, Key::EmptyWithoutOther);
            let text = fill(catalogue.text(key), &[("tag", tag), ("count", &number::text(count as u32))]);
            (count > 0).then(|| span([&text, " "].concat()))
        })
        .collect();
    (!hints.is_empty()).then(|| Element::of_class(Name::P, Class::Hint).children(hints))
}

/// There are no articles, and why.
pub(super) fn error(state: &State, failure: &Failure) -> Element {
    let catalogue = &state.catalogue;
    let text = match failure {
        Failure::Network(_) => catalogue.text(Key::ErrorNetwork).to_owned(),
        Failure::Timeout => catalogue.text(Key::ErrorTimeout).to_owned(),
        Failure::Status(status) => catalogue.fill(Key::ErrorStatus, "status", &number::text(u32::from(*status))),
        Failure::Bundle(BundleError::NotAFeed { .. }) => catalogue.text(Key::ErrorNotAFeed).to_owned(),
        Failure::Bundle(_) => catalogue.text(Key::ErrorSyntax).to_owned(),
        Failure::NoSource => catalogue.text(Key::ErrorNoSource).to_owned(),
    };
    let children = vec![
        Element::of_class(Name::P, Class::NoticeTitle).text(catalogue.text(Key::ErrorTitle).to_owned()),
        Element::of_class(Name::P, Class::Hint).text(text),
    ];
    let mut actions = Vec::new();
    if !matches!(failure, Failure::NoSource) {
        actions.push(retry(state));
    }
    actions.extend(home(state));
    notice(Part::Error, children, actions).set(Attribute::Role, "alert")
}

/// Newer articles could not be had, or not all; what is there stays.
pub(super) fn stale(state: &State) -> Element {
    let key = if state.is_partial() { Key::Incomplete } else { Key::Stale };
    let mut children = vec![span(state.catalogue.text(key).to_owned()), retry(state)];
    children.extend(home(state));
    Element::of_part(Name::Div, Part::Stale).set(Attribute::Role, "alert").children(children)
}

fn retry(state: &State) -> Element {
    button(Part::Retry).on_click(Action::Retry).text(state.catalogue.text(Key::Retry).to_owned())
}

fn home(state: &State) -> Option<Element> {
    let url = state.home().filter(|url| is_link(url))?;
    let title = state.feed.as_ref().map(|feed| &feed.bundle.title).filter(|title| !title.is_empty());
    let label = match title {
        Some(title) => state.catalogue.fill(Key::Home, "title", title),
        None => state.catalogue.text(Key::HomeUntitled).to_owned(),
    };
    Some(link(state, Element::of_part(Name::A, Part::Home), url, &label))
}

fn notice(part: Part, mut children: Vec<Element>, actions: Vec<Element>) -> Element {
    if !actions.is_empty() {
        children.push(Element::of_class(Name::Div, Class::Actions).children(actions));
    }
    Element::of_part(Name::Div, part).set(Attribute::Class, Class::Notice.name()).children(children)
}
