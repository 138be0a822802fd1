//! The part of the program that comes later: what a list with a choice of tags does not need.
//!
//! In the browser it is a module of its own, which is loaded when an attribute,
//! the address or the visitor wants something of it. Whoever has a [`Later`]
//! knows that it is there, and its functions are the only ways into that
//! module: the build (`src/xtask/split.rs`) knows them by the path of this one.
//! Everything that can be reached through them alone goes there too.
//!
//! Natively there is only one program, and a [`Later`] to be had at once. So what
//! can do with less has two names: `new`, `finish`, `into_feed`, `set`, `find` and
//! `detail` are there natively alone; `with`, `begin`, `finish_in_steps`,
//! `into_feed_with`, `find_with` and `detail_with` take an `Option<Later>`,
//! `set_with` takes a `Later`.
//!
//! This module and its callers know each other, the one exception to dependencies
//! that point one way: it marks where files are split, and is no layer. Each method here is `#[inline(never)]` and only hands on: inlined, it
//! would take what it calls into the first part.

use std::rc::Rc;

use crate::bundle::wire::{Context, Shape};
use crate::bundle::{Builder, Bundle, FacetText, Settling, html_text, text};
use crate::filter::{FilterIndex, Found, Need};
use crate::model::{Article, ArticleIndex};
use crate::options::Options;
use crate::state::{Event, Facet, FacetView, Failure, Feed, Focus, Msg, State};
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

    /// Shows what matches in the beginning of a bundle.
    #[inline(never)]
    pub(crate) fn preview(self, state: &mut State, feed: Rc<Feed>) {
        state.preview_matches(feed);
    }

    /// Finds out which articles and values of a bundle this widget knows.
    #[inline(never)]
    pub(crate) fn rescope(self, state: &mut State) {
        state.rescope();
        state.check_facets();
    }

    /// Judges the articles by search and period. False while that cannot be done yet.
    #[inline(never)]
    pub(crate) fn prepare(self, state: &mut State) -> bool {
        state.prepare()
    }

    /// What is left by any needs, of the articles that are admitted.
    #[inline(never)]
    pub(crate) fn find(self, index: &FilterIndex, store: &Store, needs: &[Need], admitted: Option<&[u8]>) -> Found {
        index.find_any(store, needs, admitted)
    }

    /// Puts matches into the order that is asked for, and sees to it that one of their pages shows.
    #[inline(never)]
    pub(crate) fn arrange(self, state: &mut State, matches: &mut Vec<u32>) {
        state.arrange(matches);
        state.stay_within(matches.len());
    }

    /// Asks to be brought to the teaser to which a link has led.
    #[inline(never)]
    pub(crate) fn go_there(self, state: &mut State) {
        state.go_there();
    }

    /// Goes to the beginning of another list.
    #[inline(never)]
    pub(crate) fn go_to_beginning(self, state: &mut State) {
        state.facet_views.clear(); // they are another bundle's
        state.go_to_beginning();
    }

    /// Says in the console what was wrong in a bundle.
    #[inline(never)]
    pub(crate) fn tell_problems(self, state: &mut State, feed: &Feed) {
        state.tell_problems(feed);
    }

    /// Writes what is told with all of the program alone: problems in words, and what only that does.
    #[inline(never)]
    pub(crate) fn detail(self, event: &Event, json: &mut String) {
        event.write_further(json);
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

    /// The articles of a feed that show.
    #[inline(never)]
    pub(crate) fn painted(self, state: &mut State, feed: &Feed) -> Vec<ArticleIndex> {
        state.painted(feed)
    }

    /// Leaves these teasers where they were painted.
    #[inline(never)]
    pub(crate) fn hold_back(self, state: &mut State, painted: &[ArticleIndex]) {
        state.hold_back(painted);
    }

    /// Takes any attribute's text.
    #[inline(never)]
    pub(crate) fn set(self, options: &mut Options, attribute: &str, value: &str) -> Result<(), String> {
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
    pub(crate) fn tell(self, settling: &mut Settling) {
        settling.tell();
    }

    /// Leaves out values that are no choice.
    #[inline(never)]
    pub(crate) fn withhold(self, state: &State, feed: &Feed, is_listed: &mut [bool]) {
        view::facets::withhold(state, feed, is_listed);
    }

    /// The values of a facet in the order of names, and those alone that are looked for.
    #[inline(never)]
    pub(crate) fn arranged<'a>(
        self,
        state: &State,
        facet: &Facet<'_>,
        view: &FacetView,
        values: &[Offered<'a>],
        out: &mut Tree,
    ) -> Option<Vec<Offered<'a>>> {
        view::facets::arranged(state, state.feed.as_ref()?, facet, view, values, out)
    }

    /// The chips of search and period, behind those of the choices.
    #[inline(never)]
    pub(crate) fn chips(self, state: &State, out: &mut Tree) {
        view::status::further_chips(state, out);
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

    /// What the bundle calls a facet.
    #[inline(never)]
    pub(crate) fn title<'a>(self, state: &State, text: &'a FacetText) -> Option<&'a str> {
        text.named(state.catalogue.language().code()).map(|(_, label)| &**label)
    }

    /// Gives an element the language in which the bundle says what a facet is called.
    #[inline(never)]
    pub(crate) fn title_language(self, state: &State, text: &FacetText, out: &mut Tree) {
        view::facets::title_language(state, text, out);
    }

    /// Periods to choose from.
    #[inline(never)]
    pub(crate) fn period(self, state: &State, out: &mut Tree) {
        view::facets::period(state, out);
    }

    /// The picture of an article.
    #[inline(never)]
    pub(crate) fn picture(self, state: &State, article: Article<'_>, own: Option<&str>, out: &mut Tree) {
        view::teaser::picture(state, article, own, out);
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
