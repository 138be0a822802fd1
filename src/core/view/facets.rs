//! What can be chosen: the values of facets with their counts, and periods.

use super::node::{Action, Attribute, Class, Fixed, Name, Part, Tree, key};
use super::{hidden, other_language, status, tag_item, value_name, word};
use crate::ascii;
use crate::bundle::FacetText;
use crate::fold::{self, Term};
use crate::i18n::{Key, Value};
use crate::model::ValueId;
use crate::number;
use crate::options::bit;
use crate::selection::{AUTHOR, Dates, SOURCE, TAG, YEAR};
use crate::sort;
use crate::state::{Facet, FacetView, Feed, Malformed, State};

/// Values that show at first of a facet that stands alone.
const SHOWN: usize = 30;

/// The same of each of several facets, and of periods, which share the place.
const SHOWN_OF_MANY: usize = 10;

/// From how many values on there is a box to narrow them.
const NARROWED: usize = 30;

/// A value that is offered, with what the bundle says of it.
#[derive(Clone, Copy)]
pub(crate) struct Offered<'a> {
    value: ValueId,
    text: Option<&'a FacetText>,
}

/// Whether there is more to choose from than one facet.
pub(super) fn are_many(state: &State) -> bool {
    state.options.facets.len() > 1 || state.options.date_filter
}

/// The disclosure for narrow containers and the facets; nothing where there is nothing to choose.
pub(super) fn filters(state: &State, feed: &Feed, out: &mut Tree) {
    let mut is_begun = state.options.date_filter;
    if is_begun {
        begin(state, out);
    }
    for (place, facet) in state.facets().iter().enumerate() {
        let values = values(state, feed, facet);
        if values.is_empty() {
            continue;
        }
        if !std::mem::replace(&mut is_begun, true) {
            begin(state, out);
        }
        self::facet(state, feed, facet, place, &values, out);
    }
    if state.options.date_filter
        && let Some(later) = state.later
    {
        later.period(state, out);
    }
    if is_begun {
        out.close();
    }
}

/// The disclosure, and the beginning of what it discloses.
fn begin(state: &State, out: &mut Tree) {
    out.part(Name::Button, Part::FiltersToggle)
        .set(Attribute::AriaExpanded, state.filters_open)
        .set(Attribute::AriaControls, Fixed::Filters)
        .asks(Action::ToggleFilters);
    word(state, Key::Filter, out.open(Name::Span));
    // What is searched for stands in its field, above.
    let chosen = state.selection.len() - usize::from(state.selection.is_search());
    if chosen > 0 {
        out.class(Name::Span, Class::ToggleCount).text(" ");
        count(state, Key::FilterActive, chosen, out);
        out.close();
    }
    out.close();
    out.part(Name::Div, Part::Filters).set(Attribute::Id, Fixed::Filters);
    if state.filters_open {
        out.set(Attribute::DataOpen, Fixed::Empty);
    }
}

/// Keeps the place of the filters until it is known which there are, so that nothing moves when they come: what the tags
/// take, as far as the first articles tell. Where none will come, it says why.
pub(super) fn placeholder(state: &State, is_stale: bool, out: &mut Tree) {
    out.class(Name::Div, Class::FiltersPlaceholder);
    if let (Some(feed), Some(index), false) = (&state.feed, state.index(), are_many(state)) {
        let store = &feed.bundle.store;
        let mut tags = Vec::new();
        // How many tags one article has, and two.
        let mut seen = [0, 0];
        for &value in index.frequent() {
            if store.is_tag(value) {
                tags.push(store.value_name(value));
                if let Some(seen) = seen.get_mut(index.with_value(value).len() - 1) {
                    *seen += 1;
                }
            }
        }
        // Those to come are estimated by those that few articles have: Chao, "Nonparametric Estimation of the Number of
        // Classes in a Population", 1984.
        let expected = tags.len() + seen[0] * seen[0] / (2 * seen[1].max(1));
        // As words without a space in them: one text is made sooner than thirty elements.
        out.open(Name::P).set(Attribute::AriaHidden, true);
        for place in 0..expected.min(SHOWN) {
            for word in ascii::split(tags[place % tags.len()], b' ') {
                out.text(word).text("\u{a0}");
            }
            out.text("00\u{2003}");
        }
        out.close();
    }
    if is_stale {
        status::stale(state, out);
    }
    out.close();
}

/// The values of a facet that are offered, in their order.
fn values<'a>(state: &'a State, feed: &'a Feed, facet: &Facet<'a>) -> Vec<Offered<'a>> {
    match state.later {
        Some(later) => later.values(state, feed, facet),
        None => feed.index.frequent().iter().map(|&value| Offered { value, text: None }).collect(),
    }
}

/// The same of any facet: as the bundle lists them, then most frequent first. Those that each article must carry are not
/// offered: to choose one changes nothing.
pub(crate) fn any_values<'a>(state: &'a State, feed: &'a Feed, facet: &Facet<'a>) -> Vec<Offered<'a>> {
    let store = &feed.bundle.store;
    let mut values = Vec::new();
    let mut is_listed = vec![false; state.found.counts.len()];
    let Some(index) = state.index() else { return values };
    for tag in &state.options.locked {
        if let Some(value) = store.find_value(TAG, tag)
            && let Some(listed) = is_listed.get_mut(value.0 as usize)
        {
            *listed = true;
        }
    }
    for text in facet.text.map_or(&[][..], |text| &text.values) {
        if let Some(value) = index.find_value(store, facet.number, &text.id)
            && let Some(listed) = is_listed.get_mut(value.0 as usize)
            && !std::mem::replace(listed, true) // it may be listed twice
            && !text.is_hidden
        {
            values.push(Offered { value, text: Some(text) });
        }
    }
    for &value in index.frequent() {
        let is_new = is_listed.get(value.0 as usize) != Some(&true);
        if is_new && index.facet_of(store, value) == facet.number {
            values.push(Offered { value, text: None });
        }
    }
    values
}

/// A value as the bundle writes it.
fn written<'a>(state: &'a State, feed: &'a Feed, value: ValueId) -> &'a str {
    match state.later {
        Some(later) => later.written(state, feed, value),
        None => feed.bundle.store.value_name(value),
    }
}

/// What a facet is called.
fn title<'a>(state: &'a State, facet: &Facet<'a>) -> &'a str {
    match state.later {
        Some(later) => later.title(state, facet),
        None => state.catalogue.text(Key::Tags),
    }
}

/// The same of any facet.
pub(crate) fn any_title<'a>(state: &'a State, facet: &Facet<'a>) -> &'a str {
    if let Some((_, label)) = facet.text.and_then(|text| text.named(state.catalogue.language().code())) {
        return label;
    }
    let word = match facet.number {
        TAG => Key::Tags,
        SOURCE => Key::FacetSource,
        AUTHOR => Key::FacetAuthor,
        YEAR => Key::FacetYear,
        _ => return facet.id,
    };
    state.catalogue.text(word)
}

/// Gives an element the language in which the bundle says what a facet is called.
pub(crate) fn title_language(state: &State, text: &FacetText, out: &mut Tree) {
    let label = text.named(state.catalogue.language().code());
    out.maybe(Attribute::Lang, other_language(state, label.map(|(language, _)| &**language)));
}

/// Says of which facet something is, to those who do not see where it stands.
fn about(state: &State, facet: &Facet<'_>, before: &str, out: &mut Tree) {
    out.class(Name::Span, Class::Hidden);
    if let (Some(text), Some(later)) = (facet.text, state.later) {
        later.title_language(state, text, out);
    }
    out.text(before).text(title(state, facet)).close();
}

/// The same of something that is chosen.
pub(super) fn about_choice(state: &State, id: &str, out: &mut Tree) {
    let Some(feed) = &state.feed else { return };
    if let Some(number) = feed.bundle.store.find_facet(id) {
        about(state, &Facet { id, number, text: feed.facet_text(id) }, ", ", out);
    }
}

/// Begins a group of things to choose from, with its title.
fn group(state: &State, id: &str, text: Option<&FacetText>, title: &str, place: usize, out: &mut Tree) {
    let label = |out: &mut String| {
        out.push_str("facet-");
        number::push_number(out, place as u32);
    };
    out.part(Name::Div, Part::Facet)
        .write(Attribute::DataFacet, id)
        .set(Attribute::Role, Fixed::Group)
        .compose(Attribute::AriaLabelledby, label)
        .key(key(id));
    out.class(Name::P, Class::FacetTitle).compose(Attribute::Id, label);
    if let (Some(text), Some(later)) = (text, state.later) {
        later.title_language(state, text, out);
    }
    out.text(title).close();
}

fn facet(state: &State, feed: &Feed, facet: &Facet<'_>, place: usize, values: &[Offered<'_>], out: &mut Tree) {
    let title = title(state, facet);
    group(state, facet.id, facet.text, title, place, out);
    let unchanged = FacetView::default();
    let view = state.facet_views.get(place).unwrap_or(&unchanged);
    // What is looked for is so where there is a box for it.
    let narrow = if values.len() > NARROWED { &*view.narrow } else { "" };
    let first = if are_many(state) { SHOWN_OF_MANY } else { SHOWN };
    if values.len() > first {
        tools(state, facet, place, view, values, out);
    }
    if values.len() > NARROWED {
        narrow_field(state, facet, title, place, narrow, out);
    }
    // After the buttons, as it is seen: what they add comes next for the keyboard too.
    out.class(Name::Ul, Class::TagList).set(Attribute::Role, Fixed::List);
    let arranged = state.later.and_then(|later| later.arranged(state, facet, view.is_by_name, narrow, values, out));
    let values = arranged.as_deref().unwrap_or(values);
    let first = if view.is_whole || !narrow.is_empty() { usize::MAX } else { first };
    let shown = items(state, feed, facet, values, true, first, out);
    items(state, feed, facet, values, false, first.saturating_sub(shown), out);
    out.close();
    out.close();
}

/// The items of those values that would leave articles, or of those that would leave none: the first ones, and what is
/// chosen or was so just now. Returns how many there are.
fn items(
    state: &State,
    feed: &Feed,
    facet: &Facet<'_>,
    values: &[Offered<'_>],
    would_leave: bool,
    first: usize,
    out: &mut Tree,
) -> usize {
    let mut all = 0;
    for &Offered { value, text } in values {
        let matches = state.found.counts.get(value.0 as usize).copied().unwrap_or(0);
        if (matches > 0) != would_leave {
            continue;
        }
        all += 1;
        let name = written(state, feed, value);
        let is_chosen = state.selection.contains(facet.id, name);
        if all <= first || is_chosen || state.let_go == Some(value) {
            item(state, text, name, matches, is_chosen, out);
        }
    }
    all
}

/// What shows all values of a facet, or fewer, and puts them into another order.
fn tools(state: &State, facet: &Facet<'_>, place: usize, view: &FacetView, values: &[Offered<'_>], out: &mut Tree) {
    out.class(Name::Div, Class::FacetTools);
    begin_more(state, place, view.is_whole, values.len(), out);
    about(state, facet, ": ", out);
    out.close();
    if state.options.shows(const { bit("facet-order") }) {
        out.part(Name::Button, Part::FacetOrder).asks(Action::ToggleOrder(place as u8)).open(Name::Span);
        let other = state.later.map_or(Key::FacetByName, |later| later.other_order(facet, view, values));
        out.text(state.catalogue.text(other)).close();
        about(state, facet, ": ", out);
        out.close();
    }
    out.close();
}

/// Begins the button that shows all values, or fewer.
fn begin_more(state: &State, place: usize, is_whole: bool, values: usize, out: &mut Tree) {
    out.part(Name::Button, Part::FacetMore)
        .set(Attribute::AriaExpanded, is_whole)
        .asks(Action::ToggleAll(place as u8))
        .open(Name::Span);
    if is_whole {
        out.text(state.catalogue.text(Key::TagsFewer));
    } else {
        count(state, Key::TagsAll, values, out);
    }
    out.close();
}

/// The order that the button offers.
pub(crate) fn other_order(facet: &Facet<'_>, view: &FacetView, values: &[Offered<'_>]) -> Key {
    match (view.is_by_name == Some(true), are_years(facet, values)) {
        (true, true) => Key::FacetByYear,
        (false, false) => Key::FacetByName,
        _ => Key::FacetByCount,
    }
}

/// The box that narrows the values of a facet.
fn narrow_field(state: &State, facet: &Facet<'_>, title: &str, place: usize, narrow: &str, out: &mut Tree) {
    let words = state.later.map_or(Key::FacetNarrow, |later| later.narrow_words(state, facet));
    let mut label = String::new();
    state.catalogue.fill(&mut label, state.catalogue.text(words), &[("facet", Value::Text(title))]);
    out.part(Name::Input, Part::FacetSearch)
        .set(Attribute::Type, Fixed::Search)
        .set(Attribute::Autocomplete, Fixed::Off)
        .write(Attribute::AriaLabel, &label)
        .write(Attribute::Placeholder, state.catalogue.text(Key::Search))
        .write(Attribute::Value, narrow)
        .asks(Action::Narrow(place as u8))
        .close();
}

/// What the box of a facet is called. A name cannot say that a part of it is in another language: there the group in which
/// the box stands says of which facet it is.
pub(crate) fn narrow_words(state: &State, facet: &Facet<'_>) -> Key {
    let label = facet.text.and_then(|text| text.named(state.catalogue.language().code()));
    if other_language(state, label.map(|(language, _)| &**language)).is_some() { Key::Search } else { Key::FacetNarrow }
}

/// Whether these are years: the newest is looked for first. A bundle that lists some, which come first, has an order of
/// its own.
fn are_years(facet: &Facet<'_>, values: &[Offered<'_>]) -> bool {
    facet.number == YEAR && values.first().is_some_and(|first| first.text.is_none())
}

/// The values of a facet by name, or years by age, or those that a bundle lists by how many articles they have, and those
/// alone that are looked for, chosen or just let go; `None` where that is all as it is. Says in their list that none has
/// what is looked for.
pub(crate) fn arranged<'a>(
    state: &State,
    feed: &Feed,
    facet: &Facet<'_>,
    is_by_name: Option<bool>,
    narrow: &str,
    values: &[Offered<'a>],
    out: &mut Tree,
) -> Option<Vec<Offered<'a>>> {
    let are_years = are_years(facet, values);
    // Others come by that.
    let is_by_count = is_by_name == Some(false) && values.first().is_some_and(|first| first.text.is_some());
    let is_by_name = (is_by_name == Some(true)) != are_years;
    if !is_by_name && !is_by_count && narrow.is_empty() {
        return None;
    }
    let store = &feed.bundle.store;
    let index = state.index()?;
    let terms = fold::terms(narrow);
    let mut left = Vec::with_capacity(values.len());
    let mut keys = Vec::new();
    let mut is_found = false;
    for &offered in values {
        let label = label(state, feed, offered);
        if !narrow.is_empty() {
            let is_hit = is_hit(state, feed, &terms, offered);
            is_found |= is_hit;
            let is_chosen = || state.selection.contains(facet.id, index.value(store, offered.value));
            if !is_hit && state.let_go != Some(offered.value) && !is_chosen() {
                continue;
            }
        }
        left.push(offered);
        if is_by_name {
            keys.push(fold::sort_key(label, state.catalogue.text(Key::Alphabet)));
        } else if is_by_count {
            // All of ten digits, the most articles first.
            keys.push(number::text(u32::MAX - index.with_value(offered.value).len() as u32));
        }
    }
    if !keys.is_empty() {
        left = sort::by_key(&keys).into_iter().map(|place| left[place as usize]).collect();
        if are_years {
            left.reverse();
        }
    }
    if !is_found && !narrow.is_empty() {
        missed(state, narrow, out.open(Name::Li).set(Attribute::Class, Class::Hint).key(1));
    }
    Some(left)
}

/// What a value is called.
#[inline(never)]
fn label<'a>(state: &'a State, feed: &'a Feed, offered: Offered<'a>) -> &'a str {
    match (offered.text, state.index()) {
        (Some(text), _) => text.label(state.catalogue.language().code()),
        (None, Some(index)) => index.value(&feed.bundle.store, offered.value),
        (None, None) => "",
    }
}

/// Whether it has in it what is looked for.
#[inline(never)]
fn is_hit(state: &State, feed: &Feed, terms: &[Term], offered: Offered<'_>) -> bool {
    fold::has(label(state, feed, offered), terms)
}

/// Ends an element that says that no value has what is looked for.
fn missed(state: &State, narrow: &str, out: &mut Tree) {
    let values = [("tag", Value::Text(narrow.trim()))];
    state.catalogue.fill(out.content(), state.catalogue.text(Key::EmptyUnknown), &values);
    out.close();
}

/// How many values of each facet have what is looked for in it, for those who hear it.
pub(super) fn narrowed(state: &State, out: &mut Tree) {
    let Some(feed) = &state.feed else { return };
    for (facet, view) in state.facets().iter().zip(&state.facet_views) {
        if view.narrow.is_empty() {
            continue; // to know its values takes a look at all
        }
        let (values, terms) = (values(state, feed, facet), fold::terms(&view.narrow));
        if values.len() <= NARROWED {
            continue;
        }
        about(state, facet, ". ", out);
        hidden(out, ": ");
        match values.iter().filter(|&&offered| is_hit(state, feed, &terms, offered)).count() {
            0 => missed(state, &view.narrow, out),
            hits => {
                state.catalogue.write_number(out.content(), hits as u32);
                out.close();
            }
        }
    }
}

fn item(state: &State, text: Option<&FacetText>, name: &str, matches: u32, is_chosen: bool, out: &mut Tree) {
    let part = if is_chosen { Part::TagSelected } else { Part::Tag };
    tag_item(name, part, Action::ToggleValue, out).set(Attribute::AriaPressed, is_chosen);
    if matches == 0 {
        out.set(Attribute::DataZero, Fixed::Empty);
    }
    value_name(state, text, name, out);
    number_of(state, matches, out);
    out.close();
    out.close();
}

/// How many articles there are, beside what would leave them.
fn number_of(state: &State, matches: u32, out: &mut Tree) {
    hidden(out, ", ").close();
    state.catalogue.write_number(out.part(Name::Span, Part::TagCount).content(), matches);
    out.close();
    hidden(out, " ").text(state.catalogue.plural(Key::TagArticles, matches as usize)).close();
}

/// Periods, and the two ends of one.
pub(crate) fn period(state: &State, out: &mut Tree) {
    let (title, place) = (state.catalogue.text(Key::Dates), state.facets().len());
    group(state, "dates", None, title, place, out);
    let is_whole = state.facet_views.get(place).is_some_and(|view| view.is_whole);
    if state.periods.len() > SHOWN_OF_MANY {
        out.class(Name::Div, Class::FacetTools);
        begin_more(state, place, is_whole, state.periods.len(), out);
        hidden(out, ": ").text(title).close();
        out.close();
        out.close();
    }
    out.class(Name::Ul, Class::TagList).set(Attribute::Role, Fixed::List);
    for (at, &(dates, matches)) in state.periods.iter().enumerate() {
        let is_chosen = state.selection.dates == dates;
        if at >= SHOWN_OF_MANY && !is_whole && !is_chosen && state.period_let_go != Some(dates) {
            continue;
        }
        let Some(name) = dates.name() else { continue };
        out.open(Name::Li).key(key(&name));
        out.part(Name::Button, Part::DatePreset)
            .write(Attribute::DataPreset, &name)
            .set(Attribute::AriaPressed, is_chosen)
            .asks(Action::Preset);
        if matches == 0 {
            out.set(Attribute::DataZero, Fixed::Empty);
        }
        period_name(state, dates, out.open(Name::Span).content());
        out.close();
        number_of(state, matches, out);
        out.close();
        out.close();
    }
    out.close();
    let (from, to) = state.selection.dates.ends();
    let fields = [(Key::DatesFrom, Part::DateFrom, Action::From, from), (Key::DatesTo, Part::DateTo, Action::To, to)];
    for (label, part, action, day) in fields {
        out.class(Name::Label, Class::DateField);
        word(state, label, out.open(Name::Span));
        out.part(Name::Input, part)
            .set(Attribute::Type, Fixed::Date)
            .write(Attribute::Value, &day.map_or(String::new(), |day| day.text()))
            .asks(action);
        let is_malformed = matches!(
            (state.malformed(), part),
            (Some(Malformed::From), Part::DateFrom) | (Some(Malformed::To), Part::DateTo)
        );
        if is_malformed || is_backwards(state) {
            out.set(Attribute::AriaInvalid, true);
        }
        out.close();
        out.close();
    }
    if let Some(malformed) = state.malformed().filter(|&malformed| malformed != Malformed::Period) {
        say_malformed(state, malformed, out.class(Name::P, Class::Hint));
    }
    out.close();
}

/// Ends an element that says what is no day, or no period.
pub(super) fn say_malformed(state: &State, malformed: Malformed, out: &mut Tree) {
    match malformed {
        Malformed::Period => {}
        Malformed::From => drop(out.text(state.catalogue.text(Key::DatesFrom)).text(": ")),
        Malformed::To => drop(out.text(state.catalogue.text(Key::DatesTo)).text(": ")),
    }
    out.text(state.catalogue.text(Key::DatesMalformed)).close();
}

/// Whether the period ends before it begins.
pub(super) fn is_backwards(state: &State) -> bool {
    matches!(state.selection.dates.ends(), (Some(from), Some(to)) if from > to)
}

/// Appends what a period is called.
pub(super) fn period_name(state: &State, dates: Dates, out: &mut String) {
    let catalogue = &state.catalogue;
    match dates {
        Dates::Any => {}
        Dates::Last(7) => out.push_str(catalogue.text(Key::DatesWeek)),
        Dates::Last(_) => out.push_str(catalogue.text(Key::DatesMonth)),
        Dates::ThisYear => out.push_str(catalogue.text(Key::DatesThisYear)),
        Dates::Year(year) => number::push_number(out, u32::from(year)),
        Dates::Between(from, to) => {
            let mut is_second = false;
            for (key, day) in [(Key::ChipFrom, from), (Key::ChipTo, to)] {
                if let Some(day) = day {
                    if is_second {
                        out.push(' ');
                    }
                    is_second = true;
                    let mut date = String::new();
                    catalogue.write_short_date(&mut date, day);
                    catalogue.fill(out, catalogue.text(key), &[("date", Value::Text(&date))]);
                }
            }
        }
    }
}

/// A text with a number in it that does not depend on it otherwise.
fn count(state: &State, key: Key, count: usize, out: &mut Tree) {
    let values = [("count", Value::Number(count as u32))];
    state.catalogue.fill(out.content(), state.catalogue.text(key), &values);
}
