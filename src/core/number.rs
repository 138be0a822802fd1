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
pub fn read(digits: &str) -> Option<u32> {
    let number = digits.bytes().try_fold(0_u32, |number, byte| {
        let digit = byte.is_ascii_digit().then_some(u32::from(byte % 16))?;
        number.checked_mul(10)?.checked_add(digit)
    });
    number.filter(|_| !digits.is_empty())
}
