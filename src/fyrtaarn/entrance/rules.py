"""Who may do what with a case.

The asker: the person who asked, the team of the organisation in whose name she asked, and a guest who holds the letter.
The municipality: contact persons and community managers of the departments that have part in it, and the department's
lead; before it has a department, all contact persons and community managers, who sort it. The one who sorted it follows
it. An administrator decides who answers what, and reads no case by that.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import holds_role, is_employee

from .models import UNROUTED_STATES, Case, CaseState, CaseTask, ContactProfile, TaskState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True)
class Letter:
    """A guest who has shown the letter of one case."""

    key: UUID
    pk: None = None


if TYPE_CHECKING:
    Actor = User | AnonymousUser | Letter

SORTING_KINDS = (RoleKind.CONTACT_PERSON, RoleKind.COMMUNITY_MANAGER)
HANDLING_KINDS = (*SORTING_KINDS, RoleKind.DEPARTMENT_LEAD)
SETTLING_KINDS = (RoleKind.MUNICIPALITY_ADMINISTRATOR, RoleKind.COMMUNITY_MANAGER)
NOT_YOURS = _("Only the one who asked and the departments that have part in it can see this question.")
NOT_HANDLING = _("Only the department's contact persons can do this.")
IS_OVER = _("The question has been closed. Open it again first.")


def sorts_in(user: "Actor", municipality: Municipality | int) -> bool:
    """Whether the person sorts the municipality's new questions."""
    return isinstance(user, User) and holds_role(user, *SORTING_KINDS, municipality=municipality)


def handles_for(user: "Actor", municipality: int, department: int) -> bool:
    """Whether the person answers for the municipality's department, or leads it."""
    return isinstance(user, User) and holds_role(
        user, *HANDLING_KINDS, municipality=municipality, department=department
    )


def is_asker(user: "Actor", case: Case) -> bool:
    """Whether it is her question, or her team's."""
    if isinstance(user, Letter):
        return user.key == case.key
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.pk == case.asker_id or (case.organisation_id is not None and is_member(user, case.organisation_id))


def handles(user: "Actor", case: Case) -> bool:
    """Whether she is of the municipality's side of the case."""
    if not isinstance(user, User):
        return False
    if case.state == CaseState.RECEIVED and not case.department_id:
        return sorts_in(user, case.municipality_id)
    if case.sorted_by_id == user.pk and is_employee(user, case.municipality_id):
        return True
    return any(handles_for(user, case.municipality_id, department) for department in case.departments)


def may_see(user: "Actor", case: Case) -> Verdict:
    """The asker, and those who handle it once she has confirmed that it is hers."""
    return allowed_if(is_asker(user, case) or handles(user, case), NOT_YOURS)


def may_confirm(user: "Actor", case: Case) -> Verdict:
    """The guest whose letter it is."""
    return allowed_if(is_asker(user, case), NOT_YOURS)


def may_ask_on(user: "Actor", case: Case) -> Verdict:
    """The asker adds to her question as long as it is open."""
    if not is_asker(user, case):
        return refused(NOT_YOURS)
    if case.state == CaseState.UNCONFIRMED:
        return refused(_("Confirm your e-mail address first."))
    return allowed_if(case.state not in (CaseState.CLOSED, CaseState.MERGED), IS_OVER)


def may_handle(user: "Actor", case: Case) -> Verdict:
    """Those who answer for a department that has part in it."""
    if not handles(user, case):
        return refused(NOT_HANDLING)
    if case.state in UNROUTED_STATES:
        return refused(_("Choose a department first."))
    return allowed_if(case.state not in (CaseState.CLOSED, CaseState.MERGED), IS_OVER)


def may_note(user: "Actor", case: Case) -> Verdict:
    """Those who handle it write notes to each other, also after it has been closed."""
    return allowed_if(handles(user, case), NOT_HANDLING)


def may_grow(user: "Actor", case: Case) -> Verdict:
    """Both sides, with an account, of a question that the municipality has got."""
    if not isinstance(user, User) or not may_see(user, case):
        return refused(NOT_YOURS)
    return allowed_if(case.state not in (CaseState.UNCONFIRMED, CaseState.MERGED), CANNOT_GROW)


def may_route(user: Any, case: Case) -> Verdict:
    """Those who handle it; the platform itself (None) where a topic goes straight."""
    if user is None or handles(user, case):
        return ALLOWED
    return refused(NOT_HANDLING)


def may_close(user: "Actor", case: Case) -> Verdict:
    """The asker when she needs no more, else those who handle it once every department has done its part."""
    if is_asker(user, case):
        return ALLOWED
    if not handles(user, case):
        return refused(NOT_HANDLING)
    waiting = case.tasks.filter(state=TaskState.OPEN).exists()
    return allowed_if(not waiting, _("A department still has a task. Finish it first, or take it back."))


def may_reopen(user: "Actor", case: Case) -> Verdict:
    """Both sides; one that was closed before it had a department begins with a new question."""
    if not may_see(user, case):
        return refused(NOT_YOURS)
    return allowed_if(case.department_id is not None, _("It never reached a department. Ask anew."))


def may_rate(user: "Actor", case: Case) -> Verdict:
    """The asker, when she has been answered."""
    if not is_asker(user, case):
        return refused(NOT_YOURS)
    done = case.answered is not None or case.state == CaseState.CLOSED
    return allowed_if(done, _("You can say whether you were helped when you have got an answer."))


def may_merge(user: "Actor", case: Case) -> Verdict:
    """Those who handle it."""
    return allowed_if(handles(user, case), NOT_HANDLING)


def may_merge_into(user: "Actor", case: Case, other: Case) -> Verdict:
    """Two questions of the same asker, for one thread must never show a person what another has written."""
    if not handles(user, case) or not handles(user, other):
        return refused(NOT_HANDLING)
    if case.pk == other.pk or case.municipality_id != other.municipality_id:
        return refused(_("Choose another question in the same municipality."))
    if not same_asker(case, other):
        return refused(
            _("Only questions of the same asker can be put together: nobody may see what others have written.")
        )
    return allowed_if(
        other.state not in (CaseState.UNCONFIRMED, CaseState.CLOSED, CaseState.MERGED),
        _("The other question is no longer open."),
    )


def same_asker(case: Case, other: Case) -> bool:
    """Whether exactly the same people see both as askers."""
    if case.organisation_id != other.organisation_id:
        return False
    if case.asker_id or other.asker_id:
        return case.asker_id == other.asker_id
    return case.email.casefold() == other.email.casefold()


def may_give_task(user: "Actor", case: Case, department: Department) -> Verdict:
    """Those who handle it ask another department of the municipality, once at a time."""
    verdict = may_handle(user, case)
    if not verdict:
        return verdict
    if department.municipality_id != case.municipality_id or department.ended:
        return refused(_("Choose one of the municipality's departments."))
    if department.pk == case.department_id:
        return refused(_("The department has the question already."))
    asked = case.tasks.filter(department=department, state=TaskState.OPEN).exists()
    return allowed_if(not asked, _("The department has a task in this question already."))


def may_finish_task(user: "Actor", task: CaseTask) -> Verdict:
    """Those of the task's own department; the one who gave it takes it back the same way."""
    own = handles_for(user, task.case.municipality_id, task.department_id) or (
        isinstance(user, User) and task.given_by_id == user.pk
    )
    if not own or not handles(user, task.case):
        return refused(_("Only the department that has the task can finish it."))
    return allowed_if(task.state == TaskState.OPEN, _("The task is done already."))


NOT_A_DEPARTMENT = _("Choose one of the municipality's departments.")
NOT_A_TOPIC = _("Choose one of the municipality's topics.")
CANNOT_GROW = _("This cannot grow of the question.")
NOT_AN_ANSWER = _("Choose one of the municipality's answers.")
IS_THERE = _("There is one like it already.")
NOT_A_CONTACT = _("Choose one of the department's contact persons.")
ABSENCE_ENDS_LATER = _("The day on which she is back must be later than the first day away, and later than today.")


def may_settle(user: "Actor", municipality: Municipality | int) -> Verdict:
    """Administrators and community managers decide what people can ask about, and who answers."""
    settles = isinstance(user, User) and holds_role(user, *SETTLING_KINDS, municipality=municipality)
    return allowed_if(settles, _("Only the municipality's administrators and community managers can change this."))


def may_change_contact(user: "Actor", contact: ContactProfile) -> Verdict:
    """Herself, the department's lead, and those who settle the municipality's entrance."""
    municipality = contact.department.municipality_id
    own = isinstance(user, User) and user.pk == contact.user_id and is_employee(user, municipality)
    leads = isinstance(user, User) and holds_role(
        user, RoleKind.DEPARTMENT_LEAD, municipality=municipality, department=contact.department_id
    )
    return ALLOWED if own or leads else may_settle(user, municipality)


def may_write_answers(user: "Actor", department: Department) -> Verdict:
    """Those who answer for the department keep its saved answers, and those that everybody reads."""
    return allowed_if(handles_for(user, department.municipality_id, department.pk), NOT_HANDLING)


def may_see_board(user: "Actor", municipality: Municipality) -> Verdict:
    """Contact persons, community managers and leads of the municipality's departments."""
    handles_here = isinstance(user, User) and holds_role(user, *HANDLING_KINDS, municipality=municipality)
    return allowed_if(
        handles_here, _("Only the municipality's contact persons and community managers see the questions.")
    )
