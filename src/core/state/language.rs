//! The words of the interface: which language, and what waits for it.

use std::rc::Rc;

use super::{Effect, Feed, Msg, State, Surroundings};
use crate::i18n::{Catalogue, Language};
use crate::options::{Options, Sort};

impl State {
    /// Asks for the words of the right language, if they are neither here nor on their way. True if they are here.
    pub(super) fn ask_for_catalogue(&mut self, feed: Option<&Feed>) -> bool {
        let of_bundle = feed.or(self.feed.as_deref()).and_then(|feed| feed.bundle.language.as_deref());
        let language = language(&self.options, &self.surroundings, of_bundle);
        let wanted = Some(language);
        let is_here = self.catalogue.language() == language;
        if !is_here && wanted != self.awaited && wanted != self.refused {
            self.awaited = wanted;
            self.ask(Effect::Catalogue(language));
        }
        is_here
    }

    /// The words have come, or cannot be had; what has waited for them happens now.
    pub(super) fn take_catalogue(&mut self, language: Language, catalogue: Option<Rc<Catalogue>>) {
        if self.awaited != Some(language) {
            return; // others are wanted by now
        }
        self.awaited = None;
        match catalogue {
            Some(catalogue) => {
                self.catalogue = catalogue;
                if self.order() == Sort::Headline {
                    self.find(); // another alphabet
                }
            }
            None => self.refused = Some(language),
        }
        self.release();
        // The right ones may be others by now. What shows nothing yet of a bundle still speaks its language.
        if self.feed.is_some() {
            self.ask_for_catalogue(None);
        }
    }

    /// After another language has been wished for: words that could not be had may be there now, and what is at hand is not
    /// waited for.
    pub(super) fn reconsider_language(&mut self) {
        self.refused = None;
        if self.ask_for_catalogue(None) {
            self.awaited = None;
            self.release();
        }
    }

    /// Whether the bundle has come, and waits for words.
    #[must_use]
    pub fn has_come(&self) -> bool {
        self.held.iter().any(|msg| matches!(msg, Msg::Loaded { .. }))
    }

    /// Lets happen what has waited for words.
    pub(super) fn release(&mut self) {
        if self.awaited.is_some() {
            return;
        }
        for mut msg in std::mem::take(&mut self.held) {
            if let (true, Msg::Loaded { may_reorder, .. }) = (self.is_partial(), &mut msg) {
                *may_reorder = false; // what shows may have been read meanwhile
            }
            self.happen(msg);
        }
    }

    /// Whether this brings a bundle, or its beginning, that cannot be shown yet: its words have not come, or teasers that
    /// show must keep their place and the later part, which sees to that, is not there.
    pub(super) fn has_to_wait(&mut self, msg: &Msg) -> bool {
        let feed = match msg {
            // Nothing of it takes the place of what shows, whose words stay.
            Msg::Arriving(_) if self.feed.is_some() && !self.is_short() => return false,
            Msg::Arriving(feed) | Msg::Loaded { feed, .. } => Some(&**feed),
            Msg::Failed(..) => None,
            _ => return false,
        };
        self.ask_for_catalogue(feed);
        if self.awaited.is_none() && self.is_stray(msg) {
            self.ask(Effect::Complete);
            return true;
        }
        self.awaited.is_some()
    }

    /// Whether this is a bundle whose first articles are others than those that show, which only the later part can hold
    /// where they are.
    fn is_stray(&self, msg: &Msg) -> bool {
        match msg {
            Msg::Loaded { feed, may_reorder: false } => {
                self.later.is_none() && self.is_partial() && self.is_early() && !self.is_in_place(feed)
            }
            _ => false,
        }
    }

    /// Whether such a bundle waits.
    pub(super) fn has_strays(&self) -> bool {
        self.held.iter().any(|msg| self.is_stray(msg))
    }
}

/// The first of a visitor's languages, by number, in which there are words.
pub fn best_language(tag_at: impl Fn(usize) -> Option<String>) -> Option<Language> {
    let mut index = 0;
    loop {
        let language = Language::of_tag(&tag_at(index)?);
        if language.is_some() {
            return language;
        }
        index += 1;
    }
}

/// The first language with a catalogue: attribute, page, bundle, browser; else English.
fn language(options: &Options, surroundings: &Surroundings, of_bundle: Option<&str>) -> Language {
    options
        .lang
        .or_else(|| Language::of_tag(surroundings.page_language.as_deref()?))
        .or_else(|| Language::of_tag(of_bundle?))
        .or(surroundings.browser_language)
        .unwrap_or_default()
}
