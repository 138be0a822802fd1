//! Text as it is shown: cleaned, and cut to a teaser's length.

use crate::ascii;

/// Characters of a lead at most.
pub(super) const LEAD: usize = 400;

/// Characters of a headline that is made from the text, at most.
pub(super) const HEADLINE: usize = 80;

/// Cleaned bytes after which a longer text makes no difference to [`LEAD`]: a character has four at most, and a cut looks a
/// little further.
pub(super) const ENOUGH: usize = 4 * LEAD + 64;

/// A sentence that ends before this many characters is too short to stand for the text.
const SHORTEST_LEAD: usize = LEAD / 3;

const ELLIPSIS: &str = " …";

/// Appends text without what must never leave its teaser.
///
/// White space becomes a single space and is dropped at both ends; control
/// characters and bidirectional embeddings, overrides and isolates (Unicode
/// Standard Annex #9, section 2) are dropped. Other spaces, soft hyphens and
/// joiners stay, but not at the beginning: a text of nothing else is none.
/// The marks U+200E and U+200F stay there too, as the direction may be theirs.
pub(super) struct Cleaner<'a> {
    out: &'a mut String,
    start: usize,
    space: bool,
}

impl<'a> Cleaner<'a> {
    pub(super) fn new(out: &'a mut String) -> Self {
        let start = out.len();
        Self { out, start, space: false }
    }

    /// How many bytes have come out.
    pub(super) fn len(&self) -> usize {
        self.out.len() - self.start
    }

    pub(super) fn push_space(&mut self) {
        self.space = true;
    }

    pub(super) fn push_char(&mut self, char: char) {
        self.push_str(char.encode_utf8(&mut [0; 4]));
    }

    pub(super) fn push_str(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (mut from, mut at) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            let clean = match bytes[at..].first_chunk() {
                Some(word) if at > from => clean_bytes(u64::from_le_bytes(*word)),
                _ => 0,
            };
            if clean > 0 || is_plain(byte) {
                at += clean.max(1);
                continue;
            }
            let (space, length) = match (byte, bytes.get(at + 1), bytes.get(at + 2)) {
                (b' ' | b'\t'..=b'\r', ..) => (true, 1),
                (0xc2, Some(0x80..=0x9f), _) => (false, 2),
                (0xe2, Some(0x80), Some(0xa8 | 0xa9)) => (true, 3),
                (0xe2, Some(0x80), Some(0xaa..=0xae)) | (0xe2, Some(0x81), Some(0xa6..=0xa9)) => (false, 3),
                (0xc2 | 0xe2, ..) => {
                    at += if byte == 0xc2 { 2 } else { 3 };
                    continue;
                }
                _ => (false, 1),
            };
            self.push_run(&text[from..at]);
            self.space |= space;
            at += length;
            from = at;
        }
        self.push_run(&text[from..]);
    }

    fn push_run(&mut self, run: &str) {
        let is_first = self.len() == 0;
        // Some of the invisible are plain bytes, and a single space may follow them.
        let run = if is_first { run.trim_start_matches(|char| char == ' ' || is_invisible(char)) } else { run };
        if run.is_empty() {
            return;
        }
        if self.space && !is_first {
            self.out.push(' ');
        }
        self.space = false;
        self.out.push_str(run);
    }
}

/// Text without what a [`Cleaner`] leaves out.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::new();
    Cleaner::new(&mut out).push_str(text);
    out
}

/// Whether nothing is seen of a character that a [`Cleaner`] leaves in a text.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200d}' | '\u{202f}' | '\u{205f}'..='\u{2064}' | '\u{3000}' | '\u{feff}')
}

/// Neither white space nor control, and not the first byte of a character that may be either.
fn is_plain(byte: u8) -> bool {
    byte > b' ' && byte != 0x7f && byte != 0xc2 && byte != 0xe2
}

/// How many of eight bytes behind a plain one stay as they are: all, or all but a last space, or perhaps none.
fn clean_bytes(word: u64) -> usize {
    let spaces = ascii::all_of(word, b' ');
    // With this bit, 0xc2 is 0xe2, and no other byte becomes it.
    let odd = ascii::below(word, b' ') | ascii::any_of(word, 0x7f) | ascii::any_of(word | ascii::each(0x20), 0xe2);
    if odd | spaces & spaces >> 8 == 0 { 8 - (spaces >> 63) as usize } else { 0 }
}

/// Cuts the cleaned text that begins at `start` to `limit` characters, the ellipsis
/// included: after a word, or for a lead after a sentence if one ends late enough.
pub(crate) fn cut(out: &mut String, start: usize, limit: usize, at_sentences: bool) {
    let text = &out[start..];
    let end = place_of(text, limit);
    if end == text.len() {
        return;
    }
    if at_sentences && let Some(end) = sentence_end(text, place_of(text, SHORTEST_LEAD), end) {
        return out.truncate(start + end);
    }
    let longest = place_of(text, limit - 2);
    let before = longest + usize::from(text.as_bytes()[longest] == b' ');
    let words = ascii::end(&text[..before], |byte| byte == b' ').saturating_sub(1);
    // Scripts without spaces, and what is one overlong word, are cut between characters.
    let end = if words * 2 > longest { words } else { before_mark(text, longest) };
    let mut kept = &text.as_bytes()[..end];
    // The last of them is a dash.
    while let [rest @ .., b' ' | b',' | b';' | b':' | b'-' | b'('] | [rest @ .., 0xe2, 0x80, 0x93] = kept {
        kept = rest;
    }
    let end = start + kept.len();
    out.truncate(end);
    out.push_str(ELLIPSIS);
}

/// Whether a text that is not cleaned yet may have to be cut for a lead.
pub(super) fn is_long(text: &str) -> bool {
    text.len() > LEAD && place_of(text, LEAD) < text.len()
}

/// Where the character of this number begins, or the end.
fn place_of(text: &str, number: usize) -> usize {
    let mut left = number;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        // Of each character one byte does not continue it.
        if byte & 0xc0 != 0x80 {
            if left == 0 {
                return at;
            }
            left -= 1;
        }
    }
    text.len()
}

/// Where the last sentence ends that does so from `first` to `last`.
fn sentence_end(text: &str, first: usize, last: usize) -> Option<usize> {
    let mut found = None;
    let mut word = 0;
    for (at, char) in text[..last].char_indices() {
        if char == ' ' {
            word = at + 1;
        }
        let ideographic = matches!(char, '。' | '！' | '？');
        let mut end = at + char.len_utf8();
        if end < first || !ideographic && !matches!(char, '.' | '!' | '?' | '…' | '؟' | '।') {
            continue;
        }
        while let Some(quote @ ('"' | '\'' | ')' | '“' | '”' | '’' | '»' | '«')) = text[end..last].chars().next()
        {
            end += quote.len_utf8();
        }
        if !ideographic && text.as_bytes()[end] != b' ' {
            continue;
        }
        // `3. Oktober`, `z. B.` and `bzw. die` end no sentence.
        let follows = text.as_bytes().get(end + 1);
        let abbreviation = char == '.'
            && (at < word + 3
                || text.as_bytes()[at - 1].is_ascii_digit()
                || follows.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
        if !abbreviation {
            found = Some(end);
        }
    }
    found
}

/// The last place up to `at` that does not part a character from its marks or an emoji from its joiner.
fn before_mark(text: &str, at: usize) -> usize {
    let mut found = 0;
    let mut joined = false;
    for (place, char) in text.char_indices() {
        if place > at {
            break;
        }
        if !is_mark(char) && !joined {
            found = place;
        }
        // A virama joins consonants.
        joined = char == '\u{200d}' || is_indic(char) && u32::from(char) & 0x7f == 0x4d;
    }
    found
}

/// Whether a character is nothing without the one before it, in the scripts of those who may read here: the blocks of
/// the Unicode Character Database, and within those of India, which are made alike, the places of signs and vowels.
fn is_mark(char: char) -> bool {
    let place = u32::from(char) & 0x7f;
    match char {
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' => true, // Latin, Greek, Cyrillic
        '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' => true, // Hebrew, Arabic
        _ if is_indic(char) => matches!(place, 0..=3 | 0x3c | 0x3e..=0x4d | 0x51..=0x57 | 0x62 | 0x63),
        '\u{e00}'..='\u{eff}' => matches!(place, 0x31 | 0x34..=0x3c | 0x47..=0x4e), // Thai, Lao
        '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => true,   // emoji
        _ => false,
    }
}

fn is_indic(char: char) -> bool {
    matches!(char, '\u{900}'..='\u{d7f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, cleaned: &str) {
        assert_eq!(clean(text), cleaned);
    }

    #[test]
    fn cleaning() {
        check("", "");
        check("  \t\n ", "");
        check(" a  b\r\n\tc ", "a b c");
        check("a b c", "a b c");
        check("a \u{7}b", "a b");
        check("a\u{7} \u{7}b", "a b");
        check("a\u{0}b\u{1f}c\u{7f}d\u{80}e\u{9f}f", "abcdef");
        check("a\u{2028}b\u{2029} c\u{b}d\u{c}e", "a b c d e");
        check("a\u{202a}b\u{202e}c\u{2066}d\u{2069}e", "abcde");
        check("\u{202e}", "");
        check("a\u{200e}b\u{200f}c", "a\u{200e}b\u{200f}c");
        check("a\u{a0}b \u{a0} c", "a\u{a0}b \u{a0} c");
        check("„ä – ß“ €😀", "„ä – ß“ €😀");
        for blank in ["\u{a0}", " \u{a0} \u{2003}", "\u{200b}\u{feff}", "\u{ad}", "\u{3000}\n"] {
            check(blank, "");
            check(&[blank, "a\u{ad}b"].concat(), "a\u{ad}b");
            // Long enough for eight bytes at once, and with plain bytes behind.
            let long = [blank, " "].concat().repeat(4);
            check(&long, "");
            check(&[&long, "Haushalt im Rat"].concat(), "Haushalt im Rat");
        }
        check("\u{200f}a", "\u{200f}a");
        check("AT&amp;T <b>", "AT&amp;T <b>");
    }

    #[track_caller]
    fn check_cut(text: &str, limit: usize, at_sentences: bool, expected: &str) {
        let mut cut_text = text.to_owned();
        cut(&mut cut_text, 0, limit, at_sentences);
        assert_eq!(cut_text, expected);
        assert!(cut_text.chars().count() <= limit.max(2));
    }

    #[test]
    fn cutting() {
        check_cut("short", 80, false, "short");
        check_cut("exactly ten", 11, false, "exactly ten");
        check_cut("one two three", 12, false, "one two …");
        check_cut("one two three", 9, false, "one two …");
        check_cut("one two, three", 10, false, "one two …");
        check_cut("one two three", 10, false, "one two …");
        check_cut("aaaaaa bb ccc", 11, false, "aaaaaa bb …");
        check_cut("äääääääääää", 10, false, "ääääääää …");
        check_cut("a bbbbbbbbbbbbbb", 10, false, "a bbbbbb …");
        check_cut("aaaaaaae\u{301}bbbbbb", 10, false, "aaaaaaa …");
        // A consonant keeps its vowel, and the one it is joined with.
        check_cut(&["x", &"กั".repeat(9)].concat(), 10, false, "xกักักั …");
        check_cut(&["x", &"कि".repeat(9)].concat(), 10, false, "xकिकिकि …");
        check_cut(&["xx", &"क्षि".repeat(9)].concat(), 10, false, "xxक्षि …");
        check_cut(&["x", &"بَ".repeat(9)].concat(), 10, false, "xبَبَبَ …");
        // So do pictures that are made of several.
        check_cut(&["x", &"👷🏽".repeat(9)].concat(), 10, false, "x👷🏽👷🏽👷🏽 …");
        check_cut(&["x", &"👩\u{200d}👧".repeat(9)].concat(), 10, false, "x👩\u{200d}👧👩\u{200d}👧 …");
        check_cut(&["xxx", &"👩\u{200d}👧".repeat(9)].concat(), 10, false, "xxx👩\u{200d}👧 …");
        let words = "word ".repeat(30);
        let text = format!("{words}ends here. Then {}", "more ".repeat(100));
        check_cut(&text, LEAD, true, &format!("{words}ends here."));
        let text = format!("{words}(ends „here!“) Then {}", "more ".repeat(100));
        check_cut(&text, LEAD, true, &format!("{words}(ends „here!“)"));
        // Though what follows begins as a sentence does.
        for no_end in [
            "am 3. Oktober",
            "z. B. Amt",
            "bzw. die",
            "Abs. 3",
            "a.b",
            "NRW.BANK",
            "Nr. 4711. Oktober",
            "bis 2030. Und",
        ] {
            let mut lead = format!("{words}{no_end} {}", "More ".repeat(100));
            cut(&mut lead, 0, LEAD, true);
            assert!(lead.ends_with("More …"), "{lead}");
        }
        let mut lead = format!("Short. {}", "More ".repeat(100));
        cut(&mut lead, 0, LEAD, true);
        assert!(lead.ends_with("More …") && lead.chars().count() > LEAD - 10, "{lead}");
        check_cut(
            &format!("{}。{}", "字".repeat(200), "字".repeat(300)),
            LEAD,
            true,
            &format!("{}。", "字".repeat(200)),
        );
    }

    /// What a [`Cleaner`] leaves of a text, character by character.
    fn cleaned_naively(text: &str) -> String {
        let mut out = String::new();
        let mut space = false;
        for char in text.chars() {
            let is_embedding = matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if matches!(char, ' ' | '\t'..='\r' | '\u{2028}' | '\u{2029}') {
                space = true;
                continue;
            } else if char.is_control() || is_embedding || out.is_empty() && is_invisible(char) {
                continue;
            }
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(char);
        }
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn all_that_is_clean_stays(
            // Long enough for words of eight bytes that begin everywhere, and with most of them plain.
            parts in prop::collection::vec("[a-zäß,]{0,12}( |  |[ -~]|[\u{0}-\u{a0}]|[\u{2000}-\u{2070}]|[é«»–„“…字\u{3000}\u{feff}]|\\PC)?", 0..12),
        ) {
            let text = parts.concat();
            prop_assert_eq!(clean(&text), cleaned_naively(&text));
            let mut out = String::from("before ");
            let mut cleaner = Cleaner::new(&mut out);
            for part in &parts {
                cleaner.push_str(part);
            }
            prop_assert_eq!(&out["before ".len()..], cleaned_naively(&text));
        }

        #[test]
        fn cleaned_text_is_clean_and_cut_text_short(text in "([ -~]|[\u{0}-\u{a0}]|[\u{2000}-\u{2070}]|[äß字。!?.]|\\PC){0,200}") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once.clone());
            let forbidden = |char: char| char.is_control() || matches!(u32::from(char), 0x2028..=0x202e | 0x2066..=0x2069);
            prop_assert!(!once.contains(forbidden));
            prop_assert!(!once.contains("  ") && once.trim_matches(' ') == once);
            let mut short = once.clone();
            cut(&mut short, 0, 40, true);
            prop_assert!(short.chars().count() <= 40);
            prop_assert!(once.starts_with(short.strip_suffix(ELLIPSIS).unwrap_or(&short)));
        }
    }
}
