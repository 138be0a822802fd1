//! What a widget shows, as a tree of values: [`view`] makes it, [`html`] writes it, [`patch`] turns one into another.
//!
//! The tree's root is one `div` inside the shadow root. It holds another one, on
//! which all styling hangs, and beside that what the page has put into the
//! element, which keeps the page's style. The same tree, written as HTML ahead
//! of time, is what a browser shows.

pub mod escape;
pub(crate) mod facets;
pub mod html;
pub(crate) mod names;
pub mod node;
pub mod patch;
pub(crate) mod status;
pub(crate) mod teaser;

use crate::bundle::FacetText;
use crate::i18n::Key;
use crate::options::bit;
use crate::state::{Failure, Feed, Phase, State};
use node::{Action, Attribute, Class, Fixed, Name, Part, Tree, key};

/// The whole widget.
#[must_use]
pub fn view(state: &State) -> Tree {
    let mut tree = Tree::default();
    let out = &mut tree;
    let content = content(state);
    out.class(Name::Div, Class::Frame);
    out.class(Name::Div, Class::Root)
        .write(Attribute::Lang, state.catalogue.language().code())
        .set(Attribute::Dir, teaser::direction(state.catalogue.language().code()));
    match state.later {
        Some(later) => later.style(state, out),
        None => drop(out.set(Attribute::DataTheme, Fixed::Auto).set(Attribute::DataLayout, Fixed::List)),
    }
    shell(state, &content, out);
    out.close();
    if !state.has_shown {
        // What the page has put into the element, until there are teasers.
        out.open(Name::Slot).key(content.kind()).close();
    }
    out.close();
    tree
}

/// Says how it is to look.
pub(crate) fn style(state: &State, out: &mut Tree) {
    out.write(Attribute::DataTheme, state.options.theme.name())
        .write(Attribute::DataLayout, state.options.layout.name());
}

fn shell(state: &State, content: &Content<'_>, out: &mut Tree) {
    out.class(Name::Section, Class::Shell);
    if facets::are_many(state) {
        out.set(Attribute::DataMany, Fixed::Empty);
    }
    if let Some(heading) = &state.options.heading {
        out.set(Attribute::AriaLabelledby, Fixed::Heading);
        // It is the page's, whose language the interface may not speak.
        let page_language = state.surroundings.page_language.as_deref().filter(|_| state.options.lang.is_none());
        let page_language = other_language(state, page_language);
        out.part(heading_name(state.options.heading_level() - 1), Part::Heading)
            .set(Attribute::Id, Fixed::Heading)
            .maybe(Attribute::Lang, page_language)
            .text(heading)
            .close();
    } else {
        out.compose(Attribute::AriaLabel, |out| status::region_label(state, out));
    }
    if state.feed.is_some() || matches!(content, Content::Skeleton) {
        search_field(state, out);
    }
    let is_stale = matches!(state.phase, Phase::Failed(_)) && !matches!(content, Content::Failure(_));
    let mut is_told = false;
    match (&state.feed, content) {
        _ if !state.options.shows(const { bit("filters") }) => {}
        (Some(feed), _) if feed.is_complete && !(state.is_working() && state.found.counts.is_empty()) => {
            facets::filters(state, feed, out);
        }
        (_, Content::Fallback) => {}
        // Of a list that broke off the filters never come. What is read stays in its place: that it broke off is said in
        // theirs.
        _ if is_stale || state.is_working() || matches!(state.phase, Phase::Loading) => {
            is_told = is_stale;
            facets::placeholder(state, is_stale, out);
        }
        _ => {}
    }
    status::bar(state, out);
    if is_stale && !is_told {
        status::stale(state, out);
    }
    results(state, content, out);
    out.close();
}

/// The field to search in. It is there before the articles are, so that it moves nothing when they come.
fn search_field(state: &State, out: &mut Tree) {
    if state.options.no_search || status::articles(state) == Some(0) || !state.options.shows(const { bit("search") }) {
        return;
    }
    out.class(Name::Label, Class::SearchField);
    word(state, Key::Search, out.class(Name::Span, Class::SearchLabel));
    out.part(Name::Input, Part::Search)
        .set(Attribute::Type, Fixed::Search)
        .set(Attribute::Autocomplete, Fixed::Off)
        .write(Attribute::Value, state.selection.search())
        .asks(Action::Search)
        .close();
    out.close();
}

/// What the results are at the moment.
enum Content<'a> {
    Teasers(&'a Feed),
    /// There is nothing to show, and that is certain.
    Nothing,
    Failure(&'a Failure),
    Skeleton,
    /// The page's own content, until there are teasers.
    Fallback,
}

impl Content<'_> {
    /// Contents of different kinds become different nodes, and what is made anew has not moved: a list or an error that
    /// takes the place of something else is no layout shift (layout-instability counts elements that change places).
    fn kind(&self) -> u32 {
        match self {
            Self::Teasers(_) | Self::Nothing => 1,
            Self::Failure(_) => 2,
            Self::Skeleton => 3,
            Self::Fallback => 4,
        }
    }
}

fn content(state: &State) -> Content<'_> {
    let is_fallback = state.surroundings.has_fallback && !state.has_shown;
    let waiting = if is_fallback { Content::Fallback } else { Content::Skeleton };
    match (&state.feed, &state.phase) {
        // Which articles show first is known when all have come. What stands while they are asked for again stays.
        (Some(feed), Phase::Loading)
            if !feed.is_complete && (state.visible().next().is_none() || !state.is_early() && !state.is_retry) =>
        {
            waiting
        }
        (Some(feed), _) if feed.is_complete && state.is_working() && state.visible().next().is_none() => waiting,
        (Some(feed), _) if !state.found.matches.is_empty() => Content::Teasers(feed),
        (Some(feed), Phase::Failed(failure)) if !feed.is_complete => Content::Failure(failure),
        (Some(_), _) => Content::Nothing,
        (None, Phase::Failed(failure)) => Content::Failure(failure),
        (None, _) => waiting,
    }
}

fn results(state: &State, content: &Content<'_>, out: &mut Tree) {
    out.class(Name::Div, Class::Results).key(content.kind());
    match *content {
        Content::Nothing => status::empty(state, out),
        Content::Teasers(feed) => {
            out.part(Name::Ul, Part::List).set(Attribute::Role, Fixed::List);
            if feed.bundle.language.is_none() {
                out.set(Attribute::Dir, Fixed::Auto); // of each text by itself, see `style.css`
            }
            for article in state.visible() {
                teaser::teaser(state, feed, article, out);
            }
            out.close();
            if state.has_all(feed) {
                status::end(state, out);
            }
        }
        Content::Failure(failure) => status::error(state, failure, out),
        Content::Skeleton => status::skeleton(out),
        Content::Fallback => {}
    }
    out.close();
}

/// A language other than the interface's, which what is written in it has to state (WCAG 2.2, 3.1.2).
fn other_language<'a>(state: &State, language: Option<&'a str>) -> Option<&'a str> {
    language.filter(|language| !language.eq_ignore_ascii_case(state.catalogue.language().code()))
}

/// The name of a facet's value: a label, or what the bundle writes, in its language.
fn value_name(state: &State, text: Option<&FacetText>, value: &str, out: &mut Tree) {
    match (text, state.later) {
        (Some(text), Some(later)) => later.value_name(state, text, value, out),
        _ => name(state, state.feed.as_ref().and_then(|feed| feed.bundle.language.as_deref()), value, out),
    }
}

/// The same for a value of which the bundle says something.
pub(crate) fn described_name(state: &State, text: &FacetText, value: &str, out: &mut Tree) {
    match text.named(state.catalogue.language().code()) {
        Some((language, label)) => name(state, Some(language), label, out),
        None => value_name(state, None, value, out),
    }
}

/// A name in a language, which others do not run into.
fn name(state: &State, language: Option<&str>, name: &str, out: &mut Tree) {
    out.open(Name::Bdi).maybe(Attribute::Lang, other_language(state, language)).text(name).close();
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

/// Text for assistive technology only; several pieces of it may follow.
fn hidden<'a>(out: &'a mut Tree, text: &str) -> &'a mut Tree {
    out.class(Name::Span, Class::Hidden).text(text)
}

/// The same, set apart from what is before: a word of the interface.
fn hidden_word(state: &State, key: Key, out: &mut Tree) {
    hidden(out, ", ").text(state.catalogue.text(key)).close();
}

/// An element that holds nothing but a word of the interface.
fn word(state: &State, key: Key, out: &mut Tree) {
    out.text(state.catalogue.text(key)).close();
}

/// Begins the item of a tag in a list, and its button.
fn tag_item<'a>(name: &str, part: Part, action: Action, out: &'a mut Tree) -> &'a mut Tree {
    out.open(Name::Li).key(key(name));
    out.part(Name::Button, part).write(Attribute::DataTag, name).asks(action)
}

/// Ends a link, which opens where the webmaster wants; says so where that is a new window.
fn link(state: &State, out: &mut Tree, href: &str, label: &str) {
    out.write(Attribute::Href, href);
    match state.later {
        Some(later) if state.options.blank => later.new_window(state, label, out),
        // Written even though it is the default: the page may have a `<base target>`.
        _ => _ = out.set(Attribute::Target, Fixed::SelfTarget).text(label),
    }
    out.close();
}

/// What a link says that opens a new window.
pub(crate) fn new_window(state: &State, label: &str, out: &mut Tree) {
    out.set(Attribute::Target, Fixed::Blank).set(Attribute::Rel, Fixed::Noopener);
    out.open(Name::Span).text(label).close();
    out.class(Name::Span, Class::Hidden).write(Attribute::Lang, state.catalogue.language().code());
    out.text(" ").text(state.catalogue.text(Key::NewWindow)).close();
}
