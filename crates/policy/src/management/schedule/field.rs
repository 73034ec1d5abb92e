//! The fields of a schedule expression.

use std::collections::BTreeSet;

use super::calendar::{Date, month_length};

/// What a field counts.
pub(super) struct Unit {
    pub(super) first: i64,
    pub(super) last: i64,
    /// The largest step after a slash.
    step_max: i64,
    /// The names of the values, the first value's first.
    names: &'static [&'static str],
}

pub(super) const MINUTES: Unit = Unit { first: 0, last: 59, step_max: 59, names: &[] };
pub(super) const HOURS: Unit = Unit { first: 0, last: 23, step_max: 23, names: &[] };
pub(super) const MONTHS: Unit = Unit {
    first: 1,
    last: 12,
    step_max: 12,
    names: &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
};
pub(super) const YEARS: Unit = Unit { first: 1970, last: 2199, step_max: i64::MAX, names: &[] };
const MONTH_DAYS: Unit = Unit { first: 1, last: 31, step_max: 31, names: &[] };
const WEEKDAYS: Unit =
    Unit { first: 1, last: 7, step_max: 7, names: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] };

/// The values of a field.
pub(super) struct Field(BTreeSet<i64>);

impl Field {
    pub(super) fn has(&self, value: i64) -> bool {
        self.0.contains(&value)
    }

    /// Reads a field without marks of its own. None where it is wrong.
    pub(super) fn read(text: &str, unit: &Unit) -> Option<Self> {
        let mut values = BTreeSet::new();
        for part in parts(text) {
            read_values(part, unit, &mut values)?;
        }
        (!values.is_empty()).then_some(Self(values))
    }
}

/// The days on which a schedule has times: one of its two fields is `?`.
pub(super) enum Days {
    /// So many days before the last day of the month, or the weekday that is nearest to it.
    FromMonthEnd {
        before: i64,
        is_weekday: bool,
    },
    NearestWeekday(i64),
    OfMonth(Field),
    LastWeekday(i64),
    NthWeekday(i64, i64),
    OfWeek(Field),
}

impl Days {
    /// Reads the fields of the day of the month and of the day of the week.
    pub(super) fn read(days: &str, weekdays: &str) -> Option<Self> {
        match (days.starts_with('?'), weekdays.starts_with('?')) {
            (false, true) => Self::read_days(days),
            (true, false) => Self::read_weekdays(weekdays),
            (true, true) | (false, false) => None,
        }
    }

    fn read_days(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix('L') {
            let (before, rest) = match rest.strip_prefix('-') {
                Some(rest) => number(rest).unwrap_or((0, rest)),
                None => (0, rest),
            };
            let fits = before <= 30 && !text.contains(',');
            return fits.then(|| Self::FromMonthEnd { before, is_weekday: rest.starts_with('W') });
        }
        let (mut values, mut is_nearest) = (BTreeSet::new(), false);
        for part in parts(text) {
            match number(part) {
                Some((day, rest)) if rest.starts_with('W') && MONTH_DAYS.has(day) => {
                    is_nearest = true;
                    values.insert(day);
                }
                _ => read_values(part, &MONTH_DAYS, &mut values)?,
            }
        }
        let first = *values.first()?;
        Some(if is_nearest { Self::NearestWeekday(first) } else { Self::OfMonth(Field(values)) })
    }

    fn read_weekdays(text: &str) -> Option<Self> {
        let is_list_with_last = text.contains('L') && text.contains(',');
        if is_list_with_last || text.matches('#').count() > 1 {
            return None;
        }
        let (mut values, mut is_last, mut nth) = (BTreeSet::new(), false, None);
        for part in parts(text) {
            if part == "L" {
                values.insert(7);
                continue;
            }
            match value(part, &WEEKDAYS) {
                Some((day, "L")) => {
                    is_last = true;
                    values.insert(day);
                }
                Some((day, rest)) if rest.starts_with('#') => {
                    nth = Some(rest[1..].parse().ok().filter(|nth| (1..=5).contains(nth))?);
                    values.insert(day);
                }
                _ => read_values(part, &WEEKDAYS, &mut values)?,
            }
        }
        let first = *values.first()?;
        Some(match nth {
            _ if is_last => Self::LastWeekday(first),
            Some(nth) => Self::NthWeekday(first, nth),
            None => Self::OfWeek(Field(values)),
        })
    }

    /// The days of a month, in order.
    pub(super) fn of_month(&self, year: i64, month: i64) -> Vec<i64> {
        let length = month_length(year, month);
        let weekday = |day: i64| Date { year, month, day }.weekday();
        let nearest = |day: i64| match weekday(day) {
            7 if day == 1 => 3,
            7 => day - 1,
            1 if day == length => day - 2,
            1 => day + 1,
            _ => day,
        };
        let all = 1..=length;
        match self {
            Self::FromMonthEnd { before, is_weekday } => {
                let day = length - before;
                let day = if *is_weekday && day > 0 { nearest(day) } else { day };
                all.filter(|found| *found == day).collect()
            }
            Self::NearestWeekday(day) => all.filter(|found| found == day).map(nearest).collect(),
            Self::OfMonth(days) => all.filter(|day| days.has(*day)).collect(),
            Self::LastWeekday(wanted) => all.filter(|day| day + 7 > length && weekday(*day) == *wanted).collect(),
            Self::NthWeekday(wanted, nth) => {
                all.filter(|day| (day + 6) / 7 == *nth && weekday(*day) == *wanted).collect()
            }
            Self::OfWeek(days) => all.filter(|day| days.has(weekday(*day))).collect(),
        }
    }
}

impl Unit {
    fn has(&self, value: i64) -> bool {
        (self.first..=self.last).contains(&value)
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').filter(|part| !part.is_empty())
}

/// Reads a value, a range, or either with a step, and adds what it stands for. None where it is wrong.
fn read_values(text: &str, unit: &Unit, values: &mut BTreeSet<i64>) -> Option<()> {
    if text == "*" {
        values.extend(unit.first..=unit.last);
        return Some(());
    }
    let (start, rest) = if let Some(rest) = text.strip_prefix('*') {
        (None, rest)
    } else if text.starts_with('/') {
        (None, text)
    } else {
        let (start, rest) = value(text, unit)?;
        (Some(start), rest)
    };
    if let (Some(start), Some(rest)) = (start, rest.strip_prefix('-')) {
        let (end, rest) = value(rest, unit)?;
        let step = match rest.strip_prefix('/') {
            // After names, as after anything else that is complete, the rest is ignored.
            Some(rest) if text.starts_with(|char: char| char.is_ascii_digit()) => number(rest)?.0,
            Some(_) | None => 1,
        };
        return add(values, unit, start, end, step);
    }
    let is_named = text.starts_with(|char: char| char.is_ascii_alphabetic());
    match rest.strip_prefix('/').filter(|_| !is_named) {
        Some(step) => {
            let (step, rest) = number(step)?;
            let fits = step <= unit.step_max && (rest.is_empty() || start.is_none());
            add(values, unit, start.unwrap_or(unit.first), unit.last, step).filter(|()| fits)
        }
        None if rest.starts_with(['L', 'W', '#']) => None,
        None => start.map(|start| _ = values.insert(start)),
    }
}

/// Adds the values from a start to an end. An end before the start goes around, except among years.
fn add(values: &mut BTreeSet<i64>, unit: &Unit, start: i64, end: i64, step: i64) -> Option<()> {
    if step == 0 {
        values.insert(start);
        return Some(());
    }
    let length = unit.last - unit.first + 1;
    if end < start && length > 60 {
        return None;
    }
    let end = if end < start { end + length } else { end };
    let mut value = start;
    while value <= end {
        values.insert(unit.first + (value - unit.first) % length);
        value += step;
    }
    Some(())
}

/// The value at the start of a text, as a number or a name, and what follows it.
fn value<'t>(text: &'t str, unit: &Unit) -> Option<(i64, &'t str)> {
    let named = (unit.first..).zip(unit.names).find_map(|(value, name)| Some((value, text.strip_prefix(name)?)));
    named.or_else(|| number(text).filter(|(value, _)| unit.has(*value)))
}

/// The number at the start of a text, and what follows it.
fn number(text: &str) -> Option<(i64, &str)> {
    let end = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}
