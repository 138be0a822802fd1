use super::*;
use proptest::prelude::*;
use serde_json::Value;

/// Writes events down, one a line, and keeps everything.
#[derive(Default)]
struct Log {
    lines: Vec<String>,
    limit: Option<usize>,
}

impl Sink for Log {
    fn wanted(&mut self, _: Token) -> usize {
        self.limit.unwrap_or(usize::MAX)
    }

    fn event(&mut self, event: Event<'_>, at: Position) {
        self.lines.push(format!("{event:?} {}:{}", at.line, at.column));
    }

    fn damaged(&mut self) {
        self.lines.push("damaged".to_owned());
    }
}

fn read(chunks: &[&[u8]], limit: Option<usize>) -> Result<Vec<String>, SyntaxError> {
    let mut log = Log { lines: Vec::new(), limit };
    let mut tokenizer = Tokenizer::new();
    let result = chunks.iter().try_for_each(|chunk| tokenizer.push(chunk, &mut log).map(drop));
    let end = tokenizer.finish(&mut log);
    if let Err(error) = result {
        assert_eq!(end, Err(error), "an error is forgotten");
    }
    end.map(|()| log.lines)
}

/// Reads at once, byte by byte, and cut into two anywhere; all must agree.
#[track_caller]
fn read_any(document: &[u8], limit: Option<usize>) -> Result<Vec<String>, SyntaxError> {
    let whole = read(&[document], limit);
    let bytes: Vec<&[u8]> = document.chunks(1).collect();
    assert_eq!(read(&bytes, limit), whole, "byte by byte");
    for cut in 0..document.len().min(200) {
        let (left, right) = document.split_at(cut);
        assert_eq!(read(&[left, right], limit), whole, "cut at {cut}");
    }
    whole
}

#[track_caller]
fn check(document: impl AsRef<[u8]>, events: &[&str]) {
    assert_eq!(read_any(document.as_ref(), None).expect("is JSON"), events);
}

#[track_caller]
fn check_error(document: impl AsRef<[u8]>, message: &str) {
    let document = document.as_ref();
    assert_eq!(read_any(document, None).expect_err("is no JSON").to_string(), message);
    assert!(serde_json::from_slice::<Value>(document).is_err(), "serde_json reads it");
}

#[track_caller]
fn check_text(json: impl AsRef<[u8]>, text: &str) {
    let event = format!("String({text:?}) 1:1");
    let lines: [&str; 2] = [&event, "damaged"];
    check(json, &lines[..1 + usize::from(text.contains('\u{fffd}'))]);
}

#[test]
fn values_are_told_with_their_places() {
    check("null", &["Null 1:1"]);
    check(" \ttrue\r\n", &["Boolean(true) 1:3"]);
    check("\n\n false", &["Boolean(false) 3:2"]);
    check("[]", &["ArrayStart 1:1", "ArrayEnd 1:2"]);
    check("{}", &["ObjectStart 1:1", "ObjectEnd 1:2"]);
    check("[1 ,\n2]", &["ArrayStart 1:1", "Number(\"1\") 1:2", "Number(\"2\") 2:1", "ArrayEnd 2:2"]);
    check(
        r#"{"ä":{"":[]},"a":"€"}"#,
        &[
            "ObjectStart 1:1",
            "Key(\"ä\") 1:2",
            "ObjectStart 1:6",
            "Key(\"\") 1:7",
            "ArrayStart 1:10",
            "ArrayEnd 1:11",
            "ObjectEnd 1:12",
            "Key(\"a\") 1:14",
            "String(\"€\") 1:18",
            "ObjectEnd 1:21",
        ],
    );
    check(
        "[[[]],{}]",
        &[
            "ArrayStart 1:1",
            "ArrayStart 1:2",
            "ArrayStart 1:3",
            "ArrayEnd 1:4",
            "ArrayEnd 1:5",
            "ObjectStart 1:7",
            "ObjectEnd 1:8",
            "ArrayEnd 1:9",
        ],
    );
    check("\u{feff}[\n\"\u{feff}\"]", &["ArrayStart 1:1", "String(\"\\u{feff}\") 2:1", "ArrayEnd 2:4"]);
}

#[test]
fn numbers_keep_their_text() {
    for number in
        ["0", "-0", "10", "-1.50", "1e9", "1E+09", "0.1e-007", "123456789012345678901234567890", "1e99999999999"]
    {
        check(number, &[&format!("Number({number:?}) 1:1")]);
        check(
            format!("[{number} ]"),
            &["ArrayStart 1:1", &format!("Number({number:?}) 1:2"), &format!("ArrayEnd 1:{}", number.len() + 3)],
        );
    }
}

#[test]
fn escapes_and_surrogates() {
    check_text(r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t");
    check_text(r#""\u00e4\u20AC\u0000x""#, "ä€\0x");
    check_text(r#""\ud83d\ude00!""#, "😀!");
    check_text(r#""\ud83d""#, "\u{fffd}");
    check_text(r#""\ude00""#, "\u{fffd}");
    check_text(r#""\ud83dx""#, "\u{fffd}x");
    check_text(r#""\ud83d\n""#, "\u{fffd}\n");
    check_text(r#""\ud83d\u0041""#, "\u{fffd}A");
    check_text(r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀");
    check_text(r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}");
    check_text("\"\u{7f}\u{80}\u{2028}\"", "\u{7f}\u{80}\u{2028}");
}

#[test]
fn bad_utf8_becomes_replacement_characters() {
    // The rows of the Unicode Standard, section 3.9, tables 3-8 to 3-11.
    check_text(b"\"\xff\"", "\u{fffd}");
    check_text(
        b"\"\xc0\xaf\xe0\x80\xbf\xf0\x81\x82A\"",
        "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}A",
    );
    check_text(b"\"\xed\xa0\x80\"", "\u{fffd}\u{fffd}\u{fffd}");
    check_text(b"\"\xe1\x80\xe2\xf0\x91\x92\xf1\xbfA\"", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}A");
    check_text(b"\"\xe2\x82\"", "\u{fffd}");
    check_text(b"\"\xe2\x82\\u00acx\"", "\u{fffd}\u{ac}x");
}

#[test]
fn what_is_no_json() {
    check_error("", "expected a JSON document, found the end at 1:1");
    check_error("  \n ", "expected a JSON document, found the end at 2:2");
    check_error("<html>", "expected a JSON document, found `<` at 1:1");
    check_error(b"\xef\xbb", "expected a JSON document, found the end at 1:1");
    check_error(b"\xef {}", "expected a JSON document, found a space or control character at 1:1");
    check_error(b"\xff\xfe[\0", "expected a JSON document, found another character at 1:1");
    check_error("\u{feff}\u{feff}[]", "expected a JSON document, found another character at 1:1");
    check_error("\u{feff}[}", "expected a value or `]`, found `}` at 1:2");
    check_error("[1,]", "expected a value, found `]` at 1:4");
    check_error("[1 2]", "expected `,` or `]`, found `2` at 1:4");
    check_error("[1}", "expected `,` or `]`, found `}` at 1:3");
    check_error("[,1]", "expected a value or `]`, found `,` at 1:2");
    check_error("[\n1,\n\n \"ä\" x", "expected `,` or `]`, found `x` at 4:6");
    check_error("{,}", "expected a key in quotes or `}`, found `,` at 1:2");
    check_error("{\"a\"}", "expected `:`, found `}` at 1:5");
    check_error("{\"a\":}", "expected a value, found `}` at 1:6");
    check_error("{\"a\":1,}", "expected a key in quotes, found `}` at 1:8");
    check_error("{\"a\":1]", "expected `,` or `}`, found `]` at 1:7");
    check_error("{a:1}", "expected a key in quotes or `}`, found `a` at 1:2");
    check_error("{'a':1}", "expected a key in quotes or `}`, found `'` at 1:2");
    check_error("{1:1}", "expected a key in quotes or `}`, found `1` at 1:2");
    check_error("[] []", "expected nothing more, found `[` at 1:4");
    check_error("[]]", "expected nothing more, found `]` at 1:3");
    check_error("null,", "expected nothing more, found `,` at 1:5");
    check_error("[]\0", "expected nothing more, found a space or control character at 1:3");
    check_error("[\u{a0}1]", "expected a value or `]`, found another character at 1:2");
    check_error("[\u{c}1]", "expected a value or `]`, found a space or control character at 1:2");
    check_error("[1] // no", "expected nothing more, found `/` at 1:5");
    check_error("nul]", "expected `true`, `false` or `null`, found `]` at 1:4");
    check_error("nulll", "expected nothing more, found `l` at 1:5");
    check_error("True", "expected a JSON document, found `T` at 1:1");
    check_error("NaN", "expected a JSON document, found `N` at 1:1");
    check_error("tru", "expected `true`, `false` or `null`, found the end at 1:4");
}

#[test]
fn what_is_no_number() {
    check_error("01", "expected nothing more, found `1` at 1:2");
    check_error("-", "expected a digit, found the end at 1:2");
    check_error("-a", "expected a digit, found `a` at 1:2");
    check_error("[-]", "expected a digit, found `]` at 1:3");
    check_error("+1", "expected a JSON document, found `+` at 1:1");
    check_error(".5", "expected a JSON document, found `.` at 1:1");
    check_error("[1.]", "expected a digit, found `]` at 1:4");
    check_error("1.e5", "expected a digit, found `e` at 1:3");
    check_error("1e", "expected a digit, found the end at 1:3");
    check_error("[1e+]", "expected a digit, found `]` at 1:5");
    check_error("[1.5.5]", "expected `,` or `]`, found `.` at 1:5");
    check_error("0x1", "expected nothing more, found `x` at 1:2");
    check_error("[1\0]", "expected `,` or `]`, found a space or control character at 1:3");
}

#[test]
fn what_is_no_string() {
    check_error("\"", "expected the end of a string, found the end at 1:2");
    check_error("\"ä€😀", "expected the end of a string, found the end at 1:5");
    check_error("\"a\nb\"", "expected the end of a string, found a line break at 1:3");
    check_error("\"\t\"", "expected the end of a string, found a space or control character at 1:2");
    check_error(
        "\"0123456789abcdeß\u{1f}\"",
        "expected the end of a string, found a space or control character at 1:18",
    );
    check_error("\"\\", "expected an escape, found the end at 1:3");
    check_error("\"\\x\"", "expected an escape, found `x` at 1:3");
    check_error("\"\\U0041\"", "expected an escape, found `U` at 1:3");
    check_error("\"\\u00g0\"", "expected a hexadecimal digit, found `g` at 1:6");
    check_error("\"\\u12\"", "expected a hexadecimal digit, found `\"` at 1:6");
    check_error("\"\\ud83d\\u12", "expected a hexadecimal digit, found the end at 1:12");
    check_error("'a'", "expected a JSON document, found `'` at 1:1");
}

#[test]
fn a_document_breaks_off_wherever_it_is_cut() {
    let document = r#"{"a":[1,-2.5e+1,"x\u00e4\n",{"b":null}],"c":true}"#;
    read_any(document.as_bytes(), None).expect("is JSON");
    for cut in 0..document.len() {
        let error = read_any(&document.as_bytes()[..cut], None).expect_err("breaks off");
        assert_eq!((error.at, error.found), (Position { line: 1, column: cut + 1 }, None));
    }
}

#[test]
fn texts_are_cut_to_what_is_wanted_between_characters() {
    #[track_caller]
    fn check(limit: usize, json: &str, text: &str) {
        let events = read_any(json.as_bytes(), Some(limit)).expect("is JSON");
        assert_eq!(events, [format!("String({text:?}) 1:1")]);
    }
    check(0, r#""abc\n\ud800""#, "");
    check(3, r#""abcd""#, "abc");
    check(3, r#""abc""#, "abc");
    check(4, r#""abc€""#, "abc");
    check(6, r#""abc€d""#, "abc€");
    check(2, r#""\u20acx""#, "");
    check(5, r#""a\u20acbc""#, "a€b");
    assert_eq!(read_any(b"-12345", Some(3)).expect("is JSON"), ["Number(\"-12\") 1:1"]);
}

#[test]
fn a_million_brackets_cost_no_stack_and_little_memory() {
    struct Depth(usize);
    impl Sink for Depth {
        fn wanted(&mut self, _: Token) -> usize {
            0
        }
        fn event(&mut self, event: Event<'_>, _: Position) {
            match event {
                Event::ArrayStart | Event::ObjectStart => self.0 += 1,
                Event::ArrayEnd | Event::ObjectEnd => self.0 -= 1,
                _ => {}
            }
        }
    }
    let mut depth = Depth(0);
    let mut tokenizer = Tokenizer::new();
    tokenizer.push("[".repeat(1_000_000).as_bytes(), &mut depth).expect("is the beginning of JSON");
    assert_eq!(depth.0, 1_000_000);
    assert!(tokenizer.open.capacity() * 4 <= 1_000_000 / 4, "{} words", tokenizer.open.capacity());
    tokenizer.clone().finish(&mut depth).expect_err("breaks off");

    let mut depth = Depth(0);
    let mut tokenizer = Tokenizer::new();
    tokenizer.push("[{\"a\":".repeat(500_000).as_bytes(), &mut depth).expect("is the beginning of JSON");
    tokenizer.push(b"1", &mut depth).expect("is a value");
    tokenizer.push("}]".repeat(500_000).as_bytes(), &mut depth).expect("closes");
    tokenizer.finish(&mut depth).expect("is JSON");
    assert_eq!(depth.0, 0);
}

fn any_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof!["[ -~äß€😀\u{0}-\u{1f}\u{2028}\\\\\"]{0,24}", any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((text.clone(), inner), 0..8)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// What the tokenizer should say of a value that `serde_json` has read.
fn expected(value: &Value, events: &mut Vec<String>) {
    match value {
        Value::Null => events.push("Null".into()),
        Value::Bool(value) => events.push(format!("Boolean({value})")),
        Value::Number(number) => events.push(format!("Number({:?})", number.to_string())),
        Value::String(text) => events.push(format!("String({text:?})")),
        Value::Array(values) => {
            events.push("ArrayStart".into());
            values.iter().for_each(|value| expected(value, events));
            events.push("ArrayEnd".into());
        }
        Value::Object(pairs) => {
            events.push("ObjectStart".into());
            for (key, value) in pairs {
                events.push(format!("Key({key:?})"));
                expected(value, events);
            }
            events.push("ObjectEnd".into());
        }
    }
}

/// The document cut at these places (taken modulo its length).
fn chunks<'a>(document: &'a [u8], cuts: &[usize]) -> Vec<&'a [u8]> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (document.len() + 1)).collect();
    cuts.extend([0, document.len()]);
    cuts.sort_unstable();
    cuts.windows(2).map(|pair| &document[pair[0]..pair[1]]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_in_any_chunks_is_what_serde_json_reads(
        value in any_value(), pretty: bool, cuts in prop::collection::vec(any::<usize>(), 0..12),
    ) {
        let document = if pretty { serde_json::to_vec_pretty(&value) } else { serde_json::to_vec(&value) }.unwrap();
        let whole = read(&[&document], None).expect("is JSON");
        prop_assert_eq!(&read(&chunks(&document, &cuts), None).expect("is JSON"), &whole);
        let mut events = Vec::new();
        // Not what serde_json reads again: it does not read fractions exactly.
        expected(&value, &mut events);
        let kinds: Vec<&str> = whole.iter().map(|line| line.rsplit_once(' ').unwrap().0).collect();
        prop_assert_eq!(kinds, events);
    }

    #[test]
    fn one_wrong_byte_is_judged_as_serde_json_does(
        value in any_value(), place: usize, byte: u8, cuts in prop::collection::vec(any::<usize>(), 0..4),
    ) {
        let mut document = serde_json::to_vec(&value).unwrap();
        let place = place % document.len();
        document[place] = byte;
        let whole = read(&[&document], None);
        prop_assert_eq!(&read(&chunks(&document, &cuts), None), &whole);
        // serde_json refuses what is bad UTF-8, a lone surrogate or too large a number; we do not.
        if serde_json::from_slice::<Value>(&document).is_ok() {
            prop_assert!(whole.is_ok());
        } else if whole.is_ok() {
            let reason = serde_json::from_slice::<Value>(&document).unwrap_err().to_string();
            prop_assert!(
                ["unicode", "surrogate", "escape", "out of range"].iter().any(|known| reason.contains(known)),
                "{}", reason
            );
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>, cuts in prop::collection::vec(any::<usize>(), 0..4), limit in 0..40_usize) {
        prop_assert_eq!(read(&chunks(&bytes, &cuts), Some(limit)), read(&[&bytes], Some(limit)));
    }
}
