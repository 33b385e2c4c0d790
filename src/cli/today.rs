//! Which day counts as today: the one of `--today`, else `SOURCE_DATE_EPOCH`, else the day of the clock here.

use crate::date::Date;

/// A day as `--today` names it.
pub(super) fn parse(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| text.to_owned())
}

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
