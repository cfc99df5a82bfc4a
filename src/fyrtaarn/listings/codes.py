"""Codes: everything that a listing can be filtered by and seen through, in one array.

`theme:12`, `for:3` (target group), `goal:8`, `district:4`, `department:7`, `state:published`, `stage:proven`,
`capacity:some`, `organisation:9`, `kind:solution`, `in:5` or `in:all` (where it is delivered),
and who may see it: `see:all`, `see:employee:5` (municipality), `see:member:9` (organisation).
"""

from typing import TYPE_CHECKING

from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import EMPLOYEE_KINDS

from .models import Audience, Listing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SEEN = "see:"
EVERYBODY = "see:all"
EVERYWHERE = "in:all"


def codes_of(listing: Listing) -> list[str]:
    """The codes of a listing from its other fields, sorted."""
    codes = {f"kind:{listing.kind}", seen_through(listing)}
    if listing.delivers_everywhere:
        codes.add(EVERYWHERE)  # alone, so that the counts of `in:5` and `in:all` can be added
    else:
        codes.update(f"in:{pk}" for pk in (listing.municipality_id, *listing.delivers_in))
    for family, values in (
        ("theme", listing.themes),
        ("for", listing.target_groups),
        ("goal", listing.goals),
        ("district", listing.districts),
        ("department", listing.departments),
    ):
        codes.update(f"{family}:{value}" for value in values)
    for family, word in (("state", listing.state), ("stage", listing.stage), ("capacity", listing.capacity)):
        if word:
            codes.add(f"{family}:{word}")
    if listing.organisation_id:
        codes.add(f"organisation:{listing.organisation_id}")
    return sorted(codes)


def seen_through(listing: Listing) -> str:
    """The code that a person must hold to see the listing."""
    if listing.audience == Audience.PUBLIC:
        return EVERYBODY
    if listing.audience == Audience.OWNERS and listing.organisation_id:
        return f"see:member:{listing.organisation_id}"
    return f"see:employee:{listing.municipality_id}"


def seeing(user: "User | AnonymousUser | None") -> tuple[str, ...]:
    """The codes through which a person sees listings; None is somebody signed out."""
    codes = {EVERYBODY}
    if isinstance(user, User) and user.is_active:
        employers = {role.municipality_id for role in user.current_roles if role.kind in EMPLOYEE_KINDS}
        codes.update(f"see:employee:{pk}" for pk in employers)
        codes.update(f"see:member:{membership.organisation_id}" for membership in memberships_of(user))
    return tuple(sorted(codes))
