//! A day, and the little arithmetic that due dates need. Knows no clock.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The day, where there is such a day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `2026-04-01`; any other form is none.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes
                .iter()
                .enumerate()
                .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
        if !shaped {
            return None;
        }
        Self::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }

    /// The ISO form of a date written another way (`2026/4/1`, `2026年4月1日`, `令和8年4月1日`, `Apr 1 2026`), for proposing it.
    pub fn guess(text: &str) -> Option<Self> {
        let text = &*text.nfkc().collect::<String>().replace("元年", "1年");
        let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        match numbers[..] {
            [year, month, day] if year.len() == 4 => {
                Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
            }
            [year, month, day] => {
                let year = before_era(text)?.checked_add(year.parse().ok()?)?;
                Self::new(year, month.parse().ok()?, day.parse().ok()?)
            }
            [day, year] | [year, day] if year.len() == 4 => {
                Self::new(year.parse().ok()?, month_named(text)?, day.parse().ok()?)
            }
            _ => None,
        }
    }

    /// The day so many days after 1970-01-01.
    pub fn from_unix_days(days: i64) -> Option<Self> {
        let epoch = jiff::civil::date(1970, 1, 1);
        let day = epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        // Years before the first are none that a document can name.
        (day.year() >= 0).then_some(Self(day))
    }

    /// The same day so many months earlier (or the last day of that month).
    #[must_use]
    pub fn months_before(self, months: i32) -> Self {
        self.0.checked_sub(jiff::Span::new().months(months)).map_or(self, Self)
    }

    /// The day so many days later.
    #[must_use]
    pub fn days_after(self, days: i32) -> Self {
        self.0.checked_add(jiff::Span::new().days(days)).map_or(self, Self)
    }

    /// Days from this day to `other`; negative where `other` is earlier.
    pub fn days_until(self, other: Self) -> i32 {
        self.0.until(other.0).map_or(0, |span| span.get_days())
    }

    /// Year, month (1 to 12) and day of the month.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// The year before the first of the Japanese era that a text begins with.
fn before_era(text: &str) -> Option<i16> {
    const ERAS: [(&str, &str, i16); 4] =
        [("令和", "R", 2018), ("平成", "H", 1988), ("昭和", "S", 1925), ("大正", "T", 1911)];
    let text = text.trim();
    let of = |(name, letter, year): &(&str, &str, i16)| {
        let letter = text.get(..1).is_some_and(|first| first.eq_ignore_ascii_case(letter));
        let number = text.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
        (text.starts_with(name) || letter && number).then_some(*year)
    };
    ERAS.iter().find_map(of)
}

fn month_named(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.to_lowercase();
    let at = MONTHS.iter().position(|month| text.contains(month))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_iso_form_is_a_date_and_others_are_guessed() {
        let day = Date::new(2026, 4, 1);
        assert_eq!(Date::parse("2026-04-01"), day);
        assert_eq!(Date::parse("2026-4-1"), None);
        assert_eq!(Date::parse("2026-02-30"), None);
        for form in ["2026/4/1", "2026年4月1日", "Apr 1 2026", "1 April 2026"] {
            assert_eq!(Date::guess(form), day, "{form}");
        }
        for form in [
            "令和8年4月1日",
            "R8.4.1",
            "Ｒ８．４．１",
            "令和８年４月１日",
            "２０２６－０４－０１",
            "r08/04/01",
            "㋿8年4月1日",
        ] {
            assert_eq!(Date::guess(form), day, "{form}");
        }
        assert_eq!(Date::guess("平成31年4月30日"), Date::new(2019, 4, 30));
        assert_eq!(Date::guess("令和元年5月1日"), Date::new(2019, 5, 1));
        for form in ["8.4.1", "X8.4.1", "令和8年2月30日", "令和99999年1月1日", "31/03/2027 R"] {
            assert_eq!(Date::guess(form), None, "{form}");
        }
        assert_eq!(Date::guess("{{発効日}}"), None);
    }
}
