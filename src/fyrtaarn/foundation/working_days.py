"""Danish working days: Monday to Friday but the public holidays."""

from datetime import date, timedelta
from functools import cache

SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether people in Danish offices work on the day."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def working_days_between(start: date, end: date) -> int:
    """How many working days have passed after `start` up to and with `end`; 0 when `end` is not later."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def working_days_after(start: date, days: int) -> date:
    """The working day that is so many working days after `start`; `start` itself for none."""
    end = start
    while days > 0:
        end += timedelta(days=1)
        days -= is_working_day(end)
    return end


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays by law (lov om folkekirkens helligdage, without store bededag, which ended with 2023)."""
    easter = easter_sunday(year)
    moving = (-3, -2, 0, 1, 39, 49, 50)  # Maundy Thursday, Good Friday, Easter, Ascension, Whitsun
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(fixed | {easter + timedelta(days=days) for days in moving})


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher's algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
