//! A local web server: `www` at `/`, `dist` at `/dist/`.
//!
//! It answers as a publisher's server should: right types, no stale copies,
//! and everything may be read from other origins.

use std::fs;
use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::path::Path;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

use crate::paths;

/// Serves until it is ended; takes `port` or the next one that is free.
pub(crate) fn serve(port: u16) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let listener = listen(port).await?;
        let address = format!("http://{}", listener.local_addr()?);
        println!("serving www at {address}/ and dist at {address}/dist/");
        for page in pages(&paths::www())? {
            println!("  {address}/{page}");
        }
        println!("end it with Ctrl-C");
        axum::serve(listener, router(&paths::www(), &paths::dist())).await?;
        Ok(())
    })
}

fn router(www: &Path, dist: &Path) -> Router {
    Router::new()
        .nest_service("/dist", ServeDir::new(dist))
        // What `states.html` shows as loading: an answer that never comes.
        .route("/bundles/slow.json", get(std::future::pending::<Response>))
        .fallback_service(ServeDir::new(www))
        .layer(map_response(with_headers))
}

async fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if let Some(kind) = kind.filter(|kind| is_text(kind))
        && let Ok(kind) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    response
}

/// Whether the type wants a charset. JSON has none: it is always UTF-8.
fn is_text(kind: &str) -> bool {
    (kind.starts_with("text/") || kind == "image/svg+xml") && !kind.contains("charset")
}

async fn listen(first: u16) -> Result<TcpListener> {
    let last = first.saturating_add(20);
    for port in first..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                println!("port {port} is taken");
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot listen on port {port}"));
            }
        }
    }
    bail!("expected a free port from {first} to {last}, found none; name another with --port")
}

/// The pages below a folder, as paths in an address; an index stands for its folder.
fn pages(folder: &Path) -> Result<Vec<String>> {
    let mut pages = Vec::new();
    collect(folder, "", &mut pages).with_context(|| format!("cannot list the pages of {}", folder.display()))?;
    pages.sort();
    Ok(pages)
}

fn collect(folder: &Path, prefix: &str, pages: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), pages)?;
        } else if name == "index.html" {
            pages.push(prefix.to_owned());
        } else if name.ends_with(".html") {
            pages.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    /// Asks for `path` just as it is written and gives the whole answer, headers in lower case.
    async fn ask(address: SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer).to_lowercase()
    }

    #[test]
    fn files_are_served_with_their_types_and_nothing_else_is() {
        let folder = std::env::temp_dir().join(format!("stichwort-serve-{}", std::process::id()));
        let (www, dist) = (folder.join("www"), folder.join("dist"));
        fs::create_dir_all(www.join("sub")).unwrap();
        fs::create_dir_all(&dist).unwrap();
        let files = ["secret.txt", "www/index.html", "www/sub/a.html", "www/b.json", "www/c.svg", "www/f.css"];
        for file in files.into_iter().chain(["dist/d.wasm", "dist/e.js"]) {
            fs::write(folder.join(file), "x").unwrap();
        }
        assert_eq!(pages(&www).unwrap(), ["", "sub/a.html"]);

        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
        runtime.block_on(async {
            let listener = listen(8321).await.unwrap();
            let address = listener.local_addr().unwrap();
            let server = tokio::spawn(async move { axum::serve(listener, router(&www, &dist)).await });
            let types = [
                ("/", "text/html; charset=utf-8"),
                ("/sub/a.html", "text/html; charset=utf-8"),
                ("/b.json", "application/json"),
                ("/c.svg", "image/svg+xml; charset=utf-8"),
                ("/f.css", "text/css; charset=utf-8"),
                ("/dist/d.wasm", "application/wasm"),
                ("/dist/e.js", "text/javascript; charset=utf-8"),
            ];
            for (path, kind) in types {
                let answer = ask(address, path).await;
                assert!(answer.starts_with("http/1.1 200"), "{path}: {answer}");
                assert!(answer.contains(&format!("content-type: {kind}\r\n")), "{path}: {answer}");
                assert!(answer.contains("access-control-allow-origin: *\r\n"), "{path}: {answer}");
                assert!(answer.contains("cache-control: no-cache\r\n"), "{path}: {answer}");
            }
            for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/dist/..%2f..%2fsecret.txt", "/none"] {
                let answer = ask(address, path).await;
                assert!(answer.starts_with("http/1.1 4"), "{path}: {answer}");
                assert!(answer.contains("access-control-allow-origin: *\r\n"), "{path}: {answer}");
            }
            server.abort();
        });
        fs::remove_dir_all(folder).unwrap();
    }
}
