//! The one place that knows how the widget is built: parts inside an open shadow root.
//!
//! A *spec* is a selector in which a leading name stands for a part:
//! `teaser headline-link`, `tag[data-tag="OZG"]`, `teaser:nth-of-type(2)`.

use serde_json::{Value, json};

use crate::page::Page;

/// A widget of a page, by its place in document order.
#[derive(Debug, Clone, Copy)]
pub struct Widget<'a> {
    page: &'a Page,
    index: usize,
}

/// A filter tag as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagShown {
    /// What it filters by.
    pub tag: String,
    /// The number that it promises.
    pub count: usize,
    /// Whether it is chosen.
    pub pressed: bool,
}

impl<'a> Widget<'a> {
    pub(crate) fn new(page: &'a Page, index: usize) -> Self {
        Self { page, index }
    }

    /// Brings all of the program, as who comes near the search does, and waits for it.
    pub async fn bring_all(&self) {
        self.look("search", "element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))").await;
        self.wait("search", "elements[0].getRootNode().adoptedStyleSheets.length === 2").await;
    }

    /// Waits until the teasers that were far away have their heights.
    pub async fn settled(&self) {
        let is_settled = "element.getAnimations().every(({ playState }) => playState === 'finished')";
        self.wait("teaser", &format!("elements.every((element) => {is_settled})")).await;
    }

    /// Waits until teasers are shown and `stichwort-load` was fired.
    pub async fn loaded(&self) {
        self.page
            .wait_with(
                "the list",
                "all(args[0], '[part~=\"teaser\"]').length > 0 && __probe.events.some((event, at) => \
                 event.type === 'stichwort-load' && __probe.targets[at].deref() === host(args[0]))",
                vec![json!(self.index)],
            )
            .await;
    }

    /// Runs statements with `n` (this widget's place), `selector`, and `rest`.
    async fn run(&self, spec: &str, script: &str, rest: Value) -> Value {
        let script = format!("const [n, selector, rest] = args; {script}");
        self.page.run(&script, vec![json!(self.index), json!(selector(spec)), rest]).await
    }

    /// Waits until an expression over `elements` (what the spec finds) is true.
    pub async fn wait(&self, spec: &str, expression: &str) {
        self.wait_with(spec, expression, Value::Null).await;
    }

    async fn wait_with(&self, spec: &str, expression: &str, rest: Value) {
        self.page
            .wait_with(
                spec,
                &format!("((elements, rest) => ({expression}))(all(args[0], args[1]), args[2])"),
                vec![json!(self.index), json!(selector(spec)), rest],
            )
            .await;
    }

    /// Waits until the spec finds this many.
    pub async fn wait_count(&self, spec: &str, count: usize) {
        self.wait_with(spec, "elements.length === rest", json!(count)).await;
    }

    /// Waits until something that the spec finds is visible.
    pub async fn wait_shown(&self, spec: &str) {
        self.wait(spec, "elements.some(shown)").await;
    }

    /// Waits until nothing that the spec finds is visible.
    pub async fn wait_hidden(&self, spec: &str) {
        self.wait(spec, "!elements.some(shown)").await;
    }

    /// How many the spec finds, visible or not.
    pub async fn count(&self, spec: &str) -> usize {
        let count = self.run(spec, "return all(n, selector).length;", Value::Null).await;
        usize::try_from(count.as_u64().unwrap_or_default()).unwrap_or_default()
    }

    /// Whether something that the spec finds is visible.
    pub async fn is_shown(&self, spec: &str) -> bool {
        self.run(spec, "return all(n, selector).some(shown);", Value::Null).await == json!(true)
    }

    /// The texts of all that the spec finds, spaces collapsed.
    pub async fn texts(&self, spec: &str) -> Vec<String> {
        strings(&self.run(spec, "return all(n, selector).map(words);", Value::Null).await)
    }

    /// The text of the first that the spec finds.
    pub async fn text(&self, spec: &str) -> String {
        let texts = self.texts(spec).await;
        texts.into_iter().next().unwrap_or_else(|| panic!("there is no {spec}"))
    }

    /// An attribute of all that the spec finds; absent ones are empty.
    pub async fn attributes(&self, spec: &str, name: &str) -> Vec<String> {
        let script = "return all(n, selector).map((element) => element.getAttribute(rest) ?? '');";
        strings(&self.run(spec, script, json!(name)).await)
    }

    /// An attribute of the first that the spec finds.
    pub async fn attribute(&self, spec: &str, name: &str) -> String {
        let all = self.attributes(spec, name).await;
        all.into_iter().next().unwrap_or_else(|| panic!("there is no {spec}"))
    }

    /// An expression over `element`, the first that the spec finds.
    pub async fn look(&self, spec: &str, expression: &str) -> Value {
        let script = format!(
            "const element = first(n, selector); \
             if (!element) throw new Error(`there is no ${{selector}}`); return ({expression});"
        );
        self.run(spec, &script, Value::Null).await
    }

    /// An expression over `elements`, all that the spec finds.
    pub async fn look_all(&self, spec: &str, expression: &str) -> Value {
        let script = format!("const elements = all(n, selector); return ({expression});");
        self.run(spec, &script, Value::Null).await
    }

    /// Runs statements with `element`, the custom element itself.
    pub async fn host(&self, script: &str) -> Value {
        self.run("", &format!("const element = host(n); {script}"), Value::Null).await
    }

    /// Sets an attribute of the custom element.
    pub async fn set(&self, name: &str, value: &str) {
        self.run("", "host(n).setAttribute(rest[0], rest[1]);", json!([name, value])).await;
    }

    /// Clicks the first that the spec finds.
    pub async fn click(&self, spec: &str) {
        self.page.click("first(args[0], args[1])", vec![json!(self.index), json!(selector(spec))]).await;
    }

    /// Presses the mouse on the first that one spec finds, and lets it go on the first that the other finds.
    pub async fn press_here_and_let_go_there(&self, here: &str, there: &str) {
        let first = |spec| ("first(args[0], args[1])", vec![json!(self.index), json!(selector(spec))]);
        self.page.press_here_and_let_go_there(first(here), first(there)).await;
    }

    /// Clicks the first that the spec finds whose text contains this.
    pub async fn click_with_text(&self, spec: &str, text: &str) {
        self.page
            .click(
                "all(args[0], args[1]).find((element) => words(element).includes(args[2]))",
                vec![json!(self.index), json!(selector(spec)), json!(text)],
            )
            .await;
    }

    /// Waits until the focus is on something that the spec finds.
    pub async fn wait_focus(&self, spec: &str) {
        self.wait(spec, "elements.includes(active())").await;
    }

    /// The number that the status line begins with.
    pub async fn matches(&self) -> usize {
        let found = self.look("status", "number(words(element))").await;
        let found = found.as_u64().unwrap_or_else(|| panic!("no number in the status line"));
        usize::try_from(found).unwrap_or(usize::MAX)
    }

    /// Waits until the status line begins with this number.
    pub async fn wait_matches(&self, count: usize) {
        self.wait_with("status", "elements[0] && number(words(elements[0])) === rest", json!(count)).await;
    }

    /// Headlines as shown.
    pub async fn headlines(&self) -> Vec<String> {
        self.texts("teaser headline").await
    }

    /// Shows the tags that are not at first.
    pub async fn show_all_tags(&self) {
        while self.is_shown("facet-more[aria-expanded=false]").await {
            let before = self.count("tag").await;
            self.click("facet-more[aria-expanded=false]").await;
            self.wait_with("tag", "elements.length > rest", json!(before)).await;
        }
    }

    /// The filter tags in their order.
    pub async fn tags(&self) -> Vec<TagShown> {
        let script = "return all(n, selector).map((element) => [element.dataset.tag, \
             number(element.querySelector('[part~=\"tag-count\"]')?.textContent), \
             element.getAttribute('aria-pressed')]);";
        let found = self.run("tag", script, Value::Null).await;
        let tags = found.as_array().into_iter().flatten().map(|tag| TagShown {
            tag: tag[0].as_str().unwrap_or_default().to_owned(),
            count: tag[1]
                .as_u64()
                .and_then(|count| usize::try_from(count).ok())
                .unwrap_or_else(|| panic!("no number in tag {tag}")),
            pressed: match tag[2].as_str() {
                Some("true") => true,
                Some("false") => false,
                other => panic!("aria-pressed is {other:?} at {}", tag[0]),
            },
        });
        tags.collect()
    }

    /// Those of them that are chosen, sorted.
    pub async fn pressed(&self) -> Vec<String> {
        let mut all: Vec<_> = self.tags().await.into_iter().filter(|tag| tag.pressed).collect();
        all.sort_by(|a, b| a.tag.cmp(&b.tag));
        all.into_iter().map(|tag| tag.tag).collect()
    }

    /// Whether the light-DOM fallback can be seen.
    pub async fn fallback_shown(&self) -> bool {
        let script = "return [...(host(n)?.children ?? [])].some(shown);";
        self.run("", script, Value::Null).await == json!(true)
    }

    /// Waits until the fallback can be seen, or not.
    pub async fn wait_fallback(&self, visible: bool) {
        self.page
            .wait_with(
                "the fallback",
                "[...host(args[0]).children].some(shown) === args[1]",
                vec![json!(self.index), json!(visible)],
            )
            .await;
    }
}

/// The spec of the filter tag with this value.
#[must_use]
pub fn tag(value: &str) -> String {
    format!("tag[data-tag={}]", json!(value))
}

/// The spec of a teaser's own tags with this value.
#[must_use]
pub fn teaser_tag(value: &str) -> String {
    format!("teaser-tag[data-tag={}]", json!(value))
}

/// A spec as a CSS selector.
fn selector(spec: &str) -> String {
    let (mut out, mut quoted, mut depth, mut name_may_start) = (String::new(), false, 0, true);
    let mut name = String::new();
    let finish = |out: &mut String, name: &mut String| {
        if !name.is_empty() {
            out.push_str(&format!("[part~=\"{name}\"]"));
            name.clear();
        }
    };
    for c in spec.chars() {
        if !name.is_empty() || (name_may_start && depth == 0 && !quoted) {
            if c.is_ascii_lowercase() || (c == '-' && !name.is_empty()) {
                name.push(c);
                continue;
            }
            finish(&mut out, &mut name);
        }
        match c {
            '"' => quoted = !quoted,
            '[' | '(' if !quoted => depth += 1,
            ']' | ')' if !quoted => depth -= 1,
            _ => {}
        }
        name_may_start = c == ' ' || c == ',';
        out.push(c);
    }
    finish(&mut out, &mut name);
    out
}

fn strings(value: &Value) -> Vec<String> {
    let texts = value.as_array().into_iter().flatten();
    texts.map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::selector;

    #[test]
    fn a_leading_name_is_a_part() {
        for (spec, expected) in [
            ("teaser", r#"[part~="teaser"]"#),
            ("teaser headline-link", r#"[part~="teaser"] [part~="headline-link"]"#),
            (r#"tag[data-tag="Kita und Schule"]"#, r#"[part~="tag"][data-tag="Kita und Schule"]"#),
            ("teaser:nth-of-type(2) date", r#"[part~="teaser"]:nth-of-type(2) [part~="date"]"#),
            ("*", "*"),
            ("", ""),
        ] {
            assert_eq!(selector(spec), expected);
        }
    }
}
