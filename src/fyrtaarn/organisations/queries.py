"""What pages about organisations read."""

from django.db.models import Q, QuerySet

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.sorting import danish_key

from .models import Claim, ClaimState, Membership, Organisation, TeamInvitation, Verification

MOST_ALIKE = 5
SHORTEST_WORD = 4
COMMON_WORDS = {"foreningen", "fonden", "danmark", "københavn", "koebenhavn", "kolding", "social", "sociale", "aps"}


def my_memberships(user_id: int) -> QuerySet[Membership]:
    """The teams that a person is in today, with their organisations."""
    return Membership.objects.current().filter(user_id=user_id).select_related("organisation__home")


def team_of(organisation: Organisation) -> QuerySet[Membership]:
    """The people of an organisation today, owners first."""
    return Membership.objects.current().filter(organisation=organisation).select_related("user").order_by("-kind", "pk")


def open_invitations(organisation: Organisation) -> QuerySet[TeamInvitation]:
    """Letters that can still be used."""
    return TeamInvitation.objects.filter(
        organisation=organisation, accepted=None, withdrawn=None, expires__gt=clock.now()
    ).order_by("email", "pk")


def alike(name: str, cvr: str = "", leave_out: int = 0) -> QuerySet[Organisation]:
    """At most five organisations that may be the same one: the same number, or a telling word of the name in common."""
    words = [w for w in danish_key(name).split() if len(w) >= SHORTEST_WORD and w not in COMMON_WORDS]
    like = Q(cvr=cvr) if cvr else Q(pk=None)
    for word in words[:6]:
        like |= Q(sort_key__contains=word)
    found = Organisation.objects.filter(like, closed=None).exclude(pk=leave_out).select_related("home")
    return found.order_by("sort_key", "pk")[:MOST_ALIKE]


def waiting_claims(municipality: Municipality) -> QuerySet[Claim]:
    """Claims on the municipality's organisations that wait for a decision, oldest first."""
    return Claim.objects.filter(organisation__home=municipality, state=ClaimState.WAITING).select_related(
        "organisation__home", "user"
    )


def valid_verifications(organisation: Organisation) -> QuerySet[Verification]:
    """Verifications that still hold, newest first."""
    return Verification.objects.filter(organisation=organisation, valid_to__gt=clock.today()).select_related(
        "municipality"
    )
