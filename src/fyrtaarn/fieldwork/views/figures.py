"""The figures of fieldwork in a municipality, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality

from ..metrics import FEWEST, Year, figures_of
from ..models import OfferKind
from .common import trail_to


@login_not_required
@in_municipality
@require_safe
def figures(request: MunicipalRequest) -> HttpResponse:
    """How many have applied and come, year by year."""
    years = figures_of(request.municipality)
    context = {
        "kinds": [label for _kind, label in OfferKind.choices],
        "years": [(year.year, _in_words(year)) for year in years],
        "fewest": FEWEST,
        "trail": trail_to(request, (_("Figures"), "")),
    }
    return render(request, "fieldwork/figures.html", context)


def _in_words(year: Year) -> list[str]:
    """The row of a year: a number, or a dash for what is held back."""
    kinds = [year.kinds[kind] if year.kinds else None for kind in OfferKind.values]
    return ["–" if number is None else str(number) for number in (year.applied, year.held, *kinds)]
