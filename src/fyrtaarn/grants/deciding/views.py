"""The pages of those who draft, decide and answer complaints."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.applications.models import ApplicationState
from fyrtaarn.applications.queries import whole_applications
from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.assessment.notices import application_path
from fyrtaarn.assessment.views.common import PersonRequest
from fyrtaarn.foundation.form_pages import attempt, form_page, sent
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.rules import allowed_if, require, require_found
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.proof import demand_fresh_proof
from fyrtaarn.pools.rules import is_auditor, is_fund_manager

from ..models import ComplaintState, Decision, DecisionState, Outcome
from ..notices import path_of
from . import actions, complaints, hearings, metrics, queries, rules
from .forms import ComplaintAnswerForm, DecisionForm, HearingForm, TextForm, VersionForm, initial_of
from .notices import decision_path
from .states import DECISION_STATES

STATUS = {
    DecisionState.DRAFT: "neutral",
    DecisionState.HEARING: "info",
    DecisionState.PROPOSED: "warn",
    DecisionState.DECIDED: "good",
    DecisionState.REVERSED: "neutral",
}
Trail = list[tuple[str, str]]


@in_municipality
@require_safe
def decisions(request: PersonRequest) -> HttpResponseBase:
    """Decisions, those that wait for a yes first."""
    here = request.municipality
    reads = is_fund_manager(request.user, here) or is_auditor(request.user, here)
    require(allowed_if(reads or bool(rules.pools_to_decide(request.user)), rules.NOT_TO_SEE))
    page = ListPage(
        request,
        queries.decisions_for(request.user, here),
        name=_("Decisions"),
        columns=(
            Column(_("Application"), lambda one: str(one.application), link=decision_path),
            Column(_("Applicant"), lambda one: one.application.organisation.name),
            Column(_("Pool"), lambda one: one.application.call.pool.label),
            Column(_("Decision"), lambda one: one.get_outcome_display()),
            Column(_("Amount in kroner"), lambda one: Decimal(one.oere) / 100 if one.oere else ""),
            Column(_("State"), lambda one: one.get_state_display()),
        ),
        sorts=(Sort("nyeste", _("Newest first"), ("-drafted",)), Sort("aeldste", _("Oldest first"), ("drafted",))),
        filters=(
            choice_filter("tilstand", _("State"), "state", DecisionState.choices),
            choice_filter("afgoerelse", _("Decision"), "outcome", Outcome.choices),
        ),
        search=("application__title", "application__organisation__name"),
    )
    trail = [(here.label, f"/{here.slug}/"), (_("Decisions"), "")]
    return page.respond("grants/decisions.html", {"trail": trail, "years": metrics.years_of(here)})


@in_municipality
def new(request: PersonRequest, pk: int) -> HttpResponse:
    """Draft the decision on an application, with what the assessors have said to begin from."""
    rows = whole_applications().filter(municipality=request.municipality, pk=pk)
    application = require_found(rows.first(), rules.NOT_TO_SEE)
    require(rules.may_draft(request.user, application))
    form = DecisionForm(
        *sent(request), initial={"reasons": queries.said_by_assessors(request.user, application), "version": 0}
    )
    return form_page(
        request,
        form,
        lambda: actions.draft(request.user, application, form.fields_for(application)),
        title=_("Draft the decision"),
        lead=_("%(title)s asks for %(amount)s.") % {"title": application, "amount": kroner(application.asked)},
        back=application_path(application),
        done=_("The draft is saved."),
        onwards=decision_path,
        trail=_trail(request, (str(application), application_path(application))),
    )


@in_municipality
@require_safe
def decision(request: PersonRequest, pk: int) -> HttpResponse:
    """One decision with what led to it and what can be done."""
    found = _decision(request, pk)
    state, user = DecisionState(found.state), request.user
    proposed = state == DecisionState.PROPOSED
    may_change = state in actions.OPEN_STATES and bool(rules.may_handle(user, found))
    undecided = proposed or state in actions.OPEN_STATES
    context = {
        "decision": found,
        "application": found.application,
        "status": STATUS[state],
        "hearing": rules.hearing_of(found),
        "waits": rules.waits_for_answer(found),
        "overtaken": undecided and found.application.state != ApplicationState.SENT,
        "yeses": list(found.yeses.all()),
        "complaints": [
            (one, one.state == ComplaintState.RECEIVED and bool(rules.may_answer_complaint(user, one)))
            for one in queries.complaints_of(found)
        ],
        "may_change": may_change,
        "may_hear": may_change and state == DecisionState.DRAFT and bool(rules.is_unheard(found)),
        "may_propose": may_change and bool(rules.is_ready(found)),
        "may_take_back": proposed and bool(rules.may_take_back(user, found)),
        "yes": rules.may_say_yes(user, found) if proposed and rules.decides(user, found.application) else None,
        "grant": path_of(found.grant) if hasattr(found, "grant") else "",
        "assessment": application_path(found.application),
        "steps": [
            {"label": _label(one.name), "by": one.by, "at": one.at, "reason": one.reason} for one in steps_of(found)
        ],
        "trail": _trail(request, (str(found.application), "")),
    }
    return render(request, "grants/decision.html", context)


@in_municipality
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change the draft."""
    found = _decision(request, pk)
    require(rules.may_handle(request.user, found))
    form = DecisionForm(*sent(request), initial=initial_of(found))
    return form_page(
        request,
        form,
        lambda: actions.change(request.user, found, form.fields_for(found.application), form.cleaned_data["version"]),
        title=_("Change the draft"),
        stored=lambda current: DecisionForm(initial=initial_of(current)),
        done=_("The draft is saved."),
        **_back(request, found),
    )


@in_municipality
def hear(request: PersonRequest, pk: int) -> HttpResponse:
    """Hear the applicant before a decision that goes against it."""
    found = _decision(request, pk)
    require(rules.may_handle(request.user, found))
    form = HearingForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: hearings.hear(request.user, found, form.cleaned_data["text"], form.cleaned_data["due"]),
        title=_("Hear the applicant"),
        lead=_(
            "The law (Forvaltningsloven § 19) asks for it before a decision that goes against the applicant and rests on"
            " facts that it does not know you have, or has not given itself. It does not ask for it where you only weigh"
            " what stands in the application."
        ),
        submit=_("Send to the applicant"),
        done=_("The applicant is asked."),
        **_back(request, found),
    )


@require_POST
@in_municipality
def propose(request: PersonRequest, pk: int) -> HttpResponse:
    """Send it to those who decide."""
    found = _decision(request, pk)
    actions.propose(request.user, found)
    messages.success(request, _("It waits for those who decide."))
    return redirect(decision_path(found))


@in_municipality
def take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it back to the draft."""
    found = _decision(request, pk)
    require(rules.may_take_back(request.user, found))
    form = TextForm(*sent(request), label=_("Why?"))
    return form_page(
        request,
        form,
        lambda: actions.take_back(request.user, found, form.cleaned_data["text"]),
        title=_("Take back to the draft"),
        submit=_("Take back"),
        done=_("It is a draft again."),
        **_back(request, found),
    )


@in_municipality
def say_yes(request: PersonRequest, pk: int) -> HttpResponse:
    """Say yes, with a fresh proof of who says it; the last yes needed decides it."""
    found = _decision(request, pk)
    require(rules.may_say_yes(request.user, found))
    form = VersionForm(*sent(request), initial={"version": found.version})
    if request.method == "POST":
        demand_fresh_proof(request)
        if form.is_valid():
            try:
                done = attempt(form, lambda: actions.say_yes(request.user, found, form.cleaned_data["version"]))
            except Conflict:
                form.add_error(None, _("The decision has been changed since you read it. Read it again."))
                done = None
            if done is not None:
                decided = done.state == DecisionState.DECIDED
                words = _("It is decided, and the applicant is told.") if decided else _("One more yes is needed.")
                messages.success(request, words)
                return redirect(decision_path(found))
    context = {
        "decision": found,
        "application": found.application,
        "form": form,
        "back": decision_path(found),
        "trail": [*_back(request, found)["trail"], (_("Say yes"), "")],
    }
    return render(request, "grants/say_yes.html", context, status=422 if form.errors else 200)


@in_municipality
def answer_complaint(request: PersonRequest, pk: int, complaint: int) -> HttpResponse:
    """Answer a complaint."""
    found = _decision(request, pk)
    one = get_object_or_404(queries.complaints_of(found), pk=complaint)
    one.decision = found
    require(rules.may_answer_complaint(request.user, one))
    form = ComplaintAnswerForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: complaints.answer(
            request.user, one, form.cleaned_data["text"], right=form.cleaned_data["right"] == "yes"
        ),
        title=_("Answer the complaint"),
        lead=one.text,
        submit=_("Send the answer"),
        done=_("The applicant is told."),
        **_back(request, found),
    )


def _decision(request: PersonRequest, pk: int) -> Decision:
    found = queries.one_decision(request.municipality, pk)
    own = found.application.organisation_id in {one.organisation_id for one in memberships_of(request.user)}
    require(allowed_if(not own, rules.NOT_TO_SEE))
    require(rules.may_see(request.user, found))
    return found


def _label(step: str) -> str:
    own = {"draft": _("Drafted"), "yes": _("Said yes"), "decide": str(DecisionState.DECIDED.label)}
    return own.get(step) or str(DECISION_STATES.transitions[step].label)


def _trail(request: PersonRequest, *more: tuple[str, str]) -> Trail:
    here = request.municipality
    return [(here.label, f"/{here.slug}/"), (_("Decisions"), reverse("decisions:decisions", args=[here.slug])), *more]


def _back(request: PersonRequest, found: Decision) -> dict[str, Any]:
    back = decision_path(found)
    return {"back": back, "trail": _trail(request, (str(found.application), back))}
