"""Who is told, and who can be chosen as contact."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from fyrtaarn.areas.models import Municipality
from fyrtaarn.meetings.errands import organisations_in_dialogue
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import Role, User

from ..rules.challenges import EDITING_KINDS, LEADING_KINDS

if TYPE_CHECKING:
    from ..models import Challenge


def writers_of(departments: Iterable[int]) -> QuerySet[User]:
    """Those who write for one of the departments today."""
    roles = Role.objects.current().filter(kind__in=EDITING_KINDS, department__in=list(departments))
    return User.objects.filter(is_active=True, pk__in=roles.order_by().values("user")).order_by("pk")


def possible_contacts(municipality: Municipality) -> QuerySet[User]:
    """Those who write challenges in the municipality today, by name."""
    roles = Role.objects.current().filter(municipality=municipality, kind__in=(*EDITING_KINDS, *LEADING_KINDS))
    return User.objects.filter(is_active=True, pk__in=roles.order_by().values("user")).order_by("name", "pk")


def team_of(organisation: int) -> QuerySet[User]:
    """The organisation's team today."""
    memberships = Membership.objects.current().filter(organisation=organisation)
    return User.objects.filter(is_active=True, pk__in=memberships.order_by().values("user")).order_by("pk")


def in_dialogue_about(challenge: "Challenge") -> QuerySet[User]:
    """The teams of the organisations that are in dialogue about the challenge today."""
    organisations = organisations_in_dialogue("challenge", challenge.pk)
    memberships = Membership.objects.current().filter(organisation__in=organisations)
    return User.objects.filter(is_active=True, pk__in=memberships.order_by().values("user")).order_by("pk")
