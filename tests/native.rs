//! A widget without a browser, with the words of all languages at hand.

use std::rc::Rc;

use stichwort_core::i18n::{Catalogue, Language};
use stichwort_core::options::Options;
use stichwort_core::state::{Effect, Msg, State, Surroundings, update};

/// A widget that has just been put into a page.
pub fn start(options: Options, surroundings: Surroundings) -> State {
    let (mut state, effects) = State::new(options, surroundings, Rc::new(Catalogue::of(Language::default())));
    answer(&mut state, effects);
    state
}

/// Lets something happen; what is asked for, but for words and the page's address.
pub fn happen(state: &mut State, msg: Msg) -> Vec<Effect> {
    let effects = update(state, msg);
    answer(state, effects)
}

/// The same, and gives the widget its turns until nothing is left to do.
pub fn happen_to_the_end(state: &mut State, msg: Msg) -> Vec<Effect> {
    let effects = happen(state, msg);
    work(state, effects)
}

/// Gives the widget its turns until nothing is left to do; what else is asked for.
pub fn work(state: &mut State, effects: Vec<Effect>) -> Vec<Effect> {
    let mut others = Vec::new();
    let mut waiting = effects;
    while !waiting.is_empty() {
        match waiting.remove(0) {
            Effect::Work => waiting.extend(happen(state, Msg::Work)),
            other => others.push(other),
        }
    }
    others
}

fn answer(state: &mut State, effects: Vec<Effect>) -> Vec<Effect> {
    let mut others = Vec::new();
    for effect in effects {
        match effect {
            Effect::Catalogue(language) => {
                others.extend(happen(state, Msg::Catalogue(language, Some(Rc::new(Catalogue::of(language))))));
            }
            Effect::Keep { .. } => {}
            other => others.push(other),
        }
    }
    others
}
