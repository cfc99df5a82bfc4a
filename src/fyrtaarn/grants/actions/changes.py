"""What the recipient asks to do otherwise, and money that is to come back."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing, log_step
from fyrtaarn.people.models import User

from .. import jobs, money, notices, rules
from ..models import AnswerState, Demand, DemandState, Grant, GrantChange, Report, ReportState
from ..plans import report_due
from ..queries import paid_net
from ..states import CHANGE_STATES, DEMAND_STATES
from .grants import held_grant


@transaction.atomic
def ask_change(user: User, grant: Grant, text: str, ends: date | None) -> GrantChange:
    """Ask to do something otherwise, one thing at a time; `ends` is the wanted first day after the grant."""
    held = held_grant(grant)
    require(rules.may_act(user, held))
    if not text.strip():
        raise ReasonMissing
    if ends is not None and ends <= max(held.starts, clock.today()):
        raise Refused(_("The new last day must lie ahead."))
    try:
        with transaction.atomic():
            change = GrantChange.objects.create(grant=held, text=text.strip(), ends=ends, by=user)
    except IntegrityError as fault:
        raise Refused(_("A change waits for an answer already.")) from fault
    log_step(change, "ask", "", AnswerState.ASKED, by=user)
    notices.tell_change("change_asked", change, user)
    return change


@transaction.atomic
def answer_change(user: User, change: GrantChange, *, agree: bool, answer: str) -> GrantChange:
    """Say yes or no to a change; with a yes to another period the grant's end and the last report's day move."""
    held = _held_change(change)
    answered = CHANGE_STATES.perform("agree" if agree else "decline", held, by=user, reason=answer)
    answered.answer, answered.answered, answered.answered_by = answer.strip(), clock.now(), user
    answered.save(update_fields=["answer", "answered", "answered_by"])
    if agree and held.ends is not None:
        grant = held.grant
        grant.ends = held.ends
        grant.version += 1
        grant.save(update_fields=["ends", "version"])
        open_ones = (ReportState.DUE, ReportState.RETURNED)
        Report.objects.filter(grant=grant, final=True, state__in=open_ones).update(due=report_due(grant.ends))
        jobs.bring_agreement_up_to_date.defer(grant_id=grant.pk)
    notices.tell_change("change_answered", answered, user)
    return answered


@transaction.atomic
def withdraw_change(user: User, change: GrantChange) -> GrantChange:
    """Take back what one has asked for."""
    return CHANGE_STATES.perform("withdraw", _held_change(change), by=user)


@transaction.atomic
def demand(user: User, grant: Grant, oere: int, reason: str, due: date) -> Demand:
    """Ask for money back: at most what has been paid and not been asked back yet."""
    held = held_grant(grant)
    require(rules.may_manage(user, held))
    if not reason.strip():
        raise ReasonMissing
    if due < clock.today():
        raise Refused(_("Choose a day that has not passed."))
    most = paid_net(held)
    if not 0 < oere <= most:
        raise Refused(
            _("At most %(most)s can be asked back: what has been paid and not asked back.") % {"most": kroner(most)}
        )
    made = Demand.objects.create(grant=held, oere=oere, reason=reason.strip(), due=due, by=user)
    log_step(made, "ask", "", DemandState.ASKED, by=user)
    money.claim(made, user)
    notices.tell_demand("demanded", made, user)
    return made


@transaction.atomic
def note_demand_paid(user: User, demand: Demand, day: date, reference: str) -> Demand:
    """Note that the money has come back: it is free to grant again."""
    held = _held_demand(demand)
    if day > clock.today():
        raise Refused(_("The day has not come yet."))
    held.paid, held.reference = day, reference.strip()
    held.save(update_fields=["paid", "reference"])
    paid = DEMAND_STATES.perform("pay", held, by=user)
    money.claim_paid(held, user)
    notices.tell_demand("demand_settled", paid, user)
    return paid


@transaction.atomic
def waive(user: User, demand: Demand, why: str) -> Demand:
    """Let the recipient keep what was asked back, and say why."""
    held = _held_demand(demand)
    held.waived_because = why.strip()
    held.save(update_fields=["waived_because"])
    waived = DEMAND_STATES.perform("waive", held, by=user, reason=why)
    money.claim_waived(held, user)
    notices.tell_demand("demand_settled", waived, user)
    return waived


def _held_change(change: GrantChange) -> GrantChange:
    grant = held_grant(change.grant)
    held = hold(GrantChange.objects.all(), change.pk)
    held.grant = grant
    return held


def _held_demand(demand: Demand) -> Demand:
    grant = held_grant(demand.grant)
    held = hold(Demand.objects.all(), demand.pk)
    held.grant = grant
    return held
