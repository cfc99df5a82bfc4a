"""What can grow of a question: the asker's page and the municipality's, and the journal of one question."""

from collections.abc import Sequence
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation.journal import journal_response
from fyrtaarn.foundation.rules import Refused, require_found
from fyrtaarn.people.models import User

from .. import actions, growing, queries, rules
from ..journal import entries_of, title_of
from ..models import Case
from ..notices import asker_path, case_path
from .common import PersonRequest


def mine(request: PersonRequest, pk: int) -> HttpResponse:
    """What the asker can let grow of her question. A POST does it."""
    case = _mine(request.user, pk)
    trail = [(_("My overview"), "/min/overblik/"), (_("Questions"), reverse("entrance:mine"))]
    return _page(request, request.user, case, asker_path(case), trail)


@in_municipality
def of_case(request: MunicipalRequest, pk: int) -> HttpResponse:
    """What those who handle a question can let grow of it. A POST does it."""
    case, me, here = _handled(request, pk), cast(User, request.user), request.municipality
    trail = [(here.label, f"/{here.slug}/"), (_("Questions"), reverse("entrance:board", args=[here.slug]))]
    return _page(request, me, case, case_path(case), trail)


def _page(request: HttpRequest, me: User, case: Case, back: str, trail: Sequence[tuple[str, str]]) -> HttpResponse:
    if request.method == "POST":
        grown = actions.grow(me, case, request.POST.get("kind", ""), request.POST.get("option", ""))
        return redirect(grown.path)
    context = {
        "case": case,
        "here": request.path,
        "options": growing.options_for(me, case),
        "grown": growing.grown_of(me, case),
        "trail": [*trail, (case.title, back), (_("Make something of it"), "")],
    }
    return render(request, "entrance/grow.html", context)


@require_safe
def my_journal(request: PersonRequest, pk: int) -> HttpResponseBase:
    """All that was asked and answered, with the files, for the asker to keep."""
    case = _mine(request.user, pk)
    return journal_response(title_of(case), entries_of([case], notes=False))


@require_safe
@in_municipality
def journal(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    """The same with the municipality's notes and the departments' parts, for its records."""
    case = _handled(request, pk)
    return journal_response(title_of(case), entries_of([case], notes=True))


def _mine(user: User, pk: int) -> Case:
    case = require_found(queries.case_with(pk), rules.NOT_YOURS)
    if not rules.is_asker(user, case):
        raise Refused(rules.NOT_YOURS)
    return case


def _handled(request: MunicipalRequest, pk: int) -> Case:
    case = require_found(queries.case_with(pk), rules.NOT_YOURS)
    if case.municipality_id != request.municipality.pk or not rules.handles(request.user, case):
        raise Refused(rules.NOT_YOURS)
    return case
