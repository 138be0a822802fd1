//! The pages that tests open.

/// Where the widget's script stands inside a site.
pub const SCRIPT: &str = "dist/stichwort.js";

/// The fallback that [`Document::with_element`] puts inside the element.
pub const FALLBACK: &str = r#"<a id="fallback" href="https://amt.example/news">Alle Meldungen</a>"#;

/// A test page. Its first script is the probe, which records what goes wrong.
#[derive(Debug, Clone)]
#[must_use]
pub struct Document {
    lang: String,
    head: String,
    body: String,
    csp: Option<String>,
    width: Option<u32>,
}

impl Document {
    /// A page in German with the given body.
    pub fn new(body: impl Into<String>) -> Self {
        Self { lang: "de".to_owned(), head: String::new(), body: body.into(), csp: None, width: None }
    }

    /// The form that docs lead with: the async script, then the element with a fallback.
    pub fn with_element(attributes: &str) -> Self {
        Self::new(format!(
            r#"<main><h1>Rathaus</h1><script async src="{SCRIPT}"></script>{}</main>"#,
            element(attributes)
        ))
    }

    /// The page's own language.
    pub fn lang(mut self, lang: &str) -> Self {
        lang.clone_into(&mut self.lang);
        self
    }

    /// Adds to the head, after the probe.
    pub fn head(mut self, html: impl AsRef<str>) -> Self {
        self.head.push_str(html.as_ref());
        self
    }

    /// Adds to the end of the body.
    pub fn body(mut self, html: impl AsRef<str>) -> Self {
        self.body.push_str(html.as_ref());
        self
    }

    /// The Content-Security-Policy that it is sent with.
    pub fn csp(mut self, policy: impl Into<String>) -> Self {
        self.csp = Some(policy.into());
        self
    }

    /// Shown in a frame of this width, which is the same in all engines where
    /// windows have a smallest size.
    pub fn width(mut self, pixels: u32) -> Self {
        self.width = Some(pixels);
        self
    }

    pub(crate) fn policy(&self) -> Option<&str> {
        self.csp.as_deref()
    }

    pub(crate) fn frame_width(&self) -> Option<u32> {
        self.width
    }

    pub(crate) fn html(&self) -> String {
        let Self { lang, head, body, .. } = self;
        format!(
            "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>Rathaus</title>\
             <script src=\"probe.js\"></script>{head}</head>\n<body>{body}</body></html>\n"
        )
    }
}

/// The element with the given attributes and a fallback.
#[must_use]
pub fn element(attributes: &str) -> String {
    format!("<stichwort-teasers {attributes}>{FALLBACK}</stichwort-teasers>")
}
