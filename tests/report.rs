//! What is written for others is true: the accessibility report names every criterion once, and only tests that there are;
//! bundles that README shows have no problems.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// WCAG 2.2, levels A and AA.
const CRITERIA: [&str; 55] = [
    "1.1.1", "1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.3.1", "1.3.2", "1.3.3", "1.3.4", "1.3.5", "1.4.1",
    "1.4.2", "1.4.3", "1.4.4", "1.4.5", "1.4.10", "1.4.11", "1.4.12", "1.4.13", "2.1.1", "2.1.2", "2.1.4", "2.2.1",
    "2.2.2", "2.3.1", "2.4.1", "2.4.2", "2.4.3", "2.4.4", "2.4.5", "2.4.6", "2.4.7", "2.4.11", "2.5.1", "2.5.2",
    "2.5.3", "2.5.4", "2.5.7", "2.5.8", "3.1.1", "3.1.2", "3.2.1", "3.2.2", "3.2.3", "3.2.4", "3.2.6", "3.3.1",
    "3.3.2", "3.3.3", "3.3.4", "3.3.7", "3.3.8", "4.1.2", "4.1.3",
];

fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The table's rows, from the criterion's number on.
fn rows(report: &str) -> impl Iterator<Item = &str> {
    report.split("<th scope=\"row\">").skip(1).filter_map(|row| row.split("</tr>").next())
}

fn report() -> String {
    fs::read_to_string(folder("../www/accessibility.html")).expect("the report is there")
}

#[test]
fn every_criterion_has_a_row() {
    let report = report();
    let rows: Vec<&str> = rows(&report).filter_map(|row| row.split(' ').next()).collect();
    assert_eq!(rows, CRITERIA);
}

/// What falls short is said of its criterion too, and the other way round.
#[test]
fn the_rows_know_the_shortcomings() {
    let report = report();
    let known =
        report.split("Known shortcomings").nth(1).and_then(|rest| rest.split("</p>").next()).expect("are there");
    let partial = rows(&report).filter(|row| row.contains("<td>Partially supports</td>"));
    let partial: BTreeSet<&str> = partial.filter_map(|row| row.split(' ').next()).collect();
    let named = known.split(['(', ')', ' ']).filter(|word| CRITERIA.contains(word)).collect();
    assert_eq!(partial, named);
}

#[test]
fn every_test_that_is_named_exists_and_runs_where_it_is_said() {
    let report = report();
    // Each with what stands behind it, up to the next mark-up.
    let named: BTreeSet<(&str, &str)> = report
        .split("<code>")
        .skip(1)
        .filter_map(|rest| rest.split_once("</code>"))
        .filter(|(name, _)| name.contains("::"))
        .map(|(name, behind)| (name, behind.split('<').next().unwrap_or_default().trim()))
        .collect();
    assert!(named.len() > 20, "{named:?}");
    let (mut in_one, mut in_none) = (0, 0);
    for (name, behind) in named {
        let (topic, function) = name.split_once("::").expect("a topic and a function");
        let source = |path: PathBuf| fs::read_to_string(path.with_extension("rs")).unwrap_or_default();
        let (native, browser) = (source(folder("").join(topic)), source(folder("browser").join(topic)));
        let expected = if native.contains(&format!("#[test]\nfn {function}()")) {
            in_none += 1;
            "(no browser)"
        } else if browser.contains(&format!("test!({function}).only(")) {
            in_one += 1;
            "(Chromium)"
        } else {
            assert!(browser.contains(&format!("async fn {function}(page: &Page)")), "there is no test {name}");
            ""
        };
        assert_eq!(behind, expected, "where {name} runs");
    }
    assert_eq!((in_one, in_none), (2, 2), "as the report says at its beginning");
}

/// What is said to be met is proven.
#[test]
fn what_is_supported_has_a_test() {
    let report = report();
    let bare = rows(&report).filter(|row| row.contains("<td>Supports</td>") && !row.contains("::"));
    let bare: Vec<&str> = bare.filter_map(|row| row.split(' ').next()).collect();
    assert_eq!(bare, [""; 0]);
}

/// WCAG 2.2, 1.3.4.
#[test]
fn nothing_that_ships_asks_for_the_orientation() {
    for name in ["style.css", "later.css", "page.js", "later.js", "loader.js"] {
        let source = fs::read_to_string(folder("../www").join(name)).expect("the file is there");
        assert!(!source.contains("orientation"), "{name}");
    }
}

/// Core has no clock, no chance and no outside; words, dates and sizes come from nowhere else.
#[test]
fn nothing_reaches_for_what_it_must_not() {
    let check = |path: PathBuf, unwanted: &[&str]| {
        let source = fs::read_to_string(&path).expect("the file is there");
        for text in unwanted {
            assert!(!source.contains(text), "{text} in {}", path.display());
        }
    };
    for file in files_below(&folder("../src/core")) {
        if file.extension().is_some_and(|extension| extension == "rs") {
            let unwanted =
                ["std::fs", "std::net", "std::env", "std::time", "std::thread", "HashMap", "web_sys", "js_sys"];
            check(file, &unwanted);
        }
    }
    for name in ["page.js", "later.js", "loader.js"] {
        check(folder("../www").join(name), &["Intl", "toLocale", "innerHTML", "localStorage", "document.cookie"]);
    }
    for name in ["style.css", "later.css"] {
        let source = fs::read_to_string(folder("../www").join(name)).expect("the file is there");
        let has_rem = |line: &str| {
            line.split("rem")
                .skip(1)
                .zip(line.split("rem"))
                .any(|(_, before)| before.ends_with(|c: char| c.is_ascii_digit()))
        };
        assert!(!source.lines().any(has_rem), "{name}: pages set html to 1px");
    }
}

fn files_below(folder: &std::path::Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// Who copies one of them has a bundle without a fault.
#[test]
fn bundles_of_the_readme_have_no_problems() {
    let readme = fs::read_to_string(folder("../README.md")).expect("it is there");
    let blocks: Vec<&str> = readme.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 2);
    for json in blocks {
        let bundle = stichwort_tests::small::bundle(json);
        assert_eq!(bundle.problems, []);
        assert_eq!(bundle.store.newest().len(), 1);
    }
}
