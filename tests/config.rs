//! Where things are: read from the environment that `cargo xtask test` sets.

use std::{env, fmt, path::PathBuf};

use crate::engine::Engine;

/// Paths of what is tested and of what tests it.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder with `stichwort.js` and what it loads.
    pub dist: PathBuf,
    /// The sources of demo pages.
    pub www: PathBuf,
    /// `axe.min.js`.
    pub axe: PathBuf,
    /// Engines to run, each with its driver's program.
    pub engines: Vec<(Engine, PathBuf)>,
}

/// The environment does not say where something is.
#[derive(Debug)]
pub struct Missing(Vec<String>);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "browser tests need {}: run `cargo xtask test`", self.0.join(", "))
    }
}

impl std::error::Error for Missing {}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    ///
    /// Names every variable that is missing or leads nowhere; a test run without
    /// browsers must not look like one that passed.
    pub fn from_env() -> Result<Self, Missing> {
        let mut missing = Vec::new();
        let mut path = |name: &str| match env::var_os(name).map(PathBuf::from) {
            Some(path) if path.exists() => path,
            Some(path) => {
                missing.push(format!("{name} ({} is not there)", path.display()));
                path
            }
            None => {
                missing.push(name.to_owned());
                PathBuf::new()
            }
        };
        let (dist, www, axe) = (path("STICHWORT_DIST"), path("STICHWORT_WWW"), path("STICHWORT_AXE"));
        let wanted = env::var("STICHWORT_ENGINE").ok().filter(|name| !name.is_empty());
        let engines = Engine::ALL
            .into_iter()
            .filter(|engine| wanted.as_deref().is_none_or(|name| name == engine.name()))
            .map(|engine| {
                let variable = match engine {
                    Engine::Chromium => "STICHWORT_CHROMEDRIVER",
                    Engine::Firefox => "STICHWORT_GECKODRIVER",
                    Engine::WebKit => "STICHWORT_WEBKITDRIVER",
                };
                (engine, path(variable))
            })
            .collect();
        if let Some(name) = wanted.filter(|name| Engine::from_name(name).is_none()) {
            missing.push(format!("a known STICHWORT_ENGINE ({name} is none)"));
        }
        if missing.is_empty() { Ok(Self { dist, www, axe, engines }) } else { Err(Missing(missing)) }
    }
}
