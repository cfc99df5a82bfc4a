"""Whom the council's news goes to."""

from datetime import date

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.people.models import Role, RoleKind, User

from .models import Council, CouncilMember


def secretaries_of(council: Council) -> list[User]:
    return _holders(council.municipality_id, [RoleKind.COUNCIL_SECRETARY])


def members_of(council: Council, day: date | None = None) -> list[User]:
    """Who sits in the council on the day, today if none is given."""
    terms = CouncilMember.objects.on(day or clock.today()).filter(seat__council=council).order_by()
    return list(User.objects.filter(pk__in=terms.values("user"), is_active=True).order_by("pk"))


def council_of(council: Council) -> list[User]:
    """The secretaries and the members."""
    return list({user.pk: user for user in (*secretaries_of(council), *members_of(council))}.values())


def people_of_department(department: Department) -> list[User]:
    """The department's contact persons and leads; where there are none its editors, else the community managers."""
    here = department.municipality_id
    for kinds in ([RoleKind.CONTACT_PERSON, RoleKind.DEPARTMENT_LEAD], [RoleKind.DEPARTMENT_EDITOR]):
        if people := _holders(here, kinds, department):
            return people
    return _holders(here, [RoleKind.COMMUNITY_MANAGER])


def _holders(municipality: int, kinds: list[RoleKind], department: Department | None = None) -> list[User]:
    roles = Role.objects.current().filter(kind__in=kinds, municipality=municipality)
    if department is not None:
        roles = roles.filter(department=department)
    return list(User.objects.filter(pk__in=roles.order_by().values("user"), is_active=True).order_by("pk"))
