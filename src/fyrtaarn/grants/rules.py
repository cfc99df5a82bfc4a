"""Who does what with a grant: the recipient's team, those who look after the pools, those who read along.

Who belongs to the recipient takes no step for the municipality: a colleague does.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import User
from fyrtaarn.pools.models import Duty
from fyrtaarn.pools.rules import NOT_A_MANAGER, NOT_TO_SEE, has_duty, is_auditor, is_fund_manager

from .models import Demand, Grant, GrantChange, GrantState, Instalment, InstalmentState, Report, ReportState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

NOT_A_PARTY = _("Only the recipient and those who look after the pool can see this.")
ONLY_THE_RECIPIENT = _("Only those who belong to the recipient can do this.")
BOTH_SIDES = _("You belong to the recipient. Let a colleague do it for the municipality.")
GRANT_IS_CLOSED = _("The grant is closed.")


def receives(user: "AnyUser", grant: Grant) -> bool:
    """Whether the person belongs to the recipient."""
    return is_member(user, grant.organisation_id)


def may_see(user: "AnyUser", grant: Grant) -> Verdict:
    """The recipient, those who look after, decide on and audit the pool."""
    here = grant.municipality_id
    if receives(user, grant) or is_fund_manager(user, here) or is_auditor(user, here):
        return ALLOWED
    return allowed_if(has_duty(user, grant.pool_id, Duty.DECIDER), NOT_A_PARTY)


def may_open_file(user: "AnyUser", instalment: Instalment) -> Verdict:
    """What shows that a condition is met is for those who see the grant."""
    return may_see(user, instalment.grant)


def may_see_queue(user: "AnyUser", municipality: Municipality) -> Verdict:
    """Those who look after the municipality's pools, and its auditors."""
    return allowed_if(is_fund_manager(user, municipality) or is_auditor(user, municipality), NOT_TO_SEE)


def may_pay(user: "AnyUser", municipality: Municipality) -> Verdict:
    """Those who look after the municipality's pools hand payments over and note them."""
    return allowed_if(is_fund_manager(user, municipality), NOT_A_MANAGER)


def may_manage(user: "AnyUser", grant: Grant) -> Verdict:
    """Those who look after the pool and do not belong to the recipient."""
    if not is_fund_manager(user, grant.municipality_id):
        return refused(NOT_A_MANAGER)
    return allowed_if(not receives(user, grant), BOTH_SIDES)


def may_run(user: "AnyUser", grant: Grant) -> Verdict:
    """The same, while the grant runs."""
    if not (verdict := may_manage(user, grant)):
        return verdict
    return allowed_if(grant.state == GrantState.ACTIVE, GRANT_IS_CLOSED)


def may_plan(user: "AnyUser", grant: Grant) -> Verdict:
    """The plan is changed until the first instalment is on its way."""
    if not (verdict := may_run(user, grant)):
        return verdict
    fixed = _has_instalment(grant, InstalmentState.APPROVED, InstalmentState.PAID)
    return allowed_if(not fixed, _("An instalment has been approved already, so the plan stands."))


def may_end(user: "AnyUser", grant: Grant) -> Verdict:
    """A grant is ended when nothing is on its way to the recipient."""
    if not (verdict := may_run(user, grant)):
        return verdict
    underway = _has_instalment(grant, InstalmentState.APPROVED)
    return allowed_if(not underway, _("An instalment is on its way. Note it as paid, or take the approval back first."))


def may_fall(_user: "AnyUser", _grant: Grant) -> Verdict:
    """A grant falls with its decision; who answers the complaint has been asked the rules of that."""
    return ALLOWED


def may_act(user: "AnyUser", grant: Grant) -> Verdict:
    """The recipient, while the grant runs."""
    if not receives(user, grant):
        return refused(ONLY_THE_RECIPIENT)
    return allowed_if(grant.state == GrantState.ACTIVE, GRANT_IS_CLOSED)


def may_ask(user: "AnyUser", instalment: Instalment) -> Verdict:
    return may_act(user, instalment.grant)


def may_look_at(user: "AnyUser", instalment: Instalment) -> Verdict:
    """Those who look after the pool, while the grant runs."""
    return may_run(user, instalment.grant)


def may_approve(user: "AnyUser", instalment: Instalment) -> Verdict:
    """A condition must have been said to be met, and the last report be approved where the instalment waits for it."""
    if not (verdict := may_run(user, instalment.grant)):
        return verdict
    if instalment.condition and instalment.state == InstalmentState.PLANNED:
        return refused(_("The recipient has not told yet how the condition is met."))
    approved = not instalment.after_report or _has_reported(instalment.grant)
    return allowed_if(approved, _("This instalment waits until the last report is approved."))


def may_settle(user: "AnyUser", instalment: Instalment) -> Verdict:
    """What has been approved is paid or comes back whether the grant runs or not."""
    return may_manage(user, instalment.grant)


def may_take_approval_back(user: "AnyUser", instalment: Instalment) -> Verdict:
    """Until it has been handed over to the finance system."""
    if not (verdict := may_manage(user, instalment.grant)):
        return verdict
    return allowed_if(instalment.file_id is None, _("It has been handed over to the finance system already."))


def may_report(user: "AnyUser", report: Report) -> Verdict:
    return may_act(user, report.grant)


def may_read_report(user: "AnyUser", report: Report) -> Verdict:
    return may_run(user, report.grant)


def may_write_report(user: "AnyUser", report: Report) -> Verdict:
    """The recipient, until it is sent."""
    if not (verdict := may_act(user, report.grant)):
        return verdict
    return allowed_if(report.state in (ReportState.DUE, ReportState.RETURNED), _("The report has been sent."))


def may_answer_change(user: "AnyUser", change: GrantChange) -> Verdict:
    return may_run(user, change.grant)


def may_withdraw_change(user: "AnyUser", change: GrantChange) -> Verdict:
    return may_act(user, change.grant)


def may_settle_demand(user: "AnyUser", demand: Demand) -> Verdict:
    return may_manage(user, demand.grant)


def may_complete(user: "AnyUser", grant: Grant) -> Verdict:
    """A grant is complete when its last report is approved and nothing waits to be paid."""
    if not (verdict := may_run(user, grant)):
        return verdict
    if not _has_reported(grant):
        return refused(_("The last report is not approved yet."))
    waiting = _has_instalment(grant, InstalmentState.ASKED, InstalmentState.APPROVED)
    return allowed_if(not waiting, _("An instalment waits to be paid still."))


def _has_instalment(grant: Grant, *states: str) -> bool:
    return any(one.state in states for one in grant.instalments.all())


def _has_reported(grant: Grant) -> bool:
    return any(report.final and report.state == ReportState.APPROVED for report in grant.reports.all())
