"""Stays: one's own, those at one's house, one of them for its two parties, and what they do with it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.calendars import Event, calendar_response
from fyrtaarn.foundation.form_pages import attempt, form_page, sent
from fyrtaarn.foundation.journal import journal_response
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import Verdict, require
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.people.models import User
from fyrtaarn.people.proof import demand_fresh_proof

from .. import actions, queries, rules
from ..forms import ReasonForm, SignForm
from ..journal import entries_of, title_of
from ..models import LIVE_STATES, SignedDeclaration, Stay, StaySide, StayState
from ..notices import path_of_stay
from ..states import STAY_STEPS
from .common import PersonRequest, host_tabs, standing_in_words, standing_of, stay_of_party, trail_to, trail_to_stay


@require_safe
def my_stays(request: HttpRequest) -> HttpResponseBase:
    """The applications and stays of my organisations."""
    page = ListPage(
        request,
        queries.stays_of(request.user),  # type: ignore[arg-type]
        name=_("My fieldwork"),
        columns=(
            Column(_("Offer"), lambda stay: stay.period.offer.title, link=path_of_stay),
            Column(_("Organisation"), lambda stay: str(stay.organisation)),
            Column(_("First day"), lambda stay: stay.period.starts),
            Column(_("Last day"), lambda stay: stay.period.last_day),
            Column(_("State"), standing_in_words),
        ),
        sorts=(Sort("seneste", _("Latest first"), ("-period__starts",)),),
        filters=(choice_filter("tilstand", _("State"), "state", StayState.choices),),
    )
    return page.respond(
        "fieldwork/mine.html", {"trail": [(_("My overview"), "/min/overblik/"), (_("My fieldwork"), "")]}
    )


@in_municipality
@require_safe
def guests(request: PersonRequest) -> HttpResponseBase:
    """Who applies, comes and has been with my departments."""
    require(rules.may_host(request.user, request.municipality))
    page = ListPage(
        request,
        queries.stays_hosted(request.user, request.municipality),
        name=_("Our guests"),
        columns=(
            Column(_("Organisation"), lambda stay: str(stay.organisation), link=path_of_stay),
            Column(_("Guest"), lambda stay: str(stay.guest)),
            Column(_("Offer"), lambda stay: stay.period.offer.title),
            Column(_("First day"), lambda stay: stay.period.starts),
            Column(_("Last day"), lambda stay: stay.period.last_day),
            Column(_("State"), standing_in_words),
        ),
        sorts=(
            Sort("seneste", _("Latest first"), ("-period__starts",)),
            Sort("foerste", _("First first"), ("period__starts",)),
        ),
        filters=(choice_filter("tilstand", _("State"), "state", StayState.choices),),
        search=("organisation__name", "period__offer__title"),
    )
    context = {"tabs": host_tabs(request, "fieldwork:guests"), "trail": trail_to(request, (_("Our guests"), ""))}
    return page.respond("fieldwork/guests.html", context)


@in_municipality
@require_safe
def stay(request: PersonRequest, pk: int) -> HttpResponse:
    """One stay, for the two parties."""
    found = stay_of_party(request, pk)
    side = rules.own_side(request.user, found)
    learned = list(found.learned.order_by("side"))
    signed = getattr(found, "declaration", None)
    words, status = standing_of(found)
    context = {
        "stay": found,
        "offer": found.period.offer,
        "period": found.period,
        "standing": words,
        "status": status,
        "is_host": side == StaySide.HOST,
        "signed": signed,
        "may_decide": found.state == StayState.APPLIED and bool(rules.may_decide(request.user, found)),
        "may_cancel": found.state in LIVE_STATES and bool(rules.may_cancel(request.user, found)),
        "may_sign": signed is None and bool(rules.may_sign(request.user, found)),
        "may_note": bool(rules.may_note_attendance(request.user, found)),
        "may_write": bool(rules.may_write_learned(request.user, found)),
        "learned": [(one, one.agreed_by(side)) for one in learned],
        "has_written": any(one.side == side for one in learned),
        "steps": [
            {"label": STAY_STEPS[one.name], "by": one.by, "at": one.at, "reason": one.reason} for one in steps_of(found)
        ],
        "trail": trail_to_stay(request, found),
    }
    return render(request, "fieldwork/stay.html", context)


@in_municipality
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Say yes to an application."""
    return _answer(request, pk, actions.accept, rules.may_decide, title=_("Say yes"))


@in_municipality
def decline(request: PersonRequest, pk: int) -> HttpResponse:
    """Say no to an application."""
    return _answer(request, pk, actions.decline, rules.may_decide, title=_("Say no"))


@in_municipality
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Call a stay off."""
    return _answer(request, pk, actions.cancel, rules.may_cancel, title=_("Call it off"))


def _answer(
    request: PersonRequest,
    pk: int,
    act: Callable[[User, Stay, str], Stay],
    rule: Callable[[User, Stay], Verdict],
    *,
    title: str,
) -> HttpResponse:
    found = stay_of_party(request, pk)
    require(rule(request.user, found))
    form = ReasonForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: act(request.user, found, form.cleaned_data["reason"]),
        title=title,
        lead=f"{found.organisation} · {found.period.offer.title}",
        submit=title,
        back=path_of_stay(found),
        done=_("Your answer is sent."),
        trail=trail_to_stay(request, found),
    )


@require_POST
@in_municipality
def attendance(request: PersonRequest, pk: int) -> HttpResponse:
    """Note whether the guest came."""
    found = stay_of_party(request, pk)
    actions.note_attendance(request.user, found, came=request.POST.get("came") == "yes")
    messages.success(request, _("It is noted."))
    return redirect(path_of_stay(found))


@in_municipality
def declaration(request: PersonRequest, pk: int) -> HttpResponse:
    """Read and sign the declaration, with a fresh proof of who signs; signed, it can be printed."""
    found = stay_of_party(request, pk)
    signed = SignedDeclaration.objects.filter(stay=found).first()
    form = SignForm(*sent(request), initial={"version": found.period.offer.version})
    if signed is None:
        require(rules.may_sign(request.user, found))
    if request.method == "POST":
        demand_fresh_proof(request)
        if form.is_valid() and attempt(form, lambda: actions.sign(request.user, found, **form.cleaned_data)):
            messages.success(request, _("Thank you. The declaration is signed."))
            return redirect("fieldwork:declaration", request.municipality.slug, pk)
    context = {
        "stay": found,
        "offer": found.period.offer,
        "signed": signed,
        "form": form,
        "trail": [*trail_to_stay(request, found), (_("Confidentiality declaration"), "")],
    }
    return render(request, "fieldwork/declaration.html", context, status=422 if form.errors else 200)


@in_municipality
@require_safe
def calendar(request: PersonRequest, pk: int) -> HttpResponse:
    """The days of a stay for one's own calendar."""
    found = stay_of_party(request, pk)
    return calendar_response([event_of(found)], found.period.offer.title, f"feltarbejde-{found.pk}.ics")


@in_municipality
@require_safe
def journal(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Everything about the stay, in order, for the parties to keep with their records."""
    found = stay_of_party(request, pk)
    return journal_response(title_of(found), entries_of([found]))


@in_municipality
@require_safe
def guests_calendar(request: PersonRequest) -> HttpResponse:
    """All agreed stays with my departments for my own calendar, and those that were called off."""
    require(rules.may_host(request.user, request.municipality))
    shown = queries.stays_hosted(request.user, request.municipality).order_by("period__starts", "pk")
    events = [event_of(stay) for stay in shown.filter(state__in=(StayState.AGREED, StayState.CANCELLED))]
    return calendar_response(events, _("Our guests"), "feltarbejde.ics")


def event_of(stay: Stay) -> Event:
    """A stay as calendars hold it."""
    period, what = stay.period, stay.period.offer
    return Event(
        key=f"fieldwork-stay-{stay.pk}",
        title=f"{what.title}: {stay.organisation}",
        starts=period.starts,
        ends=period.ends,
        path=path_of_stay(stay),
        place=", ".join(filter(None, (what.institution, what.address))),
        text=period.hours,
        cancelled=stay.state != StayState.AGREED,
        revision=int(stay.state == StayState.CANCELLED),
    )
