//! What the widget promises, looked at in three browser engines.

use std::process::ExitCode;

use stichwort_tests::suite;

mod browser {
    pub(crate) mod accessibility;
    pub(crate) mod arriving;
    pub(crate) mod attributes;
    pub(crate) mod embedding;
    pub(crate) mod events;
    pub(crate) mod failing;
    pub(crate) mod filtering;
    pub(crate) mod finding;
    pub(crate) mod harness;
    pub(crate) mod host_page;
    pub(crate) mod keyboard;
    pub(crate) mod later;
    pub(crate) mod lifecycle;
    pub(crate) mod linking;
    pub(crate) mod looking;
    pub(crate) mod one_view;
    pub(crate) mod privacy;
    pub(crate) mod reading;
    pub(crate) mod restarting;
    pub(crate) mod setting;
}
use browser::{
    accessibility, arriving, attributes, embedding, events, failing, filtering, finding, harness, host_page, keyboard,
    later, lifecycle, linking, looking, one_view, privacy, reading, restarting,
};

fn main() -> ExitCode {
    suite::main(
        [
            harness::all(),
            embedding::all(),
            arriving::all(),
            filtering::all(),
            finding::all(),
            linking::all(),
            keyboard::all(),
            reading::all(),
            one_view::all(),
            attributes::all(),
            events::all(),
            lifecycle::all(),
            restarting::all(),
            later::all(),
            failing::all(),
            privacy::all(),
            host_page::all(),
            looking::all(),
            accessibility::all(),
        ]
        .concat(),
    )
}
