//! One teaser: kicker, headline, lead, date, byline, source, tags and picture of an article.

use super::escape::is_link;
use super::node::{Action, Attribute, Class, Element, Name, Part};
use super::{button, heading_name, hidden, link, other_language, span, tag_name};
use crate::i18n::Key;
use crate::model::{Article, Image};
use crate::state::{Feed, State};
use crate::{ascii, store, url};

/// Author codes are up to this long and stand in brackets; longer ones are names.
const LONGEST_CODE: usize = 4;

/// The list item of one article.
pub(super) fn teaser(state: &State, feed: &Feed, article: Article<'_>) -> Element {
    let language = other_language(state, article.language().or(feed.bundle.language.as_deref()));
    // Inside an article in another language, the interface's own words state theirs.
    let own = language.map(|_| state.catalogue.language().code());
    let mut children = Vec::with_capacity(6);
    if let Some(kicker) = article.kicker() {
        children.push(Element::of_part(Name::P, Part::Kicker).text(kicker.to_owned()));
    }
    children.push(headline(state, article));
    if let Some(lead) = article.lead() {
        children.push(Element::of_part(Name::P, Part::Lead).text(lead.to_owned()));
    }
    children.extend(meta(state, article).map(|meta| meta.maybe(Attribute::Lang, own)));
    children.extend(tags(state, feed, article).map(|tags| tags.maybe(Attribute::Lang, own)));
    if let Some(image) = article.image().filter(|image| is_link(image.url)) {
        children.push(picture(state, article, image, own));
    }
    Element::of_part(Name::Li, Part::Teaser)
        .key(store::hash(article.id()))
        .maybe(Attribute::Lang, language.map(str::to_owned))
        .maybe(Attribute::Dir, language.map(direction))
        .children(children)
}

fn headline(state: &State, article: Article<'_>) -> Element {
    let headline = Element::of_part(heading_name(state.options.heading_level()), Part::Headline);
    match article.url().filter(|url| is_link(url)) {
        Some(url) => {
            let anchor = Element::of_part(Name::A, Part::HeadlineLink).on_click(Action::Open(article.index()));
            headline.children(vec![link(state, anchor, url, article.headline())])
        }
        // Without a link it still takes the focus when "more" has put it there.
        None => headline.set(Attribute::Tabindex, "-1").text(article.headline().to_owned()),
    }
}

fn meta(state: &State, article: Article<'_>) -> Option<Element> {
    let mut children = Vec::new();
    if let Some(date) = article.date() {
        children.push(
            Element::of_part(Name::Time, Part::Date)
                .set(Attribute::Datetime, date.datetime())
                .text(state.catalogue.date(date)),
        );
    }
    if let Some(byline) = article.byline() {
        let is_code = |name: &str| ascii::split(name, b' ').count() == 1 && name.chars().count() <= LONGEST_CODE;
        let codes = ascii::split(byline, b',').map(str::trim_ascii_start).all(is_code);
        let (label, text) =
            if codes { (Key::Byline, ["(", byline, ")"].concat()) } else { (Key::BylineAuthors, byline.to_owned()) };
        let label = hidden([state.catalogue.text(label), " "].concat());
        children.push(Element::of_part(Name::Span, Part::Byline).children(vec![label, span(text)]));
    }
    if let Some(source) = article.source() {
        let element = Element::of_part(Name::Span, Part::Source);
        children.push(match source.url.filter(|url| is_link(url)) {
            Some(url) => element.children(vec![link(state, Element::new(Name::A), url, source.name)]),
            None => element.text(source.name.to_owned()),
        });
    }
    (!children.is_empty()).then(|| Element::of_class(Name::P, Class::Meta).children(children))
}

fn tags(state: &State, feed: &Feed, article: Article<'_>) -> Option<Element> {
    let items: Vec<Element> = article
        .tags()
        .iter()
        .map(|&tag| {
            let name = feed.bundle.store.tag_name(tag);
            let pressed = if state.selection.contains(name) { "true" } else { "false" };
            let button = button(Part::TeaserTag)
                .set(Attribute::DataTag, name.to_owned())
                .set(Attribute::AriaPressed, pressed)
                .on_click(Action::ToggleTag)
                .children(vec![tag_name(state, name)]);
            Element::new(Name::Li).key(store::hash(name)).children(vec![button])
        })
        .collect();
    (!items.is_empty()).then(|| {
        Element::of_class(Name::Ul, Class::Tags)
            .set(Attribute::Role, "list")
            .set(Attribute::AriaLabel, state.catalogue.text(Key::Tags).to_owned())
            .children(items)
    })
}

fn picture(state: &State, article: Article<'_>, image: Image<'_>, own: Option<&'static str>) -> Element {
    let mut children = Vec::with_capacity(2);
    if state.may_load(image.url, article.index()) {
        children.push(
            // Attributes are set in this order in the document, and `src` starts the request: it comes last.
            Element::new(Name::Img)
                .set(Attribute::Alt, image.alt.to_owned())
                .set(Attribute::Loading, "lazy")
                .set(Attribute::Decoding, "async")
                .set(Attribute::Referrerpolicy, "no-referrer")
                .set(Attribute::Src, image.url.to_owned()),
        );
    } else {
        let host = url::host(image.url).unwrap_or_default();
        // What is on it, or at least whose it is: several buttons of one host have to be told apart.
        let about = if image.alt.is_empty() { article.headline() } else { image.alt };
        children.push(
            Element::of_class(Name::Button, Class::ImageLoad)
                .set(Attribute::Type, "button")
                .on_click(Action::LoadImage(article.index()))
                .children(vec![
                    Element::of_class(Name::Strong, Class::ImageLoadLabel)
                        .maybe(Attribute::Lang, own)
                        .text(state.catalogue.text(Key::ImageLoad).to_owned()),
                    span([" ", &state.catalogue.fill(Key::ImageHost, "host", host)].concat())
                        .maybe(Attribute::Lang, own),
                    hidden([": ", about].concat()),
                ]),
        );
    }
    if let Some(credit) = image.credit {
        children.push(Element::of_class(Name::Figcaption, Class::Credit).text(credit.to_owned()));
    }
    Element::of_part(Name::Figure, Part::Image).children(children)
}

/// Writing direction of a language, by its script.
fn direction(language: &str) -> &'static str {
    let primary = ascii::until(language, |byte| byte == b'-');
    if ["ar", "dv", "fa", "he", "ps", "ur", "yi"].iter().any(|rtl| primary.eq_ignore_ascii_case(rtl)) {
        "rtl"
    } else {
        "ltr"
    }
}
