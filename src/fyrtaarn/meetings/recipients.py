"""Whom a party's news goes to."""

from collections.abc import Collection

from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import Role, RoleKind, User

from .kinds import contact_of
from .models import Meeting, MeetingSide
from .rules import DEPARTMENT_KINDS, sides_of


def people_of(meeting: Meeting, side: MeetingSide) -> list[User]:
    """An organisation's whole team; in a department the contact and those who have taken part, else the department."""
    if side is not meeting.municipal_side:
        return team_of(meeting.organisation_id)
    departments = {meeting.department_id, *meeting.listing_of(side).departments}
    return _taking_part(meeting, side) or people_of_departments(meeting.municipality_id, departments)


def team_of(organisation: int) -> list[User]:
    """All who belong to the organisation today."""
    team = Membership.objects.current().filter(organisation=organisation).order_by()
    return list(User.objects.filter(pk__in=team.values("user"), is_active=True).order_by("pk"))


def people_of_departments(municipality: int, departments: Collection[int]) -> list[User]:
    """All who hold a role in one of the departments; where nobody does, the municipality's community managers."""
    roles = Role.objects.current().filter(municipality=municipality, user__is_active=True).order_by()
    own = roles.filter(kind__in=DEPARTMENT_KINDS, department__in=departments)
    leaders = roles.filter(kind=RoleKind.COMMUNITY_MANAGER, department=None)
    holders = own if own.exists() else leaders
    return list(User.objects.filter(pk__in=holders.values("user")).order_by("pk"))


def _taking_part(meeting: Meeting, side: MeetingSide) -> list[User]:
    authors = meeting.messages.filter(side=side).order_by().values("author")
    people = {user.pk: user for user in User.objects.filter(pk__in=authors, is_active=True).order_by("pk")}
    contact = contact_of(meeting.listing_of(side))
    if contact is not None:
        people.setdefault(contact.pk, contact)
    return [user for user in people.values() if side in sides_of(user, meeting)]
