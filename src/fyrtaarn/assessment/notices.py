"""What assessors, and those who look after a pool, are told."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application
from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import Role, RoleKind, User

from .models import Assignment, AssignmentState, Remark

GROUP = _("Assessing applications")
register(NoticeKind("assessment.asked", _("You are asked to assess an application"), GROUP))
register(NoticeKind("assessment.released", _("You are let off assessing an application"), GROUP))
register(NoticeKind("assessment.due", _("An assessment comes near its day or is late"), GROUP))
register(NoticeKind("assessment.conflict", _("An assessor has a conflict of interest"), GROUP))
register(NoticeKind("assessment.assessed", _("All assessors of an application are done"), GROUP))
register(NoticeKind("assessment.remark", _("Somebody writes in the discussion of an application"), GROUP))

MANAGING = (RoleKind.FUND_MANAGER, RoleKind.MUNICIPALITY_ADMINISTRATOR)


def assignment_path(assignment: Assignment | int) -> str:
    return reverse("assessment:assignment", args=[assignment if isinstance(assignment, int) else assignment.pk])


def application_path(application: Application) -> str:
    """The page from which it is assigned, compared and discussed."""
    return reverse("assessment:application", args=[application.municipality.slug, application.pk])


def tell_asked(assignment: Assignment) -> None:
    params = {**_about(assignment.application), "due": _day(assignment)}
    tell("assessment.asked", [assignment.assessor], path=assignment_path(assignment), params=params)


def tell_released(assignment: Assignment, why: str) -> None:
    params = {**_about(assignment.application), "why": why}
    tell("assessment.released", [assignment.assessor], path=assignment_path(assignment), params=params)


def tell_due(assignment: Assignment, stage: str) -> int:
    """Remind the assessor, once for each stage; returns how many were told."""
    params = {**_about(assignment.application), "due": _day(assignment), "late": stage == "late"}
    once = f"{assignment.pk}:{assignment.due}:{stage}"
    return len(
        tell("assessment.due", [assignment.assessor], path=assignment_path(assignment), params=params, once=once)
    )


def tell_conflict(assignment: Assignment, replacements: list[Assignment], lacking: int) -> None:
    """Tell who was asked instead, and how many assessors the application still lacks; once."""
    application = assignment.application
    params = {
        **_about(application),
        "assessor": str(assignment.assessor),
        "conflict": assignment.conflict,
        "instead": ", ".join(str(one.assessor) for one in replacements),
        "lacking": lacking,
    }
    path, once = application_path(application), str(assignment.pk)
    tell("assessment.conflict", managers_of(application), path=path, params=params, once=once)


def tell_assessed(application: Application, last: datetime) -> None:
    """Tell that all are done, once for each time that the last of them is."""
    path, once = application_path(application), f"{application.pk}:{last.isoformat()}"
    tell("assessment.assessed", managers_of(application), path=path, params=_about(application), once=once)


def tell_remark(remark: Remark) -> None:
    """Tell the other assessors who are done, and those who look after it; each once."""
    application, once = remark.application, str(remark.pk)
    params = {**_about(application), "by": str(remark.by), "text": remark.text}
    done = application.assignments.filter(state=AssignmentState.DONE).exclude(assessor=remark.by)
    colleagues = list(done.select_related("assessor"))
    for one in colleagues:
        tell("assessment.remark", [one.assessor], path=assignment_path(one), params=params, once=once)
    told = {remark.by_id, *(one.assessor_id for one in colleagues)}
    others = [one for one in managers_of(application) if one.pk not in told]
    tell("assessment.remark", others, path=application_path(application), params=params, once=once)


def managers_of(application: Application) -> list[User]:
    """Fund managers, where there are none administrators; not those of the applicant's own team."""
    roles = Role.objects.current().filter(municipality=application.municipality_id, user__is_active=True).order_by()
    team = Membership.objects.current().filter(organisation=application.organisation_id).order_by().values("user")
    for kind in MANAGING:
        holders = Q(pk__in=roles.filter(kind=kind).values("user"))
        found = list(User.objects.filter(holders).exclude(pk__in=team).order_by("pk"))
        if found:
            return found
    return []


def _about(application: Application) -> dict[str, Any]:
    pool = application.call.pool
    return {
        "title": application.title,
        "organisation": application.organisation.name,
        "pool": pool.name,
    }


def _day(assignment: Assignment) -> str:
    return f"{assignment.due.day}.{assignment.due.month}.{assignment.due.year}" if assignment.due else ""
