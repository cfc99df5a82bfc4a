"""What the council's pages share: finding the council, and the way to a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation.rules import require
from fyrtaarn.people.models import User

from .. import queries, rules
from ..models import Council

View = Callable[..., HttpResponseBase]
Trail = list[tuple[str, str]]


class CouncilRequest(MunicipalRequest):
    """A request for a page of a municipality's council."""

    council: Council


class PersonRequest(CouncilRequest):
    """The same of a signed-in person."""

    user: User


def of_council(view: View) -> View:
    """Find the municipality's council; where there is none, say so (404 to everybody but a secretary, who founds it)."""

    @in_municipality
    @wraps(view)
    def with_council(request: CouncilRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = queries.council_of(request.municipality)
        if found is None:
            trail = [(request.municipality.label, f"/{request.municipality.slug}/")]
            may_found = rules.is_secretary(request.user, request.municipality)
            return render(request, "council/none.html", {"trail": trail, "may_found": may_found}, status=404)
        request.council = found
        return view(request, *args, **kwargs)

    return with_council


def open_to_all(view: View) -> View:
    """A page of the council that needs no sign-in."""
    return login_not_required(of_council(view))


def of_secretary(view: View) -> View:
    """A page for the secretary alone."""

    @of_council
    @wraps(view)
    def for_secretary(request: CouncilRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(rules.may_run(request.user, request.council))
        return view(request, *args, **kwargs)

    return for_secretary


def trail_to(request: CouncilRequest, *more: tuple[str, str]) -> Trail:
    """The way from the municipality's front page over the council."""
    here, council = request.municipality, request.council
    return [(here.label, f"/{here.slug}/"), (council.name, reverse("council:council", args=[here.slug])), *more]
