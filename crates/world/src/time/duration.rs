//! Durations as text: `250ms`, `30s`, `15m`, `12h`, `4d`.

use std::time::Duration;

/// The units, the longest first, in milliseconds.
const UNITS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

/// At most a century, so that no date leaves the calendar.
const LONGEST_MS: u64 = 100 * 366 * 86_400_000;

/// Reads a whole number and its unit; at most a century.
///
/// # Errors
/// When it is none; the text says how one is written.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let unit_ms = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, unit_ms)| *unit_ms);
    let millis = unit_ms.zip(number.parse::<u64>().ok()).and_then(|(unit_ms, number)| number.checked_mul(unit_ms));
    millis
        .filter(|millis| *millis <= LONGEST_MS)
        .map(Duration::from_millis)
        .ok_or_else(|| format!("'{text}' is no duration: use a number and ms, s, m, h or d, such as 4d"))
}

/// Writes it in the longest unit of which it is a whole number.
pub fn format_duration(duration: Duration) -> String {
    let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let whole = UNITS.iter().find(|(_, unit_ms)| millis.is_multiple_of(*unit_ms) && millis > 0);
    whole.map_or_else(|| "0s".to_owned(), |(name, unit_ms)| format!("{}{name}", millis / unit_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit() {
        assert_eq!(parse_duration("4d"), Ok(Duration::from_hours(96)));
        assert_eq!(parse_duration("250ms"), Ok(Duration::from_millis(250)));
        for wrong in ["", "4", "d", "-4d", "4 d", "4w", "99999999999999999999d", "36601d"] {
            assert!(parse_duration(wrong).unwrap_err().contains("such as 4d"), "{wrong}");
        }
    }

    #[test]
    fn durations_are_written_as_they_are_read() {
        for text in ["4d", "36h", "90m", "61s", "1500ms", "0s"] {
            assert_eq!(format_duration(parse_duration(text).unwrap()), text);
        }
    }
}
