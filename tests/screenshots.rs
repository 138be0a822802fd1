//! Pictures of demo pages for `www/screenshots`, at three widths, light and dark; see `cargo xtask screenshots`.

use std::error::Error;
use std::path::Path;

use serde_json::json;
use stichwort_tests::config::Config;
use stichwort_tests::driver::Driver;
use stichwort_tests::page::Page;
use stichwort_tests::server::Server;
use stichwort_tests::session::Session;

const HEIGHT: u32 = 1400;

/// Demo pages, and what their pictures are called.
const PAGES: [(&str, &str); 3] = [("index.html", "list"), ("finden.html", "finding"), ("karten.html", "cards")];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let config = Config::from_env()?;
    let folder = config.www.join("screenshots");
    std::fs::create_dir_all(&folder)?;
    let server = Server::start(&config).await?;
    let (engine, program) = config.engines.first().ok_or("an engine")?;
    let driver = Driver::start(*engine, program).await?;
    let session = Session::start(*engine, &driver).await?;
    let taken = take_all(&session, &server, &folder).await;
    session.stop().await;
    driver.stop().await;
    taken
}

async fn take_all(session: &Session, server: &Server, folder: &Path) -> Result<(), Box<dyn Error>> {
    for theme in ["light", "dark"] {
        devtools(session, "setEmulatedMedia", json!({"features": [{"name": "prefers-color-scheme", "value": theme}]}))
            .await?;
        for width in [320, 768, 1280] {
            let size = json!({"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false});
            devtools(session, "setDeviceMetricsOverride", size).await?;
            devtools(session, "setScrollbarsHidden", json!({"hidden": true})).await?;
            for (file, name) in PAGES {
                let page = Page::new(session.clone(), server.site());
                page.go(&format!("www/{file}")).await;
                page.wait("the list", "all(0, '[part~=teaser]').length > 0").await;
                let arrived =
                    "all(0, 'img').every((image) => image.complete || image.getBoundingClientRect().top > innerHeight)";
                page.wait("pictures", arrived).await;
                page.frames().await;
                let picture = session.client().screenshot().await?;
                std::fs::write(folder.join(format!("{name}-{width}-{theme}.png")), picture)?;
            }
        }
    }
    Ok(())
}

async fn devtools(session: &Session, command: &str, parameters: serde_json::Value) -> Result<(), Box<dyn Error>> {
    let body = json!({"cmd": format!("Emulation.{command}"), "params": parameters});
    session.vendor("goog/cdp/execute", body).await?;
    Ok(())
}
