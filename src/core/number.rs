//! Numbers as text, without the formatting machinery, which costs kilobytes in the browser.

/// Appends a number.
pub fn push_number(out: &mut String, number: u32) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// A number as text.
#[must_use]
pub fn text(number: u32) -> String {
    let mut out = String::new();
    push_number(&mut out, number);
    out
}

/// The number that these digits are; `None` if they are too many, none, or something else.
#[must_use]
#[inline]
pub fn read(digits: &str) -> Option<u32> {
    u32::try_from(value(digits)).ok()
}

/// The same as one value, beyond all such numbers where it is none: what is called often should give back one.
#[inline(never)]
fn value(digits: &str) -> u64 {
    let mut number = 0;
    for byte in digits.bytes() {
        number = if byte.is_ascii_digit() { number * 10 + u64::from(byte % 16) } else { u64::MAX };
        if number > u64::from(u32::MAX) {
            return u64::MAX;
        }
    }
    if digits.is_empty() { u64::MAX } else { number }
}
