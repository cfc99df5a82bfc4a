"""Terms over several years: written together in the draft, and kept, adjusted or ended at each review.

Every write holds the agreement first.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements import actions as agreement_actions
from fyrtaarn.agreements.models import Agreement, Review
from fyrtaarn.agreements.rules import NOT_A_PARTY, party_of
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require, require_found
from fyrtaarn.foundation.transitions import ReasonMissing, log_step
from fyrtaarn.people.models import User

from ..models import Consequence, ConsequenceState, Giving, LongTerm, TermsOutcome
from . import notices, rules
from .queries import terms_of
from .states import CONSEQUENCE_STATES

FIELDS = ("kind", "text", "oere", "effect", "otherwise")
ADJUSTABLE = ("text", "oere", "effect", "otherwise")


@transaction.atomic
def add(user: User, agreement: Agreement, fields: Mapping[str, Any]) -> LongTerm:
    """Write one more term in a draft."""
    current = _counted(user, agreement)
    _check(fields["kind"], fields["oere"])
    return LongTerm.objects.create(agreement=current, **{name: fields[name] for name in FIELDS})


@transaction.atomic
def change(user: User, term: LongTerm, fields: Mapping[str, Any]) -> LongTerm:
    """Write a term of a draft anew."""
    current = _counted(user, term.agreement)
    held = hold(LongTerm.objects.filter(agreement=current), term.pk)
    _check(fields["kind"], fields["oere"])
    for name in FIELDS:
        setattr(held, name, fields[name])
    held.save(update_fields=[*FIELDS])
    return held


@transaction.atomic
def remove(user: User, term: LongTerm) -> None:
    """Take a term out of a draft."""
    current = _counted(user, term.agreement)
    hold(LongTerm.objects.filter(agreement=current), term.pk).delete()


@transaction.atomic
def conclude(
    user: User,
    review: Review,
    outcome: str,
    text: str,
    *,
    adjusted: Mapping[int, Mapping[str, Any]] | None = None,
    experience: Mapping[str, str] | None = None,
) -> Consequence:
    """Say what a review that has been held leads to, and why; the other party is told.

    The terms are kept; or `adjusted` (new words and amounts by term), once the other party has said yes; or they end,
    and the agreement with them, with the `experience` that ends every agreement.
    """
    held = _held(review)
    require(rules.may_conclude(user, held))
    if not text.strip():
        raise ReasonMissing
    party = require_found(party_of(user, held.agreement), NOT_A_PARTY)
    state = ConsequenceState.PROPOSED if outcome == TermsOutcome.ADJUSTED else ConsequenceState.AGREED
    made = Consequence.objects.create(
        review=held, party=party, outcome=outcome, text=text.strip(), state=state, by=user
    )
    log_step(made, "conclude", "", state, by=user, reason=text.strip())
    if outcome == TermsOutcome.ADJUSTED:
        _propose(held.agreement, made, adjusted or {})
    notices.tell_concluded(made, user)
    if outcome == TermsOutcome.ENDED:
        agreement_actions.end(user, held.agreement, experience or {})
    return made


@transaction.atomic
def agree(user: User, consequence: Consequence) -> Consequence:
    """Say yes to adjusted terms: they hold from now on."""
    return _answer("agree", user, consequence, "")


@transaction.atomic
def decline(user: User, consequence: Consequence, reason: str) -> Consequence:
    """Say no, and why: the terms hold as they were, and the review can lead to something else."""
    return _answer("decline", user, consequence, reason)


@transaction.atomic
def take_back(user: User, consequence: Consequence) -> Consequence:
    """Take one's own proposal back."""
    _held(consequence.review)
    return CONSEQUENCE_STATES.perform("take_back", consequence, by=user)


def _answer(step: str, user: User, consequence: Consequence, reason: str) -> Consequence:
    _held(consequence.review)
    done = CONSEQUENCE_STATES.perform(step, consequence, by=user, reason=reason)
    done.answer, done.answered, done.answered_by = reason.strip(), clock.now(), user
    done.save(update_fields=["answer", "answered", "answered_by"])
    notices.tell_answered(done, user)
    return done


def _counted(user: User, agreement: Agreement) -> Agreement:
    """The agreement, held; its version counted up, because the terms are part of what one says yes to."""
    current = hold(Agreement.objects.all(), agreement.pk)
    require(rules.may_write(user, current))
    current.version += 1
    current.save(update_fields=["version"])
    return current


def _held(review: Review) -> Review:
    agreement = hold(Agreement.objects.all(), review.agreement_id)
    held = hold(Review.objects.all(), review.pk)
    held.agreement = agreement
    return held


def _propose(agreement: Agreement, consequence: Consequence, adjusted: Mapping[int, Mapping[str, Any]]) -> None:
    """Write down the terms that are to be otherwise. Raises ValidationError where none is."""
    rows = []
    for term in terms_of(agreement).holding:
        wanted = {name: adjusted.get(term.pk, {}).get(name, getattr(term, name)) for name in ADJUSTABLE}
        if any(wanted[name] != getattr(term, name) for name in ADJUSTABLE):
            _check(term.kind, wanted["oere"])
            rows.append(LongTerm(agreement=agreement, kind=term.kind, since=consequence, replaces=term, **wanted))
    if not rows:
        raise ValidationError(_("You have not changed any of the terms."))
    LongTerm.objects.bulk_create(rows)


def _check(kind: str, oere: int | None) -> None:
    if kind == Giving.MONEY and not oere:
        raise ValidationError(_("Write the amount a year."))
