//! What a bundle says of its facets and their values, and its items of the values that they have.

use super::Builder;
use super::error::{Found, Outcome, Words};
use super::text::clean;
use super::wire::{Context, Key, Shape, Slot};
use crate::ascii;
use crate::selection::{Match, SOURCE, YEAR};
use crate::store::{MOST_FACETS, PART, SEPARATOR};
use crate::table::Table;

/// Labels of a facet, or of a value: for each one those before it are looked at.
pub(super) const MOST_LABELS: usize = 100;

/// What a bundle says of a facet, or of one of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetText {
    /// Its id.
    pub id: String,
    /// What it is called, by language.
    pub labels: Vec<(String, String)>,
    /// How values combine.
    pub combine: Option<Match>,
    /// Whether it is not to be offered.
    pub is_hidden: bool,
    /// Its values, in their order; a value has none.
    pub values: Vec<FacetText>,
    /// The first value of each id.
    places: Table,
}

impl FacetText {
    /// What is said of a value of it.
    #[must_use]
    pub fn value(&self, id: &str) -> Option<&Self> {
        self.values.get(self.places.find(id, &|at| self.values[at as usize].id == id)? as usize)
    }

    /// What it is called in a language, else in the first one that it has a label in, else by its id.
    #[must_use]
    pub fn label(&self, language: &str) -> &str {
        self.named(language).map_or(&self.id, |(_, label)| label)
    }

    /// The label for a language, else for one of its regions, else the first one; behind the language that it is in.
    #[must_use]
    pub fn named(&self, language: &str) -> Option<&(String, String)> {
        let of = |(tag, _): &&(String, String)| ascii::until(tag, |byte| byte == b'-').eq_ignore_ascii_case(language);
        let of_all = |(tag, _): &&(String, String)| tag.eq_ignore_ascii_case(language);
        self.labels.iter().find(of_all).or(self.labels.iter().find(of)).or(self.labels.first())
    }
}

/// What is said is told to the program's later part: few bundles say anything.
impl Builder {
    /// A facet's description begins, or that of a value.
    pub(crate) fn begin_facet(&mut self, context: Context) {
        if context == Context::Facet {
            self.bundle.facets.push(FacetText::default());
        } else if let Some(facet) = self.bundle.facets.last_mut() {
            facet.values.push(FacetText::default());
        }
    }

    /// Takes what is said of a facet, or of a value.
    pub(crate) fn describe_facet(&mut self, shape: Shape, text: &str) {
        let name = std::mem::take(&mut self.name);
        let mut is_full = false;
        let combine = match text {
            "any" => Some(Match::Any),
            "all" => Some(Match::All),
            _ => None,
        };
        if let Some(facet) = self.facet_text() {
            match shape {
                Shape::FacetId => facet.id = clean(text),
                Shape::FacetMatch => facet.combine = combine,
                Shape::Hidden => facet.is_hidden = !text.is_empty(),
                _ => {
                    facet.labels.retain(|(language, _)| *language != name);
                    let label = clean(text);
                    is_full = facet.labels.len() >= MOST_LABELS;
                    if !label.is_empty() && !is_full {
                        facet.labels.push((name, label));
                    }
                }
            }
        }
        if matches!(shape, Shape::FacetId) && !clean(text).is_empty() {
            self.check_id(text);
        }
        if is_full {
            self.bad_text(self.context, self.key, Words::Labels, text);
        }
        if matches!(shape, Shape::FacetMatch) && combine.is_none() {
            self.bad_text(self.context, self.key, Words::Match, text);
        }
    }

    /// Forgets what an equal key has said of a facet.
    pub(crate) fn forget_facet(&mut self, context: Context) {
        if matches!(context, Context::FeedStichwort | Context::Facets) {
            self.bundle.facets.clear();
        } else if let Some(text) = self.facet_text() {
            if context == Context::FacetValues {
                text.values.clear();
                text.places.clear();
            } else {
                text.labels.clear();
            }
        }
    }

    /// Files the value that is being described under its id. Of values, and of facets, listed twice the first counts.
    fn check_id(&mut self, text: &str) {
        /// For each one those before it are looked at, up to these.
        const MOST_LOOKED_AT: usize = 100;
        let Some((FacetText { id, values, places, .. }, before)) = self.bundle.facets.split_last_mut() else { return };
        let is_taken = match values.last() {
            Some(FacetText { id, .. }) if self.context == Context::FacetValue => {
                let last = (values.len() - 1) as u32;
                *places.entry(id, last, &|at| values[at as usize].id == *id) != last
            }
            _ => before.iter().take(MOST_LOOKED_AT).any(|facet| facet.id == *id),
        };
        if is_taken {
            self.bad_text(self.context, Key::Id, Words::AnIdOfItsOwn, text);
        }
    }

    /// A facet's description is complete, or that of a value. Without an id no article can have it; with one it is known,
    /// even if none has.
    pub(crate) fn end_facet(&mut self) {
        let is_facet = self.context == Context::Facet;
        let Some(id) = self.facet_text().map(|text| text.id.clone()) else { return };
        if id.is_empty() {
            self.problem(self.context, Key::Id, Words::AnId, Found::Words(Words::None), Outcome::Ignored);
        } else if is_facet {
            self.bundle.store.intern_facet(&id);
        }
    }

    /// Values of a facet of the bundle's own begin in the item at hand; `false` if it is one too many.
    pub(crate) fn begin_item_facet(&mut self) -> bool {
        // For each one those before it are looked at.
        self.item_facets += 1;
        let is_one_of_them = self.item_facets <= MOST_FACETS;
        if is_one_of_them {
            // The last of equal keys wins.
            self.texts.forget_values(&self.name);
        }
        is_one_of_them
    }

    /// Takes one of them.
    pub(crate) fn facet_value(&mut self, text: &str) {
        if !self.texts.push_value(&self.name, text) {
            self.bad_text(self.context, Key::Element, Words::Value, text);
        }
    }

    /// Gives the article that comes next into the store its values of those facets, each once, as its tags.
    pub(crate) fn add_facet_values(&mut self) {
        let mut is_odd = self.item_facets > MOST_FACETS;
        // Each is followed by a separator, so that the last part is empty.
        for text in ascii::split(self.texts.get(Slot::Values), SEPARATOR as u8) {
            let Some((facet, name)) = ascii::split_once(text, PART as u8) else { continue };
            let number = self.bundle.store.intern_facet(facet);
            // What source, author and year are is known from elsewhere.
            match number.filter(|number| !(SOURCE..=YEAR).contains(number)) {
                Some(facet) => self.kept.add(&mut self.bundle.store, facet, name),
                None => is_odd = true,
            }
        }
        if is_odd {
            let found = Found::Words(Words::Another);
            self.problem(Context::Stichwort, Key::Facets, Words::Facets, found, Outcome::Ignored);
        }
    }

    /// The facet that is being described, or its value.
    pub(super) fn facet_text(&mut self) -> Option<&mut FacetText> {
        let is_value = matches!(self.context, Context::FacetValue | Context::ValueLabel);
        let facet = self.bundle.facets.last_mut()?;
        if is_value { facet.values.last_mut() } else { Some(facet) }
    }
}
