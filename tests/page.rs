//! A page in one engine: what a test is given.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use fantoccini::{
    actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
    elements::{Element, ElementRef},
    key::Key,
};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{document::Document, engine::Engine, reply::Reply, server::Site, session::Session, widget::Widget};

/// How long anything may take that a test waits for.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often it looks.
const TICK: Duration = Duration::from_millis(15);

/// What [`Page::sentinel`] asks for: beside the script, where the policies of test pages admit it.
const SENTINEL: &str = "dist/sentinel.txt";

/// The name under which WebDriver sends elements.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser window on a site of its own. Every method panics when the browser fails it.
#[derive(Debug)]
pub struct Page {
    session: Session,
    site: Site,
    notes: Mutex<Notes>,
}

#[derive(Debug, Default)]
struct Notes {
    /// What went wrong in documents that have been left.
    left: Vec<Entry>,
    /// Parts of messages that the test expects.
    expected: Vec<String>,
    opened: bool,
}

/// Something that a page's script or policy said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `uncaught`, `rejection`, `policy`, a console level, or `browser`.
    pub kind: String,
    /// The message.
    pub text: String,
}

impl Entry {
    fn is_trouble(&self) -> bool {
        matches!(self.kind.as_str(), "uncaught" | "rejection" | "policy" | "error" | "warn" | "browser")
    }
}

impl Page {
    /// A page for one test.
    #[must_use]
    pub fn new(session: Session, site: Site) -> Self {
        Self { session, site, notes: Mutex::default() }
    }

    /// The engine it runs in.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.session.engine()
    }

    /// The session, for what only one engine can do.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What this test serves.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Opens a document as `page.html` of the site and waits for its load event.
    pub async fn open(&self, document: Document) {
        let mut reply = Reply::html(document.html());
        if let Some(policy) = document.policy() {
            reply = reply.header("content-security-policy", policy);
        }
        self.site.serve("page.html", reply);
        if let Some(width) = document.frame_width() {
            self.site.serve(
                "frame.html",
                Reply::html(format!(
                    "<!doctype html><title>{width}</title><body style=\"margin:0\">\
                     <iframe src=\"page.html\" style=\"border:0;width:{width}px;height:800px\"></iframe>"
                )),
            );
            self.go("frame.html").await;
            self.arrive().await;
            self.session.client().enter_frame(0).await.expect("the frame is there");
        } else {
            self.go("page.html").await;
            self.arrive().await;
        }
    }

    /// Goes to a path of the site.
    pub async fn go(&self, path: &str) {
        self.leave().await;
        self.session.client().goto(&self.site.url(path)).await.expect("the page opens");
        self.notes().opened = true;
    }

    /// Loads the document again.
    pub async fn reload(&self) {
        self.leave().await;
        self.session.client().refresh().await.expect("the page reloads");
        self.arrive().await;
    }

    /// Goes back to the document before. A script that goes there, or is asked right after it, may be lost with its page:
    /// WebKit answers nothing from then on.
    pub async fn back(&self) {
        self.leave().await;
        self.session.client().back().await.expect("the page goes back");
    }

    /// Waits until another document is shown whose path ends so; as a browser tells it, not a script.
    pub async fn wait_path(&self, end: &str) {
        let start = Instant::now();
        while !self.session.client().current_url().await.is_ok_and(|url| url.path().ends_with(end)) {
            assert!(start.elapsed() < PATIENCE, "waited in vain for {end}, had {}", self.address().await);
            sleep(TICK).await;
        }
    }

    /// The address shown.
    pub async fn address(&self) -> String {
        self.session.client().current_url().await.expect("an address").to_string()
    }

    /// The first widget of the page.
    #[must_use]
    pub fn widget(&self) -> Widget<'_> {
        self.widget_at(0)
    }

    /// The widget at a place in document order.
    #[must_use]
    pub fn widget_at(&self, index: usize) -> Widget<'_> {
        Widget::new(self, index)
    }

    /// Runs statements with `args` and returns what they return.
    pub async fn run(&self, script: &str, args: Vec<Value>) -> Value {
        self.try_run(script, args).await.unwrap_or_else(|error| panic!("{error}\nin {script}"))
    }

    async fn try_run(&self, script: &str, args: Vec<Value>) -> Result<Value, String> {
        let script = format!("const args = [...arguments];\n{}\n{script}", include_str!("dom.js"));
        self.session.client().execute(&script, args).await.map_err(|error| error.to_string())
    }

    /// The value of an expression.
    pub async fn eval(&self, expression: &str) -> Value {
        self.run(&format!("return ({expression});"), vec![]).await
    }

    /// Runs statements that may `await`, and returns what they return.
    pub async fn run_async(&self, script: &str, args: Vec<Value>) -> Value {
        let whole = format!(
            "const done = arguments[arguments.length - 1];\n\
             const args = [...arguments].slice(0, -1);\n{}\n\
             (async () => {{ {script} }})().then(\n\
             (value) => done({{ value: value ?? null }}),\n\
             (error) => done({{ error: `${{error}}` }}));",
            include_str!("dom.js")
        );
        let result = self.session.client().execute_async(&whole, args).await;
        let mut result = result.unwrap_or_else(|error| panic!("{error}\nin {script}"));
        if let Some(error) = result["error"].as_str() {
            panic!("{error}\nin {script}");
        }
        result["value"].take()
    }

    /// Waits until an expression is true.
    pub async fn wait(&self, what: &str, expression: &str) {
        self.wait_with(what, expression, vec![]).await;
    }

    /// Waits until an expression over `args` is true.
    pub async fn wait_with(&self, what: &str, expression: &str, args: Vec<Value>) {
        self.wait_long(PATIENCE, what, expression, args).await;
    }

    /// Waits for longer than anything but a network timeout takes.
    pub async fn wait_long(&self, patience: Duration, what: &str, expression: &str, args: Vec<Value>) {
        let start = Instant::now();
        let script = format!("return ({expression});");
        loop {
            // A script may be refused while the page is being replaced.
            let value = self.try_run(&script, args.clone()).await;
            if matches!(&value, Ok(value) if is_true(value)) {
                return;
            }
            if start.elapsed() > patience {
                let shown = args.iter().map(Value::to_string).collect::<Vec<_>>().join(", ");
                let address = self.address().await;
                panic!("waited in vain for {what} at {address}: {expression} [{shown}] gave {value:?}");
            }
            sleep(TICK).await;
        }
    }

    /// Waits until the server has been asked for a path this often.
    pub async fn wait_asked(&self, path: &str, times: usize) {
        let start = Instant::now();
        while self.site.asked(path).len() < times {
            assert!(
                start.elapsed() < PATIENCE,
                "waited in vain for request {times} of {path}, had {}",
                self.site.asked(path).len()
            );
            sleep(TICK).await;
        }
    }

    /// Waits for two frames, each with a task after it.
    pub async fn frames(&self) {
        self.run_async(
            "for (let i = 0; i < 2; i++) { \
             await new Promise((done) => requestAnimationFrame(done)); \
             await new Promise((done) => setTimeout(done)); }",
            vec![],
        )
        .await;
    }

    /// Waits for the answer to a request that begins now, then for two frames: before a test
    /// says that something was not asked for or did not happen.
    pub async fn sentinel(&self) {
        self.site.serve(SENTINEL, Reply::typed("text/plain", "").header("cache-control", "no-store"));
        self.run_async("await fetch(args[0]);", vec![json!(self.site.url(SENTINEL))]).await;
        self.frames().await;
    }

    /// The element that an expression yields, as WebDriver knows it.
    pub async fn element(&self, expression: &str, args: Vec<Value>) -> Element {
        let value = self.run(&format!("return ({expression});"), args.clone()).await;
        let Some(id) = value[ELEMENT_KEY].as_str() else {
            panic!("no element: {expression} {args:?} gave {value}");
        };
        Element::from_element_id(self.session.client().clone(), ElementRef::from(id.to_owned()))
    }

    /// Clicks the element that an expression yields, with the mouse.
    pub async fn click(&self, expression: &str, args: Vec<Value>) {
        let element = self.element(expression, args.clone()).await;
        element.click().await.unwrap_or_else(|error| panic!("cannot click {expression} {args:?}: {error}"));
    }

    /// Presses the mouse on the element that an expression yields, and lets it go on what another one yields.
    pub async fn press_here_and_let_go_there(&self, here: (&str, Vec<Value>), there: (&str, Vec<Value>)) {
        let button = MOUSE_BUTTON_LEFT;
        let mut actions = MouseActions::new("mouse".to_owned());
        for ((expression, args), then) in
            [(here, PointerAction::Down { button }), (there, PointerAction::Up { button })]
        {
            let element = self.element(expression, args).await;
            actions = actions.then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 }).then(then);
        }
        self.session.client().perform_actions(actions).await.expect("the mouse can be moved");
    }

    /// Presses and releases a key.
    pub async fn press(&self, key: Key) {
        self.keys(&[key.into()]).await;
    }

    /// Presses a key while Shift is held.
    pub async fn press_with_shift(&self, key: Key) {
        self.keys(&[Key::Shift.into(), key.into()]).await;
    }

    /// Types a text into what has the focus.
    pub async fn type_text(&self, text: &str) {
        for key in text.chars() {
            self.keys(&[key]).await;
        }
    }

    async fn keys(&self, keys: &[char]) {
        let down = keys.iter().map(|&value| KeyAction::Down { value });
        let up = keys.iter().rev().map(|&value| KeyAction::Up { value });
        let actions = down.chain(up).fold(KeyActions::new("keyboard".to_owned()), |all, action| all.then(action));
        self.session.client().perform_actions(actions).await.expect("keys can be pressed");
    }

    /// An expression over `element`, the focused element through all shadow roots.
    pub async fn focused(&self, expression: &str) -> Value {
        self.run(&format!("const element = active(); return ({expression});"), vec![]).await
    }

    /// Presses Tab as often as it takes until an expression over the focused `element` is true.
    pub async fn tab_to(&self, expression: &str) {
        for _ in 0..60 {
            if is_true(&self.focused(expression).await) {
                return;
            }
            self.press(Key::Tab).await;
        }
        panic!("Tab never reaches {expression}");
    }

    /// The widget's events of a type so far, oldest first: `{type, detail, bubbles, composed, …}`.
    pub async fn events(&self, kind: &str) -> Vec<Value> {
        let found =
            self.run("return __probe.events.filter((event) => event.type === args[0]);", vec![json!(kind)]).await;
        match found {
            Value::Array(events) => events,
            other => panic!("no events: {other}"),
        }
    }

    /// Waits for events of a type, and returns the last one.
    pub async fn wait_event(&self, kind: &str, times: usize) -> Value {
        self.wait_with(
            kind,
            "__probe.events.filter((event) => event.type === args[0]).length >= args[1]",
            vec![json!(kind), json!(times)],
        )
        .await;
        self.events(kind).await.pop().expect("just seen")
    }

    /// Allows trouble whose line, as `warn: message`, contains this; what is asserted about
    /// it is the test's matter.
    pub fn expect(&self, part: &str) {
        self.notes().expected.push(part.to_owned());
    }

    /// Everything the page said so far, with the documents that have been left.
    pub async fn log(&self) -> Vec<Entry> {
        let mut log = self.notes().left.clone();
        log.extend(self.current_log().await);
        log
    }

    /// What the page said on one console level, or with one kind of trouble.
    pub async fn said(&self, kind: &str) -> Vec<String> {
        let log = self.log().await;
        log.into_iter().filter(|entry| entry.kind == kind).map(|entry| entry.text).collect()
    }

    /// Trouble that the test did not announce.
    pub async fn trouble(&self) -> Vec<Entry> {
        let mut log = self.log().await;
        let browser = self.session.browser_log().await;
        log.extend(browser.into_iter().map(|text| Entry { kind: "browser".to_owned(), text }));
        let notes = self.notes();
        log.retain(|entry| {
            let line = format!("{}: {}", entry.kind, entry.text);
            entry.is_trouble() && !notes.expected.iter().any(|part| line.contains(part))
        });
        log
    }

    /// A picture of the window, if the browser still gives one.
    pub async fn picture(&self) -> Option<Vec<u8>> {
        self.session.client().screenshot().await.ok()
    }

    async fn current_log(&self) -> Vec<Entry> {
        let log = self.try_run("return globalThis.__probe?.log ?? [];", vec![]).await;
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        log.unwrap_or_default()
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| Entry { kind: word(&entry["kind"]), text: word(&entry["text"]) })
            .collect()
    }

    /// Keeps what the document said before it is replaced.
    async fn leave(&self) {
        if self.notes().opened {
            let log = self.current_log().await;
            self.notes().left.extend(log);
        }
        // There may be no document yet.
        let _ = self.try_run("window.__left = true; window.top.__left = true;", vec![]).await;
    }

    /// Waits until the document that was left is gone: on a busy machine WebKit's driver answers before.
    async fn arrive(&self) {
        self.wait("the document", "!window.__left").await;
    }

    fn notes(&self) -> std::sync::MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_true(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false)) && value.as_f64() != Some(0.0)
}
