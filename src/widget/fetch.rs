//! A bundle on its way: from an answer in pieces to a bundle that has been read, or the reason why not.
//!
//! `www/page.js` reads the stream and calls these with the request's number. It
//! lets the page do something else in between, and gives the request up as soon
//! as nobody waits for it any more.

use std::rc::Rc;

use stichwort_core::bundle::Reader;
use stichwort_core::state::{Completion, Failure, Feed};
use wasm_bindgen::prelude::*;

use crate::{cache, page};

/// Units of work, as [`Completion::step`] counts them, between two looks at the clock.
const STEP: usize = 20_000;

/// How far a bundle has come.
pub(crate) enum Stage {
    /// Its bytes come in.
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
        request.put(Stage::Reading(Box::new(Reader::new(base, page::date() as i64))));
    }
}

/// Reads a piece. False where the rest is of no use.
#[wasm_bindgen]
pub fn push(number: u32, bytes: &[u8]) -> bool {
    let Some(request) = cache::request(number) else { return false };
    let Some(Stage::Reading(mut reader)) = request.stage.take() else { return false };
    if let Err(error) = reader.push(bytes) {
        request.settle(Err(Failure::Bundle(error)));
        return false;
    }
    if let Some(wanted) = request.wanted()
        && let Some(first) = reader.preview(wanted)
    {
        request.show(Feed::arriving(first));
    }
    request.put(Stage::Reading(reader))
}

/// Works on what has been read, once all of it is here. True if something is left to do.
#[wasm_bindgen]
pub fn step(number: u32) -> bool {
    let Some(request) = cache::request(number) else { return false };
    let mut completion = match request.stage.take() {
        Some(Stage::Completing(completion)) => completion,
        Some(Stage::Reading(reader)) => match Completion::new(*reader) {
            Ok(completion) => Box::new(completion),
            Err(error) => {
                request.settle(Err(Failure::Bundle(error)));
                return false;
            }
        },
        None => return false,
    };
    if !completion.step(STEP) {
        return request.put(Stage::Completing(completion));
    }
    request.settle(Ok(Rc::new(completion.into_feed())));
    false
}

/// There is no bundle: because of the answer's `status`, or the `cause` that the browser names, or else of silence.
#[wasm_bindgen]
pub fn fail(number: u32, status: Option<u16>, cause: Option<String>) {
    let failure = match (status, cause) {
        (Some(status), _) => Failure::Status(status),
        (None, Some(cause)) => Failure::Network(cause),
        (None, None) => Failure::Timeout,
    };
    if let Some(request) = cache::request(number) {
        request.settle(Err(failure));
    }
}
