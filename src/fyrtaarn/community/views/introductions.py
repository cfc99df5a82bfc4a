"""The board of a district and its introductions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.form_pages import attempt, form_page, sent
from fyrtaarn.foundation.rules import Verdict
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.listings.models import Listing, Side
from fyrtaarn.meetings.queries import fit_of

from .. import actions, queries, rules
from ..forms import (
    AddPartyForm,
    BeginForm,
    BeginPairForm,
    ConcludeForm,
    FindForm,
    FollowUpForm,
    MetForm,
    ReasonForm,
    TitleForm,
)
from ..metrics import figures_of
from ..models import IntroducedParty, Introduction
from ..notices import note_path
from ..states import INTRODUCTION_STATES
from .common import BoardRequest, Trail, board_tabs, board_trail, board_url, done_or_told, on_board
from .fits import listing_named

STATUS = {
    "draft": "neutral",
    "proposed": "warn",
    "accepted": "info",
    "met": "info",
    "concluded": "good",
    "withdrawn": "neutral",
    "expired": "neutral",
}


@require_safe
@on_board
def board(request: BoardRequest) -> HttpResponse:
    """The district's introductions by state, and what is to be done now."""
    columns = queries.board_of(request.district)
    cards = [card for column in columns for card in column.cards]
    context = {
        "district": request.district,
        "columns": columns,
        "has_cards": bool(cards),
        "now": [card for card in cards if card.due or (card.no and card.introduction.state == "proposed")],
        "notes": [
            {"title": note.title, "follow_up": note.follow_up, "path": note_path(note)}
            for note in queries.notes_of(request.user, request.district).filter(follow_up__lte=clock.today())
        ],
        "figures": figures_of(request.district),
        "tabs": board_tabs(request, "board"),
        "trail": board_trail(request.district),
    }
    return render(request, "community/board.html", context)


@on_board
def begin(request: BoardRequest) -> HttpResponse:
    """Begin an introduction in one's own words, or of what is sought (`soegt`) and what is offered (`tilbudt`)."""
    sought, offered = (
        listing_named(request.GET[word], side) if request.GET.get(word) else None
        for word, side in (("soegt", Side.SOUGHT), ("tilbudt", Side.OFFERED))
    )
    if sought is not None and offered is not None:
        return _begin_pair(request, sought, offered)
    form = BeginForm(*sent(request))
    told = form.cleaned_data if form.is_valid() else {}
    return form_page(
        request,
        form,
        lambda: actions.begin(request.user, request.district, told["draft_key"], told["title"]),
        title=_("New introduction"),
        back=board_url("board", request.district),
        onwards=lambda begun: _url(request, begun),
        done=_("Nobody is told before you send it."),
        trail=board_trail(request.district),
        submit=_("Continue"),
    )


def _begin_pair(request: BoardRequest, sought: Listing, offered: Listing) -> HttpResponse:
    seeker, offerer = str(actions.owner_of(sought)), str(actions.owner_of(offered))
    fit = fit_of(request.user, sought, offered)
    reasons = " ".join(fit.reasons) if fit else ""
    words = {"who": offerer, "title": offered.title}, {"who": seeker, "title": sought.title}
    initial = {
        "title": sought.title,
        "sought_reason": f"{_('%(who)s offers “%(title)s”.') % words[0]} {reasons}".strip(),
        "offered_reason": f"{_('%(who)s seeks help with “%(title)s”.') % words[1]} {reasons}".strip(),
    }
    form = BeginPairForm(request.POST or None, seeker=seeker, offerer=offerer, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        given = {"sought": told["sought_reason"], "offered": told["offered_reason"]}
        begun = attempt(
            form,
            lambda: actions.begin(
                request.user,
                request.district,
                told["draft_key"],
                told["title"],
                sought=sought,
                offered=offered,
                reasons=given,
            ),
        )
        if begun is not None:
            return redirect(_url(request, begun))
    title = _("Introduce two to each other")
    context = {
        "form": form,
        "title": title,
        "sought": sought,
        "offered": offered,
        "fit": fit,
        "back": board_url("suggestions", request.district),
        "trail": board_trail(request.district, (title, "")),
    }
    return render(request, "community/begin_pair.html", context, status=422 if form.errors else 200)


@require_safe
@on_board
def introduction(request: BoardRequest, pk: int) -> HttpResponse:
    """One introduction: who, what each was told and says, what has happened, and what can be done next."""
    shown = _introduction(request, pk)
    parties = shown.parties.select_related(
        "department", "organisation", "person", "asking__answered_by"
    ).order_by("pk")  # fmt: skip
    verdicts = {step.name: verdict for step, verdict in INTRODUCTION_STATES.available(request.user, shown)}
    steps = [
        {"label": INTRODUCTION_STATES.transitions[step.name].label, "by": step.by, "at": step.at}
        for step in steps_of(shown)
        if step.name in INTRODUCTION_STATES.transitions
    ]
    context = {
        "introduction": shown,
        "district": request.district,
        "parties": [(party, party.asking) for party in parties],
        "status": STATUS[shown.state],
        "can": {name: bool(verdict) for name, verdict in verdicts.items()},
        "not_sent": _reason(verdicts.get("send")),
        "may_change": rules.may_change(request.user, shown),
        "may_discard": rules.may_discard(request.user, shown),
        "contacts": queries.contacts_of(shown),
        "follow_up_form": FollowUpForm(initial={"on": shown.follow_up}),
        "steps": steps,
        "trail": board_trail(request.district, (shown.title, "")),
    }
    return render(request, "community/introduction.html", context)


def _reason(verdict: Verdict | None) -> Any:
    return verdict.reason if verdict is not None and not verdict else ""


@on_board
def rename(request: BoardRequest, pk: int) -> HttpResponse:
    """Say in other words what it is about."""
    shown = _introduction(request, pk)
    form = TitleForm(*sent(request), initial={"title": shown.title})
    return _edit(
        request,
        shown,
        form,
        _("What is it about?"),
        lambda: actions.rename(request.user, shown, form.cleaned_data["title"]),
    )


@on_board
def add_party(request: BoardRequest, pk: int) -> HttpResponse:
    """Find somebody (GET with `navn`), and add her with a reason (POST)."""
    shown = _introduction(request, pk)
    name = (request.POST if request.method == "POST" else request.GET).get("navn", "").replace("\x00", "")[:150]
    found = queries.find_parties(request.municipality, name) if name else []
    form = AddPartyForm(request.POST or None, found=found, initial={"navn": name})
    if form.is_valid():
        party = queries.party_named(form.cleaned_data["party"], found)
        reason = form.cleaned_data["reason"]
        if party is not None and attempt(form, lambda: actions.add_party(request.user, shown, party, reason)):
            return redirect(_url(request, shown))
    title = _("Add somebody")
    context = {
        "find": FindForm(initial={"navn": name}, auto_id="find_%s"),
        "searched": bool(name),
        "found": found,
        "form": form,
        "title": title,
        "back": _url(request, shown),
        "trail": _trail(request, shown, title),
    }
    return render(request, "community/add_party.html", context, status=422 if form.errors else 200)


@on_board
def write_reason(request: BoardRequest, pk: int, party: int) -> HttpResponse:
    """What one party is told."""
    shown = _introduction(request, pk)
    one = _party(shown, party)
    form = ReasonForm(*sent(request), initial={"reason": one.asking.reason})
    title = _("What do you write to %(who)s?") % {"who": one}
    return _edit(
        request, shown, form, title, lambda: actions.write_reason(request.user, one.asking, form.cleaned_data["reason"])
    )


@require_POST
@on_board
def remove_party(request: BoardRequest, pk: int, party: int) -> HttpResponse:
    """Take a party out of a draft."""
    shown = _introduction(request, pk)
    one = _party(shown, party)
    done_or_told(request, lambda: actions.remove_party(request.user, one), _("Taken out."))
    return redirect(_url(request, shown))


@require_POST
@on_board
def discard(request: BoardRequest, pk: int) -> HttpResponse:
    """Delete a draft that nobody has seen."""
    actions.discard(request.user, _introduction(request, pk))
    messages.success(request, _("The draft is deleted."))
    return redirect(board_url("board", request.district))


@require_POST
@on_board
def send(request: BoardRequest, pk: int) -> HttpResponse:
    """Ask all parties."""
    return _step(request, pk, actions.send, _("Sent. You are told when they answer."))


@require_POST
@on_board
def withdraw(request: BoardRequest, pk: int) -> HttpResponse:
    """Close what did not come about."""
    return _step(request, pk, actions.withdraw, _("Closed. You can begin it again."))


@require_POST
@on_board
def restore(request: BoardRequest, pk: int) -> HttpResponse:
    """Begin again what was closed."""
    return _step(request, pk, actions.restore, _("It is a draft again. Read it through, and send it."))


@require_POST
@on_board
def go_on(request: BoardRequest, pk: int) -> HttpResponse:
    """Take up again what was finished."""
    return _step(request, pk, actions.go_on, _("Taken up again."))


def _step(request: BoardRequest, pk: int, action: Callable[..., Any], done: str) -> HttpResponse:
    shown = _introduction(request, pk)
    done_or_told(request, lambda: action(request.user, shown), done)
    return redirect(_url(request, shown))


@on_board
def meet(request: BoardRequest, pk: int) -> HttpResponse:
    """When they met."""
    shown = _introduction(request, pk)
    form = MetForm(*sent(request))
    return _edit(
        request, shown, form, _("They have met"), lambda: actions.meet(request.user, shown, form.cleaned_data["on"])
    )


@on_board
def conclude(request: BoardRequest, pk: int) -> HttpResponse:
    """What came of it."""
    shown = _introduction(request, pk)
    form = ConcludeForm(*sent(request), introduction=shown)
    return _edit(
        request, shown, form, _("What came of it?"), lambda: actions.conclude(request.user, shown, **form.cleaned_data)
    )


@on_board
def follow_up(request: BoardRequest, pk: int) -> HttpResponse:
    """Be reminded on another day."""
    shown = _introduction(request, pk)
    form = FollowUpForm(*sent(request), initial={"on": shown.follow_up})
    return _edit(
        request,
        shown,
        form,
        _("Follow up"),
        lambda: actions.set_follow_up(request.user, shown, form.cleaned_data["on"]),
    )


def _edit(request: BoardRequest, shown: Introduction, form: Any, title: str, action: Callable[[], Any]) -> HttpResponse:
    """A page with one form about an introduction."""
    one = _url(request, shown)
    trail = board_trail(request.district, (shown.title, one))
    return form_page(request, form, action, title=title, back=one, done=_("Saved."), trail=trail)


def _trail(request: BoardRequest, shown: Introduction, title: str) -> Trail:
    return board_trail(request.district, (shown.title, _url(request, shown)), (title, ""))


def _introduction(request: BoardRequest, pk: int) -> Introduction:
    whole = Introduction.objects.select_related("created_by", "agreement", "sought", "offered", "meeting")
    shown: Introduction = get_object_or_404(whole, pk=pk, district=request.district)
    shown.district = request.district
    return shown


def _party(shown: Introduction, pk: int) -> IntroducedParty:
    whole = shown.parties.select_related("department", "organisation", "person", "asking__introduction__district")
    party: IntroducedParty = get_object_or_404(whole, pk=pk)
    party.introduction = shown
    return party


def _url(request: BoardRequest, shown: Introduction) -> str:
    return board_url("introduction", request.district, shown.pk)
