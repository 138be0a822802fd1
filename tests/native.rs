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

/// Lets something happen; what is asked for, but for words, the page's turn and its address.
pub fn happen(state: &mut State, msg: Msg) -> Vec<Effect> {
    let mut effects = happen_once(state, msg);
    while let Some(at) = effects.iter().position(|effect| *effect == Effect::Work) {
        effects.remove(at);
        effects.extend(happen_once(state, Msg::Work));
    }
    effects
}

/// The same, but the page has not had its turn yet.
pub fn happen_once(state: &mut State, msg: Msg) -> Vec<Effect> {
    let effects = update(state, msg);
    answer(state, effects)
}

fn answer(state: &mut State, effects: Vec<Effect>) -> Vec<Effect> {
    let mut others = Vec::new();
    for effect in effects {
        match effect {
            Effect::Catalogue(language) => {
                others.extend(happen_once(state, Msg::Catalogue(language, Some(Rc::new(Catalogue::of(language))))));
            }
            Effect::Keep { .. } => {}
            other => others.push(other),
        }
    }
    others
}
