//! The part of the program that comes later: what a list with a choice of tags does not need.
//!
//! In the browser it is a module of its own, which is loaded when an attribute,
//! the address or the visitor wants something of it. Whoever has a [`Later`]
//! knows that it is there, and its functions are the only ways into that
//! module: the build (`src/xtask/split.rs`) knows them by the path of this one.
//! Everything that can be reached through them alone goes there too.
//!
//! Natively there is only one program, and a [`Later`] to be had at once. So what
//! can do with less has two names: `new`, `finish`, `into_feed`, `set` and
//! `detail` are there natively alone; `with`, `begin`, `complete`,
//! `into_feed_with` and `detail_with` take an `Option<Later>`, `set_with` takes a
//! `Later`.
//!
//! Without it only tags can be chosen, all of which an article must carry, in one
//! order and one look. So what depends on more goes two ways: a plain one, and
//! through here.
//!
//! This module and its callers know each other, the one exception to dependencies
//! that point one way: it marks where files are split, and is no layer. Each
//! method here is `#[inline(never)]` and only hands on: inlined, it would take
//! what it calls into the first part.

use std::rc::Rc;

use crate::bundle::wire::{Context, Shape};
use crate::bundle::{Builder, Bundle, FacetText, Reader, html_text, text};
use crate::i18n::Key;
use crate::model::{Article, ValueId};
use crate::options::Options;
use crate::selection::Selection;
use crate::state::{Event, Facet, FacetView, Failure, Feed, Focus, Msg, State, detail};
use crate::store::Store;
use crate::url::Base;
use crate::view;
use crate::view::facets::Offered;
use crate::view::node::Tree;

/// The proof that all of the program is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later(());

impl Later {
    /// All of the program is there: to be said natively, and in the browser by this part itself.
    #[inline(always)]
    #[must_use]
    pub fn loaded() -> Self {
        Self(())
    }

    /// Begins with what the address says.
    #[inline(never)]
    pub(crate) fn begin(self, state: &mut State) {
        state.begin_with_link();
    }

    /// Lets a message happen that the first part knows nothing of. Returns where the focus goes.
    #[inline(never)]
    pub(crate) fn happen(self, state: &mut State, msg: Msg) -> Option<Focus> {
        state.act(msg)
    }

    /// Whether what matches in the beginning of a newest-first bundle stands first in the list, too.
    #[inline(never)]
    pub(crate) fn is_early(self, state: &State) -> bool {
        state.is_newest_first()
    }

    /// Whether less is known than a page of what is to be shown.
    #[inline(never)]
    pub(crate) fn has_less(self, state: &State) -> bool {
        state.has_less()
    }

    /// The facets to choose from.
    #[inline(never)]
    pub(crate) fn facets(self, state: &State) -> Vec<Facet<'_>> {
        state.chosen_facets()
    }

    /// Shows what matches in the beginning of a bundle.
    #[inline(never)]
    pub(crate) fn preview(self, state: &mut State, feed: Rc<Feed>) {
        state.preview_matches(feed);
    }

    /// Shows a bundle that has come.
    #[inline(never)]
    pub(crate) fn load(self, state: &mut State, feed: Rc<Feed>, may_reorder: bool) {
        state.load_in_place(feed, may_reorder);
    }

    /// Finds out what is left by whatever is chosen.
    #[inline(never)]
    pub(crate) fn find(self, state: &mut State) {
        state.find_chosen();
    }

    /// Writes what is told with all of the program alone: problems in words, and what only that does.
    #[inline(never)]
    pub(crate) fn detail(self, event: &Event, json: &mut String) {
        event.write_further(json);
    }

    /// Appends what is chosen beside tags.
    #[inline(never)]
    pub(crate) fn choices(self, chosen: &Selection, json: &mut String) {
        detail::further_choices(json, chosen);
    }

    /// There are no articles, and why.
    #[inline(never)]
    pub(crate) fn fail(self, state: &mut State, failure: Failure) {
        state.fail(failure);
    }

    /// Says why there are no articles.
    #[inline(never)]
    pub(crate) fn reason(self, state: &State, failure: &Failure, out: &mut Tree) {
        view::status::reason(state, failure, out);
    }

    /// Takes any attribute's text.
    #[inline(never)]
    pub(crate) fn set(self, options: &mut Options, attribute: &str, value: Option<&str>) -> Result<(), String> {
        options.set_any(attribute, value)
    }

    /// Appends the text of HTML.
    #[inline(never)]
    pub(crate) fn html_text(self, html: &str, out: &mut String) {
        html_text::html_text(html, out);
    }

    /// Cuts a text.
    #[inline(never)]
    pub(crate) fn cut(self, out: &mut String, start: usize, limit: usize, at_sentences: bool) {
        text::cut(out, start, limit, at_sentences);
    }

    /// Forgets the items that have come: they come once more.
    #[inline(never)]
    pub(crate) fn forget_items(self, builder: &mut Builder) {
        builder.forget_items();
    }

    /// Begins an item's values of a facet; `false` if that is one too many.
    #[inline(never)]
    pub(crate) fn begin_item_facet(self, builder: &mut Builder) -> bool {
        builder.begin_item_facet()
    }

    /// Takes one of them.
    #[inline(never)]
    pub(crate) fn facet_value(self, builder: &mut Builder, text: &str) {
        builder.facet_value(text);
    }

    /// Gives them to the article that comes next.
    #[inline(never)]
    pub(crate) fn add_facet_values(self, builder: &mut Builder) {
        builder.add_facet_values();
    }

    /// The number of a facet.
    #[inline(never)]
    pub(crate) fn intern_facet(self, store: &mut Store, id: &str) -> Option<u8> {
        store.intern_facet(id)
    }

    /// Begins the description of a facet, or of a value.
    #[inline(never)]
    pub(crate) fn begin_facet(self, builder: &mut Builder, context: Context) {
        builder.begin_facet(context);
    }

    /// Takes what a bundle says of a facet, or of a value.
    #[inline(never)]
    pub(crate) fn describe(self, builder: &mut Builder, shape: Shape, text: &str) {
        builder.describe_facet(shape, text);
    }

    /// The description of a facet, or of a value, is complete.
    #[inline(never)]
    pub(crate) fn end_facet(self, builder: &mut Builder) {
        builder.end_facet();
    }

    /// Copies what a bundle says of its facets.
    #[inline(never)]
    pub(crate) fn copy_facets(self, from: &Bundle, to: &mut Bundle) {
        to.facets.clone_from(&from.facets);
    }

    /// Forgets what an equal key has said of a facet.
    #[inline(never)]
    pub(crate) fn forget_facet(self, builder: &mut Builder, context: Context) {
        builder.forget_facet(context);
    }

    /// Appends the absolute form of a link; `false` if there is none.
    #[inline(never)]
    pub(crate) fn resolve(self, base: &Base, reference: &str, out: &mut String) -> bool {
        base.resolve(reference, out)
    }

    /// Puts into words what was wrong with a bundle.
    #[inline(never)]
    pub(crate) fn tell(self, reader: &mut Reader) {
        reader.tell();
    }

    /// The values of a facet that are offered.
    #[inline(never)]
    pub(crate) fn values<'a>(self, state: &'a State, feed: &'a Feed, facet: &Facet<'a>) -> Vec<Offered<'a>> {
        view::facets::any_values(state, feed, facet)
    }

    /// A value as the bundle writes it.
    #[inline(never)]
    pub(crate) fn written<'a>(self, state: &'a State, feed: &'a Feed, value: ValueId) -> &'a str {
        state.index().map_or("", |index| index.value(&feed.bundle.store, value))
    }

    /// The order in which the values of a facet can stand instead.
    #[inline(never)]
    pub(crate) fn other_order(self, facet: &Facet<'_>, view: &FacetView, values: &[Offered<'_>]) -> Key {
        view::facets::other_order(facet, view, values)
    }

    /// The values of a facet in the order that is asked for, and those alone that are looked for.
    #[inline(never)]
    pub(crate) fn arranged<'a>(
        self,
        state: &State,
        facet: &Facet<'_>,
        is_by_name: Option<bool>,
        narrow: &str,
        values: &[Offered<'a>],
        out: &mut Tree,
    ) -> Option<Vec<Offered<'a>>> {
        view::facets::arranged(state, state.feed.as_ref()?, facet, is_by_name, narrow, values, out)
    }

    /// The chips of whatever is chosen.
    #[inline(never)]
    pub(crate) fn chips(self, state: &State, out: &mut Tree) {
        view::status::any_chips(state, out);
    }

    /// What else stands beside the count: the link, and newer articles, to be shown.
    #[inline(never)]
    pub(crate) fn offer(self, state: &State, out: &mut Tree) {
        view::status::offer(state, out);
    }

    /// What else is said behind the counts.
    #[inline(never)]
    pub(crate) fn counts(self, state: &State, out: &mut Tree) {
        view::status::further_counts(state, out);
    }

    /// What the bundle says of a value.
    #[inline(never)]
    pub(crate) fn value_text<'a>(self, facet: &'a FacetText, value: &str) -> Option<&'a FacetText> {
        facet.value(value)
    }

    /// The name of a value of which the bundle says something.
    #[inline(never)]
    pub(crate) fn value_name(self, state: &State, text: &FacetText, value: &str, out: &mut Tree) {
        view::described_name(state, text, value, out);
    }

    /// What a facet is called.
    #[inline(never)]
    pub(crate) fn title<'a>(self, state: &'a State, facet: &Facet<'a>) -> &'a str {
        view::facets::any_title(state, facet)
    }

    /// Gives an element the language in which the bundle says what a facet is called.
    #[inline(never)]
    pub(crate) fn title_language(self, state: &State, text: &FacetText, out: &mut Tree) {
        view::facets::title_language(state, text, out);
    }

    /// What the box of a facet is called.
    #[inline(never)]
    pub(crate) fn narrow_words(self, state: &State, facet: &Facet<'_>) -> Key {
        view::facets::narrow_words(state, facet)
    }

    /// Periods to choose from.
    #[inline(never)]
    pub(crate) fn period(self, state: &State, out: &mut Tree) {
        view::facets::period(state, out);
    }

    /// How the widget is to look.
    #[inline(never)]
    pub(crate) fn style(self, state: &State, out: &mut Tree) {
        view::style(state, out);
    }

    /// The picture of an article.
    #[inline(never)]
    pub(crate) fn picture(self, state: &State, article: Article<'_>, own: Option<&str>, out: &mut Tree) {
        view::teaser::picture(state, article, own, out);
    }

    /// See [`view::new_window`].
    #[inline(never)]
    pub(crate) fn new_window(self, state: &State, label: &str, out: &mut Tree) {
        view::new_window(state, label, out);
    }

    /// Numbered pages.
    #[inline(never)]
    pub(crate) fn pages(self, state: &State, out: &mut Tree) {
        view::status::pages(state, out);
    }

    /// What would help where nothing matches.
    #[inline(never)]
    pub(crate) fn without(self, state: &State, out: &mut Tree) {
        view::status::without(state, out);
    }
}
