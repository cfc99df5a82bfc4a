"""Meetings: the list, the calendar, one meeting with its agenda, and what the secretary does with it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.calendars import Event, calendar_response
from fyrtaarn.foundation.files import files_of, files_of_each
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import require

from .. import actions, queries, rules
from ..forms import ItemForm, MeetingForm, ReasonForm, initial_of_meeting
from ..models import AgendaItem, CouncilMeeting, CouncilMeetingState, MinutesState
from ..notices import path_of_meeting
from .common import CouncilRequest, PersonRequest, Trail, of_secretary, open_to_all, trail_to

STATUS = {
    CouncilMeetingState.DRAFT: "neutral",
    CouncilMeetingState.CALLED: "info",
    CouncilMeetingState.CANCELLED: "bad",
}


@require_safe
@open_to_all
def meetings(request: CouncilRequest) -> HttpResponseBase:
    """The council's meetings, the latest first."""
    inside = rules.is_inside(request.user, request.council)
    page = ListPage(
        request,
        queries.meetings_of(request.council, inside=inside),
        name=_("Meetings"),
        columns=(
            Column(_("Meeting"), "title", link=path_of_meeting),
            Column(_("When"), "starts"),
            Column(_("Place"), "place"),
            Column(_("State"), state_in_words),
        ),
        sorts=(Sort("seneste", _("Latest first"), ("-starts",)), Sort("foerste", _("First first"), ("starts",))),
        filters=(choice_filter("aar", _("Year"), "starts__year", _years(request)),),
        search=("title",),
    )
    context = {"runs": bool(rules.may_run(request.user, request.council)), "council": request.council}
    return page.respond("council/meetings.html", {**context, "trail": trail_to(request, (_("Meetings"), ""))})


def _years(request: CouncilRequest) -> list[tuple[int, str]]:
    return [(year, str(year)) for year in queries.years_of(request.council)]


def state_in_words(meeting: CouncilMeeting) -> str:
    """The state, and whether a called meeting has been held."""
    if meeting.state == CouncilMeetingState.CALLED and meeting.ends <= clock.now():
        return _("Held")
    return str(meeting.get_state_display())


@require_safe
@open_to_all
def calendar(request: CouncilRequest) -> HttpResponse:
    """All called meetings, also the cancelled ones, for people's own calendars."""
    shown = queries.meetings_of(request.council, inside=False).order_by("starts", "pk")
    return calendar_response([event_of(meeting) for meeting in shown], request.council.name, "raad.ics")


@require_safe
@open_to_all
def calendar_of_one(request: CouncilRequest, pk: int) -> HttpResponse:
    """One meeting for people's own calendars."""
    found = queries.meeting_of(request.council, pk)
    require(rules.may_see_meeting(request.user, found))
    return calendar_response([event_of(found)], request.council.name, f"raad-{found.day}.ics")


def event_of(meeting: CouncilMeeting) -> Event:
    return Event(
        key=f"council-meeting-{meeting.pk}",
        title=f"{meeting.title} ({meeting.council.name})",
        starts=meeting.starts,
        ends=meeting.ends,
        path=path_of_meeting(meeting),
        place=meeting.place,
        revision=meeting.version,
        cancelled=meeting.state == CouncilMeetingState.CANCELLED,
    )


@require_safe
@open_to_all
def meeting(request: CouncilRequest, pk: int) -> HttpResponse:
    """One meeting: when, where, the agenda with its papers, the minutes."""
    found = queries.meeting_of(request.council, pk)
    require(rules.may_see_meeting(request.user, found))
    items = list(found.items.all())
    papers = files_of_each(items)
    wordings = queries.wordings_of(found)
    context = {
        "council": request.council,
        "meeting": found,
        "status": STATUS[CouncilMeetingState(found.state)],
        "state": state_in_words(found),
        "items": [(item, papers[item.pk]) for item in items],
        "approved": next((w for w in wordings if w.state == MinutesState.APPROVED), None),
        "waiting": next((w for w in wordings if w.state == MinutesState.WAITING), None),
        "earlier": [w for w in wordings if w.state == MinutesState.REPLACED],
        "may_prepare": bool(rules.may_prepare(request.user, found)),
        "may_write": bool(rules.may_write_minutes(request.user, found)),
        "trail": _trail(request, (found.title, "")),
    }
    return render(request, "council/meeting.html", context)


@of_secretary
def plan(request: PersonRequest) -> HttpResponse:
    """Begin a meeting."""
    form = MeetingForm(*sent(request), initial={"version": 0})
    return form_page(
        request,
        form,
        lambda: actions.plan_meeting(request.user, request.council, form.values),
        title=_("New meeting"),
        back=reverse("council:meetings", args=[request.municipality.slug]),
        onwards=path_of_meeting,
        done=_("Only you and the members see it yet. Write the agenda, and then call the meeting."),
        trail=_trail(request),
    )


@of_secretary
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change when and where."""
    found = queries.meeting_of(request.council, pk)
    require(rules.may_prepare(request.user, found))
    form = MeetingForm(*sent(request), initial=initial_of_meeting(found))
    return form_page(
        request,
        form,
        lambda: actions.change_meeting(request.user, found, form.values, form.cleaned_data["version"]),
        title=_("Change the meeting"),
        back=path_of_meeting(found),
        done=_("Saved."),
        trail=_trail(request, (found.title, path_of_meeting(found))),
        stored=lambda current: MeetingForm(initial=initial_of_meeting(current)),
    )


@require_POST
@of_secretary
def call(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the meeting to everybody and tell the members."""
    found = queries.meeting_of(request.council, pk)
    actions.call_meeting(request.user, found)
    messages.success(request, _("The meeting is called. Everybody can see it, and the members have been told."))
    return redirect(path_of_meeting(found))


@of_secretary
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Cancel a called meeting."""
    found = queries.meeting_of(request.council, pk)
    require(rules.may_prepare(request.user, found))
    form = ReasonForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.cancel_meeting(request.user, found, form.cleaned_data["reason"]),
        title=_("Cancel the meeting"),
        back=path_of_meeting(found),
        done=_("The meeting is cancelled, and the members have been told."),
        trail=_trail(request, (found.title, path_of_meeting(found))),
    )


@of_secretary
def add_item(request: PersonRequest, pk: int) -> HttpResponse:
    """Put something on the agenda."""
    found = queries.meeting_of(request.council, pk)
    require(rules.may_prepare(request.user, found))
    form = ItemForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.add_item(request.user, found, **form.cleaned_data),
        title=_("New item"),
        back=path_of_meeting(found),
        done=_("It is on the agenda."),
        trail=_trail(request, (found.title, path_of_meeting(found))),
    )


@of_secretary
def edit_item(request: PersonRequest, pk: int, item: int) -> HttpResponse:
    """Change an item, and its papers."""
    found = _item(request, pk, item)
    require(rules.may_prepare(request.user, found.meeting))
    form = ItemForm(*sent(request), initial={"title": found.title, "text": found.text})
    back = path_of_meeting(found.meeting)
    if request.method == "POST":
        return form_page(
            request,
            form,
            lambda: actions.change_item(request.user, found, **form.cleaned_data),
            title=_("Change the item"),
            back=back,
            done=_("Saved."),
            trail=_trail(request, (found.meeting.title, back)),
        )
    context = {
        "form": form,
        "item": found,
        "papers": list(files_of(found)),
        "back": back,
        "trail": _trail(request, (found.meeting.title, back), (_("Change the item"), "")),
    }
    return render(request, "council/item.html", context)


@require_POST
@of_secretary
def remove_item(request: PersonRequest, pk: int, item: int) -> HttpResponse:
    """Take something off the agenda."""
    found = _item(request, pk, item)
    actions.remove_item(request.user, found)
    messages.success(request, _("It is off the agenda."))
    return redirect(path_of_meeting(found.meeting))


@require_POST
@of_secretary
def move_item_up(request: PersonRequest, pk: int, item: int) -> HttpResponse:
    """Let an item change places with the one before it."""
    found = _item(request, pk, item)
    actions.move_item_up(request.user, found)
    return redirect(path_of_meeting(found.meeting))


@require_POST
@of_secretary
def remove_paper(request: PersonRequest, pk: int, item: int, paper: int) -> HttpResponse:
    """Take a paper off an item."""
    found = _item(request, pk, item)
    actions.remove_paper(request.user, found, get_object_or_404(files_of(found), pk=paper))
    messages.success(request, _("The paper is removed."))
    return redirect("council:item-edit", request.municipality.slug, pk, item)


def _item(request: CouncilRequest, pk: int, item: int) -> AgendaItem:
    meeting = queries.meeting_of(request.council, pk)
    found = get_object_or_404(AgendaItem, pk=item, meeting=meeting)
    found.meeting = meeting
    return found


def _trail(request: CouncilRequest, *more: tuple[str, str]) -> Trail:
    return trail_to(request, (_("Meetings"), reverse("council:meetings", args=[request.municipality.slug])), *more)
