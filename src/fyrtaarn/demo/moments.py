"""When things happened in the demo: on working days and in working hours, always the same for the same key."""

from datetime import datetime, time, timedelta
from zlib import crc32

from fyrtaarn.foundation import clock

FRIDAY = 4
BEGIN = time(7, 40)
BETWEEN_TURNS = timedelta(minutes=37)


def moment(days_ago: int, key: str, turn: int = 0) -> datetime:
    """A moment on that day, or on the Friday before it at a weekend; a later `turn` of the same key is later.

    Never after now.
    """
    day = clock.today() - timedelta(days=days_ago)
    day -= timedelta(days=max(0, day.weekday() - FRIDAY))
    begin = datetime.combine(day, BEGIN, clock.COPENHAGEN) + timedelta(minutes=chance(key, 37))
    return min(begin + turn * BETWEEN_TURNS, clock.now())


def chance(key: str, below: int) -> int:
    """A number from 0 to below - 1 that belongs to the key."""
    return crc32(key.encode()) % below
