"""For whom a person speaks today, as sets of primary keys that a query can use."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import ADMINISTRATOR, EMPLOYEE_KINDS

from .rules import DEPARTMENT_KINDS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True)
class Standing:
    """Departments and organisations for which a person speaks, and the municipalities where she has a place."""

    departments: frozenset[int] = frozenset()
    whole_municipalities: frozenset[int] = frozenset()  # all departments of these
    organisations: frozenset[int] = frozenset()
    employed_in: frozenset[int] = frozenset()
    administers: frozenset[int] = frozenset()

    def of_department(self, prefix: str) -> Q:
        """Condition: she speaks for the department reached through `prefix` ("department", "parties__department")."""
        return Q(**{f"{prefix}__in": self.departments}) | Q(
            **{f"{prefix}__municipality__in": self.whole_municipalities}
        )


def standing_of(user: "User | AnonymousUser") -> Standing:
    """The person's standing; nothing for visitors."""
    if not isinstance(user, User) or not user.is_active:
        return Standing()
    speaking = [role for role in user.current_roles if role.kind in DEPARTMENT_KINDS]
    return Standing(
        departments=frozenset(role.department_id for role in speaking if role.department_id),
        whole_municipalities=frozenset(role.municipality_id for role in speaking if not role.department_id),
        organisations=frozenset(membership.organisation_id for membership in memberships_of(user)),
        employed_in=frozenset(role.municipality_id for role in user.current_roles if role.kind in EMPLOYEE_KINDS),
        administers=frozenset(role.municipality_id for role in user.current_roles if role.kind == ADMINISTRATOR),
    )
