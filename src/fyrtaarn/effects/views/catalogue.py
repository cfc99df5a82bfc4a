"""The catalogue of indicators, the page of each, and what effect a municipality asks for."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.administration import administered
from fyrtaarn.foundation.exports import FORMATS
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.lists import FORMAT, ListPage
from fyrtaarn.people.models import User

from .. import actions, queries, rules
from ..catalogue import SHORT, WHOLE, filters, searched, sorts
from ..forms import WantedForm

ALL_ON_A_PAGE = 200


class AdministratorRequest(MunicipalRequest):
    """A signed-in person's request for a page of one municipality."""

    user: User


def trail_of(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the front page by the catalogue."""
    return [(_("Front page"), "/"), (_("Effect"), reverse("effects:catalogue")), *steps]


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """All indicators, by bottom line, outcome, theme and UN goal; a file has all that is said of each."""
    page = ListPage(
        request,
        queries.indicators(),
        name=_("Indicators"),
        columns=WHOLE if request.GET.get(FORMAT) in FORMATS else SHORT,
        sorts=sorts(),
        filters=filters(),
        search=searched(),
        page_size=ALL_ON_A_PAGE,
    )
    return page.respond("effects/catalogue.html", {"trail": [(_("Front page"), "/"), (_("Effect"), "")]})


@login_not_required
@require_safe
def indicator(request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
    """One indicator as it is today, or as an earlier version said it."""
    found = get_object_or_404(queries.whole_indicators(), key=key, current__isnull=False)
    versions = list(queries.versions_of(found))
    shown = versions[0] if number is None else next((one for one in versions if one.number == number), None)
    if shown is None:
        raise Http404
    context = {
        "indicator": found,
        "shown": shown,
        "versions": versions,
        "others": queries.beside(found),
        "trail": trail_of((shown.name, "")),
    }
    return render(request, "effects/indicator.html", context)


@login_not_required
@in_municipality
@require_safe
def wanted(request: MunicipalRequest) -> HttpResponse:
    """What effect the municipality asks for, and how it can be measured."""
    here = request.municipality
    context = {
        "wanted": queries.wanted_with_indicators(here),
        "may_choose": bool(rules.may_choose_wanted(request.user, here)),
        "trail": [(here.label, f"/{here.slug}/"), (_("Effects that we want"), "")],
    }
    return render(request, "effects/wanted.html", context)


@administered
def choose_wanted(request: AdministratorRequest) -> HttpResponse:
    """Choose what effect the municipality asks for."""
    here = request.municipality
    form = WantedForm(sent(request)[0], wanted=[one.outcome_id for one in queries.wanted_by(here)])
    return form_page(
        request,
        form,
        lambda: actions.choose_wanted(request.user, here, seen=form.seen_before, chosen=form.chosen),
        title=_("Effects that we want"),
        lead=_("Choose few: what is wanted stands on your pages, and everybody can plan by it."),
        back=reverse("effects:wanted", args=[here.slug]),
        done=_("Saved. It stands on your pages now."),
        trail=[
            (here.label, f"/{here.slug}/"),
            (_("Administration"), reverse("areas:administration", args=[here.slug])),
        ],
    )
