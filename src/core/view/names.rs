//! What elements, attributes, parts and classes are called. [`node`](super::node) has them all.

use crate::table;

/// A text that is always the same, by its number: element and attribute names, parts, classes, values.
///
/// They share one text, so that each costs its letters and no pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(u8);

macro_rules! words {
    ($($(#[$doc:meta])* $type:ident after $previous:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum $type { $(#[doc = concat!("`", $name, "`")] $(#[$variant_doc])* $variant,)* }

            impl $type {
                const FIRST: u8 = $previous::FIRST + $previous::COUNT;
                /// How many there are.
                pub const COUNT: u8 = [$($name),*].len() as u8;

                /// The name as it stands in the document.
                #[must_use]
                pub fn name(self) -> &'static str {
                    Word::from(self).text()
                }
            }

            impl From<$type> for Word {
                fn from(one: $type) -> Self {
                    Self($type::FIRST + one as u8)
                }
            }
        )*

        const WORDS: &[&str] = &[$($($name,)*)*];
    };
}

/// What the first kind of word comes after.
struct Nothing;

impl Nothing {
    const FIRST: u8 = 0;
    const COUNT: u8 = 0;
}

words! {
    /// The elements that the view uses.
    Name after Nothing {
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
        Input = "input",
        Label = "label",
        Li = "li",
        Nav = "nav",
        Option = "option",
        P = "p",
        Section = "section",
        Select = "select",
        Slot = "slot",
        Span = "span",
        Strong = "strong",
        Time = "time",
        Ul = "ul",
    }

    /// The attributes that the view uses. None of them can hold a script.
    Attribute after Name {
        Alt = "alt",
        AriaControls = "aria-controls",
        AriaCurrent = "aria-current",
        AriaExpanded = "aria-expanded",
        AriaHidden = "aria-hidden",
        AriaInvalid = "aria-invalid",
        AriaLive = "aria-live",
        AriaLabel = "aria-label",
        AriaLabelledby = "aria-labelledby",
        AriaPressed = "aria-pressed",
        Autocomplete = "autocomplete",
        Class = "class",
        DataFacet = "data-facet",
        DataLayout = "data-layout",
        DataMany = "data-many",
        DataPinned = "data-pinned",
        DataPreset = "data-preset",
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
        Placeholder = "placeholder",
        Referrerpolicy = "referrerpolicy",
        Rel = "rel",
        Role = "role",
        /// In the document it is set as a property too, which is what counts once the visitor has chosen.
        Selected = "selected",
        Src = "src",
        Tabindex = "tabindex",
        Target = "target",
        Type = "type",
        /// As [`Selected`](Self::Selected).
        Value = "value",
    }

    /// What a page may style and a test may look for; a public contract.
    Part after Attribute {
        Byline = "byline",
        Chip = "chip",
        Clear = "clear",
        CopyLink = "copy-link",
        Date = "date",
        DateFrom = "date-from",
        DatePreset = "date-preset",
        DateTo = "date-to",
        Empty = "empty",
        Error = "error",
        Facet = "facet",
        FacetMore = "facet-more",
        FacetOrder = "facet-order",
        FacetSearch = "facet-search",
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
        Page = "page",
        Retry = "retry",
        Search = "search",
        Sort = "sort",
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

    /// What only our own style sheet looks for; may change at any time.
    Class after Part {
        Actions = "actions",
        Bar = "bar",
        Bone = "bone",
        BoneShort = "bone short",
        BoneTall = "bone tall",
        Chips = "chips",
        Chosen = "chosen",
        Credit = "credit",
        End = "end",
        DateField = "date-field",
        FacetTitle = "facet-title",
        FacetTools = "facet-tools",
        /// Where the filters will be.
        FiltersPlaceholder = "filters-placeholder",
        /// Around the widget and what the page has put into it.
        Frame = "frame",
        Hidden = "hidden",
        Hint = "hint",
        ImageLoad = "image-load",
        ImageLoadLabel = "image-load-label",
        Lines = "lines",
        Meta = "meta",
        /// A byline of names, not of codes.
        Names = "names",
        Notice = "notice",
        NoticeTitle = "notice-title",
        Pages = "pages",
        PageList = "page-list",
        Progress = "progress",
        Results = "results",
        Root = "root",
        SearchField = "search-field",
        SearchLabel = "search-label",
        Shell = "shell",
        TagList = "tag-list",
        Tags = "tags",
        ToggleCount = "toggle-count",
    }

    /// Values that attributes have, other than parts and classes.
    Fixed after Class {
        Alert = "alert",
        Async = "async",
        Auto = "auto",
        Blank = "_blank",
        Button = "button",
        Date = "date",
        Empty = "",
        False = "false",
        Filters = "filters",
        Group = "group",
        Heading = "heading",
        Lazy = "lazy",
        List = "list",
        Ltr = "ltr",
        MinusOne = "-1",
        Newest = "newest",
        NoReferrer = "no-referrer",
        Noopener = "noopener",
        Off = "off",
        Oldest = "oldest",
        Page = "page",
        Relevance = "relevance",
        Rtl = "rtl",
        Search = "search",
        SelfTarget = "_self",
        Status = "status",
        True = "true",
    }
}

impl Word {
    /// All of them, in the order of their [`number`](Self::number)s.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..WORDS.len() as u8).map(Self)
    }

    /// The word itself.
    #[must_use]
    pub fn text(self) -> &'static str {
        let start = if self.0 == 0 { 0 } else { usize::from(ENDS[self.number() - 1]) };
        &TEXT[start..usize::from(ENDS[self.number()])]
    }

    /// Its place among all of them.
    #[must_use]
    pub fn number(self) -> usize {
        usize::from(self.0)
    }
}

impl From<bool> for Word {
    fn from(value: bool) -> Self {
        if value { Fixed::True.into() } else { Fixed::False.into() }
    }
}

/// The identity of what is called so, see [`Element::key`](super::node::Element::key).
#[must_use]
pub fn key(name: &str) -> u32 {
    table::hash(name) | 1
}

/// Where each word ends in [`TEXT`].
const ENDS: [u16; WORDS.len()] = {
    let mut ends = [0; WORDS.len()];
    let (mut word, mut length) = (0, 0);
    while word < WORDS.len() {
        length += WORDS[word].len();
        ends[word] = length as u16;
        word += 1;
    }
    ends
};

/// All words behind one another.
const TEXT: &str = match str::from_utf8(&BYTES) {
    Ok(text) => text,
    Err(_) => panic!(),
};

const BYTES: [u8; ENDS[WORDS.len() - 1] as usize] = {
    let mut bytes = [0; ENDS[WORDS.len() - 1] as usize];
    let (mut word, mut at) = (0, 0);
    while word < WORDS.len() {
        let mut index = 0;
        while index < WORDS[word].len() {
            bytes[at] = WORDS[word].as_bytes()[index];
            at += 1;
            index += 1;
        }
        word += 1;
    }
    bytes
};
