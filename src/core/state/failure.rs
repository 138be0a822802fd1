//! Why there are no articles.

use crate::bundle::BundleError;
use crate::number;

/// What is said where the program's later part, which would have more to say, is not there.
pub(super) const LOST: &str = "the rest of the program, which this list needs, could not be had";

/// Why there are no articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No connection, or the server does not allow this page to ask (CORS); what the browser says of it.
    Network(String),
    /// The answer has come, but not to its end, or not what reading it takes; what the browser says of it.
    Broken(String),
    /// An answer other than 200.
    Status(u16),
    /// No byte for as long as `SILENCE` of `www/page.js`; [`message`](Self::message) says how long.
    Timeout,
    /// The answer is no bundle.
    Bundle(BundleError),
    /// The element needs the program's later part, which could not be had.
    Program,
    /// The element has no `src`.
    NoSource,
}

impl Failure {
    /// `kind` of the event `stichwort-error`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Network(_) | Self::Broken(_) | Self::Program | Self::NoSource => "network",
            Self::Status(_) => "status",
            Self::Timeout => "timeout",
            Self::Bundle(BundleError::NotAFeed { .. }) => "not-a-feed",
            Self::Bundle(_) => "syntax",
        }
    }

    /// The answer's status, where there was an answer other than 200.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        if let Self::Status(status) = self { Some(*status) } else { None }
    }

    /// What was expected, found, and what to do, for a developer's console; in English.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Network(cause) => [
                "the bundle could not be fetched (",
                cause,
                "); another origin has to send Access-Control-Allow-Origin, and a policy has to allow it in connect-src",
            ]
            .concat(),
            Self::Broken(cause) => ["the bundle's answer began, but its rest could not be fetched: ", cause].concat(),
            Self::Status(status) => ["expected status 200 for the bundle, found ", &number::text(u32::from(*status))].concat(),
            Self::Timeout => "no byte of the bundle came for 20 seconds".to_owned(),
            Self::Bundle(error) => error.message(),
            Self::Program => LOST.to_owned(),
            Self::NoSource => "expected the bundle's address in the attribute src, found no valid one".to_owned(),
        }
    }
}
