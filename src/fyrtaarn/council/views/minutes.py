"""Minutes: written and corrected by the secretary, approved by the members, read by everybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fyrtaarn.foundation.form_pages import attempt, form_page, sent
from fyrtaarn.foundation.rules import require

from .. import actions, queries, rules
from ..forms import CorrectionForm, MinutesAnswerForm, MinutesForm
from ..models import CouncilMember, MinutesState, MinutesWording
from ..notices import path_of_meeting, path_of_minutes
from .common import CouncilRequest, PersonRequest, Trail, of_secretary, open_to_all, trail_to

STATUS = {MinutesState.WAITING: "warn", MinutesState.APPROVED: "good", MinutesState.REPLACED: "neutral"}


@open_to_all
def minutes(request: CouncilRequest, pk: int, number: int) -> HttpResponse:
    """One wording; the members say yes or what should be different."""
    wording = queries.wording_of(queries.meeting_of(request.council, pk), number)
    require(rules.may_see_minutes(request.user, wording))
    may_answer = rules.may_answer_minutes(request.user, wording)
    answers = queries.answers_to(wording)
    mine = next((answer for answer in answers if answer.member.user_id == request.user.pk), None)
    initial = {"approves": "ja" if mine.approves else "nej", "remark": mine.remark} if mine else {}
    form = MinutesAnswerForm(*sent(request), initial=initial)
    if request.method == "POST":
        require(may_answer)
        if form.is_valid() and (done := attempt(form, lambda: _answer(request, wording, form))):
            messages.success(request, _told(done))
            return redirect(path_of_minutes(wording))
    meeting = wording.meeting
    context = {
        "meeting": meeting,
        "wording": wording,
        "status": STATUS[MinutesState(wording.state)],
        "answers": answers,
        "members": CouncilMember.objects.on(meeting.day).filter(seat__council=request.council).count(),
        "yes": sum(answer.approves for answer in answers),
        "may_answer": bool(may_answer),
        "form": form,
        "trail": _trail(request, wording),
    }
    return render(request, "council/minutes.html", context, status=422 if form.errors else 200)


def _answer(request: CouncilRequest, wording: MinutesWording, form: MinutesAnswerForm) -> MinutesWording:
    return actions.answer_minutes(request.user, wording, **form.cleaned_data)  # type: ignore[arg-type]


def _told(wording: MinutesWording) -> str:
    if wording.state == MinutesState.APPROVED:
        return _("Thank you. The minutes are now approved, and everybody can read them.")
    return _("Thank you. Your answer is noted.")


@of_secretary
def write(request: PersonRequest, pk: int) -> HttpResponse:
    """Write the minutes, or correct them with a new wording."""
    meeting = queries.meeting_of(request.council, pk)
    require(rules.may_write_minutes(request.user, meeting))
    latest = next(iter(queries.wordings_of(meeting)), None)
    initial = {"text": latest.text, "latest": latest.number} if latest else {"latest": 0}
    form = (CorrectionForm if latest else MinutesForm)(*sent(request), initial=initial)
    return form_page(
        request,
        form,
        lambda: actions.write_minutes(
            request.user,
            meeting,
            form.cleaned_data["text"],
            form.cleaned_data.get("correction", ""),
            form.cleaned_data["latest"],
        ),
        title=_("Correct the minutes") if latest else _("Write the minutes"),
        lead=_("Those who were members on the day are asked to approve it. More than half of them must say yes."),
        submit=_("Put it to the members"),
        back=path_of_meeting(meeting),
        onwards=path_of_minutes,
        done=_("The members have been asked to approve the minutes."),
        trail=_meetings(request, (meeting.title, path_of_meeting(meeting))),
    )


def _meetings(request: CouncilRequest, *more: tuple[str, str]) -> Trail:
    return trail_to(request, (_("Meetings"), reverse("council:meetings", args=[request.municipality.slug])), *more)


def _trail(request: CouncilRequest, wording: MinutesWording) -> Trail:
    meeting = wording.meeting
    return _meetings(request, (meeting.title, path_of_meeting(meeting)), (_("Minutes"), ""))
