//! Events as the page gets them: JSON, in which a text of the bundle can only be a text.

use super::Event;
use crate::date::Day;
use crate::json::write_string;
use crate::later::Later;
use crate::link;
use crate::number::push_number;
use crate::selection::{Selection, TAGS};

impl Event {
    /// The event's name behind `stichwort-`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Load { .. } => "load",
            Self::Error { .. } => "error",
            Self::Change { .. } => "change",
            Self::Select { .. } => "select",
            Self::More { .. } => "more",
        }
    }

    /// `detail` of the event, as JSON (RFC 8259); the names in it are a public contract.
    #[cfg(not(target_arch = "wasm32"))] // in the browser not all of the program need be there, see `later`
    #[must_use]
    pub fn detail(&self) -> String {
        self.detail_with(Some(Later::loaded()))
    }

    /// The same, where perhaps not all of the program is there: then no problem has been put into words.
    #[must_use]
    pub fn detail_with(&self, later: Option<Later>) -> String {
        let mut json = String::from("{");
        let out = &mut json;
        match self {
            Self::Load { url, articles, .. } => {
                text(out, "url", url);
                number(out, "articles", *articles);
                name(out, "problems");
                out.push('[');
            }
            Self::Error { url, kind, status, message } => {
                text(out, "url", url);
                text(out, "kind", kind);
                match status {
                    Some(status) => number(out, "status", u32::from(*status)),
                    None => {
                        name(out, "status");
                        out.push_str("null");
                    }
                }
                text(out, "message", message);
            }
            Self::Select { id, url, headline } => {
                text(out, "id", id);
                text(out, "url", url);
                text(out, "headline", headline);
            }
            Self::Change { selection, matches } => {
                name(out, "selection");
                out.push('{');
                list(out, TAGS, TAGS, selection);
                if let Some(later) = later {
                    later.choices(selection, out);
                }
                out.push('}');
                number(out, "matches", *matches);
            }
            Self::More { .. } => {}
        }
        if let Some(later) = later {
            later.detail(self, &mut json);
        }
        json.push_str(if matches!(self, Self::Load { .. }) { "]}" } else { "}" });
        json
    }

    /// Appends what is told with all of the program alone.
    pub(crate) fn write_further(&self, out: &mut String) {
        match self {
            Self::Load { problems, .. } => {
                for (place, problem) in problems.iter().enumerate() {
                    out.push_str(if place > 0 { ",{" } else { "{" });
                    text(out, "place", &problem.place);
                    text(out, "message", &problem.message);
                    out.push('}');
                }
            }
            Self::More { shown, matches } => {
                number(out, "shown", *shown);
                number(out, "matches", *matches);
            }
            Self::Change { .. } | Self::Error { .. } | Self::Select { .. } => {}
        }
    }
}

/// What else can be chosen than values of facets.
const OTHERS: [&str; 4] = ["search", "dates", "from", "to"];

/// Appends what is chosen beside `tags`, where there is something. A facet of the bundle that is called like something else
/// there has the name that it has in links.
pub(crate) fn further_choices(out: &mut String, chosen: &Selection) {
    let mut facets = vec![TAGS];
    for choice in chosen.choices() {
        let facet = &*choice.facet;
        if !facets.contains(&facet) {
            facets.push(facet);
            let prefix = if OTHERS.contains(&facet) { link::FACET } else { "" };
            list(out, &[prefix, facet].concat(), facet, chosen);
        }
    }
    let (from, to) = chosen.dates.ends();
    let values = [
        chosen.is_search().then(|| chosen.search().to_owned()),
        chosen.dates.name(),
        from.map(Day::text),
        to.map(Day::text),
    ];
    for (name, value) in OTHERS.into_iter().zip(values) {
        if let Some(value) = value {
            text(out, name, &value);
        }
    }
}

fn list(out: &mut String, name: &str, facet: &str, chosen: &Selection) {
    self::name(out, name);
    out.push('[');
    for (place, value) in chosen.values(facet).enumerate() {
        if place > 0 {
            out.push(',');
        }
        write_string(out, value);
    }
    out.push(']');
}

fn text(out: &mut String, name: &str, value: &str) {
    self::name(out, name);
    write_string(out, value);
}

fn number(out: &mut String, name: &str, value: u32) {
    self::name(out, name);
    push_number(out, value);
}

/// Begins a member of an object.
fn name(out: &mut String, name: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    write_string(out, name);
    out.push(':');
}
