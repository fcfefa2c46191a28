//! Working days in England and Wales: Monday to Friday, without bank holidays.
//!
//! Bank holidays are those of the Banking and Financial Dealings Act 1971, section 1 and schedule 1. Good Friday and Christmas Day are
//! holidays by common law. New Year's Day and early May have been proclaimed every year since 1974 and 1978. Days proclaimed or moved for a
//! single occasion, such as a coronation, cannot be worked out and are not known here.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// The day that is `count` working days after `day`; the next working day where `count` is 0.
pub fn working_days_after(day: Date, count: usize) -> Date {
    let days = std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok());
    days.filter(|day| is_working_day(*day)).nth(count.saturating_sub(1)).unwrap_or(day)
}

fn is_working_day(day: Date) -> bool {
    is_weekday(&day) && !bank_holidays(day.year()).contains(&day)
}

fn is_weekday(day: &Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The bank holidays of a year, in calendar order. A holiday on a weekend is replaced by its substitute day.
fn bank_holidays(year: i16) -> [Date; 8] {
    let easter_sunday = easter_sunday(year);
    let first_monday = |month| date(year, month, 1).nth_weekday_of_month(1, Weekday::Monday);
    let last_monday = |month| date(year, month, 1).nth_weekday_of_month(-1, Weekday::Monday);
    // A substitute day is the next weekday that is not a holiday already, so Christmas and Boxing Day are the first two from the 25th on.
    let [new_year, _] = two_weekdays_from(date(year, 1, 1));
    let [christmas, boxing_day] = two_weekdays_from(date(year, 12, 25));
    // OK because every month of every year has a first and a last Monday.
    let monday = |day: Result<Date, jiff::Error>| day.expect("a Monday");
    [
        new_year,
        easter_sunday.saturating_sub(2.days()),
        easter_sunday.saturating_add(1.day()),
        monday(first_monday(5)),
        monday(last_monday(5)),
        monday(last_monday(8)),
        christmas,
        boxing_day,
    ]
}

/// The first two days from this one on that are not on a weekend.
fn two_weekdays_from(day: Date) -> [Date; 2] {
    let mut days = std::iter::successors(Some(day), |day| day.tomorrow().ok()).filter(is_weekday);
    [days.next().unwrap_or(day), days.next().unwrap_or(day)]
}

/// Easter Sunday, by the Gregorian algorithm that an anonymous correspondent sent to Nature (20 April 1876), as in Jean Meeus,
/// Astronomical Algorithms (1991), chapter 8, with its letters.
fn easter_sunday(year: i16) -> Date {
    let year_number = i32::from(year);
    let a = year_number % 19;
    let (b, c) = (year_number / 100, year_number % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    date(year, (sum / 31) as i8, (sum % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As published on gov.uk/bank-holidays for England and Wales.
    #[test]
    fn bank_holidays_are_those_that_were_published() {
        for (year, days) in [
            (2024, [(1, 1), (3, 29), (4, 1), (5, 6), (5, 27), (8, 26), (12, 25), (12, 26)]),
            (2025, [(1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]),
            (2026, [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]),
            (2027, [(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]),
            (2028, [(1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)]),
        ] {
            assert_eq!(bank_holidays(year), days.map(|(month, day)| date(year, month, day)), "{year}");
        }
    }

    #[test]
    fn working_days_leave_weekends_and_bank_holidays_out() {
        assert_eq!(working_days_after(date(2026, 12, 11), 5), date(2026, 12, 18));
        assert_eq!(working_days_after(date(2026, 12, 21), 5), date(2026, 12, 30));
        assert_eq!(working_days_after(date(2027, 3, 25), 1), date(2027, 3, 30));
    }
}
