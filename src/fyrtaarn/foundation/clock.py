"""The one clock. Nothing else in the product asks what time it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """This moment, aware, in Copenhagen's time."""
    return timezone.now().astimezone(COPENHAGEN)


def today() -> date:
    """The date in Copenhagen."""
    return now().date()
