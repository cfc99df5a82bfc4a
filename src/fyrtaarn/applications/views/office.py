"""The pages of those who handle applications."""

from decimal import Decimal

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.forms import KronerField
from fyrtaarn.foundation.lists import Column, Filter, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import require, require_found
from fyrtaarn.foundation.transitions import steps_of

from .. import actions, queries, rules
from ..forms import AskForm, ReturnForm
from ..models import Application, ApplicationState
from ..notices import office_path
from ..states import STEP_LABELS
from .common import MunicipalPersonRequest, Trail
from .team import STATUS

SENT_STATES = [choice for choice in ApplicationState.choices if choice[0] != ApplicationState.DRAFT]


def office_trail(request: MunicipalPersonRequest, *steps: tuple[str, str]) -> Trail:
    """The way by the municipality's applications."""
    here = request.municipality
    queue = reverse("applications:queue", args=[here.slug]) if steps else ""
    return [(here.label, f"/{here.slug}/"), (_("Applications"), queue), *steps]


def sent_application(request: MunicipalPersonRequest, pk: int) -> Application:
    """An application that has been sent to the municipality, for those who handle it there."""
    found = require_found(queries.queue(request.municipality).filter(pk=pk).first(), rules.NOT_FOR_YOU)
    require(rules.may_handle_page(request.user, found))
    return found


@in_municipality
@require_safe
def queue(request: MunicipalPersonRequest) -> HttpResponseBase:
    """All that has been sent to the municipality's pools."""
    here = request.municipality
    require(rules.may_see_queue(request.user, here))
    choices = queries.choices_in(here)
    page = ListPage(
        request,
        queries.queue(here),
        name=_("Applications"),
        columns=(
            Column(_("Number"), "number", link=office_path),
            Column(_("Title"), "title"),
            Column(_("Applicant"), lambda one: str(one.organisation)),
            Column(_("Pool"), lambda one: str(one.call.pool.label)),
            Column(_("Call"), lambda one: str(one.call.label)),
            Column(_("Applies for"), lambda one: str(one.stage.label) if one.stage else ""),
            Column(_("District"), lambda one: str(one.district) if one.district else ""),
            Column(_("Amount in kroner"), lambda one: Decimal(one.asked).scaleb(-2)),
            Column(_("State"), lambda one: str(one.get_state_display())),
            Column(_("Sent"), "sent"),
        ),
        sorts=(
            Sort("nyeste", _("Latest first"), ("-sent",)),
            Sort("aeldste", _("Oldest first"), ("sent",)),
            Sort("beloeb", _("Greatest amount first"), ("-asked",)),
            Sort("titel", _("Title"), ("title",)),
        ),
        filters=(
            choice_filter("pulje", _("Pool"), "call__pool", choices.pools),
            choice_filter("indkaldelse", _("Call"), "call", choices.calls),
            choice_filter("tilstand", _("State"), "state", SENT_STATES),
            choice_filter("trin", _("Applies for"), "stage", choices.stages),
            choice_filter("bydel", _("District"), "district", choices.districts),
            Filter(
                "mindst",
                KronerField(label=_("At least, in kroner"), required=False),
                lambda rows, oere: rows.filter(asked__gte=oere),
            ),
        ),
        search=("title", "organisation__name"),
    )
    return page.respond("applications/queue.html", {"trail": office_trail(request)})


@in_municipality
@require_safe
def handled(request: MunicipalPersonRequest, pk: int) -> HttpResponse:
    """One application with all that belongs to it."""
    found = sent_application(request, pk)
    context = {
        "application": found,
        "whole": queries.whole(found),
        "files": list(files_of(found)),
        "status": STATUS[ApplicationState(found.state)],
        "questions": [(one, False) for one in queries.questions_of(found)],  # the team answers on its own page
        "sendings": queries.history_of_sending(found),
        "steps": [
            {"label": STEP_LABELS[one.name], "by": one.by, "at": one.at, "reason": one.reason}
            for one in steps_of(found)
        ],
        "may_ask": bool(rules.may_ask(request.user, found)),
        "may_return": found.state == ApplicationState.SENT and bool(rules.may_return(request.user, found)),
        "sees_queue": bool(rules.may_see_queue(request.user, request.municipality)),
        "trail": office_trail(request, (str(found), "")),
    }
    return render(request, "applications/handled.html", context)


@in_municipality
def ask(request: MunicipalPersonRequest, pk: int) -> HttpResponse:
    """Ask the applicant something."""
    found = sent_application(request, pk)
    require(rules.may_ask(request.user, found))
    form = AskForm(sent(request)[0])
    return form_page(
        request,
        form,
        lambda: actions.ask_applicant(request.user, found, **form.cleaned_data),
        title=_("Ask the applicant"),
        lead=_("The application stays as it is. The whole team gets the question."),
        submit=_("Ask"),
        back=office_path(found),
        done=_("The question is sent."),
        trail=office_trail(request, (str(found), office_path(found))),
    )


@in_municipality
def give_back(request: MunicipalPersonRequest, pk: int) -> HttpResponse:
    """Send it back to be mended."""
    found = sent_application(request, pk)
    require(rules.may_return(request.user, found))
    form = ReturnForm(sent(request)[0])
    return form_page(
        request,
        form,
        lambda: actions.return_to_applicant(request.user, found, **form.cleaned_data),
        title=_("Send it back to be mended"),
        lead=_("The team can change it and send it again. What is changed is shown to those who assess it."),
        submit=_("Send it back"),
        back=office_path(found),
        done=_("It is sent back."),
        trail=office_trail(request, (str(found), office_path(found))),
    )
