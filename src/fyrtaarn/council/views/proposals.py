"""Proposals for the agenda."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation.form_pages import attempt, form_page, sent
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.separation import show_letter
from fyrtaarn.people.limits import may_have_letter
from fyrtaarn.people.models import User

from .. import actions, queries, rules
from ..forms import AcceptForm, ProposalForm, ReasonForm, StrangersProposalForm
from ..models import AgendaProposal, AgendaProposalState
from ..notices import path_of_letter, path_of_meeting, path_of_proposal
from .common import CouncilRequest, PersonRequest, Trail, of_council, of_secretary, open_to_all, trail_to

STATUS = {
    AgendaProposalState.UNCONFIRMED: "neutral",
    AgendaProposalState.WAITING: "warn",
    AgendaProposalState.ACCEPTED: "good",
    AgendaProposalState.DECLINED: "neutral",
    AgendaProposalState.WITHDRAWN: "neutral",
}


@require_safe
@of_secretary
def proposals(request: PersonRequest) -> HttpResponseBase:
    """All confirmed proposals, for the secretary."""
    states = [choice for choice in AgendaProposalState.choices if choice[0] != AgendaProposalState.UNCONFIRMED]
    page = ListPage(
        request,
        queries.proposals_of(request.council),
        name=_("Proposals"),
        columns=(
            Column(_("Title"), "title", link=path_of_proposal),
            Column(_("From"), "from_whom"),
            Column(_("Received"), "created"),
            Column(_("State"), lambda proposal: str(proposal.get_state_display())),
        ),
        sorts=(Sort("nyeste", _("Newest first"), ("-created",)), Sort("titel", _("Title"), ("title",))),
        filters=(choice_filter("tilstand", _("State"), "state", states),),
        search=("title", "text"),
    )
    return page.respond("council/proposals.html", {"trail": trail_to(request, (_("Proposals"), ""))})


@open_to_all
def propose(request: CouncilRequest) -> HttpResponse:
    """Anybody proposes something for the agenda."""
    known = request.user if isinstance(request.user, User) else None
    form = (ProposalForm if known else StrangersProposalForm)(*sent(request))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _propose(request, form.cleaned_data))
        if made and known:
            messages.success(request, _("Thank you. The secretary has your proposal, and you get an answer."))
            return redirect(path_of_proposal(made))
        if made:
            context = {"email": made.email, "trail": _step_trail(request, _("Confirm your proposal"))}
            return render(request, "council/confirm_mail.html", context)
    context = {
        "form": form,
        "title": _("Propose something to the council"),
        "lead": _("The secretary reads all proposals. You get an answer with a reason."),
        "submit": _("Send the proposal"),
        "differences": [],
        "back": reverse("council:council", args=[request.municipality.slug]),
        "trail": _step_trail(request, _("New proposal")),
    }
    return render(request, "foundation/form_page.html", context, status=422 if form.errors else 200)


def _propose(request: CouncilRequest, fields: dict[str, str]) -> AgendaProposal:
    if not request.user.is_authenticated:
        require(may_have_letter(request, fields["email"]))
    return actions.propose(request.user, request.council, language=(get_language() or "da")[:2], **fields)  # type: ignore[arg-type]


@require_safe
@of_council
def proposal(request: PersonRequest, pk: int) -> HttpResponse:
    """One proposal, for the secretary and the one who made it."""
    found = queries.proposal_of(request.council, pk)
    runs = bool(rules.may_run(request.user, request.council))
    trail = trail_to(request, (_("Proposals"), reverse("council:proposals", args=[request.municipality.slug])))
    context = {
        **_shown(found),
        "may_decide": found.state == AgendaProposalState.WAITING and bool(rules.may_decide(request.user, found)),
        "may_withdraw": found.state == AgendaProposalState.WAITING and found.proposer_id == request.user.pk,
        "trail": [*(trail if runs else trail_to(request)), (found.title, "")],
    }
    return render(request, "council/proposal.html", context)


def _shown(found: AgendaProposal) -> dict[str, object]:
    item = getattr(found, "item", None)
    return {
        "proposal": found,
        "status": STATUS[AgendaProposalState(found.state)],
        "meeting": item.meeting if item and item.meeting.state != "draft" else None,
    }


@of_secretary
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a proposal on an agenda."""
    found = queries.proposal_of(request.council, pk)
    agendas = queries.open_agendas(request.council)
    if not agendas.exists():
        messages.warning(request, _("Plan a meeting first. Then you can put the proposal on its agenda."))
        return redirect(path_of_proposal(found))
    require(rules.may_decide(request.user, found))
    form = AcceptForm(*sent(request), meetings=agendas)
    return form_page(
        request,
        form,
        lambda: actions.accept_proposal(request.user, found, form.cleaned_data["meeting"], form.cleaned_data["reason"]),
        title=_("Put the proposal on an agenda"),
        lead=found.title,
        back=path_of_proposal(found),
        onwards=lambda item: path_of_meeting(item.meeting),
        done=_("The proposal is on the agenda, and the one who made it has been told."),
        trail=_proposal_trail(request, found),
    )


@of_secretary
def decline(request: PersonRequest, pk: int) -> HttpResponse:
    """Do not take a proposal up, and say why."""
    found = queries.proposal_of(request.council, pk)
    require(rules.may_decide(request.user, found))
    form = ReasonForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.decline_proposal(request.user, found, form.cleaned_data["reason"]),
        title=_("Do not take the proposal up"),
        lead=found.title,
        back=path_of_proposal(found),
        done=_("Your answer is sent."),
        trail=_proposal_trail(request, found),
    )


@require_POST
@of_council
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take my own proposal back."""
    found = get_object_or_404(AgendaProposal, pk=pk, council=request.council, proposer=request.user)
    actions.withdraw_proposal(request.user, found)
    messages.success(request, _("Your proposal is taken back."))
    return redirect(path_of_proposal(found))


@login_not_required
@of_council
def letter(request: CouncilRequest, token: str) -> HttpResponse:
    """A proposal for the one who holds its letter: confirm it, follow it, take it back."""
    show_letter(token)
    rows = AgendaProposal.objects.select_related("council__municipality", "item__meeting")
    found = get_object_or_404(rows, token=token, council=request.council, proposer=None)
    if request.method == "POST":
        if request.POST.get("step") == "withdraw":
            actions.withdraw_proposal(request.user, found)
            messages.success(request, _("Your proposal is taken back."))
        else:
            actions.confirm_proposal(request.user, found)
            messages.success(request, _("Thank you. The secretary has your proposal, and you get an answer by mail."))
        return redirect(path_of_letter(found))
    context = {
        **_shown(found),
        "confirms": found.state == AgendaProposalState.UNCONFIRMED,
        "may_withdraw": found.state == AgendaProposalState.WAITING,
        "trail": trail_to(request, (found.title, "")),
    }
    return render(request, "council/letter.html", context)


def _step_trail(request: CouncilRequest, step: str) -> Trail:
    return trail_to(request, (step, ""))


def _proposal_trail(request: CouncilRequest, found: AgendaProposal) -> Trail:
    here = reverse("council:proposals", args=[request.municipality.slug])
    return trail_to(request, (_("Proposals"), here), (found.title, path_of_proposal(found)))
