"""Contributions: decided, paid quarter by quarter, corrected, dropped when a contributor leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, LocalBody
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.listings.actions import publish as list_subject
from fyrtaarn.people.models import User

from .. import money, notices, rules
from ..giving import due_day, oere_of, parts_of, quarters_from
from ..models import Contribution, ContributionPart, Contributor, PartState, Pool, PoolKind


@dataclass(frozen=True)
class Promise:
    """What is decided: a percentage of a budget, or a sum. Whole øre."""

    document: str
    decided: date
    budget: int | None = None
    percent: Decimal | None = None
    sum: int | None = None

    @property
    def oere(self) -> int:
        """The sum that it makes. Raises ValidationError when it makes none."""
        of_budget = self.budget is not None and self.percent is not None
        made = oere_of(self.budget or 0, self.percent or Decimal(0)) if of_budget else self.sum or 0
        if made <= 0:
            raise ValidationError(_("This makes less than one øre."))
        return made


@transaction.atomic
def add_contributor(user: User, pool: Pool, who: Department | LocalBody, joined: date) -> Contributor:
    """Let a department or local committee feed the pool from a day on."""
    held = hold(Pool.objects.all(), pool.pk)
    require(rules.may_move_money(user, held))
    department, body = (who, None) if isinstance(who, Department) else (None, who)
    if not PoolKind(held.kind).is_fed_by(who) or who.municipality_id != held.municipality_id:
        raise Refused(_("The pool is fed by others."))
    if held.contributors.filter(department=department, local_body=body, left=None).exists():
        raise Refused(_("It feeds the pool already."))
    added = Contributor.objects.create(pool=held, department=department, local_body=body, joined=joined)
    money.open_accounts(added)
    list_subject(held)
    return added


@transaction.atomic
def decide(
    user: User,
    contributor: Contributor,
    year: int,
    promise: Promise,
    due: Mapping[int, date] | None = None,
    *,
    on: date | None = None,
) -> Contribution:
    """Note what a contributor gives for a year, in equal parts from the quarter in which it joined on.

    `due` are other days to pay than the usual, by quarter; `on` is the day in the books, today where none is given.
    """
    giver = hold(Contributor.objects.all(), contributor.pk)
    require(rules.may_decide(user, giver, year))
    if giver.contributions.filter(year=year).exists():
        raise Refused(_("A contribution for that year is noted already. Correct it instead."))
    made = Contribution.objects.create(
        contributor=giver,
        year=year,
        budget=promise.budget,
        percent=promise.percent,
        oere=promise.oere,
        document=promise.document,
        decided=promise.decided,
        decided_by=user,
        entry=money.pledge(giver, year, promise.oere, promise.document, user, on),
    )
    days = due or {}
    usual = partial(due_day, year, rule=giver.pool.due_day)
    ContributionPart.objects.bulk_create(
        ContributionPart(contribution=made, quarter=quarter, oere=oere, due=days.get(quarter) or usual(quarter))
        for quarter, oere in parts_of(made.oere, quarters_from(giver.joined, year)).items()
    )
    notices.tell_decided(made)
    return made


@transaction.atomic
def correct(user: User, contribution: Contribution, promise: Promise, why: str) -> Contribution:
    """Reverse what was noted by mistake and note it anew; the days to pay stay. Raises Refused once a part is paid."""
    held = hold(Contribution.objects.all(), contribution.pk)
    parts = {part.quarter: part for part in held.parts.select_for_update(no_key=True).order_by("pk")}
    require(rules.may_correct(user, held))
    money.take_back_pledge(held, why, user)
    held.budget, held.percent, held.oere = promise.budget, promise.percent, promise.oere
    held.document, held.decided, held.decided_by = promise.document, promise.decided, user
    held.entry = money.pledge(held.contributor, held.year, held.oere, held.document, user)
    held.version += 1
    held.save()
    amounts = parts_of(held.oere, sorted(parts) or quarters_from(held.contributor.joined, held.year))
    for quarter, part in parts.items():
        if quarter not in amounts:
            part.delete()
        elif part.oere != amounts[quarter]:
            part.oere = amounts[quarter]
            part.save(update_fields=["oere"])
    notices.tell_decided(held)
    return held


@transaction.atomic
def note_paid(user: User, part: ContributionPart, document: str, on: date | None = None) -> ContributionPart:
    """A quarter has come in on a day (today): it is free to grant. Raises Refused for a day that is not open."""
    held = hold(ContributionPart.objects.all(), part.pk)
    require(rules.may_note_paid(user, held))
    held.entry = money.receive(held, document, user, on)
    held.state, held.paid = PartState.PAID, held.entry.day
    held.save(update_fields=["state", "paid", "entry"])
    log_step(held, "pay", PartState.DECIDED, PartState.PAID, by=user)
    notices.tell_paid(held)
    return held


@transaction.atomic
def take_back_payment(user: User, part: ContributionPart, why: str) -> ContributionPart:
    """It was noted as paid by mistake. Raises NotEnough when the money has been promised to others since."""
    held = hold(ContributionPart.objects.all(), part.pk)
    require(rules.may_take_back_payment(user, held))
    money.take_back_receipt(held, why, user)
    held.state, held.paid, held.entry = PartState.DECIDED, None, None
    held.save(update_fields=["state", "paid", "entry"])
    log_step(held, "take_back", PartState.PAID, PartState.DECIDED, by=user, reason=why)
    return held


@transaction.atomic
def move_due(user: User, part: ContributionPart, due: date) -> ContributionPart:
    """Another day to pay on."""
    held = hold(ContributionPart.objects.all(), part.pk)
    require(rules.may_move_due(user, held))
    log_step(held, "move", held.state, held.state, by=user, reason=f"{held.due:%d.%m.%Y} → {due:%d.%m.%Y}")
    held.due = due
    held.save(update_fields=["due"])
    return held


@transaction.atomic
def leave(user: User, contributor: Contributor, left: date, why: str) -> Contributor:
    """A contributor leaves on a day: what is due from that day on and not paid is dropped, what is paid stays."""
    held = hold(Contributor.objects.all(), contributor.pk)
    require(rules.may_leave(user, held))
    if left < held.joined:
        raise Refused(_("It cannot leave before it has joined."))
    held.left = left
    held.save(update_fields=["left"])
    unpaid = ContributionPart.objects.filter(contribution__contributor=held, state=PartState.DECIDED, due__gte=left)
    parts = list(unpaid.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for part in parts:
        part.state = PartState.DROPPED
        part.save(update_fields=["state"])
        log_step(part, "drop", PartState.DECIDED, PartState.DROPPED, by=user, reason=why)
    if parts:
        money.drop(held, sum(part.oere for part in parts), f"{held} er ude fra {left:%d.%m.%Y}: {why}", user)
    return held
