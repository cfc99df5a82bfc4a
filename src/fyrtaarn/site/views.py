"""Front pages, my overview, and the pages about the platform itself."""

from datetime import date, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.models import Municipality
from fyrtaarn.council.queries import council_of
from fyrtaarn.effects.queries import wanted_by
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.colours import accent_stylesheet
from fyrtaarn.foundation.overview import overview_of
from fyrtaarn.people.models import User

from . import queries
from .first_steps import first_steps
from .samples import sample_context

SOON = timedelta(days=7)
STATEMENT_MADE = date(2026, 11, 22)
"""When the accessibility statement was last looked over; the law asks for once a year."""
YEAR = 60 * 60 * 24 * 365


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The national front page."""
    context = {"municipalities": queries.open_municipalities(), **_front(None)}
    return render(request, "site/home.html", context)


@login_not_required
@in_municipality
@require_safe
def municipal_home(request: MunicipalRequest) -> HttpResponse:
    """A municipality's front page."""
    here = request.municipality
    departments = queries.departments(here)
    context = {
        "departments": departments,
        "council": council_of(here),
        "fieldwork": any(department.hosts for department in departments),  # type: ignore[attr-defined]
        "wanted": wanted_by(here),
        **_front(here),
    }
    return render(request, "site/municipal_home.html", context)


def _front(municipality: Municipality | None) -> dict[str, Any]:
    """What both kinds of front page show."""
    return {
        "numbers": queries.numbers(municipality),
        "challenges": queries.newest("challenge", municipality),
        "solutions": queries.newest_solutions(municipality),
        "results": queries.results(municipality),
    }


@login_not_required
@cache_control(public=True, max_age=YEAR, immutable=True)
@in_municipality
@require_safe
def accent(request: MunicipalRequest) -> HttpResponse:
    """The municipality's colour as a stylesheet."""
    return HttpResponse(accent_stylesheet(request.municipality.accent), content_type="text/css")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for me, what fits me, my things."""
    person = cast(User, request.user)  # sign-in is demanded
    context = {
        "sections": overview_of(person),
        "first_steps": first_steps(person),
        "today": clock.today(),
        "soon": clock.today() + SOON,
    }
    return render(request, "site/overview.html", context)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"made": STATEMENT_MADE, "municipalities": queries.municipalities_to_write_to()}
    return render(request, "site/accessibility.html", context)


@login_not_required
@require_safe
def accessibility_short(request: HttpRequest) -> HttpResponse:
    """The address that Danish public sites share for their accessibility statement."""
    return redirect("site:accessibility", permanent=True)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/privacy.html", {"municipalities": queries.municipalities_to_write_to()})


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """The cookies that the pages cannot do without, by the names that they have here."""
    context = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "form_cookie": settings.CSRF_COOKIE_NAME,
        "idle_hours": settings.ENVIRONMENT.idle_hours,
    }
    return render(request, "site/cookies.html", context)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Change the language of the pages and stay on the page."""
    return set_language(request)


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in all its states; a demonstration only."""
    if not settings.DEMO:
        raise Http404
    return render(request, "site/components.html", sample_context(request))
