//! A bundle while it arrives: whatever its chunks and slices and whatever was shown meanwhile, the end is the same,
//! and what has been painted is not pushed down.

use std::rc::Rc;

use proptest::prelude::*;
use stichwort_core::bundle::{Bundle, Reader};
use stichwort_core::date::Day;
use stichwort_core::feed::{Completion, Feed};
use stichwort_core::model::{Article, ArticleIndex, ValueId};
use stichwort_core::options::{Options, Sort};
use stichwort_core::sample;
use stichwort_core::selection::{Match, Selection};
use stichwort_core::state::{Effect, Event, Failure, Focus, LAST_LOOK, Msg, State, Surroundings};
use stichwort_tests::native::{happen, happen_to_the_end, start};
use stichwort_tests::small::{self, feed_of, html};

const URL: &str = "https://host.example/news.json";

/// 2026-11-20T12:00:00Z
const NOW: i64 = 1_795_176_000_000;

/// A bundle as text, and where each of its items ends.
#[derive(Clone, Debug)]
struct Document {
    text: String,
    /// What stands before the items.
    head: usize,
    ends: Vec<usize>,
}

impl Document {
    fn new(head: &str, items: &[String], tail: &str) -> Self {
        let mut document = Self { text: head.to_owned(), head: head.len(), ends: Vec::new() };
        for (number, item) in items.iter().enumerate() {
            document.text.push_str(if number == 0 { "" } else { ",\n" });
            document.text.push_str(item);
            document.ends.push(document.text.len());
        }
        document.text.push_str(tail);
        document
    }

    /// What has been read of it after so many bytes, made a document of its own.
    fn beginning(&self, bytes: usize) -> String {
        let end = self.ends.iter().rev().find(|&&end| end <= bytes).unwrap_or(&self.head);
        [&self.text[..*end], "]}"].concat()
    }
}

fn item() -> impl Strategy<Value = (Option<u32>, String)> {
    let tags = proptest::sample::subsequence(vec!["Energy", "Roads", "Schools", "ß"], 0..4).prop_shuffle();
    let fault = prop_oneof![
        12 => Just(""),
        1 => Just(r#","_stichwort":{"withdrawn":true}"#),
        1 => Just(r#","_stichwort":{"expires":"2026-01-01"}"#),
        1 => Just(r#","_stichwort":{"not_before":"2027-01-01"}"#),
        1 => Just(r#","title":"""#),
        1 => Just(r#","id":"""#),
        1 => Just(r#","date_published":"yesterday","url":"x:y""#),
        1 => Just(r#","image":"https://pictures.example/i.png""#),
    ];
    let date = prop_oneof![9 => (1_u32..=28).prop_map(Some), 1 => Just(None)];
    let modified = prop_oneof![3 => Just(None), 1 => (1_u32..=28).prop_map(Some)];
    // Ids are seldom equal, and some are numbers.
    (0_u32..200, date, modified, tags, fault).prop_map(|(id, date, modified, tags, fault)| {
        let mut text =
            if id % 7 == 0 { format!(r#"{{"id":{id}"#) } else { format!(r#"{{"id":"https://host.example/{id}""#) };
        text.push_str(&format!(r#","url":"/{id}","title":"Article {id}","tags":{tags:?}"#));
        if let Some(day) = date {
            text.push_str(&format!(r#","date_published":"2026-10-{day:02}""#));
        }
        if let Some(day) = modified {
            text.push_str(&format!(r#","date_modified":"2026-11-{day:02}""#));
        }
        text.push_str(fault);
        (date, text + "}")
    })
}

fn document() -> impl Strategy<Value = Document> {
    let head = proptest::sample::select(vec![
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","language":"de","_stichwort":{"order":"newest"},"items":["#,
        r#"{"title":"T","home_page_url":"/","authors":[{"name":"ve"}],"items":["#,
    ]);
    let tail = proptest::sample::select(vec!["]}", r#"],"title":"End","authors":[{"name":"mh"}]}"#]);
    let sorted_and_strays = (any::<bool>(), proptest::collection::vec(any::<(usize, usize)>(), 0..3));
    (head, proptest::collection::vec(item(), 0..50), sorted_and_strays, tail).prop_map(
        |(head, mut items, (is_sorted, strays), tail)| {
            if is_sorted {
                items.sort_by_key(|(date, _)| std::cmp::Reverse(*date));
                let count = items.len().max(1);
                for (a, b) in strays {
                    if !items.is_empty() {
                        items.swap(a % count, b % count);
                    }
                }
            }
            let items: Vec<String> = items.into_iter().map(|(_, item)| item).collect();
            Document::new(head, &items, tail)
        },
    )
}

fn cuts() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(any::<usize>(), 0..8)
}

fn line(bundle: &Bundle, index: ArticleIndex) -> String {
    let a = bundle.store.article(index);
    let tags: Vec<&str> = a.tags().map(|tag| bundle.store.value_name(tag)).collect();
    let image = a.image().map(|image| image.url);
    format!("{} {} {:?} {:?} {:?} {image:?} {tags:?}", a.id(), a.headline(), a.url(), a.date(), a.byline())
}

/// All that is known of a bundle.
fn dump(feed: &Feed) -> Vec<String> {
    let Feed { bundle, index, .. } = feed;
    let mut lines: Vec<String> = bundle.store.newest().iter().map(|&index| line(bundle, index)).collect();
    lines.extend(bundle.problems.iter().map(ToString::to_string));
    lines.push(format!("{} {:?} {:?} {:?}", bundle.problem_count, bundle.title, bundle.language, bundle.home_page_url));
    for &tag in index.frequent() {
        lines.push(format!("{} {:?}", bundle.store.value_name(tag), index.with_value(tag)));
    }
    lines.push(format!("{}", index.articles()));
    lines
}

fn read(text: &str) -> Feed {
    let mut reader = Reader::new(URL, NOW);
    reader.push(text.as_bytes()).expect("is JSON");
    Feed::new(reader.finish().expect("is a bundle"))
}

/// Reads in chunks and slices: the preview with the bytes read until it was there, and the feed.
fn arrive(document: &Document, cuts: &[usize], wanted: usize, budget: usize) -> (Option<(usize, Bundle)>, Feed) {
    let bytes = document.text.as_bytes();
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).collect();
    cuts.extend([0, bytes.len()]);
    cuts.sort_unstable();
    let mut reader = Reader::new(URL, NOW);
    let mut preview = None;
    for pair in cuts.windows(2) {
        reader.push(&bytes[pair[0]..pair[1]]).expect("is JSON");
        preview = preview.or_else(|| Some((pair[1], reader.preview(wanted)?)));
    }
    let mut completion = Completion::new(reader).expect("is a bundle");
    while !completion.step(budget) {}
    (preview, completion.into_feed())
}

fn widget(page_size: usize) -> State {
    let options = Options { src: Some(URL.to_owned()), page_size: Some(page_size), ..Options::default() };
    start(options, Surroundings::default())
}

fn after(page_size: usize, messages: impl IntoIterator<Item = Msg>) -> State {
    after_all(widget(page_size), messages)
}

fn after_all(mut state: State, messages: impl IntoIterator<Item = Msg>) -> State {
    for message in messages {
        happen_to_the_end(&mut state, message);
    }
    state
}

fn ids(state: &State) -> Vec<String> {
    state.visible().map(|article| article.id().to_owned()).collect()
}

fn loaded(feed: &Rc<Feed>, may_reorder: bool) -> Msg {
    Msg::Loaded { feed: feed.clone(), may_reorder }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_end_is_the_same_in_any_chunks_and_slices(
        document in document(), cuts in cuts(), wanted in 1_usize..25, budget in 1_usize..50,
    ) {
        let (preview, feed) = arrive(&document, &cuts, wanted, budget);
        prop_assert_eq!(dump(&feed), dump(&read(&document.text)));
        if let Some((bytes, preview)) = preview {
            let expected = read(&document.beginning(bytes)).bundle;
            let first = |bundle: &Bundle| -> Vec<String> {
                bundle.store.newest().iter().take(wanted).map(|&index| line(bundle, index)).collect()
            };
            // Authors and title that come after the items may be known by then.
            if bytes < document.ends.last().copied().unwrap_or_default() {
                prop_assert_eq!(first(&preview), first(&expected));
            }
            prop_assert_eq!(preview.store.newest().len(), wanted);
        }
    }

    #[test]
    fn a_preview_changes_nothing_in_the_end_and_moves_nothing_meanwhile(
        document in document(), cuts in cuts(), page in 1_usize..25, breaks_off: bool, image: bool,
    ) {
        let (preview, feed) = arrive(&document, &cuts, page, 1000);
        let Some((_, preview)) = preview else { return Ok(()) };
        let (preview, feed) = (Rc::new(Feed::arriving(preview)), Rc::new(feed));
        let direct = after(page, [loaded(&feed, true)]);
        let with_preview = |may_reorder| {
            let arriving = || Msg::Arriving(preview.clone());
            let mut state = after(page, [arriving()]);
            if breaks_off {
                for message in [Msg::Failed(Failure::Timeout, None), Msg::Retry, arriving()] {
                    happen_to_the_end(&mut state, message);
                }
            }
            let painted = ids(&state);
            happen_to_the_end(&mut state, loaded(&feed, may_reorder));
            (painted, state)
        };
        prop_assert_eq!(html(&with_preview(true).1), html(&direct));

        let (mut painted, mut state) = with_preview(false);
        let all: Vec<String> = (0..feed.index.articles()).map(|place| feed.article_at(place).id().to_owned()).collect();
        painted.retain(|id| all.contains(id));
        let shown = ids(&state);
        prop_assert_eq!(&shown[..painted.len()], &painted[..]);
        // Whoever goes on to the end sees each article once, but for those that are offered.
        let held = state.updates();
        prop_assert_eq!(state.listed() + held, all.len());
        if image {
            happen_to_the_end(&mut state, Msg::LoadImage(ArticleIndex(0)));
        }
        while ids(&state).len() < state.listed() {
            happen_to_the_end(&mut state, Msg::More);
        }
        let mut listed = ids(&state);
        prop_assert_eq!(&listed[..painted.len()], &painted[..]);
        listed.sort_unstable();
        listed.dedup();
        prop_assert_eq!(listed.len(), all.len() - held);
        let (_, mut state) = with_preview(false);
        let effects = happen_to_the_end(&mut state, Msg::ShowUpdates);
        prop_assert_eq!(html(&state), html(&direct));
        if held > 0 {
            let newer = all.iter().position(|id| !painted.contains(id)).map(|place| feed.bundle.store.newest()[place]);
            prop_assert_eq!(effects, newer.map(|article| Effect::Focus(Focus::Teaser(article))).into_iter().collect::<Vec<_>>());
            prop_assert!(state.visible().map(Article::index).any(|article| Some(article) == newer));
        }
    }
}

/// Ways to leave some articles out, at the beginning or when something shows.
fn options_with(restriction: usize, page: usize) -> Options {
    let texts = small::texts;
    let options = Options { src: Some(URL.to_owned()), page_size: Some(page), ..Options::default() };
    match restriction {
        0 => Options { tags: texts(&["Energy"]), ..options },
        1 => Options { tags: texts(&["Roads", "ß"]), combine: Some(Match::Any), ..options },
        2 => Options { locked: texts(&["Roads"]), ..options },
        3 => Options { excluded: texts(&["Schools"]), tags: texts(&["ß"]), ..options },
        4 => Options { since: Day::parse("2026-10-10"), ..options },
        5 => Options { limit: Some(7), tags: texts(&["Energy"]), ..options },
        _ => options,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// As the widget does it: whoever is short of matches looks at more of the beginning from time to time.
    #[test]
    fn what_matches_early_stays_where_it_is(
        document in document(), restriction in 0_usize..7, page in 1_usize..6, toggled in any::<Option<usize>>(),
        ordered in any::<Option<usize>>(),
    ) {
        let options = || options_with(restriction, page);
        let mut state = start(options(), Surroundings::default());
        let toggle = || Msg::ToggleTag("Energy".to_owned());
        let mut reader = Reader::new(URL, NOW);
        let (mut wanted, mut at, mut painted) = (page, 0, Vec::new());
        for (number, &end) in document.ends.iter().enumerate() {
            reader.push(&document.text.as_bytes()[at..end]).expect("is JSON");
            at = end;
            if toggled.is_some_and(|toggled| toggled % 40 == number) {
                happen_to_the_end(&mut state, toggle());
                painted = ids(&state);
            }
            // Now and then in another order, or in search of something.
            if ordered.is_some_and(|ordered| number % (ordered % 10 + 2) == 0) {
                for message in [Msg::Sort(Sort::Headline), Msg::Sort(Sort::Newest), Msg::Search("a".to_owned())] {
                    happen_to_the_end(&mut state, message);
                }
                happen_to_the_end(&mut state, Msg::Search(String::new()));
                painted = ids(&state);
            }
            if let (true, Some(preview)) = (state.is_short(), reader.preview(wanted)) {
                wanted += wanted / 2 + 1;
                happen_to_the_end(&mut state, Msg::Arriving(Rc::new(Feed::arriving(preview))));
                let shown = ids(&state);
                prop_assert_eq!(&shown[..painted.len()], &painted[..]);
                painted = shown;
            }
        }
        reader.push(&document.text.as_bytes()[at..]).expect("is JSON");
        let feed = Rc::new(Feed::new(reader.finish().expect("is a bundle")));
        let is_toggled = toggled.is_some_and(|toggled| toggled % 40 < document.ends.len());
        let mut direct = start(options(), Surroundings::default());
        happen_to_the_end(&mut direct, loaded(&feed, true));
        if is_toggled {
            happen_to_the_end(&mut direct, toggle());
        }
        happen_to_the_end(&mut state, loaded(&feed, false));
        let (shown, held) = (ids(&state), state.updates());
        prop_assert_eq!(state.listed() + held, direct.listed());
        while ids(&direct).len() < direct.listed() {
            happen_to_the_end(&mut direct, Msg::More);
        }
        let all = ids(&direct);
        painted.retain(|id| all.contains(id));
        prop_assert_eq!(&shown[..painted.len()], &painted[..]);
        while ids(&state).len() < state.listed() {
            happen_to_the_end(&mut state, Msg::More);
        }
        let mut listed = ids(&state);
        prop_assert!(listed.iter().all(|id| all.contains(id)));
        listed.sort_unstable();
        listed.dedup();
        prop_assert_eq!(listed.len(), all.len() - held);
        happen_to_the_end(&mut state, Msg::ShowUpdates);
        while ids(&state).len() < state.listed() {
            happen_to_the_end(&mut state, Msg::More);
        }
        let seen = ids(&state);
        prop_assert!(held == 0 || seen == all, "{seen:?} {all:?}");
    }
}

/// Items of these dates of October, told apart by their number.
fn items(days: impl IntoIterator<Item = u32>) -> Vec<String> {
    let item = |(number, day)| {
        format!(
            r#"{{"id":"{number}","title":"Article {number}","date_published":"2026-10-{day:02}","tags":["Odd"],
                "image":"https://pictures.example/{number}.png"}}"#
        )
    };
    days.into_iter().enumerate().map(item).collect()
}

const DECLARED: &str = r#"{"title":"T","_stichwort":{"order":"newest"},"items":["#;

/// Whether a bundle of these items shows `wanted` of them as soon as `read` are there.
#[track_caller]
fn check_preview(head: &str, days: impl IntoIterator<Item = u32>, wanted: usize, expected: bool) {
    let document = Document::new(head, &items(days), "");
    let mut reader = Reader::new(URL, NOW);
    reader.push(document.text.as_bytes()).expect("is JSON so far");
    assert_eq!(reader.preview(wanted).is_some(), expected, "{head}");
}

#[test]
fn who_is_shown_before_the_end() {
    let undeclared = r#"{"title":"T","items":["#;
    check_preview(DECLARED, [3, 2], 2, true);
    check_preview(DECLARED, [3], 2, false);
    check_preview(DECLARED, [], 1, false);
    check_preview(DECLARED, [], 0, false);
    let mut reader = Reader::new(URL, NOW);
    reader.push(Document::new(DECLARED, &items([3, 2]), "]}").text.as_bytes()).expect("is JSON");
    assert!(reader.preview(2).is_none(), "all has come");
    check_preview(DECLARED, [1, 2, 3], 2, true);
    check_preview(r#"{"_stichwort":{"order":"oldest"},"items":["#, [3, 2, 1], 2, false);
    check_preview(r#"{"_stichwort":{"order":"newest"},"_stichwort":{},"items":["#, [3, 2, 1], 2, false);
    check_preview(r#"{"_stichwort":{"order":"newest","order":null},"items":["#, [3, 2, 1], 2, false);
    check_preview(undeclared, (1..=20).rev(), 20, true);
    check_preview(undeclared, (1..=20).rev(), 3, true);
    check_preview(undeclared, (1..=19).rev(), 3, false);
    check_preview(undeclared, (1..=20).rev(), 21, false);
    check_preview(undeclared, 1..=20, 3, false);
    check_preview(undeclared, [1; 20], 3, true);
    // Two out of place are few, three are not.
    check_preview(undeclared, (3..=20).rev().chain([2, 28]), 20, true);
    check_preview(undeclared, [28, 1, 27, 2, 26, 3].into_iter().chain((4..=17).rev()), 20, false);
    check_preview(undeclared, [28, 1, 27, 2, 26].into_iter().chain((3..=17).rev()), 20, true);
    check_preview(undeclared, [28, 1, 27].into_iter().chain((3..=19).rev()), 20, true);
}

#[test]
fn what_is_pinned_stands_first_before_the_end() {
    let mut items = items([2, 1]);
    items[1] = items[1].replacen('{', r#"{"_stichwort":{"pinned":true},"#, 1);
    let mut reader = Reader::new(URL, NOW);
    reader.push(Document::new(DECLARED, &items, ",").text.as_bytes()).expect("is JSON so far");
    let store = reader.preview(2).expect("there are two").store;
    assert_eq!(store.newest().iter().map(|&index| store.article(index).id()).collect::<Vec<_>>(), ["1", "0"]);
}

#[test]
fn what_takes_the_place_of_a_withdrawn_one_counts() {
    let items = [
        r#"{"id":"a","title":"A","_stichwort":{"withdrawn":true}}"#,
        r#"{"id":"a","title":"B","date_modified":"2026-01-01"}"#,
    ];
    let mut reader = Reader::new(URL, NOW);
    reader.push(Document::new(DECLARED, &small::texts(&items), ",").text.as_bytes()).expect("is JSON so far");
    assert!(reader.preview(1).is_some());
}

fn first(head: &str, days: impl IntoIterator<Item = u32>, wanted: usize) -> Rc<Feed> {
    let mut reader = Reader::new(URL, NOW);
    reader.push(Document::new(head, &items(days), "").text.as_bytes()).expect("is JSON so far");
    Rc::new(Feed::arriving(reader.preview(wanted).expect("there are enough")))
}

fn all(days: impl IntoIterator<Item = u32>) -> Rc<Feed> {
    Rc::new(read(&Document::new(DECLARED, &items(days), "]}").text))
}

#[test]
fn events_tell_what_is_true() {
    let mut state = widget(2);
    assert_eq!(happen_to_the_end(&mut state, Msg::Arriving(first(DECLARED, [9, 8, 7], 3))), []);
    assert!(!html(&state).contains(r#"part="more""#));
    assert_eq!(happen_to_the_end(&mut state, Msg::More), []);
    assert_eq!(ids(&state).len(), 2);
    assert_eq!(happen_to_the_end(&mut state, Msg::ToggleTag("Odd".to_owned())), [], "nobody knows yet how many match");
    let effects = happen_to_the_end(&mut state, loaded(&all([9, 8, 7]), false));
    let change = Event::Change { selection: Selection::of(&["Odd".to_owned()]), matches: 3 };
    let events: Vec<&Effect> = effects.iter().filter(|effect| matches!(effect, Effect::Emit(_))).collect();
    assert!(matches!(events[0], Effect::Emit(Event::Load { articles: 3, .. })), "{events:?}");
    assert_eq!(events[1], &Effect::Emit(change));
    assert_eq!(events.len(), 2);
}

/// An old article that a portal keeps on top, say.
#[test]
fn one_far_out_of_place_makes_no_news_of_all_others() {
    let days = || [1].into_iter().chain((2..=28).rev());
    let mut state = after(3, [Msg::Arriving(first(DECLARED, days().take(3), 3)), loaded(&all(days()), false)]);
    assert_eq!((state.updates(), state.listed()), (0, 28));
    assert_eq!(ids(&state), ["1", "2", "0"], "where they were painted");
    assert!(html(&state).contains(r#"part="more""#));
    happen_to_the_end(&mut state, Msg::More);
    assert_eq!(ids(&state)[3..], ["3", "4", "5"]);
    // What is newer than the others still is, beside it.
    let news = || days().chain([29, 30]);
    let mut state = after(3, [Msg::Arriving(first(DECLARED, days().take(3), 3)), loaded(&all(news()), false)]);
    assert_eq!((state.updates(), state.listed()), (2, 28));
    assert_eq!(ids(&state), ["1", "2", "0"]);
    happen_to_the_end(&mut state, Msg::ShowUpdates);
    assert_eq!((state.updates(), state.listed()), (0, 30));
    assert_eq!(ids(&state), ["29", "28", "1"]);
}

/// An article that a portal keeps on top stands first, but it is no news; where it comes late it is in the list all the same.
#[test]
fn what_is_pinned_is_no_news() {
    let pin = |item: String| item.replacen('{', r#"{"_stichwort":{"pinned":true},"#, 1);
    let all = |items: Vec<String>| Rc::new(read(&Document::new(DECLARED, &items, "]}").text));
    let with_pinned = |days: &[u32], pinned: usize| {
        let mut items = items(days.iter().copied());
        items[pinned] = pin(items[pinned].clone());
        items
    };
    let painted = || Msg::Arriving(first(DECLARED, [28, 27], 2));
    let old = all(with_pinned(&[28, 27, 26, 25, 1], 4));
    let mut state = after(2, [painted(), loaded(&old, false)]);
    assert_eq!((state.updates(), state.listed()), (0, 5));
    assert!(!html(&state).contains(r#"part="updates""#));
    happen_to_the_end(&mut state, Msg::More);
    assert_eq!(ids(&state), ["0", "1", "4", "2"]);
    // What is newer is told beside it.
    let both = all(with_pinned(&[28, 27, 26, 25, 1, 29], 4));
    let mut state = after(2, [painted(), loaded(&both, false)]);
    assert_eq!((state.updates(), state.listed()), (1, 5));
    let effects = happen_to_the_end(&mut state, Msg::ShowUpdates);
    assert_eq!(ids(&state), ["4", "5"], "in their true order");
    assert_eq!(effects, [Effect::Focus(Focus::Teaser(both.article_at(1).index()))]);
    // And so is what is both.
    let newer = all(with_pinned(&[28, 27, 26, 25, 1, 29], 5));
    let mut state = after(2, [painted(), loaded(&newer, false)]);
    assert_eq!((state.updates(), state.listed()), (1, 5));
    happen_to_the_end(&mut state, Msg::ShowUpdates);
    assert_eq!(ids(&state), ["5", "0"], "in their true order");
}

#[test]
fn what_a_choice_leaves_of_a_broken_bundle_is_told() {
    let change = |matches| {
        let selection = Selection::of(&["Odd".to_owned()]);
        Effect::Emit(Event::Change { selection, matches })
    };
    let (arriving, tag) = (|| Msg::Arriving(first(DECLARED, [9, 8], 2)), || Msg::ToggleTag("Odd".to_owned()));
    let mut state = after(2, [arriving(), Msg::Failed(Failure::Timeout, None)]);
    assert!(happen_to_the_end(&mut state, tag()).contains(&change(2)));
    assert!(html(&state).contains(r#"tabindex="-1"><span><strong>2</strong>"#), "{}", html(&state));
    // Chosen before it broke.
    let mut state = after(2, [arriving(), tag()]);
    assert!(happen_to_the_end(&mut state, Msg::Failed(Failure::Timeout, None)).contains(&change(2)));
    // While it is asked for anew, nobody knows.
    happen_to_the_end(&mut state, Msg::Retry);
    assert!(!happen_to_the_end(&mut state, Msg::Clear).iter().any(|effect| matches!(effect, Effect::Emit(_))));
}

/// Of how many they are is not known.
#[test]
fn what_matches_in_a_broken_bundle_is_no_part_of_a_whole() {
    let mut state = after(2, [Msg::Arriving(first(DECLARED, [9, 8], 2)), Msg::Failed(Failure::Timeout, None)]);
    happen_to_the_end(&mut state, Msg::ToggleTag("Odd".to_owned()));
    let page = html(&state);
    let status = small::between(&page, r#"part="status""#, "</p>").expect("there is one");
    assert!(status.contains("<strong>2</strong><span> articles</span>"), "{status}");
}

/// Be they as many as before.
#[test]
fn who_asks_again_hears_that_it_is_on_its_way() {
    let status = |state: &State| small::between(&html(state), r#"part="status""#, "</p>").map(str::to_owned);
    let mut state = after(2, [loaded(&all([9, 8, 7]), true)]);
    happen_to_the_end(
        &mut state,
        Msg::Configure(Options { src: Some("https://b.example/".to_owned()), ..small::options() }),
    );
    happen_to_the_end(&mut state, Msg::Failed(Failure::Timeout, None));
    let before = status(&state).expect("there is one");
    happen_to_the_end(&mut state, Msg::Retry);
    let meanwhile = status(&state).expect("there is one");
    assert!(meanwhile.contains("Loading") && !meanwhile.contains("<strong>"), "{meanwhile}");
    happen_to_the_end(&mut state, loaded(&all([9, 8, 7]), true));
    assert_eq!(status(&state).expect("there is one"), before);
}

#[test]
fn a_search_begun_before_it_broke_off_is_answered() {
    let arriving = Msg::Arriving(first(DECLARED, [9, 8], 2));
    let mut state = after(2, [arriving, Msg::Search("nirgends".to_owned())]);
    let effects = happen_to_the_end(&mut state, Msg::Failed(Failure::Timeout, None));
    assert_eq!(ids(&state), Vec::<String>::new());
    assert!(!html(&state).contains(r#"part="teaser""#), "{}", html(&state));
    let is_told = |effect: &Effect| matches!(effect, Effect::Emit(Event::Change { matches: 0, .. }));
    assert_eq!(effects.iter().filter(|effect| is_told(effect)).count(), 1, "{effects:?}");
}

#[test]
fn what_is_held_back_goes_with_its_list() {
    let begin = || [27, 26, 25].into_iter();
    // More than are searched at once.
    let many = || all(begin().chain((0..1100).map(|number| 1 + number % 24)).chain([28]));
    let mut state = after(3, [Msg::Arriving(first(DECLARED, begin(), 3)), loaded(&many(), false)]);
    assert_eq!(state.updates(), 1);
    happen(&mut state, Msg::Search("Article".to_owned()));
    assert!(state.is_working());
    happen(&mut state, loaded(&many(), false));
    assert!(state.is_working());
    assert_eq!((state.updates(), state.listed()), (0, 0));
}

/// That of another one may begin with it.
#[test]
fn what_has_been_painted_is_known_by_its_id() {
    let item = |id: &&str| format!(r#"{{"id":"{id}","title":"{id}","date_published":"2026-01-01"}}"#);
    let list = |ids: &[&str]| feed_of(&ids.iter().map(item).collect::<Vec<_>>());
    let mut state = small::start(small::options(), None);
    happen_to_the_end(&mut state, small::beginning(&list(&["a"])));
    happen_to_the_end(&mut state, Msg::Loaded { feed: small::feed(&list(&["ab", "a"])), may_reorder: false });
    assert_eq!((ids(&state), state.updates()), (small::texts(&["a"]), 1));
}

/// Only what came first of a list keeps its place in it.
#[test]
fn another_list_takes_the_place_of_a_complete_one() {
    let mut state = small::showing(small::options(), &small::articles(&small::ALL[..4]));
    happen_to_the_end(&mut state, small::loaded(false));
    assert_eq!((small::ids(&state)[0], state.updates()), ("new", 0));
}

#[test]
fn what_was_read_of_one_bundle_says_nothing_of_the_next() {
    let others: Vec<String> = items([2, 1]).iter().map(|item| item.replace("Article", "Other")).collect();
    let mut reader = Reader::new(URL, NOW);
    reader.push(Document::new(DECLARED, &others, "").text.as_bytes()).expect("is JSON so far");
    let other = Msg::Arriving(Rc::new(Feed::arriving(reader.preview(2).expect("there are two"))));
    let mut state = after(9, [other, Msg::Failed(Failure::Timeout, None), Msg::TouchSearch]);
    let other = Options { src: Some("https://host.example/other.json".to_owned()), ..state.options.clone() };
    for message in
        [Msg::Configure(other), Msg::Arriving(first(DECLARED, (1..6).rev(), 5)), Msg::Search("Article".to_owned())]
    {
        happen_to_the_end(&mut state, message);
    }
    happen_to_the_end(&mut state, Msg::Failed(Failure::Timeout, None));
    assert!(!state.is_working());
    assert_eq!(ids(&state).len(), 5);
}

#[test]
fn a_change_is_told_whatever_else_is_set_meanwhile() {
    let arriving = Msg::Arriving(first(DECLARED, [9, 8], 2));
    let mut state = after(2, [arriving, Msg::ToggleTag("Odd".to_owned())]);
    happen_to_the_end(&mut state, Msg::Configure(Options { page_size: Some(3), ..widget(2).options.clone() }));
    let effects = happen_to_the_end(&mut state, loaded(&all([9, 8, 7]), false));
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Emit(Event::Change { .. }))).count(), 1);
}

/// Neither the scope of its facets nor the order of its headlines, although the next one has the same.
#[test]
fn nothing_of_a_broken_list_is_left_in_the_next_one() {
    let options = || Options { facets: vec!["tags".to_owned(), "year".to_owned()], ..widget(9).options.clone() };
    let list = |days: &[u32]| Msg::Arriving(first(DECLARED, days.iter().copied(), days.len()));
    let failed = || Msg::Failed(Failure::Timeout, None);
    let by = Msg::Sort;
    let mut state = after(9, [list(&[9, 8]), failed(), Msg::Configure(options()), by(Sort::Headline)]);
    let other = Options { src: Some("https://host.example/other.json".to_owned()), ..options() };
    for message in [Msg::Configure(other), by(Sort::Newest), list(&[5, 4, 3])] {
        happen_to_the_end(&mut state, message);
    }
    assert_eq!(ids(&state), ["0", "1", "2"]);
    for message in [failed(), by(Sort::Headline)] {
        happen_to_the_end(&mut state, message);
    }
    assert_eq!(ids(&state), ["0", "1", "2"]);
}

#[test]
fn what_is_set_in_one_go_is_all_heeded() {
    let arriving = || Msg::Arriving(first(DECLARED, [9, 8], 2));
    let mut state = after(2, [arriving()]);
    let locked = vec!["Odd".to_owned()];
    happen_to_the_end(&mut state, Msg::Configure(Options { page_size: Some(3), locked, ..widget(2).options.clone() }));
    assert_eq!(ids(&state), Vec::<String>::new(), "what is kept away is not there");
    // More than can be put into an order at once.
    let many = all((0..1100).map(|number| number % 28));
    let mut state = after(2, [loaded(&many, true)]);
    let src = Some("https://host.example/other.json".to_owned());
    let effects = happen_to_the_end(
        &mut state,
        Msg::Configure(Options { sort: Sort::Headline, src, ..widget(2).options.clone() }),
    );
    assert!(!state.is_working(), "{effects:?}");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Emit(Event::Change { .. }))));
}

#[test]
fn tags_of_another_bundle_are_told_with_it() {
    let mut state = after(2, [loaded(&all([9, 8, 7]), true)]);
    let src = Some("https://host.example/other.json".to_owned());
    let other = Options { src, tags: vec!["Odd".to_owned()], ..widget(2).options.clone() };
    let is_change = |effect: &Effect| matches!(effect, Effect::Emit(Event::Change { .. }));
    assert!(!happen_to_the_end(&mut state, Msg::Configure(other)).iter().any(is_change));
    let effects = happen_to_the_end(&mut state, loaded(&all([9, 8]), true));
    assert_eq!(small::changes(&effects), [2]);
}

/// Places among the old articles mean nothing among the new ones.
#[test]
fn while_an_order_is_worked_out_nothing_shows_that_is_kept_away() {
    let many = all((0..5000).map(|number| number % 28));
    let mut state = after(2, [loaded(&many, true)]);
    let locked = vec!["Odd".to_owned()];
    let options = Options { sort: Sort::Headline, locked, ..widget(2).options.clone() };
    happen(&mut state, Msg::Configure(options));
    assert!(state.is_working(), "there are too many");
    assert_eq!(ids(&state), Vec::<String>::new());
    assert!(!html(&state).contains(r#"part="empty""#));
}

#[test]
fn knowing_more_values_keeps_no_article_away() {
    let years = || Options { facets: vec!["tags".to_owned(), "year".to_owned()], ..widget(2).options.clone() };
    let mut early = start(years(), Surroundings::default());
    happen_to_the_end(&mut early, Msg::Arriving(first(DECLARED, [9, 8], 2)));
    assert_eq!(ids(&early), ["0", "1"]);
    let mut late = after(2, [Msg::Arriving(first(DECLARED, [9, 8], 2))]);
    happen_to_the_end(&mut late, Msg::Configure(years()));
    assert_eq!(ids(&late), ["0", "1"]);
    for mut state in [early, late] {
        happen_to_the_end(&mut state, loaded(&all([9, 8, 7]), false));
        let mut direct = start(years(), Surroundings::default());
        happen_to_the_end(&mut direct, loaded(&all([9, 8, 7]), true));
        assert_eq!(html(&state), html(&direct));
    }
}

#[test]
fn while_a_broken_list_is_asked_for_again_it_stands() {
    let arriving = || Msg::Arriving(first(DECLARED, [9, 8], 2));
    let tag = || Msg::ToggleTag("Odd".to_owned());
    let mut state = after(2, [arriving(), Msg::Failed(Failure::Timeout, None), tag()]);
    happen_to_the_end(&mut state, Msg::Retry);
    assert!(html(&state).contains(r#"part="teaser""#), "{}", html(&state));
    // Asked for again before anything has come, it is one that begins.
    let mut state = after(2, [Msg::Failed(Failure::Timeout, None), Msg::Retry, arriving(), Msg::Sort(Sort::Oldest)]);
    assert!(!html(&state).contains(r#"part="teaser""#));
    happen_to_the_end(&mut state, loaded(&all([9, 8, 7]), false));
    assert!(html(&state).contains(r#"part="teaser""#));
}

#[test]
fn what_is_not_counted_yet_is_not_offered() {
    let many = all((0..1100).map(|number| number % 28));
    let mut state = widget(2);
    happen_to_the_end(&mut state, Msg::Search("Article".to_owned()));
    let effects = happen(&mut state, loaded(&many, true));
    assert!(state.is_working() && effects.contains(&Effect::Work));
    assert!(html(&state).contains("filters-placeholder") && !html(&state).contains(r#"part="tag""#));
    happen_to_the_end(&mut state, Msg::Work);
    assert!(html(&state).contains(r#"part="tag""#));
}

/// So many of the articles of [`small::ALL`] have come.
fn beginning(count: usize) -> Msg {
    small::beginning(&small::articles(&small::ALL[..count]))
}

/// A list with few matches waits for a page of them. Once it shows, what a choice leaves of it stays and goes on.
#[test]
fn with_a_selection_the_first_matches_show_before_the_end() {
    let with = |options: Options| Options { src: Some(URL.to_owned()), page_size: Some(2), ..options };
    for options in [
        with(Options { tags: small::texts(&["B"]), ..Options::default() }),
        with(Options { locked: small::texts(&["B"]), ..Options::default() }),
        with(Options { excluded: small::texts(&["A"]), ..Options::default() }),
    ] {
        // The words are there that the bundle is shown in.
        let page_language = Some("de".to_owned());
        let mut state = start(options.clone(), Surroundings { page_language, ..Surroundings::default() });
        let waiting = html(&state);
        happen_to_the_end(&mut state, beginning(3));
        assert!(state.is_short());
        assert_eq!(html(&state), waiting, "one of two: {options:?}");
        happen_to_the_end(&mut state, beginning(4));
        assert!(!state.is_short());
        assert_eq!(ids(&state), ["b", "d"], "{options:?}");
        let page = html(&state);
        assert!(!page.contains("<strong>") && page.contains("filters-placeholder"), "not counted yet: {page}");
        // A newer one is put in its place, or offered.
        let full = small::feed(&small::articles(&small::ALL));
        happen_to_the_end(&mut state, loaded(&full, false));
        assert_eq!((ids(&state), state.updates()), (small::texts(&["b", "d"]), 1), "{options:?}");
        happen_to_the_end(&mut state, Msg::ShowUpdates);
        assert_eq!((ids(&state), state.updates()), (small::texts(&["new", "b"]), 0), "{options:?}");
    }
    let mut state = after(2, [beginning(2), Msg::ToggleTag("B".to_owned())]);
    assert_eq!((ids(&state), state.is_short()), (small::texts(&["b"]), true), "what is known of it");
    happen_to_the_end(&mut state, beginning(5));
    assert_eq!((ids(&state), state.is_short()), (small::texts(&["b"]), true), "nothing is put above");
    happen_to_the_end(&mut state, beginning(4));
    assert_eq!((ids(&state), state.is_short()), (small::texts(&["b", "d"]), false));
    happen_to_the_end(&mut state, Msg::RemoveChip(0));
    assert_eq!((ids(&state), state.is_short()), (small::texts(&["a", "b"]), false));
    // Nothing matches so far.
    let mut state = after(2, [beginning(3), Msg::ToggleTag("C".to_owned())]);
    assert!(html(&state).contains(r#"part="loading""#) && html(&state).contains(r#"part="chip""#));
    happen_to_the_end(&mut state, beginning(4));
    assert!(html(&state).contains(r#"part="loading""#) && !html(&state).contains(r#"part="teaser""#));
}

/// Who would look on for a whole page of what is rare shows what there is at last.
#[test]
fn the_last_look_shows_what_there_is() {
    let count = LAST_LOOK as u32;
    let rare = |n| if n == 7 { "B" } else { "A" };
    let item = |n| format!(r#"{{"id":"{n}","title":"T","date_published":"2026-11-20","tags":["{}"]}}"#, rare(n));
    let of = |count: u32| small::beginning(&small::feed_of(&(0..count).map(item).collect::<Vec<_>>()));
    for (tag, expected) in [("B", vec!["7"]), ("nowhere", vec![])] {
        let options = Options { src: Some(URL.to_owned()), tags: small::texts(&[tag]), ..Options::default() };
        let mut state = start(options, Surroundings::default());
        happen_to_the_end(&mut state, of(count - 1));
        assert_eq!(ids(&state), small::texts(&[]), "others may come");
        happen_to_the_end(&mut state, of(count));
        assert_eq!(ids(&state), small::texts(&expected));
        let is_loading = html(&state).contains(r#"part="loading""#);
        assert_eq!(is_loading, expected.is_empty(), "that there is none is not known");
    }
}

/// What was worked out of fewer articles says nothing of more.
#[test]
fn orders_and_searches_begin_anew_with_more_of_a_bundle() {
    let order = |state: &mut State| {
        for sort in [Sort::Headline, Sort::Newest] {
            happen_to_the_end(state, Msg::Sort(sort));
        }
    };
    let mut state = after(2, [beginning(2), Msg::ToggleTag("B".to_owned())]);
    order(&mut state);
    happen_to_the_end(&mut state, beginning(4));
    order(&mut state);
    assert_eq!(ids(&state), ["b", "d"]);
    let mut state = after(2, [beginning(2), Msg::ToggleTag("B".to_owned()), Msg::Failed(Failure::Timeout, None)]);
    for message in [Msg::Search("Titel".to_owned()), Msg::Search(String::new()), Msg::Retry, beginning(4)] {
        happen_to_the_end(&mut state, message);
    }
    happen_to_the_end(&mut state, Msg::Search("Titel".to_owned()));
    happen_to_the_end(&mut state, Msg::Failed(Failure::Timeout, None));
    assert_eq!(ids(&state), ["b", "d"]);
}

/// Behind the last that there is to be nothing can match.
#[test]
fn a_limit_is_all_that_is_waited_for() {
    let options = || Options {
        src: Some(URL.to_owned()),
        limit: Some(3),
        tags: small::texts(&["B"]),
        page_size: Some(2),
        ..Options::default()
    };
    let mut state = start(options(), Surroundings::default());
    happen_to_the_end(&mut state, beginning(2));
    assert_eq!((ids(&state).len(), state.is_short()), (0, true));
    happen_to_the_end(&mut state, beginning(3));
    assert_eq!((ids(&state), state.is_short()), (small::texts(&["b"]), false));
}

#[test]
fn a_selection_while_a_bundle_arrives_holds_at_its_end() {
    let tag = || Msg::ToggleTag("Odd".to_owned());
    let arriving = || Msg::Arriving(first(DECLARED, [9, 8], 2));
    let full = all([9, 8, 7]);
    assert_eq!(
        html(&after(2, [arriving(), tag(), loaded(&full, false)])),
        html(&after(2, [loaded(&full, true), tag()]))
    );
    // Where the end never comes, what is there is better than nothing, and said to be not all.
    let broken = html(&after(2, [arriving(), tag(), Msg::Failed(Failure::Timeout, None)]));
    assert!(broken.contains(r#"part="stale""#) && broken.contains(r#"part="teaser""#));
    let nothing = Msg::ToggleTag("Even".to_owned());
    let broken = html(&after(2, [arriving(), nothing, Msg::Failed(Failure::Timeout, None)]));
    assert!(
        broken.contains(r#"part="error""#) && !broken.contains(r#"part="empty""#) && broken.contains(r#"part="chip""#)
    );
}

#[test]
fn a_picture_that_was_asked_for_stays() {
    let messages =
        [Msg::Arriving(first(DECLARED, [9, 8], 2)), Msg::LoadImage(ArticleIndex(1)), loaded(&all([9, 8, 28]), true)];
    let html = html(&after(3, messages));
    assert!(html.contains(r#"src="https://pictures.example/1.png""#));
    assert_eq!(html.matches("<img").count(), 1);
}

/// It was another bundle's picture.
#[test]
fn a_picture_that_was_asked_for_is_no_other() {
    let other =
        Options { src: Some("https://host.example/other.json".to_owned()), page_size: Some(2), ..Options::default() };
    let arriving = || Msg::Arriving(first(DECLARED, [9, 8], 2));
    let html = html(&after(2, [arriving(), Msg::LoadImage(ArticleIndex(1)), Msg::Configure(other), arriving()]));
    assert!(html.contains(r#"part="teaser""#) && !html.contains("<img"), "{html}");
}

#[test]
fn a_list_of_another_address_is_no_reason_to_wait() {
    let other = || Options {
        src: Some("https://host.example/other.json".to_owned()),
        page_size: Some(2),
        ..Options::default()
    };
    let mut state = after(2, [Msg::Arriving(first(DECLARED, [9, 8], 2)), Msg::Configure(other())]);
    assert!(html(&state).contains(r#"part="loading""#));
    happen_to_the_end(&mut state, loaded(&all([9, 8, 28]), false));
    assert_eq!(state.updates(), 0);
    // And a complete list stays until the next one is complete.
    happen_to_the_end(&mut state, Msg::Retry);
    let before = html(&state);
    happen_to_the_end(&mut state, Msg::Arriving(first(DECLARED, [9, 8], 2)));
    assert_eq!(html(&state), before);
    // What the page has put into the element has its place until there are teasers again.
    let surroundings = Surroundings { has_fallback: true, ..Surroundings::default() };
    let mut state = after_all(start(other(), surroundings), [Msg::Arriving(first(DECLARED, [9, 8], 2))]);
    assert!(!html(&state).contains("<slot>"));
    happen_to_the_end(&mut state, Msg::Configure(Options { src: Some(URL.to_owned()), ..other() }));
    assert!(html(&state).contains("<slot>"));
}

#[test]
fn what_no_longer_exists_is_not_left_standing_while_the_rest_arrives() {
    let plain = || Options { src: Some(URL.to_owned()), page_size: Some(2), ..Options::default() };
    let odd = || vec!["Odd".to_owned()];
    for options in [
        Options { excluded: odd(), ..plain() },
        Options { locked: vec!["Even".to_owned()], ..plain() },
        Options { since: Day::parse("2026-10-09"), ..plain() },
        Options { limit: Some(1), ..plain() },
    ] {
        for has_fallback in [false, true] {
            let surroundings = || Surroundings { has_fallback, ..Surroundings::default() };
            let mut state = start(plain(), surroundings());
            happen_to_the_end(&mut state, Msg::Arriving(first(DECLARED, [9, 8], 2)));
            happen_to_the_end(&mut state, Msg::Configure(options.clone()));
            let meanwhile = html(&state);
            assert!(!meanwhile.contains(r#"part="teaser""#), "{options:?}");
            assert_eq!(meanwhile, html(&start(options.clone(), surroundings())), "as in the beginning, never blank");
            let effects = happen_to_the_end(&mut state, loaded(&all([9, 8, 7]), false));
            let direct = after_all(start(options.clone(), surroundings()), [loaded(&all([9, 8, 7]), true)]);
            assert_eq!(html(&state), html(&direct), "{options:?}");
            assert!(effects.iter().any(|effect| matches!(effect, Effect::Emit(Event::Change { .. }))), "{effects:?}");
        }
    }
    // Nor is it painted at all where the first page is not known.
    let mut state = start(Options { sort: Sort::Oldest, ..plain() }, Surroundings::default());
    happen_to_the_end(&mut state, Msg::Arriving(first(DECLARED, [9, 8], 2)));
    assert!(!html(&state).contains(r#"part="teaser""#) && ids(&state).is_empty());
    // Where nothing more comes, what has come is better than nothing.
    let mut state = after(2, [Msg::Arriving(first(DECLARED, [9, 8], 2)), Msg::Failed(Failure::Timeout, None)]);
    happen_to_the_end(&mut state, Msg::Configure(Options { limit: Some(1), ..plain() }));
    assert!(html(&state).contains(r#"part="teaser""#));
    happen_to_the_end(&mut state, Msg::Configure(Options { since: Day::parse("2026-10-09"), ..plain() }));
    assert_eq!(ids(&state), ["0"], "but for what there must not be");
    // Nor does it matter in which order facets stand.
    let mut state = after(2, [Msg::Arriving(first(DECLARED, [9, 8], 2))]);
    happen_to_the_end(&mut state, Msg::Configure(Options { facets: vec!["tags".to_owned()], ..plain() }));
    assert!(html(&state).contains(r#"part="teaser""#));
}

#[test]
fn completing_takes_about_three_units_an_article_in_bounded_steps() {
    const ARTICLES: usize = 5_000;
    const BUDGET: usize = 700;
    let mut reader = Reader::new(URL, NOW);
    sample::bundle(ARTICLES, &mut |text| reader.push(text.as_bytes()).expect("the sample is JSON"));
    let mut completion = Completion::new(reader).expect("the sample is a bundle");
    let mut steps = 1;
    while !completion.step(BUDGET) {
        steps += 1;
    }
    let Feed { bundle, index, .. } = completion.into_feed();
    let tags: usize = (0..bundle.store.value_count() as u32).map(|tag| index.with_value(ValueId(tag)).len()).sum();
    let work = 3 * ARTICLES + 2 * tags;
    // As many steps as the work asks for: none did more than its share, none much less.
    assert!(steps >= work / (BUDGET + 16) && steps <= work / BUDGET + 4, "{steps} steps for {work} units");
}
