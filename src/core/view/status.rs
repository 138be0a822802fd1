//! What is said about the list: how many articles, what is chosen, loading, empty, failed, more.

use super::escape::is_link;
use super::node::{Action, Attribute, Class, Fixed, Name, Part, Tree};
use super::{hidden, hidden_word, link, tag_item, tag_name, word};
use crate::bundle::BundleError;
use crate::i18n::{Key, Value, fill};
use crate::number::push_number;
use crate::selection::Selection;
use crate::state::{Failure, Feed, Phase, State};

/// Teasers of the skeleton.
const BONES: usize = 3;

/// What the region is called where the webmaster gave no heading: the feed's title, as it tells two widgets apart.
pub(super) fn region_label(state: &State) -> String {
    let mut label = state.catalogue.text(Key::Region).to_owned();
    if let Some(title) = title(state) {
        label.push_str(": ");
        label.push_str(title);
    }
    label
}

fn title(state: &State) -> Option<&str> {
    state.feed.as_ref().map(|feed| &*feed.bundle.title).filter(|title| !title.is_empty())
}

/// The count, and what is chosen.
pub(super) fn bar(state: &State, out: &mut Tree) {
    out.class(Name::Div, Class::Bar);
    status(state, out);
    if !state.selection.is_empty() && state.feed.is_some() {
        chosen(state, out);
    }
    if state.updates() > 0 {
        // Beside the count, so that it moves no teaser.
        updates(state, out.part(Name::Button, Part::Updates).on_click(Action::ShowUpdates));
    }
    out.close();
}

/// Ends an element that says how many newer articles there are.
fn updates(state: &State, out: &mut Tree) {
    let count = state.updates();
    let key = state.catalogue.plural(count, Key::UpdatesOne, Key::UpdatesOther);
    state.catalogue.fill_number(out.content(), key, count);
    out.close();
}

/// The live region. It is there from the first moment on, or a change of it would not be announced.
fn status(state: &State, out: &mut Tree) {
    out.part(Name::P, Part::Status).set(Attribute::Role, Fixed::Status).set(Attribute::Tabindex, Fixed::MinusOne);
    // How many articles there are is said when it is known.
    match &state.feed {
        Some(feed) if feed.is_complete => counts(state, feed, out),
        _ if !matches!(state.phase, Phase::Loading) => {} // the error speaks for itself
        // Where the page shows its own content meanwhile, nothing needs to be seen of it.
        None if state.surroundings.has_fallback && !state.is_retry => {
            word(state, Key::Loading, out.class(Name::Span, Class::Hidden));
        }
        _ => word(state, Key::Loading, out.open(Name::Span)),
    }
    out.close();
}

fn counts(state: &State, feed: &Feed, out: &mut Tree) {
    let catalogue = &state.catalogue;
    let matches = state.found.matches.len();
    let (one, other) = match state.selection.is_empty() {
        true => (Key::ArticlesOne, Key::ArticlesOther),
        false => (Key::MatchesOne, Key::MatchesOther),
    };
    let template = catalogue.text(catalogue.plural(matches, one, other));
    // The number is bold and stands first: pages and tests read it there.
    push_number(out.open(Name::Strong).content(), matches as u32);
    out.close();
    let rest = template.strip_prefix("{count}").unwrap_or(template);
    fill(out.open(Name::Span).content(), rest, &[("total", Value::Number(feed.index.articles()))]);
    out.close();
    let shown = state.shown.min(state.listed());
    if shown < matches {
        catalogue.fill_number(out.class(Name::Span, Class::Hidden).content(), Key::Shown, shown);
        out.close();
    }
    if state.updates() > 0 {
        updates(state, hidden(out, ", "));
    }
}

fn chosen(state: &State, out: &mut Tree) {
    out.class(Name::Div, Class::Chosen);
    out.class(Name::Ul, Class::Chips)
        .set(Attribute::Role, Fixed::List)
        .write(Attribute::AriaLabel, state.catalogue.text(Key::Chips));
    for tag in state.selection.tags() {
        tag_item(tag, Part::Chip, Action::RemoveChip, out);
        tag_name(state, tag, out);
        hidden_word(state, Key::ChipRemove, out);
        out.close();
        out.close();
    }
    out.close();
    clear(state, out);
    out.close();
}

fn clear(state: &State, out: &mut Tree) {
    word(state, Key::Clear, out.part(Name::Button, Part::Clear).on_click(Action::Clear));
}

/// Under the teasers: how far the list goes, and the way on.
pub(super) fn end(state: &State, out: &mut Tree) {
    let left = state.listed().saturating_sub(state.shown);
    if left == 0 {
        return;
    }
    let catalogue = &state.catalogue;
    out.class(Name::Div, Class::End);
    let (shown, matches) = (state.shown as u32, state.found.matches.len() as u32);
    let values = [("count", Value::Number(shown)), ("total", Value::Number(matches))];
    catalogue.fill(out.class(Name::P, Class::Progress).content(), Key::Progress, &values);
    out.close();
    let next = left.min(state.options.page_size());
    let label = catalogue.plural(next, Key::MoreOne, Key::MoreOther);
    catalogue.fill_number(out.part(Name::Button, Part::More).on_click(Action::More).content(), label, next);
    out.close();
    out.close();
}

/// Bones where the teasers will be; not teasers, and nothing for assistive technology.
pub(super) fn skeleton(out: &mut Tree) {
    out.part(Name::Ul, Part::Loading).set(Attribute::AriaHidden, true);
    for _ in 0..BONES {
        out.class(Name::Li, Class::Lines);
        for bone in [Class::BoneShort, Class::BoneTall, Class::Bone, Class::Bone, Class::BoneShort] {
            out.class(Name::Span, bone).close();
        }
        out.close();
    }
    out.close();
}

/// Nothing matches, or there is nothing at all.
pub(super) fn empty(state: &State, feed: &Feed, out: &mut Tree) {
    out.part(Name::Div, Part::Empty).set(Attribute::Class, Class::Notice);
    let is_selection = feed.index.articles() > 0;
    let title = if is_selection { Key::EmptySelection } else { Key::EmptyTitle };
    word(state, title, out.class(Name::P, Class::NoticeTitle));
    if is_selection {
        without(state, feed, out);
    }
    if is_selection || home_url(state).is_some() {
        out.class(Name::Div, Class::Actions);
        if is_selection {
            clear(state, out);
        } else {
            home(state, out);
        }
        out.close();
    }
    out.close();
}

/// "Without X there would be 2": what would help.
fn without(state: &State, feed: &Feed, out: &mut Tree) {
    let chosen = state.selection.tags();
    if chosen.len() < 2 {
        return;
    }
    let mut is_begun = false;
    for tag in chosen {
        let mut others = Selection::of(chosen);
        others.toggle(tag);
        let count = feed.index.count(&feed.bundle.store, &others, state.options.combine);
        if count == 0 {
            continue;
        }
        if !is_begun {
            is_begun = true;
            out.class(Name::P, Class::Hint);
        }
        let key = state.catalogue.plural(count, Key::EmptyWithoutOne, Key::EmptyWithoutOther);
        let values = [("tag", Value::Text(tag)), ("count", Value::Number(count as u32))];
        state.catalogue.fill(out.open(Name::Span).content(), key, &values);
        out.text(" ").close();
    }
    if is_begun {
        out.close();
    }
}

/// There are no articles, and why.
pub(super) fn error(state: &State, failure: &Failure, out: &mut Tree) {
    out.part(Name::Div, Part::Error).set(Attribute::Class, Class::Notice).set(Attribute::Role, Fixed::Alert);
    word(state, Key::ErrorTitle, out.class(Name::P, Class::NoticeTitle));
    let (key, status) = match failure {
        Failure::Network(_) => (Key::ErrorNetwork, 0),
        Failure::Timeout => (Key::ErrorTimeout, 0),
        Failure::Status(status) => (Key::ErrorStatus, *status),
        Failure::Bundle(BundleError::NotAFeed { .. }) => (Key::ErrorNotAFeed, 0),
        Failure::Bundle(_) => (Key::ErrorSyntax, 0),
        Failure::NoSource => (Key::ErrorNoSource, 0),
    };
    state.catalogue.fill(
        out.class(Name::P, Class::Hint).content(),
        key,
        &[("status", Value::Number(u32::from(status)))],
    );
    out.close();
    let can_retry = !matches!(failure, Failure::NoSource);
    if can_retry || home_url(state).is_some() {
        out.class(Name::Div, Class::Actions);
        if can_retry {
            retry(state, out);
        }
        home(state, out);
        out.close();
    }
    out.close();
}

/// Newer articles could not be had, or not all; what is there stays.
pub(super) fn stale(state: &State, out: &mut Tree) {
    let key = if state.is_partial() { Key::Incomplete } else { Key::Stale };
    out.part(Name::Div, Part::Stale).set(Attribute::Role, Fixed::Alert);
    word(state, key, out.open(Name::Span));
    retry(state, out);
    home(state, out);
    out.close();
}

fn retry(state: &State, out: &mut Tree) {
    word(state, Key::Retry, out.part(Name::Button, Part::Retry).on_click(Action::Retry));
}

fn home_url(state: &State) -> Option<&str> {
    state.home().filter(|url| is_link(url))
}

fn home(state: &State, out: &mut Tree) {
    let Some(url) = home_url(state) else { return };
    let mut label = String::new();
    match title(state) {
        Some(title) => state.catalogue.fill(&mut label, Key::Home, &[("title", Value::Text(title))]),
        None => label.push_str(state.catalogue.text(Key::HomeUntitled)),
    }
    link(state, out.part(Name::A, Part::Home), url, &label);
}
