"""Pages of those who look after a municipality's data: the record, what is due, and requests for access."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, View, in_municipality
from fyrtaarn.areas.administration import trail_to
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock, exports
from fyrtaarn.foundation.rules import Verdict, require
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.viewing import saw
from fyrtaarn.people.acting import me
from fyrtaarn.people.proof import demand_fresh_proof, fresh_proof_required

from .. import actions, queries, record, rules
from ..forms import DecisionForm, RegisterForm, SearchForm
from ..places import REGISTER, SEARCH

MOST_SHOWN = 50


def _for(rule: Callable[[Any, Municipality], Verdict]) -> Callable[[View], View]:
    """A municipality's page for those whom the rule lets in."""

    def decorator(view: View) -> View:
        def page(request: MunicipalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(rule(request.user, request.municipality))
            return view(request, *args, **kwargs)

        return in_municipality(page)

    return decorator


looked_after = _for(rules.may_look_after)
answering = _for(rules.may_answer_requests)


@require_safe
@looked_after
def processing(request: MunicipalRequest) -> HttpResponseBase:
    """The record of processing, as a page or a file."""
    kind = request.GET.get("format")
    if kind in exports.FORMATS:
        return exports.table_response(kind, _("Record of processing"), record.headings(), record.rows())
    return _page(request, "processing", {"rows": list(record.rows())})


@require_safe
@looked_after
def due(request: MunicipalRequest) -> HttpResponse:
    """What has been kept long enough, what the archive has said, and what has been let go."""
    here = request.municipality
    context = {
        "due": queries.due_in(here),
        "decisions": queries.archive_decisions_of(here)[:MOST_SHOWN],
        "removals": queries.removals_in(here)[:MOST_SHOWN],
    }
    return _page(request, "due", context)


@looked_after
@fresh_proof_required
def decide(request: MunicipalRequest) -> HttpResponse:
    """Note what the archive has decided."""
    form = DecisionForm(request.POST or None, initial={"before": clock.today(), "holding": request.GET.get("om", "")})
    if request.method == "POST" and form.is_valid():
        actions.note_decision(me(request), request.municipality, form.cleaned_data)
        messages.success(request, _("Noted. What may go now goes in a moment."))
        return redirect("privacy:due", request.municipality.slug)
    return _page(request, "decide", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@answering
def requests(request: MunicipalRequest) -> HttpResponse:
    """Find a party, and the registers that have been made. Whom one looks for is sent, so that it stands in no address."""
    here = request.municipality
    form = SearchForm(request.POST or None)
    people, organisations = [], []
    if form.is_valid():
        people = list(queries.people_called(form.cleaned_data["q"], here))
        organisations = list(queries.organisations_called(form.cleaned_data["q"], here))
    registers = list(queries.registers_of(here)[:MOST_SHOWN])
    saw(request, SEARCH, [person.pk for person in people], here)
    context = {"form": form, "people": people, "organisations": organisations, "registers": registers}
    return _page(request, "requests", context)


@answering
def ask_about_person(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Have a register made about a person who has to do with the municipality."""
    person = get_object_or_404(queries.people_of(request.municipality), pk=pk)
    saw(request, SEARCH, [person.pk], request.municipality)
    return _ask(request, str(person), person=person)


@answering
def ask_about_organisation(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Have a register made about an organisation."""
    organisation = get_object_or_404(queries.organisations_of(request.municipality), pk=pk)
    return _ask(request, organisation.name, organisation=organisation)


def _ask(request: MunicipalRequest, party: str, **about: Any) -> HttpResponse:
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_for_register(me(request), request.municipality, form.cleaned_data["reason"], **about)
        messages.success(request, _("The register is being made. It is here in a moment, and you get a notice."))
        return redirect("privacy:requests", request.municipality.slug)
    return _page(request, "ask", {"form": form, "party": party})


@require_POST
@answering
def fetch_register(request: MunicipalRequest, key: UUID) -> HttpResponseBase:
    """A register as a file."""
    register = get_object_or_404(queries.registers_of(request.municipality), key=key)
    demand_fresh_proof(request)
    actions.log_register_fetched(register, me(request))
    saw(request, REGISTER, [register.person_id], request.municipality)
    name = f"register-{danish_slug(register.party)}-{clock.today():%Y-%m-%d}.zip"
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(
        register.content.open("rb"), as_attachment=True, filename=name, content_type="application/zip", headers=headers
    )


def _page(request: MunicipalRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    here = request.municipality
    labels = {
        "processing": _("Record of processing"),
        "due": _("Kept long enough"),
        "requests": _("Requests for access"),
    }
    if not rules.may_answer_requests(request.user, here):
        del labels["requests"]
    tabs = [
        {"label": label, "url": reverse(f"privacy:{tab}", args=[here.slug]), "current": tab == name, "count": None}
        for tab, label in labels.items()
    ]
    trail = trail_to(here, (_("Personal data"), ""))
    return render(
        request, f"privacy/officer/{name}.html", {"tabs": tabs, "trail": trail, "municipality": here, **context}
    )
