//! Points in time.

use std::fmt;
use std::time::Duration;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, Month, OffsetDateTime};

/// A point in time, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// It serializes as the newtype [`Timestamp::SHAPE`] around epoch seconds with a fraction. JSON writes the bare number.
/// The other protocols know the newtype by its name, and write a tagged number or a date.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Timestamp(i64);

const DAY_MS: i64 = 86_400_000;

impl Timestamp {
    /// The name under which the serializers of `wire` recognize a timestamp.
    pub const SHAPE: &'static str = "Timestamp";

    /// Makes a timestamp of milliseconds since the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Seconds since the epoch, with milliseconds as their fraction.
    #[allow(clippy::cast_precision_loss)] // Exact up to the year 287396.
    pub fn as_seconds(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// Makes a timestamp of seconds since the epoch, rounded to the millisecond.
    #[allow(clippy::cast_possible_truncation)] // A float beyond i64 becomes the nearest i64.
    pub fn from_seconds(seconds: f64) -> Self {
        Self((seconds * 1000.0).round() as i64)
    }

    /// The time `wait` later, at most the last one that the type can hold.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)))
    }

    /// The duration from `earlier` to this. Zero when `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// Whether this is midnight in UTC.
    pub const fn begins_day(self) -> bool {
        self.0.rem_euclid(DAY_MS) == 0
    }

    /// Whether this is midnight of a month's first day, in UTC.
    pub fn begins_month(self) -> bool {
        self.begins_day() && self.date_time().day() == 1
    }

    /// The last millisecond of the month, in UTC.
    #[must_use]
    pub fn month_end(self) -> Self {
        let date = self.date_time().date();
        let days_left = i64::from(date.month().length(date.year()) - date.day());
        let next_day = date.midnight().assume_utc().unix_timestamp() * 1000 + DAY_MS;
        Self(next_day + days_left * DAY_MS - 1)
    }

    /// Formats whole seconds as STS writes them: `2026-11-24T08:00:00Z`.
    pub fn to_iso_seconds(self) -> String {
        let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
        self.date_time().format(format).unwrap_or_default()
    }

    /// Reads an RFC 3339 date with a time and an offset.
    pub fn parse(text: &str) -> Option<Self> {
        let parsed = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        i64::try_from(parsed.unix_timestamp_nanos() / 1_000_000).ok().map(Self)
    }

    /// Makes a timestamp of year, month and day, and of hour, minute and second, in UTC.
    pub fn of_date([year, month, day]: [u32; 3], [hour, minute, second]: [u32; 3]) -> Option<Self> {
        let small = |number: u32| u8::try_from(number).ok();
        let month = Month::try_from(small(month)?).ok()?;
        let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, small(day)?).ok()?;
        let at = date.with_hms(small(hour)?, small(minute)?, small(second)?).ok()?.assume_utc();
        Some(Self(at.unix_timestamp() * 1000))
    }

    fn date_time(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

/// Writes `2026-11-24T08:00:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
        f.write_str(&self.date_time().format(format).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(Self::SHAPE, &self.as_seconds())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Seconds;
        impl<'de> Visitor<'de> for Seconds {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("seconds since the epoch")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Timestamp, D::Error> {
                f64::deserialize(inner).and_then(|seconds| self.visit_f64(seconds))
            }

            fn visit_f64<E: de::Error>(self, seconds: f64) -> Result<Timestamp, E> {
                if seconds.is_finite() {
                    Ok(Timestamp::from_seconds(seconds))
                } else {
                    Err(E::custom("a timestamp is a finite number"))
                }
            }
        }
        deserializer.deserialize_newtype_struct(Self::SHAPE, Seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads_dates() {
        let at = Timestamp::from_millis(1_795_420_800_123);
        assert_eq!(at.to_string(), "2026-11-23T08:00:00.123Z");
        assert_eq!(at.to_iso_seconds(), "2026-11-23T08:00:00Z");
        assert_eq!(Timestamp::parse("2026-11-23T09:00:00.123+01:00"), Some(at));
        assert_eq!(Timestamp::from_seconds(at.as_seconds()), at);
        let second = Timestamp::parse("2026-11-23T08:00:00Z");
        assert_eq!(Timestamp::of_date([2026, 11, 23], [8, 0, 0]), second);
        for (date, time) in [([2026, 13, 1], [0, 0, 0]), ([2026, 2, 29], [0, 0, 0]), ([2026, 1, 1], [24, 0, 0])] {
            assert_eq!(Timestamp::of_date(date, time), None);
        }
    }

    #[test]
    fn knows_where_days_and_months_begin_and_end() {
        let at = |text| Timestamp::parse(text).unwrap();
        let month = at("2028-02-01T00:00:00Z");
        assert!(month.begins_day() && month.begins_month());
        assert!(at("2028-02-02T00:00:00Z").begins_day() && !at("2028-02-02T00:00:00Z").begins_month());
        assert!(!at("2028-02-01T00:00:00.001Z").begins_day() && !at("2028-02-01T00:00:00.001Z").begins_month());
        let end = at("2028-02-29T23:59:59.999Z");
        assert_eq!((month.month_end(), end.month_end()), (end, end));
        assert_eq!(at("2027-12-15T12:00:00Z").month_end(), at("2027-12-31T23:59:59.999Z"));
        assert!(!Timestamp::from_millis(i64::MAX).begins_day());
    }
}
