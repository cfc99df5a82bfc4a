"""Who looks after which district: the administrator's pages, and the community manager's own."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import MunicipalRequest
from fyrtaarn.areas.administration import administered, trail_to
from fyrtaarn.people.acting import me

from .. import actions, queries
from ..forms import AboutMeForm, AppointForm, EndForm
from ..models import Appointment
from .common import BoardRequest, Trail, attempt, board_trail, board_url, form_page, on_board


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
    form = AppointForm(request.POST or None, municipality=request.municipality)
    if form.is_valid() and attempt(form, lambda: actions.appoint(me(request), **form.cleaned_data)):
        messages.success(request, _("The appointment has been made."))
        return redirect(_start(request))
    return form_page(request, form, _("Appoint a community manager"), _start(request), _trail(request))


@administered
def end_appointment(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Let an appointment end."""
    whole = Appointment.objects.select_related("district__municipality", "user")
    appointment = get_object_or_404(whole, pk=pk, district__municipality=request.municipality)
    form = EndForm(request.POST or None)
    on = form.cleaned_data["on"] if form.is_valid() else None
    if on and attempt(form, lambda: actions.end_appointment(me(request), appointment, on)):
        messages.success(request, _("The end of the appointment has been noted."))
        return redirect(_start(request))
    words = {"name": appointment.user, "district": appointment.district.name}
    title = _("End the appointment of %(name)s in %(district)s") % words
    return form_page(request, form, title, _start(request), _trail(request))


@on_board
def about_me(request: BoardRequest) -> HttpResponse:
    """What I tell of myself in this district, and when I am away."""
    own = Appointment.objects.in_charge().filter(user=request.user, district=request.district)
    appointment = get_object_or_404(own.select_related("district__municipality").order_by("deputy", "pk")[:1])
    form = AboutMeForm(request.POST or None, instance=appointment)
    if form.is_valid() and attempt(form, lambda: actions.tell_of_oneself(request.user, appointment, form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(board_url("board", request.district))
    board = board_url("board", request.district)
    return form_page(request, form, _("About me in the district"), board, board_trail(request.district))


def _start(request: MunicipalRequest) -> str:
    return reverse("community:appointments", args=(request.municipality.slug,))


def _trail(request: MunicipalRequest) -> Trail:
    return cast(Trail, trail_to(request.municipality, (_("Community managers"), _start(request))))
