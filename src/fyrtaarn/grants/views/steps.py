"""What the two parties do with instalments and reports."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.rules import require
from fyrtaarn.people.models import User

from ..actions import instalments, reports
from ..forms import ApproveReportForm, AskForm, PaidForm, ReasonForm, ReportForm, report_values
from ..models import Instalment, Report
from ..notices import path_of
from ..rules import may_read_report, may_write_report
from ..states import INSTALMENT_STATES
from .common import PersonRequest, grant_of_party, trail_to


@dataclass(frozen=True)
class Act:
    """One step of an instalment as a page: its form, what it does with what was written, and what is said then."""

    step: str
    form: type[forms.Form]
    do: Callable[[User, Instalment, dict[str, Any]], Any]
    done: str | Promise


NOTED, TOLD = gettext_lazy("It is noted."), gettext_lazy("The recipient is told.")
ACTS = {
    "bed-om": Act(
        "ask",
        AskForm,
        lambda user, one, given: instalments.ask(user, one, given["met"], given["shown"]),
        gettext_lazy("You have asked for the instalment."),
    ),
    "godkend": Act("approve", forms.Form, lambda user, one, _given: instalments.approve(user, one), TOLD),
    "retur": Act(
        "send_back", ReasonForm, lambda user, one, given: instalments.send_back(user, one, given["reason"]), TOLD
    ),
    "tag-tilbage": Act(
        "take_back", ReasonForm, lambda user, one, given: instalments.take_back(user, one, given["reason"]), TOLD
    ),
    "betalt": Act(
        "pay",
        PaidForm,
        lambda user, one, given: instalments.note_paid(user, one, given["day"], given["reference"]),
        NOTED,
    ),
    "kom-retur": Act(
        "fail", ReasonForm, lambda user, one, given: instalments.note_failed(user, one, given["reason"]), NOTED
    ),
    "bortfald": Act("drop", ReasonForm, lambda user, one, given: instalments.drop(user, one, given["reason"]), TOLD),
}


def instalment(request: PersonRequest, pk: int, number: int, act: str) -> HttpResponse:
    """Take one step with an instalment."""
    grant = grant_of_party(request, pk)
    one = get_object_or_404(grant.instalments, number=number)
    one.grant = grant
    chosen = ACTS.get(act)
    if chosen is None:
        raise Http404
    step = INSTALMENT_STATES.transitions[chosen.step]
    require(step.rule(request.user, one))
    form = chosen.form(*sent(request))
    words = {"number": one.number, "amount": kroner(one.oere)}
    lead = _("Instalment %(number)s: %(amount)s") % words
    return form_page(
        request,
        form,
        lambda: chosen.do(request.user, one, form.cleaned_data),
        title=str(step.label),
        lead=". ".join(filter(None, (lead, one.condition, one.met))),
        submit=str(step.label),
        back=path_of(grant),
        done=str(chosen.done),
        trail=trail_to(request, grant),
    )


def write_report(request: PersonRequest, pk: int, report: int) -> HttpResponse:
    """Write a report; it can be saved at any time and is sent from the grant's page."""
    found = _report(request, pk, report)
    require(may_write_report(request.user, found))
    application = found.grant.decision.application
    lines, goals = list(application.lines.all()), list(application.goals.all())
    form = ReportForm(*sent(request), initial=report_values(found), lines=lines, goals=goals)

    def write() -> Report:
        given = form.cleaned_data
        return reports.write(request.user, found, given, form.spent, form.results, given["version"])

    return form_page(
        request,
        form,
        write,
        title=_("The report"),
        lead=_("The amounts are those of your budget. Correct them to what you have used."),
        back=path_of(found.grant),
        done=_("The report is saved. It is not sent yet."),
        trail=trail_to(request, found.grant),
        stored=lambda current: ReportForm(initial=report_values(current), lines=lines, goals=goals),
    )


@require_POST
def send_report(request: PersonRequest, pk: int, report: int) -> HttpResponse:
    """Send a report that is written."""
    found = _report(request, pk, report)
    reports.send(request.user, found)
    return redirect(path_of(found.grant))


def approve_report(request: PersonRequest, pk: int, report: int) -> HttpResponse:
    """Approve a report."""
    found = _report(request, pk, report)
    require(may_read_report(request.user, found))
    form = ApproveReportForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: reports.approve(request.user, found, share=form.cleaned_data["share"]),
        title=_("Approve the report"),
        submit=_("Approve"),
        back=path_of(found.grant),
        done=_("The recipient is told."),
        trail=trail_to(request, found.grant),
    )


def return_report(request: PersonRequest, pk: int, report: int) -> HttpResponse:
    """Send a report back to be mended."""
    found = _report(request, pk, report)
    require(may_read_report(request.user, found))
    form = ReasonForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: reports.send_back(request.user, found, form.cleaned_data["reason"]),
        title=_("Send it back"),
        back=path_of(found.grant),
        done=_("The recipient is told."),
        trail=trail_to(request, found.grant),
    )


def _report(request: PersonRequest, pk: int, report: int) -> Report:
    grant = grant_of_party(request, pk)
    found = get_object_or_404(grant.reports, pk=report)
    found.grant = grant
    return found
