"""Who asks employees to be ambassadors, and what only they themselves decide."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import ADMINISTRATOR, EMPLOYEE_KINDS, holds_role, is_administrator, is_employee

from ..models import Ambassador, AmbassadorState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

IS_ONE = _("This person is the department's ambassador already, or has been asked.")
NOT_YOURS = _("Only the ambassador can do this.")


def may_appoint(user: "User | AnonymousUser", department: Department) -> Verdict:
    """The municipality's administrators, and the department's lead."""
    appoints = holds_role(
        user, ADMINISTRATOR, RoleKind.DEPARTMENT_LEAD, municipality=department.municipality_id, department=department
    )
    return allowed_if(appoints, _("Only the municipality's administrators and the department's lead can do this."))


def may_see_all(user: "User | AnonymousUser", municipality: Municipality) -> Verdict:
    """Those who appoint somewhere in the municipality see where ambassadors are missing."""
    appoints = holds_role(user, ADMINISTRATOR, RoleKind.DEPARTMENT_LEAD, municipality=municipality)
    return allowed_if(appoints, _("Only the municipality's administrators and department leads can see this."))


def may_be_one(person: User, department: Department) -> Verdict:
    """Somebody who works in the department, or for the municipality as a whole."""
    works = holds_role(person, *EMPLOYEE_KINDS, municipality=department.municipality_id, department=department)
    return allowed_if(works, _("Choose somebody who works in the department."))


def may_see(user: "User | AnonymousUser", ambassador: Ambassador) -> Verdict:
    """Everybody whom she lets; else her colleagues in the municipality, and she herself."""
    if ambassador.shown and ambassador.state == AmbassadorState.ACTIVE:
        return ALLOWED
    inside = user.pk == ambassador.user_id or is_employee(user, ambassador.department.municipality_id)
    return allowed_if(inside, _("Only the municipality's employees can see this."))


def may_answer(user: "User | AnonymousUser", ambassador: Ambassador) -> Verdict:
    """She herself says yes or no, chooses her words, pauses and begins again."""
    return allowed_if(user.pk == ambassador.user_id, NOT_YOURS)


def may_change(user: "User | AnonymousUser", ambassador: Ambassador) -> Verdict:
    """She herself, as long as it has not ended."""
    if ambassador.state == AmbassadorState.ENDED:
        return refused(_("It has ended. The municipality can ask you again."))
    return may_answer(user, ambassador)


def may_confirm(user: "User | AnonymousUser", ambassador: Ambassador) -> Verdict:
    """She herself, as long as she is one."""
    is_one = ambassador.state in (AmbassadorState.ACTIVE, AmbassadorState.PAUSED)
    return may_answer(user, ambassador) if is_one else refused(_("Only an ambassador can confirm this."))


def may_stop(user: "User | AnonymousUser", ambassador: Ambassador) -> Verdict:
    """She herself and those who have asked her; also the administrator when the department is no more."""
    if user.pk == ambassador.user_id or is_administrator(user, ambassador.department.municipality_id):
        return ALLOWED
    return may_appoint(user, ambassador.department)
