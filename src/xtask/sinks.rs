//! The places where a text could become markup or a program; nothing that ships may have one.

/// Names of HTML sinks, as they stand in JavaScript or in Rust.
const SINKS: [&str; 8] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "set_inner_html",
    "set_outer_html",
    "insert_adjacent_html",
    "new Function",
];

/// The first sink in a text, with the number of its line.
pub(crate) fn first(text: &str) -> Option<(usize, &'static str)> {
    text.lines().enumerate().find_map(|(index, line)| Some((index + 1, in_line(line)?)))
}

/// The same for source code, where a whole line of comment may name one.
pub(crate) fn first_in_source(source: &str) -> Option<(usize, &'static str)> {
    source
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .find_map(|(index, line)| Some((index + 1, in_line(line)?)))
}

fn in_line(line: &str) -> Option<&'static str> {
    let named = SINKS.into_iter().find(|sink| line.contains(sink));
    named.or_else(|| {
        // As a word: `retrieval(` is harmless.
        let mut calls = line.match_indices("eval(").map(|(at, _)| &line[..at]);
        let own_word = |before: &str| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        calls.any(own_word).then_some("eval(")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, &str)>) {
        assert_eq!(first(text), expected);
    }

    #[test]
    fn sinks_are_found() {
        check("a.innerHTML=b", Some((1, "innerHTML")));
        check("a\n(0,eval)(b);eval(c)", Some((2, "eval(")));
        check("return new Function(a)", Some((1, "new Function")));
        check("retrieval(x); textContent = y", None);
    }

    #[test]
    fn a_comment_may_name_one() {
        assert_eq!(first_in_source("// never innerHTML\nlet x;"), None);
        assert_eq!(first_in_source("// never\nx.outerHTML"), Some((2, "outerHTML")));
    }
}
