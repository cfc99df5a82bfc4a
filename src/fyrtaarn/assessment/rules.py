"""Who assesses, who reads what of it and when.

An assessor reads an application once she has said that nothing stands in her way, and what others say of it once she is
done. Those who look after it or decide on it read scores when nobody who still has time could be influenced. Nobody has
to do with what her own organisation applies for.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application, ApplicationState
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import is_employee
from fyrtaarn.pools.models import Call, CallState, Duty
from fyrtaarn.pools.rules import has_duty, is_auditor, is_fund_manager

from .models import Assignment, AssignmentState, ClosedDiscussion

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

UNDECIDED = (ApplicationState.SENT, ApplicationState.RETURNED)
OPEN_STATES = (AssignmentState.ASKED, AssignmentState.READING)
ONLY_MANAGERS = _("Only those who look after the pool can do this.")
ONLY_JUDGES = _("Only those who look after the pool or decide can see this.")
ONLY_THE_ASSESSOR = _("Only she who has been asked to assess the application can do this.")
DECIDED = _("The application has been decided or withdrawn.")
CLOSED = _("The assessment of the application has been closed.")


def sees_all_boards(user: "AnyUser", municipality: Municipality | int) -> bool:
    """Who looks after the municipality's pools, or audits them."""
    return is_fund_manager(user, municipality) or is_auditor(user, municipality)


def may_see_board(user: "AnyUser", call: Call) -> Verdict:
    """The same, and the deciders of the call's pool."""
    here = call.pool.municipality_id
    decides = has_duty(user, call.pool, Duty.DECIDER) and is_employee(user, here)
    return allowed_if(call.state != CallState.DRAFT and (decides or sees_all_boards(user, here)), ONLY_JUDGES)


def may_manage(user: "AnyUser", application: Application) -> Verdict:
    """Who looks after the application: fund managers, but for what their own organisation applies for."""
    own = is_member(user, application.organisation_id)
    return allowed_if(is_fund_manager(user, application.municipality_id) and not own, ONLY_MANAGERS)


def may_judge(user: "AnyUser", application: Application) -> Verdict:
    """Who reads how an application was assessed: those who look after it, auditors and the pool's deciders."""
    if application.state == ApplicationState.DRAFT or is_member(user, application.organisation_id):
        return refused(ONLY_JUDGES)
    return may_see_board(user, application.call)


def may_assign(user: "AnyUser", application: Application) -> Verdict:
    """Who looks after it, as long as it is neither decided nor its discussion closed."""
    verdict = may_manage(user, application)
    return verdict and _still_assessed(application)


def may_release(user: "AnyUser", assignment: Assignment) -> Verdict:
    return may_manage(user, assignment.application)


def is_assessor(user: "AnyUser", assignment: Assignment) -> Verdict:
    return allowed_if(assignment.assessor_id == user.pk, ONLY_THE_ASSESSOR)


def may_read(user: "AnyUser", application: Application) -> bool:
    """Whether she reads the application as one of its assessors."""
    states = (AssignmentState.READING, AssignmentState.DONE)
    return Assignment.objects.filter(application=application, assessor=user.pk, state__in=states).exists()


def may_score(user: "AnyUser", assignment: Assignment) -> Verdict:
    """The assessor, as long as the application is neither decided nor its discussion closed."""
    verdict = is_assessor(user, assignment)
    return verdict and _still_assessed(assignment.application)


def has_scored(user: "AnyUser", application: Application | int) -> bool:
    """Whether she is done with her own assessment of it."""
    done = Assignment.objects.filter(assessor=user.pk, state=AssignmentState.DONE)
    return done.filter(application=application).exists()


def is_late(assignment: Assignment) -> bool:
    """Whether the day has passed on which she should have been done."""
    return assignment.state in OPEN_STATES and assignment.due is not None and assignment.due < clock.today()


def is_opened(application: Application | int) -> bool:
    """Whether nobody who still has time to assess it could be influenced by what others say."""
    waited_for = Assignment.objects.filter(application=application, state__in=OPEN_STATES)
    return not waited_for.exclude(due__lt=clock.today()).exists()


def may_see_assignment(user: "AnyUser", assignment: Assignment) -> Verdict:
    if assignment.assessor_id == user.pk:
        return ALLOWED
    if assignment.state == AssignmentState.DONE and has_scored(user, assignment.application_id):
        return ALLOWED
    return may_judge(user, assignment.application)


def may_see_scores(user: "AnyUser", assignment: Assignment) -> Verdict:
    """Her own; those of others who are done when she is; all when she looks after or decides on what is opened."""
    if assignment.assessor_id == user.pk:
        return ALLOWED
    if assignment.state == AssignmentState.DONE and has_scored(user, assignment.application_id):
        return ALLOWED
    if assignment.done is None:
        return refused(ONLY_JUDGES)
    verdict = may_judge(user, assignment.application)
    return verdict and allowed_if(
        is_opened(assignment.application_id), _("Scores are shown when all are done, or their day has passed.")
    )


def may_read_discussion(user: "AnyUser", application: Application) -> Verdict:
    """Assessors who are done, and who judges what is opened."""
    if has_scored(user, application):
        return ALLOWED
    verdict = may_judge(user, application)
    return verdict and allowed_if(
        is_opened(application), _("The discussion is shown when all are done, or their day has passed.")
    )


def may_discuss(user: "AnyUser", application: Application) -> Verdict:
    """The same, but for auditors, who change nothing, until the discussion is closed."""
    if not has_scored(user, application):
        verdict = may_read_discussion(user, application)
        if not verdict:
            return verdict
        manager = is_fund_manager(user, application.municipality_id)
        if not manager and not has_duty(user, application.call.pool, Duty.DECIDER):
            return refused(ONLY_MANAGERS)
    return _still_assessed(application)


def may_close(user: "AnyUser", application: Application) -> Verdict:
    return may_assign(user, application)


def _still_assessed(application: Application) -> Verdict:
    if application.state not in UNDECIDED:
        return refused(DECIDED)
    return allowed_if(not ClosedDiscussion.objects.filter(application=application).exists(), CLOSED)
