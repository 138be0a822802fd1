//! The view as a tree of values. It has no variant for raw HTML, so markup in a bundle can only ever be text.
//!
//! An element holds either text or elements, never both: patching a text then
//! means setting the text of one element, which stays right even where a
//! browser's translator has wrapped that text in elements of its own.

use std::borrow::Cow;

use crate::model::ArticleIndex;

macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $type { $(#[doc = concat!("`", $name, "`")] $(#[$variant_doc])* $variant,)* }

        impl $type {
            /// The name as it stands in the document.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

names! {
    /// The elements that the view uses.
    Name {
        A = "a",
        Bdi = "bdi",
        Button = "button",
        Div = "div",
        Figcaption = "figcaption",
        Figure = "figure",
        H1 = "h1",
        H2 = "h2",
        H3 = "h3",
        H4 = "h4",
        H5 = "h5",
        H6 = "h6",
        Img = "img",
        Li = "li",
        P = "p",
        Section = "section",
        Slot = "slot",
        Span = "span",
        Strong = "strong",
        Time = "time",
        Ul = "ul",
    }
}

names! {
    /// The attributes that the view uses. None of them can hold a script.
    Attribute {
        Alt = "alt",
        AriaControls = "aria-controls",
        AriaExpanded = "aria-expanded",
        AriaHidden = "aria-hidden",
        AriaLabel = "aria-label",
        AriaLabelledby = "aria-labelledby",
        AriaPressed = "aria-pressed",
        Class = "class",
        DataFacet = "data-facet",
        DataOpen = "data-open",
        DataTag = "data-tag",
        DataTheme = "data-theme",
        DataZero = "data-zero",
        Datetime = "datetime",
        Decoding = "decoding",
        Dir = "dir",
        Href = "href",
        Id = "id",
        Lang = "lang",
        Loading = "loading",
        Part = "part",
        Referrerpolicy = "referrerpolicy",
        Rel = "rel",
        Role = "role",
        Src = "src",
        Tabindex = "tabindex",
        Target = "target",
        Type = "type",
    }
}

names! {
    /// What a page may style and a test may look for; a public contract.
    Part {
        Byline = "byline",
        Chip = "chip",
        Clear = "clear",
        Date = "date",
        Empty = "empty",
        Error = "error",
        Facet = "facet",
        FacetMore = "facet-more",
        Filters = "filters",
        FiltersToggle = "filters-toggle",
        Heading = "heading",
        Headline = "headline",
        HeadlineLink = "headline-link",
        Home = "home",
        Image = "image",
        Kicker = "kicker",
        Lead = "lead",
        List = "list",
        Loading = "loading",
        More = "more",
        Retry = "retry",
        Source = "source",
        Stale = "stale",
        Status = "status",
        Tag = "tag",
        /// A chosen filter value is both `tag` and `tag-selected`.
        TagSelected = "tag tag-selected",
        TagCount = "tag-count",
        Teaser = "teaser",
        TeaserTag = "teaser-tag",
        Updates = "updates",
    }
}

names! {
    /// What only our own style sheet looks for; may change at any time.
    Class {
        Actions = "actions",
        Bar = "bar",
        Bone = "bone",
        BoneShort = "bone short",
        BoneTall = "bone tall",
        Chips = "chips",
        Chosen = "chosen",
        Credit = "credit",
        End = "end",
        FacetTitle = "facet-title",
        /// Where the filters will be.
        FiltersPlaceholder = "filters-placeholder",
        Hidden = "hidden",
        Hint = "hint",
        ImageLoad = "image-load",
        ImageLoadLabel = "image-load-label",
        Lines = "lines",
        Meta = "meta",
        Notice = "notice",
        NoticeTitle = "notice-title",
        Progress = "progress",
        Results = "results",
        Root = "root",
        Shell = "shell",
        TagList = "tag-list",
        Tags = "tags",
        ToggleCount = "toggle-count",
    }
}

/// What a click on an element (or on anything inside it) asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Choose the tag named in the element's `data-tag`, or let it go.
    ToggleTag,
    /// Let go the tag named in the chip's `data-tag`.
    RemoveChip,
    /// Let go all tags.
    Clear,
    /// Show all tags, or only the frequent ones again.
    ToggleAllTags,
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

/// An element of the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub name: Name,
    /// Who it is among its siblings, where they come and go. Two siblings may
    /// share a key (it is a hash): then they are told apart by their order.
    pub key: Option<u32>,
    /// Each attribute at most once.
    pub attributes: Vec<(Attribute, Cow<'static, str>)>,
    /// What a click on it means.
    pub action: Option<Action>,
    /// What is in it.
    pub content: Content,
}

/// What an element holds: text or elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Plain text; empty for an empty element.
    Text(Cow<'static, str>),
    /// Elements.
    Children(Vec<Element>),
}

impl Element {
    /// An empty element.
    #[must_use]
    pub fn new(name: Name) -> Self {
        Self { name, key: None, attributes: Vec::new(), action: None, content: Content::Text(Cow::Borrowed("")) }
    }

    /// An empty element of a class.
    #[must_use]
    pub fn of_class(name: Name, class: Class) -> Self {
        Self::new(name).set(Attribute::Class, class.name())
    }

    /// An empty element that is a part.
    #[must_use]
    pub fn of_part(name: Name, part: Part) -> Self {
        Self::new(name).set(Attribute::Part, part.name())
    }

    /// With an attribute that is not set yet.
    #[must_use]
    pub fn set(mut self, attribute: Attribute, value: impl Into<Cow<'static, str>>) -> Self {
        debug_assert!(self.get(attribute).is_none(), "{attribute:?} is set twice");
        self.attributes.push((attribute, value.into()));
        self
    }

    /// With an attribute, if there is a value for it.
    #[must_use]
    pub fn maybe(self, attribute: Attribute, value: Option<impl Into<Cow<'static, str>>>) -> Self {
        match value {
            Some(value) => self.set(attribute, value),
            None => self,
        }
    }

    /// With an identity among its siblings.
    #[must_use]
    pub fn key(mut self, key: u32) -> Self {
        self.key = Some(key);
        self
    }

    /// With a meaning for clicks.
    #[must_use]
    pub fn on_click(mut self, action: Action) -> Self {
        self.action = Some(action);
        self
    }

    /// With text as its content.
    #[must_use]
    pub fn text(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.content = Content::Text(text.into());
        self
    }

    /// With elements as its content.
    #[must_use]
    pub fn children(mut self, children: Vec<Element>) -> Self {
        self.content = Content::Children(children);
        self
    }

    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, attribute: Attribute) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| *name == attribute).map(|(_, value)| &**value)
    }

    /// The elements in it; none if it holds text.
    #[must_use]
    pub fn elements(&self) -> &[Element] {
        match &self.content {
            Content::Text(_) => &[],
            Content::Children(children) => children,
        }
    }

    /// The first element, itself included and in document order, of which `wanted` is true.
    #[must_use]
    pub fn find(&self, wanted: &dyn Fn(&Element) -> bool) -> Option<&Element> {
        if wanted(self) { Some(self) } else { self.elements().iter().find_map(|child| child.find(wanted)) }
    }
}
