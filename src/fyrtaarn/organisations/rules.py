"""Who belongs to which organisation today, and what that allows."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import ADMINISTRATOR, holds_role, is_administrator

from .models import MEMBERSHIPS, Claim, Membership, MembershipKind, Organisation, TeamInvitation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def memberships_of(user: "User | AnonymousUser") -> list[Membership]:
    """The person's memberships that hold today; read with the person of a request, else with one query."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if not hasattr(user, "current_memberships"):
        read = getattr(user, "read_memberships", None)
        found = Membership.objects.current().filter(user=user).select_related("organisation__home")
        user.current_memberships = list(found) if read is None else MEMBERSHIPS.objects(read)  # type: ignore[attr-defined]
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


def may_create(user: "User | AnonymousUser") -> Verdict:
    """Anybody with an account may describe an organisation; she becomes its owner."""
    return allowed_if(user.is_authenticated, _("Sign in first, so that we know whose organisation it is."))


def may_edit(user: "User | AnonymousUser", organisation: Organisation) -> Verdict:
    """Its team; and, while it has no team, the administrators of its home municipality."""
    if is_member(user, organisation):
        return ALLOWED
    if is_administrator(user, organisation.home_id) and not has_team(organisation):
        return ALLOWED
    return refused(_("Only those who belong to the organisation can change what it says about itself."))


def may_manage_team(user: "User | AnonymousUser", organisation: Organisation) -> Verdict:
    """Owners invite and take leave of people."""
    return allowed_if(is_owner(user, organisation), _("Only an owner of the organisation can change its team."))


def may_leave(user: "User | AnonymousUser", membership: Membership) -> Verdict:
    """Everybody may leave; owners may see others off. The last owner stays."""
    if not (membership.user_id == user.pk or is_owner(user, membership.organisation_id)):
        return refused(_("Only an owner of the organisation can change its team."))
    if membership.kind == MembershipKind.OWNER and not other_owner(membership):
        return refused(_("An organisation needs an owner. Make another person owner first."))
    return ALLOWED


def may_claim(user: "User | AnonymousUser", organisation: Organisation) -> Verdict:
    """Anybody with an account, as long as nobody has the organisation."""
    if not user.is_authenticated:
        return refused(_("Sign in first, so that we know who you are."))
    return allowed_if(
        not has_team(organisation),
        _("The organisation already has a team. Ask one of its owners to invite you."),
    )


def may_decide_claim(user: "User | AnonymousUser", claim: Claim) -> Verdict:
    """Administrators and community managers of the organisation's home municipality, never on their own claim."""
    if claim.user_id == user.pk:
        return refused(_("You cannot decide on your own request."))
    return may_see_claims(user, claim.organisation.home_id)


def may_see_claims(user: "User | AnonymousUser", municipality: Municipality | int) -> Verdict:
    """Those who decide on claims and verify organisations in a municipality."""
    return allowed_if(
        holds_role(user, ADMINISTRATOR, RoleKind.COMMUNITY_MANAGER, municipality=municipality),
        _("Only the municipality's administrators and community managers can do this."),
    )


def may_withdraw_claim(user: "User | AnonymousUser", claim: Claim) -> Verdict:
    return allowed_if(claim.user_id == user.pk, _("Only the person who asked can withdraw the request."))


def may_verify(user: "User | AnonymousUser", municipality: Municipality) -> Verdict:
    """A municipality verifies in its own name."""
    return may_see_claims(user, municipality)


def verifying_municipalities(user: "User | AnonymousUser") -> list[Municipality]:
    """The open municipalities in whose name the person may verify organisations."""
    if not isinstance(user, User):
        return []
    found = {role.municipality_id: role.municipality for role in user.current_roles if role.municipality.open}
    return [municipality for municipality in found.values() if may_verify(user, municipality)]


def has_team(organisation: Organisation | int) -> bool:
    """Whether anybody belongs to the organisation today."""
    wanted = organisation.pk if isinstance(organisation, Organisation) else organisation
    return Membership.objects.current().filter(organisation_id=wanted).exists()


def other_owner(membership: Membership) -> bool:
    """Whether the organisation has another owner than this one today."""
    owners = Membership.objects.current().filter(organisation_id=membership.organisation_id, kind=MembershipKind.OWNER)
    return owners.exclude(pk=membership.pk).exists()


def may_accept(user: "User | AnonymousUser", invitation: TeamInvitation) -> Verdict:
    """A letter holds once, until it expires, for the person to whom it was sent."""
    if invitation.withdrawn is not None:
        return refused(_("This invitation has been withdrawn. Ask the person who sent it."))
    if invitation.accepted is not None:
        return refused(_("This invitation has already been used."))
    if invitation.expires <= clock.now():
        return refused(_("This invitation has expired. Ask for a new one."))
    if not isinstance(user, User):
        return refused(_("Sign in first, so that we know who you are."))
    return allowed_if(
        user.email.casefold() == invitation.email.casefold(),
        _("This invitation was sent to another e-mail address than the one you are signed in with."),
    )


def needed_in_teams(user: User) -> list[str]:
    """Why she cannot be erased: the organisations that would lose their only owner while others stay in the team."""
    return [
        _("You are the only owner of %(organisation)s. Make another person owner first.")
        % {"organisation": mine.organisation.name}
        for mine in memberships_of(user)
        if mine.kind == MembershipKind.OWNER
        and not other_owner(mine)
        and Membership.objects.current().filter(organisation=mine.organisation).exclude(pk=mine.pk).exists()
    ]
