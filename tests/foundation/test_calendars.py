"""Calendar files, as RFC 5545 wants them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation.calendars import MOST_OCTETS, Event, calendar_file, folded

STARTS = datetime(2027, 3, 1, 9, tzinfo=UTC)


def event(**fields: str) -> Event:
    about = {"key": "x-1", "title": "Møde", "path": "/a/", **fields}
    return Event(starts=STARTS, ends=STARTS + timedelta(hours=1), **about)  # type: ignore[arg-type]


@given(st.text())
def test_folded_lines_are_short_and_unfold_to_what_they_were(text: str) -> None:
    line = text.encode("utf-8", "ignore").decode().replace("\r", "").replace("\n", "")
    octets = folded(line)
    assert all(len(part) <= MOST_OCTETS for part in octets.split(b"\r\n"))
    assert octets.replace(b"\r\n ", b"").decode() == line


@given(st.text(), st.text())
def test_no_words_break_out_of_their_line(title: str, place: str) -> None:
    lines = calendar_file([event(title=title, place=place)], "Navn").replace(b"\r\n ", b"").split(b"\r\n")
    assert [line for line in lines if line.startswith((b"BEGIN", b"END"))] == [
        b"BEGIN:VCALENDAR",
        b"BEGIN:VEVENT",
        b"END:VEVENT",
        b"END:VCALENDAR",
    ]
    assert len(lines) <= 18


def test_times_are_in_utc() -> None:
    assert b"DTSTART:20270301T090000Z\r\nDTEND:20270301T100000Z" in calendar_file([event()], "Navn")


def test_whole_days_have_no_time() -> None:
    days = Event("x-1", "Ophold", date(2027, 3, 1), date(2027, 3, 6), "/a/")
    assert b"DTSTART;VALUE=DATE:20270301\r\nDTEND;VALUE=DATE:20270306" in calendar_file([days], "Navn")
