//! Attributes: what is understood, and what junk becomes.

use stichwort_core::date::Day;
use stichwort_core::i18n::Language;
use stichwort_core::options::{
    ATTRIBUTES, FIRST_ATTRIBUTES, Images, Layout, Options, Paging, Sort, Theme, UrlState, bit,
};
use stichwort_core::selection::Match;

#[track_caller]
fn check(attribute: &str, text: &str, expected: Options) {
    let mut options = Options::default();
    assert_eq!(options.set(attribute, Some(text)), Ok(()), "no warning");
    assert_eq!(options, expected);
}

#[track_caller]
fn check_junk(attribute: &str, text: &str) {
    let mut options = Options::default();
    let warning = options.set(attribute, Some(text)).expect_err("a warning");
    assert!(warning.contains(attribute) && warning.contains(text), "names the attribute and what was found: {warning}");
    assert_eq!(options, Options::default(), "junk becomes the default");
}

fn tags(tags: &[&str]) -> Options {
    Options { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..Options::default() }
}

#[test]
fn values() {
    check("tags", "OZG, Digitale Souveränität ,,", tags(&["OZG", "Digitale Souveränität"]));
    check("tags", r#"["Haushalt, Finanzen", "OZG"]"#, tags(&["Haushalt, Finanzen", "OZG"]));
    check("tags", "Digitale\n   Souveränität", tags(&["Digitale Souveränität"]));
    check("tags", " ", Options::default());
    check("match", "ANY", Options { combine: Some(Match::Any), ..Options::default() });
    check("page-size", " 5 ", Options { page_size: Some(5), ..Options::default() });
    check("heading-level", "6", Options { heading_level: Some(6), ..Options::default() });
    check("theme", "dark", Options { theme: Theme::Dark, ..Options::default() });
    check("link-target", "blank", Options { blank: true, ..Options::default() });
    check("lang", "en", Options { lang: Some(Language::En), ..Options::default() });
    check("facets", "tags, year", Options { facets: vec!["tags".to_owned(), "year".to_owned()], ..Options::default() });
    check("locked-tags", "OZG", Options { locked: vec!["OZG".to_owned()], ..Options::default() });
    check("exclude-tags", "OZG", Options { excluded: vec!["OZG".to_owned()], ..Options::default() });
    check("since", "2026-01-31", Options { since: Day::parse("2026-01-31"), ..Options::default() });
    check("limit", "7", Options { limit: Some(7), ..Options::default() });
    check("search", "off", Options { no_search: true, ..Options::default() });
    check("date-filter", "On", Options { date_filter: true, ..Options::default() });
    check("date-filter", "", Options { date_filter: true, ..Options::default() });
    check("date-filter", "off", Options::default());
    check("search", "", Options::default());
    check("sort", "headline", Options { sort: Sort::Headline, ..Options::default() });
    check("more", "scroll", Options { paging: Paging::Scroll, ..Options::default() });
    check("layout", "headlines", Options { layout: Layout::Headlines, ..Options::default() });
    check("show", "lead", Options { show: bit("lead"), ..Options::default() });
    check("hide", "sort, date", Options { hide: bit("sort") | bit("date"), ..Options::default() });
    check("images", "none", Options { images: Images::None, ..Options::default() });
    check("url-state", "query", Options { url_state: UrlState::Query, ..Options::default() });
    check("data-something", "else", Options::default());
}

#[test]
fn junk() {
    for (attribute, text) in [
        ("match", "some"),
        ("page-size", "0"),
        ("page-size", "-3"),
        ("page-size", "1e3"),
        ("page-size", "99999999999999999999"),
        ("heading-level", "1"),
        ("heading-level", "7"),
        ("theme", "sepia"),
        ("link-target", "_blank"),
        ("since", "2026-02-30"),
        ("since", "2026-01-31T10:00:00Z"),
        ("limit", "0"),
        ("limit", "all"),
        ("search", "yes"),
        ("sort", "relevance"),
        ("more", "infinite"),
        ("layout", "grid"),
        ("images", "some"),
        ("url-state", "path"),
        ("show", "everything"),
        ("lang", "!!!"),
        ("lang", "Deutsch"),
        ("tags", r#"["OZG""#),
        ("tags", r#"["OZG", 3]"#),
        ("tags", r#"[["OZG"]]"#),
    ] {
        check_junk(attribute, text);
    }
}

#[test]
fn of_several_parts_only_those_are_ignored_that_nobody_knows() {
    let mut options = Options::default();
    let warning = options.set("hide", Some("lead, junk, date, more junk")).expect_err("a warning");
    assert!(warning.ends_with("found \"junk, more junk\"; ignored"), "{warning}");
    assert_eq!(options, Options { hide: bit("lead") | bit("date"), ..Options::default() });
}

#[test]
fn hiding_wins_over_showing_and_both_over_the_layout() {
    for (part, expected) in [("lead", true), ("date", false), ("sort", true), ("image", false)] {
        let layout = Layout::Headlines;
        let options = Options { layout, show: bit("lead") | bit("date"), hide: bit("date"), ..Options::default() };
        assert_eq!(options.shows(bit(part)), expected, "{part}");
    }
    // A compact list has pictures and what stands above headlines, but no summaries.
    for (part, expected) in [("kicker", true), ("image", true), ("date", true), ("lead", false)] {
        assert_eq!(Options { layout: Layout::Compact, ..Options::default() }.shows(bit(part)), expected, "{part}");
    }
}

#[test]
fn an_attribute_that_goes_leaves_its_default() {
    for attribute in ATTRIBUTES {
        let mut options = Options::default();
        let _ = options.set(attribute, Some("3"));
        assert_eq!(options.set(attribute, None), Ok(()));
        assert_eq!(options, Options::default(), "{attribute}");
    }
}

#[test]
fn levels_of_headings() {
    let mut options = Options::default();
    assert_eq!(options.heading_level(), 2);
    options.heading = Some("News".to_owned());
    assert_eq!(options.heading_level(), 3, "one below the region's heading");
    options.heading_level = Some(4);
    assert_eq!(options.heading_level(), 4);
}

#[test]
fn the_loader_knows_the_same_attributes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/loader.js");
    let loader = std::fs::read_to_string(path).expect("www/loader.js");
    let list = loader.split("const ATTRIBUTES = [").nth(1).and_then(|rest| rest.split(']').next()).expect("the list");
    let known: Vec<&str> =
        list.split(',').map(|name| name.trim().trim_matches('"')).filter(|name| !name.is_empty()).collect();
    assert_eq!(known, ATTRIBUTES);
    assert!(
        loader.contains(&format!("const PLAIN = {};", FIRST_ATTRIBUTES.len())),
        "and how many of them are the first"
    );
}
