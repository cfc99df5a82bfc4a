"""The pages of districts, and what their local committees have asked for."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.foundation.form_pages import form_page, sent

from .. import actions, queries, rules
from ..forms import WishForm
from .common import BoardRequest, Trail, board_tabs, board_trail, board_url, on_board


@login_not_required
@in_municipality
@require_safe
def districts(request: MunicipalRequest) -> HttpResponse:
    """All districts of a municipality."""
    found = queries.districts_of(request.municipality)
    context = {"districts": found, "trail": [*_trail(request.municipality), (_("Districts"), "")]}
    return render(request, "community/districts.html", context)


@login_not_required
@in_municipality
@require_safe
def district(request: MunicipalRequest, slug: str) -> HttpResponse:
    """One district: whom to turn to, what happens there, and what became of what was asked for."""
    here = District.objects.select_related("municipality")
    shown = get_object_or_404(here, municipality=request.municipality, slug=slug)
    listed = (_("Districts"), reverse("community:districts", args=(request.municipality.slug,)))
    context = {
        "district": shown,
        "page": queries.district_page(shown),
        "is_mine": rules.is_in_charge(request.user, shown),
        "trail": [*_trail(request.municipality), listed, (shown.name, "")],
    }
    return render(request, "community/district.html", context)


@require_safe
@on_board
def wishes(request: BoardRequest) -> HttpResponse:
    """What the district's local committees have asked for, to be followed."""
    context = {
        "district": request.district,
        "wishes": queries.wishes_in(request.district),
        "tabs": board_tabs(request, "wishes"),
        "trail": board_trail(request.district, (_("What the local committee has asked for"), "")),
    }
    return render(request, "community/wishes.html", context)


@on_board
def add_wish(request: BoardRequest) -> HttpResponse:
    """Note what a local committee has asked for."""
    form = WishForm(*sent(request), district=request.district)
    return _form_page(request, form, _("New wish"), lambda: actions.add_wish(request.user, form.cleaned_data))


@on_board
def follow_wish(request: BoardRequest, pk: int) -> HttpResponse:
    """Note who has taken it up and what became of it."""
    wish = get_object_or_404(queries.wishes_in(request.district), pk=pk)
    title = wish.title
    form = WishForm(*sent(request), instance=wish, district=request.district)
    return _form_page(request, form, title, lambda: actions.follow_wish(request.user, wish, form.cleaned_data))


def _form_page(request: BoardRequest, form: Any, title: str, action: Callable[[], Any]) -> HttpResponse:
    back = board_url("wishes", request.district)
    trail = board_trail(request.district, (_("What the local committee has asked for"), back))
    done = _("Saved. Everybody can see it on the district's page.")
    return form_page(request, form, action, title=title, back=back, done=done, trail=trail)


def _trail(municipality: Municipality) -> Trail:
    return [(municipality.label, f"/{municipality.slug}/")]
