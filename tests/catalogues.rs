//! Catalogues: the same keys and the same places in every language.

use stichwort_core::date::Date;
use stichwort_core::i18n::{Catalogue, KEYS, Key, Language, Value};

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

/// The names that a key has in a language: with a plural category behind it where a number decides.
fn names(language: Language) -> Vec<String> {
    let names = |&(key, by_number): &(&str, bool)| match by_number {
        true => language.categories().iter().map(|category| format!("{key}.{category}")).collect(),
        false => vec![key.to_owned()],
    };
    KEYS.iter().flat_map(names).collect()
}

#[test]
fn every_catalogue_has_exactly_the_keys() {
    for language in Language::ALL {
        let (catalogue, names) = (json(language), names(language));
        for name in &names {
            assert!(catalogue.get(name).is_some_and(serde_json::Value::is_string), "{language:?} lacks {name}");
        }
        for key in catalogue.keys() {
            assert!(names.contains(key), "{language:?} has {key}, which nobody asks for");
        }
    }
}

#[test]
fn every_text_has_the_places_of_the_german_one() {
    for language in Language::ALL {
        let catalogue = json(language);
        for &(key, by_number) in KEYS {
            // What may be said without the number: where there is one, two or none.
            let german = json(Language::De);
            let expected = &german[&if by_number { format!("{key}.other") } else { key.to_owned() }];
            let expected = places(expected.as_str().unwrap_or(""));
            for name in names(language)
                .iter()
                .filter(|name| name.as_str() == key || by_number && name.starts_with(&format!("{key}.")))
            {
                let found = places(catalogue[name].as_str().unwrap_or(""));
                let is_few = ["zero", "one", "two"].iter().any(|few| name.ends_with(&format!(".{few}")));
                let without: Vec<&str> = expected.iter().copied().filter(|place| *place != "count").collect();
                let must_count = ["articles", "matches"].contains(&key);
                assert!(
                    found == expected || is_few && !must_count && found == without,
                    "{language:?} {name}: expected {expected:?}, found {found:?}"
                );
            }
        }
    }
}

#[test]
fn the_number_of_articles_stands_first() {
    for language in Language::ALL {
        for key in [Key::Articles, Key::Matches] {
            for count in 0..130 {
                let text = Catalogue::of(language).plural(key, count).to_owned();
                assert!(text.starts_with("{count} "), "{language:?} {key:?} {count}: {text}");
            }
        }
    }
}

#[test]
fn numbers_choose_their_category_as_in_cldr() {
    #[track_caller]
    fn check(language: Language, numbers: &[u32], category: &str) {
        for &number in numbers {
            assert_eq!(language.categories()[language.category(number)], category, "{language:?} {number}");
        }
    }
    check(Language::De, &[1], "one");
    check(Language::De, &[0, 2, 11, 101], "other");
    check(Language::Fr, &[0, 1], "one");
    check(Language::Fr, &[2, 101], "other");
    check(Language::Pl, &[1], "one");
    check(Language::Pl, &[2, 4, 22, 24, 102], "few");
    check(Language::Pl, &[0, 5, 11, 12, 14, 21, 25, 112, 101], "many");
    check(Language::Uk, &[1, 21, 101], "one");
    check(Language::Uk, &[2, 4, 22, 34], "few");
    check(Language::Uk, &[0, 5, 11, 12, 19, 111], "many");
    check(Language::Ar, &[0], "zero");
    check(Language::Ar, &[1], "one");
    check(Language::Ar, &[2], "two");
    check(Language::Ar, &[3, 10, 103, 110], "few");
    check(Language::Ar, &[11, 26, 99, 111], "many");
    check(Language::Ar, &[100, 101, 102, 200, 1000], "other");
}

#[test]
fn numbers_are_grouped_as_the_language_does() {
    #[track_caller]
    fn check(language: Language, expected: [&str; 4]) {
        for (number, expected) in [999, 1_234, 12_345, 1_234_567].into_iter().zip(expected) {
            let mut text = String::new();
            Catalogue::of(language).write_number(&mut text, number);
            assert_eq!(text, expected, "{language:?}");
        }
    }
    check(Language::De, ["999", "1.234", "12.345", "1.234.567"]);
    check(Language::En, ["999", "1,234", "12,345", "1,234,567"]);
    check(Language::Fr, ["999", "1\u{202f}234", "12\u{202f}345", "1\u{202f}234\u{202f}567"]);
    check(Language::Es, ["999", "1234", "12.345", "1.234.567"]);
    check(Language::Pl, ["999", "1234", "12\u{a0}345", "1\u{a0}234\u{a0}567"]);
    check(Language::Ar, ["999", "1,234", "12,345", "1,234,567"]);
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
    check_date(Language::Es, "2026-03-01", "1 de marzo de 2026");
    check_date(Language::Pl, "2026-03-01", "1 marca 2026");
    check_date(Language::Ar, "2026-03-01", "1 مارس 2026");
}

#[test]
fn short_dates_are_digits() {
    #[track_caller]
    fn check(language: Language, shown: &str) {
        let mut text = String::new();
        let day = Date::parse("2026-03-01").expect("a valid date").day();
        Catalogue::of(language).write_short_date(&mut text, day);
        assert_eq!(text, shown);
    }
    check(Language::De, "01.03.2026");
    check(Language::En, "01/03/2026");
    check(Language::Nl, "01-03-2026");
    check(Language::Tr, "01.03.2026");
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
        Catalogue::of(Language::De).fill(&mut text, template, values);
        assert_eq!(text, expected);
    }
    check("{a} and {b}", &[("a", Value::Text("{b}")), ("b", Value::Text("x"))], "{b} and x");
    check("{a}{a}", &[("a", Value::Number(120))], "120120");
    check("open { end", &[], "open ");
}
