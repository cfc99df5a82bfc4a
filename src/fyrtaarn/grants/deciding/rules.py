"""Who drafts a decision, who says yes to it, who complains and who answers.

Nobody has to do with what her own organisation applies for. Where two are needed, she who drafted it gives neither yes.
A complaint is answered by somebody who neither drafted nor decided.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application, ApplicationState
from fyrtaarn.assessment.models import Assignment, AssignmentState
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import is_employee
from fyrtaarn.pools.models import Duty, PoolDuty
from fyrtaarn.pools.rules import is_auditor, is_fund_manager

from ..models import Complaint, ComplaintState, Decision, DecisionState, Hearing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

COMPLAIN_WITHIN = timedelta(days=28)
ONLY_MANAGERS = _("Only those who look after the pool can do this.")
ONLY_DECIDERS = _("Only those who decide for the pool can do this.")
ONLY_THE_TEAM = _("Only those who belong to the applicant can do this.")
NOT_TO_SEE = _("Only those who look after the pool, decide or audit can see this.")
PARTIAL = _("You cannot decide here: you belong to the applicant, or have declared a conflict of interest.")
OVERTAKEN = _("The applicant has been asked and still has time to answer.")
NOT_WAITING = _("The application does not wait for a decision.")


def is_impartial(user: "AnyUser", application: Application) -> bool:
    """Neither of the applicant's team nor with a declared conflict of interest."""
    if is_member(user, application.organisation_id):
        return False
    conflicts = Assignment.objects.filter(assessor=user.pk, state=AssignmentState.CONFLICT)
    return not conflicts.filter(application__organisation=application.organisation_id).exists()


def pools_to_decide(user: "AnyUser") -> Collection[int]:
    """The pools for which she has the duty to decide today; read with the person of a request, else with one query."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    read: list[int] | None = getattr(user, "read_pools_to_decide", None)
    if read is not None:
        return read
    today = clock.today()
    held = PoolDuty.objects.filter(Q(ends=None) | Q(ends__gt=today), user=user, duty=Duty.DECIDER, starts__lte=today)
    return list(held.order_by().values_list("pool", flat=True))


def decides(user: "AnyUser", application: Application) -> bool:
    """Whether she has the duty to decide for the pool, and works for its municipality still."""
    return is_employee(user, application.municipality_id) and application.call.pool_id in pools_to_decide(user)


def may_draft(user: "AnyUser", application: Application) -> Verdict:
    """Who looks after the pool, for an application that waits for its decision."""
    verdict = _handles(user, application)
    return verdict and allowed_if(application.state == ApplicationState.SENT, NOT_WAITING)


def may_handle(user: "AnyUser", decision: Decision) -> Verdict:
    """Who looks after the pool: change, hear, propose."""
    return _handles(user, decision.application)


def may_hear(user: "AnyUser", decision: Decision) -> Verdict:
    """The same, once, of an application that waits for its decision."""
    return may_handle(user, decision) and is_unheard(decision)


def may_propose(user: "AnyUser", decision: Decision) -> Verdict:
    """The same, once the applicant has answered what it was asked, or its time has passed."""
    return may_handle(user, decision) and is_ready(decision)


def is_unheard(decision: Decision) -> Verdict:
    """Whether the applicant can be heard still."""
    if decision.application.state != ApplicationState.SENT:
        return refused(NOT_WAITING)
    return allowed_if(hearing_of(decision) is None, _("The applicant has been heard already."))


def is_ready(decision: Decision) -> Verdict:
    """Whether those who decide can be asked: the application waits, and nobody waits for the applicant's answer."""
    if decision.application.state != ApplicationState.SENT:
        return refused(NOT_WAITING)
    return allowed_if(not waits_for_answer(decision), OVERTAKEN)


def hearing_of(decision: Decision) -> Hearing | None:
    """What the applicant has been heard about before the decision."""
    return getattr(decision, "hearing", None)


def waits_for_answer(decision: Decision) -> bool:
    """Whether the applicant has been asked and still has time to answer."""
    hearing = hearing_of(decision)
    return hearing is not None and hearing.answered is None and hearing.due >= clock.today()


def may_take_back(user: "AnyUser", decision: Decision) -> Verdict:
    """Who looks after the pool, or decides."""
    if decides(user, decision.application):
        return allowed_if(is_impartial(user, decision.application), PARTIAL)
    return may_handle(user, decision)


def may_say_yes(user: "AnyUser", decision: Decision) -> Verdict:
    """A decider of the pool, once, of something that waits for it."""
    if not decides(user, decision.application):
        return refused(ONLY_DECIDERS)
    if not is_impartial(user, decision.application):
        return refused(PARTIAL)
    if decision.state != DecisionState.PROPOSED:
        return refused(_("The decision does not wait for a yes."))
    if decision.application.state != ApplicationState.SENT:
        return refused(NOT_WAITING)
    if _sent_anew(decision):
        return refused(
            _("The application has been changed since the decision was drafted. Take it back and look again.")
        )
    if decision.second_needed and decision.drafted_by_id == user.pk:
        return refused(_("Two others decide this one, because you drafted it."))
    return allowed_if(not has_said_yes(user, decision), _("You have said yes already."))


def has_said_yes(user: "AnyUser", decision: Decision) -> bool:
    return any(one.by_id == user.pk for one in decision.yeses.all())


def may_see(user: "AnyUser", decision: Decision) -> Verdict:
    """Who looks after the pool, decides or audits; the applicant what has been decided."""
    application = decision.application
    if is_member(user, application.organisation_id):
        return allowed_if(decision.state in (DecisionState.DECIDED, DecisionState.REVERSED), NOT_TO_SEE)
    here = application.municipality_id
    return allowed_if(is_fund_manager(user, here) or is_auditor(user, here) or decides(user, application), NOT_TO_SEE)


def may_answer_hearing(user: "AnyUser", hearing: Hearing) -> Verdict:
    """The applicant's team, until the day has passed; once."""
    if not is_member(user, hearing.application.organisation_id):
        return refused(ONLY_THE_TEAM)
    if hearing.answered is not None:
        return refused(_("You have answered already."))
    return allowed_if(hearing.due >= clock.today(), _("The day has passed."))


def complain_until(decision: Decision) -> date | None:
    """The last day on which the applicant can complain; None before the decision."""
    return decision.decided.astimezone(clock.COPENHAGEN).date() + COMPLAIN_WITHIN if decision.decided else None


def may_complain(user: "AnyUser", decision: Decision) -> Verdict:
    """The applicant's team, of what is decided, until the day; once, but for a complaint that it withdrew."""
    if not is_member(user, decision.application.organisation_id):
        return refused(ONLY_THE_TEAM)
    last = complain_until(decision)
    if decision.state != DecisionState.DECIDED or last is None:
        return refused(_("There is no decision to complain of."))
    if any(one.state != ComplaintState.WITHDRAWN for one in decision.complaints.all()):
        return refused(_("You have complained already."))
    return allowed_if(clock.today() <= last, _("The time in which you could complain has passed."))


def may_withdraw_complaint(user: "AnyUser", complaint: Complaint) -> Verdict:
    return allowed_if(is_member(user, complaint.decision.application.organisation_id), ONLY_THE_TEAM)


def may_answer_complaint(user: "AnyUser", complaint: Complaint) -> Verdict:
    """Somebody who looks after the pool or decides, and neither drafted nor decided this."""
    decision = complaint.decision
    application = decision.application
    if not (is_fund_manager(user, application.municipality_id) or decides(user, application)):
        return refused(ONLY_DECIDERS)
    if not is_impartial(user, application):
        return refused(PARTIAL)
    took_part = decision.drafted_by_id == user.pk or has_said_yes(user, decision)
    return allowed_if(not took_part, _("Somebody who had no part in the decision answers the complaint."))


def _sent_anew(decision: Decision) -> bool:
    """Whether the application has been mended and sent again after those who decide were asked."""
    sent = decision.application.sent
    return sent is not None and decision.proposed is not None and sent > decision.proposed


def _handles(user: "AnyUser", application: Application) -> Verdict:
    if not is_fund_manager(user, application.municipality_id):
        return refused(ONLY_MANAGERS)
    return ALLOWED if is_impartial(user, application) else refused(PARTIAL)
