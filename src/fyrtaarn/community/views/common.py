"""What the pages of a district's board share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.models import District
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.people.models import User

from .. import rules

Trail = list[tuple[str, str]]


class BoardRequest(MunicipalRequest):
    """A request of one who works on a district's board."""

    user: User
    district: District


def on_board(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of the board of the district that the address names, for those in charge alone."""

    @wraps(view)
    def for_those_in_charge(request: BoardRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        here = District.objects.select_related("municipality")
        request.district = get_object_or_404(here, municipality=request.municipality, slug=slug)
        require(rules.may_work_on(request.user, request.district))
        return view(request, *args, **kwargs)

    return in_municipality(for_those_in_charge)


def place_of(district: District) -> tuple[str, str]:
    """The words of a district's addresses."""
    return district.municipality.slug, district.slug


def board_url(name: str, district: District, *more: int) -> str:
    """The address of a page of a district's board."""
    return reverse(f"community:{name}", args=(*place_of(district), *more))


def board_tabs(request: BoardRequest, current: str) -> list[dict[str, Any]]:
    """The parts of a board, of which one is shown."""
    parts = (
        ("board", _("Introductions")),
        ("suggestions", _("Suggestions")),
        ("listed", _("Needs and offers")),
        ("notes", _("People and notes")),
        ("wishes", _("The local committee")),
    )
    return [
        {"label": label, "url": board_url(name, request.district), "current": name == current, "count": None}
        for name, label in parts
    ]


def board_trail(district: District, *more: tuple[str, str]) -> Trail:
    """The way by the municipality and the board to a page."""
    here = district.municipality
    board = (_("Board for %(district)s") % {"district": district.name}, board_url("board", district))
    return [(here.label, f"/{here.slug}/"), board, *more]


def done_or_told(request: HttpRequest, action: Callable[[], Any], done: str) -> None:
    """Do what a button asks for, and say that it is done or why not."""
    try:
        action()
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
    else:
        messages.success(request, done)
