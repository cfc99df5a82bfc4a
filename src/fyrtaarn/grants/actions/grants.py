"""Grants: opened by a decision, planned, completed with the last report or ended before their time."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.people.models import User
from fyrtaarn.topics.models import Theme

from .. import agreeing, aid, jobs, money, notices, rules
from ..models import AidAward, Decision, Grant, GrantState, Instalment, InstalmentState, Report
from ..plans import default_plan, left_to_plan, report_due
from ..states import GRANT_STATES


class PlannedPart(NamedTuple):
    """One instalment as the fund manager plans it; øre."""

    oere: int
    due: date
    condition: str = ""
    after_report: bool = False


@transaction.atomic
def open_grant(decision: Decision, *, by: User) -> Grant:
    """Make the grant of a decision: its money is committed, its aid counted, its way planned, and it is agreed on.

    Call it in the transaction that decides and that tells the recipient. Raises NotEnough when the pool has less money,
    AboveCeiling when the enterprise would get too much state aid, Refused where that cannot be counted; then nothing has
    happened.
    """
    application, today = decision.application, clock.today()
    counted = aid.check(application, decision.oere, today)
    pool = application.call.pool
    starts, ends = application.starts, application.ends
    if starts is None or ends is None:  # a sent application has both
        raise Refused(_("The application says no period."))
    grant = Grant.objects.create(
        decision=decision,
        pool=pool,
        municipality_id=pool.municipality_id,
        organisation=application.organisation,
        district=application.district,
        title=application.title,
        oere=decision.oere,
        starts=starts,
        ends=ends,
    )
    grant.themes.set(_themes_of(decision))
    log_step(grant, "open", "", GrantState.ACTIVE, by=by)
    money.commit(grant, by)
    if counted is not None:
        AidAward.objects.create(
            municipality_id=pool.municipality_id,
            organisation=application.organisation,
            cvr=counted.cvr,
            grant=grant,
            regime=counted.room.regime,
            day=today,
            oere=decision.oere,
            rate=counted.rate,
            cents=counted.cents,
        )
    Instalment.objects.bulk_create(
        Instalment(grant=grant, number=number, oere=part.oere, due=max(part.due, today), after_report=part.after_report)
        for number, part in enumerate(default_plan(grant.oere, starts, ends), start=1)
    )
    Report.objects.create(grant=grant, due=max(report_due(ends), today), final=True)
    grant.agreement = agreeing.agree_on(grant, decision, by)
    grant.save(update_fields=["agreement"])
    return grant


@transaction.atomic
def plan(user: User, grant: Grant, parts: Sequence[PlannedPart]) -> Grant:
    """Write the plan anew, before anything is on its way. Together the parts are at most the grant."""
    held = held_grant(grant)
    require(rules.may_plan(user, held))
    if not parts:
        raise Refused(_("A plan has at least one instalment."))
    left = left_to_plan(held.oere, [part.oere for part in parts])
    if left < 0:
        raise Refused(
            _("The instalments are %(much)s more than the grant of %(grant)s.")
            % {"much": kroner(-left), "grant": kroner(held.oere)}
        )
    held.instalments.exclude(state=InstalmentState.DROPPED).delete()
    dropped = held.instalments.order_by("-number").first()
    first = dropped.number + 1 if dropped else 1
    for number, part in enumerate(parts, start=first):
        Instalment.objects.create(grant=held, number=number, **part._asdict())
    held.version += 1
    held.save(update_fields=["version"])
    log_step(held, "plan", held.state, held.state, by=user)
    notices.tell_planned(held, user)
    return held


@transaction.atomic
def complete(user: User, grant: Grant) -> Grant:
    """Close a grant whose last report is approved: what is not used is free again."""
    held = held_grant(grant)
    return _close(user, held, "complete")


def complete_if_done(user: User, grant: Grant) -> None:
    """Close a held grant with the last step: its report is approved and nothing is left to be paid."""
    planned = grant.instalments.filter(state=InstalmentState.PLANNED).exists()
    if not planned and rules.may_complete(user, grant):
        _close(user, grant, "complete")


@transaction.atomic
def end_early(user: User, grant: Grant, reason: str) -> Grant:
    """Stop a grant before its time: what has not been approved falls away, and the rest is free again."""
    return _close(user, held_grant(grant), "end", reason)


@transaction.atomic
def fall(user: User, grant: Grant, reason: str) -> Grant:
    """Stop a grant whose decision fell after a complaint: all of it is free again, and its aid counts no more.

    Raises Refused once money is on its way.
    """
    held = held_grant(grant)
    if held.instalments.filter(state__in=(InstalmentState.APPROVED, InstalmentState.PAID)).exists():
        raise Refused(_("Money of the grant is on its way or paid. Settle that first."))
    AidAward.objects.filter(grant=held).update(ended=clock.today(), ended_because=reason)
    return _close(user, held, "fall", reason)


def held_grant(grant: Grant) -> Grant:
    """The grant as it is now, held; every write on what belongs to it begins here."""
    return hold(Grant.objects.select_related("pool", "organisation", "municipality"), grant.pk)


def _close(user: User, held: Grant, step: str, reason: str = "") -> Grant:
    held.closed = clock.today()
    held.save(update_fields=["closed"])
    closed = GRANT_STATES.perform(step, held, by=user, reason=reason)
    left = held.instalments.filter(state__in=(InstalmentState.PLANNED, InstalmentState.ASKED))
    for instalment in left.order_by("pk"):
        source, instalment.state = instalment.state, InstalmentState.DROPPED
        instalment.save(update_fields=["state"])
        log_step(instalment, "drop", source, InstalmentState.DROPPED, by=user, reason=reason)
    released = money.release_rest(held, user)
    notices.tell_closed(held, user, reason, released)
    jobs.bring_agreement_up_to_date.defer(grant_id=held.pk)
    return closed


def _themes_of(decision: Decision) -> list[Theme]:
    """The themes of the challenge that it is about, else of the solution, else of the organisation."""
    application = decision.application
    for subject in (application.challenge, application.solution, application.organisation):
        if subject is not None and (themes := list(subject.themes.all())):
            return themes
    return []
