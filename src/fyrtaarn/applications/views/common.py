"""What the views of applications share."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from fyrtaarn.areas.addresses import MunicipalRequest
from fyrtaarn.foundation.rules import require, require_found
from fyrtaarn.people.models import User

from .. import queries, rules
from ..models import Application

Trail = list[tuple[str, str]]


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User
    htmx: HtmxDetails


class MunicipalPersonRequest(MunicipalRequest):
    """A request of a signed-in person on a page of one municipality."""

    user: User


def application_of(request: PersonRequest | MunicipalPersonRequest, pk: int) -> Application:
    """The application, for who may see it. Raises Refused for everybody else, whether it is there or not."""
    found = require_found(queries.whole_applications().filter(pk=pk).first(), rules.NOT_FOR_YOU)
    require(rules.may_see(request.user, found))
    return found


def application_to_write(request: PersonRequest, pk: int) -> Application:
    """The application with all that it says, for its team as long as they may change it."""
    found = require_found(queries.applications_to_write().filter(pk=pk).first(), rules.NOT_FOR_YOU)
    require(rules.may_change(request.user, found))
    return found


def own_application(request: PersonRequest, pk: int) -> Application:
    """The application, for its team."""
    found = application_of(request, pk)
    require(rules.may_write_for(request.user, found.organisation_id))
    return found


def mine_trail(*steps: tuple[str, str]) -> Trail:
    """The way by my applications."""
    own = reverse("applications:mine") if steps else ""
    return [(_("My overview"), "/min/overblik/"), (_("Applications"), own), *steps]
