"""The administrator's pages of what state aid is counted by."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.administration import administered, trail_to
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.form_pages import form_page, sent

from ..actions import aid_values as actions
from ..aid import RATE_IS_OLD_AFTER
from ..forms import CeilingForm, RateForm
from ..models import AidCeiling, EuroRate
from .common import OfficeRequest

MOST_SHOWN = 24


@require_safe
@administered
def values(request: OfficeRequest) -> HttpResponse:
    """The ceilings by their days, and the latest rates."""
    today = clock.today()
    rates = list(EuroRate.objects.order_by("-day")[:MOST_SHOWN])
    context = {
        "ceilings": [
            (one, one.valid_from <= today and (one.valid_to is None or one.valid_to > today))
            for one in AidCeiling.objects.order_by("regime", "-valid_from")
        ],
        "rates": rates,
        "old": not rates or today - rates[0].day > RATE_IS_OLD_AFTER,
        "trail": trail_to(request.municipality, (_("State aid"), "")),
    }
    return render(request, "grants/aid_values.html", context)


@administered
def new_rate(request: OfficeRequest) -> HttpResponse:
    """Note the rate of a day."""
    form = RateForm(*sent(request), initial={"day": clock.today(), "source": _("Danmarks Nationalbank")})
    return form_page(
        request,
        form,
        lambda: actions.note_rate(request.user, request.municipality, **form.cleaned_data),
        title=_("Note a euro rate"),
        done=_("The rate is noted."),
        **_back(request),
    )


@administered
def correct_rate(request: OfficeRequest, day: str) -> HttpResponse:
    """Correct the rate of a day (as in 2026-01-31) that no decision has counted by."""
    try:
        rate = get_object_or_404(EuroRate, day=date.fromisoformat(day))
    except ValueError as fault:
        raise Http404 from fault
    form = RateForm(*sent(request), initial={"kroner": rate.kroner, "source": rate.source})
    del form.fields["day"]
    return form_page(
        request,
        form,
        lambda: actions.correct_rate(request.user, request.municipality, rate, **form.cleaned_data),
        title=_("Correct the rate of %(day)s") % {"day": f"{rate.day:%d.%m.%Y}"},
        done=_("The rate is corrected."),
        **_back(request),
    )


@administered
def new_ceiling(request: OfficeRequest) -> HttpResponse:
    """Note a ceiling that holds from a day to come."""
    form = CeilingForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.note_ceiling(request.user, request.municipality, **form.cleaned_data),
        title=_("Note a ceiling"),
        lead=_("It holds for all municipalities that use this installation. What has been decided stands."),
        done=_("The ceiling is noted."),
        **_back(request),
    )


def _back(request: OfficeRequest) -> dict[str, Any]:
    address = reverse("grants:aid-values", args=[request.municipality.slug])
    return {"back": address, "trail": trail_to(request.municipality, (_("State aid"), address))}
