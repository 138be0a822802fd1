//! The pure half of Stichwort: bytes of a bundle in, a tree of values out.
//!
//! Nothing here does I/O, reads a clock or draws a random number, and nothing
//! here can name the browser: time, languages, bytes and clicks come in as
//! messages, effects go out as values. The widget is a shell around this crate.
//!
//! A bundle's way: [`json`] turns bytes into events, [`bundle`] fills a
//! [`store`] from them; with an index of [`filter`] that is a [`feed`].
//! Messages change the [`state`], [`view`] draws a tree from it, `view::html`
//! writes the tree as text and `view::patch` as edits. Beside it stand
//! [`options`] (attributes), [`selection`] (what is chosen), [`link`] (the
//! page's address), [`search`] and [`fold`] (words), [`i18n`], [`date`],
//! [`url`], [`sort`], [`sample`] (bundles that are made up).
//!
//! What words mean here:
//!
//! - *value*: what can be chosen in a facet, numbered by [`model::ValueId`]; a tag is a value of facet 0.
//! - *index* ([`model::ArticleIndex`]): where an article lies in the store, shown or not.
//! - *place*: where it stands in [`filter::FilterIndex::order`]; matches, postings and what is admitted are of places.
//! - *kicker*, *headline*, *lead*, *byline*: what stands above an article's title, the title, its summary, its authors.
//! - *first part*, *later part*: the two modules of the program in a browser, see [`later`].

// A bundle's way from bytes to articles that can be counted.
pub mod bundle;
pub mod feed;
pub mod filter;
pub mod json;
pub mod model;
pub mod store;

// A widget: what is asked of it, what it knows, what it shows.
pub mod later;
pub mod link;
pub mod options;
pub mod selection;
pub mod state;
pub mod view;

// Words, days and addresses.
pub mod date;
pub mod fold;
pub mod i18n;
pub mod search;
pub mod sort;
pub mod url;

// What the others share.
mod ascii;
pub mod number;
pub mod sample;
mod table;
