//! The chosen refinements, as a value.

/// How the chosen tags combine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Match {
    /// An article must carry all of them.
    #[default]
    All,
    /// One of them is enough.
    Any,
}

/// The tags that the visitor, the page or a link has chosen.
///
/// Tags are kept by name, not by id: a link or an attribute may name a tag that
/// the bundle does not have, and a newer bundle numbers its tags anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    tags: Vec<String>,
}

impl Selection {
    /// A selection of these tags, each once, in this order.
    #[must_use]
    pub fn of(tags: &[String]) -> Self {
        let mut selection = Self::default();
        for tag in tags {
            if !selection.contains(tag) {
                selection.tags.push(tag.clone());
            }
        }
        selection
    }

    /// The chosen tags in the order in which they were chosen.
    #[must_use]
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// Whether this tag is chosen.
    #[must_use]
    pub fn contains(&self, tag: &str) -> bool {
        self.tags.iter().any(|chosen| chosen == tag)
    }

    /// Chooses a tag, or lets it go if it was chosen; then returns its place.
    pub fn toggle(&mut self, tag: &str) -> Option<usize> {
        let at = self.tags.iter().position(|chosen| chosen == tag);
        match at {
            Some(at) => drop(self.tags.remove(at)),
            None => self.tags.push(tag.to_owned()),
        }
        at
    }

    /// Lets everything go.
    pub fn clear(&mut self) {
        self.tags.clear();
    }
}
