"""What the portal's pages share: finding what a page is about, and the way to it."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from fyrtaarn.areas.addresses import MunicipalRequest
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.rules import Verdict, require
from fyrtaarn.people.models import User

from ..models import Challenge
from ..queries.challenges import whole_challenges


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User


class MunicipalPersonRequest(MunicipalRequest):
    """A signed-in person's request for a page of one municipality."""

    user: User
    htmx: HtmxDetails


Trail = list[tuple[str, str]]


def challenge_of(request: MunicipalRequest, pk: int) -> Challenge:
    """The municipality's challenge with what its rules and page read."""
    return get_object_or_404(whole_challenges(), pk=pk, municipality=request.municipality)


def sign_in_or_require(request: HttpRequest, verdict: Verdict) -> HttpResponse | None:
    """None when the verdict allows; the sign-in page for a visitor; raises Refused for anybody else."""
    if not verdict and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    require(verdict)
    return None


def municipal_trail(municipality: Municipality, *more: tuple[str, str]) -> Trail:
    """The way from the municipality's front page to this one."""
    return [(municipality.label, f"/{municipality.slug}/"), *more]


def challenges_trail(municipality: Municipality, *more: tuple[str, str]) -> Trail:
    return municipal_trail(municipality, (_("Challenges"), f"/{municipality.slug}/udfordringer/"), *more)


def my_challenges_trail(*more: tuple[str, str]) -> Trail:
    return [(_("My overview"), reverse("site:overview")), (_("My challenges"), reverse("portal:my-challenges")), *more]


def my_solutions_trail(*more: tuple[str, str]) -> Trail:
    return [(_("My overview"), reverse("site:overview")), (_("My solutions"), reverse("portal:my-solutions")), *more]
