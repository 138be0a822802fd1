use super::*;
use crate::date::Date;
use crate::model::ArticleIndex;
use proptest::prelude::*;
use std::fmt::Write;

const BASE: &str = "https://host.example/news/feed.json";

/// 2020-01-01T00:00:00Z
const NOW: i64 = 1_577_836_800_000;

fn read(chunks: &[&[u8]]) -> Result<Bundle, BundleError> {
    let mut reader = Reader::new(BASE, NOW);
    for chunk in chunks {
        reader.push(chunk)?;
        let _ = reader.preview(2); // must not matter
    }
    reader.finish()
}

/// Everything that a bundle holds, written down.
fn dump(result: Result<Bundle, BundleError>) -> String {
    let bundle = match result {
        Ok(bundle) => bundle,
        Err(error) => return error.to_string(),
    };
    let mut out = format!("{:?} {:?} {:?}\n", bundle.title, bundle.home_page_url, bundle.language);
    for &index in bundle.store.newest() {
        let a = bundle.store.article(index);
        let tags: Vec<&str> = a.tags().map(|tag| bundle.store.value_name(tag)).collect();
        writeln!(
            out,
            "{} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            a.id(),
            a.headline(),
            a.lead(),
            a.url(),
            a.kicker(),
            a.byline(),
            a.language(),
            a.date().map(Date::datetime),
            a.image(),
            a.source(),
            tags
        )
        .expect("strings take everything");
    }
    for problem in &bundle.problems {
        writeln!(out, "! {problem}").expect("strings take everything");
    }
    writeln!(out, "{}", bundle.problem_count).expect("strings take everything");
    out
}

/// Reads at once and in chunks; all must agree.
#[track_caller]
fn read_any(document: &[u8]) -> Result<Bundle, BundleError> {
    let whole = dump(read(&[document]));
    for size in [1, 3, 7, 64] {
        let chunks: Vec<&[u8]> = document.chunks(size).collect();
        assert_eq!(dump(read(&chunks)), whole, "in chunks of {size}");
    }
    read(&[document])
}

/// What an article looks like: one line of what is there.
fn line(bundle: &Bundle, index: ArticleIndex) -> String {
    let a = bundle.store.article(index);
    let mut out = format!("{}: {}", a.id(), a.headline());
    let mut add = |name: &str, text: Option<&str>| {
        if let Some(text) = text {
            write!(out, " | {name} {text}").expect("strings take everything");
        }
    };
    add("lead", a.lead());
    add("url", a.url());
    add("kicker", a.kicker());
    add("by", a.byline().as_deref());
    add("lang", a.language());
    add("date", a.date().map(Date::datetime).as_deref());
    add("image", a.image().map(|image| image.url));
    add("alt", a.image().map(|image| image.alt));
    add("credit", a.image().and_then(|image| image.credit));
    add("from", a.source().map(|source| source.name));
    add("at", a.source().and_then(|source| source.url));
    for tag in a.tags() {
        add("tag", Some(bundle.store.value_name(tag)));
    }
    out
}

fn lines(bundle: &Bundle) -> Vec<String> {
    bundle.store.newest().iter().map(|&index| line(bundle, index)).collect()
}

/// A whole document, what is shown of it, and its problems.
#[track_caller]
fn check(document: &str, articles: &[&str], problems: &[&str]) {
    let bundle = read_any(document.as_bytes()).expect("is a bundle");
    assert_eq!(lines(&bundle), articles);
    let found: Vec<String> = bundle.problems.iter().map(Problem::to_string).collect();
    assert_eq!(found, problems);
    assert_eq!(bundle.problem_count, problems.len());
}

/// The items of an otherwise good feed.
#[track_caller]
fn check_items(items: &str, articles: &[&str], problems: &[&str]) {
    let version = r#""version":"https://jsonfeed.org/version/1.1""#;
    check(&format!(r#"{{{version},"title":"T","items":[{items}]}}"#), articles, problems);
}

/// Members of one item with id `a` and title `t`.
#[track_caller]
fn check_item(members: &str, article: &str, problems: &[&str]) {
    check_items(&format!(r#"{{"id":"a","title":"t",{members}}}"#), &[article], problems);
}

#[track_caller]
fn check_refused(document: &str, message: &str) {
    assert_eq!(read_any(document.as_bytes()).expect_err("is no bundle").to_string(), message);
}

#[test]
fn a_full_item() {
    check_items(
        r#"{"id":"x","url":"/a","external_url":"http://other.example","title":"Head","summary":"Lead",
            "content_html":"<p>no","content_text":"no","date_published":"2019-11-25T10:00:00+01:00",
            "date_modified":"2019-12-01","language":"de-AT","image":"i.png","banner_image":"no.png",
            "authors":[{"name":"ve","url":"x"},{"avatar":"y"},{"name":"ab"}],"tags":["Politik","OZG"],
            "attachments":[{"url":1}],"_other":{"a":[{}]},
            "_stichwort":{"kicker":"Vitako","image":{"alt":"Bild","credit":"Foto: x","width":1},
              "source":{"name":"Portal","url":"//portal.example","license":"CC0"},
              "pinned":true,"facets":{"region":["by"]},"not_before":"2019-11-25","expires":"2020-01-02","withdrawn":false}}"#,
        &["x: Head | lead Lead | url https://host.example/a | kicker Vitako | by ve, ab | lang de-AT \
           | date 2019-11-25T10:00:00+01:00 | image https://host.example/news/i.png | alt Bild | credit Foto: x \
           | from Portal | at https://portal.example/ | tag Politik | tag OZG"],
        &[],
    );
}

#[test]
fn the_feed_itself() {
    let bundle = read_any(
        r#"{"version":"http://jsonfeed.org/version/1/","title":" A \n B ","home_page_url":"/","language":"de","items":[],
            "_stichwort":{"order":"newest","facets":[]}}"#
            .as_bytes(),
    )
    .expect("is a bundle");
    assert_eq!((bundle.title.as_str(), bundle.language.as_deref()), ("A B", Some("de")));
    assert_eq!(bundle.home_page_url.as_deref(), Some("https://host.example/"));
    assert_eq!((bundle.problems.len(), bundle.store.newest().len()), (0, 0));
}

#[test]
fn versions() {
    for none in [r#"{"items":[]}"#, r#"{"version":null,"items":[]}"#] {
        check(none, &[], &["version: expected https://jsonfeed.org/version/1.1, found none; ignored"]);
    }
    check(
        r#"{"version":"https://jsonfeed.org/version/2","items":[]}"#,
        &[],
        &["version: expected https://jsonfeed.org/version/1.1, found \"https://jsonfeed.org/version/2\"; ignored"],
    );
    check(r#"{"version":1.1,"items":[]}"#, &[], &["version: expected a string, found a number; ignored"]);
    for version in ["http://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1/"] {
        check(&format!(r#"{{"items":[],"version":{version:?}}}"#), &[], &[]);
    }
}

#[test]
fn what_is_no_feed_is_refused_with_its_place() {
    check_refused("", "bundle is not JSON: expected a JSON document, found the end at 1:1");
    check_refused("<html>", "bundle is not JSON: expected a JSON document, found `<` at 1:1; is it a web page?");
    check_refused("{\"items\":[\n  {\"id\":\"ä\" x", "bundle is not JSON: expected `,` or `}`, found `x` at 2:13");
    check_refused("{\"items\":[]", "bundle is not JSON: expected `,` or `}`, found the end at 1:12");
    check_refused("[1", "bundle is not JSON: expected `,` or `]`, found the end at 1:3");
    check_refused(" null", "not a JSON Feed: expected an object with `items`, found null at 1:2");
    check_refused("\n[{}]", "not a JSON Feed: expected an object with `items`, found an array at 2:1");
    check_refused("\"items\"", "not a JSON Feed: expected an object with `items`, found a string at 1:1");
    check_refused("17", "not a JSON Feed: expected an object with `items`, found a number at 1:1");
    check_refused("{}", "not a JSON Feed: expected an object with `items`, found an object without at 1:1");
    check_refused(
        "{\"x\":{\"items\":[]}}",
        "not a JSON Feed: expected an object with `items`, found an object without at 1:1",
    );
    check_refused("{\"items\":{}}", "not a JSON Feed: expected an array as `items`, found an object at 1:10");
    check_refused("{\"items\": null}", "not a JSON Feed: expected an array as `items`, found null at 1:11");
    check_refused(
        "{\"items\":[],\n\"items\":\"ä\"}",
        "not a JSON Feed: expected an array as `items`, found a string at 2:9",
    );
}

#[test]
fn the_last_of_equal_keys_wins() {
    let version = r#""version":"https://jsonfeed.org/version/1.1""#;
    check(
        &format!(
            r#"{{{version},"items":[5,{{"id":"a","title":"old","tags":["x"]}}],"items":[{{"id":"a","title":"new"}}]}}"#
        ),
        &["a: new"],
        &[],
    );
    check(&format!(r#"{{{version},"items":{{"id":1}},"items":[{{"id":"a","title":"t"}}]}}"#), &["a: t"], &[]);
    check_item(r#""title":"u","title":null,"summary":"s""#, "a: s", &[]);
    check_item(r#""id":"b""#, "b: t", &[]);
    check_item(r#""tags":["x","y"],"tags":["z"]"#, "a: t | tag z", &[]);
    check_item(r#""tags":["x"],"tags":null"#, "a: t", &[]);
    check_item(r#""authors":[{"name":"x"}],"authors":[{"name":"y","name":"z"}]"#, "a: t | by z", &[]);
    check_item(r#""_stichwort":{"withdrawn":true,"kicker":"k"},"_stichwort":{}"#, "a: t", &[]);
    check_item(r#""_stichwort":{"not_before":"2099-01-01"},"_stichwort":{}"#, "a: t", &[]);
    check_item(r#""_stichwort":{"expires":"2019-01-01"},"_stichwort":{}"#, "a: t", &[]);
    check_item(r#""_stichwort":{"kicker":"k","image":null,"kicker":null}"#, "a: t", &[]);
    for last in ["null", "false"] {
        check_item(&format!(r#""_stichwort":{{"withdrawn":true,"withdrawn":{last}}}"#), "a: t", &[]);
    }
    check_item(
        r#""_stichwort":{"withdrawn":true,"withdrawn":"x"}"#,
        "a: t",
        &["items[0]._stichwort.withdrawn: expected true or false, found a string; ignored"],
    );
    for last in [r#""pinned":null"#, r#""pinned":false"#, r#""pinned":"x""#] {
        assert_eq!(beside(&format!(r#""_stichwort":{{"pinned":true,{last}}}"#)), "c a b");
    }
    assert_eq!(beside(r#""_stichwort":{"pinned":true},"_stichwort":{}"#), "c a b");
    check_item(r#""summary":"lead","title":" ","title":"u","summary":"s""#, "a: u | lead s", &[]);
    check_item(r#""authors":[{"name":"x"},{"name":"y","name":null},{"name":"z","name":" "}]"#, "a: t | by x", &[]);
    check_item(r#""authors":[{"name":"x","name":"w"},{"name":"y","name":"z"}]"#, "a: t | by w, z", &[]);
    check_item(r#""author":{"name":"x","name":null,"name":"y"},"authors":[{"name":" "}]"#, "a: t | by y", &[]);
    check_item(
        r#""date_published":"2019-01-01","date_published":7"#,
        "a: t",
        &["items[0].date_published: expected a string, found a number; ignored"],
    );
}

/// The ids that show, of three items of which the first has these members and only the last has a date.
fn beside(first: &str) -> String {
    let rest = r#"{"id":"b","title":"B"},{"id":"c","title":"C","date_published":"2019-01-01"}"#;
    let json = format!(r#"{{"items":[{{"id":"a","title":"A",{first}}},{rest}]}}"#);
    let bundle = read_any(json.as_bytes()).expect("is a bundle");
    let ids: Vec<&str> = bundle.store.newest().iter().map(|&index| bundle.store.article(index).id()).collect();
    ids.join(" ")
}

#[test]
fn what_is_said_of_one_item_says_nothing_of_the_next() {
    assert_eq!(beside(r#""_stichwort":{"withdrawn":true}"#), "c b");
    assert_eq!(beside(r#""_stichwort":{"expires":"2019-01-01"}"#), "c b");
    assert_eq!(beside(r#""_stichwort":{"not_before":"2099-01-01"}"#), "c b");
    assert_eq!(beside(r#""_stichwort":{"pinned":true}"#), "a c b");
    assert_eq!(beside(r#""date_published":"2019-05-01""#), "a c b");
}

#[test]
fn of_items_listed_twice_the_last_list_is_all_there_is() {
    let bundle = read_any(
        br#"{"items":[{"id":"a","title":"A","tags":["x"],"_stichwort":{"pinned":true,"facets":{"place":["n"]}}},
            {"id":"b","title":"B"}],
            "items":[{"id":"c","title":"C","date_published":"2019-01-01","tags":["y"],
            "_stichwort":{"facets":{"topic":["t"]}}},
            {"id":"d","title":"D","date_published":"2019-01-02"}]}"#,
    )
    .expect("is a bundle");
    assert_eq!(lines(&bundle), ["d: D | date 2019-01-02", "c: C | date 2019-01-01 | tag y"], "none of them is pinned");
    let store = &bundle.store;
    assert_eq!((store.find_facet("place"), store.find_facet("topic")), (None, Some(4)));
    assert_eq!((store.find_value(0, "x"), store.value_count()), (None, 2));
    // Of the same tags, too.
    let item = r#"{"id":"a","title":"A","tags":["x"],"_stichwort":{"facets":{"place":["n"]}}}"#;
    let json = format!(r#"{{"items":[{item}],"items":[{item}]}}"#);
    let bundle = read_any(json.as_bytes()).expect("is a bundle");
    assert_eq!((lines(&bundle).len(), bundle.store.value_count()), (1, 2));
}

#[test]
fn items_without_an_id_or_anything_to_show_are_dropped() {
    let dropped = |found: &str| format!("items[0].id: expected an id, found {found}; article dropped");
    for (id, found) in [
        ("", "none"),
        (r#""id":null,"#, "none"),
        (r#""id":"","#, "an empty one"),
        (r#""id":"\u0007","#, "an empty one"),
        (r#""id":true,"#, "true or false"),
        (r#""id":[1],"#, "an array"),
        (r#""id":{"id":"x"},"#, "an object"),
    ] {
        check_items(&format!(r#"{{{id}"title":"t"}}"#), &[], &[&dropped(found)]);
    }
    let next = dropped("none").replacen("[0]", "[1]", 1);
    check_items(r#"{"id":true,"title":"t"},{"title":"u"}"#, &[], &[&dropped("true or false"), &next]);
    check_items(
        r#"{"id":-1.50e3,"title":"t"}"#,
        &["-1.50e3: t"],
        &["items[0].id: expected a string, found a number; taken as text"],
    );
    check_items(
        r#"{"id":"a","title":" ","content_html":"<img alt=x>"}"#,
        &[],
        &["items[0].title: expected a title or text, found none; article dropped"],
    );
    check_items(
        r#"7,null,"x",[{"id":"y"}],{"id":"a","title":"t"}"#,
        &["a: t"],
        &[
            "items[0]: expected an object, found a number; article dropped",
            "items[1]: expected an object, found null; article dropped",
            "items[2]: expected an object, found a string; article dropped",
            "items[3]: expected an object, found an array; article dropped",
        ],
    );
}

#[test]
fn of_equal_ids_the_newer_wins_else_the_first() {
    let first = |place: &str, other: &str, why: &str| {
        format!("{place}.id: expected an id of its own, found that of {other}, which is {why}; article dropped")
    };
    check_items(
        r#"{"id":"a","title":"1"},{"id":"b","title":"2"},{"id":"a","title":"3"}"#,
        &["a: 1", "b: 2"],
        &[&first("items[2]", "items[0]", "first")],
    );
    check_items(
        r#"{"id":"a","title":"1","date_modified":"2019-01-01"},{"id":"a","title":"2","date_modified":"2019-01-03"},
           {"id":"a","title":"3","date_modified":"2019-01-02"}"#,
        &["a: 2"],
        &[&first("items[0]", "items[1]", "newer"), &first("items[2]", "items[1]", "newer")],
    );
    check_items(
        r#"{"id":"a","title":"1","date_modified":"2019-01-01T00:00:00+01:00"},{"id":"a","title":"2","date_modified":"2019-01-01"}"#,
        &["a: 2"],
        &[&first("items[0]", "items[1]", "newer")],
    );
    check_items(
        r#"{"id":"a","title":"1","date_modified":"2017-01-01"},{"id":"b","title":"2","date_modified":"2019-01-01"},
           {"id":"a","title":"3","date_modified":"2018-01-01"}"#,
        &["b: 2", "a: 3"],
        &[&first("items[0]", "items[2]", "newer")],
    );
    // Those that only begin alike are not.
    check_items(
        r#"{"id":"ab","title":"1"},{"id":"a","title":"2"},{"id":"abc","title":"3"}"#,
        &["ab: 1", "a: 2", "abc: 3"],
        &[],
    );
    // The winner decides, whether it is shown or not.
    check_items(
        r#"{"id":"a","title":"1"},{"id":"a","date_modified":"2019-01-01","_stichwort":{"withdrawn":true}}"#,
        &[],
        &[&first("items[0]", "items[1]", "newer")],
    );
    check_items(
        r#"{"id":"a","_stichwort":{"expires":"2019-12-31"}},{"id":"a","title":"2"}"#,
        &[],
        &[&first("items[1]", "items[0]", "first")],
    );
    // What has nothing to show displaces nothing.
    check_items(
        r#"{"id":"a","title":"1"},{"id":"a","date_modified":"2019-01-01"}"#,
        &["a: 1"],
        &["items[1].title: expected a title or text, found none; article dropped"],
    );
    check_items(
        r#"{"id":1,"title":"1"},{"id":"1","title":"2"}"#,
        &["1: 1"],
        &["items[0].id: expected a string, found a number; taken as text", &first("items[1]", "items[0]", "first")],
    );
}

#[test]
fn what_is_not_shown_now() {
    for hidden in [
        r#""withdrawn":true"#,
        r#""expires":"2020-01-01T00:00:00Z""#,
        r#""expires":"2019-12-31""#,
        r#""not_before":"2020-01-01T00:00:00.001Z""#,
        r#""not_before":"2020-01-01T00:00:00-01:00""#,
    ] {
        check_items(&format!(r#"{{"id":"a","title":"t","tags":["x"],"_stichwort":{{{hidden}}}}}"#), &[], &[]);
    }
    for shown in [
        r#""withdrawn":false"#,
        r#""withdrawn":null"#,
        r#""expires":"2020-01-01T00:00:00.001Z""#,
        r#""expires":"2020-01-01""#,
        r#""not_before":"2020-01-01T00:00:00Z""#,
        r#""not_before":"2020-01-01""#,
        r#""not_before":null"#,
    ] {
        check_item(&format!(r#""_stichwort":{{{shown}}}"#), "a: t", &[]);
    }
    check_item(r#""date_published":"2999-01-01""#, "a: t | date 2999-01-01", &[]);
    check_item(
        r#""_stichwort":{"expires":"soon","not_before":1,"withdrawn":"yes"}"#,
        "a: t",
        &[
            "items[0]._stichwort.expires: expected a date like 2019-11-25T10:00:00+01:00, found \"soon\"; ignored",
            "items[0]._stichwort.not_before: expected a string, found a number; ignored",
            "items[0]._stichwort.withdrawn: expected true or false, found a string; ignored",
        ],
    );
}

#[test]
fn headline_and_lead() {
    check_items(r#"{"id":"a","summary":"Sum","content_text":"Text"}"#, &["a: Sum"], &[]);
    check_items(r#"{"id":"a","content_text":"\n Text ","content_html":"Html"}"#, &["a: Text"], &[]);
    check_items(r#"{"id":"a","summary":" ","content_html":"<p>A&amp;B<p>C"}"#, &["a: A&B C"], &[]);
    check_item(r#""summary":"AT&amp;T <b>x</b>""#, "a: t | lead AT&amp;T <b>x</b>", &[]);
    check_item(r#""content_text":"<p>&lt;""#, "a: t | lead <p>&lt;", &[]);
    check_item(r#""title":"a\u202eb\u0007\n\tc""#, "a: ab c", &[]);
    let words = "word ".repeat(200);
    let (headline, lead) = ("word ".repeat(15), "word ".repeat(79));
    check_items(
        &format!(r#"{{"id":"a","content_html":"<p>{words}</p>"}}"#),
        &[&format!("a: {headline}… | lead {lead}…")],
        &[],
    );
    let title = "word ".repeat(50);
    check_item(&format!(r#""title":"{title}""#), &format!("a: {}", title.trim()), &[]);
    check_item(&format!(r#""content_html":"<style>{}</style>x""#, ".".repeat(1_000_000)), "a: t | lead x", &[]);
    check_item(&format!(r#""content_text":"{}x""#, " ".repeat(60_000)), "a: t | lead x", &[]);
    // What an editor leaves behind is no text.
    check_item(r#""summary":"\u00a0","content_html":"<p>&nbsp;</p><p>x""#, "a: t | lead x", &[]);
    check_items(r#"{"id":"a","title":"\u200b\ufeff","summary":"s","content_text":"\u00ad"}"#, &["a: s"], &[]);
    let nothing = "items[0].title: expected a title or text, found none; article dropped";
    check_items(r#"{"id":"a","url":"https://x.example/","content_html":"<p>&nbsp;</p>"}"#, &[], &[nothing]);
    check_item(
        r#""tags":["\u00a0","\u200bb"]"#,
        "a: t | tag b",
        &["items[0].tags[0]: expected a tag, found \"\"; ignored"],
    );
}

#[test]
fn a_link_that_does_not_fit_is_none() {
    for (length, is_link) in [(60_000, true), (70_000, false)] {
        let link = format!("https://x.example/{}", "y".repeat(length));
        let json = format!(r#"{{"home_page_url":"{link}","items":[{{"id":"a","title":"t","url":"{link}"}}]}}"#);
        let mut reader = Reader::new(BASE, NOW);
        reader.push(json.as_bytes()).expect("is JSON");
        let bundle = reader.finish().expect("is a feed");
        let article = bundle.store.article(bundle.store.newest()[0]);
        assert_eq!((article.url().is_some(), bundle.home_page_url.is_some()), (is_link, is_link));
        assert_eq!(bundle.problem_count, if is_link { 1 } else { 3 });
    }
}

#[test]
fn dates_tags_and_languages() {
    check_item(
        r#""date_published":"25.11.2019","language":"de_DE""#,
        "a: t",
        &[
            "items[0].date_published: expected a date like 2019-11-25T10:00:00+01:00, found \"25.11.2019\"; ignored",
            "items[0].language: expected a language tag like de-AT, found \"de_DE\"; ignored",
        ],
    );
    for (language, is_one) in [
        ("zh-Hant-TW", true),
        ("de--AT", false),
        ("de-", false),
        ("-de", false),
        ("de_AT", false),
        ("deutsches", false),
        ("de-abcdefgh-abcdefgh-abcdefgh-abcdefgh", false),
    ] {
        let json = format!(r#"{{"language":"{language}","items":[]}}"#);
        assert_eq!(read_any(json.as_bytes()).expect("is a bundle").language.is_some(), is_one, "{language}");
    }
    check_item(r#""date_modified":"2019-01-01""#, "a: t", &[]);
    check_item(
        r#""tags":["__proto__",1,""," b  c ",null,["d"],"__proto__","b c"," \t"]"#,
        "a: t | tag __proto__ | tag b c",
        &[
            "items[0].tags[1]: expected a string, found a number; ignored",
            "items[0].tags[2]: expected a tag, found \"\"; ignored",
            "items[0].tags[4]: expected a string, found null; ignored",
            "items[0].tags[5]: expected a string, found an array; ignored",
            "items[0].tags[8]: expected a tag, found \"\"; ignored",
        ],
    );
    check_item(r#""tags":"x""#, "a: t", &["items[0].tags: expected an array, found a string; ignored"]);
    check_items(
        r#"{"id":"a","title":"1","date_published":"2019-01-01"},{"id":"b","title":"2"},
           {"id":"c","title":"3","date_published":"2019-01-02"},{"id":"d","title":"4","date_published":"2019-01-01"}"#,
        &["c: 3 | date 2019-01-02", "a: 1 | date 2019-01-01", "d: 4 | date 2019-01-01", "b: 2"],
        &[],
    );
}

#[test]
fn links() {
    let bad = |place: &str, found: &str| {
        format!("items[0].{place}: expected an http or https link, found \"{found}\"; ignored")
    };
    check_item(r#""external_url":"//x/""#, "a: t | url https://x/", &[]);
    check_item(
        r#""url":"javascript:alert(1)","external_url":"https://x/""#,
        "a: t | url https://x/",
        &[&bad("url", "javascript:alert(1)")],
    );
    check_item(
        r#""url":"java\nscript:1","external_url":"mailto:x""#,
        "a: t",
        &[&bad("url", "java script:1"), &bad("external_url", "mailto:x")],
    );
    check_item(r#""url":"""#, "a: t", &[]);
    check_item(
        r#""url":{},"image":"data:,x","_stichwort":{"source":{"name":"S","url":"ftp://x"}}"#,
        "a: t | from S",
        &[
            "items[0].url: expected a string, found an object; ignored",
            &bad("image", "data:,x"),
            &bad("_stichwort.source.url", "ftp://x"),
        ],
    );
    check_item(
        r#""image":"a.png","_stichwort":{"image":{"url":"b.png"}}"#,
        "a: t | image https://host.example/news/b.png | alt ",
        &[],
    );
    check_item(
        r#""image":"a.png","_stichwort":{"image":{"url":"x:y","alt":"z"}}"#,
        "a: t | image https://host.example/news/a.png | alt z",
        &[&bad("_stichwort.image.url", "x:y")],
    );
    check(
        r#"{"version":"https://jsonfeed.org/version/1","home_page_url":"file:///x","items":[]}"#,
        &[],
        &["home_page_url: expected an http or https link, found \"file:///x\"; ignored"],
    );
}

#[test]
fn authors() {
    let feed = |top: &str, items: &str, end: &str| {
        format!(r#"{{"version":"https://jsonfeed.org/version/1",{top}"items":[{items}]{end}}}"#)
    };
    let (a, b) =
        (r#"{"id":"a","title":"t"}"#, r#"{"id":"b","title":"t","tags":["x"],"image":"i","author":{"name":"own"}}"#);
    let both = format!("{a},{b}");
    let shown = ["a: t | by feed", "b: t | by own | image https://host.example/news/i | alt  | tag x"];
    check(&feed(r#""authors":[{"name":"feed"}],"#, &both, ""), &shown, &[]);
    check(&feed(r#""author":{"name":"feed"},"#, &both, ""), &shown, &[]);
    check(&feed("", &both, r#","author":{"name":"feed"}"#), &shown, &[]);
    check(&feed(r#""author":{"name":"old"},"#, &both, r#","authors":[{"name":"feed"}]"#), &shown, &[]);
    check_item(r#""author":{"name":"old"},"authors":[{"name":"new"}]"#, "a: t | by new", &[]);
    check_item(r#""author":{"name":"old"},"authors":[{"url":"x"}]"#, "a: t | by old", &[]);
    check_item(r#""authors":[{"name":"a"},{"name":" "},{"name":"b"}]"#, "a: t | by a, b", &[]);
    check_item(r#""authors":[{"name":"\u202e"}]"#, "a: t", &[]);
    check_item(r#""authors":[{"name":"a","name":" "}]"#, "a: t", &[]);
    check_item(
        r#""authors":[{"name":"a"},{"name":"b","name":3}]"#,
        "a: t | by a",
        &["items[0].authors[1].name: expected a string, found a number; ignored"],
    );
    check_item(
        r#""author":"x","authors":["y",{"name":1},{"name":"z"}]"#,
        "a: t | by z",
        &[
            "items[0].author: expected an object, found a string; ignored",
            "items[0].authors[0]: expected an object, found a string; ignored",
            "items[0].authors[1].name: expected a string, found a number; ignored",
        ],
    );
    check(
        &feed(r#""authors":[{"name":[]},7],"author":{"name":{}},"_stichwort":[],"title":{},"#, "", ""),
        &[],
        &[
            "authors[0].name: expected a string, found an array; ignored",
            "authors[1]: expected an object, found a number; ignored",
            "author.name: expected a string, found an object; ignored",
            "_stichwort: expected an object, found an array; ignored",
            "title: expected a string, found an object; ignored",
        ],
    );
}

#[test]
fn wrong_types_lose_their_field_and_null_is_absent() {
    check_item(
        r#""summary":1,"content_text":[],"content_html":true,"image":{},"_stichwort":"x""#,
        "a: t",
        &[
            "items[0].summary: expected a string, found a number; ignored",
            "items[0].content_text: expected a string, found an array; ignored",
            "items[0].content_html: expected a string, found true or false; ignored",
            "items[0].image: expected a string, found an object; ignored",
            "items[0]._stichwort: expected an object, found a string; ignored",
        ],
    );
    check_item(
        r#""_stichwort":{"kicker":0,"image":[{"alt":"x"}],"source":{"name":{"name":"x"}}}"#,
        "a: t",
        &[
            "items[0]._stichwort.kicker: expected a string, found a number; ignored",
            "items[0]._stichwort.image: expected an object, found an array; ignored",
            "items[0]._stichwort.source.name: expected a string, found an object; ignored",
        ],
    );
    check_item(
        r#""summary":null,"url":null,"tags":null,"authors":null,"date_published":null,"_stichwort":null"#,
        "a: t",
        &[],
    );
    check_item(r#""unknown":[[{"id":"x"},{"title":[1]}],"y"],"date_published_":1"#, "a: t", &[]);
}

#[test]
fn bad_utf8_and_surrogates_lose_no_article() {
    let mut document = br#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"a","title":"x"#.to_vec();
    document.extend(b"\xff\xe2\x82");
    document.extend(br#"\ud800y"}]}"#);
    let bundle = read_any(&document).expect("is a bundle");
    assert_eq!(line(&bundle, bundle.store.newest()[0]), "a: x\u{fffd}\u{fffd}\u{fffd}y");
    let told: Vec<String> = bundle.problems.iter().map(Problem::to_string).collect();
    let line = "items[0].title: expected well-formed UTF-8, found ill-formed; replaced by U+FFFD";
    assert_eq!(told, [line]);
}

#[test]
fn a_hostile_number_of_problems_is_only_counted() {
    let items = "7,".repeat(100_000);
    let document =
        format!(r#"{{"version":"https://jsonfeed.org/version/1","items":[{items}{{"id":"a","title":"t"}}]}}"#);
    let bundle = read(&[document.as_bytes()]).expect("is a bundle");
    assert_eq!((bundle.problem_count, bundle.problems.len()), (100_000, PROBLEMS_KEPT));
    assert_eq!(bundle.problems[99].place, "items[99]");
    assert_eq!(bundle.store.newest().len(), 1);
}

#[test]
fn a_million_brackets_are_refused_or_skipped() {
    let open = "[".repeat(1_000_000);
    assert!(matches!(read(&[open.as_bytes()]), Err(BundleError::Syntax { line: 1, column: 1_000_001, .. })));
    let document = format!(r#"{{"x":{open}{},"items":[{{"id":"a","title":"t"}}]}}"#, "]".repeat(1_000_000));
    assert_eq!(read(&[document.as_bytes()]).expect("is a bundle").store.newest().len(), 1);
}

#[test]
fn the_last_of_equal_keys_wins_in_an_articles_facets() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","items":[
        {"id":"z","title":"Z","_stichwort":{"facets":{"topic":["old"],"topic":["new"]}}}]}"#;
    let bundle = read(&[json.as_bytes()]).expect("is a bundle");
    let topic = bundle.store.find_facet("topic").expect("a facet");
    assert!(bundle.store.find_value(topic, "new").is_some());
    assert!(bundle.store.find_value(topic, "old").is_none());
}

/// Where the name was, there is no text any more.
#[test]
fn an_author_who_is_taken_back_has_no_place() {
    let json = br#"{"title":"A","authors":[{"name":"x","name":null}],"title":null,"items":[{"id":"a","title":"t"}]}"#;
    assert_eq!(lines(&read_any(json).expect("is a bundle")), ["a: t"]);
}

#[test]
fn a_facet_without_a_name_is_none() {
    let json = br#"{"items":[{"id":"a","title":"A","_stichwort":{"facets":{"":["x"],"p":["y"]}}}]}"#;
    assert_eq!(read_any(json).expect("is a bundle").store.value_count(), 1);
}

#[test]
fn the_last_of_equal_keys_wins_in_facets() {
    for (stichwort, expected) in [
        (r#""_stichwort":{"facets":[{"id":"a"}],"facets":[{"id":"b"}]}"#, &["b"][..]),
        (r#""_stichwort":{"facets":[{"id":"a"}]},"_stichwort":{"facets":[{"id":"b"}]}"#, &["b"]),
        (r#""_stichwort":{"facets":[{"id":"a"}]},"_stichwort":{"facets":[{"id":"b"}],"facets":[{"id":"b"}]}"#, &["b"]),
        (r#""_stichwort":{"facets":[{"id":"a"}]},"_stichwort":{}"#, &[]),
        (r#""_stichwort":{"facets":[{"id":"a"}],"facets":null}"#, &[]),
        (r#""_stichwort":{"facets":[{"id":"a"}],"facets":[]}"#, &[]),
    ] {
        let bundle = read_any(format!(r#"{{{stichwort},"items":[]}}"#).as_bytes()).expect("is a bundle");
        assert_eq!(bundle.facets.iter().map(|facet| &*facet.id).collect::<Vec<_>>(), expected, "{stichwort}");
    }
    let json = br#"{"_stichwort":{"facets":[{"id":"topic",
        "values":[{"id":"a"},{"id":"b"}],"values":[{"id":"b","label":{"de":"Beta"}}]}]},"items":[]}"#;
    let bundle = read_any(json).expect("is a bundle");
    assert!(bundle.facets[0].value("a").is_none());
    assert_eq!(bundle.facets[0].value("b").map(|value| value.label("de")), Some("Beta"));
}

#[test]
fn the_last_of_equal_keys_wins_in_labels() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"topic","label":{"de":"alt","de":"neu"}, "match":"some"}]},"items":[]}"#;
    let bundle = read(&[json.as_bytes()]).expect("is a bundle");
    assert_eq!(bundle.facets[0].label("de"), "neu");
    assert_eq!(bundle.facets[0].combine, None);
    assert_eq!(bundle.problem_count, 1);
}

/// For each name those before it are looked at, so there is an end to them.
#[test]
fn more_facets_than_there_can_be_are_told() {
    let item = |id: &str, from: u32, to: u32| {
        let facets: Vec<String> = (from..to).map(|number| format!(r#""f{number}":["x"]"#)).collect();
        format!(r#"{{"id":"{id}","title":"T","_stichwort":{{"facets":{{{}}}}}}}"#, facets.join(","))
    };
    let bundle_of = |items: &[String]| {
        let json = format!(r#"{{"version":"https://jsonfeed.org/version/1.1","items":[{}]}}"#, items.join(","));
        read(&[json.as_bytes()]).expect("is a bundle")
    };
    let bundle = bundle_of(&[item("a", 0, 50_000)]);
    assert!(bundle.store.find_facet("f99").is_some() && bundle.store.find_facet("f100").is_none());
    assert_eq!(bundle.problems[0].place, "items[0]._stichwort.facets");
    assert_eq!(bundle.problem_count, 1);
    let bundle = bundle_of(&[item("a", 0, 60), item("b", 40, 100), item("c", 99, 101)]);
    assert_eq!(
        bundle.problems.iter().map(|problem| &*problem.place).collect::<Vec<_>>(),
        ["items[2]._stichwort.facets"]
    );
    let odd = r#"{"id":"a","title":"T","_stichwort":{"facets":{"source":["x"],"topic":["y"]}}}"#.to_owned();
    assert_eq!(bundle_of(&[odd]).problem_count, 1);
}

#[test]
fn more_labels_than_there_are_languages_are_told() {
    let labels: Vec<String> = (0..50_000).map(|number| format!(r#""x-{number}":"Name""#)).collect();
    let json = format!(
        r#"{{"version":"https://jsonfeed.org/version/1.1","_stichwort":{{"facets":[
            {{"id":"topic","label":{{{}}}}}]}},"items":[]}}"#,
        labels.join(",")
    );
    let bundle = read(&[json.as_bytes()]).expect("is a bundle");
    assert_eq!(bundle.facets[0].labels.len(), 100);
    assert_eq!(bundle.problem_count, 49_900);
}

#[test]
fn of_values_listed_twice_the_first_counts() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[{"id":"topic","values":[
        {"id":"a","label":{"de":"erst"}},{"id":"b"},{"id":"a","label":{"de":"zweit"}},{"id":"x","id":"c"}]}]},"items":[]}"#;
    let bundle = read(&[json.as_bytes()]).expect("is a bundle");
    let topic = &bundle.facets[0];
    assert_eq!(topic.value("a").map(|value| value.label("de")), Some("erst"));
    assert!(topic.value("b").is_some() && topic.value("c").is_some());
    assert!(topic.value("x").is_none() && topic.value("").is_none());
}

#[test]
fn ids_of_facets_are_their_own() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"order":"oldest","facets":[
        {"id":"a","values":[{"id":"1"},{"id":"1"},{"id":""},{"id":"2","id":"2"},{"label":{"de":"drei"}}]},
        {"id":"a"},{"id":"author"},{"values":[{"id":"1"}]}]},"items":[]}"#;
    let problems = [
        "_stichwort.order: expected newest, found \"oldest\"; ignored",
        "_stichwort.facets[0].values[1].id: expected an id of its own, found \"1\"; ignored",
        "_stichwort.facets[0].values[2].id: expected an id, found none; ignored",
        "_stichwort.facets[0].values[4].id: expected an id, found none; ignored",
        "_stichwort.facets[1].id: expected an id of its own, found \"a\"; ignored",
        "_stichwort.facets[3].id: expected an id, found none; ignored",
    ];
    check(json, &[], &problems);
}

#[test]
fn problems_of_facets_have_their_places() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"a","values":[{"id":"1"},{"id":"2"},{"id":3}],"match":7}, 5]},
        "items":[{"id":"z","title":"Z","_stichwort":{"facets":{"topic":["x",1]}}}]}"#;
    let places: Vec<String> =
        read(&[json.as_bytes()]).expect("is a bundle").problems.iter().map(|problem| problem.place.clone()).collect();
    assert_eq!(
        places,
        [
            "_stichwort.facets[0].values[2].id", // a number is no id,
            "_stichwort.facets[0].values[2].id", // and without one it is no value
            "_stichwort.facets[0].match",
            "_stichwort.facets[1]",
            "items[0]._stichwort.facets.topic[1]"
        ]
    );
}

#[test]
fn match_of_the_wrong_kind_leaves_the_default() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","_stichwort":{"facets":[
        {"id":"topic","match":"some"}]},"items":[]}"#;
    assert_eq!(read(&[json.as_bytes()]).expect("is a bundle").facets[0].combine, None);
}

#[test]
fn a_bundle_that_breaks_off_is_refused_wherever_it_does() {
    let document = r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"a","title":"t","tags":["x"]}]}"#;
    for cut in 0..document.len() {
        let error = read(&[&document.as_bytes()[..cut]]).expect_err("breaks off");
        assert!(
            matches!(error, BundleError::Syntax { line: 1, column, found: None, .. } if column == cut + 1),
            "{error}"
        );
    }
}

#[test]
fn an_error_is_said_again() {
    let mut reader = Reader::new(BASE, NOW);
    let error = reader.push(b"{]").expect_err("is no JSON");
    assert_eq!(reader.push(b"}"), Err(error.clone()));
    assert_eq!(reader.finish().map(|_| ()), Err(error));
}

/// JSON that is nearly a feed: known names with all kinds of values.
fn any_bundle() -> impl Strategy<Value = String> {
    let scalar = || {
        prop_oneof![
            Just("null".to_owned()),
            Just("true".to_owned()),
            Just("-1.5".to_owned()),
            Just("\"\"".to_owned()),
            Just("\"2019-11-25\"".to_owned()),
            Just("\"2030-11-25T10:00:00+01:00\"".to_owned()),
            Just("\"/ä?x\"".to_owned()),
            Just("\"\\ud83d\\ude00 \\u202e<b>&amp;\"".to_owned()),
            Just("\"a\"".to_owned()),
            Just("\"javascript:1\"".to_owned()),
        ]
    };
    let key = prop::sample::select(vec![
        "id",
        "id",
        "url",
        "title",
        "title",
        "summary",
        "content_html",
        "date_published",
        "date_modified",
        "tags",
        "authors",
        "author",
        "name",
        "_stichwort",
        "image",
        "source",
        "expires",
        "withdrawn",
        "kicker",
        "language",
        "items",
        "order",
        "x",
    ]);
    let value = scalar().prop_recursive(4, 40, 6, move |inner| {
        let member = (key.clone(), inner.clone()).prop_map(|(key, value)| format!("{key:?}: {value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(|values| format!("[{}]", values.join(","))),
            prop::collection::vec(member, 0..8).prop_map(|members| format!("{{{}}}", members.join(",\n"))),
        ]
    });
    prop_oneof![
        prop::collection::vec(value.clone(), 0..6)
            .prop_map(|items| { format!(r#"{{"_stichwort":{{"order":"newest"}},"items":[{}]}}"#, items.join(",")) }),
        prop::collection::vec(value.clone(), 0..6)
            .prop_map(|items| format!(r#"{{"title":"T","items":[{}],"authors":[{{"name":"n"}}]}}"#, items.join(","))),
        prop::collection::vec((scalar(), value.clone(), value.clone()), 0..6).prop_map(|items| {
            let items = items.iter().map(|(id, tags, own)| {
                format!(r#"{{"id":{id},"title":"t","tags":{tags},"_stichwort":{own},"date_modified":{id}}}"#)
            });
            format!(r#"{{"items":[{}]}}"#, items.collect::<Vec<_>>().join(","))
        }),
        value,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bundle_reads_the_same_in_any_chunks(
        document in any_bundle(), cuts in prop::collection::vec(any::<usize>(), 0..12), spoil: Option<(usize, u8)>,
    ) {
        let mut document = document.into_bytes();
        if let Some((place, byte)) = spoil {
            let place = place % document.len();
            document[place] = byte;
        }
        let whole = dump(read(&[&document]));
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (document.len() + 1)).collect();
        cuts.extend([0, document.len()]);
        cuts.sort_unstable();
        let chunks: Vec<&[u8]> = cuts.windows(2).map(|pair| &document[pair[0]..pair[1]]).collect();
        prop_assert_eq!(dump(read(&chunks)), whole);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
        let _ = read(&[&bytes]);
    }
}
