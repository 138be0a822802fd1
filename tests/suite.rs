//! Runs tests in all engines side by side and reports as `cargo test` does.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    env, fs,
    future::Future,
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    pin::Pin,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use futures_util::FutureExt;
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, timeout},
};

use crate::{config::Config, driver::Driver, engine::Engine, page::Page, server::Server, session::Session};

/// How long a test may take that is not [`Test::slow`].
const LIMIT: Duration = Duration::from_secs(60);
/// How long one may take that waits for the widget's own timeouts.
const SLOW_LIMIT: Duration = Duration::from_secs(150);

/// How often a browser may be started before its engine counts as broken.
const STARTS: u32 = 3;
/// How long one start of a browser may take; the first one after its installation is slow.
const START: Duration = Duration::from_secs(90);

/// How long may be spent on telling more about a failure.
const DETAILS: Duration = Duration::from_secs(5);

/// What WebKitGTK 2.50 says now and then, in some thousandths of the tests of a busy machine, each time of another one,
/// and no other engine ever. The list starts anew then, as visitors would see, but a test has lost its place.
///
/// The likely cause: where one compiled function takes the place of another, it writes into the callers' code, though
/// that may have been freed and be another's by now: <https://bugs.webkit.org/show_bug.cgi?id=307669>, mended in May 2026.
const BREAKDOWN: &str = "is started anew: Out of bounds memory access";
/// So often in a run it may happen that a test is run again, in a browser of its own: one whose code was written into
/// may break down once more. More often it is a fault of ours.
const BREAKDOWNS: u32 = 12;
/// How often one and the same test is run again: what breaks down each time is a fault of ours, too.
const RUNS_AGAIN: u32 = 2;

type Run = for<'a> fn(&'a Page) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// A test by name.
#[derive(Debug, Clone)]
pub struct Test {
    name: String,
    run: Run,
    engines: &'static [Engine],
    limit: Duration,
}

impl Test {
    /// Named after its module and function; see [`tests!`](crate::tests).
    #[must_use]
    pub fn new(module: &str, name: &str, run: Run) -> Self {
        let topic = module.rsplit("::").next().unwrap_or(module);
        let name = format!("{topic}::{name}");
        Self { name, run, engines: &Engine::ALL, limit: LIMIT }
    }

    /// Only where the means to test it exist; elsewhere it counts as ignored.
    #[must_use]
    pub fn only(mut self, engines: &'static [Engine]) -> Self {
        self.engines = engines;
        self
    }

    /// May take longer than others.
    #[must_use]
    pub fn slow(mut self) -> Self {
        self.limit = SLOW_LIMIT;
        self
    }
}

/// One [`Test`] of an `async fn(&Page)`.
#[macro_export]
macro_rules! test {
    ($name:ident) => {
        $crate::suite::Test::new(module_path!(), stringify!($name), |page| ::std::boxed::Box::pin($name(page)))
    };
}

/// A list of [`Test`]s from functions `async fn(&Page)`.
#[macro_export]
macro_rules! tests {
    ($($name:ident),* $(,)?) => { ::std::vec![$($crate::test!($name)),*] };
}

/// What the command line asks for, in the manner of cargo's own harness.
#[derive(Debug, Default)]
struct Arguments {
    filters: Vec<String>,
    skips: Vec<String>,
    exact: bool,
    list: bool,
}

impl Arguments {
    fn read(mut words: impl Iterator<Item = String>) -> Self {
        let mut found = Self::default();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--list" => found.list = true,
                "--exact" => found.exact = true,
                "--skip" => found.skips.extend(words.next()),
                // What cargo's harness knows and this one has no use for.
                "--format" | "--color" | "--test-threads" | "-Z" => drop(words.next()),
                word if word.starts_with('-') => {}
                _ => found.filters.push(word),
            }
        }
        found
    }

    fn admit(&self, name: &str) -> bool {
        let fits = |part: &String| if self.exact { name == part } else { name.contains(part) };
        (self.filters.is_empty() || self.filters.iter().any(fits)) && !self.skips.iter().any(fits)
    }
}

/// How a test ended in an engine.
#[derive(Debug)]
struct Outcome {
    engine: Engine,
    name: String,
    took: Duration,
    result: Result<(), String>,
}

/// Runs what the command line asks for, prints a report and returns the exit code.
#[allow(clippy::print_stdout, reason = "a test harness reports on standard output")]
#[must_use]
pub fn main(tests: Vec<Test>) -> ExitCode {
    let arguments = Arguments::read(env::args().skip(1));
    let all = tests.len();
    let tests: Vec<_> = tests.into_iter().filter(|test| arguments.admit(&test.name)).collect();
    if arguments.list {
        for test in &tests {
            println!("{}: test", test.name);
        }
        println!("\n{} tests, 0 benchmarks", tests.len());
        return ExitCode::SUCCESS;
    }
    let filtered = all - tests.len();
    if tests.is_empty() {
        println!("\nrunning 0 tests\n");
        println!(
            "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; {filtered} filtered out; finished in 0.00s"
        );
        return ExitCode::SUCCESS;
    }
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(missing) => {
            eprintln!("error: {missing}");
            return ExitCode::FAILURE;
        }
    };
    panic::set_hook(Box::new(|info| LAST_PANIC.set(Some(info.to_string()))));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    match runtime {
        Ok(runtime) => runtime.block_on(run_all(config, tests, filtered)),
        Err(error) => {
            eprintln!("error: no runtime: {error}");
            ExitCode::FAILURE
        }
    }
}

thread_local! {
    /// Message and place of the thread's last panic: the payload alone has no place.
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

#[allow(clippy::print_stdout, reason = "a test harness reports on standard output")]
async fn run_all(config: Config, tests: Vec<Test>, filtered: usize) -> ExitCode {
    let start = Instant::now();
    let server = match Server::start(&config).await {
        Ok(server) => server,
        Err(error) => {
            eprintln!("error: no test server: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("\nrunning {} tests in {} engines", tests.len(), config.engines.len());
    let engines: Vec<_> = config.engines.iter().map(|(engine, _)| *engine).collect();
    let tests: Arc<[Test]> = tests.into();
    let (stop, stopped) = watch::channel(false);
    let (report, mut outcomes) = mpsc::unbounded_channel();
    let mut workers = Vec::new();
    for (engine, program) in config.engines {
        let worker =
            Worker { engine, program, server: server.clone(), report: report.clone(), stopped: stopped.clone() };
        workers.push(tokio::spawn(worker.run(Arc::clone(&tests))));
    }
    drop(report);
    let mut done = Vec::new();
    loop {
        tokio::select! {
            outcome = outcomes.recv() => match outcome {
                Some(outcome) => {
                    let word = if outcome.result.is_ok() { "ok" } else { "FAILED" };
                    let (name, took) = (&outcome.name, outcome.took.as_secs_f64());
                    println!("test {name} ({}) ... {word} <{took:.2}s>", outcome.engine);
                    done.push(outcome);
                }
                None => break,
            },
            () = interrupted() => {
                println!("interrupted: closing browsers");
                let _ = stop.send(true);
                while outcomes.recv().await.is_some() {}
                break;
            }
        }
    }
    let mut broken = Vec::new();
    for worker in workers {
        match worker.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => broken.push(error),
            Err(error) => broken.push(error.to_string()),
        }
    }
    if report_all(&done, &broken, &engines, &tests, filtered, start.elapsed()) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Prints failures and counts; true if all is well.
#[allow(clippy::print_stdout, reason = "a test harness reports on standard output")]
fn report_all(
    done: &[Outcome],
    broken: &[String],
    engines: &[Engine],
    tests: &[Test],
    filtered: usize,
    took: Duration,
) -> bool {
    let failures: Vec<_> = done.iter().filter_map(|outcome| Some((outcome, outcome.result.as_ref().err()?))).collect();
    if !failures.is_empty() {
        println!("\nfailures:");
        for (outcome, message) in &failures {
            println!("\n---- {} ({}) ----\n{message}", outcome.name, outcome.engine);
        }
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (outcome, _) in &failures {
            names.entry(&outcome.name).or_default().push(outcome.engine.name());
        }
        println!("\nfailures:");
        for (name, engines) in names {
            println!("    {name} ({})", engines.join(", "));
        }
    }
    println!();
    let (mut passed, mut failed, mut ignored) = (0, 0, 0);
    for engine in engines {
        let mine = || done.iter().filter(|outcome| outcome.engine == *engine);
        let good = mine().filter(|outcome| outcome.result.is_ok()).count();
        let bad = mine().count() - good;
        let left = tests.iter().filter(|test| !test.engines.contains(engine)).count();
        let busy: f64 = mine().map(|outcome| outcome.took.as_secs_f64()).sum();
        println!("{engine}: {good} passed; {bad} failed; {left} ignored; {busy:.2}s");
        if good + bad + left < tests.len() {
            println!("{engine}: {} did not run", tests.len() - good - bad - left);
        }
        passed += good;
        failed += bad;
        ignored += left;
    }
    for error in broken {
        println!("error: {error}");
    }
    let complete = passed + failed + ignored == engines.len() * tests.len();
    let good = failed == 0 && broken.is_empty() && complete;
    let word = if good { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {word}. {passed} passed; {failed} failed; {ignored} ignored; 0 measured; \
         {filtered} filtered out; finished in {:.2}s",
        took.as_secs_f64()
    );
    good
}

/// Ctrl-C, or the signal that a time limit sends.
async fn interrupted() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}

/// Runs all tests of one engine, one after the other.
struct Worker {
    engine: Engine,
    program: PathBuf,
    server: Server,
    report: mpsc::UnboundedSender<Outcome>,
    stopped: watch::Receiver<bool>,
}

impl Worker {
    #[allow(clippy::print_stdout, reason = "a test harness reports on standard output")]
    async fn run(mut self, tests: Arc<[Test]>) -> Result<(), String> {
        let mut browser = self.start().await?;
        let mut breakdowns = 0;
        for test in tests.iter().filter(|test| test.engines.contains(&self.engine)) {
            let began = Instant::now();
            let (mut again, mut is_known) = (0, false);
            let result = loop {
                let page = Page::new(browser.1.clone(), self.server.site());
                let mut stopped = self.stopped.clone();
                let result = tokio::select! {
                    result = attempt(test, &page) => result,
                    _ = stopped.changed() => break None,
                };
                let Err(message) = result else { break Some(Ok(())) };
                let message = describe(self.engine, test, &page, &message).await;
                is_known = self.engine == Engine::WebKit && message.contains(BREAKDOWN);
                if !is_known || again == RUNS_AGAIN || breakdowns == BREAKDOWNS {
                    break Some(Err(message));
                }
                again += 1;
                breakdowns += 1;
                println!("test {} ({}) is run again: {message}", test.name, self.engine);
                browser = self.start_after(browser).await?;
            };
            let Some(result) = result else { break };
            let failed = result.is_err();
            let outcome = Outcome { engine: self.engine, name: test.name.clone(), took: began.elapsed(), result };
            let _ = self.report.send(outcome);
            if failed && (is_known || !browser.1.is_alive().await) {
                browser = self.start_after(browser).await?;
            }
            // However the test has ended.
            browser.1.pretend_nothing().await;
        }
        browser.1.stop().await;
        browser.0.stop().await;
        self.stopped.mark_unchanged();
        Ok(())
    }

    /// Another browser, once this one has gone.
    async fn start_after(&self, (driver, session): (Driver, Session)) -> Result<(Driver, Session), String> {
        session.stop().await;
        driver.stop().await;
        self.start().await
    }

    /// A browser in a driver of its own; tried anew where one of them ends while it starts,
    /// as happens on machines that have much else to do.
    #[allow(clippy::print_stdout, reason = "a test harness reports on standard output")]
    async fn start(&self) -> Result<(Driver, Session), String> {
        let mut attempt = 1;
        loop {
            match self.start_once().await {
                Err(error) if attempt < STARTS => println!("{error}; tried again ({attempt} of {STARTS} failed)"),
                result => return result,
            }
            attempt += 1;
        }
    }

    async fn start_once(&self) -> Result<(Driver, Session), String> {
        let driver = Driver::start(self.engine, &self.program)
            .await
            .map_err(|error| format!("{} driver: {error}", self.engine))?;
        let failure = match timeout(START, Session::start(self.engine, &driver)).await {
            Ok(Ok(session)) => return Ok((driver, session)),
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("no session after {START:?}"),
        };
        driver.stop().await;
        Err(format!("{} browser: {failure}", self.engine))
    }
}

/// Runs a test and then asks whether anything went wrong unnoticed.
async fn attempt(test: &Test, page: &Page) -> Result<(), String> {
    let whole = async {
        (test.run)(page).await;
        // What its last step has led to counts too.
        page.frames().await;
        page.frames().await;
        let trouble = page.trouble().await;
        let lines: Vec<_> = trouble.iter().map(|entry| format!("{}: {}", entry.kind, entry.text)).collect();
        assert!(trouble.is_empty(), "the page is not free of errors:\n{}", lines.join("\n"));
    };
    match timeout(test.limit, AssertUnwindSafe(whole).catch_unwind()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(LAST_PANIC.take().unwrap_or_else(|| "panicked".to_owned())),
        Err(_) => Err(format!("not done after {:?}", test.limit)),
    }
}

/// The failure with what the page said and where its picture is.
async fn describe(engine: Engine, test: &Test, page: &Page, message: &str) -> String {
    let mut text = format!("{message}\npage console:");
    match timeout(DETAILS, page.log()).await {
        Ok(log) => {
            for entry in log {
                text.push_str(&format!("\n  {}: {}", entry.kind, entry.text.trim_end()));
            }
        }
        Err(_) => text.push_str(" (the page does not answer)"),
    }
    // What Chromium still has to say belongs to this test, not to the next one.
    let _ = timeout(DETAILS, page.session().browser_log()).await;
    if let Ok(Some(picture)) = timeout(DETAILS, page.picture()).await {
        let folder = target().join("browser").join(engine.name());
        let file = folder.join(format!("{}.png", test.name.replace("::", "-")));
        if fs::create_dir_all(folder).is_ok() && fs::write(&file, picture).is_ok() {
            text.push_str(&format!("\npicture: {}", file.display()));
        }
    } else {
        text.push_str("\n(no picture)");
    }
    text
}

/// The build folder that this program lies in.
fn target() -> PathBuf {
    let program = env::current_exe().unwrap_or_default();
    let folder = program.ancestors().find(|folder| folder.ends_with("target"));
    folder.map_or_else(|| PathBuf::from("target"), PathBuf::from)
}
