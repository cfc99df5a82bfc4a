"""Whom a party's news goes to."""

from django.db.models import Q

from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import Role, RoleKind, User

from .kinds import contact_of
from .models import Meeting, MeetingSide
from .rules import DEPARTMENT_KINDS, sides_of


def people_of(meeting: Meeting, side: MeetingSide) -> list[User]:
    """An organisation's whole team; in a department the contact and those who have taken part.

    Where a department has neither, all who hold a role in it, and where nobody does, the municipality's community
    managers.
    """
    if side is not meeting.municipal_side:
        team = Membership.objects.current().filter(organisation=meeting.organisation_id)
        return list(User.objects.filter(pk__in=team.order_by().values("user"), is_active=True).order_by("pk"))
    return _taking_part(meeting, side) or _holding_roles(meeting)


def _taking_part(meeting: Meeting, side: MeetingSide) -> list[User]:
    authors = meeting.messages.filter(side=side).order_by().values("author")
    people = {user.pk: user for user in User.objects.filter(pk__in=authors, is_active=True).order_by("pk")}
    contact = contact_of(meeting.listing_of(side))
    if contact is not None:
        people.setdefault(contact.pk, contact)
    return [user for user in people.values() if side in sides_of(user, meeting)]


def _holding_roles(meeting: Meeting) -> list[User]:
    departments = {meeting.department_id, *meeting.listing_of(meeting.municipal_side).departments}
    roles = Role.objects.current().filter(municipality=meeting.municipality_id, user__is_active=True)
    own = roles.filter(kind__in=DEPARTMENT_KINDS, department__in=departments)
    leaders = roles.filter(Q(department=None), kind=RoleKind.COMMUNITY_MANAGER)
    holders = own if own.exists() else leaders
    return list(User.objects.filter(pk__in=holders.order_by().values("user")).order_by("pk"))
