//! Which language a widget speaks, and that what a bundle comes to waits for its words.

use std::rc::Rc;

use stichwort_core::bundle::Reader;
use stichwort_core::i18n::{Catalogue, Language};
use stichwort_core::options::{Options, Sort};
use stichwort_core::state::{Effect, Event, Failure, Feed, Msg, State, Surroundings, best_language, update};
use stichwort_core::view::html::to_html;
use stichwort_core::view::view;
use stichwort_tests::small;

/// A widget with English words at hand.
fn widget(lang: Option<&str>, page: Option<&str>, browser: &[&str]) -> (State, Vec<Effect>) {
    let options =
        Options { src: Some(small::SRC.to_owned()), lang: lang.and_then(Language::of_tag), ..Options::default() };
    let surroundings = Surroundings {
        page_language: page.map(str::to_owned),
        browser_language: best_language(|index| browser.get(index).map(|&language| language.to_owned())),
        ..Surroundings::default()
    };
    State::new(options, surroundings, Rc::new(Catalogue::of(Language::En)))
}

fn words(language: Language) -> Msg {
    Msg::Catalogue(language, Some(Rc::new(Catalogue::of(language))))
}

fn feed(language: &str) -> Rc<Feed> {
    small::feed(&format!(
        r#"{{"version":"https://jsonfeed.org/version/1.1","language":"{language}","items":[{{"id":"a","title":"A"}}]}}"#
    ))
}

fn loaded(language: &str) -> Msg {
    Msg::Loaded { feed: feed(language), may_reorder: true }
}

fn asks_for_german(effects: &[Effect]) -> bool {
    effects.contains(&Effect::Catalogue(Language::De))
}

fn has_loaded(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Emit(Event::Load { .. })))
}

#[test]
fn attribute_then_page_then_browser() {
    for (lang, page, browser, expected) in [
        (Some("de-AT"), Some("en"), &["en"][..], true),
        (Some("en"), Some("de"), &["de"], false),
        (Some("tlh"), Some("de"), &["en"], true),
        (None, Some("de"), &["en"], true),
        (None, Some("tlh"), &["tlh", "de", "en"], true),
        (None, None, &["en-GB", "de"], false),
        (None, None, &[], false),
    ] {
        assert_eq!(asks_for_german(&widget(lang, page, browser).1), expected, "{lang:?} {page:?} {browser:?}");
    }
}

#[test]
fn the_page_is_asked_before_the_bundle() {
    let (mut state, _) = widget(None, Some("en"), &[]);
    let effects = update(&mut state, loaded("de"));
    assert!(has_loaded(&effects) && !asks_for_german(&effects), "{effects:?}");
    // And what it says later holds, too.
    let (mut state, _) = widget(None, None, &[]);
    for msg in [loaded("de"), words(Language::De)] {
        update(&mut state, msg);
    }
    let surroundings = Surroundings { page_language: Some("fr".to_owned()), ..Surroundings::default() };
    let effects = update(&mut state, Msg::Surround(surroundings));
    assert!(effects.contains(&Effect::Catalogue(Language::Fr)), "{effects:?}");
    update(&mut state, words(Language::Fr));
    assert!(to_html(&view(&state)).contains("lang=\"fr\""));
}

#[test]
fn a_bundle_waits_for_the_words_of_its_language() {
    let (mut state, effects) = widget(None, None, &[]);
    assert!(!asks_for_german(&effects));
    let before = to_html(&view(&state));
    let effects = update(&mut state, loaded("de"));
    assert!(asks_for_german(&effects) && !has_loaded(&effects));
    assert_eq!(to_html(&view(&state)), before, "nothing is shown in the wrong language");
    assert!(has_loaded(&update(&mut state, words(Language::De))));
    assert!(to_html(&view(&state)).contains("Meldung"));
}

#[test]
fn what_came_first_happens_first() {
    let (mut state, _) = widget(Some("de"), None, &[]);
    assert!(update(&mut state, loaded("de")).is_empty());
    assert!(update(&mut state, Msg::Failed(Failure::Timeout, None)).is_empty());
    update(&mut state, words(Language::De));
    let html = to_html(&view(&state));
    assert!(html.contains("part=\"teaser\"") && html.contains("part=\"stale\""), "{html}");
}

#[test]
fn what_nobody_has_seen_needs_no_place() {
    let feed = |items: &str| {
        let mut reader = Reader::new("https://host.example/news.json", 0);
        let text = ["{\"_stichwort\":{\"order\":\"newest\"},\"language\":\"de\",\"items\":[", items].concat();
        reader.push(text.as_bytes()).expect("is JSON so far");
        reader
    };
    const OLD: &str = r#"{"id":"a","title":"A","date_published":"2026-01-01"}"#;
    const NEW: &str = r#",{"id":"b","title":"B","date_published":"2026-01-02"}]}"#;
    let (mut state, _) = widget(None, None, &[]);
    let preview = feed(OLD).preview(1).expect("declares its order");
    update(&mut state, Msg::Arriving(Rc::new(Feed::arriving(preview))));
    let whole = feed(&[OLD, NEW].concat()).finish().expect("is a feed");
    update(&mut state, Msg::Loaded { feed: Rc::new(Feed::new(whole)), may_reorder: false });
    update(&mut state, words(Language::De));
    assert_eq!(state.visible().map(|article| article.headline()).collect::<Vec<_>>(), ["B", "A"]);
}

/// What shows has perhaps been read until the words come.
#[test]
fn what_shows_while_words_are_waited_for_keeps_its_place() {
    let bundle = |days: &[u8], language: &str| {
        let item = |day| format!(r#"{{"id": "{day}", "title": "T", "date_published": "2026-11-0{day}"}}"#);
        let items = days.iter().map(item).collect::<Vec<_>>().join(",");
        small::bundle(&format!(r#"{{"version": "https://jsonfeed.org/version/1.1", {language} "items": [{items}]}}"#))
    };
    let (mut state, _) = widget(None, None, &["en"]);
    update(&mut state, Msg::Arriving(Rc::new(Feed::arriving(bundle(&[2, 1], "")))));
    let all = Feed::new(bundle(&[3, 2, 1], r#""language": "de","#));
    let effects = update(&mut state, Msg::Loaded { feed: Rc::new(all), may_reorder: true });
    assert!(asks_for_german(&effects));
    update(&mut state, words(Language::De));
    assert_eq!(state.visible().map(|article| article.id()).collect::<Vec<_>>(), ["2", "1"]);
    assert_eq!(state.updates(), 1);
}

#[test]
fn without_its_words_a_bundle_is_shown_in_those_at_hand() {
    let (mut state, _) = widget(Some("de"), None, &[]);
    update(&mut state, loaded("de"));
    assert!(has_loaded(&update(&mut state, Msg::Catalogue(Language::De, None))));
    assert!(to_html(&view(&state)).contains("article"));
    // Nor are they asked for again and again.
    assert!(!asks_for_german(&update(&mut state, loaded("de"))));
}

#[test]
fn words_that_are_wanted_no_more_change_nothing() {
    let (mut state, _) = widget(None, None, &[]);
    assert!(update(&mut state, words(Language::De)).is_empty());
    assert!(to_html(&view(&state)).contains("lang=\"en\""));
}

#[test]
fn who_changes_his_mind_gets_the_last_language() {
    let (mut state, effects) = widget(Some("de"), None, &[]);
    assert!(asks_for_german(&effects));
    let options = Options { lang: Some(Language::En), ..state.options.clone() };
    update(&mut state, Msg::Configure(options));
    // These are at hand: nothing waits for the others.
    assert!(has_loaded(&update(&mut state, loaded("de"))));
    assert_eq!(update(&mut state, words(Language::De)), []);
    assert!(to_html(&view(&state)).contains("lang=\"en\""));
    // What has waited for the others happens with them.
    let (mut state, _) = widget(Some("de"), None, &[]);
    update(&mut state, loaded("de"));
    let options = Options { lang: Some(Language::En), ..state.options.clone() };
    assert!(has_loaded(&update(&mut state, Msg::Configure(options))));
}

#[test]
fn another_source_forgets_what_the_old_one_came_to() {
    let (mut state, _) = widget(Some("de"), None, &[]);
    update(&mut state, Msg::Failed(Failure::Timeout, None));
    let options = Options { src: Some("https://host.example/other.json".to_owned()), ..state.options.clone() };
    update(&mut state, Msg::Configure(options));
    let effects = update(&mut state, words(Language::De));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Emit(Event::Error { .. }))), "{effects:?}");
}

#[test]
fn words_that_could_not_be_had_are_asked_for_again_when_they_are_wished_for_again() {
    let (mut state, _) = widget(Some("de"), None, &[]);
    update(&mut state, Msg::Catalogue(Language::De, None));
    let wish =
        |state: &State, lang: &str| Msg::Configure(Options { lang: Language::of_tag(lang), ..state.options.clone() });
    let message = wish(&state, "en");
    assert!(!asks_for_german(&update(&mut state, message)));
    let message = wish(&state, "de");
    assert!(asks_for_german(&update(&mut state, message)));
}

/// The words at hand are those of the page, too, so nothing waits for others that are wished for no more.
#[test]
fn a_wish_that_is_taken_back_holds_nothing_up() {
    let (mut state, _) = widget(Some("de"), Some("en"), &[]);
    update(&mut state, loaded("en"));
    assert!(state.feed.is_none(), "it waits");
    let message = Msg::Configure(Options { lang: None, ..state.options.clone() });
    assert!(has_loaded(&update(&mut state, message)));
    assert!(update(&mut state, words(Language::De)).is_empty());
    assert!(to_html(&view(&state)).contains("article"));
}

fn arriving(language: &str) -> Msg {
    let items = r#"[{"id":"a","title":"A","date_published":"2026-11-02"}]"#;
    small::beginning(&format!(r#"{{"language":"{language}","items":{items}}}"#))
}

/// An interface that changes its language to and fro says nothing, and each change takes a round trip.
#[test]
fn the_words_of_a_bundle_of_which_nothing_shows_yet_stay() {
    let (mut state, _) = widget(None, None, &["en"]);
    let options = Options { sort: Sort::Oldest, ..state.options.clone() };
    update(&mut state, Msg::Configure(options));
    assert!(asks_for_german(&update(&mut state, arriving("de"))));
    let effects = update(&mut state, words(Language::De));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Catalogue(_))), "{effects:?}");
    assert!(has_loaded(&update(&mut state, loaded("de"))));
}

#[test]
fn what_shows_keeps_its_words_until_the_next_bundle_shows() {
    let (mut state, _) = widget(None, None, &["en"]);
    update(&mut state, loaded("en"));
    let options = Options { src: Some("https://host.example/other.json".to_owned()), ..state.options.clone() };
    update(&mut state, Msg::Configure(options));
    assert_eq!(update(&mut state, arriving("de")), []);
    assert!(asks_for_german(&update(&mut state, loaded("de"))));
}

#[test]
fn a_bundle_that_waits_for_words_is_gone_with_its_address() {
    let (mut state, _) = widget(None, None, &["en"]);
    update(&mut state, loaded("de"));
    let src = Some("https://host.example/other.json".to_owned());
    let options = Options { src, lang: Some(Language::En), ..state.options.clone() };
    assert!(!has_loaded(&update(&mut state, Msg::Configure(options))));
    assert!(state.feed.is_none());
}

/// Whose words the interface may not have.
#[test]
fn a_heading_is_in_the_language_of_the_page() {
    let heading = |page: &str, lang: Option<Language>| {
        let options = Options { heading: Some("Aktualności".to_owned()), lang, ..small::options() };
        let surroundings = Surroundings { page_language: Some(page.to_owned()), ..Surroundings::default() };
        let (state, _) = State::new(options, surroundings, Rc::new(Catalogue::of(Language::En)));
        to_html(&view(&state))
            .split_once("id=\"heading\"")
            .map(|(_, rest)| rest.split('>').next() == Some(" lang=\"da\""))
    };
    assert_eq!(heading("da", None), Some(true));
    assert_eq!(heading("en", None), Some(false));
    assert_eq!(heading("da", Some(Language::En)), Some(false), "the element says that it is in English");
}
