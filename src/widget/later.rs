//! What the shell does for the part of the program that comes later, see [`stichwort_core::later`].
//!
//! All functions of this module belong to it. Those that take a [`Later`] are the ways into it from the first part.
//! Those that the page calls are exports of its module: the build (`src/xtask/wasm.rs`) has their names.

use std::rc::Rc;

use stichwort_core::date::Day;
use stichwort_core::fold;
use stichwort_core::i18n::{Catalogue, Language};
use stichwort_core::later::Later;
use stichwort_core::link::Fields;
use stichwort_core::options::{ATTRIBUTES, Options, UrlState};
use stichwort_core::state::{Effect, Failure, Feed, Focus, History, LAST_LOOK, Malformed, Msg, State, Surroundings};
use stichwort_core::view::node::{Action, Attribute, Class, Name, Part, Tree};
use wasm_bindgen::prelude::*;

use crate::cache::Request;
use crate::element::Widget;
use crate::fetch::Stage;
use crate::link::Address;
use crate::mounted::widget;
use crate::page::{self, Element};
use crate::{attributes, cache, dom, events, fetch, link, mounted, parts};

/// All of the program is there.
#[wasm_bindgen]
pub fn complete() {
    let cut_off = mounted::all(&|widget| widget.inner.borrow().state.is_cut_off);
    mounted::all(&|_| true).iter().for_each(|widget| complete_words(widget));
    parts::complete();
    // Perhaps it was for the sake of their attributes that they needed it, or of the address.
    for widget in cut_off {
        let is_lost = widget.inner.borrow().state.is_lost();
        if is_lost {
            begin(Later::loaded(), &widget);
        } else {
            configure(widget.number);
            follow(widget.number);
        }
    }
}

/// Gives a widget the words that only this part says.
fn complete_words(widget: &Widget) {
    let state = &mut widget.inner.borrow_mut().state;
    if let Some(further) = page::further_words(state.catalogue.language().code()) {
        state.catalogue = Rc::new(state.catalogue.with_later(&further));
    }
}

/// Lets a widget begin with all that attributes and address say, in the view that is there. Until now it has only waited:
/// because this part was missing, or, where it is there already, because to wait first weighs less than a beginning of two
/// kinds in the first part.
#[inline(never)]
pub(crate) fn begin(later: Later, widget: &Rc<Widget>) {
    complete_words(widget);
    let (options, warnings) = read(later, &widget.host);
    warnings.iter().for_each(|line| page::warn(line));
    let mut surroundings = attributes::surroundings(&widget.host);
    look_further(&mut surroundings);
    let mut link = widget.link.borrow_mut();
    link.settle(&widget.host, options.url_state);
    let said = link.read(widget.number).flatten();
    link.is_foreign_told = link.is_foreign;
    surroundings.link = page::remembered(&widget.host).map_or(said, |noted| link::recall(&noted));
    let is_foreign = link.is_foreign;
    drop(link);
    let mut inner = widget.inner.borrow_mut();
    let before = &inner.state;
    let (mut state, effects) = State::begin(options, surroundings, before.catalogue.clone(), Some(later), false);
    // Who has asked for it waits for the list.
    (state.is_unlinked, state.is_retry) = (is_foreign, before.is_retry);
    (inner.state, inner.warnings) = (state, warnings);
    drop(inner);
    widget.handle(Msg::Later(later)); // shows it
    widget.carry_out(effects);
}

/// What the attributes say, and a warning for each that says nothing sensible.
fn read(later: Later, host: &Element) -> (Options, Vec<String>) {
    let mut options = Options::default();
    let mut warnings = Vec::new();
    for name in &ATTRIBUTES {
        let found = host.get_attribute(name);
        let (value, is_address) = attributes::value_of(host, name);
        // One that is there and says nothing is another thing than none.
        warnings.extend(options.set_with(later, name, found.is_some().then_some(&*value)).err());
        if !is_address {
            let found = found.unwrap_or_default();
            warnings.push(["attribute ", name, ": expected an address, found \"", &found, "\""].concat());
        }
    }
    (options, warnings)
}

/// How much of a bundle's beginning is to be looked at next, as long as somebody who waits is short of a page.
#[inline(never)]
pub(crate) fn wanted(_: Later, request: &Request, known: &Feed) -> Option<usize> {
    let known = known.index.articles() as usize;
    let is_short = |widget: &Rc<Widget>| widget.inner.try_borrow().is_ok_and(|inner| inner.state.is_short());
    // By half as many again, so that all looks together take no longer than a few at the last of these beginnings.
    (known < LAST_LOOK && request.waiting(false).iter().any(is_short)).then_some(known + known / 2 + 1)
}

/// Notes what is chosen, for the program that may have to take over from this one. What others have to say by now belongs
/// to the step before.
#[inline(never)]
pub(crate) fn note(_: Later, widget: &Widget, history: History) {
    remember(widget);
    if history == History::Push {
        let has_to_say = |other: &Widget| other.kept.get().is_some() && other.number != widget.number;
        mounted::all(&has_to_say).iter().for_each(|other| flush(other));
    }
}

fn remember(widget: &Widget) {
    page::remember(&widget.host, &link::note(&widget.inner.borrow().state.fields()));
}

/// Sees what is of use to this part alone: the visitor's day, and the hosts of page and script.
fn look_further(surroundings: &mut Surroundings) {
    let today = page::today();
    let (year, month, day) = ((today / 10_000) as u16, (today / 100 % 100) as u8, (today % 100) as u8);
    surroundings.today = Some(Day { year, month, day });
    let hosts = &mut surroundings.hosts;
    if hosts.is_empty() {
        while let Some(host) = page::host(hosts.len()) {
            hosts.push(host);
        }
    }
}

/// Before something happens: the page's address says what was chosen, where that is still to be done, and it is the day
/// that it has become meanwhile.
#[inline(never)]
pub(crate) fn before(_: Later, widget: &Widget, state: &mut State, msg: &mut Msg) {
    look_further(if let Msg::Surround(surroundings) = msg { surroundings } else { &mut state.surroundings });
    // Who types goes on typing. What was chosen before this part was there is written when the page has been told of it.
    let goes_on = matches!(msg, Msg::Later(_)) || state.is_typing(msg) && widget.kept.get() != Some(History::Push);
    if !goes_on {
        write(widget, state.options.url_state, state.left_at, &state.fields());
    }
}

/// Has the page's address say this of a widget, where it is still to be told; `left_at` is where the visitor was before.
fn write(widget: &Widget, state: UrlState, left_at: usize, fields: &Fields) {
    let Some(history) = widget.kept.take() else { return };
    // Where it was chosen before this part was there, it is not noted yet.
    page::remember(&widget.host, &link::note(fields));
    let mut link = widget.link.borrow_mut();
    if history == History::Push {
        link.leave_place(left_at);
    }
    link.settle(&widget.host, state);
    // A place to which a link has led stays in the address of who only scrolls there.
    if history == History::Replace && link.has_led_here(fields) {
        return;
    }
    let (Address { query, fragment }, is_ours) = link.address(widget.number, fields);
    drop(link);
    if !is_ours && page::is_parsing() {
        // Perhaps it turns out to be, when all of the page is there.
        widget.kept.set(Some(history));
        return;
    }
    // The page may tell of it while it is done.
    page::set_address(&query, &fragment, history == History::Push);
    widget.link.borrow_mut().read(widget.number);
}

/// Has the page's address say what a widget has chosen, unless it is just changing.
fn flush(widget: &Widget) {
    if let Ok(inner) = widget.inner.try_borrow() {
        let (state, left_at, fields) = (inner.state.options.url_state, inner.state.left_at, inner.state.fields());
        drop(inner);
        write(widget, state, left_at, &fields);
    }
}

/// Does what only a visitor's further wishes ask for.
#[inline(never)]
pub(crate) fn carry_out(_: Later, widget: &Rc<Widget>, effect: &Effect) {
    match effect {
        Effect::Work => page::work_later(widget.number),
        Effect::Copy => {
            flush(widget);
            let fields = widget.inner.borrow().state.fields();
            let (Address { query, fragment }, is_ours) = widget.link.borrow().address(widget.number, &fields);
            if is_ours {
                page::copy(widget.number, &query, &fragment, &widget.shadow);
            } else {
                widget.link.borrow_mut().is_foreign_told = true;
                widget.handle(Msg::CanCopy(false));
                widget.handle(Msg::Copied(false));
            }
        }
        Effect::ScrollTo(article) => {
            let inner = widget.inner.borrow();
            let found = widget.teaser(&inner, *article).and_then(|teaser| dom::at(&widget.root, &inner.shown, teaser));
            drop(inner);
            if let Some(element) = found {
                page::scroll_to(&element);
            }
        }
        _ => {}
    }
}

/// The element that is to have the focus. A teaser's may scroll: a step is taken before, because with it browsers note
/// the place that they leave.
#[inline(never)]
pub(crate) fn find(_: Later, widget: &Widget, place: &Focus) -> Option<Element> {
    if widget.kept.get() == Some(History::Push) && matches!(place, Focus::Teaser(_)) {
        flush(widget);
    }
    let inner = widget.inner.borrow();
    let shown = &inner.shown;
    match place {
        Focus::Chip(place) => {
            let chips = widget.shadow.query_selector(".chips")?;
            page::child_at(&page::child_at(&chips, *place as u32)?, 0)
        }
        Focus::Teaser(article) => {
            let action = Some(Action::Open(*article));
            widget.find(shown, &|index| shown.element(index).action == action).or_else(|| {
                // An article without a link: its headline.
                let teaser = widget.teaser(&inner, *article)?;
                widget.find(shown, &|index| index > teaser && shown.is_part(index, Part::Headline))
            })
        }
        Focus::Picture(article) => {
            let teaser = widget.teaser(&inner, *article)?;
            widget.find(shown, &|index| index > teaser && shown.element(index).name == Name::Img)
        }
        Focus::Status | Focus::Retry => None,
    }
}

/// Marks hits, and waits for the end of the list to come into sight.
#[inline(never)]
pub(crate) fn shown(_: Later, widget: &Widget, state: &State, shown: &Tree) {
    if state.selection.is_search() || widget.is_marked.get() {
        widget.is_marked.set(state.selection.is_search());
        mark(widget, state, shown);
    }
    page::watch(widget.number, &widget.shadow, state.comes_by_scrolling(), state.shown);
}

/// The parts of a teaser that a search looks into. `www/later.css` names the elements that hold their texts.
const SEARCHED: [&str; 5] = ["kicker", "headline", "lead", "byline", "teaser-tag"];

/// Marks what is searched for in the texts of the teasers.
fn mark(widget: &Widget, state: &State, shown: &Tree) {
    page::unmark(widget.number);
    if state.selection.is_search() {
        let terms = fold::terms(state.selection.search());
        let mut index = 0;
        while let Some(teaser) = shown.find_from(index, &|index| shown.is_part(index, Part::Teaser)) {
            index = shown.element(teaser).end();
            let mut searched = teaser;
            for place in teaser..index {
                if shown.get(place, Attribute::Part).is_some_and(|part| SEARCHED.contains(&part)) {
                    searched = shown.element(place).end();
                }
                let text = shown.text_of(place);
                let is_seen = shown.get(place, Attribute::Class) != Some(Class::Hidden.name());
                if place >= searched || text.is_empty() || !is_seen {
                    continue;
                }
                let spans = fold::spans(text, &terms);
                if let (false, Some(element)) = (spans.is_empty(), dom::at(&widget.root, shown, place)) {
                    page::mark(widget.number, &element, &spans);
                }
            }
        }
    }
    page::show_marks();
}

// ---- What the page calls once this part is there ----

/// There is no bundle. `www/page.js` hands over:
///
/// - neither `status` nor `cause`: no byte has come for as long as its `SILENCE`, or what has come is no bundle
/// - a cause alone: the request failed, in the browser's words
/// - a status alone: an answer other than 200
/// - status 200 and a cause: the answer broke off
#[wasm_bindgen]
pub fn fail(number: u32, status: Option<u16>, cause: Option<String>) {
    let Some(request) = cache::request(number) else { return };
    let stage = request.stage.take();
    let error = match &stage {
        Some(Stage::Reading(reader)) => reader.error(),
        _ => None,
    };
    let failure = match (error, status, cause) {
        (Some(error), ..) => Failure::Bundle(error),
        (_, Some(_), Some(cause)) => Failure::Broken(cause),
        (_, Some(status), None) => Failure::Status(status),
        (_, None, Some(cause)) => Failure::Network(cause),
        (_, None, None) => Failure::Timeout,
    };
    let home = fetch::home_of(stage);
    for widget in request.end(false) {
        widget.handle(Msg::Failed(failure.clone(), home.clone()));
    }
}

/// The words of a language have come, or cannot be had.
#[wasm_bindgen]
pub fn translate(number: u32, language: &str, words: Option<String>) {
    let language = Language::of_tag(language).unwrap_or_default();
    let catalogue = words.zip(page::further_words(language.code()));
    let catalogue =
        catalogue.map(|(words, further)| Rc::new(Catalogue::from_lines(language, &words).with_later(&further)));
    if let Some(widget) = widget(number) {
        widget.handle(Msg::Catalogue(language, catalogue));
    }
}

/// Attributes have changed.
#[wasm_bindgen]
pub fn configure(number: u32) {
    let Some(widget) = widget(number) else { return };
    let (options, warnings) = read(Later::loaded(), &widget.host);
    let said = std::mem::take(&mut widget.inner.borrow_mut().warnings);
    warnings.iter().filter(|line| !said.contains(line)).for_each(|line| page::warn(line));
    widget.inner.borrow_mut().warnings = warnings;
    let state = options.url_state;
    widget.handle(Msg::Configure(options));
    let is_moved = widget.link.borrow_mut().settle(&widget.host, state);
    if is_moved {
        reread(&widget);
        widget.keep(History::Replace);
    }
    cache::prune();
    // Of a bundle on its way others may match now, and it may be long until more of it has come.
    cache::show();
}

/// A field of the widget has another value; `is_final` if the visitor is done with it.
#[wasm_bindgen]
pub fn enter(number: u32, field: &Element, is_final: bool) {
    let Some(widget) = widget(number) else { return };
    if let Some(msg) = entered(&widget, field, is_final) {
        widget.handle(msg);
    } else if is_final {
        // Who presses Enter, or goes elsewhere, has typed to the end.
        keep(number);
        if page::is_entered(field) {
            widget.carry_out(vec![Effect::Focus(Focus::Status)]);
        }
    }
}

/// A field for a day has been left.
#[wasm_bindgen]
pub fn blur(number: u32, is_malformed: bool, is_last: bool) {
    let end = if is_last { Malformed::To } else { Malformed::From };
    let is_new = |widget: Rc<Widget>| {
        widget.inner.try_borrow().is_ok_and(|inner| (inner.state.malformed() == Some(end)) != is_malformed)
    };
    if widget(number).is_some_and(is_new) {
        handle(number, Msg::Malformed(is_malformed.then_some(end)));
    }
}

/// Something has been clicked that the program's first part knows nothing of.
#[wasm_bindgen]
pub fn press(number: u32, target: &Element) {
    let Some(widget) = widget(number) else { return };
    if let Some(msg) = pressed(&widget, target) {
        widget.handle(msg);
    }
}

fn pressed(widget: &Widget, target: &Element) -> Option<Msg> {
    let inner = widget.inner.try_borrow().ok()?;
    let (index, action) = events::clicked(&inner.shown, &dom::trace(&widget.root, &inner.shown, target))?;
    events::further_message(&inner.shown, index, action)
}

fn entered(widget: &Widget, field: &Element, is_final: bool) -> Option<Msg> {
    let inner = widget.inner.try_borrow().ok()?;
    let traced = dom::trace(&widget.root, &inner.shown, field);
    events::entered(&inner.shown, &traced, page::value_of(field), is_final)
}

/// The visitor is about to search.
#[wasm_bindgen]
pub fn seek(number: u32) {
    handle(number, Msg::TouchSearch);
}

/// The end of the list has come into sight.
#[wasm_bindgen]
pub fn scroll(number: u32) {
    handle(number, Msg::Scroll);
}

/// The visitor has scrolled, and this teaser is the first that is seen.
#[wasm_bindgen]
pub fn arrive(number: u32, teaser: usize) {
    let is_known = |widget: Rc<Widget>| widget.inner.try_borrow().is_ok_and(|inner| inner.state.is_at(teaser));
    if !widget(number).is_some_and(is_known) {
        handle(number, Msg::At(teaser));
    }
}

/// The page has had its turn.
#[wasm_bindgen]
pub fn work(number: u32) {
    handle(number, Msg::Work);
}

/// The page's address has been copied, or could not be.
#[wasm_bindgen]
pub fn copied(number: u32, is_done: bool) {
    handle(number, Msg::Copied(is_done));
}

fn handle(number: u32, msg: Msg) {
    if let Some(widget) = widget(number) {
        widget.handle(msg);
    }
}

/// The page's address has changed.
#[wasm_bindgen]
pub fn follow(number: u32) {
    let Some(widget) = widget(number) else { return };
    // The page may tell of it while the view is being changed: then it is the widget's own doing, or comes again.
    let Ok(inner) = widget.inner.try_borrow() else { return };
    let state = inner.state.options.url_state;
    drop(inner);
    let before = {
        let Ok(mut link) = widget.link.try_borrow_mut() else { return };
        link.settle(&widget.host, state);
        link.said.clone()
    };
    let mut fields = reread(&widget);
    // Where it says the same of this widget it was somebody else's step: who is typing here goes on, and what has just
    // been chosen is still to be written. And nobody lets go of anything by a link that leads elsewhere in the page.
    let is_others = widget.link.borrow().said == before;
    if is_others {
        return;
    }
    if matches!(fields, Some(None)) {
        if page::is_followed() {
            let chosen = widget.inner.borrow().state.fields();
            widget.link.borrow_mut().leave(page::address(false), chosen);
            return;
        }
        fields = Some(widget.link.borrow_mut().come_back());
    }
    // Whoever goes elsewhere takes no step from there.
    widget.kept.set(None);
    if let Some(fields) = fields {
        let fields = if page::is_followed() { fields } else { widget.link.borrow().with_place(fields) };
        widget.handle(Msg::Link(fields));
    }
    remember(&widget);
}

/// What the page's address says of a widget by now: `None` if that is not ours to read, and then there is nothing to copy.
fn reread(widget: &Rc<Widget>) -> Option<Option<Fields>> {
    let fields = widget.link.borrow_mut().read(widget.number);
    tell_foreign(widget);
    fields
}

/// Tells whether the page's address is somebody else's, where that has changed: then there is no link to copy.
fn tell_foreign(widget: &Rc<Widget>) {
    let mut link = widget.link.borrow_mut();
    let is_foreign = link.is_foreign;
    let was_foreign = std::mem::replace(&mut link.is_foreign_told, is_foreign);
    drop(link);
    if is_foreign != was_foreign {
        widget.handle(Msg::CanCopy(!is_foreign));
    }
}

/// What is chosen has been painted, or typing has come to a rest: the page's address is to say it.
#[wasm_bindgen]
pub fn keep(number: u32) {
    let Some(widget) = widget(number) else { return };
    let Ok(inner) = widget.inner.try_borrow() else { return };
    let is_hushed = inner.state.is_hushed;
    drop(inner);
    flush(&widget);
    tell_foreign(&widget);
    if is_hushed {
        widget.handle(Msg::Rest);
    }
}
