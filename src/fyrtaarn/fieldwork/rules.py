"""Who hosts and who comes.

The host's side: those who hold a role in the offer's department. The guest's side: the organisation's team. Who
belongs to both takes no step for one towards the other: a colleague does.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused, Verdict, allowed_if, refused
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import holds_role

from .models import FieldworkOffer, FieldworkPeriod, Learned, OfferState, Stay, StaySide, StayState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

HOST_KINDS = (
    RoleKind.DEPARTMENT_EDITOR,
    RoleKind.CONTACT_PERSON,
    RoleKind.DEPARTMENT_LEAD,
    RoleKind.COMMUNITY_MANAGER,
)
ONLY_THE_HOST = _("Only those who work for the department can do this.")
NOT_A_PARTY = _("Only the host and the guest can see the stay.")
BOTH_SIDES = _("You belong to both the host and the guest. Let a colleague do it.")


def hosts(user: "AnyUser", department: Department) -> bool:
    """Whether the person acts for the department."""
    return holds_role(user, *HOST_KINDS, municipality=department.municipality_id, department=department)


def may_host(user: "AnyUser", municipality: Municipality) -> Verdict:
    """Who acts for any of the municipality's departments."""
    return allowed_if(holds_role(user, *HOST_KINDS, municipality=municipality), ONLY_THE_HOST)


def may_run(user: "AnyUser", offer: FieldworkOffer) -> Verdict:
    return allowed_if(hosts(user, offer.department), ONLY_THE_HOST)


def may_open(user: "AnyUser", offer: FieldworkOffer) -> Verdict:
    """The host, once there are days to come."""
    verdict = may_run(user, offer)
    if not verdict:
        return verdict
    return allowed_if(
        offer.periods.filter(starts__gt=clock.today()).exists(), _("Add a period that has not begun first.")
    )


def may_see_offer(user: "AnyUser", offer: FieldworkOffer) -> Verdict:
    """Everybody but for drafts, which are the host's."""
    return allowed_if(offer.state != OfferState.DRAFT or hosts(user, offer.department), ONLY_THE_HOST)


def may_apply(user: "AnyUser", period: FieldworkPeriod, organisation: Organisation) -> Verdict:
    """A member of the organisation, for a period that has not begun of an open offer."""
    if not is_member(user, organisation):
        return refused(_("Only those who belong to the organisation can apply for it."))
    if hosts(user, period.offer.department):
        return refused(BOTH_SIDES)
    if period.offer.state != OfferState.OPEN:
        return refused(_("The offer is not open."))
    return allowed_if(period.starts > clock.today(), _("The period has begun. Choose a later one."))


def side_of(user: "AnyUser", stay: Stay) -> StaySide | None:
    """For which side the person acts; the host's where she belongs to both."""
    if hosts(user, stay.period.offer.department):
        return StaySide.HOST
    return StaySide.GUEST if is_member(user, stay.organisation_id) else None


def own_side(user: "AnyUser", stay: Stay) -> StaySide:
    """The same. Raises Refused for everybody else."""
    side = side_of(user, stay)
    if side is None:
        raise Refused(NOT_A_PARTY)
    return side


def may_see_stay(user: "AnyUser", stay: Stay) -> Verdict:
    return allowed_if(side_of(user, stay) is not None, NOT_A_PARTY)


def acts_as_host(user: "AnyUser", stay: Stay) -> Verdict:
    """Who hosts and does not belong to the guest too."""
    if side_of(user, stay) != StaySide.HOST:
        return refused(ONLY_THE_HOST)
    return allowed_if(not is_member(user, stay.organisation_id), BOTH_SIDES)


def may_decide(user: "AnyUser", stay: Stay) -> Verdict:
    """The host, before the period begins."""
    verdict = acts_as_host(user, stay)
    if not verdict:
        return verdict
    return allowed_if(stay.period.starts > clock.today(), _("The period has begun, so it is too late to answer."))


def may_cancel(user: "AnyUser", stay: Stay) -> Verdict:
    """Both sides, before the last day has passed, and not what the host has noted as held."""
    verdict = may_see_stay(user, stay)
    if not verdict:
        return verdict
    return allowed_if(stay.period.ends > clock.today() and stay.attended is None, _("The stay is over."))


def may_sign(user: "AnyUser", stay: Stay) -> Verdict:
    """The guest in person, once the stay is agreed and where there is something to sign."""
    if stay.guest_id != user.pk or not is_member(user, stay.organisation_id):
        return refused(_("Only the guest signs the declaration."))
    if stay.state != StayState.AGREED:
        return refused(_("The stay has not been agreed."))
    return allowed_if(bool(stay.period.offer.declaration), _("There is nothing to sign."))


def may_note_attendance(user: "AnyUser", stay: Stay) -> Verdict:
    """The host, once an agreed stay has begun."""
    verdict = acts_as_host(user, stay)
    if not verdict:
        return verdict
    return allowed_if(_has_begun(stay), _("Note who came once the stay has begun."))


def may_write_learned(user: "AnyUser", stay: Stay) -> Verdict:
    """Both sides, once an agreed stay has begun, unless the guest stayed away."""
    verdict = may_see_stay(user, stay)
    if not verdict:
        return verdict
    return allowed_if(
        _has_begun(stay) and stay.attended is not False, _("Write what you learned once the stay has begun.")
    )


def may_publish(user: "AnyUser", learned: Learned) -> Verdict:
    """Both sides, about either side's text; who belongs to both does not agree with herself."""
    if is_member(user, learned.stay.organisation_id) and hosts(user, learned.stay.period.offer.department):
        return refused(BOTH_SIDES)
    return may_see_stay(user, learned.stay)


def _has_begun(stay: Stay) -> bool:
    return stay.state == StayState.AGREED and stay.period.starts <= clock.today()
