//! Choosing tags, and whether the numbers are true.

use serde_json::{Value, json};
use stichwort_tests::{
    bundles::{self, Match, TAGS},
    page::Page,
    suite::Test,
    tests,
    widget::{Widget, tag, teaser_tag},
};

use super::setting::{check_selection, shown, typical};

pub(crate) fn all() -> Vec<Test> {
    tests![
        twenty_teasers_with_all_their_parts,
        every_tag_tells_its_number,
        numbers_stay_true_while_choosing,
        numbers_stay_true_with_match_any,
        several_tags_must_all_match,
        one_of_several_is_enough_with_match_any,
        a_chosen_tag_can_be_let_go,
        a_teasers_own_tag_chooses,
        chips_remove_one_by_one,
        clear_removes_all,
        more_shows_twenty_more_and_moves_the_focus,
        choosing_starts_at_the_first_page,
        nothing_matches,
        status_is_a_live_region,
    ]
}

async fn twenty_teasers_with_all_their_parts(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    assert_eq!(list.count("teaser").await, 20);
    assert_eq!(list.matches().await, 60);
    let item = &bundle["items"][0];
    let first = "teaser:nth-of-type(1) ";
    assert_eq!(list.text(&format!("{first}headline-link")).await, item["title"].as_str().unwrap());
    assert_eq!(list.text(&format!("{first}kicker")).await, "Rathaus");
    assert_eq!(list.text(&format!("{first}lead")).await, item["summary"].as_str().unwrap());
    assert!(list.text(&format!("{first}byline")).await.contains("ve"));
    assert_eq!(list.attribute(&format!("{first}headline-link"), "href").await, item["url"].as_str().unwrap());
    assert!(list.attribute(&format!("{first}date"), "datetime").await.starts_with("2025-12-28"));
    assert_eq!(list.look(&format!("{first}date"), "element.localName").await, json!("time"));
    assert_eq!(
        list.attributes(&format!("{first}teaser-tag"), "data-tag").await,
        item["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect::<Vec<_>>()
    );
    assert!(!list.fallback_shown().await, "the fallback gives way");
}

/// Every tag shown tells what a naive count finds, and no tag that has articles is missing.
async fn check_numbers(list: &Widget<'_>, bundle: &Value, chosen: &[&str], how: Match) {
    list.wait_matches(bundles::matches(bundle, chosen, how)).await;
    list.show_all_tags().await;
    let tags = list.tags().await;
    for found in &tags {
        let expected = bundles::promised(bundle, chosen, &found.tag, how);
        assert_eq!(found.count, expected, "{} while {chosen:?}", found.tag);
        assert_eq!(found.pressed, chosen.contains(&found.tag.as_str()), "{}", found.tag);
    }
    for tag in TAGS {
        let expected = bundles::promised(bundle, chosen, tag, how);
        let there = tags.iter().filter(|found| found.tag == tag).count();
        assert!(there == 1 || (there == 0 && expected == 0), "{tag} is there {there} times");
    }
}

async fn every_tag_tells_its_number(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    check_numbers(&list, &bundle, &[], Match::All).await;
}

async fn check_numbers_along(page: &Page, attributes: &str, how: Match) {
    let (bundle, list) = typical(page, attributes).await;
    list.show_all_tags().await;
    let mut chosen = Vec::new();
    for next in ["Rathaus", "Digitale Souveränität", "OZG"] {
        list.click(&tag(next)).await;
        chosen.push(next);
        check_numbers(&list, &bundle, &chosen, how).await;
    }
}

async fn numbers_stay_true_while_choosing(page: &Page) {
    check_numbers_along(page, "", Match::All).await;
}

async fn numbers_stay_true_with_match_any(page: &Page) {
    check_numbers_along(page, r#"match="any""#, Match::Any).await;
}

async fn several_tags_must_all_match(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    list.click(&tag("Rathaus")).await;
    check_selection(&list, &bundle, &["Rathaus"], Match::All).await;
    list.click(&tag("Digitale Souveränität")).await;
    check_selection(&list, &bundle, &["Rathaus", "Digitale Souveränität"], Match::All).await;
}

async fn one_of_several_is_enough_with_match_any(page: &Page) {
    let (bundle, list) = typical(page, r#"match="any""#).await;
    list.click(&tag("Rathaus")).await;
    check_selection(&list, &bundle, &["Rathaus"], Match::Any).await;
    list.click(&tag("Digitale Souveränität")).await;
    check_selection(&list, &bundle, &["Rathaus", "Digitale Souveränität"], Match::Any).await;
}

async fn a_chosen_tag_can_be_let_go(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    list.click(&tag("OZG")).await;
    check_selection(&list, &bundle, &["OZG"], Match::All).await;
    assert_eq!(list.count("tag-selected").await, 1);
    list.click(&tag("OZG")).await;
    check_selection(&list, &bundle, &[], Match::All).await;
    assert_eq!(list.count("tag-selected").await, 0);
}

async fn a_teasers_own_tag_chooses(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    let spec = "teaser:nth-of-type(2) teaser-tag";
    let chosen = list.attribute(spec, "data-tag").await;
    assert_eq!(list.attribute(spec, "aria-pressed").await, "false");
    list.click(spec).await;
    check_selection(&list, &bundle, &[&chosen], Match::All).await;
    let pressed = list.attributes(&teaser_tag(&chosen), "aria-pressed").await;
    assert!(!pressed.is_empty() && pressed.iter().all(|pressed| pressed == "true"));
    list.click(&teaser_tag(&chosen)).await;
    check_selection(&list, &bundle, &[], Match::All).await;
}

async fn chips_remove_one_by_one(page: &Page) {
    let (bundle, list) = typical(page, r#"tags="Rathaus, OZG""#).await;
    check_selection(&list, &bundle, &["Rathaus", "OZG"], Match::All).await;
    assert_eq!(list.count("chip").await, 2);
    list.click_with_text("chip", "OZG").await;
    check_selection(&list, &bundle, &["Rathaus"], Match::All).await;
    assert_eq!(list.count("chip").await, 1);
    list.click_with_text("chip", "Rathaus").await;
    check_selection(&list, &bundle, &[], Match::All).await;
    assert_eq!(list.count("chip").await, 0);
    assert!(!list.is_shown("clear").await, "nothing is left to clear");
}

async fn clear_removes_all(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    list.click(&tag("Rathaus")).await;
    list.wait_count("chip", 1).await;
    list.click(&tag("Digitale Souveränität")).await;
    list.wait_count("chip", 2).await;
    list.click("clear").await;
    check_selection(&list, &bundle, &[], Match::All).await;
    assert_eq!(list.count("chip").await, 0);
}

async fn more_shows_twenty_more_and_moves_the_focus(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    for shown in [20, 40] {
        assert_eq!(list.count("teaser").await, shown);
        list.click("more").await;
        list.wait_count("teaser", shown + 20).await;
        list.wait_focus(&format!("teaser:nth-of-type({}) headline-link", shown + 1)).await;
    }
    assert!(!list.is_shown("more").await, "there is no more");
    assert_eq!(list.headlines().await, bundles::headlines(&bundle, &[], Match::All));
}

async fn choosing_starts_at_the_first_page(page: &Page) {
    let (bundle, list) = typical(page, r#"page-size="3""#).await;
    list.click("more").await;
    list.wait_count("teaser", 6).await;
    list.click(&tag("Rathaus")).await;
    list.wait_matches(bundles::matches(&bundle, &["Rathaus"], Match::All)).await;
    assert_eq!(list.count("teaser").await, 3);
}

async fn nothing_matches(page: &Page) {
    let items = vec![bundles::article("1", "2025-02-01", &["Kultur"]), bundles::article("2", "2025-01-01", &["Sport"])];
    let list = shown(page, &bundles::feed(items), "").await;
    list.click(&tag("Kultur")).await;
    list.wait_matches(1).await;
    assert_eq!(list.tags().await.iter().map(|tag| tag.count).collect::<Vec<_>>(), [1, 0]);
    list.click(&tag("Sport")).await;
    // What would leave something is told by the program's later part.
    list.wait_shown("empty :is(.hint)").await;
    assert_eq!(list.count("teaser").await, 0);
    // What would help.
    assert_eq!(list.text("empty :is(.hint)").await, "Ohne „Kultur“ wäre es eine. Ohne „Sport“ wäre es eine.");
    assert_eq!(list.count("clear").await, 1);
    list.click("clear").await;
    list.wait_count("teaser", 2).await;
    assert!(!list.is_shown("empty").await);
    list.click(&tag("Kultur")).await;
    let search = "element.value = 'Sport'; element.dispatchEvent(new Event('input', { bubbles: true }))";
    list.look("search", &format!("(() => {{ {search} }})()")).await;
    list.wait_shown("empty").await;
    assert_eq!(list.text("empty :is(.hint)").await, "Ohne „Kultur“ wäre es eine. Ohne „Sport“ wäre es eine.");
}

async fn status_is_a_live_region(page: &Page) {
    let (bundle, list) = typical(page, "").await;
    assert_eq!(list.count("status").await, 1);
    assert_eq!(list.attribute("status", "role").await, "status");
    // A live region that is replaced is not read out.
    list.look("status", "window.statusBefore = element, true").await;
    list.click(&tag("Rathaus")).await;
    list.wait_matches(bundles::matches(&bundle, &["Rathaus"], Match::All)).await;
    assert_eq!(list.look("status", "window.statusBefore === element").await, json!(true));
}
