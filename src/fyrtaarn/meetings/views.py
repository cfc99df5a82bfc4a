"""Pages of the dialogues.

Reading is noted by POST alone: the page shows a button "Mark as read", and where scripts run it presses the button
itself as soon as it is shown. So opening a dialogue is reading it, yet no GET (a preview, a prefetch) ever counts.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from fyrtaarn.foundation.form_pages import attempt, sent
from fyrtaarn.foundation.journal import journal_response
from fyrtaarn.foundation.keys import key_or_404
from fyrtaarn.foundation.lists import Column, Filter, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import Verdict, require
from fyrtaarn.foundation.transitions import WrongState
from fyrtaarn.listings.models import Audience, Listing, Side
from fyrtaarn.people.models import User

from . import actions, queries, rules
from .forms import AnswerForm, MessageForm, OpeningForm, PoliteForm, waits_field
from .journal import entries_of, title_of
from .kinds import label_of
from .models import Meeting, MeetingSide, MeetingState, Message
from .outcomes import outcomes_of
from .sentences import CLOSINGS, REFUSALS
from .standing import standing_of
from .states import MEETING_STATES

STATUS = {
    MeetingState.PROPOSED: "warn",
    MeetingState.OPEN: "info",
    MeetingState.AGREED: "good",
    MeetingState.DECLINED: "neutral",
    MeetingState.ENDED: "neutral",
}


STEPS = {"decline": actions.decline, "end": actions.end}


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User
    htmx: HtmxDetails


@require_safe
def meetings(request: PersonRequest) -> HttpResponseBase:
    """My dialogues."""
    page = ListPage(
        request,
        queries.dialogues_of(request.user),
        name=_("Dialogues"),
        columns=(
            Column(_("With"), _other_name, link=_path),
            Column(_("About"), lambda m: m.sought.title),
            Column(_("Solution"), lambda m: m.offered.title),
            Column(_("State"), lambda m: str(m.get_state_display())),
            Column(_("New messages"), "unread"),
            Column(_("Latest"), "latest"),
        ),
        sorts=(
            Sort("seneste", gettext_lazy("Latest first"), ("-latest",)),
            Sort("aeldste", gettext_lazy("Longest waiting first"), ("latest",)),
        ),
        filters=(
            choice_filter("tilstand", gettext_lazy("State"), "state", MeetingState.choices),
            *_side_filter(request.user),
            Filter("venter", waits_field(), _only_waiting),
        ),
        search=("sought__title", "offered__title", "organisation__name", "department__name"),
    )
    return page.respond(
        "meetings/meetings.html", {"trail": _trail(), "waiting": queries.waiting_for(request.user).count()}
    )


def _side_filter(user: User) -> tuple[Filter, ...]:
    """A choice of side for those who speak for departments and for organisations."""
    standing = standing_of(user)
    if not standing.organisations or not (standing.employed_in or standing.administers):
        return ()
    return (choice_filter("side", gettext_lazy("My side"), "mine", MeetingSide.choices),)


def _other_name(dialogue: Any) -> str:
    return str(dialogue.name_of(MeetingSide(dialogue.mine).other))


def _only_waiting(rows: Any, value: str) -> Any:
    return rows.filter(queries.WAITS_FOR_ME) if value == "svar" else rows.filter(unread__gt=0)


def meeting(request: PersonRequest, pk: int) -> HttpResponse:
    """One dialogue: who, about what, what was said, and what can be done next. A POST writes a message."""
    dialogue, side = _mine(request, pk)
    form = MessageForm(*sent(request))
    if form.is_valid() and attempt(
        form, lambda: actions.write(request.user, dialogue, **form.cleaned_data), at="uploads"
    ):
        if not request.htmx:
            return redirect(_path(dialogue))
        form = MessageForm()
    template = "meetings/_thread.html" if request.htmx else "meetings/meeting.html"
    return render(request, template, _page(request, dialogue, side, form))


@require_safe
def journal(request: PersonRequest, pk: int) -> HttpResponseBase:
    """All that was said, in order and with its files, for the parties to keep with their own records."""
    dialogue, _side = _mine(request, pk)
    return journal_response(title_of(dialogue), entries_of([dialogue]))


def _page(request: PersonRequest, dialogue: Meeting, side: MeetingSide, form: MessageForm) -> dict[str, Any]:
    said = queries.said_in(dialogue, side)
    steps = _steps(request.user, dialogue)
    other = dialogue.name_of(side.other)
    return {
        "meeting": dialogue,
        "side": side,
        "other": other,
        "mine": dialogue.name_of(side),
        "status": STATUS[MeetingState(dialogue.state)],
        "said": said,
        "last": said[-1].message.pk if said else 0,
        "unread": queries.unread_in(dialogue, request.user, said),
        "form": form,
        "may_write": rules.may_write(request.user, dialogue),
        "answer_form": AnswerForm(),
        "can": {name: bool(steps.get(name)) for name in MEETING_STATES.transitions},
        "again_reason": "" if steps.get("reopen") else getattr(steps.get("ask_again"), "reason", ""),
        "trail": _trail((other, _path(dialogue))),
        "outcomes": outcomes_of(request.user, dialogue),
        "pair": [
            (label_of(listing), listing, listing.path if _can_open(listing, of is side) else "")
            for of in MeetingSide
            for listing in [dialogue.listing_of(of)]
        ],
    }


def _can_open(listing: Listing, mine: bool) -> bool:
    """Whether the listing's own page is open to this side; what an invitation tells of it stands in the dialogue."""
    return mine or (listing.audience == Audience.PUBLIC and listing.ended is None)


@require_safe
def newer_messages(request: PersonRequest, pk: int) -> HttpResponse:
    """The messages later than `efter`, for the page that stands open; nothing (204) when there are none."""
    dialogue, side = _mine(request, pk)
    said = queries.said_in(dialogue, side, after=key_or_404(request.GET.get("efter", "")))
    if not said:
        return HttpResponse(status=204)
    context = {
        "meeting": dialogue,
        "mine": dialogue.name_of(side),
        "other": dialogue.name_of(side.other),
        "said": said,
        "last": said[-1].message.pk,
        "unread": queries.unread_in(dialogue, request.user, said),
    }
    return render(request, "meetings/_newer.html", context)


@require_POST
def mark_read(request: PersonRequest, pk: int) -> HttpResponse:
    """Note that the dialogue is read up to a message that the page showed."""
    dialogue, _side = _mine(request, pk)
    message = get_object_or_404(Message, meeting=dialogue, pk=key_or_404(request.POST.get("message", "")))
    actions.mark_read(request.user, dialogue, message)
    if request.htmx:
        return HttpResponse()
    return redirect(_path(dialogue))


@require_POST
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Say yes to talk."""
    dialogue, _side = _mine(request, pk)
    form = AnswerForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    actions.accept(request.user, dialogue, text)
    messages.success(request, _("You have said yes. Now you can write to each other."))
    return redirect(_path(dialogue))


def decline(request: PersonRequest, pk: int) -> HttpResponse:
    """Say no thank you, politely."""
    return _polite_step(request, pk, "decline", REFUSALS, _("Your answer is sent."))


def end(request: PersonRequest, pk: int) -> HttpResponse:
    """End the dialogue with a closing note, or take the question back."""
    return _polite_step(request, pk, "end", CLOSINGS, _("The dialogue has ended. What you wrote is still here."))


def _polite_step(request: PersonRequest, pk: int, step: str, sentences: Sequence[Any], done: str) -> HttpResponse:
    dialogue, side = _mine(request, pk)
    form = PoliteForm(*sent(request), sentences=sentences)
    if request.method != "POST":
        _require_step(request, dialogue, step)
    elif form.is_valid() and attempt(form, lambda: STEPS[step](request.user, dialogue, form.message)):
        messages.success(request, done)
        return redirect(_path(dialogue))
    return render(request, f"meetings/{step}.html", _step_page(dialogue, side, form))


def open_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Open a closed dialogue again, or ask the other party whether they want it."""
    dialogue, side = _mine(request, pk)
    form = MessageForm(*sent(request))
    at_once = bool(rules.may_reopen(request.user, dialogue))
    if request.method != "POST":
        _require_step(request, dialogue, "reopen" if at_once else "ask_again")
    elif form.is_valid() and attempt(
        form, lambda: actions.open_again(request.user, dialogue, **form.cleaned_data), at="uploads"
    ):
        return redirect(_path(dialogue))
    return render(request, "meetings/again.html", {**_step_page(dialogue, side, form), "at_once": at_once})


def _require_step(request: PersonRequest, dialogue: Meeting, step: str) -> None:
    verdict = _steps(request.user, dialogue).get(step)
    if verdict is None:
        raise WrongState
    require(verdict)


def _steps(user: User, dialogue: Meeting) -> dict[str, Verdict]:
    return {transition.name: verdict for transition, verdict in MEETING_STATES.available(user, dialogue)}


def _step_page(dialogue: Meeting, side: MeetingSide, form: Form) -> dict[str, Any]:
    other = dialogue.name_of(side.other)
    return {"meeting": dialogue, "other": other, "form": form, "trail": _trail((other, _path(dialogue)))}


def _trail(*places: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("My overview"), "/min/overblik/"), (_("Dialogues"), reverse("meetings:meetings")), *places]


def open_meeting(request: PersonRequest) -> HttpResponse:
    """Invite or show interest: from a challenge (`sought`), from a solution (`offered`), or from a pair of them."""
    given = _listings({side: key_or_404(key) for side in MeetingSide if (key := request.GET.get(side.value))})
    sought, offered = given.get(MeetingSide.SOUGHT), given.get(MeetingSide.OFFERED)
    if sought and offered:
        return _open_pair(request, sought, offered)
    about = sought or offered
    if about is None:
        raise Http404
    _require_visible(request, about)
    choices = queries.counterparts(request.user, about)
    if not choices.exists():
        return render(
            request,
            "meetings/nothing_to_bring.html",
            {"about": about, "seeks": about.side == Side.OFFERED, "trail": _trail()},
        )
    return _opening_page(request, about, choices)


def _open_pair(request: PersonRequest, sought: Listing, offered: Listing) -> HttpResponse:
    for listing in (sought, offered):
        _require_visible(request, listing)
    existing = queries.meeting_between(sought, offered)
    if existing is not None and rules.may_see(request.user, existing) and request.method != "POST":
        return redirect(_path(existing))
    require(rules.may_open(request.user, sought, offered))
    side = rules.opening_side(request.user, sought, offered)
    about, own = (offered, sought) if side is MeetingSide.SOUGHT else (sought, offered)
    return _opening_page(request, about, Listing.objects.filter(pk=own.pk))


def _opening_page(request: PersonRequest, about: Listing, choices: Any) -> HttpResponse:
    seeks = about.side == Side.OFFERED
    form = OpeningForm(
        *sent(request),
        choices=choices,
        choice_label=_("What do you invite them to?") if seeks else _("What do you offer?"),
    )
    if form.is_valid():
        own = form.cleaned_data.pop("counterpart")
        pair = (own, about) if seeks else (about, own)
        opened = attempt(form, lambda: actions.open_meeting(request.user, *pair, **form.cleaned_data), at="uploads")
        if opened is not None:
            messages.success(request, _("Sent. You are told when they answer."))
            return redirect(_path(opened))
    title = _("Invite") if seeks else _("Show interest")
    return render(
        request,
        "meetings/open.html",
        {
            "form": form,
            "about": about,
            "seeks": seeks,
            "trail": _trail((title, request.get_full_path())),
            **_own(request, form, about, seeks),
        },
    )


def _own(request: PersonRequest, form: OpeningForm, about: Listing, seeks: bool) -> dict[str, Any]:
    """The one listing that the person brings, where there is no choice: why it fits, and whether inviting shows it."""
    if len(form.known) != 1:
        return {"only": None, "fit": None, "discloses": False}
    [only] = form.known
    pair = (only, about) if seeks else (about, only)
    discloses = seeks and only.audience != Audience.PUBLIC
    return {"only": only, "fit": queries.fit_of(request.user, *pair), "discloses": discloses}


def _listings(keys: dict[MeetingSide, int]) -> dict[MeetingSide, Listing]:
    """The listings by side, read together; Http404 where one is not there or is of the other side."""
    found = queries.listings_with_teams(keys.values())
    if any(key not in found or found[key].side != side.value for side, key in keys.items()):
        raise Http404
    return {side: found[key] for side, key in keys.items()}


def _require_visible(request: PersonRequest, listing: Listing) -> None:
    """Who has no part in a listing that is not public does not learn that it is there."""
    if listing.audience != Audience.PUBLIC and not rules.may_bring(request.user, listing):
        raise Http404


def _mine(request: PersonRequest, pk: int) -> tuple[Meeting, MeetingSide]:
    dialogue = queries.meeting_with_parties(pk)
    require(rules.may_see(request.user, dialogue))
    side = rules.side_of(request.user, dialogue)
    if side is None:
        raise AssertionError("may_see allowed somebody without a side")
    return dialogue, side


def _path(dialogue: Meeting) -> str:
    return reverse("meetings:meeting", args=[dialogue.pk])
