"""Where the municipality asks for ambassadors, and each ambassador's own page."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.administration import trail_to
from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.form_pages import form_page
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.people.models import User

from ..models import Ambassador, AmbassadorState
from . import actions, queries, rules
from .forms import AppointForm, WordsForm
from .states import AMBASSADOR_STATES

STOPPING = {"pause": "pause", "slut": "end"}
OWN_STEPS = {"nej": "decline", "pause": "pause", "igen": "resume", "slut": "end"}


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User


@in_municipality
@require_safe
def ambassadors(request: MunicipalRequest) -> HttpResponse:
    """The municipality's ambassadors by department, and where one is missing."""
    here = request.municipality
    require(rules.may_see_all(request.user, here))
    places = [(place, bool(rules.may_appoint(request.user, place.department))) for place in queries.places_of(here)]
    context = {
        "places": places,
        "thin": [place.department for place, _may in places if place.thin],
        "trail": _trail(request),
    }
    return render(request, "organisations/ambassadors/list.html", context)


@in_municipality
def appoint(request: MunicipalRequest, department: int) -> HttpResponse:
    """Ask an employee to be a department's ambassador."""
    here = request.municipality
    place = get_object_or_404(
        Department.objects.current().select_related("municipality"), pk=department, municipality=here
    )
    require(rules.may_appoint(request.user, place))
    form = AppointForm(request.POST or None, department=place)
    return form_page(
        request,
        form,
        lambda: actions.appoint(request.user, place, form.cleaned_data["person"]),  # type: ignore[arg-type]
        title=_("Ask somebody in %(name)s") % {"name": place.label},
        lead=_("The person you ask gets a notice and decides freely, in their own words."),
        submit=_("Ask"),
        back=reverse("organisations:ambassadors", args=[here.slug]),
        done=_("The question has been sent. The answer is theirs."),
        trail=_trail(request, within=True),
    )


@require_POST
@in_municipality
def stop(request: MunicipalRequest, pk: int, step: str) -> HttpResponse:
    """Let an ambassador pause or end."""
    found = get_object_or_404(_whole(), pk=pk, department__municipality=request.municipality)
    actions.take_step(request.user, found, _step_at(step, STOPPING))  # type: ignore[arg-type]
    messages.success(request, _("It is noted."))
    return redirect("organisations:ambassadors", request.municipality.slug)


def own(request: PersonRequest, pk: int) -> HttpResponse:
    """Say yes, or change one's words."""
    found = get_object_or_404(_whole(), pk=pk)
    require(rules.may_answer(request.user, found))
    form = WordsForm(request.POST or None, instance=Ambassador.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid() and _saved(request, found, form):
        return redirect("organisations:ambassador", pk)
    title = _("Ambassador for social economy")
    context = {
        "ambassador": found,
        "form": form,
        "may_change": rules.may_change(request.user, found),
        "steps": [(address, AMBASSADOR_STATES.transitions[name].label) for address, name in _steps(request, found)],
        "title": title,
        "trail": [(_("My overview"), "/min/overblik/"), (title, "")],
    }
    return render(request, "organisations/ambassadors/own.html", context)


def _steps(request: PersonRequest, ambassador: Ambassador) -> list[tuple[str, str]]:
    """The steps that she can take by a button, by address; of those that end it, "no" stands where she is asked."""
    allowed = {step.name for step in AMBASSADOR_STATES.allowed(request.user, ambassador)}
    if "decline" in allowed:
        allowed.discard("end")
    return [(address, name) for address, name in OWN_STEPS.items() if name in allowed]


def _saved(request: PersonRequest, ambassador: Ambassador, form: WordsForm) -> bool:
    asked = ambassador.state == AmbassadorState.ASKED
    save = actions.accept if asked else actions.change_words
    try:
        save(request.user, ambassador, form.values, form.cleaned_data["version"] or 0)
    except Conflict as conflict:
        form.overtaken(conflict.current.version)
        return False
    messages.success(request, _("Thank you. You are an ambassador now.") if asked else _("Saved."))
    return True


@require_POST
def step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Say no, pause, begin again or end."""
    actions.take_step(request.user, _own(request, pk), _step_at(step, OWN_STEPS))
    messages.success(request, _("It is noted."))
    return redirect("organisations:ambassador", pk)


@require_POST
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that it still holds."""
    actions.confirm(request.user, _own(request, pk))
    messages.success(request, _("Thank you. We ask you again in a year."))
    return redirect("organisations:ambassador", pk)


def _step_at(address: str, steps: dict[str, str]) -> str:
    if address not in steps:
        raise Http404
    return steps[address]


def _own(request: PersonRequest, pk: int) -> Ambassador:
    found = get_object_or_404(_whole(), pk=pk)
    require(rules.may_answer(request.user, found))
    return found


def _whole() -> QuerySet[Ambassador]:
    return Ambassador.objects.select_related("user", "department__municipality", "appointed_by")


def _trail(request: MunicipalRequest, *, within: bool = False) -> list[Any]:
    here = request.municipality
    listed = reverse("organisations:ambassadors", args=[here.slug]) if within else ""
    return trail_to(here, (_("Ambassadors"), listed))
