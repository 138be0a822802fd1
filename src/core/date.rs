//! Dates as text, the same natively and in a browser.
//!
//! ```
//! use stichwort_core::date::Date;
//!
//! let date = Date::parse("2019-11-25T00:30:00+01:00").expect("is a date");
//! assert_eq!(date.instant(), 1_574_638_200_000); // still the 24th in London
//! assert_eq!(date.day().day, 25);
//! assert_eq!(date.time(), Some((0, 30)));
//! assert_eq!(date.datetime(), "2019-11-25T00:30:00+01:00");
//! ```
//!
//! What surprises: a date without an offset is taken as UTC, a date without a time
//! as midnight UTC, and everything else that is not RFC 3339 is refused rather
//! than guessed. A leap second is taken as the second before it, so that it stays
//! on its day.

/// A moment as its publisher wrote it: an instant, the publisher's own offset, and whether a time was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    instant: i64,
    /// Minutes east of Greenwich.
    offset: i16,
    has_time: bool,
}

/// Day of the publisher's own calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Year of the Gregorian calendar, 0 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Day {
    /// The day of this number, counted from 1970-01-01.
    pub(crate) fn of_number(number: i32) -> Self {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days:
        // years begin in March, so that the leap day is the last of its year.
        let days = number + FROM_MINUS_400;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + era * 400 + i32::from(month <= 2) - 400;
        Self { year: year as u16, month: month as u8, day: day as u8 }
    }

    /// Reads `2026-01-31`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Date::parse(text).filter(|date| !date.has_time).map(Date::day)
    }

    /// As [`parse`](Self::parse) reads it.
    pub fn write(self, out: &mut String) {
        push_two(out, (self.year / 100) as u8);
        push_two(out, (self.year % 100) as u8);
        out.push('-');
        push_two(out, self.month);
        out.push('-');
        push_two(out, self.day);
    }

    /// As [`parse`](Self::parse) reads it.
    #[must_use]
    pub fn text(self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    /// When it begins, as [`Date::local`] counts; the next one begins where it ends.
    #[must_use]
    pub fn begins(self) -> i64 {
        i64::from(self.number()) * DAY
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn number(self) -> i32 {
        days_since_1970(i32::from(self.year), i32::from(self.month), i32::from(self.day))
    }
}

const MINUTE: i64 = 60_000;
/// Milliseconds of one.
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

/// Days from 1 March of the year -400 to 1970-01-01: counted from there, none that can be written is negative.
const FROM_MINUS_400: i32 = 719_468 + 146_097;

/// Bits of a packed date below its instant: the offset, from -OFFSETS to OFFSETS, and whether there is a time.
const PACKED: u32 = 13;
const OFFSETS: i64 = 1 << 11;

/// No date, packed; before any.
pub(crate) const NONE: i64 = i64::MIN;

impl Date {
    /// Reads `date-time` of RFC 3339, section 5.6, or leniently a date alone, a
    /// missing offset (UTC), or a space in place of the `T`. Fractions of a second
    /// are kept to milliseconds.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        const PATTERN: &[u8] = b"0000-00-00T00:00:00";
        const DATE: usize = 10;
        let has_time = text.len() > DATE;
        let (text, rest) = text.as_bytes().split_at_checked(if has_time { PATTERN.len() } else { DATE })?;
        let [year, month, day, hour, minute, second] = read(text, &PATTERN[..text.len()])?;
        let is_time = hour < 24 && minute < 60 && second <= 60;
        if !is_time || !(1..=12).contains(&month) || day == 0 || day > days_of_month(year, month) {
            return None;
        }
        let (milliseconds, rest) = fraction(rest)?;
        let offset = match rest {
            [] | [b'Z' | b'z'] => 0,
            [sign @ (b'+' | b'-'), offset @ ..] => {
                let [hours, minutes, ..] = read(offset, b"00:00").filter(|offset| offset[0] < 24 && offset[1] < 60)?;
                (hours * 60 + minutes) * if *sign == b'-' { -1 } else { 1 }
            }
            _ => return None,
        };
        let of_day = i64::from(hour * 60 + minute - offset) * MINUTE;
        let of_minute = i64::from(second.min(59) * 1000 + milliseconds);
        let instant = i64::from(days_since_1970(year, month, day)) * DAY + of_day + of_minute;
        Some(Self { instant, offset: offset as i16, has_time })
    }

    /// In eight bytes; greater for later instants, and least for no date.
    pub(crate) fn pack(date: Option<Self>) -> i64 {
        date.map_or(NONE, |date| {
            let rest = (i64::from(date.offset) + OFFSETS) << 1 | i64::from(date.has_time);
            date.instant << PACKED | rest
        })
    }

    /// What was packed.
    pub(crate) fn unpack(packed: i64) -> Option<Self> {
        let rest = packed & ((1 << PACKED) - 1);
        let offset = ((rest >> 1) - OFFSETS) as i16;
        (packed != NONE).then_some(Self { instant: packed >> PACKED, offset, has_time: rest & 1 == 1 })
    }

    /// Packed dates compare by their instants.
    pub(crate) fn packed_instant(packed: i64) -> i64 {
        packed >> PACKED
    }

    /// When a packed date is over: a date alone with its day.
    pub(crate) fn packed_end(packed: i64) -> i64 {
        Self::packed_instant(packed) + DAY * (1 - (packed & 1))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn instant(self) -> i64 {
        self.instant
    }

    /// The day in the publisher's own offset.
    #[must_use]
    pub fn day(self) -> Day {
        Day::of_number(self.local().div_euclid(DAY) as i32)
    }

    /// Hour (0 to 23) and minute (0 to 59) in the publisher's own offset, if a time was given.
    #[must_use]
    pub fn time(self) -> Option<(u8, u8)> {
        let minutes = self.local().rem_euclid(DAY) / MINUTE;
        self.has_time.then_some(((minutes / 60) as u8, (minutes % 60) as u8))
    }

    /// The value of a `datetime` attribute, in the publisher's own offset and without fractions:
    /// `2019-11-25` for a date alone, else `2019-11-25T10:00:00+01:00`.
    ///
    /// That is a valid date string or global date and time string of the HTML
    /// Standard, section 2.3.5; but for the year 0, which HTML does not know.
    #[must_use]
    pub fn datetime(self) -> String {
        let mut text = String::new();
        self.write_datetime(&mut text);
        text
    }

    /// Appends it.
    pub(crate) fn write_datetime(self, out: &mut String) {
        self.day().write(out);
        if let Some((hour, minute)) = self.time() {
            out.push('T');
            push_two(out, hour);
            out.push(':');
            push_two(out, minute);
            out.push(':');
            push_two(out, (self.local().rem_euclid(MINUTE) / 1000) as u8);
            if self.offset == 0 {
                out.push('Z');
            } else {
                out.push(if self.offset < 0 { '-' } else { '+' });
                let offset = self.offset.unsigned_abs();
                push_two(out, (offset / 60) as u8);
                out.push(':');
                push_two(out, (offset % 60) as u8);
            }
        }
    }

    /// Milliseconds since 1970-01-01T00:00:00 by the publisher's own clock.
    #[must_use]
    pub fn local(self) -> i64 {
        self.instant + i64::from(self.offset) * MINUTE
    }
}

/// The numbers that stand where `pattern` has zeros, if the text is so long and all else as it is there.
fn read(text: &[u8], pattern: &[u8]) -> Option<[i32; 6]> {
    let mut numbers = [0; 6];
    let mut at = 0;
    if text.len() != pattern.len() {
        return None;
    }
    for (&byte, &wanted) in text.iter().zip(pattern) {
        if wanted == b'0' {
            if !byte.is_ascii_digit() {
                return None;
            }
            numbers[at] = numbers[at] * 10 + i32::from(byte - b'0');
        } else if byte == wanted || wanted == b'T' && matches!(byte, b't' | b' ') {
            at += 1;
        } else {
            return None;
        }
    }
    Some(numbers)
}

/// The milliseconds that a text begins with, digits beyond them cut off, and the rest; 0 without a point.
fn fraction(text: &[u8]) -> Option<(i32, &[u8])> {
    let [b'.', first, ..] = text else { return Some((0, text)) };
    if !first.is_ascii_digit() {
        return None;
    }
    let (mut rest, mut milliseconds, mut value) = (&text[1..], 0, 100);
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        milliseconds += i32::from(digit - b'0') * value;
        value /= 10;
        rest = after;
    }
    Some((milliseconds, rest))
}

fn days_of_month(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Howard Hinnant's days_from_civil, see [`Day::of_number`].
fn days_since_1970(year: i32, month: i32, day: i32) -> i32 {
    let year = year + 400 - i32::from(month <= 2);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + of_year - FROM_MINUS_400
}

/// Appends a number below 100 in two digits.
pub(crate) fn push_two(out: &mut String, number: u8) {
    out.push(char::from(b'0' + number / 10));
    out.push(char::from(b'0' + number % 10));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, datetime: &str, instant: i64) {
        let date = Date::parse(text).expect("is a date");
        assert_eq!((date.datetime().as_str(), date.instant()), (datetime, instant));
        assert_eq!(Date::parse(datetime).map(Date::datetime).as_deref(), Some(datetime), "does not read back");
        let packed = Date::pack(Some(date));
        assert_eq!((Date::unpack(packed), Date::packed_instant(packed)), (Some(date), instant));
        assert!(packed > Date::pack(None) && Date::unpack(Date::pack(None)).is_none());
    }

    #[test]
    fn dates() {
        check("2019-11-25T10:00:00+01:00", "2019-11-25T10:00:00+01:00", 1_574_672_400_000);
        check("2019-11-25T09:00:00Z", "2019-11-25T09:00:00Z", 1_574_672_400_000);
        check("2019-11-25t09:00:00z", "2019-11-25T09:00:00Z", 1_574_672_400_000);
        check("2019-11-25 09:00:00", "2019-11-25T09:00:00Z", 1_574_672_400_000);
        check("2019-11-25T09:00:00-00:00", "2019-11-25T09:00:00Z", 1_574_672_400_000);
        check("2019-11-25T09:00:00+23:59", "2019-11-25T09:00:00+23:59", 1_574_586_060_000);
        check("2019-11-25T09:00:00-23:59", "2019-11-25T09:00:00-23:59", 1_574_758_740_000);
        check("2019-11-25T09:00:00.5Z", "2019-11-25T09:00:00Z", 1_574_672_400_500);
        check("2019-11-25T09:00:00.123456789-05:30", "2019-11-25T09:00:00-05:30", 1_574_692_200_123);
        check("2019-11-25", "2019-11-25", 1_574_640_000_000);
        check("1970-01-01", "1970-01-01", 0);
        check("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59Z", -1);
        check("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", 1_483_228_799_000);
        check("2000-02-29", "2000-02-29", 951_782_400_000);
        check("2024-02-29T00:00:00+14:00", "2024-02-29T00:00:00+14:00", 1_709_114_400_000);
        check("0000-01-01", "0000-01-01", -62_167_219_200_000);
        check("0000-01-01T00:00:00+23:59", "0000-01-01T00:00:00+23:59", -62_167_305_540_000);
        check("9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59-23:59", 253_402_387_139_000);
    }

    #[test]
    fn anything_else_is_no_date() {
        for text in [
            "",
            "2019",
            "2019-11",
            "2019-11-2",
            "2019-1-25",
            "20191125",
            "2019-00-01",
            "2019-13-01",
            "2019-11-00",
            "2019-11-31",
            "2019-02-29",
            "1900-02-29",
            "+2019-11-25",
            "-0001-11-25",
            "12019-11-25",
            "2019-11-25Z",
            "2019-11-25+01:00",
            "2019-11-25T",
            "2019-11-25T10",
            "2019-11-25T10:00",
            "2019-11-25T10:00Z",
            "2019-11-25T24:00:00Z",
            "2019-11-25T10:60:00Z",
            "2019-11-25T10:00:61Z",
            "2019-11-25T10:00:00.Z",
            "2019-11-25T10:00:00,5Z",
            "2019-11-25T10:00:00+1:00",
            "2019-11-25T10:00:00+0100",
            "2019-11-25T10:00:00+01",
            "2019-11-25T10:00:00+24:00",
            "2019-11-25T10:00:00+01:60",
            "2019-11-25T10:00:00 +01:00",
            "2019-11-25T10:00:00Zx",
            "2019-11-25  10:00:00Z",
            " 2019-11-25",
            "2019-11-25 ",
            "25.11.2019",
            "25 Nov 2019",
            "Mon, 25 Nov 2019 10:00:00 GMT",
            "２０１９-11-25",
            "2019–11–25",
            "2019-11-2٥",
            "1574672400",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_day_and_time_are_the_publishers_own() {
        let date = Date::parse("2020-01-01T00:30:00+01:00").expect("is a date");
        assert_eq!(date.day(), Day { year: 2020, month: 1, day: 1 });
        assert_eq!(date.time(), Some((0, 30)));
        assert_eq!(Date::parse("2020-01-01").and_then(Date::time), None);
    }

    #[test]
    fn a_date_is_small() {
        assert_eq!(size_of::<Date>(), 16);
        assert_eq!(size_of::<Option<Date>>(), 16);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_day_reads_back(year in 0..10_000_i32, month in 1..13_i32, day in 1..32_i32) {
            prop_assume!(day <= days_of_month(year, month));
            let text = format!("{year:04}-{month:02}-{day:02}");
            let date = Date::parse(&text).expect("is a date");
            prop_assert_eq!(date.datetime(), text);
            let next = Date { instant: date.instant + DAY, ..date }.day();
            prop_assert!(next > date.day() || (year, month, day) == (9999, 12, 31));
        }

        #[test]
        fn arbitrary_text_never_panics(text: String, digits in "[0-9T:.Z+-]{0,30}") {
            let _ = (Date::parse(&text), Date::parse(&digits));
        }
    }
}
