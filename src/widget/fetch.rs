//! The bundle's stream: from a request to a bundle that has been read, or the reason why not.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use stichwort_core::bundle::Reader;
use stichwort_core::state::{Completion, Failure, Feed};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, MessageChannel, ReadableStreamDefaultReader, Response};

use crate::cache::Progress;
use crate::clock;
use crate::loader::Request;

/// Milliseconds without a byte after which a server counts as silent.
const SILENCE: u32 = 20_000;

/// Bytes that are read in one go. More would keep the page from answering on a slow phone.
const PIECE: u32 = 64 * 1024;

/// Units of work, as [`Completion::step`] counts them, between two looks at the clock.
const STEP: usize = 20_000;

/// Milliseconds after which the page is let in between.
const SLICE: f64 = 8.0;

/// Reads the bundle at `url` from a request that has begun; tells `progress` of its first articles on the way.
pub(crate) async fn read(url: &str, request: Request, progress: Progress) -> Result<Feed, Failure> {
    let patience = Patience::new(request.controller());
    let result = stream(url, &request, &patience, progress).await;
    if result.is_err() {
        request.controller().abort(); // whatever may still come is of no use
    }
    result
}

async fn stream(url: &str, request: &Request, patience: &Patience, progress: Progress) -> Result<Feed, Failure> {
    let response = patience.wait(request.response()).await?;
    let response: Response = response.unchecked_into();
    if response.status() != 200 {
        return Err(Failure::Status(response.status()));
    }
    // After a redirect, links are relative to where the bundle was found (RFC 3986, 5.1.3).
    let found_at = response.url();
    let base = if found_at.is_empty() { url } else { &found_at };
    let mut reader = Reader::new(base, js_sys::Date::now() as i64);
    let mut pace = Pace::new(request.controller());
    let mut is_shown = false;
    if let Some(body) = response.body() {
        let chunks: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        loop {
            let next = patience.wait(chunks.read()).await?;
            let value = Reflect::get(&next, &"value".into()).unwrap_or_default();
            if value.is_undefined() {
                break;
            }
            let chunk: Uint8Array = value.unchecked_into();
            for start in (0..chunk.length()).step_by(PIECE as usize) {
                let piece = chunk.subarray(start, chunk.length().min(start + PIECE));
                reader.push(&piece.to_vec()).map_err(Failure::Bundle)?;
                if !is_shown && let Some(first) = reader.preview(progress.wanted()) {
                    is_shown = true;
                    progress.show(Rc::new(Feed::arriving(first)));
                }
                pace.keep().await?;
            }
        }
    }
    let mut completion = Completion::new(reader).map_err(Failure::Bundle)?;
    while !completion.step(STEP) {
        pace.keep().await?;
    }
    Ok(completion.into_feed())
}

/// Lets the page do something else after each slice of work.
struct Pace {
    controller: AbortController,
    channel: Option<MessageChannel>,
    since: f64,
}

impl Pace {
    fn new(controller: AbortController) -> Self {
        Self { controller, channel: None, since: clock::now() }
    }

    /// Goes on at once while there is time, else after the page has had its turn. Fails when nobody waits any more.
    async fn keep(&mut self) -> Result<(), Failure> {
        if clock::now() - self.since < SLICE {
            return Ok(());
        }
        // A message is a task of its own, as a promise is not, and comes without a timer's delay.
        if self.channel.is_none() {
            self.channel = MessageChannel::new().ok();
        }
        if let Some(channel) = &self.channel {
            let turn = js_sys::Promise::new(&mut |resolve, _| {
                channel.port1().set_onmessage(Some(&resolve));
                channel.port2().post_message(&JsValue::NULL).unwrap_or_default();
            });
            JsFuture::from(turn).await.map_err(|error| Failure::Network(describe(&error)))?;
        }
        self.since = clock::now();
        if self.controller.signal().aborted() { Err(Failure::Network(String::new())) } else { Ok(()) }
    }
}

impl Drop for Pace {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.port1().close();
        }
    }
}

/// Waits for promises, each only so long; then the request is given up.
struct Patience {
    controller: AbortController,
    is_over: Rc<Cell<bool>>,
}

impl Patience {
    fn new(controller: AbortController) -> Self {
        Self { controller, is_over: Rc::default() }
    }

    async fn wait(&self, promise: js_sys::Promise) -> Result<JsValue, Failure> {
        let (controller, is_over) = (self.controller.clone(), self.is_over.clone());
        let _timer = Timeout::new(SILENCE, move || {
            is_over.set(true);
            controller.abort();
        });
        JsFuture::from(promise)
            .await
            .map_err(|error| if self.is_over.get() { Failure::Timeout } else { Failure::Network(describe(&error)) })
    }
}

fn describe(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(|| "no reason given".to_owned(), |error| error.message().into())
}
