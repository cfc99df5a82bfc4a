"""What the council's people, departments and proposers are told, and the letters to those without an account."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.mail import write_mail
from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.foundation.notices import NoticeKind, address, register, tell
from fyrtaarn.people.models import User

from .models import Advice, AdviceProgress, AgendaProposal, CouncilMeeting, CouncilMember, MinutesWording
from .recipients import council_of, members_of, people_of_department, secretaries_of

GROUP = _("The social enterprise council")
register(NoticeKind("council.seated", _("You get a seat in the council"), GROUP))
register(NoticeKind("council.proposed", _("Somebody proposes something for the council's agenda"), GROUP))
register(NoticeKind("council.decided", _("Your proposal to the council is decided on"), GROUP))
register(NoticeKind("council.called", _("A meeting of the council is called, changed or cancelled"), GROUP))
register(NoticeKind("council.minutes", _("Minutes wait for your approval"), GROUP))
register(NoticeKind("council.remark", _("A member wants the minutes to be different"), GROUP))
register(NoticeKind("council.approved", _("Minutes are approved"), GROUP, rhythm=Rhythm.DAILY))
register(NoticeKind("council.advice", _("The council gives your department advice"), GROUP))
register(NoticeKind("council.due", _("An answer to the council comes near its deadline or is late"), GROUP))
register(NoticeKind("council.answered", _("A department answers the council's advice"), GROUP))
register(NoticeKind("council.progress", _("A department tells what has come of advice"), GROUP, rhythm=Rhythm.DAILY))


def tell_seated(member: CouncilMember) -> None:
    council = member.seat.council
    path = reverse("council:council", args=[council.municipality.slug])
    tell(
        "council.seated", [member.user], path=path, params={"council": council.name, "day": day_in_words(member.starts)}
    )


def tell_proposed(proposal: AgendaProposal) -> None:
    params = {"title": proposal.title, "who": proposal.from_whom}
    tell("council.proposed", secretaries_of(proposal.council), path=path_of_proposal(proposal), params=params)


def tell_decided(proposal: AgendaProposal) -> None:
    """Tell the proposer, by letter where she has no account."""
    accepted = proposal.state == "accepted"
    params = {
        "title": proposal.title,
        "council": proposal.council.name,
        "accepted": accepted,
        "reason": proposal.reason,
    }
    if proposal.proposer is not None:
        tell("council.decided", [proposal.proposer], path=path_of_proposal(proposal), params=params)
    else:
        _write_letter(proposal, "decided", params)


def ask_to_confirm(proposal: AgendaProposal) -> None:
    """Send the letter by which the proposer shows that the address is hers."""
    _write_letter(proposal, "confirm", {"title": proposal.title, "council": proposal.council.name})


def tell_called(meeting: CouncilMeeting, by: User, news: str) -> None:
    """Tell the members that a meeting is `called`, `changed` or `cancelled`."""
    params = {
        "title": meeting.title,
        "council": meeting.council.name,
        "when": f"{meeting.starts.astimezone(clock.COPENHAGEN):%d.%m.%Y %H:%M}",
        "place": meeting.place,
        "news": news,
        "why": meeting.cancelled_why,
    }
    _tell("called", members_of(meeting.council), by, path_of_meeting(meeting), params)


def tell_minutes(wording: MinutesWording, by: User) -> None:
    meeting = wording.meeting
    params = {"title": meeting.title, "correction": wording.correction}
    _tell("minutes", members_of(meeting.council, meeting.day), by, path_of_minutes(wording), params)


def tell_remark(wording: MinutesWording, by: User, remark: str) -> None:
    params = {"title": wording.meeting.title, "who": str(by), "remark": remark}
    _tell("remark", secretaries_of(wording.meeting.council), by, path_of_minutes(wording), params)


def tell_approved(wording: MinutesWording) -> None:
    params = {"title": wording.meeting.title, "yes": wording.yes_count, "members": wording.member_count}
    tell("council.approved", council_of(wording.meeting.council), path=path_of_minutes(wording), params=params)


def tell_advice(advice: Advice, by: User) -> None:
    _tell("advice", people_of_department(advice.department), by, path_of_advice(advice), _about(advice))


def tell_due(advice: Advice, stage: str) -> int:
    """Remind the department, once for each stage (such as "ahead" or "late 14"); returns how many were told."""
    told = tell(
        "council.due",
        people_of_department(advice.department),
        path=path_of_advice(advice),
        params={**_about(advice), "late": advice.days_late},
        once=f"{advice.pk}:{advice.due}:{stage}",
    )
    return len(told)


def tell_answered(advice: Advice, by: User) -> None:
    params = {**_about(advice), "stance": advice.stance, "late": advice.days_late}
    _tell("answered", council_of(advice.council), by, path_of_advice(advice), params)


def tell_progress(progress: AdviceProgress) -> None:
    advice = progress.advice
    params = {**_about(advice), "course": progress.course}
    _tell("progress", council_of(advice.council), progress.by, path_of_advice(advice), params)


def path_of_proposal(proposal: AgendaProposal) -> str:
    return reverse("council:proposal", args=[proposal.council.municipality.slug, proposal.pk])


def path_of_letter(proposal: AgendaProposal) -> str:
    return reverse("council:letter", args=[proposal.council.municipality.slug, proposal.token])


def path_of_meeting(meeting: CouncilMeeting) -> str:
    return reverse("council:meeting", args=[meeting.council.municipality.slug, meeting.pk])


def path_of_minutes(wording: MinutesWording) -> str:
    meeting = wording.meeting
    return reverse("council:minutes", args=[meeting.council.municipality.slug, meeting.pk, wording.number])


def path_of_advice(advice: Advice) -> str:
    return reverse("council:advice", args=[advice.council.municipality.slug, advice.pk])


def day_in_words(day: date) -> str:
    """A day as both languages read it."""
    return f"{day:%d.%m.%Y}"


def _about(advice: Advice) -> dict[str, Any]:
    due = day_in_words(advice.due) if advice.due else ""
    return {"title": advice.title, "council": advice.council.name, "department": advice.department.name, "due": due}


def _tell(name: str, people: Iterable[User], by: User, path: str, params: dict[str, Any]) -> None:
    tell(f"council.{name}", [person for person in people if person.pk != by.pk], path=path, params=params)


def _write_letter(proposal: AgendaProposal, name: str, params: dict[str, Any]) -> None:
    with translation.override(proposal.language):
        words = render_to_string(
            f"council/mail/{name}.txt",
            {**params, "name": proposal.name, "address": address(path_of_letter(proposal))},
        )
    subject, _newline, text = words.strip().partition("\n")
    key = f"council-proposal-{proposal.pk}-{name}"
    write_mail(key=key, recipient=proposal.email, subject=subject, text=text.strip())
