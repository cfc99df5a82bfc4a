"""Who may do what with a challenge."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.listings.models import Audience
from fyrtaarn.meetings.errands import has_dialogue
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import holds_role, is_employee

from ..models import Challenge, ChallengeState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

EDITING_KINDS = (RoleKind.DEPARTMENT_EDITOR, RoleKind.CONTACT_PERSON)
LEADING_KINDS = (RoleKind.COMMUNITY_MANAGER, RoleKind.MUNICIPALITY_ADMINISTRATOR)


@dataclass(frozen=True)
class Missing:
    """What a draft still lacks: the step of the form and the field that mend it, and a sentence that asks for it."""

    step: str
    field: str
    sentence: str | Promise


def leads(user: "AnyUser", municipality: Municipality | int) -> bool:
    """Whether the person looks after all challenges of the municipality."""
    return holds_role(user, *LEADING_KINDS, municipality=municipality)


def departments_edited(user: "AnyUser", municipality: Municipality | int) -> frozenset[int]:
    """Primary keys of the departments for which the person may write; see `leads` for those who may for all."""
    municipality_id = municipality.pk if isinstance(municipality, Municipality) else municipality
    if not isinstance(user, User):
        return frozenset()
    return frozenset(
        role.department_id
        for role in user.current_roles
        if role.kind in EDITING_KINDS and role.municipality_id == municipality_id and role.department_id
    )


def may_create_challenge(user: "AnyUser", municipality: Municipality) -> Verdict:
    """Editors and contact persons of a department, community managers and administrators write challenges."""
    return allowed_if(
        leads(user, municipality) or bool(departments_edited(user, municipality)),
        _("Only editors and contact persons of the municipality's departments can write challenges."),
    )


def may_edit_challenge(user: "AnyUser", challenge: Challenge) -> Verdict:
    """Those who write for a department that owns it; the person who began it as long as no department does."""
    if leads(user, challenge.municipality_id):
        return ALLOWED
    departments = departments_edited(user, challenge.municipality_id)
    if challenge.department_id is None and departments and challenge.created_by_id == user.pk:
        return ALLOWED
    return allowed_if(
        bool(departments) and not departments.isdisjoint(owner.pk for owner in challenge.owners),
        _("Only the departments that own the challenge can change it."),
    )


def may_choose_department(user: "AnyUser", challenge: Challenge, department: Department | None) -> Verdict:
    """Leave it with the department that leads, or give it to one for which the person writes."""
    if department is None or department.pk == challenge.department_id:
        return ALLOWED
    if department.municipality_id != challenge.municipality_id:
        return refused(_("The department belongs to another municipality."))
    return allowed_if(
        leads(user, challenge.municipality_id) or department.pk in departments_edited(user, challenge.municipality_id),
        _("You can only choose a department that you write for."),
    )


def may_see_challenge(user: "AnyUser", challenge: Challenge) -> Verdict:
    """Drafts for their owners, internal ones for the municipality's employees, the others for everybody."""
    if challenge.state == ChallengeState.DRAFT:
        return allowed_if(
            bool(may_edit_challenge(user, challenge)), _("The challenge is a draft that only its owners can see.")
        )
    if challenge.audience == Audience.PUBLIC:
        return ALLOWED
    return allowed_if(
        is_employee(user, challenge.municipality_id),
        _("Only the municipality's own employees can see this challenge."),
    )


def missing_in(challenge: Challenge) -> list[Missing]:
    """What must be filled in before others can see the challenge, in the order of the form."""
    wanted = (
        (challenge.title.strip(), Missing("situation", "title", _("Give the challenge a title."))),
        (challenge.situation.strip(), Missing("situation", "situation", _("Tell what the situation is."))),
        (challenge.department_id, Missing("frame", "department", _("Choose the department that it belongs to."))),
        (challenge.contact_id, Missing("frame", "contact", _("Choose whom people can turn to."))),
    )
    return [missing for value, missing in wanted if not value]


def may_publish_challenge(user: "AnyUser", challenge: Challenge) -> Verdict:
    """Its owners, once nothing is missing."""
    if not (verdict := may_edit_challenge(user, challenge)):
        return verdict
    return allowed_if(not missing_in(challenge), _("Something is missing before the challenge can be published."))


def may_take_back_challenge(user: "AnyUser", challenge: Challenge) -> Verdict:
    """Its owners, as long as nobody has answered: what others rely on does not vanish."""
    if not (verdict := may_edit_challenge(user, challenge)):
        return verdict
    return allowed_if(
        not is_answered(challenge),
        _("Somebody has answered the challenge. Close it instead, and tell what you learned."),
    )


def is_answered(challenge: Challenge) -> bool:
    """Whether there is a dialogue about it; read with the challenge of a page, else with one query."""
    read: bool | None = getattr(challenge, "read_answered", None)
    return has_dialogue("challenge", challenge.pk) if read is None else read


def may_invite_for(user: "AnyUser", challenge: Challenge) -> Verdict:
    """Its owners invite solutions once others can see the challenge."""
    if not (verdict := may_edit_challenge(user, challenge)):
        return verdict
    open_states = (ChallengeState.PUBLISHED, ChallengeState.IN_DIALOGUE, ChallengeState.IN_TRIAL)
    return allowed_if(challenge.state in open_states, _("Publish the challenge before you invite anybody."))


def may_leave_challenge(user: "AnyUser", challenge: Challenge, department: Department) -> Verdict:
    """A department that owns it together with another steps out by one who writes for it."""
    if department not in challenge.partners.all():
        return refused(_("The department does not own the challenge together with others."))
    return allowed_if(
        leads(user, challenge.municipality_id) or department.pk in departments_edited(user, challenge.municipality_id),
        _("Only those who write for the department can take it out."),
    )


def may_delete_challenge(user: "AnyUser", challenge: Challenge) -> Verdict:
    """Drafts only: what has been published is closed, never deleted."""
    if challenge.state != ChallengeState.DRAFT:
        return refused(_("A challenge that others have seen cannot be deleted. Close it instead."))
    return may_edit_challenge(user, challenge)
