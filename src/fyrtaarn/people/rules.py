"""Who holds which municipal role today. Other rooms build their rules on these."""

from typing import TYPE_CHECKING

from fyrtaarn.areas.models import Department, Municipality

from .models import RoleKind, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

ADMINISTRATOR = RoleKind.MUNICIPALITY_ADMINISTRATOR
EMPLOYEE_KINDS = frozenset(set(RoleKind) - {RoleKind.COUNCIL_MEMBER, RoleKind.READER})


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
    return holds_role(user, ADMINISTRATOR, municipality=municipality)


def is_employee(user: "User | AnonymousUser", municipality: Municipality | int) -> bool:
    """Whether the person works for the municipality today (council members and readers do not)."""
    return holds_role(user, *EMPLOYEE_KINDS, municipality=municipality)
