"""Calendar files (iCalendar, RFC 5545): what takes place when, for people's own calendars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import HttpResponse
from django.utils.encoding import filepath_to_uri

from . import clock
from .notices import address

MOST_OCTETS = 75  # of a line, without its end (RFC 5545, 3.1)
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Event:
    """One thing that takes place in [starts, ends): moments, or days where it lasts whole days.

    `key` names it for ever ("council-7"), `path` is its page here.
    `revision` grows with each change, so that a calendar that holds it already takes the change over.
    """

    key: str
    title: str
    starts: date
    ends: date
    path: str
    place: str = ""
    text: str = ""
    revision: int = 0
    cancelled: bool = False


def calendar_file(events: Iterable[Event], name: str) -> bytes:
    """The events as one calendar, in UTC, so that no table of time zones is needed."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Fyrtaarn//DA",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += _lines(event)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) + b"\r\n" for line in lines)


def calendar_response(events: Iterable[Event], name: str, file_name: str) -> HttpResponse:
    """The calendar as a file to take home."""
    response = HttpResponse(calendar_file(events, name), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filepath_to_uri(file_name)}"'
    return response


def _lines(event: Event) -> list[str]:
    host = address("").split("//", 1)[-1].rstrip("/")
    about = [("LOCATION", event.place), ("DESCRIPTION", event.text)]
    return [
        "BEGIN:VEVENT",
        f"UID:{event.key}@{host}",
        f"DTSTAMP:{_moment(clock.now())}",
        f"DTSTART{_when(event.starts)}",
        f"DTEND{_when(event.ends)}",
        f"SEQUENCE:{event.revision}",
        f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
        f"SUMMARY:{_text(event.title)}",
        f"URL:{address(event.path)}",
        *(f"{name}:{_text(value)}" for name, value in about if value),
        "END:VEVENT",
    ]


def _when(when: date) -> str:
    return f":{_moment(when)}" if isinstance(when, datetime) else f";VALUE=DATE:{when:%Y%m%d}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return "".join(letter for letter in text if letter in "\n\t" or letter.isprintable()).translate(ESCAPES)


def folded(line: str) -> bytes:
    """The line in UTF-8, broken before no octet that continues a letter; a break is a line end and a space."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > MOST_OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part])
