"""Values as people read them."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fyrtaarn.foundation import clock

register = template.Library()


@register.filter
def is_said(value: Any) -> bool:
    """Whether there is anything to read."""
    return value not in (None, "", [], {})


@register.filter
def said(value: Any) -> str:
    """A value in words: a moment in Copenhagen's time, yes or no, else as it is."""
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return date_format(value.astimezone(clock.COPENHAGEN), "SHORT_DATETIME_FORMAT")
        case date():
            return date_format(value, "SHORT_DATE_FORMAT")
        case _:
            return str(value)
