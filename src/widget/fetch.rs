//! A bundle on its way: from an answer in pieces to a bundle that has been read, or the reason why not.
//!
//! `www/page.js` reads the stream and calls these with the request's number. It
//! lets the page do something else in between, and gives the request up as soon
//! as nobody waits for it any more.

use std::rc::Rc;

use stichwort_core::bundle::Reader;
use stichwort_core::state::{Completion, Feed, Msg};
use wasm_bindgen::prelude::*;

use crate::{cache, page, parts};

/// Units of work, as [`Completion::step`] counts them, between two looks at the clock.
const STEP: usize = 20_000;

/// How far a bundle has come.
pub(crate) enum Stage {
    /// Its bytes come in, or it is no bundle.
    Reading(Box<Reader>),
    /// All bytes are here.
    Completing(Box<Completion>),
}

/// The server has answered.
#[wasm_bindgen]
pub fn open(number: u32, found_at: &str) {
    if let Some(request) = cache::request(number) {
        // After a redirect, links are relative to where the bundle was found (RFC 3986, 5.1.3).
        let base = if found_at.is_empty() { &request.url } else { found_at };
        request.put(Stage::Reading(Box::new(Reader::with(parts::later(), base, page::date() as i64))));
    }
}

// What is to be done with a request; `www/page.js` has these numbers too.

/// Nothing: the rest is of no use.
const END: u8 = 0;
/// Go on.
const GO_ON: u8 = 1;
/// Go on when the program's later part is there.
const WANTS_LATER: u8 = 2;
/// Go on with [`show`].
pub(crate) const HAS_FIRST: u8 = 3;
/// Go on with `fail` of the program's later part, which finds here why.
const FAILED: u8 = 4;

/// Reads a piece. After `WANTS_LATER` or `HAS_FIRST`, and what that asks for, it is to be called with an empty one, until it
/// answers `GO_ON`.
#[wasm_bindgen]
pub fn push(number: u32, bytes: &[u8]) -> u8 {
    let Some(request) = cache::request(number) else { return END };
    let Some(Stage::Reading(mut reader)) = request.stage.take() else { return END };
    let is_refused = match parts::later() {
        Some(later) if reader.wants_later() => reader.go_on(later).is_err(),
        _ => reader.push(bytes).is_err(),
    };
    if is_refused {
        request.put(Stage::Reading(reader));
        return FAILED;
    }
    let first = request.wanted().and_then(|wanted| reader.preview(wanted));
    let next = match first {
        Some(first) => {
            request.preview.replace(Some(Rc::new(Feed::arriving(first))));
            HAS_FIRST
        }
        None if reader.wants_later() => WANTS_LATER,
        None => GO_ON,
    };
    if request.put(Stage::Reading(reader)) { next } else { END }
}

/// Shows the first articles to those who wait.
#[wasm_bindgen]
pub fn show(number: u32) {
    if let Some(request) = cache::request(number) {
        request.show();
    }
}

/// Works on what has been read, once all of it is here.
#[wasm_bindgen]
pub fn step(number: u32) -> u8 {
    let Some(request) = cache::request(number) else { return END };
    let later = parts::later();
    let mut completion = match request.stage.take() {
        Some(Stage::Completing(completion)) => completion,
        Some(Stage::Reading(mut reader)) => {
            if reader.complete(later).is_err() {
                request.put(Stage::Reading(reader));
                return FAILED;
            }
            Box::new(Completion::of(reader))
        }
        None => return END,
    };
    if completion.is_done() {
        request.settle(Rc::new(completion.into_feed_with(later)));
        return END;
    }
    let is_done = completion.step(STEP);
    let next = if is_done && later.is_none() && completion.wants_later() { WANTS_LATER } else { GO_ON };
    if request.put(Stage::Completing(completion)) { next } else { END }
}

/// There is no bundle, nor the program's later part, which would have words for why; an answer's status, if it is that.
#[wasm_bindgen]
pub fn lose(number: u32, status: Option<u16>) {
    let Some(request) = cache::request(number) else { return };
    let home = home_of(request.stage.take());
    for widget in request.end(false) {
        widget.handle(Msg::Lost { status: status.filter(|&status| status != OK), home: home.clone() });
    }
}

/// The status of an answer that may be a bundle.
const OK: u16 = 200;

/// The publisher's page of a bundle that comes to nothing.
pub(crate) fn home_of(stage: Option<Stage>) -> Option<String> {
    match stage {
        Some(Stage::Reading(reader)) => reader.home_page_url(),
        _ => None,
    }
}
