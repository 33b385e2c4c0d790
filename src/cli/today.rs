//! Which day counts as today: the one of `--today`, else `SOURCE_DATE_EPOCH`, else the day of the clock here.

use crate::date::Date;

/// A day as `--today` names it.
pub(super) fn parse(text: &str) -> Result<Date, NoDay> {
    Date::parse(text).ok_or_else(|| NoDay { nearest: Date::guess(text) })
}

/// A text in the place of a day, and the day that it seems to name.
#[derive(Debug)]
pub(super) struct NoDay {
    pub(super) nearest: Option<Date>,
}

impl std::fmt::Display for NoDay {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("no day")
    }
}

impl std::error::Error for NoDay {}

/// The day of `SOURCE_DATE_EPOCH`, in UTC as its rules say.
pub(super) fn of_epoch(seconds: &str) -> Option<Date> {
    let seconds: i64 = seconds.parse().ok()?;
    Date::from_unix_days(seconds.div_euclid(86_400))
}

/// The day of the clock, where this machine stands.
pub(super) fn of_clock() -> Date {
    let today = jiff::Zoned::now().date();
    Date::new(today.year(), today.month(), today.day()).expect("the calendar's days are days")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_is_a_day_in_utc() {
        assert_eq!(of_epoch("0"), Date::parse("1970-01-01"));
        assert_eq!(of_epoch("1795305599"), Date::parse("2026-11-21"));
        for unreadable in ["tomorrow", "", "1.5", "1795305599 ", "-62167219201", "253402300800", "9223372036854775807"]
        {
            assert_eq!(of_epoch(unreadable), None, "{unreadable}");
        }
    }
}
