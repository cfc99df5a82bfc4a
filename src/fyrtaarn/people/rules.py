"""Who holds which municipal role today, who may give and end roles, and who may accept an invitation.

Other rooms build their rules on `holds_role`, `is_administrator` and `is_employee`.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.areas.rules import may_administer
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused

from .models import Invitation, InvitationState, Role, RoleKind, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

ADMINISTRATOR = RoleKind.MUNICIPALITY_ADMINISTRATOR
EMPLOYEE_KINDS = frozenset(set(RoleKind) - {RoleKind.COUNCIL_MEMBER, RoleKind.READER, RoleKind.AUDITOR})


def holds_role(
    user: "User | AnonymousUser",
    *kinds: str,
    municipality: Municipality | int | None = None,
    department: Department | int | None = None,
) -> bool:
    """Whether the person holds one of the kinds today, in the municipality and department where they are given.

    A role without a department holds in all departments of its municipality.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    municipality_id = municipality.pk if isinstance(municipality, Municipality) else municipality
    department_id = department.pk if isinstance(department, Department) else department
    return any(
        role.kind in kinds
        and municipality_id in (None, role.municipality_id)
        and (department_id is None or role.department_id in (None, department_id))
        for role in user.current_roles
    )


def is_administrator(user: "User | AnonymousUser", municipality: Municipality | int) -> bool:
    """Whether the person administers the municipality's portal today."""
    municipality_id = municipality.pk if isinstance(municipality, Municipality) else municipality
    return isinstance(user, User) and user.administers(municipality_id)


def is_employee(user: "User | AnonymousUser", municipality: Municipality | int) -> bool:
    """Whether the person works for the municipality today (council members, auditors and readers do not)."""
    return holds_role(user, *EMPLOYEE_KINDS, municipality=municipality)


def holds_national_role(user: "User | AnonymousUser", kind: str) -> bool:
    """Whether the person holds the national role today."""
    return isinstance(user, User) and user.is_active and kind in user.current_national_roles


def may_change_role(user: User, role: Role) -> Verdict:
    """Administrators change the roles of their municipality that have not ended, but not those that a provider gives."""
    verdict = _may_decide_on(user, role)
    if not verdict:
        return verdict
    return allowed_if(
        not role.source,
        _("The role follows from the municipality's own sign-in. Change it there, or end it here and give another."),
    )


def _may_decide_on(user: User, role: Role) -> Verdict:
    verdict = may_administer(user, role.municipality)
    if not verdict:
        return verdict
    return allowed_if(
        role.ends is None or role.ends > clock.today(), _("The role has already ended, so it cannot be changed.")
    )


def may_end_role(user: User, role: Role, on: date) -> Verdict:
    """A role ends today or later, and a municipality always keeps an administrator.

    The one who stays must hold the role on that day and without an end, so that two ends cannot add up to nobody.
    """
    verdict = _may_decide_on(user, role)
    if not verdict:
        return verdict
    if on < max(clock.today(), role.starts):
        return refused(_("A role cannot end before today or before it begins."))
    if role.kind != ADMINISTRATOR:
        return ALLOWED
    others = Role.objects.filter(
        municipality=role.municipality, kind=ADMINISTRATOR, starts__lte=on, ends=None, user__is_active=True
    )
    return allowed_if(
        others.exclude(user=role.user_id).exists(),
        _("The municipality must always have an administrator. Make somebody else administrator first."),
    )


def needed_as_administrator(user: User) -> list[str]:
    """Why she cannot be erased: the municipalities that have no other administrator."""
    mine = Role.objects.current().filter(user=user, kind=ADMINISTRATOR).select_related("municipality").order_by("pk")
    others = Role.objects.current().filter(kind=ADMINISTRATOR, user__is_active=True).exclude(user=user)
    covered = set(others.values_list("municipality", flat=True))
    return [
        _("You are the only administrator of %(place)s. Make somebody else administrator first.")
        % {"place": role.municipality.label}
        for role in mine
        if role.municipality_id not in covered
    ]


REASONS = {
    InvitationState.ACCEPTED: _("The invitation has already been used."),
    InvitationState.WITHDRAWN: _(
        "The invitation has been withdrawn. Ask the municipality if you think it is a mistake."
    ),
    InvitationState.EXPIRED: _("The invitation has expired. Ask the one who invited you to send it again."),
}


def is_open(invitation: Invitation) -> Verdict:
    """Whether the invitation can still be accepted."""
    state = invitation.state
    return ALLOWED if state == InvitationState.WAITING else refused(REASONS[state])


def may_accept(user: User, invitation: Invitation) -> Verdict:
    """An open invitation is for the one whose e-mail address it was sent to."""
    verdict = is_open(invitation)
    if not verdict:
        return verdict
    return allowed_if(
        user.email.casefold() == invitation.email.casefold(),
        _("The invitation is for another e-mail address than the one that you are signed in with."),
    )


def may_handle_invitation(user: User, invitation: Invitation) -> Verdict:
    """Administrators send again and withdraw invitations of their municipality that nobody has accepted."""
    verdict = may_administer(user, invitation.municipality)
    if not verdict:
        return verdict
    handled = invitation.state in (InvitationState.ACCEPTED, InvitationState.WITHDRAWN)
    return refused(REASONS[invitation.state]) if handled else ALLOWED
