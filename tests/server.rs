//! The test server: two origins, one [`Site`] per test under a path of its own.
//!
//! The second origin is another port of the same host, so cookies reach both: a
//! request that carries none was made without credentials.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{Router, extract::Request};
use tokio::net::TcpListener;

use crate::{config::Config, reply::Reply};

/// Which of the two ports was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The origin of test pages.
    Own,
    /// Another origin, which admits cross-origin reading unless a reply refuses.
    Other,
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The port.
    pub origin: Origin,
    /// The method, as `GET`.
    pub method: String,
    /// The path inside the site, as `news.json`.
    pub path: String,
    /// Headers, names in lower case.
    pub headers: HashMap<String, String>,
}

/// A server on two ports; it lives as long as the runtime.
#[derive(Debug, Clone)]
pub struct Server(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    own: SocketAddr,
    other: SocketAddr,
    dist: PathBuf,
    www: PathBuf,
    axe: PathBuf,
    next: AtomicUsize,
    sites: Mutex<HashMap<String, Arc<Mutex<Content>>>>,
}

#[derive(Debug, Default)]
struct Content {
    replies: HashMap<String, Reply>,
    asked: Vec<Asked>,
}

/// What one test serves, and what was asked of it. Dropping it takes it down.
#[derive(Debug)]
pub struct Site {
    server: Arc<Shared>,
    id: String,
    content: Arc<Mutex<Content>>,
}

impl Server {
    /// Listens on two free ports of the loopback interface.
    ///
    /// # Errors
    ///
    /// If no port can be had.
    pub async fn start(config: &Config) -> io::Result<Self> {
        let own = TcpListener::bind(("127.0.0.1", 0)).await?;
        let other = TcpListener::bind(("127.0.0.1", 0)).await?;
        let shared = Arc::new(Shared {
            own: own.local_addr()?,
            other: other.local_addr()?,
            dist: config.dist.clone(),
            www: config.www.clone(),
            axe: config.axe.clone(),
            next: AtomicUsize::new(1),
            sites: Mutex::default(),
        });
        for (listener, origin) in [(own, Origin::Own), (other, Origin::Other)] {
            let shared = Arc::clone(&shared);
            let router = Router::new().fallback(move |request: Request| {
                let reply = shared.reply(origin, &request);
                async move { reply.respond(origin == Origin::Other).await }
            });
            tokio::spawn(async move { axum::serve(listener, router).await });
        }
        Ok(Self(shared))
    }

    /// A new empty site.
    #[must_use]
    pub fn site(&self) -> Site {
        let id = self.0.next.fetch_add(1, Ordering::Relaxed).to_string();
        let content = Arc::new(Mutex::new(Content::default()));
        lock(&self.0.sites).insert(id.clone(), Arc::clone(&content));
        Site { server: Arc::clone(&self.0), id, content }
    }
}

impl Shared {
    fn reply(&self, origin: Origin, request: &Request) -> Reply {
        let mut parts = request.uri().path().splitn(4, '/').skip(1);
        let (Some("s"), Some(id), Some(path)) = (parts.next(), parts.next(), parts.next()) else {
            return Reply::status(404);
        };
        let Some(content) = lock(&self.sites).get(id).map(Arc::clone) else {
            return Reply::status(404);
        };
        let mut content = lock(&content);
        content.asked.push(Asked {
            origin,
            method: request.method().to_string(),
            path: path.to_owned(),
            headers: request
                .headers()
                .iter()
                .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
                .collect(),
        });
        if request.method() == "OPTIONS" {
            return Reply::status(405);
        }
        match (content.replies.get(path), path.split_once('/')) {
            (Some(reply), _) => reply.clone(),
            (None, Some(("dist", file))) => read(&self.dist, file),
            // As the demo server has it, so that the demo pages work here too.
            (None, Some(("www", file))) => match file.strip_prefix("dist/") {
                Some(file) => read(&self.dist, file),
                None => read(&self.www, file),
            },
            (None, None) if path == "probe.js" => Reply::script(include_str!("probe.js")),
            (None, None) if path == "axe.js" => {
                std::fs::read(&self.axe).map_or_else(|_| Reply::status(404), Reply::script)
            }
            _ => Reply::status(404),
        }
    }
}

/// A file below a folder; nothing here is read from outside of it.
fn read(folder: &Path, file: &str) -> Reply {
    if file.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
        return Reply::status(404);
    }
    let content_type = match file.rsplit_once('.').map(|(_, end)| end) {
        // As many servers have it.
        Some("js" | "mjs") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    std::fs::read(folder.join(file)).map_or_else(|_| Reply::status(404), |bytes| Reply::typed(content_type, bytes))
}

impl Site {
    /// The origin of test pages, without a slash at its end.
    #[must_use]
    pub fn own(&self) -> String {
        format!("http://{}", self.server.own)
    }

    /// The other origin, without a slash at its end.
    #[must_use]
    pub fn other(&self) -> String {
        format!("http://{}", self.server.other)
    }

    /// The address of a path on the origin of test pages.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}/s/{}/{path}", self.own(), self.id)
    }

    /// The address of a path on the other origin.
    #[must_use]
    pub fn other_url(&self, path: &str) -> String {
        format!("{}/s/{}/{path}", self.other(), self.id)
    }

    /// Answers a path on both origins from now on.
    pub fn serve(&self, path: &str, reply: Reply) {
        lock(&self.content).replies.insert(path.to_owned(), reply);
    }

    /// Every request so far, in order of arrival.
    #[must_use]
    pub fn all_asked(&self) -> Vec<Asked> {
        lock(&self.content).asked.clone()
    }

    /// The requests of one path so far.
    #[must_use]
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        self.all_asked().into_iter().filter(|asked| asked.path == path).collect()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        lock(&self.server.sites).remove(&self.id);
    }
}

/// A panicking test poisons nothing that matters to the next one.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
