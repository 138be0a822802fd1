//! The chosen refinements, as a value: values of facets, a search, a period.

use std::ops::Range;

use crate::date::{DAY, Day};
use crate::fold;
use crate::number;

/// How the chosen values of a facet combine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Match {
    /// An article must carry all of them.
    #[default]
    All,
    /// One of them is enough.
    Any,
}

/// The facet of the tags, as attributes, links and events call it.
pub const TAGS: &str = "tags";

/// The facets that there are without any word of the bundle, by their numbers. The bundle's own follow.
pub const FACETS: [&str; 4] = [TAGS, "source", "author", "year"];

// Their numbers.
pub(crate) const TAG: u8 = 0;
pub(crate) const SOURCE: u8 = 1;
pub(crate) const AUTHOR: u8 = 2;
pub(crate) const YEAR: u8 = 3;

/// A value that is chosen.
///
/// Both are kept by name, not by id: a link or an attribute may name what the
/// bundle does not have, and a newer bundle numbers its values anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The facet's id, such as `tags`.
    pub facet: String,
    /// The value's id; for a tag, the tag.
    pub value: String,
}

/// What the visitor, the page or a link has chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    choices: Vec<Choice>,
    search: String,
    is_search: bool,
    /// The period.
    pub dates: Dates,
}

impl Selection {
    /// A selection of these tags, each once, in this order.
    #[must_use]
    pub fn of(tags: &[String]) -> Self {
        let mut selection = Self::default();
        for tag in tags {
            selection.add(TAGS, tag);
        }
        selection
    }

    /// The chosen values in the order in which they were chosen.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The chosen values of one facet, in that order.
    pub fn values(&self, facet: &str) -> impl Iterator<Item = &str> {
        self.choices.iter().filter(move |choice| choice.facet == facet).map(|choice| &*choice.value)
    }

    /// The search as it was typed.
    #[must_use]
    pub fn search(&self) -> &str {
        &self.search
    }

    /// Searches for something else. Of what is longer than [`fold::LONGEST_SEARCH`] the rest is left out here, so that what
    /// is said to be searched for is what is searched for.
    pub fn set_search(&mut self, search: &str) {
        self.search = search.chars().take(fold::LONGEST_SEARCH).collect();
        self.is_search = !fold::terms(&self.search).is_empty();
    }

    /// Whether something is searched for: [terms](fold::terms), of which most signs alone are none.
    #[must_use]
    pub fn is_search(&self) -> bool {
        self.is_search
    }

    /// How many refinements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.choices.len() + usize::from(self.is_search()) + usize::from(!matches!(self.dates, Dates::Any))
    }

    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the same is chosen, in whatever order.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.choices.len() == other.choices.len()
            && self.choices.iter().all(|choice| other.contains(&choice.facet, &choice.value))
            && (&self.search, self.dates) == (&other.search, other.dates)
    }

    /// Whether this value is chosen.
    #[must_use]
    pub fn contains(&self, facet: &str, value: &str) -> bool {
        self.place(facet, value).is_some()
    }

    /// Chooses a value, if it is not chosen yet.
    pub fn add(&mut self, facet: &str, value: &str) {
        if !self.contains(facet, value) {
            self.choices.push(Choice { facet: facet.to_owned(), value: value.to_owned() });
        }
    }

    /// Chooses a value, or lets it go if it was chosen.
    pub fn toggle(&mut self, facet: &str, value: &str) {
        match self.place(facet, value) {
            Some(at) => drop(self.choices.remove(at)),
            None => self.add(facet, value),
        }
    }

    /// Lets the values of a facet go.
    pub fn clear(&mut self, facet: &str) {
        let mut at = 0;
        while at < self.choices.len() {
            if self.choices[at].facet == facet {
                self.choices.remove(at);
            } else {
                at += 1;
            }
        }
    }

    fn place(&self, facet: &str, value: &str) -> Option<usize> {
        self.choices.iter().position(|choice| choice.facet == facet && choice.value == value)
    }
}

/// A period, by the articles' own calendar days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dates {
    /// Any day, or none.
    #[default]
    Any,
    /// Today and the days before it, so many in all; and tomorrow, which it may be already where an article was written.
    Last(u16),
    /// The year that it is now.
    ThisYear,
    /// One year.
    Year(u16),
    /// From a day to a day, both included; open where there is none.
    Between(Option<Day>, Option<Day>),
}

impl Dates {
    /// The period with other ends; without any it is none.
    #[must_use]
    pub fn between(from: Option<Day>, to: Option<Day>) -> Self {
        if from.is_none() && to.is_none() { Self::Any } else { Self::Between(from, to) }
    }

    /// Its ends.
    #[must_use]
    pub fn ends(self) -> (Option<Day>, Option<Day>) {
        if let Self::Between(from, to) = self { (from, to) } else { (None, None) }
    }

    /// What is in it, as [`Date::local`](crate::date::Date::local) counts. Who does not know what day it is takes it for
    /// that of each article.
    #[must_use]
    pub fn span(self, today: Option<Day>) -> Range<i64> {
        let year = |year| (Some(Day { year, month: 1, day: 1 }), Some(Day { year, month: 12, day: 31 }));
        let (from, to) = match (self, today) {
            (Self::Last(days), Some(today)) => {
                return today.begins() - (i64::from(days) - 1) * DAY..today.begins() + 2 * DAY;
            }
            (Self::ThisYear, Some(today)) => year(today.year),
            (Self::Year(number), _) => year(number),
            (Self::Between(from, to), _) => (from, to),
            (Self::Any | Self::Last(_) | Self::ThisYear, _) => (None, None),
        };
        from.map_or(i64::MIN, Day::begins)..to.map_or(i64::MAX, |to| to.begins() + DAY)
    }

    /// Its name in links and buttons; none for [`Any`](Self::Any) and [`Between`](Self::Between).
    #[must_use]
    pub fn name(self) -> Option<String> {
        match self {
            Self::Any | Self::Between(..) => None,
            Self::Last(days) => Some(["last", &number::text(u32::from(days))].concat()),
            Self::ThisYear => Some("year".to_owned()),
            Self::Year(year) => Some(number::text(u32::from(year))),
        }
    }

    /// The period of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let digits = |text: &str| number::read(text).and_then(|number| u16::try_from(number).ok());
        match name {
            "year" => Some(Self::ThisYear),
            _ => match name.strip_prefix("last") {
                Some(days) => digits(days).filter(|days| matches!(days, 7 | 30)).map(Self::Last),
                None => digits(name).filter(|year| *year < 10_000).map(Self::Year),
            },
        }
    }
}
