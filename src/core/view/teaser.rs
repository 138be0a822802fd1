//! One teaser: kicker, headline, lead, date, byline, source, tags and picture of an article.

use super::escape::is_link;
use super::node::{Action, Attribute, Class, Fixed, Name, Part, Tree, key};
use super::{heading_name, hidden, link, other_language, tag_item, value_name, word};
use crate::i18n::{Key, Value};
use crate::model::Article;
use crate::options::{Sort, bit};
use crate::selection::TAGS;
use crate::state::{Feed, State};
use crate::{ascii, url};

/// Author codes are up to this long and stand in brackets; longer ones are names.
const LONGEST_CODE: usize = 4;

/// The list item of one article.
pub(super) fn teaser(state: &State, feed: &Feed, article: Article<'_>, out: &mut Tree) {
    let language = other_language(state, article.language().or(feed.bundle.language.as_deref()));
    // Inside an article in another language, the interface's own words state theirs.
    let own = language.map(|_| state.catalogue.language().code());
    out.part(Name::Li, Part::Teaser).key(key(article.id()));
    state_language(language, out);
    if article.is_pinned() && state.order() == Sort::Newest {
        out.set(Attribute::DataPinned, Fixed::Empty);
    }
    let shows = |part| state.options.shows(part);
    paragraph(Part::Kicker, article.kicker().filter(|_| shows(const { bit("kicker") })), out);
    headline(state, article, out);
    paragraph(Part::Lead, article.lead().filter(|_| shows(const { bit("lead") })), out);
    meta(state, article, own, out);
    if shows(const { bit("teaser-tag") }) {
        tags(state, feed, article, own, out);
    }
    if let (true, Some(later)) = (shows(const { bit("image") }), state.later) {
        later.picture(state, article, own, out);
    }
    out.close();
}

fn paragraph(part: Part, text: Option<&str>, out: &mut Tree) {
    if let Some(text) = text {
        out.part(Name::P, part).text(text).close();
    }
}

fn headline(state: &State, article: Article<'_>, out: &mut Tree) {
    out.part(heading_name(state.options.heading_level()), Part::Headline);
    match article.url().filter(|url| is_link(url)) {
        Some(url) => {
            out.part(Name::A, Part::HeadlineLink).asks(Action::Open(article.index()));
            link(state, out, url, article.headline());
        }
        // Without a link it still takes the focus when "more" has put it there.
        None => {
            out.set(Attribute::Tabindex, Fixed::MinusOne).text(article.headline());
        }
    }
    out.close();
}

fn meta(state: &State, article: Article<'_>, own: Option<&str>, out: &mut Tree) {
    let shows = |part| state.options.shows(part);
    let date = article.date().filter(|_| shows(const { bit("date") }));
    let byline = article.byline().filter(|_| shows(const { bit("byline") }));
    let source = article.source().filter(|_| shows(const { bit("source") }));
    if date.is_none() && byline.is_none() && source.is_none() {
        return;
    }
    state_language(own, out.class(Name::P, Class::Meta));
    if let Some(date) = date {
        out.part(Name::Time, Part::Date).compose(Attribute::Datetime, |out| date.write_datetime(out));
        state.catalogue.write_date(out.content(), date);
        out.close();
    }
    if let Some(byline) = byline {
        out.part(Name::Span, Part::Byline);
        let (label, before, after) = if is_codes(&byline) {
            (Key::Byline, "(", ")")
        } else {
            out.set(Attribute::Class, Class::Names);
            (Key::BylineAuthors, "", "")
        };
        hidden(out, state.catalogue.text(label)).text(" ").close();
        out.open(Name::Span).text(before).text(&byline).text(after).close();
        out.close();
    }
    if let Some(source) = source {
        out.part(Name::Span, Part::Source);
        match source.url.filter(|url| is_link(url)) {
            Some(url) => link(state, out.open(Name::A), url, source.name),
            None => {
                out.text(source.name);
            }
        }
        out.close();
    }
    out.close();
}

/// States a language, where it is another one than that of what is around.
fn state_language(language: Option<&str>, out: &mut Tree) {
    if let Some(language) = language {
        out.write(Attribute::Lang, language).set(Attribute::Dir, direction(language));
    }
}

/// Whether all names in a byline are so short, and none is written as a name is: `Anna`, or in letters without case.
/// A space can only stand before one.
fn is_codes(byline: &str) -> bool {
    let mut length = 0;
    let mut is_capital = false;
    byline.chars().all(|character| {
        match character {
            ',' => length = 0,
            ' ' if length == 0 => {}
            ' ' | '\u{250}'.. => return false,
            'a'..='z' | 'ß'..='ÿ' if is_capital => return false,
            _ => length += 1,
        }
        // Of those beyond `ÿ` every other one is; codes hardly have any.
        is_capital = matches!(character, 'A'..='Z' | 'À'..='Þ' | 'Ā'..='ž');
        length <= LONGEST_CODE
    })
}

fn tags(state: &State, feed: &Feed, article: Article<'_>, own: Option<&str>, out: &mut Tree) {
    let facet = feed.facet_text(TAGS);
    let mut is_begun = false;
    for tag in article.tags() {
        let name = feed.bundle.store.value_name(tag);
        let text = state.value_text(facet, name);
        if text.is_some_and(|text| text.is_hidden) {
            continue;
        }
        if !std::mem::replace(&mut is_begun, true) {
            out.class(Name::Ul, Class::Tags)
                .set(Attribute::Role, Fixed::List)
                .write(Attribute::AriaLabel, state.catalogue.text(Key::Tags));
            state_language(own, out);
        }
        tag_item(name, Part::TeaserTag, Action::ToggleTag, out)
            .set(Attribute::AriaPressed, state.selection.contains(TAGS, name));
        value_name(state, text, name, out);
        out.close();
        out.close();
    }
    if is_begun {
        out.close();
    }
}

pub(crate) fn picture(state: &State, article: Article<'_>, own: Option<&str>, out: &mut Tree) {
    let Some(image) = article.image().filter(|image| is_link(image.url)) else { return };
    out.part(Name::Figure, Part::Image);
    if state.may_load(image.url, article.index()) {
        // Attributes are set in this order in the document, and `src` starts the request: it comes last.
        out.open(Name::Img).key(key(image.url)).write(Attribute::Alt, image.alt);
        if state.loaded_images.contains(&article.index()) {
            out.set(Attribute::Tabindex, Fixed::MinusOne); // has the focus, perhaps
        }
        out.set(Attribute::Loading, Fixed::Lazy)
            .set(Attribute::Decoding, Fixed::Async)
            .set(Attribute::Referrerpolicy, Fixed::NoReferrer)
            .write(Attribute::Src, image.url)
            .close();
    } else {
        out.class(Name::Button, Class::ImageLoad).asks(Action::LoadImage(article.index()));
        word(state, Key::ImageLoad, out.class(Name::Strong, Class::ImageLoadLabel).maybe(Attribute::Lang, own));
        out.open(Name::Span).maybe(Attribute::Lang, own).text(" ");
        let host = url::host(image.url).unwrap_or_default();
        state.catalogue.fill(out.content(), state.catalogue.text(Key::ImageHost), &[("host", Value::Text(host))]);
        out.close();
        // What is on it, or at least whose it is: several buttons of one host have to be told apart.
        let about = if image.alt.is_empty() { article.headline() } else { image.alt };
        hidden(out, ": ").text(about).close();
        out.close();
    }
    if let Some(credit) = image.credit {
        out.class(Name::Figcaption, Class::Credit).text(credit).close();
    }
    out.close();
}

/// Writing direction of a language, by its script.
pub(super) fn direction(language: &str) -> Fixed {
    let primary = ascii::until(language, |byte| byte == b'-');
    // With a capital: a script, which may stand anywhere behind.
    let is_rtl = ascii::split("ar ckb dv fa he prs ps sd ug ur yi", b' ').any(|rtl| primary.eq_ignore_ascii_case(rtl));
    let has_script = ascii::split(language, b'-').any(|part| part == "Arab" || part == "Hebr");
    if is_rtl || has_script { Fixed::Rtl } else { Fixed::Ltr }
}
