//! What is said about the list: how many articles, what is chosen, loading, empty, failed, more.

use super::escape::is_link;
use super::facets::{about_choice, is_backwards, narrowed, period_name, say_malformed};
use super::node::{Action, Attribute, Class, Fixed, Name, Part, Tree, Word};
use super::{heading_name, hidden, hidden_word, link, tag_item, value_name, word};
use crate::ascii;
use crate::bundle::BundleError;
use crate::filter::FilterIndex;
use crate::i18n::{Key, Value};
use crate::options::{Paging, Sort, UrlState, bit};
use crate::selection::{Choice, Dates, TAGS};
use crate::state::{Failure, Malformed, Phase, State};

/// Teasers of the skeleton.
const BONES: usize = 3;

/// What the region is called where the webmaster gave no heading: the feed's title, as it tells two widgets apart.
pub(super) fn region_label(state: &State, out: &mut String) {
    out.push_str(state.catalogue.text(Key::Region));
    if let Some(title) = title(state) {
        out.push_str(": ");
        out.push_str(title);
    }
}

fn title(state: &State) -> Option<&str> {
    state.feed.as_ref().map(|feed| &*feed.bundle.title).filter(|title| !title.is_empty())
}

/// The count, and what is chosen.
pub(super) fn bar(state: &State, out: &mut Tree) {
    out.class(Name::Div, Class::Bar);
    status(state, out);
    let is_chosen = !state.selection.is_empty() && state.feed.is_some();
    // While a list arrives the status is long, and the order beside it could wrap on a phone and come back later. Beside a
    // choice the status stays as long.
    let has_order = articles(state).map_or(is_chosen, |articles| articles > 0);
    if has_order && state.options.shows(const { bit("sort") }) {
        sort(state, out);
    }
    if is_chosen {
        chosen(state, out);
    }
    if let Some(later) = state.later {
        later.offer(state, out);
    }
    out.close();
}

/// The link of an order or page, where nothing is chosen beside which it would stand; to be copied by hand where the
/// browser refuses to. Newer articles, to be shown: beside the count, so that the offer moves no teaser.
pub(crate) fn offer(state: &State, out: &mut Tree) {
    let is_default = state.page == 0 && state.order() == state.options.sort;
    // From the first teasers on, so that it moves none.
    let is_there = state.feed.is_some() && articles(state) != Some(0);
    if state.selection.is_empty() && !is_default && is_there && has_link(state) {
        out.class(Name::Div, Class::Chosen);
        copy_link(state, out);
        out.close();
    }
    if state.copied == Some(false) && !state.is_unlinked {
        out.class(Name::Label, Class::SearchLabel);
        word(state, Key::CopyLinkFailed, out.open(Name::Span));
        out.open(Name::Input).close(); // the shell knows the link, see `copy` in `www/later.js`
        out.close();
    }
    if state.updates() > 0 {
        updates(state, out.part(Name::Button, Part::Updates).asks(Action::ShowUpdates));
    }
}

/// How many articles there are, once that is known.
pub(super) fn articles(state: &State) -> Option<u32> {
    if state.is_partial() { None } else { Some(state.index()?.articles()) }
}

/// The order of the teasers, to be chosen.
fn sort(state: &State, out: &mut Tree) {
    let orders: [(_, _, Word); _] = [
        (Sort::Relevance, Key::SortRelevance, Fixed::Relevance.into()),
        (Sort::Newest, Key::SortNewest, Fixed::Newest.into()),
        (Sort::Oldest, Key::SortOldest, Fixed::Oldest.into()),
        (Sort::Headline, Key::SortHeadline, Part::Headline.into()),
    ];
    out.part(Name::Select, Part::Sort).write(Attribute::AriaLabel, state.catalogue.text(Key::Sort)).asks(Action::Sort);
    for (order, label, value) in orders {
        if order == Sort::Relevance && !state.selection.is_search() {
            continue;
        }
        out.open(Name::Option).key(order as u32 + 1).set(Attribute::Value, value);
        if order == state.order() {
            out.set(Attribute::Selected, Fixed::Empty);
        }
        word(state, label, out);
    }
    out.close();
}

/// Ends an element that says how many newer articles there are.
fn updates(state: &State, out: &mut Tree) {
    state.catalogue.fill_plural(out.content(), Key::Updates, state.updates());
    out.close();
}

/// The live region. It is there from the first moment on, or a change of it would not be announced.
fn status(state: &State, out: &mut Tree) {
    out.part(Name::P, Part::Status).set(Attribute::Role, Fixed::Status).set(Attribute::Tabindex, Fixed::MinusOne);
    // What is still being worked on is told once, when it is known.
    if state.is_working() || state.is_hushed {
        out.set(Attribute::AriaLive, Fixed::Off);
    }
    // How many articles there are is said when it is known.
    let has_ended = !matches!(state.phase, Phase::Loading);
    match &state.feed {
        // Of a document that broke off, what is chosen leaves some of what there is.
        // Who has asked for it anew hears that it is on its way, and then how many there are, be they as many as before.
        Some(feed)
            if (feed.is_complete || has_ended && !state.selection.is_empty())
                && !state.is_working()
                && (has_ended || !state.is_retry) =>
        {
            counts(state, out);
            if state.is_missed {
                word(state, Key::ErrorNetwork, out.open(Name::Span).text(". "));
            }
        }
        // What is asked for is still being worked on.
        Some(feed) if feed.is_complete => word(state, Key::Loading, out.open(Name::Span)),
        _ if has_ended => {} // the error speaks for itself
        // Where the page shows its own content meanwhile, nothing needs to be seen of it.
        None if state.surroundings.has_fallback && !state.is_retry => {
            word(state, Key::Loading, out.class(Name::Span, Class::Hidden));
        }
        _ => word(state, Key::Loading, out.open(Name::Span)),
    }
    out.close();
}

fn counts(state: &State, out: &mut Tree) {
    let catalogue = &state.catalogue;
    let matches = state.found.matches.len();
    // Of a list that broke off nobody knows of how many they are.
    let key = if state.selection.is_empty() || state.is_partial() { Key::Articles } else { Key::Matches };
    let template = catalogue.plural(key, matches);
    // Made anew for each new choice, and as a whole: what is the same is announced to nobody, and several pieces several
    // times by some screen readers.
    out.open(Name::Span).key(state.round);
    // The number is bold and stands first: pages and tests read it there.
    catalogue.write_number(out.open(Name::Strong).content(), matches as u32);
    out.close();
    let rest = template.strip_prefix("{count}").unwrap_or(template);
    let total = state.index().map_or(0, FilterIndex::articles);
    catalogue.fill(out.open(Name::Span).content(), rest, &[("total", Value::Number(total))]);
    out.close();
    let shown = state.shown.min(state.listed());
    // Of pages, which one shows says more.
    if state.options.paging != Paging::Pages && shown < matches {
        let values = [("count", Value::Number(shown as u32))];
        catalogue.fill(out.class(Name::Span, Class::Hidden).content(), catalogue.text(Key::Shown), &values);
        out.close();
    }
    if let Some(later) = state.later {
        later.counts(state, out);
    }
    out.close();
}

/// Which page shows, that the link has been copied, or that there is none, how many newer articles there are, what
/// facets have of what is looked for in them, that the period ends before it begins or has an end that is no day, and
/// which choices there are not.
pub(crate) fn further_counts(state: &State, out: &mut Tree) {
    if state.options.paging == Paging::Pages && state.pages() > 1 {
        page_label(state, state.page, hidden(out, ", ").content());
        out.close();
    }
    match state.copied {
        Some(true) => hidden(out, ", ").text(state.catalogue.text(Key::CopyLinkDone)).close(),
        Some(false) if state.is_unlinked => word(state, Key::CopyLinkFailed, out.open(Name::Span).text(". ")),
        _ => {}
    }
    if state.updates() > 0 {
        updates(state, hidden(out, ", "));
    }
    narrowed(state, out);
    if is_backwards(state) {
        hidden(out, ". ").text(state.catalogue.text(Key::EmptyDates)).close();
    }
    if let Some(malformed) = state.malformed() {
        // Who sees the fields sees it under them.
        let is_seen = malformed != Malformed::Period;
        say_malformed(state, malformed, if is_seen { hidden(out, ". ") } else { out.open(Name::Span).text(". ") });
    }
    if state.found.matches.is_empty() {
        return; // it is said below
    }
    let mut separator = ". ";
    for choice in state.selection.choices().iter().take(MOST_LOOKED_UP).filter(|choice| !state.is_known(choice)) {
        let separator = std::mem::replace(&mut separator, " ");
        quote(state, separator, state.catalogue.text(Key::EmptyUnknown), Some(choice), "", 0, out);
    }
}

/// Says something of a choice, or of what is called so: that stands first of all that is filled in.
fn quote(
    state: &State,
    separator: &str,
    template: &str,
    choice: Option<&Choice>,
    name: &str,
    count: usize,
    out: &mut Tree,
) {
    let (before, after) = ascii::split_once(template, b'{').unwrap_or((template, ""));
    out.open(Name::Span);
    out.open(Name::Span).text(separator).text(before).close();
    if let Some((_, after)) = ascii::split_once(after, b'}') {
        match choice {
            Some(choice) => choice_name(state, choice, out),
            None => out.open(Name::Bdi).text(name).close(),
        }
        state.catalogue.fill(out.open(Name::Span).content(), after, &[("count", Value::Number(count as u32))]);
        out.close();
    }
    out.close();
}

/// Choices that are looked up, to tell which are unknown: each costs a look at all articles, or at all values.
const MOST_LOOKED_UP: usize = 10;

/// What a chosen value is called, in its language.
fn choice_name(state: &State, Choice { facet, value }: &Choice, out: &mut Tree) {
    let text = state.value_text(state.feed.as_ref().and_then(|feed| feed.facet_text(facet)), value);
    value_name(state, text, value, out);
}

fn chosen(state: &State, out: &mut Tree) {
    out.class(Name::Div, Class::Chosen);
    out.class(Name::Ul, Class::Chips)
        .set(Attribute::Role, Fixed::List)
        .write(Attribute::AriaLabel, state.catalogue.text(Key::Chips));
    match state.later {
        Some(later) => later.chips(state, out),
        None => {
            for (place, choice) in state.selection.choices().iter().enumerate() {
                begin_chip(place, choice, out);
                value_name(state, None, &choice.value, out);
                end_chip(state, out);
            }
        }
    }
    out.close();
    // Where nothing matches, it stands below.
    let has_some = !state.found.matches.is_empty() || state.is_working();
    if has_some || articles(state).is_none_or(|articles| articles == 0) {
        clear(state, out);
    }
    if has_link(state) {
        copy_link(state, out);
    }
    out.close();
}

/// Whether there is a link to copy.
#[inline(always)] // weighs less
fn has_link(state: &State) -> bool {
    state.surroundings.can_copy
        && !state.is_unlinked
        && state.options.url_state != UrlState::None
        && state.options.shows(const { bit("copy-link") })
}

#[inline(always)]
fn copy_link(state: &State, out: &mut Tree) {
    let key = if state.copied == Some(true) { Key::CopyLinkDone } else { Key::CopyLink };
    word(state, key, out.part(Name::Button, Part::CopyLink).asks(Action::CopyLink));
}

fn begin_chip(place: usize, Choice { facet, value }: &Choice, out: &mut Tree) {
    tag_item(value, Part::Chip, Action::RemoveChip(place as u16), out).write(Attribute::DataFacet, facet);
}

fn end_chip(state: &State, out: &mut Tree) {
    hidden_word(state, Key::ChipRemove, out);
    out.close();
    out.close();
}

/// The chips of whatever is chosen: of values, then of search and period. Of which facet a value is each says to those who
/// do not see it among its like: a year and a period may be called the same.
pub(crate) fn any_chips(state: &State, out: &mut Tree) {
    for (place, choice) in state.selection.choices().iter().enumerate() {
        begin_chip(place, choice, out);
        choice_name(state, choice, out);
        if choice.facet != TAGS {
            about_choice(state, &choice.facet, out);
        }
        end_chip(state, out);
    }
    let mut place = state.selection.choices().len() as u16;
    if state.selection.is_search() {
        let values = [("query", Value::Text(state.selection.search()))];
        let mut label = String::new();
        state.catalogue.fill(&mut label, state.catalogue.text(Key::ChipSearch), &values);
        chip(state, place, out, &label);
        place += 1;
    }
    if state.selection.dates != Dates::Any {
        let mut label = String::new();
        period_name(state, state.selection.dates, &mut label);
        chip(state, place, out, &label);
    }
}

/// What is chosen besides values.
fn chip(state: &State, place: u16, out: &mut Tree, label: &str) {
    out.open(Name::Li).key(u32::from(place) + 1);
    out.part(Name::Button, Part::Chip).asks(Action::RemoveChip(place));
    out.open(Name::Bdi).text(label).close();
    end_chip(state, out);
}

fn clear(state: &State, out: &mut Tree) {
    word(state, Key::Clear, out.part(Name::Button, Part::Clear).asks(Action::Clear));
}

/// Under the teasers: how far the list goes, and the way on.
pub(super) fn end(state: &State, out: &mut Tree) {
    if let (Paging::Pages, Some(later)) = (state.options.paging, state.later) {
        return later.pages(state, out);
    }
    let left = state.listed().saturating_sub(state.shown);
    if left == 0 {
        return;
    }
    let catalogue = &state.catalogue;
    out.class(Name::Div, Class::End);
    let (shown, matches) = (state.shown as u32, state.found.matches.len() as u32);
    let values = [("count", Value::Number(shown)), ("total", Value::Number(matches))];
    catalogue.fill(out.class(Name::P, Class::Progress).content(), catalogue.text(Key::Progress), &values);
    out.close();
    let next = left.min(state.options.page_size());
    catalogue.fill_plural(out.part(Name::Button, Part::More).asks(Action::More).content(), Key::More, next);
    out.close();
    out.close();
}

/// Numbered pages: the first, the last, and those around the one that shows.
pub(crate) fn pages(state: &State, out: &mut Tree) {
    let (pages, page) = (state.pages(), state.page);
    if pages < 2 {
        return;
    }
    // Told apart from that of another widget.
    let name = state.options.heading.as_deref().or(title(state)).unwrap_or_default();
    let label = [state.catalogue.text(Key::Pages), if name.is_empty() { "" } else { ": " }, name].concat();
    out.class(Name::Nav, Class::Pages).write(Attribute::AriaLabel, &label);
    out.class(Name::Ul, Class::PageList).set(Attribute::Role, Fixed::List);
    let step = |to: usize, label: Key, out: &mut Tree| {
        out.open(Name::Li);
        word(state, label, out.part(Name::Button, Part::Page).asks(Action::Page(to as u32)));
        out.close();
    };
    if page > 0 {
        step(page - 1, Key::PagePrevious, out);
    }
    let mut before = None;
    for number in 0..pages {
        if number > 0 && number + 1 < pages && number.abs_diff(page) > 1 {
            continue;
        }
        if before.is_some_and(|before| before + 1 < number) {
            out.open(Name::Li).set(Attribute::AriaHidden, true).text("…").close();
        }
        before = Some(number);
        out.open(Name::Li);
        out.part(Name::Button, Part::Page).asks(Action::Page(number as u32));
        if number == page {
            out.set(Attribute::AriaCurrent, Fixed::Page);
        }
        let mut label = String::new();
        page_label(state, number, &mut label);
        out.write(Attribute::AriaLabel, &label);
        state.catalogue.write_number(out.content(), number as u32 + 1);
        out.close();
        out.close();
    }
    if page + 1 < pages {
        step(page + 1, Key::PageNext, out);
    }
    out.close();
    out.close();
}

fn page_label(state: &State, page: usize, out: &mut String) {
    let values = [("page", Value::Number(page as u32 + 1))];
    state.catalogue.fill(out, state.catalogue.text(Key::Page), &values);
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
pub(super) fn empty(state: &State, out: &mut Tree) {
    let is_selection = !state.selection.is_empty() && state.index().is_some_and(|index| index.articles() > 0);
    let title = if is_selection { Key::EmptySelection } else { Key::EmptyTitle };
    notice(state, title, Part::Empty, out);
    if let (true, Some(later)) = (is_selection, state.later) {
        later.without(state, out);
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

/// Begins what stands in the place of teasers. Its title is found where their headlines would be.
fn notice(state: &State, title: Key, part: Part, out: &mut Tree) {
    out.part(Name::Div, part).set(Attribute::Class, Class::Notice);
    if part == Part::Error {
        out.set(Attribute::Role, Fixed::Alert);
    }
    word(state, title, out.class(heading_name(state.options.heading_level()), Class::NoticeTitle));
}

/// "Without X there would be 2", "the period ends before it begins": what would help.
pub(crate) fn without(state: &State, out: &mut Tree) {
    let catalogue = &state.catalogue;
    let mut is_begun = false;
    let mut hint = |template: &str, choice: Option<&Choice>, name: &str, count: usize| {
        let is_first = !std::mem::replace(&mut is_begun, true);
        if is_first {
            out.class(Name::P, Class::Hint);
        }
        quote(state, if is_first { "" } else { " " }, template, choice, name, count, out);
    };
    let selection = &state.selection;
    let choices = selection.choices();
    for chip in (0..selection.len()).filter(|&chip| chip < MOST_LOOKED_UP || chip >= choices.len()) {
        let mut name = String::new();
        let choice = choices.get(chip);
        if let Some(choice) = choice {
            if !state.is_known(choice) {
                hint(catalogue.text(Key::EmptyUnknown), Some(choice), "", 0);
            }
        } else if chip == choices.len() && selection.is_search() {
            name.push_str(selection.search().trim());
        } else {
            period_name(state, selection.dates, &mut name);
        }
        let count = if selection.len() > 1 { state.count_without(chip).unwrap_or(0) } else { 0 };
        if count > 0 {
            hint(catalogue.plural(Key::EmptyWithout, count), choice, &name, count);
        }
    }
    if is_backwards(state) {
        hint(catalogue.text(Key::EmptyDates), None, "", 0);
    }
    if is_begun {
        out.close();
    }
}

/// There are no articles, and why.
pub(super) fn error(state: &State, failure: &Failure, out: &mut Tree) {
    notice(state, Key::ErrorTitle, Part::Error, out);
    match state.later {
        Some(later) => later.reason(state, failure, out),
        None => word(state, Key::ErrorNetwork, out.class(Name::P, Class::Hint)),
    }
    if can_retry(state) || home_url(state).is_some() {
        out.class(Name::Div, Class::Actions);
        retry(state, out);
        home(state, out);
        out.close();
    }
    out.close();
}

/// Why there are none.
pub(crate) fn reason(state: &State, failure: &Failure, out: &mut Tree) {
    let (key, status) = match failure {
        Failure::Network(_) | Failure::Broken(_) | Failure::Program => (Key::ErrorNetwork, 0),
        Failure::Timeout => (Key::ErrorTimeout, 0),
        Failure::Status(status) => (Key::ErrorStatus, *status),
        Failure::Bundle(error) if error.is_markup() => (Key::ErrorNotAFeed, 0),
        Failure::Bundle(BundleError::NotAFeed { .. }) => (Key::ErrorNotAFeed, 0),
        Failure::Bundle(_) => (Key::ErrorSyntax, 0),
        Failure::NoSource => (Key::ErrorNoSource, 0),
    };
    state.catalogue.fill(
        out.class(Name::P, Class::Hint).content(),
        state.catalogue.text(key),
        &[("status", Value::Number(u32::from(status)))],
    );
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

/// Whether there is anything to try again.
fn can_retry(state: &State) -> bool {
    !matches!(state.phase, Phase::Failed(Failure::NoSource))
}

fn retry(state: &State, out: &mut Tree) {
    if !can_retry(state) {
        return;
    }
    word(state, Key::Retry, out.part(Name::Button, Part::Retry).asks(Action::Retry));
}

fn home_url(state: &State) -> Option<&str> {
    state.home().filter(|url| is_link(url))
}

fn home(state: &State, out: &mut Tree) {
    let Some(url) = home_url(state) else { return };
    let mut label = String::new();
    match title(state) {
        Some(title) => {
            state.catalogue.fill(&mut label, state.catalogue.text(Key::Home), &[("title", Value::Text(title))])
        }
        None => label.push_str(state.catalogue.text(Key::HomeUntitled)),
    }
    link(state, out.part(Name::A, Part::Home), url, &label);
}
