"""What the pages share: marks, and the way to a page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fyrtaarn.applications.models import Application
from fyrtaarn.applications.queries import whole
from fyrtaarn.areas.addresses import MunicipalRequest
from fyrtaarn.foundation.files import files_of
from fyrtaarn.people.models import User

from ..actions import criteria_of
from ..models import Assignment, AssignmentState
from ..notices import application_path
from ..queries import remarks_on, shown_to
from ..rules import Sight

STATUS = {
    AssignmentState.ASKED: "warn",
    AssignmentState.READING: "info",
    AssignmentState.DONE: "good",
    AssignmentState.CONFLICT: "neutral",
    AssignmentState.RELEASED: "neutral",
}
Trail = list[tuple[str, str]]


class SignedRequest(HttpRequest):
    """A signed-in person's request."""

    user: User


class PersonRequest(MunicipalRequest):
    """A signed-in person's request for a page of one municipality."""

    user: User


def why_chosen(assignment: Assignment) -> str:
    """In words why she was chosen."""
    if assignment.load is None:
        return assignment.reason or _("Chosen by hand.")
    load = ngettext(
        "Chosen by rule: she had %(count)s application at hand, and nobody who could had fewer.",
        "Chosen by rule: she had %(count)s applications at hand, and nobody who could had fewer.",
        assignment.load,
    ) % {"count": assignment.load}
    if not assignment.shared:
        return load
    shared = ngettext(
        "Her department works with %(count)s of its themes.",
        "Her department works with %(count)s of its themes.",
        assignment.shared,
    ) % {"count": assignment.shared}
    return f"{load} {shared}"


def told_by(application: Application) -> dict[str, Any]:
    """What the page of an application says of it: as it was sent last, with its files."""
    return {"application": application, "whole": whole(application), "files": list(files_of(application))}


def compared(sight: Sight, application: Application) -> dict[str, Any]:
    """What the comparison of assessments shows to who has this sight."""
    criteria, found = criteria_of(application), shown_to(sight, application)
    return {
        "criteria": [(one, [(each, each.scores.get(one.pk)) for each in found]) for one in criteria],
        "assessments": [(each, each.sum_of(criteria)) for each in found],
        "possible": sum(one.weight * one.most for one in criteria),
        "opinions": [each for each in found if each.opinion],
        "discussion": sight.discussion,
        "remarks": list(remarks_on(application)) if sight.discussion else [],
    }


def trail_to_mine(*more: tuple[str, str]) -> Trail:
    return [(_("My overview"), "/min/overblik/"), (_("My assessments"), reverse("assessment:mine")), *more]


def trail_to(request: MunicipalRequest, *more: tuple[str, str]) -> Trail:
    here = request.municipality
    return [(here.label, f"/{here.slug}/"), (_("Assessments"), reverse("assessment:calls", args=[here.slug])), *more]


def trail_to_application(request: MunicipalRequest, application: Application) -> Trail:
    call = application.call
    board = reverse("assessment:board", args=[request.municipality.slug, call.pk])
    return trail_to(request, (call.label, board), (str(application), application_path(application)))
