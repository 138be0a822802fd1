//! What can happen to a widget, and what it asks for: all that passes between it and its shell.

use std::rc::Rc;

use super::{Failure, Feed, Malformed, Surroundings};
use crate::bundle::Problem;
use crate::date::Day;
use crate::i18n::{Catalogue, Language};
use crate::later::Later;
use crate::link::Fields;
use crate::model::ArticleIndex;
use crate::options::{Options, Sort};
use crate::selection::{Dates, Selection};

/// Something that has happened to a widget.
#[derive(Debug)]
pub enum Msg {
    /// All of the program is there.
    Later(Later),
    /// The rest of the program was needed, and could not be had.
    CutOff {
        /// Whether the visitor has asked for what it would do.
        is_asked: bool,
    },
    /// The bundle cannot be had, nor the rest of the program, which would have words for why.
    Lost {
        /// The answer's status, where that was not 200.
        status: Option<u16>,
        /// The publisher's page, absolute, if the bundle has come to that.
        home: Option<String>,
    },
    /// Attributes have changed.
    Configure(Options),
    /// The page around the element has changed.
    Surround(Surroundings),
    /// The first articles of the bundle have come, a [`Feed::arriving`], or more of them, while the state is
    /// [short](crate::state::State::is_short); [`Msg::Loaded`] or [`Msg::Failed`] follows.
    Arriving(Rc<Feed>),
    /// The bundle has come.
    Loaded {
        /// All of it.
        feed: Rc<Feed>,
        /// Whether teasers that are shown may still change places: less than a second has passed since the
        /// [`Msg::Arriving`] with which they came, and the visitor has not touched the list (click, key, scroll, focus).
        /// Without such teasers it means nothing.
        may_reorder: bool,
    },
    /// The visitor has done something with the list that shows (click, key, scroll, focus); told when a bundle has come,
    /// before [`Msg::Loaded`].
    Touch,
    /// The bundle cannot be had; its `home_page_url`, absolute, if it came to that.
    Failed(Failure, Option<String>),
    /// The words of a language have come, or cannot be had: the answer to [`Effect::Catalogue`].
    Catalogue(Language, Option<Rc<Catalogue>>),
    /// The visitor chose a tag, or let it go.
    ToggleTag(String),
    /// The visitor chose a value of the facet of this id, or let it go.
    ToggleValue(String, String),
    /// The visitor removed the chip at this place: first those of the choices, then those of search and period.
    RemoveChip(usize),
    /// The visitor let everything go.
    Clear,
    /// The page's address has changed, and says this of the widget now.
    Link(Option<Fields>),
    /// The visitor is about to search.
    TouchSearch,
    /// The visitor searches for this.
    Search(String),
    /// Nothing has been typed for a moment, after [`History::Typing`].
    Rest,
    /// The page has had its turn: the answer to [`Effect::Work`].
    Work,
    /// The visitor wants this order.
    Sort(Sort),
    /// The visitor chose this period, or let it go.
    Dates(Dates),
    /// The visitor chose the first day.
    From(Option<Day>),
    /// The visitor chose the last day.
    To(Option<Day>),
    /// The visitor has left an end of the period; which one, if what stands there is no day.
    Malformed(Option<Malformed>),
    /// The visitor goes to this page, from 0.
    Page(usize),
    /// The visitor has scrolled to this teaser, from 0.
    At(usize),
    /// The visitor wants the link of what is shown.
    CopyLink,
    /// The link has been copied, or could not be.
    Copied(bool),
    /// Whether there is a link of what is shown, which has changed or turned out.
    CanCopy(bool),
    /// All values of the facet at this place, or only the first ones again.
    ToggleAll(usize),
    /// Its values by name, or in their own order again.
    ToggleOrder(usize),
    /// Only its values that have this in them.
    Narrow(usize, String),
    /// Filters open or closed.
    ToggleFilters,
    /// More teasers.
    More,
    /// The end of the list has come into sight, where further teasers are to come by scrolling.
    Scroll,
    /// The newer articles that came while the list was being read.
    ShowUpdates,
    /// Ask for the bundle again.
    Retry,
    /// Load a picture from a foreign host.
    LoadImage(ArticleIndex),
    /// The visitor follows an article's link.
    Open(ArticleIndex),
}

/// What the shell is to do, after it has shown the new view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Get this bundle and answer with [`Msg::Loaded`] or [`Msg::Failed`], and before that perhaps with [`Msg::Arriving`].
    Load {
        /// Its absolute address.
        url: String,
        /// Whether the browser's cache has to ask the server first.
        revalidate: bool,
    },
    /// Get the program's later part and begin anew with it, or answer with [`Msg::CutOff`].
    Complete,
    /// Send [`Msg::Work`] after the page has had its turn.
    Work,
    /// Keep in the page's address what it has to say of this widget: [`State::fields`](super::State::fields).
    Keep {
        /// What that is for the visitor's history.
        history: History,
    },
    /// Bring this article's teaser to the top of what is seen.
    ScrollTo(ArticleIndex),
    /// Copy the page's address, and answer with [`Msg::Copied`]. Where that was refused, the address stands in the view's
    /// field for it, which has the focus.
    Copy,
    /// Get the words of this language and answer with [`Msg::Catalogue`].
    Catalogue(Language),
    /// Tell the page.
    Emit(Event),
    /// Move the focus.
    Focus(Focus),
    /// One line for the console.
    Warn(String),
}

/// What a change is for the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// A step that Back undoes.
    Push,
    /// None of its own.
    Replace,
    /// None of its own, and others may follow at once.
    Typing,
}

/// Where the focus goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The headline's link of this article.
    Teaser(ArticleIndex),
    /// The picture of this article.
    Picture(ArticleIndex),
    /// The chip at this place.
    Chip(usize),
    /// The line that says how many articles match.
    Status,
    /// The button to try again, if the focus still waits on that line.
    Retry,
}

/// An event of the element; the names and details are a public contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// `stichwort-load`: a bundle is shown, all of it.
    Load {
        /// The bundle's address.
        url: String,
        /// How many articles there are.
        articles: u32,
        /// What was wrong and has been recovered from.
        problems: Vec<Problem>,
    },
    /// `stichwort-error`: no bundle.
    Error {
        /// The bundle's address; empty where none was given.
        url: String,
        /// `network`, `status`, `syntax`, `not-a-feed` or `timeout`.
        kind: &'static str,
        /// The answer's status, where that was the reason.
        status: Option<u16>,
        /// The reason in English.
        message: String,
    },
    /// `stichwort-change`: another selection.
    Change {
        /// What is chosen.
        selection: Selection,
        /// How many articles match.
        matches: u32,
    },
    /// `stichwort-select`: an article's link is followed. Cancelable.
    Select {
        /// The article's id.
        id: String,
        /// Its link.
        url: String,
        /// Its headline.
        headline: String,
    },
    /// `stichwort-more`: more teasers show.
    More {
        /// How far the list goes now: with numbered pages, to the end of the one that shows.
        shown: u32,
        /// How many match.
        matches: u32,
    },
}
