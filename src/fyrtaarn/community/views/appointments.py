"""Who looks after which district: the administrator's pages, and the community manager's own."""

from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import MunicipalRequest
from fyrtaarn.areas.administration import administered, trail_to
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.people.acting import me

from .. import actions, queries
from ..forms import AboutMeForm, AppointForm, EndForm
from ..models import Appointment
from .common import BoardRequest, Trail, board_trail, board_url, on_board


@require_safe
@administered
def appointments(request: MunicipalRequest) -> HttpResponse:
    """Who looks after which district."""
    here = request.municipality
    found = queries.appointments_in(here)
    return render(request, "community/appointments.html", {"appointments": found, "trail": _trail(request)})


@administered
def appoint(request: MunicipalRequest) -> HttpResponse:
    """Appoint somebody."""
    form = AppointForm(*sent(request), municipality=request.municipality)
    return form_page(
        request,
        form,
        lambda: actions.appoint(me(request), **form.cleaned_data),
        title=_("Appoint a community manager"),
        back=_start(request),
        done=_("The appointment has been made."),
        trail=_trail(request),
    )


@administered
def end_appointment(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Let an appointment end."""
    whole = Appointment.objects.select_related("district__municipality", "user")
    appointment = get_object_or_404(whole, pk=pk, district__municipality=request.municipality)
    form = EndForm(*sent(request))
    words = {"name": appointment.user, "district": appointment.district.name}
    return form_page(
        request,
        form,
        lambda: actions.end_appointment(me(request), appointment, form.cleaned_data["on"]),
        title=_("End the appointment of %(name)s in %(district)s") % words,
        back=_start(request),
        done=_("The end of the appointment has been noted."),
        trail=_trail(request),
    )


@on_board
def about_me(request: BoardRequest) -> HttpResponse:
    """What I tell of myself in this district, and when I am away."""
    own = Appointment.objects.in_charge().filter(user=request.user, district=request.district)
    appointment = get_object_or_404(own.select_related("district__municipality").order_by("deputy", "pk")[:1])
    form: Any = AboutMeForm(*sent(request), instance=appointment)
    return form_page(
        request,
        form,
        lambda: actions.tell_of_oneself(request.user, appointment, form.cleaned_data),
        title=_("About me in the district"),
        back=board_url("board", request.district),
        done=_("Saved."),
        trail=board_trail(request.district),
    )


def _start(request: MunicipalRequest) -> str:
    return reverse("community:appointments", args=(request.municipality.slug,))


def _trail(request: MunicipalRequest) -> Trail:
    return cast(Trail, trail_to(request.municipality, (_("Community managers"), _start(request))))
