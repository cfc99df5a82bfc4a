"""`{% wanted_effects municipality themes %}` shows what effect a municipality asks for that has to do with the themes."""

from typing import Any

from django import template
from django.db.models import QuerySet

from fyrtaarn.areas.models import Municipality
from fyrtaarn.topics.models import Theme

from ..queries import wanted_within

register = template.Library()


@register.inclusion_tag("effects/wanted_tags.html")
def wanted_effects(municipality: Municipality, themes: QuerySet[Theme]) -> dict[str, Any]:
    """The wanted effects that something with these themes could have."""
    return {"municipality": municipality, "wanted": wanted_within(municipality, themes)}
