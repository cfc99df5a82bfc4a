"""Who assesses, who reads what of it and when.

An assessor reads an application once she has said that nothing stands in her way, and what others say of it once she is
done. Those who look after it or decide on it read scores when nobody who still has time could be influenced. Nobody has
to do with what her own organisation applies for.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application, ApplicationState
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Verdict, allowed_if, refused
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import is_employee
from fyrtaarn.pools.models import Call, CallState, Duty, Pool, PoolDuty
from fyrtaarn.pools.rules import has_duty, is_auditor, is_fund_manager

from .models import Assignment, AssignmentState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

UNDECIDED = (ApplicationState.SENT, ApplicationState.RETURNED)
OPEN_STATES = (AssignmentState.ASKED, AssignmentState.READING)
READING_STATES = (AssignmentState.READING, AssignmentState.DONE)
ONLY_MANAGERS = _("Only those who look after the pool can do this.")
ONLY_JUDGES = _("Only those who look after the pool or decide can see this.")
ONLY_THE_ASSESSOR = _("Only she who has been asked to assess the application can do this.")
OWN_TEAM = _("You belong to the applicant. Tell that you have a conflict of interest.")
DECIDED = _("The application has been decided or withdrawn.")
CLOSED = _("The assessment of the application has been closed.")
OVER = _("The application has been decided or withdrawn, or its assessment closed.")
NOT_YET = _("The discussion is shown when all are done, or their day has passed.")


@dataclass(frozen=True)
class Sight:
    """What a person sees of how one application is assessed."""

    reader: int | None
    scored: bool = False  # she is done with her own assessment of it
    runs: bool = False
    decides: bool = False
    audits: bool = False
    opened: bool = False  # nobody who still has time to assess it could be influenced by what others say

    @property
    def judges(self) -> bool:
        """Whether she reads who assesses it, and what they say when it is opened."""
        return self.runs or self.decides or self.audits

    @property
    def discussion(self) -> bool:
        return self.scored or (self.judges and self.opened)

    def shows(self, assignment: Assignment) -> bool:
        """Whether she sees that somebody assesses it, and how far she is."""
        colleague = self.scored and assignment.state == AssignmentState.DONE
        return assignment.assessor_id == self.reader or colleague or self.judges

    def shows_scores(self, assignment: Assignment) -> bool:
        """Whether she sees what somebody says: herself; others when both are done; all that was done when opened."""
        colleague = self.scored and assignment.state == AssignmentState.DONE
        judged = self.judges and self.opened and assignment.done is not None
        return assignment.assessor_id == self.reader or colleague or judged


def sight_of(user: "AnyUser", application: Application) -> Sight:
    """What the person sees of the application's assessment; of what her own organisation applies for only her own part."""
    if application.state == ApplicationState.DRAFT or is_member(user, application.organisation_id):
        return Sight(user.pk)
    here, assignments = application.municipality_id, application.assignments.all()
    runs = is_fund_manager(user, here)
    return Sight(
        user.pk,
        scored=any(one.assessor_id == user.pk and one.state == AssignmentState.DONE for one in assignments),
        runs=runs,
        decides=not runs and decides(user, application.call.pool),
        audits=is_auditor(user, here),
        opened=all(one.state not in OPEN_STATES or is_late(one) for one in assignments),
    )


def duties_today(duty: Duty) -> QuerySet[PoolDuty]:
    """Who does this for which pool today."""
    today = clock.today()
    return PoolDuty.objects.filter(Q(ends=None) | Q(ends__gt=today), duty=duty, starts__lte=today).order_by()


def decides(user: "AnyUser", pool: Pool) -> bool:
    """Whether she has the duty to decide for the pool, and works for its municipality still."""
    return is_employee(user, pool.municipality_id) and has_duty(user, pool, Duty.DECIDER)


def sees_all_boards(user: "AnyUser", municipality: Municipality | int) -> bool:
    """Who looks after the municipality's pools, or audits them."""
    return is_fund_manager(user, municipality) or is_auditor(user, municipality)


def may_see_board(user: "AnyUser", call: Call) -> Verdict:
    """The same, and the deciders of the call's pool."""
    if call.state == CallState.DRAFT:
        return refused(ONLY_JUDGES)
    return allowed_if(sees_all_boards(user, call.pool.municipality_id) or decides(user, call.pool), ONLY_JUDGES)


def may_spread(user: "AnyUser", call: Call) -> Verdict:
    """Who looks after the call's pool."""
    return allowed_if(is_fund_manager(user, call.pool.municipality_id), ONLY_MANAGERS)


def may_manage(user: "AnyUser", application: Application) -> Verdict:
    """Who looks after the application: fund managers, but for what their own organisation applies for."""
    own = is_member(user, application.organisation_id)
    return allowed_if(is_fund_manager(user, application.municipality_id) and not own, ONLY_MANAGERS)


def may_judge(user: "AnyUser", application: Application) -> Verdict:
    """Who reads how an application was assessed: those who look after it, auditors and the pool's deciders."""
    return allowed_if(sight_of(user, application).judges, ONLY_JUDGES)


def may_assign(user: "AnyUser", application: Application) -> Verdict:
    """Who looks after it asks assessors and closes the assessment, as long as it is neither decided nor closed."""
    verdict = may_manage(user, application)
    return verdict and still_assessed(application)


def may_release(user: "AnyUser", assignment: Assignment) -> Verdict:
    return may_manage(user, assignment.application)


def is_assessor(user: "AnyUser", assignment: Assignment) -> Verdict:
    return allowed_if(assignment.assessor_id == user.pk, ONLY_THE_ASSESSOR)


def may_read(user: "AnyUser", application: Application) -> bool:
    """Whether she reads the application as one of its assessors."""
    return any(one.assessor_id == user.pk and one.state in READING_STATES for one in application.assignments.all())


def may_score(user: "AnyUser", assignment: Assignment) -> Verdict:
    """The assessor, as long as the application is neither decided nor its discussion closed."""
    verdict = is_assessor(user, assignment)
    if not verdict:
        return verdict
    if is_member(user, assignment.application.organisation_id):
        return refused(OWN_TEAM)
    return still_assessed(assignment.application)


def is_late(assignment: Assignment) -> bool:
    """Whether the day has passed on which she should have been done."""
    return assignment.state in OPEN_STATES and assignment.due is not None and assignment.due < clock.today()


def may_discuss(user: "AnyUser", application: Application) -> Verdict:
    """Who reads the discussion, but for auditors, who change nothing; until it is closed."""
    sight = sight_of(user, application)
    if not (sight.scored or sight.runs or sight.decides):
        return refused(ONLY_JUDGES)
    return still_assessed(application) if sight.discussion else refused(NOT_YET)


def still_assessed(application: Application) -> Verdict:
    """Whether it is neither decided nor its assessment closed."""
    if application.state not in UNDECIDED:
        return refused(DECIDED)
    return allowed_if(not hasattr(application, "closed_discussion"), CLOSED)
