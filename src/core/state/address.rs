//! What the page's address says of a widget, and what a widget has to say in it.

use super::{Effect, History, Malformed, SCROLLS, State};
use crate::bundle::clean;
use crate::date::Day;
use crate::link::{self, Fields};
use crate::model::Article;
use crate::number;
use crate::options::{Paging, Sort};
use crate::selection::{Dates, FACETS, Selection, TAGS};

/// Choices that a link can ask for.
const MOST_CHOICES: usize = 100;

/// Teasers that a link can ask for: an address that somebody has made up must not stop the page.
const MOST_TEASERS: usize = 2000;

/// Pages that a link can ask for: so many of the longest can be counted.
const MOST_PAGES: usize = 1_000_000;

/// The first value of a field.
fn first<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name)?.1.first().map(|value| &**value)
}

impl State {
    /// Begins with what the address says.
    pub(crate) fn begin_with_link(&mut self) {
        let link = self.surroundings.link.take();
        self.follow(link.as_ref());
        self.must_scroll = self.at > 0;
    }

    /// Asks to be brought to the teaser to which a link has led.
    pub(crate) fn go_there(&mut self) {
        let is_asked = std::mem::take(&mut self.must_scroll) && self.at > 0;
        let article = if is_asked { self.visible().nth(self.at).map(Article::index) } else { None };
        if let Some(article) = article {
            self.ask(Effect::ScrollTo(article));
        }
    }

    /// What the address has to say of this widget: all that is not as the webmaster has set it.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::new();
        let own_tags = Selection::of(&self.options.tags);
        let has_own = own_tags.values(TAGS).all(|tag| self.selection.contains(TAGS, tag));
        if !has_own || self.selection.values(TAGS).count() != own_tags.values(TAGS).count() {
            fields.push((TAGS.to_owned(), self.selection.values(TAGS).map(str::to_owned).collect()));
        }
        for choice in self.selection.choices().iter().filter(|choice| choice.facet != TAGS) {
            let is_known = FACETS.contains(&&*choice.facet);
            let field = [if is_known { "" } else { link::FACET }, &choice.facet].concat();
            if !fields.iter().any(|(known, _)| *known == field) {
                fields.push((field, self.selection.values(&choice.facet).map(str::to_owned).collect()));
            }
        }
        let (from, to) = self.selection.dates.ends();
        let is_paged = self.options.paging == Paging::Pages;
        let own = self.own_order();
        let more = !is_paged && self.shown > self.options.page_size();
        let page = self.lost_page.unwrap_or(self.page);
        let rest = [
            ("search", self.selection.is_search().then(|| self.selection.search().to_owned())),
            ("dates", self.selection.dates.name()),
            ("from", from.map(Day::text)),
            ("to", to.map(Day::text)),
            (
                "sort",
                self.sort.filter(|sort| *sort != own && *sort != Sort::Relevance).map(|sort| sort.name().to_owned()),
            ),
            ("shown", more.then(|| number::text(self.shown as u32))),
            ("page", (page > 0).then(|| number::text(page as u32 + 1))),
        ];
        for (field, value) in rest {
            if let Some(value) = value {
                fields.push((field.to_owned(), vec![value]));
            }
        }
        // Who has only scrolled changes nothing in the address.
        if self.at > 0 && !fields.is_empty() {
            fields.push((link::PLACE.to_owned(), vec![number::text(self.at as u32)]));
        }
        fields
    }

    /// Chooses what the address says; without that, what the webmaster has set. True if something else is chosen.
    pub(super) fn follow(&mut self, fields: Option<&Fields>) -> bool {
        let none = Fields::new();
        let fields = fields.unwrap_or(&none);
        let first = |name: &str| first(fields, name);
        let mut selection = self.choices_of(fields);
        let search = first("search").map(clean).unwrap_or_default();
        // As it was typed: a space at its end may be followed by a word.
        let is_known = clean(self.selection.search()) == search;
        selection.set_search(if is_known { self.selection.search() } else { &search });
        let mut warnings = Vec::new();
        let mut malformed = None;
        let mut known = |name, expected: &str, is_known: bool| {
            if let (Some(found), false) = (first(name), is_known) {
                if name != "sort" {
                    malformed = Some(Malformed::Period);
                }
                let line =
                    ["expected ", expected, " as ", name, " in the page's address, found \"", found, "\"; ignored"];
                warnings.push(Effect::Warn(line.concat()));
            }
        };
        let mut day = |name| {
            let day = first(name).and_then(Day::parse);
            known(name, "a day like 2026-01-31", day.is_some());
            day
        };
        let (from, to) = (day("from"), day("to"));
        let dates = first("dates").and_then(Dates::of_name);
        known("dates", "last7, last30, year or a year like 2026", dates.is_some());
        selection.dates = dates.unwrap_or_else(|| Dates::between(from, to));
        let sort = first("sort").and_then(Sort::of_name).filter(|sort| *sort != Sort::Relevance);
        known("sort", "newest, oldest or headline", sort.is_some());
        let values = fields.iter().filter_map(|(name, values)| choice_of(name).map(|_| values.len()));
        let asked: usize = values.sum();
        if asked > MOST_CHOICES {
            let (most, found) = (number::text(MOST_CHOICES as u32), number::text(asked as u32));
            let line = [
                "expected up to ",
                &most,
                " choices in the page's address, found ",
                &found,
                "; the others are ignored",
            ];
            warnings.push(Effect::Warn(line.concat()));
        }
        self.malformed = malformed.map(|what| (what, self.round));
        self.effects.extend(warnings);
        self.follow_place(fields);
        // Links have choices in an order of their own, and leave out the order that there is anyway.
        let order = self.order();
        let is_like = self.selection.is_like(&selection);
        if !is_like {
            self.selection = selection;
        }
        self.sort = sort;
        !is_like || order != self.order()
    }

    /// The values that the address chooses, and the tags that the webmaster has set where it says nothing of tags.
    fn choices_of(&self, fields: &Fields) -> Selection {
        let says_tags = fields.iter().any(|(name, _)| name == TAGS);
        let mut selection = if says_tags { Selection::default() } else { Selection::of(&self.options.tags) };
        for (name, values) in fields {
            let room = MOST_CHOICES.saturating_sub(selection.choices().len());
            let values = values.iter().take(room);
            if let Some(facet) = choice_of(name) {
                values.map(|value| clean(value)).filter(|value| !value.is_empty()).for_each(|value| {
                    selection.add(facet, &value);
                });
            }
        }
        selection
    }

    /// Goes where the address says in the list: how many teasers, which page, and the teaser there.
    fn follow_place(&mut self, fields: &Fields) {
        let count = |name| first(fields, name).and_then(number::read).map_or(0, |count| count as usize);
        let page_size = self.options.page_size();
        let is_paged = self.options.paging == Paging::Pages;
        let shown = if is_paged { page_size } else { count("shown").clamp(page_size, MOST_TEASERS.max(page_size)) };
        let page = if is_paged { count("page").clamp(1, MOST_PAGES) - 1 } else { 0 };
        (self.shown, self.page, self.at) = (shown, page, count(link::PLACE));
        self.lost_page = None;
        // What has come by scrolling counts, or a reload would never ask.
        self.scrolled = (shown / page_size - 1).min(SCROLLS.into()) as u8;
    }

    /// Whether the visitor is known to be at this teaser.
    #[must_use]
    pub fn is_at(&self, teaser: usize) -> bool {
        self.at == teaser
    }

    pub(super) fn keep(&mut self, history: History) {
        self.copied = None;
        self.ask(Effect::Keep { history });
    }
}

/// The facet whose values a field has, if it is one of those.
fn choice_of(field: &str) -> Option<&str> {
    field.strip_prefix(link::FACET).or_else(|| FACETS.contains(&field).then_some(field))
}
