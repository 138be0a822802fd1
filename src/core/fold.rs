//! Text as it is compared: without case and accents, so that `Größe` is found by `groesse`, `grosse` and `GRÖSSE`.
//!
//! ```
//! use stichwort_core::fold::{Form, words};
//!
//! assert_eq!(words("Größe", Form::Narrow), "grosse");
//! assert_eq!(words("Größe", Form::Wide), "groesse");
//! assert_eq!(words("Die OZG-Novelle (§ 5)", Form::Narrow), "die ozgnovelle §5");
//! assert_eq!(words("C++, C# und .NET", Form::Narrow), "c++ c# und .net");
//! ```
//!
//! A hyphen or an apostrophe within a word is nothing, so that `egovernment` finds `E-Government`, and the other way
//! round; in what is searched for a hyphen may stand for a space, too, and within quotation marks a space for a hyphen:
//! `open-source` finds `Open Source`, and `"open source"` finds `Open-Source`.
//!
//! Of all other signs those count that names have, where names have them: `+` and `#` behind a letter or digit, `&` and
//! `/` between two, a dot before one (but not between two), and `§` before a number, with a space or without.
//!
//! Own tables, because those of the standard library know all of Unicode and
//! weigh kilobytes in the browser: Latin with the letters of Romanian and
//! Vietnamese, Cyrillic, modern Greek, and the marks of Arabic. What is beyond them is compared as it is.

/// What becomes of an umlaut; all else is the same in both forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `ä` as `a`.
    Narrow,
    /// `ä` as `ae`.
    Wide,
}

/// Letters from U+00C0 to U+017F without accents; capitals stand for two letters, `?` for the character itself.
const LATIN: &[u8; 192] = b"aaaaaaAceeeeiiiidnooooo?ouuuuyTSaaaaaaAceeeeiiiidnooooo?ouuuuyTy\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkkllllllllllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// The same for pairs of a capital and a small letter, from U+0200 to U+021B and from U+1E00 on.
const PAIRS: &[u8; 142] = b"aaeeiioorruustabbbcdddddeeeeefghhhhhiikkkllllmmmnnnnoooopprrrrsssssttttuuuuuvvwwwwwxxyzzz\
?????aaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy???";

/// Where the second part of [`PAIRS`] begins.
const ADDITIONAL: usize = 14;

/// Appends a character as it is compared.
pub fn push(out: &mut String, character: char, form: Form) {
    let code = character as u32;
    let is_wide = form == Form::Wide;
    match code {
        0..0xc0 if code != 0xad => out.push(character.to_ascii_lowercase()),
        0xc0..0x180 => {
            match LATIN[code as usize - 0xc0] {
                b'?' => return out.push(character),
                b'A' => out.push_str("ae"),
                b'I' => out.push_str("ij"),
                b'O' => out.push_str("oe"),
                b'S' => out.push_str("ss"),
                b'T' => out.push_str("th"),
                letter => out.push(char::from(letter)),
            }
            if is_wide && matches!(character, 'Ä' | 'Ö' | 'Ü' | 'ä' | 'ö' | 'ü') {
                out.push('e');
            }
        }
        // The dots of an umlaut that is written in two characters.
        0x308 if is_wide && matches!(out.as_bytes().last(), Some(b'a' | b'o' | b'u')) => out.push('e'),
        // Letters of their own, written in two characters.
        0x306 if out.as_bytes().ends_with("и".as_bytes()) => replace_last(out, 'й'),
        0x308 if out.as_bytes().ends_with("і".as_bytes()) => replace_last(out, 'ї'),
        // Soft hyphen, accents, vowel signs of Arabic, what has no width.
        0xad | 0x300..0x370 | 0x640 | 0x64b..0x653 | 0x200b..0x2010 | 0xfeff => {}
        0x1e9e => out.push_str("ss"),
        0x1a0 | 0x1a1 => out.push('o'),
        0x1af | 0x1b0 => out.push('u'),
        0x200..0x21c => out.push(char::from(PAIRS[(code as usize - 0x200) / 2])),
        0x1e00..0x1f00 => match PAIRS[ADDITIONAL + (code as usize - 0x1e00) / 2] {
            b'?' => out.push(character),
            letter => out.push(char::from(letter)),
        },
        0x2080..0x208a => out.push(char::from(b'0' + (code & 0xf) as u8)), // CO₂
        0xfb00..0xfb07 => out.push_str(["ff", "fi", "fl", "ffi", "ffl", "st", "st"][code as usize - 0xfb00]),
        0xff01..0xff5f => out.push(char::from((code - 0xfee0) as u8).to_ascii_lowercase()), // full width
        _ => out.push(lower(character)),
    }
}

fn replace_last(out: &mut String, letter: char) {
    out.pop();
    out.push(letter);
}

/// The lower case of a letter that may have one; of Greek, and of ё, without accents.
fn lower(character: char) -> char {
    let code = character as u32;
    let lower = match code {
        0x41..0x5b | 0xc0..0xdf | 0x391..0x3aa | 0x410..0x430 if code != 0xd7 => code + 32,
        0x386 | 0x3ac => 0x3b1,
        0x388 | 0x3ad => 0x3b5,
        0x389 | 0x3ae => 0x3b7,
        0x38a | 0x390 | 0x3aa | 0x3af | 0x3ca => 0x3b9,
        0x38c | 0x3cc => 0x3bf,
        0x38e | 0x3ab | 0x3b0 | 0x3cb | 0x3cd => 0x3c5,
        0x38f | 0x3ce => 0x3c9,
        0x3c2 => 0x3c3,
        0x401 | 0x451 => 0x435,
        0x400..0x410 => code + 80,
        0x130 => 0x69,
        0x139..0x149 | 0x179..0x17f => code + code % 2,
        0x178 => 0xff,
        0x100..0x178 | 0x460..0x482 | 0x48a..0x4c0 | 0x4d0..0x530 => code | 1,
        0x621..0x627 | 0x671 => 0x627,
        0x649 => 0x64a,
        0x629 => 0x647,
        _ => code,
    };
    char::from_u32(lower).unwrap_or(character)
}

/// Whether a character is part of a word, and no space or punctuation.
#[must_use]
pub fn is_word(character: char) -> bool {
    match character as u32 {
        0..0x80 => character.is_ascii_alphanumeric(),
        0x80..0xc0 => matches!(character, 'ª' | 'µ' | 'º' | '\u{ad}'),
        0xd7 | 0xf7 | 0x60c | 0x61b | 0x61f => false,
        0x200b..0x2010 => true,
        0x2000..0x2070 | 0x3000..0x3004 | 0x3008..0x3020 => false,
        _ => true,
    }
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a character joins parts of a word: a hyphen, or an apostrophe as in `п’ять`.
fn joins(character: char) -> bool {
    is_hyphen(character) || matches!(character, '\'' | '’' | '\u{2bc}')
}

/// What a character is, between these two, for those that compare: itself, or a soft hyphen, which folds to nothing, in
/// the place of what joins parts of words; and whether it is part of a word. `is_within` says that the one before is.
/// [`separates`] knows the same of ASCII.
#[inline(never)]
fn read(before: char, is_within: bool, character: char, next: char) -> (char, bool) {
    let is_between = is_within && is_word(next);
    match character {
        _ if joins(character) && is_between || binds(before, character, next) => ('\u{ad}', true),
        '+' | '#' => (character, is_within),
        '&' | '/' => (character, is_between),
        '.' => (character, !is_within && before != '.' && is_word(next)),
        '§' => (character, true),
        _ => (character, is_word(character)),
    }
}

/// Whether a space joins the sign of a section, or of a number, with the number behind it.
fn binds(before: char, space: char, next: char) -> bool {
    matches!(before, '§' | '№') && is_space(space) && next.is_ascii_digit()
}

/// The characters of a text as they are [`read`].
pub(crate) fn characters(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut characters = text.chars().peekable();
    let (mut before, mut is_within) = (' ', false);
    std::iter::from_fn(move || {
        let character = characters.next()?;
        let next = characters.peek().copied().unwrap_or(' ');
        let read = read(before, is_within, character, next);
        (before, is_within) = (character, read.1);
        Some(read)
    })
}

/// The words of a text as they are compared, with one space between them.
#[must_use]
pub fn words(text: &str, form: Form) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_apart = false;
    for (character, is_part) in characters(text) {
        if is_part {
            if is_apart && !out.is_empty() {
                out.push(' ');
            }
            is_apart = false;
            push(&mut out, character, form);
        } else {
            is_apart = true;
        }
    }
    out
}

/// Calls `each` with the words of a text as they stand in it, and with whether nothing in them but letters of Latin and
/// digits has to be compared, each as it is [pushed](push). They are those between [`characters`] that are no part of one,
/// without a question about each character where the next byte answers it.
pub(crate) fn each_word<'a>(text: &'a str, each: &mut dyn FnMut(&'a str, bool)) {
    let (mut at, mut before) = (0, ' ');
    while at < text.len() {
        let end = at + letters(&text.as_bytes()[at..]);
        let is_within = end > at;
        match text.as_bytes().get(end) {
            Some(&byte) if !separates(byte, is_within) => {}
            separator => {
                if is_within {
                    each(&text[at..end], true);
                }
                before = separator.map_or(' ', |&byte| char::from(byte));
                at = end + 1;
                continue;
            }
        }
        // A word with signs in it, or a sign that separates words only here.
        let start = at;
        let mut is_part = false;
        let mut characters = text[at..].chars().peekable();
        while let Some(character) = characters.next() {
            (_, is_part) = read(before, is_part, character, characters.peek().copied().unwrap_or(' '));
            before = character;
            let end = at;
            at += character.len_utf8();
            if !is_part {
                if end > start {
                    each(&text[start..end], false);
                }
                break;
            }
        }
        if is_part {
            each(&text[start..], false);
        }
    }
}

/// How many bytes of letters of Latin, up to U+017F, and of digits a text begins with.
fn letters(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match text.get(at) {
            Some(byte) if byte.is_ascii_alphanumeric() => at += 1,
            // All but the signs of multiplication and division.
            Some(0xc3) if !matches!(text.get(at + 1), Some(0x97 | 0xb7)) => at += 2,
            Some(0xc4 | 0xc5) => at += 2,
            _ => return at,
        }
    }
}

/// Whether a byte is no part of a word to [`read`], whatever stands behind it; `is_within` says that a letter or digit is
/// before it.
fn separates(byte: u8, is_within: bool) -> bool {
    match byte {
        b'+' | b'#' | b'&' | b'/' | b'-' | b'\'' => !is_within,
        b'.' => is_within,
        _ => byte < 0x80,
    }
}

/// Where the letters of an alphabet stand in a key: behind digits, and before the letters of other scripts.
const LETTERS: u32 = 0xf_0000;

/// Where those stand.
const OTHERS: u32 = 0x10_0000;

/// The first letter that is not Latin.
const FIRST_OTHER: u32 = 0x370;

/// What a text is sorted by, byte by byte.
///
/// `alphabet` are a language's letters in their order, in lower case; where it
/// is empty, letters with accents stand with those without.
#[must_use]
pub fn sort_key(text: &str, alphabet: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut letters = String::new();
    for character in text.chars() {
        if !is_word(character) {
            if !matches!(key.as_bytes().last(), None | Some(b' ')) {
                key.push(' ');
            }
            continue;
        }
        let place = |letter: char| alphabet.chars().position(|known| known == letter);
        let is_dotless = character == 'I' && place('ı').is_some();
        let own = if is_dotless { 'ı' } else { lower(character) };
        letters.clear();
        if place(own).is_some() {
            letters.push(own);
        } else {
            // A letter that the language has not stands with its folded form.
            push(&mut letters, character, Form::Narrow);
        }
        for letter in letters.chars() {
            let code = match place(letter) {
                Some(place) => LETTERS + place as u32,
                None if !alphabet.is_empty() && letter as u32 >= FIRST_OTHER => {
                    OTHERS + (letter as u32 & 0xffff).min(0xfffd)
                }
                None => letter as u32,
            };
            key.push(char::from_u32(code).unwrap_or(letter));
        }
    }
    key
}

/// Where `wanted` stands in a text, from a byte on. Not the standard library's way, which weighs kilobytes.
#[must_use]
pub fn find(text: &str, wanted: &str, from: usize) -> Option<usize> {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    let &first = wanted.first()?;
    let mut at = from;
    loop {
        at += text.get(at..)?.iter().position(|&byte| byte == first)?;
        if text[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

/// One thing that is searched for: a word, or several that stand behind one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it can be found by, each once: its words in both forms, joined and apart.
    pub forms: Vec<String>,
}

impl Term {
    fn of(text: &str) -> Option<Self> {
        let mut forms = Vec::new();
        for spelling in spellings(text) {
            for form in [Form::Narrow, Form::Wide] {
                let words = words(&spelling, form);
                if !words.is_empty() && !forms.contains(&words) {
                    forms.push(words);
                }
            }
        }
        (!forms.is_empty()).then_some(Self { forms })
    }

    /// Whether a folded text has it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.forms.iter().any(|form| find(text, form, 0).is_some())
    }
}

/// The ways in which others may write what is searched for: with a space for a hyphen, and a hyphen for a space. Those of
/// short words stay: of `e-mail` nobody means the `e`, and who looks for "in der" means no `Kinder`.
fn spellings(text: &str) -> Vec<String> {
    const SHORTEST: usize = 3;
    /// Each of them is a look at all words.
    const MOST: usize = 8;
    let mut spellings = vec![String::new()];
    let mut length = 0;
    for (at, character) in text.char_indices() {
        let known = spellings.len();
        if !is_joint(character) {
            length += 1;
        } else {
            let next = text[at..].chars().skip(1).take_while(|&next| !is_joint(next)).count();
            if length >= SHORTEST && next >= SHORTEST && known < MOST {
                spellings.extend_from_within(..);
                let other = if is_space(character) { '-' } else { ' ' };
                spellings[known..].iter_mut().for_each(|spelling| spelling.push(other));
            }
            length = 0;
        }
        spellings[..known].iter_mut().for_each(|spelling| spelling.push(character));
    }
    spellings
}

/// Whether it joins words, or parts them.
fn is_joint(character: char) -> bool {
    is_hyphen(character) || is_space(character) || matches!(character, '&' | '/')
}

fn is_space(character: char) -> bool {
    matches!(character, '\t'..='\r' | ' ' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}')
}

/// Characters of a search that are heeded: each term is a look at all words.
pub const LONGEST_SEARCH: usize = 200;

/// The terms of a search: words, and in quotation marks what has to stand together.
#[must_use]
pub fn terms(search: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut part = String::new();
    let (mut before, mut is_quoted) = (' ', false);
    let mut characters = search.chars().take(LONGEST_SEARCH).peekable();
    while let Some(character) = characters.next() {
        let is_bound = binds(before, character, characters.peek().copied().unwrap_or(' '));
        let is_quote = matches!(character, '"' | '„' | '“' | '”' | '«' | '»');
        if is_quote || is_space(character) && !is_quoted && !is_bound {
            terms.extend(Term::of(&part));
            part.clear();
            is_quoted ^= is_quote;
        } else {
            part.push(character);
        }
        before = character;
    }
    terms.extend(Term::of(&part));
    terms
}

/// Where the terms stand in a text: beginnings and ends by turns, in UTF-16 code units, ascending and apart.
#[must_use]
pub fn spans(text: &str, terms: &[Term]) -> Vec<u32> {
    // By code unit, whether it is part of a hit.
    let mut is_hit = Vec::new();
    for form in [Form::Narrow, Form::Wide] {
        // For each byte of the folded text where what it came from begins and ends.
        let (mut folded, mut places) = (String::new(), Vec::new());
        let (mut start, mut at) = (0, 0);
        // A soft hyphen is as long as those that it stands for.
        for (character, is_part) in characters(text) {
            let end = at + character.len_utf16();
            if matches!(character, '\u{300}'..'\u{370}') {
                // An accent is part of the letter before it.
                places.iter_mut().rev().take_while(|(_, end)| *end == at).for_each(|(_, last)| *last = end);
            } else {
                start = at;
            }
            if is_part {
                push(&mut folded, character, form);
            } else if folded.as_bytes().last() != Some(&b' ') {
                folded.push(' ');
            }
            places.resize(folded.len(), (start, end));
            at = end;
        }
        is_hit.resize(at, false);
        for wanted in terms.iter().flat_map(|term| &term.forms) {
            let mut from = 0;
            while let Some(found) = find(&folded, wanted, from) {
                from = found + wanted.len();
                is_hit[places[found].0..places[from - 1].1].fill(true);
            }
        }
    }
    let mut spans = Vec::new();
    let mut before = false;
    for (at, hit) in is_hit.into_iter().chain([false]).enumerate() {
        if hit != before {
            spans.push(at as u32);
        }
        before = hit;
    }
    spans
}

/// Whether a text has all of what is searched for.
#[must_use]
pub fn has(text: &str, terms: &[Term]) -> bool {
    let forms = [words(text, Form::Narrow), words(text, Form::Wide)];
    terms.iter().all(|term| forms.iter().any(|text| term.is_in(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The reference for [`each_word`].
    fn words_between(text: &str) -> Vec<&str> {
        let (mut words, mut start, mut at) = (Vec::new(), 0, 0);
        for ((_, is_part), own) in characters(text).zip(text.chars()) {
            if !is_part {
                words.push(&text[start..at]);
                start = at + own.len_utf8();
            }
            at += own.len_utf8();
        }
        words.push(&text[start..]);
        words.retain(|word| !word.is_empty());
        words
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

        #[test]
        fn words_are_those_between_other_characters(
            text in prop_oneof!["[aZ5äßŁſ .,+#&/'’§№×÷Жü\u{2011}\u{ad}\u{a0}\u{308}-]{0,12}", "\\PC{0,20}"],
        ) {
            let mut found = Vec::new();
            each_word(&text, &mut |word, is_plain| found.push((word, is_plain)));
            prop_assert_eq!(found.iter().map(|&(word, _)| word).collect::<Vec<_>>(), words_between(&text));
            for (word, _) in found.into_iter().filter(|&(_, is_plain)| is_plain) {
                for form in [Form::Narrow, Form::Wide] {
                    let mut pushed = String::new();
                    word.chars().for_each(|character| push(&mut pushed, character, form));
                    prop_assert_eq!(pushed, words(word, form));
                }
            }
        }
    }
}
