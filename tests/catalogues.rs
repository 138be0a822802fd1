//! Catalogues: the same keys and the same places in every language.

use stichwort_core::date::Date;
use stichwort_core::i18n::{Catalogue, KEYS, Key, Language, Value, fill};

fn json(language: Language) -> serde_json::Map<String, serde_json::Value> {
    let path = format!("{}/../src/core/i18n/{}.json", env!("CARGO_MANIFEST_DIR"), language.code());
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The places of a text, in alphabetical order.
fn places(text: &str) -> Vec<&str> {
    let mut places: Vec<&str> =
        text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default()).collect();
    places.sort_unstable();
    places
}

#[test]
fn every_catalogue_has_exactly_the_keys() {
    for language in Language::ALL {
        let catalogue = json(language);
        for key in KEYS {
            assert!(catalogue.get(*key).is_some_and(|text| text.is_string()), "{language:?} lacks {key}");
        }
        for key in catalogue.keys() {
            assert!(KEYS.contains(&key.as_str()), "{language:?} has {key}, which nobody asks for");
        }
    }
}

#[test]
fn every_text_has_the_places_of_the_german_one() {
    let german = json(Language::De);
    for language in Language::ALL {
        for (key, text) in json(language) {
            assert_eq!(
                places(text.as_str().unwrap_or("")),
                places(german[&key].as_str().unwrap_or("")),
                "{language:?} {key}"
            );
        }
    }
}

#[test]
fn the_number_of_articles_stands_first() {
    for language in Language::ALL {
        for key in [Key::ArticlesOne, Key::ArticlesOther, Key::MatchesOne, Key::MatchesOther] {
            assert!(Catalogue::of(language).text(key).starts_with("{count} "), "{language:?} {key:?}");
        }
    }
}

#[test]
fn every_language_has_twelve_months() {
    for language in Language::ALL {
        assert_eq!(Catalogue::of(language).text(Key::Months).split(' ').count(), 12, "{language:?}");
    }
}

#[track_caller]
fn check_date(language: Language, written: &str, shown: &str) {
    let mut text = String::new();
    Catalogue::of(language).write_date(&mut text, Date::parse(written).expect("a valid date"));
    assert_eq!(text, shown);
}

#[test]
fn dates_are_shown_by_the_publishers_own_calendar() {
    check_date(Language::De, "2019-11-25", "25. November 2019");
    check_date(Language::De, "2026-03-01T00:30:00+01:00", "1. März 2026"); // February in Greenwich
    check_date(Language::En, "2026-03-01T23:30:00-05:00", "1 March 2026");
}

#[test]
fn a_language_is_known_by_its_first_subtag() {
    assert_eq!(Language::of_tag("de-AT"), Some(Language::De));
    assert_eq!(Language::of_tag("EN"), Some(Language::En));
    assert_eq!(Language::of_tag("den"), None);
    assert_eq!(Language::of_tag(""), None);
}

#[test]
fn values_are_not_filled_again() {
    #[track_caller]
    fn check(template: &str, values: &[(&str, Value<'_>)], expected: &str) {
        let mut text = String::new();
        fill(&mut text, template, values);
        assert_eq!(text, expected);
    }
    check("{a} and {b}", &[("a", Value::Text("{b}")), ("b", Value::Text("x"))], "{b} and x");
    check("{a}{a}", &[("a", Value::Number(120))], "120120");
    check("open { end", &[], "open ");
}
