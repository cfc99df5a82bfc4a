"""Who belongs to which organisation today, and what that allows."""

from typing import TYPE_CHECKING

from fyrtaarn.people.models import User

from .models import Membership, MembershipKind, Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def memberships_of(user: "User | AnonymousUser") -> list[Membership]:
    """The person's memberships that hold today; one query a request."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if not hasattr(user, "current_memberships"):
        found = Membership.objects.current().filter(user=user).select_related("organisation")
        user.current_memberships = list(found)  # type: ignore[attr-defined]
    memberships: list[Membership] = user.current_memberships  # type: ignore[attr-defined]
    return memberships


def is_member(user: "User | AnonymousUser", organisation: Organisation | int) -> bool:
    """Whether the person is in the organisation's team today, as owner or member."""
    wanted = organisation.pk if isinstance(organisation, Organisation) else organisation
    return any(membership.organisation_id == wanted for membership in memberships_of(user))


def is_owner(user: "User | AnonymousUser", organisation: Organisation | int) -> bool:
    """Whether the person is an owner of the organisation today."""
    wanted = organisation.pk if isinstance(organisation, Organisation) else organisation
    return any(m.organisation_id == wanted and m.kind == MembershipKind.OWNER for m in memberships_of(user))
