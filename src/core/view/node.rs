//! The view as a tree of values. It has no variant for raw HTML, so markup in a bundle can only ever be text.
//!
//! ```
//! use stichwort_core::view::html::to_html;
//! use stichwort_core::view::node::{Name, Part, Tree};
//!
//! let mut tree = Tree::default();
//! tree.part(Name::P, Part::Kicker).text("Fish & chips").close();
//! assert_eq!(to_html(&tree), "<p part=\"kicker\">Fish &amp; chips</p>");
//! ```
//!
//! An element holds either text or elements, never both: patching a text then
//! means setting the text of one element, which stays right even where a
//! browser's translator has wrapped that text in elements of its own.
//!
//! The tree lies flat, in document order: a list of elements, each of which
//! knows where its subtree ends, a list of attributes, and one text in which
//! all texts stand behind one another. A tree of boxes took twice the code in
//! the browser, most of it to move, copy and free them.

use crate::model::ArticleIndex;

pub use super::names::{Attribute, Class, Fixed, Name, Part, Word, key};

/// What a click on an element (or on anything inside it), or a field's new value, asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Choose the tag named in the element's `data-tag`, or let it go.
    ToggleTag,
    /// Choose the value named in the element's `data-tag`, of the facet that it stands in, or let it go.
    ToggleValue,
    /// Let go what the chip at this place stands for.
    RemoveChip(u16),
    /// Let everything go.
    Clear,
    /// Show all values of the facet at this place, or only the first ones again.
    ToggleAll(u8),
    /// Show them by name, or in their own order again.
    ToggleOrder(u8),
    /// Show those that have the element's value in them.
    Narrow(u8),
    /// Search for the element's value.
    Search,
    /// Put the teasers into the order that is the element's value.
    Sort,
    /// Choose the period named in the element's `data-preset`, or let it go.
    Preset,
    /// Choose the first day, which is the element's value.
    From,
    /// Choose the last day.
    To,
    /// Go to this page, from 0.
    Page(u32),
    /// Copy the link of what is shown.
    CopyLink,
    /// Open or close the filters (narrow containers).
    ToggleFilters,
    /// Show more teasers.
    More,
    /// Show the newer articles that came while the list was being read.
    ShowUpdates,
    /// Ask for the bundle again.
    Retry,
    /// Load the picture of this article from its foreign host.
    LoadImage(ArticleIndex),
    /// Follow the link to this article.
    Open(ArticleIndex),
}

/// The elements of a view, in document order; the first is the root.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    elements: Vec<Element>,
    attributes: Vec<(Attribute, Value)>,
    text: String,
    /// The elements that are still being written, outermost first.
    open: Vec<u32>,
}

/// One element. What it holds is asked of its [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// What it is.
    pub name: Name,
    /// Who it is among its siblings, where they come and go; 0 for nobody.
    /// Two siblings may share a key (it is a hash): then they are told apart by their order.
    pub key: u32,
    /// What a click on it, or its new value, asks for.
    pub action: Option<Action>,
    /// Its attributes begin here, and end where the next element's begin.
    attributes: u32,
    /// Where its text stands; from 0 if there is none.
    text_start: u32,
    text_end: u32,
    /// The element after its subtree.
    end: u32,
}

impl Element {
    /// The element after its subtree.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.end
    }
}

/// The value of an attribute in a tree.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// One that is always the same.
    Word(Word),
    /// Anything else: where it stands in the text of the tree, see [`Tree::value_text`].
    Text {
        /// Its first byte.
        start: u32,
        /// The byte after it.
        end: u32,
    },
}

// Not inlined: a view calls these hundreds of times.
/// Writing. What is said of an element comes in this order: attributes, then text or elements, then [`close`](Self::close).
impl Tree {
    /// Begins an element inside the one that is open.
    #[inline(never)]
    pub fn open(&mut self, name: Name) -> &mut Self {
        self.open.push(self.elements.len() as u32);
        let attributes = self.attributes.len() as u32;
        let element = Element { name, key: 0, action: None, attributes, text_start: 0, text_end: 0, end: 0 };
        self.elements.push(element);
        self
    }

    /// Ends it.
    #[inline(never)]
    pub fn close(&mut self) {
        if let Some(index) = self.open.pop() {
            let (end, text_end) = (self.elements.len() as u32, self.text.len() as u32);
            let element = &mut self.elements[index as usize];
            element.end = end;
            if element.text_start > 0 {
                element.text_end = text_end;
            }
        }
    }

    /// Begins an element that is a part.
    #[inline(never)]
    pub fn part(&mut self, name: Name, part: Part) -> &mut Self {
        self.begin(name, Attribute::Part, part.into())
    }

    /// Begins an element of a class.
    #[inline(never)]
    pub fn class(&mut self, name: Name, class: Class) -> &mut Self {
        self.begin(name, Attribute::Class, class.into())
    }

    #[inline(never)]
    pub(super) fn begin(&mut self, name: Name, attribute: Attribute, word: Word) -> &mut Self {
        self.open(name).word(attribute, word);
        if name == Name::Button {
            // None of them sends a form.
            self.set(Attribute::Type, Fixed::Button);
        }
        self
    }

    /// Gives the open element an attribute whose value is always the same.
    #[inline]
    pub fn set(&mut self, attribute: Attribute, value: impl Into<Word>) -> &mut Self {
        self.word(attribute, value.into())
    }

    #[inline(never)]
    fn word(&mut self, attribute: Attribute, word: Word) -> &mut Self {
        self.push(attribute, Value::Word(word))
    }

    /// Gives it an attribute of any value.
    #[inline(never)]
    pub fn write(&mut self, attribute: Attribute, value: &str) -> &mut Self {
        let start = self.text.len() as u32;
        self.text.push_str(value);
        self.push(attribute, Value::Text { start, end: self.text.len() as u32 })
    }

    /// Gives it an attribute of a value that `append` puts together.
    #[inline]
    pub fn compose(&mut self, attribute: Attribute, append: impl FnOnce(&mut String)) -> &mut Self {
        let start = self.text.len() as u32;
        append(&mut self.text);
        self.composed(attribute, start)
    }

    #[inline(never)]
    fn composed(&mut self, attribute: Attribute, start: u32) -> &mut Self {
        self.push(attribute, Value::Text { start, end: self.text.len() as u32 })
    }

    /// Gives it an attribute, if there is a value for it.
    #[inline(never)]
    pub fn maybe(&mut self, attribute: Attribute, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.write(attribute, value),
            None => self,
        }
    }

    fn push(&mut self, attribute: Attribute, value: Value) -> &mut Self {
        self.attributes.push((attribute, value));
        self
    }

    /// Gives it an identity among its siblings.
    #[inline(never)]
    pub fn key(&mut self, key: u32) -> &mut Self {
        if let Some(element) = self.last() {
            element.key = key;
        }
        self
    }

    /// Says what it asks for when it is clicked, or has a new value.
    #[inline(never)]
    pub fn asks(&mut self, action: Action) -> &mut Self {
        if let Some(element) = self.last() {
            element.action = Some(action);
        }
        self
    }

    /// Adds to its text.
    #[inline(never)]
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.content().push_str(text);
        self
    }

    /// What to append its text to, until it is closed.
    #[inline(never)]
    pub fn content(&mut self) -> &mut String {
        if self.text.is_empty() {
            // So that no text begins at 0, which means that there is none.
            self.text.push(' ');
        }
        debug_assert_eq!(self.open.last(), Some(&(self.elements.len() as u32 - 1)), "it holds elements already");
        let start = self.text.len() as u32;
        if let Some(element) = self.last()
            && element.text_start == 0
        {
            element.text_start = start;
        }
        &mut self.text
    }

    fn last(&mut self) -> Option<&mut Element> {
        self.elements.last_mut()
    }
}

/// Reading. Elements and attributes are named by their number in the tree.
impl Tree {
    /// An element.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    #[must_use]
    pub fn element(&self, index: u32) -> &Element {
        &self.elements[index as usize]
    }

    /// Its text; empty if it holds elements.
    #[must_use]
    pub fn text_of(&self, index: u32) -> &str {
        let element = self.element(index);
        self.slice(element.text_start, element.text_end)
    }

    /// The element's children, in order.
    #[must_use]
    pub fn children(&self, index: u32) -> Children<'_> {
        Children { tree: self, next: index + 1, end: self.element(index).end }
    }

    /// The numbers of its attributes.
    #[must_use]
    pub fn attributes_of(&self, index: u32) -> std::ops::Range<u32> {
        let next = self.elements.get(index as usize + 1);
        self.element(index).attributes..next.map_or(self.attributes.len() as u32, |next| next.attributes)
    }

    /// An attribute and its value.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    #[must_use]
    pub fn attribute(&self, number: u32) -> (Attribute, Value) {
        self.attributes[number as usize]
    }

    /// A value as text.
    #[must_use]
    pub fn value_text(&self, value: Value) -> &str {
        match value {
            Value::Word(word) => word.text(),
            Value::Text { start, end } => self.slice(start, end),
        }
    }

    /// The value of an element's attribute, if it has that.
    #[must_use]
    pub fn get(&self, index: u32, wanted: Attribute) -> Option<&str> {
        for number in self.attributes_of(index) {
            let (attribute, value) = self.attribute(number);
            if attribute == wanted {
                return Some(self.value_text(value));
            }
        }
        None
    }

    /// Whether an element is this part.
    #[must_use]
    pub fn is_part(&self, index: u32, part: Part) -> bool {
        self.get(index, Attribute::Part) == Some(part.name())
    }

    /// The first element of which `wanted` is true.
    #[must_use]
    pub fn find(&self, wanted: &dyn Fn(u32) -> bool) -> Option<u32> {
        self.find_from(0, wanted)
    }

    /// The same, from an element on.
    #[must_use]
    pub fn find_from(&self, first: u32, wanted: &dyn Fn(u32) -> bool) -> Option<u32> {
        (first..self.elements.len() as u32).find(|&index| wanted(index))
    }

    fn slice(&self, start: u32, end: u32) -> &str {
        &self.text[start as usize..end as usize]
    }
}

/// See [`Tree::children`].
#[derive(Clone, Debug)]
pub struct Children<'a> {
    tree: &'a Tree,
    next: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let child = self.next;
        (child < self.end).then(|| {
            self.next = self.tree.element(child).end;
            child
        })
    }
}
