"""Tags and filters that every template may use."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString

from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.richtext import rich_text

register = template.Library()


@register.filter
def richtext(source: str) -> SafeString:
    """Markdown as safe HTML."""
    return rich_text(source)


@register.filter(name="kroner")
def kroner_filter(oere: int) -> str:
    """Øre as kroner in words."""
    return kroner(oere)


@register.filter
def as_json(value: Any) -> str:
    """JSON for a data attribute; the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
