"""What a local committee has asked for, as its district's community manager follows it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.people.models import User

from .. import rules
from ..models import Wish

FIELDS = ("local_body", "title", "text", "asked_on", "source", "state", "taken_by", "became")


@transaction.atomic
def add_wish(user: User, told: Mapping[str, Any]) -> Wish:
    """Note what a local committee has asked for. Raises Refused."""
    wish = Wish(created_by=user, **{name: told[name] for name in FIELDS})
    require(rules.may_follow(user, wish.local_body))
    wish.save()
    log_step(wish, "ask", "", wish.state, by=user)
    return wish


@transaction.atomic
def follow_wish(user: User, wish: Wish, told: Mapping[str, Any]) -> Wish:
    """Note who has taken it up, and what became of it. Raises Refused."""
    current = hold(Wish.objects.select_related("local_body"), wish.pk)
    require(rules.may_follow(user, current.local_body))
    require(rules.may_follow(user, told["local_body"]))
    before = current.state
    for name in FIELDS:
        setattr(current, name, told[name])
    current.save()
    if current.state != before:
        log_step(current, "follow", before, current.state, by=user)
    return current
