//! Days of the calendar.

/// The seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// A day of the calendar, in UTC.
#[derive(Clone, Copy)]
pub(super) struct Date {
    pub(super) year: i64,
    /// From 1 to 12.
    pub(super) month: i64,
    pub(super) day: i64,
}

impl Date {
    /// The day of a time in seconds since 1970.
    pub(super) fn of(time: i64) -> Self {
        let mut days = time.div_euclid(DAY);
        let mut year = 1970 + days.div_euclid(366);
        while days >= (Self { year: year + 1, month: 1, day: 1 }).start() / DAY {
            year += 1;
        }
        days -= Self { year, month: 1, day: 1 }.start() / DAY;
        let mut month = 1;
        while days >= month_length(year, month) {
            days -= month_length(year, month);
            month += 1;
        }
        Self { year, month, day: days + 1 }
    }

    /// Its first second, in seconds since 1970.
    pub(super) fn start(self) -> i64 {
        let before = self.year - 1;
        let leap_days = |year: i64| year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let years = (self.year - 1970) * 365 + leap_days(before) - leap_days(1969);
        let months: i64 = (1..self.month).map(|month| month_length(self.year, month)).sum();
        (years + months + self.day - 1) * DAY
    }

    /// Its year and month.
    pub(super) fn month(self) -> (i64, i64) {
        (self.year, self.month)
    }

    /// Its day of the week: 1 for Sunday to 7 for Saturday.
    pub(super) fn weekday(self) -> i64 {
        // 1 January 1970 was a Thursday.
        (self.start() / DAY + 4).rem_euclid(7) + 1
    }
}

/// How many days a month has.
pub(super) fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_and_counted() {
        for (time, expected, weekday) in [
            (0, (1970, 1, 1), 5),
            (951_782_400, (2000, 2, 29), 3),
            (1_789_284_720, (2026, 9, 13), 1),
            (4_102_444_799, (2099, 12, 31), 5),
        ] {
            let date = Date::of(time);
            assert_eq!((date.year, date.month, date.day), expected);
            assert_eq!(date.start(), time / DAY * DAY);
            assert_eq!(date.weekday(), weekday);
        }
    }
}
