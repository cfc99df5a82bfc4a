"""Something grows of a case."""

from django.db import transaction

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.listings.growing import KINDS, Grown
from fyrtaarn.people.models import User

from .. import rules
from ..growing import note_growth, options_for, seed_of
from ..models import Case
from .common import locked


@transaction.atomic
def grow(user: User, case: Case, kind: str, option: str) -> Grown:
    """Let something grow of the case, without typing anything again; the same twice gives the same. Raises Refused."""
    current = locked(case)
    if (kind, option) not in {(key, found.key) for key, found in options_for(user, current)}:
        raise Refused(rules.CANNOT_GROW)
    subject = KINDS[kind].grow(user, seed_of(current), option)
    grown = KINDS[kind].shown(user, [subject])[subject]
    if note_growth(user, current, kind, subject):
        log_step(current, "grow", current.state, current.state, by=user)
    return grown
