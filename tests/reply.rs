//! What the test server answers, good manners or bad.

use std::{convert::Infallible, io, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::{Response, StatusCode},
};
use futures_util::stream;
use serde_json::Value;
use tokio::sync::watch;

/// One answer to every request of a path.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    payload: Payload,
    cors: bool,
}

#[derive(Debug, Clone)]
enum Payload {
    Whole(Bytes),
    Pieces(watch::Receiver<Poured>),
    Never,
}

/// What a [`Tap`] has let through so far.
#[derive(Debug, Clone, Default)]
struct Poured {
    pieces: Vec<Bytes>,
    end: Option<End>,
}

#[derive(Debug, Clone, Copy)]
enum End {
    Clean,
    Cut,
}

/// Releases the body of a [`Reply`] piece by piece; every request gets all pieces.
///
/// Kept open and never finished it is a stalled server. Dropping it changes nothing.
#[derive(Debug, Clone)]
pub struct Tap(Arc<watch::Sender<Poured>>);

impl Tap {
    /// Lets the next piece through.
    pub fn send(&self, piece: impl Into<Bytes>) {
        self.0.send_modify(|poured| poured.pieces.push(piece.into()));
    }

    /// Ends the body as a server should.
    pub fn finish(&self) {
        self.0.send_modify(|poured| poured.end = Some(End::Clean));
    }

    /// Closes the connection in the middle of the body.
    pub fn cut(&self) {
        self.0.send_modify(|poured| poured.end = Some(End::Cut));
    }
}

impl Reply {
    fn new(status: u16, content_type: &str, payload: Payload) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self { status, headers, payload, cors: true }
    }

    /// A document of the given type, status 200.
    #[must_use]
    pub fn typed(content_type: &str, body: impl Into<Bytes>) -> Self {
        Self::new(200, content_type, Payload::Whole(body.into()))
    }

    /// A page.
    #[must_use]
    pub fn html(body: impl Into<Bytes>) -> Self {
        Self::typed("text/html; charset=utf-8", body)
    }

    /// A script.
    #[must_use]
    pub fn script(body: impl Into<Bytes>) -> Self {
        Self::typed("text/javascript; charset=utf-8", body)
    }

    /// A bundle.
    #[must_use]
    pub fn json(bundle: &Value) -> Self {
        Self::bundle(bundle.to_string())
    }

    /// A bundle as text, which may be broken.
    #[must_use]
    pub fn bundle(text: impl Into<Bytes>) -> Self {
        Self::typed("application/feed+json", text)
    }

    /// A smallest picture.
    #[must_use]
    pub fn picture() -> Self {
        Self::typed(
            "image/svg+xml",
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"><rect width="16" height="9" fill="teal"/></svg>"#,
        )
    }

    /// A status with a short HTML page, as servers send them.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let page = format!("<!doctype html><title>{status}</title><h1>{status}</h1>");
        Self::new(status, "text/html", Payload::Whole(page.into()))
    }

    /// Takes the request and never answers.
    #[must_use]
    pub fn never() -> Self {
        Self::new(200, "application/feed+json", Payload::Never)
    }

    /// Headers at once, the body by the tap.
    #[must_use]
    pub fn pieces() -> (Self, Tap) {
        let (sender, receiver) = watch::channel(Poured::default());
        let reply = Self::new(200, "application/feed+json", Payload::Pieces(receiver));
        (reply, Tap(Arc::new(sender)))
    }

    /// As another type than its kind has.
    #[must_use]
    pub fn content_type(mut self, content_type: &str) -> Self {
        self.headers.retain(|(name, _)| name != "content-type");
        self.header("content-type", content_type)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Does not admit other origins, even from the second port.
    #[must_use]
    pub fn without_cors(mut self) -> Self {
        self.cors = false;
        self
    }

    /// The response; `cors` says whether the asked port admits other origins.
    pub(crate) async fn respond(self, cors: bool) -> Response<Body> {
        let body = match self.payload {
            Payload::Whole(bytes) => Body::from(bytes),
            Payload::Pieces(receiver) => pour(receiver),
            Payload::Never => match std::future::pending::<Infallible>().await {},
        };
        let mut response = Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        if cors && self.cors {
            response = response.header("access-control-allow-origin", "*");
        }
        response.body(body).unwrap_or_else(|error| {
            let mut broken = Response::new(Body::from(error.to_string()));
            *broken.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            broken
        })
    }
}

fn pour(receiver: watch::Receiver<Poured>) -> Body {
    Body::from_stream(stream::unfold((receiver, 0), |(mut receiver, next)| async move {
        loop {
            let poured = receiver.borrow_and_update().clone();
            match (poured.pieces.get(next), poured.end) {
                (Some(piece), _) => return Some((Ok(piece.clone()), (receiver, next + 1))),
                (None, Some(End::Clean)) => return None,
                (None, Some(End::Cut)) => {
                    return Some((Err(io::Error::other("cut")), (receiver, next)));
                }
                (None, None) => {
                    if receiver.changed().await.is_err() {
                        std::future::pending::<()>().await;
                    }
                }
            }
        }
    }))
}
