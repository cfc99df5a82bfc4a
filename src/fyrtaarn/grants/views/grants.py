"""A grant for its two parties, the lists of each, and what is done with the grant as a whole."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.exports import table_response
from fyrtaarn.foundation.files import files_of_each
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.models import Step
from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.rules import require

from .. import queries, register, rules
from ..actions import changes, grants
from ..forms import AnswerForm, ChangeForm, DemandForm, PaidForm, PlanForm, ReasonForm
from ..models import Grant, GrantState, InstalmentState
from ..notices import path_of
from ..states import CHANGE_STATES, DEMAND_STATES, GRANT_STATES, INSTALMENT_STATES, REPORT_STATES
from .common import GRANT_STATUS, INSTALMENT_STATUS, OfficeRequest, PersonRequest, grant_of_party, trail_to

ACTS = {
    "ask": "bed-om",
    "send_back": "retur",
    "approve": "godkend",
    "take_back": "tag-tilbage",
    "pay": "betalt",
    "fail": "kom-retur",
    "drop": "bortfald",
}
"""The steps of an instalment as they stand in addresses."""


@require_safe
def mine(request: PersonRequest) -> HttpResponseBase:
    """The grants of my organisations."""
    page = ListPage(
        request,
        queries.grants_of(request.user),
        name=_("My grants"),
        columns=_columns(),
        sorts=(Sort("seneste", _("Latest first"), ("-granted",)),),
        filters=(choice_filter("tilstand", _("State"), "state", GrantState.choices),),
    )
    return page.respond("grants/mine.html", {"trail": [(_("My overview"), "/min/overblik/"), (_("My grants"), "")]})


@in_municipality
@require_safe
def office(request: OfficeRequest) -> HttpResponseBase:
    """All grants of the municipality for those who look after them, those of which something waits first."""
    require(rules.may_see_queue(request.user, request.municipality))
    page = ListPage(
        request,
        queries.grants_in(request.municipality),
        name=_("Grants"),
        columns=_columns(),
        sorts=(
            Sort("seneste", _("Latest first"), ("-granted",)),
            Sort("slutter", _("Those that end first"), ("ends",)),
            Sort("beloeb", _("Greatest amount first"), ("-oere",)),
        ),
        filters=(choice_filter("tilstand", _("State"), "state", GrantState.choices),),
        search=("title", "organisation__name", "pool__name"),
    )
    here = request.municipality
    context = {
        "waiting": queries.waiting_for_managers(here)[:12] if rules.may_pay(request.user, here) else (),
        "trail": [(here.label, f"/{here.slug}/"), (_("Grants"), "")],
    }
    return page.respond("grants/office.html", context)


def _columns() -> tuple[Column[Grant], ...]:
    return (
        Column(_("The grant"), "title", link=path_of),
        Column(_("Recipient"), lambda grant: str(grant.organisation)),
        Column(_("Pool"), lambda grant: grant.pool.label),
        Column(_("Amount in kroner"), lambda grant: Decimal(grant.oere) / 100),
        Column(_("Granted on"), "granted"),
        Column(_("Last day"), "last_day"),
        Column(_("State"), lambda grant: grant.get_state_display()),
    )


@require_safe
def grant(request: PersonRequest, pk: int) -> HttpResponse:
    """What is promised, what has come, and what comes next: for the recipient, the office and the auditors."""
    found = grant_of_party(request, pk, queries.grants_with_all())
    instalments, reports = list(found.instalments.all()), list(found.reports.all())
    changes_, demands = list(found.changes.all()), list(found.demands.all())
    files = files_of_each(instalments)
    user = request.user
    context = {
        "grant": found,
        "money": queries.money_of(found),
        "status": GRANT_STATUS[GrantState(found.state)],
        "goals": queries.goals_of(found),
        "instalments": [
            {
                "row": one,
                "status": INSTALMENT_STATUS[InstalmentState(one.state)],
                "files": files[one.pk],
                "acts": [(ACTS[step.name], step.label) for step in INSTALMENT_STATES.allowed(user, one)],
            }
            for one in instalments
        ],
        "changes": [(one, {step.name for step in CHANGE_STATES.allowed(user, one)}) for one in changes_],
        "demands": [(one, {step.name for step in DEMAND_STATES.allowed(user, one)}) for one in demands],
        "reports": [
            (one, {step.name for step in REPORT_STATES.allowed(user, one)}, bool(rules.may_write_report(user, one)))
            for one in reports
        ],
        "steps": _timeline(found, instalments, reports, changes_, demands),
        "may_plan": bool(rules.may_plan(user, found)),
        "may_change": bool(rules.may_act(user, found)) and not any(one.state == "asked" for one in changes_),
        "may_demand": bool(rules.may_manage(user, found)),
        "closing": {step.name for step in GRANT_STATES.allowed(user, found)},
        "trail": trail_to(request, found),
    }
    return render(request, "grants/grant.html", context)


def _timeline(grant: Grant, *groups: Iterable[Any]) -> list[dict[str, Any]]:
    """All that has happened with the grant and what belongs to it, in order."""
    about, names = Q(subject_type="grants.grant", subject_id=grant.pk), {}
    for group in groups:
        for one in group:
            label = one._meta.label_lower
            about |= Q(subject_type=label, subject_id=one.pk)
            names[label, one.pk] = getattr(one, "number", None)
    labels = {
        ("grants.grant", "open"): _("Granted"),
        ("grants.grant", "plan"): _("The plan was changed"),
        ("grants.grantchange", "ask"): _("A change was asked for"),
        ("grants.demand", "ask"): _("Money was asked back"),
    }
    for kind, machine in (
        ("grant", GRANT_STATES),
        ("instalment", INSTALMENT_STATES),
        ("report", REPORT_STATES),
        ("grantchange", CHANGE_STATES),
        ("demand", DEMAND_STATES),
    ):
        labels |= {(f"grants.{kind}", step.name): str(step.label) for step in machine.transitions.values()}

    def shown(step: Step) -> str:
        number, label = names.get((step.subject_type, step.subject_id)), labels[step.subject_type, step.name]
        return _("Instalment %(number)s: %(what)s") % {"number": number, "what": label} if number else label

    steps = Step.objects.filter(about).select_related("by").order_by("at", "pk")
    return [{"label": shown(step), "by": step.by, "at": step.at, "reason": step.reason} for step in steps]


def plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Write the plan of a grant anew."""
    found = grant_of_party(request, pk)
    require(rules.may_plan(request.user, found))
    parts = found.instalments.exclude(state=InstalmentState.DROPPED).order_by("number")
    form = PlanForm(*sent(request), grant=found, parts=parts)
    return form_page(
        request,
        form,
        lambda: grants.plan(request.user, found, form.parts),
        title=_("The plan"),
        lead=_("Together the instalments are at most %(amount)s.") % {"amount": kroner(found.oere)},
        back=path_of(found),
        done=_("The plan is saved."),
        trail=trail_to(request, found),
    )


def end(request: PersonRequest, pk: int) -> HttpResponse:
    """End a grant before its time."""
    found = grant_of_party(request, pk)
    require(rules.may_end(request.user, found))
    form = ReasonForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: grants.end_early(request.user, found, form.cleaned_data["reason"]),
        title=_("End the grant early"),
        lead=_("What has not been paid falls away, and its money is free for others."),
        submit=_("End the grant"),
        back=path_of(found),
        done=_("The grant is ended."),
        trail=trail_to(request, found),
    )


@require_POST
def complete(request: PersonRequest, pk: int) -> HttpResponse:
    """Close a grant that is done."""
    found = grant_of_party(request, pk)
    grants.complete(request.user, found)
    return redirect(path_of(found))


def new_change(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for a change."""
    found = grant_of_party(request, pk)
    require(rules.may_act(request.user, found))
    form = ChangeForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: changes.ask_change(request.user, found, form.cleaned_data["text"], form.ends),
        title=_("Ask for a change"),
        submit=_("Send"),
        back=path_of(found),
        done=_("Your question is sent."),
        trail=trail_to(request, found),
    )


def answer_change(request: PersonRequest, pk: int, change: int) -> HttpResponse:
    """Say yes or no to a change."""
    found = grant_of_party(request, pk)
    asked = get_object_or_404(found.changes, pk=change)
    require(rules.may_answer_change(request.user, asked))
    form = AnswerForm(*sent(request))

    def answer() -> object:
        given = form.cleaned_data
        return changes.answer_change(request.user, asked, agree=given["agree"] == "ja", answer=given["answer"])

    return form_page(
        request,
        form,
        answer,
        title=_("Answer about the change"),
        lead=asked.text,
        submit=_("Send"),
        back=path_of(found),
        done=_("Your answer is sent."),
        trail=trail_to(request, found),
    )


@require_POST
def withdraw_change(request: PersonRequest, pk: int, change: int) -> HttpResponse:
    """Take a wish for a change back."""
    found = grant_of_party(request, pk)
    changes.withdraw_change(request.user, get_object_or_404(found.changes, pk=change))
    return redirect(path_of(found))


def new_demand(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for money back."""
    found = grant_of_party(request, pk)
    require(rules.may_manage(request.user, found))
    form = DemandForm(*sent(request))

    def ask() -> object:
        given = form.cleaned_data
        return changes.demand(request.user, found, given["oere"], given["reason"], given["due"])

    return form_page(
        request,
        form,
        ask,
        title=_("Ask for money back"),
        lead=_("At most %(most)s can be asked back.") % {"most": kroner(queries.paid_net(found))},
        submit=_("Send"),
        back=path_of(found),
        done=_("The recipient is told."),
        trail=trail_to(request, found),
    )


def demand_paid(request: PersonRequest, pk: int, demand: int) -> HttpResponse:
    """Note that money has come back."""
    found = grant_of_party(request, pk)
    asked = get_object_or_404(found.demands, pk=demand)
    require(rules.may_settle_demand(request.user, asked))
    form = PaidForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: changes.note_demand_paid(request.user, asked, form.cleaned_data["day"], form.cleaned_data["reference"]),
        title=_("Note as paid back"),
        lead=kroner(asked.oere),
        back=path_of(found),
        done=_("It is noted."),
        trail=trail_to(request, found),
    )


def demand_waived(request: PersonRequest, pk: int, demand: int) -> HttpResponse:
    """Let the recipient keep what was asked back."""
    found = grant_of_party(request, pk)
    asked = get_object_or_404(found.demands, pk=demand)
    require(rules.may_settle_demand(request.user, asked))
    form = ReasonForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: changes.waive(request.user, asked, form.cleaned_data["reason"]),
        title=_("Waive it"),
        lead=kroner(asked.oere),
        back=path_of(found),
        done=_("It is noted."),
        trail=trail_to(request, found),
    )


@in_municipality
@require_safe
def aid_register(request: OfficeRequest) -> HttpResponseBase:
    """State aid granted by the municipality, as a file for the register of de minimis aid."""
    require(rules.may_see_queue(request.user, request.municipality))
    return table_response("csv", _("State aid"), register.HEADINGS, register.rows(request.municipality))
