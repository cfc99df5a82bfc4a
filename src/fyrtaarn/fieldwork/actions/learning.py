"""What was learned: each side writes its own, and both agree, each for herself, that everybody may read it."""

from django.db import transaction

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, log_step
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import Learned, Stay, StaySide
from .periods import held_stay


@transaction.atomic
def write_learned(user: User, stay: Stay, text: str, *, agrees: bool) -> Learned:
    """Say what one's own side learned, and whether it agrees that everybody may read it.

    The other side agrees to words, so new words need its yes anew.
    """
    current = held_stay(stay)
    require(rules.may_write_learned(user, current))
    if not text.strip():
        raise ReasonMissing
    side = rules.own_side(user, current)
    offer = current.period.offer
    learned = current.learned.filter(side=side).first() or Learned(stay=current, offer=offer, side=side)
    if learned.text != text.strip():
        learned.wording += 1
        learned.host_agrees = learned.guest_agrees = False
    learned.text, learned.by, learned.at = text.strip(), user, clock.now()
    learned.who = offer.institution if side == StaySide.HOST else str(current.organisation)
    _set_agreement(learned, side, agrees)
    learned.save()
    notices.tell_learned(learned)
    return learned


@transaction.atomic
def agree(user: User, learned: Learned, wording: int) -> Learned:
    """Agree that everybody may read the words as they were at `wording`. Raises WrongState where they are others now."""
    current = _held(user, learned)
    if current.wording != wording:
        raise WrongState
    return _publish(user, current, agrees=True)


@transaction.atomic
def take_back(user: User, learned: Learned) -> Learned:
    """Take one's side's yes back: from now on only the two parties read it."""
    return _publish(user, _held(user, learned), agrees=False)


def _held(user: User, learned: Learned) -> Learned:
    stay = held_stay(learned.stay)
    current = hold(Learned.objects.all(), learned.pk)
    current.stay = stay
    require(rules.may_publish(user, current))
    return current


def _publish(user: User, learned: Learned, *, agrees: bool) -> Learned:
    was_public = learned.public
    _set_agreement(learned, rules.own_side(user, learned.stay), agrees)
    learned.save(update_fields=["host_agrees", "guest_agrees"])
    if learned.public != was_public:
        state = learned.stay.state
        log_step(learned.stay, "publish" if learned.public else "take back", state, state, by=user)
    return learned


def _set_agreement(learned: Learned, side: StaySide, agrees: bool) -> None:
    if side == StaySide.HOST:
        learned.host_agrees = agrees
    else:
        learned.guest_agrees = agrees
