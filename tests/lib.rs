//! What the tests share: for native ones bundles and states, for browsers engines, drivers, a server with bad manners,
//! pages, and the one place that knows how the widget is looked at.
//!
//! A test is an `async fn(page: &Page)`, written once and run in every engine:
//!
//! ```no_run
//! use stichwort_tests::{
//!     bundles, document::Document, page::Page, reply::Reply, suite, tests,
//! };
//!
//! async fn twenty_teasers_come_first(page: &Page) {
//!     page.site().serve("news.json", Reply::json(&bundles::typical()));
//!     page.open(Document::with_element(r#"src="news.json""#)).await;
//!     let list = page.widget();
//!     list.loaded().await;
//!     assert_eq!(list.count("teaser").await, 20);
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     suite::main(tests![twenty_teasers_come_first])
//! }
//! ```
//!
//! What surprises: a test fails on any console error, warning, uncaught exception
//! or policy report that it did not announce with [`page::Page::expect`].

pub mod bundles;
pub mod config;
pub mod document;
pub mod driver;
pub mod engine;
pub mod native;
pub mod page;
pub mod reply;
pub mod server;
pub mod session;
pub mod small;
pub mod suite;
pub mod widget;
