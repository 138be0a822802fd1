//! Dates as text, the same natively and in a browser.

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

impl Date {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn instant(self) -> i64 {
        self.instant
    }

    /// The day in the publisher's own offset.
    #[must_use]
    pub fn day(self) -> Day {
        Day { year: 1970, month: 1, day: 1 }
    }
}
