//! The typed values of conditions, parsed from text.

use std::net::IpAddr;

use data_encoding::BASE64;

/// A number. It is never NaN, so each is equal to itself.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Number(f64);

impl Eq for Number {}

/// A number: digits with an optional sign, fraction and exponent.
pub(super) fn number(text: &str) -> Option<Number> {
    // The standard library also parses `inf` and `nan`, which have letters other than the exponent's.
    let is_numeric = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    text.parse().ok().filter(|_| is_numeric).map(Number)
}

/// `true` or `false`, regardless of case.
pub(super) fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// The bytes of a text in base64.
pub(super) fn binary(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text.as_bytes()).ok()
}

/// An IP address, or a range of addresses in CIDR notation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct IpRange {
    address: u128,
    is_v6: bool,
    prefix_length: u32,
}

impl IpRange {
    /// An address without prefix is a range of one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let (address, is_v6) = match address.parse().ok()? {
            IpAddr::V4(address) => (u128::from(address.to_bits()), false),
            IpAddr::V6(address) => (address.to_bits(), true),
        };
        let length_max = if is_v6 { 128 } else { 32 };
        let prefix_length = match prefix {
            None => length_max,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok()?,
            Some(_) => return None,
        };
        (prefix_length <= length_max).then_some(Self { address, is_v6, prefix_length })
    }

    /// Whether the whole other range is in this one.
    pub(super) fn contains(self, other: Self) -> bool {
        let length_max = if self.is_v6 { 128 } else { 32 };
        let host_bits = length_max - self.prefix_length;
        let network = |address: u128| address.checked_shr(host_bits).unwrap_or(0);
        self.is_v6 == other.is_v6
            && self.prefix_length <= other.prefix_length
            && network(self.address) == network(other.address)
    }
}

/// A point in time in nanoseconds since 1970, from ISO 8601 or from whole seconds.
///
/// A missing month or day is the first, a missing time is midnight. Case does not count. A time without zone is UTC.
// Inferred: IAM is on record for accepting `01T`, `-292275054` and a one-digit hour, and for refusing offsets of one
// digit, ten digits of fraction and more seconds than 64 bits hold. A bare number of four digits is a year, any other
// is seconds.
pub(super) fn date(text: &str) -> Option<i128> {
    let is_number = text.strip_prefix('-').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit());
    if is_number && text.len() != 4 {
        return text.parse::<i64>().ok().map(|seconds| i128::from(seconds) * NANOS_PER_SECOND);
    }
    let (date, time) = text.split_once(['T', 't']).unwrap_or((text, ""));
    let (time, offset_minutes) = split_zone(time)?;
    let days = days_since_epoch(date)?;
    Some((days * 1440 - offset_minutes) * 60 * NANOS_PER_SECOND + nanos_of_day(time)?)
}

const NANOS_PER_SECOND: i128 = 1_000_000_000;

/// A number with one of these numbers of digits, within bounds.
fn digits(
    text: &str,
    lengths: std::ops::RangeInclusive<usize>,
    bounds: std::ops::RangeInclusive<i128>,
) -> Option<i128> {
    let is_number = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_number && bounds.contains(number))
}

fn days_since_epoch(date: &str) -> Option<i128> {
    let mut parts = date.splitn(3, '-');
    let year = digits(parts.next()?, 1..=9, 0..=999_999_999)?;
    let month = parts.next().map_or(Some(1), |month| digits(month, 2..=2, 1..=12))?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days_of_month = match month {
        2 => 28 + i128::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = parts.next().map_or(Some(1), |day| digits(day, 2..=2, 1..=days_of_month))?;
    // The year is counted from March, so that the leap day is its last day.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468)
}

fn nanos_of_day(time: &str) -> Option<i128> {
    if time.is_empty() {
        return Some(0);
    }
    let mut parts = time.splitn(3, ':');
    let hour = digits(parts.next()?, 1..=2, 0..=23)?;
    let minute = parts.next().map_or(Some(0), |minute| digits(minute, 2..=2, 0..=59))?;
    let (second, fraction) = match parts.next() {
        None => ("0", None),
        Some(second) => match second.split_once('.') {
            Some((second, fraction)) => (second, Some(fraction)),
            None => (second, None),
        },
    };
    let second = digits(second, 1..=2, 0..=59)?;
    let nanos = match fraction {
        None => 0,
        Some(fraction) => {
            digits(fraction, 1..=9, 0..=NANOS_PER_SECOND)?;
            digits(&format!("{fraction:0<9}"), 9..=9, 0..=NANOS_PER_SECOND)?
        }
    };
    Some(((hour * 60 + minute) * 60 + second) * NANOS_PER_SECOND + nanos)
}

/// Splits a time into the time without zone and the zone's minutes east of UTC.
fn split_zone(time: &str) -> Option<(&str, i128)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let Some(start) = time.find(['+', '-']) else {
        return Some((time, 0));
    };
    let (hours, minutes) = time[start + 1..].split_once(':').unwrap_or((&time[start + 1..], "00"));
    let minutes = digits(hours, 2..=2, 0..=23)? * 60 + digits(minutes, 2..=2, 0..=59)?;
    Some((&time[..start], if time[start..].starts_with('-') { -minutes } else { minutes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates() {
        let second = NANOS_PER_SECOND;
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("1969-12-31T23:59:59Z", Some(-second)),
            ("2000-02-29", Some(951_782_400 * second)),
            ("2000-03-01T00:00:00+01:00", Some((951_868_800 - 3600) * second)),
            ("2024", Some(1_704_067_200 * second)),
            ("2024-12", Some(1_733_011_200 * second)),
            ("1704067200", Some(1_704_067_200 * second)),
            ("-1", Some(-second)),
            ("2016-12-13T21:20:37.593194+00:00", Some(1_481_664_037_593_194_000)),
            ("2016-12-13t2:00:00.593194+23", Some(1_481_594_400_593_194_000 - 23 * 3600 * second)),
            ("-292275054", Some(-292_275_054 * second)),
            ("2023-02-29", None),
            ("1900-02-29", None),
            ("2024-13-01", None),
            ("2016-12-13t2:00:00.593194+1", None),
            ("2016-12-13t2:00:00.1999999999+10:59", None),
            ("9223372036854775808", None),
            ("234-13", None),
            ("sdfdsf", None),
            ("", None),
            ("-", None),
            ("2024-01-01T", Some(1_704_067_200 * second)),
            ("2024-01-01T24:00", None),
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
        assert!(date("01T").is_some());
    }

    #[test]
    fn reads_numbers() {
        for (text, expected) in
            [("10", Some(10.0)), ("-1.5", Some(-1.5)), ("1e2", Some(100.0)), ("ten", None), ("", None)]
        {
            assert_eq!(number(text), expected.map(Number), "{text}");
        }
        assert_eq!((number("inf"), number("NaN"), number("0x1")), (None, None, None));
    }

    #[test]
    fn finds_addresses_in_ranges() {
        for (range, address, expected) in [
            ("203.0.113.0/24", "203.0.113.255", true),
            ("203.0.113.0/24", "203.0.114.0", false),
            ("203.0.113.7", "203.0.113.7", true),
            ("0.0.0.0/0", "198.51.100.1", true),
            ("::/0", "2001:db8::1", true),
            ("::/0", "198.51.100.1", false),
            ("2001:db8:1234:5678::/64", "2001:DB8:1234:5678::1", true),
            ("10.0.0.0/8", "10.1.0.0/16", true),
            ("10.0.0.0/16", "10.0.0.0/8", false),
        ] {
            let contains = IpRange::parse(range).unwrap().contains(IpRange::parse(address).unwrap());
            assert_eq!(contains, expected, "{range} {address}");
        }
        for wrong in ["", "1.2.3", "1.2.3.4/33", "::/129", "1.2.3.4/", "1.2.3.4/+8", "1.2.3.4/x", "::1%eth0"] {
            assert_eq!(IpRange::parse(wrong), None, "{wrong}");
        }
    }
}
