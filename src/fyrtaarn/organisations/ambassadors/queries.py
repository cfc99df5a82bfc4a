"""Which ambassadors there are, for whom, and where one is missing."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation.nesting import Nested
from fyrtaarn.people.models import Role, User
from fyrtaarn.people.rules import EMPLOYEE_KINDS, is_employee
from fyrtaarn.topics.models import Theme

from ..models import Ambassador, AmbassadorState


@dataclass(frozen=True)
class Place:
    """A department and its ambassadors; `thin` where it has none."""

    department: Department
    ambassadors: list[Ambassador]

    @property
    def thin(self) -> bool:
        return not any(one.state == AmbassadorState.ACTIVE for one in self.ambassadors)


def employed_ambassadors() -> QuerySet[Ambassador]:
    """Those who have not ended and still work for their municipality, with what a page shows of them."""
    roles = Role.objects.current().filter(
        user=OuterRef("user"), municipality=OuterRef("department__municipality"), kind__in=EMPLOYEE_KINDS
    )
    here = Ambassador.objects.filter(Exists(roles), user__is_active=True).exclude(state=AmbassadorState.ENDED)
    whole = here.select_related("user", "department__municipality").prefetch_related("themes")
    return whole.order_by("department__sort_key", "user__name", "pk")


def ambassadors_of(
    municipality: Municipality | int, *, department: Department | int | None = None, theme: Theme | int | None = None
) -> QuerySet[Ambassador]:
    """The municipality's ambassadors whom everybody may see today; of a department or for a theme where given."""
    found = employed_ambassadors().filter(
        department__municipality=municipality, state=AmbassadorState.ACTIVE, shown=True
    )
    if department is not None:
        found = found.filter(department=department)
    return found if theme is None else found.filter(themes=theme)


def places_of(municipality: Municipality) -> list[Place]:
    """The municipality's departments today with all their ambassadors, asked and pausing ones too."""
    by_department: dict[int, list[Ambassador]] = {}
    for one in employed_ambassadors().filter(department__municipality=municipality):
        by_department.setdefault(one.department_id, []).append(one)
    departments = Department.objects.current().filter(municipality=municipality).select_related("municipality")
    return [Place(department, by_department.get(department.pk, [])) for department in departments]


def departments_without(municipality: Municipality) -> int:
    """How many of the municipality's departments have no ambassador today."""
    there = employed_ambassadors().filter(state=AmbassadorState.ACTIVE, department=OuterRef("pk"))
    departments = Department.objects.current().filter(municipality=municipality)
    return departments.filter(~Exists(there.order_by())).count()


def candidates(department: Department) -> QuerySet[User]:
    """Those who work in the department, or for the whole municipality, and are not its ambassador or asked already."""
    roles = Role.objects.current().filter(municipality=department.municipality_id, kind__in=EMPLOYEE_KINDS)
    own = roles.filter(department=department) | roles.filter(department=None)
    taken = Ambassador.objects.filter(department=department).exclude(state=AmbassadorState.ENDED)
    people = User.objects.filter(is_active=True, pk__in=own.order_by().values("user"))
    return people.exclude(pk__in=taken.order_by().values("user")).order_by("name", "pk")


def mine(user: User) -> list[Ambassador]:
    """What the person is asked for or is herself; read with the person of a request, else with one query."""
    read = vars(user).get("read_ambassadorships")
    found = list(own_of(user.pk)) if read is None else AMBASSADORSHIPS.objects(read)
    return [one for one in found if is_employee(user, one.department.municipality_id)]


def own_of(person: int | OuterRef) -> QuerySet[Ambassador]:
    """All of a person's that have not ended, with their departments."""
    rows = Ambassador.objects.filter(user=person).exclude(state=AmbassadorState.ENDED)
    return rows.select_related("department").order_by("pk")


AMBASSADORSHIPS = Nested(Ambassador, "department")
