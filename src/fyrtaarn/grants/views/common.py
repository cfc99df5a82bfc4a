"""What the pages of grants share."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from fyrtaarn.areas.addresses import MunicipalRequest
from fyrtaarn.foundation.rules import require
from fyrtaarn.people.models import User

from .. import queries, rules
from ..models import Grant, GrantState, InstalmentState
from ..notices import path_of

GRANT_STATUS = {GrantState.ACTIVE: "info", GrantState.COMPLETED: "good", GrantState.ENDED: "neutral"}
INSTALMENT_STATUS = {
    InstalmentState.PLANNED: "neutral",
    InstalmentState.ASKED: "warn",
    InstalmentState.APPROVED: "info",
    InstalmentState.PAID: "good",
    InstalmentState.DROPPED: "neutral",
}
Trail = list[tuple[str, str]]


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User


class OfficeRequest(MunicipalRequest):
    """A signed-in person's request for a page of one municipality."""

    user: User


def grant_of_party(request: PersonRequest, pk: int, grants: QuerySet[Grant] | None = None) -> Grant:
    """The grant for the recipient, the office and the auditors, read with no more than is asked for."""
    found = get_object_or_404(queries.whole_grant() if grants is None else grants, pk=pk)
    require(rules.may_see(request.user, found))
    return found


def trail_to(request: PersonRequest, grant: Grant) -> Trail:
    """From where each side comes to a grant."""
    if rules.receives(request.user, grant):
        return [(_("My grants"), reverse("grants:mine")), (grant.title, path_of(grant))]
    here = grant.municipality
    return [
        (here.label, f"/{here.slug}/"),
        (_("Grants"), reverse("grants:office", args=[here.slug])),
        (grant.title, path_of(grant)),
    ]
