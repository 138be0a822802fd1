//! One browser session, reused by all tests of an engine.

use std::time::Duration;

use fantoccini::{
    Client, ClientBuilder,
    error::{CmdError, NewSessionError},
    wd::WebDriverCompatibleCommand,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::time::timeout;

use crate::{driver::Driver, engine::Engine};

/// After how long without an answer a browser counts as hung.
const DEAF: Duration = Duration::from_secs(10);

/// A browser window under control.
#[derive(Debug, Clone)]
pub struct Session {
    engine: Engine,
    client: Client,
}

impl Session {
    /// Opens a browser.
    ///
    /// # Errors
    ///
    /// If the driver cannot start it.
    pub async fn start(engine: Engine, driver: &Driver) -> Result<Self, NewSessionError> {
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(engine))
            .connect(driver.address())
            .await?;
        let session = Self { engine, client };
        // As large as it gets where there is no window manager; tests that care use a frame.
        let _ = session.client.set_window_size(1300, 900).await;
        Ok(session)
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The WebDriver client.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whether it still answers.
    pub async fn is_alive(&self) -> bool {
        matches!(timeout(DEAF, self.client.current_url()).await, Ok(Ok(_)))
    }

    /// Closes the browser; one that hangs is left to the driver's end.
    pub async fn stop(self) {
        let _ = timeout(DEAF, self.client.close()).await;
    }

    /// A command that only this engine's driver knows, as `goog/cdp/execute`.
    ///
    /// # Errors
    ///
    /// If the driver refuses it.
    pub async fn vendor(&self, path: &str, body: Value) -> Result<Value, CmdError> {
        self.client.issue_cmd(Vendor { path: path.to_owned(), body: body.to_string() }).await
    }

    /// Lets pages see that the visitor has set this, as `forced-colors: active`; only Chromium can. It lasts until
    /// [`Self::pretend_nothing`].
    ///
    /// # Panics
    ///
    /// If the driver refuses it.
    pub async fn pretend(&self, feature: &str, value: &str) {
        self.set_media(json!([{"name": feature, "value": value}])).await.expect("Chromium answers");
    }

    /// The visitor has set nothing.
    pub async fn pretend_nothing(&self) {
        if self.engine == Engine::Chromium {
            // One that does not answer is started anew.
            let _ = self.set_media(json!([])).await;
        }
    }

    async fn set_media(&self, features: Value) -> Result<Value, CmdError> {
        let body = json!({"cmd": "Emulation.setEmulatedMedia", "params": {"features": features}});
        self.vendor("goog/cdp/execute", body).await
    }

    /// What Chromium itself has to say about the page since the last call: policy,
    /// deprecation, intervention. Its lines about failed requests are left out, because
    /// the tests' servers fail on purpose; console calls are known from the probe.
    pub async fn browser_log(&self) -> Vec<String> {
        if self.engine != Engine::Chromium {
            return Vec::new();
        }
        let entries = self.vendor("se/log", json!({"type": "browser"})).await.unwrap_or_default();
        entries
            .as_array()
            .into_iter()
            .flatten()
            .filter(|entry| !matches!(entry["source"].as_str(), Some("network" | "console-api")))
            .map(|entry| {
                let word = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
                format!("{} {}: {}", word("level"), word("source"), word("message"))
            })
            .collect()
    }
}

fn capabilities(engine: Engine) -> Map<String, Value> {
    let mut all = json!({
        "pageLoadStrategy": "normal",
        "timeouts": {"script": 60_000, "pageLoad": 60_000, "implicit": 0},
    });
    match engine {
        Engine::Chromium => {
            all["goog:loggingPrefs"] = json!({"browser": "ALL"});
            all["goog:chromeOptions"] = json!({"args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--lang=de",
            ]});
        }
        Engine::Firefox => {
            all["moz:firefoxOptions"] = json!({
                "args": ["-headless"],
                "prefs": {
                    // Neither updates nor pages of its own while tests run.
                    "app.update.disabledForTesting": true,
                    "datareporting.policy.dataSubmissionEnabled": false,
                    "network.captive-portal-service.enabled": false,
                    "network.connectivity-service.enabled": false,
                },
            });
        }
        // The driver starts the MiniBrowser that it was built with.
        Engine::WebKit => {}
    }
    match all {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// A POST below the session's own address.
#[derive(Debug)]
struct Vendor {
    path: String,
    body: String,
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base_url: &url::Url, session_id: Option<&str>) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.clone()))
    }
}
