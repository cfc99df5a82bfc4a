"""What applicants, those who decide and those who look after a pool are told about decisions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application
from fyrtaarn.assessment.notices import managers_of
from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.meetings.recipients import team_of
from fyrtaarn.people.models import User
from fyrtaarn.pools.models import Duty
from fyrtaarn.pools.queries import people_with

from ..models import Complaint, Decision, Hearing
from . import rules

GROUP = _("Decisions on applications")
register(NoticeKind("grants.proposed", _("A decision waits for your yes"), GROUP))
register(NoticeKind("grants.taken_back", _("A decision is taken back to the draft"), GROUP))
register(NoticeKind("grants.hearing", _("You are asked before your application is decided"), GROUP))
register(NoticeKind("grants.hearing_due", _("Your answer before a decision is due soon"), GROUP))
register(NoticeKind("grants.heard", _("An applicant has answered before a decision"), GROUP))
register(NoticeKind("grants.decided", _("Your application has been decided"), GROUP))
register(NoticeKind("grants.complaint", _("An applicant complains of a decision"), GROUP))
register(NoticeKind("grants.complaint_due", _("A complaint waits for an answer"), GROUP))
register(NoticeKind("grants.complaint_answered", _("Your complaint has been answered"), GROUP))


def decision_path(decision: Decision) -> str:
    """The page of those who draft and decide."""
    return reverse("decisions:decision", args=[decision.application.municipality.slug, decision.pk])


def own_path(decision: Decision) -> str:
    """The applicant's page."""
    return reverse("decisions:own", args=[decision.pk])


def hearing_path(hearing: Hearing) -> str:
    return reverse("decisions:hearing", args=[hearing.pk])


def tell_proposed(decision: Decision) -> None:
    """Tell those who can say yes."""
    people = [
        one
        for one in people_with(decision.application.call.pool, Duty.DECIDER)
        if not (decision.second_needed and one.pk == decision.drafted_by_id)
        and rules.is_impartial(one, decision.application)
    ]
    tell("grants.proposed", people, path=decision_path(decision), params=_about(decision.application))


def tell_taken_back(decision: Decision, by: User, why: str) -> None:
    params = {**_about(decision.application), "by": str(by), "why": why}
    _tell("taken_back", [decision.drafted_by], decision_path(decision), params, by)


def tell_hearing(hearing: Hearing) -> None:
    tell("grants.hearing", _team(hearing.application), path=hearing_path(hearing), params=_of_hearing(hearing))


def tell_hearing_due(hearing: Hearing) -> int:
    """Remind the applicant once; returns how many were told."""
    path, params = hearing_path(hearing), _of_hearing(hearing)
    return len(tell("grants.hearing_due", _team(hearing.application), path=path, params=params, once=str(hearing.pk)))


def tell_heard(hearing: Hearing) -> None:
    """Tell those who look after the pool. For the worker: the applicant does not see the draft."""
    path = decision_path(hearing.decision)
    tell("grants.heard", managers_of(hearing.application), path=path, params=_about(hearing.application))


def tell_decided(decision: Decision) -> None:
    """Tell the applicant: of the decision and, where there is one, of the grant, in one letter."""
    params = {**_about(decision.application), "outcome": decision.outcome, "granted": decision.oere}
    tell("grants.decided", _team(decision.application), path=own_path(decision), params=params)


def tell_complaint(complaint: Complaint) -> None:
    params = {**_about(complaint.decision.application), "text": complaint.text}
    tell("grants.complaint", _who_answers(complaint), path=decision_path(complaint.decision), params=params)


def tell_complaint_due(complaint: Complaint, *, late: bool) -> int:
    """Remind those who can answer once before the day and once after it; returns how many were told."""
    path, people = decision_path(complaint.decision), _who_answers(complaint)
    params = {**_about(complaint.decision.application), "due": _day(complaint.due), "late": late}
    return len(tell("grants.complaint_due", people, path=path, params=params, once=f"{complaint.pk} {late}"))


def tell_complaint_answered(complaint: Complaint) -> None:
    params = {**_about(complaint.decision.application), "state": complaint.state, "answer": complaint.answer}
    people = _team(complaint.decision.application)
    tell("grants.complaint_answered", people, path=own_path(complaint.decision), params=params)


def _team(application: Application) -> list[User]:
    return team_of(application.organisation_id)


def _who_answers(complaint: Complaint) -> list[User]:
    """Those who may answer; where nobody may, all who look after the pool or decide, so that they find somebody."""
    application = complaint.decision.application
    people = {one.pk: one for one in (*managers_of(application), *people_with(application.call.pool, Duty.DECIDER))}
    able = [one for one in people.values() if rules.may_answer_complaint(one, complaint)]
    return able or list(people.values())


def _of_hearing(hearing: Hearing) -> dict[str, Any]:
    return {**_about(hearing.application), "due": _day(hearing.due)}


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _about(application: Application) -> dict[str, Any]:
    return {
        "title": application.title,
        "organisation": application.organisation.name,
        "pool": application.call.pool.name,
    }


def _tell(name: str, people: Iterable[User], path: str, params: dict[str, Any], by: User) -> None:
    """Tell people but for the one who did it."""
    tell(f"grants.{name}", [one for one in people if one.pk != by.pk], path=path, params=params)
