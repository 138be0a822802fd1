//! What a widget shows, as a tree of values: [`view`] makes it, [`html`] writes it, [`patch`] turns one into another.
//!
//! The tree's root is one `div` inside the shadow root, on which all styling
//! hangs. The same tree, written as HTML ahead of time, is what a browser shows.

pub mod escape;
mod facets;
pub mod html;
pub mod node;
pub mod patch;
mod status;
mod teaser;

use crate::i18n::Key;
use crate::state::{Failure, Feed, Phase, State};
use node::{Attribute, Class, Element, Name, Part};

/// The whole widget.
#[must_use]
pub fn view(state: &State) -> Element {
    Element::of_class(Name::Div, Class::Root)
        .set(Attribute::Lang, state.catalogue.language().code())
        .set(Attribute::Dir, "ltr")
        .set(Attribute::DataTheme, state.options.theme.name())
        .children(vec![shell(state)])
}

fn shell(state: &State) -> Element {
    let mut children = Vec::new();
    let mut shell = Element::of_class(Name::Section, Class::Shell);
    if let Some(heading) = &state.options.heading {
        shell = shell.set(Attribute::AriaLabelledby, "heading");
        let name = heading_name(state.options.heading_level().saturating_sub(1));
        children.push(Element::of_part(name, Part::Heading).set(Attribute::Id, "heading").text(heading.clone()));
    } else {
        shell = shell.set(Attribute::AriaLabel, status::region_label(state));
    }
    let content = content(state);
    if matches!(state.phase, Phase::Failed(_)) && !matches!(content, Content::Failure(_)) {
        children.push(status::stale(state));
    }
    match (&state.feed, &content) {
        (Some(feed), _) if feed.is_complete => children.extend(facets::filters(state, feed)),
        (Some(_), _) | (None, Content::Skeleton) => children.push(facets::placeholder()),
        _ => {}
    }
    children.push(status::bar(state));
    children.push(results(state, &content));
    shell.children(children)
}

/// What the results are at the moment.
enum Content<'a> {
    Teasers(&'a Feed),
    /// There is nothing to show, and that is certain.
    Nothing(&'a Feed),
    Failure(&'a Failure),
    Skeleton,
    /// The page's own content, until there are teasers.
    Fallback,
}

fn content(state: &State) -> Content<'_> {
    match (&state.feed, &state.phase) {
        // Which articles match is known when all have come.
        (Some(feed), Phase::Loading) if !feed.is_complete && !state.selection.is_empty() => Content::Skeleton,
        (Some(feed), _) if !state.found.matches.is_empty() => Content::Teasers(feed),
        (Some(feed), Phase::Failed(failure)) if !feed.is_complete => Content::Failure(failure),
        (Some(feed), _) => Content::Nothing(feed),
        (None, Phase::Failed(failure)) => Content::Failure(failure),
        (None, _) if state.surroundings.has_fallback => Content::Fallback,
        (None, _) => Content::Skeleton,
    }
}

fn results(state: &State, content: &Content<'_>) -> Element {
    let mut children = Vec::new();
    // What is made anew has not moved: the list pushes nothing down that stood here before, the page's own content
    // included (layout-instability counts elements that change places).
    let kind = match content {
        Content::Teasers(_) | Content::Nothing(_) => 0,
        Content::Failure(_) => 1,
        Content::Skeleton => 2,
        Content::Fallback => 3,
    };
    match *content {
        Content::Nothing(feed) => children.push(status::empty(state, feed)),
        Content::Teasers(feed) => {
            let teasers = state.visible().map(|article| teaser::teaser(state, feed, article)).collect();
            children.push(Element::of_part(Name::Ul, Part::List).set(Attribute::Role, "list").children(teasers));
            if feed.is_complete {
                children.extend(status::end(state));
            }
        }
        Content::Failure(failure) => children.push(status::error(state, failure)),
        Content::Skeleton => children.push(status::skeleton()),
        Content::Fallback => {}
    }
    if !state.has_shown {
        // What the page has put into the element, until there are teasers.
        children.push(Element::new(Name::Slot));
    }
    Element::of_class(Name::Div, Class::Results).key(kind).children(children)
}

/// A language other than the interface's, which what is written in it has to state (WCAG 2.2, 3.1.2).
fn other_language<'a>(state: &State, language: Option<&'a str>) -> Option<&'a str> {
    language.filter(|language| !language.eq_ignore_ascii_case(state.catalogue.language().code()))
}

/// A tag's name, in the bundle's language.
fn tag_name(state: &State, name: &str) -> Element {
    let language = state.feed.as_ref().and_then(|feed| feed.bundle.language.as_deref());
    Element::new(Name::Bdi)
        .maybe(Attribute::Lang, other_language(state, language).map(str::to_owned))
        .text(name.to_owned())
}

fn heading_name(level: u8) -> Name {
    match level {
        0 | 1 => Name::H1,
        2 => Name::H2,
        3 => Name::H3,
        4 => Name::H4,
        5 => Name::H5,
        _ => Name::H6,
    }
}

/// Text for assistive technology only.
fn hidden(text: impl Into<std::borrow::Cow<'static, str>>) -> Element {
    Element::of_class(Name::Span, Class::Hidden).text(text)
}

fn span(text: impl Into<std::borrow::Cow<'static, str>>) -> Element {
    Element::new(Name::Span).text(text)
}

fn button(part: Part) -> Element {
    Element::of_part(Name::Button, part).set(Attribute::Type, "button")
}

/// A link that opens where the webmaster wants; says so where that is a new window.
fn link(state: &State, element: Element, href: &str, label: &str) -> Element {
    let element = element.set(Attribute::Href, href.to_owned());
    if state.options.blank {
        element.set(Attribute::Target, "_blank").set(Attribute::Rel, "noopener").children(vec![
            span(label.to_owned()),
            hidden([" ", state.catalogue.text(Key::NewWindow)].concat())
                .set(Attribute::Lang, state.catalogue.language().code()),
        ])
    } else {
        // Written even though it is the default: the page may have a `<base target>`.
        element.set(Attribute::Target, "_self").text(label.to_owned())
    }
}
