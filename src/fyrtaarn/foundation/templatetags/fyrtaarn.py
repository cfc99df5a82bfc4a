"""Tags and filters that every template may use."""

from django import template
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
