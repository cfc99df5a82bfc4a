"""What the pages of pools share: finding a pool, its tabs and the way to a page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fyrtaarn.areas.addresses import MunicipalRequest
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.people.models import User

from .. import queries, rules
from ..models import Call, ContributionPart, Pool
from ..paths import manage_path, pool_path

Trail = list[tuple[str, str]]
CALL_STATUS = {"draft": "neutral", "published": "good", "settled": "neutral", "cancelled": "neutral"}


class OwnRequest(HttpRequest):
    """A signed-in person's request for what is hers, wherever it is."""

    user: User


class PersonRequest(MunicipalRequest):
    """A signed-in person's request for a page of one municipality."""

    user: User


def shown_pool(request: MunicipalRequest, slug: str) -> Pool:
    """The pool for anybody who may see it."""
    pool = queries.pool_at(request.municipality, slug)
    require(rules.may_see(request.user, pool))
    return pool


def read_pool(request: PersonRequest, slug: str) -> Pool:
    """The pool for those who read all of it."""
    pool = queries.pool_at(request.municipality, slug)
    require(rules.may_read_all(request.user, pool))
    return pool


def managed_pool(request: PersonRequest, slug: str) -> Pool:
    """The pool for those who look after it."""
    pool = queries.pool_at(request.municipality, slug)
    require(rules.may_manage(request.user, pool))
    return pool


def call_standing(call: Call) -> tuple[str, str]:
    """How the call stands in words, and the kind of its status mark."""
    if call.state != "published":
        return str(call.get_state_display()), CALL_STATUS[call.state]
    if call.is_open:
        return _("One can apply now"), "good"
    is_over = call.closes is not None and call.closes < clock.today()
    return (_("Closed to new applications"), "warn") if is_over else (_("Opens later"), "info")


def trail_to(request: MunicipalRequest, *more: tuple[str, str]) -> Trail:
    """The way from the municipality's front page over its pools."""
    here = request.municipality
    return [(here.label, f"/{here.slug}/"), (_("Pools of money"), reverse("pools:pools", args=[here.slug])), *more]


def trail_of(request: MunicipalRequest, pool: Pool, *more: tuple[str, str]) -> Trail:
    return trail_to(request, (pool.label, pool_path(pool)), *more)


def trail_within(request: MunicipalRequest, pool: Pool, *more: tuple[str, str]) -> Trail:
    """The way over the pool to a page for those who look after it."""
    return trail_of(request, pool, (_("Look after it"), manage_path(pool)), *more)


def back_to(request: MunicipalRequest, pool: Pool, page: str = "manage", label: str = "") -> dict[str, Any]:
    """Where a form page leads."""
    back = manage_path(pool, page)
    return {"back": back, "trail": trail_within(request, pool, *([(label, back)] if label else []))}


def part_in_words(part: ContributionPart) -> str:
    """Whose quarter it is, and how much."""
    said = {
        "giver": part.contribution.contributor,
        "quarter": part.quarter,
        "year": part.contribution.year,
        "amount": kroner(part.oere),
    }
    return _("%(giver)s, quarter %(quarter)s of %(year)s: %(amount)s") % said


def done_or_told(request: HttpRequest, action: Callable[[], object], done: str) -> bool:
    """Do what a button asks for, and say that it is done, or why not; whether it was done."""
    try:
        action()
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return False
    messages.success(request, done)
    return True


def tabs(pool: Pool, current: str) -> list[dict[str, Any]]:
    """The pages for those who look after the pool."""
    pages = (
        ("manage", _("Rules and calls")),
        ("contributions", _("Contributions")),
        ("duties", _("Who does what")),
        ("years", _("Years")),
        ("book", _("Books")),
    )
    return [
        {"label": label, "url": manage_path(pool, page), "current": page == current, "count": None}
        for page, label in pages
    ]
