//! Catalogues: the same keys and the same places in every language, and its own plurals, numbers and dates.

use std::collections::BTreeMap;
use std::fs;

use stichwort_core::date::Date;
use stichwort_core::i18n::{Catalogue, FIRST_KEYS, KEYS, Key, Language, Value};

/// Texts by their names: a key, and where a number decides a plural category behind it, as `articles.one`.
type Texts = BTreeMap<String, String>;

fn json(language: Language) -> Texts {
    let path = format!("{}/../src/core/i18n/{}.json", env!("CARGO_MANIFEST_DIR"), language.code());
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The places of a text, in alphabetical order.
fn places(text: &str) -> Vec<&str> {
    let mut places: Vec<&str> =
        text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default()).collect();
    places.sort_unstable();
    places
}

/// The names that a key's texts have in a language, each with its German counterparts: the one that has all places,
/// and the one that has the least.
fn names(language: Language, key: &str, by_number: bool) -> Vec<(String, String, String)> {
    if !by_number {
        return vec![(key.to_owned(), key.to_owned(), key.to_owned())];
    }
    let [least, most] = ["one", "other"].map(|category| format!("{key}.{category}"));
    let name = |(place, category)| {
        let least = if is_of_one_number(language, place) { &least } else { &most };
        (format!("{key}.{category}"), most.clone(), least.clone())
    };
    language.categories().iter().enumerate().map(name).collect()
}

/// Whether a text of this category can say its number in a word: there is but one, not counting zero, of which only
/// texts speak that say it in digits in German too.
fn is_of_one_number(language: Language, category: usize) -> bool {
    (1..1_000).filter(|&number| language.category(number) == category).count() <= 1
}

/// What is wrong with the texts of a language.
fn faults(language: Language, texts: &Texts) -> Vec<String> {
    let german = json(Language::De);
    let mut faults = Vec::new();
    let mut known = Vec::new();
    for &(key, by_number) in KEYS {
        for (name, most, least) in names(language, key, by_number) {
            match texts.get(&name) {
                Some(text) => {
                    let (found, most, least) = (places(text), places(&german[&most]), places(&german[&least]));
                    if found != most && found != least {
                        faults.push(format!("{name}: expected the places {most:?}, found {found:?}"));
                    }
                }
                None => faults.push(format!("{name}: missing")),
            }
            known.push(name);
        }
    }
    faults.extend(texts.keys().filter(|name| !known.contains(name)).map(|name| format!("{name}: nobody asks for it")));
    faults
}

#[test]
fn every_catalogue_has_exactly_the_keys_and_the_places_of_the_german_one() {
    for language in Language::ALL {
        assert_eq!(faults(language, &json(language)), <[&str; 0]>::default(), "{language:?}");
    }
}

#[test]
fn what_is_missing_too_much_or_in_the_wrong_place_is_found() {
    #[track_caller]
    fn check(language: Language, change: impl Fn(&mut Texts), expected: &[&str]) {
        let mut texts = json(language);
        change(&mut texts);
        assert_eq!(faults(language, &texts), expected);
    }
    fn remove(texts: &mut Texts, name: &str) {
        texts.remove(name).unwrap_or_else(|| panic!("there is no {name}"));
    }
    fn set(texts: &mut Texts, name: &str, text: &str) {
        texts.insert(name.to_owned(), text.to_owned());
    }
    check(Language::It, |texts| remove(texts, "search"), &["search: missing"]);
    check(Language::Pl, |texts| remove(texts, "more.few"), &["more.few: missing"]);
    check(Language::Ar, |texts| remove(texts, "articles.zero"), &["articles.zero: missing"]);
    check(Language::En, |texts| set(texts, "more.few", "{count}"), &["more.few: nobody asks for it"]);
    check(Language::Fr, |texts| set(texts, "articles", "{count}"), &["articles: nobody asks for it"]);
    check(Language::Uk, |texts| set(texts, "more.other", "{count}"), &["more.other: nobody asks for it"]);
    check(Language::Nl, |texts| set(texts, "retry", "{count}"), &[r#"retry: expected the places [], found ["count"]"#]);
    check(
        Language::Es,
        |texts| set(texts, "chip.from", "{data}"),
        &[r#"chip.from: expected the places ["date"], found ["data"]"#],
    );
    check(
        Language::Tr,
        |texts| set(texts, "matches.one", "{count} haber"),
        &[r#"matches.one: expected the places ["count", "total"], found ["count"]"#],
    );
    // One article can be said in a word, but not where 21 are spoken of by the same text.
    check(Language::Pl, |texts| set(texts, "more.one", "Pokaż jeszcze jedną wiadomość"), &[]);
    check(
        Language::Uk,
        |texts| set(texts, "more.one", "Показати ще одну новину"),
        &[r#"more.one: expected the places ["count"], found []"#],
    );
    check(
        Language::Fr,
        |texts| set(texts, "articles.one", "Un article"),
        &[r#"articles.one: expected the places ["count"], found []"#],
    );
}

#[test]
fn what_ships_is_what_stands_in_the_files() {
    for language in Language::ALL {
        let texts = json(language);
        let lines: Vec<&str> = language.lines().split('\n').collect();
        assert_eq!(lines.len(), KEYS.len(), "{language:?}");
        for (&(key, by_number), line) in KEYS.iter().zip(lines) {
            let expected: Vec<&str> =
                names(language, key, by_number).iter().map(|(name, ..)| texts[name].as_str()).collect();
            assert_eq!(line.split('\t').collect::<Vec<_>>(), expected, "{language:?} {key}");
        }
    }
}

/// Both parts of the program have their words in a module of their own.
#[test]
fn a_catalogue_is_the_same_in_two_halves() {
    for language in Language::ALL {
        let (first, later) = (language.first_lines(), language.later_lines());
        assert_eq!(first.split('\n').count(), FIRST_KEYS, "{language:?}");
        assert_eq!([first, later].join("\n"), language.lines());
        let half = Catalogue::from_lines(language, first);
        assert_eq!((half.text(Key::Retry), half.text(Key::Pages)), (Catalogue::of(language).text(Key::Retry), ""));
        // Who has them already gets them no second time.
        let whole = half.with_later(later).with_later(later);
        for key in [Key::Region, Key::Number, Key::Page, Key::Alphabet, Key::ErrorNoSource] {
            assert_eq!(whole.text(key), Catalogue::of(language).text(key), "{language:?} {key:?}");
        }
        assert_eq!(whole.plural(Key::EmptyWithout, 1), Catalogue::of(language).plural(Key::EmptyWithout, 1));
    }
}

#[test]
fn the_number_of_articles_stands_first() {
    for language in Language::ALL {
        let texts = json(language);
        for key in ["articles", "matches"] {
            for (name, ..) in names(language, key, true) {
                assert!(texts[&name].starts_with("{count} "), "{language:?} {name}: {}", texts[&name]);
            }
        }
    }
}

#[test]
fn every_language_has_twelve_months() {
    for language in Language::ALL {
        let catalogue = Catalogue::of(language);
        let months: Vec<&str> = catalogue.text(Key::Months).split(' ').collect();
        assert_eq!(months.len(), 12, "{language:?}");
        assert!(months.iter().all(|month| !month.is_empty()), "{language:?}: {months:?}");
    }
}

#[test]
fn an_alphabet_has_every_letter_once_and_in_lower_case() {
    for language in Language::ALL {
        let catalogue = Catalogue::of(language);
        let alphabet = catalogue.text(Key::Alphabet);
        for (at, letter) in alphabet.char_indices() {
            assert!(letter.is_alphabetic() && !letter.is_uppercase(), "{language:?}: {letter}");
            assert!(!alphabet[..at].contains(letter), "{language:?}: {letter} twice");
        }
        let with_accents = [Language::De, Language::En, Language::Fr, Language::It, Language::Nl];
        assert_eq!(alphabet.is_empty(), with_accents.contains(&language), "{language:?}");
    }
}

/// Typewriter quotes and doubled spaces in any language, and in French ordinary spaces beside its signs.
#[test]
fn texts_are_set_as_in_print() {
    for language in Language::ALL {
        for (name, text) in json(language) {
            let wrong = ["'", "\"", "  ", "..."].into_iter().find(|&wrong| text.contains(wrong));
            assert_eq!(wrong, None, "{language:?} {name}: {text}");
            let begins_with_comma = text.starts_with([',', '،']); // follows another text
            assert!(begins_with_comma || text.trim() == text, "{language:?} {name}: {text}");
            if language == Language::Fr {
                for (at, sign) in text.match_indices([':', ';', '?', '!', '»']) {
                    assert!(text[..at].ends_with('\u{202f}'), "{name}: {text}: no narrow space before {sign}");
                }
                for (at, sign) in text.match_indices('«') {
                    assert!(text[at + sign.len()..].starts_with('\u{202f}'), "{name}: {text}: no narrow space");
                }
            }
        }
    }
}

#[track_caller]
fn check_category(language: Language, category: &str, numbers: &[u32]) {
    for &number in numbers {
        assert_eq!(language.categories()[language.category(number)], category, "{language:?} {number}");
    }
}

/// Unicode CLDR 48, Language Plural Rules, cardinal.
#[test]
fn a_number_has_its_plural_category() {
    for language in [Language::De, Language::En, Language::It, Language::Es, Language::Nl, Language::Tr] {
        check_category(language, "one", &[1]);
        check_category(language, "other", &[0, 2, 3, 10, 11, 21, 100, 101, 1_001, 999_999]);
    }
    check_category(Language::Fr, "one", &[0, 1]);
    check_category(Language::Fr, "other", &[2, 3, 10, 11, 21, 100, 101, 1_001, 999_999]);

    check_category(Language::Pl, "one", &[1]);
    check_category(Language::Pl, "few", &[2, 3, 4, 22, 23, 24, 32, 33, 34, 92, 102, 103, 122, 1_002]);
    check_category(Language::Pl, "many", &[0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]);
    check_category(Language::Pl, "many", &[25, 31, 100, 101, 105, 111, 112, 113, 114, 121, 1_000, 1_001, 1_012]);

    check_category(Language::Uk, "one", &[1, 21, 31, 41, 51, 61, 71, 81, 91, 101, 121, 1_001]);
    check_category(Language::Uk, "few", &[2, 3, 4, 22, 23, 24, 32, 33, 34, 92, 102, 103, 122, 1_002]);
    check_category(Language::Uk, "many", &[0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 25]);
    check_category(Language::Uk, "many", &[100, 105, 111, 112, 113, 114, 211, 1_000, 1_011, 1_012]);

    check_category(Language::Ar, "zero", &[0]);
    check_category(Language::Ar, "one", &[1]);
    check_category(Language::Ar, "two", &[2]);
    check_category(Language::Ar, "few", &[3, 4, 5, 6, 7, 8, 9, 10, 103, 104, 110, 203, 1_003, 1_010]);
    check_category(Language::Ar, "many", &[11, 12, 21, 22, 25, 26, 50, 99, 111, 112, 199, 1_011, 1_099]);
    check_category(Language::Ar, "other", &[100, 101, 102, 200, 201, 202, 1_000, 1_001, 1_002, 100_000]);
}

#[test]
fn a_number_picks_the_words_beside_it() {
    #[track_caller]
    fn check(language: Language, key: Key, count: usize, expected: &str) {
        let mut text = String::new();
        Catalogue::of(language).fill_plural(&mut text, key, count);
        assert_eq!(text, expected);
    }
    check(Language::De, Key::More, 1, "Eine weitere Meldung zeigen");
    check(Language::De, Key::More, 1_234, "1.234 weitere Meldungen zeigen");
    check(Language::Fr, Key::Articles, 0, "0 article");
    check(Language::Fr, Key::Articles, 2, "2 articles");
    check(Language::Pl, Key::Updates, 1, "1 nowsza wiadomość");
    check(Language::Pl, Key::Updates, 22, "22 nowsze wiadomości");
    check(Language::Pl, Key::Updates, 12, "12 nowszych wiadomości");
    check(Language::Uk, Key::More, 21, "Показати ще 21 новину");
    check(Language::Uk, Key::More, 3, "Показати ще 3 новини");
    check(Language::Uk, Key::More, 11, "Показати ще 11 новин");
    check(Language::Ar, Key::Articles, 0, "0 خبر");
    check(Language::Ar, Key::Articles, 1, "1 خبر");
    check(Language::Ar, Key::Articles, 2, "2 خبران");
    check(Language::Ar, Key::Articles, 3, "3 أخبار");
    check(Language::Ar, Key::Articles, 11, "11 خبرًا");
    check(Language::Ar, Key::Articles, 100, "100 خبر");
}

#[track_caller]
fn check_number(language: Language, number: u32, expected: &str) {
    let mut text = String::new();
    Catalogue::of(language).write_number(&mut text, number);
    assert_eq!(text, expected, "{language:?}");
}

#[test]
fn numbers_are_grouped_as_in_each_language() {
    for (language, expected) in [
        (Language::De, ["9.999", "12.345", "1.234.567"]),
        (Language::En, ["9,999", "12,345", "1,234,567"]),
        (Language::Fr, ["9\u{202f}999", "12\u{202f}345", "1\u{202f}234\u{202f}567"]),
        (Language::It, ["9999", "12.345", "1.234.567"]),
        (Language::Es, ["9999", "12.345", "1.234.567"]),
        (Language::Nl, ["9.999", "12.345", "1.234.567"]),
        (Language::Pl, ["9999", "12\u{a0}345", "1\u{a0}234\u{a0}567"]),
        (Language::Tr, ["9.999", "12.345", "1.234.567"]),
        (Language::Uk, ["9\u{a0}999", "12\u{a0}345", "1\u{a0}234\u{a0}567"]),
        (Language::Ar, ["9,999", "12,345", "1,234,567"]),
    ] {
        check_number(language, 0, "0");
        check_number(language, 999, "999");
        for (number, expected) in [9_999, 12_345, 1_234_567].into_iter().zip(expected) {
            check_number(language, number, expected);
        }
    }
    check_number(Language::De, 1_000, "1.000");
    check_number(Language::Es, 10_000, "10.000");
    check_number(Language::En, u32::MAX, "4,294,967,295");
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
fn dates_are_written_as_in_each_language() {
    for (language, first, last) in [
        (Language::De, "1. März 2026", "31. Dezember 2019"),
        (Language::En, "1 March 2026", "31 December 2019"),
        (Language::Fr, "1 mars 2026", "31 décembre 2019"),
        (Language::It, "1 marzo 2026", "31 dicembre 2019"),
        (Language::Es, "1 de marzo de 2026", "31 de diciembre de 2019"),
        (Language::Nl, "1 maart 2026", "31 december 2019"),
        (Language::Pl, "1 marca 2026", "31 grudnia 2019"),
        (Language::Tr, "1 Mart 2026", "31 Aralık 2019"),
        (Language::Uk, "1 березня 2026\u{a0}р.", "31 грудня 2019\u{a0}р."),
        (Language::Ar, "1 مارس 2026", "31 ديسمبر 2019"),
    ] {
        check_date(language, "2026-03-01", first);
        check_date(language, "2019-12-31", last);
    }
}

#[test]
fn short_dates_are_written_as_in_each_language() {
    for (language, first, last) in [
        (Language::De, "01.03.2026", "31.12.2019"),
        (Language::En, "2026-03-01", "2019-12-31"),
        (Language::Fr, "01/03/2026", "31/12/2019"),
        (Language::It, "01/03/2026", "31/12/2019"),
        (Language::Es, "01/03/2026", "31/12/2019"),
        (Language::Nl, "01-03-2026", "31-12-2019"),
        (Language::Pl, "01.03.2026", "31.12.2019"),
        (Language::Tr, "01.03.2026", "31.12.2019"),
        (Language::Uk, "01.03.2026", "31.12.2019"),
        // The marks keep the day on the right, where reading begins.
        (Language::Ar, "01\u{200f}/03\u{200f}/2026", "31\u{200f}/12\u{200f}/2019"),
    ] {
        for (written, shown) in [("2026-03-01T00:30:00+01:00", first), ("2019-12-31", last)] {
            let mut text = String::new();
            let day = Date::parse(written).expect("a valid date").day();
            Catalogue::of(language).write_short_date(&mut text, day);
            assert_eq!(text, shown, "{language:?}");
        }
    }
}

#[test]
fn a_language_is_known_by_its_first_subtag() {
    for language in Language::ALL {
        let code = language.code();
        assert_eq!(Language::of_tag(code), Some(language));
        assert_eq!(Language::of_tag(&code.to_uppercase()), Some(language));
    }
    for (tag, language) in [
        ("de-AT", Language::De),
        ("en-GB", Language::En),
        ("fr-CA", Language::Fr),
        ("it-CH", Language::It),
        ("es-419", Language::Es),
        ("nl-BE", Language::Nl),
        ("pl_PL", Language::Pl),
        ("tr-CY", Language::Tr),
        (" uk-Cyrl-UA ", Language::Uk),
        ("ar-EG", Language::Ar),
    ] {
        assert_eq!(Language::of_tag(tag), Some(language), "{tag}");
    }
    for tag in ["", "-", "pt", "pt-BR", "ua", "den", "arz", "ita", "e", "xx-de"] {
        assert_eq!(Language::of_tag(tag), None, "{tag}");
    }
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
    check("{a}", &[("a", Value::Number(1_200))], "1.200");
    check("open { end", &[], "open ");
}

/// WCAG 2.2, 1.3.3: how something looks or where it stands is not what tells it apart. Looked for are the commonest words.
#[test]
fn no_text_refers_to_shape_colour_or_place() {
    for language in Language::ALL {
        let words = match language {
            Language::De => {
                "rechts links rechte linke rechten linken oben unten daneben obere untere rund runde runden eckig rot rote roten \
                 grün grüne grünen blau blaue blauen grau graue grauen"
            }
            // Not "right" and "left": they have other meanings.
            Language::En => {
                "on-the-right on-the-left above below top bottom beside round square red green blue grey gray"
            }
            Language::Fr => {
                "droite gauche dessus dessous haut bas rond ronde carré rouge vert verte bleu bleue gris grise"
            }
            Language::It => "destra sinistra sopra sotto alto basso rotondo quadrato rosso rossa verde blu grigio",
            Language::Es => "derecha izquierda arriba abajo encima debajo redondo cuadrado rojo roja verde azul gris",
            Language::Nl => {
                "rechts links boven onder bovenaan onderaan rond vierkant rood rode groen groene blauw grijs"
            }
            Language::Pl => {
                "prawo lewo prawej lewej wyżej niżej powyżej poniżej góra dół okrągły kwadratowy czerwony zielony niebieski szary"
            }
            Language::Tr => {
                "sağda solda sağdaki soldaki üstteki alttaki sağ sol üstte altta yukarıda aşağıda yuvarlak kare kırmızı yeşil mavi gri"
            }
            Language::Uk => "праворуч ліворуч вгорі внизу вище нижче круглий квадратний червоний зелений синій сірий",
            Language::Ar => {
                "يمين يسار اليمين اليسار أعلى أسفل أعلاه أدناه الأعلى الأسفل فوق تحت دائري مربع أحمر أخضر أزرق رمادي"
            }
        };
        for (name, text) in json(language) {
            let parts: Vec<String> = text.split(|sign: char| !sign.is_alphanumeric()).map(str::to_lowercase).collect();
            let text = format!("-{}-", parts.join("-"));
            let found = words.split_whitespace().find(|word| text.contains(&format!("-{word}-")));
            assert_eq!(found, None, "{} of {}", name, language.code());
        }
    }
}
