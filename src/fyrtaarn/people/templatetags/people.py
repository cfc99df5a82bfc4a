"""For notices and mail about people, whose parameters are plain JSON, and for the sign-in page."""

from datetime import date
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django import template
from django.template import Context
from django.utils.formats import date_format
from django.utils.translation import gettext

from fyrtaarn.foundation.sorting import danish_key
from fyrtaarn.people.models import RoleKind

register = template.Library()


@register.filter
def role_name(kind: str) -> str:
    """The kind of role in the reader's language."""
    return str(RoleKind(kind).label)


@register.filter
def day(iso: str) -> str:
    """A date such as "2026-11-22" as the reader's language writes it."""
    return date_format(date.fromisoformat(iso), "DATE_FORMAT")


@register.simple_tag(takes_context=True)
def ways_in(context: Context) -> list[Any]:
    """The municipalities' own sign-ins, in the order of the municipalities' names."""
    found = get_adapter().list_providers(context["request"])
    return sorted(found, key=lambda way: danish_key(str(way.name)))


BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def browser_name(user_agent: str) -> str:
    """A browser and what it runs on in two words, as far as it says so itself."""
    known = [next((name for sign, name in signs if sign in user_agent), "") for signs in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in known if name) or gettext("Another browser")
