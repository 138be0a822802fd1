//! Searching articles: an index of their words, and who has what is searched for.
//!
//! ```
//! use stichwort_core::search::Index;
//! use stichwort_core::store::{Draft, Store};
//!
//! let mut store = Store::default();
//! store.push(&Draft { id: "a", headline: "Aus der Gemeinderatssitzung", ..Draft::default() });
//! store.push(&Draft { id: "b", headline: "Neues Gebäude", lead: "Die Sitzung dauerte lange.", ..Draft::default() });
//! store.settle(|_| true);
//!
//! let mut index = Index::default();
//! while !index.step(&store, None, 100) {}
//! let scores = index.find("sitzung");
//! assert_eq!(scores, [1, 3]); // in the headline before in the lead
//! assert_eq!(index.find("gebaeude"), [0, 1]);
//! ```
//!
//! Words are kept once, as they are compared, and for each article the numbers
//! of its words as they stand. A search goes over the words, which are few, and
//! then over the numbers: so it finds inside compounds, and costs about the same
//! whatever it finds.

use crate::ascii;
use crate::bundle::FacetText;
use crate::fold::{self, Form, Term};
use crate::model::ArticleIndex;
use crate::store::{Field, Store, make_room, span};
use crate::table::Table;

/// Where a word stands, best first: headline, kicker and tags, the rest.
const PLACES: u32 = 3;

/// A word of an article is one number: the word's own times this, twice its place, and by turns 0 and 1, so that words
/// of texts that follow one another differ.
const WHERE: u32 = 2 * PLACES;

fn place(word: u32) -> u32 {
    word % WHERE / 2
}

/// The words of a store's articles.
#[derive(Debug, Default)]
pub struct Index {
    /// The different words, each with a line break behind it; in both forms with a tab between where they differ.
    words: String,
    /// Where each ends.
    ends: Vec<u32>,
    table: Table,
    /// For each article its words, see [`WHERE`].
    articles: Vec<u32>,
    article_ends: Vec<u32>,
    /// The word that is being read, as it is compared.
    entry: String,
    /// What was searched for last, and what came of it: most clicks leave the search as it is.
    search: String,
    scores: Vec<u8>,
}

impl Index {
    /// Reads so many articles more, or fewer where texts are long; `true` when all have been read. `tags` is what the bundle
    /// says of them: what they are called is searched, too, as that is what visitors read.
    pub fn step(&mut self, store: &Store, tags: Option<&FacetText>, articles: usize) -> bool {
        /// Bytes of texts that take as long as an article does mostly.
        const BYTES: usize = 2000;
        let mut left = articles;
        while left > 0 {
            let article = ArticleIndex(self.article_ends.len() as u32);
            if article.0 as usize >= store.len() {
                return true;
            }
            let bytes = self.read(store, tags, article);
            left = left.saturating_sub(1 + bytes / BYTES);
            make_room(&mut self.article_ends, 1);
            self.article_ends.push(self.articles.len() as u32);
        }
        self.article_ends.len() >= store.len()
    }

    /// Returns how many bytes its texts have, or as many as would take as long.
    fn read(&mut self, store: &Store, tags: Option<&FacetText>, article: ArticleIndex) -> usize {
        /// As many more bytes of plain words are read while one of another is, as in Cyrillic or Arabic.
        const SLOW: usize = 4;
        let (mut turn, mut bytes) = (0, 0);
        for (place, text) in Self::texts(store, tags, article) {
            bytes += text.len();
            let (place, before) = (2 * place + turn, self.articles.len());
            fold::each_word(text, &mut |word, is_plain| {
                self.add(word, is_plain, place);
                bytes += if is_plain { 0 } else { SLOW * word.len() };
            });
            if self.articles.len() > before {
                turn ^= 1;
            }
        }
        bytes
    }

    /// Adds a word of the article that is being read, see [`fold::each_word`]; `place` is what stands beside its number.
    fn add(&mut self, word: &str, is_plain: bool, place: u32) {
        let entry = &mut self.entry;
        entry.clear();
        if is_plain && word.is_ascii() {
            entry.push_str(word);
            entry.make_ascii_lowercase();
        } else {
            let push = |entry: &mut String, form| match is_plain {
                true => word.chars().for_each(|character| fold::push(entry, character, form)),
                false => entry.push_str(&fold::words(word, form)),
            };
            push(entry, Form::Narrow);
            let end = entry.len();
            entry.push('\t');
            push(entry, Form::Wide);
            if entry[..end] == entry[end + 1..] {
                entry.truncate(end);
            }
        }
        let (words, ends) = (&mut self.words, &mut self.ends);
        let next = ends.len() as u32;
        let number = *self.table.entry(entry, next, &|number| {
            let known = &words.as_bytes()[span(ends, number)];
            known.len() == entry.len() + 1 && known.starts_with(entry.as_bytes())
        });
        if number == next {
            words.push_str(entry);
            words.push('\n');
            ends.push(words.len() as u32);
        }
        let word = number * WHERE + place;
        make_room(&mut self.articles, 1);
        self.articles.push(word);
    }

    /// Searches, if that is not what was searched for last, see [`scores`](Self::scores).
    pub fn search(&mut self, search: &str) {
        if self.search != search || self.scores.len() != self.article_ends.len() {
            self.scores = self.find(search);
            search.clone_into(&mut self.search);
        }
    }

    /// What [`find`](Self::find) said to the last [`search`](Self::search).
    #[must_use]
    pub fn scores(&self) -> &[u8] {
        &self.scores
    }

    /// By article: 0 where something is missing of what is searched for, else the less the better.
    ///
    /// Where there is no [term](fold::terms) nothing is searched for: then all have it.
    #[must_use]
    pub fn find(&self, search: &str) -> Vec<u8> {
        let mut scores = vec![1; self.article_ends.len()];
        for (number, term) in fold::terms(search).iter().enumerate() {
            // Of phrases those that the first word may end: what stands behind is looked at in its place.
            let (words, beginnings) = (self.words_with(term, false), self.words_with(term, true));
            for (article, score) in scores.iter_mut().enumerate() {
                if *score == 0 {
                    continue;
                }
                let mut best = PLACES;
                let own = &self.articles[span(&self.article_ends, article as u32)];
                for (at, &word) in own.iter().enumerate() {
                    let (word_number, place) = ((word / WHERE) as usize, place(word));
                    if place < best
                        && (words[word_number]
                            || beginnings[word_number] && term.forms.iter().any(|form| self.is_at(&own[at..], form)))
                    {
                        best = place;
                    }
                }
                let before: u8 = if number == 0 { 0 } else { *score };
                *score = if best < PLACES { before.saturating_add(best as u8 + 1) } else { 0 };
            }
        }
        scores
    }

    /// Which words have one of the term's words in them, or end with the first word of one of its phrases.
    fn words_with(&self, term: &Term, of_phrases: bool) -> Vec<bool> {
        let mut is_marked = vec![false; self.ends.len()];
        for form in &term.forms {
            let (wanted, rest) = first_word(form);
            if rest.is_empty() == of_phrases {
                continue;
            }
            let mut from = 0;
            while let Some(at) = fold::find(&self.words, wanted, from) {
                from = at + 1;
                // Behind an entry, and between its forms, stands what is less than any letter.
                if of_phrases && self.words.as_bytes()[at + wanted.len()] > b'\n' {
                    continue;
                }
                let word = self.ends.partition_point(|&end| end as usize <= at);
                is_marked[word] = true;
                from = self.ends[word] as usize;
            }
        }
        is_marked
    }

    /// Whether a phrase begins at the end of the first of these words of an article, and ends at the beginning of another:
    /// all of them in the narrow form, or all in the wide one.
    fn is_at(&self, words: &[u32], phrase: &str) -> bool {
        [false, true].into_iter().any(|is_wide| {
            let (mut wanted, mut rest) = first_word(phrase);
            for (at, &word) in words.iter().enumerate() {
                let entry = &self.words[span(&self.ends, word / WHERE)];
                let entry = &entry[..entry.len() - 1];
                let (narrow, wide) = ascii::split_once(entry, b'\t').unwrap_or((entry, entry));
                let own = if is_wide { wide } else { narrow };
                let is_last = rest.is_empty();
                let is_right = match at {
                    0 => own.ends_with(wanted),
                    _ => own.starts_with(wanted) && (is_last || own.len() == wanted.len()),
                };
                if !is_right || word % WHERE != words[0] % WHERE {
                    return false;
                }
                if is_last {
                    return at > 0;
                }
                (wanted, rest) = first_word(rest);
            }
            false
        })
    }

    /// The texts in which is searched, and where they stand.
    #[inline(never)]
    fn texts<'a>(store: &'a Store, tags: Option<&'a FacetText>, article: ArticleIndex) -> Vec<(u32, &'a str)> {
        let mut texts = vec![(0, store.field(article, Field::Headline)), (1, store.field(article, Field::Kicker))];
        let article = store.article(article);
        for tag in article.tags() {
            let name = store.value_name(tag);
            let described = tags.and_then(|tags| tags.value(name));
            if described.is_some_and(|text| text.is_hidden) {
                continue; // what nobody sees is found by nobody
            }
            texts.push((1, name));
            if let Some(text) = described {
                text.labels.iter().for_each(|(_, label)| texts.push((1, label)));
            }
        }
        texts.push((2, article.lead().unwrap_or_default()));
        article.authors().for_each(|author| texts.push((2, author)));
        texts
    }
}

/// A phrase's first word, and the words behind it.
fn first_word(phrase: &str) -> (&str, &str) {
    ascii::split_once(phrase, b' ').unwrap_or((phrase, ""))
}
