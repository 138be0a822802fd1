//! The pure half of Stichwort: bytes of a bundle in, a tree of values out.
//!
//! Nothing here does I/O, reads a clock or draws a random number, and nothing
//! here can name the browser: time, languages, bytes and clicks come in as
//! messages, effects go out as values. The widget and the command-line tool
//! are two shells around this one crate.

mod ascii;
pub mod bundle;
pub mod date;
pub mod feed;
pub mod filter;
pub mod fold;
pub mod i18n;
pub mod json;
pub mod later;
pub mod link;
pub mod model;
pub mod number;
pub mod options;
pub mod sample;
pub mod search;
pub mod selection;
pub mod sort;
pub mod state;
pub mod store;
pub mod url;
pub mod view;
