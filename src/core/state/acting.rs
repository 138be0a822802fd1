//! What a visitor does with a list beyond choosing a tag, and what a page changes in its attributes.

use super::{Effect, Event, FacetView, Focus, History, Malformed, Msg, Phase, SCROLLS, State};
use crate::date::Day;
use crate::filter::Scope;
use crate::link::Fields;
use crate::model::Article;
use crate::options::Options;
use crate::selection::{Choice, Dates, TAGS};

impl State {
    /// What [`State::happen`] leaves to the part of the program that comes later. Returns where the focus goes.
    pub(crate) fn act(&mut self, msg: Msg) -> Option<Focus> {
        match msg {
            Msg::Configure(options) => self.configure(options),
            Msg::Catalogue(language, catalogue) => self.take_catalogue(language, catalogue),
            Msg::Failed(failure, home) => {
                self.failed_home = home;
                self.fail(failure);
            }
            Msg::RemoveChip(chip) => return Some(self.remove_chip(chip)),
            Msg::Link(fields) => self.go(fields.as_ref()),
            Msg::TouchSearch => self.prepare_search(),
            Msg::Search(search) => self.search(search),
            // Who has done something with the list is somewhere by now.
            Msg::Touch => self.must_scroll &= self.feed.is_none(),
            Msg::Rest => {
                self.is_hushed = false;
                self.round += 1;
            }
            Msg::Work => self.work(),
            Msg::Sort(sort) => {
                self.sort = Some(sort);
                self.reselect(History::Push);
            }
            Msg::Dates(dates) => {
                let is_let_go = self.selection.dates == dates;
                self.period_let_go = is_let_go.then_some(dates);
                self.selection.dates = if is_let_go { Dates::Any } else { dates };
                self.reselect(History::Push);
            }
            Msg::From(day) => {
                self.mend(Malformed::From);
                self.span(day, self.selection.dates.ends().1);
            }
            Msg::To(day) => {
                self.mend(Malformed::To);
                self.span(self.selection.dates.ends().0, day);
            }
            Msg::Malformed(malformed) => {
                self.round += u32::from(malformed.is_some());
                self.malformed = malformed.map(|what| (what, self.round));
            }
            Msg::Page(page) => self.turn(page),
            Msg::At(teaser) => self.arrive(teaser),
            Msg::CopyLink => {
                // What has just been typed may not be in the address yet.
                self.keep(History::Replace);
                self.ask(Effect::Copy);
            }
            Msg::Copied(is_done) => {
                self.copied = Some(is_done);
                // The field with the link has the focus, and speaks for itself.
                self.round += u32::from(is_done || self.is_unlinked);
            }
            Msg::CanCopy(can_copy) => self.is_unlinked = !can_copy,
            Msg::ToggleAll(facet) => self.view_facet(facet, |view| view.is_whole = !view.is_whole),
            Msg::ToggleOrder(facet) => {
                self.view_facet(facet, |view| view.is_by_name = Some(view.is_by_name != Some(true)))
            }
            Msg::Narrow(facet, text) => {
                self.view_facet(facet, |view| view.narrow = text);
                self.is_hushed = true;
                self.keep(History::Typing); // after which it is heard
            }
            Msg::More => self.more(false),
            Msg::Scroll => self.more(true),
            Msg::ShowUpdates => return self.show_updates(),
            Msg::LoadImage(article) => {
                self.loaded_images.push(article);
                // The button is gone: what has come in its place takes the focus, if there is something to be heard of it.
                let store = self.feed.as_ref().map(|feed| &feed.bundle.store);
                let store = store.filter(|store| (article.0 as usize) < store.len());
                let image = store.and_then(|store| store.article(article).image());
                let has_alt = image.is_some_and(|image| !image.alt.is_empty());
                return Some(if has_alt { Focus::Picture(article) } else { Focus::Teaser(article) });
            }
            _ => {}
        }
        None
    }

    /// Goes where the page's address leads.
    fn go(&mut self, fields: Option<&Fields>) {
        self.copied = None;
        let before = (self.shown, self.page);
        let is_change = self.follow(fields);
        if !is_change && before == (self.shown, self.page) {
            return;
        }
        self.round += u32::from(is_change);
        self.must_scroll = self.at > 0;
        if is_change {
            self.find();
        } else if !self.is_working {
            self.stay_within(self.listed()); // newer articles stay an offer
        }
        let is_known = self.feed.is_some() && !self.is_arriving();
        if !self.is_working && is_known {
            self.go_there();
        }
        if is_change {
            self.tell_soon();
        } else if is_known {
            self.tell_more();
        }
        // It is said of where this has led.
        self.malformed = self.malformed.map(|(what, _)| (what, self.round));
    }

    fn search(&mut self, search: String) {
        let before = self.selection.search().to_owned();
        self.selection.set_search(&search);
        if self.selection.search() != before {
            self.is_hushed = true;
            self.reselect(History::Typing);
        }
    }

    /// This end of the period has a day now, or none is asked for.
    fn mend(&mut self, end: Malformed) {
        self.malformed = self.malformed.filter(|(what, _)| *what != end);
    }

    /// The period that the visitor has typed.
    fn span(&mut self, from: Option<Day>, to: Option<Day>) {
        let dates = Dates::between(from, to);
        if self.selection.dates == dates {
            return;
        }
        let history = if self.is_between() { History::Typing } else { History::Push };
        self.is_hushed |= history == History::Typing;
        self.selection.dates = dates;
        self.reselect(history);
    }

    /// Whether a period has been typed: its other end, or a correction, is no step of its own.
    fn is_between(&self) -> bool {
        matches!(self.selection.dates, Dates::Between(..))
    }

    /// Whether a message goes on with what is being typed.
    #[must_use]
    pub fn is_typing(&self, msg: &Msg) -> bool {
        match msg {
            Msg::Search(_) | Msg::Narrow(..) | Msg::Work | Msg::Rest => true,
            Msg::From(_) | Msg::To(_) => self.is_between(),
            _ => false,
        }
    }

    /// The visitor has come to this teaser.
    fn arrive(&mut self, teaser: usize) {
        // Before the list is there, the place is still the one to which a link leads.
        if self.at != teaser && !self.must_scroll {
            self.at = teaser;
            self.keep(History::Replace);
        }
    }

    fn configure(&mut self, options: Options) {
        let old = std::mem::replace(&mut self.options, options);
        let tags_changed = old.tags != self.options.tags;
        if tags_changed {
            self.selection.clear(TAGS);
            self.options.tags.iter().for_each(|tag| self.selection.add(TAGS, tag));
        }
        let source_changed = old.src != self.options.src;
        let facets_changed = old.facets != self.options.facets;
        let scope = self.scope();
        let scope_changed = scope != self.scoped;
        let restriction = |scope: &Option<Scope>| scope.as_ref().map(Scope::restriction).unwrap_or_default();
        let others_exist = restriction(&scope) != restriction(&self.scoped);
        let pages_changed = old.page_size() != self.options.page_size() || old.paging != self.options.paging;
        if pages_changed {
            self.go_to_beginning();
        }
        if source_changed {
            // What has come of the old bundle, and waits for words, is another's.
            self.held.clear();
            self.failed_home = None;
            self.lost_page = None;
        }
        if old.lang != self.options.lang {
            self.reconsider_language();
        }
        if facets_changed {
            self.facet_views.clear(); // they are others'
        }
        if facets_changed || scope_changed {
            self.rescope();
        }
        if facets_changed {
            self.check_facets();
        }
        let is_other = tags_changed || facets_changed || scope_changed;
        if is_other || old.combine != self.options.combine || old.sort != self.options.sort {
            if others_exist {
                // Places among the old ones mean nothing among these.
                self.forget_matches();
            }
            self.refind(History::Replace);
            if source_changed {
                // What the old bundle leaves is no news where another one is on its way.
                self.is_change_untold |= tags_changed;
            } else {
                self.tell_soon();
            }
        } else if pages_changed || old.date_filter != self.options.date_filter {
            self.find();
        }
        if self.is_partial() && (source_changed || others_exist && matches!(self.phase, Phase::Loading)) {
            // What comes now is another list, and begins as the first one did.
            self.forget_feed();
            self.loaded_images.clear();
            self.has_shown = false;
        }
        if source_changed || self.options.src.is_none() && matches!(self.phase, Phase::Loading) {
            self.request(false);
        }
    }

    /// Goes to the beginning of the list, which is another one now.
    pub(crate) fn go_to_beginning(&mut self) {
        self.shown = self.options.page_size();
        (self.page, self.at, self.scrolled) = (0, 0, 0);
        self.lost_page = None;
        self.keep(History::Replace);
    }

    /// Whether there may be more articles than are known yet.
    pub(super) fn is_arriving(&self) -> bool {
        self.is_partial() && matches!(self.phase, Phase::Loading)
    }

    /// Shows further teasers; where they come by scrolling, the focus stays where it is, and they come a few times only.
    fn more(&mut self, is_scroll: bool) {
        self.scrolled = if is_scroll { self.scrolled + 1 } else { 0 };
        if self.is_arriving() || self.scrolled > SCROLLS {
            self.scrolled = self.scrolled.min(SCROLLS);
            return;
        }
        let listed = self.listed();
        if listed <= self.shown {
            return;
        }
        let first_new = self.shown;
        self.shown = (first_new + self.options.page_size()).min(listed);
        let first = self.article_at(self.found.matches[first_new]).map(Article::index).filter(|_| !is_scroll);
        if let Some(article) = first {
            self.ask(Effect::Focus(Focus::Teaser(article)));
        }
        self.tell_more();
        self.keep(History::Replace);
    }

    /// Tells how far the list goes now.
    fn tell_more(&mut self) {
        let shown = ((self.page + 1) * self.shown).min(self.listed()) as u32;
        self.round += 1;
        self.ask(Effect::Emit(Event::More { shown, matches: self.found.matches.len() as u32 }));
    }

    /// Goes to a numbered page.
    fn turn(&mut self, page: usize) {
        if self.is_arriving() || page >= self.pages() {
            return;
        }
        self.page = page;
        self.lost_page = None;
        self.leave_place();
        self.keep(History::Push); // before the focus scrolls, see the shell's later::find
        let first = self.visible().next().map(Article::index);
        if let Some(article) = first {
            self.ask(Effect::Focus(Focus::Teaser(article)));
        }
        self.tell_more();
    }

    /// Lets go of what a chip stands for.
    fn remove_chip(&mut self, chip: usize) -> Focus {
        match self.selection.choices().get(chip).cloned() {
            Some(Choice { facet, value }) => self.selection.toggle(&facet, &value),
            None if chip == self.selection.choices().len() && self.selection.is_search() => {
                self.selection.set_search("")
            }
            None => self.selection.dates = Dates::Any,
        }
        self.reselect(History::Push);
        let left = self.selection.len();
        // The chip that had the focus is gone: the next one takes it, or the last, or the result.
        if left > 0 { Focus::Chip(chip.min(left - 1)) } else { Focus::Status }
    }

    /// Puts the list into its true order. The focus goes to the first article that was not in it.
    fn show_updates(&mut self) -> Option<Focus> {
        let first = self.found.matches.get(self.listed()).copied();
        self.find();
        if self.page > 0 {
            self.turn(0); // they stand on the first one, and so does its first teaser
            return None;
        }
        Some(Focus::Teaser(self.article_at(first?)?.index()))
    }

    fn view_facet(&mut self, facet: usize, change: impl FnOnce(&mut FacetView)) {
        if self.facet_views.len() <= facet {
            self.facet_views.resize_with(facet + 1, FacetView::default);
        }
        change(&mut self.facet_views[facet]);
    }
}
