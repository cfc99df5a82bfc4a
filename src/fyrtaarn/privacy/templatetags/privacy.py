"""Values as people read them."""

from typing import Any

from django import template

from fyrtaarn.foundation.lists import in_words

register = template.Library()
register.filter("said", in_words)


@register.filter
def is_said(value: Any) -> bool:
    """Whether there is anything to read."""
    return value not in (None, "", [], {})
