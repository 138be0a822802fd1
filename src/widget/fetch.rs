//! The bundle's stream: from a request to a bundle that has been read, or the reason why not.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use stichwort_core::bundle::Reader;
use stichwort_core::state::{Failure, Feed};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, Response};

use crate::loader::Request;

/// Milliseconds without a byte after which a server counts as silent.
const SILENCE: u32 = 20_000;

/// Reads the bundle at `url` from a request that has begun.
pub(crate) async fn read(url: &str, request: Request) -> Result<Feed, Failure> {
    let patience = Patience::new(request.controller());
    let result = stream(url, &request, &patience).await;
    if result.is_err() {
        request.controller().abort(); // whatever may still come is of no use
    }
    result
}

async fn stream(url: &str, request: &Request, patience: &Patience) -> Result<Feed, Failure> {
    let response = patience.wait(request.response()).await?;
    let response: Response = response.unchecked_into();
    if response.status() != 200 {
        return Err(Failure::Status(response.status()));
    }
    // After a redirect, links are relative to where the bundle was found (RFC 3986, 5.1.3).
    let found_at = response.url();
    let base = if found_at.is_empty() { url } else { &found_at };
    let mut reader = Reader::new(base, js_sys::Date::now() as i64);
    if let Some(body) = response.body() {
        let chunks: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        loop {
            let next = patience.wait(chunks.read()).await?;
            let value = Reflect::get(&next, &"value".into()).unwrap_or_default();
            if value.is_undefined() {
                break;
            }
            reader.push(&value.unchecked_into::<Uint8Array>().to_vec()).map_err(Failure::Bundle)?;
        }
    }
    Ok(Feed::new(reader.finish().map_err(Failure::Bundle)?))
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
