//! Schedule expressions of backup rules: when a backup starts.
//!
//! The language is cron as the Quartz scheduler reads it, with its leniency: what follows a complete part of a field is
//! ignored, and so are a seventh field and all after it. All times are UTC.
// Recorded: captures of radkawar/stackd, 9dc356f, organizations_backup_{schedule,cron_grammar,calendar,selectors,…}.

mod calendar;
mod field;

use calendar::{DAY, Date};
use field::{Days, Field};

/// A schedule expression: `cron()` of minutes, hours, day of the month, month, day of the week, and a year or none.
pub(super) struct Schedule {
    minutes: Field,
    hours: Field,
    months: Field,
    days: Days,
    years: Field,
}

impl Schedule {
    /// Reads an expression. None for anything else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let fields = text.strip_prefix("cron(")?.strip_suffix(')')?.to_ascii_uppercase();
        let mut fields = fields.split_ascii_whitespace();
        let mut next = || fields.next();
        let [minutes, hours, days, months, weekdays] = [next()?, next()?, next()?, next()?, next()?];
        Some(Self {
            minutes: Field::read(minutes, &field::MINUTES)?,
            hours: Field::read(hours, &field::HOURS)?,
            months: Field::read(months, &field::MONTHS)?,
            days: Days::read(days, weekdays)?,
            years: Field::read(next().unwrap_or("*"), &field::YEARS)?,
        })
    }

    /// The seconds between the next two times after a time, which is given in seconds since 1970. None where there are
    /// no two.
    pub(super) fn interval(&self, after: i64) -> Option<i64> {
        let mut times = self.times(after);
        let (first, second) = (times.next()?, times.next()?);
        Some(second - first)
    }

    fn times(&self, after: i64) -> impl Iterator<Item = i64> {
        let today = Date::of(after);
        let years = (today.year..=field::YEARS.last).filter(|year| self.years.has(*year));
        let months = years.flat_map(|year| (1..=12).map(move |month| (year, month)));
        let months = months.filter(move |(year, month)| self.months.has(*month) && (*year, *month) >= today.month());
        let days = months.flat_map(|(year, month)| {
            let days = self.days.of_month(year, month).into_iter();
            days.map(move |day| Date { year, month, day }.start())
        });
        let days = days.filter(move |start| start + DAY > after);
        let minutes = |start: i64| {
            let hours = (0..24).filter(|hour| self.hours.has(*hour)).map(move |hour| start + hour * 3600);
            hours.flat_map(|hour| {
                (0..60).filter(|minute| self.minutes.has(*minute)).map(move |minute| hour + minute * 60)
            })
        };
        days.flat_map(minutes).filter(move |time| *time > after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 13 September 2026, 07:32.
    const NOW: i64 = 1_789_284_720;

    fn interval(fields: &str) -> Option<i64> {
        Schedule::read(&format!("cron({fields})"))?.interval(NOW)
    }

    #[test]
    fn the_next_two_times_are_found() {
        let days = |days: i64| Some(days * DAY);
        for (fields, expected) in [
            ("0 5 ? * * *", days(1)),
            ("0 5 1 * ? *", days(31)),
            ("0 5 L * ? *", days(31)),
            ("0 5 L-3 * ? *", days(31)),
            ("0 5 LW * ? *", days(30)),
            ("0 5 29 FEB ? *", days(1461)),
            ("0 5 31 FEB ? *", None),
            ("0 5 29 FEB ? 2027", None),
            ("0 5 29 FEB ? 2028", None),
            ("0 5 31W FEB ? *", None),
            ("0 5 1W,15W * ? *", days(32)),
            ("0 5 ? * 1#1,2 *", days(28)),
            ("0 5 ? * 6L *", days(35)),
            ("0 5 ? * L *", days(7)),
            ("0 5 ? * SAT-MON *", days(5)),
            ("0 5 1 NOV-FEB ? *", days(30)),
            ("0 20-2 ? * * *", Some(3600)),
            ("0,59 7 ? * * *", days(1).map(|day| day - 59 * 60)),
            ("*/60 5 ? * * *", None),
            ("0 5 ? JAN * 1970", None),
        ] {
            assert_eq!(interval(fields), expected, "{fields}");
        }
    }
}
